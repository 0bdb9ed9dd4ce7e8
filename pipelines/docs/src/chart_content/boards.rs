//! Content of dashboards: a few charts about one subject, and key figures that are worked out from them.

use pixmo_render::{Cell, Column, ColumnKind, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::{ChartKind, Count};
use rust_decimal::{Decimal, RoundingStrategy};

use super::capital;
use crate::banks::{Banks, Domain, Entities, Measure};
use crate::content::{Content, Nouns, PanelWords, inside, plural};
use crate::world::{self, Calendar, Subject};

/// A panel: its chart, its data, its words.
struct Panel {
    kind: ChartKind,
    table: Table,
    words: PanelWords,
    format: NumberFormat,
    /// What its numbers measure, for the cards.
    measure: String,
    /// Whether that adds up: things and money do, rates do not.
    additive: bool,
}

/// A dashboard.
pub(super) fn draw(panels: Count, cards: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let calendar = Calendar::draw(rng, &subject.domain.dimensions, (4, 8))?;
    let count = panels.min + rng.weighted(&[2.5, 3.0, 2.5]).min(panels.max - panels.min);
    let mut list: Vec<Panel> = Vec::new();
    for _ in 0..16 {
        if list.len() == count {
            break;
        }
        let form = if list.is_empty() { 0 } else { rng.below(3) };
        let made = match form {
            0 => over_time(&subject, &calendar, rng),
            1 => by_name(&subject, rng),
            _ => compared(&subject, &calendar, rng),
        };
        let fresh = |panel: &Panel| {
            // Two charts of one measure would have to agree in every sum, and takings with the number sold.
            list.iter().all(|p| {
                p.measure != panel.measure
                    && p.kind != panel.kind
                    && !hang_together(subject.domain, &p.measure, &panel.measure)
            })
        };
        if let Some(panel) = made.filter(fresh) {
            list.push(panel);
        }
    }
    if list.len() < count {
        return None;
    }
    let (board, names) = key_figures(&subject, &list, cards, rng)?;
    let mut heads = Table::new("panels", vec![Column::text("Panel"), Column::text("Chart")]);
    for panel in &list {
        heads.rows.push(vec![Cell::text(panel.words.heading.clone()), Cell::text(panel.kind.slug())]);
    }
    let period = &calendar.period;
    let title = match rng.below(6) {
        0 => format!("{}: {period} at a glance", subject.organisation),
        1 => format!("{} dashboard", subject.organisation),
        2 => format!("Key figures, {period}"),
        3 => format!("{}, report for {period}", subject.organisation),
        4 => format!("How {} is doing", subject.organisation),
        _ => format!("{} overview", subject.domain.name),
    };
    let subtitle = match rng.below(3) {
        0 if !title.contains(period.as_str()) => period.clone(),
        1 if !title.contains(&subject.organisation) && title.contains(period.as_str()) => {
            subject.organisation.clone()
        }
        1 if !title.contains(&subject.organisation) => format!("{}, {period}", subject.organisation),
        _ => String::new(),
    };
    let note = match rng.below(4) {
        0 => format!("Compiled by the {}", rng.pick(&subject.domain.roles)),
        _ => String::new(),
    };
    let mut formats = std::collections::BTreeMap::new();
    for (index, panel) in list.iter().enumerate() {
        for column in 1..panel.table.columns.len() {
            formats.insert((2 + index, column), panel.format.clone());
        }
    }
    let absent = subject.domain.measures.iter().map(|m| m.name.clone());
    // A card “Peak hardness” says something of the hardness.
    let told = |name: &str| names.iter().any(|n| n.to_lowercase().contains(&name.to_lowercase()));
    let absent: Vec<String> = absent.filter(|name| !told(name)).collect();
    let headings: Vec<&str> = list.iter().map(|p| p.words.heading.as_str()).collect();
    let plan = format!("{}|board|{}|{period}", subject.domain.slug, headings.join(","));
    Some(Content {
        topic: format!("{}, {period}", subject.organisation),
        persona: format!("a {}", rng.pick(&subject.domain.roles)),
        title,
        subtitle,
        note,
        formats,
        nouns: Nouns {
            row: "indicator".to_owned(),
            rows: "indicators".to_owned(),
            panels: list.iter().map(|panel| panel.words.clone()).collect(),
            ..Nouns::default()
        },
        absent,
        absent_columns: Vec::new(),
        source_name: "world".to_owned(),
        source_licence: "CC0-1.0".to_owned(),
        plan,
        data: Data { tables: [vec![board, heads], list.into_iter().map(|p| p.table).collect()].concat() },
    })
}

fn some_measure<'a>(
    subject: &Subject<'a>,
    rng: &mut Rng,
    fits: impl Fn(&Measure) -> bool,
) -> Option<(&'a Measure, &'a Entities)> {
    let fitting: Vec<&'a Measure> =
        subject.domain.measures.iter().filter(|m| m.low > 0.0 && fits(m)).collect();
    if fitting.is_empty() {
        return None;
    }
    let measure = *rng.pick(&fitting);
    let entities = subject.domain.entities.iter().find(|e| e.kind == measure.of)?;
    Some((measure, entities))
}

