//! An invented land: a coast, and regions that divide what lies within.

use pixmo_render::{Point, Rect, Rng};

const TURN: f64 = 2.0 * std::f64::consts::PI;

/// The regions of a land.
pub(super) struct Land {
    /// The outline of each region, closed, without its last point twice.
    pub(super) regions: Vec<Vec<Point>>,
    /// A point well inside of each.
    pub(super) middles: Vec<Point>,
}

/// A wave that pushes points about, so that straight borders become winding ones.
struct Wave {
    along: (f64, f64),
    phase: f64,
    push: (f64, f64),
}

impl Land {
    /// Divides a land of about the size of the frame into regions of about the same size.
    pub(super) fn new(count: usize, frame: &Rect, rng: &mut Rng) -> Self {
        let coast = coast(frame, rng);
        let samples = samples(&coast, frame);
        let mut sites: Vec<(f64, f64)> =
            rng.sample(samples.len(), count).into_iter().map(|i| samples[i]).collect();
        // Lloyd's relaxation over the sampled land; few steps leave regions of different size.
        let steps = 3 + rng.below(4);
        for _ in 0..steps {
            let mut sums = vec![(0.0, 0.0, 0.0); count];
            for sample in &samples {
                let own = &mut sums[nearest(&sites, *sample)];
                *own = (own.0 + sample.0, own.1 + sample.1, own.2 + 1.0);
            }
            for (site, sum) in sites.iter_mut().zip(&sums) {
                if sum.2 > 0.0 {
                    *site = (sum.0 / sum.2, sum.1 / sum.2);
                }
            }
        }
        // From west to east in rows, as one would list them.
        sites.sort_by(|a, b| (a.0 + 1.7 * a.1).total_cmp(&(b.0 + 1.7 * b.1)));
        let side = f64::from(frame.width().min(frame.height()));
        let waves: Vec<Wave> = (0..7)
            .map(|octave| {
                let length = side * [0.5, 0.36, 0.22, 0.15, 0.1, 0.07, 0.05][octave];
                let angle = rng.range(0.0, TURN);
                let (sin, cos) = (libm::sin(angle), libm::cos(angle));
                let much = length * 0.055;
                let turn = rng.range(0.0, TURN);
                Wave {
                    along: (TURN / length * cos, TURN / length * sin),
                    phase: rng.range(0.0, TURN),
                    push: (much * libm::cos(turn), much * libm::sin(turn)),
                }
            })
            .collect();
        let mut regions = Vec::new();
        for (index, site) in sites.iter().enumerate() {
            let mut cell = coast.clone();
            for (other, away) in sites.iter().enumerate() {
                if other != index {
                    cell = clipped(&cell, *site, *away);
                }
            }
            regions.push(winding(&cell, &waves));
        }
        let middles = regions.iter().map(|region| inmost(region)).collect();
        let mut land = Self { regions, middles };
        land.fit(frame);
        land
    }

    /// Stretches the land to its frame, by the same amount both ways.
    fn fit(&mut self, frame: &Rect) {
        let all = self.regions.iter().flatten();
        let b = all.fold(Rect::EMPTY, |b, p| b.union(&Rect::new(p.x, p.y, p.x + 0.01, p.y + 0.01)));
        let scale = (frame.width() / b.width()).min(frame.height() / b.height());
        let (from, to) = (b.center(), frame.center());
        let moved = |p: &mut Point| {
            *p = Point::new(to.x + (p.x - from.x) * scale, to.y + (p.y - from.y) * scale);
        };
        self.regions.iter_mut().flatten().for_each(moved);
        self.middles.iter_mut().for_each(moved);
    }
}

/// A closed line around the middle of the frame whose distance from it swings.
fn coast(frame: &Rect, rng: &mut Rng) -> Vec<(f64, f64)> {
    let center = (f64::from(frame.center().x), f64::from(frame.center().y));
    let swings: Vec<(f64, f64, f64)> =
        (2..8).map(|k| (f64::from(k), rng.range(0.0, TURN), rng.normal(0.0, 0.20) / f64::from(k))).collect();
    let count = 240;
    (0..count)
        .map(|index| {
            let angle = TURN * f64::from(index) / f64::from(count);
            let swing: f64 = swings.iter().map(|(k, phase, much)| much * libm::cos(k * angle + phase)).sum();
            let r = (1.0 + swing).clamp(0.62, 1.35);
            let x = center.0 + r * libm::cos(angle) * f64::from(frame.width()) * 0.42;
            let y = center.1 + r * libm::sin(angle) * f64::from(frame.height()) * 0.42;
            (x, y)
        })
        .collect()
}

