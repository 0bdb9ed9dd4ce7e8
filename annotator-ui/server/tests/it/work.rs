//! The way of tasks to people and back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::harness::{Campaign, Client, both};

/// The answer that a counting task takes.
fn answer() -> Value {
    json!({ "count": 1, "tally": [{ "x": 10.0, "y": 20.0 }] })
}

async fn next(client: &Client) -> Option<Value> {
    let next = client.post("/work/next", json!({})).await.ok();
    Some(next["assignment"].clone()).filter(|assignment| !assignment.is_null())
}

fn id_of(assignment: &Value) -> String {
    assignment["id"].as_str().expect("an id").to_owned()
}

async fn submit(client: &Client, id: &str) -> Value {
    let handing = json!({ "key": format!("key-of-{id}"), "answer": answer() });
    client.post(&format!("/assignments/{id}/submit"), handing).await.ok()
}

both!(a_task_goes_to_one_person_and_comes_back_once, campaign, {
    assert_eq!(campaign.counting_tasks(2).await["imported"], 2);
    let (anna, berta) = (campaign.annotator("anna").await, campaign.annotator("berta").await);
    let given = next(&anna).await.expect("a task");
    assert_eq!(given["kind"], "verify-count");
    assert_eq!(given["payload"], json!({ "label": "cup 0" }));
    assert_eq!((given["image"]["width"].as_i64(), given["image"]["height"].as_i64()), (Some(8), Some(6)));
    let id = id_of(&given);
    let first = submit(&anna, &id).await;
    assert_eq!(first["status"], "submitted");
    // The same key again is the same answer; another key is refused.
    campaign.pass(5);
    assert_eq!(submit(&anna, &id).await, first);
    let other = json!({ "key": "another-key", "answer": answer() });
    assert_eq!(anna.post(&format!("/assignments/{id}/submit"), other).await.refused(409), "not_open");
    let second = next(&berta).await.expect("the other task");
    assert_ne!(second["task"], given["task"]);
    assert!(next(&anna).await.is_none());
    let left = anna.post("/work/next", json!({})).await.ok();
    assert_eq!(left["why"], "nothing_left");
    // The counters were kept all the way.
    let counted = campaign.number("SELECT tasks * 1000 + open * 100 + leased * 10 + submitted FROM kind WHERE name = 'verify-count'").await;
    assert_eq!(counted, 2011);
    assert_eq!(campaign.number("SELECT complete FROM kind WHERE name = 'verify-count'").await, 1);
});

both!(sixty_four_at_once_are_never_given_the_same, campaign, {
    campaign.counting_tasks(300).await;
    let mut clients = Vec::new();
    // Password hashing is not what is tested: eight people, each in eight windows.
    for number in 0..8 {
        clients.push(campaign.annotator(&format!("person{number}")).await);
    }
    let mut windows = tokio::task::JoinSet::new();
    for window in 0..64 {
        let client = clients[window % 8].clone();
        windows.spawn(async move {
            let mut had = Vec::new();
            loop {
                let reply = client.post("/work/next", json!({})).await;
                if reply.status == 409 {
                    continue;
                }
                let Some(given) = Some(reply.ok()["assignment"].clone()).filter(|given| !given.is_null())
                else {
                    return had;
                };
                let id = id_of(&given);
                let handing = json!({ "key": format!("key-of-{id}"), "answer": answer() });
                let handed = client.post(&format!("/assignments/{id}/submit"), handing).await;
                // Two windows of one person may be at the same task: one of them is told so, or the same again.
                assert!(matches!(handed.status, 200 | 409), "{}", handed.status);
                had.push((given["task"].as_i64().expect("a number"), client.person.clone(), id));
            }
        });
    }
    let had: Vec<(i64, String, String)> = windows.join_all().await.concat();
    let mut by_task: BTreeMap<i64, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for (task, person, id) in &had {
        by_task.entry(*task).or_default().insert((person, id));
    }
    assert_eq!(by_task.len(), 300, "no task is lost");
    assert!(by_task.values().all(|given| given.len() == 1), "no task is given twice");
    assert_eq!(campaign.number("SELECT COUNT(*) FROM assignment WHERE status = 'submitted'").await, 300);
    assert_eq!(
        campaign.number("SELECT COUNT(*) FROM task WHERE kept <> 1 OR leased <> 0 OR open <> 0").await,
        0
    );
});

