//! Nodes in frames: what a frame holds is laid out on its own, and the frames then are the nodes of an outer graph. An
//! edge between two frames leaves its own frame through a gate and runs outside in the gaps between the frames, so no
//! edge passes through a frame that is none of its ends.

use std::collections::BTreeMap;

use pixmo_render::{Point, Rect};

use super::{Gate, Layers, Problem, ProblemEdge, ProblemNode, Solution, order, place, rank, solve};

/// What a frame needs beside its nodes.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::diagram) struct FrameRoom {
    /// Room at the left, top, right and bottom between the border and what the frame holds.
    pub(in crate::diagram) pads: [f32; 4],
    /// What is drawn outside of the border.
    pub(in crate::diagram) margins: [f32; 4],
    /// Least width and height of what it holds.
    pub(in crate::diagram) least: (f32, f32),
    /// Width of a name that stands at the top, where gates may be in its way; 0 when none are.
    pub(in crate::diagram) name: f32,
}

/// An edge inside the problem of one frame.
#[derive(Clone, Copy)]
struct Inner {
    edge: usize,
    /// It goes through a gate; then its index among the nodes of the frame.
    gate: Option<usize>,
    /// The way in the frame runs from the gate to the node, not the way in which it is solved.
    turned: bool,
}

/// A frame that is laid out.
struct Held {
    nodes: Vec<usize>,
    edges: Vec<Inner>,
    solution: Solution,
    size: (f32, f32),
    /// Where the content begins in the outer box.
    origin: Point,
}

/// Lays out a graph whose nodes stand in frames, which the lanes of the nodes name.
pub(in crate::diagram) fn solve_framed(problem: &Problem, rooms: &[FrameRoom]) -> Solution {
    let frame = |node: usize| problem.nodes[node].lane;
    let outside: Vec<usize> = (0..problem.edges.len())
        .filter(|&e| frame(problem.edges[e].from) != frame(problem.edges[e].to))
        .collect();
    let ends: Vec<(usize, usize)> =
        outside.iter().map(|&e| (frame(problem.edges[e].from), frame(problem.edges[e].to))).collect();
    let upwards = rank::against(rooms.len(), &ends);
    let sizes = vec![(200.0, 100.0); rooms.len()];
    let places = gate_places(&outer(problem, &outside, &ends, &sizes, None), ends.len());
    let held: Vec<Held> =
        (0..rooms.len()).map(|f| hold(problem, f, &rooms[f], (&outside, &ends, &upwards), &places)).collect();
    // The ports of the outer edges are where the gates have come to stand.
    let gate_x = |f: usize, edge: usize| {
        let own = &held[f];
        let inner = own.edges.iter().find(|i| i.edge == edge).and_then(|i| i.gate);
        inner.map_or(0.0, |gate| own.origin.x + own.solution.centers[gate].x - own.size.0 / 2.0)
    };
    let ports: Vec<(f32, f32)> =
        outside.iter().zip(&ends).map(|(&e, &(from, to))| (gate_x(from, e), gate_x(to, e))).collect();
    let sizes: Vec<(f32, f32)> = held.iter().map(|h| h.size).collect();
    let whole = solve(&outer(problem, &outside, &ends, &sizes, Some(&ports)));
    compose(problem, rooms, &held, &outside, &ends, whole)
}

/// The graph of the frames.
fn outer(
    problem: &Problem,
    outside: &[usize],
    ends: &[(usize, usize)],
    sizes: &[(f32, f32)],
    ports: Option<&[(f32, f32)]>,
) -> Problem {
    let node = |&(width, height): &(f32, f32)| ProblemNode {
        width,
        height,
        beside: 0.0,
        port: width / 2.0 - 12.0,
        sides: false,
        lane: 0,
        gate: None,
    };
    let edges = outside.iter().zip(ends).enumerate().map(|(number, (&edge, &(from, to)))| ProblemEdge {
        from,
        to,
        label: problem.edges[edge].label,
        ports: ports.map(|p| p[number]),
    });
    Problem {
        nodes: sizes.iter().map(node).collect(),
        edges: edges.collect(),
        lanes: Vec::new(),
        node_gap: problem.node_gap.max(24.0),
        ..problem.clone()
    }
}

