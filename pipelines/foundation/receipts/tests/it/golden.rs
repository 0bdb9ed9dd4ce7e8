//! What stands in files, to the byte. A change here is a change that old verifiers see.

use pixmo_receipts::envelope::{Envelope, IN_TOTO};
use pixmo_receipts::leaf::Reason;
use pixmo_receipts::log::tiles;
use pixmo_schemas::Sha256;

use crate::scene::{Files, at, campaign, issuer, key};

fn text(files: &Files, name: &str) -> String {
    String::from_utf8(files.files.lock().unwrap()[name].clone()).unwrap()
}

#[test]
fn a_small_log_is_the_same_bytes_everywhere() {
    let files = Files::default();
    let mut issuer = issuer(&files);
    campaign(&mut issuer, 1, 2);
    issuer.rotate(key(8), at(500.0)).unwrap();
    issuer.erase(0, Reason::Withdrawn, at(600.0)).unwrap();
    insta::assert_snapshot!("checkpoint", text(&files, "checkpoint"));
    insta::assert_snapshot!("keys", text(&files, "keys.json"));
    let bundle = files.files.lock().unwrap()["tile/entries/000.p/4"].clone();
    let entries: Vec<String> = tiles::bundle_entries(&bundle, 4)
        .unwrap()
        .into_iter()
        .map(|entry| String::from_utf8(entry.to_vec()).unwrap())
        .collect();
    insta::assert_snapshot!("entries", entries.join("\n"));
    let opening = text(&files, "receipts/000.p/001");
    insta::assert_snapshot!("opening", opening);
    let envelope = Envelope::parse(opening.splitn(3, ' ').nth(2).unwrap().as_bytes()).unwrap();
    let (payload, _) =
        envelope.open(IN_TOTO, &[pixmo_receipts::keys::Signer::public(&*key(7)).clone()]).unwrap();
    let statement: serde_json::Value = serde_json::from_slice(&payload).unwrap();
    insta::assert_snapshot!("statement", serde_json::to_string_pretty(&statement).unwrap());
}

/// The numbers in a bundle that is packed do not depend on how it came about, and its bytes not on the machine.
#[test]
fn a_packed_bundle_holds_the_same_lines_everywhere() {
    let files = Files::default();
    campaign(&mut issuer(&files), 1, 256);
    let packed = files.files.lock().unwrap()["receipts/000.zst"].clone();
    let lines = zstd::decode_all(packed.as_slice()).unwrap();
    insta::assert_snapshot!(
        "bundle",
        format!("{} lines, sha256 {}", lines.split(|b| *b == b'\n').count() - 1, Sha256::of(&lines))
    );
}
