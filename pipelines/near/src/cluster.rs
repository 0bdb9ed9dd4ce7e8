//! Clusters of pictures that are the same one, and the picture of each that is kept.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::candidates::Order;
use crate::join::Capped;
use crate::look::Looks;
use crate::picture::Picture;
use crate::rule::{Likeness, Relation, Rule, Side};
use crate::union::Union;

/// All pictures of a list in clusters; a picture without its like is a cluster of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Clustering {
    members: Vec<Member>,
    /// Where each cluster begins in `members`, and the end of the last.
    starts: Vec<usize>,
    /// What was done.
    pub tally: Tally,
}

/// What finding clusters came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pictures.
    pub pictures: u64,
    /// Those whose bytes another one has as well.
    pub same_bytes: u64,
    /// Those with too little in them, which were compared by their bytes alone.
    pub flat: u64,
    /// Pairs that hashes brought together.
    pub candidates: u64,
    /// Pairs that the second look found to be the same picture.
    pub pairs: u64,
    /// Chains that were split because some in it are not near the one that is kept.
    pub chains_split: u64,
    /// Comparisons that were not made because too many hashes share their bits.
    pub capped: Capped,
    /// Pairs that were not looked at because too many pictures have the very same hash.
    pub same_hash_left_out: u64,
    /// Pictures of long chains that were not compared with the one that is kept.
    pub chains_left_out: u64,
}

/// One picture of a cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// Its place in the list that was given.
    pub picture: u32,
    /// Its row, see [`Picture::row`].
    pub row: u64,
    /// The SHA-256 of its file.
    pub sha256: [u8; 32],
    /// How it relates to the one that is kept.
    pub relation: Relation,
    /// In how many bits its hash, or that of its part, differs from that of the kept one; 0 for the same bytes.
    pub distance: u32,
    /// True where these were coarse hashes of 64 bits, not fine ones of 256.
    pub is_coarse: bool,
}

/// Pictures that are the same one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster<'a> {
    /// The pictures, the best first (see [`Picture::by_preference`]): that one is kept.
    pub members: &'a [Member],
}

impl Cluster<'_> {
    /// The picture that is kept.
    #[must_use]
    pub fn kept(&self) -> &Member {
        &self.members[0]
    }

    /// The smallest SHA-256 among its pictures, by which it is called.
    #[must_use]
    pub fn id(&self) -> [u8; 32] {
        self.members.iter().map(|member| member.sha256).min().unwrap_or_default()
    }
}

impl Clustering {
    /// The clusters, in the order of preference of the kept pictures.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Cluster<'_>> {
        self.starts.windows(2).map(|ends| Cluster { members: &self.members[ends[0]..ends[1]] })
    }

    /// How many clusters there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// True when there were no pictures.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

/// Puts pictures that are the same one into clusters. The order of the list and the number of threads make no difference,
/// except for [`Member::picture`].
///
/// Hashes bring pairs together, the second look confirms them, and chains of confirmed pairs are split until each member
/// is near the one that is kept itself. Ten million pictures need about 3 GB beside what `looks` keeps.
///
/// # Errors
/// A look could not be given.
///
/// # Panics
/// There are 2³² pictures or more.
pub fn clusters<L: Looks + ?Sized>(
    pictures: &[Picture],
    looks: &L,
    rule: &Rule,
    threads: usize,
) -> Result<Clustering, L::Error> {
    let count = u32::try_from(pictures.len()).expect("fewer than 4,294,967,296 pictures");
    let mut preferred: Vec<u32> = (0..count).collect();
    preferred.sort_by(|one, other| pictures[*one as usize].by_preference(&pictures[*other as usize]));
    let (leaders, mut copies) = one_of_each(pictures, &preferred);
    let order = Order { pictures, numbers: &leaders, threads };
    let candidates = order.candidates(looks, rule)?;
    let mut tally = Tally {
        pictures: u64::from(count),
        same_bytes: u64::from(count) - leaders.len() as u64,
        flat: pictures.iter().filter(|picture| picture.flat).count() as u64,
        candidates: candidates.pairs.len() as u64,
        capped: candidates.capped,
        same_hash_left_out: candidates.same_hash_left_out,
        ..Tally::default()
    };
    let edges = confirmed(&order, looks, rule, &candidates.pairs)?;
    drop(candidates.pairs);
    tally.pairs = edges.len() as u64;
    let mut groups = groups(&order, looks, rule, edges, &mut tally)?;
    groups.sort_by_key(|group| group[0].0);

    let mut members = Vec::with_capacity(pictures.len());
    let mut starts = vec![0];
    for group in groups {
        let begin = members.len();
        for (rank, likeness) in group {
            let picture = leaders[rank as usize];
            let (relation, distance, is_coarse) = match likeness {
                Some(likeness) => (likeness.relation, likeness.distance, likeness.is_coarse),
                None => (Relation::Kept, 0, false),
            };
            let member = |picture: u32, relation| {
                let Picture { row, sha256, .. } = pictures[picture as usize];
                Member { picture, row, sha256, relation, distance, is_coarse }
            };
            members.push(member(picture, relation));
            for copy in copies.remove(&picture).unwrap_or_default() {
                // A second file with the bytes of a cropped copy is a cropped copy.
                let relation = if relation == Relation::Kept { Relation::SameBytes } else { relation };
                members.push(member(copy, relation));
            }
        }
        members[begin..].sort_by(|one, other| {
            pictures[one.picture as usize].by_preference(&pictures[other.picture as usize])
        });
        starts.push(members.len());
    }
    Ok(Clustering { members, starts, tally })
}

