//! A page to look at a sample by eye: one file that needs nothing beside it, written picture by picture.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use pixmo_console::Failure;

use crate::docs_rows::DocsRow;
use crate::failures;
use crate::tables::Part;

const STYLE: &str = include_str!("page.css");

/// The page, while it is written.
pub(crate) struct Page {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Page {
    pub(crate) fn create(path: &Path, title: &str) -> Result<Page, Failure> {
        let file = File::create(path).map_err(|error| failures::of_writing(path, error))?;
        let mut page = Page { path: path.to_owned(), out: BufWriter::new(file) };
        let title = escaped(title);
        let mut toggles = String::new();
        let mut labels = String::new();
        for (id, label) in [("texts", "texts"), ("marks", "marks"), ("points", "points")] {
            let _ = write!(toggles, "<input class=\"toggle\" type=\"checkbox\" id=\"{id}\">");
            let _ = write!(labels, "<label for=\"{id}\">{label}</label>");
        }
        page.write(&format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}: a sample</title>\n<style>\n{STYLE}</style>\n<body>\n{toggles}\n\
             <header><h1>{title}: a sample</h1>{labels}</header>\n<main>\n"
        ))?;
        Ok(page)
    }

    pub(crate) fn add(&mut self, part: &Part, row: &DocsRow) -> Result<(), Failure> {
        self.write(&article(part, row))
    }

    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.write("</main>\n</body>\n</html>\n")?;
        self.out.flush().map_err(|error| failures::of_writing(&self.path, error))
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(|error| failures::of_writing(&self.path, error))
    }
}

fn article(part: &Part, row: &DocsRow) -> String {
    let full = &row.full;
    let id = escaped(&row.main.image_id);
    let (width, height) = (full.width, full.height);
    let mut html = format!(
        "<article id=\"{id}\">\n<figure><div class=\"wrap\"><img width=\"{width}\" height=\"{height}\" alt=\"{id}\" \
         src=\"data:image/png;base64,{}\">{}</div></figure>\n<section>\n<h2>{id}</h2>\n",
        base64(&row.main.image.bytes),
        overlay(row)
    );
    let source = match full.source_name.as_str() {
        "" => "invented data".to_owned(),
        name => format!("{name} ({})", full.source_licence),
    };
    let facts = [
        full.kind.clone(),
        full.topic.clone(),
        full.persona.clone(),
        format!("theme {}, palette {}, {}", full.theme, full.palette, full.fonts.join(", ")),
        source,
        format!("{width} × {height}, {} bytes", row.main.image.bytes.len()),
        format!("shard {}, {} row {}", part.shard, part.main.path, row.number),
    ];
    let facts: Vec<String> = facts.iter().filter(|fact| !fact.is_empty()).map(|fact| escaped(fact)).collect();
    let _ = writeln!(html, "<p class=\"facts\">{}</p>\n<ol>", facts.join(" · "));
    for question in &full.questions {
        let kind = match question.style.as_str() {
            "short" => question.kind.clone(),
            style => format!("{}, {style}", question.kind),
        };
        let _ = writeln!(
            html,
            "<li><span class=\"k\">{}</span><div class=\"q\">{}</div><div class=\"a\">{}</div><div class=\"e\">{}</div></li>",
            escaped(&kind),
            escaped(&question.question),
            escaped(&question.answer),
            escaped(&question.explanation)
        );
    }
    for (question, points) in row.points.questions.iter().zip(&row.points.points) {
        let _ = writeln!(
            html,
            "<li><span class=\"k\">points</span><div class=\"q\">{}</div><div class=\"a\">{}</div></li>",
            escaped(question),
            points.len()
        );
    }
    html.push_str("</ol>\n</section>\n</article>\n");
    html
}

/// Boxes of texts and marks, and the points, in pixels of the picture.
fn overlay(row: &DocsRow) -> String {
    let full = &row.full;
    let mut svg = format!("<svg viewBox=\"0 0 {} {}\" aria-hidden=\"true\">", full.width, full.height);
    let rect = |title: &str, x: f32, y: f32, width: f32, height: f32| {
        let title = escaped(title);
        format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{title}</title></rect>"
        )
    };
    svg.push_str("<g class=\"t\">");
    for run in &full.text_runs {
        svg.push_str(&rect(&format!("{}: {}", run.role, run.text), run.x, run.y, run.width, run.height));
    }
    svg.push_str("</g><g class=\"m\">");
    for mark in &full.marks {
        svg.push_str(&rect(
            &format!("{}: {}", mark.role, mark.label),
            mark.left,
            mark.top,
            mark.width,
            mark.height,
        ));
    }
    svg.push_str("</g><g class=\"p\">");
    for (name, points) in row.points.names.iter().zip(&row.points.points) {
        for point in points {
            let (x, y) = (point.x / 100.0 * f64::from(full.width), point.y / 100.0 * f64::from(full.height));
            let name = escaped(name);
            let _ = write!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"><title>{name}</title></circle>");
        }
    }
    svg.push_str("</g></svg>");
    svg
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
}
