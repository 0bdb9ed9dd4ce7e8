//! The pane that digits are shown on, and type that fits into it.

use pixmo_render::font::FaceId;
use pixmo_render::scene::{Align, TextSpec, VAlign, round_rect_path};
use pixmo_render::{Color, ElementId, Fonts, Path, Point, Rect, Rng, Role, Style};

use crate::frame::{Display, Frame};
use crate::space::{Canvas, Outline, REACH};

/// The area that a display has: a box about the middle, or the outline of the dial drawn in to the display's size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pane {
    /// Half the width.
    pub(super) wide: f32,
    /// Half the height.
    pub(super) high: f32,
    form: Form,
}

#[derive(Clone, Copy, Debug)]
enum Form {
    Outline(Outline, f32),
    Box(f32),
}

impl Pane {
    /// The pane of a frame. A frame whose display is not made of digits gets a box inside its largest circle.
    pub(super) fn of(frame: &Frame) -> Pane {
        let (wide, high, soft) = match frame.display {
            Display::Screen { wide, high } => (wide, high, 0.12),
            Display::Segments { wide, high } | Display::Flip { wide, high } => (wide, high, 0.05),
            Display::Hands | Display::Nothing => {
                let inside = frame.outline.circle() * 0.7;
                (inside, inside, 0.1)
            }
        };
        let (wide, high) = (wide.max(4.0), high.max(4.0));
        let full = (frame.outline.reach(90.0), frame.outline.reach(0.0));
        let corner = libm::atan2(f64::from(wide), f64::from(high)).to_degrees();
        let outside = libm::hypotf(wide, high) > frame.outline.reach(corner) + 0.5;
        let same = (wide - full.0).abs() < 3.0 && (high - full.1).abs() < 3.0;
        let form = if outside || same {
            Form::Outline(frame.outline, (wide - full.0).min(high - full.1).min(0.0))
        } else {
            Form::Box(wide.min(high) * soft)
        };
        Pane { wide, high, form }
    }

    /// Whether the pane is all of the dial.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.form, Form::Outline(_, grow) if grow > -0.01)
    }

    /// Whether it is a box of its own on the dial.
    pub(super) fn is_box(&self) -> bool {
        matches!(self.form, Form::Box(_))
    }

    /// Its edge.
    pub(super) fn path(&self) -> Option<Path> {
        match self.form {
            Form::Outline(outline, grow) => Some(outline.path(grow)),
            Form::Box(radius) => round_rect_path(&self.rect(), radius),
        }
    }

    /// The box around it.
    pub(super) fn rect(&self) -> Rect {
        Rect::new(-self.wide, -self.high, self.wide, self.high)
    }

    /// Whether it is round.
    pub(super) fn is_round(&self) -> bool {
        matches!(self.form, Form::Outline(Outline::Round, _))
    }

    /// Half the width that is free at all heights between two.
    pub(super) fn room(&self, top: f32, bottom: f32) -> f32 {
        self.half(top).min(self.half(bottom)).min(self.wide)
    }

    fn half(&self, y: f32) -> f32 {
        let y = y.abs();
        let rounded = |wide: f32, high: f32, radius: f32| {
            let into = y - (high - radius);
            if y >= high {
                0.0
            } else if into <= 0.0 || radius <= 0.0 {
                wide
            } else {
                wide - radius + (radius * radius - into * into).max(0.0).sqrt()
            }
        };
        match self.form {
            Form::Box(radius) => rounded(self.wide, self.high, radius),
            Form::Outline(Outline::Rectangle { wide, high, corner }, grow) => {
                rounded(wide + grow, high + grow, (corner + grow).max(0.0).min(wide).min(high))
            }
            Form::Outline(Outline::Round, grow) => {
                let radius = REACH + grow;
                (radius * radius - y * y).max(0.0).sqrt()
            }
            Form::Outline(outline, grow) => {
                let inside = |x: f32| {
                    let degrees = libm::atan2(f64::from(x), f64::from(y)).to_degrees();
                    libm::hypotf(x, y) <= outline.reach(degrees) + grow
                };
                let (mut low, mut far) = (0.0_f32, self.wide);
                for _ in 0..10 {
                    let middle = (low + far) / 2.0;
                    if inside(middle) {
                        low = middle;
                    } else {
                        far = middle;
                    }
                }
                low
            }
        }
    }
}

