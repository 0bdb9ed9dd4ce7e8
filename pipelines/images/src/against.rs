//! Hash lists: of benchmarks, whose images must not be trained on, and of what must not be held at all.
//!
//! A list knows files by their SHA-256 and pictures by their PDQ hash. Without pictures there is no second look, so that a
//! picture is taken for one of a list by its hash alone: rather once too often than once too seldom.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use md5::Md5;
use pixmo_console::{Failure, Kind};
use pixmo_near::{Benchmarks, FileHashes, Hash256, HashKind, HashList, ListError, PlainList, Seen};
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::Digest;

/// Two PDQ hashes of one picture differ in at most so many bits, as its authors advise.
pub(crate) const BITS_MAX: u32 = 31;

/// The kind of perceptual hash that is compared.
pub(crate) fn pdq() -> HashKind {
    HashKind::from_str("pdq:256").expect("it is a kind of hash")
}

/// A file that holds a list: its bytes, or why not.
pub(crate) fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| {
        let failure = match error.kind() {
            std::io::ErrorKind::NotFound => Failure::request("there is no such hash list"),
            _ => Failure::world("cannot read the hash list").cause(&error),
        };
        failure.at(path.display().to_string())
    })
}

/// A list that cannot be understood.
pub(crate) fn of_list(path: &Path, error: &ListError) -> Failure {
    let kind = if matches!(error, ListError::Write(_)) { Kind::World } else { Kind::Request };
    Failure::from_error(kind, error).at(path.display().to_string())
}

/// The lists of benchmarks, with the SHA-256 of each file; a plain list of hashes of files is one too.
pub(crate) fn benchmarks(
    paths: &[PathBuf],
    bits_max: u32,
) -> Result<(Benchmarks, Vec<(String, String)>), Failure> {
    let (mut lists, mut pins) = (Vec::new(), Vec::new());
    for path in paths {
        let bytes = bytes_of(path)?;
        let list = HashList::read(bytes.as_slice()).map_err(|error| {
            of_list(path, &error).hint("`pixmo images hash FOLDER` makes a list of a benchmark's pictures")
        })?;
        if lists.iter().any(|known: &HashList| known.head.name == list.head.name) {
            return Err(Failure::request(format!("two hash lists are called `{}`", list.head.name))
                .at(path.display().to_string()));
        }
        pins.push((list.head.name.clone(), pixmo_shards::manifest::sha256(&bytes)));
        lists.push(list);
    }
    let ready = Benchmarks::new(&lists, &pdq(), bits_max).map_err(|error| {
        Failure::from_error(Kind::Request, &error).hint("make the list anew with `pixmo images hash`")
    })?;
    Ok((ready, pins))
}

/// What is done with an image that a list of what must not be held knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyPolicy {
    /// It gives no row, and its original is not kept.
    Drop,
    /// It gives no row until a person has looked; its original is kept.
    Hold,
}

/// A list of what must not be held, and what is done: `FILE=drop` or `FILE=hold`; drop if nothing is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafetyRule {
    /// The file of the list.
    pub list: PathBuf,
    /// What is done.
    pub policy: SafetyPolicy,
}

impl FromStr for SafetyRule {
    type Err = String;

    fn from_str(text: &str) -> Result<SafetyRule, String> {
        let (list, policy) = match text.rsplit_once('=') {
            Some((list, "drop")) => (list, SafetyPolicy::Drop),
            Some((list, "hold")) => (list, SafetyPolicy::Hold),
            Some((_, other)) if !other.contains(['/', '.']) => {
                return Err(format!("`{other}` is no policy, expected `drop` or `hold`"));
            }
            _ => (text, SafetyPolicy::Drop),
        };
        match list.is_empty() {
            true => Err("the file of the list is missing".to_owned()),
            false => Ok(SafetyRule { list: PathBuf::from(list), policy }),
        }
    }
}

/// Lists of what must not be held, ready to be asked. Which list knew an image is told, what else it holds is not.
#[derive(Debug, Default)]
pub struct Safety {
    lists: Vec<SafetyList>,
}

#[derive(Debug)]
struct SafetyList {
    name: String,
    sha256: String,
    policy: SafetyPolicy,
    known: KnownBy,
}

#[derive(Debug)]
enum KnownBy {
    Files(PlainList),
    Pictures(Benchmarks),
}

