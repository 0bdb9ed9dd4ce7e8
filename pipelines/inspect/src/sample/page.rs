//! A page to look at a sample by eye: one file that needs nothing beside it, written picture by picture.
//!
//! Each picture stands in the page three times over, as inert text: what the sheet and its filters need, what the large
//! view needs, and the PNG. The script turns them into something to look at when they come into view, so that a page
//! with hundreds of pictures opens at once. Texts never become HTML: the script sets them as text.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use pixmo_recheck::Tables;
use serde::Serialize;
use serde_json::{Value, json};

use crate::docs_rows::DocsRow;
use crate::failures;
use crate::sample::about::opened;
use crate::tables::Part;

const SHELL: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Where the pictures go in the shell.
const PICTURES: &str = "<!-- pictures -->";

/// The page, while it is written.
pub(crate) struct Page {
    path: PathBuf,
    out: BufWriter<File>,
    pictures: usize,
}

impl Page {
    pub(crate) fn create(path: &Path, title: &str) -> Result<Page, Failure> {
        let file = File::create(path).map_err(|error| failures::of_writing(path, error))?;
        let mut page = Page { path: path.to_owned(), out: BufWriter::new(file), pictures: 0 };
        let head = SHELL.split(PICTURES).next().unwrap_or_default();
        page.write(&head.replace("{style}", STYLE).replace("{title}", &escaped(title)))?;
        Ok(page)
    }

    pub(crate) fn add(&mut self, part: &Part, row: &DocsRow) -> Result<(), Failure> {
        let number = self.pictures;
        self.pictures += 1;
        let card = inert("c", number, &card(part, row))?;
        let rest = inert("r", number, &rest(part, row))?;
        self.write(&card)?;
        self.write(&rest)?;
        self.write(&format!(
            "<script type=\"text/plain\" id=\"i{number}\">{}</script>\n",
            base64(&row.main.image.bytes)
        ))
    }

    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let tail = SHELL.split(PICTURES).nth(1).unwrap_or_default();
        self.write(&tail.replace("{script}", SCRIPT))?;
        self.out.flush().map_err(|error| failures::of_writing(&self.path, error))
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(|error| failures::of_writing(&self.path, error))
    }
}

/// What the sheet shows of a picture, filters by and searches in.
#[derive(Serialize)]
struct Card<'a> {
    id: &'a str,
    config: &'a str,
    kind: &'a str,
    theme: &'a str,
    language: &'a str,
    topic: &'a str,
    width: i32,
    height: i32,
    asked: Vec<&'a str>,
}

fn card<'a>(part: &'a Part, row: &'a DocsRow) -> Card<'a> {
    let full = &row.full;
    let asked = full.questions.iter().map(|question| question.question.as_str());
    Card {
        id: &row.main.image_id,
        config: &part.main.config,
        kind: &full.kind,
        theme: &full.theme,
        language: &full.language,
        topic: &full.topic,
        width: full.width,
        height: full.height,
        asked: asked.chain(row.points.questions.iter().map(String::as_str)).collect(),
    }
}

