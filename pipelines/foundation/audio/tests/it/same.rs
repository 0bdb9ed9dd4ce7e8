//! The same recording is found after another encoder, at another level, with another beginning; another one is not.

use pixmo_audio::fingerprint::Catalogue;
use pixmo_audio::{Fingerprint, decode_file};

use super::{ffmpeg, has_ffmpeg, noise, read, speech};

#[test]
fn the_same_recording_is_found_again() {
    let Some(original) = speech() else { return };
    if !has_ffmpeg() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let first = Fingerprint::of(&read(&original).expect("it is read").samples);
    let mut catalogue = Catalogue::default();
    assert_eq!(catalogue.add(Fingerprint::of(&noise(160_000, 9000))), 0);
    assert_eq!(catalogue.add(first.clone()), 1);
    for (with, file) in [
        ("-c:a libopus -b:a 12k", "a.webm"),
        ("-c:a libmp3lame -b:a 32k", "b.mp3"),
        ("-c:a aac -b:a 48k -ar 44100", "c.m4a"),
        ("-af volume=-12dB -ar 8000", "d.wav"),
        ("-ss 2.345 -c:a libopus -b:a 32k", "e.ogg"),
        ("-t 6 -ar 22050", "f.wav"),
        ("-af adelay=3017|3017 -c:a libopus -b:a 32k", "g.webm"),
    ] {
        let path = ffmpeg(folder.path(), &format!("-i {} {with} {file}", original.display()));
        let got = Fingerprint::of(&read(&path).expect("it is read").samples);
        let likeness = first.likeness(&got).expect("enough sound");
        let found = catalogue.same_as(&got);
        eprintln!("{file}: {likeness:?}, {} found", found.len());
        assert!(likeness.is_same(), "{file}: {likeness:?}");
        assert!(found.len() == 1 && found[0].0 == 1, "{file}: {found:?}");
    }
}

#[test]
fn another_recording_of_the_same_words_is_another() {
    let Some(original) = speech() else { return };
    let espeak = |file: &std::path::Path, voice: &str| {
        let words = "And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.";
        let said =
            std::process::Command::new("espeak-ng").args(["-v", voice, "-w"]).arg(file).arg(words).output();
        said.is_ok_and(|output| output.status.success())
    };
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (folder.path().join("one.wav"), folder.path().join("two.wav"));
    if !espeak(&one, "en-us") || !espeak(&two, "en-gb+f3") {
        eprintln!("skipped, because there is no `espeak-ng`; `tests/setup.sh` installs it");
        return;
    }
    let all: Vec<Fingerprint> = [&original, &one, &two]
        .iter()
        .map(|path| {
            Fingerprint::of(&decode_file(path, &pixmo_audio::Limits::default()).expect("it is read").samples)
        })
        .collect();
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        let likeness = all[a].likeness(&all[b]).expect("enough sound");
        eprintln!("{a} {b}: {likeness:?}");
        assert!(!likeness.is_same(), "{likeness:?}");
    }
    let mut catalogue = Catalogue::default();
    catalogue.add(all[0].clone());
    assert!(catalogue.same_as(&all[1]).is_empty());
}

#[test]
fn silence_is_like_nothing() {
    let silence = Fingerprint::of(&vec![0; 160_000]);
    assert_eq!(silence.likeness(&silence), None);
    assert!(silence.words().iter().all(|word| *word == 0));
    assert_eq!(Fingerprint::of(&[1; 100]).words(), &[] as &[u32]);
}
