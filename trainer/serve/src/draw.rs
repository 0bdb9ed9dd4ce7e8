//! Points on a picture: a ring around each place, and its number beside it, where it hides as little as possible.

use pixmo_preprocess::Picture;
use pixmo_render::font::{Class, FaceId, Fonts, Style};
use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Pixmap, Point, Rect, Role, Scene, picture, raster};

use crate::found::{Found, in_pixels};

/// A picture whose longer side is shorter is enlarged to about this many pixels, each pixel to a square, so that numbers
/// can be read on it.
const SIDE_MIN: usize = 480;
/// Colours of groups, in order; they begin anew when there are more.
const COLORS: [Color; 8] = [
    Color::rgb(214, 39, 40),
    Color::rgb(31, 119, 180),
    Color::rgb(44, 160, 44),
    Color::rgb(148, 52, 189),
    Color::rgb(255, 127, 14),
    Color::rgb(0, 139, 139),
    Color::rgb(199, 21, 133),
    Color::rgb(110, 80, 40),
];
/// Letters of a label that are drawn.
const LABEL_CHARS_MAX: usize = 24;
/// Directions in which a number may stand beside its place, the most usual first.
const DIRECTIONS: [(f32, f32); 8] =
    [(1.0, -1.0), (1.0, 1.0), (-1.0, -1.0), (-1.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)];
/// How far away it may stand, in radii of a ring.
const DISTANCES: [f32; 4] = [1.2, 2.4, 4.0, 6.5];

/// The picture with all points, in PNG. The first point of each group also has its label.
#[must_use]
pub fn points(picture: &Picture, found: &[Found]) -> Vec<u8> {
    let long = picture.width().max(picture.height());
    let factor = if long >= SIDE_MIN { 1 } else { SIDE_MIN.div_ceil(long) };
    let mut pixmap = enlarged(picture, factor);
    let scene = scene(pixmap.width(), pixmap.height(), found);
    raster::paint_over(&mut pixmap, &scene);
    picture::png(&pixmap)
}

/// A picture with each pixel as a square of so many pixels a side.
fn enlarged(picture: &Picture, factor: usize) -> Pixmap {
    let (width, height) = (picture.width() * factor, picture.height() * factor);
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    let mut pixmap = Pixmap::new(side(width), side(height))
        .expect("a picture has at least one pixel, and at most those that its limits allow");
    let rows = pixmap.data_mut().chunks_exact_mut(4 * width);
    for (y, row) in rows.enumerate() {
        let from = &picture.pixels()[3 * picture.width() * (y / factor)..][..3 * picture.width()];
        for (x, into) in row.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let [red, green, blue] = from.as_chunks::<3>().0[x / factor];
            *into = [red, green, blue, 255];
        }
    }
    pixmap
}

/// A number with its place, before it is drawn.
struct Marker {
    at: Point,
    text: String,
    color: Color,
    /// Where its number stands.
    badge: Rect,
}

/// How large things are drawn.
struct Sizes {
    face: FaceId,
    text: f32,
    ring: f32,
}

impl Sizes {
    fn of(width: u32, height: u32) -> Sizes {
        let fonts = Fonts::bundled();
        let family = fonts.families().iter().find(|family| family.class == Class::Sans);
        let face = family.map_or(FaceId(0), |family| family.face(Style::Bold));
        // A share of the shorter side; long strips have small ones, and numbers must be read there, too.
        let text = (width.min(height) as f32 * 0.032).clamp(14.0, 72.0);
        Sizes { face, text, ring: text * 0.5 }
    }

    /// The size of a badge with a text.
    fn badge(&self, text: &str) -> (f32, f32) {
        let width = Fonts::bundled().width(self.face, self.text, text).unwrap_or(self.text);
        (width + self.text * 0.7, self.text * 1.4)
    }
}

