//! Geometry: figures drawn to scale with their measures, whose areas, perimeters and missing sides are asked for.

use pixmo_render::{Cell, NumberFormat};
use rust_decimal::Decimal;

use super::super::desk::{Desk, Draft};
use super::super::markup::Expr;
use super::page::Wish;
use super::{FIRST, Program, Set, Topic, add, constant, minus, over, plain, power, times};

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Rectangle,
    RightTriangle,
    Triangle,
    Circle,
    Corner,
    Trapezium,
    Box,
}

/// The first measure; before it stands the name of the shape.
const A: usize = FIRST + 1;
/// The room for a figure in points.
const ROOM: (f64, f64) = (168.0, 118.0);

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Shape::Rectangle => "rectangle",
            Shape::RightTriangle => "right triangle",
            Shape::Triangle => "triangle",
            Shape::Circle => "circle",
            Shape::Corner => "six-sided figure with right angles",
            Shape::Trapezium => "trapezium",
            Shape::Box => "cuboid",
        }
    }

    /// Its measures.
    fn measures(self, desk: &mut Desk<'_>) -> Vec<i64> {
        let mut draw = |low: i64, high: i64| desk.rng.whole(low, high);
        match self {
            Shape::Rectangle => {
                let b = draw(3, 9);
                vec![b + draw(1, 8), b]
            }
            Shape::RightTriangle => {
                let (a, b) =
                    [(3, 4), (5, 12), (8, 6), (4, 3), (12, 9), (15, 8), (6, 8), (12, 16), (7, 24), (9, 12)]
                        [draw(0, 9) as usize];
                vec![a, b]
            }
            Shape::Triangle => vec![draw(3, 9) * 2, draw(4, 11)],
            Shape::Circle => vec![draw(2, 15)],
            Shape::Corner => {
                let (w, h) = (draw(7, 14), draw(6, 11));
                vec![w, h, draw(2, w - 4), draw(2, h - 3)]
            }
            Shape::Trapezium => {
                let c = draw(3, 8);
                vec![c + 2 * draw(1, 4), c, draw(3, 8)]
            }
            Shape::Box => vec![draw(4, 9), draw(3, 7), draw(2, 6)],
        }
    }
}

