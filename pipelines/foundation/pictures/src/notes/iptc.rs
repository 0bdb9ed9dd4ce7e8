//! IPTC-IIM records (version 4.2, application record 2): marker, record, dataset, length, words.

use super::{About, Notes};
use crate::container::u16_be;

const MARKER: u8 = 0x1C;

/// Adds what the records say of rights.
pub(crate) fn read(mut bytes: &[u8], notes: &mut Notes) {
    // Record 1, dataset 90 announces UTF-8 by the escape `ESC % G`; without it the words are Latin.
    let mut is_utf8 = false;
    while let [MARKER, record, dataset, ..] = *bytes {
        // A length with its highest bit set gives the number of bytes of a longer length: no words are that long.
        let length = match u16_be(bytes, 3) {
            Some(length) if length < 0x8000 => usize::from(length),
            _ => break,
        };
        let Some(body) = bytes.get(5..5 + length) else {
            notes.unreadable.push("iptc");
            return;
        };
        let about = match (record, dataset) {
            (1, 90) => {
                is_utf8 = body == b"\x1B%G";
                None
            }
            (2, 80) => Some(About::Creator),
            (2, 110) => Some(About::Credit),
            (2, 116) => Some(About::Copyright),
            (2, 40) => Some(About::Terms),
            _ => None,
        };
        if let Some(about) = about {
            let words = match std::str::from_utf8(body) {
                Ok(words) => words.to_owned(),
                Err(_) if is_utf8 => String::from_utf8_lossy(body).into_owned(),
                Err(_) => body.iter().map(|byte| char::from(*byte)).collect(),
            };
            notes.add(about, format!("iptc:{record}:{dataset}"), &words);
        }
        bytes = &bytes[5 + length..];
    }
}
