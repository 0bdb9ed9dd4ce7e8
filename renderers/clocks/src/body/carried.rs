//! Watches that hang from a chain or a pin, or sit on a finger.

use pixmo_render::scene::Paint;
use pixmo_render::scene::polyline_path;
use pixmo_render::{Color, PathBuilder, Point, Role};

use super::Body;
use super::material::Material;
use super::parts::{MIDDLE, at, circles, facet, marks, slab, smooth};
use super::wrist::knob;
use crate::space::{Canvas, polar};

/// A ring of wire.
fn hoop(canvas: &mut Canvas, metal: &Material, center: Point, radius: f32, wire: f32) {
    canvas.ring(center, radius + wire, radius - wire, metal.shade(-0.5));
    let (from, to) = (at(center.x - radius, center.y - radius), at(center.x + radius, center.y + radius));
    canvas.ring(center, radius + wire * 0.8, radius - wire * 0.8, metal.across(from, to));
    canvas.arc(center, radius + wire * 0.1, -70.0, 20.0, metal.shade(0.85), wire * 0.4);
}

/// Links of a chain along points.
fn chain(canvas: &mut Canvas, metal: &Material, points: &[Point], size: f32) {
    for (n, p) in points.iter().enumerate() {
        if n % 2 == 0 {
            canvas.ring(*p, size, size * 0.5, metal.shade(-0.2));
            canvas.arc(*p, size * 0.75, -100.0, 60.0, metal.shade(0.6), size * 0.28);
        } else {
            canvas.disc(*p, size * 0.62, metal.ball(*p, size * 0.62));
        }
    }
}

fn round_case(body: &Body, canvas: &mut Canvas) -> f32 {
    let r = 112.0 + 6.0 * body.weight;
    canvas.disc(MIDDLE, r + 7.0, body.main.raised(r));
    canvas.disc(MIDDLE, r + 5.0, body.main.about(r));
    if body.variant.is_multiple_of(3) {
        canvas.fill(marks(MIDDLE, 150, r - 1.0, r + 5.5, 1.3), body.main.shade(-0.5).faded(0.6));
    }
    body.bezel.draw(&body.outline, body.weight, (&body.trim, body.ground), canvas);
    r + 7.0
}

fn bow(body: &Body, r: f32, canvas: &mut Canvas) {
    let metal = &body.main;
    hoop(canvas, metal, at(0.0, -r - 27.0), 18.0 + 4.0 * body.weight, 3.4);
    knob(canvas, metal, 0.0, (r - 5.0, r + 12.0), 8.0);
    knob(canvas, metal, 0.0, (r + 10.0, r + 22.0), 11.5);
    for x in [-6.0, -2.0, 2.0, 6.0] {
        canvas.fill(slab(x - 0.5, -r - 21.0, x + 0.5, -r - 11.0, 0.0), metal.shade(-0.6).faded(0.7));
    }
}

fn pocket_chain(body: &Body, r: f32, canvas: &mut Canvas) {
    let points: Vec<Point> = (0..26)
        .map(|n| {
            let t = n as f32;
            at(6.0 + t * 5.4, -r - 48.0 - 12.0 * libm::sinf(t * 0.12) + t * t * 0.09)
        })
        .collect();
    chain(canvas, &body.main, &points, 4.2);
}

/// A pocket watch.
pub(super) fn pocket(body: &Body, canvas: &mut Canvas) {
    let r = 119.0 + 6.0 * body.weight;
    if body.variant.is_multiple_of(2) {
        pocket_chain(body, r, canvas);
    }
    bow(body, r, canvas);
    round_case(body, canvas);
}

/// A pocket watch with its lid thrown open to the left.
pub(super) fn hunter(body: &Body, canvas: &mut Canvas) {
    let r = 119.0 + 6.0 * body.weight;
    let metal = &body.main;
    bow(body, r, canvas);
    let lid: Vec<(f32, f32)> = (0..24)
        .map(|n| {
            let p = polar(15.0 * f64::from(n), r - 2.0);
            (-r - r * 0.62 + p.x * 0.66, p.y)
        })
        .collect();
    let shrunk = |by: f32| {
        let cx = -r * 1.62;
        lid.iter().map(|(x, y)| (cx + (x - cx) * by, y * by)).collect::<Vec<_>>()
    };
    canvas.fill(smooth(&lid), metal.raised(r));
    let (from, to) = (at(-r * 2.2, -r), at(-r, r));
    canvas.fill(smooth(&shrunk(0.96)), metal.shade(-0.55));
    canvas.fill(smooth(&shrunk(0.93)), metal.across(to, from));
    canvas.fill(smooth(&shrunk(0.72)), metal.shade(-0.2).faded(0.35));
    canvas.fill(smooth(&shrunk(0.7)), metal.across(from, to));
    for y in [-22.0, 0.0, 22.0] {
        let hinge = slab(-r - 6.0, y - 10.0, -r + 6.0, y + 10.0, 4.0);
        canvas.fill(hinge, metal.rod(at(-r - 6.0, 0.0), at(-r + 6.0, 0.0)));
    }
    round_case(body, canvas);
}

