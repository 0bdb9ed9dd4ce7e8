//! Pictures within a request: `data:image/jpeg;base64,…` (RFC 2397).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use super::Problem;

/// The bytes of a picture in a data URL. What its media type claims is not looked at: the bytes say what they are.
///
/// # Errors
/// It is another address, which is never fetched, or is not whole.
pub(super) fn bytes(url: &str, param: &str) -> Result<Vec<u8>, Problem> {
    let has_scheme =
        |scheme: &str| url.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    if !has_scheme("data:") {
        let scheme: String = url.chars().take_while(|character| *character != ':').take(12).collect();
        let message = format!(
            "this server fetches no addresses, and the picture is given by one (`{scheme}:`); \
             send its bytes: `data:image/jpeg;base64,…`"
        );
        return Err(Problem::invalid(param, message).code("image_url_not_fetched"));
    }
    let (head, body) = url
        .split_once(',')
        .ok_or_else(|| Problem::invalid(param, "the data URL has no comma before its bytes"))?;
    if !head.to_ascii_lowercase().ends_with(";base64") {
        return Err(Problem::invalid(
            param,
            "the bytes of a data URL have to be in base64: `data:image/png;base64,…`",
        ));
    }
    let body: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let padded = STANDARD.decode(&body);
    padded.or_else(|_| STANDARD_NO_PAD.decode(&body)).map_err(|error| {
        Problem::invalid(param, format!("the bytes of the data URL are not base64: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_a_picture() {
        assert_eq!(bytes("data:image/png;base64,aGk=", "x"), Ok(b"hi".to_vec()));
        assert_eq!(bytes("DATA:;base64,aG\nk", "x"), Ok(b"hi".to_vec()));
    }

    #[test]
    fn what_is_none_is_refused() {
        let message = |url: &str| bytes(url, "x").unwrap_err().object()["error"]["message"].to_string();
        assert!(message("http://a.example/x.png").contains("fetches no addresses"));
        assert!(message("file:///etc/passwd").contains("`file:`"));
        assert!(message("data:image/png;base64").contains("no comma"));
        assert!(message("data:text/plain,hi").contains("base64"));
        assert!(message("data:;base64,!!").contains("not base64"));
        assert!(message("é").contains("fetches no addresses"));
    }
}
