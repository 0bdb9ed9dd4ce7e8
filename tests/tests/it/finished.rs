//! Datasets that are built once and looked at by many tests.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::program::run;
use crate::site::{BUILD_SMALL, SMALL, campaign, pixmo_in};

/// Four hundred pictures in about the default mix, with more diagrams so that their kinds occur.
pub(crate) const LARGE: &str = "figures = { charts = 160, tables = 80, diagrams = 60, documents = 100 }";
/// The flags with which the large dataset is built.
pub(crate) const BUILD_LARGE: &str = "build docs --campaign campaign.toml --shards 16 --into out";

/// Pictures of the kinds that are read back from pixels, twenty of each or more; what is rarer comes in a dataset of its
/// own. So few kinds say nothing about the share of drops.
const SHAPES: &str = "drops_percent_max = 50.0\n\
    kinds = [\"vertical_bar\", \"horizontal_bar\", \"grouped_bar\", \"line\", \"multi_line\", \"pie\", \"donut\", \
    \"stacked_bar\", \"plain\", \"ruled\", \"zebra\", \"boxed\"]\n\
    figures = { charts = 220, tables = 24, diagrams = 0, documents = 0 }";
const DOTS: &str = "drops_percent_max = 50.0\n\
    kinds = [\"scatter\", \"bubble\"]\n\
    figures = { charts = 64, tables = 0, diagrams = 0, documents = 0 }";

/// A finished dataset.
pub(crate) struct Finished {
    /// The folder with `campaign.toml` and `out`.
    pub(crate) site: PathBuf,
    /// The dataset folder.
    pub(crate) out: PathBuf,
    /// How long the build took.
    pub(crate) took: Duration,
    // Two runs of these tests must not build in the same folder.
    _alone: File,
}

/// The small dataset, built with two threads.
pub(crate) fn small() -> &'static Finished {
    static SMALL_ONE: OnceLock<Finished> = OnceLock::new();
    SMALL_ONE.get_or_init(|| build("small", SMALL, BUILD_SMALL))
}

/// The large dataset, built as people build. That few of its tasks give nothing is a test of its own, so the exit code
/// that says there are too many is let pass here.
pub(crate) fn large() -> &'static Finished {
    static LARGE_ONE: OnceLock<Finished> = OnceLock::new();
    LARGE_ONE.get_or_init(|| build("large", LARGE, BUILD_LARGE))
}

/// Pictures of bars, lines, rounds and plain tables.
pub(crate) fn shapes() -> &'static Finished {
    static SHAPES_ONE: OnceLock<Finished> = OnceLock::new();
    SHAPES_ONE
        .get_or_init(|| build("shapes", SHAPES, "build docs --campaign campaign.toml --shards 9 --into out"))
}

/// Pictures of dots.
pub(crate) fn dots() -> &'static Finished {
    static DOTS_ONE: OnceLock<Finished> = OnceLock::new();
    DOTS_ONE.get_or_init(|| build("dots", DOTS, "build docs --campaign campaign.toml --shards 4 --into out"))
}

/// The large dataset, or where `PIXMO_TEST_PICTURES` names a number of pictures, so many in the published mix.
pub(crate) fn as_many_as_told() -> &'static Finished {
    static TOLD: OnceLock<Finished> = OnceLock::new();
    let Ok(told) = std::env::var("PIXMO_TEST_PICTURES") else { return large() };
    let pictures: u64 = told.parse().expect("PIXMO_TEST_PICTURES is a number of pictures");
    let section = "drops_percent_max = 5.0";
    let line = format!("build docs --campaign campaign.toml --shards 32 --limit {pictures} --into out");
    TOLD.get_or_init(|| build("told", section, &line))
}

fn build(name: &str, section: &str, line: &str) -> Finished {
    let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&site).expect("a folder for tests");
    let alone = File::create(site.join("lock")).expect("a folder for tests");
    alone.lock().expect("a lock");
    let out = site.join("out");
    if out.exists() {
        fs::remove_dir_all(&out).expect("the folder of the last run");
    }
    fs::write(site.join("campaign.toml"), campaign(section)).expect("a folder for tests");
    let began = Instant::now();
    let said = run(pixmo_in(&site, line).args(["--jobs", "2"]));
    assert!(matches!(said.code, Some(0 | 1)) && out.join("manifest.json").exists(), "{said}");
    Finished { site, out, took: began.elapsed(), _alone: alone }
}
