//! The boxes of a HEIF file (ISO/IEC 23008-12, with AV1 inside AVIF): which item is the picture, how large it is and how it
//! lies, and the items in which the file speaks of itself.

use std::borrow::Cow;

use super::{BLOCK_BYTES_MAX, Blocks, u32_be};
use crate::fault::Fault;
use crate::warning::{Warning, Warnings};

/// Items, properties and extents of a file that are looked at; real files have a few hundred.
const ENTRIES_MAX: usize = 65_536;

/// The name of C2PA's box (C2PA 2.1, A.5).
const C2PA: [u8; 16] =
    [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];

/// A walked HEIF file.
#[derive(Debug, Default)]
pub(crate) struct Heif<'a> {
    /// Width of the main picture as stored.
    pub(crate) width: u32,
    /// Height of the main picture as stored.
    pub(crate) height: u32,
    /// How it lies, as EXIF counts it: what its properties `irot` and `imir` do.
    pub(crate) orientation: u8,
    /// Whether only a part of it is shown (`clap`).
    pub(crate) is_cut_out: bool,
    /// Primaries and transfer of its colours (ITU-T H.273), when no profile says it.
    pub(crate) coded_colours: Option<(u16, u16)>,
    pub(crate) blocks: Blocks<'a>,
}

/// Walks a file to its end.
pub(crate) fn walk<'a>(bytes: &'a [u8], warnings: &mut Warnings) -> Result<Heif<'a>, Fault> {
    let mut heif = Heif { orientation: 1, ..Heif::default() };
    heif.run(bytes, warnings)?;
    if heif.width == 0 || heif.height == 0 {
        return Err(Fault::damaged("no box tells the size of its picture"));
    }
    Ok(heif)
}
/// The blocks of a file that may be damaged or cut: whatever was found before.
pub(crate) fn blocks(bytes: &[u8]) -> Blocks<'_> {
    let mut heif = Heif::default();
    let _whole_or_not = heif.run(bytes, &mut Warnings::default());
    heif.blocks
}

impl<'a> Heif<'a> {
    fn run(&mut self, bytes: &'a [u8], warnings: &mut Warnings) -> Result<(), Fault> {
        let mut meta = None;
        let mut cut = None;
        for found in Boxes(bytes) {
            match found {
                Err(fault) => cut = Some(fault),
                Ok((b"meta", body)) => meta = meta.or(body.get(4..)),
                // A sequence: its main picture is an item all the same.
                Ok((b"moov", _)) => warnings.add(Warning::FirstFrameOnly),
                Ok((b"uuid", body)) => self.manifest(body),
                Ok(_) => {}
            }
        }
        if let Some(meta) = meta {
            self.meta(bytes, meta)?;
        }
        cut.map_or(Ok(()), Err)?;
        if meta.is_none() {
            return Err(Fault::damaged("it has no box `meta`, so no picture"));
        }
        Ok(())
    }

    /// C2PA: a name, four bytes of version, its purpose as text that ends with a zero, an offset, then the store.
    fn manifest(&mut self, body: &'a [u8]) {
        let Some(rest) = body.strip_prefix(&C2PA).and_then(|rest| rest.get(4..)) else { return };
        let Some(store) = rest.strip_prefix(b"manifest\0").and_then(|rest| rest.get(8..)) else { return };
        if self.blocks.c2pa.is_none() && store.len() <= BLOCK_BYTES_MAX {
            self.blocks.c2pa = Some(Cow::Borrowed(store));
        }
    }

