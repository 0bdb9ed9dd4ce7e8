//! A small folder of clocks: what is shown, counted and found damaged.

use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;
use pixmo_inspect::pixels::Pixels;
use pixmo_inspect::tables::configs;
use pixmo_schemas::records::{ClockQuestion, ClocksImagesRecord, ClocksRecord, Image};
use pixmo_schemas::{Dataset, row_id};
use pixmo_shards::{Begun, Card, Location, Manifest, Sidecar, Split, schema_version};

use crate::small::write;

/// A JPEG of 40 x 30 pixels.
const JPEG: &[u8] = include_bytes!("clock.jpg");

/// What a test changes in the rows of a clock before they are written.
type Change<'a> = &'a dyn Fn(usize, &mut ClocksRecord, &mut ClocksImagesRecord);

struct Clocks {
    folder: tempfile::TempDir,
}

impl Clocks {
    /// Eight clocks in two shards, the odd ones as JPEG.
    fn changed(change: Change<'_>) -> Clocks {
        let clocks = Clocks { folder: tempfile::tempdir().expect("a temporary folder") };
        let location = Location::local(clocks.folder.path().join("shards/clocks"));
        let specs = configs(Dataset::Clocks);
        let begun = Begun {
            dataset: "clocks".to_owned(),
            shards: 2,
            seed: 7,
            limit: Some(8),
            code_version: env!("CARGO_PKG_VERSION").to_owned(),
            schema_version: schema_version(&specs),
            settings: serde_json::json!({}),
        };
        let mut sidecars = Vec::new();
        for shard in 0..2u32 {
            let rows: Vec<_> = (0..4).map(|i| row(shard as usize * 4 + i, change)).collect();
            let (main, images): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            let part = ("default", Split::Train, shard, 2, 4);
            let mut sidecar = Sidecar::new(&begun, shard);
            sidecar.files.push(write(&location, &specs[0], &part, main));
            sidecar.files.push(write(&location, &specs[1], &part, images));
            (sidecar.rows, sidecar.tasks) = (4, 4);
            sidecars.push(sidecar);
        }
        let card = Card {
            template: "# {{public_name}}\n",
            dataset: Dataset::Clocks,
            build: &begun,
            configs: &specs,
            sidecars: &sidecars,
        };
        let card = card.render().expect("the template is good");
        let manifest = Manifest::derive(&begun, &sidecars, card.as_bytes()).expect("both shards are there");
        for sidecar in &sidecars {
            location.put_atomic(&sidecar.path(), &sidecar.to_bytes()).expect("a temporary folder");
        }
        location.put_atomic("README.md", card.as_bytes()).expect("a temporary folder");
        location.put_atomic("manifest.json", &manifest.to_bytes()).expect("a temporary folder");
        std::fs::remove_dir_all(clocks.folder.path().join("shards/clocks/.work")).expect("the work folder");
        clocks
    }

    fn new() -> Clocks {
        Clocks::changed(&|_, _, _| {})
    }

    fn inspect(&self, line: &str) -> (String, String, Option<i32>) {
        let mut command = Command::cargo_bin("pixmo-inspect").expect("the program of this crate");
        command.args(line.split_whitespace()).current_dir(self.folder.path()).env_remove("NO_COLOR");
        let output = command.output().expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr), output.status.code())
    }

    /// All that is said, as it is seen.
    fn said(&self, line: &str) -> String {
        let (out, error, code) = self.inspect(line);
        format!("$ pixmo-inspect {line}\n{out}{error}exit {}\n\n", code.unwrap_or(-1))
    }
}

