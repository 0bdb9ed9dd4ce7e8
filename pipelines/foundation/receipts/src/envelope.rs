//! Signed envelopes: DSSE, version 1.0.2.
//!
//! What is signed is not the payload alone but its type and length with it, so that a signature made for one kind of
//! payload can never stand for another.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde::{Deserialize, Serialize};

use crate::keys::{KeyId, PublicKey, SignError, Signer};

/// The type of an in-toto statement as a payload.
pub const IN_TOTO: &str = "application/vnd.in-toto+json";
/// The largest payload that is believed.
pub const PAYLOAD_BYTES_MAX: usize = 1 << 20;

/// A payload with signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Envelope {
    /// In base64.
    payload: String,
    payload_type: String,
    signatures: Vec<EnvelopeSignature>,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnvelopeSignature {
    keyid: String,
    /// In base64.
    sig: String,
}

/// What is in an envelope, and what is said to sign it.
#[derive(Clone, Debug)]
pub struct Unsealed<'k> {
    /// The payload.
    pub payload: Vec<u8>,
    /// The bytes that are signed.
    pub signed: Vec<u8>,
    /// The key that is named.
    pub key: &'k PublicKey,
    /// The signature.
    pub signature: [u8; 64],
}

/// Why an envelope is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// It is not in the form of an envelope.
    #[error("this is no envelope: {0}")]
    Form(String),
    /// It holds something else than was expected.
    #[error("the envelope holds `{found}`, expected `{expected}`")]
    Type {
        /// What it says it holds.
        found: String,
        /// What it should hold.
        expected: String,
    },
    /// None of its signatures is by a key that is believed.
    #[error("no signature of the envelope is by a key that is believed; it names {}", named(.keys))]
    Unsigned {
        /// The keys that it names.
        keys: Vec<String>,
    },
    /// A signature by a key that is believed does not fit.
    #[error("the signature by the key `{key}` does not fit the envelope")]
    Signature {
        /// The key.
        key: String,
    },
}

fn named(keys: &[String]) -> String {
    if keys.is_empty() { "none".to_owned() } else { format!("`{}`", keys.join("`, `")) }
}

impl Envelope {
    /// Signs a payload.
    ///
    /// # Errors
    /// When the signer cannot sign.
    pub fn sign(payload: &[u8], payload_type: &str, signer: &dyn Signer) -> Result<Envelope, SignError> {
        let signature = signer.sign(&to_be_signed(payload_type, payload))?;
        Ok(Envelope {
            payload: STANDARD.encode(payload),
            payload_type: payload_type.to_owned(),
            signatures: vec![EnvelopeSignature {
                keyid: signer.public().id().to_string(),
                sig: STANDARD.encode(signature),
            }],
        })
    }

    /// The envelope with one more signature.
    ///
    /// # Errors
    /// When the signer cannot sign, or the payload cannot be read.
    pub fn also_signed(mut self, signer: &dyn Signer) -> Result<Envelope, SignError> {
        let payload = decode(&self.payload, "payload")
            .map_err(|error| SignError { by: signer.public().id().to_string(), what: error.to_string() })?;
        let signature = signer.sign(&to_be_signed(&self.payload_type, &payload))?;
        self.signatures.push(EnvelopeSignature {
            keyid: signer.public().id().to_string(),
            sig: STANDARD.encode(signature),
        });
        Ok(self)
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// [`EnvelopeError::Form`].
    pub fn parse(json: &[u8]) -> Result<Envelope, EnvelopeError> {
        serde_json::from_slice(json).map_err(|error| EnvelopeError::Form(error.to_string()))
    }

    /// The JSON form, in one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("only text")
    }

