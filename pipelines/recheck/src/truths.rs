//! Operations that are true or false.

use std::cmp::Ordering;

use crate::error::RecheckError;
use crate::node::Node;
use crate::tables::Tables;

impl Tables {
    /// Whether an operation is true.
    pub(crate) fn truth(&self, node: Node<'_>) -> Result<bool, RecheckError> {
        match node.operation {
            "greater" => {
                let (a, b) = node.pair()?;
                match self.number(a)?.cmp(&self.number(b)?) {
                    Ordering::Greater => Ok(true),
                    Ordering::Less => Ok(false),
                    Ordering::Equal => Err(node.no_answer("the numbers are equal")),
                }
            }
            "monotone" => {
                let fields = node.fields(&["over", "rising"])?;
                let wanted = if fields.flag("rising")? { Ordering::Less } else { Ordering::Greater };
                let over = self.over_of(node, fields.need("over")?)?;
                let numbers = self.numbers_over(node, &over)?;
                if numbers.len() < 3 {
                    return Err(node.no_answer(format!("{} rows, and it wants three", numbers.len())));
                }
                let steps: Vec<Ordering> = numbers.windows(2).map(|pair| pair[0].cmp(pair[1])).collect();
                if steps.contains(&Ordering::Equal) {
                    return Err(node.no_answer("two neighbours are equal"));
                }
                Ok(steps.iter().all(|step| *step == wanted))
            }
            "exists" => {
                let fields = node.fields(&["table", "column", "text"])?;
                self.stands(fields.whole("table")?, fields.whole("column")?, fields.text("text")?)
            }
            "says" => {
                let fields = node.fields(&["over", "text"])?;
                let over = self.over_of(node, fields.need("over")?)?;
                over.0.one(node)?;
                Ok(self.shown(node, &over)?.concat() == fields.text("text")?)
            }
            "both" => {
                let (a, b) = node.pair()?;
                let (a, b) = (self.truth(a)?, self.truth(b)?);
                Ok(a && b)
            }
            "either" => {
                let (a, b) = node.pair()?;
                let (a, b) = (self.truth(a)?, self.truth(b)?);
                Ok(a || b)
            }
            "negated" => Ok(!self.truth(node.inner(node.body)?)?),
            "linked" => self.linked(node),
            _ => Err(node.unfit("true or false")),
        }
    }

    /// Whether a column prints this text in some row.
    pub(crate) fn stands(&self, table: usize, column: usize, text: &str) -> Result<bool, RecheckError> {
        self.column(table, column)?;
        let rows = &self.table(table)?.rows;
        self.work.add_each(rows.len())?;
        let found = rows.iter().position(|row| row.get(column).is_some_and(|cell| cell.shown == text));
        found.map(|row| self.cell(table, row, column)).transpose()?;
        Ok(found.is_some())
    }
}
