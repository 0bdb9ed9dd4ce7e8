//! Walls: painted, papered, tiled, of bricks.

use pixmo_render::scene::Paint;
use pixmo_render::{Color, PathBuilder, Point, Rect, Rng};
use serde::{Deserialize, Serialize};

use super::plane::{Plane, push_box, push_line};
use super::{near, toned};

const PAINTS: [(u8, u8, u8); 12] = [
    (236, 232, 224),
    (244, 244, 242),
    (210, 216, 214),
    (188, 202, 190),
    (170, 188, 204),
    (226, 206, 172),
    (220, 190, 178),
    (150, 120, 104),
    (84, 102, 108),
    (58, 72, 66),
    (120, 54, 50),
    (206, 170, 84),
];

/// A painted or papered wall.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wall {
    /// Its colour.
    pub color: Color,
    /// What is printed on it.
    pub paper: Wallpaper,
    /// Size of the pattern, in hundredths of the shorter side.
    pub step: f32,
    /// A plate behind the clock, by its colour.
    pub plate: Option<Color>,
    /// Panels below, by their height in hundredths of the shorter side.
    pub panels: Option<f32>,
    /// The light of a window that falls on it.
    pub window: bool,
}

/// Patterns of wallpaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wallpaper {
    /// Paint.
    Plain,
    /// Rough plaster.
    Plaster,
    /// Broad stripes.
    Stripes,
    /// Small motifs.
    Motifs,
    /// Scales or arches.
    Scallops,
}

impl Wall {
    /// A wall of a room.
    pub fn drawn(rng: &mut Rng) -> Wall {
        let papers = [
            Wallpaper::Plain,
            Wallpaper::Plaster,
            Wallpaper::Plaster,
            Wallpaper::Stripes,
            Wallpaper::Motifs,
            Wallpaper::Scallops,
        ];
        let plates = [(120, 82, 54), (240, 238, 232), (60, 60, 62), (170, 130, 86)];
        Wall {
            color: near(&PAINTS, rng),
            paper: *rng.pick(&papers),
            step: rng.range32(9.0, 16.0),
            plate: rng.chance(0.15).then(|| near(&plates, rng)),
            panels: rng.chance(0.25).then(|| rng.range32(10.0, 26.0)),
            window: rng.chance(0.3),
        }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        let (wide, high) = (plane.wide, plane.high);
        plane.cover(self.color);
        self.pattern(plane, rng);
        if self.window {
            window_light(plane, rng);
        }
        if let Some(height) = self.panels {
            self.wainscot(plane, high - height);
        }
        if let Some(color) = self.plate {
            let half = rng.range32(37.0, 44.0);
            let rect = Rect::new(-half.min(wide), -half, half.min(wide), half);
            plane.shadow(rect, 2.0, (1.0, 1.8));
            plane.round_rect(rect, 2.0, toned(color, 0.25));
            plane.round_rect(rect.grown(-0.7), 1.6, color);
            plane.round_rect(rect.grown(-2.6), 1.2, toned(color, -0.16));
            plane.round_rect(rect.grown(-3.1), 1.0, toned(color, 0.05));
        }
    }

