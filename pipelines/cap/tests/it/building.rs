//! From a folder of takes to a finished dataset.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::campaign::{BEACH, Campaign, KITCHEN, LIMITS, SECS, TRAM, speech, spoken, wav};

/// Two phases, and takes that break every rule that takes can break.
fn campaign(speech: &[i16]) -> Campaign {
    let mut campaign = Campaign::new();
    let several = |line: &mut Value| line["phase"] = json!("several");
    let of = |speed: f64| spoken(speech, SECS, speed, 1.0);
    for (n, text) in TRAM.iter().enumerate() {
        campaign.take(&format!("tram-{n}"), "tram", &of(0.80 + n as f64 * 0.07), text, several);
    }
    campaign.take("kitchen", "kitchen", &of(1.05), KITCHEN, |line| {
        line["consent"]["scopes"] = json!(["publish-text"]);
        line["recorded_at"] = json!("2026-11-30T16:40:00Z");
    });
    campaign.take("beach", "beach", &of(1.12), BEACH, |line| {
        line["transcript"]["corrected"] = json!(BEACH.replace("wooden boat", "small wooden boat"));
    });
    // Bad ones, each about an image of its own.
    let long = |seed: &str| format!("{} {seed}", KITCHEN.replace("kitchen", "room"));
    let fine = |_: &mut Value| {};
    campaign.take("copy", "copy", &of(1.19), &long("and that is all"), fine);
    campaign.take("same-audio", "same-audio", &of(1.12), &text(1), fine);
    campaign.take("same-sound", "same-sound", &spoken(speech, SECS - 8.0, 1.12, 0.8), &text(2), fine);
    campaign.take("short", "short", &spoken(speech, 80.0, 1.26, 1.0), &text(3), fine);
    campaign.take("few", "few", &of(1.26), "a dog on the grass", fine);
    campaign.take("fast", "fast", &of(1.26), &[text(4), text(5), text(6), text(7)].join(" "), fine);
    campaign.take("circles", "circles", &of(1.26), &"thank you for watching this video ".repeat(25), fine);
    campaign.take("foreign", "foreign", &of(1.26), &text(8), |line| line["language"] = json!("de"));
    campaign
        .take("no-consent", "no-consent", &of(1.26), &text(9), |line| line["consent"]["scopes"] = json!([]));
    campaign.take("gold", "gold", &of(1.26), &text(10), |line| line["gold"] = json!(true));
    campaign.take("erased", "erased", &of(1.26), &text(11), fine);
    campaign.take("silent", "silent", &wav(vec![0; 1_600_000]), &text(12), fine);
    campaign.take("noise", "noise", b"this is no recording at all, but text", &text(13), fine);
    campaign.take("gone", "gone", &of(1.26), &text(14), |line| {
        line["audio"]["sha256"] = json!("00".repeat(32));
    });
    campaign.take("unheard", "unheard", &of(1.26), "", |line| line["transcript"] = json!({}));
    let erased = campaign.data().join("annotations");
    std::fs::create_dir_all(&erased).expect("a folder");
    std::fs::write(erased.join("erased.jsonl"), "{\"take\":\"erased\",\"at\":\"2026-11-30T18:00:00Z\"}\n")
        .expect("tombstones");
    campaign
}

