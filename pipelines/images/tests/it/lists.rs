//! Lists as people have them: forms, columns, packing, and rows that cannot be used.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;
use pixmo_images::list::{BadRow, Entry, List, ListArgs, ListError, Row, RowFault};
use proptest::prelude::*;
use serde_json::json;

/// A folder with a list in it, and a work folder.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn open(&self, path: &Path) -> Result<List, ListError> {
        List::open(path, &ListArgs::default(), &self.path("work"))
    }

    pub(crate) fn import(&self, path: &Path) -> Result<List, ListError> {
        List::import(path, &ListArgs::default(), &self.path("work"))
    }
}

pub(crate) fn some(list: &List, rows: std::ops::Range<u64>) -> Vec<Result<Row, BadRow>> {
    let told = |entry: Entry| match entry {
        Entry::Row(row) => Ok(row),
        Entry::Bad(bad) => Err(bad),
    };
    list.read(rows).unwrap().map(|entry| entry.map(told)).collect::<Result<_, _>>().unwrap()
}

pub(crate) fn all(list: &List) -> Vec<Result<Row, BadRow>> {
    some(list, 0..list.rows())
}

/// What stands in the rows, a line each.
pub(crate) fn told(list: &List) -> String {
    let line = |row: Result<Row, BadRow>| match row {
        Ok(row) => {
            let mut text = format!("{}: {}", row.line, row.address.unwrap_or_default());
            let mut add = |name: &str, value: String| text.push_str(&format!(" {name}={value}"));
            row.file.into_iter().for_each(|file| add("file", file));
            row.bytes.into_iter().for_each(|bytes| add("bytes", bytes.len().to_string()));
            row.sha256.into_iter().for_each(|hash| add("sha256", hex::encode(&hash[..4])));
            row.licence.into_iter().for_each(|licence| add("licence", licence));
            if !row.other.is_empty() {
                add("other", serde_json::Value::Object(row.other).to_string());
            }
            text
        }
        Err(bad) => format!("{}! {} ({})", bad.line, bad, bad.fault.name()),
    };
    all(list).into_iter().map(line).collect::<Vec<_>>().join("\n")
}

const HASH: &str = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08";

