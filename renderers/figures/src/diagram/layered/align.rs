//! Columns after Brandes and Köpf (2001): every vertex stands under the middle one of its neighbours above where it
//! can, all columns are pushed together, and the same is done from below and from the other side; the place of a vertex
//! is the mean of the two middle ones of the four. Chains come out straight, and a node between two branches in their
//! middle.
//!
//! Lanes are kept apart by fences, which are columns from top to bottom; a port off the middle of its node shifts the
//! two ends of a piece against each other.

use std::collections::BTreeSet;

use super::place::{LANE_PAD, apart};
use super::{Layers, Problem, What};

/// A neighbour in the next layer, and how far to the right of it a vertex of one column stands.
type Near = Vec<(usize, f32)>;

/// What is to be aligned, seen from one corner.
struct View {
    rows: Vec<Vec<usize>>,
    near: Vec<Near>,
    /// Pieces that may not be aligned because they cross a stronger one.
    weak: BTreeSet<(usize, usize)>,
    /// Fences from left to right with the least distance to the one before.
    fences: Vec<(usize, f32)>,
    /// The number of vertices and fences.
    count: usize,
}

/// Sets the x of all vertices; returns the edges of the lanes.
pub(super) fn align(problem: &Problem, layers: &mut Layers) -> Vec<(f32, f32)> {
    let own = layers.vertices.len();
    let (down, up) = (view(problem, layers, true), view(problem, layers, false));
    let apart = |left: usize, right: usize| match (left < own, right < own) {
        (true, true) => apart(problem, layers, left, right),
        (false, true) => LANE_PAD + layers.vertices[right].left,
        (true, false) => layers.vertices[left].right + LANE_PAD,
        (false, false) => 0.0,
    };
    let extent = |places: &[f32]| {
        let ends = places.iter().enumerate().map(|(v, x)| match layers.vertices.get(v) {
            Some(vertex) => (x - vertex.left, x + vertex.right),
            None => (*x, *x),
        });
        ends.fold((f32::INFINITY, f32::NEG_INFINITY), |all, e| (all.0.min(e.0), all.1.max(e.1)))
    };
    let mut results: Vec<(bool, Vec<f32>)> = Vec::new();
    for view in [&down, &up] {
        results.push((true, columns(view, &apart)));
        let turned = view.mirrored();
        let places = columns(&turned, &|left, right| apart(right, left));
        results.push((false, places.into_iter().map(|x| -x).collect()));
    }
    let spans: Vec<(f32, f32)> = results.iter().map(|r| extent(&r.1)).collect();
    let narrowest = (0..4).min_by(|&a, &b| (spans[a].1 - spans[a].0).total_cmp(&(spans[b].1 - spans[b].0)));
    let (left, right) = spans[narrowest.unwrap_or(0)];
    for ((leftmost, places), span) in results.iter_mut().zip(&spans) {
        let shift = if *leftmost { left - span.0 } else { right - span.1 };
        places.iter_mut().for_each(|x| *x += shift);
    }
    let place = |v: usize| {
        let mut four: Vec<f32> = results.iter().map(|r| r.1[v]).collect();
        four.sort_by(f32::total_cmp);
        (four[1] + four[2]) / 2.0
    };
    let places: Vec<f32> = (0..own).map(place).collect();
    let fences: Vec<f32> = down.fences.iter().map(|f| place(f.0)).collect();
    for (vertex, x) in layers.vertices.iter_mut().zip(places) {
        vertex.x = x;
    }
    fences.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// The layers with their fences, from the top or from the bottom.
fn view(problem: &Problem, layers: &Layers, down: bool) -> View {
    let own = layers.vertices.len();
    let lanes = problem.lanes.len();
    let fences = if lanes > 0 { lanes + 1 } else { 0 };
    let fence = |rank: usize, number: usize| own + rank * fences + number;
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for (rank, layer) in layers.layers.iter().enumerate() {
        let mut row = Vec::with_capacity(layer.len() + fences);
        for lane in 0..lanes {
            row.push(fence(rank, lane));
            row.extend(layer.iter().copied().filter(|&v| layers.vertices[v].lane == lane));
        }
        match fences {
            0 => row.extend(layer),
            _ => row.push(fence(rank, lanes)),
        }
        rows.push(row);
    }
    let count = own + rows.len() * fences;
    let mut at = vec![0; count];
    for row in &rows {
        row.iter().enumerate().for_each(|(place, &v)| at[v] = place);
    }
    // All pieces, from their upper to their lower end, with their strength.
    let mut pieces: Vec<(usize, usize, u8, bool)> = Vec::new();
    let mut near: Vec<Vec<(usize, f32, bool)>> = vec![Vec::new(); count];
    for (edge, chain) in layers.chains.iter().enumerate() {
        let (upper_port, lower_port) = problem.edges[edge].ports_downwards(layers.reversed[edge]);
        for (step, pair) in chain.windows(2).enumerate() {
            let out = if step == 0 { upper_port } else { 0.0 };
            let into = if step + 2 == chain.len() { lower_port } else { 0.0 };
            let inner = pair.iter().all(|&v| layers.vertices[v].what != What::Node);
            // An edge back up stands beside what leads on, unless its label asks for as much room.
            let side = layers.reversed[edge] && problem.edges[edge].label.0 == 0.0;
            pieces.push((pair[0], pair[1], if inner { 2 } else { 1 }, side));
            if down {
                near[pair[1]].push((pair[0], out - into, side));
            } else {
                near[pair[0]].push((pair[1], into - out, side));
            }
        }
    }
    for rank in 1..rows.len() {
        for number in 0..fences {
            let (upper, lower) = (fence(rank - 1, number), fence(rank, number));
            pieces.push((upper, lower, 3, false));
            let (from, to) = if down { (lower, upper) } else { (upper, lower) };
            near[from].push((to, 0.0, false));
        }
    }
    let rank_of = |v: usize| match layers.vertices.get(v) {
        Some(vertex) => vertex.rank,
        None => (v - own) / fences,
    };
    let mut weak: BTreeSet<(usize, usize)> = BTreeSet::new();
    if problem.trunk {
        let beside = branches(problem, layers).into_iter();
        weak.extend(beside.map(|(upper, lower)| if down { (lower, upper) } else { (upper, lower) }));
    }
    for (number, one) in pieces.iter().enumerate() {
        for other in &pieces[number + 1..] {
            let crossed = rank_of(one.0) == rank_of(other.0)
                && (at[one.0] < at[other.0]) != (at[one.1] < at[other.1])
                && one.0 != other.0
                && one.1 != other.1;
            let (Some(loser), true) = (
                match one.2.cmp(&other.2) {
                    std::cmp::Ordering::Less => Some(one),
                    std::cmp::Ordering::Greater => Some(other),
                    std::cmp::Ordering::Equal => None,
                },
                crossed,
            ) else {
                continue;
            };
            weak.insert(if down { (loser.1, loser.0) } else { (loser.0, loser.1) });
        }
    }
    let near = near
        .into_iter()
        .map(|mut list| {
            if list.iter().any(|n| !n.2) {
                list.retain(|n| !n.2);
            }
            list.sort_by_key(|n| at[n.0]);
            list.into_iter().map(|(v, shift, _)| (v, shift)).collect()
        })
        .collect();
    if !down {
        rows.reverse();
    }
    let widths = std::iter::once(0.0).chain(problem.lanes.iter().copied());
    let fences = (0..fences).map(|number| fence(0, number)).zip(widths).collect();
    View { rows, near, weak, fences, count }
}

/// The pieces that leave a decision beside its main way, which is the one that goes on furthest.
fn branches(problem: &Problem, layers: &Layers) -> Vec<(usize, usize)> {
    let mut deepest: Vec<usize> = layers.vertices.iter().map(|v| v.rank).collect();
    for layer in layers.layers.iter().rev() {
        for &v in layer {
            let below = layers.below[v].iter().map(|&b| deepest[b]).max();
            deepest[v] = deepest[v].max(below.unwrap_or(0));
        }
    }
    let mut beside = Vec::new();
    for (node, below) in layers.below.iter().enumerate().take(problem.nodes.len()) {
        if !problem.nodes[node].sides || below.len() != 2 {
            continue;
        }
        let other = if deepest[below[1]] > deepest[below[0]] { below[0] } else { below[1] };
        beside.push((node, other));
    }
    beside
}

impl View {
    /// The same from the other side.
    fn mirrored(&self) -> View {
        let mut fences: Vec<(usize, f32)> = self.fences.clone();
        fences.reverse();
        let widths: Vec<f32> =
            std::iter::once(0.0).chain(self.fences.iter().skip(1).rev().map(|f| f.1)).collect();
        fences.iter_mut().zip(widths).for_each(|(fence, width)| fence.1 = width);
        View {
            rows: self.rows.iter().map(|row| row.iter().rev().copied().collect()).collect(),
            near: self
                .near
                .iter()
                .map(|list| list.iter().rev().map(|&(v, shift)| (v, -shift)).collect())
                .collect(),
            weak: self.weak.clone(),
            fences,
            count: self.count,
        }
    }
}

/// The x of everything with columns pushed to the left, then as far to the right as nothing grows wider.
fn columns(view: &View, apart: &dyn Fn(usize, usize) -> f32) -> Vec<f32> {
    let mut root: Vec<usize> = (0..view.count).collect();
    let mut shift = vec![0.0f32; view.count];
    let mut at = vec![0; view.count];
    for row in &view.rows {
        row.iter().enumerate().for_each(|(place, &v)| at[v] = place);
    }
    for row in view.rows.iter().skip(1) {
        let mut taken: Option<usize> = None;
        for &v in row {
            let list = &view.near[v];
            if list.is_empty() {
                continue;
            }
            for &(other, by) in &list[(list.len() - 1) / 2..=list.len() / 2] {
                let free = taken.is_none_or(|last| at[other] > last);
                if free && !view.weak.contains(&(v, other)) {
                    (root[v], shift[v], taken) = (root[other], shift[other] + by, Some(at[other]));
                    break;
                }
            }
        }
    }
    // What each column keeps from those right of it.
    let mut after: Vec<Vec<(usize, f32)>> = vec![Vec::new(); view.count];
    let mut before = vec![0usize; view.count];
    let mut keep = |left: usize, right: usize, distance: f32| {
        after[root[left]].push((root[right], distance + shift[left] - shift[right]));
        before[root[right]] += 1;
    };
    for row in &view.rows {
        row.windows(2).for_each(|pair| keep(pair[0], pair[1], apart(pair[0], pair[1])));
    }
    view.fences.windows(2).for_each(|pair| keep(pair[0].0, pair[1].0, pair[1].1));
    let mut order: Vec<usize> = (0..view.count).filter(|&v| root[v] == v && before[v] == 0).collect();
    let mut x = vec![f32::NEG_INFINITY; view.count];
    order.iter().for_each(|&v| x[v] = 0.0);
    let mut next = 0;
    while let Some(&column) = order.get(next) {
        next += 1;
        for &(right, distance) in &after[column] {
            x[right] = x[right].max(x[column] + distance);
            before[right] -= 1;
            if before[right] == 0 {
                order.push(right);
            }
        }
    }
    let fixed: BTreeSet<usize> = view.fences.iter().map(|f| root[f.0]).collect();
    for &column in order.iter().rev() {
        let room = after[column].iter().map(|&(right, distance)| x[right] - distance);
        let most = room.fold(f32::INFINITY, f32::min);
        if most.is_finite() && !fixed.contains(&column) {
            x[column] = x[column].max(most);
        }
    }
    (0..view.count).map(|v| x[root[v]] + shift[v]).collect()
}
