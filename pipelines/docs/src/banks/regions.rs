//! Invented lands and what is measured about their regions.

use serde::Deserialize;

/// Lands, regions, measures.
#[derive(Debug, Default, Deserialize)]
pub struct RegionBanks {
    /// Names of lands, as they stand after `of`.
    pub lands: Vec<String>,
    /// What a region is called: one, several.
    pub kinds: Vec<(String, String)>,
    /// Names of regions.
    pub names: Vec<String>,
    /// What is measured.
    pub measure: Vec<RegionMeasure>,
}

/// What is measured about regions.
#[derive(Debug, Deserialize)]
pub struct RegionMeasure {
    /// Name as printed.
    pub name: String,
    /// Unit; `currency` stands for the sign of money.
    pub unit: String,
    /// Usual low end.
    pub low: f64,
    /// Usual high end.
    pub high: f64,
    /// Decimals as printed.
    pub decimals: u32,
    /// Whether adding up means something.
    pub additive: bool,
}

impl RegionBanks {
    /// Reads the bundled file.
    pub(super) fn read() -> Self {
        toml::from_str(include_str!("../../../../data/sources/world/regions.toml"))
            .expect("regions.toml has the form of `RegionBanks`")
    }
}
