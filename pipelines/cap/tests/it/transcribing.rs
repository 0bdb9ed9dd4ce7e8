//! `pixmo-cap transcribe` over real speech in many containers, bad files among them.

#![expect(
    clippy::print_stderr,
    reason = "what was measured, and why a test is skipped, is said where its result is read"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

/// A file beside the repository. Says why if it is not there.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped, because {} is not there; README.md, \"Tests\", says how to get it", path.display());
    None
}

const MODEL: &str = "models/ggml-tiny.en-q8_0.bin";
const SPEECH: &str = "audio/jfk.wav";
const SAID: &str = "and so my fellow americans ask not what your country can do for you ask what you can do for your country";

fn ffmpeg(folder: &Path, words: &str) -> bool {
    let run = Command::new("ffmpeg")
        .args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y"])
        .args(words.split_whitespace())
        .current_dir(folder)
        .output();
    match run {
        Ok(output) => {
            assert!(output.status.success(), "ffmpeg {words}: {}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(_) => {
            eprintln!("skipped, because there is no `ffmpeg`; `tests/setup.sh` installs it");
            false
        }
    }
}

fn pixmo_cap(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pixmo-cap")).args(words).output().expect("the program runs")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Transcripts by the names of their files.
fn transcripts(output: &Output) -> Vec<(String, Value)> {
    let name = |line: &Value| {
        let file = line["file"].as_str().expect("a file");
        Path::new(file).file_name().expect("a name").to_string_lossy().into_owned()
    };
    let lines = lines(output).into_iter().filter(|line| line.get("text").is_some());
    let mut found: Vec<_> = lines.map(|line| (name(&line), line)).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn plain(text: &str) -> String {
    let kept: String = text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect();
    kept.to_lowercase()
}

/// Containers as recorders give them.
const CONTAINERS: &[(&str, &str)] = &[
    ("-c:a libopus -b:a 24k", "a.webm"),
    ("-c:a libopus -b:a 32k -f webm -live 1", "b.webm"),
    ("-c:a libopus -b:a 32k -ac 2", "c.ogg"),
    ("-c:a aac -b:a 64k -ar 44100 -ac 2", "d.m4a"),
    ("-c:a libmp3lame -b:a 48k -ar 44100", "e.mp3"),
    ("-c:a flac -ar 48000 -ac 6", "f.flac"),
    ("-c:a pcm_s16le -ar 8000", "g.wav"),
    ("-c:a pcm_s24le -ar 96000 -ac 2", "h.wav"),
];

#[test]
fn every_container_has_the_same_words_and_bad_files_are_told_and_counted() {
    let (Some(model), Some(speech)) = (shared(MODEL), shared(SPEECH)) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let takes = folder.path().join("takes");
    fs::create_dir(&takes).expect("a folder");
    for (with, file) in CONTAINERS {
        if !ffmpeg(&takes, &format!("-i {} {with} {file}", speech.display())) {
            return;
        }
    }
    fs::write(takes.join("empty.webm"), "").expect("a file");
    fs::write(takes.join("text.wav"), "this is text, with the name of a recording").expect("a file");
    fs::write(takes.join("notes.txt"), "left alone").expect("a file");
    ffmpeg(&takes, "-f lavfi -i anullsrc=r=48000 -t 5 -c:a libopus silent.webm");
    let into = folder.path().join("transcripts");
    let (takes, into, model) =
        (takes.display().to_string(), into.display().to_string(), model.display().to_string());
    let words = ["transcribe", &takes, "--model", &model, "--into", &into, "--threads", "1", "--json"];
    let output = pixmo_cap(&words);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{talk}");
    assert!(talk.contains("empty.webm`: the file is empty, expected a recording"), "{talk}");
    assert!(talk.contains("text.wav`: the file is no recording: it looks like text"), "{talk}");
    assert!(talk.contains("1 file in the folders left alone: no name of a recording"), "{talk}");
    let last = lines(&output).into_iter().find(|line| line["event"] == "finished").expect("a last count");
    assert_eq!(last["dropped"]["audio_empty"], 1, "{last}");
    assert_eq!(last["dropped"]["audio_not_audio"], 1, "{last}");

    let found = transcripts(&output);
    assert_eq!(found.len(), CONTAINERS.len() + 1);
    let mut wrong = Vec::new();
    for (name, transcript) in &found {
        let text = plain(transcript["text"].as_str().expect("text"));
        let expected = if name == "silent.webm" { "" } else { SAID };
        // Of a telephone's 8 kHz this small model takes one word of 22 for another.
        let text = if name == "g.wav" { text.replace("america ", "americans ") } else { text };
        if text != expected {
            wrong.push(format!("{name}: {text}"));
        }
        assert_eq!(transcript["words"].as_array().expect("words").len(), expected.split_whitespace().count());
        assert_eq!(transcript["model"]["name"], "ggml-tiny.en-q8_0.bin");
        assert_eq!(transcript["sha256"].as_str().map(str::len), Some(64));
        assert_eq!(transcript["language"], "en");
        assert!(transcript["parameters"]["whisper_cpp"].is_string(), "{transcript}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    // Again: nothing is made anew, and one that was damaged is.
    let ledger = Path::new(&into).join("ledger.jsonl");
    let kept: Vec<PathBuf> = walk(Path::new(&into)).into_iter().filter(|path| *path != ledger).collect();
    assert_eq!(kept.len(), found.len());
    let calls = asked(&ledger);
    // The silent one never came to the model.
    assert_eq!(calls.len(), found.len() - 1);
    let damaged =
        kept.iter().position(|path| !fs::read_to_string(path).expect("text").contains("\"text\":\"\""));
    let damaged = damaged.expect("one with words");
    let kept = [&kept[damaged..], &kept[..damaged]].concat();
    fs::write(&kept[0], "{\"file\":").expect("a file");
    let before: Vec<_> = kept
        .iter()
        .map(|path| fs::metadata(path).and_then(|data| data.modified()).expect("a time"))
        .collect();
    let again = pixmo_cap(&words);
    assert_eq!(transcripts(&again), found);
    let after: Vec<_> = kept
        .iter()
        .map(|path| fs::metadata(path).and_then(|data| data.modified()).expect("a time"))
        .collect();
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1..], after[1..]);
    // The model was asked for the damaged one alone.
    assert_eq!(asked(&ledger).len(), calls.len() + 1);
}

/// What the model was asked: recordings alone, answered with what is said in them.
fn asked(ledger: &Path) -> Vec<Value> {
    let text = fs::read_to_string(ledger).expect("a ledger");
    let calls: Vec<Value> =
        text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["call"].clone()).collect();
    for call in &calls {
        assert_eq!((&call["engine"], &call["input"]), (&json!("whisper"), &json!("audio")), "{call}");
        assert_eq!((&call["answer"], &call["ended"]), (&json!("transcript"), &json!("answered")), "{call}");
    }
    calls
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_campaign_names_model_and_takes() {
    let (Some(model), Some(speech)) = (shared(MODEL), shared(SPEECH)) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let takes = folder.path().join("data/takes/ab");
    fs::create_dir_all(&takes).expect("a folder");
    fs::copy(speech, takes.join("abcd.wav")).expect("a copy");
    let model = fs::canonicalize(model).expect("a path");
    let campaign = folder.path().join("campaign.toml");
    let write = |kind: &str| {
        let text = format!(
            "[campaign]\nname = \"one\"\n\n[engines.asr]\nkind = \"{kind}\"\nmodel = \"{}\"\nthreads = 1\n",
            model.display()
        );
        fs::write(&campaign, text).expect("a file");
    };
    write("whisper");
    let output = pixmo_cap(&["transcribe", "--campaign", &campaign.display().to_string()]);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{talk}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(plain(&text).trim().ends_with(SAID), "{text}");
    assert_eq!(walk(&folder.path().join("data/transcripts")).len(), 1);
    write("other");
    let output = pixmo_cap(&["transcribe", "--campaign", &campaign.display().to_string()]);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{talk}");
    assert!(
        talk.contains("`kind` is `other` in [engines.asr], expected `whisper`")
            && talk.contains("campaign.toml:5:"),
        "{talk}"
    );
}

#[test]
fn what_cannot_be_done_is_told_before_anything_is_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let check = |words: &[&str], expected: &str| {
        let output = pixmo_cap(words);
        let talk = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{talk}");
        assert!(talk.contains(expected), "{talk}");
    };
    let empty = folder.path().display().to_string();
    let file = folder.path().join("a.wav");
    fs::write(&file, "x").expect("a file");
    let file = file.display().to_string();
    check(&["transcribe", "/nowhere"], "there is no such recording or folder");
    check(&["transcribe", &file], "no model was named to listen with");
    check(&["transcribe", &file, "--model", "/nowhere"], "cannot read the model `/nowhere`");
    check(&["transcribe", &file, "--model", &file], "it is no Whisper model");
    fs::remove_file(&file).expect("the file is there");
    check(&["transcribe", &empty, "--model", "m"], "there are no recordings");
}
