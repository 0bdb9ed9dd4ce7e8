//! Clocks of towers, streets and halls, and instruments in panels.

use pixmo_render::{Color, Point};

use super::Body;
use super::material::{Finish, Material};
use super::parts::{MIDDLE, at, circles, facet, fade, mark, polygons, print, screw, slab, smooth};
use super::table::block;
use super::wall::rim;
use super::wrist::knob;
use crate::space::Canvas;

/// Courses of bricks or stones between two edges.
fn courses(
    canvas: &mut Canvas,
    stuff: &Material,
    (l, t, r, b): (f32, f32, f32, f32),
    (wide, high): (f32, f32),
    grain: u32,
) {
    canvas.fill(slab(l, t, r, b, 0.0), stuff.shade(-0.3));
    let mut tones: [Vec<Vec<Point>>; 3] = Default::default();
    let rows = ((b - t) / high) as u32;
    for row in 0..rows {
        let top = t + (b - t) * row as f32 / rows as f32;
        let mut x = l - if row % 2 == 0 { 0.0 } else { wide / 2.0 };
        let mut n = row.wrapping_mul(7) + grain;
        while x < r {
            let (a, e) = (x.max(l) + 0.6, (x + wide).min(r) - 0.6);
            if e - a > 2.0 {
                let end = top + (b - t) / rows as f32 - 1.2;
                tones[(n.wrapping_mul(2_654_435_761) >> 16) as usize % 3].push(vec![
                    at(a, top),
                    at(e, top),
                    at(e, end),
                    at(a, end),
                ]);
            }
            x += wide;
            n += 1;
        }
    }
    for (tone, light) in tones.into_iter().zip([-0.05, 0.08, 0.16]) {
        canvas.fill(polygons(tone), stuff.shade(light));
    }
    canvas.fill(slab(l, t, r, b, 0.0), fade(at(l, 0.0), at(r, 0.0), Color::BLACK, 0.0, 0.34));
}

/// A stone ring about a dial in a wall.
fn surround(canvas: &mut Canvas, stone: &Material, outer: f32) {
    canvas.disc(at(2.0, 3.0), outer + 1.0, Color::BLACK.faded(0.35));
    rim(canvas, stone, outer, 101.0);
    let joints =
        (0..16).map(|n| mark(MIDDLE, 22.5 * f64::from(n), outer - (outer - 101.0) * 0.7, outer - 2.0, 1.2));
    canvas.fill(polygons(joints), stone.shade(-0.5).faded(0.7));
}

/// The upper part of a brick tower.
pub(super) fn tower(body: &Body, canvas: &mut Canvas) {
    let stone = Material::new(Finish::Matt, Color::rgb(206, 196, 176));
    let w = 150.0 + 14.0 * body.weight;
    canvas.fill(slab(-1.6, -330.0, 1.6, -270.0, 0.0), Color::rgb(60, 60, 62));
    let slate = Material::new(Finish::Matt, Color::rgb(78, 98, 96));
    canvas.fill(facet(&[(-w - 8.0, -196.0), (0.0, -296.0), (0.0, -196.0)]), slate.shade(0.14));
    canvas.fill(facet(&[(0.0, -196.0), (0.0, -296.0), (w + 8.0, -196.0)]), slate.shade(-0.25));
    courses(canvas, &body.main, (-w, -176.0, w, 232.0), (25.0, 10.0), body.grain);
    for y in [-200.0, 150.0] {
        block(canvas, &stone, (-w - 14.0, y, w + 14.0, y + 16.0), 1.0, 0);
        block(canvas, &stone, (-w - 7.0, y + 15.0, w + 7.0, y + 26.0), 1.0, 0);
    }
    for x in [-70.0, 0.0, 70.0] {
        canvas.fill(slab(x - 18.0, 188.0, x + 18.0, 262.0, 18.0), stone.shade(-0.1));
        canvas.fill(slab(x - 13.0, 193.0, x + 13.0, 262.0, 13.0), Color::rgb(34, 34, 40));
    }
    canvas.fill(slab(-w, 231.0, w, 262.0, 0.0), body.main.shade(-0.3));
    surround(canvas, &stone, 124.0);
}

