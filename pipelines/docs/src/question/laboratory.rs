//! Questions about laboratory results: values, units, reference ranges and what is flagged.

use pixmo_render::{NumberFormat, Rng, Table};

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// The results and where their columns are.
struct Report<'a> {
    table: &'a Table,
    label: usize,
    result: usize,
    unit: usize,
    reference: usize,
    flag: usize,
    /// Index of the table with the ends of the ranges.
    limits: usize,
    rows: &'a str,
}

impl<'a> Report<'a> {
    fn of(content: &'a Content) -> Option<Self> {
        let table = content.table();
        Some(Report {
            table,
            label: content.nouns.label,
            result: table.column("Result")?,
            unit: table.column("Unit")?,
            reference: table.column("Reference")?,
            flag: table.column("Flag")?,
            limits: content.data.tables.iter().position(|t| t.name == "limits")?,
            rows: &content.nouns.rows,
        })
    }

    fn shown(&self, row: usize, column: usize) -> &'a str {
        &self.table.rows[row][column].shown
    }

    fn row(&self, rng: &mut Rng) -> usize {
        rng.below(self.table.rows.len())
    }

    fn one(&self, row: usize) -> Expr {
        Expr::named(0, self.label, self.shown(row, self.label))
    }

    /// The row of a test in the table of limits.
    fn limit(&self, row: usize) -> Expr {
        Expr::named(self.limits, TEST, self.shown(row, self.label))
    }

    /// How many rows carry this flag.
    fn flagged(&self, flag: &str) -> usize {
        self.table.rows.iter().filter(|r| r[self.flag].shown == flag).count()
    }

    /// The flags that occur, with the word for what they say.
    fn flags(&self) -> Vec<(&'a str, &'static str)> {
        let mut flags: Vec<(&str, &str)> = Vec::new();
        for row in &self.table.rows {
            let flag = row[self.flag].shown.as_str();
            if !flag.is_empty() && flags.iter().all(|f| f.0 != flag) {
                flags.push((flag, if flag.starts_with('H') { "high" } else { "low" }));
            }
        }
        flags
    }

    fn with_flag(&self, flag: &str) -> Expr {
        Expr::named(0, self.flag, flag)
    }
}

/// Columns of the table of limits.
const TEST: usize = 0;
const LOW: usize = 1;
const HIGH: usize = 2;

fn whole() -> NumberFormat {
    NumberFormat { group: None, ..NumberFormat::plain(0) }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let report = Report::of(content)?;
    match rng.below(14) {
        0..=2 => Some(lookup(&report, rng)),
        3 => unit(&report, rng),
        4 => Some(range(&report, rng)),
        5 | 6 => Some(end(&report, rng)),
        7 | 8 => flag(&report, rng),
        9 => outside(&report, rng),
        10 => yes_no(&report, rng),
        11 => beyond(content, &report, rng),
        12 => previous(&report, rng),
        _ => structure(&report, rng),
    }
}

