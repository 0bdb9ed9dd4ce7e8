//! Receipts when something goes wrong in between, and when work is given back.

use pixmo_receipts::log::Folder;
use pixmo_receipts::{Entry, Published};
use serde_json::json;

use crate::export::spoken;
use crate::harness::both;
use crate::takes::short;

both!(
    a_server_that_is_killed_between_log_and_note_issues_nothing_twice,
    |settings| {
        super::short(settings);
    },
    campaign,
    {
        let (mut anna, _, take) = spoken(&mut campaign, "anna", 1).await;
        let before = anna.get(&format!("/takes/{take}/receipt")).await.ok();
        assert_eq!(before["leaf"], json!(0));
        // As if it had been killed after the log was written.
        let id = take.clone();
        campaign.app().db.write("test.forget", async move |tx| {
        sqlx::query("UPDATE take SET receipt = NULL, receipt_leaf = NULL, receipt_sha256 = NULL WHERE id = $1").bind(&id).execute(&mut *tx).await?;
        sqlx::query("UPDATE assignment SET receipt_wanted = 1").execute(&mut *tx).await?;
        Ok(())
    }).await.unwrap();
        campaign.stop().await;
        campaign.start().await;
        anna.moved_to(&campaign.address());
        campaign.pass(1);
        campaign.app().issue_receipts().await.unwrap();
        assert_eq!(anna.get(&format!("/takes/{take}/receipt")).await.ok(), before);
        let log = Published::open(Folder::at(&campaign.folder().join("server/log")), None).unwrap();
        assert_eq!(log.checkpoint().size, 1);
    }
);

both!(
    what_is_given_back_and_made_right_has_another_receipt,
    |settings| {
        super::short(settings);
        settings.kinds.cap.review_share = Some(1.0);
    },
    campaign,
    {
        let reviewer = campaign.reviewer("rita").await;
        let (anna, assignment, take) = spoken(&mut campaign, "anna", 1).await;
        let back = json!({ "decision": "return", "reasons": ["other"], "comment": "a word is missing" });
        reviewer.post(&format!("/review/{assignment}"), back).await.ok();
        campaign.pass(5);
        anna.post("/work/next", json!({})).await.ok();
        let text = json!({ "corrected": "And so, my dear fellow Americans, says anna." });
        anna.put(&format!("/takes/{take}/transcript"), text).await.ok();
        let answer = json!({ "key": "key-the-second", "answer": { "take": take } });
        anna.post(&format!("/assignments/{assignment}/submit"), answer).await.ok();
        campaign.app().issue_receipts().await.unwrap();
        let receipt = anna.get(&format!("/takes/{take}/receipt")).await.ok();
        // 0 was taken back by 1.
        assert_eq!(
            (&receipt["status"], &receipt["leaf"], &receipt["what"]),
            (&json!("issued"), &json!(2), &json!("live"))
        );
        let log = Published::open(Folder::at(&campaign.folder().join("server/log")), None).unwrap();
        assert!(matches!(log.entry(0), Ok(Entry::Erased)));
        reviewer.post(&format!("/review/{assignment}"), json!({ "decision": "approve" })).await.ok();
        campaign.operator().await.post("/admin/export", json!({})).await.ok();
        let lines =
            std::fs::read_to_string(campaign.folder().join("store/annotations/cap/000001.jsonl")).unwrap();
        assert!(lines.contains("dear fellow") && lines.contains("\"leaf\":2"), "{lines}");

        // She takes it back: a tombstone, and nothing is left of it.
        anna.post(&format!("/me/items/{assignment}/withdraw"), json!({})).await.ok();
        campaign.app().sweep_takes().await.unwrap();
        campaign.operator().await.post("/admin/export", json!({})).await.ok();
        let tombstones =
            std::fs::read_to_string(campaign.folder().join("store/annotations/erased.jsonl")).unwrap();
        assert!(tombstones.contains(&take) && tombstones.contains("withdrawn"), "{tombstones}");
        let gone = anna.get(&format!("/takes/{take}")).await.ok();
        assert_eq!((&gone["status"], &gone["transcript"]["raw"]), (&json!("erased"), &json!(null)));
        assert_eq!(anna.get(&format!("/takes/{take}/audio")).await.refused(404), "missing");
        let receipt = anna.get(&format!("/takes/{take}/receipt")).await.ok();
        assert_eq!(receipt["status"], json!("taken_back"));
    }
);
