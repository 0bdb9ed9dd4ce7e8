//! The bundled fonts, and text turned into placed glyphs. System fonts are never read: the same text has the same
//! shape on every machine.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use crate::geometry::Rect;

include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

/// One face of a family, an index into [`Fonts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// Which face of a family is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// Weight 400, upright.
    #[default]
    Regular,
    /// Weight 700, upright.
    Bold,
    /// Weight 400, italic or oblique.
    Italic,
}

/// What a family looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Without serifs.
    Sans,
    /// With serifs.
    Serif,
    /// With heavy, square serifs.
    Slab,
    /// All advances equal.
    Mono,
    /// Narrow.
    Condensed,
    /// Round ends or informal.
    Rounded,
    /// Looks written by hand.
    Hand,
    /// For headings.
    Display,
    /// For formulas: knows how roots, fractions and brackets are built. No look draws it.
    Math,
}

/// A family as it is bundled.
pub struct Family {
    /// Name, such as `Open Sans`.
    pub name: &'static str,
    /// What it looks like.
    pub class: Class,
    /// SPDX expression of its licence.
    pub licence: &'static str,
    regular: FaceId,
    bold: Option<FaceId>,
    italic: Option<FaceId>,
}

/// One face: its bytes and what was read from them.
pub struct Face {
    /// Name of the family.
    pub family: &'static str,
    /// Which face it is.
    pub style: Style,
    /// The font file.
    pub bytes: &'static [u8],
    /// Height of the ascenders above the baseline, in em.
    pub ascent: f32,
    /// Depth of the descenders below the baseline, in em, positive.
    pub descent: f32,
    /// Height of capitals, in em.
    pub cap_height: f32,
    /// Height of small letters, in em.
    pub x_height: f32,
    shaper: rustybuzz::Face<'static>,
    em: f32,
}

/// All bundled families.
pub struct Fonts {
    families: Vec<Family>,
    faces: Vec<Face>,
}

/// A text that cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The face has no glyph for a character.
    #[error("font `{family}` has no glyph for `{character}` (U+{code:04X}) in `{text}`")]
    MissingGlyph {
        /// The family.
        family: String,
        /// The character.
        character: char,
        /// Its code point.
        code: u32,
        /// The text that holds it.
        text: String,
    },
}

/// A glyph of a shaped text, in em from the start of the baseline, y up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Index in the face.
    pub id: u16,
    /// Right of the start, in em.
    pub x: f32,
    /// Above the baseline, in em.
    pub y: f32,
}

/// A shaped text: glyphs and extents in em, to be scaled by a size.
#[derive(Debug, PartialEq)]
pub struct Shaped {
    /// The glyphs in drawing order.
    pub glyphs: Vec<Glyph>,
    /// Total advance.
    pub width: f32,
    /// Box of the ink, y down from the baseline; empty for blanks.
    pub ink: Rect,
}

