//! The campaign: a parsed file, its sections and its hash.

use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{CampaignError, Place};
use crate::section;
use crate::suggest::nearest;
use crate::tree::{self, Entry, Node, Table, Value};

/// A campaign file is written by a person; anything larger is something else.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// The settings of one campaign: everything in one file, or nothing.
#[derive(Clone, Debug)]
pub struct Campaign {
    file: Option<PathBuf>,
    text: String,
    table: Table,
    section: CampaignSection,
}

/// The section `[campaign]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CampaignSection {
    /// What people call the campaign.
    pub name: Option<String>,
    /// The seed of everything random.
    pub seed: Option<u64>,
    /// Where the data lies: a path (from the working directory) or an address.
    pub data: Option<String>,
}

impl Campaign {
    /// No file: every setting has its default.
    #[must_use]
    pub fn none() -> Self {
        let section = CampaignSection::default();
        Campaign { file: None, text: String::new(), table: Table::default(), section }
    }

    /// Reads the file at `path` and its section `[campaign]`.
    ///
    /// # Errors
    /// The file cannot be read, is not UTF-8 or not TOML, or its section `[campaign]` is wrong.
    pub fn read(path: &Path) -> Result<Self, CampaignError> {
        let bytes = bytes_of(path)?;
        let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, error.as_bytes()))?;
        Self::parse(path, text)
    }

    /// Parses `text` as the content of the file `path`.
    ///
    /// # Errors
    /// The text is not TOML, or its section `[campaign]` is wrong.
    pub fn parse(path: &Path, text: String) -> Result<Self, CampaignError> {
        let table = tree::parse(path, &text)?;
        let section = CampaignSection::default();
        let mut campaign = Campaign { file: Some(path.to_owned()), text, table, section };
        if let Some(section) = campaign.section("campaign")? {
            campaign.section = section;
        }
        Ok(campaign)
    }

    /// The file, if there is one.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What people call the campaign.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.section.name.as_deref()
    }

    /// The seed of everything random.
    #[must_use]
    pub fn seed(&self) -> Option<u64> {
        self.section.seed
    }

    /// Where the data lies: a path (from the working directory) or an address.
    #[must_use]
    pub fn data(&self) -> Option<&str> {
        self.section.data.as_deref()
    }

    /// Finds what stands outside the `known` sections, such as `build.docs`; `engines.*` stands for every section
    /// right under `engines`. The section `[campaign]` is always known.
    ///
    /// The keys inside a section are checked by [`Campaign::section`].
    ///
    /// # Errors
    /// The first section or key, in the order of the file, that nobody knows.
    pub fn check_sections(&self, known: &[&str]) -> Result<(), CampaignError> {
        let Some(stranger) = first_stranger("", &self.table, known) else { return Ok(()) };
        let Stranger { above, entry: Entry { key, key_span, node }, leads_on } = &stranger;
        let name = joined(above, key);
        let error = match &node.value {
            Value::Table(_) => unknown_section(&name, known),
            value if *leads_on => section_expected(&name, value, known),
            _ => unknown_key(above, key, known),
        };
        Err(error.at(self.place(key_span)))
    }

    /// Reads the section `name`, such as `build.docs`, as `T`; `None` if the file does not have it.
    ///
    /// Keys that `T` does not know are errors with a suggestion, at every depth, whether or not `T` denies them itself.
    ///
    /// # Errors
    /// An unknown or missing key, or a value of the wrong type or out of range.
    pub fn section<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, CampaignError> {
        let Some(node) = self.find(name)? else { return Ok(None) };
        match section::read(node) {
            Ok(section) => Ok(Some(section)),
            Err(fault) => {
                let place = self.place(fault.span.as_ref().unwrap_or(&node.span));
                Err(fault.explained(name).at(place))
            }
        }
    }

    /// Whether the file has the section `name`.
    #[must_use]
    pub fn has_section(&self, name: &str) -> bool {
        matches!(self.find(name), Ok(Some(_)))
    }

    /// Where `key` of the section `name` stands in the file.
    #[must_use]
    pub fn place_of(&self, name: &str, key: &str) -> Option<Place> {
        let section = self.find(name).ok()??.value.as_table()?;
        section.get(key).map(|entry| self.place(&entry.key_span))
    }

    /// The BLAKE3 hash of the settings, in hexadecimal: of what they say, not of how they are written. Comments, blank
    /// lines, the order of keys and the form of tables and numbers do not count.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hash_table(&mut hasher, &self.table);
        hasher.finalize().to_hex().to_string()
    }

    /// As [`Campaign::hash`], of the section `name` alone; `None` if the file does not have it.
    #[must_use]
    pub fn section_hash(&self, name: &str) -> Option<String> {
        let node = self.find(name).ok()??;
        let mut hasher = blake3::Hasher::new();
        hash_value(&mut hasher, &node.value);
        Some(hasher.finalize().to_hex().to_string())
    }

    /// The section `name`; on the way to it everything must be a table.
    fn find(&self, name: &str) -> Result<Option<&Node>, CampaignError> {
        let mut table = &self.table;
        let mut found = None;
        let mut walked = String::new();
        for step in name.split('.') {
            if !walked.is_empty() {
                walked.push('.');
            }
            walked.push_str(step);
            let Some(Entry { node, key_span, .. }) = table.get(step) else { return Ok(None) };
            let Some(inner) = node.value.as_table() else {
                let message = format!("[{walked}] is {}, expected a section", node.value.described());
                return Err(CampaignError::new(message).at(self.place(key_span)));
            };
            (table, found) = (inner, Some(node));
        }
        Ok(found)
    }

    fn place(&self, span: &Range<usize>) -> Place {
        Place::of_offset(self.file.as_deref().unwrap_or(Path::new("campaign")), &self.text, span.start)
    }
}

