//! The words of one text: what is a name of the subject stays, what the layouts write is looked up.

use std::collections::BTreeSet;

use crate::banks::{Banks, Domain, Foreign};
use crate::content::{Content, MONTHS, capital};
use crate::world::DAYS;

/// Looks texts up for one subject of one language.
pub(super) struct Labels<'a> {
    pub(super) foreign: &'a Foreign,
    pub(super) domain: &'a Domain,
    names: BTreeSet<&'a str>,
    units: BTreeSet<String>,
    /// Months are abbreviated: `May` is short as well as whole.
    short_months: bool,
}

/// What layouts write, and the key of its word.
const WORDS: &[(&str, &str)] = &[
    ("Month", "month"),
    ("Quarter", "quarter"),
    ("Day", "day"),
    ("Week", "week"),
    ("Hour", "hour"),
    ("Year", "year"),
    ("Step", "step"),
    ("Lower bound", "lower"),
    ("Upper bound", "upper"),
    ("Minimum", "minimum"),
    ("Lower quartile", "q1"),
    ("Median", "median"),
    ("Upper quartile", "q3"),
    ("Maximum", "maximum"),
    ("Density at the peak", "density_peak"),
    ("Cumulative share", "cumulative"),
    ("Running share of the total", "running"),
    ("Quantile", "quantile"),
    ("Variable", "variable"),
    ("Hexagon", "hexagon"),
    ("Reading", "reading"),
    ("Record", "record"),
    ("Sample", "sample"),
    ("Number of readings", "n:readings"),
    ("Number of records", "n:records"),
    ("Number of samples", "n:samples"),
    ("Number of days", "n:days_counted"),
    ("Total", "total"),
    ("Sum", "sum"),
    ("All", "all"),
    ("Grand total", "grand_total"),
    ("First half", "half1"),
    ("Second half", "half2"),
    ("Plan", "plan"),
    ("Actual", "actual"),
    ("Price", "price"),
    ("Small", "small"),
    ("Large", "large"),
    ("Weekday", "weekday"),
    ("Weekend", "weekend"),
    ("Single", "single"),
    ("Pack of 10", "pack"),
    ("Yes", "yes"),
    ("No", "no"),
    ("Stop", "stop"),
    ("Bus", "bus"),
    ("Train", "train"),
    ("Ferry", "ferry"),
    ("Tram", "tram"),
    ("Property", "property"),
    ("Value", "value"),
    ("Reference", "reference"),
    ("Recorded by", "recorded_by"),
    ("Place", "place"),
    ("Date", "date"),
    ("Provisional figure", "provisional"),
    ("Estimated", "estimated"),
    ("Counting method changed", "method"),
    ("Opening", "opening"),
    ("Closing", "closing"),
];

/// What stands before the name of a measure, and the key of the word that qualifies it.
const QUALIFIED: &[(&str, &str)] = &[
    ("Lowest ", "minimum"),
    ("Highest ", "maximum"),
    ("Minimum of ", "minimum"),
    ("Maximum of ", "maximum"),
    ("First quartile of ", "q1"),
    ("Third quartile of ", "q3"),
    ("Minimum ", "minimum"),
    ("Maximum ", "maximum"),
    ("Median ", "median"),
    ("Typical ", "typical"),
    ("Actual ", "actual"),
    ("Achieved ", "achieved"),
    ("Target ", "target"),
    ("Planned ", "planned"),
    ("Middle ", "middle"),
    ("Change in ", "change"),
];

/// All keys that this file asks a language for, beside those of titles and figures.
#[cfg(test)]
pub(super) fn keys() -> Vec<&'static str> {
    let own = ["number_of", "sum_of", "start_of", "end_of", "week_label", "quarter_label", "quarter_year"];
    let dates = ["day_month", "full_date", "with_unit_of", "in_unit"];
    let listed = WORDS.iter().chain(QUALIFIED).map(|(_, key)| key.trim_start_matches("n:"));
    own.into_iter().chain(dates).chain(listed).collect()
}

/// The English words that layouts write, for tests that look for them.
#[cfg(test)]
pub(super) fn english() -> Vec<&'static str> {
    WORDS.iter().chain(QUALIFIED).map(|(word, _)| word.trim()).collect()
}

impl<'a> Labels<'a> {
    pub(super) fn new(foreign: &'a Foreign, domain: &'a Domain, banks: &'a Banks) -> Self {
        let things = domain.entities.iter().flat_map(|e| &e.names);
        let measures = banks.domains.iter().flat_map(|d| d.measures.iter().map(|m| &m.name));
        let names = things.chain(measures).chain(&banks.towns).chain(&banks.families);
        let mut units: BTreeSet<String> = domain.measures.iter().map(|m| m.unit.clone()).collect();
        units.insert(foreign.locale.prefix.trim().to_owned());
        units.insert(foreign.locale.suffix.trim().to_owned());
        Self { foreign, domain, names: names.map(String::as_str).collect(), units, short_months: false }
    }

    /// The same for content whose labels of time tell whether months are abbreviated.
    pub(super) fn of(mut self, content: &Content) -> Self {
        let short = |text: &str| text != "May" && MONTHS.iter().any(|m| m[..3] == *text);
        let table = content.table();
        let heads = table.columns.iter().map(|column| column.name.as_str());
        self.short_months = heads.chain(table.texts(0)).any(short);
        self
    }

