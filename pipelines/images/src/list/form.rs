//! The form of a list, by what it says of itself, the end of its name, and its first bytes.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::address::is_address;
use super::fault::ListError;

/// How much of the beginning is looked at.
const HEAD_BYTES: usize = 1 << 20;

/// The form of a list.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An address a line
    Txt,
    /// A table with a head, between commas, semicolons, tabs or bars
    Csv,
    /// A JSON object a line
    Jsonl,
    /// Parquet
    Parquet,
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Gzip,
    Zstd,
}

/// What is known of a file before it is read.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) form: Form,
    pub(super) packing: Packing,
    /// The beginning, unpacked and without the mark of the byte order.
    pub(super) head: Vec<u8>,
}

/// Looks at the beginning of a file.
pub(super) fn of_file(path: &Path, asked: Option<Form>) -> Result<Told, ListError> {
    let failed = |error| ListError::read(path, error);
    let about = std::fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(ListError::Form {
            path: path.display().to_string(),
            what: "it is a folder",
            hint: "`pixmo images import` takes a folder of pictures",
        });
    }
    let mut magic = [0; 4];
    let mut file = File::open(path).map_err(failed)?;
    let len = read_full(&mut file, &mut magic).map_err(failed)?;
    let packing = match &magic[..len] {
        b"PAR1" => {
            return Ok(Told {
                form: asked.unwrap_or(Form::Parquet),
                packing: Packing::None,
                head: Vec::new(),
            });
        }
        [0x1f, 0x8b, ..] => Packing::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd] => Packing::Zstd,
        _ => Packing::None,
    };
    let mut head = vec![0; HEAD_BYTES];
    let len = read_full(&mut super::packed::reader(path, packing)?, &mut head).map_err(failed)?;
    head.truncate(len);
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(ListError::Form {
            path: path.display().to_string(),
            what: "it is UTF-16",
            hint: "save it as UTF-8, for example with `iconv -f utf-16 -t utf-8`",
        });
    }
    if head.starts_with(super::cutter::BYTE_ORDER_MARK) {
        head.drain(..super::cutter::BYTE_ORDER_MARK.len());
    }
    let form = match asked.or_else(|| by_name(path)) {
        Some(form) => form,
        None => by_content(path, &head)?,
    };
    if form == Form::Jsonl && head.trim_ascii_start().first() == Some(&b'[') {
        return Err(ListError::Form {
            path: path.display().to_string(),
            what: "it is one JSON array",
            hint: "write an object a line, for example with `jq -c '.[]'`",
        });
    }
    Ok(Told { form, packing, head })
}

/// The form that the end of the name says, under that of its packing.
fn by_name(path: &Path) -> Option<Form> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    let name = [".gz", ".zst", ".zstd"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "txt" | "list" | "urls" => Some(Form::Txt),
        "csv" | "tsv" | "tab" => Some(Form::Csv),
        "jsonl" | "ndjson" | "json" => Some(Form::Jsonl),
        "parquet" | "pq" => Some(Form::Parquet),
        _ => None,
    }
}

/// The form that the first line that is not blank looks like.
fn by_content(path: &Path, head: &[u8]) -> Result<Form, ListError> {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let unknown = |what| ListError::Form {
        path: path.display().to_string(),
        what,
        hint: "say its form with `--form txt`, `csv`, `jsonl` or `parquet`",
    };
    let first = lines.next().ok_or_else(|| unknown("it is empty"))?;
    if first.starts_with('{') {
        Ok(Form::Jsonl)
    } else if is_address(first) {
        Ok(Form::Txt)
    } else if first.contains([',', ';', '\t', '|']) || lines.next().is_some_and(is_address) {
        Ok(Form::Csv)
    } else {
        Err(unknown("its form cannot be told"))
    }
}

/// Fills the buffer as far as there are bytes.
pub(super) fn read_full(reader: &mut dyn Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut len = 0;
    while len < buffer.len() {
        match reader.read(&mut buffer[len..]) {
            Ok(0) => break,
            Ok(more) => len += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(len)
}

/// What separates the fields of a table, by its head: what stands most often in it outside of quotes.
pub(super) fn delimiter_of(head: &[u8]) -> u8 {
    let (mut counts, mut is_quoted) = ([0usize; 4], false);
    const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
    for byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            byte if !is_quoted => {
                if let Some(at) = DELIMITERS.iter().position(|delimiter| delimiter == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().position(|count| *count == most).map_or(b',', |at| DELIMITERS[at])
}

/// A buffered reader of a plain file.
pub(super) fn plain(path: &Path) -> Result<BufReader<File>, ListError> {
    File::open(path)
        .map(|file| BufReader::with_capacity(1 << 18, file))
        .map_err(|error| ListError::read(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_told_by_name_or_content() {
        let by = |name: &str| by_name(Path::new(name));
        assert_eq!(by("a.TXT"), Some(Form::Txt));
        assert_eq!(by("a.tsv.gz"), Some(Form::Csv));
        assert_eq!(by("a.b.jsonl.zst"), Some(Form::Jsonl));
        assert_eq!((by("a"), by("a.gz"), by("a.dat")), (None, None, None));
        let content = |text: &str| by_content(Path::new("list"), text.as_bytes()).ok();
        assert_eq!(content("\n# mine\nhttps://a.example/1.jpg\n"), Some(Form::Txt));
        assert_eq!(content("{\"url\": 1}"), Some(Form::Jsonl));
        assert_eq!(content("id;url\n1;https://a.example/1.jpg"), Some(Form::Csv));
        assert_eq!(content("url\nhttps://a.example/1.jpg"), Some(Form::Csv));
        assert_eq!((content(""), content("hello")), (None, None));
    }

    #[test]
    fn the_delimiter_is_the_commonest_outside_of_quotes() {
        let told = |head: &str| char::from(delimiter_of(head.as_bytes()));
        assert_eq!(told("id,url\n1;2;3"), ',');
        assert_eq!(told("\"a,b,c\";url;x\n"), ';');
        assert_eq!(told("id\turl, as found\tx"), '\t');
        assert_eq!(told("url"), ',');
    }
}
