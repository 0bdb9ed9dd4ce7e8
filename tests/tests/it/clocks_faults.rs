//! `pixmo build clocks` and what looks at it, where things go wrong: what people are told, the exit code, and that nothing
//! is harmed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::program::{Said, program, run};
use crate::site::{Site, contents, copy, differing};

/// Few clocks of few pixels, so that a build is short and can be begun often.
const CAMPAIGN: &str = "[campaign]\nname = \"faults\"\nseed = 11\n\n\
    [build.clocks]\ntrain = 80\nvalidation = 20\nside_min = 192\nside_max = 224\n";
const BUILD: &str = "build clocks --campaign clocks.toml --shards 4 --into out";
/// How often a build is killed.
const KILLS: u32 = 6;

fn site() -> Site {
    let site = Site::new("");
    site.write("clocks.toml", CAMPAIGN.as_bytes());
    site
}

struct Built {
    site: Site,
    took: Duration,
}

/// One build for all tests that only look.
fn built() -> &'static Built {
    static BUILT: LazyLock<Built> = LazyLock::new(|| {
        let site = site();
        let began = Instant::now();
        site.run(&format!("{BUILD} --jobs 2")).expect(0);
        Built { site, took: began.elapsed() }
    });
    &BUILT
}

fn good() -> BTreeMap<String, Vec<u8>> {
    built().site.out()
}

/// A copy of the finished folder in a folder of its own.
fn copied() -> Site {
    let site = site();
    copy(&built().site.path("out"), &site.path("out"));
    site
}

fn start(site: &Site, quiet: bool) -> Child {
    let mut build = site.pixmo(BUILD);
    build.args(["--jobs", "2"]).args(quiet.then_some("--quiet"));
    build.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the build starts")
}

/// The request was wrong, which is told with what to do, and nothing was written.
#[track_caller]
fn refused(site: &Site, line: &str, told: &[&str]) {
    let said = site.run(line).expect(2);
    assert!(said.stderr.starts_with("error: ") && said.stdout.is_empty(), "{line}\n{said}");
    for words in told {
        assert!(said.stderr.contains(words), "{line}: `{words}` is not told\n{said}");
    }
}

#[test]
fn killed_in_the_middle_and_resumed_gives_the_same_clocks() {
    let expected = good();
    // Moments that are spread over a build and the same every time.
    let moments = (1..=KILLS).map(|kill| built().took.mul_f64(0.8 * f64::from(kill) / f64::from(KILLS + 1)));
    let mut site = site();
    let mut kills = 0;
    for moment in moments {
        let mut child = start(&site, true);
        std::thread::sleep(moment);
        child.kill().expect("it can be killed");
        let ended = child.wait_with_output().expect("it ended");
        // What has its name is complete, at any time.
        for (name, content) in site.out() {
            assert!(expected.get(&name) == Some(&content), "after {kills} kills: {name}");
        }
        if ended.status.success() {
            assert_eq!(differing(&expected, &site.out()), BTreeSet::new());
            site = self::site();
            continue;
        }
        assert_eq!(ended.status.code(), None, "{}", String::from_utf8_lossy(&ended.stderr));
        kills += 1;
    }
    assert!(kills >= 2, "the builds end before they are killed");
    site.run(BUILD).expect(0);
    assert_eq!(differing(&expected, &site.out()), BTreeSet::new());
}

#[test]
fn an_interrupt_says_what_is_safe_and_the_next_build_continues() {
    let site = site();
    let mut child = start(&site, false);
    let work = site.path("out/.work");
    let is_under_way = || {
        let Ok(listing) = fs::read_dir(&work) else { return false };
        listing.flatten().any(|entry| entry.path().extension().is_some_and(|end| end == "journal"))
    };
    while !is_under_way() {
        assert!(child.try_wait().expect("a child").is_none(), "the build ended before it was looked at");
        std::thread::sleep(Duration::from_millis(2));
    }
    let asked = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(asked.expect("kill runs").success());
    let said = Said::of(child.wait_with_output().expect("it ended")).expect(130);
    assert!(said.stderr.contains(" of 4 shards are finished and safe"), "{said}");
    assert!(said.stderr.contains("hint: run the same command again to continue"), "{said}");
    site.run(BUILD).expect(0);
    assert_eq!(differing(&good(), &site.out()), BTreeSet::new());
}

