//! Nodes and edges read from their tables.

use std::collections::BTreeMap;

use pixmo_render::data::{Cell, Table, Value};
use pixmo_render::{Data, Datum};

use super::DiagramKind;
use crate::FigureError;

/// The tables of a diagram, with errors that say what a kind needs.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) kind: DiagramKind,
    pub(super) data: &'a Data,
}

/// One table with its place in the data.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) index: usize,
    pub(super) table: &'a Table,
    kind: DiagramKind,
}

/// A row of `nodes`.
#[derive(Clone, Debug)]
pub(super) struct GraphNode {
    pub(super) label: String,
    pub(super) data: Datum,
    pub(super) kind: String,
    pub(super) detail: Option<(String, Datum)>,
    /// Lane or group.
    pub(super) group: Option<(String, Datum)>,
}

/// A row of `edges`.
#[derive(Clone, Debug)]
pub(super) struct GraphEdge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The cells `from` and `to`.
    pub(super) data: Vec<Datum>,
    pub(super) label: Option<(String, Datum)>,
    pub(super) kind: String,
    /// How many of each end take part (entity diagrams).
    pub(super) ends: (String, String),
}

/// Most nodes and most edges of a graph: no picture has room for more, and looking for it takes the longer the more there
/// are, in a network with the third power.
const NODES_MAX: usize = 300;
const EDGES_MAX: usize = 900;

/// Children of a node, each with the index of its edge.
pub(super) type Children = Vec<(usize, usize)>;

/// Nodes and edges.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub(super) nodes: Vec<GraphNode>,
    pub(super) edges: Vec<GraphEdge>,
}

impl<'a> Source<'a> {
    /// The error for data of another form.
    pub(super) fn wrong(&self, found: impl Into<String>) -> FigureError {
        wrong(self.kind, found)
    }

    /// A table that must be there and have rows.
    pub(super) fn need(&self, name: &str) -> Result<Sheet<'a>, FigureError> {
        let sheet = self.find(name).ok_or_else(|| self.wrong(format!("no table `{name}`")))?;
        let width = sheet.table.columns.len();
        if sheet.table.rows.is_empty() {
            return Err(self.wrong(format!("an empty table `{name}`")));
        }
        if let Some(row) = sheet.table.rows.iter().find(|row| row.len() != width) {
            return Err(self.wrong(format!("a row of {} cells in {width} columns of `{name}`", row.len())));
        }
        Ok(sheet)
    }

    /// A table that may be there.
    pub(super) fn find(&self, name: &str) -> Option<Sheet<'a>> {
        let found = self.data.tables.iter().enumerate().find(|(_, table)| table.name == name);
        found.map(|(index, table)| Sheet { index, table, kind: self.kind })
    }

    /// `nodes`, whose labels must differ.
    pub(super) fn nodes(&self) -> Result<Vec<GraphNode>, FigureError> {
        let sheet = self.need("nodes")?;
        let label = sheet.need("label")?;
        let kind = sheet.find("kind");
        let detail = sheet.find("detail");
        let group = sheet.find("lane").or_else(|| sheet.find("group"));
        let present = |row: usize, column: Option<usize>| {
            column.filter(|&c| sheet.cell(row, c).value != Value::Missing).map(|c| sheet.printed(row, c))
        };
        sheet.at_most(NODES_MAX)?;
        let nodes: Vec<GraphNode> = (0..sheet.table.rows.len())
            .map(|row| GraphNode {
                label: sheet.text(row, label).to_owned(),
                data: sheet.datum(row, label),
                kind: kind.map_or("", |c| sheet.text(row, c)).to_owned(),
                detail: present(row, detail),
                group: present(row, group),
            })
            .collect();
        unique(self, &nodes)?;
        Ok(nodes)
    }

    /// `nodes` and `edges`.
    pub(super) fn graph(&self) -> Result<Graph, FigureError> {
        let nodes = self.nodes()?;
        let by_label: BTreeMap<&str, usize> =
            nodes.iter().enumerate().map(|(i, node)| (node.label.as_str(), i)).collect();
        let sheet = self.need("edges")?;
        sheet.at_most(EDGES_MAX)?;
        let (from, to) = (sheet.need("from")?, sheet.need("to")?);
        let text = |row: usize, name: &str| sheet.find(name).map_or("", |c| sheet.text(row, c)).to_owned();
        let mut edges = Vec::new();
        for row in 0..sheet.table.rows.len() {
            let end = |column: usize| {
                let name = sheet.text(row, column);
                by_label
                    .get(name)
                    .copied()
                    .ok_or_else(|| self.wrong(format!("an edge at `{name}`, which is no node")))
            };
            let label = sheet.find("label").filter(|&c| !sheet.text(row, c).trim().is_empty());
            edges.push(GraphEdge {
                from: end(from)?,
                to: end(to)?,
                data: vec![sheet.datum(row, from), sheet.datum(row, to)],
                label: label.map(|c| sheet.printed(row, c)),
                kind: text(row, "kind"),
                ends: (text(row, "from_end"), text(row, "to_end")),
            });
        }
        Ok(Graph { nodes, edges })
    }
}

