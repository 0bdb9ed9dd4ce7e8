//! Tables to look at and to test with: varied, plausible, a function of the seed alone.

use pixmo_render::data::{Cell, Column, Data, NumberFormat, Table};
use pixmo_render::{Rng, Seed};
use pixmo_render_figures::table::TableLayout;

#[path = "grids.rs"]
mod grids;

/// The data and captions of one sample.
pub(crate) struct Sample {
    pub(crate) data: Data,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) note: String,
}

const PLACES: &[&str] = &[
    "Aldermoor",
    "Brackwater",
    "Cinderford Quay",
    "Dunmarrow",
    "Eastholm",
    "Fennick",
    "Galloway Point",
    "Harrowgate",
    "Isenbruck",
    "Juniper Falls",
    "Kestrel Bay",
    "Lindqvist",
    "Marrowby",
    "Nordhavn",
    "Oakhurst",
    "Port Selwyn",
    "Quillan",
    "Ravensmere",
    "Stonebridge",
    "Tallinghurst",
    "Umberleigh",
    "Vasterås Nord",
    "Whitcombe",
    "Yarrow Glen",
];
const GOODS: &[&str] = &[
    "Copper kettle",
    "Linen apron",
    "Oak chopping board",
    "Beeswax candle",
    "Wool blanket, large",
    "Enamel mug",
    "Cast-iron skillet",
    "Garden twine",
    "Rain gauge",
    "Brass door bell",
    "Bread proofing basket",
    "Herb drying rack",
    "Folding camp stool",
    "Mechanical egg timer",
    "Slate cheese board",
    "Waxed canvas tote",
    "Pocket barometer",
    "Hand-thrown pitcher",
    "Cork yoga block",
    "Travel teapot",
];
const TEAMS: &[&str] = &[
    "Harbour United",
    "Mill Lane Rovers",
    "Northgate",
    "Quarry Town",
    "Redcliff Athletic",
    "St. Brannock",
    "Valley Rangers",
    "Westmarch",
    "Elm Park",
    "Castle Hill",
    "Docklands",
    "Saltmarsh City",
    "Bellweather",
    "Kingsferry",
    "Greenhithe",
];
const MEASURES: &[(&str, &str, f64, f64, u32)] = &[
    ("Visitors", "", 1200.0, 98000.0, 0),
    ("Revenue", "$", 12.0, 940.0, 1),
    ("Rainfall", "mm", 20.0, 190.0, 1),
    ("Share", "%", 2.0, 61.0, 1),
    ("Households", "", 900.0, 42000.0, 0),
    ("Average wait", "min", 2.0, 48.0, 0),
    ("Loans", "", 130.0, 8900.0, 0),
    ("Energy use", "kWh", 80.0, 1900.0, 0),
    ("Rating", "", 1.0, 5.0, 1),
    ("Change", "%", -24.0, 31.0, 1),
    ("Staff", "", 3.0, 240.0, 0),
    ("Cost per unit", "€", 0.4, 38.0, 2),
];
const REMARKS: &[&str] = &[
    "Opened after the spring flood; lower deck still closed",
    "Two crossings a day, none on Sundays",
    "Shared with the choir",
    "Under repair until further notice, see the parish board",
    "New roof",
    "Popular with school groups in May and June",
    "Best reached by tram",
    "Records begin in 1987",
];

fn measure_format(unit: &str, decimals: u32, printed: bool) -> NumberFormat {
    let mut format = NumberFormat::plain(decimals);
    if printed {
        match unit {
            "$" | "€" => format.prefix = unit.into(),
            "%" => format.suffix = "%".into(),
            _ => {}
        }
    }
    format
}

/// Makes the cells of a column.
type Maker = Box<dyn Fn(&mut Rng) -> Cell>;

