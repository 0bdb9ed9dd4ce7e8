//! A small dataset folder, written through the rooms that own the formats; its rows are made by hand.

use std::path::{Path, PathBuf};

use pixmo_inspect::pixels::Pixels;
use pixmo_inspect::tables::configs;
use pixmo_schemas::records::{
    DocsFullRecord, DocsPointsRecord, DocsQuestions, DocsRecord, FullMark, FullQuestion, FullTextRun, Image,
    Point,
};
use pixmo_schemas::{Dataset, Record, row_id};
use pixmo_shards::names::rows_file;
use pixmo_shards::{
    Begun, Card, ConfigSpec, Disk, FileEntry, FileWriter, Location, Manifest, Sidecar, Split, schema_version,
};
use serde_json::json;

/// What a test changes in the rows before they are written.
pub(crate) type Change<'a> = &'a dyn Fn(&mut DocsRecord, &mut DocsFullRecord, &mut DocsPointsRecord);

pub(crate) struct Small {
    folder: tempfile::TempDir,
}

pub(crate) const SHARDS: u32 = 3;
/// Config, split, file, files and rows of one part.
type SmallPart = (&'static str, Split, u32, u32, u64);

/// Rows of each shard: the third has two parts.
const PARTS: [&[SmallPart]; 3] = [
    &[("charts", Split::Train, 0, 2, 3)],
    &[("charts", Split::Train, 1, 2, 2)],
    &[("charts", Split::Validation, 0, 1, 1), ("other", Split::Train, 0, 1, 2)],
];

pub(crate) fn begun() -> Begun {
    let asked: Vec<ConfigSpec> = configs(Dataset::Docs)
        .into_iter()
        .filter(|spec| ["charts", "tables", "other"].contains(&spec.of()))
        .collect();
    Begun {
        dataset: "docs".to_owned(),
        shards: SHARDS,
        seed: 7,
        limit: Some(9),
        code_version: env!("CARGO_PKG_VERSION").to_owned(),
        schema_version: schema_version(&asked),
        settings: json!({"figures": {"charts": 6, "tables": 0, "documents": 3}}),
    }
}

impl Small {
    pub(crate) fn new() -> Small {
        Small::changed(&|_, _, _| {})
    }

    pub(crate) fn changed(change: Change<'_>) -> Small {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let location = Location::local(folder.path().join("shards/docs"));
        let begun = begun();
        let mut sidecars = Vec::new();
        for (shard, parts) in (0..).zip(PARTS) {
            let mut sidecar = Sidecar::new(&begun, shard);
            for part in parts {
                let rows: Vec<_> = (0..part.4).map(|i| row(part, i, change)).collect();
                sidecar.rows += part.4;
                let config = |end: &str| {
                    let name = format!("{}{end}", part.0);
                    configs(Dataset::Docs).into_iter().find(|spec| spec.name() == name).expect("a config")
                };
                let (main, rest): (Vec<_>, Vec<_>) = rows.into_iter().map(|(a, b, c)| (a, (b, c))).unzip();
                let (full, points): (Vec<_>, Vec<_>) = rest.into_iter().unzip();
                sidecar.files.push(write(&location, &config(""), part, main));
                sidecar.files.push(write(&location, &config("_full"), part, full));
                sidecar.files.push(write(&location, &config("_points"), part, points));
            }
            sidecar.tasks = sidecar.rows + u64::from(shard == 1);
            if shard == 1 {
                sidecar.drops.insert("no_room".to_owned(), 1);
            }
            sidecar.counters.insert("redrawn_overlap".to_owned(), 1 + u64::from(shard));
            sidecars.push(sidecar);
        }
        let small = Small { folder };
        small.publish(&sidecars);
        small
    }

    /// Writes sidecars, card and manifest.
    pub(crate) fn publish(&self, sidecars: &[Sidecar]) {
        let (location, begun) = (self.location(), begun());
        let specs = configs(Dataset::Docs);
        let card = Card {
            template: "# {{public_name}}\n\n{{configs_table}}\n",
            dataset: Dataset::Docs,
            build: &begun,
            configs: &specs,
            sidecars,
        };
        let card = card.render().expect("the template is good");
        let manifest = Manifest::derive(&begun, sidecars, card.as_bytes()).expect("the shards are all there");
        for sidecar in sidecars {
            location.put_atomic(&sidecar.path(), &sidecar.to_bytes()).expect("a temporary folder");
        }
        location.put_atomic("README.md", card.as_bytes()).expect("a temporary folder");
        location.put_atomic("manifest.json", &manifest.to_bytes()).expect("a temporary folder");
        std::fs::remove_dir_all(self.path(".work")).expect("the work folder");
    }

    pub(crate) fn sidecars(&self) -> Vec<Sidecar> {
        (0..SHARDS)
            .map(|shard| {
                let read = Sidecar::read(&self.location(), shard, SHARDS).expect("a readable folder");
                read.expect("the shard is there").expect("it is good")
            })
            .collect()
    }

    pub(crate) fn location(&self) -> Location {
        Location::local(self.path(""))
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("shards/docs").join(name)
    }

    /// All files, by their names.
    pub(crate) fn files(&self) -> Vec<String> {
        self.location().list("").expect("a readable folder").into_iter().map(|entry| entry.name).collect()
    }
}

pub(crate) fn write<R: Record>(
    location: &Location,
    spec: &ConfigSpec,
    (_, split, file, files, _): &(&str, Split, u32, u32, u64),
    rows: Vec<R>,
) -> FileEntry {
    let folder = location.local_folder().expect("a local folder");
    let path = rows_file(spec.name(), *split, *file, *files);
    let temp = folder.join(".work/rows.parquet");
    std::fs::create_dir_all(temp.parent().expect("a folder")).expect("a temporary folder");
    let mut writer = FileWriter::create(&Disk::new(), &temp, spec).expect("a temporary file");
    for row in rows {
        writer.push(row).expect("a good row");
    }
    let written = writer.finish().expect("a temporary file");
    location.put_file(&path, &temp).expect("a temporary folder");
    FileEntry {
        path,
        config: spec.name().to_owned(),
        split: *split,
        rows: written.rows,
        bytes: written.bytes,
        sha256: written.sha256,
        num_bytes: written.num_bytes,
    }
}

type Rows = (DocsRecord, DocsFullRecord, DocsPointsRecord);

fn row((config, split, file, _, _): &(&str, Split, u32, u32, u64), i: u64, change: Change<'_>) -> Rows {
    let number = u64::from(*file) * 3 + i;
    let id = format!("{config}-{split}-{number:06}");
    let fruit = ["Pears", "Plums", "Figs"][number as usize % 3];
    let (small, large) = (3 + number, 11 + 2 * number);
    let mut picture = Pixels::filled(160, 128, [250, 248, 240]);
    for at in (0..3).flat_map(|channel| (20..60).map(move |x| (70 * 160 + x) * 3 + channel)) {
        picture.rgb[at] = 40 + number as u8;
    }
    let cell = |value: serde_json::Value, shown: &str| json!({"value": value, "shown": shown});
    let data = json!({"tables": [{
        "name": "Harvest",
        "columns": [
            {"name": "Fruit", "kind": "text", "unit": "", "additive": false},
            {"name": "Boxes", "kind": "number", "unit": "", "additive": true},
        ],
        "rows": [
            [cell(json!({"text": fruit}), fruit), cell(json!({"number": small.to_string()}), &small.to_string())],
            [cell(json!({"text": "Quinces"}), "Quinces"), cell(json!({"number": large.to_string()}), &large.to_string())],
        ],
    }]});
    let all = json!({"rows": {"table": 0, "keep": []}});
    let largest = json!({"max": {"rows": all, "column": 1}});
    let question =
        |question: &str, answer: &str, kind: &str, style: &str, program: serde_json::Value| FullQuestion {
            question: question.to_owned(),
            answer: answer.to_owned(),
            explanation: format!("The answer is {answer}."),
            kind: kind.to_owned(),
            style: style.to_owned(),
            program: program.to_string(),
            turn: 1,
            follows: -1,
        };
    let questions = vec![
        question(
            "Which fruit filled the most boxes?",
            "Quinces",
            "largest",
            "short",
            json!({"shown": {"rows": largest, "column": 0}}),
        ),
        question(
            "How many boxes did it fill?",
            &large.to_string(),
            "value",
            "short",
            json!({"shown": {"rows": largest, "column": 1}}),
        ),
        question(
            "Were there more kinds of fruit than 1?",
            "Yes",
            "compare",
            "yes_no",
            json!({"yes_no": {"greater": [{"count": all}, {"constant": "1"}]}}),
        ),
        question(
            "Which filled the most?\nA. Quinces\nB. Limes",
            "A",
            "largest",
            "choice",
            json!({"choice": {"of": {"shown": {"rows": largest, "column": 0}}, "options": ["Quinces", "Limes"], "labels": ["A", "B"]}}),
        ),
        question(
            "How many boxes of limes?",
            "The picture does not say.",
            "absent",
            "unanswerable",
            json!({"absent": {"table": 0, "column": 0, "text": "Limes", "decline": "The picture does not say."}}),
        ),
    ];
    let mut main = DocsRecord {
        image: Image { bytes: picture.encode().expect("a picture"), path: None },
        image_id: id.clone(),
        questions: DocsQuestions {
            question: questions.iter().map(|q| q.question.clone()).collect(),
            answer: questions.iter().map(|q| q.answer.clone()).collect(),
        },
    };
    let text = |text: &str, role: &str, y: f32| FullTextRun {
        text: text.to_owned(),
        role: role.to_owned(),
        element: 0,
        x: 20.0,
        y,
        width: 60.0,
        height: 12.0,
        size: 12.0,
        angle: 0.0,
    };
    let mut full = DocsFullRecord {
        image_id: id.clone(),
        row_id: row_id(&main).expect("a row"),
        kind: if *config == "charts" { "bar" } else { "invoice" }.to_owned(),
        family: if *config == "other" { "documents" } else { "charts" }.to_owned(),
        topic: format!("Harvest of <{fruit}> & \"Quinces\""),
        persona: "a gardener".to_owned(),
        theme: "plain".to_owned(),
        palette: "earth".to_owned(),
        fonts: vec!["Lora".to_owned()],
        locale: "en".to_owned(),
        language: "en".to_owned(),
        mode: "procedural".to_owned(),
        renderer: "figures".to_owned(),
        width: 160,
        height: 128,
        seed: format!("{number:064x}"),
        code_version: env!("CARGO_PKG_VERSION").to_owned(),
        plan: format!("{:016x}{:048}", number / 2, 0),
        source_name: String::new(),
        source_licence: String::new(),
        source: "bar".to_owned(),
        data: data.to_string(),
        questions,
        text_runs: vec![text("Harvest", "title", 4.0), text(fruit, "tick_label", 100.0)],
        marks: vec![FullMark {
            element: 1,
            role: "bar".to_owned(),
            table: 0,
            row: 0,
            column: 1,
            label: fruit.to_owned(),
            x: 40.0,
            y: 70.5,
            left: 20.0,
            top: 70.0,
            width: 40.0,
            height: 1.0,
        }],
    };
    let mut points = DocsPointsRecord {
        image_id: id,
        questions: vec!["Point at the bar.".to_owned()],
        names: vec!["bar".to_owned()],
        points: vec![vec![Point { x: 25.0, y: 55.08 }]],
    };
    change(&mut main, &mut full, &mut points);
    (main, full, points)
}
