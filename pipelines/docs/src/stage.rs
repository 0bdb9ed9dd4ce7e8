//! The documents as a stage: groups, tasks, rows, and the second look at a shard.

use pixmo_console::Failure;
use pixmo_schemas::records::{
    DocsFullRecord, DocsPointsRecord, DocsQuestions, DocsRecord, FullMark, FullQuestion, FullTextRun, Image,
    Point,
};
use pixmo_schemas::{Dataset, row_id};
use pixmo_stage::{ConfigSpec, Context, Emit, Group, Outcome, Part, Reason, Split, Stage, Task, Worker};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use pixmo_render::Seed;

use crate::picture::{self, Order, Rejected, Shelf, Truth};
use crate::question::{PointQuestion, Question};
use crate::review::Blind;
use crate::settings::Settings;
use crate::steering::Steering;

/// Published number of validation pictures of each config (pixmo-docs dataset card).
const VALIDATION: u64 = 1_024;

/// The stage `docs`.
pub struct Docs {
    settings: Settings,
    kinds: [Vec<&'static str>; 4],
    /// What the user's files say.
    steering: Option<Steering>,
}

/// What is kept of one task.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Names the picture.
    pub image_id: String,
    png: ByteBuf,
    width: u32,
    height: u32,
    /// Kind of figure.
    pub kind: String,
    family: String,
    topic: String,
    persona: String,
    locale: String,
    language: String,
    theme: String,
    palette: String,
    fonts: Vec<String>,
    renderer: String,
    seed: String,
    plan: String,
    source_name: String,
    source_licence: String,
    source: String,
    data: String,
    /// The questions.
    pub questions: Vec<Question>,
    points: Vec<PointQuestion>,
    truth: Truth,
    rejected: Vec<(String, u32)>,
}

impl Reason for Rejected {
    fn name(self) -> &'static str {
        Rejected::name(self)
    }
}

impl Docs {
    /// What the user's files say.
    pub fn steering(&self) -> Option<&Steering> {
        self.steering.as_ref()
    }

    /// What a task asks for.
    pub fn order<'a>(&'a self, task: &Task) -> Option<Order<'a>> {
        let shelf = Shelf::from_config(task.config)?;
        Some(Order {
            shelf,
            kinds: &self.kinds[shelf as usize],
            validation: task.split == Split::Validation,
            seed: Seed::from_bytes(task.seed),
        })
    }
}

impl Stage for Docs {
    const DATASET: Dataset = Dataset::Docs;
    const PROGRAM: &'static str = "pixmo-docs";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const CARD: &'static str = include_str!("../CARD.md");

    type Settings = Settings;
    type Row = Row;
    type Reason = Rejected;
    type Review = Blind;

    fn pin(settings: &mut Settings) -> Result<(), Failure> {
        settings.pin()
    }

    fn open(settings: Settings, _: &Context) -> Result<Self, Failure> {
        let kinds = settings.kinds_of()?;
        let empty = Shelf::ALL.into_iter().find(|s| settings.count(*s) > 0 && kinds[*s as usize].is_empty());
        // A list of kinds without any of a family leaves that family out.
        let mut settings = settings;
        if empty.is_some() {
            for shelf in Shelf::ALL {
                if kinds[shelf as usize].is_empty() {
                    match shelf {
                        Shelf::Charts => settings.figures.charts = 0,
                        Shelf::Tables => settings.figures.tables = 0,
                        Shelf::Diagrams => settings.figures.diagrams = 0,
                        Shelf::Other => settings.figures.documents = 0,
                    }
                }
            }
        }
        if Shelf::ALL.iter().all(|s| settings.count(*s) == 0) {
            return Err(Failure::request("cannot build `docs`: no pictures are asked for")
                .hint("set at least one number in `figures` of [build.docs] above 0"));
        }
        let steering = Steering::read(&settings)?;
        Ok(Self { settings, kinds, steering })
    }

