//! Tables of others: what a list says of one (TOML), a line `---`, and its file (CSV). Either it is read whole, and every
//! kind of figure takes content from it or passes it over, or there is an error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_docs::sources::{Source, TableError, chart_of, entries, table_of};
use pixmo_fuzz::limits;
use pixmo_render::Seed;
use pixmo_render_figures::chart::ChartKind;
use pixmo_render_figures::table::TableLayout;

fn told(error: &TableError) {
    limits::is_told(error);
}

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    let text = limits::text(bytes);
    let (list, file) = text.split_once("\n---\n").unwrap_or((&text, ""));
    let sources: Vec<Source> = limits::within(|| {
        let entries = entries(list).inspect_err(told).unwrap_or_default().into_iter().take(3);
        entries.filter_map(|entry| Source::read(entry, file).inspect_err(told).ok()).collect()
    });
    let seed = Seed::from_number(bytes.len() as u64);
    for source in &sources {
        limits::within(|| {
            for kind in ChartKind::ALL {
                if let Some(content) = chart_of(source, kind, &mut seed.rng(kind.slug())) {
                    let shape = kind.shape().check(kind.slug(), &content.data);
                    assert!(shape.is_ok(), "{}: {:?}", kind.slug(), shape.err());
                }
            }
            for layout in TableLayout::ALL {
                if let Some(content) = table_of(source, layout, &mut seed.rng(layout.slug())) {
                    assert!(content.data.tables.iter().all(|t| t.rows.iter().all(|r| r.len() == t.columns.len())));
                }
            }
        });
    }
});
