//! The key of an account: sent, and never shown.

use std::fmt;

/// The key of an account at a server. It is sent with every question, and neither printed nor logged; where a server
/// repeats it in a message, it is taken out.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

/// What was given cannot be a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// There is nothing in it.
    #[error("the key is empty")]
    Empty,
    /// It cannot stand in a header.
    #[error("the key holds a character that no key has: expected letters, digits and signs of ASCII")]
    Characters,
}

impl ApiKey {
    /// A key as it stands in a variable; spaces and line ends around it are taken away.
    ///
    /// # Errors
    /// When it is empty or cannot be sent.
    pub fn new(text: &str) -> Result<ApiKey, KeyFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(KeyFault::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyFault::Characters);
        }
        Ok(ApiKey(text.to_owned()))
    }

    /// The header that carries it.
    pub(crate) fn header(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// `text` without the key.
    pub(crate) fn hidden_in(&self, text: &str) -> String {
        text.replace(&self.0, "***")
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ApiKey(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_sent_and_not_shown() {
        let key = ApiKey::new(" sk-123\n").unwrap();
        assert_eq!(key.header(), "Bearer sk-123");
        assert_eq!(format!("{key:?}"), "ApiKey(***)");
        assert_eq!(key.hidden_in("wrong key sk-123!"), "wrong key ***!");
        assert_eq!(ApiKey::new(" "), Err(KeyFault::Empty));
        assert_eq!(ApiKey::new("a\nb"), Err(KeyFault::Characters));
        assert_eq!(ApiKey::new("schlüssel"), Err(KeyFault::Characters));
    }
}
