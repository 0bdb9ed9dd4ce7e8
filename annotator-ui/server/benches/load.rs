//! What a request costs the server, how long people wait, how fast tasks come in, and whether many tasks are slower.
//!
//! The server is the real program in a process of its own; its time on the processor is what the system says of that
//! process. Clients are plain sockets, so that they cost little beside it.
//!
//!     cargo bench -p pixmo-annotator --bench load -- [--postgres URL] [--tasks N] [--live]
//!
//! `--live` measures speaking alone.

#[path = "load/live.rs"]
mod live;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use pixmo_annotator::db::Db;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// People at work.
const PEOPLE: usize = 1_000;
/// Tasks each has in hand.
const IN_HAND: usize = 4;

#[expect(clippy::print_stdout, reason = "figures")]
fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]
fn now() -> Instant {
    Instant::now()
}

/// The server.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    async fn start(file: &Path) -> Server {
        let port =
            std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("a port").port();
        let child = Command::new(env!("CARGO_BIN_EXE_pixmo-annotate"))
            .args(["serve", "--quiet", "--address", &format!("127.0.0.1:{port}"), "--campaign"])
            .arg(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let begun = now();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        say(&format!("start: {:.0} ms until it answers", begun.elapsed().as_secs_f64() * 1e3));
        Server { child, port }
    }

    /// Milliseconds of processor so far.
    fn cpu_ms(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("Linux tells");
        let fields: Vec<&str> = stat.rsplit(") ").next().expect("fields").split(' ').collect();
        let ticks: f64 =
            fields[11].parse::<f64>().expect("a number") + fields[12].parse::<f64>().expect("a number");
        ticks * 10.0
    }

    fn resident_mib(&self) -> f64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux tells");
        let line = status.lines().find(|line| line.starts_with("VmRSS")).expect("a line");
        line.split_whitespace().nth(1).expect("a number").parse::<f64>().expect("a number") / 1024.0
    }
}

/// One person's connection.
struct Person {
    number: usize,
    stream: TcpStream,
    origin: String,
    buffer: Vec<u8>,
    in_hand: Vec<(String, i64)>,
}

fn secret_of(number: usize) -> String {
    format!("session-of-person-{number}")
}

impl Person {
    async fn connect(port: u16, number: usize) -> Person {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server takes connections");
        stream.set_nodelay(true).expect("a socket");
        Person {
            number,
            stream,
            origin: format!("127.0.0.1:{port}"),
            buffer: Vec::new(),
            in_hand: Vec::new(),
        }
    }

    async fn ask(&mut self, method: &str, path: &str, body: &str) -> (u16, Value, Duration) {
        let begun = now();
        let origin = &self.origin;
        let request = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nhost: {origin}\r\norigin: http://{origin}\r\n\
             cookie: pixmo_session={}\r\nx-csrf-token: csrf\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            secret_of(self.number),
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await.expect("the server reads");
        self.buffer.clear();
        let (head, length) = loop {
            let read = self.stream.read_buf(&mut self.buffer).await.expect("the server answers");
            assert!(read > 0, "the server hung up");
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = std::str::from_utf8(&self.buffer[..at]).expect("text").to_ascii_lowercase();
                let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
                break (at + 4, length.map_or(0, |length| length.parse::<usize>().expect("a number")));
            }
        };
        while self.buffer.len() < head + length {
            let read = self.stream.read_buf(&mut self.buffer).await.expect("the server answers");
            assert!(read > 0, "the server hung up");
        }
        let elapsed = begun.elapsed();
        let status = std::str::from_utf8(&self.buffer[9..12]).expect("text").parse().expect("a status");
        let json = serde_json::from_slice(&self.buffer[head..]).unwrap_or(Value::Null);
        assert!(status < 400, "{method} {path}: {status} {json}");
        (status, json, elapsed)
    }

    async fn next(&mut self) -> Duration {
        let (_, json, elapsed) = self.ask("POST", "/work/next", "{}").await;
        let id = json["assignment"]["id"].as_str().expect("a task is left").to_owned();
        self.in_hand.push((id, 0));
        elapsed
    }

    async fn draft(&mut self, which: usize) -> Duration {
        let (id, revision) = self.in_hand[which].clone();
        let points: Vec<Value> = (0..30).map(|n| json!({ "x": f64::from(n) * 3.1, "y": 47.25 })).collect();
        let body = json!({ "revision": revision, "answer": { "count": 30, "tally": points } }).to_string();
        let (_, json, elapsed) = self.ask("PUT", &format!("/assignments/{id}/draft"), &body).await;
        self.in_hand[which].1 = json["revision"].as_i64().expect("a revision");
        elapsed
    }

    async fn beat(&mut self) -> Duration {
        let id = self.in_hand[0].0.clone();
        self.ask("POST", &format!("/assignments/{id}/heartbeat"), r#"{"active":true}"#).await.2
    }

    async fn submit(&mut self) -> Duration {
        let (id, _) = self.in_hand.remove(0);
        let tally: Vec<Value> = (0..30).map(|n| json!({ "x": f64::from(n) * 3.1, "y": 47.25 })).collect();
        let body =
            json!({ "key": format!("key-of-{id}"), "answer": { "count": 30, "tally": tally } }).to_string();
        self.ask("POST", &format!("/assignments/{id}/submit"), &body).await.2
    }
}

