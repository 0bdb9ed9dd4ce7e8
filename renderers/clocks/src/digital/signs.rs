//! Small signs on displays of segments.

use pixmo_render::scene::round_rect_path;
use pixmo_render::{Color, PathBuilder, Point, Rect};

use crate::space::Canvas;

/// A bell about a middle.
pub(super) fn bell(canvas: &mut Canvas, at: Point, r: f32, color: Color) {
    let mut path = PathBuilder::new();
    path.move_to(at.x - r, at.y + r * 0.6);
    path.quad_to(at.x - r * 0.55, at.y + r * 0.2, at.x - r * 0.55, at.y - r * 0.2);
    path.cubic_to(
        at.x - r * 0.5,
        at.y - r * 1.1,
        at.x + r * 0.5,
        at.y - r * 1.1,
        at.x + r * 0.55,
        at.y - r * 0.2,
    );
    path.quad_to(at.x + r * 0.55, at.y + r * 0.2, at.x + r, at.y + r * 0.6);
    path.close();
    canvas.fill(path.finish(), color);
    canvas.disc(Point::new(at.x, at.y + r * 0.8), r * 0.2, color);
}

/// A battery about a middle.
pub(super) fn battery(canvas: &mut Canvas, at: Point, r: f32, color: Color) {
    let body = Rect::new(at.x - r, at.y - r * 0.5, at.x + r * 0.85, at.y + r * 0.5);
    canvas.stroke(round_rect_path(&body, r * 0.12), color, r * 0.16);
    for cell in 0..3 {
        let x = at.x - r * 0.78 + cell as f32 * r * 0.52;
        let bar = Rect::sized(x, at.y - r * 0.28, r * 0.38, r * 0.56);
        canvas.fill(round_rect_path(&bar, 0.0), color);
    }
    let pole = Rect::sized(at.x + r * 0.93, at.y - r * 0.2, r * 0.14, r * 0.4);
    canvas.fill(round_rect_path(&pole, 0.0), color);
}
