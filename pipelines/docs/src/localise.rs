//! From the frame that content is drawn in to another language: names and measures are of the language already; what
//! the layouts add (headers, labels of time, statistics) is looked up in its word list, and titles are written anew.
//!
//! The list is closed: a text that is neither a name of the subject nor in the list makes the content unfit, so that no
//! English word can be left in a picture.

mod labels;
mod titles;

use std::collections::BTreeSet;

use pixmo_render::{Cell, ColumnKind, NumberFormat, Rng, Value};

use crate::banks::{Banks, Domain};
use crate::content::Content;
use crate::content::inside;
use crate::question::Question;

use self::labels::Labels;

/// Tables whose column names are words between content and renderer, and are not printed.
const INTERNAL: &[&str] = &["footnotes", "pivot", "grid"];

/// Nouns by which questions speak of what has no name in the picture; they are English, as questions are.
const ASKED: &[&str] = &["reading", "record", "day", "sample", "price", "Rank"];

/// Puts content of a language into its words; `None` when a text has none. `form` names what kind of table it is, where
/// the content does not tell.
pub fn content(mut content: Content, banks: &Banks, form: Option<&str>, rng: &mut Rng) -> Option<Content> {
    let foreign = banks.foreign.as_ref()?;
    let slug = content.plan.split('|').next()?;
    let domain = banks.domains.iter().find(|d| d.slug == slug)?;
    if !foreign.crosses(slug) && kinds_of_things(&content, domain) > 1 {
        return None;
    }
    let labels = Labels::new(foreign, domain, banks).of(&content);
    let words = titles::Words::of(&content, &labels, form, banks, rng)?;
    for table in &mut content.data.tables {
        // A role is a word of the persona, not of the language.
        table.rows.retain(|row| row[0].shown != "Responsible");
        let internal = INTERNAL.contains(&table.name.as_str());
        if table.name == "grid" {
            continue;
        }
        for column in &mut table.columns {
            if !internal {
                column.name = labels.text(&column.name)?;
            }
        }
        for cell in table.rows.iter_mut().flatten() {
            match &cell.value {
                Value::Text(text) => *cell = Cell::text(labels.text(text)?),
                Value::Missing if cell.shown == "n/a" => *cell = Cell::missing(foreign.word("not_available")),
                _ => {}
            }
        }
    }
    reprint(&mut content, foreign);
    let nouns = &mut content.nouns;
    nouns.quoted = true;
    if !ASKED.contains(&nouns.measure.as_str()) {
        nouns.measure = labels.text(&nouns.measure)?;
    }
    nouns.total = labels.text(&nouns.total)?;
    for list in [&mut content.absent, &mut content.absent_columns] {
        *list = list.iter().filter_map(|text| labels.text(text)).collect();
    }
    (content.title, content.subtitle) = words.title_and_subtitle(rng)?;
    let sign = content.note.strip_suffix(": no figure").map(str::to_owned);
    content.note = match sign {
        Some(sign) => {
            let sign = if sign == "n/a" { foreign.word("not_available") } else { sign.as_str() };
            foreign.word("no_figure").replace("{sign}", sign)
        }
        None if rng.chance(0.3) => foreign.word("source").replace("{org}", &words.organisation),
        None => String::new(),
    };
    content.topic = format!("{}, {}", content.title, words.organisation);
    content.plan = format!("{}|{}", foreign.language, content.plan);
    Some(content)
}

/// How many kinds of things of a domain are named in the first table.
fn kinds_of_things(content: &Content, domain: &Domain) -> usize {
    let table = content.table();
    let headers = table.columns.iter().map(|c| c.name.as_str());
    let cells = table.rows.iter().flatten().map(|c| c.shown.as_str());
    let printed: BTreeSet<&str> = headers.chain(cells).collect();
    domain.entities.iter().filter(|e| e.names.iter().any(|name| printed.contains(name.as_str()))).count()
}

/// Prints all numbers with the marks of the locale.
fn reprint(content: &mut Content, foreign: &crate::banks::Foreign) {
    let place = &foreign.locale;
    for ((table, column), format) in &mut content.formats {
        let group = format.group.map(|_| place.group);
        let suffix = if format.suffix.trim() == "%" { place.percent.clone() } else { format.suffix.clone() };
        *format = NumberFormat { mark: place.mark, group, suffix, ..format.clone() };
        let Some(table) = content.data.tables.get_mut(*table) else { continue };
        for row in &mut table.rows {
            if let Some(number) = row.get(*column).and_then(Cell::as_decimal) {
                row[*column] = Cell::decimal(number, format);
            }
        }
    }
}

/// Printed names that are English words too, with which questions speak of other things.
const ENGLISH_TOO: &[&str] =
    &["total", "plan", "minimum", "maximum", "median", "date", "points", "production"];

/// Writes the names of columns into questions as they are printed; questions bend them as English does.
pub fn as_printed(questions: &mut [Question], content: &Content) {
    let columns = content.data.tables.iter().flat_map(|t| t.columns.iter());
    let numbers = columns.filter(|c| c.kind == ColumnKind::Number).map(|c| c.name.as_str());
    let parts = numbers.flat_map(|name| name.split('|')).chain([content.nouns.measure.as_str()]);
    let fields = content.data.tables.iter().filter(|t| t.name == "fields");
    let fields = fields.flat_map(|t| t.rows.iter().map(|r| r[0].shown.as_str()));
    let parts = parts.chain(content.absent_columns.iter().map(String::as_str));
    let bent = |name: &&str| inside(name) != **name && !ENGLISH_TOO.contains(&inside(name).as_str());
    let mut names: Vec<&str> = parts.chain(fields).filter(bent).collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    names.dedup();
    for question in questions {
        for name in &names {
            question.question = whole_words(&question.question, &inside(name), name);
            question.explanation = whole_words(&question.explanation, &inside(name), name);
        }
    }
}

/// Replaces a text where it does not stand inside a longer word.
fn whole_words(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let before = rest[..at].chars().next_back().or(out.chars().next_back());
        let after = rest[at + from.len()..].chars().next();
        let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        out.push_str(&rest[..at]);
        out.push_str(if free(before) && free(after) { to } else { from });
        rest = &rest[at + from.len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
