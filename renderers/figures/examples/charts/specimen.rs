//! Data made up to fit the shape of a kind of chart, for the contact sheets and the tests.

#[path = "specimen/board.rs"]
mod board;
#[path = "specimen/dates.rs"]
mod dates;
#[path = "specimen/flows.rs"]
mod flows;

use super::figures::chart::{ChartKind, ChartSpec, Labels, Shape, Sign, ValueLabels, Wide, natural_size};
use super::figures::look::Look;
use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Seed, Table};

/// A made-up chart: everything that a [`ChartSpec`] borrows.
#[derive(Debug)]
pub(crate) struct Specimen {
    pub(crate) kind: ChartKind,
    pub(crate) data: Data,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) note: String,
    pub(crate) look: Look,
    pub(crate) format: NumberFormat,
    pub(crate) labels: ValueLabels,
    pub(crate) size: (u32, u32),
    pub(crate) seed: Seed,
}

impl Specimen {
    /// The specimen with this number.
    pub(crate) fn new(kind: ChartKind, number: u64) -> Self {
        let seed = Seed::from_number(number).child(kind.slug());
        let look = Look::draw(&mut seed.rng("look"));
        let mut rng = seed.rng("words");
        let (data, format, about) = Maker::new(&seed).data(kind.shape());
        let names = &data.tables[0].columns;
        let title = match rng.below(4) {
            0 => about.to_owned(),
            1 => format!("{about} by {}", names[0].name.to_lowercase()),
            2 => format!(
                "{about}: how the {} compare, and what has changed since the last survey",
                names[0].name.to_lowercase()
            ),
            _ => format!("{about} in the five northern districts"),
        };
        let subtitle = match rng.below(3) {
            0 => String::new(),
            1 => "Averages of all stations, revised figures".to_owned(),
            _ => "All figures are preliminary and may change when the remaining districts have reported"
                .to_owned(),
        };
        let note = match rng.below(3) {
            0 => "Source: Bureau of Records, annual report".to_owned(),
            _ => String::new(),
        };
        let labels = *rng.pick(&[ValueLabels::Never, ValueLabels::Auto, ValueLabels::Always]);
        let size = natural_size(kind, &data, &mut seed.rng("size"));
        Self { kind, data, title, subtitle, note, look, format, labels, size, seed: seed.child("chart") }
    }

    /// What is to be drawn.
    pub(crate) fn spec(&self) -> ChartSpec<'_> {
        ChartSpec {
            kind: self.kind,
            data: &self.data,
            title: &self.title,
            subtitle: &self.subtitle,
            note: &self.note,
            look: &self.look,
            width: self.size.0,
            height: self.size.1,
            value_labels: self.labels,
            value_format: &self.format,
            seed: self.seed,
        }
    }
}

const PLACES: &[&str] = &[
    "Norvale",
    "Port Ellen",
    "Ashgrove",
    "Little Harding",
    "Quince Bay",
    "Upper Marrow",
    "Dunmore",
    "Tarn",
    "Westhaven-on-Sea",
    "Kirkby",
    "Old Mill",
    "Saltmarsh",
    "Saint Helena and Ascension",
    "Brackwater Junction",
    "Orrin",
    "Caldbeck",
    "East Lyme",
    "Pell",
];
const THINGS: &[&str] = &[
    "Oats",
    "Barley",
    "Winter wheat",
    "Rapeseed",
    "Sugar beet",
    "Potatoes",
    "Rye",
    "Field beans",
    "Maize for silage and green fodder",
    "Apples and pears",
    "Hops",
    "Clover",
    "Soft fruit",
    "Flax",
    "Peas",
    "Turnips",
    "Sunflower",
    "Buckwheat",
];
const SERIES: &[&str] = &[
    "Private households",
    "Industry",
    "Public transport",
    "Exports",
    "Services",
    "Agriculture, forestry and fishing",
    "Other uses",
    "Heating and cooling",
    "Schools",
];
const MEASURES: &[(&str, &str)] = &[
    ("Harvest", "t"),
    ("Visitors", ""),
    ("Water use", "m³"),
    ("Budget", "$"),
    ("Rainfall", "mm"),
    ("Turnout", "%"),
    ("Energy demand", "GWh"),
    ("Average journey time on working days", "min"),
    ("Members", ""),
    ("Weight", "kg"),
];

