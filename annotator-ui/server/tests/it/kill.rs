//! Whatever was acknowledged is there, however the server or its database end.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Campaign, Client, PASSWORD};

/// What one client was told holds.
#[derive(Clone, Debug, Default)]
struct Told {
    /// Assignments that were handed in, with what was answered.
    submitted: BTreeMap<String, Value>,
    /// The newest draft that was kept of each assignment that was not handed in.
    drafts: BTreeMap<String, i64>,
}

/// Works as fast as the server lets it, until the server goes away or it is told to stop.
async fn work(client: Client, told: Arc<Mutex<Told>>, stop: Arc<AtomicBool>) {
    let ask = async |method: &str, path: &str, body: Value| {
        let body = Some(("application/json", body.to_string().into_bytes()));
        client.try_send(method, path, body, &[]).await.ok()
    };
    while !stop.load(Ordering::Relaxed) {
        let Some(reply) = ask("POST", "/work/next", json!({})).await else { return };
        if reply.status != 200 {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        }
        let given = reply.json();
        let Some(id) = given["assignment"]["id"].as_str() else { return };
        let mut revision = given["assignment"]["draft"]["revision"].as_i64().unwrap_or(0);
        for count in 0..3 {
            let draft = json!({ "revision": revision, "answer": { "count": count } });
            let Some(reply) = ask("PUT", &format!("/assignments/{id}/draft"), draft).await else { return };
            if reply.status == 200 {
                revision = reply.json()["revision"].as_i64().expect("a revision");
                told.lock().expect("not poisoned").drafts.insert(id.to_owned(), revision);
            }
        }
        let handing = json!({ "key": format!("key-of-{id}"), "answer": { "count": 0, "tally": [] } });
        let Some(reply) = ask("POST", &format!("/assignments/{id}/submit"), handing).await else { return };
        if reply.status == 200 {
            let mut told = told.lock().expect("not poisoned");
            told.drafts.remove(id);
            told.submitted.insert(id.to_owned(), reply.json());
        }
    }
}

/// Holds what a client was told against what the server says now.
async fn check(client: &Client, told: &Told) {
    for (id, answer) in &told.submitted {
        let handing = json!({ "key": format!("key-of-{id}"), "answer": { "count": 0, "tally": [] } });
        let again = client.post(&format!("/assignments/{id}/submit"), handing).await.ok();
        assert_eq!(again["submitted_at"], answer["submitted_at"], "{id} was handed in");
    }
    let current = client.get("/work/current").await.ok();
    for assignment in current["assignments"].as_array().expect("a list") {
        let id = assignment["id"].as_str().expect("an id");
        if let Some(kept) = told.drafts.get(id) {
            let found = assignment["draft"]["revision"].as_i64().unwrap_or(-1);
            assert!(found >= *kept, "draft {kept} of {id} was kept, found {found}");
        }
    }
}

/// The real program, serving.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: String,
    pub(crate) secret: Option<String>,
}

impl Program {
    pub(crate) fn start(file: &Path, is_first: bool) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pixmo-annotate"))
            .args(["serve", "--address", "127.0.0.1:0", "--campaign"])
            .arg(file)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its talk")).lines();
        let (mut address, mut secret) = (None, None);
        for line in lines.by_ref().map_while(Result::ok) {
            if let Some((_, found)) = line.split_once(" at http://") {
                address = Some(format!("http://{found}"));
            }
            if let Some((_, found)) = line.rsplit_once("#/invitation/") {
                secret = Some(found.to_owned());
            }
            if address.is_some() && (secret.is_some() || !is_first) {
                break;
            }
        }
        // Its talk is read to the end, or a full pipe would hold it up.
        std::thread::Builder::new().name("talk".to_owned()).spawn(move || lines.count()).expect("a thread");
        Program { child, address: address.expect("it says where it serves"), secret }
    }

    /// Ends it as `kill -9` does.
    pub(crate) fn kill(self) {}
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }
}

