//! Data made up to fit the shape of a kind of chart, for the contact sheets and the tests.

#[path = "specimen/board.rs"]
mod board;
#[path = "specimen/dates.rs"]
mod dates;
#[path = "specimen/flows.rs"]
mod flows;

use super::figures::chart::{
    ChartKind, ChartSpec, Labels, Shape, Sign, Statistic, ValueLabels, Wide, natural_size, quantile,
};
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
        if let Shape::Distribution { groups, each, statistics } = shape {
            let long = self.samples(groups.min, groups.max, each.min, each.max);
            let table = self.figures_of(&long, statistics);
            return (Data { tables: vec![table, long] }, self.format, self.measure.0);
        }
        if let Shape::Hexagons { samples, .. } = shape {
            let tables = self.hexagons(samples.min, samples.max);
            return (Data { tables }, self.format, self.measure.0);
        }
        if let Shape::Quantiles { rows, each } = shape {
            let tables = self.quantiles(rows.min, rows.max, each.min, each.max);
            return (Data { tables }, self.format, self.measure.0);
        }
        if let Shape::Clouds { groups, each } = shape {
            let tables = self.clouds(groups.min, groups.max, each.min, each.max);
            return (Data { tables }, self.format, self.measure.0);
        }
        if let Shape::Terrain { rows } = shape {
            let tables = self.terrain(rows.min, rows.max);
            return (Data { tables }, self.format, self.measure.0);
        }
        if let Shape::Arrows { rows } = shape {
            let tables = self.arrows(rows.min, rows.max);
            return (Data { tables }, self.format, self.measure.0);
        }
        let table = match shape {
            Shape::Hexagons { .. }
            | Shape::Quantiles { .. }
            | Shape::Clouds { .. }
            | Shape::Terrain { .. }
            | Shape::Arrows { .. } => Table::new("observations", Vec::new()),
            Shape::Distribution { .. } => Table::new("observations", Vec::new()),
            Shape::Profiles { rows, measures } => {
                self.profiles(rows.min, rows.max, measures.min, measures.max)
            }
            Shape::Correlations { rows } => self.correlations(rows.min, rows.max),
            Shape::Days { months } => self.days(months.min, months.max),
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
            Shape::Running { rows } => self.running(rows.min, rows.max),
            Shape::Goals { rows } => self.goals(rows.min, rows.max),
            Shape::Growth { rows, series } => self.growth(rows.min, rows.max, series.min, series.max),
            Shape::Ranks { rows, series } => self.ranks(rows.min, rows.max, series.min, series.max),
            Shape::Ridges { bins, groups } => self.ridges(bins.min, bins.max, groups.min, groups.max),
            Shape::Levels { groups, each, least } => {
                let tables = self.levels((groups.min, groups.max), (each.min, each.max), least);
                return (Data { tables }, self.format, self.measure.0);
            }
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

    /// One row for each group of some samples, with its statistics.
    fn figures_of(&self, long: &Table, statistics: &[Statistic]) -> Table {
        let mut names: Vec<&str> = long.texts(0);
        names.dedup();
        let mut columns = vec![long.columns[0].clone()];
        columns.extend(statistics.iter().map(|s| Column::number(format!("{s:?}"), self.measure.1, false)));
        let mut table = Table::new("observations", columns);
        let fine = NumberFormat { decimals: self.format.decimals + 2, ..self.format.clone() };
        for name in names {
            let rows = long.rows.iter().filter(|row| row[0].shown == name);
            let samples: Vec<f64> = rows.filter_map(|row| row[1].as_f64()).collect();
            let mut cells = vec![Cell::text(name)];
            for statistic in statistics {
                let value = statistic.of(&samples);
                let small = NumberFormat::plain(
                    (3.0 - libm::floor(libm::log10(value.abs().max(1e-9)))).clamp(0.0, 12.0) as u32,
                );
                cells.push(Cell::number(value, if *statistic == Statistic::Height { &small } else { &fine }));
            }
            table.rows.push(cells);
        }
        table
    }

    fn profiles(&mut self, low: usize, high: usize, few: usize, many: usize) -> Table {
        let rows = self.count(low, high);
        let (label, labels) = self.labels(rows, Labels::Text);
        let chosen = self.rng.sample(MEASURES.len(), MEASURES.len());
        let count = self.count(few, many);
        let columns = chosen[..count].iter().map(|i| Column::number(MEASURES[*i].0, MEASURES[*i].1, false));
        let columns = columns.collect();
        let sizes: Vec<f64> = (0..count).map(|_| libm::pow(10.0, self.rng.range(1.0, 5.0))).collect();
        self.format = NumberFormat::plain(0);
        let cells = (0..rows)
            .map(|_| sizes.iter().map(|size| self.rng.range(0.2, 1.0) * size).collect::<Vec<f64>>())
            .collect::<Vec<_>>();
        let cells = cells.iter().map(|row| row.iter().map(|value| self.number(*value)).collect()).collect();
        self.table(label, columns, &labels, cells)
    }

    fn correlations(&mut self, low: usize, high: usize) -> Table {
        let count = self.count(low, high);
        let names: Vec<String> = self
            .rng
            .sample(SERIES.len() + THINGS.len(), count)
            .into_iter()
            .map(|i| SERIES.iter().chain(THINGS).nth(i).map_or(String::new(), |s| (*s).to_owned()))
            .collect();
        self.format = NumberFormat::plain(2);
        let half = self.rng.chance(0.5);
        let load: Vec<f64> = (0..count).map(|_| self.rng.range(-0.99, 0.99)).collect();
        let cells = (0..count).map(|row| {
            (0..count)
                .map(|column| match column.cmp(&row) {
                    std::cmp::Ordering::Greater if half => Cell::missing(""),
                    std::cmp::Ordering::Equal => self.number(1.0),
                    _ => self.number(load[row] * load[column]),
                })
                .collect()
        });
        let cells = cells.collect();
        let columns = names.iter().map(|name| Column::number(name.clone(), "", false)).collect();
        self.table(Column::text("Variable"), columns, &names, cells)
    }

    fn days(&mut self, few: usize, many: usize) -> Table {
        const MONTHS: [(&str, usize); 6] =
            [("March", 31), ("April", 30), ("May", 31), ("June", 30), ("July", 31), ("August", 31)];
        let months = self.count(few, many);
        let year = self.rng.whole(1990, 2025);
        let first = self.rng.below(7);
        let closed = self.rng.chance(0.3);
        let columns = vec![
            Column::time("Date"),
            Column::number(self.measure.0, self.measure.1, false),
            Column::text("Month"),
            Column::text("Day of the week"),
        ];
        let mut table = Table::new("days", columns);
        let mut day = first;
        for (month, length) in &MONTHS[..months] {
            for number in 1..=*length {
                let value = self.rng.range(0.1, 1.0) * self.largest;
                let value = if closed && day == 6 { Cell::missing("") } else { self.number(value) };
                let weekday = super::figures::chart::WEEKDAYS[day];
                table.rows.push(vec![
                    Cell::text(format!("{number} {month} {year}")),
                    value,
                    Cell::text(format!("{month} {year}")),
                    Cell::text(weekday),
                ]);
                day = (day + 1) % 7;
            }
        }
        table
    }

    fn hexagons(&mut self, few: usize, many: usize) -> Vec<Table> {
        self.format = NumberFormat::plain(2);
        let columns = |first: &str| {
            vec![
                Column::text(first),
                Column::number("Height", "cm", false),
                Column::number("Weight", "kg", false),
            ]
        };
        let mut long = Table::new("samples", columns("Person"));
        for index in 0..self.count(few, many) {
            let (a, b) = (self.rng.normal(0.0, 1.0), self.rng.normal(0.0, 1.0));
            long.rows.push(vec![
                Cell::text(format!("{}", index + 1)),
                self.number(170.0 + 9.0 * a),
                self.number(70.0 + 8.0 * (0.6 * a + 0.8 * b)),
            ]);
        }
        let size = [self.count(4, 6), self.count(4, 6)];
        let pairs: Vec<(f64, f64)> =
            long.rows.iter().filter_map(|row| Some((row[1].as_f64()?, row[2].as_f64()?))).collect();
        let mut table = Table::new("hexagons", columns("Hexagon"));
        table.columns.push(Column::number("Persons", "", true));
        let plain = NumberFormat::plain(0);
        for (index, ((x, y), count)) in
            super::figures::chart::Hexagons::of(&pairs, size[0], size[1]).bins.into_iter().enumerate()
        {
            table.rows.push(vec![
                Cell::text(format!("{}", index + 1)),
                self.number(x),
                self.number(y),
                Cell::number(count as f64, &plain),
            ]);
        }
        let mut grid = Table::new(
            "grid",
            vec![
                Column::text("Name"),
                Column::number("Columns", "", false),
                Column::number("Rows", "", false),
            ],
        );
        let mut cells = vec![Cell::text("Hexagons")];
        cells.extend(size.iter().map(|count| Cell::number(*count as f64, &plain)));
        grid.rows.push(cells);
        vec![table, long, grid]
    }

    fn quantiles(&mut self, low: usize, high: usize, few: usize, many: usize) -> Vec<Table> {
        let rows = self.count(low, high);
        let (label, names) = self.labels(2, Labels::Text);
        let mut long =
            Table::new("samples", vec![label, Column::number(self.measure.0, self.measure.1, false)]);
        let count = self.count(few, many);
        let mut all: Vec<Vec<f64>> = Vec::new();
        for name in &names {
            let (middle, width) = (self.rng.range(0.4, 0.7), self.rng.range(0.06, 0.12));
            let cells: Vec<Cell> = (0..count)
                .map(|_| {
                    let value = self.rng.normal(middle, width).max(0.01) * self.largest;
                    self.number(value)
                })
                .collect();
            all.push(cells.iter().filter_map(Cell::as_f64).collect());
            long.rows.extend(cells.into_iter().map(|cell| vec![Cell::text(name.clone()), cell]));
        }
        let unit = self.measure.1;
        let mut columns = vec![Column::text("Quantile")];
        columns.extend(names.iter().map(|name| Column::number(name.clone(), unit, false)));
        let mut table = Table::new("quantiles", columns);
        for row in 1..=rows {
            let per_cent = row * 100 / (rows + 1);
            let mut cells = vec![Cell::text(format!("{per_cent} %"))];
            let fine = NumberFormat { decimals: self.format.decimals + 2, ..self.format.clone() };
            let value = |samples: &Vec<f64>| quantile(samples, per_cent as f64 / 100.0);
            cells.extend(all.iter().map(|samples| Cell::number(value(samples), &fine)));
            table.rows.push(cells);
        }
        vec![table, long]
    }

    fn clouds(&mut self, low: usize, high: usize, few: usize, many: usize) -> Vec<Table> {
        let groups = self.count(low, high);
        let (label, labels) = self.labels(groups, Labels::Text);
        self.format = NumberFormat::plain(2);
        let columns = |words: &str| {
            vec![
                Column::number(format!("{words}body length"), "mm", false),
                Column::number(format!("{words}body mass"), "g", false),
            ]
        };
        let (mut names, mut cells, mut peaks) = (Vec::new(), Vec::new(), Vec::new());
        for name in &labels {
            let (x, y) = (self.rng.range(20.0, 60.0), self.rng.range(150.0, 400.0));
            let tilt = self.rng.range(-0.9, 0.9);
            let mut pairs = Vec::new();
            for _ in 0..self.count(few, many) {
                let (a, b) = (self.rng.normal(0.0, 1.0), self.rng.normal(0.0, 1.0));
                let row = vec![self.number(x + 5.0 * a), self.number(y + 30.0 * (tilt * a + 0.5 * b))];
                pairs.push((row[0].as_f64().unwrap_or(0.0), row[1].as_f64().unwrap_or(0.0)));
                cells.push(row);
                names.push(name.clone());
            }
            let (peak, _) = super::figures::chart::Cloud::of(&pairs).peak();
            peaks.push(vec![self.number(peak.0), self.number(peak.1)]);
        }
        let first = self.table(label.clone(), columns("Typical "), &labels, peaks);
        vec![first, self.table(label, columns("Single "), &names, cells)]
    }

    /// Places apart from each other on a square of side 20.
    fn places(&mut self, count: usize) -> Vec<(f64, f64)> {
        let mut places: Vec<(f64, f64)> = Vec::new();
        while places.len() < count {
            let place = (self.rng.range(1.5, 18.0), self.rng.range(1.5, 18.5));
            let near = |p: &(f64, f64)| libm::hypot(p.0 - place.0, p.1 - place.1) < 2.4;
            if !places.iter().any(near) {
                places.push(place);
            }
        }
        places
    }

    fn terrain(&mut self, low: usize, high: usize) -> Vec<Table> {
        let rows = self.count(low, high);
        let (label, labels) = self.labels(rows, Labels::Text);
        self.format = NumberFormat::plain(1);
        let bumps: Vec<[f64; 4]> = (0..4)
            .map(|_| {
                let (x, y) = (self.rng.range(0.0, 20.0), self.rng.range(0.0, 20.0));
                [x, y, self.rng.range(3.0, 7.0), self.rng.range(-200.0, 400.0)]
            })
            .collect();
        let mut field = Table::new("field", vec![Column::text("y")]);
        field.columns.extend((0..=10).map(|x| Column::number((2 * x).to_string(), "", false)));
        for y in 0..=10 {
            let mut row = vec![Cell::text((2 * y).to_string())];
            row.extend((0..=10).map(|x| {
                let (x, y) = (f64::from(2 * x), f64::from(2 * y));
                let height = |[a, b, width, size]: &[f64; 4]| {
                    let z = libm::hypot(x - a, y - b) / width;
                    size * libm::exp(-z * z / 2.0)
                };
                self.number(500.0 + 4.0 * x + bumps.iter().map(height).sum::<f64>())
            }));
            field.rows.push(row);
        }
        let known = super::figures::chart::Field::read(&field).expect("the table has the form of a field");
        let cells = self
            .places(rows)
            .into_iter()
            .map(|(x, y)| {
                let (x, y) = (self.number(x), self.number(y));
                let at = known.at(x.as_f64().unwrap_or(0.0), y.as_f64().unwrap_or(0.0));
                vec![x, y, self.number(at)]
            })
            .collect();
        let columns = vec![
            Column::number("Distance east", "km", false),
            Column::number("Distance north", "km", false),
            Column::number("Height above sea level", "m", false),
        ];
        vec![self.table(label, columns, &labels, cells), field]
    }

    fn arrows(&mut self, low: usize, high: usize) -> Vec<Table> {
        let rows = self.count(low, high);
        let (label, labels) = self.labels(rows, Labels::Text);
        self.format = NumberFormat::plain(1);
        let mut bearings = Table::new("bearings", vec![label.clone(), Column::number("Bearing", "°", false)]);
        let mut cells = Vec::new();
        for (index, (x, y)) in self.places(rows).into_iter().enumerate() {
            let bearing = Cell::number(self.rng.range(0.0, 359.0), &NumberFormat::plain(0));
            let direction = super::figures::chart::direction(bearing.as_f64().unwrap_or(0.0));
            let speed = self.rng.range(2.0, 14.0);
            cells.push(vec![self.number(x), self.number(y), self.number(speed), Cell::text(direction)]);
            bearings.rows.push(vec![Cell::text(labels[index].clone()), bearing]);
        }
        let columns = vec![
            Column::number("Distance east", "km", false),
            Column::number("Distance north", "km", false),
            Column::number("Wind speed", "m/s", false),
            Column::text("Direction"),
        ];
        vec![self.table(label, columns, &labels, cells), bearings]
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

    fn running(&mut self, low: usize, high: usize) -> Table {
        let rows = self.count(low, high);
        let (label, labels) = self.labels(rows, Labels::Text);
        let mut values: Vec<f64> =
            (0..rows).map(|i| self.largest.max(40.0) * self.rng.range(0.7, 1.0) / (i + 1) as f64).collect();
        values.sort_by(|a, b| b.total_cmp(a));
        let cells: Vec<Cell> = values.iter().map(|v| self.number(*v)).collect();
        let total: f64 = cells.iter().filter_map(Cell::as_f64).sum();
        let percent = NumberFormat { suffix: "%".into(), ..NumberFormat::plain(1) };
        let mut sum = 0.0;
        let cells = cells.into_iter().map(|cell| {
            sum += cell.as_f64().unwrap_or(0.0);
            vec![cell, Cell::number(100.0 * sum / total, &percent)]
        });
        let columns = vec![
            Column::number(self.measure.0, self.measure.1, true),
            Column::number("Cumulative share", "", false),
        ];
        self.table(label, columns, &labels, cells.collect())
    }

    fn goals(&mut self, low: usize, high: usize) -> Table {
        let rows = self.count(low, high);
        let (label, labels) = self.labels(rows, Labels::Text);
        let cells = (0..rows)
            .map(|_| {
                let goal = self.rng.range(0.4, 1.0) * self.largest.max(10.0);
                let reached = goal * self.rng.range(0.4, 1.2);
                vec![self.number(reached), self.number(goal)]
            })
            .collect();
        let columns = ["Actual", "Target"].iter().map(|n| Column::number(*n, self.measure.1, true)).collect();
        self.table(label, columns, &labels, cells)
    }

    fn growth(&mut self, low: usize, high: usize, few: usize, many: usize) -> Table {
        let (rows, series) = (self.count(low, high), self.count(few, many));
        let (label, labels) = self.labels(rows, Labels::Time);
        self.format = NumberFormat { decimals: 1, ..NumberFormat::plain(1) };
        let decades = self.rng.range(2.3, 5.5);
        let ways: Vec<(f64, f64)> = (0..series)
            .map(|s| (self.rng.range(0.0, 0.8), if s == 0 { decades } else { self.rng.range(0.8, decades) }))
            .collect();
        let cells = (0..rows)
            .map(|row| {
                let share = row as f64 / (rows - 1) as f64;
                ways.iter()
                    .map(|(start, rise)| {
                        let play = self.rng.normal(0.0, 0.05);
                        self.number(libm::pow(10.0, start + rise * share + play))
                    })
                    .collect()
            })
            .collect();
        let columns = SERIES[..series].iter().map(|n| Column::number(*n, self.measure.1, false)).collect();
        self.format.suffix.clear();
        self.table(label, columns, &labels, cells)
    }

    fn ranks(&mut self, low: usize, high: usize, few: usize, many: usize) -> Table {
        let (rows, series) = (self.count(low, high), self.count(few, many));
        let (label, labels) = self.labels(rows, Labels::Time);
        let names = self.rng.sample(THINGS.len(), series);
        self.format = NumberFormat::plain(0);
        let mut places: Vec<f64> = self.rng.sample(series, series).iter().map(|i| (i + 1) as f64).collect();
        let cells = (0..rows)
            .map(|_| {
                for _ in 0..2 {
                    let (a, b) = (self.rng.below(series), self.rng.below(series));
                    places.swap(a, b);
                }
                places.iter().map(|p| self.number(*p)).collect()
            })
            .collect();
        let columns = names.iter().map(|i| Column::number(THINGS[*i], "", false)).collect();
        self.table(label, columns, &labels, cells)
    }

    fn ridges(&mut self, low: usize, high: usize, few: usize, many: usize) -> Table {
        let (rows, series) = (self.count(low, high), self.count(few, many));
        let width = *self.rng.pick(&[1usize, 2, 5, 10, 25]);
        self.format = NumberFormat::plain(0);
        let labels: Vec<String> = (0..rows).map(|i| format!("{}–{}", i * width, (i + 1) * width)).collect();
        let names = self.rng.sample(PLACES.len(), series);
        let middles: Vec<(f64, f64)> = (0..series)
            .map(|_| (rows as f64 * self.rng.range(0.2, 0.8), rows as f64 * self.rng.range(0.1, 0.25)))
            .collect();
        let cells = (0..rows)
            .map(|i| {
                middles
                    .iter()
                    .map(|(middle, spread)| {
                        let x = (i as f64 - middle) / spread;
                        let play = self.rng.range(0.85, 1.15);
                        self.number(libm::round(90.0 * libm::exp(-x * x / 2.0) * play))
                    })
                    .collect()
            })
            .collect();
        let columns = names.iter().map(|i| Column::number(PLACES[*i], "", true)).collect();
        self.table(Column::text("Age (years)"), columns, &labels, cells)
    }

    fn levels(&mut self, groups: (usize, usize), each: (usize, usize), least: f64) -> Vec<Table> {
        let groups = self.count(groups.0, groups.1);
        let sizes: Vec<usize> = (0..groups).map(|_| self.count(each.0, each.1)).collect();
        let parts: usize = sizes.iter().sum();
        let bank: Vec<&str> = THINGS.iter().chain(PLACES).copied().collect();
        let names = self.rng.sample(bank.len(), parts);
        let heads = self.rng.sample(SERIES.len(), groups);
        let largest = self.largest.max(60.0);
        let mut values: Vec<f64> = (0..parts).map(|_| self.rng.range(0.1, 1.0) * largest).collect();
        let total: f64 = values.iter().sum();
        values.iter_mut().for_each(|v| *v = v.max(1.3 * least * total));
        let unit = self.measure.1;
        let mut leaves = Table::new(
            "observations",
            vec![Column::text("Item"), Column::number(self.measure.0, unit, true), Column::text("Sector")],
        );
        let mut tops =
            Table::new("groups", vec![Column::text("Sector"), Column::number(self.measure.0, unit, true)]);
        let mut next = 0;
        for (size, head) in sizes.iter().zip(heads) {
            let mut sum = 0.0;
            for _ in 0..*size {
                let cell = self.number(values[next]);
                sum += cell.as_f64().unwrap_or(0.0);
                leaves.rows.push(vec![Cell::text(bank[names[next]]), cell, Cell::text(SERIES[head])]);
                next += 1;
            }
            tops.rows.push(vec![Cell::text(SERIES[head]), self.number(sum)]);
        }
        vec![leaves, tops]
    }
}
