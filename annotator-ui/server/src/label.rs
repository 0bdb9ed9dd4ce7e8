//! What a label may be, wherever it comes from: a person's answer, an imported task, or the server itself.

pub(crate) use pixmo_answers::label::{LABEL_CHARS_MAX as CHARS_MAX, tidy};

/// Why a text is no label: it has no character or more than `chars_max`, or one that breaks the markup in which models
/// learn points (quotation marks and angle brackets), or one that cannot be seen.
pub(crate) fn fault_of(label: &str, chars_max: usize) -> Option<String> {
    let chars = label.trim().chars().count();
    if chars == 0 || chars > chars_max {
        return Some(format!("a label has 1 to {chars_max} characters, this has {chars}"));
    }
    let bad = label.chars().find(|letter| letter.is_control() || "\"<>".contains(*letter))?;
    Some(format!(
        "`{}` cannot stand in a label: no quotation marks and no angle brackets",
        bad.escape_default()
    ))
}
