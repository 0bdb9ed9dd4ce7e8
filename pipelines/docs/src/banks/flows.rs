//! What flows: themes of Sankey, alluvial and chord diagrams.

use serde::Deserialize;

/// All themes.
#[derive(Debug, Default, Deserialize)]
pub struct FlowBanks {
    /// Links through stages, with their weights.
    pub sankey: Vec<Links>,
    /// Things that are sorted several times.
    pub alluvial: Vec<Streams>,
    /// Exchange among equals.
    pub chord: Vec<Exchange>,
}

/// Links through stages.
#[derive(Debug, Deserialize)]
pub struct Links {
    /// Stable name; the domain of the organisation where there is one.
    pub domain: String,
    /// Patterns of titles with `{town}`, `{org}`, `{family}`, `{period}`.
    pub titles: Vec<String>,
    /// What flows, as it stands in a sentence.
    pub much: String,
    /// It is counted: `how many`, not `how much`.
    #[serde(default)]
    pub many: bool,
    /// How it flows.
    pub verb: String,
    /// Unit; `currency` for money, `million` and `thousand` for large amounts of it.
    pub unit: String,
    /// Usual low end of the whole.
    pub low: f64,
    /// Usual high end of the whole.
    pub high: f64,
    /// Decimals as printed.
    pub decimals: u32,
    /// From, to, usual weight beside the others.
    pub links: Vec<(String, String, f64)>,
}

/// Things that are sorted several times.
#[derive(Debug, Deserialize)]
pub struct Streams {
    /// Stable name.
    pub domain: String,
    /// Patterns of titles.
    pub titles: Vec<String>,
    /// What is counted.
    pub much: String,
    /// Usual low end of the whole.
    pub low: f64,
    /// Usual high end of the whole.
    pub high: f64,
    /// The only step is met again year after year.
    #[serde(default)]
    pub years: bool,
    /// By what it is sorted.
    pub steps: Vec<Step>,
}

/// One way of sorting.
#[derive(Debug, Deserialize)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Into what.
    pub values: Vec<String>,
}

/// Exchange among equals.
#[derive(Debug, Deserialize)]
pub struct Exchange {
    /// Stable name.
    pub domain: String,
    /// Patterns of titles.
    pub titles: Vec<String>,
    /// What flows, as it stands in a sentence.
    pub much: String,
    /// It is counted.
    #[serde(default)]
    pub many: bool,
    /// How it flows.
    pub verb: String,
    /// Unit.
    #[serde(default)]
    pub unit: String,
    /// One of those who exchange.
    pub noun: String,
    /// Several of them.
    pub plural: String,
    /// Their names; none for towns.
    pub names: Vec<String>,
    /// Usual low end of one flow.
    pub low: f64,
    /// Usual high end of one flow.
    pub high: f64,
}

impl FlowBanks {
    /// Reads the bundled file.
    pub(super) fn read() -> Self {
        toml::from_str(include_str!("../../../../data/sources/world/flows.toml"))
            .expect("flows.toml has the form of `FlowBanks`")
    }
}
