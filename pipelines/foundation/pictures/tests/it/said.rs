//! What files say of themselves.

use pixmo_pictures::{About, Mining, notes};

use crate::files::bytes;

fn statements(name: &str) -> Vec<String> {
    let said = notes(&bytes(name));
    assert_eq!(said.unreadable, [""; 0], "{name}");
    said.statements
        .iter()
        .map(|statement| format!("{} {} = {}", statement.about.name(), statement.place, statement.words))
        .collect()
}

const OF_XMP: [&str; 6] = [
    "licence_address xmp:xmpRights:WebStatement = https://example.org/rights",
    "mining xmp:plus:DataMining = http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING",
    "digital_source xmp:Iptc4xmpExt:DigitalSourceType = http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    "licence_address xmp:cc:license = https://creativecommons.org/licenses/by/4.0/",
    "copyright xmp:dc:rights = (c) A. Painter",
    "terms xmp:xmpRights:UsageTerms = Ask first.",
];

#[test]
fn exif_iptc_and_xmp_are_read_from_a_jpeg() {
    let mut expected = vec![
        "copyright exif:Copyright = (c) EXIF Owner",
        "creator exif:Artist = A. Painter",
        "copyright iptc:2:116 = (c) IPTC Agency",
        "creator iptc:2:80 = B. Line",
        "terms iptc:2:40 = No resale",
    ];
    expected.extend(OF_XMP);
    assert_eq!(statements("noted.jpg"), expected);
}

#[test]
fn the_same_is_found_in_other_formats() {
    let with = |first: &[&'static str], last: &[&'static str]| [first, &OF_XMP, last].concat();
    assert_eq!(statements("noted.png"), with(&[], &["copyright png:Copyright = (c) PNG Owner"]));
    let exif = ["copyright exif:Copyright = (c) EXIF Owner", "creator exif:Artist = A. Painter"];
    assert_eq!(statements("noted.webp"), with(&exif, &[]));
    assert_eq!(statements("noted.tif"), with(&[], &["copyright tiff:Copyright = (c) TIFF Owner"]));
    assert_eq!(statements("plain.jpg"), [""; 0]);
}

#[test]
fn a_licence_comes_before_a_page_about_rights() {
    let said = notes(&bytes("noted.jpg"));
    assert_eq!(
        said.licence().map(|licence| licence.words.as_str()),
        Some("https://creativecommons.org/licenses/by/4.0/")
    );
    assert_eq!(said.copyright().map(|owner| owner.words.as_str()), Some("(c) EXIF Owner"));
}

#[test]
fn no_training_is_heard() {
    let said = notes(&bytes("noted.jpg"));
    let against = said.against_training().map(|statement| statement.place.as_str()).collect::<Vec<_>>();
    assert_eq!(against, ["xmp:plus:DataMining"]);
    assert!(!said.is_generated());
    assert_eq!(notes(&bytes("plain.jpg")).against_training().count(), 0);
}

#[test]
fn the_newest_manifest_is_summed_up() {
    for name in ["claimed.jpg", "claimed.png", "claimed.webp"] {
        let said = notes(&bytes(name));
        let claim = said.claim.as_ref().unwrap_or_else(|| panic!("{name}: no claim, {:?}", said.unreadable));
        assert_eq!((claim.label.as_str(), claim.manifests), ("urn:c2pa:newest", 2), "{name}");
        assert_eq!(claim.generator.as_deref(), Some("Brush 7.1"));
        assert_eq!(claim.title.as_deref(), Some("A dream.jpg"));
        assert_eq!(claim.format.as_deref(), Some("image/jpeg"));
        assert_eq!(claim.instance.as_deref(), Some("xmp:iid:0a1b"));
        assert!(claim.is_signed && claim.is_generated() && said.is_generated());
        let done = claim.actions.iter().map(|action| action.action.as_str()).collect::<Vec<_>>();
        assert_eq!(done, ["c2pa.created", "c2pa.resized"]);
        assert_eq!(claim.actions[0].software.as_deref(), Some("Brush"));
        assert_eq!(claim.assertions, ["c2pa.actions.v2", "c2pa.training-mining"]);
        let training =
            Mining { usage: "c2pa.ai_generative_training".to_owned(), permission: "notAllowed".to_owned() };
        assert_eq!(claim.mining[0], training);
        let against = said.against_training().map(|statement| statement.place.as_str()).collect::<Vec<_>>();
        assert_eq!(against, ["c2pa:c2pa.ai_generative_training"]);
    }
}

#[test]
fn a_cut_file_says_what_stands_before_the_cut() {
    let file = bytes("noted.jpg");
    let said = notes(&file[..file.len() - 100]);
    assert!(said.statements.iter().any(|statement| statement.about == About::Copyright));
    assert_eq!(notes(b"no picture"), notes(b""));
}
