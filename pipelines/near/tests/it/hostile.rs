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

/// Bytes that are exchanged, and where the text is cut off.
#[derive(Debug)]
struct Damage {
    places: Vec<(prop::sample::Index, u8)>,
    end: Option<prop::sample::Index>,
}

fn damage() -> impl Strategy<Value = Damage> {
    let places = prop::collection::vec(any::<(prop::sample::Index, u8)>(), 0..4);
    (places, prop::option::of(any::<prop::sample::Index>())).prop_map(|(places, end)| Damage { places, end })
}

impl Damage {
    fn on(&self, text: &[u8]) -> Vec<u8> {
        let mut bytes = text.to_vec();
        self.places.iter().for_each(|(place, byte)| bytes[place.index(text.len())] = *byte);
        bytes.truncate(self.end.map_or(text.len(), |end| end.index(text.len())));
        bytes
    }
}

/// What was written is read back, in any order of its entries; once damaged it is the same list still, or refused.
fn comes_back_or_is_told<L: Clone + PartialEq + std::fmt::Debug>(
    list: &L,
    text: &[u8],
    damage: &Damage,
    read: impl Fn(&[u8]) -> Result<L, ListError>,
    sort: impl Fn(&mut L),
) -> Result<(), TestCaseError> {
    let sorted = |mut list: L| {
        sort(&mut list);
        list
    };
    let expected = sorted(list.clone());
    prop_assert_eq!(&sorted(read(text).unwrap()), &expected);
    match read(&damage.on(text)) {
        Ok(found) => prop_assert_eq!(sorted(found), expected),
        Err(error) => prop_assert!(is_told(&error), "{}", error),
    }
    Ok(())
}

/// A refusal names its line or the whole.
fn is_told(error: &ListError) -> bool {
    let text = error.to_string();
    text.contains("line") && !text.contains('\n') && text.len() < 1_000
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hash_lists(list in hash_list(), damage in damage()) {
        let mut text = Vec::new();
        list.write(&mut text).unwrap();
        comes_back_or_is_told(&list, &text, &damage, |bytes| HashList::read(bytes), |list| {
            list.entries.sort();
            list.entries.dedup();
        })?;
    }

    #[test]
    fn lists_of_removals(list in tombstones(), damage in damage()) {
        let mut text = Vec::new();
        list.write(&mut text).unwrap();
        comes_back_or_is_told(&list, &text, &damage, |bytes| Tombstones::read(bytes), |list| {
            list.entries.sort();
            list.entries.dedup();
        })?;
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
