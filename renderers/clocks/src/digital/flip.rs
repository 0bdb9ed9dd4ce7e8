//! Cards that fall over.

use pixmo_render::scene::{Align, Paint, round_rect_path};
use pixmo_render::{Color, Point, Rect, Rng, Role};

use super::hours::{Half, Hours, day_letters};
use super::pane::{Line, Pane, Type, largest};
use crate::frame::Dated;
use crate::moment::Moment;
use crate::space::Canvas;

/// What cards beside the time show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// There are none.
    None,
    /// The day of the week and the day of the month, below.
    Date,
}

/// What the panel behind the cards has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Front {
    /// Nothing.
    Plain,
    /// Grooves from side to side.
    Grooves,
    /// A line around.
    Line,
    /// A bar of another colour above and one below.
    Bars,
    /// A lighter upper half.
    Halves,
}

/// A clock with falling cards by its parameters.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Flip {
    /// What lies behind the cards.
    pub panel: Color,
    /// What it has.
    pub front: Front,
    /// The cards.
    pub card: Color,
    /// The cards of minutes and seconds, where they differ.
    pub second: Option<Color>,
    /// What is printed on them.
    pub ink: Color,
    /// The printed digits.
    pub print: Type,
    /// Small print.
    pub small: Type,
    /// A card for each digit instead of one for both.
    pub single: bool,
    /// Width of a pair of digits over its height.
    pub pair: f32,
    /// Space between pairs over their height.
    pub space: f32,
    /// Share of the room that the cards take.
    pub fill: f32,
    /// Share of a card's height that digits take.
    pub size: f32,
    /// What is printed below hours and minutes.
    pub captions: Option<(String, String)>,
    /// Radius of the corners over the height of a card.
    pub corner: f32,
    /// Width of the gap at the hinge over the height of a card.
    pub hinge: f32,
    /// How much darker the lower half is.
    pub shade: f32,
    /// Pins at the sides of the hinge.
    pub pins: bool,
    /// Dots between hours and minutes.
    pub dots: bool,
    /// How hours are counted.
    pub hours: Hours,
    /// Cards of seconds.
    pub seconds: bool,
    /// Cards beside the time.
    pub beside: Beside,
    /// Whether anything is printed on the cards.
    pub blank: bool,
}

/// Where cards lie.
struct Plan {
    /// A box for each pair of digits: hours, minutes, seconds.
    pairs: Vec<Rect>,
    /// Boxes of the day and the date.
    date: Vec<Rect>,
}

/// Space between the cards of the time and those of the date over the height of the former.
const GAP: f32 = 0.14;
/// Height of a date card over that of a pair.
const DATE: f32 = 0.36;
/// Space that captions take over the height of a pair.
const CAPTION: f32 = 0.24;

/// The contrast of print with its card, at least.
const INK_CONTRAST: f32 = 5.0;

/// Families that are printed on cards.
pub(super) const FAMILIES: [&str; 13] = [
    "Oswald",
    "Barlow Condensed",
    "Roboto Condensed",
    "Inter",
    "Rubik",
    "Public Sans",
    "Arimo",
    "Roboto Slab",
    "Montserrat",
    "Exo 2",
    "Titillium Web",
    "Josefin Sans",
    "Work Sans",
];

/// Colours of panel, card and print, that were made so.
const PAINTED: [[Color; 3]; 10] = [
    [Color::rgb(190, 62, 40), Color::rgb(28, 28, 30), Color::rgb(250, 246, 238)],
    [Color::rgb(236, 160, 46), Color::rgb(34, 32, 30), Color::rgb(252, 248, 238)],
    [Color::rgb(62, 118, 112), Color::rgb(240, 236, 224), Color::rgb(30, 48, 46)],
    [Color::rgb(28, 30, 34), Color::rgb(184, 44, 40), Color::rgb(255, 250, 244)],
    [Color::rgb(24, 26, 30), Color::rgb(238, 178, 44), Color::rgb(26, 24, 20)],
    [Color::rgb(226, 222, 210), Color::rgb(40, 74, 132), Color::rgb(250, 250, 250)],
    [Color::rgb(122, 84, 54), Color::rgb(38, 30, 26), Color::rgb(240, 226, 198)],
    [Color::rgb(18, 22, 28), Color::rgb(30, 70, 60), Color::rgb(226, 246, 232)],
    [Color::rgb(176, 178, 182), Color::rgb(52, 54, 58), Color::rgb(246, 246, 246)],
    [Color::rgb(232, 204, 206), Color::rgb(250, 246, 244), Color::rgb(120, 44, 62)],
];

