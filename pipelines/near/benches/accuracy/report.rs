//! What of the planted files was found.

use std::collections::BTreeMap;
use std::io::{self, Write};

use pixmo_near::{Clustering, Relation, Tally};
use serde_json::{Value, json};

use crate::planted::Item;

/// Some of many.
#[derive(Clone, Copy, Default)]
struct Share {
    some: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, counts: bool) {
        self.some += usize::from(counts);
        self.all += 1;
    }

    fn percent(self) -> f64 {
        100.0 * self.some as f64 / self.all.max(1) as f64
    }

    fn cell(self) -> String {
        if self.all == 0 {
            String::new()
        } else {
            format!("{:.1} ({} of {})", self.percent(), self.some, self.all)
        }
    }
}

/// What became of one half.
pub(crate) struct Report {
    /// Copies in the cluster of their original, by change in the order of planting, then by photographs and the rest.
    changes: Vec<(String, [Share; 2])>,
    /// Pairs of look-alikes in one cluster, by what they show.
    alike: BTreeMap<String, Share>,
    /// Members, other than kept ones, that are the kept picture, by relation.
    relations: BTreeMap<&'static str, Share>,
    /// Members that are not the picture that their cluster keeps.
    pub(crate) wrong: usize,
    members: usize,
    /// The first of them, as kept one and member.
    examples: Vec<(String, String)>,
    tally: Tally,
}

impl Report {
    pub(crate) fn new(items: &[Item], clustering: &Clustering) -> Report {
        let mut cluster_of = vec![0; items.len()];
        let mut report = Report {
            changes: Vec::new(),
            alike: BTreeMap::new(),
            relations: BTreeMap::new(),
            wrong: 0,
            members: 0,
            examples: Vec::new(),
            tally: clustering.tally.clone(),
        };
        for (number, cluster) in clustering.iter().enumerate() {
            let kept = &items[cluster.kept().picture as usize];
            for member in cluster.members {
                cluster_of[member.picture as usize] = number;
                let item = &items[member.picture as usize];
                if member.relation == Relation::Kept {
                    continue;
                }
                let is_right = item.picture == kept.picture;
                report.relations.entry(member.relation.name()).or_default().add(is_right);
                report.members += 1;
                report.wrong += usize::from(!is_right);
                if !is_right && report.examples.len() < 20 {
                    let name = |item: &Item| format!("{} ({})", item.picture, item.change);
                    report.examples.push((name(kept), name(item)));
                }
            }
        }
        let originals: BTreeMap<&str, usize> = (0..items.len())
            .filter(|n| items[*n].change == "original")
            .map(|n| (items[n].picture.as_str(), n))
            .collect();
        for (n, item) in items.iter().enumerate().filter(|(_, item)| item.change != "original") {
            let is_found = cluster_of[n] == cluster_of[originals[item.picture.as_str()]];
            let line = report.changes.iter().position(|(change, _)| *change == item.change);
            let line = line.unwrap_or_else(|| {
                report.changes.push((item.change.clone(), [Share::default(); 2]));
                report.changes.len() - 1
            });
            report.changes[line].1[usize::from(item.kind != "photo")].add(is_found);
        }
        let originals: Vec<usize> = originals.into_values().collect();
        for (n, one) in originals.iter().enumerate() {
            for other in &originals[n + 1..] {
                let (item, its) = (&items[*one], &items[*other]);
                let is_joined = cluster_of[*one] == cluster_of[*other];
                if item.family == its.family {
                    report.alike.entry(item.kind.clone()).or_default().add(is_joined);
                } else {
                    report.alike.entry("no relation at all".to_owned()).or_default().add(is_joined);
                }
            }
        }
        report
    }

    fn found(&self, column: usize) -> Share {
        self.changes.iter().fold(Share::default(), |sum, (_, shares)| Share {
            some: sum.some + shares[column].some,
            all: sum.all + shares[column].all,
        })
    }

    /// Copies in the cluster of their original, in per cent.
    pub(crate) fn found_percent(&self) -> f64 {
        let (photos, others) = (self.found(0), self.found(1));
        Share { some: photos.some + others.some, all: photos.all + others.all }.percent()
    }

    /// Pairs of look-alikes in one cluster.
    pub(crate) fn joined(&self) -> usize {
        self.alike.values().map(|share| share.some).sum()
    }

    /// As Markdown, with the sums of the half that the numbers were chosen on.
    pub(crate) fn table(&self, tuning: &Report, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "| change | photographs found, % | rendered found, % |\n|---|---|---|")?;
        for (change, [photos, others]) in &self.changes {
            writeln!(out, "| {change} | {} | {} |", photos.cell(), others.cell())?;
        }
        writeln!(out, "| **all** | {} | {} |", self.found(0).cell(), self.found(1).cell())?;
        writeln!(out, "| all, half for tuning | {} | {} |", tuning.found(0).cell(), tuning.found(1).cell())?;
        writeln!(out, "\n| look-alikes | pairs in one cluster, % |\n|---|---|")?;
        for (kind, share) in &self.alike {
            writeln!(out, "| {kind} | {} |", share.cell())?;
        }
        writeln!(out, "\n| relation | right, % |\n|---|---|")?;
        for (relation, share) in &self.relations {
            writeln!(out, "| {relation} | {} |", share.cell())?;
        }
        let right = Share { some: self.members - self.wrong, all: self.members };
        let its = Share { some: tuning.members - tuning.wrong, all: tuning.members };
        writeln!(
            out,
            "| **precision** | {} |\n| precision, half for tuning | {} |",
            right.cell(),
            its.cell()
        )?;
        writeln!(
            out,
            "\n{} pictures, {} candidates, {} confirmed pairs, {} chains split",
            self.tally.pictures, self.tally.candidates, self.tally.pairs, self.tally.chains_split
        )?;
        for (kept, member) in &self.examples {
            writeln!(out, "wrong: {member} with {kept}")?;
        }
        Ok(())
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Value {
        let share = |share: &Share| json!({ "some": share.some, "all": share.all });
        let changes = self.changes.iter().map(|(change, [photos, others])| {
            json!({ "change": change, "photographs": share(photos), "rendered": share(others) })
        });
        let alike = self.alike.iter().map(|(kind, pairs)| json!({ "kind": kind, "joined": share(pairs) }));
        let relations =
            self.relations.iter().map(|(name, right)| json!({ "relation": name, "right": share(right) }));
        json!({
            "found": changes.collect::<Vec<_>>(), "look_alikes": alike.collect::<Vec<_>>(),
            "relations": relations.collect::<Vec<_>>(), "members": self.members, "wrong": self.wrong,
            "pictures": self.tally.pictures, "candidates": self.tally.candidates, "pairs": self.tally.pairs,
            "chains_split": self.tally.chains_split,
        })
    }
}
