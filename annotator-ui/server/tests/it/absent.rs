//! Tasks that ask whether something is absent, made from what people pointed at.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::{Campaign, both};

/// Somebody points at things in an image; each label gets one point.
async fn point(campaign: &mut Campaign, login: &str, images: &[(u32, &[&str])]) {
    let mut tasks = Vec::new();
    for (number, _) in images {
        let image = campaign.image(*number).await;
        tasks.push(json!({ "kind": "points", "image": image, "payload": { "method": "pointing" } }));
    }
    campaign.tasks(&tasks).await;
    let person = campaign.annotator(login).await;
    for (number, labels) in images {
        let given = person.post("/work/next", json!({ "kinds": ["points"] })).await.ok();
        let id = given["assignment"]["id"].as_str().expect("a task").to_owned();
        let labels: Vec<Value> = labels
            .iter()
            .enumerate()
            .map(|(at, label)| {
                json!({ "label": label, "points": [{ "x": 10 + 20 * at, "y": 50 }], "all_marked": true })
            })
            .collect();
        let answer = json!({ "key": format!("key-of-{number:04}"), "answer": { "labels": labels } });
        person.post(&format!("/assignments/{id}/submit"), answer).await.ok();
    }
}

both!(
    labels_of_what_is_absent_come_from_three_sources,
    |settings| {
        settings.absent.share = 0.5;
        settings.absent.seed = Some(7);
        settings.kinds.points.verify_share = Some(0.0);
    },
    campaign,
    {
        let kitchens: [(u32, &[&str]); 4] = [
            (1, &["red cup", "plate"]),
            (2, &["fork", "plate"]),
            (3, &["fork", "knife", "plate"]),
            (4, &["open door", "boat"]),
        ];
        point(&mut campaign, "anna", &kitchens).await;
        let operator = campaign.operator().await;
        let made = operator.post("/admin/tasks/absent", json!({})).await.ok();
        // Nine labels are present; as many are wanted: 30, 40 and 30 per cent.
        assert_eq!(made["present"], 9, "{made}");
        let of = |made: &Value, name: &str| -> Vec<(u64, u64)> {
            let sources = made["sources"].as_array().expect("sources").iter();
            sources
                .filter(|source| source["source"] == name)
                .map(|source| {
                    (source["wanted"].as_u64().expect("a number"), source["made"].as_u64().expect("a number"))
                })
                .collect()
        };
        assert_eq!(of(&made, "attribute_swap"), [(3, 3)], "{made}");
        assert_eq!(of(&made, "co_occurring"), [(4, 3)], "{made}");
        let tasks = operator.get("/admin/tasks?kind=not-present").await.ok();
        let tasks = tasks["items"].as_array().expect("tasks");
        let mut by_image: BTreeMap<String, usize> = BTreeMap::new();
        for task in tasks {
            *by_image.entry(task["image"].to_string()).or_default() += 1;
            let present = ["plate", "red cup"].contains(&task["payload"]["label"].as_str().expect("a label"));
            assert!(!present || task["image"] != json!(campaign.image(1).await), "{task}");
        }
        assert!(by_image.values().all(|count| *count <= 2), "{by_image:?}");
        // Asked again, nothing is new.
        let again = operator.post("/admin/tasks/absent", json!({})).await.ok();
        let new: u64 = again["sources"]
            .as_array()
            .expect("sources")
            .iter()
            .filter_map(|source| source["made"].as_u64())
            .sum();
        assert_eq!(new, 0, "{again}");
        // Somebody is asked, and the export says where the label came from.
        let berta = campaign.annotator("berta").await;
        let given = berta.post("/work/next", json!({ "kinds": ["not-present"] })).await.ok();
        let id = given["assignment"]["id"].as_str().expect("a task").to_owned();
        let answer = json!({ "key": "12345678", "answer": { "verdict": "absent" } });
        berta.post(&format!("/assignments/{id}/submit"), answer).await.ok();
        operator.post(&format!("/review/{id}"), json!({ "decision": "approve" })).await.ok();
        operator.post("/admin/export", json!({})).await.ok();
        let file = campaign.folder().join("store/annotations/not-present/000001.jsonl");
        let line: Value =
            serde_json::from_str(std::fs::read_to_string(file).expect("a file").trim()).expect("a line");
        assert_eq!(line["source"], given["assignment"]["payload"]["source"], "{line}");
    }
);

both!(a_campaign_that_wants_none_makes_none, campaign, {
    let operator = campaign.operator().await;
    assert_eq!(operator.post("/admin/tasks/absent", json!({})).await.refused(409), "not_wanted");
});