impl Flip {
    /// A clock by chance.
    pub(super) fn drawn(rng: &mut Rng) -> Flip {
        let [panel, card, ink] = colors(rng);
        let second = rng.chance(0.18).then(|| {
            let goal = if card.luminance() > 0.2 { Color::BLACK } else { Color::WHITE };
            let other = if rng.chance(0.5) { panel } else { card.mix(goal, rng.range32(0.1, 0.24)) };
            if ink.contrast(other) >= INK_CONTRAST { other } else { card.mix(goal, 0.08) }
        });
        let hours = match Hours::drawn(rng) {
            Hours::Halves { padded, .. } => Hours::Halves { half: Half::Upper, padded },
            other => other,
        };
        Flip {
            panel,
            front: *rng.pick(&[
                Front::Plain,
                Front::Plain,
                Front::Grooves,
                Front::Line,
                Front::Bars,
                Front::Halves,
            ]),
            card,
            second: second.filter(|second| ink.contrast(*second) >= INK_CONTRAST),
            ink,
            print: Type::named(rng.word(&FAMILIES), rng.chance(0.75)),
            small: Type::named(rng.word(&FAMILIES), true),
            single: rng.chance(0.3),
            pair: rng.range32(1.0, 1.24),
            space: rng.range32(0.07, 0.3),
            fill: if rng.chance(0.2) { 1.0 } else { rng.range32(0.88, 1.0) },
            size: rng.range32(0.62, 0.76),
            captions: rng.chance(0.18).then(|| {
                let (hour, minute) = *rng.pick(&[("HOURS", "MINUTES"), ("HR", "MIN"), ("hours", "minutes")]);
                (hour.to_owned(), minute.to_owned())
            }),
            corner: rng.range32(0.02, 0.16),
            hinge: rng.range32(0.012, 0.03),
            shade: rng.range32(0.04, 0.2),
            pins: rng.chance(0.6),
            dots: rng.chance(0.3),
            hours,
            seconds: rng.chance(0.12),
            beside: if rng.chance(0.3) { Beside::Date } else { Beside::None },
            blank: false,
        }
    }

    /// A clock by chance whose cards are blank.
    pub(super) fn without_time(rng: &mut Rng) -> Flip {
        Flip { blank: true, seconds: false, beside: Beside::None, ..Flip::drawn(rng) }
    }

    fn plan(&self, pane: &Pane) -> Plan {
        let pairs = if self.seconds { 3.0 } else { 2.0 };
        let wide = pairs * self.pair + (pairs - 1.0) * self.space;
        let date = self.beside == Beside::Date && !self.blank;
        let caption = if self.captions.is_some() { CAPTION } else { 0.0 };
        let stack = 1.0 + caption + if date { GAP + DATE } else { 0.0 };
        let fits = |h: f32| wide * h / 2.0 <= pane.room(-stack * h / 2.0, stack * h / 2.0) * 0.95;
        let high = largest(pane.high * 1.88 / stack, fits) * self.fill;
        let (left, top) = (-wide * high / 2.0, -stack * high / 2.0);
        let step = (self.pair + self.space) * high;
        let count = if self.seconds { 3 } else { 2 };
        let pairs =
            (0..count).map(|n| Rect::sized(left + n as f32 * step, top, self.pair * high, high)).collect();
        let date = if date {
            let (y, h) = (top + (1.0 + caption + GAP) * high, DATE * high);
            let (day, number) = (h * 2.2, h * 1.4);
            let x = -(day + number + h * 0.25) / 2.0;
            vec![Rect::sized(x, y, day, h), Rect::sized(x + day + h * 0.25, y, number, h)]
        } else {
            Vec::new()
        };
        Plan { pairs, date }
    }

