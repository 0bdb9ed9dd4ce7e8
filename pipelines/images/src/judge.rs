//! The bytes that came, judged: are they an image that may be kept, and what is known of it?

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use pixmo_fetch::Check;
use pixmo_near::{Address, Hash256, Removals, Seen};
use pixmo_pictures::{Decoded, Format, Limits, Look, Placeholder, Warning};

use crate::against::{Safety, SafetyPolicy};
use crate::class::Class;
use crate::evidence::{self, Evidence, Signal};
use crate::screen::{self, Screen, Verdict};
use crate::settings::{Settings, SmallerCopy};

/// Forms of file that are decoded, each with the extension of its originals.
pub const EXTENSIONS: [&str; 8] = ["jpg", "png", "webp", "gif", "bmp", "tif", "avif", "heic"];

/// The extension of the originals of a form, by its name in a row.
#[must_use]
pub fn extension_of(format: &str) -> &'static str {
    let format = Format::ALL.into_iter().find(|known| known.name() == format);
    format.map_or("bin", Format::extension)
}

/// What of the settings a judgement needs.
#[derive(Clone, Debug)]
pub struct Rules {
    limits: Limits,
    decode: bool,
    copy: Option<SmallerCopy>,
    file_opt_out: Check,
    placeholder_rules: Vec<String>,
    placeholder_sha256: Vec<[u8; 32]>,
    safety: Arc<Safety>,
    removals: Option<Arc<Removals>>,
    screens: Arc<[Screen]>,
}

/// Quality of the file that takes the place of an original of which parts were blurred.
const BLURRED_QUALITY: u8 = 95;

/// An image that may be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Its form.
    pub format: Format,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// EXIF orientation.
    pub orientation: u8,
    /// PDQ hash, if it was decoded.
    pub hash: Option<[u8; 32]>,
    /// Whether the hash says nothing.
    pub flat: bool,
    /// What the file says of its licence.
    pub licence: Vec<Evidence>,
    /// What the file says of learning from it.
    pub signals: Vec<Signal>,
    /// What a C2PA manifest claims, as it stands in a row.
    pub c2pa: Option<String>,
    /// What was odd.
    pub warnings: Vec<String>,
    /// The file that takes the place of the original, in which parts are blurred.
    pub blurred: Option<Vec<u8>>,
    /// The smaller copy of the original that is asked for, if it was made.
    pub copy: Option<Vec<u8>>,
    /// Whether a person has to look at it before it is in the dataset.
    pub held: Option<Held>,
}

/// Why a person has to look at a picture first.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Under what it is counted.
    pub class: Class,
    /// Why, in words.
    pub reason: String,
}

/// Why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Under what it is counted.
    pub class: Class,
    /// Why, in words.
    pub detail: String,
    /// What the file says of learning from it, where it was looked at.
    pub signals: Vec<Signal>,
}

impl Refused {
    fn new(class: Class, detail: impl ToString) -> Refused {
        Refused { class, detail: detail.to_string(), signals: Vec::new() }
    }
}

impl Rules {
    /// The rules that settings give, what was taken down, and the models that look at pictures.
    #[must_use]
    pub fn of(settings: &Settings, removals: Option<Arc<Removals>>, screens: Arc<[Screen]>) -> Rules {
        let hash = |text: &String| {
            let mut bytes = [0; 32];
            hex::decode_to_slice(text, &mut bytes).ok().map(|()| bytes)
        };
        Rules {
            limits: settings.limits(),
            decode: settings.decode,
            copy: settings.copy.clone(),
            file_opt_out: settings.file_opt_out,
            placeholder_rules: settings.placeholder_rules.clone(),
            placeholder_sha256: settings.placeholder_sha256.iter().filter_map(hash).collect(),
            safety: Arc::clone(&settings.run.safety),
            removals,
            screens,
        }
    }

