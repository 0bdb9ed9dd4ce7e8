//! Reservations of text and data mining: the W3C TDM Reservation Protocol, as file and as header.
//!
//! The file is a list of rules; the first whose location matches a path decides it, and a header with an answer stands
//! above the file. What is meant as a reservation and is badly written is taken as one.

use serde_json::Value;

use crate::pattern::{NormalPath, Pattern};

/// Where the file stands on an origin.
pub(crate) const FILE_PATH: &str = "/.well-known/tdmrep.json";

/// The rules of one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    location: Pattern,
    pub(crate) reserves: bool,
    policy: Option<String>,
}

impl Rule {
    /// As it would be written, shortly.
    pub(crate) fn written(&self) -> String {
        let policy = self.policy.as_ref().map(|policy| format!(", tdm-policy: {policy}")).unwrap_or_default();
        format!("location: {}, tdm-reservation: {}{policy}", self.location.written(), u8::from(self.reserves))
    }
}

impl Rules {
    /// Reads a file; `None` if it is none at all, for example the page of a server that answers everything.
    pub(crate) fn parse(file: &[u8]) -> Option<Rules> {
        let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
        let rules = match serde_json::from_slice(file) {
            Ok(Value::Array(rules)) => rules,
            Ok(rule @ Value::Object(_)) => vec![rule],
            Ok(_) => return None,
            Err(_) => {
                // Broken, and yet someone meant to reserve something: then everything.
                let text = String::from_utf8_lossy(file);
                let is_page = text.trim_start().starts_with('<');
                let all = Rule { location: Pattern::new("/"), reserves: true, policy: None };
                let is_meant = !is_page && text.contains("tdm-reservation");
                return is_meant.then(|| Rules { rules: vec![all] });
            }
        };
        Some(Rules { rules: rules.iter().filter_map(rule).collect() })
    }

    /// The rule that decides `path`: the first that matches.
    pub(crate) fn rule_for(&self, path: &NormalPath) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.location.matches(path))
    }

    /// Its size in memory, about.
    pub(crate) fn bytes(&self) -> u64 {
        let of_rule = |rule: &Rule| {
            let policy = rule.policy.as_ref().map_or(0, String::len);
            (rule.location.octets() + policy + size_of::<Rule>() + 32) as u64
        };
        self.rules.iter().map(of_rule).sum::<u64>() + 256
    }
}

fn rule(value: &Value) -> Option<Rule> {
    let reserves = match value.get("tdm-reservation")? {
        Value::Null => return None,
        Value::Bool(reserves) => *reserves,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => is_reservation(text),
        Value::Array(_) | Value::Object(_) => true,
    };
    let location = match value.get("location") {
        Some(Value::String(location)) => location.as_str(),
        _ => "/",
    };
    // A whole address where a path belongs.
    let whole = url::Url::parse(location).ok().filter(|url| url.has_host());
    let location = Pattern::new(whole.as_ref().map_or(location, |url| url.path()));
    let policy = value.get("tdm-policy").and_then(Value::as_str).map(|text| text.chars().take(200).collect());
    Some(Rule { location, reserves, policy })
}

/// Whether the value of `tdm-reservation` reserves: everything does that does not clearly say no.
pub(crate) fn is_reservation(value: &str) -> bool {
    let value = value.trim();
    !matches!(value, "0" | "") && !value.eq_ignore_ascii_case("false")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, path: &str, expected: Option<bool>) {
        let rules = Rules::parse(file.as_bytes()).unwrap_or_default();
        let found = rules.rule_for(&NormalPath::new(path)).map(|rule| rule.reserves);
        assert_eq!(found, expected, "{path} under {file}");
    }

    #[test]
    fn the_example_of_the_standard() {
        let file = r#"[
            { "location": "/directory-a/", "tdm-reservation": 1 },
            { "location": "/directory-b/html/", "tdm-reservation": 1,
              "tdm-policy": "https://provider.example/policies/policy.json" },
            { "location": "/directory-b/images/*.jpg", "tdm-reservation": 0 }
        ]"#;
        check(file, "/directory-a/x.jpg", Some(true));
        check(file, "/directory-b/html/x.jpg", Some(true));
        check(file, "/directory-b/images/x.jpg", Some(false));
        check(file, "/directory-b/images/x.png", None);
    }

    #[test]
    fn the_first_match_decides() {
        let file = r#"[{"location":"/open/","tdm-reservation":0},{"location":"/","tdm-reservation":1}]"#;
        check(file, "/open/x", Some(false));
        check(file, "/x", Some(true));
    }

    #[test]
    fn badly_written_files() {
        check(r#"{"tdm-reservation":1}"#, "/x", Some(true));
        check(r#"{"location":"/","tdm-reservation":"1"}"#, "/x", Some(true));
        check(r#"[{"location":"/","tdm-reservation":true}]"#, "/x", Some(true));
        check(r#"[{"location":"/","tdm-reservation":false}]"#, "/x", Some(false));
        check(r#"[{"location":"*","tdm-reservation":1}]"#, "/x", Some(true));
        check(r#"[{"location":"https://a.example/p/","tdm-reservation":1}]"#, "/p/x", Some(true));
        check(r#"[{"location":"/","tdm-reservation":1},]"#, "/x", Some(true));
        check(r#"[{"location":"/"}]"#, "/x", None);
        check("[]", "/x", None);
        check("7", "/x", None);
        check("", "/x", None);
        check("<html>tdm-reservation</html>", "/x", None);
    }
}
