//! Diagrams of nodes in layers: flowcharts, swim lanes, states, components in frames, data flows, maps of concepts and
//! block diagrams; class and entity diagrams stand on it too.

use pixmo_render::scene::Stroke;
use pixmo_render::{Datum, Point, Rect, Scene, TextError};

use super::automaton;
use super::board::Board;
use super::edge::{self, EdgeLine, EdgeText};
use super::flow_shape::FlowShapes;
use super::frames::{DEPTH, FRAME_PAD, frame_header};
use super::graph::{Graph, GraphEdge, Source};
use super::lane::{Lane, lane_ground, lanes};
use super::layered::{FrameRoom, Problem, ProblemEdge, ProblemNode, Solution, solve, solve_framed};
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{DiagramStyle, Head, Route};
use super::{DiagramKind, DiagramSpec, Direction};
use crate::{Drawn, FigureError};

/// Nodes and edges that are measured but not placed.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) boxes: Vec<NodeBox>,
    pub(super) edges: Vec<FlowEdge>,
    pub(super) lanes: Vec<Lane>,
    /// The lane of each node.
    pub(super) lane_of: Vec<usize>,
    /// Nodes that a dot points at.
    pub(super) initial: Vec<usize>,
    /// Room for the heads of arrows.
    pub(super) pad: f32,
    /// Lanes are drawn as frames around what they hold.
    pub(super) framed: bool,
}

/// A measured edge.
#[derive(Debug)]
pub(super) struct FlowEdge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) data: Vec<Datum>,
    pub(super) name: String,
    pub(super) label: Option<EdgeText>,
    pub(super) head: Head,
    pub(super) tail: Head,
    pub(super) dashed: bool,
    /// `to` stands above `from` (a class above what inherits from it).
    pub(super) upwards: bool,
}

/// Draws flowcharts, swim lanes, state diagrams and their kin.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let graph = source.graph()?;
    let curved = DiagramStyle { route: Route::Smooth, ..style.clone() };
    let style = match spec.kind {
        DiagramKind::FiniteAutomaton if spec.seed.rng("arrows").chance(0.75) => &curved,
        _ => style,
    };
    let shapes = FlowShapes::draw(spec, style);
    let mut boxes = Vec::new();
    for node in &graph.nodes {
        let (shape, coat) = shapes.of(boxes.len(), &node.kind, style);
        let wrap = style.text_px * shapes.wrap(style.compact);
        let detail = node.detail.as_ref();
        let mut measured = NodeBox::measure(style, shape, (&node.label, node.data), detail, wrap, coat)?;
        measured.double = spec.kind == DiagramKind::State && node.kind == "end";
        boxes.push(measured);
    }
    if spec.kind == DiagramKind::State {
        boxes
            .iter_mut()
            .filter(|b| b.shape == Shape::Box)
            .for_each(|b| b.height = (b.height * 0.6).round() * 2.0);
    }
    shapes.even_out(&mut boxes, style);
    let framed = matches!(spec.kind, DiagramKind::Component | DiagramKind::Deployment);
    let (lanes, lane_of) = match spec.kind {
        DiagramKind::SwimLane => lanes(&source, &graph, style, spec.direction)?,
        DiagramKind::Component | DiagramKind::Deployment => lanes(&source, &graph, style, Direction::Down)?,
        _ => (Vec::new(), vec![0; boxes.len()]),
    };
    let mut edges = graph.edges.iter().map(|e| flow_edge(&graph, e, style)).collect::<Result<Vec<_>, _>>()?;
    shapes.dress(&mut edges);
    let state = matches!(spec.kind, DiagramKind::State | DiagramKind::FiniteAutomaton);
    if !state && let Some(edge) = graph.edges.iter().find(|e| e.from == e.to) {
        return Err(source.wrong(format!("an edge from `{}` to itself", graph.nodes[edge.from].label)));
    }
    let initial = match spec.kind {
        DiagramKind::FiniteAutomaton => automaton::marked(&source, "start")?,
        _ => (0..boxes.len()).filter(|&n| state && graph.nodes[n].kind == "start").collect(),
    };
    let accepting = match spec.kind {
        DiagramKind::FiniteAutomaton => automaton::marked(&source, "accepting")?,
        _ => Vec::new(),
    };
    let pad = 17.0;
    let flow = Flow { boxes, edges, lanes, lane_of, initial, pad, framed };
    let mut drawn = flow.draw(spec, style, |scene, node, index| {
        node.paint(scene, style)?;
        shapes.adorn(scene, node, &graph.nodes[index].kind);
        if accepting.contains(&index) {
            automaton::ring(scene, node);
        }
        Ok(())
    })?;
    if spec.kind == DiagramKind::FiniteAutomaton {
        automaton::show_marks(&mut drawn.scene, &source)?;
    }
    Ok(drawn)
}

