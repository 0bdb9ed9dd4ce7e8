//! Every change is found and named: by strangers who have no key, and by operators who have it.

use pixmo_receipts::envelope::{Envelope, IN_TOTO};
use pixmo_receipts::keyring::{KEYS, Keyring};
use pixmo_receipts::keys::SecretKey;
use pixmo_receipts::leaf::{Leaf, Reason, Salt, commitment};
use pixmo_receipts::log::{LogWriter, Store};
use pixmo_receipts::openings::{self, Opening};
use pixmo_receipts::published::Entry;
use pixmo_receipts::rows::{RowDigests, Rows};
use pixmo_receipts::{Published, verify};
use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Digest, Measured, Statement, SubjectName};

use crate::life::{gathered, rows_of, verdict};
use crate::scene::{self, Files, ORIGIN, at, campaign, issuer, key};

/// A log with everything in it: a full bundle, a last one, a tombstone, a rotation.
fn everything() -> Files {
    let files = Files::default();
    let mut issuer = issuer(&files);
    campaign(&mut issuer, 1, 255);
    issuer.rotate(key(8), at(2.6e4)).unwrap();
    campaign(&mut issuer, 261, 4);
    issuer.erase(257, Reason::Withdrawn, at(1e6)).unwrap();
    drop(issuer);
    files
}

/// The first thing that a stranger finds, if anything.
fn found(files: &Files, rows: &[(u64, RowDigests)]) -> Option<String> {
    let published = match Published::open(files, Some(key(7).public())) {
        Ok(published) => published,
        Err(error) => {
            let mut text = error.to_string();
            let mut cause: &dyn std::error::Error = &error;
            while let Some(below) = cause.source() {
                text.push_str(&format!(": {below}"));
                cause = below;
            }
            return Some(text);
        }
    };
    let mut first = None;
    let report = verify(&published, &[], gathered(rows), &mut |_, _| {}, &mut |fault| {
        first.get_or_insert(fault.to_string());
    });
    let Ok(report) = report else { return Some("a file cannot be read".to_owned()) };
    let row =
        report.suspects.first_key_value().map(|(index, suspect)| format!("row of {index}: {suspect:?}"));
    first.or(row)
}

#[test]
fn one_flipped_bit_in_any_file_is_found() {
    let good = everything();
    let rows: Vec<_> = rows_of(&&good);
    assert_eq!(found(&good, &rows), None);
    let names: Vec<String> = good.files.lock().unwrap().keys().cloned().collect();
    let mut flipped = 0;
    for name in names {
        let content = good.files.lock().unwrap()[&name].clone();
        let promised = !name.contains(".p/") || {
            // Partial tiles of earlier checkpoints are no part of this one.
            let bad = good.clone();
            bad.files.lock().unwrap().remove(&name);
            found(&bad, &rows).is_some()
        };
        if !promised {
            continue;
        }
        let step = (content.len() / 10).max(1);
        let places = (0..content.len()).step_by(step).chain([content.len() - 1]);
        for (count, place) in places.enumerate() {
            let bad = good.clone();
            bad.files.lock().unwrap().get_mut(&name).unwrap()[place] ^= 1 << (count % 8);
            let what = found(&bad, &rows);
            assert!(what.is_some(), "bit {} of byte {place} of {name} is not found", count % 8);
            flipped += 1;
        }
    }
    assert!(flipped > 90, "{flipped}");
}

#[test]
fn every_bit_of_a_small_log_is_found() {
    let good = Files::default();
    let mut issuer = issuer(&good);
    campaign(&mut issuer, 1, 2);
    drop(issuer);
    let rows = rows_of(&&good);
    let last = ["checkpoint", "keys.json", "tile/0/000.p/2", "tile/entries/000.p/2", "receipts/000.p/001"];
    for name in last {
        let content = good.files.lock().unwrap()[name].clone();
        for place in 0..content.len() {
            for bit in 0..8 {
                let mut changed = content.clone();
                changed[place] ^= 1 << bit;
                good.files.lock().unwrap().insert(name.to_owned(), changed);
                assert!(found(&good, &rows).is_some(), "bit {bit} of byte {place} of {name} is not found");
            }
        }
        good.files.lock().unwrap().insert(name.to_owned(), content);
    }
    assert_eq!(found(&good, &rows), None);
}

