//! What a table prints: the cells of the data put into lines and columns, before anything is measured.

use pixmo_render::Datum;
use pixmo_render::data::{ColumnKind, Table, Value};
use pixmo_render::scene::Align;

use super::line_kind::{LineKind, is_number, line_kinds, side_table, wrong};
use super::style::{TableStyle, Ticks};
use super::{TableLayout, TableSpec};
use crate::FigureError;

/// A table as it will be printed.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) columns: Vec<SheetColumn>,
    pub(super) header: Vec<HeaderCell>,
    /// 0, 1 or 2.
    pub(super) header_rows: usize,
    pub(super) lines: Vec<Line>,
    pub(super) footnotes: Vec<Footnote>,
}

/// A printed column.
#[derive(Debug)]
pub(super) struct SheetColumn {
    /// Column of table 0.
    pub(super) source: usize,
    pub(super) align: Align,
    /// Its texts may be broken into lines.
    pub(super) wraps: bool,
    pub(super) soft: bool,
    pub(super) bold: bool,
    /// Room for bars beside the numbers, in lines of text.
    pub(super) bars: bool,
    /// Dots run from its texts to the next column.
    pub(super) leaders: bool,
}

/// A header over one or more columns.
#[derive(Debug)]
pub(super) struct HeaderCell {
    /// First and last printed column.
    pub(super) columns: (usize, usize),
    /// First and last header row.
    pub(super) rows: (usize, usize),
    pub(super) text: String,
    pub(super) data: Vec<Datum>,
    pub(super) align: Align,
}

/// A printed line.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) kind: LineKind,
    pub(super) cells: Vec<Printed>,
    /// Steps that the first text is moved to the right.
    pub(super) indent: u8,
}

/// What is drawn in a cell besides or instead of its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Art {
    /// Nothing.
    None,
    /// A tick instead of the text.
    Tick,
    /// A cross instead of the text.
    Cross,
    /// A ground, from 0 to 1 on the ramp.
    Shade(f32),
    /// A bar, as a share of the longest.
    Bar(f32),
    /// Letters in a colour that warns: above its range, or below.
    Alert(bool),
}

/// A printed cell.
#[derive(Debug)]
pub(super) struct Printed {
    /// Printed column it begins in.
    pub(super) column: usize,
    /// How many columns and lines it covers.
    pub(super) span: (usize, usize),
    pub(super) text: String,
    pub(super) data: Vec<Datum>,
    /// Small print below the text.
    pub(super) detail: Option<(String, Datum)>,
    pub(super) art: Art,
    /// Index of its footnote.
    pub(super) note: Option<usize>,
    pub(super) missing: bool,
}

/// A footnote: its text, and the cells that say what it belongs to.
#[derive(Debug)]
pub(super) struct Footnote {
    pub(super) text: String,
    pub(super) data: Datum,
    pub(super) about: Vec<Datum>,
}

impl Sheet {
    /// Puts the cells into lines.
    pub(super) fn of(spec: &TableSpec<'_>, style: &TableStyle) -> Result<Sheet, FigureError> {
        let layout = spec.layout;
        let table = spec.data.tables.first().ok_or_else(|| wrong(layout, "no table"))?;
        if table.rows.is_empty() || table.columns.is_empty() {
            return Err(wrong(layout, "an empty table"));
        }
        if let Some(row) = table.rows.iter().find(|row| row.len() != table.columns.len()) {
            return Err(wrong(
                layout,
                format!("a row of {} cells in {} columns", row.len(), table.columns.len()),
            ));
        }
        let grouped = match layout {
            TableLayout::RowGroups | TableLayout::Subtotals => true,
            TableLayout::SpecSheet => table.columns.len() > 2,
            TableLayout::LabResults => table.columns[0].name == PANEL,
            _ => false,
        };
        if grouped && table.columns.len() < 2 {
            return Err(wrong(layout, "one column"));
        }
        if layout == TableLayout::Pivot && table.columns.len() < 3 {
            return Err(wrong(layout, format!("{} columns", table.columns.len())));
        }
        let merged = grouped && style.merged_groups;
        let printed: Vec<usize> = (0..table.columns.len())
            .filter(|&c| !(grouped && !merged && c == 0))
            .filter(|&c| !(layout == TableLayout::PriceList && c == 1 && !is_number(table, 1)))
            .collect();
        let columns = printed.iter().map(|&c| column(layout, table, c, style)).collect();
        let kinds = line_kinds(spec, table)?;
        let mut sheet =
            Sheet { columns, header: Vec::new(), header_rows: 0, lines: Vec::new(), footnotes: Vec::new() };
        match layout {
            TableLayout::Pivot => sheet.put_pivot_header(spec, table)?,
            _ => sheet.put_header(layout, table, unit_is_told(spec, table)),
        }
        match layout {
            TableLayout::Pivot | TableLayout::MergedCells => sheet.put_merged_lines(table, &kinds),
            _ => sheet.put_lines(layout, table, &kinds, grouped, merged, style),
        }
        if layout == TableLayout::LabResults {
            sheet.put_limits(spec, table);
        }
        if layout == TableLayout::WithFootnotes {
            sheet.put_footnotes(spec, table)?;
        }
        Ok(sheet)
    }

