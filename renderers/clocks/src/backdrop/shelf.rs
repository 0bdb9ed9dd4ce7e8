//! A shelf before a wall: a clock stands on it, other things stand beside.

use pixmo_render::scene::Paint;
use pixmo_render::{Color, PathBuilder, Point, Rect, Rng};
use serde::{Deserialize, Serialize};

use super::plane::{Plane, smooth_shape};
use super::{near, toned, wall};

/// A shelf, mantelpiece or sideboard.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shelf {
    /// Colour of the wall.
    pub wall: Color,
    /// Colour of the board.
    pub board: Color,
    /// Where the board begins below the middle, in hundredths of the shorter side.
    pub level: f32,
    /// How deep the top of the board looks.
    pub depth: f32,
    /// Books to the left, books to the right.
    pub books: (u8, u8),
    /// Whether one thing stands in the middle, whose foot darkens the board.
    pub alone: bool,
    /// Where the middle of that thing is, to the right of the middle of the picture, and half the width of its foot.
    pub stands: (f32, f32),
    /// How far everything is turned, degrees clockwise.
    pub turn: f32,
}

impl Shelf {
    /// A shelf at about the foot of what stands in the middle.
    pub fn drawn(rng: &mut Rng) -> Shelf {
        let boards = [(124, 84, 54), (176, 136, 92), (238, 236, 230), (62, 46, 38), (150, 150, 148)];
        let level = rng.range32(30.0, 40.0);
        let depth = rng.range32(5.0, 12.0);
        let books = (rng.below(7) as u8, rng.below(7) as u8);
        Shelf {
            wall: wall::paint(rng),
            board: near(&boards, rng),
            level,
            depth,
            books,
            alone: true,
            stands: (0.0, 32.0),
            turn: 0.0,
        }
    }

    /// Puts it under a foot, of which the middle and half the width are told: the board comes to lie along it.
    pub fn put_under(&mut self, middle: Point, half: f32, degrees: f32) {
        let (sin, cos) = (libm::sinf(degrees.to_radians()), libm::cosf(degrees.to_radians()));
        // The place in the turned plane.
        let (x, y) = (cos * middle.x + sin * middle.y, cos * middle.y - sin * middle.x);
        self.level = y + self.depth * 0.25;
        (self.stands, self.turn, self.alone) = ((x, half), degrees, true);
    }

    /// Where things stand, below the middle, in hundredths of the shorter side.
    pub fn foot(&self) -> f32 {
        self.level - self.depth * 0.25
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        plane.turn(self.turn);
        let (wide, high) = (plane.wide, plane.high);
        wall::plain(plane, self.wall);
        let (back, front) = (self.level - self.depth * 0.6, self.level + self.depth * 0.4);
        let foot = self.foot();
        // What is under the shelf lies in its shadow.
        let (from, to) = (Point::new(0.0, front), Point::new(0.0, front + 22.0));
        let stops = vec![(0.0, Color::BLACK.faded(0.45)), (1.0, Color::BLACK.faded(0.0))];
        plane.rect(Rect::new(-wide, front, wide, high.max(front)), Paint::Linear { from, to, stops });
        let (from, to) = (Point::new(0.0, back), Point::new(0.0, front));
        let stops = vec![(0.0, toned(self.board, -0.3)), (1.0, toned(self.board, 0.12))];
        plane.rect(Rect::new(-wide, back, wide, front), Paint::Linear { from, to, stops });
        let thick = Rect::new(-wide, front, wide, front + 4.4);
        super::boards::plank(plane, thick, toned(self.board, -0.14), rng);
        plane.rect(Rect::new(-wide, front, wide, front + 0.5), toned(self.board, 0.35));
        let mut left = -wide - rng.range32(0.0, 6.0);
        for _ in 0..self.books.0 {
            left = book(plane, left, foot, rng);
        }
        let mut right = wide + rng.range32(0.0, 6.0);
        for _ in 0..self.books.1 {
            let width = rng.range32(2.6, 6.4);
            right -= width;
            spine(plane, (right, right + width), foot, rng);
        }
        if self.books.0 < 3 {
            vase(plane, Point::new(-wide * 0.76, foot), rng);
        } else if self.books.1 < 3 {
            picture(plane, Point::new(wide * 0.76, foot), rng);
        }
        if self.alone {
            // The foot of the clock: a soft dark place to stand on.
            let (x, half) = self.stands;
            plane.haze(Point::new(x, foot + 0.8), (half * 1.12, 4.0), Color::BLACK.faded(0.45));
        }
        plane.turn(0.0);
    }
}

