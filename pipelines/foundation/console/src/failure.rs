//! What went wrong, in the one form in which a person reads it.
//!
//! ```text
//! error: cannot continue `docs` with 256 shards: it was begun with 128
//!   at: data/shards/docs (31 of 128 shards finished)
//!   hint: continue with `--shards 128`, or begin anew with `--into data/shards/docs-256`
//! ```

use std::error::Error;
use std::fmt;

/// Who has to act on a failure; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The request was wrong: flags, campaign file, missing input. Exit code 2.
    Request,
    /// The work is done, but the data is not all good. Exit code 1.
    Data,
    /// Disk, network or engine failed; running again continues. Exit code 3.
    World,
    /// A person or the system asked to stop; running again continues. Exit code 130.
    Interrupted,
    /// A bug of ours. Exit code 101.
    Bug,
}

impl Kind {
    /// The exit code of a program that ends with a failure of this kind.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Kind::Data => 1,
            Kind::Request => 2,
            Kind::World => 3,
            Kind::Bug => 101,
            Kind::Interrupted => 130,
        }
    }

    /// The word that stands before the message.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Kind::Interrupted => "interrupted",
            Kind::Request | Kind::Data | Kind::World | Kind::Bug => "error",
        }
    }
}

/// A failure as it reaches the edge of a program: what could not be done, why, where, and what to do.
///
/// Texts are lowercase without a full stop, values in backticks, long or private parts (paths, addresses) last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Who has to act; decides the exit code.
    pub kind: Kind,
    /// What could not be done, with the names in it.
    pub message: String,
    /// Why, from the nearest cause to the deepest.
    pub causes: Vec<String>,
    /// The place: file with line and column, task, engine, address.
    pub at: Option<String>,
    /// What to do about it; each a sentence of its own.
    pub hints: Vec<String>,
    /// The reader of standard output went away, which is a normal end and is not reported.
    pub(crate) reader_gone: bool,
}

impl Failure {
    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Failure {
            kind,
            message: message.into(),
            causes: Vec::new(),
            at: None,
            hints: Vec::new(),
            reader_gone: false,
        }
    }

    /// The request was wrong: flags, campaign file, missing input.
    #[must_use]
    pub fn request(message: impl Into<String>) -> Self {
        Self::new(Kind::Request, message)
    }

    /// The data is not all good: verification failed, too many drops.
    #[must_use]
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(Kind::Data, message)
    }

    /// The world failed: disk, network, engine.
    #[must_use]
    pub fn world(message: impl Into<String>) -> Self {
        Self::new(Kind::World, message)
    }

    /// Someone asked to stop; say what is safe.
    #[must_use]
    pub fn interrupted(message: impl Into<String>) -> Self {
        Self::new(Kind::Interrupted, message)
    }

    /// A bug of ours.
    #[must_use]
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(Kind::Bug, message)
    }

    /// Takes the text of `error` as the message and its chain of sources as the causes.
    #[must_use]
    pub fn from_error(kind: Kind, error: &(dyn Error + 'static)) -> Self {
        let failure = Self::new(kind, error.to_string());
        match error.source() {
            Some(source) => failure.cause(source),
            None => failure,
        }
    }

    /// Adds `error` and the chain of its sources as causes.
    #[must_use]
    pub fn cause(mut self, error: &(dyn Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            let text = error.to_string();
            // Some libraries repeat the text of the source in their own; once is enough.
            let is_repeated = self.causes.last().is_some_and(|above| above.ends_with(&text));
            if !is_repeated {
                self.causes.push(text);
            }
            next = error.source();
        }
        self
    }

    /// Adds a cause in words.
    #[must_use]
    pub fn because(mut self, text: impl Into<String>) -> Self {
        self.causes.push(text.into());
        self
    }

    /// Says where: `campaign.toml:14:1`, `task cap/000812`, an address.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.at = Some(place.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }

    /// The reader of standard output closed its end; a normal end.
    pub(crate) fn reader_gone() -> Self {
        Failure { reader_gone: true, ..Self::world("the reader of standard output went away") }
    }

    /// The lines below the message: label and text.
    fn details(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let causes = self.causes.iter().map(|text| ("cause", text.as_str()));
        let at = self.at.iter().map(|text| ("at", text.as_str()));
        let hints = self.hints.iter().map(|text| ("hint", text.as_str()));
        causes.chain(at).chain(hints)
    }

    /// The form above with the labels in colour, for a terminal.
    pub(crate) fn in_color(&self) -> String {
        let first = match self.kind {
            Kind::Interrupted => "\x1b[1;33m",
            Kind::Request | Kind::Data | Kind::World | Kind::Bug => "\x1b[1;31m",
        };
        let mut text =
            format!("{first}{}\x1b[0m\x1b[1m:\x1b[0m {}", self.kind.label(), indented(&self.message, 2));
        for (label, line) in self.details() {
            let color = if label == "hint" { "\x1b[36m" } else { "\x1b[2m" };
            text.push_str(&format!("\n  {color}{label}:\x1b[0m {}", indented(line, 4)));
        }
        text
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.kind.label(), indented(&self.message, 2))?;
        for (label, text) in self.details() {
            write!(out, "\n  {label}: {}", indented(text, 4))?;
        }
        Ok(())
    }
}

