//! The shape of the workspace: which crate may know which, where heavy things live, and that the pages tell the truth.

mod arrows;
mod assets;
mod pages;
mod sources;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use cargo_metadata::{Metadata, MetadataCommand, Package};

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the folder of the tests lies in the root")
        .to_owned()
}

/// The crates of the workspace as cargo sees them.
fn crates() -> &'static [Package] {
    static METADATA: OnceLock<Metadata> = OnceLock::new();
    let read = || {
        let mut command = MetadataCommand::new();
        command.manifest_path(root().join("Cargo.toml")).no_deps();
        command.exec().expect("cargo describes the workspace")
    };
    &METADATA.get_or_init(read).packages
}

/// The folder of a crate, from the root.
fn folder_of(package: &Package) -> PathBuf {
    let folder = package.manifest_path.parent().expect("a manifest lies in a folder");
    folder.as_std_path().strip_prefix(root()).expect("crates lie below the root").to_owned()
}

/// The text of a file, by its path from the root.
fn text_of(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

/// Files and folders below a folder, from the root, without what is built and what git keeps.
fn below(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![PathBuf::from(folder)];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(root().join(&next)).expect("a readable folder") {
            let path = next.join(entry.expect("a readable folder").file_name());
            let is_ours =
                !["target", ".git", "__pycache__", "node_modules"].iter().any(|other| path.ends_with(other));
            if is_ours && root().join(&path).is_dir() {
                waiting.push(path.clone());
            }
            if is_ours {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Fails with all that is wrong, not only the first.
#[track_caller]
fn none_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
