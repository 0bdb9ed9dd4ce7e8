//! Curves of one channel (`curv` and `para`).

use moxcms::ToneReprCurve;

/// A curve over 0 to 1.
pub(crate) enum Curve {
    Straight,
    /// Values at even distances, at least two.
    Points(Vec<f64>),
    /// g, a, b, c, d, e, f: (a x + b)^g + e from d on, c x + f before.
    Power([f64; 7]),
}

impl Curve {
    /// As a profile has it; nothing when its numbers make no sense.
    pub(crate) fn read(curve: &ToneReprCurve) -> Option<Self> {
        match curve {
            ToneReprCurve::Lut(points) => Some(match points.as_slice() {
                [] => Self::Straight,
                // A single number is an exponent, in 256th parts.
                [gamma] => Self::Power([f64::from(*gamma) / 256.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
                points => Self::Points(points.iter().map(|point| f64::from(*point) / 65_535.0).collect()),
            }),
            ToneReprCurve::Parametric(numbers) => {
                let numbers = numbers.iter().map(|number| f64::from(*number)).collect::<Vec<_>>();
                if numbers.iter().any(|number| !number.is_finite()) {
                    return None;
                }
                let zero_at = |a: f64, b: f64| if a == 0.0 { 0.0 } else { -b / a };
                Some(Self::Power(match *numbers.as_slice() {
                    [g] => [g, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
                    [g, a, b] => [g, a, b, 0.0, zero_at(a, b), 0.0, 0.0],
                    [g, a, b, c] => [g, a, b, 0.0, zero_at(a, b), c, c],
                    [g, a, b, c, d] => [g, a, b, c, d, 0.0, 0.0],
                    [g, a, b, c, d, e, f] => [g, a, b, c, d, e, f],
                    _ => return None,
                }))
            }
        }
    }

    /// Points of 8 or 16 bits, already from 0 to 1.
    pub(crate) fn of_points(points: Vec<f64>) -> Self {
        if points.len() < 2 { Self::Straight } else { Self::Points(points) }
    }

    /// Its value, 0 to 1.
    pub(crate) fn at(&self, x: f64) -> f64 {
        let x = x.clamp(0.0, 1.0);
        let value = match self {
            Self::Straight => x,
            Self::Points(points) => {
                let place = x * (points.len() - 1) as f64;
                let below = (place as usize).min(points.len() - 2);
                let (from, to) = (points[below], points[below + 1]);
                from + (to - from) * (place - below as f64)
            }
            Self::Power([g, a, b, c, d, e, f]) => {
                if x >= *d {
                    libm::pow((a * x + b).max(0.0), *g) + e
                } else {
                    c * x + f
                }
            }
        };
        if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
    }
}