    fn put_header(&mut self, layout: TableLayout, table: &Table, told: bool) {
        let numbers = self.columns.iter().filter(|c| is_number(table, c.source)).count();
        if layout == TableLayout::SpecSheet || (layout == TableLayout::PriceList && numbers < 2) {
            return;
        }
        let levels = match layout {
            TableLayout::MultiLevelHeader => true,
            TableLayout::MergedCells => table.columns.iter().any(|c| c.name.contains('|')),
            _ => false,
        };
        self.header_rows = if levels { 2 } else { 1 };
        let mut at = 0;
        while at < self.columns.len() {
            let source = self.columns[at].source;
            let name = &table.columns[source].name;
            let group = if levels { name.split_once('|').map(|(group, _)| group) } else { None };
            let Some(group) = group else {
                let last = self.header_rows - 1;
                self.header.push(HeaderCell {
                    columns: (at, at),
                    rows: (0, last),
                    text: header_text(table, source, name, told),
                    data: vec![Datum::header(0, source)],
                    align: self.columns[at].align,
                });
                at += 1;
                continue;
            };
            let in_group =
                |c: &SheetColumn| table.columns[c.source].name.split_once('|').map(|n| n.0) == Some(group);
            let count = self.columns[at..].iter().take_while(|c| in_group(c)).count();
            let sources: Vec<usize> = self.columns[at..at + count].iter().map(|c| c.source).collect();
            self.header.push(HeaderCell {
                columns: (at, at + count - 1),
                rows: (0, 0),
                text: group.to_owned(),
                data: sources.iter().map(|&c| Datum::header(0, c)).collect(),
                align: Align::Middle,
            });
            for (offset, &source) in sources.iter().enumerate() {
                let name = table.columns[source].name.split_once('|').map_or("", |n| n.1);
                self.header.push(HeaderCell {
                    columns: (at + offset, at + offset),
                    rows: (1, 1),
                    text: header_text(table, source, name, told),
                    data: vec![Datum::header(0, source)],
                    align: self.columns[at + offset].align,
                });
            }
            at += count;
        }
    }

    fn put_lines(
        &mut self,
        layout: TableLayout,
        table: &Table,
        kinds: &[LineKind],
        grouped: bool,
        merged: bool,
        style: &TableStyle,
    ) {
        let bar_column = (0..table.columns.len()).find(|&c| is_number(table, c));
        let scale = Scale::of(table);
        let longest =
            bar_column.map_or(0.0, |c| table.numbers(c).into_iter().flatten().fold(0.0f64, f64::max));
        let mut row = 0;
        let mut below_heading = false;
        while row < table.rows.len() {
            let group = &table.rows[row][0].shown;
            let count = match grouped {
                true => table.rows[row..].iter().take_while(|r| r[0].shown == *group).count(),
                false => 1,
            };
            let grand = kinds[row] == LineKind::Total;
            if grouped && !merged && !grand {
                let mut heading =
                    Printed::new(0, group, (row..row + count).map(|r| Datum::cell(r, 0)).collect());
                heading.span = (self.columns.len(), 1);
                self.lines.push(Line { kind: LineKind::Heading, cells: vec![heading], indent: 0 });
            }
            for (r, &kind) in kinds.iter().enumerate().skip(row).take(count) {
                let mut cells = Vec::new();
                for (at, column) in self.columns.iter().enumerate() {
                    let source = column.source;
                    let cell = &table.rows[r][source];
                    if merged && source == 0 {
                        if r == row && !grand {
                            let data = (row..row + count).map(|r| Datum::cell(r, 0)).collect();
                            let mut name = Printed::new(0, group, data);
                            name.span = (1, count);
                            cells.push(name);
                        }
                        continue;
                    }
                    let mut printed = Printed::new(at, &cell.shown, vec![Datum::cell(r, source)]);
                    printed.missing = cell.value == Value::Missing;
                    if kind == LineKind::Heading && is_number(table, source) && cell.shown.is_empty() {
                        continue;
                    }
                    printed.art = match layout {
                        TableLayout::Matrix if source > 0 && style.ticks != Ticks::Words => {
                            let said = cell.shown.to_lowercase();
                            match (YES.contains(&said.as_str()), NO.contains(&said.as_str())) {
                                (true, _) => Art::Tick,
                                (_, true) => Art::Cross,
                                _ => Art::None,
                            }
                        }
                        TableLayout::HeatShaded => {
                            cell.as_f64().map_or(Art::None, |v| Art::Shade(scale.place(v)))
                        }
                        TableLayout::RankingBars if Some(source) == bar_column => cell
                            .as_f64()
                            .map_or(Art::None, |v| Art::Bar((v.max(0.0) / longest.max(1e-12)) as f32)),
                        TableLayout::LabResults
                            if Some(source) == bar_column || source + 1 == table.columns.len() =>
                        {
                            flag(table, r).map_or(Art::None, Art::Alert)
                        }
                        _ => Art::None,
                    };
                    if layout == TableLayout::PriceList
                        && source == 0
                        && table.columns.len() > 1
                        && !is_number(table, 1)
                    {
                        let detail = &table.rows[r][1].shown;
                        printed.detail = (!detail.is_empty()).then(|| (detail.clone(), Datum::cell(r, 1)));
                    }
                    cells.push(printed);
                }
                let indent = match layout {
                    TableLayout::FinancialStatement => u8::from(kind == LineKind::Item && below_heading),
                    _ => u8::from(grouped && !merged && kind == LineKind::Item),
                };
                below_heading = match kind {
                    LineKind::Heading => true,
                    LineKind::Item => below_heading,
                    _ => false,
                };
                self.lines.push(Line { kind, cells, indent });
            }
            row += count;
        }
    }