/// A table with a first text column, more texts, and number columns.
fn plain(rng: &mut Rng, rows: usize, texts: usize, numbers: usize) -> Table {
    let goods = rng.chance(0.4);
    let names: &[&str] = if goods { GOODS } else { PLACES };
    let mut columns = vec![Column::text(if goods { "Article" } else { "Town" })];
    let mut makers: Vec<Maker> = Vec::new();
    for n in 1..texts {
        match n {
            1 => {
                columns.push(Column::text("Remarks"));
                makers.push(Box::new(|rng| Cell::text(*rng.pick(REMARKS))));
            }
            2 => {
                columns.push(Column::time("Since"));
                makers.push(Box::new(|rng| Cell::text(rng.whole(1890, 2024).to_string())));
            }
            _ => {
                columns.push(Column::text("Ward"));
                makers.push(Box::new(|rng| {
                    Cell::text(*rng.pick(&["North", "South", "Harbour side", "Old town"]))
                }));
            }
        }
    }
    for index in rng.sample(MEASURES.len(), numbers) {
        let (name, unit, low, high, decimals) = MEASURES[index];
        columns.push(Column::number(name, unit, true));
        let format = measure_format(unit, decimals, rng.chance(0.6));
        makers.push(Box::new(move |rng| Cell::number(rng.range(low, high), &format)));
    }
    let mut table = Table::new("observations", columns);
    for index in rng.sample(names.len(), rows.min(names.len())) {
        let mut row = vec![Cell::text(names[index])];
        for maker in &makers {
            row.push(maker(rng));
        }
        table.rows.push(row);
    }
    table
}

fn sum_row(table: &Table, rows: std::ops::Range<usize>, label: Vec<Cell>) -> Vec<Cell> {
    let mut row = label;
    for column in row.len()..table.columns.len() {
        let sum: f64 = table.rows[rows.clone()].iter().filter_map(|r| r[column].as_f64()).sum();
        row.push(Cell::number(sum, &NumberFormat::plain(0)));
    }
    row
}

fn amounts(rng: &mut Rng, names: &[&str], texts: Vec<Column>) -> (Vec<Column>, usize) {
    let count = rng.whole(2, 5) as usize;
    let mut columns = texts;
    for name in rng.sample(names.len(), count.min(names.len())).into_iter().map(|i| names[i]) {
        columns.push(Column::number(name, "", true));
    }
    (columns, count)
}

fn grouped(rng: &mut Rng, subtotals: bool) -> Table {
    let (columns, count) = amounts(
        rng,
        &["Adults", "Children", "Members", "Guests", "Season passes"],
        vec![Column::text("District"), Column::text("Town")],
    );
    let mut table = Table::new("observations", columns);
    let places = rng.sample(PLACES.len(), 16);
    let mut next = places.iter();
    for group in
        ["Northern coast", "Inland", "Lakes", "Southern valleys"].iter().take(rng.whole(2, 4) as usize)
    {
        let start = table.rows.len();
        for _ in 0..rng.whole(2, 4) {
            let Some(place) = next.next() else { break };
            let mut row = vec![Cell::text(*group), Cell::text(PLACES[*place])];
            for _ in 0..count {
                row.push(Cell::number(rng.range(40.0, 5200.0), &NumberFormat::plain(0)));
            }
            table.rows.push(row);
        }
        if subtotals {
            let label = vec![Cell::text(*group), Cell::text("Subtotal")];
            let row = sum_row(&table, start..table.rows.len(), label);
            table.rows.push(row);
        }
    }
    if subtotals {
        let mut row =
            sum_row(&table, 0..table.rows.len(), vec![Cell::text("All"), Cell::text("Grand total")]);
        for (cell, column) in row.iter_mut().zip(0..).skip(2) {
            let sum: f64 = table
                .rows
                .iter()
                .filter(|r| r[1].shown != "Subtotal")
                .filter_map(|r| r[column].as_f64())
                .sum();
            *cell = Cell::number(sum, &NumberFormat::plain(0));
        }
        table.rows.push(row);
    }
    table
}

fn statement(rng: &mut Rng) -> Table {
    let years = rng.whole(1, 3) as usize;
    let mut columns = vec![Column::text(if rng.chance(0.5) { "In thousand crowns" } else { "Account" })];
    columns.extend((0..years).map(|y| Column::number(format!("{}", 2023 - y), "", true)));
    let mut table = Table::new("observations", columns);
    let line = |table: &mut Table, name: &str, values: Option<&[f64]>| {
        let mut row = vec![Cell::text(name)];
        match values {
            Some(values) => row.extend(values.iter().map(|v| Cell::number(*v, &NumberFormat::plain(0)))),
            None => row.extend((0..years).map(|_| Cell::missing(""))),
        }
        table.rows.push(row);
    };
    let mut net = vec![0.0f64; years];
    let parts: [(&str, &[&str], f64); 2] = [
        ("Income", &["Ticket sales", "Donations", "Grants from the county", "Hall rental"], 1.0),
        (
            "Expenses",
            &["Wages", "Building upkeep", "Instruments and scores", "Insurance", "Depreciation"],
            -1.0,
        ),
    ];
    for (heading, items, sign) in parts {
        line(&mut table, heading, None);
        let mut sums = vec![0.0f64; years];
        for item in &items[..rng.whole(2, items.len() as i64) as usize] {
            let values: Vec<f64> = (0..years).map(|_| rng.range(40.0, 4200.0).round() * sign).collect();
            sums.iter_mut().zip(&values).for_each(|(s, v)| *s += v);
            line(&mut table, item, Some(&values));
        }
        line(&mut table, &format!("Total {}", heading.to_lowercase()), Some(&sums));
        net.iter_mut().zip(&sums).for_each(|(n, s)| *n += s);
    }
    line(&mut table, "Surplus for the year", Some(&net));
    table
}

