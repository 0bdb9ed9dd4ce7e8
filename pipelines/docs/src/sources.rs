//! Real public tables as content for charts and tables. The files, their sources and licences are listed in
//! `data/sources/tables/tables.toml`.

use std::sync::OnceLock;

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::{ChartKind, Count, Shape, state_place};
use pixmo_render_figures::table::TableLayout;
use rust_decimal::Decimal;

use crate::chart_content::{clouds, correlations, counts, distribution, profiles, running, suits, want_of};
use crate::content::{Content, Nouns, inside, plural};
use crate::table_content::tell_measure;
use crate::world::{Time, Want};

mod file;

pub use file::{Entry, EntryColumn, Source, TableError, WideEntry, entries};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// All bundled tables.
///
/// # Panics
/// Never in a released program: a test reads all files.
pub fn bundled() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let list = entries(include_str!("../../../data/sources/tables/tables.toml"))
            .expect("tables.toml has the form of `Entry`");
        let read = |entry: Entry| {
            let file =
                FILES.iter().find(|(name, _)| *name == entry.file).expect("every listed file is bundled");
            Source::read(entry, file.1).unwrap_or_else(|error| panic!("{}: {error}", file.0))
        };
        list.into_iter().map(read).collect()
    })
}

/// Content for a kind of chart from a real table; `None` when the drawn table does not fit.
pub fn chart(kind: ChartKind, rng: &mut Rng) -> Option<Content> {
    // Regions of invented lands have no real numbers, and those of a real land have one place each.
    match kind {
        ChartKind::Choropleth => return None,
        ChartKind::TileGridMap => return states(rng),
        // No real table has the stages of a funnel.
        ChartKind::Funnel => return None,
        _ => {}
    }
    chart_of(rng.pick(bundled()), kind, rng)
}

/// Content for a kind of chart from this table; `None` when it does not fit.
pub fn chart_of(source: &Source, kind: ChartKind, rng: &mut Rng) -> Option<Content> {
    let shape = kind.shape();
    let mut content = match shape {
        // What a slope joins has to be one thing at two times.
        Shape::Wide(wide) if kind == ChartKind::Slope => {
            let year = |name: &str| name.chars().filter(char::is_ascii_digit).count() == 4;
            grid(source, &want_of(&wide), rng)
                .filter(|c| c.data.tables[0].columns.iter().skip(1).all(|column| year(&column.name)))
        }
        Shape::Wide(wide) => grid(source, &want_of(&wide), rng),
        Shape::Xy { rows, size, groups } => {
            points(source, rows, size, groups, kind == ChartKind::ConnectedScatter, rng)
        }
        Shape::Samples { groups, each } => samples(source, groups, each.max.min(20), rng),
        Shape::Running { rows } => {
            let want = Want {
                rows: (rows.min, rows.max.min(10)),
                columns: (1, 1),
                time: Time::Never,
                one_measure: true,
                positive: true,
                additive: true,
                signed: false,
                parted: false,
            };
            grid(source, &want, rng).and_then(|content| running::with_shares(content, rng))
        }
        Shape::Profiles { rows, measures } => grid(source, &profiles(rows, measures), rng),
        Shape::Correlations { rows } => correlations(source, rows, rng),
        Shape::Clouds { groups, each } => {
            let mut content = pairs(source, groups, each.max, rng)?;
            content.data.tables[0] = without_small_groups(&content.data.tables[0], each.min);
            clouds::of_long(content)
        }
        Shape::Distribution { groups, each, statistics } => {
            let mut content = samples(source, groups, each.max, rng)?;
            content.data.tables[0] = without_small_groups(&content.data.tables[0], each.min);
            distribution::of_long(content, statistics)
        }
        _ => None,
    }?;
    if let Shape::Wide(wide) = shape
        && wide.falling
    {
        content.data.tables[0].rows.sort_by_key(|row| std::cmp::Reverse(row[1].as_decimal()));
    }
    if kind == ChartKind::Pictogram && !counts(&content) {
        return None;
    }
    // Where every row has the same number there is nothing to compare and no axis to lay it on.
    if matches!(shape, Shape::Wide(_) | Shape::Xy { .. }) && !varies(&content.data.tables[0]) {
        return None;
    }
    shape.check(kind.slug(), &content.data).ok().map(|()| content).filter(|content| suits(kind, content))
}

