//! Data and words for a diagram: processes, trees, networks and boards from the word banks, cut down, joined and
//! peopled anew for every picture.

mod branch;
mod family;
mod flow;
mod history;
mod machines;
mod model;
mod network;
mod people;
mod plane;
mod sketch;
mod syntax;
mod systems;
mod time;
mod tree;
mod words;

use pixmo_render::Rng;
use pixmo_render_figures::diagram::DiagramKind;

use crate::banks::Banks;
use crate::content::Content;

/// Draws content for a kind of diagram; `None` when every try came out too small or with a name twice.
///
/// The tables have the form that [`DiagramKind::shape`] says. Of the nouns, `row` and `rows` say what a node is called,
/// `measure` what the column beside the label is called, and `series` is `undirected` when edges have no direction,
/// `ordered` when the rows of the first table stand in an order that can be seen, and for some kinds a word that tells
/// their questions from those of others.
pub fn draw(kind: DiagramKind, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    (0..TRIES).find_map(|_| attempt(kind, banks, rng))
}

/// True when a kind can be filled with words of other languages than English.
pub fn speaks(kind: DiagramKind) -> bool {
    matches!(
        kind,
        DiagramKind::Flowchart
            | DiagramKind::SwimLane
            | DiagramKind::OrgChart
            | DiagramKind::MindMap
            | DiagramKind::FamilyTree
    )
}

/// How often a draw that came out too small, or with a name twice, is made anew.
const TRIES: usize = 4;

fn attempt(kind: DiagramKind, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let sketch = match kind {
        DiagramKind::Flowchart => flow::flowchart(banks, rng),
        DiagramKind::SwimLane => flow::swim_lane(banks, rng),
        DiagramKind::State => flow::state(banks, rng),
        DiagramKind::DecisionTree => branch::decision_tree(banks, rng),
        DiagramKind::Fishbone => branch::fishbone(banks, rng),
        DiagramKind::OrgChart => tree::org_chart(banks, rng),
        DiagramKind::MindMap => tree::mind_map(banks, rng),
        DiagramKind::Timeline => time::timeline(banks, rng),
        DiagramKind::Gantt => time::gantt(rng),
        DiagramKind::Kanban => time::kanban(banks, rng),
        DiagramKind::Sequence => network::sequence(banks, rng),
        DiagramKind::Network => network::network(banks, rng),
        DiagramKind::Class => model::classes(banks, rng),
        DiagramKind::EntityRelationship => model::entities(banks, rng),
        DiagramKind::Cycle => plane::cycle(banks, rng),
        DiagramKind::Pyramid => plane::pyramid(rng),
        DiagramKind::Venn => plane::venn(banks, rng),
        DiagramKind::Quadrant => plane::quadrant(banks, rng),
        DiagramKind::FamilyTree => family::family_tree(banks, rng),
        DiagramKind::ConceptMap => systems::concept_map(banks, rng),
        DiagramKind::Component => systems::component(banks, rng),
        DiagramKind::Deployment => systems::deployment(banks, rng),
        DiagramKind::DataFlow => systems::data_flow(banks, rng),
        DiagramKind::Block => systems::block(banks, rng),
        DiagramKind::UserJourney => systems::user_journey(banks, rng),
        DiagramKind::GitGraph => history::git_graph(banks, rng),
        DiagramKind::SyntaxTree => syntax::syntax_tree(banks, rng),
        DiagramKind::FiniteAutomaton => machines::automaton(banks, rng),
    }?;
    sketch.finish(kind, banks, rng)
}

/// A project for other figures than diagrams: title, domain, and its tasks with their phases in order.
pub(crate) fn project(rng: &mut Rng) -> (&'static str, &'static str, Vec<(&'static str, &'static str)>) {
    let project = rng.pick(words::PROJECTS);
    let tasks = project.phases.iter().flat_map(|(phase, tasks)| tasks.iter().map(|task| (*phase, *task)));
    (project.title, project.domain, tasks.collect())
}

#[cfg(test)]
mod tests;
