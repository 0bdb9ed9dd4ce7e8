//! What bodies are made of, and how light falls on it. The light comes from the upper left.

use pixmo_render::scene::{Paint, polyline_path};
use pixmo_render::{Color, Path, Point, Rect, Rng, Seed};
use serde::{Deserialize, Serialize};

use super::parts::at;
use crate::space::Canvas;

/// How a surface throws light back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Finish {
    /// Metal that mirrors.
    Polished,
    /// Metal with fine lines.
    Brushed,
    /// Plastic, paint.
    Matt,
    /// Ceramic, lacquer, glass.
    Gloss,
    /// Wood, with grain.
    Wood,
    /// Stone, with veins.
    Stone,
}

/// A finish in a colour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Material {
    /// The surface.
    pub(super) finish: Finish,
    /// The colour in even light.
    pub(super) base: Color,
}

const STEEL: [Color; 4] = [
    Color::rgb(178, 182, 188),
    Color::rgb(164, 169, 176),
    Color::rgb(192, 194, 196),
    Color::rgb(150, 152, 156),
];
const PRECIOUS: [Color; 5] = [
    Color::rgb(206, 166, 84),
    Color::rgb(196, 150, 62),
    Color::rgb(214, 158, 128),
    Color::rgb(202, 138, 108),
    Color::rgb(222, 188, 120),
];
const DARK: [Color; 4] =
    [Color::rgb(44, 45, 48), Color::rgb(62, 64, 70), Color::rgb(34, 36, 42), Color::rgb(74, 72, 68)];
const BRASS: [Color; 4] =
    [Color::rgb(190, 150, 72), Color::rgb(176, 132, 64), Color::rgb(166, 112, 66), Color::rgb(204, 168, 92)];
const WOODS: [Color; 6] = [
    Color::rgb(104, 66, 40),
    Color::rgb(178, 130, 80),
    Color::rgb(116, 50, 34),
    Color::rgb(58, 42, 34),
    Color::rgb(206, 164, 112),
    Color::rgb(146, 84, 48),
];
const STONES: [Color; 4] =
    [Color::rgb(214, 210, 202), Color::rgb(70, 74, 78), Color::rgb(194, 176, 144), Color::rgb(150, 148, 146)];
/// Colours of plastics, paints and fabrics.
pub(super) const PAINTS: [Color; 16] = [
    Color::rgb(232, 230, 224),
    Color::rgb(36, 37, 40),
    Color::rgb(188, 42, 42),
    Color::rgb(30, 74, 130),
    Color::rgb(40, 110, 84),
    Color::rgb(228, 170, 40),
    Color::rgb(222, 110, 44),
    Color::rgb(118, 178, 176),
    Color::rgb(226, 150, 164),
    Color::rgb(112, 112, 116),
    Color::rgb(92, 100, 62),
    Color::rgb(24, 40, 70),
    Color::rgb(148, 188, 212),
    Color::rgb(124, 66, 120),
    Color::rgb(238, 218, 172),
    Color::rgb(96, 34, 42),
];
/// Colours of leather.
pub(super) const HIDES: [Color; 9] = [
    Color::rgb(92, 56, 34),
    Color::rgb(52, 36, 28),
    Color::rgb(30, 29, 30),
    Color::rgb(150, 94, 52),
    Color::rgb(110, 32, 32),
    Color::rgb(30, 44, 74),
    Color::rgb(122, 108, 92),
    Color::rgb(44, 66, 52),
    Color::rgb(184, 140, 96),
];

impl Material {
    /// A material.
    pub(super) fn new(finish: Finish, base: Color) -> Material {
        Material { finish, base }
    }

    /// Steel, polished or brushed; now and then titanium or tungsten.
    pub(super) fn steel(rng: &mut Rng) -> Material {
        let finish = if rng.chance(0.6) { Finish::Polished } else { Finish::Brushed };
        Material::new(finish, *rng.pick(&STEEL))
    }

    /// Yellow or rose gold.
    pub(super) fn gold(rng: &mut Rng) -> Material {
        Material::new(Finish::Polished, *rng.pick(&PRECIOUS))
    }

    /// Blackened metal.
    pub(super) fn dark(rng: &mut Rng) -> Material {
        Material::new(Finish::Brushed, *rng.pick(&DARK))
    }

