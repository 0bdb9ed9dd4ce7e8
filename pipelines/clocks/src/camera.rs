//! From where a clock is looked at: still and straight as a product is shown, or wild as it is met.

use pixmo_render::{Point, Rect, Rng, View};
use serde::{Deserialize, Serialize};

/// How far a dial reaches in the space that clocks are drawn in.
const REACH: f64 = pixmo_render_clocks::space::REACH as f64;
/// The largest share of the shorter side of a picture that the diameter of a dial takes, and that it need not exceed for
/// what is small on it.
const DIAL_SHARE_MAX: (f64, f64) = (0.94, 0.90);
/// Largest tilt out of the picture, in degrees.
const TILT_MAX: f64 = 42.0;
/// Distance of the camera, in units of the space: three to eight times the diameter of a dial.
const DISTANCE: (f64, f64) = (600.0, 1_600.0);

/// A camera, by what a person would say of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    /// Width of the picture in pixels.
    pub width: u32,
    /// Height of the picture in pixels.
    pub height: u32,
    /// Pixels a unit of the space, in the middle of the dial.
    pub scale: f64,
    /// Where the middle of the dial lies, in pixels.
    pub middle: (f64, f64),
    /// How far the clock is turned, degrees clockwise.
    pub turn: f64,
    /// How far it is tilted out of the picture, in degrees.
    pub tilt: f64,
    /// The axis it is tilted about, degrees clockwise from level.
    pub axis: f64,
    /// Distance from which it is seen, in units of the space.
    pub distance: f64,
}

impl Camera {
    /// The map from the space of the clock to pixels.
    pub fn view(&self) -> View {
        let turned = View::turned(self.turn);
        let tilted = if self.tilt == 0.0 {
            turned
        } else {
            turned.then(&View::tilted(self.axis, self.tilt, self.distance))
        };
        tilted.then(&View::scaled(self.scale)).then(&View::moved(self.middle.0, self.middle.1))
    }

    /// Diameter of the dial in pixels, as if it were not tilted.
    pub fn dial(&self) -> f64 {
        2.0 * REACH * self.scale
    }

    /// Straight from the front: the whole clock, or as much of it as lies about the dial where it is long.
    pub fn still(extent: &Rect, sides: Sides, rng: &mut Rng) -> Camera {
        let (width, height) = sides.size(rng);
        let (wide, high) = (f64::from(width), f64::from(height));
        let (left, top) = (f64::from(extent.left), f64::from(extent.top));
        let (right, bottom) = (f64::from(extent.right), f64::from(extent.bottom));
        let margin = rng.range(0.90, 0.97);
        let whole = (wide / (right - left)).min(high / (bottom - top)) * margin;
        // A dial of less than a fifth of the picture is hard to read, and straps may end outside.
        let least = wide.min(high) * rng.range(0.25, 0.40) / REACH;
        let scale = whole.max(least.min(wide.min(high) * 0.46 / REACH));
        // What fits stands in the middle; what does not has its dial there.
        let centred = |size: f64, from: f64, to: f64| {
            if (to - from) * scale <= size { (size - (from + to) * scale) / 2.0 } else { size / 2.0 }
        };
        let middle = (centred(wide, left, right), centred(high, top, bottom));
        Camera { width, height, scale, middle, turn: 0.0, tilt: 0.0, axis: 0.0, distance: DISTANCE.1 }
    }

    /// As a clock is met: turned, tilted, small or large, anywhere in the picture. One that does not tell where its top
    /// is, is turned a little only. `dial_min` is the least diameter in pixels at which it can be read.
    pub fn wild(tells_top: bool, dial_min: f64, sides: Sides, rng: &mut Rng) -> Camera {
        let (width, height) = sides.size(rng);
        let (wide, high) = (f64::from(width), f64::from(height));
        let short = wide.min(high);
        // Evenly over the logarithm: as many small ones as large ones.
        let (least, most) = ((dial_min / short).clamp(0.2, DIAL_SHARE_MAX.1), DIAL_SHARE_MAX.0);
        let share = libm::exp(rng.range(libm::log(least), libm::log(most)));
        let scale = short * share / (2.0 * REACH);
        let turn = if tells_top {
            // The mixture of section 13.4 of the design: small turns are the usual ones, upside down is rare.
            let most = [5.0, 25.0, 80.0, 180.0][rng.weighted(&[0.40, 0.35, 0.20, 0.05])];
            rng.range(-most, most)
        } else {
            rng.range(-12.0, 12.0)
        };
        let tilt = if rng.chance(0.25) { 0.0 } else { TILT_MAX * rng.unit() * rng.unit().max(0.25) };
        let (axis, distance) = (rng.range(0.0, 180.0), rng.range(DISTANCE.0, DISTANCE.1));
        // The dial stays inside, but for a sliver.
        let radius = REACH * scale * 0.96;
        let place = |size: f64, rng: &mut Rng| {
            let (from, to) = (radius, size - radius);
            if to <= from { size / 2.0 } else { rng.range(from, to) }
        };
        let middle = (place(wide, rng), place(high, rng));
        Camera { width, height, scale, middle, turn, tilt, axis, distance }
    }
}

/// Limits of the size of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The shorter side is this at least.
    pub min: u32,
    /// The longer side is this at most.
    pub max: u32,
}

/// Widths and heights by their ratio; squares are most.
const RATIOS: &[(u32, u32)] = &[(1, 1), (1, 1), (1, 1), (4, 5), (4, 3), (3, 4), (3, 2)];

