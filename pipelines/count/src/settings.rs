//! The section `[build.count]` of the campaign file.
//!
//! What decides a row is part of what a build is continued with; where things lie is not.

use std::sync::Arc;

use pixmo_answers::{Answers, Rules};
use pixmo_console::Failure;
use pixmo_schemas::annotation::SCOPE_TEXT;
use serde::{Deserialize, Serialize};

use crate::choice::Choice;

/// The most that a number is asked for: more is not counted by looking.
const COUNT_MAX: u32 = 1_000;

/// What can be set for counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The folder of exported answers; by default `annotations` in the data folder. Its folders `points`, `not-present`,
    /// `verify-points` and `verify-count` and its file `erased.jsonl` are read.
    #[serde(skip_serializing)]
    pub annotations: String,
    /// Where what waits for a person is written; by default `review/count` in the data folder.
    #[serde(skip_serializing)]
    pub review: String,
    /// Files with SHA-256 of images that no model learns from, one in each line: those that `held_out` of `[build.points]`
    /// names.
    #[serde(skip_serializing)]
    pub held_out: Vec<String>,
    /// SHA-256 over all lines of answers. Filled in when a build begins; in a campaign it pins them.
    pub annotations_sha256: String,
    /// SHA-256 over all held-out images, in order. Filled in when a build begins.
    pub held_out_sha256: String,
    /// Scopes of consent without which an answer is not published.
    pub consent: Vec<String>,
    /// Least F1 between what two people pointed at, 0 to 1.
    pub agreement_f1_min: f64,
    /// Points of one label that lie closer than this part of the diagonal in per cent are one thing, unless the person
    /// said otherwise.
    pub close_percent: f64,
    /// How many different people must stand for a number.
    pub people_min: u32,
    /// The least number that is asked for.
    pub count_min: u32,
    /// The greatest number that is asked for.
    pub count_max: u32,
    /// How many rows there are at most of each number in each split.
    pub rows_each: u32,
    /// How many of the wanted rows of a split one label may have, in per cent; one in any case.
    pub label_percent_max: f64,
    /// What this run works with.
    #[serde(skip)]
    pub run: Option<Arc<Run>>,
}

/// What a run works with.
#[derive(Debug)]
pub struct Run {
    /// What people said.
    pub answers: Answers,
    /// Which of it becomes rows.
    pub choice: Choice,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            annotations: String::new(),
            review: String::new(),
            held_out: Vec::new(),
            annotations_sha256: String::new(),
            held_out_sha256: String::new(),
            consent: vec![SCOPE_TEXT.to_owned()],
            agreement_f1_min: 0.8,
            close_percent: 0.3,
            people_min: 2,
            count_min: 2,
            count_max: 10,
            rows_each: 60,
            label_percent_max: 2.0,
            run: None,
        }
    }
}

impl Settings {
    /// Fills in where things lie in a data folder, where nothing else is said.
    pub fn place(&mut self, data: &str) {
        let data = data.trim_end_matches('/');
        for (setting, usual) in [(&mut self.annotations, "annotations"), (&mut self.review, "review/count")] {
            if setting.is_empty() {
                *setting = format!("{data}/{usual}");
            }
        }
    }

    /// Notes what was given, so that a build is continued with the same only.
    ///
    /// # Errors
    /// A request failure if the campaign pins other answers.
    pub fn pin(&mut self) -> Result<(), Failure> {
        let Some(run) = &self.run else { return Err(Failure::bug("counts are built without answers")) };
        let answers = &run.answers;
        for (key, pinned, found) in [
            ("annotations_sha256", &mut self.annotations_sha256, answers.sha256()),
            ("held_out_sha256", &mut self.held_out_sha256, answers.held_out_sha256()),
        ] {
            pixmo_answers::pin("build.count", key, pinned, found, &self.annotations)?;
        }
        Ok(())
    }

    /// The rules by which answers are weighed.
    #[must_use]
    pub fn rules(&self) -> Rules {
        Rules { agreement_f1_min: self.agreement_f1_min, close_percent: self.close_percent }
    }

    /// How many rows a split has if nothing is missing.
    #[must_use]
    pub fn rows_wanted(&self) -> u64 {
        u64::from(self.rows_each) * u64::from(self.count_max - self.count_min + 1)
    }

    /// How many rows of a split one label may have.
    #[must_use]
    pub fn label_rows_max(&self) -> u64 {
        ((self.rows_wanted() as f64 * self.label_percent_max / 100.0) as u64).max(1)
    }

    /// Checks what can be known before anything is read.
    ///
    /// # Errors
    /// A request failure with the first setting that cannot work.
    pub fn check(&self) -> Result<(), Failure> {
        let wrong = |key: &str, found: String, expected: String| {
            Err(Failure::request(format!("`{key}` of [build.count] is {found}, expected {expected}")))
        };
        for (key, value, max) in [
            ("agreement_f1_min", self.agreement_f1_min, 1.0),
            ("close_percent", self.close_percent, 100.0),
            ("label_percent_max", self.label_percent_max, 100.0),
        ] {
            if !(0.0..=max).contains(&value) {
                return wrong(key, value.to_string(), format!("0 to {max}"));
            }
        }
        if self.people_min == 0 {
            return wrong("people_min", "0".to_owned(), "1 or more".to_owned());
        }
        if self.rows_each == 0 {
            return wrong("rows_each", "0".to_owned(), "1 or more".to_owned());
        }
        if self.count_max > COUNT_MAX {
            return wrong("count_max", self.count_max.to_string(), format!("at most {COUNT_MAX}"));
        }
        if self.count_min > self.count_max {
            let expected = format!("at most {}, the `count_max`", self.count_max);
            return wrong("count_min", self.count_min.to_string(), expected);
        }
        Ok(())
    }
}
