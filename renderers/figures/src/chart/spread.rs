//! Labels that want to stand at given heights, moved apart as little as possible.

/// Moves places apart until neighbours are `gap` from each other and all lie from `low` to `high`: the least squares
/// solution, by isotonic regression (pool adjacent violators) of the places less their rank times the gap. `None` when
/// there is no room.
pub(super) fn spread(places: &[f32], gap: f32, low: f32, high: f32) -> Option<Vec<f32>> {
    let count = places.len();
    let most = high - gap * count.saturating_sub(1) as f32;
    if most < low {
        return None;
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    let mut pools: Vec<(f32, usize)> = Vec::new();
    for (rank, index) in order.iter().enumerate() {
        let mut pool = (places[*index] - gap * rank as f32, 1);
        while let Some((mean, size)) = pools.pop_if(|last| last.0 > pool.0) {
            let both = size + pool.1;
            pool = ((mean * size as f32 + pool.0 * pool.1 as f32) / both as f32, both);
        }
        pools.push(pool);
    }
    let mut moved = vec![0.0; count];
    let mut rank = 0;
    for (mean, size) in pools {
        for _ in 0..size {
            moved[order[rank]] = mean.clamp(low, most) + gap * rank as f32;
            rank += 1;
        }
    }
    Some(moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_apart_and_no_further() {
        assert_eq!(spread(&[10.0, 50.0], 12.0, 0.0, 100.0), Some(vec![10.0, 50.0]));
        assert_eq!(spread(&[50.0, 50.0], 10.0, 0.0, 100.0), Some(vec![45.0, 55.0]));
        assert_eq!(spread(&[98.0, 99.0, 20.0], 10.0, 0.0, 100.0), Some(vec![90.0, 100.0, 20.0]));
        assert_eq!(spread(&[1.0, 2.0, 3.0], 60.0, 0.0, 100.0), None);
    }
}
