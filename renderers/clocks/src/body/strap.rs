//! Straps and bracelets. They bow away from the reader towards their ends, as on a wrist or a watch cushion.

use pixmo_render::scene::{Paint, polyline_path};
use pixmo_render::{Color, Path, PathBuilder, Point, Rng};
use serde::{Deserialize, Serialize};

use super::material::{Finish, HIDES, Material, PAINTS};
use super::parts::{at, circles, polygons, slab};
use crate::space::Canvas;

/// What holds a watch to a wrist.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Weave {
    /// Nothing.
    Bare,
    /// Leather with a seam along the edges.
    Stitched,
    /// Leather without a seam.
    Plain,
    /// Leather with large scales.
    Scaled,
    /// Leather with two rivets at the case.
    Riveted,
    /// Smooth rubber.
    Rubber,
    /// Rubber with grooves across.
    Ribbed,
    /// Woven fabric in one colour.
    Fabric,
    /// Woven fabric with stripes.
    Striped,
    /// Three flat links in a row.
    ThreeLinks,
    /// Five round links in a row.
    FiveLinks,
    /// Three half-round links in a row.
    RoundLinks,
    /// One wide link in a row.
    WideLinks,
    /// Fine metal mesh.
    Mesh,
}

/// A strap.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Strap {
    /// How it is made.
    pub(super) weave: Weave,
    /// The stuff.
    pub(super) stuff: Material,
    /// Seams, stripes, middle links.
    pub(super) second: Color,
    /// How much narrower it is at its end, 0 to 0.3.
    pub(super) taper: f32,
}

/// Where a half of a strap lies.
pub(super) struct Run {
    /// Half the width at the case.
    pub(super) half: f32,
    /// Distance of its begin from the middle, hidden by the case.
    pub(super) from: f32,
    /// Distance at which the case ends.
    pub(super) seen: f32,
    /// Distance of its end from the middle.
    pub(super) to: f32,
    /// 1 below the dial, -1 above.
    pub(super) side: f32,
}

impl Run {
    /// The distance from the middle of what lies at a share (0 to 1) of the length, foreshortened.
    fn along(&self, share: f32) -> f32 {
        const BOW: f32 = 1.32;
        self.from + (self.to - self.from) * libm::sinf(share * BOW) / libm::sinf(BOW)
    }

    fn place(&self, x: f32, y: f32) -> Point {
        at(x, y * self.side)
    }
}

impl Strap {
    /// No strap.
    pub(super) fn none() -> Strap {
        let stuff = Material::new(Finish::Matt, Color::BLACK);
        Strap { weave: Weave::Bare, stuff, second: Color::BLACK, taper: 0.0 }
    }

    /// A leather strap.
    pub(super) fn leather(rng: &mut Rng) -> Strap {
        let weave =
            *rng.pick(&[Weave::Stitched, Weave::Stitched, Weave::Plain, Weave::Scaled, Weave::Scaled]);
        let stuff = Material::new(Finish::Matt, *rng.pick(&HIDES));
        let second = match rng.below(3) {
            0 => Color::rgb(232, 220, 194),
            1 => stuff.shade(-0.5),
            _ => stuff.shade(0.35),
        };
        Strap { weave, stuff, second, taper: rng.range32(0.06, 0.2) }
    }

    /// A bracelet of the metal of the case, sometimes with middle links of another.
    pub(super) fn bracelet(metal: Material, rng: &mut Rng) -> Strap {
        let weave = *rng.pick(&[Weave::ThreeLinks, Weave::FiveLinks, Weave::RoundLinks, Weave::WideLinks]);
        let second = match rng.weighted(&[5.0, 1.5, 2.0]) {
            0 => metal.shade(0.1),
            1 => Color::rgb(206, 166, 84),
            _ => metal.shade(-0.2),
        };
        Strap { weave, stuff: metal, second, taper: rng.range32(0.05, 0.16) }
    }

    /// Of a weave, in a drawn colour.
    pub(super) fn woven(weave: Weave, rng: &mut Rng) -> Strap {
        let stuff = Material::new(Finish::Matt, *rng.pick(&PAINTS));
        Strap { weave, stuff, second: *rng.pick(&PAINTS), taper: rng.range32(0.0, 0.1) }
    }

