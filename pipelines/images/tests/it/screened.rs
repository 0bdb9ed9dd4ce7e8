//! Models that look at pictures: what is dropped, held, released, blurred, and what cannot be.

use std::fs;
use std::path::{Path, PathBuf};

use pixmo_schemas::Sha256;
use serde_json::Value;

use crate::bench::{Bench, Said, contents};
use crate::server::{Reply, Server};

/// A photograph of one person, 320 x 320 pixels.
fn person() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/people/astronaut.jpg");
    fs::read(path).expect("the photograph is in the repository")
}

fn model(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../engines/detect/tests/fixtures").join(name)
}

/// One colour with a corner of another, so that it is no placeholder.
fn colour(red: u8, green: u8, blue: u8) -> Vec<u8> {
    let (width, height) = (96u16, 64u16);
    let mut pixels = Vec::new();
    for y in 0..u32::from(height) {
        for x in 0..u32::from(width) {
            let shade = ((x * 7 + y * 13) % 40) as u8;
            pixels.extend([red, green, blue].map(|value| value.saturating_sub(shade)));
        }
    }
    let mut file = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut file, 92);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).expect("memory");
    file
}

/// A campaign with one screen.
fn campaign(bench: &Bench, screen: &str) {
    fs::write(bench.path("campaign.toml"), format!("[[build.images.screen]]\n{screen}\n"))
        .expect("a campaign file");
}

fn take_in(bench: &Bench) -> Said {
    bench.run("import set --campaign campaign.toml --progress none")
}

fn put(bench: &Bench, name: &str, file: &[u8]) {
    fs::create_dir_all(bench.path("set")).expect("a folder");
    fs::write(bench.path("set").join(name), file).expect("a file");
}

fn classifier(rules: &str) -> String {
    format!(
        "name = \"colours\"\n\
         classifier.model = {:?}\n\
         classifier.labels = [\"red\", \"green\", \"blue\"]\n\
         classifier.input = {{ width = 4, height = 4, mean = [0.0, 0.0, 0.0], std = [255.0, 255.0, 255.0] }}\n\
         rules = [{rules}]",
        model("colours.onnx")
    )
}

/// A detector that sees a face in every picture, and has it blurred.
fn faces() -> String {
    format!(
        "name = \"faces\"\n\
         detector.model = {:?}\n\
         detector.head = \"ssd\"\n\
         detector.score_min = 0.5\n\
         detector.input = {{ width = 4, height = 4, mean = [0.0, 0.0, 0.0], std = [255.0, 255.0, 255.0] }}\n\
         rules = [{{ label = \"face\", score_min = 0.85, then = \"blur\" }}]",
        model("faces.onnx")
    )
}

#[test]
fn what_a_model_sees_is_dropped_or_held_and_a_person_decides() {
    let bench = Bench::new();
    put(&bench, "a-red.jpg", &colour(250, 45, 45));
    put(&bench, "b-green.jpg", &colour(45, 250, 45));
    put(&bench, "c-blue.jpg", &colour(45, 45, 250));
    put(&bench, "d-grey.jpg", &colour(150, 150, 150));
    campaign(
        &bench,
        &classifier(
            r#"{ label = "red", score_min = 0.7, then = "drop" }, { label = "green", score_min = 0.7, then = "hold" }"#,
        ),
    );
    take_in(&bench).expect(0);
    let files = |bench: &Bench| -> Vec<String> {
        bench.rows("data/shards/images").iter().filter_map(|row| row.file.clone()).collect()
    };
    assert_eq!(files(&bench), ["c-blue.jpg", "d-grey.jpg"]);
    let status = bench.status("");
    assert_eq!(status["classes"]["screen_dropped"]["rows"], 1);
    assert_eq!(status["classes"]["screen_held"]["rows"], 1);
    // Nothing of the red one is kept; the green one waits in the store.
    let red = Sha256::of(&colour(250, 45, 45)).to_string();
    let green = Sha256::of(&colour(45, 250, 45)).to_string();
    let lies = |hash: &str| bench.path(&format!("data/images/{}/{hash}.jpg", &hash[..3]));
    assert!(!lies(&red).exists() && lies(&green).exists());
    let said = bench.run("held --json").expect(0);
    let held: Value =
        serde_json::from_str(said.stdout.lines().next().expect("one waits")).expect("an object");
    assert_eq!((held["sha256"].as_str(), held["row"].as_u64()), (Some(green.as_str()), Some(2)));
    assert!(
        held["reason"].as_str().is_some_and(|reason| reason.starts_with("`colours` saw `green`, 0.9")),
        "{held}"
    );
    // The same command leaves it waiting; once released it is in the dataset.
    take_in(&bench).expect(0);
    assert_eq!(files(&bench).len(), 2);
    bench.run(&format!("held --release {green}")).expect(0);
    take_in(&bench).expect(0);
    assert_eq!(files(&bench), ["b-green.jpg", "c-blue.jpg", "d-grey.jpg"]);
    let said = bench.run(&format!("held --release {red}")).expect(2);
    assert!(said.stderr.contains("nothing that waits has this hash"), "{}", said.stderr);
}

