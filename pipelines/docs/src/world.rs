//! The generated world: subjects with plausible things, measures and seasons, all invented. Numbers come from small
//! causal models (level of the thing, trend, season, noise), so that they look like records and not like dice.

use pixmo_render::{Cell, Column, ColumnKind, Data, NumberFormat, Rng, Table};

use crate::banks::{Banks, Domain, Entities, Measure};
use crate::content::{Content, MONTHS, Nouns, capital, inside, plural};

/// What a picture needs of a grid of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Want {
    /// Least and most rows.
    pub rows: (usize, usize),
    /// Least and most columns of numbers.
    pub columns: (usize, usize),
    /// Whether the rows are labels of time.
    pub time: Time,
    /// The columns are instances of one measure (series); otherwise each has its own.
    pub one_measure: bool,
    /// All numbers are above zero.
    pub positive: bool,
    /// The numbers of a column add up to something.
    pub additive: bool,
    /// Numbers may be below zero.
    pub signed: bool,
    /// The columns are stacked, or parts of a whole.
    pub parted: bool,
}

/// Whether the rows of a grid are labels of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// They must be.
    Required,
    /// They may be.
    Allowed,
    /// They must not be.
    Never,
}

/// A subject chosen for one picture, with the words that its templates are filled with.
pub struct Subject<'a> {
    /// The domain.
    pub domain: &'a Domain,
    /// The organisation that the record is of.
    pub organisation: String,
    /// A town.
    pub town: String,
    /// Sign before or after amounts of money.
    pub currency: Currency<'a>,
    /// What stands behind per cent.
    percent: &'a str,
    /// Decimal mark and grouping.
    pub marks: (char, Option<char>),
}

/// How amounts of money are printed.
#[derive(Clone, Copy, Debug)]
pub struct Currency<'a> {
    prefix: &'a str,
    suffix: &'a str,
}