/// True where one of two measures follows from the other, or both from a third.
fn hang_together(domain: &Domain, a: &str, b: &str) -> bool {
    domain.relations.iter().any(|relation| {
        let within = |name: &str| relation.of == name || relation.times.iter().any(|other| other == name);
        within(a) && within(b)
    })
}

/// One measure over time.
fn over_time(subject: &Subject<'_>, calendar: &Calendar, rng: &mut Rng) -> Option<Panel> {
    let (measure, _) = some_measure(subject, rng, |_| true)?;
    let format = subject.format(measure);
    let base = world::level(rng, measure);
    let values = world::series(rng, measure, base, &calendar.phase);
    let adds = measure.additive && !measure.stands;
    let column = Column::number(measure.name.clone(), subject.unit(measure), adds);
    let mut table = Table::new("panel", vec![Column::time(capital(calendar.noun)), column]);
    world::fill(&mut table, &calendar.labels, &[values], std::slice::from_ref(&format));
    let kind = *rng.pick(&[ChartKind::Line, ChartKind::VerticalBar, ChartKind::Area, ChartKind::StepLine]);
    let words = PanelWords {
        heading: format!("{} by {}", measure.name, calendar.noun),
        nouns: Nouns { row: calendar.noun.to_owned(), rows: plural(calendar.noun), ..Nouns::default() },
        absent: calendar.outside.clone(),
    };
    checked(Panel { kind, table, words, format, measure: measure.name.clone(), additive: measure.additive })
}

/// One measure by the names of things.
fn by_name(subject: &Subject<'_>, rng: &mut Rng) -> Option<Panel> {
    let (measure, entities) = some_measure(subject, rng, |_| true)?;
    let most = entities.names.len().min(6);
    let count = 3 + rng.below(most.checked_sub(2)?);
    let order = rng.sample(entities.names.len(), entities.names.len());
    let names: Vec<String> = order[..count].iter().map(|i| entities.names[*i].clone()).collect();
    let absent = order[count..].iter().map(|i| entities.names[*i].clone()).collect();
    let format = subject.format(measure);
    let values = world::levels(rng, measure, names.len());
    let column = Column::number(measure.name.clone(), subject.unit(measure), measure.additive);
    let mut table = Table::new("panel", vec![Column::text(capital(&entities.kind)), column]);
    world::fill(&mut table, &names, &[values], std::slice::from_ref(&format));
    if rng.chance(0.6) {
        table.rows.sort_by_key(|row| std::cmp::Reverse(row[1].as_decimal()));
    }
    let kind = if measure.additive {
        *rng.pick(&[ChartKind::HorizontalBar, ChartKind::Donut, ChartKind::Pie, ChartKind::VerticalBar])
    } else {
        *rng.pick(&[ChartKind::HorizontalBar, ChartKind::Lollipop, ChartKind::VerticalBar])
    };
    let words = PanelWords {
        heading: format!("{} by {}", measure.name, entities.kind),
        nouns: Nouns { row: entities.kind.clone(), rows: entities.plural.clone(), ..Nouns::default() },
        absent,
    };
    checked(Panel { kind, table, words, format, measure: measure.name.clone(), additive: measure.additive })
}

