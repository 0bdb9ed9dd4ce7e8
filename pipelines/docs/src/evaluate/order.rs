//! Operations on order: ranks, directions, crossings, ways through a diagram, and sums of products.

use rust_decimal::Decimal;

use pixmo_render::Datum;

use super::{EvalError, Run, Val, joined, plain};
use crate::program::{Expr, Over};

impl Run<'_> {
    pub(super) fn rank_of(&mut self, row: &Expr, over: &Over, largest: bool) -> Result<Val, EvalError> {
        let (own_table, own) = self.one(row)?;
        let (table, list) = self.candidates(over)?;
        if own_table != table || !self.rows(&over.rows)?.1.contains(&own) {
            return Err(EvalError::NotOne);
        }
        let number = self.cell(table, own, over.column)?.ok_or(EvalError::Missing)?;
        let mut before = 0;
        for (other_row, other) in list {
            if other_row == own {
                continue;
            }
            if other == number {
                return Err(EvalError::Tie);
            }
            self.compare(table, (own, over.column, number), Some((other_row, over.column)), other);
            before += usize::from((other > number) == largest);
        }
        let (name, column) = (self.row_name(table, own), self.column_name(table, over.column));
        let word = if largest { "larger" } else { "smaller" };
        self.steps.push(format!(
            "{before} have a {word} value of {column} than {name}, so its rank is {}.",
            before + 1
        ));
        Ok(Val::Number(Decimal::from(before + 1)))
    }

    pub(super) fn trend(&mut self, over: &Over, up: &str, down: &str) -> Result<Val, EvalError> {
        let (table, rows) = self.rows(&over.rows)?;
        let (Some(&first), Some(&last)) = (rows.first(), rows.last()) else { return Err(EvalError::Empty) };
        if rows.len() < 3 {
            return Err(EvalError::Empty);
        }
        let from = self.cell(table, first, over.column)?.ok_or(EvalError::Missing)?;
        let to = self.cell(table, last, over.column)?.ok_or(EvalError::Missing)?;
        if from == to {
            return Err(EvalError::Tie);
        }
        self.compare(table, (last, over.column, to), Some((first, over.column)), from);
        let word = if to > from { "larger" } else { "smaller" };
        let (end, start) = (self.row_name(table, last), self.row_name(table, first));
        self.steps.push(format!("The value of {end} is {word} than that of {start}."));
        Ok(Val::Text(if to > from { up } else { down }.to_owned()))
    }

    pub(super) fn crossing(&mut self, rows: &Expr, a: usize, b: usize) -> Result<Val, EvalError> {
        let (table, rows) = self.rows(rows)?;
        for (at, row) in rows.into_iter().enumerate() {
            let first = self.cell(table, row, a)?.ok_or(EvalError::Missing)?;
            let second = self.cell(table, row, b)?.ok_or(EvalError::Missing)?;
            if first == second {
                return Err(EvalError::Tie);
            }
            self.compare(table, (row, a, first), Some((row, b)), second);
            if first > second {
                if at == 0 {
                    return Err(EvalError::Undefined);
                }
                self.reads.texts.extend([Datum::header(table, a), Datum::header(table, b)]);
                let (a, b) = (self.column_name(table, a), self.column_name(table, b));
                let name = self.row_name(table, row);
                self.steps.push(format!("The first entry at which {a} is larger than {b} is {name}."));
                return Ok(Val::Rows(table, vec![row]));
            }
        }
        Err(EvalError::Empty)
    }

    pub(super) fn sum_products(&mut self, rows: &Expr, columns: &[usize]) -> Result<Val, EvalError> {
        let (table, rows) = self.rows(rows)?;
        if rows.is_empty() || columns.is_empty() {
            return Err(EvalError::Empty);
        }
        let (mut total, mut products) = (Decimal::ZERO, Vec::new());
        for row in rows {
            let numbers = columns
                .iter()
                .map(|&column| self.exact(table, row, column))
                .collect::<Result<Vec<_>, _>>()?;
            let mut product = Decimal::ONE;
            for number in &numbers {
                product = product.checked_mul(*number).ok_or(EvalError::Undefined)?;
            }
            self.steps.push(format!(
                "{}: {} = {}.",
                self.row_name(table, row),
                joined(&numbers, " × "),
                plain(product)
            ));
            products.push(product);
            total += product;
        }
        self.steps.push(format!("{} = {}.", joined(&products, " + "), plain(total)));
        Ok(Val::Number(total))
    }

    /// Breadth first, counting the shortest ways to each node; several edges between two nodes are one way.
    pub(super) fn path(&mut self, table: usize, from: &str, to: &str) -> Result<Val, EvalError> {
        let mut edges = self.edges(table)?;
        edges.sort();
        edges.dedup();
        let mut layers: Vec<Vec<(&str, usize, &str)>> = vec![vec![(from, 1, "")]];
        let mut seen = vec![from];
        while !seen.contains(&to) {
            let mut layer: Vec<(&str, usize, &str)> = Vec::new();
            for (node, ways, _) in &layers[layers.len() - 1] {
                for (_, next) in
                    edges.iter().filter(|(start, end)| start == node && !seen.contains(&end.as_str()))
                {
                    match layer.iter_mut().find(|(known, ..)| known == next) {
                        Some((_, count, _)) => *count = count.saturating_add(*ways),
                        None => layer.push((next.as_str(), *ways, *node)),
                    }
                }
            }
            if layer.is_empty() {
                return Err(EvalError::Empty);
            }
            seen.extend(layer.iter().map(|(node, ..)| *node));
            layers.push(layer);
        }
        if from == to {
            return Err(EvalError::Undefined);
        }
        let mut way = vec![to];
        for layer in layers.iter().rev() {
            let node = way[way.len() - 1];
            let (_, ways, before) =
                layer.iter().find(|(known, ..)| *known == node).ok_or(EvalError::Empty)?;
            if *ways > 1 {
                return Err(EvalError::Tie);
            }
            if !before.is_empty() {
                way.push(*before);
            }
        }
        way.reverse();
        for (row, cells) in self.data.tables[table].rows.iter().enumerate() {
            if way.windows(2).any(|step| step[0] == cells[0].shown && step[1] == cells[1].shown) {
                self.reads.rows.insert((table, row));
            }
        }
        self.steps.push(format!("The shortest way is {}.", way.join(" → ")));
        Ok(Val::Text(way.join(", ")))
    }
}
