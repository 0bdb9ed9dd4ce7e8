//! Clocks that stand on tables, desks and shelves.

use pixmo_render::{Color, PathBuilder};

use super::Body;
use super::material::{Finish, Material};
use super::parts::{MIDDLE, at, facet, fade, marks, print, slab};
use super::wall::rim;
use super::wrist::knob;
use crate::space::{Canvas, polar};

/// A block between two heights, lit from above.
pub(super) fn block(
    canvas: &mut Canvas,
    stuff: &Material,
    (l, t, r, b): (f32, f32, f32, f32),
    round: f32,
    grain: u32,
) {
    canvas.fill(slab(l, t, r, b, round), stuff.shade(-0.4));
    let path = slab(l + 0.8, t + 0.8, r - 0.8, b - 1.8, round);
    canvas.fill(path, stuff.across(at(l, t), at(r, b)));
    stuff.texture(canvas, &pixmo_render::Rect::new(l + 2.0, t + 2.0, r - 2.0, b - 2.0), false, grain);
    canvas.fill(slab(l + 2.0 + round, t + 1.0, r - 2.0 - round, t + 2.6, 0.8), stuff.shade(0.5).faded(0.6));
}

/// A bowed wooden back that runs out to both sides.
pub(super) fn mantel(body: &Body, canvas: &mut Canvas) {
    let wood = &body.main;
    let wide = 210.0 + 40.0 * body.weight;
    let hump = |d: f32| {
        let mut path = PathBuilder::new();
        path.move_to(-wide + d, 128.0);
        path.line_to(-wide + d, 100.0 + d);
        path.cubic_to(-150.0, 86.0 + d, -150.0, -132.0 + d, 0.0, -132.0 + d);
        path.cubic_to(150.0, -132.0 + d, 150.0, 86.0 + d, wide - d, 100.0 + d);
        path.line_to(wide - d, 128.0);
        path.close();
        path.finish()
    };
    canvas.fill(hump(0.0), wood.shade(-0.45));
    canvas.fill(hump(3.0), wood.across(at(-wide * 0.6, -110.0), at(wide * 0.6, 128.0)));
    wood.texture_in(canvas, hump(3.0), false, body.grain);
    block(canvas, wood, (-wide - 10.0, 124.0, wide + 10.0, 150.0), 3.0, body.grain + 1);
    for x in [-wide + 24.0, wide - 24.0] {
        canvas
            .fill(slab(x - 14.0, 149.0, x + 14.0, 158.0, 3.0), body.trim.rod(at(0.0, 149.0), at(0.0, 158.0)));
    }
    rim(canvas, &body.trim, 113.0, 101.0);
}