const CURRENCIES: &[(Currency<'static>, f64)] = &[
    (Currency { prefix: "$", suffix: "" }, 4.0),
    (Currency { prefix: "€", suffix: "" }, 2.5),
    (Currency { prefix: "£", suffix: "" }, 2.0),
    (Currency { prefix: "", suffix: " kr" }, 0.8),
    (Currency { prefix: "CHF ", suffix: "" }, 0.6),
    (Currency { prefix: "", suffix: " €" }, 0.8),
];

/// Ordered labels of time.
pub struct Calendar {
    /// What one of them is called.
    pub noun: &'static str,
    /// The labels in order.
    pub labels: Vec<String>,
    /// The whole span in words, such as `2016–2023` or `March 2022`.
    pub period: String,
    /// Labels that would fit but are outside.
    pub outside: Vec<String>,
    /// Place of each label in its season, 0 to 1; all 0 when there is none.
    pub phase: Vec<f64>,
}

pub(crate) const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Calendar {
    /// Draws labels of time that suit a domain: `rows` limits how many.
    pub fn draw(rng: &mut Rng, dimensions: &[String], rows: (usize, usize)) -> Option<Calendar> {
        let room = |least: usize, most: usize| most >= rows.0 && least <= rows.1;
        let mut kinds: Vec<&str> = dimensions.iter().map(String::as_str).filter(|d| *d != "region").collect();
        kinds.extend(["year", "month", "quarter"]);
        kinds.retain(|kind| match *kind {
            "month" => room(4, 12),
            "quarter" => room(4, 12),
            "weekday" => room(5, 7),
            "week" => room(4, 16),
            "year" => room(3, 24),
            "hour" => room(6, 14),
            _ => false,
        });
        if kinds.is_empty() {
            return None;
        }
        let count = |rng: &mut Rng, least: usize, most: usize| {
            let (low, high) = (least.max(rows.0), most.min(rows.1));
            low + rng.below(high.saturating_sub(low) + 1)
        };
        let year = rng.whole(1998, 2025);
        Some(match *rng.pick(&kinds) {
            "month" => {
                let count = count(rng, 4, 12);
                let start = if count == 12 || rng.chance(0.6) { 0 } else { rng.below(13 - count) };
                let short = rng.chance(0.4);
                let name = |i: usize| if short { MONTHS[i][..3].to_owned() } else { MONTHS[i].to_owned() };
                let labels = (start..start + count).map(name).collect();
                let outside = (0..12).filter(|i| !(start..start + count).contains(i)).map(name).collect();
                let phase = (start..start + count).map(|i| i as f64 / 12.0).collect();
                Calendar { noun: "month", labels, period: year.to_string(), outside, phase }
            }
            "quarter" => {
                let count = count(rng, 4, 12);
                let one_year = count <= 4;
                let label = |i: usize| {
                    if one_year {
                        format!("Q{}", i % 4 + 1)
                    } else {
                        format!("Q{} {}", i % 4 + 1, year + i as i64 / 4)
                    }
                };
                let labels = (0..count).map(label).collect();
                let outside = if one_year { Vec::new() } else { (count..count + 4).map(label).collect() };
                let last = year + (count as i64 - 1) / 4;
                let period = if last == year { year.to_string() } else { format!("{year}–{last}") };
                Calendar {
                    noun: "quarter",
                    labels,
                    period,
                    outside,
                    phase: (0..count).map(|i| (i % 4) as f64 / 4.0).collect(),
                }
            }
            "weekday" => {
                let count = if rows.1 < 7 || rng.chance(0.4) { count(rng, 5, 6) } else { 7 };
                let short = rng.chance(0.3);
                let name = |i: usize| if short { DAYS[i][..3].to_owned() } else { DAYS[i].to_owned() };
                let period = format!("week {} of {year}", rng.whole(2, 51));
                Calendar {
                    noun: "day",
                    labels: (0..count).map(name).collect(),
                    period,
                    outside: (count..7).map(name).collect(),
                    phase: (0..count).map(|i| i as f64 / 7.0).collect(),
                }
            }
            "week" => {
                let count = count(rng, 4, 16);
                let first = rng.whole(1, 52 - count as i64);
                let label = |i: i64| format!("Week {}", first + i);
                let phase = (0..count).map(|i| (first as f64 + i as f64) / 52.0).collect();
                let outside = (count as i64..count as i64 + 5).map(label).collect();
                Calendar {
                    noun: "week",
                    labels: (0..count as i64).map(label).collect(),
                    period: year.to_string(),
                    outside,
                    phase,
                }
            }
            "hour" => {
                let count = count(rng, 6, 14);
                let first = rng.below(24 - count).clamp(5, 10);
                let label = |i: usize| format!("{:02}:00", first + i);
                let day = format!("{} {} {}", rng.whole(1, 28), MONTHS[rng.below(12)], year);
                let phase = (0..count).map(|i| (first + i) as f64 / 24.0).collect();
                let outside = (count..count + 3).map(label).collect();
                Calendar {
                    noun: "hour",
                    labels: (0..count).map(label).collect(),
                    period: day,
                    outside,
                    phase,
                }
            }
            _ => {
                let count = count(rng, 3, 24);
                let first = rng.whole(1980, 2025 - count as i64);
                let step = if count <= 8 && first < 1985 && rng.chance(0.3) { 5 } else { 1 };
                let label = |i: i64| (first + i * step).to_string();
                let last = first + (count as i64 - 1) * step;
                let outside = vec![
                    (first - step).to_string(),
                    (first - 2 * step).to_string(),
                    (last + step).to_string(),
                ];
                Calendar {
                    noun: "year",
                    labels: (0..count as i64).map(label).collect(),
                    period: format!("{first}–{last}"),
                    outside,
                    phase: vec![0.0; count],
                }
            }
        })
    }
}

impl<'a> Subject<'a> {
    /// Draws a subject.
    pub fn draw(banks: &'a Banks, rng: &mut Rng) -> Self {
        Self::of(rng.pick(&banks.domains), banks, rng)
    }

    /// The words for a given domain.
    pub fn of(domain: &'a Domain, banks: &'a Banks, rng: &mut Rng) -> Self {
        let town = rng.pick(&banks.towns).clone();
        let family = rng.pick(&banks.families);
        let organisation =
            rng.pick(&domain.organisations).replace("{town}", &town).replace("{family}", family);
        let weights: Vec<f64> = CURRENCIES.iter().map(|c| c.1).collect();
        let currency = CURRENCIES[rng.weighted(&weights)].0;
        let marks = match rng.weighted(&[0.80, 0.08, 0.12]) {
            0 => ('.', Some(',')),
            1 => ('.', Some('\u{a0}')),
            _ => ('.', None),
        };
        if let Some(foreign) = &banks.foreign {
            let place = &foreign.locale;
            let currency = Currency { prefix: &place.prefix, suffix: &place.suffix };
            let marks = (place.mark, Some(place.group));
            return Self { domain, organisation, town, currency, percent: &place.percent, marks };
        }
        Self { domain, organisation, town, currency, percent: "%", marks }
    }

    /// How a measure's numbers are printed.
    pub fn format(&self, measure: &Measure) -> NumberFormat {
        let mut format =
            NumberFormat { mark: self.marks.0, group: self.marks.1, ..NumberFormat::plain(measure.decimals) };
        match measure.unit.as_str() {
            "currency" => {
                format.prefix = self.currency.prefix.to_owned();
                format.suffix = self.currency.suffix.to_owned();
            }
            "%" => format.suffix = self.percent.to_owned(),
            _ => {}
        }
        format
    }

    /// How amounts of money are printed.
    pub fn money(&self, decimals: u32) -> NumberFormat {
        NumberFormat {
            mark: self.marks.0,
            group: self.marks.1,
            prefix: self.currency.prefix.to_owned(),
            suffix: self.currency.suffix.to_owned(),
            ..NumberFormat::plain(decimals)
        }
    }

    /// The unit as printed in headers; empty where the sign stands with each number. In `currency/t` the word stands
    /// for the sign of the currency.
    pub fn unit(&self, measure: &Measure) -> String {
        if matches!(measure.unit.as_str(), "currency" | "%") {
            return String::new();
        }
        let sign = format!("{}{}", self.currency.prefix, self.currency.suffix);
        let sign = sign.trim();
        // A sign that stands before its numbers stands before their thousands too: `£k`, but `k kr`.
        let leads = self.currency.prefix.trim().chars().count() == 1;
        match measure.unit.as_str() {
            "k currency" if leads => format!("{sign}k"),
            "M currency" if leads => format!("{sign}M"),
            unit => unit.replace("currency", sign),
        }
    }

    /// What stands before and after an amount of money.
    pub fn currency_signs(&self) -> (String, String) {
        (self.currency.prefix.to_owned(), self.currency.suffix.to_owned())
    }

    fn title(&self, rng: &mut Rng, words: &Words<'_>) -> String {
        let fitting: Vec<&String> = self.domain.titles.iter().filter(|t| self.suits(t, words)).collect();
        let template = match fitting.len() {
            0 => "{measure}, {period}",
            count => fitting[rng.below(count)].as_str(),
        };
        let place = if rng.chance(0.5) { &self.town } else { &self.organisation };
        // The bank says by what things are usually told apart; these may be others.
        let (template, measure) = match (template.split_once("{measure} by "), words.by) {
            (Some((before, after)), Some(by)) => {
                let rest = after.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ' || c == '-');
                (format!("{before}{{measure}} by {by}{rest}"), words.name.to_owned())
            }
            _ => (template.to_owned(), words.told(template)),
        };
        let filled = template
            .replace("{measure}", &measure)
            .replace("{org}", &self.organisation)
            .replace("{town}", &self.town)
            .replace("{place}", place)
            .replace("{period}", words.period);
        capital(&filled.replace("week week", "week"))
    }

    /// True when a pattern of titles says nothing else than the content: of another measure, of things told apart
    /// where there is one, of a year where there is a week.
    fn suits(&self, template: &str, words: &Words<'_>) -> bool {
        let lower = template.to_lowercase();
        let has = |word: &str| lower.split(|c: char| !c.is_alphabetic()).any(|w| w == word);
        let year = words.period.len() == 4;
        let dated = words.period.starts_with(|c: char| c.is_ascii_digit()) && !words.period.contains(' ');
        let other = |m: &Measure| {
            let name = m.name.to_lowercase();
            name.len() > 4 && name != words.name.to_lowercase() && lower.contains(&name)
        };
        let of_another = !words.name.is_empty() && self.domain.measures.iter().any(other);
        let by = !lower.contains(" by ") || (words.by.is_some() && lower.contains("{measure} by "));
        !of_another
            && by
            && (!lower.contains("month by month") || words.row == "month")
            && (!has("week") || words.period.starts_with("week"))
            && (!has("day") || words.row == "hour")
            && (!has("year") || year)
            && (!["season", "summer", "winter"].iter().any(|word| has(word)) || dated)
    }

    /// An event that can have upset figures of this time, if there is one.
    fn event(&self, words: &Words<'_>, table: &Table, rng: &mut Rng) -> Option<&str> {
        let within = |event: &&String| {
            let named = MONTHS.iter().find(|month| event.contains(**month));
            match (named, words.row.as_str()) {
                (None, _) => true,
                (Some(month), "month") => table.texts(0).iter().any(|label| month.starts_with(label)),
                (Some(_), row) => !matches!(row, "day" | "hour" | "week"),
            }
        };
        let fitting: Vec<&String> = self.domain.events.iter().filter(within).collect();
        (!fitting.is_empty()).then(|| rng.pick(&fitting).as_str())
    }

    fn persona(&self, banks: &Banks, rng: &mut Rng) -> String {
        let own = banks.personas.iter().filter(|p| p.domain == self.domain.slug).flat_map(|p| &p.texts);
        let own: Vec<&String> = own.collect();
        if own.is_empty() { format!("a {}", rng.pick(&self.domain.roles)) } else { (*rng.pick(&own)).clone() }
    }
}

/// How freely numbers of a measure move, up to 1: air pressure stays within a few per cent of itself, visitors do not.
pub fn play(measure: &Measure) -> f64 {
    let far = measure.low.abs().max(measure.high.abs());
    ((measure.high - measure.low) / (0.6 * far)).clamp(0.02, 1.0)
}

/// A number as it is printed.
pub fn printed(value: f64, decimals: u32) -> f64 {
    let unit = libm::pow(10.0, f64::from(decimals));
    libm::round(value * unit) / unit
}

/// Levels of some things of one kind. They share an axis, so they differ as much as things of one kind do, and only now
/// and then is one many times as large as another.
pub fn levels(rng: &mut Rng, measure: &Measure, count: usize) -> Vec<f64> {
    let middle = level(rng, measure);
    let spread = play(measure) * [0.16, 0.3, 0.5, 0.85][rng.weighted(&[1.5, 3.0, 2.5, 1.0])];
    let width = measure.high - measure.low;
    let (least, most) = (measure.low + 0.03 * width, measure.high - 0.04 * width);
    (0..count)
        .map(|_| {
            let drawn = (0..8).map(|_| middle * libm::exp(rng.normal(0.0, spread)));
            let drawn: Vec<f64> = drawn.collect();
            let inside = drawn.into_iter().find(|value| (least..=most).contains(value));
            inside.unwrap_or_else(|| rng.range(least, middle.max(least * 1.2).min(most)))
        })
        .collect()
}

/// What a measure changed by: numbers on both sides of zero, of the size of usual changes.
fn changes(rng: &mut Rng, measure: &Measure, count: usize) -> Option<Vec<f64>> {
    let size = level(rng, measure) * play(measure) * rng.range(0.05, 0.25);
    if size < 3.0 * libm::pow(10.0, -f64::from(measure.decimals)) {
        return None;
    }
    let lean = rng.range(-0.5, 0.7);
    Some((0..count).map(|_| size * (lean + rng.normal(0.0, 1.0))).collect())
}

/// The change of a measure as a measure of its own.
fn change_of(measure: &Measure) -> Measure {
    Measure { name: format!("Change in {}", inside(&measure.name)), ..measure.clone() }
}

/// A series of numbers: level of the thing, trend, season and noise, held between the bounds of the measure.
pub fn series(rng: &mut Rng, measure: &Measure, level: f64, phase: &[f64]) -> Vec<f64> {
    let count = phase.len();
    let slope = match measure.trend.as_str() {
        "up" => rng.range(0.15, 0.9),
        "down" => -rng.range(0.15, 0.6),
        "flat" => rng.range(-0.08, 0.08),
        _ => rng.range(-0.6, 0.8),
    };
    let swing =
        if phase.iter().all(|p| *p == 0.0) || measure.season == "none" { 0.0 } else { rng.range(0.15, 0.5) };
    let peak = match measure.season.as_str() {
        "summer" => 0.54,
        "winter" => 0.04,
        "yearend" => 0.92,
        "weekend" => 0.8,
        "weekday" => 0.3,
        "spring" => 0.3,
        "autumn" => 0.75,
        _ => rng.unit(),
    };
    let noise = rng.range(0.03, 0.16);
    let shock =
        if count > 5 && rng.chance(0.25) { Some((rng.below(count), rng.range(-0.5, 0.7))) } else { None };
    let floor = measure.low.min(level) * 0.35;
    let play = play(measure);
    (0..count)
        .map(|i| {
            let t = if count > 1 { i as f64 / (count - 1) as f64 - 0.3 } else { 0.0 };
            let season = swing * libm::cos(2.0 * std::f64::consts::PI * (phase[i] - peak));
            let jolt = shock.filter(|(at, _)| *at == i).map_or(0.0, |(_, size)| size);
            let moved = slope * t + season + jolt + rng.normal(0.0, noise);
            let value = level * (1.0 + play * moved);
            full_at_most(measure, value.clamp(floor, measure.high * 1.6))
        })
        .collect()
}

/// A number as it can occur: nothing below zero of what has no such, and no share above the whole.
pub fn possible(measure: &Measure, value: f64) -> f64 {
    let value = if measure.low >= 0.0 { value.max(0.0) } else { value };
    full_at_most(measure, value)
}

/// Parts of a whole approach the whole and never pass it: above 90 per cent the rest is ever harder to win.
fn full_at_most(measure: &Measure, value: f64) -> f64 {
    const KNEE: f64 = 90.0;
    const LEFT: f64 = 9.9;
    // Marks are points out of a hundred.
    let marks = measure.unit == "points" && (90.0..=100.0).contains(&measure.high);
    if !(measure.unit == "%" || marks) || measure.high > 100.0 || value <= KNEE {
        return value;
    }
    KNEE + LEFT * (1.0 - libm::exp((KNEE - value) / LEFT))
}

/// A level for one thing: log-uniform between the bounds where these are far apart, else uniform.
pub fn level(rng: &mut Rng, measure: &Measure) -> f64 {
    let width = measure.high - measure.low;
    if measure.low > 0.0 && measure.high / measure.low > 8.0 {
        libm::exp(rng.range(libm::log(measure.low * 1.2), libm::log(measure.high * 0.9)))
    } else {
        rng.range(measure.low + 0.05 * width, measure.high - 0.05 * width)
    }
}

/// Generates a grid of numbers with its words; `None` when the drawn domain cannot give what is wanted.
pub fn grid(banks: &Banks, want: &Want, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let domain = subject.domain;
    let entities = rng.pick(&domain.entities);
    let fits = |m: &&Measure| {
        m.of == entities.kind && (!want.additive || m.additive) && (!want.positive || m.low > 0.0)
    };
    let measures: Vec<&Measure> = domain.measures.iter().filter(fits).collect();
    if measures.is_empty() {
        return None;
    }
    let measure = *rng.pick(&measures);
    let change = want.signed.then(|| change_of(measure));
    let measure = change.as_ref().unwrap_or(measure);
    let columns = want.columns.0 + rng.below(want.columns.1 - want.columns.0 + 1);
    let by_time = match want.time {
        Time::Required => true,
        Time::Never => false,
        Time::Allowed => rng.chance(if want.parted { 0.6 } else { 0.4 }),
    };
    // Years do not add up to a whole as kinds of things do: what is stacked or parted is so by things.
    let times_across = want.one_measure && !want.parted && columns > 1;
    let calendar = if by_time || (times_across && rng.chance(if measure.additive { 0.5 } else { 0.9 })) {
        Some(Calendar::draw(rng, &domain.dimensions, if by_time { want.rows } else { want.columns })?)
    } else {
        None
    };
    if calendar.as_ref().is_some_and(|calendar| !measure.is_counted_by(calendar.noun)) {
        return None;
    }
    // Totals over times are wanted, and stocks have none.
    if want.additive && !want.parted && measure.stands && calendar.is_some() {
        return None;
    }
    let counted = |m: &&Measure| calendar.as_ref().is_none_or(|calendar| m.is_counted_by(calendar.noun));
    let measures: Vec<&Measure> = measures.into_iter().filter(counted).collect();
    let plan = Plan { subject: &subject, entities, measure, columns, calendar };
    match (by_time, want.one_measure || columns == 1) {
        (true, true) => time_by_series(banks, want, plan, rng),
        (true, false) => time_by_measures(banks, want, plan, &measures, rng),
        (false, true) => names_by_series(banks, want, plan, rng),
        (false, false) => names_by_measures(banks, want, plan, &measures, rng),
    }
}

struct Plan<'a> {
    subject: &'a Subject<'a>,
    entities: &'a Entities,
    measure: &'a Measure,
    columns: usize,
    calendar: Option<Calendar>,
}

