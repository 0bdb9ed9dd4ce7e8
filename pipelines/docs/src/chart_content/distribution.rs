//! Samples of several groups, with the numbers that charts of distributions mark.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::{Count, Statistic, quantile};

use super::{Frame, capital, content, measured, split_names};
use crate::banks::{Banks, Measure};
use crate::content::{Content, inside};
use crate::question::{in_a_name, is_weighed};
use crate::world;

/// How the readings of one picture are spread.
#[derive(Clone, Copy)]
enum Spread {
    /// Evenly around a middle.
    Even,
    /// With a long upper tail.
    Skewed,
    /// Around two middles.
    Two,
}

/// Draws samples of some groups around middles that lie near enough to each other to share an axis.
pub(super) fn draw(
    groups: Count,
    each: Count,
    statistics: &[Statistic],
    banks: &Banks,
    rng: &mut Rng,
) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.low >= 0.0)?;
    let format = subject.format(measure);
    // All groups keep below the usual high end.
    let level = world::level(rng, measure).min(0.66 * measure.high);
    // The last printed digit must be fine enough for a curve.
    let unit = libm::pow(10.0, -f64::from(format.decimals));
    if level < 60.0 * unit {
        return None;
    }
    let (names, rest) = split_names(rng, entities, groups.min, groups.max.min(6))?;
    let spread = [Spread::Even, Spread::Skewed, Spread::Two][rng.weighted(&[0.55, 0.3, 0.15])];
    let middles = middles(names.len(), level, rng);
    let same = rng.chance(0.6);
    let first = size(each, rng);
    let mut table = Table::new(
        "samples",
        vec![
            Column::text(capital(&entities.kind)),
            Column::number(measure.name.clone(), subject.unit(measure), measure.additive),
        ],
    );
    for (name, middle) in names.iter().zip(&middles) {
        let width = level * rng.range(0.07, 0.2);
        for _ in 0..if same { first } else { size(each, rng) } {
            let value = reading(spread, *middle, width, measure, rng);
            table.rows.push(vec![Cell::text(name.clone()), Cell::number(value, &format)]);
        }
    }
    let what = inside(&measure.name);
    let title = match rng.below(4) {
        0 => format!("Distribution of {what} by {}", entities.kind),
        1 => format!("Variation of {what} between {}", entities.plural),
        2 => format!("{}: spread of single readings by {}", measure.name, entities.kind),
        _ => format!("{} by {}, {}", measure.name, entities.kind, subject.organisation),
    };
    let subtitle = match rng.below(4) {
        0 if same => format!("{first} readings for each {}", entities.kind),
        1 if !title.contains(&subject.organisation) => subject.organisation.clone(),
        2 => format!("Single readings, {}", rng.whole(2002, 2025)),
        _ => String::new(),
    };
    let frame = Frame {
        subject: &subject,
        title,
        subtitle,
        row: entities.kind.clone(),
        rows: entities.plural.clone(),
        absent: rest,
        plan: format!("distribution|{}|{}", measure.name, names.join(",")),
    };
    of_long(content(frame, banks, table, vec![format], rng), statistics)
}

/// A number of samples of the form 4 k + 1, for which quartiles are samples themselves.
fn size(each: Count, rng: &mut Rng) -> usize {
    let (low, high) = (each.min.div_ceil(4), (each.max - 1) / 4);
    let most = high.min(low + 15);
    4 * (low + rng.below(most - low + 1)) + 1
}

/// Middles of groups around a level, in random order and apart from each other.
fn middles(count: usize, level: f64, rng: &mut Rng) -> Vec<f64> {
    let reach = rng.range(0.35, 0.8);
    let step = reach / (count.max(2) - 1) as f64;
    let mut middles: Vec<f64> = (0..count)
        .map(|i| level * (1.0 - reach / 2.0 + step * (i as f64 + rng.range(-0.25, 0.25))))
        .collect();
    rng.shuffle(&mut middles);
    middles
}

fn reading(spread: Spread, middle: f64, width: f64, measure: &Measure, rng: &mut Rng) -> f64 {
    let value = match spread {
        Spread::Even => rng.normal(middle, width),
        Spread::Skewed => middle * libm::exp(rng.normal(0.0, 1.3 * width / middle)),
        Spread::Two => {
            let side = if rng.chance(0.42) { -1.3 } else { 0.9 };
            rng.normal(middle + side * width, width * 0.6)
        }
    };
    let most = measure.high.max(1.2 * middle);
    let most = if measure.unit == "%" { most.min(100.0) } else { most };
    value.clamp(measure.low.min(0.25 * middle), most)
}

