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
        let dark = Color::rgb(6, 6, 10);
        for (wide, share) in [(1.6, 0.42), (3.6, 0.2), (6.4, 0.13), (10.0, 0.1)] {
            let (from, to) = (at(-75.0, -75.0), at(75.0, 75.0));
            let stops = vec![
                (0.0, dark.faded(share * depth)),
                (0.5, dark.faded(share * depth * 0.55)),
                (1.0, dark.faded(share * depth * 0.25)),
            ];
            canvas.band(outline, 0.0, -wide, Paint::Linear { from, to, stops });
        }
        let light = Color::WHITE;
        match self {
            Shine::None => {}
            Shine::Crescent => {
                let outer = (0..=24).map(|n| edge(outline, -78.0 + 4.2 * f64::from(n), 0.93));
                let inner = (0..=24).rev().map(|n| {
                    let bow = 1.0 - (f64::from(n) - 12.0).abs() / 12.0;
                    edge(
                        outline,
                        -78.0 + 4.2 * f64::from(n),
                        0.93 - 0.3 * (bow * bow * (3.0 - 2.0 * bow)) as f32,
                    )
                });
                let points: Vec<Point> = outer.chain(inner).collect();
                canvas.polygon(&points, fade(at(-60.0, -60.0), at(-20.0, -20.0), light, SHINE, 0.01));
            }
            Shine::Bands => {
                for (start, end) in [(-64.0, -30.0), (-22.0, -12.0)] {
                    let points = [
                        edge(outline, start, 0.96),
                        edge(outline, end, 0.96),
                        edge(outline, 180.0 - end + 90.0 - 90.0 + 40.0, 0.9),
                        edge(outline, 180.0 - start + 40.0 - 52.0, 0.9),
                    ];
                    canvas.polygon(&points, fade(at(-50.0, -70.0), at(10.0, 60.0), light, SHINE * 0.75, 0.0));
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

/// A place at a share of the way from the middle to the edge.
fn edge(outline: &Outline, degrees: f64, share: f32) -> Point {
    polar(degrees, outline.reach(degrees) * share)
}
