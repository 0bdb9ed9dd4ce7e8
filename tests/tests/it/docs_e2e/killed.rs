//! A build may be killed or interrupted at any time.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::finished::small;
use crate::site::{BUILD_SMALL, SMALL, Site, contents, differing};

/// How often a build is killed where `PIXMO_TEST_KILLS` says nothing else; a release is tried with 100.
const KILLS: u32 = 12;

fn kills_wanted() -> u32 {
    let told = std::env::var("PIXMO_TEST_KILLS").ok();
    told.map_or(KILLS, |told| told.parse().expect("PIXMO_TEST_KILLS is a number"))
}

/// Moments that look random and are the same every time, up to a share of the time that a whole build takes.
fn moments(longest: Duration) -> impl Iterator<Item = Duration> {
    let mut state = 7u64;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        longest.mul_f64((state >> 40) as f64 / (1u64 << 24) as f64)
    })
}

fn start(site: &Site, quiet: bool) -> Child {
    let mut build = site.pixmo(BUILD_SMALL);
    build.args(["--jobs", "2"]).args(quiet.then_some("--quiet"));
    build.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the build starts")
}

#[test]
fn killed_at_random_and_resumed_gives_the_same_bytes() {
    let expected = contents(&small().out);
    let mut moments = moments(small().took.mul_f64(0.6));
    let wanted = kills_wanted();
    let (mut kills, mut rounds) = (0, 0);
    while kills < wanted {
        rounds += 1;
        assert!(rounds < 3 * wanted + 4, "the builds end before they are killed");
        let site = Site::new(SMALL);
        loop {
            let mut child = start(&site, true);
            std::thread::sleep(moments.next().expect("there are always more"));
            child.kill().expect("it can be killed");
            let ended = child.wait_with_output().expect("it ended");
            // What has its name is complete, at any time.
            for (name, content) in site.out() {
                assert!(expected.get(&name) == Some(&content), "after {kills} kills: {name}");
            }
            if ended.status.success() {
                break;
            }
            assert_eq!(ended.status.code(), None, "{}", String::from_utf8_lossy(&ended.stderr));
            kills += 1;
            if kills >= wanted {
                site.run(BUILD_SMALL).expect(0);
                break;
            }
        }
        assert_eq!(differing(&expected, &site.out()), BTreeSet::new());
    }
}

/// Waits for a file that a running build writes.
fn wait_for(site: &Site, child: &mut Child, found: impl Fn(&Site) -> bool) {
    while !found(site) {
        assert!(child.try_wait().expect("a child").is_none(), "the build ended before it was looked at");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn journals(site: &Site) -> Vec<(u64, std::path::PathBuf)> {
    let Ok(listing) = fs::read_dir(site.path("out/.work")) else { return Vec::new() };
    let paths = listing.filter_map(|entry| Some(entry.ok()?.path()));
    let journals = paths.filter(|path| path.extension().is_some_and(|end| end == "journal"));
    journals.map(|path| (fs::metadata(&path).map_or(0, |about| about.len()), path)).collect()
}

#[test]
fn a_journal_cut_in_the_middle_costs_its_tail_and_is_told() {
    let site = Site::new(SMALL);
    let mut child = start(&site, true);
    wait_for(&site, &mut child, |site| journals(site).iter().any(|(bytes, _)| *bytes > 40_000));
    child.kill().expect("it can be killed");
    child.wait().expect("it ended");
    let (bytes, journal) = journals(&site).into_iter().max().expect("a journal");
    let content = fs::read(&journal).expect("a journal");
    fs::write(&journal, &content[..bytes as usize * 2 / 3]).expect("a journal");
    let said = site.run(BUILD_SMALL).expect(0);
    assert!(said.stderr.contains("warning: the journal of shard "), "{said}");
    assert!(said.stderr.contains(" was cut back"), "{said}");
    assert_eq!(differing(&contents(&small().out), &site.out()), BTreeSet::new());
}

#[test]
fn an_interrupt_ends_with_130_says_what_is_safe_and_the_next_build_continues() {
    let site = Site::new(SMALL);
    let mut child = start(&site, false);
    wait_for(&site, &mut child, |site| !journals(site).is_empty());
    let asked = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(asked.expect("kill runs").success());
    let ended = child.wait_with_output().expect("it ended");
    let text = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(130), "{text}");
    assert!(text.contains(" of 9 shards are finished and safe"), "{text}");
    assert!(text.contains("hint: run the same command again to continue"), "{text}");
    site.run(BUILD_SMALL).expect(0);
    assert_eq!(differing(&contents(&small().out), &site.out()), BTreeSet::new());
}
