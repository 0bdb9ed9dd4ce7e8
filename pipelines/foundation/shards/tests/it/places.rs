//! The same operations on a local folder and on an object store.

use std::io;
use std::path::Path;
use std::sync::Arc;

use pixmo_shards::{Disk, Entry, Faults, Location, Step, Trouble, Verdict};

/// One check for every kind of place.
fn each_place(check: impl Fn(&Location)) {
    let folder = tempfile::tempdir().unwrap();
    check(&Location::local(folder.path().join("docs")));
    check(&Location::parse(&format!("file://{}/by-url", folder.path().display()), &[]).unwrap());
    check(&Location::in_memory());
}

fn entry(name: &str, bytes: u64) -> Entry {
    Entry { name: name.to_owned(), bytes }
}

#[test]
fn what_was_put_is_listed_read_replaced_and_deleted() {
    each_place(|place| {
        assert_eq!(place.list("").unwrap(), []);
        assert_eq!(place.size("README.md").unwrap(), None);
        place.put_atomic("shards/00001-of-00002.json", b"{}").unwrap();
        place.put_atomic("README.md", b"first").unwrap();
        place.put_atomic("README.md", b"second time").unwrap();
        place.put_atomic("shards/00000-of-00002.json", b"[ ]").unwrap();
        let sidecars = [entry("shards/00000-of-00002.json", 3), entry("shards/00001-of-00002.json", 2)];
        assert_eq!(place.list("").unwrap(), [&[entry("README.md", 11)], &sidecars[..]].concat());
        assert_eq!(place.list("shards").unwrap(), sidecars);
        assert_eq!(place.read("README.md").unwrap(), b"second time");
        let both = place.read_all(&["shards/00001-of-00002.json", "shards/00000-of-00002.json"]).unwrap();
        assert_eq!(both, [b"{}".to_vec(), b"[ ]".to_vec()]);
        assert!(place.exists("shards/00000-of-00002.json").unwrap());
        assert!(!place.exists("shards").unwrap(), "a folder is no object");
        place.delete("README.md").unwrap();
        place.delete("README.md").unwrap();
        assert_eq!(place.list("").unwrap(), sidecars);
        place.check_writable().unwrap();
        assert_eq!(place.list("").unwrap(), sidecars);
    });
}

#[test]
fn a_file_is_taken_over_whatever_its_size() {
    each_place(|place| {
        let temp = tempfile::tempdir().unwrap();
        // Above the size of one piece an object store gets it in several.
        for bytes in [0, 1, 8 << 20, (8 << 20) + 1, (17 << 20) + 3] {
            let content: Vec<u8> = (0..bytes).map(|i| (i % 251) as u8).collect();
            let work =
                place.local_folder().map_or_else(|| temp.path().to_owned(), |folder| folder.join(".work"));
            std::fs::create_dir_all(&work).unwrap();
            let file = work.join("rows.parquet");
            std::fs::write(&file, &content).unwrap();
            place.put_file("charts/train-00000-of-00001.parquet", &file).unwrap();
            assert!(!file.exists(), "it is used up");
            assert!(place.read("charts/train-00000-of-00001.parquet").unwrap() == content, "{bytes} bytes");
            assert_eq!(place.list("").unwrap(), [entry("charts/train-00000-of-00001.parquet", bytes)]);
        }
    });
}

#[test]
fn what_is_missing_says_so() {
    each_place(|place| {
        let error = place.read("manifest.json").unwrap_err();
        assert_eq!(error.trouble, Trouble::Missing);
        let expected = format!("cannot read `{}/manifest.json`: it does not exist", place.address());
        assert_eq!(error.to_string(), expected);
    });
}

#[test]
fn addresses_that_cannot_be_used_say_why() {
    let mut texts = Vec::new();
    for address in ["", "ftp://example.org/x", "s3://", "file://elsewhere/x", "az:///x"] {
        let error = Location::parse(address, &[]).unwrap_err();
        texts.push(format!("{error}; {}", error.hint()));
    }
    insta::assert_snapshot!(texts.join("\n"));
}

/// Every write fails in the same way.
struct Failing(io::ErrorKind);

impl Faults for Failing {
    fn before(&self, step: Step, _path: &Path) -> Verdict {
        match step {
            Step::Write(bytes) => Verdict::Torn(bytes / 2, io::Error::new(self.0, "planted")),
            _ => Verdict::Go,
        }
    }
}

#[test]
fn a_write_that_fails_leaves_what_stood_there_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let good = Location::local(folder.path());
    good.put_atomic("README.md", b"as it was").unwrap();
    let mut texts = Vec::new();
    for kind in
        [io::ErrorKind::StorageFull, io::ErrorKind::ReadOnlyFilesystem, io::ErrorKind::PermissionDenied]
    {
        let bad = good.clone().with_disk(Disk::with_faults(Arc::new(Failing(kind))));
        let error = bad.put_atomic("README.md", b"as it should be").unwrap_err();
        texts.push(format!("{error}; {}", error.hint()).replace(good.address(), "<folder>"));
        assert_eq!(good.read("README.md").unwrap(), b"as it was");
        assert_eq!(good.list("").unwrap().len(), 1);
    }
    insta::assert_snapshot!(texts.join("\n"));
}
