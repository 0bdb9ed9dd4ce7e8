//! Who asks: the name under which we are known, and where to complain.

use serde::{Deserialize, Serialize};

use crate::policy::PolicyError;

/// Who asks. Sent with every request as `name/version (+contact)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Agent {
    /// The product token (RFC 9309, 2.2.1): letters, `-` and `_`. Rules in `robots.txt` and `X-Robots-Tag` under
    /// this name, in any case of letters, are ours.
    pub name: String,
    /// The version.
    pub version: String,
    /// A mail address or a page, so that whoever runs a server can reach whoever runs this. Required.
    pub contact: String,
}

impl Default for Agent {
    fn default() -> Self {
        Agent {
            name: "pixmo".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            contact: String::new(),
        }
    }
}

impl Agent {
    /// The value of the header `User-Agent`.
    #[must_use]
    pub fn header(&self) -> String {
        if self.contact.is_empty() {
            return format!("{}/{}", self.name, self.version);
        }
        let contact = if self.contact.contains("://") || self.contact.starts_with("mailto:") {
            self.contact.clone()
        } else {
            format!("mailto:{}", self.contact)
        };
        format!("{}/{} (+{contact})", self.name, self.version)
    }

    /// Whether `token`, as written in a file or header, is our name.
    pub(crate) fn is_named(&self, token: &str) -> bool {
        token.eq_ignore_ascii_case(&self.name)
    }

    /// Checks that the name can be named in `robots.txt` and that the contact can be reached.
    pub(crate) fn check(&self) -> Result<(), PolicyError> {
        let is_token =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_'));
        if self.name.is_empty() || !is_token(&self.name) {
            return Err(PolicyError::Agent {
                name: "name",
                found: self.name.clone(),
                expected: "letters, `-` and `_`",
            });
        }
        let is_version = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+' | b'_');
        if self.version.is_empty() || !self.version.bytes().all(is_version) {
            return Err(PolicyError::Agent {
                name: "version",
                found: self.version.clone(),
                expected: "letters, digits, `.`, `-`, `+` and `_`",
            });
        }
        if self.contact.is_empty() {
            return Err(PolicyError::ContactMissing);
        }
        if !can_be_reached(&self.contact) {
            return Err(PolicyError::Agent {
                name: "contact",
                found: self.contact.clone(),
                expected: "a mail address or the `https://` address of a page",
            });
        }
        Ok(())
    }
}

/// Whether a contact has the form of a mail address or of a page, and can stand in a header.
fn can_be_reached(contact: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'(' | b')' | b'\\');
    if !contact.bytes().all(fits) {
        return false;
    }
    if contact.contains("://") {
        return url::Url::parse(contact)
            .is_ok_and(|page| matches!(page.scheme(), "http" | "https") && page.host().is_some());
    }
    let mail = contact.strip_prefix("mailto:").unwrap_or(contact);
    mail.split_once('@').is_some_and(|(who, host)| {
        !who.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
    })
}
