//! The section `[build.clocks]` of the campaign file.

use pixmo_console::Failure;
use serde::{Deserialize, Serialize};

use crate::backgrounds::Backgrounds;

/// Most pictures of one build. Ids of tasks would stay apart beyond it; no disk that we know of would not be full.
const PICTURES_MAX: u64 = 100_000_000;
/// Limits of the share of pictures from which no time can be read.
const NOT_SHOWN_SHARES: (f64, f64) = (0.03, 0.08);
/// Limits of the size of a picture, in pixels. On less no hand can be told from another; more costs time and shows the
/// same.
const SIDES: (u32, u32) = (128, 2_048);

/// What can be set for the clocks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How many pictures to train with; by default as many as were published.
    pub train: u64,
    /// How many pictures to validate with; by default as many as were published.
    pub validation: u64,
    /// Share of pictures that look like photographs, 0 to 1.
    pub wild_share: f64,
    /// Share of pictures from which no time can be read, 0.03 to 0.08.
    pub not_shown_share: f64,
    /// Which bodies are drawn; all by default.
    pub bodies: Vec<String>,
    /// A folder of photographs to put behind clocks, PNG or JPEG. The path is taken from the folder in which the program is
    /// started. Empty for drawn grounds only.
    pub backgrounds: String,
    /// SHA-256 of the names and contents of these photographs in hexadecimal digits. Filled in when a build begins and part
    /// of what it is continued with; in a campaign it pins the folder.
    pub backgrounds_sha256: String,
    /// Shortest side of a picture, in pixels.
    pub side_min: u32,
    /// Longest side of a picture, in pixels.
    pub side_max: u32,
}

/// The published numbers of pictures (pixmo-clocks dataset card).
impl Default for Settings {
    fn default() -> Self {
        Self {
            train: 800_269,
            validation: 25_600,
            wild_share: 0.5,
            not_shown_share: 0.05,
            bodies: Vec::new(),
            backgrounds: String::new(),
            backgrounds_sha256: String::new(),
            side_min: 320,
            side_max: 640,
        }
    }
}

impl Settings {
    /// Notes the hash of the photographs, so that a build is continued with the same ones only.
    ///
    /// # Errors
    /// A folder that cannot be read, has no pictures or is not the one that its hash asks for; a hash without a folder.
    pub fn pin(&mut self) -> Result<(), Failure> {
        if let Some(backgrounds) = self.listed()? {
            self.backgrounds_sha256 = backgrounds.sha256;
        }
        Ok(())
    }

    /// The photographs to put behind clocks, if a folder of them is named.
    ///
    /// # Errors
    /// As [`Settings::pin`].
    pub fn listed(&self) -> Result<Option<Backgrounds>, Failure> {
        if !self.backgrounds.is_empty() {
            return Backgrounds::list(&self.backgrounds, &self.backgrounds_sha256).map(Some);
        }
        if self.backgrounds_sha256.is_empty() {
            return Ok(None);
        }
        Err(Failure::request("`backgrounds_sha256` of [build.clocks] is the hash of no folder")
            .hint("name the folder in `backgrounds`"))
    }

    /// Checks numbers and shares.
    ///
    /// # Errors
    /// The first value that cannot work, with what may stand there.
    pub fn check(&self) -> Result<(), Failure> {
        let pictures = self.train.checked_add(self.validation);
        match pictures {
            Some(0) => {
                return Err(Failure::request("cannot build `clocks`: no pictures are asked for")
                    .hint("set `train` or `validation` of [build.clocks] above 0"));
            }
            Some(1..=PICTURES_MAX) => {}
            _ => {
                return Err(Failure::request("cannot build `clocks`: too many pictures are asked for")
                    .because(format!(
                        "`train` is {} and `validation` {}, together at most {PICTURES_MAX}",
                        self.train, self.validation
                    ))
                    .hint("set smaller numbers in [build.clocks]"));
            }
        }
        for (key, share, (min, max)) in [
            ("wild_share", self.wild_share, (0.0, 1.0)),
            ("not_shown_share", self.not_shown_share, NOT_SHOWN_SHARES),
        ] {
            if !(min..=max).contains(&share) {
                return Err(wrong(key, share, format!("{min} to {max}")));
            }
        }
        for (key, side) in [("side_min", self.side_min), ("side_max", self.side_max)] {
            if !(SIDES.0..=SIDES.1).contains(&side) {
                return Err(wrong(key, side, format!("{} to {} (pixels)", SIDES.0, SIDES.1)));
            }
        }
        if self.side_min > self.side_max {
            return Err(wrong("side_min", self.side_min, format!("at most `side_max`, {}", self.side_max)));
        }
        Ok(())
    }

