//! A desk from above, with things about its edges; its middle is left to the clock.

use pixmo_render::scene::Paint;
use pixmo_render::{Color, PathBuilder, Point, Rect, Rng};
use serde::{Deserialize, Serialize};

use super::boards::Boards;
use super::plane::{Plane, push_box};
use super::{near, toned};

/// A desk with things on it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Desk {
    /// The table: boards, or one colour where there are none.
    pub boards: Option<Boards>,
    /// Colour of the table without boards.
    pub color: Color,
    /// How many things lie on it.
    pub things: u8,
}

impl Desk {
    /// A desk with two to five things.
    pub fn drawn(rng: &mut Rng) -> Desk {
        let tops = [(236, 234, 230), (60, 62, 66), (148, 160, 168), (196, 180, 156), (84, 104, 98)];
        let boards = rng.chance(0.6).then(|| Boards { contrast: 0.45, ..Boards::drawn(rng) });
        Desk { boards, color: near(&tops, rng), things: rng.whole(2, 5) as u8 }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        match &self.boards {
            Some(boards) => boards.draw(plane, rng),
            None => plane.cover(self.color),
        }
        plane.turn(0.0);
        let (wide, high) = (plane.wide, plane.high);
        let kinds = rng.sample(8, usize::from(self.things));
        let start = rng.range(0.0, 360.0);
        for (number, kind) in kinds.iter().enumerate() {
            let around =
                start + 360.0 * number as f64 / f64::from(self.things.max(1)) + rng.range(-16.0, 16.0);
            let out = crate::space::polar(around, 1.0);
            // On the edge of the picture: far enough out that a clock in the middle hides little of it.
            let reach =
                (wide / out.x.abs().max(0.01)).min(high / out.y.abs().max(0.01)) * rng.range32(0.8, 0.98);
            let at = Point::new(out.x * reach, out.y * reach);
            plane.set(at, rng.range32(-40.0, 40.0));
            match kind {
                0 | 1 => sheets(plane, rng),
                2 => pen(plane, rng),
                3 => cup(plane, rng),
                4 => phone(plane, rng),
                5 => keyboard(plane, rng),
                6 => notebook(plane, rng),
                _ => plant(plane, rng),
            }
        }
        plane.turn(0.0);
    }
}

fn sheets(plane: &mut Plane<'_>, rng: &mut Rng) {
    let white = near(&[(248, 247, 242), (240, 236, 224)], rng);
    let sheet = Rect::new(-17.0, -24.0, 17.0, 24.0);
    for (dx, dy) in [(2.0, 1.0), (0.0, 0.0)] {
        let rect = sheet.moved(dx, dy);
        plane.shadow(rect, 0.2, (0.5, 0.7));
        plane.rect(rect, if dx > 0.0 { toned(white, -0.05) } else { white });
    }
    let mut lines = PathBuilder::new();
    push_box(&mut lines, Rect::new(-14.0, -20.0, rng.range32(-4.0, 6.0), -18.4));
    let mut y = -15.0;
    while y < 20.0 {
        let end = if rng.chance(0.2) { rng.range32(-8.0, 8.0) } else { 14.0 };
        push_box(&mut lines, Rect::new(-14.0, y, end, y + 0.6));
        y += if end < 14.0 { 3.6 } else { 1.9 };
    }
    plane.fill(lines.finish(), Color::rgb(90, 90, 96).faded(0.6));
}

fn pen(plane: &mut Plane<'_>, rng: &mut Rng) {
    let color = near(&[(30, 32, 40), (160, 40, 40), (40, 70, 130), (200, 170, 60), (210, 210, 206)], rng);
    let body = Rect::new(-17.0, -1.1, 13.0, 1.1);
    plane.shadow(body, 1.0, (0.5, 0.8));
    let across = |color: Color| Paint::Linear {
        from: Point::new(0.0, -1.1),
        to: Point::new(0.0, 1.1),
        stops: vec![(0.0, toned(color, -0.15)), (0.3, toned(color, 0.45)), (1.0, toned(color, -0.4))],
    };
    plane.polygon(
        &[(13.0, -1.0), (17.5, -0.25), (17.5, 0.25), (13.0, 1.0)].map(|(x, y)| Point::new(x, y)),
        across(Color::rgb(200, 190, 170)),
    );
    plane.round_rect(body, 0.8, across(color));
    plane.rect(Rect::new(-4.0, -1.15, -3.2, 1.15), across(Color::rgb(210, 190, 130)));
    plane.round_rect(Rect::new(-15.0, -0.4, -4.5, 0.3), 0.3, across(Color::rgb(220, 206, 150)));
}

