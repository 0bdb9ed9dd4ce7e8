//! A person is erased: nothing that they said is left, and everything else stands.

use std::path::Path;

use pixmo_receipts::log::Folder;
use pixmo_receipts::{Entry, Published};
use serde_json::json;

use crate::export::spoken;
use crate::harness::both;
use crate::voice::Voice;

/// Files below a folder in which these bytes stand.
fn holding(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path).unwrap().windows(bytes.len()).any(|window| window == bytes) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

both!(
    nothing_is_left_of_somebody_who_is_erased,
    |settings| {
        crate::takes::short(settings);
    },
    campaign,
    {
        let operator = campaign.operator().await;
        let (anna, _, take) = spoken(&mut campaign, "anna", 1).await;
        let (berta, _, other) = spoken(&mut campaign, "berta", 2).await;
        operator.post("/admin/export", json!({})).await.ok();
        // And a recording under way.
        campaign.pass(1);
        let image = campaign.image(3).await;
        campaign.tasks(&[json!({ "kind": "cap", "image": image, "payload": { "phase": "single" } })]).await;
        let next = anna.post("/work/next", json!({ "kinds": ["cap"] })).await.ok();
        let live = next["assignment"]["id"].as_str().unwrap().to_owned();
        let mut voice = Voice::of(
            vec![[b"RIFF\0\0\0\0WAVEfmt ".as_slice(), b"whispered words of anna"].concat()],
            "audio/wav",
        );
        voice.begin(&anna, &live).await;
        voice.send(&anna, 0).await.ok();
        let folder = campaign.folder().to_owned();
        assert_eq!(holding(&folder, b"whispered words of anna").len(), 1);
        let recording = Voice::of_jfk().pieces[3][..64].to_vec();
        assert_eq!(
            holding(&folder, &recording).len(),
            3,
            "two people spoke, and the spool was not tidied yet"
        );
        assert!(!holding(&folder, b"says anna").is_empty());

        let erased = operator.post(&format!("/admin/erase/{}", anna.person), json!({})).await.ok();
        let proof = &erased["proof"];
        assert_eq!(
            (proof["takes"].as_array().unwrap().len(), &proof["answers"], &proof["lines"]),
            (2, &json!(1), &json!(1))
        );
        assert_eq!(
            (&proof["takes"][0]["receipt_leaf"], &proof["takes"][0]["tombstone"]),
            (&json!(0), &json!(2))
        );
        assert_eq!(operator.post(&format!("/admin/erase/{}", anna.person), json!({})).await.ok(), erased);
        assert_eq!(operator.post("/admin/erase/p-nobody", json!({})).await.refused(404), "missing");
        assert_eq!(
            berta.post(&format!("/admin/erase/{}", anna.person), json!({})).await.refused(403),
            "forbidden"
        );

        assert_eq!(anna.get("/me").await.refused(401), "signed_out");
        let login = json!({ "login": "anna", "password": crate::harness::PASSWORD });
        assert_eq!(campaign.stranger().post("/login", login).await.status, 401);
        assert_eq!(holding(&folder, b"whispered words of anna"), Vec::<String>::new());
        assert_eq!(holding(&folder, &recording).len(), 1, "Berta's stays");
        // Not in files, not in what is left of the database's pages; PostgreSQL keeps its files elsewhere.
        assert_eq!(holding(&folder, b"says anna"), Vec::<String>::new());
        let lines = std::fs::read_to_string(folder.join("store/annotations/cap/000001.jsonl")).unwrap();
        assert!(!lines.contains(&anna.person) && lines.contains(&berta.person), "{lines}");
        let tombstones = std::fs::read_to_string(folder.join("store/annotations/erased.jsonl")).unwrap();
        assert!(tombstones.contains(&take) && tombstones.contains("\"why\":\"erased\""), "{tombstones}");
        assert!(folder.join(format!("store/annotations/erasures/{}.json", anna.person)).exists());
        let log = Published::open(Folder::at(&folder.join("server/log")), None).unwrap();
        assert!(matches!(log.entry(0), Ok(Entry::Erased)));
        assert!(matches!(log.entry(1), Ok(Entry::Receipt { .. })));
        let left = "SELECT COUNT(*) FROM take WHERE transcript IS NOT NULL";
        assert_eq!(campaign.number(left).await, 1);
        assert_eq!(campaign.number("SELECT COUNT(*) FROM assignment WHERE answer IS NOT NULL").await, 1);
        assert_eq!(campaign.number("SELECT approved FROM kind WHERE name = 'cap'").await, 1);
        assert_eq!(campaign.number("SELECT leased FROM kind WHERE name = 'cap'").await, 0);
        assert_eq!(campaign.number("SELECT open FROM kind WHERE name = 'cap'").await, 2, "both go to others");
        let shown = berta.get(&format!("/takes/{other}/receipt")).await.ok();
        assert_eq!(shown["status"], json!("issued"));
        // Nobody hands her recording in again, and the next export changes nothing.
        let before = std::fs::read(folder.join("store/annotations/cap/000001.jsonl")).unwrap();
        operator.post("/admin/export", json!({})).await.ok();
        assert_eq!(std::fs::read(folder.join("store/annotations/cap/000001.jsonl")).unwrap(), before);
        assert_eq!(
            std::fs::read_to_string(folder.join("store/annotations/erased.jsonl")).unwrap(),
            tombstones
        );
    }
);

both!(
    an_erasure_that_was_cut_off_is_gone_on_with,
    |settings| {
        crate::takes::short(settings);
    },
    campaign,
    {
        let (anna, _, take) = spoken(&mut campaign, "anna", 1).await;
        let person = anna.person.clone();
        // As far as a server comes that is killed at once.
        campaign
            .app()
            .db
            .write("test.begin", async move |tx| {
                sqlx::query("INSERT INTO erasure (person, asked_ms, asked_by) VALUES ($1, 5, 'operator')")
                    .bind(&person)
                    .execute(&mut *tx)
                    .await?;
                Ok(())
            })
            .await
            .unwrap();
        campaign.stop().await;
        campaign.start().await;
        for _ in 0..100 {
            if campaign.number("SELECT COUNT(*) FROM erasure WHERE done_ms IS NOT NULL").await == 1 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let proof = campaign.folder().join(format!("store/annotations/erasures/{}.json", anna.person));
        let proof = std::fs::read_to_string(proof).unwrap();
        assert!(proof.contains(&take) && proof.contains("1970-01-01T00:00:00.005Z"), "{proof}");
        assert_eq!(holding(campaign.folder(), b"says anna"), Vec::<String>::new());
    }
);
