//! Whatever was acknowledged of a take is there after `kill -9`, in order, once; and the take goes on from there.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::harness::{Campaign, Client, PASSWORD};
use crate::kill::{Program, say};
use crate::voice::Voice;

/// Pieces of each take; more than are sent in all rounds.
const PIECES: usize = 12_000;

/// Somebody who speaks through all kills.
#[derive(Clone)]
struct Speaker {
    client: Client,
    voice: Arc<Voice>,
    chains: Arc<Vec<String>>,
    /// Pieces that were acknowledged.
    told: Arc<AtomicUsize>,
}

impl Speaker {
    /// Sends pieces as fast as the server takes them, until it goes away.
    async fn speak(self, stop: Arc<AtomicBool>) {
        let mut number = self.told.load(Ordering::SeqCst);
        while number < PIECES && !stop.load(Ordering::Relaxed) {
            let Some(reply) = self.voice.try_send(&self.client, number, &self.chains[number]).await else {
                return;
            };
            assert_eq!(reply.status, 200, "piece {number}: {}", String::from_utf8_lossy(&reply.bytes));
            number += 1;
            self.told.store(number, Ordering::SeqCst);
        }
    }

    /// Holds what was acknowledged against what is there.
    async fn check(&self) {
        let take = self.client.get(&format!("/takes/{}", self.voice.take())).await.ok();
        let (told, found) =
            (self.told.load(Ordering::SeqCst), take["pieces"].as_u64().expect("a number") as usize);
        assert!(found >= told, "{told} pieces were acknowledged, {found} are there");
        if found > 0 {
            assert_eq!(take["chain"].as_str(), Some(self.chains[found - 1].as_str()), "behind piece {found}");
        }
        // What was on its way counts as sent: the page goes on from what the server says.
        self.told.store(found, Ordering::SeqCst);
    }
}

fn program(file: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-annotate"));
    let output = command.args(arguments).arg("--campaign").arg(file).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// A recording of many small pieces, each another one.
fn recording(speaker: u8) -> Vec<Vec<u8>> {
    let head =
        std::fs::read(Campaign::shared("audio/jfk.wav")).expect("the shared recording")[..1_000].to_vec();
    let piece = |number: usize| {
        let mut piece = vec![speaker; 900];
        piece[..8].copy_from_slice(&(number as u64).to_le_bytes());
        piece
    };
    std::iter::once(head).chain((1..PIECES).map(piece)).collect()
}

async fn kills(rounds: u32) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| json!(folder.path().join(name).display().to_string());
    let file = folder.path().join("campaign.toml");
    let database = json!(format!("sqlite:{}", folder.path().join("campaign.db").display()));
    let text = format!(
        "[campaign]\nname = \"kills\"\n[annotate]\ndatabase = {database}\nstore = {}\nfolder = {}\nreceipts_key = {}\n\
         [annotate.kinds.cap]\ngold_share = 0\noverlap = 4\n",
        path("store"),
        path("server"),
        path("key.pem")
    );
    std::fs::write(&file, text).expect("a campaign file");
    let pictures = folder.path().join("pictures");
    std::fs::create_dir_all(&pictures).expect("a folder");
    std::fs::write(pictures.join("one.png"), crate::harness::picture(1)).expect("a picture");
    let image = program(&file, &["images", &pictures.display().to_string()]).trim().to_owned();
    let tasks = folder.path().join("tasks.jsonl");
    let task = json!({ "kind": "cap", "image": image, "payload": { "phase": "several" } });
    std::fs::write(&tasks, task.to_string()).expect("a task");
    program(&file, &["tasks", &tasks.display().to_string()]);

    let mut server = Program::start(&file, true);
    let secret = server.secret.clone().expect("the operator's link");
    let mut operator = Client::new(&server.address);
    let wish = |login: &str| json!({ "login": login, "password": PASSWORD, "language": "en" });
    let reply = operator.post(&format!("/invitations/{secret}/accept"), wish("operator")).await;
    operator.sign_in(&reply);
    let mut speakers = Vec::new();
    for number in 0..4u8 {
        let invitation = json!({ "role": "annotator", "expires_hours": 1 });
        let made = operator.post("/admin/invitations", invitation).await.ok();
        let secret = made["link"].as_str().expect("a link").rsplit('/').next().expect("a secret").to_owned();
        let mut client = Client::new(&server.address);
        let reply =
            client.post(&format!("/invitations/{secret}/accept"), wish(&format!("person{number}"))).await;
        client.sign_in(&reply);
        client.post("/consent", json!({ "version": "1", "scopes": ["work"] })).await.ok();
        let next = client.post("/work/next", json!({})).await.ok();
        let assignment = next["assignment"]["id"].as_str().expect("a task").to_owned();
        let mut voice = Voice::of(recording(number), "audio/wav");
        voice.begin(&client, &assignment).await;
        let chains = Arc::new(voice.chains());
        speakers.push(Speaker { client, voice: Arc::new(voice), chains, told: Arc::default() });
    }
    let mut random = 7u64;
    for _ in 0..rounds {
        let stop = Arc::new(AtomicBool::new(false));
        let speaking: Vec<_> =
            speakers.iter().map(|speaker| tokio::spawn(speaker.clone().speak(Arc::clone(&stop)))).collect();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_millis(20 + (random >> 33) % 180)).await;
        server.kill();
        stop.store(true, Ordering::Relaxed);
        for task in speaking {
            task.await.expect("a speaker that does not panic");
        }
        server = Program::start(&file, false);
        for speaker in &mut speakers {
            speaker.client.moved_to(&server.address);
            speaker.check().await;
        }
    }
    // Each take ends with exactly what was sent.
    let mut kept = 0;
    for speaker in &speakers {
        let told = speaker.told.load(Ordering::SeqCst);
        assert!(told > 0 && told < PIECES, "{told} pieces");
        let mut voice = (*speaker.voice).clone();
        voice.pieces.truncate(told);
        voice.finish(&speaker.client).await.ok();
        let audio = speaker.client.get(&format!("/takes/{}/audio", voice.take())).await;
        assert!(audio.bytes == voice.pieces.concat(), "the recording is what was sent");
        kept += told;
    }
    server.kill();
    say(&format!("{rounds} kills, {kept} pieces acknowledged, all of them there, in order, once"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_has_every_piece_that_it_acknowledged() {
    kills(6).await;
}

/// The long form; some minutes.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo test -p pixmo-annotator --test it -- --ignored hundred_times_has_every_piece"]
async fn a_server_that_is_killed_a_hundred_times_has_every_piece_that_it_acknowledged() {
    kills(100).await;
}
