//! The same in an object store.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pixmo_console::{Ending, Kind};
use pixmo_shards::{Disk, Faults, Location, Step, Verdict};

use crate::bench::{Bench, contents};

/// An object store that takes some objects and then refuses the next.
struct Refusing {
    objects: usize,
    seen: AtomicUsize,
}

impl Faults for Refusing {
    fn before(&self, step: Step, _path: &Path) -> Verdict {
        match step {
            Step::Put if self.seen.fetch_add(1, Ordering::SeqCst) >= self.objects => {
                Verdict::Fail(io::Error::new(io::ErrorKind::ConnectionReset, "planted"))
            }
            _ => Verdict::Go,
        }
    }
}

fn assert_same(store: &Location, local: &Bench) {
    let expected = contents(&local.docs());
    let names: Vec<String> = store.list("").unwrap().into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, expected.keys().cloned().collect::<Vec<_>>());
    for (name, content) in expected {
        assert!(store.read(&name).unwrap() == content, "{name}");
    }
    assert!(!store.exists(".work/build.json").unwrap());
}

#[test]
fn an_object_store_gets_the_same_objects_as_a_folder() {
    let local = Bench::new("");
    local.build("--shards 6").unwrap();
    let (remote, store) = (Bench::new(""), Location::in_memory());
    assert_eq!(remote.build_in("--shards 6 --only 1-2", Some(store.clone())).0, Ok(Ending::Good));
    assert!(!store.exists("manifest.json").unwrap());
    assert_eq!(remote.build_in("--shards 6", Some(store.clone())).0, Ok(Ending::Good));
    assert_same(&store, &local);
    assert_eq!(
        std::fs::read_dir(remote.path("data/work")).unwrap().count(),
        0,
        "nothing is left on the local disk"
    );
    let other = remote.build_in("--shards 7", Some(store.clone())).0.unwrap_err();
    assert_eq!(other.message, "cannot continue `docs` with 7 shards: it was begun with 6");
}

#[test]
fn an_object_store_that_fails_in_the_middle_is_continued_where_it_stopped() {
    let local = Bench::new("charts = 10\ntables = 5");
    local.build("--shards 3").unwrap();
    for objects in 0..13 {
        let (bench, store) = (Bench::new("charts = 10\ntables = 5"), Location::in_memory());
        let faults = Arc::new(Refusing { objects, seen: AtomicUsize::new(0) });
        let refusing = store.clone().with_disk(Disk::with_faults(faults));
        let failure = bench.build_in("--shards 3", Some(refusing)).0.unwrap_err();
        assert_eq!(failure.kind, Kind::World, "{failure}");
        assert!(!store.exists("manifest.json").unwrap());
        assert_eq!(bench.build_in("--shards 3", Some(store.clone())).0, Ok(Ending::Good));
        assert_same(&store, &local);
    }
}
