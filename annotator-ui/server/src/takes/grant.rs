//! A nonce for one recording of one assignment.

use axum::extract::State;
use jiff::SignedDuration;
use pixmo_receipts::nonce::{Binding, Grant, Nonce};
use pixmo_schemas::Sha256;
use pixmo_schemas::annotation::TakeAudio;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::discard;
use super::live::time_of;
use super::row::{self, Row};
use super::view::{self, Take};
use crate::App;
use crate::http::{Annotator, Json, Path, Problem, build_of_page};
use crate::kind::Kind;

/// How long after it was given a recording can begin and still be one that was watched.
const GRANT_MINUTES: i64 = 30;
/// The longest media type, parameters and all.
const MEDIA_TYPE_CHARS_MAX: usize = 100;

/// What a browser will record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// The media type, such as `audio/webm;codecs=opus`.
    media_type: String,
}

/// Begin a take: a nonce to chain its pieces with.
#[utoipa::path(
    post, path = "/assignments/{id}/takes", tag = "annotator", params(("id" = String, Path)), request_body = Wanted,
    responses(
        (status = 200, body = Take),
        (status = 404),
        (status = 409, description = "`lease_lost`, `consent_wanted`, `take_live`, `take_finished`, `no_retake`"),
        (status = 415, description = "Not a type that is taken"),
    )
)]
pub(super) async fn grant(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(assignment): Path<String>,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Take>, Problem> {
    let media_type = media_type(&wanted.media_type)?;
    let limits = app.settings.limits(Kind::Cap);
    let now_ms = app.context.now_ms();
    let (id, nonce) = (app.context.id("t"), Nonce::from_bytes(app.context.bytes()));
    let state = app.clone();
    let person = who.person.clone();
    let take = id.clone();
    app.db
        .write("take.grant", async move |tx| {
            let held = crate::work::held(&state, &mut *tx, &person, &assignment).await?;
            if held.kind != Kind::Cap {
                return Err(Problem::invalid("id", format!("the task is of the kind `{}`, which is not spoken", held.kind)));
            }
            let task = held.task;
            let image: String = sqlx::query_scalar("SELECT image FROM task WHERE id = $1")
                .bind(task)
                .fetch_one(&mut *tx)
                .await?;
            let takes = Row::of_assignment(&mut *tx, &assignment).await?;
            let returns = discard::returns_of(&mut *tx, &assignment).await?;
            discard::check_retake(&takes, limits.retakes_max + returns)?;
            for live in &takes {
                match live.status.as_str() {
                    row::RECORDING => return Err(in_the_way("take_live", live, "finish or discard it")),
                    row::FINISHED => {
                        return Err(in_the_way("take_finished", live, "submit it, or discard it to speak anew"));
                    }
                    row::GRANTED => {
                        // Nobody spoke; the page was loaded anew.
                        sqlx::query("DELETE FROM take WHERE id = $1").bind(&live.id).execute(&mut *tx).await?;
                        sqlx::query("DELETE FROM nonce WHERE take = $1").bind(&live.id).execute(&mut *tx).await?;
                    }
                    _ => {}
                }
            }
            let given = crate::consent::given_in(&mut *tx, &person).await?;
            let consent_version = given.filter(|given| given.holds(&state)).map(|given| given.version).ok_or_else(|| {
                Problem::conflict("consent_wanted", "nobody speaks before agreeing to it").hint("read and give the consent")
            })?;
            let image = image
                .parse::<Sha256>()
                .map_err(|_| Problem::bug(format!("the image of task {task} is no hash: `{image}`")))?;
            let binding = Binding {
                campaign: state.campaign.clone(),
                task: task.to_string(),
                image,
                person: person.clone(),
                consent_version: consent_version.clone(),
                page_build: build_of_page().to_owned(),
            };
            let granted_at = time_of(now_ms);
            let lifetime = SignedDuration::from_mins(GRANT_MINUTES);
            let expires_at = granted_at.checked_add(lifetime).unwrap_or(granted_at);
            let grant = Grant { binding, granted_at, expires_at };
            sqlx::query(
                "INSERT INTO take (id, assignment, person, image, status, nonce, granted, media_type, granted_ms, \
                 expires_ms, page_build, consent) VALUES ($1, $2, $3, $4, 'granted', $5, $6, $7, $8, $9, $10, $11)",
            )
            .bind(&take)
            .bind(&assignment)
            .bind(&person)
            .bind(image.to_string())
            .bind(nonce.to_string())
            .bind(serde_json::to_string(&grant)?)
            .bind(&media_type)
            .bind(now_ms)
            .bind(expires_at.as_millisecond())
            .bind(build_of_page())
            .bind(&consent_version)
            .execute(&mut *tx)
            .await?;
            sqlx::query("INSERT INTO nonce (value, take, expires_ms) VALUES ($1, $2, $3)")
                .bind(nonce.name().to_string())
                .bind(&take)
                .bind(expires_at.as_millisecond())
                .execute(&mut *tx)
                .await?;
            let detail = json!({"assignment": assignment});
            crate::events::note(tx, now_ms, &person, "take.grant", &take, &detail).await
        })
        .await?;
    view::find(&app, &id).await.map(Json)
}

fn in_the_way(code: &'static str, take: &Row, hint: &str) -> Problem {
    Problem::conflict(code, format!("the take `{}` is `{}`", take.id, take.status))
        .hint(hint)
        .with("take", take.id.clone())
}

/// A media type that can be taken, in one form: lowercase, without blanks.
fn media_type(text: &str) -> Result<String, Problem> {
    let media_type: String =
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let fits = media_type.len() <= MEDIA_TYPE_CHARS_MAX
        && media_type.is_ascii()
        && media_type.starts_with("audio/")
        && audio_of(&media_type).extension() != "bin";
    if fits {
        return Ok(media_type);
    }
    Err(Problem::new(
        axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "media_type",
        "expected audio/webm, audio/ogg, audio/mp4, audio/flac, audio/mpeg or audio/wav",
    ))
}

/// The end of the name of a recording of this type.
pub(super) fn extension_of(media_type: &str) -> &'static str {
    audio_of(media_type).extension()
}

fn audio_of(media_type: &str) -> TakeAudio {
    let nothing = Sha256::from_bytes([0; 32]);
    TakeAudio { sha256: nothing, bytes: 0, media_type: media_type.to_owned(), codec: None }
}
