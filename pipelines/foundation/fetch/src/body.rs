//! The body of an answer, within its limits: as declared, as it comes, and after it was unpacked.

use std::time::Duration;

use bytes::Bytes;
use flate2::{Decompress, FlushDecompress, Status};
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use sha2::{Digest, Sha256};

use crate::budget::Budget;
use crate::class::Class;
use crate::trouble::Trouble;

/// How much of a body is taken, and what happens beyond.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Take {
    /// Most bytes.
    pub(crate) bytes_max: u64,
    /// Whether what lies beyond is left unread, without trouble.
    pub(crate) cut: bool,
}

/// A complete body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) bytes: Bytes,
    pub(crate) sha256: [u8; 32],
}

/// Space that is set aside at once for a body that says how long it is, at most.
const RESERVE_BYTES_MAX: u64 = 1 << 20;

/// Reads the body of `response`; each part of it may take `read` to come.
pub(crate) async fn read(
    mut response: Response,
    take: Take,
    read: Duration,
    budget: &mut Budget,
) -> Result<Body, Trouble> {
    let declared = content_length(response.headers());
    let mut packing = Packing::of(response.headers())?;
    let mut sink = Sink::new(take);
    if let Some(declared) = declared {
        if declared > take.bytes_max && !take.cut {
            let most = take.bytes_max;
            return Err(Trouble::new(
                Class::TooLarge,
                format!("{declared} bytes declared, at most {most} allowed"),
            ));
        }
        sink.reserve(declared);
    }
    let mut came = 0_u64;
    loop {
        let chunk = match budget.spend(read, "more of the body", response.chunk()).await? {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break,
            Err(error) => return Err(in_body(&error, response.url(), came, declared)),
        };
        came += chunk.len() as u64;
        if came > take.bytes_max && !take.cut {
            return Err(take.overflow("came"));
        }
        match packing.as_mut() {
            None => sink.put(&chunk, "came")?,
            Some(packing) => packing.unpack(&chunk, &mut sink)?,
        }
        if sink.is_full {
            return Ok(sink.finish());
        }
    }
    if declared.is_some_and(|declared| declared != came) {
        return Err(short(came, declared));
    }
    if packing.is_some_and(|packing| !packing.is_done) && came > 0 {
        return Err(Trouble::new(
            Class::Closed,
            format!("the packed body ends too early, after {came} bytes"),
        )
        .again());
    }
    Ok(sink.finish())
}

/// The header `Content-Length`, if it is a number.
pub(crate) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// An error within a body: whatever ends it early is `Closed`, even where HTTP/2 calls it an error of protocol.
pub(crate) fn in_body(
    error: &reqwest::Error,
    url: &reqwest::Url,
    came: u64,
    declared: Option<u64>,
) -> Trouble {
    let trouble = Trouble::of_wire(error, url);
    match trouble.class {
        Class::Timeout | Class::Tls => trouble,
        Class::Protocol if declared.is_none() => trouble,
        _ => short(came, declared),
    }
}

/// A body that ended before all of it was there.
pub(crate) fn short(came: u64, declared: Option<u64>) -> Trouble {
    let of = declared.map(|declared| format!(" of {declared} declared")).unwrap_or_default();
    Trouble::new(Class::Closed, format!("the body ended after {came}{of} bytes")).again()
}

impl Take {
    fn overflow(self, how: &str) -> Trouble {
        Trouble::new(Class::TooLarge, format!("more than {} bytes {how}", self.bytes_max))
    }
}

/// Where bytes are gathered and hashed.
struct Sink {
    take: Take,
    bytes: Vec<u8>,
    hash: Sha256,
    is_full: bool,
}

impl Sink {
    fn new(take: Take) -> Sink {
        Sink { take, bytes: Vec::new(), hash: Sha256::new(), is_full: false }
    }

