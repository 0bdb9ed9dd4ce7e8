//! XMP (ISO 16684-1): the few properties about rights, learning and origin, written as attributes, as elements, or as
//! lists of them.

use roxmltree::{Document, Node, ParsingOptions};

use super::{About, Notes};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// Nodes of a packet that is looked into.
const NODES_MAX: u32 = 100_000;

/// Namespace, name, what it is about, where it stands.
const PROPERTIES: [(&str, &str, About, &str); 16] = [
    ("http://creativecommons.org/ns#", "license", About::LicenceAddress, "xmp:cc:license"),
    ("http://ns.useplus.org/ldf/xmp/1.0/", "LicensorURL", About::LicenceAddress, "xmp:plus:LicensorURL"),
    (
        "http://ns.adobe.com/xap/1.0/rights/",
        "WebStatement",
        About::LicenceAddress,
        "xmp:xmpRights:WebStatement",
    ),
    ("http://ns.adobe.com/xap/1.0/rights/", "UsageTerms", About::Terms, "xmp:xmpRights:UsageTerms"),
    ("http://ns.adobe.com/xap/1.0/rights/", "Owner", About::Copyright, "xmp:xmpRights:Owner"),
    ("http://purl.org/dc/elements/1.1/", "rights", About::Copyright, "xmp:dc:rights"),
    ("http://purl.org/dc/elements/1.1/", "creator", About::Creator, "xmp:dc:creator"),
    ("http://ns.adobe.com/photoshop/1.0/", "Credit", About::Credit, "xmp:photoshop:Credit"),
    ("http://ns.useplus.org/ldf/xmp/1.0/", "DataMining", About::Mining, "xmp:plus:DataMining"),
    ("http://ns.useplus.org/ldf/xmp/1.0/", "OtherConstraints", About::Terms, "xmp:plus:OtherConstraints"),
    (
        "http://ns.useplus.org/ldf/xmp/1.0/",
        "LicenseeTransactionID",
        About::Terms,
        "xmp:plus:LicenseeTransactionID",
    ),
    (
        "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "DigitalSourceType",
        About::DigitalSource,
        "xmp:Iptc4xmpExt:DigitalSourceType",
    ),
    (
        "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "DigitalSourcefileType",
        About::DigitalSource,
        "xmp:Iptc4xmpExt:DigitalSourcefileType",
    ),
    ("http://www.w3.org/ns/tdmrep#", "reservation", About::Mining, "xmp:tdm:reservation"),
    ("http://www.w3.org/ns/tdmrep#", "policy", About::LicenceAddress, "xmp:tdm:policy"),
    ("http://creativecommons.org/ns#", "attributionName", About::Credit, "xmp:cc:attributionName"),
];

/// Adds what a packet says.
pub(crate) fn read(packet: &[u8], notes: &mut Notes) {
    let text = String::from_utf8_lossy(packet);
    // Padding of spaces, zeros or a processing instruction stands around the root.
    let text =
        text.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '\0' | '\u{FEFF}'));
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES_MAX, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(text, options) else {
        notes.unreadable.push("xmp");
        return;
    };
    for node in document.descendants().filter(Node::is_element) {
        for attribute in node.attributes() {
            if let Some((.., about, place)) = property(attribute.namespace(), attribute.name()) {
                add(*about, place, attribute.value(), notes);
            }
        }
        if let Some((.., about, place)) = property(node.tag_name().namespace(), node.tag_name().name()) {
            if let Some(address) = node.attribute((RDF, "resource")) {
                add(*about, place, address, notes);
            }
            // The words of the element itself, or of each item of a list in it.
            let words = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
            words.for_each(|words| add(*about, place, words, notes));
        }
    }
}

fn property(
    namespace: Option<&str>,
    name: &str,
) -> Option<&'static (&'static str, &'static str, About, &'static str)> {
    PROPERTIES.iter().find(|property| Some(property.0) == namespace && property.1 == name)
}

fn add(about: About, place: &str, words: &str, notes: &mut Notes) {
    let words = words.trim();
    if place == "xmp:tdm:reservation" {
        notes.add(about, place, &format!("tdm-reservation={words}"));
    } else {
        notes.add(about, place, words);
    }
}
