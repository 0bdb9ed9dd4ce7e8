//! The tables of a dataset folder: which accompany which, and which files hold the same rows.

use pixmo_schemas::Dataset;
use pixmo_shards::{ConfigSpec, FileEntry, Sidecar, Survey};

/// Ends of the names of configs whose rows accompany those of another.
pub const FULL: &str = "_full";
/// See [`FULL`].
pub const POINTS: &str = "_points";

/// The config of the pictures of clocks, whose rows accompany those of `default`.
pub const IMAGES: &str = "images";

/// The config of captions with their images, whose rows accompany those of `default`.
pub const BY_IMAGE: &str = "by_image";

/// The config that says how each row of `default` came to be.
pub const LINEAGE: &str = "lineage";

/// The config with the masks of `default` as run lengths.
pub const RLE: &str = "rle";

/// The configs with a row for each take of a row of `default`, or for some.
pub const OF_TAKES: [&str; 2] = ["receipts", "audio"];

/// The configs of a dataset as writer and card know them: each with its side configs behind it.
#[must_use]
pub fn configs(dataset: Dataset) -> Vec<ConfigSpec> {
    let (side, main): (Vec<_>, Vec<_>) =
        dataset.configs().iter().partition(|config| main_of(config.name) != config.name);
    let mut specs = Vec::new();
    for table in main {
        specs.push(ConfigSpec::main(table));
        let of_table = side.iter().filter(|config| main_of(config.name) == table.name);
        specs.extend(of_table.map(|config| match OF_TAKES.contains(&config.name) {
            true => ConfigSpec::several(config, table.name),
            false => ConfigSpec::side(config, table.name),
        }));
    }
    specs
}

/// The config whose rows those of `config` accompany; itself if it accompanies none.
#[must_use]
pub fn main_of(config: &str) -> &str {
    if [IMAGES, BY_IMAGE, LINEAGE, RLE].contains(&config) || OF_TAKES.contains(&config) {
        return "default";
    }
    config.strip_suffix(FULL).or_else(|| config.strip_suffix(POINTS)).unwrap_or(config)
}

/// The files of one part of a shard: row `i` of each is about the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The shard.
    pub shard: u32,
    /// The file of the main config.
    pub main: FileEntry,
    /// The files of its side configs, in the order of the sidecar.
    pub sides: Vec<FileEntry>,
}

impl Part {
    /// The file of a side config by the end of its name.
    #[must_use]
    pub fn side(&self, end: &str) -> Option<&FileEntry> {
        let name = format!("{}{end}", self.main.config);
        self.sides.iter().find(|file| file.config == name)
    }

    /// The file of a side config by its name.
    #[must_use]
    pub fn of(&self, config: &str) -> Option<&FileEntry> {
        self.sides.iter().find(|file| file.config == config)
    }

    /// The file with the pictures of clocks.
    #[must_use]
    pub fn images(&self) -> Option<&FileEntry> {
        self.sides.iter().find(|file| file.config == IMAGES)
    }

    /// All its files.
    pub fn files(&self) -> impl Iterator<Item = &FileEntry> {
        std::iter::once(&self.main).chain(&self.sides)
    }
}

/// The parts of a shard, and the files of side configs that accompany no file.
#[must_use]
pub fn parts(sidecar: &Sidecar) -> (Vec<Part>, Vec<FileEntry>) {
    let mut parts: Vec<Part> = sidecar
        .files
        .iter()
        .filter(|file| main_of(&file.config) == file.config)
        .map(|file| Part { shard: sidecar.shard, main: file.clone(), sides: Vec::new() })
        .collect();
    let mut alone = Vec::new();
    for file in sidecar.files.iter().filter(|file| main_of(&file.config) != file.config) {
        let accompanies = |part: &&mut Part| {
            part.main.config == main_of(&file.config)
                && part.main.split == file.split
                && file_name(&part.main.path) == file_name(&file.path)
        };
        match parts.iter_mut().find(accompanies) {
            Some(part) => part.sides.push(file.clone()),
            None => alone.push(file.clone()),
        }
    }
    (parts, alone)
}

/// The sidecars of the shards that are whole as far as can be seen without opening files, in order.
#[must_use]
pub fn whole_shards(survey: &Survey) -> Vec<&Sidecar> {
    let good = survey.sidecars.iter().filter_map(|(_, sidecar)| sidecar.as_ref().ok());
    good.filter(|sidecar| survey.has_files_of(sidecar)).collect()
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn side_configs_stand_behind_their_own() {
        let names: Vec<(&str, &str)> =
            configs(Dataset::Docs).iter().map(|spec| (spec.name(), spec.of())).take(4).collect();
        let expected = [
            ("charts", "charts"),
            ("charts_full", "charts"),
            ("charts_points", "charts"),
            ("tables", "tables"),
        ];
        assert_eq!(names, expected);
        assert_eq!(configs(Dataset::Docs).len(), 12);
        let of_cap = configs(Dataset::Cap);
        assert!(of_cap.iter().all(|spec| spec.of() == "default"));
        let in_step: Vec<bool> = of_cap.iter().map(ConfigSpec::is_in_step).collect();
        assert_eq!(in_step, [true, true, false, false]);
        let of_eval: Vec<(&str, &str, bool)> = configs(Dataset::PointsEval)
            .iter()
            .map(|spec| (spec.name(), spec.of(), spec.is_in_step()))
            .collect();
        let side = |name| (name, "default", true);
        assert_eq!(of_eval, ["default", "rle", "lineage"].map(side));
    }
}
