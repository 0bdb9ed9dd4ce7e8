//! Second hands, and other thin hands about the middle.

use pixmo_render::{Color, Point, Rng, Role};
use serde::{Deserialize, Serialize};

use super::hand::Shadow;
use super::rim::{Many, Rim, rounded, tenth};
use super::tone;
use crate::space::{Canvas, placed, polar};

/// What a thin hand has at its tip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tip {
    /// Nothing.
    Plain,
    /// A disc near the tip.
    Lollipop,
    /// A ring near the tip.
    Ring,
    /// A small arrow.
    Arrow,
    /// A broad triangle.
    Triangle,
    /// A rhomb near the tip.
    Diamond,
}

/// What a thin hand has behind the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Nothing.
    None,
    /// Its own end.
    Tail,
    /// A wider bar.
    Bar,
    /// A disc.
    Disc,
    /// A ring.
    Ring,
    /// A crescent, the horns outwards.
    Crescent,
}

/// A thin hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Needle {
    /// From the middle to the tip.
    pub length: f32,
    /// Width at the middle.
    pub width: f32,
    /// How far it reaches behind the middle.
    pub tail: f32,
    /// Its colour.
    pub color: Color,
    /// Its tip.
    pub tip: Tip,
    /// Its other end.
    pub weight: Weight,
    /// Size of what is at the tip.
    pub head: f32,
}

/// Where seconds are shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seconds {
    /// Nowhere.
    None,
    /// By a hand about the middle.
    Center(Needle),
    /// By the small dial for seconds.
    Subdial,
    /// By a mark on a disc that turns about the middle.
    Disc(Disc),
}

/// A disc that turns once in a minute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disc {
    /// Its radius.
    pub radius: f32,
    /// Its colour.
    pub ground: Color,
    /// The colour of its mark.
    pub color: Color,
    /// Whether the mark is a triangle; else a line.
    pub triangle: bool,
}

impl Needle {
    /// A needle that can be read on these shades.
    pub(super) fn drawn(rim: &Rim, reach: f32, shades: &[Color], rng: &mut Rng) -> Needle {
        let circle = rim.circle();
        let on_dark = shades.iter().all(|shade| shade.luminance() < 0.2);
        let color = if rng.chance(0.5) { tone::accent(rng) } else { tone::metal(rng, on_dark) };
        Needle {
            length: tenth(rng, circle * 0.78, circle * 0.96).min(rounded(reach)),
            width: rounded(rim.scaled(tenth(rng, 0.9, 1.7))).max(0.8),
            tail: rounded(circle * rng.range32(0.14, 0.27)),
            color: tone::readable(color, shades, tone::HAND_CONTRAST),
            tip: *rng.pick(&[
                Tip::Plain,
                Tip::Plain,
                Tip::Plain,
                Tip::Plain,
                Tip::Lollipop,
                Tip::Lollipop,
                Tip::Ring,
                Tip::Arrow,
                Tip::Diamond,
            ]),
            weight: *rng.pick(&[
                Weight::None,
                Weight::Tail,
                Weight::Tail,
                Weight::Bar,
                Weight::Bar,
                Weight::Disc,
                Weight::Ring,
                Weight::Crescent,
            ]),
            head: rounded(rim.scaled(tenth(rng, 2.0, 3.8))),
        }
    }

    /// Draws it about a middle, pointing in a direction, as an element of this name whose anchor is the tip.
    pub(super) fn draw(
        &self,
        (label, center, degrees): (&str, Point, f64),
        shadow: Option<Shadow>,
        canvas: &mut Canvas,
    ) {
        if let Some(shadow) = shadow {
            canvas.begin(Role::Ornament, "");
            let under = Point::new(center.x + shadow.right * 1.2, center.y + shadow.down * 1.2);
            canvas.fill(self.path(under, degrees), Color::BLACK.faded(shadow.dark * 0.8));
        }
        let hand = canvas.begin(Role::Hand, label);
        canvas.fill(self.path(center, degrees), self.color);
        let at = |out: f32| placed(center, degrees, (0.0, out));
        if self.tip == Tip::Ring {
            canvas.ring(at(self.length * 0.8), self.head * 1.2, self.head * 0.62, self.color);
        }
        if self.weight == Weight::Ring {
            canvas.ring(at(-self.tail + self.head), self.head * 1.1, self.head * 0.5, self.color);
        }
        canvas.scene.element_mut(hand).anchor = at(self.length);
    }