/// Whether every column with numbers has at least two different ones; one row alone may stand as it is.
fn varies(table: &Table) -> bool {
    table.rows.len() < 2
        || (0..table.columns.len()).all(|column| {
            let mut numbers = table.rows.iter().filter_map(|row| row[column].as_decimal());
            numbers.next().is_none_or(|first| numbers.any(|number| number != first))
        })
}

/// Content for a layout from a real table; `None` when the drawn table does not fit.
pub fn table(layout: TableLayout, rng: &mut Rng) -> Option<Content> {
    table_of(rng.pick(bundled()), layout, rng)
}

/// Content for a layout from this table; `None` when it does not fit.
pub fn table_of(source: &Source, layout: TableLayout, rng: &mut Rng) -> Option<Content> {
    let shape = layout.shape();
    let want = |columns: (usize, usize)| Want {
        rows: (shape.rows.0.max(5), shape.rows.1.min(18)),
        columns,
        time: Time::Allowed,
        one_measure: layout == TableLayout::HeatShaded,
        positive: layout == TableLayout::RankingBars,
        additive: false,
        signed: false,
        parted: false,
    };
    let mut content = match layout {
        TableLayout::Plain | TableLayout::Zebra | TableLayout::Ruled | TableLayout::Boxed => {
            grid(source, &want((if rng.chance(0.15) { 1 } else { 2 }, 7)), rng)
        }
        TableLayout::HeatShaded => grid(source, &want(shape.numbers), rng),
        TableLayout::RankingBars => {
            let mut content = grid(source, &want((1, 3)), rng)?;
            content.data.tables[0].rows.sort_by_key(|row| std::cmp::Reverse(row[1].as_decimal()));
            Some(content)
        }
        _ => None,
    }?;
    tell_measure(&mut content, None);
    Some(content)
}

/// All states of the United States with one number each, from a table that has them.
fn states(rng: &mut Rng) -> Option<Content> {
    let placed = |source: &&Source| {
        let known =
            |label: usize| source.rows.iter().filter(|row| state_place(&row[label]).is_some()).count() >= 50;
        source.label().is_some_and(known)
    };
    let tables: Vec<&Source> = bundled().iter().filter(placed).collect();
    let source = tables.get(rng.below(tables.len().max(1)))?;
    let want = Want {
        rows: (source.rows.len(), source.rows.len()),
        columns: (1, 1),
        time: Time::Never,
        one_measure: true,
        positive: true,
        additive: false,
        signed: false,
        parted: false,
    };
    let mut content = grid(source, &want, rng)?;
    content.data.tables[0].rows.retain(|row| state_place(&row[0].shown).is_some());
    content.absent.retain(|name| state_place(name).is_none());
    ChartKind::TileGridMap.shape().check("tile_grid_map", &content.data).ok().map(|()| content)
}

impl Source {
    /// The column whose texts name the rows, if there is one whose texts are all different.
    fn label(&self) -> Option<usize> {
        let [key] = &self.entry.key[..] else { return None };
        self.entry.columns.iter().position(|c| c.name == *key && c.kind != "number")
    }

    fn is_time(&self, column: usize) -> bool {
        self.entry.columns[column].kind == "time" || self.entry.columns[column].ordered
    }

    fn numbers(&self) -> Vec<usize> {
        (0..self.entry.columns.len()).filter(|&c| self.entry.columns[c].kind == "number").collect()
    }

    fn column(&self, index: usize) -> Column {
        let column = &self.entry.columns[index];
        Column::number(column.name.clone(), column.unit.clone(), column.additive)
    }

    fn format(&self, index: usize) -> NumberFormat {
        NumberFormat::plain(self.entry.columns[index].decimals)
    }

