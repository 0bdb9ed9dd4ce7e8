//! From exported answers and masks to a finished dataset.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use pixmo_points_eval::rle::Rle;
use pixmo_schemas::records::{PointsEvalRecord, PointsEvalRleRecord, PointsLineageRecord};
use pixmo_schemas::{Record, row_id};
use pixmo_shards::{DatasetFolder, Location, Split, read_rows};
use serde_json::{Value, json};
use tempfile::TempDir;

const WIDTH: u32 = 30;
const HEIGHT: u32 = 40;

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

fn hash_of(name: &str) -> String {
    format!("{:0<64}", name.bytes().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn image(name: &str, split: &str) -> Value {
    json!({
        "sha256": hash_of(name), "url": format!("https://images.example/{name}.jpg"), "width": WIDTH,
        "height": HEIGHT, "split": split
    })
}

fn points(list: &[(f64, f64)]) -> Value {
    list.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect()
}

fn pointed(assignment: &str, image: Value, label: &str, list: &[(f64, f64)]) -> Value {
    json!({
        "work": work(assignment, &format!("p-{assignment}")), "image": image, "method": "pointing",
        "labels": [{ "label": label, "points": points(list), "all_marked": true, "close_confirmed": false }]
    })
}

fn accepted(assignment: &str, of: &str, image: Value, label: &str, list: &[(f64, f64)]) -> Value {
    json!({
        "work": work(assignment, "p-v"), "image": image, "label": label, "of": of, "given": points(list),
        "verdict": "accept"
    })
}

/// Six by six pixels around a point in per cent.
fn around((x, y): (f64, f64)) -> impl Fn(u32, u32) -> bool {
    let (x, y) = (x / 100.0 * f64::from(WIDTH), y / 100.0 * f64::from(HEIGHT));
    move |column, row| (f64::from(column) - x).abs() <= 3.0 && (f64::from(row) - y).abs() <= 3.0
}

impl Campaign {
    fn new(settings: &str) -> Campaign {
        let folder = TempDir::new().unwrap();
        let data = json!(folder.path().join("data").display().to_string());
        let text = format!(
            "[campaign]\nname = \"checked\"\nseed = 7\ndata = {data}\n\n[build.points-eval]\n{settings}\n"
        );
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

    /// A COCO file with masks of one label in one image.
    fn coco(&self, name: &str, image: &str, label: &str, segmentations: &[Value]) {
        let annotations = segmentations.iter().map(|segmentation| {
            json!({ "image_id": 4, "category_id": 9, "segmentation": segmentation, "iscrowd": 0 })
        });
        let file = json!({
            "info": {}, "images": [{ "id": 4, "file_name": format!("x/{}.jpg", hash_of(image)) }],
            "categories": [{ "id": 9, "name": label }], "annotations": annotations.collect::<Vec<_>>()
        });
        let folder = self.folder.path().join("masks");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), file.to_string()).unwrap();
    }

    fn png(&self, image: &str, label: &str, name: &str, is_inside: impl Fn(u32, u32) -> bool) {
        let folder = self.folder.path().join("masks").join(hash_of(image)).join(label);
        fs::create_dir_all(&folder).unwrap();
        let file = fs::File::create(folder.join(name)).unwrap();
        let mut encoder = png::Encoder::new(file, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Grayscale);
        let pixels: Vec<u8> =
            (0..WIDTH * HEIGHT).map(|at| if is_inside(at % WIDTH, at / WIDTH) { 255 } else { 0 }).collect();
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    }

    fn run(&self, flags: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-points-eval"));
        command.arg("build").args(flags.split_whitespace());
        command.arg("--campaign").arg(self.folder.path().join("campaign.toml"));
        command.current_dir(self.folder.path()).output().unwrap()
    }

    #[track_caller]
    fn build(&self, flags: &str) -> Value {
        let output = self.run(flags);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let manifest = fs::read(self.data().join("shards/points-eval/manifest.json")).unwrap();
        serde_json::from_slice(&manifest).unwrap()
    }

    fn rows<R: Record>(&self, config: &str) -> Vec<R> {
        let location = Location::local(self.data().join("shards/points-eval"));
        let folder = DatasetFolder::open(location.clone()).unwrap();
        let files = folder.manifest().files_of(config, Split::Test);
        files
            .into_iter()
            .flat_map(|file| read_rows::<R>(&location, file).unwrap().map(Result::unwrap))
            .collect()
    }
}

fn compressed(is_inside: impl Fn(u32, u32) -> bool) -> Value {
    let mask = Rle::of(WIDTH, HEIGHT, is_inside).unwrap();
    json!({ "size": [HEIGHT, WIDTH], "counts": mask.counts() })
}

const HERE: (f64, f64) = (20.0, 20.0);
const THERE: (f64, f64) = (80.0, 75.0);

#[test]
fn each_point_gets_the_mask_that_it_is_in() {
    let campaign = Campaign::new("masks = \"masks\"");
    let both = [HERE, THERE];
    let test = |name: &str| image(name, "test");
    let names = ["coco", "png", "none", "small", "off", "few", "alone", "train", "valid"];
    let split = |name: &str| match name {
        "train" => "train",
        "valid" => "validation",
        _ => "test",
    };
    let lines: Vec<Value> = names
        .iter()
        .map(|name| pointed(&format!("a-{name}"), image(name, split(name)), "red cup", &both))
        .collect();
    campaign.lines("points/000001.jsonl", &lines);
    let looked: Vec<Value> = names
        .iter()
        .filter(|name| **name != "alone")
        .map(|name| {
            let (of, given) = (format!("a-{name}"), image(name, split(name)));
            accepted(&format!("v-{name}"), &of, given, "red cup", &both)
        })
        .collect();
    campaign.lines("verify-points/000001.jsonl", &looked);
    let absent = |assignment: &str, person: &str| {
        json!({
            "work": work(assignment, person), "image": test("coco"), "label": "dog", "source": "co_occurring",
            "verdict": "absent"
        })
    };
    campaign.lines("not-present/000001.jsonl", &[absent("n-1", "p-n"), absent("n-2", "p-m")]);
    // Masks stand in another order than the points, in both forms of run lengths.
    let runs: Vec<u32> = vec![0, WIDTH * HEIGHT];
    campaign.coco("1.json", "coco", "Red  cup", &[compressed(around(THERE)), compressed(around(HERE))]);
    campaign.coco(
        "2.json",
        "small",
        "red cup",
        &[json!({ "size": [2, 2], "counts": [0, 4] }), json!({ "size": [2, 2], "counts": [0, 4] })],
    );
    campaign.coco("3.json", "off", "red cup", &[compressed(around(HERE)), compressed(around((50.0, 5.0)))]);
    campaign.coco("4.json", "few", "red cup", &[json!({ "size": [HEIGHT, WIDTH], "counts": runs })]);
    campaign.png("png", "red cup", "b.png", around(HERE));
    campaign.png("png", "red cup", "a.png", around(THERE));
    let manifest = campaign.build("");
    let drops = json!({
        "for_training": 1, "for_validation": 1, "mask_missing": 1, "mask_size": 1, "masks_differ": 1,
        "people_few": 1, "point_outside_mask": 1
    });
    assert_eq!((&manifest["rows"], &manifest["drops"]), (&json!(3), &drops), "{manifest}");

    let rows = campaign.rows::<PointsEvalRecord>("default");
    let rle = campaign.rows::<PointsEvalRleRecord>("rle");
    let lineage = campaign.rows::<PointsLineageRecord>("lineage");
    for ((row, rle), lineage) in rows.iter().zip(&rle).zip(&lineage) {
        let id = row_id(row).unwrap().to_string();
        assert_eq!((&rle.row_id, &lineage.row_id), (&id, &id));
        assert_eq!(row.masks.len(), rle.counts.len());
        for (mask, counts) in row.masks.iter().zip(&rle.counts) {
            assert_eq!(*mask, Rle::parse(WIDTH, HEIGHT, counts).unwrap().rows());
        }
    }
    for row in rows.iter().filter(|row| row.label == "red cup") {
        for (mask, place) in row.masks.iter().zip(both) {
            let is_inside = around(place);
            for (y, line) in mask.iter().enumerate() {
                for (x, inside) in line.iter().enumerate() {
                    assert_eq!(*inside, is_inside(x as u32, y as u32), "{x}, {y} of {place:?}");
                }
            }
        }
    }
    let empty: Vec<_> =
        rows.iter().filter(|row| row.masks.is_empty()).map(|row| row.label.as_str()).collect();
    assert_eq!((rows.len(), empty), (3, vec!["dog"]));

    let wanted = fs::read_to_string(campaign.data().join("review/points-eval/masks_wanted.jsonl")).unwrap();
    let wanted: Vec<Value> = wanted.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let reasons: Vec<_> = wanted.iter().map(|line| line["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["mask_missing", "mask_size", "point_outside_mask", "masks_differ"]);
    assert_eq!((&wanted[0]["points"], &wanted[0]["width"]), (&points(&both), &json!(WIDTH)));
}

#[test]
fn the_same_answers_give_the_same_bytes_in_pieces_too() {
    let built = |flags: &[&str]| {
        let campaign = Campaign::new("masks = \"masks\"");
        let name = |n: usize| format!("image {n}");
        let (mut lines, mut looked) = (Vec::new(), Vec::new());
        for n in 0..12 {
            lines.push(pointed(&format!("a-{n}"), image(&name(n), "test"), "cup", &[HERE]));
            let of = format!("a-{n}");
            looked.push(accepted(&format!("v-{n}"), &of, image(&name(n), "test"), "cup", &[HERE]));
            campaign.png(&name(n), "cup", "0.png", around(HERE));
        }
        campaign.lines("points/000001.jsonl", &lines);
        campaign.lines("verify-points/000001.jsonl", &looked);
        for flags in flags {
            assert!(campaign.run(flags).status.success());
        }
        let manifest = fs::read(campaign.data().join("shards/points-eval/manifest.json")).unwrap();
        serde_json::from_slice::<Value>(&manifest).unwrap()["shards"].to_string()
    };
    assert_eq!(built(&["--shards 3 --jobs 1"]), built(&["--shards 3 --only 2", "--shards 3 --jobs 2"]));
}

#[test]
fn a_file_that_holds_no_masks_is_named() {
    let said = |make: &dyn Fn(&Campaign)| {
        let campaign = Campaign::new("masks = \"masks\"");
        campaign.lines("points/000001.jsonl", &[pointed("a-1", image("one", "test"), "cup", &[HERE])]);
        make(&campaign);
        let output = campaign.run("");
        assert_eq!(output.status.code(), Some(2));
        assert!(!campaign.data().join("shards").exists());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let polygons =
        |campaign: &Campaign| campaign.coco("1.json", "one", "cup", &[json!([[0, 0, 1, 1, 0, 1]])]);
    assert!(said(&polygons).contains("annotation 0: `segmentation` is a list of polygons"));
    let cut = |campaign: &Campaign| {
        campaign.coco("1.json", "one", "cup", &[json!({ "size": [2, 2], "counts": [0, 3] })]);
    };
    assert!(said(&cut).contains("runs over 3 pixels, expected 4"));
    let strange = |campaign: &Campaign| fs::create_dir_all(campaign.folder.path().join("masks/cup")).unwrap();
    assert!(said(&strange).contains("the name of a folder is the SHA-256 of an image"));
    assert!(said(&|_| {}).contains("cannot read `masks`"));
}