both!(overlap_gives_a_task_to_several_but_to_nobody_twice, campaign, {
    let image = campaign.image(1).await;
    let task = |label: &str, overlap: u32| json!({ "kind": "verify-count", "image": image, "payload": { "label": label }, "overlap": overlap });
    campaign.tasks(&[task("thrice", 3), task("once", 1)]).await;
    let mut had: BTreeMap<String, u32> = BTreeMap::new();
    for number in 0..4 {
        let client = campaign.annotator(&format!("person{number}")).await;
        let mut own = BTreeSet::new();
        while let Some(given) = next(&client).await {
            submit(&client, &id_of(&given)).await;
            assert!(own.insert(given["task"].as_i64()), "given twice to one person");
            *had.entry(given["payload"]["label"].as_str().expect("a label").to_owned()).or_default() += 1;
        }
    }
    assert_eq!(had, BTreeMap::from([("once".to_owned(), 1), ("thrice".to_owned(), 3)]));
});

both!(priority_and_order_are_kept, campaign, {
    let image = campaign.image(1).await;
    let task = |label: &str, priority: i64, order: Option<i64>| {
        let mut task = json!({
            "kind": "verify-count", "image": image, "payload": { "label": label }, "priority": priority
        });
        if let Some(order) = order {
            task["order"] = json!(order);
        }
        task
    };
    campaign
        .tasks(&[task("c", 0, Some(7)), task("b", 0, Some(7)), task("d", -5, None), task("a", 3, None)])
        .await;
    let anna = campaign.annotator("anna").await;
    let mut labels = Vec::new();
    for turn in 0..4 {
        let given = next(&anna).await.expect("a task");
        labels.push(given["payload"]["label"].as_str().expect("a label").to_owned());
        submit(&anna, &id_of(&given)).await;
        if turn == 1 {
            // One that comes later and is more urgent comes first.
            campaign.tasks(&[task("urgent", 9, None)]).await;
        }
    }
    assert_eq!(labels, ["a", "c", "urgent", "b"]);
});

both!(a_lease_ends_without_signs_of_life_and_goes_on_if_nobody_came, campaign, {
    campaign.counting_tasks(1).await;
    let (anna, berta) = (campaign.annotator("anna").await, campaign.annotator("berta").await);
    let id = id_of(&next(&anna).await.expect("a task"));
    let beat = async |client: &Client, id: &str| {
        client.post(&format!("/assignments/{id}/heartbeat"), json!({ "active": true })).await
    };
    // Signs of life keep it.
    for _ in 0..8 {
        campaign.pass(600);
        beat(&anna, &id).await.ok();
    }
    assert!(next(&berta).await.is_none());
    // Whoever comes back late and finds the task still there goes on, with the draft.
    anna.put(&format!("/assignments/{id}/draft"), json!({ "revision": 0, "answer": { "count": 3 } }))
        .await
        .ok();
    campaign.pass(1000);
    campaign.sweep().await;
    assert_eq!(campaign.number("SELECT COUNT(*) FROM assignment WHERE status = 'expired'").await, 1);
    beat(&anna, &id).await.ok();
    assert!(next(&berta).await.is_none());
    assert_eq!(
        anna.get("/work/current").await.ok()["assignments"][0]["draft"]["answer"],
        json!({ "count": 3 })
    );
    // Whoever comes back after somebody else came is told so.
    campaign.pass(1000);
    campaign.sweep().await;
    let others = id_of(&next(&berta).await.expect("the task is free"));
    assert_ne!(others, id);
    assert_eq!(beat(&anna, &id).await.refused(409), "lease_lost");
    let late = json!({ "key": "too-late-key", "answer": answer() });
    assert_eq!(anna.post(&format!("/assignments/{id}/submit"), late).await.refused(409), "lease_lost");
    submit(&berta, &others).await;
    assert_eq!(campaign.number("SELECT leased FROM kind WHERE name = 'verify-count'").await, 0);
});

