//! The shards of a finished dataset made anew without some of their rows.
//!
//! Everything new is written beside the old first, then a plan of what replaces what, and only then is anything replaced:
//! whoever is killed in between finishes the plan the next time, and nobody ever meets a row that is half gone. The rows
//! that stay are the same, so that two copies from which the same rows are taken are the same to the byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use pixmo_schemas::Dataset;
use pixmo_schemas::records::ImageRecord;
use pixmo_shards::{
    Card, ConfigSpec, DatasetFolder, Disk, FileEntry, FileWriter, Location, LocationError, Manifest, Sidecar,
    WriteError, names, read_rows,
};
use serde::{Deserialize, Serialize};

use crate::failures;

/// The plan, in the work folder.
const PLAN: &str = "takedown.json";
/// The reason under which rows are counted that were taken down.
pub(crate) const TAKEN_DOWN: &str = "taken_down";

/// Rows that are to go: by the path of their file, their numbers in it, from 0.
pub(crate) type Gone = BTreeMap<String, BTreeSet<u64>>;

/// What replaces what. All names are in the dataset folder, all sources in the work folder.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    /// Source and name of files of rows.
    files: Vec<(String, String)>,
    /// Names and contents of the small files, the manifest last.
    small: Vec<(String, String)>,
}

/// Where a dataset is worked on: its folder and a work folder on the local disk.
pub(crate) struct Place<'a> {
    pub(crate) into: &'a Location,
    pub(crate) work: &'a Path,
    pub(crate) card: &'static str,
}

impl Place<'_> {
    /// Finishes what was planned and not carried out; whether there was anything.
    pub(crate) fn finish_plan(&self) -> Result<bool, Failure> {
        let path = self.work.join(PLAN);
        let plan: Plan = match fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(self.failed("read", &path, error)),
            // A plan is whole or absent; what is neither is none of ours.
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                Failure::world("the plan of a takedown cannot be understood")
                    .cause(&error)
                    .at(path.display().to_string())
                    .hint("delete it and run the same command again")
            })?,
        };
        for (source, name) in &plan.files {
            let source = self.work.join(source);
            if source.exists() {
                self.into.put_file(name, &source).map_err(failures::of_place)?;
            }
        }
        for (name, content) in &plan.small {
            self.into.put_atomic(name, content.as_bytes()).map_err(failures::of_place)?;
        }
        self.into.disk().remove(&path).map_err(|error| self.failed("delete", &path, error))?;
        Ok(true)
    }

    /// Takes rows out of a finished dataset; the new manifest. Nothing happens where nothing is to go.
    pub(crate) fn take_out(&self, folder: &DatasetFolder, gone: &Gone) -> Result<Manifest, Failure> {
        if gone.values().all(BTreeSet::is_empty) {
            return Ok(folder.manifest().clone());
        }
        let disk = self.into.disk();
        disk.create_folder(self.work).map_err(|error| self.failed("create", self.work, error))?;
        let (mut plan, mut sidecars) = (Plan { files: Vec::new(), small: Vec::new() }, Vec::new());
        for (shard, entry) in (0..).zip(&folder.manifest().shards) {
            let read = Sidecar::read(self.into, shard, folder.manifest().build.shards);
            let sidecar = read.map_err(failures::of_place)?.and_then(Result::ok);
            let mut sidecar = sidecar.ok_or_else(|| {
                Failure::data(format!("the sidecar of shard {shard} is missing or damaged"))
                    .at(self.into.address_of(&entry.sidecar))
                    .hint("`pixmo verify` says what makes it right")
            })?;
            for file in &mut sidecar.files {
                let Some(rows) = gone.get(&file.path).filter(|rows| !rows.is_empty()) else { continue };
                let source = format!("takedown-{}", file.path.replace('/', "-"));
                let (new, taken) = self.file_without(file, rows, &self.work.join(&source))?;
                sidecar.rows -= taken.min(sidecar.rows);
                *sidecar.drops.entry(TAKEN_DOWN.to_owned()).or_insert(0) += taken;
                plan.files.push((source, file.path.clone()));
                *file = new;
            }
            if sidecar.files != entry.files {
                // What the rows were made from is known to the next build alone, which looks at this shard again.
                sidecar.summary = serde_json::Value::Null;
                plan.small.push((sidecar.path(), text_of(sidecar.to_bytes())));
            }
            sidecars.push(sidecar);
        }
        let build = &folder.manifest().build;
        let configs = configs();
        let card = Card {
            template: self.card,
            dataset: Dataset::Images,
            build,
            configs: &configs,
            sidecars: &sidecars,
        };
        let card = card.render().map_err(|error| Failure::bug("the card cannot be written").cause(&error))?;
        let manifest = Manifest::derive(build, &sidecars, card.as_bytes()).map_err(|error| {
            Failure::data("the shards do not belong together").cause(&error).at(self.into.address())
        })?;
        plan.small.push((names::CARD.to_owned(), card));
        plan.small.push((names::MANIFEST.to_owned(), text_of(manifest.to_bytes())));
        self.write_plan(&plan)?;
        self.finish_plan()?;
        Ok(manifest)
    }

    fn file_without(
        &self,
        file: &FileEntry,
        gone: &BTreeSet<u64>,
        path: &Path,
    ) -> Result<(FileEntry, u64), Failure> {
        let spec = configs().into_iter().find(|spec| spec.name() == file.config).ok_or_else(|| {
            Failure::data(format!("`images` has no config `{}`", file.config))
                .at(self.into.address_of(&file.path))
        })?;
        let mut writer = FileWriter::create(self.into.disk(), path, &spec).map_err(of_writing)?;
        let mut taken = 0;
        for (number, row) in
            (0..).zip(read_rows::<ImageRecord>(self.into, file).map_err(failures::of_reading)?)
        {
            let row = row.map_err(failures::of_reading)?;
            match gone.contains(&number) {
                true => taken += 1,
                false => writer.push(row).map_err(of_writing)?,
            }
        }
        let written = writer.finish().map_err(of_writing)?;
        let entry = FileEntry {
            rows: written.rows,
            bytes: written.bytes,
            sha256: written.sha256,
            num_bytes: written.num_bytes,
            ..file.clone()
        };
        Ok((entry, taken))
    }

    fn write_plan(&self, plan: &Plan) -> Result<(), Failure> {
        let disk: &Disk = self.into.disk();
        let (path, temp) = (self.work.join(PLAN), self.work.join(format!("{PLAN}.tmp")));
        let bytes = serde_json::to_vec(plan).expect("only text");
        let write = || {
            for (source, _) in &plan.files {
                fs::OpenOptions::new().write(true).open(self.work.join(source))?.sync_all()?;
            }
            let mut file = disk.create(&temp)?;
            file.write_all(&bytes)?;
            file.sync()?;
            disk.rename(&temp, &path)
        };
        write().map_err(|error| self.failed("write", &path, error))
    }

    fn failed(&self, action: &'static str, path: &Path, error: std::io::Error) -> Failure {
        failures::of_place(LocationError::from_io(action, path.display().to_string(), error))
    }
}