fn percentile(sorted: &[Duration], share: f64) -> f64 {
    let at = ((sorted.len() as f64 * share) as usize).min(sorted.len() - 1);
    sorted[at].as_secs_f64() * 1e3
}

fn report(what: &str, mut times: Vec<Duration>, cpu_ms: f64, wall: Duration) {
    times.sort_unstable();
    say(&format!(
        "{what:<28} {:>6} requests {:>8.0} /s   {:.3} CPU-ms each   p50 {:.1} ms   p99 {:.1} ms",
        times.len(),
        times.len() as f64 / wall.as_secs_f64(),
        cpu_ms / times.len() as f64,
        percentile(&times, 0.5),
        percentile(&times, 0.99),
    ));
}

/// What each does, so many at a time.
#[derive(Clone, Copy)]
enum Act {
    Next,
    Draft,
    Submit,
}

/// Everybody does the same, as fast as they are answered, so many of them at once.
async fn phase(server: &Server, people: Vec<Person>, act: Act, at_once: usize, what: &str) -> Vec<Person> {
    let (cpu, begun) = (server.cpu_ms(), now());
    let mut groups: Vec<Vec<Person>> = (0..at_once).map(|_| Vec::new()).collect();
    for (number, person) in people.into_iter().enumerate() {
        groups[number % at_once].push(person);
    }
    let mut working = tokio::task::JoinSet::new();
    for group in groups {
        working.spawn(async move {
            let (mut times, mut people) = (Vec::new(), Vec::new());
            for mut person in group {
                for which in 0..IN_HAND {
                    times.push(match act {
                        Act::Next => person.next().await,
                        Act::Draft => person.draft(which).await,
                        Act::Submit => person.submit().await,
                    });
                }
                people.push(person);
            }
            (times, people)
        });
    }
    let (mut times, mut people) = (Vec::new(), Vec::new());
    for (own, group) in working.join_all().await {
        times.extend(own);
        people.extend(group);
    }
    report(what, times, server.cpu_ms() - cpu, begun.elapsed());
    people
}

/// A thousand people, each with ten requests a minute: four signs of life, four drafts, one answer, one next task.
async fn steady(server: &Server, people: Vec<Person>, secs: u64) -> Vec<Person> {
    let (cpu, begun) = (server.cpu_ms(), now());
    let mut working = tokio::task::JoinSet::new();
    for mut person in people {
        working.spawn(async move {
            let mut times = Vec::new();
            if person.in_hand.is_empty() {
                times.push(person.next().await);
            }
            let gap = Duration::from_secs(6);
            tokio::time::sleep(gap.mul_f64(person.number as f64 / PEOPLE as f64)).await;
            let mut turn = person.number % 10;
            while begun.elapsed() < Duration::from_secs(secs) {
                let sent = now();
                let elapsed = match turn {
                    1 => {
                        times.push(person.submit().await);
                        person.next().await
                    }
                    2 | 4 | 6 | 8 => person.draft(0).await,
                    _ => person.beat().await,
                };
                times.push(elapsed);
                turn = (turn + 1) % 9;
                tokio::time::sleep(gap.saturating_sub(sent.elapsed())).await;
            }
            (times, person)
        });
    }
    let (mut times, mut people) = (Vec::new(), Vec::new());
    for (own, person) in working.join_all().await {
        times.extend(own);
        people.push(person);
    }
    let (cpu, wall) = (server.cpu_ms() - cpu, begun.elapsed());
    report("1,000 people, 10 a minute", times, cpu, wall);
    say(&format!("{:28} {:.0} % of a core", "", cpu / wall.as_secs_f64() / 10.0));
    people
}

