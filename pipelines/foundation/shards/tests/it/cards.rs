//! The card: placeholders and front matter.

use pixmo_schemas::Dataset;
use pixmo_shards::{Begun, Card, CardError, ConfigSpec, FileEntry, Sidecar, Split};

fn begun() -> Begun {
    Begun {
        dataset: "docs".to_owned(),
        shards: 2,
        seed: 7,
        limit: None,
        code_version: "0.1.0".to_owned(),
        schema_version: "abc".to_owned(),
        settings: serde_json::json!({"charts": 6000}),
    }
}

fn sidecars() -> Vec<Sidecar> {
    let file = |config: &str, split, number: u64| FileEntry {
        path: format!("{config}/{split}-{number:05}-of-00001.parquet"),
        config: config.to_owned(),
        split,
        rows: 1_234,
        bytes: 5_000_000,
        sha256: String::new(),
        num_bytes: 6_000_000,
    };
    let mut first = Sidecar::new(&begun(), 0);
    first.tasks = 1_250;
    first.rows = 1_234;
    first.drops = [("render_failed".to_owned(), 12), ("duplicate_question".to_owned(), 4)].into();
    first.counters = [("questions".to_owned(), 10_983)].into();
    first.files = vec![file("charts", Split::Train, 0), file("charts_points", Split::Train, 0)];
    let mut second = first.clone();
    second.shard = 1;
    second.files = vec![file("charts", Split::Validation, 0), file("charts_points", Split::Validation, 0)];
    vec![first, second]
}

fn render(template: &str) -> Result<String, CardError> {
    let table = |name| Dataset::Docs.config(name).unwrap();
    let configs = [ConfigSpec::main(table("charts")), ConfigSpec::side(table("charts_points"), "charts")];
    let (build, sidecars) = (begun(), sidecars());
    let card =
        Card { template, dataset: Dataset::Docs, build: &build, configs: &configs, sidecars: &sidecars };
    let text = card.render()?;
    assert_eq!(card.render()?, text, "the same bytes again");
    Ok(text)
}

#[test]
fn every_placeholder_becomes_what_it_says() {
    let template = "# {{public_name}} ({{dataset}})\n\n{{rows}} of {{tasks}} tasks, {{dropped}} dropped ({{dropped_percent}} %), \
        {{count:questions}} questions, {{mean:questions}} a picture, {{count:unheard}} of another kind.\n\
        {{shards}} shards, {{files}} files, {{size}}, seed {{seed}}, version {{code_version}}.\n\n\
        {{configs_table}}\n\n{{columns_tables}}\n\n{{drops_table}}\n\n{{counters_table}}\n\n```json\n{{settings}}\n```\n";
    insta::assert_snapshot!(render(template).unwrap());
}

#[test]
fn a_placeholder_that_does_not_exist_is_an_error() {
    let unknown = CardError::Unknown { name: "row".to_owned(), line: 2 };
    assert_eq!(unknown.to_string(), "line 2 of the card's template has the unknown placeholder `{{row}}`");
    assert_eq!(render("a\n{{row}}").unwrap_err(), unknown);
    assert_eq!(render("{{rows}").unwrap_err(), CardError::Open { line: 1 });
}