fn scene(width: u32, height: u32, found: &[Found]) -> Scene {
    let sizes = Sizes::of(width, height);
    let mut scene = Scene::new(width, height, Color::WHITE);
    let markers = markers(&sizes, &scene.bounds(), found);
    let line = (sizes.ring * 0.28).max(2.0);
    for marker in &markers {
        let leader = scene.ornament();
        let to = nearest(&marker.badge, marker.at);
        scene.line(leader, marker.at, to, Stroke::new(Color::WHITE, line * 2.0));
        scene.line(leader, marker.at, to, Stroke::new(marker.color, line));
    }
    for marker in &markers {
        let ring = scene.ornament();
        let circle = |radius: f32| {
            Rect::new(marker.at.x - radius, marker.at.y - radius, marker.at.x + radius, marker.at.y + radius)
        };
        scene.frame(ring, circle(sizes.ring), sizes.ring, Stroke::new(Color::WHITE, line * 2.2));
        scene.frame(ring, circle(sizes.ring), sizes.ring, Stroke::new(marker.color, line));
        scene.circle(ring, marker.at, line * 1.1, Color::WHITE);
        scene.circle(ring, marker.at, line * 0.7, marker.color);
    }
    for marker in &markers {
        let badge = scene.ornament();
        let round = sizes.text * 0.35;
        scene.round_rect(badge, marker.badge.grown(line * 0.6), round, Color::WHITE);
        scene.round_rect(badge, marker.badge, round, marker.color);
        let (x, y) = (marker.badge.center().x, marker.badge.center().y);
        let text = TextSpec::new(&marker.text, sizes.face, sizes.text, marker.color.ink(), Role::Note);
        // What the face has no letters for was taken out before.
        let _drawn = scene.text(text.at(x, y, Align::Middle, VAlign::Middle));
    }
    scene
}

/// Numbers beside their places: each where it lies over the fewest others.
fn markers(sizes: &Sizes, bounds: &Rect, found: &[Found]) -> Vec<Marker> {
    let at = |one: &Found| {
        let x = in_pixels(one.point.x, bounds.right as usize) as f32;
        let y = in_pixels(one.point.y, bounds.bottom as usize) as f32;
        Point::new(x.clamp(0.0, bounds.right), y.clamp(0.0, bounds.bottom))
    };
    let ring = |at: Point| {
        let reach = sizes.ring * 1.2;
        Rect::new(at.x - reach, at.y - reach, at.x + reach, at.y + reach)
    };
    let rings: Vec<Rect> = found.iter().map(|one| ring(at(one))).collect();
    let mut markers: Vec<Marker> = Vec::with_capacity(found.len());
    for (index, one) in found.iter().enumerate() {
        let is_first = index == 0 || found[index - 1].group != one.group;
        let text = text_of(index + 1, if is_first { &one.label } else { "" }, sizes.face);
        let place = at(one);
        let badge = (0..DISTANCES.len() * DIRECTIONS.len())
            .map(|choice| {
                let rect = candidate(sizes, bounds, place, &text, choice);
                let over = |other: &Rect| shared(&rect, other);
                let cost = 4.0 * markers.iter().map(|other| over(&other.badge)).sum::<f32>()
                    + 2.0 * rings.iter().map(over).sum::<f32>()
                    + sizes.text * (choice / DIRECTIONS.len()) as f32
                    + 0.01 * (choice % DIRECTIONS.len()) as f32;
                (rect, cost)
            })
            .min_by(|(_, a), (_, b)| a.total_cmp(b))
            .map_or(*bounds, |(rect, _)| rect);
        markers.push(Marker { at: place, text, color: COLORS[one.group % COLORS.len()], badge });
    }
    markers
}

/// One of the places for a number, moved into the picture.
fn candidate(sizes: &Sizes, bounds: &Rect, at: Point, text: &str, choice: usize) -> Rect {
    let (width, height) = sizes.badge(text);
    let (right, down) = DIRECTIONS[choice % DIRECTIONS.len()];
    let away = sizes.ring * DISTANCES[(choice / DIRECTIONS.len()).min(DISTANCES.len() - 1)];
    // The nearest edge of the badge is `away` from the place in the chosen direction.
    let left = at.x + right * away + (right - 1.0) / 2.0 * width;
    let top = at.y + down * away + (down - 1.0) / 2.0 * height;
    let left = left.min(bounds.right - width - 2.0).max(2.0);
    let top = top.min(bounds.bottom - height - 2.0).max(2.0);
    Rect::new(left, top, left + width, top + height)
}

