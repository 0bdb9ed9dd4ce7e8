//! The section `[build.images]` of the campaign file.
//!
//! What decides an outcome is part of what a build is continued with. What only decides when it comes (pace, time-outs,
//! how often something is tried) may change from run to run, and so may the place of the store.

use std::sync::Arc;

use pixmo_console::Failure;
use pixmo_fetch::{Check, Policy};
use pixmo_pictures::{Decoded, Limits};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;

use crate::against::{Safety, SafetyRule};
use crate::list::{List, ListArgs};
use crate::retry::Retry;
use crate::screen::ScreenSettings;

/// What can be set for images.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// SHA-256 of the list in hexadecimal digits. Filled in when a build begins; in a campaign it pins the list.
    pub list_sha256: String,
    /// How many rows the list has. Filled in when a build begins.
    pub list_rows: u64,
    /// What the columns of the list are called.
    pub columns: Columns,
    /// Where originals are kept: a folder or an address (`s3://`, `gs://`, `az://`). Empty for `images` in the data folder.
    #[serde(skip_serializing)]
    pub store: String,
    /// Whether files are decoded to their last sample. Without it a file is walked to its end and no further: that is quick,
    /// finds what is cut and not what is damaged within, and gives no perceptual hash.
    pub decode: bool,
    /// Whether the bytes of originals stand in the rows as well.
    pub embed: bool,
    /// A smaller copy of each image, as JPEG, stands in its row. Originals are kept in the store all the same.
    pub copy: Option<SmallerCopy>,
    /// Addresses to try when the one in the list gives nothing, with `{address}` and `{sha256}` in them; one with
    /// `{sha256}` is tried where the list names the hash.
    pub fallbacks: Vec<String>,
    /// What is done with a file that says itself that it must not be learnt from: heed, note or skip.
    pub file_opt_out: Check,
    /// Rules by which a picture is taken for what servers send in the place of one that is gone: `tiny`, `blank`,
    /// `known_size`, `sparse`. What looks so by another rule is kept with a warning.
    pub placeholder_rules: Vec<String>,
    /// Lists of what must not be held, each with what is done: `FILE=drop` or `FILE=hold`.
    #[serde(skip_serializing)]
    pub safety: Vec<String>,
    /// SHA-256 and policy of these lists. Filled in when a build begins.
    pub safety_lists: Vec<String>,
    /// SHA-256 of files that are such placeholders, in hexadecimal digits.
    pub placeholder_sha256: Vec<String>,
    /// Models that look at every picture, and what is done about what they see.
    pub screen: Vec<ScreenSettings>,
    /// How large a picture may be.
    pub pictures: PictureLimits,
    /// Most rows of the list that wait for their turn at once, so that slow hosts do not hold up the others.
    #[serde(skip_serializing)]
    pub rows_ahead_max: u32,
    /// How addresses are asked for.
    #[serde(serialize_with = "what_decides")]
    pub fetch: Policy,
    /// What this run is to do.
    #[serde(skip)]
    pub run: Run,
}

/// What the columns of the list are called; what is not said is guessed from the usual names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Columns {
    /// That of the addresses.
    pub address: Option<String>,
    /// That of the SHA-256 of the files.
    pub sha256: Option<String>,
    /// That of the licences.
    pub licence: Option<String>,
    /// That of the bytes, for imports.
    pub picture: Option<String>,
}

impl Columns {
    /// The names that flags give, and else those of the campaign file.
    #[must_use]
    pub fn with(&self, flags: &ListArgs) -> ListArgs {
        let named = |flag: &Option<String>, ours: &Option<String>| flag.clone().or_else(|| ours.clone());
        ListArgs {
            form: flags.form,
            address_column: named(&flags.address_column, &self.address),
            hash_column: named(&flags.hash_column, &self.sha256),
            licence_column: named(&flags.licence_column, &self.licence),
            picture_column: named(&flags.picture_column, &self.picture),
        }
    }

    /// The names that were used.
    #[must_use]
    pub fn of(used: &ListArgs) -> Columns {
        Columns {
            address: used.address_column.clone(),
            sha256: used.hash_column.clone(),
            licence: used.licence_column.clone(),
            picture: used.picture_column.clone(),
        }
    }
}

/// A smaller copy of an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallerCopy {
    /// Most pixels of its longer side; a smaller image keeps its size.
    pub side_max: u32,
    /// Quality of the JPEG, 1 to 100 on the scale of libjpeg; from 90 on colours keep their full resolution.
    #[serde(default = "SmallerCopy::quality_usual")]
    pub quality: u8,
}

