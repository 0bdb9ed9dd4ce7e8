//! Clocks that hang on a wall.

use pixmo_render::{Color, Point};

use super::Body;
use super::material::{Finish, Material};
use super::parts::{MIDDLE, at, circles, facet, polygons, screw, slab, smooth, teeth};
use crate::space::{Canvas, Outline, placed, polar};

/// A ring of a material with a lit outer edge and a shaded inner one.
pub(super) fn rim(canvas: &mut Canvas, stuff: &Material, outer: f32, inner: f32) {
    canvas.disc(MIDDLE, outer, stuff.raised(outer));
    canvas.disc(MIDDLE, outer - 2.0, stuff.about(outer));
    canvas.disc(MIDDLE, inner + (outer - inner) * 0.3, stuff.hollow(inner));
    canvas.disc(MIDDLE, inner + 1.0, stuff.shade(-0.6));
}

/// A plain round clock.
pub(super) fn plain(body: &Body, canvas: &mut Canvas) {
    let wide = 9.0 + 16.0 * body.weight;
    rim(canvas, &body.main, 100.0 + wide, 101.0);
    if body.variant.is_multiple_of(3) {
        canvas.ring(MIDDLE, 104.0, 99.0, body.trim.about(104.0));
    }
}

/// A flat clock of a railway, with a deep drum.
pub(super) fn station(body: &Body, canvas: &mut Canvas) {
    let wide = 8.0 + 8.0 * body.weight;
    canvas.disc(at(2.5, 4.0), 100.0 + wide + 3.0, body.main.shade(-0.65));
    canvas.disc(MIDDLE, 100.0 + wide, body.main.raised(110.0));
    canvas.disc(MIDDLE, 100.0 + wide - 2.5, body.main.about(110.0));
    canvas.ring(MIDDLE, 104.0, 99.5, body.main.hollow(104.0));
    for n in 0..4 {
        screw(
            canvas,
            polar(45.0 + 90.0 * f64::from(n), 102.5 + wide * 0.5),
            2.6,
            Color::rgb(170, 172, 174),
            30.0,
        );
    }
}

/// Eight wooden sides, and below them a box with a pendulum.
pub(super) fn school(body: &Body, canvas: &mut Canvas) {
    let wood = &body.main;
    let low = 250.0 + 20.0 * body.weight;
    let box_of = |d: f32| {
        facet(&[
            (-62.0 + d, 90.0),
            (62.0 - d, 90.0),
            (62.0 - d, low - 34.0 - d * 0.4),
            (28.0, low - d),
            (-28.0, low - d),
            (-62.0 + d, low - 34.0 - d * 0.4),
        ])
    };
    canvas.fill(box_of(0.0), wood.shade(-0.3));
    canvas.fill(box_of(2.5), wood.across(at(-60.0, 100.0), at(60.0, low)));
    wood.texture_in(canvas, box_of(2.5), true, body.grain);
    canvas.fill(
        facet(&[
            (-42.0, 142.0),
            (42.0, 142.0),
            (42.0, low - 44.0),
            (22.0, low - 20.0),
            (-22.0, low - 20.0),
            (-42.0, low - 44.0),
        ]),
        Color::rgb(28, 22, 20),
    );
    canvas.fill(slab(-1.6, 142.0, 1.6, low - 66.0, 0.0), body.trim.rod(at(-1.6, 0.0), at(1.6, 0.0)));
    let bob = at(0.0, low - 60.0);
    canvas.disc(bob, 19.0, body.trim.ball(bob, 19.0));
    canvas.fill(
        facet(&[(-42.0, 142.0), (-10.0, 142.0), (-34.0, low - 38.0), (-42.0, low - 44.0)]),
        Color::WHITE.faded(0.08),
    );
    let outer = Outline::Octagon;
    canvas.fill(outer.path(48.0), wood.raised(150.0));
    canvas.fill(outer.path(45.0), wood.about(150.0));
    wood.texture_in(canvas, Some(outer.path(45.0)), false, body.grain + 1);
    for n in 0..8 {
        canvas.bar(MIDDLE, 22.5 + 45.0 * f64::from(n), 108.0, 145.0, 0.9, wood.shade(-0.6));
    }
    rim(canvas, &body.trim, 110.0, 101.0);
}