    fn cell(&self, row: usize, column: usize) -> Option<Cell> {
        let text = &self.rows[row][column];
        let number: Decimal = text.parse().ok()?;
        Some(Cell::decimal(number, &self.format(column)))
    }

    fn whole(&self, row: usize, columns: &[usize]) -> bool {
        columns.iter().all(|&c| !self.rows[row][c].is_empty() && self.rows[row][c].parse::<Decimal>().is_ok())
    }
}

/// Some rows: a run of neighbours where the labels are ordered, else a sample in the order of the file.
fn some_rows(
    source: &Source,
    ordered: bool,
    usable: &[usize],
    rows: (usize, usize),
    rng: &mut Rng,
) -> Option<Vec<usize>> {
    let most = rows.1.min(usable.len());
    if most < rows.0 {
        return None;
    }
    let count = rows.0 + rng.below(most - rows.0 + 1);
    if ordered {
        let start = rng.below(usable.len() - count + 1);
        let run = usable[start..start + count].to_vec();
        // Neighbours in the list must be neighbours in the file, or the axis would lie.
        return (run[count - 1] - run[0] + 1 == count).then_some(run);
    }
    let mut picks: Vec<usize> = rng.sample(usable.len(), count).into_iter().map(|i| usable[i]).collect();
    picks.sort_unstable();
    debug_assert!(picks.iter().all(|&row| row < source.rows.len()));
    Some(picks)
}

fn grid(source: &Source, want: &Want, rng: &mut Rng) -> Option<Content> {
    let label = source.label()?;
    let ordered = source.is_time(label);
    let fits = match want.time {
        Time::Required => ordered,
        Time::Never => !ordered,
        Time::Allowed => true,
    };
    if !fits {
        return None;
    }
    let mut numbers = source.numbers();
    if want.additive {
        numbers.retain(|&c| source.entry.columns[c].additive);
    }
    if want.columns.1 == 1 {
        // A header that is no thing (`From`, `In urban areas`) says too little by itself.
        numbers.retain(|&c| !crate::question::is_no_thing(&source.entry.columns[c].name));
    }
    if want.one_measure && want.columns.1 > 1 && !numbers.is_empty() {
        let lead = *rng.pick(&numbers);
        let same = |&c: &usize| {
            let (a, b) = (&source.entry.columns[c], &source.entry.columns[lead]);
            c == lead || (!a.unit.is_empty() && a.unit == b.unit && a.decimals == b.decimals)
        };
        numbers.retain(same);
    }
    if numbers.len() < want.columns.0 {
        return None;
    }
    let most = want.columns.1.min(numbers.len());
    let count = want.columns.0 + rng.below(most - want.columns.0 + 1);
    let mut columns: Vec<usize> = rng.sample(numbers.len(), count).into_iter().map(|i| numbers[i]).collect();
    columns.sort_unstable();
    // Months and years side by side are a run.
    let wide = source.entry.wide.as_ref().map_or(String::new(), |wide| inside(&wide.dimension));
    if ["month", "year", "quarter", "week", "hour", "day"].contains(&wide.as_str()) {
        let start = rng.below(numbers.len() - count + 1);
        columns = numbers[start..start + count].to_vec();
    }
    let rest: Vec<usize> = numbers.into_iter().filter(|c| !columns.contains(c)).collect();
    let usable: Vec<usize> = (0..source.rows.len()).filter(|&r| source.whole(r, &columns)).collect();
    let rows = some_rows(source, ordered, &usable, want.rows, rng)?;
    let name = source.entry.columns[label].name.clone();
    let first = if ordered { Column::time(name.clone()) } else { Column::text(name.clone()) };
    let mut table = Table::new("observations", vec![first]);
    table.columns.extend(columns.iter().map(|&c| source.column(c)));
    for &row in &rows {
        let mut cells = vec![Cell::text(source.rows[row][label].clone())];
        cells.extend(columns.iter().filter_map(|&c| source.cell(row, c)));
        table.rows.push(cells);
    }
    if !ordered && count == 1 && rng.chance(0.5) {
        table.rows.sort_by_key(|row| std::cmp::Reverse(row[1].as_decimal()));
    }
    let absent = (0..source.rows.len())
        .filter(|r| !rows.contains(r))
        .take(40)
        .map(|r| source.rows[r][label].clone())
        .collect();
    let mut content = finish(source, table, &columns, &name, rng);
    content.absent = absent;
    content.absent_columns = rest.iter().map(|&c| source.entry.columns[c].name.clone()).collect();
    content.plan = format!("{}|{columns:?}|{}|{}", source.entry.name, rows[0] / 4, rows.len());
    Some(content)
}

