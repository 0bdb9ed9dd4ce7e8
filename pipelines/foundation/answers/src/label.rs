//! Labels: what people call what they point at.

/// The most characters of a label.
pub const LABEL_CHARS_MAX: usize = 120;

/// A label without blanks around it and with single ones within.
#[must_use]
pub fn tidy(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// By what two labels are the same: neither case nor blanks count.
#[must_use]
pub fn key_of(label: &str) -> String {
    tidy(label).to_lowercase()
}

/// Whether it is a label of a published row: not empty, not long, and without what breaks the markup that models learn
/// points in.
#[must_use]
pub fn is_fit(label: &str) -> bool {
    let is_odd = |letter: char| letter.is_control() || "\"<>".contains(letter);
    (1..=LABEL_CHARS_MAX).contains(&label.chars().count()) && !label.contains(is_odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_blanks_make_no_other_label() {
        assert_eq!(key_of("  Red \t Cup"), key_of("red cup"));
        assert_ne!(key_of("red cup"), key_of("redcup"));
        assert!(is_fit(&"é".repeat(LABEL_CHARS_MAX)) && !is_fit(&"é".repeat(LABEL_CHARS_MAX + 1)));
        assert!(!is_fit("") && !is_fit("a <b") && !is_fit("a\u{7}"));
    }
}
