//! Which split a cluster belongs to.

use sha2::{Digest, Sha256};

/// What a picture is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Split {
    /// For training.
    Train,
    /// For choosing between trainings.
    Validation,
    /// For the last measurement.
    Test,
}

impl Split {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Split::Train => "train",
            Split::Validation => "validation",
            Split::Test => "test",
        }
    }
}

/// How many clusters of how many go where: 98, 1 and 1 are per cent, 8, 1 and 1 are tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    train: u32,
    validation: u32,
    test: u32,
}

/// Why shares are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("all three shares are 0, expected at least one above it")]
pub struct SharesError;

impl Shares {
    /// Parts of their sum.
    ///
    /// # Errors
    /// All are 0.
    pub fn new(train: u32, validation: u32, test: u32) -> Result<Shares, SharesError> {
        if train == 0 && validation == 0 && test == 0 {
            return Err(SharesError);
        }
        Ok(Shares { train, validation, test })
    }
}

/// The split of a cluster, from its id, the shares and a seed alone: the first 8 bytes of
/// SHA-256(`pixmo-near split 1` · 0 · seed, 8 bytes, highest first · id) as a share of 2⁶⁴; test comes first, then
/// validation, the rest is training. More training out of validation moves no cluster into the test split.
#[must_use]
pub fn split_of(id: &[u8; 32], shares: Shares, seed: u64) -> Split {
    let digest = Sha256::new()
        .chain_update(b"pixmo-near split 1\0")
        .chain_update(seed.to_be_bytes())
        .chain_update(id)
        .finalize();
    let place = u64::from_be_bytes(digest[..8].try_into().expect("32 bytes have a first 8"));
    let whole = u128::from(shares.train) + u128::from(shares.validation) + u128::from(shares.test);
    // 0 to whole - 1
    let place = (u128::from(place) * whole) >> 64;
    if place < u128::from(shares.test) {
        Split::Test
    } else if place < u128::from(shares.test) + u128::from(shares.validation) {
        Split::Validation
    } else {
        Split::Train
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of the ids 0 to 9,999 fall into train, validation and test.
    fn counts(shares: Shares, seed: u64) -> [u32; 3] {
        let mut counts = [0; 3];
        for n in 0..10_000u64 {
            let mut id = [0; 32];
            id[..8].copy_from_slice(&n.to_be_bytes());
            counts[split_of(&id, shares, seed) as usize] += 1;
        }
        counts
    }

    #[test]
    fn shares_are_met() {
        let [train, validation, test] = counts(Shares::new(8, 1, 1).unwrap(), 7);
        assert!((7_800..=8_200).contains(&train), "{train}");
        assert!((880..=1_120).contains(&validation), "{validation}");
        assert!((880..=1_120).contains(&test), "{test}");
        assert_eq!(counts(Shares::new(0, 0, 3).unwrap(), 7), [0, 0, 10_000]);
        assert_eq!(counts(Shares::new(5, 0, 0).unwrap(), 7), [10_000, 0, 0]);
        assert_eq!(Shares::new(0, 0, 0), Err(SharesError));
    }

    #[test]
    fn a_split_never_moves() {
        let shares = Shares::new(98, 1, 1).unwrap();
        let splits: Vec<_> = (0..=255).map(|n| split_of(&[n; 32], shares, 7)).collect();
        let not_train: Vec<_> = (0..=255u8).filter(|n| splits[usize::from(*n)] != Split::Train).collect();
        assert_eq!(not_train, [2, 124, 126, 141, 211]);
    }
}
