//! Takes: pieces while somebody speaks, what becomes of them, and who is not let in.

use pixmo_schemas::Sha256;
use serde_json::{Value, json};

use crate::harness::{Campaign, Client, both};
use crate::voice::{Voice, transcript};

/// A campaign in which eleven seconds are enough.
pub(crate) fn short(settings: &mut pixmo_annotator::settings::Settings) {
    settings.kinds.cap.voiced_secs_min = Some(3.0);
    settings.kinds.cap.review_share = Some(0.0);
    // What is given back is not given to the next at once.
    settings.kinds.cap.duration_secs_max = Some(60.0);
}

/// An annotator with a spoken task in their hands.
pub(crate) async fn with_task(campaign: &mut Campaign, login: &str, image: u32) -> (Client, String) {
    let image = campaign.image(image).await;
    let payload = json!({ "phase": "single", "aspects": ["what", "where", "counts", "text", "position", "background", "details"] });
    campaign.tasks(&[json!({ "kind": "cap", "image": image, "payload": payload })]).await;
    let person = campaign.annotator(login).await;
    let next = person.post("/work/next", json!({ "kinds": ["cap"] })).await.ok();
    let assignment =
        next["assignment"]["id"].as_str().unwrap_or_else(|| panic!("no task: {next}")).to_owned();
    (person, assignment)
}

/// Hands a transcript in for the one take that waits.
pub(crate) async fn transcribe(campaign: &mut Campaign, text: &str) -> Value {
    let worker = campaign.stranger().with_bearer(&campaign.token("worker").await);
    let leased = worker.post("/jobs/lease", lease("ggml-small.bin")).await.ok();
    let job = &leased["jobs"][0];
    let sha256 = job["audio"]["sha256"].as_str().unwrap_or_else(|| panic!("no job: {leased}"));
    let done = json!({ "lease": job["lease"], "transcript": transcript(sha256, text) });
    let id = job["id"].as_str().unwrap();
    assert_eq!(worker.post(&format!("/jobs/{id}/done"), done.clone()).await.status, 204);
    assert_eq!(worker.post(&format!("/jobs/{id}/done"), done).await.status, 204, "the same again");
    leased
}

pub(crate) fn lease(model: &str) -> Value {
    json!({
        "kind": "transcribe", "worker": "test", "jobs_max": 1,
        "model": { "name": model, "sha256": "00".repeat(32) }
    })
}

