//! One task from seed to row: plan, content, scene, defects, questions, second check, pixels.

use std::collections::BTreeMap;

use pixmo_render::defect::{self, Defect, Limits};
use pixmo_render::font::Style;
use pixmo_render::{Datum, Picture, Rng, Role, Scene, Seed};
use pixmo_render_figures::chart::{self, ChartKind, ChartSpec, ValueLabels};
use pixmo_render_figures::diagram::{self, DiagramKind, DiagramSpec, Direction};
use pixmo_render_figures::look::Look;
use pixmo_render_figures::table::{self, TableLayout, TableSpec};
use pixmo_render_figures::{FigureError, Resolution};

use crate::banks::{Banks, Foreign};
use crate::content::Content;
use crate::document::{self, DocumentKind};
use crate::question::{self, Family, Medium, PointQuestion, QUESTIONS_MIN, Question};
use crate::steering::{Course, Steering};
use crate::visibility::Visible;
use crate::{chart_content, diagram_content, localise, references, sources, table_content};

/// Which of the four published configs a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shelf {
    /// `charts`.
    Charts,
    /// `tables`.
    Tables,
    /// `diagrams`.
    Diagrams,
    /// `other`: documents.
    Other,
}

impl Shelf {
    /// All, in the order of the card.
    pub const ALL: [Shelf; 4] = [Shelf::Charts, Shelf::Tables, Shelf::Diagrams, Shelf::Other];

    /// Name of the config.
    pub fn config(self) -> &'static str {
        match self {
            Shelf::Charts => "charts",
            Shelf::Tables => "tables",
            Shelf::Diagrams => "diagrams",
            Shelf::Other => "other",
        }
    }

    /// The config with this name.
    pub fn from_config(name: &str) -> Option<Shelf> {
        Self::ALL.into_iter().find(|shelf| shelf.config() == name)
    }

    /// Family of a kind, as recorded in a row.
    pub fn family(self, kind: &str) -> &'static str {
        match self {
            Shelf::Other => DocumentKind::from_slug(kind).map_or("documents", DocumentKind::family),
            other => other.config(),
        }
    }

    /// The kinds that can be drawn for it.
    pub fn kinds(self) -> Vec<&'static str> {
        match self {
            Shelf::Charts => ChartKind::ALL.iter().map(|k| k.slug()).collect(),
            Shelf::Tables => table_content::LAYOUTS.iter().map(|k| k.slug()).collect(),
            Shelf::Diagrams => DiagramKind::ALL.iter().map(|k| k.slug()).collect(),
            Shelf::Other => DocumentKind::ALL.iter().map(|k| k.slug()).collect(),
        }
    }
}

/// Why a task gives no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rejected {
    /// No data of the needed form could be drawn up.
    NoContent,
    /// The figure does not fit.
    NoRoom,
    /// A font lacks a character.
    MissingGlyph,
    /// The page could not be set.
    PageFailed,
    /// Text or marks leave the picture.
    Clipped,
    /// Texts overlap or are covered.
    Overlap,
    /// A text is too faint.
    LowContrast,
    /// A text is too small.
    SmallText,
    /// One colour covers more than 95 % of the picture.
    OneColour,
    /// Longer than five times its shorter side.
    Aspect,
    /// A side is shorter than 128 pixels.
    ShortSide,
    /// Fewer than five questions can be proved.
    TooFewQuestions,
    /// The second evaluator found another answer.
    RecheckDisagreed,
}

impl Rejected {
    /// Name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Rejected::NoContent => "no_content",
            Rejected::NoRoom => "no_room",
            Rejected::MissingGlyph => "missing_glyph",
            Rejected::PageFailed => "page_failed",
            Rejected::Clipped => "clipped",
            Rejected::Overlap => "overlap",
            Rejected::LowContrast => "low_contrast",
            Rejected::SmallText => "small_text",
            Rejected::OneColour => "one_colour",
            Rejected::Aspect => "aspect",
            Rejected::ShortSide => "short_side",
            Rejected::TooFewQuestions => "too_few_questions",
            Rejected::RecheckDisagreed => "recheck_disagreed",
        }
    }
}

