//! Pictures of goods, of a few forms in three tones, as `data/sources/world/screens.toml` describes them.

use pixmo_render::Color;

use super::super::markup::Expr;
use super::words::Words;

/// Ground and main tone of a picture.
const TONES: [(&str, &str); 8] = [
    ("#e3eaf1", "#3d6a94"),
    ("#f1e8da", "#a8702f"),
    ("#e4eee2", "#4b7f52"),
    ("#f3e3e3", "#a3494f"),
    ("#eae4f1", "#6f5796"),
    ("#e8eaed", "#5a6571"),
    ("#f4ecd2", "#b58a1c"),
    ("#dff0ee", "#2f8179"),
];

/// A picture of this size. Its colours follow from the name, so that the same thing always looks the same; `round` is the
/// radius of its upper corners.
pub(super) fn picture(name: &str, form: &str, width: f64, height: f64, round: f64) -> Expr {
    let seed: usize = name.bytes().map(usize::from).sum();
    let (ground, main) = TONES[seed % TONES.len()];
    let color = |hex: &str| Color::from_hex(hex).unwrap_or(Color::WHITE);
    let main = color(main);
    let side = (height * 0.82).min(width * 0.82);
    let (left, top, scale) = ((width - side) / 2.0, (height - side) / 2.0, side / 100.0);
    let at = |x: f64, y: f64| (left + x * scale, top + y * scale);
    let mut out = String::new();
    for part in Words::bundled().forms.get(form).map_or("", String::as_str).split(';') {
        let mut words = part.split_whitespace();
        let tone = match words.next() {
            Some("D") => main.mix(Color::BLACK, 0.38),
            Some("L") => main.mix(Color::WHITE, 0.62),
            _ => main,
        }
        .hex();
        let kind = words.next().unwrap_or_default();
        let numbers: Vec<f64> =
            words.flat_map(|word| word.split(',')).filter_map(|n| n.parse().ok()).collect();
        out += &match (kind, numbers.as_slice()) {
            ("d", [x, y, r]) => {
                let (x, y) = at(x - r, y - r);
                format!(
                    "#place(dx: {x:.1}pt, dy: {y:.1}pt, circle(radius: {:.1}pt, fill: rgb(\"{tone}\")))",
                    r * scale
                )
            }
            ("r", [x, y, w, h, r]) => {
                let (x, y) = at(*x, *y);
                format!(
                    "#place(dx: {x:.1}pt, dy: {y:.1}pt, rect(width: {:.1}pt, height: {:.1}pt, radius: {:.1}pt, fill: rgb(\"{tone}\")))",
                    w * scale,
                    h * scale,
                    r * scale
                )
            }
            ("p", points) => {
                let corners: Vec<String> = points
                    .chunks_exact(2)
                    .map(|pair| {
                        let (x, y) = at(pair[0], pair[1]);
                        format!("({x:.1}pt, {y:.1}pt)")
                    })
                    .collect();
                format!("#place(polygon(fill: rgb(\"{tone}\"), {}))", corners.join(", "))
            }
            _ => String::new(),
        };
    }
    format!(
        "box(width: {width:.1}pt, height: {height:.1}pt, radius: (top: {round:.0}pt), fill: rgb(\"{ground}\"))[{out}]"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ware_has_a_form_that_is_read_whole() {
        let words = Words::bundled();
        for (name, low, high, form) in words.shops.iter().flat_map(|shop| &shop.goods) {
            assert!(low < high, "{name}");
            let text = words.forms.get(form).unwrap_or_else(|| panic!("no form `{form}` for {name}"));
            let drawn = picture(name, form, 100.0, 100.0, 0.0);
            assert_eq!(drawn.matches("#place").count(), text.split(';').count(), "{form}");
        }
    }
}