fn matrix(rng: &mut Rng) -> Table {
    let options = rng.sample(4, 4);
    let names = ["Basic", "Standard", "Family", "Institution"];
    let count = rng.whole(2, 4) as usize;
    let mut columns = vec![Column::text("Feature")];
    columns.extend(options[..count].iter().map(|&o| Column::text(names[o])));
    let mut table = Table::new("observations", columns);
    let features = [
        "Reading room access",
        "Borrow up to ten volumes",
        "Inter-library loans",
        "Evening opening",
        "Guest cards",
        "Printing credit",
        "Locker",
        "Workshops",
        "Newsletter by post",
    ];
    for feature in rng.sample(features.len(), rng.clone().whole(4, 9) as usize) {
        let mut row = vec![Cell::text(features[feature])];
        for _ in 0..count {
            row.push(Cell::text(match rng.below(8) {
                0..=3 => "Yes",
                4..=6 => "No",
                _ => "On request",
            }));
        }
        table.rows.push(row);
    }
    table
}

fn timetable(rng: &mut Rng) -> Table {
    let trips = rng.whole(3, 9) as usize;
    let mut columns = vec![Column::text("Stop")];
    let first = rng.whole(11, 80);
    columns.extend((0..trips).map(|t| Column::time(format!("No. {}", first + 2 * t as i64))));
    let mut table = Table::new("observations", columns);
    let stops = rng.sample(PLACES.len(), rng.clone().whole(5, 11) as usize);
    let mut clocks: Vec<i64> = (0..trips).map(|t| 330 + 70 * t as i64 + rng.whole(0, 25)).collect();
    for stop in stops {
        let mut row = vec![Cell::text(PLACES[stop])];
        for clock in &mut clocks {
            *clock += rng.whole(4, 19);
            row.push(match rng.chance(0.12) {
                true => Cell::missing(*rng.pick(&["–", "|", ""])),
                false => Cell::text(format!("{:02}:{:02}", *clock / 60 % 24, *clock % 60)),
            });
        }
        table.rows.push(row);
    }
    table
}

fn league(rng: &mut Rng) -> Table {
    let goals = rng.chance(0.7);
    let mut columns = vec![Column::number("#", "", false), Column::text("Team")];
    columns.extend(["P", "W", "D", "L"].map(|n| Column::number(n, "", true)));
    if goals {
        columns.extend(["GF", "GA", "GD"].map(|n| Column::number(n, "", true)));
    }
    columns.push(Column::number("Pts", "", true));
    let mut table = Table::new("observations", columns);
    let plain = NumberFormat::plain(0);
    let mut teams: Vec<(i64, Vec<i64>, usize)> = rng
        .sample(TEAMS.len(), rng.clone().whole(6, 14) as usize)
        .into_iter()
        .map(|team| {
            let (won, drawn) = (rng.whole(1, 14), rng.whole(0, 8));
            let (scored, against) = (rng.whole(12, 60), rng.whole(10, 55));
            let mut numbers = vec![26, won, drawn, 26 - won - drawn];
            if goals {
                numbers.extend([scored, against, scored - against]);
            }
            (3 * won + drawn, numbers, team)
        })
        .collect();
    teams.sort_by_key(|t| -t.0);
    for (place, (points, numbers, team)) in teams.into_iter().enumerate() {
        let mut row = vec![Cell::number(place as f64 + 1.0, &plain), Cell::text(TEAMS[team])];
        row.extend(numbers.iter().chain([&points]).map(|&n| Cell::number(n as f64, &plain)));
        table.rows.push(row);
    }
    table
}

