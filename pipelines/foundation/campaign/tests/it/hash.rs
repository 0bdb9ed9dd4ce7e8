//! The hash is of what the settings say, not of how they are written.

use std::path::Path;

use pixmo_campaign::Campaign;

fn campaign(text: &str) -> Campaign {
    Campaign::parse(Path::new("campaign.toml"), text.to_owned()).expect("good TOML")
}

#[test]
fn the_way_of_writing_does_not_count() {
    let one = "[campaign]\nseed = 16 # of everything\nname = \"a\"\n\n[build.docs]\nshards = 1_000\nfonts = ['x']\n";
    let two =
        "campaign = { name = 'a', seed = 0x10 }\n[build]\ndocs.fonts = [\n  \"x\",\n]\ndocs.shards = 1000\n";
    assert_eq!(campaign(one).hash(), campaign(two).hash());
    assert_eq!(campaign(one).section_hash("build.docs"), campaign(two).section_hash("build.docs"));
}

#[test]
fn every_value_and_every_place_counts() {
    let texts = [
        "",
        "[a]\n",
        "[a]\nx = 1\n",
        "[a]\nx = 2\n",
        "[a]\nx = 1.0\n",
        "[a]\nx = '1'\n",
        "[a]\nx = true\n",
        "[a]\nx = [1]\n",
        "[a]\nx = []\n",
        "[a]\nx = [[]]\n",
        "[a]\nx = [1, 2]\n",
        "[a]\nx = [2, 1]\n",
        "[a]\nx = ['1', '2']\n",
        "[a]\nx = ['1k2']\n",
        "[a]\nx = {}\n",
        "[a]\ny = 1\n",
        "[b]\nx = 1\n",
        "[a]\n[b]\nx = 1\n",
        "[a.b]\nx = 1\n",
        "[a]\nx = 2026-03-02\n",
        "[a]\nx = '2026-03-02'\n",
        "[a]\nx = inf\n",
        "[a]\nx = -inf\n",
    ];
    let mut hashes: Vec<String> = texts.iter().map(|text| campaign(text).hash()).collect();
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), texts.len());
}

#[test]
fn no_file_hashes_as_an_empty_one_and_a_section_only_as_itself() {
    assert_eq!(Campaign::none().hash(), campaign("# nothing\n").hash());
    let (one, two) = (campaign("[a]\nx = 1\n"), campaign("[a]\nx = 1\n[b]\n"));
    assert_ne!(one.hash(), two.hash());
    assert_eq!(one.section_hash("a"), two.section_hash("a"));
    assert_eq!(one.section_hash("b"), None);
}

/// Manifests keep this hash, so it must never change. Recomputed here from the bytes that the format states.
#[test]
fn the_hash_of_a_known_file_stays() {
    // One table with one key `a`, holding a table with one key `x`, holding the whole number 1:
    let mut bytes = Vec::new();
    for (tag, count, text) in
        [(b't', 1_u64, ""), (b'k', 1, "a"), (b't', 1, ""), (b'k', 1, "x"), (b'i', 1, "1")]
    {
        bytes.push(tag);
        bytes.extend(count.to_le_bytes());
        bytes.extend(text.bytes());
    }
    assert_eq!(campaign("[a]\nx = 1\n").hash(), blake3::hash(&bytes).to_hex().to_string());
}
