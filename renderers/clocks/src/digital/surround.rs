//! What lies about digits of segments: the light on their pane, a rim, wires, words for what the clock can do.

use pixmo_render::scene::{Align, Paint, round_rect_path};
use pixmo_render::{Color, PathBuilder, Point, Rect, Rng, Role};

use super::pane::{Line, Pane, Type};
use crate::space::Canvas;

/// From where light falls on a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fall {
    /// From the upper left.
    UpperLeft,
    /// From the upper right.
    UpperRight,
    /// From above.
    Above,
    /// From the left.
    Left,
    /// From below.
    Below,
}

/// What runs along the edge of a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rim {
    /// Nothing.
    None,
    /// A printed line.
    Line,
    /// Two printed lines.
    Double,
    /// Four printed corners.
    Corners,
    /// The shade of a deep opening.
    Deep,
    /// A bright band above and one below.
    Bands,
}

/// What is seen in the glass behind the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mesh {
    /// Nothing.
    None,
    /// The wires of a tube.
    Wires,
    /// The lamps of a board.
    Lamps,
}

/// Where a legend stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Below the digits.
    Below,
    /// To the left of them.
    Before,
    /// To the right of them.
    After,
}

/// Words for what the clock can do; one may be lit.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Legend {
    /// Where it stands.
    pub side: Side,
    /// The words.
    pub words: Vec<String>,
    /// Which of them is lit.
    pub lit: Option<usize>,
    /// Each stands in a frame.
    pub framed: bool,
}

/// What lies about the digits.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Surround {
    /// From where the light falls.
    pub light: Fall,
    /// What runs along the edge.
    pub rim: Rim,
    /// What is seen behind the digits.
    pub mesh: Mesh,
    /// Words for what the clock can do.
    pub legend: Option<Legend>,
    /// Share of the room that digits fill.
    pub fill: f32,
    /// Where they lie in what that leaves free, to the right and down, -1 to 1.
    pub at: (f32, f32),
}

const WORDS: [&str; 9] = ["ALARM", "TIMER", "AUTO", "LOCK", "SET", "SIGNAL", "HOLD", "START", "BELL"];

impl Fall {
    /// Where the light begins and ends, over half the width and half the height of the pane.
    pub(super) fn ends(self) -> ((f32, f32), (f32, f32)) {
        match self {
            Fall::UpperLeft => ((-1.0, -1.0), (0.4, 1.0)),
            Fall::UpperRight => ((1.0, -1.0), (-0.4, 1.0)),
            Fall::Above => ((0.0, -1.0), (0.0, 1.0)),
            Fall::Left => ((-1.0, 0.0), (1.0, 0.0)),
            Fall::Below => ((0.2, 1.0), (0.0, -1.0)),
        }
    }
}

impl Legend {
    fn drawn(rng: &mut Rng) -> Legend {
        let side = *rng.pick(&[Side::Below, Side::Below, Side::Before, Side::After]);
        let count = if side == Side::Below { 3 + rng.below(2) } else { 2 + rng.below(3) };
        let words: Vec<String> =
            rng.sample(WORDS.len(), count).into_iter().map(|at| WORDS[at].to_owned()).collect();
        Legend { side, lit: rng.chance(0.6).then(|| rng.below(count)), words, framed: rng.chance(0.3) }
    }
}

impl Surround {
    /// One by chance, for a display with wires, with lamps, or with neither.
    pub(super) fn drawn(meshes: &[Mesh], rng: &mut Rng) -> Surround {
        let full = rng.chance(0.15);
        Surround {
            light: *rng.pick(&[Fall::UpperLeft, Fall::UpperRight, Fall::Above, Fall::Left, Fall::Below]),
            rim: *rng.pick(&[
                Rim::None,
                Rim::None,
                Rim::Line,
                Rim::Double,
                Rim::Corners,
                Rim::Deep,
                Rim::Bands,
            ]),
            mesh: *rng.pick(meshes),
            legend: rng.chance(0.45).then(|| Legend::drawn(rng)),
            fill: if full { 1.0 } else { rng.range32(0.9, 1.0) },
            at: if full { (0.0, 0.0) } else { (rng.range32(-1.0, 1.0), rng.range32(-1.0, 1.0)) },
        }
    }

