//! The door for documents: what is refused before it is drawn.

use std::collections::BTreeMap;

use usvg::roxmltree::{Document, Node, ParsingOptions};

use crate::error::SvgError;
use crate::fonts;

/// Longest document in bytes.
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Deepest nesting of elements, counting uses.
const DEPTH_MAX: usize = 64;
/// Most elements and letters, counting each use of a definition.
const ELEMENTS_MAX: u64 = 50_000;
/// Bytes of attributes that are as much work as an element.
const BYTES_AN_ELEMENT: u64 = 32;
/// Most equals signs between two tags: attributes of a tag are compared with one another.
const EQUALS_MAX: usize = 1_000;
/// Most declarations of name spaces: each name is looked up among them.
const SPACES_MAX: usize = 64;
/// Largest product of bytes of style sheets and elements: each rule is held against each element and may be copied into it.
const STYLED_MAX: u64 = 50_000_000;
/// Most bytes of attributes, counting each use of a definition: a path that is used is read again each time.
const BYTES_DRAWN_MAX: u64 = 16 * 1024 * 1024;
/// Largest product of elements and of the attributes above one of them, which are looked through for what is handed down.
const HANDED_MAX: u64 = 10_000_000;
/// Longest list of dashes or fonts, and longest declaration of a style, in bytes: it may be copied into every element.
const DECLARATION_BYTES_MAX: usize = 500;
/// Largest product of the stops of a gradient and of elements, each of which may bear a copy.
const STOPS_MAX: u64 = 2_000_000;
/// Most letters for which no face has a glyph before the document is given up; a few may be drawn from others.
const STRANGE_MAX: usize = 200;

/// Elements that reach outside, run, or cost without bound.
const REFUSED: [&str; 10] = [
    "image",
    "feImage",
    "filter",
    "foreignObject",
    "script",
    "animate",
    "animateTransform",
    "animateMotion",
    "set",
    "pattern",
];

/// A document that may be drawn.
#[derive(Debug)]
pub(crate) struct Admitted<'a> {
    pub(crate) xml: Document<'a>,
}

/// Reads a document and refuses what is not drawn here.
pub(crate) fn parse(svg: &str) -> Result<Admitted<'_>, SvgError> {
    if svg.len() > BYTES_MAX {
        return Err(SvgError::TooLong { bytes: svg.len(), limit: BYTES_MAX });
    }
    check_depth(svg)?;
    let many = svg
        .as_bytes()
        .split(|b| *b == b'<')
        .any(|tag| tag.iter().filter(|b| **b == b'=').count() > EQUALS_MAX);
    if many || svg.matches("xmlns").count() > SPACES_MAX {
        return Err(SvgError::TooMany { limit: ELEMENTS_MAX });
    }
    // Entities are refused with the document type that would declare them.
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: 8 * ELEMENTS_MAX as u32,
        ..ParsingOptions::default()
    };
    let xml = Document::parse_with_options(svg, options).map_err(|e| SvgError::malformed(&e))?;
    let mut ids = BTreeMap::new();
    for node in xml.descendants().filter(Node::is_element) {
        check_element(&xml, node)?;
        if let Some(id) = node.attribute("id") {
            ids.entry(id).or_insert(node);
        }
    }
    let mut count = Count { ids, known: BTreeMap::new(), open: Vec::new() };
    let size = count.of(xml.root_element(), 0)?;
    if size.names.saturating_mul(size.nodes) > HANDED_MAX {
        return Err(SvgError::TooMany { limit: ELEMENTS_MAX });
    }
    check_styles(&xml, size.nodes)?;
    check_gradients(&xml, size.nodes)?;
    check_letters(&xml)?;
    check_markers(&xml, &mut count, size.elements)?;
    Ok(Admitted { xml })
}

/// Counts open tags in the raw text, so that the XML reader never sees deep nesting. Text that only looks like tags
/// (in comments or attributes) is counted as well; honest documents stay far below the limit.
fn check_depth(svg: &str) -> Result<(), SvgError> {
    let bytes = svg.as_bytes();
    let mut depth = 0usize;
    let mut index = 0;
    while let Some(found) = bytes[index..].iter().position(|b| *b == b'<') {
        let start = index + found;
        let end = bytes[start..].iter().position(|b| *b == b'>').map_or(bytes.len() - 1, |e| start + e);
        match bytes.get(start + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'?' | b'!') | None => {}
            Some(_) if end > start && bytes[end - 1] == b'/' => {}
            Some(_) => depth += 1,
        }
        if depth > 4 * DEPTH_MAX {
            return Err(SvgError::TooDeep { limit: DEPTH_MAX });
        }
        index = end + 1;
    }
    Ok(())
}

