//! Figures made of figures: what is drawn by another chart or by a table, and put into a part of the sheet.

use pixmo_render::{Data, Datum, NumberFormat, Point, Rect, Seed, Table};

use super::kind::ChartKind;
use super::sheet::{Drawing, Sheet};
use super::{ChartSpec, ValueLabels};
use crate::look::{Head, Look, Mount};
use crate::table::{self, TableLayout, TableSpec};
use crate::{Drawn, FigureError};

/// A chart for a part of the sheet.
pub(super) struct Part<'p> {
    pub(super) kind: ChartKind,
    pub(super) data: &'p Data,
    /// What the whole figure has written above the part; empty for nothing.
    pub(super) heading: &'p str,
    pub(super) look: &'p Look,
    pub(super) format: &'p NumberFormat,
    pub(super) labels: ValueLabels,
    pub(super) seed: Seed,
}

impl Part<'_> {
    /// Draws the chart into a box; cells of its table 0 are cells of `table` of the sheet. `false` without room.
    pub(super) fn draw(&self, sheet: &mut Sheet<'_>, frame: &Rect, table: usize) -> Drawing<bool> {
        let spec = ChartSpec {
            kind: self.kind,
            data: self.data,
            title: self.heading,
            subtitle: "",
            note: "",
            look: self.look,
            width: frame.width().max(1.0) as u32,
            height: frame.height().max(1.0) as u32,
            value_labels: self.labels,
            value_format: self.format,
            seed: self.seed,
        };
        match super::draw(&spec) {
            Ok(drawn) => {
                take(sheet, drawn, Point::new(frame.left.round(), frame.top.round()), table);
                Ok(true)
            }
            Err(FigureError::NoRoom { .. }) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

/// Puts a drawn figure with its resolutions into the sheet.
fn take(sheet: &mut Sheet<'_>, drawn: Drawn, at: Point, table: usize) {
    sheet.scene.absorb(drawn.scene, at, |datum| Datum { table: datum.table + table as u16, ..datum });
    let own = drawn.resolutions.into_iter();
    sheet.resolutions.extend(own.map(|mut resolution| {
        resolution.table += table as u16;
        resolution
    }));
}

/// The look of a part: that of the whole without its margin.
pub(super) fn inner_look(look: &Look) -> Look {
    Look { margin: 0.0, head: Head::Plain, mount: Mount::Part, foot: false, ..look.clone() }
}

/// How the numbers of a column are printed, read from their prints.
pub(super) fn format_of(table: &Table, column: usize) -> NumberFormat {
    let mut format = NumberFormat { group: None, ..NumberFormat::plain(0) };
    for shown in table.texts(column) {
        let shown = shown.trim_start_matches('\u{2212}');
        let digit = |c: char| c.is_ascii_digit();
        let (Some(first), Some(last)) = (shown.find(digit), shown.rfind(digit)) else { continue };
        format.prefix = shown[..first].to_owned();
        format.suffix = shown[last + 1..].to_owned();
        let number = &shown[first..=last];
        if let Some((_, after)) = number.split_once('.') {
            format.decimals = format.decimals.max(after.len() as u32);
        }
        let whole = number.split('.').next().unwrap_or("");
        format.group = format.group.or_else(|| whole.chars().find(|c| !c.is_ascii_digit()));
    }
    format
}

/// Draws a chart and the table of its data.
pub(super) fn chart_with_table(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let look = inner_look(sheet.look);
    let data = Data { tables: vec![sheet.table.clone()] };
    let kind = kind_for(sheet, &data);
    let mut rng = sheet.rng("table");
    let layout = *rng.pick(&[TableLayout::Plain, TableLayout::Zebra, TableLayout::Ruled, TableLayout::Boxed]);
    let beside = sheet.area.width() > 1.45 * sheet.area.height() && rng.chance(0.75);
    let first = rng.chance(0.25);
    let labels = if rng.chance(0.75) { ValueLabels::Never } else { sheet.spec.value_labels };
    let part = Part {
        kind,
        data: &data,
        heading: "",
        look: &look,
        format: sheet.spec.value_format,
        labels,
        seed: sheet.spec.seed.child("chart"),
    };
    let area = sheet.area;
    let gap = (sheet.text_px * 1.4).round();
    for beside in [beside, !beside] {
        let share = if beside { 0.48 } else { 1.0 };
        let spec = TableSpec {
            layout,
            data: &data,
            title: "",
            subtitle: "",
            note: "",
            look: &look,
            width_max: (area.width() * share).max(300.0) as u32,
            seed: sheet.spec.seed.child("table"),
        };
        let drawn = match table::draw(&spec) {
            Ok(drawn) => drawn,
            Err(FigureError::NoRoom { .. }) => continue,
            Err(other) => return Err(other),
        };
        let ink = drawn.scene.elements.iter().filter(|e| e.text.is_some() || !e.bounds.is_empty());
        let used = ink.fold(Rect::EMPTY, |all, e| all.union(&e.bounds));
        let (width, height) = (used.width(), used.height());
        if width > area.width() || height > area.height() {
            continue;
        }
        let (frame, at) = if beside {
            let y = area.top + ((area.height() - height) / 2.0).max(0.0);
            let room = area.width() - width - gap;
            if first {
                (Rect { left: area.right - room, ..area }, Point::new(area.left, y))
            } else {
                (Rect { right: area.left + room, ..area }, Point::new(area.right - width, y))
            }
        } else {
            let x = area.left + ((area.width() - width) / 2.0).max(0.0);
            let room = area.height() - height - gap;
            if first {
                (Rect { top: area.bottom - room, ..area }, Point::new(x, area.top))
            } else {
                (Rect { bottom: area.top + room, ..area }, Point::new(x, area.bottom - height))
            }
        };
        // The chart is the larger part, or nearly so.
        let small = frame.width() < 0.42 * area.width() || frame.height() < 0.4 * area.height();
        if small || frame.width() < 240.0 || frame.height() < 170.0 {
            continue;
        }
        let marks = (sheet.scene.elements.len(), sheet.scene.items.len());
        if part.draw(sheet, &frame, 0)? {
            let at = Point::new((at.x - used.left).round(), (at.y - used.top).round());
            take(sheet, drawn, at, 0);
            return Ok(());
        }
        sheet.scene.elements.truncate(marks.0);
        sheet.scene.items.truncate(marks.1);
    }
    sheet.no_room("chart beside its table")
}

/// A kind of chart that can draw the data.
fn kind_for(sheet: &Sheet<'_>, data: &Data) -> ChartKind {
    use ChartKind as K;
    let kinds: Vec<K> = [
        K::VerticalBar,
        K::HorizontalBar,
        K::GroupedBar,
        K::StackedBar,
        K::Line,
        K::MultiLine,
        K::Area,
        K::Lollipop,
        K::DotPlot,
        K::Pie,
        K::Slope,
    ]
    .into_iter()
    .filter(|kind| kind.shape().check(kind.slug(), data).is_ok())
    .collect();
    if kinds.is_empty() { K::VerticalBar } else { *sheet.rng("kind of chart").pick(&kinds) }
}