impl Sides {
    /// A size within the limits, in steps of eight pixels. Half of all pictures have sides of 512 where that is allowed.
    pub(crate) fn size(&self, rng: &mut Rng) -> (u32, u32) {
        if rng.chance(0.5) && (self.min..=self.max).contains(&512) {
            return (512, 512);
        }
        let (across, down) = *rng.pick(RATIOS);
        let (longer, shorter) = (across.max(down), across.min(down));
        // The longer side, so that the shorter one is not under its limit.
        let least = (self.min * longer).div_ceil(shorter).min(self.max);
        let long = rng.whole(i64::from(least), i64::from(self.max)) as u32;
        let side = |part: u32| (long * part / longer / 8 * 8).clamp(self.min, self.max);
        (side(across), side(down))
    }
}

/// The part of an outline's box that lies in a picture, and the share of its area that does not.
pub fn visible(outline: &[Point], width: u32, height: u32) -> (Rect, f64) {
    let all = outline.iter().fold(Rect::EMPTY, |r, p| r.union(&Rect::new(p.x, p.y, p.x, p.y).grown(0.01)));
    let picture = Rect::new(0.0, 0.0, width as f32, height as f32);
    let seen = all.intersection(&picture);
    let kept = clipped(outline, &picture);
    let whole = f64::from(area(outline)).max(1e-6);
    (seen, (1.0 - f64::from(area(&kept)) / whole).clamp(0.0, 1.0))
}

/// Twice-signed area by the shoelace formula, halved and without its sign.
fn area(corners: &[Point]) -> f32 {
    let pairs = corners.iter().zip(corners.iter().cycle().skip(1));
    (pairs.map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>() / 2.0).abs()
}

/// A polygon cut to a rectangle (Sutherland and Hodgman, 1974).
pub(crate) fn clipped(corners: &[Point], to: &Rect) -> Vec<Point> {
    let inside: [&dyn Fn(&Point) -> f32; 4] =
        [&|p| p.x - to.left, &|p| to.right - p.x, &|p| p.y - to.top, &|p| to.bottom - p.y];
    inside.iter().fold(corners.to_vec(), |polygon, depth| {
        let mut kept = Vec::with_capacity(polygon.len() + 4);
        for (a, b) in polygon.iter().zip(polygon.iter().cycle().skip(1)) {
            let (da, db) = (depth(a), depth(b));
            if da >= 0.0 {
                kept.push(*a);
            }
            if (da >= 0.0) != (db >= 0.0) {
                let t = da / (da - db);
                kept.push(Point::new(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t));
            }
        }
        kept
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixmo_render::Seed;
    use pixmo_render_clocks::polar;

    const SIDES: Sides = Sides { min: 320, max: 640 };

    #[test]
    fn sizes_keep_their_limits() {
        for (min, max) in [(320, 640), (128, 128), (512, 512), (200, 2_048), (600, 640)] {
            for number in 0..200 {
                let (w, h) = Sides { min, max }.size(&mut Seed::from_number(number).rng("size"));
                assert!(w.min(h) >= min && w.max(h) <= max, "{w} x {h} for {min} to {max}");
            }
        }
    }

    fn ring(camera: &Camera) -> Vec<Point> {
        (0..72).map(|n| camera.view().map(polar(f64::from(n) * 5.0, 100.0))).collect()
    }

    #[test]
    fn a_still_camera_keeps_the_dial_in_the_picture_and_straight() {
        let extents = [
            Rect::new(-120.0, -120.0, 120.0, 120.0),
            Rect::new(-130.0, -420.0, 140.0, 420.0),
            Rect::new(-300.0, -110.0, 280.0, 190.0),
        ];
        for number in 0..300 {
            let mut rng = Seed::from_number(number).rng("camera");
            let camera = Camera::still(&extents[number as usize % 3], SIDES, &mut rng);
            let (_, outside) = visible(&ring(&camera), camera.width, camera.height);
            assert!(outside < 0.001, "{camera:?}: {outside}");
            assert!(camera.dial() >= 0.25 * f64::from(camera.width.min(camera.height)), "{camera:?}");
            let up = camera.view().map(polar(0.0, 50.0));
            assert!((f64::from(up.x) - camera.middle.0).abs() < 1e-3);
        }
    }

    #[test]
    fn a_wild_camera_keeps_nearly_all_of_the_dial() {
        let mut turned = 0;
        for number in 0..2_000 {
            let mut rng = Seed::from_number(number).rng("camera");
            let tells_top = number % 2 == 0;
            let camera = Camera::wild(tells_top, 84.0, SIDES, &mut rng);
            let (_, outside) = visible(&ring(&camera), camera.width, camera.height);
            assert!(outside < 0.12, "{camera:?}: {outside}");
            assert!(camera.dial() >= 84.0 - 1e-6);
            assert!(tells_top || camera.turn.abs() <= 12.0);
            turned += usize::from(camera.turn.abs() > 30.0);
        }
        assert!((80..400).contains(&turned), "{turned} of 1000 are turned by more than 30 degrees");
    }

    #[test]
    fn what_is_cut_off_is_counted() {
        let square =
            [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)].map(|(x, y)| Point::new(x - 5.0, y));
        let (seen, outside) = visible(&square, 100, 100);
        assert!((outside - 0.5).abs() < 1e-6);
        assert!((seen.left, seen.right.round()) == (0.0, 5.0));
    }
}