/// A bundled face by name, so that parameters say what they mean.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Type {
    /// The family.
    pub family: String,
    /// Bold letters.
    pub bold: bool,
}

/// Families whose digits are of one height, for large digits.
pub(super) const DIGITS: [&str; 18] = [
    "Inter",
    "Roboto",
    "Rubik",
    "Montserrat",
    "Nunito",
    "Comfortaa",
    "Quicksand",
    "Josefin Sans",
    "Space Grotesk",
    "Exo 2",
    "Titillium Web",
    "Oswald",
    "Barlow Condensed",
    "Roboto Condensed",
    "Public Sans",
    "Work Sans",
    "Roboto Slab",
    "JetBrains Mono",
];

/// Families for small print.
pub(super) const SMALL: [&str; 8] =
    ["Inter", "Roboto", "Open Sans", "Rubik", "Nunito", "Barlow Condensed", "Public Sans", "Fira Sans"];

impl Type {
    /// A type by name.
    pub(super) fn named(family: &str, bold: bool) -> Type {
        Type { family: family.to_owned(), bold }
    }

    /// A type for large digits.
    pub(super) fn digits(rng: &mut Rng) -> Type {
        Type::named(rng.word(&DIGITS), rng.chance(0.5))
    }

    /// A type for small print.
    pub(super) fn small(rng: &mut Rng) -> Type {
        Type::named(rng.word(&SMALL), rng.chance(0.3))
    }

    /// The face; a family that is not bundled gives the first that is.
    pub(super) fn face(&self) -> FaceId {
        let families = Fonts::bundled().families();
        let family = families.iter().find(|family| family.name == self.family).unwrap_or(&families[0]);
        family.face(if self.bold { Style::Bold } else { Style::Regular })
    }

    /// Width of a text in em; 0 where it cannot be set.
    pub(super) fn width(&self, text: &str) -> f32 {
        Fonts::bundled().width(self.face(), 1.0, text).unwrap_or(0.0)
    }

    /// Height of capitals and digits in em.
    pub(super) fn cap(&self) -> f32 {
        Fonts::bundled().get(self.face()).cap_height.max(0.3)
    }

    /// The text with every digit exchanged for the widest one: what it may come to need.
    pub(super) fn at_most(&self, text: &str) -> String {
        let width = |digit: &char| self.width(&digit.to_string());
        let widest = ('0'..='9').max_by(|a, b| width(a).total_cmp(&width(b))).unwrap_or('0');
        text.chars().map(|c| if c.is_ascii_digit() { widest } else { c }).collect()
    }

    /// The largest size at which a text, whatever its digits, is no wider and its capitals no higher than this.
    pub(super) fn fitting(&self, text: &str, wide: f32, high: f32) -> f32 {
        let needs = self.width(&self.at_most(text)).max(0.01);
        (wide / needs).min(high / self.cap()).max(0.1)
    }
}

/// One line of type.
pub(super) struct Line<'a> {
    /// The type.
    pub(super) kind: &'a Type,
    /// Its size.
    pub(super) size: f32,
    /// Its colour.
    pub(super) color: Color,
    /// What lies at the place.
    pub(super) align: Align,
}

impl Line<'_> {
    /// Writes a text; capitals are centred on the height of the place. `None` where a glyph is missing.
    pub(super) fn write(
        &self,
        canvas: &mut Canvas,
        text: &str,
        at: (f32, f32),
        role: Role,
    ) -> Option<ElementId> {
        let spec = TextSpec::new(text, self.kind.face(), self.size, self.color, role).at(
            at.0,
            at.1,
            self.align,
            VAlign::Middle,
        );
        canvas.scene.text(spec).ok()
    }
}

/// The points moved to the nearest place inside a box.
pub(super) fn boxed(points: &[Point], pane: &Pane) -> Vec<Point> {
    let (w, h) = (pane.wide, pane.high);
    points.iter().map(|p| Point::new(p.x.clamp(-w, w), p.y.clamp(-h, h))).collect()
}

/// The largest number up to a limit that still fits, to a thousandth of the limit, where all smaller ones fit as well.
pub(super) fn largest(limit: f32, fits: impl Fn(f32) -> bool) -> f32 {
    if fits(limit) {
        return limit;
    }
    let (mut low, mut far) = (limit * 0.001, limit);
    for _ in 0..10 {
        let middle = (low + far) / 2.0;
        if fits(middle) {
            low = middle;
        } else {
            far = middle;
        }
    }
    low
}
