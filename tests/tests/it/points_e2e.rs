//! `points`, `count` and `points-eval` from end to end: exported answers, the real programs, and Python that reads what they
//! wrote.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::time::Duration;

use pixmo_schemas::Sha256;
use serde_json::{Value, json};

use crate::program::{Said, run};
use crate::python::{all_right, script};
use crate::site::{Site, contents, differing};

const WIDTH: u32 = 40;
const HEIGHT: u32 = 30;
/// Images of each split.
const IMAGES: u32 = 60;

fn pixmo(site: &Site, line: &str) -> Said {
    run(site.pixmo(line).args(["--progress", "none"]))
}

fn image(name: &str, split: &str) -> Value {
    let hash = Sha256::of(name.as_bytes());
    json!({
        "sha256": hash, "url": format!("https://images.example/{name}.jpg"), "width": WIDTH, "height": HEIGHT,
        "cluster": hash, "split": split
    })
}

fn work(assignment: &str, person: u32) -> Value {
    json!({
        "assignment": assignment, "task": 1, "status": "accepted", "person": format!("p-{person}"), "gold": false,
        "consent": { "version": "1", "scopes": ["work", "publish-text"] },
        "submitted_at": "2026-11-30T16:40:00Z", "active_secs": 31
    })
}

fn points(count: u32) -> Value {
    (0..count).map(|n| json!({ "x": 4.0 + f64::from(n) * 9.0, "y": 50.0 })).collect()
}

fn write(site: &Site, name: &str, lines: &[Value]) {
    let path = site.path("data/annotations").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a temporary folder");
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(path, text).expect("a temporary folder");
}

/// Run lengths of upright bars around points, in the order of COCO, as a list.
fn bar(n: u32) -> Value {
    let left = ((0.04 + f64::from(n) * 0.09) * f64::from(WIDTH)).round_ties_even() as u32;
    json!({ "size": [HEIGHT, WIDTH], "counts": [left * HEIGHT, HEIGHT, (WIDTH - left - 1) * HEIGHT] })
}

/// Answers about images of all splits, and masks of those that measure.
fn site() -> Site {
    let site = Site::new("");
    let settings = "[campaign]\nname = \"tests\"\nseed = 7\n\n[build.count]\nrows_each = 5\n\n\
        [build.points-eval]\nmasks = \"masks\"\n";
    site.write("campaign.toml", settings.as_bytes());
    let (mut pointed, mut looked, mut counted, mut absent) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut images, mut masks) = (Vec::new(), Vec::new());
    for (at, split) in (0..).zip(["train", "validation", "test"]) {
        for n in 0..IMAGES {
            let (of, count) = (format!("{split}-{n}"), 1 + n % 11);
            let image = || image(&of, split);
            let label = format!("Thing {}", n % 31);
            let given = points(count);
            pointed.push(json!({
                "work": work(&format!("a-{of}"), n % 7), "image": image(), "method": "counting",
                "labels": [
                    { "label": label, "points": given, "all_marked": true, "close_confirmed": false },
                    { "label": "sky", "points": points(1), "all_marked": true, "close_confirmed": false },
                ]
            }));
            // One in five is corrected: a point more, or one less.
            let is_fixed = n % 5 == 0;
            let mut verdict = json!({
                "work": work(&format!("v-{of}"), 10 + n % 3), "image": image(), "label": label.to_lowercase(),
                "of": format!("a-{of}"), "given": given, "verdict": if is_fixed { "fix" } else { "accept" }
            });
            let stands = if is_fixed { (count + 1).min(10) } else { count };
            if is_fixed {
                verdict["points"] = points(stands);
            }
            looked.push(verdict);
            if n % 3 == 0 {
                counted.push(json!({
                    "work": work(&format!("c-{of}"), 20), "image": image(), "label": label, "count": stands
                }));
            }
            for asked in 0..2 {
                absent.push(json!({
                    "work": work(&format!("n-{of}-{asked}"), 30 + asked), "image": image(), "label": "unicorn",
                    "source": "co_occurring", "verdict": "absent"
                }));
            }
            if split == "test" {
                let id = at * IMAGES + n;
                images.push(json!({ "id": id, "file_name": format!("{}.jpg", Sha256::of(of.as_bytes())) }));
                // From the right, so that they stand in another order than the points.
                masks.extend((0..stands).rev().map(
                    |bar_of| json!({ "image_id": id, "category_id": n % 31, "segmentation": bar(bar_of) }),
                ));
            }
        }
    }
    write(&site, "points/000001.jsonl", &pointed);
    write(&site, "verify-points/000001.jsonl", &looked);
    write(&site, "verify-count/000001.jsonl", &counted);
    write(&site, "not-present/000001.jsonl", &absent);
    let tombstone = json!({
        "take": "a-train-1", "kind": "points", "why": "withdrawn", "at": "2026-11-30T18:00:00Z"
    });
    write(&site, "erased.jsonl", &[tombstone]);
    let categories: Vec<Value> = (0..31).map(|n| json!({ "id": n, "name": format!("thing {n}") })).collect();
    let coco = json!({ "images": images, "annotations": masks, "categories": categories });
    fs::create_dir_all(site.path("masks")).expect("a temporary folder");
    site.write("masks/instances.json", coco.to_string().as_bytes());
    site
}