/// A brass frame with glass sides and a handle.
pub(super) fn carriage(body: &Body, canvas: &mut Canvas) {
    let brass = &body.main;
    let mut handle = PathBuilder::new();
    handle.move_to(-66.0, -150.0);
    handle.cubic_to(-76.0, -224.0, 76.0, -224.0, 66.0, -150.0);
    handle.line_to(54.0, -150.0);
    handle.cubic_to(58.0, -206.0, -58.0, -206.0, -54.0, -150.0);
    handle.close();
    canvas.fill(handle.finish(), brass.across(at(-60.0, -206.0), at(60.0, -150.0)));
    let low = 176.0 + 14.0 * body.weight;
    canvas.fill(slab(-122.0, -140.0, 122.0, low, 0.0), Color::rgb(52, 42, 34));
    canvas.fill(
        slab(-104.0, -124.0, 104.0, low - 10.0, 0.0),
        if body.variant.is_multiple_of(2) { Color::rgb(236, 232, 220) } else { brass.shade(0.05) },
    );
    canvas.fill(slab(-104.0, -124.0, 104.0, -112.0, 0.0), Color::BLACK.faded(0.12));
    for x in [-122.0, 108.0] {
        canvas.fill(slab(x, -140.0, x + 14.0, low, 2.0), brass.rod(at(x, 0.0), at(x + 14.0, 0.0)));
        for y in [-128.0, low - 20.0] {
            canvas.fill(slab(x - 2.0, y, x + 16.0, y + 8.0, 3.0), brass.rod(at(0.0, y), at(0.0, y + 8.0)));
        }
    }
    canvas.fill(slab(-134.0, -156.0, 134.0, -136.0, 4.0), brass.rod(at(0.0, -156.0), at(0.0, -136.0)));
    canvas.fill(
        slab(-136.0, low - 4.0, 136.0, low + 12.0, 3.0),
        brass.rod(at(0.0, low - 4.0), at(0.0, low + 12.0)),
    );
    canvas.fill(
        slab(-146.0, low + 11.0, 146.0, low + 28.0, 4.0),
        brass.rod(at(0.0, low + 11.0), at(0.0, low + 28.0)),
    );
    // A line engraved about the plate.
    for (y, top) in [(-118.0, true), (low - 16.0, false)] {
        let out = if top { 1.0 } else { -1.0 };
        canvas.fill(slab(-98.0, y, 98.0, y + 0.8, 0.0), brass.shade(-0.3));
        for x in [-98.0, 97.2] {
            canvas
                .fill(slab(x, y.min(y + 10.0 * out), x + 0.8, y.max(y + 10.0 * out), 0.0), brass.shade(-0.3));
        }
    }
    canvas.disc(MIDDLE, 103.0, brass.hollow(103.0));
}

/// A round alarm clock with two bells, a hammer and legs.
pub(super) fn twin_bell(body: &Body, canvas: &mut Canvas) {
    let (paint, metal) = (&body.main, &body.trim);
    let r = 114.0 + 8.0 * body.weight;
    for x in [-1.0, 1.0] {
        let turn = if x > 0.0 { 142.0 } else { 218.0 };
        knob(canvas, metal, turn, (r - 10.0, r + 34.0), 6.0);
        let foot = polar(turn, r + 36.0);
        canvas.disc(foot, 8.5, metal.ball(foot, 8.5));
        let lean = if x > 0.0 { 33.0 } else { -33.0 };
        knob(canvas, metal, lean, (r - 4.0, r + 20.0), 4.0);
        let bell: Vec<_> = (0..=20)
            .map(|n| {
                let t = -90.0 + 9.0 * f64::from(n);
                let p = polar(t, 47.0);
                crate::space::placed(MIDDLE, lean, (p.x, r + 12.0 - p.y * 0.92))
            })
            .collect();
        let center = crate::space::placed(MIDDLE, lean, (0.0, r + 26.0));
        canvas.polygon(&bell, metal.ball(center, 46.0));
        canvas.shape(
            MIDDLE,
            lean,
            &[(-48.5, r + 9.0), (48.5, r + 9.0), (47.0, r + 15.0), (-47.0, r + 15.0)],
            metal.shade(-0.35),
        );
        let top = crate::space::placed(MIDDLE, lean, (0.0, r + 58.0));
        canvas.disc(top, 6.0, metal.ball(top, 6.0));
    }
    canvas.fill(slab(-3.0, -r - 52.0, 3.0, -r + 4.0, 1.0), metal.rod(at(-3.0, 0.0), at(3.0, 0.0)));
    canvas.fill(slab(-13.0, -r - 64.0, 13.0, -r - 46.0, 7.0), metal.ball(at(0.0, -r - 55.0), 14.0));
    rim(canvas, paint, r + 3.0, 106.0);
    canvas.ring(MIDDLE, 107.0, 99.5, metal.about(107.0));
}