#[test]
fn lines_are_addresses_and_what_is_none_is_told_with_its_line() {
    let desk = Desk::new();
    let mut content = b"\xef\xbb\xbfhttps://a.example/1.jpg\r\n\r\n# seen in March\n  http://b.example/2.png \nnot an address\nftp://c.example/3\n".to_vec();
    content.extend(b"https://a.example/\xff.jpg\nhttps://a.example/last");
    let list = desk.open(&desk.file("urls.txt", content)).unwrap();
    insta::assert_snapshot!(told(&list), @r"
    1: https://a.example/1.jpg
    4: http://b.example/2.png
    5! line 5 of the list: `not an address` is not an address: it holds white space (row_not_an_address)
    6! line 6 of the list: `ftp://c.example/3` is not an address: expected `http` or `https`, found `ftp` (row_not_an_address)
    7! line 7 of the list: it is not UTF-8 (row_not_utf8)
    8: https://a.example/last
    ");
}

#[test]
fn tables_bring_their_other_columns_along() {
    let desk = Desk::new();
    let content = format!(
        "id;Image URL;caption;sha256;License\n\
         1;https://a.example/1.jpg;\"a \"\"cat\"\";\nwith a hat\";{HASH};CC-BY-4.0\n\
         2;https://a.example/2.jpg;;;\n\
         3;https://a.example/3.jpg;too few\n\
         4;https://a.example/4.jpg;x;abc;\n\
         5;;x;;\n\
         6;\"https://a.example/6.jpg;x;;\n\
         7;https://a.example/7.jpg;\u{e9};;CC0\n"
    );
    let list = desk.open(&desk.file("table.csv", content)).unwrap();
    insta::assert_snapshot!(told(&list), @r#"
    2: https://a.example/1.jpg sha256=9f86d081 licence=CC-BY-4.0 other={"id":"1","caption":"a \"cat\";\nwith a hat"}
    4: https://a.example/2.jpg other={"id":"2","caption":""}
    5! line 5 of the list: it has 3 fields, expected 5 (row_fields)
    6! line 6 of the list: `abc` is not a SHA-256, expected 64 hexadecimal digits (row_not_a_hash)
    7! line 7 of the list: it has no address (row_no_address)
    8! line 8 of the list: it opens a quote and does not close it (row_open_quote)
    9: https://a.example/7.jpg licence=CC0 other={"id":"7","caption":"é"}
    "#);
}

#[test]
fn objects_are_rows_and_what_is_none_is_told() {
    let desk = Desk::new();
    let content = r#"{"url": "https://a.example/1.jpg", "tags": ["x", {"y": 1}], "width": 640}
{"url": null}
{"width": 3}
[1, 2]
{"url": "https://a.example/2.jpg"
{"licence": "CC0", "url": "https://a.example/3.jpg", "late": true}
"#;
    let list = desk.open(&desk.file("objects.jsonl", content)).unwrap();
    insta::assert_snapshot!(told(&list), @r#"
    1: https://a.example/1.jpg other={"tags":["x",{"y":1}],"width":640}
    2! line 2 of the list: it has no address (row_no_address)
    3! line 3 of the list: it has no address (row_no_address)
    4! line 4 of the list: it is not a JSON object (row_not_an_object)
    5! line 5 of the list: it is not JSON: EOF while parsing an object at line 1 column 33 (row_not_json)
    6: https://a.example/3.jpg licence=CC0 other={"late":true}
    "#);
}

pub(crate) fn write_parquet(path: &Path, batch: &RecordBatch, group_rows: usize) {
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(group_rows)).build();
    let file = std::fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

fn parquet_list(path: &Path, rows: i64, group_rows: usize) {
    let addresses = (0..rows).map(|row| (row != 3).then(|| format!("https://a.example/{row}.jpg")));
    let batch = RecordBatch::try_from_iter([
        ("image_url", Arc::new(StringArray::from_iter(addresses)) as ArrayRef),
        ("points", Arc::new(Int64Array::from_iter_values(0..rows))),
    ]);
    write_parquet(path, &batch.unwrap(), group_rows);
}

#[test]
fn parquet_is_a_list_too() {
    let desk = Desk::new();
    let path = desk.path("list.parquet");
    parquet_list(&path, 5, 2);
    let list = desk.open(&path).unwrap();
    insta::assert_snapshot!(told(&list), @r#"
    1: https://a.example/0.jpg other={"points":0}
    2: https://a.example/1.jpg other={"points":1}
    3: https://a.example/2.jpg other={"points":2}
    4! line 4 of the list: it has no address (row_no_address)
    5: https://a.example/4.jpg other={"points":4}
    "#);
    assert_eq!(list.sha256(), sha256_of(&path));
}

#[test]
fn damage_inside_a_parquet_list_costs_its_row_group_only() {
    let desk = Desk::new();
    let path = desk.path("list.parquet");
    parquet_list(&path, 3_000, 1_000);
    let mut bytes = std::fs::read(&path).unwrap();
    // In the second of three row groups, over the lengths of some addresses.
    let address = b"https://a.example/1500.jpg";
    let at = bytes.windows(address.len()).position(|window| window == address).unwrap();
    bytes[at - 40..at + 40].fill(0xff);
    std::fs::write(&path, bytes).unwrap();
    let list = desk.open(&path).unwrap();
    let rows = all(&list);
    assert_eq!(rows.len(), 3_000);
    let is_good = |row: usize| row != 3;
    let unlike: Vec<_> = (0..1_000)
        .chain(2_000..3_000)
        .filter(|row| rows[*row].is_ok() != is_good(*row))
        .take(5)
        .map(|row| (row, &rows[row]))
        .collect();
    assert!(unlike.is_empty(), "{unlike:?}");
    let bad: Vec<&BadRow> = rows[1_000..2_000].iter().filter_map(|row| row.as_ref().err()).collect();
    assert!(!bad.is_empty());
    assert!(bad.iter().all(|bad| matches!(bad.fault, RowFault::Unreadable(_))), "{}", bad[0]);
}

fn sha256_of(path: &Path) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(std::fs::read(path).unwrap()))
}

#[test]
fn packed_lists_are_unpacked_once_and_hashed_as_they_came() {
    let desk = Desk::new();
    let text: String = (0..5_000).map(|row| format!("https://a.example/{row}.jpg\n")).collect();
    let (half, other) = text.split_at(text.len() / 2);
    // Two members, as `cat a.gz b.gz` makes.
    let gzip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let gz = desk.file("a.txt.gz", [gzip(half), gzip(other)].concat());
    let zst = desk.file("b.txt.zst", zstd::encode_all(text.as_bytes(), 3).unwrap());
    for path in [gz, zst] {
        for again in [false, true] {
            let list = desk.open(&path).unwrap();
            assert_eq!((list.rows(), list.sha256()), (5_000, sha256_of(&path).as_str()), "{again}");
            let row = some(&list, 4_321..4_322).remove(0).unwrap();
            assert_eq!(row.address.as_deref(), Some("https://a.example/4321.jpg"));
        }
    }
    let torn = gzip(&text);
    let torn = desk.file("torn.txt.gz", &torn[..torn.len() / 2]);
    assert!(matches!(desk.open(&torn), Err(ListError::Read { .. })));
}

#[test]
fn a_kept_index_is_used_for_the_same_list_only() {
    let desk = Desk::new();
    let path = desk.file("urls.txt", "https://a.example/1\nhttps://a.example/2\n");
    assert_eq!(desk.open(&path).unwrap().rows(), 2);
    let kept = std::fs::read(desk.path("work/list.json")).unwrap();
    assert_eq!(desk.open(&path).unwrap().rows(), 2);
    // Another list of the same size.
    let path = desk.file("urls.txt", "https://a.example/1234\nhttps://b.example\n");
    assert_eq!(told(&desk.open(&path).unwrap()), "1: https://a.example/1234\n2: https://b.example");
    assert_ne!(std::fs::read(desk.path("work/list.json")).unwrap(), kept);
    // Whatever stands there, a list is read.
    for junk in [&b"{}"[..], b"\xff\xff", b"", &kept] {
        desk.file("work/list.json", junk);
        assert_eq!(desk.open(&path).unwrap().rows(), 2);
    }
}

#[test]
fn a_list_that_is_cut_short_while_it_is_read_is_found_out() {
    let desk = Desk::new();
    let text: String = (0..3_000).map(|row| format!("https://a.example/{row}\n")).collect();
    let path = desk.file("urls.txt", &text);
    let list = desk.open(&path).unwrap();
    desk.file("urls.txt", &text[..text.len() / 2]);
    let last = list.read(0..3_000).unwrap().last().unwrap();
    assert!(matches!(last, Err(ListError::Changed { .. })));
}

#[test]
fn what_is_no_list_is_an_error_that_says_what_to_do() {
    let desk = Desk::new();
    let error = |name: &str, content: &[u8]| {
        let error = desk.open(&desk.file(name, content)).unwrap_err();
        let text = format!("{error}; {}", error.hints().join("; "));
        text.replace(&desk.path("").display().to_string(), "")
    };
    let errors = [
        error("a", b""),
        error("b.txt", b"\n# nothing\n"),
        error("c.csv", b"id,where,what\n1,2,3\n"),
        error("d.csv", b"https://a.example/1.jpg,x\nhttps://a.example/2.jpg,y\n"),
        error("e.csv", b"url\n"),
        error("f.json", b" [\n{\"url\": 1}]"),
        error(
            "g.txt",
            &"https://a.example".encode_utf16().flat_map(u16::to_le_bytes).fold(
                vec![0xff, 0xfe],
                |mut out, byte| {
                    out.push(byte);
                    out
                },
            ),
        ),
        error("h.dat", b"hello"),
        error("i.parquet", b"PAR1 not really"),
        error("j.jsonl", b"nothing\n"),
    ];
    insta::assert_snapshot!(errors.join("\n"), @r"
    cannot read the list `a`: it is empty; say its form with `--form txt`, `csv`, `jsonl` or `parquet`
    there are no rows in `b.txt`; a list has an address a line, or a head and rows
    cannot tell which column of `c.csv` holds the address; the columns are `id`, `where`, `what`; name it with `--address-column NAME`
    cannot read the list `d.csv`: its first line holds an address where the names of the columns should be; add a line with names before it, or say `--form txt` for a list with an address a line
    there are no rows in `e.csv`; a list has an address a line, or a head and rows
    cannot read the list `f.json`: it is one JSON array; write an object a line, for example with `jq -c '.[]'`
    cannot read the list `g.txt`: it is UTF-16; save it as UTF-8, for example with `iconv -f utf-16 -t utf-8`
    cannot read the list `h.dat`: its form cannot be told; say its form with `--form txt`, `csv`, `jsonl` or `parquet`
    cannot read `i.parquet` as Parquet; check that it is a whole Parquet file
    cannot tell which column of `j.jsonl` holds the address; the columns are ; name it with `--address-column NAME`
    ");
    let missing = desk.open(&desk.path("none.txt")).unwrap_err();
    assert!(!missing.is_world(), "{missing}");
}

#[test]
fn columns_can_be_named() {
    let desk = Desk::new();
    let path = desk.file(
        "table.csv",
        format!("url,where,digest\nhttps://page.example,https://a.example/1.jpg,{HASH}\n"),
    );
    let mut args = ListArgs {
        address_column: Some("where".to_owned()),
        hash_column: Some("digest".to_owned()),
        ..ListArgs::default()
    };
    let list = List::open(&path, &args, &desk.path("work")).unwrap();
    let row = all(&list).remove(0).unwrap();
    assert_eq!(row.address.as_deref(), Some("https://a.example/1.jpg"));
    assert_eq!(row.sha256.map(|hash| hash[0]), Some(0x9f));
    assert_eq!(json!(row.other), json!({"url": "https://page.example"}));
    args.address_column = Some("nowhere".to_owned());
    let error = List::open(&path, &args, &desk.path("work")).unwrap_err();
    assert!(matches!(error, ListError::NoColumn { .. }), "{error}");
}

/// One row of a list that is made up, and whether it can be used.
fn rows() -> impl Strategy<Value = Vec<(String, bool)>> {
    let row = prop_oneof![
        4 => "[a-z]{1,8}".prop_map(|name| (format!("https://{name}.example/x.jpg"), true)),
        1 => "[a-z ]{1,8}".prop_map(|name| (format!("x {name}"), false)),
    ];
    prop::collection::vec(row, 1..3_000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Any range of any form of list is that part of the whole, good and bad rows alike.
    #[test]
    fn ranges_are_parts_of_the_whole(rows in rows(), from in 0u64..3_000, len in 0u64..2_000) {
        let desk = Desk::new();
        let txt: String = rows.iter().map(|(row, _)| format!("{row}\n")).collect();
        let csv: String = rows.iter().enumerate().map(|(at, (row, _))| format!("\"{at}\n\",{row}\r\n")).collect();
        let jsonl: String = rows.iter().map(|(row, _)| format!("{}\n", json!({"url": row}))).collect();
        let files = [
            desk.file("a.txt", txt),
            desk.file("a.csv", format!("n,url\r\n{csv}")),
            desk.file("a.jsonl", jsonl),
        ];
        for path in files {
            let list = desk.open(&path).unwrap();
            prop_assert_eq!(list.rows(), rows.len() as u64);
            let whole = all(&list);
            for (row, (_, is_good)) in whole.iter().zip(&rows) {
                prop_assert_eq!(row.is_ok(), *is_good);
            }
            let part = some(&list, from..from + len);
            let (from, to) = (from.min(list.rows()) as usize, (from + len).min(list.rows()) as usize);
            prop_assert_eq!(&part, &whole[from..to]);
        }
    }

    /// No bytes make a reader fall, and every row has its place.
    #[test]
    fn any_bytes_are_a_list_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..600), form in 0usize..4) {
        let desk = Desk::new();
        let name = ["a.txt", "a.csv", "a.jsonl", "a.parquet"][form];
        let bytes = if form == 1 { [b"url,x\n".to_vec(), bytes].concat() } else { bytes };
        if let Ok(list) = desk.open(&desk.file(name, bytes)) {
            prop_assert_eq!(all(&list).len() as u64, list.rows());
        }
    }
}
