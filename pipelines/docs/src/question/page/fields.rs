//! Questions about the fields of a form beyond their values: which field says something, whether there is one, how its
//! amounts compare.

use pixmo_render::{NumberFormat, Rng, Table};
use rust_decimal::Decimal;

use super::super::wording::phrase;
use super::super::{Draft, Style};
use crate::content::{Content, inside};
use crate::program::{Expr, Is, Test};

/// What forms usually say, with the words that give it away where it stands under another name.
pub(super) const USUAL: &[(&str, &[&str])] = &[
    ("Fax number", &["fax"]),
    ("Vehicle registration", &["plate", "registration", "vehicle"]),
    ("Blood group", &["blood"]),
    ("Seat number", &["seat"]),
    ("Expiry date", &["expir", "valid", "through", "until", "best before", "use by"]),
    ("Discount code", &["discount", "voucher"]),
    ("Tracking number", &["tracking", "consignment"]),
    ("Date of birth", &["birth", "born"]),
    ("Contract number", &["contract"]),
    ("Locker number", &["locker"]),
    ("Insurance number", &["insur", "policy"]),
    ("Room rate", &["rate"]),
    ("Baggage allowance", &["baggage", "luggage"]),
    ("Allergen warning", &["allerg", "contains"]),
    ("Second author", &["author"]),
    ("Membership number", &["member", "card no"]),
    ("Web address", &["web", "www", "online"]),
    ("Parking space", &["bay", "space"]),
    ("Warranty period", &["warrant", "guarantee", "cover"]),
    ("Emergency contact", &["emergency", "contact"]),
];

/// A name that no cell says and that nothing on the page gives away.
pub(super) fn absent_name(content: &Content, rng: &mut Rng) -> Option<String> {
    let says = |word: &str| {
        let names = content.data.tables.iter().flat_map(|t| t.columns.iter().map(|c| c.name.as_str()));
        let cells = content.data.tables.iter().flat_map(|t| &t.rows).flatten().map(|c| c.shown.as_str());
        names.chain(cells).any(|text| text.to_lowercase().contains(word))
    };
    // What forms usually say has English names and signs.
    if !content.absent.is_empty() && (content.nouns.quoted || rng.chance(0.5)) {
        let name = rng.pick(&content.absent).clone();
        return (!says(&name.to_lowercase())).then_some(name);
    }
    let (name, signs) = rng.pick(USUAL);
    let given = says(&name.to_lowercase()) || signs.iter().any(|sign| says(sign));
    (!given).then(|| (*name).to_owned())
}

/// A name as it is called in a question: `Ticket no.` is the ticket number.
pub(super) fn spoken(name: &str) -> String {
    let name = inside(name.trim_end_matches(':'));
    match name.strip_suffix(" no.") {
        Some(thing) => format!("{thing} number"),
        None => name,
    }
}

/// Asks under which name a value stands.
pub(super) fn name_of(table: &Table, index: usize, row: usize, rng: &mut Rng) -> Option<Draft> {
    let (name, value) = (&table.rows[row][0].shown, &table.rows[row][1].shown);
    let long = value.chars().count();
    // A name that stands inside its value gives itself away.
    if !(2..=34).contains(&long) || value.to_lowercase().contains(&name.to_lowercase()) {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "Which field contains “{value}”?",
            "Under which label does “{value}” stand?",
            "What is the entry “{value}” labelled?",
        ],
        &[("value", value)],
    );
    Some(Draft::new("field_name", 2, text, Expr::Shown(Expr::named(index, 1, value).over(0))))
}

/// Asks whether there is a field of a name: one that is there, or one that is not.
pub(super) fn exists(content: &Content, index: usize, row: usize, rng: &mut Rng) -> Option<Draft> {
    let name = if rng.chance(0.5) {
        content.data.tables[index].rows[row][0].shown.clone()
    } else {
        absent_name(content, rng)?
    };
    let text = phrase(
        rng,
        &["Is there a field called “{name}”?", "Does the document have an entry labelled “{name}”?"],
        &[("name", name.trim_end_matches(':'))],
    );
    let count = Expr::Count(Expr::named(index, 0, &name).boxed());
    let program =
        Expr::YesNo(Expr::Greater(count.boxed(), Expr::Constant(Decimal::new(5, 1)).boxed()).boxed());
    Some(Draft::new("field_exists", 1, text, program).styled(Style::YesNo))
}

/// Compares two amounts among the fields.
pub(super) fn amounts(content: &Content, index: usize, rng: &mut Rng) -> Option<Draft> {
    const AMOUNT: usize = 2;
    let table = &content.data.tables[index];
    table.columns.get(AMOUNT)?;
    let rows: Vec<usize> = (0..table.rows.len())
        .filter(|row| !content.nouns.asks.fields.contains_key(row))
        .filter(|&row| table.rows[row][AMOUNT].as_decimal().is_some())
        .collect();
    if rows.len() < 2 {
        return None;
    }
    let mut pair = rng.sample(rows.len(), 2).into_iter().map(|at| rows[at]);
    let (a, b) = (pair.next()?, pair.next()?);
    // In the order of the table, so that a pair is asked about once.
    let ordered = [a.min(b), a.max(b)];
    let number = |row: usize| table.rows[row][AMOUNT].as_decimal();
    if number(a)? == number(b)? || number(a)?.is_sign_negative() || number(b)?.is_sign_negative() {
        return None;
    }
    let name = |row: usize| table.rows[row][0].shown.as_str();
    let of = |row: usize| Expr::Number(Expr::named(index, 0, name(row)).over(AMOUNT)).boxed();
    let quoted = |row: usize| format!("“{}”", name(row));
    if rng.chance(0.5) {
        let (more, less) = if number(a)? > number(b)? { (a, b) } else { (b, a) };
        let format = content.formats.get(&(index, AMOUNT)).cloned().unwrap_or_else(|| NumberFormat::plain(2));
        let text = phrase(
            rng,
            &[
                "By how much is {a} higher than {b}?",
                "What is the difference between the amounts of {a} and {b}?",
            ],
            &[("a", &quoted(more)), ("b", &quoted(less))],
        );
        return Some(Draft::new(
            "amount_difference",
            3,
            text,
            Expr::Subtract(of(more), of(less)).print(&format),
        ));
    }
    let names = ordered.iter().map(|row| name(*row).to_owned()).collect();
    let both = Expr::Rows { table: index, keep: vec![Test { column: 0, is: Is::OneOf(names) }] };
    let largest = rng.chance(0.6);
    let word = if largest { "higher" } else { "lower" };
    let text = phrase(
        rng,
        &["Which amount is {word}, {a} or {b}?", "Is {a} or {b} the {word} amount?"],
        &[("a", &quoted(a)), ("b", &quoted(b)), ("word", word)],
    );
    let best = if largest { Expr::Max(both.over(AMOUNT)) } else { Expr::Min(both.over(AMOUNT)) };
    Some(Draft::new("amount_compare", 2, text, Expr::Shown(best.over(0))))
}
