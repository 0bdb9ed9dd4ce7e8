//! Personas and topics from files of the user, and how they steer what is drawn.
//!
//! For each try of a picture one persona and one topic are drawn. The persona is recorded with the row. A topic names
//! one or several domains of the generated world by the words it shares with them; charts and tables are then drawn
//! about one of these domains, wherever their kind has data about it. Without topics the words of the persona do the
//! same, as far as they name a domain. Diagrams and documents keep the subjects they have; with topics, charts and tables
//! of real data are not drawn.

mod lines;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use pixmo_console::Failure;
use pixmo_render::Seed;

pub use lines::Lines;

use crate::banks::{Banks, Domain};
use crate::settings::Settings;

/// What steers a build.
#[derive(Debug, Default)]
pub struct Steering {
    personas: Vec<Steer>,
    topics: Vec<Steer>,
    /// The banks with one domain only, by its index in the bundled ones, made when they are first wanted.
    narrowed: BTreeMap<usize, OnceLock<Banks>>,
}

/// A line of a file, and which domains it names.
#[derive(Debug)]
struct Steer {
    text: Box<str>,
    domains: Box<[usize]>,
}

/// What steers one try of a picture.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// Who made it and why.
    pub persona: Option<&'a str>,
    /// What it is about, in the words of the user.
    pub topic: Option<&'a str>,
    /// The domain it is to be about, and the banks with this domain only.
    pub domain: Option<(&'a Domain, &'a Banks)>,
}

impl Steering {
    /// Reads the files that the settings name. `None` when they name none.
    ///
    /// # Errors
    /// A file that cannot be read, a line that cannot be used, contents other than those the build was begun with.
    pub fn read(settings: &Settings) -> Result<Option<Self>, Failure> {
        let lines = |path: &str, what: &str, hash: &str| {
            (!path.is_empty()).then(|| Lines::read(path, what, hash)).transpose()
        };
        let personas = lines(&settings.personas, "persona", &settings.personas_blake3)?;
        let topics = lines(&settings.topics, "topic", &settings.topics_blake3)?;
        if personas.is_none() && topics.is_none() {
            return Ok(None);
        }
        Self::of(personas, topics, &settings.topics).map(Some)
    }

    /// What personas and topics steer. `path` is the file of the topics, for errors.
    ///
    /// # Errors
    /// A topic that names no subject.
    pub fn of(personas: Option<Lines>, topics: Option<Lines>, path: &str) -> Result<Self, Failure> {
        let vocabulary = vocabulary();
        let named = |lines: Lines| -> Vec<(usize, Steer)> {
            let steer = |(line, text): (usize, Box<str>)| {
                let domains = domains_of(&text, &vocabulary).into_boxed_slice();
                (line, Steer { text, domains })
            };
            lines.entries.into_iter().map(steer).collect()
        };
        let mut steering = Steering::default();
        if let Some(lines) = personas {
            steering.personas = named(lines).into_iter().map(|(_, steer)| steer).collect();
        }
        if let Some(lines) = topics {
            let lines = named(lines);
            let lost: Vec<&(usize, Steer)> =
                lines.iter().filter(|(_, steer)| steer.domains.is_empty()).collect();
            if let Some((line, steer)) = lost.first() {
                let names: Vec<&str> = Banks::bundled().domains.iter().map(|d| d.name.as_str()).collect();
                return Err(Failure::request(format!(
                    "{} of {} topics name no subject of the generated world",
                    lost.len(),
                    lines.len()
                ))
                .because(format!("first `{}`", steer.text))
                .at(format!("{path}:{line}"))
                .hint(format!("the subjects are {}", names.join(", "))));
            }
            steering.topics = lines.into_iter().map(|(_, steer)| steer).collect();
        }
        let all = steering.topics.iter().chain(&steering.personas).flat_map(|steer| steer.domains.iter());
        steering.narrowed = all.map(|index| (*index, OnceLock::new())).collect();
        Ok(steering)
    }

    /// What steers the try with this seed.
    pub fn course(&self, seed: &Seed) -> Course<'_> {
        let mut rng = seed.rng("steering");
        let persona = (!self.personas.is_empty()).then(|| &self.personas[rng.below(self.personas.len())]);
        let topic = (!self.topics.is_empty()).then(|| &self.topics[rng.below(self.topics.len())]);
        let domain = topic.or(persona).filter(|steer| !steer.domains.is_empty()).and_then(|steer| {
            let index = steer.domains[rng.below(steer.domains.len())];
            let narrowed = self.narrowed.get(&index)?.get_or_init(|| Banks::about(index));
            Some((&narrowed.domains[0], narrowed))
        });
        Course { persona: persona.map(|p| &*p.text), topic: topic.map(|t| &*t.text), domain }
    }
}

/// Words that say nothing about a subject.
const EMPTY_WORDS: [&str; 24] = [
    "about", "after", "average", "between", "daily", "figure", "from", "into", "monthly", "number", "other",
    "over", "people", "person", "report", "share", "small", "that", "this", "total", "what", "with", "year",
    "yearly",
];

/// The words of a text by which a subject can be known: letters only, small, in the singular.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphabetic()).filter_map(|word| {
        let mut word = word.to_lowercase();
        if word.ends_with("ies") && word.len() > 5 {
            word.truncate(word.len() - 3);
            word.push('y');
        } else if word.ends_with('s') && !word.ends_with("ss") && word.len() > 4 {
            word.pop();
        }
        (word.chars().count() >= 4 && !EMPTY_WORDS.contains(&word.as_str())).then_some(word)
    })
}

/// The words by which the domains of the world are known, each with the domains that have it.
fn vocabulary() -> BTreeMap<String, BTreeSet<usize>> {
    let mut known = BTreeMap::<String, BTreeSet<usize>>::new();
    for (index, domain) in Banks::bundled().domains.iter().enumerate() {
        let things = domain.entities.iter().flat_map(|e| [&e.kind, &e.plural]);
        let measures = domain.measures.iter().map(|m| &m.name);
        let all = [&domain.slug, &domain.name].into_iter().chain(things).chain(measures).chain(&domain.roles);
        for word in all.flat_map(|text| words(text)) {
            known.entry(word).or_default().insert(index);
        }
    }
    known
}

/// The domains that share most words with the text; empty when none shares any.
fn domains_of(text: &str, vocabulary: &BTreeMap<String, BTreeSet<usize>>) -> Vec<usize> {
    let words: BTreeSet<String> = words(text).collect();
    let mut shared = BTreeMap::<usize, usize>::new();
    for domain in words.iter().filter_map(|word| vocabulary.get(word)).flatten() {
        *shared.entry(*domain).or_default() += 1;
    }
    let most = shared.values().copied().max().unwrap_or(0);
    shared.into_iter().filter(|(_, count)| *count == most).map(|(domain, _)| domain).collect()
}

#[cfg(test)]
mod tests;