/// The configs of `images`.
pub(crate) fn configs() -> Vec<ConfigSpec> {
    Dataset::Images.configs().iter().map(ConfigSpec::main).collect()
}

/// The work folder of a dataset: inside of it, or for an object store in a folder of its own beside the local data.
pub(crate) fn work_folder(into: &Location, data: &str) -> PathBuf {
    match into.local_folder() {
        Some(folder) => folder.join(names::WORK),
        None => {
            let hash = pixmo_shards::manifest::sha256(into.address().trim_end_matches('/').as_bytes());
            let local = if data.contains("://") { "data" } else { data };
            Path::new(local).join("work").join(format!("takedown-{}", &hash[..12]))
        }
    }
}

fn of_writing(error: WriteError) -> Failure {
    match error {
        WriteError::Disk(error) => failures::of_place(error),
        error => Failure::from_error(pixmo_console::Kind::Data, &error),
    }
}

fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_that_was_not_carried_out_is_finished_from_wherever_it_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let into = Location::local(folder.path().join("images"));
        let work = work_folder(&into, "data");
        fs::create_dir_all(&work).unwrap();
        let place = Place { into: &into, work: &work, card: "" };
        assert!(!place.finish_plan().unwrap());
        into.put_atomic("data/a.parquet", b"old").unwrap();
        into.put_atomic("manifest.json", b"old list").unwrap();
        let small = vec![
            ("shards/0.json".to_owned(), "side".to_owned()),
            ("manifest.json".to_owned(), "new list".to_owned()),
        ];
        let plan = Plan { files: vec![("takedown-a".to_owned(), "data/a.parquet".to_owned())], small };
        for is_moved in [false, true] {
            // Killed before anything was replaced, or after the first file was.
            match is_moved {
                false => fs::write(work.join("takedown-a"), b"new").unwrap(),
                true => into.put_atomic("manifest.json", b"old list").unwrap(),
            }
            fs::write(work.join(PLAN), serde_json::to_vec(&plan).unwrap()).unwrap();
            assert!(place.finish_plan().unwrap());
            assert_eq!(into.read("data/a.parquet").unwrap(), b"new");
            assert_eq!(into.read("shards/0.json").unwrap(), b"side");
            assert_eq!(into.read("manifest.json").unwrap(), b"new list");
            assert!(!place.finish_plan().unwrap());
        }
        fs::write(work.join(PLAN), b"junk").unwrap();
        assert!(place.finish_plan().is_err());
    }
}
