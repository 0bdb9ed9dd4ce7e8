//! Which edges run against the layers, and which layer each node belongs to.

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