    /// The cards of a pair: one, or one for each digit.
    fn cards(&self, pair: Rect) -> Vec<Rect> {
        if !self.single {
            return vec![pair];
        }
        let wide = pair.width() * 0.485;
        vec![
            Rect::sized(pair.left, pair.top, wide, pair.height()),
            Rect::sized(pair.right - wide, pair.top, wide, pair.height()),
        ]
    }

    fn under(&self, card: Rect, tone: Color, canvas: &mut Canvas) {
        let radius = self.corner * card.height();
        canvas.begin(Role::Ornament, "card");
        let edge = card.grown(card.height() * 0.012);
        canvas.fill(round_rect_path(&edge, radius), self.panel.mix(Color::BLACK, 0.55));
        let lower = tone.mix(Color::BLACK, self.shade);
        let upper = tone.mix(Color::WHITE, 0.03);
        canvas.fill(
            round_rect_path(&card, radius),
            Paint::Linear {
                from: Point::new(0.0, card.top),
                to: Point::new(0.0, card.bottom),
                stops: vec![
                    (0.0, upper),
                    (0.49, tone.mix(Color::BLACK, self.shade * 0.35)),
                    (0.51, lower),
                    (1.0, tone.mix(Color::BLACK, self.shade * 0.5)),
                ],
            },
        );
        // The edges of the cards that wait below.
        for sheet in 1..=2 {
            let y = card.bottom - sheet as f32 * card.height() * 0.016;
            let line = Rect::new(card.left + radius, y, card.right - radius, y + card.height() * 0.004);
            canvas.fill(round_rect_path(&line, 0.0), self.ink.faded(0.16));
        }
    }

    /// What lies over the printed digits.
    fn over(&self, card: Rect, canvas: &mut Canvas) {
        let h = card.height();
        let middle = (card.top + card.bottom) / 2.0;
        canvas.begin(Role::Ornament, "hinge");
        let shadow = Rect::new(card.left, middle, card.right, middle + h * (0.03 + self.hinge));
        canvas.fill(
            round_rect_path(&shadow, 0.0),
            Paint::Linear {
                from: Point::new(0.0, shadow.top),
                to: Point::new(0.0, shadow.bottom),
                stops: vec![(0.0, Color::BLACK.faded(0.4)), (1.0, Color::BLACK.faded(0.0))],
            },
        );
        let gap =
            Rect::new(card.left, middle - h * self.hinge / 2.0, card.right, middle + h * self.hinge / 2.0);
        canvas.fill(round_rect_path(&gap, 0.0), self.panel.mix(Color::BLACK, 0.7));
        if self.pins && card.width() > h * 0.4 {
            for x in [card.left, card.right - h * 0.03] {
                let pin = Rect::sized(x, middle - h * 0.055, h * 0.03, h * 0.11);
                canvas.fill(round_rect_path(&pin, h * 0.01), self.panel.mix(Color::BLACK, 0.5));
                let shine = Rect::sized(x + h * 0.006, middle - h * 0.045, h * 0.007, h * 0.09);
                canvas.fill(round_rect_path(&shine, 0.0), Color::WHITE.faded(0.25));
            }
        }
    }

