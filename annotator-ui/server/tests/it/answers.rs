//! What people answer: rules, verification, gold, quality, review and pay.

use serde_json::{Value, json};

use crate::harness::{Campaign, Client, both};

/// Imports tasks about fresh images; each line is a kind with its payload and more.
async fn import(campaign: &mut Campaign, tasks: &[Value]) {
    let mut lines = String::new();
    for (number, task) in (100..).zip(tasks) {
        let mut task = task.clone();
        task["image"] = json!(campaign.image(number).await);
        lines.push_str(&task.to_string());
        lines.push('\n');
    }
    let operator = campaign.operator().await;
    let imported =
        operator.send("POST", "/admin/tasks", Some(("application/x-ndjson", lines.into_bytes()))).await.ok();
    assert_eq!(imported["imported"], tasks.len(), "{imported}");
}

async fn next(client: &Client, kind: &str) -> Value {
    client.post("/work/next", json!({ "kinds": [kind] })).await.ok()["assignment"].clone()
}

fn id(assignment: &Value) -> &str {
    assignment["id"].as_str().expect("an id")
}

async fn submit(client: &Client, assignment: &Value, answer: Value) -> crate::harness::Reply {
    // An answer that was changed is handed in under another key.
    let key =
        format!("key-{}-{}", id(assignment), answer.to_string().bytes().map(usize::from).sum::<usize>());
    client
        .post(&format!("/assignments/{}/submit", id(assignment)), json!({ "key": key, "answer": answer }))
        .await
}

fn pointed(label: &str, points: &[(f64, f64)]) -> Value {
    let points: Vec<Value> = points.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
    json!({ "labels": [{ "label": label, "points": points, "all_marked": true }] })
}

both!(answers_are_held_to_their_rules, campaign, {
    import(
        &mut campaign,
        &[
            json!({ "kind": "points", "payload": { "method": "pointing" } }),
            json!({ "kind": "not-present", "payload": { "label": "zebra", "source": "co_occurring" } }),
            json!({ "kind": "verify-count", "payload": { "label": "cup" } }),
        ],
    )
    .await;
    let anna = campaign.annotator("anna").await;
    let points = next(&anna, "points").await;
    for (answer, field) in [
        (json!({ "labels": [] }), "labels"),
        (pointed("a <b>", &[(1.0, 1.0)]), "labels[0].label"),
        (pointed("cup", &[(1.0, 101.0)]), "labels[0].points[0].y"),
        (pointed("cup", &[(10.0, 10.0), (10.1, 10.0)]), "labels[0].points[1]"),
        (pointed("cup", &[]), "labels[0].points"),
        (
            json!({ "labels": [{ "label": "cup", "points": [{ "x": 1, "y": 1 }], "all_marked": false }] }),
            "labels[0].all_marked",
        ),
        (json!({ "labels": [{ "label": "cup", "points": "all" }] }), "answer"),
    ] {
        let reply = submit(&anna, &points, answer.clone()).await;
        assert_eq!((reply.status, reply.json()["field"].as_str()), (422, Some(field)), "{answer}");
    }
    let mut close = pointed("  Red   cup ", &[(10.0, 10.0), (10.1, 10.0)]);
    close["labels"][0]["close_confirmed"] = json!(true);
    submit(&anna, &points, close).await.ok();
    let labels = anna.get("/me/labels?prefix=RE").await.ok();
    assert_eq!(labels["labels"], json!(["red cup"]));

    let absent = next(&anna, "not-present").await;
    let reply = submit(&anna, &absent, json!({ "verdict": "absent", "points": [{ "x": 1, "y": 1 }] })).await;
    assert_eq!((reply.status, reply.json()["field"].as_str()), (422, Some("points")));
    submit(&anna, &absent, json!({ "verdict": "absent" })).await.ok();

    let count = next(&anna, "verify-count").await;
    let reply = submit(&anna, &count, json!({ "count": 2, "tally": [{ "x": 1, "y": 1 }] })).await;
    assert_eq!((reply.status, reply.json()["field"].as_str()), (422, Some("count")));
    submit(&anna, &count, json!({ "count": 1, "tally": [{ "x": 1, "y": 1 }] })).await.ok();
});