fn cup(plane: &mut Plane<'_>, rng: &mut Rng) {
    let glaze = near(&[(244, 243, 240), (60, 66, 74), (190, 110, 80), (120, 150, 150), (220, 200, 160)], rng);
    let r = rng.range32(9.0, 12.5);
    let middle = Point::default();
    plane.haze(Point::new(1.6, 2.2), (r * 1.75, r * 1.75), Color::BLACK.faded(0.3));
    if rng.chance(0.6) {
        plane.disc(middle, r * 1.5, toned(glaze, -0.1));
        plane.disc(Point::new(-0.2, -0.3), r * 1.46, toned(glaze, 0.15));
        plane.disc(middle, r * 1.12, toned(glaze, -0.14));
    }
    let handle = PathBuilder::from_circle(r * 1.18, 0.0, r * 0.3);
    plane.stroke(handle, toned(glaze, -0.15), r * 0.15);
    let stops = vec![(0.0, toned(glaze, 0.3)), (1.0, toned(glaze, -0.25))];
    plane.disc(middle, r, Paint::Linear { from: Point::new(-r, -r), to: Point::new(r, r), stops });
    plane.disc(middle, r * 0.9, toned(glaze, -0.3));
    let coffee = near(&[(66, 40, 24), (150, 104, 66), (122, 60, 24)], rng);
    let stops = vec![(0.0, coffee), (0.85, toned(coffee, -0.12)), (1.0, toned(coffee, 0.3))];
    plane.disc(Point::new(0.2, 0.3), r * 0.84, Paint::radial(middle, r * 0.84, stops));
    plane.haze(Point::new(-r * 0.3, -r * 0.35), (r * 0.3, r * 0.2), Color::WHITE.faded(0.3));
}

fn phone(plane: &mut Plane<'_>, rng: &mut Rng) {
    let rect = Rect::new(-9.5, -20.0, 9.5, 20.0);
    plane.shadow(rect, 3.0, (0.6, 0.9));
    plane.round_rect(rect, 3.0, near(&[(70, 72, 76), (190, 186, 178), (40, 44, 60)], rng));
    plane.round_rect(rect.grown(-0.5), 2.6, Color::rgb(16, 17, 20));
    let sheen = [(-9.0, -12.0), (9.0, -19.0), (9.0, -4.0), (-9.0, 10.0)].map(|(x, y)| Point::new(x, y));
    plane.polygon(&sheen, Color::WHITE.faded(0.06));
    plane.disc(Point::new(0.0, -18.0), 0.6, Color::rgb(40, 44, 60));
}

fn keyboard(plane: &mut Plane<'_>, rng: &mut Rng) {
    let dark = rng.chance(0.5);
    let (case, key) = if dark {
        (Color::rgb(52, 54, 58), Color::rgb(28, 29, 32))
    } else {
        (Color::rgb(204, 206, 208), Color::rgb(246, 246, 246))
    };
    let rect = Rect::new(-34.0, -12.0, 34.0, 12.0);
    plane.shadow(rect, 1.4, (0.5, 0.8));
    plane.round_rect(rect, 1.4, case);
    let (mut keys, mut edges) = (PathBuilder::new(), PathBuilder::new());
    for row in 0..5_u8 {
        let y = -10.6 + f32::from(row) * 4.4;
        let mut x = -32.4;
        let mut first = true;
        while x < 31.0 {
            let space = row == 4 && (-14.0..8.0).contains(&x);
            let wide = if space {
                20.0
            } else if first {
                3.8 + f32::from(row)
            } else {
                3.8
            };
            let right = (x + wide).min(32.4);
            push_box(&mut edges, Rect::new(x, y + 0.3, right, y + 4.1));
            push_box(&mut keys, Rect::new(x + 0.15, y, right - 0.15, y + 3.6));
            (x, first) = (right + 0.5, false);
        }
    }
    plane.fill(edges.finish(), toned(case, -0.35));
    plane.fill(keys.finish(), key);
}

fn notebook(plane: &mut Plane<'_>, rng: &mut Rng) {
    let color = near(&[(40, 44, 50), (130, 50, 46), (60, 96, 88), (200, 160, 110), (70, 84, 130)], rng);
    let rect = Rect::new(-16.0, -22.0, 16.0, 22.0);
    plane.shadow(rect, 1.4, (0.9, 1.2));
    plane.round_rect(rect.moved(0.5, 0.6), 1.2, Color::rgb(232, 226, 210));
    plane.round_rect(rect, 1.4, color);
    plane.rect(Rect::new(-16.0, -22.0, -13.4, 22.0), toned(color, -0.25));
    plane.rect(Rect::new(11.6, -22.2, 12.6, 22.2), toned(color, -0.5));
    plane.round_rect(Rect::new(-8.0, -14.0, 6.0, -8.0), 0.6, toned(color, 0.75));
}

fn plant(plane: &mut Plane<'_>, rng: &mut Rng) {
    let pot = near(&[(190, 110, 76), (236, 234, 228), (70, 74, 80)], rng);
    plane.haze(Point::new(1.4, 2.0), (15.0, 15.0), Color::BLACK.faded(0.3));
    plane.disc(Point::default(), 8.0, pot);
    plane.disc(Point::default(), 7.0, toned(pot, -0.35));
    plane.disc(Point::default(), 6.6, Color::rgb(52, 40, 30));
    let green = near(&[(70, 120, 60), (90, 140, 90), (110, 150, 70)], rng);
    for n in 0..11 {
        let degrees = f64::from(n) * 137.5 + rng.range(-10.0, 10.0);
        let length = rng.range32(8.0, 15.0);
        let tone = toned(green, rng.range32(-0.3, 0.2));
        super::nature::leaf(plane, Point::default(), degrees, (length, length * 0.34), tone);
    }
}
