//! Text into records: lines, or rows of a table whose quotes may hold line ends.
//!
//! A record never takes more than [`RECORD_BYTES_MAX`]. A quote that is opened and not closed would swallow all that
//! follows; then the first line alone is bad, and reading goes on with the next.

use std::io::{self, Read};

use super::fault::RowFault;

/// The longest record in bytes.
pub(super) const RECORD_BYTES_MAX: usize = 1 << 20;
/// How much is read at once.
const READ_BYTES: usize = 1 << 18;
/// What some programs write before UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How text is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) enum Cut {
    /// A record a line.
    Lines,
    /// A record a line; those that begin with `#` are passed over.
    CommentedLines,
    /// Rows of a table.
    Table {
        /// What stands between fields.
        delimiter: u8,
        /// How many fields a row has; 0 if that is not known yet.
        fields: usize,
    },
}

/// One record, without its line end.
#[derive(Debug)]
pub(super) struct Record<'a> {
    pub(super) bytes: &'a [u8],
    /// Where it begins in the text.
    pub(super) at: u64,
    /// The line in which it begins, from 1.
    pub(super) line: u64,
    /// Why it is none.
    pub(super) fault: Option<RowFault>,
}

/// Cuts a stream of text; memory is that of one record and of what is read at once.
pub(super) struct Cutter<R> {
    reader: R,
    cut: Cut,
    buffer: Vec<u8>,
    start: usize,
    is_at_end: bool,
    /// Where `start` stands in the text.
    at: u64,
    line: u64,
}

/// A record inside of what is in memory.
struct Found {
    /// Its bytes with the line end.
    len: usize,
    /// Its bytes without.
    content: usize,
    fault: Option<RowFault>,
}

impl<R: Read> Cutter<R> {
    /// Cuts what `reader` gives, which begins `at` bytes into the text, in the line `line`.
    pub(super) fn new(reader: R, cut: Cut, at: u64, line: u64) -> Cutter<R> {
        Cutter { reader, cut, buffer: Vec::new(), start: 0, is_at_end: false, at, line }
    }

    /// The next record; blank lines are passed over.
    pub(super) fn next(&mut self) -> io::Result<Option<Record<'_>>> {
        if self.at == 0 && self.start == 0 && self.buffer.is_empty() {
            self.fill()?;
            if self.buffer.starts_with(BYTE_ORDER_MARK) {
                self.pass(BYTE_ORDER_MARK.len(), 0);
            }
        }
        loop {
            let window = &self.buffer[self.start..];
            if window.is_empty() && self.is_at_end {
                return Ok(None);
            }
            let Some(found) = find(window, self.cut, self.is_at_end) else {
                if window.len() >= RECORD_BYTES_MAX {
                    return self.too_long().map(Some);
                }
                self.fill()?;
                continue;
            };
            let (start, at, line) = (self.start, self.at, self.line);
            let lines = window[..found.len].iter().filter(|byte| **byte == b'\n').count();
            let content = &window[..found.content];
            let is_passed = match self.cut {
                Cut::CommentedLines => content.trim_ascii().first().is_none_or(|byte| *byte == b'#'),
                _ => content.trim_ascii().is_empty(),
            };
            self.pass(found.len, lines as u64);
            if !(is_passed && found.fault.is_none()) {
                let bytes = &self.buffer[start..start + found.content];
                return Ok(Some(Record { bytes, at, line, fault: found.fault }));
            }
        }
    }

    fn pass(&mut self, bytes: usize, lines: u64) {
        self.start += bytes;
        self.at += bytes as u64;
        self.line += lines;
    }

    /// Reads more behind what is there, which is moved to the front.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let len = self.buffer.len();
        self.buffer.resize(len + READ_BYTES, 0);
        let read = super::form::read_full(&mut self.reader, &mut self.buffer[len..]);
        let more = *read.as_ref().unwrap_or(&0);
        self.buffer.truncate(len + more);
        self.is_at_end = more < READ_BYTES;
        read.map(drop)
    }

    /// A record that does not end: its first line is bad. A line that does not end is passed over without being kept.
    fn too_long(&mut self) -> io::Result<Record<'_>> {
        let (at, line) = (self.at, self.line);
        let window = &self.buffer[self.start..];
        let fault = match memchr::memchr(b'\n', window) {
            Some(end) => {
                self.pass(end + 1, 1);
                RowFault::OpenQuote
            }
            None => {
                loop {
                    let window = &self.buffer[self.start..];
                    let (len, end) = (window.len(), memchr::memchr(b'\n', window));
                    if let Some(end) = end {
                        self.pass(end + 1, 1);
                        break;
                    }
                    self.pass(len, 0);
                    if self.is_at_end {
                        break;
                    }
                    self.fill()?;
                }
                RowFault::TooLong { bytes_max: RECORD_BYTES_MAX }
            }
        };
        Ok(Record { bytes: &[], at, line, fault: Some(fault) })
    }
}

