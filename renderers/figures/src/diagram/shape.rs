//! What tables each kind of diagram needs.

use pixmo_render::ColumnKind::{self, Number, Text, Time};

use super::DiagramKind;

/// The tables that a kind of diagram needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagramShape {
    /// The tables, the main one first. Rows beyond the limits may still be drawn if they fit.
    pub tables: Vec<TableNeed>,
    /// The rest in words.
    pub words: &'static str,
}

/// A table that is needed or may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableNeed {
    /// Its name.
    pub name: &'static str,
    /// False when the diagram can be drawn without it.
    pub required: bool,
    /// Least and most rows.
    pub rows: (usize, usize),
    /// Its columns, found by name.
    pub columns: Vec<ColumnNeed>,
}

/// A column that is needed or may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnNeed {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// False when the diagram can be drawn without it.
    pub required: bool,
    /// What it says.
    pub about: &'static str,
}

const fn need(name: &'static str, kind: ColumnKind, about: &'static str) -> ColumnNeed {
    ColumnNeed { name, kind, required: true, about }
}

const fn may(name: &'static str, kind: ColumnKind, about: &'static str) -> ColumnNeed {
    ColumnNeed { name, kind, required: false, about }
}

fn table(name: &'static str, rows: (usize, usize), columns: Vec<ColumnNeed>) -> TableNeed {
    TableNeed { name, required: true, rows, columns }
}

const LABEL: ColumnNeed =
    need("label", Text, "what is written in the node; each label once, up to about 40 characters");
const FROM: ColumnNeed = need("from", Text, "label of a node");
const TO: ColumnNeed = need("to", Text, "label of a node");
const EDGE_LABEL: ColumnNeed =
    may("label", Text, "written at the edge, up to about 20 characters; may be missing");
fn edge() -> Vec<ColumnNeed> {
    vec![FROM, TO, EDGE_LABEL]
}

fn members() -> Vec<ColumnNeed> {
    vec![
        need("node", Text, "label of a node"),
        need("name", Text, "name of the member"),
        need("type", Text, "its type, such as `text` or `int`"),
        may(
            "kind",
            Text,
            "`attribute` or `method` in class diagrams; `key`, `reference` or `field` in entity diagrams",
        ),
    ]
}