    /// The measure whose name ends a text, whatever its case.
    pub(super) fn measure(&self, text: &str) -> Option<&'a str> {
        let text = text.to_lowercase();
        let names = self.domain.measures.iter().map(|m| m.name.as_str());
        names.filter(|name| text.ends_with(&name.to_lowercase())).max_by_key(|name| name.len())
    }

    /// The text in the language.
    pub(super) fn text(&self, text: &str) -> Option<String> {
        if self.names.contains(text) || !text.chars().any(char::is_alphabetic) {
            return Some(text.to_owned());
        }
        let word = |key: &str| self.foreign.word(key);
        if let Some((_, key)) = WORDS.iter().find(|(english, _)| *english == text) {
            return Some(match key.strip_prefix("n:") {
                Some(key) => self.number_of(word(key)),
                None => word(key).to_owned(),
            });
        }
        if let Some((group, sub)) = text.split_once('|') {
            return Some(format!("{}|{}", self.text(group)?, self.text(sub)?));
        }
        self.of_things(text)
            .or_else(|| self.of_measures(text))
            .or_else(|| self.time(text))
            .or_else(|| self.numbered(text))
            .or_else(|| self.code_or_amount(text))
    }

    fn of_things(&self, text: &str) -> Option<String> {
        self.domain.entities.iter().find_map(|entities| {
            let thing = self.foreign.thing(&self.domain.slug, &entities.kind)?;
            if text == capital(&entities.kind) {
                return Some(thing.label.clone());
            }
            let counted = text.strip_prefix("Number of ")?;
            let several = self.foreign.inside(&thing.plural);
            (counted == entities.plural).then(|| self.number_of(&several))
        })
    }

    /// How many of something there are.
    fn number_of(&self, several: &str) -> String {
        capital(&self.foreign.word("number_of").replace("{m}", &self.foreign.inside(several)))
    }

    fn of_measures(&self, text: &str) -> Option<String> {
        if let Some((name, unit)) = text.strip_suffix(')').and_then(|t| t.rsplit_once(" ("))
            && self.units.contains(unit)
        {
            return Some(format!("{} ({unit})", self.text(name)?));
        }
        if let Some(rest) = text.strip_prefix("Sum of ") {
            return Some(self.foreign.word("sum_of").replace("{m}", self.measure(rest)?));
        }
        let (rest, key) = QUALIFIED.iter().find_map(|(p, key)| Some((text.strip_prefix(p)?, key)))?;
        let word = self.foreign.inside(self.foreign.word(key));
        Some(self.foreign.word("with_unit_of").replace("{m}", self.measure(rest)?).replace("{q}", &word))
    }

    fn time(&self, text: &str) -> Option<String> {
        let f = self.foreign;
        let month = |name: &str| MONTHS.iter().position(|m| *m == name);
        if let Some(at) = month(text).filter(|_| !(self.short_months && text == "May")) {
            return Some(f.months[at].clone());
        }
        if let Some(at) = DAYS.iter().position(|d| *d == text) {
            return Some(f.days[at].clone());
        }
        if text.len() == 3 {
            let month = MONTHS.iter().position(|m| m[..3] == *text).map(|at| f.months_short[at].clone());
            return month
                .or_else(|| DAYS.iter().position(|d| d[..3] == *text).map(|at| f.days_short[at].clone()));
        }
        let number = |text: &str| text.parse::<u32>().is_ok();
        let parts: Vec<&str> = text.split(' ').collect();
        match parts[..] {
            ["Week", n] if number(n) => Some(f.word("week_label").replace("{n}", n)),
            ["Start", "of", y] if number(y) => Some(f.word("start_of").replace("{y}", y)),
            ["End", "of", y] if number(y) => Some(f.word("end_of").replace("{y}", y)),
            [q] => quarter(q).map(|n| f.word("quarter_label").replace("{n}", n)),
            [q, y] if number(y) && quarter(q).is_some() => {
                Some(f.word("quarter_year").replace("{n}", quarter(q)?).replace("{y}", y))
            }
            [d, m, y] if number(d) && number(y) => {
                let pattern = f.word("full_date").replace("{month}", &f.months[month(m)?]);
                Some(pattern.replace("{d}", d).replace("{y}", y))
            }
            _ => None,
        }
    }

    /// A word with a number behind it, such as `Bus 12`.
    fn numbered(&self, text: &str) -> Option<String> {
        let (name, number) = text.rsplit_once(' ')?;
        let counts = number.chars().all(|c| c.is_ascii_digit());
        counts.then(|| self.text(name)).flatten().map(|name| format!("{name} {number}"))
    }

    /// A number with its unit, or a code of one capital letter and digits.
    fn code_or_amount(&self, text: &str) -> Option<String> {
        let digits = text.chars().any(|c| c.is_ascii_digit());
        let letters: String =
            text.trim_matches(|c: char| !c.is_alphabetic() && !"%°€$".contains(c)).to_owned();
        let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || ".,’−\u{a0} ".contains(c)).trim();
        let code = letters.len() == 1 && letters.chars().all(|c| c.is_ascii_uppercase());
        let known = self.units.contains(letters.trim()) || self.units.contains(unit);
        (digits && (code || known)).then(|| text.to_owned())
    }
}

fn quarter(text: &str) -> Option<&str> {
    text.strip_prefix('Q').filter(|n| ["1", "2", "3", "4"].contains(n))
}
