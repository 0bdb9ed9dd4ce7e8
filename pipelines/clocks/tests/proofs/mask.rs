//! The mask test: hands are where the row says, and show the time that it says.

use pixmo_clockread::mask::{self as reader, Hand};
use pixmo_clockread::plane::{Plane, direction, turn};
use pixmo_clockread::time::{self, Angles, Movement};
use pixmo_clocks::mask::Mask;
use pixmo_clocks::picture::{Made, Sitting};
use pixmo_render_clocks::watch::Dial;
use serde_json::Value;

use super::{clocks, none_wrong, sittings};

/// How many pictures of clocks with hands are read.
const PICTURES: usize = 5_000;
/// How far the hour hand may be from where the minute hand says that it must be, in degrees.
const RESIDUAL_MAX: f64 = 2.0;
/// How far the end of hour, minute and second hand in the mask may lie before the tip in the row, in units of the dial
/// (hundredths of its reach): the last of a needle is thinner than a pixel, and may be missed by all of them.
const SHORT_MAX: [f64; 3] = [6.0, 6.0, 25.0];
/// How far behind it.
const LONG_MAX: f64 = 1.5;
/// How far the tip in the row may lie beside where the hand points, in degrees.
const TIP_TURN_MAX: f64 = 0.25;

/// The hands of a row.
const NAMES: [&str; 3] = ["hour", "minute", "second"];

/// What a row says of the hands of a picture.
pub(super) struct Row {
    pub(super) plane: Plane,
    /// Angles in degrees and tips in pixels.
    pub(super) hands: [Option<(f64, (f64, f64))>; 3],
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    pub(super) movement: Movement,
    /// Where the second hand turns, from the parameters of the face.
    pub(super) second_turns: (f64, f64),
}

impl Row {
    pub(super) fn of(made: &Made) -> Row {
        let moment = made.choice.moment;
        let face = serde_json::to_value(&made.watch.dial).expect("a face has a JSON form");
        Row {
            plane: Plane::of(&made.camera.view().rows()).expect("a camera has an inverse"),
            hands: made.hands.map(|hand| hand.map(|(a, tip)| (a, (f64::from(tip.x), f64::from(tip.y))))),
            hour: moment.hour(),
            minute: moment.minute(),
            second: moment.second(),
            movement: match made.shows.movement.name() {
                "sweeping" => Movement::Sweeping,
                "jumping_minute" => Movement::TickingMinute,
                other => panic!("`{other}` is no movement"),
            },
            second_turns: small_seconds(&face).unwrap_or((0.0, 0.0)),
        }
    }

    pub(super) fn read(&self, mask: &Mask) -> [Option<Hand>; 3] {
        let Mask { left, top, step, width, bits, .. } = mask;
        let mask = reader::Mask { left: *left, top: *top, step: *step, width: *width, bits };
        reader::hands(&mask, &self.plane, self.second_turns)
    }

    /// What is wrong with hands that were read from a mask, as the mask test says.
    pub(super) fn wrong(&self, read: &[Option<Hand>; 3], bounds: [f64; 3]) -> Result<(), String> {
        let [Some(hour), Some(minute), second] = read else { return Err("a hand is missing".to_owned()) };
        for at in 0..3 {
            match (&read[at], self.hands[at]) {
                (Some(hand), Some(own)) => self.hand(at, hand, own, bounds[at])?,
                (None, None) => {}
                (found, _) => return Err(format!("{} hand: {found:?} in the mask", NAMES[at])),
            }
        }
        let seen = Angles {
            hour: hour.degrees,
            minute: minute.degrees,
            second: second.as_ref().map(|hand| hand.degrees),
        };
        let residual = time::residual(&seen);
        if residual > RESIDUAL_MAX {
            return Err(format!("the hour hand is {residual:.2} degrees from where the minutes say"));
        }
        let fit = time::fit(&seen, self.movement);
        let right = (self.hour % 12, second.as_ref().map(|_| self.second));
        let past = match (self.movement, fit.second) {
            (Movement::TickingMinute, _) => 0.0,
            _ => f64::from(self.second) / 60.0,
        };
        // In minutes of the dial, so that 11:59:59 and 0:00 are near each other.
        let dial = turn(
            (f64::from(self.hour % 12) * 60.0 + f64::from(self.minute) + past) / 2.0,
            (f64::from(fit.hour) * 60.0 + fit.minutes) / 2.0,
        ) * 2.0;
        let exact = fit.second.is_some() || self.movement == Movement::TickingMinute;
        let may = if exact { 1e-6 } else { bounds[1] / 6.0 };
        if !fit.holds(bounds) || dial.abs() > may || fit.second != right.1 {
            return Err(format!("read {fit:?}, not {}:{:02}:{:02}", self.hour, self.minute, self.second));
        }
        // A movement that alone explains where the hands point is the one of the row.
        let fits = time::fits(&seen);
        let mut explain = fits.iter().filter(|fit| fit.holds(bounds));
        match (explain.next(), explain.next()) {
            (Some(only), None) if only.movement != self.movement => {
                Err(format!("moves like {:?}, not {:?}", only.movement, self.movement))
            }
            _ => Ok(()),
        }
    }