    /// Draws one half.
    pub(super) fn draw(&self, run: &Run, canvas: &mut Canvas) {
        if self.weave == Weave::Bare {
            return;
        }
        let outline = self.outline(run, 0.0);
        match self.weave {
            Weave::ThreeLinks | Weave::FiveLinks | Weave::RoundLinks | Weave::WideLinks => {
                canvas.fill(outline.clone(), self.stuff.shade(-0.75));
                self.links(run, canvas);
            }
            _ => {
                let h = run.half;
                canvas.fill(outline.clone(), self.stuff.rod_soft(at(-h, 0.0), at(h, 0.0)));
                self.surface(run, canvas);
            }
        }
        // The light on a strap that bows away, and the shadow of the case on it.
        let (near, far) = (run.place(0.0, run.seen), run.place(0.0, run.to));
        let dark = Color::rgb(8, 8, 10);
        let stops = vec![
            (0.0, dark.faded(0.34)),
            (0.12, dark.faded(0.0)),
            (0.5, dark.faded(0.05)),
            (0.82, dark.faded(0.38)),
            (1.0, dark.faded(0.78)),
        ];
        canvas.fill(outline, Paint::Linear { from: near, to: far, stops });
    }

    fn half_at(&self, run: &Run, distance: f32) -> f32 {
        // Between the lugs it keeps its width.
        let free = run.seen + 16.0;
        run.half * (1.0 - self.taper * ((distance - free) / (run.to - free)).max(0.0))
    }

    fn outline(&self, run: &Run, inset: f32) -> Option<Path> {
        let (near, far) = (run.half - inset, self.half_at(run, run.to) - inset);
        let end = run.to - inset;
        let mut path = PathBuilder::new();
        let line = |path: &mut PathBuilder, x: f32, y: f32| path.line_to(x, y * run.side);
        path.move_to(-near, run.from * run.side);
        line(&mut path, near, run.from);
        line(&mut path, near, run.seen + 16.0);
        line(&mut path, far, end - 3.0);
        path.quad_to(far * 0.98, end * run.side, far * 0.9, end * run.side);
        path.quad_to(0.0, (end + 2.5) * run.side, -far * 0.9, end * run.side);
        path.quad_to(-far * 0.98, end * run.side, -far, (end - 3.0) * run.side);
        line(&mut path, -near, run.seen + 16.0);
        path.close();
        path.finish()
    }

    fn surface(&self, run: &Run, canvas: &mut Canvas) {
        match self.weave {
            Weave::Stitched => {
                self.cushion(run, canvas);
                self.seam(run, canvas);
            }
            Weave::Scaled => {
                self.scales(run, canvas);
                self.cushion(run, canvas);
                self.seam(run, canvas);
            }
            Weave::Riveted => {
                self.seam(run, canvas);
                for x in [-0.45, 0.45] {
                    let center = run.place(run.half * x, run.seen + 15.0);
                    canvas.disc(at(center.x + 1.0, center.y + 1.2), 5.6, Color::BLACK.faded(0.4));
                    let rivet = Material::new(Finish::Polished, Color::rgb(176, 180, 184));
                    canvas.disc(center, 5.2, rivet.ball(center, 5.2));
                }
            }
            Weave::Plain => self.cushion(run, canvas),
            Weave::Ribbed => {
                let ribs = self.rows(run, 15);
                let shapes = ribs.iter().map(|(a, b)| self.stripe(run, 0.86, *a, *a + (*b - *a) * 0.35));
                canvas.fill(polygons(shapes), self.stuff.shade(-0.5).faded(0.8));
                let lit = ribs
                    .iter()
                    .map(|(a, b)| self.stripe(run, 0.86, *a + (*b - *a) * 0.42, *a + (*b - *a) * 0.55));
                canvas.fill(polygons(lit), self.stuff.shade(0.4).faded(0.45));
            }
            Weave::Rubber => {
                let holes = self.rows(run, 7);
                let center = |a: f32, b: f32| run.place(0.0, (a + b) / 2.0);
                if run.side > 0.0 {
                    let skip = holes.iter().skip(4);
                    canvas.fill(circles(skip.map(|(a, b)| (center(*a, *b), 4.0))), Color::BLACK.faded(0.7));
                }
            }
            Weave::Fabric | Weave::Striped => self.threads(run, canvas),
            Weave::Mesh => self.mesh(run, canvas),
            _ => {}
        }
    }

    /// Begin and end of each of some rows that are equally long on the strap itself.
    fn rows(&self, run: &Run, count: u32) -> Vec<(f32, f32)> {
        let place = |n: u32| run.along(n as f32 / count as f32);
        (0..count).map(|n| (place(n), place(n + 1))).filter(|(_, b)| *b > run.seen - 14.0).collect()
    }

