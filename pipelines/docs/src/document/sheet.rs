//! The data of a document while it is written: line items and fields, and the links from print to cell.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_render::{Cell, Column, Data, Datum, NumberFormat, Table};
use pixmo_render_typst::escape_string;
use rust_decimal::Decimal;

use super::locale::Locale;
use super::markup::Expr;
use crate::content::{Nouns, Posed};
use crate::program::Expr as Program;

/// Data in the making.
#[derive(Debug)]
pub(super) struct Sheet {
    items: Option<Table>,
    fields: Table,
    formats: BTreeMap<(usize, usize), NumberFormat>,
    amounts: bool,
    /// Fields whose names are told by where their values stand.
    told: BTreeSet<Field>,
    nouns: Nouns,
    absent: Vec<String>,
}

/// The number of a field.
pub(super) type Field = usize;

impl Sheet {
    /// A sheet of fields only.
    pub(super) fn fields() -> Self {
        let columns = vec![Column::text("name"), Column::text("value")];
        Self {
            items: None,
            fields: Table::new("fields", columns),
            formats: BTreeMap::new(),
            amounts: false,
            told: BTreeSet::new(),
            nouns: Nouns::default(),
            absent: Vec::new(),
        }
    }

    /// A sheet with line items; numbers of a column are printed by its format.
    pub(super) fn with_items(columns: Vec<(Column, Option<NumberFormat>)>) -> Self {
        let mut sheet = Self::fields();
        let mut list = Vec::new();
        for (index, (column, format)) in columns.into_iter().enumerate() {
            list.push(column);
            if let Some(format) = format {
                sheet.formats.insert((0, index), format);
            }
        }
        sheet.items = Some(Table::new("items", list));
        sheet
    }

    /// Gives the fields a third column for amounts of money.
    pub(super) fn and_amounts(mut self, locale: &Locale) -> Self {
        self.fields.columns.push(Column::number("amount", locale.currency, false));
        self.formats.insert((self.table(), 2), locale.money.clone());
        self.amounts = true;
        self
    }

    /// Index of the table of fields.
    fn table(&self) -> usize {
        usize::from(self.items.is_some())
    }

    /// Adds a field.
    pub(super) fn field(&mut self, name: &str, value: &str) -> Field {
        let mut row = vec![Cell::text(name), Cell::text(value)];
        if self.amounts {
            row.push(Cell::missing(""));
        }
        self.fields.rows.push(row);
        self.fields.rows.len() - 1
    }

    /// Adds a field whose value is money.
    pub(super) fn money(&mut self, name: &str, amount: Decimal, locale: &Locale) -> Field {
        let cell = Cell::decimal(amount, &locale.money);
        let field = self.field(name, &cell.shown);
        if self.amounts {
            self.fields.rows[field][2] = cell;
        }
        field
    }

    /// Adds a field whose name is not printed: the value tells by its place or its sentence what it is. The questions
    /// for it are given in full, with `|` between them.
    pub(super) fn tell(&mut self, name: &str, value: &str, questions: &str) -> Field {
        let field = self.field(name, value);
        self.told.insert(field);
        self.nouns.asks.fields.insert(field, questions.split('|').map(str::to_owned).collect());
        field
    }

    /// Says how a row of the items is called, such as `chapter` and `chapters`.
    pub(super) fn call(&mut self, one: &str, many: &str) {
        self.nouns.row = one.to_owned();
        self.nouns.rows = many.to_owned();
    }

    /// Gives the questions for a cell of a column of the items, with `{label}` for the name of its row.
    pub(super) fn ask(&mut self, column: usize, questions: &[&str]) {
        self.nouns.asks.columns.insert(column, questions.iter().map(|q| (*q).to_owned()).collect());
    }

    /// Gives the questions for the name of a row by one of its other cells, with `{value}` for that cell.
    pub(super) fn ask_back(&mut self, column: usize, questions: &[&str]) {
        self.nouns.asks.back.insert(column, questions.iter().map(|q| (*q).to_owned()).collect());
    }

    /// Gives the questions for the step from a row to the next one in a column of numbers.
    pub(super) fn ask_span(&mut self, column: usize, questions: &[&str]) {
        self.nouns.asks.spans.insert(column, questions.iter().map(|q| (*q).to_owned()).collect());
    }

    /// Says that its names are in another language: questions quote them and never bend them.
    pub(super) fn quote(&mut self) {
        self.nouns.quoted = true;
    }