impl DiagramKind {
    /// The tables that the diagram needs. All names of tables and columns are as written here.
    pub fn shape(self) -> DiagramShape {
        let (tables, words) = match self {
            DiagramKind::Flowchart => (
                vec![
                    table(
                        "nodes",
                        (4, 18),
                        vec![
                            LABEL,
                            may(
                                "kind",
                                Text,
                                "`start`, `step`, `decision`, `end`, `input`, `store`, `document`",
                            ),
                        ],
                    ),
                    table("edges", (3, 26), edge()),
                ],
                "every node is joined to another; loops are allowed, edges from a node to itself are not",
            ),
            DiagramKind::SwimLane => (
                vec![
                    table(
                        "nodes",
                        (5, 16),
                        vec![
                            LABEL,
                            need("lane", Text, "who does it; two to five lanes, in the order of first use"),
                            may("kind", Text, "as in flowcharts"),
                        ],
                    ),
                    table("edges", (4, 20), edge()),
                ],
                "as a flowchart",
            ),
            DiagramKind::DecisionTree => (
                vec![
                    table(
                        "nodes",
                        (5, 25),
                        vec![LABEL, may("kind", Text, "`decision` or `end`; told by children if absent")],
                    ),
                    table("edges", (4, 24), edge()),
                ],
                "a tree: one node without a parent, every other node with exactly one; children in the order of edges",
            ),
            DiagramKind::OrgChart => (
                vec![
                    table(
                        "nodes",
                        (4, 28),
                        vec![
                            LABEL,
                            may("detail", Text, "second line, such as a post"),
                            may("group", Text, "colours nodes"),
                        ],
                    ),
                    table("edges", (3, 27), vec![FROM, TO]),
                ],
                "a tree: `from` leads `to`",
            ),
            DiagramKind::MindMap => (
                vec![table("nodes", (5, 36), vec![LABEL]), table("edges", (4, 35), vec![FROM, TO])],
                "a tree of up to four levels",
            ),
            DiagramKind::Timeline => (
                vec![table(
                    "events",
                    (4, 12),
                    vec![
                        need("date", Time, "when, as printed; rows in order of time"),
                        LABEL,
                        may("detail", Text, "a sentence below the label"),
                    ],
                )],
                "events are spaced evenly",
            ),
            DiagramKind::Gantt => (
                vec![table(
                    "tasks",
                    (4, 18),
                    vec![
                        LABEL,
                        need("start", Number, "a number (week, day) or a date `YYYY-MM-DD` as Time"),
                        need("end", Number, "as `start`, later than it; the bar ends here"),
                        may("group", Text, "phase or team; colours bars"),
                    ],
                )],
                "numbers are drawn to scale; the unit of `start` (such as `week`) names the axis",
            ),
            DiagramKind::Sequence => (
                vec![
                    table("actors", (2, 7), vec![LABEL]),
                    table(
                        "messages",
                        (3, 16),
                        vec![
                            need("from", Text, "label of an actor"),
                            need("to", Text, "label of an actor, may be the same"),
                            need("label", Text, "what is said"),
                            may("kind", Text, "`call` or `reply`; replies are dashed"),
                        ],
                    ),
                ],
                "messages in order of time",
            ),
            DiagramKind::State => (
                vec![
                    table(
                        "nodes",
                        (3, 12),
                        vec![LABEL, may("kind", Text, "`start` and `end` mark first and last states")],
                    ),
                    table("edges", (3, 18), edge()),
                ],
                "an edge may lead from a state to itself",
            ),
            DiagramKind::Class => (
                vec![
                    table("nodes", (2, 9), vec![LABEL]),
                    table(
                        "edges",
                        (1, 12),
                        vec![
                            FROM,
                            TO,
                            EDGE_LABEL,
                            may(
                                "kind",
                                Text,
                                "`inherits`, `contains`, `uses`, `refers`; `from` inherits from `to`",
                            ),
                        ],
                    ),
                    table("members", (2, 50), members()),
                ],
                "up to eight members a class",
            ),
            DiagramKind::EntityRelationship => (
                vec![
                    table("nodes", (2, 9), vec![LABEL]),
                    table(
                        "edges",
                        (1, 12),
                        vec![
                            FROM,
                            TO,
                            EDGE_LABEL,
                            may(
                                "from_end",
                                Text,
                                "`one`, `many`, `zero_or_one`, `zero_or_many`; drawn as crow's feet",
                            ),
                            may("to_end", Text, "as `from_end`"),
                        ],
                    ),
                    table("members", (2, 50), members()),
                ],
                "up to eight fields an entity",
            ),
            DiagramKind::Network => (
                vec![
                    table(
                        "nodes",
                        (4, 20),
                        vec![
                            LABEL,
                            may(
                                "kind",
                                Text,
                                "`router`, `switch`, `server`, `database`, `client`, `firewall`, `cloud`",
                            ),
                            may("detail", Text, "second line, such as an address"),
                        ],
                    ),
                    table("edges", (3, 26), edge()),
                ],
                "one connected graph with few links beyond a tree; links have no direction",
            ),
            DiagramKind::Cycle => (
                vec![table("nodes", (3, 8), vec![LABEL, may("detail", Text, "second line")])],
                "phases in order; the last leads to the first; a table `edges` with `from`, `to` may be given so that \
                 arrows carry cells",
            ),
            DiagramKind::Pyramid => (
                vec![table("nodes", (3, 7), vec![LABEL, may("detail", Text, "written beside the layer")])],
                "layers from the top down",
            ),
            DiagramKind::Venn => (
                vec![
                    table("sets", (2, 3), vec![LABEL]),
                    table(
                        "members",
                        (3, 18),
                        vec![
                            LABEL,
                            need(
                                "sets",
                                Text,
                                "labels of the sets it belongs to, joined by ` & `, in any order",
                            ),
                        ],
                    ),
                ],
                "up to four members a region; a table `membership` with `member` and `set` may be given for questions",
            ),
            DiagramKind::Fishbone => (
                vec![table(
                    "nodes",
                    (7, 26),
                    vec![
                        LABEL,
                        need("kind", Text, "`effect` (one), `category` (three to six), `cause`"),
                        need("group", Text, "for causes the label of their category, else missing"),
                    ],
                )],
                "two to five causes a category",
            ),
            DiagramKind::Quadrant => (
                vec![
                    table(
                        "nodes",
                        (4, 16),
                        vec![
                            LABEL,
                            need(
                                "x",
                                Number,
                                "the second column, whatever its name, which is printed at the axis",
                            ),
                            need(
                                "y",
                                Number,
                                "the third column, whatever its name, which is printed at the axis",
                            ),
                        ],
                    ),
                    TableNeed {
                        name: "quadrants",
                        required: false,
                        rows: (4, 4),
                        columns: vec![need("label", Text, "top right, top left, bottom left, bottom right")],
                    },
                ],
                "both numbers run from 0 to 10, or to 100 when one is larger than 10; the middle divides",
            ),
            DiagramKind::Kanban => (
                vec![table(
                    "nodes",
                    (4, 24),
                    vec![
                        LABEL,
                        need("lane", Text, "the column; two to five, in the order of first use"),
                        may("detail", Text, "second line, such as a person"),
                    ],
                )],
                "cards in order",
            ),
            DiagramKind::FamilyTree => (
                vec![
                    table(
                        "nodes",
                        (5, 26),
                        vec![
                            LABEL,
                            may("born", Number, "year of birth"),
                            may("died", Number, "year of death; missing for the living"),
                        ],
                    ),
                    table("edges", (4, 44), vec![FROM, TO]),
                    TableNeed {
                        name: "couples",
                        required: false,
                        rows: (1, 12),
                        columns: vec![
                            need("one", Text, "label of a node"),
                            need("other", Text, "label of a node"),
                        ],
                    },
                ],
                "`from` is a parent of `to`; with `couples` the descendants of one couple or person, without them the \
                 ancestors of one person",
            ),
            DiagramKind::ConceptMap => (
                vec![
                    table("nodes", (4, 16), vec![LABEL]),
                    table(
                        "edges",
                        (3, 22),
                        vec![FROM, TO, need("label", Text, "what relates them, up to about 20 characters")],
                    ),
                ],
                "the first node is what the map is about",
            ),
            DiagramKind::Component | DiagramKind::Deployment => (
                vec![
                    table(
                        "nodes",
                        (4, 18),
                        vec![
                            LABEL,
                            need("lane", Text, "the package or machine that holds it; one to five"),
                            may("kind", Text, "`component`, `database`, `queue`, `external`"),
                        ],
                    ),
                    table("edges", (3, 24), edge()),
                ],
                "`from` uses `to`; machines and packages stand beside each other in the order of first use",
            ),
            DiagramKind::DataFlow => (
                vec![
                    table(
                        "nodes",
                        (4, 14),
                        vec![LABEL, need("kind", Text, "`external`, `process`, `store`")],
                    ),
                    table("edges", (4, 20), edge()),
                ],
                "labels name the data that flow",
            ),
            DiagramKind::Block => (
                vec![
                    table(
                        "nodes",
                        (4, 14),
                        vec![LABEL, may("kind", Text, "`input`, `output`, `block`, `junction`")],
                    ),
                    table("edges", (3, 18), edge()),
                ],
                "labels name signals",
            ),
            DiagramKind::UserJourney => (
                vec![table(
                    "nodes",
                    (4, 12),
                    vec![
                        LABEL,
                        need("lane", Text, "the stage; two to five, the steps of each together"),
                        need("score", Number, "how it felt, from 1 to 5"),
                        may("detail", Text, "second line, such as who takes part"),
                    ],
                )],
                "steps in order",
            ),
            DiagramKind::GitGraph => (
                vec![
                    table(
                        "nodes",
                        (5, 24),
                        vec![
                            LABEL,
                            need("lane", Text, "the branch; one to five"),
                            may(
                                "detail",
                                Text,
                                "the message, printed where commits are listed below each other",
                            ),
                            may("tag", Text, "such as `v1.2.0`"),
                        ],
                    ),
                    table("edges", (4, 30), vec![FROM, TO]),
                ],
                "commits in order of time; `from` is a parent of `to`; the first edge to a commit comes from where it \
                 was made, further ones from what it merges; nothing is added to a branch after it was merged",
            ),
            DiagramKind::SyntaxTree => (
                vec![
                    table(
                        "nodes",
                        (5, 36),
                        vec![
                            LABEL,
                            may("detail", Text, "the word below a node without children"),
                            may("kind", Text, "the sort of phrase, which the label begins with"),
                        ],
                    ),
                    table("edges", (4, 35), vec![FROM, TO]),
                ],
                "a tree; children in the order of edges",
            ),
            DiagramKind::FiniteAutomaton => (
                vec![
                    table(
                        "nodes",
                        (2, 9),
                        vec![
                            LABEL,
                            need("start", Text, "`yes` for one state, else `no`"),
                            need("accepting", Text, "`yes` or `no`"),
                        ],
                    ),
                    table(
                        "edges",
                        (2, 20),
                        vec![FROM, TO, need("label", Text, "letters, joined by a comma and a space")],
                    ),
                ],
                "an edge may lead from a state to itself",
            ),
        };
        DiagramShape { tables, words }
    }
}
