//! The door for documents: what is refused before it is drawn.

use std::collections::BTreeMap;

use usvg::roxmltree::{Document, Node, ParsingOptions};

use crate::error::SvgError;

/// Longest document in bytes.
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Deepest nesting of elements, counting uses.
const DEPTH_MAX: usize = 64;
/// Most elements, counting each use of a definition.
const ELEMENTS_MAX: u64 = 50_000;
/// Largest product of layers and pixels: about a second of work.
const LAYER_PIXELS_MAX: u64 = 400_000_000;

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
    /// Groups that need a layer of their own, counting each use.
    pub(crate) layers: u64,
}

/// Reads a document and refuses what is not drawn here.
pub(crate) fn parse(svg: &str) -> Result<Admitted<'_>, SvgError> {
    if svg.len() > BYTES_MAX {
        return Err(SvgError::TooLong { bytes: svg.len(), limit: BYTES_MAX });
    }
    check_depth(svg)?;
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
    Ok(Admitted { layers: size.layers, xml })
}

/// Refuses a picture whose layers would cost too much.
pub(crate) fn check_layers(layers: u64, pixels: u64) -> Result<(), SvgError> {
    if layers.saturating_mul(pixels) > LAYER_PIXELS_MAX.max(pixels * 4) {
        return Err(SvgError::TooManyLayers { layers, pixels });
    }
    Ok(())
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
        if css.contains("@import") || reaches_outside(&css) {
            return Err(refused("style with an address".to_owned()));
        }
    }
    Ok(())
}

/// True when a value holds `url(…)` with anything but a definition of the same document.
fn reaches_outside(value: &str) -> bool {
    value.split("url(").skip(1).any(|rest| !rest.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

fn shortened(value: &str) -> String {
    value.chars().take(40).collect()
}

#[derive(Clone, Copy, Default)]
struct Size {
    elements: u64,
    layers: u64,
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
        let mut size = Size { elements: 1, layers: u64::from(needs_layer(node)), depth: 1 };
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
        layers: size.layers.saturating_add(inner.layers),
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

/// True for what is painted apart and laid over the rest.
fn needs_layer(node: Node<'_, '_>) -> bool {
    let named = |name: &str| node.attributes().any(|a| a.name() == name);
    let style = node.attribute("style").unwrap_or("");
    [
        "opacity",
        "mask",
        "clip-path",
        "mix-blend-mode",
        "isolation",
        "marker-start",
        "marker-mid",
        "marker-end",
    ]
    .iter()
    .any(|name| named(name) || style.contains(&format!("{name}:")))
}