impl From<FigureError> for Rejected {
    fn from(error: FigureError) -> Self {
        match error {
            FigureError::Text(_) => Rejected::MissingGlyph,
            FigureError::Data { .. } => Rejected::NoContent,
            FigureError::NoRoom { .. } => Rejected::NoRoom,
        }
    }
}

/// What is asked of one task.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// Which config.
    pub shelf: Shelf,
    /// The kinds to choose from.
    pub kinds: &'a [&'static str],
    /// Draw a plan of the validation part.
    pub validation: bool,
    /// Where all choices begin.
    pub seed: Seed,
}

/// A finished picture with everything that is known about it.
#[derive(Clone, Debug)]
pub struct Made {
    /// The pixels.
    pub picture: Picture,
    /// Kind, such as `grouped_bar`.
    pub kind: &'static str,
    /// What it is about.
    pub topic: String,
    /// Who made it and why.
    pub persona: String,
    /// How numbers and dates are written (BCP 47).
    pub locale: String,
    /// The language of its words (ISO 639-1).
    pub language: String,
    /// Theme of the look.
    pub theme: &'static str,
    /// Palette of the look.
    pub palette: String,
    /// Font families of its texts.
    pub fonts: Vec<String>,
    /// `figures` or `typst`.
    pub renderer: &'static str,
    /// Hash of the plan.
    pub plan: String,
    /// Where the data comes from.
    pub source_name: String,
    /// Its licence.
    pub source_licence: String,
    /// What was drawn from: Typst markup, or the figure's settings.
    pub source: String,
    /// The data as JSON.
    pub data: String,
    /// The questions.
    pub questions: Vec<Question>,
    /// Questions answered by pointing.
    pub points: Vec<PointQuestion>,
    /// Texts and marks.
    pub truth: Truth,
    /// What was tried and rejected before, by reason.
    pub rejected: BTreeMap<&'static str, u32>,
}

/// What is drawn where.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Truth {
    /// The texts in drawing order.
    pub texts: Vec<TextRun>,
    /// The marks in drawing order.
    pub marks: Vec<Mark>,
}

/// A text as drawn; lengths in pixels.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct TextRun {
    /// What it says.
    pub text: String,
    /// What it is for.
    pub role: String,
    /// Its element.
    pub element: i32,
    /// Left, top, width, height of its ink, axis-aligned.
    pub rect: [f32; 4],
    /// Font size.
    pub size: f32,
    /// Rotation, degrees clockwise.
    pub angle: f32,
}

/// A mark as drawn; lengths in pixels.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Mark {
    /// Its element.
    pub element: i32,
    /// What it is.
    pub role: String,
    /// Table, row, column of the first cell it shows; −1 where there is none.
    pub cell: [i32; 3],
    /// What it is called.
    pub label: String,
    /// Where one would point.
    pub anchor: [f32; 2],
    /// Left, top, width, height.
    pub rect: [f32; 4],
}

/// A scene with its content and look, before questions.
struct Drawing {
    kind: &'static str,
    family: Family,
    /// Words and habits of the picture, where it is not English.
    foreign: Option<&'static Foreign>,
    /// How numbers and dates are written (BCP 47).
    locale: String,
    content: Content,
    scene: Scene,
    resolutions: Vec<Resolution>,
    look: Look,
    renderer: &'static str,
    source: String,
}

/// Plans are redrawn until their hash falls into the wanted split; one in this many is for validation.
const VALIDATION_ONE_IN: u64 = 48;
/// How many contents are drawn up before a task is given up as `no_content`.
const CONTENT_TRIES: usize = 1500;
/// How many contents about the subject that the user asked for are drawn up before another subject is taken.
const STEERED_TRIES: usize = 400;
/// How many pictures are tried for one task: a picture that overlaps or says too little is drawn anew.
const PICTURE_TRIES: u64 = 6;
/// After this many tries another kind is drawn as well.
const KIND_TRIES: u64 = 2;

