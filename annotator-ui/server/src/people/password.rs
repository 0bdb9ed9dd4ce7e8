//! Passwords: argon2id with the parameters that OWASP asks for, a few at a time and never on a thread that serves.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::App;
use crate::http::Problem;

/// The longest password, in bytes: hashing costs grow with it.
const BYTES_MAX: usize = 1024;

fn hasher() -> Result<Argon2<'static>, Problem> {
    // 19 MiB, 2 passes, 1 lane.
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| Problem::bug(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Whether a password can be taken.
pub(super) fn check(app: &App, field: &'static str, password: &str) -> Result<(), Problem> {
    let chars = password.chars().count();
    let chars_min = app.settings.password_chars_min as usize;
    if chars < chars_min {
        return Err(Problem::invalid(
            field,
            format!("the password has {chars} characters: {chars_min} are needed"),
        ));
    }
    if password.len() > BYTES_MAX {
        return Err(Problem::invalid(field, format!("the password has more than {BYTES_MAX} bytes")));
    }
    Ok(())
}

/// The hash of a password, with salt and parameters in it.
pub(super) async fn hash(app: &App, password: String) -> Result<String, Problem> {
    let _turn = app.password_desk.acquire().await.map_err(|error| Problem::bug(error.to_string()))?;
    let hashed = tokio::task::spawn_blocking(move || {
        let hash = hasher()?.hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|error| Problem::bug(error.to_string()))
    });
    hashed.await.map_err(|error| Problem::bug(error.to_string()))?
}

/// Whether a password is the one of a hash. Without a hash it takes as long and is never right, so that nobody learns
/// which logins there are.
pub(super) async fn is_right(app: &App, password: String, hash: Option<String>) -> Result<bool, Problem> {
    if password.len() > BYTES_MAX {
        return Ok(false);
    }
    let _turn = app.password_desk.acquire().await.map_err(|error| Problem::bug(error.to_string()))?;
    let checked = tokio::task::spawn_blocking(move || {
        let hasher = hasher()?;
        let Some(hash) = hash else {
            let _spent = hasher.hash_password(password.as_bytes());
            return Ok(false);
        };
        let parsed = PasswordHash::new(&hash).map_err(|error| Problem::bug(error.to_string()))?;
        Ok(hasher.verify_password(password.as_bytes(), &parsed).is_ok())
    });
    checked.await.map_err(|error| Problem::bug(error.to_string()))?
}
