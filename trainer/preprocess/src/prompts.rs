//! The wordings in which people ask for something, from the files in `prompts/`.

use std::sync::LazyLock;

use crate::draw::Draw;

/// Stands in a wording for what is asked about.
const LABEL: &str = "{label}";

/// Wordings of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompts(Vec<String>);

/// Why a text has no wordings that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PromptsError {
    /// Not a single one.
    #[error("there are no wordings; every line that does not begin with `#` is one")]
    None,
    /// One that does not say what is asked about, or says it where nothing is.
    #[error("line {line} has {{label}} {found} times, {expected} is needed")]
    Label {
        /// Counted from 1.
        line: usize,
        /// How often.
        found: usize,
        /// How often it has to.
        expected: &'static str,
    },
}

impl Prompts {
    /// Reads wordings: a line each, `\n` for a new line; lines that begin with `#` are notes.
    ///
    /// # Errors
    /// There is none, or `{label}` is missing where the wordings ask about something, or there where they do not.
    pub fn read(text: &str, about_label: bool) -> Result<Prompts, PromptsError> {
        let mut wordings = Vec::new();
        for (line, wording) in (1..).zip(text.lines()) {
            if wording.trim().is_empty() || wording.starts_with('#') {
                continue;
            }
            let found = wording.matches(LABEL).count();
            if (found > 0) != about_label {
                let expected = if about_label { "once or more" } else { "never" };
                return Err(PromptsError::Label { line, found, expected });
            }
            wordings.push(wording.replace("\\n", "\n"));
        }
        if wordings.is_empty() { Err(PromptsError::None) } else { Ok(Prompts(wordings)) }
    }

    /// One of them, with one draw.
    pub fn draw(&self, draw: &mut Draw, label: &str) -> String {
        self.0[draw.below(self.0.len())].replace(LABEL, label)
    }

    /// All of them, in order.
    pub fn all(&self) -> &[String] {
        &self.0
    }
}

fn bundled(text: &str, about_label: bool) -> Prompts {
    Prompts::read(text, about_label).expect("wordings of this crate, which the tests read")
}

/// What asks for a long caption.
pub static CAPTION: LazyLock<Prompts> =
    LazyLock::new(|| bundled(include_str!("../prompts/caption.txt"), false));
/// What asks where something is.
pub static POINTING: LazyLock<Prompts> =
    LazyLock::new(|| bundled(include_str!("../prompts/pointing.txt"), true));
/// What asks how many of something there are.
pub static COUNTING: LazyLock<Prompts> =
    LazyLock::new(|| bundled(include_str!("../prompts/counting.txt"), true));

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_enough_wordings_and_none_twice() {
        let count = |prompts: &Prompts| {
            let distinct: BTreeSet<&String> = prompts.all().iter().collect();
            assert_eq!(distinct.len(), prompts.all().len());
            distinct.len()
        };
        assert!(count(&CAPTION) >= 30);
        assert!(count(&POINTING) + count(&COUNTING) >= 100);
    }

    #[test]
    fn a_wording_must_say_what_is_asked_about() {
        assert_eq!(Prompts::read("# notes\n", true), Err(PromptsError::None));
        let error = Prompts::read("# notes\nPoint to it.\n", true).unwrap_err();
        assert_eq!(error.to_string(), "line 2 has {label} 0 times, once or more is needed");
        let prompts = Prompts::read("A: {label}\\nB", true).expect("one wording");
        assert_eq!(prompts.draw(&mut Draw::new(1), "cat"), "A: cat\nB");
    }
}
