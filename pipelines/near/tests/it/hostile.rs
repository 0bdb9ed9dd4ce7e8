//! Lists that were damaged on their way: read whole or refused with a line, never a panic.

use pixmo_near::{
    HashKind, HashList, ListEntry, ListError, ListHead, PlainList, Removed, Tombstone, Tombstones,
};
use proptest::prelude::*;

fn line() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9/:._é-][a-zA-Z0-9 /:._é-]{0,20}[a-zA-Z0-9é]"
}

fn hash_list() -> impl Strategy<Value = HashList> {
    let kinds = prop::sample::subsequence(vec!["pdq:256", "low-1:64"], 0..=2);
    let entry = |bits: Vec<u32>| {
        let hashes: Vec<_> = bits
            .into_iter()
            .map(|bits| prop::collection::vec(prop::collection::vec(any::<u8>(), bits as usize / 8), 0..3))
            .collect();
        (any::<[u8; 32]>(), hashes, prop::option::of(line())).prop_map(|(sha256, hashes, name)| ListEntry {
            sha256,
            hashes,
            name,
        })
    };
    kinds.prop_flat_map(move |kinds| {
        let kinds: Vec<HashKind> = kinds.iter().map(|kind| kind.parse().unwrap()).collect();
        let bits = kinds.iter().map(HashKind::bits).collect();
        let head = (line(), line(), line(), line()).prop_map(move |(name, version, licence, source)| {
            ListHead { name, version, licence, source, kinds: kinds.clone() }
        });
        (head, prop::collection::vec(entry(bits), 0..12))
            .prop_map(|(head, entries)| HashList { head, entries })
    })
}

fn tombstones() -> impl Strategy<Value = Tombstones> {
    let removed = prop_oneof![
        any::<[u8; 32]>().prop_map(Removed::Sha256),
        (any::<[u8; 32]>(), 0u32..=64)
            .prop_map(|(hash, bits_max)| Removed::Near { hash: hash.to_vec(), bits_max }),
        "[a-z]{1,9}/[a-z]{1,9}".prop_map(|path| {
            Removed::Address(pixmo_near::Address::new(&format!("https://example.org/{path}")).unwrap())
        }),
    ];
    let date = (1..=28i8, 1..=12i8).prop_map(|(day, month)| jiff::civil::date(2026, month, day));
    let entry =
        (removed, date, line()).prop_map(|(removed, date, reason)| Tombstone { removed, date, reason });
    (line(), line(), prop::collection::vec(entry, 0..12)).prop_map(|(name, version, entries)| Tombstones {
        name,
        version,
        kind: Some("pdq:256".parse().unwrap()),
        entries,
    })
}

/// A text with some of its bytes exchanged or cut off.
fn damaged(text: &[u8], places: &[(prop::sample::Index, u8)], end: Option<prop::sample::Index>) -> Vec<u8> {
    let mut bytes = text.to_vec();
    places.iter().for_each(|(place, byte)| bytes[place.index(text.len())] = *byte);
    bytes.truncate(end.map_or(text.len(), |end| end.index(text.len())));
    bytes
}

/// A refusal names its line or the whole.
fn is_told(error: &ListError) -> bool {
    let text = error.to_string();
    text.contains("line") && !text.contains('\n') && text.len() < 1_000
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hash_lists(
        list in hash_list(),
        places in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 0..4),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut text = Vec::new();
        list.write(&mut text).unwrap();
        let mut expected = list.clone();
        expected.entries.sort();
        expected.entries.dedup();
        let mut read = HashList::read(text.as_slice()).unwrap();
        read.entries.sort();
        prop_assert_eq!(&read, &expected);
        let bytes = damaged(&text, &places, end);
        match HashList::read(bytes.as_slice()) {
            Ok(mut read) => {
                read.entries.sort();
                prop_assert_eq!(read, expected);
            }
            Err(error) => prop_assert!(is_told(&error), "{}", error),
        }
    }

    #[test]
    fn lists_of_removals(
        list in tombstones(),
        places in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 0..4),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut text = Vec::new();
        list.write(&mut text).unwrap();
        let mut expected = list.clone();
        expected.entries.sort();
        expected.entries.dedup();
        let mut read = Tombstones::read(text.as_slice()).unwrap();
        read.entries.sort();
        prop_assert_eq!(&read, &expected);
        let bytes = damaged(&text, &places, end);
        match Tombstones::read(bytes.as_slice()) {
            Ok(mut read) => {
                read.entries.sort();
                prop_assert_eq!(read, expected);
            }
            Err(error) => prop_assert!(is_told(&error), "{}", error),
        }
    }

    #[test]
    fn anything_at_all(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(HashList::read(bytes.as_slice()).is_err());
        prop_assert!(Tombstones::read(bytes.as_slice()).is_err());
        if let Err(error) = PlainList::read(bytes.as_slice()) {
            prop_assert!(is_told(&error), "{}", error);
        }
    }
}
