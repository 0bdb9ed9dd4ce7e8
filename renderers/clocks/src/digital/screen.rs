//! Screens of pixels: watches, bands and phones that print the time over a ground.

use pixmo_render::scene::Align;
use pixmo_render::{Color, Point, Rect, Role};

use super::extras::{self, Chips, Extra, Print};
use super::ground::Ground;
use super::hours::{DateForm, Hours};
use super::other::Other;
use super::pane::{Line, Pane, Type, largest};
use super::{furniture, hybrid};
use crate::frame::Dated;
use crate::moment::Moment;
use crate::space::Canvas;

/// How a screen is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Everything about the middle.
    Centre,
    /// Everything at the left edge.
    Left,
    /// Hours over minutes.
    Stacked,
    /// In the middle of rings that fill in the course of a day.
    Rings,
    /// A locked phone: the time above, messages below.
    Lock,
    /// Hands, with seconds and the date in digits.
    Hands,
}

/// What a screen shows.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// The time.
    Time,
    /// Something else, or nothing.
    Other(Other),
}

/// A screen by its parameters.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Screen {
    /// What is shown.
    pub content: Content,
    /// How it is laid out.
    pub layout: Layout,
    /// What lies behind.
    pub ground: Ground,
    /// Colour of the time.
    pub ink: Color,
    /// Colour of what is less important.
    pub soft: Color,
    /// Colour of signs, rings and, where hours stand over minutes, of the minutes.
    pub accent: Color,
    /// Type of large digits.
    pub big: Type,
    /// Type of small print.
    pub small: Type,
    /// How hours are counted.
    pub hours: Hours,
    /// Whether seconds are printed.
    pub seconds: bool,
    /// Seconds and letters for the half of the day are as large as the rest.
    pub level: bool,
    /// The date.
    pub date: Option<DateForm>,
    /// The date stands before the time.
    pub date_first: bool,
    /// Values beside the time.
    pub extras: Vec<Extra>,
    /// How they are drawn.
    pub chips: Chips,
    /// What is in the messages of a locked phone, and how full the rings are.
    pub scatter: u64,
    /// Share of the room that is used.
    pub fill: f32,
}

/// What stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Time,
    Hour,
    Minute,
    Half,
    Date,
    Extras,
}

/// Size of small seconds and of letters for the half of the day, over that of the time.
const SECONDS: f32 = 0.45;
const HALF: f32 = 0.34;
/// Space before them, in em of the time.
const BEFORE: f32 = 0.12;
/// Space between rows over the height of digits.
const GAP: f32 = 0.3;

impl Screen {
    /// Whether the time can be read.
    pub(super) fn shows_time(&self) -> bool {
        self.content == Content::Time
    }

    /// Whether nothing is lit.
    pub(super) fn is_off(&self) -> bool {
        matches!(self.content, Content::Other(Other::Off { .. }))
    }

    /// The time as large digits print it; with seconds and letters where they are as large.
    fn main(&self, moment: &Moment) -> String {
        let mut text = self.hours.clock(moment);
        if self.level && self.seconds {
            text += &format!(":{:02}", moment.second());
        }
        if let (true, Some(half)) = (self.level, self.hours.half(moment)) {
            text += &format!(" {half}");
        }
        text
    }

    /// The pieces that the row of the time prints, with their sizes over that of the first.
    fn pieces(&self, moment: &Moment) -> Vec<(String, f32)> {
        let mut pieces = vec![(self.main(moment), 1.0)];
        if !self.level && self.seconds {
            pieces.push((format!("{:02}", moment.second()), SECONDS));
        }
        if let (false, Some(half)) = (self.level, self.hours.half(moment)) {
            pieces.push((half.to_owned(), HALF));
        }
        pieces
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = match self.layout {
            Layout::Stacked => vec![Row::Hour, Row::Minute],
            Layout::Centre | Layout::Left | Layout::Rings | Layout::Lock => vec![Row::Time],
            Layout::Hands => return Vec::new(),
        };
        if self.layout == Layout::Stacked && self.hours.tell_half() && self.hours != Hours::Day {
            rows.push(Row::Half);
        }
        if self.date.is_some() {
            rows.insert(if self.date_first { 0 } else { rows.len() }, Row::Date);
        }
        if !self.extras.is_empty() && self.layout != Layout::Rings {
            rows.insert(if self.date_first { rows.len() } else { 0 }, Row::Extras);
        }
        rows
    }