    /// Lets reference ranges show their ends as well.
    fn put_limits(&mut self, spec: &TableSpec<'_>, table: &Table) {
        let Some((index, limits)) = side_table(spec.data, "limits") else { return };
        let reference = table.column(REFERENCE);
        let test = limits.column("test");
        let ends: Vec<usize> = ["low", "high"].iter().filter_map(|n| limits.column(n)).collect();
        for cell in self.lines.iter_mut().flat_map(|l| &mut l.cells) {
            let [datum] = cell.data[..] else { continue };
            let (row, source) = (usize::from(datum.row), usize::from(datum.column));
            let Some(own) = limits.rows.get(row) else { continue };
            if Some(source) == reference {
                let known = ends.iter().filter(|&&c| own[c].value != Value::Missing);
                cell.data.extend(known.map(|&c| Datum::at(index, row, c)));
            } else if let Some(column) = test.filter(|&c| own[c].shown == cell.text) {
                cell.data.push(Datum::at(index, row, column));
            }
        }
    }

    fn put_footnotes(&mut self, spec: &TableSpec<'_>, table: &Table) -> Result<(), FigureError> {
        let layout = spec.layout;
        let (index, notes) =
            side_table(spec.data, "footnotes").ok_or_else(|| wrong(layout, "no table `footnotes`"))?;
        let find = |name: &str| {
            notes.column(name).ok_or_else(|| wrong(layout, format!("no column `{name}` in `footnotes`")))
        };
        let (row_column, name_column, text_column) = (find("row")?, find("column")?, find("text")?);
        for (n, note) in notes.rows.iter().enumerate() {
            let row =
                table.rows.iter().position(|r| r[0].shown == note[row_column].shown).ok_or_else(|| {
                    wrong(
                        layout,
                        format!("a footnote to row `{}`, which is not there", note[row_column].shown),
                    )
                })?;
            let named = note[name_column].value != Value::Missing;
            let source = match named {
                true => table.column(&note[name_column].shown).ok_or_else(|| {
                    wrong(
                        layout,
                        format!("a footnote to column `{}`, which is not there", note[name_column].shown),
                    )
                })?,
                false => 0,
            };
            let datum = Datum::cell(row, source);
            let cell = self.lines.iter_mut().flat_map(|l| &mut l.cells).find(|c| c.data.contains(&datum));
            let mut about = vec![Datum::at(index, n, row_column)];
            if named {
                about.push(Datum::at(index, n, name_column));
            }
            if let Some(cell) = cell {
                if cell.note.is_some() {
                    return Err(wrong(layout, "two footnotes at one cell"));
                }
                cell.note = Some(self.footnotes.len());
                self.footnotes.push(Footnote {
                    text: note[text_column].shown.clone(),
                    data: Datum::at(index, n, text_column),
                    about,
                });
            }
        }
        Ok(())
    }
}

/// Words that are drawn as a tick, and as a cross.
const YES: &[&str] = &["yes", "✓", "ja", "oui", "sí", "sì", "sim", "tak"];
const NO: &[&str] = &["no", "✗", "nein", "non", "não", "nee", "nie", "nej"];

