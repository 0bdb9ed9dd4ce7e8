//! Hands: how one is drawn, and how a pair is chosen that can be told apart.

use pixmo_render::{Color, ElementId, Path, PathBuilder, Point, Rng, Role};
use serde::{Deserialize, Serialize};

use super::rim::{Rim, rounded, tenth};
use super::shape::{Cut, Family};
use super::tone;
use crate::space::{Canvas, placed, polar};

/// By how much the minute hand is longer than the hour hand, at least.
pub const LONGER_BY: f32 = 12.0;
/// What share of the way to the marks of the hours a minute hand goes, at least.
pub(super) const NEAR_MARKS: f32 = 0.9;
/// How wide the line is that parts a hand from windows and the moon.
const HALO: f32 = 1.0;
/// How far an hour hand reaches over the inner ends of the marks, at most, as a share of the radius.
pub(super) const OVER_MARKS: f32 = 0.03;

/// How far hands may and should go from the middle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// The outer edge of the minutes: no hand goes farther.
    pub(super) most: f32,
    /// Where the marks of the hours begin: a minute hand comes near.
    pub(super) marks: f32,
    /// Where they end: an hour hand stays inside.
    pub(super) content: f32,
    /// Whether hands pass over small dials or the moon, on which hollow ones would be lost.
    pub(super) busy: bool,
}

/// One hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hand {
    /// Its outline.
    pub family: Family,
    /// From the middle to the tip.
    pub length: f32,
    /// Greatest width, about.
    pub width: f32,
    /// How far it reaches behind the middle.
    pub tail: f32,
    /// Its colour.
    pub color: Color,
    /// The colour of the half that lies in the shade.
    pub shade: Option<Color>,
    /// The colour of its inlays.
    pub inlay: Option<Color>,
    /// The colour of its edge.
    pub edge: Option<Color>,
    /// The colour of a line about it, as that of the dial, that parts it from windows and the moon.
    pub halo: Option<Color>,
}

/// The hour and the minute hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hands {
    /// The hour hand.
    pub hour: Hand,
    /// The minute hand.
    pub minute: Hand,
    /// The disc over both: its radius, its colour, and that of the pin in it.
    pub cap: (f32, Color, Color),
}

/// Shadows of hands: how far to the right and down, and how dark.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shadow {
    /// To the right.
    pub right: f32,
    /// Down.
    pub down: f32,
    /// Opacity, 0 to 1.
    pub dark: f32,
}

impl Hands {
    /// A pair for a dial with these shades.
    pub(super) fn drawn(rim: &Rim, room: &Room, shades: &[Color], rng: &mut Rng) -> Hands {
        let family = *rng.pick(Family::ALL);
        let solid = |family: Family| if room.busy { family.filled() } else { family };
        let mixed = rng.chance(0.06);
        let of_minutes = if mixed { *rng.pick(Family::ALL) } else { family }.of_minutes();
        let circle = rim.circle();
        let near = (room.marks * NEAR_MARKS).max(circle * 0.7).min(room.most);
        let minute_length = tenth(rng, near, room.most.max(near));
        let gap = LONGER_BY.max(circle * 0.17);
        let most = (room.content + circle * OVER_MARKS).max(circle * 0.46).min(minute_length - gap);
        let hour_length = rounded(tenth(rng, circle * 0.46, circle * 0.64).min(most));
        let on_dark = shades.iter().all(|shade| shade.luminance() < 0.2);
        let color = tone::readable(tone::metal(rng, on_dark), shades, tone::HAND_CONTRAST);
        let shade = rng.chance(0.6).then(|| {
            let goal = if on_dark { Color::WHITE } else { Color::BLACK };
            tone::readable(color.mix(goal, rng.range32(0.15, 0.45)), shades, tone::HAND_CONTRAST)
        });
        let inlay = rng.chance(0.72).then(|| tone::lume(rng));
        // An inlay as light as the dial would leave nothing of a slender hand but two lines.
        let hollow = inlay.is_some_and(|inlay| shades.iter().any(|shade| shade.contrast(inlay) < 1.3));
        let edge = rng.chance(0.18).then(|| {
            let goal = if color.luminance() > 0.2 { Color::BLACK } else { Color::WHITE };
            color.mix(goal, 0.5)
        });
        let tail = if rng.chance(0.6) { rng.range32(0.10, 0.28) } else { rng.range32(0.0, 0.06) };
        let thick = rng.unit() as f32;
        let one = |family: Family, length: f32, slim: f32| {
            let (least, most) = family.widths();
            let width = rounded(rim.scaled(least + (most - least) * thick) * slim).max(2.6);
            let inlay = inlay.filter(|_| family.has_inlay() && !(hollow && width < rim.scaled(7.0)));
            let tail = rounded((length * tail).min(circle * 0.2));
            Hand { family, length: rounded(length), width, tail, color, shade, inlay, edge, halo: None }
        };
        let slim =
            if matches!(of_minutes, Family::Stick | Family::Bar | Family::Skeleton) { 0.8 } else { 0.72 };
        let hour = one(solid(family), hour_length, 1.0);
        let mut minute = one(solid(of_minutes), minute_length, slim);
        // Now and then the two differ in colour.
        if rng.chance(0.05) {
            minute.color = tone::readable(tone::accent(rng), shades, tone::HAND_CONTRAST);
            minute.shade = None;
        }
        let pin = color.mix(if color.luminance() > 0.2 { Color::BLACK } else { Color::WHITE }, 0.45);
        let size = tenth(rng, 2.6, 5.2).max(minute.width.min(9.0) * 0.5);
        Hands { hour, minute, cap: (rounded(rim.scaled(size).max(2.0)), color, pin) }
    }

