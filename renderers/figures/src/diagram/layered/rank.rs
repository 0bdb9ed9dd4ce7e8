//! Which edges run against the layers, and which layer each node belongs to.

use super::Gate;

/// Marks the edges that close a loop, found by walking depth first from the nodes that nothing leads to.
pub(super) fn against(count: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut out = vec![Vec::new(); count];
    let mut incoming = vec![0usize; count];
    for (index, &(from, to)) in edges.iter().enumerate() {
        out[from].push((index, to));
        incoming[to] += 1;
    }
    let mut state = vec![State::New; count];
    let mut back = vec![false; edges.len()];
    let sources = (0..count).filter(|&n| incoming[n] == 0);
    for start in sources.chain(0..count).collect::<Vec<_>>() {
        walk(start, &out, &mut state, &mut back);
    }
    back
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

fn walk(node: usize, out: &[Vec<(usize, usize)>], state: &mut [State], back: &mut [bool]) {
    if state[node] != State::New {
        return;
    }
    state[node] = State::Open;
    for &(edge, to) in &out[node] {
        match state[to] {
            State::Open => back[edge] = true,
            State::New => walk(to, out, state, back),
            State::Done => {}
        }
    }
    state[node] = State::Done;
}

/// Layers by longest paths from the top, then every node without an edge from above moves down to its neighbours.
/// `spans` are (upper, lower, least distance) without loops.
pub(super) fn ranks(count: usize, spans: &[(usize, usize, usize)]) -> Vec<usize> {
    let mut ranks = vec![0usize; count];
    // Without loops this settles after at most `count` rounds.
    for _ in 0..count {
        let mut moved = false;
        for &(upper, lower, least) in spans {
            if ranks[lower] < ranks[upper] + least {
                ranks[lower] = ranks[upper] + least;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    for _ in 0..count {
        let mut moved = false;
        for node in 0..count {
            let above = spans.iter().filter(|s| s.1 == node).count();
            let below: Vec<_> = spans.iter().filter(|s| s.0 == node).collect();
            let room = below.iter().map(|s| ranks[s.1] - s.2).min();
            if let Some(room) = room
                && below.len() > above
                && room > ranks[node]
            {
                ranks[node] = room;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let least = ranks.iter().min().copied().unwrap_or(0);
    ranks.iter_mut().for_each(|rank| *rank -= least);
    ranks
}

/// The same layers with every gate before the first node or after the last one.
pub(super) fn gated(
    mut ranks: Vec<usize>,
    spans: &[(usize, usize, usize)],
    gates: &[Option<Gate>],
) -> Vec<usize> {
    if gates.iter().all(Option::is_none) {
        return ranks;
    }
    let least = |node: usize, top: bool| {
        let own = spans.iter().filter(|s| if top { s.0 == node } else { s.1 == node });
        own.map(|s| s.2).max().unwrap_or(1)
    };
    let inside = |node: &usize| gates[*node].is_none();
    // A gate at the top pushes what it leads to one layer down, when anything else stands there.
    let head = (0..gates.len()).filter(|&n| gates[n].is_some_and(|g| g.top)).map(|n| least(n, true)).max();
    let first = (0..gates.len()).filter(inside).map(|n| ranks[n]).min().unwrap_or(0);
    let head = head.unwrap_or(0);
    for node in (0..gates.len()).filter(inside) {
        ranks[node] = ranks[node] - first + head;
    }
    let last = (0..gates.len()).filter(inside).map(|n| ranks[n]).max().unwrap_or(0);
    for (node, gate) in gates.iter().enumerate() {
        if let Some(gate) = gate {
            ranks[node] = if gate.top { 0 } else { last + least(node, false) };
        }
    }
    ranks
}