#[test]
fn a_face_is_blurred_and_nothing_else_of_the_picture() {
    let bench = Bench::new();
    put(&bench, "person.jpg", &person());
    campaign(&bench, &faces());
    take_in(&bench).expect(0);
    let rows = bench.rows("data/shards/images");
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    let original = person();
    assert_eq!(row.blurred_from.as_deref(), Some(Sha256::of(&original).to_string().as_str()));
    assert!(row.warnings.contains(&"blurred".to_owned()));
    let lies = |hash: &str| bench.path(&format!("data/images/{}/{hash}.jpg", &hash[..3]));
    assert!(!lies(&Sha256::of(&original).to_string()).exists(), "the face is nowhere");
    let blurred = fs::read(lies(&row.sha256)).expect("the blurred file is in the store");
    let limits = pixmo_pictures::Limits::default();
    let before = pixmo_pictures::decode(&original, &limits).expect("a picture");
    let after = pixmo_pictures::decode(&blurred, &limits).expect("a picture");
    assert_eq!((after.width, after.height), (320, 320));
    // The model always sees a face from a quarter to the half of each side, and a margin goes with it.
    let (mut inside, mut outside) = ((0f64, 0u32), (0f64, 0u32));
    for (at, (before, after)) in before.pixels.chunks_exact(3).zip(after.pixels.chunks_exact(3)).enumerate() {
        let (x, y) = (at % 320, at / 320);
        let off: f64 = before.iter().zip(after).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
        let (sum, count) = match (80..160).contains(&x) && (80..160).contains(&y) {
            true => &mut inside,
            false if !(70..170).contains(&x) || !(70..170).contains(&y) => &mut outside,
            false => continue,
        };
        (*sum, *count) = (*sum + off / 3.0, *count + 1);
    }
    let mean = |(sum, count): (f64, u32)| sum / f64::from(count);
    assert!(mean(inside) > 10.0 && mean(outside) < 2.5, "{} inside, {} outside", mean(inside), mean(outside));
}

#[test]
fn what_a_fetch_brings_is_blurred_before_it_is_kept() {
    let server = Server::start(|_, _| Reply::ok(person()));
    let bench = Bench::new();
    bench.list("list.txt", &[server.url("/person.jpg")]);
    let campaign = fs::read_to_string(bench.path("campaign.toml")).expect("a campaign file");
    let screen = format!("{campaign}\n[[build.images.screen]]\n{}\n", faces());
    fs::write(bench.path("campaign.toml"), screen).expect("a campaign file");
    bench.fetch("list.txt").expect(0);
    let rows = bench.rows("data/shards/images");
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    let original = Sha256::of(&person()).to_string();
    assert_eq!(row.blurred_from.as_deref(), Some(original.as_str()));
    let files = contents(&bench.path("data"));
    let face = person();
    assert!(files.values().all(|file| !file.windows(64).any(|part| part == &face[face.len() / 2..][..64])));
}

#[test]
fn a_real_detector_finds_the_person() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/models/nanodet-g-416.onnx");
    if !path.is_file() {
        return skipped(&path);
    }
    let bench = Bench::new();
    put(&bench, "person.jpg", &person());
    put(&bench, "plain.jpg", &colour(90, 120, 90));
    let rules = r#"rules = [{ label = "person", score_min = 0.6, then = "hold" }]"#;
    campaign(
        &bench,
        &format!("name = \"people\"\ndetector.model = {path:?}\ndetector.head = \"nanodet\"\n{rules}"),
    );
    take_in(&bench).expect(0);
    let files: Vec<_> = bench.rows("data/shards/images").into_iter().filter_map(|row| row.file).collect();
    assert_eq!(files, ["plain.jpg"]);
    assert_eq!(bench.status("")["classes"]["screen_held"]["rows"], 1);
}

#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn skipped(path: &Path) {
    eprintln!("skipped, because {} is not there; README.md, \"Tests\", says how to get it", path.display());
}

#[test]
fn what_cannot_be_screened_is_told_before_anything_is_taken_in() {
    let bench = Bench::new();
    put(&bench, "d-grey.jpg", &colour(150, 150, 150));
    let refused = |screen: &str| {
        campaign(&bench, screen);
        let said = take_in(&bench).expect(2);
        assert!(!bench.path("data/shards/images").exists(), "nothing is written");
        said.stderr
    };
    let unknown = refused(&classifier(r#"{ label = "pink", score_min = 0.7, then = "drop" }"#));
    assert!(unknown.contains("the model of `colours` knows no class `pink`"), "{unknown}");
    let missing =
        refused("name = \"x\"\ndetector.model = \"none.onnx\"\ndetector.head = \"yolo\"\nrules = []");
    assert!(missing.contains("a screen has no rules"), "{missing}");
    let missing = refused(
        "name = \"x\"\ndetector.model = \"none.onnx\"\ndetector.head = \"yolo\"\n\
         rules = [{ label = \"person\", score_min = 0.5, then = \"drop\" }]",
    );
    assert!(missing.contains("cannot read the model `none.onnx`"), "{missing}");
}
