//! Layered layout of directed graphs after Sugiyama, Tagawa and Toda (1981): loops are broken, nodes put into layers,
//! long edges split by bends at every layer they pass, layers ordered so that few edges cross, places chosen so that
//! edges run straight, and edges led through the gaps between layers, where no node is.
//!
//! Everything here runs downwards; callers swap width and height for diagrams that run to the right. A label is a
//! vertex of its own in the middle of its edge, so nothing can lie over it.

mod align;
mod nested;
mod order;
mod place;
mod rank;
mod route;

use pixmo_render::{Point, Rect};

pub(super) use nested::{FrameRoom, solve_framed};

/// A graph to be laid out. No edge may lead from a node to itself.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) nodes: Vec<ProblemNode>,
    pub(super) edges: Vec<ProblemEdge>,
    /// Least widths of the lanes; empty when there are none.
    pub(super) lanes: Vec<f32>,
    /// Distance of neighbours in a layer.
    pub(super) node_gap: f32,
    /// Least distance between layers.
    pub(super) layer_gap: f32,
    /// Free room between a layer and the first bend: the head of an arrow fits in.
    pub(super) pad: f32,
    /// Least distance of two edges at one side of a node.
    pub(super) port_gap: f32,
    /// Decisions go straight on where their way is longer, and turn off to the other.
    pub(super) trunk: bool,
    /// Edges are curves instead of straight pieces along the axes.
    pub(super) smooth: bool,
}

/// A node: its size, and how edges may reach it.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProblemNode {
    pub(super) width: f32,
    pub(super) height: f32,
    /// Free room at its right side (for loops).
    pub(super) beside: f32,
    /// Half of the width on which edges may begin and end.
    pub(super) port: f32,
    /// Edges may leave at its sides.
    pub(super) sides: bool,
    pub(super) lane: usize,
    /// A node without size at the edge of the drawing, where an edge goes on outside: before the first layer or after
    /// the last one, and its place among its like.
    pub(super) gate: Option<Gate>,
}

/// Where an edge goes on outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gate {
    pub(super) top: bool,
    pub(super) place: usize,
}

/// An edge and the size of its label, (0, 0) for none.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProblemEdge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: (f32, f32),
    /// Where it leaves and reaches its nodes, from their middles, when that is settled.
    pub(super) ports: Option<(f32, f32)>,
}

impl ProblemEdge {
    /// The ports at the upper and the lower end; 0 where they are not settled.
    fn ports_downwards(&self, reversed: bool) -> (f32, f32) {
        match self.ports {
            Some((from, to)) if reversed => (to, from),
            Some(ports) => ports,
            None => (0.0, 0.0),
        }
    }
}

/// Where everything lies; the left top corner is (0, 0).
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) centers: Vec<Point>,
    /// Corners of each edge from its first to its last node.
    pub(super) paths: Vec<Vec<Point>>,
    /// Middle of each label.
    pub(super) labels: Vec<Option<Point>>,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Left and right edge of each lane.
    pub(super) lanes: Vec<(f32, f32)>,
    /// The borders of frames.
    pub(super) frames: Vec<Rect>,
}

/// What a vertex of the layers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Node,
    Bend,
    Label,
}

/// A node, a bend of an edge or a label.
#[derive(Clone, Debug)]
struct Vertex {
    what: What,
    rank: usize,
    lane: usize,
    /// How far it reaches to the left and right of its x.
    left: f32,
    right: f32,
    height: f32,
    x: f32,
    /// Its place among those of its layer, where that is settled.
    place: usize,
}

impl Vertex {
    /// What may not change in a layer: the lane, and the place that is settled.
    fn bound(&self) -> (usize, usize) {
        (self.lane, self.place)
    }
}

/// The graph in layers. The first vertices are the nodes.
#[derive(Debug)]
struct Layers {
    vertices: Vec<Vertex>,
    /// Vertices of each layer from left to right.
    layers: Vec<Vec<usize>>,
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    /// Vertices of each edge from the upper to the lower layer.
    chains: Vec<Vec<usize>>,
    /// Edges that run against the layers.
    reversed: Vec<bool>,
}

/// Lays the graph out.
pub(super) fn solve(problem: &Problem) -> Solution {
    let mut layers = Layers::of(problem);
    order::order(&mut layers);
    let lanes = place::place(problem, &mut layers);
    route::route(problem, &layers, lanes)
}

