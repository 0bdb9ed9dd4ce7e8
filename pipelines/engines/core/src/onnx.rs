//! What is said in the campaign file of a model in ONNX form. Whoever runs it reads it here; whoever only checks the file
//! needs no library for that.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The order of the three planes that a model wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channels {
    /// Red, green, blue.
    #[default]
    Rgb,
    /// Blue, green, red.
    Bgr,
}

/// How a picture becomes the tensor `[1, 3, height, width]` that a model wants: it is resized without keeping its shape,
/// and each value `v` of 0 to 255 becomes `(v - mean) / std`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputSettings {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Order of the planes.
    #[serde(default)]
    pub channels: Channels,
    /// One mean for each plane, in the order of the planes, on the scale of 0 to 255.
    pub mean: [f32; 3],
    /// One divisor for each plane, in the order of the planes.
    pub std: [f32; 3],
}

/// The form of a detector's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Head {
    /// NanoDet (Generalized Focal Loss): for each stride of 8, 16 and 32 one output `[1, cells, classes]` of scores and
    /// one `[1, cells, 4 * bins]` of logits of the distances to the left, top, right and bottom edge.
    Nanodet,
    /// YOLOv8 and its kin: one output `[1, 4 + classes, boxes]`; centre, width and height in pixels of the input, then
    /// scores.
    Yolo,
    /// Single-shot detectors whose boxes are decoded in the model, such as face detectors of the UltraFace kind: one
    /// output `[1, boxes, 1 + classes]` of scores with the background first, and one `[1, boxes, 4]` of left, top, right
    /// and bottom edges from 0 to 1.
    Ssd,
}

/// A detector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetectorSettings {
    /// Its file.
    pub model: PathBuf,
    /// SHA-256 of its file; another file is refused.
    #[serde(default)]
    pub sha256: Option<String>,
    /// The form of its answer.
    pub head: Head,
    /// What it wants to see. By default what models of this head were trained on.
    #[serde(default)]
    pub input: Option<InputSettings>,
    /// Its classes, in its order. By default the 80 of COCO, and `face` for [`Head::Ssd`].
    #[serde(default)]
    pub labels: Option<Vec<String>>,
    /// What is less sure is not reported, 0 to 1.
    #[serde(default = "score_min")]
    pub score_min: f32,
    /// Of boxes of one class that overlap by more than this (intersection over union), the surest is kept.
    #[serde(default = "overlap_max")]
    pub overlap_max: f32,
    /// Threads for one picture.
    #[serde(default = "one")]
    pub threads: usize,
}

/// How the numbers of a classifier become scores from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scores {
    /// They are scores already.
    Ready,
    /// Logits of classes that exclude each other: their softmax.
    #[default]
    Softmax,
    /// Logits of classes that do not: the sigmoid of each.
    Sigmoid,
}

/// A classifier: one output `[1, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassifierSettings {
    /// Its file.
    pub model: PathBuf,
    /// SHA-256 of its file; another file is refused.
    #[serde(default)]
    pub sha256: Option<String>,
    /// What it wants to see.
    pub input: InputSettings,
    /// Its classes, in its order.
    pub labels: Vec<String>,
    /// How its numbers become scores.
    #[serde(default)]
    pub scores: Scores,
    /// Threads for one picture.
    #[serde(default = "one")]
    pub threads: usize,
}

fn score_min() -> f32 {
    0.4
}

fn overlap_max() -> f32 {
    0.6
}

fn one() -> usize {
    1
}

impl Head {
    /// What models of this head were trained to see: NanoDet-g 416 x 416, YOLOv8 640 x 640, UltraFace 320 x 240.
    #[must_use]
    pub fn usual_input(self) -> InputSettings {
        let (width, height, channels, mean, std) = match self {
            Head::Nanodet => (416, 416, Channels::Bgr, [103.53, 116.28, 123.675], [57.375, 57.12, 58.395]),
            Head::Yolo => (640, 640, Channels::Rgb, [0.0; 3], [255.0; 3]),
            Head::Ssd => (320, 240, Channels::Rgb, [127.0; 3], [128.0; 3]),
        };
        InputSettings { width, height, channels, mean, std }
    }

    /// The classes that models of this head usually have.
    #[must_use]
    pub fn usual_labels(self) -> Vec<String> {
        match self {
            Head::Nanodet | Head::Yolo => crate::coco::LABELS.iter().map(|&label| label.to_owned()).collect(),
            Head::Ssd => vec!["face".to_owned()],
        }
    }
}

impl InputSettings {
    /// What makes the settings useless, if anything does.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        const SIDE_MAX: u32 = 4096;
        let side = |side: u32| (1..=SIDE_MAX).contains(&side);
        if !side(self.width) || !side(self.height) {
            return Some(format!(
                "`width` and `height` are {} and {}, expected 1 to {SIDE_MAX} pixels",
                self.width, self.height
            ));
        }
        if self.mean.iter().any(|mean| !mean.is_finite()) {
            return Some("`mean` holds a number that is not finite".to_owned());
        }
        if self.std.iter().any(|std| !std.is_finite() || *std == 0.0) {
            return Some("`std` holds a number that nothing can be divided by".to_owned());
        }
        None
    }
}
