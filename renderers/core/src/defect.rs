//! What makes a picture unfit, found from its scene: text that is cut, covered, too small or too faint.
//!
//! Nothing is guessed from pixels. Text boxes are the exact ink of their glyphs; what lies over or under a text is
//! known from the order of the items.

use tiny_skia::{PathSegment, Point as SkPoint};

use crate::color::Color;
use crate::geometry::{Point, Quad, Rect};
use crate::scene::{ElementId, Item, Paint, Scene};

/// Bars that a scene must meet.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Least font size in pixels.
    pub text_px_min: f32,
    /// Least contrast of a text against what lies under it (WCAG ratio).
    pub contrast_min: f32,
    /// Largest share of a text's box that other text or later paint may cover.
    pub cover_max: f32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { text_px_min: 9.0, contrast_min: 3.0, cover_max: 0.05 }
    }
}

/// One thing wrong with a scene.
#[derive(Clone, Debug, PartialEq)]
pub enum Defect {
    /// A text leaves the picture or its clip.
    Clipped(ElementId),
    /// Two texts lie over each other.
    TextOverText(ElementId, ElementId),
    /// A text is covered by something painted later.
    TextCovered(ElementId, ElementId),
    /// A line painted before a text runs through it, in a colour too near to that of the letters.
    LineThroughText(ElementId, ElementId),
    /// A text has too little contrast with its ground.
    Faint(ElementId, f32),
    /// A text is too small.
    Small(ElementId, f32),
    /// A mark leaves the picture.
    MarkOutside(ElementId),
}

impl Defect {
    /// The kind in one word, as counted in reports.
    pub fn kind(&self) -> &'static str {
        match self {
            Defect::Clipped(_) | Defect::MarkOutside(_) => "clipped",
            Defect::TextOverText(..) | Defect::TextCovered(..) | Defect::LineThroughText(..) => "overlap",
            Defect::Faint(..) => "low_contrast",
            Defect::Small(..) => "small_text",
        }
    }
}

/// All defects of a scene, in the order of its elements.
pub fn find(scene: &Scene, limits: &Limits) -> Vec<Defect> {
    let mut defects = Vec::new();
    let canvas = scene.bounds();
    let texts: Vec<(ElementId, Quad, Rect, usize)> = scene
        .iter()
        .filter(|(_, e)| !e.label.trim().is_empty())
        .filter_map(|(id, e)| e.text.as_ref().map(|t| (id, t.quad, e.bounds, t.item)))
        .collect();
    for (id, element) in scene.iter() {
        if element.role.is_mark() && !element.bounds.is_empty() && !canvas.grown(0.5).holds(&element.bounds) {
            defects.push(Defect::MarkOutside(id));
        }
    }
    let clips = clips_of_text(scene);
    for (index, (id, quad, bounds, item)) in texts.iter().enumerate() {
        let element = scene.element(*id);
        let text = element.text.as_ref().expect("only texts were taken");
        let room = clips.get(item).map_or(canvas, |clip| canvas.intersection(clip));
        if !room.grown(0.25).holds(bounds) {
            defects.push(Defect::Clipped(*id));
        }
        if text.size < limits.text_px_min {
            defects.push(Defect::Small(*id, text.size));
        }
        let least = limits.cover_max * quad.area().max(1.0);
        for (other, other_quad, ..) in &texts[..index] {
            let allowed = least.min(limits.cover_max * other_quad.area().max(1.0));
            if quad.shared_area(other_quad) > allowed {
                defects.push(Defect::TextOverText(*other, *id));
            }
        }
        covered(scene, *id, quad, bounds, *item, least, &mut defects);
        let contrast = contrast_below(scene, *id, quad, bounds, *item, &mut defects);
        if contrast < limits.contrast_min {
            defects.push(Defect::Faint(*id, contrast));
        }
    }
    defects
}

/// The clip rectangle in force at each text item that stands inside one.
fn clips_of_text(scene: &Scene) -> std::collections::BTreeMap<usize, Rect> {
    let mut open: Vec<Rect> = Vec::new();
    let mut found = std::collections::BTreeMap::new();
    for (index, item) in scene.items.iter().enumerate() {
        match item {
            Item::PushClip(path) => {
                let b = path.bounds();
                let rect = Rect::new(b.left(), b.top(), b.right(), b.bottom());
                open.push(open.last().map_or(rect, |outer| outer.intersection(&rect)));
            }
            Item::PopClip => {
                open.pop();
            }
            Item::Text { .. } => {
                if let Some(clip) = open.last() {
                    found.insert(index, *clip);
                }
            }
            _ => {}
        }
    }
    found
}