/// Makes one picture.
///
/// # Errors
/// Why the last try was rejected.
pub fn make(order: &Order<'_>) -> Result<Made, Rejected> {
    make_steered(order, None)
}

/// As [`make`], steered by files of the user.
///
/// # Errors
/// As [`make`].
pub fn make_steered(order: &Order<'_>, steering: Option<&Steering>) -> Result<Made, Rejected> {
    let mut rejected: BTreeMap<&'static str, u32> = BTreeMap::new();
    let mut last = Rejected::NoContent;
    for attempt in 0..PICTURE_TRIES {
        let (kind, seed) = pick(order, attempt);
        match attempt_one(order, kind, &seed, steering) {
            Ok(made) => return Ok(Made { rejected, ..made }),
            Err(reason) => {
                *rejected.entry(reason.name()).or_default() += 1;
                last = reason;
            }
        }
    }
    Err(last)
}

/// Draws the scene that [`make`] keeps for this order, for looking into it.
///
/// # Errors
/// As [`make`].
pub fn scene(order: &Order<'_>, steering: Option<&Steering>) -> Result<Scene, Rejected> {
    let mut last = Rejected::NoContent;
    for attempt in 0..PICTURE_TRIES {
        let (kind, seed) = pick(order, attempt);
        match attempt_one(order, kind, &seed, steering) {
            Ok(_) => return drawing(order, kind, &seed, steering).map(|d| d.scene),
            Err(reason) => last = reason,
        }
    }
    Err(last)
}

/// What questions are made from: family, content, scene and resolutions of a picture of one kind.
#[cfg(test)]
pub(crate) fn material(order: &Order<'_>) -> Option<(Family, Content, Scene, Vec<Resolution>)> {
    let (kind, seed) = pick(order, 0);
    let mut drawing = drawing(order, kind, &seed, None).ok()?;
    link_words(&mut drawing);
    references::link(&drawing.content.data, &mut drawing.scene);
    Some((drawing.family, drawing.content, drawing.scene, drawing.resolutions))
}

/// How often a kind is drawn beside the others of its shelf: plain kinds are met more often than rare ones.
fn weight(kind: &str) -> f64 {
    match kind {
        "vertical_bar" | "horizontal_bar" | "grouped_bar" | "stacked_bar" | "line" | "multi_line" | "pie" => {
            3.0
        }
        "donut" | "area" | "scatter" | "histogram" | "heat_map" | "box_plot" | "stacked_area"
        | "percent_bar" => 2.0,
        "radial_bar" | "waffle" | "pictogram" | "ohlc" | "polar_area" | "connected_scatter" | "error_bar" => {
            0.6
        }
        "beeswarm" | "ecdf" | "qq_plot" | "hexbin" | "density_2d" | "contour" | "quiver" => 0.6,
        "plain" | "zebra" | "ruled" | "boxed" | "totals_row" | "row_groups" | "multi_level_header" => 2.0,
        "flowchart" | "org_chart" | "sequence" | "mind_map" => 2.0,
        "invoice" | "receipt" | "business_letter" | "menu" | "recipe" => 1.6,
        // Specialised pages are three in a hundred of all pictures, which is a ninth of these.
        _ => match DocumentKind::from_slug(kind).map(DocumentKind::family) {
            Some("mathematics" | "screens") => 0.3,
            _ => 1.0,
        },
    }
}

/// The kind and the seed of a try.
fn pick(order: &Order<'_>, attempt: u64) -> (&'static str, Seed) {
    let seed = order.seed.child(&format!("attempt {attempt}"));
    let mut rng = if attempt < KIND_TRIES { order.seed.rng("kind") } else { seed.rng("kind") };
    let weights: Vec<f64> = order.kinds.iter().map(|kind| weight(kind)).collect();
    (order.kinds[rng.weighted(&weights)], seed)
}

