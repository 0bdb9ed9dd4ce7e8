//! What is laid over a clock: its outline, its hands, and the box of the part that is in the picture.
//!
//! All of it comes from the columns of the row: the outline and the middle of a small dial are taken from the space of the
//! dial to pixels by the homography, tips and box stand there in pixels. So where an overlay does not lie on what is
//! drawn, the row is wrong.

use pixmo_schemas::records::ClocksImagesRecord;
use pixmo_schemas::records::clocks_images::NO_HAND;
use serde::Deserialize;
use serde_json::Value;

use crate::sample::subject::opened;

/// The column `others` of a picture with one clock, whose name need not be said.
const NO_OTHERS: &str = "[]";
/// How far a dial reaches from its middle, in its own space.
const REACH: f64 = 100.0;
/// Pieces of a circle.
const CIRCLE_PIECES: u32 = 72;
/// Pieces of a bow.
const BOW_PIECES: u32 = 12;

/// Shapes in pixels, for the script of the page.
#[derive(Default)]
pub(super) struct Overlay {
    /// Title and path.
    pub(super) dial: Vec<(String, String)>,
    /// Letter, beginning, tip and title.
    pub(super) hands: Vec<(&'static str, [f64; 4], String)>,
    /// Role, words, left, top, width, height.
    pub(super) visible: Vec<(String, String, f64, f64, f64, f64)>,
}

/// One clock of a picture: that of the row, or one of its other clocks, in the form of the column `others`.
#[derive(Deserialize)]
struct Clock {
    /// What it is called where there are several.
    #[serde(default)]
    called: String,
    hour: Option<Hand>,
    minute: Option<Hand>,
    second: Option<Hand>,
    centre: [f64; 2],
    dial_radii: [f64; 2],
    homography: Vec<f64>,
    visible: [f64; 4],
    occluded_share: f64,
    face: Value,
    body_parameters: Value,
}

/// A hand: its angle on its dial in degrees, and its tip in pixels.
#[derive(Clone, Copy, Deserialize)]
struct Hand {
    angle: f64,
    x: f64,
    y: f64,
}

/// What is laid over the picture of a row: over its own clock, and over the others.
pub(super) fn of(seen: &ClocksImagesRecord) -> Overlay {
    let mut overlay = Overlay::default();
    Clock::of(seen).draw(&mut overlay);
    // What is no list of clocks is for `verify` to tell.
    for other in serde_json::from_str::<Vec<Clock>>(&seen.others).unwrap_or_default() {
        other.draw(&mut overlay);
    }
    overlay
}

/// What the clock of a row is called, where there are several.
pub(super) fn name(seen: &ClocksImagesRecord) -> &str {
    if seen.others == NO_OTHERS { "" } else { &seen.called }
}

impl Clock {
    fn of(seen: &ClocksImagesRecord) -> Clock {
        let hand =
            |angle: f64, x: f32, y: f32| (angle != NO_HAND).then(|| Hand { angle, x: x.into(), y: y.into() });
        Clock {
            called: name(seen).to_owned(),
            hour: hand(seen.hour_angle, seen.hour_x, seen.hour_y),
            minute: hand(seen.minute_angle, seen.minute_x, seen.minute_y),
            second: hand(seen.second_angle, seen.second_x, seen.second_y),
            centre: [seen.centre_x, seen.centre_y].map(f64::from),
            dial_radii: [seen.dial_radius_x, seen.dial_radius_y].map(f64::from),
            homography: seen.homography.clone(),
            visible: [seen.visible_left, seen.visible_top, seen.visible_width, seen.visible_height]
                .map(f64::from),
            occluded_share: seen.occluded_share.into(),
            face: opened(&seen.face),
            body_parameters: opened(&seen.body_parameters),
        }
    }