both!(
    what_was_pointed_at_is_verified_by_somebody_else,
    |settings| {
        settings.kinds.points.verify_share = Some(1.0);
        settings.kinds.points.review_share = Some(0.0);
    },
    campaign,
    {
        import(&mut campaign, &[json!({ "kind": "points", "payload": { "method": "counting" } })]).await;
        let (anna, berta) = (campaign.annotator("anna").await, campaign.annotator("berta").await);
        let given = next(&anna, "points").await;
        submit(&anna, &given, pointed("cup", &[(10.0, 10.0), (60.0, 60.0)])).await.ok();
        // Whoever pointed does not verify their own.
        assert!(next(&anna, "verify-points").await.is_null());
        let verify = next(&berta, "verify-points").await;
        assert_eq!((&verify["payload"]["label"], &verify["payload"]["of"]), (&json!("cup"), &given["id"]));
        let reply = submit(&berta, &verify, json!({ "verdict": "reject" })).await;
        assert_eq!((reply.status, reply.json()["field"].as_str()), (422, Some("reason")));
        let fixed =
            json!({ "verdict": "fix", "points": [{ "x": 10.0, "y": 10.5 }, { "x": 90.0, "y": 90.0 }] });
        submit(&berta, &verify, fixed).await.ok();
        // One of two is right: F1 is a half, and that is Anna's score.
        let quality = campaign.operator().await.get("/admin/quality").await.ok();
        let scores: Vec<&Value> = quality["quality"]
            .as_array()
            .expect("scores")
            .iter()
            .filter(|row| row["person"] == anna.person)
            .collect();
        assert_eq!(
            (scores.len(), scores[0]["score"].as_f64(), &scores[0]["kind"]),
            (1, Some(0.5), &json!("points"))
        );
    }
);

both!(
    gold_scores_hold_whoever_guesses,
    |settings| {
        settings.kinds.verify_count.gold_share = Some(1.0);
        settings.quality.scores_min = 3;
        settings.quality.hold_below = 0.6;
    },
    campaign,
    {
        let gold: Vec<Value> = (0..4)
        .map(|number| json!({ "kind": "verify-count", "payload": { "label": format!("cup {number}") }, "gold": { "count": 5 } }))
        .collect();
        import(&mut campaign, &gold).await;
        let anna = campaign.annotator("anna").await;
        for count in [5, 4, 9] {
            let given = next(&anna, "verify-count").await;
            // Nothing tells that the answer is known.
            assert!(!given.to_string().contains("gold"));
            submit(&anna, &given, json!({ "count": count })).await.ok();
        }
        let reply = anna.post("/work/next", json!({ "kinds": ["verify-count"] })).await.ok();
        assert_eq!(reply["why"], "held");
        let summary = anna.get("/me/summary").await.ok();
        assert_eq!(
            (&summary["quality"][0]["held"], summary["quality"][0]["score"].as_f64()),
            (&json!(true), Some(0.5))
        );
        let operator = campaign.operator().await;
        assert_eq!(
            operator
                .post(&format!("/admin/quality/{}/verify-count/release", anna.person), json!({}))
                .await
                .status,
            204
        );
        assert!(next(&anna, "verify-count").await.is_object());
    }
);

