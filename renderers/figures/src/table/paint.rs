//! A measured table as a scene: fills and rules first, then the texts.

use pixmo_render::font::Style;
use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Fonts, Point, Rect, Role, Scene, TextError};

use super::captions::note_px;
use super::line_kind::LineKind;
use super::measure::{
    CellText, Sizes, cell_face, detail_px, fraction, header_face, indent_of, mark, mark_px,
};
use super::sheet::{Art, Line, Printed, Sheet};
use super::style::TableStyle;
use super::{TableLayout, art};
use crate::look::Look;

/// A table on its way into a scene.
pub(super) struct Painter<'a> {
    pub(super) scene: &'a mut Scene,
    pub(super) look: &'a Look,
    pub(super) layout: TableLayout,
    pub(super) style: &'a TableStyle,
    pub(super) sheet: &'a Sheet,
    pub(super) sizes: &'a Sizes,
    /// Left top corner of the table.
    pub(super) left: f32,
    pub(super) top: f32,
}

impl Painter<'_> {
    pub(super) fn x(&self, column: usize) -> f32 {
        self.left + self.sizes.x[column]
    }

    /// Top edge of a line of the body.
    pub(super) fn y(&self, line: usize) -> f32 {
        self.top + self.sizes.y[self.sheet.header_rows + line]
    }

    pub(super) fn right(&self) -> f32 {
        self.x(self.sheet.columns.len())
    }

    pub(super) fn bottom(&self) -> f32 {
        self.y(self.sheet.lines.len())
    }

    pub(super) fn cell_rect(&self, line: usize, cell: &Printed) -> Rect {
        let (columns, rows) = cell.span;
        Rect::new(self.x(cell.column), self.y(line), self.x(cell.column + columns), self.y(line + rows))
    }

    pub(super) fn body_ground(&self) -> Color {
        self.style.body_fill.unwrap_or(self.look.ground)
    }

    /// The colour under the texts of a line.
    pub(super) fn line_fill(&self, index: usize) -> Option<Color> {
        let line = &self.sheet.lines[index];
        match line.kind {
            LineKind::Heading => self.style.group_fill,
            LineKind::Total => self.style.group_fill.filter(|_| self.layout != TableLayout::Ruled),
            LineKind::Subtotal => None,
            LineKind::Item => {
                let start = self.sheet.lines[..index].iter().rposition(|l| l.kind != LineKind::Item);
                let odd = (index - start.map_or(0, |s| s + 1)) % 2 == 1;
                self.style.zebra.filter(|_| odd)
            }
        }
    }

    /// Paints the whole table.
    pub(super) fn paint(&mut self) -> Result<(), TextError> {
        self.fills();
        self.rules();
        for index in 0..self.sheet.header.len() {
            self.header(index)?;
        }
        for index in 0..self.sheet.lines.len() {
            for at in 0..self.sheet.lines[index].cells.len() {
                self.cell(index, at)?;
            }
        }
        self.footnotes()
    }

    fn header(&mut self, index: usize) -> Result<(), TextError> {
        let cell = &self.sheet.header[index];
        let rect = Rect::new(
            self.x(cell.columns.0),
            self.top + self.sizes.y[cell.rows.0],
            self.x(cell.columns.1 + 1),
            self.top + self.sizes.y[cell.rows.1 + 1],
        );
        let hang = if cell.columns.0 == cell.columns.1 { self.sizes.hang[cell.columns.0] } else { 0.0 };
        let (x, align) = self.place(&rect, cell.align, 0.0, hang);
        let lines = &self.sizes.header[index];
        let style = self.style;
        let height = lines.len() as f32 * style.line_px;
        // Headers of unequal length stand on a common last line.
        let last = rect.bottom - style.pad_y - style.line_px / 2.0;
        let middle = rect.center().y + height / 2.0 - style.line_px / 2.0;
        let base = if cell.rows.0 == cell.rows.1 { last.max(middle) } else { middle };
        let face = header_face(self.look, style);
        for (line, text) in lines.iter().enumerate() {
            let y = base - (lines.len() - 1 - line) as f32 * style.line_px;
            let spec = TextSpec::new(text, face, style.text_px, style.header_ink, Role::HeaderCell)
                .at(x, y, align, VAlign::Middle)
                .showing(cell.data.iter().copied());
            self.scene.text(spec)?;
        }
        Ok(())
    }

    /// Where a text of this alignment is placed inside a cell.
    fn place(&self, rect: &Rect, align: Align, indent: f32, hang: f32) -> (f32, Align) {
        let pad = self.style.pad_x;
        match align {
            Align::Start => (rect.left + pad + indent, align),
            Align::Middle => ((rect.left + rect.right - hang) / 2.0, align),
            Align::End => (rect.right - pad - hang, align),
        }
    }

    fn cell(&mut self, index: usize, at: usize) -> Result<(), TextError> {
        let line = &self.sheet.lines[index];
        let cell = &line.cells[at];
        let texts = &self.sizes.cells[index][at];
        let rect = self.cell_rect(index, cell);
        let stripe = self.line_fill(index).filter(|_| cell.span.1 == 1);
        let ground = stripe.unwrap_or(self.body_ground());
        let ground = self.art(&rect, cell, ground);
        if matches!(cell.art, Art::Tick | Art::Cross) {
            return Ok(());
        }
        self.texts(line, cell, texts, &rect, ground)
    }

    /// Draws what stands behind or instead of the text; returns the colour under the text.
    fn art(&mut self, rect: &Rect, cell: &Printed, ground: Color) -> Color {
        let label = cell.text.as_str();
        match cell.art {
            Art::None | Art::Alert(_) => ground,
            Art::Tick | Art::Cross => {
                art::tick(
                    self.scene,
                    self.look,
                    self.style,
                    rect,
                    cell.art == Art::Tick,
                    ground,
                    label,
                    &cell.data,
                );
                ground
            }
            Art::Shade(t) => {
                let fill = self.look.ramp.ramp(0.04 + 0.92 * t);
                let tile = self.scene.mark(Role::Tile, label, cell.data.iter().copied());
                let gap = if self.look.corner > 0.0 { 1.0 } else { 0.5 };
                let tile_rect =
                    Rect::new(rect.left + gap, rect.top + gap, rect.right - gap, rect.bottom - gap);
                self.scene.round_rect(tile, tile_rect, self.look.corner.min(3.0), fill);
                fill
            }
            Art::Bar(share) => {
                let longest = super::measure::bar_px(self.style);
                let extra = rect.width() - self.bar_column_width(cell.column);
                let room = longest + extra.max(0.0);
                let left = rect.left + self.style.pad_x;
                let height = (self.style.line_px * 0.62).round();
                let top = (rect.center().y - height / 2.0).round();
                let bar = self.scene.mark(Role::Bar, label, cell.data.iter().copied());
                let width = (room * share).max(1.0);
                let fill = self.look.color(0).readable_on(ground, 1.7);
                self.scene.round_rect(
                    bar,
                    Rect::new(left, top, left + width, top + height),
                    self.look.corner.min(3.0),
                    fill,
                );
                ground
            }
        }
    }

    /// Width that a column with bars needs for its longest bar and its widest number.
    fn bar_column_width(&self, column: usize) -> f32 {
        let fonts = Fonts::bundled();
        let widest = self
            .sheet
            .lines
            .iter()
            .flat_map(|line| line.cells.iter().map(move |cell| (line, cell)))
            .filter(|(_, cell)| cell.column == column)
            .filter_map(|(line, cell)| {
                let face = cell_face(self.look, line, &self.sheet.columns[column]);
                fonts.width(face, self.style.text_px, &cell.text).ok()
            })
            .fold(0.0f32, f32::max);
        widest + super::measure::bar_px(self.style) + self.style.text_px * 0.6 + 2.0 * self.style.pad_x
    }

    fn texts(
        &mut self,
        line: &Line,
        cell: &Printed,
        texts: &CellText,
        rect: &Rect,
        ground: Color,
    ) -> Result<(), TextError> {
        let (look, style) = (self.look, self.style);
        let column = &self.sheet.columns[cell.column];
        let flagged = matches!(cell.art, Art::Alert(_));
        let face = if flagged { look.face(Style::Bold) } else { cell_face(look, line, column) };
        let hang = self.sizes.hang[cell.column];
        let (mut x, align) = self.place(rect, column.align, indent_of(style, line, cell), hang);
        let fonts = Fonts::bundled();
        if self.sizes.fraction[cell.column] > 0.0 {
            x -= self.sizes.fraction[cell.column] - fonts.width(face, style.text_px, fraction(&cell.text))?;
        }
        let soft = column.soft || cell.missing;
        let ink = match (cell.art, line.kind) {
            // White is easier to read on middle tones than the contrast ratio says.
            (Art::Shade(_), _) if ground.contrast(Color::WHITE) >= 3.2 => Color::WHITE,
            (Art::Shade(_), _) => ground.ink(),
            (Art::Alert(above), _) => alert(above).readable_on(ground, 4.6),
            (_, LineKind::Heading) if style.group_fill.is_none() => look.accent,
            _ if soft => look.soft_ink.readable_on(ground, 4.0),
            _ => look.ink.readable_on(ground, 4.5),
        };
        let small = detail_px(style) * 1.3;
        let height = texts.lines.len().max(1) as f32 * style.line_px + texts.detail.len() as f32 * small;
        // Prices stand on the line of the name, not of the small print below it.
        let top = match self.layout {
            TableLayout::PriceList => rect.top + style.pad_y,
            _ => rect.center().y - height / 2.0,
        };
        if texts.lines.is_empty() {
            // An empty cell still has an element, so that it can be pointed at.
            let spec = TextSpec::new("", face, style.text_px, ink, Role::BodyCell)
                .at(rect.center().x, rect.center().y, Align::Middle, VAlign::Middle)
                .showing(cell.data.iter().copied());
            let id = self.scene.text(spec)?;
            self.scene.element_mut(id).anchor = rect.center();
        }
        let mut end = Point::new(x, top);
        for (number, text) in texts.lines.iter().enumerate() {
            let y = top + (number as f32 + 0.5) * style.line_px;
            let spec = TextSpec::new(text, face, style.text_px, ink, Role::BodyCell)
                .at(x, y, align, VAlign::Middle)
                .showing(cell.data.iter().copied());
            let id = self.scene.text(spec)?;
            end = Point::new(self.scene.element(id).bounds.right, y);
        }
        for (number, text) in texts.detail.iter().enumerate() {
            let y = top + texts.lines.len() as f32 * style.line_px + (number as f32 + 0.5) * small - 1.0;
            let data = cell.detail.as_ref().map(|d| d.1);
            let soft = look.soft_ink.readable_on(ground, 4.0);
            let spec = TextSpec::new(text, look.face(Style::Regular), detail_px(style), soft, Role::BodyCell)
                .at(x, y, align, VAlign::Middle)
                .showing(data);
            self.scene.text(spec)?;
        }
        if let Some(note) = cell.note {
            let y = end.y - style.text_px * 0.3;
            let letter = mark(note);
            let spec = TextSpec::new(
                &letter,
                look.face(Style::Regular),
                mark_px(style),
                look.accent.readable_on(ground, 4.5),
                Role::Note,
            )
            .at(end.x + 2.0, y, Align::Start, VAlign::Middle)
            .showing(self.sheet.footnotes[note].about.iter().copied());
            self.scene.text(spec)?;
        }
        if column.leaders && self.sheet.columns.len() > 1 && texts.lines.len() == 1 {
            self.leaders(rect, end, cell);
        }
        Ok(())
    }

    /// Dots from the end of a name to the number on its line.
    fn leaders(&mut self, rect: &Rect, end: Point, cell: &Printed) {
        let face = Fonts::bundled().get(self.look.face(Style::Regular));
        let y = (end.y + face.cap_height * self.style.text_px / 2.0).round() - 0.5;
        let row = cell.data.first().map(|d| d.row);
        let next = self.sheet.lines.iter().zip(&self.sizes.cells).find_map(|(line, _)| {
            line.cells.iter().find(|c| c.column == 1 && c.data.first().map(|d: &Datum| d.row) == row)
        });
        let text = next.map_or("", |c| c.text.as_str());
        let width =
            Fonts::bundled().width(self.look.face(Style::Regular), self.style.text_px, text).unwrap_or(0.0);
        let to = self.x(2) - self.style.pad_x - width - 6.0;
        let from = end.x + 6.0;
        if to - from < 10.0 || rect.is_empty() {
            return;
        }
        let element = self.scene.mark(Role::Rule, "", []);
        let color = self.look.ground.mix(self.look.ink, 0.45);
        let pen = Stroke::new(color, 1.2).dashed(&[1.2, 4.0]);
        self.scene.line(element, Point::new(from.round(), y), Point::new(to, y), pen);
    }

    fn footnotes(&mut self) -> Result<(), TextError> {
        let px = note_px(self.look);
        let face = self.look.face(Style::Regular);
        let mut y = self.bottom() + self.look.text_px * 0.7;
        for (index, note) in self.sheet.footnotes.iter().enumerate() {
            for (number, text) in self.sizes.footnotes[index].iter().enumerate() {
                let middle = y + px * 0.68;
                if number == 0 {
                    let letter = mark(index);
                    let spec =
                        TextSpec::new(&letter, face, mark_px(self.style), self.look.accent, Role::Note)
                            .at(self.left, middle - px * 0.2, Align::Start, VAlign::Middle)
                            .showing(note.about.iter().copied());
                    self.scene.text(spec)?;
                }
                let spec = TextSpec::new(text, face, px, self.look.soft_ink, Role::Note)
                    .at(self.left + 12.0, middle, Align::Start, VAlign::Middle)
                    .showing([note.data]);
                self.scene.text(spec)?;
                y += px * 1.35;
            }
        }
        Ok(())
    }
}

/// The colour of results above their range, or below it.
fn alert(above: bool) -> Color {
    if above { Color::rgb(196, 30, 42) } else { Color::rgb(24, 92, 190) }
}

/// Height that footnotes take below the table.
pub(super) fn footnotes_height(look: &Look, sizes: &Sizes) -> f32 {
    match sizes.footnotes.iter().map(Vec::len).sum::<usize>() {
        0 => 0.0,
        lines => lines as f32 * note_px(look) * 1.35 + look.text_px * 0.7,
    }
}