#[test]
fn counts_that_cannot_be_are_refused() {
    let site = site();
    for (flags, told) in [
        ("--shards 0", "hint: "),
        ("--shards 1000000", "hint: "),
        ("--shards 4 --only 4", "hint: "),
        ("--limit 0", "hint: "),
        ("--limit -5", "hint: "),
        ("--limit 99999999999999999999999", "hint: "),
        ("--jobs 0", "hint: "),
        ("--shards four", "hint: "),
        ("--seed many", "hint: "),
        ("--shrads 4", "did you mean `--shards`"),
    ] {
        refused(&site, &format!("build clocks --campaign clocks.toml --into out {flags}"), &[told]);
    }
    for (settings, told) in [
        ("train = 0\nvalidation = 0", ["no pictures are asked for", "set `train` or `validation`"]),
        ("train = 99999999999", ["too many pictures are asked for", "set smaller numbers"]),
        ("train = -3", ["`train` in [build.clocks] is `-3`", "at: wrong.toml:5:9"]),
        ("wild_share = 7", ["`wild_share` of [build.clocks] is `7`", "expected 0 to 1"]),
        ("not_shown_share = 0.5", ["`not_shown_share` of [build.clocks] is `0.5`", "expected 0.03 to 0.08"]),
        ("side_min = 3", ["`side_min` of [build.clocks] is `3`", "expected 128 to 2048 (pixels)"]),
        ("side_max = 100000", ["`side_max` of [build.clocks] is `100000`", "expected 128 to 2048 (pixels)"]),
    ] {
        site.write(
            "wrong.toml",
            format!("[campaign]\nname = \"x\"\n\n[build.clocks]\n{settings}\n").as_bytes(),
        );
        refused(&site, "build clocks --campaign wrong.toml --into out", &told);
    }
    assert!(!site.path("out").exists(), "nothing is begun");
}

#[test]
fn unknown_keys_are_told_with_a_suggestion() {
    let site = site();
    for (text, told) in [
        ("[build.clocks]\ntrian = 80\n", ["unknown key `trian` in [build.clocks]", "did you mean `train`?"]),
        ("[build.clocks]\nwild_shares = 0.5\n", ["unknown key `wild_shares`", "did you mean `wild_share`?"]),
        ("[build.clokcs]\ntrain = 80\n", ["unknown section [build.clokcs]", "did you mean [build.clocks]?"]),
        (
            "[build.clocks]\nbodies = [\"wall-clok\"]\n",
            ["unknown body `wall-clok`", "did you mean `wall-clock`?"],
        ),
    ] {
        site.write("wrong.toml", format!("[campaign]\nname = \"x\"\n\n{text}").as_bytes());
        refused(&site, "build clocks --campaign wrong.toml --into out", &told);
    }
    refused(
        &site,
        "build clokcs --into out",
        &["unknown dataset `clokcs`", "did you mean `pixmo build clocks`?"],
    );
    assert!(!site.path("out").exists(), "nothing is begun");
}

#[test]
fn a_folder_of_another_campaign_is_left_alone() {
    let site = site();
    site.run(&format!("{BUILD} --only 0")).expect(0);
    let before = site.out();
    site.write("other.toml", CAMPAIGN.replace("seed = 11", "seed = 12").as_bytes());
    site.write("wider.toml", CAMPAIGN.replace("side_max = 224", "side_max = 256").as_bytes());
    for line in [
        "build clocks --campaign clocks.toml --shards 5 --into out",
        "build clocks --campaign other.toml --shards 4 --into out",
        "build clocks --campaign wider.toml --shards 4 --into out",
        "build clocks --campaign clocks.toml --shards 4 --limit 50 --into out",
        "build docs --campaign campaign.toml --shards 9 --into out",
    ] {
        refused(&site, line, &["at: out", "hint: "]);
        assert_eq!(differing(&before, &site.out()), BTreeSet::new(), "{line}");
    }
    // The build that began it goes on as if nothing had been.
    site.run(BUILD).expect(0);
    assert_eq!(differing(&good(), &site.out()), BTreeSet::new());
    let finished = site.out();
    refused(&site, &format!("{BUILD} --seed 9"), &["at: out", "hint: "]);
    assert_eq!(differing(&finished, &site.out()), BTreeSet::new());
}

