//! Bodies for digits of segments, and for cards that fall.

use pixmo_render::Color;

use super::Body;
use super::material::{Finish, Material};
use super::parts::{at, circles, facet, fade, polygons, print, screw, slab};
use super::strap::Run;
use super::table::block;
use super::wrist::knob;
use crate::space::{Canvas, Outline};

const GLASS: Color = Color::rgb(12, 11, 13);

fn half(body: &Body) -> (f32, f32) {
    match body.outline {
        Outline::Rectangle { wide, high, .. } => (wide, high),
        _ => (100.0, 100.0),
    }
}

/// A dark pane that the display lies behind.
fn pane(body: &Body, canvas: &mut Canvas, grow: f32) {
    canvas.fill(body.outline.path(grow + 1.4), Color::BLACK.faded(0.45));
    canvas.fill(body.outline.path(grow), Material::new(Finish::Gloss, Color::rgb(22, 21, 24)).about(120.0));
    canvas.fill(body.outline.path(0.8), GLASS);
}

/// A button that stands out.
fn button(canvas: &mut Canvas, stuff: &Material, (l, t, r, b): (f32, f32, f32, f32), round: f32) {
    canvas.fill(slab(l, t + 1.5, r, b + 2.0, round), Color::BLACK.faded(0.45));
    canvas.fill(slab(l, t, r, b, round), stuff.shade(-0.25));
    canvas.fill(slab(l + 0.8, t + 0.6, r - 0.8, b - 1.4, round), stuff.across(at(l, t), at(r, b)));
}

/// A digital watch of plastic or steel.
pub(super) fn lcd_watch(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let case = &body.main;
    let (w, h) = (wide + 26.0, high + 46.0);
    for side in [-1.0, 1.0] {
        body.strap.draw(&Run { half: w * 0.66, from: h - 24.0, seen: h, to: h + 88.0, side }, canvas);
    }
    for (degrees, y) in [(90.0, -34.0), (90.0, 34.0), (270.0, -34.0), (270.0, 34.0)] {
        let x = if degrees < 180.0 { w - 6.0 } else { -w - 5.0 };
        canvas.fill(
            slab(x, y - 9.0, x + 11.0, y + 9.0, 3.0),
            body.trim.rod(at(0.0, y - 9.0), at(0.0, y + 9.0)),
        );
    }
    let cut = 26.0 + 10.0 * body.weight;
    let face = |d: f32| {
        facet(&[
            (-w + cut, -h + d),
            (w - cut, -h + d),
            (w - d, -h + cut),
            (w - d, h - cut),
            (w - cut, h - d),
            (-w + cut, h - d),
            (-w + d, h - cut),
            (-w + d, -h + cut),
        ])
    };
    canvas.fill(face(0.0), case.raised(140.0));
    canvas.fill(face(3.0), case.about(140.0));
    let plate = Color::rgb(26, 27, 30);
    canvas.fill(slab(-wide - 12.0, -h + 12.0, wide + 12.0, h - 12.0, 14.0), case.shade(-0.5));
    canvas.fill(slab(-wide - 10.5, -h + 14.0, wide + 10.5, h - 14.0, 13.0), plate);
    canvas.fill(slab(-wide - 6.0, -h + 17.5, wide + 6.0, -h + 18.7, 0.0), body.ground.mix(Color::WHITE, 0.3));
    print(
        canvas,
        ["NOVATEC", "QUARZ 9", "DELTON", "KRONIX"][usize::from(body.variant % 4)],
        "Exo 2",
        (12.0, Color::rgb(226, 228, 230)),
        (at(0.0, -high - 14.0), 0.0),
    );
    print(
        canvas,
        "ALARM  CHRONO",
        "Roboto Condensed",
        (9.0, body.ground.mix(Color::WHITE, 0.55)),
        (at(-36.0, high + 14.0), 0.0),
    );
    print(
        canvas,
        "WATER RESIST",
        "Roboto Condensed",
        (9.0, Color::rgb(206, 208, 212)),
        (at(56.0, high + 14.0), 0.0),
    );
    canvas.fill(body.outline.path(3.0), Color::rgb(96, 98, 98));
    canvas.fill(body.outline.path(1.5), Color::rgb(34, 36, 36));
}