    /// Names what such a document could tell and this one does not.
    pub(super) fn lacks(&mut self, names: &[&str]) {
        self.absent.extend(names.iter().map(|name| (*name).to_owned()));
    }

    /// Poses a question with the program that answers it.
    pub(super) fn pose(&mut self, kind: &'static str, effort: u8, words: &[&str], program: Program) {
        let words = words.iter().map(|text| (*text).to_owned()).collect();
        self.nouns.asks.posed.push(Posed { kind, effort, words, program });
    }

    /// Names something that can be pointed at, by the cell of the items that it prints or draws.
    pub(super) fn target(&mut self, name: &str, row: usize, column: usize) {
        self.nouns.asks.targets.push((name.to_owned(), Datum::at(0, row, column)));
    }

    /// Names the value of a field as something that can be pointed at.
    pub(super) fn target_field(&mut self, name: &str, field: Field) {
        let datum = Datum::at(self.table(), field, 1);
        self.nouns.asks.targets.push((name.to_owned(), datum));
    }

    /// A drawn thing without words that can be pointed at, such as an icon.
    pub(super) fn icon(&mut self, name: &str, drawing: &str) -> Expr {
        let field = self.field(name, "icon");
        self.target_field(&format!("the {name}"), field);
        format!("link(\"d:{}/{field}/1;r:node\", {drawing})", self.table())
    }

    /// What draws cells of a row instead of printing them: all its shapes are one mark.
    pub(super) fn drawn(&self, row: usize, columns: &[usize], role: &str, drawing: &str) -> Expr {
        format!("link(\"{}r:{role}\", {drawing})", addresses(row, columns))
    }

    /// A formula or sentence in which the cells of these columns stand.
    pub(super) fn holding(&self, row: usize, columns: &[usize], role: &str, content: &str) -> Expr {
        format!("link(\"{}r:{role}\", {content})", addresses(row, columns))
    }

    /// A part of what a cell of the items says.
    pub(super) fn cell_part(&self, row: usize, column: usize, printed: &str, role: &str) -> Expr {
        format!("link(\"d:0/{row}/{column};r:{role}\", {})", escape_string(printed))
    }

    /// How its things are called, and what it lacks.
    pub(super) fn words(&self) -> (Nouns, Vec<String>) {
        (self.nouns.clone(), self.absent.clone())
    }

    /// Adds a line item.
    pub(super) fn item(&mut self, cells: Vec<Cell>) -> usize {
        let items = self.items.as_mut().expect("the sheet was made with items");
        debug_assert_eq!(cells.len(), items.columns.len(), "one cell for each column");
        items.rows.push(cells);
        items.rows.len() - 1
    }

    /// A cell of the items from an exact number, by the format of its column.
    pub(super) fn number(&self, column: usize, value: Decimal) -> Cell {
        Cell::decimal(value, &self.formats.get(&(0, column)).cloned().unwrap_or_default())
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.items.as_ref().map_or(0, |items| items.rows.len())
    }

    /// The printed value of a field.
    pub(super) fn shown(&self, field: Field) -> &str {
        &self.fields.rows[field][1].shown
    }

    /// The printed name of a field.
    pub(super) fn shown_name(&self, field: Field) -> &str {
        &self.fields.rows[field][0].shown
    }

    /// The name of a field, linked.
    pub(super) fn name(&self, field: Field) -> Expr {
        self.name_as(field, self.shown_name(field))
    }

    /// The name of a field printed in another way, such as with a colon.
    pub(super) fn name_as(&self, field: Field, printed: &str) -> Expr {
        format!("link(\"d:{}/{field}/0;r:field_name\", {})", self.table(), escape_string(printed))
    }

    /// The value of a field, linked.
    pub(super) fn value(&self, field: Field) -> Expr {
        self.value_as(field, "field_value")
    }

    /// The value of a field in another role, such as `title`.
    pub(super) fn value_as(&self, field: Field, role: &str) -> Expr {
        self.part(field, self.shown(field), role)
    }

    /// A part of a field's value, such as one line of an address.
    pub(super) fn part(&self, field: Field, printed: &str, role: &str) -> Expr {
        let table = self.table();
        let amount = if self.amounts && !self.fields.rows[field][2].shown.is_empty() {
            format!("d:{table}/{field}/2;")
        } else {
            String::new()
        };
        let name = if self.told.contains(&field) { format!("d:{table}/{field}/0;") } else { String::new() };
        let link =
            format!("link(\"d:{table}/{field}/1;{name}{amount}r:{role}\", {})", escape_string(printed));
        if is_telephone(printed) || is_address(printed) { format!("box({link})") } else { link }
    }

