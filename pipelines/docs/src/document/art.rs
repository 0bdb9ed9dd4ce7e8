//! Pictures on covers, posters and front pages: landscapes, harbours, skylines and patterns of plain shapes, in tones
//! that are mixed from the colours of the sheet.

use pixmo_render::{Color, Rng};

use super::markup::Expr;
use super::paper::Paper;

/// The tones of a picture, from its ground to its strongest colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tones {
    pub(super) ground: Color,
    pub(super) far: Color,
    pub(super) middle: Color,
    pub(super) near: Color,
    pub(super) light: Color,
}

impl Tones {
    /// Tones of the sheet's own colours.
    pub(super) fn of(paper: &Paper, style: &mut Rng) -> Self {
        let (a, b) = if style.chance(0.5) {
            (paper.accent, paper.second)
        } else {
            (paper.second.mix(paper.ink, 0.15), paper.accent)
        };
        let sky = if style.chance(0.6) { b } else { a };
        Self {
            ground: Color::WHITE.mix(sky, style.range32(0.16, 0.38)),
            far: Color::WHITE.mix(a, 0.55),
            middle: Color::WHITE.mix(a, 0.8),
            near: a.mix(Color::BLACK, style.range32(0.12, 0.4)),
            light: if style.chance(0.5) { Color::rgb(255, 246, 214) } else { b },
        }
    }

    /// The greys of a printed photograph.
    pub(super) fn grey(style: &mut Rng) -> Self {
        let warm = style.chance(0.4);
        let grey = |v: u8| {
            if warm { Color::rgb(v, v.saturating_sub(4), v.saturating_sub(12)) } else { Color::rgb(v, v, v) }
        };
        let shift = style.whole(0, 20) as u8;
        Self {
            ground: grey(226 - shift),
            far: grey(176 - shift),
            middle: grey(130 - shift),
            near: grey(70 - shift),
            light: grey(246),
        }
    }
}

/// How many motifs there are.
pub(super) const MOTIFS: usize = 9;

/// A picture of this size in points; its motif is one of [`MOTIFS`].
pub(super) fn picture(motif: usize, (w, h): (f64, f64), tones: &Tones, style: &mut Rng) -> Expr {
    let mut shapes = Shapes { out: String::new(), w, h };
    match motif % MOTIFS {
        0 => hills(&mut shapes, tones, style),
        1 => sea(&mut shapes, tones, style),
        2 => skyline(&mut shapes, tones, style),
        3 => circles(&mut shapes, tones, style),
        4 => peaks(&mut shapes, tones, style),
        5 => trees(&mut shapes, tones, style),
        6 => bands(&mut shapes, tones, style),
        7 => bridge(&mut shapes, tones, style),
        _ => tiles(&mut shapes, tones, style),
    }
    format!("box(width: {w:.1}pt, height: {h:.1}pt, fill: {})[{}]", rgb(tones.ground), shapes.out)
}

/// What a picture of this motif shows, for captions.
pub(super) fn subject(motif: usize, style: &mut Rng) -> &'static str {
    match motif % MOTIFS {
        0 => style.word(&[
            "The hills to the south of the town",
            "Evening over the hills",
            "Fields and hills in early summer",
        ]),
        1 => style.word(&[
            "A sailing boat off the coast",
            "Calm water after the storm",
            "The bay in the morning",
        ]),
        2 => style.word(&[
            "The new quarter seen from the river",
            "Roofs of the inner town",
            "Lights in the office quarter",
        ]),
        3 => style.word(&["Detail of a mural in the station", "A pattern from the exhibition"]),
        4 => {
            style.word(&["First snow on the summits", "The pass at sunrise", "A view from the mountain hut"])
        }
        5 => style.word(&[
            "Young trees at the edge of the wood",
            "The avenue in autumn",
            "Firs behind the old mill",
        ]),
        6 => style.word(&["Light through a coloured window", "A curtain made for the theatre"]),
        7 => style.word(&[
            "The bridge before the works",
            "Three arches over the river",
            "The old bridge at low water",
        ]),
        _ => style.word(&["Tiles in the entrance hall", "A floor laid in the last century"]),
    }
}

fn rgb(color: Color) -> String {
    format!("rgb(\"{}\")", color.hex())
}

/// Shapes on a picture of `w` by `h`; coordinates are shares of its sides.
struct Shapes {
    out: String,
    w: f64,
    h: f64,
}

