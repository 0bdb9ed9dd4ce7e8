//! Questions about print that names no fields: a book cover, a front page, a poster. The document brings the words for
//! each of its entries and columns, because only it knows what they are.

use pixmo_render::{NumberFormat, Rng, Table};

use super::page::{field, items, label_column};
use super::wording::{form, is_number, kin, phrase, slips};
use super::{Draft, Style};
use crate::content::{Asks, Content, Posed, inside};
use crate::program::{Expr, Is, Test};

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let fields = content.data.tables.iter().position(|t| t.name == "fields")?;
    let asks = &content.nouns.asks;
    if !asks.posed.is_empty() {
        // A page that poses questions tells few things beside.
        return if asks.fields.is_empty() || rng.chance(0.72) {
            posed(asks, rng)
        } else {
            told(content, fields, rng)
        };
    }
    let list = content.data.tables.iter().position(|t| t.name == "items").filter(|_| rng.chance(0.5));
    match list {
        Some(list) if asks.columns.is_empty() && asks.back.is_empty() => items(content, list, rng),
        Some(list) => entry(content, list, rng),
        None => told(content, fields, rng),
    }
}

/// A question that the document poses itself: first its class is drawn, so that many of one class do not drown others.
fn posed(asks: &Asks, rng: &mut Rng) -> Option<Draft> {
    let mut kinds: Vec<&'static str> = asks.posed.iter().map(|posed| posed.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    // Sheets of problems are there to be solved.
    if kinds.contains(&"solution") {
        kinds.extend(["solution"; 4]);
    }
    let kind = *rng.pick(&kinds);
    let list: Vec<&Posed> = asks.posed.iter().filter(|posed| posed.kind == kind).collect();
    let chosen = *rng.pick(&list);
    let words: Vec<&str> = chosen.words.iter().map(String::as_str).collect();
    let text = phrase(rng, &words, &[]);
    let draft = Draft::new(chosen.kind, chosen.effort, text, chosen.program.clone());
    Some(if matches!(chosen.program, Expr::YesNo(_)) { draft.styled(Style::YesNo) } else { draft })
}

/// A field by its own question, or by a yes and no.
fn told(content: &Content, index: usize, rng: &mut Rng) -> Option<Draft> {
    let table = &content.data.tables[index];
    let asks = &content.nouns.asks;
    let row = match asks.posed.is_empty() {
        true => rng.below(table.rows.len()),
        false => *rng.pick(&asks.fields.keys().copied().collect::<Vec<_>>()),
    };
    let Some(questions) = content.nouns.asks.fields.get(&row) else {
        return field(content, index, rng);
    };
    if rng.chance(0.14) {
        return yes_no(content, index, row, rng);
    }
    let name = &table.rows[row][0].shown;
    let text = rng.pick(questions).clone();
    let program = Expr::Shown(Expr::named(index, 0, name).over(1));
    Some(Draft::new(kind_of(&text), 1, text, program))
}

/// The class of a question, told from its first words.
pub(super) fn kind_of(question: &str) -> &'static str {
    let start = question.to_lowercase();
    let classes = [
        ("who", "who"),
        ("when", "when"),
        ("on which d", "when"),
        ("at what time", "when"),
        ("in which y", "when"),
        ("where", "where"),
        ("how does", "what"),
        ("how", "how_many"),
    ];
    classes.iter().find(|(words, _)| start.starts_with(words)).map_or("what", |(_, kind)| kind)
}

/// Asks whether a told field has a value: its own, or one of the same kind from another field.
fn yes_no(content: &Content, index: usize, row: usize, rng: &mut Rng) -> Option<Draft> {
    let table = &content.data.tables[index];
    let (name, own) = (&table.rows[row][0].shown, &table.rows[row][1].shown);
    let asks = &content.nouns.asks.fields;
    let kind = |row: usize| asks.get(&row).map(|questions| kind_of(&questions[0]));
    let mut alike: Vec<String> = (0..table.rows.len())
        .filter(|&other| kind(other) == kind(row) && form(&table.rows[other][1].shown) == form(own))
        .filter(|&other| {
            is_number(own) || kind(row) != Some("what") || kin(&table.rows[other][0].shown, name)
        })
        .map(|other| table.rows[other][1].shown.clone())
        .collect();
    alike.extend(slips(own));
    // Sentences do not fit into the question, and names of several things (`Pupils of the new school`) do not go with
    // `is`. Where nothing but yes could be the answer, nothing is asked.
    let fits = |value: &str| value.len() <= 40 && !value.ends_with(['.', '!', '?']) && !value.contains('“');
    let several =
        |word: &str| word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    alike.retain(|other| other != own && fits(other));
    if alike.is_empty() || !fits(own) || name.split(' ').take(2).any(several) {
        return None;
    }
    let value = if rng.chance(0.5) { own.clone() } else { rng.pick(&alike).clone() };
    let text = phrase(
        rng,
        &["Is {value} the {noun}?", "Is the {noun} {value}?", "Does the page give {value} as the {noun}?"],
        &[("noun", &inside(name)), ("value", &value)],
    );
    let keep = vec![Test { column: 0, is: Is::Text(name.clone()) }, Test { column: 1, is: Is::Text(value) }];
    let count = Expr::Count(Expr::Rows { table: index, keep }.boxed());
    let half = Expr::Constant(rust_decimal::Decimal::new(5, 1));
    let program = Expr::YesNo(Expr::Greater(count.boxed(), half.boxed()).boxed());
    Some(Draft::new("field_yes_no", 2, text, program).styled(Style::YesNo))
}

