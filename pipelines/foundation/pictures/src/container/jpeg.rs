//! The segments of a JPEG file (ISO 10918-1, annex B), and the blocks that APP1 (EXIF, XMP), APP2 (ICC), APP11 (JUMBF) and
//! APP13 (IPTC in Photoshop resources) carry.

use std::borrow::Cow;
use std::ops::Range;

use super::{BLOCK_BYTES_MAX, Blocks, u16_be, u32_be};
use crate::fault::Fault;
use crate::warning::{Warning, Warnings};

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const DQT: u8 = 0xDB;
const DNL: u8 = 0xDC;
const DRI: u8 = 0xDD;
const DHT: u8 = 0xC4;
const DAC: u8 = 0xCC;

const XMP_NAME: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// Name, 32 letters of a hash, and two numbers of four bytes (whole length, place of this part).
const XMP_MORE_NAME: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const XMP_MORE_HEAD: usize = XMP_MORE_NAME.len() + 32 + 8;
const ICC_NAME: &[u8] = b"ICC_PROFILE\0";
const PHOTOSHOP_NAME: &[u8] = b"Photoshop 3.0\0";

/// One component of the frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Component {
    pub(crate) id: u8,
    /// Horizontal and vertical sampling factors, 1 to 4.
    pub(crate) sampling: (u8, u8),
}

/// The frame header.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// Which of the processes: the low half of the marker (0 baseline, 1 extended, 2 progressive, others are rare).
    pub(crate) process: u8,
    /// Bits of a sample.
    pub(crate) bits: u8,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) components: Vec<Component>,
}

impl Frame {
    /// How many units a scan of these components has: of an interleaved scan all blocks of 8 x 8 that belong together, of
    /// a scan of one component its own blocks.
    fn units(&self, components: &[usize]) -> u64 {
        let most = |pick: fn(&Component) -> u8| {
            u64::from(self.components.iter().map(pick).max().unwrap_or(1).max(1))
        };
        let (most_across, most_down) =
            (most(|component| component.sampling.0), most(|component| component.sampling.1));
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        if let [only] = components {
            let (across, down) = self.components[*only].sampling;
            let blocks =
                |side: u64, factor: u8, most: u64| (side * u64::from(factor)).div_ceil(most).div_ceil(8);
            return blocks(width, across, most_across) * blocks(height, down, most_down);
        }
        width.div_ceil(8 * most_across) * height.div_ceil(8 * most_down)
    }
}

/// One scan: its header and what was found in its code.
#[derive(Debug, Clone)]
struct Scan {
    /// Numbers of its components in the frame.
    components: Vec<usize>,
    /// First and last coefficient.
    band: (u8, u8),
    /// Bits of the coefficients that are still missing after it.
    bits_missing: u8,
    /// Units between restart markers, as it was in force; 0: none.
    interval: u16,
    /// Restart markers that were found.
    restarts: u64,
    /// Whether their numbers went round as they should.
    in_order: bool,
}

/// A walked JPEG file.
#[derive(Debug)]
pub(crate) struct Jpeg<'a> {
    pub(crate) frame: Frame,
    /// Number of Adobe's colour transform, when its marker is there.
    pub(crate) adobe: Option<u8>,
    pub(crate) blocks: Blocks<'a>,
    /// What a decoder needs, in order: tables, frame, scans, Adobe's marker.
    essential: Vec<Range<usize>>,
    scans: Vec<Scan>,
}

/// A segment or piece of one that is gathered before it can be read.
#[derive(Default)]
struct Gathered<'a> {
    icc: Vec<(u8, u8, &'a [u8])>,
    xmp: Option<&'a [u8]>,
    xmp_more: Vec<(u32, &'a [u8])>,
    jumbf: Vec<(u16, u32, &'a [u8])>,
    photoshop: Vec<u8>,
    exif: Option<&'a [u8]>,
}

/// Walks a file to its end marker.
pub(crate) fn walk<'a>(bytes: &'a [u8], warnings: &mut Warnings) -> Result<Jpeg<'a>, Fault> {
    let mut walker = Walker {
        bytes,
        at: 2,
        frame: None,
        adobe: None,
        interval: 0,
        essential: Vec::from([Range { start: 0, end: 2 }]),
        scans: Vec::new(),
        gathered: Gathered::default(),
    };
    let end = walker.run(warnings)?;
    if end < bytes.len() {
        warnings.add(Warning::TrailingBytes);
    }
    let frame = walker.frame.ok_or_else(|| Fault::damaged("a JPEG file without a frame"))?;
    if walker.scans.is_empty() {
        return Err(Fault::truncated("no scan before the end marker"));
    }
    let blocks = walker.gathered.into_blocks();
    Ok(Jpeg { frame, adobe: walker.adobe, blocks, essential: walker.essential, scans: walker.scans })
}

