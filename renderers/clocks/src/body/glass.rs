//! What lies over the edge of a dial: the shade of the bezel, and a little light on the glass.

use pixmo_render::scene::{Paint, polyline_path};
use pixmo_render::{Color, PathBuilder, Point, Rng};
use serde::{Deserialize, Serialize};

use super::parts::{at, fade};
use crate::space::{Canvas, Outline, polar};

/// Light on the glass. It is so faint that it hides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Shine {
    /// No glass, or none that is seen.
    None,
    /// A crescent along the upper left.
    Crescent,
    /// Two slanting bands.
    Bands,
    /// A bright upper half, as on domed glass.
    Dome,
}

/// Opacity of the light on the glass at most.
const SHINE: f32 = 0.1;

impl Shine {
    /// Any of them.
    pub(super) fn drawn(rng: &mut Rng) -> Shine {
        [Shine::None, Shine::Crescent, Shine::Bands, Shine::Dome][rng.weighted(&[3.0, 3.0, 2.0, 2.0])]
    }

    /// Draws shade and light. `depth` (0 to 1) says how deep the dial lies.
    pub(super) fn draw(self, outline: &Outline, depth: f32, canvas: &mut Canvas) {
        shade(outline, depth, canvas);
        let light = Color::WHITE;
        if let (Outline::Rectangle { wide, high, .. }, true) = (outline, self != Shine::None) {
            // A slanting pane of light; narrow where it is the second band.
            let (w, h) = (wide * 0.94, high * 0.94);
            let right = if self == Shine::Bands { -0.35 } else { 0.1 };
            let corners = [at(-w, -h), at(w * right, -h), at(w * (right - 0.6), h), at(-w, h)];
            canvas.polygon(&corners, fade(at(-w, -h), at(w * 0.3, h), light, SHINE, 0.01));
            return;
        }
        match self {
            Shine::None => {}
            Shine::Crescent => {
                let outer = (0..=24).map(|n| edge(outline, -78.0 + 4.2 * f64::from(n), 0.93));
                let inner = (0..=24).rev().map(|n| {
                    let bow = 1.0 - (f64::from(n) - 12.0).abs() / 12.0;
                    let deep = (bow * bow * (3.0 - 2.0 * bow)) as f32;
                    edge(outline, -78.0 + 4.2 * f64::from(n), 0.93 - 0.3 * deep)
                });
                let points: Vec<Point> = outer.chain(inner).collect();
                canvas.polygon(&points, fade(at(-60.0, -60.0), at(-20.0, -20.0), light, SHINE, 0.01));
            }
            Shine::Bands => {
                // Chords about one direction are parallel.
                for (start, end) in [(-20.0, 0.0), (8.0, 14.0)] {
                    let points =
                        [start, end, -120.0 - end, -120.0 - start].map(|turn| edge(outline, turn, 0.95));
                    canvas.polygon(&points, fade(at(40.0, -80.0), at(-80.0, 20.0), light, SHINE * 0.8, 0.02));
                }
            }
            Shine::Dome => {
                let mut path = PathBuilder::new();
                let rim: Vec<Point> =
                    (0..=40).map(|n| edge(outline, -100.0 + 5.0 * f64::from(n), 0.95)).collect();
                if let Some(upper) = polyline_path(&rim, false) {
                    path.push_path(&upper);
                }
                if let Some(first) = rim.first() {
                    path.quad_to(0.0, 26.0, first.x, first.y);
                }
                path.close();
                canvas.fill(path.finish(), fade(at(0.0, -95.0), at(0.0, 10.0), light, SHINE, 0.0));
            }
        }
    }
}

/// The shade of the bezel, deepest at the upper left.
fn shade(outline: &Outline, depth: f32, canvas: &mut Canvas) {
    let dark = Color::rgb(6, 6, 10);
    if *outline == Outline::Round {
        let lights = [(0.0, 0.0), (0.86, 0.0), (0.93, 0.1), (0.975, 0.3), (1.0, 0.52)];
        let stops = lights.iter().map(|(place, share)| (*place, dark.faded(share * depth))).collect();
        canvas.ring(at(0.0, 0.0), 100.0, 86.0, Paint::radial(at(1.6, 2.2), 102.5, stops));
        return;
    }
    for (wide, share) in
        [(1.2, 0.24), (2.4, 0.15), (3.6, 0.11), (5.0, 0.09), (6.6, 0.07), (8.4, 0.06), (10.4, 0.045)]
    {
        let (from, to) = (at(-75.0, -75.0), at(75.0, 75.0));
        let stops = [(0.0, 1.0), (0.5, 0.55), (1.0, 0.25)];
        let stops = stops.iter().map(|(place, part)| (*place, dark.faded(share * part * depth))).collect();
        canvas.band(outline, 0.0, -wide, Paint::Linear { from, to, stops });
    }
}

/// A place at a share of the way from the middle to the edge.
fn edge(outline: &Outline, degrees: f64, share: f32) -> Point {
    polar(degrees, outline.reach(degrees) * share)
}