    /// The value in lines, cut at its commas.
    pub(super) fn lines(&self, field: Field) -> Vec<Expr> {
        self.shown(field).split(", ").map(|line| self.part(field, line, "field_value")).collect()
    }

    /// A text that stands for all cells of a column that say it, such as the head of a column of ticks.
    pub(super) fn shared(&self, column: usize, printed: &str, role: &str) -> Expr {
        let rows = (0..self.len()).filter(|row| self.says(*row, column, printed));
        let data: String = rows.map(|row| format!("d:0/{row}/{column};")).collect();
        format!("link(\"{data}r:{role}\", {})", escape_string(printed))
    }

    /// True when a cell of the items says exactly this.
    pub(super) fn says(&self, row: usize, column: usize, text: &str) -> bool {
        self.items.as_ref().is_some_and(|items| items.rows[row][column].shown == text)
    }

    /// A cell of the items, linked.
    pub(super) fn cell(&self, row: usize, column: usize) -> Expr {
        self.cell_as(row, column, "body_cell")
    }

    /// A cell of the items in another role.
    pub(super) fn cell_as(&self, row: usize, column: usize, role: &str) -> Expr {
        let items = self.items.as_ref().expect("the sheet was made with items");
        let shown = &items.rows[row][column].shown;
        if shown.is_empty() {
            return "[]".to_owned();
        }
        format!("link(\"d:0/{row}/{column};r:{role}\", {})", escape_string(shown))
    }

    /// A cell of the items that tells a field too, such as the name of the row that is chosen.
    pub(super) fn cell_telling(&self, row: usize, column: usize, field: Field) -> Expr {
        let table = self.table();
        let data = format!("d:0/{row}/{column};d:{table}/{field}/0;d:{table}/{field}/1");
        format!("link(\"{data};r:body_cell\", {})", escape_string(self.shown_cell(row, column)))
    }

    /// What a cell of the items prints.
    pub(super) fn shown_cell(&self, row: usize, column: usize) -> &str {
        self.items.as_ref().map_or("", |items| items.rows[row][column].shown.as_str())
    }

    /// The number in a cell of the items.
    pub(super) fn amount(&self, row: usize, column: usize) -> Option<Decimal> {
        self.items.as_ref().and_then(|items| items.rows[row][column].as_decimal())
    }

    /// A text that stands for the cells of a column in some rows, such as the heading of a part of a menu.
    pub(super) fn shared_in(&self, rows: std::ops::Range<usize>, column: usize, role: &str) -> Expr {
        let printed = escape_string(self.shown_cell(rows.start, column));
        let data: String = rows.map(|row| format!("d:0/{row}/{column};")).collect();
        format!("link(\"{data}r:{role}\", {printed})")
    }

    /// The header of a column of the items, linked.
    pub(super) fn head(&self, column: usize) -> Expr {
        let items = self.items.as_ref().expect("the sheet was made with items");
        format!("link(\"d:0/h/{column};r:header_cell\", {})", escape_string(&items.columns[column].name))
    }

    /// The finished tables and how their numbers are printed.
    pub(super) fn finish(self) -> (Data, BTreeMap<(usize, usize), NumberFormat>) {
        (Data { tables: self.items.into_iter().chain([self.fields]).collect() }, self.formats)
    }
}

/// The addresses of cells of one row of the items, as links give them.
fn addresses(row: usize, columns: &[usize]) -> String {
    columns.iter().map(|column| format!("d:0/{row}/{column};")).collect()
}

/// True for a number to call, which is not broken between its groups of digits.
fn is_telephone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && text.contains(' ')
        && text.len() <= 22
        && text.starts_with(['+', '(', '0'])
        && text.chars().all(|c| c.is_ascii_digit() || "+()/- ".contains(c))
}

/// True for an address in the web or of mail, which is not broken at its dots and hyphens.
fn is_address(text: &str) -> bool {
    text.ends_with(".example") && !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_told_from_other_numbers() {
        for number in ["+00 (0)18 0884 3084", "0884 / 44 16 77", "(0340) 918 704"] {
            assert!(is_telephone(number), "{number}");
        }
        for other in ["12 000", "XX56 6605 1594", "2021-04-02", "08:15 – 09:15", "0884308", "26/03/2025"] {
            assert!(!is_telephone(other), "{other}");
        }
    }
}
