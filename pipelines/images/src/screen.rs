//! What models see in a picture, and what is done about it: nothing, drop, hold for a person's look, or blur.
//!
//! No model comes with the program. Each is a file in ONNX form that the campaign file names, with a rule for each class
//! that matters. Which libraries run a model is the business of `pixmo-engine-detect`, which is linked only with the
//! feature `screen`: most who take images in compile no inference.

mod blur;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use pixmo_console::Failure;
use pixmo_engines::onnx::{ClassifierSettings, DetectorSettings};
use pixmo_engines::{Area, Classifier, Detector, EngineError, Model};
use pixmo_pictures::Decoded;
use serde::{Deserialize, Serialize};

pub(crate) use blur::blur;

/// Around what is blurred, so much of its size is blurred as well.
const MARGIN: f32 = 0.1;

/// One model that looks at every picture, in `[[build.images.screen]]`: a detector or a classifier, and rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenSettings {
    /// What it is called in reasons and counts: `faces`.
    pub name: String,
    /// A model that says what is where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detector: Option<DetectorSettings>,
    /// A model that says what kind of picture it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classifier: Option<ClassifierSettings>,
    /// What is done about what it sees.
    pub rules: Vec<ScreenRule>,
}

/// What is done about a class that a model sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenRule {
    /// The class, as the model names it.
    pub label: String,
    /// From this score on, 0 to 1.
    pub score_min: f32,
    /// What is done.
    pub then: Then,
}

/// What is done about a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Then {
    /// What was seen is made unrecognisable, and the picture stays; detectors only.
    Blur,
    /// It waits for a person: the original is in the store, its row is not in the dataset.
    Hold,
    /// It is not kept.
    Drop,
}

/// What is done about one picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Nothing.
    Pass,
    /// These places are blurred.
    Blur(Vec<Area>),
    /// It waits for a person, for this reason.
    Hold(String),
    /// It is not kept, for this reason.
    Drop(String),
}

/// A model and its rules.
pub struct Screen {
    name: String,
    eye: Eye,
    rules: Vec<ScreenRule>,
}

/// What looks.
pub enum Eye {
    /// Says what is where.
    Detector(Box<dyn Detector>),
    /// Says what kind of picture it is.
    Classifier(Box<dyn Classifier>),
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen").field("name", &self.name).field("rules", &self.rules).finish_non_exhaustive()
    }
}

impl Eye {
    fn labels(&self) -> &[String] {
        match self {
            Eye::Detector(detector) => detector.labels(),
            Eye::Classifier(classifier) => classifier.labels(),
        }
    }
}

impl ScreenSettings {
    /// Checks what can be known without the model.
    ///
    /// # Errors
    /// A request failure with what cannot work.
    pub fn check(&self) -> Result<(), Failure> {
        let wrong = |what: String| {
            Err(Failure::request(what).at(format!("`{}` in [[build.images.screen]]", self.name)))
        };
        if self.name.is_empty() || self.name.chars().any(|c| !(c.is_ascii_alphanumeric() || "-_".contains(c)))
        {
            return wrong("a screen has no name of letters, digits, `-` and `_`".to_owned());
        }
        match (&self.detector, &self.classifier) {
            (Some(_), None) | (None, Some(_)) => {}
            (None, None) => {
                return wrong("a screen names no model: expected `detector` or `classifier`".to_owned());
            }
            (Some(_), Some(_)) => {
                return wrong("a screen names two models: expected `detector` or `classifier`".to_owned());
            }
        }
        if self.rules.is_empty() {
            return wrong("a screen has no rules, so nothing would come of it".to_owned());
        }
        for rule in &self.rules {
            if !(0.0..=1.0).contains(&rule.score_min) {
                return wrong(format!(
                    "`score_min` of `{}` is {}, expected 0 to 1",
                    rule.label, rule.score_min
                ));
            }
            if rule.then == Then::Blur && self.classifier.is_some() {
                return wrong(format!(
                    "`{}` cannot be blurred: a classifier does not say where it is",
                    rule.label
                ));
            }
        }
        Ok(())
    }