    /// What does not move: the panel and the cards.
    pub(super) fn dial(&self, pane: &Pane, canvas: &mut Canvas) {
        canvas.begin(Role::Ornament, "ground");
        canvas.fill(pane.path(), self.panel);
        if pane.is_box() {
            self.draw_front(pane, canvas);
        }
        let plan = self.plan(pane);
        self.write_captions(&plan, canvas);
        for (at, pair) in plan.pairs.iter().enumerate() {
            let tone = self.second.filter(|_| at > 0).unwrap_or(self.card);
            for card in self.cards(*pair) {
                self.under(card, tone, canvas);
                if self.blank {
                    self.over(card, canvas);
                }
            }
        }
        plan.date.iter().for_each(|card| self.under(*card, self.card, canvas));
        if self.dots {
            let color = self.panel.ink().mix(self.panel, 0.35);
            canvas.begin(Role::Ornament, "colon");
            for pair in plan.pairs.windows(2) {
                let x = (pair[0].right + pair[1].left) / 2.0;
                for share in [0.36, 0.64] {
                    let y = pair[0].top + share * pair[0].height();
                    let radius = (self.space * pair[0].height() * 0.3).min(pair[0].height() * 0.034);
                    canvas.disc(Point::new(x, y), radius, color);
                }
            }
        }
    }

    /// What the panel has behind the cards.
    fn draw_front(&self, pane: &Pane, canvas: &mut Canvas) {
        let unit = pane.high;
        let room = pane.rect().grown(-unit * 0.05);
        let goal = if self.panel.luminance() > 0.2 { Color::BLACK } else { Color::WHITE };
        let ink = self.panel.mix(goal, 0.16);
        canvas.begin(Role::Ornament, "front");
        match self.front {
            Front::Plain => {}
            Front::Grooves => {
                let mut y = room.top;
                while y < room.bottom {
                    let groove = Rect::new(room.left, y, room.right, y + unit * 0.022);
                    canvas.fill(round_rect_path(&groove, 0.0), ink);
                    y += unit * 0.1;
                }
            }
            Front::Line => canvas.stroke(round_rect_path(&room, unit * 0.04), ink, unit * 0.025),
            Front::Bars => {
                let bar = self.card.mix(self.panel, 0.35);
                for y in [room.top, room.bottom - unit * 0.07] {
                    let bar_at = Rect::new(room.left, y, room.right, y + unit * 0.07);
                    canvas.fill(round_rect_path(&bar_at, 0.0), bar);
                }
            }
            Front::Halves => {
                let upper = Rect::new(room.left, room.top, room.right, 0.0);
                canvas.fill(round_rect_path(&upper, 0.0), self.panel.mix(goal, 0.09));
            }
        }
    }

    fn write_captions(&self, plan: &Plan, canvas: &mut Canvas) {
        let Some((hours, minutes)) = &self.captions else { return };
        let seconds = if hours == "HR" {
            "SEC"
        } else if hours == "hours" {
            "seconds"
        } else {
            "SECONDS"
        };
        for (pair, text) in plan.pairs.iter().zip([hours.as_str(), minutes.as_str(), seconds]) {
            let high = pair.height();
            let size = self.small.fitting("MINUTES", pair.width() * 0.8, high * 0.1);
            let color = self.panel.ink().mix(self.panel, 0.25);
            let line = Line { kind: &self.small, size, color, align: Align::Middle };
            line.write(canvas, text, (pair.center().x, pair.bottom + high * CAPTION * 0.55), Role::Body);
        }
    }

    /// The pairs of digits at a moment: hours, minutes, seconds.
    fn digits(&self, moment: &Moment) -> Vec<String> {
        let mut pairs = vec![self.hours.hour(moment), format!("{:02}", moment.minute())];
        if self.seconds {
            pairs.push(format!("{:02}", moment.second()));
        }
        pairs
    }

    /// The texts that tell the time at a moment, in the order in which they are drawn: one for each card, letters after
    /// the hour that they stand below.
    pub(super) fn printed(&self, moment: &Moment) -> Vec<String> {
        let mut printed = Vec::new();
        for (index, pair) in self.digits(moment).into_iter().enumerate() {
            if self.single {
                printed.extend(pair.chars().map(String::from));
            } else {
                printed.push(pair);
            }
            if index == 0 {
                printed.extend(self.hours.half(moment).map(str::to_owned));
            }
        }
        printed
    }