    fn draw(&self, overlay: &mut Overlay) {
        let named = |words: String| match self.called.as_str() {
            "" => words,
            called => format!("{called}: {words}"),
        };
        let on_picture = |point: &[f64; 2]| mapped(&self.homography, *point);
        // A horizon in the dial cannot be drawn, and no camera of ours sees one.
        let outline: Option<Vec<[f64; 2]>> =
            outline(&self.body_parameters["outline"]).iter().map(on_picture).collect();
        if let Some(points) = outline {
            let [wide, high] = self.dial_radii.map(|radius| 2.0 * radius);
            let hidden = 100.0 * self.occluded_share;
            let title = named(format!("dial: {wide:.0} × {high:.0} pixels, {hidden:.1} % hidden"));
            overlay.dial.push((title, path(&points)));
        }
        let of_seconds =
            seconds_middle(&self.face).and_then(|middle| on_picture(&middle)).unwrap_or(self.centre);
        for (letter, word, root, hand) in [
            ("h", "hour", self.centre, self.hour),
            ("m", "minute", self.centre, self.minute),
            ("s", "second", of_seconds, self.second),
        ] {
            let Some(Hand { angle, x, y }) = hand else { continue };
            let title = named(format!("{word} hand: {angle:.2}° on its dial, tip at ({x:.1}, {y:.1})"));
            overlay.hands.push((letter, [root[0], root[1], x, y].map(tenths), title));
        }
        let [left, top, width, height] = self.visible.map(tenths);
        let words = named(format!("{width} × {height} pixels from ({left}, {top})"));
        overlay.visible.push(("visible part of the dial".to_owned(), words, left, top, width, height));
    }
}

/// A point of the dial in pixels; none if it lies beyond the horizon, or the row has no homography.
fn mapped(rows: &[f64], [x, y]: [f64; 2]) -> Option<[f64; 2]> {
    let [a, b, c, d, e, f, g, h, i] = *rows else { return None };
    let away = g * x + h * y + i;
    (away > 1e-9).then(|| [(a * x + b * y + c) / away, (d * x + e * y + f) / away])
}

/// The middle of the small dial that has the second hand, in the space of the dial.
fn seconds_middle(face: &Value) -> Option<[f64; 2]> {
    let face = &face["hands"];
    if face["seconds"] != "subdial" {
        return None;
    }
    let dial = face["subdials"].as_array()?.iter().find(|dial| dial["job"] == "seconds")?;
    Some(polar(dial["degrees"].as_f64()?, dial["distance"].as_f64()?))
}

/// The place at a distance from the middle, degrees clockwise from 12 o'clock.
fn polar(degrees: f64, distance: f64) -> [f64; 2] {
    let angle = degrees.to_radians();
    [distance * libm::sin(angle), -distance * libm::cos(angle)]
}

/// The outline of a dial by the parameters of its body, in the space of the dial; a circle where they say nothing known.
fn outline(shape: &Value) -> Vec<[f64; 2]> {
    let number = |of: &str, name: &str| shape[of][name].as_f64();
    if let (Some(wide), Some(high)) = (number("rectangle", "wide"), number("rectangle", "high")) {
        let corner = number("rectangle", "corner").unwrap_or(0.0).clamp(0.0, wide.min(high));
        return rectangle(wide, high, corner);
    }
    if let Some(wide) = number("tonneau", "wide") {
        let (top, high) = (wide * 0.72, REACH);
        let (bow, side) = (wide * 1.06, high * 0.45);
        let mut points = quadratic([-top, -high], [0.0, -high * 1.04], [top, -high]);
        points.extend(cubic([top, -high], [bow, -side], [bow, side], [top, high]));
        points.extend(quadratic([top, high], [0.0, high * 1.04], [-top, high]));
        points.extend(cubic([-top, high], [-bow, side], [-bow, -side], [-top, -high]));
        return points;
    }
    match shape.as_str() {
        Some("octagon") => (0..8).map(|n| polar(22.5 + 45.0 * f64::from(n), REACH)).collect(),
        Some("cushion") => {
            let (edge, bow) = (REACH * 0.9 * 0.86, REACH * 0.9 * 1.13);
            let corners = [[-edge, -edge], [edge, -edge], [edge, edge], [-edge, edge]];
            let bows = [[0.0, -bow], [bow, 0.0], [0.0, bow], [-bow, 0.0]];
            (0..4).flat_map(|side| quadratic(corners[side], bows[side], corners[(side + 1) % 4])).collect()
        }
        _ => {
            let degrees = |n| 360.0 * f64::from(n) / f64::from(CIRCLE_PIECES);
            (0..CIRCLE_PIECES).map(|n| polar(degrees(n), REACH)).collect()
        }
    }
}

/// Half its width and height, with round corners; clockwise from the right end of its top.
fn rectangle(wide: f64, high: f64, corner: f64) -> Vec<[f64; 2]> {
    let middles = [(1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)];
    let corners = (0u32..).zip(middles).flat_map(|(quarter, (right, down))| {
        let middle = [right * (wide - corner), down * (high - corner)];
        let pieces = if corner > 0.0 { BOW_PIECES / 2 } else { 0 };
        (0..=pieces).map(move |piece| {
            let along = 90.0 * f64::from(piece) / f64::from(pieces.max(1));
            let [x, y] = polar(90.0 * f64::from(quarter) + along, corner);
            [middle[0] + x, middle[1] + y]
        })
    });
    corners.collect()
}

/// Points of a quadratic bow, without its end.
fn quadratic(from: [f64; 2], by: [f64; 2], to: [f64; 2]) -> Vec<[f64; 2]> {
    // The cubic bow with the same points.
    let third = |end: [f64; 2]| [0, 1].map(|at| end[at] + (by[at] - end[at]) * 2.0 / 3.0);
    cubic(from, third(from), third(to), to)
}

/// Points of a cubic bow, without its end.
fn cubic(from: [f64; 2], by: [f64; 2], and: [f64; 2], to: [f64; 2]) -> Vec<[f64; 2]> {
    let at = |piece: u32| {
        let t = f64::from(piece) / f64::from(BOW_PIECES);
        let s = 1.0 - t;
        let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        [0, 1].map(|axis| {
            weights[0] * from[axis] + weights[1] * by[axis] + weights[2] * and[axis] + weights[3] * to[axis]
        })
    };
    (0..BOW_PIECES).map(at).collect()
}

/// A closed path of SVG.
fn path(points: &[[f64; 2]]) -> String {
    let mut text = String::new();
    for ([x, y], letter) in points.iter().zip(std::iter::once('M').chain(std::iter::repeat('L'))) {
        text.push_str(&format!("{letter}{} {}", tenths(*x), tenths(*y)));
    }
    text.push('Z');
    text
}

/// A tenth of a pixel is less than anyone sees.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The smallest and largest of each axis.
    fn extent(shape: &Value) -> [f64; 4] {
        let points = outline(shape);
        let fold = |axis: usize, pick: fn(f64, f64) -> f64| {
            points.iter().map(|point| point[axis]).reduce(pick).expect("an outline has points")
        };
        [fold(0, f64::min), fold(1, f64::min), fold(0, f64::max), fold(1, f64::max)].map(f64::round)
    }