/// Writes a sheet of figures.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let topic = Topic {
        titles: &[
            "Areas and perimeters",
            "Geometry",
            "Plane figures and solids",
            "Measuring figures",
            "Triangles, circles and boxes",
        ],
        orders: &[
            "Work out what is missing.",
            "The figures are drawn to scale. Calculate area and perimeter.",
            "Find the area of each figure.",
            "Use the measures given in the drawings.",
        ],
        classes: (6, 10),
    };
    let word = desk.any(&["Figure", "Figure", "Drawing", "Shape"]);
    let mut set = Set::with_word(
        desk,
        &topic,
        &["=Shape", "First measure", "Second measure", "Third measure", "Fourth measure"],
        Some(word),
    );
    set.style = [3, 0, 3][desk.rng.below(3)];
    set.start = 1;
    let unit = desk.any(&["cm", "cm", "m", "mm", "dm"]);
    let format = NumberFormat { suffix: format!(" {unit}"), ..plain(0) };
    let all = [
        Shape::Rectangle,
        Shape::RightTriangle,
        Shape::Triangle,
        Shape::Circle,
        Shape::Corner,
        Shape::Trapezium,
        Shape::Box,
    ];
    let count = desk.rng.whole(2, 6) as usize;
    let mut shapes: Vec<Shape> =
        desk.rng.sample(all.len(), count.min(all.len())).into_iter().map(|index| all[index]).collect();
    if desk.rng.chance(0.25) {
        let only = all[desk.rng.below(4)];
        shapes = vec![only; count.min(4)];
    }
    let filled = desk.style.below(3);
    let mut parts = Vec::new();
    for (row, shape) in shapes.iter().enumerate() {
        let measures = shape.measures(desk);
        let mut cells = vec![Cell::text(shape.name())];
        cells.extend((0..4).map(|index| match measures.get(index) {
            Some(number) => Cell::decimal(Decimal::from(*number), &format),
            None => Cell::missing(""),
        }));
        let told: Vec<String> = measures.iter().map(|number| format!("{number} {unit}")).collect();
        set.add(&format!("{}: {}", shape.name(), told.join(", ")), cells);
        parts.push(draw(&set, row, *shape, &measures, filled));
    }
    let area_of = |set: &Set, row: usize| {
        let m = |index: usize| set.of(row, A + index);
        match shapes[row] {
            Shape::Rectangle => times(m(0), m(1)),
            Shape::RightTriangle | Shape::Triangle => over(times(m(0), m(1)), constant(2)),
            Shape::Circle => power(m(0), 2),
            Shape::Corner => minus(times(m(0), m(1)), times(m(2), m(3))),
            Shape::Trapezium => over(times(add(m(0), m(1)), m(2)), constant(2)),
            Shape::Box => times(times(m(0), m(1)), m(2)),
        }
    };
    let printed = |suffix: &str| NumberFormat { suffix: suffix.to_owned(), ..plain(0) };
    let (square, cube) = (format!(" {unit}²"), format!(" {unit}³"));
    for (row, shape) in shapes.iter().enumerate() {
        let p = set.said(row);
        let m = |index: usize| set.of(row, A + index);
        let area = area_of(&set, row);
        let mut list: Vec<(&'static str, u8, Vec<String>, Program)> = Vec::new();
        match shape {
            Shape::Circle => {
                list.push((
                    "solution",
                    3,
                    vec![
                        format!("What is the area of {p}, as a multiple of π?"),
                        format!("Give the area of {p} in terms of π."),
                    ],
                    area.print(&printed(&format!("π {unit}²"))),
                ));
                list.push((
                    "perimeter",
                    3,
                    vec![
                        format!("What is the circumference of {p}, as a multiple of π?"),
                        format!("How long is the circle of {p}, in terms of π?"),
                    ],
                    times(constant(2), m(0)).print(&printed(&format!("π {unit}"))),
                ));
                list.push((
                    "side",
                    2,
                    vec![
                        format!("What is the diameter of {p}?"),
                        format!("How wide is the circle of {p} across?"),
                    ],
                    times(constant(2), m(0)).print(&printed(&format!(" {unit}"))),
                ));
            }
            Shape::Box => {
                list.push((
                    "solution",
                    3,
                    vec![format!("What is the volume of {p}?"), format!("Work out the volume of {p}.")],
                    area.print(&printed(&cube)),
                ));
                let faces = add(add(times(m(0), m(1)), times(m(0), m(2))), times(m(1), m(2)));
                list.push((
                    "surface",
                    5,
                    vec![
                        format!("What is the surface area of {p}?"),
                        format!("How large are all faces of {p} together?"),
                    ],
                    times(constant(2), faces).print(&printed(&square)),
                ));
            }
            _ => {
                list.push((
                    "solution",
                    3,
                    vec![
                        format!("What is the area of {p}?"),
                        format!("Work out the area of {p}."),
                        format!("How large is {p}?"),
                    ],
                    area.print(&printed(&square)),
                ));
            }
        }
        match shape {
            Shape::Rectangle | Shape::Corner => {
                let around = times(constant(2), add(m(0), m(1)));
                list.push((
                    "perimeter",
                    3,
                    vec![
                        format!("What is the perimeter of {p}?"),
                        format!("How long is the way once around {p}?"),
                    ],
                    around.print(&printed(&format!(" {unit}"))),
                ));
            }
            Shape::RightTriangle => {
                let long = Program::Root(add(power(m(0), 2), power(m(1), 2)).boxed());
                list.push((
                    "side",
                    4,
                    vec![
                        format!("How long is the side marked c in {p}?"),
                        format!("What is the length of the hypotenuse of {p}?"),
                    ],
                    long.clone().print(&printed(&format!(" {unit}"))),
                ));
                list.push((
                    "perimeter",
                    5,
                    vec![
                        format!("What is the perimeter of {p}?"),
                        format!("How long are the three sides of {p} together?"),
                    ],
                    add(add(m(0), m(1)), long).print(&printed(&format!(" {unit}"))),
                ));
            }
            _ => {}
        }
        let words: Vec<String> = match shape {
            Shape::Circle => {
                vec![format!("What is the radius of {p}?"), format!("Which radius is given for {p}?")]
            }
            Shape::Triangle => vec![format!("How long is the base of {p}?")],
            Shape::RightTriangle => vec![format!("How long is the horizontal side of {p}?")],
            _ => {
                vec![format!("How long is the lower edge of {p}?"), format!("Which length stands below {p}?")]
            }
        };
        list.push(("given", 1, words, Program::Shown(Program::named(0, 0, &set.label(row)).over(A))));
        for (kind, effort, words, program) in list {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            set.sheet.pose(kind, effort, &words, program);
        }
    }
    let flat = shapes.iter().all(|shape| !matches!(shape, Shape::Circle | Shape::Box));
    if flat {
        set.compare(desk, "area", area_of);
    }
    // Two figures with their measures want this much beside each other.
    desk.paper.width = desk.paper.width.max(720.0);
    set.finish(desk, &parts, &Wish { columns: 2, blank: false, work: 0.0 }, "figures")
}

