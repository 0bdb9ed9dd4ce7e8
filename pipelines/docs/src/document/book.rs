//! The books that covers, title pages, tables of contents and indexes belong to.

use std::sync::OnceLock;

use serde::Deserialize;

use super::desk::Desk;

/// A book that could have been written.
#[derive(Debug, Deserialize)]
pub(super) struct Book {
    pub(super) kind: String,
    pub(super) title: Vec<String>,
    pub(super) subtitle: Vec<String>,
    pub(super) extra: Vec<String>,
    pub(super) praise: Vec<String>,
    pub(super) chapters: Vec<String>,
    pub(super) terms: Vec<String>,
    /// Words of an index that send the reader to another.
    pub(super) see: Vec<[String; 2]>,
}

#[derive(Deserialize)]
struct File {
    book: Vec<Book>,
}

/// The bundled books.
pub(super) fn books() -> &'static [Book] {
    static BOOKS: OnceLock<Vec<Book>> = OnceLock::new();
    BOOKS.get_or_init(|| {
        let file: File = toml::from_str(include_str!("../../../../data/sources/world/books.toml"))
            .expect("books.toml has the form of `Book`");
        file.book
    })
}

pub(super) const HOUSES: [&str; 10] = [
    "Lantern Press",
    "Grey Heron Books",
    "Quayside Editions",
    "Three Keys Publishing",
    "Millrace Press",
    "Paper Lighthouse",
    "Northbank Books",
    "Copper Beech",
    "Second Shelf",
    "Windrose Publishing",
];

impl Book {
    /// A title of this book with its subtitle.
    pub(super) fn name(&self, desk: &mut Desk<'_>) -> (String, String) {
        (desk.rng.pick(&self.title).clone(), desk.rng.pick(&self.subtitle).clone())
    }
}

/// A sheet of a fixed height that fills: book pages are not as long as their text.
pub(super) fn page(desk: &mut Desk<'_>, wide: (f64, f64), ratio: (f64, f64)) -> (f64, f64) {
    let w = desk.style.range(wide.0, wide.1).round();
    let h = (w * desk.style.range(ratio.0, ratio.1)).round();
    desk.paper.width = w;
    desk.paper.height = Some(h);
    desk.paper.pixels_per_pt = desk.style.word(&["1.2", "1.35", "1.5"]).parse().unwrap_or(1.2);
    (w, h)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn books_have_enough_to_list() {
        assert!(books().iter().filter(|b| b.terms.len() >= 36).count() >= 5);
        for book in books() {
            let mut terms = book.terms.clone();
            terms.sort();
            terms.dedup();
            assert_eq!(terms.len(), book.terms.len(), "{}", book.title[0]);
            assert!(book.see.iter().flatten().all(|word| terms.contains(word)), "{}", book.title[0]);
            assert!(book.chapters.len() >= 14 && book.chapters.iter().all(|c| c.len() <= 46));
        }
    }
}
