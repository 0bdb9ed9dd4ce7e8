//! From rows to clusters: planted copies are found, other pictures are kept, benchmarks hold out, and the result is the
//! same however it is made.

use std::collections::BTreeMap;

use pixmo_images::dedup::{self, DedupArgs};
use pixmo_images::hash::{self, HashArgs};
use pixmo_pictures::shrink;
use pixmo_schemas::records::ImageClusterRecord;
use pixmo_shards::{DatasetFolder, Location};

use crate::drawn::{Data, content, cropped, draw, jpeg, mirrored, told};

/// Eight pictures, and copies of five of them.
fn planted(data: &Data) {
    for seed in 0..8u64 {
        let picture = draw(seed + 1, 480, 360);
        let bytes = jpeg(&picture, 92);
        data.file(&format!("set/{seed}.jpg"), &bytes);
        let copy = match seed {
            0 => jpeg(&picture, 40),
            1 => jpeg(&shrink(&picture, 200), 85),
            2 => jpeg(&mirrored(&picture), 90),
            3 => jpeg(&cropped(&picture, 12, 9, 12, 9), 90),
            4 => bytes,
            _ => continue,
        };
        data.file(&format!("set/{seed}-copy.jpg"), &copy);
    }
}

fn rows_in(folder: &std::path::Path) -> Vec<ImageClusterRecord> {
    let folder = DatasetFolder::open(Location::local(folder)).unwrap();
    let files: Vec<_> = folder.manifest().files().cloned().collect();
    files
        .iter()
        .flat_map(|file| folder.rows::<ImageClusterRecord>(file).unwrap().map(Result::unwrap))
        .collect()
}

fn args(data: &Data) -> DedupArgs {
    DedupArgs { campaign: Some(data.campaign()), ..DedupArgs::default() }
}

#[test]
fn planted_copies_are_found_and_others_are_kept() {
    let data = Data::new();
    planted(&data);
    data.import("set", 2);
    let captured = told(|console| dedup::run(&args(&data), console)).unwrap();
    let rows = rows_in(&data.path("data/shards/image-clusters"));
    // The copy with the same bytes is the same image.
    assert_eq!(rows.len(), 12);
    let mut relations: BTreeMap<&str, u64> = BTreeMap::new();
    rows.iter().for_each(|row| *relations.entry(&row.relation).or_insert(0) += 1);
    let expected = [("crop", 1), ("mirror", 1), ("near", 2), ("self", 8)];
    assert_eq!(relations, expected.into(), "{}", captured.stdout());
    for row in &rows {
        let of_cluster = || rows.iter().filter(|other| other.cluster == row.cluster);
        assert_eq!(of_cluster().filter(|other| other.kept).count(), 1);
        assert!(of_cluster().all(|other| other.split == row.split));
        assert_eq!(of_cluster().map(|other| &other.image_sha256).min(), Some(&row.cluster));
    }
    assert!(captured.stdout().contains("clusters of several"), "{}", captured.stdout());
    let again = told(|console| dedup::run(&args(&data), console)).unwrap();
    assert!(again.stderr().contains("nothing has changed") && !again.stderr().contains("looking at"));
}

#[test]
fn benchmarks_hold_out_whole_clusters() {
    let data = Data::new();
    planted(&data);
    data.import("set", 1);
    // A copy of the shrunk picture's original, as a benchmark may have it, and the one that was mirrored.
    data.file("benchmark/a.jpg", &jpeg(&shrink(&draw(2, 480, 360), 300), 70));
    data.file("benchmark/b.jpg", &jpeg(&mirrored(&draw(7, 480, 360)), 70));
    data.file("benchmark/broken.jpg", b"not a picture");
    let hash = HashArgs {
        folder: data.path("benchmark"),
        name: "bench-test".to_owned(),
        output: data.path("bench.hashes"),
        benchmark_version: "1".to_owned(),
        licence: "unknown".to_owned(),
        source: "here".to_owned(),
        with_names: true,
        ..HashArgs::default()
    };
    let captured = told(|console| hash::run(&hash, console)).unwrap();
    assert!(
        captured.stderr().contains("broken.jpg") && captured.stderr().contains("2 pictures"),
        "{}",
        captured.stderr()
    );
    assert!(!data.path("bench.work").exists());
    let list = std::fs::read_to_string(data.path("bench.hashes")).unwrap();
    assert!(list.starts_with("#pixmo-hashes 1\n#name bench-test\n") && list.contains("\ta.jpg"), "{list}");

    let args = DedupArgs { against: vec![data.path("bench.hashes")], ..args(&data) };
    let captured = told(|console| dedup::run(&args, console)).unwrap();
    let rows = rows_in(&data.path("data/shards/image-clusters"));
    let held: Vec<_> = rows.iter().filter(|row| row.held_out_by.is_some()).collect();
    // The original, its copy, and the picture that the benchmark mirrors.
    assert_eq!(held.len(), 3, "{}", captured.stdout());
    assert!(held.iter().all(|row| row.split == "test" && row.held_out_by.as_deref() == Some("bench-test")));
    assert!(captured.stdout().contains("list: bench-test"), "{}", captured.stdout());
}

#[test]
fn the_result_is_the_same_for_any_number_of_threads_and_shards_of_images() {
    let data = Data::new();
    planted(&data);
    data.import("set", 3);
    let into = |name: &str, jobs| {
        let into = Some(data.path(name).display().to_string());
        let args = DedupArgs { into, jobs: Some(jobs), ..args(&data) };
        told(|console| dedup::run(&args, console)).unwrap();
        content(&data.path(name))
    };
    let one = into("one", 1);
    std::fs::remove_file(data.path("data/cache/looks.bin")).unwrap();
    assert_eq!(one, into("three", 3));
    assert!(
        one.iter().any(|(name, _)| name == "manifest.json")
            && one.iter().any(|(name, _)| name == "README.md")
    );
}

#[test]
fn what_cannot_be_clustered_is_said() {
    let data = Data::new();
    let failure = told(|console| dedup::run(&args(&data), console)).unwrap_err();
    assert_eq!(failure.kind.exit_code(), 2, "{failure}");
    planted(&data);
    data.import("set", 1);
    let args = DedupArgs { against: vec![data.file("junk.hashes", b"junk")], ..args(&data) };
    let failure = told(|console| dedup::run(&args, console)).unwrap_err();
    assert_eq!(failure.kind.exit_code(), 2, "{failure}");
    // An image without its original is compared by its bytes alone.
    std::fs::remove_dir_all(data.path("data/images")).unwrap();
    let args = DedupArgs { against: Vec::new(), ..args };
    told(|console| dedup::run(&args, console)).unwrap();
    assert!(rows_in(&data.path("data/shards/image-clusters")).iter().all(|row| row.kept));
}