    /// Parts them from what lies on a dial with these shades.
    pub(super) fn part(&mut self, shades: &[Color]) {
        for hand in [&mut self.hour, &mut self.minute] {
            let color = hand.color;
            hand.halo = shades.iter().copied().max_by(|a, b| a.contrast(color).total_cmp(&b.contrast(color)));
        }
    }

    /// Draws the disc over the middle.
    pub(super) fn draw_cap(&self, canvas: &mut Canvas) {
        let (radius, color, pin) = self.cap;
        canvas.begin(Role::Ornament, "");
        canvas.disc(Point::new(0.0, 0.0), radius, color);
        canvas.disc(Point::new(0.0, 0.0), radius * 0.4, pin);
    }
}

impl Hand {
    /// Draws it about a middle, pointing in a direction, as an element of this name whose anchor is the tip.
    pub(super) fn draw(
        &self,
        (label, center, degrees): (&str, Point, f64),
        shadow: Option<Shadow>,
        canvas: &mut Canvas,
    ) -> ElementId {
        let cut = self.family.cut(self.length, self.width, self.tail);
        if let Some(shadow) = shadow {
            canvas.begin(Role::Ornament, "");
            let under = Point::new(center.x + shadow.right, center.y + shadow.down);
            solid(&cut, under, degrees, Color::BLACK.faded(shadow.dark), canvas);
        }
        if let Some(halo) = self.halo {
            canvas.begin(Role::Ornament, "");
            canvas.stroke(outline(&cut, center, degrees), halo, 2.0 * HALO);
            for (out, outer, inner) in &cut.rings {
                canvas.ring(
                    placed(center, degrees, (0.0, *out)),
                    outer + HALO,
                    (inner - HALO).max(0.0),
                    halo,
                );
            }
        }
        let hand = canvas.begin(Role::Hand, label);
        solid(&cut, center, degrees, self.color, canvas);
        if let Some(shade) = self.shade {
            cut.shade.iter().for_each(|part| canvas.shape(center, degrees, part, shade));
        }
        if let Some(inlay) = self.inlay {
            cut.inlay.iter().for_each(|part| canvas.shape(center, degrees, part, inlay));
            // Spokes lie over the inlay of a wheel.
            if self.family == Family::ThreeSpoke {
                cut.solid.iter().skip(2).for_each(|part| canvas.shape(center, degrees, part, self.color));
            }
        }
        if let (Some(edge), [part]) = (self.edge, cut.solid.as_slice()) {
            let points: Vec<Point> = part.iter().map(|corner| placed(center, degrees, *corner)).collect();
            canvas.stroke(pixmo_render::scene::polyline_path(&points, true), edge, 0.5);
        }
        let tip = polar(degrees, self.length);
        canvas.scene.element_mut(hand).anchor = Point::new(center.x + tip.x, center.y + tip.y);
        canvas.scene.element_mut(hand).color = Some(self.color);
        hand
    }
}

/// The outline of the parts of a hand that have its colour.
fn outline(cut: &Cut, center: Point, degrees: f64) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (index, part) in cut.solid.iter().enumerate() {
        let holes: &[_] = if index == 0 { &cut.holes } else { &[] };
        for (part, backwards) in [(part, false)].into_iter().chain(holes.iter().map(|hole| (hole, true))) {
            // Holes run the other way around, so that they are left out and parts may lie over each other.
            let mut points: Vec<Point> = part.iter().map(|corner| placed(center, degrees, *corner)).collect();
            if backwards {
                points.reverse();
            }
            for (n, point) in points.iter().enumerate() {
                if n == 0 { path.move_to(point.x, point.y) } else { path.line_to(point.x, point.y) }
            }
            path.close();
        }
    }
    path.finish()
}

/// Fills the parts of a hand that have its colour.
fn solid(cut: &Cut, center: Point, degrees: f64, color: Color, canvas: &mut Canvas) {
    canvas.fill(outline(cut, center, degrees), color);
    for (out, outer, inner) in &cut.rings {
        canvas.ring(placed(center, degrees, (0.0, *out)), *outer, *inner, color);
    }
}
