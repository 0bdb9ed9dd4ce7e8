//! Data and words for a table: the form that each layout needs, filled from the generated world.

mod account;
mod calendar;
mod groups;
mod laboratory;
mod league;
mod matrix;
mod parameters;
mod pivot;
mod prices;
mod schedule;
mod spec;
mod timetable;

use pixmo_render::data::Value;
use pixmo_render::{Cell, Column, ColumnKind, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::table::TableLayout;
use rust_decimal::Decimal;

use crate::banks::{Banks, Foreign};
use crate::content::{Content, Nouns, capital, plural};
use crate::localise;
use crate::question::Family;
use crate::world::{self, Subject, Time, Want};

/// Layouts that can be filled: all of them.
pub const LAYOUTS: &[TableLayout] = &TableLayout::ALL;

/// The questions that fit a layout: grids of numbers, or texts that are looked up.
pub fn family(layout: TableLayout) -> Family {
    match layout {
        TableLayout::SpecSheet => Family::Page,
        TableLayout::Matrix => Family::Ticks,
        TableLayout::Timetable => Family::Stops,
        TableLayout::Subtotals | TableLayout::FinancialStatement => Family::Sections,
        TableLayout::LeagueStandings => Family::League,
        TableLayout::WithUnitsColumn => Family::Parameters,
        TableLayout::Pivot => Family::Pivot,
        TableLayout::LabResults => Family::Laboratory,
        TableLayout::ScheduleGrid => Family::Schedule,
        TableLayout::CalendarMonth => Family::Calendar,
        _ => Family::Grid,
    }
}

/// Draws content for a layout; `None` when the draw fits it badly, and another should be tried.
pub fn draw(layout: TableLayout, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let shape = layout.shape();
    let content = match layout {
        TableLayout::MultiLevelHeader => two_headers(shape.rows, banks, rng),
        TableLayout::RowGroups => groups::headed(shape.rows, banks, rng),
        TableLayout::TotalsRow => totals(shape.rows, banks, rng),
        TableLayout::Subtotals => groups::subtotals(shape.rows, banks, rng),
        TableLayout::Matrix => matrix::matrix(banks, rng),
        TableLayout::PriceList => prices::prices(shape.rows, banks, rng),
        TableLayout::Timetable => timetable::timetable(banks, rng),
        TableLayout::LeagueStandings => league::standings(banks, rng),
        TableLayout::FinancialStatement => account::account(banks, rng),
        TableLayout::SpecSheet => spec::sheet(banks, rng),
        TableLayout::HeatShaded => one_measure(shape.rows, shape.numbers, banks, rng),
        TableLayout::RankingBars => ranking(shape.rows, banks, rng),
        TableLayout::WithFootnotes => footnotes(shape.rows, banks, rng),
        TableLayout::WithUnitsColumn => parameters::parameters(shape.rows, banks, rng),
        TableLayout::MissingValues => missing(shape.rows, banks, rng),
        TableLayout::MergedCells => pivot::merged(shape.rows, banks, rng),
        TableLayout::Pivot => pivot::pivot(shape.rows, banks, rng),
        TableLayout::LabResults => laboratory::results(banks, rng),
        TableLayout::ScheduleGrid => schedule::schedule(banks, rng),
        TableLayout::CalendarMonth => calendar::month(banks, rng),
        TableLayout::Plain | TableLayout::Zebra | TableLayout::Ruled | TableLayout::Boxed => {
            plain(shape.rows, banks, rng)
        }
    }?;
    // Tick tables and price lists are drawn from banks of their own language.
    let own = matches!(layout, TableLayout::Matrix | TableLayout::PriceList);
    let mut content = match banks.foreign.is_some() && !own {
        true => localise::content(content, banks, form(layout), rng)?,
        false => content,
    };
    if layout != TableLayout::Pivot && !own {
        tell_measure(&mut content, banks.foreign.as_ref());
    }
    // A table without a first guess of its width is drawn by the layout; here only counts are held.
    shape_fits(layout, &content).then_some(content)
}

/// True when a layout can be filled with words of other languages than English.
pub fn speaks(layout: TableLayout) -> bool {
    !matches!(
        layout,
        TableLayout::LabResults
            | TableLayout::ScheduleGrid
            | TableLayout::CalendarMonth
            | TableLayout::RowGroups
            | TableLayout::MergedCells
            | TableLayout::Subtotals
            | TableLayout::LeagueStandings
            | TableLayout::FinancialStatement
            | TableLayout::WithUnitsColumn
    )
}

/// True where the name of a measure says its unit itself: `Days at sea` in days.
fn names_unit(name: &str, unit: &str) -> bool {
    unit.len() > 2 && name.to_lowercase().split(' ').any(|word| word == unit)
}

/// Says above a table whose columns are instances of one measure what it is that they measure, and in which unit: the
/// headings do not say it, or would say it again and again.
pub(crate) fn tell_measure(content: &mut Content, foreign: Option<&Foreign>) {
    let (name, series) = (content.nouns.measure.clone(), content.nouns.series.clone());
    if name.is_empty() || series.is_empty() {
        return;
    }
    let table = content.table();
    let numbers = table.number_columns();
    // Times and places are no measure: above a plan of lessons nothing is `by` them.
    if numbers.is_empty() {
        return;
    }
    let unit = numbers.first().map_or("", |&c| table.columns[c].unit.as_str());
    let one = numbers.len() > 1 && numbers.iter().all(|&c| table.columns[c].unit == unit);
    let measure = name.to_lowercase();
    let unit = if one && !names_unit(&name, unit) { unit.to_owned() } else { String::new() };
    let said = |text: &str| text.to_lowercase().contains(&measure);
    let by = if content.is_time() { series } else { content.nouns.row.clone() };
    if !said(&content.title) && !said(&content.subtitle) {
        content.subtitle = match foreign.is_some() {
            true => name,
            false => format!("{} by {by}", capital(&name)),
        };
    }
    if unit.is_empty() {
        return;
    }
    let within = match foreign {
        Some(foreign) => foreign.word("in_unit").replace("{u}", &unit),
        None if unit.starts_with("per ") => unit,
        None => format!("in {unit}"),
    };
    content.subtitle = match said(&content.subtitle) {
        true => format!("{}, {within}", content.subtitle),
        false => capital(&within),
    };
}

/// A pattern of a title with what it asks for.
fn filled(pattern: &str, subject: &Subject<'_>, rng: &mut Rng) -> String {
    pattern
        .replace("{org}", &subject.organisation)
        .replace("{town}", &subject.town)
        .replace("{place}", &subject.town)
        .replace("{year}", &rng.whole(2008, 2025).to_string())
}

/// Content that was drawn in the language of the banks, marked as such.
fn of_language(content: Content, banks: &Banks) -> Content {
    match &banks.foreign {
        Some(foreign) => Content { plan: format!("{}|{}", foreign.language, content.plan), ..content },
        None => content,
    }
}

/// The patterns of titles that a layout wants, where its content does not tell.
fn form(layout: TableLayout) -> Option<&'static str> {
    match layout {
        TableLayout::Timetable => Some("timetable"),
        TableLayout::SpecSheet => Some("spec"),
        _ => None,
    }
}

