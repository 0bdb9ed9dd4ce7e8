//! Signatures: the pen of a person as one curve of letters, loops and flourishes, no two alike.

use pixmo_render::Rng;

use super::markup::Expr;

/// What a signature is written with: ballpoint, fountain pen and fine liner.
const INKS: [&str; 7] = ["#1c2f6b", "#22409a", "#17335c", "#1a1a1f", "#26262c", "#30305e", "#243b53"];

/// A signature `width` points wide.
pub(super) fn signature(width: f64, style: &mut Rng) -> Expr {
    let height = (width * 0.29).round();
    let mut hand = Hand::new(width * style.range(0.72, 1.0), height, style);
    match style.below(4) {
        0 => hand.initial(style),
        1 => hand.tall(style),
        2 => {
            // Two initials, then a line: the hand of somebody who signs all day.
            hand.initial(style);
            hand.at += hand.unit * 0.3;
            hand.tall(style);
        }
        _ => hand.open(style),
    }
    hand.letters(style);
    hand.end(style);
    let ink = style.word(&INKS);
    let thick = style.range(0.9, 1.9);
    format!(
        "box(width: {width:.1}pt, height: {height:.1}pt, place(curve(stroke: (paint: rgb(\"{ink}\"), thickness: {thick:.1}pt, cap: \"round\", join: \"round\"), {})))",
        hand.curve
    )
}

/// A pen on its way along the line; places are points from the upper left corner of the box.
struct Hand {
    curve: String,
    width: f64,
    height: f64,
    /// Where the letters stand.
    base: f64,
    /// Width of a small letter.
    unit: f64,
    /// How far the letters lean to the right for each point above the line.
    slant: f64,
    /// How far the line rises from its start to its end.
    rise: f64,
    at: f64,
}

impl Hand {
    fn new(width: f64, height: f64, style: &mut Rng) -> Self {
        Self {
            curve: String::new(),
            width,
            height,
            base: height * style.range(0.66, 0.76),
            unit: width * style.range(0.055, 0.09),
            slant: style.range(-0.08, 0.5),
            rise: height * style.range(0.0, 0.14),
            at: width * 0.06,
        }
    }

    /// A place `x` along and `up` above the line, kept inside the box.
    fn point(&self, x: f64, up: f64) -> String {
        let lift = self.rise * (x / self.width).clamp(0.0, 1.0);
        let y = (self.base - up - lift).clamp(0.0, self.height);
        let x = (x + self.slant * up).clamp(0.0, self.width);
        format!("({x:.1}pt, {y:.1}pt)")
    }

    fn start(&mut self, x: f64, up: f64) {
        let to = self.point(x, up);
        if !self.curve.is_empty() {
            self.curve.push_str(", ");
        }
        self.curve.push_str(&format!("curve.move({to})"));
    }

    /// A bend to (`x`, `up`) that is drawn towards two places.
    fn bend(&mut self, a: (f64, f64), b: (f64, f64), (x, up): (f64, f64)) {
        let [a, b, to] = [a, b, (x, up)].map(|(x, up)| self.point(x, up));
        self.curve.push_str(&format!(", curve.cubic({a}, {b}, {to})"));
    }

    /// A large letter that begins with a loop and ends on the line.
    fn initial(&mut self, style: &mut Rng) {
        let (x, w) = (self.at, self.unit * style.range(1.6, 2.4));
        let top = self.base * style.range(0.82, 0.98);
        self.start(x + w * 0.2, top * 0.55);
        self.bend((x - w * 0.3, top * 1.05), (x + w * 1.1, top * 1.15), (x + w * 0.7, top * 0.5));
        self.bend((x + w * 0.5, -top * 0.1), (x - w * 0.4, -top * 0.15), (x - w * 0.1, top * 0.16));
        self.bend((x + w * 0.2, top * 0.5), (x + w * 0.8, top * 0.42), (x + w, 0.0));
        self.at = x + w;
    }

    /// A stem as high as the box, down and up again.
    fn tall(&mut self, style: &mut Rng) {
        let (x, w) = (self.at, self.unit * style.range(1.2, 2.0));
        let top = self.base * style.range(0.8, 0.95);
        self.start(x, top * style.range(0.5, 0.9));
        self.bend((x + w * 0.1, top), (x + w * 0.4, top), (x + w * 0.35, top * 0.5));
        self.bend((x + w * 0.3, 0.0), (x + w * 0.2, -top * 0.2), (x + w * 0.3, 0.0));
        self.bend((x + w * 0.5, top * 0.9), (x + w, top * 0.9), (x + w, 0.0));
        self.at = x + w;
    }

