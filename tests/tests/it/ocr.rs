//! Texts read back from pixels by Tesseract, which knows nothing of how they were drawn.

use std::process::Command;

use crate::finished::{large, shapes};
use crate::program::{Said, run};
use crate::python::script;

/// The share of characters that must be read, in per cent.
const READ_PERCENT_MIN: f64 = 97.0;
/// The share of the cells of tables that must be read back in their place, in per cent.
const CELLS_PERCENT_MIN: f64 = 98.0;

#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn is_there() -> bool {
    let version = Command::new("tesseract").arg("--version").output();
    let there = version.is_ok_and(|said| said.status.success());
    if !there {
        eprintln!("skipped, because `tesseract` is not installed; tests/setup.sh installs it");
    }
    there
}

fn figures(said: &Said) -> serde_json::Value {
    let last = said.stdout.lines().last().unwrap_or_default();
    serde_json::from_str(last).unwrap_or_else(|_| panic!("{said}"))
}

#[test]
fn tesseract_reads_the_texts_of_three_hundred_pictures_of_all_kinds() {
    if !is_there() {
        return;
    }
    let said =
        run(script("datasets-5.2", "ocr.py").arg(&large().out).args(["--pictures", "300", "--runs", "12"]));
    let said = said.expect(0);
    let found = figures(&said);
    assert_eq!(found["pictures"], 300, "{said}");
    assert!(found["kinds"].as_u64().is_some_and(|count| count >= 120), "{said}");
    let (read, left_out) = (found["characters"].as_u64(), found["left_out"].as_u64());
    let (read, left_out) = (read.expect("a count"), left_out.expect("a count"));
    assert!(read >= 15_000 && left_out * 50 <= read, "data for a language is missing:\n{said}");
    let percent = found["read_percent"].as_f64().expect("a share");
    assert!(percent >= READ_PERCENT_MIN, "{percent} % of the characters were read:\n{said}");
}

#[test]
fn tables_read_back_from_pixels_give_the_data_cell_by_cell() {
    if !is_there() {
        return;
    }
    let said = run(script("datasets-5.2", "cells.py").arg(&shapes().out));
    let found = figures(&said);
    assert!(found["tables"].as_u64().is_some_and(|count| count >= 20), "{said}");
    assert!(found["right_percent"].as_f64().is_some_and(|share| share >= CELLS_PERCENT_MIN), "{said}");
}
