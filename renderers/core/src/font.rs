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
        text.chars().all(|c| has_form(shaper, c))
    }

    /// Shapes one line of text with kerning and ligatures: glyphs stand in the order in which they are seen, also where
    /// the script runs from right to left. Results are kept per thread.
    ///
    /// # Errors
    /// A character without a glyph in this face; breaks of lines, tabulators and other controls are such.
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
        if let Some(character) = text.chars().find(|c| !has_form(&face.shaper, *c)) {
            return Err(missing(character));
        }
        let mut glyphs = Vec::with_capacity(text.len());
        let (mut x, mut ink) = (0.0f32, Rect::EMPTY);
        for (run, direction) in runs_as_seen(text) {
            let mut buffer = rustybuzz::UnicodeBuffer::new();
            buffer.push_str(&text[run.clone()]);
            buffer.set_direction(direction);
            let output = rustybuzz::shape(&face.shaper, &[], buffer);
            for (info, position) in output.glyph_infos().iter().zip(output.glyph_positions()) {
                let id = info.glyph_id as u16;
                if id == 0 {
                    // A blank that the face has no glyph for and the shaper no way around would be seen as a box.
                    let rest = &text[run.start + info.cluster as usize..];
                    return Err(missing(rest.chars().next().unwrap_or('\u{fffd}')));
                }
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

/// Whether a character can be set as it is. Controls cannot, though some faces have a blank glyph for them: a break of the
/// line would be set as nothing at all, and an order to turn letters around would show another text than the data holds.
fn has_form(shaper: &rustybuzz::Face<'_>, c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !c.is_control() && !turns && (c.is_whitespace() || shaper.glyph_index(c).is_some())
}

/// The pieces of a line in the order in which they are seen from left to right, each with the direction of its script.
/// A line without letters that run from right to left is one piece.
fn runs_as_seen(text: &str) -> Vec<(std::ops::Range<usize>, rustybuzz::Direction)> {
    use unicode_bidi::{BidiClass, BidiInfo, bidi_class};
    let turns = |c: char| matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN);
    // Latin letters, digits and signs, which are nearly all that is set, need no look into the tables.
    if text.bytes().all(|b| b < 0xd6) || !text.chars().any(turns) {
        return vec![(0..text.len(), rustybuzz::Direction::LeftToRight)];
    }
    let bidi = BidiInfo::new(text, None);
    let mut runs = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, ranges) = bidi.visual_runs(paragraph, paragraph.range.clone());
        runs.extend(ranges.into_iter().map(|run| {
            let leftwards = levels[run.start].is_rtl();
            let direction =
                if leftwards { rustybuzz::Direction::RightToLeft } else { rustybuzz::Direction::LeftToRight };
            (run, direction)
        }));
    }
    runs
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
    // Spaces that hold words together are no places to break.
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    for word in text.split(breaks).filter(|word| !word.is_empty()) {
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

    /// Glyphs of a text with their places, from left to right.
    fn seen(face: FaceId, text: &str) -> Vec<u16> {
        let shaped = Fonts::bundled().shape(face, text).expect("the face has the letters");
        assert!(shaped.glyphs.windows(2).all(|pair| pair[0].x <= pair[1].x + 0.3), "{text}");
        shaped.glyphs.iter().map(|glyph| glyph.id).collect()
    }

    fn with_letters(text: &str) -> Vec<FaceId> {
        let fonts = Fonts::bundled();
        (0..fonts.faces().len() as u16).map(FaceId).filter(|face| fonts.covers(*face, text)).collect()
    }

    #[test]
    fn hebrew_stands_from_right_to_left_and_numbers_in_it_from_left_to_right() {
        let faces = with_letters("שלום 12");
        for face in &faces {
            let letters: Vec<u16> = "שלום".chars().map(|c| seen(*face, &c.to_string())[0]).collect();
            let backwards: Vec<u16> = letters.iter().rev().copied().collect();
            assert_eq!(seen(*face, "שלום"), backwards);
            let digits = seen(*face, "12");
            let mixed = seen(*face, "שלום 12");
            assert_eq!(mixed[..2], digits, "the number stands left of the word and reads forwards");
            assert_eq!(mixed[mixed.len() - 4..], backwards);
            let latin = seen(*face, "ab שלום");
            assert_eq!(
                latin[..2],
                seen(*face, "ab"),
                "a line that begins in Latin letters runs to the right"
            );
        }
        let lacking = Fonts::bundled().faces().len() - faces.len();
        assert!(lacking > 0, "most faces have no Hebrew letters and say so");
        let without = (0..Fonts::bundled().faces().len() as u16)
            .map(FaceId)
            .find(|face| !faces.contains(face))
            .expect("one was counted");
        let error = Fonts::bundled().shape(without, "שלום").expect_err("it has no such letter");
        assert!(error.to_string().contains("(U+05E9) in `שלום`"), "{error}");
    }

    #[test]
    fn arabic_letters_join_or_are_refused() {
        // Heh alone, at the beginning, in the middle and at the end are four shapes.
        let faces = with_letters("\u{647}");
        for face in &faces {
            let alone = seen(*face, "\u{647}");
            let joined = seen(*face, "\u{647}\u{647}\u{647}");
            let shapes: std::collections::BTreeSet<u16> = joined.iter().chain(&alone).copied().collect();
            assert_eq!(shapes.len(), 4, "{}: {joined:?} {alone:?}", Fonts::bundled().get(*face).family);
        }
        assert!(faces.len() < Fonts::bundled().faces().len());
    }

    #[test]
    fn controls_have_no_glyph() {
        let fonts = Fonts::bundled();
        for (index, text) in (0..fonts.faces().len())
            .flat_map(|i| ["a\tb", "a\nb", "a\0b", "a\u{7}b", "\u{202e}ab"].map(move |t| (i, t)))
        {
            let error = fonts.shape(FaceId(index as u16), text).expect_err("a control cannot be seen");
            let TextError::MissingGlyph { character, .. } = error;
            assert!(character.is_control() || character == '\u{202e}', "{text:?}: {character:?}");
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
