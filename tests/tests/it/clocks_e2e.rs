//! `pixmo build clocks` from end to end: the real programs, and Python that reads what they wrote.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::python::{all_right, script};
use crate::site::{Site, differing};

/// Enough for some forty faces of many bodies in both splits.
const BUILD: &str = "build clocks --campaign clocks.toml --shards 3 --limit 210 --into out";
const CAMPAIGN: &str = "[campaign]\nname = \"tests\"\nseed = 7\n\n\
    [build.clocks]\ntrain = 800\nvalidation = 200\nside_min = 256\nside_max = 320\n";

fn site() -> Site {
    let site = Site::new("");
    site.write("clocks.toml", CAMPAIGN.as_bytes());
    site
}

/// One build for all tests that only look.
pub(crate) fn built() -> PathBuf {
    static BUILT: LazyLock<Site> = LazyLock::new(|| {
        let site = site();
        site.run(&format!("{BUILD} --jobs 2")).expect(0);
        site
    });
    BUILT.path("out")
}

#[test]
fn one_worker_and_parts_apart_give_the_same_clocks() {
    let site = site();
    site.run(&format!("{BUILD} --jobs 1 --only 1-2")).expect(0);
    site.run(&format!("{BUILD} --jobs 1 --only 0")).expect(0);
    assert_eq!(differing(&site.out(), &crate::site::contents(&built())), BTreeSet::new());
}

#[test]
fn clocks_are_all_good_when_verified() {
    let out = built();
    let site = site();
    site.run(&format!("verify {}/", out.display())).expect(0);
}

#[test]
fn clocks_load_in_the_old_release_and_their_hands_tell_the_truth() {
    let said = all_right(script("datasets-3.1", "check_clocks.py").arg(built()));
    assert!(said.stdout.starts_with("datasets 3.1.0: 210 clocks, "), "{said}");
}

#[test]
fn clocks_load_in_the_new_release_and_their_hands_tell_the_truth() {
    let said = all_right(script("datasets-5.2", "check_clocks.py").arg(built()));
    assert!(said.stdout.starts_with("datasets 5.2.0: 210 clocks, "), "{said}");
}

#[test]
fn what_cannot_be_built_is_said() {
    let site = site();
    site.write("wrong.toml", CAMPAIGN.replace("side_min = 256", "bodies = [\"wall-clok\"]").as_bytes());
    let said = site.run("build clocks --campaign wrong.toml --into wrong");
    assert_eq!(said.code, Some(2), "{said}");
    assert!(said.stderr.contains("unknown body `wall-clok`"), "{said}");
    assert!(!site.path("wrong").exists(), "nothing is begun");
}
