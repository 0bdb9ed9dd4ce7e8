//! The bundled faces as a font database.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use pixmo_render::Fonts;
use pixmo_render::font::{Class, Style};
use usvg::{FontResolver, fontdb};

/// The family of text that names none.
pub(crate) const DEFAULT_FAMILY: &str = "Roboto";

/// The database, filled once. Families carry our names, those in the files may differ.
pub(crate) fn database() -> Arc<fontdb::Database> {
    static DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| Arc::new(filled()));
    DATABASE.clone()
}

/// The faces that have a glyph for a character, in the order of the database.
fn bearers() -> &'static BTreeMap<char, Vec<fontdb::ID>> {
    static BEARERS: LazyLock<BTreeMap<char, Vec<fontdb::ID>>> = LazyLock::new(|| {
        let mut bearers = BTreeMap::<char, Vec<fontdb::ID>>::new();
        let database = database();
        for face in database.faces() {
            let characters = database.with_face_data(face.id, |bytes, index| {
                let mut characters = Vec::new();
                let face = ttf_parser::Face::parse(bytes, index).ok()?;
                for table in face.tables().cmap?.subtables.into_iter().filter(|table| table.is_unicode()) {
                    table.codepoints(|code| characters.extend(char::from_u32(code)));
                }
                characters.retain(|character| face.glyph_index(*character).is_some());
                Some(characters)
            });
            for character in characters.flatten().into_iter().flatten() {
                let faces = bearers.entry(character).or_default();
                if faces.last() != Some(&face.id) {
                    faces.push(face.id);
                }
            }
        }
        bearers
    });
    &BEARERS
}

/// Whether some face has a glyph for a character, or none is needed.
pub(crate) fn can_be_set(character: char) -> bool {
    let needs_none = character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    needs_none || bearers().contains_key(&character)
}

/// How faces are found: by name as usual, and where a face lacks a glyph, the first other one that has it, as the library
/// itself would choose; but looked up, where the library opens face after face for every piece of text.
pub(crate) fn resolver() -> FontResolver<'static> {
    FontResolver {
        select_font: FontResolver::default_font_selector(),
        select_fallback: Box::new(|character, used, database| {
            let base = database.face(*used.first()?)?;
            let fits = |id: &&fontdb::ID| {
                let face = database.face(**id);
                let other = |face: &fontdb::FaceInfo| {
                    base.style != face.style && base.weight != face.weight && base.stretch != face.stretch
                };
                !used.contains(id) && face.is_some_and(|face| !other(face))
            };
            bearers().get(&character)?.iter().find(fits).copied()
        }),
    }
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
