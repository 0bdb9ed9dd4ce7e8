//! Formulas and figures of papers, drawn from plain shapes.

use pixmo_render::Rng;
use pixmo_render_typst::escape_string;

use super::markup::{Expr, body, bold, inline, note, role, small, stack};
use super::study::Figure;

/// The formula in the middle of its column with its number at the margin. Letters are italic, as in print.
pub(super) fn equation(formula: &str) -> Expr {
    let number = role("note", "(1)");
    format!(
        "block(width: 100%, above: 0.9em, below: 0.9em, grid(columns: (1fr, auto, 1fr), align: (left + horizon, center + horizon, right + horizon), [], {{ set par(justify: false)\n text(size: 1.12em)[{}] }}, {number}))",
        terms(formula)
    )
}

/// Markup of a formula: `_{..}`, `^{..}` and `frac{..}{..}` over plain letters.
fn terms(formula: &str) -> String {
    let mut out = String::new();
    let mut rest = formula;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix("frac{") {
            let (above, after) = braced(inner);
            let (below, after) = braced(after.strip_prefix('{').unwrap_or(after));
            out.push_str(&format!(
                "#h(0.16em)#box(baseline: 40%, grid(columns: (auto,), align: center, inset: (x: 4pt, y: 3.5pt), [{}], grid.hline(stroke: 0.8pt + ink), [{}]))#h(0.16em)",
                terms(above),
                terms(below)
            ));
            rest = after;
        } else if let Some(inner) = rest.strip_prefix("_{") {
            let (part, after) = inner.split_once('}').expect("an index ends");
            out.push_str(&format!(
                "#text(size: 0.78em, baseline: 0.25em, style: \"italic\", {})",
                escape_string(part)
            ));
            rest = after;
        } else if let Some(inner) = rest.strip_prefix("^{") {
            let (part, after) = inner.split_once('}').expect("an exponent ends");
            out.push_str(&format!(
                "#text(size: 0.78em, baseline: -0.4em, style: \"italic\", {})",
                escape_string(part)
            ));
            rest = after;
        } else {
            let end = rest
                .char_indices()
                .skip(1)
                .map(|(at, _)| at)
                .find(|&at| {
                    rest[at..].starts_with("frac{")
                        || rest[at..].starts_with("_{")
                        || rest[at..].starts_with("^{")
                })
                .unwrap_or(rest.len());
            out.push_str(&format!("#text(style: \"italic\", {})", escape_string(&rest[..end])));
            rest = &rest[end..];
        }
    }
    out
}

/// What stands before the brace that closes, and what stands after it.
fn braced(text: &str) -> (&str, &str) {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&text[..at], &text[at + 1..]);
        }
    }
    (text, "")
}

/// A figure of points and a curve with its axes and caption, as wide as a column; `mark` is the decimal mark.
pub(super) fn figure(figure: &Figure, wide: f64, mark: char, style: &mut Rng) -> Expr {
    let (left, bottom, top) = (34.0, 32.0, 20.0);
    let (w, h) = (wide - left - 8.0, (wide * style.range(0.5, 0.62)).round());
    let mut out = String::new();
    let at = |x: f64, y: f64| (left + x * w, top + (1.0 - y) * h);
    let place = |(x, y): (f64, f64), inner: &str| format!("#place(dx: {x:.1}pt, dy: {y:.1}pt, {inner})");
    let steps = 4;
    for n in 0..=steps {
        let share = f64::from(n) / f64::from(steps);
        let (x, y) = at(0.0, share);
        out.push_str(&place((x, y), &format!("line(length: {w:.1}pt, stroke: 0.5pt + rule-c)")));
        let label = role("tick_label", &tick(figure.y_max * share, mark));
        out.push_str(&place(
            (0.0, y - 5.0),
            &format!("box(width: {:.1}pt, align(right, text(size: 0.82em, {label})))", left - 5.0),
        ));
        let (x, y) = at(share, 0.0);
        let label = role("tick_label", &tick(figure.x_max * share, mark));
        out.push_str(&place(
            (x - 20.0, y + 5.0),
            &format!("box(width: 40pt, align(center, text(size: 0.82em, {label})))"),
        ));
    }
    let steep = style.range(2.2, 4.5);
    let curve = |x: f64| match figure.form.as_str() {
        "fall" => 0.08 + 0.84 * libm::exp(-steep * x),
        "rise" => 0.06 + 0.84 * libm::pow(x, 0.6 + steep * 0.25),
        _ => 0.05 + 0.84 * x * (1.0 + 0.6 / steep) / (x + 0.6 / steep),
    };
    let points = style.whole(12, 22);
    let round = style.chance(0.6);
    for n in 0..points {
        let x = (n as f64 + style.range(0.2, 0.8)) / points as f64;
        let y = (curve(x) + style.normal(0.0, 0.045)).clamp(0.03, 0.97);
        let (px, py) = at(x, y);
        let dot = if round {
            "circle(radius: 2.6pt, fill: ac)"
        } else {
            "rect(width: 5pt, height: 5pt, stroke: 1pt + ac)"
        };
        out.push_str(&place((px - 2.6, py - 2.6), dot));
    }
    let mut path = String::new();
    for n in 0..=28 {
        let x = 0.02 + 0.96 * f64::from(n) / 28.0;
        let (px, py) = at(x, curve(x));
        path.push_str(&if n == 0 {
            format!("curve.move(({px:.1}pt, {py:.1}pt))")
        } else {
            format!(", curve.line(({px:.1}pt, {py:.1}pt))")
        });
    }
    out.push_str(&format!("#place(curve(stroke: 1.6pt + ac2, {path}))"));
    let (x, y) = at(0.0, 0.0);
    out.push_str(&place((x, y), &format!("line(length: {w:.1}pt, stroke: 1pt + ink)")));
    out.push_str(&place((x, top), &format!("line(angle: 90deg, length: {h:.1}pt, stroke: 1pt + ink)")));
    out.push_str(&place((0.0, 0.0), &format!("text(size: 0.88em, {})", role("axis_title", &figure.y))));
    let title = role("axis_title", &figure.x);
    out.push_str(&place(
        (left, y + 20.0),
        &format!("box(width: {w:.1}pt, align(center, text(size: 0.88em, {title})))"),
    ));
    let canvas = format!("box(width: {wide:.1}pt, height: {:.1}pt)[{out}]", top + h + bottom + 4.0);
    stack(6.0, &[canvas, small(&inline(&[bold(&body("Figure 1. ")), note(&figure.caption)]))])
}

fn tick(value: f64, mark: char) -> String {
    let digits = if (value - value.round()).abs() < 0.01 { 0 } else { 1 };
    format!("{value:.digits$}").replace('.', &mark.to_string())
}