/// A wedge with a dark front.
pub(super) fn bedside(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let (w, t, b) = (wide + 26.0, -high - 20.0, high + 26.0);
    let case = &body.main;
    canvas.fill(
        facet(&[(-w + 14.0, t - 34.0), (w - 14.0, t - 34.0), (w, t + 4.0), (-w, t + 4.0)]),
        case.across(at(0.0, t - 34.0), at(0.0, t + 30.0)),
    );
    let key = Material::new(Finish::Matt, case.shade(if case.base.luminance() > 0.2 { -0.35 } else { 0.3 }));
    button(canvas, &key, (-58.0, t - 26.0, 58.0, t - 10.0), 5.0);
    print(canvas, "SNOOZE", "Roboto Condensed", (10.0, key.base.ink()), (at(0.0, t - 18.5), 0.0));
    for x in [-94.0, 76.0] {
        button(canvas, &key, (x, t - 23.0, x + 18.0, t - 12.0), 4.0);
    }
    block(canvas, case, (-w, t, w, b), 9.0, body.grain);
    pane(body, canvas, 9.0);
    let maker = ["VELOS", "NOKTA", "SOMNIA", "DORMA", "PIKO", "AURORA"][usize::from(body.variant % 6)];
    print(canvas, maker, "Montserrat", (8.0, case.base.ink().faded(0.8)), (at(0.0, b - 9.0), 0.0));
}

/// Steel or glass over an oven door, with knobs.
pub(super) fn oven(body: &Body, canvas: &mut Canvas) {
    let (_, high) = half(body);
    let panel = &body.main;
    let (w, t, b) = (300.0, -high - 44.0, high + 44.0);
    block(canvas, panel, (-w, t, w, b), 3.0, 0);
    canvas.fill(
        slab(-w, b, w, b + 92.0, 0.0),
        Material::new(Finish::Gloss, Color::rgb(22, 22, 25)).across(at(-w, b), at(w, b + 120.0)),
    );
    let steel = Material::new(Finish::Polished, Color::rgb(186, 188, 192));
    canvas.fill(slab(-w + 40.0, b + 28.0, w - 40.0, b + 46.0, 9.0), Color::BLACK.faded(0.5));
    canvas.fill(
        slab(-w + 40.0, b + 20.0, w - 40.0, b + 38.0, 9.0),
        steel.rod(at(0.0, b + 20.0), at(0.0, b + 38.0)),
    );
    let ink = panel.base.ink();
    let places: &[f32] =
        if body.variant % 4 == 1 { &[-210.0, 210.0] } else { &[-240.0, -160.0, 160.0, 240.0] };
    for (n, x) in places.iter().enumerate() {
        if body.variant.is_multiple_of(5) {
            touch(canvas, *x, (n, ink));
        } else {
            stove_knob(body, canvas, *x, ink);
        }
        let words = [
            ["BAKE", "GRILL", "FAN", "LIGHT"],
            ["OVEN", "LEFT", "RIGHT", "BACK"],
            ["MODE", "HEAT", "TIMER", "START"],
            ["TOP", "BOTH", "WARM", "DEFROST"],
        ][usize::from(body.variant / 3 % 4)];
        let at_word = (at(*x, 58.0), 0.0);
        print(canvas, words[n], "Barlow Condensed", (12.0, ink.faded(0.85)), at_word);
    }
    pane(body, canvas, [3.5, 7.0, 11.0][usize::from(body.variant % 3)]);
    for n in (0..5).filter(|_| !body.variant.is_multiple_of(7)) {
        let x = -64.0 + 32.0 * n as f32;
        canvas.disc(at(x, high + 24.0), 6.6, ink.faded(0.35));
        canvas.disc(at(x, high + 23.4), 5.6, panel.ball(at(x, high + 23.4), 8.0));
    }
}

/// A knob of an oven: steel, black, or in the colour of the trim.
fn stove_knob(body: &Body, canvas: &mut Canvas, x: f32, ink: Color) {
    let stuff = match body.variant % 3 {
        0 => Material::new(Finish::Polished, Color::rgb(186, 188, 192)),
        1 => Material::new(Finish::Gloss, Color::rgb(34, 34, 37)),
        _ => body.trim,
    };
    let r = 26.0 + 6.0 * body.weight;
    canvas.disc(at(x + 2.0, 5.0), r, Color::BLACK.faded(0.4));
    canvas.disc(at(x, 0.0), r, stuff.about(40.0));
    canvas.disc(at(x, 0.0), r - 6.0, stuff.ball(at(x, 0.0), 36.0));
    let pointer = stuff.base.ink();
    if body.variant.is_multiple_of(2) {
        canvas.fill(slab(x - 2.0, 4.0 - r, x + 2.0, 23.0 - r, 1.0), pointer);
    } else {
        // A grip from side to side.
        canvas.fill(
            slab(x - 6.0, 3.0 - r, x + 6.0, r - 3.0, 4.0),
            stuff.across(at(x - 6.0, 0.0), at(x + 6.0, 0.0)),
        );
        canvas.fill(slab(x - 1.0, 5.0 - r, x + 1.0, 15.0 - r, 0.5), pointer);
    }
    let dots = (0..9).map(|n| {
        let p = crate::space::polar(-140.0 + 35.0 * f64::from(n), r + 8.0);
        (at(x + p.x, p.y), 1.5)
    });
    canvas.fill(circles(dots), ink.faded(0.8));
}