/// An entry that nobody knows.
struct Stranger<'a> {
    /// The section that it stands in.
    above: String,
    entry: &'a Entry,
    /// Whether known sections have its name before theirs.
    leads_on: bool,
}

/// The first entry, in the order of the file, that nobody knows. A table may be written in pieces, so that its
/// entries do not stand together.
fn first_stranger<'a>(above: &str, table: &'a Table, known: &[&str]) -> Option<Stranger<'a>> {
    let mut first: Option<Stranger<'a>> = None;
    for entry in &table.entries {
        let name = joined(above, &entry.key);
        if name == "campaign" || known.iter().any(|known| is_named_by(known, &name)) {
            continue;
        }
        let leads_on =
            known.iter().any(|known| known.strip_prefix(&name).is_some_and(|rest| rest.starts_with('.')));
        let found = match entry.node.value.as_table() {
            Some(inner) if leads_on => first_stranger(&name, inner, known),
            _ => Some(Stranger { above: above.to_owned(), entry, leads_on }),
        };
        let start = |stranger: &Stranger<'_>| stranger.entry.key_span.start;
        if found.as_ref().is_some_and(|new| first.as_ref().is_none_or(|old| start(new) < start(old))) {
            first = found;
        }
    }
    first
}

fn joined(above: &str, key: &str) -> String {
    if above.is_empty() { key.to_owned() } else { format!("{above}.{key}") }
}

/// Whether the pattern `known` (`build.docs`, `engines.*`) names the section `name`.
fn is_named_by(known: &str, name: &str) -> bool {
    match (known.strip_suffix(".*"), name.rsplit_once('.')) {
        (Some(family), Some((above, _))) => family == above,
        (Some(_), None) => false,
        (None, _) => known == name,
    }
}

fn unknown_section(name: &str, known: &[&str]) -> CampaignError {
    let known = || known.iter().copied().chain(["campaign"]);
    let mut all: Vec<String> = known().map(|known| format!("[{}]", known.replace('*', "<name>"))).collect();
    all.sort();
    let all = format!("the sections are {}", all.join(", "));
    let hint = match nearest(name, known().filter(|known| !known.ends_with('*'))) {
        Some(near) => format!("did you mean [{near}]? {all}"),
        None => all,
    };
    CampaignError::new(format!("unknown section [{name}]")).hint(hint)
}