/// Rays of metal or wood.
pub(super) fn sunburst(body: &Body, canvas: &mut Canvas) {
    let count = 12 * (1 + u32::from(body.variant % 3));
    let long = 190.0 + 30.0 * body.weight;
    let tip = |n: u32| if n.is_multiple_of(2) { long } else { long * 0.8 };
    for n in 0..count {
        let degrees = 360.0 * f64::from(n) / f64::from(count);
        let wide = 130.0 / count as f32;
        match body.variant / 4 {
            0 => canvas.shape(
                MIDDLE,
                degrees,
                &[(-wide, 100.0), (0.0, tip(n)), (0.0, 100.0)],
                body.main.shade(0.3),
            ),
            1 => canvas.bar(MIDDLE, degrees, 100.0, tip(n) - 8.0, 2.2, body.main.shade(-0.1)),
            _ => canvas.shape(
                MIDDLE,
                degrees,
                &[(-wide * 0.6, 100.0), (-wide, tip(n)), (0.0, tip(n)), (0.0, 100.0)],
                body.main.shade(0.25),
            ),
        }
        match body.variant / 4 {
            0 => canvas.shape(
                MIDDLE,
                degrees,
                &[(0.0, 100.0), (0.0, tip(n)), (wide, 100.0)],
                body.main.shade(-0.35),
            ),
            1 => {
                let ball = Material::new(Finish::Gloss, body.ground);
                let p = polar(degrees, tip(n) - 9.0);
                canvas.disc(p, 9.0, ball.ball(p, 9.0));
            }
            _ => canvas.shape(
                MIDDLE,
                degrees,
                &[(0.0, 100.0), (0.0, tip(n)), (wide, tip(n)), (wide * 0.6, 100.0)],
                body.main.shade(-0.2),
            ),
        }
    }
    rim(canvas, &body.trim, 112.0 + 8.0 * body.weight, 101.0);
}

/// A leaf that points along a direction.
fn leaf(canvas: &mut Canvas, wood: &Material, (base, degrees): (Point, f64), size: f32) {
    let shape = [
        (0.0, 0.0),
        (-0.34, 0.2),
        (-0.3, 0.4),
        (-0.46, 0.55),
        (-0.26, 0.7),
        (0.0, 1.1),
        (0.26, 0.7),
        (0.46, 0.55),
        (0.3, 0.4),
        (0.34, 0.2),
    ];
    let put = |grow: f32, dx: f32| {
        shape
            .iter()
            .map(|(a, o)| placed(at(base.x + dx, base.y + dx), degrees, (a * size * grow, o * size)))
            .map(|p| (p.x, p.y))
            .collect::<Vec<_>>()
    };
    canvas.fill(smooth(&put(1.25, 2.0)), wood.shade(-0.6));
    canvas.fill(
        smooth(&put(1.2, 0.0)),
        wood.across(at(base.x - size, base.y - size), at(base.x + size, base.y + size)),
    );
    canvas.bar(base, degrees, size * 0.1, size * 0.85, 1.2, wood.shade(-0.55));
}

