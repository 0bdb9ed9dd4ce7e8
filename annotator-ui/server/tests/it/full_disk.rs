//! A disk that is full, for the whole server: database, store, spool and log lie on it. And a stop while something is sent.
//!
//! The disk is a small one in memory that only the server sees, in a namespace of its own; where none can be made, the test
//! says so.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures::StreamExt as _;
use serde_json::{Value, json};

use crate::harness::{Campaign, Client, picture};
use crate::kill::say;

/// Mounts the disk, puts a ballast on it, serves; takes the ballast away when the file `free` is there.
const SCRIPT: &str = "set -e\n\
    mount -t tmpfs -o size=24m none disk\n\
    dd if=/dev/zero of=disk/ballast bs=1M count=14 2>/dev/null\n\
    \"$1\" images pictures --campaign campaign.toml > image 2>talk\n\
    \"$1\" token script --campaign campaign.toml > token.new 2>>talk\n\
    mv token.new token\n\
    \"$1\" serve --campaign campaign.toml >>talk 2>&1 &\n\
    server=$!\n\
    trap 'kill -9 $server' EXIT\n\
    while kill -0 $server; do if [ -e free ]; then rm -f disk/ballast free; fi; sleep 0.1; done\n";

/// The server on its small disk; it ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // The namespace of processes goes with its first one.
        let _gone = self.0.kill();
        let _waited = self.0.wait();
    }
}

fn can_have_a_disk_of_its_own() -> bool {
    let mut attempt = Command::new("unshare");
    attempt.args(["-rmpf", "--kill-child", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]);
    attempt.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn lines(batch: u32, image: &str) -> Vec<u8> {
    let task = |number: u32| {
        let payload = json!({ "label": format!("cup {batch} {number}") });
        json!({ "kind": "verify-count", "image": image, "payload": payload }).to_string()
    };
    (0..2_000).map(task).collect::<Vec<_>>().join("\n").into_bytes()
}

async fn import(client: &Client, batch: u32, image: &str) -> crate::harness::Reply {
    client.send("POST", "/admin/tasks", Some(("application/x-ndjson", lines(batch, image)))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_what_it_cannot_keep_and_loses_nothing() {
    if !can_have_a_disk_of_its_own() {
        say("skipped, because no disk in memory can be mounted here (`unshare -rmpf`)");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    for name in ["disk", "pictures"] {
        std::fs::create_dir(path.join(name)).expect("a folder");
    }
    std::fs::write(path.join("pictures/one.png"), picture(1)).expect("a picture");
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
    let address = port.expect("a free port").to_string();
    let below = |name: &str| json!(path.join("disk").join(name).display().to_string());
    let text = format!(
        "[annotate]\naddress = {}\ndatabase = {}\nstore = {}\nfolder = {}\nreceipts_key = {}\n",
        json!(address),
        json!(format!("sqlite:{}", path.join("disk/campaign.db").display())),
        below("store"),
        below("server"),
        below("receipts.pem"),
    );
    std::fs::write(path.join("campaign.toml"), text).expect("a campaign file");
    let mut command = Command::new("unshare");
    command.args(["-rmpf", "--kill-child", "sh", "-c", SCRIPT, "sh", env!("CARGO_BIN_EXE_pixmo-annotate")]);
    let _server = Server(command.current_dir(path).stderr(Stdio::null()).spawn().expect("a server"));
    let token = read_when_there(&path.join("token")).await;
    let image = read_when_there(&path.join("image")).await;
    let client = Client::new(&format!("http://{address}")).with_bearer(&token);
    while client.try_send("GET", "//healthz", None, &[]).await.is_err() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (mut acknowledged, mut batch) = (0, 0);
    let refused = loop {
        let reply = import(&client, batch, &image).await;
        if reply.status != 200 {
            break reply;
        }
        acknowledged += reply.json()["imported"].as_i64().expect("a number");
        batch += 1;
        assert!(batch < 100, "the disk is never full");
    };
    assert_eq!(refused.refused(503), "unavailable");
    assert!(acknowledged > 0);
    // What is there can be read, and nothing else is taken.
    let tasks = async || {
        let progress = client.get("/admin/progress").await.ok();
        let kinds = progress["kinds"].as_array().expect("kinds").clone();
        let kind = kinds.into_iter().find(|kind| kind["kind"] == "verify-count").expect("a kind");
        kind["tasks"].as_i64().expect("a number")
    };
    assert!(tasks().await >= acknowledged);
    assert_eq!(client.post("/admin/kinds/cap/pause", Value::Null).await.refused(503), "unavailable");
    // With room again it goes on, and the same import fills in what was not written.
    std::fs::write(path.join("free"), "").expect("a sign");
    while path.join("free").exists() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(client.post("/admin/kinds/cap/pause", Value::Null).await.status, 204);
    import(&client, batch, &image).await.ok();
    assert_eq!(tasks().await, acknowledged + 2_000);
}

async fn read_when_there(path: &Path) -> String {
    for _ in 0..300 {
        match std::fs::read_to_string(path) {
            Ok(text) if !text.trim().is_empty() => return text.trim().to_owned(),
            _ => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    panic!("`{}` did not come", path.display());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_sent_is_finished_when_the_server_stops() {
    let mut campaign = Campaign::on_sqlite(|_| {}).await;
    let image = campaign.image(1).await;
    let (token, address) = (campaign.token("operator").await, campaign.address());
    let all = lines(0, &image);
    let (first, second) = all.split_at(all.len() / 2);
    let (first, second) = (first.to_vec(), second.to_vec());
    let begun = futures::stream::iter([Ok::<_, std::io::Error>(first)]);
    let later = futures::stream::once(async move {
        tokio::time::sleep(Duration::from_millis(700)).await;
        Ok(second)
    });
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client")
        .post(format!("{address}/api/v1/admin/tasks"))
        .bearer_auth(token)
        .header("content-type", "application/x-ndjson")
        .body(reqwest::Body::wrap_stream(begun.chain(later)));
    let sending = tokio::spawn(request.send());
    tokio::time::sleep(Duration::from_millis(200)).await;
    campaign.stop().await;
    let reply = sending.await.expect("no panic").expect("an answer");
    assert_eq!(reply.status(), 200);
    let imported: Value = serde_json::from_slice(&reply.bytes().await.expect("bytes")).expect("JSON");
    assert_eq!(imported["imported"], 2_000);
    campaign.start().await;
    assert_eq!(campaign.number("SELECT COUNT(*) FROM task").await, 2_000);
    campaign.end().await;
}
