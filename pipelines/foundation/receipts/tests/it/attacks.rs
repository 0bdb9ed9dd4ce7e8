//! Ten thousand ways to hand in something that was not spoken into this page, now, for this task.

use jiff::SignedDuration;
use pixmo_receipts::chain::{self, Recorded};
use pixmo_receipts::issuer::{Issuer, Refusal};
use pixmo_receipts::registry::Memory;
use pixmo_schemas::Sha256;

use crate::scene::{self, Files, at, binding, issuer, nonce, offer};

/// Attempts of all kinds together.
const ATTEMPTS: u64 = 10_000;
/// Length of the recording that is handed in.
const SECS: usize = 75;

type Desk<'a> = Issuer<&'a Files, Memory>;

/// What an attempt came to: the receipt that must not be, or why not.
type Outcome = Result<(), String>;

fn told(refusal: Refusal) -> String {
    refusal.to_string()
}

/// Hands in pieces at given seconds after the beginning.
fn hand_in(desk: &mut Desk<'_>, number: u64, content: &[Vec<u8>], came: &[f64]) -> Outcome {
    let begin = 1000.0 + number as f64;
    desk.grant(nonce(number), binding(number), at(begin - 1.0), SignedDuration::from_mins(5))
        .unwrap()
        .map_err(told)?;
    let mut recorder = desk.begin(nonce(number), &binding(number), at(begin)).unwrap().map_err(told)?;
    let mut hash = chain::BEGINNING;
    for (place, (piece, secs)) in content.iter().zip(came).enumerate() {
        hash = chain::link_hash(&hash, piece, &nonce(number));
        recorder.push(place, piece, &hash, at(begin + secs)).map_err(|error| error.to_string())?;
    }
    receive(desk, number, recorder.finish())
}

fn receive(desk: &mut Desk<'_>, number: u64, recorded: Recorded) -> Outcome {
    let offer = offer(number, recorded, SECS as f64);
    let now = at(1e6 + number as f64);
    desk.issue(&[offer], now).unwrap().remove(0).map(|_| ()).map_err(told)
}

/// Numbers from 0 to 1 that depend on the attempt alone.
fn chance(number: u64, what: &str) -> f64 {
    let digest = Sha256::of(format!("{number} {what}").as_bytes());
    f64::from(u32::from_be_bytes(digest.as_bytes()[..4].try_into().unwrap())) / f64::from(u32::MAX)
}

fn attempt(desk: &mut Desk<'_>, number: u64, honest: &Recorded) -> (&'static str, Outcome) {
    let content = scene::pieces(number, SECS);
    let whole = vec![content.concat()];
    let some = |what: &str| chance(number, what);
    let spread = |from: f64, to: f64| -> Vec<f64> {
        (0..SECS).map(|place| from + (to - from) * (place + 1) as f64 / SECS as f64).collect()
    };
    match number % 12 {
        0 => ("a file pasted in as one piece", hand_in(desk, number, &whole, &[some("when") * 90.0])),
        1 => ("a file uploaded at once", hand_in(desk, number, &content, &spread(0.0, some("s") * 10.0))),
        2 => {
            let wait = 75.0 + some("wait") * 20.0;
            ("a file uploaded after waiting", hand_in(desk, number, &content, &spread(wait, wait + 1.0)))
        }
        3 => {
            let secs = 75.0 * (0.3 + some("speed") * 0.6);
            ("a file fed faster than speech", hand_in(desk, number, &content, &spread(0.0, secs)))
        }
        4 => {
            // The first half as spoken, the rest at once.
            let half = SECS / 2;
            let came =
                (0..SECS).map(|place| if place < half { place as f64 + 1.05 } else { half as f64 + 1.1 });
            ("the rest pasted in", hand_in(desk, number, &content, &came.collect::<Vec<_>>()))
        }
        5 => {
            let pieces: Vec<Vec<u8>> = content.chunks(5).map(<[Vec<u8>]>::concat).collect();
            let came: Vec<f64> = (1..=pieces.len()).map(|place| place as f64 * 5.0).collect();
            ("pieces of five seconds", hand_in(desk, number, &pieces, &came))
        }
        6 => {
            // What was accepted before, once more, with hashes for the new nonce.
            let content = scene::pieces(0, SECS);
            ("an accepted recording fed again", hand_in(desk, number, &content, &spread(0.1, 75.1)))
        }
        7 => ("an accepted chain under another take", receive(desk, number, honest.clone())),
        8 => ("hashes of another nonce", replayed_chain(desk, number)),
        9 => ("another file in the place of the pieces", swapped(desk, number)),
        10 => ("a nonce of another task", borrowed(desk, number)),
        _ => ("a nonce that was made up", made_up(desk, number, honest)),
    }
}

/// Pieces with the hashes that they had when they were spoken.
fn replayed_chain(desk: &mut Desk<'_>, number: u64) -> Outcome {
    let begin = 1000.0 + number as f64;
    let lifetime = SignedDuration::from_mins(5);
    desk.grant(nonce(number), binding(number), at(begin), lifetime).unwrap().map_err(told)?;
    let mut recorder = desk.begin(nonce(number), &binding(number), at(begin)).unwrap().map_err(told)?;
    let mut hash = chain::BEGINNING;
    for (place, piece) in scene::pieces(0, SECS).iter().enumerate() {
        hash = chain::link_hash(&hash, piece, &nonce(0));
        let now = at(begin + place as f64 + 1.05);
        recorder.push(place, piece, &hash, now).map_err(|error| error.to_string())?;
    }
    receive(desk, number, recorder.finish())
}