fn spec_sheet(rng: &mut Rng) -> Table {
    let rows = [
        ("Body", "Length over all", "8.42 m"),
        ("Body", "Beam", "2.75 m"),
        ("Body", "Hull material", "Larch on oak, copper riveted"),
        ("Body", "Displacement", "3,100 kg"),
        ("Engine", "Type", "Three-cylinder diesel, fresh-water cooled"),
        ("Engine", "Power", "21 kW at 2,800 rpm"),
        ("Engine", "Fuel tank", "90 l"),
        ("Engine", "Range at cruising speed", "210 nautical miles"),
        ("Comfort", "Berths", "4"),
        ("Comfort", "Fresh water", "120 l"),
        ("Comfort", "Heating", "Paraffin stove"),
        ("Comfort", "Galley", "Two burners, sink, ice box with a lid that doubles as a chart table"),
    ];
    let groups = rng.chance(0.5);
    let mut columns = if groups { vec![Column::text("Group")] } else { vec![] };
    columns.extend([Column::text("Property"), Column::text("Value")]);
    let mut table = Table::new("observations", columns);
    let count = rng.whole(6, rows.len() as i64) as usize;
    for (group, name, value) in &rows[..count] {
        let mut row = if groups { vec![Cell::text(*group)] } else { vec![] };
        row.extend([Cell::text(*name), Cell::text(*value)]);
        table.rows.push(row);
    }
    table
}

fn price_list(rng: &mut Rng) -> Table {
    let details = rng.chance(0.5);
    let prices = if rng.chance(0.6) { 1 } else { rng.whole(2, 3) as usize };
    let mut columns = vec![Column::text("Article")];
    if details {
        columns.push(Column::text("Detail"));
    }
    columns.extend(["Small", "Medium", "Large"][..prices].iter().map(|n| Column::number(*n, "€", false)));
    let mut table = Table::new("observations", columns);
    let format = NumberFormat { prefix: rng.pick(&["€", "$", ""]).to_string(), ..NumberFormat::plain(2) };
    for index in rng.sample(GOODS.len(), rng.clone().whole(5, 14) as usize) {
        let mut row = vec![Cell::text(GOODS[index])];
        if details {
            row.push(match rng.chance(0.7) {
                true => Cell::text(*rng.pick(REMARKS)),
                false => Cell::missing(""),
            });
        }
        let base = rng.range(2.0, 60.0);
        row.extend((0..prices).map(|p| Cell::number(base * (1.0 + 0.4 * p as f64), &format)));
        table.rows.push(row);
    }
    table
}

fn heat(rng: &mut Rng) -> Table {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let count = rng.whole(4, 12) as usize;
    let mut columns = vec![Column::text("Station")];
    columns.extend(months[..count].iter().map(|m| Column::number(*m, "°C", false)));
    let mut table = Table::new("observations", columns);
    for index in rng.sample(PLACES.len(), rng.clone().whole(4, 12) as usize) {
        let mut row = vec![Cell::text(PLACES[index])];
        let base = rng.range(-4.0, 12.0);
        row.extend((0..count).map(|m| {
            let season = -libm::cos(m as f64 / 12.0 * std::f64::consts::TAU) * 9.0;
            Cell::number(base + season + rng.normal(0.0, 1.0), &NumberFormat::plain(1))
        }));
        table.rows.push(row);
    }
    table
}

fn units(rng: &mut Rng) -> Table {
    let rows = [
        ("Haemoglobin", "g/dl", 12.0, 17.0, 1),
        ("Leucocytes", "G/l", 4.0, 11.0, 2),
        ("Platelets", "G/l", 150.0, 400.0, 0),
        ("Sodium", "mmol/l", 135.0, 146.0, 0),
        ("Potassium", "mmol/l", 3.5, 5.1, 1),
        ("Creatinine", "mg/dl", 0.5, 1.2, 2),
        ("Glucose, fasting", "mg/dl", 70.0, 105.0, 0),
        ("Iron", "ng/ml", 60.0, 170.0, 0),
    ];
    let mut columns = vec![Column::text("Analyte"), Column::text("Unit")];
    let count = rng.whole(1, 3) as usize;
    columns.extend(["Result", "Low", "High"][..count].iter().map(|n| Column::number(*n, "", false)));
    let mut table = Table::new("observations", columns);
    for index in rng.sample(rows.len(), rng.clone().whole(4, 8) as usize) {
        let (name, unit, low, high, decimals) = rows[index];
        let mut row = vec![Cell::text(name), Cell::text(unit)];
        row.extend((0..count).map(|_| Cell::number(rng.range(low, high), &NumberFormat::plain(decimals))));
        table.rows.push(row);
    }
    table
}