/// Makes the data of one specimen.
struct Maker {
    rng: Rng,
    measure: (&'static str, &'static str),
    format: NumberFormat,
    largest: f64,
}

impl Maker {
    fn new(seed: &Seed) -> Self {
        let mut rng = seed.rng("data");
        let measure = *rng.pick(MEASURES);
        let largest = libm::round(libm::pow(10.0, rng.range(0.6, 6.5)));
        let decimals = if largest < 100.0 { rng.whole(0, 2) as u32 } else { 0 };
        let mut format = NumberFormat::plain(decimals);
        match rng.below(6) {
            0 => (format.mark, format.group) = (',', Some('.')),
            1 => format.group = None,
            2 => format.group = Some(' '),
            _ => {}
        }
        match measure.1 {
            "$" => format.prefix = "$".into(),
            "%" => format.suffix = "%".into(),
            "kg" if rng.chance(0.5) => format.suffix = " kg".into(),
            _ => {}
        }
        if largest > 3e6 && rng.chance(0.5) {
            (format.scale, format.decimals, format.suffix) = (6, 1, format!("M{}", format.suffix));
        }
        Self { rng, measure, format, largest }
    }

    fn data(mut self, shape: Shape) -> (Data, NumberFormat, &'static str) {
        let table = match shape {
            Shape::Wide(wide) => self.wide(&wide),
            Shape::Bins { rows } => self.bins(rows.min, rows.max),
            Shape::Steps { rows } => self.steps(rows.min, rows.max),
            Shape::Ranges { rows } => {
                self.rising(rows.min, rows.max, &["Lowest", "Highest"], Labels::Any, &[0, 1])
            }
            Shape::Interval { rows, labels } => {
                self.rising(rows.min, rows.max, &["Estimate", "Low", "High"], labels, &[1, 0, 2])
            }
            Shape::Summary { rows } => {
                let names = ["Minimum", "Lower quartile", "Median", "Upper quartile", "Maximum"];
                self.rising(rows.min, rows.max, &names, Labels::Text, &[0, 1, 2, 3, 4])
            }
            Shape::Ohlc { rows } => self.prices(rows.min, rows.max),
            Shape::Dual { rows } => self.dual(rows.min, rows.max),
            Shape::Samples { groups, each } => self.samples(groups.min, groups.max, each.min, each.max),
            Shape::Xy { rows, size, groups } => self.points(rows.min, rows.max, size, groups.max),
            Shape::Links { rows, nodes, layered } => {
                let data = self.links((rows.min, rows.max), (nodes.min, nodes.max), layered);
                return (data, self.format, self.measure.0);
            }
            Shape::Streams { rows, steps } => {
                let data = self.streams((rows.min, rows.max), (steps.min, steps.max));
                return (data, self.format, self.measure.0);
            }
            Shape::Tasks { rows } => self.tasks(rows.min, rows.max),
            Shape::Events { rows } => self.events(rows.min, rows.max),
            Shape::Strips { lanes, each } => {
                let data = self.strips((lanes.min, lanes.max), (each.min, each.max));
                return (data, self.format, "Faults");
            }
            Shape::Board { panels, cards } => {
                let data = self.board((panels.min, panels.max), (cards.min, cards.max));
                return (data, self.format, "Key figures");
            }
        };
        (Data { tables: vec![table] }, self.format, self.measure.0)
    }

    fn count(&mut self, low: usize, high: usize) -> usize {
        self.rng.whole(low as i64, high as i64) as usize
    }

    fn number(&self, value: f64) -> Cell {
        Cell::number(value, &self.format)
    }

