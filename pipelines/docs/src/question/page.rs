//! Questions about documents: the values of fields, and the line items of forms.

mod days;
mod fields;
mod repeats;

use pixmo_render::{ColumnKind, NumberFormat, Rng, Table, Value};

use super::measure::{counted, without_unit};
use super::wording::{DECLINES, form, phrase, slips};
use super::{Draft, Style, asked};
use crate::content::{Content, inside};
use crate::program::{Expr, Is, Test};

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    if !content.nouns.asks.is_empty() {
        return asked::draft(content, rng);
    }
    let fields = content.data.tables.iter().position(|t| t.name == "fields");
    let grids: Vec<usize> = (0..content.data.tables.len())
        .filter(|&t| {
            let table = &content.data.tables[t];
            table.name != "fields" && table.name != "about" && table.rows.len() >= 2
        })
        .collect();
    match (fields, grids.is_empty()) {
        (Some(fields), true) => field(content, fields, rng),
        (None, false) => items(content, *rng.pick(&grids), rng),
        (Some(fields), false) if rng.chance(0.45) => field(content, fields, rng),
        (Some(_), false) => items(content, *rng.pick(&grids), rng),
        (None, true) => None,
    }
}

/// Proposes a question that the document does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let fields = content.data.tables.iter().position(|t| t.name == "fields");
    let decline = (*rng.pick(DECLINES)).to_owned();
    let name = fields::absent_name(content, rng)?;
    let (patterns, said): (&[&str], String) = match fields {
        Some(_) if content.nouns.quoted => (
            &[
                "What is entered under “{name}”?",
                "What does “{name}” say?",
                "Which value stands beside “{name}”?",
                "Read out the entry for “{name}”.",
            ],
            name.clone(),
        ),
        // `Which number of the room is given?` nobody says.
        Some(_) if name.contains(" of ") => (
            &["What is the {name}?", "State the {name}.", "What does the page give as the {name}?"],
            inside(&name),
        ),
        Some(_) => (&["What is the {name}?", "Which {name} is given?", "State the {name}."], inside(&name)),
        // Without fields the name is that of a row which is not there.
        None => (
            &["What is given for {name}?", "Which entries does {name} have?", "What stands beside {name}?"],
            name.clone(),
        ),
    };
    let text = phrase(rng, patterns, &[("name", &said)]);
    let program = Expr::Absent { table: fields.unwrap_or(0), column: Some(0), text: name, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

pub(super) fn field(content: &Content, index: usize, rng: &mut Rng) -> Option<Draft> {
    let table = &content.data.tables[index];
    // What has questions of its own prints no name that could be asked for.
    let named: Vec<usize> =
        (0..table.rows.len()).filter(|row| !content.nouns.asks.fields.contains_key(row)).collect();
    if named.is_empty() {
        return None;
    }
    let row = *rng.pick(&named);
    let (name, value) = (&table.rows[row][0].shown, &table.rows[row][1].shown);
    if name.is_empty() || value.is_empty() {
        return None;
    }
    let program = Expr::Shown(Expr::named(index, 0, name).over(1));
    let noun = fields::spoken(name);
    match rng.below(20) {
        0..=2 => return field_yes_no(table, index, row, rng),
        3..=5 => return fields::name_of(table, index, row, rng),
        6..=7 => return fields::exists(content, index, row, rng),
        8..=10 if table.columns.len() > 2 => return fields::amounts(content, index, rng),
        11..=13 => {
            if let Some(draft) = days::of_fields(content, index, rng) {
                return Some(draft);
            }
        }
        _ => {}
    }
    let patterns: &[&str] = if is_thing(&noun) && !content.nouns.quoted {
        &[
            "What is the {noun}?",
            "What does the document give as the {noun}?",
            "State the {noun}.",
            "Which {noun} is given?",
            "What is entered under “{name}”?",
            "Read out the {noun}.",
        ]
    } else {
        &[
            "What is entered under “{name}”?",
            "What does the field “{name}” say?",
            "Read out the entry for “{name}”.",
            "What stands next to “{name}”?",
        ]
    };
    let text = phrase(rng, patterns, &[("noun", &noun), ("name", name.trim_end_matches(':'))]);
    Some(Draft::new("field", 1, text, program))
}

/// True for names of fields that read as a thing (`due date`), false for those that need a preposition or a verb
/// (`prepared for`, `issued`).
fn is_thing(noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    let open = [
        "for",
        "to",
        "until",
        "by",
        "from",
        "at",
        "with",
        "of",
        "on",
        "in",
        "responsible",
        "present",
        "before",
        "after",
        "via",
        "attendance",
        "since",
        "through",
        "where",
        "when",
        "who",
        "pay",
        "taken",
        "expires",
        "departs",
        "arrives",
        "leaves",
        "begins",
        "starts",
        "ends",
        "opens",
        "closes",
        "began",
        "store",
        "use",
        "wash",
        "iron",
        "dry",
        "sow",
        "meet",
        "here",
        "travelling",
        "EXP",
    ];
    // What stands in the plural wants another verb, and often a number.
    let many = last.ends_with('s') && !["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    !(open.contains(&last)
        || noun.chars().count() < 3
        || many
        || noun.starts_with("if ")
        || noun.starts_with("how ")
        || last.ends_with("ed")
        || last.chars().all(|c| c.is_ascii_digit())
        || ["paid", "left", "sold", "held", "in", "out", "per", "below", "above"]
            .contains(&noun.split(' ').next().unwrap_or(""))
        || noun.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
        || noun.starts_with("of ")
        || last.ends_with('.')
        || noun.contains('%')
        || noun.contains('#')
        || noun.ends_with('?'))
}

/// The word between a measure and what has it: answers are given for, other things belong.
fn belongs(measure: &str) -> &'static str {
    let given = ["answer", "rating", "points", "mark", "cover", "warranty"];
    if given.iter().any(|word| measure.starts_with(word)) { "for" } else { "of" }
}

