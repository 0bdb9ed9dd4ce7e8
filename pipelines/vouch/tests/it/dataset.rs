//! The rows of a dataset against the receipts that they name.

use std::fs;
use std::path::Path;

use pixmo_schemas::column::{Column, Kind};
use pixmo_schemas::{Config, Record, Sha256};
use pixmo_shards::sidecar::FileEntry;
use pixmo_shards::{
    Begun, ConfigSpec, Disk, FileWriter, Location, Manifest, Sidecar, Split, names, schema_version,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::scene::{Scene, lines_with, text};

/// The columns of `receipts` that are read, and one that is not.
#[derive(Clone, Serialize, Deserialize)]
struct ReceiptRow {
    take: String,
    person: String,
    image_sha256: String,
    audio_sha256: String,
    transcript_from: String,
    transcript_sha256: String,
    raw_sha256: Option<String>,
    receipt_leaf: Option<i64>,
    receipt_sha256: Option<String>,
}

#[derive(Clone, Serialize, Deserialize)]
struct TextRow {
    caption: String,
    transcripts: Vec<String>,
    takes: Vec<String>,
}

const NONE: &str = "there is none";
const RECEIPT_COLUMNS: &[Column] = &[
    Column::new("take", Kind::String, "The take."),
    Column::new("person", Kind::String, "Who."),
    Column::new("image_sha256", Kind::String, "The image."),
    Column::new("audio_sha256", Kind::String, "The recording."),
    Column::new("transcript_from", Kind::String, "Who wrote it."),
    Column::new("transcript_sha256", Kind::String, "The text."),
    Column::new("raw_sha256", Kind::String, "What was heard.").null_means(NONE),
    Column::new("receipt_leaf", Kind::Int64, "The entry.").null_means(NONE),
    Column::new("receipt_sha256", Kind::String, "The envelope.").null_means(NONE),
];
const TEXT_COLUMNS: &[Column] = &[
    Column::new("caption", Kind::String, "The caption."),
    Column::new("transcripts", Kind::List(&Kind::String), "The texts."),
    Column::new("takes", Kind::List(&Kind::String), "The takes."),
];

impl Record for ReceiptRow {
    fn columns() -> &'static [Column] {
        RECEIPT_COLUMNS
    }
}

impl Record for TextRow {
    fn columns() -> &'static [Column] {
        TEXT_COLUMNS
    }
}

static RECEIPTS: Config = Config {
    name: "receipts",
    columns: RECEIPT_COLUMNS,
    splits: &["train"],
    description: "What vouches for it.",
    published: false,
};
static BY_IMAGE: Config = Config {
    name: "by_image",
    columns: TEXT_COLUMNS,
    splits: &["train"],
    description: "Captions with their texts.",
    published: false,
};

/// The rows that a build would write about these takes.
fn rows(takes: &[Value]) -> (Vec<ReceiptRow>, Vec<TextRow>) {
    let digits = |value: &Value| value.as_str().unwrap().to_owned();
    let receipts = takes.iter().map(|take| {
        let said = |what: &str| Sha256::of(what.as_bytes()).to_string();
        ReceiptRow {
            take: digits(&take["take"]),
            person: digits(&take["person"]),
            image_sha256: digits(&take["image"]["sha256"]),
            audio_sha256: digits(&take["audio"]["sha256"]),
            transcript_from: "corrected".to_owned(),
            transcript_sha256: said(take["transcript"]["corrected"].as_str().unwrap()),
            raw_sha256: Some(said(take["transcript"]["raw"]["text"].as_str().unwrap())),
            receipt_leaf: take["receipt"]["leaf"].as_i64(),
            receipt_sha256: take["receipt"]["sha256"].as_str().map(str::to_owned),
        }
    });
    let texts = takes.chunks(2).map(|some| TextRow {
        caption: "A bench.".to_owned(),
        transcripts: some.iter().map(|take| digits(&take["transcript"]["corrected"])).collect(),
        takes: some.iter().map(|take| digits(&take["take"])).collect(),
    });
    (receipts.collect(), texts.collect())
}

fn write_file<R: Record + Clone>(folder: &Path, config: &'static Config, rows: &[R]) -> FileEntry {
    let spec = ConfigSpec::main(config);
    let path = names::rows_file(config.name, Split::Train, 0, 1);
    fs::create_dir_all(folder.join(&path).parent().unwrap()).unwrap();
    let mut writer = FileWriter::create(&Disk::default(), &folder.join(&path), &spec).unwrap();
    for row in rows {
        writer.push(row.clone()).unwrap();
    }
    let written = writer.finish().unwrap();
    FileEntry {
        path,
        config: config.name.to_owned(),
        split: Split::Train,
        rows: written.rows,
        bytes: written.bytes,
        sha256: written.sha256,
        num_bytes: written.num_bytes,
    }
}

/// A finished folder of these rows.
fn write(scene: &Scene, receipts: &[ReceiptRow], texts: &[TextRow]) {
    let folder = scene.path("cap");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    let specs = [ConfigSpec::main(&RECEIPTS), ConfigSpec::main(&BY_IMAGE)];
    let begun = Begun {
        dataset: "cap".to_owned(),
        shards: 1,
        seed: 7,
        limit: None,
        code_version: "0".to_owned(),
        schema_version: schema_version(&specs),
        settings: Value::Null,
    };
    let mut sidecar = Sidecar::new(&begun, 0);
    sidecar.files = vec![write_file(&folder, &RECEIPTS, receipts), write_file(&folder, &BY_IMAGE, texts)];
    let location = Location::local(&folder);
    location.put_atomic(&sidecar.path(), &sidecar.to_bytes()).unwrap();
    let manifest = Manifest::derive(&begun, &[sidecar], b"card").unwrap();
    location.put_atomic(names::MANIFEST, &manifest.to_bytes()).unwrap();
}