    fn labels(&mut self, count: usize, labels: Labels) -> (Column, Vec<String>) {
        let time = labels == Labels::Time || (labels == Labels::Any && self.rng.chance(0.4));
        if !time {
            let (name, bank) = if self.rng.chance(0.5) { ("Town", PLACES) } else { ("Crop", THINGS) };
            let parts = ["", "North ", "South "];
            let picked = self.rng.sample(if count > bank.len() { 3 * bank.len() } else { bank.len() }, count);
            let name_of = |i: usize| format!("{}{}", parts[i / bank.len()], bank[i % bank.len()]);
            return (Column::text(name), picked.into_iter().map(name_of).collect());
        }
        let first = self.rng.whole(1960, 2010) as usize;
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        match self.rng.below(4) {
            0 if count <= 12 => {
                (Column::time("Month"), months[..count].iter().map(|m| (*m).to_owned()).collect())
            }
            1 => {
                let day = |i: usize| format!("{} {}", months[i / 28 % 12], i % 28 + 1);
                (Column::time("Day"), (0..count).map(day).collect())
            }
            2 => {
                let quarter = |i: usize| format!("{} Q{}", first + i / 4, i % 4 + 1);
                (Column::time("Quarter"), (0..count).map(quarter).collect())
            }
            _ => {
                let mut year = first;
                let uneven = self.rng.chance(0.2);
                let years = (0..count).map(|_| {
                    year += if uneven { self.rng.whole(1, 3) as usize } else { 1 };
                    year.to_string()
                });
                (Column::time("Year"), years.collect())
            }
        }
    }

    fn table(&self, label: Column, columns: Vec<Column>, labels: &[String], values: Vec<Vec<Cell>>) -> Table {
        let mut table = Table::new("observations", [vec![label], columns].concat());
        for (label, cells) in labels.iter().zip(values) {
            table.rows.push([vec![Cell::text(label.clone())], cells].concat());
        }
        table
    }

    fn wide(&mut self, wide: &Wide) -> Table {
        let rows = self.count(wide.rows.min, wide.rows.max);
        let series = self.count(wide.series.min, wide.series.max);
        let (label, labels) = self.labels(rows, wide.labels);
        let names: Vec<String> = if series == 1 {
            vec![self.measure.0.to_owned()]
        } else if wide.labels == Labels::Text && series == 2 && self.rng.chance(0.5) {
            vec!["2015".into(), "2025".into()]
        } else {
            let bank: Vec<&str> = SERIES.iter().chain(THINGS).copied().collect();
            let end = if series > SERIES.len() { bank.len() } else { SERIES.len() };
            self.rng.sample(end, series).into_iter().map(|i| bank[i].to_owned()).collect()
        };
        let unit = self.measure.1;
        let additive = wide.whole.is_some() || wide.stacked;
        let columns = names.iter().map(|n| Column::number(n.clone(), unit, additive)).collect();
        let holes = wide.missing && wide.sign != Sign::Mixed && self.rng.chance(0.15);
        let mut values: Vec<Vec<f64>> = Vec::new();
        for _ in 0..series {
            let (mut level, signed) = (self.rng.range(0.25, 1.0), self.rng.chance(0.2));
            let mut column: Vec<f64> = (0..rows)
                .map(|row| {
                    level = (level + self.rng.normal(0.0, 0.12)).clamp(0.05, 1.4);
                    let free = match wide.sign {
                        Sign::Mixed => (if row % 3 == 1 { -1.0 } else { 1.0 }) * self.rng.range(0.05, 1.0),
                        Sign::Any if signed => self.rng.range(-0.5, 1.0),
                        _ if wide.labels == Labels::Time => level,
                        _ => self.rng.range(0.06, 1.0),
                    };
                    free * self.largest
                })
                .collect();
            if let Some(least) = wide.whole {
                let total: f64 = column.iter().sum();
                column.iter_mut().for_each(|v| *v = v.max(least * 1.3 * total));
            }
            if wide.falling {
                column.sort_by(|a, b| b.total_cmp(a));
            }
            let unit = 0.5 * libm::pow(10.0, f64::from(self.format.scale) - f64::from(self.format.decimals));
            if wide.sign != Sign::Any && wide.sign != Sign::Mixed {
                column.iter_mut().for_each(|v| *v = v.max(2.0 * unit));
            }
            if wide.sign == Sign::Mixed {
                column
                    .iter_mut()
                    .for_each(|v| *v = if v.abs() < 2.0 * unit { 2.0 * unit * v.signum() } else { *v });
            }
            values.push(column);
        }
        let cells = (0..rows)
            .map(|row| {
                (0..series)
                    .map(|s| {
                        let hole = holes && row > 0 && row + 1 < rows && self.rng.chance(0.12);
                        if hole { Cell::missing("") } else { self.number(values[s][row]) }
                    })
                    .collect()
            })
            .collect();
        self.table(label, columns, &labels, cells)
    }