/// The best of all pictures with the same bytes, in order of preference, and the others of each.
fn one_of_each(pictures: &[Picture], preferred: &[u32]) -> (Vec<u32>, BTreeMap<u32, Vec<u32>>) {
    let mut by_bytes = preferred.to_vec();
    by_bytes.sort_by_key(|number| pictures[*number as usize].sha256);
    let mut copies = BTreeMap::new();
    let mut is_copy = vec![false; pictures.len()];
    for same in
        by_bytes.chunk_by(|one, other| pictures[*one as usize].sha256 == pictures[*other as usize].sha256)
    {
        if let [first, others @ ..] = same
            && !others.is_empty()
        {
            others.iter().for_each(|other| is_copy[*other as usize] = true);
            copies.insert(*first, others.to_vec());
        }
    }
    (preferred.iter().copied().filter(|number| !is_copy[*number as usize]).collect(), copies)
}

/// The pairs that are the same picture, as ranks.
fn confirmed<L: Looks + ?Sized>(
    order: &Order<'_>,
    looks: &L,
    rule: &Rule,
    pairs: &[(u32, u32)],
) -> Result<Vec<(u32, u32, Likeness)>, L::Error> {
    const PIECE: usize = 256;
    let pieces = pairs.len().div_ceil(PIECE);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            let Some(pairs) = pairs.chunks(PIECE).nth(piece) else {
                return Ok(found);
            };
            let mut first: Option<(u32, Side)> = None;
            for (one, other) in pairs {
                // pairs are in order, so that the first picture is often the one of the pair before
                let side = match first.take_if(|(rank, _)| rank == one) {
                    Some((_, side)) => side,
                    None => order.side(*one, looks)?,
                };
                let likeness = rule.judge_sides(&side, &order.side(*other, looks)?);
                found.extend(likeness.map(|likeness| (*one, *other, likeness)));
                first = Some((*one, side));
            }
        }
    };
    let mut parts = Vec::new();
    thread::scope(|scope| {
        let helpers: Vec<_> = (1..order.threads.clamp(1, pieces.max(1)))
            .filter_map(|n| thread::Builder::new().name(format!("look-{n}")).spawn_scoped(scope, work).ok())
            .collect();
        parts.push(work());
        for helper in helpers {
            parts.push(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    let mut found: Vec<(u32, u32, Likeness)> = Vec::new();
    for part in parts {
        found.extend(part?);
    }
    found.sort_by_key(|(one, other, _)| (*one, *other));
    Ok(found)
}

impl Order<'_> {
    fn side<L: Looks + ?Sized>(&self, rank: u32, looks: &L) -> Result<Side, L::Error> {
        let number = self.numbers[rank as usize];
        Side::of(&self.pictures[number as usize], number, looks)
    }
}

/// A cluster as ranks, the kept one first, with what makes the others its like.
type Group = Vec<(u32, Option<Likeness>)>;

/// Clusters of ranks out of confirmed pairs.
fn groups<L: Looks + ?Sized>(
    order: &Order<'_>,
    looks: &L,
    rule: &Rule,
    edges: Vec<(u32, u32, Likeness)>,
    tally: &mut Tally,
) -> Result<Vec<Group>, L::Error> {
    let count = order.numbers.len() as u32;
    let mut union = Union::new(count);
    for (one, other, _) in &edges {
        union.join(*one, *other);
    }
    let mut chains: BTreeMap<u32, Vec<(u32, u32, Likeness)>> = BTreeMap::new();
    for edge in edges {
        chains.entry(union.first_of(edge.0)).or_default().push(edge);
    }
    let mut found = Vec::new();
    for rank in 0..count {
        let first = union.first_of(rank);
        if first == rank {
            match chains.remove(&rank) {
                None => found.push(vec![(rank, None)]),
                Some(edges) => {
                    let before = found.len();
                    let judge = |one, other| {
                        Ok(rule.judge_sides(&order.side(one, looks)?, &order.side(other, looks)?))
                    };
                    tally.chains_left_out += split(&edges, judge, &mut found)?;
                    tally.chains_split += u64::from(found.len() > before + 1);
                }
            }
        }
    }
    Ok(found)
}

/// How many steps along confirmed pairs from the kept one members are looked for.
const STEPS_MAX: u32 = 3;

/// Splits what hangs together by pairs into clusters in which everything is near the kept one: the best of all is kept,
/// those a few pairs away that are near it are its cluster, and so on with the rest. Says how many were not compared because
/// the chain is too long.
fn split<E>(
    edges: &[(u32, u32, Likeness)],
    judge: impl Fn(u32, u32) -> Result<Option<Likeness>, E>,
    found: &mut Vec<Group>,
) -> Result<u64, E> {
    let mut around: BTreeMap<u32, BTreeMap<u32, Likeness>> = BTreeMap::new();
    for (one, other, likeness) in edges {
        around.entry(*one).or_default().insert(*other, *likeness);
        around.entry(*other).or_default().insert(*one, *likeness);
    }
    // Looks are dear and a chain can be any length.
    let mut looks_left = 16 * around.len() + 1024;
    let mut left_out = 0;
    while let Some((kept, _)) = around.first_key_value() {
        let kept = *kept;
        let mut group: Group = vec![(kept, None)];
        let mut seen = BTreeMap::from([(kept, 0)]);
        let mut next = VecDeque::from([kept]);
        while let Some(rank) = next.pop_front() {
            let steps = seen[&rank] + 1;
            for other in around[&rank].keys() {
                if seen.contains_key(other) || !around.contains_key(other) {
                    continue;
                }
                seen.insert(*other, steps);
                let mut likeness = around[&kept].get(other).copied();
                if likeness.is_none() && looks_left > 0 {
                    looks_left -= 1;
                    likeness = judge(kept.min(*other), kept.max(*other))?;
                } else if likeness.is_none() {
                    left_out += 1;
                }
                group.extend(likeness.map(|likeness| (*other, Some(likeness))));
                if steps < STEPS_MAX {
                    next.push_back(*other);
                }
            }
        }
        group.sort_by_key(|(rank, _)| *rank);
        group.iter().for_each(|(rank, _)| drop(around.remove(rank)));
        found.push(group);
    }
    Ok(left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::second_look::Sameness;

    fn likeness() -> Likeness {
        let sameness = Sameness { likeness: 1.0, peak: 0.0 };
        Likeness { relation: Relation::ReEncoded, distance: 1, is_coarse: false, sameness }
    }

    /// Splits a chain of numbers on a line, in which those up to `near` apart are near.
    fn check(pairs: &[(u32, u32)], near: u32) -> Vec<Vec<u32>> {
        let edges: Vec<_> = pairs.iter().map(|(one, other)| (*one, *other, likeness())).collect();
        let mut found = Vec::new();
        let judge = |one: u32, other: u32| Ok::<_, ()>((one.abs_diff(other) <= near).then(likeness));
        split(&edges, judge, &mut found).unwrap();
        found.into_iter().map(|group| group.into_iter().map(|(rank, _)| rank).collect()).collect()
    }

    #[test]
    fn a_chain_is_split_where_it_leaves_the_kept_one() {
        let chain: Vec<_> = (0..9).map(|n| (n, n + 1)).collect();
        assert_eq!(check(&chain, 1), [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]);
        assert_eq!(check(&chain, 3), [vec![0, 1, 2, 3], vec![4, 5, 6, 7], vec![8, 9]]);
        // not further than three steps, however near
        assert_eq!(check(&chain, 9).len(), 3);
    }

    #[test]
    fn what_is_near_without_a_pair_of_its_own_stays() {
        assert_eq!(check(&[(0, 1), (1, 2)], 2), [[0, 1, 2]]);
        assert_eq!(check(&[(0, 2), (1, 2)], 9), [[0, 1, 2]]);
    }

    #[test]
    fn the_order_of_pairs_makes_no_difference_to_a_union() {
        let mut pairs = vec![(0, 3), (3, 5), (1, 2), (2, 4), (6, 7)];
        let sets = |pairs: &[(u32, u32)]| {
            let mut union = Union::new(9);
            pairs.iter().for_each(|(one, other)| union.join(*other, *one));
            (0..9).map(|n| union.first_of(n)).collect::<Vec<_>>()
        };
        let expected = sets(&pairs);
        assert_eq!(expected, [0, 1, 1, 0, 1, 0, 6, 6, 8]);
        pairs.reverse();
        assert_eq!(sets(&pairs), expected);
    }
}
