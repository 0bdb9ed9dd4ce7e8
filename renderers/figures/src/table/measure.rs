//! How wide the columns and how high the lines of a table are.

use pixmo_render::font::{Style, words};
use pixmo_render::scene::Align;
use pixmo_render::{FaceId, Fonts, TextError};

use super::captions::{Captions, balanced, note_px};
use super::line_kind::LineKind;
use super::sheet::{Art, Line, Printed, Sheet, SheetColumn};
use super::style::{TableStyle, Ticks};
use super::{TableLayout, TableSpec};
use crate::FigureError;
use crate::look::Look;

/// A measured table: edges in pixels from its left top corner, and its texts broken into lines.
#[derive(Debug)]
pub(super) struct Sizes {
    /// Left edge of each column and the right edge of the last.
    pub(super) x: Vec<f32>,
    /// Top edge of each header row, then of each line, and the bottom edge of the last.
    pub(super) y: Vec<f32>,
    /// The lines of each header's text.
    pub(super) header: Vec<Vec<String>>,
    /// The lines of each cell's text and detail.
    pub(super) cells: Vec<Vec<CellText>>,
    /// Room for footnote marks at the right of each column.
    pub(super) hang: Vec<f32>,
    /// Width of the longest fraction of each column that is aligned at the decimal point.
    pub(super) fraction: Vec<f32>,
    /// Footnotes broken into lines.
    pub(super) footnotes: Vec<Vec<String>>,
}

/// A cell's text broken into lines.
#[derive(Debug)]
pub(super) struct CellText {
    pub(super) lines: Vec<String>,
    pub(super) detail: Vec<String>,
}

/// Size of the small print below a cell's text.
pub(super) fn detail_px(style: &TableStyle) -> f32 {
    (style.text_px - 2.0).max(9.5)
}

/// Size of footnote marks.
pub(super) fn mark_px(style: &TableStyle) -> f32 {
    (style.text_px * 0.72).max(9.0)
}

/// The mark of the footnote with this index.
pub(super) fn mark(index: usize) -> String {
    char::from(b'a' + (index % 26) as u8).to_string()
}

/// Pixels that each step of indent moves a text.
pub(super) fn indent_px(style: &TableStyle, line: &Line) -> f32 {
    f32::from(line.indent) * style.text_px
}

/// Side of the square that a tick or cross is drawn in.
pub(super) fn tick_px(style: &TableStyle) -> f32 {
    (style.text_px * if style.ticks == Ticks::Discs { 1.35 } else { 1.05 }).round()
}

/// Length of the longest bar of a column with bars.
pub(super) fn bar_px(style: &TableStyle) -> f32 {
    (style.text_px * 9.0).round()
}

/// The face that a cell is set in.
pub(super) fn cell_face(look: &Look, line: &Line, column: &SheetColumn) -> FaceId {
    let bold = column.bold || line.kind != LineKind::Item;
    look.face(if bold { Style::Bold } else { Style::Regular })
}

/// The face of headers.
pub(super) fn header_face(look: &Look, style: &TableStyle) -> FaceId {
    look.face(if style.header_bold { Style::Bold } else { Style::Regular })
}

/// The part of a printed number from its decimal point on, if it has one.
pub(super) fn fraction(text: &str) -> &str {
    match text.rfind('.') {
        Some(at) if text[at + 1..].chars().all(|c| c.is_ascii_digit()) => &text[at..],
        _ => "",
    }
}

/// A heading in its name and the unit in brackets behind it.
fn unit_of(text: &str) -> Option<(&str, &str)> {
    let at = text.rfind(" (").filter(|_| text.ends_with(')'))?;
    Some((&text[..at], &text[at + 1..]))
}

/// The lines of a heading: a unit in brackets begins a line of its own rather than being torn apart.
fn header_lines(face: FaceId, px: f32, text: &str, width: f32) -> Result<Vec<String>, TextError> {
    let fonts = Fonts::bundled();
    let lines = fonts.wrap(face, px, text, width)?;
    match unit_of(text) {
        Some((name, unit)) if lines.len() > 1 && fonts.width(face, px, unit)? <= width => {
            let mut parts = fonts.wrap(face, px, name, width)?;
            let last = parts.last().map_or(unit.to_owned(), |last| format!("{last} {unit}"));
            // Beside the end of the name where it fits without a line of its own.
            if parts.len() > 1 && fonts.width(face, px, &last)? <= width {
                parts.pop();
                parts.push(last);
            } else {
                parts.push(unit.to_owned());
            }
            Ok(parts)
        }
        _ => Ok(lines),
    }
}

