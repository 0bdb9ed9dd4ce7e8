//! Running text: stories of a few sentences, drawn from wordings, whose facts are fields of the document. A fact becomes
//! a field when it is first printed, so that nothing is known that cannot be read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::ToSpan as _;
use jiff::civil::{Date, time};
use pixmo_render::NumberFormat;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;
use serde::Deserialize;

use super::desk::{Desk, Person};
use super::markup::{Expr, body, inline};
use super::sheet::{Field, Sheet};

/// What there is to tell about one thing.
#[derive(Debug, Deserialize)]
pub(super) struct Story {
    /// The part of a paper where it stands.
    #[serde(default)]
    pub(super) section: String,
    /// Slots: `[slot, draw]`, or `[slot, draw, name, questions]` for those that can be asked for.
    pub(super) facts: Vec<Vec<String>>,
    /// Wordings of the headline.
    #[serde(default)]
    pub(super) headline: Vec<String>,
    /// Sentences in order, each with its wordings; the first one leads.
    pub(super) text: Vec<Vec<String>>,
}

/// The stories of newspapers and the pieces of newsletters.
#[derive(Debug, Deserialize)]
pub(super) struct Press {
    pub(super) story: Vec<Story>,
    pub(super) piece: Vec<Story>,
}

impl Press {
    /// The bundled stories.
    pub(super) fn bundled() -> &'static Press {
        static PRESS: OnceLock<Press> = OnceLock::new();
        PRESS.get_or_init(|| {
            toml::from_str(include_str!("../../../../data/sources/world/press.toml"))
                .expect("press.toml has the form of `Press`")
        })
    }
}

/// What has been drawn for a slot.
#[derive(Clone, Debug)]
struct Value {
    shown: String,
    person: Option<Person>,
    field: Option<Field>,
}

/// Fills the slots of one story, each with the same value wherever it stands.
pub(super) struct Teller<'s> {
    facts: &'s [Vec<String>],
    date: Date,
    values: BTreeMap<String, Value>,
    /// Names of people who are none of the story.
    others: Vec<String>,
}

impl<'s> Teller<'s> {
    /// A teller of these facts; days are counted from the date.
    pub(super) fn new(facts: &'s [Vec<String>], date: Date, home: &str) -> Self {
        let home = Value { shown: home.to_owned(), person: None, field: None };
        Self { facts, date, values: BTreeMap::from([("home".to_owned(), home)]), others: Vec::new() }
    }

    /// Keeps the people of the story apart from these.
    pub(super) fn apart_from(mut self, names: &[Person]) -> Self {
        self.others = names.iter().map(Person::full).collect();
        self
    }

    /// Sets a slot to what is printed elsewhere.
    pub(super) fn set(&mut self, slot: &str, shown: &str, field: Option<Field>) {
        self.values.insert(slot.to_owned(), Value { shown: shown.to_owned(), person: None, field });
    }

    /// A text without links, for headlines.
    pub(super) fn plain(&mut self, desk: &mut Desk<'_>, pattern: &str) -> String {
        let mut out = String::new();
        for part in parts(pattern) {
            match part {
                Part::Words(words) => out.push_str(words),
                Part::Slot(slot) => out.push_str(&self.shown(desk, slot)),
            }
        }
        super::desk::capital(&out)
    }

    /// A sentence whose facts are linked to their fields.
    pub(super) fn spans(&mut self, desk: &mut Desk<'_>, sheet: &mut Sheet, pattern: &str) -> Vec<Span> {
        let mut out = Vec::new();
        for part in parts(pattern) {
            match part {
                Part::Words(words) => out.push(Span::Words(words.to_owned())),
                Part::Slot(slot) => {
                    let shown = self.shown(desk, slot);
                    out.push(match self.field(sheet, slot) {
                        Some(field) => Span::Fact(field, shown),
                        None => Span::Words(shown),
                    });
                }
            }
        }
        if let Some(Span::Words(words)) = out.first_mut() {
            *words = super::desk::capital(words);
        }
        out
    }