/// One measure of two or three things over time.
fn compared(subject: &Subject<'_>, calendar: &Calendar, rng: &mut Rng) -> Option<Panel> {
    let (measure, entities) = some_measure(subject, rng, |_| true)?;
    let count = 2 + rng.below(2);
    if entities.names.len() <= count {
        return None;
    }
    let names: Vec<String> =
        rng.sample(entities.names.len(), count).into_iter().map(|i| entities.names[i].clone()).collect();
    let format = subject.format(measure);
    let mut table = Table::new("panel", vec![Column::time(capital(calendar.noun))]);
    // What stands at a time adds up over things, but not over times, and here both could be asked for.
    let adds = measure.additive && !measure.stands;
    let mut columns = Vec::new();
    let bases = world::levels(rng, measure, count);
    for (name, base) in names.iter().zip(bases) {
        table.columns.push(Column::number(name.clone(), subject.unit(measure), adds));
        columns.push(world::series(rng, measure, base, &calendar.phase));
    }
    world::fill(&mut table, &calendar.labels, &columns, &vec![format.clone(); count]);
    let kind = if adds {
        *rng.pick(&[ChartKind::MultiLine, ChartKind::GroupedBar, ChartKind::StackedBar])
    } else {
        *rng.pick(&[ChartKind::MultiLine, ChartKind::GroupedBar])
    };
    let words = PanelWords {
        heading: match format!("{}: {}", measure.name, listed(&names)) {
            long if long.chars().count() > 44 => {
                format!("{}, {} compared", measure.name, inside(&entities.plural))
            }
            heading => heading,
        },
        nouns: Nouns {
            row: calendar.noun.to_owned(),
            rows: plural(calendar.noun),
            measure: measure.name.clone(),
            series: entities.kind.clone(),
            series_plural: entities.plural.clone(),
            ..Nouns::default()
        },
        absent: calendar.outside.clone(),
    };
    checked(Panel { kind, table, words, format, measure: measure.name.clone(), additive: measure.additive })
}

/// `A, B and C`.
fn listed(names: &[String]) -> String {
    match names {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => names.concat(),
    }
}

/// The panel, if its kind of chart can draw its data.
fn checked(panel: Panel) -> Option<Panel> {
    let alone = Data { tables: vec![panel.table.clone()] };
    panel.kind.shape().check(panel.kind.slug(), &alone).ok().map(|()| panel)
}

/// A card to be: its name, its figure, and its change where the charts tell it.
struct Figure {
    name: String,
    value: String,
    change: Option<String>,
}

/// Most characters of the name of a card.
const NAME_MAX: usize = 26;

/// Cards with what the panels come to, and now and then a measure that none of them bears on; and their names.
///
/// Nothing else is put on cards: a figure drawn for itself would sooner or later be less than its parts, or another one
/// than the chart below shows.
fn key_figures(
    subject: &Subject<'_>,
    panels: &[Panel],
    cards: Count,
    rng: &mut Rng,
) -> Option<(Table, Vec<String>)> {
    let wanted = cards.min.max(3) + rng.below(2);
    let mut lists: Vec<Vec<Figure>> = panels.iter().map(|panel| figures_of(panel, rng)).collect();
    let mut figures: Vec<Figure> = Vec::new();
    while figures.len() < wanted && lists.iter().any(|list| !list.is_empty()) {
        figures.extend(lists.iter_mut().filter_map(Vec::pop));
    }
    figures.truncate(wanted);
    if rng.chance(0.5)
        && let Some(figure) = beside(subject, panels, rng)
    {
        figures.truncate(wanted - 1);
        figures.push(figure);
    }
    if !cards.holds(figures.len()) {
        return None;
    }
    let changes = rng.chance(0.6);
    let mut columns = vec![Column::text("Indicator"), Column::text("Figure")];
    if changes {
        columns.push(Column::text("Change"));
    }
    let mut table = Table::new("cards", columns);
    for figure in &figures {
        let mut cells = vec![Cell::text(figure.name.clone()), Cell::text(figure.value.clone())];
        if changes {
            let change = figure.change.clone().unwrap_or_else(|| change_to(&figure.value, rng));
            cells.push(Cell::text(change));
        }
        table.rows.push(cells);
    }
    let names = figures.into_iter().map(|figure| figure.name).collect();
    Some((table, names))
}

