//! The same bytes, however the work is done; and what is in them.

use pixmo_console::Ending;
use pixmo_schemas::records::docs::DocsRecord;
use pixmo_schemas::records::docs_points::DocsPointsRecord;
use pixmo_shards::{DatasetFolder, Location, Manifest, Sidecar, Split};

use crate::bench::{Bench, contents, differing};

#[test]
fn any_number_of_workers_gives_the_same_folder() {
    let one = Bench::new("");
    assert_eq!(one.build("--shards 9 --jobs 1"), Ok(Ending::Good));
    let expected = contents(&one.docs());
    assert_eq!(expected.len(), 2 * 9 + 9 + 2, "two files a shard, a sidecar a shard, card and manifest");
    for jobs in [2, 5, 16] {
        let many = Bench::new("");
        assert_eq!(many.build(&format!("--shards 9 --jobs {jobs}")), Ok(Ending::Good));
        assert_eq!(differing(&expected, &contents(&many.docs())), Vec::<String>::new(), "{jobs} workers");
        assert!(!many.docs().join(".work").exists());
    }
}

#[test]
fn shard_by_shard_gives_the_same_folder_and_the_last_one_publishes() {
    let whole = Bench::new("");
    whole.build("--shards 7").unwrap();
    let pieces = Bench::new("");
    for only in ["3-4", "0,6", "5", "1"] {
        assert_eq!(pieces.build(&format!("--shards 7 --only {only}")), Ok(Ending::Good));
        assert!(!pieces.docs().join("manifest.json").exists());
    }
    pieces.build("--shards 7 --only 2").unwrap();
    assert_eq!(differing(&contents(&whole.docs()), &contents(&pieces.docs())), Vec::<String>::new());
    assert!(!pieces.docs().join(".work").exists());
}

#[test]
fn fewer_shards_than_groups_share_and_hold_every_task() {
    let bench = Bench::new("");
    bench.build("--shards 2").unwrap();
    let folder = DatasetFolder::open(Location::local(bench.docs())).unwrap();
    let manifest = folder.manifest();
    assert_eq!(manifest.tasks, 64);
    assert_eq!(manifest.rows + manifest.drops["unlucky"], 64);
    assert_eq!(manifest.files_of("charts", Split::Train).len(), 1);
}

#[test]
fn a_finished_build_is_left_alone() {
    let bench = Bench::new("");
    bench.build("--shards 5").unwrap();
    let before = contents(&bench.docs());
    let times = |bench: &Bench| {
        let file = std::fs::metadata(bench.docs().join("manifest.json")).unwrap();
        file.modified().unwrap()
    };
    let written = times(&bench);
    assert_eq!(bench.build("--shards 5"), Ok(Ending::Good));
    assert_eq!(times(&bench), written);
    assert_eq!(differing(&before, &contents(&bench.docs())), Vec::<String>::new());
    assert!(!bench.docs().join(".work").exists());
}

#[test]
fn rows_stand_in_the_order_of_tasks_and_match_across_configs() {
    let bench = Bench::new("drops_percent = 20\ndrops_percent_max = 50.0");
    bench.build("--shards 9 --jobs 3").unwrap();
    let folder = DatasetFolder::open(Location::local(bench.docs())).unwrap();
    let (mut rows, mut ids) = (0, Vec::new());
    for shard in &folder.manifest().shards {
        let sidecar = Sidecar::from_bytes(&folder.location().read(&shard.sidecar).unwrap()).unwrap();
        let [main, side] = &shard.files[..] else { panic!("two files a shard") };
        let pictures: Vec<DocsRecord> = folder.rows(main).unwrap().map(Result::unwrap).collect();
        let points: Vec<DocsPointsRecord> = folder.rows(side).unwrap().map(Result::unwrap).collect();
        assert_eq!(pictures.len() as u64, shard.rows);
        let of =
            |records: &[DocsPointsRecord]| records.iter().map(|r| r.image_id.clone()).collect::<Vec<_>>();
        assert_eq!(pictures.iter().map(|r| r.image_id.clone()).collect::<Vec<_>>(), of(&points));
        // The second look saw all rows of the shard before any was written.
        let bytes: usize = pictures.iter().map(|r| r.image.bytes.len()).sum();
        assert!(pictures.iter().all(|r| r.image.path.as_deref() == Some(&format!("one of {bytes} bytes"))));
        assert_eq!(sidecar.counters["picture_bytes"], bytes as u64);
        assert_eq!(sidecar.counters["questions"], shard.rows);
        assert_eq!(sidecar.tasks, sidecar.rows + sidecar.dropped());
        rows += shard.rows;
        ids.extend(of(&points));
    }
    assert_eq!(rows, folder.manifest().rows);
    let mut sorted = ids.clone();
    sorted.sort_by_key(|id| {
        let group =
            ["charts/train", "charts/validation", "tables/train"].iter().position(|g| id.starts_with(g));
        (group, id.clone())
    });
    sorted.dedup();
    assert_eq!(ids, sorted);
}

#[test]
fn the_manifest_follows_from_the_sidecars_and_the_card() {
    let bench = Bench::new("");
    bench.build("--shards 9").unwrap();
    let location = Location::local(bench.docs());
    let bytes = location.read("manifest.json").unwrap();
    let manifest = Manifest::from_bytes(&bytes).unwrap();
    let sidecars: Vec<Sidecar> =
        (0..9).map(|shard| Sidecar::read(&location, shard, 9).unwrap().unwrap().unwrap()).collect();
    let card = location.read("README.md").unwrap();
    assert_eq!(Manifest::derive(&manifest.build, &sidecars, &card).unwrap().to_bytes(), bytes);
    insta::assert_snapshot!(String::from_utf8(card).unwrap());
}

#[test]
fn limit_and_seed_decide_the_bytes() {
    let bench = Bench::new("");
    bench.build("--shards 4").unwrap();
    for flags in ["--limit 30", "--seed 8"] {
        let other = Bench::new("");
        other.build(&format!("--shards 4 {flags}")).unwrap();
        let differing = differing(&contents(&bench.docs()), &contents(&other.docs()));
        assert!(differing.iter().any(|name| name.ends_with(".parquet")), "{flags}");
    }
}

#[test]
fn too_many_drops_are_a_failure_of_the_data_and_the_files_stay() {
    let bench = Bench::new("drops_percent = 50");
    let text = bench.failure("--shards 4");
    insta::assert_snapshot!(text);
    assert!(bench.docs().join("manifest.json").exists());
}
