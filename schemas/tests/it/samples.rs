//! A few right rows of every table, shared by the tests and by `examples/write_examples.rs`.

use serde::{Deserialize, Serialize};

use pixmo_schemas::records::{
    AskModelAnythingRecord, CapAudioRecord, CapByImageRecord, CapQaRecord, CapReceiptRecord, CapRecord,
    ClockQuestion, ClocksImagesRecord, ClocksRecord, CountPoints, CountRecord, DocsFullRecord,
    DocsPointsRecord, DocsQuestions, DocsRecord, FullMark, FullQuestion, FullTextRun, Image,
    ImageClusterRecord, ImageRecord, Pair, Point, PointExplanationsRecord, PointsEvalRecord, PointsRecord,
    TimedWord,
};
use pixmo_schemas::{Column, Kind, Record, Sha256, Unit, row_id};

/// A list of values that may be missing.
pub(crate) type Lots<T> = Vec<Option<T>>;

/// A row with every kind, nested in every way that a table of ours may use, and nothing that must be there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct KindsRecord {
    pub(crate) text: Option<String>,
    pub(crate) raw: Option<serde_bytes::ByteBuf>,
    pub(crate) int32: Option<i32>,
    pub(crate) int64: Option<i64>,
    pub(crate) float32: Option<f32>,
    pub(crate) float64: Option<f64>,
    pub(crate) flag: Option<bool>,
    pub(crate) image: Option<Image>,
    pub(crate) audio: Option<Image>,
    pub(crate) texts: Option<Vec<Option<String>>>,
    pub(crate) images: Option<Vec<Image>>,
    pub(crate) triple: Option<Lots<Lots<Lots<f64>>>>,
    pub(crate) lists: Option<Lists>,
    pub(crate) structs: Option<Vec<Option<Inner>>>,
    pub(crate) nested: Option<Vec<Option<Vec<Option<Inner>>>>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lists {
    pub(crate) n: Option<Vec<Option<i64>>>,
    pub(crate) y: Option<Vec<Option<String>>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Inner {
    pub(crate) label: Option<String>,
    pub(crate) y: Option<f32>,
    pub(crate) tags: Option<Vec<String>>,
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column::new(name, kind, "One of every kind.").null_means("nothing")
}

const LISTS: &[Column] = &[column("n", Kind::Int64), column("y", Kind::String)];
const INNER: &[Column] = &[
    column("label", Kind::String),
    column("y", Kind::Float32).unit(Unit::Pixels),
    column("tags", Kind::List(&Kind::String)),
];
const KINDS: &[Column] = &[
    column("text", Kind::String),
    column("raw", Kind::Binary),
    column("int32", Kind::Int32),
    column("int64", Kind::Int64),
    column("float32", Kind::Float32),
    column("float64", Kind::Float64),
    column("flag", Kind::Bool),
    column("image", Kind::Image),
    column("audio", Kind::Audio { sampling_rate_hz: 16_000 }),
    column("texts", Kind::List(&Kind::String)),
    column("images", Kind::List(&Kind::Image)),
    column("triple", Kind::List(&Kind::List(&Kind::List(&Kind::Float64)))),
    column("lists", Kind::StructOfLists(LISTS)),
    column("structs", Kind::ListOfStructs(INNER)),
    column("nested", Kind::List(&Kind::ListOfStructs(INNER))),
];

impl Record for KindsRecord {
    fn columns() -> &'static [Column] {
        KINDS
    }
}

/// A picture of `width` x `height` pixels whose red grows to the right and whose green grows downwards.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Other encoders depend on which features of `flate2` other crates ask for.
    encoder.set_compression(png::Compression::NoCompression);
    let pixels: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).flat_map(move |x| [(x * 10) as u8, (y * 10) as u8, 77]))
        .collect();
    let mut writer = encoder.write_header().expect("the header fits into memory");
    writer.write_image_data(&pixels).expect("the pixels fit into memory");
    writer.finish().expect("the file fits into memory");
    file
}