fn flow_edge(graph: &Graph, edge: &GraphEdge, style: &DiagramStyle<'_>) -> Result<FlowEdge, TextError> {
    let label =
        edge.label.as_ref().map(|label| EdgeText::measure(style, label, style.text_px * 9.0)).transpose()?;
    Ok(FlowEdge {
        from: edge.from,
        to: edge.to,
        data: edge.data.clone(),
        name: format!("{} → {}", graph.nodes[edge.from].label, graph.nodes[edge.to].label),
        label,
        head: style.head,
        tail: Head::None,
        dashed: false,
        upwards: false,
    })
}

impl Flow {
    /// Places and paints everything. `paint` draws one node with its texts.
    pub(super) fn draw(
        mut self,
        spec: &DiagramSpec<'_>,
        style: &DiagramStyle<'_>,
        paint: impl Fn(&mut Scene, &NodeBox, usize) -> Result<(), TextError>,
    ) -> Result<Drawn, FigureError> {
        let down = spec.direction == Direction::Down;
        let problem = self.problem(style, down);
        let mut solution = match self.framed {
            true => solve_framed(&problem, &self.frame_rooms(style, spec.kind, down)),
            false => solve(&problem),
        };
        if !down {
            turn(&mut solution);
        }
        let header = self.header(style, down);
        let (mut width, mut height) = (solution.width, solution.height);
        let banded = !self.lanes.is_empty() && !self.framed;
        let pad = if banded { 18.0 } else { 0.0 };
        let shift = match (!banded, down) {
            (true, _) => Point::default(),
            (false, true) => Point::new(0.0, header + pad),
            (false, false) => Point::new(header + pad, 0.0),
        };
        if down {
            height += shift.y + pad;
        } else {
            width += shift.x + pad;
        }
        let mut board = Board::open(spec, width, height)?;
        let origin = board.at(shift);
        solution.frames.iter_mut().for_each(|f| *f = f.moved(origin.x, origin.y));
        let moved = |p: &mut Point| *p = Point::new((p.x + origin.x).round(), (p.y + origin.y).round());
        solution.centers.iter_mut().for_each(moved);
        // Straight lines lie on whole pixels, curves anywhere.
        let along = |p: &mut Point| *p = Point::new(p.x + origin.x, p.y + origin.y);
        let paths = solution.paths.iter_mut().flatten();
        if style.route == Route::Square {
            paths.for_each(moved);
        } else {
            paths.for_each(along);
        }
        solution.labels.iter_mut().flatten().for_each(moved);
        for (node, center) in self.boxes.iter_mut().zip(&solution.centers) {
            node.center = *center;
        }
        let names = if self.framed {
            self.paint_frames(&mut board, style, &solution, spec.kind)
        } else {
            self.paint_lanes(&mut board, style, &solution, down, (width, height, header))?;
            Vec::new()
        };
        let mut texts: Vec<(usize, Point)> = Vec::new();
        let mut next = 0;
        for (index, edge) in self.edges.iter().enumerate() {
            let ground = self.ground(style, edge.from);
            if edge.from == edge.to {
                let (path, label) = self.loop_path(edge, down);
                self.paint_edge(&mut board.scene, style, ground, edge, &path, None);
                texts.extend(label.map(|at| (index, at)));
                continue;
            }
            let mut path = solution.paths[next].clone();
            if edge.upwards {
                path.reverse();
            }
            NodeBox::clip_path(&mut path, &self.boxes[edge.from], &self.boxes[edge.to]);
            let label = solution.labels[next];
            let gap = edge.label.as_ref().zip(label).map(|(text, at)| text.gap(at));
            self.paint_edge(&mut board.scene, style, ground, edge, &path, gap);
            texts.extend(label.map(|at| (index, at)));
            next += 1;
        }
        let dotted = spec.kind != DiagramKind::FiniteAutomaton;
        self.paint_initial(&mut board.scene, style, &solution, next, dotted);
        for (index, node) in self.boxes.iter().enumerate() {
            paint(&mut board.scene, node, index)?;
        }
        self.paint_frame_names(&mut board.scene, style, &names)?;
        for (index, at) in texts {
            if let Some(label) = &self.edges[index].label {
                label.paint(&mut board.scene, style, self.ground(style, self.edges[index].from), at)?;
            }
        }
        board.finish(Vec::new())
    }

