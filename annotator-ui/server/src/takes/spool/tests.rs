use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pixmo_shards::disk::{Faults, Step, Verdict};

use super::*;

fn piece(number: u32, fill: u8) -> Piece {
    Piece { number, arrived_ms: i64::from(number) * 1000, chain: Sha256::of(&[fill]), bytes: vec![fill; 400] }
}

fn open(folder: &Path) -> Spool {
    Spool::open(folder, Disk::new()).unwrap()
}

fn bytes_of(spool: &Spool, take: &str) -> Vec<u8> {
    spool.read(take).unwrap().iter().map(|piece| piece.bytes[0]).collect()
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let spool = open(folder.path());
    for number in 0..20u8 {
        spool.keep("t-a", piece(number.into(), number)).await.unwrap();
        spool.keep("t-b", piece(number.into(), 100 + number)).await.unwrap();
    }
    // A server that is killed closes nothing.
    let again = open(folder.path());
    assert_eq!(again.takes(), ["t-a", "t-b"]);
    assert_eq!(bytes_of(&again, "t-a"), (0..20).collect::<Vec<u8>>());
    assert_eq!(again.read("t-b").unwrap()[7], piece(7, 107));
    assert_eq!(again.pieces("t-c"), 0);
    spool.close();
    assert!(matches!(spool.keep("t-a", piece(20, 20)).await, Err(SpoolError::Closed)));
}

#[tokio::test]
async fn a_segment_that_is_cut_anywhere_is_read_up_to_there() {
    let folder = tempfile::tempdir().unwrap();
    let spool = open(folder.path());
    for number in 0..4 {
        spool.keep("t-a", piece(number, 1)).await.unwrap();
    }
    spool.close();
    let path = folder.path().join("000000.log");
    let whole = fs::read(&path).unwrap();
    let record = whole.len() / 4;
    for cut in (0..whole.len()).step_by(37).chain([record, 2 * record]) {
        fs::write(&path, &whole[..cut]).unwrap();
        assert_eq!(open(folder.path()).pieces("t-a") as usize, cut / record, "cut at {cut}");
    }
    // What comes after goes into a new segment, so nothing is written behind a torn end.
    fs::write(&path, &whole[..whole.len() - 5]).unwrap();
    let spool = open(folder.path());
    spool.keep("t-a", piece(3, 9)).await.unwrap();
    assert_eq!(bytes_of(&open(folder.path()), "t-a"), [1, 1, 1, 9]);
}

#[tokio::test]
async fn a_segment_goes_when_no_live_take_needs_it() {
    let folder = tempfile::tempdir().unwrap();
    let spool = open(folder.path());
    for number in 0..10 {
        spool.keep("t-long", piece(number, 1)).await.unwrap();
        spool.keep("t-short", piece(number, 2)).await.unwrap();
    }
    spool.close();
    let spool = open(folder.path());
    spool.keep("t-new", piece(0, 3)).await.unwrap();
    spool.forget("t-short", false).await.unwrap();
    assert_eq!(spool.size().segments, 2, "half of the first is needed");
    // Scrubbed: nothing of it is on the disk any more, and the others are where they were.
    spool.forget("t-long", true).await.unwrap();
    assert_eq!((spool.size().segments, spool.takes()), (1, vec!["t-new".to_owned()]));
    assert!(!folder.path().join("000000.log").exists());

    for number in 0..10 {
        spool.keep("t-erased", piece(number, 77)).await.unwrap();
    }
    spool.forget("t-erased", true).await.unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(8).any(|window| window == [77; 8]));
    }
    assert_eq!(bytes_of(&open(folder.path()), "t-new"), [3]);
}

/// Counts what is forced to the disk, slowly.
#[derive(Default)]
struct Slow(AtomicUsize);

