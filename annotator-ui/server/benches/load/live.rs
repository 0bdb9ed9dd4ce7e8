//! A thousand people speak at once: 24 kbit/s in pieces of a second, each chained, kept and acknowledged.

use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{Person, Server, now, report, say, secret_of};

/// A second of Opus as browsers send it.
const PIECE_BYTES: usize = 3_000;
/// Spoken tasks that are there for everybody.
const TASKS: usize = 1_100;

struct Speaker {
    person: Person,
    take: String,
    nonce: Vec<u8>,
    chain: [u8; 32],
    number: usize,
    whole: Sha256,
}

impl Speaker {
    async fn begin(mut person: Person, media_type: &str) -> Speaker {
        let (_, next, _) = person.ask("POST", "/work/next", r#"{"kinds":["cap"]}"#).await;
        let assignment =
            next["assignment"]["id"].as_str().unwrap_or_else(|| panic!("no spoken task: {next}"));
        let assignment = assignment.to_owned();
        let wanted = json!({ "media_type": media_type }).to_string();
        let (_, take, _) = person.ask("POST", &format!("/assignments/{assignment}/takes"), &wanted).await;
        let text = |name: &str| take[name].as_str().expect("text").to_owned();
        let nonce = hex::decode(text("nonce")).expect("hex");
        Speaker { person, take: text("take"), nonce, chain: [0; 32], number: 0, whole: Sha256::new() }
    }

    async fn send(&mut self, piece: &[u8]) -> Duration {
        let mut hasher = Sha256::new();
        hasher.update(self.chain);
        hasher.update(piece);
        hasher.update(&self.nonce);
        self.chain = hasher.finalize().into();
        self.whole.update(piece);
        let Person { number, stream, origin, buffer, .. } = &mut self.person;
        let head = format!(
            "PUT /api/v1/takes/{}/pieces/{} HTTP/1.1\r\nhost: {origin}\r\norigin: http://{origin}\r\n\
             cookie: pixmo_session={}\r\nx-csrf-token: csrf\r\ncontent-type: application/octet-stream\r\n\
             x-piece-chain: {}\r\ncontent-length: {}\r\n\r\n",
            self.take,
            self.number,
            secret_of(*number),
            hex::encode(self.chain),
            piece.len()
        );
        let begun = now();
        let request = [head.as_bytes(), piece].concat();
        stream.write_all(&request).await.expect("the server reads");
        buffer.clear();
        while !buffer.ends_with(b"}") {
            let read = stream.read_buf(buffer).await.expect("the server answers");
            assert!(read > 0, "the server hung up");
        }
        let elapsed = begun.elapsed();
        let answer = String::from_utf8_lossy(buffer);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        self.number += 1;
        elapsed
    }

    async fn finish(&mut self) -> (Value, Duration) {
        let sha256 = hex::encode(self.whole.clone().finalize());
        let whole = json!({ "pieces": self.number, "sha256": sha256 }).to_string();
        let (_, take, elapsed) =
            self.person.ask("POST", &format!("/takes/{}/finish", self.take), &whole).await;
        (take, elapsed)
    }
}

/// Tasks for everybody, then a second of speech from each person every second, then recordings that are finished.
pub(super) async fn run(server: &Server, people: Vec<Person>, image: &str, secs: usize) -> Vec<Person> {
    let mut operator = Person::connect(server.port, super::PEOPLE).await;
    let lines: Vec<String> = (0..TASKS)
        .map(|task| {
            json!({ "kind": "cap", "image": image, "payload": { "phase": "single" }, "key": format!("speak-{task}") })
                .to_string()
        })
        .collect();
    let (_, imported, _) = operator.ask("POST", "/admin/tasks", &lines.join("\n")).await;
    assert_eq!(imported["imported"], TASKS, "{imported}");
    let count = people.len();
    let mut beginning = tokio::task::JoinSet::new();
    for person in people {
        beginning.spawn(Speaker::begin(person, "audio/webm;codecs=opus"));
    }
    let speakers = beginning.join_all().await;
    let (cpu, begun) = (server.cpu_ms(), now());
    let mut speaking = tokio::task::JoinSet::new();
    for mut speaker in speakers {
        speaking.spawn(async move {
            tokio::time::sleep(Duration::from_secs_f64(speaker.person.number as f64 / count as f64)).await;
            let mut times = Vec::with_capacity(secs);
            for second in 0..secs {
                let sent = now();
                let mut piece = vec![(speaker.person.number + second) as u8; PIECE_BYTES];
                if second == 0 {
                    piece[..4].copy_from_slice(b"\x1a\x45\xdf\xa3");
                }
                times.push(speaker.send(&piece).await);
                tokio::time::sleep(Duration::from_secs(1).saturating_sub(sent.elapsed())).await;
            }
            (times, speaker.person)
        });
    }
    let (mut times, mut people) = (Vec::new(), Vec::new());
    for (own, person) in speaking.join_all().await {
        times.extend(own);
        people.push(person);
    }
    let (cpu, wall) = (server.cpu_ms() - cpu, begun.elapsed());
    report(&format!("{count} people speak"), times, cpu, wall);
    say(&format!("{:28} {:.0} % of a core", "", cpu / wall.as_secs_f64() / 10.0));
    finish(server, &mut operator, &people).await;
    people
}

/// What it costs to end a take of a minute: put together, hashed, decoded, measured, stored.
async fn finish(server: &Server, operator: &mut Person, people: &[Person]) {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/audio/jfk.wav");
    let Ok(jfk) = std::fs::read(shared) else {
        say("skipped, because the shared recording is not there: what finishing costs");
        return;
    };
    // Eleven seconds, five times, behind a head of the plainest form; what the recorder of the file wrote of itself is left.
    let sound = jfk[78..].repeat(5);
    let mut wav = Vec::with_capacity(44 + sound.len());
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(sound.len() as u32 + 36).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data");
    wav.extend_from_slice(&(sound.len() as u32).to_le_bytes());
    wav.extend_from_slice(&sound);
    let (mut times, mut cpu) = (Vec::new(), 0.0);
    for (number, person) in people.iter().enumerate().take(8) {
        let (id, bytes) = (person.number, [wav.as_slice(), &vec![0; 2 * number]].concat());
        // Another task: the take of the first one is left as it is.
        let speaker = Person::connect(server.port, id).await;
        let mut speaker = Speaker::begin(speaker, "audio/wav").await;
        for piece in bytes.chunks(32_000) {
            speaker.send(piece).await;
        }
        let before = server.cpu_ms();
        let (take, elapsed) = speaker.finish().await;
        assert_eq!(take["status"], "finished", "{take}");
        cpu += server.cpu_ms() - before;
        times.push(elapsed);
    }
    report("finish 55 s of speech", times, cpu, Duration::from_secs(1));
    let (_, _, elapsed) = operator.ask("POST", "/admin/export", "").await;
    say(&format!("export with nothing new: {:.1} ms", elapsed.as_secs_f64() * 1e3));
}