    fn pattern(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        let (wide, high, step) = (plane.wide, plane.high, self.step.max(3.0));
        let light = self.color.luminance() > 0.25;
        let other = if light { toned(self.color, -0.13) } else { toned(self.color, 0.13) };
        let (columns, rows) = ((wide / step).ceil() as i32 + 1, (high / step).ceil() as i32 + 1);
        let mut path = PathBuilder::new();
        match self.paper {
            Wallpaper::Plain => {}
            Wallpaper::Plaster => {
                for _ in 0..5 {
                    let at = Point::new(rng.range32(-wide, wide), rng.range32(-high, high));
                    let tone = if rng.chance(0.5) { Color::BLACK } else { Color::WHITE };
                    plane.haze(at, (rng.range32(12.0, 34.0), rng.range32(8.0, 22.0)), tone.faded(0.05));
                }
                for _ in 0..40 {
                    let (x, y) = (rng.range32(-wide, wide), rng.range32(-high, high));
                    path.move_to(x, y);
                    let (dx, dy) = (rng.range32(-4.0, 4.0), rng.range32(-1.6, 1.6));
                    path.quad_to(x + dx, y - dy, x + dx * 1.6, y + dy);
                }
                plane.stroke(path.finish(), other.faded(0.2), 0.5);
            }
            Wallpaper::Stripes => {
                let mut thin = PathBuilder::new();
                for column in -columns..=columns {
                    let x = column as f32 * step;
                    push_box(&mut path, Rect::new(x, -high, x + step * 0.5, high));
                    push_line(&mut thin, (x + step * 0.75, -high), (x + step * 0.75, high));
                }
                plane.fill(path.finish(), other);
                plane.stroke(thin.finish(), other, 0.3);
            }
            Wallpaper::Motifs => {
                for row in -rows..=rows {
                    for column in -columns..=columns {
                        let shift = if row % 2 == 0 { 0.0 } else { step / 2.0 };
                        let (x, y) = (column as f32 * step + shift, row as f32 * step * 0.8);
                        sprig(&mut path, (x, y), step * 0.3);
                    }
                }
                plane.fill(path.finish(), other);
            }
            Wallpaper::Scallops => {
                for row in -2 * rows..=2 * rows {
                    let shift = if row % 2 == 0 { 0.0 } else { step / 2.0 };
                    for column in -columns..=columns {
                        let (x, y) = (column as f32 * step + shift, row as f32 * step * 0.5);
                        for share in [0.5, 0.32] {
                            let r = step * share;
                            path.move_to(x - r, y);
                            path.cubic_to(x - r, y - r * 1.33, x + r, y - r * 1.33, x + r, y);
                        }
                    }
                }
                plane.stroke(path.finish(), other, 0.45);
            }
        }
    }

    fn wainscot(&self, plane: &mut Plane<'_>, top: f32) {
        let (wide, high) = (plane.wide, plane.high);
        let white = Color::rgb(238, 236, 230).mix(self.color, 0.12);
        plane.rect(Rect::new(-wide, top, wide, high), white);
        let step = 11.0;
        let mut grooves = PathBuilder::new();
        let mut x = -wide - 3.0;
        while x < wide {
            push_box(&mut grooves, Rect::new(x, top, x + 0.5, high));
            x += step;
        }
        plane.fill(grooves.finish(), toned(white, -0.24));
        plane.rect(Rect::new(-wide, top + 1.8, wide, top + 3.6), Color::BLACK.faded(0.12));
        plane.rect(Rect::new(-wide, top - 0.6, wide, top + 1.9), toned(white, 0.4));
        plane.rect(Rect::new(-wide, top + 1.5, wide, top + 1.9), toned(white, -0.25));
    }
}

/// A small motif: a lozenge with four leaves.
fn sprig(path: &mut PathBuilder, (x, y): (f32, f32), size: f32) {
    let mut leaf = |dx: f32, dy: f32| {
        let (px, py) = (-dy * 0.34, dx * 0.34);
        path.move_to(x + dx * 0.2, y + dy * 0.2);
        path.quad_to(x + dx * 0.6 + px, y + dy * 0.6 + py, x + dx, y + dy);
        path.quad_to(x + dx * 0.6 - px, y + dy * 0.6 - py, x + dx * 0.2, y + dy * 0.2);
        path.close();
    };
    let s = size * 0.72;
    for (dx, dy) in
        [(0.0, -size * 1.2), (s, -s * 0.4), (-s, -s * 0.4), (s * 0.6, s * 0.9), (-s * 0.6, s * 0.9)]
    {
        leaf(dx, dy);
    }
}

