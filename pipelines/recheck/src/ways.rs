//! Nodes and edges: who leads where, and how far it is.

use crate::error::RecheckError;
use crate::exact::Exact;
use crate::node::Node;
use crate::tables::{Cell, Content, Tables};

impl Tables {
    /// Whether an edge leads from one node to another.
    pub(crate) fn linked(&self, node: Node<'_>) -> Result<bool, RecheckError> {
        let fields = node.fields(&["table", "from", "to"])?;
        let wanted = (fields.text("from")?, fields.text("to")?);
        let table = fields.whole("table")?;
        let edge = self.edges(node, table)?.iter().position(|edge| *edge == wanted);
        edge.map(|edge| self.follow(table, edge)).transpose()?;
        Ok(edge.is_some())
    }

    /// How many edges leave or reach a node.
    pub(crate) fn degree(&self, node: Node<'_>) -> Result<Exact, RecheckError> {
        let fields = node.fields(&["table", "node", "out"])?;
        let (name, out) = (fields.text("node")?, fields.flag("out")?);
        let table = fields.whole("table")?;
        let mut count = 0;
        for (edge, (from, to)) in self.edges(node, table)?.into_iter().enumerate() {
            if name == if out { from } else { to } {
                self.follow(table, edge)?;
                count += 1;
            }
        }
        Ok(Exact::count(count))
    }

    /// The nodes after (or before) a node, each once, in the order of the edges.
    pub(crate) fn reached(&self, node: Node<'_>, after: bool) -> Result<Vec<&str>, RecheckError> {
        let fields = node.fields(&["table", "node"])?;
        let name = fields.text("node")?;
        let mut reached = Vec::new();
        let table = fields.whole("table")?;
        for (edge, (from, to)) in self.edges(node, table)?.into_iter().enumerate() {
            let (here, there) = if after { (from, to) } else { (to, from) };
            if here == name {
                self.follow(table, edge)?;
                self.work.add_each(reached.len())?;
            }
            if here == name && !reached.contains(&there) {
                reached.push(there);
            }
        }
        Ok(reached)
    }

    /// The length of the shortest way. A node that stands in an edge is 0 steps from itself.
    pub(crate) fn steps(&self, node: Node<'_>) -> Result<Exact, RecheckError> {
        let fields = node.fields(&["table", "from", "to"])?;
        let (start, end) = (fields.text("from")?, fields.text("to")?);
        let table = fields.whole("table")?;
        let edges = self.edges(node, table)?;
        if !edges.iter().any(|(from, to)| *from == start || *to == start) {
            return Err(node.no_answer(format!("no edge knows the node `{start}`")));
        }
        let mut seen = vec![start];
        let mut border = vec![start];
        let mut steps = 0;
        while !border.is_empty() {
            if border.contains(&end) {
                return Ok(Exact::count(steps));
            }
            self.work.add_each(edges.len().saturating_mul(border.len()))?;
            let mut beyond = Vec::new();
            for (edge, (from, to)) in edges.iter().enumerate() {
                if !border.contains(from) {
                    continue;
                }
                self.work.add_each(seen.len())?;
                if !seen.contains(to) {
                    self.follow(table, edge)?;
                    seen.push(to);
                    beyond.push(*to);
                }
            }
            border = beyond;
            steps += 1;
        }
        Err(node.no_answer("no way leads there"))
    }

    /// The nodes of the shortest way, if there is only one. It is found from its end: a step leads on when it brings the
    /// end nearer by one.
    pub(crate) fn path(&self, node: Node<'_>) -> Result<Vec<&str>, RecheckError> {
        let fields = node.fields(&["table", "from", "to"])?;
        let (start, end) = (fields.text("from")?, fields.text("to")?);
        let table = fields.whole("table")?;
        let edges = self.edges(node, table)?;
        if start == end {
            return Err(node.no_answer("it begins where it ends"));
        }
        let mut distance: Vec<(&str, usize)> =
            edges.iter().map(|edge| edge.1).filter(|to| *to == end).take(1).map(|to| (to, 0)).collect();
        let mut at = 0;
        while at < distance.len() {
            let (here, far) = distance[at];
            self.work.add_each(edges.len())?;
            for (from, to) in &edges {
                if *to == here {
                    self.work.add_each(distance.len())?;
                }
                if *to == here && !distance.iter().any(|(known, _)| known == from) {
                    distance.push((*from, far + 1));
                }
            }
            at += 1;
        }
        let far = |name: &str| distance.iter().find(|(known, _)| *known == name).copied();
        let mut way = vec![far(start).ok_or_else(|| node.no_answer("no way leads there"))?];
        while way[way.len() - 1].1 > 0 {
            let (here, left) = way[way.len() - 1];
            let after: Vec<&str> =
                edges.iter().filter(|(from, _)| *from == here).map(|(_, to)| *to).collect();
            self.work.add_each(edges.len() + after.len().saturating_mul(distance.len()))?;
            let mut next: Vec<(&str, usize)> = after.into_iter().filter_map(far).collect();
            next.retain(|(_, far)| far + 1 == left);
            next.sort_unstable();
            next.dedup();
            match next.as_slice() {
                [one] => way.push(*one),
                several => {
                    return Err(node.no_answer(format!("{} ways lead on from `{here}`", several.len())));
                }
            }
        }
        for step in way.windows(2) {
            let edge = edges.iter().position(|edge| *edge == (step[0].0, step[1].0));
            edge.map(|edge| self.follow(table, edge)).transpose()?;
        }
        Ok(way.into_iter().map(|(name, _)| name).collect())
    }

    /// Says that an answer rests on an edge.
    fn follow(&self, table: usize, edge: usize) -> Result<(), RecheckError> {
        self.cell(table, edge, 0)?;
        self.cell(table, edge, 1)?;
        Ok(())
    }

    /// The printed ends of all edges: column 0 says from, column 1 to.
    fn edges(&self, node: Node<'_>, table: usize) -> Result<Vec<(&str, &str)>, RecheckError> {
        let read = |row: usize, column: usize| match self.glance(table, row, column)? {
            Cell { content: Content::Missing, .. } => {
                Err(node.no_answer(format!("edge {row} has a missing end")))
            }
            cell => Ok(cell.shown.as_str()),
        };
        self.column(table, 1)?;
        (0..self.table(table)?.rows.len()).map(|row| Ok((read(row, 0)?, read(row, 1)?))).collect()
    }
}
