//! Screens as they are made: their layouts, grounds, colours and type.

use pixmo_render::{Color, Rng};

use super::extras::{Chips, Extra};
use super::ground::Ground;
use super::hours::{DateForm, Hours};
use super::other::Other;
use super::pane::{Pane, Type};
use super::screen::{Content, Layout, Screen};

/// The narrowest screen, over its height, that is a phone's and not a band's.
const PHONE: f32 = 0.44;

impl Screen {
    /// A screen by chance; `bar` is the colour of the bar that it is a part of.
    pub(super) fn drawn(pane: &Pane, bar: Option<Color>, rng: &mut Rng) -> Screen {
        let (low, tall) = (pane.wide > pane.high * 2.0, pane.high > pane.wide * 1.5);
        let dim = bar.is_none() && rng.chance(0.1);
        let layout = if low {
            *rng.pick(&[Layout::Centre, Layout::Centre, Layout::Left])
        } else if tall && pane.wide > PHONE * pane.high {
            *rng.pick(&[Layout::Lock, Layout::Lock, Layout::Lock, Layout::Stacked, Layout::Centre])
        } else if tall {
            *rng.pick(&[Layout::Stacked, Layout::Stacked, Layout::Centre])
        } else {
            [Layout::Centre, Layout::Left, Layout::Stacked, Layout::Rings, Layout::Hands]
                [rng.weighted(&[0.36, if pane.is_round() { 0.0 } else { 0.16 }, 0.2, 0.14, 0.16])]
        };
        let dark = match bar {
            Some(bar) => bar.ink().luminance() > bar.luminance(),
            None => dim || rng.chance(0.84),
        };
        let picture = rng.chance(if layout == Layout::Lock { 0.85 } else { 0.38 });
        let mut ground = Ground::drawn(dark, picture && layout != Layout::Rings, rng);
        if let Some(bar) = bar {
            ground = Ground::plain(bar);
        } else if dim {
            ground = if rng.chance(0.45) { Ground::plain(Color::BLACK) } else { ground.dimmed() };
        }
        let rep = ground.nearest_to_ink(dark);
        let hue = rng.range32(0.0, 360.0);
        let tint = Color::oklch(if dark { 0.78 } else { 0.45 }, 0.16, hue).readable_on(rep, 4.6);
        let white =
            if dark { Color::oklch(rng.range32(0.93, 1.0), 0.01, hue) } else { Color::rgb(18, 18, 22) };
        let (ink, accent) = match rng.below(10) {
            0 | 1 if bar.is_none() => (tint, white),
            _ => (white, tint),
        };
        let (ink, accent) = if dim {
            // A screen that waits is grey, or has one of the colours that do not wake a sleeper.
            let grey = Color::BLACK.mix(Color::WHITE, rng.range32(0.55, 0.75));
            let hue = *rng.pick(&[28.0, 62.0, 90.0, 145.0, 200.0, 260.0]);
            let ink = if rng.chance(0.45) { grey } else { Color::oklch(rng.range32(0.64, 0.76), 0.13, hue) };
            (ink.readable_on(rep, 4.8), Color::BLACK.mix(tint, 0.75).readable_on(rep, 3.9))
        } else {
            (ink.readable_on(rep, 5.0), accent)
        };
        let soft = ink.mix(rep, 0.25).readable_on(rep, 3.6);
        let hours = Hours::drawn(rng);
        let seconds = !dim && layout != Layout::Lock && rng.chance(0.22);
        let count = match layout {
            Layout::Lock => 0,
            _ if bar.is_some() => 0,
            _ if dim => rng.weighted(&[0.4, 0.35, 0.25]),
            _ => rng.weighted(&[0.25, 0.15, 0.3, 0.3]),
        };
        let chips = *rng.pick(&[Chips::Plain, Chips::Plain, Chips::Rings, Chips::Plates]);
        let cramped = low || pane.wide < 30.0;
        let dates: &[DateForm] =
            if cramped || matches!(layout, Layout::Rings | Layout::Hands | Layout::Stacked) {
                &[DateForm::ShortDay, DateForm::Capitals, DateForm::MonthCapitals]
            } else {
                &DateForm::ALL
            };
        let date = rng.chance(if layout == Layout::Lock { 1.0 } else { 0.65 }).then(|| *rng.pick(dates));
        Screen {
            content: Content::Time,
            layout,
            ground,
            ink,
            soft,
            accent,
            big: Type::digits(rng),
            small: Type::small(rng),
            hours,
            seconds: if layout == Layout::Hands { rng.chance(0.6) } else { seconds },
            level: rng.chance(0.35),
            date,
            date_first: bar.is_none() && rng.chance(0.6),
            extras: if low || pane.wide < 24.0 { Vec::new() } else { Extra::some(count, rng) },
            chips,
            scatter: rng.bits() >> 12,
            fill: rng.range32(if matches!(layout, Layout::Lock | Layout::Rings) { 0.94 } else { 0.8 }, 1.0),
        }
    }

    /// A screen by chance that does not show the time.
    pub(super) fn without_time(pane: &Pane, bar: Option<Color>, rng: &mut Rng) -> Screen {
        let mut screen = Screen::drawn(pane, bar, rng);
        let other = Other::drawn(pane, rng);
        if bar.is_none() && (matches!(other, Other::Off { .. }) || rng.chance(0.7)) {
            screen.ground = Ground::plain(Color::BLACK);
            screen.ink = Color::rgb(244, 244, 246);
            screen.soft = Color::rgb(168, 168, 174);
            screen.accent = Color::oklch(0.78, 0.16, rng.range32(0.0, 360.0));
        }
        Screen { content: Content::Other(other), ..screen }
    }
}
