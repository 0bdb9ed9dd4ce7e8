//! What Typst may see: one source and the bundled fonts.

use std::sync::LazyLock;

use pixmo_render::Fonts;
use pixmo_render::font::Style;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontStretch, FontStyle, FontVariant, FontWeight};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::error::TypstError;
use crate::source;

/// What is the same for every page.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let mut book = FontBook::new();
    let mut fonts = Vec::new();
    for face in Fonts::bundled().faces() {
        let font = Font::new(Bytes::new(face.bytes), 0).expect("bundled fonts are well-formed");
        // Families carry our names: those in the files may differ, and Typst would fold `Roboto Condensed` into `Roboto`.
        let mut info = font.info().clone();
        info.family = face.family.to_owned();
        let (style, weight) = match face.style {
            Style::Regular => (FontStyle::Normal, FontWeight::REGULAR),
            Style::Bold => (FontStyle::Normal, FontWeight::BOLD),
            Style::Italic => (FontStyle::Italic, FontWeight::REGULAR),
        };
        info.variant = FontVariant::new(style, weight, FontStretch::NORMAL);
        book.push(info);
        fonts.push(font);
    }
    let path = VirtualPath::new("page.typ").expect("a plain name is a path");
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(book),
        fonts,
        main: RootedPath::new(VirtualRoot::Project, path).intern(),
    }
});

/// True for the names that formulas offer: letters, signs and their arrangement.
pub(crate) fn is_math(name: &str) -> bool {
    SHARED.library.math.scope().get(name).is_some()
}

/// The world of one page: its source and nothing else. There is no date.
pub(crate) struct ClosedWorld {
    source: Source,
}

impl ClosedWorld {
    pub(crate) fn new(text: &str) -> Result<Self, TypstError> {
        Ok(Self { source: source::parse(SHARED.main, text)? })
    }

    pub(crate) fn page_source(&self) -> &Source {
        &self.source
    }
}

impl World for ClosedWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        SHARED.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SHARED.main { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
