//! Tasks that ask whether something is absent, made from what people pointed at elsewhere.
//!
//! A model that only sees labels of what is there learns that everything asked for is there. So for a share of all labels
//! somebody is asked about one that is likely not in the image and yet not absurd. Labels come from three sources, each with
//! its quota, and each task says from which:
//! - `attribute_swap`: a label of the image with one attribute exchanged ([`attributes`]);
//! - `co_occurring`: a label that elsewhere stands beside one of the image;
//! - `similar_image`: a label of an image that looks alike ([`look`]).
//!
//! [`choose`] decides, without a database; whether the thing is absent, a person says. The same labels, images and seed give
//! the same tasks. A source that has too little to offer stays below its quota, and the others do not fill it.

mod attributes;
mod choose;
mod look;

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use pixmo_schemas::annotation_points::AbsentSource;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::events;
use crate::http::{Json, Operator, Problem, ProblemBody};
use crate::kind::Kind;
use crate::tasks::{Made, make};

use choose::{Choice, Scene, Wish};

/// Tasks that are written together.
const BATCH_MAX: usize = 500;
/// The sources, in the order in which they choose.
const SOURCES: [AbsentSource; 3] =
    [AbsentSource::AttributeSwap, AbsentSource::CoOccurring, AbsentSource::SimilarImage];

/// The addresses of this module.
pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(start))
}

/// What was made, by source.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct AbsentMade {
    /// Different labels of images that people pointed at so far.
    pub(crate) present: u64,
    pub(crate) sources: Vec<SourceMade>,
}

/// What was made from one source.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct SourceMade {
    /// `attribute_swap`, `co_occurring` or `similar_image`.
    pub(crate) source: String,
    /// How many tasks there should be by the shares of the campaign file.
    pub(crate) wanted: u64,
    /// How many there were.
    pub(crate) there: u64,
    /// How many are new.
    pub(crate) made: u64,
}

/// Makes the tasks that ask whether something is absent, as many as the campaign file wants by now.
#[utoipa::path(post, path = "/admin/tasks/absent", tag = "operator",
    responses((status = OK, body = AbsentMade), (status = "4XX", body = ProblemBody)))]
async fn start(State(app): State<App>, operator: Operator) -> Result<Json<AbsentMade>, Problem> {
    if app.settings.absent.share <= 0.0 {
        return Err(Problem::conflict("not_wanted", "this campaign wants no labels of what is absent")
            .hint("set `share` in [annotate.absent] of the campaign file"));
    }
    // On a task of its own: whoever asked may go away.
    let task = tokio::spawn(async move { run(&app, &operator.actor).await });
    task.await.map_err(|error| Problem::bug(format!("tasks of what is absent: {error}")))?.map(Json)
}

/// Makes them now and then, as labels come in.
pub(crate) async fn keep_up(app: App) -> Result<(), Problem> {
    if app.settings.absent.share <= 0.0 {
        return Ok(());
    }
    run(&app, "server").await.map(drop)
}

