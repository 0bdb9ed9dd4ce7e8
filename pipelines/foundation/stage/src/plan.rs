//! Which shard holds which tasks, known from the numbers alone.

use std::ops::Range;

use crate::task::{Group, Part};

/// One unit of work: its number and what lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// The number, from 0.
    pub index: u32,
    /// Its parts; with at least as many shards as groups exactly one.
    pub parts: Vec<Part>,
}

impl Shard {
    /// How many tasks it has.
    #[must_use]
    pub fn tasks(&self) -> u64 {
        self.parts.iter().map(|part| part.tasks.end - part.tasks.start).sum()
    }
}

/// Splits the tasks of all groups over the shards.
///
/// Every task is in exactly one shard. With at least as many shards as groups, each shard holds a range of one
/// group; groups get shards by the method of the largest remainder, at least one each, and the ranges of a group
/// differ by at most one task. With fewer shards, each group is one file and the groups are spread so that the
/// fullest shard has little more than the others.
///
/// Groups without tasks are left out. `shards` must be at least 1 and at most the number of tasks.
#[must_use]
pub fn plan(groups: &[Group], shards: u32) -> Vec<Shard> {
    let groups: Vec<&Group> = groups.iter().filter(|group| group.tasks > 0).collect();
    if (shards as usize) < groups.len() {
        return plan_shared(&groups, shards);
    }
    let files = allot(&groups, shards);
    let mut planned = Vec::with_capacity(shards as usize);
    for (group, files) in groups.into_iter().zip(files) {
        for file in 0..files {
            let part = part_of(group, file, files);
            planned.push(Shard { index: planned.len() as u32, parts: vec![part] });
        }
    }
    planned
}

fn part_of(group: &Group, file: u32, files: u32) -> Part {
    let bound = |file: u32| (u128::from(group.tasks) * u128::from(file) / u128::from(files)) as u64;
    let tasks: Range<u64> = bound(file)..bound(file + 1);
    Part { config: group.config, split: group.split, file, files, tasks }
}

/// The method of the largest remainder with at least one shard for each group and at most one for each task: one
/// shard at a time goes to the group that is furthest below its fair share, the earlier one if two are equal.
fn allot(groups: &[&Group], shards: u32) -> Vec<u32> {
    let all: i128 = groups.iter().map(|group| i128::from(group.tasks)).sum();
    let mut files = vec![1u32; groups.len()];
    for _ in groups.len()..shards as usize {
        let missing =
            |i: usize| i128::from(groups[i].tasks) * i128::from(shards) - i128::from(files[i]) * all;
        let open = (0..groups.len()).filter(|i| u64::from(files[*i]) < groups[*i].tasks);
        let Some(next) = open.max_by_key(|i| (missing(*i), std::cmp::Reverse(*i))) else { break };
        files[next] += 1;
    }
    files
}

/// Large groups first, each into the emptiest shard; inside a shard the groups keep their order.
fn plan_shared(groups: &[&Group], shards: u32) -> Vec<Shard> {
    let mut by_size: Vec<usize> = (0..groups.len()).collect();
    by_size.sort_by_key(|i| std::cmp::Reverse(groups[*i].tasks));
    let mut held: Vec<(u64, Vec<usize>)> = vec![(0, Vec::new()); shards as usize];
    for group in by_size {
        let emptiest = held.iter_mut().min_by_key(|(tasks, _)| *tasks);
        let (tasks, members) = emptiest.expect("there is at least one shard");
        *tasks += groups[group].tasks;
        members.push(group);
    }
    for (_, members) in &mut held {
        members.sort_unstable();
    }
    held.sort_by(|a, b| a.1.cmp(&b.1));
    let parts = |members: Vec<usize>| members.into_iter().map(|i| part_of(groups[i], 0, 1)).collect();
    (0..).zip(held).map(|(index, (_, members))| Shard { index, parts: parts(members) }).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use pixmo_shards::Split;
    use proptest::prelude::*;

    use super::*;

    const CONFIGS: [&str; 4] = ["charts", "tables", "diagrams", "other"];

    fn groups_of(sizes: &[u64]) -> Vec<Group> {
        let splits = [Split::Train, Split::Validation];
        (0..)
            .zip(sizes)
            .map(|(i, tasks)| Group { config: CONFIGS[i / 2], split: splits[i % 2], tasks: *tasks })
            .collect()
    }

    #[test]
    fn shards_go_to_groups_by_their_size() {
        let plan = plan(&groups_of(&[117_000, 1_024, 46_500, 1_024, 16_500, 1_024, 71_300, 1_024]), 256);
        let mut files = BTreeMap::new();
        for shard in &plan {
            let part = &shard.parts[0];
            files.insert((part.config, part.split.name()), part.files);
        }
        let expected = [
            (("charts", "train"), 117),
            (("charts", "validation"), 1),
            (("diagrams", "train"), 17),
            (("diagrams", "validation"), 1),
            (("other", "train"), 71),
            (("other", "validation"), 1),
            (("tables", "train"), 47),
            (("tables", "validation"), 1),
        ];
        assert_eq!(files, BTreeMap::from(expected));
    }

    #[test]
    fn fewer_shards_than_groups_share() {
        let plan = plan(&groups_of(&[100, 10, 50, 10, 30]), 2);
        let held: Vec<Vec<_>> =
            plan.iter().map(|s| s.parts.iter().map(|p| (p.config, p.split.name())).collect()).collect();
        assert_eq!(
            held,
            [
                vec![("charts", "train")],
                vec![
                    ("charts", "validation"),
                    ("tables", "train"),
                    ("tables", "validation"),
                    ("diagrams", "train")
                ],
            ]
        );
    }

    proptest! {
        #[test]
        fn every_task_is_in_one_shard_and_ranges_are_even(
            sizes in prop::collection::vec(prop_oneof![Just(0u64), 1u64..5, 1u64..3_000], 1..8),
            shards in 1u32..400,
        ) {
            let groups = groups_of(&sizes);
            let all: u64 = sizes.iter().sum();
            prop_assume!(u64::from(shards) <= all);
            let planned = plan(&groups, shards);
            prop_assert_eq!(planned.len(), shards as usize);
            let mut next: BTreeMap<(&str, Split), (u64, u32)> = BTreeMap::new();
            let mut sizes_of: BTreeMap<(&str, Split), Vec<u64>> = BTreeMap::new();
            for (i, shard) in planned.iter().enumerate() {
                prop_assert_eq!(shard.index as usize, i);
                prop_assert!(shard.tasks() > 0);
                for part in &shard.parts {
                    let key = (part.config, part.split);
                    let (begin, file) = next.get(&key).copied().unwrap_or((0, 0));
                    prop_assert_eq!((part.tasks.start, part.file), (begin, file));
                    next.insert(key, (part.tasks.end, file + 1));
                    sizes_of.entry(key).or_default().push(part.tasks.end - part.tasks.start);
                }
            }
            for group in groups.iter().filter(|group| group.tasks > 0) {
                let key = (group.config, group.split);
                prop_assert_eq!(next[&key].0, group.tasks);
                let sizes = &sizes_of[&key];
                prop_assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
            }
        }
    }
}
