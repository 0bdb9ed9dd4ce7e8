//! Banks for journeys, systems, flows of data, maps of concepts and block diagrams.

use std::collections::BTreeMap;

use serde::Deserialize;

/// All banks that diagrams of systems and of what people go through are made from.
#[derive(Debug, Default, Deserialize)]
pub struct SystemBanks {
    /// What people go through, stage by stage.
    #[serde(rename = "journey")]
    pub journeys: Vec<Journey>,
    /// Components, their packages and machines.
    #[serde(rename = "system")]
    pub systems: Vec<System>,
    /// Processes, stores and outsiders.
    #[serde(rename = "data_flow")]
    pub flows: Vec<Wiring>,
    /// Concepts and what relates them.
    #[serde(rename = "concept_map")]
    pub concepts: Vec<ConceptWeb>,
    /// Blocks and signals.
    #[serde(rename = "block_diagram")]
    pub blocks: Vec<Wiring>,
    /// Other names for some of their things.
    pub synonyms: BTreeMap<String, Vec<String>>,
}

/// A link: from, label, to.
pub type NamedLink = (String, String, String);

/// What somebody goes through.
#[derive(Debug, Deserialize)]
pub struct Journey {
    /// What it is about.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// Its stages in order.
    pub stages: Vec<JourneyStage>,
}

/// A stage of a journey.
#[derive(Debug, Deserialize)]
pub struct JourneyStage {
    /// Its name.
    pub name: String,
    /// Its steps in order: name, usual least and best mood from 1 to 5.
    pub steps: Vec<(String, i64, i64)>,
}

/// Components that work together.
#[derive(Debug, Deserialize)]
pub struct System {
    /// What they do together.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// Packages, each on its machine.
    pub frames: Vec<SystemFrame>,
    /// Who uses whom; the label says what for and, after a bar, by what means.
    pub links: Vec<NamedLink>,
}

/// A package and the machine that it runs on.
#[derive(Debug, Deserialize)]
pub struct SystemFrame {
    /// Name of the package.
    pub package: String,
    /// Name of the machine.
    pub machine: String,
    /// Its parts: name, and `component`, `database`, `queue` or `external`.
    pub parts: Vec<(String, String)>,
}

/// Things of several kinds and what runs between them.
#[derive(Debug, Deserialize)]
pub struct Wiring {
    /// What it shows.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// Name and kind of each thing.
    pub nodes: Vec<(String, String)>,
    /// What runs between them; the label may be empty.
    pub links: Vec<NamedLink>,
}

/// Concepts, named by their links; the first is what the map is about.
#[derive(Debug, Deserialize)]
pub struct ConceptWeb {
    /// What it is about.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// What relates them.
    pub links: Vec<NamedLink>,
}

impl SystemBanks {
    /// Reads the bundled file.
    pub(super) fn read() -> SystemBanks {
        toml::from_str(include_str!("../../../../data/sources/world/systems.toml"))
            .expect("systems.toml has the form of `SystemBanks`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_name_what_is_there_and_moods_are_in_range() {
        let banks = SystemBanks::read();
        for system in &banks.systems {
            let known = |name: &String| system.frames.iter().flat_map(|f| &f.parts).any(|p| p.0 == *name);
            assert!(system.links.iter().all(|l| known(&l.0) && known(&l.2)), "{}", system.title);
            assert!(system.links.iter().all(|l| l.1.contains('|')), "{}", system.title);
        }
        for wiring in banks.flows.iter().chain(&banks.blocks) {
            let known = |name: &String| wiring.nodes.iter().any(|n| n.0 == *name);
            assert!(wiring.links.iter().all(|l| known(&l.0) && known(&l.2)), "{}", wiring.title);
        }
        for journey in &banks.journeys {
            let steps = journey.stages.iter().flat_map(|s| &s.steps);
            assert!(steps.clone().all(|s| 1 <= s.1 && s.1 <= s.2 && s.2 <= 5), "{}", journey.title);
        }
    }
}