    /// Brass, bronze or copper.
    pub(super) fn brass(rng: &mut Rng) -> Material {
        Material::new(Finish::Polished, *rng.pick(&BRASS))
    }

    /// Any metal of watches.
    pub(super) fn metal(rng: &mut Rng) -> Material {
        match rng.weighted(&[5.0, 2.5, 1.6, 0.9]) {
            0 => Material::steel(rng),
            1 => Material::gold(rng),
            2 => Material::dark(rng),
            _ => Material::brass(rng),
        }
    }

    /// A wood.
    pub(super) fn wood(rng: &mut Rng) -> Material {
        Material::new(Finish::Wood, *rng.pick(&WOODS))
    }

    /// A stone.
    pub(super) fn stone(rng: &mut Rng) -> Material {
        Material::new(Finish::Stone, *rng.pick(&STONES))
    }

    /// A coloured plastic.
    pub(super) fn plastic(rng: &mut Rng) -> Material {
        let finish = if rng.chance(0.5) { Finish::Matt } else { Finish::Gloss };
        Material::new(finish, *rng.pick(&PAINTS))
    }

    /// A quiet plastic: black, grey, white, cream.
    pub(super) fn casing(rng: &mut Rng) -> Material {
        const QUIET: [Color; 7] = [
            Color::rgb(38, 39, 42),
            Color::rgb(26, 26, 28),
            Color::rgb(228, 228, 226),
            Color::rgb(170, 172, 176),
            Color::rgb(224, 214, 192),
            Color::rgb(84, 88, 94),
            Color::rgb(120, 70, 44),
        ];
        Material::new(Finish::Matt, *rng.pick(&QUIET))
    }

    /// The colour in less (below 0) or more light (above 0), -1 to 1.
    pub(super) fn shade(&self, light: f32) -> Color {
        if light >= 0.0 {
            self.base.mix(Color::rgb(255, 254, 250), light)
        } else {
            self.base.mix(Color::rgb(10, 9, 10), -light)
        }
    }

    fn stops(&self, lights: &[(f32, f32)]) -> Vec<(f32, Color)> {
        lights.iter().map(|(place, light)| (*place, self.shade(*light))).collect()
    }

    /// The paint of a surface that lies flat, lit from `from`.
    pub(super) fn across(&self, from: Point, to: Point) -> Paint {
        let lights: &[(f32, f32)] = match self.finish {
            Finish::Polished => {
                &[(0.0, 0.8), (0.2, 0.3), (0.42, -0.38), (0.5, -0.1), (0.62, 0.55), (0.8, 0.0), (1.0, -0.5)]
            }
            Finish::Brushed => &[(0.0, 0.4), (0.35, 0.02), (0.55, 0.2), (1.0, -0.35)],
            Finish::Matt => &[(0.0, 0.16), (0.5, 0.0), (1.0, -0.24)],
            Finish::Gloss => &[(0.0, 0.45), (0.12, 0.14), (0.5, 0.0), (0.85, -0.25), (1.0, -0.1)],
            Finish::Wood => &[(0.0, 0.14), (0.4, 0.0), (0.7, 0.05), (1.0, -0.3)],
            Finish::Stone => &[(0.0, 0.16), (0.6, -0.04), (1.0, -0.22)],
        };
        Paint::Linear { from, to, stops: self.stops(lights) }
    }

    /// The paint of a round body about the middle, from the upper left of its box to the lower right.
    pub(super) fn about(&self, radius: f32) -> Paint {
        let far = radius * 0.72;
        self.across(at(-far, -far), at(far, far))
    }

    /// The paint of a hollow edge about the middle: lit on the lower right.
    pub(super) fn hollow(&self, radius: f32) -> Paint {
        let far = radius * 0.72;
        let lights = [(0.0, -0.6), (0.35, -0.25), (0.65, 0.2), (1.0, 0.6)];
        Paint::Linear { from: at(-far, -far), to: at(far, far), stops: self.stops(&lights) }
    }

    /// The paint of a raised edge about the middle: lit on the upper left.
    pub(super) fn raised(&self, radius: f32) -> Paint {
        let far = radius * 0.72;
        let lights = [(0.0, 0.75), (0.3, 0.2), (0.65, -0.25), (1.0, -0.55)];
        Paint::Linear { from: at(-far, -far), to: at(far, far), stops: self.stops(&lights) }
    }

