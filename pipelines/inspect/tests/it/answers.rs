//! Datasets that are made of answers: rows against their lineage, masks in both forms, erased people, images on both sides.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;
use pixmo_inspect::tables::configs;
use pixmo_schemas::records::{
    CountLineageRecord, CountRecord, Point, PointsEvalRecord, PointsEvalRleRecord, PointsLineageRecord,
    PointsRecord,
};
use pixmo_schemas::{Dataset, Sha256, row_id};
use pixmo_shards::{Begun, Card, FileEntry, Location, Manifest, Sidecar, Split, schema_version};
use serde_json::json;

use crate::small::write;

const MASK: &str = "=33000a0";

struct Data {
    folder: tempfile::TempDir,
}

/// Rows of `points` with their lineage, before they are written.
type Rows = Vec<(PointsRecord, PointsLineageRecord)>;

fn sha256(name: &str) -> Sha256 {
    Sha256::of(name.as_bytes())
}

fn lineage(image: &str, label: &str, row_id: String) -> PointsLineageRecord {
    PointsLineageRecord {
        row_id,
        image_sha256: sha256(image).to_string(),
        image_url: format!("https://images.example/{image}"),
        label: label.to_owned(),
        image_width: 8,
        image_height: 6,
        image_cluster: None,
        source: "pointed".to_owned(),
        assignments: vec![format!("a-{image}-{label}")],
        persons: vec!["p-1".to_owned()],
        submitted_at: vec!["2026-11-30T16:40:00Z".to_owned()],
        verified: "accepted".to_owned(),
        verifiers: vec!["p-2".to_owned()],
        agreement_f1: None,
        close_confirmed: false,
        code_version: "0.1.0".to_owned(),
    }
}

fn pointed(image: &str, label: &str, points: usize) -> (PointsRecord, PointsLineageRecord) {
    let place = |n: usize| Point { x: 8.0 * n as f64, y: 50.0 };
    let row = PointsRecord {
        image_url: format!("https://images.example/{image}"),
        image_sha256: sha256(image),
        points: (0..points).map(place).collect(),
        count: points as i64,
        label: label.to_owned(),
        collection_method: "pointing".to_owned(),
    };
    let id = row_id(&row).unwrap().to_string();
    (row, lineage(image, label, id))
}

fn points() -> Rows {
    let mut rows: Rows = (0..9).map(|n| pointed("one", &format!("label {n}"), n)).collect();
    rows.push(pointed("two", "cup", 12));
    rows
}

impl Data {
    fn new() -> Data {
        Data { folder: tempfile::tempdir().unwrap() }
    }

    fn location(&self, dataset: Dataset) -> Location {
        let location = Location::local(self.folder.path().join(format!("shards/{dataset}")));
        fs::create_dir_all(location.local_folder().unwrap()).unwrap();
        location
    }

    /// Ends a dataset of one shard with these files.
    fn publish(&self, dataset: Dataset, rows: u64, files: Vec<FileEntry>) {
        let (location, specs) = (self.location(dataset), configs(dataset));
        let begun = Begun {
            dataset: dataset.slug().to_owned(),
            shards: 1,
            seed: 7,
            limit: None,
            code_version: env!("CARGO_PKG_VERSION").to_owned(),
            schema_version: schema_version(&specs),
            settings: json!({}),
        };
        let mut sidecar = Sidecar::new(&begun, 0);
        (sidecar.rows, sidecar.tasks, sidecar.files) = (rows, rows, files);
        let sidecars = [sidecar];
        let template = "# {{public_name}}\n";
        let card = Card { template, dataset, build: &begun, configs: &specs, sidecars: &sidecars };
        let card = card.render().unwrap();
        let manifest = Manifest::derive(&begun, &sidecars, card.as_bytes()).unwrap();
        location.put_atomic(&sidecars[0].path(), &sidecars[0].to_bytes()).unwrap();
        location.put_atomic("README.md", card.as_bytes()).unwrap();
        location.put_atomic("manifest.json", &manifest.to_bytes()).unwrap();
        fs::remove_dir_all(location.local_folder().unwrap().join(".work")).unwrap();
    }

