//! The order of the vertices in each layer: barycentres and swaps of neighbours, swept down and up, from several starts.

use super::Layers;

/// Number of sweeps from each start.
const SWEEPS: usize = 8;
/// Starts from shuffled layers, for graphs that the walks leave with crossings.
const SHUFFLES: u64 = 6;

/// Orders all layers so that few edges cross.
pub(super) fn order(layers: &mut Layers) {
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    let starts = [Start::Walk, Start::Mirrored].into_iter().chain((1..=SHUFFLES).map(Start::Shuffled));
    for start in starts {
        if best.as_ref().is_some_and(|b| b.0 == 0) {
            break;
        }
        begin(layers, start);
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

#[derive(Clone, Copy)]
enum Start {
    /// As a walk from the top meets the vertices.
    Walk,
    /// The same, the last neighbour first.
    Mirrored,
    /// Mixed up, in a way that the number tells.
    Shuffled(u64),
}

fn consider(layers: &Layers, best: &mut Option<(usize, Vec<Vec<usize>>)>) {
    let crossings = crossings(layers);
    if best.as_ref().is_none_or(|b| crossings < b.0) {
        *best = Some((crossings, layers.layers.clone()));
    }
}

/// A first order.
fn begin(layers: &mut Layers, start: Start) {
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
            match start {
                Start::Mirrored => stack.extend(below.iter()),
                _ => stack.extend(below.iter().rev()),
            }
        }
    }
    if let Start::Shuffled(number) = start {
        // A scrambled counter as the key: another order for every number, the same one every time.
        let scrambled = |v: usize| {
            let mixed = (v as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
                ^ number.wrapping_mul(0xD1B5_4A32_D192_ED03);
            (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 16
        };
        order.iter_mut().for_each(|layer| layer.sort_by_key(|&v| scrambled(v)));
    }
    for layer in &mut order {
        layer.sort_by_key(|&v| layers.vertices[v].bound());
    }
    layers.layers = order;
}

/// The place of each vertex in its layer.
pub(super) fn places(layers: &Layers) -> Vec<usize> {
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
    let mut keyed: Vec<((usize, usize), f32, usize)> = layers.layers[layer]
        .iter()
        .map(|&v| {
            let near = if down { &layers.above[v] } else { &layers.below[v] };
            let middle = match near.len() {
                0 => places[v] as f32,
                n => near.iter().map(|&u| places[u] as f32).sum::<f32>() / n as f32,
            };
            (layers.vertices[v].bound(), middle, v)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    layers.layers[layer] = keyed.into_iter().map(|k| k.2).collect();
}

fn swap_neighbours(layers: &mut Layers) {
    let mut places = places(layers);
    for _ in 0..6 {
        let mut better = false;
        for layer in 0..layers.layers.len() {
            for at in 1..layers.layers[layer].len() {
                let (a, b) = (layers.layers[layer][at - 1], layers.layers[layer][at]);
                if layers.vertices[a].bound() != layers.vertices[b].bound() {
                    continue;
                }
                let cost = |first: usize, second: usize| {
                    between(&layers.above[first], &layers.above[second], &places)
                        + between(&layers.below[first], &layers.below[second], &places)
                };
                if cost(b, a) < cost(a, b) {
                    layers.layers[layer].swap(at - 1, at);
                    places.swap(a, b);
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
