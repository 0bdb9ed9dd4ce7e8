//! Hands drawn on a screen, with seconds and the date in digits.

use pixmo_render::scene::{Align, round_rect_path};
use pixmo_render::{Color, Point, Rect, Role};

use super::pane::{Line, Pane};
use super::screen::Screen;
use crate::moment::{Moment, Movement};
use crate::space::{Canvas, polar};

/// Where the digits stand below the middle, and half their box, over the radius.
const DIGITS: (f32, f32, f32) = (0.46, 0.26, 0.15);
/// The hour hand and the minute hand, over the radius: how far they reach, and how thick they are.
const HANDS: [(f32, f32); 2] = [(0.52, 0.075), (0.84, 0.055)];

fn radius(pane: &Pane) -> f32 {
    pane.wide.min(pane.high) * 0.93
}

/// The marks of the hours, and the window for the digits.
pub(super) fn marks(screen: &Screen, pane: &Pane, canvas: &mut Canvas) {
    let r = radius(pane);
    canvas.begin(Role::Ornament, "marks");
    for minute in 0..60u32 {
        let degrees = f64::from(minute) * 6.0;
        if minute.is_multiple_of(5) {
            let (inner, wide) = if minute == 0 { (0.84, 0.05) } else { (0.88, 0.03) };
            canvas.bar(Point::default(), degrees, r * inner, r, r * wide, screen.ink);
        } else if screen.level {
            canvas.bar(Point::default(), degrees, r * 0.96, r, r * 0.01, screen.soft);
        }
    }
    // Numerals at the quarters; the one at the foot gives way to the digits' window.
    let size = screen.big.fitting("12", r * 0.24, r * 0.15);
    let line = Line { kind: &screen.big, size, color: screen.ink, align: Align::Middle };
    for (text, degrees) in [("12", 0.0), ("3", 90.0), ("9", 270.0), ("6", 180.0)] {
        let at = polar(degrees, r * 0.71);
        line.write(canvas, text, (at.x, at.y), Role::TickLabel);
    }
}

/// Digits, then hands over them.
pub(super) fn moving(screen: &Screen, pane: &Pane, moment: &Moment, canvas: &mut Canvas) {
    let r = radius(pane);
    let (down, half, high) = DIGITS;
    let place = |y: f32| Rect::new(-half * r, (y - high) * r, half * r, (y + high) * r);
    if screen.seconds {
        let room = place(down - 0.06);
        canvas.begin(Role::Ornament, "window");
        let pen = r * 0.012;
        canvas.stroke(round_rect_path(&room.grown(-pen), r * 0.06), screen.soft, pen);
        let text = format!("{:02}", moment.second());
        let size = screen.big.fitting("00", room.width() * 0.7, room.height() * 0.62);
        let line = Line { kind: &screen.big, size, color: screen.accent, align: Align::Middle };
        line.write(canvas, &text, (0.0, room.center().y), Role::ValueLabel);
    }
    if let Some(date) = screen.date {
        let sample = date.widest();
        let size = screen.small.fitting(sample, r * 0.6, r * 0.11);
        let line = Line { kind: &screen.small, size, color: screen.soft, align: Align::Middle };
        line.write(canvas, &date.print(moment), (0.0, -r * 0.4), Role::ValueLabel);
    }
    let angles = moment.angles(Movement::Sweeping);
    let hands = [("hour", angles.hour, screen.ink), ("minute", angles.minute, screen.ink)];
    for ((name, degrees, color), (reach, wide)) in hands.into_iter().zip(HANDS) {
        let dark = screen.ground.colors.first().copied().unwrap_or(Color::BLACK);
        canvas.begin(Role::Ornament, "edge");
        canvas.bar(Point::default(), degrees, -r * 0.08, r * (reach + 0.012), r * (wide + 0.024), dark);
        let hand = canvas.begin(Role::Hand, name);
        canvas.bar(Point::default(), degrees, -r * 0.07, r * reach, r * wide, color);
        canvas.scene.element_mut(hand).anchor = polar(degrees, r * reach);
    }
    canvas.begin(Role::Ornament, "cap");
    canvas.disc(Point::default(), r * 0.06, screen.accent);
}
