//! From a nonce to a receipt that a stranger believes, through rotation, erasure and servers that are killed.

use std::fmt::Display;

use pixmo_receipts::issuer::{IssueError, Issuer, Refusal, Source};
use pixmo_receipts::keyring::KeyringError;
use pixmo_receipts::leaf::{Leaf, Reason};
use pixmo_receipts::log::{Checkpoint, Folder, Store};
use pixmo_receipts::nonce::Binding;
use pixmo_receipts::published::Entry;
use pixmo_receipts::registry::{Memory, Shelf};
use pixmo_receipts::rows::{RowDigests, Rows};
use pixmo_receipts::{Published, Report, recording, verify};
use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Origin, SubjectName};

use crate::scene::{self, Files, ORIGIN, at, binding, campaign, issuer, key, offer, spoken};

/// What a stranger with key 7 says of a log.
pub(crate) fn verdict<S: Store>(store: &S, rows: Rows, earlier: &[Checkpoint]) -> (Report, Vec<String>) {
    let published = Published::open(store, Some(key(7).public())).unwrap();
    let mut faults = Vec::new();
    let report =
        verify(&published, earlier, rows, &mut |_, _| {}, &mut |fault| faults.push(fault.to_string()));
    (report.unwrap(), faults)
}

/// The rows that a dataset of all takes would have.
pub(crate) fn rows_of<S: Store>(store: &S) -> Vec<(u64, RowDigests)> {
    let published = Published::open(store, None).unwrap();
    let mut rows = Vec::new();
    for index in 0..published.checkpoint().size {
        if let Ok(Entry::Receipt { statement, opening }) = published.entry(index) {
            rows.push((index, RowDigests::of(&statement, Sha256::of(opening.envelope.as_bytes())).unwrap()));
        }
    }
    rows
}

pub(crate) fn gathered(rows: &[(u64, RowDigests)]) -> Rows {
    let mut all = Rows::default();
    for (leaf, row) in rows {
        all.add(*leaf, row);
    }
    all
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Refusal>, what: impl Display) {
    let text = answer.unwrap_err().to_string();
    assert!(text.contains(&what.to_string()), "{text}");
}

#[test]
fn a_take_becomes_a_receipt_that_a_stranger_believes() {
    let files = Files::default();
    let mut issuer = issuer(&files);
    let recorded = spoken(&issuer, 1, 75, 60.0);
    let issued = issuer.issue(&[offer(1, recorded, 75.0)], at(140.0)).unwrap().remove(0).unwrap();
    assert_eq!(issued.index, 0);
    let published = Published::open(&files, Some(key(7).public())).unwrap();
    let Entry::Receipt { statement, opening } = published.entry(0).unwrap() else { panic!("no receipt") };
    assert_eq!(Sha256::of(opening.envelope.as_bytes()), issued.envelope_sha256);
    assert_eq!(statement.digest_of(SubjectName::Image), Some(binding(1).image));
    let says = &statement.predicate;
    assert_eq!((says.origin, says.person.as_str(), says.take.as_str()), (Origin::Live, "a-001", "t-000001"));
    let audio = scene::pieces(1, 75).concat();
    recording::check(&statement, audio.as_slice()).unwrap();
    for place in [0, 700, audio.len() - 1] {
        let mut changed = audio.clone();
        changed[place] ^= 1;
        let error = recording::check(&statement, changed.as_slice()).unwrap_err().to_string();
        assert!(error.contains("`audio` is"), "{error}");
    }
    assert!(recording::check(&statement, &audio[1..]).is_err());
    let (report, faults) = verdict(&&files, Rows::default(), &[]);
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!((report.entries, report.receipts, report.live), (1, 1, 1));
    // 75 links and all digests: what is kept of one take.
    assert!(opening.envelope.len() < 3200, "{} bytes", opening.envelope.len());
}

fn begin(issuer: &Issuer<&Files, Memory>, number: u64, asked: &Binding, secs: f64) -> Result<usize, Refusal> {
    issuer.begin(scene::nonce(number), asked, at(secs)).unwrap().map(|recorder| recorder.pieces())
}