fn url(n: usize) -> String {
    format!("https://images.example/{n}.jpg")
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub(crate) fn kinds() -> Vec<KindsRecord> {
    let image = Image { bytes: png(3, 2), path: None };
    let inner = Inner { label: Some("a".into()), y: Some(0.5), tags: Some(vec![]) };
    let full = KindsRecord {
        text: Some("ä “quoted” \n line".into()),
        raw: Some(serde_bytes::ByteBuf::from([0, 255, 7])),
        int32: Some(i32::MIN),
        int64: Some(i64::MAX),
        float32: Some(0.1),
        float64: Some(-0.1),
        flag: Some(true),
        image: Some(image.clone()),
        audio: None,
        texts: Some(vec![Some("one".into()), None, Some(String::new())]),
        images: Some(vec![image.clone(), image]),
        triple: Some(vec![Some(vec![Some(vec![Some(1.5), Some(2.5)])]), Some(vec![])]),
        lists: Some(Lists { n: Some(vec![Some(1), Some(2)]), y: Some(vec![Some("u".into()), None]) }),
        structs: Some(vec![Some(inner.clone())]),
        nested: Some(vec![Some(vec![Some(inner.clone()), Some(inner)]), Some(vec![])]),
    };
    let empty = KindsRecord {
        texts: Some(vec![]),
        images: Some(vec![]),
        triple: Some(vec![]),
        lists: Some(Lists { n: Some(vec![]), y: Some(vec![]) }),
        structs: Some(vec![]),
        nested: Some(vec![]),
        ..KindsRecord::default()
    };
    vec![full, empty, KindsRecord::default()]
}

pub(crate) fn cap() -> Vec<CapRecord> {
    vec![
        CapRecord {
            image_url: url(1),
            caption: "A red tram crosses a wet square.".into(),
            transcripts: texts(&[
                "um a red tram on a square",
                "it has rained, the tram is red",
                "Straßenbahn",
            ]),
        },
        CapRecord {
            image_url: url(2),
            caption: "Two cups.".into(),
            transcripts: texts(&["there are two cups"]),
        },
    ]
}

pub(crate) fn cap_by_image() -> Vec<CapByImageRecord> {
    let of = |(n, row): (usize, CapRecord)| CapByImageRecord {
        row_id: row_id(&row).expect("the record follows its columns").to_string(),
        image_sha256: Sha256::of(&[n as u8]).to_string(),
        image_url: row.image_url,
        caption: row.caption,
        takes: (0..row.transcripts.len()).map(|take| format!("take-{n}-{take}")).collect(),
        phase: if n == 0 { "several" } else { "single" }.into(),
        language: "en".into(),
        takes_left_out: 0,
        writer: if n == 0 { "merge" } else { "rules" }.into(),
        model: (n == 0).then(|| "a small model".into()),
        prompt_sha256: (n == 0).then(|| Sha256::of(b"merge").to_string()),
        attempts: i32::from(n == 0),
        caption_words: 7,
        transcript_words: 14,
        sentences_left_out: 0,
        waived: if n == 0 { vec![] } else { texts(&["words_too_few"]) },
        seed: "00000000000000a7".repeat(4),
        code_version: "0.1.0".into(),
        transcripts: row.transcripts,
    };
    cap().into_iter().enumerate().map(of).collect()
}

pub(crate) fn cap_receipts() -> Vec<CapReceiptRecord> {
    let of = |row: CapByImageRecord| {
        let transcripts = row.transcripts.clone();
        row.takes.clone().into_iter().zip(transcripts).map(move |(take, said)| {
            let is_imported = row.phase == "single";
            CapReceiptRecord {
                row_id: row.row_id.clone(),
                image_sha256: row.image_sha256.clone(),
                person: "a-117".into(),
                phase: row.phase.clone(),
                language: "en".into(),
                recorded_at: (!is_imported).then(|| "2026-11-30T16:40:00Z".into()),
                received_at: (!is_imported).then(|| "2026-11-30T16:41:16.250Z".into()),
                consent_version: "1".into(),
                consent_scopes: texts(&["publish-text", "publish-audio"]),
                audio_sha256: Sha256::of(take.as_bytes()).to_string(),
                audio_bytes: 240_000,
                audio_codec: Some("opus".into()),
                duration_secs: Some(75.5),
                voiced_secs: (!is_imported).then_some(62.25),
                clipped_share: Some(0.0),
                snr_db: Some(31.5),
                transcript_from: if is_imported { "raw" } else { "corrected" }.into(),
                transcript_sha256: Sha256::of(said.as_bytes()).to_string(),
                raw_sha256: Some(Sha256::of(said.as_bytes()).to_string()),
                recogniser: Some("tiny.en".into()),
                recogniser_sha256: Some(Sha256::of(b"model").to_string()),
                word_confidence: Some(0.93),
                words: 7,
                words_per_minute: (!is_imported).then_some(6.75),
                words_edited: (!is_imported).then_some(1),
                receipt: if is_imported { "imported" } else { "verified" }.into(),
                receipt_leaf: (!is_imported).then_some(4),
                receipt_sha256: (!is_imported).then(|| Sha256::of(b"receipt").to_string()),
                take,
            }
        })
    };
    cap_by_image().into_iter().flat_map(of).collect()
}

pub(crate) fn cap_audio() -> Vec<CapAudioRecord> {
    let of = |row: CapReceiptRecord| CapAudioRecord {
        audio: Image { bytes: wav(1_600), path: Some(format!("{}.wav", row.take)) },
        row_id: row.row_id,
        take: row.take,
        person: row.person,
        language: row.language,
        image_sha256: row.image_sha256,
        image_url: url(1),
        audio_sha256: row.audio_sha256,
        transcript: "um a red tram".into(),
        words: vec![TimedWord { word: "um".into(), from_secs: 0.25, to_secs: 0.5 }],
    };
    cap_receipts().into_iter().take(2).map(of).collect()
}

/// A recording of so many samples with one channel, 16,000 of them a second.
pub(crate) fn wav(samples: u32) -> Vec<u8> {
    let mut file = b"RIFF".to_vec();
    file.extend((36 + samples * 2).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend([16, 0, 0, 0, 1, 0, 1, 0]);
    file.extend(16_000u32.to_le_bytes());
    file.extend(32_000u32.to_le_bytes());
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend((samples * 2).to_le_bytes());
    file.extend((0..samples).flat_map(|n| ((n % 40) as i16 * 200).to_le_bytes()));
    file
}

pub(crate) fn cap_qa() -> Vec<CapQaRecord> {
    vec![
        CapQaRecord {
            image_url: url(1),
            question: "[USER] What colour is the tram? [ASSISTANT]".into(),
            answer: "Red.".into(),
            messages: texts(&["What colour is the tram?", "Red."]),
        },
        CapQaRecord {
            image_url: url(1),
            question: "[USER] Is it wet? [ASSISTANT] Yes. [USER] Why? [ASSISTANT]".into(),
            answer: "It has rained.".into(),
            messages: texts(&["Is it wet?", "Yes.", "Why?", "It has rained."]),
        },
    ]
}

pub(crate) fn ask_model_anything() -> Vec<AskModelAnythingRecord> {
    vec![AskModelAnythingRecord {
        image_url: url(3),
        image_sha256: Sha256::of(b"3"),
        question: "What does the sign say?".into(),
        answer: "It says \"no entry\".".into(),
    }]
}

pub(crate) fn points() -> Vec<PointsRecord> {
    let row = |n: usize, points: Vec<Point>, label: &str, method: &str| PointsRecord {
        image_url: url(n),
        image_sha256: Sha256::of(&[n as u8]),
        count: points.len() as i64,
        points,
        label: label.into(),
        collection_method: method.into(),
    };
    vec![
        row(4, vec![Point { x: 0.0, y: 100.0 }, Point { x: 33.3, y: 12.25 }], "tram", "pointing"),
        row(4, vec![], "purple hat", "pointing"),
        row(5, vec![Point { x: 50.0, y: 50.0 }], "window", "counting"),
    ]
}

pub(crate) fn point_explanations() -> Vec<PointExplanationsRecord> {
    vec![PointExplanationsRecord {
        image_url: url(6),
        image_sha256: Sha256::of(b"6"),
        question: "Why is it safe?".into(),
        response: "The <point x=\"10.0\" y=\"20.5\" alt=\"helmet on a head\">helmet</point> and the \
                   <points x1=\"5.0\" y1=\"60.0\" x2=\"30.2\" y2=\"40.0\" alt=\"lights\">lights</points> help."
            .into(),
        parsed_response: Some("The <|POINT|> and the <|POINT|> help.".into()),
        alt_text: texts(&["helmet on a head", "lights"]),
        inline_text: texts(&["helmet", "lights"]),
        points: vec![
            vec![Pair { x: 10.0, y: 20.5 }],
            vec![Pair { x: 30.24, y: 40.0 }, Pair { x: 5.0, y: 60.0 }],
        ],
    }]
}

pub(crate) fn docs() -> Vec<DocsRecord> {
    let row = |n: u32, path: Option<&str>, questions: &[&str], answers: &[&str]| DocsRecord {
        image: Image { bytes: png(n, n + 1), path: path.map(Into::into) },
        image_id: format!("chart-{n}"),
        questions: DocsQuestions { question: texts(questions), answer: texts(answers) },
    };
    vec![
        row(4, None, &["Which bar is tallest?", "What is its value?"], &["March", "1,204"]),
        row(5, Some("chart-5.png"), &["How many lines are there?"], &["3"]),
    ]
}

pub(crate) fn docs_full() -> Vec<DocsFullRecord> {
    docs().iter().map(full_of).collect()
}

fn full_of(row: &DocsRecord) -> DocsFullRecord {
    let question = |i: usize| FullQuestion {
        question: row.questions.question[i].clone(),
        answer: row.questions.answer[i].clone(),
        explanation: "Seen in the bars.".into(),
        kind: "extreme".into(),
        style: "short".into(),
        program: r#"{"argmax":["t0","c1"]}"#.into(),
        turn: i as i32,
        follows: i as i32 - 1,
    };
    let text_run = |text: &str, element: i32, angle: f32| FullTextRun {
        text: text.into(),
        role: "tick".into(),
        element,
        x: 0.5,
        y: 1.25,
        width: 2.0,
        height: 1.0,
        size: 11.5,
        angle,
    };
    let mark = |element: i32, label: &str| FullMark {
        element,
        role: "bar".into(),
        table: 0,
        row: element,
        column: 1,
        label: label.into(),
        x: 2.0,
        y: 1.5,
        left: 1.0,
        top: 0.5,
        width: 2.0,
        height: 2.0,
    };
    let side = |at: usize| i32::from_be_bytes(row.image.bytes[at..at + 4].try_into().expect("four bytes"));
    DocsFullRecord {
        image_id: row.image_id.clone(),
        row_id: row_id(row).expect("the record follows its columns"),
        kind: "grouped_bar".into(),
        family: "charts".into(),
        topic: "rain by month".into(),
        persona: "a gardener".into(),
        theme: "plain".into(),
        palette: "okabe".into(),
        fonts: texts(&["DejaVu Sans"]),
        locale: "en".into(),
        language: "en".into(),
        mode: "procedural".into(),
        renderer: "figures".into(),
        width: side(16),
        height: side(20),
        seed: "00000000000000a7".into(),
        code_version: "0.1.0".into(),
        plan: Sha256::of(b"plan").to_string(),
        source_name: "rain".into(),
        source_licence: "CC0-1.0".into(),
        source: "bar 4".into(),
        data: r#"{"tables":[{"rows":[["March",1204]]}]}"#.into(),
        questions: (0..row.questions.question.len()).map(question).collect(),
        text_runs: vec![text_run("March", 0, -45.0), text_run("1,204", -1, 0.0)],
        marks: vec![mark(0, "March"), mark(1, "")],
    }
}

pub(crate) fn docs_points() -> Vec<DocsPointsRecord> {
    let point = |x: f64, y: f64| Point { x, y };
    docs()
        .into_iter()
        .enumerate()
        .map(|(i, row)| DocsPointsRecord {
            image_id: row.image_id,
            questions: texts(&["Point to the tallest bar.", "Point to all legend entries."][..2 - i]),
            names: texts(&["tallest bar", "legend entries"][..2 - i]),
            points: [vec![point(12.5, 40.0)], vec![point(1.0, 2.0), point(99.0, 100.0)]][..2 - i].to_vec(),
        })
        .collect()
}

pub(crate) fn clocks() -> Vec<ClocksRecord> {
    let row = |format: &str, seconds: bool, h: i32, m: i32, s: i32, text: &str| ClocksRecord {
        example_id: "0123456789/004_2021-03-04T12:05:09.000123_steel-round".into(),
        watchface_id: "0123456789".into(),
        watchface_name: "steel-round".into(),
        watch_time: "004_2021-03-04T12:05:09".into(),
        time_format: format.into(),
        shows_seconds: seconds,
        hour_visible: h,
        minute_visible: m,
        second_visible: s,
        text: text.into(),
    };
    vec![
        row("With AM/PM", true, 12, 5, 9, "12:05:09 PM"),
        row("With AM/PM", false, 0, 5, -1, "12:05 AM"),
        row("Without AM/PM", false, 0, 5, -1, "12:05"),
        row("Not shown", false, -1, -1, -1, "The time is not shown in the image."),
    ]
}

pub(crate) fn clocks_images() -> Vec<ClocksImagesRecord> {
    clocks().iter().enumerate().map(|(i, row)| clock_image_of(i, row)).collect()
}

/// A clock beside the one of the row.
const OTHERS: &str = r#"[{"called":"the watch on the right","watchface_id":"0123456789","body":"dress-watch",
    "time":"2021-03-04T16:30:00","text":"4:30","shows_time":true,"shows_seconds":false,"shows_am_pm":false,
    "movement":"sweeping","hour":{"angle":135.0,"x":31.0,"y":16.0},"minute":{"angle":180.0,"x":30.0,"y":22.0},
    "second":null,"centre":[30.0,15.0],"dial_radii":[8.0,8.0],"homography":[0.08,0,30,0,0.08,15,0,0,1],
    "visible":[22.0,7.0,16.0,16.0],"occluded_share":0.0,"face":{},"body_parameters":{},"camera":{}}]"#;

