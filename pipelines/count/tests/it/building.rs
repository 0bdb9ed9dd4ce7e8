//! From exported answers to a finished dataset.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use pixmo_schemas::records::{CountLineageRecord, CountRecord};
use pixmo_shards::{DatasetFolder, Location, Split, read_rows};
use serde_json::{Value, json};
use tempfile::TempDir;

struct Campaign {
    folder: TempDir,
}

fn work(assignment: &str, person: &str) -> Value {
    json!({
        "assignment": assignment, "task": 1, "status": "accepted", "person": person, "gold": false,
        "consent": { "version": "1", "scopes": ["work", "publish-text"] },
        "submitted_at": "2026-11-30T16:40:00Z", "active_secs": 31
    })
}

fn image(name: &str, split: &str) -> Value {
    let hash = format!("{:0<64}", name.bytes().map(|byte| format!("{byte:02x}")).collect::<String>());
    json!({
        "sha256": hash, "url": format!("https://images.example/{name}.jpg"), "width": 300, "height": 400,
        "cluster": hash, "split": split
    })
}

/// So many points, far from each other.
fn points(count: u32) -> Value {
    (0..count).map(|n| json!({ "x": 5.0 + f64::from(n) * 4.0, "y": 50.0 })).collect()
}

fn pointed(assignment: &str, image: Value, label: &str, count: u32) -> Value {
    json!({
        "work": work(assignment, &format!("p-{assignment}")), "image": image, "method": "counting",
        "labels": [{ "label": label, "points": points(count), "all_marked": true, "close_confirmed": false }]
    })
}

fn counted(assignment: &str, image: Value, label: &str, count: u32) -> Value {
    let person = format!("p-{assignment}");
    json!({ "work": work(assignment, &person), "image": image, "label": label, "count": count })
}

