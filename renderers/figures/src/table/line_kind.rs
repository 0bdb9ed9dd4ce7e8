//! What the rows of a table are: items, headings, sums; and what else is read from side tables.

use pixmo_render::Data;
use pixmo_render::data::{ColumnKind, Table, Value};

use super::{TableLayout, TableSpec};
use crate::FigureError;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// An ordinary row.
    Item,
    /// The name of the group of rows that follow.
    Heading,
    /// The sum of some lines above.
    Subtotal,
    /// The sum of all.
    Total,
}

/// The error of a layout that found other data than it needs.
pub(super) fn wrong(layout: TableLayout, found: impl Into<String>) -> FigureError {
    FigureError::Data { kind: layout.slug(), needed: layout.shape().words.to_owned(), found: found.into() }
}

/// True for columns of numbers.
pub(super) fn is_number(table: &Table, column: usize) -> bool {
    table.columns[column].kind == ColumnKind::Number
}

/// A side table by its name, with its index.
pub(super) fn side_table<'a>(data: &'a Data, name: &str) -> Option<(usize, &'a Table)> {
    data.tables.iter().enumerate().skip(1).find(|(_, table)| table.name == name)
}

/// What each row of table 0 is: as the side table `lines` says, else by the rule of the layout.
pub(super) fn line_kinds(spec: &TableSpec<'_>, table: &Table) -> Result<Vec<LineKind>, FigureError> {
    let count = table.rows.len();
    if let Some((_, lines)) = side_table(spec.data, "lines") {
        let column =
            lines.column("kind").ok_or_else(|| wrong(spec.layout, "no column `kind` in table `lines`"))?;
        if lines.rows.len() != count {
            return Err(wrong(spec.layout, format!("{} rows in `lines` for {count} rows", lines.rows.len())));
        }
        return lines.texts(column).iter().map(|kind| kind_named(spec.layout, kind)).collect();
    }
    let mut kinds = vec![LineKind::Item; count];
    match spec.layout {
        TableLayout::TotalsRow | TableLayout::Pivot => kinds[count - 1] = LineKind::Total,
        TableLayout::Subtotals => {
            for (row, kind) in kinds.iter_mut().enumerate() {
                let next = table.rows.get(row + 1).map(|next| &next[0].shown);
                if next != Some(&table.rows[row][0].shown) {
                    *kind = LineKind::Subtotal;
                }
            }
            kinds[count - 1] = LineKind::Total;
        }
        TableLayout::FinancialStatement => {
            for (kind, row) in kinds.iter_mut().zip(&table.rows) {
                let name = row[0].shown.to_lowercase();
                if row[1..].iter().all(|cell| cell.value == Value::Missing) {
                    *kind = LineKind::Heading;
                } else if name.starts_with("total") {
                    *kind = LineKind::Subtotal;
                }
            }
            kinds[count - 1] = LineKind::Total;
        }
        _ => {}
    }
    Ok(kinds)
}

fn kind_named(layout: TableLayout, name: &str) -> Result<LineKind, FigureError> {
    match name {
        "item" => Ok(LineKind::Item),
        "heading" => Ok(LineKind::Heading),
        "subtotal" => Ok(LineKind::Subtotal),
        "total" => Ok(LineKind::Total),
        other => Err(wrong(layout, format!("a line of kind `{other}` in `lines`"))),
    }
}
