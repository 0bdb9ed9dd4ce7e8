//! `pixmo cap` from end to end: the real programs over real speech, and Python that reads what they wrote.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use pixmo_schemas::Sha256;

use crate::program::{Said, run};
use crate::python::{all_right, script};
use crate::site::{Site, contents, differing};

/// The real speech beside the repository.
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn speech() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found =
        here.ancestors().map(|folder| folder.join("shared/audio/jfk.wav")).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped, because there is no `shared/audio/jfk.wav` beside the repository");
    }
    found
}

fn pixmo(site: &Site, line: &str) -> Said {
    run(site.pixmo(line).args(["--progress", "none"]))
}

/// Things that are said of an image, none of them of another one.
fn words(seed: usize) -> String {
    let things = [
        "tree", "house", "river", "stone", "bird", "cloud", "fence", "road", "bench", "lamp", "door", "roof",
        "horse",
    ];
    let looks =
        ["small", "tall", "dark", "bright", "broken", "round", "narrow", "wooden", "golden", "empty", "wet"];
    let mut text = String::from("Um, I can see a quiet place.");
    for n in 0..13 {
        let pick = |list: &[&'static str], by: usize| list[(seed * 31 + n * by + seed * seed) % list.len()];
        let (one, what) = (pick(&looks, 3), pick(&things, 5));
        let (other, beside) = (pick(&looks, 7), pick(&things, 11));
        write!(text, " The {one} {what} stands beside the {other} {beside} here.")
            .expect("a string takes any text");
    }
    text
}

/// A folder of recordings of two phases with a list: three takes of one image, and one of each other.
fn site(speech: &Path, images: usize) -> Site {
    let site = Site::new("");
    // Two thirds of the speech are voice, and what is said in it is written slower than it is read.
    let limits = "[campaign]\nname = \"tests\"\nseed = 7\n\n[build.cap.take]\nwords_per_minute_min = 30.0\n";
    site.write("campaign.toml", limits.as_bytes());
    let bytes = fs::read(speech).expect("the speech");
    // Its samples stand behind a chunk of remarks.
    let data = bytes.windows(4).position(|four| four == b"data").expect("samples") + 8;
    let samples: Vec<i16> =
        bytes[data..].chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect();
    fs::create_dir_all(site.path("recordings")).expect("a temporary folder");
    let mut list =
        String::from("file,image_url,image_sha256,person,phase,consent_version,scopes,transcript\n");
    for take in 0..images + 2 {
        let image = take.saturating_sub(2);
        let phase = if image == 0 { "several" } else { "single" };
        let scopes = if take % 2 == 0 { "publish-text publish-audio" } else { "publish-text" };
        // The same speech at another speed is another recording.
        let speed = 0.8 + 0.06 * take as f64;
        let spoken: Vec<u8> = (0..16_000 * 170)
            .flat_map(|n| samples[(n as f64 * speed) as usize % samples.len()].to_le_bytes())
            .collect();
        let mut file = b"RIFF".to_vec();
        file.extend((36 + spoken.len() as u32).to_le_bytes());
        file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data");
        file.extend((spoken.len() as u32).to_le_bytes());
        file.extend(spoken);
        fs::write(site.path("recordings").join(format!("{take}.wav")), file).expect("a recording");
        let hash = Sha256::of(&image.to_le_bytes());
        writeln!(
            list,
            "{take}.wav,https://images.example/{image}.jpg,{hash},p-{take},{phase},1,{scopes},\"{}\"",
            words(take)
        )
        .expect("a string takes any text");
    }
    fs::write(site.path("list.csv"), list).expect("a list");
    site
}

#[test]
fn a_folder_of_takes_becomes_captions_that_others_load() {
    let Some(speech) = speech() else { return };
    let build = "build cap --campaign campaign.toml --no-llm --takes recordings --list list.csv --shards 2";
    let one = site(&speech, 4);
    pixmo(&one, build).expect(0);
    pixmo(&one, "verify cap").expect(0);
    let said = pixmo(&one, "stats cap").expect(0);
    assert!(said.stdout.contains("in the paper 1.83"), "{said}");
    let folder = one.path("data/shards/cap");
    for (environment, release) in [("datasets-3.1", "3.1.0"), ("datasets-5.2", "5.2.0")] {
        let said = all_right(script(environment, "check_cap.py").arg(&folder));
        assert!(
            said.stdout.contains(&format!("datasets {release}: 4 captions of 6 takes, 3 recordings")),
            "{said}"
        );
    }
    // Other workers, and a build that goes on after a part of it, give the same bytes.
    let two = site(&speech, 4);
    pixmo(&two, &format!("{build} --jobs 1 --only 1")).expect(0);
    pixmo(&two, &format!("{build} --jobs 1")).expect(0);
    assert_eq!(differing(&contents(&folder), &contents(&two.path("data/shards/cap"))), BTreeSet::new());

    // A build that is killed again and again, always a little later, and goes on each time, does so too.
    let (three, expected) = (site(&speech, 4), contents(&folder));
    let mut kills = 0;
    for pause in (1..).map(|step| Duration::from_millis(40 * step)) {
        let mut child = three
            .pixmo(build)
            .args(["--progress", "none"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(pause);
        child.kill().expect("it can be killed");
        if child.wait().expect("it ended").success() {
            break;
        }
        kills += 1;
        // What has its name is whole at any time.
        for (name, content) in contents(&three.path("data/shards/cap")) {
            assert!(expected.get(&name) == Some(&content), "after {kills} kills: {name}");
        }
    }
    assert!(kills > 2, "the build ended before it was killed");
    assert_eq!(differing(&expected, &contents(&three.path("data/shards/cap"))), BTreeSet::new());
}
