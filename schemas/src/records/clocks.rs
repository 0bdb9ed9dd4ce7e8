//! `clocks`: rendered watch faces with the time they show.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range, Unit};
use crate::record::{Record, RecordError};

/// `time_format` of a face that tells morning from afternoon.
pub const WITH_AM_PM: &str = "With AM/PM";
/// `time_format` of a face that does not.
pub const WITHOUT_AM_PM: &str = "Without AM/PM";
/// `time_format` of a face that shows no time. The published spelling of this class is not known.
pub const NOT_SHOWN: &str = "Not shown";
/// `text` of a face that shows no time.
pub const NOT_SHOWN_TEXT: &str = "The time is not shown in the image.";

/// Columns of `clocks`.
pub const COLUMNS: &[Column] = &[
    Column::new(
        "example_id",
        Kind::String,
        "`<watchface_id>/<NNN>_<date and time with microseconds>_<watchface_name>`.",
    )
    .range(Range::Chars { min: 40, max: 120 }),
    Column::new("watchface_id", Kind::String, "Names the design of the face.")
        .range(Range::Chars { min: 10, max: 10 }),
    Column::new("watchface_name", Kind::String, "Names the body of the watch.").range(Range::Filled),
    Column::new("watch_time", Kind::String, "`<NNN>_<date and time to the second>`.")
        .range(Range::Chars { min: 23, max: 23 }),
    Column::new("time_format", Kind::String, "Whether the face tells morning from afternoon, or shows no time.")
        .range(Range::OneOf(&[WITH_AM_PM, WITHOUT_AM_PM, NOT_SHOWN])),
    Column::new("shows_seconds", Kind::Bool, "Whether the seconds can be read."),
    Column::new(
        "hour_visible",
        Kind::Int32,
        "The hour that can be read: 0 to 23 with AM/PM, 0 to 11 without, -1 if no time is shown.",
    )
    .unit(Unit::Hours)
    .range(Range::Whole { min: -1, max: 23 }),
    Column::new("minute_visible", Kind::Int32, "The minute that can be read; -1 if no time is shown.")
        .unit(Unit::Minutes)
        .range(Range::Whole { min: -1, max: 59 }),
    Column::new("second_visible", Kind::Int32, "The second that can be read; -1 where seconds are not shown.")
        .unit(Unit::Seconds)
        .range(Range::Whole { min: -1, max: 59 }),
    Column::new(
        "text",
        Kind::String,
        "The time in words for the answer: `H:MM` or `H:MM:SS`, with ` AM` or ` PM` where shown; 12 for hour 0.",
    )
    .range(Range::Chars { min: 4, max: 35 }),
];

/// A row of `clocks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClocksRecord {
    /// `<watchface_id>/<NNN>_<date and time with microseconds>_<watchface_name>`.
    pub example_id: String,
    /// Names the design of the face.
    pub watchface_id: String,
    /// Names the body of the watch.
    pub watchface_name: String,
    /// `<NNN>_<date and time to the second>`.
    pub watch_time: String,
    /// [`WITH_AM_PM`], [`WITHOUT_AM_PM`] or [`NOT_SHOWN`].
    pub time_format: String,
    /// Whether the seconds can be read.
    pub shows_seconds: bool,
    /// The hour, or -1.
    pub hour_visible: i32,
    /// The minute, or -1.
    pub minute_visible: i32,
    /// The second, or -1.
    pub second_visible: i32,
    /// The time in words.
    pub text: String,
}

/// What `text` says for an hour from 0 to 23, a minute, and a second where seconds are shown, under a `time_format`.
/// 12:30 is PM and 0:30 is 12:30 AM.
pub fn text_of(time_format: &str, hour: i32, minute: i32, second: Option<i32>) -> String {
    if time_format == NOT_SHOWN {
        return NOT_SHOWN_TEXT.to_owned();
    }
    let on_dial = match hour.rem_euclid(12) {
        0 => 12,
        hour => hour,
    };
    let mut text = format!("{on_dial}:{minute:02}");
    if let Some(second) = second {
        text.push_str(&format!(":{second:02}"));
    }
    if time_format == WITH_AM_PM {
        text.push_str(if hour < 12 { " AM" } else { " PM" });
    }
    text
}

impl ClocksRecord {
    /// What `text` has to say for the visible time. 12:30 is PM and 0:30 is 12:30 AM.
    pub fn expected_text(&self) -> String {
        let second = self.shows_seconds.then_some(self.second_visible);
        text_of(&self.time_format, self.hour_visible, self.minute_visible, second)
    }
}

impl Record for ClocksRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        let (hours, minutes) = match self.time_format.as_str() {
            NOT_SHOWN => (-1..=-1, -1..=-1),
            WITHOUT_AM_PM => (0..=11, 0..=59),
            _ => (0..=23, 0..=59),
        };
        let seconds = if self.shows_seconds { 0..=59 } else { -1..=-1 };
        let hands = [
            ("hour_visible", self.hour_visible, hours),
            ("minute_visible", self.minute_visible, minutes),
            ("second_visible", self.second_visible, seconds),
        ];
        for (field, found, range) in hands {
            if !range.contains(&found) {
                let (from, to) = range.into_inner();
                let expected = format!(
                    "{from} to {to} with `{}` and seconds {}",
                    self.time_format,
                    self.seconds_in_words()
                );
                return Err(RecordError::value(field, found, expected));
            }
        }
        if self.time_format == NOT_SHOWN && self.shows_seconds {
            return Err(RecordError::value("shows_seconds", true, "false where no time is shown"));
        }
        let expected = self.expected_text();
        if self.text != expected {
            return Err(RecordError::value("text", &self.text, format!("`{expected}`")));
        }
        let (head, tail) = (format!("{}/", self.watchface_id), format!("_{}", self.watchface_name));
        if !self.example_id.starts_with(&head) || !self.example_id.ends_with(&tail) {
            let expected = format!("`{head}…{tail}`");
            return Err(RecordError::value("example_id", &self.example_id, expected));
        }
        Ok(())
    }
}

impl ClocksRecord {
    fn seconds_in_words(&self) -> &'static str {
        if self.shows_seconds { "shown" } else { "not shown" }
    }
}