/// Looks for fills and strokes painted after the text that cover it.
fn covered(
    scene: &Scene,
    id: ElementId,
    quad: &Quad,
    bounds: &Rect,
    item: usize,
    least: f32,
    out: &mut Vec<Defect>,
) {
    for later in &scene.items[item + 1..] {
        match later {
            Item::Fill { element, path, paint, .. } if near(path, 0.0, bounds) => {
                if matches!(paint, Paint::Solid(c) if c.alpha < 26) {
                    continue;
                }
                if grid(quad).iter().filter(|p| inside(path, **p)).count() > 1 {
                    out.push(Defect::TextCovered(id, *element));
                }
            }
            Item::Stroke { element, path, stroke } if near(path, stroke.width / 2.0, bounds) => {
                let length: f32 = segments(path).iter().map(|(a, b)| quad.segment_inside(*a, *b)).sum();
                if length * stroke.width.max(1.0) > least.max(2.0) {
                    out.push(Defect::TextCovered(id, *element));
                }
            }
            _ => {}
        }
    }
}

/// The least contrast between the letters and what is painted under them; lines under the text that come too near to
/// the colour of the letters are reported.
fn contrast_below(
    scene: &Scene,
    id: ElementId,
    quad: &Quad,
    bounds: &Rect,
    item: usize,
    out: &mut Vec<Defect>,
) -> f32 {
    let color = scene.element(id).color.unwrap_or(Color::BLACK);
    let points = grid(quad);
    let mut grounds = [scene.ground; GRID];
    for earlier in &scene.items[..item] {
        match earlier {
            Item::Fill { path, paint, .. } if near(path, 0.0, bounds) => {
                for (point, ground) in points.iter().zip(&mut grounds) {
                    if inside(path, *point) {
                        *ground = at(paint, *point).over(*ground);
                    }
                }
            }
            Item::Stroke { element, path, stroke } if near(path, stroke.width / 2.0, bounds) => {
                let line = stroke.color.over(grounds[0]);
                let faint = color.over(line).contrast(line) < 2.0;
                let length: f32 = segments(path).iter().map(|(a, b)| quad.segment_inside(*a, *b)).sum();
                if faint && length * stroke.width.max(1.0) > (0.05 * quad.area()).max(2.0) {
                    out.push(Defect::LineThroughText(id, *element));
                }
            }
            _ => {}
        }
    }
    grounds.iter().map(|ground| color.over(*ground).contrast(*ground)).fold(f32::INFINITY, f32::min)
}

/// Points spread over a quad at which cover is probed.
const GRID: usize = 15;

fn grid(quad: &Quad) -> [Point; GRID] {
    let [a, b, _, d] = quad.0;
    let mut points = [Point::default(); GRID];
    for (index, point) in points.iter_mut().enumerate() {
        let (u, v) = ((index % 5) as f32 / 4.0 * 0.96 + 0.02, (index / 5) as f32 / 2.0 * 0.9 + 0.05);
        *point = Point::new(a.x + (b.x - a.x) * u + (d.x - a.x) * v, a.y + (b.y - a.y) * u + (d.y - a.y) * v);
    }
    points
}

fn at(paint: &Paint, point: Point) -> Color {
    match paint {
        Paint::Solid(color) => *color,
        Paint::Linear { from, to, stops } => {
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            let length = (dx * dx + dy * dy).max(1e-6);
            let t = ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
            between(stops, t.clamp(0.0, 1.0))
        }
        Paint::Radial { place, stops } => {
            let mut at = tiny_skia::Point::from_xy(point.x, point.y);
            if let Some(back) = place.invert() {
                back.map_point(&mut at);
            }
            between(stops, libm::hypotf(at.x, at.y).clamp(0.0, 1.0))
        }
    }
}

/// The colour of a gradient at a position from 0 to 1.
fn between(stops: &[(f32, Color)], t: f32) -> Color {
    let after = stops.iter().position(|s| s.0 >= t).unwrap_or(stops.len().saturating_sub(1));
    let (low, high) = (stops[after.saturating_sub(1)], stops[after]);
    low.1.mix(high.1, ((t - low.0) / (high.0 - low.0).max(1e-6)).clamp(0.0, 1.0))
}

fn near(path: &tiny_skia::Path, grow: f32, bounds: &Rect) -> bool {
    let b = path.bounds();
    Rect::new(b.left(), b.top(), b.right(), b.bottom()).grown(grow).overlaps(bounds)
}

