//! Lines, rectangles, curves and their paints in pixels. Upright thin lines and rectangles are moved to whole pixels,
//! so that rules are crisp and neighbouring cells leave no seam.

use pixmo_render::scene::{Paint, Stroke};
use pixmo_render::{Color, ElementId, Path, PathBuilder, Point, Role, Scene, Transform};
use typst::layout::Size;
use typst::visualize::{
    Color as TypstColor, Curve, CurveItem, FillRule, FixedStroke, Geometry, Gradient, LineCap, LineJoin,
    Paint as TypstPaint, RelativeTo, Shape,
};

use crate::error::TypstError;

/// Adds a shape to the scene: to the mark it is part of, else lines as rules and everything else as ornaments.
pub(crate) fn add(
    shape: &Shape,
    place: Transform,
    mark: Option<ElementId>,
    scene: &mut Scene,
) -> Result<(), TypstError> {
    let is_line = matches!(shape.geometry, Geometry::Line(_));
    let element = match mark {
        Some(mark) => mark,
        None => scene.mark(if is_line { Role::Rule } else { Role::Ornament }, "", []),
    };
    let upright = place.kx == 0.0 && place.ky == 0.0;
    if let Some(paint) = &shape.fill {
        let paint = fill(paint, shape, place)?;
        let path = match &shape.geometry {
            Geometry::Rect(size) if upright => snapped_rect(*size, place),
            geometry => path(geometry, place),
        };
        match (path, shape.fill_rule) {
            (Some(path), FillRule::NonZero) => scene.fill(element, path, paint),
            (Some(path), FillRule::EvenOdd) => scene.fill_even_odd(element, path, paint),
            (None, _) => {}
        }
    }
    if let Some(pen) = &shape.stroke {
        let stroke = stroke(pen, place)?;
        if stroke.width > 0.0 && stroke.color.alpha > 0 {
            add_stroke(shape, pen, stroke, place, upright, element, scene);
        }
    }
    Ok(())
}

fn add_stroke(
    shape: &Shape,
    pen: &FixedStroke,
    mut stroke: Stroke,
    place: Transform,
    upright: bool,
    element: ElementId,
    scene: &mut Scene,
) {
    match &shape.geometry {
        Geometry::Line(to) => {
            let mut from = at(place, 0.0, 0.0);
            let mut to = at(place, to.x.to_pt(), to.y.to_pt());
            if pen.cap == LineCap::Square {
                let length = libm::hypotf(to.x - from.x, to.y - from.y).max(1e-3);
                let (dx, dy) = ((to.x - from.x) / length, (to.y - from.y) / length);
                let more = stroke.width / 2.0;
                from = Point::new(from.x - dx * more, from.y - dy * more);
                to = Point::new(to.x + dx * more, to.y + dy * more);
            }
            if upright && !stroke.round {
                (from, to) = snapped_line(from, to, &mut stroke);
            }
            scene.line(element, from, to, stroke);
        }
        Geometry::Rect(size) if upright => {
            stroke.width = whole_width(stroke.width);
            let (a, b) = (at(place, 0.0, 0.0), at(place, size.x.to_pt(), size.y.to_pt()));
            let half = (stroke.width / 2.0).fract();
            let snap = |v: f32| (v - half).round() + half;
            let rect = tiny_rect(snap(a.x), snap(a.y), snap(b.x), snap(b.y));
            if let Some(path) = rect {
                scene.stroke(element, path, stroke);
            }
        }
        geometry => {
            if let Some(path) = path(geometry, place) {
                scene.stroke(element, path, stroke);
            }
        }
    }
}

/// The outline of a clip.
pub(crate) fn clip(curve: &Curve, place: Transform) -> Option<Path> {
    curve_path(curve, place)
}

/// A solid colour in sRGB.
pub(crate) fn solid(color: &TypstColor) -> Color {
    let rgb = color.to_rgb();
    let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
    let (red, green, blue, alpha) = (byte(rgb.red), byte(rgb.green), byte(rgb.blue), byte(rgb.alpha));
    Color { red, green, blue, alpha }
}

fn at(place: Transform, x: f64, y: f64) -> Point {
    let (x, y) = (x as f32, y as f32);
    Point::new(place.sx * x + place.kx * y + place.tx, place.ky * x + place.sy * y + place.ty)
}

fn tiny_rect(left: f32, top: f32, right: f32, bottom: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(left.min(right), top.min(bottom));
    path.line_to(left.max(right), top.min(bottom));
    path.line_to(left.max(right), top.max(bottom));
    path.line_to(left.min(right), top.max(bottom));
    path.close();
    path.finish()
}

/// A rectangle on whole pixels, at least one pixel in each direction.
fn snapped_rect(size: Size, place: Transform) -> Option<Path> {
    let (a, b) = (at(place, 0.0, 0.0), at(place, size.x.to_pt(), size.y.to_pt()));
    let span = |from: f32, to: f32| {
        let (low, high) = (from.min(to).round(), from.max(to).round());
        (low, high.max(low + 1.0))
    };
    let ((left, right), (top, bottom)) = (span(a.x, b.x), span(a.y, b.y));
    tiny_rect(left, top, right, bottom)
}

fn whole_width(width: f32) -> f32 {
    width.round().max(1.0)
}

