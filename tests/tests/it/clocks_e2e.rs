//! `pixmo build clocks` from end to end: the real programs, and Python that reads what they wrote.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
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

/// A place with photographs in `photographs`, and a campaign that puts them behind clocks.
fn site_with_photographs() -> Site {
    let site = site();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/backgrounds");
    fs::create_dir(site.path("photographs")).expect("a temporary folder");
    for name in ["meadow.jpg", "boards.png"] {
        let bytes = fs::read(fixtures.join(name)).expect("a fixture");
        site.write(&format!("photographs/{name}"), &bytes);
    }
    let campaign = CAMPAIGN.replace("side_min = 256", "backgrounds = \"photographs\"\nside_min = 256");
    site.write("clocks.toml", campaign.as_bytes());
    site
}

const WITH_PHOTOGRAPHS: &str = "build clocks --campaign clocks.toml --shards 2 --limit 60 --into out";

#[test]
fn photographs_stand_behind_clocks_and_belong_to_the_build() {
    let (one, two) = (site_with_photographs(), site_with_photographs());
    one.run(&format!("{WITH_PHOTOGRAPHS} --jobs 1 --only 0")).expect(0);
    two.run(&format!("{WITH_PHOTOGRAPHS} --jobs 2")).expect(0);
    two.run("verify out/").expect(0);
    // Another picture in the folder is another build; without it the first one goes on.
    one.write("photographs/more.png", &fs::read(one.path("photographs/boards.png")).expect("it is there"));
    let said = one.run(WITH_PHOTOGRAPHS);
    assert_eq!(said.code, Some(2), "{said}");
    assert!(said.stderr.contains("backgrounds_sha256"), "{said}");
    fs::remove_file(one.path("photographs/more.png")).expect("it is there");
    one.run(WITH_PHOTOGRAPHS).expect(0);
    assert_eq!(differing(&one.out(), &two.out()), BTreeSet::new());
}

#[test]
fn folders_of_photographs_that_cannot_be_used_are_said() {
    let site = site_with_photographs();
    let fails = |said: &str| {
        let found = site.run(WITH_PHOTOGRAPHS);
        assert_eq!(found.code, Some(2), "{found}");
        assert!(found.stderr.contains(said), "{found}");
        assert!(!site.path("out").exists(), "nothing is begun");
    };
    let whole = fs::read(site.path("photographs/meadow.jpg")).expect("it is there");
    site.write("photographs/cut.jpg", &whole[..whole.len() / 2]);
    fails("cannot use the background `cut.jpg`");
    fs::remove_dir_all(site.path("photographs")).expect("it is there");
    fails("cannot read the folder of backgrounds");
    fs::create_dir(site.path("photographs")).expect("a temporary folder");
    fails("the folder of backgrounds has no pictures");
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
