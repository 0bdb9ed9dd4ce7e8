//! Something that is not as it must be: where, what, and the command that makes it right.

use std::fmt;

use serde::Serialize;

use crate::remedy::BuildCommand;

/// The most damages of one file that are told one by one; the others are counted.
pub const PER_FILE_MAX: u64 = 20;

/// One damage; in words it is one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// The shard it is in, if it is in one.
    pub shard: Option<u32>,
    /// The file, by its path in the dataset folder.
    pub file: String,
    /// The row in the file, from 0, if it is in one.
    pub row: Option<u64>,
    /// The picture that the row is about.
    pub image_id: Option<String>,
    /// What was found and what was expected.
    pub what: String,
    /// What makes it right: a command, or a file to delete and a command.
    pub remedy: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(shard) = self.shard {
            write!(f, "shard {shard}: ")?;
        }
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, " row {row}")?;
        }
        if let Some(id) = &self.image_id {
            write!(f, " ({})", one_line(id))?;
        }
        write!(f, ": {}; {}", one_line(&self.what), self.remedy)
    }
}

/// Text from outside as a piece of one line: control characters are shown, long texts are cut.
fn one_line(text: &str) -> String {
    const CHARS_MAX: usize = 400;
    let mut line: String =
        text.chars().take(CHARS_MAX).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        line.push('…');
    }
    line
}

/// An error with the chain of its causes in one line.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        let cause = source.to_string();
        if !text.ends_with(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
        next = source.source();
    }
    text
}

/// How a damage is made right.
#[derive(Clone, Debug)]
pub(crate) struct Remedies {
    pub(crate) build: BuildCommand,
}

impl Remedies {
    /// The files of a shard are not those that were written.
    pub(crate) fn make_again(&self, shard: u32) -> String {
        format!("run `{}`", self.build.only(shard))
    }

    /// The files of a shard are as they were written, and wrong all the same: the build would keep them.
    pub(crate) fn made_wrong(&self, shard: u32, sidecar: &str) -> String {
        format!("delete `{sidecar}`, then run `{}`", self.build.only(shard))
    }

    /// The card or the list of everything is not right; both follow from the shards.
    pub(crate) fn list_again(&self) -> String {
        format!("run `{}`", self.build.all())
    }

    /// A file that belongs to nothing.
    pub(crate) fn delete(&self, file: &str) -> String {
        format!("delete `{file}`")
    }
}

/// The damages found in one place, told one by one up to a limit for each file.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) damages: Vec<Damage>,
    /// Damages that were only counted.
    pub(crate) more: u64,
}

impl Findings {
    pub(crate) fn add(&mut self, damage: Damage) {
        let of_file = self.damages.iter().filter(|known| known.file == damage.file).count() as u64;
        if of_file < PER_FILE_MAX {
            self.damages.push(damage);
        } else {
            self.more += 1;
        }
    }

    /// All of them, the counted ones included.
    pub(crate) fn count(&self) -> u64 {
        self.damages.len() as u64 + self.more
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damage_is_one_line_whatever_the_text_holds() {
        let damage = Damage {
            shard: Some(17),
            file: "charts_full/train-00003-of-00110.parquet".to_owned(),
            row: Some(4),
            image_id: Some("charts-train-000123".to_owned()),
            what: "question 2 has the answer `1\n2`".to_owned(),
            remedy: "run `pixmo build docs --only 17`".to_owned(),
        };
        let line = "shard 17: charts_full/train-00003-of-00110.parquet row 4 (charts-train-000123): \
                    question 2 has the answer `1\u{fffd}2`; run `pixmo build docs --only 17`";
        assert_eq!(damage.to_string(), line);
    }
}