fn section_expected(name: &str, value: &Value, known: &[&str]) -> CampaignError {
    CampaignError::new(format!("[{name}] is {}, expected a section", value.described()))
        .hint(format!("[{name}] holds only sections, such as {}", sections_under(name, known)))
}

fn unknown_key(above: &str, key: &str, known: &[&str]) -> CampaignError {
    if !above.is_empty() {
        return CampaignError::new(format!("unknown key `{key}` in [{above}]"))
            .hint(format!("[{above}] holds only sections, such as {}", sections_under(above, known)));
    }
    CampaignError::new(format!("key `{key}` stands outside all sections"))
        .hint("put it under a section, such as [campaign]")
}

fn sections_under(above: &str, known: &[&str]) -> String {
    let under = known.iter().filter(|known| known.starts_with(&format!("{above}.")));
    under.map(|known| format!("[{}]", known.replace('*', "<name>"))).collect::<Vec<_>>().join(", ")
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, CampaignError> {
    let mut bytes = Vec::new();
    let read =
        std::fs::File::open(path).and_then(|file| file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes));
    if let Err(source) = read {
        let is_request = matches!(
            source.kind(),
            std::io::ErrorKind::NotFound
                | std::io::ErrorKind::PermissionDenied
                | std::io::ErrorKind::IsADirectory
        );
        let mut error = CampaignError::new("cannot read the campaign file").at(path.display());
        if source.kind() == std::io::ErrorKind::NotFound {
            error = error.hint(
                "name an existing file with `--campaign FILE`, or leave the flag away for the defaults",
            );
        }
        return Err(CampaignError { is_world: !is_request, source: Some(source), ..error });
    }
    if bytes.len() as u64 > FILE_BYTES_MAX {
        let message = format!("the campaign file is larger than {} MiB", FILE_BYTES_MAX >> 20);
        return Err(CampaignError::new(message)
            .at(path.display())
            .hint("name a file of settings with `--campaign FILE`"));
    }
    Ok(bytes)
}

fn not_utf8(path: &Path, bytes: &[u8]) -> CampaignError {
    let chunk = bytes.utf8_chunks().find(|chunk| !chunk.invalid().is_empty());
    let text = chunk.as_ref().map_or("", |chunk| chunk.valid());
    let byte = chunk.as_ref().and_then(|chunk| chunk.invalid().first()).copied().unwrap_or_default();
    CampaignError::new(format!("the campaign file is not UTF-8: found the byte `0x{byte:02x}`"))
        .at(Place::of_offset(path, text, text.len()))
        .hint("save the file as UTF-8")
}

fn hash_table(hasher: &mut blake3::Hasher, table: &Table) {
    let mut entries: Vec<&Entry> = table.entries.iter().collect();
    entries.sort_by_key(|entry| &entry.key);
    hash_count(hasher, b"t", entries.len());
    for entry in entries {
        hash_text(hasher, b"k", &entry.key);
        hash_value(hasher, &entry.node.value);
    }
}

fn hash_value(hasher: &mut blake3::Hasher, value: &Value) {
    match value {
        Value::Table(table) => hash_table(hasher, table),
        Value::List(items) => {
            hash_count(hasher, b"l", items.len());
            for item in items {
                hash_value(hasher, &item.value);
            }
        }
        Value::Text(text) => hash_text(hasher, b"s", text),
        Value::Truth(value) => hash_text(hasher, b"b", if *value { "true" } else { "false" }),
        Value::Time(time) => hash_text(hasher, b"d", time),
        Value::Whole(number) => hash_text(hasher, b"i", &number.to_string()),
        Value::Real(number) => hash_text(hasher, b"f", &format!("{number:?}")),
    }
}

fn hash_text(hasher: &mut blake3::Hasher, tag: &[u8; 1], text: &str) {
    hash_count(hasher, tag, text.len());
    hasher.update(text.as_bytes());
}

fn hash_count(hasher: &mut blake3::Hasher, tag: &[u8; 1], count: usize) {
    hasher.update(tag).update(&(count as u64).to_le_bytes());
}
