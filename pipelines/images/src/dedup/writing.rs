//! The dataset `image-clusters`, written whole: rows, sidecars, card, and the manifest last.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use pixmo_console::{Failure, Kind};
use pixmo_schemas::Dataset;
use pixmo_schemas::records::ImageClusterRecord;
use pixmo_shards::names::{self, rows_file};
use pixmo_shards::{
    Begun, Card, ConfigSpec, FileEntry, FileWriter, Hold, Location, LocationError, Lock, Manifest, Sidecar,
    Split, WriteError, schema_version,
};
use pixmo_stage::Group;
use pixmo_stage::plan::plan;
use serde_json::Value;

use crate::failures;

/// The text of the card.
const CARD: &str = include_str!("../../CLUSTERS.md");

/// All that decides the dataset but its rows.
pub(super) struct Whole<'a> {
    pub(super) into: &'a Location,
    pub(super) data: &'a str,
    pub(super) seed: u64,
    pub(super) shard_rows_max: u64,
    pub(super) settings: Value,
    pub(super) counters: BTreeMap<String, u64>,
}

impl Whole<'_> {
    /// Writes the rows, which are in order; `false` if the folder already holds them. Until the manifest is there the
    /// dataset is not finished, so that nobody reads half of it.
    pub(super) fn write(&self, rows: &[ImageClusterRecord]) -> Result<bool, Failure> {
        let configs: Vec<ConfigSpec> =
            Dataset::ImageClusters.configs().iter().map(ConfigSpec::main).collect();
        let tasks = rows.len() as u64;
        let shards = tasks.div_ceil(self.shard_rows_max).clamp(1, u64::from(names::SHARDS_MAX));
        let begun = Begun {
            dataset: Dataset::ImageClusters.slug().to_owned(),
            shards: u32::try_from(shards).unwrap_or(names::SHARDS_MAX),
            seed: self.seed,
            limit: None,
            code_version: env!("CARGO_PKG_VERSION").to_owned(),
            schema_version: schema_version(&configs),
            settings: self.settings.clone(),
        };
        let disk = self.into.disk();
        let work = work_folder(self.into, self.data);
        let of_work = |action| {
            let work = work.display().to_string();
            move |error| failures::of_place(LocationError::from_io(action, work, error))
        };
        disk.create_folder(&work).map_err(of_work("create"))?;
        let lock = Lock::attempt(&work.join("build.lock"), Hold::Alone).map_err(failures::of_place)?;
        let _lock = lock.ok_or_else(|| {
            Failure::world("another process writes `image-clusters` here")
                .at(self.into.address())
                .hint("wait until it has ended")
        })?;
        let written = self.shards(rows, &begun, &configs, &work)?;
        let sidecars: Vec<Sidecar> = written.iter().map(|shard| shard.0.clone()).collect();
        let dataset = Dataset::ImageClusters;
        let card = Card { template: CARD, dataset, build: &begun, configs: &configs, sidecars: &sidecars };
        let card = card.render().map_err(|error| Failure::bug("the card cannot be written").cause(&error))?;
        let manifest = Manifest::derive(&begun, &sidecars, card.as_bytes())
            .map_err(|error| Failure::bug("the shards do not belong together").cause(&error))?;
        let is_there = |name: &str, bytes: &[u8]| -> Result<bool, LocationError> {
            Ok(self.into.size(name)? == Some(bytes.len() as u64) && self.into.read(name)? == bytes)
        };
        let is_new = !is_there(names::MANIFEST, &manifest.to_bytes()).map_err(failures::of_place)?;
        if is_new {
            self.replace(&written, &card, &manifest).map_err(failures::of_place)?;
        }
        disk.remove_folder(&work).map_err(of_work("delete"))?;
        Ok(is_new)
    }

    /// The files of all shards in the work folder, with their sidecars.
    fn shards(
        &self,
        rows: &[ImageClusterRecord],
        begun: &Begun,
        configs: &[ConfigSpec],
        work: &Path,
    ) -> Result<Vec<(Sidecar, PathBuf)>, Failure> {
        let group = Group { config: "default", split: Split::Train, tasks: rows.len() as u64 };
        let mut written = Vec::new();
        for shard in plan(&[group], begun.shards) {
            let mut sidecar = Sidecar::new(begun, shard.index);
            let temp = work.join(format!("{:05}.parquet", shard.index));
            for part in &shard.parts {
                let mut writer =
                    FileWriter::create(self.into.disk(), &temp, &configs[0]).map_err(of_writing)?;
                let range = part.tasks.start as usize..part.tasks.end as usize;
                for row in &rows[range] {
                    writer.push(row.clone()).map_err(of_writing)?;
                }
                let file = writer.finish().map_err(of_writing)?;
                sidecar.tasks += file.rows;
                sidecar.rows += file.rows;
                sidecar.files.push(FileEntry {
                    path: rows_file(part.config, part.split, part.file, part.files),
                    config: part.config.to_owned(),
                    split: part.split,
                    rows: file.rows,
                    bytes: file.bytes,
                    sha256: file.sha256,
                    num_bytes: file.num_bytes,
                });
            }
            if shard.index == 0 {
                sidecar.counters = self.counters.clone();
            }
            written.push((sidecar, temp));
        }
        Ok(written)
    }

    /// Puts the new in the place of the old: the old manifest goes first, the new one comes last.
    fn replace(
        &self,
        written: &[(Sidecar, PathBuf)],
        card: &str,
        manifest: &Manifest,
    ) -> Result<(), LocationError> {
        self.into.delete(names::MANIFEST)?;
        let mut kept = BTreeSet::from([names::CARD.to_owned(), names::MANIFEST.to_owned()]);
        for (sidecar, _) in written {
            kept.insert(sidecar.path());
            kept.extend(sidecar.files.iter().map(|file| file.path.clone()));
        }
        for entry in self.into.list("")? {
            let is_ours = entry.name.ends_with(".parquet") || names::sidecar_of(&entry.name).is_some();
            if is_ours && !kept.contains(&entry.name) {
                self.into.delete(&entry.name)?;
            }
        }
        for (sidecar, temp) in written {
            for file in &sidecar.files {
                self.into.put_file(&file.path, temp)?;
            }
            self.into.put_atomic(&sidecar.path(), &sidecar.to_bytes())?;
        }
        self.into.put_atomic(names::CARD, card.as_bytes())?;
        self.into.put_atomic(names::MANIFEST, &manifest.to_bytes())
    }
}

/// Inside of a local dataset; for one in an object store beside the local data.
fn work_folder(into: &Location, data: &str) -> PathBuf {
    match into.local_folder() {
        Some(folder) => folder.join(names::WORK),
        None => {
            let local = if data.contains("://") { "data" } else { data };
            let hash = pixmo_shards::manifest::sha256(into.address().trim_end_matches('/').as_bytes());
            Path::new(local).join("work").join(format!("image-clusters-{}", &hash[..12]))
        }
    }
}

fn of_writing(error: WriteError) -> Failure {
    match error {
        WriteError::Disk(error) => failures::of_place(error),
        error => Failure::from_error(Kind::Bug, &error),
    }
}