both!(
    a_take_goes_from_the_first_piece_to_its_receipt,
    |settings| {
        super::short(settings);
    },
    campaign,
    {
        let (anna, assignment) = with_task(&mut campaign, "anna", 1).await;
        let mut voice = Voice::of_jfk();
        let take = voice.begin(&anna, &assignment).await;
        for number in 0..voice.pieces.len() {
            campaign.pass(1);
            let kept = voice.send(&anna, number).await.ok();
            assert_eq!(kept["pieces"], json!(number + 1));
            // The answer was lost.
            assert_eq!(voice.send(&anna, number).await.ok(), kept);
        }
        let shown = anna.get(&format!("/takes/{take}")).await.ok();
        assert_eq!((&shown["status"], &shown["pieces"]), (&json!("recording"), &json!(voice.pieces.len())));
        let finished = voice.finish(&anna).await.ok();
        assert_eq!(voice.finish(&anna).await.ok(), finished, "the same again is answered the same");
        assert_eq!((&finished["status"], &finished["late"]), (&json!("finished"), &json!(false)));
        assert_eq!(finished["problems"], json!([]));
        let measures = &finished["measures"];
        assert!((measures["duration_secs"].as_f64().unwrap() - 11.0).abs() < 0.01, "{measures}");
        assert!((5.0..11.0).contains(&measures["voiced_secs"].as_f64().unwrap()), "{measures}");

        // Exactly as it was recorded, and where `pixmo build cap` looks for it.
        let whole: Vec<u8> = voice.pieces.concat();
        let audio = anna.get(&format!("/takes/{take}/audio")).await;
        assert_eq!((audio.status, &audio.bytes), (200, &whole));
        let sha256 = finished["sha256"].as_str().unwrap();
        let path = campaign.folder().join(format!("store/takes/{}/{sha256}.wav", &sha256[..2]));
        assert_eq!(std::fs::read(path).unwrap(), whole);
        let part =
            anna.send_with("GET", &format!("/takes/{take}/audio"), None, &[("range", "bytes=8-11")]).await;
        assert_eq!((part.status, part.bytes.as_slice()), (206, &b"WAVE"[..]));
        assert_eq!(part.headers["content-range"], format!("bytes 8-11/{}", whole.len()).as_str());

        // Nothing is typed before a model has listened.
        let text = "And so, my fellow Americans, ask not what your country can do for you.";
        let corrected = json!({ "corrected": text });
        assert_eq!(
            anna.put(&format!("/takes/{take}/transcript"), corrected.clone()).await.refused(409),
            "no_transcript"
        );
        let leased = transcribe(&mut campaign, "and so my fellow americans").await;
        assert_eq!(leased["jobs"][0]["take"], json!(take));
        let corrected = anna.put(&format!("/takes/{take}/transcript"), corrected).await.ok();
        assert_eq!(corrected["transcript"]["raw"]["text"], json!("and so my fellow americans"));
        assert_eq!(corrected["transcript"]["corrected"], json!(text));

        let answer = json!({ "key": "key-of-anna", "answer": { "take": take } });
        anna.post(&format!("/assignments/{assignment}/submit"), answer).await.ok();
        let waiting = anna.get(&format!("/takes/{take}/receipt")).await.ok();
        assert!(waiting["status"] == "waiting" || waiting["status"] == "issued", "{waiting}");
        campaign.app().issue_receipts().await.unwrap();
        let receipt = anna.get(&format!("/takes/{take}/receipt")).await.ok();
        assert_eq!(
            (&receipt["status"], &receipt["what"], &receipt["leaf"]),
            (&json!("issued"), &json!("live"), &json!(0))
        );
        let statement = &receipt["statement"];
        let digest = |name: &str| {
            let subjects = statement["subject"].as_array().unwrap();
            subjects
                .iter()
                .find(|subject| subject["name"] == name)
                .map(|subject| subject["digest"]["sha256"].clone())
        };
        assert_eq!(digest("audio"), Some(json!(sha256)));
        assert_eq!(digest("transcript"), Some(json!(Sha256::of(text.as_bytes()).to_string())));
        assert_eq!(
            digest("transcript-raw"),
            Some(json!(Sha256::of(b"and so my fellow americans").to_string()))
        );
        assert_eq!(statement["predicate"]["person"], json!(anna.person));
        assert_eq!(
            statement["predicate"]["consent"]["scopes"],
            json!(["publish-audio", "publish-text", "work"])
        );
        // What was handed in is not changed any more.
        assert_eq!(anna.post(&format!("/takes/{take}/discard"), json!({})).await.refused(409), "not_open");
    }
);

both!(
    a_server_that_stops_while_somebody_speaks_goes_on_where_it_was,
    |settings| {
        super::short(settings);
    },
    campaign,
    {
        let (mut anna, assignment) = with_task(&mut campaign, "anna", 1).await;
        let mut voice = Voice::of_jfk();
        let take = voice.begin(&anna, &assignment).await;
        for number in 0..voice.pieces.len() {
            if number == 4 || number == 9 {
                campaign.stop().await;
                campaign.start().await;
                anna.moved_to(&campaign.address());
            }
            campaign.pass(1);
            voice.send(&anna, number).await.ok();
        }
        campaign.stop().await;
        campaign.start().await;
        anna.moved_to(&campaign.address());
        let current = anna.get("/work/current").await.ok();
        assert_eq!(current["assignments"][0]["takes"][0]["take"], json!(take));
        assert_eq!(current["assignments"][0]["takes"][0]["pieces"], json!(voice.pieces.len()));
        let finished = voice.finish(&anna).await.ok();
        assert_eq!((&finished["late"], &finished["problems"]), (&json!(false), &json!([])));
        // The spool is empty as soon as nobody speaks.
        let spool = campaign.folder().join("server/spool");
        let left: u64 =
            std::fs::read_dir(spool).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
        assert!(left <= 352_078 * 2, "{left}");
    }
);

