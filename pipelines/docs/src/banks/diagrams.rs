//! Banks for diagrams: processes, machines, hierarchies, networks, names of people, goods.

use std::collections::BTreeMap;

use serde::Deserialize;

/// All banks that diagrams are made from.
#[derive(Debug, Default)]
pub struct DiagramBanks {
    /// Steps and decisions with who does them.
    pub processes: Vec<Process>,
    /// States and transitions.
    pub machines: Vec<Machine>,
    /// Messages between actors.
    pub sequences: Vec<Sequence>,
    /// Trees of departments, kinds, ideas, causes and relatives.
    pub hierarchies: Vec<Hierarchy>,
    /// Components, networks, routes and food webs.
    pub graphs: Vec<Graph>,
    /// Entities with attributes.
    pub schemas: Vec<EntitySchema>,
    /// Classes with members.
    pub class_sets: Vec<ClassSet>,
    /// Names of people by naming culture, in letters that every bundled face has.
    pub cultures: Vec<Culture>,
    /// Goods and services by trade.
    pub trades: Vec<Trade>,
    /// Named values in order, such as weekdays.
    pub dimensions: Vec<Dimension>,
}

/// A process with one start, decisions and ends.
#[derive(Debug, Deserialize)]
pub struct Process {
    /// What it is called.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// Who takes part.
    pub actors: Vec<String>,
    /// Its steps.
    pub nodes: Vec<ProcessNode>,
    /// What follows what.
    pub links: Vec<NumberedLink>,
}

/// A step of a process.
#[derive(Debug, Deserialize)]
pub struct ProcessNode {
    /// Its number, which links refer to.
    pub id: usize,
    /// `start`, `step`, `decision` or `end`.
    pub kind: String,
    /// Index of who does it.
    pub actor: usize,
    /// What is done or asked.
    pub text: String,
}

/// A link between numbered things.
#[derive(Debug, Deserialize)]
pub struct NumberedLink {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What is written at it; may be empty.
    pub label: String,
}

/// A state machine.
#[derive(Debug, Deserialize)]
pub struct Machine {
    /// What is in these states.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// The first state.
    pub initial: String,
    /// The last states, if any.
    #[serde(rename = "final")]
    pub last: Vec<String>,
    /// All states.
    pub states: Vec<String>,
    /// What leads from one to another.
    pub transitions: Vec<Transition>,
}

/// A change of state.
#[derive(Debug, Deserialize)]
pub struct Transition {
    /// From this state.
    pub from: String,
    /// To this state.
    pub to: String,
    /// What brings it about.
    pub event: String,
}

/// A sequence of messages.
#[derive(Debug, Deserialize)]
pub struct Sequence {
    /// What happens.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// Who takes part.
    pub actors: Vec<String>,
    /// The messages in order.
    pub messages: Vec<Message>,
}

/// A message between two actors.
#[derive(Debug, Deserialize)]
pub struct Message {
    /// Index of who sends it.
    pub from: usize,
    /// Index of who receives it.
    pub to: usize,
    /// `call` or `reply`.
    pub kind: String,
    /// What is said.
    pub text: String,
}

/// A tree of names.
#[derive(Debug, Deserialize)]
pub struct Hierarchy {
    /// `org`, `taxonomy`, `mindmap`, `fishbone` or `family`.
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// Its nodes, parents before children.
    pub nodes: Vec<HierarchyNode>,
}

/// A node of a tree.
#[derive(Debug, Deserialize)]
pub struct HierarchyNode {
    /// Its name.
    pub text: String,
    /// Index of its parent, −1 for the root.
    pub parent: i64,
}

/// A graph of named things.
#[derive(Debug, Deserialize)]
pub struct Graph {
    /// `component`, `network`, `route` or `foodweb`.
    pub kind: String,
    /// What it shows.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// Its nodes.
    pub nodes: Vec<GraphNode>,
    /// Its links by index, counted from 0.
    pub links: Vec<NumberedLink>,
}

/// A node of a graph.
#[derive(Debug, Deserialize)]
pub struct GraphNode {
    /// Its name.
    pub text: String,
    /// What it is, such as `router`.
    pub role: String,
}

/// Entities and their relations.
#[derive(Debug, Deserialize)]
pub struct EntitySchema {
    /// What it describes.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// The entities.
    pub entities: Vec<EntityType>,
    /// Their relations.
    pub relations: Vec<EntityRelation>,
}

/// An entity.
#[derive(Debug, Deserialize)]
pub struct EntityType {
    /// Its name.
    pub name: String,
    /// What is stored about it.
    pub attributes: Vec<Attribute>,
}

/// An attribute of an entity.
#[derive(Debug, Deserialize)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type, such as `int`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// True when it tells the entities apart.
    pub key: bool,
}

/// A relation between entities.
#[derive(Debug, Deserialize)]
pub struct EntityRelation {
    /// Name of one entity.
    pub from: String,
    /// Name of the other.
    pub to: String,
    /// `1`, `n` or `m` at the first.
    pub from_many: String,
    /// Likewise at the second.
    pub to_many: String,
    /// What the first does to the second.
    pub label: String,
}

/// Classes of one subject.
#[derive(Debug, Deserialize)]
pub struct ClassSet {
    /// What they model.
    pub title: String,
    /// The domain's stable name.
    pub domain: String,
    /// The classes.
    pub classes: Vec<ClassType>,
    /// Their relations.
    pub relations: Vec<ClassRelation>,
}

