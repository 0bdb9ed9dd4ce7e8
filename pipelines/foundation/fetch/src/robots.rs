//! `robots.txt` (RFC 9309): which group is ours, and which of its rules decides a path.

use std::time::Duration;

use crate::agent::Agent;
use crate::pattern::{NormalPath, Pattern};
use crate::usage;

/// Most bytes of a file that are read; the least that RFC 9309, 2.5, allows as a limit.
pub(crate) const FILE_BYTES_MAX: u64 = 500 * 1024;

/// The rules of one file for one agent; everything else in it is forgotten.
#[derive(Clone, Debug, Default)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    usages: Vec<Usage>,
    /// `Crawl-delay`, which is no part of the standard and is widely used.
    pub(crate) crawl_delay: Option<Duration>,
}

/// One line `Allow` or `Disallow`.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pattern: Pattern,
    pub(crate) allows: bool,
}

/// One line `Content-Signal` or `Content-Usage` that speaks of training.
#[derive(Clone, Debug)]
pub(crate) struct Usage {
    /// Where it holds; without one, everywhere.
    location: Option<Pattern>,
    pub(crate) refuses: bool,
    /// As it was written.
    pub(crate) written: String,
}

impl Rule {
    /// As it would be written.
    pub(crate) fn written(&self) -> String {
        let word = if self.allows { "allow" } else { "disallow" };
        format!("{word}: {}", self.pattern.written())
    }
}

/// Whom the group that is being read is for.
#[derive(Clone, Copy, Default)]
struct Group {
    is_ours: bool,
    is_for_all: bool,
}

impl Robots {
    /// Reads a file for `agent`: the groups that name it, all together; without any, the groups for `*`.
    ///
    /// Whatever is not understood is passed over; no file is wrong.
    pub(crate) fn parse(file: &[u8], agent: &Agent) -> Robots {
        let text = to_ascii(file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file));
        let (mut ours, mut for_all) = (Robots::default(), Robots::default());
        let (mut is_named, mut group, mut in_agents) = (false, Group::default(), false);
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" | "useragent" | "user agent" => {
                    if !in_agents {
                        group = Group::default();
                    }
                    in_agents = true;
                    let is_ours = agent.is_named(product_token(value));
                    is_named |= is_ours;
                    group.is_ours |= is_ours;
                    group.is_for_all |= value.starts_with('*');
                }
                "allow" | "disallow" => {
                    in_agents = false;
                    if value.is_empty() {
                        continue;
                    }
                    let rule = Rule { pattern: Pattern::new(value), allows: key == "allow" };
                    group.each(&mut ours, &mut for_all, |robots| robots.rules.push(rule.clone()));
                }
                "crawl-delay" => {
                    let delay = value.parse().ok().and_then(|secs| Duration::try_from_secs_f64(secs).ok());
                    group.each(&mut ours, &mut for_all, |robots| {
                        robots.crawl_delay = delay.max(robots.crawl_delay);
                    });
                }
                "content-signal" | "content-usage" => {
                    let Some(usage) = Usage::read(&key, value) else { continue };
                    group.each(&mut ours, &mut for_all, |robots| robots.usages.push(usage.clone()));
                }
                _ => {}
            }
        }
        if is_named { ours } else { for_all }
    }

    /// The rule that decides `path`: the one with the most octets, and of equals the one that allows. None allows.
    pub(crate) fn rule_for(&self, path: &NormalPath) -> Option<&Rule> {
        self.rules
            .iter()
            .filter(|rule| rule.pattern.matches(path))
            .max_by_key(|rule| (rule.pattern.octets(), rule.allows))
    }

    /// What is said of training at `path`: by the line with the most octets of location, and of equals by one that
    /// refuses.
    pub(crate) fn usage_for(&self, path: &NormalPath) -> Option<&Usage> {
        let octets = |usage: &Usage| usage.location.as_ref().map_or(0, Pattern::octets);
        self.usages
            .iter()
            .filter(|usage| usage.location.as_ref().is_none_or(|location| location.matches(path)))
            .max_by_key(|usage| (octets(usage), usage.refuses))
    }

    /// Its size in memory, about.
    pub(crate) fn bytes(&self) -> u64 {
        let each = size_of::<Rule>() + 16;
        let of_usage = |usage: &Usage| (2 * usage.written.len() + size_of::<Usage>() + 32) as u64;
        let rules = self.rules.iter().map(|rule| (rule.pattern.octets() + each) as u64).sum::<u64>();
        rules + self.usages.iter().map(of_usage).sum::<u64>() + 256
    }
}

impl Usage {
    fn read(key: &str, value: &str) -> Option<Usage> {
        let (location, words) = match value.split_once([' ', '\t']) {
            Some((location, words)) if location.starts_with('/') => (Some(Pattern::new(location)), words),
            _ => (None, value),
        };
        let refuses = usage::refuses(words)?;
        let written = format!("{key}: {}", value.chars().take(200).collect::<String>());
        Some(Usage { location, refuses, written })
    }
}

impl Group {
    fn each(self, ours: &mut Robots, for_all: &mut Robots, mut act: impl FnMut(&mut Robots)) {
        if self.is_ours {
            act(ours);
        }
        if self.is_for_all {
            act(for_all);
        }
    }
}

/// The product token at the begin of a value: `ExampleBot/1.0 (really)` is `ExampleBot`.
fn product_token(value: &str) -> &str {
    let end = value.find(|letter: char| !letter.is_ascii_alphabetic() && !matches!(letter, '-' | '_'));
    &value[..end.unwrap_or(value.len())]
}