    /// The value of a slot; `person.family` is a person's name with its title.
    fn shown(&mut self, desk: &mut Desk<'_>, slot: &str) -> String {
        let (slot, polite) = slot.strip_suffix(".family").map_or((slot, false), |name| (name, true));
        if !self.values.contains_key(slot) {
            let draw = self.facts.iter().find(|fact| fact[0] == slot).map_or(slot, |fact| fact[1].as_str());
            let mut value = draw_value(desk, draw, self.date);
            for _ in 0..20 {
                let named = |shown: &str| {
                    self.others.iter().any(|other| other == shown)
                        || self.values.values().any(|v| v.person.is_some() && v.shown == shown)
                };
                if value.person.is_none() || !named(&value.shown) {
                    break;
                }
                value = draw_value(desk, draw, self.date);
            }
            self.values.insert(slot.to_owned(), value);
        }
        let value = &self.values[slot];
        match &value.person {
            Some(person) if polite => person.polite(),
            _ => value.shown.clone(),
        }
    }

    /// The field of a fact, made when it is first printed.
    fn field(&mut self, sheet: &mut Sheet, slot: &str) -> Option<Field> {
        if slot.ends_with(".family") {
            return None;
        }
        let value = self.values.get_mut(slot)?;
        if value.field.is_none() {
            let fact = self.facts.iter().find(|fact| fact[0] == slot && fact.len() > 3)?;
            value.field = Some(sheet.tell(&fact[2], &value.shown, &fact[3]));
        }
        value.field
    }
}

/// A piece of a sentence.
#[derive(Clone, Debug)]
pub(super) enum Span {
    /// Words that print no cell.
    Words(String),
    /// The printed value of a field.
    Fact(Field, String),
}

/// Spans as content; words that meet become one text.
pub(super) fn run(sheet: &Sheet, spans: &[Span]) -> Expr {
    let mut exprs: Vec<Expr> = Vec::new();
    let mut words = String::new();
    for span in spans {
        match span {
            Span::Words(more) => words.push_str(more),
            Span::Fact(field, shown) => {
                if !words.is_empty() {
                    exprs.push(body(&std::mem::take(&mut words)));
                }
                exprs.push(sheet.part(*field, shown, "body"));
            }
        }
    }
    if !words.is_empty() {
        exprs.push(body(&words));
    }
    inline(&exprs)
}

/// A story in paragraphs of two or three sentences: the lead and `more` of the other sentences, in their order.
pub(super) fn paragraphs(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    teller: &mut Teller<'_>,
    text: &[Vec<String>],
    more: usize,
) -> Vec<Vec<Span>> {
    let mut chosen: Vec<usize> = desk.rng.sample(text.len() - 1, more.min(text.len() - 1));
    chosen.sort_unstable();
    let mut list: Vec<Vec<Span>> = Vec::new();
    let mut left = 0;
    for sentence in std::iter::once(0).chain(chosen.into_iter().map(|index| index + 1)) {
        let wording = desk.rng.pick(&text[sentence]).clone();
        let spans = teller.spans(desk, sheet, &wording);
        if left == 0 {
            left = desk.rng.whole(2, 3);
            list.push(spans);
        } else {
            let last = list.last_mut().expect("a paragraph has been begun");
            last.push(Span::Words(" ".to_owned()));
            last.extend(spans);
        }
        left -= 1;
    }
    list
}

enum Part<'p> {
    Words(&'p str),
    Slot(&'p str),
}

fn parts(pattern: &str) -> Vec<Part<'_>> {
    let mut list = Vec::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        if open > 0 {
            list.push(Part::Words(&rest[..open]));
        }
        let close = rest[open..].find('}').map_or(rest.len() - 1, |at| open + at);
        list.push(Part::Slot(&rest[open + 1..close]));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        list.push(Part::Words(rest));
    }
    list
}

