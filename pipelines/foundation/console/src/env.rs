//! The names of all environment variables that the programs read, and the only functions that read them.
//!
//! Secrets of engines are named in the campaign file; [`secret`] reads the one that was named.

#![expect(clippy::disallowed_methods, reason = "this is where the environment is read")]

use std::ffi::OsString;
use std::path::PathBuf;

/// Set to anything but nothing: no colour, see <https://no-color.org>.
pub const NO_COLOR: &str = "NO_COLOR";
/// The kind of terminal; `dumb` gets no bar and no colour.
pub const TERM: &str = "TERM";
/// Where programs are looked for after the folder of the running one.
pub const PATH: &str = "PATH";
/// What the log holds, as directives such as `debug` or `pixmo_shards=trace,info`.
pub const PIXMO_LOG: &str = "PIXMO_LOG";
/// The time of day that rows are given, in seconds since 1970, instead of the machine's; see
/// <https://reproducible-builds.org/specs/source-date-epoch/>.
pub const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";
/// The secret key that signs receipts, in PEM, where it is not in a file.
pub const PIXMO_RECEIPTS_KEY: &str = "PIXMO_RECEIPTS_KEY";
/// The token with which `pixmo annotate admin` speaks to a server, where it is not in a file.
pub const PIXMO_ANNOTATE_TOKEN: &str = "PIXMO_ANNOTATE_TOKEN";
/// The beginnings of the variables that object stores understand (keys, region, endpoint).
pub const OBJECT_STORE_PREFIXES: [&str; 3] = ["AWS_", "AZURE_", "GOOGLE_"];

/// The options for object stores, sorted by name; names and values as they stand in the environment.
///
/// The values hold secrets: pass them on, never print them.
#[must_use]
pub fn object_store_options() -> Vec<(String, String)> {
    options_among(std::env::vars_os())
}

fn options_among(variables: impl Iterator<Item = (OsString, OsString)>) -> Vec<(String, String)> {
    let mut options: Vec<(String, String)> = variables
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| OBJECT_STORE_PREFIXES.iter().any(|prefix| name.starts_with(prefix)))
        .collect();
    options.sort();
    options
}

/// The value of [`PIXMO_LOG`], if it is set and not empty.
#[must_use]
pub fn pixmo_log() -> Option<String> {
    std::env::var(PIXMO_LOG).ok().filter(|value| !value.is_empty())
}

/// The value of [`PIXMO_RECEIPTS_KEY`], if it is set and not empty. It is a secret: never print it.
#[must_use]
pub fn receipts_key() -> Option<String> {
    std::env::var(PIXMO_RECEIPTS_KEY).ok().filter(|value| !value.trim().is_empty())
}

/// The value of [`PIXMO_ANNOTATE_TOKEN`], if it is set and not empty. It is a secret: never print it.
#[must_use]
pub fn annotate_token() -> Option<String> {
    std::env::var(PIXMO_ANNOTATE_TOKEN).ok().filter(|value| !value.trim().is_empty())
}

/// The value of [`SOURCE_DATE_EPOCH`], if it is set to a number.
#[must_use]
pub fn source_date_epoch() -> Option<u64> {
    std::env::var(SOURCE_DATE_EPOCH).ok()?.trim().parse().ok()
}

/// The value of the variable that a campaign file names for a secret, such as `LLM_API_KEY`, if it is set and not empty.
///
/// Hand it to whom it belongs, never print it.
#[must_use]
pub fn secret(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether [`NO_COLOR`] asks for no colour or [`TERM`] says that the terminal has none.
#[must_use]
pub fn wants_no_color() -> bool {
    std::env::var_os(NO_COLOR).is_some_and(|value| !value.is_empty()) || terminal_is_dumb()
}

/// Whether the terminal cannot move its cursor.
#[must_use]
pub fn terminal_is_dumb() -> bool {
    std::env::var_os(TERM).is_some_and(|value| value == "dumb")
}

/// The folders of [`PATH`], in order.
#[must_use]
pub fn path_folders() -> Vec<PathBuf> {
    std::env::var_os(PATH).map(|value| std::env::split_paths(&value).collect()).unwrap_or_default()
}

/// The processors this process may use: affinity and the quota of its control group are respected; at least 1.
#[must_use]
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_variables_of_object_stores_are_taken_in_order() {
        let names =
            ["PATH", "GOOGLE_BUCKET", "AWS_REGION", "AWS_ENDPOINT", "MY_AWS_KEY", "AZURE_", "aws_region"];
        let options = options_among(names.into_iter().map(|name| (name.into(), "x".into())));
        let names: Vec<&str> = options.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["AWS_ENDPOINT", "AWS_REGION", "AZURE_", "GOOGLE_BUCKET"]);
    }
}