/// All else that the large view shows.
fn rest(part: &Part, row: &DocsRow) -> Value {
    let full = &row.full;
    let source = match full.source_name.as_str() {
        "" => "invented data".to_owned(),
        name => format!("{name} ({})", full.source_licence),
    };
    let facts = [
        ("topic", full.topic.clone()),
        ("made for", full.persona.clone()),
        ("theme", full.theme.clone()),
        ("palette", full.palette.clone()),
        ("fonts", full.fonts.join(", ")),
        ("language", format!("{}, numbers and dates as in {}", full.language, full.locale)),
        ("data", source),
        ("made", format!("{}, drawn by {}", full.mode, full.renderer)),
        ("size", format!("{} × {}, {} bytes", full.width, full.height, row.main.image.bytes.len())),
        ("seed", full.seed.clone()),
        ("row", format!("shard {}, {} row {}", part.shard, part.main.path, row.number)),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let shown = Shown::of(row);
    let questions: Vec<Value> = (full.questions.iter())
        .map(|question| {
            json!({
                "q": question.question, "a": question.answer, "e": question.explanation, "kind": question.kind,
                "style": question.style, "program": opened(&question.program), "follows": question.follows,
                "reads": shown.reads(&question.program),
            })
        })
        .collect();
    let points: Vec<Value> = (row.points.questions.iter().zip(&row.points.names).zip(&row.points.points))
        .map(|((question, name), points)| {
            let points: Vec<[f64; 2]> = points.iter().map(|point| [point.x, point.y]).collect();
            json!({ "q": question, "name": name, "points": points })
        })
        .collect();
    let texts = full.text_runs.iter();
    let texts = texts.map(|run| json!([run.role, run.text, run.x, run.y, run.width, run.height, run.angle]));
    let marks = full.marks.iter();
    let marks =
        marks.map(|mark| json!([mark.role, mark.label, mark.left, mark.top, mark.width, mark.height]));
    json!({
        "facts": facts, "questions": questions, "points": points,
        "texts": texts.collect::<Vec<_>>(), "marks": marks.collect::<Vec<_>>(),
    })
}

/// Which marks show which cell of the data.
struct Shown {
    tables: Option<Tables>,
    marks: BTreeMap<(usize, usize, usize), Vec<usize>>,
}

impl Shown {
    fn of(row: &DocsRow) -> Shown {
        let mut marks: BTreeMap<(usize, usize, usize), Vec<usize>> = BTreeMap::new();
        for (at, mark) in row.full.marks.iter().enumerate() {
            let [table, row, column] = [mark.table, mark.row, mark.column].map(usize::try_from);
            if let (Ok(table), Ok(row), Ok(column)) = (table, row, column) {
                marks.entry((table, row, column)).or_default().push(at);
            }
        }
        Shown { tables: Tables::parse(&row.full.data).ok(), marks }
    }

    /// The marks that a program reads on its way to the answer. Data or a program that cannot be worked out lights
    /// nothing: to say what is wrong with them is for `verify`.
    fn reads(&self, program: &str) -> Vec<usize> {
        let read = self.tables.as_ref().and_then(|tables| tables.reads(program).ok()).unwrap_or_default();
        let mut marks: Vec<usize> =
            read.iter().filter_map(|cell| self.marks.get(cell)).flatten().copied().collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

/// A value as JSON that HTML passes over: without `<` no tag can end it.
fn inert(letter: &str, number: usize, value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string(value)
        .map_err(|error| Failure::bug("a row has no form as JSON").cause(&error))?
        .replace('<', "\\u003c");
    Ok(format!("<script type=\"application/json\" id=\"{letter}{number}\">{text}</script>\n"))
}

/// Text that HTML shows as it is, in content and in attributes.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
    }
    html
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for piece in bytes.chunks(3) {
        let byte = |at: usize| u32::from(piece.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            text.push(if digit <= piece.len() { char::from(DIGITS[value as usize]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 4648, section 10.
    #[test]
    fn base64_is_that_of_the_rfc() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(texts, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
        assert_eq!(base64(&[0xff, 0xfe, 0xfd]), "//79");
    }

    #[test]
    fn no_text_ends_what_it_stands_in() {
        let inert = inert("c", 3, &["</script><b>", "<!-- x"]).unwrap();
        assert_eq!(
            inert,
            "<script type=\"application/json\" id=\"c3\">[\"\\u003c/script>\\u003cb>\",\"\\u003c!-- x\"]</script>\n"
        );
    }

    #[test]
    fn the_shell_has_each_place_once() {
        for place in ["{style}", "{script}", PICTURES] {
            assert_eq!(SHELL.matches(place).count(), 1, "{place}");
        }
        assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
    }
}
