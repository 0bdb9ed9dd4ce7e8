//! JUMBF boxes (ISO 19566-5): a superbox `jumb` begins with a description `jumd` of its kind and label, and holds boxes.

use crate::container::u32_be;

/// Superboxes within superboxes that are followed.
const DEPTH_MAX: usize = 8;
/// Superboxes of a store that are read.
const BOXES_MAX: usize = 4096;

/// A superbox.
#[derive(Debug, Default)]
pub(crate) struct Superbox<'a> {
    /// First four letters of its kind: `c2pa`, `c2ma`, `c2as`, `c2cl`, `c2cs`, `cbor`, `json`, …
    pub(crate) kind: [u8; 4],
    pub(crate) label: String,
    /// Content boxes: kind and bytes.
    pub(crate) contents: Vec<([u8; 4], &'a [u8])>,
    pub(crate) superboxes: Vec<Superbox<'a>>,
}

impl<'a> Superbox<'a> {
    /// The superbox of that label or, of several with the same begin (`c2pa.actions`, `c2pa.actions.v2`), those.
    pub(crate) fn labelled<'b>(&'b self, begin: &'b str) -> impl Iterator<Item = &'b Superbox<'a>> {
        self.superboxes.iter().filter(move |inner| inner.label.starts_with(begin))
    }

    /// The bytes of its first content box of that kind.
    pub(crate) fn content(&self, kind: &[u8; 4]) -> Option<&'a [u8]> {
        self.contents.iter().find(|(found, _)| found == kind).map(|(_, bytes)| *bytes)
    }
}

/// All superboxes at the outermost level, as far as they are whole.
pub(crate) fn read(bytes: &[u8]) -> Vec<Superbox<'_>> {
    let mut budget = BOXES_MAX;
    let mut root = Superbox::default();
    fill(bytes, &mut root, 0, &mut budget);
    root.superboxes
}

fn fill<'a>(mut bytes: &'a [u8], into: &mut Superbox<'a>, depth: usize, budget: &mut usize) {
    while let Some((kind, body, rest)) = next_box(bytes) {
        bytes = rest;
        match &kind {
            b"jumb" if depth < DEPTH_MAX && *budget > 0 => {
                *budget -= 1;
                let mut inner = Superbox::default();
                fill(body, &mut inner, depth + 1, budget);
                into.superboxes.push(inner);
            }
            b"jumb" => return,
            b"jumd" => describe(body, into),
            _ => into.contents.push((kind, body)),
        }
    }
}

/// Kind, body, and what follows.
fn next_box(bytes: &[u8]) -> Option<([u8; 4], &[u8], &[u8])> {
    let kind = *bytes.get(4..)?.first_chunk::<4>()?;
    let (head, length) = match u32_be(bytes, 0)? {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(u64::from_be_bytes(*bytes.get(8..)?.first_chunk()?)).ok()?),
        length => (8, length as usize),
    };
    let body = bytes.get(head..length)?;
    Some((kind, body, &bytes[length..]))
}

/// Sixteen bytes of kind, a byte of flags (2: it has a label), the label up to a zero.
fn describe(body: &[u8], into: &mut Superbox<'_>) {
    let Some(kind) = body.first_chunk::<4>() else { return };
    into.kind = *kind;
    if body.get(16).is_some_and(|flags| flags & 2 != 0) {
        let label = body[17..].split(|byte| *byte == 0).next().unwrap_or_default();
        into.label = String::from_utf8_lossy(&label[..label.len().min(256)]).into_owned();
    }
}
