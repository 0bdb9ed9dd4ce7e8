//! What leaves the house: lines from which datasets are built.

use std::path::Path;

use pixmo_cap::annotations::Annotations;
use pixmo_schemas::annotation::{Status, TakeAnnotation};
use pixmo_schemas::annotation_points::{
    AbsentSource, AbsentVerdict, Method, NotPresentAnnotation, PointsAnnotation, PointsVerdict,
    VerifyCountAnnotation, VerifyPointsAnnotation,
};
use serde_json::json;

use crate::harness::{Campaign, Client, both};
use crate::takes::{short, transcribe, with_task};
use crate::voice::Voice;

/// A spoken task, handed in, approved and vouched for; the take.
pub(crate) async fn spoken(campaign: &mut Campaign, login: &str, image: u32) -> (Client, String, String) {
    let (anna, assignment) = with_task(campaign, login, image).await;
    let mut voice = Voice::of_jfk();
    // No two recordings are the same.
    let last = voice.pieces.len() - 1;
    voice.pieces[last].extend(vec![image as u8; 2 * image as usize]);
    let take = voice.speak(campaign, &anna, &assignment).await;
    transcribe(campaign, "and so my fellow americans ask not").await;
    let corrected = format!("And so, my fellow Americans, says {login}.");
    let answer = json!({ "key": "key-of-somebody", "answer": { "take": take, "corrected": corrected } });
    anna.post(&format!("/assignments/{assignment}/submit"), answer).await.ok();
    campaign.app().issue_receipts().await.unwrap();
    (anna, assignment, take)
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

both!(
    what_is_exported_twice_is_the_same_and_what_is_new_is_added,
    |settings| {
        super::short(settings);
    },
    campaign,
    {
        let folder = campaign.folder().join("store/annotations");
        let operator = campaign.operator().await;
        let nothing = operator.post("/admin/export", json!({})).await.ok();
        assert!(nothing["kinds"].as_array().unwrap().iter().all(|kind| kind["lines"] == 0), "{nothing}");
        assert_eq!(files(&folder), []);

        let (mut anna, _, take) = spoken(&mut campaign, "anna", 1).await;
        let exported = operator.post("/admin/export", json!({})).await.ok();
        assert_eq!(
            (&exported["kinds"][0]["lines"], &exported["kinds"][0]["file"]),
            (&json!(1), &json!("cap/000001.jsonl"))
        );
        let first = files(&folder);
        operator.post("/admin/export", json!({})).await.ok();
        assert_eq!(files(&folder), first, "nothing is new");

        let line: TakeAnnotation = serde_json::from_slice(first[0].1.trim_ascii_end()).unwrap();
        assert_eq!(line.fault(), None);
        assert_eq!((&line.take, line.status, &line.person), (&take, Status::Accepted, &anna.person));
        assert_eq!(line.transcript.corrected.as_deref(), Some("And so, my fellow Americans, says anna."));
        assert_eq!(line.transcript.raw.as_ref().map(|raw| raw.words.len()), Some(7));
        assert_eq!(line.receipt.as_ref().map(|receipt| receipt.leaf), Some(0));
        assert_eq!(line.consent.scopes, ["publish-audio", "publish-text", "work"]);
        assert_eq!(Annotations::read(&folder.join("cap")).unwrap().takes(), 1);

        // Another take, and another kind of work: what was there stays as it was.
        spoken(&mut campaign, "berta", 2).await;
        campaign.settings().kinds.verify_count.review_share = Some(0.0);
        campaign.stop().await;
        campaign.start().await;
        anna.moved_to(&campaign.address());
        let clara = campaign.annotator("clara").await;
        campaign.counting_tasks(3).await;
        for _ in 0..3 {
            let next = clara.post("/work/next", json!({ "kinds": ["verify-count"] })).await.ok();
            let assignment = next["assignment"]["id"].as_str().unwrap();
            let answer = json!({ "key": format!("key-{assignment}"), "answer": { "count": 2, "tally": [{ "x": 1.5, "y": 2 }, { "x": 50, "y": 99.25 }] } });
            clara.post(&format!("/assignments/{assignment}/submit"), answer).await.ok();
            campaign.pass(1);
        }
        let operator = campaign.operator().await;
        operator.post("/admin/export", json!({})).await.ok();
        let second = files(&folder);
        assert_eq!(
            second.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["cap/000001.jsonl", "verify-count/000001.jsonl"]
        );
        assert!(second[0].1.starts_with(&first[0].1) && second[0].1.len() > first[0].1.len());
        let counts: Vec<VerifyCountAnnotation> = second[1]
            .1
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect();
        assert_eq!(counts.len(), 3);
        assert!(
            counts.iter().all(|count| count.fault().is_none() && count.count == 2 && count.tally.len() == 2)
        );

        // An export that was killed between file and note left more than was noted: it is written again, not twice.
        let path = folder.join("cap/000001.jsonl");
        let mut torn = second[0].1.clone();
        torn.extend_from_slice(b"{\"take\":\"half");
        std::fs::write(&path, &torn).unwrap();
        anna.post("/consent/withdraw", json!({ "scopes": ["publish_audio"] })).await.ok();
        operator.post("/admin/export", json!({})).await.ok();
        let third = files(&folder);
        assert!(third[0].1.starts_with(&second[0].1));
        let last: TakeAnnotation = serde_json::from_slice(&third[0].1[second[0].1.len()..]).unwrap();
        assert_eq!(
            (&last.take, &last.consent.scopes),
            (&take, &vec!["publish-text".to_owned(), "work".to_owned()])
        );
        assert_eq!(
            Annotations::read(&folder.join("cap")).unwrap().takes(),
            2,
            "the last line about a take holds"
        );

        // What somebody else changed is not continued.
        let mut changed = third[0].1.clone();
        changed[10] ^= 1;
        std::fs::write(&path, &changed).unwrap();
        anna.post("/consent/withdraw", json!({ "scopes": ["publish_transcript"] })).await.ok();
        assert_eq!(operator.post("/admin/export", json!({})).await.refused(409), "file_changed");
        std::fs::write(&path, &third[0].1).unwrap();
        operator.post("/admin/export", json!({})).await.ok();
        let listed = operator.get("/admin/exports").await.ok();
        assert_eq!(listed["exports"].as_array().unwrap().len(), 4, "{listed}");
    }
);

both!(
    every_kind_of_work_leaves_in_its_own_form,
    |settings| {
        settings.kinds.points.review_share = Some(0.0);
        settings.kinds.points.verify_share = Some(0.0);
        settings.kinds.not_present.review_share = Some(0.0);
        settings.kinds.verify_points.review_share = Some(0.0);
    },
    campaign,
    {
        let image = campaign.image(1).await;
        let points = json!([{ "x": 12.5, "y": 50 }, { "x": 80, "y": 20.25 }]);
        campaign.tasks(&[
        json!({ "kind": "points", "image": image, "payload": { "method": "counting", "label": "cup" } }),
        json!({ "kind": "not-present", "image": image, "payload": { "label": "fork", "source": "co_occurring" } }),
        json!({ "kind": "verify-points", "image": image, "payload": { "label": "cup", "points": points } }),
    ]).await;
        let anna = campaign.annotator("anna").await;
        for (kind, answer) in [
            ("points", json!({ "labels": [{ "label": "cup", "points": points, "all_marked": true }] })),
            ("not-present", json!({ "verdict": "absent" })),
            ("verify-points", json!({ "verdict": "accept" })),
        ] {
            let next = anna.post("/work/next", json!({ "kinds": [kind] })).await.ok();
            let assignment = next["assignment"]["id"].as_str().unwrap_or_else(|| panic!("{kind}: {next}"));
            let handing = json!({ "key": format!("key-{assignment}"), "answer": answer });
            anna.post(&format!("/assignments/{assignment}/submit"), handing).await.ok();
            campaign.pass(1);
        }
        campaign.operator().await.post("/admin/export", json!({})).await.ok();
        let folder = campaign.folder().join("store/annotations");
        let read = |kind: &str| std::fs::read_to_string(folder.join(kind).join("000001.jsonl")).unwrap();
        let line: PointsAnnotation = serde_json::from_str(&read("points")).unwrap();
        assert_eq!(
            (line.fault(), line.method, line.asked.as_deref(), line.labels[0].points.len()),
            (None, Method::Counting, Some("cup"), 2)
        );
        assert_eq!(
            (&line.work.person, line.work.status, line.image.width),
            (&anna.person, Status::Accepted, 8)
        );
        let line: NotPresentAnnotation = serde_json::from_str(&read("not-present")).unwrap();
        assert_eq!(
            (line.fault(), line.verdict, line.source),
            (None, AbsentVerdict::Absent, AbsentSource::CoOccurring)
        );
        let line: VerifyPointsAnnotation = serde_json::from_str(&read("verify-points")).unwrap();
        assert_eq!(
            (line.fault(), line.verdict, line.of.as_str(), line.given.len()),
            (None, PointsVerdict::Accept, "import", 2)
        );
    }
);