/// Clocks at 3:10:20 and the hours after that; the last shows no time.
fn row(i: usize, change: Change<'_>) -> (ClocksRecord, ClocksImagesRecord) {
    let (hour, shown, is_jpeg) = (3 + i as i32, i != 7, i % 2 == 1);
    let face = ["0a1B2c3D4e", "9z8Y7x6W5v"][i / 6];
    let body = if i < 5 { "dress-watch" } else { "wall-clock" };
    let time = format!("2021-05-17T{hour:02}:10:20");
    let id = format!("{face}/004_{time}.123456_{body}");
    let text = if shown { format!("{hour}:10") } else { "The time is not shown in the image.".to_owned() };
    let mut main = ClocksRecord {
        example_id: id.clone(),
        watchface_id: face.to_owned(),
        watchface_name: body.to_owned(),
        watch_time: format!("004_{time}"),
        time_format: if shown { "Without AM/PM" } else { "Not shown" }.to_owned(),
        shows_seconds: false,
        hour_visible: if shown { hour } else { -1 },
        minute_visible: if shown { 10 } else { -1 },
        second_visible: -1,
        text: text.clone(),
    };
    let answer = if shown { format!("It shows {text}.") } else { text.clone() };
    let image = match is_jpeg {
        true => JPEG.to_vec(),
        false => Pixels::filled(40, 30, [200, 210, i as u8]).encode().expect("a picture"),
    };
    let seconds = f64::from(hour * 3600 + 620);
    let hand = |angle: f64| if shown { angle } else { -1.0 };
    let tip = |angle: f64, long: f64| {
        let (right, up) = (libm::sin(angle.to_radians()), libm::cos(angle.to_radians()));
        if shown { ((20.0 + long * right) as f32, (15.0 - long * up) as f32) } else { (-1.0, -1.0) }
    };
    let (hour_tip, minute_tip) = (tip(seconds / 120.0, 5.0), tip(62.0, 9.0));
    let question = |question: &str, answer: &str, style: &str| ClockQuestion {
        question: question.to_owned(),
        answer: answer.to_owned(),
        kind: "time".to_owned(),
        style: style.to_owned(),
    };
    let mut seen = ClocksImagesRecord {
        example_id: id,
        image: Image { bytes: image, path: None },
        watchface_id: face.to_owned(),
        body: body.to_owned(),
        stratum: if i == 2 { "overlap" } else { "uniform" }.to_owned(),
        wild: is_jpeg,
        width: 40,
        height: 30,
        format: if is_jpeg { "jpeg" } else { "png" }.to_owned(),
        time,
        shows_time: shown,
        shows_seconds: false,
        shows_am_pm: false,
        movement: "sweeping".to_owned(),
        text: text.clone(),
        called: "the clock".to_owned(),
        questions: vec![
            question("What time is it,\nby the clock?", &answer, "reference"),
            question("Is it <late>?", "No", "yes_no"),
        ],
        hour_angle: hand(seconds / 120.0),
        minute_angle: hand(62.0),
        second_angle: -1.0,
        centre_x: 20.0,
        centre_y: 15.0,
        dial_radius_x: 12.0,
        dial_radius_y: 12.0,
        hour_x: hour_tip.0,
        hour_y: hour_tip.1,
        minute_x: minute_tip.0,
        minute_y: minute_tip.1,
        second_x: -1.0,
        second_y: -1.0,
        homography: vec![0.12, 0.0, 20.0, 0.0, 0.12, 15.0, 0.0, 0.0, 1.0],
        visible_left: 8.0,
        visible_top: 3.0,
        visible_width: 24.0,
        visible_height: 24.0,
        occluded_share: if i == 0 { 0.16 } else { 0.0 },
        face: r#"{"hands":{"seconds":"none","subdials":[]}}"#.to_owned(),
        body_parameters: r#"{"outline":"octagon"}"#.to_owned(),
        camera: r#"{"turn":3.0}"#.to_owned(),
        photo: "null".to_owned(),
        others: "[]".to_owned(),
        seed: format!("{i:064x}"),
        row_id: row_id(&main).expect("a row"),
        code_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    change(i, &mut main, &mut seen);
    (main, seen)
}

#[test]
fn pictures_of_both_formats_are_decoded_when_verified() {
    let (_, error, code) = Clocks::new().inspect("verify clocks --data . --progress none");
    assert_eq!(code, Some(0), "{error}");
    assert!(error.contains("8 rows, 8 pictures, 8 answers"), "{error}");
}

#[test]
fn what_is_wrong_with_a_picture_is_named() {
    let cases: [(&str, Change<'_>); 6] = [
        ("a JPEG without its end", &|i, _, seen| {
            if i == 3 {
                seen.image.bytes.truncate(500);
            }
        }),
        ("a JPEG whose tables are gone", &|i, _, seen| {
            if i == 3 {
                seen.image.bytes.drain(30..240);
            }
        }),
        ("a JPEG of another size", &|i, _, seen| {
            if i == 5 {
                seen.width = 41;
            }
        }),
        ("a PNG without its end", &|i, _, seen| {
            if i == 4 {
                let bytes = seen.image.bytes.len();
                seen.image.bytes.truncate(bytes - 9);
            }
        }),
        ("a wrong answer", &|i, _, seen| {
            if i == 2 {
                seen.questions[0].answer = "It shows 5:11.".to_owned();
            }
        }),
        ("an id twice", &|i, main, seen| {
            if i == 5 {
                (*main, *seen) = row(4, &|_, _, _| {});
            }
        }),
    ];
    let told = cases.map(|(name, change)| {
        let said = Clocks::changed(change).said("verify clocks --data . --progress none");
        let damages: Vec<&str> = said.lines().filter(|line| line.starts_with("shard ")).collect();
        format!("## {name}\n{}\n", damages.join("\n"))
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn counts_are_those_of_the_rows() {
    let clocks = Clocks::new();
    let lines = ["stats clocks --data . --progress none", "stats clocks --data . --baseline x"];
    insta::assert_snapshot!(lines.map(|line| clocks.said(line)).concat());
    let (out, _, code) = clocks.inspect("stats clocks --data . --json --progress none");
    assert_eq!(code, Some(0));
    let line = out.lines().find(|line| line.contains("\"event\":\"stats\""));
    let found: serde_json::Value = serde_json::from_str(line.expect("the counts")).expect("one object");
    let is = |at: &str, wanted: serde_json::Value| assert_eq!(found.pointer(at), Some(&wanted), "{at}");
    is("/rows/distinct_faces", 2.into());
    is("/rows/bodies/wall-clock", 3.into());
    is("/rows/not_shown_percent", 12.5.into());
    is("/rows/hours/10", 1.into());
    is("/rows/minutes/10", 8.into());
    is("/rows/uniform/minutes/counts/10", 7.into());
    // Seven of one minute out of sixty: 59 times a seventh part of it, so to say.
    is("/rows/uniform/minutes/chi_square", 413.0.into());
    is("/rows/hidden_percent_mean", 2.0.into());
    is("/rows/top_answers_by_style/yes_no/0/count", 8.into());
    let bars: Vec<&str> =
        found["bars"].as_array().expect("bars").iter().filter_map(|b| b["state"].as_str()).collect();
    assert_eq!(bars, ["met", "too few", "too few", "met", "too few", "too few"]);
}

#[test]
fn clocks_are_chosen_and_shown() {
    let clocks = Clocks::new();
    let lines = [
        "sample clocks 0a1B2c3D4e/004_2021-05-17T05:10:20.123456_dress-watch --data . --into one",
        "sample clocks 9z8Y7x6W5v --data . --into face",
        "sample clocks 0a1B2c3D4e/004_2021-05-17T05:10:21.123456_dress-watch --data .",
        "sample clocks zzzzzzzzzz --data .",
        "sample clocks --face 9z8Y7x6W5v --data . --into faces",
        "sample clocks --face 9z8Y7x6W5w --data .",
        "sample clocks --face 9z8Y7x6W5v --data . --wild",
        "sample clocks --data . --html=wild.html --wild --body wall-clock,dress-watch --progress none",
        "sample clocks --data . --html=none.html --not-shown --sheet none.png --progress none",
        "sample clocks --data . --stratum overlap --still --into hard",
        "sample clocks --data . --stratum overlap --wild",
        "sample clocks --data . --stratum overlpa",
        "sample clocks --data . --language de",
        "sample clocks --data . --wild --still",
        "sample clocks --data . --svg",
    ];
    insta::assert_snapshot!(lines.map(|line| clocks.said(line)).concat());
    let data = clocks.folder.path();
    let names = |folder: &str| {
        let entries = std::fs::read_dir(data.join(folder)).expect("it was written");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(
        names("face"),
        [
            "9z8Y7x6W5v-004_2021-05-17T09-10-20-123456_wall-clock.json",
            "9z8Y7x6W5v-004_2021-05-17T09-10-20-123456_wall-clock.png",
            "9z8Y7x6W5v-004_2021-05-17T10-10-20-123456_wall-clock.jpg",
            "9z8Y7x6W5v-004_2021-05-17T10-10-20-123456_wall-clock.json",
            "index.html",
        ]
    );
    let about = std::fs::read(data.join("face").join(&names("face")[0])).expect("it was written");
    let about: serde_json::Value = serde_json::from_slice(&about).expect("one object");
    assert_eq!(
        (&about["face"]["hands"]["seconds"], &about["time_format"]),
        (&"none".into(), &"Without AM/PM".into())
    );
    assert!(about["image"].is_null(), "the picture is a file of its own");
    let page = std::fs::read_to_string(data.join("wild.html")).expect("it was written");
    assert_eq!(page.matches("\"mime\":\"image/jpeg\"").count(), 4);
    assert!(page.contains("Is it \\u003clate>?") && !page.contains("<late>"), "texts are escaped");
    assert!(
        page.contains("\"hands\":[[\"h\",[20.0,15.0,24.1,17.9],\"hour hand: 125.17° "),
        "hands lie where the row says"
    );
    assert!(
        !page.replace("http://www.w3.org/2000/svg", "").contains("http"),
        "it needs nothing from elsewhere"
    );
    let (_, _, code) =
        clocks.inspect("sample clocks --data . --html=again.html --wild --body wall-clock,dress-watch");
    assert_eq!(code, Some(0));
    assert_eq!(std::fs::read_to_string(data.join("again.html")).expect("it was written"), page);
}