fn shared(a: &Rect, b: &Rect) -> f32 {
    let both = a.intersection(b);
    if both.is_empty() { 0.0 } else { both.area() }
}

/// The point of a rectangle that is nearest to another.
fn nearest(rect: &Rect, to: Point) -> Point {
    Point::new(to.x.clamp(rect.left, rect.right), to.y.clamp(rect.top, rect.bottom))
}

/// A number, with its label where it has one; characters that the face does not have are left out.
fn text_of(number: usize, label: &str, face: FaceId) -> String {
    let fonts = Fonts::bundled();
    let one_line = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let known: String =
        one_line.chars().filter(|character| fonts.covers(face, character.encode_utf8(&mut [0; 4]))).collect();
    let known = known.trim();
    if known.is_empty() {
        return number.to_string();
    }
    let short: String = known.chars().take(LABEL_CHARS_MAX).collect();
    let end = if short.len() < known.len() { "..." } else { "" };
    format!("{number} {}{end}", short.trim_end())
}

#[cfg(test)]
mod tests {
    use pixmo_preprocess::points::Point as PerCent;

    use super::*;

    fn found(x: f64, y: f64, label: &str, group: usize) -> Found {
        Found { point: PerCent { x, y }, label: label.to_owned(), group }
    }

    fn grey(width: usize, height: usize) -> Picture {
        Picture::new(width, height, vec![128; 3 * width * height]).expect("a picture")
    }

    #[test]
    fn numbers_stand_apart_and_inside() {
        let many: Vec<Found> = (0..40)
            .map(|number| found(f64::from(number % 8) * 14.0, f64::from(number / 8) * 24.0, "things", 0))
            .collect();
        let bounds = Rect::new(0.0, 0.0, 800.0, 600.0);
        let sizes = Sizes::of(800, 600);
        let markers = markers(&sizes, &bounds, &many);
        assert_eq!(markers.len(), 40);
        for (index, one) in markers.iter().enumerate() {
            assert!(bounds.holds(&one.badge), "{}", one.text);
            for other in &markers[index + 1..] {
                assert!(shared(&one.badge, &other.badge) < 1.0, "{} over {}", one.text, other.text);
            }
        }
        assert_eq!((markers[0].text.as_str(), markers[39].text.as_str()), ("1 things", "40"));
    }

    #[test]
    fn pictures_of_any_shape_are_drawn_on() {
        for (width, height) in [(1, 1), (1, 3000), (3000, 2), (30, 20), (640, 480)] {
            let drawn =
                points(&grey(width, height), &[found(0.0, 0.0, "日本", 0), found(100.0, 100.0, "x", 1)]);
            let read = Picture::decode(&drawn, &pixmo_pictures::Limits::default()).expect("a PNG");
            let long = width.max(height);
            let factor = if long >= SIDE_MIN { 1 } else { SIDE_MIN.div_ceil(long) };
            assert_eq!((read.width(), read.height()), (width * factor, height * factor));
        }
    }

    #[test]
    fn a_place_has_the_colour_of_its_group_at_its_middle() {
        let drawn = points(&grey(640, 480), &[found(50.0, 50.0, "a", 0), found(25.0, 75.0, "b", 1)]);
        let read = Picture::decode(&drawn, &pixmo_pictures::Limits::default()).expect("a PNG");
        let at = |x: usize, y: usize| read.pixels()[3 * (y * 640 + x)..][..3].to_vec();
        assert_eq!(at(320, 240), [COLORS[0].red, COLORS[0].green, COLORS[0].blue]);
        assert_eq!(at(160, 360), [COLORS[1].red, COLORS[1].green, COLORS[1].blue]);
        assert_eq!(at(5, 470), [128; 3], "the rest of the picture is left alone");
    }

    #[test]
    fn labels_are_short_and_of_letters_that_there_are() {
        let face = Sizes::of(640, 480).face;
        assert_eq!(text_of(3, "", face), "3");
        assert_eq!(text_of(3, "two\n cats", face), "3 two cats");
        assert_eq!(text_of(3, "日本", face), "3");
        assert_eq!(
            text_of(3, "a very long name of a thing that is there", face),
            "3 a very long name of a th..."
        );
    }
}
