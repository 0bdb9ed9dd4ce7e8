//! Checkpoints of many files, from a hub on loopback, a mirror, a folder, and by a file of hashes.

use std::collections::BTreeMap;

use serde_json::json;
use sha1::Digest as _;

use crate::bench::Bench;
use crate::server::content;
use crate::shop::Shop;

const NAME: &str = "molmo-7b-d";
const REPOSITORY: &str = "allenai/Molmo-7B-D-0924";

/// A file of weights with one tensor of bytes.
fn weights(name: &str, bytes: &[u8]) -> Vec<u8> {
    let header = json!({ name: { "dtype": "U8", "shape": [bytes.len()], "data_offsets": [0, bytes.len()] } });
    let header = header.to_string();
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend_from_slice(header.as_bytes());
    file.extend_from_slice(bytes);
    file
}

fn files() -> BTreeMap<&'static str, Vec<u8>> {
    BTreeMap::from([
        ("README.md", b"# a model\n".to_vec()),
        ("config.json", b"{\"model_type\": \"molmo\"}\n".to_vec()),
        ("model-00001-of-00002.safetensors", weights("model.transformer.blocks.0.ff_out.weight", &content())),
        ("model-00002-of-00002.safetensors", weights("model.vision_backbone.pad_embed", &[7; 3000])),
        ("model.safetensors.index.json", b"{\"weight_map\": {}}\n".to_vec()),
        ("modeling_molmo.py", b"raise SystemExit\n".to_vec()),
    ])
}

/// Those of the files that a checkpoint has.
fn used() -> BTreeMap<&'static str, Vec<u8>> {
    files().into_iter().filter(|(name, _)| *name != "modeling_molmo.py").collect()
}

fn has_all(bench: &Bench) {
    for (name, bytes) in used() {
        assert!(std::fs::read(bench.path(&format!("data/models/{NAME}/{name}"))).unwrap() == bytes, "{name}");
    }
    assert!(!bench.path(&format!("data/models/{NAME}/modeling_molmo.py")).exists());
}

fn fetch(bench: &Bench, words: &str) -> crate::bench::Run {
    bench.run(&format!("fetch {NAME} --campaign c.toml {words}"))
}

#[test]
fn a_checkpoint_comes_from_a_hub_and_is_held_to_its_lock() {
    let (bench, shop) = (Bench::new(), Shop::start(REPOSITORY, files()));
    let trust = format!("--hub {} --trust-on-first-use", shop.url());
    let run = fetch(&bench, &trust).good();
    assert_eq!(run.out.trim(), format!("data/models/{NAME}"));
    assert!(run.err.contains("parameters, and the list says"), "{}", run.err);
    has_all(&bench);
    let lock = std::fs::read_to_string(bench.path(&format!("data/models/{NAME}/pixmo-lock.json"))).unwrap();
    let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
    assert_eq!((&lock["trust"], &lock["revision"]), (&"hub".into(), &shop.commit().into()));
    assert_eq!(lock["files"].as_object().unwrap().len(), 5);
    let of_config = hex::encode(sha2::Sha256::digest(&files()["config.json"]));
    assert_eq!(lock["files"]["config.json"]["sha256"], of_config);
    assert!(shop.asked().iter().all(|path| !path.contains(".py")), "{:?}", shop.asked());
    // Nothing is asked of the hub again, and one damaged file alone comes anew.
    let before = shop.asked().len();
    bench.write(&format!("data/models/{NAME}/config.json"), b"{}");
    fetch(&bench, &format!("--hub {}", shop.url())).good();
    assert_eq!(shop.asked()[before..].len(), 1, "{:?}", shop.asked());
    has_all(&bench);
    let shown = bench.run(&format!("show {NAME}")).good().out;
    for word in [
        shop.commit().as_str(),
        "the hub said so on first use",
        "whole",
        "2,003,000 parameters in 2 tensors",
        "model.vision_backbone",
    ] {
        assert!(shown.contains(word), "`{word}` is not in:\n{shown}");
    }
    let shown = bench.run(&format!("show data/models/{NAME} --tensors --json")).good().out;
    let shown: serde_json::Value = serde_json::from_str(shown.lines().next().unwrap()).unwrap();
    assert_eq!(shown["headers"]["tensors"][0]["shape"], json!([content().len()]));
}

