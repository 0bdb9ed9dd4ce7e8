//! Workers: leases, models, failures.

use serde_json::json;

use crate::harness::both;
use crate::takes::{lease, short, with_task};
use crate::voice::{Voice, transcript};

both!(
    a_job_goes_to_one_worker_at_a_time_and_comes_back_when_it_dies,
    |settings| {
        super::short(settings);
    },
    campaign,
    {
        let (anna, assignment) = with_task(&mut campaign, "anna", 1).await;
        let take = Voice::of_jfk().speak(&campaign, &anna, &assignment).await;
        let worker = campaign.stranger().with_bearer(&campaign.token("worker").await);
        let leased = worker.post("/jobs/lease", lease("ggml-small.bin")).await.ok();
        let job = leased["jobs"][0].clone();
        let (id, first) = (job["id"].as_str().unwrap().to_owned(), job["lease"].clone());
        assert_eq!(
            (&job["take"], &job["audio"]["media_type"], &job["audio"]["codec"]),
            (&json!(take), &json!("audio/wav"), &json!("pcm_s16le"))
        );
        let nothing = worker.post("/jobs/lease", lease("ggml-small.bin")).await.ok();
        assert_eq!(nothing["jobs"], json!([]));
        assert!(nothing["retry_after_secs"].as_u64().unwrap() > 0);
        let audio = worker.get(&format!("/jobs/{id}/audio")).await;
        assert_eq!((audio.status, audio.bytes), (200, Voice::of_jfk().pieces.concat()));

        // It dies. The lease runs out, and another one has the job.
        let beat = json!({ "lease": first });
        assert_eq!(worker.post(&format!("/jobs/{id}/extend"), beat.clone()).await.status, 204);
        campaign.pass(301);
        campaign.app().sweep_jobs().await.unwrap();
        let again = worker.post("/jobs/lease", lease("ggml-small.bin")).await.ok();
        let second = again["jobs"][0]["lease"].clone();
        assert_eq!(again["jobs"][0]["id"], json!(id));
        assert_ne!(first, second);
        assert_eq!(worker.post(&format!("/jobs/{id}/extend"), beat).await.refused(409), "lease_lost");
        let sha256 = job["audio"]["sha256"].as_str().unwrap();
        let late = json!({ "lease": first, "transcript": transcript(sha256, "too late") });
        assert_eq!(worker.post(&format!("/jobs/{id}/done"), late).await.refused(409), "lease_lost");
        let other = json!({ "lease": second, "transcript": transcript(&"ab".repeat(32), "of another") });
        assert_eq!(worker.post(&format!("/jobs/{id}/done"), other).await.refused(422), "invalid");
        // It fails, and may go better: after a while.
        let failed =
            json!({ "lease": second, "reason": "engine_failed", "message": "no memory", "may_retry": true });
        assert_eq!(worker.post(&format!("/jobs/{id}/failed"), failed).await.status, 204);
        assert_eq!(worker.post("/jobs/lease", lease("ggml-small.bin")).await.ok()["jobs"], json!([]));
        campaign.pass(120);
        let third =
            worker.post("/jobs/lease", lease("ggml-small.bin")).await.ok()["jobs"][0]["lease"].clone();
        let failed =
            json!({ "lease": third, "reason": "audio_damaged", "message": "no", "may_retry": false });
        assert_eq!(worker.post(&format!("/jobs/{id}/failed"), failed).await.status, 204);
        let shown = anna.get(&format!("/takes/{take}")).await.ok();
        assert_eq!(shown["transcript"]["status"], json!("failed"));
        // What was spoken counts all the same, and has its receipt.
        let answer = json!({ "key": "key-of-anna", "answer": { "take": take } });
        anna.post(&format!("/assignments/{assignment}/submit"), answer).await.ok();
        campaign.app().issue_receipts().await.unwrap();
        let receipt = anna.get(&format!("/takes/{take}/receipt")).await.ok();
        assert_eq!((&receipt["status"], &receipt["what"]), (&json!("issued"), &json!("live")));

        for address in ["/jobs/j-none/extend", "/jobs/j-none/done", "/jobs/j-none/failed"] {
            assert_eq!(
                anna.post(address, json!({})).await.refused(401),
                "signed_out",
                "a person is no worker"
            );
        }
        assert_eq!(worker.get("/jobs/j-none/audio").await.refused(404), "missing");
        assert_eq!(worker.get(&format!("/jobs/{id}/audio")).await.status, 410);
        assert_eq!(worker.post("/jobs/lease", json!({ "kind": "transcribe" })).await.refused(422), "invalid");
    }
);

both!(
    a_model_that_is_not_wanted_gets_no_job,
    |settings| {
        super::short(settings);
        settings.kinds.cap.transcription_model = Some("ggml-small.bin".to_owned());
    },
    campaign,
    {
        let worker = campaign.stranger().with_bearer(&campaign.token("worker").await);
        let refused = worker.post("/jobs/lease", lease("ggml-tiny.bin")).await;
        assert_eq!(refused.refused(403), "other_model");
        assert!(refused.json()["message"].as_str().unwrap().contains("ggml-small.bin"));
        worker.post("/jobs/lease", lease("ggml-small.bin")).await.ok();
    }
);
