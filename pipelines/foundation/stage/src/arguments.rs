//! The flags that every stage has.

use std::path::PathBuf;
use std::str::FromStr;

use pixmo_console::{Failure, env};

/// Build the dataset
///
/// Finished shards are kept: run the same command again to continue after an interruption or a failure.
///
/// Example: `pixmo build docs --shards 256`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildArgs {
    /// Read settings from this file
    #[arg(long, value_name = "FILE")]
    pub campaign: Option<PathBuf>,
    /// Split the dataset into this many shards, 256 by default
    #[arg(long, value_name = "N")]
    pub shards: Option<u32>,
    /// Build only these shards: 17, or 3-9, or 3,5,7-9
    #[arg(long, value_name = "RANGE")]
    pub only: Option<Only>,
    /// Make at most this many tasks
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Write to this folder or address (s3://, gs://, az://)
    #[arg(long, value_name = "DIR")]
    pub into: Option<String>,
    /// Use this seed instead of the campaign's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Work with this many threads, by default one for each core
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Say what would be done and what it would cost, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// The most worker threads.
const JOBS_MAX: usize = 1024;

impl BuildArgs {
    /// How many worker threads.
    pub(crate) fn jobs(&self) -> Result<usize, Failure> {
        match self.jobs {
            None => Ok(env::cores().min(JOBS_MAX)),
            Some(jobs @ 1..=JOBS_MAX) => Ok(jobs),
            Some(jobs) => Err(Failure::request(format!("cannot work with {jobs} threads"))
                .hint(format!("give `--jobs` a number from 1 to {JOBS_MAX}"))),
        }
    }
}

/// Some of the shards: `17`, `3-9`, `3,5,7-9`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    text: String,
    ranges: Vec<(u32, u32)>,
}

impl Only {
    /// Whether the shard is one of them.
    #[must_use]
    pub fn holds(&self, shard: u32) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&shard))
    }

    /// The largest number in it.
    #[must_use]
    pub fn last(&self) -> u32 {
        self.ranges.iter().map(|(_, last)| *last).max().unwrap_or(0)
    }
}

impl std::fmt::Display for Only {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.text)
    }
}

impl FromStr for Only {
    type Err = String;

    fn from_str(text: &str) -> Result<Only, String> {
        let number = |word: &str| {
            let digits = word.trim();
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            let number = if is_number { digits.parse::<u32>().ok() } else { None };
            number.ok_or_else(|| {
                format!("`{digits}` is not the number of a shard; write `17`, `3-9` or `3,5,7-9`")
            })
        };
        let mut ranges = Vec::new();
        for piece in text.split(',') {
            let (first, last) = match piece.split_once('-') {
                Some((first, last)) => (number(first)?, number(last)?),
                None => (number(piece)?, number(piece)?),
            };
            if first > last {
                return Err(format!("`{}` runs backwards; write `{last}-{first}`", piece.trim()));
            }
            ranges.push((first, last));
        }
        Ok(Only { text: text.to_owned(), ranges })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_their_ends_and_nothing_else() {
        let held =
            |text: &str| (0..12).filter(|i| Only::from_str(text).unwrap().holds(*i)).collect::<Vec<_>>();
        assert_eq!(held("7"), [7]);
        assert_eq!(held("3-5"), [3, 4, 5]);
        assert_eq!(held("9,1,3 - 4,3"), [1, 3, 4, 9]);
        assert_eq!(Only::from_str("9,1").unwrap().last(), 9);
    }

    #[test]
    fn what_is_no_range_says_why() {
        let errors: Vec<String> = ["", "3-", "a", "-3", "5-3", "1,,2", "99999999999"]
            .map(|text| Only::from_str(text).unwrap_err())
            .into();
        insta::assert_snapshot!(errors.join("\n"));
    }
}
