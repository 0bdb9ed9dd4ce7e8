//! Which rows are shown.

use std::collections::BTreeSet;

use pixmo_console::Failure;
use pixmo_schemas::{Dataset, Sha256};
use pixmo_shards::{Location, Rows, read_columns};
use serde::Deserialize;

use crate::rows::damaged;
use crate::tables::{POINTS, Part};

/// How many ids an error offers for one that does not exist.
const NEAR_MAX: usize = 3;
/// Fewer letters are part of too many ids.
const PART_MIN: usize = 4;

/// By what a row is named.
#[derive(Deserialize)]
struct Named {
    /// The id of the picture.
    #[serde(alias = "image_id", alias = "example_id")]
    id: String,
    /// The design that it shares with others, where it has one.
    #[serde(default, alias = "watchface_id")]
    design: Option<String>,
}

/// Rows by their number among all rows of some parts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    rows: BTreeSet<u64>,
}

impl Choice {
    /// So many different rows, each as likely as the others; all if there are not more. The same seed and rows give
    /// the same choice.
    pub(crate) fn random(parts: &[Part], count: u64, seed: u64) -> Choice {
        let all: u64 = parts.iter().map(|part| part.main.rows).sum();
        Choice::numbers(all, count, seed)
    }

    /// As [`Choice::random`], from these rows alone.
    pub(crate) fn random_of(fitting: &[u64], count: u64, seed: u64) -> Choice {
        let chosen = Choice::numbers(fitting.len() as u64, count, seed);
        Choice { rows: chosen.rows.iter().filter_map(|at| fitting.get(*at as usize)).copied().collect() }
    }

    fn numbers(all: u64, count: u64, seed: u64) -> Choice {
        if count >= all {
            return Choice { rows: (0..all).collect() };
        }
        let mut rows = BTreeSet::new();
        let mut draw = 0u64;
        while (rows.len() as u64) < count {
            let hash = Sha256::of(format!("sample {seed} {draw}").as_bytes());
            let number = hash.as_bytes().first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes));
            rows.insert(((u128::from(number) * u128::from(all)) >> 64) as u64);
            draw += 1;
        }
        Choice { rows }
    }

    /// The row of one picture, or the rows of all clocks with one face. Parts in which its name would place it are looked
    /// into first. `what` is how the dataset was named, for the hint.
    pub(crate) fn of_id(
        what: &str,
        dataset: Dataset,
        location: &Location,
        parts: &[Part],
        id: &str,
    ) -> Result<Choice, Failure> {
        let mut begin = 0;
        let mut numbered: Vec<(u64, &Part)> = Vec::new();
        for part in parts {
            numbered.push((begin, part));
            begin += part.main.rows;
        }
        let likely = |part: &Part| id.starts_with(&format!("{}-{}-", part.main.config, part.main.split));
        numbered.sort_by_key(|(_, part)| !likely(part));
        let (mut of_design, mut near) = (BTreeSet::new(), Near::default());
        for (begin, part) in numbered {
            let Some(names) = names(dataset, location, part)? else { continue };
            for (row, named) in (begin..).zip(names) {
                let named = named.map_err(damaged)?;
                if named.id == id {
                    return Ok(Choice { rows: [row].into() });
                }
                if named.design.as_deref() == Some(id) {
                    of_design.insert(row);
                }
                near.offer(id, &named.id);
            }
        }
        if !of_design.is_empty() {
            return Ok(Choice { rows: of_design });
        }
        let failure = Failure::request(format!("there is no picture `{id}`")).at(location.address());
        let failure = match near.words() {
            Some(words) => failure.hint(format!("did you mean {words}?")),
            None => failure,
        };
        Err(failure.hint(format!("`pixmo sample {what} --count 5` shows some with their ids")))
    }

    /// The rows of all clocks with one face. `what` is how the dataset was named, for the hint.
    pub(crate) fn of_face(
        what: &str,
        location: &Location,
        parts: &[Part],
        face: &str,
    ) -> Result<Choice, Failure> {
        let (mut rows, mut near, mut begin) = (BTreeSet::new(), Near::default(), 0);
        for part in parts {
            for (row, named) in (begin..).zip(names(Dataset::Clocks, location, part)?.into_iter().flatten()) {
                let Some(design) = named.map_err(damaged)?.design else { continue };
                if design == face {
                    rows.insert(row);
                }
                near.offer(face, &design);
            }
            begin += part.main.rows;
        }
        if !rows.is_empty() {
            return Ok(Choice { rows });
        }
        let failure = Failure::request(format!("there is no face `{face}`")).at(location.address());
        let failure = match near.words() {
            Some(words) => failure.hint(format!("did you mean {words}?")),
            None => failure,
        };
        Err(failure.hint(format!(
            "`pixmo sample {what} --count 5` shows some; their ids begin with that of the face"
        )))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The parts with rows of the choice, and the numbers of these rows in the part.
    pub(crate) fn by_part<'a>(&self, parts: &'a [Part]) -> Vec<(&'a Part, BTreeSet<u64>)> {
        let mut chosen = Vec::new();
        let mut begin = 0;
        for part in parts {
            let end = begin + part.main.rows;
            let rows: BTreeSet<u64> = self.rows.range(begin..end).map(|row| row - begin).collect();
            if !rows.is_empty() {
                chosen.push((part, rows));
            }
            begin = end;
        }
        chosen
    }
}

