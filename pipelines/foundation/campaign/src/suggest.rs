//! The nearest known name to a misspelt one.

/// The longest name that is taken for a misspelt one.
const NAME_BYTES_MAX: usize = 128;

/// The one of `known` that `name` most likely stands for; `None` if none is near.
///
/// Near means: few letters differ (Damerau-Levenshtein, at most a third of the longer name), or one name holds the
/// other as a whole word (`shard_count` and `shards`).
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing takes room and time for each pair of letters, and a name of thousands is no slip of the finger.
    if name.len() > NAME_BYTES_MAX {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let letters_max = name.chars().count().max(candidate.chars().count());
        let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase());
        let is_near = distance * 3 <= letters_max || shares_word(name, candidate);
        if is_near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Whether a word of one name, up to its plural, is a word of the other.
fn shares_word(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let parts = name.split(['_', '-', '.']).map(|word| word.trim_end_matches('s').to_lowercase());
        parts.filter(|word| word.len() >= 3).collect()
    };
    let theirs = words(other);
    words(one).iter().any(|word| theirs.contains(word))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_and_far_ones_are_not_offered() {
        let known = ["shards", "figures", "speech_secs_min", "speech_secs_max"];
        let cases = [
            ("shard_count", Some("shards")),
            ("shrads", Some("shards")),
            ("Figures", Some("figures")),
            ("speech_sec_max", Some("speech_secs_max")),
            ("colour", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
    }
}
