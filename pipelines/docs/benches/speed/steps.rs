//! The same pictures in steps. What [`picture::make`](pixmo_docs::picture::make) does for the attempt that was kept is
//! done again by its public pieces, each under a stopwatch.

use pixmo_docs::banks::Banks;
use pixmo_docs::content::{Content, Nouns};
use pixmo_docs::document::{self, DocumentKind};
use pixmo_docs::picture::{Made, Order, Shelf};
use pixmo_docs::question::{self, Family};
use pixmo_docs::visibility::Visible;
use pixmo_docs::{chart_content, diagram_content, sources, table_content};
use pixmo_recheck::Tables;
use pixmo_render::defect::{self, Limits};
use pixmo_render::{Picture, Rng, Scene, Seed, raster};
use pixmo_render_figures::chart::{self, ChartKind, ChartSpec, ValueLabels};
use pixmo_render_figures::diagram::{self, DiagramKind, DiagramSpec, Direction};
use pixmo_render_figures::look::Look;
use pixmo_render_figures::table::{self, TableLayout, TableSpec};
use pixmo_render_figures::{Drawn, Resolution};
use pixmo_render_typst::{PageOptions, render};

use crate::clock::Stopwatch;

/// Plans of the validation part, as in `picture`.
const VALIDATION_ONE_IN: u64 = 48;
/// As in `picture`.
const CONTENT_TRIES: usize = 1500;

/// A step on the way of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Data,
    Layout,
    Defects,
    Questions,
    Recheck,
    Raster,
    Encode,
    Write,
}

impl Step {
    /// Those that [`Steps`] times.
    const TIMED: [Step; 7] =
        [Step::Data, Step::Layout, Step::Defects, Step::Questions, Step::Recheck, Step::Raster, Step::Encode];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Step::Data => "data",
            Step::Layout => "layout",
            Step::Defects => "defects",
            Step::Questions => "questions",
            Step::Recheck => "recheck",
            Step::Raster => "raster",
            Step::Encode => "encode",
            Step::Write => "write",
        }
    }
}

/// Milliseconds of one picture by step.
type Times = [f64; Step::TIMED.len()];

/// The least times of each task.
pub(crate) struct Steps {
    least: Vec<Option<Times>>,
    /// Pages of this round: task, source, options.
    pages: Vec<(usize, String, PageOptions)>,
    page_ms: Vec<f64>,
}

/// A scene with what it was drawn from.
struct Drawing {
    family: Family,
    content: Content,
    scene: Scene,
    resolutions: Vec<Resolution>,
    data_ms: f64,
    layout_ms: f64,
    page: Option<(String, PageOptions)>,
}

impl Steps {
    pub(crate) fn new(tasks: usize) -> Self {
        Self { least: vec![None; tasks], pages: Vec::new(), page_ms: vec![f64::INFINITY; tasks] }
    }

    /// How many pictures came out as they were made.
    pub(crate) fn replayed(&self) -> usize {
        self.least.iter().flatten().count()
    }

