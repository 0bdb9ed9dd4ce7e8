//! Numbers over a plane: a field with named places on it, and arrows at named places.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::{Count, Field, direction};

use super::{Frame, content};
use crate::banks::Banks;
use crate::content::Content;
use crate::world::Subject;

/// The name of the second table of arrows, by which questions know them.
pub(crate) const BEARINGS: &str = "bearings";

/// The name of the second table of a field.
const FIELD: &str = "field";

/// The column of what is measured at the places of a plane; `None` for other pictures.
pub(crate) fn measured_column(content: &Content) -> Option<usize> {
    let name = content.data.tables.get(1)?.name.as_str();
    (name == FIELD || name == BEARINGS).then_some(3)
}

/// What can be measured all over a plane.
struct Theme {
    measure: &'static str,
    unit: &'static str,
    low: f64,
    high: f64,
    decimals: u32,
    /// What a named place is called.
    row: &'static str,
    rows: &'static str,
    /// Domains of the word banks that such a survey suits.
    domains: &'static [&'static str],
}

const FIELDS: &[Theme] = &[
    Theme {
        measure: "Height above sea level",
        unit: "m",
        low: 60.0,
        high: 1900.0,
        decimals: 0,
        row: "village",
        rows: "villages",
        domains: &["forestry", "expedition", "weather"],
    },
    Theme {
        measure: "Annual rainfall",
        unit: "mm",
        low: 380.0,
        high: 1800.0,
        decimals: 0,
        row: "station",
        rows: "stations",
        domains: &["weather", "river", "farm"],
    },
    Theme {
        measure: "Mean temperature",
        unit: "°C",
        low: 2.0,
        high: 18.0,
        decimals: 1,
        row: "station",
        rows: "stations",
        domains: &["weather", "farm", "garden"],
    },
    Theme {
        measure: "Snow depth",
        unit: "cm",
        low: 5.0,
        high: 260.0,
        decimals: 0,
        row: "hut",
        rows: "huts",
        domains: &["skiresort", "expedition", "weather"],
    },
    Theme {
        measure: "Noise level",
        unit: "dB",
        low: 38.0,
        high: 82.0,
        decimals: 1,
        row: "district",
        rows: "districts",
        domains: &["airport", "townhall", "housing"],
    },
    Theme {
        measure: "Water depth",
        unit: "m",
        low: 2.0,
        high: 68.0,
        decimals: 1,
        row: "buoy",
        rows: "buoys",
        domains: &["harbour", "fishery", "ferry"],
    },
    Theme {
        measure: "Groundwater level",
        unit: "m",
        low: 4.0,
        high: 42.0,
        decimals: 1,
        row: "well",
        rows: "wells",
        domains: &["water", "river", "farm"],
    },
    Theme {
        measure: "Air pressure",
        unit: "hPa",
        low: 986.0,
        high: 1034.0,
        decimals: 1,
        row: "station",
        rows: "stations",
        domains: &["weather", "airport"],
    },
];

const FLOWS: &[Theme] = &[
    Theme {
        measure: "Wind speed",
        unit: "km/h",
        low: 6.0,
        high: 54.0,
        decimals: 0,
        row: "station",
        rows: "stations",
        domains: &["weather", "airport", "expedition"],
    },
    Theme {
        measure: "Wind speed",
        unit: "m/s",
        low: 1.5,
        high: 17.0,
        decimals: 1,
        row: "mast",
        rows: "masts",
        domains: &["energy", "weather"],
    },
    Theme {
        measure: "Current",
        unit: "cm/s",
        low: 8.0,
        high: 95.0,
        decimals: 0,
        row: "buoy",
        rows: "buoys",
        domains: &["harbour", "fishery", "ferry"],
    },
    Theme {
        measure: "Movement of the ice",
        unit: "m/year",
        low: 4.0,
        high: 120.0,
        decimals: 0,
        row: "stake",
        rows: "stakes",
        domains: &["expedition"],
    },
];

/// A theme with a subject that it suits, and places with names.
struct Survey<'a> {
    theme: &'static Theme,
    subject: Subject<'a>,
    names: Vec<String>,
    rest: Vec<String>,
    /// Length of the plane along x and y in kilometres.
    size: (f64, f64),
    /// Shares of the way along x and y.
    places: Vec<(f64, f64)>,
    numbers: NumberFormat,
    distances: NumberFormat,
}

