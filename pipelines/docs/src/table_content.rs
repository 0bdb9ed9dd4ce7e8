//! Data and words for a table: the form that each layout needs, filled from the generated world.

mod calendar;
mod laboratory;
mod pivot;
mod schedule;

use pixmo_render::{Cell, Column, ColumnKind, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::table::TableLayout;
use rust_decimal::Decimal;

use crate::banks::{Banks, Entities, Measure};
use crate::content::{Content, Nouns, capital, plural};
use crate::localise;
use crate::question::Family;
use crate::world::{self, Subject, Time, Want};

/// Layouts that can be filled.
pub const LAYOUTS: &[TableLayout] = &[
    TableLayout::Plain,
    TableLayout::Zebra,
    TableLayout::Ruled,
    TableLayout::Boxed,
    TableLayout::MultiLevelHeader,
    TableLayout::RowGroups,
    TableLayout::TotalsRow,
    TableLayout::Matrix,
    TableLayout::PriceList,
    TableLayout::Timetable,
    TableLayout::SpecSheet,
    TableLayout::RankingBars,
    TableLayout::HeatShaded,
    TableLayout::WithFootnotes,
    TableLayout::MissingValues,
    TableLayout::MergedCells,
    TableLayout::Pivot,
    TableLayout::LabResults,
    TableLayout::ScheduleGrid,
    TableLayout::CalendarMonth,
];

/// The questions that fit a layout: grids of numbers, or texts that are looked up.
pub fn family(layout: TableLayout) -> Family {
    match layout {
        TableLayout::Matrix | TableLayout::Timetable | TableLayout::SpecSheet => Family::Page,
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
        TableLayout::RowGroups => groups(shape.rows, banks, rng),
        TableLayout::TotalsRow => totals(shape.rows, banks, rng),
        TableLayout::Matrix => matrix(banks, rng),
        TableLayout::PriceList => prices(shape.rows, banks, rng),
        TableLayout::Timetable => timetable(banks, rng),
        TableLayout::SpecSheet => spec_sheet(banks, rng),
        TableLayout::HeatShaded => one_measure(shape.rows, shape.numbers, banks, rng),
        TableLayout::RankingBars => ranking(shape.rows, banks, rng),
        TableLayout::WithFootnotes => footnotes(shape.rows, banks, rng),
        TableLayout::MissingValues => missing(shape.rows, banks, rng),
        TableLayout::MergedCells => pivot::merged(shape.rows, banks, rng),
        TableLayout::Pivot => pivot::pivot(shape.rows, banks, rng),
        TableLayout::LabResults => laboratory::results(banks, rng),
        TableLayout::ScheduleGrid => schedule::schedule(banks, rng),
        TableLayout::CalendarMonth => calendar::month(banks, rng),
        _ => plain(shape.rows, banks, rng),
    }?;
    let content =
        if banks.foreign.is_some() { localise::content(content, banks, form(layout), rng)? } else { content };
    // A table without a first guess of its width is drawn by the layout; here only counts are held.
    shape_fits(layout, &content).then_some(content)
}

/// True when a layout can be filled with words of other languages than English.
pub fn speaks(layout: TableLayout) -> bool {
    !matches!(layout, TableLayout::LabResults | TableLayout::ScheduleGrid | TableLayout::CalendarMonth)
}

/// The patterns of titles that a layout wants, where its content does not tell.
fn form(layout: TableLayout) -> Option<&'static str> {
    match layout {
        TableLayout::PriceList => Some("prices"),
        TableLayout::Matrix => Some("matrix"),
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
        table.rows[row][column] = Cell::missing(sign);
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
    let groups: Vec<String> = match rng.below(3) {
        0 => {
            let year = rng.whole(1999, 2022);
            (0..2 + rng.below(2) as i64).map(|i| (year + i).to_string()).collect()
        }
        1 => vec!["First half".to_owned(), "Second half".to_owned()],
        _ => vec!["Plan".to_owned(), "Actual".to_owned()],
    };
    let old = base.table().clone();
    let subs = old.number_columns();
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
    for old_row in &old.rows {
        let mut row = vec![old_row[0].clone()];
        for (index, _) in groups.iter().enumerate() {
            for &sub in &subs {
                let factor = if index == 0 { 1.0 } else { rng.range(0.82, 1.25) };
                row.push(match old_row[sub].as_f64() {
                    Some(value) => Cell::number(value * factor, &base.format(sub)),
                    None => Cell::missing("–"),
                });
            }
        }
        table.rows.push(row);
    }
    let plan = format!("{}|{}", base.plan, groups.join(","));
    Some(Content { data: Data { tables: vec![table] }, formats, plan, absent_columns: Vec::new(), ..base })
}

fn groups(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let base = world::grid(banks, &want((rows.0, rows.1.min(16)), (1, 4), Time::Never, false), rng)?;
    let domain = banks.domains.iter().find(|d| base.plan.starts_with(&d.slug))?;
    let others: Vec<&Entities> =
        domain.entities.iter().filter(|e| e.kind != base.nouns.row && e.names.len() >= 2).collect();
    if others.is_empty() {
        return None;
    }
    let other = *rng.pick(&others);
    let count = (2 + rng.below(3)).min(base.table().rows.len() / 2).min(other.names.len());
    let names: Vec<String> =
        rng.sample(other.names.len(), count).into_iter().map(|i| other.names[i].clone()).collect();
    let old = base.table().clone();
    let mut columns = vec![Column::text(capital(&other.kind))];
    columns.extend(old.columns.iter().cloned());
    let mut table = Table::new("observations", columns);
    let size = old.rows.len().div_ceil(count);
    for (index, row) in old.rows.iter().enumerate() {
        let mut cells = vec![Cell::text(names[index / size].clone())];
        cells.extend(row.iter().cloned());
        table.rows.push(cells);
    }
    let formats = base.formats.iter().map(|((t, c), f)| ((*t, c + 1), f.clone())).collect();
    let nouns = Nouns { label: 1, ..base.nouns.clone() };
    let plan = format!("{}|groups|{}", base.plan, names.join(","));
    Some(Content { data: Data { tables: vec![table] }, formats, nouns, plan, ..base })
}

/// A subject and a money measure of one of its kinds of things.
fn priced<'a>(banks: &'a Banks, rng: &mut Rng) -> Option<(Subject<'a>, &'a Entities, &'a Measure)> {
    let subject = Subject::draw(banks, rng);
    let measures: Vec<&Measure> = subject
        .domain
        .measures
        .iter()
        .filter(|m| m.unit == "currency" && !m.additive && m.high < 5000.0)
        .collect();
    if measures.is_empty() {
        return None;
    }
    let measure = *rng.pick(&measures);
    let entities = subject.domain.entities.iter().find(|e| e.kind == measure.of)?;
    Some((subject, entities, measure))
}