    /// Whether something that came from here was taken down.
    #[must_use]
    pub fn is_taken_down(&self, sha256: Option<[u8; 32]>, address: Option<&str>) -> bool {
        let addresses: Vec<Address> = address.and_then(Address::new).into_iter().collect();
        // No file has this hash but one that nobody can write.
        let seen = Seen { sha256: sha256.unwrap_or_default(), hashes: &[], addresses: &addresses };
        self.removals.as_ref().is_some_and(|removals| removals.of(&seen).is_some())
    }

    /// Refuses a picture that was taken down or that a list knows; says why, if a person has to look at it first. A picture
    /// that nobody looked at is known by its bytes alone.
    fn known(&self, bytes: &[u8], sha256: &[u8; 32], look: Option<&Look>) -> Result<Option<Held>, Refused> {
        let look = look.filter(|look| !look.flat);
        let hashes = look.map(|look| [Hash256::from(look.hash), Hash256::from(look.hash_mirrored)]);
        let hashes = hashes.as_ref().map_or(&[][..], |hashes| &hashes[..]);
        let seen = Seen { sha256: *sha256, hashes, addresses: &[] };
        if self.removals.as_ref().is_some_and(|removals| removals.of(&seen).is_some()) {
            return Err(Refused::new(Class::TakenDown, ""));
        }
        let file = self.safety.hashes_of(bytes, sha256);
        let Some(hit) = self.safety.find(&file, look.map(|look| &look.hash)) else { return Ok(None) };
        let reason = format!("the list `{}` knows it", hit.list);
        match hit.policy {
            SafetyPolicy::Drop => Err(Refused::new(Class::SafetyDropped, reason)),
            SafetyPolicy::Hold => Ok(Some(Held { class: Class::SafetyHeld, reason })),
        }
    }

    /// Judges a file. A decoder that gives up in a way nobody foresaw has met a damaged file, and no more than that.
    pub fn judge(&self, bytes: &Bytes, sha256: &[u8; 32]) -> Result<Picture, Refused> {
        if self.placeholder_sha256.contains(sha256) {
            return Err(Refused::new(Class::Placeholder, "its hash is one of `placeholder_sha256`"));
        }
        let judged = catch_unwind(AssertUnwindSafe(|| match self.decode {
            true => self.look(bytes, sha256),
            false => self.glimpse(bytes, sha256),
        }));
        judged.unwrap_or_else(|_| Err(Refused::new(Class::Damaged, "the decoder gave up")))
    }

    /// What can be said of a file whose samples are left packed.
    fn glimpse(&self, bytes: &Bytes, sha256: &[u8; 32]) -> Result<Picture, Refused> {
        let seen = pixmo_pictures::glimpse(bytes, &self.limits)
            .map_err(|fault| Refused::new(Class::of_fault(&fault), &fault))?;
        let held = self.known(bytes, sha256, None)?;
        let mut warnings = names_of(&seen.warnings);
        if pixmo_pictures::is_tiny(seen.width, seen.height) {
            self.replaced(Placeholder::Tiny, (seen.width, seen.height), &mut warnings)?;
        }
        let said = self.said(bytes, &mut warnings)?;
        Ok(Picture {
            format: seen.format,
            width: seen.width,
            height: seen.height,
            orientation: seen.orientation,
            hash: None,
            flat: false,
            licence: said.licence,
            signals: said.signals,
            c2pa: said.c2pa,
            warnings,
            blurred: None,
            copy: None,
            held,
        })
    }

    /// What looks like a placeholder is refused, or warned of where its rule does not refuse.
    fn replaced(
        &self,
        rule: Placeholder,
        (width, height): (u32, u32),
        warnings: &mut Vec<String>,
    ) -> Result<(), Refused> {
        if self.placeholder_rules.iter().any(|name| name == rule.name()) {
            let detail = format!("{width} x {height} pixels, by the rule `{}`", rule.name());
            return Err(Refused::new(Class::Placeholder, detail));
        }
        warnings.push(format!("placeholder_{}", rule.name()));
        Ok(())
    }