    /// A piece of the strap between two distances, over a share of its width.
    fn stripe(&self, run: &Run, share: f32, from: f32, to: f32) -> Vec<Point> {
        let (a, b) = (self.half_at(run, from) * share, self.half_at(run, to) * share);
        vec![run.place(-a, from), run.place(a, from), run.place(b, to), run.place(-b, to)]
    }

    /// The padded middle of a strap: brighter along its left, darker along its right.
    fn cushion(&self, run: &Run, canvas: &mut Canvas) {
        let h = run.half;
        let stops = vec![
            (0.0, Color::BLACK.faded(0.22)),
            (0.12, Color::BLACK.faded(0.0)),
            (0.3, Color::WHITE.faded(0.13)),
            (0.5, Color::WHITE.faded(0.0)),
            (0.9, Color::BLACK.faded(0.06)),
            (1.0, Color::BLACK.faded(0.32)),
        ];
        canvas.fill(self.outline(run, 0.0), Paint::Linear { from: at(-h, 0.0), to: at(h, 0.0), stops });
    }

    fn seam(&self, run: &Run, canvas: &mut Canvas) {
        let rows = self.rows(run, 26);
        let stitch = |(a, b): &(f32, f32), edge: f32| {
            let (from, to) = (a + (b - a) * 0.16, b - (b - a) * 0.16);
            let (x, y) = (self.half_at(run, from) - 6.5, self.half_at(run, to) - 6.5);
            let w = 0.95;
            vec![
                run.place(edge * x - w, from),
                run.place(edge * x + w, from),
                run.place(edge * y + w, to),
                run.place(edge * y - w, to),
            ]
        };
        let both: Vec<_> = rows.iter().flat_map(|row| [stitch(row, -1.0), stitch(row, 1.0)]).collect();
        let under = both.iter().map(|s| s.iter().map(|p| at(p.x + 0.5, p.y + 0.7)).collect());
        canvas.fill(polygons(under), Color::BLACK.faded(0.4));
        canvas.fill(polygons(both), self.second);
    }

    fn scales(&self, run: &Run, canvas: &mut Canvas) {
        let rows = self.rows(run, 17);
        let mut plates = PathBuilder::new();
        for (n, (a, b)) in rows.iter().enumerate() {
            let half = self.half_at(run, *a) - 10.0;
            let cells = if n % 2 == 0 { 3 } else { 4 };
            for cell in 0..cells {
                let (l, r) = (cell as f32 / cells as f32, (cell + 1) as f32 / cells as f32);
                let (left, right) = (-half + 2.0 * half * l + 0.7, -half + 2.0 * half * r - 0.7);
                let (top, bottom) = (a.min(*b) + 0.6, a.max(*b) - 0.6);
                let (top, bottom) = if run.side > 0.0 { (top, bottom) } else { (-bottom, -top) };
                if let Some(plate) = slab(left, top, right, bottom, (bottom - top) * 0.4) {
                    plates.push_path(&plate);
                }
            }
        }
        let path = plates.finish();
        let h = run.half;
        let (light, dark) = (self.stuff.shade(0.22), self.stuff.shade(-0.3));
        if let Some(path) = &path {
            let lower = path.clone().transform(pixmo_render::Transform::from_translate(0.5, 0.8));
            canvas.fill(lower, dark);
        }
        canvas.fill(path, super::parts::ramp(at(-h, 0.0), at(h, 0.0), light, self.stuff.base));
    }

    fn threads(&self, run: &Run, canvas: &mut Canvas) {
        if self.weave == Weave::Striped {
            let bar = |left: f32, right: f32| {
                let far = 1.0 - self.taper;
                let (l, r, end) = (left * run.half, right * run.half, run.to - 1.0);
                let points = [
                    run.place(l, run.from),
                    run.place(r, run.from),
                    run.place(r * far, end),
                    run.place(l * far, end),
                ];
                polyline_path(&points, true)
            };
            canvas.fill(bar(-0.62, -0.24), self.second);
            canvas.fill(bar(0.24, 0.62), self.second);
        }
        let rows = self.rows(run, 70);
        let lines = rows.iter().map(|(a, b)| self.stripe(run, 0.985, *a, *a + (*b - *a) * 0.4));
        canvas.fill(polygons(lines), Color::BLACK.faded(0.2));
        let columns = (-16..=16).map(|n| {
            let x = n as f32 / 16.5;
            let (a, b) = (self.half_at(run, run.from) * x, self.half_at(run, run.to) * x);
            vec![
                run.place(a - 0.4, run.from),
                run.place(a + 0.4, run.from),
                run.place(b + 0.4, run.to - 2.0),
                run.place(b - 0.4, run.to - 2.0),
            ]
        });
        canvas.fill(polygons(columns), Color::WHITE.faded(0.1));
    }