    /// What is wrong with one hand of the three.
    fn hand(
        &self,
        at: usize,
        hand: &Hand,
        (angle, tip): (f64, (f64, f64)),
        bound: f64,
    ) -> Result<(), String> {
        let name = NAMES[at];
        let off = turn(angle, hand.degrees);
        if off.abs() > bound {
            return Err(format!("{name} hand at {:.2}, not {angle:.2}", hand.degrees));
        }
        let about = if at == 2 { self.second_turns } else { (0.0, 0.0) };
        let tip = self.plane.on_dial(tip.0, tip.1);
        let (across, down) = (tip.0 - about.0, tip.1 - about.1);
        let (reach, points) = (libm::hypot(across, down), direction(across, down));
        if turn(angle, points).abs() > TIP_TURN_MAX {
            return Err(format!("the tip of the {name} hand lies at {points:.2}, not {angle:.2}"));
        }
        if reach - hand.reach > SHORT_MAX[at] || hand.reach - reach > LONG_MAX {
            return Err(format!("{name} hand ends {:.2} out, its tip is {reach:.2} out", hand.reach));
        }
        Ok(())
    }
}

/// The middle of the small dial for seconds.
fn small_seconds(face: &Value) -> Option<(f64, f64)> {
    let subdials = face.get("hands")?.get("subdials")?.as_array()?;
    let own = subdials.iter().find(|subdial| subdial["job"] == "seconds")?;
    let (degrees, distance) = (own["degrees"].as_f64()?, own["distance"].as_f64()?);
    let angle = degrees.to_radians();
    Some((distance * libm::sin(angle), -distance * libm::cos(angle)))
}

/// Pictures on which hands show the time.
pub(super) fn with_hands(sitting: &Sitting) -> bool {
    let by_hands = match &sitting.watch.dial {
        Dial::Hands(_) => true,
        Dial::Digits(face) => face.has_hands(),
        Dial::Nothing => false,
    };
    by_hands && sitting.watch.shows().time
}

/// Diameter of the dial in a mask, in its pixels.
pub(super) fn dial_of(made: &Made, mask: &Mask) -> f64 {
    made.camera.dial() / mask.step
}

#[test]
fn hands_of_five_thousand_pictures_are_where_the_rows_say() {
    let clocks = clocks(|_| {});
    let (mut wrong, mut wild, mut seconds) = (Vec::new(), 0, 0);
    for (number, sitting) in sittings(&clocks).filter(|(_, sitting)| with_hands(sitting)).take(PICTURES) {
        let made = sitting.about();
        let row = Row::of(&made);
        let mask = sitting.mask();
        let read = row.read(&mask);
        let bounds = reader::bounds(dial_of(&made, &mask));
        if let Err(why) = row.wrong(&read, bounds) {
            let kind = made.watch.body.kind().slug();
            wrong.push(format!("task {number}, {kind}, {}: {why}", made.choice.moment.iso()));
        }
        wild += usize::from(sitting.wild);
        seconds += usize::from(read[2].is_some());
    }
    none_wrong(&wrong, PICTURES);
    assert!((2_000..3_000).contains(&wild), "{wild} are wild");
    assert!(seconds > 3_000, "{seconds} have second hands");
}
