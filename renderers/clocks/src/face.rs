//! Faces with hands. A [`Face`] is parameters alone: drawn from random numbers once, it can be written, read and drawn
//! again for any moment.
//!
//! Begin with [`Face::dial`] for the order of things that stand still and [`Face::moving`] for those that do not.

pub mod extra;
pub mod ground;
pub mod hand;
pub mod marks;
pub mod numeral;
mod plan;
mod rim;
pub mod seconds;
pub mod shape;
pub mod sign;
pub mod subdial;
pub mod tone;
pub mod track;
pub mod window;
pub mod works;

use pixmo_render::{Color, Point, Rng};
use serde::{Deserialize, Serialize};

use self::extra::{Alarm, Gmt, Reserve};
use self::ground::Ground;
use self::hand::{Hands, Shadow};
use self::marks::Marks;
use self::plan::{Kind, Plan};
use self::rim::{Rim, Taken, rounded, tenth};
use self::seconds::{Disc, Needle, Seconds, Tip};
use self::sign::Sign;
use self::subdial::{Job, Subdial};
use self::track::{Scale, ScaleKind, Track};
use self::window::{Moon, Window};
use self::works::Opening;
use crate::frame::{Calling, Dated, Frame, Shows};
use crate::moment::{Moment, Movement};
use crate::space::{Canvas, Outline};

/// A face with hands. Lengths are in units of the space, angles in degrees clockwise from 12.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Face {
    /// How its hands move.
    pub movement: Movement,
    /// Whether marks lie on a circle though the dial is no circle.
    pub circle: bool,
    /// Its ground.
    pub ground: Ground,
    /// How far from the edge of the dial its outermost marks lie.
    pub margin: f32,
    /// The scale along the edge.
    pub scale: Option<Scale>,
    /// The track of minutes.
    pub track: Option<Track>,
    /// The marks of the hours.
    pub marks: Marks,
    /// An opening with wheels.
    pub opening: Option<Opening>,
    /// Small dials.
    pub subdials: Vec<Subdial>,
    /// The moon.
    pub moon: Option<Moon>,
    /// The gauge of the spring.
    pub reserve: Option<Reserve>,
    /// Windows with dates.
    pub windows: Vec<Window>,
    /// What is written on it.
    pub sign: Option<Sign>,
    /// The hand of another place.
    pub gmt: Option<Gmt>,
    /// The hand of the alarm.
    pub alarm: Option<Alarm>,
    /// The hand of a stopwatch about the middle, and where it stands.
    pub stopwatch: Option<(Needle, u16)>,
    /// The hour and the minute hand; `None` for a face that does not show the time.
    pub hands: Option<Hands>,
    /// Where seconds are shown.
    pub seconds: Seconds,
    /// Shadows of the hands.
    pub shadow: Option<Shadow>,
}

/// Room between things that follow each other inwards.
const GAP: f32 = 1.2;

impl Face {
    /// What its windows tell of the date.
    pub fn date(&self) -> Dated {
        use window::Part;
        let has = |parts: &[Part]| self.windows.iter().any(|window| parts.contains(&window.part));
        Dated {
            weekday: has(&[Part::Weekday]),
            day: has(&[Part::Date, Part::PaddedDate]),
            month: has(&[Part::Month]),
        }
    }

