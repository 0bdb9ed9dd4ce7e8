//! Digits of seven segments: liquid crystals, light-emitting diodes, fluorescent tubes.

use pixmo_render::scene::{Align, Paint, Stroke, round_rect_path};
use pixmo_render::{Color, Path, PathBuilder, Point, Rect, Role};

use super::cell::{Cut, Shape, lights};
use super::hours::{Hours, day_letters, weekday_index};
use super::layout::{BETWEEN, COLON, Plan, SMALL, WORDS};
use super::pane::{Line, Pane, Type};
use super::signs::{battery, bell};
use super::surround::Surround;
use crate::frame::Dated;
use crate::moment::Moment;
use crate::space::Canvas;

/// How light comes from a display.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Dark segments on a grey ground.
    Crystal,
    /// Clear segments in a dark crystal.
    Negative,
    /// Glowing segments behind a dark pane.
    Diode,
    /// Glowing segments in a glass tube.
    Tube,
}

/// How the half of the day is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The word that holds is lit.
    Words,
    /// A dot beside the printed word that holds is lit.
    Dots,
    /// A dot beside `PM` is lit in the afternoon.
    Dot,
}

/// Where seconds stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seconds {
    /// Nowhere.
    None,
    /// Smaller, behind the minutes.
    Small,
    /// After a second colon.
    Equal,
}

/// What stands above the digits where there is room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Above {
    /// Nothing.
    None,
    /// The names of all days, one of them lit.
    Week,
    /// The day and the date.
    Date,
    /// Signs for the alarm and the battery.
    Signs,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The time.
    Time,
    /// Nothing is lit.
    Off,
    /// `--:--`.
    Dashes,
    /// A word of up to four letters.
    Word(String),
}

/// A display of segments by its parameters.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Segments {
    /// How light comes from it.
    pub light: Light,
    /// The ground.
    pub ground: Color,
    /// Lit segments: at least 3.5 times the contrast with the ground.
    pub lit: Color,
    /// Segments that are not lit: at most 1.3 times the contrast with the ground.
    pub ghost: Color,
    /// What lies around the display.
    pub panel: Color,
    /// What digits look like.
    pub shape: Shape,
    /// Round colon dots instead of square ones.
    pub round: bool,
    /// How hours are counted.
    pub hours: Hours,
    /// How the half of the day is told.
    pub sign: Sign,
    /// Words for the half of the day stand before the hour.
    pub sign_first: bool,
    /// Where seconds stand.
    pub seconds: Seconds,
    /// What stands above.
    pub above: Above,
    /// What lies about the digits, and where they lie in it.
    pub surround: Surround,
    /// Letters of small print.
    pub print: Type,
    /// What is shown.
    pub shown: Shown,
}

impl Segments {
    /// Whether the time can be read.
    pub(super) fn shows_time(&self) -> bool {
        self.shown == Shown::Time
    }

    fn colon(&self, path: &mut PathBuilder, before: Rect, plan: &Plan) {
        let h = plan.high;
        let dot = self.shape.thick * h * 0.52;
        for share in [0.32, 0.68] {
            let y = plan.top + h * share;
            let x = before.right + COLON * h / 2.0 + h * (1.0 - share) * self.shape.lean;
            if self.round {
                path.push_circle(x, y, dot);
            } else if let Some(square) = tiny(x, y, dot * 0.92) {
                path.push_path(&square);
            }
        }
    }