/// What the numbers of a panel come to, in random order.
fn figures_of(panel: &Panel, rng: &mut Rng) -> Vec<Figure> {
    let table = &panel.table;
    let numbers: Vec<Decimal> =
        table.rows.iter().flat_map(|row| row[1..].iter().filter_map(Cell::as_decimal)).collect();
    let (Some(most), Some(least)) = (numbers.iter().max().copied(), numbers.iter().min().copied()) else {
        return Vec::new();
    };
    let (measure, said, unit) = (&panel.measure, inside(&panel.measure), &table.columns[1].unit);
    let figure = |name: String, value: Decimal, change: Option<String>| Figure {
        name,
        value: with_unit(&panel.format.print(value), unit),
        change,
    };
    let time = table.columns[0].kind == ColumnKind::Time;
    let alone = table.columns.len() == 2;
    let mut list = Vec::new();
    if alone && table.columns[1].additive {
        list.push(figure(format!("{measure}, total"), numbers.iter().sum(), None));
    }
    if !panel.additive {
        let peak = if time && alone { "Peak" } else { "Highest" };
        list.push(figure(format!("{peak} {said}"), most, None));
        list.push(figure(format!("Lowest {said}"), least, None));
    } else if time && alone {
        list.push(figure(format!("Peak {said}"), most, None));
    }
    if alone && time {
        // The chart shows both of the last two numbers: the change on the card is the one from this to that.
        if let [.., before, last] = numbers.as_slice()
            && let Some(change) = change_from(*before, *last)
            && !panel.format.suffix.contains('%')
        {
            let label = &table.rows[table.rows.len() - 1][0].shown;
            list.push(figure(format!("{measure}, {label}"), *last, Some(change)));
        }
    } else if alone && numbers.iter().filter(|number| **number == most).count() == 1 {
        let top = table.rows.iter().find(|row| row[1].as_decimal() == Some(most));
        list.extend(top.map(|row| figure(format!("{measure}, {}", row[0].shown), most, None)));
    }
    list.retain(|figure| figure.name.chars().count() <= NAME_MAX);
    rng.shuffle(&mut list);
    list
}

/// A measure that no panel bears on: a rate or a size in a unit that no chart has, where at most one chart counts
/// something. Of two counts it could be the ratio.
fn beside(subject: &Subject<'_>, panels: &[Panel], rng: &mut Rng) -> Option<Figure> {
    if panels.iter().filter(|panel| panel.additive).count() > 1 {
        return None;
    }
    let drawn = |m: &&Measure| panels.iter().any(|panel| panel.measure == m.name);
    let units: Vec<&str> = subject.domain.measures.iter().filter(drawn).map(|m| m.unit.as_str()).collect();
    let bound = |name: &str| panels.iter().any(|p| hang_together(subject.domain, name, &p.measure));
    let fits = |m: &&Measure| {
        !m.additive
            && !units.contains(&m.unit.as_str())
            && !bound(&m.name)
            && m.name.chars().count() <= NAME_MAX
    };
    let fitting: Vec<&Measure> = subject.domain.measures.iter().filter(fits).collect();
    if fitting.is_empty() {
        return None;
    }
    let measure = *rng.pick(&fitting);
    let value = subject.format(measure).print_f64(world::level(rng, measure));
    Some(Figure {
        name: measure.name.clone(),
        value: with_unit(&value, &subject.unit(measure)),
        change: None,
    })
}

/// How a number changed from the one before, in per cent; `None` where it did not, to the digit that is printed.
fn change_from(before: Decimal, last: Decimal) -> Option<String> {
    if before <= Decimal::ZERO {
        return None;
    }
    let change = (last - before) / before * Decimal::ONE_HUNDRED;
    let change = change.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    let sign = if change < Decimal::ZERO { "\u{2212}" } else { "+" };
    (!change.is_zero()).then(|| format!("{sign}{:.1}%", change.abs()))
}

/// How a figure changed, in per cent. A small whole number was another whole number before.
fn change_to(value: &str, rng: &mut Rng) -> String {
    let change = rng.normal(1.5, 6.0);
    let change = match value.parse::<u32>() {
        Ok(now @ 1..=60) => {
            let before = (f64::from(now) / (1.0 + change / 100.0)).round().max(1.0) as u32;
            let before = if before == now { now + 1 } else { before };
            (f64::from(now) / f64::from(before) - 1.0) * 100.0
        }
        _ => change,
    };
    let sign = if change < 0.0 { "\u{2212}" } else { "+" };
    format!("{sign}{:.1}%", change.abs().max(0.1))
}

/// A number with its unit; thousands and millions of money are written as on cards: `£70.4k`, `70.4k kr`.
fn with_unit(value: &str, unit: &str) -> String {
    let large = |letter: char| unit.strip_prefix(letter).and_then(|rest| rest.strip_prefix(' '));
    for letter in ['k', 'M'] {
        match large(letter) {
            Some(sign) if sign.chars().count() == 1 => return format!("{sign}{value}{letter}"),
            Some("CHF") => return format!("CHF {value}{letter}"),
            Some(sign) => return format!("{value}{letter} {sign}"),
            None => {}
        }
    }
    for letter in ["k", "M"] {
        if let Some(sign) = unit.strip_suffix(letter).filter(|sign| ["£", "$", "€"].contains(sign)) {
            return format!("{sign}{value}{letter}");
        }
    }
    if unit.is_empty() { value.to_owned() } else { format!("{value} {unit}") }
}