    /// The payload, once a key among `keys` has signed it, and which.
    ///
    /// # Errors
    /// When it holds another kind of payload, or no key that is believed has signed it, or one has and it does not fit.
    pub fn open<'k>(
        &self,
        payload_type: &str,
        keys: &'k [PublicKey],
    ) -> Result<(Vec<u8>, &'k PublicKey), EnvelopeError> {
        let unsealed = self.unseal(payload_type, keys)?;
        if unsealed.key.verifies(&unsealed.signed, &unsealed.signature) {
            Ok((unsealed.payload, unsealed.key))
        } else {
            Err(EnvelopeError::Signature { key: unsealed.key.id().to_string() })
        }
    }

    /// The payload with the first signature that names a key among `keys`. Whether it fits is left to the caller, who may
    /// have many to check at once.
    ///
    /// # Errors
    /// When it has another form, holds another kind of payload, or names no key that is believed.
    pub fn unseal<'k>(
        &self,
        payload_type: &str,
        keys: &'k [PublicKey],
    ) -> Result<Unsealed<'k>, EnvelopeError> {
        if self.payload_type != payload_type {
            let expected = payload_type.to_owned();
            return Err(EnvelopeError::Type { found: self.payload_type.clone(), expected });
        }
        let payload = decode(&self.payload, "payload")?;
        if payload.len() > PAYLOAD_BYTES_MAX {
            return Err(EnvelopeError::Form(format!("its payload has {} bytes", payload.len())));
        }
        for signature in &self.signatures {
            let id: Option<KeyId> = signature.keyid.parse().ok();
            let Some(key) = keys.iter().find(|key| Some(key.id()) == id) else { continue };
            let bytes = decode(&signature.sig, "signature")?;
            let bytes =
                bytes.try_into().map_err(|_| EnvelopeError::Signature { key: signature.keyid.clone() })?;
            let signed = to_be_signed(payload_type, &payload);
            return Ok(Unsealed { payload, signed, key, signature: bytes });
        }
        let keys = self.signatures.iter().map(|signature| signature.keyid.clone()).collect();
        Err(EnvelopeError::Unsigned { keys })
    }
}

/// Both alphabets of base64 are allowed.
fn decode(text: &str, what: &str) -> Result<Vec<u8>, EnvelopeError> {
    let decoded = STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text));
    decoded.map_err(|error| EnvelopeError::Form(format!("its {what} is no base64: {error}")))
}

/// The pre-authentication encoding: `DSSEv1`, then type and payload, each behind its length, with single spaces between.
#[must_use]
pub fn to_be_signed(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKey;

    fn secret() -> SecretKey {
        SecretKey::from_seed([3; 32])
    }

    #[test]
    fn what_is_signed_is_that_of_the_specification() {
        assert_eq!(
            to_be_signed("http://example.com/HelloWorld", b"hello world"),
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
    }

    #[test]
    fn an_envelope_is_opened_by_the_key_that_signed_it_alone() {
        let envelope = Envelope::sign(b"{}", IN_TOTO, &secret()).unwrap();
        let ours = [SecretKey::from_seed([4; 32]).public().clone(), secret().public().clone()];
        let (payload, key) = Envelope::parse(envelope.to_json().as_bytes())
            .unwrap()
            .open(IN_TOTO, &ours)
            .map(|(p, k)| (p, k.clone()))
            .unwrap();
        assert_eq!((payload.as_slice(), &key), (b"{}".as_slice(), &ours[1]));
        assert!(matches!(envelope.open(IN_TOTO, &ours[..1]), Err(EnvelopeError::Unsigned { .. })));
        assert!(matches!(envelope.open("text/plain", &ours), Err(EnvelopeError::Type { .. })));
    }

    #[test]
    fn every_change_is_found() {
        let envelope = Envelope::sign(br#"{"a":1}"#, IN_TOTO, &secret()).unwrap();
        let keys = [secret().public().clone()];
        let json = envelope.to_json();
        let mut opened = 0;
        for place in 0..json.len() {
            let mut changed = json.clone().into_bytes();
            changed[place] ^= 1;
            if let Ok(envelope) = Envelope::parse(&changed)
                && let Ok((payload, _)) = envelope.open(IN_TOTO, &keys)
            {
                // The last digit of base64 before its padding may hold bits that mean nothing; strict decoders refuse it.
                assert_eq!(payload, br#"{"a":1}"#);
                opened += 1;
            }
        }
        assert_eq!(opened, 0);
    }
}