/// Columns of laboratory results that are found by name.
const PANEL: &str = "Panel";
const REFERENCE: &str = "Reference";

/// Whether the result of a row lies above its range (true), below it (false), or inside.
fn flag(table: &Table, row: usize) -> Option<bool> {
    match table.rows[row].last()?.shown.chars().next()?.to_ascii_uppercase() {
        'H' => Some(true),
        'L' => Some(false),
        _ => None,
    }
}

impl Printed {
    pub(super) fn new(column: usize, text: &str, data: Vec<Datum>) -> Printed {
        Printed {
            column,
            span: (1, 1),
            text: text.to_owned(),
            data,
            detail: None,
            art: Art::None,
            note: None,
            missing: false,
        }
    }
}

/// The range of all numbers of a table.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(table: &Table) -> Scale {
        let mut scale = Scale { low: f64::INFINITY, high: f64::NEG_INFINITY };
        for value in table.rows.iter().flatten().filter_map(|cell| cell.as_f64()) {
            scale = Scale { low: scale.low.min(value), high: scale.high.max(value) };
        }
        scale
    }

    fn place(&self, value: f64) -> f32 {
        ((value - self.low) / (self.high - self.low).max(1e-12)) as f32
    }
}

fn header_text(table: &Table, source: usize, name: &str, told: bool) -> String {
    let unit = table.columns[source].unit.as_str();
    let printed = table.rows.iter().any(|row| row[source].shown.contains(unit));
    if told || unit.is_empty() || printed || says_unit(name, unit) {
        name.to_owned()
    } else {
        format!("{name} ({unit})")
    }
}

/// True when a name says its unit itself: `Days on the market` needs no days in brackets, `Rehearsal hours` no h.
fn says_unit(name: &str, unit: &str) -> bool {
    let (name, unit) = (name.to_lowercase(), unit.to_lowercase());
    let spelled = match unit.as_str() {
        "h" => "hours",
        "min" => "minutes",
        unit => unit,
    };
    // Short signs are letters of many words.
    let long = unit.chars().count() > 3 && name.contains(&unit);
    long || name.contains(&format!("({unit}")) || name.split(' ').any(|word| word == spelled)
}

/// True when all columns of numbers have one unit and the captions say it, so that headings need not.
fn unit_is_told(spec: &TableSpec<'_>, table: &Table) -> bool {
    let numbers = table.number_columns();
    let Some(unit) = numbers.first().map(|&c| table.columns[c].unit.as_str()) else { return false };
    let said = |text: &str| text == unit || text.ends_with(&format!(" {unit}"));
    let one = numbers.len() > 1 && numbers.iter().all(|&c| table.columns[c].unit == unit);
    let within = spec.subtitle.to_lowercase();
    one && !unit.is_empty() && (said(spec.subtitle) || within == unit.to_lowercase())
}

fn column(layout: TableLayout, table: &Table, source: usize, style: &TableStyle) -> SheetColumn {
    let number = is_number(table, source);
    let last = source + 1 == table.columns.len();
    let unit = matches!(layout, TableLayout::WithUnitsColumn | TableLayout::LabResults)
        && table.columns[source].name.eq_ignore_ascii_case("unit");
    let position = layout == TableLayout::LeagueStandings && source == 0 && number;
    let align = match layout {
        TableLayout::Matrix | TableLayout::Timetable if source > 0 => Align::Middle,
        TableLayout::HeatShaded if source > 0 => Align::Middle,
        TableLayout::LabResults if last => Align::Middle,
        TableLayout::SpecSheet => Align::Start,
        _ if position => Align::Middle,
        _ if number => Align::End,
        _ => Align::Start,
    };
    let first_text = (0..table.columns.len()).find(|&c| !is_number(table, c)) == Some(source);
    let bold = match layout {
        TableLayout::LeagueStandings => last || (first_text && style.first_bold),
        TableLayout::RowGroups | TableLayout::Subtotals => style.merged_groups && source == 0,
        TableLayout::LabResults if table.columns[0].name == PANEL => style.merged_groups && source == 0,
        TableLayout::MergedCells => source == 0 && style.header_bold,
        TableLayout::Pivot => last,
        TableLayout::SpecSheet => source + 2 == table.columns.len() && style.header_bold,
        _ => first_text && style.first_bold,
    };
    let bars = layout == TableLayout::RankingBars && number && (0..source).all(|c| !is_number(table, c));
    SheetColumn {
        source,
        align,
        wraps: !number && table.columns[source].kind != ColumnKind::Time,
        soft: unit || position,
        bold,
        bars,
        leaders: layout == TableLayout::PriceList && source == 0,
    }
}
