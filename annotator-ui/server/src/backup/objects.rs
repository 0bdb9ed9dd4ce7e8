//! Files of one place, copied to another.

use pixmo_shards::{Location, LocationError, Trouble};

/// Copies everything below a folder; how many files are there then, and how many bytes they have.
///
/// Files that lie under their hash and have the same size are not copied again. A file that goes meanwhile was discarded, and
/// is passed over.
pub(super) fn copy(
    from: &Location,
    under: &str,
    into: &Location,
    folder: &str,
    is_by_hash: bool,
) -> Result<(u64, u64), LocationError> {
    let there: std::collections::HashMap<String, u64> =
        into.list(folder)?.into_iter().map(|entry| (entry.name, entry.bytes)).collect();
    let (mut count, mut bytes) = (0, 0);
    for entry in from.list(under)? {
        // What is remembered of a log and must never be published is not published by a backup either.
        if entry.name.split('/').any(|part| part.starts_with('.')) {
            continue;
        }
        let name = format!("{folder}/{}", entry.name);
        let is_there = is_by_hash && there.get(&name) == Some(&entry.bytes);
        if !is_there {
            match from.read(&entry.name) {
                Ok(content) => into.put_atomic(&name, &content)?,
                Err(error) if error.trouble == Trouble::Missing => continue,
                Err(error) => return Err(error),
            }
        }
        count += 1;
        bytes += entry.bytes;
    }
    Ok((count, bytes))
}

/// Copies everything below a folder of a backup to where it belongs.
pub(super) fn bring(from: &Location, folder: &str, into: &Location) -> Result<u64, LocationError> {
    let mut count = 0;
    for entry in from.list(folder)? {
        let Some(name) = entry.name.strip_prefix(&format!("{folder}/")) else { continue };
        if into.size(name)? != Some(entry.bytes) {
            into.put_atomic(name, &from.read(&entry.name)?)?;
        }
        count += 1;
    }
    Ok(count)
}
