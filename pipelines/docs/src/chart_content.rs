//! Data and words for a chart: the forms of data that kinds of charts need, filled from the generated world or from a
//! real table.

mod ages;
mod boards;
pub(crate) mod clouds;
pub(crate) mod correlations;
mod dates;
pub(crate) mod days;
pub(crate) mod distribution;
mod flows;
pub(crate) mod funnels;
mod goals;
mod growth;
pub(crate) mod hexagons;
mod levels;
mod maps;
pub(crate) mod plane;
mod prices;
pub(crate) mod quantiles;
mod ranks;
mod ridges;
pub(crate) mod running;

use libm::{exp, sqrt};
use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::{ChartKind, Count, Labels, Shape, Sign, Wide};
use rust_decimal::Decimal;

use crate::banks::{Banks, Entities, Measure};
use crate::content::{Content, Nouns, capital, inside, plural};
use crate::localise;
use crate::question::Family;
use crate::world::{self, Calendar, Subject, Time, Want};

/// Draws content for a kind of chart; `None` when the draw fits it badly, and another should be tried.
pub fn draw(kind: ChartKind, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let shape = kind.shape();
    let content = match shape {
        Shape::Wide(wide) if matches!(kind, ChartKind::TileGridMap | ChartKind::Choropleth) => {
            maps::draw(&wide, banks, rng)
        }
        Shape::Wide(wide) if kind == ChartKind::Slope => first_and_last(&wide, banks, rng),
        Shape::Wide(wide) if kind == ChartKind::Funnel => funnels::draw(&wide, banks, rng),
        Shape::Wide(_)
            if kind == ChartKind::PopulationPyramid && banks.foreign.is_none() && rng.chance(0.65) =>
        {
            ages::draw(banks, rng)
        }
        Shape::Wide(wide) => wide_grid(kind, &wide, banks, rng),
        Shape::Bins { rows } => bins(rows, banks, rng),
        Shape::Steps { rows } => steps(rows, banks, rng),
        Shape::Ranges { rows } => ranges(rows, banks, rng),
        Shape::Interval { rows, labels } => interval(rows, labels, banks, rng),
        Shape::Summary { rows } => summary(rows, banks, rng),
        Shape::Ohlc { rows } => prices::draw(rows, banks, rng),
        Shape::Dual { rows } => dual(rows, banks, rng),
        Shape::Samples { groups, each } => samples(groups, each, banks, rng),
        Shape::Profiles { rows, measures } => world::grid(banks, &profiles(rows, measures), rng),
        Shape::Correlations { rows } => correlations::draw(rows, banks, rng),
        Shape::Quantiles { rows, each } => quantiles::draw(rows, each, banks, rng),
        Shape::Hexagons { rows, samples } => hexagons::draw(rows, samples, banks, rng),
        Shape::Clouds { groups, each } => clouds::draw(groups, each, banks, rng),
        Shape::Terrain { rows } => plane::terrain(rows, banks, rng),
        Shape::Arrows { rows } => plane::arrows(rows, banks, rng),
        Shape::Days { months } => days::draw(months, banks, rng),
        Shape::Distribution { groups, each, statistics } => {
            distribution::draw(groups, each, statistics, banks, rng)
        }
        // What joins the points is the order of time.
        Shape::Xy { rows, .. } if kind == ChartKind::ConnectedScatter => dual(rows, banks, rng),
        Shape::Xy { rows, size, groups } => points(rows, size, groups, banks, rng),
        Shape::Running { rows } => running::draw(rows, banks, rng),
        Shape::Goals { rows } => goals::draw(rows, banks, rng),
        Shape::Growth { rows, series } => growth::draw(rows, series, banks, rng),
        Shape::Ranks { rows, series } => ranks::draw(rows, series, banks, rng),
        Shape::Ridges { bins, groups } => ridges::draw(bins, groups, banks, rng),
        Shape::Levels { groups, each, least } => levels::draw(groups, each, least, banks, rng),
        Shape::Links { rows, nodes, layered } => flows::links(rows, nodes, layered, banks, rng),
        Shape::Streams { rows, steps } => flows::streams(rows, steps, banks, rng),
        Shape::Tasks { rows } => dates::tasks(rows, banks, rng),
        Shape::Events { rows } => dates::events(rows, banks, rng),
        Shape::Strips { lanes, each } => dates::strips(lanes, each, banks, rng),
        Shape::Board { panels, cards } => boards::draw(panels, cards, banks, rng),
    }?;
    let content =
        if banks.foreign.is_some() { localise::content(content, banks, None, rng)? } else { content };
    shape.check(kind.slug(), &content.data).ok().map(|()| content).filter(|content| suits(kind, content))
}

