//! Dials that tell no time: each draws all of itself.

use pixmo_render::{Color, Point, Role};

use super::Body;
use super::material::{Finish, Material};
use super::parts::{MIDDLE, at, circles, facet, mark, marks, polygons, print, slab};
use super::table::block;
use super::wall::rim;
use crate::space::{Canvas, Outline, placed, polar};

/// The ground of a dial.
fn ground(canvas: &mut Canvas, color: Color) {
    canvas.begin(Role::Dial, "dial");
    canvas.disc(MIDDLE, 100.0, color);
    canvas.begin(Role::Ornament, "");
}

/// A pointer with a tail and a cap, which knows where its tip lies.
fn pointer(canvas: &mut Canvas, degrees: f64, (long, wide): (f32, f32), color: Color) {
    canvas.begin(Role::Ornament, "");
    let shadow: Vec<Point> = [(-wide, -18.0), (wide, -18.0), (0.5, long), (-0.5, long)]
        .iter()
        .map(|c| placed(at(1.5, 2.5), degrees, *c))
        .collect();
    canvas.polygon(&shadow, Color::BLACK.faded(0.25));
    let hand = canvas.begin(Role::Hand, "pointer");
    canvas.shape(MIDDLE, degrees, &[(-wide, -18.0), (wide, -18.0), (0.6, long), (-0.6, long)], color);
    canvas.scene.element_mut(hand).anchor = polar(degrees, long);
    canvas.begin(Role::Ornament, "");
    canvas.disc(MIDDLE, wide * 2.0 + 2.0, color.mix(Color::BLACK, 0.4));
    canvas.disc(at(-0.6, -0.8), wide * 2.0, color.mix(Color::WHITE, 0.15));
}

/// Ticks of a scale from one angle to another.
fn scale_ticks(canvas: &mut Canvas, (from, to): (f64, f64), (count, every): (u32, u32), ink: Color) {
    let degrees = |n: u32| from + (to - from) * f64::from(n) / f64::from(count);
    let fine = (0..=count).filter(|n| n % every != 0).map(|n| mark(MIDDLE, degrees(n), 86.0, 93.0, 1.0));
    canvas.fill(polygons(fine), ink);
    let coarse = (0..=count).filter(|n| n % every == 0).map(|n| mark(MIDDLE, degrees(n), 81.0, 93.0, 2.2));
    canvas.fill(polygons(coarse), ink);
}

/// A reading of a gauge, 0 to 1, by its variant and grain.
fn reading(body: &Body) -> f64 {
    f64::from(body.grain % 1000) / 1000.0
}

/// A compass.
pub(super) fn compass(body: &Body, canvas: &mut Canvas) {
    rim(canvas, &body.main, 116.0 + 8.0 * body.weight, 101.0);
    let dark = body.variant.is_multiple_of(3);
    let (paper, ink) = if dark {
        (Color::rgb(28, 32, 38), Color::rgb(230, 228, 216))
    } else {
        (Color::rgb(240, 234, 214), Color::rgb(44, 38, 34))
    };
    ground(canvas, paper);
    canvas.fill(marks(MIDDLE, 72, 88.0, 94.0, 0.8), ink);
    canvas.fill(marks(MIDDLE, 36, 85.0, 94.0, 1.6), ink);
    for n in 0..12 {
        print(
            canvas,
            &format!("{}", n * 30),
            "Roboto Condensed",
            (8.5, ink),
            (polar(30.0 * f64::from(n), 79.0), 30.0 * f64::from(n)),
        );
    }
    for (n, long) in [(1, 40.0), (3, 40.0), (5, 40.0), (7, 40.0), (0, 52.0), (2, 52.0), (4, 52.0), (6, 52.0)]
    {
        let degrees = 45.0 * f64::from(n);
        canvas.shape(MIDDLE, degrees, &[(0.0, 0.0), (-8.0, 9.0), (0.0, long)], ink.faded(0.75));
        canvas.shape(MIDDLE, degrees, &[(0.0, 0.0), (8.0, 9.0), (0.0, long)], ink.mix(paper, 0.6));
    }
    for (n, letter) in ["N", "E", "S", "W"].iter().enumerate() {
        print(
            canvas,
            letter,
            "Playfair Display",
            (17.0, if n == 0 { Color::rgb(184, 40, 36) } else { ink }),
            (polar(90.0 * n as f64, 63.0), 0.0),
        );
    }
    let degrees = reading(body) * 360.0;
    let hand = canvas.begin(Role::Hand, "pointer");
    canvas.shape(MIDDLE, degrees, &[(-6.0, 0.0), (6.0, 0.0), (0.0, 72.0)], Color::rgb(198, 40, 36));
    canvas.scene.element_mut(hand).anchor = polar(degrees, 72.0);
    canvas.begin(Role::Ornament, "");
    canvas.shape(
        MIDDLE,
        degrees + 180.0,
        &[(-6.0, 0.0), (6.0, 0.0), (0.0, 72.0)],
        if dark { Color::rgb(214, 214, 210) } else { Color::rgb(60, 70, 86) },
    );
    canvas.disc(MIDDLE, 6.0, body.main.ball(MIDDLE, 6.0));
}

