//! Scenes to pixels, with tiny-skia for paths and a per-thread cache of glyph masks for upright text. Masks are made by
//! exact area, which for shapes of a few pixels is both finer and several times faster than taking samples.
//!
//! A cached mask depends only on face, glyph, size and the quarter pixel it starts at, so a picture is the same
//! whatever was drawn before it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use ab_glyph_rasterizer::{Point as GlyphPoint, Rasterizer, point};
use tiny_skia::{
    FillRule, IntSize, LineCap, LineJoin, Mask, Paint as SkPaint, Path, PathSegment, Pixmap, Shader,
    Transform,
};

use crate::color::Color;
use crate::font::{FaceId, Fonts, Shaped};
use crate::geometry::Point;
use crate::scene::{Element, Item, Paint, Scene, Stroke};

/// Sub-pixel positions of a glyph in x; y is rounded to whole pixels, as text renderers do.
const QUARTERS: f32 = 4.0;
/// Text larger than this is filled as paths: large masks would only fill the cache.
const MASK_SIZE_MAX: f32 = 64.0;
/// Masks kept per thread; a full cache is emptied.
const MASKS_MAX: usize = 20_000;

/// Area of a pixel above which contours of a glyph lie over each other (`g` in Roboto): areas are added, so that where
/// they meet the glyph would be too dark.
const COVERED_ONCE: f32 = 1.01;

/// Paints the scene.
///
/// # Panics
/// When the scene has no area, which its makers never allow.
pub fn paint(scene: &Scene) -> Pixmap {
    let mut pixmap = fresh(scene.width, scene.height);
    let Color { red, green, blue, .. } = scene.ground;
    pixmap.fill(tiny_skia::Color::from_rgba8(red, green, blue, 255));
    paint_over(&mut pixmap, scene);
    pixmap
}

/// Paints what is in the scene, but not its ground, over pixels of the same size.
pub fn paint_over(pixmap: &mut Pixmap, scene: &Scene) {
    let mut clips: Vec<Mask> = Vec::new();
    for item in &scene.items {
        match item {
            Item::Fill { path, paint, even_odd, .. } => {
                let rule = if *even_odd { FillRule::EvenOdd } else { FillRule::Winding };
                let mut paint = fill_paint(paint);
                // Edges on whole pixels have nothing to smooth, and sheets and cells are filled several times faster.
                paint.anti_alias = !on_whole_pixels(path);
                pixmap.fill_path(path, &paint, rule, Transform::identity(), clips.last());
            }
            Item::Stroke { path, stroke, .. } => {
                let (paint, pen) = pen(stroke);
                pixmap.stroke_path(path, &paint, &pen, Transform::identity(), clips.last());
            }
            Item::Text { origin, angle, face, size, color, shaped, .. } => {
                let upright = *angle == 0.0 && *size <= MASK_SIZE_MAX && clips.is_empty();
                if upright {
                    paint_masks(pixmap, *origin, *face, *size, *color, shaped);
                } else {
                    let turn = Transform::from_rotate(*angle)
                        .post_translate(origin.x, origin.y)
                        .pre_scale(*size, *size);
                    paint_outlines(pixmap, turn, *face, *color, shaped, clips.last());
                }
            }
            Item::PushClip(path) => {
                let mut mask = Mask::new(scene.width, scene.height).expect("a scene has an area");
                mask.fill_path(path, FillRule::Winding, true, Transform::identity());
                if let Some(outer) = clips.last() {
                    for (inner, outer) in mask.data_mut().iter_mut().zip(outer.data()) {
                        *inner = (*inner).min(*outer);
                    }
                }
                clips.push(mask);
            }
            Item::PopClip => {
                clips.pop();
            }
        }
    }
}

