//! A small campaign in a folder: real speech, cut, joined and played at other speeds, with what might have been said.
//!
//! The recordings are of the speech in `shared/audio` beside the repository; what is written as transcript is not what is said in them, which no check of this crate can know.

use std::path::{Path, PathBuf};

use pixmo_schemas::Sha256;
use serde_json::{Value, json};

/// How long recordings are: two thirds of the speech are voice, so that they hold the 90 seconds that one person needs.
pub(crate) const SECS: f64 = 170.0;
/// What is said in them is written about as fast as it is read, over longer recordings than it would take.
pub(crate) const LIMITS: &str = "[build.cap.take]\nwords_per_minute_min = 30.0\n";

/// A file of the folder `shared` beside the repository.
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here.ancestors().map(|folder| folder.join("shared").join(name)).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped, because there is no `shared/{name}` beside the repository");
    }
    found
}

/// Real speech: 11 s of 16 kHz.
pub(crate) fn speech() -> Option<Vec<i16>> {
    let bytes = std::fs::read(shared("audio/jfk.wav")?).ok()?;
    // Its samples stand behind a chunk of remarks.
    let data = bytes.windows(4).position(|four| four == b"data")? + 8;
    Some(bytes[data..].chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect())
}

/// The speech over and over, for so many seconds, at another speed: a recording of its own for whoever compares sounds.
pub(crate) fn spoken(speech: &[i16], secs: f64, speed: f64, gain: f64) -> Vec<u8> {
    let samples = (secs * 16_000.0) as usize;
    let sample = |n: usize| {
        let at = (n as f64 * speed) % (speech.len() - 1) as f64;
        let (before, share) = (at as usize, at.fract());
        let value = f64::from(speech[before]) * (1.0 - share) + f64::from(speech[before + 1]) * share;
        (value * gain) as i16
    };
    wav((0..samples).map(sample).collect())
}

pub(crate) fn wav(samples: Vec<i16>) -> Vec<u8> {
    let bytes = samples.len() as u32 * 2;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(16_000u32.to_le_bytes());
    file.extend(32_000u32.to_le_bytes());
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    file
}

/// A campaign under construction.
pub(crate) struct Campaign {
    pub(crate) folder: tempfile::TempDir,
    lines: Vec<Value>,
}

impl Campaign {
    pub(crate) fn new() -> Campaign {
        Campaign { folder: tempfile::tempdir().expect("a folder"), lines: Vec::new() }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Adds a take; `change` may change its line.
    pub(crate) fn take(
        &mut self,
        name: &str,
        image: &str,
        recording: &[u8],
        text: &str,
        change: impl FnOnce(&mut Value),
    ) {
        let sha256 = Sha256::of(recording).to_string();
        let place = self.data().join("takes").join(&sha256[..2]);
        std::fs::create_dir_all(&place).expect("a folder");
        std::fs::write(place.join(format!("{sha256}.wav")), recording).expect("a recording");
        let mut line = json!({
            "take": name, "status": "accepted",
            "image": { "sha256": Sha256::of(image.as_bytes()).to_string(), "url": format!("https://images.example/{image}.jpg") },
            "audio": { "sha256": sha256, "bytes": recording.len(), "media_type": "audio/wav" },
            "person": format!("p-{name}"), "language": "en", "phase": "single",
            "consent": { "version": "1", "scopes": ["publish-text", "publish-audio"] },
            "transcript": { "raw": { "text": text } },
        });
        change(&mut line);
        self.lines.push(line);
    }

    /// Writes the annotations and a campaign file with these settings.
    pub(crate) fn write(&self, settings: &str) {
        let folder = self.data().join("annotations/cap");
        std::fs::create_dir_all(&folder).expect("a folder");
        let lines: Vec<String> = self.lines.iter().map(Value::to_string).collect();
        std::fs::write(folder.join("2026-11-30.jsonl"), lines.join("\n") + "\n").expect("annotations");
        let data = self.data().display().to_string();
        let text = format!("[campaign]\nname = \"test\"\nseed = 7\ndata = {data:?}\n{settings}");
        std::fs::write(self.folder.path().join("campaign.toml"), text).expect("a campaign file");
    }

    /// Runs the program in the folder of the campaign.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_pixmo-cap"))
            .args(words)
            .current_dir(self.folder.path())
            .output()
            .expect("the program starts");
        Ran {
            code: output.status.code().unwrap_or(-1),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// What waits for a person, by take or image: (reason, whether it is a take).
    pub(crate) fn waiting(&self) -> Vec<Value> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.data().join("review/cap"))
            .map(|listing| listing.map(|entry| entry.expect("an entry").path()).collect())
            .unwrap_or_default();
        files.retain(|path| !path.ends_with("decisions.jsonl"));
        files.sort();
        let text: String = files.iter().map(|path| std::fs::read_to_string(path).expect("a file")).collect();
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// All files of the built dataset with their bytes.
    pub(crate) fn files(&self, name: &str) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        let root = self.data().join("shards").join(name);
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    if !path.ends_with(".work") {
                        folders.push(path);
                    }
                } else {
                    let name = path.strip_prefix(&root).expect("below").display().to_string();
                    found.push((name, std::fs::read(&path).expect("a file")));
                }
            }
        }
        found.sort();
        found
    }
}

