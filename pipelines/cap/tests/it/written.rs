//! Captions by a language model: a real server process on loopback that answers as a script says, well and badly.

use serde_json::{Value, json};

use crate::campaign::{BEACH, Campaign, KITCHEN, LIMITS, SECS, TRAM, speech, spoken};
use crate::server::{Reply, Request, Server};

/// A good caption of each image, with nothing that nobody said.
const TRAM_CAPTION: &str = "A red tram with the number 28 on its front and a sign that says “Graça” crosses a wet square in an old town. Its windows \
    are full of people who look outside. To the left a woman in a long blue coat holds a bright yellow umbrella. Behind the tram there is a church with a \
    green roof and a tower with a golden clock that shows ten past four. Two bicycles, one of them black and the other orange, lean against a lamp \
    post, and a small brown dog sits beside them. Three pigeons walk on the cobblestones. A shop on the right has a wooden door under a sign that reads \
    “Padaria” in black letters, and its window shows bread and cakes on three shelves. White houses with balconies stand in the background under dark clouds.";
const KITCHEN_CAPTION: &str = "A kitchen has a large wooden table in the middle. On the table there are five plates, a bowl of green apples and a glass jug \
    filled with water. Four chairs with blue cushions stand around the table, and a black cat sleeps on one of them. The wall behind the table is covered \
    with white tiles, and copper pans hang from a metal bar. To the left there is a window with red curtains through which the sun shines on the floor. On the \
    window sill stand three pots with herbs. An old iron stove with a kettle stands on the right, under a clock that shows half past seven.";

fn said(text: &str) -> Value {
    json!({
        "model": "script-1",
        "choices": [{ "index": 0, "message": { "role": "assistant", "content": text }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 300, "completion_tokens": 150 },
    })
}

/// What the scripted model says: of the kitchen first a number that nobody said and then the right text; of the beach always
/// in the first person.
fn answer(request: &Request) -> Reply {
    let messages = request.body["messages"].as_array().cloned().unwrap_or_default();
    let transcripts =
        messages.get(1).and_then(|message| message["content"].as_str()).unwrap_or_default().to_owned();
    let is_again = messages.len() > 2;
    let text = match () {
        () if transcripts.contains("tram") => TRAM_CAPTION.to_owned(),
        () if transcripts.contains("kitchen") && is_again => KITCHEN_CAPTION.to_owned(),
        () if transcripts.contains("kitchen") => KITCHEN_CAPTION.replace("five plates", "six plates"),
        () => format!("I see a beach. {KITCHEN_CAPTION}"),
    };
    Reply::json(200, &said(&text))
}

fn campaign(server: &Server) -> Option<Campaign> {
    let speech = speech()?;
    let mut campaign = Campaign::new();
    for (n, text) in TRAM.iter().enumerate() {
        let recording = spoken(&speech, SECS, 0.80 + n as f64 * 0.07, 1.0);
        campaign
            .take(&format!("tram-{n}"), "tram", &recording, text, |line| line["phase"] = json!("several"));
    }
    campaign.take("kitchen", "kitchen", &spoken(&speech, SECS, 1.05, 1.0), KITCHEN, |_| {});
    campaign.take("beach", "beach", &spoken(&speech, SECS, 1.12, 1.0), BEACH, |_| {});
    campaign.write(&format!(
        "[build.cap]\naudio = \"none\"\n{LIMITS}[engines.chat]\nurl = \"{}/v1\"\nmodel = \"script\"\nrevision = \"1\"\nstream = false\n",
        server.address
    ));
    Some(campaign)
}

#[test]
fn answers_are_checked_asked_again_remembered_and_accounted_for() {
    let server = Server::start(answer);
    let Some(campaign) = campaign(&server) else { return };
    let build = ["build", "--campaign", "campaign.toml"];
    let ran = campaign.run(&build);
    assert_eq!(ran.code, 0, "{ran:?}");
    // One for the tram, two for the kitchen, three for the beach.
    assert_eq!(server.asked().len(), 6);
    assert!(server.asked().iter().all(|request| request.path == "/v1/chat/completions"));
    let again =
        server.asked().into_iter().filter(|request| request.body.to_string().contains("found: six")).count();
    assert_eq!(again, 1, "the second question says what was wrong");

    let waiting = campaign.waiting();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert_eq!(
        (&waiting[0]["what"], &waiting[0]["faults"][0]["reason"]),
        (&json!("caption"), &json!("caption_first_person"))
    );
    let files = campaign.files("cap");
    let manifest = &files.iter().find(|(name, _)| name == "manifest.json").expect("a manifest").1;
    let manifest: Value = serde_json::from_slice(manifest).expect("JSON");
    let counted = |name: &str| manifest["counters"][name].as_u64();
    assert_eq!((counted("written_by_merge"), counted("written_by_polish")), (Some(1), Some(1)));
    assert_eq!((counted("answers_of_text_models"), counted("answers_of_vision_models")), (Some(3), Some(0)));

    // The same again costs nothing, also anew from the beginning, and gives the same bytes.
    std::fs::remove_dir_all(campaign.data().join("shards")).expect("the dataset goes");
    let ran = campaign.run(&build);
    assert_eq!((ran.code, server.asked().len()), (0, 6), "{ran:?}");
    assert!(campaign.files("cap") == files);

    // The ledger has every call; one of a model that saw an image and wrote prose stops the build.
    let ledger = campaign.data().join("ledgers/cap.jsonl");
    let calls: Vec<Value> = std::fs::read_to_string(&ledger)
        .expect("a ledger")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    assert_eq!(calls.len(), 6);
    assert!(calls.iter().all(|entry| entry["call"]["input"] == json!("text")));
    let ledger_of = |path: &std::path::Path| {
        pixmo_engines::ledger::Ledger::open(path, Box::new(|| "2026-11-30T16:40:00Z".to_owned()))
            .expect("a ledger")
    };
    ledger_of(&ledger)
        .note(pixmo_engines::ledger::Call {
            engine: "chat".to_owned(),
            model: "a vision-language model".to_owned(),
            input: pixmo_engines::ledger::Modality::Image,
            ended: "answered".to_owned(),
            ..Default::default()
        })
        .expect("one more call");
    let ran = campaign.run(&build);
    assert!(ran.code == 1 && ran.err.contains("free of vision-language models"), "{ran:?}");
}

#[test]
fn a_server_that_is_down_loses_nothing_and_the_build_goes_on_later() {
    let server = Server::start(answer);
    let Some(campaign) = campaign(&server) else { return };
    let file = campaign.folder.path().join("campaign.toml");
    let text = std::fs::read_to_string(&file).expect("a campaign file");
    let address = format!("{}/v1", server.address);
    // Nobody listens there.
    let down = text.replace(&address, "http://127.0.0.1:9/v1") + "retry = { attempts_max = 1 }\n";
    std::fs::write(&file, down).expect("a campaign file");
    let ran = campaign.run(&["build", "--campaign", "campaign.toml"]);
    assert!(ran.code == 3 && ran.err.contains("the language model stopped answering"), "{ran:?}");
    std::fs::write(&file, text).expect("a campaign file");
    let ran = campaign.run(&["build", "--campaign", "campaign.toml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}