impl Shapes {
    fn polygon(&mut self, color: Color, points: &[(f64, f64)]) {
        let inside = clipped(points);
        if inside.len() < 3 {
            return;
        }
        let list: Vec<String> =
            inside.iter().map(|(x, y)| format!("({:.1}pt, {:.1}pt)", x * self.w, y * self.h)).collect();
        self.out.push_str(&format!("#place(polygon(fill: {}, {}))", rgb(color), list.join(", ")));
    }

    /// A disc; its radius is a share of the smaller side.
    fn disc(&mut self, color: Color, (x, y): (f64, f64), radius: f64) {
        let r = radius * self.w.min(self.h);
        let (rx, ry) = (r / self.w, r / self.h);
        if x < rx || x + rx > 1.0 || y < ry || y + ry > 1.0 {
            let points: Vec<(f64, f64)> = (0..48)
                .map(|n| f64::from(n) / 48.0 * std::f64::consts::TAU)
                .map(|turn| (x + rx * libm::cos(turn), y + ry * libm::sin(turn)))
                .collect();
            return self.polygon(color, &points);
        }
        self.out.push_str(&format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: {r:.1}pt, fill: {}))",
            x * self.w - r,
            y * self.h - r,
            rgb(color)
        ));
    }

    fn ring(&mut self, color: Color, (x, y): (f64, f64), radius: f64, width: f64) {
        let side = self.w.min(self.h);
        let r = radius * side;
        self.out.push_str(&format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: {r:.1}pt, stroke: {:.1}pt + {}))",
            x * self.w - r,
            y * self.h - r,
            width * side,
            rgb(color)
        ));
    }

    fn rect(&mut self, color: Color, (x, y): (f64, f64), (w, h): (f64, f64)) {
        let (w, h) = ((x + w).min(1.0) - x, (y + h).min(1.0) - y);
        if w <= 0.0 || h <= 0.0 {
            return;
        }
        self.out.push_str(&format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, rect(width: {:.1}pt, height: {:.1}pt, fill: {}))",
            x * self.w,
            y * self.h,
            w * self.w,
            h * self.h,
            rgb(color)
        ));
    }

    /// Land below a wavy line around height `y`.
    fn land(&mut self, color: Color, y: f64, rise: f64, style: &mut Rng) {
        let waves: Vec<(f64, f64, f64)> = (0..3)
            .map(|n| {
                (
                    style.range(0.6, 1.6) * f64::from(n + 1),
                    style.range(0.0, std::f64::consts::TAU),
                    rise / f64::from(n + 1),
                )
            })
            .collect();
        let mut points = vec![(0.0, 1.0)];
        for step in 0..=36 {
            let x = f64::from(step) / 36.0;
            let lift: f64 = waves
                .iter()
                .map(|(turns, phase, size)| libm::sin(x * turns * std::f64::consts::TAU + phase) * size)
                .sum();
            points.push((x, (y - lift).clamp(0.0, 1.0)));
        }
        points.push((1.0, 1.0));
        self.polygon(color, &points);
    }
}

/// The part of a polygon inside the picture: nothing may lie under the text beside it.
fn clipped(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut list = points.to_vec();
    for side in 0..4 {
        let depth = |p: &(f64, f64)| match side {
            0 => p.0,
            1 => 1.0 - p.0,
            2 => p.1,
            _ => 1.0 - p.1,
        };
        let mut kept = Vec::with_capacity(list.len() + 2);
        for (index, a) in list.iter().enumerate() {
            let b = &list[(index + 1) % list.len()];
            let (da, db) = (depth(a), depth(b));
            if da >= 0.0 {
                kept.push(*a);
            }
            if (da < 0.0) != (db < 0.0) {
                let t = da / (da - db);
                kept.push((a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t));
            }
        }
        list = kept;
        if list.is_empty() {
            return list;
        }
    }
    list
}

fn hills(s: &mut Shapes, t: &Tones, style: &mut Rng) {
    s.disc(t.light, (style.range(0.15, 0.85), style.range(0.2, 0.4)), style.range(0.1, 0.17));
    s.land(t.far, 0.56, 0.06, style);
    s.land(t.middle, 0.7, 0.05, style);
    s.land(t.near, 0.86, 0.04, style);
    let x = style.range(0.1, 0.8);
    for n in 0..3 {
        let x = x + f64::from(n) * 0.07;
        s.disc(t.near, (x, 0.8), 0.05);
        s.rect(t.near, (x - 0.004, 0.8), (0.008, 0.09));
    }
}

