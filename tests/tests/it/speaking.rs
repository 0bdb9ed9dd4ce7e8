//! From a real browser to datasets: somebody speaks, corrects, marks and verifies in the pages of the annotation server, an
//! operator approves, and what is exported is built and loaded. Once on SQLite, once on PostgreSQL.

#[expect(dead_code, reason = "the tests of the server start their cluster again; these do not")]
#[path = "../../../annotator-ui/server/tests/it/harness/cluster.rs"]
mod cluster;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::program::{Said, command, program, run};
use crate::python::{all_right, script};

/// What the person makes of what the model heard, as `tests/browser/run.mjs` types it.
const CAPTION: &str = "A red tram stands beside a stone house under a blue sky. \
    Two people wait near the door, and one of them has a small dog.";

/// What the speech at hand is too little for by the usual rules.
const RULES: &str = "\n[build.cap.take]\nvoiced_secs_min_single = 3\nwords_min = 5\nwords_per_minute_min = 5\n\
    \n[build.cap.caption]\nwords_min = 5\n";

#[test]
fn what_is_said_and_marked_in_a_browser_becomes_datasets_on_sqlite() {
    whole_way(None);
}

#[test]
fn what_is_said_and_marked_in_a_browser_becomes_datasets_on_postgresql() {
    match cluster::Cluster::start() {
        Ok(cluster) => whole_way(Some(&cluster.address)),
        Err(why) => skipped(&why),
    }
}

#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn skipped(why: &str) {
    eprintln!("skipped, because {why}");
}

/// What the test stands on and does not find here, and how to get it.
fn missing(root: &Path) -> Option<String> {
    let node = Command::new("node").arg("--version").output().ok();
    let version =
        node.map(|node| String::from_utf8_lossy(&node.stdout).trim().to_owned()).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        return Some(format!("there is no Node.js 20 or newer, but `{version}`"));
    }
    for part in ["annotator-ui/web/dist/index.html", "tests/browser/node_modules/playwright-core"] {
        if !root.join(part).exists() {
            return Some(format!("there is no {part}; `tests/setup.sh --page` makes it"));
        }
    }
    let browsers = ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"];
    if !browsers.iter().any(|browser| Path::new(browser).exists()) {
        return Some("there is no browser; `tests/setup.sh --page` installs one".to_owned());
    }
    let mut shared = [voice(root), model(root)].into_iter();
    shared.find(|file| !file.is_file()).map(|file| format!("there is no {}", file.display()))
}

/// The real speech beside the repository.
fn voice(root: &Path) -> PathBuf {
    root.join("../shared/audio/jfk.wav")
}

/// A small model of speech beside the repository.
fn model(root: &Path) -> PathBuf {
    root.join("../shared/models/ggml-tiny.en-q8_0.bin")
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _waited = self.0.wait();
    }
}

/// Serves the demo in a folder; the links of an operator and an annotator.
fn serve(folder: &Path, address: &str) -> (Running, [String; 2]) {
    let mut demo = command(&program("pixmo-annotate"))
        .args(["demo", "campaign", "--progress", "none", "--address", address])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map(Running)
        .expect("the server starts");
    let mut lines = BufReader::new(demo.0.stderr.take().expect("its words")).lines().map_while(Result::ok);
    let mut said = Vec::new();
    let links = ["operator", "annotator"].map(|role| {
        let announced = format!("makes one {role}");
        said.extend(lines.by_ref().take_while(|line| !line.contains(&announced)));
        let link = lines.next().unwrap_or_else(|| panic!("no link of an {role} was printed: {said:?}"));
        link.trim().to_owned()
    });
    // What it says later must not fill the pipe; the thread ends with the program.
    let rest = std::thread::Builder::new().name("demo-words".to_owned()).spawn(move || lines.for_each(drop));
    drop(rest.expect("a thread"));
    (demo, links)
}

fn whole_way(database: Option<&str>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    if let Some(why) = missing(root) {
        return skipped(&why);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let address = format!("127.0.0.1:{port}");
    // The first start lays the campaign out; then its file is changed.
    drop(serve(folder, &address));
    let file = folder.join("campaign/campaign.toml");
    let mut text = std::fs::read_to_string(&file).expect("a campaign file");
    if let Some(database) = database {
        let of_sqlite =
            text.lines().find(|line| line.starts_with("database")).expect("a database").to_owned();
        text = text.replace(&of_sqlite, &format!("database = {database:?}"));
    }
    std::fs::write(&file, text + RULES).expect("the campaign file is written");
    let token = |name: &str, scope: &str| {
        let mut make = command(&program("pixmo-annotate"));
        make.args(["token", name, "--scope", scope, "--campaign"]).arg(&file);
        run(&mut make).expect(0).stdout.trim().to_owned()
    };
    let (of_worker, of_operator) = (token("worker", "worker"), token("script", "operator"));
    let (demo, [operator, annotator]) = serve(folder, &address);
    let worker = command(&program("pixmo-cap"))
        .args([
            "work",
            &format!("http://{address}"),
            "--key-env",
            "PIXMO_WORKER_KEY",
            "--jobs",
            "1",
            "--model",
        ])
        .arg(model(root).canonicalize().expect("a path"))
        .arg("--quiet")
        .env("PIXMO_WORKER_KEY", of_worker)
        .current_dir(folder)
        .spawn()
        .map(Running)
        .expect("the worker starts");
    let browser = Command::new("node")
        .args(["run.mjs", "--transcript", "--secs", "6", "--annotator", &annotator, "--operator", &operator])
        .arg("--voice")
        .arg(voice(root).canonicalize().expect("a path"))
        .current_dir(root.join("tests/browser"))
        .output()
        .expect("the browser starts");
    let said = Said::of(browser).expect(0);
    assert!(said.stdout.contains("ok: pay shows"), "{said}");

    let mut export = command(&program("pixmo"));
    export.args(["annotate", "admin", "export", "--json", "--server", &format!("http://{address}")]);
    export.env("PIXMO_ANNOTATE_TOKEN", of_operator);
    let said = run(&mut export).expect(0);
    assert!(
        said.stdout.contains("points/000001.jsonl") && said.stdout.contains("cap/000001.jsonl"),
        "{said}"
    );
    drop((worker, demo));
    for build in ["build cap --no-llm --shards 1 --campaign", "build points --shards 1 --campaign"] {
        let mut pixmo = command(&program("pixmo"));
        run(pixmo.args(build.split(' ')).arg(&file).current_dir(folder)).expect(0);
    }
    let shards = folder.join("campaign/data/shards");
    for environment in ["datasets-3.1", "datasets-5.2"] {
        let mut check = script(environment, "check_campaign.py");
        check.arg(shards.join("cap")).arg(shards.join("points")).arg(CAPTION);
        all_right(&mut check);
    }
}