fn longest_word(face: FaceId, px: f32, text: &str) -> Result<f32, TextError> {
    let fonts = Fonts::bundled();
    words(text)
        .into_iter()
        .map(|word| fonts.width(face, px, word))
        .try_fold(0.0f32, |widest, width| width.map(|w| widest.max(w)))
}

/// The least and the best inner width of a column.
#[derive(Clone, Copy, Debug, Default)]
struct Width {
    least: f32,
    best: f32,
}

impl Width {
    fn hold(&mut self, least: f32, best: f32) {
        self.least = self.least.max(least);
        self.best = self.best.max(best);
    }
}

/// Measures a sheet for pictures no wider than the spec allows.
///
/// # Errors
/// No room, or a missing glyph.
pub(super) fn measure(spec: &TableSpec<'_>, style: &TableStyle, sheet: &Sheet) -> Result<Sizes, FigureError> {
    let look = spec.look;
    let count = sheet.columns.len();
    let mut hang = vec![0.0f32; count];
    for cell in sheet.lines.iter().flat_map(|l| &l.cells) {
        if let Some(note) = cell.note {
            let width = Fonts::bundled().width(look.face(Style::Regular), mark_px(style), &mark(note))?;
            hang[cell.column] = hang[cell.column].max(width + 2.0);
        }
    }
    let fraction = fractions(spec, style, sheet)?;
    let widths = column_widths(spec, style, sheet, &hang, &fraction)?;
    let mut x = vec![0.0f32];
    for width in widths {
        x.push(x.last().copied().unwrap_or(0.0) + width);
    }
    let fonts = Fonts::bundled();
    let inner = |first: usize, last: usize| x[last + 1] - x[first] - 2.0 * style.pad_x;
    let mut header = Vec::new();
    let mut heights = vec![0.0f32; sheet.header_rows + sheet.lines.len()];
    for cell in &sheet.header {
        let (first, last) = cell.columns;
        let width = inner(first, last) - if first == last { hang[first] } else { 0.0 };
        let lines = header_lines(header_face(look, style), style.text_px, &cell.text, width + 0.5)?;
        let height = lines.len().max(1) as f32 * style.line_px + 2.0 * style.pad_y;
        let rows = cell.rows.1 - cell.rows.0 + 1;
        for row in &mut heights[cell.rows.0..=cell.rows.1] {
            *row = row.max(height / rows as f32);
        }
        header.push(lines);
    }
    let mut cells = Vec::new();
    for (index, line) in sheet.lines.iter().enumerate() {
        let mut texts = Vec::new();
        for cell in &line.cells {
            let text = cell_text(spec, style, sheet, line, cell, &inner, &hang)?;
            let height = text.lines.len().max(1) as f32 * style.line_px
                + text.detail.len() as f32 * detail_px(style) * 1.3
                + 2.0 * style.pad_y;
            if cell.span.1 == 1 {
                let slot = &mut heights[sheet.header_rows + index];
                *slot = slot.max(height);
            }
            texts.push(text);
        }
        cells.push(texts);
    }
    for (index, line) in sheet.lines.iter().enumerate() {
        for (cell, text) in line.cells.iter().zip(&cells[index]).filter(|(c, _)| c.span.1 > 1) {
            let rows = sheet.header_rows + index..sheet.header_rows + index + cell.span.1;
            let height = text.lines.len() as f32 * style.line_px + 2.0 * style.pad_y;
            let missing = height - heights[rows.clone()].iter().sum::<f32>();
            if missing > 0.0 {
                heights[rows.end - 1] += missing;
            }
        }
    }
    let mut y = vec![0.0f32];
    for height in heights {
        y.push(y.last().copied().unwrap_or(0.0) + height.round());
    }
    let width = x.last().copied().unwrap_or(0.0);
    let footnotes = sheet
        .footnotes
        .iter()
        .map(|note| fonts.wrap(look.face(Style::Regular), note_px(look), &note.text, width - 14.0))
        .collect::<Result<_, _>>()?;
    Ok(Sizes { x, y, header, cells, hang, fraction, footnotes })
}

