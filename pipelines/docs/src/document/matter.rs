//! What letters, memos and notices are about: facts by name, and sentences in which their values stand.

use jiff::ToSpan as _;
use jiff::civil::{Date, time};

use super::desk::Desk;
use super::markup::{Expr, body, inline};
use super::sheet::{Field, Sheet};

/// A sentence with `{n}` for the values of fields.
pub(super) fn sentence(sheet: &Sheet, pattern: &str, fields: &[Field]) -> Expr {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        if open > 0 {
            parts.push(body(&rest[..open]));
        }
        let close = rest[open..].find('}').map_or(rest.len(), |at| open + at);
        let index: usize = rest[open + 1..close].parse().expect("patterns number their fields");
        parts.push(sheet.value(fields[index]));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        parts.push(body(rest));
    }
    inline(&parts)
}

/// A letter's subject: what it is about, its facts by name, its sentences.
pub(super) struct Matter {
    pub(super) subject: &'static str,
    pub(super) facts: &'static [(&'static str, Fact)],
    pub(super) sentences: &'static [&'static str],
}

/// How a fact is drawn.
#[derive(Clone, Copy)]
pub(super) enum Fact {
    Day(i64, i64),
    Hour,
    Morning,
    Code(&'static str),
    Money(f64, f64),
    Count(i64, i64),
    Person,
    Street,
    One(&'static [&'static str]),
}

/// The facts of a matter, drawn for a text of this date and put into the sheet.
pub(super) fn draw_facts(desk: &mut Desk<'_>, sheet: &mut Sheet, matter: &Matter, date: Date) -> Vec<Field> {
    let place = desk.place.clone();
    matter
        .facts
        .iter()
        .map(|(name, fact)| {
            if let Fact::Money(low, high) = *fact {
                let euros = desk.rng.range(low, high);
                let amount = place.price(euros, &mut desk.rng);
                return sheet.money(name, amount, &place);
            }
            let value = shown(desk, *fact, date);
            sheet.field(name, &value)
        })
        .collect()
}

/// The facts of a matter as entries whose names are told by their sentences, with a question for each of them. Offices
/// make their appointments on days of work.
pub(super) fn tell_facts(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    matter: &Matter,
    asks: &[&str],
    date: Date,
) -> Vec<Field> {
    matter
        .facts
        .iter()
        .zip(asks)
        .map(|((name, fact), ask)| {
            let value = match *fact {
                Fact::Day(low, high) => {
                    let day = date.saturating_add(desk.rng.whole(low, high).days());
                    let past = i64::from(day.weekday().to_monday_zero_offset());
                    desk.place.date(day.saturating_sub((past - 4).max(0).days()))
                }
                fact => shown(desk, fact, date),
            };
            sheet.tell(name, &value, ask)
        })
        .collect()
}

/// A fact as it is printed in a text of this date.
fn shown(desk: &mut Desk<'_>, fact: Fact, date: Date) -> String {
    let place = desk.place.clone();
    let quarter = |desk: &mut Desk<'_>, low: i64, high: i64| {
        time(desk.rng.whole(low, high) as i8, *desk.rng.pick(&[0, 15, 30, 45]), 0, 0)
    };
    match fact {
        Fact::Day(low, high) => place.date(date.saturating_add(desk.rng.whole(low, high).days())),
        Fact::Hour => place.time(quarter(desk, 8, 17)),
        Fact::Morning => place.time(quarter(desk, 7, 10)),
        Fact::Code(pattern) => desk.code(pattern),
        Fact::Count(low, high) => desk.rng.whole(low, high).to_string(),
        Fact::Person => {
            let person = desk.person();
            if desk.rng.chance(0.5) { person.full() } else { person.polite() }
        }
        Fact::Street => desk.street(),
        Fact::One(list) => desk.any(list).to_owned(),
        Fact::Money(low, high) => {
            let euros = desk.rng.range(low, high);
            place.money.print(place.price(euros, &mut desk.rng))
        }
    }
}