    fn path(&self, center: Point, degrees: f64) -> Option<pixmo_render::Path> {
        let (l, w, h) = (self.length, self.width / 2.0, self.head);
        let mut many = Many::new();
        let at = |out: f32| placed(center, degrees, (0.0, out));
        let behind = match self.weight {
            Weight::None => -w * 3.0,
            Weight::Ring => -self.tail + h * 2.0,
            _ => -self.tail,
        };
        match self.tip {
            Tip::Ring => {
                let ring = l * 0.8;
                many.bar(center, degrees, (behind, ring - h), w * 2.0);
                many.shape(
                    center,
                    degrees,
                    &[(w * 0.9, ring + h), (w * 0.4, l), (-w * 0.4, l), (-w * 0.9, ring + h)],
                );
            }
            Tip::Arrow | Tip::Triangle => {
                let (wide, long) =
                    if self.tip == Tip::Arrow { (h * 0.6, h * 2.4) } else { (h * 1.3, h * 2.3) };
                many.bar(center, degrees, (behind, l - long), w * 2.0);
                many.shape(center, degrees, &[(-wide, l - long), (wide, l - long), (0.0, l)]);
            }
            _ => {
                many.shape(center, degrees, &[(-w, behind), (w, behind), (w * 0.5, l), (-w * 0.5, l)]);
                match self.tip {
                    Tip::Lollipop => many.disc(at(l * 0.8), h),
                    Tip::Diamond => {
                        let m = l * 0.78;
                        many.shape(
                            center,
                            degrees,
                            &[(0.0, m - h * 1.8), (h * 0.7, m), (0.0, m + h * 1.8), (-h * 0.7, m)],
                        );
                    }
                    _ => {}
                }
            }
        }
        match self.weight {
            Weight::Bar => many.bar(center, degrees, (-self.tail, -self.tail * 0.35), w * 2.0 + h * 0.6),
            Weight::Disc => many.disc(at(-self.tail + h), h),
            Weight::Crescent => {
                let middle = -self.tail + h;
                let (bow, hollow) = (h * 1.3, h * 0.5);
                let outer = (0..=10).map(|n| {
                    let a = (100.0 + 16.0 * n as f32).to_radians();
                    (bow * libm::sinf(a), middle + bow * libm::cosf(a))
                });
                let inner = (0..=10).rev().map(|n| {
                    let a = (100.0 + 16.0 * n as f32).to_radians();
                    (bow * libm::sinf(a) * 0.92, middle + hollow * libm::cosf(a))
                });
                let both: Vec<(f32, f32)> = outer.chain(inner).collect();
                many.shape(center, degrees, &both);
            }
            _ => {}
        }
        many.path()
    }
}

impl Disc {
    /// A disc for a dial with these shades.
    pub(super) fn drawn(rim: &Rim, shades: &[Color], rng: &mut Rng) -> Disc {
        let other = tone::beside(shades[0], rng);
        let all = [shades, &[other]].concat();
        let ground = if tone::agree(&all) { other } else { shades[0] };
        Disc {
            radius: tenth(rng, rim.circle() * 0.22, rim.circle() * 0.34),
            ground,
            color: tone::readable(tone::accent(rng), &[ground], tone::HAND_CONTRAST),
            triangle: rng.chance(0.6),
        }
    }

    /// Draws it; the element of the mark has the mark's outer end as its anchor.
    pub(super) fn draw(&self, degrees: f64, canvas: &mut Canvas) {
        let middle = Point::new(0.0, 0.0);
        canvas.begin(Role::Ornament, "");
        canvas.disc(middle, self.radius, self.ground);
        canvas.ring(middle, self.radius, self.radius - 0.5, tone::quiet(self.ground, 0.3));
        let (r, long) = (self.radius * 0.96, self.radius * 0.34);
        let hand = canvas.begin(Role::Hand, "second");
        if self.triangle {
            canvas.shape(
                middle,
                degrees,
                &[(-long * 0.45, r - long), (long * 0.45, r - long), (0.0, r)],
                self.color,
            );
        } else {
            canvas.bar(middle, degrees, r - long, r, self.radius * 0.09, self.color);
        }
        canvas.scene.element_mut(hand).anchor = polar(degrees, r);
    }
}