/// A barometer.
pub(super) fn barometer(body: &Body, canvas: &mut Canvas) {
    let outer = 128.0 + 18.0 * body.weight;
    let path = Outline::Octagon.path(outer - 94.0);
    canvas.fill(path.clone(), body.main.raised(outer));
    body.main.texture_in(canvas, Some(path), false, body.grain);
    rim(canvas, &body.trim, 114.0, 101.0);
    let ink = Color::rgb(40, 36, 34);
    ground(canvas, Color::rgb(240, 236, 222));
    scale_ticks(canvas, (-140.0, 140.0), (70, 10), ink);
    for n in 0..8u32 {
        let degrees = -140.0 + 40.0 * f64::from(n);
        print(
            canvas,
            &format!("{}", 960 + n * 10),
            "EB Garamond",
            (10.5, ink),
            (polar(degrees, 72.0), degrees),
        );
    }
    for (degrees, word) in
        [(-108.0, "STORM"), (-54.0, "RAIN"), (0.0, "CHANGE"), (52.0, "FAIR"), (108.0, "VERY DRY")]
    {
        let count = word.chars().count() as f64;
        for (n, letter) in word.chars().enumerate() {
            let turn = degrees + (n as f64 - (count - 1.0) / 2.0) * 7.0;
            print(canvas, &letter.to_string(), "EB Garamond", (9.0, ink), (polar(turn, 56.0), turn));
        }
    }
    print(canvas, "hPa", "EB Garamond", (11.0, ink), (at(0.0, 52.0), 0.0));
    pointer(canvas, -120.0 + 240.0 * reading(body), (84.0, 2.6), Color::rgb(30, 34, 60));
}

/// A kitchen scale with a pan.
pub(super) fn scale(body: &Body, canvas: &mut Canvas) {
    let paint = &body.main;
    canvas.fill(
        facet(&[(-96.0, -104.0), (96.0, -104.0), (150.0, 152.0), (-150.0, 152.0)]),
        paint.across(at(-120.0, -100.0), at(120.0, 150.0)),
    );
    canvas.fill(slab(-156.0, 140.0, 156.0, 164.0, 8.0), paint.rod(at(0.0, 140.0), at(0.0, 164.0)));
    canvas.fill(slab(-18.0, -146.0, 18.0, -100.0, 4.0), body.trim.rod(at(-18.0, 0.0), at(18.0, 0.0)));
    let pan: Vec<Point> = (0..=20)
        .map(|n| {
            let t = n as f32 / 20.0;
            at(-150.0 + 300.0 * t, -190.0 + 196.0 * t * (1.0 - t))
        })
        .collect();
    canvas.polygon(&pan, body.trim.rod(at(-150.0, 0.0), at(150.0, 0.0)));
    canvas.fill(slab(-156.0, -195.0, 156.0, -187.0, 4.0), body.trim.rod(at(0.0, -195.0), at(0.0, -187.0)));
    rim(canvas, &body.trim, 113.0, 101.0);
    let ink = Color::rgb(38, 38, 42);
    ground(canvas, Color::rgb(244, 243, 236));
    scale_ticks(canvas, (0.0, 352.8), (49, 5), ink);
    for n in 0..10u32 {
        let degrees = 36.0 * f64::from(n);
        let word = if n == 0 { "0".to_owned() } else { format!("{}", n * 500) };
        print(canvas, &word, "Barlow Condensed", (12.5, ink), (polar(degrees, 68.0), 0.0));
    }
    print(canvas, "g", "Barlow Condensed", (20.0, ink), (at(0.0, 30.0), 0.0));
    print(canvas, "MAX 5 kg", "Barlow Condensed", (9.0, ink), (at(0.0, 46.0), 0.0));
    pointer(canvas, 350.0 * reading(body), (82.0, 2.6), Color::rgb(196, 44, 40));
}