#[test]
fn a_row_that_says_something_else_is_named_with_its_field() {
    let files = everything();
    let rows = rows_of(&&files);
    type Change = fn(&mut RowDigests);
    let changes: [(&str, Change); 7] = [
        ("`take` is", |row| row.take.push('x')),
        ("`image_sha256` is", |row| row.image = Sha256::of(b"x")),
        ("`audio_sha256` is", |row| row.audio = Sha256::of(b"x")),
        ("`raw_sha256` is", |row| row.raw = Some(Sha256::of(b"x"))),
        ("`raw_sha256` is `nothing`", |row| row.raw = None),
        ("`transcript_sha256` is", |row| row.transcript = Some(Sha256::of(b"x"))),
        ("`receipt_sha256` is", |row| row.envelope = Sha256::of(b"x")),
    ];
    for place in [0, 100, rows.len() - 1] {
        for (what, change) in &changes {
            let mut bad = rows.clone();
            change(&mut bad[place].1);
            let (report, faults) = verdict(&&files, gathered(&bad), &[]);
            assert_eq!((faults, report.rows_wrong), (Vec::new(), 1), "{what}");
            let (leaf, row) = &bad[place];
            let wrong = report.suspects[leaf].judge(row, 261).unwrap().to_string();
            assert!(wrong.contains(what), "{wrong}");
        }
    }
    // The owner of a receipt changes: two rows trade places.
    let mut traded = rows.clone();
    let (one, two) = (traded[3].1.clone(), traded[4].1.clone());
    (traded[3].1, traded[4].1) = (two, one);
    let (report, _) = verdict(&&files, gathered(&traded), &[]);
    assert_eq!(report.rows_wrong, 2);
    // Rows about no receipt, and two about one.
    for (leaf, what) in [(255, "names no receipt"), (260, "names no receipt"), (999, "names no receipt")] {
        let mut bad = rows.clone();
        bad.push((leaf, rows[0].1.clone()));
        let (report, _) = verdict(&&files, gathered(&bad), &[]);
        let wrong = report.suspects[&leaf].judge(&rows[0].1, 261).unwrap().to_string();
        assert!(wrong.contains(what) && report.rows_wrong == 1, "{leaf}: {wrong}");
    }
    let mut bad = rows.clone();
    bad.push(rows[9].clone());
    let (report, _) = verdict(&&files, gathered(&bad), &[]);
    assert_eq!(report.rows_wrong, 2);
    assert!(report.suspects[&9].judge(&rows[9].1, 261).unwrap().to_string().contains("in another row too"));
}

/// Changes to what is published, by someone without a key.
#[test]
fn what_is_taken_away_or_put_elsewhere_is_named() {
    let good = everything();
    let rows = rows_of(&&good);
    let named = |files: &Files, what: &str| {
        let text = found(files, &rows).unwrap();
        assert!(text.contains(what), "{text}");
    };
    let bad = good.clone();
    bad.files.lock().unwrap().remove("receipts/001.p/000");
    named(&bad, "leaf 256: its receipt is missing, and no tombstone says why");
    let bad = good.clone();
    let other = openings::read(&&good, 258).unwrap().unwrap();
    openings::put(&&bad, 259, std::slice::from_ref(&other)).unwrap();
    named(&bad, "leaf 259: envelope or salt are not those that were logged");
    // What was taken back comes again: nobody has it but who kept a copy, so any content is a fault.
    let bad = good.clone();
    openings::put(&&bad, 257, std::slice::from_ref(&other)).unwrap();
    named(&bad, "leaf 257: envelope or salt");
    for name in ["tile/entries/000", "tile/0/000", "receipts/000.zst"] {
        let bad = good.clone();
        bad.files.lock().unwrap().remove(name);
        let what = if name.starts_with("receipts") { "leaf 0: its receipt is missing" } else { name };
        named(&bad, what);
    }
    let bad = good.clone();
    bad.files.lock().unwrap().remove("keys.json");
    named(&bad, "`keys.json` is missing");
    let bad = good.clone();
    let first = bad.files.lock().unwrap()["tile/entries/000"].clone();
    let mut traded = first.clone();
    let length = 2 + usize::from(u16::from_be_bytes([first[0], first[1]]));
    let (one, two) = (first[..length].to_vec(), first[length..2 * length].to_vec());
    traded[..length].copy_from_slice(&two);
    traded[length..2 * length].copy_from_slice(&one);
    bad.files.lock().unwrap().insert("tile/entries/000".to_owned(), traded);
    named(&bad, "leaf 0: envelope or salt");
}

