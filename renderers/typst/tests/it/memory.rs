//! Many pages, little memory.

use pixmo_render_typst::{PageOptions, render};

/// Resident memory of this process in MiB.
fn resident_mib() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").expect("Linux tells it");
    let pages: usize = text.split_whitespace().nth(1).and_then(|p| p.parse().ok()).expect("a number");
    pages * 4096 / (1024 * 1024)
}

fn page(number: usize) {
    let rows: String =
        (0..12).map(|row| format!("[Row {row} of page {number}], [{}.{row}0],", number * 7)).collect();
    let source = format!(
        "#set page(width: 400pt, height: auto)\n#set text(font: \"Lato\", size: {}pt)\n= Page {number}\n\
         #table(columns: (1fr, auto), {rows})",
        9 + number % 4
    );
    render(&source, &PageOptions::default()).expect("the page is sound");
}

#[test]
fn three_hundred_pages_leave_memory_flat() {
    if !cfg!(target_os = "linux") {
        return;
    }
    (0..60).for_each(page);
    let before = resident_mib();
    (60..360).for_each(page);
    let after = resident_mib();
    assert!(after < before + 40, "{before} MiB grew to {after} MiB");
}