/// A disk that takes no more. Here it is a limit on the size of a file, which fails a write in the same place; what the
/// loop does at every step of writing on a full disk is proven beside it.
#[test]
fn a_disk_that_takes_no_more_is_told_and_the_build_goes_on_later() {
    let site = site();
    let mut build = Command::new("bash");
    build.current_dir(site.path("")).stdin(Stdio::null());
    let line = format!("trap '' XFSZ; ulimit -f 60; exec \"$0\" {BUILD} --progress none");
    let said = run(build.args(["-c", &line]).arg(program("pixmo"))).expect(3);
    assert!(said.stderr.contains("error: ") && said.stderr.contains("hint: "), "{said}");
    assert!(!site.path("out/manifest.json").exists());
    for (name, content) in site.out() {
        assert!(good().get(&name) == Some(&content), "{name}");
    }
    site.run(BUILD).expect(0);
    assert_eq!(differing(&good(), &site.out()), BTreeSet::new());
}

#[test]
fn a_flipped_bit_is_found_named_and_made_again() {
    let site = copied();
    let good = good();
    let names = good.keys().filter(|name| name.ends_with(".parquet") || name.ends_with(".json"));
    let mut salt = 7usize;
    for name in names.clone().step_by(3) {
        let mut content = good[name].clone();
        salt = salt.wrapping_mul(48_271) % 2_147_483_647;
        let at = salt % content.len();
        content[at] ^= 1 << (salt % 8);
        fs::write(site.path("out").join(name), content).expect("a temporary folder");
        let said = site.run("verify ./out").expect(1);
        assert!(
            said.stdout.contains(name.as_str()) && said.stderr.contains("error: "),
            "byte {at} of {name}:\n{said}"
        );
        fs::write(site.path("out").join(name), &good[name]).expect("a temporary folder");
    }
    let name = names.clone().find(|name| name.starts_with("images/train")).expect("pictures");
    fs::remove_file(site.path("out").join(name)).expect("it was there");
    let said = site.run("verify ./out").expect(1);
    assert!(said.stdout.contains(&format!("{name}: it is missing")), "{said}");
    site.run(BUILD).expect(0);
    assert_eq!(differing(&good, &site.out()), BTreeSet::new());
    site.run("verify ./out").expect(0);
}

#[test]
fn clocks_are_looked_at_by_id_by_face_and_by_flags() {
    let site = copied();
    let before = site.out();
    let said = site.run("sample ./out --count 3 --seed 5 --into some").expect(0);
    let id = said.stdout.lines().next().expect("an id").to_owned();
    let face = id.split('/').next().expect("a face").to_owned();
    let again = site.run(&format!("sample ./out {id} --into one")).expect(0);
    assert!(again.stdout.starts_with(&format!("{id}\n")), "{again}");
    let of_face = site.run(&format!("sample ./out {face} --into face")).expect(0);
    let named = |line: &&str| !line.starts_with(' ');
    assert!(
        of_face.stdout.lines().filter(named).all(|line| line.starts_with(&format!("{face}/"))),
        "{of_face}"
    );

    // One letter is wrong: the right one is offered.
    let wrong = id.replacen("_2", "_3", 1);
    refused(
        &site,
        &format!("sample ./out {wrong}"),
        &[&format!("there is no picture `{wrong}`"), &format!("`{id}`")],
    );
    refused(
        &site,
        "sample ./out nosuchface",
        &["there is no picture `nosuchface`", "shows some with their ids"],
    );
    refused(&site, "sample ./out --stratum overlpa", &["did you mean `overlap`?"]);
    refused(&site, "sample ./out --count 0", &["hint: "]);
    refused(&site, "sample ./out --count 99999999", &["hint: "]);
    refused(&site, "sample ./out --wlid", &["did you mean `--wild`"]);
    refused(&site, "sample clocks", &["there is no `clocks` yet", "`pixmo build clocks` makes it"]);
    refused(&site, "stats ./nothing", &["there is no dataset in this folder"]);

    let wild = site.run("sample ./out --html=wild.html --wild --count 1000").expect(0);
    assert!(wild.stderr.contains("wild.html: "), "{wild}");
    let page = fs::read_to_string(site.path("wild.html")).expect("the page");
    assert!(page.contains("\"look\":\"wild\"") && !page.contains("\"look\":\"still\""));
    let stats = site.run("stats ./out").expect(0);
    for words in ["different faces", "hours, all times", "minutes, all times", "chi-square", "time not shown"]
    {
        assert!(stats.stdout.contains(words), "`{words}` is not counted\n{stats}");
    }
    assert_eq!(differing(&before, &contents(&site.path("out"))), BTreeSet::new(), "looking changes nothing");
}