fn chosen(rng: &mut Rng, entities: &Entities, low: usize, high: usize) -> Option<(Vec<String>, Vec<String>)> {
    let most = high.min(entities.names.len().saturating_sub(1));
    if most < low {
        return None;
    }
    // Middle sizes are likelier than the extremes.
    let span = most - low + 1;
    let count = low + (rng.below(span) + rng.below(span)).div_ceil(2).min(span - 1);
    let mut order = rng.sample(entities.names.len(), entities.names.len());
    let rest = order.split_off(count);
    let names = |list: Vec<usize>| list.into_iter().map(|i| entities.names[i].clone()).collect();
    Some((names(order), names(rest)))
}

fn time_by_series(banks: &Banks, want: &Want, plan: Plan<'_>, rng: &mut Rng) -> Option<Content> {
    let Plan { subject, entities, measure, columns, calendar } = plan;
    let calendar = calendar?;
    let (names, rest) = chosen(rng, entities, columns, columns)?;
    let format = subject.format(measure);
    let unit = subject.unit(measure);
    let mut table = Table::new("observations", vec![Column::time(capital(calendar.noun))]);
    let mut data_columns = Vec::new();
    let bases = levels(rng, measure, columns);
    for (name, base) in names.iter().zip(bases) {
        let title = if columns == 1 { measure.name.clone() } else { name.clone() };
        // What is stacked adds up across the series, whatever it does along the time.
        let adds = measure.additive && (want.parted || !measure.stands);
        table.columns.push(Column::number(title, unit.clone(), adds));
        data_columns.push(if want.signed {
            changes(rng, measure, calendar.labels.len())?
        } else {
            series(rng, measure, base, &calendar.phase)
        });
    }
    fill(&mut table, &calendar.labels, &data_columns, &vec![format.clone(); columns]);
    let words = Words {
        name: &measure.name,
        by: (columns > 1).then_some(entities.kind.as_str()),
        thing: (columns == 1).then_some(names[0].as_str()),
        period: &calendar.period,
        row: calendar.noun.to_owned(),
        measure_name: if columns == 1 { String::new() } else { measure.name.clone() },
        series: if columns == 1 { None } else { Some(entities) },
    };
    let mut content = finish(banks, subject, table, words, rng);
    content.formats = (1..=columns).map(|c| ((0, c), format.clone())).collect();
    content.absent = calendar.outside;
    content.absent_columns = if columns == 1 { Vec::new() } else { rest };
    content.plan = format!("{}|{}|{}|{}", subject.domain.slug, measure.name, calendar.noun, sorted(&names));
    Some(content)
}

