//! Points in an answer, with what the answer calls them.

use std::sync::LazyLock;

use pixmo_preprocess::points::{self, Point};
use regex::Regex;

/// A place in a picture that an answer points at.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Where, in per cent of width and height.
    pub point: Point,
    /// What the answer calls it; empty where it does not say.
    pub label: String,
    /// Which tag of the answer it stands in, counted from 0.
    pub group: usize,
}

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)<points?\b([^>]*)>(.*?)</points?>")
        .expect("a pattern of this file, which the tests compile")
});
static ALT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?s)\balt="([^"]*)""#).expect("a pattern of this file, which the tests compile")
});

/// The points of an answer in the order in which they stand there. Points outside a tag have no label, and are read only
/// where there is no tag.
#[must_use]
pub fn read(answer: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (group, tag) in TAG.captures_iter(answer).enumerate() {
        let (attributes, inner) = (&tag[1], tag[2].trim());
        let alt = ALT.captures(attributes).map(|alt| alt[1].trim().to_owned());
        let label = alt.filter(|alt| !alt.is_empty()).unwrap_or_else(|| inner.to_owned());
        // What an alternative text says is no place.
        let places = ALT.replace(attributes, "");
        found.extend(points::read(&places).into_iter().map(|point| Found {
            point,
            label: label.clone(),
            group,
        }));
    }
    if TAG.is_match(answer) {
        return found;
    }
    let mut seen: Vec<Point> = Vec::new();
    for point in points::read(answer) {
        // A click is found by two of the patterns.
        if !seen.contains(&point) {
            seen.push(point);
            found.push(Found { point, label: String::new(), group: 0 });
        }
    }
    found
}

/// Whether an answer points in a way that cannot be read: a tag without places, or one that does not end.
#[must_use]
pub fn is_garbled(answer: &str) -> bool {
    let behind = TAG.find_iter(answer).last().map_or(0, |tag| tag.end());
    let is_open = answer[behind..].contains("<point");
    is_open || (read(answer).is_empty() && (answer.contains("<point") || answer.contains("Click(")))
}

/// Per cent as pixels of a side.
#[must_use]
pub fn in_pixels(per_cent: f64, side: usize) -> f64 {
    per_cent / 100.0 * side as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answer: &str, expected: &[(f64, f64, &str, usize)]) {
        let found = read(answer);
        let found: Vec<(f64, f64, &str, usize)> =
            found.iter().map(|one| (one.point.x, one.point.y, one.label.as_str(), one.group)).collect();
        assert_eq!(found, expected, "{answer}");
    }

    #[test]
    fn points_are_read_with_their_labels() {
        check(r#" <point x="10.0" y="20.5" alt="cat">the cat</point>"#, &[(10.0, 20.5, "cat", 0)]);
        check(
            r#"See <points x1="1.5" y1="2.5" x2="50.0" y2="60.0" alt="dogs">dogs</points> and <point x="99.9" y="0.1" alt="">a ball</point>."#,
            &[(1.5, 2.5, "dogs", 0), (50.0, 60.0, "dogs", 0), (99.9, 0.1, "a ball", 1)],
        );
        // Places in words and in an alternative text are none; what lies outside the picture is left out.
        check(
            r#"<point x="5.0" y="6.0" alt="at (7.0, 8.0)">x</point> (1.0, 2.0)"#,
            &[(5.0, 6.0, "at (7.0, 8.0)", 0)],
        );
        check(r#"<point x="500.0" y="6.0" alt="a">a</point>"#, &[]);
        check("Click(3.5, 4.5)", &[(3.5, 4.5, "", 0)]);
        check("There are none.", &[]);
    }

    #[test]
    fn what_is_no_point_is_told() {
        assert!(is_garbled(r#"<point x="10.0" y="#));
        assert!(is_garbled("<points alt=\"cat\">cat</points>"));
        assert!(is_garbled(r#"<point x="10.0" y="20.5" alt="cat">cat</point> and <point x="1"#));
        assert!(!is_garbled("There are none."));
        assert!(!is_garbled(r#"<point x="10.0" y="20.5" alt="cat">cat</point>"#));
    }

    #[test]
    fn per_cent_of_a_side() {
        assert_eq!((in_pixels(50.0, 640), in_pixels(100.0, 3)), (320.0, 3.0));
    }
}