    fn bins(&mut self, low: usize, high: usize) -> Table {
        let rows = self.count(low, high);
        let width = *self.rng.pick(&[1usize, 2, 5, 10, 25, 100]);
        self.format = NumberFormat::plain(0);
        let labels: Vec<String> = (0..rows).map(|i| format!("{}–{}", i * width, (i + 1) * width)).collect();
        let middle = rows as f64 * self.rng.range(0.25, 0.75);
        let cells = (0..rows)
            .map(|i| {
                let x = (i as f64 - middle) / (rows as f64 * 0.2);
                let play = self.rng.range(0.8, 1.2);
                vec![self.number(libm::round(120.0 * libm::exp(-x * x / 2.0) * play))]
            })
            .collect();
        self.table(Column::text("Age (years)"), vec![Column::number("Persons", "", true)], &labels, cells)
    }

    fn steps(&mut self, low: usize, high: usize) -> Table {
        let rows = self.count(low, high);
        self.format = NumberFormat::plain(0);
        let mut level = 500.0;
        let mut cells = vec![vec![self.number(level)]];
        for _ in 2..rows {
            let change = libm::round(self.rng.range(-0.3, 0.4) * level);
            let change = if change == 0.0 { 10.0 } else { change };
            level += change;
            cells.push(vec![self.number(change)]);
        }
        cells.push(vec![self.number(level)]);
        let mut labels = vec!["Opening".to_owned()];
        labels.extend(
            self.rng
                .sample(SERIES.len() + THINGS.len(), rows - 2)
                .into_iter()
                .map(|i| SERIES.iter().chain(THINGS).nth(i).map_or(String::new(), |s| (*s).to_owned())),
        );
        labels.push("Closing".to_owned());
        self.table(Column::text("Item"), vec![Column::number("Balance", "t", true)], &labels, cells)
    }

    /// Columns that rise within each row in the order that `rank` gives.
    fn rising(&mut self, low: usize, high: usize, names: &[&str], labels: Labels, rank: &[usize]) -> Table {
        let rows = self.count(low, high);
        let (label, labels) = self.labels(rows, labels);
        self.format = NumberFormat::plain(1);
        let base = self.rng.range(-10.0, 60.0);
        let mut level = 20.0;
        let cells = (0..rows)
            .map(|_| {
                level += self.rng.normal(0.0, 2.0);
                let mut at = base + level;
                let rising: Vec<f64> = names
                    .iter()
                    .map(|_| {
                        at += self.rng.range(0.6, 8.0);
                        at
                    })
                    .collect();
                rank.iter().map(|r| self.number(rising[*r])).collect()
            })
            .collect();
        let columns = names.iter().map(|n| Column::number(*n, "°C", false)).collect();
        self.table(label, columns, &labels, cells)
    }

