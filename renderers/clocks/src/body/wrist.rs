//! Watches that are worn on the wrist: case, lugs, crown.

use pixmo_render::{Color, PathBuilder, Rng};
use serde::{Deserialize, Serialize};

use super::Body;
use super::bezel::Bezel;
use super::material::Material;
use super::parts::{MIDDLE, at, facet, polygons, slab, smooth};
use super::strap::{Run, Weave};
use crate::space::{Canvas, Outline, placed, polar};

/// What joins the case to the strap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Lugs {
    /// None: the strap goes on where the case ends.
    None,
    /// Two straight horns on each side.
    Straight,
    /// Horns that narrow to a tip.
    Horned,
    /// Drops.
    Drop,
    /// A bent wire.
    Wire,
    /// Short and wide, as wide as the strap and more.
    Broad,
    /// The case narrows to the width of the strap.
    Integrated,
}

/// What lies about the dial and its bezel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Shell {
    /// The outline of the dial.
    Follows,
    /// A cushion.
    Cushion,
    /// A barrel.
    Barrel,
    /// A guard of resin.
    Guard,
}

/// The crown and what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Crown {
    /// Where, in degrees clockwise from 12.
    pub(super) at: f64,
    /// How large; 1 is usual.
    pub(super) size: f32,
    /// How many pushers stand beside it, 0 to 2.
    pub(super) pushers: u8,
    /// Whether shoulders of the case guard it.
    pub(super) guarded: bool,
}

impl Crown {
    /// A crown at the right, rarely elsewhere.
    pub(super) fn drawn(rng: &mut Rng) -> Crown {
        let at = [90.0, 120.0, 60.0, 270.0][rng.weighted(&[16.0, 1.6, 0.8, 0.8])];
        Crown { at, size: rng.range32(0.8, 1.15), pushers: 0, guarded: rng.chance(0.3) }
    }
}

/// Sizes that follow from the parameters.
struct Case {
    /// How far the case goes beyond the dial.
    grow: f32,
    /// Half its height.
    high: f32,
    /// Half its width.
    wide: f32,
    /// Half the width of the strap.
    strap: f32,
    /// How far lugs reach from the middle.
    tip: f32,
}

fn case(body: &Body) -> Case {
    let grow = body.bezel.width(body.weight) + 3.0 + 3.0 * body.weight;
    let extra = match body.shell {
        Shell::Follows => 0.0,
        Shell::Cushion => 3.0,
        Shell::Barrel => 10.0,
        Shell::Guard => 26.0,
    };
    let high = body.outline.reach(0.0) + grow + extra;
    let wide = body.outline.reach(90.0) + grow + if body.shell == Shell::Barrel { 4.0 } else { extra };
    let share = match (body.outline, body.lugs) {
        (_, Lugs::Integrated) => 0.62,
        (Outline::Rectangle { .. } | Outline::Tonneau { .. }, _) => 0.8,
        (_, Lugs::Broad) => 0.68,
        (_, Lugs::None) => 0.5,
        _ => 0.55 - 0.04 * body.weight,
    };
    let strap = wide * share;
    let tip = high
        + match body.lugs {
            Lugs::None => 2.0,
            Lugs::Straight => 13.0,
            Lugs::Horned => 17.0,
            Lugs::Drop => 14.0,
            Lugs::Wire => 11.0,
            Lugs::Broad => 13.0,
            Lugs::Integrated => 20.0,
        };
    Case { grow, high, wide, strap, tip }
}

/// Draws strap, case and bezel.
pub(super) fn watch(body: &Body, canvas: &mut Canvas) {
    let case = case(body);
    let long = if body.strap.weave == Weave::Mesh { 62.0 } else { 66.0 };
    for side in [-1.0, 1.0] {
        let inner = if body.lugs == Lugs::Integrated { case.tip - 6.0 } else { case.high * 0.72 };
        let seen = if body.lugs == Lugs::Integrated { case.tip } else { case.high + 2.0 };
        let run = Run { half: case.strap, from: inner, seen, to: case.tip + long, side };
        body.strap.draw(&run, canvas);
    }
    crown(body, &case, canvas);
    lugs(body, &case, canvas);
    shell(body, &case, canvas);
    let tint = body.ground;
    body.bezel.draw(&body.outline, body.weight, (&body.trim, tint), canvas);
    // The slope between bezel and dial lies in the shade of the bezel.
    canvas.fill(body.outline.path(1.6), body.trim.shade(-0.5));
}