/// Rows with two or three numbers; a `trail` joins rows that follow each other in time.
fn points(
    source: &Source,
    rows: Count,
    size: bool,
    groups: Count,
    trail: bool,
    rng: &mut Rng,
) -> Option<Content> {
    let label = source.label()?;
    if trail && !source.is_time(label) {
        return None;
    }
    let numbers = source.numbers();
    let needed = 2 + usize::from(size);
    if numbers.len() < needed {
        return None;
    }
    let columns: Vec<usize> = rng.sample(numbers.len(), needed).into_iter().map(|i| numbers[i]).collect();
    let categories: Vec<usize> = (0..source.entry.columns.len())
        .filter(|&c| c != label && source.entry.columns[c].kind == "category")
        .collect();
    let group = if groups.max > 0 && !categories.is_empty() && (groups.min > 0 || rng.chance(0.6)) {
        Some(*rng.pick(&categories))
    } else {
        None
    };
    let usable: Vec<usize> = (0..source.rows.len())
        .filter(|&r| source.whole(r, &columns) && group.is_none_or(|g| !source.rows[r][g].is_empty()))
        .collect();
    let picks = some_rows(source, trail, &usable, (rows.min, rows.max.min(90)), rng)?;
    let name = source.entry.columns[label].name.clone();
    let first = if trail { Column::time(name.clone()) } else { Column::text(name.clone()) };
    let mut table = Table::new("observations", vec![first]);
    table.columns.extend(columns.iter().map(|&c| source.column(c)));
    if let Some(group) = group {
        table.columns.push(Column::text(source.entry.columns[group].name.clone()));
    }
    for &row in &picks {
        let mut cells = vec![Cell::text(source.rows[row][label].clone())];
        cells.extend(columns.iter().filter_map(|&c| source.cell(row, c)));
        if let Some(group) = group {
            cells.push(Cell::text(source.rows[row][group].clone()));
        }
        table.rows.push(cells);
    }
    let mut content = finish(source, table, &columns, &name, rng);
    // Two months or two industries are no measures to be set against each other by name.
    if source.entry.wide.is_none() && rng.chance(0.7) {
        content.title = format!(
            "{} and {}",
            source.entry.columns[columns[0]].name,
            inside(&source.entry.columns[columns[1]].name)
        );
    }
    content.plan = format!("{}|xy{columns:?}|{}", source.entry.name, picks.len());
    Some(content)
}

fn samples(source: &Source, groups: Count, each_max: usize, rng: &mut Rng) -> Option<Content> {
    let numbers = source.numbers();
    if numbers.is_empty() {
        return None;
    }
    let number = *rng.pick(&numbers);
    long(source, &[number], groups, each_max, rng)
}

/// Samples with two numbers each.
fn pairs(source: &Source, groups: Count, each_max: usize, rng: &mut Rng) -> Option<Content> {
    let numbers = source.numbers();
    if numbers.len() < 2 {
        return None;
    }
    let two: Vec<usize> = rng.sample(numbers.len(), 2).into_iter().map(|i| numbers[i]).collect();
    let mut content = long(source, &two, groups, each_max, rng)?;
    let name = |i: usize| source.entry.columns[two[i]].name.clone();
    content.title = format!("{} and {}", name(0), inside(&name(1)));
    Some(content)
}

