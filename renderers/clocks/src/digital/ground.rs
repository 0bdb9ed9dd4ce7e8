//! What lies behind the digits of a screen: plain colours, gradients, and pictures of simple shapes.

use pixmo_render::scene::{Paint, round_rect_path};
use pixmo_render::{Color, Point, Rect, Rng, Role, Seed};

use super::pane::{Pane, boxed};
use crate::space::{Canvas, polar};

/// The kind of a ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenery {
    /// One colour.
    Plain,
    /// From top to bottom.
    Fade,
    /// Brighter about a place.
    Glow,
    /// Ridges of mountains below a sky.
    Hills,
    /// Waves over each other.
    Waves,
    /// Soft discs.
    Discs,
    /// Triangles.
    Shards,
    /// A night sky.
    Stars,
    /// Houses before the sky.
    Town,
    /// Slanted stripes.
    Stripes,
    /// Rings about a place.
    Ripples,
    /// Beams from a place below.
    Rays,
    /// Squares side by side.
    Tiles,
}

/// A ground by its parameters.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Ground {
    /// Its kind.
    pub scenery: Scenery,
    /// Its colours, at least three; all of them have enough contrast with what is written on them.
    pub colors: Vec<Color>,
    /// What its shapes are scattered by.
    pub scatter: u64,
}

impl Ground {
    /// One colour.
    pub(super) fn plain(color: Color) -> Ground {
        Ground { scenery: Scenery::Plain, colors: vec![color; 3], scatter: 0 }
    }

    /// Its colour, where it has one alone.
    pub(super) fn only(&self) -> Option<Color> {
        (self.scenery == Scenery::Plain).then(|| self.color(0))
    }

    /// The same on a screen that is turned down.
    pub(super) fn dimmed(self) -> Ground {
        let colors = self.colors.iter().map(|color| color.mix(Color::BLACK, 0.5)).collect();
        Ground { colors, ..self }
    }

    /// A ground by chance, for light print or for dark.
    pub(super) fn drawn(dark: bool, picture: bool, rng: &mut Rng) -> Ground {
        use Scenery::{
            Discs, Fade, Glow, Hills, Plain, Rays, Ripples, Shards, Stars, Stripes, Tiles, Town, Waves,
        };
        let scenery = if picture {
            *rng.pick(&[
                Hills,
                Hills,
                Waves,
                Discs,
                Shards,
                Stripes,
                Ripples,
                Town,
                Rays,
                Tiles,
                if dark { Stars } else { Waves },
            ])
        } else {
            *rng.pick(&[Plain, Plain, Fade, Glow])
        };
        let hue = rng.range32(0.0, 360.0);
        let turn = rng.range32(-90.0, 90.0);
        let vivid = if scenery == Plain && rng.chance(0.6) { 0.0 } else { rng.range32(0.02, 0.13) };
        let levels: [f32; 5] = if dark {
            let low = rng.range32(0.08, 0.2);
            [0.0, 0.1, 0.17, 0.22, 0.28].map(|more| (low + more).min(0.45))
        } else {
            [0.98, 0.96, 0.94, 0.91, 0.88]
        };
        let mut colors: Vec<Color> = levels
            .iter()
            .enumerate()
            .map(|(n, level)| {
                let chroma = if dark { vivid } else { vivid * 0.5 };
                Color::oklch(*level, chroma.min(0.13), hue + turn * n as f32 / 4.0)
            })
            .collect();
        if scenery == Plain && dark && rng.chance(0.7) {
            colors[0] = Color::BLACK;
        }
        Ground { scenery, colors, scatter: rng.bits() >> 12 }
    }

    /// The colour that print has the least contrast with: the brightest below light print, the darkest below dark.
    pub(super) fn nearest_to_ink(&self, dark: bool) -> Color {
        let order = |a: &&Color, b: &&Color| a.luminance().total_cmp(&b.luminance());
        let found = if dark { self.colors.iter().max_by(order) } else { self.colors.iter().min_by(order) };
        found.copied().unwrap_or(Color::BLACK)
    }

    fn color(&self, index: usize) -> Color {
        self.colors.get(index).or(self.colors.last()).copied().unwrap_or(Color::BLACK)
    }

