//! The words in which a model is asked for a caption or for points.

use pixmo_preprocess::prompts;

use crate::lineage::Recipe;

/// The hint of length that is given where nobody says another: about 975 characters.
pub const HINT: i64 = 65;

/// The words that ask for a long caption; `hint` is its length in steps of 15 characters.
///
/// After pre-training a model knows `long_caption 65:` and nothing else. After fine-tuning it knows wordings of people; the
/// tag before them was there in one case of ten, and never with a number, so that a hint is a wish there.
#[must_use]
pub fn caption(recipe: Recipe, hint: Option<i64>) -> String {
    let wording = first(&prompts::CAPTION, "");
    match (recipe, hint) {
        (Recipe::Pretraining, hint) => format!("long_caption {}:", hint.unwrap_or(HINT)),
        (Recipe::Finetuning, Some(hint)) => format!("long_caption {hint}: {wording}"),
        (Recipe::Finetuning, None) => wording,
    }
}

/// The words that ask where something is.
#[must_use]
pub fn pointing(label: &str) -> String {
    first(&prompts::POINTING, label)
}

/// The words that ask how many of something there are, and where.
#[must_use]
pub fn counting(label: &str) -> String {
    first(&prompts::COUNTING, label)
}

/// The first of some wordings, about a label.
fn first(prompts: &prompts::Prompts, label: &str) -> String {
    prompts.all().first().map(|wording| wording.replace("{label}", label)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        assert_eq!(caption(Recipe::Pretraining, None), "long_caption 65:");
        assert_eq!(caption(Recipe::Pretraining, Some(20)), "long_caption 20:");
        assert_eq!(caption(Recipe::Finetuning, None), "Describe this image in detail.");
        assert_eq!(caption(Recipe::Finetuning, Some(20)), "long_caption 20: Describe this image in detail.");
        assert_eq!(pointing("the cats"), "Point to the cats.");
        assert_eq!(counting("cats"), "How many cats are there?");
    }
}
