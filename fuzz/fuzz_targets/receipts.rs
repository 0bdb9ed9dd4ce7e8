//! Everything of a log of receipts that may come from somebody else.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::limits;
use pixmo_receipts::envelope::{Envelope, IN_TOTO};
use pixmo_receipts::keyring::Keyring;
use pixmo_receipts::keys::{PublicKey, SecretKey, Signer};
use pixmo_receipts::leaf::Leaf;
use pixmo_receipts::log::{Checkpoint, NoteVerifier, tiles};
use pixmo_receipts::{chain, check, openings};

/// The first byte says what the rest is given to.
fn read(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let key = SecretKey::from_seed([7; 32]);
    match kind % 8 {
        0 => {
            if let Ok(leaf) = Leaf::parse(rest) {
                assert_eq!(leaf.to_bytes(), rest, "an entry has one form");
            }
        }
        1 => {
            if let Ok(envelope) = Envelope::parse(rest) {
                assert!(envelope.open(IN_TOTO, &[key.public().clone()]).is_err(), "a forged signature");
                assert_eq!(Envelope::parse(envelope.to_json().as_bytes()).ok().as_ref(), Some(&envelope));
            }
        }
        2 => {
            // What passes every check is written as it was read.
            if let Ok(statement) = check::read(rest) {
                let again = serde_json::to_vec(&statement).unwrap_or_default();
                assert!(check::read(&again).is_ok());
            }
        }
        3 => {
            if let Ok(links) = chain::read_links(&text) {
                assert_eq!(chain::links_text(&links), text);
            }
        }
        4 => {
            openings::read_line(&text);
            tiles::bundle_entries(rest, 3);
        }
        5 => {
            if let Some(verifier) = NoteVerifier::new("log.example", key.public().verifying()) {
                assert!(Checkpoint::read(&text, &verifier).is_err(), "a forged checkpoint");
            }
            if let Ok(verifier) = NoteVerifier::parse(&text) {
                assert_eq!(NoteVerifier::parse(&verifier.text()).ok(), Some(verifier));
            }
        }
        6 => {
            if let Ok(keyring) = Keyring::parse(rest) {
                assert!(!keyring.tenures().is_empty());
            }
        }
        _ => {
            if let Ok(key) = PublicKey::from_pem(&text, "here") {
                assert_eq!(PublicKey::from_pem(&key.to_pem(), "here").ok(), Some(key));
            }
        }
    }
}

fuzz_target!(init: limits::prepare(), |data: &[u8]| limits::within(|| read(data)));
