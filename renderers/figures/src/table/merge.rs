//! Tables with merged cells and pivots: neighbours of the same name become one cell over several lines.

use pixmo_render::Datum;
use pixmo_render::data::{Table, Value};
use pixmo_render::scene::Align;

use super::TableLayout;
use super::line_kind::{LineKind, is_number, side_table, wrong};
use super::sheet::{HeaderCell, Line, Printed, Sheet};
use crate::FigureError;

/// How many columns at the left name groups: all texts before the column that names the rows.
fn group_columns(table: &Table) -> usize {
    let texts = (0..table.columns.len()).take_while(|&c| !is_number(table, c)).count();
    texts.saturating_sub(1)
}

impl Sheet {
    /// Puts the cells into lines. Equal neighbours in a column of groups are one cell, as long as all columns left of
    /// it agree as well; the name of a total stands across the columns of names.
    pub(super) fn put_merged_lines(&mut self, table: &Table, kinds: &[LineKind]) {
        let groups = group_columns(table);
        let same = |a: usize, b: usize, column: usize| {
            (0..=column).all(|c| table.rows[a][c].shown == table.rows[b][c].shown)
                && kinds[a] == LineKind::Item
                && kinds[b] == LineKind::Item
        };
        for (row, cells) in table.rows.iter().enumerate() {
            let mut line = Line { kind: kinds[row], cells: Vec::new(), indent: 0 };
            for (column, cell) in cells.iter().enumerate() {
                if column < groups {
                    let total = kinds[row] != LineKind::Item;
                    if total || (row > 0 && same(row - 1, row, column)) {
                        continue;
                    }
                    let count = (row..table.rows.len()).take_while(|&r| same(row, r, column)).count().max(1);
                    let data = (row..row + count).map(|r| Datum::cell(r, column)).collect();
                    let mut name = Printed::new(column, &cell.shown, data);
                    name.span = (1, count);
                    line.cells.push(name);
                    continue;
                }
                let mut printed = Printed::new(column, &cell.shown, vec![Datum::cell(row, column)]);
                printed.missing = cell.value == Value::Missing;
                if column == groups && kinds[row] != LineKind::Item {
                    printed.column = 0;
                    printed.span = (groups + 1, 1);
                }
                line.cells.push(printed);
            }
            self.lines.push(line);
        }
    }

    /// The header of a pivot: what is summed at the left, what the columns are above them, and the names below.
    pub(super) fn put_pivot_header(
        &mut self,
        spec: &super::TableSpec<'_>,
        table: &Table,
    ) -> Result<(), FigureError> {
        let layout = TableLayout::Pivot;
        let (index, side) =
            side_table(spec.data, "pivot").ok_or_else(|| wrong(layout, "no table `pivot`"))?;
        let find = |name: &str| {
            side.column(name).ok_or_else(|| wrong(layout, format!("no column `{name}` in `pivot`")))
        };
        let (measure, columns) = (find("measure")?, find("columns")?);
        let row = side.rows.first().ok_or_else(|| wrong(layout, "an empty table `pivot`"))?;
        let names = group_columns(table) + 1;
        let last = table.columns.len() - 1;
        self.header_rows = 2;
        let side = |column: usize, columns: (usize, usize), align: Align| HeaderCell {
            columns,
            rows: (0, 0),
            text: row[column].shown.clone(),
            data: vec![Datum::at(index, 0, column)],
            align,
        };
        self.header.push(side(measure, (0, names - 1), Align::Start));
        self.header.push(side(columns, (names, last - 1), Align::Middle));
        for (column, about) in table.columns.iter().enumerate() {
            // The total stands beside the columns that it sums, not below their name.
            let rows = if column == last { (0, 1) } else { (1, 1) };
            self.header.push(HeaderCell {
                columns: (column, column),
                rows,
                text: about.name.clone(),
                data: vec![Datum::header(0, column)],
                align: self.columns[column].align,
            });
        }
        Ok(())
    }
}
