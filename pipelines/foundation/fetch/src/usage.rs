//! Preferences about training, as newer lines in `robots.txt` and headers state them: `Content-Signal: ai-train=no`
//! (as content delivery networks write it) and `Content-Usage: train-ai=n` (drafts of the IETF group AIPREF).

/// What a value says of training: `Some(true)` refuses, `Some(false)` allows, `None` does not speak of it.
pub(crate) fn refuses(value: &str) -> Option<bool> {
    let mut found = None;
    for word in value.split([',', ';', ' ', '\t']) {
        let Some((key, answer)) = word.split_once('=') else { continue };
        if !["ai-train", "train-ai"].iter().any(|known| known.eq_ignore_ascii_case(key.trim())) {
            continue;
        }
        match answer.trim().to_ascii_lowercase().as_str() {
            "no" | "n" => return Some(true),
            "yes" | "y" => found = Some(false),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms() {
        for (value, expected) in [
            ("search=yes,ai-train=no", Some(true)),
            ("search=yes, ai-input=no, AI-Train=No", Some(true)),
            ("ai-train=yes", Some(false)),
            ("train-ai=n", Some(true)),
            ("train-ai=y, search=n", Some(false)),
            ("train-ai=y, ai-train=no", Some(true)),
            ("search=no", None),
            ("train-ai", None),
            ("train-ai=maybe", None),
            ("", None),
        ] {
            assert_eq!(refuses(value), expected, "{value}");
        }
    }
}