    fn prices(&mut self, low: usize, high: usize) -> Table {
        let rows = self.count(low, high);
        let (label, labels) = self.labels(rows, Labels::Time);
        self.format = NumberFormat::plain(2);
        let mut price = self.rng.range(20.0, 400.0);
        let cells = (0..rows)
            .map(|_| {
                let open = price;
                let close = open * (1.0 + self.rng.normal(0.0, 0.02));
                let high = open.max(close) * (1.0 + self.rng.range(0.001, 0.02));
                let low = open.min(close) * (1.0 - self.rng.range(0.001, 0.02));
                price = close;
                [open, high, low, close].iter().map(|v| self.number(*v)).collect()
            })
            .collect();
        let columns =
            ["Open", "High", "Low", "Close"].iter().map(|n| Column::number(*n, "$", false)).collect();
        self.table(label, columns, &labels, cells)
    }

    fn dual(&mut self, low: usize, high: usize) -> Table {
        let rows = self.count(low, high);
        let (label, labels) = self.labels(rows, Labels::Any);
        let (counts, rates) =
            (NumberFormat::plain(0), NumberFormat { suffix: "%".into(), ..NumberFormat::plain(1) });
        let cells = (0..rows)
            .map(|_| {
                let count = self.rng.range(0.1, 1.0) * self.largest.max(50.0);
                vec![Cell::number(count, &counts), Cell::number(self.rng.range(12.0, 60.0), &rates)]
            })
            .collect();
        self.format = counts;
        let columns =
            vec![Column::number("Passengers", "", true), Column::number("Share of seats taken", "%", false)];
        self.table(label, columns, &labels, cells)
    }

    fn samples(&mut self, low: usize, high: usize, few: usize, many: usize) -> Table {
        let groups = self.count(low, high);
        let (label, labels) = self.labels(groups, Labels::Text);
        let mut rows = Vec::new();
        for name in labels {
            let middle = self.rng.range(0.3, 0.8);
            for _ in 0..self.count(few, many) {
                let value = self.rng.normal(middle, 0.1).max(0.0) * self.largest;
                rows.push((name.clone(), vec![self.number(value)]));
            }
        }
        let (names, cells): (Vec<String>, Vec<Vec<Cell>>) = rows.into_iter().unzip();
        self.table(label, vec![Column::number(self.measure.0, self.measure.1, false)], &names, cells)
    }

    fn points(&mut self, low: usize, high: usize, size: bool, groups: usize) -> Table {
        let rows = self.count(low, high.min(90));
        let groups = if groups > 1 && self.rng.chance(0.5) { self.count(2, groups) } else { 0 };
        let slope = self.rng.range(-1.0, 1.0);
        let wide = self.rng.chance(0.15);
        let plain = NumberFormat { decimals: 1, ..NumberFormat::plain(1) };
        let mut columns = vec![
            Column::number("Height of the site", "m", false),
            Column::number(self.measure.0, self.measure.1, false),
        ];
        if size {
            columns.push(Column::number("Population", "", true));
        }
        if groups > 0 {
            columns.push(Column::text("Region"));
        }
        let mut labels = Vec::new();
        let cells = (0..rows)
            .map(|row| {
                let bank = PLACES.len();
                let second = if row >= bank { format!(" {}", row / bank + 1) } else { String::new() };
                labels.push(format!("{}{second}", PLACES[row % bank]));
                let x = self.rng.unit();
                let y = (0.5 + slope * (x - 0.5) + self.rng.normal(0.0, 0.15)).clamp(0.02, 1.4);
                let x = if wide { libm::pow(10.0, x * 4.0) } else { 120.0 + x * 700.0 };
                let mut cells = vec![Cell::number(x, &plain), self.number(y * self.largest)];
                if size {
                    cells.push(Cell::number(
                        libm::pow(10.0, self.rng.range(3.0, 5.0)),
                        &NumberFormat::plain(0),
                    ));
                }
                if groups > 0 {
                    let group = if row < groups { row } else { self.rng.below(groups) };
                    cells.push(Cell::text(["North", "Coast", "Highlands", "South", "Islands"][group]));
                }
                cells
            })
            .collect();
        self.table(Column::text("Site"), columns, &labels, cells)
    }
}