both!(active_time_is_cut_off_when_nothing_is_done, campaign, {
    campaign.counting_tasks(1).await;
    let anna = campaign.annotator("anna").await;
    let id = id_of(&next(&anna).await.expect("a task"));
    let beat = async |active: bool| {
        let beaten =
            anna.post(&format!("/assignments/{id}/heartbeat"), json!({ "active": active })).await.ok();
        beaten["active_secs"].as_i64().expect("a number")
    };
    campaign.pass(15);
    assert_eq!(beat(true).await, 15);
    campaign.pass(15);
    assert_eq!(beat(false).await, 15);
    campaign.pass(15);
    assert_eq!(beat(true).await, 30);
    campaign.pass(700);
    assert_eq!(beat(true).await, 90, "sixty seconds of the seven hundred count");
    campaign.pass(10);
    submit(&anna, &id).await;
    assert_eq!(campaign.number("SELECT active_ms FROM assignment").await, 100_000);
    assert_eq!(campaign.number("SELECT active_ms FROM kind WHERE name = 'verify-count'").await, 100_000);
});

both!(drafts_have_revisions, campaign, {
    campaign.counting_tasks(1).await;
    let anna = campaign.annotator("anna").await;
    let id = id_of(&next(&anna).await.expect("a task"));
    let save = async |revision: i64, count: i64| {
        let draft = json!({ "revision": revision, "answer": { "count": count } });
        anna.put(&format!("/assignments/{id}/draft"), draft).await
    };
    assert_eq!(save(0, 1).await.ok()["revision"], 1);
    assert_eq!(save(0, 1).await.ok()["revision"], 1, "the same again, its answer having been lost");
    let newer = save(0, 2).await;
    assert_eq!(newer.refused(409), "draft_newer");
    assert_eq!(newer.json()["answer"], json!({ "count": 1 }));
    assert_eq!(save(1, 2).await.ok()["revision"], 2);
    let current = anna.get("/work/current").await.ok();
    assert_eq!(current["assignments"][0]["draft"], json!({ "revision": 2, "answer": { "count": 2 } }));
    let large = json!({ "revision": 2, "answer": "x".repeat(2 << 20) });
    assert_eq!(anna.put(&format!("/assignments/{id}/draft"), large).await.refused(413), "too_large");
});

both!(who_passes_a_task_by_does_not_get_it_again, campaign, {
    campaign.counting_tasks(1).await;
    for number in 0..3 {
        let client = campaign.annotator(&format!("person{number}")).await;
        let id = id_of(&next(&client).await.expect("the task"));
        let reason = json!({ "reason": "ambiguous", "note": "which cup?" });
        assert_eq!(client.post(&format!("/assignments/{id}/skip"), reason).await.status, 204);
        assert!(next(&client).await.is_none());
    }
    // Three passed it by: an operator has to look.
    let last = campaign.annotator("last").await;
    assert!(next(&last).await.is_none());
    assert_eq!(campaign.number("SELECT paused FROM task").await, 1);
    assert_eq!(campaign.number("SELECT skipped * 10 + open FROM kind WHERE name = 'verify-count'").await, 30);
});

both!(who_gives_a_task_back_may_get_it_again_with_its_draft, campaign, {
    campaign.counting_tasks(1).await;
    let anna = campaign.annotator("anna").await;
    let id = id_of(&next(&anna).await.expect("a task"));
    anna.put(&format!("/assignments/{id}/draft"), json!({ "revision": 0, "answer": { "count": 9 } }))
        .await
        .ok();
    assert_eq!(anna.post(&format!("/assignments/{id}/release"), Value::Null).await.status, 204);
    assert_eq!(anna.post(&format!("/assignments/{id}/release"), Value::Null).await.refused(409), "not_open");
    let again = next(&anna).await.expect("the task again");
    assert_eq!((id_of(&again), &again["draft"]["answer"]), (id, &json!({ "count": 9 })));
});