impl Campaign {
    fn new(settings: &str) -> Campaign {
        let folder = TempDir::new().unwrap();
        let data = json!(folder.path().join("data").display().to_string());
        let text =
            format!("[campaign]\nname = \"counted\"\nseed = 7\ndata = {data}\n\n[build.count]\n{settings}\n");
        fs::write(folder.path().join("campaign.toml"), text).unwrap();
        Campaign { folder }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn lines(&self, file: &str, lines: &[Value]) {
        let path = self.data().join("annotations").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(path, text).unwrap();
    }

    fn run(&self, flags: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-count"));
        command.arg("build").args(flags.split_whitespace());
        command.arg("--campaign").arg(self.folder.path().join("campaign.toml"));
        command.current_dir(self.folder.path()).output().unwrap()
    }

    #[track_caller]
    fn build(&self, flags: &str) -> Value {
        let output = self.run(flags);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let manifest = fs::read(self.data().join("shards/count/manifest.json")).unwrap();
        serde_json::from_slice(&manifest).unwrap()
    }

    /// The rows of a split with their lineage.
    fn rows(&self, split: Split) -> Vec<(CountRecord, CountLineageRecord)> {
        let location = Location::local(self.data().join("shards/count"));
        let folder = DatasetFolder::open(location.clone()).unwrap();
        let manifest = folder.manifest();
        let mut rows = Vec::new();
        let side = manifest.files_of("lineage", split);
        for (main, side) in manifest.files_of("default", split).into_iter().zip(side) {
            let main = read_rows::<CountRecord>(&location, main).unwrap().map(Result::unwrap);
            let side = read_rows::<CountLineageRecord>(&location, side).unwrap().map(Result::unwrap);
            rows.extend(main.zip(side));
        }
        rows
    }

    fn waiting(&self) -> Vec<(String, String)> {
        let text = fs::read_to_string(self.data().join("review/count/waiting.jsonl")).unwrap();
        let of = |line: &str| {
            let line: Value = serde_json::from_str(line).unwrap();
            (line["label"].as_str().unwrap().to_owned(), line["reason"].as_str().unwrap().to_owned())
        };
        text.lines().map(of).collect()
    }
}

/// What becomes a row, and what does not, for each rule.
#[test]
fn numbers_become_rows_where_two_people_agree() {
    let campaign = Campaign::new("people_min = 2");
    let test = |name: &str| image(name, "test");
    campaign.lines(
        "points/000001.jsonl",
        &[
            pointed("a-1", test("one"), "cup", 3),
            pointed("a-2", test("two"), "cup", 4),
            pointed("a-3", test("three"), "cup", 5),
            pointed("a-4", test("four"), "cup", 1),
            pointed("a-5", image("five", "train"), "cup", 3),
            pointed("a-6", image("six", "validation"), "cup", 3),
            pointed("a-7", image("six", "validation"), "Cup", 3),
            pointed("a-8", test("eight"), "cup", 3),
        ],
    );
    // The fix puts one more: whoever pointed first does not stand for four.
    campaign.lines(
        "verify-points/000001.jsonl",
        &[json!({
            "work": work("v-1", "p-v"), "image": test("eight"), "label": "cup", "of": "a-8", "given": points(3),
            "verdict": "fix", "points": points(4)
        })],
    );
    campaign.lines(
        "verify-count/000001.jsonl",
        &[
            counted("c-1", test("one"), "cup", 3),
            counted("c-2", test("two"), "cup", 5),
            counted("c-4", test("four"), "cup", 1),
            counted("c-5", image("five", "train"), "cup", 3),
            counted("c-9", test("nine"), "tree", 7),
            counted("c-10", test("nine"), "tree", 7),
            counted("c-11", test("nine"), "leaf", 7),
        ],
    );
    let manifest = campaign.build("");
    let drops = json!({ "count_unwanted": 1, "counts_differ": 1, "for_training": 1, "people_few": 3 });
    assert_eq!((&manifest["rows"], &manifest["drops"]), (&json!(3), &drops), "{manifest}");
    let seen = |split: Split| -> Vec<_> {
        let rows = campaign.rows(split).into_iter().map(|(row, lineage)| {
            assert_eq!(row.points, None);
            assert_eq!(lineage.row_id, pixmo_schemas::row_id(&row).unwrap().to_string());
            (row.label, row.count, lineage.source, lineage.people, lineage.points.map(|points| points.len()))
        });
        rows.collect()
    };
    let cup = ("cup".to_owned(), 3, "pointed".to_owned(), 2, Some(3));
    assert_eq!(seen(Split::Validation), std::slice::from_ref(&cup));
    assert_eq!(seen(Split::Test), [cup, ("tree".to_owned(), 7, "counted".to_owned(), 2, None)]);
    let waiting = campaign.waiting();
    let few = |label: &str| (label.to_owned(), "people_few".to_owned());
    let expected = [("cup".to_owned(), "counts_differ".to_owned()), few("cup"), few("cup"), few("leaf")];
    assert_eq!(waiting, expected);
}

/// Two hundred images with one to twelve things, each counted by two people.
fn many(campaign: &Campaign) {
    let (mut lines, mut counts) = (Vec::new(), Vec::new());
    for n in 0..200u32 {
        let split = if n % 2 == 0 { "validation" } else { "test" };
        let (image, label) = (|| image(&format!("image {n}"), split), format!("thing {}", n % 23));
        lines.push(pointed(&format!("a-{n}"), image(), &label, 1 + n / 2 % 12));
        counts.push(counted(&format!("c-{n}"), image(), &label, 1 + n / 2 % 12));
        // A second label of the same image.
        counts.push(counted(&format!("d-{n}"), image(), "dot", 2));
        counts.push(counted(&format!("e-{n}"), image(), "dot", 2));
    }
    campaign.lines("points/000001.jsonl", &lines);
    campaign.lines("verify-count/000001.jsonl", &counts);
}

#[test]
fn every_number_is_as_frequent_and_no_image_stands_twice() {
    let campaign = Campaign::new("rows_each = 5\nlabel_percent_max = 10.0");
    many(&campaign);
    campaign.build("--shards 4");
    for split in [Split::Validation, Split::Test] {
        let (mut counts, mut labels, mut images) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (row, _) in campaign.rows(split) {
            *counts.entry(row.count).or_insert(0) += 1;
            *labels.entry(row.label).or_insert(0) += 1;
            *images.entry(row.image_sha256).or_insert(0) += 1;
        }
        assert_eq!(counts, (2..=10).map(|count| (count, 5)).collect(), "{split}");
        assert!(labels.values().all(|rows| *rows <= 4), "{labels:?}");
        assert!(images.values().all(|rows| *rows == 1), "{images:?}");
    }
}

#[test]
fn the_same_answers_give_the_same_bytes_in_pieces_too() {
    let built = |flags: &[&str]| {
        let campaign = Campaign::new("rows_each = 5");
        many(&campaign);
        let manifests: Vec<Value> = flags.iter().map(|flags| campaign_build(&campaign, flags)).collect();
        manifests.last().unwrap()["shards"].to_string()
    };
    let whole = built(&["--shards 4 --jobs 1"]);
    assert_eq!(whole, built(&["--shards 4 --only 2", "--shards 4 --jobs 2"]));
    assert_ne!(whole, built(&["--shards 4 --seed 8"]), "the seed chooses among labels");
}

fn campaign_build(campaign: &Campaign, flags: &str) -> Value {
    let output = campaign.run(flags);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let manifest = campaign.data().join("shards/count/manifest.json");
    fs::read(manifest).map_or(Value::Null, |bytes| serde_json::from_slice(&bytes).unwrap())
}

#[test]
fn what_is_erased_later_is_made_anew_without_it() {
    let campaign = Campaign::new("");
    let image = || image("one", "test");
    campaign.lines("points/000001.jsonl", &[pointed("a-1", image(), "cup", 3)]);
    campaign.lines(
        "verify-count/000001.jsonl",
        &[counted("c-1", image(), "cup", 3), counted("c-2", image(), "cup", 3)],
    );
    assert_eq!(campaign.build("")["rows"], json!(1));
    assert_eq!(campaign.rows(Split::Test)[0].1.people, 3);
    let tombstone = |take: &str| json!({ "take": take, "kind": "verify-count", "why": "erased", "at": "2026-11-30T18:00:00Z" });
    campaign.lines("erased.jsonl", &[tombstone("c-1")]);
    assert_eq!(campaign.build("")["rows"], json!(1));
    assert_eq!(campaign.rows(Split::Test)[0].1.people, 2);
    campaign.lines("erased.jsonl", &[tombstone("c-1"), tombstone("c-2")]);
    let manifest = campaign.build("");
    assert_eq!((&manifest["rows"], &manifest["drops"]), (&json!(0), &json!({ "people_few": 1 })));
}

#[test]
fn settings_that_cannot_work_are_named() {
    let said = |settings: &str| {
        let output = Campaign::new(settings).run("");
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(said("count_min = 11").contains("`count_min` of [build.count] is 11, expected at most 10"));
    assert!(said("rows_each = 0").contains("`rows_each` of [build.count] is 0, expected 1 or more"));
    assert!(said("").contains("there are no answers in"));
}