    fn meta(&mut self, file: &'a [u8], meta: &'a [u8]) -> Result<(), Fault> {
        let short = || Fault::damaged("a box that is too short");
        let (mut primary, mut items, mut places) = (None, Vec::new(), Vec::new());
        let (mut properties, mut own) = (Vec::new(), Vec::new());
        let mut data: &[u8] = &[];
        for found in Boxes(meta) {
            let (kind, body) = found?;
            match kind {
                b"pitm" => primary = Some(main_item(body).ok_or_else(short)?),
                b"iinf" => items = item_kinds(body).ok_or_else(short)?,
                b"iloc" => places = item_places(body).ok_or_else(short)?,
                b"idat" => data = body,
                b"iprp" => {
                    for part in Boxes(body) {
                        match part? {
                            (b"ipco", all) => properties = Boxes(all).collect::<Result<Vec<_>, _>>()?,
                            (b"ipma", all) => own.extend(associations(all).ok_or_else(short)?),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        let primary =
            primary.ok_or_else(|| Fault::damaged("it does not say which picture is the main one"))?;
        for number in own.iter().filter(|(item, _)| *item == primary).map(|(_, number)| *number) {
            if let Some((kind, body)) = number.checked_sub(1).and_then(|number| properties.get(number)) {
                self.property(kind, body).ok_or_else(short)?;
            }
        }
        let mut missing = false;
        for place in &places {
            let source = match place.within {
                Within::File => file,
                Within::Data => data,
                Within::Elsewhere => continue,
            };
            let Some(part) = place.of(source) else {
                missing = true;
                continue;
            };
            match items.iter().find(|item| item.number == place.item).map(|item| &item.kind) {
                Some(b"Exif") => self.exif(part),
                Some(b"mime")
                    if part.len() <= BLOCK_BYTES_MAX
                        && items.iter().any(|item| item.number == place.item && item.is_xmp) =>
                {
                    self.blocks.xmp.push(Cow::Borrowed(part));
                }
                _ => {}
            }
        }
        if missing { Err(Fault::truncated("an item reaches over the end")) } else { Ok(()) }
    }

    /// Four bytes say how far it is to the TIFF header.
    fn exif(&mut self, part: &'a [u8]) {
        let header = u32_be(part, 0).and_then(|ahead| part.get((ahead as usize).saturating_add(4)..));
        if let Some(header) = header.filter(|header| self.blocks.exif.is_none() && !header.is_empty()) {
            self.blocks.exif = Some(Cow::Borrowed(header));
        }
    }

    fn property(&mut self, kind: &[u8; 4], body: &'a [u8]) -> Option<()> {
        match kind {
            b"ispe" => (self.width, self.height) = (u32_be(body, 4)?, u32_be(body, 8)?),
            b"irot" => (0..body.first()? & 3).for_each(|_| self.turn([1, 3, 0, 2])),
            b"imir" if body.first()? & 1 == 0 => self.turn([2, 3, 0, 1]),
            b"imir" => self.turn([1, 0, 3, 2]),
            b"clap" => self.is_cut_out = true,
            b"colr" => match body.first_chunk()? {
                b"prof" | b"rICC" => self.blocks.icc = Some(Cow::Borrowed(body.get(4..)?)),
                b"nclx" => {
                    let codes = u32_be(body, 4)?;
                    self.coded_colours = Some(((codes >> 16) as u16, codes as u16));
                }
                _ => {}
            },
            _ => {}
        }
        Some(())
    }

    /// Moves the corners of the picture: top left, top right, bottom left, bottom right, each from where it was.
    fn turn(&mut self, from: [usize; 4]) {
        /// Corners of each EXIF orientation, from 1 on.
        const CORNERS: [[usize; 4]; 8] = [
            [0, 1, 2, 3],
            [1, 0, 3, 2],
            [3, 2, 1, 0],
            [2, 3, 0, 1],
            [0, 2, 1, 3],
            [2, 0, 3, 1],
            [3, 1, 2, 0],
            [1, 3, 0, 2],
        ];
        let before = CORNERS[usize::from(self.orientation.max(1)) - 1];
        let after = from.map(|corner| before[corner]);
        let found = CORNERS.iter().position(|corners| *corners == after);
        self.orientation = found.map_or(1, |at| at as u8 + 1);
    }
}

/// The boxes next to each other in bytes: their kinds and what is in them.
struct Boxes<'a>(&'a [u8]);

impl<'a> Iterator for Boxes<'a> {
    type Item = Result<(&'a [u8; 4], &'a [u8]), Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.0;
        if bytes.is_empty() {
            return None;
        }
        self.0 = &[];
        let cut = || Some(Err(Fault::truncated("a box reaches over the end")));
        let (Some(length), Some(kind)) =
            (u32_be(bytes, 0), bytes.get(4..8).and_then(|kind| kind.first_chunk()))
        else {
            return cut();
        };
        let (ahead, length) = match length {
            0 => (8, bytes.len()),
            1 => match (u32_be(bytes, 8), u32_be(bytes, 12)) {
                (Some(0), Some(low)) => (16, low as usize),
                _ => return cut(),
            },
            length => (8, length as usize),
        };
        if length < ahead {
            return Some(Err(Fault::damaged("a box that is smaller than its head")));
        }
        let Some(body) = bytes.get(ahead..length) else { return cut() };
        self.0 = &bytes[length..];
        Some(Ok((kind, body)))
    }
}

/// Numbers of any width, one after the other.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    /// The next big-endian number of so many bytes, at most eight.
    fn next(&mut self, bytes: usize) -> Option<u64> {
        let (number, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(number.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    /// The next number, which has to fit a place in memory.
    fn place(&mut self, bytes: usize) -> Option<usize> {
        usize::try_from(self.next(bytes)?).ok()
    }
}

fn main_item(body: &[u8]) -> Option<u64> {
    let mut numbers = Numbers(body);
    let version = numbers.next(1)?;
    numbers.next(3)?;
    numbers.next(if version == 0 { 2 } else { 4 })
}

/// What an item is.
struct Item {
    number: u64,
    kind: [u8; 4],
    is_xmp: bool,
}

fn item_kinds(body: &[u8]) -> Option<Vec<Item>> {
    let ahead = if *body.first()? == 0 { 6 } else { 8 };
    let mut items = Vec::new();
    for entry in Boxes(body.get(ahead..)?).flatten().take(ENTRIES_MAX) {
        let (b"infe", entry) = entry else { continue };
        let mut numbers = Numbers(entry);
        let version = numbers.next(1)?;
        numbers.next(3)?;
        if version < 2 {
            continue;
        }
        let number = numbers.next(if version == 2 { 2 } else { 4 })?;
        // Its protection is of no concern here.
        numbers.next(2)?;
        let kind = *numbers.0.first_chunk::<4>()?;
        let is_xmp = contains(numbers.0, b"application/rdf+xml\0");
        items.push(Item { number, kind, is_xmp });
    }
    Some(items)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Where an item's bytes are counted from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    File,
    Data,
    Elsewhere,
}

/// Where the bytes of an item lie.
struct Place {
    item: u64,
    within: Within,
    /// Begin and length of each part; a length of zero reaches to the end.
    parts: Vec<(usize, usize)>,
}

impl Place {
    /// Its bytes, or those of its first part; nothing when any part reaches over the end.
    fn of<'a>(&self, source: &'a [u8]) -> Option<&'a [u8]> {
        let mut first = None;
        for (begin, length) in &self.parts {
            let end = if *length == 0 { source.len() } else { begin.checked_add(*length)? };
            let part = source.get(*begin..end)?;
            first = first.or(Some(part));
        }
        Some(first.unwrap_or_default())
    }
}

fn item_places(body: &[u8]) -> Option<Vec<Place>> {
    let mut numbers = Numbers(body);
    let version = numbers.next(1)?;
    numbers.next(3)?;
    let widths = numbers.next(2)?;
    let [offset, length, base, index] = [12, 8, 4, 0].map(|shift| (widths >> shift & 15) as usize);
    if [offset, length, base, index].iter().any(|width| *width > 8) {
        return None;
    }
    let wide = if version < 2 { 2 } else { 4 };
    let count = numbers.place(wide)?;
    let mut places = Vec::new();
    let mut entries = 0;
    for _ in 0..count {
        let item = numbers.next(wide)?;
        let method = if version == 0 { 0 } else { numbers.next(2)? & 15 };
        let is_elsewhere = numbers.next(2)? != 0;
        let begin = numbers.place(base)?;
        let mut parts = Vec::new();
        for _ in 0..numbers.next(2)? {
            if version > 0 {
                numbers.next(index)?;
            }
            let from = begin.checked_add(numbers.place(offset)?)?;
            parts.push((from, numbers.place(length)?));
            entries += 1;
            if entries > ENTRIES_MAX {
                return None;
            }
        }
        let within = match method {
            _ if is_elsewhere => Within::Elsewhere,
            0 => Within::File,
            1 => Within::Data,
            _ => Within::Elsewhere,
        };
        places.push(Place { item, within, parts });
    }
    Some(places)
}

/// Items and the numbers of their properties, from 1 on, in the order in which they apply.
fn associations(body: &[u8]) -> Option<Vec<(u64, usize)>> {
    let mut numbers = Numbers(body);
    let version = numbers.next(1)?;
    let wide = if numbers.next(3)? & 1 == 1 { 2 } else { 1 };
    let mut found = Vec::new();
    for _ in 0..numbers.next(4)? {
        let item = numbers.next(if version == 0 { 2 } else { 4 })?;
        for _ in 0..numbers.next(1)? {
            // The first bit says whether a reader has to understand it.
            let mask = if wide == 2 { 0x7FFF } else { 0x7F };
            found.push((item, (numbers.next(wide)? & mask) as usize));
            if found.len() > ENTRIES_MAX {
                return None;
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::Heif;

    #[test]
    fn turns_are_counted_as_exif_counts_them() {
        let of = |turns: &[(&[u8; 4], u8)]| {
            let mut heif = Heif { orientation: 1, ..Heif::default() };
            turns.iter().for_each(|(kind, value)| heif.property(kind, std::slice::from_ref(value)).unwrap());
            heif.orientation
        };
        // `irot` turns against the clock by quarters; EXIF 8 wants just that, 6 the other way round.
        assert_eq!([0, 1, 2, 3].map(|quarters| of(&[(b"irot", quarters)])), [1, 8, 3, 6]);
        assert_eq!([0, 1].map(|axis| of(&[(b"imir", axis)])), [4, 2]);
        assert_eq!(of(&[(b"irot", 1), (b"irot", 3)]), 1);
        assert_eq!(of(&[(b"irot", 2), (b"imir", 0)]), 2);
        // Left and right exchanged, after a quarter against the clock: rows become columns.
        assert_eq!(of(&[(b"irot", 1), (b"imir", 1)]), 7);
        assert_eq!(of(&[(b"irot", 1), (b"imir", 0)]), 5);
    }
}
