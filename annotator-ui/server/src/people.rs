//! People: how they come in, who they are, what they may do, how they leave.

mod account;
mod handed;
mod invitations;
mod login;
mod password;
pub mod roles;
pub(crate) mod session;
mod throttle;
pub mod tokens;

use utoipa_axum::router::OpenApiRouter;

pub use account::Me;
pub(crate) use account::describe;
pub(crate) use invitations::link_of;
pub use invitations::{first_operator_link, invite};
pub use roles::{Role, Status};
pub use tokens::Scope;

use crate::App;
use crate::http::Problem;

/// The addresses of this module.
pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(account::router())
        .merge(invitations::router())
        .merge(login::router())
        .merge(tokens::router())
}

/// Forgets sessions, invitations and throttles that ended.
pub(crate) async fn sweep(app: App) -> Result<(), Problem> {
    let now = app.context.now_ms();
    app.db
        .write("people.sweep", async move |tx| {
            sqlx::query("DELETE FROM session WHERE expires_ms < $1").bind(now).execute(&mut *tx).await?;
            let day_ago = now - 86_400_000;
            sqlx::query("DELETE FROM throttle WHERE blocked_until_ms < $1 AND first_ms < $1")
                .bind(day_ago)
                .execute(&mut *tx)
                .await?;
            Ok(())
        })
        .await
}
