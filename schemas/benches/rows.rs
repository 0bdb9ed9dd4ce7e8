//! What turning rows into columns and back costs: 100 rows of `charts` with pictures of 60 kB, and their 100 rows of
//! `charts_full` with 60 text runs, 40 marks and 9 questions each.
//!
//! `cargo bench -p pixmo-schemas`

use divan::Bencher;

use pixmo_schemas::records::{DocsFullRecord, DocsRecord};
use pixmo_schemas::{Record, from_batch, row_id, to_batch};

#[path = "../tests/it/samples.rs"]
#[expect(dead_code, reason = "the benchmark needs two of the tables")]
mod samples;

const ROWS: usize = 100;

fn main() {
    divan::main();
}

fn charts() -> Vec<DocsRecord> {
    let mut row = samples::docs().swap_remove(0);
    row.image.bytes = (0..60_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    row.questions.question = vec!["Which month had the second largest value of rain?".into(); 9];
    row.questions.answer = vec!["March".into(); 9];
    vec![row; ROWS]
}

fn charts_full() -> Vec<DocsFullRecord> {
    let mut row = samples::docs_full().swap_remove(0);
    row.text_runs = row.text_runs.iter().cycle().take(60).cloned().collect();
    row.marks = row.marks.iter().cycle().take(40).cloned().collect();
    row.questions = vec![row.questions[0].clone(); 9];
    vec![row; ROWS]
}

fn bench_to_batch<R: Record>(bencher: Bencher<'_, '_>, rows: Vec<R>) {
    bencher.bench(|| to_batch(&rows).expect("rows become columns"));
}

fn bench_from_batch<R: Record>(bencher: Bencher<'_, '_>, rows: Vec<R>) {
    let batch = to_batch(&rows).expect("rows become columns");
    bencher.bench(|| from_batch::<R>(&batch).expect("columns become rows"));
}

fn bench_validate<R: Record>(bencher: Bencher<'_, '_>, rows: Vec<R>) {
    bencher.bench(|| rows.iter().for_each(|row| row.validate().expect("the row is right")));
}

#[divan::bench]
fn charts_to_batch(bencher: Bencher<'_, '_>) {
    bench_to_batch(bencher, charts());
}

#[divan::bench]
fn charts_from_batch(bencher: Bencher<'_, '_>) {
    bench_from_batch(bencher, charts());
}

#[divan::bench]
fn charts_validate(bencher: Bencher<'_, '_>) {
    bench_validate(bencher, charts());
}

#[divan::bench]
fn charts_row_id(bencher: Bencher<'_, '_>) {
    let rows = charts();
    bencher.bench(|| {
        for row in &rows {
            divan::black_box(row_id(row).expect("the record follows its columns"));
        }
    });
}

#[divan::bench]
fn charts_full_to_batch(bencher: Bencher<'_, '_>) {
    bench_to_batch(bencher, charts_full());
}

#[divan::bench]
fn charts_full_from_batch(bencher: Bencher<'_, '_>) {
    bench_from_batch(bencher, charts_full());
}

#[divan::bench]
fn charts_full_validate(bencher: Bencher<'_, '_>) {
    bench_validate(bencher, charts_full());
}
