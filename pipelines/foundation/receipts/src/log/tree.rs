//! The Merkle tree of RFC 6962, section 2.1: hashes of leaves and nodes, and proofs that are checked with a root alone.

use sha2::{Digest, Sha256};

/// A SHA-256.
pub type Hash = [u8; 32];

/// The hash of an entry: SHA-256 over a zero byte and the entry.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x00]);
    hasher.update(entry);
    hasher.finalize().into()
}

/// The hash of a node: SHA-256 over a one byte and the hashes of its children.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x01]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// The root of a tree without entries.
#[must_use]
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The roots of the full subtrees that a tree of `size` entries is made of, as (level, index): the largest first.
/// A subtree of level `l` and index `i` holds the entries from `i << l` to `(i + 1) << l`.
#[must_use]
pub fn peaks(size: u64) -> Vec<(u32, u64)> {
    let mut peaks = Vec::new();
    let mut begin = 0u64;
    for level in (0..64).rev() {
        if size >> level & 1 == 1 {
            peaks.push((level, begin >> level));
            begin += 1 << level;
        }
    }
    peaks
}

/// The root of a tree from the hashes of its [`peaks`], the largest first.
#[must_use]
pub fn root_of_peaks(hashes: &[Hash]) -> Hash {
    let mut hashes = hashes.iter().rev();
    let Some(last) = hashes.next() else { return empty_root() };
    hashes.fold(*last, |right, left| node_hash(left, &right))
}

/// Where the hashes of an inclusion proof stand, as ranges of entries whose subtree is hashed: RFC 6962, section 2.1.1.
#[must_use]
pub fn inclusion_ranges(index: u64, size: u64) -> Vec<(u64, u64)> {
    let mut ranges = Vec::new();
    let (mut begin, mut end) = (0, size);
    while end - begin > 1 {
        let middle = begin + split(end - begin);
        if index < middle {
            ranges.push((middle, end));
            end = middle;
        } else {
            ranges.push((begin, middle));
            begin = middle;
        }
    }
    ranges.reverse();
    ranges
}

/// Where the hashes of a consistency proof stand, as ranges of entries whose subtree is hashed: RFC 6962, section 2.1.2.
#[must_use]
pub fn consistency_ranges(old: u64, size: u64) -> Vec<(u64, u64)> {
    let mut ranges = Vec::new();
    if old == 0 || old >= size {
        return ranges;
    }
    let (mut begin, mut end, mut whole) = (0, size, true);
    // `old` counts from the beginning of the subtree.
    let mut left = old;
    while left < end - begin {
        let middle = split(end - begin);
        if left <= middle {
            ranges.push((begin + middle, end));
            end = begin + middle;
        } else {
            ranges.push((begin, begin + middle));
            begin += middle;
            left -= middle;
            whole = false;
        }
    }
    if !whole {
        ranges.push((begin, end));
    }
    ranges.reverse();
    ranges
}

/// The largest power of two below `size`, which is at least 2.
fn split(size: u64) -> u64 {
    1 << (63 - (size - 1).leading_zeros())
}