/// What a list of what must not be held says of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafetyHit {
    /// What is done.
    pub policy: SafetyPolicy,
    /// The name of the list.
    pub list: String,
    /// In how many bits the hashes differ; none for the same bytes.
    pub distance: Option<u32>,
}

impl SafetyPolicy {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SafetyPolicy::Drop => "drop",
            SafetyPolicy::Hold => "hold",
        }
    }
}

impl Safety {
    /// Reads the lists.
    ///
    /// # Errors
    /// A request failure if a list is missing or cannot be understood.
    pub fn read(rules: &[SafetyRule]) -> Result<Safety, Failure> {
        Ok(Safety { lists: rules.iter().map(SafetyList::read).collect::<Result<_, Failure>>()? })
    }

    /// Whether there are no lists.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The first list that knows pictures by what they look like.
    #[must_use]
    pub fn of_pictures(&self) -> Option<&str> {
        let mut lists = self.lists.iter();
        lists.find(|list| matches!(list.known, KnownBy::Pictures(_))).map(|list| list.name.as_str())
    }

    /// The SHA-256 of each list and what is done, in order: they decide what becomes of rows.
    #[must_use]
    pub fn pins(&self) -> Vec<String> {
        self.lists.iter().map(|list| format!("{}={}", list.sha256, list.policy.name())).collect()
    }

    /// The hashes of a file by which some list knows files; what no list asks for is not worked out.
    #[must_use]
    pub fn hashes_of(&self, bytes: &[u8], sha256: &[u8; 32]) -> FileHashes {
        let needs = |needs: fn(&PlainList) -> bool| {
            self.lists.iter().any(|list| matches!(&list.known, KnownBy::Files(list) if needs(list)))
        };
        FileHashes {
            sha256: *sha256,
            sha1: needs(PlainList::needs_sha1).then(|| Sha1::digest(bytes).into()),
            md5: needs(PlainList::needs_md5).then(|| Md5::digest(bytes).into()),
        }
    }

    /// What the lists say of an image with these hashes of its file and this PDQ hash: the strictest of all that know it,
    /// the first of equals. A picture whose hash says nothing is known by its file alone.
    #[must_use]
    pub fn find(&self, file: &FileHashes, hash: Option<&[u8; 32]>) -> Option<SafetyHit> {
        let hash = hash.map(|hash| Hash256::from(*hash));
        let hits = self.lists.iter().filter_map(|list| list.find(file, hash.as_ref()));
        hits.min_by_key(|hit| hit.policy != SafetyPolicy::Drop)
    }
}

impl SafetyList {
    fn read(rule: &SafetyRule) -> Result<SafetyList, Failure> {
        let path = &rule.list;
        let bytes = bytes_of(path)?;
        let sha256 = pixmo_shards::manifest::sha256(&bytes);
        if bytes.starts_with(b"#pixmo-hashes") {
            let list = HashList::read(bytes.as_slice()).map_err(|error| of_list(path, &error))?;
            let name = list.head.name.clone();
            let known = Benchmarks::new(&[list], &pdq(), BITS_MAX)
                .map_err(|error| Failure::from_error(Kind::Request, &error).at(path.display().to_string()))?;
            return Ok(SafetyList { name, sha256, policy: rule.policy, known: KnownBy::Pictures(known) });
        }
        let list = PlainList::read(bytes.as_slice()).map_err(|error| {
            let hint = "a list has one SHA-256, SHA-1 or MD5 a line, or is one of `pixmo images hash`";
            of_list(path, &error).hint(hint)
        })?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(SafetyList { name, sha256, policy: rule.policy, known: KnownBy::Files(list) })
    }

