//! What can be known without opening a file of rows: sidecars, manifest, card, the list of files.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_console::Failure;
use pixmo_schemas::Dataset;
use pixmo_shards::manifest::sha256;
use pixmo_shards::{ConfigSpec, Location, Manifest, Sidecar, Survey, names, schema_version};

use crate::failures;
use crate::tables::{self, Part};
use crate::verify::damage::{Damage, Findings, Remedies};

/// What the small files say, and what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    pub(crate) findings: Findings,
    /// The parts whose files can be looked into.
    pub(crate) parts: Vec<Part>,
    /// The paths of the sidecars, by shard.
    pub(crate) sidecars: BTreeMap<u32, String>,
    /// How many shards there should be.
    pub(crate) shards: u32,
    /// Whether the columns are those of this program.
    pub(crate) columns_known: bool,
    /// Files that are neither part of the dataset nor Parquet.
    pub(crate) others: Vec<String>,
    /// The version of the code that made the rows.
    pub(crate) code_version: Option<String>,
}

struct Check<'a> {
    dataset: Dataset,
    survey: &'a Survey,
    remedies: &'a Remedies,
    out: Structure,
}

/// Checks everything but the content of the files of rows.
///
/// # Errors
/// A world failure if the place cannot be read.
pub(crate) fn check(
    dataset: Dataset,
    location: &Location,
    survey: &Survey,
    remedies: &Remedies,
) -> Result<Structure, Failure> {
    let mut check = Check { dataset, survey, remedies, out: Structure::default() };
    let sidecars = check.sidecars();
    check.manifest_and_card(location, &sidecars)?;
    check.columns(&sidecars);
    check.files(&sidecars);
    Ok(check.out)
}

