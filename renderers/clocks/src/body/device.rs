//! Things with a screen.

use pixmo_render::Color;

use super::Body;
use super::material::{Finish, Material};
use super::parts::{MIDDLE, at, circles, fade, marks, polygons, print, ramp, slab};
use super::strap::Run;
use super::table::block;
use super::wrist::knob;
use crate::space::{Canvas, Outline};

const GLASS: Color = Color::rgb(9, 9, 11);

fn half(body: &Body) -> (f32, f32) {
    match body.outline {
        Outline::Rectangle { wide, high, .. } => (wide, high),
        _ => (100.0, 100.0),
    }
}

/// The two halves of a strap from a case of half a height.
fn strap(body: &Body, canvas: &mut Canvas, (wide, from): (f32, f32), long: f32) {
    for side in [-1.0, 1.0] {
        body.strap.draw(&Run { half: wide, from: from - 12.0, seen: from, to: from + long, side }, canvas);
    }
}

/// A watch with a screen, round or square.
pub(super) fn smartwatch(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let metal = &body.main;
    let rim = 14.0 + 5.0 * body.weight;
    let round = body.outline == Outline::Round;
    strap(body, canvas, (wide * if round { 0.6 } else { 0.8 }, high + rim - 6.0), 92.0);
    if round {
        for side in [-1.0, 1.0] {
            let lug = super::parts::smooth(&[
                (-76.0, 60.0 * side),
                (76.0, 60.0 * side),
                (70.0, (high + rim + 8.0) * side),
                (-70.0, (high + rim + 8.0) * side),
            ]);
            canvas.fill(lug, metal.shade(-0.25));
        }
        for degrees in [60.0, 120.0] {
            knob(canvas, metal, degrees, (high + rim - 6.0, high + rim + 9.0), 9.0);
        }
    } else {
        knob(canvas, metal, 90.0, (wide + rim - 4.0, wide + rim + 2.0), 30.0);
        let y = -high * 0.42;
        canvas.fill(
            slab(wide + rim - 4.0, y - 17.0, wide + rim + 9.0, y + 17.0, 5.0),
            metal.rod(at(0.0, y - 17.0), at(0.0, y + 17.0)),
        );
        let flutes = (-7..=7).map(|n| {
            let v = y + 2.1 * n as f32;
            vec![
                at(wide + rim + 1.0, v),
                at(wide + rim + 8.5, v),
                at(wide + rim + 8.5, v + 0.9),
                at(wide + rim + 1.0, v + 0.9),
            ]
        });
        canvas.fill(polygons(flutes), metal.shade(-0.6).faded(0.7));
    }
    canvas.fill(body.outline.path(rim), metal.raised(110.0));
    canvas.fill(body.outline.path(rim - 2.0), metal.about(110.0));
    canvas.fill(body.outline.path(rim - 5.5), metal.shade(-0.6));
    canvas.fill(body.outline.path(rim - 6.5), GLASS);
    if round && body.variant.is_multiple_of(2) {
        canvas.ring(
            MIDDLE,
            100.0 + rim - 2.0,
            102.0,
            Material::new(Finish::Gloss, Color::rgb(28, 29, 32)).about(110.0),
        );
        canvas.fill(marks(MIDDLE, 60, 104.0, 100.0 + rim - 5.0, 0.9), Color::rgb(150, 152, 156));
    }
}

/// A narrow band.
pub(super) fn fitness(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let rim = 9.0 + 3.0 * body.weight;
    strap(body, canvas, (wide + rim * 0.8, high + rim - 14.0), 104.0);
    let case = Material::new(
        Finish::Gloss,
        if body.variant.is_multiple_of(3) { body.strap.stuff.shade(-0.3) } else { Color::rgb(22, 22, 25) },
    );
    canvas.fill(body.outline.path(rim), case.raised(100.0));
    canvas.fill(body.outline.path(rim - 1.5), case.across(at(-wide - rim, 0.0), at(wide + rim, 20.0)));
    canvas.fill(body.outline.path(2.0), GLASS);
    if body.variant.is_multiple_of(2) {
        canvas
            .fill(slab(-8.0, high + rim * 0.3, 8.0, high + rim * 0.3 + 2.6, 1.3), Color::rgb(120, 122, 126));
    }
}