/// The light that a window throws on a wall: panes, aslant.
fn window_light(plane: &mut Plane<'_>, rng: &mut Rng) {
    let (x, y) = (rng.range32(-36.0, 10.0), rng.range32(-40.0, -10.0));
    let (wide, high) = (rng.range32(12.0, 20.0), rng.range32(18.0, 30.0));
    let (lean, gap) = (rng.range32(-0.5, 0.5), 1.6);
    let mut path = PathBuilder::new();
    for (column, row) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
        let (left, top) = (x + column * (wide + gap), y + row * (high + gap));
        let place = |dx: f32, dy: f32| (left + dx, top + dy + (left + dx) * lean);
        let corners = [place(0.0, 0.0), place(wide, 0.0), place(wide, high), place(0.0, high)];
        path.move_to(corners[0].0, corners[0].1);
        for corner in &corners[1..] {
            path.line_to(corner.0, corner.1);
        }
        path.close();
    }
    let path = path.finish();
    plane.stroke(path.clone(), Color::rgb(255, 244, 214).faded(0.1), 1.4);
    plane.fill(path, Color::rgb(255, 244, 214).faded(0.3));
}

/// A tiled wall, as in kitchens.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tiles {
    /// Colour of a tile.
    pub color: Color,
    /// Colour of some of the tiles.
    pub accent: Option<Color>,
    /// Colour between tiles.
    pub grout: Color,
    /// Width of a tile, in hundredths of the shorter side.
    pub wide: f32,
    /// Height of a tile.
    pub high: f32,
    /// Whether every other row is shifted by half a tile.
    pub bond: bool,
    /// How wide the seams are.
    pub seam: f32,
}

impl Tiles {
    /// Square tiles or those of an underground station.
    pub fn drawn(rng: &mut Rng) -> Tiles {
        let glazes = [
            (238, 238, 234),
            (224, 220, 208),
            (170, 200, 196),
            (120, 158, 170),
            (196, 206, 176),
            (60, 84, 92),
            (44, 46, 50),
            (214, 186, 150),
        ];
        let accents = [(66, 110, 150), (196, 120, 60), (80, 120, 90), (160, 60, 56)];
        let metro = rng.chance(0.5);
        let size = rng.range32(11.0, 22.0);
        let grout = near(&[(206, 204, 198), (120, 118, 114), (240, 240, 238)], rng);
        Tiles {
            color: near(&glazes, rng),
            accent: rng.chance(0.25).then(|| near(&accents, rng)),
            grout,
            wide: if metro { size * 1.5 } else { size },
            high: if metro { size * 0.75 } else { size },
            bond: metro,
            seam: rng.range32(0.5, 1.1),
        }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        plane.cover(self.grout);
        let (mut sorts, mut lights, mut shades) = (
            [PathBuilder::new(), PathBuilder::new(), PathBuilder::new(), PathBuilder::new()],
            PathBuilder::new(),
            PathBuilder::new(),
        );
        let size = (self.wide.max(5.0), self.high.max(5.0));
        courses(plane, size, self.bond, rng, |rect, rng| {
            let tile = rect.grown(-self.seam / 2.0);
            let sort = if self.accent.is_some() && rng.chance(0.07) { 3 } else { rng.below(3) };
            push_box(&mut sorts[sort], tile);
            let Rect { left, top, right, bottom } = tile.grown(-0.35);
            push_line(&mut lights, (left, top), (right, top));
            push_line(&mut lights, (left, top), (left, bottom));
            push_line(&mut shades, (left, bottom), (right, bottom));
            push_line(&mut shades, (right, top), (right, bottom));
        });
        let accent = self.accent.unwrap_or(self.color);
        let colors = [self.color, toned(self.color, -0.035), toned(self.color, 0.05), accent];
        for (path, color) in sorts.into_iter().zip(colors) {
            plane.fill(path.finish(), color);
        }
        plane.stroke(lights.finish(), Color::WHITE.faded(0.4), 0.5);
        plane.stroke(shades.finish(), Color::BLACK.faded(0.13), 0.5);
        // The glaze mirrors a window somewhere.
        let at = Point::new(rng.range32(-40.0, 40.0), rng.range32(-40.0, 10.0));
        plane.haze(at, (34.0, 26.0), Color::WHITE.faded(0.22));
    }
}