/// A watch on a necklace.
pub(super) fn pendant(body: &Body, canvas: &mut Canvas) {
    let r = 119.0 + 6.0 * body.weight;
    for side in [-1.0, 1.0] {
        let points: Vec<Point> = (0..24)
            .map(|n| {
                let t = n as f32 / 23.0;
                at(side * (6.0 + 130.0 * t), -r - 40.0 - 70.0 * libm::sqrtf(t) - 30.0 * t)
            })
            .collect();
        canvas.stroke(polyline_path(&points, false), body.main.shade(-0.4), 1.4);
        chain(canvas, &body.main, &points, 3.6);
    }
    hoop(canvas, &body.main, at(0.0, -r - 26.0), 11.0, 3.0);
    knob(canvas, &body.main, 0.0, (r - 5.0, r + 14.0), 6.0);
    let petals = 16 + u32::from(body.variant % 4) * 4;
    if body.variant.is_multiple_of(2) {
        let beads: Vec<(Point, f32)> =
            (0..petals).map(|n| (polar(360.0 * f64::from(n) / f64::from(petals), r), 11.0)).collect();
        canvas.fill(circles(beads.iter().map(|(p, b)| (*p, b + 1.0))), body.main.shade(-0.5));
        for (p, b) in beads {
            canvas.disc(p, b, body.main.ball(p, b));
        }
    }
    round_case(body, canvas);
}

/// A watch on a finger ring.
pub(super) fn ring(body: &Body, canvas: &mut Canvas) {
    let metal = &body.main;
    let r = 112.0 + 6.0 * body.weight;
    for side in [-1.0, 1.0] {
        let arm = smooth(&[
            (side * 40.0, -56.0),
            (side * 130.0, -44.0),
            (side * 172.0, -26.0),
            (side * 182.0, -12.0),
            (side * 182.0, 12.0),
            (side * 172.0, 26.0),
            (side * 130.0, 44.0),
            (side * 40.0, 56.0),
        ]);
        canvas.fill(arm.clone(), metal.rod(at(0.0, -44.0), at(0.0, 44.0)));
        canvas.fill(
            arm,
            super::parts::fade(at(side * 120.0, 0.0), at(side * 182.0, 0.0), Color::rgb(8, 8, 10), 0.0, 0.7),
        );
    }
    knob(canvas, metal, 90.0, (r, r + 12.0), 7.0);
    round_case(body, canvas);
}

/// A watch that hangs from a bar with a pin.
pub(super) fn nurse(body: &Body, canvas: &mut Canvas) {
    let metal = &body.main;
    let r = 119.0 + 6.0 * body.weight;
    let top = -r - 96.0;
    let half = 17.0 + 5.0 * body.weight;
    for y in [top + 30.0, top + 52.0] {
        canvas.fill(
            slab(-half * 0.7, y - 9.0, half * 0.7, y + 22.0, 7.0),
            metal.rod(at(-half, 0.0), at(half, 0.0)),
        );
        canvas.fill(slab(-half * 0.35, y - 2.0, half * 0.35, y + 15.0, 5.0), metal.shade(-0.55));
    }
    hoop(canvas, metal, at(0.0, -r - 10.0), 10.0, 2.8);
    canvas.fill(slab(-62.0, top - 9.0, 62.0, top + 24.0, 12.0), metal.shade(-0.4));
    canvas.fill(
        slab(-61.0, top - 9.0, 61.0, top + 21.0, 11.0),
        metal.rod(at(0.0, top - 9.0), at(0.0, top + 21.0)),
    );
    canvas.fill(slab(-12.0, top - 2.0, 12.0, top + 14.0, 3.0), Color::rgb(236, 236, 234));
    // A heart: the red cross is not everybody's to use.
    let red = Color::rgb(190, 40, 44);
    canvas.fill(circles([-2.7, 2.7].map(|x| (at(x, top + 3.8), 3.1))), red);
    canvas.fill(facet(&[(-5.5, top + 5.1), (5.5, top + 5.1), (0.0, top + 12.0)]), red);
    round_case(body, canvas);
}

/// A watch on a snap hook.
pub(super) fn carabiner(body: &Body, canvas: &mut Canvas) {
    let (metal, r) = (&body.trim, 119.0 + 6.0 * body.weight);
    let loop_of = |d: f32| {
        smooth(&[
            (-46.0 + d, -r + 18.0),
            (-62.0 + d, -r - 60.0),
            (-40.0 + d, -r - 126.0 + d),
            (34.0, -r - 132.0 + d),
            (66.0 - d, -r - 92.0),
            (50.0 - d, -r + 18.0),
        ])
    };
    let hole = smooth(&[
        (-30.0, -r + 10.0),
        (-44.0, -r - 58.0),
        (-28.0, -r - 106.0),
        (30.0, -r - 112.0),
        (48.0, -r - 84.0),
        (34.0, -r + 10.0),
    ]);
    let hook = canvas.begin(Role::Ornament, "");
    for (inset, paint) in
        [(0.0, Paint::Solid(metal.shade(-0.5))), (1.5, metal.across(at(-60.0, -r - 120.0), at(60.0, -r)))]
    {
        let mut both = PathBuilder::new();
        loop_of(inset).iter().chain(hole.iter()).for_each(|path| both.push_path(path));
        if let Some(path) = both.finish() {
            canvas.scene.fill_even_odd(hook, path, paint);
        }
    }
    canvas.fill(
        facet(&[(44.0, -r - 88.0), (54.0, -r - 88.0), (46.0, -r - 12.0), (36.0, -r - 12.0)]),
        metal.rod(at(38.0, 0.0), at(54.0, 0.0)),
    );
    knob(canvas, metal, 90.0, (r, r + 11.0), 9.0);
    round_case(body, canvas);
}