fn shell(body: &Body, case: &Case, canvas: &mut Canvas) {
    let metal = &body.main;
    let reach = 100.0 + case.grow;
    match body.shell {
        Shell::Follows => {
            canvas.fill(body.outline.path(case.grow), metal.raised(reach));
            canvas.fill(body.outline.path(case.grow - 1.5), metal.about(reach));
        }
        Shell::Cushion => {
            let grow = reach - 86.0;
            canvas.fill(Outline::Cushion.path(grow), metal.raised(reach));
            canvas.fill(Outline::Cushion.path(grow - 2.0), metal.about(reach));
            canvas.disc(MIDDLE, 100.0 + body.bezel.width(body.weight) + 1.6, metal.shade(-0.45));
        }
        Shell::Barrel => {
            let path = |d: f32| {
                let (w, h) = (case.wide - d, case.high - d);
                smooth(&[
                    (-w * 0.6, -h),
                    (w * 0.6, -h),
                    (w * 1.08, -h * 0.7),
                    (w * 1.03, h * 0.7),
                    (w * 1.03, h * 0.7),
                    (w * 0.6, h),
                    (-w * 0.6, h),
                    (-w * 1.03, h * 0.7),
                    (-w * 1.03, h * 0.7),
                    (-w * 1.08, -h * 0.7),
                ])
            };
            canvas.fill(path(0.0), metal.raised(reach));
            canvas.fill(path(2.0), metal.about(reach));
            canvas.disc(MIDDLE, 100.0 + body.bezel.width(body.weight) + 1.6, metal.shade(-0.45));
        }
        Shell::Guard => guard(body, case, canvas),
    }
}

/// The resin guard of a watch that may fall.
fn guard(body: &Body, case: &Case, canvas: &mut Canvas) {
    let stuff = &body.main;
    let r = 100.0 + case.grow;
    let frame = |d: f32| {
        let (w, h, c) = (r + 20.0 - d, r + 24.0 - d, r * 0.58);
        facet(&[
            (-c, -h),
            (c, -h),
            (w * 0.86, -h * 0.76),
            (w, -h * 0.3),
            (w, h * 0.3),
            (w * 0.86, h * 0.76),
            (c, h),
            (-c, h),
            (-w * 0.86, h * 0.76),
            (-w, h * 0.3),
            (-w, -h * 0.3),
            (-w * 0.86, -h * 0.76),
        ])
    };
    canvas.fill(frame(0.0), stuff.raised(r + 20.0));
    canvas.fill(frame(4.0), stuff.about(r + 20.0));
    canvas.disc(MIDDLE, r + 7.0, stuff.shade(-0.4));
    canvas.disc(MIDDLE, r + 5.0, stuff.hollow(r));
    for degrees in [0.0, 90.0, 180.0, 270.0] {
        for (d, paint) in [(0.0, stuff.shade(0.22)), (2.0, stuff.shade(-0.05))] {
            canvas.shape(
                MIDDLE,
                degrees,
                &[
                    (-24.0 + d, r + 1.0 + d),
                    (24.0 - d, r + 1.0 + d),
                    (30.0 - d, r + 17.0 - d),
                    (-30.0 + d, r + 17.0 - d),
                ],
                paint,
            );
        }
    }
    for (degrees, word) in [(0.0, "RESIST"), (180.0, "20 BAR")] {
        let turn = if degrees > 90.0 { 0.0 } else { degrees };
        super::parts::print(
            canvas,
            word,
            "Exo 2",
            (10.0, stuff.base.ink().faded(0.75)),
            (polar(degrees, r + 9.0), turn),
        );
    }
}