fn attempt_one(
    order: &Order<'_>,
    kind: &'static str,
    seed: &Seed,
    steering: Option<&Steering>,
) -> Result<Made, Rejected> {
    let mut drawing = drawing(order, kind, seed, steering)?;
    let (width, height) = (drawing.scene.width, drawing.scene.height);
    if width.min(height) < 128 {
        return Err(Rejected::ShortSide);
    }
    if width.max(height) > 5 * width.min(height) {
        return Err(Rejected::Aspect);
    }
    if let Some(first) = defect::find(&drawing.scene, &Limits::default()).first() {
        return Err(of_defect(first));
    }
    link_words(&mut drawing);
    references::link(&drawing.content.data, &mut drawing.scene);
    let visible = Visible::in_scene(&drawing.scene, &drawing.resolutions);
    let medium = Medium::of(order.shelf.family(kind), kind);
    let (mut questions, _) = question::make_in(
        drawing.family,
        &drawing.content,
        &visible,
        &medium,
        &mut seed.rng("questions"),
        &mut seed.rng("question words"),
    );
    // Documents put their questions themselves.
    if drawing.foreign.is_some() && drawing.family != Family::Page {
        localise::as_printed(&mut questions, &drawing.content);
    }
    if questions.len() < QUESTIONS_MIN {
        return Err(Rejected::TooFewQuestions);
    }
    let points =
        question::point_questions(drawing.family, &drawing.content, &visible, &mut seed.rng("points"));
    let data = serde_json::to_string(&drawing.content.data).expect("tables have a JSON form");
    recheck(&data, &questions)?;
    let picture = Picture::of(&drawing.scene);
    if picture.majority > 0.95 {
        return Err(Rejected::OneColour);
    }
    let Drawing { kind, content, foreign, locale, scene, look, renderer, source, .. } = drawing;
    Ok(Made {
        picture,
        kind,
        plan: blake3::hash(format!("{kind}|{}", content.plan).as_bytes()).to_hex().to_string(),
        locale,
        language: foreign.map_or_else(|| "en".to_owned(), |f| f.language.clone()),
        topic: content.topic,
        persona: content.persona,
        theme: look.theme,
        palette: look.palette.clone(),
        fonts: look.fonts().into_iter().map(str::to_owned).collect(),
        renderer,
        source_name: content.source_name,
        source_licence: content.source_licence,
        source,
        data,
        questions,
        points,
        truth: truth(&scene),
        rejected: BTreeMap::new(),
    })
}

/// Works every answer out a second time from what will be stored.
fn recheck(data: &str, questions: &[Question]) -> Result<(), Rejected> {
    let tables = pixmo_recheck::Tables::parse(data).map_err(|_| Rejected::RecheckDisagreed)?;
    let agreed = questions.iter().all(|q| tables.check(&q.program, &q.answer).is_ok());
    if agreed { Ok(()) } else { Err(Rejected::RecheckDisagreed) }
}

fn of_defect(defect: &Defect) -> Rejected {
    match defect.kind() {
        "clipped" => Rejected::Clipped,
        "low_contrast" => Rejected::LowContrast,
        "small_text" => Rejected::SmallText,
        _ => Rejected::Overlap,
    }
}

/// True when the plan belongs to the split that the order asks for.
fn in_split(order: &Order<'_>, kind: &str, plan: &str) -> bool {
    let hash = blake3::hash(format!("{kind}|{plan}").as_bytes());
    let number = u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("eight bytes"));
    (number % VALIDATION_ONE_IN == 0) == order.validation
}

/// Draws content until it fits the kind and its plan falls into the wanted split.
fn content_in_split(
    order: &Order<'_>,
    kind: &str,
    rng: &mut Rng,
    mut draw: impl FnMut(&mut Rng) -> Option<Content>,
) -> Result<Content, Rejected> {
    for _ in 0..CONTENT_TRIES {
        if let Some(content) = draw(rng).filter(|c| in_split(order, kind, &c.plan)) {
            return Ok(content);
        }
    }
    Err(Rejected::NoContent)
}

/// Share of the pictures in other languages among kinds that can be drawn so.
const FOREIGN_SHARE: f64 = 0.24;
/// The same for documents, few kinds of which can be written so.
const FOREIGN_DOCUMENTS: f64 = 0.5;