/// A wall of bricks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bricks {
    /// Colour of a brick.
    pub color: Color,
    /// Colour of the mortar.
    pub mortar: Color,
    /// Length of a brick, in hundredths of the shorter side.
    pub length: f32,
    /// How much bricks differ, 0 to 1; little where the wall is painted.
    pub contrast: f32,
}

impl Bricks {
    /// Red, brown, yellow or painted bricks.
    pub fn drawn(rng: &mut Rng) -> Bricks {
        let clays = [(156, 78, 58), (126, 66, 52), (176, 112, 82), (186, 156, 112), (98, 80, 72)];
        let painted = rng.chance(0.3);
        let color = if painted { near(&[(234, 232, 226), (70, 74, 80)], rng) } else { near(&clays, rng) };
        let mortar =
            if painted { toned(color, -0.1) } else { near(&[(196, 186, 172), (150, 142, 134)], rng) };
        let contrast = if painted { 0.12 } else { rng.range32(0.5, 1.0) };
        Bricks { color, mortar, length: rng.range32(16.0, 27.0), contrast }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        plane.cover(self.mortar);
        let mut sorts: [PathBuilder; 5] = std::array::from_fn(|_| PathBuilder::new());
        let (mut shades, mut pores) = (PathBuilder::new(), PathBuilder::new());
        let length = self.length.max(8.0);
        courses(plane, (length, length * 0.33), true, rng, |rect, rng| {
            let mut jitter = || rng.range32(-0.22, 0.22);
            let Rect { left, top, right, bottom } = rect.grown(-0.55);
            let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
            let corners = corners.map(|(x, y)| (x + jitter(), y + jitter()));
            let path = &mut sorts[rng.below(5)];
            path.move_to(corners[0].0, corners[0].1);
            for corner in &corners[1..] {
                path.line_to(corner.0, corner.1);
            }
            path.close();
            push_line(&mut shades, (left, bottom - 0.1), (right, bottom - 0.1));
            for _ in 0..2 {
                let (x, y) = (rng.range32(left, right - 1.0), rng.range32(top, bottom - 0.4));
                push_box(&mut pores, Rect::new(x, y, x + rng.range32(0.4, 1.5), y + 0.35));
            }
        });
        for (path, by) in sorts.into_iter().zip([-0.22, -0.1, 0.0, 0.09, 0.17]) {
            let color = toned(self.color, by * self.contrast);
            plane.fill(path.finish(), color);
        }
        plane.stroke(shades.finish(), Color::BLACK.faded(0.25), 0.45);
        plane.fill(pores.finish(), Color::BLACK.faded(0.13));
    }
}

/// Calls for each brick or tile of a wall, row by row.
fn courses(
    plane: &Plane<'_>,
    (wide, high): (f32, f32),
    bond: bool,
    rng: &mut Rng,
    mut lay: impl FnMut(Rect, &mut Rng),
) {
    let mut top = -plane.high - rng.range32(0.0, high);
    let shift = rng.range32(0.0, wide);
    let mut row = 0;
    while top < plane.high {
        let mut left = -plane.wide - shift - if bond && row % 2 == 1 { wide / 2.0 } else { 0.0 };
        while left < plane.wide {
            lay(Rect::new(left, top, left + wide, top + high), rng);
            left += wide;
        }
        top += high;
        row += 1;
    }
}

/// A flat part of a wall with a soft gradient downwards, for things that stand before it.
pub(super) fn plain(plane: &mut Plane<'_>, color: Color) {
    let high = plane.high;
    let stops = vec![(0.0, toned(color, 0.08)), (1.0, toned(color, -0.1))];
    plane.cover(color);
    let paint = Paint::Linear { from: Point::new(0.0, -high), to: Point::new(0.0, high), stops };
    let rect = Rect::new(-plane.wide, -high, plane.wide, high);
    plane.rect(rect, paint);
}

/// The colour of a wall of a room.
pub(super) fn paint(rng: &mut Rng) -> Color {
    near(&PAINTS, rng)
}
