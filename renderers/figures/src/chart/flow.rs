//! What diagrams of flows share: nodes in stages, bands between them, and an order in which few of them cross.

use pixmo_render::{Datum, Path, PathBuilder};

use super::shape::Shape;
use super::shape::ranks;
use super::sheet::{Name, Sheet};

/// A place that flows come through.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// What it is called: its own cell and all cells that refer to it.
    pub(super) name: Name,
    /// The cell of its total.
    pub(super) total: (String, Datum),
    /// How much passes.
    pub(super) amount: f64,
    /// Where it stands, from 0.
    pub(super) stage: usize,
}

/// What one row of the table draws: a band through two nodes or more.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub(super) row: usize,
    pub(super) through: Vec<usize>,
    pub(super) amount: f64,
}

/// Nodes and bands.
#[derive(Clone, Debug)]
pub(super) struct Flows {
    pub(super) nodes: Vec<Node>,
    pub(super) bands: Vec<Band>,
    pub(super) stages: usize,
    /// The column of amounts in the table of nodes.
    pub(super) total: usize,
}

impl Flows {
    /// Reads links or streams.
    pub(super) fn read(sheet: &Sheet<'_>) -> Self {
        let steps = sheet.table.columns.len() - 1;
        let streams = matches!(sheet.spec.kind.shape(), Shape::Streams { .. });
        let list = &sheet.spec.data.tables[1];
        let total = list.columns.len() - 1;
        let ends: Vec<(&str, &str)> = if streams {
            Vec::new()
        } else {
            (0..sheet.rows()).map(|row| (sheet.shown(row, 0), sheet.shown(row, 1))).collect()
        };
        let layered = matches!(sheet.spec.kind.shape(), Shape::Links { layered: true, .. });
        let ranks = if layered { ranks(&ends) } else { Default::default() };
        let node = |(index, cells): (usize, &Vec<pixmo_render::Cell>)| {
            let text = cells[0].shown.as_str();
            let step = sheet.table.columns.iter().position(|c| streams && c.name == cells[1].shown);
            let mut data = vec![Datum::at(1, index, 0)];
            for row in 0..sheet.rows() {
                let own = (0..steps).filter(|c| step.is_none_or(|step| step == *c));
                data.extend(own.filter(|c| sheet.shown(row, *c) == text).map(|c| Datum::cell(row, c)));
            }
            Node {
                name: Name { text: text.to_owned(), data },
                total: (cells[total].shown.clone(), Datum::at(1, index, total)),
                amount: cells[total].as_f64().unwrap_or(0.0),
                stage: step.or_else(|| ranks.get(text).copied()).unwrap_or(0),
            }
        };
        let nodes: Vec<Node> = list.rows.iter().enumerate().map(node).collect();
        let place = |row: usize, column: usize| {
            let here = |node: &Node| {
                (!streams || node.stage == column) && node.name.text == sheet.shown(row, column)
            };
            nodes.iter().position(here).unwrap_or(0)
        };
        let bands = (0..sheet.rows())
            .map(|row| Band {
                row,
                through: (0..steps).map(|column| place(row, column)).collect(),
                amount: sheet.value(row, steps).unwrap_or(0.0),
            })
            .collect();
        let stages = nodes.iter().map(|node| node.stage + 1).max().unwrap_or(1);
        Self { nodes, bands, stages, total }
    }

    /// The nodes of each stage from top to bottom. The order of the table is kept unless another one has clearly fewer
    /// crossings; candidates come from sweeps that put every node at the mean place of its neighbours.
    pub(super) fn order(&self) -> Vec<Vec<usize>> {
        let mut order: Vec<Vec<usize>> = (0..self.stages)
            .map(|stage| (0..self.nodes.len()).filter(|n| self.nodes[*n].stage == stage).collect())
            .collect();
        let given = self.crossings(&order);
        let (mut best, mut least) = (order.clone(), 0.85 * given);
        for sweep in 0..8 {
            let stages: Vec<usize> = if sweep % 2 == 0 {
                (1..self.stages).collect()
            } else {
                (0..self.stages - 1).rev().collect()
            };
            for stage in stages {
                let beside = if sweep % 2 == 0 { stage - 1 } else { stage + 1 };
                let places: Vec<f64> = order[stage]
                    .iter()
                    .map(|node| self.pull(*node, &order[beside], sweep % 2 == 0))
                    .collect();
                let mut ranked: Vec<usize> = (0..places.len()).collect();
                ranked.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
                order[stage] = ranked.into_iter().map(|i| order[stage][i]).collect();
            }
            let found = self.crossings(&order);
            if found < least {
                (best, least) = (order.clone(), found);
            }
        }
        best
    }

    /// The mean place of what flows into a node, or out of it, weighted by amounts.
    fn pull(&self, node: usize, beside: &[usize], before: bool) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for (from, to, amount) in self.hops() {
            let (here, there) = if before { (to, from) } else { (from, to) };
            if here == node
                && let Some(place) = beside.iter().position(|n| *n == there)
            {
                sum += amount * place as f64 / beside.len() as f64;
                weight += amount;
            }
        }
        if weight > 0.0 { sum / weight } else { 0.5 }
    }

    /// All steps of all bands from one node to the next.
    fn hops(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let hops = |band: &'_ Band| {
            let amount = band.amount;
            let pairs: Vec<(usize, usize)> = band.through.windows(2).map(|pair| (pair[0], pair[1])).collect();
            pairs.into_iter().map(move |(from, to)| (from, to, amount))
        };
        self.bands.iter().flat_map(hops)
    }

    /// How much crosses how much.
    fn crossings(&self, order: &[Vec<usize>]) -> f64 {
        let mut place = vec![0; self.nodes.len()];
        for stage in order {
            stage.iter().enumerate().for_each(|(index, node)| place[*node] = index);
        }
        let hops: Vec<(usize, usize, f64)> = self.hops().collect();
        let mut sum = 0.0;
        for (index, a) in hops.iter().enumerate() {
            for b in &hops[index + 1..] {
                let beside = self.nodes[a.0].stage == self.nodes[b.0].stage;
                let (starts, ends) = (place[a.0].cmp(&place[b.0]), place[a.1].cmp(&place[b.1]));
                if beside && starts.is_ne() && ends.is_ne() && starts != ends {
                    sum += libm::sqrt(a.2 * b.2);
                }
            }
        }
        sum
    }
}

/// The outline of a band between two upright edges that leaves and arrives level.
pub(super) fn ribbon(from: (f32, f32), to: (f32, f32), thick: f32, bend: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (near, far) = (from.0 + (to.0 - from.0) * bend, to.0 - (to.0 - from.0) * bend);
    path.move_to(from.0, from.1);
    path.cubic_to(near, from.1, far, to.1, to.0, to.1);
    path.line_to(to.0, to.1 + thick);
    path.cubic_to(far, to.1 + thick, near, from.1 + thick, from.0, from.1 + thick);
    path.close();
    path.finish()
}
