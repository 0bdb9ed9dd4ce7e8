//! Hashes of files as others write them: what a hub says of a repository, and files of `sha256sum`.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha1::{Digest as _, Sha1};

use crate::catalogue::digest_of;
use crate::checkpoints;
use crate::lock::LockedFile;

/// What a file is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sum {
    /// SHA-256 of its bytes: files in large storage.
    Sha256([u8; 32]),
    /// Its name in Git, a SHA-1 over `blob`, its length, and its bytes: small files.
    GitBlob([u8; 20]),
}

/// A file as a hub tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its name.
    pub file: String,
    /// How large it is.
    pub bytes: u64,
    /// What it is known by.
    pub sum: Sum,
}

/// What a hub says of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The commit.
    pub commit: String,
    /// Files that are used, in order.
    pub files: Vec<Told>,
    /// Files with weights in a form that is not read.
    pub unread: Vec<String>,
}

/// What a hub says cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListingError {
    /// It is no answer of a hub.
    #[error("the answer is not what a hub says of a repository: {0}")]
    Form(String),
    /// A file has no hash.
    #[error("nothing is said of the hash of `{0}`")]
    NoSum(String),
}

#[derive(Deserialize)]
struct Answer {
    sha: String,
    siblings: Vec<Sibling>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sibling {
    rfilename: String,
    size: Option<u64>,
    blob_id: Option<String>,
    lfs: Option<Large>,
}

#[derive(Deserialize)]
struct Large {
    sha256: String,
    size: u64,
}

impl Listing {
    /// Reads the answer of `/api/models/OWNER/NAME/revision/REVISION?blobs=true`, as Hugging Face's hub and its mirrors
    /// give it.
    ///
    /// # Errors
    /// It is something else, or a file that is used has no hash.
    pub fn read(body: &[u8]) -> Result<Listing, ListingError> {
        let answer: Answer =
            serde_json::from_slice(body).map_err(|error| ListingError::Form(error.to_string()))?;
        let is_commit = answer.sha.len() == 40 && answer.sha.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_commit {
            let found: String = answer.sha.chars().take(80).collect();
            return Err(ListingError::Form(format!(
                "the commit is `{found}`, expected 40 hexadecimal digits"
            )));
        }
        let names = checkpoints::used(answer.siblings.iter().map(|one| one.rfilename.as_str()));
        let mut files = Vec::with_capacity(names.len());
        for name in names {
            let sibling = answer.siblings.iter().find(|one| one.rfilename == name);
            let told = sibling.and_then(told).ok_or_else(|| ListingError::NoSum(name.to_owned()))?;
            files.push(told);
        }
        let is_unread = |name: &&str| {
            !name.contains('/')
                && [".bin", ".h5", ".msgpack", ".pt", ".pth"].iter().any(|end| name.ends_with(end))
        };
        let unread = answer.siblings.iter().map(|one| one.rfilename.as_str()).filter(is_unread);
        Ok(Listing { commit: answer.sha.to_lowercase(), unread: unread.map(str::to_owned).collect(), files })
    }
}

fn told(sibling: &Sibling) -> Option<Told> {
    let file = sibling.rfilename.clone();
    if let Some(large) = &sibling.lfs {
        return Some(Told { file, bytes: large.size, sum: Sum::Sha256(digest_of(&large.sha256)?) });
    }
    let blob = hex::decode(sibling.blob_id.as_ref()?).ok()?;
    Some(Told { file, bytes: sibling.size?, sum: Sum::GitBlob(blob.try_into().ok()?) })
}

/// The name of a file in Git.
#[must_use]
pub fn git_blob(bytes: &[u8]) -> [u8; 20] {
    let mut hasher = Sha1::new();
    hasher.update(format!("blob {}\0", bytes.len()).as_bytes());
    hasher.update(bytes);
    hasher.finalize().into()
}

/// Reads a file of `sha256sum`: on each line a hash, a space, a space or `*`, and a name; `#` begins a note. Only files
/// that are used are kept, and a folder before a name is not looked at.
///
/// # Errors
/// In words, with the line: it has another form, or names a file twice with different hashes.
pub fn read_sha256_file(text: &str) -> Result<BTreeMap<String, LockedFile>, String> {
    let mut files: BTreeMap<String, LockedFile> = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let parts = line.split_once(' ').map(|(hash, name)| (hash, name.trim_start_matches([' ', '*'])));
        let Some((hash, name)) = parts.filter(|(hash, name)| digest_of(hash).is_some() && !name.is_empty())
        else {
            return Err(format!(
                "line {number} is not a sha256 of 64 hexadecimal digits and the name of a file"
            ));
        };
        let name = name.rsplit('/').next().unwrap_or(name);
        if !checkpoints::is_used(name) {
            continue;
        }
        let file = LockedFile { bytes: None, sha256: hash.to_lowercase() };
        if files.get(name).is_some_and(|other| *other != file) {
            return Err(format!("line {number} names `{name}` again, with another hash"));
        }
        files.insert(name.to_owned(), file);
    }
    if files.keys().any(|name| checkpoints::is_weights(name)) {
        Ok(files)
    } else {
        Err("no line names a file `model….safetensors`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_git_blob_is_named_as_git_names_it() {
        // `printf 'hello\n' | git hash-object --stdin`
        assert_eq!(hex::encode(git_blob(b"hello\n")), "ce013625030ba8dba906f756967f9e9ca394464a");
    }

    #[test]
    fn an_answer_of_a_hub() {
        let commit = "a".repeat(40);
        let body = format!(
            r#"{{"id":"x/y","sha":"{commit}","siblings":[
              {{"rfilename":"README.md","size":6,"blobId":"ce013625030ba8dba906f756967f9e9ca394464a"}},
              {{"rfilename":"model.safetensors","size":9,"blobId":"00","lfs":{{"size":9,"sha256":"{}","pointerSize":130}}}},
              {{"rfilename":"run.py","size":1,"blobId":"00"}},
              {{"rfilename":"pytorch_model.bin","size":1}}]}}"#,
            "b".repeat(64)
        );
        let listing = Listing::read(body.as_bytes()).expect("an answer");
        assert_eq!(listing.commit, commit);
        let names: Vec<&str> = listing.files.iter().map(|file| file.file.as_str()).collect();
        assert_eq!(
            (names, listing.unread),
            (vec!["README.md", "model.safetensors"], vec!["pytorch_model.bin".to_owned()])
        );
        assert!(Listing::read(b"<html>").is_err());
        let without = body.replace(r#""blobId":"ce013625030ba8dba906f756967f9e9ca394464a""#, r#""x":1"#);
        assert_eq!(Listing::read(without.as_bytes()), Err(ListingError::NoSum("README.md".to_owned())));
    }

    #[test]
    fn a_file_of_sha256sum() {
        let hash = "C".repeat(64);
        let text =
            format!("# of the release\n{hash}  m/model.safetensors\n{hash} *config.json\n{hash}  run.py\n");
        let files = read_sha256_file(&text).expect("hashes");
        assert_eq!(files.keys().collect::<Vec<_>>(), ["config.json", "model.safetensors"]);
        assert_eq!(files["config.json"].sha256, "c".repeat(64));
        assert!(read_sha256_file("abc  model.safetensors").unwrap_err().starts_with("line 1 is not"));
        assert!(read_sha256_file(&format!("{hash}  config.json")).unwrap_err().starts_with("no line names"));
    }
}