    fn groups(&self, limit: Option<u64>) -> Vec<Group> {
        let full: Vec<u64> = Shelf::ALL.iter().map(|s| self.settings.count(*s)).collect();
        let total: u64 = full.iter().sum();
        let wanted = limit.map_or(total, |limit| limit.min(total));
        let counts = apportion(&full, wanted);
        let mut groups = Vec::new();
        for (shelf, (count, all)) in Shelf::ALL.into_iter().zip(counts.into_iter().zip(full)) {
            // At the published size it is the published number; smaller builds keep about that share, and at least one.
            let share = (VALIDATION.min(all.div_ceil(16)) * count).div_ceil(all.max(1));
            let validation = share.min(count / 2);
            for (split, tasks) in [(Split::Train, count - validation), (Split::Validation, validation)] {
                if tasks > 0 {
                    groups.push(Group { config: shelf.config(), split, tasks });
                }
            }
        }
        groups
    }

    fn configs(&self) -> Vec<ConfigSpec> {
        let config =
            |name: &str| Dataset::Docs.config(name).expect("the configs of docs are listed in schemas");
        Shelf::ALL
            .into_iter()
            .filter(|shelf| self.settings.count(*shelf) > 0)
            .flat_map(|shelf| {
                let main = shelf.config();
                [
                    ConfigSpec::main(config(main)),
                    ConfigSpec::side(config(&format!("{main}_full")), main),
                    ConfigSpec::side(config(&format!("{main}_points")), main),
                ]
            })
            .collect()
    }

    fn make(&self, task: &Task, _: &mut Worker) -> Result<Outcome<Row, Rejected>, Failure> {
        let order =
            self.order(task).ok_or_else(|| Failure::bug(format!("task `{}` has no config", task.id)))?;
        Ok(match picture::make_steered(&order, self.steering.as_ref()) {
            Err(reason) => Outcome::Drop(reason),
            Ok(made) => Outcome::Keep(Row {
                image_id: task.id.replace('/', "-"),
                width: made.picture.width,
                height: made.picture.height,
                png: ByteBuf::from(made.picture.png),
                kind: made.kind.to_owned(),
                family: order.shelf.family(made.kind).to_owned(),
                topic: made.topic,
                persona: made.persona,
                locale: made.locale,
                language: made.language,
                theme: made.theme.to_owned(),
                palette: made.palette,
                fonts: made.fonts,
                renderer: made.renderer.to_owned(),
                seed: hex::encode(task.seed),
                plan: made.plan,
                source_name: made.source_name,
                source_licence: made.source_licence,
                source: made.source,
                data: made.data,
                questions: made.questions,
                points: made.points,
                truth: made.truth,
                rejected: made
                    .rejected
                    .into_iter()
                    .map(|(reason, count)| (reason.to_owned(), count))
                    .collect(),
            }),
        })
    }