/// Points spread evenly over the land.
fn samples(coast: &[(f64, f64)], frame: &Rect) -> Vec<(f64, f64)> {
    let mut found = Vec::new();
    let (columns, lines) = (90, 64);
    for line in 0..lines {
        for column in 0..columns {
            let x = f64::from(frame.left)
                + f64::from(frame.width()) * (f64::from(column) + 0.5) / f64::from(columns);
            let y =
                f64::from(frame.top) + f64::from(frame.height()) * (f64::from(line) + 0.5) / f64::from(lines);
            if contains(coast, (x, y)) {
                found.push((x, y));
            }
        }
    }
    found
}

fn nearest(sites: &[(f64, f64)], at: (f64, f64)) -> usize {
    let far = |site: &(f64, f64)| (site.0 - at.0) * (site.0 - at.0) + (site.1 - at.1) * (site.1 - at.1);
    (1..sites.len()).fold(0, |best, i| if far(&sites[i]) < far(&sites[best]) { i } else { best })
}

fn contains(outline: &[(f64, f64)], at: (f64, f64)) -> bool {
    let mut inside = false;
    for (index, a) in outline.iter().enumerate() {
        let b = outline[(index + 1) % outline.len()];
        if (a.1 > at.1) != (b.1 > at.1) && at.0 < (b.0 - a.0) * (at.1 - a.1) / (b.1 - a.1) + a.0 {
            inside = !inside;
        }
    }
    inside
}

/// What of an outline lies nearer to `own` than to `other`.
fn clipped(outline: &[(f64, f64)], own: (f64, f64), other: (f64, f64)) -> Vec<(f64, f64)> {
    let middle = ((own.0 + other.0) / 2.0, (own.1 + other.1) / 2.0);
    let toward = (other.0 - own.0, other.1 - own.1);
    let side = |p: (f64, f64)| (p.0 - middle.0) * toward.0 + (p.1 - middle.1) * toward.1;
    let mut kept = Vec::new();
    for (index, a) in outline.iter().enumerate() {
        let b = outline[(index + 1) % outline.len()];
        let (da, db) = (side(*a), side(b));
        if da <= 0.0 {
            kept.push(*a);
        }
        if (da < 0.0 && db > 0.0) || (da > 0.0 && db < 0.0) {
            let t = da / (da - db);
            kept.push((a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t));
        }
    }
    kept
}

/// Divides the sides of an outline and pushes every point: the same point always the same way, so that neighbours
/// keep a common border.
fn winding(outline: &[(f64, f64)], waves: &[Wave]) -> Vec<Point> {
    let mut points = Vec::new();
    for (index, a) in outline.iter().enumerate() {
        let b = outline[(index + 1) % outline.len()];
        let pieces = (libm::hypot(b.0 - a.0, b.1 - a.1) / 5.0).ceil().max(1.0) as usize;
        for piece in 0..pieces {
            let t = piece as f64 / pieces as f64;
            let at = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
            let (mut x, mut y) = at;
            for wave in waves {
                let swing = libm::sin(at.0 * wave.along.0 + at.1 * wave.along.1 + wave.phase);
                x += wave.push.0 * swing;
                y += wave.push.1 * swing;
            }
            points.push(Point::new(x as f32, y as f32));
        }
    }
    points
}

/// True when a point lies inside of an outline.
pub(super) fn holds(outline: &[Point], at: Point) -> bool {
    let mut inside = false;
    for (index, a) in outline.iter().enumerate() {
        let b = outline[(index + 1) % outline.len()];
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
    }
    inside
}

/// The point of a raster that is farthest from the border; sideways distance counts half, since names are wide.
fn inmost(outline: &[Point]) -> Point {
    let b = outline.iter().fold(Rect::EMPTY, |b, p| b.union(&Rect::new(p.x, p.y, p.x + 0.01, p.y + 0.01)));
    let mut best = (f32::NEG_INFINITY, b.center());
    for line in 1..16 {
        for column in 1..16 {
            let at = Point::new(
                b.left + b.width() * column as f32 / 16.0,
                b.top + b.height() * line as f32 / 16.0,
            );
            if !holds(outline, at) {
                continue;
            }
            let far = outline
                .iter()
                .map(|p| {
                    let (dx, dy) = ((p.x - at.x) * 0.6, p.y - at.y);
                    dx * dx + dy * dy
                })
                .fold(f32::INFINITY, f32::min);
            if far > best.0 {
                best = (far, at);
            }
        }
    }
    best.1
}