/// The blocks of a file that may be damaged or cut: whatever was found before.
pub(crate) fn blocks(bytes: &[u8]) -> Blocks<'_> {
    let mut walker = Walker {
        bytes,
        at: 2,
        frame: None,
        adobe: None,
        interval: 0,
        essential: Vec::new(),
        scans: Vec::new(),
        gathered: Gathered::default(),
    };
    let _whole_or_not = walker.run(&mut Warnings::default());
    walker.gathered.into_blocks()
}
struct Walker<'a> {
    bytes: &'a [u8],
    at: usize,
    frame: Option<Frame>,
    adobe: Option<u8>,
    interval: u16,
    essential: Vec<Range<usize>>,
    scans: Vec<Scan>,
    gathered: Gathered<'a>,
}

impl<'a> Walker<'a> {
    /// To behind the end marker.
    fn run(&mut self, warnings: &mut Warnings) -> Result<usize, Fault> {
        loop {
            let marker = self.next_marker(warnings)?;
            match marker {
                EOI => return Ok(self.at),
                SOI => return Err(Fault::damaged("a second start within the picture")),
                0x01 | 0xD0..=0xD7 => continue,
                _ => {}
            }
            let begun = self.at - 2;
            let length = usize::from(u16_be(self.bytes, self.at).ok_or_else(|| cut("a segment"))?);
            if length < 2 {
                return Err(Fault::damaged(format!("segment {marker:#04x} says it has {length} bytes")));
            }
            let body = self.bytes.get(self.at + 2..self.at + length).ok_or_else(|| cut("a segment"))?;
            self.at += length;
            match marker {
                SOS => self.scan(begun, body)?,
                DQT | DHT | DAC => self.essential.push(begun..self.at),
                DRI => {
                    self.interval = u16_be(body, 0).unwrap_or(0);
                    self.essential.push(begun..self.at);
                }
                DNL => {
                    return Err(Fault::unsupported(
                        crate::Format::Jpeg,
                        "its height is given behind the picture",
                    ));
                }
                0xC0..=0xCF => self.frame(marker & 0x0F, begun, body)?,
                0xEE if body.starts_with(b"Adobe") && body.len() >= 12 => {
                    self.adobe = Some(body[11]);
                    self.essential.push(begun..self.at);
                }
                0xE1 | 0xE2 | 0xEB | 0xED => self.gathered.take(marker, body),
                _ => {}
            }
        }
    }

    /// The next marker, over fill bytes, and over bytes that belong to nothing.
    fn next_marker(&mut self, warnings: &mut Warnings) -> Result<u8, Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let mut skipped = 0;
        let mut before = 0u8;
        for (place, byte) in rest.iter().enumerate() {
            if before == 0xFF && !matches!(*byte, 0x00 | 0xFF) {
                if skipped > 1 {
                    warnings.add(Warning::LengthWrong);
                }
                self.at += place + 1;
                return Ok(*byte);
            }
            skipped += usize::from(*byte != 0xFF || before == 0xFF && *byte == 0x00);
            before = *byte;
        }
        Err(cut("its end marker"))
    }

    fn frame(&mut self, process: u8, begun: usize, body: &[u8]) -> Result<(), Fault> {
        if self.frame.is_some() {
            return Err(Fault::damaged("a second frame"));
        }
        let short = || Fault::damaged("a frame header that is too short");
        let [bits, count] = [body.first(), body.get(5)].map(|byte| byte.copied());
        let (bits, count) = (bits.ok_or_else(short)?, usize::from(count.ok_or_else(short)?));
        let height = u32::from(u16_be(body, 1).ok_or_else(short)?);
        let width = u32::from(u16_be(body, 3).ok_or_else(short)?);
        let listed = body.get(6..6 + 3 * count).ok_or_else(short)?;
        let components = listed
            .chunks_exact(3)
            .map(|entry| Component { id: entry[0], sampling: (entry[1] >> 4, entry[1] & 0x0F) })
            .collect::<Vec<_>>();
        let valid = |factor: u8| (1..=4).contains(&factor);
        if components.iter().any(|component| !valid(component.sampling.0) || !valid(component.sampling.1)) {
            return Err(Fault::damaged("a sampling factor that is not 1 to 4"));
        }
        self.frame = Some(Frame { process, bits, width, height, components });
        self.essential.push(begun..self.at);
        Ok(())
    }

    /// A scan header, and its code up to the next marker that is none of restart.
    fn scan(&mut self, begun: usize, body: &[u8]) -> Result<(), Fault> {
        let frame = self.frame.as_ref().ok_or_else(|| Fault::damaged("a scan before the frame"))?;
        let short = || Fault::damaged("a scan header that is too short");
        let count = usize::from(*body.first().ok_or_else(short)?);
        let listed = body.get(1..1 + 2 * count).ok_or_else(short)?;
        let [first, last, bits] =
            *body.get(1 + 2 * count..).and_then(<[u8]>::first_chunk::<3>).ok_or_else(short)?;
        let number = |id: u8| frame.components.iter().position(|component| component.id == id);
        let components = listed.chunks_exact(2).filter_map(|entry| number(entry[0])).collect::<Vec<_>>();
        if components.is_empty() || components.len() != count {
            return Err(Fault::damaged("a scan of components that the frame has not"));
        }
        let mut scan = Scan {
            components,
            band: (first, last),
            bits_missing: bits & 0x0F,
            interval: self.interval,
            restarts: 0,
            in_order: true,
        };
        let code = &self.bytes[self.at..];
        let mut place = 0;
        loop {
            let found = memchr::memchr(0xFF, &code[place..]);
            place += found.ok_or_else(|| cut("the code of a scan"))? + 1;
            let next = *code.get(place).ok_or_else(|| cut("the code of a scan"))?;
            match next {
                0x00 => place += 1,
                0xFF => {}
                0xD0..=0xD7 => {
                    scan.in_order &= u64::from(next & 7) == scan.restarts % 8;
                    scan.restarts += 1;
                    place += 1;
                }
                _ => break,
            }
        }
        self.at += place - 1;
        self.essential.push(begun..self.at);
        self.scans.push(scan);
        Ok(())
    }
}

