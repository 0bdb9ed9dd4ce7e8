//! Histories of a repository: commits in the lanes of their branches, as a list from the newest down or as a line from
//! the oldest to the right.

use pixmo_render::data::Value;
use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, FaceId, Fonts, Point, Rect, Role, Scene, TextError};

use super::board::Board;
use super::edge::{self, EdgeLine};
use super::graph::{Graph, Source};
use super::style::{DiagramStyle, Head};
use super::{DiagramSpec, Direction};
use crate::{Drawn, FigureError};

/// A text with the cells that it prints.
type Printed = (String, Vec<Datum>);

/// A history with its lanes.
struct History {
    graph: Graph,
    /// Branches in the order of their first commit.
    branches: Vec<Printed>,
    /// The branch of each commit.
    lane_of: Vec<usize>,
    tags: Vec<Option<(String, Datum)>>,
    /// How many commits lead to each.
    parents: Vec<usize>,
}

/// Where commits lie, and how far apart they are.
struct Places {
    dots: Vec<Point>,
    /// Distance of neighbours along the history.
    step: f32,
    down: bool,
}

/// Radius of commits.
const DOT: f32 = 6.0;

/// Draws a history.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let history = History::of(&source)?;
    match spec.direction {
        Direction::Down => list(spec, style, &history),
        Direction::Right => line(spec, style, &history),
    }
}

impl History {
    fn of(source: &Source<'_>) -> Result<History, FigureError> {
        let graph = source.graph()?;
        let sheet = source.need("nodes")?;
        let tag = sheet.find("tag");
        let mut branches: Vec<Printed> = Vec::new();
        let mut lane_of = Vec::new();
        for node in &graph.nodes {
            let (name, datum) =
                node.group.as_ref().ok_or_else(|| source.wrong(format!("no lane for `{}`", node.label)))?;
            let lane = branches.iter().position(|b| b.0 == *name).unwrap_or_else(|| {
                branches.push((name.clone(), Vec::new()));
                branches.len() - 1
            });
            branches[lane].1.push(*datum);
            lane_of.push(lane);
        }
        let mut parents = vec![0usize; graph.nodes.len()];
        for edge in &graph.edges {
            if edge.from >= edge.to {
                return Err(source.wrong(format!("`{}` before its parent", graph.nodes[edge.to].label)));
            }
            parents[edge.to] += 1;
        }
        let tags = (0..graph.nodes.len())
            .map(|row| {
                let column = tag.filter(|&c| sheet.cell(row, c).value != Value::Missing)?;
                Some(sheet.printed(row, column))
            })
            .collect();
        Ok(History { graph, branches, lane_of, tags, parents })
    }

    fn color(&self, style: &DiagramStyle<'_>, lane: usize) -> Color {
        style.look.color(lane).readable_on(style.look.ground, 2.0)
    }

    /// The last commit of each branch.
    fn tips(&self) -> Vec<usize> {
        (0..self.branches.len())
            .map(|lane| self.lane_of.iter().rposition(|&l| l == lane).unwrap_or(0))
            .collect()
    }

    /// The way from a commit to the one that follows it: a branch leaves at once, a merge arrives at the last moment.
    fn path(&self, places: &Places, style: &DiagramStyle<'_>, index: usize) -> Vec<Point> {
        let edge = &self.graph.edges[index];
        let (a, b) = (places.dots[edge.from], places.dots[edge.to]);
        if self.lane_of[edge.from] == self.lane_of[edge.to] {
            return vec![a, b];
        }
        let first = self.graph.edges.iter().position(|e| e.to == edge.to) == Some(index);
        let step = places.step;
        if places.down {
            // Rows lie below each other; the turn takes one row.
            let (low, high) = if first { (a.y, a.y - step) } else { (b.y + step, b.y) };
            let (from, to) = (Point::new(a.x, low), Point::new(b.x, high));
            let mut path = vec![a];
            if edge::distance(a, from) > 0.5 {
                path.push(from);
            }
            if style.bend > 0.0 {
                let middle = (low + high) / 2.0;
                path.extend(edge::curve(from, Point::new(from.x, middle), Point::new(to.x, middle), to, 14));
            } else {
                path.push(to);
            }
            if edge::distance(to, b) > 0.5 {
                path.push(b);
            }
            return path;
        }
        // No text stands half-way between two commits.
        let lane = self.lane_of[if first { edge.to } else { edge.from }];
        // Branches that leave one commit turn a little apart.
        let aside = (lane as f32 - 2.0) * 4.0;
        let turn = (if first { a.x + step / 2.0 } else { b.x - step / 2.0 } + aside).round();
        vec![a, Point::new(turn, a.y), Point::new(turn, b.y), b]
    }

