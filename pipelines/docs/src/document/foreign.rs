//! Documents in other languages than English: receipts, invoices, menus and opening hours, printed as they are at the
//! place and asked about in English. A question names what it wants by its meaning, or quotes what is printed; nothing
//! printed is bent to fit an English sentence.

mod asking;
mod hours;
mod invoice;
mod menu;
mod receipt;
mod words;

use pixmo_render::{FaceId, Fonts};

use super::DocumentKind;
use super::desk::{Desk, Draft};
use super::locale::Locale;
use super::paper::Paper;
use crate::banks::Foreign;
use words::Papers;

/// Kinds that can be written in other languages.
pub(super) const SPEAK: &[DocumentKind] =
    &[DocumentKind::Receipt, DocumentKind::Invoice, DocumentKind::Menu, DocumentKind::Notice];

/// Writes a document of one of the kinds in [`SPEAK`].
pub(super) fn write(kind: DocumentKind, foreign: &'static Foreign, desk: &mut Desk<'_>) -> Draft {
    let papers = Papers::of(&foreign.language);
    let culture = desk.words.names.culture.iter().find(|culture| culture.slug == papers.culture);
    desk.culture = culture.expect("a test finds the culture of every language");
    desk.place = Locale::foreign(&foreign.locale, papers.dates(), &papers.tax);
    if !desk.covered(papers) {
        desk.paper.set_in(FALLBACK);
    }
    match kind {
        DocumentKind::Receipt => receipt::write(desk, papers),
        DocumentKind::Invoice => invoice::write(desk, papers),
        DocumentKind::Menu => menu::write(desk, papers),
        _ => hours::write(desk, papers, foreign),
    }
}

/// A face that has every letter of every language here.
const FALLBACK: &str = "Noto Sans";

impl Desk<'_> {
    /// True when the faces of the sheet can write the language and the names of the place.
    fn covered(&self, papers: &Papers) -> bool {
        written(&self.paper, papers) && super::desk::covers(self.culture, &self.paper)
    }

    /// Uses these faces where they can write all that is needed; else those of the sheet stay.
    fn try_faces(&mut self, family: &'static str, papers: &Papers) {
        let before = (self.paper.family, self.paper.title_family);
        self.paper.set_in(family);
        if !self.covered(papers) {
            (self.paper.family, self.paper.title_family) = before;
        }
    }
}

fn written(paper: &Paper, papers: &Papers) -> bool {
    let covers = |face: &FaceId| Fonts::bundled().covers(*face, &papers.letters);
    paper.faces().iter().all(covers)
}

#[cfg(test)]
mod tests;
