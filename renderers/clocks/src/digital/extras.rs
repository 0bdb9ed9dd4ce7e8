//! What else a screen shows: steps, pulse, battery, weather.

use pixmo_render::scene::{Align, round_rect_path};
use pixmo_render::{Color, PathBuilder, Point, Rect, Rng, Role};

use super::pane::{Line, Type};
use crate::space::{Canvas, polar};

/// A value beside the time. None of them looks like a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extra {
    /// Steps of the day.
    Steps(u16),
    /// Beats of the heart in a minute.
    Pulse(u8),
    /// Charge in per cent.
    Battery(u8),
    /// Temperature in degrees, and whether the sun shines.
    Weather(i8, bool),
    /// Energy of the day in kilocalories.
    Energy(u16),
    /// Chance of rain in per cent.
    Rain(u8),
}

impl Extra {
    /// Different ones by chance.
    pub(super) fn some(count: usize, rng: &mut Rng) -> Vec<Extra> {
        let order = rng.sample(6, count);
        order
            .into_iter()
            .map(|which| match which {
                0 => Extra::Steps(rng.whole(120, 14_900) as u16),
                1 => Extra::Pulse(rng.whole(52, 148) as u8),
                2 => Extra::Battery(rng.whole(6, 100) as u8),
                3 => Extra::Weather(rng.whole(-8, 36) as i8, rng.chance(0.5)),
                4 => Extra::Energy(rng.whole(40, 980) as u16),
                _ => Extra::Rain(rng.whole(0, 20) as u8 * 5),
            })
            .collect()
    }

    /// The printed value.
    pub(super) fn print(self) -> String {
        match self {
            Extra::Steps(steps) if steps >= 1000 => format!("{},{:03}", steps / 1000, steps % 1000),
            Extra::Steps(count) | Extra::Energy(count) => count.to_string(),
            Extra::Pulse(beats) => beats.to_string(),
            Extra::Battery(share) | Extra::Rain(share) => format!("{share}%"),
            Extra::Weather(degrees, _) => format!("{degrees}°"),
        }
    }

    /// How full a ring about it is, 0 to 1.
    fn share(self) -> f32 {
        match self {
            Extra::Steps(steps) => f32::from(steps) / 12_000.0,
            Extra::Pulse(beats) => f32::from(beats) / 180.0,
            Extra::Battery(share) | Extra::Rain(share) => f32::from(share) / 100.0,
            Extra::Weather(degrees, _) => (f32::from(degrees) + 10.0) / 50.0,
            Extra::Energy(energy) => f32::from(energy) / 900.0,
        }
        .clamp(0.04, 1.0)
    }

    fn icon(self, canvas: &mut Canvas, at: Point, r: f32, color: Color, ground: Color) {
        canvas.begin(Role::Ornament, "icon");
        match self {
            Extra::Steps(_) => {
                for (side, down) in [(-1.0, -0.12), (1.0, 0.18)] {
                    let (x, y) = (at.x + side * r * 0.4, at.y + down * r);
                    let sole = Rect::new(x - r * 0.28, y - r * 0.78, x + r * 0.28, y + r * 0.16);
                    canvas.fill(round_rect_path(&sole, r * 0.28), color);
                    let heel = Rect::new(x - r * 0.23, y + r * 0.3, x + r * 0.23, y + r * 0.74);
                    canvas.fill(round_rect_path(&heel, r * 0.22), color);
                }
            }
            Extra::Pulse(_) => heart(canvas, at, r, color),
            Extra::Battery(share) => {
                let body = Rect::new(at.x - r, at.y - r * 0.52, at.x + r * 0.82, at.y + r * 0.52);
                canvas.stroke(round_rect_path(&body.grown(-r * 0.07), r * 0.2), color, r * 0.14);
                let full = Rect::sized(
                    body.left + r * 0.24,
                    body.top + r * 0.24,
                    (body.width() - r * 0.48) * f32::from(share.max(8)) / 100.0,
                    body.height() - r * 0.48,
                );
                canvas.fill(round_rect_path(&full, r * 0.06), color);
                let pole = Rect::sized(body.right + r * 0.05, at.y - r * 0.2, r * 0.13, r * 0.4);
                canvas.fill(round_rect_path(&pole, r * 0.06), color);
            }
            Extra::Weather(_, true) => {
                canvas.disc(at, r * 0.46, color);
                for ray in 0..8 {
                    canvas.bar(at, f64::from(ray) * 45.0, r * 0.62, r * 0.95, r * 0.16, color);
                }
            }
            Extra::Weather(_, false) => cloud(canvas, Point::new(at.x, at.y), r, color),
            Extra::Rain(_) => {
                let mut drop = PathBuilder::new();
                drop.move_to(at.x, at.y - r * 0.95);
                drop.cubic_to(
                    at.x + r * 0.3,
                    at.y - r * 0.3,
                    at.x + r * 0.68,
                    at.y,
                    at.x + r * 0.62,
                    at.y + r * 0.4,
                );
                drop.cubic_to(
                    at.x + r * 0.5,
                    at.y + r * 1.1,
                    at.x - r * 0.5,
                    at.y + r * 1.1,
                    at.x - r * 0.62,
                    at.y + r * 0.4,
                );
                drop.cubic_to(at.x - r * 0.68, at.y, at.x - r * 0.3, at.y - r * 0.3, at.x, at.y - r * 0.95);
                drop.close();
                canvas.fill(drop.finish(), color);
            }
            Extra::Energy(_) => flame(canvas, at, r, color, ground),
        }
    }
}