    /// What it prints of the date.
    pub(super) fn dated(&self) -> Dated {
        let has = self.beside == Beside::Date && !self.blank;
        Dated { weekday: has, day: has, month: false }
    }

    /// What is printed on the cards at a moment.
    pub(super) fn moving(&self, pane: &Pane, moment: &Moment, canvas: &mut Canvas) {
        if self.blank {
            return;
        }
        let plan = self.plan(pane);
        let half = self.hours.half(moment);
        for (index, (pair, text)) in plan.pairs.iter().zip(self.digits(moment)).enumerate() {
            let h = pair.height();
            let cards = self.cards(*pair);
            // Digits of a card lie in the middle of it; where each has its own, they are printed one by one.
            let room = cards[0].width() * if self.single { 0.84 } else { 0.86 };
            let size = self.print.fitting(
                if self.single { "0" } else { "00" },
                room,
                h * if half.is_some() { self.size.min(0.62) } else { self.size },
            );
            let line = Line { kind: &self.print, size, color: self.ink, align: Align::Middle };
            let middle = (pair.top + pair.bottom) / 2.0;
            if self.single {
                let signs: Vec<char> = text.chars().collect();
                for (card, sign) in cards.iter().skip(2 - signs.len()).zip(&signs) {
                    line.write(canvas, &sign.to_string(), (card.center().x, middle), Role::ValueLabel);
                }
            } else {
                line.write(canvas, &text, (pair.center().x, middle), Role::ValueLabel);
            }
            if let (0, Some(letters)) = (index, half) {
                let size = self.small.fitting("PM", h * 0.24, h * 0.115);
                let line = Line { kind: &self.small, size, color: self.ink, align: Align::Start };
                let at = (cards[0].left + h * 0.05, pair.bottom - h * 0.1);
                line.write(canvas, letters, at, Role::ValueLabel);
            }
            cards.iter().for_each(|card| self.over(*card, canvas));
        }
        let day = [day_letters(moment), moment.day().to_string()];
        for (card, text) in plan.date.iter().zip(day) {
            let sample = if text.len() == 3 { "WED" } else { "28" };
            let size = self.small.fitting(sample, card.width() * 0.78, card.height() * 0.6);
            let line = Line { kind: &self.small, size, color: self.ink, align: Align::Middle };
            line.write(canvas, &text, (card.center().x, card.center().y), Role::ValueLabel);
            self.over(*card, canvas);
        }
    }
}

/// Panel, cards and print by chance.
fn colors(rng: &mut Rng) -> [Color; 3] {
    let hue = rng.range32(0.0, 360.0);
    if rng.chance(0.35) {
        return *rng.pick(&PAINTED);
    }
    let dark = rng.chance(0.72);
    let [panel, card, ink] = match (dark, rng.below(4)) {
        (true, 0) => {
            let ink = Color::oklch(0.86, 0.14, rng.range32(60.0, 100.0));
            [Color::rgb(12, 12, 13), Color::rgb(34, 34, 36), ink]
        }
        (true, 1) => [Color::rgb(232, 230, 224), Color::rgb(30, 30, 32), Color::rgb(250, 250, 246)],
        (true, 2) => {
            [Color::oklch(0.16, 0.02, hue), Color::oklch(0.3, 0.07, hue), Color::oklch(0.96, 0.02, hue)]
        }
        (true, _) => [Color::rgb(14, 14, 16), Color::rgb(40, 40, 44), Color::rgb(240, 240, 240)],
        (false, 0) => [Color::rgb(60, 52, 46), Color::rgb(240, 232, 214), Color::rgb(40, 34, 30)],
        (false, 1) => {
            [Color::oklch(0.45, 0.11, hue), Color::oklch(0.95, 0.01, hue), Color::oklch(0.25, 0.06, hue)]
        }
        (false, _) => [Color::rgb(28, 28, 30), Color::rgb(246, 246, 244), Color::rgb(22, 22, 24)],
    };
    [panel, card, ink.readable_on(card, INK_CONTRAST)]
}