    /// The bodies to draw out of all that there are, in their order.
    ///
    /// # Errors
    /// A body that does not exist.
    pub fn bodies_of(&self, all: &[&'static str]) -> Result<Vec<&'static str>, Failure> {
        for body in &self.bodies {
            if !all.contains(&body.as_str()) {
                let failure =
                    Failure::request(format!("unknown body `{body}` in `bodies` of [build.clocks]"));
                let likeness = |name: &str| strsim::jaro_winkler(name, body);
                let nearest = all.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(a)));
                return Err(match nearest {
                    Some(near) if likeness(near) > 0.75 => failure.hint(format!("did you mean `{near}`?")),
                    _ => failure.hint(format!("the bodies are {}", all.join(", "))),
                });
            }
        }
        let is_wanted =
            |body: &&&str| self.bodies.is_empty() || self.bodies.iter().any(|wanted| wanted == **body);
        Ok(all.iter().filter(is_wanted).copied().collect())
    }
}

fn wrong(key: &str, found: impl std::fmt::Display, expected: String) -> Failure {
    Failure::request(format!("`{key}` of [build.clocks] is `{found}`, expected {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[&str] = &["dress-watch", "pocket-watch", "wall-clock"];

    /// Settings from the inside of a JSON object.
    fn read(text: &str) -> Settings {
        serde_json::from_str(&format!("{{{text}}}")).expect("settings")
    }

    #[test]
    fn the_defaults_are_the_published_size() {
        let settings = read("");
        assert_eq!(settings, Settings::default());
        assert_eq!(settings.train + settings.validation, 825_869);
        settings.check().expect("the defaults work");
        assert_eq!(settings.bodies_of(ALL).expect("all exist"), ALL);
    }

    #[test]
    fn what_cannot_work_is_said() {
        let error = |text: &str| read(text).check().expect_err("it cannot work").message;
        assert_eq!(error(r#""train":0,"validation":0"#), "cannot build `clocks`: no pictures are asked for");
        assert_eq!(
            error(r#""train":18446744073709551615,"validation":1"#),
            "cannot build `clocks`: too many pictures are asked for"
        );
        assert_eq!(error(r#""wild_share":1.5"#), "`wild_share` of [build.clocks] is `1.5`, expected 0 to 1");
        let odd = Settings { wild_share: f64::NAN, ..Settings::default() }.check();
        assert_eq!(
            odd.expect_err("it is no share").message,
            "`wild_share` of [build.clocks] is `NaN`, expected 0 to 1"
        );
        assert_eq!(
            error(r#""not_shown_share":0.5"#),
            "`not_shown_share` of [build.clocks] is `0.5`, expected 0.03 to 0.08"
        );
        assert_eq!(
            error(r#""side_min":16"#),
            "`side_min` of [build.clocks] is `16`, expected 128 to 2048 (pixels)"
        );
        assert_eq!(
            error(r#""side_min":700"#),
            "`side_min` of [build.clocks] is `700`, expected at most `side_max`, 640"
        );
        assert!(serde_json::from_str::<Settings>(r#"{"trian":5}"#).is_err());
    }

    #[test]
    fn bodies_are_chosen_by_name() {
        let chosen = read(r#""bodies":["wall-clock","dress-watch"]"#).bodies_of(ALL);
        assert_eq!(chosen.expect("both exist"), ["dress-watch", "wall-clock"]);
        let error = read(r#""bodies":["wall-clok"]"#).bodies_of(ALL).expect_err("no such body");
        assert_eq!(error.message, "unknown body `wall-clok` in `bodies` of [build.clocks]");
        assert_eq!(error.hints, ["did you mean `wall-clock`?"]);
        let error = read(r#""bodies":["zzz"]"#).bodies_of(ALL).expect_err("no such body");
        assert_eq!(error.hints, ["the bodies are dress-watch, pocket-watch, wall-clock"]);
    }

    #[test]
    fn a_hash_needs_a_folder() {
        let error = read(r#""backgrounds_sha256":"00""#).pin().expect_err("no folder is named");
        assert_eq!(error.message, "`backgrounds_sha256` of [build.clocks] is the hash of no folder");
        let mut none = Settings::default();
        none.pin().expect("nothing to pin");
        assert_eq!(none, Settings::default());
    }
}