/// The first column where its texts are all different, as the hours of a timetable: rows that go by numbers.
fn numbered(table: &Table) -> Option<usize> {
    let mut texts = table.texts(0);
    texts.sort_unstable();
    texts.dedup();
    (texts.len() == table.rows.len()).then_some(0)
}

/// A row of the list: one of its cells by its name, its name by one of its cells, its neighbour, how many there are.
fn entry(content: &Content, index: usize, rng: &mut Rng) -> Option<Draft> {
    let table: &Table = &content.data.tables[index];
    let asks = &content.nouns.asks;
    let name_column = label_column(table).or_else(|| numbered(table))?;
    let row = rng.below(table.rows.len());
    let label = &table.rows[row][name_column].shown;
    let (noun, nouns) = (&content.nouns.row, &content.nouns.rows);
    let one = Expr::named(index, name_column, label);
    let chosen = |asks: &std::collections::BTreeMap<usize, Vec<String>>, rng: &mut Rng| {
        let list: Vec<(&usize, &Vec<String>)> = asks.iter().collect();
        if list.is_empty() {
            return None;
        }
        let (column, questions) = *rng.pick(&list);
        Some((*column, rng.pick(questions).clone()))
    };
    let spans = if asks.spans.is_empty() { 0.0 } else { 2.0 };
    match rng.weighted(&[5.0, 3.5, 1.0, 1.5, spans]) {
        0 => {
            let (column, question) = chosen(&asks.columns, rng)?;
            // A dash says that there is nothing to say.
            if ["", "–"].contains(&table.rows[row][column].shown.as_str()) {
                return None;
            }
            let text = phrase(rng, &[&question], &[("label", label)]);
            Some(Draft::new("lookup", 1, text, Expr::Shown(one.over(column))))
        }
        1 => {
            let (column, question) = chosen(&asks.back, rng)?;
            let value = &table.rows[row][column].shown;
            if value.is_empty() {
                return None;
            }
            let text = phrase(rng, &[&question], &[("value", value)]);
            let back = Expr::named(index, column, value).over(name_column);
            Some(Draft::new("look_back", 2, text, Expr::Shown(back)))
        }
        2 => {
            let text = phrase(
                rng,
                &["How many {nouns} are listed?", "How many {nouns} are there?", "Count the {nouns}."],
                &[("nouns", nouns)],
            );
            let count = Expr::Count(Expr::all(index).boxed()).print(&NumberFormat::plain(0));
            Some(Draft::new("count_rows", 1, text, count))
        }
        4 => {
            let (column, question) = chosen(&asks.spans, rng)?;
            let text = phrase(rng, &[&question], &[("label", label)]);
            let next = Expr::Number(Expr::Next(one.clone().boxed()).over(column)).boxed();
            let this = Expr::Number(one.over(column)).boxed();
            let program = Expr::Subtract(next, this).print(&content.format(column));
            Some(Draft::new("difference", 3, text, program))
        }
        _ => {
            let text = phrase(
                rng,
                &["Which {noun} comes directly after “{label}”?", "Which {noun} follows “{label}”?"],
                &[("noun", noun), ("label", label)],
            );
            Some(Draft::new("next", 2, text, Expr::Shown(Expr::Next(one.boxed()).over(name_column))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told_apart_by_their_first_words() {
        assert_eq!(kind_of("Who wrote the book?"), "who");
        assert_eq!(kind_of("How much does it cost?"), "how_many");
        assert_eq!(kind_of("On which date is the concert?"), "when");
        assert_eq!(kind_of("Which hall is named?"), "what");
    }
}