fn lugs(body: &Body, case: &Case, canvas: &mut Canvas) {
    let metal = &body.main;
    let (s, tip) = (case.strap, case.tip);
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
        // Where the case is beside a lug.
        let edge = |along: f32| {
            let share = (along / case.wide).min(0.98);
            if matches!(body.outline, Outline::Round | Outline::Octagon) && body.shell == Shell::Follows {
                case.high * libm::sqrtf(1.0 - share * share)
            } else {
                case.high * 0.7
            }
        };
        let mut path = PathBuilder::new();
        let wide = match body.lugs {
            Lugs::None => continue,
            Lugs::Straight => {
                let o = (s + 16.0).min(case.wide * 0.97);
                path.move_to((s - 1.0) * x, (edge(s) - 12.0) * y);
                path.line_to((s + 0.5) * x, (tip - 3.0) * y);
                path.quad_to((s + 0.5) * x, tip * y, (s + 3.5) * x, tip * y);
                path.line_to((o - 4.0) * x, (tip - 1.0) * y);
                path.quad_to(o * x, (tip - 2.0) * y, (o + 1.0) * x, (edge(o) - 14.0).min(tip - 8.0) * y);
                o - s
            }
            Lugs::Horned | Lugs::Broad => {
                let o = (s + if body.lugs == Lugs::Broad { 26.0 } else { 30.0 }).min(case.wide * 0.985);
                path.move_to((s - 1.0) * x, (edge(s) - 12.0) * y);
                path.quad_to((s - 0.5) * x, (case.high + 4.0) * y, s * x, (tip - 2.0) * y);
                path.quad_to((s + 0.5) * x, tip * y, (s + 4.0) * x, (tip - 0.5) * y);
                path.quad_to((s + 8.0) * x, (tip - 2.0) * y, (s + 11.0) * x, (tip - 9.0) * y);
                path.quad_to((s + 18.0) * x, (edge(s + 16.0) + 6.0) * y, o * x, (edge(o) - 6.0) * y);
                path.line_to((s + 4.0) * x, (edge(s) - 20.0) * y);
                o - s
            }
            Lugs::Drop => {
                path.move_to((s + 1.0) * x, (edge(s) - 10.0) * y);
                path.cubic_to(
                    (s - 1.0) * x,
                    (tip - 12.0) * y,
                    (s - 3.0) * x,
                    tip * y,
                    (s + 6.0) * x,
                    tip * y,
                );
                path.cubic_to(
                    (s + 16.0) * x,
                    tip * y,
                    (s + 16.0) * x,
                    (tip - 12.0) * y,
                    (s + 12.0) * x,
                    (edge(s + 12.0) - 8.0) * y,
                );
                14.0
            }
            Lugs::Wire => {
                path.move_to((s + 1.0) * x, (edge(s) - 6.0) * y);
                path.line_to((s + 1.0) * x, tip * y);
                path.line_to((s + 6.0) * x, (tip - 2.0) * y);
                path.line_to((s + 7.0) * x, (edge(s + 7.0) - 6.0) * y);
                6.0
            }
            Lugs::Integrated => {
                path.move_to(0.0, (case.high - 30.0) * y);
                path.line_to(0.0, tip * y);
                path.line_to(s * x, tip * y);
                path.line_to((s + 7.0) * x, (tip - 8.0) * y);
                path.line_to(case.wide * 0.9 * x, edge(case.wide * 0.9).min(case.high * 0.55) * y);
                s
            }
        };
        path.close();
        let (from, to) = if body.lugs == Lugs::Integrated {
            (at(-s - 8.0, -tip), at(s + 8.0, tip))
        } else {
            let (a, b) = (s * x, (s + wide) * x);
            (at(a.min(b), 0.0), at(a.max(b), 0.0))
        };
        let paint = if body.lugs == Lugs::Integrated { metal.across(from, to) } else { metal.rod(from, to) };
        canvas.fill(path.finish(), paint);
    }
    if body.lugs == Lugs::Integrated {
        for y in [-1.0, 1.0] {
            let line = slab(-s + 1.0, (tip - 1.4) * y - 0.6, s - 1.0, (tip - 1.4) * y + 0.6, 0.0);
            canvas.fill(line, metal.shade(-0.6));
        }
    }
}

