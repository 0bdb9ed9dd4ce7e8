//! Many signatures by one key, checked at once.
//!
//! A signature (R, s) over a message with the challenge k is good when s·B = R + k·A. For many of one key A the sum
//! Σ z·s·B − Σ z·k·A − Σ z·R must vanish for random z of 128 bits: one multiplication of many points instead of many of
//! one, which is about three times as fast. The z come from a hash over everything that is checked, so nobody can choose
//! signatures to fit them. When the sum does not vanish, each signature is checked alone.
//!
//! What a batch accepts and a single check refuses only the holder of the secret key can make (a point R with a part of
//! small order): such a signature is no forgery, and its own check still finds it.

use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{IsIdentity as _, VartimeMultiscalarMul as _};
use sha2::{Digest as _, Sha256, Sha512};

use crate::keys::PublicKey;

/// Signatures of one batch: more gain little.
pub const BATCH: usize = 1024;

struct Waiting {
    tag: u64,
    r: CompressedEdwardsY,
    point: EdwardsPoint,
    s: Scalar,
    k: Scalar,
}

/// Signatures by one key that wait to be checked. Whoever gave one with a tag hears the tag again if it is bad.
pub struct Batch {
    key: PublicKey,
    minus_a: EdwardsPoint,
    waiting: Vec<Waiting>,
    bad: Vec<u64>,
}

impl Batch {
    /// An empty batch for a key.
    #[must_use]
    pub fn new(key: &PublicKey) -> Batch {
        let minus_a = -key.verifying().to_edwards();
        Batch { key: key.clone(), minus_a, waiting: Vec::with_capacity(BATCH), bad: Vec::new() }
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Adds a signature over a message; a full batch is checked.
    pub fn push(&mut self, tag: u64, message: &[u8], signature: &[u8; 64]) {
        match self.waiting(tag, message, signature) {
            Some(waiting) => self.waiting.push(waiting),
            None => self.bad.push(tag),
        }
        if self.waiting.len() >= BATCH {
            self.settle();
        }
    }

    /// Checks what waits, and hands out the tags of what was bad since the last time.
    pub fn finish(&mut self) -> Vec<u64> {
        self.settle();
        std::mem::take(&mut self.bad)
    }

    fn waiting(&self, tag: u64, message: &[u8], signature: &[u8; 64]) -> Option<Waiting> {
        let (r, s) = signature.split_at(32);
        let r = CompressedEdwardsY(r.try_into().ok()?);
        let s = Option::from(Scalar::from_canonical_bytes(s.try_into().ok()?))?;
        let point = r.decompress().filter(|point| canonical(&r) && !point.is_small_order())?;
        let mut hasher = Sha512::new();
        hasher.update(r.as_bytes());
        hasher.update(self.key.verifying().as_bytes());
        hasher.update(message);
        let k = Scalar::from_bytes_mod_order_wide(&hasher.finalize().into());
        Some(Waiting { tag, r, point, s, k })
    }

    fn settle(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() || self.all_good(&waiting) {
            return;
        }
        for one in waiting {
            let made = EdwardsPoint::vartime_double_scalar_mul_basepoint(&one.k, &self.minus_a, &one.s);
            if made.compress() != one.r {
                self.bad.push(one.tag);
            }
        }
    }

    fn all_good(&self, waiting: &[Waiting]) -> bool {
        let mut all = Sha512::new();
        all.update(b"pixmo batch 1\n");
        all.update(self.key.verifying().as_bytes());
        for one in waiting {
            all.update(one.r.as_bytes());
            all.update(one.s.as_bytes());
            all.update(one.k.as_bytes());
        }
        let seed = all.finalize();
        let (mut of_base, mut of_key) = (Scalar::ZERO, Scalar::ZERO);
        let mut weights = Vec::with_capacity(waiting.len());
        for (number, one) in (0u64..).zip(waiting) {
            let z = weight(&seed, number);
            of_base += z * one.s;
            of_key += z * one.k;
            weights.push(z);
        }
        let points = EdwardsPoint::vartime_multiscalar_mul(&weights, waiting.iter().map(|one| one.point));
        let rest = EdwardsPoint::vartime_double_scalar_mul_basepoint(&of_key, &self.minus_a, &of_base);
        (rest - points).is_identity()
    }
}

fn weight(seed: &[u8], number: u64) -> Scalar {
    let mut hasher = Sha256::new();
    hasher.update(seed);
    hasher.update(number.to_be_bytes());
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&hasher.finalize()[..16]);
    // Never zero, or a signature would not count.
    bytes[0] |= 1;
    Scalar::from_bytes_mod_order(bytes)
}

/// Whether a point is written in its one form: its y is below 2^255 - 19.
fn canonical(r: &CompressedEdwardsY) -> bool {
    let bytes = r.as_bytes();
    !(bytes[0] >= 0xed && bytes[1..31].iter().all(|&byte| byte == 0xff) && bytes[31] & 0x7f == 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{SecretKey, Signer as _};

    fn message(number: u64) -> Vec<u8> {
        format!("message {number}").repeat(1 + number as usize % 5).into_bytes()
    }

    #[test]
    fn the_bad_ones_among_many_are_named() {
        let key = SecretKey::from_seed([3; 32]);
        for count in [0u64, 1, 2, 190, BATCH as u64, BATCH as u64 + 300] {
            let mut batch = Batch::new(key.public());
            let mut wanted = Vec::new();
            for number in 0..count {
                let mut signature = key.sign(&message(number)).unwrap();
                if count > 1 && number % 173 == 1 {
                    signature[(number * 7 % 64) as usize] ^= 1 << (number % 8);
                    wanted.push(number);
                }
                batch.push(number, &message(number), &signature);
            }
            let mut bad = batch.finish();
            bad.sort_unstable();
            assert_eq!(bad, wanted, "{count}");
        }
    }

    #[test]
    fn every_bit_of_a_signature_and_its_message_counts() {
        let key = SecretKey::from_seed([4; 32]);
        let good = key.sign(b"four").unwrap();
        for place in 0..64 * 8 {
            let mut changed = good;
            changed[place / 8] ^= 1 << (place % 8);
            let mut batch = Batch::new(key.public());
            batch.push(1, b"four", &good);
            batch.push(2, b"four", &changed);
            assert_eq!(batch.finish(), [2], "bit {place}");
            assert!(!key.public().verifies(b"four", &changed));
        }
        let mut batch = Batch::new(key.public());
        batch.push(1, b"five", &good);
        assert_eq!(batch.finish(), [1]);
    }

    #[test]
    fn another_key_does_not_do() {
        let signature = SecretKey::from_seed([5; 32]).sign(b"x").unwrap();
        let mut batch = Batch::new(SecretKey::from_seed([6; 32]).public());
        batch.push(9, b"x", &signature);
        assert_eq!(batch.finish(), [9]);
    }
}