impl SmallerCopy {
    /// The copy of a picture, as a JPEG file.
    #[must_use]
    pub fn of(&self, decoded: &Decoded) -> Vec<u8> {
        pixmo_pictures::encode_jpeg(&pixmo_pictures::shrink(decoded, self.side_max), self.quality)
    }

    /// The quality if nobody says anything.
    #[must_use]
    pub fn quality_usual() -> u8 {
        85
    }
}

/// How large a picture may be; the bytes of a file have their limit in `fetch.limits`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PictureLimits {
    /// Most pixels, width times height.
    pub pixels_max: u64,
    /// Most pixels of the longer side.
    pub side_max: u32,
    /// Whether AVIF and HEIC are read too, by the program `heif-convert`; otherwise they are counted as `unsupported`.
    pub heif: bool,
}

/// What one run is to do; decides no byte by itself.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The list, open.
    pub list: Option<Arc<List>>,
    /// The lists of what must not be held, ready to be asked.
    pub safety: Arc<Safety>,
    /// Whether the list brings the bytes and nothing is asked of the network.
    pub is_import: bool,
    /// Which rows that gave nothing are tried again.
    pub retry: Retry,
    /// Whether the originals of all kept rows are looked at, and those that are gone brought again.
    pub check_store: bool,
}

impl Default for PictureLimits {
    fn default() -> Self {
        let Limits { pixels_max, side_max, heif, .. } = Limits::default();
        PictureLimits { pixels_max, side_max, heif }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            list_sha256: String::new(),
            list_rows: 0,
            columns: Columns::default(),
            store: String::new(),
            decode: true,
            embed: false,
            copy: None,
            fallbacks: Vec::new(),
            file_opt_out: Check::Heed,
            placeholder_rules: ["tiny", "blank", "known_size"].map(str::to_owned).into(),
            safety: Vec::new(),
            safety_lists: Vec::new(),
            placeholder_sha256: Vec::new(),
            screen: Vec::new(),
            pictures: PictureLimits::default(),
            rows_ahead_max: 512,
            fetch: Policy::default(),
            run: Run::default(),
        }
    }
}

/// Rules that `placeholder_rules` may name.
const PLACEHOLDER_RULES: [&str; 4] = ["tiny", "blank", "known_size", "sparse"];
/// Limits of `copy.side_max`; a JPEG has no longer side.
const COPY_SIDE: (u32, u32) = (16, 65_535);
/// Limits of `rows_ahead_max`.
const ROWS_AHEAD: (u32, u32) = (1, 1 << 20);

impl Settings {
    /// Notes what the list holds, so that a build is continued with the same one only.
    ///
    /// # Errors
    /// A request failure if the campaign pins another list.
    pub fn pin(&mut self) -> Result<(), Failure> {
        let list = self.list()?;
        let (sha256, rows) = (list.sha256().to_owned(), list.rows());
        if !self.list_sha256.is_empty() && self.list_sha256 != sha256 {
            return Err(Failure::request(
                "the list is not the one that `list_sha256` of [build.images] pins",
            )
            .because(format!("its sha256 is `{sha256}`, expected `{}`", self.list_sha256))
            .at(list.name().to_owned()));
        }
        (self.list_sha256, self.list_rows) = (sha256, rows);
        let rules = self.safety.iter().map(|text| {
            text.parse::<SafetyRule>().map_err(|what| {
                Failure::request(what)
                    .hint("write `FILE=drop` or `FILE=hold` into `safety` of [build.images]")
            })
        });
        let safety = Safety::read(&rules.collect::<Result<Vec<_>, _>>()?)?;
        self.safety_lists = safety.pins();
        self.run.safety = Arc::new(safety);
        self.screen.iter_mut().try_for_each(ScreenSettings::pin)
    }

    /// The list of this run.
    ///
    /// # Errors
    /// A bug failure if there is none.
    pub fn list(&self) -> Result<Arc<List>, Failure> {
        self.run.list.clone().ok_or_else(|| Failure::bug("images are built without a list"))
    }