/// Names of the columns, what one and several of them are called, the span of time, names that are not there.
type Heads = (Vec<String>, Option<(String, String)>, String, Vec<String>);

fn names_by_series(banks: &Banks, want: &Want, plan: Plan<'_>, rng: &mut Rng) -> Option<Content> {
    let Plan { subject, entities, measure, columns, calendar } = plan;
    let (names, rest) = chosen(rng, entities, want.rows.0, want.rows.1)?;
    let format = subject.format(measure);
    let unit = subject.unit(measure);
    // Only what is counted falls into parts of another kind of thing, and only where both kinds meet.
    let meets = subject.domain.crosses && measure.additive;
    let fits = |e: &&Entities| meets && e.kind != entities.kind && e.names.len() > columns;
    let other = subject.domain.entities.iter().find(fits);
    let (labels, series_noun, period, absent_columns): Heads = match (columns, calendar, other) {
        (1, _, _) => (vec![measure.name.clone()], None, rng.whole(2001, 2025).to_string(), Vec::new()),
        (_, Some(calendar), _) if calendar.labels.len() >= want.columns.0 => {
            let noun = calendar.noun.to_owned();
            (calendar.labels, Some((noun.clone(), plural(&noun))), calendar.period, calendar.outside)
        }
        (_, _, Some(other)) => {
            let (labels, rest) = chosen(rng, other, columns, columns)?;
            (
                labels,
                Some((other.kind.clone(), other.plural.clone())),
                rng.whole(2001, 2025).to_string(),
                rest,
            )
        }
        _ => return None,
    };
    let mut table = Table::new("observations", vec![Column::text(capital(&entities.kind))]);
    for label in &labels {
        table.columns.push(Column::number(label.clone(), unit.clone(), measure.additive));
    }
    let rows: Vec<Vec<f64>> = if want.signed {
        (0..names.len()).map(|_| changes(rng, measure, labels.len())).collect::<Option<_>>()?
    } else {
        let levels = levels(rng, measure, names.len());
        levels.iter().map(|l| series(rng, measure, *l, &vec![0.0; labels.len()])).collect()
    };
    let data_columns: Vec<Vec<f64>> =
        (0..labels.len()).map(|c| rows.iter().map(|r| r[c]).collect()).collect();
    fill(&mut table, &names, &data_columns, &vec![format.clone(); labels.len()]);
    if labels.len() == 1 && rng.chance(0.45) {
        let falling = rng.chance(0.8);
        table.rows.sort_by(|a, b| {
            if falling {
                b[1].as_decimal().cmp(&a[1].as_decimal())
            } else {
                a[1].as_decimal().cmp(&b[1].as_decimal())
            }
        });
    }
    let words = Words {
        name: &measure.name,
        by: Some(&entities.kind),
        thing: None,
        period: &period,
        row: entities.kind.clone(),
        measure_name: if series_noun.is_some() { measure.name.clone() } else { String::new() },
        series: None,
    };
    let count = labels.len();
    let mut content = finish(banks, subject, table, words, rng);
    content.nouns.rows = entities.plural.clone();
    if let Some((one, many)) = series_noun {
        content.nouns.series = one;
        content.nouns.series_plural = many;
    }
    content.formats = (1..=count).map(|c| ((0, c), format.clone())).collect();
    content.absent = rest;
    content.absent_columns = absent_columns;
    content.plan = format!("{}|{}|{}|{}", subject.domain.slug, measure.name, entities.kind, sorted(&names));
    Some(content)
}