impl Faults for Slow {
    fn before(&self, step: Step, _path: &Path) -> Verdict {
        if step == Step::Sync {
            self.0.fetch_add(1, Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        Verdict::Go
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_wait_for_the_disk_share_one_sync() {
    let folder = tempfile::tempdir().unwrap();
    let slow = Arc::new(Slow::default());
    let spool = Spool::open(folder.path(), Disk::with_faults(Arc::clone(&slow) as _)).unwrap();
    let speak = |speaker: u32| {
        let spool = spool.clone();
        async move {
            for number in 0..10 {
                spool.keep(&format!("t-{speaker}"), piece(number, 1)).await.unwrap();
            }
        }
    };
    futures::future::join_all((0..100).map(speak)).await;
    let syncs = slow.0.load(Ordering::SeqCst);
    assert!(syncs < 60, "{syncs} for 1000 pieces");
    let again = open(folder.path());
    assert!((0..100).all(|speaker| again.pieces(&format!("t-{speaker}")) == 10));
}

/// A disk of which one operation in so many fails, or is torn.
struct Failing {
    one_in: u64,
    random: Mutex<u64>,
}

impl Failing {
    fn draw(&self) -> u64 {
        let mut random = self.random.lock().unwrap();
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *random >> 33
    }
}

impl Faults for Failing {
    fn before(&self, step: Step, _path: &Path) -> Verdict {
        let error = std::io::Error::from(std::io::ErrorKind::StorageFull);
        match (self.draw().is_multiple_of(self.one_in), step) {
            (false, _) => Verdict::Go,
            (true, Step::Write(bytes)) => Verdict::Torn(self.draw() as usize % (bytes + 1), error),
            (true, _) => Verdict::Fail(error),
        }
    }
}

#[tokio::test]
async fn a_disk_that_fails_loses_nothing_that_was_acknowledged() {
    for one_in in [3, 4, 5, 7, 11] {
        let folder = tempfile::tempdir().unwrap();
        let faults = Failing { one_in, random: Mutex::new(one_in) };
        // The folder is there, so that opening asks for nothing.
        let spool = Spool::open(folder.path(), Disk::with_faults(Arc::new(faults))).unwrap();
        let mut refused = 0;
        for number in 0..40 {
            // A piece that was refused is sent again with other bytes, as by a page that lost it.
            for attempt in 0..100 {
                match spool.keep("t-a", piece(number, attempt)).await {
                    Ok(()) => break,
                    Err(error) => assert!(matches!(error, SpoolError::Disk(_)), "{error}"),
                }
                refused += 1;
            }
            let here = bytes_of(&spool, "t-a");
            assert_eq!(here.len() as u32, number + 1, "one in {one_in}");
            // What was refused may be there after a kill, behind what was acknowledged.
            let again = bytes_of(&open(folder.path()), "t-a");
            assert_eq!(again[..here.len()], here[..], "one in {one_in}");
        }
        assert!(refused > 0);
    }
}

/// Knows how long each file was when it was last forced to the disk, and which names were.
#[derive(Default)]
struct PowerCut {
    lengths: Mutex<std::collections::BTreeMap<std::path::PathBuf, u64>>,
    named: Mutex<std::collections::BTreeSet<std::path::PathBuf>>,
}

impl Faults for PowerCut {
    fn before(&self, step: Step, path: &Path) -> Verdict {
        if step == Step::Sync && path.is_dir() {
            let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
            self.named.lock().unwrap().extend(entries);
        } else if step == Step::Sync {
            let length = fs::metadata(path).unwrap().len();
            self.lengths.lock().unwrap().insert(path.to_owned(), length);
        }
        Verdict::Go
    }
}

impl PowerCut {
    /// The folder as a power cut leaves it: nothing that was not forced to the disk.
    fn left(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for path in self.named.lock().unwrap().iter() {
            let Some(length) = self.lengths.lock().unwrap().get(path).copied() else { continue };
            // What was put away since is put away.
            let Ok(bytes) = fs::read(path) else { continue };
            fs::write(folder.path().join(path.file_name().unwrap()), &bytes[..length as usize]).unwrap();
        }
        folder
    }
}

#[tokio::test]
async fn what_was_acknowledged_outlives_a_power_cut() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(PowerCut::default());
    let spool = Spool::open(folder.path(), Disk::with_faults(Arc::clone(&disk) as _)).unwrap();
    for number in 0..30u8 {
        spool.keep("t-a", piece(number.into(), number)).await.unwrap();
        spool.keep("t-b", piece(number.into(), number)).await.unwrap();
        let left = disk.left();
        assert_eq!(bytes_of(&open(left.path()), "t-a"), (0..=number).collect::<Vec<u8>>());
    }
    // What others need of a segment is copied, and is on the disk before the segment goes.
    spool.forget("t-b", true).await.unwrap();
    let left = disk.left();
    assert_eq!(open(left.path()).takes(), ["t-a"]);
    assert_eq!(bytes_of(&open(left.path()), "t-a"), (0..30).collect::<Vec<u8>>());
}
