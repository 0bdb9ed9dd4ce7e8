//! Questions for what follows from the time or the place of the hands: spans, other times, angles.

use pixmo_render::Rng;

use super::{DIAL_MINUTES, Kind, Question, Seen, Sight, minutes, on_dial, wording};

/// How many minutes questions go forth and back.
const STEPS: &[u32] =
    &[5, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 75, 90, 100, 105, 120, 150, 180];
/// Angles are asked to the nearest of these.
const ANGLE_STEP_DEGREES: f64 = 10.0;
/// An angle so near to the middle between two steps is not asked for.
const ANGLE_MARGIN_DEGREES: f64 = 1.5;
/// A hand so near to the middle between two hour positions is not asked for.
const MARK_MARGIN_DEGREES: f64 = 4.0;

/// Minutes until the next full hour, 1 to 60.
pub(super) fn until_hour(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let left = 60 - u32::from(seen.moment.minute());
    Some(seen.question(wording::UNTIL_HOUR, minutes(left), Kind::UntilHour, rng))
}

/// Minutes until a time in the next two hours, a multiple of five minutes.
pub(super) fn span(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let now = seen.minute_of_dial();
    let first = now / 5 * 5 + 5;
    let then = first + 5 * rng.below(24) as u32;
    let mut asked = seen.question(wording::SPAN, minutes(then - now), Kind::Span, rng);
    asked.question = asked.question.replace("{time}", &on_dial(then));
    Some(asked)
}

/// The time some minutes later.
pub(super) fn later(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let step = *rng.pick(STEPS);
    let then = on_dial(seen.minute_of_dial() + step);
    let mut asked = seen.question(wording::LATER, then, Kind::Later, rng);
    asked.question = asked.question.replace("{n}", &step.to_string());
    Some(asked)
}

/// The time some minutes earlier.
pub(super) fn earlier(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let step = *rng.pick(STEPS);
    let then = on_dial(seen.minute_of_dial() + DIAL_MINUTES - step);
    let mut asked = seen.question(wording::EARLIER, then, Kind::Earlier, rng);
    asked.question = asked.question.replace("{n}", &step.to_string());
    Some(asked)
}

/// The smaller angle between the hands, as they stand in the picture.
pub(super) fn angle(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let Sight::Hands { .. } = seen.sight else { return None };
    let angles = seen.moment.angles(seen.shows.movement);
    let turn = (angles.hour - angles.minute).abs();
    let apart = turn.min(360.0 - turn);
    let steps = (apart / ANGLE_STEP_DEGREES).round();
    let from_step = (apart - steps * ANGLE_STEP_DEGREES).abs();
    let is_clear = from_step <= ANGLE_STEP_DEGREES / 2.0 - ANGLE_MARGIN_DEGREES;
    let answer = format!("{} degrees", (steps * ANGLE_STEP_DEGREES) as u32);
    is_clear.then(|| seen.question(wording::ANGLE, answer, Kind::Angle, rng))
}

/// The hour position that a hand is nearest to.
pub(super) fn mark(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let Sight::Hands { second } = seen.sight else { return None };
    let angles = seen.moment.angles(seen.shows.movement);
    let mut hands = vec![("hour", angles.hour), ("minute", angles.minute)];
    if second && seen.shows.seconds {
        hands.push(("second", angles.second));
    }
    let (hand, angle) = *rng.pick(&hands);
    let steps = (angle / 30.0).round();
    let is_clear = (angle - steps * 30.0).abs() <= 15.0 - MARK_MARGIN_DEGREES;
    let answer = match steps as u32 % 12 {
        0 => 12,
        hour => hour,
    };
    let mut asked = seen.question(wording::MARK, answer.to_string(), Kind::Mark, rng);
    asked.question = asked.question.replace("{hand}", hand);
    is_clear.then_some(asked)
}