fn cut(what: &str) -> Fault {
    Fault::truncated(format!("it ends within {what}"))
}

impl Jpeg<'_> {
    /// A file of what a decoder needs and nothing else, so that nothing beside the picture can make it fail.
    ///
    /// A decoder that meets the end marker too early goes on with zeros and says nothing. A sequential picture of one scan
    /// therefore ends without the marker, on as many zero bytes as a decoder looks ahead: what was cut and closed again
    /// runs over them.
    pub(crate) fn essential(&self, bytes: &[u8]) -> Vec<u8> {
        let length = self.essential.iter().map(ExactSizeIterator::len).sum::<usize>();
        let mut file = Vec::with_capacity(length + 16);
        for range in &self.essential {
            file.extend_from_slice(&bytes[range.clone()]);
        }
        if self.is_one_sequential_scan() {
            file.extend_from_slice(&[0; LOOK_AHEAD_BYTES]);
        } else {
            file.extend_from_slice(&[0xFF, EOI]);
        }
        file
    }

    fn is_one_sequential_scan(&self) -> bool {
        self.frame.process < 2 && self.scans.len() == 1
    }

    /// Whether restart markers and scans are all there, as far as they can be counted.
    pub(crate) fn check_scans(&self, warnings: &mut Warnings) -> Result<(), Fault> {
        for scan in &self.scans {
            if scan.interval > 0 {
                let units = self.frame.units(&scan.components);
                let expected = units.div_ceil(u64::from(scan.interval)).saturating_sub(1);
                // Some encoders write one behind the last unit as well.
                if scan.restarts < expected {
                    let found = scan.restarts;
                    return Err(Fault::truncated(format!("{found} restart markers of {expected} in a scan")));
                }
            }
            if !scan.in_order {
                warnings.add(Warning::RestartsWrong);
            }
        }
        if self.frame.process == 2 {
            self.check_progress(warnings)?;
        } else {
            let has = |number: &usize| self.scans.iter().any(|scan| scan.components.contains(number));
            if !(0..self.frame.components.len()).all(|number| has(&number)) {
                return Err(Fault::truncated("a scan is missing"));
            }
        }
        Ok(())
    }

    /// A progressive picture has each coefficient's bits down to the last, or says nothing of the coefficient at all.
    fn check_progress(&self, warnings: &mut Warnings) -> Result<(), Fault> {
        for number in 0..self.frame.components.len() {
            let mut missing = [None; 64];
            for scan in self.scans.iter().filter(|scan| scan.components.contains(&number)) {
                let last = usize::from(scan.band.1).min(63);
                missing[usize::from(scan.band.0).min(last)..=last].fill(Some(scan.bits_missing));
            }
            if missing[0].is_none() {
                return Err(Fault::truncated("a component has no scan"));
            }
            let of_luma = number == 0 && missing[1..].iter().all(Option::is_none);
            if of_luma || missing.iter().flatten().any(|bits| *bits > 0) {
                warnings.add(Warning::ScansMissing);
            }
        }
        Ok(())
    }
}

