//! What somebody asked to be removed is gone from rows, originals and looks, and from every older copy that gets the list.

use std::path::Path;

use pixmo_images::dedup::{self, DedupArgs};
use pixmo_images::takedown::{self, TOMBSTONES, TakedownArgs};
use pixmo_schemas::records::ImageRecord;
use pixmo_shards::{DatasetFolder, Location};
use serde_json::json;

use crate::drawn::{Data, content, copy, draw, jpeg, told};

/// Six pictures in an archive, with their addresses.
fn intake(data: &Data) -> Vec<Vec<u8>> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut add = |name: &str, content: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, content).unwrap();
    };
    let mut pictures = Vec::new();
    for seed in 0..6u64 {
        let bytes = jpeg(&draw(seed + 31, 320, 240), 90);
        add(&format!("{seed}.jpg"), &bytes);
        let about = json!({"url": format!("https://images.example/{seed}.jpg"), "n": seed});
        add(&format!("{seed}.json"), about.to_string().as_bytes());
        pictures.push(bytes);
    }
    data.file("set/0.tar", &builder.into_inner().unwrap());
    data.import("set", 2);
    pictures
}

fn rows_in(folder: &Path) -> Vec<ImageRecord> {
    let folder = DatasetFolder::open(Location::local(folder)).unwrap();
    let files: Vec<_> = folder.manifest().files().cloned().collect();
    files.iter().flat_map(|file| folder.rows::<ImageRecord>(file).unwrap().map(Result::unwrap)).collect()
}

fn args(data: &Data) -> TakedownArgs {
    let mut args = TakedownArgs { reason: "asked by its author".to_owned(), ..TakedownArgs::default() };
    args.place.campaign = Some(data.campaign());
    args
}

fn left(data: &Data) -> Vec<String> {
    let rows = rows_in(&data.path("data/shards/images"));
    rows.into_iter().map(|row| row.address.unwrap_or_default()).collect()
}

#[test]
fn rows_go_by_address_hash_and_likeness_and_originals_with_them() {
    let data = Data::new();
    let pictures = intake(&data);
    told(|console| {
        dedup::run(&DedupArgs { campaign: Some(data.campaign()), ..DedupArgs::default() }, console)
    })
    .unwrap();
    assert_eq!(left(&data).len(), 6);
    assert_eq!(content(&data.path("data/images")).len(), 6);

    let by_address =
        TakedownArgs { address: vec!["https://images.example/1.jpg#top".to_owned()], ..args(&data) };
    told(|console| takedown::run(&by_address, console)).unwrap();
    assert!(!left(&data).contains(&"https://images.example/1.jpg".to_owned()));

    use sha2::Digest as _;
    let hash = hex::encode(sha2::Sha256::digest(&pictures[2]));
    let by_hash = TakedownArgs { hash: vec![hash.to_uppercase()], ..args(&data) };
    told(|console| takedown::run(&by_hash, console)).unwrap();

    // A worse copy of the picture is enough.
    let near = data.file("near.jpg", &jpeg(&draw(3 + 31, 320, 240), 50));
    let by_likeness = TakedownArgs { near: vec![near], ..args(&data) };
    let captured = told(|console| takedown::run(&by_likeness, console)).unwrap();
    assert!(captured.stderr().contains("1 row taken down"), "{}", captured.stderr());
    assert_eq!(left(&data), ["0", "4", "5"].map(|n| format!("https://images.example/{n}.jpg")));
    assert_eq!(content(&data.path("data/images")).len(), 3);
    let looks = std::fs::read(data.path("data/cache/looks.bin")).unwrap();
    let sha256 = sha2::Sha256::digest(&pictures[2]);
    assert!(!looks.windows(32).any(|window| window == sha256.as_slice()));

    let list = std::fs::read_to_string(data.path("data/shards/images").join(TOMBSTONES)).unwrap();
    assert!(list.contains("https://images.example/1.jpg\t") && list.contains(&hash), "{list}");
    // A run that finds nothing changes nothing.
    let before = content(&data.path("data/shards/images"));
    told(|console| takedown::run(&by_hash, console)).unwrap();
    assert_eq!(content(&data.path("data/shards/images")), before);
}

#[test]
fn a_list_applied_to_an_old_copy_gives_the_new_release() {
    let data = Data::new();
    intake(&data);
    let (new, old) = (data.path("data/shards/images"), data.path("copy/images"));
    copy(&new, &old);
    let asked = TakedownArgs {
        address: vec!["https://images.example/0.jpg".to_owned(), "https://images.example/5.jpg".to_owned()],
        ..args(&data)
    };
    told(|console| takedown::run(&asked, console)).unwrap();
    assert_ne!(content(&new), content(&old));
    let mut apply = TakedownArgs { apply: Some(new.join(TOMBSTONES)), ..args(&data) };
    apply.place.into = Some(old.display().to_string());
    apply.place.store = Some(data.path("copy/originals").display().to_string());
    told(|console| takedown::run(&apply, console)).unwrap();
    let (new, old) = (content(&new), content(&old));
    let names =
        |content: &[(String, Vec<u8>)]| content.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&new), names(&old));
    assert!(new == old, "the same files differ");
}

#[test]
fn what_was_taken_down_does_not_come_back_with_the_next_run() {
    let data = Data::new();
    intake(&data);
    let asked = TakedownArgs { address: vec!["https://images.example/3.jpg".to_owned()], ..args(&data) };
    told(|console| takedown::run(&asked, console)).unwrap();
    data.import("set", 2);
    assert_eq!(left(&data).len(), 5);
    assert!(!left(&data).contains(&"https://images.example/3.jpg".to_owned()));
}

#[test]
fn what_cannot_be_taken_down_is_said() {
    let data = Data::new();
    intake(&data);
    let failure = |args: &TakedownArgs| told(|console| takedown::run(args, console)).unwrap_err();
    let flat = data.file("flat.jpg", &jpeg(&pixmo_pictures::shrink(&flat(), 64), 90));
    for wrong in [
        args(&data),
        TakedownArgs { hash: vec!["abc".to_owned()], ..args(&data) },
        TakedownArgs { address: vec!["images/1.jpg".to_owned()], ..args(&data) },
        TakedownArgs { near: vec![flat], ..args(&data) },
        TakedownArgs { near: vec![data.path("none.jpg")], ..args(&data) },
        TakedownArgs { apply: Some(data.file("junk", b"junk")), ..args(&data) },
        TakedownArgs { reason: "two\nlines".to_owned(), hash: vec!["a".repeat(64)], ..args(&data) },
    ] {
        let failure = failure(&wrong);
        assert_eq!(failure.kind.exit_code(), 2, "{failure}");
    }
    assert_eq!(left(&data).len(), 6);
}

fn flat() -> pixmo_pictures::Decoded {
    let mut picture = draw(1, 64, 64);
    picture.pixels.fill(90);
    picture
}