    fn problem(&self, style: &DiagramStyle<'_>, down: bool) -> Problem {
        let size = |w: f32, h: f32| if down { (w, h) } else { (h, w) };
        let mut nodes: Vec<ProblemNode> = Vec::new();
        for (index, node) in self.boxes.iter().enumerate() {
            let (width, height) = size(node.width, node.height);
            let looped = self.edges.iter().find(|e| e.from == index && e.to == index);
            let beside = looped.map_or(0.0, |edge| {
                let label =
                    edge.label.as_ref().map_or(0.0, |l| if down { l.width + 6.0 } else { l.height + 4.0 });
                LOOP + label
            });
            let port = match node.shape {
                Shape::Diamond => 0.0,
                Shape::Ellipse => width * 0.22,
                // Along the side that edges meet: the height of the node when everything runs to the right.
                _ if self.framed => width / 2.0 - 8.0,
                Shape::Pill => (width - node.height).max(width * 0.3) / 2.0,
                Shape::Slanted if down => width / 2.0 - 22.0,
                Shape::Hexagon if down => width / 2.0 - 18.0,
                Shape::Drum => width / 2.0 - 14.0,
                _ => width / 2.0 - 8.0,
            };
            let sides = node.shape == Shape::Diamond;
            nodes.push(ProblemNode {
                width,
                height,
                beside,
                port: port.max(0.0),
                sides,
                lane: self.lane_of[index],
                gate: None,
            });
        }
        let mut edges: Vec<ProblemEdge> = self
            .edges
            .iter()
            .filter(|e| e.from != e.to)
            .map(|e| {
                let label = e.label.as_ref().map_or((0.0, 0.0), |l| size(l.width, l.height));
                let (from, to) = if e.upwards { (e.to, e.from) } else { (e.from, e.to) };
                ProblemEdge { from, to, label, ports: None }
            })
            .collect();
        for &node in &self.initial {
            let dot = ProblemNode {
                width: DOT,
                height: DOT,
                beside: 0.0,
                port: 0.0,
                sides: false,
                lane: 0,
                gate: None,
            };
            edges.push(ProblemEdge { from: nodes.len(), to: node, label: (0.0, 0.0), ports: None });
            nodes.push(dot);
        }
        let squeeze = if style.compact && !self.framed { 0.8 } else { 1.0 };
        let labelled = self.edges.iter().any(|e| e.label.is_some());
        let lanes = self
            .lanes
            .iter()
            .map(|lane| if down { lane.width + 28.0 } else { lane.lines.len() as f32 * style.line_px + 28.0 })
            .collect();
        Problem {
            nodes,
            edges,
            lanes,
            node_gap: style.gap(if down { 34.0 } else { 26.0 }),
            layer_gap: style.gap(if labelled { 34.0 } else { 42.0 }).max(2.0 * self.pad * squeeze),
            pad: self.pad * squeeze,
            port_gap: if self.pad > 20.0 { 24.0 } else { 16.0 },
            trunk: style.trunk,
            smooth: style.route == Route::Smooth,
        }
    }

    /// What the frames need around their nodes, in the direction in which the graph is laid out.
    fn frame_rooms(&self, style: &DiagramStyle<'_>, kind: DiagramKind, down: bool) -> Vec<FrameRoom> {
        let depth = if kind == DiagramKind::Deployment { DEPTH } else { 0.0 };
        let room = |lane: &Lane| {
            let header = frame_header(style, lane.lines.len()) + FRAME_PAD * 0.6;
            let (pads, margins) = ([FRAME_PAD, header, FRAME_PAD, FRAME_PAD], [0.0, depth, depth, 0.0]);
            let turned = |[left, top, right, bottom]: [f32; 4]| [top, left, bottom, right];
            match down {
                true => FrameRoom { pads, margins, least: (lane.width, 0.0), name: lane.width },
                false => FrameRoom {
                    pads: turned(pads),
                    margins: turned(margins),
                    least: (0.0, lane.width),
                    name: 0.0,
                },
            }
        };
        self.lanes.iter().map(room).collect()
    }

