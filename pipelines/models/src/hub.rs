//! What is asked of a hub beside large files: which files a repository has at a revision, and the small ones.

use pixmo_console::{Failure, Interrupt};
use pixmo_fetch::{Client, Failed, Want};
use sha2::{Digest, Sha256};

use crate::bring::{of_disk, of_part, of_policy, until_interrupted};
use crate::part::Part;
use crate::settings::Settings;
use crate::shelf::Shelf;
use crate::sums::{Listing, Sum, Told, git_blob};

/// No answer and no small file is larger than this.
const SMALL_BYTES_MAX: u64 = 64 << 20;

/// A hub of repositories.
pub(crate) struct Hub {
    client: Client,
    base: String,
}

impl Hub {
    /// The hub of the settings.
    pub(crate) fn new(settings: &Settings) -> Result<Hub, Failure> {
        let mut policy = settings.policy();
        policy.limits.bytes_max = SMALL_BYTES_MAX;
        let client = Client::for_files(policy).map_err(|error| of_policy(&error))?;
        Ok(Hub { client, base: settings.hub.trim_end_matches('/').to_owned() })
    }

    /// Where a file of a repository lies.
    pub(crate) fn address(base: &str, repository: &str, revision: &str, file: &str) -> String {
        format!("{}/{repository}/resolve/{}/{file}", base.trim_end_matches('/'), revision.replace('/', "%2F"))
    }

    /// Which files a repository has.
    pub(crate) fn list(
        &self,
        repository: &str,
        revision: &str,
        interrupt: &Interrupt,
    ) -> Result<Listing, Failure> {
        let revision_in_path = revision.replace('/', "%2F");
        let address = format!("{}/api/models/{repository}/revision/{revision_in_path}?blobs=true", self.base);
        let body = self.take(&address, interrupt)?.map_err(|failed| {
            let failure = Failure::world(format!("the hub does not say which files `{repository}` has at `{revision}`"))
                .because(failed.to_string())
                .at(address.clone());
            match failed.status {
                Some(404) => failure.hint("`--revision` takes another branch, tag or commit"),
                Some(401 | 403) => failure.hint("the repository asks for consent or an account; fetch it by hand and take it with `--from DIR`"),
                _ => failure.hint("run the same command again, ask another hub with `--hub URL`, or take the files with `--from DIR`"),
            }
        })?;
        let listing = Listing::read(&body).map_err(|error| {
            Failure::world(format!("cannot use what the hub says of `{repository}`"))
                .cause(&error)
                .at(address.clone())
        })?;
        if listing.files.iter().any(|file| crate::checkpoints::is_weights(&file.file)) {
            return Ok(listing);
        }
        let failure = Failure::data(format!("`{repository}` has no weights as safetensors at `{revision}`"))
            .at(address);
        let failure = if listing.unread.is_empty() {
            failure
        } else {
            let names: Vec<String> = listing.unread.iter().map(|file| format!("`{file}`")).collect();
            failure.because(format!("it has {}, which may hold programs and are not read", names.join(", ")))
        };
        Err(failure
            .hint("a revision with safetensors, such as `refs/pr/1`, can be taken with `--revision`")
            .hint("or convert the weights, and take them with `--from DIR --trust-on-first-use`"))
    }

    /// Brings a file that is known by its name in Git; its SHA-256.
    pub(crate) fn small(
        &self,
        file: &Told,
        addresses: &[String],
        shelf: &Shelf,
        interrupt: &Interrupt,
    ) -> Result<[u8; 32], Failure> {
        let Sum::GitBlob(expected) = file.sum else {
            return Err(Failure::bug(format!("`{}` is not known by its name in Git", file.file)));
        };
        let mut failure = Failure::world(format!("cannot fetch `{}`", file.file));
        for address in addresses {
            match self.take(address, interrupt)? {
                Err(failed) => failure = failure.because(format!("{failed}, from {address}")),
                Ok(body) if git_blob(&body) != expected => {
                    failure = failure.because(format!(
                        "its name in Git is `{}`, expected `{}`, from {address}",
                        hex::encode(git_blob(&body)),
                        hex::encode(expected)
                    ));
                }
                Ok(body) => {
                    keep(&body, &file.file, shelf)?;
                    return Ok(Sha256::digest(&body).into());
                }
            }
        }
        Err(failure.hint("run the same command again, or take the files with `--from DIR`"))
    }

    fn take(&self, address: &str, interrupt: &Interrupt) -> Result<Result<Vec<u8>, Failed>, Failure> {
        let want = Want::new(address);
        match until_interrupted(interrupt, self.client.fetch(&want))? {
            Some(came) => Ok(came.map(|fetched| fetched.body.to_vec())),
            None => Err(Failure::interrupted("nothing of the weights has come yet")
                .hint("run the same command again to continue")),
        }
    }
}

fn keep(body: &[u8], file: &str, shelf: &Shelf) -> Result<(), Failure> {
    use pixmo_fetch::Keep as _;
    let path = shelf.path(file);
    let failed = |error: std::io::Error| of_disk("cannot keep what came", &error, &path);
    let mut part = Part::open(shelf.part_path(file), Box::new(|_| ())).map_err(of_part)?;
    part.restart().map_err(failed)?;
    part.put(body).map_err(failed)?;
    part.finish(&path).map_err(of_part)
}
