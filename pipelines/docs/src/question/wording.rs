//! Words shared by all makers of questions: paraphrases, declines, options.

use pixmo_render::Rng;
use pixmo_render::data::Value;
use rust_decimal::Decimal;

use crate::content::Content;
use crate::evaluate::evaluate;
use crate::program::Expr;
use crate::visibility::Visible;

use super::asked::kind_of;
use super::{Draft, Style};

/// Answers that say that the picture does not tell; twelve, so that none of them is the usual one.
pub(super) const DECLINES: &[&str] = &[
    "The picture does not show this.",
    "This cannot be answered from the picture.",
    "Not shown in the picture.",
    "That is not given here.",
    "The picture does not say.",
    "There is no such information in the picture.",
    "This is not stated.",
    "It cannot be told from what is shown.",
    "The picture has no entry for this.",
    "Not given.",
    "Unanswerable from this picture.",
    "The picture gives no answer to this.",
];

/// How often a kind of question may be asked about one picture.
pub(super) fn most_of_kind(kind: &str) -> usize {
    match kind {
        "field" => 4,
        "solution" => 5,
        "lookup" | "largest" | "smallest" | "compare" | "what" | "how_many" => 3,
        "title" | "count_rows" | "count_groups" | "count_columns" | "count_nodes" | "count_edges"
        | "absent" | "mean" | "median" | "best_problem" | "field_exists" | "list_with" | "amount_compare" => {
            1
        }
        _ => 2,
    }
}

