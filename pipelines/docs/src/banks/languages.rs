//! The world in other languages: subjects, words of layouts, patterns of titles, and how numbers are written there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use pixmo_render::{FaceId, Fonts, Rng};
use pixmo_render_figures::look::FigureWords;
use serde::Deserialize;

use super::{
    Banks, ChronicleBanks, DiagramWords, Domain, Entities, FlowBanks, GridBanks, Measure, RegionBanks,
    Relation, SheetBanks, SystemBanks,
};

/// A language with the habits of one place.
#[derive(Debug)]
pub struct Foreign {
    /// ISO 639-1.
    pub language: String,
    /// How numbers and money are written.
    pub locale: Place,
    /// The months in full.
    pub months: [String; 12],
    /// The months, short.
    pub months_short: [String; 12],
    /// The days of the week from Monday on.
    pub days: [String; 7],
    /// The days of the week, short.
    pub days_short: [String; 7],
    /// Words and short patterns by key.
    pub words: BTreeMap<String, String>,
    /// Words of diagrams.
    pub diagrams: DiagramWords,
    /// Patterns of titles by the form of the content.
    pub titles: BTreeMap<String, Vec<String>>,
    /// How things are called in print, by domain and English noun.
    things: BTreeMap<(String, String), Thing>,
    /// Subjects whose kinds of things do not meet in one table.
    apart: BTreeSet<String>,
    /// All characters that its words use.
    letters: String,
}

/// How things of one kind are called in print.
#[derive(Clone, Debug)]
pub struct Thing {
    /// One of them.
    pub label: String,
    /// Several of them.
    pub plural: String,
    /// As it stands after the word for `by`.
    pub by: String,
}

/// How numbers and money are written at one place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// BCP 47, such as `de-CH`.
    pub tag: String,
    /// Decimal mark.
    pub mark: char,
    /// What stands between groups of three digits.
    pub group: char,
    /// Text before an amount of money.
    #[serde(default)]
    pub prefix: String,
    /// Text after an amount of money.
    #[serde(default)]
    pub suffix: String,
    /// What stands behind per cent.
    pub percent: String,
    /// How many units of the currency a euro is, about.
    pub factor: f64,
    /// How often it is drawn beside the other places of the language.
    pub weight: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageFile {
    language: String,
    months: [String; 12],
    months_short: [String; 12],
    days: [String; 7],
    days_short: [String; 7],
    towns: String,
    families: String,
    locale: Vec<Place>,
    words: BTreeMap<String, String>,
    titles: BTreeMap<String, Vec<String>>,
    domain: BTreeMap<String, Named>,
}

/// The names of a subject in one language, in the order of the subject.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    organisations: Vec<String>,
    things: Vec<String>,
    measures: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    slug: String,
    role: String,
    dimensions: Vec<String>,
    /// Whether the things of one kind stand in the columns or groups of the other.
    #[serde(default = "yes")]
    crossed: bool,
    things: Vec<[String; 2]>,
    measures: Vec<Quantity>,
    #[serde(default)]
    relations: Vec<Tie>,
}