/// A label as it stands in a question: one that is a whole clause in quotes.
fn quoted(label: &str) -> String {
    if label.starts_with('“') {
        return label.to_owned();
    }
    let clause = label.ends_with(['?', '.']) || label.split(' ').count() > 5;
    if clause { format!("“{}”", label.trim_end_matches('.')) } else { label.to_owned() }
}

/// The column that names the rows of a list: texts, all different, and not just running numbers.
pub(super) fn label_column(table: &Table) -> Option<usize> {
    (0..table.columns.len()).find(|&column| {
        let texts = table.texts(column);
        let mut sorted = texts.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let named =
            texts.iter().all(|t| t.chars().filter(|c| c.is_alphabetic()).count() >= 2 && t.len() <= 48);
        // Hours such as `1:30 pm` have letters, but name nothing.
        let hours = texts.iter().all(|t| t.contains(':') && t.starts_with(|c: char| c.is_ascii_digit()));
        table.columns[column].kind != ColumnKind::Number && sorted.len() == texts.len() && named && !hours
    })
}

/// Asks whether a field has a value: the true one, or one of the same kind from another field.
fn field_yes_no(table: &Table, index: usize, row: usize, rng: &mut Rng) -> Option<Draft> {
    let (name, own) = (&table.rows[row][0].shown, &table.rows[row][1].shown);
    // A wrong value has the form of the right one. Where nothing but yes could be the answer, nothing is asked.
    let others = table.rows.iter().map(|other| &other[1].shown).filter(|other| form(other) == form(own));
    let mut alike: Vec<String> = others.cloned().collect();
    alike.extend(slips(own));
    alike.retain(|other| other != own);
    if alike.is_empty() {
        return None;
    }
    let value = if rng.chance(0.5) { own.clone() } else { rng.pick(&alike).clone() };
    if value.len() > 40 {
        return None;
    }
    let text = phrase(
        rng,
        &["Does the field “{name}” say “{value}”?", "Is “{value}” entered under “{name}”?"],
        &[("name", name.trim_end_matches(':')), ("value", &value)],
    );
    let keep = vec![Test { column: 0, is: Is::Text(name.clone()) }, Test { column: 1, is: Is::Text(value) }];
    let count = Expr::Count(Expr::Rows { table: index, keep }.boxed());
    let program = Expr::YesNo(
        Expr::Greater(count.boxed(), Expr::Constant(rust_decimal::Decimal::new(5, 1)).boxed()).boxed(),
    );
    Some(Draft::new("field_yes_no", 2, text, program).styled(Style::YesNo))
}

