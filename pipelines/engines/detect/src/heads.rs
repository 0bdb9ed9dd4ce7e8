//! The numbers of a detector as boxes, for each form of answer.

mod nanodet;
mod ssd;
mod yolo;

use pixmo_engines::Area;

use crate::session::Output;
use pixmo_engines::onnx::Head;

/// A box on the scale of the model's input, with the number of its class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) class: usize,
    pub(crate) score: f32,
    pub(crate) area: Area,
}

/// What a head must know to read an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Size of the model's input in pixels.
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// How many classes there are.
    pub(crate) classes: usize,
    /// What is less sure is left out.
    pub(crate) score_min: f32,
}

/// The candidates in an answer; what the answer should look like if it has another form.
pub(crate) fn read(head: Head, outputs: &[Output], frame: &Frame) -> Result<Vec<Candidate>, String> {
    match head {
        Head::Nanodet => nanodet::read(outputs, frame),
        Head::Yolo => yolo::read(outputs, frame),
        Head::Ssd => ssd::read(outputs, frame),
    }
}

/// The class with the highest score, the first of equal ones; `None` if it is below the least that counts.
fn best(scores: impl Iterator<Item = f32>, score_min: f32) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    for (class, score) in scores.enumerate() {
        if best.is_none_or(|(_, highest)| score > highest) {
            best = Some((class, score));
        }
    }
    best.filter(|&(_, score)| score >= score_min)
}
