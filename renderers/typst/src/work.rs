//! How much work it is to paint the page of a foreign source, told from its scene: pixels to be filled, edges, dashes,
//! clips. Setting a page can be little work and painting it much: one line of Typst fills a page a thousand times.

use pixmo_render::scene::{Item, Paint, Stroke};
use pixmo_render::{Path, Scene};

use crate::error::TypstError;

/// Most pixels that may be filled, a gradient counting for several.
const PAINTED_MAX: f64 = 100e6;
/// Most rows of pixels that edges of paths may cross.
const ROWS_MAX: f64 = 8e6;
/// Most dashes of strokes.
const DASHES_MAX: f64 = 400e3;
/// Most pixels of clips that are open at the same time, a byte each.
const OPEN_PIXELS_MAX: f64 = 128e6;

/// Refuses a page that is too much work to paint.
pub(crate) fn check(scene: &Scene) -> Result<(), TypstError> {
    let (width, height) = (f64::from(scene.width), f64::from(scene.height));
    let pixels = width * height;
    let mut work = Work { width, height, painted: 0.0, rows: 0.0, dashes: 0.0 };
    let mut open = 0.0;
    for item in &scene.items {
        match item {
            Item::Fill { path, paint, .. } => work.fill(path, paint),
            Item::Stroke { path, stroke, .. } => work.stroke(path, stroke),
            Item::Text { size, shaped, .. } => {
                let side = f64::from(*size);
                let glyphs = shaped.glyphs.len() as f64;
                work.painted += glyphs * (side * side).min(pixels);
                work.rows += glyphs * (4.0 * side).min(4.0 * height);
            }
            Item::PushClip(path) => {
                open += pixels;
                work.painted += pixels;
                work.rows += work.rows_of(path);
            }
            Item::PopClip => open -= pixels,
        }
        let over = |value: f64, most: f64| value.is_nan() || value > most;
        if over(work.painted, PAINTED_MAX)
            || over(work.rows, ROWS_MAX)
            || over(work.dashes, DASHES_MAX)
            || open > OPEN_PIXELS_MAX
        {
            return Err(TypstError::Unsupported { what: "what takes seconds to paint" });
        }
    }
    Ok(())
}

struct Work {
    width: f64,
    height: f64,
    painted: f64,
    rows: f64,
    dashes: f64,
}

impl Work {
    fn fill(&mut self, path: &Path, paint: &Paint) {
        let weight = match paint {
            Paint::Solid(_) => 1.0,
            _ => 12.0,
        };
        self.painted += weight * self.area(path, 0.0);
        self.rows += self.rows_of(path);
    }

    fn stroke(&mut self, path: &Path, stroke: &Stroke) {
        let thick = f64::from(stroke.width);
        let (mut length, mut pieces) = (length_of(path), path.points().len() as f64);
        if !stroke.dash.is_empty() {
            let mean = f64::from(stroke.dash.iter().sum::<f32>()) / stroke.dash.len() as f64;
            let count = length / mean.max(1e-9);
            self.dashes += count;
            pieces += count;
        }
        length += thick;
        self.painted += self.area(path, thick).min(length * thick.max(1.0));
        // Both sides of the line, and its ends and corners.
        self.rows += 2.0 * self.rows_of(path) + pieces * 4.0 * thick.min(self.height).max(1.0);
    }

    /// The part of the page that a path with a border may cover.
    fn area(&self, path: &Path, border: f64) -> f64 {
        let bounds = path.bounds();
        let side = |length: f32, most: f64| (f64::from(length) + border).clamp(1.0, most.max(1.0));
        side(bounds.width(), self.width) * side(bounds.height(), self.height)
    }

    /// The rows that the edges of a path cross. A curve is cut into up to some dozens of lines.
    fn rows_of(&self, path: &Path) -> f64 {
        let steps = path.points().windows(2);
        steps.map(|pair| f64::from((pair[0].y - pair[1].y).abs()).min(self.height) + 2.0).sum()
    }
}

/// At most this long: all corners and control points joined.
fn length_of(path: &Path) -> f64 {
    let steps = path.points().windows(2);
    steps.map(|pair| f64::from(libm::hypotf(pair[0].x - pair[1].x, pair[0].y - pair[1].y))).sum()
}
