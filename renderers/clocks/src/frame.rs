//! What a body leaves to the face in it, and what a face lets its reader know.

use pixmo_render::Color;

use crate::moment::Movement;
use crate::space::Outline;

/// The place for a face in a body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Where the dial ends.
    pub outline: Outline,
    /// How the body shows time.
    pub display: Display,
    /// Whether the body tells where the top is, so that a turned picture can be read though the face has no numerals.
    pub tells_top: bool,
    /// What the body asks of a face with hands.
    pub calling: Calling,
}

/// What a body asks of a face with hands, so that no church tower has a tachymetre and no tachymetre lacks a stopwatch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Calling {
    /// A watch: it may have whatever watches have.
    #[default]
    Watch,
    /// It is carried in a pocket: whatever watches have but what divers ask for.
    Pocket,
    /// It hangs from a chain or a pin, or is a ring: as a pocket watch, and small works drive it.
    Jewel,
    /// A stopwatch with pushers, often with a scale of speeds about it.
    Stopwatch,
    /// Twenty-four hours about the dial wait for a hand that goes around once a day.
    Traveller,
    /// An instrument that is read at a glance: hands, marks, at most a date.
    Tool,
    /// It wakes people.
    Alarm,
    /// It hangs or stands in a room.
    Room,
    /// It is read across a street or a platform.
    Public,
    /// It is read across a town.
    Tower,
    /// It is the end of a bar of this colour along the edge of a screen.
    Bar(Color),
}

impl Calling {
    /// Whether a person carries it and no trade asks for anything.
    pub(crate) fn is_watch(self) -> bool {
        matches!(self, Calling::Watch | Calling::Pocket | Calling::Jewel)
    }

    /// Whether it may go under water.
    pub(crate) fn dives(self) -> bool {
        !matches!(self, Calling::Pocket | Calling::Jewel)
    }
}

/// How a body shows time. Sizes are half widths and heights about the middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Display {
    /// Hands over a dial.
    Hands,
    /// A screen of pixels, which can show anything.
    Screen {
        /// Half the width.
        wide: f32,
        /// Half the height.
        high: f32,
    },
    /// Digits of seven segments.
    Segments {
        /// Half the width.
        wide: f32,
        /// Half the height.
        high: f32,
    },
    /// Cards that fall over.
    Flip {
        /// Half the width.
        wide: f32,
        /// Half the height.
        high: f32,
    },
    /// Nothing that tells the time of day.
    Nothing,
}

/// What can be read from a face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shows {
    /// The hour and the minute.
    pub time: bool,
    /// The seconds.
    pub seconds: bool,
    /// Whether it is morning or afternoon: in letters, or by hours from 0 to 23.
    pub am_pm: bool,
    /// How the hands move; for digits, [`Movement::Sweeping`].
    pub movement: Movement,
    /// Whether the face itself tells where the top is: by numerals, a logo, or a mark at 12 that differs.
    pub tells_top: bool,
}

/// What a clock prints of the date, in any form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dated {
    /// The day of the week.
    pub weekday: bool,
    /// The day of the month.
    pub day: bool,
    /// The month.
    pub month: bool,
}