fn sea(s: &mut Shapes, t: &Tones, style: &mut Rng) {
    s.disc(t.light, (style.range(0.2, 0.8), 0.34), style.range(0.13, 0.2));
    s.rect(t.far, (0.0, 0.52), (1.0, 0.5));
    s.land(t.middle, 0.68, 0.012, style);
    s.land(t.near, 0.84, 0.016, style);
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for _ in 0..style.whole(1, 3) {
        let (x, y, k) = (style.range(0.14, 0.84), style.range(0.58, 0.7), style.range(0.07, 0.12));
        // No boat sails through another.
        if taken.iter().any(|(other, wide)| (x - other).abs() < 1.1 * (k + wide)) {
            continue;
        }
        taken.push((x, k));
        let tall = k * s.w / s.h;
        s.polygon(
            t.near,
            &[(x - k, y), (x + k, y), (x + k * 0.6, y + tall * 0.3), (x - k * 0.6, y + tall * 0.3)],
        );
        s.polygon(
            t.light,
            &[
                (x + k * 0.05, y - tall * 0.08),
                (x + k * 0.05, y - tall * 1.6),
                (x + k * 0.85, y - tall * 0.08),
            ],
        );
        s.polygon(
            Color::WHITE,
            &[
                (x - k * 0.06, y - tall * 0.08),
                (x - k * 0.06, y - tall * 1.25),
                (x - k * 0.7, y - tall * 0.08),
            ],
        );
    }
}

fn skyline(s: &mut Shapes, t: &Tones, style: &mut Rng) {
    s.disc(t.light, (style.range(0.2, 0.8), 0.26), 0.12);
    for (color, low, high, count) in [(t.far, 0.3, 0.6, 9), (t.middle, 0.45, 0.75, 8)] {
        let step = 1.0 / f64::from(count);
        for n in 0..count {
            let top = style.range(low, high);
            s.rect(color, (f64::from(n) * step, top), (step * style.range(0.8, 1.05), 1.0 - top));
        }
    }
    // Windows that are lit are brighter than their walls.
    let lit = t.light.readable_on(t.near, 3.0);
    let mut x = 0.0;
    while x < 1.0 {
        let (wide, top) = (style.range(0.09, 0.16), style.range(0.58, 0.84));
        s.rect(t.near, (x, top), (wide, 1.0 - top));
        for row in 0..3 {
            for column in 0..2 {
                if style.chance(0.6) {
                    let at =
                        (x + wide * (0.2 + 0.4 * f64::from(column)), top + 0.03 + 0.055 * f64::from(row));
                    s.rect(lit, at, (wide * 0.2, 0.026));
                }
            }
        }
        x += wide + style.range(0.0, 0.03);
    }
}

fn circles(s: &mut Shapes, t: &Tones, style: &mut Rng) {
    let tones = [t.far, t.middle, t.near, t.light];
    for n in 0..style.whole(5, 9) {
        let radius = style.range(0.1, 0.34);
        let at = (style.range(0.0, 1.0), style.range(0.0, 1.0));
        if n % 3 == 2 {
            let side = s.w.min(s.h) * (radius + 0.02);
            let (x, y) = (side / s.w, side / s.h);
            let at = (x + at.0 * (1.0 - 2.0 * x), y + at.1 * (1.0 - 2.0 * y));
            s.ring(*style.pick(&tones), at, radius, 0.02);
        } else {
            s.disc(*style.pick(&tones), at, radius);
        }
    }
}

fn peaks(s: &mut Shapes, t: &Tones, style: &mut Rng) {
    s.disc(t.light, (style.range(0.15, 0.85), 0.22), 0.1);
    for (color, base, count) in [(t.far, 0.42, 4), (t.middle, 0.52, 3)] {
        let step = 1.0 / f64::from(count);
        for n in 0..=count {
            let (x, top) = (f64::from(n) * step + style.range(-0.05, 0.05), base - style.range(0.0, 0.18));
            let wide = step * style.range(0.7, 0.95);
            s.polygon(color, &[(x - wide, 1.0), (x, top), (x + wide, 1.0)]);
            let cap = 0.17;
            let y = top + (1.0 - top) * cap;
            s.polygon(
                Color::WHITE,
                &[
                    (x - wide * cap, y),
                    (x, top),
                    (x + wide * cap, y),
                    (x + wide * cap * 0.3, y - 0.03),
                    (x - wide * cap * 0.2, y + 0.02),
                ],
            );
        }
    }
    s.land(t.near, 0.85, 0.03, style);
}