/// A carved house: roof, a small door, leaves, weights on chains.
pub(super) fn cuckoo(body: &Body, canvas: &mut Canvas) {
    let wood = &body.main;
    let brass = &body.trim;
    for (x, end) in [(-44.0, 300.0), (40.0, 262.0)] {
        canvas.bar(at(x, 150.0), 180.0, 0.0, end - 190.0, 1.6, brass.shade(-0.3));
        let cone = smooth(&[
            (x - 13.0, end - 46.0),
            (x + 13.0, end - 46.0),
            (x + 14.0, end - 16.0),
            (x + 2.0, end + 12.0),
            (x - 2.0, end + 12.0),
            (x - 14.0, end - 16.0),
        ]);
        let iron = Material::new(Finish::Matt, Color::rgb(74, 56, 42));
        canvas.fill(cone, iron.rod(at(x - 14.0, 0.0), at(x + 14.0, 0.0)));
        for row in 0..5 {
            canvas.arc(at(x, end - 56.0 + 9.0 * row as f32), 12.0, 130.0, 230.0, iron.shade(-0.5), 1.2);
        }
    }
    canvas.bar(at(0.0, 150.0), 180.0, 0.0, 66.0, 3.0, wood.shade(-0.2));
    leaf(canvas, wood, (at(0.0, 204.0), 180.0), 34.0);
    let house = facet(&[(-120.0, -110.0), (120.0, -110.0), (120.0, 156.0), (-120.0, 156.0)]);
    canvas.fill(house.clone(), wood.across(at(-120.0, -110.0), at(120.0, 156.0)));
    wood.texture_in(canvas, house, false, body.grain);
    canvas.fill(
        facet(&[(-120.0, -110.0), (0.0, -216.0), (120.0, -110.0)]),
        wood.across(at(-100.0, -200.0), at(100.0, -110.0)),
    );
    for x in [-1.0, 1.0] {
        let roof = facet(&[(0.0, -236.0), (0.0, -212.0), (144.0 * x, -84.0), (156.0 * x, -98.0)]);
        canvas.fill(roof, if x < 0.0 { wood.shade(0.22) } else { wood.shade(-0.35) });
        for n in 0..5 {
            let t = 0.14 + 0.18 * n as f32;
            canvas.stroke(
                super::parts::facet(&[
                    (150.0 * x * t, -236.0 + 138.0 * t),
                    (145.0 * x * t, -212.0 + 128.0 * t),
                ]),
                wood.shade(-0.6).faded(0.6),
                1.0,
            );
        }
    }
    canvas.fill(slab(-24.0, -176.0, 24.0, -120.0, 20.0), wood.shade(-0.7));
    canvas.fill(slab(-21.0, -173.0, -1.0, -120.0, 10.0), Material::new(Finish::Matt, body.ground).base);
    canvas.fill(slab(1.0, -173.0, 21.0, -120.0, 10.0), Material::new(Finish::Matt, body.ground).shade(-0.2));
    for (x, y, degrees) in [
        (-112.0, -96.0, 250.0),
        (112.0, -96.0, 110.0),
        (-116.0, 140.0, 225.0),
        (116.0, 140.0, 135.0),
        (0.0, 146.0, 180.0),
        (-116.0, 60.0, 270.0),
        (116.0, 60.0, 90.0),
    ] {
        leaf(canvas, wood, (at(x, y), degrees), 44.0);
    }
    let dark = Material::new(Finish::Wood, wood.shade(-0.3));
    rim(canvas, &dark, 114.0, 101.0);
}

/// A wide wooden rim.
pub(super) fn wooden(body: &Body, canvas: &mut Canvas) {
    let outer = 128.0 + 24.0 * body.weight;
    let wood = &body.main;
    let path = match body.variant % 3 {
        0 => Some(Outline::Octagon.path(outer - 94.0)),
        1 => teeth(MIDDLE, 12, outer + 4.0, 4.0),
        _ => pixmo_render::PathBuilder::from_circle(0.0, 0.0, outer),
    };
    canvas.fill(path.clone(), wood.raised(outer));
    wood.texture_in(canvas, path, body.variant.is_multiple_of(2), body.grain);
    canvas.ring(MIDDLE, outer - 5.0, outer - 7.0, wood.shade(-0.5).faded(0.6));
    canvas.ring(MIDDLE, 112.0, 109.0, wood.shade(-0.45).faded(0.7));
    canvas.ring(MIDDLE, 109.0, 99.0, wood.hollow(109.0));
    if body.variant.is_multiple_of(4) {
        canvas.ring(MIDDLE, 105.0, 99.0, body.trim.about(105.0));
    }
}