/// The first record of some text; `None` if it goes on beyond.
fn find(text: &[u8], cut: Cut, is_at_end: bool) -> Option<Found> {
    let first_line = |fault| {
        let end = memchr::memchr(b'\n', text);
        let len = end.map_or(text.len(), |end| end + 1);
        Found { len, content: without_line_end(&text[..len]), fault }
    };
    match cut {
        Cut::Lines | Cut::CommentedLines => {
            (memchr::memchr(b'\n', text).is_some() || is_at_end).then(|| first_line(None))
        }
        Cut::Table { delimiter, fields } => match row_of(text, delimiter) {
            RowEnd::At { len, fields: found, is_odd } => {
                let content = without_line_end(&text[..len]);
                let is_blank = text[..content].trim_ascii().is_empty();
                let is_right = fields == 0 || found == fields || is_blank;
                let is_several = memchr::memchr(b'\n', &text[..content]).is_some();
                // A row of several lines that has other fields than the head, or text behind a quote that closed, is more
                // likely a quote gone astray.
                if is_several && fields > 0 && (is_odd || !is_right) {
                    return Some(first_line(Some(RowFault::OpenQuote)));
                }
                if is_right {
                    return Some(Found { len, content, fault: None });
                }
                Some(Found { len, content, fault: Some(RowFault::Fields { found, expected: fields }) })
            }
            RowEnd::Beyond { .. } if !is_at_end => None,
            RowEnd::Beyond { is_quoted: true, .. } => Some(first_line(Some(RowFault::OpenQuote))),
            RowEnd::Beyond { fields: found, .. } => {
                let is_right = fields == 0 || found == fields || text.trim_ascii().is_empty();
                let fault = (!is_right).then_some(RowFault::Fields { found, expected: fields });
                Some(Found { len: text.len(), content: without_line_end(text), fault })
            }
        },
    }
}

fn without_line_end(text: &[u8]) -> usize {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.strip_suffix(b"\r").unwrap_or(text).len()
}

enum RowEnd {
    At {
        len: usize,
        fields: usize,
        /// Text stands behind a quote that closed.
        is_odd: bool,
    },
    Beyond {
        is_quoted: bool,
        fields: usize,
    },
}

/// Where the first row of a table ends: RFC 4180, read with the same tolerance as the `csv` crate. A quote opens at the
/// beginning of a field only; two of them inside are one.
fn row_of(text: &[u8], delimiter: u8) -> RowEnd {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        FieldBegins,
        Plain,
        Quoted,
        QuoteInQuoted,
    }
    let (mut state, mut fields, mut is_odd) = (State::FieldBegins, 1, false);
    for (at, byte) in text.iter().enumerate() {
        state = match (state, *byte) {
            (State::FieldBegins, b'"') | (State::QuoteInQuoted, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) => State::Quoted,
            (_, b'\n') => return RowEnd::At { len: at + 1, fields, is_odd },
            (_, byte) if byte == delimiter => {
                fields += 1;
                State::FieldBegins
            }
            (State::QuoteInQuoted, b'\r') => State::QuoteInQuoted,
            (State::QuoteInQuoted, _) => {
                is_odd = true;
                State::Plain
            }
            _ => State::Plain,
        };
    }
    RowEnd::Beyond { is_quoted: state == State::Quoted, fields }
}

