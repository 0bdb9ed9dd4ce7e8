//! What is asked for, and what comes of it.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::class::Class;
use crate::consent::Consent;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Want {
    /// The address, `http` or `https`.
    pub address: String,
    /// The SHA-256 of the bytes, if it is known: then nothing else is taken.
    pub sha256: Option<[u8; 32]>,
    /// Addresses to try, in order, when the first has given nothing: a store of one's own, a mirror, an archive.
    pub fallbacks: Vec<String>,
}

impl Want {
    /// Wants whatever is at `address`.
    #[must_use]
    pub fn new(address: impl Into<String>) -> Want {
        Want { address: address.into(), ..Want::default() }
    }
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The body, unpacked if the server packed it.
    pub body: Bytes,
    /// The SHA-256 of `body`.
    pub sha256: [u8; 32],
    /// The address that answered, after all redirects.
    pub address_final: String,
    /// The status of the answer.
    pub status: u16,
    /// The header `Content-Type`, as it came; servers lie.
    pub content_type: Option<String>,
    /// The header `ETag`, as it came.
    pub etag: Option<String>,
    /// The header `Last-Modified`, as it came.
    pub last_modified: Option<String>,
    /// The target of a header `Link` with `rel="license"`, made absolute.
    pub licence_link: Option<String>,
    /// What was found about consent at the address that answered and on the way to it.
    pub consent: Consent,
    /// Attempts over all addresses tried; a redirect is no attempt of its own.
    pub attempts: u32,
    /// Which of the fallbacks gave it, counted from 0; `None` for the address itself.
    pub from_fallback: Option<usize>,
}

/// Nothing came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{class}: {detail}")]
pub struct Failed {
    /// Why.
    pub class: Class,
    /// Why, in words: what was found and what was expected.
    pub detail: String,
    /// The status of the last answer, if there was one.
    pub status: Option<u16>,
    /// The last address that was asked, after redirects; `None` if none was.
    pub address_final: Option<String>,
    /// Attempts over all addresses tried.
    pub attempts: u32,
    /// What was found about consent before it failed.
    pub consent: Consent,
    /// Of what each fallback failed that was tried.
    pub fallbacks: Vec<Class>,
}

impl Failed {
    /// Whether another run, on another day, may well succeed: at the address, whose status may tell more than its
    /// class, or at a fallback.
    #[must_use]
    pub fn can_succeed_later(&self) -> bool {
        self.class.can_succeed_later()
            || matches!(self.status, Some(408 | 425))
            || self.fallbacks.iter().any(|class| class.can_succeed_later())
    }
}

/// What was seen of an address that lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The address that answered, after all redirects.
    pub address_final: String,
    /// The status of the answer.
    pub status: u16,
    /// The header `Content-Type`, as it came.
    pub content_type: Option<String>,
    /// The header `Content-Length`, in bytes, as it came.
    pub bytes: Option<u64>,
    /// The header `ETag`, as it came.
    pub etag: Option<String>,
    /// The header `Last-Modified`, as it came.
    pub last_modified: Option<String>,
    /// The target of a header `Link` with `rel="license"`, made absolute.
    pub licence_link: Option<String>,
    /// What was found about consent.
    pub consent: Consent,
    /// Attempts that were made.
    pub attempts: u32,
}
