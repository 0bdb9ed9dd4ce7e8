//! A page to look at a sample by eye: one file that needs nothing beside it, written picture by picture.
//!
//! Each picture stands in the page three times over, as inert text: what the sheet and its filters need, what the large
//! view needs, and the file of the picture. Before them stands what is particular to the dataset: what the sheet
//! filters by, and what can be laid over a picture. The script turns them into something to look at when they come into view, so that a page
//! with hundreds of pictures opens at once. Texts never become HTML: the script sets them as text.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use serde::Serialize;
use serde_json::{Value, json};

use crate::failures;
use crate::pixels::is_jpeg;
use crate::sample::subject::{Looks, Subject};
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
    pub(crate) fn create(path: &Path, title: &str, looks: &Looks) -> Result<Page, Failure> {
        let file = File::create(path).map_err(|error| failures::of_writing(path, error))?;
        let mut page = Page { path: path.to_owned(), out: BufWriter::new(file), pictures: 0 };
        let head = SHELL.split(PICTURES).next().unwrap_or_default();
        let (title, find) = (escaped(title), escaped(looks.find));
        page.write(&head.replace("{style}", STYLE).replace("{title}", &title).replace("{find}", &find))?;
        let Looks { filters, title, small, words, layers, over, .. } = looks;
        let looks = json!({
            "filters": filters, "title": title, "small": small, "words": words, "layers": layers, "over": over,
        });
        page.write(&inert("looks", &looks)?)?;
        Ok(page)
    }

    pub(crate) fn add(&mut self, part: &Part, subject: &dyn Subject) -> Result<(), Failure> {
        let number = self.pictures;
        self.pictures += 1;
        let mut card = subject.card(part);
        card.insert("id".to_owned(), json!(subject.id()));
        if is_jpeg(subject.image()) {
            card.insert("mime".to_owned(), json!("image/jpeg"));
        }
        self.write(&inert(&format!("c{number}"), &Value::Object(card))?)?;
        self.write(&inert(&format!("r{number}"), &subject.rest(part))?)?;
        self.write(&format!(
            "<script type=\"text/plain\" id=\"i{number}\">{}</script>\n",
            base64(subject.image())
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

/// A value as JSON that HTML passes over: without `<` no tag can end it.
fn inert(id: &str, value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string(value)
        .map_err(|error| Failure::bug("a row has no form as JSON").cause(&error))?
        .replace('<', "\\u003c");
    Ok(format!("<script type=\"application/json\" id=\"{id}\">{text}</script>\n"))
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
        let inert = inert("c3", &["</script><b>", "<!-- x"]).unwrap();
        assert_eq!(
            inert,
            "<script type=\"application/json\" id=\"c3\">[\"\\u003c/script>\\u003cb>\",\"\\u003c!-- x\"]</script>\n"
        );
    }

    #[test]
    fn the_shell_has_each_place_once() {
        for place in ["{style}", "{script}", "{find}", PICTURES] {
            assert_eq!(SHELL.matches(place).count(), 1, "{place}");
        }
        assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
    }
}
