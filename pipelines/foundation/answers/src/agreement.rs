//! How far two people who pointed at the same agree.

use pathfinding::kuhn_munkres::kuhn_munkres_min;
use pathfinding::matrix::Matrix;
use pixmo_schemas::annotation_points::{MarkedPoint, WorkImage};

/// Two points that lie closer than this share of the diagonal can be the same.
const NEAR: f64 = 0.05;
/// Distances are whole numbers while points are matched: parts of a millionth of the diagonal.
const SCALE: f64 = 1e6;
/// What it costs to match two points that are not near: more than all that are, so that as many as possible are matched.
const FAR: i64 = 1 << 40;

/// The distance of two points in an upright image of this width and height, as a share of its diagonal.
#[must_use]
pub fn share_of_diagonal(first: MarkedPoint, second: MarkedPoint, width: f64, height: f64) -> f64 {
    let x = (first.x - second.x) / 100.0 * width;
    let y = (first.y - second.y) / 100.0 * height;
    ((x * x + y * y) / (width * width + height * height)).sqrt()
}

/// The distance of two points, as a share of the diagonal of the upright image.
#[must_use]
pub fn distance(first: MarkedPoint, second: MarkedPoint, image: &WorkImage) -> f64 {
    share_of_diagonal(first, second, f64::from(image.width), f64::from(image.height))
}

/// How many points have a partner: they are matched one to one, as many as possible and those as near as possible, and
/// points farther than 5 % of the diagonal from each other are no pair. `distance` is a share of the diagonal.
#[must_use]
pub fn matched(
    first: &[MarkedPoint],
    second: &[MarkedPoint],
    distance: impl Fn(MarkedPoint, MarkedPoint) -> f64,
) -> usize {
    let (fewer, more) = if first.len() <= second.len() { (first, second) } else { (second, first) };
    if fewer.is_empty() {
        return 0;
    }
    let cost = |a: &MarkedPoint, b: &MarkedPoint| {
        let distance = distance(*a, *b);
        if distance < NEAR { (distance * SCALE) as i64 } else { FAR }
    };
    let rows = fewer.iter().map(|a| more.iter().map(|b| cost(a, b)).collect::<Vec<_>>());
    let Ok(costs) = Matrix::from_rows(rows) else { return 0 };
    let (_, partners) = kuhn_munkres_min(&costs);
    partners.iter().enumerate().filter(|(row, column)| costs[(*row, **column)] < FAR).count()
}

/// F1 of two sets of points, 0 to 1: twice those with a partner over all. 1 where nobody found anything.
#[must_use]
pub fn f1(first: &[MarkedPoint], second: &[MarkedPoint], image: &WorkImage) -> f64 {
    let all = first.len() + second.len();
    if all == 0 {
        return 1.0;
    }
    2.0 * matched(first, second, |a, b| distance(a, b, image)) as f64 / all as f64
}

/// Whether two points of a set lie closer than a part of the diagonal in per cent.
#[must_use]
pub fn has_close(points: &[MarkedPoint], image: &WorkImage, close_percent: f64) -> bool {
    // In the order of x, whatever is too far in x alone ends the search.
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.x.total_cmp(&b.x));
    let limit = close_percent / 100.0;
    sorted.iter().enumerate().any(|(at, first)| {
        sorted[at + 1..]
            .iter()
            .take_while(|second| distance(*first, MarkedPoint { x: second.x, y: first.y }, image) < limit)
            .any(|second| distance(*first, *second, image) < limit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(f64, f64)]) -> Vec<MarkedPoint> {
        list.iter().map(|(x, y)| MarkedPoint { x: *x, y: *y }).collect()
    }

    fn image() -> WorkImage {
        WorkImage {
            sha256: "00".repeat(32).parse().expect("a hash"),
            url: "urn:x".to_owned(),
            width: 300,
            height: 400,
            cluster: None,
            split: None,
        }
    }

    #[test]
    fn as_many_as_possible_find_a_partner() {
        // Nearest first would give the left point the middle one, and leave the right one alone.
        let first = points(&[(10.0, 10.0), (18.0, 10.0)]);
        let second = points(&[(4.0, 10.0), (13.0, 10.0)]);
        assert_eq!(f1(&first, &second, &image()), 1.0);
        assert_eq!(f1(&first, &second[..1], &image()), 2.0 / 3.0);
        assert_eq!(f1(&[], &[], &image()), 1.0);
        assert_eq!(f1(&[], &first, &image()), 0.0);
    }

    #[test]
    fn closeness_is_of_the_diagonal() {
        // The diagonal has 500 pixels, 0.3 % of it are 1.5; one per cent of the height is four pixels.
        let apart = points(&[(10.0, 10.0), (50.0, 50.0), (10.0, 10.38)]);
        assert!(!has_close(&apart, &image(), 0.3));
        let close = points(&[(10.0, 10.0), (50.0, 50.0), (10.0, 10.37)]);
        assert!(has_close(&close, &image(), 0.3));
    }
}