fn cell_text(
    spec: &TableSpec<'_>,
    style: &TableStyle,
    sheet: &Sheet,
    line: &Line,
    cell: &Printed,
    inner: &dyn Fn(usize, usize) -> f32,
    hang: &[f32],
) -> Result<CellText, TextError> {
    let fonts = Fonts::bundled();
    let column = &sheet.columns[cell.column];
    if matches!(cell.art, Art::Tick | Art::Cross) {
        return Ok(CellText { lines: vec![String::new()], detail: Vec::new() });
    }
    let width = inner(cell.column, cell.column + cell.span.0 - 1) - indent_of(style, line, cell);
    let lines = if column.wraps {
        let face = cell_face(spec.look, line, column);
        balanced(face, style.text_px, &cell.text, width - hang[cell.column] + 0.5)?
    } else if cell.text.is_empty() {
        Vec::new()
    } else {
        vec![cell.text.clone()]
    };
    let detail = match &cell.detail {
        Some((text, _)) => fonts.wrap(spec.look.face(Style::Regular), detail_px(style), text, width + 0.5)?,
        None => Vec::new(),
    };
    Ok(CellText { lines, detail })
}

/// The indent of a line applies to its first column only.
pub(super) fn indent_of(style: &TableStyle, line: &Line, cell: &Printed) -> f32 {
    if cell.column == 0 { indent_px(style, line) } else { 0.0 }
}

/// True where short names were torn into several lines for want of width.
pub(super) fn is_torn(sheet: &Sheet, sizes: &Sizes) -> bool {
    let lines = sheet.lines.iter().zip(&sizes.cells);
    let mut cells = lines.flat_map(|(line, texts)| line.cells.iter().zip(texts));
    cells.any(|(cell, text)| text.lines.len() > 1 && cell.text.chars().count() <= 28)
}

/// Room for the fractions of each column; only where most of its numbers have one, since the others hang far from the
/// edge of their heading.
fn fractions(spec: &TableSpec<'_>, style: &TableStyle, sheet: &Sheet) -> Result<Vec<f32>, TextError> {
    let wanted = spec.layout == TableLayout::WithUnitsColumn && style.decimal_points;
    let mut widest = vec![0.0f32; sheet.columns.len()];
    for line in sheet.lines.iter().filter(|_| wanted) {
        for cell in &line.cells {
            let column = &sheet.columns[cell.column];
            if column.align == Align::End {
                let face = cell_face(spec.look, line, column);
                let width = Fonts::bundled().width(face, style.text_px, fraction(&cell.text))?;
                widest[cell.column] = widest[cell.column].max(width);
            }
        }
    }
    for (column, width) in widest.iter_mut().enumerate() {
        let texts = || sheet.lines.iter().flat_map(|l| &l.cells).filter(move |c| c.column == column);
        let broken = texts().filter(|c| !fraction(&c.text).is_empty()).count();
        if 4 * broken < 3 * texts().count() {
            *width = 0.0;
        }
    }
    Ok(widest)
}