/// Whether `leaf` is entry number `index` of the tree of `size` entries under `root`.
#[must_use]
pub fn includes(root: &Hash, size: u64, index: u64, leaf: &Hash, proof: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    // RFC 9162, section 2.1.3.2.
    let (mut number, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for other in proof {
        if last == 0 {
            return false;
        }
        if number & 1 == 1 || number == last {
            hash = node_hash(other, &hash);
            if number & 1 == 0 {
                while number != 0 && number & 1 == 0 {
                    number >>= 1;
                    last >>= 1;
                }
            }
        } else {
            hash = node_hash(&hash, other);
        }
        number >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether the tree of `size` entries under `root` begins with the tree of `old` entries under `old_root`.
#[must_use]
pub fn continues(old_root: &Hash, old: u64, root: &Hash, size: u64, proof: &[Hash]) -> bool {
    if old > size {
        return false;
    }
    if old == size {
        return old_root == root && proof.is_empty();
    }
    if old == 0 {
        return *old_root == empty_root() && proof.is_empty();
    }
    // RFC 9162, section 2.1.4.2.
    let mut rest = proof.iter();
    let begins = if old.is_power_of_two() { Some(old_root) } else { rest.next() };
    let Some(first) = begins.copied() else { return false };
    let (mut number, mut last) = (old - 1, size - 1);
    while number & 1 == 1 {
        number >>= 1;
        last >>= 1;
    }
    let (mut of_old, mut of_new) = (first, first);
    for other in rest {
        if last == 0 {
            return false;
        }
        if number & 1 == 1 || number == last {
            of_old = node_hash(other, &of_old);
            of_new = node_hash(other, &of_new);
            if number & 1 == 0 {
                while number != 0 && number & 1 == 0 {
                    number >>= 1;
                    last >>= 1;
                }
            }
        } else {
            of_new = node_hash(&of_new, other);
        }
        number >>= 1;
        last >>= 1;
    }
    last == 0 && of_old == *old_root && of_new == *root
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The eight entries and the roots over the first of them that implementations of RFC 6962 are tested with.
    const ENTRIES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    /// The root over some leaves by the definition itself.
    fn root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [one] => *one,
            more => {
                let (left, right) = more.split_at(split(more.len() as u64) as usize);
                node_hash(&root(left), &root(right))
            }
        }
    }

    fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    fn over(leaves: &[Hash], ranges: &[(u64, u64)]) -> Vec<Hash> {
        ranges.iter().map(|&(begin, end)| root(&leaves[begin as usize..end as usize])).collect()
    }

    #[test]
    fn roots_are_those_of_other_implementations() {
        let leaves: Vec<Hash> = ENTRIES.iter().map(|entry| leaf_hash(&hex::decode(entry).unwrap())).collect();
        for (count, wanted) in (1..=8).zip(ROOTS) {
            assert_eq!(hex::encode(root(&leaves[..count])), wanted);
        }
        assert_eq!(
            hex::encode(empty_root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn a_root_is_that_of_its_peaks() {
        let leaves = leaves(70);
        for size in 0..=70u64 {
            let hashes: Vec<Hash> = peaks(size)
                .iter()
                .map(|&(level, index)| {
                    root(&leaves[(index << level) as usize..((index + 1) << level) as usize])
                })
                .collect();
            assert_eq!(root_of_peaks(&hashes), root(&leaves[..size as usize]), "{size}");
        }
    }

    #[test]
    fn every_entry_is_proved_and_no_other() {
        let leaves = leaves(41);
        for size in 1..=41u64 {
            let root = root(&leaves[..size as usize]);
            for index in 0..size {
                let proof = over(&leaves, &inclusion_ranges(index, size));
                let leaf = &leaves[index as usize];
                assert!(includes(&root, size, index, leaf, &proof), "{index} of {size}");
                assert!(!includes(&root, size, index, &leaf_hash(b"other"), &proof));
                assert!(!includes(&root, size, (index + 1) % size, leaf, &proof) || size == 1);
                if let Some((last, shorter)) = proof.split_last() {
                    assert!(!includes(&root, size, index, leaf, shorter));
                    let mut longer = proof.clone();
                    longer.push(*last);
                    assert!(!includes(&root, size, index, leaf, &longer));
                }
            }
            assert!(!includes(&root, size, size, &leaves[0], &[]));
        }
    }

    #[test]
    fn every_earlier_tree_is_proved_and_no_other() {
        let leaves = leaves(41);
        for size in 0..=41u64 {
            let new = root(&leaves[..size as usize]);
            for old in 0..=size {
                let before = root(&leaves[..old as usize]);
                let proof = over(&leaves, &consistency_ranges(old, size));
                assert!(continues(&before, old, &new, size, &proof), "{old} to {size}");
                if old > 0 {
                    assert!(!continues(&leaf_hash(b"other"), old, &new, size, &proof));
                }
                if old > 0 && old < size {
                    assert!(!continues(&before, old, &leaf_hash(b"other"), size, &proof));
                    assert!(!continues(&before, old, &new, size, &proof[1..]));
                    let mut changed = proof.clone();
                    for place in 0..changed.len() {
                        changed[place][7] ^= 4;
                        assert!(!continues(&before, old, &new, size, &changed), "{old} to {size}, {place}");
                        changed[place][7] ^= 4;
                    }
                }
            }
            assert!(!continues(&new, size + 1, &new, size, &[]));
        }
    }
}