/// People with sessions, made by hand: what passwords cost is not measured.
async fn lay_out(database: &str) -> String {
    let db = Db::open(database, 1).await.expect("a database");
    let image = hex::encode(Sha256::digest(b"a picture"));
    let id = image.clone();
    db.write("bench.people", async move |tx| {
        sqlx::query(
            "INSERT INTO image (sha256, width, height, media_type, extension, bytes, added_ms) \
             VALUES ($1, 8, 6, 'image/png', 'png', 9, 0) ON CONFLICT (sha256) DO NOTHING",
        )
        .bind(&id)
        .execute(&mut *tx)
        .await?;
        for number in 0..=PEOPLE {
            let (person, role) = (format!("p-{number}"), if number == PEOPLE { "operator" } else { "annotator" });
            sqlx::query(
                "INSERT INTO person (id, login, roles, status, language, created_ms) VALUES ($1, $1, $2, 'active', 'en', 0)",
            )
            .bind(&person)
            .bind(role)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "INSERT INTO session (token_hash, person, csrf, created_ms, seen_ms, expires_ms) \
                 VALUES ($1, $2, 'csrf', 0, $3, $3)",
            )
            .bind(hex::encode(Sha256::digest(secret_of(number))))
            .bind(&person)
            .bind(i64::MAX / 2)
            .execute(&mut *tx)
            .await?;
            sqlx::query("INSERT INTO consent (id, person, version, scopes, given_ms) VALUES ($1, $1, '1', '[\"work\"]', 0)")
                .bind(&person)
                .execute(&mut *tx)
                .await?;
        }
        Ok(())
    })
    .await
    .expect("people");
    db.close().await;
    image
}

/// Sends so many tasks, and says how fast they were taken.
async fn import(server: &Server, image: &str, from: usize, number: usize) {
    let mut operator = Person::connect(server.port, PEOPLE).await;
    let (cpu, begun) = (server.cpu_ms(), now());
    let mut sent = 0;
    while sent < number {
        let part = (number - sent).min(100_000);
        let mut body = String::with_capacity(part * 160);
        for task in from + sent..from + sent + part {
            body.push_str(&format!(
                "{{\"kind\":\"verify-count\",\"image\":\"{image}\",\"payload\":{{\"label\":\"cup {task}\"}}}}\n"
            ));
        }
        let (_, json, _) = operator.ask("POST", "/admin/tasks", &body).await;
        assert_eq!(json["imported"], part, "{json}");
        sent += part;
    }
    let wall = begun.elapsed().as_secs_f64();
    say(&format!(
        "import of {number} tasks behind {from}: {:.0} tasks/s, {:.1} CPU-µs each",
        number as f64 / wall,
        (server.cpu_ms() - cpu) * 1e3 / number as f64
    ));
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let value =
        |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1)).cloned();
    let tasks: usize =
        value("--tasks").map_or(1_000_000, |number| number.parse().expect("a number of tasks"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run(value("--postgres"), tasks));
}

async fn run(postgres: Option<String>, tasks: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| Value::from(folder.path().join(name).display().to_string());
    let database =
        postgres.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("campaign.db").display()));
    let text = format!(
        "[campaign]\nname = \"load\"\n[annotate]\ndatabase = {}\nstore = {}\nfolder = {}\nreceipts_key = {}\n\
         [annotate.kinds.verify-count]\ngold_share = 0\n",
        Value::from(database.clone()),
        path("store"),
        path("server"),
        path("key.pem")
    );
    let file = folder.path().join("campaign.toml");
    std::fs::write(&file, text).expect("a campaign file");
    let image = lay_out(&database).await;
    let mut server = Server::start(&file).await;
    import(&server, &image, 0, 30_000).await;
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        people.push(Person::connect(server.port, number).await);
    }
    let only_live = std::env::args().any(|word| word == "--live");
    let rounds: &[(usize, &str)] = if only_live { &[] } else { &[(1, "alone"), (64, "64 at once")] };
    for &(at_once, name) in rounds {
        say(&format!("-- {name}, 30,000 tasks"));
        people = phase(&server, people, Act::Next, at_once, "next").await;
        people = phase(&server, people, Act::Draft, at_once, "draft").await;
        people = phase(&server, people, Act::Submit, at_once, "submit").await;
    }
    if !only_live {
        say("-- steady");
        people = steady(&server, people, 40).await;
    }
    say("-- speaking");
    people = live::run(&server, people, &image, 20).await;
    people.iter_mut().for_each(|person| person.in_hand.clear());
    if tasks > 30_000 && !only_live {
        import(&server, &image, 30_000, tasks - 30_000).await;
        say(&format!("-- 64 at once, {tasks} tasks"));
        // What is left in hand of the steady run is handed in first.
        for person in &mut people {
            let (_, json, _) = person.ask("GET", "/work/current", "").await;
            for assignment in json["assignments"].as_array().expect("a list") {
                let revision = assignment["draft"]["revision"].as_i64().unwrap_or(0);
                person.in_hand.push((assignment["id"].as_str().expect("an id").to_owned(), revision));
            }
            while !person.in_hand.is_empty() {
                person.submit().await;
            }
        }
        people = phase(&server, people, Act::Next, 64, "next").await;
        people = phase(&server, people, Act::Draft, 64, "draft").await;
        people = phase(&server, people, Act::Submit, 64, "submit").await;
    }
    drop(people);
    say(&format!("memory: {:.0} MiB", server.resident_mib()));
    server.child.kill().expect("it ends");
    server.child.wait().expect("it ended");
}