/// A gabled front of stone with a pointed window.
pub(super) fn church(body: &Body, canvas: &mut Canvas) {
    let stone = &body.main;
    let w = 154.0 + 10.0 * body.weight;
    let slate = Material::new(Finish::Matt, Color::rgb(74, 78, 90));
    canvas.fill(slab(-2.0, -372.0, 2.0, -320.0, 0.0), body.trim.base);
    canvas.fill(slab(-12.0, -358.0, 12.0, -354.0, 0.0), body.trim.base);
    canvas.fill(facet(&[(-w - 10.0, -150.0), (0.0, -330.0), (0.0, -150.0)]), slate.shade(0.12));
    canvas.fill(facet(&[(0.0, -150.0), (0.0, -330.0), (w + 10.0, -150.0)]), slate.shade(-0.3));
    courses(canvas, stone, (-w, -150.0, w, 262.0), (40.0, 21.0), body.grain);
    block(canvas, &Material::new(Finish::Matt, stone.base), (-w - 10.0, -160.0, w + 10.0, -142.0), 0.0, 0);
    for x in [-w, w - 26.0] {
        courses(canvas, stone, (x, -142.0, x + 26.0, 262.0), (26.0, 34.0), body.grain + 5);
    }
    for (d, paint) in [(0.0, stone.shade(0.25)), (7.0, Color::rgb(38, 40, 50))] {
        let (l, r, t) = (-44.0 + d, 44.0 - d, 138.0 + d * 1.2);
        canvas.fill(
            smooth(&[
                (l, 262.0),
                (l, 262.0),
                (l, 190.0),
                (l + 6.0, 168.0),
                (0.0, t),
                (0.0, t),
                (r - 6.0, 168.0),
                (r, 190.0),
                (r, 262.0),
                (r, 262.0),
            ]),
            paint,
        );
    }
    canvas.fill(slab(-1.5, 150.0, 1.5, 262.0, 0.0), stone.shade(-0.1));
    for y in [196.0, 228.0] {
        canvas.fill(slab(-37.0, y, 37.0, y + 2.0, 0.0), stone.shade(-0.1));
    }
    surround(canvas, &Material::new(Finish::Matt, stone.shade(0.1)), 120.0);
}

/// A drum with two faces, of which one is seen, on an arm.
pub(super) fn double(body: &Body, canvas: &mut Canvas) {
    let iron = &body.main;
    let r = 112.0 + 6.0 * body.weight;
    if body.variant.is_multiple_of(2) {
        for x in [-34.0, 26.0] {
            canvas.fill(slab(x, -r - 78.0, x + 8.0, -r + 20.0, 0.0), iron.rod(at(x, 0.0), at(x + 8.0, 0.0)));
        }
        canvas.fill(
            slab(-70.0, -r - 90.0, 70.0, -r - 76.0, 2.0),
            iron.rod(at(0.0, -r - 90.0), at(0.0, -r - 76.0)),
        );
    } else {
        canvas.fill(
            slab(-r - 74.0, -70.0, -r - 58.0, 70.0, 3.0),
            iron.rod(at(-r - 74.0, 0.0), at(-r - 58.0, 0.0)),
        );
        canvas.fill(slab(-r - 60.0, -9.0, -r + 14.0, 9.0, 0.0), iron.rod(at(0.0, -9.0), at(0.0, 9.0)));
        for y in [-56.0, 56.0] {
            screw(canvas, at(-r - 66.0, y), 4.0, Color::rgb(150, 152, 154), 20.0);
        }
        let brace = smooth(&[
            (-r - 60.0, 52.0),
            (-r - 40.0, 40.0),
            (-r - 2.0, 14.0),
            (-r + 8.0, 8.0),
            (-r - 10.0, 22.0),
            (-r - 40.0, 50.0),
        ]);
        canvas.fill(brace, iron.shade(-0.3));
    }
    for n in (0..9).rev() {
        let d = n as f32 * 2.2;
        canvas.disc(at(d, d * 0.35), r, iron.shade(-0.45 - 0.02 * n as f32));
    }
    rim(canvas, iron, r, 101.0);
}

