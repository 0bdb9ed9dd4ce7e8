//! A scene seen by a camera: moved, turned, scaled, or in perspective. What is drawn stays outlines, so that nothing is
//! blurred by it, and every place that is known of the scene is known of the picture.

use tiny_skia::{Path, PathBuilder, PathSegment, Transform};

use crate::geometry::{Point, Quad, Rect};
use crate::raster;
use crate::scene::{Element, Item, Paint, Scene, Text};

/// How finely the outline of a stroke is cut, in steps a unit of the scene.
const STROKE_STEPS: f32 = 4.0;

/// A projective map of the plane (homography), from places of a scene to pixels of a picture.
///
/// Row by row: `(x, y)` goes to `((m0 x + m1 y + m2) / w, (m3 x + m4 y + m5) / w)` with `w = m6 x + m7 y + m8`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View([f64; 9]);

impl View {
    /// Every place stays where it is.
    pub const STILL: View = View([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);

    /// The map with these nine numbers, row by row; `None` if it has no inverse or a number is not finite.
    pub fn from_rows(rows: [f64; 9]) -> Option<View> {
        let view = View(rows);
        (rows.iter().all(|number| number.is_finite()) && view.determinant().abs() > 1e-12).then_some(view)
    }

    /// Moves by a distance.
    pub fn moved(x: f64, y: f64) -> View {
        View([1.0, 0.0, x, 0.0, 1.0, y, 0.0, 0.0, 1.0])
    }

    /// Scales about the origin; a factor that is not over 0 is taken for 1.
    pub fn scaled(factor: f64) -> View {
        let factor = if factor > 0.0 && factor.is_finite() { factor } else { 1.0 };
        View([factor, 0.0, 0.0, 0.0, factor, 0.0, 0.0, 0.0, 1.0])
    }

    /// Turns about the origin, degrees clockwise (y points down).
    pub fn turned(degrees: f64) -> View {
        let (sin, cos) = (libm::sin(degrees.to_radians()), libm::cos(degrees.to_radians()));
        View([cos, -sin, 0.0, sin, cos, 0.0, 0.0, 0.0, 1.0])
    }

    /// Tilts the plane out of the picture and looks at it from a distance: about the axis that lies at `axis` degrees
    /// clockwise from the x axis, by `tilt` degrees, seen from `distance` before the origin. A distance of three times
    /// the size of a thing is that of someone who holds it in the hand.
    pub fn tilted(axis: f64, tilt: f64, distance: f64) -> View {
        let (sin, cos) = (libm::sin(tilt.to_radians()), libm::cos(tilt.to_radians()));
        // About the x axis: y shrinks by the cosine, and what comes out of the picture divides.
        let about_x = View([1.0, 0.0, 0.0, 0.0, cos, 0.0, 0.0, sin / distance, 1.0]);
        View::turned(-axis).then(&about_x).then(&View::turned(axis))
    }

    /// This map, and then the other.
    pub fn then(&self, next: &View) -> View {
        let (a, b) = (&next.0, &self.0);
        View(std::array::from_fn(|at| {
            let (row, column) = (at / 3, at % 3);
            (0..3).map(|k| a[row * 3 + k] * b[k * 3 + column]).sum()
        }))
    }

    /// The map back; `None` where there is none.
    pub fn inverse(&self) -> Option<View> {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let determinant = self.determinant();
        if determinant.abs() < 1e-12 {
            return None;
        }
        let cofactors = [
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ];
        View::from_rows(cofactors.map(|number| number / determinant))
    }

    fn determinant(&self) -> f64 {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    }

    /// The nine numbers, row by row.
    pub fn rows(&self) -> [f64; 9] {
        self.0
    }

    /// Where a place of the scene lies in the picture.
    pub fn map(&self, point: Point) -> Point {
        let m = &self.0;
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        // Behind the camera there is nothing; a scene is placed so that none of it lies there.
        let w = (m[6] * x + m[7] * y + m[8]).max(1e-6);
        Point::new(((m[0] * x + m[1] * y + m[2]) / w) as f32, ((m[3] * x + m[4] * y + m[5]) / w) as f32)
    }

    /// True when parallel lines stay parallel.
    pub fn is_affine(&self) -> bool {
        self.0[6] == 0.0 && self.0[7] == 0.0
    }

    /// The affine map that is nearest to this one about a place.
    pub fn near(&self, point: Point) -> Transform {
        let m = &self.0;
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        let w = (m[6] * x + m[7] * y + m[8]).max(1e-6);
        let at = self.map(point);
        let (u, v) = (f64::from(at.x), f64::from(at.y));
        let (a, b) = ((m[0] - u * m[6]) / w, (m[1] - u * m[7]) / w);
        let (c, d) = ((m[3] - v * m[6]) / w, (m[4] - v * m[7]) / w);
        let (tx, ty) = (u - a * x - b * y, v - c * x - d * y);
        Transform::from_row(a as f32, c as f32, b as f32, d as f32, tx as f32, ty as f32)
    }

    /// How much larger a small thing at a place of the scene is in the picture: the root of the ratio of the areas.
    pub fn scale_at(&self, point: Point) -> f32 {
        let t = self.near(point);
        (t.sx * t.sy - t.kx * t.ky).abs().sqrt()
    }

    fn path(&self, path: &Path) -> Option<Path> {
        if self.is_affine() {
            return path.clone().transform(self.near(Point::default()));
        }
        let to = |p: tiny_skia::Point| self.map(Point::new(p.x, p.y));
        let mut out = PathBuilder::new();
        let mut last = tiny_skia::Point::zero();
        let middle = |a: tiny_skia::Point, b: tiny_skia::Point| {
            tiny_skia::Point::from_xy((a.x + b.x) / 2.0, (a.y + b.y) / 2.0)
        };
        for part in path.segments() {
            match part {
                PathSegment::MoveTo(at) => {
                    let p = to(at);
                    out.move_to(p.x, p.y);
                    last = at;
                }
                PathSegment::LineTo(at) => {
                    let p = to(at);
                    out.line_to(p.x, p.y);
                    last = at;
                }
                // A curve in perspective is no curve of its kind any more, but each half of it is nearly one.
                PathSegment::QuadTo(a, at) => {
                    let (first, second) = (middle(last, a), middle(a, at));
                    let half = middle(first, second);
                    for (a, b) in [(first, half), (second, at)] {
                        let (a, b) = (to(a), to(b));
                        out.quad_to(a.x, a.y, b.x, b.y);
                    }
                    last = at;
                }
                PathSegment::CubicTo(a, b, at) => {
                    let (ab, bc, cd) = (middle(last, a), middle(a, b), middle(b, at));
                    let (abc, bcd) = (middle(ab, bc), middle(bc, cd));
                    let half = middle(abc, bcd);
                    for (a, b, c) in [(ab, abc, half), (bcd, cd, at)] {
                        let (a, b, c) = (to(a), to(b), to(c));
                        out.cubic_to(a.x, a.y, b.x, b.y, c.x, c.y);
                    }
                    last = at;
                }
                PathSegment::Close => out.close(),
            }
        }
        out.finish()
    }

    fn paint(&self, paint: &Paint) -> Paint {
        match paint {
            Paint::Solid(color) => Paint::Solid(*color),
            Paint::Linear { from, to, stops } => {
                let (from, to) = (self.map(*from), self.map(*to));
                Paint::Linear { from, to, stops: stops.clone() }
            }
            Paint::Radial { place, stops } => {
                let about = self.near(Point::new(place.tx, place.ty));
                Paint::Radial { place: place.post_concat(about), stops: stops.clone() }
            }
        }
    }
}

impl Scene {
    /// What a camera sees of the scene in a picture of the given size. Strokes and text become filled outlines; boxes,
    /// anchors and outlines of text go with them.
    pub fn seen(&self, view: &View, width: u32, height: u32) -> Scene {
        let mut seen = Scene::new(width, height, self.ground);
        seen.elements = self.elements.iter().map(|element| seen_element(element, view)).collect();
        // Where each item has come to, for texts, which know theirs.
        let mut places = Vec::with_capacity(self.items.len());
        for item in &self.items {
            places.push(seen.items.len());
            match item {
                Item::Fill { element, path, paint, even_odd } => {
                    if let Some(path) = view.path(path) {
                        let (paint, even_odd) = (view.paint(paint), *even_odd);
                        seen.items.push(Item::Fill { element: *element, path, paint, even_odd });
                    }
                }
                Item::Stroke { element, path, stroke } => {
                    let outline = raster::stroked(path, stroke, STROKE_STEPS);
                    if let Some(path) = outline.and_then(|path| view.path(&path)) {
                        let paint = Paint::Solid(stroke.color);
                        seen.items.push(Item::Fill { element: *element, path, paint, even_odd: false });
                    }
                }
                Item::Text { element, origin, angle, face, size, color, shaped } => {
                    let turn = Transform::from_rotate(*angle)
                        .post_translate(origin.x, origin.y)
                        .pre_scale(*size, *size);
                    let mut outline = PathBuilder::new();
                    for glyph in &shaped.glyphs {
                        let path = raster::outline(*face, glyph.id);
                        let place = turn.pre_translate(glyph.x, -glyph.y);
                        if let Some(path) = path.and_then(|path| (*path).clone().transform(place)) {
                            outline.push_path(&path);
                        }
                    }
                    if let Some(path) = outline.finish().and_then(|path| view.path(&path)) {
                        let paint = Paint::Solid(*color);
                        seen.items.push(Item::Fill { element: *element, path, paint, even_odd: false });
                    }
                }
                // What cannot be mapped clips everything away, as a clip without area does.
                Item::PushClip(path) => {
                    let nothing = || {
                        PathBuilder::from_rect(
                            tiny_skia::Rect::from_xywh(0.0, 0.0, 0.0, 0.0).expect("a fixed rectangle"),
                        )
                    };
                    seen.items.push(Item::PushClip(view.path(path).unwrap_or_else(nothing)));
                }
                Item::PopClip => seen.items.push(Item::PopClip),
            }
        }
        for text in seen.elements.iter_mut().filter_map(|element| element.text.as_mut()) {
            text.item = places[text.item].min(seen.items.len().saturating_sub(1));
        }
        seen
    }
}

fn seen_element(element: &Element, view: &View) -> Element {
    let Rect { left, top, right, bottom } = element.bounds;
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let bounds = if element.bounds.is_empty() {
        element.bounds
    } else {
        Quad(corners.map(|(x, y)| view.map(Point::new(x, y)))).bounds()
    };
    let anchor = view.map(element.anchor);
    let text = element.text.as_ref().map(|text| Text {
        size: text.size * view.scale_at(element.anchor),
        quad: Quad(text.quad.0.map(|corner| view.map(corner))),
        ..text.clone()
    });
    Element { bounds, anchor, text, ..element.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;
    use crate::font::Fonts;
    use crate::scene::{Align, Role, Stroke, TextSpec, VAlign};

    fn near(a: Point, b: Point) -> bool {
        (a.x - b.x).abs() < 1e-3 && (a.y - b.y).abs() < 1e-3
    }

    fn some_view() -> View {
        View::turned(20.0)
            .then(&View::tilted(35.0, 40.0, 300.0))
            .then(&View::scaled(1.7))
            .then(&View::moved(120.0, 90.0))
    }

    #[test]
    fn there_and_back_is_where_it_was() {
        let view = some_view();
        let back = view.inverse().expect("a camera can be undone");
        for (x, y) in [(0.0, 0.0), (50.0, -20.0), (-70.0, 66.0)] {
            let point = Point::new(x, y);
            assert!(near(back.map(view.map(point)), point), "{point:?}");
        }
        assert!(View::from_rows([0.0; 9]).is_none());
    }

    #[test]
    fn maps_are_applied_in_the_order_they_are_named() {
        let view = View::moved(10.0, 0.0).then(&View::turned(90.0));
        // Clockwise on a page whose y points down: what lies to the right comes to lie below.
        assert!(near(view.map(Point::new(0.0, 0.0)), Point::new(0.0, 10.0)));
        assert!(near(View::turned(90.0).map(Point::new(0.0, -1.0)), Point::new(1.0, 0.0)));
    }

    #[test]
    fn the_nearest_affine_map_goes_with_it_about_a_place() {
        let (view, place) = (some_view(), Point::new(12.0, -31.0));
        let nearest = view.near(place);
        for (x, y) in [(0.0, 0.0), (0.2, 0.0), (0.0, 0.2), (-0.1, 0.15)] {
            let at = Point::new(place.x + x, place.y + y);
            let mut flat = tiny_skia::Point::from_xy(at.x, at.y);
            nearest.map_point(&mut flat);
            let curved = view.map(at);
            assert!(
                (flat.x - curved.x).abs() < 2e-3 && (flat.y - curved.y).abs() < 2e-3,
                "{flat:?} {curved:?}"
            );
        }
    }

    #[test]
    fn what_is_known_of_a_scene_is_known_of_what_is_seen() {
        let mut scene = Scene::new(200, 200, Color::WHITE);
        let hand = scene.mark(Role::Hand, "minute", []);
        scene.line(hand, Point::new(100.0, 100.0), Point::new(100.0, 20.0), Stroke::new(Color::BLACK, 4.0));
        scene.element_mut(hand).anchor = Point::new(100.0, 20.0);
        let face = Fonts::bundled().families()[0].face(crate::font::Style::Regular);
        scene
            .text(TextSpec::new("XII", face, 20.0, Color::BLACK, Role::TickLabel).at(
                100.0,
                40.0,
                Align::Middle,
                VAlign::Middle,
            ))
            .expect("the face has the letters");
        let view = View::moved(-100.0, -100.0).then(&some_view());
        let seen = scene.seen(&view, 300, 300);
        assert!(near(seen.elements[0].anchor, view.map(Point::new(100.0, 20.0))));
        // The ink lies where the elements say, and nowhere else.
        let pixels = raster::paint(&seen);
        let boxes: Vec<Rect> = seen.elements.iter().map(|element| element.bounds.grown(1.5)).collect();
        let mut inked = 0;
        for (index, pixel) in pixels.pixels().iter().enumerate() {
            if pixel.red() < 250 {
                let at = Point::new((index % 300) as f32 + 0.5, (index / 300) as f32 + 0.5);
                assert!(boxes.iter().any(|b| b.contains(at)), "ink at {at:?}");
                inked += 1;
            }
        }
        assert!(inked > 400, "{inked}");
        let item = seen.elements[1].text.as_ref().expect("it is text").item;
        assert!(matches!(&seen.items[item], Item::Fill { element, .. } if element.0 == 1));
    }

    #[test]
    fn a_still_camera_changes_no_place() {
        let mut scene = Scene::new(60, 60, Color::WHITE);
        let element = scene.ornament();
        scene.circle(
            element,
            Point::new(30.0, 30.0),
            20.0,
            Paint::radial(Point::new(25.0, 25.0), 30.0, vec![(0.0, Color::WHITE), (1.0, Color::BLACK)]),
        );
        let seen = scene.seen(&View::STILL, 60, 60);
        assert!(raster::paint(&scene).data() == raster::paint(&seen).data());
        let flat = raster::paint_flat(&seen, |_| Some(Color::rgb(9, 8, 7)));
        let colors: std::collections::BTreeSet<[u8; 3]> =
            flat.pixels().iter().map(|p| [p.red(), p.green(), p.blue()]).collect();
        assert_eq!(colors.into_iter().collect::<Vec<_>>(), [[0, 0, 0], [9, 8, 7]], "no soft edges");
    }
}
