//! What a dial has besides its hands, and where there is room for it.

use pixmo_render::{Point, Rng};

use super::extra::Reserve;
use super::ground::{Finish, Ground};
use super::rim::{Rim, Taken, rounded, tenth};
use super::subdial::{Job, Style, Subdial, sizes};
use super::tone;
use super::window::{Glass, Moon, Part, Window};
use super::works::Opening;
use crate::frame::Calling;
use crate::space::polar;

/// What a dial has besides its hands.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) subdials: Vec<Subdial>,
    pub(super) windows: Vec<Window>,
    pub(super) moon: Option<Moon>,
    pub(super) reserve: Option<Reserve>,
    pub(super) opening: Option<Opening>,
    pub(super) stopwatch: bool,
}

/// Kinds of dials by what they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Date,
    DayDate,
    SmallSeconds,
    Stopwatch,
    Moon,
    Reserve,
    Calendar,
    OpenHeart,
    WholeDay,
}

impl Kind {
    /// A kind that becomes a body, for a ground.
    pub(super) fn drawn(calling: Calling, ground: &Ground, rng: &mut Rng) -> Kind {
        const KINDS: [(Kind, f64); 10] = [
            (Kind::Plain, 36.0),
            (Kind::Date, 19.0),
            (Kind::DayDate, 6.0),
            (Kind::SmallSeconds, 10.0),
            (Kind::Stopwatch, 10.0),
            (Kind::Moon, 5.0),
            (Kind::Reserve, 3.0),
            (Kind::Calendar, 4.0),
            (Kind::OpenHeart, 4.0),
            (Kind::WholeDay, 2.0),
        ];
        let few: &[(Kind, f64)] = match calling {
            Calling::Stopwatch => return Kind::Stopwatch,
            Calling::Public | Calling::Tower => return Kind::Plain,
            Calling::Traveller => &[(Kind::Plain, 3.0), (Kind::Date, 6.0), (Kind::DayDate, 1.0)],
            Calling::Tool => &[(Kind::Plain, 5.0), (Kind::Date, 4.0), (Kind::DayDate, 1.0)],
            Calling::Alarm => &[(Kind::Plain, 8.0), (Kind::SmallSeconds, 1.2), (Kind::Date, 0.6)],
            Calling::Room => &[
                (Kind::Plain, 84.0),
                (Kind::SmallSeconds, 6.0),
                (Kind::Moon, 4.0),
                (Kind::Date, 3.0),
                (Kind::DayDate, 2.0),
                (Kind::OpenHeart, 1.0),
            ],
            Calling::Watch | Calling::Pocket | Calling::Jewel | Calling::Bar(_) => &[],
        };
        if !few.is_empty() {
            let weights: Vec<f64> = few.iter().map(|(_, weight)| *weight).collect();
            return few[rng.weighted(&weights)].0;
        }
        if ground.finish == Finish::Works {
            return *rng.pick(&[Kind::Plain, Kind::Plain, Kind::SmallSeconds]);
        }
        KINDS[rng.weighted(&KINDS.map(|(_, weight)| weight))].0
    }
}