/// A class.
#[derive(Debug, Deserialize)]
pub struct ClassType {
    /// Its name.
    pub name: String,
    /// Fields such as `+name: text`.
    pub fields: Vec<String>,
    /// Methods such as `+area(): number`.
    pub methods: Vec<String>,
}

/// A relation between classes.
#[derive(Debug, Deserialize)]
pub struct ClassRelation {
    /// Name of the first class.
    pub from: String,
    /// `extends`, `has` or `refers`.
    pub kind: String,
    /// Name of the other class.
    pub to: String,
    /// How many, such as `1..*`; may be empty.
    pub many: String,
}

/// Names that go together.
#[derive(Debug, Deserialize)]
pub struct Culture {
    /// Stable name.
    pub slug: String,
    /// Given names of women.
    pub given_f: Vec<String>,
    /// Given names of men.
    pub given_m: Vec<String>,
    /// Family names.
    pub family: Vec<String>,
}

/// A trade and what it sells.
#[derive(Debug, Deserialize)]
pub struct Trade {
    /// Stable name.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// What it sells.
    pub items: Vec<TradeItem>,
}

/// Something that is sold.
#[derive(Debug, Deserialize)]
pub struct TradeItem {
    /// Its name.
    pub name: String,
}

/// Named values of a dimension.
#[derive(Debug, Deserialize)]
pub struct Dimension {
    /// Stable name.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// True when the last value leads to the first again.
    pub cyclic: bool,
    /// The values by language; none for counted dimensions.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct ProcessFile {
    process: Vec<Process>,
    machine: Vec<Machine>,
    sequence: Vec<Sequence>,
}

#[derive(Deserialize)]
struct HierarchyFile {
    hierarchy: Vec<Hierarchy>,
}

#[derive(Deserialize)]
struct NetworkFile {
    graph: Vec<Graph>,
    er: Vec<EntitySchema>,
    classes: Vec<ClassSet>,
}

#[derive(Deserialize)]
struct NameFile {
    culture: Vec<Culture>,
}

#[derive(Deserialize)]
struct ItemFile {
    trade: Vec<Trade>,
}

#[derive(Deserialize)]
struct DimensionFile {
    dimension: Vec<Dimension>,
}

impl DiagramBanks {
    /// Reads the bundled files.
    pub(super) fn read() -> DiagramBanks {
        let processes: ProcessFile =
            toml::from_str(include_str!("../../../../data/sources/world/processes.toml"))
                .expect("processes.toml has the form of `Process`, `Machine` and `Sequence`");
        let hierarchies: HierarchyFile =
            toml::from_str(include_str!("../../../../data/sources/world/hierarchies.toml"))
                .expect("hierarchies.toml has the form of `Hierarchy`");
        let networks: NetworkFile =
            toml::from_str(include_str!("../../../../data/sources/world/networks.toml"))
                .expect("networks.toml has the form of `Graph`, `EntitySchema` and `ClassSet`");
        let names: NameFile = toml::from_str(include_str!("../../../../data/sources/world/names.toml"))
            .expect("names.toml has the form of `Culture`");
        let items: ItemFile = toml::from_str(include_str!("../../../../data/sources/world/items.toml"))
            .expect("items.toml has the form of `Trade`");
        let dimensions: DimensionFile =
            toml::from_str(include_str!("../../../../data/sources/world/dimensions.toml"))
                .expect("dimensions.toml has the form of `Dimension`");
        // Not every bundled face has letters beyond Latin-1.
        let printable = |names: Vec<String>| -> Vec<String> {
            names.into_iter().filter(|n| n.chars().all(|c| c < '\u{100}')).collect()
        };
        let cultures = names.culture.into_iter().map(|c| Culture {
            slug: c.slug,
            given_f: printable(c.given_f),
            given_m: printable(c.given_m),
            family: printable(c.family),
        });
        let enough = |names: &[String]| names.len() >= 8;
        DiagramBanks {
            processes: processes.process,
            machines: processes.machine,
            sequences: processes.sequence,
            hierarchies: hierarchies.hierarchy,
            graphs: networks.graph,
            schemas: networks.er,
            class_sets: networks.classes,
            cultures: cultures
                .filter(|c| enough(&c.given_f) && enough(&c.given_m) && enough(&c.family))
                .collect(),
            trades: items.trade,
            dimensions: dimensions.dimension,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_refers_to_a_node() {
        let banks = DiagramBanks::read();
        for process in &banks.processes {
            let known = |id| process.nodes.iter().any(|n| n.id == id);
            assert!(process.links.iter().all(|l| known(l.from) && known(l.to)), "{}", process.title);
            assert!(process.nodes.iter().all(|n| n.actor < process.actors.len()), "{}", process.title);
        }
        for machine in &banks.machines {
            let known = |name: &String| machine.states.contains(name);
            assert!(machine.transitions.iter().all(|t| known(&t.from) && known(&t.to)), "{}", machine.title);
        }
        for tree in &banks.hierarchies {
            let ordered =
                tree.nodes.iter().enumerate().all(|(i, n)| n.parent < i as i64 && (n.parent >= 0) == (i > 0));
            assert!(ordered, "{}", tree.title);
        }
        for graph in &banks.graphs {
            let count = graph.nodes.len();
            assert!(graph.links.iter().all(|l| l.from < count && l.to < count), "{}", graph.title);
        }
        assert!(banks.cultures.len() >= 10 && banks.trades.len() >= 10);
    }
}