impl Fonts {
    /// The fonts that travel with this crate.
    pub fn bundled() -> &'static Fonts {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| {
            let mut fonts = Fonts { families: Vec::new(), faces: Vec::new() };
            for bundled in BUNDLED {
                fonts.add(bundled);
            }
            fonts
        })
    }

    fn add(&mut self, bundled: &Bundled) {
        let mut load = |style, bytes: Option<&'static [u8]>| {
            bytes.map(|bytes| {
                let shaper = rustybuzz::Face::from_slice(bytes, 0).expect("bundled fonts are well-formed");
                let em = f32::from(shaper.units_per_em() as u16);
                let height =
                    |value: Option<i16>, otherwise: f32| value.map_or(otherwise, |v| f32::from(v) / em);
                self.faces.push(Face {
                    family: bundled.name,
                    style,
                    bytes,
                    ascent: f32::from(shaper.ascender()) / em,
                    descent: -f32::from(shaper.descender()) / em,
                    cap_height: height(shaper.capital_height().filter(|h| *h > 0), 0.7),
                    x_height: height(shaper.x_height().filter(|h| *h > 0), 0.5),
                    shaper,
                    em,
                });
                FaceId(self.faces.len() as u16 - 1)
            })
        };
        let regular = load(Style::Regular, Some(bundled.regular)).expect("every family has a regular face");
        let bold = load(Style::Bold, bundled.bold);
        let italic = load(Style::Italic, bundled.italic);
        self.families.push(Family {
            name: bundled.name,
            class: bundled.class,
            licence: bundled.licence,
            regular,
            bold,
            italic,
        });
    }

    /// The families in bundled order.
    pub fn families(&self) -> &[Family] {
        &self.families
    }

    /// All faces, indexed by [`FaceId`].
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// A family by its name.
    pub fn family(&self, name: &str) -> Option<&Family> {
        self.families.iter().find(|f| f.name == name)
    }

    /// The face with this id.
    pub fn get(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// The face that holds exactly these bytes (compared by address): finds ours again in what another engine set.
    pub fn by_bytes(&self, bytes: &[u8]) -> Option<FaceId> {
        self.faces
            .iter()
            .position(|f| f.bytes.as_ptr() == bytes.as_ptr() && f.bytes.len() == bytes.len())
            .map(|i| FaceId(i as u16))
    }

    /// True when the face can draw every character of the text.
    pub fn covers(&self, face: FaceId, text: &str) -> bool {
        let shaper = &self.get(face).shaper;
        text.chars().all(|c| c.is_whitespace() || shaper.glyph_index(c).is_some())
    }

    /// Shapes one line of text, left to right, with kerning and ligatures. Results are kept per thread.
    ///
    /// # Errors
    /// A character without a glyph in this face.
    pub fn shape(&self, face: FaceId, text: &str) -> Result<Rc<Shaped>, TextError> {
        thread_local! {
            static SHAPED: RefCell<HashMap<(FaceId, String), Rc<Shaped>>> = RefCell::new(HashMap::new());
        }
        let key = (face, text.to_owned());
        if let Some(found) = SHAPED.with_borrow(|cache| cache.get(&key).cloned()) {
            return Ok(found);
        }
        let shaped = Rc::new(self.shape_anew(face, text)?);
        SHAPED.with_borrow_mut(|cache| {
            if cache.len() >= 8192 {
                cache.clear();
            }
            cache.insert(key, shaped.clone());
        });
        Ok(shaped)
    }

    fn shape_anew(&self, id: FaceId, text: &str) -> Result<Shaped, TextError> {
        let face = self.get(id);
        let missing = |character: char| TextError::MissingGlyph {
            family: face.family.to_owned(),
            character,
            code: character as u32,
            text: text.to_owned(),
        };
        if let Some(character) =
            text.chars().find(|c| !c.is_whitespace() && face.shaper.glyph_index(*c).is_none())
        {
            return Err(missing(character));
        }
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(rustybuzz::Direction::LeftToRight);
        let output = rustybuzz::shape(&face.shaper, &[], buffer);
        let mut glyphs = Vec::with_capacity(output.len());
        let (mut x, mut ink) = (0.0f32, Rect::EMPTY);
        for (info, position) in output.glyph_infos().iter().zip(output.glyph_positions()) {
            let id = info.glyph_id as u16;
            let at = Glyph {
                id,
                x: x + position.x_offset as f32 / face.em,
                y: position.y_offset as f32 / face.em,
            };
            if let Some(b) = face.shaper.glyph_bounding_box(ttf_parser::GlyphId(id)) {
                ink = ink.union(&Rect::new(
                    at.x + f32::from(b.x_min) / face.em,
                    -at.y - f32::from(b.y_max) / face.em,
                    at.x + f32::from(b.x_max) / face.em,
                    -at.y - f32::from(b.y_min) / face.em,
                ));
            }
            glyphs.push(at);
            x += position.x_advance as f32 / face.em;
        }
        Ok(Shaped { glyphs, width: x, ink })
    }

    /// Width of a line of text at a size, in pixels.
    ///
    /// # Errors
    /// A character without a glyph in this face.
    pub fn width(&self, face: FaceId, size: f32, text: &str) -> Result<f32, TextError> {
        Ok(self.shape(face, text)?.width * size)
    }

    /// Breaks a text into lines no wider than `width` pixels; a single word that is wider stands alone on its line.
    ///
    /// # Errors
    /// A character without a glyph in this face.
    pub fn wrap(&self, face: FaceId, size: f32, text: &str, width: f32) -> Result<Vec<String>, TextError> {
        let mut lines: Vec<String> = Vec::new();
        for word in words(text) {
            if let Some(line) = lines.last_mut() {
                let longer = format!("{line} {word}");
                if self.width(face, size, &longer)? <= width {
                    *line = longer;
                    continue;
                }
            }
            lines.push(word.to_owned());
        }
        Ok(lines)
    }

    /// The outline of a glyph at one unit per em, y down; `None` for blanks.
    pub fn outline(&self, face: FaceId, glyph: u16) -> Option<tiny_skia::Path> {
        let face = self.get(face);
        let mut outline = Outline { path: tiny_skia::PathBuilder::new(), scale: 1.0 / face.em };
        face.shaper.outline_glyph(ttf_parser::GlyphId(glyph), &mut outline)?;
        outline.path.finish()
    }
}

