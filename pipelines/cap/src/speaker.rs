//! Talk about the person who speaks, in a sentence that should speak about the image.

use crate::words::plain;

/// Words of the first person.
const FIRST_PERSON: &[&str] = &[
    "i",
    "i'd",
    "i'll",
    "i'm",
    "i've",
    "let's",
    "me",
    "my",
    "myself",
    "our",
    "ours",
    "ourselves",
    "us",
    "we",
    "we'd",
    "we'll",
    "we're",
    "we've",
];

/// Words behind which a sentence quotes what is written in the image.
const READS: &[&str] = &[
    "says",
    "saying",
    "reads",
    "reading",
    "said",
    "written",
    "caption",
    "captioned",
    "labeled",
    "labelled",
    "titled",
];

/// Verbs that a speaker or an annotator does.
const TELLS: &[&str] = &[
    "says",
    "said",
    "mentions",
    "mentioned",
    "describes",
    "described",
    "notes",
    "noted",
    "thinks",
    "believes",
    "states",
    "stated",
    "explains",
    "explained",
    "observes",
    "remarks",
    "adds",
    "assumes",
    "guesses",
    "suggests",
    "concludes",
    "points",
    "is",
    "was",
    "isn't",
    "cannot",
    "seems",
];

/// Who speaks, when a caption speaks about its making.
const TELLERS: &[&str] = &[
    "speaker",
    "speakers",
    "annotator",
    "annotators",
    "narrator",
    "describer",
    "transcriber",
    "commentator",
];

/// Words that name the making of a caption.
const MAKING: &[&str] = &[
    "transcript",
    "transcripts",
    "transcription",
    "transcriptions",
    "recording",
    "recordings",
    "annotation",
    "annotations",
];

/// Phrases of those who answer a question instead of writing a caption.
const ANSWERING: &[&str] = &[
    "here is the",
    "here's the",
    "here is a",
    "here's a",
    "sure here",
    "as an ai",
    "as a language model",
    "language model",
    "let me know",
    "revised caption",
    "final caption",
    "cleaned caption",
];

/// The first word in the first person that is not quoted, if there is one.
#[must_use]
pub fn first_person(sentence: &str) -> Option<String> {
    unquoted(sentence).into_iter().find_map(|word| {
        let plain = plain(word);
        // `US` is a country, and `I.` in a list or `II` a number.
        let is_name = plain == "us" && word.contains("US");
        (!is_name && FIRST_PERSON.binary_search(&plain.as_str()).is_ok()).then(|| word.to_owned())
    })
}

/// What in a text speaks about how it was made, if anything does. Words that people said themselves may be about the
/// image: a loudspeaker, a recording studio.
#[must_use]
pub fn about_making(text: &str, was_said: impl Fn(&str) -> bool) -> Option<String> {
    let words: Vec<String> = crate::words::plain_words(text);
    for (at, word) in words.iter().enumerate() {
        let is_told = |next: Option<&String>| next.is_some_and(|next| TELLS.contains(&next.as_str()));
        let by_teller =
            TELLERS.contains(&word.as_str()) && (is_told(words.get(at + 1)) || follows_according(&words, at));
        if (by_teller || MAKING.contains(&word.as_str())) && !was_said(word) {
            return Some(word.clone());
        }
    }
    let joined = format!(" {} ", words.join(" "));
    ANSWERING.iter().find(|phrase| begins_so(&joined, phrase)).map(|phrase| (*phrase).to_owned())
}

fn follows_according(words: &[String], at: usize) -> bool {
    let before = words[..at].iter().rev().take(3).rev().map(String::as_str).collect::<Vec<_>>();
    before.contains(&"according") || before.contains(&"by")
}

/// Phrases of an answer stand at its beginning; those that name a machine anywhere.
fn begins_so(joined: &str, phrase: &str) -> bool {
    let padded = format!(" {phrase} ");
    match phrase.contains("language model") || phrase.contains("an ai") {
        true => joined.contains(&padded),
        false => joined.starts_with(&padded),
    }
}

/// The words outside quotation marks, and not behind `reads` or `says` in the same sentence.
fn unquoted(text: &str) -> Vec<&str> {
    let (mut found, mut quoted, mut read_out) = (Vec::new(), false, false);
    for word in text.split_whitespace() {
        let opens = word.starts_with(['"', '“']);
        let closes = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']).ends_with(['"', '”']);
        let inside = quoted || opens;
        if opens || closes {
            quoted = opens && !closes;
        }
        if !inside && !read_out {
            found.push(word);
            read_out = READS.contains(&plain(word).as_str());
        }
        if word.ends_with(['.', '!', '?']) {
            read_out = false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_person_is_found_outside_of_quotations() {
        assert!(FIRST_PERSON.is_sorted());
        let person = |text| first_person(text);
        assert_eq!(person("To the left I see a dog."), Some("I".into()));
        assert_eq!(person("Behind us, a hill."), Some("us,".into()));
        assert_eq!(person("A sign reads “I love my city”."), None);
        assert_eq!(person("A sign says I love my city."), None);
        assert_eq!(person("A sign says no. I see it."), Some("I".into()));
        assert_eq!(person("A US flag and a mine."), None);
    }

    #[test]
    fn talk_about_the_making_is_found_unless_people_said_the_word() {
        let never = |_: &str| false;
        assert_eq!(about_making("The speaker mentions a dog.", never), Some("speaker".into()));
        assert_eq!(about_making("According to the annotator, a dog.", never), Some("annotator".into()));
        assert_eq!(about_making("A speaker stands on the shelf.", never), None);
        assert_eq!(about_making("The transcripts agree.", never), Some("transcripts".into()));
        assert_eq!(about_making("A recording studio.", |word| word == "recording"), None);
        assert_eq!(about_making("Here is the caption: a dog.", never), Some("here is the".into()));
        assert_eq!(about_making("As an AI, none.", never), Some("as an ai".into()));
        assert_eq!(about_making("A dog sits here. Is the cat gone?", never), None);
    }
}
