//! Numbers that are used once, and what each was given for.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use pixmo_schemas::Sha256;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// A number that nobody can guess, which ties a recording to what it was asked for. Its bytes come from the caller's
/// generator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nonce([u8; 16]);

impl Nonce {
    /// From 16 random bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Nonce {
        Nonce(bytes)
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The name under which a store may keep it: whoever reads a list of names cannot use them.
    #[must_use]
    pub fn name(&self) -> Sha256 {
        Sha256::from_bytes(sha2::Sha256::digest(self.0).into())
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(not shown)")
    }
}

impl FromStr for Nonce {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<Nonce, Self::Err> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(Nonce(bytes))
    }
}

/// What a nonce is given for, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// The campaign.
    pub campaign: String,
    /// The task.
    pub task: String,
    /// The image that is shown.
    pub image: Sha256,
    /// The pseudonym of the person.
    pub person: String,
    /// The version of the consent that the person gave.
    pub consent_version: String,
    /// The build of the page.
    pub page_build: String,
}

impl Binding {
    /// The first field in which two bindings differ: its name, what this one says, what the other says.
    #[must_use]
    pub fn difference(&self, other: &Binding) -> Option<(&'static str, String, String)> {
        let fields = [
            ("campaign", self.campaign.clone(), other.campaign.clone()),
            ("task", self.task.clone(), other.task.clone()),
            ("image", self.image.to_string(), other.image.to_string()),
            ("person", self.person.clone(), other.person.clone()),
            ("consent version", self.consent_version.clone(), other.consent_version.clone()),
            ("page build", self.page_build.clone(), other.page_build.clone()),
        ];
        fields.into_iter().find(|(_, mine, theirs)| mine != theirs)
    }
}

/// A nonce that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// What for.
    pub binding: Binding,
    /// When.
    pub granted_at: Timestamp,
    /// Until when a recording can be begun with it.
    pub expires_at: Timestamp,
}
