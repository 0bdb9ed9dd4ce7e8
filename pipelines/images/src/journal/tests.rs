use super::*;
use crate::list::Row;

fn head() -> Head {
    Head::new("ba78", &(10..15))
}

fn outcome(place: u64, class: Class) -> Outcome {
    let address = Some("https://images.example/a.jpg".to_owned());
    Outcome::nothing(
        &Row { number: place, address, ..Row::default() },
        class,
        "2026-11-30T16:40:00Z",
        "a \"detail\"\nof two lines",
    )
}

fn written(folder: &Path) -> (PathBuf, Vec<Outcome>) {
    let path = folder.join("gathered/00000.journal");
    let mut journal = Journal::open(&Disk::new(), &path, &head()).unwrap();
    let outcomes = [
        outcome(12, Class::Fetch(pixmo_fetch::Class::Timeout)),
        outcome(10, Class::NotAnImage),
        outcome(12, Class::Bomb),
    ];
    for outcome in &outcomes {
        journal.add(outcome).unwrap();
    }
    (path, vec![outcomes[1].clone(), outcomes[2].clone()])
}

fn all(outcomes: &Outcomes) -> Vec<Outcome> {
    outcomes.marks().map(|(place, _)| outcomes.outcome(place).unwrap().unwrap()).collect()
}

#[test]
fn the_last_word_about_a_row_holds_and_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let (path, expected) = written(folder.path());
    let mut journal = Journal::open(&Disk::new(), &path, &head()).unwrap();
    assert_eq!(all(journal.outcomes()), expected);
    assert_eq!(all(&Outcomes::any(&path).unwrap().unwrap()), expected);
    assert_eq!(journal.unsynced(), [10, 12]);
    let end = journal.end();
    journal.add(&outcome(14, Class::Truncated)).unwrap();
    journal.synced(end).unwrap();
    assert!(!journal.is_synced());
    let mut journal = Journal::open(&Disk::new(), &path, &head()).unwrap();
    assert_eq!(journal.unsynced(), [14]);
    journal.synced(journal.end()).unwrap();
    assert!(journal.is_synced());
    assert_eq!(Journal::open(&Disk::new(), &path, &head()).unwrap().unsynced(), Vec::<u64>::new());
    assert!(Journal::open(&Disk::new(), &path, &Head::new("ba79", &(10..15))).is_err());
    assert!(Outcomes::read(&path, &Head::new("ba78", &(10..16))).is_err());
    assert!(journal.add(&outcome(15, Class::Bomb)).is_err());
}

#[test]
fn what_is_amended_says_nothing_about_the_originals_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path());
    let (disk, removed) = (Disk::new(), outcome(13, Class::TakenDown));
    Journal::amend(&disk, &path, &head(), std::slice::from_ref(&removed)).unwrap();
    let mut journal = Journal::open(&disk, &path, &head()).unwrap();
    assert_eq!(journal.unsynced(), [10, 12, 13]);
    assert_eq!(journal.outcomes().outcome(13).unwrap(), Some(removed));
    journal.synced(journal.end()).unwrap();
    drop(journal);
    Journal::amend(&disk, &path, &head(), &[outcome(14, Class::TakenDown)]).unwrap();
    assert_eq!(Journal::open(&disk, &path, &head()).unwrap().unsynced(), Vec::<u64>::new());
}

#[test]
fn whatever_is_cut_or_flipped_loses_only_what_stands_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path());
    let bytes = std::fs::read(&path).unwrap();
    let lines: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect();
    for at in 0..bytes.len() {
        let whole = lines.iter().filter(|end| **end < at).count();
        for damaged in [bytes[..at].to_vec(), {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x20;
            flipped
        }] {
            std::fs::write(&path, &damaged).unwrap();
            let mut journal = Journal::open(&Disk::new(), &path, &head()).unwrap();
            let expected = match whole {
                0 | 1 => vec![],
                2 => vec![12],
                _ => vec![10, 12],
            };
            let found: Vec<u64> = journal.outcomes().marks().map(|(place, _)| place).collect();
            assert_eq!(found, expected, "byte {at}");
            journal.add(&outcome(11, Class::Bomb)).unwrap();
            assert!(Outcomes::read(&path, &head()).unwrap().mark(11).is_some(), "byte {at}");
        }
    }
}