fn check_element(xml: &Document<'_>, node: Node<'_, '_>) -> Result<(), SvgError> {
    let refused = |what: String| SvgError::Refused { line: xml.text_pos_at(node.range().start).row, what };
    let name = node.tag_name().name();
    if REFUSED.contains(&name) {
        return Err(refused(name.to_owned()));
    }
    for attribute in node.attributes() {
        let value = attribute.value();
        if attribute.name() == "href" && !value.trim_start().starts_with('#') {
            return Err(refused(format!("href=\"{}\"", shortened(value))));
        }
        if reaches_outside(value) {
            return Err(refused(format!("{}=\"{}\"", attribute.name(), shortened(value))));
        }
        match attribute.name() {
            "style" => check_declarations(value)?,
            "stroke-dasharray" | "font-family" | "font" | "font-variation-settings" | "systemLanguage"
                if value.len() > DECLARATION_BYTES_MAX =>
            {
                return Err(SvgError::TooMuch { what: "dashes or fonts in one list" });
            }
            _ => {}
        }
    }
    if name == "style" {
        let css: String = node.descendants().filter_map(|n| n.text()).collect();
        // Definitions that a sheet names would be drawn without being counted.
        if css.contains("@import") || css.contains("url(") || css.contains('\\') {
            return Err(refused("style with an address".to_owned()));
        }
        check_declarations(&css)?;
    }
    Ok(())
}

/// Refuses a declaration that is long, since every element below may get a copy of it.
fn check_declarations(css: &str) -> Result<(), SvgError> {
    let blocks = css.split('}').filter_map(|rule| rule.rsplit('{').next());
    match blocks
        .flat_map(|block| block.split(';'))
        .any(|declaration| declaration.len() > DECLARATION_BYTES_MAX)
    {
        true => Err(SvgError::TooMuch { what: "letters in one declaration of a style" }),
        false => Ok(()),
    }
}

