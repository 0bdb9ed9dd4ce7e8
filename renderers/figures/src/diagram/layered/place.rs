//! The place of each vertex in its layer: in columns where the order allows it, and bends of an edge on one line.

use super::{Layers, Problem, What, align};

/// Free room at the sides of a lane.
pub(super) const LANE_PAD: f32 = 16.0;

/// Sets the x of all vertices; returns the edges of the lanes.
pub(super) fn place(problem: &Problem, layers: &mut Layers) -> Vec<(f32, f32)> {
    let lanes = align::align(problem, layers);
    for _ in 0..2 {
        straighten(problem, layers, &lanes);
    }
    lanes
}

/// Least distance between the middles of two neighbours.
pub(super) fn apart(problem: &Problem, layers: &Layers, left: usize, right: usize) -> f32 {
    let (a, b) = (&layers.vertices[left], &layers.vertices[right]);
    let gap = match (a.what, b.what) {
        (What::Node, What::Node) => problem.node_gap,
        (What::Bend, What::Bend) => 13.0,
        (What::Label, What::Label) => 12.0,
        (What::Label, _) | (_, What::Label) => 14.0,
        _ => (problem.node_gap * 0.6).max(16.0),
    };
    let least = a.right + gap + b.left;
    // The labels of a decision stand left and right of it, so that its edges can leave at its sides.
    let source = |v: usize| match (layers.vertices[v].what, &layers.above[v][..]) {
        (What::Label, [node]) => problem.nodes.get(*node).filter(|n| n.sides).map(|n| (*node, n.width)),
        _ => None,
    };
    match (source(left), source(right)) {
        (Some((one, width)), Some((other, _))) if one == other => least.max(width + 20.0),
        _ => least,
    }
}

/// The rising sequence nearest to the targets in weighted least squares.
pub(super) fn pooled(wanted: &[(f32, f32)]) -> Vec<f32> {
    let mut pools: Vec<(f32, f32, usize)> = Vec::with_capacity(wanted.len());
    for &(target, weight) in wanted {
        let mut pool = (target, weight, 1);
        while let Some(&(before, before_weight, count)) = pools.last() {
            if before <= pool.0 {
                break;
            }
            let sum = before_weight + pool.1;
            pool = ((before * before_weight + pool.0 * pool.1) / sum, sum, count + pool.2);
            pools.pop();
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(value, _, count)| std::iter::repeat_n(value, count)).collect()
}

/// The range in which a vertex can move without coming too near to its neighbours.
fn range(problem: &Problem, layers: &Layers, lanes: &[(f32, f32)], vertex: usize) -> (f32, f32) {
    let v = &layers.vertices[vertex];
    let layer = &layers.layers[v.rank];
    let at = layer.iter().position(|&other| other == vertex).unwrap_or(0);
    let (mut low, mut high) = (f32::NEG_INFINITY, f32::INFINITY);
    if at > 0 {
        low = layers.vertices[layer[at - 1]].x + apart(problem, layers, layer[at - 1], vertex);
    }
    if at + 1 < layer.len() {
        high = layers.vertices[layer[at + 1]].x - apart(problem, layers, vertex, layer[at + 1]);
    }
    if let Some(&(left, right)) = lanes.get(v.lane) {
        low = low.max(left + LANE_PAD + v.left);
        high = high.min(right - LANE_PAD - v.right);
    }
    (low, high)
}

/// Puts the bends of each long edge onto one line where there is room, and single neighbours under each other.
fn straighten(problem: &Problem, layers: &mut Layers, lanes: &[(f32, f32)]) {
    for node in 0..problem.nodes.len() {
        for near in [layers.above[node].clone(), layers.below[node].clone()] {
            if let [other] = near[..]
                && layers.vertices[other].what == What::Node
            {
                let (low, high) = range(problem, layers, lanes, node);
                let goal = layers.vertices[other].x;
                if goal >= low && goal <= high && (goal - layers.vertices[node].x).abs() < 60.0 {
                    let free = layers.above[node].len() + layers.below[node].len() == 1
                        || (goal - layers.vertices[node].x).abs() < 12.0;
                    if free {
                        layers.vertices[node].x = goal;
                    }
                }
            }
        }
    }
    for chain in layers.chains.clone() {
        let [first, inner @ .., last] = &chain[..] else { continue };
        if inner.is_empty() {
            continue;
        }
        let (mut low, mut high) = (f32::NEG_INFINITY, f32::INFINITY);
        for &vertex in inner {
            let (l, h) = range(problem, layers, lanes, vertex);
            (low, high) = (low.max(l), high.min(h));
        }
        if low > high {
            continue;
        }
        let mean = inner.iter().map(|&v| layers.vertices[v].x).sum::<f32>() / inner.len() as f32;
        let ends = [layers.vertices[*first].x, layers.vertices[*last].x];
        let near = ends.into_iter().filter(|x| (x - mean).abs() < 30.0 && *x >= low && *x <= high);
        let mut goal = near.min_by(|a, b| (a - mean).abs().total_cmp(&(b - mean).abs())).unwrap_or(mean);
        // A little to the side, and the line meets its node without a jog.
        for end in [*first, *last] {
            let (center, reach) = (layers.vertices[end].x, problem.nodes[end].port);
            let met = goal.clamp(center - reach, center + reach);
            if (met - goal).abs() < 20.0 && met >= low && met <= high {
                goal = met;
            }
        }
        for &vertex in inner {
            layers.vertices[vertex].x = goal.max(low).min(high);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::pooled;

    #[test]
    fn pooling_gives_the_nearest_rising_sequence() {
        assert_eq!(pooled(&[(1.0, 1.0), (3.0, 1.0), (2.0, 1.0), (4.0, 1.0)]), [1.0, 2.5, 2.5, 4.0]);
        assert_eq!(pooled(&[(4.0, 3.0), (0.0, 1.0)]), [3.0, 3.0]);
    }
}
