//! Operations on a table whose rows are the edges of a graph.

use std::collections::{BTreeMap, VecDeque};

use rust_decimal::Decimal;

use super::{EvalError, Run, Val};

impl Run<'_> {
    pub(super) fn find(&self, table: usize, column: usize, text: &str) -> Result<Vec<usize>, EvalError> {
        let table = self.table(table)?;
        table.columns.get(column).ok_or(EvalError::Kind)?;
        Ok((0..table.rows.len()).filter(|&row| table.rows[row][column].shown == text).collect())
    }

    pub(super) fn edges(&self, table: usize) -> Result<Vec<(String, String)>, EvalError> {
        let table = self.table(table)?;
        if table.columns.len() < 2 {
            return Err(EvalError::Kind);
        }
        Ok(table.rows.iter().map(|row| (row[0].shown.clone(), row[1].shown.clone())).collect())
    }

    pub(super) fn see_edges(&mut self, table: usize, edges: &[(String, String)], node: &str, out: bool) {
        for (row, (from, to)) in edges.iter().enumerate() {
            if (if out { from } else { to }) == node {
                self.reads.rows.insert((table, row));
            }
        }
    }

    pub(super) fn shortest(&mut self, table: usize, from: &str, to: &str) -> Result<Val, EvalError> {
        let edges = self.edges(table)?;
        let mut before: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            for (row, (a, b)) in edges.iter().enumerate() {
                if a == node && b != from && !before.contains_key(b.as_str()) {
                    before.insert(b, (node, row));
                    queue.push_back(b);
                }
            }
        }
        let mut way = vec![to];
        while way.last() != Some(&from) {
            let (node, row) = *before.get(way[way.len() - 1]).ok_or(EvalError::Empty)?;
            self.reads.rows.insert((table, row));
            way.push(node);
        }
        way.reverse();
        self.steps.push(format!("The shortest way is {}.", way.join(" → ")));
        Ok(Val::Number(Decimal::from(way.len() - 1)))
    }
}