fn heart(canvas: &mut Canvas, at: Point, r: f32, color: Color) {
    let mut path = PathBuilder::new();
    let (x, y) = (at.x, at.y);
    path.move_to(x, y + r * 0.85);
    path.cubic_to(x - r * 1.3, y + r * 0.05, x - r * 0.95, y - r * 0.8, x - r * 0.48, y - r * 0.78);
    path.cubic_to(x - r * 0.22, y - r * 0.78, x - r * 0.06, y - r * 0.6, x, y - r * 0.4);
    path.cubic_to(x + r * 0.06, y - r * 0.6, x + r * 0.22, y - r * 0.78, x + r * 0.48, y - r * 0.78);
    path.cubic_to(x + r * 0.95, y - r * 0.8, x + r * 1.3, y + r * 0.05, x, y + r * 0.85);
    path.close();
    canvas.fill(path.finish(), color);
}

fn cloud(canvas: &mut Canvas, at: Point, r: f32, color: Color) {
    canvas.disc(Point::new(at.x - r * 0.5, at.y + r * 0.15), r * 0.4, color);
    canvas.disc(Point::new(at.x - r * 0.02, at.y - r * 0.18), r * 0.5, color);
    canvas.disc(Point::new(at.x + r * 0.54, at.y + r * 0.13), r * 0.42, color);
    let foot = Rect::new(at.x - r * 0.5, at.y + r * 0.05, at.x + r * 0.54, at.y + r * 0.55);
    canvas.fill(round_rect_path(&foot, 0.0), color);
}

fn flame(canvas: &mut Canvas, at: Point, r: f32, color: Color, ground: Color) {
    for (scale, color) in [(1.0, color), (0.48, ground)] {
        let (s, y) = (r * scale, at.y + r * (1.0 - scale) * 0.85);
        let mut path = PathBuilder::new();
        path.move_to(at.x + s * 0.1, y - s);
        path.cubic_to(
            at.x + s * 0.2,
            y - s * 0.4,
            at.x + s * 0.8,
            y - s * 0.1,
            at.x + s * 0.66,
            y + s * 0.42,
        );
        path.cubic_to(
            at.x + s * 0.5,
            y + s * 1.02,
            at.x - s * 0.5,
            y + s * 1.02,
            at.x - s * 0.66,
            y + s * 0.42,
        );
        path.cubic_to(at.x - s * 0.76, y, at.x - s * 0.2, y - s * 0.3, at.x + s * 0.1, y - s);
        path.close();
        canvas.fill(path.finish(), color);
    }
}

/// How extras are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chips {
    /// A sign and its value beside each other.
    Plain,
    /// A sign over its value inside a ring that is filled as far as the value goes.
    Rings,
    /// A sign and its value on a round plate.
    Plates,
}

/// Colours and type of extras.
pub(super) struct Print<'a> {
    /// The type.
    pub(super) kind: &'a Type,
    /// Colour of values.
    pub(super) ink: Color,
    /// Colour of signs.
    pub(super) accent: Color,
    /// What lies behind.
    pub(super) ground: Color,
}

/// Draws extras side by side in a box.
pub(super) fn row(extras: &[Extra], chips: Chips, print: &Print<'_>, room: Rect, canvas: &mut Canvas) {
    if extras.is_empty() || room.width() <= 0.0 || room.height() <= 0.0 {
        return;
    }
    let step = room.width() / extras.len() as f32;
    let y = room.center().y;
    let sample = if extras.iter().any(|extra| matches!(extra, Extra::Steps(_))) { "00,000" } else { "100%" };
    for (n, extra) in extras.iter().enumerate() {
        let x = room.left + step * (n as f32 + 0.5);
        match chips {
            Chips::Plain | Chips::Plates => {
                let high = (room.height() * if chips == Chips::Plates { 0.6 } else { 0.8 }).min(step * 0.3);
                let size = print.kind.fitting(sample, step * 0.52, high * 0.72);
                let high = high.min(size * print.kind.cap() * 1.6);
                let text = extra.print();
                let wide = print.kind.width(&text) * size;
                let sign = high * 1.25;
                let left = x - (sign + wide) / 2.0;
                if chips == Chips::Plates {
                    canvas.begin(Role::Ornament, "plate");
                    let plate = Rect::new(
                        left - high * 0.4,
                        y - high * 0.8,
                        left + sign + wide + high * 0.4,
                        y + high * 0.8,
                    );
                    canvas.fill(round_rect_path(&plate, high * 0.8), print.ink.faded(0.13));
                }
                extra.icon(canvas, Point::new(left + high * 0.5, y), high * 0.5, print.accent, print.ground);
                let line = Line { kind: print.kind, size, color: print.ink, align: Align::Start };
                line.write(canvas, &text, (left + sign, y), Role::Body);
            }
            Chips::Rings => {
                let r = (room.height() / 2.0).min(step * 0.46) * 0.92;
                let pen = r * 0.13;
                let at = Point::new(x, y);
                canvas.begin(Role::Ornament, "gauge");
                canvas.arc(at, r - pen, -135.0, 135.0, print.ink.faded(0.22), pen);
                let end = -135.0 + 270.0 * f64::from(extra.share());
                canvas.arc(at, r - pen, -135.0, end, print.accent, pen);
                let up = polar(0.0, r * 0.3);
                extra.icon(canvas, Point::new(x + up.x, y + up.y), r * 0.25, print.accent, print.ground);
                let size = print.kind.fitting(sample, r * 1.35, r * 0.36);
                let line = Line { kind: print.kind, size, color: print.ink, align: Align::Middle };
                line.write(canvas, &extra.print(), (x, y + r * 0.3), Role::Body);
            }
        }
    }
}
