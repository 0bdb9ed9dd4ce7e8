//! All times of half a day, and which of them explains most.

use super::rays::Rays;
use super::{ANGLES, ROWS, Reading, STEP, between, distance};

/// Hours of a dial.
const HOURS: usize = 12;
/// How much the look counts that takes only what stands out most for hands, beside the other one: under blur, one of two hands
/// often stands out more than the other.
const STRONG_COUNTS: f32 = 0.8;
/// Steps that the hour hand may stand from where the minutes want it, and what each costs.
const ASKEW: [isize; 7] = [0, -1, 1, -2, 2, -3, 3];
const ASKEW_COSTS: f32 = 0.4;
/// An hour hand costs this much, so that specks are none.
const HAND_COSTS: f32 = 8.0;
/// One that stands at the full hour costs this much more: few clocks have such.
const JUMPED_COSTS: f32 = 22.0;
/// What a unit costs by which a hand is longer than the hour hand can be.
const BEYOND_COSTS: f32 = 2.5;
/// The hour hand is shorter than the minute hand by this many units at least.
const SHORTER: f32 = 9.0;
/// Its length as a share of the minute hand's, and what a unit less costs.
const SHARE: (f32, f32) = (0.42, 0.79);
const SHORT_COSTS: f32 = 2.0;
/// Hands that stand nearer to each other, in degrees, may cover each other.
const CLOSE: f32 = 22.0;

/// The time that explains most of what both looks at a dial show.
pub(super) fn best(looks: &[Rays; 2]) -> Reading {
    let explains = |hour: usize, minute: usize| {
        let [faint, strong] = looks.each_ref().map(|rays| rays.whole(minute) + hour_hand(rays, hour, minute));
        (faint + STRONG_COUNTS * strong) / (1.0 + STRONG_COUNTS)
    };
    let all: Vec<f32> = (0..HOURS)
        .flat_map(|hour| (0..ANGLES).map(move |minute| (hour, minute)))
        .map(|(hour, minute)| explains(hour, minute))
        .collect();
    // The first of several that are equal.
    let (first, most) = all
        .iter()
        .enumerate()
        .fold((0, f32::MIN), |held, (n, value)| if *value > held.1 { (n, *value) } else { held });
    // Minutes since 12 o'clock are twelfths of steps; the circle of half a day has 12 * 720 of them.
    let near = |n: usize| {
        let apart = n.abs_diff(first);
        apart.min(HOURS * ANGLES - apart) <= 24
    };
    let others = all.iter().enumerate().filter(|(n, _)| !near(*n)).map(|(_, value)| *value);
    let other = others.fold(f32::MIN, f32::max);
    let confidence = f64::from((most - other) / most.max(20.0)).clamp(0.0, 1.0);
    Reading { hour: (first / ANGLES) as u32, minute: (first % ANGLES) as f64 / 12.0, confidence }
}

/// What the hour hand explains beside a minute hand at an angle.
fn hour_hand(rays: &Rays, hour: usize, minute: usize) -> f32 {
    let length = distance(rays.tip[minute]);
    // The last row that it may reach.
    let most = (length - SHORTER).min(SHARE.1 * length);
    let row = ((most - distance(0)).ceil().max(0.0) as usize).min(ROWS - 1);
    let short = |angle: usize| {
        SHORT_COSTS * (SHARE.0 * length - distance(rays.end(row, angle))).max(0.0) + HAND_COSTS
    };
    let full = hour * ANGLES / HOURS;
    let straight = full + (minute as f32 / 12.0).round_ties_even() as usize;
    let askew = |by: isize| straight.wrapping_add(ANGLES).wrapping_add_signed(by) % ANGLES;
    if between(straight % ANGLES, minute) < CLOSE {
        return [0, -2, 2]
            .map(|by: isize| {
                let angle = askew(by);
                let shown = (between(angle, minute) / CLOSE).min(1.0);
                rays.beside(row, angle, minute, BEYOND_COSTS) - shown * short(angle) - costs(by)
            })
            .into_iter()
            .fold(f32::MIN, f32::max);
    }
    // Of those a little askew, the one that shows most; its length is looked at afterwards.
    let shown = ASKEW.map(|by| (rays.part(row, askew(by), BEYOND_COSTS) - costs(by), askew(by)));
    let (shown, angle) = shown
        .into_iter()
        .reduce(|held, next| if next.0 > held.0 { next } else { held })
        .unwrap_or((0.0, straight % ANGLES));
    let moving = shown - short(angle);
    if between(full, minute) < CLOSE {
        return moving;
    }
    moving.max(rays.part(row, full, BEYOND_COSTS) - short(full) - JUMPED_COSTS)
}

fn costs(askew: isize) -> f32 {
    ASKEW_COSTS * askew.unsigned_abs() as f32
}

const _: () = assert!(ANGLES as f32 * STEP == 360.0, "the angles go around once");