/// Some numbers of single rows, by the groups of a column of categories.
fn long(
    source: &Source,
    numbers: &[usize],
    groups: Count,
    each_max: usize,
    rng: &mut Rng,
) -> Option<Content> {
    let categories: Vec<usize> =
        (0..source.entry.columns.len()).filter(|&c| source.entry.columns[c].kind == "category").collect();
    if categories.is_empty() {
        return None;
    }
    let group = *rng.pick(&categories);
    let mut names: Vec<&str> = Vec::new();
    for row in &source.rows {
        if !row[group].is_empty() && !names.contains(&row[group].as_str()) {
            names.push(&row[group]);
        }
    }
    names.truncate(groups.max);
    let first = Column::text(source.entry.columns[group].name.clone());
    let mut table = Table::new("observations", vec![first]);
    table.columns.extend(numbers.iter().map(|&number| source.column(number)));
    for name in &names {
        let rows: Vec<usize> = (0..source.rows.len())
            .filter(|&r| source.rows[r][group] == **name && source.whole(r, numbers))
            .collect();
        for index in rng.sample(rows.len(), each_max) {
            let mut row = vec![Cell::text((*name).to_owned())];
            for &number in numbers {
                row.push(source.cell(rows[index], number)?);
            }
            table.rows.push(row);
        }
    }
    let name = source.entry.columns[group].name.clone();
    let mut content = finish(source, table, numbers, &name, rng);
    content.plan = format!("{}|samples{group},{numbers:?}", source.entry.name);
    Some(content)
}

/// The correlations of all columns of numbers over the rows in which all of them are given.
fn correlations(source: &Source, rows: Count, rng: &mut Rng) -> Option<Content> {
    let numbers = source.numbers();
    if numbers.len() < rows.min {
        return None;
    }
    let count = rows.min + rng.below(numbers.len().min(rows.max) - rows.min + 1);
    let mut columns: Vec<usize> = rng.sample(numbers.len(), count).into_iter().map(|i| numbers[i]).collect();
    columns.sort_unstable();
    let usable: Vec<usize> = (0..source.rows.len()).filter(|&r| source.whole(r, &columns)).collect();
    if usable.len() < 8 {
        return None;
    }
    let column =
        |&c: &usize| usable.iter().filter_map(|&r| source.cell(r, c)?.as_f64()).collect::<Vec<f64>>();
    let values: Vec<Vec<f64>> = columns.iter().map(column).collect();
    let names: Vec<String> = columns.iter().map(|&c| source.entry.columns[c].name.clone()).collect();
    let format = NumberFormat::plain(2);
    let table = correlations::matrix(&names, &values, &format, rng)?;
    let mut content = finish(source, table, &columns, "variable", rng);
    content.nouns = Nouns { row: "variable".to_owned(), rows: "variables".to_owned(), ..Nouns::default() };
    content.title = match rng.below(3) {
        0 => format!("{}: correlations", source.entry.title),
        1 => format!("Correlation matrix: {}", inside(&source.entry.title)),
        _ => source.entry.title.clone(),
    };
    content.subtitle = if rng.chance(0.5) {
        format!("Pearson correlation over {} rows of data", usable.len())
    } else {
        String::new()
    };
    content.formats = (1..=names.len()).map(|c| ((0, c), format.clone())).collect();
    content.absent = source
        .numbers()
        .into_iter()
        .filter(|c| !columns.contains(c))
        .map(|c| source.entry.columns[c].name.clone())
        .collect();
    content.plan = format!("{}|correlations{columns:?}", source.entry.name);
    Some(content)
}

/// A long table without groups that have fewer rows.
fn without_small_groups(table: &Table, least: usize) -> Table {
    let size = |name: &str| table.rows.iter().filter(|row| row[0].shown == name).count();
    let rows = table.rows.iter().filter(|row| size(&row[0].shown) >= least).cloned().collect();
    Table { rows, ..table.clone() }
}

