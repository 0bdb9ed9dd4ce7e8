//! Names and contents of tiles: C2SP tlog-tiles.
//!
//! The hashes of a tree lie in tiles of up to 256. Tile `n` of level `l` holds the roots of the full subtrees of
//! 256^`l` entries each, from number `256 n` on; the tile at the right edge of a level is partial, under a name of its own
//! for each width. Entries lie in bundles of up to 256, each after its length in two bytes.

use crate::log::tree::Hash;

/// Hashes of a full tile, and entries of a full bundle.
pub const TILE_WIDTH: u64 = 256;
/// The longest entry.
pub const ENTRY_BYTES_MAX: usize = u16::MAX as usize;

/// The name of the checkpoint.
pub const CHECKPOINT: &str = "checkpoint";

/// The name of a tile of hashes; `width` is 1 to 256.
#[must_use]
pub fn tile_name(level: u32, index: u64, width: u64) -> String {
    format!("tile/{level}/{}", numbered(index, width))
}

/// The name of a bundle of entries; `width` is 1 to 256.
#[must_use]
pub fn bundle_name(index: u64, width: u64) -> String {
    format!("tile/entries/{}", numbered(index, width))
}

/// `1234067` becomes `x001/x234/067`, and a partial one of 5 `x001/x234/067.p/5`.
pub(crate) fn numbered(index: u64, width: u64) -> String {
    let mut parts = vec![format!("{:03}", index % 1000)];
    let mut rest = index / 1000;
    while rest > 0 {
        parts.push(format!("x{:03}", rest % 1000));
        rest /= 1000;
    }
    parts.reverse();
    let name = parts.join("/");
    if width == TILE_WIDTH { name } else { format!("{name}.p/{width}") }
}

/// How many hashes of a level a tree of `size` entries has.
#[must_use]
pub fn hashes_at(level: u32, size: u64) -> u64 {
    size.checked_shr(8 * level).unwrap_or(0)
}

/// The width of tile `index` among `hashes` of its level: 0 where there is none.
#[must_use]
pub fn width_of(index: u64, hashes: u64) -> u64 {
    hashes.saturating_sub(index.saturating_mul(TILE_WIDTH)).min(TILE_WIDTH)
}

/// The bytes of a tile.
#[must_use]
pub fn tile_bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.concat()
}

/// The hashes in a tile of `width`; `None` if it has another size.
#[must_use]
pub fn tile_hashes(bytes: &[u8], width: u64) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    (rest.is_empty() && hashes.len() as u64 == width).then(|| hashes.to_vec())
}

/// Adds an entry to a bundle. It must not be longer than [`ENTRY_BYTES_MAX`].
pub fn push_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> bool {
    let Ok(length) = u16::try_from(entry.len()) else { return false };
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    true
}

/// The entries in a bundle of `width`; `None` if it has another number of them, or is cut.
#[must_use]
pub fn bundle_entries(bytes: &[u8], width: u64) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while let Some((length, behind)) = rest.split_first_chunk::<2>() {
        let (entry, behind) = behind.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        rest = behind;
    }
    (rest.is_empty() && entries.len() as u64 == width).then_some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_specification() {
        assert_eq!(tile_name(0, 0, 256), "tile/0/000");
        assert_eq!(tile_name(3, 1_234_067, 256), "tile/3/x001/x234/067");
        assert_eq!(tile_name(1, 273, 112), "tile/1/273.p/112");
        assert_eq!(bundle_name(1_000, 256), "tile/entries/x001/000");
        assert_eq!(bundle_name(999, 1), "tile/entries/999.p/1");
    }

    #[test]
    fn widths_add_up() {
        for size in [0, 1, 255, 256, 257, 70_000, 16_777_216, u64::MAX] {
            for level in 0..9 {
                let hashes = hashes_at(level, size);
                let full = hashes / TILE_WIDTH;
                assert_eq!(width_of(full, hashes), hashes % TILE_WIDTH);
                assert!(full == 0 || width_of(full - 1, hashes) == TILE_WIDTH);
                assert_eq!(width_of(full + 1, hashes), 0);
            }
        }
    }

    #[test]
    fn a_bundle_gives_back_its_entries_and_nothing_if_it_is_cut() {
        let mut bundle = Vec::new();
        let entries: [&[u8]; 3] = [b"first", b"", &[7; 300]];
        assert!(entries.iter().all(|entry| push_entry(&mut bundle, entry)));
        assert_eq!(bundle_entries(&bundle, 3).unwrap(), entries);
        assert!(bundle_entries(&bundle, 2).is_none());
        for length in 0..bundle.len() {
            assert!(bundle_entries(&bundle[..length], 3).is_none(), "{length}");
        }
        assert!(!push_entry(&mut bundle, &vec![0; ENTRY_BYTES_MAX + 1]));
    }
}