/// Paints the filled paths of some elements, each in one colour and without soft edges, over black: which pixel belongs
/// to what can then be read from its colour. Strokes and text are left out; [`Scene::seen`] makes paths of both.
///
/// # Panics
/// As [`paint`].
pub fn paint_flat(scene: &Scene, color_of: impl Fn(&Element) -> Option<Color>) -> Pixmap {
    let mut pixmap = fresh(scene.width, scene.height);
    pixmap.fill(tiny_skia::Color::BLACK);
    for item in &scene.items {
        let Item::Fill { element, path, even_odd, .. } = item else { continue };
        let Some(color) = color_of(scene.element(*element)) else { continue };
        let rule = if *even_odd { FillRule::EvenOdd } else { FillRule::Winding };
        let mut paint = fill_paint(&Paint::Solid(color));
        paint.anti_alias = false;
        pixmap.fill_path(path, &paint, rule, Transform::identity(), None);
    }
    pixmap
}

thread_local! {
    /// The memory of the last picture, for the next: a system clears new memory page by page, which costs as much as a
    /// twentieth of a picture.
    static SPARE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Pixels of the size, of any colour.
fn fresh(width: u32, height: u32) -> Pixmap {
    let mut bytes = SPARE.take();
    bytes.resize(width as usize * height as usize * 4, 0);
    let size = IntSize::from_wh(width, height).expect("a scene has an area");
    Pixmap::from_vec(bytes, size).expect("the buffer has the size of the pixels")
}

/// Gives back the memory of pixels that are no longer needed, for the next picture of this thread.
pub fn recycle(pixmap: Pixmap) {
    SPARE.set(pixmap.take());
}

/// True for an upright rectangle whose corners lie between pixels.
fn on_whole_pixels(path: &Path) -> bool {
    let mut corners = [Point::new(0.0, 0.0); 5];
    let mut count = 0;
    for (index, part) in path.segments().enumerate() {
        let at = match part {
            PathSegment::MoveTo(at) if index == 0 => at,
            PathSegment::LineTo(at) if (1..5).contains(&index) => at,
            PathSegment::Close if index == count => continue,
            _ => return false,
        };
        if at.x.fract() != 0.0 || at.y.fract() != 0.0 {
            return false;
        }
        corners[index] = Point::new(at.x, at.y);
        count += 1;
    }
    if count == 5 && corners[4] == corners[0] {
        count = 4;
    }
    // Each side runs along one axis, and the sides take turns.
    count == 4
        && (0..4).all(|n| {
            let (a, b, c) = (corners[n], corners[(n + 1) % 4], corners[(n + 2) % 4]);
            (a.x == b.x) != (a.y == b.y) && (a.x == b.x) == (b.y == c.y)
        })
}

fn fill_paint(paint: &Paint) -> SkPaint<'static> {
    let shader = match paint {
        Paint::Solid(color) => Shader::SolidColor(sk(*color)),
        Paint::Linear { from, to, stops } => {
            let points = [*from, *to].map(|p| tiny_skia::Point::from_xy(p.x, p.y));
            let only = first_of(stops);
            let (mode, still) = (tiny_skia::SpreadMode::Pad, Transform::identity());
            tiny_skia::LinearGradient::new(points[0], points[1], sk_stops(stops), mode, still).unwrap_or(only)
        }
        Paint::Radial { place, stops } => {
            let (middle, only) = (tiny_skia::Point::zero(), first_of(stops));
            let mode = tiny_skia::SpreadMode::Pad;
            tiny_skia::RadialGradient::new(middle, 0.0, middle, 1.0, sk_stops(stops), mode, *place)
                .unwrap_or(only)
        }
    };
    SkPaint { shader, anti_alias: true, ..SkPaint::default() }
}

fn sk_stops(stops: &[(f32, Color)]) -> Vec<tiny_skia::GradientStop> {
    stops.iter().map(|(at, color)| tiny_skia::GradientStop::new(*at, sk(*color))).collect()
}

/// What a gradient without extent is filled with.
fn first_of(stops: &[(f32, Color)]) -> Shader<'static> {
    Shader::SolidColor(sk(stops.first().map_or(Color::BLACK, |stop| stop.1)))
}

