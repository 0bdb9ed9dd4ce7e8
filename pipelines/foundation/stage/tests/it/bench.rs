//! A fresh data folder, and builds in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pixmo_console::{Captured, Console, ConsoleArgs, Ending, Failure};
use pixmo_shards::Location;
use pixmo_stage::{BuildArgs, build_in};

use crate::tiny::Tiny;

/// A fresh data folder with a campaign file.
pub(crate) struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    /// A campaign with these lines in its section `[build.docs]`.
    pub(crate) fn new(section: &str) -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let bench = Bench { folder };
        bench.set(section);
        bench
    }

    pub(crate) fn set(&self, section: &str) {
        // A few tasks make coarse shares.
        let drops = if section.contains("drops_percent") { "" } else { "drops_percent_max = 20.0" };
        let data = self.path("data").display().to_string();
        let text = format!("[campaign]\nseed = 7\ndata = {data:?}\n\n[build.docs]\n{section}\n{drops}\n");
        fs::write(self.path("campaign.toml"), text).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the dataset goes by default.
    pub(crate) fn docs(&self) -> PathBuf {
        self.path("data/shards/docs")
    }

    pub(crate) fn args(&self, flags: &str) -> BuildArgs {
        #[derive(clap::Parser)]
        struct Flags {
            #[command(flatten)]
            build: BuildArgs,
        }
        let flags: Flags =
            clap::Parser::parse_from(["pixmo-tiny"].into_iter().chain(flags.split_whitespace()));
        BuildArgs { campaign: Some(self.path("campaign.toml")), ..flags.build }
    }

    pub(crate) fn build(&self, flags: &str) -> Result<Ending, Failure> {
        self.build_in(flags, None).0
    }

    pub(crate) fn build_in(
        &self,
        flags: &str,
        into: Option<Location>,
    ) -> (Result<Ending, Failure>, Captured) {
        self.build_with(&ConsoleArgs::default(), flags, into)
    }

    pub(crate) fn build_with(
        &self,
        console: &ConsoleArgs,
        flags: &str,
        into: Option<Location>,
    ) -> (Result<Ending, Failure>, Captured) {
        let (console, captured) = Console::captured(console);
        (build_in::<Tiny>(&self.args(flags), &console, into), captured)
    }

    /// The text of a failed build, without what changes from run to run.
    pub(crate) fn failure(&self, flags: &str) -> String {
        let failure = self.build(flags).expect_err("the build must fail");
        failure.to_string().replace(&self.folder.path().display().to_string(), "<folder>")
    }
}

/// All files of a folder with their content; the work folder is left out.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let location = Location::local(folder);
    let entries = location.list("").unwrap();
    entries.into_iter().map(|entry| (entry.name.clone(), location.read(&entry.name).unwrap())).collect()
}

/// The names of what differs between two folders; empty if they are equal.
pub(crate) fn differing(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names = a.keys().chain(b.keys());
    let mut names: Vec<String> = names.filter(|name| a.get(*name) != b.get(*name)).cloned().collect();
    names.sort();
    names.dedup();
    names
}