/// Makes what is wanted and not there yet.
async fn run(app: &App, actor: &str) -> Result<AbsentMade, Problem> {
    let settings = &app.settings.absent;
    let present: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM label_of_image").fetch_one(app.db.reads()).await?;
    let present = u64::try_from(present).unwrap_or(0);
    let there = tasks_there(app).await?;
    let mut made = AbsentMade { present, sources: Vec::new() };
    let mut wishes = Vec::new();
    for source in SOURCES {
        let wanted = settings.wanted(source, present);
        let has = there.iter().filter(|task| task.source == source).count() as u64;
        wishes.push(Wish { source, tasks: wanted.saturating_sub(has) });
        made.sources.push(SourceMade { source: name_of(source), wanted, there: has, made: 0 });
    }
    if wishes.iter().all(|wish| wish.tasks == 0) {
        return Ok(made);
    }
    let mut scenes = scenes(app).await?;
    if wishes.iter().any(|wish| wish.source == AbsentSource::SimilarImage && wish.tasks > 0) {
        look::complete(app, &mut scenes).await?;
    }
    let asked: BTreeSet<(String, String)> = there.into_iter().map(|task| (task.image, task.label)).collect();
    let (seed, per_image_max) = (settings.seed.unwrap_or(0), settings.per_image_max as usize);
    let choosing =
        tokio::task::spawn_blocking(move || choose::choose(&scenes, &asked, &wishes, per_image_max, seed));
    let choices = choosing.await.map_err(|error| Problem::bug(format!("choosing labels: {error}")))?;
    for choices in choices.chunks(BATCH_MAX) {
        for (source, count) in write(app, choices.to_vec()).await? {
            if let Some(entry) = made.sources.iter_mut().find(|entry| entry.source == source) {
                entry.made += count;
            }
        }
    }
    let new: u64 = made.sources.iter().map(|source| source.made).sum();
    if new > 0 {
        app.cursors.begin_again();
        let (now_ms, actor, detail) = (app.context.now_ms(), actor.to_owned(), json!(made));
        app.db
            .write("absent.note", async move |tx| {
                events::note(tx, now_ms, &actor, "tasks.absent", Kind::NotPresent.name(), &detail).await
            })
            .await?;
    }
    Ok(made)
}

fn name_of(source: AbsentSource) -> String {
    let name = match source {
        AbsentSource::AttributeSwap => "attribute_swap",
        AbsentSource::CoOccurring => "co_occurring",
        AbsentSource::SimilarImage => "similar_image",
    };
    name.to_owned()
}

/// A task that is there.
struct There {
    image: String,
    label: String,
    source: AbsentSource,
}

#[derive(Deserialize)]
struct Payload {
    label: String,
    source: AbsentSource,
}

async fn tasks_there(app: &App) -> Result<Vec<There>, Problem> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT image, payload FROM task WHERE kind = $1 AND gold IS NULL ORDER BY id")
            .bind(Kind::NotPresent.name())
            .fetch_all(app.db.reads())
            .await?;
    rows.into_iter()
        .map(|(image, payload)| {
            let Payload { label, source } = serde_json::from_str(&payload)?;
            Ok(There { image, label: crate::answers::key_of(&label), source })
        })
        .collect()
}

/// All images in which people pointed at something, with the labels, by hash.
async fn scenes(app: &App) -> Result<Vec<Scene>, Problem> {
    let rows: Vec<(String, String, Option<String>)> = sqlx::query_as(
        "SELECT l.image, l.label, i.look FROM label_of_image l JOIN image i ON i.sha256 = l.image ORDER BY l.image, l.label",
    )
    .fetch_all(app.db.reads())
    .await?;
    let mut scenes: Vec<Scene> = Vec::new();
    for (image, label, look) in rows {
        if scenes.last().is_none_or(|last| last.image != image) {
            let look = look.as_deref().and_then(look::read);
            scenes.push(Scene { image, labels: BTreeSet::new(), look });
        }
        if let Some(last) = scenes.last_mut() {
            last.labels.insert(label);
        }
    }
    Ok(scenes)
}

/// Makes tasks; how many were new, by source.
async fn write(app: &App, choices: Vec<Choice>) -> Result<BTreeMap<String, u64>, Problem> {
    let (now_ms, overlap) = (app.context.now_ms(), app.settings.limits(Kind::NotPresent).overlap);
    app.db
        .write("absent.make", async move |tx| {
            let mut new = BTreeMap::new();
            for Choice { image, label, source } in &choices {
                let payload = json!({ "label": label, "source": source });
                let made = Made {
                    kind: Kind::NotPresent,
                    image,
                    payload: &payload,
                    key: &format!("absent/{image}/{label}"),
                    overlap,
                    made_from: None,
                };
                *new.entry(name_of(*source)).or_default() += u64::from(make(tx, &made, now_ms).await?);
            }
            Ok(new)
        })
        .await
}
