//! Family trees: couples side by side with their children below, or the ancestors of one person.
//!
//! Years of birth and death stand in one line below the name, which carries both cells.

use std::collections::BTreeMap;

use pixmo_render::data::Value;
use pixmo_render::scene::Stroke;
use pixmo_render::{Datum, Point};

use super::board::Board;
use super::edge::{self, EdgeLine};
use super::graph::{Graph, Source};
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{DiagramStyle, Head, NodeLook};
use super::tree::Tree;
use super::{DiagramSpec, Direction};
use crate::{Drawn, FigureError};

/// Two people joined by a row of `couples`.
#[derive(Clone, Copy)]
struct Couple {
    one: usize,
    other: usize,
    data: [Datum; 2],
}

/// A person, or a couple whose first member descends from the others.
struct Unit {
    first: usize,
    second: Option<usize>,
}

/// A family that is measured but not placed. Across is where brothers and sisters stand beside each other, along is
/// where generations follow each other.
struct Family {
    graph: Graph,
    boxes: Vec<NodeBox>,
    couples: Vec<Couple>,
    units: Vec<Unit>,
    /// Units of the next generation of each unit.
    next: Vec<Vec<usize>>,
    root: usize,
    /// Generations run from the root to older ones.
    ancestors: bool,
    down: bool,
    /// Edge of each unit's generation on the side of the next, before it is put on a board.
    ends: Vec<f32>,
}

/// Distance of the two of a couple.
const PAIR_GAP: f32 = 26.0;

/// Draws a family tree.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let mut family = Family::of(spec, style, &source)?;
    let (width, height) = family.place(style);
    let mut board = Board::open(spec, width, height)?;
    for node in &mut family.boxes {
        let at = board.at(node.center);
        node.center = Point::new(at.x.round(), at.y.round());
    }
    let origin = if family.down { board.origin.y } else { board.origin.x };
    family.ends.iter_mut().for_each(|end| *end = (*end + origin).round());
    let mut rng = spec.seed.rng("family");
    let double = rng.chance(0.35);
    family.paint_couples(&mut board, style, double);
    family.paint_children(&mut board, style, double);
    for node in &family.boxes {
        node.paint(&mut board.scene, style)?;
    }
    family.show_years(&mut board, &source)?;
    board.finish(Vec::new())
}