fn book(plane: &mut Plane<'_>, left: f32, foot: f32, rng: &mut Rng) -> f32 {
    let right = left + rng.range32(2.6, 6.4);
    spine(plane, (left, right), foot, rng);
    right
}

fn spine(plane: &mut Plane<'_>, (left, right): (f32, f32), foot: f32, rng: &mut Rng) {
    let cloth = [
        (120, 50, 44),
        (44, 62, 92),
        (60, 86, 66),
        (206, 182, 130),
        (224, 218, 204),
        (52, 50, 54),
        (150, 110, 70),
        (110, 84, 120),
        (190, 110, 60),
    ];
    let color = near(&cloth, rng);
    let top = foot - rng.range32(26.0, 44.0);
    let stops = vec![(0.0, toned(color, -0.25)), (0.35, toned(color, 0.14)), (1.0, toned(color, -0.35))];
    let (from, to) = (Point::new(left, 0.0), Point::new(right, 0.0));
    plane.rect(Rect::new(left, top, right, foot), Paint::Linear { from, to, stops });
    let gilt = toned(color, 0.6).faded(0.8);
    let (a, b) = (left + 0.4, right - 0.4);
    for share in [0.1, 0.14, 0.8] {
        let y = top + (foot - top) * share;
        plane.rect(Rect::new(a, y, b, y + 0.5), gilt);
    }
    let middle = (left + right) / 2.0;
    let half = (right - left) * 0.12;
    let (start, end) = (top + (foot - top) * 0.22, top + (foot - top) * rng.range32(0.45, 0.68));
    plane.rect(Rect::new(middle - half, start, middle + half, end), gilt);
}

fn vase(plane: &mut Plane<'_>, at: Point, rng: &mut Rng) {
    let glaze = near(&[(230, 228, 222), (90, 130, 140), (170, 96, 70), (60, 70, 90)], rng);
    plane.haze(Point::new(at.x + 2.0, at.y), (11.0, 2.4), Color::BLACK.faded(0.4));
    let tall = rng.range32(16.0, 24.0);
    let green = near(&[(80, 120, 70), (150, 150, 90)], rng);
    for n in 0..7 {
        let degrees = f64::from(n - 3) * 17.0 + rng.range(-6.0, 6.0);
        let length = rng.range32(14.0, 24.0);
        let tone = toned(green, rng.range32(-0.3, 0.2));
        super::nature::leaf(plane, Point::new(at.x, at.y - tall + 1.0), degrees, (length, 2.6), tone);
    }
    let side = [(2.4, 1.0), (3.2, 0.92), (6.2, 0.6), (6.6, 0.35), (4.4, 0.06), (3.4, 0.0)];
    let mut points: Vec<Point> = side.iter().map(|(x, y)| Point::new(at.x + x, at.y - tall * y)).collect();
    points.extend(side.iter().rev().map(|(x, y)| Point::new(at.x - x, at.y - tall * y)));
    let (from, to) = (Point::new(at.x - 6.6, 0.0), Point::new(at.x + 6.6, 0.0));
    let stops = vec![(0.0, toned(glaze, -0.2)), (0.3, toned(glaze, 0.3)), (1.0, toned(glaze, -0.45))];
    plane.fill(smooth_shape(&points), Paint::Linear { from, to, stops });
}

fn picture(plane: &mut Plane<'_>, at: Point, rng: &mut Rng) {
    let frame = near(&[(60, 46, 36), (200, 170, 110), (240, 238, 232)], rng);
    let rect = Rect::new(at.x - 11.0, at.y - 29.0, at.x + 11.0, at.y);
    plane.shadow(rect, 0.3, (1.0, 0.4));
    plane.rect(rect, frame);
    plane.rect(rect.grown(-1.4), Color::rgb(244, 242, 236));
    let view = rect.grown(-3.6);
    let sky = near(&[(150, 186, 206), (226, 190, 150), (110, 120, 150)], rng);
    plane.rect(view, sky);
    let ground = near(&[(80, 110, 80), (140, 116, 84), (60, 80, 100)], rng);
    let mut hill = PathBuilder::new();
    hill.move_to(view.left, view.bottom);
    hill.line_to(view.left, view.bottom - 7.0);
    hill.quad_to(at.x - 3.0, view.bottom - 14.0, at.x + 1.0, view.bottom - 8.0);
    hill.quad_to(at.x + 5.0, view.bottom - 11.0, view.right, view.bottom - 6.0);
    hill.line_to(view.right, view.bottom);
    hill.close();
    plane.fill(hill.finish(), ground);
}
