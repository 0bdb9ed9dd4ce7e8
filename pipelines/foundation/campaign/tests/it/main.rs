//! Campaign files that a person could write, and what they get to read.

mod errors;
mod fuzz;
mod hash;

use std::num::NonZeroU32;
use std::path::Path;

use pixmo_campaign::{Campaign, CampaignError};
use serde::Deserialize;

/// Sections as the crates of the house have them, without a word about unknown keys.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Build {
    shards: Option<u32>,
    jobs: Option<NonZeroU32>,
    figures: Figures,
    fonts: Vec<String>,
    ink: Ink,
    scale: f64,
    drop_invalid: bool,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Figures {
    charts: u32,
    tables: u32,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Ink {
    #[default]
    Black,
    DarkBlue,
    Custom {
        red: u8,
    },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Engine {
    kind: String,
    url: String,
    requests_max: Percent,
}

/// A type that refuses values itself.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(try_from = "u8")]
struct Percent(u8);

impl TryFrom<u8> for Percent {
    type Error = String;

    fn try_from(value: u8) -> Result<Self, String> {
        if value <= 100 { Ok(Percent(value)) } else { Err(format!("`{value}` is more than 100 per cent")) }
    }
}

/// The sections that the reader of these files knows.
const KNOWN: &[&str] = &["build.docs", "build.cap", "annotate.cap", "engines.*", "train"];

/// Reads everything that a program would read.
fn read(text: &str) -> Result<(Campaign, Option<Build>, Option<Engine>), CampaignError> {
    let campaign = Campaign::parse(Path::new("campaign.toml"), text.to_owned())?;
    campaign.check_sections(KNOWN)?;
    let build = campaign.section("build.docs")?;
    let engine = campaign.section("engines.llm")?;
    Ok((campaign, build, engine))
}

/// An error as the console prints it.
fn shown(error: &CampaignError) -> String {
    let mut text = format!("error: {}", error.message);
    if let Some(source) = &error.source {
        text.push_str(&format!("\n  cause: {source}"));
    }
    if let Some(at) = &error.at {
        text.push_str(&format!("\n  at: {at}"));
    }
    for hint in &error.hints {
        text.push_str(&format!("\n  hint: {hint}"));
    }
    text
}

/// What is wrong with `text`, as a person reads it.
fn complaint(text: &str) -> String {
    match read(text) {
        Err(error) => shown(&error),
        Ok(read) => format!("no complaint: {read:?}"),
    }
}

#[test]
fn a_whole_campaign_is_read() {
    let text = r#"
[campaign]
name = "spring-2026"
seed = 7
data = "data"

[engines.llm]
kind = "chat"
url = "https://llm.example/v1"
requests_max = 32

[build.docs]
shards = 256
figures = { charts = 6000, tables = 3000 }
fonts = ["Inter", "Lora"]
ink = "dark-blue"
scale = 2
drop_invalid = true

[train]
datasets = ["cap", "docs", "clocks"]
"#;
    let (campaign, build, engine) = read(text).expect("a good file");
    assert_eq!(
        (campaign.name(), campaign.seed(), campaign.data()),
        (Some("spring-2026"), Some(7), Some("data"))
    );
    let build = build.expect("the section is there");
    let expected = Build {
        shards: Some(256),
        jobs: None,
        figures: Figures { charts: 6000, tables: 3000 },
        fonts: vec!["Inter".to_owned(), "Lora".to_owned()],
        ink: Ink::DarkBlue,
        scale: 2.0,
        drop_invalid: true,
    };
    assert_eq!(build, expected);
    assert_eq!(engine.map(|engine| engine.requests_max), Some(Percent(32)));
    assert_eq!(
        campaign.place_of("build.docs", "figures").map(|place| place.to_string()),
        Some("campaign.toml:14:1".to_owned())
    );
    assert!(campaign.has_section("train") && !campaign.has_section("build.cap"));
}

#[test]
fn forms_that_say_the_same_are_read_the_same() {
    let as_table =
        "[build.docs]\nshards = 2\nink = { custom = { red = 9 } }\n[build.docs.figures]\ncharts = 1\n";
    let dotted = "build.docs.shards = 0x2\nbuild.docs.figures.charts = 1\nbuild.docs.ink.custom.red = 9\n";
    let (_, one, _) = read(as_table).expect("a good file");
    let (_, two, _) = read(dotted).expect("a good file");
    assert_eq!(one, two);
    assert_eq!(one.map(|build| build.ink), Some(Ink::Custom { red: 9 }));
}

#[test]
fn without_a_file_nothing_is_set() {
    let campaign = Campaign::none();
    assert_eq!(
        (campaign.name(), campaign.seed(), campaign.data(), campaign.file()),
        (None, None, None, None)
    );
    assert_eq!(campaign.section::<Build>("build.docs").expect("nothing can be wrong"), None);
    campaign.check_sections(&[]).expect("nothing can be wrong");
}

#[test]
fn the_keys_of_a_section_are_known_without_a_file() {
    let keys = pixmo_campaign::keys_of::<Build>();
    assert_eq!(keys, ["shards", "jobs", "figures", "fonts", "ink", "scale", "drop_invalid"]);
    assert_eq!(pixmo_campaign::keys_of::<Option<Figures>>(), ["charts", "tables"]);
    assert_eq!(pixmo_campaign::keys_of::<Vec<u8>>(), [""; 0]);
}