fn shape_fits(layout: TableLayout, content: &Content) -> bool {
    let shape = layout.shape();
    let table = content.table();
    let numbers = table.columns.iter().filter(|c| c.kind == ColumnKind::Number).count();
    let texts = table.columns.len() - numbers;
    let within = |(low, high): (usize, usize), n: usize| (low..=high).contains(&n);
    within(shape.rows, table.rows.len()) && within(shape.texts, texts) && within(shape.numbers, numbers)
}

fn want(rows: (usize, usize), columns: (usize, usize), time: Time, one_measure: bool) -> Want {
    Want { rows, columns, time, one_measure, positive: false, additive: false, signed: false, parted: false }
}

fn plain(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    if rng.chance(0.35) {
        return one_measure(rows, (2, 6), banks, rng);
    }
    world::grid(banks, &want((rows.0, rows.1.min(18)), (2, 6), Time::Allowed, false), rng)
}

fn one_measure(
    rows: (usize, usize),
    columns: (usize, usize),
    banks: &Banks,
    rng: &mut Rng,
) -> Option<Content> {
    world::grid(banks, &want((rows.0, rows.1.min(16)), columns, Time::Allowed, true), rng)
}

fn ranking(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let wish = Want { positive: true, ..want(rows, (1, 4), Time::Never, false) };
    let mut content = world::grid(banks, &wish, rng)?;
    content.data.tables[0].rows.sort_by_key(|row| std::cmp::Reverse(row[1].as_decimal()));
    Some(content)
}

