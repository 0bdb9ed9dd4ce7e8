//! A real program that is killed again and again.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::bench::{Bench, contents, differing};

const SECTION: &str = "charts = 300\ntables = 100\nimage_bytes = 20000\ntask_ms = 1";

/// The program of the example beside these tests; `cargo test` builds both.
fn program() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let path = here.parent().unwrap().parent().unwrap().join("examples/tiny");
    assert!(path.exists(), "build it with `cargo build -p pixmo-stage --example tiny`");
    path
}

fn start(bench: &Bench) -> Child {
    Command::new(program())
        .args(["build", "--shards", "12", "--jobs", "2", "--quiet", "--campaign"])
        .arg(bench.path("campaign.toml"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Times that look random and are the same every time.
fn moments() -> impl Iterator<Item = Duration> {
    let mut state = 7u64;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Duration::from_micros(3_000 + (state >> 33) % 60_000)
    })
}

#[test]
fn killed_again_and_again_gives_the_same_folder() {
    let whole = Bench::new(SECTION);
    whole.build("--shards 12").unwrap();
    let expected = contents(&whole.docs());
    let (mut kills, mut rounds) = (0, 0);
    let mut moments = moments();
    while kills < 100 {
        rounds += 1;
        let bench = Bench::new(SECTION);
        loop {
            let mut child = start(&bench);
            std::thread::sleep(moments.next().unwrap());
            child.kill().unwrap();
            let ended = child.wait_with_output().unwrap();
            for (name, content) in contents(&bench.docs()) {
                assert!(expected.get(&name) == Some(&content), "after {kills} kills: {name}");
            }
            if ended.status.success() {
                break;
            }
            assert_eq!(ended.status.code(), None, "{}", String::from_utf8_lossy(&ended.stderr));
            kills += 1;
        }
        assert_eq!(differing(&expected, &contents(&bench.docs())), Vec::<String>::new());
        assert!(rounds < 60, "the program ends before it is killed");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_calmly_and_the_next_run_continues() {
    let whole = Bench::new(SECTION);
    whole.build("--shards 12").unwrap();
    let bench = Bench::new(SECTION);
    let child = start(&bench);
    while !bench.docs().join("shards/00001-of-00012.json").exists() {
        std::thread::yield_now();
    }
    let asked = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(asked.success());
    let ended = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(130), "{text}");
    assert!(text.contains(" of 12 shards are finished and safe"), "{text}");
    assert!(text.contains("hint: run the same command again to continue"), "{text}");
    bench.build("--shards 12").unwrap();
    assert_eq!(differing(&contents(&whole.docs()), &contents(&bench.docs())), Vec::<String>::new());
}
