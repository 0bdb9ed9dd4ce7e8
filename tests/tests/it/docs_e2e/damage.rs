//! Files that are damaged or lost after they were written are found, named, and made again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::finished::small;
use crate::site::{BUILD_SMALL, SMALL, Site, campaign, contents, copy, differing};

/// The small dataset in a folder of its own.
fn copied() -> Site {
    let site = Site::new(SMALL);
    site.write("campaign.toml", campaign(SMALL).as_bytes());
    copy(&small().out, &site.path("out"));
    site
}

/// One file of each kind: the card, the manifest, a sidecar, and a Parquet file of each config.
fn kinds(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut kinds = BTreeMap::new();
    for name in files.keys() {
        kinds.insert(name.split('/').next().expect("a first part"), name.clone());
    }
    kinds.into_values().collect()
}

#[test]
fn one_flipped_bit_in_any_kind_of_file_is_found_and_named() {
    let site = copied();
    let good = site.out();
    let kinds = kinds(&good);
    assert_eq!(kinds.len(), 3 + 12, "{kinds:?}");
    let mut salt = 7usize;
    for name in kinds {
        let mut content = good[&name].clone();
        salt = salt.wrapping_mul(48_271) % 2_147_483_647;
        let (at, bit) = (salt % content.len(), salt % 8);
        content[at] ^= 1 << bit;
        fs::write(site.path("out").join(&name), content).expect("a temporary folder");
        for flags in ["", "--quick"] {
            let said = site.run(&format!("verify ./out {flags}")).expect(1);
            assert!(said.stdout.contains(&name), "bit {bit} of byte {at} of {name}:\n{said}");
            assert!(said.stderr.contains("error: "), "{said}");
        }
        fs::write(site.path("out").join(&name), &good[&name]).expect("a temporary folder");
    }
    site.run("verify ./out").expect(0);
}

#[test]
fn a_missing_shard_is_named_and_the_same_build_makes_it_again() {
    let site = copied();
    let (name, sidecar) = ("charts_full/train-00001-of-00002.parquet", "shards/00001-of-00009.json");
    for lost in [name, sidecar, "manifest.json", "README.md"] {
        fs::remove_file(site.path("out").join(lost)).expect("it was there");
        let said = site.run("verify ./out").expect(1);
        assert!(said.stdout.contains(lost), "{lost}:\n{said}");
        site.run(BUILD_SMALL).expect(0);
        assert_eq!(differing(&site.out(), &contents(&small().out)), BTreeSet::new(), "{lost}");
    }
}

#[test]
fn a_damaged_shard_is_made_again_by_the_command_that_verify_gives() {
    let site = copied();
    let path = site.path("out/tables/train-00000-of-00001.parquet");
    let mut content = fs::read(&path).expect("it is there");
    let at = content.len() / 2;
    content[at] ^= 1;
    fs::write(&path, content).expect("a temporary folder");
    let said = site.run("verify ./out").expect(1);
    let only = said.stdout.split("--only ").nth(1).expect("a command for the shard");
    let shard: u32 =
        only.chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a number");
    let said = site.run(&format!("{BUILD_SMALL} --only {shard}")).expect(0);
    assert!(said.stderr.contains(&format!("warning: shard {shard} of `docs` is made again")), "{said}");
    assert_eq!(differing(&site.out(), &contents(&small().out)), BTreeSet::new());
}
