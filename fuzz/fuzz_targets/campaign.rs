//! Campaign files: settings, or an error with its place.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;

use pixmo_campaign::{Campaign, CampaignError};
use pixmo_fuzz::limits;
use serde::Deserialize;

/// Every form that a section can have.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Forms {
    _whole: Option<u8>,
    _number: f64,
    _truth: bool,
    _texts: Vec<String>,
    _choice: Choice,
    _inner: Option<Box<Forms>>,
    _pair: Option<(i64, char)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Choice {
    #[default]
    Plain,
    Sized {
        _size: u16,
    },
    Named(String),
}

fn read(text: &str) -> Result<Campaign, CampaignError> {
    let campaign = Campaign::parse(Path::new("campaign.toml"), text.to_owned())?;
    campaign.check_sections(&["build.docs", "engines.*", "forms"])?;
    campaign.section::<Forms>("build.docs")?;
    campaign.section::<Forms>("forms")?;
    campaign.section::<Forms>("engines.llm")?;
    Ok(campaign)
}

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    let text = limits::text(bytes);
    match limits::within(|| read(&text)) {
        Ok(campaign) => assert_eq!(campaign.hash().len(), 64),
        Err(error) => {
            limits::is_told(&error);
            error.hints.iter().for_each(limits::is_told);
            let at = error.at.expect("every fault of the text has a place");
            let numbers: Vec<usize> = at.rsplit(':').take(2).filter_map(|part| part.parse().ok()).collect();
            let [column, line] = numbers[..] else { panic!("no line and column in `{at}`") };
            // A place lies in the text, or right behind its end.
            let lines: Vec<&str> = text.split('\n').collect();
            assert!(line >= 1 && line <= lines.len(), "line of `{at}`");
            assert!(column >= 1 && column <= lines[line - 1].chars().count() + 1, "column of `{at}`");
        }
    }
});