/// A clock in a leather case that stands open.
pub(super) fn travel(body: &Body, canvas: &mut Canvas) {
    let hide = &body.main;
    let (w, h) = (134.0, body.outline.reach(0.0) + 32.0);
    let lid = facet(&[(-w + 6.0, -h), (w - 6.0, -h), (w - 22.0, -h - 40.0), (-w + 22.0, -h - 40.0)]);
    canvas.fill(lid, super::parts::ramp(at(0.0, -h - 40.0), at(0.0, -h), hide.shade(-0.2), hide.shade(-0.6)));
    canvas.fill(
        facet(&[(-w + 4.0, h - 4.0), (w - 4.0, h - 4.0), (w + 14.0, h + 40.0), (-w - 14.0, h + 40.0)]),
        super::parts::ramp(at(0.0, h), at(0.0, h + 40.0), hide.shade(-0.5), hide.shade(0.1)),
    );
    canvas.fill(slab(-w, -h, w, h, 16.0), hide.raised(150.0));
    canvas.fill(slab(-w + 3.0, -h + 3.0, w - 3.0, h - 3.0, 14.0), hide.across(at(-w, -h), at(w, h)));
    let thread = hide.shade(0.4);
    let rows = 28;
    let stitches = (0..rows).flat_map(|n| {
        let (x, y) = (-w + 14.0 + (2.0 * w - 28.0) * (n as f32 + 0.3) / rows as f32, h - 9.0);
        let (v, u) = (-h + 14.0 + (2.0 * h - 28.0) * (n as f32 + 0.3) / rows as f32, w - 9.0);
        let bar = |l: f32, t: f32, wide: f32, high: f32| {
            vec![at(l, t), at(l + wide, t), at(l + wide, t + high), at(l, t + high)]
        };
        [bar(x, y, 5.0, 1.5), bar(x, -y, 5.0, 1.5), bar(u, v, 1.5, 4.4), bar(-u, v, 1.5, 4.4)]
    });
    canvas.fill(super::parts::polygons(stitches), thread);
    let brass = &body.trim;
    canvas.fill(body.outline.path(14.0), brass.raised(114.0));
    canvas.fill(body.outline.path(12.0), brass.about(114.0));
    canvas.fill(body.outline.path(4.0), brass.hollow(104.0));
    canvas.fill(slab(-14.0, h - 8.0, 14.0, h + 2.0, 3.0), brass.rod(at(0.0, h - 8.0), at(0.0, h + 2.0)));
}

/// A cube, seen a little from above.
pub(super) fn cube(body: &Body, canvas: &mut Canvas) {
    let stuff = &body.main;
    let (w, deep) = (124.0 + 8.0 * body.weight, 34.0);
    canvas
        .fill(facet(&[(-w, -w), (w, -w), (w - 18.0, -w - deep), (-w + 18.0, -w - deep)]), stuff.shade(0.28));
    block(canvas, stuff, (-w, -w, w, w), 6.0, body.grain);
    if body.variant.is_multiple_of(2) {
        let button = Material::new(Finish::Matt, body.ground);
        canvas.fill(slab(-44.0, -w - deep * 0.72, 44.0, -w - deep * 0.3, 8.0), button.shade(-0.4));
        canvas.fill(
            slab(-44.0, -w - deep * 0.82, 44.0, -w - deep * 0.4, 8.0),
            button.across(at(-44.0, -w - deep), at(44.0, -w)),
        );
    }
    canvas.fill(body.outline.path(6.0), stuff.shade(-0.5));
    canvas.fill(body.outline.path(5.0), body.trim.about(105.0));
    canvas.fill(body.outline.path(1.5), body.trim.hollow(102.0));
}

