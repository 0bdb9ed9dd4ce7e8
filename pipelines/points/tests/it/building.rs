//! From exported answers to a finished dataset.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

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

fn image(name: &str) -> Value {
    let hash = hash_of(name);
    json!({ "sha256": hash, "url": format!("https://images.example/{name}.jpg"), "width": 300, "height": 400 })
}

/// Any 64 hexadecimal digits that belong to a name.
fn hash_of(name: &str) -> String {
    format!("{:0<64}", name.bytes().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn points(list: &[(f64, f64)]) -> Value {
    list.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect()
}

fn pointed(assignment: &str, of: &str, label: &str, list: &[(f64, f64)]) -> Value {
    json!({
        "work": work(assignment, &format!("p-{assignment}")), "image": image(of), "method": "pointing",
        "labels": [{ "label": label, "points": points(list), "all_marked": true, "close_confirmed": false }]
    })
}

impl Campaign {
    fn new() -> Campaign {
        let folder = TempDir::new().unwrap();
        let data = json!(folder.path().join("data").display().to_string());
        let text = format!("[campaign]\nname = \"pointed\"\nseed = 7\ndata = {data}\n");
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

    #[track_caller]
    fn build(&self) -> Value {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-points"));
        command.args(["build", "--shards", "1", "--campaign"]).arg(self.folder.path().join("campaign.toml"));
        let output = command.current_dir(self.folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let manifest = fs::read(self.data().join("shards/points/manifest.json")).unwrap();
        serde_json::from_slice(&manifest).unwrap()
    }

    fn waiting(&self) -> Vec<(String, String)> {
        let text = fs::read_to_string(self.data().join("review/points/waiting.jsonl")).unwrap();
        let of = |line: &str| {
            let line: Value = serde_json::from_str(line).unwrap();
            (line["label"].as_str().unwrap().to_owned(), line["reason"].as_str().unwrap().to_owned())
        };
        text.lines().map(of).collect()
    }
}

/// What becomes a row, and what does not, for each rule.
#[test]
fn answers_become_rows_or_wait_with_a_reason() {
    let campaign = Campaign::new();
    let mut gold = pointed("a-gold", "gold", "cup", &[(1.0, 1.0)]);
    gold["work"]["gold"] = json!(true);
    let mut rejected = pointed("a-rejected", "rejected", "cup", &[(1.0, 1.0)]);
    rejected["work"]["status"] = json!("rejected");
    let mut held = pointed("a-held", "held", "cup", &[(1.0, 1.0)]);
    held["image"]["split"] = json!("test");
    campaign.lines(
        "points/000001.jsonl",
        &[
            pointed("a-1", "one", "Cup", &[(10.0, 10.0), (50.0, 50.0)]),
            pointed("a-2", "one", "cup", &[(50.5, 50.0), (10.0, 10.5)]),
            pointed("a-3", "two", "dog", &[(10.0, 10.0)]),
            pointed("a-4", "two", "cat", &[(10.0, 10.0)]),
            pointed("a-5", "two", "tree", &[(10.0, 10.0)]),
            pointed("a-6", "two", "near", &[(10.0, 10.0), (10.0, 10.1)]),
            pointed("a-7", "two", "far", &[(10.0, 10.0)]),
            pointed("a-8", "two", "far", &[(90.0, 10.0)]),
            pointed("a-9", "two", "wrong", &[(90.0, 10.0)]),
            pointed("a-10", "two", "erased", &[(90.0, 10.0)]),
            gold,
            rejected,
            held,
        ],
    );
    campaign.lines(
        "verify-count/000001.jsonl",
        &[
            json!({ "work": work("c-1", "p-c"), "image": image("two"), "label": "dog", "count": 1 }),
            json!({ "work": work("c-2", "p-c"), "image": image("two"), "label": "cat", "count": 3 }),
            json!({ "work": work("c-3", "p-c"), "image": image("two"), "label": "bulb", "count": 2 }),
        ],
    );
    let looked = |assignment: &str, of: &str, label: &str, verdict: &str| {
        json!({
            "work": work(assignment, "p-v"), "image": image("two"), "label": label, "of": of,
            "given": points(&[(10.0, 10.0)]), "verdict": verdict
        })
    };
    let mut fixed = looked("v-1", "a-5", "tree", "fix");
    fixed["points"] = points(&[(20.0, 20.0), (30.0, 30.0)]);
    campaign.lines("verify-points/000001.jsonl", &[fixed, looked("v-2", "a-9", "wrong", "reject")]);
    let absent = |assignment: &str, label: &str, verdict: &str| {
        json!({
            "work": work(assignment, "p-n"), "image": image("two"), "label": label,
            "source": "attribute_swap", "verdict": verdict
        })
    };
    campaign.lines(
        "not-present/000001.jsonl",
        &[
            absent("n-1", "red dog", "absent"),
            absent("n-2", "dogma", "unsure"),
            absent("n-3", "lamp", "present"),
        ],
    );
    campaign.lines(
        "erased.jsonl",
        &[json!({ "take": "a-10", "kind": "points", "why": "withdrawn", "at": "2026-11-30T18:00:00Z" })],
    );
    let manifest = campaign.build();
    let drops = json!({
        "counts_differ": 1, "gold": 1, "held_out": 1, "nothing_accepted": 2, "only_counted": 1, "points_close": 1,
        "points_differ": 1, "present_unmarked": 1, "unsure": 1, "verified_wrong": 1
    });
    assert_eq!((&manifest["rows"], &manifest["drops"]), (&json!(4), &drops), "{manifest}");
    let counted = |name: &str| manifest["counters"][name].as_u64().unwrap_or_default();
    let names = ["points", "rows_without_points", "verified_agreed", "verified_counted", "verified_fixed"];
    assert_eq!(names.map(counted), [5, 1, 1, 1, 1], "{manifest}");
    let waiting = campaign.waiting();
    let expected = [
        ("cat", "counts_differ"),
        ("near", "points_close"),
        ("far", "points_differ"),
        ("wrong", "verified_wrong"),
        ("dogma", "unsure"),
        ("lamp", "present_unmarked"),
        ("bulb", "only_counted"),
    ];
    assert_eq!(waiting, expected.map(|(label, reason)| (label.to_owned(), reason.to_owned())));
}

#[test]
fn the_same_answers_give_the_same_bytes() {
    let lines = [pointed("a-1", "one", "cup", &[(10.0, 10.0)]), pointed("a-2", "two", "cup", &[])];
    let hashes = [(); 2].map(|()| {
        let campaign = Campaign::new();
        campaign.lines("points/000001.jsonl", &lines);
        let manifest = campaign.build();
        manifest["shards"].to_string()
    });
    assert_eq!(hashes[0], hashes[1]);
}

#[test]
fn a_line_that_is_none_is_named() {
    let campaign = Campaign::new();
    campaign.lines("points/000001.jsonl", &[pointed("a-1", "one", "cup", &[(10.0, 101.0)])]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-points"));
    command.args(["build", "--campaign"]).arg(campaign.folder.path().join("campaign.toml"));
    let output = command.current_dir(campaign.folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && said.contains("line 1 of") && said.contains("labels.points"),
        "{said}"
    );
    assert!(!campaign.data().join("shards").exists());
}