    fn paint_graph(&self, scene: &mut Scene, style: &DiagramStyle<'_>, places: &Places, ring: bool) {
        let ground = style.look.ground;
        for (index, edge) in self.graph.edges.iter().enumerate() {
            let path = self.path(places, style, index);
            // A line has the colour of the branch that it belongs to: the new one, or the merged one.
            let first = self.graph.edges.iter().position(|e| e.to == edge.to) == Some(index);
            let lane = self.lane_of[if first { edge.to } else { edge.from }];
            let line = EdgeLine {
                path: &path,
                data: &edge.data,
                name: format!("{} → {}", self.graph.nodes[edge.from].label, self.graph.nodes[edge.to].label),
                head: Head::None,
                tail: Head::None,
                dashed: false,
                color: self.color(style, lane),
                width: style.stroke + 0.8,
                bend: if places.down { 0.0 } else { 9.0 },
                gap: None,
            };
            edge::paint(scene, ground, &line);
        }
        for (node, at) in self.graph.nodes.iter().zip(&places.dots) {
            let index = usize::from(node.data.row);
            let color = self.color(style, self.lane_of[index]);
            let dot = scene.mark(Role::Node, node.label.clone(), [node.data]);
            scene.circle(dot, *at, DOT + 2.0, ground);
            scene.circle(dot, *at, DOT, color);
            if ring || self.parents[index] > 1 {
                scene.circle(dot, *at, DOT - 2.6, ground);
            }
            if self.parents[index] > 1 && !ring {
                scene.circle(dot, *at, DOT - 4.2, color);
            }
            scene.element_mut(dot).anchor = *at;
            scene.element_mut(dot).color = Some(color);
        }
    }
}

/// A word on a coloured ground.
struct Chip<'a> {
    text: &'a str,
    data: &'a [Datum],
    color: Color,
    role: Role,
}

impl Chip<'_> {
    fn width(&self, style: &DiagramStyle<'_>) -> Result<f32, TextError> {
        Ok(Fonts::bundled().width(style.strong(), style.small_px(), self.text)?.ceil() + 12.0)
    }

    /// Paints the chip with its left edge and its middle here.
    fn paint(
        &self,
        scene: &mut Scene,
        style: &DiagramStyle<'_>,
        left: f32,
        middle: f32,
    ) -> Result<(), TextError> {
        let height = (style.small_px() * 1.25).round() + 4.0;
        let rect = Rect::sized(left.round(), (middle - height / 2.0).round(), self.width(style)?, height);
        let look = style.look;
        let fill = look.ground.mix(self.color, if look.dark { 0.4 } else { 0.22 });
        let element = match self.role {
            Role::GroupLabel => scene.mark(Role::Group, self.text, self.data.iter().copied()),
            _ => scene.ornament(),
        };
        scene.round_rect(element, rect, height / 2.0, fill);
        scene.element_mut(element).anchor = rect.center();
        let ink = look.ink.readable_on(fill, 4.8);
        let spec = TextSpec::new(self.text, style.strong(), style.small_px(), ink, self.role)
            .at(rect.center().x, rect.center().y, Align::Middle, VAlign::Middle)
            .showing(self.data.iter().copied());
        scene.text(spec)?;
        Ok(())
    }
}

/// The newest commit first, each with its message on its own line.
fn list(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>, history: &History) -> Result<Drawn, FigureError> {
    let fonts = Fonts::bundled();
    let mut rng = spec.seed.rng("history");
    let (ring, ids_last) = (rng.chance(0.3), rng.chance(0.3));
    let row = (style.line_px * rng.range32(1.55, 1.9)).max(25.0).round();
    let lane = (style.text_px * 1.7).max(20.0).round();
    let count = history.graph.nodes.len();
    let gutter = DOT * 2.0 + lane * (history.branches.len() - 1) as f32 + 16.0;
    let width = |face: FaceId, px: f32, text: &str| fonts.width(face, px, text);
    let mut ids = 0.0f32;
    for node in &history.graph.nodes {
        ids = ids.max(width(style.strong(), style.text_px, &node.label)?);
    }
    let tips = history.tips();
    let chips = |commit: usize| {
        let branch = tips.iter().enumerate().filter(move |(_, tip)| **tip == commit).map(|(lane, _)| Chip {
            text: &history.branches[lane].0,
            data: &history.branches[lane].1,
            color: history.color(style, lane),
            role: Role::GroupLabel,
        });
        let tag = history.tags[commit].iter().map(|(text, datum)| Chip {
            text,
            data: std::slice::from_ref(datum),
            color: style.look.ink,
            role: Role::NodeLabel,
        });
        branch.chain(tag).collect::<Vec<_>>()
    };
    // Widths of the texts of each line, left to right: chips, message; the id stands first or last.
    let mut widest = 0.0f32;
    for (commit, node) in history.graph.nodes.iter().enumerate() {
        let mut line = 0.0;
        for chip in chips(commit) {
            line += chip.width(style)? + 6.0;
        }
        if let Some((message, _)) = &node.detail {
            line += width(style.plain(), style.text_px, message)?;
        }
        widest = widest.max(line);
    }
    let total = gutter + ids + 16.0 + widest;
    let mut board = Board::open(spec, total.ceil(), row * count as f32)?;
    let origin = board.origin;
    let dots = (0..count)
        .map(|commit| {
            let x = origin.x + DOT + 2.0 + lane * history.lane_of[commit] as f32;
            let y = origin.y + row * ((count - 1 - commit) as f32 + 0.5);
            Point::new(x.round(), y.round())
        })
        .collect();
    let places = Places { dots, step: row, down: true };
    history.paint_graph(&mut board.scene, style, &places, ring);
    let ink = style.look.ink.readable_on(style.look.ground, 5.0);
    let id_ink = style.look.accent.readable_on(style.look.ground, 4.6);
    for (commit, node) in history.graph.nodes.iter().enumerate() {
        let y = places.dots[commit].y;
        let (id, mut x) = match ids_last {
            true => (origin.x + total - ids, origin.x + gutter),
            false => (origin.x + gutter, origin.x + gutter + ids + 14.0),
        };
        let spec = TextSpec::new(&node.label, style.strong(), style.text_px, id_ink, Role::NodeLabel)
            .at(id.round(), y, Align::Start, VAlign::Middle)
            .showing([node.data]);
        board.scene.text(spec)?;
        for chip in chips(commit) {
            chip.paint(&mut board.scene, style, x, y)?;
            x += chip.width(style)? + 6.0;
        }
        if let Some((message, datum)) = &node.detail {
            let spec = TextSpec::new(message, style.plain(), style.text_px, ink, Role::NodeLabel)
                .at(x.round(), y, Align::Start, VAlign::Middle)
                .showing([*datum]);
            board.scene.text(spec)?;
        }
    }
    board.finish(Vec::new())
}