fn prices(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = priced(banks, rng)?;
    let format = subject.format(measure);
    let most = rows.1.min(entities.names.len() - 1);
    let mut order = rng.sample(entities.names.len(), entities.names.len());
    let rest = order.split_off(rows.0 + rng.below(most.checked_sub(rows.0)? + 1));
    let sizes: &[&str] = match rng.below(4) {
        0 => &["Small", "Large"],
        1 => &["Weekday", "Weekend"],
        2 => &["Single", "Pack of 10"],
        _ => &[],
    };
    let names: Vec<String> = if sizes.is_empty() {
        vec!["Price".to_owned()]
    } else {
        sizes.iter().map(|s| (*s).to_owned()).collect()
    };
    let mut columns = vec![Column::text(capital(&entities.kind))];
    columns.extend(names.iter().map(|n| Column::number(n.clone(), "", false)));
    let mut table = Table::new("observations", columns);
    for &index in &order {
        let base = world::level(rng, measure);
        let mut row = vec![Cell::text(entities.names[index].clone())];
        row.extend((0..names.len()).map(|i| Cell::number(base * (1.0 + 0.55 * i as f64), &format)));
        table.rows.push(row);
    }
    let season = rng.word(&["spring", "summer", "autumn", "winter"]);
    let title = match rng.below(3) {
        0 => format!("Price list, {season} {}", rng.whole(2015, 2026)),
        1 => format!("{}: prices", subject.organisation),
        _ => format!("{} — our prices", capital(&entities.plural)),
    };
    let several = names.len() > 1;
    let nouns = Nouns {
        row: entities.kind.clone(),
        rows: entities.plural.clone(),
        measure: if several { "price".to_owned() } else { String::new() },
        series: if several { "kind of price".to_owned() } else { String::new() },
        series_plural: if several { "kinds of prices".to_owned() } else { String::new() },
        ..Nouns::default()
    };
    let formats = vec![format; names.len()];
    let absent = rest.into_iter().map(|i| entities.names[i].clone()).collect();
    Some(finish(banks, &subject, table, formats, title, nouns, absent, rng))
}

