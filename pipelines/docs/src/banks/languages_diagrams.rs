//! What diagrams in other languages are made from: shapes that all languages share, and their texts.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Culture, DiagramBanks, Hierarchy, HierarchyNode, NumberedLink, Process, ProcessNode};

/// The words of diagrams in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiagramWords {
    /// Beside the arrow of an answered question.
    pub yes: String,
    /// Likewise.
    pub no: String,
    /// The branch of a mind map that holds what is measured.
    pub figures: String,
    /// Title of a family tree, with `{family}`.
    pub family_title: String,
    given_f: String,
    given_m: String,
    /// Family names of people, where those of firms do not suit everybody.
    family: Option<String>,
    titles: Vec<String>,
    actors: Vec<String>,
    steps: Vec<String>,
    chart: String,
    chart_title: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    process: Vec<Shape>,
    organisation: Chart,
    language: BTreeMap<String, DiagramWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    domain: String,
    kinds: Vec<String>,
    actors: Vec<usize>,
    links: Vec<(usize, usize, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chart {
    domain: String,
    parents: Vec<i64>,
}

fn list(text: &str) -> Vec<String> {
    text.split(';').map(|part| part.trim().to_owned()).collect()
}

/// The banks and words of a language; `families` are the family names of the language.
pub(super) fn of(language: &str, families: &[String]) -> (DiagramBanks, DiagramWords) {
    let text = include_str!("../../../../data/sources/world/languages/diagrams.toml");
    let file: File = toml::from_str(text).expect("languages/diagrams.toml has the form of `File`");
    let words = file.language.get(language).cloned();
    let words = words.unwrap_or_else(|| panic!("languages/diagrams.toml has the language `{language}`"));
    let processes = file.process.iter().enumerate().map(|(index, shape)| process(shape, index, &words));
    let names = list(&words.chart);
    assert_eq!(names.len(), file.organisation.parents.len(), "units of `{language}`");
    let units = names.into_iter().zip(&file.organisation.parents);
    let chart = Hierarchy {
        kind: "org".to_owned(),
        title: words.chart_title.clone(),
        domain: file.organisation.domain.clone(),
        nodes: units.map(|(text, parent)| HierarchyNode { text, parent: *parent }).collect(),
    };
    let culture = Culture {
        slug: language.to_owned(),
        given_f: list(&words.given_f),
        given_m: list(&words.given_m),
        family: words.family.as_deref().map_or_else(|| families.to_vec(), list),
    };
    let banks = DiagramBanks {
        processes: processes.collect(),
        hierarchies: vec![chart],
        cultures: vec![culture],
        ..DiagramBanks::default()
    };
    (banks, words)
}

fn process(shape: &Shape, index: usize, words: &DiagramWords) -> Process {
    let texts = list(&words.steps[index]);
    assert_eq!(texts.len(), shape.kinds.len(), "steps of `{}`", words.titles[index]);
    let nodes = texts.into_iter().enumerate().map(|(id, text)| ProcessNode {
        id,
        kind: shape.kinds[id].clone(),
        actor: shape.actors[id],
        text,
    });
    let links = shape.links.iter().map(|(from, to, label)| NumberedLink {
        from: *from,
        to: *to,
        label: label.clone(),
    });
    Process {
        title: words.titles[index].clone(),
        domain: shape.domain.clone(),
        actors: list(&words.actors[index]),
        nodes: nodes.collect(),
        links: links.collect(),
    }
}
