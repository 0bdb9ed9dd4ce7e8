//! Groups and the parts that they fall into: what nested donuts, sunbursts and icicles draw.

mod words;

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Count;
use rust_decimal::Decimal;

use self::words::{DIVISIONS, Division};
use super::capital;
use crate::banks::Banks;
use crate::content::{Content, Nouns, inside};
use crate::world::Subject;

pub(super) fn draw(groups: Count, each: Count, least: f64, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let division = rng.pick(DIVISIONS);
    let domain = banks.domains.iter().find(|d| d.slug == division.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let chosen = choose(division, groups, each, rng)?;
    let mut format = NumberFormat {
        mark: subject.marks.0,
        group: subject.marks.1,
        ..NumberFormat::plain(division.decimals)
    };
    let mut unit = division.unit.to_owned();
    if unit == "$" {
        (format.prefix, format.suffix) = subject.currency_signs();
        unit.clear();
    } else {
        let (prefix, suffix) = subject.currency_signs();
        // Thousands are written behind a sign that leads: `£k`.
        let leads = prefix.trim().chars().count() == 1;
        unit = match unit.as_str() {
            "k$" if leads => format!("{}k", prefix.trim()),
            _ => unit.replace('$', format!("{prefix}{suffix}").trim()),
        };
    }
    let parts: usize = chosen.iter().map(|(_, names)| names.len()).sum();
    let scale = rng.range(division.low, division.high);
    let values = values(&chosen, scale, least, rng);
    let measure = division.measure;
    let mut table = Table::new(
        "observations",
        vec![
            Column::text(capital(division.part.0)),
            Column::number(measure, unit.clone(), true),
            Column::text(capital(division.group.0)),
        ],
    );
    let mut tops = Table::new(
        "groups",
        vec![Column::text(capital(division.group.0)), Column::number(measure, unit, true)],
    );
    let mut values = values.into_iter();
    for (group, names) in &chosen {
        let mut sum = Decimal::ZERO;
        for name in names {
            let cell = Cell::number(values.next()?, &format);
            sum += cell.as_decimal()?;
            table.rows.push(vec![Cell::text(*name), cell, Cell::text(*group)]);
        }
        tops.rows.push(vec![Cell::text(*group), Cell::decimal(sum, &format)]);
    }
    let absent: Vec<String> = division
        .groups
        .iter()
        .flat_map(|(_, names)| names.iter())
        .filter(|name| !chosen.iter().any(|(_, kept)| kept.contains(name)))
        .map(|name| (*name).to_owned())
        .collect();
    let year = rng.whole(2004, 2025);
    let of = inside(measure);
    let title = match rng.below(4) {
        0 => format!("{measure} by {} and {}, {year}", division.group.0, division.part.0),
        1 => format!("{}, {year}", division.title),
        2 => format!("{}: {of} in detail", division.title),
        _ => division.title.to_owned(),
    };
    let plan: Vec<&str> = chosen.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    Some(Content {
        topic: format!("{}, {}", division.title, subject.organisation),
        data: Data { tables: vec![table, tops] },
        formats: [((0, 1), format.clone()), ((1, 1), format)].into(),
        title,
        subtitle: match rng.below(3) {
            0 => subject.organisation.clone(),
            1 => format!("{} {} in {} {}", parts, division.part.1, chosen.len(), division.group.1),
            _ => String::new(),
        },
        note: if rng.chance(0.3) { format!("Source: {}", subject.organisation) } else { String::new() },
        persona: format!("a {}", rng.pick(&domain.roles)),
        nouns: Nouns {
            row: division.part.0.to_owned(),
            rows: division.part.1.to_owned(),
            group: division.group.0.to_owned(),
            groups: division.group.1.to_owned(),
            ..Nouns::default()
        },
        absent,
        absent_columns: Vec::new(),
        source_name: "world".to_owned(),
        source_licence: "CC0-1.0".to_owned(),
        plan: format!("levels|{}|{}", division.title, plan.join(",")),
    })
}

/// A group and its parts, in an order of their own.
type Chosen = Vec<(&'static str, Vec<&'static str>)>;

fn choose(division: &'static Division, groups: Count, each: Count, rng: &mut Rng) -> Option<Chosen> {
    let most = groups.max.min(division.groups.len());
    if most < groups.min {
        return None;
    }
    let count = groups.min + rng.below(most - groups.min + 1);
    let mut places = rng.sample(division.groups.len(), count);
    places.sort_unstable();
    let mut chosen = Vec::new();
    for place in places {
        let (name, parts) = division.groups[place];
        let most = each.max.min(parts.len());
        if most < each.min {
            return None;
        }
        let count = each.min + rng.below(most - each.min + 1);
        let mut kept = rng.sample(parts.len(), count);
        kept.sort_unstable();
        chosen.push((name, kept.into_iter().map(|i| parts[i]).collect()));
    }
    Some(chosen)
}

/// Numbers that sum to about `scale`: large and small groups, large and small parts, none below the least share.
fn values(chosen: &[(&str, Vec<&str>)], scale: f64, least: f64, rng: &mut Rng) -> Vec<f64> {
    let mut shares = Vec::new();
    for (_, names) in chosen {
        let weight = libm::exp(rng.normal(0.0, 0.35)) * libm::sqrt(names.len() as f64);
        let own: Vec<f64> = names.iter().map(|_| libm::exp(rng.normal(0.0, 0.6))).collect();
        let sum: f64 = own.iter().sum();
        shares.extend(own.into_iter().map(|v| weight * v / sum));
    }
    let total: f64 = shares.iter().sum();
    let floor = least * 1.25 * total;
    // Parts that are raised to the least share are not all raised to the same.
    shares.iter().map(|share| scale * share.max(floor * rng.range(1.0, 1.4)) / total).collect()
}
