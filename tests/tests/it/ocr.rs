//! Texts read back from pixels by Tesseract, which knows nothing of how they were drawn.

use std::process::Command;

use crate::finished::large;
use crate::program::run;
use crate::python::script;

/// The share of characters that must be read, in per cent.
const READ_PERCENT_MIN: f64 = 95.0;

#[test]
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn tesseract_reads_the_texts_of_a_hundred_pictures() {
    let version = Command::new("tesseract").arg("--version").output();
    if !version.is_ok_and(|said| said.status.success()) {
        eprintln!("skipped, because `tesseract` is not installed; tests/setup.sh installs it");
        return;
    }
    let said = run(script("datasets-5.2", "ocr.py").arg(&large().out).args(["--pictures", "100"])).expect(0);
    let last = said.stdout.lines().last().unwrap_or_default();
    let found: serde_json::Value = serde_json::from_str(last).unwrap_or_else(|_| panic!("{said}"));
    assert_eq!(found["pictures"], 100, "{said}");
    assert!(found["characters"].as_u64().is_some_and(|count| count >= 5_000), "{said}");
    let percent = found["read_percent"].as_f64().expect("a share");
    assert!(percent >= READ_PERCENT_MIN, "{percent} % of the characters were read:\n{said}");
}
