//! Portraits for identity cards: a bust of plain shapes whose hair goes with the sex of the holder.

use pixmo_render::{Color, Rng};

/// A portrait in a frame.
pub(super) fn portrait((w, h): (f64, f64), woman: bool, style: &mut Rng) -> String {
    let back = style.word(&["#dfe6ee", "#e9e4da", "#d8e4dd", "#ece3ea", "#cfd6df"]);
    let skin = style.word(&["#f0cdb0", "#d9a47c", "#b57f56", "#8a5a3b", "#f3d7c0", "#6b4630"]);
    let hair = style.word(&["#2b2320", "#4b3425", "#7a5230", "#b98a4a", "#8d8d90", "#1c1c22"]);
    let cloth = style.word(&["#33475b", "#7a3b3f", "#3f6b57", "#54525e", "#b7753a", "#e4e4e4", "#4a5fa8"]);
    let mut bust = Bust::new(w, h, skin, hair, cloth);
    if woman {
        match style.below(4) {
            0 => bust.hair_behind(1.34, 1.35, 0.28),
            1 => bust.hair_behind(1.3, 1.62, 0.4),
            2 => bust.bun(),
            _ => bust.hair_behind(1.26, 1.18, 0.12),
        }
    }
    bust.shoulders();
    bust.collar(style.below(3));
    bust.face();
    if !woman && style.chance(0.3) {
        bust.beard();
    }
    if woman || style.chance(0.88) {
        bust.fringe(style.range(-0.6, 0.6), style.range(1.18, 1.34), woman);
    }
    bust.features(style);
    if style.chance(0.25) {
        bust.glasses();
    }
    format!(
        "box(width: {w:.1}pt, height: {h:.1}pt, fill: rgb(\"{back}\"), stroke: 0.8pt + rule-c, clip: true)[{}]",
        bust.out
    )
}

/// The parts of a bust; the face is an oval around (`cx`, `cy`).
struct Bust {
    out: String,
    w: f64,
    h: f64,
    cx: f64,
    cy: f64,
    rx: f64,
    ry: f64,
    skin: &'static str,
    hair: &'static str,
    cloth: &'static str,
}

fn mixed(color: &str, with: Color, share: f32) -> String {
    Color::from_hex(color).unwrap_or(Color::BLACK).mix(with, share).hex()
}

impl Bust {
    fn new(w: f64, h: f64, skin: &'static str, hair: &'static str, cloth: &'static str) -> Self {
        let (rx, ry) = (w * 0.185, w * 0.245);
        Self { out: String::new(), w, h, cx: w / 2.0, cy: h * 0.43, rx, ry, skin, hair, cloth }
    }