    /// A wide open bow, as of a C or G.
    fn open(&mut self, style: &mut Rng) {
        let (x, w) = (self.at, self.unit * style.range(1.8, 2.6));
        let top = self.base * style.range(0.75, 0.95);
        self.start(x + w * 0.9, top * 0.8);
        self.bend((x + w * 0.4, top * 1.2), (x - w * 0.2, top * 0.6), (x + w * 0.1, top * 0.15));
        self.bend((x + w * 0.25, -top * 0.25), (x + w * 0.8, -top * 0.05), (x + w, top * 0.25));
        self.at = x + w;
    }

    /// Small letters, which become flatter as the hand hurries.
    fn letters(&mut self, style: &mut Rng) {
        let small = self.base * style.range(0.2, 0.38);
        let stop = self.width * style.range(0.62, 0.86);
        let haste = style.range(0.0, 0.75);
        let begin = self.at;
        while self.at + self.unit < stop {
            let (x, w) = (self.at, self.unit * style.range(0.7, 1.25));
            let tired = 1.0 - haste * (x - begin) / (stop - begin).max(1.0);
            let up = small * tired * style.range(0.75, 1.2);
            match style.weighted(&[3.0, 2.5, 1.2, 0.9, 1.4]) {
                // an n, a u, an l, a g, an e
                0 => self.bend((x + w * 0.15, up * 1.3), (x + w * 0.8, up * 1.3), (x + w, 0.0)),
                1 => self.bend((x + w * 0.1, -up * 0.2), (x + w * 0.75, -up * 0.4), (x + w, up * 0.7)),
                2 => {
                    let top = (small * 2.4).min(self.base * 0.92);
                    self.bend((x + w * 1.5, top), (x + w * 0.1, top * 1.1), (x + w * 0.5, 0.0));
                    self.bend((x + w * 0.6, -up * 0.1), (x + w * 0.8, 0.0), (x + w, up * 0.3));
                }
                3 => {
                    let down = (self.height - self.base) * 0.9;
                    self.bend((x + w * 0.4, up), (x + w * 0.9, up * 0.6), (x + w * 0.7, -down * 0.5));
                    self.bend((x + w * 0.5, -down * 1.1), (x - w * 0.2, -down), (x + w, up * 0.2));
                }
                _ => {
                    self.bend((x + w * 0.8, up * 0.1), (x + w * 0.9, up * 1.2), (x + w * 0.45, up * 0.9));
                    self.bend((x + w * 0.1, up * 0.5), (x + w * 0.3, -up * 0.1), (x + w, 0.0));
                }
            }
            self.at = x + w;
        }
    }

    /// How the pen leaves the paper: a tail, a stroke below the name, a dash through it, or nothing more.
    fn end(&mut self, style: &mut Rng) {
        let (x, wide) = (self.at, self.width);
        let low = -(self.height - self.base) * style.range(0.5, 0.85);
        match style.below(4) {
            0 => self.bend(
                (x + self.unit, self.base * 0.3),
                (wide * 0.9, -self.base * 0.1),
                (wide, self.base * 0.22),
            ),
            1 => {
                self.bend((x + self.unit * 1.5, self.base * 0.2), (x + self.unit * 1.5, low), (x, low));
                self.bend((wide * 0.6, low * 1.2), (wide * 0.3, low * 0.9), (wide * 0.12, low * 0.7));
            }
            2 => {
                self.start(wide * 0.1, low);
                self.bend((wide * 0.4, low * 0.5), (wide * 0.7, low * 0.7), (wide * 0.98, low * 0.3));
            }
            _ => {
                self.bend((x + self.unit * 0.4, 0.0), (x + self.unit * 0.8, 0.0), (x + self.unit * 1.2, 1.0));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixmo_render::Seed;

    #[test]
    fn the_pen_stays_in_its_box_and_no_two_hands_are_alike() {
        let mut seen = std::collections::BTreeSet::new();
        for number in 0..200 {
            let written = signature(120.0, &mut Seed::from_number(number).rng("pen"));
            let places = written.split('(').filter_map(|part| part.split_once("pt, "));
            for (x, rest) in places {
                let Some(y) = rest.split_once("pt)").map(|(y, _)| y) else { continue };
                let (Ok(x), Ok(y)) = (x.parse::<f64>(), y.parse::<f64>()) else { continue };
                assert!((0.0..=120.0).contains(&x) && (0.0..=35.0).contains(&y), "{written}");
            }
            assert!(written.matches("curve.cubic").count() >= 4, "{written}");
            seen.insert(written);
        }
        assert_eq!(seen.len(), 200);
    }
}
