//! The real program in a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use pixmo_schemas::records::ImageRecord;
use pixmo_shards::{Location, Survey, read_rows};
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a campaign file in which loopback may be asked.
pub(crate) struct Bench {
    folder: TempDir,
}

/// What a run said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    /// The same, if it ended with this code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Said {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Said { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Bench {
    pub(crate) fn new() -> Bench {
        let bench = Bench { folder: tempfile::tempdir().expect("a folder") };
        fs::write(
            bench.path("campaign.toml"),
            r#"
            [build.images.fetch]
            agent.contact = "tests@pixmo.example"
            egress.allow = ["127.0.0.0/8"]
            limits.bytes_max = 300_000
            retry.attempts_max = 2
            retry.backoff_secs_min = 0.01
            retry.backoff_secs_max = 0.02
            retry.retry_after_secs_max = 0.05
            retry.host_failures_max = 1000
            pace.host_requests_max = 8
            pace.host_per_sec = 100000.0
            pace.host_burst = 1000
            "#,
        )
        .expect("a campaign file");
        bench
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A list of these lines.
    pub(crate) fn list(&self, name: &str, lines: &[String]) {
        fs::write(self.path(name), lines.join("\n") + "\n").expect("a list");
    }

    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-images"));
        command.args(line.split_whitespace()).current_dir(self.folder.path());
        command.env("SOURCE_DATE_EPOCH", "1796056800").env_remove("PIXMO_LOG").stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, line: &str) -> Said {
        self.command(line).output().expect("the program runs").into()
    }

    /// Fetches a list with the campaign file.
    pub(crate) fn fetch(&self, flags: &str) -> Said {
        self.run(&format!("fetch --campaign campaign.toml --progress none {flags}"))
    }

    /// What `status --json` says.
    pub(crate) fn status(&self, flags: &str) -> Value {
        self.run(&format!("status --json --hosts 3 {flags}"))
            .expect(0)
            .stdout
            .lines()
            .next()
            .map_or(Value::Null, |line| serde_json::from_str(line).expect("an object"))
    }

    /// The rows of a dataset, in the order of shards.
    pub(crate) fn rows(&self, into: &str) -> Vec<ImageRecord> {
        let location = Location::local(self.path(into));
        let survey = Survey::of(&location).expect("a folder");
        assert!(survey.manifest.is_some(), "`{into}` is finished");
        let sidecars =
            survey.sidecars.iter().map(|(_, sidecar)| sidecar.as_ref().expect("as it was written"));
        let files = sidecars.flat_map(|sidecar| &sidecar.files);
        files
            .flat_map(|file| read_rows::<ImageRecord>(&location, file).expect("rows"))
            .map(|row| row.expect("a row"))
            .collect()
    }
}

/// All files below a folder with their contents.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn below(root: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        let Ok(listing) = fs::read_dir(folder) else { return };
        for entry in listing {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                below(root, &path, found);
            } else {
                let name = path.strip_prefix(root).expect("below").to_owned();
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    below(folder, folder, &mut found);
    found
}
