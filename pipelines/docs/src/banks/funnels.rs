//! What thins out from stage to stage.

use serde::Deserialize;

/// A way on which not all get to the end.
#[derive(Debug, Deserialize)]
pub struct Funnel {
    /// The domain it belongs to.
    pub domain: String,
    /// Patterns of titles with `{org}`, `{period}`.
    pub titles: Vec<String>,
    /// What is counted.
    pub measure: String,
    /// Name of a stage; least and most part of the stage before that gets there, or how many begin.
    pub stages: Vec<(String, f64, f64)>,
}

#[derive(Deserialize)]
struct File {
    funnel: Vec<Funnel>,
}

/// Reads the bundled file.
pub(super) fn read() -> Vec<Funnel> {
    let file: File = toml::from_str(include_str!("../../../../data/sources/world/funnels.toml"))
        .expect("funnels.toml has the form of `Funnel`");
    file.funnel
}