/// The middle of a dashboard: screen, vents and knobs.
pub(super) fn car(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let soft = Material::new(
        Finish::Matt,
        [Color::rgb(40, 41, 44), Color::rgb(74, 62, 54), Color::rgb(126, 118, 106)]
            [usize::from(body.variant % 3)],
    );
    let top = if body.variant.is_multiple_of(2) { 66.0 } else { 24.0 };
    canvas.fill(
        slab(-170.0, -high - top, 170.0, high + 86.0, 16.0),
        soft.across(at(-120.0, -high - top), at(120.0, high + 86.0)),
    );
    canvas.fill(slab(-156.0, -high - top + 1.0, 156.0, -high - top + 5.0, 2.0), soft.shade(0.25));
    if top > 40.0 {
        for x in [-1.0, 1.0] {
            let (l, r) = if x < 0.0 { (-112.0, -8.0) } else { (8.0, 112.0) };
            canvas.fill(slab(l, -high - 56.0, r, -high - 22.0, 8.0), Color::rgb(14, 14, 16));
            for n in 0..4 {
                let y = -high - 52.0 + 7.6 * n as f32;
                canvas.fill(slab(l + 4.0, y, r - 4.0, y + 3.4, 1.5), soft.rod(at(0.0, y), at(0.0, y + 4.0)));
            }
        }
    }
    let chrome = Material::new(Finish::Polished, Color::rgb(170, 174, 178));
    for x in [-140.0, 140.0] {
        canvas.disc(at(x + 1.0, high + 44.0), 26.0, Color::BLACK.faded(0.35));
        canvas.disc(at(x, high + 42.0), 25.0, chrome.ball(at(x, high + 42.0), 30.0));
        canvas.disc(
            at(x, high + 42.0),
            20.0,
            Material::new(Finish::Matt, Color::rgb(32, 33, 36)).ball(at(x, high + 42.0), 40.0),
        );
        canvas.fill(slab(x - 1.2, high + 25.0, x + 1.2, high + 33.0, 1.0), Color::WHITE);
    }
    for (n, word) in ["MODE", "A/C", "AUTO", "REAR"].iter().enumerate() {
        let x = -84.0 + 56.0 * n as f32;
        block(
            canvas,
            &Material::new(Finish::Matt, Color::rgb(34, 35, 38)),
            (x - 25.0, high + 28.0, x + 25.0, high + 56.0),
            4.0,
            0,
        );
        print(canvas, word, "Roboto Condensed", (10.0, Color::rgb(226, 228, 230)), (at(x, high + 42.0), 0.0));
    }
    canvas.fill(
        slab(-wide - 14.0, -high - 12.0, wide + 14.0, high + 14.0, 8.0),
        Material::new(Finish::Gloss, Color::rgb(20, 20, 22)).about(130.0),
    );
    canvas.fill(body.outline.path(1.0), GLASS);
}

/// A phone.
pub(super) fn phone(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let corner = if let Outline::Rectangle { corner, .. } = body.outline { corner } else { 0.0 };
    let rim = 3.4 + 1.6 * body.weight;
    let metal = &body.trim;
    for (y, long) in [(-52.0, 16.0), (-24.0, 10.0), (-10.0, 10.0)] {
        let x = if long > 12.0 { wide + rim - 0.6 } else { -wide - rim - 1.4 };
        canvas.fill(slab(x, y, x + 2.0, y + long, 0.8), metal.rod(at(0.0, y), at(0.0, y + long)));
    }
    canvas.fill(slab(-wide - rim, -high - rim, wide + rim, high + rim, corner + rim), metal.about(110.0));
    canvas.fill(
        slab(-wide - rim + 1.2, -high - rim + 1.2, wide + rim - 1.2, high + rim - 1.2, corner + rim - 1.2),
        GLASS,
    );
}

