//! Attributes that can be exchanged for each other: a red cup for a blue one.

use std::collections::BTreeSet;

/// Words of one line describe the same side of a thing, and exclude each other. English; labels in other languages have no
/// word among these, and get their labels from the other two sources.
const GROUPS: [&[&str]; 12] = [
    &[
        "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "gray",
        "silver", "golden",
    ],
    &["wooden", "metal", "plastic", "glass", "stone", "leather", "paper", "ceramic", "concrete"],
    &["striped", "dotted", "checkered", "floral", "plain"],
    &["round", "square", "triangular", "oval", "rectangular"],
    &["open", "closed"],
    &["empty", "full"],
    &["lit", "unlit"],
    &["standing", "sitting", "lying", "walking", "running", "jumping"],
    &["old", "new"],
    &["broken", "whole"],
    &["wet", "dry"],
    &["left", "right"],
];

/// A label with each of its attributes exchanged for each other one of its group.
pub(super) fn swapped(label: &str) -> BTreeSet<String> {
    let words: Vec<&str> = label.split(' ').collect();
    let mut labels = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        let Some(group) = GROUPS.iter().find(|group| group.contains(word)) else { continue };
        for other in group.iter().filter(|other| *other != word) {
            let mut words = words.clone();
            words[at] = other;
            labels.insert(words.join(" "));
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_attribute_is_exchanged_and_nothing_else() {
        let doors = swapped("open door");
        assert_eq!(doors.into_iter().collect::<Vec<_>>(), ["closed door"]);
        let cups = swapped("red wooden cup");
        assert!(cups.contains("blue wooden cup") && cups.contains("red plastic cup"));
        assert!(!cups.contains("red wooden cup") && cups.iter().all(|cup| cup.ends_with("cup")));
        assert!(swapped("cup").is_empty() && swapped("tasse").is_empty() && swapped("").is_empty());
    }

    #[test]
    fn no_word_stands_in_two_groups() {
        let words: Vec<&str> = GROUPS.iter().flat_map(|group| group.iter().copied()).collect();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
    }
}