    fn emit(&self, part: &Part, row: Row, out: &mut Emit) -> Result<(), Failure> {
        for (reason, count) in &row.rejected {
            out.count(&format!("redrawn_{reason}"), u64::from(*count));
        }
        out.count("questions", row.questions.len() as u64);
        let record = DocsRecord {
            image: Image { bytes: row.png.into_vec(), path: None },
            image_id: row.image_id.clone(),
            questions: DocsQuestions {
                question: row.questions.iter().map(|q| q.question.clone()).collect(),
                answer: row.questions.iter().map(|q| q.answer.clone()).collect(),
            },
        };
        let row_id = row_id(&record).map_err(|e| Failure::bug("a row has no id").cause(&e))?;
        let full = DocsFullRecord {
            image_id: row.image_id.clone(),
            row_id,
            kind: row.kind,
            family: row.family,
            topic: row.topic,
            persona: row.persona,
            theme: row.theme,
            palette: row.palette,
            fonts: row.fonts,
            locale: row.locale,
            language: row.language,
            mode: "procedural".to_owned(),
            renderer: row.renderer,
            width: row.width as i32,
            height: row.height as i32,
            seed: row.seed,
            code_version: Self::VERSION.to_owned(),
            plan: row.plan,
            source_name: row.source_name,
            source_licence: row.source_licence,
            source: row.source,
            data: row.data,
            questions: row.questions.into_iter().map(full_question).collect(),
            text_runs: row
                .truth
                .texts
                .into_iter()
                .map(|t| FullTextRun {
                    text: t.text,
                    role: t.role,
                    element: t.element,
                    x: t.rect[0],
                    y: t.rect[1],
                    width: t.rect[2],
                    height: t.rect[3],
                    size: t.size,
                    angle: t.angle,
                })
                .collect(),
            marks: row
                .truth
                .marks
                .into_iter()
                .map(|m| FullMark {
                    element: m.element,
                    role: m.role,
                    table: m.cell[0],
                    row: m.cell[1],
                    column: m.cell[2],
                    label: m.label,
                    x: m.anchor[0],
                    y: m.anchor[1],
                    left: m.rect[0],
                    top: m.rect[1],
                    width: m.rect[2],
                    height: m.rect[3],
                })
                .collect(),
        };
        let points = DocsPointsRecord {
            image_id: row.image_id,
            questions: row.points.iter().map(|p| p.question.clone()).collect(),
            names: row.points.iter().map(|p| p.name.clone()).collect(),
            points: row
                .points
                .iter()
                .map(|p| p.points.iter().map(|&(x, y)| Point { x, y }).collect())
                .collect(),
        };
        out.push(part.config, record)?;
        out.push(&format!("{}_full", part.config), full)?;
        out.push(&format!("{}_points", part.config), points)
    }
}

fn full_question(question: Question) -> FullQuestion {
    FullQuestion {
        question: question.question,
        answer: question.answer,
        explanation: question.explanation,
        kind: question.kind,
        style: question.style.name().to_owned(),
        program: question.program,
        turn: i32::from(question.turn),
        follows: question.follows.map_or(-1, i32::from),
    }
}

/// Splits `wanted` in the proportions of `full` by largest remainders; ties go to the earlier one.
fn apportion(full: &[u64], wanted: u64) -> Vec<u64> {
    let total: u128 = full.iter().map(|f| u128::from(*f)).sum::<u128>().max(1);
    let exact = |f: u64| u128::from(f) * u128::from(wanted);
    let mut counts: Vec<u64> = full.iter().map(|f| (exact(*f) / total) as u64).collect();
    let mut order: Vec<usize> = (0..full.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(exact(full[i]) % total));
    let mut left = wanted - counts.iter().sum::<u64>();
    for &i in order.iter().cycle().take(full.len() * 2) {
        if left > 0 && counts[i] < full[i] {
            counts[i] += 1;
            left -= 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn docs() -> Docs {
        Docs::open(Settings::default(), &Context::new(Dataset::Docs, 7, "data")).expect("the defaults open")
    }

    #[test]
    fn the_default_size_and_mix_are_the_published_ones() {
        let groups = docs().groups(None);
        let of = |config: &str, split: Split| {
            groups.iter().find(|g| g.config == config && g.split == split).map(|g| g.tasks)
        };
        assert_eq!(of("charts", Split::Train), Some(116_814));
        assert_eq!(of("tables", Split::Train), Some(46_518));
        assert_eq!(of("diagrams", Split::Train), Some(16_551));
        assert!(Shelf::ALL.iter().all(|s| of(s.config(), Split::Validation) == Some(1_024)));
    }

    #[test]
    fn a_limit_keeps_the_mix_and_is_met() {
        for limit in [1, 7, 8, 100, 2_560, 255_000] {
            assert_eq!(docs().groups(Some(limit)).iter().map(|g| g.tasks).sum::<u64>(), limit);
        }
        let charts: u64 =
            docs().groups(Some(1000)).iter().filter(|g| g.config == "charts").map(|g| g.tasks).sum();
        assert_eq!(charts, 462);
    }
}
