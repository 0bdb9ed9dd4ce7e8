//! A worker and a real annotation server on loopback: leases, recordings, transcripts.

use std::sync::Mutex;

use pixmo_schemas::Sha256;
use serde_json::{Value, json};

use crate::campaign::{Campaign, shared, speech, wav};
use crate::server::{Reply, Request, Server};

/// A server with three recordings: one of speech, one that is none, and one whose lease goes to someone else.
struct Jobs {
    recordings: Vec<Vec<u8>>,
    next: Mutex<usize>,
}

impl Jobs {
    fn answer(&self, request: &Request) -> Reply {
        if request.authorization.as_deref() != Some("Bearer s3cret") {
            return Reply::json(
                401,
                &json!({ "code": "bad_key", "message": "this worker is not known", "hint": "ask for a key" }),
            );
        }
        let path = request.path.trim_start_matches("/api/v1/jobs/");
        if path == "lease" {
            let mut next = self.next.lock().expect("nobody panicked");
            let Some(recording) = self.recordings.get(*next) else {
                return Reply::json(200, &json!({ "jobs": [] }));
            };
            *next += 1;
            let audio = json!({ "sha256": Sha256::of(recording).to_string(), "bytes": recording.len(), "media_type": "audio/wav" });
            let job = json!({ "id": format!("j-{next}"), "lease": format!("l-{next}"), "lease_secs": 3, "take": format!("t-{next}"), "audio": audio });
            return Reply::json(200, &json!({ "jobs": [job] }));
        }
        let number: usize = path[2..].split('/').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        match path.split('/').nth(1) {
            Some("audio") => {
                Reply { status: 200, kind: "audio/wav", body: self.recordings[number - 1].clone() }
            }
            Some("done") if number == 3 => {
                Reply::json(409, &json!({ "code": "lease_lost", "message": "someone else has it" }))
            }
            _ => Reply::nothing(),
        }
    }
}

#[test]
fn jobs_are_leased_transcribed_and_handed_in() {
    let (Some(speech), Some(model)) = (speech(), shared("models/ggml-tiny.en-q8_0.bin")) else { return };
    let quiet: Vec<i16> = speech.iter().map(|sample| sample / 2).collect();
    let jobs = Jobs {
        recordings: vec![wav(speech), b"no recording at all".to_vec(), wav(quiet)],
        next: Mutex::new(0),
    };
    let server = Server::start(move |request| jobs.answer(request));
    let campaign = Campaign::new();
    let model = model.display().to_string();
    let work = |key: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_pixmo-cap"))
            .args([
                "work",
                &server.address,
                "--once",
                "--model",
                &model,
                "--jobs",
                "1",
                "--threads",
                "1",
                "--key-env",
                "PIXMO_TEST_KEY",
            ])
            .env("PIXMO_TEST_KEY", key)
            .current_dir(campaign.folder.path())
            .output()
            .expect("the program starts")
    };
    let refused = work("wrong");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(refused.status.code() == Some(2) && said.contains("this worker is not known"), "{said}");
    assert!(!said.contains("wrong"), "a key is never told: {said}");

    let done = work("s3cret");
    assert_eq!(
        done.status.code(),
        Some(1),
        "one recording could not be used: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    let asked = server.asked();
    let to = |end: &str| -> Vec<Value> {
        asked
            .iter()
            .filter(|request| request.path.ends_with(end))
            .map(|request| request.body.clone())
            .collect()
    };
    let transcripts = to("/done");
    assert_eq!(transcripts.len(), 2);
    let text = transcripts[0]["transcript"]["text"].as_str().unwrap_or_default();
    assert!(text.contains("ask what you can do for your country"), "{text}");
    assert_eq!(transcripts[0]["lease"], json!("l-1"));
    let failed = to("/failed");
    assert_eq!(
        (failed.len(), &failed[0]["reason"], &failed[0]["may_retry"]),
        (1, &json!("audio_not_audio"), &json!(false))
    );
    assert!(asked.iter().any(|request| request.method == "GET" && request.path.ends_with("j-1/audio")));
    let left = std::fs::read_dir(campaign.folder.path().join("data/work/takes")).expect("a folder").count();
    assert_eq!(left, 0, "recordings are lent");
    let ledger = std::fs::read_to_string(campaign.folder.path().join("data/ledgers/work-worker.jsonl"));
    let ledger = ledger.expect("a ledger");
    assert_eq!(ledger.lines().filter(|line| line.contains("\"input\":\"audio\"")).count(), 2, "{ledger}");
}