/// The names of the rows of a part, from the file that is the quickest to read; none if that is missing.
fn names(dataset: Dataset, location: &Location, part: &Part) -> Result<Option<Rows<Named>>, Failure> {
    let (file, columns) = match dataset {
        Dataset::Clocks => (Some(&part.main), &["example_id", "watchface_id"] as &[&str]),
        _ => (part.side(POINTS), &["image_id"] as &[&str]),
    };
    file.map(|file| read_columns(location, file, columns).map_err(damaged)).transpose()
}

/// The ids that are most like one that does not exist.
#[derive(Default)]
struct Near {
    /// How like they are, best first.
    ids: Vec<(usize, String)>,
}

impl Near {
    /// Keeps an id if it is among the most like. Two ids are the more alike, the more they have in common from the
    /// beginning and from the end: so one wrong letter costs one, wherever it stands.
    fn offer(&mut self, asked: &str, id: &str) {
        let common = |a: &mut dyn Iterator<Item = u8>, b: &mut dyn Iterator<Item = u8>| {
            a.zip(b).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
        };
        let (short, long) = (asked.len().min(id.len()), asked.len().max(id.len()));
        let head = common(&mut asked.bytes(), &mut id.bytes());
        let tail = common(&mut asked.bytes().rev(), &mut id.bytes().rev());
        let alike = match id.contains(asked) && asked.len() >= PART_MIN {
            true => long,
            false => (head + tail).min(short),
        };
        let is_like = alike * 4 >= long * 3 && self.ids.iter().all(|(_, known)| known != id);
        let is_better = self.ids.len() < NEAR_MAX || self.ids.last().is_some_and(|(least, _)| alike > *least);
        if is_like && is_better {
            let place = self.ids.partition_point(|(other, _)| *other >= alike);
            self.ids.insert(place, (alike, id.to_owned()));
            self.ids.truncate(NEAR_MAX);
        }
    }

    fn words(&self) -> Option<String> {
        let quoted: Vec<String> = self.ids.iter().map(|(_, id)| format!("`{id}`")).collect();
        (!quoted.is_empty()).then(|| quoted.join(" or "))
    }
}

#[cfg(test)]
mod tests {
    use pixmo_shards::{FileEntry, Split};

    use super::*;

    fn part(rows: u64) -> Part {
        let main = FileEntry {
            path: String::new(),
            config: "charts".to_owned(),
            split: Split::Train,
            rows,
            bytes: 0,
            sha256: String::new(),
            num_bytes: 0,
        };
        Part { shard: 0, main, sides: Vec::new() }
    }

    #[test]
    fn rows_are_different_spread_and_the_same_for_the_same_seed() {
        let parts = [part(500), part(0), part(500)];
        let choice = Choice::random(&parts, 400, 7);
        assert_eq!(choice.len(), 400);
        assert_eq!(choice, Choice::random(&parts, 400, 7));
        assert_ne!(choice, Choice::random(&parts, 400, 8));
        let by_part: Vec<usize> = choice.by_part(&parts).iter().map(|(_, rows)| rows.len()).collect();
        assert_eq!(by_part.iter().sum::<usize>(), 400);
        assert!(by_part.len() == 2 && by_part.iter().all(|rows| (150..250).contains(rows)), "{by_part:?}");
        assert_eq!(Choice::random(&parts, 2_000, 7).len(), 1_000);
        let even: Vec<u64> = (0..1_000).step_by(2).collect();
        let of_even = Choice::random_of(&even, 100, 7);
        assert_eq!(of_even.len(), 100);
        assert!(
            of_even.rows.iter().all(|row| row % 2 == 0) && of_even.rows.last() > Some(&800),
            "{of_even:?}"
        );
    }

    #[test]
    fn ids_that_differ_little_are_offered_and_others_are_not() {
        let near = |asked: &str, ids: &[&str]| {
            let mut near = Near::default();
            ids.iter().for_each(|id| near.offer(asked, id));
            near.words()
        };
        let ids = [
            "charts-train-000001",
            "0a1B2c3D4e/004_2021-05-17T13:45:10.123456_dress-watch",
            "0a1B2c3D4f/004_2021-05-17T13:45:10.123456_dress-watch",
            "zzzzzzzzzz/005_2022-01-01T00:00:00.000000_dress-watch",
        ];
        assert_eq!(near("charts-train-00001", &ids).as_deref(), Some("`charts-train-000001`"));
        let asked = "0a1B2c3D4e/004_2021-05-17T13:45:11.123456_dress-watch";
        assert_eq!(near(asked, &ids), Some(format!("`{}`", ids[1])), "one letter, and not two");
        assert_eq!(near("13:45:10.123456", &ids), Some(format!("`{}` or `{}`", ids[1], ids[2])), "a part");
        assert_eq!(
            near("0a1B2c3D4x", &["0a1B2c3D4e", "0a1B2c3D4e"]).as_deref(),
            Some("`0a1B2c3D4e`"),
            "once"
        );
        assert_eq!(near("pie-train-1", &ids), None);
        assert_eq!(near("a", &ids), None);
    }
}
