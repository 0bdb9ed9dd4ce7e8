//! The frame of a chart: title, subtitle and note, and what they leave for the plot.

use pixmo_render::font::Style;
use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, FaceId, Fonts, Rect, Role};

use super::sheet::{Drawing, Sheet};
use crate::look::TitlePlace;

/// Lines of one text, measured.
struct Block {
    lines: Vec<String>,
    face: FaceId,
    px: f32,
    color: Color,
    role: Role,
}

impl Block {
    /// Breaks a text into at most `most` lines.
    fn new(
        sheet: &Sheet<'_>,
        text: &str,
        face: FaceId,
        sizes: &[f32],
        most: usize,
        color: Color,
        role: Role,
    ) -> Drawing<Option<Block>> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        for px in sizes {
            if let Some(lines) = sheet.lines(face, *px, text, sheet.area.width())?
                && lines.len() <= most
            {
                return Ok(Some(Block { lines, face, px: *px, color, role }));
            }
        }
        sheet.no_room("title, subtitle or note")
    }

    fn pitch(&self) -> f32 {
        (self.px * 1.24).round()
    }

    fn cap(&self) -> f32 {
        Fonts::bundled().get(self.face).cap_height * self.px
    }

    /// From the top of the capitals of the first line to the depth of the last.
    fn height(&self) -> f32 {
        let descent = Fonts::bundled().get(self.face).descent.min(0.3) * self.px;
        (self.cap() + descent + self.pitch() * (self.lines.len() - 1) as f32).ceil()
    }

    fn paint(&self, sheet: &mut Sheet<'_>, x: f32, align: Align, top: f32) -> Drawing<()> {
        for (index, line) in self.lines.iter().enumerate() {
            let y = top + self.pitch() * index as f32;
            let text = TextSpec::new(line, self.face, self.px, self.color, self.role);
            sheet.set(text.at(x, y, align, VAlign::Top))?;
        }
        Ok(())
    }
}

/// Draws title, subtitle and note and takes their room from the sheet.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let look = sheet.look;
    let mut rng = sheet.rng("frame");
    let title_color = if rng.chance(0.3) { look.accent } else { look.ink };
    let strip = look.theme == "newsroom" && rng.chance(0.6) && !sheet.spec.title.is_empty();
    let rule = look.theme == "almanac" && rng.chance(0.6);
    let share = sheet.text_px / look.text_px;
    let title_px = (look.title_px * share.max(0.85)).round();
    let sizes = [title_px, (title_px * 0.86).round(), (title_px * 0.74).round().max(sheet.text_px)];
    let title = Block::new(sheet, sheet.spec.title, look.title_face(), &sizes, 3, title_color, Role::Title)?;
    let sub_px = [sheet.text_px + 1.0, sheet.text_px];
    let subtitle =
        Block::new(sheet, sheet.spec.subtitle, sheet.face, &sub_px, 3, look.soft_ink, Role::Subtitle)?;
    let note_px = (sheet.text_px * 0.84).max(9.5);
    let note_face = look.face(if rng.chance(0.3) { Style::Italic } else { Style::Regular });
    let note = Block::new(sheet, sheet.spec.note, note_face, &[note_px], 3, look.soft_ink, Role::Note)?;

    let (x, align) = match look.title_place {
        TitlePlace::Left => (sheet.area.left, Align::Start),
        _ => (sheet.area.center().x.round(), Align::Middle),
    };
    let gap = (0.6 * sheet.text_px).round();
    if strip {
        let mark = sheet.scene.ornament();
        let bar = Rect::sized(sheet.area.left, sheet.area.top, 34.0, 5.0);
        sheet.scene.rect(mark, bar, look.accent);
        sheet.area.top += 5.0 + gap;
    }
    let before = sheet.area;
    let below = look.title_place == TitlePlace::Below;
    if let Some(note) = &note {
        let (x, align) = if look.title_place == TitlePlace::Center && rng.chance(0.4) {
            (x, align)
        } else {
            (before.left, Align::Start)
        };
        let top = sheet.area.bottom - note.height();
        note.paint(sheet, x, align, top)?;
        sheet.area.bottom = top - gap * 1.3;
    }
    let blocks = [title, subtitle];
    if below {
        let mut top = sheet.area.bottom;
        for block in blocks.iter().rev().flatten() {
            top -= block.height();
            block.paint(sheet, x, align, top)?;
            top -= gap;
        }
        if blocks.iter().any(Option::is_some) {
            sheet.area.bottom = top - gap * 0.6;
        }
    } else {
        for block in blocks.iter().flatten() {
            block.paint(sheet, x, align, sheet.area.top)?;
            sheet.area.top += block.height() + gap;
        }
        if rule && blocks.iter().any(Option::is_some) {
            let mark = sheet.scene.mark(Role::Rule, "", []);
            let line = Rect::sized(before.left, sheet.area.top.round(), before.width(), 1.0);
            sheet.scene.rect(mark, line, look.ink.mix(look.ground, 0.3));
            sheet.area.top += 1.0 + gap;
        }
        if blocks.iter().any(Option::is_some) {
            sheet.area.top += gap * 0.9;
        }
    }
    if sheet.area.height() < 0.5 * sheet.spec.height as f32 || sheet.area.height() < 110.0 {
        return sheet.no_room("plot, under a title of that length");
    }
    Ok(())
}
