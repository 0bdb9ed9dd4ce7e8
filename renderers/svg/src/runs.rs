//! Where text stands: one run for each chunk of text that SVG places on its own.

use pixmo_render::Rect;
use usvg::{Group, Node, Text, Transform, Tree, fontdb};

use crate::error::SvgError;

/// A run of text as it is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The visible string.
    pub text: String,
    /// Box around its ink in pixels.
    pub bounds: Rect,
    /// Font size in pixels, that of its first glyph.
    pub size: f32,
}

/// All runs of a document, in drawing order.
pub(crate) fn of(tree: &Tree) -> Result<Vec<TextRun>, SvgError> {
    let mut runs = Vec::new();
    walk(tree.root(), &mut runs)?;
    Ok(runs)
}

fn walk(group: &Group, runs: &mut Vec<TextRun>) -> Result<(), SvgError> {
    for node in group.children() {
        match node {
            Node::Group(inner) => walk(inner, runs)?,
            Node::Text(text) => runs_of(text, runs)?,
            Node::Path(_) | Node::Image(_) => {}
        }
    }
    Ok(())
}

/// Glyphs come in the order of the chunks; each chunk takes as many as spell its text.
fn runs_of(text: &Text, runs: &mut Vec<TextRun>) -> Result<(), SvgError> {
    let mut chunks = text.chunks().iter().map(|chunk| chunk.text().chars().count());
    let mut left = chunks.next().unwrap_or(usize::MAX);
    let mut run: Option<TextRun> = None;
    for span in text.layouted() {
        for glyph in &span.positioned_glyphs {
            if glyph.id.0 == 0 {
                return Err(SvgError::MissingGlyph { text: glyph.text.clone() });
            }
            let letters = glyph.text.chars().count();
            while left == 0 {
                finish(run.take(), runs);
                left = chunks.next().unwrap_or(usize::MAX);
            }
            left = left.saturating_sub(letters);
            if !span.visible {
                continue;
            }
            let place = text.abs_transform().pre_concat(glyph.outline_transform());
            let ink = ink(glyph.font, glyph.id.0, place);
            let scale = (text.abs_transform().get_scale().0 + text.abs_transform().get_scale().1) / 2.0;
            let run = run.get_or_insert_with(|| TextRun {
                text: String::new(),
                bounds: Rect::EMPTY,
                size: glyph.font_size() * scale,
            });
            run.text.push_str(&glyph.text);
            run.bounds = ink.map_or(run.bounds, |ink| run.bounds.union(&ink));
        }
    }
    finish(run, runs);
    Ok(())
}

fn finish(run: Option<TextRun>, runs: &mut Vec<TextRun>) {
    if let Some(mut run) = run.filter(|run| !run.bounds.is_empty()) {
        run.text = run.text.trim().to_owned();
        runs.push(run);
    }
}

/// Box of a glyph's ink in pixels.
fn ink(font: fontdb::ID, glyph: u16, place: Transform) -> Option<Rect> {
    let database = crate::fonts::database();
    let b = database
        .with_face_data(font, |bytes, index| {
            let face = ttf_parser::Face::parse(bytes, index).ok()?;
            face.glyph_bounding_box(ttf_parser::GlyphId(glyph))
        })
        .flatten()?;
    let corners = [(b.x_min, b.y_min), (b.x_max, b.y_min), (b.x_max, b.y_max), (b.x_min, b.y_max)];
    Some(corners.iter().fold(Rect::EMPTY, |rect, (x, y)| {
        let (x, y) = (f32::from(*x), f32::from(*y));
        let (px, py) = (place.sx * x + place.kx * y + place.tx, place.ky * x + place.sy * y + place.ty);
        rect.union(&Rect::new(px, py, px, py))
    }))
}
