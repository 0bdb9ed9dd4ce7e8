//! What holds for any log and any text.

use pixmo_receipts::chain::{Link, links_text, read_links};
use pixmo_receipts::leaf::{Leaf, REASONS};
use pixmo_receipts::log::tree::{self, Hash};
use pixmo_receipts::log::{LogError, LogReader, LogWriter, NoteVerifier, tiles};
use pixmo_receipts::openings;
use pixmo_schemas::Sha256;
use proptest::prelude::*;

use crate::scene::{Files, ORIGIN, at, key};

fn entry(number: u64) -> Vec<u8> {
    number.to_string().repeat(1 + number as usize % 4).into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the steps in which a log grows: its root is that of the entries, every entry is proved under it, and it
    /// continues each of its earlier states.
    #[test]
    fn a_log_proves_all_that_was_ever_in_it(steps in prop::collection::vec(0u64..300, 1..6), pick in any::<u64>()) {
        let files = Files::default();
        let verifier = NoteVerifier::new(ORIGIN, key(7).public().verifying()).unwrap();
        let mut states: Vec<(u64, Hash)> = Vec::new();
        let mut writer = LogWriter::open(&files, ORIGIN, key(7)).unwrap();
        for step in steps {
            let from = writer.size();
            let entries: Vec<Vec<u8>> = (from..from + step).map(entry).collect();
            prop_assert_eq!(writer.append(&entries).unwrap(), from);
            let checkpoint = LogReader::open(&files, &verifier).unwrap().checkpoint().clone();
            states.push((checkpoint.size, checkpoint.root));
        }
        let log = LogReader::open(&files, &verifier).unwrap();
        let (size, root) = (log.checkpoint().size, log.checkpoint().root);
        let audit = log.audit(|number, found| {
            assert_eq!(found, entry(number));
            Ok::<_, LogError>(())
        });
        prop_assert_eq!(audit.unwrap().entries, size);
        for (old, old_root) in &states {
            let proof = log.consistency(*old).unwrap();
            prop_assert!(tree::continues(old_root, *old, &root, size, &proof));
            let mut other = *old_root;
            other[5] ^= 1;
            prop_assert!(*old == 0 || !tree::continues(&other, *old, &root, size, &proof));
        }
        if size > 0 {
            let index = pick % size;
            let leaf = tree::leaf_hash(&entry(index));
            let mut proof = log.inclusion(index).unwrap();
            prop_assert!(tree::includes(&root, size, index, &leaf, &proof));
            prop_assert!(size == 1 || !tree::includes(&root, size, (index + 1) % size, &leaf, &proof));
            if let Some(hash) = proof.first_mut() {
                hash[0] ^= 1;
                prop_assert!(!tree::includes(&root, size, index, &leaf, &proof));
            }
        }
    }

    #[test]
    fn links_are_read_as_they_were_written(pieces in prop::collection::vec((1u32.., any::<u32>()), 0..80)) {
        let links: Vec<Link> =
            pieces.iter().map(|&(bytes, after_ms)| Link { bytes, after_ms }).collect();
        prop_assert_eq!(read_links(&links_text(&links)).unwrap(), links);
    }

    /// Whatever is read has one form.
    #[test]
    fn texts_of_others_are_read_in_one_form_or_not_at_all(text in ".{0,120}", bytes in any::<Vec<u8>>()) {
        if let Ok(links) = read_links(&text) {
            prop_assert_eq!(links_text(&links), text.clone());
        }
        if let Ok(leaf) = Leaf::parse(&bytes) {
            prop_assert_eq!(leaf.to_bytes(), bytes.clone());
        }
        if let Some((index, opening)) = openings::read_line(&text) {
            prop_assert_eq!(format!("{index} {} {}", opening.salt, opening.envelope), text.clone());
        }
        if let Some(entries) = tiles::bundle_entries(&bytes, 3) {
            prop_assert_eq!(entries.len(), 3);
        }
    }

    #[test]
    fn entries_are_read_as_they_were_written(of in any::<u64>(), secs in 0u32..1_000_000_000, reason in 0usize..3) {
        let leaves = [
            Leaf::Receipt(Sha256::of(&of.to_be_bytes())),
            Leaf::Tombstone { of, at: at(f64::from(secs) / 7.0), reason: REASONS[reason].0 },
            Leaf::Rotation(format!("{{\"{of}\":{secs}}}")),
        ];
        for leaf in leaves {
            prop_assert_eq!(Leaf::parse(&leaf.to_bytes()).unwrap(), leaf);
        }
    }
}