/// The oldest commit at the left, branches below each other.
fn line(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>, history: &History) -> Result<Drawn, FigureError> {
    let fonts = Fonts::bundled();
    let mut rng = spec.seed.rng("history");
    let ring = rng.chance(0.3);
    let px = style.small_px();
    let mut widest = 0.0f32;
    for node in &history.graph.nodes {
        widest = widest.max(fonts.width(style.plain(), px, &node.label)?);
    }
    for (tag, _) in history.tags.iter().flatten() {
        widest = widest.max(fonts.width(style.strong(), px, tag)? + 14.0);
    }
    let step = (widest + style.gap(16.0)).ceil().max(30.0);
    let lane = style.gap(62.0);
    let chip = |lane: usize| Chip {
        text: &history.branches[lane].0,
        data: &history.branches[lane].1,
        color: history.color(style, lane),
        role: Role::GroupLabel,
    };
    let mut gutter = 0.0f32;
    for branch in 0..history.branches.len() {
        gutter = gutter.max(chip(branch).width(style)?);
    }
    let gutter = gutter + 22.0;
    let count = history.graph.nodes.len();
    let (above, below) = (26.0, px + 16.0);
    let width = gutter + step * count as f32;
    let height = above + lane * (history.branches.len() - 1) as f32 + below;
    let mut board = Board::open(spec, width, height)?;
    let origin = board.origin;
    let y = |lane_index: usize| (origin.y + above + lane * lane_index as f32).round();
    let dots = (0..count)
        .map(|commit| {
            let x = origin.x + gutter + step * (commit as f32 + 0.5);
            Point::new(x.round(), y(history.lane_of[commit]))
        })
        .collect();
    let places = Places { dots, step, down: false };
    let guides = board.scene.ornament();
    for branch in 0..history.branches.len() {
        let pen = Stroke::new(style.look.ground.mix(style.look.ink, 0.14), 1.0).dashed(&[2.0, 4.0]);
        let from = Point::new(origin.x + gutter - 10.0, y(branch) + 0.5);
        let first = history.lane_of.iter().position(|&l| l == branch).unwrap_or(0);
        let to = Point::new(places.dots[first].x - DOT - 4.0, y(branch) + 0.5);
        board.scene.line(guides, from, to, pen);
    }
    history.paint_graph(&mut board.scene, style, &places, ring);
    for branch in 0..history.branches.len() {
        chip(branch).paint(&mut board.scene, style, origin.x, y(branch))?;
    }
    let ink = style.look.ink.readable_on(style.look.ground, 5.0);
    for (commit, node) in history.graph.nodes.iter().enumerate() {
        let at = places.dots[commit];
        let spec = TextSpec::new(&node.label, style.plain(), px, ink, Role::NodeLabel)
            .at(at.x, at.y + DOT + 4.0 + px * 0.6, Align::Middle, VAlign::Middle)
            .showing([node.data]);
        board.scene.text(spec)?;
        if let Some((tag, datum)) = &history.tags[commit] {
            let tag = Chip {
                text: tag,
                data: std::slice::from_ref(datum),
                color: style.look.ink,
                role: Role::NodeLabel,
            };
            let left = at.x - tag.width(style)? / 2.0;
            tag.paint(&mut board.scene, style, left, at.y - DOT - 12.0)?;
        }
    }
    board.finish(Vec::new())
}
