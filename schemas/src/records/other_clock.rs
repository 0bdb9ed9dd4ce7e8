//! The other clocks of a picture, as the column `others` of `clocks` has them.

use serde::{Deserialize, Serialize};

use crate::record::RecordError;
use crate::records::clocks_images::{MOVEMENTS, shown_text};

/// A clock beside the one that the row is about. Places and lengths are in pixels, angles in degrees clockwise from
/// 12 o'clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherClock {
    /// What questions call it: `the clock on the left`.
    pub called: String,
    /// Names the design of the face.
    pub watchface_id: String,
    /// Names the body.
    pub body: String,
    /// Date and time that it is set to: `2021-05-17T13:45:10`.
    pub time: String,
    /// The time that can be read, as in the column `text`.
    pub text: String,
    /// Whether the hour and the minute can be read.
    pub shows_time: bool,
    /// Whether the seconds can be read.
    pub shows_seconds: bool,
    /// Whether morning and afternoon can be told apart.
    pub shows_am_pm: bool,
    /// How the hands move.
    pub movement: String,
    /// The hour hand.
    pub hour: Option<HandPlace>,
    /// The minute hand.
    pub minute: Option<HandPlace>,
    /// The second hand, whose angle is that on its own dial.
    pub second: Option<HandPlace>,
    /// Centre of the dial.
    pub centre: [f32; 2],
    /// Half the distance from 9 to 3 o'clock, and from 12 to 6.
    pub dial_radii: [f32; 2],
    /// From the space of the dial to pixels, nine numbers, row by row.
    pub homography: Vec<f64>,
    /// Left edge, top edge, width and height of the part of the dial that is inside the picture.
    pub visible: [f32; 4],
    /// Share of the dial that something lies over or that is outside the picture.
    pub occluded_share: f32,
    /// All parameters of the face.
    pub face: serde_json::Value,
    /// All parameters of the body.
    pub body_parameters: serde_json::Value,
    /// How it was looked at.
    pub camera: serde_json::Value,
}

/// Where a hand stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandPlace {
    /// Its angle, 0 to 360 (the latter not included).
    pub angle: f64,
    /// Its tip, from the left edge.
    pub x: f32,
    /// Its tip, from the top edge.
    pub y: f32,
}

impl OtherClock {
    /// Reads the column `others`.
    ///
    /// # Errors
    /// A text that is no list of such clocks.
    pub fn list(others: &str) -> Result<Vec<OtherClock>, RecordError> {
        serde_json::from_str(others).map_err(|error| {
            RecordError::value("others", error.to_string(), "a list of clocks with all their values")
        })
    }

    /// What must hold whatever the clock looks like.
    pub(crate) fn check(&self, (width, height): (i32, i32)) -> Result<(), RecordError> {
        let wrong = |found: String, expected: &str| {
            Err(RecordError::value("others", format!("{found} of `{}`", self.called), expected.to_owned()))
        };
        if self.called.trim().is_empty() {
            return wrong("no name".to_owned(), "a name that questions can use");
        }
        if (self.shows_seconds || self.shows_am_pm) && !self.shows_time {
            return wrong("parts of a time".to_owned(), "none where no time is shown");
        }
        let shows = [self.shows_time, self.shows_seconds, self.shows_am_pm];
        let Some(expected) = shown_text(&self.time, shows) else {
            return wrong(format!("the time `{}`", self.time), "a time such as `2021-05-17T13:45:10`");
        };
        if self.text != expected {
            return wrong(format!("the text `{}`", self.text), &format!("`{expected}`"));
        }
        if !MOVEMENTS.contains(&self.movement.as_str()) {
            return wrong(format!("the movement `{}`", self.movement), &MOVEMENTS.join(", "));
        }
        if self.homography.len() != 9 {
            return wrong(format!("a homography of {} numbers", self.homography.len()), "9");
        }
        for hand in [self.hour, self.minute, self.second].into_iter().flatten() {
            if !(0.0..360.0).contains(&hand.angle) {
                return wrong(format!("the angle {}", hand.angle), "0 to 360, the latter not included");
            }
        }
        let [left, top, wide, high] = self.visible.map(f64::from);
        let fits = left >= 0.0
            && top >= 0.0
            && left + wide <= f64::from(width) + 0.01
            && top + high <= f64::from(height) + 0.01;
        if !fits {
            return wrong(format!("the part {:?}", self.visible), "a part inside the picture");
        }
        Ok(())
    }
}
