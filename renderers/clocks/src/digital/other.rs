//! Screens that show something else than the time. Nothing on them looks like a time of day.

use pixmo_render::scene::{Align, Paint, round_rect_path};
use pixmo_render::{Color, Point, Rect, Rng, Role};

use super::extras::{self, Chips, Extra, Print};
use super::furniture;
use super::pane::{Line, Pane};
use super::screen::Screen;
use crate::space::{Canvas, polar};

/// What a screen shows instead of the time.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Other {
    /// Nothing: it is off.
    Off {
        /// Whether a faint sheen lies on the glass.
        sheen: bool,
    },
    /// Messages: who and what, by their places in the lists.
    Messages(Vec<(u8, u8)>),
    /// The end of a workout.
    Workout {
        /// Which sport.
        sport: u8,
        /// Tenths of a kilometre.
        distance: u16,
        /// What else was measured.
        extras: Vec<Extra>,
    },
    /// How far the battery is charged, in per cent.
    Charging(u8),
    /// A song that plays.
    Music(u8),
    /// A call that comes in.
    Call(u8),
}

const SPORTS: [&str; 6] = ["Run", "Walk", "Ride", "Swim", "Row", "Hike"];
const SONGS: [(&str, &str); 6] = [
    ("Paper Boats", "The Harbour Lights"),
    ("Slow Orange", "Mira Vale"),
    ("Northern Line", "Quiet Engines"),
    ("Tin Roof", "Odell & Sons"),
    ("Glasshouse", "Ferns"),
    ("Little Comet", "Ana Weir"),
];
const CALLERS: [&str; 6] = ["Mara", "Jonas", "Nadia", "Oskar", "Home", "Dr Lindt"];

impl Other {
    /// Something by chance that fits on a pane.
    pub(super) fn drawn(pane: &Pane, rng: &mut Rng) -> Other {
        let cramped = pane.wide > 2.0 * pane.high || pane.wide < 24.0;
        match rng.weighted(if cramped {
            &[0.6, 0.0, 0.0, 0.4]
        } else {
            &[0.34, 0.16, 0.14, 0.12, 0.12, 0.12]
        }) {
            0 => Other::Off { sheen: rng.chance(0.6) },
            1 => {
                let count = 1 + rng.below(if pane.is_round() { 2 } else { 3 });
                Other::Messages((0..count).map(|_| (rng.below(10) as u8, rng.below(12) as u8)).collect())
            }
            2 => Other::Workout {
                sport: rng.below(SPORTS.len()) as u8,
                distance: rng.whole(8, 240) as u16,
                extras: Extra::some(2, rng),
            },
            3 => Other::Charging(rng.whole(3, 100) as u8),
            4 => Other::Music(rng.below(SONGS.len()) as u8),
            _ => Other::Call(rng.below(CALLERS.len()) as u8),
        }
    }

