//! One checkpoint gets here: its lock first, then file after file, each held to the lock.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pixmo_console::{Console, Failure, Interrupt, Kind, wording};
use pixmo_fetch::Client;
use serde_json::json;

use crate::bring::{self, Wanted};
use crate::catalogue::digest_of;
use crate::checkpoints::{self, Checkpoint};
use crate::fetch::FetchArgs;
use crate::headers::Headers;
use crate::hub::Hub;
use crate::lock::{Lock, LockError, LockedFile, Trust};
use crate::settings::Settings;
use crate::shelf::{Shelf, sha256_of};
use crate::sums;

/// What is needed to bring a checkpoint.
pub(crate) struct Gather<'a> {
    pub(crate) checkpoint: &'static Checkpoint,
    pub(crate) args: &'a FetchArgs,
    pub(crate) settings: &'a Settings,
    pub(crate) console: &'a Console,
    pub(crate) interrupt: &'a Interrupt,
}

impl Gather<'_> {
    /// Brings all files, or says what is missing.
    ///
    /// # Errors
    /// A request failure before anything is asked, a world failure or an interruption after which the same command goes
    /// on, a data failure for files that are not those of the lock.
    pub(crate) fn run(&self, client: Option<&Client>) -> Result<(), Failure> {
        let shelf = Shelf::new(self.settings.folder().join(self.checkpoint.name));
        let lock = self.lock(&shelf)?;
        let size = lock.bytes().map_or_else(|| "size unknown".to_owned(), wording::bytes);
        self.console.say(format!(
            "{}: {} of {} at `{}`, {size}; hashes: {}",
            self.checkpoint.name,
            wording::counted(lock.files.len() as u64, "file"),
            lock.repository,
            lock.revision,
            lock.trust.words()
        ));
        let from = self.settings.offline.as_deref().map(|folder| self.offline(folder));
        for (file, locked) in &lock.files {
            let one = self.wanted(&lock, file, locked)?;
            let path = shelf.path(file);
            let event = if bring::is_here(&one, &path, self.console)? {
                "already_here"
            } else {
                match (&from, client) {
                    (Some(folder), _) => bring::copy(&one, folder, &shelf, self.console)?,
                    (None, Some(client)) => {
                        bring::fetch(&one, client, &shelf, self.console, self.interrupt)?;
                    }
                    (None, None) => return Err(Failure::bug("a checkpoint is fetched without a client")),
                }
                "fetched"
            };
            if self.console.is_json() {
                bring::tell(self.console, &one, &path, event)?;
            }
        }
        self.look(shelf.folder())?;
        if self.console.is_json() {
            let object = json!({
                "event": "checkpoint", "model": lock.name, "path": shelf.folder(), "revision": lock.revision,
                "trust": lock.trust, "files": lock.files.len(), "bytes": lock.bytes(),
            });
            return self.console.data_json(&object);
        }
        self.console.data_line(&shelf.folder().display().to_string())
    }

    /// What is said first: the lock that is here, or one that is made from what was given or from what is trusted.
    fn lock(&self, shelf: &Shelf) -> Result<Lock, Failure> {
        let given = self.args.sha256_file.as_deref().map(read_sums).transpose()?;
        let asked_for = self.args.revision.as_deref().unwrap_or(self.checkpoint.revision);
        if let Some(lock) = Lock::read(shelf.folder()).map_err(|error| of_lock(&error))? {
            return self.kept(lock, given.as_ref(), shelf);
        }
        if let Some(files) = given {
            let revision = (asked_for, asked_for);
            return self.make(shelf, Trust::Sha256File, revision, files);
        }
        if !self.args.trust_on_first_use {
            return Err(Failure::request(format!(
                "the list names no hashes for `{}`, because nobody vouches for them",
                self.checkpoint.name
            ))
            .at(format!("{}/{}", self.settings.hub, self.checkpoint.repository))
            .hint("`--sha256-file FILE` takes the hashes that its publisher names, in the form of `sha256sum`")
            .hint("`--trust-on-first-use` takes those that the hub tells now, and holds every later run to them"));
        }
        if let Some(folder) = &self.settings.offline {
            let files = hashed(&self.offline(folder), self.console)?;
            return self.make(shelf, Trust::Folder, (asked_for, asked_for), files);
        }
        if !self.settings.origin {
            return Err(Failure::request(
                "only the hub can be trusted on first use, and it is not to be asked",
            )
            .hint("give `--sha256-file FILE`, or leave `--no-origin` and `origin = false` out"));
        }
        let hub = Hub::new(self.settings)?;
        let told = hub.list(self.checkpoint.repository, asked_for, self.interrupt)?;
        let mut files = BTreeMap::new();
        for file in &told.files {
            let one = match file.sum {
                sums::Sum::Sha256(sha256) => sha256,
                sums::Sum::GitBlob(_) => {
                    let addresses = self.addresses(&told.commit, &file.file, None);
                    hub.small(file, &addresses, shelf, self.interrupt)?
                }
            };
            files.insert(file.file.clone(), LockedFile { bytes: Some(file.bytes), sha256: hex::encode(one) });
        }
        self.make(shelf, Trust::Hub, (asked_for, &told.commit), files)
    }

    /// A lock that is here, if it is of what is asked for.
    fn kept(
        &self,
        lock: Lock,
        given: Option<&BTreeMap<String, LockedFile>>,
        shelf: &Shelf,
    ) -> Result<Lock, Failure> {
        let at = shelf.path(crate::lock::FILE).display().to_string();
        let another = |what: String| {
            Failure::request(format!("what is here of `{}` is {what}", self.checkpoint.name))
                .at(at.clone())
                .hint("fetch into another folder with `--into DIR`, or remove the lock to begin anew")
        };
        if lock.repository != self.checkpoint.repository {
            return Err(another(format!("of the repository `{}`", lock.repository)));
        }
        if let Some(asked) =
            self.args.revision.as_deref().filter(|asked| *asked != lock.asked_for && *asked != lock.revision)
        {
            return Err(another(format!("of the revision `{}`, and not of `{asked}`", lock.revision)));
        }
        let differences = given.map(|given| lock.differences(given)).unwrap_or_default();
        if differences.is_empty() {
            return Ok(lock);
        }
        let failure =
            Failure::data(format!("the lock of `{}` has other hashes than were given", lock.name)).at(at);
        Err(differences.into_iter().take(8).fold(failure, Failure::because))
    }

    fn make(
        &self,
        shelf: &Shelf,
        trust: Trust,
        revision: (&str, &str),
        files: BTreeMap<String, LockedFile>,
    ) -> Result<Lock, Failure> {
        let lock = Lock::new(self.checkpoint.name, self.checkpoint.repository, revision, trust, files);
        lock.write(shelf.folder()).map_err(|error| of_lock(&error))?;
        Ok(lock)
    }

    fn wanted(&self, lock: &Lock, file: &str, locked: &LockedFile) -> Result<Wanted, Failure> {
        let sha256 = digest_of(&locked.sha256)
            .ok_or_else(|| Failure::bug(format!("a lock was read with `{}` as a hash", locked.sha256)))?;
        let addresses = self.addresses(&lock.revision, file, Some(&locked.sha256));
        if addresses.is_empty() && self.settings.offline.is_none() {
            return Err(bring::nobody_to_ask());
        }
        Ok(Wanted {
            name: format!("{}/{file}", self.checkpoint.name),
            file: file.to_owned(),
            sha256,
            bytes: locked.bytes,
            addresses,
        })
    }

    /// Who is asked for a file: the mirrors, then the hub.
    fn addresses(&self, revision: &str, file: &str, sha256: Option<&str>) -> Vec<String> {
        let Checkpoint { name, repository, .. } = self.checkpoint;
        let place = |mirror: &String| {
            let is_pattern =
                ["{file}", "{repository}", "{revision}", "{sha256}"].iter().any(|word| mirror.contains(word));
            if is_pattern {
                return mirror
                    .replace("{file}", file)
                    .replace("{name}", name)
                    .replace("{repository}", repository)
                    .replace("{revision}", &revision.replace('/', "%2F"))
                    .replace("{sha256}", sha256.unwrap_or_default());
            }
            format!("{}/{name}/{file}", mirror.trim_end_matches('/'))
        };
        let mut addresses: Vec<String> = self.settings.mirrors.iter().map(place).collect();
        if self.settings.origin {
            addresses.push(Hub::address(&self.settings.hub, repository, revision, file));
        }
        addresses
    }

    /// The folder of this checkpoint in a folder of files: one of its name, or the folder itself.
    fn offline(&self, folder: &Path) -> PathBuf {
        let inner = folder.join(self.checkpoint.name);
        if inner.is_dir() { inner } else { folder.to_owned() }
    }

    /// A last look: the headers of the weights tell of a whole model.
    fn look(&self, folder: &Path) -> Result<(), Failure> {
        let headers = Headers::read(folder).map_err(|error| {
            Failure::from_error(Kind::Data, &error).hint(
                "its hash is that of the lock, so that what was published is damaged or of another form",
            )
        })?;
        let found = headers.total().parameters;
        if let Some(expected) = self.checkpoint.parameters.filter(|expected| *expected != found) {
            self.console.warn(
                format!(
                    "`{}` has {} parameters, and the list says {}",
                    self.checkpoint.name,
                    wording::number(found),
                    wording::number(expected)
                ),
                Some("`pixmo models show` lists its parts"),
            );
        }
        Ok(())
    }
}