    /// Height of a row and the width that it needs, over the height of large digits.
    fn needs(&self, row: Row) -> (f32, f32) {
        let widest = Moment::new(2000, 1, 1, 20, 58, 58).expect("it exists");
        let cap = self.big.cap();
        match row {
            Row::Time => {
                let width = |text: &str| self.big.width(&self.big.at_most(text));
                // Twelve is the longest hour of those that are not padded.
                let pieces = self.pieces(&widest);
                let longer = if self.hours.hour(&widest).len() < 2 { width("0") } else { 0.0 };
                let em: f32 = pieces.iter().map(|(text, size)| width(text) * size).sum();
                (1.0, (em + longer + BEFORE * (pieces.len() - 1) as f32) / cap)
            }
            Row::Hour | Row::Minute => (1.0, self.big.width(&self.big.at_most("00")) / cap),
            Row::Half => (0.22, 0.6),
            Row::Date => {
                let text = self.date.map_or("", DateForm::widest);
                // Long dates get smaller rather than making all else small.
                let high = (0.3_f32).min(3.2 / (self.small.width(text) / self.small.cap()).max(0.1));
                (high, high * self.small.width(text) / self.small.cap())
            }
            Row::Extras => match self.chips {
                Chips::Plain => (0.42, self.extras.len() as f32 * 1.0),
                Chips::Plates => (0.52, self.extras.len() as f32 * 1.0),
                Chips::Rings => (0.95, self.extras.len() as f32 * 0.95),
            },
        }
    }

    /// Where each row lies. Small print grows as far as that hardly makes the time smaller.
    fn plan(&self, pane: &Pane) -> Vec<(Row, Rect)> {
        let rows = self.rows();
        let sizes: Vec<(f32, f32)> = rows.iter().map(|row| self.needs(*row)).collect();
        let grown = |by: f32| -> Vec<(f32, f32)> {
            let small = |row: &Row| matches!(row, Row::Date | Row::Extras | Row::Half);
            let grown = |row, (high, wide)| if small(row) { (high * by, wide * by) } else { (high, wide) };
            rows.iter().zip(&sizes).map(|(row, size)| grown(row, *size)).collect()
        };
        let plain = self.scale(pane, &sizes);
        let (sizes, scale) = [1.7, 1.4, 1.2]
            .into_iter()
            .map(|by| (grown(by), self.scale(pane, &grown(by))))
            .find(|(_, scale)| *scale >= plain * 0.94)
            .unwrap_or((sizes, plain));
        let scale = scale * self.fill;
        let mut top = self.top(pane, &sizes, scale);
        let placed: Vec<Rect> = sizes
            .iter()
            .map(|(high, _)| {
                let foot = top + high * scale;
                let half = self.room(pane, top, foot);
                let rect = Rect::new(-half, top, half, foot);
                top = foot + self.gap() * scale;
                rect
            })
            .collect();
        rows.into_iter().zip(placed).collect()
    }

    fn gap(&self) -> f32 {
        if self.layout == Layout::Stacked { GAP * 0.75 } else { GAP }
    }

    /// Height of all rows and the gaps between them.
    fn total(&self, sizes: &[(f32, f32)]) -> f32 {
        sizes.iter().map(|(high, _)| high).sum::<f32>() + self.gap() * sizes.len().saturating_sub(1) as f32
    }

    /// Where the first row begins.
    fn top(&self, pane: &Pane, sizes: &[(f32, f32)], scale: f32) -> f32 {
        match self.layout {
            Layout::Lock => -pane.high * 0.74,
            _ => -self.total(sizes) * scale / 2.0,
        }
    }

    /// Half the width that a row may take.
    fn room(&self, pane: &Pane, top: f32, foot: f32) -> f32 {
        match self.layout {
            Layout::Rings => {
                let (inside, y) = (pane.wide.min(pane.high) * 0.6, top.abs().max(foot.abs()));
                (inside * inside - y * y).max(0.0).sqrt()
            }
            _ => pane.room(top, foot) * 0.9,
        }
    }

    /// The largest height of digits at which all rows fit.
    fn scale(&self, pane: &Pane, sizes: &[(f32, f32)]) -> f32 {
        let total = self.total(sizes);
        largest(pane.high * 1.8, |scale| {
            let mut top = self.top(pane, sizes, scale);
            let low = self.layout == Layout::Lock && top + total * scale > -pane.high * 0.1;
            if top < -pane.high * 0.92 || low {
                return false;
            }
            sizes.iter().all(|(high, wide)| {
                let foot = top + high * scale;
                let fit = wide * scale / 2.0 <= self.room(pane, top, foot);
                top = foot + self.gap() * scale;
                fit
            })
        })
    }

