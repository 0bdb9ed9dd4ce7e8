//! The verb `import`: recordings that are already here, without a server.
//!
//! A list says which recording belongs to which image and person. The recordings go into the store of takes under their
//! hash, and what the list says becomes annotations, as a server would export them. Nobody watched these recordings arrive,
//! so that their receipts say `imported`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_schemas::Sha256;
use pixmo_schemas::annotation::{
    Consent, GivenTranscript, Phase, RawTranscript, Status, TakeAnnotation, TakeAudio, TakeImage,
};
use pixmo_stage::Told;
use serde::Deserialize;

use crate::annotations::each_line;
use crate::fault::InputError;
use crate::stage::Cap;
use crate::store::{Store, write_whole};

/// The largest recording, bytes.
const RECORDING_BYTES_MAX: u64 = 4 << 30;

/// Take in recordings that are already here
///
/// The list is CSV with a head or JSON lines. Its columns are `file`, `image_url`, `image_sha256`, `person`, `phase`
/// (`several` or `single`), `consent_version` and `scopes` (such as `publish-text publish-audio`); and, if they are known,
/// `take`, `language` (`en` by default), `transcript`, `corrected`, `recorded_at`.
///
/// Example: `pixmo cap import recordings/ --list recordings.csv`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct ImportArgs {
    /// The folder of the recordings
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Which recording belongs to which image and person
    #[arg(long, value_name = "FILE", visible_alias = "image-list")]
    pub list: PathBuf,
    /// Read settings from this file
    #[arg(long, value_name = "FILE")]
    pub campaign: Option<PathBuf>,
}

/// One line of a list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    file: String,
    image_url: String,
    image_sha256: String,
    person: String,
    phase: String,
    consent_version: String,
    scopes: Scopes,
    #[serde(default)]
    take: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    transcript: Option<String>,
    #[serde(default)]
    corrected: Option<String>,
    #[serde(default)]
    recorded_at: Option<String>,
}

/// Scopes, as a list or in one text.
#[derive(Debug, Default)]
struct Scopes(Vec<String>);