/// The pen of a stroke, as the rasteriser takes it.
pub(crate) fn sk_stroke(stroke: &Stroke) -> tiny_skia::Stroke {
    tiny_skia::Stroke {
        width: stroke.width,
        line_cap: if stroke.round { LineCap::Round } else { LineCap::Butt },
        line_join: if stroke.round { LineJoin::Round } else { LineJoin::Miter },
        dash: tiny_skia::StrokeDash::new(stroke.dash.clone(), 0.0),
        ..tiny_skia::Stroke::default()
    }
}

fn pen(stroke: &Stroke) -> (SkPaint<'static>, tiny_skia::Stroke) {
    let paint =
        SkPaint { shader: Shader::SolidColor(sk(stroke.color)), anti_alias: true, ..SkPaint::default() };
    (paint, sk_stroke(stroke))
}

fn sk(color: Color) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(color.red, color.green, color.blue, color.alpha)
}

/// A glyph as coverage, with its place relative to the whole pixel of its origin.
struct GlyphMask {
    left: i32,
    top: i32,
    width: i32,
    height: i32,
    coverage: Vec<u8>,
}

type MaskKey = (FaceId, u16, u32, u8);
type Outlines = HashMap<(FaceId, u16), Option<Rc<Path>>>;

thread_local! {
    static MASKS: RefCell<HashMap<MaskKey, Option<Rc<GlyphMask>>>> = RefCell::new(HashMap::new());
    static OUTLINES: RefCell<Outlines> = RefCell::new(HashMap::new());
}

pub(crate) fn outline(face: FaceId, glyph: u16) -> Option<Rc<Path>> {
    OUTLINES.with_borrow_mut(|cache| {
        cache
            .entry((face, glyph))
            .or_insert_with(|| Fonts::bundled().outline(face, glyph).map(Rc::new))
            .clone()
    })
}

fn mask(key: MaskKey) -> Option<Rc<GlyphMask>> {
    if let Some(found) = MASKS.with_borrow(|cache| cache.get(&key).cloned()) {
        return found;
    }
    let made = rasterize(key).map(Rc::new);
    MASKS.with_borrow_mut(|cache| {
        if cache.len() >= MASKS_MAX {
            cache.clear();
        }
        cache.insert(key, made.clone());
    });
    made
}

fn rasterize((face, glyph, size_bits, quarter): MaskKey) -> Option<GlyphMask> {
    let size = f32::from_bits(size_bits);
    let path = outline(face, glyph)?;
    let shift = f32::from(quarter) / QUARTERS;
    let bounds = path.bounds();
    let left = (bounds.left() * size + shift).floor() as i32 - 1;
    let top = (bounds.top() * size).floor() as i32 - 1;
    let width = (bounds.right() * size + shift).ceil() as i32 + 1 - left;
    let height = (bounds.bottom() * size).ceil() as i32 + 1 - top;
    let (width, height) = (width.max(1), height.max(1));
    let mut raster = Rasterizer::new(width as usize, height as usize);
    let place = |at: tiny_skia::Point| point(at.x * size + shift - left as f32, at.y * size - top as f32);
    let (mut start, mut last) = (point(0.0, 0.0), point(0.0, 0.0));
    let mut to = |at: GlyphPoint| std::mem::replace(&mut last, at);
    for part in path.segments() {
        match part {
            PathSegment::MoveTo(at) => {
                start = place(at);
                to(start);
            }
            PathSegment::LineTo(at) => {
                let at = place(at);
                raster.draw_line(to(at), at);
            }
            PathSegment::QuadTo(over, at) => {
                let at = place(at);
                raster.draw_quad(to(at), place(over), at);
            }
            PathSegment::CubicTo(first, second, at) => {
                let at = place(at);
                raster.draw_cubic(to(at), place(first), place(second), at);
            }
            PathSegment::Close => raster.draw_line(to(start), start),
        }
    }
    let mut coverage = vec![0; (width * height) as usize];
    let mut most = 0.0_f32;
    raster.for_each_pixel(|index, share| {
        most = most.max(share);
        coverage[index] = (share.min(1.0) * 255.0 + 0.5) as u8;
    });
    if most > COVERED_ONCE {
        coverage = sampled(&path, size, (shift - left as f32, -top as f32), (width, height))?;
    }
    Some(GlyphMask { left, top, width, height, coverage })
}

