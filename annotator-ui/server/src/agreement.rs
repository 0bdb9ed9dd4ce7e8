//! How far two people agree.

use std::collections::BTreeSet;

use pixmo_answers::agreement::matched;
use pixmo_schemas::annotation_points::MarkedPoint;

use crate::answers::Size;

/// How far two answers with points agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PointAgreement {
    /// Points that have a partner.
    pub(crate) matched: usize,
    /// Twice the matched over all, 0 to 1; 1 where nobody found anything.
    pub(crate) f1: f64,
    /// Whether there are as many.
    pub(crate) count_equal: bool,
}

/// Matches points one to one, as many as possible and those as near as possible.
pub(crate) fn of_points(first: &[MarkedPoint], second: &[MarkedPoint], size: Size) -> PointAgreement {
    let count_equal = first.len() == second.len();
    let all = first.len() + second.len();
    if all == 0 {
        return PointAgreement { matched: 0, f1: 1.0, count_equal };
    }
    let matched = matched(first, second, |a, b| size.distance(a, b));
    PointAgreement { matched, f1: 2.0 * matched as f64 / all as f64, count_equal }
}

/// The share of rows of `length` words of a text that also stand in another.
pub(crate) fn shared_rows(text: &str, other: &str, length: usize) -> f64 {
    let own = rows_of(text, length);
    if own.is_empty() {
        return 0.0;
    }
    let others = rows_of(other, length);
    own.intersection(&others).count() as f64 / own.len() as f64
}

fn rows_of(text: &str, length: usize) -> BTreeSet<Vec<String>> {
    let words: Vec<String> = words_of(text).collect();
    words.windows(length).map(<[String]>::to_vec).collect()
}

/// The words of a text, small and without marks.
pub(crate) fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { width: 100.0, height: 100.0 };

    fn points(list: &[(f64, f64)]) -> Vec<MarkedPoint> {
        list.iter().map(|(x, y)| MarkedPoint { x: *x, y: *y }).collect()
    }

    #[test]
    fn a_point_has_one_partner() {
        let one = points(&[(10.0, 10.0)]);
        let two = points(&[(10.0, 11.0), (11.0, 10.0)]);
        let agreement = of_points(&one, &two, SIZE);
        assert_eq!((agreement.matched, agreement.count_equal), (1, false));
        assert!((agreement.f1 - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(of_points(&one, &points(&[(50.0, 50.0)]), SIZE).f1, 0.0);
        assert_eq!(of_points(&[], &[], SIZE).f1, 1.0);
        assert_eq!(of_points(&one, &[], SIZE).f1, 0.0);
        // 5 % of the diagonal of 141 pixels are 7.07 pixels.
        assert_eq!(of_points(&one, &points(&[(17.0, 10.0)]), SIZE).f1, 1.0);
        assert_eq!(of_points(&one, &points(&[(17.1, 10.0)]), SIZE).f1, 0.0);
    }

    #[test]
    fn the_nearest_first_would_match_fewer() {
        // The left point is nearest to the middle one; only if it takes the far left does the right one get a partner.
        let first = points(&[(10.0, 10.0), (18.0, 10.0)]);
        let second = points(&[(4.0, 10.0), (13.0, 10.0)]);
        assert_eq!(of_points(&first, &second, SIZE).matched, 2);
    }

    #[test]
    fn copied_rows_of_words_are_found() {
        let text = "There is a red tram in front of the station, and people wait.";
        assert_eq!(shared_rows(text, text, 5), 1.0);
        assert_eq!(shared_rows(text, "Something else altogether is said here of nothing.", 5), 0.0);
        let half = shared_rows(text, "there is a red tram in front of a house", 5);
        assert!(half > 0.3 && half < 0.6, "{half}");
    }
}