/// The word banks of a picture: English, or those of another language where the kind can be drawn so.
fn banks_for(kind: &str, seed: &Seed) -> &'static Banks {
    let speaks = ChartKind::from_slug(kind).is_some_and(chart_content::speaks)
        || TableLayout::from_slug(kind).is_some_and(table_content::speaks)
        || DiagramKind::from_slug(kind).is_some_and(diagram_content::speaks);
    let share = match DocumentKind::from_slug(kind) {
        Some(document) if document.speaks() => FOREIGN_DOCUMENTS,
        _ if speaks => FOREIGN_SHARE,
        _ => 0.0,
    };
    let mut rng = seed.rng("language");
    if rng.chance(share) { Banks::draw_foreign(&mut rng) } else { Banks::bundled() }
}

/// A look whose faces can write the language.
fn look_for(banks: &Banks, seed: &Seed) -> Look {
    let first = Look::draw(&mut seed.rng("look"));
    let Some(foreign) = &banks.foreign else { return first };
    let writes = |look: &Look| {
        let faces = [Style::Regular, Style::Bold].map(|style| look.face(style));
        faces.into_iter().chain([look.title_face()]).all(|face| foreign.written_with(face))
    };
    let more = (1..LOOK_TRIES).map(|n| Look::draw(&mut seed.child(&format!("look {n}")).rng("look")));
    // Where no look is found, the figure refuses the text, and the picture is counted as `missing_glyph`.
    let look = std::iter::once(first.clone()).chain(more).find(writes).unwrap_or(first);
    Look { words: foreign.figure_words(), ..look }
}

/// How the numbers of a figure are written. English ones mix what is usual in several countries.
fn locale_of(banks: &Banks) -> String {
    banks.foreign.as_ref().map_or_else(|| "en".to_owned(), |foreign| foreign.locale.tag.clone())
}

/// How many looks are drawn to find one that can write a language.
const LOOK_TRIES: u32 = 12;

/// Content about the subject that the user asked for, where the kind has such; its topic then begins with the user's own.
fn steered_content(
    order: &Order<'_>,
    kind: &str,
    seed: &Seed,
    course: Option<Course<'_>>,
    draw: impl Fn(&Banks, &mut Rng) -> Option<Content>,
) -> Option<Content> {
    let (domain, banks) = course?.domain?;
    let mut rng = seed.rng("steered content");
    let about = format!("{}|", domain.slug);
    let mut content = (0..STEERED_TRIES).find_map(|_| {
        draw(banks, &mut rng).filter(|c| c.plan.starts_with(&about) && in_split(order, kind, &c.plan))
    })?;
    if let Some(topic) = course?.topic {
        content.topic = format!("{topic}: {}", content.topic);
    }
    Some(content)
}

/// Draws a figure, with the persona that the user gave.
fn drawing(
    order: &Order<'_>,
    kind: &'static str,
    seed: &Seed,
    steering: Option<&Steering>,
) -> Result<Drawing, Rejected> {
    let course = steering.map(|steering| steering.course(seed));
    let mut drawing = drawing_of(order, kind, seed, course)?;
    if let Some(persona) = course.and_then(|course| course.persona) {
        drawing.content.persona = persona.to_owned();
    }
    Ok(drawing)
}