/// The straight pieces of a path; curves are cut into eight.
fn segments(path: &tiny_skia::Path) -> Vec<(Point, Point)> {
    let mut list = Vec::new();
    let (mut at, mut start) = (Point::default(), Point::default());
    let p = |p: SkPoint| Point::new(p.x, p.y);
    let mut curve = |from: Point, points: &dyn Fn(f32) -> Point| {
        let mut last = from;
        for step in 1..=8 {
            let next = points(step as f32 / 8.0);
            list.push((last, next));
            last = next;
        }
        last
    };
    let line = |a: Point, b: Point, t: f32| Point::new(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
    for segment in path.segments() {
        at = match segment {
            PathSegment::MoveTo(to) => {
                start = p(to);
                start
            }
            PathSegment::LineTo(to) => {
                let (from, to) = (at, p(to));
                curve(from, &|t| line(from, to, t))
            }
            PathSegment::QuadTo(c, to) => {
                let (from, c, to) = (at, p(c), p(to));
                curve(from, &|t| line(line(from, c, t), line(c, to, t), t))
            }
            PathSegment::CubicTo(c, d, to) => {
                let (from, c, d, to) = (at, p(c), p(d), p(to));
                curve(from, &|t| {
                    let (x, y, z) = (line(from, c, t), line(c, d, t), line(d, to, t));
                    line(line(x, y, t), line(y, z, t), t)
                })
            }
            PathSegment::Close => {
                let (from, to) = (at, start);
                curve(from, &|t| line(from, to, t))
            }
        };
    }
    list
}

/// True when the point lies inside the filled path, by the winding number of its outline.
fn inside(path: &tiny_skia::Path, point: Point) -> bool {
    let b = path.bounds();
    if !Rect::new(b.left(), b.top(), b.right(), b.bottom()).contains(point) {
        return false;
    }
    if path.len() <= 5 && is_upright_rect(path) {
        return true;
    }
    let mut winding = 0;
    for (a, c) in segments(path) {
        if (a.y <= point.y) != (c.y <= point.y) {
            let x = a.x + (point.y - a.y) / (c.y - a.y) * (c.x - a.x);
            if x > point.x {
                winding += if c.y > a.y { 1 } else { -1 };
            }
        }
    }
    winding != 0
}

fn is_upright_rect(path: &tiny_skia::Path) -> bool {
    let b = path.bounds();
    path.segments().all(|s| match s {
        PathSegment::MoveTo(p) | PathSegment::LineTo(p) => {
            (p.x == b.left() || p.x == b.right()) && (p.y == b.top() || p.y == b.bottom())
        }
        PathSegment::Close => true,
        _ => false,
    }) && path.len() >= 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{Fonts, Style};
    use crate::scene::{Align, Role, Stroke, TextSpec, VAlign};

    fn scene_with(text: &str, x: f32) -> Scene {
        let mut scene = Scene::new(200, 80, Color::WHITE);
        let face = Fonts::bundled().families()[0].face(Style::Regular);
        let spec = TextSpec::new(text, face, 14.0, Color::BLACK, Role::Body);
        scene.text(spec.at(x, 40.0, Align::Start, VAlign::Middle)).expect("plain text has glyphs");
        scene
    }

    fn kinds(scene: &Scene) -> Vec<&'static str> {
        find(scene, &Limits::default()).iter().map(Defect::kind).collect()
    }

    #[test]
    fn a_clean_scene_has_none() {
        assert!(kinds(&scene_with("harbour", 20.0)).is_empty());
    }

    #[test]
    fn cut_covered_faint_and_overlapping_text_is_found() {
        assert_eq!(kinds(&scene_with("harbour", 170.0)), ["clipped"]);
        let mut scene = scene_with("harbour", 20.0);
        let bar = scene.mark(Role::Bar, "bar", []);
        scene.rect(bar, Rect::new(40.0, 10.0, 60.0, 70.0), Color::rgb(200, 0, 0));
        assert_eq!(kinds(&scene), ["overlap"]);
        let mut scene = scene_with("harbour", 20.0);
        let line = scene.mark(Role::Line, "line", []);
        scene.line(
            line,
            Point::new(5.0, 38.0),
            Point::new(195.0, 38.0),
            Stroke::new(Color::rgb(9, 9, 200), 2.0),
        );
        assert_eq!(kinds(&scene), ["overlap"]);
        let mut scene = Scene::new(200, 80, Color::WHITE);
        let bar = scene.mark(Role::Bar, "bar", []);
        scene.rect(bar, Rect::new(0.0, 0.0, 100.0, 80.0), Color::BLACK);
        let face = Fonts::bundled().families()[0].face(Style::Regular);
        let spec = TextSpec::new("dark on dark", face, 14.0, Color::rgb(40, 40, 40), Role::Body);
        scene.text(spec.at(5.0, 40.0, Align::Start, VAlign::Middle)).expect("plain text has glyphs");
        assert_eq!(kinds(&scene), ["low_contrast"]);
        let mut scene = scene_with("harbour", 20.0);
        let spec = TextSpec::new("light", face, 14.0, Color::BLACK, Role::Body);
        scene.text(spec.at(30.0, 42.0, Align::Start, VAlign::Middle)).expect("plain text has glyphs");
        assert_eq!(kinds(&scene), ["overlap"]);
    }
}