pub(super) fn items(content: &Content, index: usize, rng: &mut Rng) -> Option<Draft> {
    let table = &content.data.tables[index];
    let noun = if content.nouns.row.is_empty() || index > 0 { "entry" } else { &content.nouns.row };
    let nouns = if content.nouns.rows.is_empty() || index > 0 { "entries" } else { &content.nouns.rows };
    let numbers = table.number_columns();
    let row = rng.below(table.rows.len());
    let name_column = label_column(table)?;
    let label = table.rows[row][name_column].shown.clone();
    let one = Expr::named(index, name_column, &label);
    // Events are told in clauses.
    let say = |label: &str| if noun == "event" { format!("“{label}”") } else { quoted(label) };
    let said = say(&label);
    let others: Vec<usize> = (0..table.columns.len()).filter(|&c| c != name_column).collect();
    let other = if others.is_empty() { name_column } else { *rng.pick(&others) };
    let measure =
        |column: usize| table.columns.get(column).map(|c| inside(without_unit(&c.name))).unwrap_or_default();
    if rng.chance(0.14)
        && let Some(draft) = days::of_items(table, index, name_column, &say, rng)
    {
        return Some(draft);
    }
    if rng.chance(0.12) {
        return repeats::draft(content, index, name_column, nouns, rng);
    }
    if numbers.is_empty() || rng.chance(0.4) {
        if table.columns.len() < 2 {
            let text =
                phrase(rng, &["How many {nouns} are listed?", "Count the {nouns}."], &[("nouns", nouns)]);
            return Some(Draft::new(
                "count_rows",
                1,
                text,
                Expr::Count(Expr::all(index).boxed()).print(&NumberFormat::plain(0)),
            ));
        }
        return Some(match rng.below(4) {
            0 => {
                let text = phrase(
                    rng,
                    &[
                        "How many {nouns} are listed?",
                        "Count the {nouns} in the list.",
                        "What is the number of {nouns}?",
                    ],
                    &[("nouns", nouns)],
                );
                Draft::new(
                    "count_rows",
                    1,
                    text,
                    Expr::Count(Expr::all(index).boxed()).print(&NumberFormat::plain(0)),
                )
            }
            1 => {
                let text = phrase(
                    rng,
                    &["Which {noun} comes directly after {label}?", "What is listed right after {label}?"],
                    &[("noun", noun), ("label", &said)],
                );
                Draft::new("next", 2, text, Expr::Shown(Expr::Next(one.boxed()).over(name_column)))
            }
            _ => {
                let text = value_of(&measure(other), &table.columns[other].name, &said, rng);
                let next = follow_next(&one, other, noun, rng);
                Draft::new("lookup", 1, text, Expr::Shown(one.over(other))).followed_by(next)
            }
        });
    }
    if rng.chance(0.16)
        && let Some(draft) = line_totals(content, index, &numbers, nouns, rng)
    {
        return Some(draft);
    }
    let column = *rng.pick(&numbers);
    let format =
        content.formats.get(&(index, column)).cloned().unwrap_or_else(|| printed_format(table, column));
    let money =
        !format.prefix.is_empty() || table.columns[column].name != without_unit(&table.columns[column].name);
    let name = counted(&table.columns[column].name, money);
    let additive = table.columns[column].additive;
    // What is measured in different units is looked up, not compared.
    let way = if mixed(table, column, &format) { 5 } else { rng.below(6) };
    Some(match way {
        0 | 1 => {
            let largest = rng.chance(0.6);
            let word = if largest { "highest" } else { "lowest" };
            let text = phrase(
                rng,
                &["Which {noun} has the {word} {name}?", "Name the {noun} with the {word} {name}."],
                &[("noun", noun), ("word", word), ("name", &name)],
            );
            let over = Expr::all(index).over(column);
            let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
            Draft::new(
                if largest { "largest" } else { "smallest" },
                2,
                text,
                Expr::Shown(best.over(name_column)),
            )
        }
        2 if additive && table.rows.len() <= 9 => {
            let text = phrase(
                rng,
                &["What is the sum of the {name} over all {nouns}?", "Add up the {name} of all {nouns}."],
                &[("name", &name), ("nouns", nouns)],
            );
            Draft::new("sum", 4, text, Expr::Sum(Expr::all(index).over(column)).print(&format))
        }
        3 => {
            let mut second = rng.below(table.rows.len());
            if second == row {
                second = (row + 1) % table.rows.len();
            }
            let (a, b) = (table.rows[row][column].as_decimal()?, table.rows[second][column].as_decimal()?);
            if a == b {
                return None;
            }
            let (a, b) = if a > b { (row, second) } else { (second, row) };
            let (a, b) = (&table.rows[a][name_column].shown, &table.rows[b][name_column].shown);
            let (said_a, said_b) = (say(a), say(b));
            let text = phrase(
                rng,
                &[
                    "By how much does the {name} of {a} exceed that of {b}?",
                    "What is the difference in {name} between {a} and {b}?",
                ],
                &[("name", &name), ("a", &said_a), ("b", &said_b)],
            );
            let number =
                |label: &str| Expr::Number(Expr::named(index, name_column, label).over(column)).boxed();
            Draft::new("difference", 3, text, Expr::Subtract(number(a), number(b)).print(&format))
        }
        4 => {
            let text = phrase(
                rng,
                &["What is the highest {name} listed?", "How much is the largest {name}?"],
                &[("name", &name)],
            );
            Draft::new(
                "extreme_value",
                2,
                text,
                Expr::Shown(Expr::Max(Expr::all(index).over(column)).over(column)),
            )
        }
        _ => {
            let text = value_of(&measure(column), &table.columns[column].name, &said, rng);
            let next = follow_next(&one, column, noun, rng);
            Draft::new("lookup", 1, text, Expr::Shown(one.over(column))).followed_by(next)
        }
    })
}

