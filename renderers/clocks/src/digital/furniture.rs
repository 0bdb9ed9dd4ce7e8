//! What stands around the time on screens: rings of a day's aims, and what a locked phone shows.

use pixmo_render::scene::{Align, round_rect_path};
use pixmo_render::{Color, Point, Rect, Role, Seed};

use super::pane::{Line, Pane};
use super::screen::Screen;
use crate::space::Canvas;

/// Three rings that are filled as far as the aims of the day are reached.
pub(super) fn rings(screen: &Screen, pane: &Pane, canvas: &mut Canvas) {
    let mut rng = Seed::from_number(screen.scatter).rng("rings");
    let outer = pane.wide.min(pane.high) * 0.93;
    let pen = outer * 0.08;
    let hues = [screen.accent, screen.accent.mix(screen.ink, 0.45), screen.soft];
    for (n, color) in hues.into_iter().enumerate() {
        let r = outer - pen * (0.5 + 1.25 * n as f32);
        canvas.begin(Role::Ornament, "ring");
        canvas.arc(Point::default(), r, 0.0, 360.0, color.faded(0.2), pen);
        canvas.arc(Point::default(), r, 0.0, rng.range(60.0, 352.0), color, pen);
    }
}

const SENDERS: [&str; 10] =
    ["Mara", "Jonas", "Dentist", "Mum", "Team chat", "Parcel", "Library", "Nadia", "Bank", "Oskar"];
const TEXTS: [&str; 12] = [
    "See you at the station!",
    "Your parcel has arrived.",
    "Can you call me back?",
    "The book is ready to collect.",
    "Two new photos",
    "Thanks, that was lovely.",
    "Don't forget the milk",
    "New comment on your plan",
    "Payment received",
    "Running late, sorry",
    "Dinner on Friday?",
    "Update installed",
];

/// A message card.
pub(super) fn message(screen: &Screen, place: Rect, choice: (usize, usize), canvas: &mut Canvas) {
    let h = place.height();
    canvas.begin(Role::Ornament, "card");
    canvas.fill(round_rect_path(&place, h * 0.26), screen.ink.faded(0.14));
    canvas.begin(Role::Ornament, "icon");
    let icon = Rect::sized(place.left + h * 0.18, place.top + h * 0.22, h * 0.56, h * 0.56);
    canvas.fill(round_rect_path(&icon, h * 0.14), screen.accent);
    let left = icon.right + h * 0.2;
    let room = place.right - h * 0.16 - left;
    let rows =
        [(SENDERS[choice.0 % SENDERS.len()], 0.34, true), (TEXTS[choice.1 % TEXTS.len()], 0.68, false)];
    for (text, share, strong) in rows {
        let size = screen.small.fitting(text, room, h * if strong { 0.19 } else { 0.17 });
        let color = if strong { screen.ink } else { screen.soft };
        let line = Line { kind: &screen.small, size, color, align: Align::Start };
        line.write(canvas, text, (left, place.top + h * share), Role::Body);
    }
}

/// The furniture of a locked phone: signs above, messages, and buttons below.
pub(super) fn lock(screen: &Screen, pane: &Pane, canvas: &mut Canvas) {
    let mut rng = Seed::from_number(screen.scatter).rng("lock");
    let unit = pane.wide;
    status(screen, pane, rng.range32(0.15, 1.0), canvas);
    let count = rng.below(4);
    let (wide, high) = (unit * 0.86, unit * 0.3);
    for n in 0..count {
        let top = pane.high * 0.02 + n as f32 * high * 1.18;
        if top + high < pane.high * 0.7 {
            let choice = (rng.below(SENDERS.len()), rng.below(TEXTS.len()));
            message(screen, Rect::new(-wide, top, wide, top + high), choice, canvas);
        }
    }
    let y = pane.high * 0.84;
    for side in [-1.0, 1.0] {
        let at = Point::new(side * unit * 0.66, y);
        canvas.begin(Role::Ornament, "button");
        canvas.disc(at, unit * 0.15, Color::BLACK.mix(screen.ink, 0.5).faded(0.3));
        if side < 0.0 {
            let head =
                Rect::new(at.x - unit * 0.04, at.y - unit * 0.075, at.x + unit * 0.04, at.y - unit * 0.025);
            canvas.fill(round_rect_path(&head, unit * 0.01), screen.ink);
            let grip =
                Rect::new(at.x - unit * 0.025, at.y - unit * 0.02, at.x + unit * 0.025, at.y + unit * 0.075);
            canvas.fill(round_rect_path(&grip, unit * 0.01), screen.ink);
        } else {
            let case =
                Rect::new(at.x - unit * 0.075, at.y - unit * 0.045, at.x + unit * 0.075, at.y + unit * 0.06);
            canvas.fill(round_rect_path(&case, unit * 0.02), screen.ink);
            let bump = Rect::new(at.x - unit * 0.03, at.y - unit * 0.065, at.x + unit * 0.03, at.y);
            canvas.fill(round_rect_path(&bump, unit * 0.01), screen.ink);
            canvas.ring(
                Point::new(at.x, at.y + unit * 0.008),
                unit * 0.034,
                unit * 0.02,
                Color::rgb(60, 60, 66),
            );
        }
    }
    canvas.begin(Role::Ornament, "bar");
    let bar = Rect::new(-unit * 0.32, pane.high * 0.955, unit * 0.32, pane.high * 0.965);
    canvas.fill(round_rect_path(&bar, unit * 0.02), screen.ink);
}

/// Signal and battery at the upper edge.
fn status(screen: &Screen, pane: &Pane, charge: f32, canvas: &mut Canvas) {
    let unit = pane.wide;
    let y = -pane.high * 0.9;
    let edge = (pane.room(y - unit * 0.05, y + unit * 0.05) - unit * 0.1).max(0.0);
    canvas.begin(Role::Ornament, "signal");
    for n in 0..4 {
        let high = unit * (0.022 + 0.02 * n as f32);
        let bar = Rect::sized(-edge + n as f32 * unit * 0.034, y + unit * 0.042 - high, unit * 0.022, high);
        canvas.fill(round_rect_path(&bar, unit * 0.006), screen.ink);
    }
    canvas.begin(Role::Ornament, "battery");
    let case = Rect::new(edge - unit * 0.17, y - unit * 0.042, edge - unit * 0.02, y + unit * 0.042);
    canvas.stroke(round_rect_path(&case, unit * 0.025), screen.ink, unit * 0.012);
    let inner = case.grown(-unit * 0.018);
    let full = Rect::sized(inner.left, inner.top, inner.width() * charge, inner.height());
    canvas.fill(round_rect_path(&full, unit * 0.01), screen.ink);
    let pole = Rect::sized(edge - unit * 0.008, y - unit * 0.016, unit * 0.012, unit * 0.032);
    canvas.fill(round_rect_path(&pole, unit * 0.004), screen.ink);
}
