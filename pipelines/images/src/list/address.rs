//! What may stand where an address is expected, and where a SHA-256 is.

use url::Url;

use super::fault::{RowFault, shown};

/// The longest address in bytes; servers take no longer ones either.
const ADDRESS_BYTES_MAX: usize = 8 << 10;

/// The address in a field, without the white space around it.
///
/// # Errors
/// Why it is none.
pub(super) fn address(text: &str) -> Result<String, RowFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(RowFault::NoAddress);
    }
    let wrong = |why: String| RowFault::NotAnAddress { found: shown(text), why };
    if text.len() > ADDRESS_BYTES_MAX {
        return Err(wrong(format!("it is longer than {ADDRESS_BYTES_MAX} bytes")));
    }
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(wrong("it holds white space".to_owned()));
    }
    let url = Url::parse(text).map_err(|error| wrong(error.to_string()))?;
    match url.scheme() {
        "http" | "https" if url.has_host() => Ok(text.to_owned()),
        scheme => Err(wrong(format!("expected `http` or `https`, found `{}`", shown(scheme)))),
    }
}

/// Whether a text is an address, for looking at a list whose form is not known.
pub(super) fn is_address(text: &str) -> bool {
    address(text).is_ok()
}

/// The SHA-256 in a field; `None` for an empty one. Capital digits and the prefix `sha256:` are understood.
///
/// # Errors
/// [`RowFault::NotAHash`].
pub(super) fn sha256(text: &str) -> Result<Option<[u8; 32]>, RowFault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.strip_prefix("sha256:").unwrap_or(text);
    let mut hash = [0; 32];
    match hex::decode_to_slice(digits, &mut hash) {
        Ok(()) => Ok(Some(hash)),
        Err(_) => Err(RowFault::NotAHash { found: shown(text) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_with_a_host_are_addresses() {
        let is_kept = |text: &str| address(text).ok();
        assert_eq!(is_kept(" https://a.example/x.jpg\r"), Some("https://a.example/x.jpg".to_owned()));
        assert_eq!(is_kept("HTTP://a.example/ü?q=1#f"), Some("HTTP://a.example/ü?q=1#f".to_owned()));
        for wrong in [
            "x.jpg",
            "//a.example/x",
            "ftp://a.example/x",
            "data:image/png;base64,AA",
            "http://",
            "s3://b/k",
            "http://a b/",
        ] {
            assert_eq!(is_kept(wrong), None, "{wrong}");
        }
        assert_eq!(address("  "), Err(RowFault::NoAddress));
        assert_eq!(is_kept(&format!("https://a.example/{}", "x".repeat(9_000))), None);
    }

    #[test]
    fn hashes_are_read_in_their_usual_spellings() {
        let digits = "Ab".repeat(32);
        assert_eq!(sha256(&digits), Ok(Some([0xab; 32])));
        assert_eq!(sha256(&format!("sha256:{digits}")), Ok(Some([0xab; 32])));
        assert_eq!(sha256(" "), Ok(None));
        assert!(sha256("abcd").is_err() && sha256(&"g".repeat(64)).is_err());
    }
}