/// A tablet on its side, sometimes in a cover.
pub(super) fn tablet(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let rim = 8.0 + 4.0 * body.weight;
    if body.variant.is_multiple_of(3) {
        let cover = Material::new(Finish::Matt, body.ground);
        canvas.fill(
            slab(-wide - rim - 6.0, -high - rim - 6.0, wide + rim + 6.0, high + rim + 6.0, 10.0),
            cover.about(130.0),
        );
    }
    canvas.fill(slab(-wide - rim, -high - rim, wide + rim, high + rim, 8.0), body.trim.about(120.0));
    let front = if body.variant.is_multiple_of(4) { Color::rgb(238, 238, 236) } else { GLASS };
    canvas.fill(slab(-wide - rim + 1.4, -high - rim + 1.4, wide + rim - 1.4, high + rim - 1.4, 7.0), front);
    let lens = at(0.0, -high - rim / 2.0);
    canvas.disc(lens, 1.6, Color::rgb(44, 48, 60));
    canvas.disc(at(lens.x - 0.4, lens.y - 0.4), 0.5, Color::rgb(130, 140, 170));
}

/// The bar along the lower edge of a laptop's screen: dark, light, or in the colours of the wallpaper.
pub(super) fn bar(body: &Body) -> Color {
    match body.variant % 4 {
        0 => Color::rgb(28, 30, 36),
        1 => Color::rgb(236, 238, 242),
        2 => body.ground.mix(Color::rgb(14, 18, 30), 0.72),
        _ => body.ground.mix(Color::WHITE, 0.78),
    }
}

/// The lower right corner of a laptop: what is shown of its screen is the frame, the rest is wallpaper and task bar.
pub(super) fn laptop(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let metal = &body.trim;
    let (left, top) = (-wide - 500.0, -high - 400.0);
    let (right, low) = (wide + 24.0, high + 40.0);
    canvas.fill(slab(left, top, right, low, 0.0), metal.shade(-0.35));
    canvas.fill(slab(left, top, right - 4.0, low - 3.0, 0.0), Color::rgb(18, 18, 20));
    let (a, b) = (body.ground.mix(Color::rgb(30, 60, 120), 0.4), body.ground.mix(Color::WHITE, 0.35));
    canvas.fill(slab(left, top, wide, high, 0.0), ramp(at(left, top), at(wide, high), a, b));
    canvas.fill(
        circles([(at(-60.0, -high - 150.0), 120.0), (at(-230.0, -high - 250.0), 90.0)]),
        Color::WHITE.faded(0.08),
    );
    let dark = body.variant.is_multiple_of(2);
    if !body.variant.is_multiple_of(3) {
        open_window(canvas, (left, top, -wide - 150.0, -high - 90.0), dark);
    }
    let bar = bar(body);
    canvas.fill(slab(left, -high, wide, high, 0.0), bar);
    canvas.fill(slab(left, -high - 1.0, wide, -high, 0.0), bar.mix(bar.ink(), 0.2));
    for n in 0..5 {
        let x = -wide - 220.0 - 62.0 * n as f32;
        let tone = [
            Color::rgb(58, 130, 220),
            Color::rgb(240, 180, 60),
            Color::rgb(90, 170, 110),
            Color::rgb(206, 92, 80),
            Color::rgb(130, 110, 190),
        ][n];
        canvas.fill(slab(x - 17.0, -17.0, x + 17.0, 17.0, 7.0), tone);
        canvas.fill(slab(x - 9.0, -4.0, x + 9.0, 4.0, 2.0), Color::WHITE.faded(0.85));
    }
    tray(canvas, -wide, bar.ink().mix(bar, 0.25));
    print(
        canvas,
        "LUMO",
        "Montserrat",
        (13.0, Color::rgb(120, 122, 126)),
        (at(-wide - 250.0, high + 19.0), 0.0),
    );
    canvas.fill(slab(left, low, right, low + 12.0, 0.0), Color::rgb(22, 22, 24));
    canvas.fill(
        slab(left, low + 9.0, right + 10.0, low + 132.0, 0.0),
        metal.across(at(left, low), at(right, low + 150.0)),
    );
    let keys = 14;
    let pitch = (right - left - 40.0) / keys as f32;
    for row in 0..3 {
        for column in 0..keys {
            let (x, y) = (left + 10.0 + pitch * column as f32, low + 24.0 + 36.0 * row as f32);
            let (x_end, y_end) = (x + pitch - 6.0, (y + 30.0).min(low + 131.0));
            canvas.fill(slab(x, y, x_end, y_end, 4.0), Color::rgb(16, 16, 18));
            canvas.fill(slab(x + 1.0, y + 0.8, x_end - 1.0, y_end - 3.0, 3.0), Color::rgb(40, 41, 44));
        }
    }
}

