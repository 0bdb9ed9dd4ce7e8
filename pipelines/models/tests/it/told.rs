//! What a person is told: lists, facts, and what went wrong.

use crate::bench::{Bench, sha256};
use crate::server::{Mood, Server, content};

#[test]
fn the_list_says_what_there_is_and_what_is_here() {
    let bench = Bench::new();
    bench.write("data/models/ggml-tiny.en.bin", b"a file");
    bench.write("data/models/.ggml-base.bin.part", &[0; 2048]);
    let run = bench.run("list").good();
    assert_eq!(run.out.lines().count(), 31 + 12);
    let line = |name: &str| {
        let found = run.out.lines().find(|line| line.split_whitespace().next() == Some(name));
        found.unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("tiny"), "tiny speech 74.1 MiB MIT Whisper, 99 languages, 16-bit weights");
    assert!(line("tiny.en").ends_with("[a file of 6 bytes is here]") || line("tiny.en").contains("is here]"));
    assert!(line("base").ends_with("are here]"), "{}", line("base"));
    assert!(line("ultraface-rfb-640").contains("`--sha256`"));
    assert_eq!(line("molmo-72b"), "molmo-72b molmo 73.3B par. Apache-2.0 Molmo on Qwen2-72B, with CLIP");
    assert!(run.err.contains("data/models"));
    let run = bench.run("list --json").good();
    let first: serde_json::Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["model"]["name"], &first["model"]["bytes"], &first["here"]),
        (&"tiny".into(), &77_691_713.into(), &"no".into())
    );
}

#[test]
fn one_model_is_shown_with_all_that_is_known() {
    let bench = Bench::new();
    let run = bench.run("show tiny.en-q8_0").good();
    for word in [
        "43,550,795 bytes",
        "5bc2b3860aa151a4c6e7bb095e1fcce7cf12c7b020ca08dcec0c6d018bb7dd94",
        "MIT",
        "huggingface.co/ggerganov/whisper.cpp",
        "not here",
    ] {
        assert!(run.out.contains(word), "`{word}` is not in:\n{}", run.out);
    }
    bench.write("data/models/ggml-tiny.en-q8_0.bin", b"another");
    let run = bench.run("show tiny.en-q8_0");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("another file than the list names"), "{}", run.out);
    bench.run("show tiny.em").bad(2, &["there is no model `tiny.em`", "`tiny`"]);
}

#[test]
fn what_went_wrong_is_told_with_what_to_do() {
    let bench = Bench::new();
    bench.run("fetch large").bad(2, &["there is no model `large`", "did you mean `large-v3`"]);
    bench.run("fetch ultraface-rfb-640").bad(2, &["names no hash", "nobody vouches", "--sha256"]);
    bench.run("fetch tiny --sha256 abc").bad(2, &["`--sha256` cannot be `abc`", "64 hexadecimal digits"]);
    bench.run(&format!("fetch tiny --sha256 {}", sha256())).bad(2, &["the list names another hash"]);
    bench
        .run(&format!("fetch ../x --address http://127.0.0.1:1/ --sha256 {}", sha256()))
        .bad(2, &["cannot be the name"]);
    bench.run("fetch m.bin --address http://127.0.0.1:1/").bad(2, &["--sha256"]);
    bench.run("fetch tiny --no-origin").bad(2, &["nobody to ask", "--mirror"]);
    bench.run("fetch").bad(2, &["missing"]);
    bench.write("bad.toml", b"[models]\nmirror = \"x\"\n");
    bench.run("fetch tiny --campaign bad.toml").bad(2, &["unknown key `mirror`", "mirrors"]);
    bench.write("bad.toml", b"[models]\nstall_secs = 0.0\n");
    bench.run("fetch tiny --campaign bad.toml").bad(2, &["read_secs", "[models]"]);
    let gone = Server::start(Mood { status: Some(404), ..Mood::default() });
    let lying = Server::start(Mood { lies: true, ..Mood::default() });
    let run = bench.fetch(&format!("--mirror {} --address {}", gone.folder(), lying.url()));
    let run = run.bad(3, &["client_error: status 404", "hash_mismatch", "--mirror"]);
    assert!(!run.err.contains("run the same command again"), "{}", run.err);
    bench.fetch(&format!("--address {}", lying.url())).bad(3, &["the sha256 that is wanted is", &sha256()]);
    assert!(!bench.path("data/models/m.bin").exists());
    assert_eq!(bench.part(), 0, "nothing wrong is kept");
    // The folder of models is a file.
    bench.write("file", &content()[..3]);
    bench
        .run(&format!("fetch m.bin --address {} --sha256 {} --into file", lying.url(), sha256()))
        .bad(3, &["cannot"]);
}