/// Spoken as it should be, but another file is kept.
fn swapped(desk: &mut Desk<'_>, number: u64) -> Outcome {
    let recorded = scene::spoken(desk, number, SECS, 1000.0 + number as f64);
    let mut offer = offer(number, recorded, SECS as f64);
    if chance(number, "which") < 0.5 {
        offer.audio = Sha256::of(b"another file");
    } else {
        offer.recording.bytes += 1;
    }
    desk.issue(&[offer], at(1e6 + number as f64)).unwrap().remove(0).map(|_| ()).map_err(told)
}

/// Begun with a nonce that was given for another image, person, consent or page.
fn borrowed(desk: &mut Desk<'_>, number: u64) -> Outcome {
    let lifetime = SignedDuration::from_mins(5);
    desk.grant(nonce(number), binding(number), at(1000.0), lifetime).unwrap().map_err(told)?;
    let mut asked = binding(number);
    match number / 12 % 5 {
        0 => asked.image = Sha256::of(b"another image"),
        1 => asked.person = "a-another".to_owned(),
        2 => asked.consent_version = "2025-01".to_owned(),
        3 => asked.page_build = "web-patched".to_owned(),
        _ => asked.task = "cap/another".to_owned(),
    }
    desk.begin(nonce(number), &asked, at(1001.0)).unwrap().map(|_| ()).map_err(told)
}

/// A recording whose nonce this server never gave, or gave and took already.
fn made_up(desk: &mut Desk<'_>, number: u64, honest: &Recorded) -> Outcome {
    let mut forged = honest.clone();
    forged.nonce = nonce(1_000_000 + number);
    forged.audio = Sha256::of(format!("forged {number}").as_bytes());
    receive(desk, number, forged)
}

#[test]
fn of_ten_thousand_attempts_none_is_accepted() {
    let files = Files::default();
    let mut desk = issuer(&files);
    let honest = scene::spoken(&desk, 0, SECS, 100.0);
    let accepted = offer(0, honest.clone(), SECS as f64);
    desk.issue(&[accepted], at(200.0)).unwrap().remove(0).expect("what was spoken is accepted");
    let mut reasons = std::collections::BTreeMap::<(&str, String), u64>::new();
    for number in 1..=ATTEMPTS {
        let (kind, outcome) = attempt(&mut desk, number, &honest);
        let why = outcome.expect_err(kind);
        let why: String = why.chars().filter(|c| !c.is_ascii_digit()).take(60).collect();
        *reasons.entry((kind, why)).or_default() += 1;
    }
    assert_eq!(desk.size(), 1, "one receipt, of what was spoken");
    assert_eq!(reasons.values().sum::<u64>(), ATTEMPTS);
    let kinds: std::collections::BTreeSet<&str> = reasons.keys().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds.len(), 12, "{reasons:#?}");
}

/// What must stay possible: networks stall, pages send a piece twice, sound cards have clocks of their own.
#[test]
fn people_with_bad_networks_are_not_turned_away() {
    let files = Files::default();
    let mut desk = issuer(&files);
    let normal: Vec<f64> = (0..SECS).map(|place| place as f64 + 1.1).collect();
    // A stall of 15 s in the middle, after which everything comes at once.
    let stalled = normal.iter().map(|&secs| if (30.0..45.0).contains(&secs) { 45.0 } else { secs }).collect();
    // A sound card that is 2 % fast, and one that is slow.
    let fast: Vec<f64> = normal.iter().map(|secs| secs * 0.98).collect();
    let slow: Vec<f64> = normal.iter().map(|secs| secs * 1.02).collect();
    for (number, came) in (1..).zip([normal, stalled, fast, slow]) {
        hand_in(&mut desk, number, &scene::pieces(number, SECS), &came).unwrap();
    }
}

#[test]
fn a_piece_that_is_sent_twice_counts_once() {
    let files = Files::default();
    let desk = issuer(&files);
    desk.grant(nonce(1), binding(1), at(0.0), SignedDuration::from_mins(5)).unwrap().unwrap();
    let mut recorder = desk.begin(nonce(1), &binding(1), at(0.0)).unwrap().unwrap();
    let piece = vec![5; 100];
    let hash = chain::link_hash(&chain::BEGINNING, &piece, &nonce(1));
    assert_eq!(recorder.push(0, &piece, &hash, at(1.0)), Ok(chain::Taken::New));
    assert_eq!(recorder.push(0, &piece, &hash, at(1.5)), Ok(chain::Taken::Again));
    for (number, content, claimed, secs, what) in [
        (0, piece.clone(), chain::BEGINNING, 2.0, "piece 0 came, expected piece 1"),
        (2, piece.clone(), hash, 2.0, "piece 2 came, expected piece 1"),
        (1, piece.clone(), hash, 2.0, "does not continue the chain"),
        (1, vec![], hash, 2.0, "has 0 bytes"),
        (1, piece.clone(), chain::link_hash(&hash, &piece, &nonce(1)), 0.5, "the clock went back by 500 ms"),
    ] {
        let error = recorder.push(number, &content, &claimed, at(secs)).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
    assert_eq!(recorder.finish().links.len(), 1);
}