    fn oval(&mut self, (x, y): (f64, f64), (rx, ry): (f64, f64), fill: &str) {
        self.out += &format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, ellipse(width: {:.1}pt, height: {:.1}pt, fill: rgb(\"{fill}\")))",
            x - rx,
            y - ry,
            2.0 * rx,
            2.0 * ry
        );
    }

    /// A closed curve; each bend has two places that draw it and one where it ends, in half widths and half heights of
    /// the face from its middle.
    fn shape(&mut self, fill: &str, from: (f64, f64), bends: &[[(f64, f64); 3]]) {
        let at =
            |(x, y): (f64, f64)| format!("({:.1}pt, {:.1}pt)", self.cx + x * self.rx, self.cy + y * self.ry);
        let mut curve = format!("curve.move({})", at(from));
        for bend in bends {
            let [a, b, to] = bend.map(at);
            curve += &format!(", curve.cubic({a}, {b}, {to})");
        }
        self.out +=
            &format!("#place(curve(fill: rgb(\"{fill}\"), {curve}, curve.close(mode: \"straight\")))");
    }

    /// Hair that falls behind the face.
    fn hair_behind(&mut self, wide: f64, long: f64, low: f64) {
        let hair = self.hair;
        self.oval((self.cx, self.cy + self.ry * low), (self.rx * wide, self.ry * long), hair);
    }

    /// Hair tied up on the head.
    fn bun(&mut self) {
        let hair = self.hair;
        self.oval((self.cx, self.cy - self.ry * 1.28), (self.rx * 0.46, self.rx * 0.42), hair);
        self.oval((self.cx, self.cy - self.ry * 0.12), (self.rx * 1.14, self.ry * 1.12), hair);
    }

    /// The shoulders end at the frame: nothing is left to be cut.
    fn shoulders(&mut self) {
        let (cx, w, h, cloth) = (self.cx, self.w, self.h, self.cloth);
        self.out += &format!(
            "#place(curve(fill: rgb(\"{cloth}\"), curve.move(({:.1}pt, {h:.1}pt)), curve.cubic(({:.1}pt, {:.1}pt), ({:.1}pt, {:.1}pt), ({cx:.1}pt, {:.1}pt)), \
             curve.cubic(({:.1}pt, {:.1}pt), ({:.1}pt, {:.1}pt), ({:.1}pt, {h:.1}pt)), curve.close(mode: \"straight\")))",
            cx - w * 0.44,
            cx - w * 0.42,
            h * 0.8,
            cx - w * 0.2,
            h * 0.73,
            h * 0.73,
            cx + w * 0.2,
            h * 0.73,
            cx + w * 0.42,
            h * 0.8,
            cx + w * 0.44
        );
    }

    /// The neck in the shade of the chin, and what lies around it.
    fn collar(&mut self, form: usize) {
        let shade = mixed(self.skin, Color::BLACK, 0.16);
        let low = (self.h * 0.73 - self.cy) / self.ry;
        self.shape(
            &shade,
            (-0.42, 0.5),
            &[
                [(-0.42, 0.8), (-0.44, low), (-0.5, low + 0.06)],
                [(-0.2, low + 0.34), (0.2, low + 0.34), (0.5, low + 0.06)],
                [(0.44, low), (0.42, 0.8), (0.42, 0.5)],
            ],
        );
        let light = mixed(self.cloth, Color::WHITE, 0.55);
        let line = |side: f64| {
            [
                [(side * 0.62, low + 0.1), (side * 0.5, low + 0.2), (side * 0.05, low + 0.52)],
                [(side * 0.3, low + 0.5), (side * 0.62, low + 0.4), (side * 0.78, low + 0.12)],
            ]
        };
        if form > 0 {
            for side in [-1.0, 1.0] {
                let dark = if form == 1 { light.clone() } else { mixed(self.cloth, Color::BLACK, 0.25) };
                self.shape(&dark, (side * 0.5, low - 0.02), &line(side));
            }
        }
    }

    fn face(&mut self) {
        let skin = self.skin;
        for side in [-1.0, 1.0] {
            let ear = mixed(skin, Color::BLACK, 0.08);
            self.oval(
                (self.cx + side * self.rx * 0.99, self.cy + self.ry * 0.08),
                (self.rx * 0.15, self.ry * 0.17),
                &ear,
            );
        }
        self.oval((self.cx, self.cy), (self.rx, self.ry), skin);
    }

    fn beard(&mut self) {
        let hair = self.hair;
        self.shape(
            hair,
            (-0.97, 0.12),
            &[
                [(-0.95, 0.85), (-0.5, 1.12), (0.0, 1.12)],
                [(0.5, 1.12), (0.95, 0.85), (0.97, 0.12)],
                [(0.8, 0.5), (0.5, 0.36), (0.0, 0.36)],
                [(-0.5, 0.36), (-0.8, 0.5), (-0.97, 0.12)],
            ],
        );
    }

    /// The hair above the forehead, parted at one side.
    fn fringe(&mut self, part: f64, top: f64, woman: bool) {
        let hair = self.hair;
        let low = if woman { 0.25 } else { -0.12 };
        self.shape(
            hair,
            (-1.08, low),
            &[
                [(-1.2, -top * 1.28), (1.2, -top * 1.28), (1.08, low)],
                [(0.95, -0.45), (part + 0.3, -0.42), (part, -0.66)],
                [(part - 0.3, -0.42), (-0.95, -0.45), (-1.08, low)],
            ],
        );
    }

    /// Eyes, brows, nose and mouth.
    fn features(&mut self, style: &mut Rng) {
        let dark = mixed(self.skin, Color::BLACK, 0.72);
        let soft = mixed(self.skin, Color::BLACK, 0.3);
        let lips = mixed(self.skin, Color::rgb(150, 40, 50), 0.55);
        let (cx, cy, rx, ry) = (self.cx, self.cy, self.rx, self.ry);
        let mut stroke = |points: [(f64, f64); 4], color: &str, thick: f64| {
            let [from, a, b, to] =
                points.map(|(x, y)| format!("({:.1}pt, {:.1}pt)", cx + x * rx, cy + y * ry));
            self.out += &format!(
                "#place(curve(stroke: (paint: rgb(\"{color}\"), thickness: {:.2}pt, cap: \"round\"), curve.move({from}), curve.cubic({a}, {b}, {to})))",
                thick * rx
            );
        };
        for side in [-1.0, 1.0] {
            stroke(
                [(side * 0.24, -0.17), (side * 0.36, -0.25), (side * 0.52, -0.25), (side * 0.64, -0.15)],
                &dark,
                0.06,
            );
        }
        stroke([(0.02, 0.02), (0.1, 0.16), (0.16, 0.28), (-0.02, 0.28)], &soft, 0.05);
        let smile = style.range(0.52, 0.62);
        stroke([(-0.28, 0.5), (-0.12, smile), (0.12, smile), (0.28, 0.5)], &lips, 0.08);
        for side in [-1.0, 1.0] {
            self.oval((cx + side * rx * 0.44, cy), (rx * 0.1, rx * 0.1), &dark);
        }
    }

    fn glasses(&mut self) {
        for side in [-1.0, 1.0] {
            self.out += &format!(
                "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: {:.1}pt, stroke: 1.1pt + rgb(\"#2a2a2e\")))",
                self.cx + side * self.rx * 0.45 - self.rx * 0.33,
                self.cy - self.rx * 0.33,
                self.rx * 0.33
            );
        }
        self.out += &format!(
            "#place(line(start: ({:.1}pt, {y:.1}pt), end: ({:.1}pt, {y:.1}pt), stroke: 1.1pt + rgb(\"#2a2a2e\")))",
            self.cx - self.rx * 0.12,
            self.cx + self.rx * 0.12,
            y = self.cy
        );
    }
}