    fn points(&self, rows: Rows) {
        let (location, specs) = (self.location(Dataset::Points), configs(Dataset::Points));
        let count = rows.len() as u64;
        let (main, side): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let part = ("default", Split::Train, 0, 1, count);
        let files = vec![write(&location, &specs[0], &part, main), write(&location, &specs[1], &part, side)];
        self.publish(Dataset::Points, count, files);
    }

    fn count(&self, images: &[&str], change: impl Fn(&mut CountRecord, &mut CountLineageRecord)) {
        let (location, specs) = (self.location(Dataset::Count), configs(Dataset::Count));
        let row = |image: &&str| {
            let (from, of) = pointed(image, "cup", 3);
            let mut row = CountRecord {
                image_url: from.image_url,
                image_sha256: from.image_sha256,
                count: 3,
                points: None,
                label: from.label,
            };
            let mut side = CountLineageRecord {
                row_id: row_id(&row).unwrap().to_string(),
                image_sha256: of.image_sha256,
                image_url: of.image_url,
                label: of.label,
                image_width: 8,
                image_height: 6,
                image_cluster: None,
                source: "pointed".to_owned(),
                points: Some(from.points),
                assignments: of.assignments,
                persons: of.persons,
                submitted_at: of.submitted_at,
                verifiers: of.verifiers,
                people: 2,
                agreement_f1: None,
                code_version: "0.1.0".to_owned(),
            };
            change(&mut row, &mut side);
            (row, side)
        };
        let (main, side): (Vec<_>, Vec<_>) = images.iter().map(row).unzip();
        let count = main.len() as u64;
        let part = ("default", Split::Test, 0, 1, count);
        let files = vec![write(&location, &specs[0], &part, main), write(&location, &specs[1], &part, side)];
        self.publish(Dataset::Count, count, files);
    }

    fn points_eval(&self, change: impl Fn(&mut PointsEvalRecord, &mut PointsEvalRleRecord)) {
        let (location, specs) = (self.location(Dataset::PointsEval), configs(Dataset::PointsEval));
        let inside = |x: usize, y: usize| (2..5).contains(&x) && (1..4).contains(&y);
        let mut row = PointsEvalRecord {
            image_url: "https://images.example/three".to_owned(),
            image_sha256: sha256("three"),
            label: "cup".to_owned(),
            points: vec![Point { x: 40.0, y: 40.0 }],
            masks: vec![(0..6).map(|y| (0..8).map(|x| inside(x, y)).collect()).collect()],
        };
        let mut rle = PointsEvalRleRecord {
            row_id: String::new(),
            image_sha256: row.image_sha256.to_string(),
            image_url: row.image_url.clone(),
            label: row.label.clone(),
            height: 6,
            width: 8,
            counts: vec![MASK.to_owned()],
        };
        change(&mut row, &mut rle);
        rle.row_id = row_id(&row).unwrap().to_string();
        let side = lineage("three", "cup", rle.row_id.clone());
        let part = ("default", Split::Test, 0, 1, 1);
        let files = vec![
            write(&location, &specs[0], &part, vec![row]),
            write(&location, &specs[1], &part, vec![rle]),
            write(&location, &specs[2], &part, vec![side]),
        ];
        self.publish(Dataset::PointsEval, 1, files);
    }

