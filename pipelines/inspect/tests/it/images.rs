//! Images against their rows, and the splits of a whole data folder.

use std::path::PathBuf;

use pixmo_console::{Captured, Console, ConsoleArgs, Ending, Failure};
use pixmo_inspect::pixels::Pixels;
use pixmo_inspect::place::{Place, PlaceArgs};
use pixmo_inspect::verify::{self, VerifyArgs, verify_with};
use pixmo_schemas::records::{CapRecord, CountPoints, CountRecord, Image, ImageClusterRecord, ImageRecord};
use pixmo_schemas::{Dataset, Record, Sha256};
use pixmo_shards::{Begun, Card, ConfigSpec, Location, Manifest, Originals, Sidecar, Split, schema_version};
use serde_json::json;

use crate::small::write;

struct Data {
    folder: tempfile::TempDir,
}

impl Data {
    fn new() -> Data {
        Data { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn location(&self, dataset: Dataset) -> Location {
        Location::local(self.path(&format!("shards/{dataset}")))
    }

    /// Writes a finished dataset of one shard, with these rows in these splits.
    fn dataset<R: Record>(&self, dataset: Dataset, parts: Vec<(Split, Vec<R>)>) {
        let location = self.location(dataset);
        std::fs::create_dir_all(location.local_folder().unwrap()).unwrap();
        let config = ConfigSpec::main(&dataset.configs()[0]);
        let configs = [config];
        let begun = Begun {
            dataset: dataset.slug().to_owned(),
            shards: 1,
            seed: 7,
            limit: None,
            code_version: env!("CARGO_PKG_VERSION").to_owned(),
            schema_version: schema_version(&configs),
            settings: json!({}),
        };
        let mut sidecar = Sidecar::new(&begun, 0);
        for (split, rows) in parts {
            let count = rows.len() as u64;
            sidecar.rows += count;
            sidecar.files.push(write(&location, &config, &(config.name(), split, 0, 1, count), rows));
        }
        sidecar.tasks = sidecar.rows;
        let sidecars = [sidecar];
        let template = "# {{public_name}}\n";
        let card = Card { template, dataset, build: &begun, configs: &configs, sidecars: &sidecars }
            .render()
            .unwrap();
        let manifest = Manifest::derive(&begun, &sidecars, card.as_bytes()).unwrap();
        location.put_atomic(&sidecars[0].path(), &sidecars[0].to_bytes()).unwrap();
        location.put_atomic("README.md", card.as_bytes()).unwrap();
        location.put_atomic("manifest.json", &manifest.to_bytes()).unwrap();
        std::fs::remove_dir_all(location.local_folder().unwrap().join(".work")).unwrap();
    }

    fn store(&self) -> Originals {
        Originals::new(Location::local(self.path("images")))
    }

    fn args(&self) -> PlaceArgs {
        PlaceArgs { data: self.folder.path().display().to_string() }
    }
}

fn picture(number: u8) -> Vec<u8> {
    let mut picture = Pixels::filled(40, 30, [250, 248, 240]);
    picture.rgb[..300].fill(number);
    picture.encode().unwrap()
}

fn image(number: u8, is_embedded: bool) -> ImageRecord {
    let bytes = picture(number);
    ImageRecord {
        sha256: Sha256::of(&bytes).to_string(),
        width: 40,
        height: 30,
        orientation: 1,
        format: "png".to_owned(),
        bytes: bytes.len() as i64,
        perceptual_hash: Some("0f".repeat(32)),
        blurred_from: None,
        flat: false,
        address: Some(address(number)),
        address_final: Some(address(number)),
        status: Some(200),
        fetched_at: "2026-11-30T16:40:00Z".to_owned(),
        licence: None,
        licence_evidence: "[]".to_owned(),
        opt_out: "[]".to_owned(),
        c2pa: None,
        warnings: Vec::new(),
        file: None,
        row: i64::from(number) + 1,
        other: "{}".to_owned(),
        image: is_embedded.then_some(Image { bytes, path: None }),
    }
}

fn address(number: u8) -> String {
    format!("https://images.example/{number}.png")
}

fn hash(number: u8) -> Sha256 {
    Sha256::of(&picture(number))
}

fn told(ended: Result<Ending, Failure>, captured: &Captured, data: &Data) -> String {
    let ended = ended.map_or_else(|failure| failure.to_string(), |_| captured.stderr());
    format!("{}{ended}", captured.stdout()).replace(&data.path("").display().to_string(), "[data]/")
}

fn look(data: &Data, store: Option<&Originals>) -> String {
    let (console, captured) = Console::captured(&ConsoleArgs::default());
    let place = Place::at(data.location(Dataset::Images));
    let ended = verify_with(&place, store, false, 2, &console);
    told(ended, &captured, data)
}

#[test]
fn embedded_bytes_and_originals_are_held_to_their_rows() {
    let data = Data::new();
    data.dataset(
        Dataset::Images,
        vec![(Split::Train, vec![image(1, true), image(2, false), image(3, false)])],
    );
    let good = look(&data, None);
    assert!(good.contains("images: all good") && good.contains("3 rows, 1 picture,"), "{good}");
    let store = data.store();
    for number in 1..4 {
        store.put(hash(number).as_bytes(), "png", &picture(number)).unwrap();
    }
    let good = look(&data, Some(&store));
    assert!(good.contains("3 rows, 3 pictures,"), "{good}");
    store.remove(hash(2).as_bytes(), "png").unwrap();
    let name = Originals::name(hash(3).as_bytes(), "png");
    std::fs::write(data.path("images").join(name), b"something else").unwrap();
    let bad = look(&data, Some(&store));
    assert!(bad.contains("row 1") && bad.contains("there is no original"), "{bad}");
    assert!(bad.contains("row 2") && bad.contains("is damaged"), "{bad}");
    assert!(bad.contains("2 damages in 1 of 1 shard"), "{bad}");
}

#[test]
fn rows_that_say_something_else_than_their_pictures_are_found() {
    let data = Data::new();
    let mut wrong = image(1, true);
    wrong.sha256 = hash(2).to_string();
    wrong.width = 41;
    wrong.format = "jpeg".to_owned();
    wrong.orientation = 6;
    data.dataset(Dataset::Images, vec![(Split::Train, vec![wrong, image(3, true)])]);
    let bad = look(&data, None);
    for what in
        ["the sha256 of its bytes is", "the picture is `png`", "40 x 30 pixels upright", "orientation 1"]
    {
        assert!(bad.contains(what), "{what}: {bad}");
    }
    assert!(bad.contains("4 damages"), "{bad}");
}

fn cluster(number: u8, of: u8, split: &str) -> ImageClusterRecord {
    let is_kept = number == of;
    ImageClusterRecord {
        image_sha256: hash(number).to_string(),
        cluster: String::new(),
        kept: is_kept,
        relation: if is_kept { "self" } else { "near" }.to_owned(),
        distance: i32::from(!is_kept),
        split: split.to_owned(),
        held_out_by: None,
    }
}

/// Clusters with their names; `of` is the number of the kept picture.
fn clusters(members: &[(u8, u8, &str)]) -> Vec<ImageClusterRecord> {
    let name = |of: u8| {
        members.iter().filter(|member| member.1 == of).map(|member| hash(member.0).to_string()).min()
    };
    let row = |(number, of, split): &(u8, u8, &str)| ImageClusterRecord {
        cluster: name(*of).unwrap(),
        ..cluster(*number, *of, split)
    };
    let mut rows: Vec<_> = members.iter().map(row).collect();
    rows.sort_by(|a, b| a.image_sha256.cmp(&b.image_sha256));
    rows
}

fn count(number: u8, split: Split) -> CountRecord {
    let points = (split == Split::Train).then(CountPoints::default);
    CountRecord {
        image_url: address(number),
        image_sha256: hash(number),
        count: 0,
        points,
        label: "pears".to_owned(),
    }
}

fn cap(number: u8) -> CapRecord {
    CapRecord {
        image_url: address(number),
        caption: "A plain picture.".to_owned(),
        transcripts: vec!["plain".to_owned()],
    }
}

fn splits(data: &Data) -> String {
    let (console, captured) = Console::captured(&ConsoleArgs::default());
    let args = VerifyArgs {
        what: None,
        splits: true,
        store: None,
        annotations: None,
        place: data.args(),
        quick: false,
        jobs: Some(1),
    };
    told(verify::run(&args, &console), &captured, data)
}

#[test]
fn splits_hold_across_datasets_by_cluster_hash_and_address() {
    let data = Data::new();
    let without = splits(&data);
    assert!(without.contains("there are no finished `image-clusters`"), "{without}");
    data.dataset(Dataset::Images, vec![(Split::Train, (1..6).map(|number| image(number, false)).collect())]);
    // 2 is a copy of 1, 5 is in no cluster.
    let known = clusters(&[(1, 1, "train"), (2, 1, "train"), (3, 3, "test"), (4, 4, "train")]);
    data.dataset(Dataset::ImageClusters, vec![(Split::Train, known)]);
    data.dataset(
        Dataset::Count,
        vec![
            (Split::Train, vec![count(1, Split::Train)]),
            (Split::Test, vec![count(3, Split::Test), count(5, Split::Test)]),
        ],
    );
    data.dataset(Dataset::Cap, vec![(Split::Train, vec![cap(2), cap(4)])]);
    let good = splits(&data);
    assert!(good.contains("no image is trained on and measured with: 5 rows in 2 datasets"), "{good}");
    assert!(good.contains("1 row whose image is in no cluster"), "{good}");

    // The copy of a picture of training is measured with; the address of one that is measured with is trained on; so are
    // the same bytes that are in no cluster.
    data.dataset(
        Dataset::Count,
        vec![
            (Split::Train, vec![count(1, Split::Train)]),
            (Split::Validation, vec![count(2, Split::Validation)]),
            (Split::Test, vec![count(3, Split::Test), count(5, Split::Test)]),
        ],
    );
    data.dataset(Dataset::Cap, vec![(Split::Train, vec![cap(3), cap(5), cap(99)])]);
    let bad = splits(&data);
    assert!(bad.contains("count/data/validation-00000-of-00001.parquet row 0"), "{bad}");
    assert!(bad.contains("it stands in `validation`, its cluster is for training"), "{bad}");
    assert!(
        bad.contains("cap/data/train-00000-of-00001.parquet row 0") && bad.contains("held out of training"),
        "{bad}"
    );
    assert!(bad.contains("for the opposite"), "{bad}");
    assert!(bad.contains("the splits are not kept: 3 damages"), "{bad}");
}

#[test]
fn clusters_that_contradict_themselves_are_found() {
    let data = Data::new();
    let mut rows = clusters(&[(1, 1, "train"), (2, 1, "test"), (3, 3, "train")]);
    rows.iter_mut().filter(|row| row.image_sha256 == hash(3).to_string()).for_each(|row| {
        row.kept = false;
        row.relation = "near".to_owned();
        row.distance = 1;
    });
    data.dataset(Dataset::ImageClusters, vec![(Split::Train, rows)]);
    let bad = splits(&data);
    assert!(bad.contains("has the splits") && bad.contains("the cluster keeps 0 images"), "{bad}");
}

#[test]
fn the_flags_of_splits_stand_alone() {
    use clap::Parser as _;
    #[derive(clap::Parser)]
    struct Flags {
        #[command(flatten)]
        verify: VerifyArgs,
    }
    assert!(Flags::try_parse_from(["verify"]).is_err());
    assert!(Flags::try_parse_from(["verify", "docs", "--splits"]).is_err());
    assert!(Flags::try_parse_from(["verify", "--splits"]).is_ok_and(|flags| flags.verify.splits));
}
