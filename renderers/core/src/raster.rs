//! Scenes to pixels: outlines by exact area ([`cover`]), colours from tables ([`shade`]), and a per-thread cache of glyph
//! masks for upright text.
//!
//! Outlines and pens are those of tiny-skia, but not its filling: it takes four samples a pixel in each direction and runs
//! gradients through a pipeline without wide registers, which is two to eight times slower, and it aborts the process
//! where a curve that is cut at the right edge of a picture swings beyond it by a fraction of a pixel.
//!
//! A cached mask depends only on face, glyph, size and the quarter pixel it starts at, so a picture is the same
//! whatever was drawn before it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use ab_glyph_rasterizer::{Point as GlyphPoint, Rasterizer, point};
use tiny_skia::{FillRule, IntSize, LineCap, LineJoin, Mask, Path, PathSegment, Pixmap, Transform};

use crate::color::Color;
use crate::font::{FaceId, Fonts, Shaped};
use crate::geometry::Point;
use crate::scene::{Element, Item, Scene, Stroke};

mod cover;
mod hidden;
mod shade;
#[cfg(test)]
mod tests;

use cover::{Alpha, Rule, cover};
use hidden::Hidden;
use shade::Shade;

/// Sub-pixel positions of a glyph in x; y is rounded to whole pixels, as text renderers do.
const QUARTERS: f32 = 4.0;
/// Text larger than this is filled as paths: large masks would only fill the cache.
const MASK_SIZE_MAX: f32 = 64.0;
/// Masks kept per thread; a full cache is emptied.
const MASKS_MAX: usize = 20_000;

/// Area of a pixel above which contours of a glyph lie over each other (`g` in Roboto): areas are added, so that where
/// they meet the glyph would be too dark.
const COVERED_ONCE: f32 = 1.01;

/// How much of a pixel something covers to which the pixel belongs where edges are not soft, of 255: a quarter, so that
/// lines of half a pixel leave a trace.
const FLAT_SHARE: u8 = 64;

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
    let size = (scene.width, scene.height);
    let mut clips: Vec<Clip> = Vec::new();
    let mut hidden = Hidden::of(scene, size);
    for (number, item) in scene.items.iter().enumerate() {
        hidden.until(number);
        match item {
            Item::Fill { path, paint, even_odd, .. } => {
                if !hidden.hides(path) {
                    let rule = if *even_odd { Rule::EvenOdd } else { Rule::NonZero };
                    fill(pixmap, (path, rule), &Shade::of(paint), clips.last(), &hidden);
                }
            }
            Item::Stroke { path, stroke, .. } => {
                if let Some(outline) = stroked(path, stroke, 1.0) {
                    let shade = Shade::solid(stroke.color);
                    fill(pixmap, (&outline, Rule::NonZero), &shade, clips.last(), &hidden);
                }
            }
            Item::Text { origin, angle, face, size, color, shaped, .. } => {
                let upright = *angle == 0.0 && *size <= MASK_SIZE_MAX && clips.is_empty();
                if upright {
                    paint_masks(pixmap, *origin, *face, *size, *color, shaped);
                } else {
                    let turn = Transform::from_rotate(*angle)
                        .post_translate(origin.x, origin.y)
                        .pre_scale(*size, *size);
                    let shade = Shade::solid(*color);
                    for path in outlines(turn, *face, shaped) {
                        fill(pixmap, (&path, Rule::NonZero), &shade, clips.last(), &hidden);
                    }
                }
            }
            Item::PushClip(path) => {
                let clip = Clip::of(path, size, clips.last());
                clips.push(clip);
            }
            Item::PopClip => {
                clips.pop();
            }
        }
    }
}

/// How much of each pixel may be painted.
struct Clip {
    width: usize,
    shares: Vec<u8>,
}

impl Clip {
    fn of(path: &Path, size: (u32, u32), outer: Option<&Clip>) -> Clip {
        let width = size.0 as usize;
        let mut shares = vec![0; width * size.1 as usize];
        cover(path, Rule::NonZero, size, &mut |row, column, count, alpha| {
            let part = &mut shares[row * width + column..][..count];
            match alpha {
                Alpha::Same(share) => part.fill(share),
                Alpha::Each(each) => part.copy_from_slice(each),
            }
        });
        if let Some(outer) = outer {
            for (inner, outer) in shares.iter_mut().zip(&outer.shares) {
                *inner = (*inner).min(*outer);
            }
        }
        Clip { width, shares }
    }
}