/// True when data that has the form that a kind needs would also look like something in it.
pub(crate) fn suits(kind: ChartKind, content: &Content) -> bool {
    let table = content.table();
    let ends = |column: usize| {
        let numbers = || table.rows.iter().filter_map(|row| row[column].as_f64());
        (numbers().fold(f64::INFINITY, f64::min), numbers().fold(f64::NEG_INFINITY, f64::max))
    };
    let moves = |column: usize| ends(column).1 - ends(column).0 >= 0.15 * ends(column).1.abs();
    match kind {
        // What stands on zero shows no change where all numbers are nearly the same.
        ChartKind::Area => (1..table.columns.len()).all(moves),
        // The bands of all strips are those of the largest one.
        ChartKind::Horizon => {
            let tops: Vec<f64> = (1..table.columns.len()).map(|c| ends(c).1.abs().max(-ends(c).0)).collect();
            let (low, high) =
                tops.iter().fold((f64::INFINITY, 0.0f64), |(low, high), top| (low.min(*top), high.max(*top)));
            high <= 4.0 * low && (1..table.columns.len()).filter(|c| moves(*c)).count() * 2 > tops.len()
        }
        _ => true,
    }
}

/// True when a kind can be filled with words of other languages than English.
pub fn speaks(kind: ChartKind) -> bool {
    match kind.shape() {
        Shape::Wide(_) => !matches!(kind, ChartKind::TileGridMap | ChartKind::Choropleth | ChartKind::Funnel),
        // The scale beside a ridgeline counts in English words.
        Shape::Ridges { .. }
        | Shape::Terrain { .. }
        | Shape::Arrows { .. }
        | Shape::Days { .. }
        | Shape::Ohlc { .. }
        | Shape::Growth { .. }
        | Shape::Levels { .. }
        | Shape::Links { .. }
        | Shape::Streams { .. }
        | Shape::Tasks { .. }
        | Shape::Events { .. }
        | Shape::Strips { .. }
        | Shape::Board { .. } => false,
        _ => true,
    }
}

/// The questions that fit a kind of chart.
pub fn family(kind: ChartKind) -> Family {
    match kind.shape() {
        Shape::Running { .. } => Family::Running,
        Shape::Goals { .. } => Family::Goals,
        Shape::Ranks { .. } => Family::Ranks,
        Shape::Steps { .. } => Family::Steps,
        Shape::Samples { .. } => Family::Readings,
        Shape::Xy { .. } if kind != ChartKind::ConnectedScatter => Family::Points,
        Shape::Levels { .. } => Family::Levels,
        Shape::Links { .. } | Shape::Streams { .. } => Family::Flows,
        Shape::Tasks { .. } | Shape::Events { .. } | Shape::Strips { .. } => Family::Dates,
        Shape::Board { .. } => Family::Board,
        _ if kind == ChartKind::SparklineGrid => Family::Ends,
        _ => Family::Grid,
    }
}

/// Things at two times: what a slope joins has to be one thing then and later.
fn first_and_last(wide: &Wide, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let many = Wide { series: Count::new(3, 10), ..*wide };
    let mut content = wide_grid(ChartKind::Slope, &many, banks, rng)?;
    if !matches!(content.nouns.series.as_str(), "year" | "quarter" | "month" | "week") {
        return None;
    }
    let table = content.data.tables.first_mut()?;
    let last = table.columns.len() - 1;
    let between: Vec<Column> = table.columns.drain(2..last).collect();
    table.rows.iter_mut().for_each(|row| drop(row.drain(2..last)));
    content.absent_columns.extend(between.into_iter().map(|column| column.name));
    content.formats.retain(|(_, column), _| *column <= 2);
    Some(content)
}