    /// Height (or width) of the band with the names of the lanes.
    fn header(&self, style: &DiagramStyle<'_>, down: bool) -> f32 {
        let lines = self.lanes.iter().map(|l| l.lines.len()).max().unwrap_or(0) as f32;
        let widest = self.lanes.iter().map(|l| l.width).fold(0.0f32, f32::max);
        match (self.lanes.is_empty(), down) {
            (true, _) => 0.0,
            (false, true) => lines * style.line_px + 16.0,
            (false, false) => widest + 24.0,
        }
    }

    fn ground(&self, style: &DiagramStyle<'_>, node: usize) -> pixmo_render::Color {
        if self.lanes.is_empty() || self.framed {
            style.look.ground
        } else {
            lane_ground(style, self.lane_of[node])
        }
    }

    fn paint_edge(
        &self,
        scene: &mut Scene,
        style: &DiagramStyle<'_>,
        ground: pixmo_render::Color,
        edge: &FlowEdge,
        path: &[Point],
        gap: Option<Rect>,
    ) {
        let line = EdgeLine {
            path,
            data: &edge.data,
            name: edge.name.clone(),
            head: edge.head,
            tail: edge.tail,
            dashed: edge.dashed,
            color: style.edge,
            width: style.stroke,
            bend: if style.route == Route::Square || edge.from == edge.to { style.bend } else { 0.0 },
            gap,
        };
        edge::paint(scene, ground, &line);
    }

    /// The way of an edge from a node to itself, and the place of its label.
    fn loop_path(&self, edge: &FlowEdge, down: bool) -> (Vec<Point>, Option<Point>) {
        let node = &self.boxes[edge.from];
        let (c, reach) = (node.center, LOOP - 6.0);
        let half = (if down { node.height } else { node.width } * 0.22).clamp(6.0, 14.0);
        let mut path = if down {
            let x = c.x + node.width / 2.0;
            vec![
                Point::new(x, c.y - half),
                Point::new(x + reach, c.y - half),
                Point::new(x + reach, c.y + half),
                Point::new(x, c.y + half),
            ]
        } else {
            let y = c.y + node.height / 2.0;
            vec![
                Point::new(c.x - half, y),
                Point::new(c.x - half, y + reach),
                Point::new(c.x + half, y + reach),
                Point::new(c.x + half, y),
            ]
        };
        NodeBox::clip_path(&mut path, node, node);
        let label = edge.label.as_ref().map(|label| match down {
            true => Point::new(c.x + node.width / 2.0 + LOOP + label.width / 2.0, c.y),
            false => Point::new(c.x, c.y + node.height / 2.0 + LOOP + label.height / 2.0 - 2.0),
        });
        (path, label)
    }

    /// Dots that point at first states.
    fn paint_initial(
        &self,
        scene: &mut Scene,
        style: &DiagramStyle<'_>,
        solution: &Solution,
        first: usize,
        dotted: bool,
    ) {
        for (index, &node) in self.initial.iter().enumerate() {
            let element = scene.ornament();
            let center = solution.centers[self.boxes.len() + index];
            let mut path = solution.paths[first + index].clone();
            if let Some(end) = path.last_mut() {
                let target = &self.boxes[node];
                *end = target.border(*end, target.center);
            }
            if let Some(start) = path.first_mut() {
                *start = center;
            }
            scene.polyline(element, &path, Stroke::new(style.edge, style.stroke));
            if let [.., before, tip] = path[..] {
                let step = edge::distance(before, tip).max(1e-3);
                let (ux, uy) = ((tip.x - before.x) / step, (tip.y - before.y) / step);
                let at = |side: f32| Point::new(tip.x - ux * 8.0 - uy * side, tip.y - uy * 8.0 + ux * side);
                scene.polygon(element, &[tip, at(4.0), at(-4.0)], style.edge);
            }
            if dotted {
                scene.circle(element, center, DOT / 2.0, style.look.ink);
            }
        }
    }
}

/// Room that a loop takes beside its node.
const LOOP: f32 = 28.0;
/// Width of the dot before a first state.
const DOT: f32 = 14.0;

/// Swaps the axes: what ran down runs to the right.
fn turn(solution: &mut Solution) {
    let swap = |p: &mut Point| *p = Point::new(p.y, p.x);
    solution.centers.iter_mut().for_each(swap);
    solution.paths.iter_mut().flatten().for_each(swap);
    solution.labels.iter_mut().flatten().for_each(swap);
    solution.frames.iter_mut().for_each(|f| *f = Rect::new(f.top, f.left, f.bottom, f.right));
    std::mem::swap(&mut solution.width, &mut solution.height);
}
