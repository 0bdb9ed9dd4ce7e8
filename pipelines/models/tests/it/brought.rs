//! Files that come, on whatever way.

use crate::bench::{Bench, sha256};
use crate::server::{Mood, Server, content};

#[test]
fn a_file_comes_whole_and_is_not_asked_for_again() {
    let (bench, server) = (Bench::new(), Server::start(Mood::default()));
    let words = format!("--address {}", server.url());
    let run = bench.fetch(&words).good();
    assert_eq!(run.out.trim(), "data/models/m.bin");
    assert!(run.err.contains("m.bin: size unknown from http://127.0.0.1"), "{}", run.err);
    bench.has_it();
    let run = bench.fetch(&words).good();
    assert_eq!((run.out.trim(), server.asked().len()), ("data/models/m.bin", 1));
}

#[test]
fn a_server_that_cuts_in_the_middle_is_asked_for_the_rest() {
    let bench = Bench::new();
    let server = Server::start(Mood { cut_after: Some(700_000), ..Mood::default() });
    bench.fetch(&format!("--address {}", server.url())).good();
    bench.has_it();
    assert_eq!(server.asked(), ["/m.bin 0", "/m.bin 700000", "/m.bin 1400000"]);
}

#[test]
fn a_run_goes_on_where_another_gave_up() {
    let bench = Bench::new();
    let dying = Server::start(Mood { cut_after: Some(50_000), ..Mood::default() });
    let run = bench.fetch(&format!("--address {}", dying.url()));
    run.bad(
        3,
        &["cannot fetch the model `m.bin`", "closed", "have come and are kept", "run the same command again"],
    );
    // So little is no progress, and three attempts of that are enough.
    assert_eq!((bench.part(), dying.asked().len()), (150_000, 3));
    assert!(!bench.path("data/models/m.bin").exists());
    let good = Server::start(Mood::default());
    let run = bench.fetch(&format!("--address {}", good.url())).good();
    assert!(run.err.contains("146.5 KiB are here already"), "{}", run.err);
    assert_eq!(good.asked(), ["/m.bin 150000"]);
    bench.has_it();
}

#[test]
fn a_server_that_ignores_ranges_gives_it_from_the_beginning() {
    let (bench, server) = (Bench::new(), Server::start(Mood { ignores_ranges: true, ..Mood::default() }));
    bench.write("data/models/.m.bin.part", &content()[..900_000]);
    bench.fetch(&format!("--address {}", server.url())).good();
    bench.has_it();
    assert_eq!(server.asked(), ["/m.bin 900000"]);
}

#[test]
fn what_was_kept_need_not_be_trusted() {
    for kept in [vec![0; 500_000], vec![0; 2_000_000], vec![0; 3_000_000]] {
        let (bench, server) = (Bench::new(), Server::start(Mood::default()));
        bench.write("data/models/.m.bin.part", &kept);
        bench.fetch(&format!("--address {}", server.url())).good();
        bench.has_it();
    }
}

#[test]
fn mirrors_come_first_and_the_list_last() {
    let (down, lying) =
        (Mood { status: Some(503), ..Mood::default() }, Mood { lies: true, ..Mood::default() });
    let (down, lying, good) = (Server::start(down), Server::start(lying), Server::start(Mood::default()));
    let bench = Bench::new();
    let run = bench.fetch(&format!(
        "--mirror {} --mirror {} --address {}",
        down.folder(),
        lying.folder(),
        good.url()
    ));
    run.good();
    bench.has_it();
    assert_eq!((down.asked().len(), lying.asked().len(), good.asked().len()), (3, 1, 1));
    // The other way round: the address is dead, and a mirror lives.
    let bench = Bench::new();
    let mirror = format!("{}/{{sha256}}/{{file}}", good.folder());
    let run = bench.fetch(&format!("--mirror {mirror} --address http://127.0.0.1:1/m.bin"));
    run.good();
    bench.has_it();
    assert_eq!(good.asked()[1], format!("/{}/m.bin 0", sha256()));
}

#[test]
fn redirects_are_followed_and_parts_asked_for_behind_them() {
    let good = Server::start(Mood { cut_after: Some(1_500_000), ..Mood::default() });
    let door = Server::start(Mood { redirect: Some(good.address), ..Mood::default() });
    let bench = Bench::new();
    bench.fetch(&format!("--address {}", door.url())).good();
    bench.has_it();
    assert_eq!(good.asked(), ["/m.bin 0", "/m.bin 1500000"]);
}

#[test]
fn a_folder_takes_the_place_of_the_network() {
    let bench = Bench::new();
    let name = "version-RFB-320.onnx";
    bench.write(&format!("usb/{name}"), b"not this one");
    let run = bench.run("fetch ultraface-rfb-320 --from usb");
    run.bad(1, &["another file", "34cd7e60aeff28744c657de7a3dc64e872d506741de66987f3426f2b79f88017"]);
    assert!(!bench.path("data/models").join(name).exists());
    // A model of which the list names no hash is taken with the hash that is given.
    bench.write("usb/version-RFB-640.onnx", &content());
    let words = format!("fetch ultraface-rfb-640 --from usb --sha256 {}", sha256());
    let run = bench.run(&words).good();
    assert_eq!(run.out.trim(), "data/models/version-RFB-640.onnx");
    assert_eq!(std::fs::read(bench.path(run.out.trim())).unwrap(), content());
    let run = bench.run("fetch tiny --from usb");
    run.bad(2, &["cannot read `ggml-tiny.bin` from the folder"]);
}

#[test]
fn a_file_that_is_damaged_here_is_replaced_once_the_right_one_has_come() {
    let (bench, server) = (Bench::new(), Server::start(Mood::default()));
    bench.write("data/models/m.bin", b"damaged");
    bench.fetch("--address http://127.0.0.1:1/m.bin").bad(3, &["is another one", "refused"]);
    assert_eq!(std::fs::read(bench.path("data/models/m.bin")).unwrap(), b"damaged");
    bench.fetch(&format!("--address {}", server.url())).good();
    bench.has_it();
}

#[test]
fn objects_tell_the_same_as_lines() {
    let (bench, server) = (Bench::new(), Server::start(Mood::default()));
    let run = bench.fetch(&format!("--json --address {}", server.url())).good();
    let events: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events[0]["event"], "begun");
    let fetched = events.iter().find(|event| event["event"] == "fetched").unwrap();
    assert_eq!((&fetched["path"], &fetched["sha256"]), (&"data/models/m.bin".into(), &sha256().into()));
    assert_eq!(events.last().unwrap()["exit"], 0);
    assert_eq!(run.err, "");
}
