//! Faces of digits: screens, segments, and falling cards.
//!
//! What is printed at a moment stands in elements of [`Role::ValueLabel`] whose label is exactly what is seen: first the
//! pieces of the time in reading order ([`Digital::printed`]), such as `9:41` and `PM`, then the day and the date. On
//! segments each group of lit segments is one element; see [`cell`] for how to read its digits from pixels.

pub mod cell;
pub mod extras;
pub mod flip;
mod furniture;
mod glass;
pub mod ground;
pub mod hours;
mod hybrid;
mod layout;
mod made;
pub mod other;
mod pane;
pub mod screen;
pub mod segments;
mod signs;
pub mod surround;
#[cfg(test)]
mod tests;

use pixmo_render::{Color, Rng, Role};

use self::flip::Flip;
use self::pane::Pane;
pub use self::pane::Type;
use self::screen::{Layout, Screen};
use self::segments::{Seconds, Segments};
use crate::frame::{Calling, Dated, Display, Frame, Shows};
use crate::moment::{Moment, Movement};
use crate::space::Canvas;

/// A face of digits by its parameters.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digital {
    /// A screen of pixels.
    Screen(Box<Screen>),
    /// Digits of seven segments.
    Segments(Box<Segments>),
    /// Cards that fall over.
    Flip(Box<Flip>),
}

impl Digital {
    /// A face by chance for the display of a frame. A frame without a display for digits gets a screen.
    pub fn drawn(frame: &Frame, rng: &mut Rng) -> Digital {
        match frame.display {
            Display::Segments { .. } => Digital::Segments(Box::new(Segments::drawn(rng))),
            Display::Flip { .. } => Digital::Flip(Box::new(Flip::drawn(rng))),
            Display::Screen { .. } | Display::Hands | Display::Nothing => {
                Digital::Screen(Box::new(Screen::drawn(&Pane::of(frame), bar(frame), rng)))
            }
        }
    }

    /// A face by chance from which the time cannot be read: off, blank, or showing something else.
    pub fn without_time(frame: &Frame, rng: &mut Rng) -> Digital {
        match frame.display {
            Display::Segments { .. } => Digital::Segments(Box::new(Segments::without_time(rng))),
            Display::Flip { .. } => Digital::Flip(Box::new(Flip::without_time(rng))),
            Display::Screen { .. } | Display::Hands | Display::Nothing => {
                Digital::Screen(Box::new(Screen::without_time(&Pane::of(frame), bar(frame), rng)))
            }
        }
    }

    /// All that does not move.
    pub fn dial(&self, frame: &Frame, canvas: &mut Canvas) {
        let pane = Pane::of(frame);
        canvas.begin(Role::Dial, "dial");
        canvas.fill(frame.outline.path(0.0), self.around());
        match self {
            Digital::Screen(screen) => screen.dial(&pane, canvas),
            Digital::Segments(segments) => segments.dial(&pane, canvas),
            Digital::Flip(flip) => flip.dial(&pane, canvas),
        }
    }

    /// The colour of the dial around the display.
    fn around(&self) -> Color {
        match self {
            // At its edge a plain screen does not show what it lies on.
            Digital::Screen(screen) => screen.ground.only().unwrap_or(Color::rgb(8, 8, 9)),
            Digital::Segments(segments) => segments.panel,
            Digital::Flip(flip) => flip.panel,
        }
    }

    /// What a moment prints.
    pub fn moving(&self, frame: &Frame, moment: &Moment, canvas: &mut Canvas) {
        let pane = Pane::of(frame);
        match self {
            Digital::Screen(screen) => screen.moving(&pane, moment, canvas),
            Digital::Segments(segments) => segments.moving(&pane, moment, canvas),
            Digital::Flip(flip) => flip.moving(&pane, moment, canvas),
        }
    }

    /// What can be read from it. With 24 hours, and with letters or dots for the half of the day, a reader knows the half.
    pub fn shows(&self) -> Shows {
        let (time, seconds, am_pm, tells_top) = match self {
            // Hands on a screen go around twice a day.
            Digital::Screen(screen) => {
                let half = screen.layout != Layout::Hands && screen.hours.tell_half();
                (screen.shows_time(), screen.tells_seconds(), half, !screen.is_off())
            }
            Digital::Segments(segments) => (
                segments.shows_time(),
                segments.seconds != Seconds::None,
                segments.hours.tell_half(),
                segments.shown != segments::Shown::Off,
            ),
            Digital::Flip(flip) => (!flip.blank, flip.seconds, flip.hours.tell_half(), !flip.blank),
        };
        Shows {
            time,
            seconds: time && seconds,
            am_pm: time && am_pm,
            movement: Movement::Sweeping,
            tells_top,
        }
    }

    /// Whether hours go from 0 to 23.
    pub fn by_24_hours(&self) -> bool {
        let hours = match self {
            Digital::Screen(screen) => &screen.hours,
            Digital::Segments(segments) => &segments.hours,
            Digital::Flip(flip) => &flip.hours,
        };
        *hours == hours::Hours::Day
    }

    /// Whether it is a screen with hands on it.
    pub fn has_hands(&self) -> bool {
        matches!(self, Digital::Screen(screen) if screen.layout == Layout::Hands)
    }

    /// What it prints of the date at a moment.
    pub fn date(&self, frame: &Frame, moment: &Moment) -> Dated {
        match self {
            Digital::Screen(screen) => screen.dated(),
            Digital::Segments(segments) => segments.dated(&Pane::of(frame), moment),
            Digital::Flip(flip) => flip.dated(),
        }
    }

    /// The texts that tell the time at a moment, in reading order: `["9:41", "PM"]`. Empty where it is not shown; on a
    /// screen with hands, only the seconds.
    pub fn printed(&self, moment: &Moment) -> Vec<String> {
        if !self.shows().time {
            return Vec::new();
        }
        match self {
            Digital::Screen(screen) => screen.printed(moment),
            Digital::Segments(segments) => segments.printed(moment),
            Digital::Flip(flip) => flip.printed(moment),
        }
    }
}

/// The colour of the bar that a display is a part of.
fn bar(frame: &Frame) -> Option<Color> {
    match frame.calling {
        Calling::Bar(color) => Some(color),
        _ => None,
    }
}
