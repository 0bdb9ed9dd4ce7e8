//! The table of verbs and datasets: one line each. A new verb or dataset is one line more.

use pixmo_console::Failure;

/// Something that `pixmo` can be asked to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    pub(crate) name: &'static str,
    /// What it does: imperative, no full stop.
    pub(crate) about: &'static str,
    pub(crate) runs: Runs,
    /// One command that works.
    pub(crate) example: &'static str,
}

/// Which program knows a verb.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Runs {
    /// The program of the dataset named next: `build docs` is `pixmo-docs build`.
    OfDataset,
    /// One program for all datasets: `verify docs` is `pixmo-inspect verify docs`.
    Program(&'static str),
    /// A program with verbs of its own: `images fetch` is `pixmo-images fetch`.
    Itself(&'static str),
}

const INSPECT: Runs = Runs::Program("pixmo-inspect");
const IMAGES: Runs = Runs::Itself("pixmo-images");
const CAP: Runs = Runs::Itself("pixmo-cap");
const MODELS: Runs = Runs::Itself("pixmo-models");
const ANNOTATE: Runs = Runs::Itself("pixmo-annotate");
const CAPTIONER: Runs = Runs::Itself("pixmo-captioner");
const RECEIPTS: Runs = Runs::Itself("pixmo-receipts");

/// All verbs, in the order of a working day.
#[rustfmt::skip]
pub(crate) const VERBS: &[Verb] = &[
    Verb { name: "build",  about: "Make the shards of a dataset",                  runs: Runs::OfDataset, example: "pixmo build docs --shards 256" },
    Verb { name: "images", about: "Take images in: fetch a list, import a folder", runs: IMAGES,          example: "pixmo images fetch urls.txt" },
    Verb { name: "cap",    about: "Take recordings in and write down what is said", runs: CAP,             example: "pixmo cap transcribe takes/" },
    Verb { name: "annotate", about: "Run a campaign in which people speak and point", runs: ANNOTATE,      example: "pixmo annotate serve --campaign campaign.toml" },
    Verb { name: "models", about: "Bring the files of models here, whole and checked", runs: MODELS,      example: "pixmo models fetch tiny.en" },
    Verb { name: "captioner", about: "Have a Molmo say what is on pictures",       runs: CAPTIONER,       example: "pixmo captioner caption photo.jpg --model DIR" },
    Verb { name: "receipts", about: "Keep and check the receipts of takes",        runs: RECEIPTS,        example: "pixmo receipts verify data/shards/cap --log log" },
    Verb { name: "status", about: "Say how far a dataset is",                      runs: INSPECT,         example: "pixmo status docs" },
    Verb { name: "verify", about: "Check every byte and every answer of a dataset", runs: INSPECT,        example: "pixmo verify docs" },
    Verb { name: "sample", about: "Show rows of a dataset",                        runs: INSPECT,         example: "pixmo sample docs" },
    Verb { name: "stats",  about: "Count what is in a dataset",                    runs: INSPECT,         example: "pixmo stats docs" },
];

/// Verbs that people may know and this version does not have.
pub(crate) const VERBS_TO_COME: &[&str] = &["campaign", "query", "publish"];

/// One of the nine published datasets, and the program that makes it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dataset {
    pub(crate) name: &'static str,
    pub(crate) program: &'static str,
    pub(crate) about: &'static str,
}

/// The nine published datasets.
#[rustfmt::skip]
pub(crate) const DATASETS: &[Dataset] = &[
    Dataset { name: "cap",                program: "pixmo-cap",                about: "spoken captions" },
    Dataset { name: "ask-model-anything", program: "pixmo-ask-model-anything", about: "questions people ask of an image" },
    Dataset { name: "points",             program: "pixmo-points",             about: "people point at things" },
    Dataset { name: "point-explanations", program: "pixmo-point-explanations", about: "answers that point" },
    Dataset { name: "cap-qa",             program: "pixmo-cap-qa",             about: "questions from captions" },
    Dataset { name: "docs",               program: "pixmo-docs",               about: "rendered charts, tables, diagrams, documents" },
    Dataset { name: "clocks",             program: "pixmo-clocks",             about: "rendered watch faces" },
    Dataset { name: "count",              program: "pixmo-count",              about: "how many there are" },
    Dataset { name: "points-eval",        program: "pixmo-points-eval",        about: "points with masks, to measure pointing" },
];

/// The programs that this version of the source builds; the others come with later versions.
pub(crate) const PROGRAMS: &[&str] = &[
    "pixmo-docs",
    "pixmo-clocks",
    "pixmo-images",
    "pixmo-cap",
    "pixmo-points",
    "pixmo-count",
    "pixmo-points-eval",
    "pixmo-annotate",
    "pixmo-models",
    "pixmo-captioner",
    "pixmo-receipts",
    "pixmo-inspect",
];

/// Programs whose package has another name, because the library behind them has theirs.
const PACKAGES: &[(&str, &str)] = &[("pixmo-receipts", "pixmo-vouch"), ("pixmo-annotate", "pixmo-annotator")];

/// How to get `program`; `None` for one that this version does not have.
pub(crate) fn install_line(program: &str) -> Option<String> {
    let package = PACKAGES.iter().find(|(name, _)| *name == program).map_or(program, |(_, package)| package);
    PROGRAMS.contains(&program).then(|| format!("cargo build --release -p {package}"))
}

/// The failure for a program that is neither next to this one nor in PATH.
pub(crate) fn missing(program: &str) -> Failure {
    let failure = Failure::request(format!("program `{program}` is not installed"));
    match install_line(program) {
        Some(line) => failure.because("it is neither next to `pixmo` nor in PATH").hint(line),
        None => failure
            .because("this version of pixmo does not have it yet")
            .hint("`pixmo help` lists what it has; a program of that name in PATH would be run"),
    }
}

pub(crate) fn verb(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.name == name)
}

pub(crate) fn dataset(name: &str) -> Option<&'static Dataset> {
    DATASETS.iter().find(|dataset| dataset.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_once_and_fit_the_line() {
        let mut names: Vec<&str> = VERBS.iter().map(|verb| verb.name).chain(["help"]).collect();
        // A program with verbs of its own may be that of a dataset, and have its name.
        let is_told = |dataset: &&Dataset| {
            verb(dataset.name).is_none_or(|verb| verb.runs != Runs::Itself(dataset.program))
        };
        names.extend(DATASETS.iter().filter(is_told).map(|dataset| dataset.name));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!((names.len(), DATASETS.len()), (all, 9));
        for verb in VERBS {
            assert!(!verb.about.ends_with('.') && verb.about.len() <= 60, "{}", verb.name);
            let what = if matches!(verb.runs, Runs::Itself(_)) { "" } else { "docs" };
            assert!(verb.example.starts_with(&format!("pixmo {} {what}", verb.name)), "{}", verb.example);
        }
    }

    /// The list of what can be built is held to the folders of the source.
    #[test]
    fn programs_that_are_promised_are_in_the_source_and_no_others() {
        let pipelines =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the pipelines");
        let candidates = DATASETS.iter().map(|dataset| dataset.program).chain([
            "pixmo-images",
            "pixmo-models",
            "pixmo-inspect",
        ]);
        for program in candidates {
            let folder = pipelines.join(program.trim_start_matches("pixmo-"));
            assert_eq!(folder.join("Cargo.toml").is_file(), PROGRAMS.contains(&program), "{program}");
        }
    }
}