/// The wish that a wide shape stands for.
pub fn want_of(wide: &Wide) -> Want {
    // Very long series are rarer in print than the shape allows.
    let rows_max = if wide.labels == Labels::Time { wide.rows.max.min(24) } else { wide.rows.max };
    Want {
        rows: (wide.rows.min, rows_max),
        columns: (wide.series.min, wide.series.max),
        time: match wide.labels {
            Labels::Any => Time::Allowed,
            Labels::Text => Time::Never,
            Labels::Time => Time::Required,
        },
        one_measure: true,
        positive: matches!(wide.sign, Sign::Positive | Sign::NotNegative),
        additive: wide.whole.is_some() || wide.stacked,
        signed: wide.sign == Sign::Mixed,
        parted: wide.whole.is_some() || wide.stacked,
    }
}

/// The wish for things with several measures of their own.
pub fn profiles(rows: Count, measures: Count) -> Want {
    Want {
        rows: (rows.min, rows.max),
        columns: (measures.min, measures.max),
        time: Time::Never,
        one_measure: false,
        positive: false,
        additive: false,
        signed: false,
        parted: false,
    }
}

fn wide_grid(kind: ChartKind, wide: &Wide, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let mut content = world::grid(banks, &want_of(wide), rng)?;
    if kind == ChartKind::Pictogram && !counts(&content) {
        return None;
    }
    if wide.falling {
        content.data.tables[0].rows.sort_by_key(|row| std::cmp::Reverse(row[1].as_decimal()));
    }
    if wide.missing && rng.chance(0.06) {
        let table = &mut content.data.tables[0];
        if table.rows.len() > 5 {
            let (row, column) = (rng.below(table.rows.len()), 1 + rng.below(table.columns.len() - 1));
            table.rows[row][column] = Cell::missing("");
        }
    }
    Some(content)
}

/// True for numbers of things, which a row of symbols can stand for.
pub(crate) fn counts(content: &Content) -> bool {
    content.table().number_columns().iter().all(|&column| {
        let format = content.format(column);
        format.decimals == 0
            && format.prefix.is_empty()
            && format.suffix.is_empty()
            && content.table().columns[column].unit.is_empty()
    })
}

/// A subject with a kind of thing and a measure of it that passes a test.
fn measured<'a>(
    banks: &'a Banks,
    rng: &mut Rng,
    fits: impl Fn(&Measure) -> bool,
) -> Option<(Subject<'a>, &'a Entities, &'a Measure)> {
    let subject = Subject::draw(banks, rng);
    let measures: Vec<&Measure> = subject.domain.measures.iter().filter(|m| fits(m)).collect();
    if measures.is_empty() {
        return None;
    }
    let measure = *rng.pick(&measures);
    let entities = subject.domain.entities.iter().find(|e| e.kind == measure.of)?;
    Some((subject, entities, measure))
}

struct Frame<'a> {
    subject: &'a Subject<'a>,
    title: String,
    subtitle: String,
    row: String,
    rows: String,
    absent: Vec<String>,
    plan: String,
}

fn content(
    frame: Frame<'_>,
    banks: &Banks,
    table: Table,
    formats: Vec<NumberFormat>,
    rng: &mut Rng,
) -> Content {
    let domain = frame.subject.domain;
    let personas: Vec<&String> =
        banks.personas.iter().filter(|p| p.domain == domain.slug).flat_map(|p| &p.texts).collect();
    let note = match rng.below(4) {
        0 => format!("Source: {}", frame.subject.organisation),
        1 => format!("Compiled by the {}.", rng.pick(&domain.roles)),
        _ => String::new(),
    };
    let organisation = &frame.subject.organisation;
    Content {
        topic: if frame.title.contains(organisation.as_str()) {
            frame.title.clone()
        } else {
            format!("{}, {organisation}", frame.title)
        },
        data: Data { tables: vec![table] },
        formats: formats.into_iter().enumerate().map(|(i, f)| ((0, i + 1), f)).collect(),
        title: frame.title,
        subtitle: frame.subtitle,
        note,
        persona: if personas.is_empty() {
            format!("a {}", rng.pick(&domain.roles))
        } else {
            (*rng.pick(&personas)).clone()
        },
        nouns: Nouns { row: frame.row, rows: frame.rows, ..Nouns::default() },
        absent: frame.absent,
        absent_columns: Vec::new(),
        source_name: "world".to_owned(),
        source_licence: "CC0-1.0".to_owned(),
        plan: format!("{}|{}", domain.slug, frame.plan),
    }
}