    fn mesh(&self, run: &Run, canvas: &mut Canvas) {
        let rows = self.rows(run, 46);
        let (mut dark, mut lit) = (Vec::new(), Vec::new());
        for (n, (a, b)) in rows.iter().enumerate() {
            let half = self.half_at(run, *b) - 1.5;
            let cells = 22;
            for cell in 0..cells {
                let shift = if n % 2 == 0 { 0.0 } else { 0.5 };
                let x = -half + 2.0 * half * (cell as f32 + 0.25 + shift) / cells as f32;
                let step = half / cells as f32;
                let (from, to) = (a + (b - a) * 0.1, b - (b - a) * 0.05);
                dark.push(vec![
                    run.place(x, from),
                    run.place(x + step * 0.8, to),
                    run.place(x + step * 0.2, to),
                ]);
                let x = x - step * 0.6;
                lit.push(vec![
                    run.place(x, from),
                    run.place(x + step * 0.5, from),
                    run.place(x + step * 0.1, to),
                ]);
            }
        }
        canvas.fill(polygons(dark), self.stuff.shade(-0.6).faded(0.75));
        canvas.fill(polygons(lit), self.stuff.shade(0.6).faded(0.6));
    }

    fn links(&self, run: &Run, canvas: &mut Canvas) {
        // Shares of the width, and whether a link is of the second metal.
        let (columns, rows, round): (&[(f32, bool)], u32, f32) = match self.weave {
            Weave::FiveLinks => {
                (&[(0.26, false), (0.155, true), (0.17, true), (0.155, true), (0.26, false)], 13, 0.5)
            }
            Weave::RoundLinks => (&[(0.33, false), (0.34, true), (0.33, false)], 11, 0.48),
            Weave::WideLinks => (&[(1.0, false)], 8, 0.16),
            _ => (&[(0.3, false), (0.4, true), (0.3, false)], 8, 0.1),
        };
        let second = Material::new(self.stuff.finish, self.second);
        let count = columns.len() as f32;
        for (from, to) in self.rows(run, rows) {
            let half = self.half_at(run, to) - 0.4;
            let mut left = -half;
            for (column, (share, other)) in columns.iter().enumerate() {
                let right = left + 2.0 * half * share;
                let stuff = if *other { &second } else { &self.stuff };
                // Middle links lie half a row lower, as those of most bracelets do.
                let shift = if count == 3.0 && column == 1 { (to - from) * 0.5 } else { 0.0 };
                let (a, b) = ((from + shift).min(run.to), (to + shift).min(run.to - 0.6));
                if b - a > 1.2 {
                    let (a, b) = (a + 0.35, b - 0.35);
                    let (top, bottom) = if run.side > 0.0 { (a, b) } else { (-b, -a) };
                    let path = slab(left + 0.4, top, right - 0.4, bottom, (bottom - top) * round);
                    canvas.fill(path, stuff.rod(at(0.0, top), at(0.0, bottom)));
                }
                left = right;
            }
        }
        let h = run.half;
        let stops = vec![
            (0.0, Color::BLACK.faded(0.35)),
            (0.08, Color::BLACK.faded(0.0)),
            (0.25, Color::WHITE.faded(0.22)),
            (0.45, Color::WHITE.faded(0.0)),
            (0.86, Color::BLACK.faded(0.1)),
            (1.0, Color::BLACK.faded(0.45)),
        ];
        canvas.fill(self.outline(run, 0.0), Paint::Linear { from: at(-h, 0.0), to: at(h, 0.0), stops });
    }
}

impl Material {
    /// The paint of a strap between its edges: hardly rounded.
    fn rod_soft(&self, from: Point, to: Point) -> Paint {
        let lights = [(0.0, -0.25), (0.06, 0.0), (0.3, 0.1), (0.94, -0.1), (1.0, -0.35)];
        Paint::Linear { from, to, stops: lights.iter().map(|(t, light)| (*t, self.shade(*light))).collect() }
    }
}
