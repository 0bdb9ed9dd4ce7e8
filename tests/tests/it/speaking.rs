//! A real browser speaks into the recorder of the annotation server.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::program::{Said, command, program};

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
    let voice = voice(root);
    (!voice.is_file()).then(|| format!("there is no {}", voice.display()))
}

/// The real speech beside the repository.
fn voice(root: &Path) -> PathBuf {
    root.join("../shared/audio/jfk.wav")
}

/// A server that ends with the test.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _waited = self.0.wait();
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn somebody_speaks_in_a_real_browser_and_nothing_is_lost() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    if let Some(why) = missing(root) {
        eprintln!("skipped, because {why}");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let mut demo = command(&program("pixmo-annotate"))
        .args(["demo", "campaign", "--progress", "none", "--address", &format!("127.0.0.1:{port}")])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map(Demo)
        .expect("the server starts");
    let mut lines = BufReader::new(demo.0.stderr.take().expect("its words")).lines().map_while(Result::ok);
    let said: Vec<String> = lines.by_ref().take_while(|line| !line.contains("makes one annotator")).collect();
    let link = lines.next().unwrap_or_else(|| panic!("no link was printed: {said:?}"));
    // What it says later must not fill the pipe.
    let rest = std::thread::Builder::new().name("demo-words".to_owned()).spawn(move || lines.for_each(drop));
    let browser = Command::new("node")
        .args(["run.mjs", "--secs", "6", "--annotator", link.trim(), "--voice"])
        .arg(voice(root).canonicalize().expect("a path"))
        .current_dir(root.join("tests/browser"))
        .output()
        .expect("the browser starts");
    Said::of(browser).expect(0);
    drop(demo);
    drop(rest);
}