fn split_names(
    rng: &mut Rng,
    entities: &Entities,
    low: usize,
    high: usize,
) -> Option<(Vec<String>, Vec<String>)> {
    let most = high.min(entities.names.len().saturating_sub(1));
    if most < low {
        return None;
    }
    let count = low + rng.below(most - low + 1);
    let mut order = rng.sample(entities.names.len(), entities.names.len());
    let rest = order.split_off(count);
    let names = |list: Vec<usize>| list.into_iter().map(|i| entities.names[i].clone()).collect();
    Some((names(order), names(rest)))
}

fn bins(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.low >= 0.0)?;
    let count = rows.min.max(6) + rng.below(rows.max.min(16) - rows.min.max(6) + 1);
    let spread = measure.high - measure.low;
    let step = nice_step(spread / count as f64)?;
    let first = (measure.low / step).floor() * step;
    let edge = NumberFormat { decimals: edge_decimals(step), ..subject.format(measure) };
    let edge = NumberFormat { prefix: String::new(), suffix: String::new(), ..edge };
    let center = first + step * count as f64 * rng.range(0.3, 0.6);
    let width = step * count as f64 * rng.range(0.12, 0.25);
    let skewed = rng.chance(0.4);
    let draws = rng.whole(60, 900);
    let mut counts = vec![0i64; count];
    for _ in 0..draws {
        let value = if skewed {
            first + exp(rng.normal(0.0, 0.55)) * (center - first)
        } else {
            rng.normal(center, width)
        };
        let bin = ((value - first) / step).floor();
        if bin >= 0.0 && (bin as usize) < count {
            counts[bin as usize] += 1;
        }
    }
    let of = capital(&entities.plural);
    let unit = match subject.unit(measure) {
        unit if unit.is_empty()
            || measure.name.to_lowercase().contains(&unit.to_lowercase()) && unit.len() > 2 =>
        {
            String::new()
        }
        unit => format!(" ({unit})"),
    };
    let column = format!("Number of {}", entities.plural);
    let mut table = Table::new(
        "observations",
        vec![Column::text(format!("{}{unit}", measure.name)), Column::number(column, "", true)],
    );
    for (bin, amount) in counts.iter().enumerate() {
        let low = first + step * bin as f64;
        let label = format!("{}–{}", edge.print_f64(low), edge.print_f64(low + step));
        table
            .rows
            .push(vec![Cell::text(label), Cell::decimal(Decimal::from(*amount), &NumberFormat::plain(0))]);
    }
    let title = match rng.below(3) {
        0 => format!("{of} counted by {}", inside(&measure.name)),
        1 => format!("Distribution of {} at {}", inside(&measure.name), subject.organisation),
        _ => format!("{}: distribution over the {}", measure.name, entities.plural),
    };
    let frame = Frame {
        subject: &subject,
        title,
        subtitle: if rng.chance(0.4) { subject.organisation.clone() } else { String::new() },
        row: "range".to_owned(),
        rows: "ranges".to_owned(),
        absent: Vec::new(),
        plan: format!("bins|{}", measure.name),
    };
    Some(content(frame, banks, table, vec![NumberFormat::plain(0)], rng))
}

/// The decimals that the edges of bins of this width need.
fn edge_decimals(step: f64) -> u32 {
    let whole = |factor: f64| (step * factor - (step * factor).round()).abs() < 1e-6;
    [1.0, 10.0, 100.0].iter().position(|factor| whole(*factor)).unwrap_or(3) as u32
}