/// Picks a pattern and fills its `{name}` places.
pub(super) fn phrase(rng: &mut Rng, patterns: &[&str], fill: &[(&str, &str)]) -> String {
    let mut text = (*rng.pick(patterns)).to_owned();
    for (name, value) in fill {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    let text = with_articles(&text);
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// `a` before a vowel becomes `an`.
fn with_articles(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let vowel = |word: &str| {
        let word = word.trim_start_matches('“').to_lowercase();
        let said_like_you =
            ["uni", "use", "usa", "eu", "one", "ura"].iter().any(|start| word.starts_with(start));
        word.starts_with(['a', 'e', 'i', 'o', 'u']) && !said_like_you
    };
    let fix = |(index, word): (usize, &&str)| match (*word, words.get(index + 1)) {
        ("a", Some(next)) if vowel(next) => "an".to_owned(),
        _ => (*word).to_owned(),
    };
    words.iter().enumerate().map(fix).collect::<Vec<_>>().join(" ")
}

/// Every run of digits as one digit and every run of letters as one letter: two dates of one style have the same form.
pub(super) fn form(text: &str) -> String {
    let mut form = String::new();
    for c in text.chars() {
        let class = match c {
            c if c.is_ascii_digit() => '0',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if !form.ends_with(class) || !class.is_alphanumeric() {
            form.push(class);
        }
    }
    form
}

/// True when two fields are of one kind, told from a word that both names have: `Street of the shop` and `Street in the
/// form`.
pub(super) fn kin(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let list = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        list.map(str::to_lowercase)
            .filter(|word| !["with", "from", "that", "open"].contains(&word.as_str()))
            .collect()
    };
    let others = words(b);
    words(a).iter().any(|word| others.contains(word))
}

/// True for a value that is told by its digits.
pub(super) fn is_number(value: &str) -> bool {
    value.chars().any(|c| c.is_ascii_digit())
}

/// Numbers near a printed one, in its own form; nothing for dates, times, codes and texts.
pub(super) fn slips(printed: &str) -> Vec<String> {
    let letters = printed.chars().filter(|c| c.is_alphabetic()).count();
    let other = |c: char| !(c.is_alphanumeric() || c.is_whitespace() || ".,%€£$¥°−".contains(c));
    let digits: Vec<char> = printed.chars().filter(char::is_ascii_digit).collect();
    let groups = printed.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty());
    let dated = printed.matches('.').count() > 1
        && groups.clone().any(|g| g.len() != 3)
        && groups.clone().count() > 2;
    // Letters stand before or behind a number, as a sign or a unit; between digits they name a month.
    let middle = printed.trim_matches(|c: char| !c.is_ascii_digit());
    let worded = letters > 3 || middle.chars().any(char::is_alphabetic);
    if worded || printed.chars().any(other) || dated || !(1..=12).contains(&digits.len()) || digits[0] == '0'
    {
        return Vec::new();
    }
    let value: i64 = digits.iter().collect::<String>().parse().unwrap_or(0);
    // Rounded numbers stay rounded, but two digits are left to differ in: 100 is mistaken for 110, class 10 for 11.
    let zeros = digits.iter().rev().take_while(|d| **d == '0').count().min(digits.len().saturating_sub(2));
    let unit = 10i64.pow(zeros as u32);
    let whole = value / unit;
    // Years move by a few, other numbers by a tenth.
    let year = printed.len() == 4 && (1500..2100).contains(&value);
    let step = if year { 3 } else { (whole / 10).max(1) };
    let near = [-4, -3, -2, -1, 1, 2, 3, 4].map(|n| (whole + n * step) * unit);
    near.iter()
        .filter(|n| **n > 0)
        .map(i64::to_string)
        .filter(|text| text.len() == digits.len())
        .map(|text| {
            let mut next = text.chars();
            printed.chars().map(|c| if c.is_ascii_digit() { next.next().unwrap_or('0') } else { c }).collect()
        })
        .collect()
}

/// Turns a draft with a short answer into one with options, if good wrong options can be found; else gives it back.
///
/// Wrong options come from the same column (for names) or from typical slips with the numbers at hand.
pub(super) fn as_choice(draft: Draft, content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Draft {
    let Ok(evaluation) = evaluate(&content.data, &draft.program) else { return draft };
    if visible.prove(&evaluation.reads).is_err() {
        return draft;
    }
    let right = evaluation.answer;
    let mut wrong = match &draft.program {
        Expr::Shown(over) => {
            let Some(table) = table_of(&over.rows) else { return draft };
            // A sign for a missing figure is no answer that could be right.
            let rows = content.data.tables[table].rows.iter();
            let given = rows.map(|row| &row[over.column]).filter(|cell| cell.value != Value::Missing);
            let mut names: Vec<String> = given.map(|cell| cell.shown.clone()).collect();
            // The name of a total is no name like the others.
            names.retain(|name| *name != content.nouns.total);
            names.sort();
            names.dedup();
            if content.data.tables[table].name == "fields" {
                // Fields are of many kinds: only what has the same form as the right value and is asked for in the same
                // way could be it, and of words only those of a field of the same kind. A title is no name of a person.
                let figures = |text: &str| text.chars().filter(char::is_ascii_digit).count();
                let asks = &content.nouns.asks.fields;
                let rows = &content.data.tables[table].rows;
                let told = |name: &str| {
                    let row = (0..rows.len()).find(|&row| rows[row][over.column].shown == name);
                    row.and_then(|row| asks.get(&row)).map(|questions| kind_of(&questions[0]))
                };
                let told_right = told(&right);
                let own = rows.iter().find(|row| row[over.column].shown == right);
                let own = own.map_or("", |row| row[0].shown.as_str());
                names = rows
                    .iter()
                    .filter(|row| is_number(&right) || kin(&row[0].shown, own))
                    .map(|row| row[over.column].shown.clone())
                    .filter(|name| {
                        form(name) == form(&right)
                            && figures(name).abs_diff(figures(&right)) <= 1
                            && told(name) == told_right
                    })
                    .collect();
                names.sort();
                names.dedup();
                names.extend(slips(&right));
            }
            names
        }
        Expr::BestColumn { rows, columns, .. } => columns
            .iter()
            .map(|&c| content.data.tables[table_of(rows).unwrap_or(0)].columns[c].name.clone())
            .filter(|n| !n.contains('|'))
            .collect(),
        Expr::Print { of, format } => {
            let Some(number) = number_of(&content.data, of) else { return draft };
            let tenth = (number.abs() / Decimal::TEN).max(Decimal::new(1, format.decimals));
            let factors = [-3, -2, -1, 1, 2, 3, 5];
            let slips = factors.iter().map(|f| number + tenth * Decimal::from(*f));
            let positive = !number.is_sign_negative();
            // Of a table no more rows can be counted than it has.
            let most = match &**of {
                Expr::Count(rows) => table_of(rows).map(|table| content.data.tables[table].rows.len()),
                _ => None,
            };
            slips
                .filter(|n| !positive || !n.is_sign_negative())
                .filter(|n| most.is_none_or(|most| *n <= Decimal::from(most)))
                .map(|n| format.print(n))
                .collect()
        }
        _ => return draft,
    };
    // A name that the question itself says is no wrong option worth reading.
    let said =
        |name: &str| name.chars().any(char::is_alphabetic) && name.len() > 2 && draft.text.contains(name);
    let is_name = !matches!(draft.program, Expr::Print { .. });
    wrong.retain(|text| *text != right && !text.is_empty() && text.len() < 48 && !(is_name && said(text)));
    wrong.dedup();
    let count = *rng.pick(&[3usize, 4, 4, 4, 5]);
    if right.len() >= 48 || wrong.len() + 1 < count {
        return draft;
    }
    rng.shuffle(&mut wrong);
    wrong.truncate(count - 1);
    let place = rng.below(count);
    wrong.insert(place, right);
    // Before figures a figure for a label would make an answer of "3" mean two things.
    let figured = wrong.iter().any(|option| option.starts_with(|c: char| c.is_ascii_digit()));
    let labels: Vec<String> = match rng.below(4) {
        2 if !figured => ["1", "2", "3", "4", "5"].map(String::from).to_vec(),
        3 => ["I", "II", "III", "IV", "V"].map(String::from).to_vec(),
        _ => ["A", "B", "C", "D", "E"].map(String::from).to_vec(),
    };
    let labels = labels[..count].to_vec();
    let listed: Vec<String> =
        labels.iter().zip(&wrong).map(|(label, option)| format!("{label}) {option}")).collect();
    let text = format!("{} {}", draft.text, listed.join("  "));
    let program = Expr::Choice { of: draft.program.boxed(), options: wrong, labels };
    Draft { text, program, style: Style::Choice, follow_up: None, ..draft }
}

/// The table that a row set is of.
fn table_of(rows: &Expr) -> Option<usize> {
    match rows {
        Expr::Rows { table, .. } => Some(*table),
        Expr::Max(over) | Expr::Min(over) | Expr::Nth { over, .. } | Expr::FirstAbove { over, .. } => {
            table_of(&over.rows)
        }
        Expr::First(rows) | Expr::Last(rows) | Expr::Next(rows) | Expr::Previous(rows) => table_of(rows),
        _ => None,
    }
}

fn number_of(data: &pixmo_render::Data, of: &Expr) -> Option<Decimal> {
    let exact = pixmo_render::NumberFormat { decimals: 10, group: None, ..Default::default() };
    let text = evaluate(data, &of.clone().print(&exact)).ok()?.answer;
    text.replace('\u{2212}', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{form, slips, with_articles};

    #[test]
    fn articles_follow_the_sound() {
        assert_eq!(
            with_articles("with a upper bound and a unit price"),
            "with an upper bound and a unit price"
        );
    }

    #[test]
    fn values_of_one_style_have_the_same_form() {
        assert_eq!(form("14 March 2025"), form("3 May 2024"));
        assert_ne!(form("14 March 2025"), form("14:30"));
        assert_ne!(form("€ 4.50"), form("4.50 €"));
    }

    #[test]
    fn slips_keep_the_form_of_a_number_and_leave_dates_alone() {
        assert!(slips("€ 4,500").contains(&"€ 4,900".to_owned()));
        assert!(slips("90.500").iter().all(|s| s.len() == 6 && s.contains('.')));
        assert!(slips("7").iter().all(|s| s.len() == 1 && s != "7"));
        for text in ["14.03.2025", "2025-03-14", "14:30", "3 May 2024", "2 Sep 2023", "Anna Novak", "05"] {
            assert!(slips(text).is_empty(), "{text}");
        }
    }
}