    /// A face for a place in a body.
    pub fn drawn(frame: &Frame, rng: &mut Rng) -> Face {
        let circle = frame.outline != Outline::Round && rng.chance(0.3);
        let rim = Rim::of(frame.outline, circle);
        let calling = frame.calling;
        let ground = Ground::drawn(calling, rng);
        let shades = ground.shades();
        let kind = Kind::drawn(calling, &ground, rng);
        let has_gmt = match calling {
            Calling::Traveller => true,
            _ => calling.is_watch() && kind != Kind::Stopwatch && rng.chance(0.08),
        };
        let scale_kind = match kind {
            // What is printed about the dial is not printed on it again.
            _ if !calling.is_watch() => None,
            _ if has_gmt => Some(ScaleKind::Day),
            Kind::Stopwatch => rng
                .chance(0.45)
                .then(|| *rng.pick(&[ScaleKind::Tachymetre, ScaleKind::Tachymetre, ScaleKind::Pulsometer])),
            _ if rng.chance(0.08) => {
                let kind = *rng.pick(&[ScaleKind::Diver, ScaleKind::Diver, ScaleKind::Hundredths]);
                (kind != ScaleKind::Diver || calling.dives()).then_some(kind)
            }
            _ => None,
        };
        let scale = scale_kind
            .filter(|kind| rim.is_round() || *kind == ScaleKind::Day)
            .map(|kind| Scale::drawn(kind, &rim, &shades, rng));
        let mut face = Face {
            // An hour hand that jumps stands on its hour when the next one is near: it is taken for a sweeping one an
            // hour off.
            movement: [Movement::Sweeping, Movement::JumpingMinute][rng.weighted(&[96.0, 4.0])],
            circle,
            margin: rounded(rim.scaled(tenth(rng, 1.6, 5.0))),
            scale,
            track: Track::drawn(&rim, &shades, kind == Kind::Plain, rng),
            marks: Marks::drawn(&rim, &shades, rng),
            ground,
            opening: None,
            subdials: Vec::new(),
            moon: None,
            reserve: None,
            windows: Vec::new(),
            sign: None,
            gmt: None,
            alarm: None,
            stopwatch: None,
            hands: None,
            seconds: Seconds::None,
            shadow: None,
        };
        // A dial without any mark of hours has at least a track to read it by, or numerals.
        if face.marks.shape.is_none() && face.marks.numerals.is_none() && rng.chance(0.6) {
            face.marks.shape = Some(marks::Shape::Tick);
        }
        // One ring of numbers about the hours is enough.
        if let Some(track) = face.track.as_mut().filter(|_| face.scale.is_some()) {
            track.digits = None;
        }
        let inset = face.marks_inset();
        if let Some(numerals) = &mut face.marks.numerals {
            numerals.fit(&rim, inset);
        }
        let plan = Plan::drawn(kind, &rim, inset, &face.ground, rng);
        let stopwatch = plan.stopwatch;
        face.take(plan);
        face.hang(&rim, calling, (has_gmt, stopwatch), rng);
        face.write(&rim, calling, rng);
        face
    }

    /// A face that does not show the time: as [`Face::drawn`], without its main hands and without all else that tells it.
    pub fn without_time(frame: &Frame, rng: &mut Rng) -> Face {
        let mut face = Face::drawn(frame, rng);
        face.hands = None;
        face.seconds = Seconds::None;
        face.gmt = None;
        face.alarm = None;
        for subdial in &mut face.subdials {
            if matches!(subdial.job, Job::Seconds | Job::Day) {
                subdial.job = if rng.chance(0.5) { Job::Minutes } else { Job::Hours };
            }
        }
        face
    }

    /// What can be read from it.
    pub fn shows(&self) -> Shows {
        let time = self.hands.is_some();
        let written = self.sign.is_some() || !self.windows.is_empty() || self.scale.is_some();
        let numerals = self.track.as_ref().is_some_and(|track| track.digits.is_some())
            || self.subdials.iter().any(|subdial| subdial.high.is_some());
        Shows {
            time,
            seconds: time && self.seconds != Seconds::None,
            am_pm: time
                && (self.subdials.iter().any(|subdial| subdial.job == Job::Day)
                    || self.gmt.as_ref().is_some_and(|gmt| gmt.ahead == 0)),
            movement: self.movement,
            tells_top: written || numerals || self.marks.tells_top(),
        }
    }

    /// About which point the hand `second` turns.
    pub fn second_center(&self) -> Point {
        match self.seconds {
            Seconds::Subdial => {
                let own = self.subdials.iter().find(|subdial| subdial.job == Job::Seconds);
                own.map(Subdial::center).unwrap_or_default()
            }
            _ => Point::default(),
        }
    }

    /// The colours of the dial that main hands are told apart from.
    pub fn shades(&self) -> Vec<Color> {
        let mut shades = self.ground.shades();
        shades.extend(self.subdials.iter().filter_map(|subdial| subdial.ground));
        shades.extend(self.opening.iter().flat_map(Opening::shades));
        if let Seconds::Disc(disc) = &self.seconds {
            shades.push(disc.ground);
        }
        shades
    }

    /// The colours of the bare ground.
    pub fn ground_shades(&self) -> Vec<Color> {
        self.ground.shades()
    }

    /// Draws all that does not move.
    pub fn dial(&self, frame: &Frame, canvas: &mut Canvas) {
        self.bare(frame, canvas);
        self.marked(frame, canvas);
    }

    /// Draws the ground of the dial alone.
    pub fn bare(&self, frame: &Frame, canvas: &mut Canvas) {
        self.ground.draw(frame, canvas);
    }

