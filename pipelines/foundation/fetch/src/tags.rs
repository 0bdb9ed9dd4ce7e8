//! `X-Robots-Tag`: directives for machines in the head of an answer.
//!
//! `X-Robots-Tag: noai, noimageai` speaks to all, `X-Robots-Tag: otherbot: noindex, pixmo: noai` to those named, each
//! up to the next name.

use crate::agent::Agent;

/// Directives that have a value behind a colon, which is no name before one.
const WITH_VALUE: [&str; 4] = ["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"];

/// One directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// Whom it speaks to; `None` for all.
    agent: Option<&'a str>,
    word: &'a str,
}

/// Reads the value of one header.
pub(crate) fn read(value: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut agent = None;
    for part in value.split(',') {
        let mut words = part.trim();
        while let Some((name, rest)) = words.split_once(':') {
            let name = name.trim();
            if WITH_VALUE.iter().any(|known| known.eq_ignore_ascii_case(name)) || !is_name(name) {
                break;
            }
            agent = (name != "*").then_some(name);
            words = rest.trim();
        }
        // Some write spaces where a comma belongs.
        tags.extend(words.split_ascii_whitespace().map(|word| Tag { agent, word }));
    }
    tags
}

impl Tag<'_> {
    /// Whether it speaks to `agent` and is one of `words`.
    pub(crate) fn refuses(&self, agent: &Agent, words: &[String]) -> bool {
        let to_us = self.agent.is_none_or(|name| agent.is_named(name.split('/').next().unwrap_or_default()));
        to_us && words.iter().any(|word| word.eq_ignore_ascii_case(self.word))
    }
}

fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'*');
    !text.is_empty() && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: bool) {
        let words = ["noai", "noimageai", "noml"].map(str::to_owned);
        let found = read(value).iter().any(|tag| tag.refuses(&Agent::default(), &words));
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn with_names_and_without() {
        for refuses in [
            "noai",
            "NoAI",
            "noimageai",
            "noml",
            "noindex, noai",
            "noindex,noai",
            "noindex noai",
            "pixmo: noai",
            "PixMo: noindex, noai",
            "pixmo/1.0: noai",
            "*: noai",
            "otherbot: noindex, pixmo: noai",
            "otherbot: pixmo: noai",
            "unavailable_after: Wed, 25 Jun 2030 15:00:00 GMT, noai",
            "max-image-preview: large, noai",
            "max-snippet:20, noimageai",
            " , noai,",
            // no date, and so the words are read
            "unavailable_after: noai",
        ] {
            check(refuses, true);
        }
        for allows in [
            "",
            "all",
            "noindex",
            "none",
            "otherbot: noai",
            "otherbot: noindex, noai",
            "pixmo: noindex, otherbot: noai",
            "noaissue",
            ":::,,,",
        ] {
            check(allows, false);
        }
    }
}