/// The head of a long case: hood with an arch and columns.
pub(super) fn grandfather(body: &Body, canvas: &mut Canvas) {
    let wood = &body.main;
    let w = 156.0;
    let arch = |d: f32| {
        let mut path = pixmo_render::PathBuilder::new();
        path.move_to(-w + d, 160.0);
        path.line_to(-w + d, -132.0 + d);
        path.cubic_to(-84.0, -132.0 + d, -84.0, -226.0 + d, 0.0, -226.0 + d);
        path.cubic_to(84.0, -226.0 + d, 84.0, -132.0 + d, w - d, -132.0 + d);
        path.line_to(w - d, 160.0);
        path.close();
        path.finish()
    };
    for x in [-w + 8.0, 0.0, w - 8.0] {
        let top = if x == 0.0 { -244.0 } else { -150.0 };
        canvas.disc(at(x, top), 13.0, body.trim.ball(at(x, top), 13.0));
        canvas.fill(
            facet(&[(x - 5.0, top - 10.0), (x, top - 28.0), (x + 5.0, top - 10.0)]),
            body.trim.rod(at(x - 5.0, 0.0), at(x + 5.0, 0.0)),
        );
    }
    canvas.fill(arch(0.0), wood.shade(-0.5));
    canvas.fill(arch(4.0), wood.across(at(-w, -200.0), at(w, 160.0)));
    wood.texture_in(canvas, arch(4.0), true, body.grain);
    // The door of the hood, and in it the plate of the dial.
    canvas.fill(slab(-116.0, -116.0, 116.0, 116.0, 0.0), wood.shade(-0.65));
    let plate = Material::new(
        Finish::Brushed,
        if body.variant.is_multiple_of(2) { body.trim.base } else { Color::rgb(226, 218, 196) },
    );
    canvas.fill(slab(-110.0, -110.0, 110.0, 110.0, 0.0), plate.across(at(-110.0, -110.0), at(110.0, 110.0)));
    canvas.disc(at(0.0, -160.0), 38.0, wood.shade(-0.65));
    canvas.disc(at(0.0, -160.0), 35.0, Color::rgb(28, 44, 88));
    canvas.disc(at(-8.0, -158.0), 15.0, Color::rgb(240, 220, 150));
    canvas.fill(
        circles([
            (at(14.0, -176.0), 1.6),
            (at(20.0, -152.0), 1.3),
            (at(-18.0, -182.0), 1.3),
            (at(8.0, -140.0), 1.6),
        ]),
        Color::rgb(246, 236, 190),
    );
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
        let corner = smooth(&[
            (104.0 * x, 104.0 * y),
            (76.0 * x, 104.0 * y),
            (92.0 * x, 90.0 * y),
            (104.0 * x, 76.0 * y),
        ]);
        canvas.fill(corner, body.trim.shade(-0.25));
    }
    for x in [-136.0, 136.0] {
        canvas.fill(slab(x - 9.0, -112.0, x + 9.0, 112.0, 2.0), wood.rod(at(x - 9.0, 0.0), at(x + 9.0, 0.0)));
        for y in [-120.0, 110.0] {
            canvas.fill(
                slab(x - 12.0, y, x + 12.0, y + 10.0, 2.0),
                body.trim.rod(at(0.0, y), at(0.0, y + 10.0)),
            );
        }
    }
    block(canvas, wood, (-w - 14.0, 132.0, w + 14.0, 152.0), 2.0, body.grain + 2);
    block(canvas, wood, (-w + 4.0, 150.0, w - 4.0, 190.0), 0.0, body.grain + 3);
    canvas.disc(MIDDLE, 103.0, plate.hollow(103.0));
}

