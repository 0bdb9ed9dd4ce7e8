//! The frame of a chart: title, subtitle and note, and what they leave for the plot.

use pixmo_render::font::Style;
use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, FaceId, Fonts, Rect, Role};

use super::sheet::{Drawing, Sheet};
use crate::look::{Head, Mount, TitlePlace};
use crate::mount;

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
    if look.mount == Mount::Part {
        // The whole figure has written what stands above and below its parts.
        return if sheet.area.height() < 110.0 { sheet.no_room("plot") } else { Ok(()) };
    }
    let mut rng = sheet.rng("frame");
    let titled = !sheet.spec.title.trim().is_empty();
    let head = if titled { look.head } else { Head::Plain };
    let band = (head == Head::Band).then(|| mount::band(look, &mut sheet.rng("band")));
    let in_accent = rng.chance(0.3);
    let title_color = match band {
        Some(band) => band.ink().readable_on(band, 5.5),
        None if in_accent => look.accent,
        None => look.ink,
    };
    let sub_color = band.map_or(look.soft_ink, |band| title_color.mix(band, 0.14).readable_on(band, 4.6));
    let share = sheet.text_px / look.text_px;
    let title_px = (look.title_px * share.max(0.85)).round();
    let sizes = [title_px, (title_px * 0.86).round(), (title_px * 0.74).round().max(sheet.text_px)];
    let title = Block::new(sheet, sheet.spec.title, look.title_face(), &sizes, 3, title_color, Role::Title)?;
    let sub_px = [sheet.text_px + 1.0, sheet.text_px];
    let subtitle = Block::new(sheet, sheet.spec.subtitle, sheet.face, &sub_px, 3, sub_color, Role::Subtitle)?;
    let note_px = (sheet.text_px * 0.84).max(9.5);
    let foot = look.foot
        && look.mount != Mount::Card
        && look.title_place != TitlePlace::Below
        && !sheet.spec.note.trim().is_empty();
    let foot_color = look.ground.mix(look.ink, if look.dark { 0.12 } else { 0.07 });
    let note_color = if foot { look.soft_ink.readable_on(foot_color, 4.6) } else { look.soft_ink };
    let note_face = look.face(if rng.chance(0.3) { Style::Italic } else { Style::Regular });
    let note = Block::new(sheet, sheet.spec.note, note_face, &[note_px], 3, note_color, Role::Note)?;

    let (x, align) = match look.title_place {
        TitlePlace::Left => (sheet.area.left, Align::Start),
        _ => (sheet.area.center().x.round(), Align::Middle),
    };
    let gap = (0.6 * sheet.text_px).round();
    match head {
        Head::Strip => {
            let mark = sheet.scene.ornament();
            let bar = Rect::sized(sheet.area.left, sheet.area.top, 34.0, 5.0);
            sheet.scene.rect(mark, bar, look.accent);
            sheet.area.top += 5.0 + gap;
        }
        Head::Bar => {
            let (edge, color) = (sheet.scene.bounds(), if in_accent { look.ink } else { look.accent });
            let mark = sheet.scene.ornament();
            let bar = Rect { bottom: edge.top + (0.45 * sheet.text_px).round(), ..edge };
            sheet.scene.rect(mark, bar, color);
            sheet.area.top = sheet.area.top.max(bar.bottom + gap);
        }
        Head::Band | Head::Rule | Head::Plain => {}
    }
    let before = sheet.area;
    let below = look.title_place == TitlePlace::Below;
    if let Some(note) = &note {
        let (x, align) = if look.title_place == TitlePlace::Center && rng.chance(0.4) {
            (x, align)
        } else {
            (before.left, Align::Start)
        };
        let mut top = sheet.area.bottom - note.height();
        if foot {
            let edge = inner_edge(sheet);
            top = edge.bottom - note.height() - gap * 0.8;
            let mark = sheet.scene.ornament();
            let strip = Rect { top: (top - gap * 0.8).round(), ..edge };
            sheet.scene.rect(mark, strip, foot_color);
        }
        note.paint(sheet, x, align, top)?;
        sheet.area.bottom = top - gap * if foot { 2.1 } else { 1.3 };
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
        if let Some(color) = band {
            let edge = inner_edge(sheet);
            let inner: f32 = blocks.iter().flatten().map(|b| b.height() + gap).sum();
            let top = edge.top + (1.55 * gap).round().min(sheet.area.top - edge.top);
            let mark = sheet.scene.ornament();
            let rect = Rect { bottom: (top + inner + 0.5 * gap).round(), ..edge };
            sheet.scene.rect(mark, rect, color);
            sheet.area.top = top;
        }
        for block in blocks.iter().flatten() {
            block.paint(sheet, x, align, sheet.area.top)?;
            sheet.area.top += block.height() + gap;
        }
        if band.is_some() {
            sheet.area.top += gap;
        }
        if head == Head::Rule && blocks.iter().any(Option::is_some) {
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

/// What a band or foot may reach to: the picture, within its frame.
fn inner_edge(sheet: &Sheet<'_>) -> Rect {
    let bounds = sheet.scene.bounds();
    if sheet.look.mount == Mount::Frame { bounds.grown(-3.0) } else { bounds }
}