    fn fade(&self, pane: &Pane, from: usize, to: usize) -> Paint {
        Paint::Linear {
            from: Point::new(0.0, -pane.high),
            to: Point::new(0.0, pane.high),
            stops: vec![(0.0, self.color(from)), (1.0, self.color(to))],
        }
    }

    /// Paints it.
    pub(super) fn paint(&self, pane: &Pane, canvas: &mut Canvas) {
        let mut rng = Seed::from_number(self.scatter).rng("ground");
        let rng = &mut rng;
        canvas.begin(Role::Ornament, "ground");
        let under: Paint = match self.scenery {
            Scenery::Plain | Scenery::Ripples | Scenery::Tiles => self.color(0).into(),
            Scenery::Fade | Scenery::Stripes | Scenery::Shards | Scenery::Rays => self.fade(pane, 4, 0),
            Scenery::Glow => Paint::radial(
                Point::new(rng.range32(-0.5, 0.5) * pane.wide, rng.range32(-0.8, 0.8) * pane.high),
                pane.wide.max(pane.high) * 1.3,
                vec![(0.0, self.color(4)), (1.0, self.color(0))],
            ),
            Scenery::Hills | Scenery::Town => self.fade(pane, 4, 2),
            Scenery::Waves | Scenery::Discs => self.fade(pane, 3, 1),
            Scenery::Stars => self.fade(pane, 0, 3),
        };
        canvas.fill(pane.path(), under);
        if matches!(self.scenery, Scenery::Plain | Scenery::Fade | Scenery::Glow) {
            return;
        }
        let Some(edge) = pane.path() else { return };
        canvas.clip(edge);
        canvas.begin(Role::Ornament, "scenery");
        match self.scenery {
            Scenery::Hills => self.hills(pane, rng, canvas),
            Scenery::Waves => self.waves(pane, rng, canvas),
            Scenery::Discs => self.discs(pane, rng, canvas),
            Scenery::Shards => self.shards(pane, rng, canvas),
            Scenery::Stars => self.stars(pane, rng, canvas),
            Scenery::Town => self.town(pane, rng, canvas),
            Scenery::Stripes => self.stripes(pane, rng, canvas),
            Scenery::Ripples => self.ripples(pane, rng, canvas),
            Scenery::Rays => self.rays(pane, rng, canvas),
            Scenery::Tiles => self.tiles(pane, rng, canvas),
            Scenery::Plain | Scenery::Fade | Scenery::Glow => {}
        }
        canvas.unclip();
    }

    /// Fills below a line of heights from left to right.
    fn below(&self, pane: &Pane, heights: &[f32], color: Color, canvas: &mut Canvas) {
        let last = (heights.len().max(2) - 1) as f32;
        let mut points: Vec<Point> = heights
            .iter()
            .enumerate()
            .map(|(n, y)| Point::new(pane.wide * (2.0 * n as f32 / last - 1.0), *y))
            .collect();
        points.push(Point::new(pane.wide, pane.high));
        points.push(Point::new(-pane.wide, pane.high));
        canvas.polygon(&boxed(&points, pane), color);
    }

    fn hills(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        let r = pane.wide.min(pane.high) * rng.range32(0.12, 0.22);
        let sun = Point::new(rng.range32(-0.6, 0.6) * pane.wide, rng.range32(-0.45, 0.0) * pane.high);
        canvas.disc(sun, r.min(pane.wide * 0.35), self.color(3).mix(self.color(4), 0.4));
        for layer in 0..4usize {
            let base = pane.high * (-0.05 + 0.26 * layer as f32);
            let rough = pane.high * (0.3 - 0.05 * layer as f32);
            let mut heights = [0.0_f32; 33];
            heights[0] = rng.range32(-0.5, 0.5);
            heights[32] = rng.range32(-0.5, 0.5);
            let (mut step, mut size) = (32, 0.75_f32);
            while step > 1 {
                for at in (step / 2..32).step_by(step) {
                    let middle = (heights[at - step / 2] + heights[at + step / 2]) / 2.0;
                    heights[at] = middle + rng.range32(-size, size);
                }
                (step, size) = (step / 2, size * 0.5);
            }
            let heights: Vec<f32> = heights.iter().map(|y| base + rough * y).collect();
            self.below(pane, &heights, self.color(3 - layer), canvas);
        }
    }

