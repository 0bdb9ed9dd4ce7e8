//! Receipts: what they vouch for passes, what they do not waits.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pixmo_receipts::chain;
use pixmo_receipts::issuer::{Issued, Issuer, Offer, Source};
use pixmo_receipts::keys::SecretKey;
use pixmo_receipts::leaf::Salt;
use pixmo_receipts::log::Folder;
use pixmo_receipts::nonce::{Binding, Nonce};
use pixmo_receipts::registry::Memory;
use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Measured, Recording, Transcription};
use serde_json::{Value, json};

use crate::campaign::{BEACH, Campaign, KITCHEN, LIMITS, SECS, TRAM, speech, spoken};

type Log = Issuer<Folder, Memory>;

fn at(secs: f64) -> Timestamp {
    let begin: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
    begin + SignedDuration::from_millis((secs * 1000.0) as i64)
}

/// Speaks a recording into the log, a second at a time, and gives it a receipt for this text.
fn receipt(log: &mut Log, number: u8, image: &str, recording: &[u8], text: &str) -> Issued {
    let begin = 1_000.0 * f64::from(number) + 60.0;
    let binding = Binding {
        campaign: "test".to_owned(),
        task: format!("cap/{number:06}"),
        image: Sha256::of(image.as_bytes()),
        person: format!("p-{image}"),
        consent_version: "1".to_owned(),
        page_build: "web-1".to_owned(),
    };
    let nonce = Nonce::from_bytes([number; 16]);
    log.grant(nonce, binding.clone(), at(begin - 30.0), SignedDuration::from_mins(10))
        .expect("a log")
        .expect("a nonce");
    let mut recorder = log.begin(nonce, &binding, at(begin)).expect("a log").expect("a recorder");
    let mut hash = chain::BEGINNING;
    for (place, piece) in recording.chunks(recording.len().div_ceil(SECS as usize)).enumerate() {
        hash = chain::link_hash(&hash, piece, &nonce);
        recorder.push(place, piece, &hash, at(begin + (place + 1) as f64 + 0.05)).expect("a piece");
    }
    let recorded = recorder.finish();
    let model = Transcription {
        model: "tiny".to_owned(),
        model_sha256: Some(Sha256::of(b"model")),
        parameters: [].into(),
    };
    let offer = Offer {
        take: image.to_owned(),
        audio: recorded.audio,
        recording: Recording {
            media_type: "audio/wav".to_owned(),
            codec: "pcm".to_owned(),
            bytes: recorded.bytes,
            measured: Some(Measured {
                duration_secs: SECS,
                voiced_secs: SECS * 0.7,
                clipped_share: 0.0,
                snr_db: Some(30.0),
                by: "test 1".to_owned(),
            }),
        },
        received_at: recorded.last_at,
        scopes: vec!["publish-text".to_owned()],
        raw: Some((Sha256::of(text.as_bytes()), model)),
        transcript: Some(Sha256::of(text.as_bytes())),
        signals: Vec::new(),
        salt: Salt::from_bytes([number; 16]),
        source: Source::Live(recorded),
    };
    log.issue(&[offer], at(begin + SECS + 10.0)).expect("a log").remove(0).expect("a receipt")
}

#[test]
fn a_receipt_vouches_for_its_take_and_for_no_other() {
    let Some(speech) = speech() else { return };
    let mut campaign = Campaign::new();
    let folder = Folder::at(&campaign.folder.path().join("log"));
    let key = Arc::new(SecretKey::from_seed([7; 32]));
    let mut log = Issuer::open(folder, Memory::default(), "receipts.example/test", key).expect("a log");
    let recordings = [0.9, 1.0, 1.1].map(|speed| spoken(&speech, SECS, speed, 1.0));
    let vouched = receipt(&mut log, 1, "beach", &recordings[0], BEACH);
    // The text was changed after the receipt was given.
    let changed = receipt(&mut log, 2, "kitchen", &recordings[1], &KITCHEN.replace("five", "six"));
    let names = |issued: &Issued| {
        let (leaf, sha256) = (issued.index, issued.envelope_sha256.to_string());
        move |line: &mut Value| line["receipt"] = json!({ "leaf": leaf, "sha256": sha256 })
    };
    campaign.take("beach", "beach", &recordings[0], BEACH, names(&vouched));
    campaign.take("kitchen", "kitchen", &recordings[1], KITCHEN, names(&changed));
    campaign.take("tram", "tram", &recordings[2], TRAM[1], |_| {});

    let build = ["build", "--campaign", "campaign.toml", "--no-llm"];
    let waiting = |campaign: &Campaign| -> Vec<(String, String)> {
        let text = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
        campaign.waiting().iter().map(|item| (text(item, "take"), text(item, "reason"))).collect()
    };
    campaign.write(&format!("[build.cap]\naudio = \"none\"\nlog = \"log\"\n{LIMITS}"));
    let ran = campaign.run(&build);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(waiting(&campaign), [("kitchen".to_owned(), "receipt_invalid".to_owned())]);
    let manifest =
        std::fs::read_to_string(campaign.data().join("shards/cap/manifest.json")).expect("a manifest");
    assert!(
        manifest.contains("\"receipts_verified\": 1") && manifest.contains("\"receipts_imported\": 1"),
        "{manifest}"
    );

    campaign
        .write(&format!("[build.cap]\naudio = \"none\"\nlog = \"log\"\nreceipts = \"required\"\n{LIMITS}"));
    let ran = campaign.run(&[&build[..], &["--into", "data/shards/strict"]].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let expected = [("kitchen", "receipt_invalid"), ("tram", "receipt_missing")];
    assert_eq!(waiting(&campaign), expected.map(|(take, reason)| (take.to_owned(), reason.to_owned())));
}