#[test]
fn without_a_word_of_trust_nothing_is_asked() {
    let (bench, shop) = (Bench::new(), Shop::start(REPOSITORY, files()));
    let hub = format!("--hub {}", shop.url());
    fetch(&bench, &hub).bad(2, &["names no hashes", "--sha256-file", "--trust-on-first-use"]);
    fetch(&bench, &format!("{hub} --sha256 {}", "a".repeat(64))).bad(2, &["has several", "--sha256-file"]);
    bench.run("fetch tiny --trust-on-first-use").bad(2, &["is for checkpoints"]);
    fetch(&bench, "--no-origin --trust-on-first-use").bad(2, &["only the hub can be trusted"]);
    assert_eq!(shop.asked(), Vec::<String>::new());
    // A hub that does not know it, and one that has pickles alone.
    fetch(&bench, &format!("--hub {} --trust-on-first-use --revision other", shop.url()))
        .bad(3, &["does not say which files", "--revision"]);
    let pickles = BTreeMap::from([("pytorch_model.bin", vec![1, 2, 3])]);
    let shop = Shop::start(REPOSITORY, pickles);
    fetch(&bench, &format!("--hub {} --trust-on-first-use", shop.url()))
        .bad(1, &["no weights as safetensors", "pytorch_model.bin", "refs/pr/1"]);
    assert!(!bench.path(&format!("data/models/{NAME}")).exists());
}

#[test]
fn what_the_hub_gives_must_be_what_it_told() {
    let mut lying = files();
    let (bench, shop) = (Bench::new(), Shop::start(REPOSITORY, files()));
    lying.insert("config.json", b"{\"model_type\": \"other\"}\n".to_vec());
    shop.gives(lying);
    fetch(&bench, &format!("--hub {} --trust-on-first-use", shop.url()))
        .bad(3, &["cannot fetch `config.json`", "its name in Git is"]);
    let mut lying = files();
    lying.insert("model-00002-of-00002.safetensors", weights("model.vision_backbone.pad_embed", &[8; 3000]));
    shop.gives(lying);
    fetch(&bench, &format!("--hub {} --trust-on-first-use", shop.url())).bad(3, &["hash_mismatch"]);
    // What came whole before stays, and the rest is gone on with.
    shop.gives(files());
    fetch(&bench, &format!("--hub {}", shop.url())).good();
    has_all(&bench);
}

#[test]
fn a_file_of_hashes_and_mirrors() {
    let (bench, shop) = (Bench::new(), Shop::start(REPOSITORY, files()));
    let line =
        |(name, bytes): (&str, Vec<u8>)| format!("{}  {name}\n", hex::encode(sha2::Sha256::digest(bytes)));
    let sums: String = files().into_iter().map(line).collect();
    bench.write("sums.txt", sums.as_bytes());
    let mirror = format!("--no-origin --mirror {}/{{repository}}/resolve/{{revision}}/{{file}}", shop.url());
    fetch(&bench, &format!("{mirror} --sha256-file sums.txt --revision {}", shop.commit())).good();
    has_all(&bench);
    fetch(&bench, &format!("{mirror} --revision other")).bad(2, &["of the revision", "--into"]);
    bench.write("sums.txt", sums.replace("config.json", "generation_config.json").as_bytes());
    fetch(&bench, &format!("{mirror} --sha256-file sums.txt")).bad(
        1,
        &[
            "other hashes than were given",
            "`config.json` is not among",
            "`generation_config.json` is not in the lock",
        ],
    );
    bench.write("sums.txt", b"nothing");
    fetch(&Bench::new(), "--sha256-file sums.txt").bad(2, &["cannot use the file of hashes"]);
}

#[test]
fn a_folder_takes_the_place_of_the_hub() {
    let bench = Bench::new();
    for (name, bytes) in files() {
        bench.write(&format!("usb/{NAME}/{name}"), &bytes);
    }
    fetch(&bench, "--from usb --trust-on-first-use").good();
    has_all(&bench);
    let run = bench.run("list --json").good();
    let line = run.out.lines().find(|line| line.contains(REPOSITORY)).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["here"], &line["revision_here"]), (&"yes".into(), &"main".into()));
    // A cut file is found by its hash when shown, and by its header when it lies in any folder.
    let cut = &files()["model-00002-of-00002.safetensors"][..2000];
    bench.write(&format!("data/models/{NAME}/model-00002-of-00002.safetensors"), cut);
    bench.run(&format!("show {NAME}")).bad(1, &["no whole file of safetensors", "tells of"]);
    bench.write("empty/config.json", b"{}");
    bench.run("show empty").bad(2, &["no file `model….safetensors` lies in"]);
    fetch(&bench, "--from usb").good();
    has_all(&bench);
}