impl Plan {
    /// What a dial of a kind has; its marks begin at a distance inside the edge.
    pub(super) fn drawn(kind: Kind, rim: &Rim, inset: f32, ground: &Ground, rng: &mut Rng) -> Plan {
        let shades = ground.shades();
        let style = Style::drawn(&shades, rng);
        let marks = rim.circle() - inset;
        let mut plan = Plan::default();
        let mut glass = Glass::drawn(rim, &shades, rng);
        let add = |plan: &mut Plan, job: Job, degrees: u16, (distance, radius): (f32, f32), rng: &mut Rng| {
            plan.subdials.push(Subdial::drawn(job, (degrees, distance, radius), &style, rng));
        };
        match kind {
            Kind::Plain => {}
            Kind::Date => plan.date(&mut glass, rim, inset, &[90, 90, 90, 90, 180, 180, 135, 270], rng),
            Kind::DayDate => plan.day_and_date(&mut glass, rim, inset, rng),
            Kind::SmallSeconds => {
                let at = *rng.pick(&[180, 180, 180, 270]);
                let size = sizes(rim, marks, 1, rng);
                add(&mut plan, Job::Seconds, at, size, rng);
                if rng.chance(0.3) {
                    plan.date(&mut glass, rim, inset, &[90], rng);
                }
            }
            Kind::Stopwatch => {
                plan.stopwatch = true;
                let size = sizes(rim, marks, 3, rng);
                let layouts: [&[(Job, u16)]; 5] = [
                    &[(Job::Minutes, 90), (Job::Hours, 180), (Job::Seconds, 270)],
                    &[(Job::Minutes, 0), (Job::Hours, 180), (Job::Seconds, 270)],
                    &[(Job::Minutes, 90), (Job::Seconds, 270)],
                    &[(Job::Seconds, 270), (Job::Minutes, 90), (Job::Day, 180)],
                    &[(Job::Minutes, 0), (Job::Seconds, 180)],
                ];
                let layout = rng.weighted(&[40.0, 16.0, 26.0, 6.0, 12.0]);
                for (job, degrees) in layouts[layout] {
                    add(&mut plan, *job, *degrees, size, rng);
                }
                if rng.chance(0.4) {
                    let free: &[u16] = match layout {
                        1 | 4 => &[90],
                        2 => &[180],
                        _ => &[135],
                    };
                    plan.date(&mut glass, rim, inset, free, rng);
                }
            }
            Kind::Moon => {
                let (distance, radius) = sizes(rim, marks, 1, rng);
                plan.moon = Some(Moon::drawn((180, distance, radius * 0.85), &shades, rng));
                if rng.chance(0.4) {
                    plan.date(&mut glass, rim, inset, &[90], rng);
                }
            }
            Kind::Reserve => {
                let (distance, radius) = sizes(rim, marks, 1, rng);
                let at = *rng.pick(&[180, 180, 0, 270]);
                plan.reserve = Some(Reserve::drawn((at, distance, radius * 0.8), &shades, rng));
                if rng.chance(0.5) {
                    plan.date(&mut glass, rim, inset, &[90], rng);
                }
                if rng.chance(0.3) && at != 180 {
                    let size = sizes(rim, marks, 2, rng);
                    add(&mut plan, Job::Seconds, 180, size, rng);
                }
            }
            Kind::Calendar => {
                let (distance, radius) = sizes(rim, marks, 3, rng);
                for (job, degrees) in [(Job::Date, 90), (Job::Weekday, 270)] {
                    add(&mut plan, job, degrees, (distance, radius), rng);
                }
                match rng.below(3) {
                    0 => add(&mut plan, Job::Month, 0, (distance, radius), rng),
                    1 => plan.moon = Some(Moon::drawn((180, distance, radius), &shades, rng)),
                    _ => add(&mut plan, Job::Month, 180, (distance, radius), rng),
                }
            }
            Kind::OpenHeart => {
                let at = *rng.pick(&[180, 270, 210, 330, 0]);
                let mut opening = Opening::drawn(rim, at, &shades, rng);
                opening.distance = rounded(opening.distance.min(marks - opening.radius - 1.5));
                for _ in 0..8 {
                    if tone::agree(&[shades.as_slice(), &opening.shades()].concat()) {
                        break;
                    }
                    opening.color = opening.color.mix(shades[0], 0.35);
                    opening.wheel = opening.wheel.mix(shades[0], 0.35);
                }
                plan.opening = Some(opening);
            }
            Kind::WholeDay => {
                let size = sizes(rim, marks, 2, rng);
                add(&mut plan, Job::Day, *rng.pick(&[180, 0, 270]), size, rng);
                if rng.chance(0.4) {
                    plan.date(&mut glass, rim, inset, &[90], rng);
                }
            }
        }
        plan
    }

    /// A date at one of the places, where nothing else is.
    fn date(&mut self, glass: &mut Glass, rim: &Rim, inset: f32, places: &[u16], rng: &mut Rng) {
        let degrees = *rng.pick(places);
        let part = glass.date();
        let half = glass.half(part);
        let depth = match degrees {
            90 | 270 => half.0,
            180 => half.1,
            _ => half.0 * 1.2,
        };
        let farther = if rng.chance(0.7) { 0.8 } else { rim.scaled(tenth(rng, 1.0, 12.0)) };
        let at = polar(f64::from(degrees), rim.at(f64::from(degrees), inset) - depth - farther - 0.7);
        let turned = if degrees == 135 { *rng.pick(&[45, 45, -45, 0]) } else { 0 };
        let window = glass.window(part, at, turned);
        let own = window.taken();
        if self.taken().iter().all(|taken| !taken.meets(at, own.half, 1.0)) {
            self.windows.push(window);
        }
    }

    fn day_and_date(&mut self, glass: &mut Glass, rim: &Rim, inset: f32, rng: &mut Rng) {
        let (date, day) = (glass.date(), if rng.chance(0.85) { Part::Weekday } else { Part::Month });
        let (of_date, of_day) = (glass.half(date), glass.half(day));
        match rng.below(3) {
            0 => {
                let y = rim.at(0.0, inset) * rng.range32(0.42, 0.5);
                self.windows.push(glass.window(day, Point::new(0.0, -y), 0));
                self.windows.push(glass.window(date, Point::new(0.0, y), 0));
            }
            1 => {
                let y = rim.at(180.0, inset) * rng.range32(0.4, 0.52);
                let half = of_date.0 + of_day.0 + 0.4;
                self.windows.push(glass.window(day, Point::new(of_day.0 - half, y), 0));
                self.windows.push(glass.window(date, Point::new(half - of_date.0, y), 0));
            }
            _ => {
                let x = rim.at(90.0, inset) - of_date.0 - 1.5;
                self.windows.push(glass.window(day, Point::new(x - of_date.0 - of_day.0 - 0.8, 0.0), 0));
                self.windows.push(glass.window(date, Point::new(x, 0.0), 0));
            }
        }
    }

    /// The places that are taken.
    pub(super) fn taken(&self) -> Vec<Taken> {
        let subdials = self.subdials.iter().map(Subdial::taken);
        let windows = self.windows.iter().map(Window::taken);
        let moon = self.moon.iter().map(Moon::taken);
        let reserve = self.reserve.iter().map(Reserve::taken);
        let opening = self.opening.iter().map(Opening::taken);
        subdials.chain(windows).chain(moon).chain(reserve).chain(opening).collect()
    }
}
