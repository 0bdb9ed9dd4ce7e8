//! One large file of a known hash: taken piece by piece, continued where an earlier attempt or run left off, and from
//! another address when one gives nothing.
//!
//! What was kept need not be trusted: the hash of the whole decides. A file that was continued and has another hash is
//! taken anew from its beginning, once.

use std::io;

use reqwest::Url;
use reqwest::header::{CONTENT_ENCODING, CONTENT_RANGE, HeaderMap};
use tokio::time::sleep;

use crate::address;
use crate::backoff::pause;
use crate::body::{content_length, in_body, short};
use crate::budget::Budget;
use crate::class::Class;
use crate::client::{Client, failed};
use crate::outcome::Failed;
use crate::policy::secs;
use crate::trouble::Trouble;
use crate::visit::{Purpose, Reached, Trail};

/// An attempt that brings less than this is one in vain, so that a server that gives a byte at a time is not asked for
/// ever.
const PROGRESS_BYTES: u64 = 64 << 10;

/// The file that is wanted. Its size is limited by the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWant {
    /// Where it can be had, in the order in which they are tried.
    pub addresses: Vec<String>,
    /// The SHA-256 of its bytes; nothing else is taken.
    pub sha256: [u8; 32],
    /// How many bytes it has, if that is known.
    pub bytes: Option<u64>,
}

/// Where the bytes go. Whoever implements it writes them down and hashes them.
pub trait Keep: Send {
    /// How many bytes are kept, from the beginning of the file.
    fn kept(&self) -> u64;

    /// Keeps more bytes, behind the others.
    ///
    /// # Errors
    /// When they cannot be kept; nothing more is fetched then.
    fn put(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Throws away what was kept.
    ///
    /// # Errors
    /// When that cannot be done.
    fn restart(&mut self) -> io::Result<()>;

    /// The SHA-256 of what is kept.
    ///
    /// # Errors
    /// When it cannot be read.
    fn sha256(&mut self) -> io::Result<[u8; 32]>;
}

/// A file that came whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchedFile {
    /// Which of the addresses gave the last of it, counted from 0.
    pub from: usize,
    /// Attempts over all addresses.
    pub attempts: u32,
}

/// A file did not come.
#[derive(Debug, thiserror::Error)]
pub enum FileFailed {
    /// No address gave it. What came is kept.
    #[error("no address gives the file")]
    Addresses(
        /// Each address that was tried, and why it did not.
        Vec<(String, Failed)>,
    ),
    /// What came could not be kept.
    #[error("cannot keep what came")]
    Keep(#[source] io::Error),
}

/// Why an attempt ended.
enum Halt {
    Trouble(Trouble),
    Keep(io::Error),
}

impl From<Trouble> for Halt {
    fn from(trouble: Trouble) -> Halt {
        Halt::Trouble(trouble)
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Halt {
        Halt::Keep(error)
    }
}

impl Client {
    /// Takes a file, going on behind what `keep` has. The future may be dropped at any time: what was put is kept.
    ///
    /// # Errors
    /// Why no address gave it, or what was wrong with keeping it.
    pub async fn fetch_file(&self, want: &FileWant, keep: &mut dyn Keep) -> Result<FetchedFile, FileFailed> {
        let mut refusals = Vec::new();
        let mut attempts = 0;
        for (from, address) in want.addresses.iter().enumerate() {
            let mut trail = Trail::default();
            match self.file_from(address, want, keep, &mut trail, &mut attempts).await {
                Ok(()) => return Ok(FetchedFile { from, attempts }),
                Err(Halt::Keep(error)) => return Err(FileFailed::Keep(error)),
                Err(Halt::Trouble(trouble)) => {
                    refusals.push((address.clone(), failed(trouble, trail, attempts)));
                }
            }
        }
        Err(FileFailed::Addresses(refusals))
    }

    /// Takes it from one address, in as many attempts as bring something.
    async fn file_from(
        &self,
        address: &str,
        want: &FileWant,
        keep: &mut dyn Keep,
        trail: &mut Trail,
        attempts: &mut u32,
    ) -> Result<(), Halt> {
        let policy = &self.visitor.policy;
        let url = address::parse(address).map_err(|why| Trouble::new(Class::Address, why))?;
        // Whether all that is kept came from this address in this run.
        let mut is_all_from_here = keep.kept() == 0;
        let mut in_vain = 0;
        loop {
            *attempts += 1;
            let before = keep.kept();
            let mut budget = Budget::new(secs(policy.timeouts.total_secs));
            match self.file_attempt(&url, want, keep, trail, &mut budget).await {
                Ok(()) if keep.sha256()? == want.sha256 => return Ok(()),
                Ok(()) => {
                    let bytes = keep.kept();
                    keep.restart()?;
                    if is_all_from_here {
                        let detail =
                            format!("{bytes} bytes came, and their sha256 is not the one that was wanted");
                        return Err(Trouble::new(Class::HashMismatch, detail).into());
                    }
                    (is_all_from_here, in_vain) = (true, 0);
                }
                Err(Halt::Keep(error)) => return Err(Halt::Keep(error)),
                Err(Halt::Trouble(trouble)) => {
                    is_all_from_here |= keep.kept() == 0;
                    if keep.kept() >= before.saturating_add(PROGRESS_BYTES) {
                        in_vain = 0;
                    }
                    in_vain += 1;
                    let Some(wait) = pause(&policy.retry, url.as_str(), in_vain, &trouble, &budget) else {
                        return Err(trouble.into());
                    };
                    sleep(wait).await;
                }
            }
        }
    }