both!(
    a_quota_holds_for_a_day,
    |settings| {
        settings.kinds.verify_count.quota_per_day = Some(2);
    },
    campaign,
    {
        campaign.counting_tasks(5).await;
        let anna = campaign.annotator("anna").await;
        let first = id_of(&next(&anna).await.expect("a task"));
        submit(&anna, &first).await;
        next(&anna).await.expect("the second");
        assert_eq!(anna.post("/work/next", json!({})).await.ok()["why"], "quota");
        let work = anna.get("/work").await.ok();
        assert_eq!(
            (work["kinds"][0]["quota_left"].as_i64(), work["kinds"][0]["mine_today"].as_i64()),
            (Some(0), Some(1))
        );
        campaign.pass(86_400);
        campaign.sweep().await;
        next(&anna).await.expect("a new day");
    }
);

both!(
    gold_is_mixed_in_and_looks_like_the_rest,
    |settings| {
        settings.kinds.verify_count.gold_share = Some(1.0);
    },
    campaign,
    {
        let image = campaign.image(2).await;
        campaign.counting_tasks(1).await;
        let gold = json!({
            "kind": "verify-count", "image": image, "payload": { "label": "dog" }, "gold": { "count": 2, "tally": [] }
        });
        campaign.tasks(&[gold]).await;
        for number in 0..2 {
            let client = campaign.annotator(&format!("person{number}")).await;
            let given = next(&client).await.expect("gold, which is there for everybody");
            assert_eq!(given["payload"]["label"], "dog");
            assert!(!given.to_string().contains("gold"), "{given}");
            submit(&client, &id_of(&given)).await;
            // Once each; then the rest.
            if let Some(given) = next(&client).await {
                assert_eq!(given["payload"]["label"], "cup 0");
                submit(&client, &id_of(&given)).await;
            }
        }
        assert_eq!(
            campaign.number("SELECT gold * 10 + open FROM kind WHERE name = 'verify-count'").await,
            11
        );
    }
);

both!(imports_can_be_repeated_and_say_what_is_wrong, campaign, {
    assert_eq!(
        campaign.counting_tasks(10).await,
        json!({ "imported": 10, "already_there": 0, "refused": 0, "refusals": [] })
    );
    assert_eq!(campaign.counting_tasks(12).await["imported"], 2);
    let image = campaign.image(0).await;
    let tasks = [
        json!({ "kind": "verify-count", "image": "0".repeat(64), "payload": { "label": "x" } }),
        json!({ "kind": "verify-count", "image": "abc", "payload": { "label": "x" } }),
        json!({ "kind": "verify-count", "image": image, "payload": { "label": "<b>" } }),
        json!({ "kind": "dance", "image": image }),
        json!({ "kind": "points", "image": image, "payload": { "method": "guessing" } }),
        json!({ "kind": "cap", "image": image, "colour": "red" }),
        json!({ "kind": "cap", "image": image }),
        json!({ "kind": "points", "image": image, "payload": { "method": "pointing" } }),
    ];
    let imported = campaign.tasks(&tasks).await;
    assert_eq!((imported["imported"].as_i64(), imported["refused"].as_i64()), (Some(2), Some(6)));
    let mut lines: Vec<(i64, &str)> = imported["refusals"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|refused| {
            (refused["line"].as_i64().expect("a number"), refused["field"].as_str().expect("a field"))
        })
        .collect();
    lines.sort_unstable();
    let expected =
        [(1, "image"), (2, "image"), (3, "payload.label"), (4, "line"), (5, "payload"), (6, "line")];
    assert_eq!(lines, expected);
    assert_eq!(campaign.number("SELECT COUNT(*) FROM task").await, 14);
    assert_eq!(campaign.number("SELECT CAST(SUM(tasks) AS BIGINT) FROM kind").await, 14);
});

/// What a stopped server acknowledged is there when it starts again, whichever way it was stopped.
#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_people_and_their_work() {
    let mut campaign = Campaign::on_sqlite(|_| {}).await;
    campaign.counting_tasks(3).await;
    let mut anna = campaign.annotator("anna").await;
    let id = id_of(&next(&anna).await.expect("a task"));
    anna.put(&format!("/assignments/{id}/draft"), json!({ "revision": 0, "answer": { "count": 4 } }))
        .await
        .ok();
    campaign.stop().await;
    campaign.start().await;
    anna.moved_to(&campaign.address());
    let current = anna.get("/work/current").await.ok();
    assert_eq!(current["assignments"][0]["draft"]["answer"], json!({ "count": 4 }));
    submit(&anna, &id).await;
    campaign.end().await;
}