    /// Makes a picture in steps. One that comes out different says nothing about the original and is left out.
    pub(crate) fn take(&mut self, index: usize, order: &Order<'_>, made: &Made) {
        let attempt: u32 = made.rejected.values().sum();
        let seed = order.seed.child(&format!("attempt {attempt}"));
        let Some(drawing) = draw(order.shelf, made.kind, order.validation, &seed) else { return };
        let mut times = [0.0; Step::TIMED.len()];
        let mut note = |step: Step, ms: f64| times[step as usize] = ms;
        note(Step::Data, drawing.data_ms);
        note(Step::Layout, drawing.layout_ms);

        let watch = Stopwatch::start();
        let defects = defect::find(&drawing.scene, &Limits::default());
        note(Step::Defects, watch.ms());

        let watch = Stopwatch::start();
        let visible = Visible::in_scene(&drawing.scene, &drawing.resolutions);
        let mut rng = seed.rng("questions");
        let (questions, _) = question::make(drawing.family, &drawing.content, &visible, &mut rng);
        let mut rng = seed.rng("points");
        let points = question::point_questions(drawing.family, &drawing.content, &visible, &mut rng);
        note(Step::Questions, watch.ms());

        let watch = Stopwatch::start();
        let data = serde_json::to_string(&drawing.content.data).unwrap_or_default();
        let agreed = Tables::parse(&data)
            .is_ok_and(|tables| questions.iter().all(|q| tables.check(&q.program, &q.answer).is_ok()));
        note(Step::Recheck, watch.ms());

        let watch = Stopwatch::start();
        let pixels = raster::paint(&drawing.scene);
        note(Step::Raster, watch.ms());

        let watch = Stopwatch::start();
        let picture = Picture::encode(&pixels);
        note(Step::Encode, watch.ms());

        std::hint::black_box(points);
        if picture.png != made.picture.png || !defects.is_empty() || !agreed {
            return;
        }
        match &mut self.least[index] {
            None => self.least[index] = Some(times),
            Some(least) => {
                for (least, ms) in least.iter_mut().zip(times) {
                    *least = least.min(ms);
                }
            }
        }
        if let Some((source, options)) = drawing.page {
            self.pages.push((index, source, options));
        }
    }

    /// Documents are written and set in one go; here their pages are set alone, so that both can be told apart. Typst
    /// remembers what it set before, so this comes when so many other pages were set that it no longer does.
    pub(crate) fn end_round(&mut self) {
        for (index, source, options) in self.pages.drain(..) {
            let watch = Stopwatch::start();
            let set = render(&source, &options);
            if set.is_ok() {
                self.page_ms[index] = self.page_ms[index].min(watch.ms());
            }
        }
    }

    /// Mean milliseconds of each step over the pictures that came out as they were made.
    pub(crate) fn mean_ms(&self) -> Vec<(Step, f64)> {
        let count = self.replayed().max(1) as f64;
        let mut sums = [0.0; Step::TIMED.len()];
        for (times, page_ms) in self.least.iter().zip(&self.page_ms) {
            let Some(times) = times else { continue };
            let mut times = *times;
            if page_ms.is_finite() {
                let both = times[Step::Data as usize] + times[Step::Layout as usize];
                times[Step::Layout as usize] = page_ms.min(both);
                times[Step::Data as usize] = both - page_ms.min(both);
            }
            for (sum, ms) in sums.iter_mut().zip(times) {
                *sum += ms;
            }
        }
        Step::TIMED.into_iter().zip(sums.map(|sum| sum / count)).collect()
    }
}

