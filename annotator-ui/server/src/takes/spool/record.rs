//! The form of a record in a segment of the spool.
//!
//! ```text
//! "pxs1"  length of the rest (u32)  take: length (u8), text  number (u32)  arrived, ms since 1970 (i64)
//! hash of the chain (32)  bytes of the piece  first half of SHA-256 over all of it (16)
//! ```
//!
//! Numbers are little-endian. A record that is cut, or whose hash is another, ends its segment: what stands behind it was
//! never acknowledged.

use pixmo_schemas::Sha256;
use sha2::Digest as _;

const MAGIC: &[u8; 4] = b"pxs1";
/// What stands before the take.
pub(super) const HEAD: usize = 8;
const SEAL: usize = 16;
/// More than the largest piece with all that stands around it.
const BODY_MAX: usize = (1 << 20) + 1024;

/// A piece of a take, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its number, from 0.
    pub number: u32,
    /// When it came, in milliseconds since 1970.
    pub arrived_ms: i64,
    /// The hash of the chain up to it.
    pub chain: Sha256,
    /// What came.
    pub bytes: Vec<u8>,
}

/// Appends a record to `into`, and says how long it is.
pub(super) fn write(into: &mut Vec<u8>, take: &str, piece: &Piece) -> u32 {
    let from = into.len();
    let body = 1 + take.len() + 4 + 8 + 32 + piece.bytes.len() + SEAL;
    into.reserve(HEAD + body);
    into.extend_from_slice(MAGIC);
    into.extend_from_slice(&(body as u32).to_le_bytes());
    into.push(take.len() as u8);
    into.extend_from_slice(take.as_bytes());
    into.extend_from_slice(&piece.number.to_le_bytes());
    into.extend_from_slice(&piece.arrived_ms.to_le_bytes());
    into.extend_from_slice(piece.chain.as_bytes());
    into.extend_from_slice(&piece.bytes);
    let seal = seal_of(&into[from..]);
    into.extend_from_slice(&seal);
    (into.len() - from) as u32
}

/// The record at the beginning of `bytes`, and how long it is; `None` if there is no whole one.
pub(super) fn read(bytes: &[u8]) -> Option<(&str, Piece, usize)> {
    let (magic, rest) = bytes.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let body = u32::from_le_bytes(*length) as usize;
    if magic != MAGIC || body > BODY_MAX || rest.len() < body || body < SEAL {
        return None;
    }
    let sealed = HEAD + body - SEAL;
    if seal_of(&bytes[..sealed]) != bytes[sealed..HEAD + body] {
        return None;
    }
    let (&take_bytes, rest) = bytes[HEAD..sealed].split_first()?;
    let (take, rest) = rest.split_at_checked(usize::from(take_bytes))?;
    let (number, rest) = rest.split_first_chunk::<4>()?;
    let (arrived_ms, rest) = rest.split_first_chunk::<8>()?;
    let (chain, piece) = rest.split_first_chunk::<32>()?;
    let piece = Piece {
        number: u32::from_le_bytes(*number),
        arrived_ms: i64::from_le_bytes(*arrived_ms),
        chain: Sha256::from_bytes(*chain),
        bytes: piece.to_vec(),
    };
    Some((std::str::from_utf8(take).ok()?, piece, HEAD + body))
}

fn seal_of(bytes: &[u8]) -> [u8; SEAL] {
    let digest: [u8; 32] = sha2::Sha256::digest(bytes).into();
    let mut seal = [0; SEAL];
    seal.copy_from_slice(&digest[..SEAL]);
    seal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_and_none_that_is_cut_or_changed() {
        let piece =
            Piece { number: 7, arrived_ms: 1_796_056_800_250, chain: Sha256::of(b"x"), bytes: vec![9; 300] };
        let mut bytes = Vec::new();
        let length = write(&mut bytes, "t-23", &piece) as usize;
        assert_eq!(read(&bytes), Some(("t-23", piece, length)));
        for cut in 0..length {
            assert_eq!(read(&bytes[..cut]), None, "{cut}");
        }
        for at in 0..length {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(read(&changed), None, "{at}");
        }
    }
}