/// Serves, is killed in the midst of work, and serves again, so many times.
async fn kills(rounds: u32) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| Value::from(folder.path().join(name).display().to_string());
    let file = folder.path().join("campaign.toml");
    let database = Value::from(format!("sqlite:{}", folder.path().join("campaign.db").display()));
    let text = format!(
        "[campaign]\nname = \"kills\"\n[annotate]\ndatabase = {database}\nstore = {}\nfolder = {}\nreceipts_key = {}\n\
         [annotate.kinds.verify-count]\ngold_share = 0\n",
        path("store"),
        path("server"),
        path("key.pem")
    );
    std::fs::write(&file, text).expect("a campaign file");
    fill(&folder.path().join("campaign.toml"), rounds).await;

    let mut program = Program::start(&file, true);
    let secret = program.secret.clone().expect("the operator's link");
    let mut operator = Client::new(&program.address);
    let wish = |login: &str| json!({ "login": login, "password": PASSWORD, "language": "en" });
    let reply = operator.post(&format!("/invitations/{secret}/accept"), wish("operator")).await;
    operator.sign_in(&reply);
    let mut people = Vec::new();
    for number in 0..6 {
        let invitation = json!({ "role": "annotator", "expires_hours": 1 });
        let made = operator.post("/admin/invitations", invitation).await.ok();
        let secret = made["link"].as_str().expect("a link").rsplit('/').next().expect("a secret").to_owned();
        let mut client = Client::new(&program.address);
        let reply =
            client.post(&format!("/invitations/{secret}/accept"), wish(&format!("person{number}"))).await;
        client.sign_in(&reply);
        client.post("/consent", json!({ "version": "1", "scopes": ["work"] })).await.ok();
        people.push((client, Arc::new(Mutex::new(Told::default()))));
    }
    let mut acknowledged = 0;
    for round in 0..rounds {
        let stop = Arc::new(AtomicBool::new(false));
        let working: Vec<_> = people
            .iter()
            .map(|(client, told)| tokio::spawn(work(client.clone(), Arc::clone(told), Arc::clone(&stop))))
            .collect();
        // At moments that differ, some of them in the midst of a commit.
        tokio::time::sleep(Duration::from_millis(20 + u64::from(round * 37 % 211))).await;
        program.kill();
        stop.store(true, Ordering::Relaxed);
        for task in working {
            task.await.expect("a client that does not panic");
        }
        program = Program::start(&file, false);
        for (client, told) in &mut people {
            client.moved_to(&program.address);
            let told = told.lock().expect("not poisoned").clone();
            check(client, &told).await;
            acknowledged += told.submitted.len();
        }
        people.iter().for_each(|(_, told)| told.lock().expect("not poisoned").submitted.clear());
    }
    program.kill();
    assert!(acknowledged > rounds as usize, "{acknowledged} answers were acknowledged in {rounds} rounds");
    say(&format!("{rounds} kills, {acknowledged} answers acknowledged, all of them there"));
    let db =
        pixmo_annotator::db::Db::open(&format!("sqlite:{}", folder.path().join("campaign.db").display()), 1)
            .await
            .expect("the database opens");
    for sql in [
        // Nothing half: each task is as its assignments say, and nobody has one twice.
        "SELECT COUNT(*) FROM task t WHERE kept <> (SELECT COUNT(*) FROM assignment a WHERE a.task = t.id \
         AND a.status IN ('submitted', 'approved')) OR leased <> (SELECT COUNT(*) FROM assignment a \
         WHERE a.task = t.id AND a.status = 'leased') OR leased + kept > overlap",
        "SELECT COUNT(*) FROM kind k WHERE leased <> (SELECT COUNT(*) FROM assignment a WHERE a.kind = k.name \
         AND a.status = 'leased') OR submitted <> (SELECT COUNT(*) FROM assignment a WHERE a.kind = k.name \
         AND a.status = 'submitted') OR open <> (SELECT COUNT(*) FROM task t WHERE t.kind = k.name AND t.open = 1)",
        "SELECT COUNT(*) FROM (SELECT task FROM assignment GROUP BY task HAVING COUNT(*) > 1) AS twice",
    ] {
        let wrong: i64 = sqlx::query_scalar(sql).fetch_one(db.reads()).await.expect("a number");
        assert_eq!(wrong, 0, "{sql}");
    }
    db.close().await;
}

#[expect(clippy::print_stderr, reason = "figures of a long run")]
pub(crate) fn say(text: &str) {
    eprintln!("{text}");
}

/// Pictures and tasks, by the program's own verbs.
async fn fill(file: &Path, rounds: u32) {
    let folder = file.parent().expect("a folder");
    let pictures = folder.join("pictures");
    std::fs::create_dir_all(&pictures).expect("a folder");
    std::fs::write(pictures.join("one.png"), crate::harness::picture(1)).expect("a picture");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-annotate"));
        let output = command.args(arguments).arg("--campaign").arg(file).output().expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let image = run(&["images", &pictures.display().to_string()]).trim().to_owned();
    let task = |number: u32| {
        json!({ "kind": "verify-count", "image": image, "payload": { "label": format!("cup {number}") } })
            .to_string()
    };
    let lines: Vec<String> = (0..rounds * 300).map(task).collect();
    let tasks = folder.join("tasks.jsonl");
    std::fs::write(&tasks, lines.join("\n")).expect("tasks");
    run(&["tasks", &tasks.display().to_string()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_has_all_that_it_acknowledged() {
    kills(6).await;
}

/// The long form; some minutes.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo test -p pixmo-annotator --test it -- --ignored two_hundred"]
async fn a_server_that_is_killed_two_hundred_times_has_all_that_it_acknowledged() {
    kills(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_starts_again_has_all_that_was_acknowledged() {
    let Some((mut campaign, cluster)) = Campaign::on_own_postgres().await else { return };
    campaign.counting_tasks(2_000).await;
    let mut people = Vec::new();
    for number in 0..4 {
        let client = campaign.annotator(&format!("person{number}")).await;
        people.push((client, Arc::new(Mutex::new(Told::default()))));
    }
    for _ in 0..2 {
        let stop = Arc::new(AtomicBool::new(false));
        let working: Vec<_> = people
            .iter()
            .map(|(client, told)| tokio::spawn(work(client.clone(), Arc::clone(told), Arc::clone(&stop))))
            .collect();
        tokio::time::sleep(Duration::from_millis(500)).await;
        let restarted = cluster.clone();
        tokio::task::spawn_blocking(move || restarted.restart()).await.expect("it starts again");
        let before: usize =
            people.iter().map(|(_, told)| told.lock().expect("not poisoned").submitted.len()).sum();
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        stop.store(true, Ordering::Relaxed);
        for task in working {
            task.await.expect("a client that does not panic");
        }
        let after: usize =
            people.iter().map(|(_, told)| told.lock().expect("not poisoned").submitted.len()).sum();
        assert!(after > before, "work goes on by itself: {before} answers, then {after}");
        for (client, told) in &people {
            let told = told.lock().expect("not poisoned").clone();
            check(client, &told).await;
        }
    }
    assert_eq!(campaign.number("SELECT COUNT(*) FROM task WHERE leased + kept > overlap").await, 0);
    campaign.end().await;
}
