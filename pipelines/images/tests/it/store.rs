//! Folders that are imported, onto a disk that fails at every step in turn.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pixmo_console::{Console, ConsoleArgs, Failure, Kind};
use pixmo_images::list::{List, ListArgs};
use pixmo_images::settings::Settings;
use pixmo_images::stage::Images;
use pixmo_shards::{Disk, Faults, Location, Step, Verdict};
use pixmo_stage::{BuildArgs, build_with};

use crate::bench::{Bench, contents};
use crate::pictures::{jpeg, png};

/// A disk on which no space is left from one step on, or that dies at it.
struct FailingDisk {
    dies: bool,
    at: usize,
    seen: AtomicUsize,
}

impl Faults for FailingDisk {
    fn before(&self, step: Step, _path: &Path) -> Verdict {
        let seen = self.seen.fetch_add(1, Ordering::SeqCst);
        if seen < self.at {
            return Verdict::Go;
        }
        let error = io::Error::new(
            if self.dies { io::ErrorKind::Other } else { io::ErrorKind::StorageFull },
            "planted",
        );
        match (self.dies, step) {
            (_, Step::Write(bytes)) if seen == self.at => Verdict::Torn(bytes / 2, error),
            (false, Step::Create | Step::Write(_)) | (true, _) => Verdict::Fail(error),
            (false, _) => Verdict::Go,
        }
    }
}

fn photos() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..5u64 {
        fs::write(folder.path().join(format!("{number}.jpg")), jpeg(number)).expect("a file");
    }
    fs::write(folder.path().join("5.png"), png(5, 40, 30)).expect("a file");
    fs::write(folder.path().join("6.jpg"), b"<html>").expect("a file");
    folder
}

fn import(photos: &Path, data: &Path, disk: Disk) -> Result<(), Failure> {
    let list = List::import(photos, &ListArgs::default(), &data.join("list")).expect("photos");
    let into = Location::local(data.join("images")).with_disk(disk);
    let (console, _) = Console::captured(&ConsoleArgs { quiet: true, ..ConsoleArgs::default() });
    let campaign = data.join("campaign.toml");
    let text = format!("[campaign]\nname = \"tests\"\ndata = {:?}\n", data.join("data"));
    fs::write(&campaign, text).expect("a campaign file");
    let args = BuildArgs { campaign: Some(campaign), shards: Some(2), jobs: Some(1), ..BuildArgs::default() };
    let adjust = |settings: &mut Settings| {
        settings.store = data.join("store").display().to_string();
        settings.embed = true;
        settings.run.is_import = true;
        settings.run.list = Some(Arc::new(list));
        Ok(())
    };
    build_with::<Images>(&args, &console, Some(into), adjust).map(|_| ())
}

fn check(dies: bool) {
    let photos = photos();
    let whole = tempfile::tempdir().expect("a folder");
    import(photos.path(), whole.path(), Disk::new()).expect("it is imported");
    let expected = contents(&whole.path().join("images"));
    let originals = contents(&whole.path().join("store"));
    assert_eq!(originals.len(), 6);
    let mut failures = 0;
    // Every step would take minutes: each run waits for the disk several times.
    for at in (0..).step_by(3) {
        let torn = tempfile::tempdir().expect("a folder");
        let faults = Arc::new(FailingDisk { dies, at, seen: AtomicUsize::new(0) });
        let ended = import(photos.path(), torn.path(), Disk::with_faults(faults.clone()));
        for (name, content) in contents(&torn.path().join("store")) {
            if !name.starts_with(".work") {
                assert_eq!(Some(&content), originals.get(&name), "step {at}: {}", name.display());
            }
        }
        if faults.seen.load(Ordering::SeqCst) <= at {
            ended.expect("nothing failed");
            break;
        }
        if let Err(failure) = ended {
            failures += 1;
            assert_eq!(failure.kind, Kind::World, "step {at}: {failure}");
        }
        import(photos.path(), torn.path(), Disk::new()).expect("it is continued");
        let differing: BTreeMap<PathBuf, usize> = contents(&torn.path().join("images"))
            .into_iter()
            .filter(|(name, content)| expected.get(name) != Some(content))
            .map(|(name, content)| (name, content.len()))
            .collect();
        assert_eq!(differing, BTreeMap::new(), "step {at}");
        assert_eq!(contents(&torn.path().join("images")).len(), expected.len(), "step {at}");
    }
    assert!(failures > 20, "only {failures} steps failed");
}

#[test]
fn a_full_disk_loses_nothing() {
    check(false);
}

#[test]
fn a_death_at_any_step_loses_nothing() {
    check(true);
}

#[test]
fn a_folder_becomes_rows_and_originals() {
    let (bench, photos) = (Bench::new(), photos());
    let folder = photos.path().display();
    bench.run(&format!("import {folder} --progress none")).expect(0);
    let rows = bench.rows("data/shards/images");
    let files: Vec<_> =
        rows.iter().map(|row| (row.file.as_deref(), row.format.as_str(), row.address.is_none())).collect();
    let jpegs = ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg"].map(|name| (Some(name), "jpeg", true));
    assert_eq!(files[..5], jpegs);
    assert_eq!(files[5..], [(Some("5.png"), "png", true)]);
    assert_eq!(bench.status("")["classes"]["not_an_image"]["rows"], 1);
    // An original that is lost is brought again.
    let row = &rows[2];
    let original = bench.path(&format!("data/images/{}/{}.jpg", &row.sha256[..3], row.sha256));
    fs::remove_file(&original).expect("it was there");
    let before = contents(&bench.path("data/shards/images"));
    bench.run(&format!("import {folder} --progress none")).expect(0);
    assert!(!original.exists());
    bench.run(&format!("import {folder} --progress none --check-store")).expect(0);
    assert_eq!(fs::read(&original).expect("it is there again"), jpeg(2));
    assert_eq!(contents(&bench.path("data/shards/images")).len(), before.len());
}