    /// Checks what can be known before anything is asked or written.
    ///
    /// # Errors
    /// A request failure with the first setting that cannot work.
    pub fn check(&self) -> Result<(), Failure> {
        if self.pictures.heif && !pixmo_pictures::reads_heif() {
            return Err(Failure::request(
                "`heif` in [build.images.pictures] needs a program that is not here",
            )
            .hint("install `heif-convert` (Debian: `apt install libheif-examples`), or set `heif = false`"));
        }
        if !self.run.is_import {
            self.fetch.check().map_err(of_policy)?;
        }
        if let Some(rule) =
            self.placeholder_rules.iter().find(|rule| !PLACEHOLDER_RULES.contains(&rule.as_str()))
        {
            let known = PLACEHOLDER_RULES.map(|rule| format!("`{rule}`")).join(", ");
            return Err(Failure::request(format!(
                "`{rule}` in `placeholder_rules` of [build.images] is no rule"
            ))
            .hint(format!("the rules are {known}")));
        }
        let is_hash = |text: &String| text.parse::<pixmo_schemas::Sha256>().is_ok();
        if let Some(text) = self.placeholder_sha256.iter().find(|text| !is_hash(text)) {
            return Err(Failure::request(format!(
                "`{text}` in `placeholder_sha256` of [build.images] is no SHA-256"
            ))
            .hint("write 64 lowercase hexadecimal digits"));
        }
        let has_place = |text: &String| text.contains("{address}") || text.contains("{sha256}");
        if let Some(text) = self.fallbacks.iter().find(|text| !has_place(text)) {
            return Err(Failure::request("a fallback of [build.images] is the same address for every image")
                .at(text.clone())
                .hint("write `{sha256}` or `{address}` where those of the image belong"));
        }
        self.screen.iter().try_for_each(ScreenSettings::check)?;
        self.check_undecoded()?;
        if let Some(copy) = &self.copy {
            if self.embed {
                return Err(Failure::request("a row of [build.images] cannot hold both original and copy")
                    .hint("leave out `embed`, or `copy`; originals are in the store in any case"));
            }
            if !(COPY_SIDE.0..=COPY_SIDE.1).contains(&copy.side_max) {
                return Err(Failure::request(format!(
                    "`side_max` of [build.images.copy] is {}, expected {} to {} pixels",
                    copy.side_max, COPY_SIDE.0, COPY_SIDE.1
                )));
            }
            if !(1..=100).contains(&copy.quality) {
                return Err(Failure::request(format!(
                    "`quality` of [build.images.copy] is {}, expected 1 to 100",
                    copy.quality
                )));
            }
        }
        if !(ROWS_AHEAD.0..=ROWS_AHEAD.1).contains(&self.rows_ahead_max) {
            return Err(Failure::request(format!(
                "`rows_ahead_max` of [build.images] is {}, expected {} to {}",
                self.rows_ahead_max, ROWS_AHEAD.0, ROWS_AHEAD.1
            )));
        }
        Ok(())
    }

    /// Files that are not decoded cannot be looked at.
    fn check_undecoded(&self) -> Result<(), Failure> {
        let by_sight = || -> Option<String> {
            let screen = self.screen.first().map(|_| "a model looks at them (`screen`)".to_owned());
            let copy =
                self.copy.as_ref().map(|_| "they get a smaller copy (`copy`, `--copy-side`)".to_owned());
            let list = self.run.safety.of_pictures();
            let list = list.map(|name| format!("the list `{name}` knows pictures by what they look like"));
            screen.or(copy).or(list)
        };
        match by_sight().filter(|_| !self.decode) {
            None => Ok(()),
            Some(why) => {
                Err(Failure::request("pictures have to be decoded with these settings of [build.images]")
                    .because(why)
                    .hint("leave out `--no-decode` (`decode = false`), or what needs pixels"))
            }
        }
    }

    /// The limits of one picture.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            bytes_max: self.fetch.limits.bytes_max,
            pixels_max: self.pictures.pixels_max,
            side_max: self.pictures.side_max,
            heif: self.pictures.heif,
        }
    }

    /// Where originals are kept.
    #[must_use]
    pub fn store(&self, data: &str) -> String {
        if self.store.is_empty() {
            format!("{}/images", data.trim_end_matches('/'))
        } else {
            self.store.clone()
        }
    }
}

/// A policy that cannot be followed, as a person reads it.
pub(crate) fn of_policy(error: pixmo_fetch::PolicyError) -> Failure {
    let failure = Failure::from_error(pixmo_console::Kind::Request, &error);
    match error {
        pixmo_fetch::PolicyError::ContactMissing => failure.hint(
            "write `agent.contact = \"you@example.org\"` into [build.images.fetch], or give `--contact`",
        ),
        _ => failure.hint("change it in [build.images.fetch]"),
    }
}

/// What of a policy decides what becomes of an address, and not only when.
fn what_decides<S: Serializer>(policy: &Policy, serializer: S) -> Result<S::Ok, S::Error> {
    let Policy { agent, limits, consent, egress, .. } = policy;
    json!({
        "agent_name": agent.name,
        "bytes_max": limits.bytes_max,
        "redirects_max": limits.redirects_max,
        "robots": consent.robots,
        "robots_tag": consent.robots_tag,
        "robots_tag_words": consent.robots_tag_words,
        "tdm_header": consent.tdm_header,
        "tdm_file": consent.tdm_file,
        "egress": egress,
    })
    .serialize(serializer)
}
