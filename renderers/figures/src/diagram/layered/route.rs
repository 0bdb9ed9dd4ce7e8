//! The ways of the edges: straight down through the layers, across only in the gaps between them. Ways that would run
//! over each other in a gap are put onto tracks, in the order that gives the fewest crossings.

use pixmo_render::Point;

use super::place::pooled;
use super::{Layers, Problem, Solution, What};
use crate::diagram::edge::curve;

/// Distance of two tracks.
const TRACK: f32 = 11.0;

/// A piece of an edge from one layer to the next.
#[derive(Clone, Copy, Debug)]
struct Piece {
    edge: usize,
    /// x at its upper and lower end.
    from: f32,
    to: f32,
    track: usize,
}

/// Where an edge meets its nodes.
#[derive(Clone, Copy, Debug, Default)]
struct Ports {
    upper: f32,
    lower: f32,
    /// It leaves the upper node at its side and is at this x.
    side: Option<f32>,
}

/// Leads all edges and puts everything together.
pub(super) fn route(problem: &Problem, layers: &Layers, lanes: Vec<(f32, f32)>) -> Solution {
    let ports = ports(problem, layers);
    let gaps = gaps(layers, &ports);
    let heights: Vec<f32> = layers
        .layers
        .iter()
        .map(|layer| layer.iter().map(|&v| layers.vertices[v].height).fold(0.0f32, f32::max).ceil())
        .collect();
    let mut tops = vec![0.0f32];
    let mut y = 0.0;
    for (rank, height) in heights.iter().enumerate() {
        y += height;
        if let Some(gap) = gaps.get(rank) {
            y += gap_height(problem, gap, gate_layer(problem, layers, rank));
            tops.push(y);
        }
    }
    let middle = |rank: usize| tops[rank] + heights[rank] / 2.0;
    let centers: Vec<Point> = (0..problem.nodes.len())
        .map(|n| Point::new(layers.vertices[n].x, middle(layers.vertices[n].rank)))
        .collect();
    let mut paths = Vec::new();
    let mut labels = Vec::new();
    for (edge, chain) in layers.chains.iter().enumerate() {
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        let half = |node: usize| layers.vertices[node].height / 2.0;
        let mut path = match ports[edge].side {
            Some(x) => {
                let center = centers[first];
                let reach = problem.nodes[first].width / 2.0;
                let edge_x = if x < center.x { center.x - reach } else { center.x + reach };
                vec![Point::new(edge_x, center.y), Point::new(x, center.y)]
            }
            None => vec![Point::new(ports[edge].upper, centers[first].y + half(first))],
        };
        let first_rank = layers.vertices[first].rank;
        for (step, _) in chain.windows(2).enumerate() {
            let rank = first_rank + step;
            let piece =
                gaps[rank].iter().find(|p| p.edge == edge).expect("every step of a chain has a piece");
            let (top, bottom) = (tops[rank] + heights[rank], tops[rank + 1]);
            if (piece.from - piece.to).abs() < 0.6 {
                continue;
            }
            if problem.smooth {
                let lead = lead(problem);
                let (a, d) = (Point::new(piece.from, top + lead), Point::new(piece.to, bottom - lead));
                let lean = (d.y - a.y) * 0.5;
                path.push(a);
                path.extend(curve(a, Point::new(a.x, a.y + lean), Point::new(d.x, d.y - lean), d, 12));
            } else {
                let used = (bottom - top - 2.0 * problem.pad).max(0.0);
                let tracks = gaps[rank].iter().map(|p| p.track).max().unwrap_or(0);
                let step = if tracks > 0 { used / tracks as f32 } else { 0.0 };
                let y = if tracks > 0 {
                    top + problem.pad + step * piece.track as f32
                } else {
                    (top + bottom) / 2.0
                };
                let y = y.round();
                path.extend([Point::new(piece.from, y), Point::new(piece.to, y)]);
            }
        }
        path.push(Point::new(ports[edge].lower, centers[last].y - half(last)));
        let label = chain.iter().find(|&&v| layers.vertices[v].what == What::Label);
        labels.push(label.map(|&v| Point::new(layers.vertices[v].x, middle(layers.vertices[v].rank))));
        path.dedup();
        if layers.reversed[edge] {
            path.reverse();
        }
        paths.push(path);
    }
    finish(layers, lanes, centers, paths, labels, y)
}