    /// Draws what does not move and lies on the ground.
    pub fn marked(&self, frame: &Frame, canvas: &mut Canvas) {
        let rim = Rim::of(frame.outline, self.circle);
        let taken = self.taken();
        if let Some(opening) = &self.opening {
            opening.draw(canvas);
        }
        if let Some(scale) = &self.scale {
            scale.draw(&rim, self.margin, canvas);
        }
        if let Some(track) = &self.track {
            let inset = if track.inside {
                rim.circle() - self.marks.content(&rim, self.marks_inset()) + GAP
            } else {
                self.track_inset()
            };
            track.draw(&rim, inset, canvas);
        }
        self.marks.draw(&rim, self.marks_inset(), &taken, canvas);
        self.subdials.iter().for_each(|subdial| subdial.draw(canvas));
        if let Some(moon) = &self.moon {
            moon.draw(canvas);
        }
        if let Some(reserve) = &self.reserve {
            reserve.draw(canvas);
        }
        self.windows.iter().for_each(|window| window.draw(canvas));
        if let Some(sign) = &self.sign {
            sign.draw(canvas);
        }
    }

    /// Draws all that moves, as it stands at a moment: what lies lowest first, the main hands last.
    pub fn moving(&self, _frame: &Frame, moment: &Moment, canvas: &mut Canvas) {
        let angles = moment.angles(self.movement);
        let middle = Point::default();
        self.windows.iter().for_each(|window| window.draw_text(moment, canvas));
        if let Some(moon) = &self.moon {
            moon.draw_phase(moment, canvas);
        }
        for subdial in &self.subdials {
            subdial.draw_hand(moment, self.movement, self.shadow, canvas);
        }
        if let Some(reserve) = &self.reserve {
            reserve.draw_hand(canvas);
        }
        if let Seconds::Disc(disc) = &self.seconds {
            disc.draw(angles.second, canvas);
        }
        if let Some(alarm) = &self.alarm {
            alarm.hand.draw(("alarm", middle, f64::from(alarm.degrees)), self.shadow, canvas);
        }
        if let Some(gmt) = &self.gmt {
            let degrees = (angles.day + f64::from(gmt.ahead) * 15.0).rem_euclid(360.0);
            gmt.hand.draw(("gmt", middle, degrees), self.shadow, canvas);
        }
        if let Some(hands) = &self.hands {
            hands.hour.draw(("hour", middle, angles.hour), self.shadow, canvas);
            hands.minute.draw(("minute", middle, angles.minute), self.shadow, canvas);
        }
        if let Some((hand, degrees)) = &self.stopwatch {
            hand.draw(("stopwatch", middle, f64::from(*degrees)), self.shadow, canvas);
        }
        if let Seconds::Center(hand) = &self.seconds {
            hand.draw(("second", middle, angles.second), self.shadow, canvas);
        }
        if let Some(hands) = &self.hands {
            hands.draw_cap(canvas);
        }
    }

    fn take(&mut self, plan: Plan) {
        self.subdials = plan.subdials;
        self.windows = plan.windows;
        self.moon = plan.moon;
        self.reserve = plan.reserve;
        self.opening = plan.opening;
    }