/// Draws by a short word and its bounds.
fn draw_value(desk: &mut Desk<'_>, draw: &str, date: Date) -> Value {
    let (what, rest) = draw.split_once(' ').unwrap_or((draw, ""));
    let place = desk.place.clone();
    let bounds = || {
        let (low, high) = rest.split_once(' ').expect("a draw names two bounds");
        let number = |text: &str| text.parse::<i64>().expect("bounds are whole numbers");
        (number(low), number(high))
    };
    let mut person = None;
    let shown = match what {
        "money" => {
            let (low, high) = bounds();
            round_money(desk, low as f64, high as f64)
        }
        "count" => {
            let (low, high) = bounds();
            let value = whole(desk, low, high);
            place.number(0, "").print(Decimal::from(value))
        }
        "percent" => {
            let (low, high) = bounds();
            format!("{} per cent", desk.rng.whole(low, high))
        }
        "day" => {
            let (low, high) = bounds();
            place.date(date.saturating_add(desk.rng.whole(low, high).days()))
        }
        "year" => {
            let (low, high) = bounds();
            (i64::from(date.year()) - desk.rng.whole(low, high)).to_string()
        }
        "time" => {
            let (low, high) = bounds();
            let minute = *desk.rng.pick(&[0, 0, 15, 30, 45]);
            place.time(time(desk.rng.whole(low, high) as i8, minute, 0, 0))
        }
        "one" => {
            let words: Vec<&str> = rest.split('|').collect();
            desk.rng.word(&words).to_owned()
        }
        "town" => desk.town(),
        // The street itself, without the number of a house.
        "street" => desk.rng.pick(&desk.culture.street).clone(),
        "org" => desk.domain().1.name,
        _ => {
            let drawn = desk.person();
            let shown = drawn.full();
            person = Some(drawn);
            shown
        }
    };
    Value { shown, person, field: None }
}

/// A whole number, larger ones rounded as people report them.
fn whole(desk: &mut Desk<'_>, low: i64, high: i64) -> i64 {
    let value = desk.rng.whole(low, high);
    match value {
        0..=999 => value,
        1000..=9999 => value / 10 * 10,
        _ => value / 100 * 100,
    }
}

/// An amount of a euro-like currency as a rounded amount of the place's currency.
pub(super) fn round_money(desk: &mut Desk<'_>, low: f64, high: f64) -> String {
    let place = desk.place.clone();
    let euros = libm::exp(desk.rng.range(libm::log(low), libm::log(high)));
    if euros < 100.0 {
        return place.money.print(place.fee(euros));
    }
    let raw = euros * place.factor;
    let step = libm::pow(10.0, libm::floor(libm::log10(raw)) - 1.0);
    let amount = Decimal::from_f64(libm::round(raw / step) * step).unwrap_or_default().round();
    NumberFormat { decimals: 0, ..place.money }.print(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_of_a_story_is_a_fact_or_a_common_word() {
        let press = Press::bundled();
        assert!(press.story.len() >= 12 && press.piece.len() >= 6);
        let common = ["home", "town", "street", "person", "person2", "org"];
        for story in press.story.iter().chain(&press.piece) {
            let patterns = story.headline.iter().chain(story.text.iter().flatten());
            for part in patterns.flat_map(|pattern| parts(pattern)) {
                let Part::Slot(slot) = part else { continue };
                let slot = slot.trim_end_matches(".family");
                let known = common.contains(&slot) || story.facts.iter().any(|fact| fact[0] == slot);
                assert!(known, "`{slot}` in {}", story.headline[0]);
            }
            assert!(story.text.len() >= 4 && story.headline.len() >= 3, "{}", story.headline[0]);
            for fact in &story.facts {
                assert!(fact.len() == 2 || fact.len() == 4, "{fact:?}");
            }
        }
    }
}