/// True when a value holds `url(…)` with anything but a definition of the same document.
fn reaches_outside(value: &str) -> bool {
    value.split("url(").skip(1).any(|rest| !rest.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

/// Refuses style sheets that are so long that holding them against all elements, and the classes of these, takes long.
fn check_styles(xml: &Document<'_>, nodes: u64) -> Result<(), SvgError> {
    let sheets = xml.descendants().filter(|node| node.tag_name().name() == "style");
    let text =
        sheets.flat_map(|sheet| sheet.descendants().filter(Node::is_text).filter_map(|node| node.text()));
    let rules: u64 = text.map(|css| css.len() as u64).sum();
    let classes: u64 =
        xml.descendants().filter_map(|node| node.attribute("class")).map(|class| class.len() as u64).sum();
    if rules.saturating_mul(nodes + classes / 16) > STYLED_MAX {
        return Err(SvgError::TooMany { limit: ELEMENTS_MAX });
    }
    Ok(())
}

/// Refuses gradients whose stops would be copied into too many elements.
fn check_gradients(xml: &Document<'_>, nodes: u64) -> Result<(), SvgError> {
    let stops_of =
        |node: Node<'_, '_>| node.children().filter(|n| n.tag_name().name() == "stop").count() as u64;
    let gradients = xml.descendants().filter(|node| node.tag_name().name().ends_with("Gradient"));
    let (mut all, mut most) = (0, 0);
    for stops in gradients.map(stops_of) {
        all += stops;
        most = most.max(stops);
    }
    if most.saturating_mul(nodes.saturating_sub(all).max(1)) > STOPS_MAX {
        return Err(SvgError::TooMuch { what: "stops of gradients" });
    }
    Ok(())
}

/// Refuses text of which many letters have no glyph: for each, all faces would be asked again.
fn check_letters(xml: &Document<'_>) -> Result<(), SvgError> {
    let texts = xml.descendants().filter(Node::is_text);
    let texts = texts.filter(|node| node.ancestors().any(|above| above.tag_name().name() == "text"));
    let mut strange = 0;
    for text in texts.filter_map(|node| node.text()) {
        strange += text.chars().filter(|letter| !fonts::can_be_set(*letter)).count();
        if strange > STRANGE_MAX {
            return Err(SvgError::MissingGlyph { text: shortened(text.trim()) });
        }
    }
    Ok(())
}

/// Refuses markers that would be set on too many corners: a marker is drawn once for each corner of a path that bears it,
/// and any path may, since the property is handed down.
fn check_markers(xml: &Document<'_>, count: &mut Count<'_, '_>, elements: u64) -> Result<(), SvgError> {
    let mut marks = 0u64;
    for marker in xml.descendants().filter(|node| node.tag_name().name() == "marker") {
        let inner: u64 = marker.descendants().count() as u64;
        let size = marker.attribute("id").and_then(|id| count.known.get(id));
        let used = size.map_or(inner, |size| size.elements.saturating_add(size.bytes / BYTES_AN_ELEMENT));
        marks = marks.saturating_add(used.max(inner));
    }
    if marks == 0 {
        return Ok(());
    }
    let corners = xml.descendants().filter_map(|node| {
        let path = node.attribute("d").or_else(|| node.attribute("points"))?;
        Some(
            path.bytes().filter(u8::is_ascii_alphabetic).count().max(path.split([' ', ',', '-', '.']).count())
                as u64,
        )
    });
    // The longest path may be used by every element.
    let corners = corners.max().unwrap_or(4).max(4);
    if marks.saturating_mul(corners).saturating_mul(elements) > 20 * ELEMENTS_MAX {
        return Err(SvgError::TooMany { limit: ELEMENTS_MAX });
    }
    Ok(())
}

fn shortened(value: &str) -> String {
    value.chars().take(40).collect()
}

#[derive(Clone, Copy, Default)]
struct Size {
    /// Elements and letters.
    elements: u64,
    /// Elements alone.
    nodes: u64,
    /// Bytes of attributes.
    bytes: u64,
    /// Most attributes of an element and all those above it.
    names: u64,
    depth: usize,
}

struct Count<'a, 'input> {
    ids: BTreeMap<&'a str, Node<'a, 'input>>,
    known: BTreeMap<&'a str, Size>,
    open: Vec<&'a str>,
}

impl<'a, 'input> Count<'a, 'input> {
    /// Elements and layers of a subtree with all its uses unfolded.
    fn of(&mut self, node: Node<'a, 'input>, depth: usize) -> Result<Size, SvgError> {
        // Every letter becomes a shape.
        let letters: usize =
            node.children().filter(|n| n.is_text()).filter_map(|n| n.text()).map(str::len).sum();
        let drawn = if node.tag_name().name() == "style" { 0 } else { letters as u64 };
        let bytes = node.attributes().map(|attribute| attribute.value().len() as u64).sum();
        let names = 1 + node.attributes().len() as u64;
        let mut size = Size { elements: 1 + drawn, nodes: 1, bytes, names, depth: 1 };
        if size.elements > ELEMENTS_MAX {
            return Err(SvgError::TooMany { limit: ELEMENTS_MAX });
        }
        for reference in references(node) {
            let inner = self.used(reference, depth)?;
            size = grown(size, inner, names)?;
        }
        for child in node.children().filter(Node::is_element) {
            if depth >= DEPTH_MAX {
                return Err(SvgError::TooDeep { limit: DEPTH_MAX });
            }
            let inner = self.of(child, depth + 1)?;
            size = grown(size, inner, names)?;
        }
        Ok(size)
    }

    fn used(&mut self, id: &'a str, depth: usize) -> Result<Size, SvgError> {
        if self.open.contains(&id) {
            return Err(SvgError::Loop { id: shortened(id) });
        }
        if let Some(size) = self.known.get(id) {
            return Ok(*size);
        }
        let Some(target) = self.ids.get(id).copied() else { return Ok(Size::default()) };
        if depth >= DEPTH_MAX {
            return Err(SvgError::TooDeep { limit: DEPTH_MAX });
        }
        self.open.push(id);
        let size = self.of(target, depth + 1)?;
        self.open.pop();
        self.known.insert(id, size);
        Ok(size)
    }
}

/// The size of an element that has so many attributes of its own, with one more inside.
fn grown(size: Size, inner: Size, names: u64) -> Result<Size, SvgError> {
    let whole = Size {
        elements: size.elements.saturating_add(inner.elements),
        nodes: size.nodes.saturating_add(inner.nodes),
        bytes: size.bytes.saturating_add(inner.bytes),
        names: size.names.max(names + inner.names),
        depth: size.depth.max(inner.depth + 1),
    };
    if whole.elements > ELEMENTS_MAX || whole.bytes > BYTES_DRAWN_MAX {
        return Err(SvgError::TooMany { limit: ELEMENTS_MAX });
    }
    if whole.depth > DEPTH_MAX {
        return Err(SvgError::TooDeep { limit: DEPTH_MAX });
    }
    Ok(whole)
}

/// The definitions that an element draws or is drawn through.
fn references<'a>(node: Node<'a, '_>) -> impl Iterator<Item = &'a str> {
    let linked =
        node.attributes().filter(|a| a.name() == "href").filter_map(|a| a.value().trim().strip_prefix('#'));
    let named = node.attributes().flat_map(|a| {
        a.value().split("url(").skip(1).filter_map(|rest| {
            let id = rest.split(')').next()?.trim_matches([' ', '"', '\'']);
            id.strip_prefix('#')
        })
    });
    linked.chain(named)
}
