//! The questions to the language model: files of instructions, and what was said.

use pixmo_engines::chat::{ChatRequest, Message};
use pixmo_schemas::Sha256;

use crate::output::Fault;

/// Instructions to a language model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What it is for, as lineage says it.
    pub purpose: &'static str,
    /// The file.
    pub text: &'static str,
}

/// One transcript to a caption.
pub const POLISH: Prompt = Prompt { purpose: "polish", text: include_str!("../prompts/polish.md") };
/// Several transcripts to a caption.
pub const MERGE: Prompt = Prompt { purpose: "merge", text: include_str!("../prompts/merge.md") };

impl Prompt {
    /// The one for so many transcripts.
    #[must_use]
    pub const fn of(transcripts: usize) -> Prompt {
        if transcripts > 1 { MERGE } else { POLISH }
    }

    /// SHA-256 of the file.
    #[must_use]
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(self.text.as_bytes())
    }
}

/// How the model is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Manner {
    /// Randomness, 0 to 2.
    pub temperature: f64,
    /// Most tokens of an answer.
    pub tokens_max: u32,
}

/// What became of an attempt before this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// The answer; `None` if there was no text.
    pub answer: Option<String>,
    /// What was wrong with it.
    pub faults: Vec<Fault>,
}

/// The question: what was said, and after a failed attempt what was wrong with the last answer.
#[must_use]
pub fn question(transcripts: &[&str], earlier: &[Earlier], manner: Manner) -> ChatRequest {
    let prompt = Prompt::of(transcripts.len());
    let mut messages = vec![Message::system(prompt.text.trim_end()), Message::user(said(transcripts))];
    let last = earlier.last();
    if let Some(Earlier { answer: Some(answer), faults }) = last {
        let mut wrong = String::from("This text breaks rules:\n");
        for fault in faults {
            wrong.push_str(&format!("- found: {}; expected: {}\n", fault.found, fault.expected));
        }
        wrong.push_str("Write the whole text again so that it keeps all rules. Answer with the text alone.");
        messages.push(Message { role: pixmo_engines::chat::Role::Assistant, text: answer.clone() });
        messages.push(Message::user(wrong));
    }
    let mut request = ChatRequest::new(messages);
    request.temperature = manner.temperature;
    request.tokens_max = manner.tokens_max;
    request.draw = earlier.len() as u32;
    request
}

fn said(transcripts: &[&str]) -> String {
    match transcripts {
        [only] => format!("Transcript:\n{only}"),
        several => {
            let numbered = (1..).zip(several).map(|(number, text)| format!("Transcript {number}:\n{text}"));
            numbered.collect::<Vec<_>>().join("\n\n")
        }
    }
}

/// The text of an answer as it is checked and published: one line, without quotation marks around all of it.
#[must_use]
pub fn tidy(answer: &str) -> String {
    let text = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('"') => inner.trim().to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::Reason;

    #[test]
    fn a_failed_attempt_is_asked_again_with_what_was_wrong() {
        let manner = Manner { temperature: 0.2, tokens_max: 900 };
        let first = question(&["a dog"], &[], manner);
        assert_eq!((first.messages.len(), first.draw), (2, 0));
        let fault = Fault {
            reason: Reason::CaptionNumber,
            found: "four".into(),
            expected: "only numbers that stand in a transcript".into(),
        };
        let second = question(
            &["a dog"],
            &[Earlier { answer: Some("Four dogs.".into()), faults: vec![fault] }],
            manner,
        );
        assert_eq!((second.messages.len(), second.draw), (4, 1));
        assert!(second.messages[3].text.contains("found: four"));
        assert_eq!(
            question(&["a", "b"], &[], manner).messages[1].text,
            "Transcript 1:\na\n\nTranscript 2:\nb"
        );
        assert_eq!(tidy("\n\"A dog.\n\nA cat.\" "), "A dog. A cat.");
    }
}