fn unique(source: &Source<'_>, nodes: &[GraphNode]) -> Result<(), FigureError> {
    let mut labels: Vec<&str> = nodes.iter().map(|n| n.label.as_str()).collect();
    labels.sort_unstable();
    match labels.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(source.wrong(format!("the label `{}` twice", pair[0]))),
        None if labels.iter().any(|label| label.trim().is_empty()) => {
            Err(source.wrong("a node without a label"))
        }
        None => Ok(()),
    }
}

/// The error of a kind that found other data than it needs.
pub(super) fn wrong(kind: DiagramKind, found: impl Into<String>) -> FigureError {
    FigureError::Data { kind: kind.slug(), needed: kind.shape().words.to_owned(), found: found.into() }
}

impl Sheet<'_> {
    /// Refuses more rows than a picture could have room for.
    fn at_most(&self, rows: usize) -> Result<(), FigureError> {
        let found = self.rows();
        if found <= rows {
            return Ok(());
        }
        Err(FigureError::Data {
            kind: self.kind.slug(),
            needed: format!("at most {rows} rows of `{}`", self.table.name),
            found: found.to_string(),
        })
    }

    /// Index of a column that must be there.
    pub(super) fn need(&self, name: &str) -> Result<usize, FigureError> {
        self.find(name)
            .ok_or_else(|| wrong(self.kind, format!("no column `{name}` in table `{}`", self.table.name)))
    }

    /// Index of a column that may be there.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.table.column(name)
    }

    pub(super) fn rows(&self) -> usize {
        self.table.rows.len()
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &Cell {
        &self.table.rows[row][column]
    }

    /// A cell as printed.
    pub(super) fn text(&self, row: usize, column: usize) -> &str {
        &self.cell(row, column).shown
    }

    pub(super) fn datum(&self, row: usize, column: usize) -> Datum {
        Datum::at(self.index, row, column)
    }

    /// A cell as printed, with its address.
    pub(super) fn printed(&self, row: usize, column: usize) -> (String, Datum) {
        (self.text(row, column).to_owned(), self.datum(row, column))
    }
}

impl Graph {
    /// The root, and the children of each node in the order of the edges.
    ///
    /// # Errors
    /// Anything that is not one tree.
    pub(super) fn tree(&self, source: &Source<'_>) -> Result<(usize, Vec<Children>), FigureError> {
        let mut children = vec![Vec::new(); self.nodes.len()];
        let mut parents = vec![0usize; self.nodes.len()];
        for (index, edge) in self.edges.iter().enumerate() {
            children[edge.from].push((edge.to, index));
            parents[edge.to] += 1;
        }
        let roots: Vec<usize> = (0..self.nodes.len()).filter(|&n| parents[n] == 0).collect();
        let [root] = roots[..] else {
            return Err(source.wrong(format!("{} nodes without a parent", roots.len())));
        };
        if let Some(node) = parents.iter().position(|&count| count > 1) {
            return Err(source.wrong(format!("more than one parent of `{}`", self.nodes[node].label)));
        }
        let mut reached = vec![root];
        let mut next = 0;
        while next < reached.len() {
            reached.extend(children[reached[next]].iter().map(|c| c.0));
            next += 1;
        }
        if reached.len() != self.nodes.len() {
            return Err(source.wrong("a loop"));
        }
        Ok((root, children))
    }
}