both!(
    review_pays_returns_and_rejects,
    |settings| {
        let pay = pixmo_annotator::settings::Pay {
            per_task_minor: 30,
            per_minute_minor: 60,
            minutes_max: 2,
            bonus_minor: 7,
            bonus_quality_min: 0.9,
            ..Default::default()
        };
        settings.kinds.verify_count.pay = Some(pay);
    },
    campaign,
    {
        let tasks: Vec<Value> = (0..3)
            .map(|number| json!({ "kind": "verify-count", "payload": { "label": format!("cup {number}") } }))
            .collect();
        import(&mut campaign, &tasks).await;
        let (anna, berta) = (campaign.annotator("anna").await, campaign.annotator("berta").await);
        let rosa = campaign.reviewer("rosa").await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            let given = next(&anna, "verify-count").await;
            campaign.pass(30);
            submit(&anna, &given, json!({ "count": 2 })).await.ok();
            ids.push(id(&given).to_owned());
        }
        let item = rosa.get("/review/next").await.ok();
        assert_eq!((&item["item"]["assignment"], &item["waiting"]), (&json!(ids[0]), &json!(3)));
        assert_eq!(item["item"]["answer"], json!({ "count": 2 }));
        // The page loaded again shows the same.
        assert_eq!(rosa.get("/review/next").await.ok()["item"]["assignment"], ids[0]);
        let decide = async |id: &str, decision: Value| rosa.post(&format!("/review/{id}"), decision).await;
        assert_eq!(decide(&ids[0], json!({ "decision": "reject" })).await.refused(422), "invalid");
        assert_eq!(
            decide(&ids[0], json!({ "decision": "return", "reasons": ["count_wrong"] })).await.refused(422),
            "invalid"
        );
        decide(&ids[0], json!({ "decision": "approve" })).await.ok();
        assert_eq!(decide(&ids[0], json!({ "decision": "approve" })).await.refused(409), "not_open");
        decide(
            &ids[1],
            json!({ "decision": "return", "reasons": ["count_wrong"], "comment": "Look again." }),
        )
        .await
        .ok();
        decide(&ids[2], json!({ "decision": "reject", "reasons": ["off_topic"] })).await.ok();

        // What came back is given to its annotator first, with the comment; what was rejected goes to somebody else.
        let again = next(&anna, "verify-count").await;
        assert_eq!((id(&again), &again["returned"]["comment"]), (ids[1].as_str(), &json!("Look again.")));
        submit(&anna, &again, json!({ "count": 3 })).await.ok();
        let other = next(&berta, "verify-count").await;
        assert_eq!(other["payload"]["label"], "cup 2");
        decide(&ids[1], json!({ "decision": "approve" })).await.ok();

        // 30 a task and half a minute of 60: twice, without a bonus, since the quality was never that high.
        let summary = anna.get("/me/summary").await.ok();
        let items = anna.get("/me/items").await.ok();
        assert_eq!(items["items"].as_array().expect("items").len(), 3);
        let pay: i64 = items["items"]
            .as_array()
            .expect("items")
            .iter()
            .map(|item| item["pay_minor"].as_i64().expect("a sum"))
            .sum();
        assert_eq!(summary["pay"]["open_minor"], pay);
        assert!(pay >= 120, "{items}");
        let operator = campaign.operator().await;
        operator
            .post(
                "/admin/pay/adjustments",
                json!({ "person": anna.person, "minor": -20, "reason": "a mistake" }),
            )
            .await
            .ok();
        let report = operator.get("/admin/pay?period=2026-11").await.ok();
        assert_eq!(
            (&report["people"][0]["person"], &report["people"][0]["minor"]),
            (&json!(anna.person), &json!(pay - 20))
        );
        assert_eq!(report["people"][0]["tasks"], 2);
        operator.post("/admin/pay/paid", json!({ "period": "2026-11" })).await.ok();
        assert_eq!(anna.get("/me/summary").await.ok()["pay"]["open_minor"], 0);

        // Nobody sees or decides about what is not theirs.
        assert_eq!(anna.get(&format!("/review/{}", ids[0])).await.refused(403), "forbidden");
        let progress = operator.get("/admin/progress").await.ok();
        let kind = progress["kinds"]
            .as_array()
            .expect("kinds")
            .iter()
            .find(|kind| kind["kind"] == "verify-count")
            .expect("the kind")
            .clone();
        assert_eq!(
            (&kind["approved"], &kind["rejected"], &kind["submitted"], &kind["returned"]),
            (&json!(2), &json!(1), &json!(0), &json!(0))
        );
        let task = operator.get(&format!("/admin/tasks?q={}", ids[0])).await.ok()["items"][0]["task"].clone();
        let detail = operator.get(&format!("/admin/tasks/{task}")).await.ok();
        assert_eq!(detail["assignments"][0]["reviews"][0]["decision"], "approve");

        // Taking back what was approved frees its task.
        assert_eq!(anna.post(&format!("/me/items/{}/withdraw", ids[0]), json!({})).await.status, 204);
        assert_eq!(next(&berta, "verify-count").await["payload"]["label"], "cup 0");
    }
);

both!(a_paused_kind_gives_nothing, campaign, {
    import(&mut campaign, &[json!({ "kind": "verify-count", "payload": { "label": "cup" } })]).await;
    let anna = campaign.annotator("anna").await;
    let operator = campaign.operator().await;
    assert_eq!(operator.post("/admin/kinds/verify-count/pause", json!({})).await.status, 204);
    assert_eq!(anna.post("/work/next", json!({})).await.ok()["why"], "paused");
    assert_eq!(operator.post("/admin/kinds/verify-count/resume", json!({})).await.status, 204);
    assert!(next(&anna, "verify-count").await.is_object());
    assert_eq!(
        operator.post(&format!("/admin/people/{}", anna.person), json!({ "status": "blocked" })).await.status,
        204
    );
    assert_eq!(anna.get("/me").await.status, 401);
    let one = operator.get(&format!("/admin/people/{}", anna.person)).await.ok();
    assert_eq!((&one["person"]["login"], &one["pay_minor"]), (&json!("anna"), &json!(0)));
    let page = operator.get("/admin/people?q=ann").await.ok();
    assert_eq!(
        (page["items"].as_array().expect("people").len(), &page["items"][0]["status"]),
        (1, &json!("blocked"))
    );
});