/// 1, 2, 2.5 or 5 times a power of ten, at least the given size.
fn nice_step(size: f64) -> Option<f64> {
    if size <= 0.0 || !size.is_finite() {
        return None;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(size)));
    [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|f| f * power).find(|s| *s >= size)
}

fn steps(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.additive && m.low > 0.0)?;
    let (names, rest) = split_names(rng, entities, rows.min - 2, rows.max.min(9) - 2)?;
    let format = subject.format(measure);
    let year = rng.whole(2005, 2025);
    let mut level = world::level(rng, measure) * rng.range(2.0, 5.0);
    let mut table = Table::new(
        "observations",
        vec![Column::text("Step"), Column::number(measure.name.clone(), subject.unit(measure), true)],
    );
    let (start, end) = match rng.below(3) {
        0 => (format!("Start of {year}"), format!("End of {year}")),
        1 => ("Opening".to_owned(), "Closing".to_owned()),
        _ => ((year - 1).to_string(), year.to_string()),
    };
    let mut sum = Decimal::ZERO;
    let mut push = |table: &mut Table, label: &str, value: f64| {
        let cell = Cell::number(value, &format);
        sum += cell.as_decimal().unwrap_or_default();
        table.rows.push(vec![Cell::text(label), cell]);
    };
    push(&mut table, &start, level);
    for name in &names {
        let change = level * rng.range(0.04, 0.3) * if rng.chance(0.55) { 1.0 } else { -1.0 };
        level += change;
        push(&mut table, name, change);
    }
    table.rows.push(vec![Cell::text(end), Cell::decimal(sum, &format)]);
    let frame = Frame {
        subject: &subject,
        title: format!("{}: what changed by {}", measure.name, entities.kind),
        subtitle: if rng.chance(0.5) { format!("{}, {year}", subject.organisation) } else { String::new() },
        row: "step".to_owned(),
        rows: "steps".to_owned(),
        absent: rest,
        plan: format!("steps|{}|{}", measure.name, names.join(",")),
    };
    Some(content(frame, banks, table, vec![format], rng))
}

fn ranges(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.high > 4.0)?;
    let (names, rest) = split_names(rng, entities, rows.min, rows.max.min(14))?;
    let format = subject.format(measure);
    let unit = subject.unit(measure);
    let (low, high) = ("Minimum", "Maximum");
    let mut table = Table::new(
        "observations",
        vec![
            Column::text(capital(&entities.kind)),
            Column::number(format!("{low} {}", measure.name.to_lowercase()), unit.clone(), false),
            Column::number(format!("{high} {}", measure.name.to_lowercase()), unit, false),
        ],
    );
    // Small counts are printed alike: a range that another thing has, or that is none, is drawn anew.
    let mut middles = world::levels(rng, measure, 3 * names.len()).into_iter();
    while table.rows.len() < names.len() {
        let middle = middles.next()?;
        let half = middle * world::play(measure) * rng.range(0.1, 0.45);
        let least = Cell::number(middle - half, &format);
        let most = Cell::number(world::possible(measure, middle + half), &format);
        let taken = |row: &Vec<Cell>| row[1].shown == least.shown && row[2].shown == most.shown;
        if least.shown != most.shown && !table.rows.iter().any(taken) {
            let name = Cell::text(names[table.rows.len()].clone());
            table.rows.push(vec![name, least, most]);
        }
    }
    // Ranges that nearly all begin at one number, or end at one, leave little to ask.
    if (1..=2).any(|column| distinct(&table, column) * 2 <= names.len()) {
        return None;
    }
    let of = inside(&measure.name);
    let kind = &entities.kind;
    let title = match rng.below(4) {
        0 => format!("Range of {of} by {kind}"),
        1 => format!("{} by {kind}: from the lowest to the highest", measure.name),
        2 => format!("Lows and highs: {of} by {kind}"),
        _ => format!("Lowest and highest {of} by {kind}"),
    };
    let year = rng.whole(2004, 2025);
    let frame = Frame {
        title: if rng.chance(0.4) { format!("{title}, {year}") } else { title },
        subject: &subject,
        subtitle: if rng.chance(0.5) { subject.organisation.clone() } else { String::new() },
        row: entities.kind.clone(),
        rows: entities.plural.clone(),
        absent: rest,
        plan: format!("ranges|{}|{}", measure.name, names.join(",")),
    };
    Some(content(frame, banks, table, vec![format.clone(), format], rng))
}

