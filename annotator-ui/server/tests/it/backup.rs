//! A backup while people work, and going on from it elsewhere, with another database.

use pixmo_annotator::backup::restore_from;
use pixmo_annotator::settings::Settings;
use serde_json::json;

use crate::export::spoken;
use crate::harness::{Postgres, both};

/// The settings of an empty place.
fn empty(of: &Settings, folder: &std::path::Path, database: &str) -> Settings {
    let below = |name: &str| folder.join(name).display().to_string();
    Settings {
        database: database.to_owned(),
        store: below("store"),
        folder: below("server"),
        receipts_key: below("receipts.pem"),
        ..of.clone()
    }
}

both!(
    a_campaign_goes_on_from_a_backup_in_either_database,
    |settings| {
        crate::takes::short(settings);
    },
    campaign,
    {
        let operator = campaign.operator().await;
        let (mut anna, _, take) = spoken(&mut campaign, "anna", 1).await;
        operator.post("/admin/export", json!({})).await.ok();
        let into = campaign.folder().join("backup").display().to_string();
        let made = operator.post("/admin/backup", json!({ "into": into })).await.ok();
        assert_eq!(made["manifest"]["rows"]["take"], json!(1), "{made}");
        let again = operator.post("/admin/backup", json!({ "into": into })).await.ok();
        assert_eq!(again["manifest"]["objects"], made["manifest"]["objects"]);
        assert_eq!(
            operator.post("/admin/backup", json!({ "into": "ftp://x/y" })).await.refused(422),
            "invalid"
        );
        assert_eq!(anna.post("/admin/backup", json!({ "into": into })).await.refused(403), "forbidden");
        let receipt = anna.get(&format!("/takes/{take}/receipt")).await.ok();
        let audio = anna.get(&format!("/takes/{take}/audio")).await;
        let progress = anna.get("/work").await.ok();
        campaign.stop().await;

        // A backup that was changed or cut off is none, and what is there is not written over.
        let settings = campaign.settings().clone();
        assert_eq!(restore_from(&into, &settings).await.unwrap_err().body.code, "not_empty");
        let rows = std::path::Path::new(&into).join("rows/000001.jsonl");
        let whole = std::fs::read(&rows).unwrap();
        std::fs::write(&rows, &whole[..whole.len() - 9]).unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let sqlite = format!("sqlite:{}", elsewhere.path().join("campaign.db").display());
        let place = empty(&settings, elsewhere.path(), &sqlite);
        assert_eq!(restore_from(&into, &place).await.unwrap_err().body.code, "not_a_backup");
        std::fs::write(&rows, &whole).unwrap();
        let key = std::fs::read(&settings.receipts_key).unwrap();

        let mut places = vec![(elsewhere, place)];
        let postgres = Postgres::fresh().await;
        if let Some(postgres) = &postgres {
            let folder = tempfile::tempdir().unwrap();
            let place = empty(&settings, folder.path(), postgres.url());
            places.push((folder, place));
        }
        for (folder, place) in places {
            restore_from(&into, &place).await.unwrap();
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            std::io::Write::write_all(&mut options.open(&place.receipts_key).unwrap(), &key).unwrap();
            *campaign.settings() = place;
            campaign.start().await;
            anna.moved_to(&campaign.address());
            assert_eq!(anna.get(&format!("/takes/{take}/receipt")).await.ok(), receipt);
            assert_eq!(anna.get(&format!("/takes/{take}/audio")).await.bytes, audio.bytes);
            assert_eq!(anna.get("/work").await.ok(), progress);
            // And people go on: the log continues, the export adds to its file.
            let before = std::fs::read(folder.path().join("store/annotations/cap/000001.jsonl")).unwrap();
            let (berta, _, other) = spoken(&mut campaign, "berta", 2).await;
            let next = berta.get(&format!("/takes/{other}/receipt")).await.ok();
            assert_eq!((&next["status"], &next["leaf"]), (&json!("issued"), &json!(1)));
            campaign.operator().await.post("/admin/export", json!({})).await.ok();
            let after = std::fs::read(folder.path().join("store/annotations/cap/000001.jsonl")).unwrap();
            assert!(after.starts_with(&before) && after.len() > before.len());
            campaign.stop().await;
        }
    }
);
