//! The header `Link` (RFC 8288): where the licence of a picture is said to stand.

use url::Url;

/// The target of the first link with `rel="license"` in the value of one header, made absolute.
pub(crate) fn licence(value: &str, base: &Url) -> Option<String> {
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        let (parameters, next) = up_to_comma(after);
        if parameters.iter().any(|parameter| is_licence(parameter)) {
            return base.join(target.trim()).ok().map(String::from);
        }
        rest = next;
    }
    None
}

/// The parameters of a link, and what follows the comma behind them; commas and semicolons in quotes separate
/// nothing.
fn up_to_comma(text: &str) -> (Vec<&str>, &str) {
    let (mut parameters, mut begin, mut is_quoted, mut is_escaped) = (Vec::new(), 0, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => {
                parameters.push(&text[begin..at]);
                begin = at + 1;
            }
            ',' if !is_quoted => {
                parameters.push(&text[begin..at]);
                return (parameters, &text[at + 1..]);
            }
            _ => {}
        }
    }
    parameters.push(&text[begin..]);
    (parameters, "")
}

fn is_licence(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let words = value.trim().trim_matches('"');
    name.trim().eq_ignore_ascii_case("rel")
        && words.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("license"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_licence_among_others() {
        let base = Url::parse("https://a.example/p/x.jpg").unwrap();
        for (value, expected) in [
            (r#"<https://b.example/l>; rel="license""#, Some("https://b.example/l")),
            ("<../l>; rel=license", Some("https://a.example/l")),
            (
                r#"<x>; rel="next", <l>; title="a, \"b\"; c"; REL="copyright License""#,
                Some("https://a.example/p/l"),
            ),
            (r#"<x>; rel="next"; title="rel=license""#, None),
            (r#"<x>; rel="licensee""#, None),
            ("<x>", None),
            ("", None),
            ("<x", None),
            (">;<,;\"", None),
        ] {
            assert_eq!(licence(value, &base).as_deref(), expected, "{value}");
        }
    }
}
