//! Operations that give texts, and with them the answer of a program.

use crate::error::RecheckError;
use crate::format::Format;
use crate::node::{Fields, Node};
use crate::tables::Tables;

impl Tables {
    /// The text that an operation gives.
    pub(crate) fn text(&self, node: Node<'_>) -> Result<String, RecheckError> {
        let text = self.text_given(node)?;
        // Texts may be kept beside each other until one of them is chosen.
        self.work.add_each(text.len())?;
        Ok(text)
    }

    fn text_given(&self, node: Node<'_>) -> Result<String, RecheckError> {
        match node.operation {
            "shown" => {
                let over = self.over(node)?;
                over.0.one(node)?;
                Ok(self.shown(node, &over)?.concat())
            }
            "names" => {
                let texts = self.shown(node, &self.over(node)?)?;
                joined(node, &texts)
            }
            "header" => {
                let fields = node.fields(&["table", "column"])?;
                Ok(self.column(fields.whole("table")?, fields.whole("column")?)?.name.clone())
            }
            "best_column" => self.best_column(node),
            "successors" => joined(node, &self.reached(node, true)?),
            "predecessors" => joined(node, &self.reached(node, false)?),
            "path" => joined(node, &self.path(node)?),
            "trend" => self.trend(node),
            "weekday" => self.weekday(node),
            "date_plus" => self.date_plus(node),
            "print" => {
                let fields = node.fields(&["of", "format"])?;
                let number = self.number(node.inner(fields.need("of")?)?)?;
                Ok(Format::read(fields.need("format")?)?.print(&number))
            }
            "fraction" => {
                let (a, b) = node.pair()?;
                let (a, b) = (self.number(a)?, self.number(b)?);
                if !a.is_whole() || !b.is_whole() {
                    return Err(node.no_answer("a fraction of numbers that are not whole"));
                }
                let (negative, digits) =
                    a.divided_by(&b).ok_or_else(|| node.no_answer("a division by 0"))?.as_fraction();
                Ok(if negative { format!("\u{2212}{digits}") } else { digits })
            }
            "best_of" => self.best_of(node),
            "yes_no" => Ok(if self.truth(node.inner(node.body)?)? { "Yes" } else { "No" }.to_owned()),
            "choice" => self.choice(node),
            "absent" => self.absent(node),
            _ => Err(node.unfit("a text")),
        }
    }

    fn best_column(&self, node: Node<'_>) -> Result<String, RecheckError> {
        let fields = node.fields(&["rows", "columns", "largest"])?;
        let largest = fields.flag("largest")?;
        let (rows, columns) = self.across(node, &fields)?;
        let row = rows.one(node)?;
        let mut numbers = Vec::new();
        for &column in &columns {
            numbers.push((self.number_at(node, rows.table, row, column)?, column));
        }
        numbers.sort_by(|a, b| if largest { b.0.cmp(a.0) } else { a.0.cmp(b.0) });
        match numbers.as_slice() {
            [] => Err(node.no_answer("there are no columns")),
            [best, second, ..] if best.0 == second.0 => Err(node.no_answer("a tie")),
            [best, ..] => Ok(self.column(rows.table, best.1)?.name.clone()),
        }
    }

    fn best_of(&self, node: Node<'_>) -> Result<String, RecheckError> {
        let fields = node.fields(&["entries", "largest"])?;
        let largest = fields.flag("largest")?;
        let mut list = Vec::new();
        for entry in fields.list("entries")? {
            let entry = Fields::of("entries", entry, &["name", "number"])?;
            let number = self.number(node.inner(entry.need("number")?)?)?;
            list.push((number, self.text(node.inner(entry.need("name")?)?)?));
        }
        let best = if largest { list.iter().map(|e| &e.0).max() } else { list.iter().map(|e| &e.0).min() };
        let best = best.ok_or_else(|| node.no_answer("there are no entries"))?;
        match list.iter().filter(|entry| entry.0 == *best).collect::<Vec<_>>()[..] {
            [(_, name)] => Ok(name.clone()),
            _ => Err(node.no_answer("a tie")),
        }
    }

    /// The word for the overall direction of the numbers, which is told from the first and the last one alone.
    fn trend(&self, node: Node<'_>) -> Result<String, RecheckError> {
        let fields = node.fields(&["over", "up", "down"])?;
        let (up, down) = (fields.text("up")?, fields.text("down")?);
        let (rows, column) = self.over_of(node, fields.need("over")?)?;
        let (Some(first), Some(last), true) = (rows.rows.first(), rows.rows.last(), rows.rows.len() >= 3)
        else {
            return Err(node.no_answer(format!("{} rows, and it wants three", rows.rows.len())));
        };
        let first = self.number_at(node, rows.table, *first, column)?;
        match self.number_at(node, rows.table, *last, column)?.cmp(first) {
            std::cmp::Ordering::Greater => Ok(up.to_owned()),
            std::cmp::Ordering::Less => Ok(down.to_owned()),
            std::cmp::Ordering::Equal => Err(node.no_answer("the two ends are equal")),
        }
    }

    fn choice(&self, node: Node<'_>) -> Result<String, RecheckError> {
        let fields = node.fields(&["of", "options", "labels"])?;
        let (options, labels) = (fields.texts("options")?, fields.texts("labels")?);
        if options.len() != labels.len() {
            let found = format!("{} options with {} labels", options.len(), labels.len());
            return Err(RecheckError::shape("`choice`", found, "one label an option"));
        }
        self.work.add_each(options.len())?;
        let text = self.text(node.inner(fields.need("of")?)?)?;
        let mut fitting = options.iter().zip(&labels).filter(|(option, _)| **option == text);
        match (fitting.next(), fitting.next()) {
            (Some((_, label)), None) => Ok((*label).to_owned()),
            (None, _) => Err(node.no_answer(format!("no option is `{text}`"))),
            (Some(_), Some(_)) => Err(node.no_answer(format!("several options are `{text}`"))),
        }
    }

    fn absent(&self, node: Node<'_>) -> Result<String, RecheckError> {
        let fields = node.fields(&["table", "column", "text", "decline"])?;
        let (table, text) = (fields.whole("table")?, fields.text("text")?);
        let decline = fields.text("decline")?;
        let stands = match fields.value("column") {
            None | Some(serde_json::Value::Null) => {
                let columns = &self.table(table)?.columns;
                self.work.add_each(columns.len())?;
                columns.iter().any(|column| column.name == text)
            }
            Some(_) => self.stands(table, fields.whole("column")?, text)?,
        };
        if stands { Err(node.no_answer("the text stands there")) } else { Ok(decline.to_owned()) }
    }
}

fn joined(node: Node<'_>, texts: &[&str]) -> Result<String, RecheckError> {
    if texts.is_empty() { Err(node.no_answer("there are none")) } else { Ok(texts.join(", ")) }
}
