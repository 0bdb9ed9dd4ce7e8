//! Addresses: what may be asked for at all.

use reqwest::Url;

/// Most bytes of an address.
const BYTES_MAX: usize = 8192;

/// Reads an address; in the error stands why it is none.
pub(crate) fn parse(text: &str) -> Result<Url, String> {
    if text.len() > BYTES_MAX {
        return Err(format!("{} bytes long, expected at most {BYTES_MAX}", text.len()));
    }
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    checked(url)
}

/// Where a redirect from `base` leads.
pub(crate) fn join(base: &Url, location: &str) -> Result<Url, String> {
    if location.len() > BYTES_MAX {
        return Err(format!("{} bytes long, expected at most {BYTES_MAX}", location.len()));
    }
    let url = base.join(location).map_err(|error| error.to_string())?;
    checked(url)
}

fn checked(mut url: Url) -> Result<Url, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("the scheme is `{}`, expected `http` or `https`", url.scheme()));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("there is no host in it".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("there is a name or password in it".to_owned());
    }
    if url.as_str().len() > BYTES_MAX {
        return Err(format!("{} bytes long when encoded, expected at most {BYTES_MAX}", url.as_str().len()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// The origin of an address, as a key.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