fn drawing_of(
    order: &Order<'_>,
    kind: &'static str,
    seed: &Seed,
    course: Option<Course<'_>>,
) -> Result<Drawing, Rejected> {
    let real = if course.is_some_and(|course| course.topic.is_some()) { 0.0 } else { 0.35 };
    // What the user asks for is named in English, by the English banks.
    let english = course.is_some_and(|course| course.topic.is_some() || course.domain.is_some());
    let banks = if english { Banks::bundled() } else { banks_for(kind, seed) };
    let look = look_for(banks, seed);
    let mut rng = seed.rng("content");
    let mut style = seed.rng("style");
    match order.shelf {
        Shelf::Charts => {
            let kind = ChartKind::from_slug(kind).ok_or(Rejected::NoContent)?;
            let steered = steered_content(order, kind.slug(), seed, course, |banks, rng| {
                chart_content::draw(kind, banks, rng)
            });
            let content = match steered {
                Some(content) => content,
                None => content_in_split(order, kind.slug(), &mut rng, |rng| {
                    if banks.foreign.is_none() && rng.chance(real) {
                        sources::chart(kind, rng)
                    } else {
                        chart_content::draw(kind, banks, rng)
                    }
                })?,
            };
            let (width, height) = chart::natural_size(kind, &content.data, &mut style);
            let value_labels = [ValueLabels::Always, ValueLabels::Auto, ValueLabels::Never]
                [style.weighted(&[0.42, 0.3, 0.28])];
            let format = content.format(1);
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
                value_format: &format,
                seed: seed.child("draw"),
            };
            let drawn = chart::draw(&spec)?;
            let source = settings_text("chart", kind.slug(), &look, drawn.scene.width, drawn.scene.height);
            Ok(Drawing {
                kind: kind.slug(),
                family: chart_content::family(kind),
                foreign: banks.foreign.as_ref(),
                locale: locale_of(banks),
                content,
                scene: drawn.scene,
                resolutions: drawn.resolutions,
                look,
                renderer: "figures",
                source,
            })
        }
        Shelf::Tables => {
            let layout = TableLayout::from_slug(kind).ok_or(Rejected::NoContent)?;
            let steered = steered_content(order, layout.slug(), seed, course, |banks, rng| {
                table_content::draw(layout, banks, rng)
            });
            let content = match steered {
                Some(content) => content,
                None => content_in_split(order, layout.slug(), &mut rng, |rng| {
                    if banks.foreign.is_none() && rng.chance(real) {
                        sources::table(layout, rng)
                    } else {
                        table_content::draw(layout, banks, rng)
                    }
                })?,
            };
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
            let drawn = table::draw(&spec)?;
            let source = settings_text("table", layout.slug(), &look, drawn.scene.width, drawn.scene.height);
            let family = table_content::family(layout);
            Ok(Drawing {
                kind: layout.slug(),
                family,
                foreign: banks.foreign.as_ref(),
                locale: locale_of(banks),
                content,
                scene: drawn.scene,
                resolutions: drawn.resolutions,
                look,
                renderer: "figures",
                source,
            })
        }
        Shelf::Diagrams => {
            let kind = DiagramKind::from_slug(kind).ok_or(Rejected::NoContent)?;
            let content = content_in_split(order, kind.slug(), &mut rng, |rng| {
                diagram_content::draw(kind, banks, rng)
            })?;
            // Signals and letters are read from left to right.
            let down = match kind {
                DiagramKind::Block | DiagramKind::FiniteAutomaton => 0.25,
                _ => 0.6,
            };
            let direction = if style.chance(down) { Direction::Down } else { Direction::Right };
            let title = content.title.clone();
            let spec = DiagramSpec {
                kind,
                data: &content.data,
                title: &title,
                look: &look,
                direction,
                seed: seed.child("draw"),
            };
            let drawn = diagram::draw(&spec)?;
            let source = settings_text("diagram", kind.slug(), &look, drawn.scene.width, drawn.scene.height);
            Ok(Drawing {
                kind: kind.slug(),
                family: Family::Graph,
                foreign: banks.foreign.as_ref(),
                locale: locale_of(banks),
                content,
                scene: drawn.scene,
                resolutions: drawn.resolutions,
                look,
                renderer: "figures",
                source,
            })
        }
        Shelf::Other => document_drawing(order, kind, seed, look, banks),
    }
}