/// What a decoder of 64 bits may have read ahead when it has the last bit it needs.
const LOOK_AHEAD_BYTES: usize = 8;

impl<'a> Gathered<'a> {
    fn take(&mut self, marker: u8, body: &'a [u8]) {
        match marker {
            0xE1 => {
                if let Some(exif) = body.strip_prefix(b"Exif\0").filter(|_| self.exif.is_none()) {
                    self.exif = exif.get(1..);
                } else if let Some(packet) = body.strip_prefix(XMP_NAME).filter(|_| self.xmp.is_none()) {
                    self.xmp = Some(packet);
                } else if body.starts_with(XMP_MORE_NAME) && body.len() > XMP_MORE_HEAD {
                    let place = u32_be(body, XMP_MORE_HEAD - 4).unwrap_or(0);
                    self.xmp_more.push((place, &body[XMP_MORE_HEAD..]));
                }
            }
            0xE2 => {
                if let Some([number, count, part @ ..]) = body.strip_prefix(ICC_NAME) {
                    self.icc.push((*number, *count, part));
                }
            }
            0xEB => {
                if let (b"JP", Some(instance), Some(sequence)) =
                    (&body[..body.len().min(2)], u16_be(body, 2), u32_be(body, 4))
                {
                    self.jumbf.push((instance, sequence, &body[8..]));
                }
            }
            _ => {
                if let Some(resources) = body.strip_prefix(PHOTOSHOP_NAME) {
                    self.photoshop.extend_from_slice(resources);
                }
            }
        }
    }

    fn into_blocks(mut self) -> Blocks<'a> {
        let mut xmp = self.xmp.map(Cow::Borrowed).into_iter().collect::<Vec<_>>();
        if !self.xmp_more.is_empty() {
            self.xmp_more.sort_by_key(|(place, _)| *place);
            xmp.push(Cow::Owned(self.xmp_more.iter().flat_map(|(_, part)| *part).copied().collect()));
        }
        Blocks {
            exif: self.exif.map(Cow::Borrowed),
            xmp,
            iptc: iptc_of(&self.photoshop).map(|records| Cow::Owned(records.to_vec())),
            icc: joined_icc(self.icc),
            c2pa: joined_jumbf(self.jumbf),
            texts: Vec::new(),
        }
    }
}

/// The profile from its parts: each number from 1 to the count must be there. A profile that is not whole is handed on
/// as it is, to be found broken.
fn joined_icc(mut parts: Vec<(u8, u8, &[u8])>) -> Option<Cow<'_, [u8]>> {
    parts.sort_by_key(|(number, ..)| *number);
    match parts.as_slice() {
        [] => None,
        [(1, 1, whole)] => Some(Cow::Borrowed(*whole)),
        several => {
            let length = several.iter().map(|(.., part)| part.len()).sum::<usize>();
            (length <= BLOCK_BYTES_MAX)
                .then(|| Cow::Owned(several.iter().flat_map(|(.., part)| *part).copied().collect()))
        }
    }
}

/// JUMBF boxes from segments of APP11 (ISO 19566-5, annex D): parts of one box carry its number and repeat its header.
fn joined_jumbf(mut parts: Vec<(u16, u32, &[u8])>) -> Option<Cow<'_, [u8]>> {
    parts.sort_by_key(|(instance, sequence, _)| (*instance, *sequence));
    let mut boxes = Vec::new();
    let mut last = None;
    for (instance, _, part) in parts {
        let header = if u32_be(part, 0) == Some(1) { 16 } else { 8 };
        let begins_box = last != Some(instance);
        boxes.extend_from_slice(if begins_box { part } else { part.get(header..).unwrap_or_default() });
        last = Some(instance);
    }
    (!boxes.is_empty()).then_some(Cow::Owned(boxes))
}

/// The IPTC records (number 0x0404) among Photoshop resources.
pub(crate) fn iptc_of(mut resources: &[u8]) -> Option<&[u8]> {
    while resources.starts_with(b"8BIM") {
        let number = u16_be(resources, 4)?;
        // A name with its length before it, padded to an even number of bytes.
        let name = (usize::from(*resources.get(6)?) + 2) & !1;
        let length = u32_be(resources, 6 + name)? as usize;
        let begin = 6 + name + 4;
        let body = resources.get(begin..begin.checked_add(length)?)?;
        if number == 0x0404 {
            return Some(body);
        }
        resources = resources.get(begin + length + length % 2..)?;
    }
    None
}
