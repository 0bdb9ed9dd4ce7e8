//! `kill -9` in the middle, two runs at once, and Ctrl-C.

use std::process::{Child, Stdio};
use std::time::Duration;

use crate::bench::{Bench, Run};
use crate::server::{Mood, Server};

fn slow() -> Server {
    Server::start(Mood { pause: Some(Duration::from_millis(60)), ..Mood::default() })
}

/// A run that is under way, with more than so many bytes.
fn under_way(bench: &Bench, server: &Server, bytes: u64) -> Child {
    let mut command = bench.command(&Bench::fetch_words(&format!("--address {}", server.url())));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for _ in 0..1000 {
        if bench.part() > bytes {
            return child;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    panic!("nothing comes");
}

#[test]
fn a_run_that_is_killed_is_continued_and_what_came_is_not_asked_for_again() {
    let (bench, server) = (Bench::new(), slow());
    let mut at = 0;
    for _ in 0..3 {
        let mut child = under_way(&bench, &server, at + 150_000);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(bench.part() > at);
        at = bench.part();
        assert!(!bench.path("data/models/m.bin").exists(), "nothing half is called a model");
    }
    bench.fetch(&format!("--address {}", server.url())).good();
    bench.has_it();
    let asked = server.asked();
    assert_eq!((asked.len(), asked.last().unwrap()), (4, &format!("/m.bin {at}")));
}

#[test]
fn one_file_is_fetched_by_one_run_at_a_time() {
    let (bench, server) = (Bench::new(), slow());
    let child = under_way(&bench, &server, 0);
    let words = format!("--address {}", server.url());
    bench.fetch(&words).bad(3, &["another run is fetching"]);
    Run::of(child.wait_with_output().unwrap()).good();
    bench.has_it();
}

#[cfg(unix)]
#[test]
fn whoever_interrupts_is_told_what_is_safe() {
    let (bench, server) = (Bench::new(), slow());
    let child = under_way(&bench, &server, 100_000);
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    Run::of(child.wait_with_output().unwrap())
        .bad(130, &["of `m.bin` have come and are safe", "run the same command again"]);
    let kept = bench.part();
    bench.fetch(&format!("--address {}", server.url())).good();
    bench.has_it();
    assert_eq!(server.asked().last().unwrap(), &format!("/m.bin {kept}"));
}
