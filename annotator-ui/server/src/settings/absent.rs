//! `[annotate.absent]`: how many labels are asked about that are likely not in an image, and where they come from.

use pixmo_schemas::annotation_points::AbsentSource;
use serde::Deserialize;

/// `[annotate.absent]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AbsentSettings {
    /// The share of such labels among all, 0 to less than 1; 0 makes none. The published set has about 0.15.
    pub share: f64,
    /// How much of them is a label of the image with one attribute exchanged.
    pub attribute_swap: f64,
    /// How much is a label that often stands beside one of the image.
    pub co_occurring: f64,
    /// How much is a label of an image that looks alike.
    pub similar_image: f64,
    /// The most such labels in an image.
    pub per_image_max: u32,
    /// What decides between labels that are as good as each other; the campaign's seed if it is not given.
    pub seed: Option<u64>,
}

impl Default for AbsentSettings {
    fn default() -> Self {
        AbsentSettings {
            share: 0.0,
            attribute_swap: 0.3,
            co_occurring: 0.4,
            similar_image: 0.3,
            per_image_max: 2,
            seed: None,
        }
    }
}

impl AbsentSettings {
    /// How many labels of a source are wanted beside so many of what is present.
    #[must_use]
    pub fn wanted(&self, source: AbsentSource, present: u64) -> u64 {
        let part = match source {
            AbsentSource::AttributeSwap => self.attribute_swap,
            AbsentSource::CoOccurring => self.co_occurring,
            AbsentSource::SimilarImage => self.similar_image,
        };
        // Of all labels, a share is absent: absent / (absent + present) = share.
        let absent = self.share / (1.0 - self.share) * present as f64;
        (absent * part).round() as u64
    }

    /// What is wrong, and what was expected.
    pub(super) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let parts = [self.attribute_swap, self.co_occurring, self.similar_image];
        if !(0.0..1.0).contains(&self.share) {
            return Some(("a `share` in [annotate.absent] that is none", "a number from 0 to less than 1"));
        }
        let is_sound = parts.iter().all(|part| (0.0..=1.0).contains(part));
        if !is_sound || (parts.iter().sum::<f64>() - 1.0).abs() > 1e-6 {
            return Some((
                "sources in [annotate.absent] that are no whole",
                "`attribute_swap`, `co_occurring` and `similar_image` from 0 to 1, 1 together",
            ));
        }
        (self.per_image_max == 0).then_some(("a `per_image_max` of 0 in [annotate.absent]", "1 or more"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_share_what_is_wanted() {
        let settings = AbsentSettings { share: 0.15, ..AbsentSettings::default() };
        let of = |source| settings.wanted(source, 850);
        let all =
            of(AbsentSource::AttributeSwap) + of(AbsentSource::CoOccurring) + of(AbsentSource::SimilarImage);
        assert_eq!((of(AbsentSource::CoOccurring), all), (60, 150));
        assert_eq!(AbsentSettings::default().wanted(AbsentSource::CoOccurring, 850), 0);
        assert!(settings.fault().is_none());
        assert!(AbsentSettings { attribute_swap: 0.5, ..settings }.fault().is_some());
    }
}