/// Fills what is seen of an outline.
fn fill(
    pixmap: &mut Pixmap,
    (path, rule): (&Path, Rule),
    shade: &Shade,
    clip: Option<&Clip>,
    hidden: &Hidden,
) {
    if shade.is_clear() {
        return;
    }
    let size = (pixmap.width(), pixmap.height());
    let (width, pixels) = (size.0 as usize, pixmap.data_mut());
    let mut within: Vec<u8> = Vec::new();
    let mut seen = |row: usize, column: usize, count: usize, alpha: Alpha<'_>| {
        let pixels = &mut pixels[4 * (row * width + column)..][..4 * count];
        let Some(clip) = clip else { return shade.span(row, column, pixels, alpha) };
        let may = &clip.shares[row * clip.width + column..][..count];
        if may.iter().all(|share| *share == 0) {
            return;
        }
        within.clear();
        let both = |a: u8, b: u8| ((u32::from(a) * u32::from(b) + 127) / 255) as u8;
        match alpha {
            Alpha::Same(255) => within.extend_from_slice(may),
            Alpha::Same(share) => within.extend(may.iter().map(|may| both(*may, share))),
            Alpha::Each(each) => within.extend(may.iter().zip(each).map(|(may, share)| both(*may, *share))),
        }
        shade.span(row, column, pixels, Alpha::Each(&within));
    };
    cover(path, rule, size, &mut |row, column, count, alpha| {
        let (from, until) = hidden.row(row);
        let end = column + count;
        if from >= end || until <= column {
            return seen(row, column, count, alpha);
        }
        if column < from {
            seen(row, column, from - column, alpha.part(0..from - column));
        }
        if until < end {
            seen(row, until, end - until, alpha.part(until - column..count));
        }
    });
}

/// The outline of what a pen leaves along a path; `steps` is how large a unit of the path will be seen.
pub(crate) fn stroked(path: &Path, stroke: &Stroke, steps: f32) -> Option<Path> {
    let pen = sk_stroke(stroke);
    let dashed = match &pen.dash {
        // A line too short for its pattern has none.
        Some(dash) => path.dash(dash, steps),
        None => None,
    };
    dashed.as_ref().unwrap_or(path).stroke(&pen, steps)
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
        let rule = if *even_odd { Rule::EvenOdd } else { Rule::NonZero };
        fill_hard(&mut pixmap, path, rule, &Shade::solid(color));
    }
    pixmap
}

/// Fills the pixels of which an outline covers [`FLAT_SHARE`] or more.
fn fill_hard(pixmap: &mut Pixmap, path: &Path, rule: Rule, shade: &Shade) {
    let size = (pixmap.width(), pixmap.height());
    let (width, pixels) = (size.0 as usize, pixmap.data_mut());
    let mut hard: Vec<u8> = Vec::new();
    let step = |share: u8| if share >= FLAT_SHARE { 255 } else { 0 };
    cover(path, rule, size, &mut |row, column, count, alpha| {
        let pixels = &mut pixels[4 * (row * width + column)..][..4 * count];
        hard.clear();
        match alpha {
            Alpha::Same(share) => return shade.span(row, column, pixels, Alpha::Same(step(share))),
            Alpha::Each(each) => hard.extend(each.iter().map(|share| step(*share))),
        }
        shade.span(row, column, pixels, Alpha::Each(&hard));
    });
}

/// How many pictures a thread keeps the memory of.
const SPARE_MAX: usize = 3;

thread_local! {
    /// The memory of the last pictures, for the next: a system clears new memory page by page, which costs as much as a
    /// twentieth of a picture.
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Pixels of the size, of any colour.
fn fresh(width: u32, height: u32) -> Pixmap {
    let mut bytes = SPARE.with_borrow_mut(Vec::pop).unwrap_or_default();
    bytes.resize(width as usize * height as usize * 4, 0);
    let size = IntSize::from_wh(width, height).expect("a scene has an area");
    Pixmap::from_vec(bytes, size).expect("the buffer has the size of the pixels")
}

/// Pixels of the size that are clear.
///
/// # Panics
/// When there are none, as [`paint`].
pub fn clear(width: u32, height: u32) -> Pixmap {
    let mut pixmap = fresh(width, height);
    pixmap.data_mut().fill(0);
    pixmap
}

/// The same pixels once more.
pub fn copy(pixmap: &Pixmap) -> Pixmap {
    let mut copy = fresh(pixmap.width(), pixmap.height());
    copy.data_mut().copy_from_slice(pixmap.data());
    copy
}

/// Gives back the memory of pixels that are no longer needed, for the next picture of this thread.
pub fn recycle(pixmap: Pixmap) {
    SPARE.with_borrow_mut(|spare| {
        if spare.len() < SPARE_MAX {
            spare.push(pixmap.take());
        }
    });
}

/// The pen of a stroke, as the rasteriser takes it.
fn sk_stroke(stroke: &Stroke) -> tiny_skia::Stroke {
    tiny_skia::Stroke {
        width: stroke.width,
        line_cap: if stroke.round { LineCap::Round } else { LineCap::Butt },
        line_join: if stroke.round { LineJoin::Round } else { LineJoin::Miter },
        dash: tiny_skia::StrokeDash::new(stroke.dash.clone(), 0.0),
        ..tiny_skia::Stroke::default()
    }
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

/// The outlines of glyphs in their places.
fn outlines(turn: Transform, face: FaceId, shaped: &Shaped) -> impl Iterator<Item = Path> {
    shaped.glyphs.iter().filter_map(move |glyph| {
        let place = turn.pre_translate(glyph.x, -glyph.y);
        outline(face, glyph.id).and_then(|path| (*path).clone().transform(place))
    })
}