/// How many different texts a column prints.
fn distinct(table: &Table, column: usize) -> usize {
    let mut texts = table.texts(column);
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

fn interval(rows: Count, labels: Labels, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.low > 0.0)?;
    let format = subject.format(measure);
    let format = NumberFormat { decimals: format.decimals.max(1), ..format };
    let unit = subject.unit(measure);
    let (names, rest, noun, phase, of, period) = if labels == Labels::Time || rng.chance(0.3) {
        let calendar = Calendar::draw(rng, &subject.domain.dimensions, (rows.min, rows.max.min(24)))?;
        let thing = rng.pick(&entities.names).clone();
        (calendar.labels, calendar.outside, calendar.noun.to_owned(), calendar.phase, thing, calendar.period)
    } else {
        let (names, rest) = split_names(rng, entities, rows.min, rows.max)?;
        let phase = vec![0.0; names.len()];
        (
            names,
            rest,
            entities.kind.clone(),
            phase,
            entities.plural.clone(),
            rng.whole(2002, 2025).to_string(),
        )
    };
    let time = noun != entities.kind;
    let first = if time { Column::time(capital(&noun)) } else { Column::text(capital(&noun)) };
    let mut table = Table::new(
        "observations",
        vec![
            first,
            Column::number(measure.name.clone(), unit.clone(), false),
            Column::number("Lower bound", unit.clone(), false),
            Column::number("Upper bound", unit, false),
        ],
    );
    let base = world::level(rng, measure);
    let values = world::series(rng, measure, base, &phase);
    let play = world::play(measure);
    let relative = play * rng.range(0.06, 0.2);
    for (name, value) in names.iter().zip(values) {
        let value = if time { value } else { value * (1.0 + play * rng.range(-0.5, 0.5)) };
        let most = if measure.unit == "%" { (100.0 - value).max(0.1) } else { f64::INFINITY };
        let half = (value * relative * rng.range(0.6, 1.4)).min(most);
        table.rows.push(vec![
            Cell::text(name.clone()),
            Cell::number(value, &format),
            Cell::number(value - half, &format),
            Cell::number(value + half, &format),
        ]);
    }
    let frame = Frame {
        subject: &subject,
        title: if time {
            format!("{of}: {}, {period}", inside(&measure.name))
        } else {
            format!("{} by {}, {period}", measure.name, entities.kind)
        },
        subtitle: [
            "with 95% confidence interval",
            "mean and 95% interval",
            "mean with lower and upper bound",
        ][rng.below(3)]
        .to_owned(),
        rows: if time { plural(&noun) } else { entities.plural.clone() },
        row: noun,
        absent: rest,
        plan: format!("interval|{}|{of}", measure.name),
    };
    Some(content(frame, banks, table, vec![format.clone(), format.clone(), format], rng))
}

fn summary(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.high > 4.0)?;
    let (names, rest) = split_names(rng, entities, rows.min.max(3), rows.max)?;
    let format = subject.format(measure);
    let unit = subject.unit(measure);
    let mut columns = vec![Column::text(capital(&entities.kind))];
    for name in ["Minimum", "Lower quartile", "Median", "Upper quartile", "Maximum"] {
        columns.push(Column::number(name, unit.clone(), false));
    }
    let mut table = Table::new("observations", columns);
    let most = if measure.unit == "%" { 100.0 } else { f64::INFINITY };
    for (name, center) in names.iter().zip(world::levels(rng, measure, names.len())) {
        let width = center * world::play(measure) * rng.range(0.08, 0.35);
        let mut draws: Vec<f64> =
            (0..41).map(|_| rng.normal(center, width).max(0.0)).map(|value| value.min(most)).collect();
        draws.sort_by(f64::total_cmp);
        let mut row = vec![Cell::text(name.clone())];
        row.extend([0, 10, 20, 30, 40].map(|i| Cell::number(draws[i], &format)));
        table.rows.push(row);
    }
    let frame = Frame {
        subject: &subject,
        title: format!("{} by {}", measure.name, entities.kind),
        subtitle: if rng.chance(0.5) {
            format!("Minimum, quartiles and maximum at {}", subject.organisation)
        } else {
            String::new()
        },
        row: entities.kind.clone(),
        rows: entities.plural.clone(),
        absent: rest,
        plan: format!("summary|{}|{}", measure.name, names.join(",")),
    };
    let mut made = content(frame, banks, table, vec![format; 5], rng);
    made.nouns.measure = measure.name.clone();
    Some(made)
}

