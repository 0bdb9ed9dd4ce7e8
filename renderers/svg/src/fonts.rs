//! The bundled faces as a font database.

use std::sync::{Arc, LazyLock};

use pixmo_render::Fonts;
use pixmo_render::font::{Class, Style};
use usvg::fontdb;

/// The family of text that names none.
pub(crate) const DEFAULT_FAMILY: &str = "Roboto";

/// The database, filled once. Families carry our names, those in the files may differ.
pub(crate) fn database() -> Arc<fontdb::Database> {
    static DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| Arc::new(filled()));
    DATABASE.clone()
}

fn filled() -> fontdb::Database {
    let fonts = Fonts::bundled();
    let mut database = fontdb::Database::new();
    for face in fonts.faces() {
        let class = fonts.family(face.family).map(|family| family.class);
        let (style, weight) = match face.style {
            Style::Regular => (fontdb::Style::Normal, fontdb::Weight::NORMAL),
            Style::Bold => (fontdb::Style::Normal, fontdb::Weight::BOLD),
            Style::Italic => (fontdb::Style::Italic, fontdb::Weight::NORMAL),
        };
        database.push_face_info(fontdb::FaceInfo {
            id: fontdb::ID::dummy(),
            source: fontdb::Source::Binary(Arc::new(face.bytes)),
            index: 0,
            families: vec![(face.family.to_owned(), fontdb::Language::English_UnitedStates)],
            post_script_name: format!("{}-{:?}", face.family.replace(' ', ""), face.style),
            style,
            weight,
            stretch: fontdb::Stretch::Normal,
            monospaced: class == Some(Class::Mono),
        });
    }
    let first = |class: Class| {
        let family = fonts.families().iter().find(|family| family.class == class);
        family.map_or(DEFAULT_FAMILY, |family| family.name).to_owned()
    };
    database.set_serif_family(first(Class::Serif));
    database.set_sans_serif_family(first(Class::Sans));
    database.set_monospace_family(first(Class::Mono));
    database.set_cursive_family(first(Class::Hand));
    database.set_fantasy_family(first(Class::Display));
    database
}