/// Octets beyond ASCII percent-encoded, so that paths in any encoding are compared as what they are.
fn to_ascii(file: &[u8]) -> String {
    let mut text = String::with_capacity(file.len());
    for &byte in file {
        if byte.is_ascii() {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn robots(file: &str) -> Robots {
        let agent = Agent { name: "pixmo".to_owned(), ..Agent::default() };
        Robots::parse(file.as_bytes(), &agent)
    }

    fn check(file: &str, path: &str, expected: bool) {
        let found = robots(file).rule_for(&NormalPath::new(path)).is_none_or(|rule| rule.allows);
        assert_eq!(found, expected, "{path} under\n{file}");
    }

    #[test]
    fn groups() {
        check("", "/a", true);
        check("User-agent: *\nDisallow: /", "/a", false);
        check("user-agent:*\ndisallow:/", "/a", false);
        check("User-agent: *\nDisallow:", "/a", true);
        check("User-agent: other\nDisallow: /", "/a", true);
        check("User-agent: pixmo\nDisallow: /", "/a", false);
        check("User-agent: PIXMO\nDisallow: /", "/a", false);
        check("User-agent: pixmo/2.0 (old)\nDisallow: /", "/a", false);
        check("User-agent: pixmobot\nDisallow: /", "/a", true);
        check("User-agent: pix\nDisallow: /", "/a", true);
        // A group of our own replaces the one for all, even if it says nothing.
        check("User-agent: *\nDisallow: /\n\nUser-agent: pixmo\nAllow: /b", "/a", true);
        check("User-agent: *\nDisallow: /\n\nUser-agent: pixmo\n", "/a", true);
        check("User-agent: pixmo\nDisallow: /a\n\nUser-agent: *\nAllow: /", "/a", false);
        // Several groups of one name are one; several names share a group; rules before any name are no one's.
        check(
            "User-agent: pixmo\nDisallow: /b\nUser-agent: x\nDisallow: /\nUser-agent: pixmo\nDisallow: /a",
            "/a",
            false,
        );
        check("User-agent: x\nUser-agent: pixmo\nUser-agent: y\nDisallow: /a", "/a", false);
        check("Disallow: /a\nUser-agent: *\nAllow: /b", "/a", true);
        // Lines between that are no rules end no group.
        check(
            "User-agent: pixmo\n\n# note\nSitemap: http://x/s\nCrawl-delay: 2\nUser-agent: x\nDisallow: /a",
            "/a",
            false,
        );
    }

    #[test]
    fn the_longest_rule_decides_and_allow_wins_a_tie() {
        let file = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nAllow: /x\nDisallow: /x\nAllow: /p*\nDisallow: /*.gif$";
        for (path, expected) in [
            ("/a", false),
            ("/a/b", true),
            ("/a/b/c", false),
            ("/x", true),
            ("/p.gif", false),
            ("/p.gif?x", true),
            ("/q", true),
        ] {
            check(file, path, expected);
        }
    }

    #[test]
    fn odd_files() {
        check("\u{feff}User-agent: *\r\nDisallow: /a\r\n", "/a", false);
        check("User-agent: *\rDisallow: /a\r", "/a", false);
        check("User-agent: * # all\nDisallow: /a # not this", "/a", false);
        check("<html><body>Not found: sorry</body></html>", "/a", true);
        check("User-agent *\nDisallow /a", "/a", true);
        check("User-agent: *\nDisallow: /ümlaut", "/%C3%BCmlaut", false);
        let latin = Robots::parse(b"User-agent: *\nDisallow: /\xFC", &Agent::default());
        assert!(latin.rule_for(&NormalPath::new("/%fc")).is_some_and(|rule| !rule.allows));
    }

    #[test]
    fn preferences_about_training() {
        let refuses = |file: &str, path: &str| {
            robots(file).usage_for(&NormalPath::new(path)).map(|usage| usage.refuses)
        };
        let signal = "User-agent: *\nContent-Signal: search=yes,ai-train=no\nAllow: /";
        assert_eq!(refuses(signal, "/a"), Some(true));
        assert_eq!(refuses("User-agent: other\nContent-Signal: ai-train=no", "/a"), None);
        assert_eq!(refuses("User-agent: *\nContent-Signal: search=no", "/a"), None);
        let usage = "User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /open/ train-ai=y\nAllow: /";
        assert_eq!((refuses(usage, "/a"), refuses(usage, "/open/a")), (Some(true), Some(false)));
        check(signal, "/a", true);
    }

    #[test]
    fn crawl_delay() {
        assert_eq!(robots("User-agent: *\nCrawl-delay: 2.5").crawl_delay, Some(Duration::from_millis(2500)));
        assert_eq!(robots("User-agent: x\nCrawl-delay: 2").crawl_delay, None);
        for wrong in ["-1", "NaN", "inf", "soon", ""] {
            assert_eq!(robots(&format!("User-agent: *\nCrawl-delay: {wrong}")).crawl_delay, None);
        }
    }

    #[test]
    fn many_rules_and_a_long_path_take_no_long_time() {
        let rule = format!("Disallow: /{}x\n", "*a".repeat(200));
        let file = format!("User-agent: *\n{}", rule.repeat(1000));
        let path = format!("/{}", "a".repeat(8000));
        check(&file, &path, true);
    }
}