fn missing(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let mut content =
        world::grid(banks, &want((rows.0, rows.1.min(16)), (2, 6), Time::Allowed, rng.chance(0.5)), rng)?;
    let sign = rng.word(&["–", "n/a", "—", "…"]);
    let table = &mut content.data.tables[0];
    let (height, width) = (table.rows.len(), table.columns.len());
    for _ in 0..1 + rng.below(height.min(5)) {
        let (row, column) = (rng.below(height), 1 + rng.below(width - 1));
        // A row without any figure would not be in the table.
        let left = table.rows[row].iter().skip(1).filter(|cell| cell.value != Value::Missing).count();
        if left > 1 {
            table.rows[row][column] = Cell::missing(sign);
        }
    }
    if content.note.is_empty() {
        content.note = format!("{sign}: no figure");
    }
    Some(content)
}

fn totals(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let wish = Want {
        additive: true,
        ..want((rows.0 - 1, rows.1.min(14) - 1), (1, 5), Time::Allowed, rng.chance(0.5))
    };
    let mut content = world::grid(banks, &wish, rng)?;
    let columns = content.table().number_columns();
    if !columns.iter().all(|&c| content.table().columns[c].additive) {
        return None;
    }
    let label = rng.word(&["Total", "Sum", "All", "Total"]);
    let mut row = vec![Cell::text(label)];
    for &column in &columns {
        let sum: Option<Decimal> = content.table().rows.iter().map(|r| r[column].as_decimal()).sum();
        row.push(Cell::decimal(sum?, &content.format(column)));
    }
    content.data.tables[0].rows.push(row);
    content.nouns.total = label.to_owned();
    Some(content)
}

fn two_headers(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let wish = want((rows.0, rows.1.min(12)), (2, 3), Time::Never, false);
    let base = world::grid(banks, &wish, rng)?;
    let year = year_of(&base.topic)?;
    let count = 2 + rng.below(2) as i64;
    let old = base.table().clone();
    let subs = old.number_columns();
    let planned = subs.iter().all(|&c| old.columns[c].additive);
    let (groups, span): (Vec<String>, Option<String>) = match rng.below(3) {
        0 => {
            let first = year - count + 1;
            ((first..=year).map(|y| y.to_string()).collect(), Some(format!("{first}–{year}")))
        }
        // Amounts are planned; nobody plans the humidity of a month or the marks of a class.
        2 if planned => (vec!["Plan".to_owned(), "Actual".to_owned()], None),
        _ => (vec!["First half".to_owned(), "Second half".to_owned()], None),
    };
    if groups.len() * subs.len() > 9 || groups.len() * subs.len() < 4 {
        return None;
    }
    let mut table = Table::new("observations", vec![old.columns[0].clone()]);
    let mut formats = std::collections::BTreeMap::new();
    for group in &groups {
        for &sub in &subs {
            let column = &old.columns[sub];
            formats.insert((0, table.columns.len()), base.format(sub));
            table.columns.push(Column { name: format!("{group}|{}", column.name), ..column.clone() });
        }
    }
    let domain = banks.domains.iter().find(|d| base.plan.split('|').next() == Some(d.slug.as_str()))?;
    let names: Vec<&str> = subs.iter().map(|&sub| old.columns[sub].name.as_str()).collect();
    let measure = |name: &str| domain.measures.iter().find(|m| m.name == name);
    for old_row in &old.rows {
        let before: Vec<f64> = subs.iter().map(|&sub| old_row[sub].as_f64()).collect::<Option<Vec<f64>>>()?;
        let mut row = vec![old_row[0].clone()];
        for index in 0..groups.len() {
            let mut after = before.clone();
            if index > 0 {
                for (number, &sub) in after.iter_mut().zip(&subs) {
                    let column = &old.columns[sub];
                    // Shares, levels and temperatures drift less than amounts do.
                    let play = measure(&column.name).map_or(1.0, world::play);
                    let (low, high) =
                        if column.additive { (0.82, 1.25) } else { (1.0 - 0.06 * play, 1.0 + 0.07 * play) };
                    let format = base.format(sub);
                    *number = world::printed(grown(*number, rng.range(low, high), &format), format.decimals);
                }
                world::keep_related(domain, &names, &before, &mut after);
            }
            let cells = subs.iter().zip(&after);
            row.extend(cells.map(|(&sub, number)| Cell::number(*number, &base.format(sub))));
        }
        table.rows.push(row);
    }
    let plan = format!("{}|{}", base.plan, groups.join(","));
    // Words that name one year would deny the columns of the others.
    let spoken = |text: &str| match &span {
        Some(span) => text.replace(&year.to_string(), span),
        None => text.to_owned(),
    };
    Some(Content {
        data: Data { tables: vec![table] },
        formats,
        plan,
        absent_columns: Vec::new(),
        title: spoken(&base.title),
        subtitle: spoken(&base.subtitle),
        topic: spoken(&base.topic),
        ..base
    })
}

