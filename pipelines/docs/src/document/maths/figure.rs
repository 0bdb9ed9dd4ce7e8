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
    Parallelogram,
    Box,
    Cylinder,
}

/// The first measure; before it stands the name of the shape.
const A: usize = FIRST + 1;
/// The room for a figure without its measures, in points.
const ROOM: (f64, f64) = (104.0, 112.0);

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Shape::Rectangle => "rectangle",
            Shape::RightTriangle => "right triangle",
            Shape::Triangle => "triangle",
            Shape::Circle => "circle",
            Shape::Corner => "six-sided figure with right angles",
            Shape::Trapezium => "trapezium",
            Shape::Parallelogram => "parallelogram",
            Shape::Box => "cuboid",
            Shape::Cylinder => "cylinder",
        }
    }

    /// Its measures.
    fn measures(self, desk: &mut Desk<'_>) -> Vec<i64> {
        let mut draw = |low: i64, high: i64| desk.rng.whole(low, high);
        match self {
            Shape::Rectangle => {
                let b = draw(3, 9);
                let a = b + draw(1, 8);
                if draw(0, 3) == 0 { vec![b, a] } else { vec![a, b] }
            }
            Shape::RightTriangle => {
                // Legs whose hypotenuse is whole, in several sizes and both ways round.
                let (a, b, sizes) = [(3, 4, 6), (5, 12, 2), (8, 15, 2), (7, 24, 1), (20, 21, 1), (12, 35, 1)]
                    [draw(0, 5) as usize];
                let size = draw(1, sizes);
                if draw(0, 1) == 0 { vec![a * size, b * size] } else { vec![b * size, a * size] }
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
            Shape::Parallelogram => vec![draw(6, 14), draw(3, 9)],
            Shape::Box => vec![draw(4, 9), draw(3, 7), draw(2, 6)],
            Shape::Cylinder => vec![draw(2, 6), draw(4, 12)],
        }
    }
}