impl<'a> Survey<'a> {
    fn draw(themes: &'static [Theme], rows: (usize, usize), banks: &'a Banks, rng: &mut Rng) -> Option<Self> {
        let theme = rng.pick(themes);
        let slug = *rng.pick(theme.domains);
        let domain = banks.domains.iter().find(|domain| domain.slug == slug)?;
        let subject = Subject::of(domain, banks, rng);
        let count = rows.0 + rng.below(rows.1 - rows.0 + 1);
        let mut names: Vec<String> = rng
            .sample(banks.towns.len(), banks.towns.len())
            .into_iter()
            .map(|i| banks.towns[i].clone())
            .collect();
        let rest = names.split_off(count);
        let size = *rng.pick(&[(10.0, 10.0), (20.0, 20.0), (50.0, 50.0), (20.0, 10.0), (100.0, 50.0)]);
        let marks = NumberFormat { mark: subject.marks.0, group: subject.marks.1, ..NumberFormat::plain(0) };
        let numbers = NumberFormat { decimals: theme.decimals, ..marks.clone() };
        let distances = NumberFormat { decimals: 1, ..marks };
        let places = places(count, rng)?;
        Some(Self { theme, subject, names, rest, size, places, numbers, distances })
    }

    fn column(&self) -> Column {
        Column::number(self.theme.measure, self.theme.unit, false)
    }

    /// A row of the main table up to its coordinates.
    fn place(&self, index: usize) -> Vec<Cell> {
        let (u, v) = self.places[index];
        vec![
            Cell::text(self.names[index].clone()),
            Cell::number(u * self.size.0, &self.distances),
            Cell::number(v * self.size.1, &self.distances),
        ]
    }

    fn columns(&self) -> Vec<Column> {
        let capital = super::capital(self.theme.row);
        vec![
            Column::text(capital),
            Column::number("Distance east", "km", false),
            Column::number("Distance north", "km", false),
            self.column(),
        ]
    }

    fn finish(self, banks: &Banks, tables: Vec<Table>, title: String, rng: &mut Rng) -> Option<Content> {
        let year = rng.whole(1994, 2025);
        let subtitle = match rng.below(4) {
            0 => format!("Survey of {year}"),
            1 if !title.contains(&self.subject.organisation) => self.subject.organisation.clone(),
            2 => format!("{} {} around {}, {year}", self.names.len(), self.theme.rows, self.subject.town),
            _ => String::new(),
        };
        let formats = vec![self.distances.clone(), self.distances.clone(), self.numbers.clone()];
        let frame = Frame {
            title,
            subtitle,
            row: self.theme.row.to_owned(),
            rows: self.theme.rows.to_owned(),
            plan: format!("plane|{}|{}", self.theme.measure, self.names.join(",")),
            absent: self.rest,
            subject: &self.subject,
        };
        let mut tables = tables.into_iter();
        let mut made = content(frame, banks, tables.next()?, formats, rng);
        made.data.tables.extend(tables);
        Some(made)
    }
}

/// Places that keep apart, as shares of the way; `None` when they find no room.
fn places(count: usize, rng: &mut Rng) -> Option<Vec<(f64, f64)>> {
    let apart = (0.52 / libm::sqrt(count as f64)).min(0.2);
    let mut places: Vec<(f64, f64)> = Vec::with_capacity(count);
    for _ in 0..900 {
        if places.len() == count {
            break;
        }
        let place = (rng.range(0.07, 0.93), rng.range(0.07, 0.93));
        if places.iter().all(|p| libm::hypot(p.0 - place.0, p.1 - place.1) >= apart) {
            places.push(place);
        }
    }
    (places.len() == count).then_some(places)
}