impl Family {
    /// The face of this style; families without one give their regular face.
    pub fn face(&self, style: Style) -> FaceId {
        match style {
            Style::Regular => self.regular,
            Style::Bold => self.bold.unwrap_or(self.regular),
            Style::Italic => self.italic.unwrap_or(self.regular),
        }
    }
}

/// The words of a text between which a line may be broken: what stands between white space, but a short unit in brackets,
/// such as `(k $)`, is one word.
pub fn words(text: &str) -> Vec<&str> {
    const UNIT_MAX: usize = 10;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let end = start + word.len();
        if let Some((open, last)) = found.last_mut() {
            let before = &text[*open..*last];
            let inside = before.starts_with('(') && !before.contains(')') && *last + 1 == start;
            if inside && word.ends_with(')') && end - *open <= UNIT_MAX {
                *last = end;
                continue;
            }
        }
        found.push((start, end));
    }
    found.into_iter().map(|(start, end)| &text[start..end]).collect()
}

struct Outline {
    path: tiny_skia::PathBuilder,
    scale: f32,
}

impl ttf_parser::OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(x * self.scale, -y * self.scale);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(x * self.scale, -y * self.scale);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let s = self.scale;
        self.path.quad_to(x1 * s, -y1 * s, x * s, -y * s);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let s = self.scale;
        self.path.cubic_to(x1 * s, -y1 * s, x2 * s, -y2 * s, x * s, -y * s);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_unit_in_brackets_is_one_word() {
        assert_eq!(words("Revenue (k $)"), ["Revenue", "(k $)"]);
        assert_eq!(words("  Length  of (mean stay) days"), ["Length", "of", "(mean", "stay)", "days"]);
        assert_eq!(words("a (b"), ["a", "(b"]);
        assert_eq!(words(" "), [""; 0]);
    }

    #[test]
    fn at_least_eight_families_travel_with_the_code_and_cover_latin() {
        let fonts = Fonts::bundled();
        assert!(fonts.families().len() >= 8, "{}", fonts.families().len());
        for family in fonts.families() {
            for style in [Style::Regular, Style::Bold, Style::Italic] {
                let face = family.face(style);
                let text = "The quick brown fox, 0123456789 — “jumps” (50 %) €$£°·−×";
                assert_eq!(fonts.shape(face, text).err(), None, "{}", family.name);
            }
        }
    }

    #[test]
    fn a_missing_glyph_is_named() {
        let fonts = Fonts::bundled();
        let face = fonts.families()[0].face(Style::Regular);
        let error = fonts.shape(face, "tea 茶").expect_err("no bundled face has this character");
        assert!(error.to_string().contains("`茶` (U+8336) in `tea 茶`"), "{error}");
    }
}
