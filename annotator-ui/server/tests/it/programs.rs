//! The programs together: a worker of `pixmo-cap` transcribes, and `pixmo-cap` builds a dataset from what was exported.
//!
//! Where no `pixmo-cap` stands beside the server's program (`cargo build -p pixmo-cap --features whisper`), this is skipped.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::harness::Campaign;
use crate::kill::say;
use crate::takes::{short, with_task};
use crate::voice::Voice;

fn pixmo_cap() -> Option<PathBuf> {
    let program = Path::new(env!("CARGO_BIN_EXE_pixmo-annotate")).with_file_name("pixmo-cap");
    if !program.exists() {
        say("skipped, because there is no `pixmo-cap` beside the server's program");
        return None;
    }
    Some(program)
}

async fn run(mut command: Command) -> Output {
    let ran = tokio::task::spawn_blocking(move || command.output()).await;
    ran.expect("it does not panic").expect("the program runs")
}

#[track_caller]
fn is_good(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caption_goes_from_the_microphone_to_a_dataset() {
    let Some(program) = pixmo_cap() else { return };
    let mut campaign = Campaign::on_sqlite(short).await;
    let (anna, assignment) = with_task(&mut campaign, "anna", 1).await;
    let mut voice = Voice::of_jfk();
    let take = voice.speak(&campaign, &anna, &assignment).await;
    let token = campaign.token("worker").await;
    let folder = campaign.folder().to_owned();

    let model = Campaign::shared("models/ggml-tiny.en-q8_0.bin");
    let mut worker = Command::new(&program);
    worker
        .arg("work")
        .arg(campaign.address())
        .arg("--model")
        .arg(&model)
        .args(["--key-env", "PIXMO_WORKER_KEY"]);
    worker.args(["--once", "--jobs", "1", "--folder"]).arg(folder.join("work"));
    worker.env("PIXMO_WORKER_KEY", &token).current_dir(&folder);
    let output = run(worker).await;
    if String::from_utf8_lossy(&output.stderr).contains("built without Whisper") {
        say("skipped, because `pixmo-cap` was built without Whisper");
        return;
    }
    is_good(&output);
    let shown = anna.get(&format!("/takes/{take}")).await.ok();
    assert_eq!(shown["transcript"]["status"], json!("ready"), "{shown}");
    let raw = shown["transcript"]["raw"]["text"].as_str().unwrap().to_lowercase();
    assert!(raw.contains("ask not what your country can do for you"), "{raw}");

    // What a president says is no caption; what is published is what the person makes of it.
    let text = "A red tram stands beside a stone house under a blue sky. Two people wait near the door.";
    let answer = json!({ "key": "key-of-anna", "answer": { "take": take, "corrected": text } });
    anna.post(&format!("/assignments/{assignment}/submit"), answer).await.ok();
    campaign.app().issue_receipts().await.unwrap();
    campaign.operator().await.post("/admin/export", json!({})).await.ok();

    let file = folder.join("build.toml");
    let text = format!(
        "[campaign]\nname = \"annotated\"\nseed = 7\ndata = {}\n[build.cap]\nlog = {}\nreceipts = \"required\"\n\
         [build.cap.take]\nvoiced_secs_min_single = 3\nwords_min = 5\nwords_per_minute_min = 30\n\
         [build.cap.caption]\nwords_min = 5\n",
        json!(folder.join("store").display().to_string()),
        json!(folder.join("server/log").display().to_string()),
    );
    std::fs::write(&file, text).unwrap();
    let mut build = Command::new(&program);
    build.args(["build", "--no-llm", "--shards", "1", "--campaign"]).arg(&file).current_dir(&folder);
    let output = run(build).await;
    is_good(&output);
    let manifest = std::fs::read(folder.join("store/shards/cap/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    // With the receipt required: it was found in the log, and vouches for recording, image and both texts.
    assert_eq!((&manifest["rows"], &manifest["drops"]), (&json!(1), &json!({})), "{manifest}");
    campaign.end().await;
}
