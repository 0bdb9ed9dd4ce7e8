//! Paths and the patterns that match them, as `robots.txt` (RFC 9309, 2.2.2 and 2.2.3) and TDMRep write them.

use memchr::memmem;

/// A pattern of paths: a prefix in which `*` stands for any characters and a last `$` for the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// In normal form, without the last `$`.
    text: Box<str>,
    is_to_end: bool,
}

impl Pattern {
    /// Reads a pattern. One that begins neither with `/` nor with `*` is meant to begin with `/`.
    pub(crate) fn new(written: &str) -> Pattern {
        let (body, is_to_end) = match written.strip_suffix('$') {
            Some(body) => (body, true),
            None => (written, false),
        };
        let mut text = String::with_capacity(body.len() + 1);
        if !body.starts_with(['/', '*']) {
            text.push('/');
        }
        normalise(body, true, &mut text);
        Pattern { text: text.into(), is_to_end }
    }

    /// How exactly it says what it means: its octets, wildcards included.
    pub(crate) fn octets(&self) -> usize {
        self.text.len() + usize::from(self.is_to_end)
    }

    /// As it would be written.
    pub(crate) fn written(&self) -> String {
        format!("{}{}", self.text, if self.is_to_end { "$" } else { "" })
    }

    /// Whether `path`, in normal form, matches. Takes time in proportion to the lengths of both, whatever they hold.
    pub(crate) fn matches(&self, path: &NormalPath) -> bool {
        let path = path.0.as_bytes();
        let mut parts = self.text.as_bytes().split(|byte| *byte == b'*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = path.strip_prefix(first) else { return false };
        let mut parts = parts.peekable();
        if parts.peek().is_none() {
            return !self.is_to_end || rest.is_empty();
        }
        while let Some(part) = parts.next() {
            if self.is_to_end && parts.peek().is_none() {
                return rest.ends_with(part);
            }
            // The leftmost place leaves most for what follows.
            let Some(at) = memmem::find(rest, part) else { return false };
            rest = &rest[at + part.len()..];
        }
        true
    }
}

/// The path of an address with its query, in the form in which it is compared.
#[derive(Clone, Debug)]
pub(crate) struct NormalPath(String);

impl NormalPath {
    /// Of a path with query as it stands in an address.
    pub(crate) fn new(path: &str) -> NormalPath {
        let mut text = String::with_capacity(path.len());
        normalise(path, false, &mut text);
        NormalPath(text)
    }

    /// Of an address.
    pub(crate) fn of(url: &url::Url) -> NormalPath {
        match url.query() {
            Some(query) => NormalPath::new(&format!("{}?{query}", url.path())),
            None => NormalPath::new(url.path()),
        }
    }
}

/// Percent-encodes what must be, decodes what need not be, and writes hexadecimal digits in capitals; in a path `*`
/// and `$` are encoded, because in a pattern they mean something else.
fn normalise(text: &str, is_pattern: bool, out: &mut String) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'%' => match (hex(bytes.get(at)), hex(bytes.get(at + 1))) {
                (Some(high), Some(low)) => {
                    at += 2;
                    encode(high * 16 + low, out);
                }
                _ => out.push_str("%25"),
            },
            b'*' if is_pattern => {
                if !out.ends_with('*') {
                    out.push('*');
                }
            }
            b'*' | b'$' => encode(byte, out),
            0x21..=0x7e => out.push(char::from(byte)),
            _ => encode(byte, out),
        }
    }
}

/// An octet as it is if it is unreserved (RFC 3986, 2.3), otherwise percent-encoded.
fn encode(byte: u8, out: &mut String) {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
        out.push(char::from(byte));
    } else {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        out.push('%');
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

fn hex(byte: Option<&u8>) -> Option<u8> {
    let digit = char::from(*byte?).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Pattern::new(pattern).matches(&NormalPath::new(path))
    }

    /// The examples of RFC 9309 and of the page it grew out of.
    #[test]
    fn the_examples_of_the_standard() {
        for (pattern, yes, no) in [
            ("/", vec!["/", "/a", "/a/b?c"], vec![]),
            ("/*", vec!["/", "/a"], vec![]),
            ("/$", vec!["/"], vec!["/a"]),
            (
                "/fish",
                vec!["/fish", "/fish.html", "/fish/salmon", "/fishheads"],
                vec!["/Fish.asp", "/catfish"],
            ),
            ("/fish*", vec!["/fish", "/fish.html", "/fishheads/y"], vec!["/Fish.asp", "/desert/fish"]),
            ("/fish/", vec!["/fish/", "/fish/?id=1", "/fish/s.htm"], vec!["/fish", "/fish.html"]),
            ("/*.php", vec!["/index.php", "/a/b.php?x=1", "/a.php5", "/a.php/"], vec!["/", "/w.PHP"]),
            (
                "/*.php$",
                vec!["/filename.php", "/folder/filename.php"],
                vec!["/f.php?x", "/f.php/", "/f.php5"],
            ),
            ("/fish*.php", vec!["/fish.php", "/fishheads/catfish.php?x"], vec!["/Fish.PHP"]),
            (
                "/path/file-with-a-%2A.html",
                vec!["/path/file-with-a-*.html"],
                vec!["/path/file-with-a-x.html"],
            ),
            ("/path/foo-%24", vec!["/path/foo-$"], vec!["/path/foo-"]),
            ("/foo/bar?baz=https://foo.bar", vec!["/foo/bar?baz=https://foo.bar"], vec!["/foo/bar"]),
            ("/foo/bar/ツ", vec!["/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84"], vec!["/foo/bar/"]),
            ("/foo/bar/%62%61%7A", vec!["/foo/bar/baz"], vec!["/foo/bar/%25"]),
            ("/this/*/then", vec!["/this/a/b/then/c"], vec!["/this/then"]),
            ("images/", vec!["/images/a.png"], vec!["/a/images/"]),
            ("*/private/", vec!["/a/private/b", "/private/"], vec!["/private"]),
            ("/a*a$", vec!["/aa", "/aXa"], vec!["/a"]),
            ("/a***b", vec!["/ab", "/aXXb"], vec!["/a"]),
        ] {
            for path in yes {
                assert!(matches(pattern, path), "{pattern} must match {path}");
            }
            for path in no {
                assert!(!matches(pattern, path), "{pattern} must not match {path}");
            }
        }
    }

    /// The meaning, one character at a time, as slow as it likes.
    fn slow(pattern: &[u8], path: &[u8], is_to_end: bool) -> bool {
        match pattern.split_first() {
            None => !is_to_end || path.is_empty(),
            Some((b'*', rest)) => (0..=path.len()).any(|skip| slow(rest, &path[skip..], is_to_end)),
            Some((byte, rest)) => path.first() == Some(byte) && slow(rest, &path[1..], is_to_end),
        }
    }

    proptest! {
        #[test]
        fn the_same_as_the_plain_meaning(pattern in "/[ab*]{0,8}[$]?", path in "/[ab]{0,10}") {
            let body = pattern.trim_end_matches('$');
            let expected = slow(body.as_bytes(), path.as_bytes(), pattern.ends_with('$'));
            prop_assert_eq!(matches(&pattern, &path), expected);
        }

        #[test]
        fn any_text_is_a_pattern_and_matches_itself_encoded(text in "\\PC{0,40}") {
            let pattern = Pattern::new(&text);
            let again = Pattern::new(&pattern.written());
            prop_assert_eq!(&again, &pattern);
        }
    }
}
