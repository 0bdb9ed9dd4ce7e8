//! The config `images` of `clocks`: the pictures, the questions about them, and what is drawn where.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range, Unit};
use crate::id::Sha256;
use crate::record::{Record, RecordError};
use crate::records::clocks::{NOT_SHOWN, WITH_AM_PM, WITHOUT_AM_PM, text_of};
use crate::records::docs::Image;
use crate::records::other_clock::OtherClock;

/// Values of `stratum`: how the time was chosen.
pub const STRATA: &[&str] = &["uniform", "overlap", "opposite", "boundary", "quarter"];
/// Values of `format`.
pub const FORMATS: &[&str] = &["png", "jpeg"];
/// Values of `movement`.
pub const MOVEMENTS: &[&str] = &["sweeping", "jumping_minute"];
/// What stands in a column about a hand that is not there.
pub const NO_HAND: f64 = -1.0;

const fn text(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::String, description)
}

const fn json(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::String, description).range(Range::Json)
}

const fn pixels(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Float32, description).unit(Unit::Pixels)
}

const fn angle(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Float64, description)
        .unit(Unit::Degrees)
        .range(Range::Real { min: NO_HAND, max: 360.0 })
}

const EXTENT: Range = Range::Real { min: 0.0, max: f64::INFINITY };
const SIDE_PIXELS: Range = Range::Whole { min: 1, max: 32_768 };

const QUESTION_FIELDS: &[Column] = &[
    text("question", "A question about the picture.").range(Range::Filled),
    text("answer", "Its answer.").range(Range::Filled),
    text("kind", "What the question asks for.").range(Range::Filled),
    text("style", "How question and answer are worded.").range(Range::Filled),
];

/// Columns of `images`.
pub const COLUMNS: &[Column] = &[
    text("example_id", "Names the example, as in the config `default`.")
        .range(Range::Chars { min: 40, max: 120 }),
    Column::new("image", Kind::Image, "The picture."),
    text("watchface_id", "Names the design of the face.").range(Range::Chars { min: 10, max: 10 }),
    text("body", "Names the body of the watch, as `watchface_name`.").range(Range::Filled),
    text("stratum", "How the time was chosen: `uniform` over the day, or among those that are hard to read.")
        .range(Range::OneOf(STRATA)),
    Column::new(
        "wild",
        Kind::Bool,
        "Whether it looks like a photograph: turned, tilted, hidden in part, with light and noise.",
    ),
    Column::new("width", Kind::Int32, "Width of the picture.").unit(Unit::Pixels).range(SIDE_PIXELS),
    Column::new("height", Kind::Int32, "Height of the picture.").unit(Unit::Pixels).range(SIDE_PIXELS),
    text("format", "How the picture is encoded.").range(Range::OneOf(FORMATS)),
    text("time", "Date and time that the clock was set to, to the second, whether or not they can be read.")
        .range(Range::Chars { min: 19, max: 19 }),
    Column::new("shows_time", Kind::Bool, "Whether the hour and the minute can be read."),
    Column::new("shows_seconds", Kind::Bool, "Whether the seconds can be read."),
    Column::new("shows_am_pm", Kind::Bool, "Whether morning and afternoon can be told apart."),
    text("movement", "How the hands move; `sweeping` for digits.").range(Range::OneOf(MOVEMENTS)),
    text("text", "The time that can be read, as in the config `default`.")
        .range(Range::Chars { min: 4, max: 35 }),
    text(
        "called",
        "What questions call the clock that the row is about: `the clock`, or where there are several a name that only one \
         of them has.",
    )
    .range(Range::Filled),
    Column::new("questions", Kind::ListOfStructs(QUESTION_FIELDS), "Questions about the picture."),
    angle("hour_angle", "Hour hand on the dial, from 12 o'clock; -1 without that hand."),
    angle("minute_angle", "Minute hand on the dial, from 12 o'clock; -1 without that hand."),
    angle("second_angle", "Second hand on its dial, from the top; -1 without that hand."),
    pixels("centre_x", "Centre of the dial, from the left edge."),
    pixels("centre_y", "Centre of the dial, from the top edge."),
    pixels("dial_radius_x", "Half the distance from 9 to 3 o'clock at the edge of the dial.").range(EXTENT),
    pixels("dial_radius_y", "Half the distance from 12 to 6 o'clock at the edge of the dial.").range(EXTENT),
    pixels("hour_x", "Tip of the hour hand, from the left edge; -1 where `hour_angle` is -1."),
    pixels("hour_y", "Tip of the hour hand, from the top edge; -1 where `hour_angle` is -1."),
    pixels("minute_x", "Tip of the minute hand, from the left edge; -1 where `minute_angle` is -1."),
    pixels("minute_y", "Tip of the minute hand, from the top edge; -1 where `minute_angle` is -1."),
    pixels("second_x", "Tip of the second hand, from the left edge; -1 where `second_angle` is -1."),
    pixels("second_y", "Tip of the second hand, from the top edge; -1 where `second_angle` is -1."),
    Column::new(
        "homography",
        Kind::List(&Kind::Float64),
        "Nine numbers, row by row, that take (x, y, 1) of the dial to pixels; the dial has its centre at (0, 0), reaches \
         to 100, and y points down.",
    ),
    pixels("visible_left", "Left edge of the part of the dial that is inside the picture.").range(EXTENT),
    pixels("visible_top", "Top edge of that part.").range(EXTENT),
    pixels("visible_width", "Width of that part.").range(EXTENT),
    pixels("visible_height", "Height of that part.").range(EXTENT),
    Column::new(
        "occluded_share",
        Kind::Float32,
        "Share of the dial that something lies over or that is outside the picture.",
    )
    .range(Range::Real { min: 0.0, max: 1.0 }),
    json("face", "All parameters of the face."),
    json("body_parameters", "All parameters of the body."),
    json("camera", "How the clock was looked at."),
    json("photo", "What was done to the picture: light, blur, noise, compression."),
    json(
        "others",
        "The other clocks of the picture, each with its name in questions, its time, what can be read of it, and where \
         its parts lie; an empty list where there are none.",
    ),
    text("seed", "Seed of the picture, from which it can be made again.")
        .range(Range::Hex { digits_min: 1, digits_max: 64 }),
    text("row_id", "SHA-256 of the content of the row in the config `default`.").range(Range::SHA256),
    text("code_version", "Version of the program that made it.").range(Range::Filled),
];