both!(
    what_was_recorded_in_flight_mode_is_kept_and_says_so,
    |settings| {
        super::short(settings);
    },
    campaign,
    {
        let (anna, assignment) = with_task(&mut campaign, "anna", 1).await;
        let mut voice = Voice::of_jfk();
        let take = voice.begin(&anna, &assignment).await;
        campaign.pass(6 * 3600);
        for number in 0..voice.pieces.len() {
            voice.send(&anna, number).await.ok();
        }
        let finished = voice.finish(&anna).await.ok();
        assert_eq!((&finished["late"], &finished["problems"]), (&json!(true), &json!([])));
        transcribe(&mut campaign, "and so").await;
        let answer = json!({ "key": "key-of-anna", "answer": { "take": take } });
        let handed = anna.post(&format!("/assignments/{assignment}/submit"), answer).await.ok();
        assert_eq!(handed["status"], json!("submitted"), "somebody has to listen");
        campaign.app().issue_receipts().await.unwrap();
        let receipt = anna.get(&format!("/takes/{take}/receipt")).await.ok();
        assert_eq!((&receipt["status"], &receipt["what"]), (&json!("issued"), &json!("imported")));
        assert_eq!(receipt["statement"]["predicate"]["session"], Value::Null);
    }
);

both!(
    pieces_that_lie_are_refused_and_nothing_is_lost,
    |settings| {
        super::short(settings);
    },
    campaign,
    {
        let (anna, assignment) = with_task(&mut campaign, "anna", 1).await;
        let eve = campaign.annotator("eve").await;
        let path = format!("/assignments/{assignment}/takes");
        assert_eq!(anna.post(&path, json!({ "media_type": "image/png" })).await.refused(415), "media_type");
        assert_eq!(
            anna.post(&path, json!({ "media_type": "audio/../../etc" })).await.refused(415),
            "media_type"
        );
        assert_eq!(eve.post(&path, json!({ "media_type": "audio/wav" })).await.refused(404), "missing");
        let mut voice = Voice::of_jfk();
        let take = voice.begin(&anna, &assignment).await;
        // Another type than was said; too large; no hash; another's; one that is none.
        let mut png = voice.clone();
        png.pieces[0] = b"\x89PNG\r\n\x1a\n0123456789".to_vec();
        assert_eq!(png.send(&anna, 0).await.refused(415), "not_recording_type");
        let mut huge = voice.clone();
        huge.pieces[0].resize(800 << 10, 0);
        assert_eq!(huge.send(&anna, 0).await.refused(413), "too_large");
        let no_hash = anna
            .send("PUT", &format!("/takes/{take}/pieces/0"), Some(("application/octet-stream", vec![1])))
            .await;
        assert_eq!(no_hash.refused(422), "invalid");
        assert_eq!(voice.send(&eve, 0).await.refused(404), "missing");
        for wrong in ["t-none", "..%2F..%2Fetc", "t-none%00"] {
            let path = format!("/takes/{wrong}/pieces/0");
            let chain = "00".repeat(32);
            let sent = anna
                .send_with(
                    "PUT",
                    &path,
                    Some(("application/octet-stream", vec![1])),
                    &[("x-piece-chain", &chain)],
                )
                .await;
            assert_eq!(sent.refused(404), "missing", "{wrong}");
        }
        assert_eq!(voice.send(&anna, 1).await.refused(409), "out_of_order");
        voice.send(&anna, 0).await.ok();
        assert_eq!(voice.send(&eve, 1).await.refused(404), "missing");
        let mut changed = voice.clone();
        changed.pieces[1][100] ^= 1;
        let ours = voice.chain(1);
        let refused = changed.send_as(&anna, 1, &ours).await;
        assert_eq!(
            (refused.refused(409), &refused.json()["pieces"]),
            ("chain_differs".to_owned(), &json!(1))
        );
        changed = voice.clone();
        changed.pieces[0][100] ^= 1;
        let other = changed.chain(0);
        assert_eq!(changed.send_as(&anna, 0, &other).await.refused(409), "chain_differs");
        let refused = voice.send(&anna, 3).await;
        assert_eq!(
            (refused.refused(409), &refused.json()["chain"]),
            ("out_of_order".to_owned(), &json!(voice.chain(0)))
        );
        assert_eq!(voice.finish(&anna).await.refused(409), "out_of_order");
        for number in 1..voice.pieces.len() {
            campaign.pass(1);
            voice.send(&anna, number).await.ok();
        }
        let lie = json!({ "pieces": voice.pieces.len(), "sha256": "ab".repeat(32) });
        assert_eq!(anna.post(&format!("/takes/{take}/finish"), lie).await.refused(409), "hash_differs");
        assert_eq!(voice.finish(&eve).await.refused(404), "missing");
        assert_eq!(voice.finish(&anna).await.ok()["problems"], json!([]));
        for path in
            [format!("/takes/{take}"), format!("/takes/{take}/audio"), format!("/takes/{take}/receipt")]
        {
            assert_eq!(eve.get(&path).await.refused(404), "missing", "{path}");
            assert_eq!(campaign.stranger().get(&path).await.refused(401), "signed_out", "{path}");
        }
        assert_eq!(voice.send(&anna, 0).await.refused(409), "not_recording");
    }
);

