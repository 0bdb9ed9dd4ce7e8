//! Parts that many kinds of document share: pairs of name and value, tables of items, totals, headings.

use pixmo_render::Rng;

use super::markup::{Expr, align, block, bold, grid, rule, small, stack};
use super::sheet::{Field, Sheet};

/// How a name stands to its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pairs {
    /// Names left, values right of them.
    Beside,
    /// Names left, values flush right.
    Apart,
    /// Small names above the values.
    Above,
    /// In boxes with thin frames.
    Boxed,
}

impl Pairs {
    /// One of them.
    pub(super) fn draw(style: &mut Rng) -> Self {
        *style.pick(&[Pairs::Beside, Pairs::Beside, Pairs::Above, Pairs::Boxed])
    }

    /// The pairs in this many columns.
    pub(super) fn lay(self, sheet: &Sheet, fields: &[Field], columns: usize) -> Expr {
        let columns = columns.max(1);
        match self {
            Pairs::Beside => {
                let cells: Vec<Expr> =
                    fields.iter().flat_map(|f| [small(&sheet.name(*f)), sheet.value(*f)]).collect();
                let widths = vec!["auto, 1fr"; columns].join(", ");
                grid(&widths, "left", (14.0, 8.0), &cells)
            }
            Pairs::Apart => {
                let cells: Vec<Expr> =
                    fields.iter().flat_map(|f| [sheet.name(*f), align("right", &sheet.value(*f))]).collect();
                let widths = vec!["auto, 1fr"; columns].join(", ");
                grid(&widths, "left", (16.0, 8.0), &cells)
            }
            Pairs::Above => {
                let cells: Vec<Expr> =
                    fields.iter().map(|f| stack(5.0, &[small(&sheet.name(*f)), sheet.value(*f)])).collect();
                grid(&vec!["1fr"; columns].join(", "), "left", (18.0, 12.0), &cells)
            }
            Pairs::Boxed => {
                let mut cells: Vec<Expr> =
                    fields.iter().map(|f| stack(5.0, &[small(&sheet.name(*f)), sheet.value(*f)])).collect();
                // The last box takes what is left of its row.
                let left = (columns - cells.len() % columns) % columns;
                if let Some(last) = cells.last_mut().filter(|_| left > 0) {
                    *last = format!("grid.cell(colspan: {}, {last})", left + 1);
                }
                let widths = vec!["1fr"; columns].join(", ");
                format!(
                    "grid(columns: ({widths}), stroke: 0.8pt + rule-c, inset: (x: 8pt, y: 7pt), align: left, {})",
                    cells.join(", ")
                )
            }
        }
    }
}

/// How a table of items looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// Three rules.
    Ruled,
    /// Every second row shaded.
    Zebra,
    /// All cells framed.
    Boxed,
    /// The header on a dark band, thin lines below rows.
    Band,
    /// Thin lines below rows.
    Thin,
    /// No lines.
    Open,
}

impl Lines {
    /// One of them.
    pub(super) fn draw(style: &mut Rng) -> Self {
        *style.pick(&[
            Lines::Ruled,
            Lines::Zebra,
            Lines::Boxed,
            Lines::Band,
            Lines::Band,
            Lines::Thin,
            Lines::Open,
        ])
    }

    /// The name in the record of the design.
    pub(super) fn name(self) -> &'static str {
        match self {
            Lines::Ruled => "ruled",
            Lines::Zebra => "zebra",
            Lines::Boxed => "boxed",
            Lines::Band => "band",
            Lines::Thin => "thin",
            Lines::Open => "open",
        }
    }
}

/// A column of a table of items.
pub(super) struct Col {
    /// Index in the items.
    pub(super) column: usize,
    /// Width in Typst's words.
    pub(super) width: &'static str,
    /// `left`, `center` or `right`.
    pub(super) align: &'static str,
}

/// Short for a column.
pub(super) fn col(column: usize, width: &'static str, align: &'static str) -> Col {
    Col { column, width, align }
}

/// A table of the items.
pub(super) fn table(sheet: &Sheet, cols: &[Col], lines: Lines, pad: f64) -> Expr {
    let rows: Vec<usize> = (0..sheet.len()).collect();
    table_of(sheet, &rows, cols, lines, pad)
}