fn dual(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let entities = rng.pick(&subject.domain.entities);
    let measures: Vec<&Measure> =
        subject.domain.measures.iter().filter(|m| m.of == entities.kind && m.low >= 0.0).collect();
    if measures.len() < 2 {
        return None;
    }
    let two = rng.sample(measures.len(), 2);
    let (a, b) = (measures[two[0]], measures[two[1]]);
    let calendar = Calendar::draw(rng, &subject.domain.dimensions, (rows.min, rows.max))?;
    if ![a, b].iter().all(|measure| measure.is_counted_by(calendar.noun)) {
        return None;
    }
    let formats = vec![subject.format(a), subject.format(b)];
    let mut table = Table::new(
        "observations",
        vec![
            Column::time(capital(calendar.noun)),
            Column::number(a.name.clone(), subject.unit(a), a.additive && !a.stands),
            Column::number(b.name.clone(), subject.unit(b), b.additive && !b.stands),
        ],
    );
    let (base_a, base_b) = (world::level(rng, a), world::level(rng, b));
    let lines =
        [world::series(rng, a, base_a, &calendar.phase), world::series(rng, b, base_b, &calendar.phase)];
    world::fill(&mut table, &calendar.labels, &lines, &formats);
    let thing = rng.pick(&entities.names).clone();
    let frame = Frame {
        title: format!("{thing}: {} and {}", a.name.to_lowercase(), b.name.to_lowercase()),
        subtitle: if rng.chance(0.6) {
            format!("{}, {}", subject.organisation, calendar.period)
        } else {
            String::new()
        },
        subject: &subject,
        row: calendar.noun.to_owned(),
        rows: plural(calendar.noun),
        absent: calendar.outside,
        plan: format!("dual|{}|{}|{thing}", a.name, b.name),
    };
    Some(content(frame, banks, table, formats, rng))
}

fn samples(groups: Count, each: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.high > 2.0)?;
    let (names, rest) = split_names(rng, entities, groups.min.max(3), groups.max)?;
    let format = subject.format(measure);
    let mut table = Table::new(
        "observations",
        vec![
            Column::text(capital(&entities.kind)),
            Column::number(measure.name.clone(), subject.unit(measure), measure.additive),
        ],
    );
    let middle = world::level(rng, measure);
    let play = world::play(measure);
    let spread = play * rng.range(0.1, 0.26);
    for name in &names {
        // Readings of one measure lie near each other, or the lower ones could not be told apart.
        let center = (middle * (1.0 + play * rng.range(-0.5, 0.5))).clamp(measure.low, measure.high);
        for _ in 0..each.min + rng.below(each.max.min(18) - each.min + 1) {
            let value = world::possible(measure, rng.normal(center, center * spread));
            table.rows.push(vec![Cell::text(name.clone()), Cell::number(value, &format)]);
        }
    }
    let of = inside(&measure.name);
    let kind = &entities.kind;
    let title = match rng.below(4) {
        0 => format!("Single readings of {of} by {kind}"),
        1 => format!("{}, reading by reading", measure.name),
        2 => format!("{} by {kind}: all readings", measure.name),
        _ => format!("The spread of {of} by {kind}"),
    };
    let year = rng.whole(2004, 2025);
    let frame = Frame {
        title: if rng.chance(0.3) { format!("{title}, {year}") } else { title },
        subject: &subject,
        subtitle: if rng.chance(0.5) { subject.organisation.clone() } else { String::new() },
        row: entities.kind.clone(),
        rows: entities.plural.clone(),
        absent: rest,
        plan: format!("samples|{}|{}", measure.name, names.join(",")),
    };
    Some(content(frame, banks, table, vec![format], rng))
}