/// Outer widths of the columns, in whole pixels.
fn column_widths(
    spec: &TableSpec<'_>,
    style: &TableStyle,
    sheet: &Sheet,
    hang: &[f32],
    fractions: &[f32],
) -> Result<Vec<f32>, FigureError> {
    let look = spec.look;
    let fonts = Fonts::bundled();
    let mut widths = vec![Width::default(); sheet.columns.len()];
    let mut spanning: Vec<(usize, usize, f32)> = Vec::new();
    for line in &sheet.lines {
        for cell in &line.cells {
            let column = &sheet.columns[cell.column];
            let face = cell_face(look, line, column);
            let indent = indent_of(style, line, cell);
            let text = fonts.width(face, style.text_px, &cell.text)?;
            if cell.span.0 > 1 {
                spanning.push((cell.column, cell.column + cell.span.0 - 1, text.min(320.0)));
                continue;
            }
            let mut full = indent + text + hang[cell.column];
            if fractions[cell.column] > 0.0 {
                full += fractions[cell.column] - fonts.width(face, style.text_px, fraction(&cell.text))?;
            }
            if column.bars {
                full += bar_px(style) + style.text_px * 0.6;
            }
            if matches!(cell.art, Art::Tick | Art::Cross) {
                full = tick_px(style);
            }
            let mut least = full;
            if column.wraps {
                least = indent + longest_word(face, style.text_px, &cell.text)? + hang[cell.column];
                full = full.min((style.text_px * 21.0).max(least));
            }
            if let Some((detail, _)) = &cell.detail {
                let face = look.face(Style::Regular);
                let width = fonts.width(face, detail_px(style), detail)?;
                let word = longest_word(face, detail_px(style), detail)?;
                widths[cell.column].hold(word, width.min((style.text_px * 26.0).max(word)));
            }
            let dots = if column.leaders { style.text_px * 5.0 } else { 0.0 };
            widths[cell.column].hold(least + dots, full + dots);
        }
    }
    let face = header_face(look, style);
    for cell in &sheet.header {
        let full = fonts.width(face, style.text_px, &cell.text)?;
        let word = match unit_of(&cell.text) {
            // A unit of several words is best kept whole, where that does not make the column wide.
            Some((name, unit)) => {
                let unit = fonts.width(face, style.text_px, unit)?;
                let name = longest_word(face, style.text_px, name)?;
                if unit <= style.text_px * 9.0 {
                    name.max(unit)
                } else {
                    longest_word(face, style.text_px, &cell.text)?
                }
            }
            None => longest_word(face, style.text_px, &cell.text)?,
        };
        let (first, last) = cell.columns;
        if first == last {
            // A header may take two lines before it makes its column wider than the cells need; a short one gains
            // nothing by that and would leave a lone letter or number on its second line.
            let share = if full <= style.text_px * 6.5 { 1.0 } else { 0.62 };
            let best = word.max(full * share).max(full.min(widths[first].best - hang[first]));
            widths[first].hold(word + hang[first], best.min(full) + hang[first]);
        } else {
            spanning.push((first, last, full));
        }
    }
    let pads = 2.0 * style.pad_x;
    for (first, last, text) in spanning {
        let count = (last - first + 1) as f32;
        let present: f32 = widths[first..=last].iter().map(|w| w.best + pads).sum();
        let missing = (text + pads - present).max(0.0) / count;
        for width in &mut widths[first..=last] {
            width.best += missing;
            width.least = width.least.max(width.best.min(width.least + missing));
        }
    }
    let least: f32 = widths.iter().map(|w| (w.least + pads).ceil()).sum();
    let best: f32 = widths.iter().map(|w| (w.best + pads).ceil()).sum();
    let room = spec.width_max as f32 - 2.0 * look.margin.ceil();
    if least > room {
        return Err(FigureError::NoRoom {
            kind: spec.layout.slug(),
            width: spec.width_max,
            height: super::HEIGHT_MAX,
            what: "the columns side by side",
        });
    }
    let captions = Captions::width_wanted(look, spec.title, spec.subtitle, (best * 1.3).max(320.0))?;
    let goal = (best * (1.0 + style.roomy)).max(captions).max(300.0 - 2.0 * look.margin).min(room);
    let outer = |w: &Width, t: f32| (w.least + (w.best - w.least) * t + pads).ceil();
    if goal < best {
        let t = ((goal - least) / (best - least).max(1.0)).clamp(0.0, 1.0);
        let mut list: Vec<f32> = widths.iter().map(|w| outer(w, t)).collect();
        // Rounding up may have taken a few pixels too many; the widest column gives them back.
        let over = list.iter().sum::<f32>() - room;
        let slack = |i: usize, list: &[f32]| list[i] - outer(&widths[i], 0.0);
        if over > 0.0
            && let Some(i) = (0..list.len()).max_by(|&a, &b| slack(a, &list).total_cmp(&slack(b, &list)))
        {
            list[i] -= over.ceil().min(slack(i, &list));
        }
        return Ok(list);
    }
    let mut list: Vec<f32> = widths.iter().map(|w| outer(w, 1.0)).collect();
    let extra = (goal - best).max(0.0);
    if sheet.columns[0].leaders {
        list[0] += extra.floor();
    } else {
        let share = (extra / list.len() as f32).floor();
        list.iter_mut().for_each(|width| *width += share);
    }
    Ok(list)
}
