//! The kinds of diagrams.

/// What kind of diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiagramKind {
    /// Steps and decisions, joined by arrows.
    Flowchart,
    /// A flowchart whose steps stand in the lane of who does them.
    SwimLane,
    /// Questions whose answers lead to results.
    DecisionTree,
    /// Who reports to whom.
    OrgChart,
    /// A topic, its branches and theirs.
    MindMap,
    /// Events in order.
    Timeline,
    /// Tasks as bars over time.
    Gantt,
    /// Messages between actors, from top to bottom.
    Sequence,
    /// States and transitions.
    State,
    /// Classes with members and relations.
    Class,
    /// Entities with fields and relations.
    EntityRelationship,
    /// Devices and links.
    Network,
    /// Phases in a ring.
    Cycle,
    /// Layers that rest on each other.
    Pyramid,
    /// Two or three sets that overlap.
    Venn,
    /// Causes along the bones of an effect.
    Fishbone,
    /// Things in a plane of two properties.
    Quadrant,
    /// Cards in columns.
    Kanban,
    /// Couples and their descendants, or the ancestors of one person.
    FamilyTree,
    /// Concepts, joined by what relates them.
    ConceptMap,
    /// Parts of a system in their packages, and what uses what.
    Component,
    /// What runs on which machine.
    Deployment,
    /// Processes, stores and outsiders, and the data between them.
    DataFlow,
    /// Blocks of a device and the signals between them.
    Block,
    /// Stages and steps of somebody's experience, and how each step felt.
    UserJourney,
    /// Commits on branches.
    GitGraph,
    /// Phrases of a sentence and their parts.
    SyntaxTree,
    /// States, and which letter leads from one to another.
    FiniteAutomaton,
}

impl DiagramKind {
    /// All kinds.
    pub const ALL: [DiagramKind; 28] = [
        DiagramKind::Flowchart,
        DiagramKind::SwimLane,
        DiagramKind::DecisionTree,
        DiagramKind::OrgChart,
        DiagramKind::MindMap,
        DiagramKind::Timeline,
        DiagramKind::Gantt,
        DiagramKind::Sequence,
        DiagramKind::State,
        DiagramKind::Class,
        DiagramKind::EntityRelationship,
        DiagramKind::Network,
        DiagramKind::Cycle,
        DiagramKind::Pyramid,
        DiagramKind::Venn,
        DiagramKind::Fishbone,
        DiagramKind::Quadrant,
        DiagramKind::Kanban,
        DiagramKind::FamilyTree,
        DiagramKind::ConceptMap,
        DiagramKind::Component,
        DiagramKind::Deployment,
        DiagramKind::DataFlow,
        DiagramKind::Block,
        DiagramKind::UserJourney,
        DiagramKind::GitGraph,
        DiagramKind::SyntaxTree,
        DiagramKind::FiniteAutomaton,
    ];

    /// The stable name in files and settings, such as `swim_lane`.
    pub fn slug(self) -> &'static str {
        match self {
            DiagramKind::Flowchart => "flowchart",
            DiagramKind::SwimLane => "swim_lane",
            DiagramKind::DecisionTree => "decision_tree",
            DiagramKind::OrgChart => "org_chart",
            DiagramKind::MindMap => "mind_map",
            DiagramKind::Timeline => "timeline",
            DiagramKind::Gantt => "gantt",
            DiagramKind::Sequence => "sequence",
            DiagramKind::State => "state",
            DiagramKind::Class => "class",
            DiagramKind::EntityRelationship => "entity_relationship",
            DiagramKind::Network => "network",
            DiagramKind::Cycle => "cycle",
            DiagramKind::Pyramid => "pyramid",
            DiagramKind::Venn => "venn",
            DiagramKind::Fishbone => "fishbone",
            DiagramKind::Quadrant => "quadrant",
            DiagramKind::Kanban => "kanban",
            DiagramKind::FamilyTree => "family_tree",
            DiagramKind::ConceptMap => "concept_map",
            DiagramKind::Component => "component",
            DiagramKind::Deployment => "deployment",
            DiagramKind::DataFlow => "data_flow",
            DiagramKind::Block => "block",
            DiagramKind::UserJourney => "user_journey",
            DiagramKind::GitGraph => "git_graph",
            DiagramKind::SyntaxTree => "syntax_tree",
            DiagramKind::FiniteAutomaton => "finite_automaton",
        }
    }

    /// The kind with this stable name.
    pub fn from_slug(slug: &str) -> Option<DiagramKind> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The name for people, such as `swim-lane diagram`.
    pub fn title(self) -> &'static str {
        match self {
            DiagramKind::Flowchart => "flowchart",
            DiagramKind::SwimLane => "swim-lane diagram",
            DiagramKind::DecisionTree => "decision tree",
            DiagramKind::OrgChart => "organisation chart",
            DiagramKind::MindMap => "mind map",
            DiagramKind::Timeline => "timeline",
            DiagramKind::Gantt => "Gantt chart",
            DiagramKind::Sequence => "sequence diagram",
            DiagramKind::State => "state diagram",
            DiagramKind::Class => "class diagram",
            DiagramKind::EntityRelationship => "entity-relationship diagram",
            DiagramKind::Network => "network diagram",
            DiagramKind::Cycle => "cycle diagram",
            DiagramKind::Pyramid => "pyramid diagram",
            DiagramKind::Venn => "Venn diagram",
            DiagramKind::Fishbone => "fishbone diagram",
            DiagramKind::Quadrant => "quadrant diagram",
            DiagramKind::Kanban => "kanban board",
            DiagramKind::FamilyTree => "family tree",
            DiagramKind::ConceptMap => "concept map",
            DiagramKind::Component => "component diagram",
            DiagramKind::Deployment => "deployment diagram",
            DiagramKind::DataFlow => "data-flow diagram",
            DiagramKind::Block => "block diagram",
            DiagramKind::UserJourney => "user journey",
            DiagramKind::GitGraph => "commit graph",
            DiagramKind::SyntaxTree => "syntax tree",
            DiagramKind::FiniteAutomaton => "finite automaton",
        }
    }
}