/// A plate with a painted border.
pub(super) fn plate(body: &Body, canvas: &mut Canvas) {
    let outer = 146.0 + 10.0 * body.weight;
    let glaze = &body.main;
    canvas.disc(at(1.5, 2.5), outer, glaze.shade(-0.4));
    canvas.disc(MIDDLE, outer, glaze.raised(outer * 1.3));
    canvas.disc(MIDDLE, outer - 4.0, glaze.shade(0.1));
    let ink = body.ground.mix(Color::WHITE, 0.1);
    canvas.ring(MIDDLE, outer - 4.0, outer - 7.0, ink);
    canvas.ring(MIDDLE, 106.0, 104.0, ink.faded(0.8));
    let middle = (outer + 104.0) / 2.0;
    let count = 8 + 2 * u32::from(body.variant % 4);
    for n in 0..count {
        let degrees = 360.0 * f64::from(n) / f64::from(count);
        let p = polar(degrees, middle);
        let petals = (0..6).map(|k| (placed(p, degrees + 60.0 * f64::from(k), (0.0, 5.4)), 3.6));
        canvas.fill(circles(petals), ink);
        canvas.disc(p, 3.0, Color::rgb(236, 196, 84));
        let step = 180.0 / f64::from(count);
        let q = polar(degrees + step, middle);
        let leaves = [60.0, 240.0].map(|turn| {
            [(0.0, 0.0), (-3.2, 6.0), (0.0, 13.0), (3.2, 6.0)]
                .iter()
                .map(|c| placed(q, degrees + step + turn, *c))
                .collect()
        });
        canvas.fill(polygons(leaves), Color::rgb(82, 120, 74));
    }
    canvas.ring(MIDDLE, 104.0, 99.0, glaze.hollow(104.0));
}

/// Enamel in a strong colour with a chromed ring.
pub(super) fn kitchen(body: &Body, canvas: &mut Canvas) {
    let paint = &body.main;
    let case = |d: f32| match body.variant % 3 {
        0 => Outline::Cushion.path(50.0 - d),
        1 => Outline::Rectangle { wide: 130.0, high: 130.0, corner: 40.0 }.path(-d),
        _ => Outline::Rectangle { wide: 128.0, high: 160.0, corner: 64.0 }.path(-d),
    };
    canvas.fill(case(0.0), paint.raised(140.0));
    canvas.fill(case(3.0), paint.about(140.0));
    canvas.ring(MIDDLE, 113.0, 110.0, paint.shade(-0.5).faded(0.5));
    rim(canvas, &body.trim, 110.0, 101.0);
    if body.variant % 3 == 2 {
        for (n, x) in [-40.0, 0.0, 40.0].iter().enumerate() {
            canvas.disc(at(*x, 134.0), 8.0, body.trim.about(8.0));
            canvas.disc(at(*x, 134.0), 6.0, if n == 1 { Color::rgb(190, 50, 46) } else { paint.shade(0.3) });
        }
    }
}

/// A picture frame.
pub(super) fn framed(body: &Body, canvas: &mut Canvas) {
    let wide = 24.0 + 24.0 * body.weight;
    let outer = Outline::Rectangle { wide: 100.0, high: 100.0, corner: 1.0 };
    let r = 100.0 + wide;
    let mat = Color::rgb(238, 235, 226);
    let stuff = &body.main;
    let sides = [
        (-1.0, -1.0, 1.0, -1.0, 0.3),
        (1.0, -1.0, 1.0, 1.0, -0.3),
        (1.0, 1.0, -1.0, 1.0, -0.42),
        (-1.0, 1.0, -1.0, -1.0, 0.1),
    ];
    for (ax, ay, bx, by, light) in sides {
        let side =
            facet(&[(ax * r, ay * r), (bx * r, by * r), (bx * 100.0, by * 100.0), (ax * 100.0, ay * 100.0)]);
        canvas.fill(side.clone(), stuff.shade(light));
        if stuff.finish == Finish::Wood {
            stuff.texture_in(canvas, side, ax == bx, body.grain);
        }
        let groove = facet(&[
            (ax * (r - wide * 0.25), ay * (r - wide * 0.25)),
            (bx * (r - wide * 0.25), by * (r - wide * 0.25)),
            (bx * (r - wide * 0.4), by * (r - wide * 0.4)),
            (ax * (r - wide * 0.4), ay * (r - wide * 0.4)),
        ]);
        canvas.fill(groove, stuff.shade(-light).faded(0.7));
    }
    canvas.fill(outer.path(4.0), stuff.shade(-0.6));
    canvas.fill(outer.path(2.5), if body.variant.is_multiple_of(2) { mat } else { body.ground });
}