/// An arched wooden case.
pub(super) fn bracket(body: &Body, canvas: &mut Canvas) {
    let wood = &body.main;
    let (w, low) = (128.0, 172.0);
    let case = |d: f32| {
        let mut path = PathBuilder::new();
        path.move_to(-w + d, low);
        path.line_to(-w + d, -40.0);
        path.cubic_to(-w + d, -190.0 + d, w - d, -190.0 + d, w - d, -40.0);
        path.line_to(w - d, low);
        path.close();
        path.finish()
    };
    hoop_handle(body, canvas);
    canvas.fill(case(0.0), wood.shade(-0.45));
    canvas.fill(case(3.0), wood.across(at(-w, -150.0), at(w, low)));
    wood.texture_in(canvas, case(3.0), true, body.grain);
    block(canvas, wood, (-w - 8.0, low - 26.0, w + 8.0, low - 10.0), 2.0, body.grain + 3);
    block(canvas, wood, (-w - 18.0, low - 12.0, w + 18.0, low + 14.0), 3.0, body.grain + 4);
    for x in [-w - 4.0, w + 4.0] {
        let foot = at(x, low + 19.0);
        canvas.disc(foot, 9.0, body.trim.ball(foot, 9.0));
    }
    rim(canvas, &body.trim, 112.0, 101.0);
}

fn hoop_handle(body: &Body, canvas: &mut Canvas) {
    canvas.arc(at(0.0, -143.0), 30.0, -82.0, 82.0, body.trim.shade(-0.4), 8.0);
    canvas.arc(at(0.0, -143.0), 30.0, -80.0, 80.0, body.trim.shade(0.2), 5.5);
    canvas.arc(at(-0.8, -144.0), 30.0, -60.0, 10.0, body.trim.shade(0.8), 1.8);
}

/// A skeleton of brass under a glass dome.
pub(super) fn dome(body: &Body, canvas: &mut Canvas) {
    let brass = &body.main;
    let glass = |d: f32| {
        let mut path = PathBuilder::new();
        let w = 132.0 - d;
        path.move_to(-w, 250.0);
        path.line_to(-w, -20.0);
        path.cubic_to(-w, -200.0 + d, w, -200.0 + d, w, -20.0);
        path.line_to(w, 250.0);
        path.close();
        path.finish()
    };
    canvas.fill(glass(0.0), Color::rgb(214, 228, 232).faded(0.5));
    canvas.fill(glass(3.0), Color::rgb(120, 132, 138).faded(0.28));
    for x in [-58.0, 50.0] {
        canvas.fill(slab(x, 60.0, x + 8.0, 240.0, 2.0), brass.rod(at(x, 0.0), at(x + 8.0, 0.0)));
    }
    canvas.fill(slab(-1.2, 90.0, 1.2, 196.0, 0.0), brass.shade(-0.4));
    for x in [-34.0, -12.0, 12.0, 34.0] {
        let ball = at(x, 212.0);
        canvas.bar(at(0.0, 200.0), if x < 0.0 { 250.0 } else { 110.0 }, 0.0, x.abs(), 2.0, brass.shade(-0.3));
        canvas.disc(ball, 11.0, brass.ball(ball, 11.0));
    }
    for (w, t, b) in [(118.0, 234.0, 248.0), (140.0, 247.0, 262.0), (148.0, 260.0, 276.0)] {
        canvas.fill(slab(-w, t, w, b, 4.0), brass.rod(at(0.0, t), at(0.0, b)));
        canvas.fill(slab(-w, t, w, b, 4.0), fade(at(-w * 0.2, 0.0), at(w, 0.0), Color::BLACK, 0.0, 0.45));
    }
    canvas.fill(
        facet(&[(-116.0, -30.0), (-104.0, -60.0), (-104.0, 200.0), (-116.0, 220.0)]),
        Color::WHITE.faded(0.3),
    );
    rim(canvas, brass, 113.0, 101.0);
}