impl Check<'_> {
    fn damage(&mut self, shard: Option<u32>, file: &str, what: impl Into<String>, remedy: String) {
        let (file, what) = (file.to_owned(), what.into());
        self.out.findings.add(Damage { shard, file, row: None, image_id: None, what, remedy });
    }

    /// The sidecars that can be believed, each in its place and consistent in itself.
    fn sidecars(&mut self) -> Vec<Sidecar> {
        let mut good: Vec<Sidecar> = Vec::new();
        let shards = self.shards();
        self.out.shards = shards;
        let named = self.survey.entries.iter().filter_map(|entry| {
            let (shard, shards) = names::sidecar_of(&entry.name)?;
            Some((entry.name.clone(), shard, shards))
        });
        for ((path, shard, of), (_, sidecar)) in named.zip(&self.survey.sidecars) {
            let again = self.remedies.make_again(shard);
            if of != shards || shard >= shards {
                let what = format!("the sidecar belongs to a build with {of} shards, this one has {shards}");
                let remedy = self.remedies.delete(&path);
                self.damage(None, &path, what, remedy);
                continue;
            }
            match sidecar {
                Err(error) => self.damage(Some(shard), &path, super::damage::chain(error), again),
                Ok(sidecar) if (sidecar.shard, sidecar.shards) != (shard, shards) => {
                    let what = format!(
                        "the sidecar says that it is of shard {} of {}",
                        sidecar.shard, sidecar.shards
                    );
                    self.damage(Some(shard), &path, what, again);
                }
                Ok(sidecar) => {
                    self.counts(sidecar, &path);
                    self.out.sidecars.insert(shard, path);
                    good.push(sidecar.clone());
                }
            }
        }
        let present: BTreeSet<u32> = self.survey.sidecars.iter().map(|(shard, _)| *shard).collect();
        for shard in (0..shards).filter(|shard| !present.contains(shard)) {
            let path = names::sidecar_file(shard, shards);
            let remedy = self.remedies.make_again(shard);
            self.damage(Some(shard), &path, "the shard is not finished: its sidecar is missing", remedy);
        }
        good
    }

    /// The number of shards: what the build was begun with, or else what most sidecars are named after.
    fn shards(&self) -> u32 {
        if let Some(begun) = &self.survey.begun {
            return begun.shards;
        }
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, shards) in self.survey.entries.iter().filter_map(|entry| names::sidecar_of(&entry.name)) {
            *counts.entry(shards).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(shards, _)| shards)
    }

    /// The rows of the main files are the kept tasks, and every task was kept or dropped.
    fn counts(&mut self, sidecar: &Sidecar, path: &str) {
        let (parts, alone) = tables::parts(sidecar);
        let wrong = self.remedies.made_wrong(sidecar.shard, path);
        let rows: u64 = parts.iter().map(|part| part.main.rows).sum();
        if rows != sidecar.rows {
            let what = format!("its files have {rows} rows, the sidecar says {}", sidecar.rows);
            self.damage(Some(sidecar.shard), path, what, wrong.clone());
        }
        if sidecar.rows + sidecar.dropped() != sidecar.tasks {
            let what = format!(
                "{} rows and {} dropped tasks do not make {} tasks",
                sidecar.rows,
                sidecar.dropped(),
                sidecar.tasks
            );
            self.damage(Some(sidecar.shard), path, what, wrong.clone());
        }
        for file in alone {
            let what = format!("it accompanies no file of `{}`", tables::main_of(&file.config));
            self.damage(Some(sidecar.shard), &file.path, what, wrong.clone());
        }
        for part in parts {
            let specs = tables::configs(self.dataset);
            for spec in specs.iter().filter(|spec| spec.of() == part.main.config && spec.name() != spec.of())
            {
                if !part.sides.iter().any(|side| side.config == spec.name()) {
                    let what = format!("no file of `{}` accompanies it", spec.name());
                    self.damage(Some(sidecar.shard), &part.main.path, what, wrong.clone());
                }
            }
            let is_in_step = |side: &&pixmo_shards::FileEntry| {
                specs.iter().any(|spec| spec.name() == side.config && spec.is_in_step())
            };
            for side in part.sides.iter().filter(is_in_step).filter(|side| side.rows != part.main.rows) {
                let what = format!("it has {} rows, `{}` has {}", side.rows, part.main.path, part.main.rows);
                self.damage(Some(sidecar.shard), &side.path, what, wrong.clone());
            }
            self.out.parts.push(part);
        }
    }

    fn manifest_and_card(&mut self, location: &Location, sidecars: &[Sidecar]) -> Result<(), Failure> {
        let read = |name: &str| match self.survey.size_of(name) {
            Some(_) => location.read(name).map(Some).map_err(failures::of_place),
            None => Ok(None),
        };
        let (manifest, card) = (read(names::MANIFEST)?, read(names::CARD)?);
        let again = self.remedies.list_again();
        if card.is_none() {
            self.damage(None, names::CARD, "the card is missing", again.clone());
        }
        let Some(bytes) = manifest else {
            self.damage(None, names::MANIFEST, "the dataset is not finished: the manifest is missing", again);
            return Ok(());
        };
        let manifest = match Manifest::from_bytes(&bytes) {
            Ok(manifest) => manifest,
            Err(error) => {
                let what = format!("the manifest cannot be understood: {error}");
                self.damage(None, names::MANIFEST, what, again);
                return Ok(());
            }
        };
        self.out.code_version = Some(manifest.build.code_version.clone());
        for sidecar in sidecars {
            let found = sha256(&sidecar.to_bytes());
            let listed = manifest.shards.get(sidecar.shard as usize);
            if let Some(listed) = listed.filter(|listed| listed.sha256 != found) {
                let what = format!("sha256 is `{found}`, `{}` says `{}`", names::MANIFEST, listed.sha256);
                let remedy = self.remedies.make_again(sidecar.shard);
                self.damage(Some(sidecar.shard), &sidecar.path(), what, remedy);
            }
        }
        let card_sha256 = card.as_deref().map(sha256);
        if let Some(found) = card_sha256.filter(|found| *found != manifest.card_sha256) {
            // Nothing else holds this digest: the line of the manifest may be the damaged one, so that both are named.
            let what = format!("sha256 is `{found}`, `{}` says `{}`", names::MANIFEST, manifest.card_sha256);
            self.damage(None, names::CARD, what, again.clone());
        }
        match Manifest::derive(&manifest.build, sidecars, card.as_deref().unwrap_or_default()) {
            Ok(mut derived) => {
                // The card is told apart above; all else must be the same to the byte.
                derived.card_sha256.clone_from(&manifest.card_sha256);
                let derived = derived.to_bytes();
                if derived != bytes {
                    let at = derived.iter().zip(&bytes).position(|(a, b)| a != b);
                    let at = at.unwrap_or(derived.len().min(bytes.len()));
                    let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
                    let what = format!("it differs in line {line} from the manifest that the sidecars give");
                    self.damage(None, names::MANIFEST, what, again);
                }
            }
            // Sidecars that are missing or damaged were told apart already.
            Err(error) if self.out.findings.count() == 0 => {
                self.damage(None, names::MANIFEST, error.to_string(), again);
            }
            Err(_) => {}
        }
        Ok(())
    }

    /// Whether the rows were written with the columns of this program. The name of the columns is made from all
    /// configs that were asked for, and some of those may have got no row.
    fn columns(&mut self, sidecars: &[Sidecar]) {
        let versions: BTreeSet<&str> =
            sidecars.iter().map(|sidecar| sidecar.schema_version.as_str()).collect();
        let specs = tables::configs(self.dataset);
        let main: Vec<&str> =
            specs.iter().filter(|spec| spec.name() == spec.of()).map(ConfigSpec::name).collect();
        let known: BTreeSet<String> = (1u32..1 << main.len())
            .map(|chosen| {
                let is_chosen = |spec: &&ConfigSpec| {
                    (0..main.len()).any(|i| chosen >> i & 1 == 1 && main[i] == spec.of())
                };
                schema_version(&specs.iter().filter(is_chosen).copied().collect::<Vec<_>>())
            })
            .collect();
        self.out.columns_known = versions.iter().all(|version| known.contains(*version));
        if let Some(foreign) = versions.into_iter().find(|version| !known.contains(*version)) {
            let version = self.out.code_version.clone().unwrap_or_else(|| "unknown".to_owned());
            let what = format!("the rows have columns `{foreign}`, which this program does not know");
            let remedy = format!("verify with version `{version}`, or build anew in another folder");
            self.damage(None, names::MANIFEST, what, remedy);
        }
    }

    /// Every file that is listed is there, and no Parquet file is that is not.
    fn files(&mut self, sidecars: &[Sidecar]) {
        let mut listed: BTreeSet<&str> = [names::CARD, names::MANIFEST].into();
        let mut gone = Vec::new();
        for sidecar in sidecars {
            for file in &sidecar.files {
                let again = self.remedies.make_again(sidecar.shard);
                if !listed.insert(&file.path) {
                    self.damage(Some(sidecar.shard), &file.path, "two shards list this file", again);
                    continue;
                }
                let what = match self.survey.size_of(&file.path) {
                    None => "it is missing".to_owned(),
                    Some(found) if found != file.bytes => {
                        format!("it has {found} bytes, expected {}", file.bytes)
                    }
                    Some(_) => continue,
                };
                gone.push(file.path.clone());
                self.damage(Some(sidecar.shard), &file.path, what, again);
            }
        }
        self.out.parts.retain(|part| !part.files().any(|file| gone.contains(&file.path)));
        let is_complete = sidecars.len() == self.shards() as usize;
        for entry in &self.survey.entries {
            let name = entry.name.as_str();
            if listed.contains(name) || names::sidecar_of(name).is_some() {
                continue;
            }
            if name.ends_with(".parquet") {
                // A shard whose sidecar is damaged has files that nobody lists now; its damage is told already.
                if is_complete {
                    let remedy = self.remedies.delete(name);
                    self.damage(None, name, "no shard lists this file", remedy);
                }
            } else {
                self.out.others.push(name.to_owned());
            }
        }
    }
}
