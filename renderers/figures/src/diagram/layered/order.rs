//! The order of the vertices in each layer: barycentres and swaps of neighbours, swept down and up.

use super::Layers;

/// Number of sweeps from each start.
const SWEEPS: usize = 10;

/// Orders all layers so that few edges cross.
pub(super) fn order(layers: &mut Layers) {
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    for mirrored in [false, true] {
        begin(layers, mirrored);
        consider(layers, &mut best);
        for sweep in 0..SWEEPS {
            if best.as_ref().is_some_and(|b| b.0 == 0) {
                break;
            }
            let down = sweep % 2 == 0;
            let count = layers.layers.len();
            for step in 1..count {
                let layer = if down { step } else { count - 1 - step };
                by_barycenter(layers, layer, down);
            }
            swap_neighbours(layers);
            consider(layers, &mut best);
        }
    }
    if let Some((_, order)) = best {
        layers.layers = order;
    }
}

fn consider(layers: &Layers, best: &mut Option<(usize, Vec<Vec<usize>>)>) {
    let crossings = crossings(layers);
    if best.as_ref().is_none_or(|b| crossings < b.0) {
        *best = Some((crossings, layers.layers.clone()));
    }
}

/// A first order: the order in which a walk from the top layer meets the vertices.
fn begin(layers: &mut Layers, mirrored: bool) {
    let count = layers.vertices.len();
    let mut seen = vec![false; count];
    let mut order = vec![Vec::new(); layers.layers.len()];
    let mut roots: Vec<usize> = (0..count).collect();
    roots.sort_by_key(|&v| layers.vertices[v].rank);
    for root in roots {
        let mut stack = vec![root];
        while let Some(vertex) = stack.pop() {
            if std::mem::replace(&mut seen[vertex], true) {
                continue;
            }
            order[layers.vertices[vertex].rank].push(vertex);
            let below = &layers.below[vertex];
            if mirrored { stack.extend(below.iter()) } else { stack.extend(below.iter().rev()) }
        }
    }
    for layer in &mut order {
        layer.sort_by_key(|&v| layers.vertices[v].lane);
    }
    layers.layers = order;
}

/// The place of each vertex in its layer.
fn places(layers: &Layers) -> Vec<usize> {
    let mut places = vec![0; layers.vertices.len()];
    for layer in &layers.layers {
        for (place, &vertex) in layer.iter().enumerate() {
            places[vertex] = place;
        }
    }
    places
}

fn by_barycenter(layers: &mut Layers, layer: usize, down: bool) {
    let places = places(layers);
    let mut keyed: Vec<(usize, f32, usize)> = layers.layers[layer]
        .iter()
        .map(|&v| {
            let near = if down { &layers.above[v] } else { &layers.below[v] };
            let middle = match near.len() {
                0 => places[v] as f32,
                n => near.iter().map(|&u| places[u] as f32).sum::<f32>() / n as f32,
            };
            (layers.vertices[v].lane, middle, v)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    layers.layers[layer] = keyed.into_iter().map(|k| k.2).collect();
}

fn swap_neighbours(layers: &mut Layers) {
    for _ in 0..4 {
        let mut better = false;
        for layer in 0..layers.layers.len() {
            for at in 1..layers.layers[layer].len() {
                let (a, b) = (layers.layers[layer][at - 1], layers.layers[layer][at]);
                if layers.vertices[a].lane != layers.vertices[b].lane {
                    continue;
                }
                let places = places(layers);
                let cost = |first: usize, second: usize| {
                    between(&layers.above[first], &layers.above[second], &places)
                        + between(&layers.below[first], &layers.below[second], &places)
                };
                if cost(b, a) < cost(a, b) {
                    layers.layers[layer].swap(at - 1, at);
                    better = true;
                }
            }
        }
        if !better {
            break;
        }
    }
}

/// Crossings of the edges of two neighbours, the first standing left of the second.
fn between(first: &[usize], second: &[usize], places: &[usize]) -> usize {
    first.iter().map(|&a| second.iter().filter(|&&b| places[b] < places[a]).count()).sum()
}

/// All crossings of edges.
pub(super) fn crossings(layers: &Layers) -> usize {
    let places = places(layers);
    let mut total = 0;
    for layer in &layers.layers {
        for (at, &a) in layer.iter().enumerate() {
            for &b in &layer[at + 1..] {
                total += between(&layers.below[a], &layers.below[b], &places);
            }
        }
    }
    total
}