    /// The file of its model.
    fn model(&self) -> Option<&Path> {
        let detector = self.detector.as_ref().map(|detector| detector.model.as_path());
        detector.or(self.classifier.as_ref().map(|classifier| classifier.model.as_path()))
    }

    /// Notes the digest of the model's file, so that a build is continued with the same one only. Where the settings name
    /// it, the file is not read here: it is held to that when it is opened.
    ///
    /// # Errors
    /// A request failure if the file cannot be read.
    pub fn pin(&mut self) -> Result<(), Failure> {
        let Some(path) = self.model() else { return Ok(()) };
        let detector = self.detector.as_ref().and_then(|detector| detector.sha256.as_deref());
        let named = detector.or(self.classifier.as_ref().and_then(|classifier| classifier.sha256.as_deref()));
        if named.is_some() {
            return Ok(());
        }
        let (Model { sha256, .. }, _) = Model::read(path, None).map_err(|error| {
            Failure::from_error(pixmo_console::Kind::Request, &error)
                .hint(format!("`{}` in [[build.images.screen]] names it", self.name))
        })?;
        if let Some(detector) = &mut self.detector {
            detector.sha256 = Some(sha256.clone());
        }
        if let Some(classifier) = &mut self.classifier {
            classifier.sha256 = Some(sha256);
        }
        Ok(())
    }
}

impl Screen {
    /// A screen whose model is given.
    ///
    /// # Errors
    /// A request failure if a rule is about a class that the model does not know.
    pub fn new(settings: &ScreenSettings, eye: Eye) -> Result<Screen, Failure> {
        settings.check()?;
        if let Some(rule) = settings.rules.iter().find(|rule| !eye.labels().contains(&rule.label)) {
            let known: Vec<String> = eye.labels().iter().take(12).map(|label| format!("`{label}`")).collect();
            let more = if eye.labels().len() > known.len() { ", ..." } else { "" };
            return Err(Failure::request(format!(
                "the model of `{}` knows no class `{}`",
                settings.name, rule.label
            ))
            .hint(format!("its classes are {}{more}", known.join(", "))));
        }
        Ok(Screen { name: settings.name.clone(), eye, rules: settings.rules.clone() })
    }

    /// What is done about a picture.
    ///
    /// # Errors
    /// When the model cannot say.
    pub fn judge(&self, decoded: &Decoded) -> Result<Verdict, EngineError> {
        let picture = pixmo_engines::Picture::new(&decoded.pixels, decoded.width, decoded.height)
            .expect("a decoded picture has as many bytes as pixels need");
        let mut verdict = Verdict::Pass;
        match &self.eye {
            Eye::Classifier(classifier) => {
                for seen in classifier.classify(&picture)? {
                    verdict = verdict.and(self.about(&seen.label, seen.score, None));
                }
            }
            Eye::Detector(detector) => {
                for seen in detector.detect(&picture)? {
                    verdict = verdict.and(self.about(&seen.label, seen.score, Some(seen.area)));
                }
            }
        }
        Ok(verdict)
    }

    /// What the rules say of one thing that was seen: the strictest that holds.
    fn about(&self, label: &str, score: f32, area: Option<Area>) -> Verdict {
        let holds = |rule: &&ScreenRule| rule.label == label && score >= rule.score_min;
        let Some(then) = self.rules.iter().filter(holds).map(|rule| rule.then).max() else {
            return Verdict::Pass;
        };
        let reason = format!("`{}` saw `{label}`, {score:.2}", self.name);
        match then {
            Then::Drop => Verdict::Drop(reason),
            Then::Hold => Verdict::Hold(reason),
            Then::Blur => Verdict::Blur(area.map(widened).into_iter().collect()),
        }
    }
}

/// A box with a margin around it.
fn widened(area: Area) -> Area {
    let (across, down) = ((area.right - area.left) * MARGIN, (area.bottom - area.top) * MARGIN);
    Area {
        left: area.left - across,
        top: area.top - down,
        right: area.right + across,
        bottom: area.bottom + down,
    }
}

