//! Wrong requests and a world that fails: what people are told, the exit code, and that nothing is harmed.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::finished::small;
use crate::program::{command, program, run};
use crate::site::{BUILD_SMALL, SMALL, Site, campaign, contents, copy, differing};

/// What a person sees of `pixmo LINE` in the folder.
fn seen(site: &Site, line: &str) -> String {
    format!("$ pixmo {line}\n{}", site.run(line))
}

#[test]
fn wrong_requests_are_told_before_anything_is_written() {
    let site = Site::new(SMALL);
    let mut texts = Vec::new();
    for flags in [
        "--shards 0",
        "--shards 49",
        "--shards 1000000",
        "--shards 9 --only 9",
        "--shards 9 --only 5-3",
        "--limit 0",
        "--jobs 0",
        "--shards nine",
        "--shrads 9",
    ] {
        texts.push(seen(&site, &format!("build docs --campaign campaign.toml --into out {flags}")));
    }
    texts.push(seen(&site, "build docs --campaign missing.toml --into out"));
    texts.push(seen(&site, "build dosc --into out"));
    texts.push(seen(&site, "verify ./out"));
    texts.push(seen(&site, "build docs --campaign campaign.toml --into ftp://example.org/docs"));
    insta::assert_snapshot!(texts.join("\n\n"));
    assert!(!site.path("out").exists());
}

#[test]
fn wrong_campaigns_are_told_with_their_place_and_a_suggestion() {
    let site = Site::new("");
    let mut texts = Vec::new();
    let mut show = |title: &str| {
        texts.push(format!(
            "{title}\n{}",
            seen(&site, "build docs --campaign campaign.toml --shards 9 --into out")
        ));
    };
    for section in [
        "shard_count = 9",
        "figures = { charts = 20, tabels = 10 }",
        "figures = { charts = -1 }",
        "figures = { charts = \"many\" }",
        "kinds = [\"piechart\"]",
        "kinds = [\"vertical_bars\"]",
        "figures = { charts = 0, tables = 0, diagrams = 0, documents = 0 }",
        "figures = { charts = 20",
    ] {
        site.write("campaign.toml", campaign(section).as_bytes());
        show(section);
    }
    for (title, text) in [
        ("an unknown section", "[campaign]\nname = \"x\"\n\n[build.dosc]\nshards = 9\n"),
        ("an unknown key", "[campaign]\nname = \"x\"\nsede = 7\n"),
    ] {
        site.write("campaign.toml", text.as_bytes());
        show(title);
    }
    site.write("campaign.toml", b"[campaign]\nname = \"Fr\xfchjahr\"\n");
    show("not UTF-8");
    site.write("campaign.toml", b"\xff\xfe[\0c\0]\0");
    show("UTF-16");
    site.write("campaign.toml", campaign("shards = 0").as_bytes());
    texts.push(seen(&site, "build docs --campaign campaign.toml --into out"));
    insta::assert_snapshot!(texts.join("\n\n"));

    // A kind that is near none is told with all kinds there are; the list grows, so it is not written down here.
    site.write("campaign.toml", campaign("kinds = [\"qqq\"]").as_bytes());
    let said = site.run("build docs --campaign campaign.toml --into out").expect(2);
    assert!(said.stderr.contains("hint: the kinds are vertical_bar, "), "{said}");
    assert!(!site.path("out").exists());
}

#[test]
fn a_folder_begun_with_other_settings_is_left_alone() {
    let site = Site::new(SMALL);
    site.run(&format!("{BUILD_SMALL} --only 0")).expect(0);
    let before = site.out();
    let line = "build docs --campaign campaign.toml --into out";
    let mut texts: Vec<String> = ["--shards 10", "--shards 9 --seed 9", "--shards 9 --limit 40"]
        .map(|f| seen(&site, &format!("{line} {f}")))
        .into();
    site.write("campaign.toml", campaign(&SMALL.replace("charts = 20", "charts = 21")).as_bytes());
    texts.push(seen(&site, &format!("{line} --shards 9")));
    site.write("campaign.toml", campaign(&format!("{SMALL}\nkinds = [\"pie\", \"line\"]")).as_bytes());
    texts.push(seen(&site, &format!("{line} --shards 2")));
    insta::assert_snapshot!(texts.join("\n\n"));
    assert_eq!(differing(&before, &site.out()), BTreeSet::new());
}

