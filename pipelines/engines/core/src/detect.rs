//! What is where in a picture?

use crate::error::EngineError;
use crate::model::Model;
use crate::picture::Picture;

/// Finds things of known classes in a picture.
pub trait Detector: Send + Sync {
    /// Which model answers.
    fn model(&self) -> &Model;

    /// The classes it can find, in the order of the model.
    fn labels(&self) -> &[String];

    /// What was found, the surest first.
    ///
    /// # Errors
    /// As [`EngineError`] says; nothing is kept of a failed question.
    fn detect(&self, picture: &Picture<'_>) -> Result<Vec<Detection>, EngineError>;
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// Its class.
    pub label: String,
    /// How sure the model is, 0 to 1.
    pub score: f32,
    /// Where it is.
    pub area: Area,
}

/// A box in pixels of the picture; edges count from the left and top edge of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge, right of the left one.
    pub right: f32,
    /// Bottom edge, below the top one.
    pub bottom: f32,
}

impl Area {
    /// The part of it that lies in a picture of this size; `None` if nothing does.
    #[must_use]
    pub fn within(self, width: u32, height: u32) -> Option<Area> {
        let area = Area {
            left: self.left.max(0.0),
            top: self.top.max(0.0),
            right: self.right.min(width as f32),
            bottom: self.bottom.min(height as f32),
        };
        (area.left < area.right && area.top < area.bottom).then_some(area)
    }

    /// Its size in square pixels.
    #[must_use]
    pub fn size(&self) -> f32 {
        (self.right - self.left).max(0.0) * (self.bottom - self.top).max(0.0)
    }

    /// The share of two boxes together that is in both (intersection over union), 0 to 1.
    #[must_use]
    pub fn overlap(&self, other: &Area) -> f32 {
        let both = Area {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        let both = both.size();
        let either = self.size() + other.size() - both;
        if either > 0.0 { both / either } else { 0.0 }
    }
}

/// Of detections of the same class that overlap by more than `overlap_max` keeps the surest (greedy non-maximum
/// suppression by class). The surest come first; equal ones keep their order.
#[must_use]
pub fn keep_best(mut found: Vec<Detection>, overlap_max: f32) -> Vec<Detection> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Detection> = Vec::new();
    for one in found {
        let hides =
            |other: &Detection| other.label == one.label && other.area.overlap(&one.area) > overlap_max;
        if !kept.iter().any(hides) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(left: f32, top: f32, right: f32, bottom: f32) -> Area {
        Area { left, top, right, bottom }
    }

    fn found(label: &str, score: f32, area: Area) -> Detection {
        Detection { label: label.to_owned(), score, area }
    }

    #[test]
    fn overlap_is_intersection_over_union() {
        assert_eq!(at(0.0, 0.0, 2.0, 2.0).overlap(&at(1.0, 0.0, 3.0, 2.0)), 1.0 / 3.0);
        assert_eq!(at(0.0, 0.0, 2.0, 2.0).overlap(&at(2.0, 0.0, 4.0, 2.0)), 0.0);
        assert_eq!(at(0.0, 0.0, 0.0, 0.0).overlap(&at(0.0, 0.0, 0.0, 0.0)), 0.0);
        assert_eq!(at(-3.0, 1.0, 9.0, 9.0).within(4, 5), Some(at(0.0, 1.0, 4.0, 5.0)));
        assert_eq!(at(4.0, 1.0, 9.0, 9.0).within(4, 5), None);
    }

    #[test]
    fn the_surest_of_a_class_hides_the_others_and_no_other_class() {
        let here = at(0.0, 0.0, 10.0, 10.0);
        let near = at(1.0, 0.0, 11.0, 10.0);
        let kept =
            keep_best(vec![found("cat", 0.5, here), found("cat", 0.9, near), found("dog", 0.4, here)], 0.6);
        assert_eq!(kept, [found("cat", 0.9, near), found("dog", 0.4, here)]);
    }

    proptest! {
        #[test]
        fn what_is_kept_does_not_overlap_and_hides_all_else(
            boxes in prop::collection::vec((0f32..50.0, 0f32..50.0, 1f32..30.0, 1f32..30.0, 0f32..1.0), 0..40),
            overlap_max in 0.1f32..0.9,
        ) {
            let all: Vec<Detection> = boxes
                .iter()
                .map(|&(x, y, w, h, score)| found("a", score, at(x, y, x + w, y + h)))
                .collect();
            let kept = keep_best(all.clone(), overlap_max);
            for (i, one) in kept.iter().enumerate() {
                prop_assert!(kept[..i].iter().all(|other| other.area.overlap(&one.area) <= overlap_max));
                prop_assert!(kept[..i].iter().all(|other| other.score >= one.score));
            }
            for one in &all {
                let by = |other: &Detection| other.score >= one.score
                    && (other == one || other.area.overlap(&one.area) > overlap_max);
                prop_assert!(kept.iter().any(by));
            }
        }
    }
}