/// An open window of which the right edge is seen.
fn open_window(canvas: &mut Canvas, (left, top, right, bottom): (f32, f32, f32, f32), dark: bool) {
    let paper = if dark { Color::rgb(38, 41, 48) } else { Color::rgb(250, 250, 251) };
    let ink = paper.ink();
    canvas.fill(slab(left, top, right + 3.0, bottom + 6.0, 6.0), Color::BLACK.faded(0.25));
    canvas.fill(slab(left, top, right, bottom, 6.0), paper);
    canvas.fill(slab(left, top, right, top + 34.0, 6.0), paper.mix(ink, 0.1));
    for (n, x) in [right - 24.0, right - 56.0, right - 88.0].into_iter().enumerate() {
        let tone = if n == 0 { Color::rgb(214, 84, 74) } else { paper.mix(ink, 0.3) };
        canvas.disc(at(x, top + 17.0), 7.0, tone);
    }
    let mut y = top + 60.0;
    for share in [0.86, 0.7, 0.92, 0.4, 0.8, 0.64, 0.88].iter().cycle().take(24) {
        if y + 8.0 > bottom - 20.0 {
            break;
        }
        let end = left + 30.0 + (right - left - 70.0) * share;
        canvas.fill(slab(left + 30.0, y, end, y + 7.0, 3.0), paper.mix(ink, 0.28));
        y += 22.0;
    }
}

/// Signs of network, sound and battery that end left of a place.
fn tray(canvas: &mut Canvas, right: f32, ink: Color) {
    let (wifi, sound, battery) = (right - 118.0, right - 76.0, right - 32.0);
    for radius in [7.0, 14.0, 21.0] {
        canvas.arc(at(wifi, 10.0), radius, -42.0, 42.0, ink, 2.6);
    }
    canvas.disc(at(wifi, 9.0), 2.6, ink);
    let horn = [(-12.0, -4.5), (-6.0, -4.5), (1.0, -11.0), (1.0, 11.0), (-6.0, 4.5), (-12.0, 4.5)];
    canvas.fill(super::parts::facet(&horn.map(|(x, y)| (sound + x, y))), ink);
    for radius in [8.0, 14.0] {
        canvas.arc(at(sound + 1.0, 0.0), radius, 48.0, 132.0, ink, 2.4);
    }
    canvas.stroke(slab(battery - 16.0, -8.0, battery + 13.0, 8.0, 3.0), ink, 2.2);
    canvas.fill(slab(battery - 12.5, -4.5, battery + 5.0, 4.5, 1.0), ink);
    canvas.fill(slab(battery + 15.0, -3.5, battery + 18.0, 3.5, 1.0), ink);
}