    #[test]
    fn outlines_reach_as_far_as_their_bodies_say() {
        assert_eq!(extent(&json!("round")), [-100.0, -100.0, 100.0, 100.0]);
        let card = json!({ "rectangle": { "wide": 100.0, "high": 65.0, "corner": 6.0 } });
        assert_eq!(extent(&card), [-100.0, -65.0, 100.0, 65.0]);
        assert_eq!(outline(&json!({ "rectangle": { "wide": 9.0, "high": 7.0, "corner": 0.0 } })).len(), 4);
        assert_eq!(extent(&json!("octagon")), [-92.0, -92.0, 92.0, 92.0]);
        assert_eq!(extent(&json!({ "tonneau": { "wide": 70.0 } }))[2], 68.0);
        assert_eq!(extent(&json!("cushion")), [-90.0, -90.0, 90.0, 90.0]);
        assert_eq!(outline(&json!("heart")).len(), 72, "what is not known is drawn as a circle");
    }

    #[test]
    fn the_second_hand_turns_about_its_own_dial() {
        let face = |seconds: &str| {
            let dial = json!({ "job": "seconds", "degrees": 180, "distance": 40.0 });
            json!({ "hands": { "seconds": seconds, "subdials": [{ "job": "moon" }, dial] } })
        };
        let [x, y] = seconds_middle(&face("subdial")).expect("it has one");
        assert!(x.abs() < 1e-9 && (y - 40.0).abs() < 1e-9, "{x} {y}");
        assert_eq!(seconds_middle(&face("none")), None);
    }

    #[test]
    fn a_homography_divides_and_knows_its_horizon() {
        let rows = [2.0, 0.0, 10.0, 0.0, 2.0, 20.0, 0.01, 0.0, 1.0];
        assert_eq!(mapped(&rows, [0.0, 0.0]), Some([10.0, 20.0]));
        assert_eq!(mapped(&rows, [100.0, 0.0]), Some([105.0, 10.0]));
        assert_eq!(mapped(&rows, [-100.0, 0.0]), None);
        assert_eq!(mapped(&rows[..8], [0.0, 0.0]), None);
        assert_eq!(path(&[[0.0, 1.04], [2.5, 3.0], [-1.0, 0.0]]), "M0 1L2.5 3L-1 0Z");
    }

    #[test]
    fn other_clocks_are_drawn_by_their_names() {
        let other = json!([{
            "called": "the clock on the left", "hour": { "angle": 90.0, "x": 30.0, "y": 10.0 }, "minute": null,
            "second": null, "centre": [10.0, 10.0], "dial_radii": [20.0, 20.0],
            "homography": [0.2, 0.0, 10.0, 0.0, 0.2, 10.0, 0.0, 0.0, 1.0], "visible": [0.0, 0.0, 30.0, 30.0],
            "occluded_share": 0.25, "face": {}, "body_parameters": { "outline": "octagon" }, "text": "3:00",
        }]);
        let mut overlay = Overlay::default();
        let clocks: Vec<Clock> = serde_json::from_value(other).expect("the form of the column");
        clocks.iter().for_each(|clock| clock.draw(&mut overlay));
        assert_eq!(overlay.dial[0].0, "the clock on the left: dial: 40 × 40 pixels, 25.0 % hidden");
        let title = "the clock on the left: hour hand: 90.00° on its dial, tip at (30.0, 10.0)".to_owned();
        assert_eq!(overlay.hands, [("h", [10.0, 10.0, 30.0, 10.0], title)]);
        assert_eq!(overlay.visible[0].2, 0.0);
    }
}