/// Where an edge comes in, where it leads, and which it is.
type Spot = (f32, f32, usize);

/// The place of each outer edge among those at the same side of its upper and of its lower frame.
fn gate_places(problem: &Problem, edges: usize) -> Vec<(usize, usize)> {
    let mut layers = Layers::of(problem);
    order::order(&mut layers);
    place::place(problem, &mut layers);
    let mut spots: BTreeMap<(usize, bool), Vec<Spot>> = BTreeMap::new();
    for (edge, chain) in layers.chains.iter().enumerate() {
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        let x = |v: usize| layers.vertices[v].x;
        // Edges that go to the same frame are told apart by where they come from, and the other way round.
        spots.entry((first, true)).or_default().push((x(chain[1]), x(last), edge));
        spots.entry((last, false)).or_default().push((x(chain[chain.len() - 2]), x(first), edge));
    }
    let mut places = vec![(0, 0); edges];
    for ((_, below), mut list) in spots {
        list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (place, (_, _, edge)) in list.into_iter().enumerate() {
            if below {
                places[edge].0 = place;
            } else {
                places[edge].1 = place;
            }
        }
    }
    places
}

/// Lays out what one frame holds.
fn hold(
    problem: &Problem,
    frame: usize,
    room: &FrameRoom,
    (outside, ends, upwards): (&[usize], &[(usize, usize)], &[bool]),
    places: &[(usize, usize)],
) -> Held {
    let nodes: Vec<usize> = (0..problem.nodes.len()).filter(|&n| problem.nodes[n].lane == frame).collect();
    let at = |node: usize| nodes.iter().position(|&n| n == node).unwrap_or(0);
    let mut inner_nodes: Vec<ProblemNode> =
        nodes.iter().map(|&n| ProblemNode { lane: 0, ..problem.nodes[n] }).collect();
    let mut edges: Vec<Inner> = Vec::new();
    let mut inner_edges: Vec<ProblemEdge> = Vec::new();
    for (index, edge) in problem.edges.iter().enumerate() {
        let (from, to) = (problem.nodes[edge.from].lane, problem.nodes[edge.to].lane);
        if from == frame && to == frame {
            inner_edges.push(ProblemEdge { from: at(edge.from), to: at(edge.to), ..*edge });
            edges.push(Inner { edge: index, gate: None, turned: false });
            continue;
        }
        let Some(number) = outside.iter().position(|&e| e == index) else { continue };
        if ends[number].0 != frame && ends[number].1 != frame {
            continue;
        }
        let leaves = ends[number].0 == frame;
        // The upper frame of the two has its gate at the bottom.
        let upper = leaves != upwards[number];
        let place = if upper { places[number].0 } else { places[number].1 };
        let gate = inner_nodes.len();
        inner_nodes.push(ProblemNode {
            width: 0.0,
            height: 0.0,
            beside: 0.0,
            port: 0.0,
            sides: false,
            lane: 0,
            gate: Some(Gate { top: !upper, place }),
        });
        let node = at(if leaves { edge.from } else { edge.to });
        let (from, to) = if upper { (node, gate) } else { (gate, node) };
        inner_edges.push(ProblemEdge { from, to, label: (0.0, 0.0), ports: None });
        // Solved from the upper to the lower end, but told from its first to its last node.
        edges.push(Inner { edge: index, gate: Some(gate), turned: leaves != upper });
    }
    let solution =
        solve(&Problem { nodes: inner_nodes, edges: inner_edges, lanes: Vec::new(), ..problem.clone() });
    let [left, top, right, bottom] = room.pads;
    let (width, height) = (solution.width.max(room.least.0), solution.height.max(room.least.1));
    // A name at the top stands where no gate is, beside all of them if need be.
    let gates: Vec<f32> = edges
        .iter()
        .filter_map(|i| i.gate.filter(|_| room.name > 0.0))
        .filter(|&g| solution.centers[g].y < 0.5 && solution.height > 0.5)
        .map(|g| solution.centers[g].x + (width - solution.width) / 2.0)
        .collect();
    let beside = if clear(&gates, room.name, left, width) { 0.0 } else { room.name + 10.0 };
    let content = Point::new(
        left + room.margins[0] + beside + (width - solution.width) / 2.0,
        top + room.margins[1] + (height - solution.height) / 2.0,
    );
    let size = (
        (width + beside + left + right + room.margins[0] + room.margins[2]).ceil(),
        (height + top + bottom + room.margins[1] + room.margins[3]).ceil(),
    );
    Held { nodes, edges, solution, size, origin: content }
}