impl<'de> Deserialize<'de> for Scopes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Scopes, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Scopes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("scopes, as a list or with spaces between them")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Scopes, E> {
                let words = text.split([' ', ',', ';', '|']).filter(|word| !word.is_empty());
                Ok(Scopes(words.map(str::to_owned).collect()))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Scopes, A::Error> {
                let mut scopes = Vec::new();
                while let Some(scope) = list.next_element()? {
                    scopes.push(scope);
                }
                Ok(Scopes(scopes))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// What was taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Takes.
    pub takes: u64,
    /// Bytes of recordings.
    pub bytes: u64,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if the list cannot be used, a world failure if something cannot be read or written.
pub fn run(args: &ImportArgs, console: &Console) -> Result<Ending, Failure> {
    let Told { mut settings, data, .. } = Told::<Cap>::read(args.campaign.as_deref())?;
    settings.place(&data);
    let imported =
        import(&args.folder, &args.list, Path::new(&settings.annotations), &Store::new(&settings.store))?;
    let (takes, size) = (wording::counted(imported.takes, "take"), wording::bytes(imported.bytes));
    if console.is_json() {
        let told =
            serde_json::json!({ "event": "imported", "takes": imported.takes, "bytes": imported.bytes });
        console.data_json(&told)?;
    } else {
        console.data_line(&format!("{takes} with {size} in {}", settings.store))?;
    }
    Ok(Ending::Good)
}

/// Takes recordings in. The same list again changes nothing.
///
/// # Errors
/// When the list or a recording cannot be read, or something cannot be written.
pub fn import(folder: &Path, list: &Path, annotations: &Path, store: &Store) -> Result<Imported, InputError> {
    let (mut imported, mut lines) = (Imported::default(), Vec::new());
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    read_list(list, |number, line| {
        let bad = |why: String| InputError::line(list, number, "recording of a list", why);
        let (take, bytes) = one(folder, line, store).map_err(|fault| match fault {
            Fault::Line(why) => bad(why),
            Fault::Input(error) => error,
        })?;
        if let Some(earlier) = seen.insert(take.take.clone(), number) {
            return Err(bad(format!("take `{}` stands in line {earlier} already", take.take)));
        }
        serde_json::to_writer(&mut lines, &take)
            .map_err(|error| InputError::write(annotations, error.into()))?;
        lines.push(b'\n');
        imported.takes += 1;
        imported.bytes += bytes;
        Ok(())
    })?;
    let name = list.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let path = annotations.join(format!("imported-{name}.jsonl"));
    if !std::fs::read(&path).is_ok_and(|known| known == lines) {
        write_whole(&path, &lines)?;
    }
    Ok(imported)
}

enum Fault {
    Line(String),
    Input(InputError),
}

impl From<InputError> for Fault {
    fn from(error: InputError) -> Fault {
        Fault::Input(error)
    }
}

fn one(folder: &Path, line: Line, store: &Store) -> Result<(TakeAnnotation, u64), Fault> {
    let path = folder.join(&line.file);
    let extension =
        path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default();
    let media_type = TakeAudio::media_type_of(&extension).ok_or_else(|| {
        Fault::Line(format!("`{}` has no name of a recording: webm, ogg, m4a, mp3, flac or wav", line.file))
    })?;
    let content = read_bounded(&path)?;
    let audio = TakeAudio {
        sha256: Sha256::of(&content),
        bytes: content.len() as u64,
        media_type: media_type.to_owned(),
        codec: None,
    };
    let image: Sha256 = line
        .image_sha256
        .parse::<Sha256>()
        .map_err(|error| Fault::Line(format!("`image_sha256`: {error}")))?;
    let phase = match line.phase.as_str() {
        "several" => Phase::Several,
        "single" => Phase::Single,
        other => return Err(Fault::Line(format!("`phase` is `{other}`, expected `several` or `single`"))),
    };
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let usual = || format!("import-{}-{}", &audio.sha256.to_string()[..16], &line.image_sha256[..16]);
    let raw = filled(line.transcript).map(|text| RawTranscript {
        text,
        words: Vec::new(),
        language: None,
        model: None,
    });
    let take = TakeAnnotation {
        take: filled(line.take).unwrap_or_else(usual),
        status: Status::Accepted,
        image: TakeImage { sha256: image, url: line.image_url },
        audio,
        person: line.person,
        language: filled(line.language).unwrap_or_else(|| "en".to_owned()),
        phase,
        gold: false,
        consent: Consent { version: line.consent_version, scopes: line.scopes.0 },
        recorded_at: filled(line.recorded_at),
        received_at: None,
        transcript: GivenTranscript { raw, corrected: filled(line.corrected) },
        receipt: None,
    };
    if let Some((field, found, expected)) = take.fault() {
        return Err(Fault::Line(format!("`{field}` is `{found}`, expected {expected}")));
    }
    let place = store.path(&take.audio.sha256, take.audio.extension());
    if !std::fs::metadata(&place).is_ok_and(|metadata| metadata.len() == take.audio.bytes) {
        write_whole(&place, &content)?;
    }
    let bytes = take.audio.bytes;
    Ok((take, bytes))
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, Fault> {
    let file = File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Fault::Line(format!("there is no recording `{}`", path.display())),
        _ => Fault::Input(InputError::read(path, error)),
    })?;
    let mut content = Vec::new();
    let read = file.take(RECORDING_BYTES_MAX + 1).read_to_end(&mut content);
    read.map_err(|error| InputError::read(path, error))?;
    match content.len() as u64 {
        0 => Err(Fault::Line(format!("the recording `{}` is empty", path.display()))),
        more if more > RECORDING_BYTES_MAX => {
            Err(Fault::Line(format!("the recording `{}` is larger than 4 GiB", path.display())))
        }
        _ => Ok(content),
    }
}

/// Calls `see` with the lines of a list and their numbers, from 1.
fn read_list(
    list: &Path,
    mut see: impl FnMut(u64, Line) -> Result<(), InputError>,
) -> Result<(), InputError> {
    const WHAT: &str = "recording of a list";
    let file = File::open(list).map_err(|error| InputError::read(list, error))?;
    let is_json = list
        .extension()
        .is_some_and(|extension| ["jsonl", "json", "ndjson"].iter().any(|known| extension == *known));
    if is_json {
        return each_line(list, file, |number, _, text| {
            let line = serde_json::from_slice(text)
                .map_err(|error| InputError::line(list, number, WHAT, error.to_string()))?;
            see(number, line)
        });
    }
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(BufReader::new(file));
    let head = reader.headers().map_err(|error| InputError::line(list, 1, WHAT, error.to_string()))?.clone();
    for record in reader.into_records() {
        let line_of = |error: &csv::Error| error.position().map_or(0, csv::Position::line);
        let record =
            record.map_err(|error| InputError::line(list, line_of(&error), WHAT, error.to_string()))?;
        let number = record.position().map_or(0, csv::Position::line);
        let line: Line = record
            .deserialize(Some(&head))
            .map_err(|error| InputError::line(list, number, WHAT, error.to_string()))?;
        see(number, line)?;
    }
    Ok(())
}