#[test]
fn a_finished_folder_with_other_settings_is_left_alone() {
    let site = Site::new(SMALL);
    copy(&small().out, &site.path("out"));
    insta::assert_snapshot!(seen(&site, &format!("{BUILD_SMALL} --seed 9")));
    assert_eq!(differing(&contents(&small().out), &site.out()), BTreeSet::new());
}

#[test]
fn two_builds_at_once_in_one_folder_do_not_meet() {
    let site = Site::new(SMALL);
    let mut first = site.pixmo(BUILD_SMALL);
    let mut first = first.args(["--quiet", "--jobs", "1"]).stderr(Stdio::piped()).spawn().expect("it starts");
    while !site.path("out/.work/build.json").exists() {
        assert!(first.try_wait().expect("a child").is_none(), "the first build ended too soon");
        std::thread::sleep(Duration::from_millis(2));
    }
    let second = seen(&site, BUILD_SMALL);
    let ended = first.wait_with_output().expect("it ended");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    insta::assert_snapshot!(second);
    assert_eq!(differing(&contents(&small().out), &site.out()), BTreeSet::new());
}

/// A user that is not root meets a folder that may not be written. Root may write everywhere, so as root the program
/// runs as nobody, from a copy that nobody can reach.
#[test]
fn a_target_that_may_not_be_written_is_told() {
    let site = Site::new(SMALL);
    let (target, docs) = (site.path("target"), site.path("pixmo-docs"));
    fs::create_dir(&target).expect("a temporary folder");
    let is_root = fs::metadata("/proc/self").expect("a process").uid() == 0;
    let mut build = match is_root {
        true => {
            fs::copy(program("pixmo-docs"), &docs).expect("a copy of the program");
            let all = fs::Permissions::from_mode(0o755);
            fs::set_permissions(site.path(""), all.clone()).expect("a temporary folder");
            fs::set_permissions(&docs, all).expect("a temporary folder");
            let mut build = command(&docs);
            build.uid(65_534).gid(65_534);
            build
        }
        false => {
            fs::set_permissions(&target, fs::Permissions::from_mode(0o555)).expect("a temporary folder");
            command(&program("pixmo-docs"))
        }
    };
    build.current_dir(site.path(""));
    build.args(["build", "--campaign", "campaign.toml", "--shards", "9", "--into", "target/docs"]);
    let said = run(build.args(["--progress", "none"])).to_string();
    // The name of the file that was tried holds the number of the process.
    let (before, rest) = said.split_once("writable-").unwrap_or((&said, ""));
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    insta::assert_snapshot!(format!("{before}writable-N{rest}"));
    assert_eq!(contents(&target).len(), 0);
}

#[test]
fn a_file_in_the_place_of_the_target_is_told() {
    let site = Site::new(SMALL);
    site.write("out", b"something of somebody");
    insta::assert_snapshot!(seen(&site, BUILD_SMALL));
    assert_eq!(fs::read(site.path("out")).expect("it is there"), b"something of somebody");
}

/// A disk that takes no more. Here it is a limit on the size of a file, which fails a write in the same place; what
/// the loop does at every step of writing on a full disk is proven beside it.
#[test]
fn a_disk_that_takes_no_more_is_told_and_the_build_goes_on_later() {
    let site = Site::new(SMALL);
    let mut build = Command::new("bash");
    build.current_dir(site.path("")).stdin(Stdio::null());
    let line = format!("trap '' XFSZ; ulimit -f 60; exec \"$0\" {BUILD_SMALL} --progress none");
    let said = run(build.args(["-c", &line]).arg(program("pixmo"))).expect(3);
    assert!(said.stderr.contains("error: "), "{said}");
    assert!(said.stderr.contains("hint: "), "{said}");
    assert!(!site.path("out/manifest.json").exists());
    let good = contents(&small().out);
    for (name, content) in site.out() {
        assert!(good.get(&name) == Some(&content), "{name}");
    }
    site.run(BUILD_SMALL).expect(0);
    assert_eq!(differing(&good, &site.out()), BTreeSet::new());
}
