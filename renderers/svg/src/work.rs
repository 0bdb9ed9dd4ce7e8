//! How much work it is to paint a document, told from its tree before anything is painted.
//!
//! Style sheets have been applied in the tree, so that nothing can hide from the count: layers, pixels to be filled,
//! rows that edges cross, dashes.

use usvg::tiny_skia_path::{PathSegment, Point};
use usvg::{Group, Node, Paint, Path, Tree};

use crate::error::SvgError;

/// Most pixels that may be filled, a gradient counting for several.
const PAINTED_MAX: f64 = 100e6;
/// Most rows of pixels that edges of paths may cross.
const ROWS_MAX: f64 = 8e6;
/// Most dashes of strokes.
const DASHES_MAX: f64 = 400e3;
/// Most pixels in layers that are open at the same time: 128 MiB.
const OPEN_PIXELS_MAX: f64 = 32e6;
/// Most pixels of all layers: about a second of work.
const LAYER_PIXELS_MAX: f64 = 400e6;

/// Refuses a document that is too much work for a picture of this size.
pub(crate) fn check(tree: &Tree, width: u32, height: u32) -> Result<(), SvgError> {
    let mut work = Work {
        width: f64::from(width),
        height: f64::from(height),
        painted: 0.0,
        rows: 0.0,
        dashes: 0.0,
        layers: 0,
    };
    work.group(tree.root(), 0)
}

struct Work {
    width: f64,
    height: f64,
    painted: f64,
    rows: f64,
    dashes: f64,
    layers: u64,
}

impl Work {
    fn pixels(&self) -> f64 {
        self.width * self.height
    }

    fn group(&mut self, group: &Group, open: u64) -> Result<(), SvgError> {
        if !group.filters().is_empty() {
            return Err(SvgError::Refused { line: 0, what: "filter".to_owned() });
        }
        let isolated =
            group.opacity().get() < 1.0 || group.isolate() || group.blend_mode() != usvg::BlendMode::Normal;
        let mut layers = u64::from(isolated);
        let mut clip = group.clip_path();
        while let Some(path) = clip {
            layers += 1;
            self.group(path.root(), open + layers)?;
            clip = path.clip_path();
        }
        let mut mask = group.mask();
        while let Some(of) = mask {
            layers += 2;
            self.group(of.root(), open + layers)?;
            mask = of.mask();
        }
        self.layers += layers;
        let open = open + layers;
        let (pixels, all) = (self.pixels(), self.layers as f64 * self.pixels());
        // Small pictures may have a few layers however small they are; the first one is free everywhere.
        if all > LAYER_PIXELS_MAX.max(pixels * 4.0)
            || open as f64 * pixels > OPEN_PIXELS_MAX.max(pixels * 2.0)
        {
            return Err(SvgError::TooManyLayers { layers: self.layers.max(open), pixels: pixels as u64 });
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, open)?,
                Node::Text(text) => self.group(text.flattened(), open)?,
                Node::Path(path) => self.path(path)?,
                Node::Image(_) => return Err(SvgError::Refused { line: 0, what: "image".to_owned() }),
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &Path) -> Result<(), SvgError> {
        let place = path.abs_transform();
        let mut length = 0.0f64;
        let mut rows = 0.0f64;
        let mut segments = 0.0f64;
        let mut at = Point::zero();
        for segment in path.data().segments() {
            let to = match segment {
                PathSegment::MoveTo(p) => {
                    at = p;
                    continue;
                }
                PathSegment::LineTo(p) | PathSegment::QuadTo(_, p) | PathSegment::CubicTo(_, _, p) => p,
                PathSegment::Close => continue,
            };
            // A curve is longer than its chord and is cut into up to some dozens of lines.
            let bent = if matches!(segment, PathSegment::LineTo(_)) { 1.0 } else { 2.0 };
            let (mut from, mut end) = (at, to);
            length += bent * f64::from(at.distance(to));
            place.map_point(&mut from);
            place.map_point(&mut end);
            rows += bent * f64::from((from.y - end.y).abs()).min(self.height) + 1.0;
            segments += bent;
            at = to;
        }
        let bounds = path.abs_bounding_box();
        let wide = |grown: f64| (f64::from(bounds.width()) + grown).clamp(1.0, self.width.max(1.0));
        let high = |grown: f64| (f64::from(bounds.height()) + grown).clamp(1.0, self.height.max(1.0));
        if let Some(fill) = path.fill() {
            self.painted += wide(0.0) * high(0.0) * weight(fill.paint());
            self.rows += rows;
        }
        if let Some(stroke) = path.stroke() {
            let (across, along) = place.get_scale();
            let scale = f64::from(across.abs().max(along.abs()));
            let thick = f64::from(stroke.width().get()) * scale;
            let mut pieces = segments;
            if let Some(dashes) = stroke.dasharray() {
                let mean = f64::from(dashes.iter().sum::<f32>()) / dashes.len().max(1) as f64;
                let count = length / mean.max(1e-9);
                self.dashes += count + segments;
                pieces += count;
            }
            // Both sides of the line, and its ends and corners.
            self.rows += 2.0 * rows + pieces * 4.0 * thick.min(self.height).max(1.0);
            let area = wide(thick) * high(thick);
            self.painted += area.min((length * scale + thick) * thick.max(1.0)) * weight(stroke.paint());
        }
        let too_much = |what| Err(SvgError::TooMuch { what });
        let over = |value: f64, most: f64| value.is_nan() || value > most;
        if over(self.painted, PAINTED_MAX) {
            return too_much("pixels to fill");
        }
        if over(self.rows, ROWS_MAX) {
            return too_much("edges to follow");
        }
        if over(self.dashes, DASHES_MAX) {
            return too_much("dashes");
        }
        Ok(())
    }
}

/// What a pixel costs beside one of a plain colour: the stops of a gradient are looked through for each.
fn weight(paint: &Paint) -> f64 {
    match paint {
        Paint::Color(_) => 1.0,
        Paint::LinearGradient(gradient) => 4.0 + gradient.stops().len() as f64,
        Paint::RadialGradient(gradient) => 6.0 + gradient.stops().len() as f64,
        Paint::Pattern(_) => f64::INFINITY,
    }
}