/// Columns and a gable of stone.
pub(super) fn temple(body: &Body, canvas: &mut Canvas) {
    let stone = &body.main;
    let w = 176.0 + 16.0 * body.weight;
    canvas.fill(
        facet(&[(-w - 8.0, -126.0), (0.0, -196.0), (w + 8.0, -126.0)]),
        stone.across(at(-w, -196.0), at(w, -126.0)),
    );
    canvas.fill(facet(&[(-w * 0.7, -134.0), (0.0, -180.0), (w * 0.7, -134.0)]), stone.shade(-0.2));
    block(canvas, stone, (-w - 12.0, -132.0, w + 12.0, -112.0), 0.0, body.grain);
    block(canvas, stone, (-w + 6.0, -114.0, w - 6.0, 122.0), 0.0, body.grain + 1);
    for x in [-w + 28.0, w - 28.0] {
        canvas.fill(
            slab(x - 15.0, -110.0, x + 15.0, 118.0, 0.0),
            body.trim.rod(at(x - 15.0, 0.0), at(x + 15.0, 0.0)),
        );
        for k in [-8.0, -2.0, 4.0, 10.0] {
            canvas.fill(slab(x + k - 0.8, -104.0, x + k + 0.8, 112.0, 0.0), body.trim.shade(-0.5).faded(0.5));
        }
        for y in [-114.0, 108.0] {
            canvas.fill(
                slab(x - 20.0, y, x + 20.0, y + 12.0, 2.0),
                body.trim.rod(at(0.0, y), at(0.0, y + 12.0)),
            );
        }
    }
    block(canvas, stone, (-w - 4.0, 118.0, w + 4.0, 136.0), 0.0, body.grain + 2);
    block(canvas, stone, (-w - 18.0, 134.0, w + 18.0, 156.0), 0.0, body.grain + 3);
    rim(canvas, &body.trim, 111.0, 101.0);
}

/// A round plastic clock with one button on top and two feet.
pub(super) fn round_alarm(body: &Body, canvas: &mut Canvas) {
    let paint = &body.main;
    let r = 118.0 + 10.0 * body.weight;
    for x in [-62.0, 62.0] {
        canvas.fill(slab(x - 20.0, r - 40.0, x + 20.0, r + 6.0, 8.0), paint.shade(-0.5));
    }
    let button = Material::new(Finish::Gloss, body.ground);
    canvas.fill(slab(-40.0, -r - 14.0, 40.0, -r + 20.0, 10.0), button.shade(-0.45));
    canvas.fill(
        slab(-39.0, -r - 14.0, 39.0, -r + 16.0, 9.0),
        button.across(at(-40.0, -r - 14.0), at(40.0, -r + 10.0)),
    );
    rim(canvas, paint, r, 101.0);
}

/// A timer with a wide ring to turn, and a clock in its middle.
pub(super) fn timer(body: &Body, canvas: &mut Canvas) {
    let paint = &body.main;
    let ink = paint.base.ink();
    canvas.fill(slab(-176.0, -176.0, 176.0, 188.0, 46.0), paint.raised(180.0));
    canvas.fill(slab(-172.0, -172.0, 172.0, 182.0, 44.0), paint.across(at(-170.0, -170.0), at(170.0, 180.0)));
    let ring = Material::new(Finish::Matt, body.ground.mix(Color::WHITE, 0.1));
    canvas.disc(at(1.5, 3.0), 158.0, Color::BLACK.faded(0.3));
    canvas.disc(MIDDLE, 157.0, ring.raised(157.0));
    canvas.disc(MIDDLE, 154.0, ring.shade(0.04));
    let pen = ring.base.ink();
    canvas.fill(marks(MIDDLE, 60, 143.0, 150.0, 1.1), pen);
    canvas.fill(marks(MIDDLE, 12, 140.0, 150.0, 2.4), pen);
    for n in 0..12 {
        print(
            canvas,
            &format!("{}", n * 5),
            "Barlow Condensed",
            (16.0, pen),
            (polar(30.0 * f64::from(n), 127.0), 0.0),
        );
    }
    canvas.fill(facet(&[(-6.0, -170.0), (6.0, -170.0), (0.0, -159.5)]), ink);
    canvas.disc(MIDDLE, 112.0, ring.shade(-0.45));
    canvas.disc(MIDDLE, 110.0, body.trim.about(110.0));
    canvas.disc(MIDDLE, 103.0, body.trim.hollow(103.0));
}