/// Draws a field of a few bumps and hollows on a slope, known at eleven by eleven nodes, with places on it.
pub(super) fn terrain(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    const LAST: i32 = 10;
    let survey = Survey::draw(FIELDS, (rows.min.max(5), rows.max.min(11)), banks, rng)?;
    let slope = (rng.range(-0.7, 0.7), rng.range(-0.7, 0.7));
    let bumps: Vec<[f64; 4]> = (0..2 + rng.below(3))
        .map(|index| {
            let size = rng.range(0.6, 1.3) * if index == 0 || rng.chance(0.6) { 1.0 } else { -1.0 };
            [rng.range(0.1, 0.9), rng.range(0.1, 0.9), rng.range(0.14, 0.32), size]
        })
        .collect();
    let shape = |u: f64, v: f64| {
        let bump = |[a, b, width, size]: &[f64; 4]| {
            let z = libm::hypot(u - a, v - b) / width;
            size * libm::exp(-z * z / 2.0)
        };
        slope.0 * u + slope.1 * v + bumps.iter().map(bump).sum::<f64>()
    };
    let share = |i: i32| f64::from(i) / f64::from(LAST);
    let all: Vec<f64> = (0..=LAST)
        .flat_map(|v| (0..=LAST).map(move |u| (u, v)))
        .map(|(u, v)| shape(share(u), share(v)))
        .collect();
    let (least, most) =
        all.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), h| (a.min(*h), b.max(*h)));
    let theme = survey.theme;
    let room = theme.high - theme.low;
    let from = theme.low + room * rng.range(0.0, 0.25);
    let to = theme.high - room * rng.range(0.0, 0.35);
    let scaled = |h: f64| from + (to - from) * (h - least) / (most - least);
    let plain = |value: f64| NumberFormat { group: None, ..NumberFormat::plain(0) }.print_f64(value);
    let mut field = Table::new(FIELD, vec![Column::text("Distance north")]);
    field
        .columns
        .extend((0..=LAST).map(|u| Column::number(plain(share(u) * survey.size.0), theme.unit, false)));
    for v in 0..=LAST {
        let mut row = vec![Cell::text(plain(share(v) * survey.size.1))];
        row.extend((0..=LAST).map(|u| Cell::number(scaled(shape(share(u), share(v))), &survey.numbers)));
        field.rows.push(row);
    }
    let known = Field::read(&field)?;
    let mut table = Table::new("observations", survey.columns());
    for index in 0..survey.names.len() {
        let mut row = survey.place(index);
        let height = known.at(row[1].as_f64()?, row[2].as_f64()?);
        row.push(Cell::number(height, &survey.numbers));
        table.rows.push(row);
    }
    let title = match rng.below(3) {
        0 => format!("{} around {}", theme.measure, survey.subject.town),
        1 => format!("{} in the area of the {}", theme.measure, theme.rows),
        _ => format!("Map of {}, {}", crate::content::inside(theme.measure), survey.subject.organisation),
    };
    survey.finish(banks, vec![table, field], title, rng)
}

/// Draws a flow that turns around some point and drifts, at named places.
pub(super) fn arrows(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let survey = Survey::draw(FLOWS, (rows.min.max(6), rows.max.min(14)), banks, rng)?;
    let (theme, count) = (survey.theme, survey.names.len());
    let drift = (rng.range(-1.0, 1.0), rng.range(-1.0, 1.0));
    let middle = (rng.range(0.2, 0.8), rng.range(0.2, 0.8));
    let (turn, out) = (rng.range(-3.0, 3.0), rng.range(-1.2, 1.2));
    let flow: Vec<(f64, f64)> = survey
        .places
        .iter()
        .map(|(u, v)| {
            let (x, y) = (u - middle.0, v - middle.1);
            let noise = (rng.normal(0.0, 0.18), rng.normal(0.0, 0.18));
            (drift.0 - turn * y + out * x + noise.0, drift.1 + turn * x + out * y + noise.1)
        })
        .collect();
    let size = |(east, north): &(f64, f64)| libm::hypot(*east, *north);
    let fastest = flow.iter().map(size).fold(0.0, f64::max);
    let top = rng.range(0.55, 1.0) * theme.high;
    let degrees = NumberFormat::plain(0);
    let mut table = Table::new("observations", survey.columns());
    table.columns.push(Column::text("Direction"));
    let mut bearings =
        Table::new(BEARINGS, vec![table.columns[0].clone(), Column::number("Bearing", "°", false)]);
    for (index, wind) in flow.iter().enumerate().take(count) {
        let (east, north) = *wind;
        let exact = libm::atan2(east, north) * 180.0 / std::f64::consts::PI;
        // A bearing between two directions would be read as either: it is drawn nearer to one.
        let nearest = libm::floor(exact.rem_euclid(360.0) / 45.0 + 0.5) * 45.0;
        let off = (exact.rem_euclid(360.0) - nearest).clamp(-13.0, 13.0);
        let bearing = Cell::number((nearest + off).rem_euclid(360.0), &degrees);
        let speed = (top * size(wind) / fastest).max(theme.low.max(0.2 * top));
        let mut row = survey.place(index);
        row.push(Cell::number(speed, &survey.numbers));
        row.push(Cell::text(direction(bearing.as_f64()?)));
        table.rows.push(row);
        bearings.rows.push(vec![Cell::text(survey.names[index].clone()), bearing]);
    }
    let what = theme.measure.trim_end_matches(" speed");
    let title = match rng.below(3) {
        0 => format!("{what} around {}", survey.subject.town),
        1 => format!("{what} at {count} {}", theme.rows),
        _ => format!("{what} and its direction, {}", survey.subject.organisation),
    };
    survey.finish(banks, vec![table, bearings], title, rng)
}