/// A place to touch, with a sign for a way of heating.
fn touch(canvas: &mut Canvas, x: f32, (which, ink): (usize, Color)) {
    let line = ink.faded(0.7);
    canvas.stroke(slab(x - 26.0, -24.0, x + 26.0, 28.0, 8.0), line, 1.6);
    match which % 4 {
        0 => {
            for y in [-10.0, 14.0] {
                canvas.fill(slab(x - 14.0, y, x + 14.0, y + 3.0, 1.0), line);
            }
        }
        1 => {
            for dx in [-12.0, -4.0, 4.0, 12.0] {
                canvas.fill(facet(&[(x + dx - 3.0, 10.0), (x + dx + 3.0, 10.0), (x + dx, -8.0)]), line);
            }
        }
        2 => {
            for degrees in [0.0, 120.0, 240.0] {
                canvas.bar(at(x, 2.0), degrees, 3.0, 15.0, 6.0, line);
            }
            canvas.disc(at(x, 2.0), 3.0, line);
        }
        _ => {
            canvas.disc(at(x, 0.0), 9.0, line);
            canvas.fill(slab(x - 4.0, 9.0, x + 4.0, 16.0, 1.5), line);
        }
    }
}

/// The right part of a microwave: display above keys, door on the left.
pub(super) fn microwave(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let case = &body.main;
    let (l, t, r, b) = (-480.0, -high - 50.0, wide + 40.0, high + 300.0);
    block(canvas, case, (l, t, r, b), 12.0, 0);
    let door = Material::new(Finish::Gloss, Color::rgb(24, 24, 27));
    canvas.fill(slab(l + 18.0, t + 20.0, -wide - 60.0, b - 22.0, 10.0), case.shade(-0.5));
    canvas.fill(slab(l + 20.0, t + 22.0, -wide - 62.0, b - 24.0, 9.0), door.across(at(l, t), at(-wide, b)));
    let window = (l + 56.0, t + 64.0, -wide - 112.0, b - 64.0);
    canvas.fill(slab(window.0, window.1, window.2, window.3, 12.0), Color::rgb(48, 46, 44));
    let (rows, columns) = (22, 20);
    let mesh = (0..rows).flat_map(|row| {
        (0..columns).map(move |n| {
            (
                at(
                    window.0 + 10.0 + (window.2 - window.0 - 20.0) * n as f32 / (columns - 1) as f32,
                    window.1 + 10.0 + (window.3 - window.1 - 20.0) * row as f32 / (rows - 1) as f32,
                ),
                2.0,
            )
        })
    });
    canvas.fill(circles(mesh), Color::BLACK.faded(0.55));
    let handle = Material::new(Finish::Polished, Color::rgb(180, 182, 186));
    canvas.fill(
        slab(-wide - 96.0, t + 50.0, -wide - 78.0, b - 52.0, 9.0),
        handle.rod(at(-wide - 96.0, 0.0), at(-wide - 78.0, 0.0)),
    );
    canvas.fill(slab(-wide - 30.0, t + 16.0, r - 16.0, b - 16.0, 8.0), case.shade(-0.16));
    pane(body, canvas, 8.0);
    let key = Material::new(Finish::Matt, case.shade(if case.base.luminance() > 0.2 { 0.3 } else { 0.2 }));
    let ink = key.base.ink();
    for n in 0..12 {
        let (x, y) = (-66.0 + 66.0 * (n % 3) as f32, high + 44.0 + 46.0 * (n / 3) as f32);
        button(canvas, &key, (x - 28.0, y - 16.0, x + 28.0, y + 16.0), 6.0);
        let word = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "CLR", "0", "SET"][n as usize];
        print(canvas, word, "Roboto", (17.0, ink), (at(x, y), 0.0));
    }
    for (x, word, tone) in
        [(-50.0, "START", Color::rgb(60, 140, 84)), (50.0, "STOP", Color::rgb(178, 54, 50))]
    {
        button(
            canvas,
            &Material::new(Finish::Matt, tone),
            (x - 45.0, high + 226.0, x + 45.0, high + 262.0),
            7.0,
        );
        print(canvas, word, "Roboto", (17.0, Color::WHITE), (at(x, high + 244.0), 0.0));
    }
}