/// Coverage by samples, which count a place once whatever lies over it.
fn sampled(path: &Path, size: f32, (x, y): (f32, f32), (width, height): (i32, i32)) -> Option<Vec<u8>> {
    let mut mask = Mask::new(width as u32, height as u32)?;
    mask.fill_path(path, FillRule::Winding, true, Transform::from_scale(size, size).post_translate(x, y));
    Some(mask.take())
}

fn paint_masks(pixmap: &mut Pixmap, origin: Point, face: FaceId, size: f32, color: Color, shaped: &Shaped) {
    let (canvas_width, canvas_height) = (pixmap.width() as i32, pixmap.height() as i32);
    let pixels = pixmap.data_mut();
    for glyph in &shaped.glyphs {
        let x = (origin.x + glyph.x * size) * QUARTERS;
        let x = (x + 0.5).floor();
        let whole = (x / QUARTERS).floor();
        let quarter = (x - whole * QUARTERS) as u8;
        let y = (origin.y - glyph.y * size + 0.5).floor() as i32;
        let Some(mask) = mask((face, glyph.id, size.to_bits(), quarter)) else { continue };
        let (left, top) = (whole as i32 + mask.left, y + mask.top);
        for row in top.max(0)..(top + mask.height).min(canvas_height) {
            let from = left.max(0);
            let until = (left + mask.width).min(canvas_width);
            if from >= until {
                break;
            }
            let mask_row = ((row - top) * mask.width - left) as isize;
            let line = (row * canvas_width) as usize;
            for column in from..until {
                let coverage = mask.coverage[(mask_row + column as isize) as usize];
                if coverage != 0 {
                    let at = (line + column as usize) * 4;
                    blend(&mut pixels[at..at + 4], color, coverage);
                }
            }
        }
    }
}

/// Lays a colour with the given coverage over an opaque pixel.
fn blend(pixel: &mut [u8], color: Color, coverage: u8) {
    let alpha = (u32::from(color.alpha) * u32::from(coverage) + 127) / 255;
    let mix =
        |low: u8, top: u8| ((u32::from(low) * (255 - alpha) + u32::from(top) * alpha + 127) / 255) as u8;
    pixel[0] = mix(pixel[0], color.red);
    pixel[1] = mix(pixel[1], color.green);
    pixel[2] = mix(pixel[2], color.blue);
}