    /// What the file says of itself; refused, if it says that it must not be learnt from and that is heeded.
    fn said(&self, bytes: &Bytes, warnings: &mut Vec<String>) -> Result<Said, Refused> {
        let notes = pixmo_pictures::notes(bytes);
        warnings.extend(notes.unreadable.iter().map(|block| format!("{block}_unreadable")));
        let (signals, forbidden) = evidence::of_mining(&notes);
        if let (Check::Heed, Some(words)) = (self.file_opt_out, forbidden) {
            let class = Class::Fetch(pixmo_fetch::Class::OptedOut);
            return Err(Refused { signals, ..Refused::new(class, format!("the file says {words}")) });
        }
        let c2pa = notes.claim.as_ref().map(evidence::claim_to_json);
        Ok(Said { licence: evidence::of_file(&notes), signals, c2pa })
    }

    fn look(&self, bytes: &Bytes, sha256: &[u8; 32]) -> Result<Picture, Refused> {
        let mut decoded = pixmo_pictures::decode(bytes, &self.limits)
            .map_err(|fault| Refused::new(Class::of_fault(&fault), &fault))?;
        let mut look = pixmo_pictures::look(&decoded);
        let mut held = self.known(bytes, sha256, Some(&look))?;
        let mut warnings = names_of(&decoded.warnings);
        if let Some(rule) = look.placeholder {
            self.replaced(rule, (decoded.width, decoded.height), &mut warnings)?;
        }
        let Said { licence, signals, c2pa } = self.said(bytes, &mut warnings)?;
        let mut blurred = None;
        match self.seen(&decoded)? {
            Verdict::Pass => {}
            Verdict::Drop(reason) => {
                return Err(Refused { signals, ..Refused::new(Class::ScreenDropped, reason) });
            }
            // What a list knows is held for that.
            Verdict::Hold(reason) => {
                held = held.or(Some(Held { class: Class::ScreenHeld, reason }));
            }
            Verdict::Blur(areas) => {
                screen::blur(&mut decoded, &areas);
                blurred = Some(pixmo_pictures::encode_jpeg(&decoded, BLURRED_QUALITY));
                (decoded.format, decoded.orientation) = (Format::Jpeg, 1);
                look = pixmo_pictures::look(&decoded);
                warnings.push("blurred".to_owned());
            }
        }
        Ok(Picture {
            format: decoded.format,
            width: decoded.width,
            height: decoded.height,
            orientation: decoded.orientation,
            hash: Some(look.hash),
            flat: look.flat,
            licence,
            signals,
            c2pa,
            warnings,
            // What is kept of a blurred picture is another file, of which the copy is made later.
            copy: self.copy.as_ref().filter(|_| blurred.is_none()).map(|copy| copy.of(&decoded)),
            blurred,
            held,
        })
    }

    /// What all models together say of a picture.
    fn seen(&self, decoded: &Decoded) -> Result<Verdict, Refused> {
        let mut verdict = Verdict::Pass;
        for screen in self.screens.iter() {
            let seen =
                screen.judge(decoded).map_err(|error| Refused::new(Class::Unscreened, told(&error)))?;
            verdict = verdict.and(seen);
        }
        Ok(verdict)
    }
}

/// What a file says of itself.
struct Said {
    licence: Vec<Evidence>,
    signals: Vec<Signal>,
    c2pa: Option<String>,
}

fn names_of(warnings: &[Warning]) -> Vec<String> {
    warnings.iter().map(|warning| warning.name().to_owned()).collect()
}

/// An error with its causes, in one line.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_is_decoded_has_its_extension_in_the_list() {
        for name in pixmo_schemas::records::images::FORMATS {
            assert!(EXTENSIONS.contains(&extension_of(name)), "{name}");
        }
        assert_eq!(extension_of("jpeg"), "jpg");
    }
}
