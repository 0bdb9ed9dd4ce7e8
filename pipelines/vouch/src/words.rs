//! How many words two texts differ in.

/// Lowercase words without the marks around them.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| {
            let inside = word.trim_matches(|c: char| !c.is_alphanumeric());
            inside.chars().filter(|c| *c != '\u{2019}' && *c != '\'').flat_map(char::to_lowercase).collect()
        })
        .filter(|word: &String| !word.is_empty())
        .collect()
}

/// The fewest words to put in, take out or change from one to the other (Levenshtein).
pub(crate) fn distance(from: &[String], to: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, word) in from.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for (column, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(word != other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_marks_and_case() {
        let check = |from: &str, to: &str| distance(&words_of(from), &words_of(to));
        assert_eq!(check("A red car, isn't it?", "a red car isnt it"), 0);
        assert_eq!(check("a red car", "a blue car"), 1);
        assert_eq!(check("", "a blue car"), 3);
        assert_eq!(check("one two three four", "two three five four six"), 3);
    }
}