fn paint_outlines(
    pixmap: &mut Pixmap,
    turn: Transform,
    face: FaceId,
    color: Color,
    shaped: &Shaped,
    clip: Option<&Mask>,
) {
    let paint = fill_paint(&Paint::Solid(color));
    for glyph in &shaped.glyphs {
        if let Some(path) = outline(face, glyph.id) {
            pixmap.fill_path(&path, &paint, FillRule::Winding, turn.pre_translate(glyph.x, -glyph.y), clip);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;
    use crate::scene::{Role, Stroke};
    use tiny_skia::PathBuilder;

    #[test]
    fn rectangles_on_whole_pixels_are_the_same_without_smoothing() {
        let colors = [Color::rgb(200, 30, 40), Color { alpha: 120, ..Color::rgb(10, 90, 200) }];
        for (left, top, right, bottom) in [(3, 4, 30, 21), (-5, -3, 12, 9), (10, 0, 11, 40), (30, 20, 60, 80)]
        {
            for color in colors {
                let [l, t, r, b] = [left, top, right, bottom].map(|v| v as f32);
                let mut scene = Scene::new(48, 40, Color::rgb(250, 248, 240));
                let element = scene.ornament();
                scene.rect(element, Rect::new(l, t, r, b), color);
                let mut smooth = Pixmap::new(48, 40).expect("it has an area");
                smooth.fill(sk(scene.ground));
                let path =
                    PathBuilder::from_rect(tiny_skia::Rect::from_ltrb(l, t, r, b).expect("it has an area"));
                assert!(on_whole_pixels(&path));
                let paint = fill_paint(&Paint::Solid(color));
                smooth.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
                assert!(paint_of(&scene) == smooth.data(), "{left} {top} {right} {bottom} {color:?}");
            }
        }
    }

    /// Sixteen times sixteen areas of each pixel, each sampled.
    fn finely(path: &Path, size: f32, (x, y): (f32, f32), (width, height): (i32, i32)) -> Vec<u8> {
        const FINE: usize = 16;
        let [wide, high] = [width as usize * FINE, height as usize * FINE];
        let fine = FINE as f32;
        let place = Transform::from_scale(size, size).post_translate(x, y).post_scale(fine, fine);
        let mut mask = Mask::new(wide as u32, high as u32).expect("it has an area");
        mask.fill_path(path, FillRule::Winding, true, place);
        let (data, pixels) = (mask.data(), (width * height) as usize);
        let sum = |pixel: usize| -> usize {
            let (row, column) = (pixel / width as usize, pixel % width as usize);
            let line = |y: usize| (row * FINE + y) * wide + column * FINE;
            (0..FINE)
                .map(|y| data[line(y)..line(y) + FINE].iter().map(|v| usize::from(*v)).sum::<usize>())
                .sum()
        };
        (0..pixels).map(|pixel| ((sum(pixel) + FINE * FINE / 2) / (FINE * FINE)) as u8).collect()
    }

    #[test]
    fn masks_cover_what_the_outlines_cover() {
        let fonts = Fonts::bundled();
        let (mut exact, mut over, mut far) = (0, 0, 0);
        for face in (0..fonts.faces().len()).map(|index| FaceId(index as u16)) {
            let Ok(shaped) = fonts.shape(face, "agR&8Wi%Q,") else { continue };
            for glyph in &shaped.glyphs {
                for (size, quarter) in [(11.0_f32, 0), (16.0, 3), (33.5, 2)] {
                    let Some(made) = rasterize((face, glyph.id, size.to_bits(), quarter)) else { continue };
                    let path = outline(face, glyph.id).expect("it has a mask");
                    let shift = (f32::from(quarter) / QUARTERS - made.left as f32, -made.top as f32);
                    let area = (made.width, made.height);
                    let truth = finely(&path, size, shift, area);
                    let off = |(a, b): (&u8, &u8)| a.abs_diff(*b);
                    let worst = made.coverage.iter().zip(&truth).map(off).max().unwrap_or(0);
                    // What lies over itself is sampled, four by four in a pixel.
                    if made.coverage == sampled(&path, size, shift, area).expect("it has an area") {
                        over += 1;
                    } else {
                        let name = fonts.get(face).family;
                        // Contours that lie over each other by less than a pixel are not told.
                        assert!(worst <= 100, "glyph {} of {name} at {size}: {worst} of 255 off", glyph.id);
                        far += usize::from(worst > 40);
                        exact += 1;
                    }
                }
            }
        }
        assert!(exact > 1500 && over > 100, "{exact} by area, {over} by samples");
        assert!(far * 50 < exact, "{far} of {exact} glyphs have a pixel that is far off");
    }

    fn paint_of(scene: &Scene) -> Vec<u8> {
        paint(scene).data().to_vec()
    }

    #[test]
    fn other_outlines_keep_their_soft_edges() {
        let mut scene = Scene::new(40, 40, Color::WHITE);
        let element = scene.mark(Role::Ornament, "", []);
        scene.rect(element, Rect::new(3.5, 4.0, 20.0, 20.0), Color::BLACK);
        scene.round_rect(element, Rect::new(3.0, 4.0, 20.0, 20.0), 4.0, Color::BLACK);
        scene.polygon(
            element,
            &[(2.0, 2.0), (20.0, 4.0), (8.0, 30.0), (1.0, 9.0)].map(|(x, y)| Point::new(x, y)),
            Color::BLACK,
        );
        scene.line(element, Point::new(0.0, 0.0), Point::new(9.0, 9.0), Stroke::new(Color::BLACK, 1.0));
        for item in &scene.items {
            if let Item::Fill { path, .. } = item {
                assert!(!on_whole_pixels(path));
            }
        }
    }
}