fn time_by_measures(
    banks: &Banks,
    want: &Want,
    plan: Plan<'_>,
    measures: &[&Measure],
    rng: &mut Rng,
) -> Option<Content> {
    let Plan { subject, entities, calendar, .. } = plan;
    let calendar = calendar?;
    let thing = rng.pick(&entities.names).clone();
    let chosen = some_measures(rng, measures, want)?;
    let mut table = Table::new("observations", vec![Column::time(capital(calendar.noun))]);
    let mut data_columns = Vec::new();
    for measure in &chosen {
        let adds = measure.additive && !measure.stands;
        table.columns.push(Column::number(measure.name.clone(), subject.unit(measure), adds));
        let base = level(rng, measure);
        data_columns.push(series(rng, measure, base, &calendar.phase));
    }
    relate(subject.domain, &chosen, &mut data_columns, true, rng);
    let formats: Vec<NumberFormat> = chosen.iter().map(|m| subject.format(m)).collect();
    fill(&mut table, &calendar.labels, &data_columns, &formats);
    let words = Words {
        name: "",
        by: None,
        thing: Some(&thing),
        period: &calendar.period,
        row: calendar.noun.to_owned(),
        measure_name: String::new(),
        series: None,
    };
    let mut content = finish(banks, subject, table, words, rng);
    content.formats = formats.into_iter().enumerate().map(|(i, f)| ((0, i + 1), f)).collect();
    content.absent = calendar.outside;
    content.absent_columns = other_measures(subject, &chosen);
    content.plan = format!("{}|{thing}|{}|{}", subject.domain.slug, calendar.noun, chosen.len());
    Some(content)
}

