//! What must be remembered, in memory and in a folder.

use std::sync::atomic::{AtomicU32, Ordering};

use jiff::SignedDuration;
use pixmo_receipts::nonce::Grant;
use pixmo_receipts::registry::{Memory, Progress, Registry, Shelf};
use pixmo_schemas::Sha256;

use crate::scene::{at, binding, nonce};

fn check(registry: &dyn Registry) {
    let grant = Grant {
        binding: binding(1),
        granted_at: at(0.0),
        expires_at: at(0.0) + SignedDuration::from_mins(1),
    };
    let one = nonce(1);
    assert_eq!(registry.look(&one).unwrap(), None);
    assert!(!registry.begin(&one).unwrap() && !registry.spend(&one, "t-1").unwrap());
    assert!(registry.grant(&one, &grant).unwrap());
    assert!(!registry.grant(&one, &grant).unwrap());
    assert_eq!(registry.look(&one).unwrap(), Some((grant.clone(), Progress::Granted)));
    assert!(!registry.spend(&one, "t-1").unwrap());
    // Of many who begin at once, one does.
    let began = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                if registry.begin(&one).unwrap() {
                    began.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(began.into_inner(), 1);
    assert_eq!(registry.look(&one).unwrap(), Some((grant.clone(), Progress::Begun)));
    assert!(!registry.grant(&one, &grant).unwrap());
    assert!(registry.spend(&one, "t-1").unwrap() && registry.spend(&one, "t-1").unwrap());
    assert!(!registry.spend(&one, "t-2").unwrap() && !registry.begin(&one).unwrap());
    assert_eq!(registry.look(&one).unwrap(), Some((grant, Progress::Spent { take: "t-1".to_owned() })));
    let audio = Sha256::of(b"a recording");
    assert!(registry.claim(&audio, "t-1").unwrap() && registry.claim(&audio, "t-1").unwrap());
    assert!(!registry.claim(&audio, "t-2").unwrap());
    assert_eq!(registry.issued("t/1").unwrap(), None);
    registry.note("t/1", 17).unwrap();
    registry.note("t/1", 18).unwrap();
    assert_eq!(registry.issued("t/1").unwrap(), Some(17));
}

#[test]
fn nothing_is_used_twice() {
    check(&Memory::default());
    let folder = tempfile::tempdir().unwrap();
    check(&Shelf::at(folder.path()).unwrap());
    // What was remembered is there for the next process, and names of files give no nonce away.
    let shelf = Shelf::at(folder.path()).unwrap();
    assert!(matches!(shelf.look(&nonce(1)).unwrap(), Some((_, Progress::Spent { .. }))));
    for file in std::fs::read_dir(folder.path().join("nonces")).unwrap() {
        assert!(!file.unwrap().path().display().to_string().contains(&nonce(1).to_string()));
    }
}