fn draw(shelf: Shelf, kind: &str, validation: bool, seed: &Seed) -> Option<Drawing> {
    let watch = Stopwatch::start();
    let banks = Banks::bundled();
    let look = Look::draw(&mut seed.rng("look"));
    let mut rng = seed.rng("content");
    let mut style = seed.rng("style");
    let settled = |plan: &str| in_split(kind, plan, validation);
    match shelf {
        Shelf::Charts => {
            let kind = ChartKind::from_slug(kind)?;
            let content = until(&mut rng, settled, |rng| {
                if rng.chance(0.35) {
                    sources::chart(kind, rng)
                } else {
                    chart_content::draw(kind, banks, rng)
                }
            })?;
            let data_ms = watch.ms();
            let watch = Stopwatch::start();
            let (width, height) = chart::natural_size(kind, &content.data, &mut style);
            let value_labels = [ValueLabels::Always, ValueLabels::Auto, ValueLabels::Never]
                [style.weighted(&[0.42, 0.3, 0.28])];
            let spec = ChartSpec {
                kind,
                data: &content.data,
                title: &content.title,
                subtitle: &content.subtitle,
                note: &content.note,
                look: &look,
                width,
                height,
                value_labels,
                value_format: &content.format(1),
                seed: seed.child("draw"),
            };
            let drawn = chart::draw(&spec).ok()?;
            Some(figure(chart_content::family(kind), content, drawn, data_ms, watch.ms()))
        }
        Shelf::Tables => {
            let layout = TableLayout::from_slug(kind)?;
            let content = until(&mut rng, settled, |rng| {
                if rng.chance(0.35) {
                    sources::table(layout, rng)
                } else {
                    table_content::draw(layout, banks, rng)
                }
            })?;
            let data_ms = watch.ms();
            let watch = Stopwatch::start();
            let spec = TableSpec {
                layout,
                data: &content.data,
                title: &content.title,
                subtitle: &content.subtitle,
                note: &content.note,
                look: &look,
                width_max: style.whole(620, 1400) as u32,
                seed: seed.child("draw"),
            };
            let drawn = table::draw(&spec).ok()?;
            Some(figure(table_content::family(layout), content, drawn, data_ms, watch.ms()))
        }
        Shelf::Diagrams => {
            let kind = DiagramKind::from_slug(kind)?;
            let content = until(&mut rng, settled, |rng| diagram_content::draw(kind, banks, rng))?;
            let data_ms = watch.ms();
            let watch = Stopwatch::start();
            let direction = if style.chance(0.6) { Direction::Down } else { Direction::Right };
            let spec = DiagramSpec {
                kind,
                data: &content.data,
                title: &content.title,
                look: &look,
                direction,
                seed: seed.child("draw"),
            };
            let drawn = diagram::draw(&spec).ok()?;
            Some(figure(Family::Graph, content, drawn, data_ms, watch.ms()))
        }
        Shelf::Other => page(kind, validation, seed, &look, &watch),
    }
}

fn figure(family: Family, content: Content, drawn: Drawn, data_ms: f64, layout_ms: f64) -> Drawing {
    let Drawn { scene, resolutions } = drawn;
    Drawing { family, content, scene, resolutions, data_ms, layout_ms, page: None }
}

fn page(kind: &str, validation: bool, seed: &Seed, look: &Look, watch: &Stopwatch) -> Option<Drawing> {
    let plan_of = |seed: &Seed| seed.bytes()[..8].iter().map(|b| format!("{b:02x}")).collect::<String>();
    let own = (0..CONTENT_TRIES)
        .map(|try_| seed.child(&format!("page {try_}")))
        .find(|own| in_split(kind, &plan_of(own), validation))?;
    let made = document::make(DocumentKind::from_slug(kind)?, Banks::bundled(), look, &own).ok()?;
    let layout_ms = watch.ms();
    let has_items = made.data.tables.first().is_some_and(|t| t.name != "fields");
    let noun = |name: &str| if has_items { name.to_owned() } else { String::new() };
    let content = Content {
        data: made.data,
        formats: made.formats,
        title: String::new(),
        subtitle: String::new(),
        note: String::new(),
        topic: made.topic,
        persona: made.persona_hint,
        nouns: Nouns { row: noun("item"), rows: noun("items"), ..Nouns::default() },
        absent: Vec::new(),
        absent_columns: Vec::new(),
        source_name: String::new(),
        source_licence: String::new(),
        plan: String::new(),
    };
    Some(Drawing {
        family: Family::Page,
        content,
        scene: made.scene,
        resolutions: Vec::new(),
        data_ms: 0.0,
        layout_ms,
        page: Some((made.source, made.options)),
    })
}

fn until(
    rng: &mut Rng,
    settled: impl Fn(&str) -> bool,
    mut draw: impl FnMut(&mut Rng) -> Option<Content>,
) -> Option<Content> {
    (0..CONTENT_TRIES).find_map(|_| draw(rng).filter(|content| settled(&content.plan)))
}

fn in_split(kind: &str, plan: &str, validation: bool) -> bool {
    let hash = blake3::hash(format!("{kind}|{plan}").as_bytes());
    let number = u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("eight bytes"));
    (number % VALIDATION_ONE_IN == 0) == validation
}