impl Layers {
    fn of(problem: &Problem) -> Layers {
        let ends: Vec<(usize, usize)> = problem.edges.iter().map(|e| (e.from, e.to)).collect();
        let reversed = rank::against(problem.nodes.len(), &ends);
        let spans: Vec<(usize, usize, usize)> = problem
            .edges
            .iter()
            .zip(&reversed)
            .map(|(edge, &back)| {
                let least = if edge.label.0 > 0.0 { 2 } else { 1 };
                if back { (edge.to, edge.from, least) } else { (edge.from, edge.to, least) }
            })
            .collect();
        let gates: Vec<Option<Gate>> = problem.nodes.iter().map(|n| n.gate).collect();
        let ranks = rank::gated(rank::ranks(problem.nodes.len(), &spans), &spans, &gates);
        let count = ranks.iter().max().map_or(0, |r| r + 1);
        let mut layers = Layers {
            vertices: Vec::new(),
            layers: vec![Vec::new(); count],
            above: Vec::new(),
            below: Vec::new(),
            chains: Vec::new(),
            reversed,
        };
        for (node, &rank) in problem.nodes.iter().zip(&ranks) {
            layers.add(Vertex {
                what: if node.gate.is_some() { What::Bend } else { What::Node },
                rank,
                lane: node.lane,
                left: node.width / 2.0,
                right: node.width / 2.0 + node.beside,
                height: node.height,
                x: 0.0,
                place: node.gate.map_or(0, |gate| gate.place),
            });
        }
        for (index, &(upper, lower, _)) in spans.iter().enumerate() {
            let edge = &problem.edges[index];
            let back = layers.reversed[index];
            let labelled = edge.label.0 > 0.0;
            // The label stands next to the node that the edge comes from.
            let label_rank = if back { ranks[lower] - 1 } else { ranks[upper] + 1 };
            let mut chain = vec![upper];
            for rank in ranks[upper] + 1..ranks[lower] {
                let label = labelled && rank == label_rank;
                let half = if label { edge.label.0 / 2.0 + 4.0 } else { 0.5 };
                let near = if back { edge.from } else { edge.to };
                let lane = problem.nodes[if label { edge.from } else { near }].lane;
                chain.push(layers.add(Vertex {
                    what: if label { What::Label } else { What::Bend },
                    rank,
                    lane,
                    left: half,
                    right: half,
                    height: if label { edge.label.1 } else { 0.0 },
                    x: 0.0,
                    place: 0,
                }));
            }
            chain.push(lower);
            for pair in chain.windows(2) {
                layers.below[pair[0]].push(pair[1]);
                layers.above[pair[1]].push(pair[0]);
            }
            layers.chains.push(chain);
        }
        layers
    }

    fn add(&mut self, vertex: Vertex) -> usize {
        let id = self.vertices.len();
        self.layers[vertex.rank].push(id);
        self.vertices.push(vertex);
        self.above.push(Vec::new());
        self.below.push(Vec::new());
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(count: usize, edges: &[(usize, usize)]) -> Problem {
        let node = ProblemNode {
            width: 80.0,
            height: 30.0,
            beside: 0.0,
            port: 30.0,
            sides: false,
            lane: 0,
            gate: None,
        };
        Problem {
            nodes: vec![node; count],
            edges: edges
                .iter()
                .map(|&(from, to)| ProblemEdge { from, to, label: (0.0, 0.0), ports: None })
                .collect(),
            lanes: Vec::new(),
            node_gap: 30.0,
            layer_gap: 40.0,
            pad: 17.0,
            port_gap: 16.0,
            trunk: false,
            smooth: false,
        }
    }

    #[test]
    fn a_chain_is_one_straight_line() {
        let solution = solve(&problem(4, &[(0, 1), (1, 2), (2, 3)]));
        assert!(solution.centers.windows(2).all(|w| (w[0].x - w[1].x).abs() < 0.01 && w[1].y > w[0].y));
        assert!(solution.paths.iter().all(|path| path.len() == 2), "{:?}", solution.paths);
    }

    #[test]
    fn a_planar_graph_is_drawn_without_crossings() {
        // A binary tree given in an order that crosses when drawn as it comes.
        let mut layers = Layers::of(&problem(7, &[(0, 1), (0, 2), (1, 6), (2, 3), (1, 4), (2, 5)]));
        order::order(&mut layers);
        assert_eq!(order::crossings(&layers), 0);
    }

    #[test]
    fn loops_are_broken_and_their_edges_end_where_they_should() {
        let solution = solve(&problem(3, &[(0, 1), (1, 2), (2, 0)]));
        let (first, last) = (solution.paths[2][0], solution.paths[2][solution.paths[2].len() - 1]);
        assert!((first.y - (solution.centers[2].y - 15.0)).abs() < 0.5, "{first:?}");
        assert!((last.y - (solution.centers[0].y + 15.0)).abs() < 0.5, "{last:?}");
    }
}