/// Writes a sheet of figures.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let all = [
        Shape::Rectangle,
        Shape::RightTriangle,
        Shape::Triangle,
        Shape::Circle,
        Shape::Corner,
        Shape::Trapezium,
        Shape::Parallelogram,
        Shape::Box,
        Shape::Cylinder,
    ];
    let count = *desk.rng.pick(&[3usize, 4, 4, 6, 6]);
    let mut shapes: Vec<Shape> =
        desk.rng.sample(all.len(), count.min(all.len())).into_iter().map(|index| all[index]).collect();
    // A sheet that practises little takes two kinds in turn: one alone would ask the same thing again and again.
    if desk.rng.chance(0.15) {
        let two = desk.rng.sample(all.len(), 2);
        shapes = (0..count.min(4)).map(|row| all[two[row % 2]]).collect();
    }
    let solid = shapes.iter().any(|shape| matches!(shape, Shape::Box | Shape::Cylinder));
    // What the sheet is called and what it asks for fits all that is drawn on it.
    let topic = Topic {
        titles: if solid {
            &[
                "Geometry",
                "Measuring figures",
                "Shapes and solids",
                "Calculating with shapes",
                "Shapes and sizes",
            ]
        } else {
            &["Areas and perimeters", "Geometry", "Plane figures", "Measuring figures", "Area practice"]
        },
        orders: if solid {
            &[
                "Work out what is missing.",
                "Find the area of each plane figure and the volume of each solid.",
                "Calculate with the measures given in the drawings.",
                "Areas or volumes: work out what fits.",
            ]
        } else {
            &[
                "The figures are drawn to scale. Calculate area and perimeter.",
                "Find the area of each figure.",
                "Work out the areas from the measures given.",
            ]
        },
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
    let filled = desk.style.below(3);
    let zoom = desk.style.range(1.0, 1.3);
    let mut parts = Vec::new();
    let mut drawn: Vec<(Shape, Vec<i64>)> = Vec::new();
    for (row, shape) in shapes.iter().enumerate() {
        // Figures of one shape differ on a sheet.
        let measures = loop {
            let measures = shape.measures(desk);
            if !drawn.contains(&(*shape, measures.clone())) {
                break measures;
            }
        };
        drawn.push((*shape, measures.clone()));
        let mut cells = vec![Cell::text(shape.name())];
        cells.extend((0..4).map(|index| match measures.get(index) {
            Some(number) => Cell::decimal(Decimal::from(*number), &format),
            None => Cell::missing(""),
        }));
        let told: Vec<String> = measures.iter().map(|number| format!("{number} {unit}")).collect();
        set.add(&format!("{}: {}", shape.name(), told.join(", ")), cells);
        parts.push(draw(&set, row, *shape, &measures, filled, zoom));
    }
    let area_of = |set: &Set, row: usize| {
        let m = |index: usize| set.of(row, A + index);
        match shapes[row] {
            Shape::Rectangle | Shape::Parallelogram => times(m(0), m(1)),
            Shape::RightTriangle | Shape::Triangle => over(times(m(0), m(1)), constant(2)),
            Shape::Circle => power(m(0), 2),
            Shape::Corner => minus(times(m(0), m(1)), times(m(2), m(3))),
            Shape::Trapezium => over(times(add(m(0), m(1)), m(2)), constant(2)),
            Shape::Box => times(times(m(0), m(1)), m(2)),
            Shape::Cylinder => times(power(m(0), 2), m(1)),
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
            Shape::Cylinder => {
                list.push((
                    "solution",
                    4,
                    vec![
                        format!("What is the volume of {p}, as a multiple of π?"),
                        format!("Give the volume of {p} in terms of π."),
                    ],
                    area.print(&printed(&format!("π {unit}³"))),
                ));
                list.push((
                    "surface",
                    4,
                    vec![
                        format!("How large is the curved side of {p}, as a multiple of π?"),
                        format!("What is the area of the mantle of {p} in terms of π?"),
                    ],
                    times(constant(2), times(m(0), m(1))).print(&printed(&format!("π {unit}²"))),
                ));
            }
            _ => {
                list.push((
                    "solution",
                    3,
                    vec![
                        format!("What is the area of {p}?"),
                        format!("Work out the area of {p}."),
                        format!("How large is the area of {p}?"),
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
            Shape::Circle | Shape::Cylinder => {
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
    let flat = shapes.iter().all(|shape| !matches!(shape, Shape::Circle | Shape::Box | Shape::Cylinder));
    if flat {
        set.compare(desk, "area", &printed(&square), area_of);
    }
    // Three figures stand beside each other where that leaves none alone; figures with their measures want this much.
    let columns =
        if count.is_multiple_of(3) && set.sheet.len() == count && desk.style.chance(0.6) { 3 } else { 2 };
    let least = 2.0 * desk.paper.margin.0 + columns as f64 * (ROOM.0 * zoom + 172.0);
    desk.paper.width =
        if columns == 3 { least } else { desk.paper.width.min(least + 40.0).max(least) }.round();
    set.finish(desk, &parts, &Wish { columns, blank: false, work: 0.0, lines: 0 }, "figures")
}

/// Which end of a measure lies at its place.
#[derive(Clone, Copy)]
enum Hold {
    /// It ends there: a measure left of its side.
    End,
    Middle,
    /// It begins there.
    Start,
}

/// A measure with its unit at a place.
fn measure(set: &Set, row: usize, index: usize, at: (f64, f64), hold: Hold) -> Expr {
    let cell = set.sheet.cell_as(row, A + index, "body");
    let (back, how) = match hold {
        Hold::End => (70.0, "right"),
        Hold::Middle => (35.0, "center"),
        Hold::Start => (0.0, "left"),
    };
    format!(
        "#place(dx: {:.1}pt, dy: {:.1}pt, box(width: 70pt, height: 16pt, align({how} + horizon, text(size: 0.92em, {cell}))))",
        at.0 - back,
        at.1 - 8.0
    )
}

/// The height of a figure as a thin line of its own between two levels, with its measure.
fn height(set: &Set, row: usize, index: usize, (x, top, low): (f64, f64, f64)) -> Expr {
    line((x, top), (x, low), "0.9pt + soft")
        + &line((x - 4.0, top), (x + 4.0, top), "0.9pt + soft")
        + &line((x - 4.0, low), (x + 4.0, low), "0.9pt + soft")
        + &measure(set, row, index, (x + 9.0, (top + low) / 2.0), Hold::Start)
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

/// Draws a figure to scale with its measures, `zoom` times as large as the room.
fn draw(set: &Set, row: usize, shape: Shape, m: &[i64], filled: usize, zoom: f64) -> Expr {
    use Hold::{End, Middle, Start};
    let fill = ["none", "tint", "ac.lighten(72%)"][filled];
    // On boards and coloured grounds a light fill would swallow the letters.
    let fill = if set.look == super::page::Look::Board { "none" } else { fill };
    let n = |index: usize| m[index] as f64;
    // A parallelogram leans by a part of its height.
    let lean = 0.5 * m.get(1).map_or(0.0, |height| *height as f64);
    let (wide, high) = match shape {
        Shape::Circle => (2.0 * n(0), 2.0 * n(0)),
        Shape::Trapezium => (n(0), n(2)),
        Shape::Box => (n(0) + 0.5 * n(1), n(2) + 0.35 * n(1)),
        Shape::Parallelogram => (n(0) + lean, n(1)),
        Shape::Cylinder => (2.0 * n(0), n(1) + 0.6 * n(0)),
        _ => (n(0), n(1)),
    };
    let scale = (zoom * ROOM.0 / wide).min(zoom * ROOM.1 / high);
    let (w, h) = (wide * scale, high * scale);
    // Room for the measure of an upright side at the left, and for one above.
    let left = match shape {
        Shape::Rectangle | Shape::RightTriangle | Shape::Corner | Shape::Box => 58.0,
        _ => 16.0,
    };
    let above = if matches!(shape, Shape::Corner | Shape::Trapezium) { 20.0 } else { 4.0 };
    let at = |x: f64, y: f64| (left + x, above + y);
    let beside = |x: f64, top: f64, low: f64| (left + x, above + top, above + low);
    let mut out = String::new();
    match shape {
        Shape::Rectangle => {
            out += &polygon(&[at(0.0, 0.0), at(w, 0.0), at(w, h), at(0.0, h)], fill);
            out += &measure(set, row, 0, at(w / 2.0, h + 14.0), Middle);
            out += &measure(set, row, 1, at(-8.0, h / 2.0), End);
        }
        Shape::RightTriangle => {
            out += &polygon(&[at(0.0, 0.0), at(w, h), at(0.0, h)], fill);
            let s = 10.0f64.min(w * 0.3).min(h * 0.3);
            out += &line(at(s, h), at(s, h - s), "1pt + ink");
            out += &line(at(0.0, h - s), at(s, h - s), "1pt + ink");
            out += &measure(set, row, 0, at(w / 2.0, h + 14.0), Middle);
            out += &measure(set, row, 1, at(-8.0, h / 2.0), End);
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
            out += &measure(set, row, 0, at(w / 2.0, h + 14.0), Middle);
            // Beside the outline, so that no line runs through it.
            out += &height(set, row, 1, beside(w + 14.0, 0.0, h));
        }
        Shape::Circle => {
            let r = w / 2.0;
            let (x, y) = at(0.0, 0.0);
            out += &format!(
                "#place(dx: {x:.1}pt, dy: {y:.1}pt, circle(radius: {r:.1}pt, fill: {fill}, stroke: 1.4pt + ink))"
            );
            out += &line(at(r, r), at(w, r), "1pt + ink");
            out += &format!(
                "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: 2pt, fill: ink))",
                x + r - 2.0,
                y + r - 2.0
            );
            out += &measure(set, row, 0, at(w + 8.0, r), Start);
        }
        Shape::Corner => {
            let (a, b) = (n(2) * scale, n(3) * scale);
            let corners = [at(0.0, 0.0), at(w - a, 0.0), at(w - a, b), at(w, b), at(w, h), at(0.0, h)];
            out += &polygon(&corners, fill);
            let dots = "(paint: soft, thickness: 0.8pt, dash: \"dotted\")";
            out += &line(at(w - a, 0.0), at(w, 0.0), dots);
            out += &line(at(w, 0.0), at(w, b), dots);
            out += &measure(set, row, 0, at(w / 2.0, h + 14.0), Middle);
            out += &measure(set, row, 1, at(-8.0, h / 2.0), End);
            // What is cut out is measured outside of it, where there is room.
            out += &measure(set, row, 2, at(w - a / 2.0, -11.0), Middle);
            out += &measure(set, row, 3, at(w + 8.0, b / 2.0), Start);
        }
        Shape::Trapezium => {
            let top = n(1) * scale;
            let shift = (w - top) / 2.0;
            out += &polygon(&[at(shift, 0.0), at(shift + top, 0.0), at(w, h), at(0.0, h)], fill);
            out += &measure(set, row, 0, at(w / 2.0, h + 14.0), Middle);
            out += &measure(set, row, 1, at(w / 2.0, -11.0), Middle);
            out += &height(set, row, 2, beside(w + 14.0, 0.0, h));
        }
        Shape::Parallelogram => {
            let shift = lean * scale;
            out += &polygon(&[at(shift, 0.0), at(w, 0.0), at(w - shift, h), at(0.0, h)], fill);
            out += &line(at(shift, 0.0), at(shift, h), "(paint: ink, thickness: 1pt, dash: \"dashed\")");
            out += &measure(set, row, 0, at((w - shift) / 2.0, h + 14.0), Middle);
            out += &height(set, row, 1, beside(w + 14.0, 0.0, h));
        }
        Shape::Box => {
            let (x, y, z) = (n(0) * scale, n(2) * scale, n(1) * scale);
            let (dx, dy) = (0.5 * z, 0.35 * z);
            out += &polygon(&[at(0.0, dy), at(dx, 0.0), at(dx + x, 0.0), at(x, dy)], fill);
            out += &polygon(&[at(x, dy), at(x + dx, 0.0), at(x + dx, y), at(x, dy + y)], fill);
            out += &polygon(&[at(0.0, dy), at(x, dy), at(x, dy + y), at(0.0, dy + y)], fill);
            out += &measure(set, row, 0, at(x / 2.0, h + 14.0), Middle);
            out += &measure(set, row, 2, at(-8.0, dy + y / 2.0), End);
            out += &measure(set, row, 1, at(x + dx / 2.0 + 8.0, y + dy / 2.0 + 10.0), Start);
        }
        Shape::Cylinder => {
            let (r, flat) = (n(0) * scale, 0.3 * n(0) * scale);
            let round = |y: f64, fill: &str| {
                let (x, y) = at(0.0, y);
                format!(
                    "#place(dx: {x:.1}pt, dy: {y:.1}pt, ellipse(width: {:.1}pt, height: {:.1}pt, fill: {fill}, stroke: 1.4pt + ink))",
                    2.0 * r,
                    2.0 * flat
                )
            };
            // The mantle down to the near half of the lower round, and the upper round over it.
            let mut edge = vec![at(0.0, flat)];
            edge.extend((0..=16).map(|step| {
                let turn = std::f64::consts::PI * f64::from(step) / 16.0;
                at(r - r * libm::cos(turn), h - flat + flat * libm::sin(turn))
            }));
            edge.push(at(2.0 * r, flat));
            let corner = |(x, y): &(f64, f64)| format!("({x:.1}pt, {y:.1}pt)");
            if fill != "none" {
                let corners: Vec<String> = edge.iter().map(corner).collect();
                out += &format!("#place(polygon(fill: {fill}, {}))", corners.join(", "));
            }
            let way: Vec<String> =
                edge[1..].iter().map(|point| format!("curve.line({})", corner(point))).collect();
            out += &format!(
                "#place(curve(stroke: 1.4pt + ink, curve.move({}), {}))",
                corner(&edge[0]),
                way.join(", ")
            );
            out += &round(0.0, fill);
            let (x, y) = at(0.0, flat);
            out += &line(at(r, flat), at(2.0 * r, flat), "1pt + ink");
            out += &format!(
                "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: 2pt, fill: ink))",
                x + r - 2.0,
                y - 2.0
            );
            out += &measure(set, row, 0, at(2.0 * r + 8.0, flat), Start);
            out += &height(set, row, 1, beside(2.0 * r + 14.0, flat + 14.0, h - flat));
        }
    }
    let tall = above + h + 26.0;
    // Measures to the right of a figure count to its width.
    let side = match shape {
        Shape::Rectangle | Shape::RightTriangle => 20.0,
        Shape::Box => 40.0,
        _ => 72.0,
    };
    format!("box(width: {:.1}pt, height: {tall:.1}pt)[{out}]", left + w + side)
}