    fn print(&self) -> Print<'_> {
        Print {
            kind: &self.small,
            ink: self.ink,
            accent: self.accent,
            ground: self.ground.colors.first().copied().unwrap_or(Color::BLACK),
        }
    }

    /// What does not move: the ground, values, and all that stands around the time.
    pub(super) fn dial(&self, pane: &Pane, canvas: &mut Canvas) {
        self.ground.paint(pane, canvas);
        if let Content::Other(other) = &self.content {
            other.draw(self, pane, canvas);
            return;
        }
        match self.layout {
            Layout::Rings => furniture::rings(self, pane, canvas),
            Layout::Lock => furniture::lock(self, pane, canvas),
            Layout::Hands => hybrid::marks(self, pane, canvas),
            Layout::Centre | Layout::Left | Layout::Stacked => {}
        }
        let left = self.left(pane);
        for (row, place) in self.plan(pane) {
            if row == Row::Extras {
                let wide = self.needs(row).1 / self.needs(row).0 * place.height();
                let half = (wide / 2.0).max(place.width() * 0.36).min(place.width() / 2.0);
                let place = match left {
                    Some(edge) => Rect::new(edge, place.top, edge + 2.0 * half, place.bottom),
                    None => Rect::new(-half, place.top, half, place.bottom),
                };
                extras::row(&self.extras, self.chips, &self.print(), place, canvas);
            }
        }
    }

    /// The left edge that everything stands at.
    fn left(&self, pane: &Pane) -> Option<f32> {
        (self.layout == Layout::Left).then(|| {
            let rows = self.plan(pane);
            rows.iter().map(|(_, place)| place.left).fold(-pane.wide, f32::max)
        })
    }

    /// What is printed at a moment.
    pub(super) fn moving(&self, pane: &Pane, moment: &Moment, canvas: &mut Canvas) {
        if !self.shows_time() {
            return;
        }
        if self.layout == Layout::Hands {
            hybrid::moving(self, pane, moment, canvas);
            return;
        }
        let left = self.left(pane);
        let mut plan = self.plan(pane);
        // The time comes before the date in the list of elements.
        plan.sort_by_key(|(row, _)| *row == Row::Date);
        for (row, place) in plan {
            let (y, high) = (place.center().y, place.height());
            let size = high / self.big.cap();
            let align = if left.is_some() { Align::Start } else { Align::Middle };
            let x = left.unwrap_or(0.0);
            let big = |color: Color| Line { kind: &self.big, size, color, align };
            let small =
                |color: Color| Line { kind: &self.small, size: high / self.small.cap(), color, align };
            match row {
                Row::Time => self.time(Point::new(x, y), size, left.is_some(), moment, canvas),
                Row::Hour => {
                    big(self.ink).write(canvas, &self.hours.hour(moment), (x, y), Role::ValueLabel);
                }
                Row::Minute => {
                    let text = format!("{:02}", moment.minute());
                    big(self.accent).write(canvas, &text, (x, y), Role::ValueLabel);
                }
                Row::Half => {
                    if let Some(half) = self.hours.half(moment) {
                        small(self.soft).write(canvas, half, (x, y), Role::ValueLabel);
                    }
                }
                Row::Date => {
                    if let Some(date) = self.date {
                        small(self.soft).write(canvas, &date.print(moment), (x, y), Role::ValueLabel);
                    }
                }
                Row::Extras => {}
            }
        }
    }

    /// The row of the time about a place, or to the right of it.
    fn time(&self, at: Point, size: f32, left: bool, moment: &Moment, canvas: &mut Canvas) {
        let pieces = self.pieces(moment);
        let width = |(text, share): &(String, f32)| self.big.width(text) * share * size;
        let gap = BEFORE * size;
        let total: f32 = pieces.iter().map(width).sum::<f32>() + gap * (pieces.len() - 1) as f32;
        let mut x = if left { at.x } else { at.x - total / 2.0 };
        let foot = at.y + size * self.big.cap() / 2.0;
        for (n, piece) in pieces.iter().enumerate() {
            let (text, share) = piece;
            let color = if n == 0 { self.ink } else { self.soft };
            let line = Line { kind: &self.big, size: size * share, color, align: Align::Start };
            // All pieces stand on one line.
            let y = foot - size * share * self.big.cap() / 2.0;
            line.write(canvas, text, (x, y), Role::ValueLabel);
            x += width(piece) + gap;
        }
    }

    /// The texts that tell the time at a moment, in reading order.
    pub(super) fn printed(&self, moment: &Moment) -> Vec<String> {
        match self.layout {
            Layout::Hands if self.seconds => vec![format!("{:02}", moment.second())],
            Layout::Hands => Vec::new(),
            Layout::Stacked => {
                let mut printed = vec![self.hours.hour(moment), format!("{:02}", moment.minute())];
                printed.extend(self.hours.half(moment).map(str::to_owned));
                printed
            }
            Layout::Centre | Layout::Left | Layout::Rings | Layout::Lock => {
                self.pieces(moment).into_iter().map(|(text, _)| text).collect()
            }
        }
    }

    /// What it prints of the date.
    pub(super) fn dated(&self) -> Dated {
        if self.shows_time() {
            self.date.map_or_else(Dated::default, DateForm::dated)
        } else {
            Dated::default()
        }
    }

    /// Whether seconds can be read.
    pub(super) fn tells_seconds(&self) -> bool {
        self.shows_time() && self.seconds && self.layout != Layout::Stacked
    }
}
