//! The door for documents: what is refused before it is drawn.

use std::collections::BTreeMap;

use usvg::roxmltree::{Document, Node, ParsingOptions};

use crate::error::SvgError;

/// Longest document in bytes.
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Deepest nesting of elements, counting uses.
const DEPTH_MAX: usize = 64;
/// Most elements and letters, counting each use of a definition.
const ELEMENTS_MAX: u64 = 50_000;
/// Most equals signs between two tags: attributes of a tag are compared with one another.
const EQUALS_MAX: usize = 1_000;
/// Most declarations of name spaces: each name is looked up among them.
const SPACES_MAX: usize = 64;
/// Largest product of rules of style sheets and elements: each is held against each.
const STYLED_MAX: u64 = 2_000_000;

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
    let xml = Document::parse_with_options(svg, options).map_err(|e| SvgError::Malformed(e.to_string()))?;
    let mut ids = BTreeMap::new();
    for node in xml.descendants().filter(Node::is_element) {
        check_element(&xml, node)?;
        if let Some(id) = node.attribute("id") {
            ids.entry(id).or_insert(node);
        }
    }
    let mut count = Count { ids, known: BTreeMap::new(), open: Vec::new() };
    let size = count.of(xml.root_element(), 0)?;
    check_styles(&xml, size.elements)?;
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
    }
    if name == "style" {
        let css: String = node.descendants().filter_map(|n| n.text()).collect();
        // Definitions that a sheet names would be drawn without being counted.
        if css.contains("@import") || css.contains("url(") || css.contains('\\') {
            return Err(refused("style with an address".to_owned()));
        }
    }
    Ok(())
}

/// True when a value holds `url(…)` with anything but a definition of the same document.
fn reaches_outside(value: &str) -> bool {
    value.split("url(").skip(1).any(|rest| !rest.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

/// Refuses style sheets with so many rules that holding them against all elements takes long.
fn check_styles(xml: &Document<'_>, elements: u64) -> Result<(), SvgError> {
    let sheets =
        xml.descendants().filter(|node| node.has_tag_name((SVG, "style")) || node.has_tag_name("style"));
    let text = sheets.flat_map(|sheet| sheet.descendants().filter_map(|node| node.text()));
    let rules: u64 =
        text.map(|css| css.bytes().filter(|b| matches!(b, b'{' | b',' | b' ' | b'>')).count() as u64).sum();
    if rules.saturating_mul(elements) > STYLED_MAX {
        return Err(SvgError::TooMany { limit: ELEMENTS_MAX });
    }
    Ok(())
}

/// Refuses markers that would be set on too many corners: a marker is drawn once for each corner of a path that bears it,
/// and any path may, since the property is handed down.
fn check_markers(xml: &Document<'_>, count: &mut Count<'_, '_>, elements: u64) -> Result<(), SvgError> {
    let mut marks = 0u64;
    for marker in xml.descendants().filter(|node| node.tag_name().name() == "marker") {
        let inner: u64 = marker.descendants().count() as u64;
        let used =
            marker.attribute("id").and_then(|id| count.known.get(id)).map_or(inner, |size| size.elements);
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

const SVG: &str = "http://www.w3.org/2000/svg";

fn shortened(value: &str) -> String {
    value.chars().take(40).collect()
}

#[derive(Clone, Copy, Default)]
struct Size {
    elements: u64,
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
        let mut size = Size { elements: 1 + drawn, depth: 1 };
        if size.elements > ELEMENTS_MAX {
            return Err(SvgError::TooMany { limit: ELEMENTS_MAX });
        }
        for reference in references(node) {
            let inner = self.used(reference, depth)?;
            size = grown(size, inner)?;
        }
        for child in node.children().filter(Node::is_element) {
            if depth >= DEPTH_MAX {
                return Err(SvgError::TooDeep { limit: DEPTH_MAX });
            }
            let inner = self.of(child, depth + 1)?;
            size = grown(size, inner)?;
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

fn grown(size: Size, inner: Size) -> Result<Size, SvgError> {
    let whole = Size {
        elements: size.elements.saturating_add(inner.elements),
        depth: size.depth.max(inner.depth + 1),
    };
    if whole.elements > ELEMENTS_MAX {
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