#[test]
fn a_nonce_is_used_once_for_what_it_was_given() {
    let files = Files::default();
    let mut issuer = issuer(&files);
    refused(begin(&issuer, 1, &binding(1), 0.0), "was not given by this server");
    for number in 1..4 {
        let lifetime = jiff::SignedDuration::from_mins(1);
        issuer.grant(scene::nonce(number), binding(number), at(0.0), lifetime).unwrap().unwrap();
    }
    refused(
        issuer.grant(scene::nonce(1), binding(2), at(0.0), jiff::SignedDuration::from_mins(1)).unwrap(),
        "used before",
    );
    refused(begin(&issuer, 1, &binding(1), 61.0), "holds from");
    refused(begin(&issuer, 1, &binding(1), -1.0), "holds from");
    refused(begin(&issuer, 1, &binding(2), 1.0), "was given for the task `cap/000001`, not for `cap/000002`");
    let mut other = binding(1);
    other.person = "a-999".to_owned();
    refused(begin(&issuer, 1, &other, 1.0), "person `a-001`, not for `a-999`");
    assert_eq!(begin(&issuer, 1, &binding(1), 1.0).unwrap(), 0);
    refused(begin(&issuer, 1, &binding(1), 2.0), "used before");
    let recorded = spoken(&issuer, 9, 4, 100.0);
    let first = issuer.issue(&[offer(9, recorded.clone(), 4.0)], at(110.0)).unwrap().remove(0).unwrap();
    // The page did not hear the answer and asks again.
    let again = issuer.issue(&[offer(9, recorded.clone(), 4.0)], at(111.0)).unwrap().remove(0).unwrap();
    assert_eq!(first, again);
    let mut other = offer(9, recorded, 4.0);
    other.take = "t-other".to_owned();
    refused(issuer.issue(&[other], at(112.0)).unwrap().remove(0), "used before for the take `t-000009`");
    refused(begin(&issuer, 9, &binding(9), 113.0), "used before for the take `t-000009`");
}

#[test]
fn the_clock_may_not_go_back() {
    let files = Files::default();
    let mut issuer = issuer(&files);
    campaign(&mut issuer, 1, 2);
    let late = offer(3, spoken(&issuer, 3, 4, 90.0), 4.0);
    let error = issuer.issue(std::slice::from_ref(&late), at(100.0)).unwrap_err();
    assert!(matches!(error, IssueError::Clock { .. }), "{error}");
    // Nothing was used up: when the clock is right again, the same offer is taken.
    issuer.issue(&[late], at(1000.0)).unwrap().remove(0).unwrap();
    // Nor after the server began anew.
    let mut again = Issuer::open(&files, Memory::default(), ORIGIN, key(7)).unwrap();
    let late = offer(4, spoken(&again, 4, 4, 90.0), 4.0);
    assert!(matches!(again.issue(&[late], at(999.0)), Err(IssueError::Clock { .. })));
}

#[test]
fn old_receipts_stay_valid_when_the_key_is_replaced() {
    let files = Files::default();
    let mut issuer = issuer(&files);
    campaign(&mut issuer, 1, 3);
    let before = Published::open(&files, None).unwrap().checkpoint().clone();
    assert_eq!(issuer.rotate(key(8), at(500.0)).unwrap(), 3);
    campaign(&mut issuer, 5, 3);
    issuer.rotate(key(9), at(900.0)).unwrap();
    campaign(&mut issuer, 9, 300);
    drop(issuer);
    let rows = rows_of(&&files);
    assert_eq!(rows.len(), 306);
    // Whichever of the three keys a stranger has, everything holds.
    for number in [7, 8, 9] {
        let published = Published::open(&files, Some(key(number).public())).unwrap();
        let mut faults = Vec::new();
        let earlier = std::slice::from_ref(&before);
        let report =
            verify(&published, earlier, gathered(&rows), &mut |_, _| {}, &mut |f| faults.push(f)).unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!((report.receipts, report.rotations, report.rows_wrong), (306, 2, 0));
    }
    let stranger = Published::open(&files, Some(key(1).public())).err().unwrap();
    assert!(matches!(stranger, KeyringError::Stranger { known: 3, .. }), "{stranger}");
    // The old keys sign no more.
    for number in [7, 8] {
        assert!(Issuer::open(&files, Memory::default(), ORIGIN, key(number)).is_err());
    }
    Issuer::open(&files, Memory::default(), ORIGIN, key(9)).unwrap();
}

