//! Content of diagrams of flows: amounts that are kept at every node, drawn from themes.

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Count;
use rust_decimal::Decimal;

use super::capital;
use crate::banks::{Banks, Exchange, Links, Streams};
use crate::content::{Content, FlowWords, Nouns};
use crate::world::Subject;

/// Nodes by name, and flows between them in steps of the last printed digit.
type Amounts = (Vec<String>, Vec<(usize, usize, i64)>);

/// The words and the print of a theme.
struct Theme<'a> {
    subject: Subject<'a>,
    domain: &'a str,
    title: String,
    format: NumberFormat,
    unit: &'a str,
    period: String,
}

impl<'a> Theme<'a> {
    fn draw(
        banks: &'a Banks,
        domain: &'a str,
        titles: &[String],
        (unit, decimals): (&'a str, u32),
        rng: &mut Rng,
    ) -> Self {
        let subject = match banks.domains.iter().find(|d| d.slug == domain) {
            Some(own) => Subject::of(own, banks, rng),
            None => Subject::draw(banks, rng),
        };
        let period = rng.whole(2004, 2025).to_string();
        let title = rng
            .pick(titles)
            .replace("{town}", &subject.town)
            .replace("{org}", &subject.organisation.replace("The ", "the "))
            .replace("{family}", rng.pick::<String>(&banks.families))
            .replace("{period}", &period);
        let mut format = subject.money(decimals);
        let money = matches!(unit, "currency" | "million") || (unit == "thousand" && domain == "charity");
        let large = match unit {
            "million" => "M",
            "thousand" => "k",
            _ => "",
        };
        if money {
            format.suffix = if format.suffix.is_empty() {
                large.to_owned()
            } else {
                format!("{}{large}{}", if large.is_empty() { "" } else { " " }, format.suffix)
            };
        } else {
            (format.prefix, format.suffix) = (String::new(), String::new());
            if unit.chars().count() <= 4 && !unit.is_empty() && rng.chance(0.4) {
                format.suffix = format!(" {unit}");
            }
        }
        let unit = if money || !format.suffix.is_empty() { "" } else { unit };
        Self { subject, domain, title: capital(&title), format, unit, period }
    }

    fn subtitle(&self, rng: &mut Rng) -> String {
        let dated = self.title.contains(&self.period);
        match self.unit {
            "" if dated || rng.chance(0.3) => String::new(),
            "" => self.period.clone(),
            unit if dated => rng.pick(&["All amounts in {unit}", "In {unit}"]).replace("{unit}", unit),
            unit => format!("In {unit}, {}", self.period),
        }
    }

    fn content(self, banks: &Banks, data: Data, words: Words, rng: &mut Rng) -> Content {
        let personas: Vec<&String> = banks
            .personas
            .iter()
            .filter(|p| p.domain == self.subject.domain.slug)
            .flat_map(|p| &p.texts)
            .collect();
        let subtitle = self.subtitle(rng);
        let note = match rng.below(5) {
            // A house of another trade has no such figures.
            0 if self.subject.domain.slug == self.domain => format!("Source: {}", self.subject.organisation),
            0 | 1 => format!("Source: statistics of {}, {}", self.subject.town, self.period),
            _ => String::new(),
        };
        let amounts = data.tables[0].columns.len() - 1;
        let totals = data.tables[1].columns.len() - 1;
        let mut names: Vec<&str> = data.tables[1].texts(0);
        names.sort_unstable();
        let plan = format!("{}|{}|{}", self.domain, self.title, names.join(","));
        Content {
            topic: if self.title.contains(&self.period) {
                self.title.clone()
            } else {
                format!("{}, {}", self.title, self.period)
            },
            persona: if personas.is_empty() {
                format!("a {}", rng.pick(&self.subject.domain.roles))
            } else {
                (*rng.pick(&personas)).clone()
            },
            formats: [((0, amounts), self.format.clone()), ((1, totals), self.format)].into(),
            title: self.title,
            subtitle,
            note,
            nouns: Nouns { row: words.noun, rows: words.plural, flow: Some(words.flow), ..Nouns::default() },
            absent: words.absent,
            absent_columns: Vec::new(),
            source_name: "world".to_owned(),
            source_licence: "CC0-1.0".to_owned(),
            plan,
            data,
        }
    }
}

struct Words {
    noun: String,
    plural: String,
    flow: FlowWords,
    absent: Vec<String>,
}

/// Content of a diagram of links.
pub(super) fn links(
    rows: Count,
    nodes: Count,
    layered: bool,
    banks: &Banks,
    rng: &mut Rng,
) -> Option<Content> {
    if layered { sankey(rows, banks, rng) } else { chord(rows, nodes, banks, rng) }
}

fn sankey(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let theme = rng.pick(&banks.flows.sankey);
    let all: Vec<&str> = names_of(theme);
    let source = |name: &str| theme.links.iter().all(|l| l.1 != name);
    let sink = |name: &str| theme.links.iter().all(|l| l.0 != name);
    let keep: Vec<&str> =
        all.iter().copied().filter(|name| !(source(name) || sink(name)) || rng.chance(0.84)).collect();
    let used: Vec<&(String, String, f64)> =
        theme.links.iter().filter(|l| keep.contains(&l.0.as_str()) && keep.contains(&l.1.as_str())).collect();
    if !rows.holds(used.len()) {
        return None;
    }
    let (list, amounts) = balanced(theme, &used, rng)?;
    let own = Theme::draw(banks, &theme.domain, &theme.titles, (&theme.unit, theme.decimals), rng);
    let absent: Vec<String> =
        all.iter().filter(|name| !list.iter().any(|l| l == *name)).map(|n| (*n).to_owned()).collect();
    let flow =
        FlowWords { much: theme.much.clone(), many: theme.many, verb: theme.verb.clone(), years: false };
    let words = Words { noun: "place".into(), plural: "places".into(), flow, absent };
    let data = tables(&list, &amounts, true, &own.format, &theme.much);
    Some(own.content(banks, data, words, rng))
}

fn names_of(theme: &Links) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in theme.links.iter().flat_map(|l| [l.0.as_str(), l.1.as_str()]) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Amounts for links: free at the sources, kept everywhere else; `None` when a node is cut off or a flow is tiny.
fn balanced(theme: &Links, used: &[&(String, String, f64)], rng: &mut Rng) -> Option<Amounts> {
    let mut list: Vec<String> = Vec::new();
    for link in used {
        for name in [&link.0, &link.1] {
            if !list.contains(name) {
                list.push(name.clone());
            }
        }
    }
    let place = |name: &str| list.iter().position(|n| n == name).unwrap_or(0);
    let ends: Vec<(usize, usize)> = used.iter().map(|l| (place(&l.0), place(&l.1))).collect();
    let wanted = |node: usize, out: bool| {
        let name = &list[node];
        let before = theme.links.iter().any(|l| if out { l.0 == *name } else { l.1 == *name });
        let now = ends.iter().any(|(from, to)| if out { *from == node } else { *to == node });
        before == now
    };
    if (0..list.len()).any(|node| !wanted(node, true) || !wanted(node, false)) {
        return None;
    }
    let mut scale = 1.0;
    for _ in 0..theme.decimals {
        scale *= 10.0;
    }
    let whole = libm::exp(rng.range(libm::log(theme.low), libm::log(theme.high))) * scale;
    let weights: Vec<f64> = used.iter().map(|l| l.2 * libm::exp(rng.normal(0.0, 0.35))).collect();
    let sources: Vec<usize> = (0..list.len()).filter(|n| ends.iter().all(|(_, to)| to != n)).collect();
    let first: f64 =
        ends.iter().zip(&weights).filter(|((from, _), _)| sources.contains(from)).map(|(_, w)| w).sum();
    let mut amounts: Vec<Option<i64>> = vec![None; ends.len()];
    for (index, (from, _)) in ends.iter().enumerate() {
        if sources.contains(from) {
            amounts[index] = Some(libm::round(whole * weights[index] / first) as i64);
        }
    }
    // A node passes on what it has received as soon as all of that is known.
    for _ in 0..list.len() {
        for node in 0..list.len() {
            let out: Vec<usize> = (0..ends.len()).filter(|i| ends[*i].0 == node).collect();
            let into: Option<Vec<i64>> =
                (0..ends.len()).filter(|i| ends[*i].1 == node).map(|i| amounts[i]).collect();
            let Some(into) = into else { continue };
            if out.is_empty() || amounts[out[0]].is_some() {
                continue;
            }
            let received: i64 = into.iter().sum();
            let sum: f64 = out.iter().map(|i| weights[*i]).sum();
            let mut left = received;
            for (position, index) in out.iter().enumerate() {
                let part = libm::round(received as f64 * weights[*index] / sum) as i64;
                let part = if position + 1 == out.len() { left } else { part };
                amounts[*index] = Some(part);
                left -= part;
            }
        }
    }
    let amounts: Vec<i64> = amounts.into_iter().collect::<Option<_>>()?;
    if amounts.iter().any(|a| (*a as f64) < 0.015 * whole) {
        return None;
    }
    Some((list, ends.into_iter().zip(amounts).map(|((from, to), amount)| (from, to, amount)).collect()))
}

fn chord(rows: Count, nodes: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let theme: &Exchange = rng.pick(&banks.flows.chord);
    let towns: Vec<String> = banks.towns.iter().filter(|t| t.chars().count() < 14).cloned().collect();
    let pool = if theme.names.is_empty() { &towns } else { &theme.names };
    let most = nodes.max.min(8).min(pool.len() - 1);
    let count = (nodes.min.max(4) + rng.below(most - 2)).min(most);
    let mut order = rng.sample(pool.len(), pool.len());
    let rest = order.split_off(count);
    let list: Vec<String> = order.into_iter().map(|i| pool[i].clone()).collect();
    let pull: Vec<f64> = list.iter().map(|_| rng.range(0.5, 1.5)).collect();
    let density = match count {
        4 => 0.7,
        5 => 0.6,
        6 => 0.45,
        _ => 0.34,
    };
    let mut amounts = Vec::new();
    for from in 0..count {
        for (to, liked) in pull.iter().enumerate() {
            if from != to && rng.chance(density) {
                let amount = libm::exp(rng.range(libm::log(theme.low), libm::log(theme.high)));
                amounts.push((from, to, libm::round((amount * liked).max(1.0)) as i64));
            }
        }
    }
    let whole: i64 = amounts.iter().map(|a| a.2).sum();
    let touched = |node: usize| -> i64 {
        amounts.iter().filter(|(from, to, _)| *from == node || *to == node).map(|a| a.2).sum()
    };
    let thin = (0..count).any(|node| (touched(node) as f64) < 0.09 * whole as f64);
    if !rows.holds(amounts.len()) || thin || amounts.iter().any(|a| (a.2 as f64) < 0.008 * whole as f64) {
        return None;
    }
    let own = Theme::draw(banks, &theme.domain, &theme.titles, (&theme.unit, 0), rng);
    let flow =
        FlowWords { much: theme.much.clone(), many: theme.many, verb: theme.verb.clone(), years: false };
    let absent = rest.into_iter().take(12).map(|i| pool[i].clone()).collect();
    let words = Words { noun: theme.noun.clone(), plural: theme.plural.clone(), flow, absent };
    let data = tables(&list, &amounts, false, &own.format, &theme.much);
    Some(own.content(banks, data, words, rng))
}

/// The table of links and that of nodes with their totals.
fn tables(
    list: &[String],
    amounts: &[(usize, usize, i64)],
    layered: bool,
    format: &NumberFormat,
    much: &str,
) -> Data {
    let cell = |amount: i64| Cell::decimal(Decimal::new(amount, format.decimals), format);
    let mut links = Table::new(
        "links",
        vec![Column::text("From"), Column::text("To"), Column::number(capital(much), "", true)],
    );
    for (from, to, amount) in amounts {
        links.rows.push(vec![Cell::text(&list[*from]), Cell::text(&list[*to]), cell(*amount)]);
    }
    let mut nodes = Table::new("nodes", vec![Column::text("Name"), Column::number("Total", "", true)]);
    for (node, name) in list.iter().enumerate() {
        let out: i64 = amounts.iter().filter(|a| a.0 == node).map(|a| a.2).sum();
        let into: i64 = amounts.iter().filter(|a| a.1 == node).map(|a| a.2).sum();
        let total = if layered { out.max(into) } else { out + into };
        nodes.rows.push(vec![Cell::text(name), cell(total)]);
    }
    Data { tables: vec![links, nodes] }
}

/// Content of a diagram of streams.
pub(super) fn streams(rows: Count, steps: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let theme: &Streams = rng.pick(&banks.flows.alluvial);
    let (heads, values) = heads(theme, steps, rng)?;
    let mut lines: Vec<Vec<usize>> = vec![Vec::new()];
    for own in &values {
        lines = lines
            .into_iter()
            .flat_map(|line| (0..own.len()).map(move |value| [line.clone(), vec![value]].concat()))
            .collect();
    }
    let liked: Vec<Vec<f64>> =
        values.iter().map(|own| own.iter().map(|_| rng.range(0.35, 1.3)).collect()).collect();
    let mut shares: Vec<(Vec<usize>, f64)> = Vec::new();
    for line in lines {
        let mut share = libm::exp(rng.normal(0.0, 0.8));
        for (step, value) in line.iter().enumerate() {
            share *= liked[step][*value];
            // Most things stay what they were.
            if theme.years && step > 0 {
                share *= if line[step - 1] == *value { 6.0 } else { 0.8 };
            }
        }
        shares.push((line, share));
    }
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    shares.truncate(rows.max.min(8 + rng.below(10)));
    let sum: f64 = shares.iter().map(|s| s.1).sum();
    shares.retain(|s| s.1 > 0.014 * sum);
    shares.sort_by(|a, b| a.0.cmp(&b.0));
    let met = |step: usize, value: usize| shares.iter().any(|s| s.0[step] == value);
    let all_met = values.iter().enumerate().all(|(step, own)| (0..own.len()).all(|v| met(step, v)));
    if !rows.holds(shares.len()) || !all_met {
        return None;
    }
    let mut own = Theme::draw(banks, &theme.domain, &theme.titles, ("", 0), rng);
    if let (true, Some(first), Some(last)) = (theme.years, heads.first(), heads.last()) {
        own.period = format!("{first} to {last}");
    }
    let whole = libm::exp(rng.range(libm::log(theme.low), libm::log(theme.high)));
    let mut columns: Vec<Column> = heads.iter().map(Column::text).collect();
    columns.push(Column::number(capital(&theme.much), "", true));
    let mut table = Table::new("streams", columns);
    let mut sums: Vec<Vec<i64>> = values.iter().map(|own| vec![0; own.len()]).collect();
    for (line, share) in &shares {
        let amount = (libm::round(whole * share / sum) as i64).max(1);
        let mut cells: Vec<Cell> =
            line.iter().enumerate().map(|(step, value)| Cell::text(&values[step][*value])).collect();
        cells.push(Cell::decimal(Decimal::from(amount), &own.format));
        line.iter().enumerate().for_each(|(step, value)| sums[step][*value] += amount);
        table.rows.push(cells);
    }
    let columns = vec![Column::text("Name"), Column::text("Step"), Column::number("Total", "", true)];
    let mut nodes = Table::new("nodes", columns);
    for (step, head) in heads.iter().enumerate() {
        for (value, name) in values[step].iter().enumerate() {
            let total = Cell::decimal(Decimal::from(sums[step][value]), &own.format);
            nodes.rows.push(vec![Cell::text(name), Cell::text(head), total]);
        }
    }
    let absent: Vec<String> = theme
        .steps
        .iter()
        .flat_map(|step| &step.values)
        .filter(|name| values.iter().all(|own| !own.contains(name)))
        .cloned()
        .collect();
    let flow = FlowWords { much: theme.much.clone(), many: true, verb: String::new(), years: theme.years };
    let words = Words { noun: "group".into(), plural: "groups".into(), flow, absent };
    Some(own.content(banks, Data { tables: vec![table, nodes] }, words, rng))
}

/// The names of the steps, and what is met at each.
fn heads(theme: &Streams, steps: Count, rng: &mut Rng) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let some = |values: &[String], rng: &mut Rng| {
        let mut list = values.to_vec();
        if list.len() > 3 && rng.chance(0.5) {
            list.remove(rng.below(list.len()));
        }
        list
    };
    if theme.years {
        let count = if rng.chance(0.6) { 2 } else { 3 };
        let pace = *rng.pick(&[1, 2, 4, 5, 10]);
        let last = rng.whole(2012, 2025);
        let heads = (0..count).rev().map(|i| (last - pace * i).to_string()).collect();
        let values = some(&theme.steps[0].values, rng);
        return Some((heads, (0..count).map(|_| values.clone()).collect()));
    }
    let count = (2 + rng.below(3)).min(theme.steps.len()).clamp(steps.min, steps.max);
    let mut picks = rng.sample(theme.steps.len(), count);
    picks.sort_unstable();
    let heads = picks.iter().map(|i| theme.steps[*i].name.clone()).collect();
    Some((heads, picks.iter().map(|i| some(&theme.steps[*i].values, rng)).collect()))
}