/// A sample for a layout.
pub(crate) fn sample(layout: TableLayout, seed: &Seed) -> Sample {
    let rng = &mut seed.rng("sample data");
    let (rows, numbers) = (rng.whole(4, 14) as usize, rng.whole(1, 6) as usize);
    let texts = [1, 1, 1, 2, 2, 3, 4][rng.below(7)];
    let mut side = Vec::new();
    let table = match layout {
        TableLayout::Plain | TableLayout::Zebra | TableLayout::Ruled | TableLayout::Boxed => {
            plain(rng, rows, texts, numbers)
        }
        TableLayout::MultiLevelHeader => {
            let mut table = plain(rng, rows, 1, 6);
            let groups = [["Spring", "Autumn"], ["Weekdays", "Weekends"], ["2022", "2023"]][rng.below(3)];
            let names = ["Adults", "Children", "All visitors"];
            for (index, column) in table.columns.iter_mut().skip(1).enumerate() {
                column.name = format!("{}|{}", groups[index / 3], names[index % 3]);
                column.unit = String::new();
            }
            table
        }
        TableLayout::RowGroups => grouped(rng, false),
        TableLayout::Subtotals => grouped(rng, true),
        TableLayout::TotalsRow => {
            let mut table = plain(rng, rows, 1, numbers);
            let row = sum_row(&table, 0..table.rows.len(), vec![Cell::text("Total")]);
            table.rows.push(row);
            table
        }
        TableLayout::Matrix => matrix(rng),
        TableLayout::PriceList => price_list(rng),
        TableLayout::Timetable => timetable(rng),
        TableLayout::LeagueStandings => league(rng),
        TableLayout::FinancialStatement => statement(rng),
        TableLayout::SpecSheet => spec_sheet(rng),
        TableLayout::RankingBars => {
            let mut table = plain(rng, rows, 1, numbers.min(3));
            for row in &mut table.rows {
                row[1] = Cell::number(rng.range(20.0, 9000.0), &NumberFormat::plain(0));
            }
            table
                .rows
                .sort_by(|a, b| b[1].as_f64().partial_cmp(&a[1].as_f64()).expect("no value is missing"));
            table
        }
        TableLayout::HeatShaded => heat(rng),
        TableLayout::WithFootnotes => {
            let table = plain(rng, rows, 1, numbers);
            let columns = vec![Column::text("row"), Column::text("column"), Column::text("text")];
            let mut notes = Table::new("footnotes", columns);
            let texts = [
                "Estimated.",
                "Counted on the second Sunday of the month, weather permitting, by the wardens.",
                "Excludes the annex.",
            ];
            for (index, row) in
                rng.sample(table.rows.len(), rng.clone().whole(1, 3) as usize).into_iter().enumerate()
            {
                let column = rng.below(table.columns.len());
                let name = match column {
                    0 => Cell::missing(""),
                    c => Cell::text(table.columns[c].name.clone()),
                };
                notes.rows.push(vec![table.rows[row][0].clone(), name, Cell::text(texts[index])]);
            }
            side.push(notes);
            table
        }
        TableLayout::WithUnitsColumn => units(rng),
        TableLayout::MissingValues => {
            let mut table = plain(rng, rows.max(5), 1, numbers.max(2));
            let dash = *rng.pick(&["–", "n/a", "", "…"]);
            for row in &mut table.rows {
                for cell in row.iter_mut().skip(1) {
                    if rng.chance(0.2) {
                        *cell = Cell::missing(dash);
                    }
                }
            }
            table
        }
        TableLayout::MergedCells => grids::merged(rng),
        TableLayout::Pivot => grids::pivot(rng, &mut side),
        TableLayout::LabResults => grids::lab(rng, &mut side),
        TableLayout::ScheduleGrid => grids::schedule(rng, &mut side),
        TableLayout::CalendarMonth => grids::month(rng, &mut side),
    };
    let titles = [
        "Towns of the Eastern Shore",
        "Annual report of the heritage harbour association",
        "Stock list",
        "What the survey found in each of the parishes, spring to autumn",
        "Overview",
    ];
    let pick = |rng: &mut Rng, chance: f64, list: &[&str]| {
        if rng.chance(chance) { rng.pick(list).to_string() } else { String::new() }
    };
    let title = pick(rng, 0.85, &titles);
    let subtitle = match title.is_empty() {
        true => String::new(),
        false => {
            pick(rng, 0.35, &["As of 31 March", "All amounts as reported by the wardens", "Season 2023"])
        }
    };
    let note = pick(
        rng,
        0.4,
        &["Source: county office of statistics", "Note: figures may not add up because of rounding."],
    );
    let mut data = Data { tables: vec![table] };
    data.tables.extend(side);
    Sample { data, title, subtitle, note }
}