both!(
    a_recording_counts_once_and_is_made_anew_once,
    |settings| {
        super::short(settings);
    },
    campaign,
    {
        let (anna, first) = with_task(&mut campaign, "anna", 1).await;
        let mut voice = Voice::of_jfk();
        let take = voice.speak(&campaign, &anna, &first).await;
        assert_eq!(
            anna.post(&format!("/assignments/{first}/takes"), json!({ "media_type": "audio/wav" }))
                .await
                .refused(409),
            "take_finished"
        );
        // Once anew.
        assert_eq!(anna.post(&format!("/takes/{take}/discard"), json!({})).await.status, 204);
        assert_eq!(
            anna.post(&format!("/takes/{take}/discard"), json!({})).await.status,
            204,
            "the same again"
        );
        assert_eq!(anna.get(&format!("/takes/{take}/audio")).await.refused(404), "missing");
        let again = voice.speak(&campaign, &anna, &first).await;
        assert_eq!(anna.post(&format!("/takes/{again}/discard"), json!({})).await.refused(409), "no_retake");
        let submit = json!({ "key": "key-of-anna", "answer": { "take": again } });
        anna.post(&format!("/assignments/{first}/submit"), submit).await.ok();

        let (eve, second) = with_task(&mut campaign, "eve", 2).await;
        let stolen = voice.speak(&campaign, &eve, &second).await;
        let shown = eve.get(&format!("/takes/{stolen}")).await.ok();
        assert_eq!(shown["problems"][0]["code"], json!("copy"));
        let submit = json!({ "key": "key-of-eve!", "answer": { "take": stolen } });
        let refused = eve.post(&format!("/assignments/{second}/submit"), submit).await;
        assert_eq!(
            (refused.refused(422), &refused.json()["problem"]),
            ("invalid".to_owned(), &json!("copy"))
        );
        // Another's take is not hers to hand in.
        let submit = json!({ "key": "key-of-eve!", "answer": { "take": again } });
        assert_eq!(eve.post(&format!("/assignments/{second}/submit"), submit).await.refused(422), "invalid");
    }
);

both!(
    what_is_too_short_or_no_recording_is_named,
    |settings| {
        super::short(settings);
        settings.kinds.cap.voiced_secs_min = Some(60.0);
    },
    campaign,
    {
        let (anna, assignment) = with_task(&mut campaign, "anna", 1).await;
        let mut voice = Voice::of_jfk();
        let take = voice.speak(&campaign, &anna, &assignment).await;
        let shown = anna.get(&format!("/takes/{take}")).await.ok();
        assert_eq!(shown["problems"][0]["code"], json!("too_short"));
        assert_eq!(shown["transcript"]["status"], json!("none"));
        // It does not use up the retake.
        for _ in 0..3 {
            let mut noise =
                Voice::of(vec![[b"RIFF\0\0\0\0WAVEfmt ".as_slice(), &[7; 4000]].concat(); 2], "audio/wav");
            let taken = anna.get("/work/current").await.ok()["assignments"][0]["takes"].clone();
            let last = taken.as_array().unwrap().last().unwrap()["take"].as_str().unwrap().to_owned();
            assert_eq!(anna.post(&format!("/takes/{last}/discard"), json!({})).await.status, 204);
            let broken = noise.speak(&campaign, &anna, &assignment).await;
            let shown = anna.get(&format!("/takes/{broken}")).await.ok();
            assert_eq!(
                (&shown["status"], &shown["problems"][0]["code"]),
                (&json!("failed"), &json!("damaged"))
            );
        }
    }
);
