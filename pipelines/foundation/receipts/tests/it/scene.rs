//! Files in memory, keys, and takes that are spoken by nobody.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use pixmo_receipts::chain::{self, Recorded};
use pixmo_receipts::issuer::{Issuer, Offer, Source};
use pixmo_receipts::keys::SecretKey;
use pixmo_receipts::leaf::Salt;
use pixmo_receipts::log::{Store, StoreError};
use pixmo_receipts::nonce::{Binding, Nonce};
use pixmo_receipts::registry::{Memory, Registry};
use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Measured, Recording, Signal, Transcription};

pub(crate) const ORIGIN: &str = "receipts.example.org/spring-2026";

/// Files in memory, of which writing can fail from some moment on.
#[derive(Default)]
pub(crate) struct Files {
    pub(crate) files: Mutex<BTreeMap<String, Vec<u8>>>,
    pub(crate) writes_left: Mutex<Option<u64>>,
}

impl Clone for Files {
    fn clone(&self) -> Files {
        Files { files: Mutex::new(self.files.lock().unwrap().clone()), writes_left: Mutex::new(None) }
    }
}

impl Store for Files {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.files.lock().unwrap().get(name).cloned())
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), StoreError> {
        if let Some(left) = self.writes_left.lock().unwrap().as_mut() {
            if *left == 0 {
                let source = "the disk is full".into();
                return Err(StoreError { action: "write", name: name.to_owned(), source });
            }
            *left -= 1;
        }
        self.files.lock().unwrap().insert(name.to_owned(), content.to_vec());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.files.lock().unwrap().remove(name);
        Ok(())
    }
}

pub(crate) fn key(number: u8) -> Arc<SecretKey> {
    Arc::new(SecretKey::from_seed([number; 32]))
}

/// Seconds after the beginning of the campaign.
pub(crate) fn at(secs: f64) -> Timestamp {
    let begin: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    begin + SignedDuration::from_millis((secs * 1000.0).round() as i64)
}

pub(crate) fn issuer<S: Store>(store: S) -> Issuer<S, Memory> {
    Issuer::open(store, Memory::default(), ORIGIN, key(7)).unwrap()
}

pub(crate) fn binding(number: u64) -> Binding {
    Binding {
        campaign: "spring-2026".to_owned(),
        task: format!("cap/{number:06}"),
        image: Sha256::of(format!("image {number}").as_bytes()),
        person: format!("a-{:03}", number % 40),
        consent_version: "2026-02".to_owned(),
        page_build: "web-1f0c".to_owned(),
    }
}

pub(crate) fn nonce(number: u64) -> Nonce {
    let digest = Sha256::of(format!("nonce {number}").as_bytes());
    Nonce::from_bytes(digest.as_bytes()[..16].try_into().unwrap())
}

/// Pieces of a recording, a second each, all different.
pub(crate) fn pieces(number: u64, secs: usize) -> Vec<Vec<u8>> {
    (0..secs)
        .map(|second| {
            let digest = Sha256::of(format!("piece {second} of {number}").as_bytes());
            digest.as_bytes()[..20 + second % 12].to_vec()
        })
        .collect()
}

pub(crate) fn recording(bytes: u64, duration_secs: f64) -> Recording {
    Recording {
        media_type: "audio/webm".to_owned(),
        codec: "opus".to_owned(),
        bytes,
        measured: Some(Measured {
            duration_secs,
            voiced_secs: duration_secs * 0.8,
            clipped_share: 0.000_1,
            snr_db: Some(31.5),
            by: "pixmo-audio 0.1.0".to_owned(),
        }),
    }
}

/// A take spoken at its own speed from `begin` on.
pub(crate) fn spoken<S: Store, R: Registry>(
    issuer: &Issuer<S, R>,
    number: u64,
    secs: usize,
    begin: f64,
) -> Recorded {
    let nonce = nonce(number);
    issuer.grant(nonce, binding(number), at(begin - 30.0), SignedDuration::from_mins(10)).unwrap().unwrap();
    let mut recorder = issuer.begin(nonce, &binding(number), at(begin)).unwrap().unwrap();
    let mut hash = chain::BEGINNING;
    for (place, piece) in pieces(number, secs).iter().enumerate() {
        hash = chain::link_hash(&hash, piece, &nonce);
        let late = 0.05 + (place % 3) as f64 * 0.02;
        recorder.push(place, piece, &hash, at(begin + (place + 1) as f64 + late)).unwrap();
    }
    recorder.finish()
}

pub(crate) fn offer(number: u64, recorded: Recorded, secs: f64) -> Offer {
    let salt = Sha256::of(format!("salt {number}").as_bytes());
    let transcription = Transcription {
        model: "ggml-tiny.en".to_owned(),
        model_sha256: Some(Sha256::of(b"a model")),
        parameters: [("beam".to_owned(), "5".to_owned())].into(),
    };
    let signal = |name: &str, value| Signal { name: name.to_owned(), version: format!("{name} 1"), value };
    Offer {
        take: format!("t-{number:06}"),
        audio: recorded.audio,
        recording: recording(recorded.bytes, secs),
        received_at: recorded.last_at,
        scopes: vec!["publish-text".to_owned(), "publish-audio".to_owned()],
        raw: Some((Sha256::of(format!("raw {number}").as_bytes()), transcription)),
        transcript: Some(Sha256::of(format!("text {number}").as_bytes())),
        signals: vec![signal("replay", 0.02), signal("focus-losses", 0.0)],
        salt: Salt::from_bytes(salt.as_bytes()[..16].try_into().unwrap()),
        source: Source::Live(recorded),
    }
}

/// `count` takes with their receipts, a minute each; the first of them number `from`.
pub(crate) fn campaign<S: Store, R: Registry>(issuer: &mut Issuer<S, R>, from: u64, count: u64) {
    for number in from..from + count {
        let begin = 100.0 * number as f64 + 60.0;
        let offer = offer(number, spoken(issuer, number, 4, begin), 4.0);
        issuer.issue(&[offer], at(begin + 10.0)).unwrap().remove(0).unwrap();
    }
}