    fn waves(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        for layer in 0..5usize {
            let (turns, start) = (rng.range(0.6, 1.6), rng.range(0.0, 360.0));
            let swing = pane.high * rng.range32(0.06, 0.2);
            let base = pane.high * (-0.55 + 0.36 * layer as f32);
            let heights: Vec<f32> =
                (0..=36).map(|n| base + polar(start + turns * 10.0 * f64::from(n), swing).x).collect();
            let color = self.color([4, 2, 3, 1, 0][layer]);
            self.below(pane, &heights, color, canvas);
        }
    }

    fn discs(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        for _ in 0..rng.whole(6, 14) {
            let r = pane.wide.min(pane.high) * rng.range32(0.08, 0.4);
            let at = Point::new(
                rng.range32(-1.0, 1.0) * (pane.wide - r).max(0.0),
                rng.range32(-1.0, 1.0) * (pane.high - r).max(0.0),
            );
            let color = self.color(rng.below(5));
            canvas.disc(at, r, color.faded(rng.range32(0.3, 0.8)));
        }
    }

    fn shards(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        let (columns, rows) = (5usize, ((5.0 * pane.high / pane.wide) as usize).clamp(2, 10));
        let mut knots = Vec::new();
        for row in 0..=rows {
            for column in 0..=columns {
                let inner = |n: usize, end: usize| if n == 0 || n == end { 0.0 } else { 0.35 };
                let x = column as f32 + rng.range32(-1.0, 1.0) * inner(column, columns);
                let y = row as f32 + rng.range32(-1.0, 1.0) * inner(row, rows);
                knots.push(Point::new(
                    pane.wide * (2.0 * x / columns as f32 - 1.0),
                    pane.high * (2.0 * y / rows as f32 - 1.0),
                ));
            }
        }
        for row in 0..rows {
            for column in 0..columns {
                let at = row * (columns + 1) + column;
                let (a, b, c, d) =
                    (knots[at], knots[at + 1], knots[at + columns + 1], knots[at + columns + 2]);
                for corners in [[a, b, c], [b, d, c]] {
                    // Colours go with the height, so that the whole has a light and a dark end.
                    let level = 4.0 * (1.0 - row as f32 / rows as f32) + rng.range32(-1.3, 0.9);
                    let low = (level.max(0.0) as usize).min(3);
                    let color =
                        self.color(low).mix(self.color(low + 1), (level - low as f32).clamp(0.0, 1.0));
                    canvas.polygon(&boxed(&corners, pane), color);
                }
            }
        }
    }

    fn stars(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        for _ in 0..40 {
            let r = pane.wide.max(pane.high) * rng.range32(0.002, 0.007);
            let at = Point::new(
                rng.range32(-1.0, 1.0) * (pane.wide - r),
                rng.range32(-1.0, 0.8) * (pane.high - r),
            );
            canvas.disc(at, r, Color::WHITE.faded(rng.range32(0.1, 0.45)));
        }
        let heights: Vec<f32> = (0..=36)
            .map(|n| pane.high * 0.72 + polar(f64::from(n) * 7.0 + 40.0, pane.high * 0.08).y)
            .collect();
        self.below(pane, &heights, self.color(0), canvas);
    }

    fn town(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        for layer in 0..2usize {
            let mut x = -pane.wide;
            let unit = pane.wide.min(pane.high);
            while x < pane.wide {
                let wide = unit * rng.range32(0.12, 0.3);
                let top = pane.high * (0.05 + 0.3 * layer as f32 + rng.range32(0.0, 0.4));
                let right = (x + wide).min(pane.wide);
                let house = Rect::new(x, top, right, pane.high);
                canvas.fill(round_rect_path(&house, 0.0), self.color(if layer == 0 { 2 } else { 0 }));
                let (pitch, size) = (unit * 0.055, unit * 0.022);
                let mut y = top + pitch;
                while layer == 1 && y < pane.high - pitch {
                    let mut at = x + pitch * 0.7;
                    while at + size < right - pitch * 0.4 {
                        if rng.chance(0.3) {
                            let pane_of_glass = Rect::sized(at, y, size, size * 1.4);
                            canvas.fill(round_rect_path(&pane_of_glass, 0.0), self.color(4));
                        }
                        at += pitch;
                    }
                    y += pitch * 1.5;
                }
                x = right + 0.01;
            }
        }
    }