/// True where the numbers of a column are of different units, by what stands behind them or in the column of units:
/// months beside cubic metres, calories beside grams.
fn mixed(table: &Table, column: usize, format: &NumberFormat) -> bool {
    fn differ(mut texts: Vec<&str>) -> bool {
        texts.sort_unstable();
        texts.dedup();
        texts.len() > 1
    }
    let cells = table.rows.iter().map(|row| &row[column]).filter(|c| matches!(c.value, Value::Number(_)));
    let behind: Vec<&str> =
        cells.map(|c| c.shown.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or("")).collect();
    let bare = table.columns[column].unit.is_empty() && format.prefix.is_empty() && format.suffix.is_empty();
    let units = table.columns.iter().position(|c| c.name == "Unit").filter(|_| bare);
    differ(behind) || units.is_some_and(|units| differ(table.texts(units)))
}

/// The same question about the row that follows.
fn follow_next(one: &Expr, column: usize, noun: &str, rng: &mut Rng) -> Draft {
    let text = phrase(
        rng,
        &[
            "And for the {noun} listed right after it?",
            "What about the {noun} that follows?",
            "And for the next {noun} in the list?",
            "How about the {noun} directly after it?",
            "Now the same for the {noun} that comes next.",
        ],
        &[("noun", noun)],
    );
    Draft::new("follow_next", 2, text, Expr::Shown(Expr::Next(one.clone().boxed()).over(column)))
}

