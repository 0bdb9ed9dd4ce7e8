//! Lists of images that are kept out of training.

use std::collections::BTreeSet;
use std::path::Path;

use pixmo_schemas::Sha256;
use sha2::Digest;

use crate::fault::InputError;

/// The hashes in files, one in each line, and a hash over all of them in their order.
pub(crate) fn read(files: &[String]) -> Result<(BTreeSet<[u8; 32]>, String), InputError> {
    let mut hashes = BTreeSet::new();
    for file in files {
        let path = Path::new(file);
        let text = std::fs::read_to_string(path).map_err(|error| InputError::read(path, error))?;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let hash: Sha256 = line.trim().parse().map_err(|_| InputError::Line {
                path: path.to_owned(),
                line: index as u64 + 1,
                what: "hash of an image",
                why: format!("it is `{line}`, expected 64 lowercase hexadecimal digits"),
            })?;
            hashes.insert(*hash.as_bytes());
        }
    }
    let mut hasher = sha2::Sha256::new();
    hashes.iter().for_each(|hash| hasher.update(hash));
    Ok((hashes, hex::encode(hasher.finalize())))
}
