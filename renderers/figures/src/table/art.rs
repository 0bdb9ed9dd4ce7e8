//! Ticks and crosses.

use pixmo_render::scene::Stroke;
use pixmo_render::{Color, Datum, Point, Rect, Role, Scene};

use super::measure::tick_px;
use super::style::{TableStyle, Ticks};
use crate::look::Look;

/// Draws a tick (yes) or a cross (no) in the middle of a cell, as a mark that carries the cell.
#[expect(clippy::too_many_arguments, reason = "one caller; each argument is a different thing")]
pub(super) fn tick(
    scene: &mut Scene,
    look: &Look,
    style: &TableStyle,
    rect: &Rect,
    yes: bool,
    ground: Color,
    label: &str,
    data: &[Datum],
) {
    let element = scene.mark(Role::Tile, label, data.iter().copied());
    let side = tick_px(style);
    let center = Point::new(rect.center().x.round(), rect.center().y.round());
    let plain = style.first_bold;
    let color = match (yes, plain) {
        (true, true) => look.accent.readable_on(ground, 3.0),
        (true, false) => Color::oklch(0.62, 0.16, 150.0).readable_on(ground, 3.0),
        (false, true) => ground.mix(look.ink, 0.5),
        (false, false) => Color::oklch(0.6, 0.19, 25.0).readable_on(ground, 3.0),
    };
    let (pen, reach) = if style.ticks == Ticks::Discs {
        scene.circle(element, center, side / 2.0, color);
        (Stroke::new(color.ink(), side * 0.11).rounded(), side * 0.24)
    } else {
        (Stroke::new(color, (side * 0.15).max(1.6)).rounded(), side * 0.4)
    };
    let at = |x: f32, y: f32| Point::new(center.x + x * reach, center.y + y * reach);
    if yes {
        scene.polyline(element, &[at(-0.95, 0.05), at(-0.3, 0.75), at(1.0, -0.75)], pen);
    } else {
        scene.line(element, at(-0.75, -0.75), at(0.75, 0.75), pen.clone());
        scene.line(element, at(-0.75, 0.75), at(0.75, -0.75), pen);
    }
}