fn matrix(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let two = rng.sample(subject.domain.entities.len(), 2);
    let [first, second] = two[..] else { return None };
    let (rows, columns) = (&subject.domain.entities[first], &subject.domain.entities[second]);
    if rows.names.len() < 5 || columns.names.len() < 4 {
        return None;
    }
    let height = 4 + rng.below(rows.names.len().min(12) - 4);
    let width = 3 + rng.below(columns.names.len().min(6) - 3);
    let mut order = rng.sample(rows.names.len(), rows.names.len());
    let rest = order.split_off(height);
    let heads: Vec<String> =
        rng.sample(columns.names.len(), width).into_iter().map(|i| columns.names[i].clone()).collect();
    let mut table = Table::new("observations", vec![Column::text(capital(&rows.kind))]);
    table.columns.extend(heads.iter().map(|h| Column::text(h.clone())));
    let share = rng.range(0.35, 0.7);
    for &index in &order {
        let mut row = vec![Cell::text(rows.names[index].clone())];
        row.extend((0..width).map(|_| Cell::text(if rng.chance(share) { "Yes" } else { "No" })));
        table.rows.push(row);
    }
    let title = format!("{} by {} at {}", capital(&rows.plural), columns.kind, subject.organisation);
    let nouns = Nouns { row: rows.kind.clone(), rows: rows.plural.clone(), ..Nouns::default() };
    let absent = rest.into_iter().map(|i| rows.names[i].clone()).collect();
    Some(finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng))
}

fn timetable(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let stops = 5 + rng.below(9);
    let trips = 3 + rng.below(5);
    let order = rng.sample(banks.towns.len(), stops + 4);
    let names: Vec<String> = order.iter().map(|&i| banks.towns[i].clone()).collect();
    let line = rng.whole(1, 98);
    let kind = rng.word(&["Bus", "Train", "Ferry", "Tram"]);
    let mut table = Table::new("observations", vec![Column::text("Stop")]);
    table
        .columns
        .extend((0..trips).map(|i| Column::text(format!("{kind} {}", line * 10 + i as i64 * 2 + 1))));
    let legs: Vec<i64> = (0..stops).map(|i| if i == 0 { 0 } else { rng.whole(4, 23) }).collect();
    let start = rng.whole(5 * 60, 8 * 60);
    let gap = *rng.pick(&[20, 30, 45, 60, 75]);
    let mut minutes: Vec<i64> = (0..trips as i64).map(|i| start + i * gap).collect();
    for (stop, leg) in legs.iter().enumerate() {
        let mut row = vec![Cell::text(names[stop].clone())];
        for time in &mut minutes {
            *time += leg;
            let skips = stop > 0 && stop + 1 < stops && rng.chance(0.06);
            let text = format!("{:02}:{:02}", (*time / 60) % 24, *time % 60);
            row.push(if skips { Cell::missing("–") } else { Cell::text(text) });
        }
        table.rows.push(row);
    }
    let title = format!("{kind} line {line}: {} to {}", names[0], names[stops - 1]);
    let nouns = Nouns { row: "stop".to_owned(), rows: "stops".to_owned(), ..Nouns::default() };
    let absent = names[stops..].to_vec();
    Some(finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng))
}

fn spec_sheet(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let entities = rng.pick(&subject.domain.entities);
    let measures: Vec<&Measure> = subject.domain.measures.iter().filter(|m| m.of == entities.kind).collect();
    let thing = rng.pick(&entities.names).clone();
    let mut table = Table::new("fields", vec![Column::text("Property"), Column::text("Value")]);
    let mut push = |name: &str, value: String| table.rows.push(vec![Cell::text(name), Cell::text(value)]);
    push(&capital(&entities.kind), thing.clone());
    for measure in measures {
        let value = subject.format(measure).print_f64(world::level(rng, measure));
        let unit = match subject.unit(measure) {
            unit if unit.is_empty() => unit,
            unit => format!(" {unit}"),
        };
        push(&measure.name, format!("{value}{unit}"));
    }
    let person = |rng: &mut Rng| rng.pick(&banks.families).clone();
    push("Reference", format!("{}-{:04}", (b'A' + rng.below(26) as u8) as char, rng.below(10_000)));
    push("Recorded by", person(rng));
    let role = rng.pick(&subject.domain.roles).clone();
    push("Responsible", capital(&role));
    push("Place", subject.town.clone());
    let date =
        jiff::civil::Date::new(rng.whole(2008, 2025) as i16, rng.whole(1, 12) as i8, rng.whole(1, 28) as i8)
            .ok()?;
    push("Date", date.strftime(rng.word(&["%-d %B %Y", "%Y-%m-%d", "%d.%m.%Y"])).to_string());
    let title = format!("{thing}, {}", subject.organisation);
    let nouns = Nouns { row: "property".to_owned(), rows: "properties".to_owned(), ..Nouns::default() };
    Some(finish(banks, &subject, table, Vec::new(), title, nouns, Vec::new(), rng))
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
            _ => "Counting method changed".to_owned(),
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
