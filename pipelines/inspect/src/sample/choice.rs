//! Which rows are shown.

use std::collections::BTreeSet;

use pixmo_console::Failure;
use pixmo_schemas::Sha256;
use pixmo_schemas::records::DocsPointsRecord;
use pixmo_shards::{Location, read_rows};

use crate::docs_rows::damaged;
use crate::tables::{POINTS, Part};

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

    /// The row of one picture. Parts in which its name would place it are looked into first.
    pub(crate) fn of_id(location: &Location, parts: &[Part], id: &str) -> Result<Choice, Failure> {
        let mut begin = 0;
        let mut numbered: Vec<(u64, &Part)> = Vec::new();
        for part in parts {
            numbered.push((begin, part));
            begin += part.main.rows;
        }
        let likely = |part: &Part| id.starts_with(&format!("{}-{}-", part.main.config, part.main.split));
        numbered.sort_by_key(|(_, part)| !likely(part));
        for (begin, part) in numbered {
            // The side config without pictures is the quickest to read.
            let Some(file) = part.side(POINTS) else { continue };
            for (row, record) in (0..).zip(read_rows::<DocsPointsRecord>(location, file).map_err(damaged)?) {
                if record.map_err(damaged)?.image_id == id {
                    return Ok(Choice { rows: [begin + row].into() });
                }
            }
        }
        Err(Failure::request(format!("there is no picture `{id}`"))
            .at(location.address())
            .hint("`pixmo sample docs --count 5` shows some with their ids"))
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
}
