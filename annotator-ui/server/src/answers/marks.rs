//! Points: where they may lie, and how close to each other.

use pixmo_answers::agreement::share_of_diagonal;
use pixmo_schemas::annotation_points::MarkedPoint;

use crate::http::Problem;
use crate::settings::KindLimits;

/// The size of an upright image in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Size {
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Size {
    /// How far two points lie apart, as a share of the diagonal.
    pub(crate) fn distance(self, a: MarkedPoint, b: MarkedPoint) -> f64 {
        share_of_diagonal(a, b, self.width, self.height)
    }
}

/// Holds points to the image and to their number.
pub(super) fn check(field: &str, points: &[MarkedPoint], limits: &KindLimits) -> Result<(), Problem> {
    if points.len() > limits.points_max as usize {
        let message = format!("at most {} points are taken, these are {}", limits.points_max, points.len());
        return Err(Problem::invalid(field, message).hint("pass the task by as `too_many`"));
    }
    for (index, point) in points.iter().enumerate() {
        for (axis, value) in [("x", point.x), ("y", point.y)] {
            if !(0.0..=100.0).contains(&value) {
                return Err(Problem::invalid(
                    format!("{field}[{index}].{axis}"),
                    format!("{value} lies outside the image: expected 0 to 100, in per cent"),
                ));
            }
        }
    }
    Ok(())
}

/// Refuses points that lie so close that one of them is likely a slip.
pub(super) fn check_distances(
    field: &str,
    points: &[MarkedPoint],
    size: Size,
    limits: &KindLimits,
) -> Result<(), Problem> {
    for (index, point) in points.iter().enumerate() {
        for (earlier, other) in points[..index].iter().enumerate() {
            if size.distance(*point, *other) * 100.0 < limits.close_percent {
                return Err(Problem::invalid(
                    format!("{field}[{index}]"),
                    format!(
                        "points {} and {} lie closer than {} % of the diagonal",
                        earlier + 1,
                        index + 1,
                        limits.close_percent
                    ),
                )
                .hint("take one away, or confirm that they are two things")
                .with("close", serde_json::json!([earlier, index])));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::settings::KindSettings;

    fn points(list: &[(f64, f64)]) -> Vec<MarkedPoint> {
        list.iter().map(|(x, y)| MarkedPoint { x: *x, y: *y }).collect()
    }

    #[test]
    fn points_lie_inside_and_apart() {
        let limits = KindSettings::default().limits(Kind::Points);
        let size = Size { width: 300.0, height: 400.0 };
        assert!(check("p", &points(&[(0.0, 0.0), (100.0, 100.0)]), &limits).is_ok());
        let problem = check("p", &points(&[(0.0, 0.0), (100.1, 5.0)]), &limits).unwrap_err();
        assert_eq!(problem.body.field.as_deref(), Some("p[1].x"));
        assert!(check("p", &points(&[(f64::NAN, 0.0)]), &limits).is_err());
        // The diagonal is 500 pixels, 0.3 % of it 1.5: half a per cent of the width is too little, a whole is not.
        assert!(check_distances("p", &points(&[(10.0, 10.0), (10.49, 10.0)]), size, &limits).is_err());
        assert!(check_distances("p", &points(&[(10.0, 10.0), (10.51, 10.0)]), size, &limits).is_ok());
    }
}