/// A brass porthole with a hinge and screws.
pub(super) fn porthole(body: &Body, canvas: &mut Canvas) {
    let brass = &body.main;
    let outer = 138.0 + 8.0 * body.weight;
    for y in [-22.0, 14.0] {
        let hinge = slab(-outer - 10.0, y, -outer + 16.0, y + 16.0, 5.0);
        canvas.fill(hinge, brass.rod(at(0.0, y), at(0.0, y + 16.0)));
    }
    canvas.disc(MIDDLE, outer, brass.raised(outer));
    canvas.disc(MIDDLE, outer - 3.0, brass.about(outer));
    let count = if body.variant.is_multiple_of(2) { 8 } else { 6 };
    for n in 0..count {
        let degrees = 360.0 * (f64::from(n) + 0.5) / f64::from(count);
        screw(canvas, polar(degrees, outer - 13.0), 5.6, brass.base, 35.0 + 61.0 * f64::from(n));
    }
    canvas.ring(MIDDLE, 117.0, 114.0, brass.shade(-0.5));
    canvas.disc(MIDDLE, 115.0, brass.raised(115.0));
    canvas.disc(MIDDLE, 104.0, brass.hollow(104.0));
}

/// A long-playing record.
pub(super) fn record(body: &Body, canvas: &mut Canvas) {
    let outer = 180.0 + 40.0 * body.weight;
    canvas.disc(MIDDLE, outer, body.main.raised(outer));
    canvas.disc(MIDDLE, outer - 1.5, body.main.base);
    let mut r = 106.0;
    while r < outer - 5.0 {
        canvas.ring(MIDDLE, r + 0.7, r, Color::WHITE.faded(0.09));
        r += if (r as u32).is_multiple_of(5) { 5.0 } else { 2.6 };
    }
    for degrees in [-40.0, 140.0] {
        for half in [5.0, 11.0, 18.0] {
            let (a, b) = (polar(degrees - half, outer - 3.0), polar(degrees + half, outer - 3.0));
            let (c, d) = (polar(degrees + half, 102.0), polar(degrees - half, 102.0));
            canvas.polygon(&[a, b, c, d], Color::WHITE.faded(0.07));
        }
    }
    canvas.disc(MIDDLE, 103.0, body.ground);
}

/// A fork and a spoon beside a round clock.
pub(super) fn cutlery(body: &Body, canvas: &mut Canvas) {
    let steel = Material::new(Finish::Polished, Color::rgb(176, 178, 182));
    let metal = if body.variant.is_multiple_of(2) { &steel } else { &body.main };
    let count = 6;
    for n in 0..count * 2 {
        let degrees = 15.0 + 30.0 * f64::from(n);
        let (from, to) = (placed(MIDDLE, degrees, (-14.0, 150.0)), placed(MIDDLE, degrees, (14.0, 150.0)));
        let (from, to) = if from.x + from.y <= to.x + to.y { (from, to) } else { (to, from) };
        let corner = |a: f32, o: f32| {
            let p = placed(MIDDLE, degrees, (a, o));
            (p.x, p.y)
        };
        if n % 2 == 0 {
            let bowl = [
                (-3.0, 104.0),
                (3.0, 104.0),
                (3.5, 150.0),
                (16.0, 164.0),
                (15.0, 198.0),
                (0.0, 206.0),
                (-15.0, 198.0),
                (-16.0, 164.0),
                (-3.5, 150.0),
            ];
            canvas.fill(smooth(&bowl.map(|(a, o)| corner(a, o))), metal.rod(from, to));
            let hollow = [(-8.0, 168.0), (8.0, 168.0), (9.0, 194.0), (0.0, 200.0), (-9.0, 194.0)];
            canvas.fill(smooth(&hollow.map(|(a, o)| corner(a, o))), metal.rod(to, from));
        } else {
            let fork = [
                (-3.0, 104.0),
                (3.0, 104.0),
                (3.0, 152.0),
                (12.0, 162.0),
                (13.0, 204.0),
                (9.5, 204.0),
                (8.0, 174.0),
                (5.5, 174.0),
                (4.5, 204.0),
                (1.5, 204.0),
                (1.2, 174.0),
                (-1.2, 174.0),
                (-1.5, 204.0),
                (-4.5, 204.0),
                (-5.5, 174.0),
                (-8.0, 174.0),
                (-9.5, 204.0),
                (-13.0, 204.0),
                (-12.0, 162.0),
                (-3.0, 152.0),
            ];
            canvas.shape(MIDDLE, degrees, &fork, metal.rod(from, to));
        }
    }
    rim(canvas, metal, 116.0, 101.0);
}
