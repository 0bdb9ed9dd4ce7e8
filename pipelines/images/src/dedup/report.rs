//! What was found, as a table for people and as counters for the card.

use std::collections::BTreeMap;

use pixmo_console::{Console, Failure, wording};
use pixmo_near::{Cluster, Clustering, Fate, Relation};
use serde_json::json;

use crate::catalogue::Catalogue;

/// What was found.
pub(super) struct Report {
    /// Number of something, by what it is called, in the order of the table.
    numbers: Vec<(&'static str, u64)>,
    relations: BTreeMap<&'static str, u64>,
    /// Images and clusters of each split.
    splits: BTreeMap<String, (u64, u64)>,
    /// Images that are in a list themselves, and images of their clusters.
    lists: BTreeMap<String, (u64, u64)>,
    shared_clusters: u64,
    largest: u64,
}

impl Report {
    pub(super) fn new(
        catalogue: &Catalogue,
        unseen: u64,
        clustering: &Clustering,
        pins: &[(String, String)],
    ) -> Report {
        let images = catalogue.images.len() as u64;
        let tally = &clustering.tally;
        Report {
            numbers: vec![
                ("rows", catalogue.rows),
                ("images", images),
                ("rows_with_the_same_bytes", catalogue.rows - images),
                ("images_not_seen", unseen),
                ("images_flat", tally.flat - unseen.min(tally.flat)),
                ("pairs_compared", tally.candidates),
                ("pairs_alike", tally.pairs),
                ("clusters", clustering.len() as u64),
            ],
            relations: BTreeMap::new(),
            splits: BTreeMap::new(),
            lists: pins.iter().map(|(name, _)| (name.clone(), (0, 0))).collect(),
            shared_clusters: 0,
            largest: 0,
        }
    }

    /// Counts a cluster; `lists` are those that each member stands in.
    pub(super) fn count(&mut self, cluster: &Cluster<'_>, lists: &[Vec<String>], fate: &Fate) {
        let members = cluster.members.len() as u64;
        self.largest = self.largest.max(members);
        self.shared_clusters += u64::from(members > 1);
        for member in cluster.members.iter().filter(|member| member.relation != Relation::Kept) {
            *self.relations.entry(super::word(member.relation)).or_insert(0) += 1;
        }
        for list in lists.iter().flatten() {
            self.lists.entry(list.clone()).or_default().0 += 1;
        }
        let split = match fate {
            Fate::Split(split) => split.name().to_owned(),
            Fate::HeldOut(names) => {
                for name in names {
                    self.lists.entry(name.clone()).or_default().1 += members;
                }
                "held_out".to_owned()
            }
        };
        let (images, clusters) = self.splits.entry(split).or_default();
        *images += members;
        *clusters += 1;
    }

    /// What the card shows.
    pub(super) fn counters(&self) -> BTreeMap<String, u64> {
        let mut counters: BTreeMap<String, u64> =
            self.numbers.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect();
        counters.insert("clusters_of_several".to_owned(), self.shared_clusters);
        counters.insert("largest_cluster".to_owned(), self.largest);
        for (relation, number) in &self.relations {
            counters.insert(format!("alike_{relation}"), *number);
        }
        for (split, (images, _)) in &self.splits {
            counters.insert(format!("images_{split}"), *images);
        }
        for (list, (_, held)) in &self.lists {
            counters.insert(format!("held_out_by_{list}"), *held);
        }
        counters
    }

    /// Writes the table, or one object.
    pub(super) fn tell(&self, console: &Console) -> Result<(), Failure> {
        if console.is_json() {
            return console.data_json(&json!({ "event": "deduplicated", "counters": self.counters() }));
        }
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, number: String| lines.push((name.replace('_', " "), number));
        for (name, number) in &self.numbers {
            add(name, wording::number(*number));
        }
        add("clusters of several", wording::number(self.shared_clusters));
        add("largest cluster", wording::number(self.largest));
        for (relation, number) in &self.relations {
            add(&format!("alike: {relation}"), wording::number(*number));
        }
        for (split, (images, clusters)) in &self.splits {
            let number =
                format!("{} in {}", wording::number(*images), wording::counted(*clusters, "cluster"));
            add(&format!("split: {split}"), number);
        }
        for (list, (touching, held)) in &self.lists {
            let number =
                format!("{} like it, {} held out", wording::number(*touching), wording::number(*held));
            lines.push((format!("list: {list}"), number));
        }
        let wide = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, number) in lines {
            console.data_line(&format!("{name:wide$}  {number}"))?;
        }
        Ok(())
    }
}
