//! Prices of a good from day to day: what candlesticks and bars of prices draw.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Count;

use super::{Frame, capital, content};
use crate::banks::Banks;
use crate::content::Content;
use crate::world::Subject;

/// A traded good: what it is priced per, and a usual low and high price.
const GOODS: &[(&str, &str, f64, f64)] = &[
    ("wheat", "tonne", 150.0, 340.0),
    ("barley", "tonne", 130.0, 290.0),
    ("oats", "tonne", 160.0, 380.0),
    ("rapeseed", "tonne", 340.0, 690.0),
    ("sugar", "tonne", 300.0, 640.0),
    ("rice", "tonne", 280.0, 620.0),
    ("copper", "tonne", 4600.0, 9600.0),
    ("tin", "tonne", 14500.0, 31000.0),
    ("aluminium", "tonne", 1500.0, 2900.0),
    ("rubber", "tonne", 1100.0, 2400.0),
    ("cocoa", "tonne", 1900.0, 4300.0),
    ("coffee", "bag", 110.0, 280.0),
    ("cotton", "bale", 240.0, 520.0),
    ("wool", "bale", 620.0, 1400.0),
    ("orange juice", "barrel", 180.0, 390.0),
];

/// Draws the prices of a good on the working days of some weeks.
pub(super) fn draw(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let &(good, measure, low, high) = rng.pick(GOODS);
    let count = rows.min + rng.below(rows.max.min(26) - rows.min + 1);
    let month = rng.below(12) as i8 + 1;
    let year = rng.whole(2004, 2025) as i16;
    let mut day = jiff::civil::Date::new(year, month, 1 + rng.below(5) as i8).ok()?;
    let mut price = rng.range(low, high);
    let decimals = if price < 1000.0 { 2 } else { 0 };
    let format = NumberFormat { decimals, prefix: String::new(), suffix: String::new(), ..subject.money(0) };
    let mut columns = vec![Column::time("Date")];
    columns.extend(
        ["Opening price", "High", "Low", "Closing price"].map(|name| Column::number(name, "", false)),
    );
    let mut table = Table::new("observations", columns);
    let volatility = rng.range(0.008, 0.03);
    while table.rows.len() < count {
        if matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday) {
            day = day.tomorrow().ok()?;
            continue;
        }
        let open = price * (1.0 + rng.normal(0.0, volatility / 3.0));
        let close = open * (1.0 + rng.normal(0.0, volatility));
        let high = open.max(close) * (1.0 + rng.unit() * volatility * 0.8);
        let low = open.min(close) * (1.0 - rng.unit() * volatility * 0.8);
        let label = day.strftime("%-d %b").to_string();
        table.rows.push(
            [Cell::text(label)]
                .into_iter()
                .chain([open, high, low, close].map(|v| Cell::number(v, &format)))
                .collect(),
        );
        price = close;
        day = day.tomorrow().ok()?;
    }
    let name = jiff::civil::Date::new(year, month, 1).ok()?.strftime("%B %Y").to_string();
    let (before, after) = subject.currency_signs();
    let each = format!("{}{} per {measure}", before.trim(), after.trim());
    let house = format!("{} Exchange", subject.town);
    let title = match rng.below(4) {
        0 => format!("Price of {good}, from {name}"),
        1 => format!("{} at the {house}", capital(good)),
        2 => format!("{} prices day by day", capital(good)),
        _ => format!("{}: daily prices from {name}", capital(good)),
    };
    let subtitle = match (title.contains(&name), title.contains(&house)) {
        (true, _) => format!("{house}, {each}"),
        (false, true) => format!("{each}, from {name}"),
        (false, false) => format!("{house}, {each}, from {name}"),
    };
    let frame = Frame {
        title,
        subtitle,
        subject: &subject,
        row: "day".to_owned(),
        rows: "days".to_owned(),
        absent: Vec::new(),
        plan: format!("ohlc|{good}|{name}"),
    };
    let mut made = content(frame, banks, table, vec![format; 4], rng);
    // The exchange is the house here, not the one whose words the subject has.
    made.topic = format!("Price of {good} from {name}");
    made.note = if rng.chance(0.4) { format!("Source: {house}") } else { String::new() };
    made.persona = rng
        .pick(&["a trader in raw materials", "a buyer of raw materials", "an editor of market reports"])
        .to_string();
    Some(made)
}