#[test]
fn answers_become_three_sets_that_others_load() {
    let (site, again) = (site(), site());
    for (dataset, check, told) in [
        ("points", "check_points.py", "of points with"),
        ("count", "check_count.py", "of count in test and validation"),
        ("points-eval", "check_points_eval.py", "of points-eval with"),
    ] {
        let build = format!("build {dataset} --campaign campaign.toml --shards 3");
        pixmo(&site, &build).expect(0);
        let said = pixmo(&site, &format!("verify {dataset}")).expect(0);
        assert!(said.stderr.contains("all good"), "{said}");
        pixmo(&site, &format!("stats {dataset}")).expect(0);
        let folder = site.path("data/shards").join(dataset);
        for (environment, release) in [("datasets-3.1", "3.1.0"), ("datasets-5.2", "5.2.0")] {
            let annotations = site.path("data/annotations");
            let said = all_right(script(environment, check).arg(&folder).arg(annotations));
            assert!(
                said.stdout.contains(&format!("datasets {release}")) && said.stdout.contains(told),
                "{said}"
            );
        }
        // Other workers, and a build that goes on after a part of it, give the same bytes.
        pixmo(&again, &format!("{build} --jobs 1 --only 1")).expect(0);
        pixmo(&again, &format!("{build} --jobs 1")).expect(0);
        let other = contents(&again.path("data/shards").join(dataset));
        assert_eq!(differing(&contents(&folder), &other), BTreeSet::new(), "{dataset}");
    }
}

#[test]
fn a_build_that_is_killed_goes_on_to_the_same_bytes() {
    let expected = site();
    let build = "build points-eval --campaign campaign.toml --shards 3";
    pixmo(&expected, build).expect(0);
    let expected = contents(&expected.path("data/shards/points-eval"));
    let site = site();
    let mut kills = 0;
    for pause in (1..).map(|step| Duration::from_millis(10 * step)) {
        let mut child = site
            .pixmo(build)
            .args(["--progress", "none", "--jobs", "1"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(pause);
        child.kill().expect("it can be killed");
        if child.wait().expect("it ended").success() {
            break;
        }
        kills += 1;
        // What has its name is whole at any time.
        for (name, content) in contents(&site.path("data/shards/points-eval")) {
            assert!(expected.get(&name) == Some(&content), "after {kills} kills: {name}");
        }
    }
    assert!(kills > 2, "the build ended before it was killed");
    assert_eq!(differing(&expected, &contents(&site.path("data/shards/points-eval"))), BTreeSet::new());
}