/// Moves an upright line so that its edges lie between pixels.
fn snapped_line(from: Point, to: Point, stroke: &mut Stroke) -> (Point, Point) {
    let width = whole_width(stroke.width);
    let half = (width / 2.0).fract();
    let snap = |v: f32| (v - half).round() + half;
    if (from.y - to.y).abs() < 1e-3 {
        stroke.width = width;
        let y = snap(from.y);
        (Point::new(from.x.round(), y), Point::new(to.x.round(), y))
    } else if (from.x - to.x).abs() < 1e-3 {
        stroke.width = width;
        let x = snap(from.x);
        (Point::new(x, from.y.round()), Point::new(x, to.y.round()))
    } else {
        (from, to)
    }
}

fn path(geometry: &Geometry, place: Transform) -> Option<Path> {
    match geometry {
        Geometry::Line(_) => None,
        Geometry::Rect(size) => curve_path(&Curve::rect(*size), place),
        Geometry::Curve(curve) => curve_path(curve, place),
    }
}

fn curve_path(curve: &Curve, place: Transform) -> Option<Path> {
    let mut path = PathBuilder::new();
    let map = |p: &typst::layout::Point| at(place, p.x.to_pt(), p.y.to_pt());
    for item in &curve.0 {
        match item {
            CurveItem::Move(p) => {
                let p = map(p);
                path.move_to(p.x, p.y);
            }
            CurveItem::Line(p) => {
                let p = map(p);
                path.line_to(p.x, p.y);
            }
            CurveItem::Cubic(a, b, c) => {
                let (a, b, c) = (map(a), map(b), map(c));
                path.cubic_to(a.x, a.y, b.x, b.y, c.x, c.y);
            }
            CurveItem::Close => path.close(),
        }
    }
    path.finish()
}

/// Width, dashes and colour of a pen. Bevelled joins are drawn mitred.
fn stroke(pen: &FixedStroke, place: Transform) -> Result<Stroke, TypstError> {
    let TypstPaint::Solid(color) = &pen.paint else {
        return Err(TypstError::Unsupported { what: "a line painted with a gradient or pattern" });
    };
    let scale = libm::sqrtf((place.sx * place.sy - place.kx * place.ky).abs());
    let mut dash = Vec::new();
    if let Some(pattern) = &pen.dash {
        if pattern.phase.to_pt() != 0.0 {
            return Err(TypstError::Unsupported { what: "a dash pattern with a phase" });
        }
        dash.extend(pattern.array.iter().map(|length| length.to_pt() as f32 * scale));
        if dash.len() % 2 == 1 {
            dash.extend_from_within(..);
        }
    }
    Ok(Stroke {
        color: solid(color),
        width: pen.thickness.to_pt() as f32 * scale,
        dash,
        round: pen.cap == LineCap::Round || pen.join == LineJoin::Round,
    })
}

/// How a shape is filled. A linear gradient runs between the edges of the shape's box, as Typst defines it, and is
/// sampled into stops because Typst may mix in another colour space.
fn fill(paint: &TypstPaint, shape: &Shape, place: Transform) -> Result<Paint, TypstError> {
    let gradient = match paint {
        TypstPaint::Solid(color) => return Ok(Paint::Solid(solid(color))),
        TypstPaint::Gradient(Gradient::Linear(linear)) => linear,
        TypstPaint::Gradient(_) => return Err(TypstError::Unsupported { what: "a round gradient" }),
        TypstPaint::Tiling(_) => return Err(TypstError::Unsupported { what: "a pattern fill" }),
    };
    if paint.relative().is_custom_and(|relative| relative == RelativeTo::Parent) {
        return Err(TypstError::Unsupported { what: "a gradient relative to its parent" });
    }
    let bounds = shape.geometry.bbox(None);
    let (width, height) = (bounds.size().x.to_pt(), bounds.size().y.to_pt());
    if width <= 0.0 || height <= 0.0 {
        return Err(TypstError::Unsupported { what: "a gradient on a shape without area" });
    }
    let angle = gradient.angle.to_rad();
    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
    let (reach, middle) = ((sin.abs() * height + cos.abs() * width) / 2.0, (width / 2.0, height / 2.0));
    let end = |sign: f64| {
        let x = bounds.min.x.to_pt() + middle.0 + sign * reach * cos;
        let y = bounds.min.y.to_pt() + middle.1 + sign * reach * sin;
        at(place, x, y)
    };
    let whole = Gradient::Linear(gradient.clone());
    let mut stops = Vec::new();
    for step in 0..=SAMPLES {
        let ratio = typst::layout::Ratio::new(f64::from(step) / f64::from(SAMPLES));
        let color = whole.sample(typst::visualize::RatioOrAngle::Ratio(ratio));
        stops.push((ratio.get() as f32, solid(&color)));
    }
    thin(&mut stops);
    Ok(Paint::Linear { from: end(-1.0), to: end(1.0), stops })
}

/// Leaves only the ends where everything between lies on the straight line, which paints faster.
fn thin(stops: &mut Vec<(f32, Color)>) {
    let (first, last) = (stops[0].1, stops[stops.len() - 1].1);
    let straight = stops.iter().all(|(at, color)| {
        let near = |from: u8, to: u8, value: u8| {
            (f32::from(from) + (f32::from(to) - f32::from(from)) * at - f32::from(value)).abs() <= 2.0
        };
        near(first.red, last.red, color.red)
            && near(first.green, last.green, color.green)
            && near(first.blue, last.blue, color.blue)
            && near(first.alpha, last.alpha, color.alpha)
    });
    if straight {
        *stops = vec![(0.0, first), (1.0, last)];
    }
}

/// Pieces that a gradient is cut into.
const SAMPLES: u32 = 8;
