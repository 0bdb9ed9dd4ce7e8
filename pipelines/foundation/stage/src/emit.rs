//! Where a stage puts the rows of one part.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pixmo_console::Failure;
use pixmo_schemas::Record;
use pixmo_shards::names::rows_file;
use pixmo_shards::{ConfigSpec, Disk, FileEntry, FileWriter};

use crate::failures;
use crate::task::Part;

/// The open files of one part: one for its config and one for each side config.
#[derive(Debug)]
pub struct Emit {
    files: Vec<OpenFile>,
    counters: BTreeMap<String, u64>,
    rows: u64,
}

#[derive(Debug)]
struct OpenFile {
    config: ConfigSpec,
    writer: FileWriter,
    temp: PathBuf,
}

/// A file that is complete under a temporary name, and what will be known of it.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) temp: PathBuf,
    pub(crate) entry: FileEntry,
}

impl Emit {
    /// Files that are encoded and measured but kept nowhere, for all configs that accompany `config`.
    ///
    /// # Errors
    /// When the columns cannot be written.
    pub fn measuring(configs: &[ConfigSpec], config: &str) -> Result<Emit, Failure> {
        let open = |spec: &ConfigSpec| {
            let writer = FileWriter::measure(spec).map_err(failures::of_writing)?;
            Ok(OpenFile { config: *spec, writer, temp: PathBuf::new() })
        };
        let files =
            configs.iter().filter(|spec| spec.of() == config).map(open).collect::<Result<_, Failure>>()?;
        Ok(Emit { files, counters: BTreeMap::new(), rows: 0 })
    }

    /// Ends files made by [`Emit::measuring`]; how many bytes they came to.
    ///
    /// # Errors
    /// When the last rows cannot be written.
    pub fn measured_bytes(self) -> Result<u64, Failure> {
        let size = |file: OpenFile| file.writer.finish().map(|file| file.bytes).map_err(failures::of_writing);
        self.files.into_iter().map(size).sum()
    }

    /// Files in a work folder, named by `temp`.
    pub(crate) fn writing(
        disk: &Disk,
        configs: &[ConfigSpec],
        config: &str,
        temp: impl Fn(&ConfigSpec) -> PathBuf,
    ) -> Result<Emit, Failure> {
        let open = |spec: &ConfigSpec| {
            let temp = temp(spec);
            let writer = FileWriter::create(disk, &temp, spec).map_err(failures::of_writing)?;
            Ok(OpenFile { config: *spec, writer, temp })
        };
        let files =
            configs.iter().filter(|spec| spec.of() == config).map(open).collect::<Result<_, Failure>>()?;
        Ok(Emit { files, counters: BTreeMap::new(), rows: 0 })
    }

    /// Adds a row to a config of the part.
    ///
    /// # Errors
    /// A bug failure if the part has no such config, or the row does not follow the config's columns; a world failure
    /// when the disk fails.
    pub fn push<R: Record>(&mut self, config: &str, row: R) -> Result<(), Failure> {
        let Some(file) = self.files.iter_mut().find(|file| file.config.name() == config) else {
            let known: Vec<_> = self.files.iter().map(|file| format!("`{}`", file.config.name())).collect();
            let hint = format!("this part has {}", known.join(", "));
            return Err(Failure::bug(format!(
                "a row was given to `{config}`, which is not a config of this part"
            ))
            .because(hint));
        };
        file.writer.push(row).map_err(failures::of_writing)
    }

    /// Adds to a counter of the shard, which the card can show.
    pub fn count(&mut self, name: &str, by: u64) {
        match self.counters.get_mut(name) {
            Some(count) => *count += by,
            None => {
                self.counters.insert(name.to_owned(), by);
            }
        }
    }

    /// Checks that each config that is in step with the main one got one row for the task that was just emitted.
    pub(crate) fn end_row(&mut self) -> Result<(), Failure> {
        self.rows += 1;
        match self.files.iter().find(|file| file.config.is_in_step() && file.writer.rows() != self.rows) {
            None => Ok(()),
            Some(file) => {
                Err(Failure::bug(format!("`{}` did not get one row for each task", file.config.name()))
                    .because(format!("it has {} rows after {} tasks", file.writer.rows(), self.rows)))
            }
        }
    }

    pub(crate) fn finish(self, part: &Part) -> Result<(Vec<Written>, BTreeMap<String, u64>), Failure> {
        let mut written = Vec::new();
        for OpenFile { config, writer, temp } in self.files {
            let file = writer.finish().map_err(failures::of_writing)?;
            let entry = FileEntry {
                path: rows_file(config.name(), part.split, part.file, part.files),
                config: config.name().to_owned(),
                split: part.split,
                rows: file.rows,
                bytes: file.bytes,
                sha256: file.sha256,
                num_bytes: file.num_bytes,
            };
            written.push(Written { temp, entry });
        }
        Ok((written, self.counters))
    }
}