/// A question about a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockQuestion {
    /// The question.
    pub question: String,
    /// Its answer.
    pub answer: String,
    /// What it asks for.
    pub kind: String,
    /// How question and answer are worded.
    pub style: String,
}

/// A row of `images`; the row of the same number in `default` has the published columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClocksImagesRecord {
    /// Names the example.
    pub example_id: String,
    /// The picture.
    pub image: Image,
    /// Names the design of the face.
    pub watchface_id: String,
    /// Names the body of the watch.
    pub body: String,
    /// One of [`STRATA`].
    pub stratum: String,
    /// Whether it looks like a photograph.
    pub wild: bool,
    /// Width of the picture, pixels.
    pub width: i32,
    /// Height of the picture, pixels.
    pub height: i32,
    /// One of [`FORMATS`].
    pub format: String,
    /// `2021-05-17T13:45:10`.
    pub time: String,
    /// Whether the hour and the minute can be read.
    pub shows_time: bool,
    /// Whether the seconds can be read.
    pub shows_seconds: bool,
    /// Whether morning and afternoon can be told apart.
    pub shows_am_pm: bool,
    /// One of [`MOVEMENTS`].
    pub movement: String,
    /// The time that can be read.
    pub text: String,
    /// What questions call the clock: `the clock on the left`.
    pub called: String,
    /// The questions.
    pub questions: Vec<ClockQuestion>,
    /// Hour hand, degrees clockwise from 12 o'clock, or [`NO_HAND`].
    pub hour_angle: f64,
    /// Minute hand, as `hour_angle`.
    pub minute_angle: f64,
    /// Second hand, as `hour_angle`.
    pub second_angle: f64,
    /// Centre of the dial, pixels.
    pub centre_x: f32,
    /// Centre of the dial, pixels.
    pub centre_y: f32,
    /// Half the distance from 9 to 3 o'clock, pixels.
    pub dial_radius_x: f32,
    /// Half the distance from 12 to 6 o'clock, pixels.
    pub dial_radius_y: f32,
    /// Tip of the hour hand, pixels, or -1.
    pub hour_x: f32,
    /// Tip of the hour hand, pixels, or -1.
    pub hour_y: f32,
    /// Tip of the minute hand, pixels, or -1.
    pub minute_x: f32,
    /// Tip of the minute hand, pixels, or -1.
    pub minute_y: f32,
    /// Tip of the second hand, pixels, or -1.
    pub second_x: f32,
    /// Tip of the second hand, pixels, or -1.
    pub second_y: f32,
    /// From the space of the dial to pixels, nine numbers, row by row.
    pub homography: Vec<f64>,
    /// Left edge of the part of the dial inside the picture, pixels.
    pub visible_left: f32,
    /// Top edge of that part, pixels.
    pub visible_top: f32,
    /// Width of that part, pixels.
    pub visible_width: f32,
    /// Height of that part, pixels.
    pub visible_height: f32,
    /// Share of the dial that cannot be seen, 0 to 1.
    pub occluded_share: f32,
    /// All parameters of the face, as JSON.
    pub face: String,
    /// All parameters of the body, as JSON.
    pub body_parameters: String,
    /// How the clock was looked at, as JSON.
    pub camera: String,
    /// What was done to the picture, as JSON.
    pub photo: String,
    /// The other clocks of the picture, as JSON.
    pub others: String,
    /// Seed of the picture, hexadecimal.
    pub seed: String,
    /// [`row_id`](crate::row_id) of the row in `default`.
    pub row_id: Sha256,
    /// Version of the program that made it.
    pub code_version: String,
}

