//! Our files in the hands of others: two releases of `datasets`, polars, duckdb, and readers of data and pixels that
//! share nothing with the programs.

use crate::finished::{as_many_as_told, dots, large, shapes, small};
use crate::program::{Said, program, run};
use crate::python::{all_right, script};

const OLD: &str = "datasets-3.1";
const NEW: &str = "datasets-5.2";

/// The tiny examples of all datasets.
fn examples(environment: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    run(crate::program::command(&program("examples/write_examples")).arg(folder.path())).expect(0);
    let said = all_right(script(environment, "check_examples.py").arg(folder.path()));
    assert!(
        said.stdout.contains(": 12 datasets, "),
        "the nine published ones, the two of images, and one with every kind of column: {said}"
    );
}

#[test]
fn all_datasets_load_in_the_old_release() {
    examples(OLD);
}

#[test]
fn all_datasets_load_in_the_new_release() {
    examples(NEW);
}

#[test]
fn a_built_dataset_loads_in_the_old_release() {
    let said = all_right(script(OLD, "check_docs.py").arg(&large().out));
    assert!(said.stdout.starts_with("datasets 3.1.0: 12 configs, "), "{said}");
}

#[test]
fn a_built_dataset_loads_in_the_new_release_in_polars_and_in_duckdb() {
    let said = all_right(script(NEW, "check_docs.py").arg(&large().out));
    assert!(said.stdout.starts_with("datasets 5.2.0, polars 2.1.0, duckdb 2.0.1: 12 configs, "), "{said}");
}

/// The snippet on the card, run as it stands there.
fn in_the_form_of_cosyn(environment: &str, version: &str) {
    let configs = ["charts", "tables", "diagrams", "other"].map(|config| ["--config", config]);
    let said =
        all_right(script(environment, "check_cosyn.py").arg(&large().out).args(configs.iter().flatten()));
    assert!(said.stdout.starts_with(&format!("datasets {version}: ")), "{said}");
}

#[test]
fn a_built_dataset_takes_the_form_of_cosyn_in_the_old_release() {
    in_the_form_of_cosyn(OLD, "3.1.0");
}

#[test]
fn a_built_dataset_takes_the_form_of_cosyn_in_the_new_release() {
    in_the_form_of_cosyn(NEW, "5.2.0");
}

#[test]
fn every_answer_is_worked_out_again_by_plain_python() {
    let said = all_right(script(NEW, "recheck.py").arg(&as_many_as_told().out));
    let last = said.stdout.lines().last().unwrap_or_default();
    assert!(last.contains(" questions, 0 disagreements"), "{said}");
}

/// The number before a word of the last line.
fn counted(said: &Said, word: &str) -> u32 {
    let last = said.stdout.lines().last().unwrap_or_default();
    let found = last.split(' ').zip(last.split(' ').skip(1)).find(|(_, next)| *next == word);
    found.and_then(|(number, _)| number.replace(',', "").parse().ok()).unwrap_or(0)
}

#[test]
fn bars_lines_and_rounds_read_back_from_pixels_give_the_data() {
    let said = all_right(script(NEW, "readback.py").arg(&shapes().out));
    let (pictures, marks) = (counted(&said, "pictures,"), counted(&said, "marks"));
    assert!(pictures >= 120 && marks >= 1_000, "{pictures} pictures and {marks} marks prove little:\n{said}");
}

#[test]
fn dots_read_back_from_pixels_give_the_data() {
    let said = all_right(script(NEW, "readback.py").arg(&dots().out));
    let (pictures, marks) = (counted(&said, "pictures,"), counted(&said, "marks"));
    assert!(pictures >= 20 && marks >= 100, "{pictures} pictures and {marks} marks prove little:\n{said}");
}

#[test]
fn faults_planted_in_the_data_are_found_in_the_pixels() {
    for (finished, kinds) in [(shapes(), 8), (dots(), 2)] {
        let said = all_right(script(NEW, "planted.py").arg(&finished.out).args(["--pictures", "4"]));
        let last = said.stdout.lines().last().unwrap_or_default();
        assert!(last.starts_with(&format!("{{\"kinds\": {kinds}, ")), "{said}");
    }
}

#[test]
fn what_questions_ask_is_seen_in_the_pixels() {
    let said = all_right(script(NEW, "visibility.py").arg(&large().out));
    let last = said.stdout.lines().last().unwrap_or_default();
    let found: serde_json::Value = serde_json::from_str(last).unwrap_or_else(|_| panic!("{said}"));
    assert!(found["operands"].as_u64().is_some_and(|count| count >= 10_000), "{said}");
}

#[test]
fn questions_are_balanced_and_pictures_differ() {
    all_right(script(NEW, "balance.py").arg(&as_many_as_told().out));
}

/// The readers themselves, on pictures and programs whose answers are known.
#[test]
fn the_readers_are_right() {
    let mut tests = script(NEW, "-m");
    let said = all_right(tests.args(["unittest", "discover", "--pattern", "test_*.py"]));
    assert!(said.stderr.contains("\nOK"), "{said}");
}

/// The readers can fail: a dataset without one of its files is not all right.
#[test]
fn a_dataset_without_a_file_is_not_all_right() {
    let site = crate::site::Site::new("");
    crate::site::copy(&small().out, &site.path("out"));
    std::fs::remove_file(site.path("out/charts/train-00000-of-00002.parquet")).expect("it was there");
    let said = run(script(NEW, "check_docs.py").arg(site.path("out")));
    assert_ne!(said.code, Some(0), "{said}");
}