impl Error for Failure {}

/// Texts of several lines (from foreign libraries) keep their lines, set in under their label.
fn indented(text: &str, columns: usize) -> String {
    text.trim_end().replace("\r\n", "\n").replace('\n', &format!("\n{}", " ".repeat(columns)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("read manifest")]
    struct ReadManifest(#[source] std::io::Error);

    #[test]
    fn the_form_is_the_one_of_the_style_page() {
        let failure = Failure::request("cannot continue `docs` with 256 shards: it was begun with 128")
            .at("data/shards/docs (31 of 128 shards finished)")
            .hint("continue with `--shards 128`, or begin anew with `--into data/shards/docs-256`");
        insta::assert_snapshot!(failure, @r"
        error: cannot continue `docs` with 256 shards: it was begun with 128
          at: data/shards/docs (31 of 128 shards finished)
          hint: continue with `--shards 128`, or begin anew with `--into data/shards/docs-256`
        ");
    }

    #[test]
    fn causes_come_from_the_chain_of_sources() {
        let error = ReadManifest(std::io::Error::other("disk on fire"));
        let failure = Failure::world("cannot open `docs`").cause(&error).at("data/shards/docs");
        insta::assert_snapshot!(failure, @r"
        error: cannot open `docs`
          cause: read manifest
          cause: disk on fire
          at: data/shards/docs
        ");
        insta::assert_snapshot!(Failure::from_error(Kind::World, &error), @r"
        error: read manifest
          cause: disk on fire
        ");
    }

    #[test]
    fn a_source_that_the_text_above_repeats_is_said_once() {
        #[derive(Debug, thiserror::Error)]
        #[error("open file: {0}")]
        struct Repeats(#[source] std::io::Error);
        let failure = Failure::world("cannot read").cause(&Repeats(std::io::Error::other("no such file")));
        assert_eq!(failure.causes, ["open file: no such file"]);
    }

    #[test]
    fn several_lines_stay_under_their_label_and_interruption_has_its_own() {
        let failure = Failure::interrupted("118 of 256 shards are finished and safe")
            .because("one\ntwo")
            .hint("run the same command again to continue");
        insta::assert_snapshot!(failure, @r"
        interrupted: 118 of 256 shards are finished and safe
          cause: one
            two
          hint: run the same command again to continue
        ");
    }

    #[test]
    fn each_kind_has_its_exit_code() {
        let kinds = [Kind::Data, Kind::Request, Kind::World, Kind::Bug, Kind::Interrupted];
        assert_eq!(kinds.map(Kind::exit_code), [1, 2, 3, 101, 130]);
    }
}