fn names_by_measures(
    banks: &Banks,
    want: &Want,
    plan: Plan<'_>,
    measures: &[&Measure],
    rng: &mut Rng,
) -> Option<Content> {
    let Plan { subject, entities, .. } = plan;
    let (names, rest) = chosen(rng, entities, want.rows.0, want.rows.1)?;
    let chosen = some_measures(rng, measures, want)?;
    let mut table = Table::new("observations", vec![Column::text(capital(&entities.kind))]);
    let mut data_columns = Vec::new();
    for measure in &chosen {
        table.columns.push(Column::number(measure.name.clone(), subject.unit(measure), measure.additive));
        data_columns.push(
            names
                .iter()
                .map(|_| {
                    let base = level(rng, measure);
                    series(rng, measure, base, &[0.0])[0]
                })
                .collect(),
        );
    }
    relate(subject.domain, &chosen, &mut data_columns, false, rng);
    let formats: Vec<NumberFormat> = chosen.iter().map(|m| subject.format(m)).collect();
    fill(&mut table, &names, &data_columns, &formats);
    let period = rng.whole(2001, 2025).to_string();
    let several = capital(&entities.plural);
    let words = Words {
        name: "",
        by: None,
        thing: Some(&several),
        period: &period,
        row: entities.kind.clone(),
        measure_name: String::new(),
        series: None,
    };
    let mut content = finish(banks, subject, table, words, rng);
    content.nouns.rows = entities.plural.clone();
    content.formats = formats.into_iter().enumerate().map(|(i, f)| ((0, i + 1), f)).collect();
    content.absent = rest;
    content.absent_columns = other_measures(subject, &chosen);
    content.plan = format!("{}|{}|{}|{}", subject.domain.slug, entities.kind, chosen.len(), sorted(&names));
    Some(content)
}