    fn stripes(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        let lean = rng.range32(-1.0, 1.0) * pane.high;
        let count = rng.whole(4, 9) as usize;
        let wide = 2.0 * (pane.wide + lean.abs()) / count as f32;
        for n in (0..count).step_by(2) {
            let left = -pane.wide - lean.abs() + n as f32 * wide;
            let corners = [
                Point::new(left + lean, -pane.high),
                Point::new(left + lean + wide, -pane.high),
                Point::new(left - lean + wide, pane.high),
                Point::new(left - lean, pane.high),
            ];
            canvas.polygon(&cut(&corners, pane.wide), self.color(n % 5).faded(0.7));
        }
    }

    fn rays(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        let from = Point::new(rng.range32(-0.5, 0.5) * pane.wide, pane.high * rng.range32(0.3, 0.95));
        let count = rng.whole(7, 13) as u32;
        let (step, far) = (360.0 / f64::from(2 * count), 2.9 * pane.wide.max(pane.high));
        for n in 0..count {
            let start = f64::from(2 * n) * step;
            let corners: Vec<Point> = [start, start + step]
                .iter()
                .map(|degrees| polar(*degrees, far))
                .map(|p| Point::new(from.x + p.x, from.y + p.y))
                .collect();
            let beam = cut_down(&cut(&[from, corners[0], corners[1]], pane.wide), pane.high);
            canvas.polygon(&beam, self.color(n as usize % 3 + 1).faded(0.75));
        }
    }

    fn tiles(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        let side = pane.wide.min(pane.high) * rng.range32(0.24, 0.44);
        let (columns, rows) = ((2.0 * pane.wide / side).ceil(), (2.0 * pane.high / side).ceil());
        let (wide, high) = (2.0 * pane.wide / columns, 2.0 * pane.high / rows);
        let round = if rng.chance(0.5) { side * 0.16 } else { 0.0 };
        for row in 0..rows as u32 {
            for column in 0..columns as u32 {
                let (left, top) = (column as f32 * wide - pane.wide, row as f32 * high - pane.high);
                let tile = Rect::sized(left, top, wide, high).grown(-side * 0.04);
                canvas.fill(round_rect_path(&tile, round), self.color(1 + rng.below(4)));
            }
        }
    }

    fn ripples(&self, pane: &Pane, rng: &mut Rng, canvas: &mut Canvas) {
        let least = pane.wide.min(pane.high);
        let at = Point::new(rng.range32(-0.2, 0.2) * pane.wide, rng.range32(-0.2, 0.2) * pane.high);
        let far = (pane.wide - at.x.abs()).min(pane.high - at.y.abs()).min(least);
        for n in 0..5usize {
            canvas.disc(at, far * (1.0 - 0.18 * n as f32), self.color(n));
        }
    }
}

/// A polygon cut off above and below.
fn cut_down(corners: &[Point], high: f32) -> Vec<Point> {
    let turned = |points: &[Point]| -> Vec<Point> { points.iter().map(|p| Point::new(p.y, p.x)).collect() };
    turned(&cut(&turned(corners), high))
}

/// A polygon cut off at both sides (Sutherland and Hodgman, 1974).
fn cut(corners: &[Point], wide: f32) -> Vec<Point> {
    let mut left = corners.to_vec();
    for side in [-1.0, 1.0] {
        let inside = |p: &Point| p.x * side <= wide;
        let mut kept = Vec::new();
        for (a, b) in left.iter().zip(left.iter().cycle().skip(1)) {
            if inside(a) {
                kept.push(*a);
            }
            if inside(a) != inside(b) {
                let x = wide * side;
                kept.push(Point::new(x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)));
            }
        }
        left = kept;
    }
    left
}