#[test]
fn a_log_that_was_written_anew_does_not_continue_the_old_one() {
    let files = Files::default();
    campaign(&mut issuer(&files), 1, 5);
    let kept = Published::open(&files, None).unwrap().checkpoint().clone();
    let anew = Files::default();
    campaign(&mut issuer(&anew), 2, 300);
    let (_, faults) = verdict(&&anew, Rows::default(), &[kept]);
    assert_eq!(faults, ["log: it does not continue the checkpoint over 5 entries that was kept"]);
    let longer = Published::open(&anew, None).unwrap().checkpoint().clone();
    let (_, faults) = verdict(&&files, Rows::default(), &[longer]);
    assert_eq!(faults.len(), 1);
}

/// A log by an operator who has the key and writes down what they like.
fn forged(statements: &[(Statement, &SecretKey)]) -> Files {
    let files = Files::default();
    let mut entries = Vec::new();
    for (index, (statement, key)) in (0..).zip(statements) {
        let payload = serde_json::to_vec(statement).unwrap();
        let envelope = Envelope::sign(&payload, IN_TOTO, *key).unwrap().to_json();
        let salt = Salt::from_bytes([3; 16]);
        entries.push(Leaf::Receipt(commitment(&salt, &Sha256::of(envelope.as_bytes()))).to_bytes());
        openings::put(&&files, index, &[Opening { salt, envelope }]).unwrap();
    }
    LogWriter::open(&files, ORIGIN, key(7)).unwrap().append(&entries).unwrap();
    files.write(KEYS, &Keyring::new(ORIGIN, key(7).public()).unwrap().to_bytes()).unwrap();
    files
}

fn honest(count: u64) -> Vec<Statement> {
    let files = Files::default();
    campaign(&mut issuer(&files), 1, count);
    let published = Published::open(&files, None).unwrap();
    let read = |index| match published.entry(index).unwrap() {
        Entry::Receipt { statement, .. } => *statement,
        other => panic!("{other:?}"),
    };
    (0..count).map(read).collect()
}

fn heard(statement: &mut Statement) -> &mut Measured {
    statement.predicate.recording.measured.as_mut().unwrap()
}

#[test]
fn what_an_operator_cannot_say_is_named() {
    type Lie = fn(&mut Vec<Statement>);
    let lies: [(&str, Lie); 14] = [
        ("leaf 2: `issued_at` is", |all| all.swap(1, 2)),
        ("leaf 3: its take is that of leaf 1 too", |all| {
            all[3].predicate.take = all[1].predicate.take.clone();
        }),
        ("leaf 3: its audio is that of leaf 1 too", |all| {
            all[3].subject[0].digest = Digest { sha256: all[1].digest_of(SubjectName::Audio).unwrap() };
        }),
        ("leaf 3: its nonce is that of leaf 1 too", |all| {
            let nonce = all[1].predicate.session.as_ref().unwrap().nonce.clone();
            all[3].predicate.session.as_mut().unwrap().nonce = nonce;
        }),
        ("leaf 2: `session.links`: 4 pieces came for 40.0 s of sound", |all| {
            heard(&mut all[2]).duration_secs = 40.0;
        }),
        ("leaf 2: `recording.bytes` is", |all| all[2].predicate.recording.bytes += 1),
        ("leaf 2: `session` is `nothing`", |all| all[2].predicate.session = None),
        ("leaf 2: `received_at` is", |all| all[2].predicate.received_at = at(0.0)),
        ("leaf 2: `session.expires_at` is", |all| {
            all[2].predicate.session.as_mut().unwrap().expires_at = at(0.0);
        }),
        ("leaf 2: `_type` is", |all| all[2].statement_type = "https://in-toto.io/Statement/v0.1".to_owned()),
        ("leaf 2: `predicateType` is", |all| {
            all[2].predicate_type = "https://slsa.dev/provenance/v1".to_owned();
        }),
        ("leaf 2: `subject` is", |all| all[2].subject.swap(0, 1)),
        ("leaf 2: `recording.measured.voiced_secs` is", |all| heard(&mut all[2]).voiced_secs = 9.0),
        ("leaf 2: `person` is", |all| all[2].predicate.person.clear()),
    ];
    let good = honest(5);
    let (ours, theirs) = (key(7), key(8));
    let all = |statements: &[Statement]| -> Vec<(Statement, &SecretKey)> {
        statements.iter().map(|statement| (statement.clone(), &*ours)).collect()
    };
    let (report, faults) = verdict(&&forged(&all(&good)), Rows::default(), &[]);
    assert_eq!((faults, report.receipts), (Vec::new(), 5));
    for (what, lie) in lies {
        let mut told = good.clone();
        lie(&mut told);
        let (_, faults) = verdict(&&forged(&all(&told)), Rows::default(), &[]);
        assert!(faults.iter().any(|fault| fault.contains(what)), "{what}: {faults:?}");
    }
    let mut strange = all(&good);
    strange[2].1 = &theirs;
    let (_, faults) = verdict(&&forged(&strange), Rows::default(), &[]);
    assert!(
        faults[0].starts_with("leaf 2: no signature of the envelope is by a key that is believed"),
        "{faults:?}"
    );
}