    /// The paint of a rod that lies across the line from `from` (lit) to `to`.
    pub(super) fn rod(&self, from: Point, to: Point) -> Paint {
        let gloss = if matches!(self.finish, Finish::Polished | Finish::Gloss) { 1.0 } else { 0.5 };
        let lights = [
            (0.0, -0.4),
            (0.14, 0.05),
            (0.3, 0.75 * gloss),
            (0.5, 0.05),
            (0.82, -0.5),
            (0.93, -0.3),
            (1.0, -0.6),
        ];
        Paint::Linear { from, to, stops: self.stops(&lights) }
    }

    /// The paint of a ball.
    pub(super) fn ball(&self, center: Point, radius: f32) -> Paint {
        let lit = at(center.x - radius * 0.35, center.y - radius * 0.4);
        Paint::radial(
            lit,
            radius * 1.45,
            self.stops(&[(0.0, 0.85), (0.25, 0.25), (0.65, -0.15), (1.0, -0.6)]),
        )
    }

    /// Draws grain or veins over a box; materials without any draw nothing.
    pub(super) fn texture(&self, canvas: &mut Canvas, area: &Rect, upright: bool, seed: u32) {
        let mut rng = Seed::from_number(u64::from(seed)).rng("texture");
        match self.finish {
            Finish::Wood => self.grain(canvas, area, upright, &mut rng),
            Finish::Stone => self.veins(canvas, area, &mut rng),
            _ => {}
        }
    }

    /// As [`Material::texture`], inside a path only.
    pub(super) fn texture_in(&self, canvas: &mut Canvas, path: Option<Path>, upright: bool, seed: u32) {
        if !matches!(self.finish, Finish::Wood | Finish::Stone) {
            return;
        }
        if let Some(path) = path {
            let b = path.bounds();
            canvas.clip(path);
            self.texture(canvas, &Rect::new(b.left(), b.top(), b.right(), b.bottom()), upright, seed);
            canvas.unclip();
        }
    }

    fn grain(&self, canvas: &mut Canvas, area: &Rect, upright: bool, rng: &mut Rng) {
        let (along, across) =
            if upright { (area.height(), area.width()) } else { (area.width(), area.height()) };
        let mut beside = rng.range32(0.5, 3.0);
        let phase = rng.range(0.0, 6.0);
        while beside < across - 1.5 {
            let width = rng.range32(0.3, 1.3).min(across - beside - 0.8);
            let sway = rng.range32(0.3, 1.0).min(beside).min(across - beside) * 0.8;
            let points: Vec<Point> = (0..=8)
                .map(|n| {
                    let t = f64::from(n) / 8.0;
                    let wave = libm::sin(phase + t * 5.0 + f64::from(beside) * 0.07) as f32 * sway;
                    let (a, b) = (along * t as f32, beside + wave);
                    if upright { at(area.left + b, area.top + a) } else { at(area.left + a, area.top + b) }
                })
                .collect();
            let light = rng.chance(0.3);
            let ink = if light {
                self.shade(0.3).faded(0.18)
            } else {
                self.shade(-0.5).faded(rng.range32(0.12, 0.4))
            };
            canvas.stroke(polyline_path(&points, false), ink, width);
            beside += rng.range32(1.6, 5.0);
        }
    }

    fn veins(&self, canvas: &mut Canvas, area: &Rect, rng: &mut Rng) {
        let (w, h) = (area.width(), area.height());
        for _ in 0..9 {
            let mut place = at(area.left + rng.range32(0.0, w), area.top + rng.range32(0.0, h));
            let mut points = vec![place];
            for _ in 0..6 {
                place = at(
                    (place.x + rng.range32(-0.05, 0.16) * w).clamp(area.left + 1.0, area.right - 1.0),
                    (place.y + rng.range32(-0.1, 0.16) * h).clamp(area.top + 1.0, area.bottom - 1.0),
                );
                points.push(place);
            }
            let ink = if rng.chance(0.5) { self.shade(0.45) } else { self.shade(-0.35) };
            canvas.stroke(polyline_path(&points, false), ink.faded(0.28), rng.range32(0.4, 1.4));
        }
    }
}