fn points(rows: Count, size: bool, groups: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let entities = rng.pick(&subject.domain.entities);
    let measures: Vec<&Measure> =
        subject.domain.measures.iter().filter(|m| m.of == entities.kind && m.low >= 0.0).collect();
    let needed = 2 + usize::from(size);
    if measures.len() < needed {
        return None;
    }
    let picks: Vec<&Measure> = rng.sample(measures.len(), needed).into_iter().map(|i| measures[i]).collect();
    let few = rows.min <= entities.names.len() && rng.chance(0.7);
    let (labels, rest): (Vec<String>, Vec<String>) = if few {
        split_names(rng, entities, rows.min, rows.max)?
    } else {
        let count = rows.min.max(12) + rng.below(rows.max.min(70).saturating_sub(rows.min.max(12)) + 1);
        ((1..=count).map(|i| format!("{} {i}", capital(&entities.kind))).collect(), Vec::new())
    };
    let other = subject.domain.entities.iter().find(|e| e.kind != entities.kind && e.names.len() >= 3);
    let grouped = groups.max > 0 && (groups.min > 0 || rng.chance(0.55));
    let group_names: Vec<String> = match (grouped, other) {
        (false, _) => Vec::new(),
        (true, Some(other)) => {
            let count = groups.min.max(2) + rng.below(groups.max.min(4) - groups.min.max(2) + 1);
            rng.sample(other.names.len(), count).into_iter().map(|i| other.names[i].clone()).collect()
        }
        (true, None) => return None,
    };
    let formats: Vec<NumberFormat> = picks.iter().map(|m| subject.format(m)).collect();
    let mut columns = vec![Column::text(capital(&entities.kind))];
    columns.extend(picks.iter().map(|m| Column::number(m.name.clone(), subject.unit(m), m.additive)));
    if !group_names.is_empty() {
        columns.push(Column::text(capital(&other?.kind)));
    }
    let mut table = Table::new("observations", columns);
    let slope = rng.range(-0.95, 0.98);
    for (index, label) in labels.iter().enumerate() {
        let group = if group_names.is_empty() {
            0
        } else if index < group_names.len() {
            index
        } else {
            rng.below(group_names.len())
        };
        let first = (rng.normal(0.0, 1.0) + group as f64 * 0.5).clamp(-2.2, 2.2);
        let second = (slope * first + sqrt(1.0 - slope * slope) * rng.normal(0.0, 1.0)).clamp(-2.2, 2.2);
        let mut row = vec![Cell::text(label.clone())];
        for (i, measure) in picks.iter().enumerate() {
            let z = [first, second, rng.normal(0.0, 1.0).clamp(-2.0, 2.0)][i];
            let value = measure.low + (measure.high - measure.low) * (0.5 + z / 5.0);
            row.push(Cell::number(value, &formats[i]));
        }
        if !group_names.is_empty() {
            row.push(Cell::text(group_names[group].clone()));
        }
        table.rows.push(row);
    }
    let frame = Frame {
        title: match rng.below(2) {
            0 => format!("{} against {}", picks[1].name, picks[0].name.to_lowercase()),
            _ => format!(
                "{}: {} and {}",
                capital(&entities.plural),
                picks[0].name.to_lowercase(),
                picks[1].name.to_lowercase()
            ),
        },
        subtitle: if rng.chance(0.4) { subject.organisation.clone() } else { String::new() },
        row: entities.kind.clone(),
        rows: entities.plural.clone(),
        absent: rest,
        plan: format!("points|{}|{}|{}", picks[0].name, picks[1].name, labels.len()),
        subject: &subject,
    };
    Some(content(frame, banks, table, formats, rng))
}

#[cfg(test)]
mod tests;