impl ClocksImagesRecord {
    /// What `text` has to say; `None` where `time` is no time.
    pub fn expected_text(&self) -> Option<String> {
        shown_text(&self.time, [self.shows_time, self.shows_seconds, self.shows_am_pm])
    }

    /// The other clocks have names of their own, and all of the values of theirs are right.
    fn check_others(&self) -> Result<(), RecordError> {
        // The usual case needs no reader of JSON.
        if self.others == "[]" {
            return Ok(());
        }
        let others = OtherClock::list(&self.others)?;
        let mut names = vec![self.called.as_str()];
        for other in &others {
            other.check((self.width, self.height))?;
            if names.contains(&other.called.as_str()) {
                return Err(RecordError::value("others", &other.called, "a name that no other clock has"));
            }
            names.push(&other.called);
        }
        Ok(())
    }

    fn check_hands(&self) -> Result<(), RecordError> {
        let hands = [
            ("hour", self.hour_angle, self.hour_x, self.hour_y),
            ("minute", self.minute_angle, self.minute_x, self.minute_y),
            ("second", self.second_angle, self.second_x, self.second_y),
        ];
        for (hand, angle, x, y) in hands {
            if angle == NO_HAND {
                if (x, y) != (-1.0, -1.0) {
                    return Err(RecordError::value(format!("{hand}_x"), x, "-1, as there is no such hand"));
                }
            } else if !(0.0..360.0).contains(&angle) {
                let expected = "0 to 360, the latter not included, or -1 (degrees)";
                return Err(RecordError::value(format!("{hand}_angle"), angle, expected));
            }
        }
        Ok(())
    }

    fn check_image(&self) -> Result<(), RecordError> {
        let begins = match self.format.as_str() {
            "png" => b"\x89PNG".as_slice(),
            _ => b"\xff\xd8\xff",
        };
        if !self.image.bytes.starts_with(begins) {
            let expected = format!("the first bytes of a {} file", self.format);
            let found = format!("{} other bytes", self.image.bytes.len());
            return Err(RecordError::value("image", found, expected));
        }
        // Positions are those of single precision; a hundredth of a pixel is less than anyone draws.
        let right = self.visible_left + self.visible_width;
        if f64::from(right) > f64::from(self.width) + 0.01 {
            return Err(RecordError::value("visible_width", self.visible_width, "a part inside the picture"));
        }
        let bottom = self.visible_top + self.visible_height;
        if f64::from(bottom) > f64::from(self.height) + 0.01 {
            return Err(RecordError::value(
                "visible_height",
                self.visible_height,
                "a part inside the picture",
            ));
        }
        Ok(())
    }
}

/// What can be read of a time by a clock that shows hour and minute, seconds, and the half of the day, or not; `None` where
/// `time` is no time.
pub(crate) fn shown_text(time: &str, [shows_time, shows_seconds, shows_am_pm]: [bool; 3]) -> Option<String> {
    let (hour, minute, second) = clock_of(time)?;
    let format = match (shows_time, shows_am_pm) {
        (false, _) => NOT_SHOWN,
        (true, true) => WITH_AM_PM,
        (true, false) => WITHOUT_AM_PM,
    };
    Some(text_of(format, hour, minute, shows_seconds.then_some(second)))
}

/// Hour, minute and second of `2021-05-17T13:45:10`.
fn clock_of(time: &str) -> Option<(i32, i32, i32)> {
    let (date, clock) = time.split_once('T')?;
    let is_date = date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let mut parts = clock.split(':').map(|part| if part.len() == 2 { part.parse::<u8>().ok() } else { None });
    let mut next = |end: u8| parts.next().flatten().filter(|part| *part < end).map(i32::from);
    let found = (next(24)?, next(60)?, next(60)?);
    (is_date && parts.next().is_none()).then_some(found)
}

impl Record for ClocksImagesRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        for (field, shows) in [("shows_seconds", self.shows_seconds), ("shows_am_pm", self.shows_am_pm)] {
            if shows && !self.shows_time {
                return Err(RecordError::value(field, true, "false where no time is shown"));
            }
        }
        let expected = self
            .expected_text()
            .ok_or_else(|| RecordError::value("time", &self.time, "a time such as `2021-05-17T13:45:10`"))?;
        if self.text != expected {
            return Err(RecordError::value("text", &self.text, format!("`{expected}`")));
        }
        let (head, tail) = (format!("{}/", self.watchface_id), format!("_{}", self.body));
        let within = format!("_{}.", self.time);
        let id = &self.example_id;
        if !id.starts_with(&head) || !id.ends_with(&tail) || !id.contains(&within) {
            return Err(RecordError::value("example_id", id, format!("`{head}…{within}…{tail}`")));
        }
        if self.questions.is_empty() {
            return Err(RecordError::value("questions", "an empty list", "at least one question"));
        }
        if self.homography.len() != 9 {
            return Err(RecordError::value("homography", format!("{} numbers", self.homography.len()), "9"));
        }
        self.check_hands()?;
        self.check_others()?;
        self.check_image()
    }
}