    /// Draws hands.
    fn hang(&mut self, rim: &Rim, calling: Calling, (has_gmt, stopwatch): (bool, bool), rng: &mut Rng) {
        let (has_second, has_alarm, has_disc) = match calling {
            Calling::Tower => (0.0, 0.0, 0.0),
            Calling::Public => (0.5, 0.0, 0.0),
            Calling::Alarm => (0.66, 0.55, 0.0),
            Calling::Watch | Calling::Pocket | Calling::Jewel => (0.66, 0.03, 0.04),
            Calling::Room => (0.66, 0.0, 0.02),
            _ => (0.66, 0.0, 0.0),
        };
        let small = self.subdials.iter().any(|subdial| subdial.job == Job::Seconds);
        if !small && self.opening.is_none() && self.subdials.is_empty() && rng.chance(has_disc) {
            let disc = Disc::drawn(rim, &self.ground.shades(), rng);
            let free = self.taken().iter().all(|taken| taken.away(Point::default()) > disc.radius + 2.0);
            if free {
                self.seconds = Seconds::Disc(disc);
            }
        }
        let shades = self.shades();
        let room = self.room(rim);
        let reach = room.most;
        let mut hands = Hands::drawn(rim, &room, &shades, rng);
        if self.moon.is_some() || self.reserve.is_some() || !self.windows.is_empty() {
            hands.part(&self.ground.shades());
        }
        if small {
            self.seconds = Seconds::Subdial;
        } else if self.seconds == Seconds::None && rng.chance(has_second) {
            let mut hand = Needle::drawn(rim, reach, &shades, rng);
            hand.length = hand.length.max(rounded(hands.minute.length * 0.96));
            self.seconds = Seconds::Center(hand);
        }
        if stopwatch {
            let mut hand = Needle::drawn(rim, reach, &shades, rng);
            if hand.tip == Tip::Lollipop {
                hand.tip = Tip::Plain;
            }
            let running = self.subdials.iter().any(|subdial| subdial.stopped != 0);
            self.stopwatch = Some((hand, if running { rng.below(360) as u16 } else { 0 }));
        }
        self.gmt = has_gmt.then(|| Gmt::drawn(rim, reach, (&shades, hands.minute.color), rng));
        self.alarm = (!has_gmt && rng.chance(has_alarm))
            .then(|| Alarm::drawn(rim, (&shades, hands.minute.color), rng));
        self.shadow = rng.chance(0.72).then(|| {
            let (right, down) = (tenth(rng, -1.8, 1.8), tenth(rng, 0.4, 2.2));
            Shadow { right, down, dark: rounded(rng.range32(0.16, 0.4)) }
        });
        // Without a shadow, an edge parts a hand from another of its colour below it.
        if self.shadow.is_none() && hands.minute.color == hands.hour.color && hands.minute.edge.is_none() {
            let goal = if hands.minute.color.luminance() > 0.2 { Color::BLACK } else { Color::WHITE };
            hands.minute.edge = Some(hands.minute.color.mix(goal, 0.5));
        }
        self.hands = Some(hands);
    }

    /// Writes on the dial where there is room.
    fn write(&mut self, rim: &Rim, calling: Calling, rng: &mut Rng) {
        let share = match calling {
            Calling::Tower => 0.0,
            Calling::Public => 0.3,
            Calling::Room | Calling::Alarm => 0.65,
            _ => 0.8,
        };
        if !rng.chance(share) {
            return;
        }
        let shades = self.ground.shades();
        let on_dark = shades.iter().all(|shade| shade.luminance() < 0.2);
        let under = [shades.as_slice(), &[self.ground.inner()]].concat();
        let color = tone::readable(tone::metal(rng, on_dark), &under, 3.6);
        let track = self.track.as_ref().filter(|track| track.inside).map_or(0.0, Track::depth);
        let content = self.marks.content(rim, self.marks_inset()) - track - GAP;
        let mut taken = self.taken();
        let numerals = self.marks.placed(rim, self.marks_inset(), &taken);
        taken.extend(numerals.iter().map(|n| Taken { center: n.at, half: n.half, round: false }));
        if let Seconds::Disc(disc) = &self.seconds {
            taken.push(Taken { center: Point::default(), half: (disc.radius, disc.radius), round: true });
        }
        // Marks inside the hours lie on a circle whatever the outline.
        let circle = rim.is_round() || self.marks.afternoon.is_some() || track > 0.0;
        let room = sign::Room { content, circle, taken: &taken };
        self.sign = Sign::drawn(rim, &room, (color, calling), rng);
    }

    /// How far hands go: minutes are read off at their track, hours inside their marks.
    fn room(&self, rim: &Rim) -> hand::Room {
        let circle = rim.circle();
        hand::Room {
            most: (circle - self.track_inset()).min(rim.scaled(97.0)),
            marks: circle - self.marks_inset(),
            content: self.marks.content(rim, self.marks_inset()),
            busy: self.moon.is_some() || !self.subdials.is_empty(),
        }
    }

    fn track_inset(&self) -> f32 {
        self.margin + self.scale.as_ref().map_or(0.0, |scale| scale.wide + GAP)
    }

    fn marks_inset(&self) -> f32 {
        let track =
            self.track.as_ref().filter(|track| !track.inside).map_or(0.0, |track| track.depth() + GAP);
        self.track_inset() + track
    }

    /// The places that marks keep away from.
    fn taken(&self) -> Vec<Taken> {
        let subdials = self.subdials.iter().map(Subdial::taken);
        let windows = self.windows.iter().map(Window::taken);
        let rest = self.moon.iter().map(Moon::taken).chain(self.reserve.iter().map(Reserve::taken));
        subdials.chain(windows).chain(rest).chain(self.opening.iter().map(Opening::taken)).collect()
    }
}

#[cfg(test)]
mod tests;
