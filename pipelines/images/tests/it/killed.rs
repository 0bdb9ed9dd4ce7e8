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
    let server = Server::start(answer);
    let bench = Bench::new();
    let lines: Vec<String> = (0..ROWS).map(|number| server.url(&format!("/{}.jpg", number % 100))).collect();
    bench.list("urls.txt", &lines);
    bench.fetch("urls.txt --shards 5 --into whole --store whole-store").expect(0);
    let expected = contents(&bench.path("whole"));
    let originals = contents(&bench.path("whole-store"));
    assert_eq!(originals.len(), 80);
    server.forget();
    let flags =
        "fetch --campaign campaign.toml --progress none urls.txt --shards 5 --into torn --store torn-store";
    let mut asked_when_killed = 0;
    for kill_at in [20, 50, 90] {
        let mut child = bench.command(flags).spawn().expect("the program runs");
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
    let said = bench.run(flags).expect(0);
    assert_eq!(contents(&bench.path("torn")), expected, "{}", said.stderr);
    let torn = contents(&bench.path("torn-store"));
    let is_original = |(name, _): &(&std::path::PathBuf, &Vec<u8>)| !name.starts_with(".work");
    assert!(torn.iter().filter(is_original).eq(originals.iter().filter(is_original)));
}