/// Moves everything so that the left edge is 0.
fn finish(
    layers: &Layers,
    lanes: Vec<(f32, f32)>,
    mut centers: Vec<Point>,
    mut paths: Vec<Vec<Point>>,
    mut labels: Vec<Option<Point>>,
    height: f32,
) -> Solution {
    let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
    for vertex in &layers.vertices {
        left = left.min(vertex.x - vertex.left);
        right = right.max(vertex.x + vertex.right);
    }
    if let (Some(first), Some(last)) = (lanes.first(), lanes.last()) {
        (left, right) = (first.0, last.1);
    }
    let shift = -left.floor();
    centers.iter_mut().for_each(|p| p.x += shift);
    paths.iter_mut().flatten().for_each(|p| p.x += shift);
    labels.iter_mut().flatten().for_each(|p| p.x += shift);
    let lanes = lanes.into_iter().map(|(l, r)| (l + shift, r + shift)).collect();
    Solution {
        centers,
        paths,
        labels,
        width: (right + shift).ceil(),
        height: height.ceil(),
        lanes,
        frames: Vec::new(),
    }
}

/// Where each edge leaves its upper node and reaches its lower one.
fn ports(problem: &Problem, layers: &Layers) -> Vec<Ports> {
    let x = |v: usize| layers.vertices[v].x;
    let mut ports: Vec<Ports> = layers
        .chains
        .iter()
        .enumerate()
        .map(|(edge, chain)| {
            let (upper, lower) = problem.edges[edge].ports_downwards(layers.reversed[edge]);
            Ports { upper: x(chain[0]) + upper, lower: x(chain[chain.len() - 1]) + lower, side: None }
        })
        .collect();
    // Sides with several edges first; single edges then meet them in a straight line where they can.
    for single in [false, true] {
        for node in 0..problem.nodes.len() {
            for below in [true, false] {
                let edges: Vec<usize> = (0..layers.chains.len())
                    .filter(|&e| {
                        let chain = &layers.chains[e];
                        let end = if below { chain[0] } else { chain[chain.len() - 1] };
                        node == end && problem.edges[e].ports.is_none()
                    })
                    .collect();
                if edges.is_empty() || (edges.len() == 1) != single {
                    continue;
                }
                share_side(problem, layers, &mut ports, node, below, edges);
            }
        }
    }
    ports
}

fn share_side(
    problem: &Problem,
    layers: &Layers,
    ports: &mut [Ports],
    node: usize,
    below: bool,
    mut edges: Vec<usize>,
) {
    let center = layers.vertices[node].x;
    let reach = problem.nodes[node].port;
    // Where the edge goes next: a bend, a label, or the port at the other node.
    let next = |e: usize, ports: &[Ports]| {
        let chain = &layers.chains[e];
        let v = if below { chain[1] } else { chain[chain.len() - 2] };
        match layers.vertices[v].what {
            What::Node if below => ports[e].lower,
            What::Node => ports[e].upper,
            _ => layers.vertices[v].x,
        }
    };
    if let [edge] = edges[..] {
        let goal = next(edge, ports);
        let place = if (goal - center).abs() <= reach { goal } else { center };
        let slot = if below { &mut ports[edge].upper } else { &mut ports[edge].lower };
        *slot = place;
        return;
    }
    edges.sort_by(|&a, &b| next(a, ports).total_cmp(&next(b, ports)));
    if below && problem.nodes[node].sides && edges.len() <= 3 {
        edges.retain(|&edge| {
            let goal = next(edge, ports);
            let free = side_is_free(problem, layers, node, goal);
            if free {
                ports[edge].side = Some(goal);
                ports[edge].upper = goal;
            }
            !free
        });
        if let [edge] = edges[..] {
            ports[edge].upper = center;
            return;
        }
    }
    // Diamonds without a free side still let several edges go, from the lower half of their sides.
    let reach = if problem.nodes[node].sides { problem.nodes[node].width * 0.25 } else { reach };
    let count = edges.len().max(2) as f32;
    let step = (2.0 * reach / (count - 1.0)).min(problem.port_gap);
    let half = step * (count - 1.0) / 2.0;
    let wanted: Vec<(f32, f32)> = edges
        .iter()
        .enumerate()
        .map(|(i, &e)| (next(e, ports).clamp(center - reach, center + reach) - i as f32 * step, 1.0))
        .collect();
    let (least, most) = (center - reach.max(half), center + reach.max(half) - 2.0 * half);
    for ((i, &edge), place) in edges.iter().enumerate().zip(pooled(&wanted)) {
        let place = place.max(least).min(most) + i as f32 * step;
        let slot = if below { &mut ports[edge].upper } else { &mut ports[edge].lower };
        *slot = place;
    }
}