/// A speedometer in a panel.
pub(super) fn speedometer(body: &Body, canvas: &mut Canvas) {
    let panel = Material::new(Finish::Matt, Color::rgb(30, 31, 34));
    block(canvas, &panel, (-150.0, -138.0, 150.0, 138.0), 60.0, 0);
    rim(canvas, &Material::new(Finish::Polished, Color::rgb(176, 180, 186)), 114.0, 101.0);
    let light = body.variant.is_multiple_of(3);
    let (face, ink) = if light {
        (Color::rgb(238, 236, 228), Color::rgb(30, 30, 34))
    } else {
        (Color::rgb(16, 17, 20), Color::rgb(236, 238, 240))
    };
    ground(canvas, face);
    let (from, to) = (-130.0, 130.0);
    scale_ticks(canvas, (from, to), (48, 4), ink);
    for n in 0..=12u32 {
        let degrees = from + (to - from) * f64::from(n) / 12.0;
        print(canvas, &format!("{}", n * 20), "Titillium Web", (13.0, ink), (polar(degrees, 67.0), 0.0));
    }
    print(canvas, "km/h", "Titillium Web", (13.0, ink.mix(face, 0.25)), (at(0.0, -30.0), 0.0));
    canvas.fill(slab(-30.0, 50.0, 30.0, 68.0, 2.0), Color::rgb(8, 8, 9));
    let miles = body.grain % 900_000 + 10_000;
    print(
        canvas,
        &format!("{miles:06}"),
        "Inconsolata",
        (14.0, Color::rgb(230, 230, 226)),
        (at(0.0, 59.0), 0.0),
    );
    canvas.arc(MIDDLE, 96.0, 95.0, 130.0, Color::rgb(206, 44, 40), 3.0);
    pointer(canvas, from + (to - from) * reading(body), (86.0, 2.8), Color::rgb(226, 74, 36));
}

/// A sundial without a shadow.
pub(super) fn sundial(body: &Body, canvas: &mut Canvas) {
    let stone = &body.main;
    let plate = Outline::Octagon;
    let square = body.variant.is_multiple_of(2);
    let path = if square {
        plate.path(34.0)
    } else {
        Outline::Rectangle { wide: 118.0, high: 118.0, corner: 4.0 }.path(0.0)
    };
    canvas.fill(path.clone(), stone.raised(130.0));
    stone.texture_in(canvas, Some(path), false, body.grain);
    canvas.begin(Role::Dial, "dial");
    canvas.disc(MIDDLE, 100.0, stone.shade(0.14));
    canvas.begin(Role::Ornament, "");
    let ink = stone.shade(if stone.base.luminance() > 0.15 { -0.65 } else { 0.7 });
    canvas.ring(MIDDLE, 99.0, 97.0, ink);
    canvas.ring(MIDDLE, 76.0, 75.0, ink);
    const HOURS: [&str; 13] =
        ["VI", "VII", "VIII", "IX", "X", "XI", "XII", "I", "II", "III", "IV", "V", "VI"];
    let foot = at(0.0, -46.0);
    for (n, hour) in HOURS.iter().enumerate() {
        let degrees = 270.0 - 15.0 * n as f64;
        let to = polar(degrees, 75.0);
        let line =
            facet(&[(foot.x - 0.5, foot.y), (foot.x + 0.5, foot.y), (to.x + 0.5, to.y), (to.x - 0.5, to.y)]);
        canvas.fill(line, ink.faded(0.7));
        print(canvas, hour, "EB Garamond", (10.5, ink), (polar(degrees, 86.0), degrees + 180.0));
    }
    let hand = canvas.begin(Role::Hand, "pointer");
    canvas.fill(facet(&[(-3.4, -50.0), (0.0, -54.0), (0.0, 34.0)]), body.trim.shade(0.35));
    canvas.fill(facet(&[(3.4, -50.0), (0.0, -54.0), (0.0, 34.0)]), body.trim.shade(-0.35));
    canvas.scene.element_mut(hand).anchor = at(0.0, 34.0);
    canvas.begin(Role::Ornament, "");
    canvas.fill(slab(-9.0, -60.0, 9.0, -48.0, 3.0), body.trim.across(at(-9.0, -60.0), at(9.0, -48.0)));
}

/// A round thermometer.
pub(super) fn thermometer(body: &Body, canvas: &mut Canvas) {
    rim(canvas, &body.main, 113.0 + 12.0 * body.weight, 101.0);
    let ink = Color::rgb(40, 42, 48);
    ground(canvas, Color::rgb(245, 244, 238));
    for (from, to, tone) in [
        (-135.0, -45.0, Color::rgb(70, 130, 200)),
        (-45.0, 45.0, Color::rgb(90, 170, 110)),
        (45.0, 135.0, Color::rgb(214, 80, 60)),
    ] {
        canvas.arc(MIDDLE, 96.0, from, to, tone.faded(0.8), 5.0);
    }
    scale_ticks(canvas, (-135.0, 135.0), (90, 10), ink);
    for n in 0..=9i32 {
        let degrees = -135.0 + 30.0 * f64::from(n);
        print(canvas, &format!("{}", n * 10 - 40), "Fira Sans", (12.0, ink), (polar(degrees, 68.0), 0.0));
    }
    print(canvas, "°C", "Fira Sans", (18.0, ink), (at(0.0, 44.0), 0.0));
    canvas.fill(circles([(at(0.0, 70.0), 1.6)]), ink);
    pointer(canvas, -135.0 + 270.0 * reading(body), (80.0, 2.4), Color::rgb(190, 40, 40));
}
