//! Words and sentences of plain text, as all checks count and compare them.

/// The words of a text: what stands between white space and has a letter or a digit in it.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric))
}

/// How many words a text has.
#[must_use]
pub fn count(text: &str) -> usize {
    words(text).count()
}

/// A word as it is compared: without the punctuation around it, in lower case, with plain apostrophes.
#[must_use]
pub fn plain(word: &str) -> String {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    core.chars()
        .map(|c| if matches!(c, '’' | 'ʼ' | '`') { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// All words of a text as they are compared.
#[must_use]
pub fn plain_words(text: &str) -> Vec<String> {
    words(text).map(plain).collect()
}

/// Abbreviations behind whose full stop a sentence goes on.
const ABBREVIATIONS: &[&str] =
    &["mr", "mrs", "ms", "dr", "st", "vs", "e.g", "i.e", "etc", "approx", "no", "jr", "sr"];

/// The sentences of a text, with the marks that end them, without white space around them.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut begins = 0;
    let mut push = |from: usize, to: usize| {
        let sentence = text[from..to].trim();
        if sentence.chars().any(char::is_alphanumeric) {
            found.push(sentence);
        }
    };
    for (at, c) in text.char_indices() {
        let ends = at + c.len_utf8();
        let is_end = match c {
            '\n' => true,
            '.' | '!' | '?' | '…' => ends_sentence(&text[begins..at], c, &text[ends..]),
            _ => false,
        };
        if is_end {
            let closing: usize = text[ends..]
                .chars()
                .take_while(|c| matches!(c, '"' | '”' | '’' | ')'))
                .map(char::len_utf8)
                .sum();
            push(begins, ends + closing);
            begins = ends + closing;
        }
    }
    push(begins, text.len());
    found
}

/// Whether a mark between these texts ends a sentence.
fn ends_sentence(before: &str, mark: char, after: &str) -> bool {
    let next = after.trim_start_matches(['"', '”', '’', ')']);
    if next.chars().next().is_some_and(|c| !c.is_whitespace()) {
        return false;
    }
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase) && last != "I";
    mark != '.' || !(is_initial || ABBREVIATIONS.contains(&plain(last).as_str()))
}

/// A hash of some words, the same on every machine.
#[must_use]
pub fn hash<'a>(words: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for word in words {
        hasher.update(word.as_bytes());
        hasher.update(b"\0");
    }
    let mut eight = [0; 8];
    eight.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(eight)
}

/// Words that say little by themselves.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "above", "across", "against", "all", "along", "also", "an", "and", "any", "are", "around",
    "as", "at", "be", "been", "before", "behind", "being", "below", "beneath", "beside", "between", "both",
    "but", "by", "can", "could", "do", "does", "down", "each", "for", "from", "had", "has", "have", "he",
    "her", "here", "him", "his", "how", "if", "in", "inside", "into", "is", "it", "it's", "its", "just",
    "like", "looks", "may", "might", "more", "most", "near", "next", "no", "not", "of", "off", "on", "one",
    "only", "onto", "or", "other", "others", "out", "outside", "over", "probably", "really", "she", "should",
    "so", "some", "such", "than", "that", "that's", "the", "their", "them", "then", "there", "there's",
    "these", "they", "this", "those", "through", "to", "toward", "towards", "under", "up", "very", "was",
    "were", "what", "when", "where", "which", "while", "who", "whose", "will", "with", "within", "without",
    "would",
];

/// Whether a plain word says little by itself.
#[must_use]
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// A plain word without the usual English endings, so that `dogs` and `dog`, `standing` and `stands` are alike.
#[must_use]
pub fn stem(word: &str) -> &str {
    let word = word.strip_suffix("'s").unwrap_or(word);
    for ending in ["ing", "ed", "es", "s"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 3
            && !(ending == "s" && stem.ends_with(['s', 'u', 'i']))
        {
            return stem;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_in_order() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert!(is_function_word("it's") && !is_function_word("tram"));
    }

    #[test]
    fn sentences_end_where_they_end() {
        let text = "It costs 3.50, says Dr. Who. Really?  \"Yes.\" He is J. Doe\nA new line… and on";
        let expected =
            ["It costs 3.50, says Dr. Who.", "Really?", "\"Yes.\"", "He is J. Doe", "A new line…", "and on"];
        assert_eq!(sentences(text), expected);
        assert_eq!(sentences(" ... \n"), Vec::<&str>::new());
    }

    #[test]
    fn words_are_compared_without_what_stands_around_them() {
        assert_eq!(plain_words("“It’s — a (Red) tram!”"), ["it's", "a", "red", "tram"]);
        assert_eq!(count("one - two, three."), 3);
        assert_eq!(
            [stem("dogs"), stem("standing"), stem("glass"), stem("bus"), stem("man's")],
            ["dog", "stand", "glass", "bus", "man"]
        );
    }
}