impl Family {
    fn of(
        spec: &DiagramSpec<'_>,
        style: &DiagramStyle<'_>,
        source: &Source<'_>,
    ) -> Result<Family, FigureError> {
        let graph = source.graph()?;
        let count = graph.nodes.len();
        let couples = couples(source, &graph)?;
        let mut parents: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); count];
        for edge in &graph.edges {
            parents[edge.to].push(edge.from);
            children[edge.from].push(edge.to);
        }
        if let Some(node) = parents.iter().position(|p| p.len() > 2) {
            return Err(source.wrong(format!("more than two parents of `{}`", graph.nodes[node].label)));
        }
        let spouse = |node: usize| {
            couples.iter().find_map(|c| match node {
                n if n == c.one => Some(c.other),
                n if n == c.other => Some(c.one),
                _ => None,
            })
        };
        // Whoever has parents here descends; whoever has none and is married to one who has, married in.
        let ancestors = couples.is_empty();
        let mut units: Vec<Unit> = Vec::new();
        for node in 0..count {
            let partner = spouse(node).filter(|_| !ancestors);
            let follows = partner.is_some_and(|p| match (parents[node].is_empty(), parents[p].is_empty()) {
                (true, false) => true,
                (false, true) => false,
                _ => p < node,
            });
            if !follows {
                units.push(Unit { first: node, second: partner });
            }
        }
        let mut unit_of = vec![0usize; count];
        for (index, unit) in units.iter().enumerate() {
            unit_of[unit.first] = index;
            if let Some(second) = unit.second {
                unit_of[second] = index;
            }
        }
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); units.len()];
        let mut before = vec![0usize; units.len()];
        for (index, unit) in units.iter().enumerate() {
            let near = if ancestors { &parents } else { &children };
            for &other in near[unit.first].iter().chain(unit.second.iter().flat_map(|&s| &near[s])) {
                let other = unit_of[other];
                if !next[index].contains(&other) {
                    next[index].push(other);
                    before[other] += 1;
                }
            }
        }
        let roots: Vec<usize> = (0..units.len()).filter(|&u| before[u] == 0).collect();
        let ([root], true) = (&roots[..], before.iter().all(|&b| b <= 1)) else {
            return Err(
                source.wrong(format!("{} people to begin with, or a marriage of relatives", roots.len()))
            );
        };
        let root = *root;
        let down = spec.direction == Direction::Down;
        let mut family = Family {
            boxes: Vec::new(),
            graph,
            couples,
            units,
            next,
            root,
            ancestors,
            down,
            ends: Vec::new(),
        };
        family.boxes = family.measure(style, source, &parents)?;
        Ok(family)
    }

    fn measure(
        &self,
        style: &DiagramStyle<'_>,
        source: &Source<'_>,
        parents: &[Vec<usize>],
    ) -> Result<Vec<NodeBox>, FigureError> {
        let depths = self.depths();
        let mut boxes = Vec::new();
        for (index, node) in self.graph.nodes.iter().enumerate() {
            let unit =
                self.units.iter().position(|u| u.first == index || u.second == Some(index)).unwrap_or(0);
            let married_in = self.units[unit].second == Some(index) && parents[index].is_empty();
            let look = match (style.nodes, married_in) {
                (NodeLook::Solid, true) => NodeLook::Tint,
                (look, _) => look,
            };
            let coat = style.coat_of(style.color(depths[unit]), look);
            let years = years(source, index)?;
            let label = (node.label.as_str(), node.data);
            let wrap = style.text_px * if style.compact { 6.5 } else { 8.5 };
            boxes.push(NodeBox::measure(style, Shape::Box, label, years.as_ref(), wrap, coat)?);
        }
        // Boxes of one size look like one house.
        let height = boxes.iter().map(|b| b.height).fold(0.0f32, f32::max);
        let width = boxes.iter().map(|b| b.width).fold(0.0f32, f32::max);
        for node in &mut boxes {
            (node.width, node.height) = (width, height);
        }
        Ok(boxes)
    }

    fn depths(&self) -> Vec<usize> {
        let tree = Tree {
            widths: vec![0.0; self.units.len()],
            children: self.next.clone(),
            root: self.root,
            hanging: Vec::new(),
        };
        tree.depths()
    }

    /// Size of a box across and along the generations.
    fn size(&self, node: usize) -> (f32, f32) {
        let node = &self.boxes[node];
        if self.down { (node.width, node.height) } else { (node.height, node.width) }
    }

    /// Places everybody; returns the size of the drawing.
    fn place(&mut self, style: &DiagramStyle<'_>) -> (f32, f32) {
        let gap = style.gap(if self.down { 24.0 } else { 16.0 });
        let pair = if self.down { style.gap(PAIR_GAP) } else { 18.0 };
        let across: Vec<f32> = self
            .units
            .iter()
            .map(|u| self.size(u.first).0 + u.second.map_or(0.0, |s| pair + self.size(s).0))
            .collect();
        let tree = Tree {
            widths: across.iter().map(|width| width + gap).collect(),
            children: self.next.clone(),
            root: self.root,
            hanging: vec![None; self.units.len()],
        };
        let (places, breadth) = tree.places();
        let depths = tree.depths();
        let deepest = depths.iter().max().copied().unwrap_or(0);
        let mut thickness = vec![0.0f32; deepest + 1];
        for (unit, &depth) in self.units.iter().zip(&depths) {
            for node in [Some(unit.first), unit.second].into_iter().flatten() {
                thickness[depth] = thickness[depth].max(self.size(node).1);
            }
        }
        let between = style.gap(52.0);
        let mut starts = vec![0.0f32];
        for size in &thickness {
            starts.push(starts[starts.len() - 1] + size + between);
        }
        let length = starts[deepest] + thickness[deepest];
        // Ancestors of a tree that runs down stand above.
        let upwards = self.ancestors && self.down;
        self.ends = vec![0.0; self.units.len()];
        for index in 0..self.units.len() {
            let Unit { first, second } = self.units[index];
            let depth = depths[index];
            let middle = starts[depth] + thickness[depth] / 2.0;
            let end = starts[depth] + thickness[depth];
            self.ends[index] = if upwards { length - end } else { end };
            let along = if upwards { length - middle } else { middle };
            let mut left = places[index] - across[index] / 2.0;
            for node in [Some(first), second].into_iter().flatten() {
                let size = self.size(node).0;
                let at = left + size / 2.0;
                self.boxes[node].center =
                    if self.down { Point::new(at, along) } else { Point::new(along, at) };
                left += size + pair;
            }
        }
        if self.down { (breadth, length) } else { (length, breadth) }
    }

    /// A place by its coordinates across and along.
    fn point(&self, across: f32, along: f32) -> Point {
        if self.down { Point::new(across, along) } else { Point::new(along, across) }
    }

    /// Where a box lies across and along.
    fn at(&self, node: usize) -> (f32, f32) {
        let center = self.boxes[node].center;
        if self.down { (center.x, center.y) } else { (center.y, center.x) }
    }

    fn paint_couples(&self, board: &mut Board<'_>, style: &DiagramStyle<'_>, double: bool) {
        for couple in &self.couples {
            let (mut a, mut b) = (couple.one, couple.other);
            if self.at(a).0 > self.at(b).0 {
                (a, b) = (b, a);
            }
            let from = self.at(a).0 + self.size(a).0 / 2.0;
            let to = self.at(b).0 - self.size(b).0 / 2.0;
            let along = self.at(a).1;
            let name = format!("{} and {}", self.boxes[a].name, self.boxes[b].name);
            let element = board.scene.mark(pixmo_render::Role::Edge, name, couple.data);
            let shifts: &[f32] = if double { &[-2.0, 2.0] } else { &[0.0] };
            for shift in shifts {
                let ends = [self.point(from, along + shift), self.point(to, along + shift)];
                board.scene.polyline(element, &ends, Stroke::new(style.edge, style.stroke));
            }
            let middle = self.point((from + to) / 2.0, along);
            if !double && self.units.iter().all(|u| u.first != a || self.next_of(a).is_empty()) {
                board.scene.circle(element, middle, 3.2, style.edge);
            }
            board.scene.element_mut(element).anchor = middle;
            board.scene.element_mut(element).color = Some(style.edge);
        }
    }

    /// Units that follow on the one of a person.
    fn next_of(&self, node: usize) -> &[usize] {
        let unit = self.units.iter().position(|u| u.first == node || u.second == Some(node));
        unit.map_or(&[], |u| &self.next[u])
    }

    fn paint_children(&self, board: &mut Board<'_>, style: &DiagramStyle<'_>, double: bool) {
        let ground = style.look.ground;
        for edge in &self.graph.edges {
            let path = if self.ancestors {
                self.to_parent(edge.to, edge.from)
            } else {
                self.to_child(edge.from, edge.to, double)
            };
            let line = EdgeLine {
                path: &path,
                data: &edge.data,
                name: format!("{} → {}", self.boxes[edge.from].name, self.boxes[edge.to].name),
                head: Head::None,
                tail: Head::None,
                dashed: false,
                color: style.edge,
                width: style.stroke,
                bend: 0.0,
                gap: None,
            };
            let element = edge::paint(&mut board.scene, ground, &line);
            // Lines of a family run together; the last piece belongs to this pair alone.
            if let [.., a, b] = path[..] {
                board.scene.element_mut(element).anchor = edge::between(a, b, 0.5);
            }
        }
    }

    /// From a parent along the line of the couple, down between the generations and to the child.
    fn to_child(&self, parent: usize, child: usize, double: bool) -> Vec<Point> {
        let unit = self.units.iter().position(|u| u.first == parent || u.second == Some(parent)).unwrap_or(0);
        let Unit { first, second } = self.units[unit];
        let (across, along) = self.at(parent);
        let (target, top) = (self.at(child).0, self.at(child).1 - self.size(child).1 / 2.0);
        let turn = ((self.ends[unit] + top) / 2.0).round();
        let mut path = match second {
            Some(second) => {
                let (a, b) = (
                    self.at(first).0 + self.size(first).0 / 2.0,
                    self.at(second).0 - self.size(second).0 / 2.0,
                );
                let middle = ((a + b) / 2.0).round();
                let start = if across < middle { a } else { b };
                // Between two lines a third one would look like a bar.
                let first = (!double).then(|| self.point(start, along));
                let rest = [self.point(middle, along), self.point(middle, turn)];
                first.into_iter().chain(rest).collect::<Vec<Point>>()
            }
            None => vec![self.point(across, along + self.size(parent).1 / 2.0), self.point(across, turn)],
        };
        path.extend([self.point(target, turn), self.point(target, top)]);
        path
    }

    /// From a person to a parent, who stands in the next generation away from the root.
    fn to_parent(&self, child: usize, parent: usize) -> Vec<Point> {
        let unit = self.units.iter().position(|u| u.first == child).unwrap_or(0);
        let sign = if self.at(parent).1 > self.at(child).1 { 1.0 } else { -1.0 };
        let start = self.at(child).1 + sign * self.size(child).1 / 2.0;
        let end = self.at(parent).1 - sign * self.size(parent).1 / 2.0;
        let turn = (self.ends[unit] + sign * (end - start).abs().min(52.0) / 2.0).round();
        let (a, b) = (self.at(child).0, self.at(parent).0);
        vec![self.point(a, start), self.point(a, turn), self.point(b, turn), self.point(b, end)]
    }

    /// Lets the line with the years show the year of death as well.
    fn show_years(&self, board: &mut Board<'_>, source: &Source<'_>) -> Result<(), FigureError> {
        let sheet = source.need("nodes")?;
        let (Some(born), Some(died)) = (sheet.find("born"), sheet.find("died")) else { return Ok(()) };
        for row in (0..sheet.rows()).filter(|&r| sheet.cell(r, died).value != Value::Missing) {
            let (born, died) = (sheet.datum(row, born), sheet.datum(row, died));
            let lines =
                board.scene.elements.iter_mut().filter(|e| e.text.is_some() && e.data.contains(&born));
            lines.for_each(|e| e.data.push(died));
        }
        Ok(())
    }
}