#[test]
fn a_person_can_be_forgotten_and_every_other_proof_holds() {
    let files = Files::default();
    let mut issuer = issuer(&files);
    campaign(&mut issuer, 1, 260);
    let before = Published::open(&files, None).unwrap().checkpoint().clone();
    let mut rows = rows_of(&&files);
    // One from a full bundle, one from the last.
    for (index, reason) in [(17, Reason::Withdrawn), (258, Reason::Rejected)] {
        issuer.erase(index, reason, at(1e6)).unwrap();
        assert!(matches!(issuer.erase(index, reason, at(1e6)), Err(IssueError::NoReceipt { .. })));
    }
    assert!(matches!(issuer.erase(260, Reason::Mistake, at(1e6)), Err(IssueError::NoReceipt { index: 260 })));
    let gone: Vec<Vec<u8>> =
        [17u64, 258].iter().map(|&index| rows[index as usize].1.take.clone().into_bytes()).collect();
    for (name, content) in files.files.lock().unwrap().iter() {
        for take in &gone {
            assert!(!content.windows(take.len()).any(|part| part == take), "{name} still holds a take");
        }
    }
    let (report, faults) = verdict(&&files, gathered(&rows), std::slice::from_ref(&before));
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!((report.receipts, report.erased, report.rows_wrong), (258, 2, 2));
    for index in [17, 258] {
        let wrong = report.suspects[&index].judge(&rows[index as usize].1, 262).unwrap().to_string();
        assert!(wrong.contains("was taken back as"), "{wrong}");
    }
    rows.retain(|(index, _)| *index != 17 && *index != 258);
    let (report, faults) = verdict(&&files, gathered(&rows), &[before]);
    assert_eq!((faults, report.rows_wrong), (Vec::new(), 0));
    let published = Published::open(&files, None).unwrap();
    assert!(matches!(published.entry(17).unwrap(), Entry::Erased));
    assert!(matches!(
        published.entry(260).unwrap(),
        Entry::Other(Leaf::Tombstone { of: 17, reason: Reason::Withdrawn, .. })
    ));
}

#[test]
fn an_imported_file_says_that_it_proves_no_time_of_speaking() {
    let files = Files::default();
    let mut issuer = issuer(&files);
    let audio = b"a file that was there".to_vec();
    let mut imported = offer(1, spoken(&issuer, 1, 4, 60.0), 4.0);
    imported.source = Source::Imported { binding: binding(1) };
    imported.audio = Sha256::of(&audio);
    imported.recording.bytes = audio.len() as u64;
    issuer.issue(std::slice::from_ref(&imported), at(100.0)).unwrap().remove(0).unwrap();
    let Entry::Receipt { statement, .. } = Published::open(&files, None).unwrap().entry(0).unwrap() else {
        panic!("no receipt")
    };
    assert_eq!((statement.predicate.origin, &statement.predicate.session), (Origin::Imported, &None));
    recording::check(&statement, audio.as_slice()).unwrap();
    imported.take = "t-again".to_owned();
    refused(
        issuer.issue(&[imported], at(101.0)).unwrap().remove(0),
        "the same recording was accepted before",
    );
}

#[test]
fn a_server_that_is_killed_anywhere_loses_nothing_and_says_nothing_twice() {
    let begun = Files::default();
    campaign(&mut issuer(&begun), 1, 254);
    for writes in 0..12 {
        let files = begun.clone();
        let shelf = tempfile::tempdir().unwrap();
        let registry = || Shelf::at(shelf.path()).unwrap();
        let mut issuer = Issuer::open(&files, registry(), ORIGIN, key(7)).unwrap();
        let offers: Vec<_> =
            (300..304).map(|n| offer(n, spoken(&issuer, n, 4, 100.0 * n as f64), 4.0)).collect();
        *files.writes_left.lock().unwrap() = Some(writes);
        issuer.issue(&offers, at(1e5)).ok();
        drop(issuer);
        *files.writes_left.lock().unwrap() = None;
        let mut issuer = Issuer::open(&files, registry(), ORIGIN, key(7)).unwrap();
        let answers = issuer.issue(&offers, at(1e5 + 1.0)).unwrap();
        let numbers: Vec<u64> = answers.into_iter().map(|answer| answer.unwrap().index).collect();
        assert_eq!(numbers, [254, 255, 256, 257], "after {writes} writes");
        let (report, faults) = verdict(&&files, Rows::default(), &[]);
        assert_eq!((faults, report.receipts), (Vec::new(), 258), "after {writes} writes");
    }
}

#[test]
fn a_log_in_a_folder_is_verified_where_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let mut issuer = issuer(Folder::at(folder.path()));
    campaign(&mut issuer, 1, 257);
    issuer.erase(3, Reason::Withdrawn, at(1e6)).unwrap();
    let (report, faults) = verdict(&Folder::at(folder.path()), Rows::default(), &[]);
    assert_eq!((faults, report.receipts, report.erased), (Vec::new(), 256, 1));
    assert!(folder.path().join("receipts/000.zst").exists() && folder.path().join("keys.json").exists());
    assert!(!folder.path().join("receipts/000.p/017").exists());
}
