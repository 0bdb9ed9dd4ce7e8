//! What it costs to make rows of many answers: time and memory of the whole program.
//!
//!     cargo bench -p pixmo-points
//!     cargo bench -p pixmo-points -- --answers 200000 --program target/release/pixmo-points
//!
//! Answers are made up: nine labels an image, five or six points a label, every tenth label given by two people, every fifth
//! looked at by a third one. Peak memory is what the system notes of the process (`VmHWM`).

#![expect(clippy::print_stdout, reason = "a benchmark tells what it found")]
#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

const LABELS_AN_IMAGE: u64 = 9;

fn work(kind: char, number: u64, person: u64) -> String {
    format!(
        r#""work":{{"assignment":"{kind}{number:011}","task":{number},"status":"accepted","person":"p-{person:05}","gold":false,"consent":{{"version":"1","scopes":["work","publish-text"]}},"submitted_at":"2026-11-30T16:40:00Z","active_secs":31}}"#
    )
}

fn image(label: u64) -> String {
    let image = label / LABELS_AN_IMAGE;
    let hash = blake3::hash(&image.to_le_bytes()).to_hex();
    format!(
        r#""image":{{"sha256":"{hash}","url":"https://images.example/collection/{hash}.jpg","width":640,"height":480,"cluster":"{hash}","split":"train"}}"#
    )
}

fn points(label: u64) -> String {
    let point = |n: u64| {
        let (x, y) = (7.25 + n as f64 * 8.5, (label * 37 + n * 11) % 97);
        format!(r#"{{"x":{x},"y":{y}.5}}"#)
    };
    (0..5 + label % 2).map(point).collect::<Vec<_>>().join(",")
}

/// Writes so many answers; how many labels they are about.
fn answers(folder: &Path, answers: u64) -> std::io::Result<u64> {
    let file = |name: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        File::create(path).map(BufWriter::new)
    };
    let mut pointed = file("points/000001.jsonl")?;
    let mut looked = file("verify-points/000001.jsonl")?;
    let (mut label, mut left) = (0, answers);
    while left > 0 {
        let people = if label % 10 == 0 { 2 } else { 1 };
        for person in 0..people.min(left) {
            let work = work(if person == 0 { 'a' } else { 'b' }, label, label % 900 + person);
            let (image, points) = (image(label), points(label));
            writeln!(
                pointed,
                r#"{{{work},{image},"method":"pointing","labels":[{{"label":"thing {label}","points":[{points}],"all_marked":true,"close_confirmed":false}}]}}"#
            )?;
            left -= 1;
        }
        if label % 5 == 1 && left > 0 {
            let (work, image, points) = (work('v', label, 950), image(label), points(label));
            writeln!(
                looked,
                r#"{{{work},{image},"label":"thing {label}","of":"a{label:011}","given":[{points}],"verdict":"accept"}}"#
            )?;
            left -= 1;
        }
        label += 1;
    }
    pointed.flush()?;
    looked.flush()?;
    Ok(label)
}

/// The most memory that a process had, in MiB; nothing where the system does not tell.
fn peak_mib(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

fn main() {
    let (mut count, mut program) = (1_000_000, PathBuf::from(env!("CARGO_BIN_EXE_pixmo-points")));
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--answers" => count = words.next().and_then(|n| n.parse().ok()).expect("a number of answers"),
            "--program" => program = words.next().expect("a program").into(),
            _ => {}
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let labels = answers(&folder.path().join("data/annotations"), count).expect("a folder with room");
    fs::write(folder.path().join("campaign.toml"), "[campaign]\nname = \"speed\"\n")
        .expect("a folder with room");
    let began = Instant::now();
    let mut child = Command::new(program.canonicalize().expect("the program"))
        .args(["build", "--campaign", "campaign.toml", "--progress", "none", "--jobs", "1", "--shards", "10"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut peak = None;
    let status = loop {
        peak = peak_mib(child.id()).or(peak);
        match child.try_wait().expect("the program is ours") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    let secs = began.elapsed().as_secs_f64();
    assert!(status.success(), "the build ended with {status}");
    let manifest =
        fs::read(folder.path().join("data/shards/points/manifest.json")).expect("a finished dataset");
    let manifest: Value = serde_json::from_slice(&manifest).expect("a manifest");
    let rows = manifest["rows"].as_u64().unwrap_or_default();
    println!("answers            {count}, about {labels} labels");
    println!("rows               {rows}");
    println!("time               {secs:.1} s, {:.0} rows a second", rows as f64 / secs);
    match peak {
        Some(mib) => {
            let each = mib * f64::from(1 << 20) / count as f64;
            println!("peak memory        {mib:.0} MiB, {each:.0} bytes an answer");
        }
        None => println!("peak memory        the system does not tell"),
    }
}
