//! What a file says of itself: whose it is, under which licence, whether machines may learn from it, and whether a machine
//! made it. Read from EXIF, XMP, IPTC, PNG texts and C2PA manifests, as found and without judgement; whether a statement
//! is true is not known here.

mod c2pa;
mod exif;
mod iptc;
mod jumbf;
mod xmp;

pub use c2pa::{Action, Claim, Mining, Source};

use crate::codec;
use crate::container::{Blocks, gif, heif, jpeg, png, riff};
use crate::format::{Format, recognise};

pub(crate) use exif::orientation;

/// What a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Whose it is, in words.
    Copyright,
    /// Who made it.
    Creator,
    /// Who is to be named.
    Credit,
    /// Terms of use, in words.
    Terms,
    /// Address of a licence, or of a page that tells the rights.
    LicenceAddress,
    /// Whether it may be mined or learnt from.
    Mining,
    /// How it came to be, by IPTC's vocabulary of digital sources.
    DigitalSource,
}

impl About {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Copyright => "copyright",
            Self::Creator => "creator",
            Self::Credit => "credit",
            Self::Terms => "terms",
            Self::LicenceAddress => "licence_address",
            Self::Mining => "mining",
            Self::DigitalSource => "digital_source",
        }
    }
}

/// One statement of a file about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it is about.
    pub about: About,
    /// Where it stands: `xmp:cc:license`, `iptc:2:116`, `exif:Copyright`, `png:Copyright`, `tiff:Copyright`, `c2pa:…`.
    pub place: String,
    /// Its words, white space at the ends taken off, at most 1,000 characters.
    pub words: String,
}

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// All statements, in the order EXIF, IPTC, XMP, texts, C2PA, each once.
    pub statements: Vec<Statement>,
    /// What the C2PA manifest of the file claims, when it has one. Its signature is not checked.
    pub claim: Option<Claim>,
    /// Blocks that are there and cannot be read: `exif`, `iptc`, `xmp`, `c2pa`.
    pub unreadable: Vec<&'static str>,
}

/// Words of a statement are kept to this many characters.
const WORDS_CHARS_MAX: usize = 1000;
/// Statements of a file.
const STATEMENTS_MAX: usize = 64;

impl Notes {
    /// The first address of a licence, and where it stands. `cc:license` and `plus:…` come before
    /// `xmpRights:WebStatement`, which may be a page of any kind.
    pub fn licence(&self) -> Option<&Statement> {
        let of = |is_web: bool| {
            let is_it = move |statement: &&Statement| {
                statement.about == About::LicenceAddress
                    && statement.place.ends_with("WebStatement") == is_web
            };
            self.statements.iter().find(is_it)
        };
        of(false).or_else(|| of(true))
    }

    /// The first statement of whose it is.
    pub fn copyright(&self) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.about == About::Copyright)
    }

    /// Statements against learning from the picture, as found. A permission is none of them.
    pub fn against_training(&self) -> impl Iterator<Item = &Statement> {
        self.statements
            .iter()
            .filter(|statement| statement.about == About::Mining && forbids(&statement.words))
    }

    /// Whether the file says that a machine made the picture or a part of it.
    pub fn is_generated(&self) -> bool {
        let said = |statement: &Statement| {
            statement.about == About::DigitalSource && Source::of(&statement.words).is_generated()
        };
        self.statements.iter().any(said)
    }

    pub(crate) fn add(&mut self, about: About, place: impl Into<String>, words: &str) {
        let words = words.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0');
        if words.is_empty() || self.statements.len() >= STATEMENTS_MAX {
            return;
        }
        let words = words.chars().filter(|letter| *letter != '\0').take(WORDS_CHARS_MAX).collect();
        let statement = Statement { about, place: place.into(), words };
        if !self.statements.contains(&statement) {
            self.statements.push(statement);
        }
    }
}

/// Whether words of a mining statement forbid learning: PLUS's terms of prohibition, C2PA's `notAllowed` and
/// `constrained`, the reservation of TDMRep, `noai`.
fn forbids(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    let says = |part: &str| words.contains(part);
    says("dmi-prohibited")
        || says("notallowed")
        || says("constrained")
        || says("noai")
        || words == "tdm-reservation=1"
}

/// Reads what a file says of itself. Never fails: what cannot be read is named in [`Notes::unreadable`], and a file that is
/// cut or no picture says what stands before the cut, or nothing.
pub fn notes(bytes: &[u8]) -> Notes {
    let blocks = match recognise(bytes) {
        Ok(Format::Jpeg) => jpeg::blocks(bytes),
        Ok(Format::Png) => png::blocks(bytes),
        Ok(Format::Webp) => riff::blocks(bytes),
        Ok(Format::Gif) => gif::blocks(bytes),
        Ok(Format::Avif | Format::Heic) => heif::blocks(bytes),
        Ok(Format::Tiff) => codec::tiff::blocks(bytes),
        _ => Blocks::default(),
    };
    let mut notes = Notes::default();
    if let Some(exif) = &blocks.exif {
        exif::read(exif, &mut notes);
    }
    if let Some(iptc) = &blocks.iptc {
        iptc::read(iptc, &mut notes);
    }
    for packet in &blocks.xmp {
        xmp::read(packet, &mut notes);
    }
    let place = if recognise(bytes) == Ok(Format::Tiff) { "tiff" } else { "png" };
    for (keyword, text) in &blocks.texts {
        let about = match keyword.as_str() {
            "Copyright" => About::Copyright,
            "Author" => About::Creator,
            "Disclaimer" => About::Terms,
            "License" | "Licence" => About::LicenceAddress,
            _ => continue,
        };
        notes.add(about, format!("{place}:{keyword}"), text);
    }
    if let Some(store) = &blocks.c2pa {
        match c2pa::read(store) {
            Some(claim) => {
                claim.state(&mut notes);
                notes.claim = Some(claim);
            }
            None => notes.unreadable.push("c2pa"),
        }
    }
    notes
}