    fn find(&self, file: &FileHashes, hash: Option<&Hash256>) -> Option<SafetyHit> {
        let distance = match &self.known {
            KnownBy::Files(list) => list.holds(file).then_some(None)?,
            KnownBy::Pictures(list) => {
                let hashes = hash.map_or(&[][..], std::slice::from_ref);
                let seen = Seen { sha256: file.sha256, hashes, addresses: &[] };
                list.touching(&seen).first()?.distance
            }
        };
        Some(SafetyHit { policy: self.policy, list: self.name.clone(), distance })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_stands_behind_the_list() {
        let rule = |text: &str| {
            text.parse::<SafetyRule>().map(|rule| (rule.list.display().to_string(), rule.policy))
        };
        assert_eq!(rule("a.hashes"), Ok(("a.hashes".to_owned(), SafetyPolicy::Drop)));
        assert_eq!(rule("a=b/c.txt=hold"), Ok(("a=b/c.txt".to_owned(), SafetyPolicy::Hold)));
        assert_eq!(rule("a=b/c.txt"), Ok(("a=b/c.txt".to_owned(), SafetyPolicy::Drop)));
        assert!(rule("a.txt=keep").is_err() && rule("=drop").is_err() && rule("").is_err());
    }

    #[test]
    fn the_strictest_list_that_knows_an_image_decides() {
        let folder = tempfile::tempdir().unwrap();
        let rule = |name: &str, content: &[u8], policy| {
            let list = folder.path().join(name);
            std::fs::write(&list, content).unwrap();
            SafetyRule { list, policy }
        };
        let head = pixmo_near::ListHead {
            name: "pictures".to_owned(),
            version: "1".to_owned(),
            licence: "unknown".to_owned(),
            source: "here".to_owned(),
            kinds: vec![pdq()],
        };
        let entry = pixmo_near::ListEntry { sha256: [7; 32], hashes: vec![vec![vec![0xff; 32]]], name: None };
        let mut list = Vec::new();
        HashList { head, entries: vec![entry] }.write(&mut list).unwrap();
        let files = format!("# files\n{}\n", hex::encode_upper([8; 32]));
        let rules = [
            rule("pictures.hashes", &list, SafetyPolicy::Hold),
            rule("files.txt", files.as_bytes(), SafetyPolicy::Drop),
        ];
        let safety = Safety::read(&rules).unwrap();
        assert_eq!(safety.pins().len(), 2);
        let found = |file: u8, hash: [u8; 32], is_flat: bool| {
            let file = FileHashes { sha256: [file; 32], sha1: None, md5: None };
            safety.find(&file, (!is_flat).then_some(&hash)).map(|hit| (hit.policy, hit.list, hit.distance))
        };
        let (held, dropped) = (SafetyPolicy::Hold, SafetyPolicy::Drop);
        let mut near = [0xff; 32];
        near[..3].fill(0);
        assert_eq!(found(1, near, false), Some((held, "pictures".to_owned(), Some(24))));
        assert_eq!(found(1, near, true), None);
        assert_eq!(found(7, [0; 32], true), Some((held, "pictures".to_owned(), None)));
        assert_eq!(found(8, near, false), Some((dropped, "files".to_owned(), None)));
        assert_eq!(found(9, [0; 32], false), None);
        assert!(Safety::read(&[rule("junk.txt", b"junk", dropped)]).is_err());
        assert!(Safety::read(&[SafetyRule { list: folder.path().join("none"), policy: held }]).is_err());
    }

    #[test]
    fn a_file_is_known_by_the_hash_that_a_list_has() {
        let folder = tempfile::tempdir().unwrap();
        let rule = |name: &str, digits: &str| {
            let list = folder.path().join(name);
            std::fs::write(&list, digits).unwrap();
            SafetyRule { list, policy: SafetyPolicy::Drop }
        };
        // Of the three letters `abc`: RFC 1321, A.5; FIPS 180-4.
        let md5 = rule("md5.txt", "900150983CD24FB0D6963F7D28E17F72\n");
        let sha1 = rule("sha1.txt", "a9993e364706816aba3e25717850c26c9cd0d89d\n");
        let sha256: [u8; 32] = sha2::Sha256::digest(b"abc").into();
        let known = |rules: &[SafetyRule], bytes: &[u8]| {
            let safety = Safety::read(rules).unwrap();
            let file = safety.hashes_of(bytes, &sha256);
            (file.sha1.is_some(), file.md5.is_some(), safety.find(&file, None).map(|hit| hit.list))
        };
        assert_eq!(known(&[], b"abc"), (false, false, None));
        assert_eq!(known(std::slice::from_ref(&md5), b"abc"), (false, true, Some("md5".to_owned())));
        assert_eq!(known(std::slice::from_ref(&sha1), b"abc"), (true, false, Some("sha1".to_owned())));
        assert_eq!(known(&[md5, sha1], b"abd"), (true, true, None));
    }
}