/// Proposes a question that the report does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let report = Report::of(content)?;
    let name = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let text = phrase(
        rng,
        &[
            "What is the result for {name}?",
            "Which value was measured for {name}?",
            "What is the reference range of {name}?",
        ],
        &[("name", &name)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(report.label), text: name, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn lookup(r: &Report<'_>, rng: &mut Rng) -> Draft {
    let row = r.row(rng);
    let text = phrase(
        rng,
        &[
            "What is the result for {name}?",
            "Which value was measured for {name}?",
            "State the result for {name}.",
            "Which result is reported for {name}?",
        ],
        &[("name", r.shown(row, r.label))],
    );
    Draft::new("lookup", 1, text, Expr::Shown(r.one(row).over(r.result)))
}

fn unit(r: &Report<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = r.row(rng);
    let unit = r.shown(row, r.unit);
    if unit == "–" {
        return None;
    }
    let same = r.table.rows.iter().filter(|other| other[r.unit].shown == unit).count();
    if same > 1 && rng.chance(0.45) {
        let text = phrase(
            rng,
            &["How many results are given in {unit}?", "Count the {rows} reported in {unit}."],
            &[("unit", unit), ("rows", r.rows)],
        );
        let count = Expr::Count(Expr::named(0, r.unit, unit).boxed());
        return Some(Draft::new("count_unit", 2, text, count.print(&whole())));
    }
    let text = phrase(
        rng,
        &["In which unit is {name} given?", "What is the unit of {name}?"],
        &[("name", r.shown(row, r.label))],
    );
    Some(Draft::new("unit", 1, text, Expr::Shown(r.one(row).over(r.unit))))
}

fn range(r: &Report<'_>, rng: &mut Rng) -> Draft {
    let row = r.row(rng);
    let text = phrase(
        rng,
        &[
            "What is the reference range of {name}?",
            "Which reference range is given for {name}?",
            "Read out the reference range for {name}.",
        ],
        &[("name", r.shown(row, r.label))],
    );
    Draft::new("range", 1, text, Expr::Shown(r.one(row).over(r.reference)))
}

/// One end of a range.
fn end(r: &Report<'_>, rng: &mut Rng) -> Draft {
    let row = r.row(rng);
    let (column, word) = *rng.pick(&[(LOW, "lower"), (HIGH, "upper")]);
    let text = phrase(
        rng,
        &[
            "What is the {word} limit of the reference range of {name}?",
            "Where does the reference range of {name} {verb}?",
        ],
        &[
            ("word", word),
            ("name", r.shown(row, r.label)),
            ("verb", if column == LOW { "begin" } else { "end" }),
        ],
    );
    Draft::new("limit", 2, text, Expr::Shown(r.limit(row).over(column)))
}

fn flag(r: &Report<'_>, rng: &mut Rng) -> Option<Draft> {
    let flags = r.flags();
    let (flag, word) = *rng.pick(flags.get(..).filter(|f| !f.is_empty())?);
    let count = r.flagged(flag);
    let fill = [("word", word), ("rows", r.rows), ("flag", flag)];
    let rows = r.with_flag(flag);
    if count > 5 || rng.chance(0.4) {
        let text = phrase(
            rng,
            &["How many results are flagged as {word}?", "How many {rows} carry the flag “{flag}”?"],
            &fill,
        );
        return Some(Draft::new("count_flag", 2, text, Expr::Count(rows.boxed()).print(&whole())));
    }
    let patterns: &[&str] = match count {
        1 => &["Which result is flagged as {word}?", "Which test carries the flag “{flag}”?"],
        _ => &["Which results are flagged as {word}?", "List all {rows} with the flag “{flag}”."],
    };
    Some(Draft::new("names_flag", 3, phrase(rng, patterns, &fill), Expr::Names(rows.over(r.label))))
}

fn outside(r: &Report<'_>, rng: &mut Rng) -> Option<Draft> {
    let flags: Vec<String> = r.flags().into_iter().map(|f| f.0.to_owned()).collect();
    let count: usize = flags.iter().map(|f| r.flagged(f)).sum();
    let rows = Expr::Rows { table: 0, keep: vec![Test { column: r.flag, is: Is::OneOf(flags) }] };
    if count <= 4 && count > 1 && rng.chance(0.4) {
        let text = phrase(
            rng,
            &["Which results lie outside their reference range?", "Name all {rows} that are flagged."],
            &[("rows", r.rows)],
        );
        return Some(Draft::new("names_outside", 3, text, Expr::Names(rows.over(r.label))));
    }
    let outside = Expr::Count(rows.boxed());
    if rng.chance(0.35) {
        let text = phrase(
            rng,
            &["How many results lie inside their reference range?", "How many results carry no flag?"],
            &[],
        );
        let all = Expr::Count(Expr::all(0).boxed());
        let inside = Expr::Subtract(all.boxed(), outside.boxed());
        return Some(Draft::new("count_inside", 4, text, inside.print(&whole())));
    }
    let text = phrase(
        rng,
        &["How many results lie outside their reference range?", "How many results are flagged in all?"],
        &[],
    );
    Some(Draft::new("count_outside", 3, text, outside.print(&whole())))
}

fn yes_no(r: &Report<'_>, rng: &mut Rng) -> Option<Draft> {
    let yes = rng.chance(0.5);
    let row = r.row(rng);
    let flags: Vec<String> = r.flags().into_iter().map(|f| f.0.to_owned()).collect();
    if r.shown(row, r.flag).is_empty() == yes {
        return None;
    }
    let name = r.shown(row, r.label);
    let text = phrase(
        rng,
        &["Is the result for {name} flagged?", "Does {name} lie outside its reference range?"],
        &[("name", name)],
    );
    let keep = vec![
        Test { column: r.label, is: Is::Text(name.to_owned()) },
        Test { column: r.flag, is: Is::OneOf(flags) },
    ];
    let found = Expr::Count(Expr::Rows { table: 0, keep }.boxed());
    let half = Expr::Constant(rust_decimal::Decimal::new(5, 1));
    let program = Expr::YesNo(Expr::Greater(found.boxed(), half.boxed()).boxed());
    Some(Draft::new("flag_yes_no", 2, text, program).styled(Style::YesNo))
}

/// By how much a flagged result misses its range.
fn beyond(content: &Content, r: &Report<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = r.row(rng);
    let high = r.shown(row, r.flag).starts_with('H');
    if r.shown(row, r.flag).is_empty() {
        return None;
    }
    let limits = &content.data.tables[r.limits];
    let column = if high { HIGH } else { LOW };
    let decimals = limits.rows[row][column].shown.split_once('.').map_or(0, |(_, d)| d.len() as u32);
    let format = NumberFormat { group: None, ..NumberFormat::plain(decimals) };
    let name = r.shown(row, r.label);
    let text = match high {
        true => phrase(
            rng,
            &[
                "By how much does {name} exceed the upper limit of its range?",
                "How far above its reference range is {name}?",
            ],
            &[("name", name)],
        ),
        false => phrase(
            rng,
            &[
                "By how much does {name} miss the lower limit of its range?",
                "How far below its reference range is {name}?",
            ],
            &[("name", name)],
        ),
    };
    let (limit, result) =
        (Expr::Number(r.limit(row).over(column)).boxed(), Expr::Number(r.one(row).over(r.result)).boxed());
    let program = if high { Expr::Subtract(result, limit) } else { Expr::Subtract(limit, result) };
    Some(Draft::new("difference", 4, text, program.print(&format)))
}

fn previous(r: &Report<'_>, rng: &mut Rng) -> Option<Draft> {
    let before = r.table.column("Previous")?;
    let row = r.row(rng);
    let name = r.shown(row, r.label);
    if rng.chance(0.5) {
        let text = phrase(
            rng,
            &["What was the previous result for {name}?", "Which earlier value is given for {name}?"],
            &[("name", name)],
        );
        return Some(Draft::new("lookup", 1, text, Expr::Shown(r.one(row).over(before))));
    }
    let number = |column: usize| Expr::Number(r.one(row).over(column)).boxed();
    let text = phrase(
        rng,
        &[
            "Has {name} risen since the previous result?",
            "Is the result for {name} higher than the previous one?",
        ],
        &[("name", name)],
    );
    let program = Expr::YesNo(Expr::Greater(number(r.result), number(before)).boxed());
    Some(Draft::new("risen_yes_no", 2, text, program).styled(Style::YesNo))
}

fn structure(r: &Report<'_>, rng: &mut Rng) -> Option<Draft> {
    if r.label > 0 {
        let row = r.row(rng);
        let panel = r.shown(row, 0);
        if rng.chance(0.5) {
            let text = phrase(
                rng,
                &["How many {rows} are listed under “{panel}”?", "How many {rows} belong to “{panel}”?"],
                &[("panel", panel), ("rows", r.rows)],
            );
            let count = Expr::Count(Expr::named(0, 0, panel).boxed());
            return Some(Draft::new("count_group", 2, text, count.print(&whole())));
        }
        let text = phrase(
            rng,
            &["Under which heading is {name} listed?", "To which group does {name} belong?"],
            &[("name", r.shown(row, r.label))],
        );
        return Some(Draft::new("group_of", 1, text, Expr::Shown(r.one(row).over(0))));
    }
    let text =
        phrase(rng, &["How many {rows} are reported?", "How many results are listed?"], &[("rows", r.rows)]);
    Some(Draft::new("count_rows", 1, text, Expr::Count(Expr::all(0).boxed()).print(&whole())))
}
