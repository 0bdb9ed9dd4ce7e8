//! Words shared by all makers of questions: paraphrases, declines, options.

use pixmo_render::Rng;
use rust_decimal::Decimal;

use crate::content::Content;
use crate::evaluate::evaluate;
use crate::program::Expr;
use crate::visibility::Visible;

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
        "lookup" | "field" | "largest" | "smallest" | "compare" => 3,
        "title" | "count_rows" | "count_columns" | "count_nodes" | "count_edges" | "absent" | "mean"
        | "median" => 1,
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
        let word = word.to_lowercase();
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
            let mut names: Vec<String> =
                content.data.tables[table].rows.iter().map(|row| row[over.column].shown.clone()).collect();
            // The name of a total is no name like the others.
            names.retain(|name| *name != content.nouns.total);
            names.sort();
            names.dedup();
            names
        }
        Expr::BestColumn { columns, .. } => columns
            .iter()
            .map(|&c| content.data.tables[0].columns[c].name.clone())
            .filter(|n| !n.contains('|'))
            .collect(),
        Expr::Print { of, format } => {
            let Some(number) = number_of(&content.data, of) else { return draft };
            let tenth = (number.abs() / Decimal::TEN).max(Decimal::new(1, format.decimals));
            let factors = [-3, -2, -1, 1, 2, 3, 5];
            let slips = factors.iter().map(|f| number + tenth * Decimal::from(*f));
            let positive = !number.is_sign_negative();
            slips.filter(|n| !positive || !n.is_sign_negative()).map(|n| format.print(n)).collect()
        }
        _ => return draft,
    };
    wrong.retain(|text| *text != right && !text.is_empty() && text.len() < 48);
    wrong.dedup();
    let count = *rng.pick(&[3usize, 4, 4, 4, 5]);
    if right.len() >= 48 || wrong.len() + 1 < count {
        return draft;
    }
    rng.shuffle(&mut wrong);
    wrong.truncate(count - 1);
    let place = rng.below(count);
    wrong.insert(place, right);
    let labels: Vec<String> = match rng.below(4) {
        0 | 1 => ["A", "B", "C", "D", "E"].map(String::from).to_vec(),
        2 => ["1", "2", "3", "4", "5"].map(String::from).to_vec(),
        _ => ["I", "II", "III", "IV", "V"].map(String::from).to_vec(),
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
    use super::with_articles;

    #[test]
    fn articles_follow_the_sound() {
        assert_eq!(
            with_articles("with a upper bound and a unit price"),
            "with an upper bound and a unit price"
        );
    }
}