    fn write(&self, name: &str, text: &str) {
        let path: PathBuf = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What the program says, and how it ends.
    fn said(&self, line: &str) -> (Option<i32>, String) {
        let mut command = Command::cargo_bin("pixmo-inspect").unwrap();
        command.args(line.split_whitespace()).args(["--data", ".", "--progress", "none"]);
        let output = command.current_dir(self.folder.path()).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    }

    #[track_caller]
    fn is_good(&self, line: &str) {
        let (code, text) = self.said(line);
        assert!(code == Some(0) && text.contains("all good"), "{text}");
    }

    #[track_caller]
    fn is_bad(&self, line: &str, expected: &[&str]) {
        let (code, text) = self.said(line);
        assert_eq!(code, Some(1), "{text}");
        for what in expected {
            assert!(text.contains(what), "{what}: {text}");
        }
        let damages = match expected.len() {
            1 => "1 damage".to_owned(),
            n => format!("{n} damages"),
        };
        assert!(text.contains(&damages), "{damages}: {text}");
    }
}

#[test]
fn a_good_set_of_each_is_all_good() {
    let data = Data::new();
    data.points(points());
    data.count(&["three", "four"], |_, _| {});
    data.points_eval(|_, _| {});
    for dataset in ["points", "count", "points-eval"] {
        data.is_good(&format!("verify {dataset}"));
    }
}

#[test]
fn rows_are_held_to_their_lineage() {
    let data = Data::new();
    let mut rows = points();
    rows[1].1.label = "another".to_owned();
    rows[2].1.image_url = "https://elsewhere.example/".to_owned();
    rows[3].1.row_id = "0".repeat(64);
    rows[4].0.points[1] = rows[4].0.points[0];
    rows[4].1.row_id = row_id(&rows[4].0).unwrap().to_string();
    rows.push(pointed("one", "LABEL  5", 5));
    data.points(rows);
    data.is_bad(
        "verify points",
        &[
            "row 1 (",
            "row 2 (",
            "`row_id` is `000",
            "two points are both at 0, 50",
            "its `image_sha256` with its `label` is that of row 5 of",
        ],
    );
}

#[test]
fn nobody_who_was_erased_is_in_a_row() {
    let data = Data::new();
    data.points(points());
    let tombstone = |take: &str, why: &str| {
        format!(
            "{{\"take\":\"{take}\",\"kind\":\"points\",\"why\":\"{why}\",\"at\":\"2026-11-30T18:00:00Z\"}}\n"
        )
    };
    data.write("annotations/erased.jsonl", &tombstone("a-one-label 3", "withdrawn"));
    data.is_bad("verify points", &["answer `a-one-label 3` was withdrawn"]);
    // Somebody whose answer was erased must not stand anywhere, and here stands as whoever looked.
    data.write("annotations/erased.jsonl", &tombstone("v-7", "erased"));
    data.write(
        "annotations/verify-points/000001.jsonl",
        "{\"work\":{\"assignment\":\"v-7\",\"person\":\"p-2\"},\"image\":{}}\n",
    );
    let (code, text) = data.said("verify points");
    assert!(code == Some(1) && text.contains("`p-2` was erased") && text.contains("10 damages"), "{text}");
}

#[test]
fn no_image_is_on_both_sides() {
    let data = Data::new();
    data.points(points());
    data.count(&["one"], |_, _| {});
    data.is_bad("verify count", &["its image is measured with here, and learned from in `points`"]);
    let (code, text) = data.said("verify points");
    assert!(code == Some(1) && text.contains("learned from here, and measured with in `count`"), "{text}");
}

#[test]
fn numbers_are_held_to_their_points() {
    let data = Data::new();
    data.count(&["three"], |row, side| {
        row.count = 4;
        side.row_id = row_id(row).unwrap().to_string();
    });
    data.is_bad("verify count", &["3 points, the row in `data/test-00000-of-00001.parquet` counts 4"]);
}

#[test]
fn masks_are_held_to_run_lengths_and_points() {
    let data = Data::new();
    data.points_eval(|row, _| row.masks[0][5][7] = true);
    data.is_bad("verify points-eval", &["mask 0 is another one as run lengths than as pixels"]);
    let data = Data::new();
    data.points_eval(|row, _| row.points[0].x = 90.0);
    data.is_bad("verify points-eval", &["point 0 is not in its mask"]);
}

#[test]
fn what_is_in_them_is_counted_beside_the_paper() {
    let data = Data::new();
    data.points(points());
    data.count(&["three", "four"], |_, _| {});
    data.points_eval(|_, _| {});
    let lines =
        ["stats points", "stats count", "stats points-eval", "stats points --json", "stats count --json"];
    let said = lines.map(|line| {
        // Progress tells the time that has gone by.
        let is_progress = |line: &&str| line.contains("\"elapsed_ms\"");
        let text: String = data
            .said(line)
            .1
            .lines()
            .filter(|line| !is_progress(line))
            .map(|line| format!("{line}\n"))
            .collect();
        format!("$ {line}\n{text}\n")
    });
    insta::assert_snapshot!(said.concat());
}