/// True when an edge can leave a node at the side of `goal` and turn down there.
fn side_is_free(problem: &Problem, layers: &Layers, node: usize, goal: f32) -> bool {
    let v = &layers.vertices[node];
    let layer = &layers.layers[v.rank];
    let at = layer.iter().position(|&other| other == node).unwrap_or(0);
    let reach = problem.nodes[node].width / 2.0 + 8.0;
    if goal < v.x - reach {
        at == 0 || layers.vertices[layer[at - 1]].x + layers.vertices[layer[at - 1]].right + 8.0 < goal
    } else if goal > v.x + reach.max(v.right) {
        let next = layer.get(at + 1).map(|&n| &layers.vertices[n]);
        next.is_none_or(|n| n.x - n.left - 8.0 > goal)
    } else {
        false
    }
}

/// The pieces in each gap, on their tracks.
fn gaps(layers: &Layers, ports: &[Ports]) -> Vec<Vec<Piece>> {
    let mut gaps = vec![Vec::new(); layers.layers.len().saturating_sub(1)];
    for (edge, chain) in layers.chains.iter().enumerate() {
        for (step, pair) in chain.windows(2).enumerate() {
            let from = if step == 0 { ports[edge].upper } else { layers.vertices[pair[0]].x };
            let to = if step + 2 == chain.len() { ports[edge].lower } else { layers.vertices[pair[1]].x };
            gaps[layers.vertices[chain[0]].rank + step].push(Piece { edge, from, to, track: 0 });
        }
    }
    gaps.iter_mut().for_each(|gap| assign_tracks(gap));
    gaps
}

fn across(piece: &Piece) -> (f32, f32) {
    (piece.from.min(piece.to), piece.from.max(piece.to))
}

/// How bad it is to have `upper` on a higher track than `lower`.
fn cost(upper: &Piece, lower: &Piece) -> i32 {
    let inside = |x: f32, piece: &Piece| {
        let (low, high) = across(piece);
        i32::from(x > low + 0.5 && x < high - 0.5)
    };
    let same = i32::from((upper.to - lower.from).abs() < 5.0);
    inside(upper.to, lower) + inside(lower.from, upper) + 6 * same
}

fn assign_tracks(gap: &mut [Piece]) {
    let mut order: Vec<usize> = (0..gap.len()).filter(|&i| (gap[i].from - gap[i].to).abs() >= 0.6).collect();
    order.sort_by(|&a, &b| across(&gap[a]).0.total_cmp(&across(&gap[b]).0));
    for _ in 0..order.len() {
        let mut better = false;
        for at in 1..order.len() {
            let (a, b) = (&gap[order[at - 1]], &gap[order[at]]);
            if cost(b, a) < cost(a, b) {
                order.swap(at - 1, at);
                better = true;
            }
        }
        if !better {
            break;
        }
    }
    for at in 0..order.len() {
        let (low, high) = across(&gap[order[at]]);
        let over = order[..at].iter().filter(|&&other| {
            let (l, h) = across(&gap[other]);
            l < high + 6.0 && low < h + 6.0
        });
        gap[order[at]].track = over.map(|&other| gap[other].track + 1).max().unwrap_or(0);
    }
}

/// How far curves run straight at first, so that large heads (crow's feet, diamonds) stand upright.
fn lead(problem: &Problem) -> f32 {
    if problem.pad > 20.0 { problem.pad * 0.7 } else { 0.0 }
}

/// The layer holds gates, or the one below it does.
fn gate_layer(problem: &Problem, layers: &Layers, rank: usize) -> bool {
    let gate = |v: &usize| problem.nodes.get(*v).is_some_and(|n| n.gate.is_some());
    layers.layers[rank].iter().any(gate) || layers.layers.get(rank + 1).is_some_and(|l| l.iter().any(gate))
}

fn gap_height(problem: &Problem, gap: &[Piece], gates: bool) -> f32 {
    // Where everything runs straight on to the outside, an arrow needs no more room than its head.
    if gates && gap.iter().all(|p| (p.from - p.to).abs() < 0.6) {
        return problem.pad.min(17.0);
    }
    if problem.smooth {
        let widest = gap.iter().map(|p| (p.from - p.to).abs()).fold(0.0f32, f32::max);
        return (problem.layer_gap + lead(problem) + (widest * 0.12).min(46.0)).round();
    }
    let tracks = gap.iter().map(|p| p.track).max().unwrap_or(0) as f32;
    problem.layer_gap.max(2.0 * problem.pad + tracks * TRACK).round()
}