/// Turns a long table of groups and numbers into samples with their statistics in front; groups with more samples than
/// 4 k + 1 lose the last ones.
pub(crate) fn of_long(mut content: Content, statistics: &[Statistic]) -> Option<Content> {
    let mut long = content.data.tables.pop()?;
    long.name = "samples".to_owned();
    let format = content.format(1);
    let mut names: Vec<String> = long.texts(0).into_iter().map(str::to_owned).collect();
    names.dedup();
    let money = !format.prefix.is_empty() || format.suffix.contains(' ');
    let unit = long.columns[1].unit.clone();
    let measure = in_a_name(&long.columns[1].name, money || is_weighed(&long.columns[1].name, &unit));
    let mut table = Table::new("observations", vec![long.columns[0].clone()]);
    table
        .columns
        .extend(statistics.iter().map(|s| Column::number(name_of(*s, &measure), unit.clone(), false)));
    let mut kept: Vec<Vec<Cell>> = Vec::new();
    let mut all: Vec<Vec<f64>> = Vec::new();
    for name in &names {
        let mut rows: Vec<Vec<Cell>> =
            long.rows.iter().filter(|row| row[0].shown == *name).cloned().collect();
        rows.truncate(rows.len().saturating_sub(1) / 4 * 4 + 1);
        all.push(rows.iter().filter_map(|row| row[1].as_f64()).collect());
        kept.extend(rows);
    }
    long.rows = kept;
    if lopsided(&all.concat()) {
        return None;
    }
    let with_height = statistics.contains(&Statistic::Height);
    let heights = all.iter().filter(|_| with_height).map(|s| Statistic::Height.of(s)).fold(0.0, f64::max);
    // A density with many zeros after the mark is no axis for people.
    if with_height && heights < 0.0008 {
        return None;
    }
    let formats: Vec<NumberFormat> = statistics.iter().map(|s| format_of(*s, &format, heights)).collect();
    for (name, samples) in names.iter().zip(&all) {
        let mut row = vec![Cell::text(name.clone())];
        row.extend(statistics.iter().zip(&formats).map(|(s, format)| Cell::number(s.of(samples), format)));
        table.rows.push(row);
    }
    content.formats = formats.into_iter().enumerate().map(|(i, f)| ((0, i + 1), f)).collect();
    content.data.tables = vec![table, long];
    Some(content)
}

/// True when a few samples lie so far out that a linear axis leaves no room for the others.
pub(super) fn lopsided(samples: &[f64]) -> bool {
    let [low, first, middle, third, high] = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile(samples, share));
    (high - middle).max(middle - low) > 5.0 * (third - first)
}

/// What a statistic of a measure is called.
fn name_of(statistic: Statistic, measure: &str) -> String {
    match statistic {
        Statistic::Minimum => format!("Minimum {measure}"),
        Statistic::LowerQuartile => format!("First quartile of {}", the(measure)),
        Statistic::Median => format!("Median {measure}"),
        Statistic::UpperQuartile => format!("Third quartile of {}", the(measure)),
        Statistic::Maximum => format!("Maximum {measure}"),
        Statistic::Peak => format!("Typical {measure}"),
        Statistic::Height => "Density at the peak".to_owned(),
    }
}

/// Numbers and amounts of things have an article behind `of`.
fn the(measure: &str) -> String {
    let article =
        if measure.starts_with("number of ") || measure.starts_with("amount of ") { "the " } else { "" };
    format!("{article}{measure}")
}

/// Quartiles are printed like samples; a peak lies between them and has one digit more, a density has three.
fn format_of(statistic: Statistic, samples: &NumberFormat, highest: f64) -> NumberFormat {
    match statistic {
        Statistic::Peak => NumberFormat { decimals: samples.decimals + 1, ..samples.clone() },
        Statistic::Height => {
            let decimals = (3.0 - libm::floor(libm::log10(highest.max(1e-9)))).clamp(0.0, 12.0) as u32;
            NumberFormat { prefix: String::new(), suffix: String::new(), decimals, ..samples.clone() }
        }
        _ => samples.clone(),
    }
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;
    use pixmo_render_figures::chart::ChartKind;

    #[test]
    fn statistics_are_those_of_the_samples() {
        let mut made = 0;
        for number in 0..60 {
            for kind in [ChartKind::Density, ChartKind::Violin, ChartKind::Ecdf, ChartKind::Beeswarm] {
                let mut rng = Seed::from_number(number).rng(kind.slug());
                made += usize::from(super::super::draw(kind, super::Banks::bundled(), &mut rng).is_some());
            }
        }
        // `draw` gives only what the renderer finds to agree with the samples.
        assert!(made > 80, "{made} of 240 draws");
    }
}
