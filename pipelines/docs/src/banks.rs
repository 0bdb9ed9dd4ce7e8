//! The word banks that travel with the program: subject domains, people who make figures, names.

mod chronicles;
mod diagrams;
mod flows;
mod funnels;
mod grids;
mod languages;
mod languages_diagrams;
mod regions;
mod sheets;
mod systems;

use std::sync::OnceLock;

use serde::Deserialize;

pub use chronicles::{ChronicleBanks, History, Strip};
pub use diagrams::{
    Attribute, ClassRelation, ClassSet, ClassType, Culture, DiagramBanks, Dimension, EntityRelation,
    EntitySchema, EntityType, Graph, GraphNode, Hierarchy, HierarchyNode, Machine, Message, NumberedLink,
    Process, ProcessNode, Sequence, Trade, TradeItem, Transition,
};
pub use flows::{Exchange, FlowBanks, Links, Step, Streams};
pub use funnels::Funnel;
pub use grids::{CalendarBank, GridBanks, LabTest, Panel, Plan};
pub use languages::{Foreign, Place, Thing};
pub use languages_diagrams::DiagramWords;
pub use regions::{RegionBanks, RegionMeasure};
pub use sheets::{Account, Grouping, League, Matrix, Parameters, PriceList, Product, SheetBanks};
pub use systems::{ConceptWeb, Journey, JourneyStage, NamedLink, System, SystemBanks, SystemFrame, Wiring};

/// All banks, read once.
#[derive(Debug)]
pub struct Banks {
    /// Subjects of generated figures.
    pub domains: Vec<Domain>,
    /// Who makes figures, by domain.
    pub personas: Vec<Persona>,
    /// Names of invented towns.
    pub towns: Vec<String>,
    /// Family names.
    pub families: Vec<String>,
    /// What diagrams are made from.
    pub diagrams: DiagramBanks,
    /// What flows from where to where.
    pub flows: FlowBanks,
    /// What thins out from stage to stage.
    pub funnels: Vec<Funnel>,
    /// Regions of maps.
    pub regions: RegionBanks,
    /// What happened when.
    pub chronicles: ChronicleBanks,
    /// What calendars, schedules and laboratory results are made from.
    pub grids: GridBanks,
    /// What diagrams of systems and journeys are made from.
    pub systems: SystemBanks,
    /// What tables of special forms are made from.
    pub sheets: SheetBanks,
    /// Words and habits of a language other than English; its subjects stand in `domains`.
    pub foreign: Option<Foreign>,
}

/// A subject: its things, what is measured about them, and its words.
#[derive(Debug, Deserialize)]
pub struct Domain {
    /// Stable name.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// Patterns of titles with `{measure}`, `{org}`, `{town}`, `{place}`, `{period}`.
    pub titles: Vec<String>,
    /// Who works there.
    pub roles: Vec<String>,
    /// Patterns of names of organisations with `{town}`, `{family}`.
    pub organisations: Vec<String>,
    /// What upset the figures.
    pub events: Vec<String>,
    /// Steps of time that suit it.
    pub dimensions: Vec<String>,
    /// Its things by kind.
    pub entities: Vec<Entities>,
    /// The kinds of things meet: visitors of a branch may be counted by collection, but not bread by pastry.
    #[serde(default = "yes")]
    pub crosses: bool,
    /// What is measured.
    pub measures: Vec<Measure>,
    /// Which measures hang on others.
    #[serde(default)]
    pub relations: Vec<Relation>,
}

/// A measure that hangs on others: takings are units times price, invalid votes are some of the votes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// The measure.
    pub of: String,
    /// The measures that it is a product of.
    pub times: Vec<String>,
    /// Least factor between that product and the measure: a share, a price, a change of units.
    #[serde(default = "whole")]
    pub low: f64,
    /// Greatest factor.
    #[serde(default = "whole")]
    pub high: f64,
    /// The factor is the same for all things: seats are given by votes.
    #[serde(default)]
    pub steady: bool,
}

/// The factor of a relation that names none.
fn whole() -> f64 {
    1.0
}

/// What holds where a domain says nothing else.
fn yes() -> bool {
    true
}

/// Things of one kind.
#[derive(Debug, Deserialize)]
pub struct Entities {
    /// One of them, such as `loaf`.
    pub kind: String,
    /// Several of them.
    pub plural: String,
    /// Their names.
    pub names: Vec<String>,
}

/// What is measured about things of one kind.
#[derive(Clone, Debug, Deserialize)]
pub struct Measure {
    /// Name as printed.
    pub name: String,
    /// The kind of thing.
    pub of: String,
    /// Unit; `currency` for money, `%` for per cent, empty for plain counts.
    pub unit: String,
    /// Usual low end.
    pub low: f64,
    /// Usual high end.
    pub high: f64,
    /// Decimals as printed.
    pub decimals: u32,
    /// Whether adding up means something.
    pub additive: bool,
    /// When it peaks: `summer`, `winter`, `yearend`, `weekend`, `weekday`, `none` and so on.
    pub season: String,
    /// `up`, `down`, `flat` or `any`.
    pub trend: String,
    /// The shortest step of time that it is counted by: votes are by the year, frost days by the month. Empty for any.
    #[serde(default)]
    pub span: String,
    /// It stands at a time, as stocks and members do: numbers of several times do not add up.
    #[serde(default)]
    pub stands: bool,
}

