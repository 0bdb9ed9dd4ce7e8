//! The command that makes things right, as a person would type it.

use pixmo_schemas::Dataset;
use pixmo_shards::Survey;

use crate::place::Place;

/// Shards of a dataset if nobody says anything to `pixmo build`.
const SHARDS_DEFAULT: u32 = 256;

/// How to continue a build in the folder it was begun in, with the flags that it was begun with.
#[derive(Clone, Debug)]
pub(crate) struct BuildCommand {
    dataset: Dataset,
    flags: String,
    into: String,
}

impl BuildCommand {
    pub(crate) fn of(dataset: Dataset, place: &Place, survey: &Survey) -> BuildCommand {
        // Without the word of the build itself the sidecars say what they can; a limit is in none of them.
        let sidecar = survey.sidecars.iter().find_map(|(_, sidecar)| sidecar.as_ref().ok());
        let flags = match (&survey.begun, sidecar) {
            (Some(begun), _) => flags_of(begun.shards, begun.limit, begun.seed),
            (None, Some(sidecar)) => flags_of(sidecar.shards, None, sidecar.seed),
            (None, None) => String::new(),
        };
        BuildCommand { dataset, flags, into: place.into_flag(dataset) }
    }

    /// The whole build: finished shards are kept.
    pub(crate) fn all(&self) -> String {
        format!("{}{}{}", self.verb(), self.flags, self.into)
    }

    /// One shard.
    pub(crate) fn only(&self, shard: u32) -> String {
        self.only_these(&shard.to_string())
    }

    /// Some shards, as `--only` takes them.
    pub(crate) fn only_these(&self, range: &str) -> String {
        format!("{}{}{} --only {range}", self.verb(), self.flags, self.into)
    }

    /// What makes the dataset: for images a program of its own, which takes a list that nothing in the folder names.
    fn verb(&self) -> String {
        match self.dataset {
            Dataset::Images => "pixmo images fetch LIST".to_owned(),
            Dataset::ImageClusters => "pixmo images dedup".to_owned(),
            dataset => format!("pixmo build {dataset}"),
        }
    }
}

fn flags_of(shards: u32, limit: Option<u64>, seed: u64) -> String {
    let mut flags = String::new();
    if shards != SHARDS_DEFAULT {
        flags.push_str(&format!(" --shards {shards}"));
    }
    if let Some(limit) = limit {
        flags.push_str(&format!(" --limit {limit}"));
    }
    if seed != 0 {
        flags.push_str(&format!(" --seed {seed}"));
    }
    flags
}

/// Numbers in order, as `--only` takes them: `3-5,17`.
pub(crate) fn ranges(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let word = |(first, last): (u32, u32)| match last - first {
        0 => first.to_string(),
        _ => format!("{first}-{last}"),
    };
    runs.into_iter().map(word).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_become_ranges() {
        assert_eq!(ranges([]), "");
        assert_eq!(ranges([17]), "17");
        assert_eq!(ranges([0, 1, 3, 4, 5, 9]), "0-1,3-5,9");
    }
}