/// Makes measures agree that a reader would relate: takings with the units sold and their price, invalid votes with the
/// votes. What a measure hangs on and is not shown is drawn all the same, so that what is shown has a size it can have.
pub fn relate(
    domain: &Domain,
    chosen: &[&Measure],
    columns: &mut [Vec<f64>],
    one_thing: bool,
    rng: &mut Rng,
) {
    let place = |name: &String| chosen.iter().position(|measure| measure.name == *name);
    for relation in &domain.relations {
        let Some(of) = place(&relation.of) else { continue };
        let shown: Vec<usize> = relation.times.iter().filter_map(place).collect();
        if shown.is_empty() {
            continue;
        }
        let of_them = |m: &&Measure| m.of == chosen[of].of && relation.times.contains(&m.name);
        let hidden: Vec<&Measure> =
            domain.measures.iter().filter(of_them).filter(|m| place(&m.name).is_none()).collect();
        let draw = |rng: &mut Rng| -> f64 {
            let unseen: f64 = hidden.iter().map(|measure| level(rng, measure)).product();
            unseen * rng.range(relation.low, relation.high)
        };
        let common = draw(rng);
        // What can be none at all may be rounded to none.
        let floor = if chosen[of].low > 0.0 { libm::pow(10.0, -f64::from(chosen[of].decimals)) } else { 0.0 };
        let rows = 0..columns[of].len();
        let values = rows.map(|row| {
            let factor = match (relation.steady, one_thing) {
                (true, _) => common,
                (false, false) => draw(rng),
                // From time to time a share moves a little, and so does a price that is not shown.
                (false, true) => {
                    let moved = common * (1.0 + rng.normal(0.0, 0.05));
                    if hidden.is_empty() { moved.clamp(relation.low, relation.high) } else { moved }
                }
            };
            let others: f64 = shown.iter().map(|&c| printed(columns[c][row], chosen[c].decimals)).product();
            (others * factor).max(floor)
        });
        let values = values.collect();
        columns[of] = values;
    }
}

/// Lets what hangs on other measures keep its relation to them in later numbers of the same thing.
pub fn keep_related(domain: &Domain, names: &[&str], before: &[f64], after: &mut [f64]) {
    let place = |name: &String| names.iter().position(|known| *known == name.as_str());
    for relation in &domain.relations {
        let Some(of) = place(&relation.of) else { continue };
        let shown: Vec<usize> = relation.times.iter().filter_map(place).collect();
        let exact = shown.len() == relation.times.len() && relation.high - relation.low < 1e-9;
        if exact {
            after[of] = relation.low * shown.iter().map(|&c| after[c]).product::<f64>();
        } else if !shown.is_empty() && shown.iter().all(|&c| before[c] > 0.0) {
            after[of] = before[of] * shown.iter().map(|&c| after[c] / before[c]).product::<f64>();
        }
    }
}