/// How the program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) err: String,
}

/// What might be said about a street with a tram, by three people.
pub(crate) const TRAM: [&str; 3] = [
    "Okay, so, um, I can see a red tram that is crossing a wet square in the middle of the picture. The tram has the number 28 on its front \
     and a sign that says Graça. There is there is a woman with a yellow umbrella standing to the left of the tram. Behind it there is a church \
     with a green roof and a golden clock that shows ten past four. On the right side I see two bicycles leaning against a lamp post. The ground is \
     made of small grey stones and, you know, it looks like it has just rained. The sky is covered with dark clouds. In the background there are \
     white houses with balconies, and some laundry hangs from one of them. I think it is a city in the south. It was my favourite picture today.",
    "This is a photo of a tram in an old town. The tram is red and white and it drives towards the camera. Its windows are full of people who look \
     outside. A woman in a long blue coat holds a yellow umbrella. The church behind the tram has a tower with a clock and its roof is green. Near \
     the lamp post stand two bicycles, one of them is black and the other one is orange. A small brown dog sits beside the bicycles and waits. The \
     street is paved with cobblestones that shine because they are wet. Overhead there are many electric wires for the tram. At the bottom left \
     corner one can see the shadow of the photographer on the stones. The whole scene looks calm and a little bit cold.",
    "So in this picture there is a square with a tram on it. The tram is painted red, and on the front it says 28. Three pigeons walk on the \
     cobblestones in front of it. To the left a woman waits with her umbrella open, which is bright yellow. There are also three bicycles next to a \
     street lamp, I believe. A shop on the right has a wooden door and above the door hangs a sign that reads Padaria in black letters. The shop \
     window shows bread and cakes on three shelves. The houses have tiles on their walls in blue and white patterns. The light is soft and grey as on \
     a rainy afternoon in autumn. In the far distance there is a hill with trees and a small castle on its top.",
];

/// What might be said about a kitchen.
pub(crate) const KITCHEN: &str = "Um, there is a kitchen with a large wooden table in the middle. On the table there are five plates, a bowl of green \
     apples and a, uh, a glass jug filled with water. Around the table stand four chairs with blue cushions. A black cat sleeps on one of the chairs. \
     The wall behind the table is covered with white tiles, and copper pans hang from a metal bar. To the left I can see a window with red curtains \
     through which the sun shines on the floor. On the window sill stand three pots with herbs. The stove on the right is old and made of iron, and a \
     kettle stands on it. Above the stove hangs a clock that shows half past seven. The floor is made of dark boards. In the front of the picture lies \
     a folded newspaper with the headline Good Morning on it.";

/// What might be said about a beach.
pub(crate) const BEACH: &str = "The picture shows a long sandy beach under a bright blue sky with only a few thin clouds. In the foreground lies a \
     wooden boat that is turned upside down, and its paint is green and peeling off. Next to the boat two children build a castle of sand with a red \
     bucket and a yellow shovel. The girl wears a striped swimsuit and the boy has a white hat. Behind them the sea is calm and turquoise, and small \
     waves break near the shore. About ten people swim in the water. On the right there is a wooden tower for the lifeguards with a flag that is half \
     red and half yellow. Far away on the horizon a large white ship passes from left to right. The shadows are short, so it is probably noon. There \
     are footprints of a dog along the edge of the water.";