/// A radio with a loudspeaker, a scale of stations and a clock.
pub(super) fn radio(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let case = &body.main;
    let (l, t, r, b) = (-wide - 24.0, -high - 30.0, wide + 160.0, high + 66.0);
    block(canvas, case, (l, t, r, b), 10.0, body.grain);
    let cloth = Material::new(Finish::Matt, Color::rgb(58, 54, 50));
    canvas.fill(slab(wide + 22.0, t + 14.0, r - 14.0, b - 14.0, 6.0), cloth.across(at(wide, t), at(r, b)));
    let holes = (0..22).flat_map(|row| (0..20).map(move |n| (row, n))).map(|(row, n)| {
        (at(wide + 29.0 + 5.8 * n as f32, t + 21.0 + (b - t - 42.0) * row as f32 / 21.0), 1.5)
    });
    canvas.fill(circles(holes), Color::BLACK.faded(0.6));
    pane(body, canvas, 8.0);
    let scale = (l + 18.0, high + 20.0, wide - 40.0, high + 46.0);
    canvas.fill(slab(scale.0, scale.1, scale.2, scale.3, 3.0), Color::rgb(232, 224, 200));
    let ticks = (0..31).map(|n| {
        let x = scale.0 + 8.0 + (scale.2 - scale.0 - 16.0) * n as f32 / 30.0;
        let long = if n % 5 == 0 { 8.0 } else { 4.0 };
        vec![
            at(x, scale.3 - 2.0),
            at(x + 0.8, scale.3 - 2.0),
            at(x + 0.8, scale.3 - 2.0 - long),
            at(x, scale.3 - 2.0 - long),
        ]
    });
    canvas.fill(polygons(ticks), Color::rgb(50, 44, 38));
    for n in 0..6 {
        let x = scale.0 + 10.0 + (scale.2 - scale.0 - 20.0) * n as f32 / 5.0;
        print(
            canvas,
            ["88", "92", "96", "100", "104", "108"][n],
            "Barlow Condensed",
            (10.0, Color::rgb(50, 44, 38)),
            (at(x, scale.1 + 8.0), 0.0),
        );
    }
    let needle = scale.0 + 30.0 + 12.0 * f32::from(body.variant % 9);
    canvas.fill(slab(needle, scale.1 + 1.0, needle + 1.8, scale.3 - 1.0, 0.0), Color::rgb(204, 44, 36));
    for x in [wide - 20.0, wide + 5.0] {
        canvas.disc(at(x + 1.0, high + 36.0), 11.5, Color::BLACK.faded(0.4));
        canvas.disc(at(x, high + 34.0), 11.0, body.trim.about(14.0));
        canvas.disc(at(x, high + 34.0), 8.5, body.trim.ball(at(x, high + 34.0), 13.0));
    }
    for n in 0..4 {
        let x = -70.0 + 40.0 * n as f32;
        button(
            canvas,
            &Material::new(Finish::Matt, Color::rgb(70, 70, 72)),
            (x, t - 7.0, x + 28.0, t + 2.0),
            3.0,
        );
    }
}

/// A sign in a metal frame that hangs from two rods.
pub(super) fn led_panel(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let tones = [
        Color::rgb(52, 54, 58),
        Color::rgb(162, 166, 170),
        Color::rgb(24, 24, 26),
        Color::rgb(232, 186, 48),
        Color::rgb(34, 62, 112),
        body.ground,
    ];
    let frame = Material::new(Finish::Brushed, tones[usize::from(body.variant % 6)]);
    let (w, h) = (wide + 18.0, high + 18.0);
    if !body.variant.is_multiple_of(3) {
        for x in [-64.0, 58.0] {
            canvas.fill(slab(x, -h - 54.0, x + 6.0, -h + 4.0, 0.0), frame.rod(at(x, 0.0), at(x + 6.0, 0.0)));
        }
        canvas.fill(
            slab(-90.0, -h - 62.0, 90.0, -h - 52.0, 2.0),
            frame.rod(at(0.0, -h - 62.0), at(0.0, -h - 52.0)),
        );
    }
    block(canvas, &frame, (-w, -h, w, h), 2.0, 0);
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
        screw(canvas, at(x * (w - 8.0), y * (h - 8.0)), 3.0, frame.base.mix(Color::WHITE, 0.3), 50.0);
    }
    let words = ["", "TIME", "", "LOCAL TIME", "", "PLEASE NOTE THE TIME", "SHIFT", ""];
    let word = words[body.grain as usize % words.len()];
    if !word.is_empty() {
        // A board with a word below.
        let board = Material::new(Finish::Matt, frame.shade(-0.3));
        block(canvas, &board, (-w + 20.0, h - 2.0, w - 20.0, h + 26.0), 2.0, 0);
        print(canvas, word, "Barlow Condensed", (18.0, board.base.ink()), (at(0.0, h + 12.0), 0.0));
    }
    canvas.fill(body.outline.path(3.0), Color::rgb(4, 4, 5));
}