/// The year that ends a line about content.
fn year_of(topic: &str) -> Option<i64> {
    let last = topic.rsplit([' ', '–']).next()?;
    last.parse().ok().filter(|year| (1900..2100).contains(year))
}

/// A number somewhat larger or smaller; parts of a whole come nearer to the whole and do not pass it.
fn grown(value: f64, factor: f64, format: &NumberFormat) -> f64 {
    let grown = value * factor;
    match format.suffix.contains('%') && value < 100.0 && grown > 90.0 && factor > 1.0 {
        true => value + (100.0 - value) * (factor - 1.0),
        false => grown,
    }
}

fn footnotes(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let mut content =
        world::grid(banks, &want((rows.0, rows.1.min(14)), (1, 5), Time::Allowed, rng.chance(0.5)), rng)?;
    let domain = banks.domains.iter().find(|d| content.plan.starts_with(&d.slug))?;
    let (height, width) = (content.table().rows.len(), content.table().columns.len());
    let mut notes =
        Table::new("footnotes", vec![Column::text("row"), Column::text("column"), Column::text("text")]);
    let mut taken = Vec::new();
    let mut written = Vec::new();
    for _ in 0..1 + rng.below(3) {
        let place = (rng.below(height), 1 + rng.below(width - 1));
        let text = match rng.below(4) {
            0 => "Provisional figure".to_owned(),
            1 => "Estimated".to_owned(),
            2 => format!("Affected by {}", rng.pick(&domain.events)),
            _ if content.table().columns[place.1].additive => "Counting method changed".to_owned(),
            _ => continue,
        };
        if !taken.contains(&place) && !written.contains(&text) {
            taken.push(place);
            written.push(text);
        }
    }
    // Marks follow each other as the table is read.
    let mut spots: Vec<_> = taken.into_iter().zip(written).collect();
    spots.sort();
    for ((row, column), text) in spots {
        let table = content.table();
        let (row, column) = (table.rows[row][0].clone(), Cell::text(table.columns[column].name.clone()));
        notes.rows.push(vec![row, column, Cell::text(text)]);
    }
    if notes.rows.is_empty() {
        return None;
    }
    // What a footnote says need not be said again.
    if content.note.starts_with("Note: ") {
        content.note.clear();
    }
    content.data.tables.push(notes);
    Some(content)
}

#[expect(clippy::too_many_arguments, reason = "a private leaf that gathers what its callers have at hand")]
fn finish(
    banks: &Banks,
    subject: &Subject<'_>,
    table: Table,
    formats: Vec<NumberFormat>,
    title: String,
    nouns: Nouns,
    absent: Vec<String>,
    rng: &mut Rng,
) -> Content {
    let domain = subject.domain;
    let personas: Vec<&String> =
        banks.personas.iter().filter(|p| p.domain == domain.slug).flat_map(|p| &p.texts).collect();
    Content {
        topic: title.clone(),
        persona: if personas.is_empty() {
            format!("a {}", rng.pick(&domain.roles))
        } else {
            (*rng.pick(&personas)).clone()
        },
        subtitle: if rng.chance(0.3) && !title.contains(&subject.organisation) {
            subject.organisation.clone()
        } else {
            String::new()
        },
        note: String::new(),
        plan: format!("{}|{}|{}", domain.slug, table.columns.len(), title),
        title,
        data: Data { tables: vec![table] },
        formats: formats.into_iter().enumerate().map(|(i, f)| ((0, i + 1), f)).collect(),
        nouns: Nouns {
            rows: if nouns.rows.is_empty() { plural(&nouns.row) } else { nouns.rows.clone() },
            ..nouns
        },
        absent,
        absent_columns: Vec::new(),
        source_name: "world".to_owned(),
        source_licence: "CC0-1.0".to_owned(),
    }
}
