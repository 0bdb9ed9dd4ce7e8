//! Whether a text is in the language that it is said to be in, by its commonest words.
//!
//! Words of grammar are 30 to 60 per cent of running speech and are hardly shared between languages, so that counting them
//! tells languages apart that are listed here; of others nothing is said.

use crate::words::plain_words;

/// Commonest words that the other languages of the list do not have.
#[rustfmt::skip]
const LANGUAGES: &[(&str, &[&str])] = &[
    ("en", &["the", "and", "of", "there", "with", "it", "that", "this", "are", "its", "on", "he", "she", "they", "to", "has", "have", "which", "from", "some", "what", "looks", "you", "but", "it's", "there's"]),
    ("de", &["der", "die", "das", "und", "ist", "ein", "eine", "einem", "einen", "mit", "nicht", "auf", "im", "den", "dem", "sich", "auch", "sind", "sieht", "ich", "wir", "zu", "aber"]),
    ("fr", &["le", "les", "des", "une", "est", "et", "dans", "avec", "sur", "qui", "il", "elle", "nous", "pas", "du", "au", "on", "ce", "cette", "sont", "je", "c'est", "y"]),
    ("es", &["el", "los", "las", "una", "y", "es", "con", "en", "del", "hay", "se", "por", "para", "como", "pero", "muy", "está", "están", "lo", "su"]),
    ("it", &["il", "gli", "una", "è", "e", "con", "di", "che", "sono", "nel", "della", "dei", "del", "molto", "anche", "c'è", "ci", "si", "sulla"]),
    ("pt", &["o", "os", "as", "uma", "é", "e", "com", "não", "em", "do", "da", "dos", "das", "tem", "muito", "também", "está", "há", "na", "no"]),
    ("nl", &["het", "een", "en", "van", "met", "is", "op", "zijn", "er", "niet", "ook", "aan", "dat", "die", "ik", "wij", "naar", "heeft", "maar"]),
];

/// Words below which nothing is said.
const WORDS_MIN: usize = 30;
/// A language is another one only if its words are so much commoner than those of the named one.
const CLEARLY: f64 = 1.5;
/// The smallest share of words of grammar that tells anything.
const SHARE_MIN: f64 = 0.08;

/// The language that a text seems to be in, if that is clearly another one than `tag` says.
#[must_use]
pub fn other_than(text: &str, tag: &str) -> Option<&'static str> {
    let named = tag.split('-').next().unwrap_or_default();
    let words = plain_words(text);
    if words.len() < WORDS_MIN || !LANGUAGES.iter().any(|(known, _)| *known == named) {
        return None;
    }
    let share = |list: &[&str]| {
        words.iter().filter(|word| list.contains(&word.as_str())).count() as f64 / words.len() as f64
    };
    let of_named = LANGUAGES.iter().find(|(known, _)| *known == named).map_or(0.0, |(_, list)| share(list));
    let (best, of_best) = LANGUAGES
        .iter()
        .map(|(known, list)| (*known, share(list)))
        .fold(("", -1.0), |best, one| if one.1 > best.1 { one } else { best });
    (best != named && of_best >= SHARE_MIN && of_best > of_named * CLEARLY).then_some(best)
}

/// Whether a tag is one of these; one without region takes all its regions.
#[must_use]
pub fn is_one_of(tag: &str, languages: &[String]) -> bool {
    let matches = |wanted: &String| {
        tag.eq_ignore_ascii_case(wanted)
            || (!wanted.contains('-')
                && tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case(wanted)))
    };
    languages.iter().any(matches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_language_is_told() {
        let german = "das ist ein Bild mit einem Hund und der Hund ist auf der Wiese und die Wiese ist grün und im Hintergrund sind \
            die Berge und der Himmel ist auch nicht blau aber grau und ein Haus";
        let english = "there is a dog on the grass and it looks happy with the ball that it has found and the sky is grey and there are \
            some mountains in the back which have snow on them";
        assert_eq!(other_than(german, "en"), Some("de"));
        assert_eq!(other_than(german, "de"), None);
        assert_eq!(other_than(english, "en-GB"), None);
        assert_eq!(other_than(english, "fr"), Some("en"));
        assert_eq!(other_than(english, "ja"), None);
        assert_eq!(other_than("der Hund", "en"), None);
    }

    #[test]
    fn a_tag_without_region_takes_all() {
        let of = |tag: &str, wanted: &str| is_one_of(tag, &[wanted.to_owned()]);
        assert!(of("en-GB", "en") && of("en", "en") && of("EN-us", "en-US"));
        assert!(!of("en", "en-GB") && !of("de", "en"));
    }
}