/// The fields of a row.
pub(super) fn fields_of(row: &[u8], delimiter: u8) -> Vec<Vec<u8>> {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let (mut out, mut ends) = (vec![0; row.len() + 8], vec![0usize; row.len() + 2]);
    let (mut read, mut written, mut fields) = (0, 0, 0);
    loop {
        let (result, more_read, more_written, more_fields) =
            reader.read_record(&row[read..], &mut out[written..], &mut ends[fields..]);
        read += more_read;
        written += more_written;
        fields += more_fields;
        match result {
            // The next input is empty then, which says that there is no more.
            csv_core::ReadRecordResult::InputEmpty => {}
            csv_core::ReadRecordResult::OutputFull => out.resize(out.len() * 2, 0),
            csv_core::ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            _ => break,
        }
    }
    let mut begin = 0;
    ends[..fields]
        .iter()
        .map(|end| {
            let field = out[begin..*end].to_vec();
            begin = *end;
            field
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut_all(text: &[u8], cut: Cut) -> Vec<(String, u64, Option<RowFault>)> {
        let mut cutter = Cutter::new(text, cut, 0, 1);
        let mut records = Vec::new();
        while let Some(record) = cutter.next().unwrap() {
            records.push((String::from_utf8_lossy(record.bytes).into_owned(), record.line, record.fault));
        }
        records
    }

    fn table(fields: usize) -> Cut {
        Cut::Table { delimiter: b',', fields }
    }

    #[test]
    fn lines_have_numbers_and_blank_ones_are_none() {
        let records = cut_all(b"\xef\xbb\xbfa\r\n\n  \n# c\nb", Cut::CommentedLines);
        assert_eq!(records, [("a".to_owned(), 1, None), ("b".to_owned(), 5, None)]);
        assert_eq!(cut_all(b"", Cut::Lines), []);
    }

    #[test]
    fn quotes_hold_line_ends_and_delimiters() {
        let records = cut_all(b"a,b\n\"1\n,\"\"2\",x\r\n3,4\n", table(2));
        assert_eq!(
            records,
            [
                ("a,b".to_owned(), 1, None),
                ("\"1\n,\"\"2\",x".to_owned(), 2, None),
                ("3,4".to_owned(), 4, None)
            ]
        );
        assert_eq!(fields_of(b"\"1\n,\"\"2\",x", b','), [b"1\n,\"2".to_vec(), b"x".to_vec()]);
    }

    #[test]
    fn a_quote_that_is_not_closed_costs_its_own_line_only() {
        let open = Some(RowFault::OpenQuote);
        let records = cut_all(b"a,b\n\"1,2\n3,4\n5,6\n", table(2));
        let lines: Vec<(u64, Option<RowFault>)> =
            records.into_iter().map(|(_, line, fault)| (line, fault)).collect();
        assert_eq!(lines, [(1, None), (2, open.clone()), (3, None), (4, None)]);
        // Also where a later quote closes it.
        let records = cut_all(b"a,b\n\"1,2\n3,4\n\"5\",6\n", table(2));
        let faults: Vec<Option<RowFault>> = records.into_iter().map(|record| record.2).collect();
        assert_eq!(faults, [None, open, None, None]);
    }

    #[test]
    fn a_record_without_end_is_passed_over_with_bounded_memory() {
        let mut text = b"a,b\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', 3 * RECORD_BYTES_MAX));
        text.extend(b"\n1,2\n\"");
        text.extend(b"y\n".repeat(RECORD_BYTES_MAX));
        let records = cut_all(&text, table(2));
        let too_long = RowFault::TooLong { bytes_max: RECORD_BYTES_MAX };
        assert_eq!(records[1], (String::new(), 2, Some(too_long)));
        assert_eq!(records[2], ("1,2".to_owned(), 3, None));
        assert_eq!(records[3].2, Some(RowFault::OpenQuote));
        assert_eq!(records[4], ("y".to_owned(), 5, Some(RowFault::Fields { found: 1, expected: 2 })));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// What is cut and then split is what the `csv` crate reads.
        #[test]
        fn tables_are_read_as_the_csv_crate_reads_them(
            rows in prop::collection::vec(prop::collection::vec("[a\", \r\n\u{e4};]{0,6}", 3), 1..20),
        ) {
            let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let mut cutter = Cutter::new(text.as_slice(), table(3), 0, 1);
            let mut read = Vec::new();
            while let Some(record) = cutter.next().unwrap() {
                prop_assert_eq!(&record.fault, &None);
                let fields = fields_of(record.bytes, b',');
                read.push(fields.into_iter().map(|field| String::from_utf8(field).unwrap()).collect::<Vec<_>>());
            }
            prop_assert_eq!(read, rows);
        }

        /// From any record on the same records follow, and no byte makes it fall.
        #[test]
        fn reading_from_any_record_gives_the_rest(text in prop::collection::vec(
            prop::sample::select(b"ab,\"\n\r#\xff \xef\xbb\xbf".to_vec()), 0..120)) {
            for cut in [Cut::Lines, Cut::CommentedLines, table(2)] {
                let all = cut_all(&text, cut);
                let mut cutter = Cutter::new(text.as_slice(), cut, 0, 1);
                let mut marks = Vec::new();
                while let Some(record) = cutter.next().unwrap() {
                    marks.push((record.at, record.line));
                }
                for (number, (at, line)) in marks.iter().enumerate() {
                    let mut cutter = Cutter::new(&text[*at as usize..], cut, *at, *line);
                    let mut rest = Vec::new();
                    while let Some(record) = cutter.next().unwrap() {
                        let bytes = String::from_utf8_lossy(record.bytes).into_owned();
                        rest.push((bytes, record.line, record.fault));
                    }
                    prop_assert_eq!(&rest, &all[number..]);
                }
            }
        }
    }
}