/// A flat black box with a display in its front.
pub(super) fn television_box(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let w = wide + 130.0;
    let (t, b) = (-high - 26.0, high + 30.0);
    for x in [-w + 40.0, w - 40.0] {
        canvas.fill(slab(x - 24.0, b - 4.0, x + 24.0, b + 9.0, 3.0), Color::rgb(20, 20, 20));
    }
    canvas.fill(
        super::parts::facet(&[(-w, t), (w, t), (w - 30.0, t - 26.0), (-w + 30.0, t - 26.0)]),
        body.main.shade(-0.05),
    );
    for n in 0..24 {
        let x = -110.0 + 9.4 * n as f32;
        canvas.fill(slab(x, t - 19.0, x + 4.0, t - 8.0, 1.0), body.main.shade(-0.6));
    }
    block(canvas, &body.main, (-w, t, w, b), 4.0, 0);
    canvas.fill(
        slab(-wide - 16.0, t + 10.0, wide + 16.0, b - 12.0, 4.0),
        Material::new(Finish::Gloss, Color::rgb(16, 16, 18)).about(120.0),
    );
    for x in [wide + 40.0, wide + 66.0, wide + 92.0] {
        canvas.disc(at(x, 4.0), 9.0, body.main.shade(-0.5));
        canvas.disc(at(x, 3.4), 8.0, body.main.ball(at(x, 3.4), 12.0));
    }
    canvas.disc(at(-wide - 92.0, 4.0), 13.0, body.main.shade(-0.5));
    canvas.disc(at(-wide - 92.0, 3.0), 11.5, body.main.ball(at(-wide - 92.0, 3.0), 16.0));
    canvas.disc(
        at(-wide - 64.0, 4.0),
        2.6,
        if body.variant.is_multiple_of(2) { Color::rgb(70, 220, 110) } else { Color::rgb(226, 60, 50) },
    );
    print(
        canvas,
        "ORVIX",
        "Exo 2",
        (11.0, body.main.base.ink().faded(0.8)),
        (at(-wide - 46.0, b - 20.0), 0.0),
    );
}

/// A screen on a stand wrapped in fabric.
pub(super) fn smart_display(body: &Body, canvas: &mut Canvas) {
    let (wide, high) = half(body);
    let rim = 12.0 + 4.0 * body.weight;
    let cloth = Material::new(Finish::Matt, body.ground.mix(Color::rgb(128, 128, 130), 0.45));
    canvas.fill(
        super::parts::facet(&[
            (-66.0, high - 6.0),
            (66.0, high - 6.0),
            (92.0, high + 56.0),
            (-92.0, high + 56.0),
        ]),
        cloth.rod(at(-90.0, 0.0), at(90.0, 0.0)),
    );
    let dots = (0..7).flat_map(|row| {
        (0..24).map(move |n| {
            (
                at(
                    -64.0 + 5.5 * n as f32 + if row % 2 == 0 { 0.0 } else { 2.7 },
                    high + 17.0 + 5.4 * row as f32,
                ),
                0.9,
            )
        })
    });
    canvas.fill(circles(dots), Color::BLACK.faded(0.3));
    canvas.fill(slab(-wide - rim, -high - rim, wide + rim, high + rim, 14.0), body.main.about(130.0));
    canvas.fill(
        slab(-wide - rim + 1.5, -high - rim + 1.5, wide + rim - 1.5, high + rim - 1.5, 13.0),
        if body.variant.is_multiple_of(3) { Color::rgb(236, 236, 234) } else { GLASS },
    );
    canvas.disc(at(0.0, -high - rim / 2.0), 1.8, Color::rgb(70, 74, 86));
    canvas.fill(
        slab(-92.0, high + 50.0, 92.0, high + 57.0, 3.0),
        fade(at(0.0, high + 50.0), at(0.0, high + 57.0), Color::BLACK, 0.1, 0.5),
    );
}
