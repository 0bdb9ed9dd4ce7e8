//! Somebody who speaks: a recording, cut into pieces as a browser sends them, with their chain.

use pixmo_schemas::Sha256;
use serde_json::{Value, json};
use sha2::Digest as _;

use crate::harness::{Campaign, Client, Reply};

/// A recording that is sent.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    pub(crate) pieces: Vec<Vec<u8>>,
    media_type: &'static str,
    take: String,
    nonce: Vec<u8>,
}

impl Voice {
    /// Eleven seconds of a real voice, a second a piece.
    pub(crate) fn of_jfk() -> Voice {
        let bytes = std::fs::read(Campaign::shared("audio/jfk.wav")).expect("the shared recording");
        Voice::of(bytes.chunks(32_000).map(<[u8]>::to_vec).collect(), "audio/wav")
    }

    pub(crate) fn of(pieces: Vec<Vec<u8>>, media_type: &'static str) -> Voice {
        Voice { pieces, media_type, take: String::new(), nonce: Vec::new() }
    }

    /// Asks for a take; its name.
    pub(crate) async fn begin(&mut self, client: &Client, assignment: &str) -> String {
        let wanted = json!({ "media_type": self.media_type });
        let take = client.post(&format!("/assignments/{assignment}/takes"), wanted).await.ok();
        self.nonce = hex::decode(take["nonce"].as_str().expect("a nonce")).expect("hex");
        self.take = take["take"].as_str().expect("a take").to_owned();
        self.take.clone()
    }

    /// The hash of the chain behind a piece.
    pub(crate) fn chain(&self, number: usize) -> String {
        let mut chain = [0; 32];
        for piece in &self.pieces[..=number] {
            let mut hasher = sha2::Sha256::new();
            hasher.update(chain);
            hasher.update(piece);
            hasher.update(&self.nonce);
            chain = hasher.finalize().into();
        }
        hex::encode(chain)
    }

    /// The hashes of the chain behind all pieces.
    pub(crate) fn chains(&self) -> Vec<String> {
        let mut chain = [0; 32];
        let next = |piece: &Vec<u8>| {
            let mut hasher = sha2::Sha256::new();
            hasher.update(chain);
            hasher.update(piece);
            hasher.update(&self.nonce);
            chain = hasher.finalize().into();
            hex::encode(chain)
        };
        self.pieces.iter().map(next).collect()
    }

    pub(crate) fn take(&self) -> &str {
        &self.take
    }

    /// Sends a piece to a server that may go away meanwhile.
    pub(crate) async fn try_send(&self, client: &Client, number: usize, chain: &str) -> Option<Reply> {
        let body = ("application/octet-stream", self.pieces[number].clone());
        let path = format!("/takes/{}/pieces/{number}", self.take);
        client.try_send("PUT", &path, Some(body), &[("x-piece-chain", chain)]).await.ok()
    }

    pub(crate) async fn send(&self, client: &Client, number: usize) -> Reply {
        self.send_as(client, number, &self.chain(number)).await
    }

    pub(crate) async fn send_as(&self, client: &Client, number: usize, chain: &str) -> Reply {
        let body = ("application/octet-stream", self.pieces[number].clone());
        let path = format!("/takes/{}/pieces/{number}", self.take);
        client.send_with("PUT", &path, Some(body), &[("x-piece-chain", chain)]).await
    }

    pub(crate) async fn finish(&self, client: &Client) -> Reply {
        let sha256 = Sha256::of(&self.pieces.concat()).to_string();
        let whole = json!({ "pieces": self.pieces.len(), "sha256": sha256 });
        client.post(&format!("/takes/{}/finish", self.take), whole).await
    }

    /// All of it at the speed of speech; the name of the take.
    pub(crate) async fn speak(&mut self, campaign: &Campaign, client: &Client, assignment: &str) -> String {
        let take = self.begin(client, assignment).await;
        for number in 0..self.pieces.len() {
            campaign.pass(1);
            self.send(client, number).await.ok();
        }
        self.finish(client).await.ok();
        take
    }
}

/// A transcript as a worker hands it in.
pub(crate) fn transcript(sha256: &str, text: &str) -> Value {
    let words: Vec<Value> = text
        .split_whitespace()
        .enumerate()
        .map(|(at, word)| {
            let start = at as f64 * 0.3;
            json!({ "start_secs": start, "end_secs": start + 0.25, "text": word, "confidence": 0.9 })
        })
        .collect();
    json!({
        "file": "work/take.wav", "sha256": sha256, "text": text, "language": "en", "language_probability": null,
        "duration_secs": 11.0, "voiced_secs": 8.0, "segments": [], "words": words,
        "stream": {
            "container": "wav", "codec": "pcm_s16le", "sample_rate_hz": 16000, "channels": 1, "declared_secs": 11.0,
            "is_cut": false, "has_video": false, "damaged_packets": 0, "channel_taken": null
        },
        "measures": {
            "duration_secs": 11.0, "voiced_secs": 8.0, "level_dbfs": -20.0, "speech_dbfs": -18.0, "noise_dbfs": -60.0,
            "snr_db": 40.0, "clipping_ratio": 0.0
        },
        "model": { "name": "ggml-small.bin", "sha256": "00".repeat(32) },
        "parameters": { "language": null, "beam": 5 }
    })
}
