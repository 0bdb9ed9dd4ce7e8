//! Checks of data that follows from other data: figures from samples, heights from a field, directions from bearings.

use pixmo_render::{Cell, Data};

use super::cloud::Cloud;
use super::field::Field;
use super::hexagons::Hexagons;
use super::quiver::direction;
use super::shape::{Count, Differs, Sign, different_labels, number_column, sign};
use super::statistic::{Statistic, quantile};

/// The samples of each row of table 0, read from table 1.
pub(super) fn samples_of(data: &Data) -> Vec<Vec<f64>> {
    let [table, samples, ..] = &data.tables[..] else { return Vec::new() };
    let of = |name: &str| {
        let rows = samples.rows.iter().filter(|row| row.first().is_some_and(|cell| cell.shown == name));
        rows.filter_map(|row| row.get(1)?.as_f64()).collect()
    };
    table.rows.iter().map(|row| of(&row[0].shown)).collect()
}

pub(super) fn distribution(data: &Data, each: Count, statistics: &[Statistic]) -> Differs {
    let table = &data.tables[0];
    let Some(long) = data.tables.get(1).filter(|t| t.columns.len() == 2) else {
        return Some(("a second table of samples".into(), "none".into()));
    };
    let all = samples_of(data);
    let count: usize = all.iter().map(Vec::len).sum();
    if count != long.rows.len() {
        return Some((
            "a number and a group of the first table in each row of samples".into(),
            "others".into(),
        ));
    }
    for (row, samples) in all.iter().enumerate() {
        let name = &table.rows[row][0].shown;
        if !each.holds(samples.len()) {
            return Some((format!("{each} samples in each group"), format!("{} in `{name}`", samples.len())));
        }
        let span = Statistic::Maximum.of(samples) - Statistic::Minimum.of(samples);
        for (index, statistic) in statistics.iter().enumerate() {
            let exact = statistic.of(samples);
            let unit = if *statistic == Statistic::Height { exact } else { span };
            let stated = table.rows[row][index + 1].as_f64().unwrap_or(f64::NAN);
            if (stated - exact).abs() > 0.01 * unit {
                return Some((format!("{exact} as {statistic:?} of `{name}`"), stated.to_string()));
            }
        }
    }
    None
}

/// The pairs of samples of each row of table 0, read from table 1.
pub(super) fn pairs_of(data: &Data) -> Vec<Vec<(f64, f64)>> {
    let [table, samples, ..] = &data.tables[..] else { return Vec::new() };
    let of = |name: &str| {
        let rows = samples.rows.iter().filter(|row| row.first().is_some_and(|cell| cell.shown == name));
        rows.filter_map(|row| Some((row.get(1)?.as_f64()?, row.get(2)?.as_f64()?))).collect()
    };
    table.rows.iter().map(|row| of(&row[0].shown)).collect()
}

pub(super) fn quantiles(data: &Data, each: Count) -> Differs {
    let table = &data.tables[0];
    let Some(long) = data.tables.get(1).filter(|t| t.columns.len() == 2) else {
        return Some(("a second table of samples".into(), "none".into()));
    };
    let mut before = -1.0;
    let mut shares = Vec::new();
    for row in &table.rows {
        let share: Option<f64> = row[0].shown.trim_end_matches('%').trim_end().parse().ok();
        match share.filter(|share| (0.0..=100.0).contains(share) && *share > before) {
            Some(share) => shares.push(share / 100.0),
            None => return Some(("rising shares in per cent".into(), row[0].shown.clone())),
        }
        before = share.unwrap_or(before);
    }
    for column in [1, 2] {
        let name = &table.columns[column].name;
        let rows = long.rows.iter().filter(|row| row[0].shown == *name);
        let samples: Vec<f64> = rows.filter_map(|row| row[1].as_f64()).collect();
        if !each.holds(samples.len()) {
            return Some((format!("{each} samples in each group"), format!("{} in `{name}`", samples.len())));
        }
        let span = Statistic::Maximum.of(&samples) - Statistic::Minimum.of(&samples);
        for (row, share) in table.rows.iter().zip(&shares) {
            let exact = quantile(&samples, *share);
            let stated = row[column].as_f64().unwrap_or(f64::NAN);
            if (stated - exact).abs() > 0.01 * span {
                return Some((format!("{exact} as quantile of `{name}`"), stated.to_string()));
            }
        }
    }
    None
}