fn crown(body: &Body, case: &Case, canvas: &mut Canvas) {
    let crown = &body.crown;
    let metal = &body.main;
    let turn = crown.at;
    let edge = match body.shell {
        Shell::Follows => body.outline.reach(turn) + case.grow,
        Shell::Cushion if turn.rem_euclid(90.0) > 20.0 => 100.0 + case.grow + 12.0,
        _ if turn.rem_euclid(180.0) < 20.0 => case.high,
        _ => case.wide,
    };
    if crown.guarded {
        for side in [-1.0, 1.0] {
            let across = 11.0 * crown.size + 5.0;
            let corners = [
                (side * (across - 5.0), edge - 20.0),
                (side * (across - 5.0), edge + 4.0),
                (side * across, edge + 5.0),
                (side * (across + 22.0), edge - 14.0),
            ];
            canvas.shape(MIDDLE, turn, &corners, metal.about(edge));
        }
    }
    for pusher in 0..crown.pushers {
        let beside = if pusher == 0 { -30.0 } else { 30.0 };
        let degrees = turn + beside;
        let base =
            if body.shell == Shell::Follows { body.outline.reach(degrees) + case.grow } else { edge + 2.0 };
        knob(canvas, metal, degrees, (base - 4.0, base + 5.0), 4.2);
        knob(canvas, metal, degrees, (base + 4.5, base + 12.0), 7.6);
    }
    let (w, out) = (12.0 * crown.size, 15.0 * crown.size);
    knob(canvas, metal, turn, (edge - 5.0, edge + 3.0), w * 0.62);
    let onion = crown.size > 1.3;
    if onion {
        let corners: [(f32, f32); 6] = [
            (-w * 0.5, edge + 2.0),
            (-w, edge + out * 0.55),
            (-w * 0.8, edge + out),
            (w * 0.8, edge + out),
            (w, edge + out * 0.55),
            (w * 0.5, edge + 2.0),
        ];
        let (from, to) = (placed(MIDDLE, turn, (-w, edge)), placed(MIDDLE, turn, (w, edge)));
        canvas.shape(MIDDLE, turn, &corners, metal.rod(from, to));
    } else {
        knob(canvas, metal, turn, (edge + 2.0, edge + out), w);
    }
    let flutes = (-3..=3).map(|n| {
        let across = n as f32 * w * 0.27;
        let p = |a: f32, o: f32| placed(MIDDLE, turn, (a, o));
        // Those of an onion follow its sides.
        let waist = if onion { [0.5, 1.0, 0.8] } else { [1.0; 3] };
        let outs = [edge + 3.0, edge + out * 0.55, edge + out - 1.5];
        let side = |by: f32| (0..3).map(move |at| (across * waist[at] + by, outs[at]));
        side(-0.5).chain(side(0.5).rev()).map(|(a, o)| p(a, o)).collect()
    });
    canvas.fill(polygons(flutes), metal.shade(-0.6).faded(0.7));
}

/// A cylinder that points away from the middle.
pub(super) fn knob(canvas: &mut Canvas, metal: &Material, degrees: f64, (from, to): (f32, f32), half: f32) {
    let bevel = (half * 0.2).min(1.6);
    let corners = [
        (-half, from),
        (-half, to - bevel),
        (-half + bevel, to),
        (half - bevel, to),
        (half, to - bevel),
        (half, from),
    ];
    let (a, b) = (placed(MIDDLE, degrees, (-half, from)), placed(MIDDLE, degrees, (half, from)));
    // The lit side is that of the upper left.
    let (a, b) = if a.x + a.y <= b.x + b.y { (a, b) } else { (b, a) };
    canvas.shape(MIDDLE, degrees, &corners, metal.rod(a, b));
}

/// The bangle of a watch without a strap: two bows of metal.
pub(super) fn bangle(body: &Body, canvas: &mut Canvas) {
    let case = case(body);
    let metal = &body.main;
    for side in [-1.0, 1.0] {
        let (h, end) = (case.strap * 0.62, case.high + 82.0);
        let mut path = PathBuilder::new();
        path.move_to(-h * 1.3, case.high * 0.7 * side);
        path.line_to(h * 1.3, case.high * 0.7 * side);
        path.quad_to(h * 0.9, (case.high + 20.0) * side, h * 0.82, end * side);
        path.quad_to(0.0, (end + 4.0) * side, -h * 0.82, end * side);
        path.quad_to(-h * 0.9, (case.high + 20.0) * side, -h * 1.3, case.high * 0.7 * side);
        path.close();
        let path = path.finish();
        canvas.fill(path.clone(), metal.rod(at(-h, 0.0), at(h, 0.0)));
        let groove = facet(&[
            (-h * 0.2, case.high * side),
            (h * 0.2, case.high * side),
            (h * 0.15, (end - 4.0) * side),
            (-h * 0.15, (end - 4.0) * side),
        ]);
        canvas.fill(groove, metal.hollow(60.0));
        let (from, to) = (at(0.0, (case.high + 10.0) * side), at(0.0, end * side));
        canvas.fill(path, super::parts::fade(from, to, Color::rgb(8, 8, 10), 0.0, 0.7));
    }
    crown(body, &case, canvas);
    shell(body, &case, canvas);
    body.bezel.draw(&body.outline, body.weight, (&body.trim, body.ground), canvas);
    canvas.fill(body.outline.path(1.6), body.trim.shade(-0.5));
}

/// The bezel that goes with a kind at most.
pub(super) fn bezel_of(rng: &mut Rng) -> Bezel {
    *rng.pick(&[Bezel::Polished, Bezel::Thin, Bezel::Stepped, Bezel::Coin, Bezel::Polished])
}
