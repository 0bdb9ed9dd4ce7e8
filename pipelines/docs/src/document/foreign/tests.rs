use std::collections::BTreeSet;

use pixmo_render::defect::{self, Limits};
use pixmo_render::font::Style;
use pixmo_render::{Fonts, Seed};
use pixmo_render_figures::look::Look;

use super::words::Papers;
use super::{FALLBACK, SPEAK};
use crate::banks::Banks;
use crate::document::make;
use crate::document::words::Words;
use crate::question::{self, Family, QUESTIONS_MIN};
use crate::visibility::Visible;

#[test]
fn every_language_of_the_banks_has_papers_with_the_same_words() {
    let keys: BTreeSet<Vec<&str>> = Papers::all().iter().map(Papers::keys).collect();
    assert_eq!(keys.len(), 1, "each language has a word for each key");
    for places in Banks::languages() {
        let foreign = places[0].foreign.as_ref().expect("languages are foreign");
        let papers = Papers::of(&foreign.language);
        let cultures = &Words::bundled().names.culture;
        assert!(cultures.iter().any(|culture| culture.slug == papers.culture), "{}", papers.culture);
        let family = Fonts::bundled().families().iter().find(|family| family.name == FALLBACK);
        let face = family.expect("the fallback is bundled").face(Style::Regular);
        assert!(Fonts::bundled().covers(face, &papers.letters), "{}", foreign.language);
    }
}

/// Labels that a kind prints are different, or a question could not name one of them.
#[test]
fn pages_in_other_languages_are_whole_and_give_enough_to_ask() {
    let mut printed = BTreeSet::new();
    for places in Banks::languages() {
        let banks = &places[0];
        let language = &banks.foreign.as_ref().expect("languages are foreign").language;
        for (number, kind) in SPEAK.iter().enumerate() {
            let seed = Seed::from_number(900 + number as u64);
            let look = Look::draw(&mut seed.rng("look"));
            let made = make(*kind, banks, &look, &seed).expect("the page can be set");
            let defects = defect::find(&made.scene, &Limits::default());
            assert!(defects.is_empty(), "{language} {}: {defects:?}", kind.slug());
            assert!(made.locale.starts_with(language.as_str()), "{} for {language}", made.locale);
            let fields = made.data.tables.last().expect("fields stand last");
            let names: BTreeSet<&str> = fields.rows.iter().map(|row| row[0].shown.as_str()).collect();
            assert_eq!(names.len(), fields.rows.len(), "{language} {}: {names:?}", kind.slug());
            printed.extend(names.into_iter().map(|name| (language.clone(), name.to_owned())));
            let content = made.content("");
            let visible = Visible::in_scene(&made.scene, &[]);
            let (list, _) = question::make(Family::Page, &content, &visible, &mut seed.rng("questions"));
            assert!(list.len() >= QUESTIONS_MIN, "{language} {}: {}", kind.slug(), list.len());
            for question in list.iter().filter(|q| q.kind == "absent") {
                assert!(question.question.contains('“'), "foreign names are quoted: {}", question.question);
            }
        }
    }
    assert!(printed.contains(&("de".to_owned(), "Rechnungsnummer".to_owned())), "{printed:?}");
}
