//! What a stranger sees of a log that holds, and of one that was changed.

use std::fs;

use serde_json::Value;

use crate::scene::{ORIGIN, Scene, flip, lines_with};

#[test]
fn a_log_is_begun_once_and_nothing_is_issued_twice() {
    let (scene, takes) = Scene::with_takes(700);
    assert_eq!(takes[4]["receipt"]["leaf"], 4);
    let init = ["log", "init", "--log", "log", "--key", "receipts.pem", "--origin", ORIGIN];
    scene.run(&init).fails(2, "there is a log already");
    // The same lines once more: the same receipts.
    let said = scene.append(0..701);
    assert!(said.err.contains("1 receipt issued, 700 had one, 0 refused"), "{}", said.err);
    let again = said.good();
    let again: Vec<Value> = again.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(again[..700], takes[..]);
    assert_eq!(again[700]["receipt"]["leaf"], 700);
    let text = fs::read_to_string(scene.path("takes.jsonl")).unwrap();
    let cheat = text.lines().next().unwrap().replace("t-0000", "t-9999");
    fs::write(scene.path("takes.jsonl"), format!("{cheat}\nnonsense\n")).unwrap();
    let said = scene.run(&[
        "log",
        "append",
        "takes.jsonl",
        "--log",
        "log",
        "--key",
        "receipts.pem",
        "--campaign",
        "x",
    ]);
    said.fails(1, "takes.jsonl:1: the same recording was accepted before");
    said.fails(1, "takes.jsonl:2: it is no JSON");
}

#[test]
fn a_receipt_is_shown_with_what_it_says() {
    let (scene, _) = Scene::with_takes(300);
    let shown = scene.run(&["show", "17", "--log", "log"]).good();
    assert!(
        shown.contains("take `t-0017`") && shown.contains("imported: the file was there already"),
        "{shown}"
    );
    assert_eq!(scene.run(&["show", "--take", "t-0017", "--log", "log"]).good(), shown);
    let json: Value = serde_json::from_str(
        scene.run(&["show", "17", "--log", "log", "--json"]).good().lines().next().unwrap(),
    )
    .unwrap();
    assert_eq!(json["statement"]["predicate"]["take"], "t-0017");
    let envelope: Value =
        serde_json::from_str(&scene.run(&["show", "17", "--log", "log", "--envelope"]).good()).unwrap();
    assert_eq!(envelope["payloadType"], "application/vnd.in-toto+json");
    scene.run(&["show", "300", "--log", "log"]).fails(2, "the log has 300 entries");
    scene
        .run(&["show", "--take", "t-x", "--log", "log"])
        .fails(2, "no receipt of this log is about the take");
    scene.run(&["show", "1", "--log", "nowhere"]).fails(2, "there is no log in this folder");
}

#[test]
fn a_stranger_believes_a_log_and_names_what_was_changed() {
    let (scene, _) = Scene::with_takes(260);
    scene.keep_audio(0..260);
    fs::copy(scene.path("log/checkpoint"), scene.path("kept")).unwrap();
    scene.append(260..262).good();
    let verify =
        ["verify", "--log", "log", "--public-key", "receipts.pem.pub", "--earlier-checkpoint", "kept"];
    let said = scene.run(&verify).good();
    assert!(
        said.contains("262 entries, 262 receipts (0 live, 262 imported)") && said.contains("not proved:"),
        "{said}"
    );
    let audio = [&verify[..], &["--audio", "takes"]].concat();
    let said = scene.run(&audio);
    said.fails(1, "2 audio_missing");
    scene.keep_audio(260..262);
    assert!(scene.run(&audio).good().contains("recordings: 262 read"));
    // A recording, then an opening, then a tile.
    let (digits, _) = recording_of(7);
    let file = scene.path(&format!("takes/{}/{digits}.wav", &digits[..2]));
    flip(&file, 100);
    scene.run(&audio).fails(1, "(leaf 7): `audio` is");
    flip(&file, 100);
    // Takes 256 to 259 were added together, so they lie in one file; the fourth line is about leaf 259.
    let loose = scene.path("log/receipts/001.p/000");
    let place = fs::read(&loose).unwrap().len() - 600;
    flip(&loose, place);
    let said = scene.run(&verify);
    said.fails(1, "leaf 259: envelope or salt are not those that were logged");
    assert_eq!(lines_with(&said.out, "leaf 259").len(), 1);
    flip(&loose, place);
    fs::rename(scene.path("log/tile/0/000"), scene.path("away")).unwrap();
    scene.run(&verify).fails(1, "`tile/0/000` is missing");
    let json = scene.run(&[&verify[..], &["--json"]].concat());
    let events: Vec<Value> = json.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (&events[0]["event"], &events[0]["code"]),
        (&Value::from("fault"), &Value::from("log_damaged"))
    );
    assert_eq!(json.code, 1);
}

fn recording_of(number: u64) -> (String, Vec<u8>) {
    let audio = crate::scene::recording(number);
    (pixmo_schemas::Sha256::of(&audio).to_string(), audio)
}

#[test]
fn what_was_taken_back_is_gone_from_what_is_published() {
    let (scene, _) = Scene::with_takes(258);
    let publish = ["publish", "--log", "log", "--into", "public"];
    scene.run(&publish).good();
    assert!(!scene.path("public/.private").exists(), "what is private stays");
    fs::copy(scene.path("public/checkpoint"), scene.path("kept")).unwrap();
    for leaf in ["3", "257"] {
        let words = ["log", "tombstone", "--log", "log", "--key", "receipts.pem", "--leaf", leaf];
        assert!(scene.run(&words).good().contains("was taken back as withdrawn"));
        scene.run(&words).fails(2, "is no receipt that could be taken back");
    }
    scene.run(&publish).good();
    let loose = fs::read_to_string(scene.path("public/receipts/001.p/000")).unwrap();
    assert_eq!(loose.lines().count(), 1, "the other line was taken back");
    let verify =
        ["verify", "--log", "public", "--public-key", "receipts.pem.pub", "--earlier-checkpoint", "kept"];
    let said = scene.run(&verify).good();
    assert!(said.contains("260 entries, 256 receipts") && said.contains("2 taken back"), "{said}");
    scene.run(&["show", "3", "--log", "public"]).fails(1, "the receipt of leaf 3 is not there");
    assert!(
        scene.run(&["show", "258", "--log", "public"]).good().contains("entry 3 was taken back as withdrawn")
    );
    // A log that does not continue what is shown is not published over it.
    let (other, _) = Scene::with_takes(300);
    let into = scene.path("public").display().to_string();
    let said = other.run(&["publish", "--log", "log", "--into", &into]);
    assert_eq!(said.code, 1, "{}", said.err);
    scene.run(&verify).good();
}
