//! A disk that fails at every step in turn.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pixmo_console::Kind;
use pixmo_shards::{Disk, Faults, Location, Step, Verdict};

use crate::bench::{Bench, contents, differing};
use crate::tiny::FAULTY;

/// How the disk fails.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// From this step on no space is left.
    Full,
    /// From this step on nothing may be written.
    ReadOnly,
    /// This step is cut short and nothing comes after it, as when the process is killed.
    Killed,
}

struct FailingDisk {
    fault: Fault,
    at: usize,
    seen: AtomicUsize,
}

impl Faults for FailingDisk {
    fn before(&self, step: Step, _path: &Path) -> Verdict {
        let seen = self.seen.fetch_add(1, Ordering::SeqCst);
        if seen < self.at {
            return Verdict::Go;
        }
        let error = |kind| io::Error::new(kind, "planted");
        match (self.fault, step) {
            (Fault::Full, Step::Write(bytes)) => Verdict::Torn(bytes / 2, error(io::ErrorKind::StorageFull)),
            (Fault::Full, Step::Create) => Verdict::Fail(error(io::ErrorKind::StorageFull)),
            (Fault::Full, _) => Verdict::Go,
            (Fault::ReadOnly, _) => Verdict::Fail(error(io::ErrorKind::ReadOnlyFilesystem)),
            (Fault::Killed, Step::Write(bytes)) if seen == self.at => {
                Verdict::Torn(bytes / 3, error(io::ErrorKind::Other))
            }
            (Fault::Killed, _) => Verdict::Fail(error(io::ErrorKind::Other)),
        }
    }
}

const SECTION: &str = "charts = 10\ntables = 5";

/// Fails at every step in turn; nothing half-written may stand under a final name, and running again gives the same
/// bytes.
fn check(fault: Fault, message: &str) {
    let whole = Bench::new(SECTION);
    whole.build("--shards 3").unwrap();
    let expected = contents(&whole.docs());
    let mut failures = 0;
    for at in 0.. {
        let bench = Bench::new(SECTION);
        let faults = Arc::new(FailingDisk { fault, at, seen: AtomicUsize::new(0) });
        let disk = Disk::with_faults(faults.clone());
        let into = Location::local(bench.docs()).with_disk(disk);
        let (ended, _) = bench.build_in("--shards 3 --jobs 2", Some(into));
        let done = contents(&bench.docs());
        for (name, content) in &done {
            assert_eq!(Some(content), expected.get(name), "{fault:?} at step {at}: {name}");
        }
        if faults.seen.load(Ordering::SeqCst) <= at {
            ended.unwrap();
            break;
        }
        match ended {
            // A full disk does not hinder the last renames and deletions.
            Ok(_) => assert_eq!(done.len(), expected.len(), "{fault:?} at step {at}"),
            Err(failure) => {
                failures += 1;
                assert_eq!(failure.kind, Kind::World, "{fault:?} at step {at}: {failure}");
                assert!(failure.message.ends_with(message), "{fault:?} at step {at}: {failure}");
            }
        }
        bench.build("--shards 3").unwrap();
        assert_eq!(
            differing(&expected, &contents(&bench.docs())),
            Vec::<String>::new(),
            "{fault:?} at step {at}"
        );
        assert!(!bench.docs().join(".work").exists());
    }
    assert!(failures > 60, "only {failures} steps failed");
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    check(Fault::Full, ": the disk is full");
}

#[test]
fn a_disk_that_becomes_read_only_leaves_nothing_half_written() {
    check(Fault::ReadOnly, ": the disk is read-only");
}

#[test]
fn a_death_at_any_step_leaves_nothing_half_written() {
    check(Fault::Killed, ": the disk failed");
}

#[test]
fn a_row_that_is_none_stops_the_build_and_is_made_anew_by_the_mended_program() {
    let section = "charts = 30\nimage_bytes = 1234";
    let whole = Bench::new(section);
    whole.build("--shards 3").unwrap();
    let bench = Bench::new(section);
    FAULTY.store(1234, Ordering::SeqCst);
    let (first, second) = (bench.build("--shards 3 --jobs 1"), bench.build("--shards 3 --jobs 1"));
    FAULTY.store(usize::MAX, Ordering::SeqCst);
    for failure in [first.unwrap_err(), second.unwrap_err()] {
        assert_eq!(failure.kind, Kind::Bug, "{failure}");
        assert_eq!(failure.at.as_deref(), Some("task docs/charts/train/000007"), "{failure}");
    }
    assert!(!bench.docs().join("manifest.json").exists());
    bench.build("--shards 3").unwrap();
    assert_eq!(differing(&contents(&whole.docs()), &contents(&bench.docs())), Vec::<String>::new());
}
