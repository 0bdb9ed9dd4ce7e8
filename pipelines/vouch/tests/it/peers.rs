//! Programs that are not ours believe what ours write.

use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;

use crate::scene::{ORIGIN, Scene};

/// The Python that `tests/setup.sh` makes.
#[expect(clippy::disallowed_methods, reason = "where the tests' own tools lie")]
fn python() -> Option<PathBuf> {
    let folder = std::env::var_os("PIXMO_PYTHON_DIR")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache/pixmo/python")))?;
    let python = folder.join("receipts/bin/python");
    python.is_file().then_some(python)
}

/// DSSE by securesystemslib, statements by in-toto-attestation, notes, tiles and proofs by tlog-scales.
#[test]
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn implementations_that_are_not_ours_verify_a_log() {
    let Some(python) = python() else {
        eprintln!("skipped, because the environment `receipts` is missing: run `tests/setup.sh`");
        return;
    };
    let (scene, _) = Scene::with_takes(200);
    std::fs::copy(scene.path("log/checkpoint"), scene.path("kept")).unwrap();
    scene.append(200..600).good();
    let tombstone = ["log", "tombstone", "--log", "log", "--key", "receipts.pem", "--leaf", "5"];
    scene.run(&tombstone).good();
    let (mut envelopes, mut proofs) = (String::new(), String::new());
    for leaf in ["0", "1", "255", "256", "511", "599"] {
        envelopes += &scene.run(&["show", leaf, "--log", "log", "--envelope"]).good();
        proofs += scene.run(&["show", leaf, "--log", "log", "--json"]).good().lines().next().unwrap();
        proofs += "\n";
    }
    std::fs::write(scene.path("envelopes.jsonl"), envelopes).unwrap();
    let shown = scene.run(&["key", "show", "receipts.pem.pub", "--origin", ORIGIN, "--json"]).good();
    let shown: Value = serde_json::from_str(shown.lines().next().unwrap()).unwrap();
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/python/check_receipts.py");
    let output = Command::new(python)
        .arg(script)
        .args(["log", shown["note"].as_str().unwrap(), "receipts.pem.pub", "envelopes.jsonl", "kept"])
        .current_dir(scene.path("."))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .write_stdin(proofs)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        said,
        serde_json::json!({ "envelopes": 6, "included": 601, "consistent": 200, "our_proofs": 6 })
    );
}