impl Measure {
    /// True when it can be counted by a step of time: a week has no thirty flowering days.
    pub fn is_counted_by(&self, step: &str) -> bool {
        let rank = |step: &str| {
            ["hour", "day", "week", "month", "quarter", "year"].iter().position(|known| *known == step)
        };
        rank(step).is_none_or(|found| rank(&self.span).is_none_or(|least| found >= least))
    }
}

/// People who make figures about one domain.
#[derive(Debug, Deserialize)]
pub struct Persona {
    /// The domain's stable name.
    pub domain: String,
    /// One line each.
    pub texts: Vec<String>,
}

#[derive(Deserialize)]
struct DomainFile {
    domain: Vec<Domain>,
}

#[derive(Deserialize)]
struct PersonaFile {
    persona: Vec<Persona>,
}

impl Banks {
    /// The bundled banks.
    ///
    /// # Panics
    /// Never in a released program: a test reads all files.
    pub fn bundled() -> &'static Banks {
        static BANKS: OnceLock<Banks> = OnceLock::new();
        BANKS.get_or_init(Banks::read)
    }

    /// The bundled banks with one domain only, by its place in them.
    pub(crate) fn about(domain: usize) -> Banks {
        let mut banks = Banks::read();
        let only = banks.domains.swap_remove(domain);
        Banks { domains: vec![only], ..banks }
    }

    fn read() -> Banks {
        let domains: DomainFile = toml::from_str(include_str!("../../../data/sources/world/domains.toml"))
            .expect("domains.toml has the form of `Domain`");
        let personas: PersonaFile = toml::from_str(include_str!("../../../data/sources/world/personas.toml"))
            .expect("personas.toml has the form of `Persona`");
        let list = |text: &str| text.split_whitespace().map(|w| w.replace('_', " ")).collect();
        Banks {
            domains: domains.domain,
            personas: personas.persona,
            towns: list(TOWNS),
            families: list(FAMILIES),
            diagrams: DiagramBanks::read(),
            flows: FlowBanks::read(),
            funnels: funnels::read(),
            regions: RegionBanks::read(),
            chronicles: ChronicleBanks::read(),
            grids: GridBanks::read(),
            systems: SystemBanks::read(),
            sheets: SheetBanks::read("en"),
            foreign: None,
        }
    }
}

/// Invented towns; an underscore stands for a space.
const TOWNS: &str = "Ashmere Bellbrook Calderford Dunhaven Eastmoor Fernley Glenross Harrowgate_Bay Inverkeld Juniper_Falls \
    Kestrel_Point Larkfield Millbank Northwick Oakhollow Pinecrest Quarry_Bay Ravensholm Silverton_Lake Thornbury_Cross \
    Upper_Alder Valebridge Westerlin Yarrowdale Brindle_Hill Copperfield_Junction Dovecote Elmsworth Foxglove_Harbour \
    Greywater Hollin_Ferry Ivybridge_Sands Lindenau Montclair_Ridge Novara_Heights Osterhagen Porto_Lindo Saint_Orvin \
    Tarnwick Villanova_Alta Weissenfurt Zelenka Kallavik Bergholmen Sandrahamn";

/// Family names from several naming cultures.
const FAMILIES: &str = "Abbott Adeyemi Almeida Andersen Banerjee Bergström Castellano Chaudhry Dubois Eriksen Farah Fernández \
    Fischer Galanis Haddad Hoffmann Ibarra Jansen Kaplan Kowalski Lindqvist Marchetti Mbeki Moreau Nakamura Novak Okafor \
    O'Leary Papadakis Pereira Quinlan Ramos Rossi Saito Schneider Sokolov Tanaka Thorsen Ueda Vargas Walsh Yamamoto Zielinski";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bank_can_be_read_and_is_whole() {
        let banks = Banks::bundled();
        assert!(banks.domains.len() >= 10);
        for domain in &banks.domains {
            for measure in &domain.measures {
                assert!(
                    domain.entities.iter().any(|e| e.kind == measure.of),
                    "{}: {}",
                    domain.slug,
                    measure.name
                );
                assert!(measure.low < measure.high, "{}: {}", domain.slug, measure.name);
            }
            for relation in &domain.relations {
                let kind =
                    |name: &String| domain.measures.iter().find(|m| m.name == *name).map(|m| m.of.as_str());
                let of = kind(&relation.of);
                assert!(of.is_some(), "{}: {}", domain.slug, relation.of);
                assert!(
                    relation.times.iter().all(|name| kind(name) == of),
                    "{}: {}",
                    domain.slug,
                    relation.of
                );
                assert!(0.0 < relation.low && relation.low <= relation.high, "{}", relation.of);
            }
        }
    }
}
