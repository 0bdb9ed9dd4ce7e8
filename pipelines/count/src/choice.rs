//! Which labels of images become rows: as many of each number, one for each image, and no label too often.
//!
//! Numbers of which there are few are dealt first, so that no image that shows one of them is spent on a frequent number.
//! Among labels with the same number a hash decides, which the seed of the campaign makes.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_answers::Answers;
use pixmo_answers::label::key_of;
use pixmo_shards::Split;

use crate::judge::{judge, look_of, split_of};
use crate::reason::Reason;
use crate::settings::Settings;

/// What becomes of every label of every image.
#[derive(Debug)]
pub struct Choice {
    /// The labels of each split, by their number among the answers.
    pub validation: Vec<u32>,
    /// See `validation`.
    pub test: Vec<u32>,
    /// Why a label gives no row, by its number among the answers; those that are not here give one.
    out: BTreeMap<u32, Reason>,
    /// How many rows there are of each number, in each split.
    full: BTreeMap<(Split, u32), u64>,
}

/// A number that could become a row.
struct Candidate {
    place: u32,
    split: Split,
    count: u32,
    hash: [u8; 32],
    look: String,
    label: String,
}

impl Choice {
    /// Deals all labels.
    #[must_use]
    pub fn new(answers: &Answers, settings: &Settings, seed: u64) -> Choice {
        let mut choice =
            Choice { validation: Vec::new(), test: Vec::new(), out: BTreeMap::new(), full: BTreeMap::new() };
        let mut candidates = Vec::new();
        for (number, place) in (0..).zip(answers.iter()) {
            let split = split_of(answers, place);
            if split == Split::Validation { &mut choice.validation } else { &mut choice.test }.push(number);
            match judge(place, answers, settings) {
                Err(doubt) => drop(choice.out.insert(number, doubt.reason)),
                Ok(standing) => {
                    let label = key_of(&place.label);
                    candidates.push(Candidate {
                        place: number,
                        split,
                        count: standing.count,
                        hash: hash_of(seed, standing.image.sha256.as_bytes(), &label),
                        look: look_of(answers, place),
                        label,
                    });
                }
            }
        }
        choice.deal(candidates, settings);
        choice
    }

    fn deal(&mut self, mut candidates: Vec<Candidate>, settings: &Settings) {
        let mut offered: BTreeMap<(Split, u32), usize> = BTreeMap::new();
        for candidate in &candidates {
            *offered.entry((candidate.split, candidate.count)).or_default() += 1;
        }
        candidates.sort_by_key(|candidate| {
            (offered[&(candidate.split, candidate.count)], candidate.count, candidate.hash)
        });
        let mut images: BTreeSet<(Split, String)> = BTreeSet::new();
        let mut labels: BTreeMap<(Split, String), u64> = BTreeMap::new();
        for Candidate { place, split, count, look, label, .. } in candidates {
            let of_count = self.full.entry((split, count)).or_default();
            let of_label = labels.entry((split, label)).or_default();
            let why_not = if *of_count >= u64::from(settings.rows_each) {
                Some(Reason::CountFull)
            } else if images.contains(&(split, look.clone())) {
                Some(Reason::ImageTaken)
            } else {
                (*of_label >= settings.label_rows_max()).then_some(Reason::LabelFull)
            };
            match why_not {
                Some(reason) => drop(self.out.insert(place, reason)),
                None => {
                    *of_count += 1;
                    *of_label += 1;
                    images.insert((split, look));
                }
            }
        }
    }

    /// Why a label gives no row, if it gives none.
    #[must_use]
    pub fn why_not(&self, place: u32) -> Option<Reason> {
        self.out.get(&place).copied()
    }

    /// The labels of a split.
    #[must_use]
    pub fn of(&self, split: Split) -> &[u32] {
        if split == Split::Validation { &self.validation } else { &self.test }
    }

    /// How many rows a split gets, and the number of which most are missing with how many there are of it.
    #[must_use]
    pub fn standing(&self, split: Split, settings: &Settings) -> (u64, u32, u64) {
        let of = |count: u32| self.full.get(&(split, count)).copied().unwrap_or_default();
        let counts = settings.count_min..=settings.count_max;
        let rows = counts.clone().map(of).sum();
        let fewest = counts.min_by_key(|count| of(*count)).unwrap_or_default();
        (rows, fewest, of(fewest))
    }
}

fn hash_of(seed: u64, image: &[u8; 32], label: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("pixmo 2026 choice of count");
    hasher.update(&seed.to_le_bytes());
    hasher.update(image);
    hasher.update(label.as_bytes());
    *hasher.finalize().as_bytes()
}