/// The hexagons of the samples in table 1, as table 2 wants them.
pub(super) fn hexagons_of(data: &Data) -> Option<Hexagons> {
    let pair = |row: &Vec<Cell>| Some((row.get(1)?.as_f64()?, row.get(2)?.as_f64()?));
    let samples: Option<Vec<(f64, f64)>> = data.tables.get(1)?.rows.iter().map(pair).collect();
    let (columns, rows) = pair(data.tables.get(2)?.rows.first()?)?;
    Some(Hexagons::of(&samples?, columns as usize, rows as usize))
}

pub(super) fn hexagons(data: &Data, samples: Count) -> Differs {
    let table = &data.tables[0];
    let Some(hexagons) = hexagons_of(data) else {
        return Some(("tables of samples and of the numbers of hexagons".into(), "none".into()));
    };
    let held: usize = hexagons.bins.iter().map(|(_, count)| count).sum();
    if !samples.holds(held) {
        return Some((format!("{samples} samples"), held.to_string()));
    }
    if hexagons.bins.len() != table.rows.len() {
        return Some((format!("{} hexagons", hexagons.bins.len()), table.rows.len().to_string()));
    }
    let span = |column: usize| {
        let values: Vec<f64> = data.tables[1].numbers(column).into_iter().flatten().collect();
        let (low, high) = super::bars::bounds(&values);
        0.01 * (high - low)
    };
    let (near_x, near_y) = (span(1), span(2));
    for (row, ((x, y), count)) in table.rows.iter().zip(&hexagons.bins) {
        let at = |column: usize| row[column].as_f64().unwrap_or(f64::NAN);
        let fits = (at(1) - x).abs() <= near_x && (at(2) - y).abs() <= near_y && at(3) == *count as f64;
        if !fits {
            return Some((format!("{count} samples around {x}, {y}"), row[3].shown.clone()));
        }
    }
    None
}

pub(super) fn clouds(data: &Data, each: Count) -> Differs {
    let table = &data.tables[0];
    let Some(long) = data.tables.get(1).filter(|t| t.columns.len() == 3) else {
        return Some(("a second table of samples with x and y".into(), "none".into()));
    };
    let all = pairs_of(data);
    if all.iter().map(Vec::len).sum::<usize>() != long.rows.len() {
        return Some((
            "two numbers and a group of the first table in each row of samples".into(),
            "others".into(),
        ));
    }
    for (row, pairs) in all.iter().enumerate() {
        let name = &table.rows[row][0].shown;
        if !each.holds(pairs.len()) {
            return Some((format!("{each} samples in each group"), format!("{} in `{name}`", pairs.len())));
        }
        let ((x, y), _) = Cloud::of(pairs).peak();
        let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        for (column, exact, list) in [(1, x, xs), (2, y, ys)] {
            let (low, high) = super::bars::bounds(&list);
            let stated = table.rows[row][column].as_f64().unwrap_or(f64::NAN);
            if (stated - exact).abs() > 0.01 * (high - low) {
                return Some((format!("{exact} as the densest place of `{name}`"), stated.to_string()));
            }
        }
    }
    None
}

pub(super) fn terrain(data: &Data) -> Differs {
    let Some(field) = data.tables.get(1).and_then(Field::read) else {
        return Some(("a second table that is a field".into(), "none".into()));
    };
    let (low, high) = field.bounds();
    let within = |value: f64, (low, high): (f64, f64)| (low..=high).contains(&value);
    for row in &data.tables[0].rows {
        let at = |column: usize| row[column].as_f64().unwrap_or(f64::NAN);
        let (x, y, stated) = (at(1), at(2), at(3));
        let exact = field.at(x, y);
        let inside = within(x, field.x) && within(y, field.y);
        if !inside || (stated - exact).abs() > 0.01 * (high - low) {
            return Some((format!("{exact} at `{}`, inside the field", row[0].shown), stated.to_string()));
        }
    }
    None
}

pub(super) fn arrows(data: &Data, rows: Count) -> Differs {
    let table = &data.tables[0];
    if !rows.holds(table.rows.len()) || table.columns.len() != 5 {
        return Some((format!("{rows} rows of 5 cells"), table.rows.len().to_string()));
    }
    let differs = (1..=3).find_map(|column| number_column(table, column, false));
    if let Some(differs) =
        differs.or_else(|| different_labels(table)).or_else(|| sign(table, 3, Sign::Positive))
    {
        return Some(differs);
    }
    let bearings = data.tables.get(1).map(|bearings| bearings.numbers(1)).unwrap_or_default();
    for (index, row) in table.rows.iter().enumerate() {
        let name = bearings.get(index).copied().flatten().map(direction);
        if name != Some(row[4].shown.as_str()) {
            let needed = format!("{} as direction of `{}`", name.unwrap_or("a bearing"), row[0].shown);
            return Some((needed, format!("`{}`", row[4].shown)));
        }
    }
    None
}
