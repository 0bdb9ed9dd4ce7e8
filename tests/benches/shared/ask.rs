//! What others need for the same picture: a Python script beside the benchmarks is asked, and the answers are reported.

use std::env;
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

/// The folder of the scripts, from that of a crate in `pipelines`.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/benches");

/// What each needs for one picture.
pub(crate) struct Peers {
    /// Milliseconds of ours.
    pub(crate) ours_ms: f64,
    /// Name with version, and milliseconds or why it was skipped.
    pub(crate) others: Vec<(String, Result<f64, String>)>,
}

impl Peers {
    /// As a table.
    pub(crate) fn table(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{:<24}{:>8.2}", "pixmo", self.ours_ms)?;
        for (name, result) in &self.others {
            match result {
                Ok(ms) => writeln!(out, "{name:<24}{ms:>8.2}{:>8.1} times ours", ms / self.ours_ms)?,
                Err(why) => writeln!(out, "{name:<24} skipped, because {why}")?,
            }
        }
        Ok(())
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Value {
        let of_peer = |(name, result): &(String, Result<f64, String>)| match result {
            Ok(ms) => json!({ "name": name, "cpu_ms": ms }),
            Err(why) => json!({ "name": name, "skipped": why }),
        };
        let others: Vec<Value> = self.others.iter().map(of_peer).collect();
        json!({ "pixmo_cpu_ms": self.ours_ms, "others": others })
    }
}

/// One line of an answer.
#[derive(Deserialize)]
struct Line {
    name: String,
    cpu_ms: Option<f64>,
    skipped: Option<String>,
}

/// Name with version and processor milliseconds of each, or why it was skipped.
pub(crate) fn ask(script: &str, names: &[&str], request: &Value) -> Vec<(String, Result<f64, String>)> {
    let skipped = |why: String| names.iter().map(|name| ((*name).to_owned(), Err(why.clone()))).collect();
    let Some(python) = python() else {
        return skipped("its Python is not there; `tests/setup.sh --benches` installs it".to_owned());
    };
    match run(&python, &Path::new(FOLDER).join(script), &request.to_string()) {
        Ok(lines) => lines
            .into_iter()
            .map(|line| {
                let why = line.skipped.unwrap_or_else(|| "it said nothing".to_owned());
                (line.name, line.cpu_ms.ok_or(why))
            })
            .collect(),
        Err(error) => skipped(error.to_string()),
    }
}

fn python() -> Option<PathBuf> {
    let folder = env::var_os("PIXMO_PYTHON_DIR").map(PathBuf::from);
    let folder = folder.or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cache/pixmo/python")))?;
    Some(folder.join("benches/bin/python")).filter(|python| python.exists())
}

fn run(python: &Path, script: &Path, request: &str) -> Result<Vec<Line>, Box<dyn Error>> {
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run `{}`: {error}", python.display()))?;
    child.stdin.take().ok_or("no way to ask it")?.write_all(request.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(format!("`{}` ended with {}", script.display(), output.status).into());
    }
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}