/// A flat wall clock with digits.
pub(super) fn wall(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let (w, h) = (wide + 16.0 + 10.0 * body.weight, high + 18.0 + 10.0 * body.weight);
    block(canvas, &body.main, (-w, -h, w, h), 10.0, 0);
    canvas.fill(slab(-w + 5.0, -h + 5.0, w - 5.0, h - 5.0, 7.0), body.main.hollow(120.0));
    canvas.fill(slab(-w + 6.5, -h + 6.5, w - 6.5, h - 6.5, 6.0), body.main.shade(0.05));
    canvas.fill(body.outline.path(2.4), body.main.shade(-0.6));
    canvas.fill(body.outline.path(1.0), GLASS);
    let word = ["RADIO CONTROLLED", "TEMPORA", "SOLAR", "NORDLUX"][usize::from(body.variant % 4)];
    print(canvas, word, "Montserrat", (6.5, body.main.base.ink().faded(0.8)), (at(0.0, h - 11.5), 0.0));
}

/// A wooden block whose veneer lets light through: the dial is wood too, unless the face paints it over.
pub(super) fn wood_block(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let wood = &body.main;
    let (w, h) = (wide + 16.0, high + 14.0);
    canvas.fill(facet(&[(-w, -h), (w, -h), (w - 16.0, -h - 24.0), (-w + 16.0, -h - 24.0)]), wood.shade(0.25));
    wood.texture(
        canvas,
        &pixmo_render::Rect::new(-w + 18.0, -h - 22.0, w - 18.0, -h - 1.0),
        false,
        body.grain + 9,
    );
    block(canvas, wood, (-w, -h, w, h), 3.0, body.grain);
    canvas.fill(body.outline.path(1.0), wood.shade(-0.5));
}

/// A rounded flip clock on a foot.
pub(super) fn desk_flip(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let case = &body.main;
    let (w, h) = (wide + 20.0, high + 22.0);
    let base = Material::new(Finish::Matt, case.shade(-0.35));
    canvas.fill(
        facet(&[(-60.0, h - 4.0), (60.0, h - 4.0), (86.0, h + 26.0), (-86.0, h + 26.0)]),
        base.rod(at(-86.0, 0.0), at(86.0, 0.0)),
    );
    canvas.fill(slab(-94.0, h + 20.0, 94.0, h + 31.0, 5.0), base.rod(at(0.0, h + 20.0), at(0.0, h + 31.0)));
    knob(canvas, &Material::new(Finish::Matt, body.ground), 90.0, (w - 4.0, w + 11.0), 14.0);
    let round = if body.variant.is_multiple_of(2) { h * 0.6 } else { 12.0 };
    canvas.fill(slab(-w, -h, w, h, round), case.shade(-0.4));
    canvas.fill(
        slab(-w + 1.0, -h + 1.0, w - 1.0, h - 2.5, round),
        case.across(at(-w * 0.5, -h), at(w * 0.5, h)),
    );
    canvas.fill(body.outline.path(6.0), case.hollow(120.0));
    canvas.fill(body.outline.path(4.0), Color::rgb(20, 20, 22));
}

/// A long flip clock in a frame.
pub(super) fn wall_flip(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let case = &body.main;
    let (w, h) = (wide + 30.0, high + 30.0);
    canvas.fill(slab(-w + 3.0, -h + 5.0, w + 3.0, h + 6.0, 3.0), Color::BLACK.faded(0.3));
    block(canvas, case, (-w, -h, w, h), 3.0, body.grain);
    canvas.fill(slab(-wide - 10.0, -high - 10.0, wide + 10.0, high + 10.0, 2.0), case.shade(-0.55));
    canvas.fill(
        slab(-wide - 8.0, -high - 8.0, wide + 8.0, high + 8.0, 2.0),
        fade(at(0.0, -high), at(0.0, high), Color::rgb(30, 30, 32), 1.0, 1.0),
    );
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
        screw(canvas, at(x * (w - 10.0), y * (h - 10.0)), 3.4, body.trim.base, 25.0 + 40.0 * f64::from(x));
    }
}
