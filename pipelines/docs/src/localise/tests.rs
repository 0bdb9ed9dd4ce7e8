use std::collections::BTreeSet;

use pixmo_render::Seed;
use pixmo_render_figures::chart::ChartKind;

use super::{Content, labels, titles, whole_words};
use crate::banks::Banks;
use crate::{chart_content, table_content};

/// Keys of the words that figures write, and of what stands around them.
const MORE: &[&str] = &[
    "increase",
    "decrease",
    "rise",
    "fall",
    "below",
    "between",
    "above",
    "log_scale",
    "log",
    "symbol",
    "bubble_area",
    "no_data",
    "density",
    "share_up_to",
    "source",
    "no_figure",
    "not_available",
];

#[test]
fn every_language_has_all_words_and_patterns() {
    let keys: BTreeSet<&str> = labels::keys().into_iter().chain(MORE.iter().copied()).collect();
    let forms: BTreeSet<&str> = titles::forms().into_iter().collect();
    let known = ["measure", "of", "measure2", "of2", "by", "by2", "rows", "thing", "period", "year", "town"];
    assert!(Banks::languages().len() >= 7);
    for foreign in Banks::languages().iter().flatten().filter_map(|b| b.foreign.as_ref()) {
        let has: BTreeSet<&str> = foreign.words.keys().map(String::as_str).collect();
        assert_eq!(has, keys, "words of {}", foreign.locale.tag);
        let has: BTreeSet<&str> = foreign.titles.keys().map(String::as_str).collect();
        assert_eq!(has, forms, "titles of {}", foreign.locale.tag);
        for pattern in foreign.titles.values().flatten() {
            for part in pattern.split('{').skip(1) {
                let name = part.split('}').next().unwrap_or("");
                let fits = known.contains(&name) || ["org", "from", "to", "n"].contains(&name);
                assert!(fits, "`{name}` in `{pattern}` of {}", foreign.locale.tag);
            }
        }
    }
}

#[test]
fn faces_can_write_every_language() {
    use pixmo_render::font::Style;
    use pixmo_render_figures::look::Look;
    for foreign in Banks::languages().iter().flatten().filter_map(|b| b.foreign.as_ref()) {
        let looks = (0..40).map(|n| Look::draw(&mut Seed::from_number(n).rng("look")));
        let count = looks.filter(|look| foreign.written_with(look.face(Style::Regular))).count();
        assert!(count >= 20, "{} of 40 looks write {}", count, foreign.locale.tag);
    }
}

/// All texts of a picture that come from its content.
fn texts(content: &Content) -> Vec<String> {
    let mut all = vec![content.title.clone(), content.subtitle.clone(), content.note.clone()];
    for table in content.data.tables.iter().filter(|t| t.name != "grid") {
        if !super::INTERNAL.contains(&table.name.as_str()) {
            all.extend(table.columns.iter().map(|c| c.name.clone()));
        }
        all.extend(table.rows.iter().flatten().map(|cell| cell.shown.clone()));
    }
    all
}

/// Draws a kind in a language; checks that nothing English and nothing unfilled is left.
fn check(banks: &Banks, made: Option<Content>) -> usize {
    let Some(content) = made else { return 0 };
    let foreign = banks.foreign.as_ref().expect("a language");
    let own: BTreeSet<&str> = foreign.words.values().map(String::as_str).collect();
    for text in texts(&content) {
        assert!(!text.contains('{'), "`{text}` of {}", content.plan);
        let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let english = labels::english().contains(&bare) && !own.contains(bare);
        assert!(!english, "`{text}` of {} is English", content.plan);
        for word in [" by ", " of ", " and ", " the ", " with "] {
            assert!(!text.contains(word), "`{text}` of {} is English", content.plan);
        }
    }
    assert!(!content.title.is_empty());
    1
}

#[test]
fn charts_of_all_languages_are_drawn_without_english() {
    for banks in Banks::languages().iter().filter_map(|places| places.last()) {
        let tag = &banks.foreign.as_ref().expect("a language").locale.tag;
        for kind in ChartKind::ALL.iter().copied().filter(|kind| chart_content::speaks(*kind)) {
            let rng = &mut Seed::from_number(5).rng(kind.slug());
            let made: usize = (0..30).map(|_| check(banks, chart_content::draw(kind, banks, rng))).sum();
            assert!(made >= 1, "{made} of 30 draws of {} in {tag}", kind.slug());
        }
    }
}

#[test]
fn tables_of_all_languages_are_drawn_without_english() {
    for banks in Banks::languages().iter().filter_map(|places| places.first()) {
        let tag = &banks.foreign.as_ref().expect("a language").locale.tag;
        for layout in table_content::LAYOUTS.iter().copied().filter(|layout| table_content::speaks(*layout)) {
            let rng = &mut Seed::from_number(6).rng(layout.slug());
            let made: usize = (0..60).map(|_| check(banks, table_content::draw(layout, banks, rng))).sum();
            assert!(made >= 2, "{made} of 60 draws of {} in {tag}", layout.slug());
        }
    }
}

#[test]
fn only_whole_words_are_replaced() {
    assert_eq!(whole_words("the umsatz of umsatzsteuer", "umsatz", "Umsatz"), "the Umsatz of umsatzsteuer");
}

#[test]
fn diagrams_of_all_languages_are_drawn_without_english() {
    use crate::diagram_content;
    use pixmo_render_figures::diagram::DiagramKind;
    let english =
        ["Wait", "Update", "yes", "Yes", "Head of", "People", "Ideas", "cycle", "family", "organisation"];
    for banks in Banks::languages().iter().filter_map(|places| places.first()) {
        let foreign = banks.foreign.as_ref().expect("a language");
        for kind in DiagramKind::ALL.iter().copied().filter(|kind| diagram_content::speaks(*kind)) {
            let rng = &mut Seed::from_number(7).rng(kind.slug());
            let mut made = 0;
            for content in (0..12).filter_map(|_| diagram_content::draw(kind, banks, rng)) {
                made += 1;
                let cells = content.data.tables.iter().flat_map(|t| t.rows.iter().flatten());
                let kinds = ["start", "step", "decision", "end"];
                let shown = cells.map(|c| c.shown.clone()).filter(|text| !kinds.contains(&text.as_str()));
                for text in shown.chain([content.title.clone()]) {
                    let words: Vec<&str> = text.split([' ', ',']).collect();
                    let left = english.iter().find(|word| words.contains(word) || **word == text);
                    assert!(left.is_none(), "`{text}` in {} is English", foreign.locale.tag);
                }
            }
            assert!(made >= 4, "{made} of 12 draws of {} in {}", kind.slug(), foreign.locale.tag);
        }
    }
}