/// The years of a person as they are written below the name.
fn years(source: &Source<'_>, row: usize) -> Result<Option<(String, Datum)>, FigureError> {
    let sheet = source.need("nodes")?;
    let Some(born) = sheet.find("born").filter(|&c| sheet.cell(row, c).value != Value::Missing) else {
        return Ok(None);
    };
    let died = sheet.find("died").filter(|&c| sheet.cell(row, c).value != Value::Missing);
    let text = match died {
        Some(died) => format!("{}–{}", sheet.text(row, born), sheet.text(row, died)),
        // As in all languages: a year that is still open.
        None => format!("{}–", sheet.text(row, born)),
    };
    Ok(Some((text, sheet.datum(row, born))))
}

/// The rows of `couples`, if there is such a table.
fn couples(source: &Source<'_>, graph: &Graph) -> Result<Vec<Couple>, FigureError> {
    if source.find("couples").is_none() {
        return Ok(Vec::new());
    }
    let sheet = source.need("couples")?;
    let (one, other) = (sheet.need("one")?, sheet.need("other")?);
    let by_label: BTreeMap<&str, usize> =
        graph.nodes.iter().enumerate().map(|(i, node)| (node.label.as_str(), i)).collect();
    let find = |row: usize, column: usize| {
        let name = sheet.text(row, column);
        by_label
            .get(name)
            .copied()
            .ok_or_else(|| source.wrong(format!("a marriage of `{name}`, who is no node")))
    };
    (0..sheet.rows())
        .map(|row| {
            let data = [sheet.datum(row, one), sheet.datum(row, other)];
            Ok(Couple { one: find(row, one)?, other: find(row, other)?, data })
        })
        .collect()
}