/// A measure with its unit in a box of this width around a place.
fn measure(set: &Set, row: usize, index: usize, at: (f64, f64)) -> Expr {
    let cell = set.sheet.cell_as(row, A + index, "body");
    format!(
        "#place(dx: {:.1}pt, dy: {:.1}pt, box(width: 70pt, height: 16pt, align(center + horizon, text(size: 0.92em, {cell}))))",
        at.0 - 35.0,
        at.1 - 8.0
    )
}

fn polygon(points: &[(f64, f64)], fill: &str) -> Expr {
    let list: Vec<String> = points.iter().map(|(x, y)| format!("({x:.1}pt, {y:.1}pt)")).collect();
    format!("#place(polygon(fill: {fill}, stroke: 1.4pt + ink, {}))", list.join(", "))
}

fn line(from: (f64, f64), to: (f64, f64), stroke: &str) -> Expr {
    format!(
        "#place(line(start: ({:.1}pt, {:.1}pt), end: ({:.1}pt, {:.1}pt), stroke: {stroke}))",
        from.0, from.1, to.0, to.1
    )
}

/// Draws a figure to scale with its measures.
fn draw(set: &Set, row: usize, shape: Shape, m: &[i64], filled: usize) -> Expr {
    let fill = ["none", "tint", "ac.lighten(72%)"][filled];
    // On boards and coloured grounds a light fill would swallow the letters.
    let fill = if set.look == super::page::Look::Board { "none" } else { fill };
    let n = |index: usize| m[index] as f64;
    let (wide, high) = match shape {
        Shape::Circle => (2.0 * n(0), 2.0 * n(0)),
        Shape::Trapezium => (n(0), n(2)),
        Shape::Box => (n(0) + 0.5 * n(1), n(2) + 0.35 * n(1)),
        _ => (n(0), n(1)),
    };
    let scale = ((ROOM.0 - 66.0) / wide).min(ROOM.1 / high);
    let (w, h) = (wide * scale, high * scale);
    // Room on the left for the measure of an upright side.
    let left = 62.0;
    let at = |x: f64, y: f64| (left + x, 4.0 + y);
    let mut out = String::new();
    match shape {
        Shape::Rectangle => {
            out += &polygon(&[at(0.0, 0.0), at(w, 0.0), at(w, h), at(0.0, h)], fill);
            out += &measure(set, row, 0, at(w / 2.0, h + 14.0));
            out += &measure(set, row, 1, at(-32.0, h / 2.0));
        }
        Shape::RightTriangle => {
            out += &polygon(&[at(0.0, 0.0), at(w, h), at(0.0, h)], fill);
            let s = 10.0;
            out += &line(at(s, h), at(s, h - s), "1pt + ink");
            out += &line(at(0.0, h - s), at(s, h - s), "1pt + ink");
            out += &measure(set, row, 0, at(w / 2.0, h + 14.0));
            out += &measure(set, row, 1, at(-32.0, h / 2.0));
            let long = libm::hypot(w, h).max(1.0);
            let (x, y) = at(w / 2.0 + 13.0 * h / long, h / 2.0 - 13.0 * w / long);
            out += &format!(
                "#place(dx: {:.1}pt, dy: {:.1}pt, box(width: 20pt, height: 16pt, align(center + horizon, {})))",
                x - 10.0,
                y - 8.0,
                set.formula("c")
            );
        }
        Shape::Triangle => {
            let top = w * (0.25 + 0.08 * (m[1] % 5) as f64);
            out += &polygon(&[at(top, 0.0), at(w, h), at(0.0, h)], fill);
            out += &line(at(top, 0.0), at(top, h), "(paint: ink, thickness: 1pt, dash: \"dashed\")");
            out += &measure(set, row, 0, at(w / 2.0, h + 14.0));
            // Beside the outline, with a thin height of its own, so that no line runs through it.
            out += &line(at(w + 12.0, 0.0), at(w + 12.0, h), "0.9pt + soft");
            out += &line(at(w + 8.0, 0.0), at(w + 16.0, 0.0), "0.9pt + soft");
            out += &line(at(w + 8.0, h), at(w + 16.0, h), "0.9pt + soft");
            out += &measure(set, row, 1, at(w + 44.0, h / 2.0));
        }
        Shape::Circle => {
            let r = w / 2.0;
            out += &format!(
                "#place(dx: {left:.1}pt, dy: 4pt, circle(radius: {r:.1}pt, fill: {fill}, stroke: 1.4pt + ink))"
            );
            out += &line(at(r, r), at(w, r), "1pt + ink");
            out += &format!(
                "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: 2pt, fill: ink))",
                left + r - 2.0,
                4.0 + r - 2.0
            );
            out += &measure(set, row, 0, at(w + 36.0, r));
        }
        Shape::Corner => {
            let (a, b) = (n(2) * scale, n(3) * scale);
            out +=
                &polygon(&[at(0.0, 0.0), at(w - a, 0.0), at(w - a, b), at(w, b), at(w, h), at(0.0, h)], fill);
            out += &measure(set, row, 0, at(w / 2.0, h + 14.0));
            out += &measure(set, row, 1, at(-32.0, h / 2.0));
            out += &measure(set, row, 2, at(w - a / 2.0, b - 11.0));
            out += &measure(set, row, 3, at(w + 34.0, b / 2.0));
            out += &line(at(w - a, 0.0), at(w, 0.0), "(paint: soft, thickness: 0.8pt, dash: \"dotted\")");
            out += &line(at(w, 0.0), at(w, b), "(paint: soft, thickness: 0.8pt, dash: \"dotted\")");
        }
        Shape::Trapezium => {
            let top = n(1) * scale;
            let shift = (w - top) / 2.0;
            out +=
                &polygon(&[at(shift, 14.0), at(shift + top, 14.0), at(w, h + 14.0), at(0.0, h + 14.0)], fill);
            out += &measure(set, row, 0, at(w / 2.0, h + 28.0));
            out += &measure(set, row, 1, at(w / 2.0, 3.0));
            out += &line(at(w + 12.0, 14.0), at(w + 12.0, h + 14.0), "0.9pt + soft");
            out += &line(at(w + 8.0, 14.0), at(w + 16.0, 14.0), "0.9pt + soft");
            out += &line(at(w + 8.0, h + 14.0), at(w + 16.0, h + 14.0), "0.9pt + soft");
            out += &measure(set, row, 2, at(w + 44.0, h / 2.0 + 14.0));
        }
        Shape::Box => {
            let (x, y, z) = (n(0) * scale, n(2) * scale, n(1) * scale);
            let (dx, dy) = (0.5 * z, 0.35 * z);
            out += &polygon(&[at(0.0, dy), at(dx, 0.0), at(dx + x, 0.0), at(x, dy)], fill);
            out += &polygon(&[at(x, dy), at(x + dx, 0.0), at(x + dx, y), at(x, dy + y)], fill);
            out += &polygon(&[at(0.0, dy), at(x, dy), at(x, dy + y), at(0.0, dy + y)], fill);
            out += &measure(set, row, 0, at(x / 2.0, h + 14.0));
            out += &measure(set, row, 2, at(-32.0, dy + y / 2.0));
            out += &measure(set, row, 1, at(x + dx / 2.0 + 34.0, y + dy / 2.0 + 8.0));
        }
    }
    let tall = h + 30.0 + if shape == Shape::Trapezium { 14.0 } else { 0.0 };
    // Measures to the right of a figure count to its width.
    let side = match shape {
        Shape::Circle | Shape::Triangle | Shape::Trapezium | Shape::Corner | Shape::Box => 66.0,
        _ => 20.0,
    };
    format!("box(width: {:.1}pt, height: {tall:.1}pt)[{out}]", left + w + side)
}