fn some_measures<'a>(rng: &mut Rng, measures: &[&'a Measure], want: &Want) -> Option<Vec<&'a Measure>> {
    if measures.len() < want.columns.0 {
        return None;
    }
    let most = want.columns.1.min(measures.len());
    let count = want.columns.0 + rng.below(most - want.columns.0 + 1);
    let mut picks = rng.sample(measures.len(), count);
    picks.sort_unstable();
    Some(picks.into_iter().map(|i| measures[i]).collect())
}

fn other_measures(subject: &Subject<'_>, chosen: &[&Measure]) -> Vec<String> {
    let all = subject.domain.measures.iter().map(|m| m.name.clone());
    all.filter(|name| chosen.iter().all(|m| m.name != *name)).collect()
}

/// Writes numbers into a table, column by column, below labels in the first column.
pub fn fill(table: &mut Table, labels: &[String], columns: &[Vec<f64>], formats: &[NumberFormat]) {
    for (row, label) in labels.iter().enumerate() {
        let mut cells = vec![Cell::text(label.clone())];
        cells.extend(columns.iter().zip(formats).map(|(c, format)| Cell::number(c[row], format)));
        table.rows.push(cells);
    }
}

struct Words<'a> {
    /// The one measure; empty where there are several.
    name: &'a str,
    /// The kind of thing that it is told apart by.
    by: Option<&'a str>,
    /// The thing or things that all is about, where they are not told apart.
    thing: Option<&'a str>,
    period: &'a str,
    row: String,
    measure_name: String,
    series: Option<&'a Entities>,
}

impl Words<'_> {
    /// What stands for `{measure}` in a pattern: the measure with what it is told of.
    fn told(&self, pattern: &str) -> String {
        match (self.thing, self.by) {
            (Some(thing), _) if self.name.is_empty() => thing.to_owned(),
            (Some(thing), _) if pattern.starts_with("{measure}") && !pattern.contains(':') => {
                format!("{thing}: {}", inside(self.name))
            }
            (Some(thing), _) => format!("{} ({thing})", self.name),
            (None, Some(by)) => format!("{} by {by}", self.name),
            (None, None) => self.name.to_owned(),
        }
    }

    /// A line below a title: what the numbers measure where the title keeps it to itself, else whose they are and when.
    fn subtitle(&self, title: &str, organisation: &str, rng: &mut Rng) -> String {
        let period = if title.contains(self.period) { "" } else { self.period };
        let organisation = if title.contains(organisation) { "" } else { organisation };
        let lower = title.to_lowercase();
        let untold = self.thing.is_some_and(|thing| !title.contains(thing));
        let lacking = untold && !self.name.is_empty();
        let parts = if lower.contains(&self.name.to_lowercase()) && !lacking {
            match rng.below(4) {
                0 => [organisation, period],
                1 => [organisation, ""],
                2 => [period, ""],
                _ => ["", ""],
            }
            .map(str::to_owned)
        } else {
            let told = self.told("{measure}");
            match rng.below(3) {
                0 if !organisation.is_empty() => [format!("{told} at {organisation}"), String::new()],
                1 => [told, String::new()],
                _ => [told, period.to_owned()],
            }
        };
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

fn finish(banks: &Banks, subject: &Subject<'_>, table: Table, words: Words<'_>, rng: &mut Rng) -> Content {
    let title = subject.title(rng, &words);
    let subtitle = words.subtitle(&title, &subject.organisation, rng);
    let note = match rng.below(5) {
        0 => format!("Source: {}", subject.organisation),
        1 => subject
            .event(&words, &table, rng)
            .map_or(String::new(), |event| format!("Note: {event} affected some figures.")),
        2 => format!("Compiled by the {}.", rng.pick(&subject.domain.roles)),
        _ => String::new(),
    };
    let time = table.columns[0].kind == ColumnKind::Time;
    let topic = format!("{} at {}, {}", words.told("{measure}"), subject.organisation, words.period);
    Content {
        data: Data { tables: vec![table] },
        formats: Default::default(),
        subtitle: if subtitle == title { String::new() } else { subtitle },
        title,
        note,
        topic,
        persona: subject.persona(banks, rng),
        nouns: Nouns {
            rows: plural(&words.row),
            row: words.row,
            measure: words.measure_name,
            series: words.series.map_or(String::new(), |e| e.kind.clone()),
            series_plural: words.series.map_or(String::new(), |e| e.plural.clone()),
            ..Nouns::default()
        },
        absent: Vec::new(),
        absent_columns: Vec::new(),
        source_name: "world".to_owned(),
        source_licence: "CC0-1.0".to_owned(),
        plan: if time { "time".to_owned() } else { "names".to_owned() },
    }
}

fn sorted(names: &[String]) -> String {
    let mut names = names.to_vec();
    names.sort();
    names.join(",")
}