/// Asks for the total of a bill from its quantities and prices, where each line says their product to the digit.
fn line_totals(
    content: &Content,
    index: usize,
    numbers: &[usize],
    nouns: &str,
    rng: &mut Rng,
) -> Option<Draft> {
    let table = &content.data.tables[index];
    let value = |row: usize, column: usize| table.rows[row][column].as_decimal();
    if table.rows.len() > 8 {
        return None;
    }
    let [quantity, price, amount] = numbers.windows(3).find_map(|three| {
        let [q, p, a] = <[usize; 3]>::try_from(three).ok()?;
        let product = |row: usize| Some(value(row, q)?.checked_mul(value(row, p)?)? == value(row, a)?);
        (0..table.rows.len()).all(|row| product(row) == Some(true)).then_some([q, p, a])
    })?;
    let format =
        content.formats.get(&(index, amount)).cloned().unwrap_or_else(|| printed_format(table, amount));
    let said = |column: usize| counted(&table.columns[column].name, true);
    let text = phrase(
        rng,
        &[
            "What do all {nouns} come to together when each {q} is multiplied by its {p}?",
            "What is the sum of {q} times {p} over all {nouns}?",
            "Multiply the {q} by the {p} of every line: how much is that in all?",
            "Add up {q} times {p} for all {nouns}.",
            "How much do the {nouns} cost together, counting {q} times {p}?",
        ],
        &[("nouns", nouns), ("q", &said(quantity)), ("p", &said(price))],
    );
    let program = Expr::SumProducts { rows: Expr::all(index).boxed(), columns: vec![quantity, price] };
    Some(Draft::new("line_total", 5, text, program.print(&format)))
}

/// Asks for the cell of a row: by the name of its column as a thing, or by its heading where that is no thing.
fn value_of(name: &str, heading: &str, label: &str, rng: &mut Rng) -> String {
    let label = if label.starts_with("of ") { format!("“{label}”") } else { quoted(label) };
    let patterns: &[&str] = if is_thing(name) {
        &[
            "What is the {name} {of} {label}?",
            "Which {name} is given for {label}?",
            "State the {name} for {label}.",
            "For {label}, what is the {name}?",
        ]
    } else {
        &[
            "What stands under “{heading}” for {label}?",
            "Look at {label}: what is entered under “{heading}”?",
            "Which entry does {label} have under “{heading}”?",
        ]
    };
    phrase(rng, patterns, &[("name", name), ("of", belongs(name)), ("heading", heading), ("label", &label)])
}

/// How the numbers of a column are printed, told from its cells: sign before prefix, digits, suffix.
fn printed_format(table: &Table, column: usize) -> NumberFormat {
    let cells = table.rows.iter().map(|row| &row[column]).filter(|c| matches!(c.value, Value::Number(_)));
    let mut format = NumberFormat { group: None, ..NumberFormat::plain(0) };
    for cell in cells {
        let text = cell.shown.trim_start_matches('\u{2212}');
        let Some(first) = text.find(|c: char| c.is_ascii_digit()) else { continue };
        let Some(last) = text.rfind(|c: char| c.is_ascii_digit()) else { continue };
        format.prefix = text[..first].to_owned();
        format.suffix = text[last + 1..].to_owned();
        let digits = &text[first..=last];
        let decimals = cell.as_decimal().map_or(0, |d| d.scale());
        let marks: Vec<(usize, char)> = digits.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
        if let Some((at, mark)) = marks.last().filter(|(at, mark)| {
            digits.len() - at - mark.len_utf8() != 3
                || decimals > 2
                || marks.iter().filter(|m| m.1 == *mark).count() == 1 && decimals > 0
        }) {
            format.mark = *mark;
            format.decimals = format.decimals.max((digits.len() - at - mark.len_utf8()) as u32);
        }
        if let Some((_, group)) = marks.iter().find(|(_, c)| *c != format.mark || format.decimals == 0) {
            format.group = Some(*group);
        }
    }
    format
}