fn finish(source: &Source, table: Table, columns: &[usize], label: &str, rng: &mut Rng) -> Content {
    let entry = &source.entry;
    let noun = inside(label);
    let measure = &entry.columns[columns[0]].name;
    let part = table.rows.len() < source.rows.len();
    let whole = if part { without_span(&entry.title) } else { &entry.title };
    // One column of a wide table says what it is of, and not what is measured.
    let of_wide = entry.wide.as_ref().filter(|_| columns.len() == 1).map(|wide| &wide.measure);
    let mut table = table;
    if let Some(whole) = of_wide
        && let Some(column) = table.columns.iter_mut().find(|column| column.name == *measure)
    {
        column.name = format!("{whole} ({measure})");
    }
    let measure = &of_wide.map_or_else(|| measure.clone(), |whole| format!("{whole} ({measure})"));
    let title = match (columns.len(), rng.below(3)) {
        (1, 0) => format!("{measure} by {noun}"),
        // `Length of the day: length of the day (Equator)` says one thing twice.
        (1, 1) if !measure.starts_with(whole) => format!("{whole}: {}", inside(measure)),
        _ => whole.to_owned(),
    };
    let said = title.to_lowercase().contains(&measure.to_lowercase());
    let subtitle = match (columns.len(), rng.chance(0.4)) {
        // A title of the whole table does not say which of its figures this is.
        (1, _) if !said => measure.clone(),
        (_, true) if !title.contains(whole) => whole.to_owned(),
        _ => String::new(),
    };
    let persona = rng
        .pick(&[
            "a teacher preparing a lesson on",
            "a journalist checking figures about",
            "a student writing a report on",
            "a librarian answering a question about",
            "an editor of an almanac page on",
            "a researcher comparing records of",
        ])
        .to_string();
    Content {
        formats: columns.iter().enumerate().map(|(i, &c)| ((0, i + 1), source.format(c))).collect(),
        subtitle,
        note: if rng.chance(0.6) && !entry.source.starts_with("compiled") {
            format!("Source: {}", entry.source)
        } else {
            String::new()
        },
        topic: format!("{title} ({})", entry.source),
        title,
        persona: format!("{persona} {}", entry.subject),
        nouns: nouns(entry, columns.len(), &noun),
        data: Data { tables: vec![table] },
        absent: Vec::new(),
        absent_columns: Vec::new(),
        source_name: entry.name.clone(),
        source_licence: if entry.licence == "public-domain" {
            "LicenseRef-public-domain".to_owned()
        } else {
            entry.licence.clone()
        },
        plan: String::new(),
    }
}

/// A title without the years that the whole table covers: `Wheat and wages, 1565 to 1830`.
fn without_span(title: &str) -> &str {
    let years =
        |text: &str| text.split(" to ").all(|y| y.len() == 4 && y.chars().all(|c| c.is_ascii_digit()));
    match title.rsplit_once(", ") {
        Some((rest, span)) if span.contains(" to ") && years(span) => rest,
        _ => title,
    }
}

fn nouns(entry: &Entry, columns: usize, noun: &str) -> Nouns {
    let mut nouns = Nouns { row: noun.to_owned(), rows: plural(noun), ..Nouns::default() };
    if let Some(wide) = entry.wide.as_ref().filter(|_| columns > 1) {
        nouns.measure = wide.measure.clone();
        nouns.series = inside(&wide.dimension);
        nouns.series_plural = plural(&nouns.series);
    }
    nouns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_ten_tables_are_bundled_as_listed() {
        assert!(bundled().len() >= 10);
        for source in bundled() {
            assert!(source.rows.len() >= 5, "{}", source.entry.name);
            let entry = &source.entry;
            assert!(!entry.licence.is_empty() && !entry.source.is_empty(), "{}", entry.name);
            for column in source.numbers() {
                let name = &source.entry.columns[column].name;
                for row in &source.rows {
                    assert!(
                        row[column].is_empty() || row[column].parse::<Decimal>().is_ok(),
                        "{}: {name}: `{}`",
                        source.entry.name,
                        row[column]
                    );
                }
            }
        }
    }
}
