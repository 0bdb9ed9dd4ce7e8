//! A run that is killed in the middle, and continued, gives the same bytes as one that was left alone.

use std::time::Duration;

use crate::bench::{Bench, contents};
use crate::pictures::jpeg;
use crate::server::{Reply, Server};

const ROWS: u64 = 120;

fn answer(path: &str, _before: usize) -> Reply {
    let number: u64 = path.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or_default();
    match number % 10 {
        7 => Reply::status(404),
        8 => Reply::status(503),
        _ => Reply::ok(jpeg(number)),
    }
}

#[cfg(unix)]
#[test]
fn a_killed_run_is_continued_to_the_same_bytes() {
    killed_and_continued("");
}

#[cfg(unix)]
#[test]
fn a_killed_run_that_puts_copies_aside_is_continued_to_the_same_bytes() {
    killed_and_continued("--copy-side 50");
}

#[cfg(unix)]
fn killed_and_continued(more: &str) {
    let server = Server::start(answer);
    let bench = Bench::new();
    let lines: Vec<String> = (0..ROWS).map(|number| server.url(&format!("/{}.jpg", number % 100))).collect();
    bench.list("urls.txt", &lines);
    bench.fetch(&format!("urls.txt --shards 5 --into whole --store whole-store {more}")).expect(0);
    let expected = contents(&bench.path("whole"));
    let originals = contents(&bench.path("whole-store"));
    assert_eq!(originals.len(), 80);
    server.forget();
    let flags = format!(
        "fetch --campaign campaign.toml --progress none urls.txt --shards 5 --into torn --store torn-store {more}"
    );
    let mut asked_when_killed = 0;
    for kill_at in [20, 50, 90] {
        let mut child = bench.command(&flags).spawn().expect("the program runs");
        loop {
            asked_when_killed = server.asked().len();
            if asked_when_killed >= kill_at || child.try_wait().expect("a child").is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("it is killed");
        child.wait().expect("it is gone");
    }
    assert!(asked_when_killed > 0);
    let said = bench.run(&flags).expect(0);
    assert_eq!(contents(&bench.path("torn")), expected, "{}", said.stderr);
    let torn = contents(&bench.path("torn-store"));
    let is_original = |(name, _): &(&std::path::PathBuf, &Vec<u8>)| !name.starts_with(".work");
    assert!(torn.iter().filter(is_original).eq(originals.iter().filter(is_original)));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_says_what_is_safe_and_is_continued() {
    let server = Server::start(|path, before| {
        // Hosts that are slow do not hold up the end.
        std::thread::sleep(Duration::from_millis(5));
        answer(path, before)
    });
    let bench = Bench::new();
    let lines: Vec<String> = (0..400).map(|number| server.url(&format!("/{number}.jpg"))).collect();
    bench.list("urls.txt", &lines);
    let flags = "fetch --campaign campaign.toml --progress none urls.txt --shards 3";
    let mut command = bench.command(flags);
    let child = command.stderr(std::process::Stdio::piped()).spawn().expect("the program runs");
    while server.asked().len() < 30 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let told = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(told.expect("a signal").success());
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert!(stderr.contains("is written down and safe"), "{stderr}");
    let gathered = bench.status("")["gathered"].as_u64().expect("a number");
    server.forget();
    bench.run(flags).expect(0);
    let kept = bench.status("")["kept"].as_u64().expect("a number");
    assert_eq!(kept, 320);
    // What failed for good or was kept is not asked again; 503 is.
    assert!(server.asked().len() as u64 <= 400 - gathered + 40, "{gathered} were gathered");
}