fn clock_image_of(i: usize, row: &ClocksRecord) -> ClocksImagesRecord {
    let shows_time = row.time_format != "Not shown";
    let shows_am_pm = row.time_format == "With AM/PM";
    let clock = if shows_am_pm && row.hour_visible == 0 { "00:05:09" } else { "12:05:09" };
    let hand = |value: f64| if shows_time { value } else { -1.0 };
    ClocksImagesRecord {
        example_id: row.example_id.replace("12:05:09", clock),
        image: Image { bytes: png(40, 30), path: None },
        watchface_id: row.watchface_id.clone(),
        body: row.watchface_name.clone(),
        stratum: "boundary".into(),
        wild: i == 3,
        width: 40,
        height: 30,
        format: "png".into(),
        time: format!("2021-03-04T{clock}"),
        shows_time,
        shows_seconds: row.shows_seconds,
        shows_am_pm,
        movement: "sweeping".into(),
        text: row.text.clone(),
        called: "the clock".into(),
        questions: vec![ClockQuestion {
            question: "Which time does the clock show?".into(),
            answer: row.text.clone(),
            kind: "time".into(),
            style: "reference".into(),
        }],
        hour_angle: hand(2.575),
        minute_angle: hand(30.9),
        second_angle: if row.shows_seconds { 54.0 } else { -1.0 },
        centre_x: 20.0,
        centre_y: 15.5,
        dial_radius_x: 12.0,
        dial_radius_y: 11.75,
        hour_x: hand(20.5) as f32,
        hour_y: hand(9.25) as f32,
        minute_x: hand(25.5) as f32,
        minute_y: hand(6.0) as f32,
        second_x: if row.shows_seconds { 28.0 } else { -1.0 },
        second_y: if row.shows_seconds { 8.5 } else { -1.0 },
        homography: vec![0.12, 0.0, 20.0, 0.0, 0.1175, 15.5, 0.0, 0.0, 1.0],
        visible_left: 8.0,
        visible_top: 3.75,
        visible_width: 24.0,
        visible_height: 23.5,
        occluded_share: 0.25,
        face: r#"{"marks":"roman"}"#.into(),
        body_parameters: r#"{"steel-round":{"lugs":4}}"#.into(),
        camera: r#"{"turn":3.5}"#.into(),
        photo: "{}".into(),
        others: if i == 3 { OTHERS.into() } else { "[]".into() },
        seed: "00000000000000a7".into(),
        row_id: row_id(row).expect("the record follows its columns"),
        code_version: "0.1.0".into(),
    }
}