#[test]
fn a_key_that_was_replaced_signs_nothing_more() {
    let files = everything();
    let published = Published::open(&files, Some(key(7).public())).unwrap();
    let Entry::Receipt { statement, .. } = published.entry(256).unwrap() else { panic!("no receipt") };
    let payload = serde_json::to_vec(&statement).unwrap();
    let envelope = Envelope::sign(&payload, IN_TOTO, &*key(7)).unwrap().to_json();
    let salt = Salt::from_bytes([3; 16]);
    let logged = commitment(&salt, &Sha256::of(envelope.as_bytes()));
    let wrong = pixmo_receipts::check::open(256, &logged, &Opening { salt, envelope }, published.keyring());
    assert!(wrong.unwrap_err().to_string().contains("was not in use at this entry"));
}

/// A signature of the right form by the right key over something else: only the batch can see it.
#[test]
fn a_signature_over_another_payload_is_named() {
    let files = Files::default();
    let mut entries = Vec::new();
    for (index, statement) in (0..).zip(honest(4)) {
        let sign = |statement: &Statement| {
            let payload = serde_json::to_vec(statement).unwrap();
            Envelope::sign(&payload, IN_TOTO, &*key(7)).unwrap().to_json()
        };
        let mut envelope = sign(&statement);
        if index == 2 {
            let mut other = statement.clone();
            other.predicate.person = "a-other".to_owned();
            let signature = |json: &str| json.rsplit_once("\"sig\":\"").unwrap().1.to_owned();
            let rest = envelope.rsplit_once("\"sig\":\"").unwrap().0.to_owned();
            envelope = format!("{rest}\"sig\":\"{}", signature(&sign(&other)));
        }
        let salt = Salt::from_bytes([3; 16]);
        entries.push(Leaf::Receipt(commitment(&salt, &Sha256::of(envelope.as_bytes()))).to_bytes());
        openings::put(&&files, index, &[Opening { salt, envelope }]).unwrap();
    }
    LogWriter::open(&files, ORIGIN, key(7)).unwrap().append(&entries).unwrap();
    files.write(KEYS, &Keyring::new(ORIGIN, key(7).public()).unwrap().to_bytes()).unwrap();
    let (report, faults) = verdict(&&files, Rows::default(), &[]);
    assert_eq!(
        (faults, report.receipts),
        (vec!["leaf 2: the signature does not fit the envelope".to_owned()], 4)
    );
    let published = Published::open(&files, None).unwrap();
    assert!(published.entry(2).unwrap_err().to_string().contains("the signature does not fit"));
    published.entry(3).unwrap();
}

#[test]
fn tombstones_are_about_receipts_before_them_once() {
    let files = Files::default();
    let mut desk = issuer(&files);
    campaign(&mut desk, 1, 3);
    drop(desk);
    let tombstone = |of| Leaf::Tombstone { of, at: at(1e6), reason: Reason::Mistake }.to_bytes();
    let mut writer = LogWriter::open(&files, ORIGIN, key(7)).unwrap();
    writer.append(&[tombstone(1), tombstone(1), tombstone(9), b"something else".to_vec()]).unwrap();
    let (_, faults) = verdict(&&files, Rows::default(), &[]);
    assert_eq!(
        faults,
        [
            "leaf 4: it takes back entry 1, which is no receipt before it or was taken back already",
            "leaf 5: it takes back entry 9, which is no receipt before it or was taken back already",
            "leaf 6: it is no entry of a receipt, tombstone or rotation",
            &format!(
                "leaf 1: it was taken back as mistake at {}, but its receipt is still published",
                at(1e6)
            ),
        ]
    );
    let _ = scene::key(7);
}