/// Documents draw content and page from one seed, so the seed is their plan: it is redrawn until it falls into the
/// wanted split.
fn document_drawing(
    order: &Order<'_>,
    kind: &'static str,
    seed: &Seed,
    look: Look,
    banks: &'static Banks,
) -> Result<Drawing, Rejected> {
    let kind = DocumentKind::from_slug(kind).ok_or(Rejected::NoContent)?;
    let plan_of = |seed: &Seed| seed.bytes()[..8].iter().map(|b| format!("{b:02x}")).collect::<String>();
    let own = (0..CONTENT_TRIES)
        .map(|try_| seed.child(&format!("page {try_}")))
        .find(|own| in_split(order, kind.slug(), &plan_of(own)))
        .ok_or(Rejected::NoContent)?;
    let made = document::make(kind, banks, &look, &own).map_err(|_| Rejected::PageFailed)?;
    let content = made.content(&plan_of(&own));
    Ok(Drawing {
        kind: kind.slug(),
        family: Family::Page,
        foreign: banks.foreign.as_ref().filter(|_| kind.speaks()),
        locale: made.locale.to_owned(),
        content,
        scene: made.scene,
        resolutions: Vec::new(),
        look,
        renderer: "typst",
        source: made.source,
    })
}

fn settings_text(what: &str, kind: &str, look: &Look, width: u32, height: u32) -> String {
    serde_json::json!({
        what: kind,
        "width": width,
        "height": height,
        "theme": look.theme,
        "family": look.family,
        "title_family": look.title_family,
        "text_px": look.text_px,
        "title_px": look.title_px,
        "ground": look.ground.hex(),
        "panel": look.panel.hex(),
        "series": look.series.iter().map(|c| c.hex()).collect::<Vec<_>>(),
    })
    .to_string()
}

/// Puts the words around the figure into the data, and links them to where they stand.
fn link_words(drawing: &mut Drawing) {
    let words = [
        (Role::Title, "title", drawing.content.title.clone()),
        (Role::Subtitle, "subtitle", drawing.content.subtitle.clone()),
        (Role::Note, "note", drawing.content.note.clone()),
    ];
    let standing: Vec<(Role, &str, String)> = words
        .into_iter()
        .filter(|(role, _, text)| !text.is_empty() && stands_whole(&drawing.scene, *role, text))
        .collect();
    if standing.is_empty() {
        return;
    }
    let entries: Vec<(&str, &str)> = standing.iter().map(|(_, name, text)| (*name, text.as_str())).collect();
    let table = drawing.content.add_about(&entries);
    for (row, (role, _, _)) in standing.iter().enumerate() {
        for element in drawing.scene.elements.iter_mut().filter(|e| e.role == *role && e.data.is_empty()) {
            element.data.extend([Datum::at(table, row, 0), Datum::at(table, row, 1)]);
        }
    }
}

/// True when the lines with this role, read in order, say exactly this text.
fn stands_whole(scene: &Scene, role: Role, text: &str) -> bool {
    let lines: Vec<&str> = scene
        .elements
        .iter()
        .filter(|e| e.role == role && e.data.is_empty())
        .map(|e| e.label.as_str())
        .collect();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    words(&lines.join(" ")) == words(text)
}

fn truth(scene: &Scene) -> Truth {
    let mut truth = Truth::default();
    for (id, element) in scene.iter() {
        if element.bounds.is_empty() {
            continue;
        }
        let b = element.bounds;
        let rect = [b.left, b.top, b.width(), b.height()];
        if let Some(text) = &element.text {
            if !element.label.trim().is_empty() {
                truth.texts.push(TextRun {
                    text: element.label.clone(),
                    role: element.role.name().to_owned(),
                    element: id.0 as i32,
                    rect,
                    size: text.size,
                    angle: text.angle,
                });
            }
        } else if element.role.is_mark() {
            let cell = element.data.first().map_or([-1; 3], |d| {
                let row = if d.row == Datum::HEADER { -1 } else { i32::from(d.row) };
                [i32::from(d.table), row, i32::from(d.column)]
            });
            truth.marks.push(Mark {
                element: id.0 as i32,
                role: element.role.name().to_owned(),
                cell,
                label: element.label.clone(),
                anchor: [element.anchor.x, element.anchor.y],
                rect,
            });
        }
    }
    truth
}