/// The head of an iron post.
pub(super) fn post(body: &Body, canvas: &mut Canvas) {
    let iron = &body.main;
    let r = 116.0;
    canvas.fill(
        facet(&[(-11.0, r), (11.0, r), (15.0, 330.0), (-15.0, 330.0)]),
        iron.rod(at(-14.0, 0.0), at(14.0, 0.0)),
    );
    for (y, w) in [(r + 12.0, 24.0), (r + 26.0, 18.0), (214.0, 20.0), (318.0, 28.0)] {
        canvas.fill(slab(-w, y, w, y + 11.0, 4.0), iron.rod(at(-w, 0.0), at(w, 0.0)));
    }
    for x in [-1.0, 1.0] {
        canvas.arc(
            at(x * 44.0, r + 24.0),
            30.0,
            90.0 - 90.0 * f64::from(x),
            270.0 - 90.0 * f64::from(x),
            iron.shade(-0.1),
            5.0,
        );
        canvas.arc(at(x * 58.0, r + 24.0), 13.0, 0.0, 300.0, iron.shade(-0.2), 4.0);
    }
    canvas.fill(
        smooth(&[
            (-46.0, -r + 14.0),
            (-40.0, -r - 14.0),
            (-12.0, -r - 22.0),
            (-5.0, -r - 46.0),
            (5.0, -r - 46.0),
            (12.0, -r - 22.0),
            (40.0, -r - 14.0),
            (46.0, -r + 14.0),
        ]),
        iron.rod(at(-40.0, 0.0), at(40.0, 0.0)),
    );
    canvas.disc(at(0.0, -r - 48.0), 9.0, body.trim.ball(at(0.0, -r - 48.0), 9.0));
    rim(canvas, iron, r + 4.0, 101.0);
    canvas.ring(MIDDLE, 106.0, 99.5, body.trim.about(106.0));
}

/// A clock in the dashboard of an old car, beside switches.
pub(super) fn dashboard(body: &Body, canvas: &mut Canvas) {
    let panel = match body.variant % 3 {
        0 => Material::new(Finish::Wood, Color::rgb(124, 72, 42)),
        1 => Material::new(Finish::Matt, Color::rgb(32, 33, 36)),
        _ => Material::new(Finish::Brushed, Color::rgb(146, 150, 154)),
    };
    block(canvas, &panel, (-220.0, -136.0, 220.0, 150.0), 10.0, body.grain);
    let chrome = Material::new(Finish::Polished, Color::rgb(186, 190, 194));
    for (n, (x, y)) in
        [(-172.0, -74.0), (-172.0, 6.0), (-172.0, 86.0), (172.0, -74.0), (172.0, 6.0), (172.0, 86.0)]
            .into_iter()
            .enumerate()
    {
        canvas.disc(at(x + 1.5, y + 3.0), 19.0, Color::BLACK.faded(0.4));
        canvas.disc(at(x, y), 19.0, chrome.about(24.0));
        let knob = Material::new(Finish::Gloss, Color::rgb(34, 34, 36));
        canvas.disc(at(x, y), 14.5, knob.ball(at(x, y), 14.5));
        let word = ["LIGHTS", "WIPER", "FAN", "CHOKE", "FOG", "HORN"][n];
        print(canvas, word, "Barlow Condensed", (11.0, panel.base.ink().faded(0.85)), (at(x, y + 30.0), 0.0));
    }
    canvas.disc(at(2.0, 4.0), 118.0, Color::BLACK.faded(0.45));
    rim(canvas, &chrome, 116.0, 101.0);
}

/// A square instrument with four screws and a knob.
pub(super) fn cockpit(body: &Body, canvas: &mut Canvas) {
    let case = Material::new(
        Finish::Matt,
        if body.variant.is_multiple_of(3) { Color::rgb(96, 102, 104) } else { Color::rgb(42, 44, 46) },
    );
    let r = 124.0;
    let face = |d: f32| {
        facet(&[
            (-r + 30.0, -r + d),
            (r - 30.0, -r + d),
            (r - d, -r + 30.0),
            (r - d, r - 30.0),
            (r - 30.0, r - d),
            (-r + 30.0, r - d),
            (-r + d, r - 30.0),
            (-r + d, -r + 30.0),
        ])
    };
    if body.variant.is_multiple_of(2) {
        canvas.fill(
            slab(-r - 26.0, -r - 26.0, r + 26.0, r + 26.0, 4.0),
            Material::new(Finish::Matt, Color::rgb(112, 118, 116)).about(r * 1.4),
        );
    }
    canvas.fill(face(0.0), case.shade(0.3));
    canvas.fill(face(2.5), case.about(r * 1.3));
    for (x, y, turn) in [(-1.0, -1.0, 20.0), (1.0, -1.0, 70.0), (-1.0, 1.0, 110.0), (1.0, 1.0, 160.0)] {
        screw(canvas, at(x * (r - 22.0), y * (r - 22.0)), 7.5, Color::rgb(150, 150, 146), turn);
    }
    if body.variant % 2 == 1 {
        knob(canvas, &case, 225.0, (r + 8.0, r + 36.0), 13.0);
    }
    rim(canvas, &case, 111.0, 101.0);
}
