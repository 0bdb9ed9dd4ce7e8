//! The index finds what comparing each with each finds.

use pixmo_near::{Hash, Hash64, Hash256, Index};
use proptest::prelude::*;

use crate::scenes::Draws;

/// Hashes in families: some at random, others a few bits away from them, some twice.
fn hashes<const WORDS: usize>(seed: u64, count: usize, flips_max: u64) -> Vec<Hash<WORDS>> {
    let mut draws = Draws::new(seed);
    let mut all: Vec<[u64; WORDS]> = Vec::new();
    while all.len() < count {
        let mut words = std::array::from_fn(|_| draws.next());
        if !all.is_empty() && !draws.next().is_multiple_of(3) {
            words = all[(draws.next() % all.len() as u64) as usize];
            for _ in 0..draws.next() % (flips_max + 1) {
                let bit = draws.next() as usize % (64 * WORDS);
                words[bit / 64] ^= 1 << (bit % 64);
            }
        }
        all.push(words);
    }
    all.into_iter().map(Hash::new).collect()
}

/// Holds search, join and join with others against comparing each with each.
fn check<const WORDS: usize>(all: &[Hash<WORDS>], wanted: &[Hash<WORDS>], distance: u32) {
    let index = Index::new(all, distance);
    for one in wanted {
        for within in [distance, distance / 2] {
            let mut expected: Vec<(u32, u32)> =
                (0..).zip(all).filter_map(|(n, other)| Some((one.within(other, within)?, n))).collect();
            expected.sort_unstable();
            let found: Vec<_> =
                index.search(one, within).iter().map(|hit| (hit.distance, hit.position)).collect();
            assert_eq!(found, expected);
        }
    }
    let unique = index.hashes();
    let pairs_of = |ones: &[Hash<WORDS>], is_self: bool| {
        let mut pairs = Vec::new();
        for (n, one) in (0..).zip(ones) {
            for (m, other) in (0..).zip(unique).filter(|(m, _)| !is_self || n < *m) {
                pairs.extend(one.within(other, distance).map(|distance| (n, m, distance)));
            }
        }
        pairs
    };
    for threads in [1, 2] {
        let plain = |joined: pixmo_near::Joined| -> Vec<_> {
            assert!(joined.capped.is_none());
            joined.pairs.iter().map(|pair| (pair.one, pair.other, pair.distance)).collect()
        };
        assert_eq!(plain(index.join(threads)), pairs_of(unique, true));
        assert_eq!(plain(index.join_with(wanted, threads)), pairs_of(wanted, false));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fine_hashes_within_the_promise(seed in any::<u64>(), count in 0usize..400, distance in 0u32..48) {
        check(&hashes::<4>(seed, count, 40), &hashes::<4>(seed, 30, 40), distance);
    }

    #[test]
    fn coarse_hashes_within_the_promise(seed in any::<u64>(), count in 0usize..400, distance in 0u32..14) {
        check(&hashes::<1>(seed, count, 12), &hashes::<1>(seed, 30, 12), distance);
    }
}

#[test]
fn many_hashes_are_found_as_well() {
    let all = hashes::<4>(7, 3_000, 36);
    check(&all, &all[..40], 31);
    let all = hashes::<1>(7, 3_000, 10);
    check(&all, &all[..40], 8);
}

#[test]
fn positions_of_the_same_hash_are_in_order() {
    let index = Index::new(&[3, 1, 3, 2, 3].map(Hash64::from), 0);
    assert_eq!(index.len(), 3);
    assert_eq!(index.positions(2), [0, 2, 4]);
    assert_eq!(index.search(&Hash64::from(3), 0).len(), 3);
    assert!(Index::<1>::new(&[], 3).search(&Hash64::from(3), 3).is_empty());
}

/// Flat pictures and logos share most of their bits: what is left out is said, and most pairs are found all the same.
#[test]
fn a_hot_bucket_is_capped_and_named() {
    let mut draws = Draws::new(3);
    // all bits the same but for 20 at random
    let hot = |_| {
        let mut words = [0u64; 4];
        (0..20).for_each(|_| words[(draws.next() % 4) as usize] |= 1 << (draws.next() % 64));
        Hash256::new(words)
    };
    let all: Vec<_> = (0..4_000).map(hot).collect();
    let most = Index::with_bucket_max(&all, 8, 64).join(1);
    assert!(!most.capped.is_none());
    let hottest = most.capped.buckets[0];
    assert!(hottest.hashes > 64, "{hottest:?}");
    let bound = 4_000 * 64 * 200;
    assert!(most.compared < bound, "{} comparisons of at most {bound}", most.compared);
    // whatever the order and the number of threads
    let mut turned = all.clone();
    turned.reverse();
    assert_eq!(Index::with_bucket_max(&turned, 8, 64).join(2), most);
    // and what is found is near
    let index = Index::with_bucket_max(&all, 8, 64);
    for pair in &most.pairs {
        let (one, other) = (index.hashes()[pair.one as usize], index.hashes()[pair.other as usize]);
        assert_eq!(one.within(&other, 8), Some(pair.distance));
    }
}