pub(crate) fn count(split: &str) -> Vec<CountRecord> {
    let row = |n: usize, count: i32, points: Option<CountPoints>| CountRecord {
        image_url: url(n),
        image_sha256: Sha256::of(&[n as u8]),
        count,
        points,
        label: "boat".into(),
    };
    if split != "train" {
        return vec![row(8, 7, None), row(9, 2, None)];
    }
    let points = CountPoints { x: vec![10.5, 640.25], y: vec![0.0, 479.0] };
    vec![row(7, 2, Some(points)), row(8, 0, Some(CountPoints::default()))]
}

pub(crate) fn points_eval() -> Vec<PointsEvalRecord> {
    let row = |points: Vec<Point>, masks: Vec<Vec<Vec<bool>>>| PointsEvalRecord {
        image_url: url(10),
        image_sha256: Sha256::of(b"10"),
        label: "boat".into(),
        points,
        masks,
    };
    let mask = vec![vec![true, false, false], vec![true, true, false]];
    vec![row(vec![Point { x: 10.0, y: 60.0 }], vec![mask]), row(vec![], vec![])]
}

pub(crate) fn images() -> Vec<ImageRecord> {
    let row = |number: i64, image: Option<Image>| ImageRecord {
        sha256: Sha256::of(&number.to_le_bytes()).to_string(),
        width: 640,
        height: 480,
        orientation: 6,
        format: "jpeg".into(),
        bytes: image.as_ref().map_or(51_200, |image| image.bytes.len() as i64),
        image,
        perceptual_hash: (number != 2).then(|| "00ff".repeat(16)),
        flat: number == 3,
        address: Some(format!("https://images.example/{number}.jpg")),
        address_final: Some(format!("https://cdn.example/{number}.jpg")),
        status: Some(200),
        fetched_at: "2026-11-30T16:40:00Z".into(),
        licence: Some("CC-BY-4.0".into()),
        licence_evidence: r#"[{"source":"list","field":"license","value":"CC-BY-4.0"}]"#.into(),
        opt_out: "[]".into(),
        c2pa: None,
        warnings: vec!["bytes follow the end of the image".into()],
        blurred_from: None,
        file: (number == 3).then(|| "trams/3.jpg".into()),
        row: number,
        other: r#"{"alt":"a tram"}"#.into(),
    };
    let picture = docs().remove(0).image;
    let mut imported = row(3, None);
    (imported.address, imported.address_final, imported.status) = (None, None, None);
    (imported.licence, imported.licence_evidence) = (None, "[]".into());
    imported.c2pa = Some(r#"{"claim_generator":"example"}"#.into());
    imported.warnings.clear();
    vec![row(1, Some(picture)), row(2, None), imported]
}

pub(crate) fn image_clusters() -> Vec<ImageClusterRecord> {
    let hash = |number: i64| Sha256::of(&number.to_le_bytes()).to_string();
    let row = |number: i64, relation: &str, distance: i32| ImageClusterRecord {
        image_sha256: hash(number),
        cluster: hash(1).min(hash(2)),
        kept: relation == "self",
        relation: relation.into(),
        distance,
        split: "validation".into(),
        held_out_by: (number == 2).then(|| "a benchmark".into()),
    };
    vec![row(1, "self", 0), row(2, "mirror", 3)]
}