    /// One request, up to the end of the file or of the connection.
    async fn file_attempt(
        &self,
        url: &Url,
        want: &FileWant,
        keep: &mut dyn Keep,
        trail: &mut Trail,
        budget: &mut Budget,
    ) -> Result<(), Halt> {
        let policy = &self.visitor.policy;
        let most = want.bytes.unwrap_or(policy.limits.bytes_max);
        let asked_from = keep.kept();
        if want.bytes == Some(asked_from) && asked_from > 0 {
            return Ok(());
        }
        let reached = self.visitor.reach(url, Purpose::Part(asked_from), budget, trail).await?;
        let Reached { mut response, pass, here } = reached;
        let status = response.status().as_u16();
        let range = Range::of(response.headers());
        if is_packed(response.headers()) {
            return Err(Trouble::new(Class::Protocol, "the file is packed, which nobody asked for").into());
        }
        if status == 416 {
            if asked_from > 0 && range.is_some_and(|range| range.total == Some(asked_from)) {
                return Ok(());
            }
            keep.restart()?;
            return Err(Trouble::new(Class::Protocol, "the server has no such part of it").again().into());
        }
        let begins_at = if status == 206 { asked_from } else { 0 };
        if status == 206 {
            let begin = range.and_then(|range| range.begin);
            if begin != Some(asked_from) {
                let begin = begin.map_or_else(|| "nobody knows where".to_owned(), |begin| begin.to_string());
                let detail =
                    format!("a part from byte {asked_from} was asked for, and one from {begin} came");
                return Err(Trouble::new(Class::Protocol, detail).into());
            }
        }
        // A page that stands in the place of the file must not cost what was kept.
        let declared = content_length(response.headers());
        let total = declared.map(|declared| declared.saturating_add(begins_at));
        let other = total.filter(|total| *total > most || want.bytes.is_some_and(|all| *total != all));
        if let Some(total) = other {
            let class = if total > most { Class::TooLarge } else { Class::HashMismatch };
            let detail = format!(
                "it has {total} bytes, and {most} are {}",
                match want.bytes {
                    Some(_) => "expected",
                    None => "the most that is taken",
                }
            );
            return Err(Trouble { status: Some(status), ..Trouble::new(class, detail) }.into());
        }
        if begins_at < asked_from {
            // A server that gives no parts gives the whole.
            keep.restart()?;
        }
        let mut came = 0_u64;
        let read = secs(policy.timeouts.read_secs);
        loop {
            let chunk = match budget.spend(read, "more of the file", response.chunk()).await {
                Ok(Ok(Some(chunk))) => chunk,
                Ok(Ok(None)) => break,
                Ok(Err(error)) => {
                    let trouble = in_body(&error, &here, came, declared);
                    pass.failed(&trouble);
                    return Err(trouble.into());
                }
                Err(trouble) => {
                    pass.failed(&trouble);
                    return Err(trouble.into());
                }
            };
            came += chunk.len() as u64;
            if keep.kept() + chunk.len() as u64 > most {
                let detail = format!("more than {most} bytes came");
                return Err(Trouble::new(Class::TooLarge, detail).into());
            }
            keep.put(&chunk)?;
        }
        if declared.is_some_and(|declared| declared != came)
            || want.bytes.is_some_and(|all| keep.kept() < all)
        {
            return Err(short(came, declared).into());
        }
        Ok(())
    }
}

/// What `Content-Range` says (RFC 9110, 14.4): `bytes 100-199/200`, `bytes */200`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    begin: Option<u64>,
    total: Option<u64>,
}

impl Range {
    fn of(headers: &HeaderMap) -> Option<Range> {
        Range::read(headers.get(CONTENT_RANGE)?.to_str().ok()?)
    }

    fn read(text: &str) -> Option<Range> {
        let (part, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
        let begin = part.split_once('-').and_then(|(begin, _)| begin.trim().parse().ok());
        Some(Range { begin, total: total.trim().parse().ok() })
    }
}

fn is_packed(headers: &HeaderMap) -> bool {
    let encoding = headers.get(CONTENT_ENCODING).and_then(|encoding| encoding.to_str().ok());
    encoding.is_some_and(|encoding| !encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity"))
}

/// Keeps what comes in memory; for tests and small files.
impl Keep for Vec<u8> {
    fn kept(&self) -> u64 {
        self.len() as u64
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.extend_from_slice(bytes);
        Ok(())
    }

    fn restart(&mut self) -> io::Result<()> {
        self.clear();
        Ok(())
    }

    fn sha256(&mut self) -> io::Result<[u8; 32]> {
        use sha2::{Digest, Sha256};
        Ok(Sha256::digest(self.as_slice()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let read = |text| Range::read(text).map(|range| (range.begin, range.total));
        assert_eq!(read("bytes 100-199/200"), Some((Some(100), Some(200))));
        assert_eq!(read("bytes 100-199/*"), Some((Some(100), None)));
        assert_eq!(read("bytes */200"), Some((None, Some(200))));
        assert_eq!(read("items 1-2/3"), None);
        assert_eq!(read("bytes 1-2"), None);
    }
}