    fn small<'a>(&'a self, size: f32, color: Color) -> Line<'a> {
        Line { kind: &self.print, size, color, align: Align::Middle }
    }

    /// What does not move: panel, ground, and all segments unlit.
    pub(super) fn dial(&self, pane: &Pane, canvas: &mut Canvas) {
        canvas.begin(Role::Ornament, "ground");
        canvas.fill(pane.path(), self.ground_paint(pane));
        self.surround.draw_ground((self.ground, self.lit), pane, canvas);
        if !pane.is_whole() {
            canvas.begin(Role::Ornament, "edge");
            let edge = pane.rect().grown(-0.5);
            canvas.stroke(round_rect_path(&edge, 1.0), self.panel.mix(Color::BLACK, 0.6), 1.0);
        }
        let plan = self.plan(pane);
        if let Some(place) = plan.legend {
            self.surround.draw_legend((self.ground, self.lit), &self.print, place, canvas);
        }
        let cells = self.cells(&plan);
        for cell in &cells {
            canvas.begin(Role::Ornament, "cell");
            let mut path = PathBuilder::new();
            self.shape.add(&mut path, *cell, 0x7f);
            canvas.fill(path.finish(), self.ghost);
        }
        canvas.begin(Role::Ornament, "colon");
        let mut path = PathBuilder::new();
        self.colons(&mut path, &cells, &plan);
        canvas.fill(path.finish(), self.ghost);
        if self.words() {
            self.dial_words(&plan, canvas);
        }
        if let (Some((y, size)), Above::Week) = (plan.above, self.above) {
            for day in 0..7 {
                self.day_of_week(day, (y, size), &plan, self.ghost, Role::Ornament, canvas);
            }
        }
    }

    /// The lightest tone of the ground, the ground, and the darkest tone: it is not quite even.
    pub(super) fn ground_tones(&self) -> [Color; 3] {
        let strength = if self.light == Light::Crystal { 0.022 } else { 0.03 };
        [self.ground.mix(Color::WHITE, strength), self.ground, self.ground.mix(Color::BLACK, strength)]
    }

    fn ground_paint(&self, pane: &Pane) -> Paint {
        let [light, middle, dark] = self.ground_tones();
        let (from, to) = self.surround.light.ends();
        Paint::Linear {
            from: Point::new(pane.wide * from.0, pane.high * from.1),
            to: Point::new(pane.wide * to.0, pane.high * to.1),
            stops: vec![(0.0, light), (0.5, middle), (1.0, dark)],
        }
    }

    fn colons(&self, path: &mut PathBuilder, cells: &[Rect], plan: &Plan) {
        self.colon(path, cells[1], plan);
        if self.seconds == Seconds::Equal {
            self.colon(path, cells[3], plan);
        }
    }

    /// Places of `AM` and `PM`, and the size of their letters.
    fn words_at(&self, plan: &Plan) -> ([(f32, f32); 2], f32) {
        let size = self.print.fitting("AM", WORDS * plan.high * 0.78, plan.high * 0.23);
        ([(plan.words, plan.top + plan.high * 0.14), (plan.words, plan.top + plan.high * 0.46)], size)
    }

    /// The dot beside a printed word.
    fn dot_at(&self, plan: &Plan, word: usize) -> (Point, f32) {
        let (at, size) = self.words_at(plan);
        let (x, y) = at[word];
        (Point::new(x, y + size * self.print.cap() * 1.05), plan.high * 0.035)
    }

    fn dial_words(&self, plan: &Plan, canvas: &mut Canvas) {
        let (at, size) = self.words_at(plan);
        let printed = self.ground.mix(self.lit, 0.7);
        for (word, letters) in ["AM", "PM"].into_iter().enumerate() {
            match self.sign {
                Sign::Words => {
                    self.small(size, self.ghost).write(canvas, letters, at[word], Role::Ornament);
                }
                Sign::Dot if word == 0 => {}
                Sign::Dot | Sign::Dots => {
                    self.small(size * 0.86, printed).write(canvas, letters, at[word], Role::Body);
                    let (dot, radius) = self.dot_at(plan, word);
                    canvas.begin(Role::Ornament, "dot");
                    canvas.disc(dot, radius, self.ghost);
                }
            }
        }
    }

    fn day_of_week(
        &self,
        day: usize,
        (y, size): (f32, f32),
        plan: &Plan,
        color: Color,
        role: Role,
        canvas: &mut Canvas,
    ) {
        const SHORT: [&str; 7] = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
        let wide = self.wide() * plan.high * 0.9;
        let size = self.print.fitting("MW", wide / 7.0 * 0.82, size * 0.62);
        let x = plan.middle + wide * (day as f32 - 3.0) / 7.0;
        self.small(size, color).write(canvas, SHORT[day], (x, y), role);
    }

    /// Lights a path: its glow or its shadow, then itself as ink of a new element.
    fn light_up(&self, canvas: &mut Canvas, path: Option<Path>, role: Role, label: &str, high: f32) {
        let Some(path) = path else { return };
        let glow = canvas.begin(Role::Ornament, "glow");
        match self.light {
            Light::Crystal => {
                let shift = pixmo_render::Transform::from_translate(high * 0.012, high * 0.018);
                canvas.fill(path.clone().transform(shift), self.lit.faded(0.16));
            }
            Light::Negative => {}
            // Each of many dots has its own light, and none about it.
            Light::Diode | Light::Tube if self.shape.cut == Cut::Dots => {}
            Light::Diode | Light::Tube => {
                for (width, opacity) in [(0.11, 0.10), (0.05, 0.16)] {
                    let stroke = Stroke::new(self.lit.faded(opacity), high * width).rounded();
                    canvas.scene.stroke(glow, path.clone(), stroke);
                }
            }
        }
        canvas.begin(role, label);
        canvas.fill(path, self.lit);
    }

    /// The time, as printed in the large digits: `9:41`, with seconds where they are as large.
    pub(super) fn large(&self, moment: &Moment) -> String {
        match self.seconds {
            Seconds::Equal => format!("{}:{:02}", self.hours.clock(moment), moment.second()),
            Seconds::None | Seconds::Small => self.hours.clock(moment),
        }
    }

    /// The texts that tell the time at a moment, in reading order.
    pub(super) fn printed(&self, moment: &Moment) -> Vec<String> {
        let mut printed = vec![self.large(moment)];
        if self.seconds == Seconds::Small {
            printed.push(format!("{:02}", moment.second()));
        }
        // A single dot stays dark in the morning.
        let half = self.hours.half(moment).filter(|half| self.sign != Sign::Dot || *half == "PM");
        printed.extend(half.map(str::to_owned));
        printed
    }

    /// What it prints of the date at a moment. `5-7` may be a day in May or in July; only where one of the two numbers can
    /// be no month, or both are the same, does it tell day and month.
    pub(super) fn dated(&self, pane: &Pane, moment: &Moment) -> Dated {
        if !self.shows_time() || self.plan(pane).above.is_none() {
            return Dated::default();
        }
        let is_clear = moment.day() > 12 || moment.day() == moment.month();
        match self.above {
            Above::None | Above::Signs => Dated::default(),
            Above::Week => Dated { weekday: true, ..Dated::default() },
            Above::Date => Dated { weekday: true, day: is_clear, month: is_clear },
        }
    }

    /// What is lit at a moment.
    pub(super) fn moving(&self, pane: &Pane, moment: &Moment, canvas: &mut Canvas) {
        let plan = self.plan(pane);
        let cells = self.cells(&plan);
        let mut path = PathBuilder::new();
        let signs: Vec<char> = match &self.shown {
            Shown::Off => return,
            Shown::Dashes => {
                self.colon(&mut path, cells[1], &plan);
                "----".chars().collect()
            }
            Shown::Word(word) => format!("{word:^4}").chars().collect(),
            Shown::Time => {
                self.colons(&mut path, &cells, &plan);
                let digits = self.large(moment).replace(':', "");
                format!("{digits:>width$}", width = if self.seconds == Seconds::Equal { 6 } else { 4 })
                    .chars()
                    .collect()
            }
        };
        for (cell, sign) in cells.iter().zip(&signs) {
            self.shape.add(&mut path, *cell, lights(*sign));
        }
        let (role, label) = match &self.shown {
            Shown::Time => (Role::ValueLabel, self.large(moment)),
            Shown::Dashes => (Role::Body, "--:--".to_owned()),
            Shown::Word(word) => (Role::Body, word.clone()),
            Shown::Off => return,
        };
        self.light_up(canvas, path.finish(), role, &label, plan.high);
        if self.shown != Shown::Time {
            return;
        }
        if self.seconds == Seconds::Small {
            let mut path = PathBuilder::new();
            let label = format!("{:02}", moment.second());
            for (cell, sign) in cells[4..].iter().zip(label.chars()) {
                self.shape.add(&mut path, *cell, lights(sign));
            }
            self.light_up(canvas, path.finish(), Role::ValueLabel, &label, plan.high * SMALL);
        }
        self.half(&plan, moment, canvas);
        if let Some(row) = plan.above {
            self.moving_above(row, &plan, moment, canvas);
        }
    }

    fn half(&self, plan: &Plan, moment: &Moment, canvas: &mut Canvas) {
        let Some(letters) = self.hours.half(moment) else { return };
        let word = usize::from(letters == "PM");
        match self.sign {
            Sign::Words => {
                let (at, size) = self.words_at(plan);
                self.small(size, self.lit).write(canvas, letters, at[word], Role::ValueLabel);
            }
            Sign::Dot if word == 0 => {}
            Sign::Dot | Sign::Dots => {
                let (dot, radius) = self.dot_at(plan, word);
                let path = PathBuilder::from_circle(dot.x, dot.y, radius);
                self.light_up(canvas, path, Role::ValueLabel, letters, plan.high * 0.5);
            }
        }
    }

    fn moving_above(&self, (y, size): (f32, f32), plan: &Plan, moment: &Moment, canvas: &mut Canvas) {
        let half = self.wide() * plan.high * 0.4;
        match self.above {
            Above::None => {}
            Above::Week => {
                let day = (weekday_index(moment.weekday()) + 1) % 7;
                self.day_of_week(day, (y, size), plan, self.lit, Role::ValueLabel, canvas);
            }
            Above::Date => {
                let letters = self.print.fitting("WMW", half * 0.8, size * 0.78);
                let left = Line { align: Align::Start, ..self.small(letters, self.lit) };
                left.write(canvas, &day_letters(moment), (plan.middle - half, y), Role::ValueLabel);
                let label = format!("{}-{}", moment.month(), moment.day());
                let (h, w) = (size * 0.8, size * 0.8 * self.shape.slim);
                let step = w + BETWEEN * h;
                let mut path = PathBuilder::new();
                let mut x = plan.middle + half - w;
                for sign in label.chars().rev() {
                    self.shape.add(&mut path, Rect::sized(x, y - h / 2.0, w, h), lights(sign));
                    x -= step;
                }
                self.light_up(canvas, path.finish(), Role::ValueLabel, &label, h);
            }
            Above::Signs => {
                let r = size * 0.36;
                canvas.begin(Role::Ornament, "alarm");
                bell(canvas, Point::new(plan.middle - half + r, y), r, self.lit);
                canvas.begin(Role::Ornament, "battery");
                battery(canvas, Point::new(plan.middle + half - r * 1.2, y), r, self.lit);
            }
        }
    }
}

fn tiny(x: f32, y: f32, half: f32) -> Option<Path> {
    round_rect_path(&Rect::new(x - half, y - half, x + half, y + half), 0.0)
}