/// A table of some of the items.
pub(super) fn table_of(sheet: &Sheet, rows: &[usize], cols: &[Col], lines: Lines, pad: f64) -> Expr {
    let widths: Vec<&str> = cols.iter().map(|c| c.width).collect();
    let aligns: Vec<&str> = cols.iter().map(|c| c.align).collect();
    let mut cells: Vec<Expr> = Vec::new();
    if matches!(lines, Lines::Ruled) {
        cells.push("grid.hline(stroke: 1.4pt + ink)".to_owned());
    }
    for c in cols {
        let head = bold(&sheet.head(c.column));
        cells.push(match lines {
            Lines::Band => format!("text(fill: onac, {head})"),
            Lines::Thin | Lines::Open => format!("text(fill: ac, {head})"),
            _ => head,
        });
    }
    match lines {
        Lines::Ruled => cells.push("grid.hline(stroke: 0.8pt + ink)".to_owned()),
        Lines::Thin | Lines::Zebra => cells.push("grid.hline(stroke: 1.2pt + ac)".to_owned()),
        Lines::Open | Lines::Boxed | Lines::Band => {}
    }
    for (index, row) in rows.iter().enumerate() {
        cells.extend(cols.iter().map(|c| sheet.cell(*row, c.column)));
        let last = index + 1 == rows.len();
        match lines {
            Lines::Ruled if last => cells.push("grid.hline(stroke: 1.4pt + ink)".to_owned()),
            Lines::Thin | Lines::Band => cells.push("grid.hline(stroke: 0.8pt + rule-c)".to_owned()),
            Lines::Zebra if last => cells.push("grid.hline(stroke: 0.8pt + rule-c)".to_owned()),
            _ => {}
        }
    }
    let fill = match lines {
        Lines::Band => "fill: (x, y) => if y == 0 { ac }, ",
        Lines::Zebra => "fill: (x, y) => if calc.even(y) and y > 0 { tint }, ",
        Lines::Boxed => "fill: (x, y) => if y == 0 { tint }, stroke: 0.8pt + rule-c, ",
        _ => "",
    };
    format!(
        "grid(columns: ({}), align: ({},), {fill}inset: (x: 9pt, y: {pad:.1}pt), {})",
        widths.join(", "),
        aligns.join(", "),
        cells.join(", ")
    )
}

/// Sums below a table, flush right; the last one stands out.
pub(super) fn totals(sheet: &Sheet, fields: &[Field], style: &mut Rng) -> Expr {
    let (last, before) = fields.split_last().expect("there is a total");
    let mut cells: Vec<Expr> = before.iter().flat_map(|f| [sheet.name(*f), sheet.value(*f)]).collect();
    let grand = [bold(&sheet.name(*last)), bold(&sheet.value(*last))];
    let boxed = style.below(3);
    let mut parts = Vec::new();
    if boxed == 0 {
        cells.push("grid.hline(stroke: 1.2pt + ac)".to_owned());
        cells.extend(grand.iter().map(|g| format!("text(size: 1.12em, {g})")));
        parts.push(pair_grid(&cells));
    } else {
        if !cells.is_empty() {
            parts.push(pair_grid(&cells));
        }
        let (fill, ink) = if boxed == 1 { ("ac", "onac") } else { ("tint", "ink") };
        let inner = pair_grid(&grand.map(|g| format!("text(size: 1.12em, fill: {ink}, {g})")));
        parts.push(format!("block(width: 100%, fill: {fill}, inset: (x: 0pt, y: 3pt), {inner})"));
    }
    stack(3.0, &parts)
}

fn pair_grid(cells: &[Expr]) -> Expr {
    format!(
        "grid(columns: (1fr, auto), align: (left, right), column-gutter: 18pt, inset: (x: 8pt, y: 5pt), {})",
        cells.join(", ")
    )
}

/// A heading with the sheet's habit: bare, with a line, on a band, or with a block beside it.
pub(super) fn section(title: &str, habit: usize) -> Expr {
    let heading = super::markup::role("heading", title);
    match habit % 4 {
        0 => format!("H({heading})"),
        1 => stack(5.0, &[format!("H({heading})"), rule("0.8pt + ac")]),
        2 => block("fill: tint", 6.0, &bold(&heading)),
        _ => format!(
            "block(stroke: (left: 4pt + ac), inset: (left: 9pt, y: 2pt), B(text(size: 1.1em, {heading})))"
        ),
    }
}