/// A text of about 120 words that has no row of five words in common with another one.
fn text(seed: usize) -> String {
    let things = [
        "tree", "house", "river", "stone", "bird", "cloud", "fence", "road", "bench", "lamp", "door", "roof",
        "horse",
    ];
    let looks =
        ["small", "tall", "dark", "bright", "broken", "round", "narrow", "wooden", "golden", "empty", "wet"];
    let sentence = |n: usize| {
        let pick = |list: &[&'static str], by: usize| list[(seed * 31 + n * by + seed * seed) % list.len()];
        format!(
            "The {} {} stands beside the {} {} of this place.",
            pick(&looks, 3),
            pick(&things, 5),
            pick(&looks, 7),
            pick(&things, 11)
        )
    };
    (0..13).map(sentence).collect::<Vec<_>>().join(" ")
}

fn reasons(waiting: &[Value]) -> BTreeMap<String, String> {
    let name = |item: &Value| item["take"].as_str().or(item["url"].as_str()).unwrap_or_default().to_owned();
    let reason = |item: &Value| match item["reason"].as_str() {
        Some(reason) => reason.to_owned(),
        None => item["faults"][0]["reason"].as_str().unwrap_or_default().to_owned(),
    };
    waiting.iter().map(|item| (name(item), reason(item))).collect()
}

#[test]
fn two_phases_become_captions_and_what_does_not_pass_waits_with_its_reason() {
    let Some(speech) = speech() else { return };
    let campaign = campaign(&speech);
    campaign.write(LIMITS);
    let build = ["build", "--campaign", "campaign.toml", "--no-llm", "--shards", "4"];
    let ran = campaign.run(&build);
    assert_eq!(ran.code, 0, "{ran:?}");

    let expected: BTreeMap<String, String> = [
        ("copy", "near_copy"),
        ("same-audio", "same_audio"),
        ("same-sound", "same_sound"),
        ("short", "speech_too_short"),
        ("few", "words_too_few"),
        ("fast", "speech_too_fast"),
        ("circles", "too_repetitive"),
        ("foreign", "language_unwanted"),
        ("no-consent", "consent_missing"),
        ("silent", "speech_too_short"),
        ("noise", "audio_unreadable"),
        ("gone", "audio_missing"),
        ("unheard", "transcript_missing"),
    ]
    .map(|(take, reason)| (take.to_owned(), reason.to_owned()))
    .into();
    assert_eq!(reasons(&campaign.waiting()), expected);

    let files = campaign.files("cap");
    let manifest = files.iter().find(|(name, _)| name == "manifest.json").expect("a manifest");
    let manifest: Value = serde_json::from_slice(&manifest.1).expect("JSON");
    assert_eq!(manifest["rows"], json!(3), "{manifest:#}");
    let counted = |name: &str| manifest["counters"][name].as_u64().unwrap_or_default();
    assert_eq!((counted("transcripts"), counted("recordings"), counted("written_by_rules")), (5, 4, 3));
    assert_eq!((counted("receipts_imported"), counted("answers_of_vision_models")), (5, 0));
    let drops: u64 = manifest["drops"].as_object().expect("drops").values().filter_map(Value::as_u64).sum();
    assert_eq!(drops, 15, "{}", manifest["drops"]);
    assert_eq!(
        (manifest["drops"]["erased"].clone(), manifest["drops"]["gold"].clone()),
        (json!(1), json!(1))
    );

    // Again nothing is done, and with other workers and other shards at a time the bytes are the same.
    let again = campaign.run(&build);
    assert_eq!((again.code, campaign.files("cap") == files), (0, true), "{again:?}");
    std::fs::remove_dir_all(campaign.data().join("shards")).expect("the dataset goes");
    std::fs::remove_dir_all(campaign.data().join("cache")).expect("what was measured goes");
    for only in ["2", "0-1", "3"] {
        let ran = campaign.run(&[&build[..], &["--only", only, "--jobs", "1"]].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let ran = campaign.run(&build);
    assert_eq!((ran.code, campaign.files("cap") == files), (0, true), "{ran:?}");
}

#[test]
fn a_person_decides_and_the_shard_is_made_again() {
    let Some(speech) = speech() else { return };
    let mut campaign = Campaign::new();
    let recording = |speed| spoken(&speech, SECS, speed, 1.0);
    campaign.take("beach", "beach", &recording(0.9), BEACH, |_| {});
    campaign.take("few", "few", &recording(1.0), &BEACH[..BEACH.len() / 2], |_| {});
    campaign.write(LIMITS);
    let build = ["build", "--campaign", "campaign.toml", "--no-llm"];
    assert_eq!(campaign.run(&build).code, 0);
    let waiting = reasons(&campaign.waiting());
    assert_eq!(waiting.into_iter().collect::<Vec<_>>(), [("few".to_owned(), "words_too_few".to_owned())]);

    let image = pixmo_schemas::Sha256::of(b"few");
    let decisions = campaign.data().join("review/cap/decisions.jsonl");
    let decide = |text: &str| std::fs::write(&decisions, text).expect("decisions");
    decide("{\"take\":\"few\",\"waive\":[\"consent_missing\"],\"by\":\"r-1\"}\n");
    let ran = campaign.run(&build);
    assert!(ran.code == 2 && ran.err.contains("`consent_missing` cannot be waived"), "{ran:?}");
    decide(&format!(
        "{{\"take\":\"few\",\"waive\":[\"words_too_few\",\"near_copy\"],\"by\":\"r-1\"}}\n{{\"image\":\"{image}\",\"waive\":[\"caption_too_short\"],\"by\":\"r-1\"}}\n"
    ));
    let ran = campaign.run(&build);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(campaign.waiting().len(), 0);
    let manifest =
        std::fs::read_to_string(campaign.data().join("shards/cap/manifest.json")).expect("a manifest");
    assert!(manifest.contains("\"rows\": 2"), "{manifest}");

    // A tombstone takes the row away again.
    std::fs::write(campaign.data().join("annotations/erased.jsonl"), "{\"take\":\"few\"}\n")
        .expect("a tombstone");
    let ran = campaign.run(&build);
    assert_eq!(ran.code, 0, "{ran:?}");
    let manifest =
        std::fs::read_to_string(campaign.data().join("shards/cap/manifest.json")).expect("a manifest");
    assert!(manifest.contains("\"rows\": 1") && manifest.contains("\"erased\": 1"), "{manifest}");
}

#[test]
fn recordings_of_ones_own_come_by_a_list() {
    let Some(speech) = speech() else { return };
    let campaign = Campaign::new();
    let folder = campaign.folder.path().join("recordings");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("a.wav"), spoken(&speech, SECS, 0.9, 1.0)).expect("a recording");
    std::fs::write(folder.join("b.wav"), spoken(&speech, SECS, 1.1, 1.0)).expect("a recording");
    let head = "file,image_url,image_sha256,person,phase,consent_version,scopes,transcript";
    let line = |file: &str, image: u8, text: &str| {
        let hash = pixmo_schemas::Sha256::of(&[image]);
        format!(
            "{file},https://images.example/{image}.jpg,{hash},p-1,single,1,publish-text publish-audio,\"{text}\""
        )
    };
    let list = campaign.folder.path().join("list.csv");
    std::fs::write(&list, [head, &line("a.wav", 1, BEACH), &line("c.wav", 2, KITCHEN)].join("\n"))
        .expect("a list");
    campaign.write(LIMITS);
    std::fs::remove_file(campaign.data().join("annotations/cap/2026-11-30.jsonl")).expect("no annotations");
    let build =
        ["build", "--campaign", "campaign.toml", "--no-llm", "--takes", "recordings", "--list", "list.csv"];
    let ran = campaign.run(&build);
    assert!(ran.code == 2 && ran.err.contains("there is no recording `recordings/c.wav`"), "{ran:?}");
    std::fs::write(&list, [head, &line("a.wav", 1, BEACH), &line("b.wav", 2, KITCHEN)].join("\n"))
        .expect("a list");
    let ran = campaign.run(&build);
    assert_eq!(ran.code, 0, "{ran:?}");
    let manifest =
        std::fs::read_to_string(campaign.data().join("shards/cap/manifest.json")).expect("a manifest");
    assert!(manifest.contains("\"receipts_imported\": 2") && manifest.contains("\"rows\": 2"), "{manifest}");
}

#[test]
fn what_cannot_work_is_said_before_anything_is_written() {
    let campaign = Campaign::new();
    campaign.write("");
    let ran = campaign.run(&["build", "--campaign", "campaign.toml", "--no-llm"]);
    assert!(ran.code == 2 && ran.err.contains("there are no takes in"), "{ran:?}");
    let ran = campaign.run(&["build", "--campaign", "campaign.toml"]);
    assert!(ran.code == 2 && ran.err.contains("--no-llm"), "{ran:?}");
    for (setting, says) in [
        ("takes_min = 0", "`takes_min` of [build.cap] is 0"),
        ("take = { near_copy_max = 2.0 }", "`take.near_copy_max` of [build.cap] is 2"),
        ("receipts = \"required\"", "no log is named"),
        ("takes = \"x\"", "belong together"),
        ("captions = 1", "unknown key `captions`"),
    ] {
        campaign.write(&format!("[build.cap]\n{setting}\n"));
        let ran = campaign.run(&["build", "--campaign", "campaign.toml", "--no-llm"]);
        assert!(ran.code == 2 && ran.err.contains(says), "{setting}: {ran:?}");
    }
    campaign.write("");
    let line = "{\"take\":\"x\"}\n";
    std::fs::write(campaign.data().join("annotations/cap/2026-12-01.jsonl"), line).expect("annotations");
    let ran = campaign.run(&["build", "--campaign", "campaign.toml", "--no-llm"]);
    assert!(
        ran.code == 2 && ran.err.contains("line 1 of") && ran.err.contains("missing field `status`"),
        "{ran:?}"
    );
    assert!(!campaign.data().join("shards").exists());
}