impl Verdict {
    /// The stricter of two; of two that blur, both.
    #[must_use]
    pub fn and(self, other: Verdict) -> Verdict {
        match (self, other) {
            (Verdict::Blur(mut areas), Verdict::Blur(more)) => {
                areas.extend(more);
                Verdict::Blur(areas)
            }
            (first, second) if second.strictness() > first.strictness() => second,
            (first, _) => first,
        }
    }

    fn strictness(&self) -> u8 {
        match self {
            Verdict::Pass => 0,
            Verdict::Blur(_) => 1,
            Verdict::Hold(_) => 2,
            Verdict::Drop(_) => 3,
        }
    }
}

/// Opens the models of all screens.
///
/// # Errors
/// A request failure if a model cannot be opened, does not fit its settings, or cannot be run by this program.
#[cfg(feature = "screen")]
pub(crate) fn open(settings: &[ScreenSettings]) -> Result<Arc<[Screen]>, Failure> {
    use pixmo_engine_detect::{OnnxClassifier, OnnxDetector, OpenError};

    let one = |settings: &ScreenSettings| {
        let failed = |error: OpenError| {
            Failure::from_error(pixmo_console::Kind::Request, &error)
                .hint(format!("`{}` in [[build.images.screen]] names it", settings.name))
        };
        let eye = match (&settings.detector, &settings.classifier) {
            (Some(detector), _) => Eye::Detector(Box::new(OnnxDetector::open(detector).map_err(failed)?)),
            (None, Some(classifier)) => {
                Eye::Classifier(Box::new(OnnxClassifier::open(classifier).map_err(failed)?))
            }
            (None, None) => return Err(Failure::bug("a screen without a model was checked")),
        };
        Screen::new(settings, eye)
    };
    settings.iter().map(one).collect()
}

/// Says that this program has no models.
///
/// # Errors
/// A request failure if there is a screen.
#[cfg(not(feature = "screen"))]
pub(crate) fn open(settings: &[ScreenSettings]) -> Result<Arc<[Screen]>, Failure> {
    match settings.first() {
        None => Ok(Arc::new([])),
        Some(first) => Err(Failure::request(format!(
            "this `pixmo-images` was built without models, and `{}` in [[build.images.screen]] asks for one",
            first.name
        ))
        .hint("cargo build --release -p pixmo-images --features screen")),
    }
}

#[cfg(test)]
mod tests {
    use pixmo_engines::{Detection, Score};

    use super::*;

    struct Fixed(Model, Vec<String>, Vec<(f32, Option<Area>)>);

    fn fixed(seen: &[(&str, f32, Option<Area>)]) -> Fixed {
        let model = Model { name: "fixed".to_owned(), sha256: "0".repeat(64) };
        let labels = seen.iter().map(|(label, ..)| (*label).to_owned()).collect();
        Fixed(model, labels, seen.iter().map(|(_, score, area)| (*score, *area)).collect())
    }

    impl Detector for Fixed {
        fn model(&self) -> &Model {
            &self.0
        }

        fn labels(&self) -> &[String] {
            &self.1
        }

        fn detect(&self, _: &pixmo_engines::Picture<'_>) -> Result<Vec<Detection>, EngineError> {
            let each = self.1.iter().zip(&self.2);
            Ok(each
                .filter_map(|(label, (score, area))| {
                    Some(Detection { label: label.clone(), score: *score, area: (*area)? })
                })
                .collect())
        }
    }

    impl Classifier for Fixed {
        fn model(&self) -> &Model {
            &self.0
        }

        fn labels(&self) -> &[String] {
            &self.1
        }

        fn classify(&self, _: &pixmo_engines::Picture<'_>) -> Result<Vec<Score>, EngineError> {
            let each = self.1.iter().zip(&self.2);
            Ok(each.map(|(label, (score, _))| Score { label: label.clone(), score: *score }).collect())
        }
    }

    fn settings(json: serde_json::Value) -> ScreenSettings {
        serde_json::from_value(json).unwrap()
    }