    fn reserve(&mut self, declared: u64) {
        let bytes = declared.min(self.take.bytes_max).min(RESERVE_BYTES_MAX);
        self.bytes.reserve(usize::try_from(bytes).unwrap_or_default());
    }

    fn put(&mut self, chunk: &[u8], how: &str) -> Result<(), Trouble> {
        let space = self.take.bytes_max - self.bytes.len() as u64;
        let fits = usize::try_from(space).unwrap_or(usize::MAX).min(chunk.len());
        if fits < chunk.len() {
            if !self.take.cut {
                return Err(self.take.overflow(how));
            }
            self.is_full = true;
        }
        self.hash.update(&chunk[..fits]);
        self.bytes.extend_from_slice(&chunk[..fits]);
        Ok(())
    }

    fn finish(self) -> Body {
        let mut bytes = self.bytes;
        bytes.shrink_to_fit();
        Body { bytes: bytes.into(), sha256: self.hash.finalize().into() }
    }
}

/// A body that came packed, though nobody asked for it; unpacked piece by piece, so that a small one cannot become a
/// large one unseen.
struct Packing {
    kind: Kind,
    inflate: Option<Decompress>,
    is_done: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gzip,
    /// zlib, or what some send in its place: the bare stream.
    Deflate,
}

impl Packing {
    /// What the head of an answer says of it.
    fn of(headers: &HeaderMap) -> Result<Option<Packing>, Trouble> {
        let mut kinds = Vec::new();
        for value in headers.get_all(CONTENT_ENCODING) {
            let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
            for word in value.split(',').map(str::trim) {
                match word {
                    "" | "identity" => {}
                    "gzip" | "x-gzip" => kinds.push(Kind::Gzip),
                    "deflate" => kinds.push(Kind::Deflate),
                    other => {
                        let detail = format!("the body is packed as `{other}`, which nobody asked for");
                        return Err(Trouble::new(Class::Protocol, detail));
                    }
                }
            }
        }
        match kinds.as_slice() {
            [] => Ok(None),
            [kind] => Ok(Some(Packing { kind: *kind, inflate: None, is_done: false })),
            _ => Err(Trouble::new(Class::Protocol, "the body is packed several times")),
        }
    }

    fn unpack(&mut self, mut packed: &[u8], sink: &mut Sink) -> Result<(), Trouble> {
        let mut space = [0_u8; 16 << 10];
        while !packed.is_empty() && !sink.is_full {
            if self.is_done {
                // A gzip file may have several members; anything else behind the end is padding.
                if self.kind != Kind::Gzip || packed[0] != 0x1f {
                    return Ok(());
                }
                (self.inflate, self.is_done) = (None, false);
            }
            let kind = self.kind;
            let inflate = self.inflate.get_or_insert_with(|| match kind {
                Kind::Gzip => Decompress::new_gzip(15),
                Kind::Deflate => Decompress::new(is_zlib(packed)),
            });
            let (read, written) = (inflate.total_in(), inflate.total_out());
            let status = inflate.decompress(packed, &mut space, FlushDecompress::None).map_err(|error| {
                Trouble::new(Class::Protocol, format!("the packed body is damaged: {error}"))
            })?;
            let read = usize::try_from(inflate.total_in() - read).unwrap_or(packed.len());
            let written = usize::try_from(inflate.total_out() - written).unwrap_or(space.len());
            sink.put(&space[..written], "unpacked")?;
            packed = &packed[read..];
            match status {
                Status::StreamEnd => self.is_done = true,
                _ if read == 0 && written == 0 => {
                    return Err(Trouble::new(Class::Protocol, "the packed body is damaged"));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whether a stream begins as zlib does (RFC 1950, 2.2).
fn is_zlib(stream: &[u8]) -> bool {
    let (first, second) = (stream.first().copied().unwrap_or_default(), stream.get(1).copied());
    let fits = second.is_none_or(|second| u16::from_be_bytes([first, second]).is_multiple_of(31));
    first & 0x0f == 8 && first >> 4 <= 7 && fits
}
