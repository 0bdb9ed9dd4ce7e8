//! A detector in ONNX form.

use std::fmt;

use pixmo_engines::{Area, Detection, Detector, EngineError, Model, Picture, keep_best};

use crate::heads::{self, Frame};
use crate::session::{OpenError, Output, Session};
use pixmo_engines::onnx::{DetectorSettings, Head};

/// A detector in ONNX form, loaded once and asked by any number of threads.
pub struct OnnxDetector {
    session: Session,
    head: Head,
    labels: Vec<String>,
    score_min: f32,
    overlap_max: f32,
}

impl OnnxDetector {
    /// Loads the model, and asks it about a grey picture to learn whether its answer has the form that the settings say.
    ///
    /// # Errors
    /// When the file cannot be read or is another one, is no model, or does not fit the settings.
    pub fn open(settings: &DetectorSettings) -> Result<OnnxDetector, OpenError> {
        let share = |name: &str, value: f32| {
            let fault = format!("`{name}` is {value}, expected 0 to 1");
            if (0.0..=1.0).contains(&value) {
                Ok(())
            } else {
                Err(OpenError::Settings { path: settings.model.clone(), fault })
            }
        };
        share("score_min", settings.score_min)?;
        share("overlap_max", settings.overlap_max)?;
        let labels = settings.labels.clone().unwrap_or_else(|| settings.head.usual_labels());
        if labels.is_empty() {
            let fault = "`labels` is empty, expected the classes of the model".to_owned();
            return Err(OpenError::Settings { path: settings.model.clone(), fault });
        }
        let input = settings.input.clone().unwrap_or_else(|| settings.head.usual_input());
        let session = Session::open(&settings.model, settings.sha256.as_deref(), input, settings.threads)?;
        let detector = OnnxDetector {
            session,
            head: settings.head,
            labels,
            score_min: settings.score_min,
            overlap_max: settings.overlap_max,
        };
        let outputs = detector.session.rehearse()?;
        detector.read(&outputs, 1, 1)?;
        Ok(detector)
    }

    /// Candidates of an answer as boxes of a picture of `width` times `height` pixels, the surest of each thing alone.
    fn read(&self, outputs: &[Output], width: u32, height: u32) -> Result<Vec<Detection>, EngineError> {
        let input = self.session.wanted();
        let frame = Frame {
            width: input.width as usize,
            height: input.height as usize,
            classes: self.labels.len(),
            score_min: self.score_min,
        };
        let candidates = heads::read(self.head, outputs, &frame)
            .map_err(|expected| self.session.unfit(outputs, expected))?;
        let (across, down) = (width as f32 / input.width as f32, height as f32 / input.height as f32);
        let found = candidates.into_iter().filter_map(|candidate| {
            let area = Area {
                left: candidate.area.left * across,
                top: candidate.area.top * down,
                right: candidate.area.right * across,
                bottom: candidate.area.bottom * down,
            };
            let label = self.labels[candidate.class].clone();
            Some(Detection { label, score: candidate.score, area: area.within(width, height)? })
        });
        Ok(keep_best(found.collect(), self.overlap_max))
    }
}

impl Detector for OnnxDetector {
    fn model(&self) -> &Model {
        self.session.model()
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }

    fn detect(&self, picture: &Picture<'_>) -> Result<Vec<Detection>, EngineError> {
        let outputs = self.session.run(picture)?;
        self.read(&outputs, picture.width(), picture.height())
    }
}

impl fmt::Debug for OnnxDetector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnnxDetector")
            .field("model", self.session.model())
            .field("head", &self.head)
            .finish_non_exhaustive()
    }
}
