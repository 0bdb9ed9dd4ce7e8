//! What a build is continued with: hashes of what was given.

use pixmo_console::Failure;

/// Notes under a key of a section what was given, or holds it to what the campaign file pins there.
///
/// # Errors
/// A request failure if the campaign pins something else.
pub fn pin(section: &str, key: &str, pinned: &mut String, found: &str, at: &str) -> Result<(), Failure> {
    if !pinned.is_empty() && pinned != found {
        return Err(Failure::request(format!("the files are not those that `{key}` of [{section}] pins"))
            .because(format!("their sha256 is `{found}`, expected `{pinned}`"))
            .at(at.to_owned()));
    }
    found.clone_into(pinned);
    Ok(())
}