/// True when a name has room between two gates, or beside them.
fn clear(gates: &[f32], name: f32, pad: f32, width: f32) -> bool {
    let mut stops: Vec<f32> = gates.to_vec();
    stops.sort_by(f32::total_cmp);
    stops.insert(0, -pad);
    stops.push(width + pad);
    stops.windows(2).any(|pair| pair[1] - pair[0] >= name + 18.0)
}

/// Puts the frames and what they hold together.
fn compose(
    problem: &Problem,
    rooms: &[FrameRoom],
    held: &[Held],
    outside: &[usize],
    ends: &[(usize, usize)],
    whole: Solution,
) -> Solution {
    let corner = |f: usize| {
        let center = whole.centers[f];
        Point::new(center.x - held[f].size.0 / 2.0, center.y - held[f].size.1 / 2.0)
    };
    let into = |f: usize, p: Point| {
        let from = corner(f);
        Point::new(from.x + held[f].origin.x + p.x, from.y + held[f].origin.y + p.y)
    };
    let mut centers = vec![Point::default(); problem.nodes.len()];
    let mut paths: Vec<Vec<Point>> = vec![Vec::new(); problem.edges.len()];
    let mut labels = vec![None; problem.edges.len()];
    for (f, frame) in held.iter().enumerate() {
        for (place, &node) in frame.nodes.iter().enumerate() {
            centers[node] = into(f, frame.solution.centers[place]);
        }
        for (place, inner) in frame.edges.iter().enumerate().filter(|(_, i)| i.gate.is_none()) {
            paths[inner.edge] = frame.solution.paths[place].iter().map(|&p| into(f, p)).collect();
            labels[inner.edge] = frame.solution.labels[place].map(|p| into(f, p));
        }
    }
    for (number, &edge) in outside.iter().enumerate() {
        let part = |f: usize| {
            let place = held[f].edges.iter().position(|i| i.edge == edge).unwrap_or(0);
            let mut path: Vec<Point> = held[f].solution.paths[place].iter().map(|&p| into(f, p)).collect();
            if held[f].edges[place].turned {
                path.reverse();
            }
            path
        };
        let mut path = part(ends[number].0);
        path.extend(&whole.paths[number]);
        path.extend(part(ends[number].1));
        paths[edge] = straightened(path);
        labels[edge] = whole.labels[number];
    }
    let frames = rooms
        .iter()
        .enumerate()
        .map(|(f, room)| {
            let (from, [left, top, right, bottom]) = (corner(f), room.margins);
            let (width, height) = held[f].size;
            Rect::new(from.x + left, from.y + top, from.x + width - right, from.y + height - bottom)
        })
        .collect();
    Solution { centers, paths, labels, width: whole.width, height: whole.height, lanes: Vec::new(), frames }
}

/// A way without the corners that are none.
fn straightened(path: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(path.len());
    for point in path {
        if kept.last().is_some_and(|l| (l.x - point.x).abs() < 0.05 && (l.y - point.y).abs() < 0.05) {
            continue;
        }
        if let [.., a, b] = kept[..] {
            let upright = (a.x - b.x).abs() < 1.0 && (b.x - point.x).abs() < 1.0;
            let level = (a.y - b.y).abs() < 0.05 && (b.y - point.y).abs() < 0.05;
            if upright || level {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}
