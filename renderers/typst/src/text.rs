//! Text runs: Typst's glyphs as ours, and neighbouring runs of one line joined to one.

use std::rc::Rc;

use pixmo_render::font::{Glyph, Shaped};
use pixmo_render::scene::TextSpec;
use pixmo_render::{Color, FaceId, Fonts, Point, Rect, Role, Scene, Transform};
use typst::text::TextItem;
use typst::visualize::Paint;

use crate::error::TypstError;
use crate::meaning::Meaning;
use crate::shape::solid;

/// Longest part of a text that an error shows, in characters.
const SHOWN_MAX: usize = 80;

/// A run of text in pixels.
#[derive(Debug)]
pub(crate) struct Run {
    /// The visible string.
    text: String,
    face: FaceId,
    /// Font size in pixels.
    size: f32,
    /// Degrees clockwise.
    angle: f32,
    color: Color,
    /// Start of the baseline.
    origin: Point,
    /// Glyphs in em from the origin.
    glyphs: Vec<Glyph>,
    /// Advance in em.
    width: f32,
    /// Box of the ink in em, y down from the baseline.
    ink: Rect,
}

impl Run {
    /// Takes over a run that Typst has set; `place` maps the origin of the run to pixels. Blank runs give `None`.
    pub(crate) fn of(item: &TextItem, place: Transform) -> Result<Option<Self>, TypstError> {
        if item.stroke.is_some() {
            return Err(TypstError::Unsupported { what: "outlined text" });
        }
        let Paint::Solid(color) = &item.fill else {
            return Err(TypstError::Unsupported { what: "text filled with a gradient or pattern" });
        };
        let fonts = Fonts::bundled();
        let face = fonts
            .by_bytes(item.font.font().data().as_slice())
            .expect("the world hands out bundled fonts only");
        if item.glyphs.iter().any(|glyph| glyph.id == 0) {
            return Err(TypstError::MissingGlyph {
                family: fonts.get(face).family.to_owned(),
                text: item.text.chars().take(SHOWN_MAX).collect(),
            });
        }
        if item.text.trim().is_empty() {
            return Ok(None);
        }
        let (angle, scale) = turn(place)?;
        let (ttf, em) = (item.font.ttf(), item.font.units_per_em() as f32);
        let (mut x, mut y) = (0.0f64, 0.0f64);
        let mut glyphs = Vec::with_capacity(item.glyphs.len());
        let mut ink = Rect::EMPTY;
        for glyph in &item.glyphs {
            let at = Glyph {
                id: glyph.id,
                x: (x + glyph.x_offset.get()) as f32,
                y: (y + glyph.y_offset.get()) as f32,
            };
            if let Some(b) = ttf.glyph_bounding_box(ttf_parser::GlyphId(glyph.id)) {
                let [left, top, right, bottom] =
                    [b.x_min, -b.y_max, b.x_max, -b.y_min].map(|v| f32::from(v) / em);
                ink = ink.union(&Rect::new(left, top, right, bottom).moved(at.x, -at.y));
            }
            glyphs.push(at);
            x += glyph.x_advance.get();
            y += glyph.y_advance.get();
        }
        Ok(Some(Self {
            text: item.text.to_string(),
            face,
            size: item.size.to_pt() as f32 * scale,
            angle,
            color: solid(color),
            origin: Point::new(place.tx, place.ty),
            glyphs,
            width: x as f32,
            ink,
        }))
    }

    /// Appends the other run when it continues this one on the same line; gives it back when it does not.
    pub(crate) fn join(&mut self, other: Run) -> Option<Run> {
        let alike = self.face == other.face
            && self.color == other.color
            && (self.size - other.size).abs() < 0.01
            && (self.angle - other.angle).abs() < 0.01;
        if !alike {
            return Some(other);
        }
        let (sin, cos) = direction(self.angle);
        let (dx, dy) = (other.origin.x - self.origin.x, other.origin.y - self.origin.y);
        let along = (dx * cos + dy * sin) / self.size;
        let across = (dy * cos - dx * sin) / self.size;
        let gap = along - self.width;
        if across.abs() > 0.02 || !(-0.1..0.45).contains(&gap) {
            return Some(other);
        }
        let blank_between =
            self.text.ends_with(char::is_whitespace) || other.text.starts_with(char::is_whitespace);
        if gap > 0.14 && !blank_between {
            self.text.push(' ');
        }
        self.text.push_str(&other.text);
        self.glyphs.extend(other.glyphs.iter().map(|g| Glyph { id: g.id, x: g.x + along, y: g.y }));
        self.width = along + other.width;
        self.ink = self.ink.union(&other.ink.moved(along, 0.0));
        None
    }

    /// Adds the run to the scene.
    pub(crate) fn place(self, meaning: &Meaning, scene: &mut Scene) {
        let shaped = Rc::new(Shaped { glyphs: self.glyphs, width: self.width, ink: self.ink });
        // Inside a link that makes a mark, text is text all the same.
        let role = if meaning.role.is_mark() { Role::Body } else { meaning.role };
        let mut spec = TextSpec::new(self.text.trim(), self.face, self.size, self.color, role);
        spec.angle = self.angle;
        spec.data.clone_from(&meaning.data);
        scene.placed_text(spec, self.origin, shaped);
    }
}

/// Rotation in degrees and scale of a transform; stretched, skewed and mirrored text is refused.
fn turn(place: Transform) -> Result<(f32, f32), TypstError> {
    let scale = libm::hypotf(place.sx, place.ky);
    let even = (place.sx - place.sy).abs() < 1e-3 * scale && (place.kx + place.ky).abs() < 1e-3 * scale;
    if !even || scale <= 0.0 {
        return Err(TypstError::Unsupported { what: "stretched, skewed or mirrored text" });
    }
    let angle =
        if place.ky == 0.0 && place.sx > 0.0 { 0.0 } else { libm::atan2f(place.ky, place.sx).to_degrees() };
    Ok((angle, scale))
}

fn direction(angle: f32) -> (f32, f32) {
    if angle == 0.0 { (0.0, 1.0) } else { (libm::sinf(angle.to_radians()), libm::cosf(angle.to_radians())) }
}