    /// Draws what lies under the digits; `tones` are the ground and what is lit on it.
    pub(super) fn draw_ground(&self, tones: (Color, Color), pane: &Pane, canvas: &mut Canvas) {
        if !pane.is_box() {
            return;
        }
        self.draw_mesh(tones, pane, canvas);
        let unit = pane.wide.min(pane.high);
        let (ground, lit) = tones;
        let ink = ground.mix(lit, 0.34);
        let pen = unit * 0.02;
        let room = pane.rect().grown(-unit * 0.045);
        canvas.begin(Role::Ornament, "rim");
        match self.rim {
            Rim::None => {}
            Rim::Line => canvas.stroke(round_rect_path(&room, unit * 0.04), ink, pen),
            Rim::Double => {
                canvas.stroke(round_rect_path(&room.grown(unit * 0.015), unit * 0.05), ink, pen * 0.5);
                canvas.stroke(round_rect_path(&room.grown(-unit * 0.025), unit * 0.03), ink, pen * 0.5);
            }
            Rim::Corners => {
                let (long, mut path) = (unit * 0.22, PathBuilder::new());
                for (x, right) in [(room.left, 1.0), (room.right, -1.0)] {
                    for (y, down) in [(room.top, 1.0), (room.bottom, -1.0)] {
                        path.move_to(x + long * right, y);
                        path.line_to(x, y);
                        path.line_to(x, y + long * down);
                    }
                }
                canvas.stroke(path.finish(), ink, pen);
            }
            Rim::Deep => {
                let edge = pane.rect();
                let deep = |from: Point, to: Point| Paint::Linear {
                    from,
                    to,
                    stops: vec![(0.0, Color::BLACK.faded(0.5)), (1.0, Color::BLACK.faded(0.0))],
                };
                let (down, right) = (edge.top + unit * 0.09, edge.left + unit * 0.09);
                canvas.fill(
                    round_rect_path(&Rect::new(edge.left, edge.top, edge.right, down), unit * 0.05),
                    deep(Point::new(0.0, edge.top), Point::new(0.0, down)),
                );
                canvas.fill(
                    round_rect_path(&Rect::new(edge.left, edge.top, right, edge.bottom), unit * 0.05),
                    deep(Point::new(edge.left, 0.0), Point::new(right, 0.0)),
                );
            }
            Rim::Bands => {
                for y in [room.top, room.bottom - pen * 1.6] {
                    let band = Rect::new(room.left, y, room.right, y + pen * 1.6);
                    canvas.fill(round_rect_path(&band, 0.0), ink);
                }
            }
        }
    }

    fn draw_mesh(&self, (ground, lit): (Color, Color), pane: &Pane, canvas: &mut Canvas) {
        if self.mesh == Mesh::None {
            return;
        }
        let edge = pane.rect().grown(-0.4);
        let step = pane.high / 13.0;
        let mut path = PathBuilder::new();
        let mut y = edge.top + step;
        while y < edge.bottom {
            path.move_to(edge.left, y);
            path.line_to(edge.right, y);
            y += step;
        }
        let mut x = edge.left + step;
        while self.mesh == Mesh::Lamps && x < edge.right {
            path.move_to(x, edge.top);
            path.line_to(x, edge.bottom);
            x += step;
        }
        canvas.begin(Role::Ornament, "mesh");
        match self.mesh {
            Mesh::None => {}
            Mesh::Wires => canvas.stroke(path.finish(), ground.mix(lit, 0.05), step * 0.16),
            Mesh::Lamps => canvas.stroke(path.finish(), ground.mix(Color::BLACK, 0.55), step * 0.22),
        }
    }

    /// Draws the legend in its place.
    pub(super) fn draw_legend(
        &self,
        (ground, lit): (Color, Color),
        print: &Type,
        place: Rect,
        canvas: &mut Canvas,
    ) {
        let Some(legend) = &self.legend else { return };
        let count = legend.words.len() as f32;
        let (wide, high) = match legend.side {
            Side::Below => (place.width() / count, place.height()),
            Side::Before | Side::After => (place.width(), place.height() / count),
        };
        let size = print.fitting("SIGNAL", wide * 0.76, high * 0.52);
        for (at, word) in legend.words.iter().enumerate() {
            let (across, down) = match legend.side {
                Side::Below => (at as f32, 0.0),
                Side::Before | Side::After => (0.0, at as f32),
            };
            let cell = Rect::sized(place.left + across * wide, place.top + down * high, wide, high);
            let color = if legend.lit == Some(at) { lit } else { ground.mix(lit, 0.3) };
            if legend.framed {
                let tall = (size * print.cap() * 1.7).min(high * 0.9);
                let frame =
                    Rect::sized(cell.left + wide * 0.04, cell.center().y - tall / 2.0, wide * 0.92, tall);
                canvas.begin(Role::Ornament, "frame");
                canvas.stroke(round_rect_path(&frame, tall * 0.2), color, size * 0.08);
            }
            let line = Line { kind: print, size, color, align: Align::Middle };
            line.write(canvas, word, (cell.center().x, cell.center().y), Role::Body);
        }
    }
}
