//! Titles and subtitles from the patterns of a language.

use pixmo_render::Rng;

use crate::banks::{Banks, Foreign};
use crate::content::{Content, capital};
use crate::world::Subject;

use super::labels::Labels;

/// Forms of content that name themselves in their plans, and the patterns that suit them.
const FORMS: &[(&str, &str)] = &[
    ("bins", "bins"),
    ("steps", "steps"),
    ("ranges", "ranges"),
    ("interval", "interval"),
    ("summary", "spread"),
    ("samples", "spread"),
    ("distribution", "spread"),
    ("dual", "pair"),
    ("points", "pair"),
    ("clouds", "pair"),
    ("running", "running"),
    ("goals", "goals"),
    ("ranks", "ranks"),
    ("ridges", "spread"),
    ("quantiles", "quantiles"),
    ("hexagons", "hexagons"),
    ("correlations", "correlations"),
];

/// Everything that patterns may ask for.
pub(super) struct Words<'a> {
    foreign: &'a Foreign,
    form: &'a str,
    fill: Vec<(&'static str, String)>,
    pub(super) organisation: String,
}

/// The forms of titles that a language must have patterns for.
#[cfg(test)]
pub(super) fn forms() -> Vec<&'static str> {
    let own = ["by", "thing", "rows", "thing_only", "prices", "matrix", "timetable", "spec"];
    FORMS.iter().map(|(_, form)| *form).chain(own).chain(["subtitle", "interval_subtitle"]).collect()
}

impl<'a> Words<'a> {
    /// Reads from content, before it is put into the language, what its title can say.
    pub(super) fn of(
        content: &Content,
        labels: &Labels<'a>,
        form: Option<&'a str>,
        banks: &'a Banks,
        rng: &mut Rng,
    ) -> Option<Self> {
        let (foreign, domain) = (labels.foreign, labels.domain);
        let subject = Subject::of(domain, banks, rng);
        let table = content.data.tables.first()?;
        let thing_of = |noun: &str| foreign.thing(&domain.slug, noun);
        let (row, series) = (thing_of(&content.nouns.row), thing_of(&content.nouns.series));
        let measures = measures(content, labels);
        let numbers = table.number_columns().len();
        let named = content.plan.split('|').nth(1)?;
        let form = form.or_else(|| FORMS.iter().find(|(plan, _)| *plan == named).map(|(_, form)| *form));
        let form = form.unwrap_or(match (content.is_time(), numbers) {
            (true, 1) => "thing",
            (false, 1) => "by",
            _ if !content.nouns.measure.is_empty() => "by",
            (true, _) => "thing_only",
            (false, _) => "rows",
        });
        let mut fill = Vec::new();
        let mut put = |key: &'static str, value: Option<String>| {
            fill.extend(value.filter(|v| !v.is_empty()).map(|v| (key, v)));
        };
        put("measure", measures.first().map(|m| (*m).to_owned()));
        put("of", measures.first().map(|m| foreign.inside(m)));
        put("measure2", measures.get(1).map(|m| (*m).to_owned()));
        put("of2", measures.get(1).map(|m| foreign.inside(m)));
        // Where rows are times, it is the things beside each other that are compared.
        // Where rows are ranges, it is the things that are measured.
        let thing = row.or(series).or_else(|| {
            let first = measures.first()?;
            let own = domain.measures.iter().find(|m| m.name == **first)?;
            thing_of(&own.of)
        });
        put("by", row.or(series).map(|t| t.by.clone()));
        put("rows", thing.map(|t| t.plural.clone()));
        let other = domain.entities.iter().find(|e| e.kind != content.nouns.row);
        put("by2", other.and_then(|e| thing_of(&e.kind)).map(|t| t.by.clone()));
        put("thing", named_thing(content, labels));
        let period = period(content);
        put("period", period.clone());
        put("year", Some(rng.whole(2012, 2025).to_string()));
        put("town", Some(subject.town.clone()));
        put("org", Some(subject.organisation.clone()));
        if form == "timetable" {
            put("from", table.rows.first().map(|r| r[0].shown.clone()));
            put("to", table.rows.last().map(|r| r[0].shown.clone()));
            put("n", Some(rng.whole(1, 98).to_string()));
        }
        Some(Self { foreign, form, fill, organisation: subject.organisation })
    }

    /// A title, and a subtitle or nothing.
    pub(super) fn title_and_subtitle(&self, rng: &mut Rng) -> Option<(String, String)> {
        let title = capital(&self.filled(self.form, rng)?);
        if rng.chance(0.4) {
            return Some((title, String::new()));
        }
        let key = if self.form == "interval" { "interval_subtitle" } else { "subtitle" };
        let subtitle = self.filled(key, rng).unwrap_or_default();
        let said =
            title.contains(&self.organisation) || subtitle.split(", ").any(|part| title.contains(part));
        Some((title, if said { String::new() } else { subtitle }))
    }

    /// A pattern of this form of which everything is known, filled.
    fn filled(&self, form: &str, rng: &mut Rng) -> Option<String> {
        let patterns = self.foreign.titles.get(form)?;
        let filled = patterns.iter().map(|pattern| {
            self.fill
                .iter()
                .fold(pattern.clone(), |text, (key, value)| text.replace(&format!("{{{key}}}"), value))
        });
        let whole: Vec<String> = filled.filter(|text| !text.contains('{')).collect();
        (!whole.is_empty()).then(|| rng.pick(&whole).clone())
    }
}

/// The measures that the content is about, in the order of its columns, or of its plan where columns are instances.
fn measures<'a>(content: &Content, labels: &Labels<'a>) -> Vec<&'a str> {
    let columns = content.data.tables.iter().take(1).flat_map(|t| t.columns.iter().map(|c| c.name.as_str()));
    let bare = |name: &str| name.split(" (").next().unwrap_or(name).to_owned();
    let texts = columns.flat_map(|c| c.split('|')).map(bare).chain([content.nouns.measure.clone()]);
    let plan = content.plan.split('|').map(str::to_owned);
    let mut found: Vec<&str> = Vec::new();
    for text in texts.chain(plan) {
        if let Some(measure) = labels.measure(&text)
            && !found.contains(&measure)
        {
            found.push(measure);
        }
    }
    found
}

/// The one thing that the content is about: the longest name of the subject in the line that says so.
fn named_thing(content: &Content, labels: &Labels<'_>) -> Option<String> {
    let about = content.topic.as_str();
    let names = labels.domain.entities.iter().flat_map(|e| &e.names);
    names.filter(|name| about.contains(name.as_str())).max_by_key(|name| name.len()).cloned()
}

/// The year or the span of years in the lines around the content.
fn period(content: &Content) -> Option<String> {
    [&content.topic, &content.title, &content.subtitle].into_iter().find_map(|text| {
        let mut words = text.split([' ', ',']).filter(|word| {
            let years: Vec<&str> = word.split('–').collect();
            years.len() <= 2 && years.iter().all(|y| y.len() == 4 && y.chars().all(|c| c.is_ascii_digit()))
        });
        words.next_back().map(str::to_owned)
    })
}