/// A measure that hangs on others, by their places in the subject; otherwise as `Relation`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tie {
    of: usize,
    times: Vec<usize>,
    #[serde(default = "super::whole")]
    low: f64,
    #[serde(default = "super::whole")]
    high: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quantity {
    of: usize,
    unit: String,
    low: f64,
    high: f64,
    decimals: u32,
    additive: bool,
    season: String,
    trend: String,
    #[serde(default)]
    span: String,
    #[serde(default)]
    stands: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct SubjectFile {
    domain: Vec<Subject>,
}

const FILES: &[&str] = &[
    include_str!("../../../../data/sources/world/languages/de.toml"),
    include_str!("../../../../data/sources/world/languages/fr.toml"),
    include_str!("../../../../data/sources/world/languages/es.toml"),
    include_str!("../../../../data/sources/world/languages/it.toml"),
    include_str!("../../../../data/sources/world/languages/pt.toml"),
    include_str!("../../../../data/sources/world/languages/nl.toml"),
    include_str!("../../../../data/sources/world/languages/pl.toml"),
    include_str!("../../../../data/sources/world/languages/sv.toml"),
];

impl Foreign {
    /// How things of a kind are called in print.
    pub fn thing(&self, domain: &str, noun: &str) -> Option<&Thing> {
        self.things.get(&(domain.to_owned(), noun.to_owned()))
    }

    /// True when the kinds of things of a domain may stand in one table.
    pub fn crosses(&self, domain: &str) -> bool {
        !self.apart.contains(domain)
    }

    /// True when a face can write everything in this language.
    pub fn written_with(&self, face: FaceId) -> bool {
        Fonts::bundled().covers(face, &self.letters)
    }

    /// A name as it stands inside a sentence; German nouns keep their capitals.
    pub fn inside(&self, name: &str) -> String {
        if self.language == "de" { name.to_owned() } else { crate::content::inside(name) }
    }

    /// A word of a layout.
    ///
    /// # Panics
    /// Never in a released program: a test compares the keys of all languages with those that are asked for.
    pub fn word(&self, key: &str) -> &str {
        self.words.get(key).unwrap_or_else(|| panic!("`{}` has a word for `{key}`", self.language))
    }

    /// The words that figures write by themselves.
    pub fn figure_words(&self) -> FigureWords {
        let own = |key: &str| self.word(key).to_owned();
        FigureWords {
            increase: own("increase"),
            decrease: own("decrease"),
            total: own("total"),
            rise: own("rise"),
            fall: own("fall"),
            below: own("below"),
            between: own("between"),
            above: own("above"),
            log_scale: own("log_scale"),
            log: own("log"),
            symbol: own("symbol"),
            area: own("bubble_area"),
            no_data: own("no_data"),
            density: own("density"),
            share_up_to: own("share_up_to"),
            cumulative: own("cumulative"),
            percent: self.locale.percent.clone(),
            months: self.months_short.clone(),
        }
    }
}

impl Banks {
    /// The banks of a language other than English, for one of its places.
    pub fn draw_foreign(rng: &mut Rng) -> &'static Banks {
        let languages = Self::languages();
        let places = rng.pick(languages);
        let weights: Vec<f64> =
            places.iter().filter_map(|b| b.foreign.as_ref()).map(|f| f.locale.weight).collect();
        &places[rng.weighted(&weights)]
    }

    /// The banks of all languages other than English, by language and place.
    ///
    /// # Panics
    /// Never in a released program: a test reads all files.
    pub fn languages() -> &'static [Vec<Banks>] {
        static LANGUAGES: OnceLock<Vec<Vec<Banks>>> = OnceLock::new();
        LANGUAGES.get_or_init(|| {
            let subjects: SubjectFile =
                toml::from_str(include_str!("../../../../data/sources/world/languages/domains.toml"))
                    .expect("languages/domains.toml has the form of `Subject`");
            FILES.iter().map(|text| read(text, &subjects.domain)).collect()
        })
    }
}

fn read(text: &str, subjects: &[Subject]) -> Vec<Banks> {
    let file: LanguageFile = toml::from_str(text).expect("a language has the form of `LanguageFile`");
    file.locale.iter().map(|place| banks(&file, place, &spelling(text, place), subjects)).collect()
}

/// The file as it is written at a place: Swiss German knows no `ß`.
fn spelling(text: &str, place: &Place) -> LanguageFile {
    let text = if place.tag == "de-CH" { text.replace('ß', "ss") } else { text.to_owned() };
    toml::from_str(&text).expect("a language has the form of `LanguageFile`")
}

fn list(text: &str, mark: char) -> Vec<String> {
    text.split(mark).map(|part| part.trim().to_owned()).collect()
}