    /// Draws it on the ground of a screen.
    pub(super) fn draw(&self, screen: &Screen, pane: &Pane, canvas: &mut Canvas) {
        let unit = pane.wide.min(pane.high);
        let text = |canvas: &mut Canvas, text: &str, y: f32, high: f32, color: Color| {
            let room = pane.room(y - high, y + high) * 1.7;
            let size = screen.small.fitting(text, room, high);
            let line = Line { kind: &screen.small, size, color, align: Align::Middle };
            line.write(canvas, text, (0.0, y), Role::Body);
        };
        match self {
            Other::Off { sheen } => {
                if *sheen {
                    let paint = Paint::Linear {
                        from: Point::new(-pane.wide * 0.7, -pane.high),
                        to: Point::new(pane.wide * 0.5, pane.high * 0.6),
                        stops: vec![(0.0, Color::WHITE.faded(0.09)), (1.0, Color::WHITE.faded(0.0))],
                    };
                    canvas.begin(Role::Ornament, "sheen");
                    canvas.fill(pane.path(), paint);
                }
            }
            Other::Messages(all) => {
                let high = (unit * 0.4).min(pane.high * 1.5 / all.len() as f32);
                let mut top = -high * 1.12 * all.len() as f32 / 2.0;
                for (who, what) in all {
                    let half = pane.room(top, top + high) * 0.88;
                    let place = Rect::new(-half, top, half, top + high * 0.95);
                    furniture::message(screen, place, (usize::from(*who), usize::from(*what)), canvas);
                    top += high * 1.12;
                }
            }
            Other::Workout { sport, distance, extras } => {
                let name = SPORTS[usize::from(*sport) % SPORTS.len()];
                text(canvas, &format!("{name} complete"), -unit * 0.48, unit * 0.13, screen.accent);
                let length = format!("{}.{} km", distance / 10, distance % 10);
                text(canvas, &length, -unit * 0.1, unit * 0.3, screen.ink);
                let half = pane.room(0.0, unit * 0.6) * 0.85;
                let print = Print {
                    kind: &screen.small,
                    ink: screen.ink,
                    accent: screen.accent,
                    ground: Color::BLACK,
                };
                let place = Rect::new(-half, unit * 0.25, half, unit * 0.6);
                extras::row(extras, Chips::Plain, &print, place, canvas);
            }
            Other::Charging(share) => {
                let r = unit * 0.6;
                canvas.begin(Role::Ornament, "gauge");
                canvas.arc(Point::default(), r, 0.0, 360.0, screen.ink.faded(0.2), r * 0.12);
                let end = 3.6 * f64::from(*share);
                canvas.arc(Point::default(), r, 0.0, end, screen.accent, r * 0.12);
                text(canvas, &format!("{share}%"), r * 0.1, r * 0.38, screen.ink);
                canvas.begin(Role::Ornament, "bolt");
                let bolt = [
                    (0.05, -0.62),
                    (-0.14, -0.36),
                    (-0.01, -0.36),
                    (-0.05, -0.18),
                    (0.14, -0.44),
                    (0.01, -0.44),
                ]
                .map(|(x, y)| Point::new(x * r, y * r));
                canvas.polygon(&bolt, screen.accent);
            }
            Other::Music(song) => {
                let (title, artist) = SONGS[usize::from(*song) % SONGS.len()];
                text(canvas, title, -unit * 0.42, unit * 0.14, screen.ink);
                text(canvas, artist, -unit * 0.18, unit * 0.1, screen.soft);
                controls(screen, pane, unit, f32::from(*song) / 8.0 + 0.15, canvas);
            }
            Other::Call(caller) => {
                text(
                    canvas,
                    CALLERS[usize::from(*caller) % CALLERS.len()],
                    -unit * 0.36,
                    unit * 0.2,
                    screen.ink,
                );
                text(canvas, "Incoming call", -unit * 0.06, unit * 0.1, screen.soft);
                for (side, color) in [(-1.0, Color::rgb(214, 52, 48)), (1.0, Color::rgb(46, 168, 84))] {
                    let at = Point::new(side * unit * 0.36, unit * 0.42);
                    canvas.begin(Role::Ornament, "button");
                    canvas.disc(at, unit * 0.2, color);
                    // A receiver: lying to hang up, leaning to take the call.
                    let turn = if side < 0.0 { 0.0 } else { 230.0 };
                    let away = polar(turn, unit * 0.1);
                    let about = Point::new(at.x - away.x, at.y - away.y);
                    let r = unit * 0.12;
                    canvas.arc(about, r, turn - 58.0, turn + 58.0, Color::WHITE, unit * 0.042);
                    for end in [-58.0, 58.0] {
                        let to = polar(turn + end, r * 0.97);
                        canvas.disc(Point::new(about.x + to.x, about.y + to.y), unit * 0.04, Color::WHITE);
                    }
                }
            }
        }
    }
}

/// A bar of progress and the buttons of a player.
fn controls(screen: &Screen, pane: &Pane, unit: f32, share: f32, canvas: &mut Canvas) {
    let half = pane.room(0.0, unit * 0.1) * 0.7;
    canvas.begin(Role::Ornament, "progress");
    let bar = |to: f32| round_rect_path(&Rect::new(-half, unit * 0.04, to, unit * 0.075), unit * 0.018);
    canvas.fill(bar(half), screen.ink.faded(0.25));
    canvas.fill(bar(-half + 2.0 * half * share), screen.accent);
    canvas.begin(Role::Ornament, "buttons");
    let y = unit * 0.4;
    for x in [-0.05, 0.05] {
        let pause = Rect::new((x - 0.03) * unit, y - unit * 0.12, (x + 0.03) * unit, y + unit * 0.12);
        canvas.fill(round_rect_path(&pause, unit * 0.012), screen.ink);
    }
    for side in [-1.0_f32, 1.0] {
        for at in [0.3, 0.4] {
            let corners = [(at, -0.075), (at + 0.1, 0.0), (at, 0.075)]
                .map(|(x, down)| Point::new(side * x * unit, y + down * unit));
            canvas.polygon(&corners, screen.ink);
        }
    }
}