fn read_sums(path: &Path) -> Result<BTreeMap<String, LockedFile>, Failure> {
    let failed = || Failure::request("cannot use the file of hashes").at(path.display().to_string());
    let text = std::fs::read_to_string(path).map_err(|error| failed().cause(&error))?;
    sums::read_sha256_file(&text)
        .map_err(|why| failed().because(why).hint("`sha256sum *` writes such a file"))
}

/// The hashes of the files in a folder.
fn hashed(folder: &Path, console: &Console) -> Result<BTreeMap<String, LockedFile>, Failure> {
    let failed = |error: &std::io::Error, path: &Path| {
        Failure::request("cannot read what is in the folder").cause(error).at(path.display().to_string())
    };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| failed(&error, folder))? {
        names.extend(entry.map_err(|error| failed(&error, folder))?.file_name().into_string().ok());
    }
    let used = checkpoints::used(names.iter().map(String::as_str));
    if !used.iter().any(|file| checkpoints::is_weights(file)) {
        return Err(Failure::request("no file `model….safetensors` lies in the folder")
            .at(folder.display().to_string()));
    }
    console.say(format!("hashing {} in {}", wording::counted(used.len() as u64, "file"), folder.display()));
    let mut files = BTreeMap::new();
    for file in used {
        let path = folder.join(file);
        let bytes = std::fs::metadata(&path).map_err(|error| failed(&error, &path))?.len();
        let sha256 = hex::encode(sha256_of(&path).map_err(|error| failed(&error, &path))?);
        files.insert(file.to_owned(), LockedFile { bytes: Some(bytes), sha256 });
    }
    Ok(files)
}

pub(crate) fn of_lock(error: &LockError) -> Failure {
    let kind = if matches!(error, LockError::Disk { .. }) { Kind::World } else { Kind::Data };
    Failure::from_error(kind, error)
        .hint("remove it to begin anew; files that are whole are not fetched again")
}