fn trees(s: &mut Shapes, t: &Tones, style: &mut Rng) {
    s.land(t.far, 0.6, 0.03, style);
    for (color, y, size, count) in [(t.middle, 0.72, 0.075, 9), (t.near, 0.88, 0.11, 6)] {
        s.land(color, y, 0.012, style);
        for n in 0..count {
            let x = (f64::from(n) + style.range(0.2, 0.8)) / f64::from(count);
            let k = size * style.range(0.8, 1.25);
            let tall = k * 2.6 * (s.w / s.h).clamp(0.5, 1.6);
            for tier in 0..3 {
                let up = f64::from(tier) * tall * 0.26;
                let wide = k * (1.0 - 0.24 * f64::from(tier)) * 0.62;
                s.polygon(color, &[(x - wide, y - up), (x, y - up - tall * 0.5), (x + wide, y - up)]);
            }
        }
    }
}

fn bands(s: &mut Shapes, t: &Tones, style: &mut Rng) {
    let tones = [t.far, t.near, t.light, t.middle];
    let count = style.whole(5, 9);
    let slant = style.range(-0.5, 0.5);
    let step = (1.0 + slant.abs()) / count as f64;
    for n in 0..count {
        let x = n as f64 * step - slant.max(0.0);
        let wide = step * style.range(0.4, 1.0);
        s.polygon(
            tones[n as usize % tones.len()],
            &[(x + slant, 0.0), (x + slant + wide, 0.0), (x + wide, 1.0), (x, 1.0)],
        );
    }
}

fn bridge(s: &mut Shapes, t: &Tones, style: &mut Rng) {
    s.disc(t.light, (style.range(0.2, 0.8), 0.24), 0.11);
    s.land(t.far, 0.5, 0.04, style);
    s.rect(t.middle, (0.0, 0.72), (1.0, 0.3));
    s.rect(t.near, (0.0, 0.46), (1.0, 0.07));
    let arches = style.whole(2, 4);
    let step = 1.0 / arches as f64;
    s.rect(t.near, (0.0, 0.5), (1.0, 0.3));
    for n in 0..arches {
        let middle = (n as f64 + 0.5) * step;
        let mut points = Vec::new();
        for k in 0..=16 {
            let angle = std::f64::consts::PI * f64::from(k) / 16.0;
            points.push((middle - libm::cos(angle) * step * 0.4, 0.72 - libm::sin(angle) * 0.16));
        }
        points.extend([(middle + step * 0.4, 0.8), (middle - step * 0.4, 0.8)]);
        s.polygon(t.ground, &points);
        s.rect(t.middle, (middle - step * 0.4, 0.72), (step * 0.8, 0.085));
    }
    s.land(t.near, 0.95, 0.01, style);
}

fn tiles(s: &mut Shapes, t: &Tones, style: &mut Rng) {
    let tones = [t.far, t.middle, t.near, t.light];
    let across = style.whole(3, 6);
    let down = ((across as f64 * s.h / s.w).round() as i64).clamp(2, 9);
    let (w, h) = (1.0 / across as f64, 1.0 / down as f64);
    let form = style.below(3);
    for row in 0..down {
        for column in 0..across {
            let (x, y) = (column as f64 * w, row as f64 * h);
            let color = *style.pick(&tones);
            match form {
                0 => {
                    let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)];
                    let first = style.below(4);
                    let points: Vec<_> = (0..3).map(|k| corners[(first + k) % 4]).collect();
                    s.polygon(color, &points);
                }
                1 => {
                    s.rect(*style.pick(&tones), (x, y), (w, h));
                    s.disc(color, (x + w / 2.0, y + h / 2.0), 0.36 / across.max(down) as f64);
                }
                _ => s.polygon(
                    color,
                    &[(x + w / 2.0, y), (x + w, y + h / 2.0), (x + w / 2.0, y + h), (x, y + h / 2.0)],
                ),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixmo_render::Seed;

    #[test]
    fn nothing_leaves_the_picture() {
        let inside = clipped(&[(-1.0, 0.5), (0.5, -1.0), (2.0, 0.5), (0.5, 2.0)]);
        assert!(inside.len() >= 4);
        assert!(inside.iter().all(|p| (0.0..=1.0).contains(&p.0) && (0.0..=1.0).contains(&p.1)));
        assert!(clipped(&[(1.5, 0.0), (2.0, 0.0), (2.0, 1.0)]).is_empty());
        let mut style = Seed::from_number(1).rng("art");
        let tones = Tones::grey(&mut style);
        for motif in 0..MOTIFS {
            assert!(picture(motif, (300.0, 200.0), &tones, &mut style).contains("place"));
            assert!(!subject(motif, &mut style).is_empty());
        }
    }
}