const VERIFY: [&str; 6] = ["verify", "./cap", "--log", "log", "--public-key", "receipts.pem.pub"];

#[test]
fn a_dataset_is_believed_and_each_row_that_is_changed_is_named_with_its_field() {
    let (scene, takes) = Scene::with_takes(9);
    let (receipts, texts) = rows(&takes);
    write(&scene, &receipts, &texts);
    let said = scene.run(&VERIFY).good();
    assert!(said.contains("rows: 9 with a receipt, 0 of them wrong; 0 without"), "{said}");
    let other = Sha256::of(b"other").to_string();
    type Change<'c> = (&'c str, &'c dyn Fn(&mut ReceiptRow));
    let changes: [Change<'_>; 7] = [
        ("`take` is `t-9999`", &|row| row.take = "t-9999".to_owned()),
        ("`image_sha256` is", &|row| row.image_sha256 = other.clone()),
        ("`audio_sha256` is", &|row| row.audio_sha256 = other.clone()),
        ("`transcript_sha256` is", &|row| row.transcript_sha256 = other.clone()),
        ("`raw_sha256` is `nothing`", &|row| row.raw_sha256 = None),
        ("`receipt_sha256` is", &|row| row.receipt_sha256 = Some(other.clone())),
        ("`receipt_leaf` stands in another row too", &|row| row.receipt_leaf = Some(3)),
    ];
    for (what, change) in changes {
        let mut bad = receipts.clone();
        change(&mut bad[6]);
        write(&scene, &bad, &texts);
        let said = scene.run(&VERIFY);
        said.fails(1, what);
        let named = lines_with(&said.out, "row 6 of `receipts/train-00000-of-00001.parquet`");
        assert_eq!(named.len(), 1, "{}", said.out);
    }
    let mut bad = texts;
    bad[2].transcripts[1].push('!');
    write(&scene, &receipts, &bad);
    scene.run(&VERIFY).fails(
        1,
        "row 2 of `by_image/train-00000-of-00001.parquet`: the transcript of the take `t-0005` is not",
    );
}

#[test]
fn rows_of_takes_that_were_taken_back_are_named() {
    let (scene, takes) = Scene::with_takes(4);
    let (receipts, texts) = rows(&takes);
    write(&scene, &receipts, &texts);
    scene.run(&["log", "tombstone", "--log", "log", "--key", "receipts.pem", "--leaf", "2"]).good();
    scene
        .run(&VERIFY)
        .fails(1, "(leaf 2): its receipt was taken back as withdrawn, but the row is still published");
    scene.run(&["verify", "./nowhere", "--log", "log"]).fails(2, "there is no finished dataset");
    scene.run(&["verify", "./cap", "--log", "log", "--transcribe-again", "2"]).fails(2, "--audio");
}

/// Runs the program that was copied. Another test that starts a program just then may hold the copy open for a moment.
fn ran(scene: &Scene, words: &[&str]) -> std::process::Output {
    for _ in 0..100 {
        let mut command = std::process::Command::new(scene.path("bin/pixmo-receipts"));
        match command.args(words).current_dir(scene.path(".")).output() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {}
            Ok(output) if String::from_utf8_lossy(&output.stderr).contains("Text file busy") => {}
            output => return output.unwrap(),
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the program is busy");
}

/// Another program stands in for the one that listens; it says one word wrong of each take.
#[cfg(unix)]
#[test]
fn takes_are_heard_again_and_the_words_that_differ_are_counted() {
    use std::os::unix::fs::PermissionsExt;
    let (scene, takes) = Scene::with_takes(6);
    let (receipts, texts) = rows(&takes);
    write(&scene, &receipts, &texts);
    scene.keep_audio(0..6);
    let again = [&VERIFY[..], &["--audio", "takes", "--transcribe-again", "3"]].concat();
    let said = scene.run(&again);
    assert!(said.code == 2 || said.code == 0 || said.code == 3, "{}", said.err);
    let mut script = "#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in\n".to_owned();
    for (number, take) in (0..).zip(&takes) {
        let digits = take["audio"]["sha256"].as_str().unwrap();
        let heard = text(number).replace("red", "rod");
        script += &format!("*{digits}*) echo '{{\"sha256\":\"{digits}\",\"text\":\"{heard}\"}}' ;;\n");
    }
    script += "esac; shift; done\n";
    fs::create_dir_all(scene.path("bin")).unwrap();
    fs::write(scene.path("bin/pixmo-cap"), script).unwrap();
    fs::set_permissions(scene.path("bin/pixmo-cap"), fs::Permissions::from_mode(0o755)).unwrap();
    // The program that is built beside ours would be found first.
    let ours = assert_cmd::cargo::cargo_bin("pixmo-receipts");
    fs::copy(ours, scene.path("bin/pixmo-receipts")).unwrap();
    let output = ran(&scene, &again);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("transcribed again: 3 takes, 36 words, word error rate 8.3 %"), "{said}");
}
