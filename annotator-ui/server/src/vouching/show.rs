//! The receipt of a take, checked before it is shown.

use axum::extract::State;
use pixmo_receipts::log::Folder;
use pixmo_receipts::{Entry, Published};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::with_cause;
use crate::App;
use crate::http::{Json, Path, Problem, Who};
use crate::takes::live::blocking;
use crate::takes::view::readable;

/// The receipt of a take.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TakeReceipt {
    /// `issued`, `waiting`, `refused`, `taken_back` or `none`.
    status: String,
    /// `live` or `imported`, or why it was refused.
    what: Option<String>,
    /// The number of its entry in the log.
    leaf: Option<i64>,
    /// SHA-256 of its envelope.
    sha256: Option<String>,
    /// What it says: an in-toto statement.
    #[schema(value_type = Option<Object>)]
    statement: Option<Value>,
    /// Its envelope, as other tools take it.
    #[schema(value_type = Option<Object>)]
    envelope: Option<Value>,
}

/// The receipt of a take, after inclusion, commitment and signature were checked.
#[utoipa::path(
    get, path = "/takes/{take}/receipt", tag = "person", params(("take" = String, Path)),
    responses((status = 200, body = TakeReceipt), (status = 404))
)]
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Path(take): Path<String>,
) -> Result<Json<TakeReceipt>, Problem> {
    let row = readable(&app, &who, &take).await?;
    let mut receipt = TakeReceipt {
        status: "none".to_owned(),
        what: row.receipt.clone(),
        leaf: row.receipt_leaf,
        sha256: row.receipt_sha256.clone(),
        statement: None,
        envelope: None,
    };
    let Some(leaf) = row.receipt_leaf else {
        let wanted: Option<(i64,)> = sqlx::query_as("SELECT receipt_wanted FROM assignment WHERE id = $1")
            .bind(&row.assignment)
            .fetch_optional(app.db.reads())
            .await?;
        let is_refused = row.receipt.as_deref().is_some_and(|receipt| receipt.starts_with("refused"));
        let is_wanted = wanted.is_some_and(|(wanted,)| wanted != 0);
        receipt.status = if is_refused {
            "refused"
        } else if is_wanted {
            "waiting"
        } else {
            "none"
        }
        .to_owned();
        return Ok(Json(receipt));
    };
    let log = app.voucher()?.log().to_owned();
    let entry = blocking(move || {
        let published = Published::open(Folder::at(&log), None).map_err(|error| with_cause(&error))?;
        published.entry(leaf.unsigned_abs()).map_err(|error| with_cause(&error))
    })
    .await?
    .map_err(|why| Problem::bug(format!("the receipt of take {take}: {why}")))?;
    match entry {
        Entry::Receipt { statement, opening } => {
            receipt.status = "issued".to_owned();
            receipt.statement = Some(serde_json::to_value(statement)?);
            receipt.envelope = Some(serde_json::from_str(&opening.envelope)?);
        }
        Entry::Erased => receipt.status = "taken_back".to_owned(),
        Entry::Other(_) => return Err(Problem::bug(format!("entry {leaf} is no receipt"))),
    }
    Ok(Json(receipt))
}