fn banks(file: &LanguageFile, place: &Place, own: &LanguageFile, subjects: &[Subject]) -> Banks {
    let mut things = BTreeMap::new();
    let domains = subjects
        .iter()
        .map(|subject| {
            let named = own.domain.get(&subject.slug).unwrap_or_else(|| {
                panic!("`{}` has the subject `{}`", file.language, subject.slug);
            });
            domain(subject, named, place, &mut things)
        })
        .collect();
    let families = list(&own.families, ';');
    let (diagrams, diagram_words) = super::languages_diagrams::of(&own.language, &families);
    let mut letters: BTreeSet<char> = BTreeSet::new();
    letters.extend(own.towns.chars().chain(own.families.chars()));
    let words = own.words.values().chain(own.titles.values().flatten());
    let names = own.domain.values().flat_map(|d| d.organisations.iter().chain(&d.things).chain(&d.measures));
    letters.extend(words.chain(names).flat_map(|text| text.chars()));
    let told = diagrams.processes.iter().flat_map(|p| p.nodes.iter().map(|n| &n.text).chain(&p.actors));
    let units = diagrams.hierarchies.iter().flat_map(|h| h.nodes.iter().map(|n| &n.text));
    let people = diagrams.cultures.iter().flat_map(|c| c.given_f.iter().chain(&c.given_m).chain(&c.family));
    letters.extend(told.chain(units).chain(people).flat_map(|text| text.chars()));
    let sheets = SheetBanks::read(&own.language);
    let ticked = sheets.matrices.iter().flat_map(|m| m.titles.iter().chain([&m.names, &m.kind]));
    let priced = sheets.prices.iter().flat_map(|p| p.titles.iter().chain([&p.goods, &p.kind]));
    letters.extend(ticked.chain(priced).flat_map(|text| text.chars()));
    letters.extend(sheets.matrices.iter().flat_map(|m| &m.columns).flat_map(|c| c[0].chars()));
    letters.extend([place.mark, place.group].into_iter().chain("€–−".chars()));
    let foreign = Foreign {
        language: own.language.clone(),
        locale: place.clone(),
        months: own.months.clone(),
        months_short: own.months_short.clone(),
        days: own.days.clone(),
        days_short: own.days_short.clone(),
        words: own.words.clone(),
        diagrams: diagram_words,
        titles: own.titles.clone(),
        things,
        apart: subjects.iter().filter(|s| !s.crossed).map(|s| s.slug.clone()).collect(),
        letters: letters.into_iter().collect(),
    };
    Banks {
        domains,
        personas: Vec::new(),
        towns: list(&own.towns, ';'),
        families,
        diagrams,
        flows: FlowBanks::default(),
        funnels: Vec::new(),
        regions: RegionBanks::default(),
        chronicles: ChronicleBanks::default(),
        grids: GridBanks::default(),
        systems: SystemBanks::default(),
        sheets,
        foreign: Some(foreign),
    }
}

/// A subject in one language: nouns by which questions speak of things stay English, names are those of the language.
fn domain(
    subject: &Subject,
    named: &Named,
    place: &Place,
    things: &mut BTreeMap<(String, String), Thing>,
) -> Domain {
    assert_eq!(named.things.len(), subject.things.len(), "things of `{}`", subject.slug);
    assert_eq!(named.measures.len(), subject.measures.len(), "measures of `{}`", subject.slug);
    let entities = subject.things.iter().zip(&named.things).map(|([noun, nouns], text)| {
        let parts = list(text, '|');
        let [label, plural, by, names] = &parts[..] else {
            panic!("`{text}` has four parts");
        };
        let thing = Thing { label: label.clone(), plural: plural.clone(), by: by.clone() };
        things.insert((subject.slug.clone(), noun.clone()), thing);
        Entities { kind: noun.clone(), plural: nouns.clone(), names: list(names, ';') }
    });
    let measures = subject.measures.iter().zip(&named.measures).map(|(quantity, name)| {
        let factor = if quantity.unit == "currency" { place.factor } else { 1.0 };
        Measure {
            name: name.clone(),
            of: subject.things[quantity.of][0].clone(),
            unit: quantity.unit.clone(),
            low: quantity.low * factor,
            high: quantity.high * factor,
            decimals: quantity.decimals,
            additive: quantity.additive,
            season: quantity.season.clone(),
            trend: quantity.trend.clone(),
            span: quantity.span.clone(),
            stands: quantity.stands,
        }
    });
    let money = |place: usize| subject.measures[place].unit == "currency";
    let relations = subject.relations.iter().map(|tie| {
        // A price that is no measure of its own is one of the place.
        let priced = money(tie.of) && !tie.times.iter().any(|&other| money(other));
        let factor = if priced { place.factor } else { 1.0 };
        Relation {
            of: named.measures[tie.of].clone(),
            times: tie.times.iter().map(|&other| named.measures[other].clone()).collect(),
            low: tie.low * factor,
            high: tie.high * factor,
            steady: false,
        }
    });
    let relations = relations.collect();
    Domain {
        crosses: true,
        slug: subject.slug.clone(),
        name: subject.slug.clone(),
        // Titles, notes and events are put in afterwards, from the patterns of the language.
        titles: vec!["{measure}".to_owned()],
        roles: vec![subject.role.clone()],
        organisations: named.organisations.clone(),
        events: vec!["–".to_owned()],
        dimensions: subject.dimensions.clone(),
        entities: entities.collect(),
        measures: measures.collect(),
        relations,
    }
}