    fn grey() -> Decoded {
        let mut file = Vec::new();
        jpeg_encoder::Encoder::new(&mut file, 90)
            .encode(&[127; 64 * 64 * 3], 64, 64, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        pixmo_pictures::decode(&file, &pixmo_pictures::Limits::default()).unwrap()
    }

    #[test]
    fn the_strictest_rule_that_holds_decides() {
        let area = Some(Area { left: 10.0, top: 20.0, right: 30.0, bottom: 40.0 });
        let screen = |seen: &[(&str, f32, Option<Area>)], rules: serde_json::Value| {
            let json = serde_json::json!({
                "name": "people", "detector": {"model": "m.onnx", "head": "ssd"}, "rules": rules
            });
            Screen::new(&settings(json), Eye::Detector(Box::new(fixed(seen))))
                .unwrap()
                .judge(&grey())
                .unwrap()
        };
        let rules = serde_json::json!([
            {"label": "face", "score_min": 0.5, "then": "blur"},
            {"label": "face", "score_min": 0.9, "then": "hold"},
            {"label": "plate", "score_min": 0.5, "then": "drop"},
        ]);
        assert_eq!(screen(&[("face", 0.4, area), ("plate", 0.4, area)], rules.clone()), Verdict::Pass);
        let wide = Area { left: 8.0, top: 18.0, right: 32.0, bottom: 42.0 };
        assert_eq!(
            screen(&[("face", 0.6, area), ("plate", 0.4, area)], rules.clone()),
            Verdict::Blur(vec![wide])
        );
        let held = Verdict::Hold("`people` saw `face`, 0.95".to_owned());
        assert_eq!(screen(&[("face", 0.95, area), ("plate", 0.4, area)], rules.clone()), held);
        let dropped = Verdict::Drop("`people` saw `plate`, 0.50".to_owned());
        assert_eq!(screen(&[("face", 0.95, area), ("plate", 0.5, area)], rules), dropped);
    }

    #[test]
    fn a_classifier_drops_and_holds_and_cannot_blur() {
        let json = |then: &str| {
            serde_json::json!({
                "name": "nsfw",
                "classifier": {
                    "model": "m.onnx", "labels": ["bad"],
                    "input": {"width": 8, "height": 8, "mean": [0, 0, 0], "std": [1, 1, 1]},
                },
                "rules": [{"label": "bad", "score_min": 0.8, "then": then}],
            })
        };
        let eye = |score: f32| Eye::Classifier(Box::new(fixed(&[("bad", score, None)])));
        let judge =
            |score: f32| Screen::new(&settings(json("drop")), eye(score)).unwrap().judge(&grey()).unwrap();
        assert_eq!(judge(0.79), Verdict::Pass);
        assert_eq!(judge(0.8), Verdict::Drop("`nsfw` saw `bad`, 0.80".to_owned()));
        let refused = Screen::new(&settings(json("blur")), eye(0.5)).unwrap_err().to_string();
        assert!(refused.contains("`bad` cannot be blurred"), "{refused}");
    }

    #[test]
    fn what_cannot_work_is_told_before_anything_is_asked() {
        let with = |change: serde_json::Value| {
            let mut json = serde_json::json!({
                "name": "faces",
                "detector": {"model": "m.onnx", "head": "ssd"},
                "rules": [{"label": "face", "score_min": 0.5, "then": "blur"}],
            });
            json.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            settings(json).check().unwrap_err().to_string()
        };
        assert!(with(serde_json::json!({"name": "two words"})).contains("has no name of letters"));
        assert!(with(serde_json::json!({"detector": null})).contains("names no model"));
        assert!(with(serde_json::json!({"rules": []})).contains("has no rules"));
        let strict = serde_json::json!({"rules": [{"label": "face", "score_min": 1.5, "then": "drop"}]});
        assert!(with(strict).contains("`score_min` of `face` is 1.5, expected 0 to 1"));
        let other = serde_json::json!({
            "name": "faces", "detector": {"model": "m.onnx", "head": "ssd"},
            "rules": [{"label": "hand", "score_min": 0.5, "then": "blur"}],
        });
        let eye = Eye::Detector(Box::new(fixed(&[("face", 0.5, None)])));
        let refused = Screen::new(&settings(other), eye).unwrap_err().to_string();
        assert!(
            refused.contains("knows no class `hand`") && refused.contains("its classes are `face`"),
            "{refused}"
        );
    }
}
