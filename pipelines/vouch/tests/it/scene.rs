//! A folder with keys, takes, a log and a small dataset.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use pixmo_schemas::Sha256;
use serde_json::{Value, json};

pub(crate) const ORIGIN: &str = "receipts.example.org/spring-2026";

/// A fresh folder in which the program runs.
pub(crate) struct Scene {
    folder: tempfile::TempDir,
}

/// What the program said.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    #[track_caller]
    pub(crate) fn good(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    #[track_caller]
    pub(crate) fn fails(&self, code: i32, what: &str) {
        assert!(
            self.code == code && (self.err.contains(what) || self.out.contains(what)),
            "expected {code} and `{what}`\n{} {}{}",
            self.code,
            self.out,
            self.err
        );
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Scene {
    pub(crate) fn new() -> Scene {
        Scene { folder: tempfile::tempdir().unwrap() }
    }

    /// With a key, a log, and receipts for some takes; the annotations with their receipts come back.
    pub(crate) fn with_takes(count: u64) -> (Scene, Vec<Value>) {
        let scene = Scene::new();
        scene.run(&["key", "new", "receipts.pem"]).good();
        scene.run(&["log", "init", "--log", "log", "--key", "receipts.pem", "--origin", ORIGIN]).good();
        let takes = scene.append(0..count).good();
        let takes = takes.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (scene, takes)
    }

    /// Receipts for these takes.
    pub(crate) fn append(&self, numbers: std::ops::Range<u64>) -> Said {
        let lines: Vec<String> = numbers.map(|number| take(number).to_string()).collect();
        fs::write(self.path("takes.jsonl"), lines.join("\n")).unwrap();
        let campaign = ["--campaign", "spring-2026"];
        let log = ["--log", "log", "--key", "receipts.pem"];
        self.run(&[&["log", "append", "takes.jsonl"][..], &log, &campaign].concat())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::cargo_bin("pixmo-receipts").unwrap();
        command.args(words).current_dir(self.folder.path()).env_remove("PIXMO_RECEIPTS_KEY");
        command.env("SOURCE_DATE_EPOCH", "1772442000");
        command
    }

    #[track_caller]
    pub(crate) fn run(&self, words: &[&str]) -> Said {
        self.command(words).output().unwrap().into()
    }

    /// Puts the recordings of takes where `--audio` looks for them.
    pub(crate) fn keep_audio(&self, numbers: std::ops::Range<u64>) {
        for number in numbers {
            let audio = recording(number);
            let digits = Sha256::of(&audio).to_string();
            let shelf = self.path("takes").join(&digits[..2]);
            fs::create_dir_all(&shelf).unwrap();
            fs::write(shelf.join(format!("{digits}.wav")), audio).unwrap();
        }
    }
}

pub(crate) fn recording(number: u64) -> Vec<u8> {
    format!("recording {number} ").repeat(50).into_bytes()
}

pub(crate) fn text(number: u64) -> String {
    format!("Take {number} shows a red bench in front of a grey wall.")
}

/// One line of annotations.
pub(crate) fn take(number: u64) -> Value {
    let audio = recording(number);
    json!({
        "take": format!("t-{number:04}"),
        "status": "accepted",
        "image": { "sha256": Sha256::of(format!("image {number}").as_bytes()), "url": format!("https://images.example/{number}.jpg") },
        "audio": { "sha256": Sha256::of(&audio), "bytes": audio.len(), "media_type": "audio/wav", "codec": "pcm" },
        "person": format!("a-{:03}", number % 7),
        "language": "en",
        "phase": "single",
        "consent": { "version": "2026-02", "scopes": ["text", "audio"] },
        "received_at": "2026-03-01T10:00:00Z",
        "transcript": {
            "raw": { "text": text(number).to_lowercase(), "model": { "name": "ggml-tiny.en", "parameters": "beam 5" } },
            "corrected": text(number),
        },
    })
}

/// The lines of a text that hold something.
pub(crate) fn lines_with<'t>(text: &'t str, what: &str) -> Vec<&'t str> {
    text.lines().filter(|line| line.contains(what)).collect()
}

pub(crate) fn flip(path: &Path, place: usize) {
    let mut content = fs::read(path).unwrap();
    content[place] ^= 1;
    fs::write(path, content).unwrap();
}
