//! The coordinate plane: a line or a parabola with named points on it and beside it.

use pixmo_render::Color;

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, body, bold, inline, stack};
use super::page::{Look, Wish};
use super::{FIRST, Program, Set, Topic, add, minus, plain, power, times, whole};

const X: usize = FIRST;
const Y: usize = FIRST + 1;
/// How far the axes reach.
const REACH: (i64, i64) = (7, 6);

/// What is plotted.
#[derive(Clone, Copy)]
enum Curve {
    /// Rise over run, through a point.
    Line { rise: i64, run: i64, at: (i64, i64) },
    /// Vertex and whether it opens downward.
    Parabola { vertex: (i64, i64), down: bool },
}

impl Curve {
    fn at(self, x: f64) -> f64 {
        match self {
            Curve::Line { rise, run, at } => at.1 as f64 + (x - at.0 as f64) * rise as f64 / run as f64,
            Curve::Parabola { vertex, down } => {
                let square = (x - vertex.0 as f64) * (x - vertex.0 as f64);
                vertex.1 as f64 + if down { -square } else { square }
            }
        }
    }

    /// Whole points on it inside the plane.
    fn points(self) -> Vec<(i64, i64)> {
        (1 - REACH.0..REACH.0)
            .filter_map(|x| {
                let y = self.at(x as f64);
                let near = y.round();
                ((y - near).abs() < 1e-9 && near.abs() < REACH.1 as f64).then_some((x, near as i64))
            })
            .collect()
    }
}

/// Writes a sheet with one plot.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let topic = Topic {
        titles: &[
            "Graphs of functions",
            "The coordinate plane",
            "Reading graphs",
            "Points and graphs",
            "Functions and their graphs",
        ],
        orders: &[
            "Read the graph and answer.",
            "Use the points to describe the graph.",
            "Study the graph.",
            "Work with the points shown.",
        ],
        classes: (8, 11),
    };
    let mut set = Set::with_word(desk, &topic, &["x", "y"], Some("Point"));
    let line = desk.rng.chance(0.6);
    let (curve, on) = loop {
        let curve = if line {
            let (rise, run) = *desk.rng.pick(&[
                (1, 1),
                (2, 1),
                (-1, 1),
                (-2, 1),
                (1, 2),
                (-1, 2),
                (3, 2),
                (-3, 2),
                (2, 3),
                (-2, 3),
                (3, 1),
            ]);
            Curve::Line { rise, run, at: (desk.rng.whole(-2, 2), desk.rng.whole(-3, 3)) }
        } else {
            let down = desk.rng.chance(0.5);
            let high = desk.rng.whole(1, 4);
            Curve::Parabola { vertex: (desk.rng.whole(-3, 3), if down { high } else { -high }), down }
        };
        let mut points = curve.points();
        desk.rng.shuffle(&mut points);
        let mut on: Vec<(i64, i64)> = match curve {
            Curve::Parabola { vertex, .. } => vec![vertex],
            Curve::Line { .. } => Vec::new(),
        };
        for point in points {
            if on.len() < 2 && free(point, &on) {
                on.push(point);
            }
        }
        if on.len() == 2 && on.iter().all(|p| p.0 != 0 && p.1 != 0) && on[0].0 != on[1].0 {
            break (curve, on);
        }
    };
    let mut points = on.clone();
    let beside = desk.rng.whole(1, 4) as usize;
    for _ in 0..80 {
        let point = (desk.rng.whole(1 - REACH.0, REACH.0 - 1), desk.rng.whole(1 - REACH.1, REACH.1 - 1));
        let clear = (curve.at(point.0 as f64) - point.1 as f64).abs() > 1.2;
        if points.len() < 2 + beside && point.0 != 0 && point.1 != 0 && clear && free(point, &points) {
            points.push(point);
        }
    }
    let start = *desk.rng.pick(b"AAPK");
    let sign = |number: i64| number.to_string().replace('-', "−");
    for (row, (x, y)) in points.iter().enumerate() {
        let name = char::from(start + row as u8);
        set.add_named(
            &format!("Point {name}"),
            &format!("{name}({}|{})", sign(*x), sign(*y)),
            vec![whole(*x), whole(*y)],
        );
    }
    pose(desk, &mut set, line);
    let listed = desk.style.chance(0.35);
    let plot = draw(desk, &set, curve, &points, start, listed);
    let mut parts = vec![plot];
    if listed {
        let mut cells = Vec::new();
        for row in 0..points.len() {
            cells.push(inline(&[bold(&tag(&set, row, start)), coordinates(&set, row)]));
        }
        // Five would leave one alone in a second line.
        let across = if cells.len() > 4 { 3 } else { cells.len() };
        let columns = vec!["auto"; across].join(", ");
        parts.push(format!(
            "grid(columns: ({columns}), column-gutter: 30pt, row-gutter: 12pt, {})",
            cells.join(", ")
        ));
    }
    let asks: &[&str] = if line {
        &[
            "Find the slope of the line.",
            "Where does the line cross the y-axis?",
            "Write down the equation of the line.",
        ]
    } else {
        &["Name the vertex of the parabola.", "Does it open up or down?", "Write down its equation."]
    };
    let lines: Vec<Expr> = asks
        .iter()
        .enumerate()
        .map(|(index, ask)| inline(&[bold(&body(&format!("{}. ", index + 1))), body(ask)]))
        .collect();
    parts.push(stack(13.0, &lines));
    set.finish(
        desk,
        &parts,
        &Wish { columns: 0, blank: false, work: 0.0, lines: 1 },
        if line { "line" } else { "parabola" },
    )
}

/// True when the label of a point at this place meets no other.
fn free(point: (i64, i64), taken: &[(i64, i64)]) -> bool {
    taken.iter().all(|other| (point.1 - other.1).abs() >= 2 || (point.0 - other.0).abs() >= 6)
}

fn tag(set: &Set, row: usize, start: u8) -> Expr {
    set.sheet.cell_part(row, 0, &char::from(start + row as u8).to_string(), "direct_label")
}

fn coordinates(set: &Set, row: usize) -> Expr {
    inline(&[
        body("("),
        "h(0.1em)".to_owned(),
        set.sheet.cell_as(row, X, "value_label"),
        body(" | "),
        set.sheet.cell_as(row, Y, "value_label"),
        "h(0.1em)".to_owned(),
        body(")"),
    ])
}

fn pose(desk: &mut Desk<'_>, set: &mut Set, line: bool) {
    let of = |set: &Set, row: usize, column: usize| set.of(row, column);
    let count = set.sheet.len();
    let (dx, dy) = (minus(of(set, 1, X), of(set, 0, X)), minus(of(set, 1, Y), of(set, 0, Y)));
    let (first, second) = (set.said(0), set.said(1));
    if line {
        let words = [
            "What is the slope of the line?".to_owned(),
            format!("The line passes through {first} and {second}. What is its slope?"),
            "How steep is the line? Give its slope as a whole number or a fraction.".to_owned(),
        ];
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        set.sheet.pose("solution", 4, &words, Program::Fraction(dy.clone().boxed(), dx.clone().boxed()));
        let above = minus(times(of(set, 0, Y), dx.clone()), times(dy.clone(), of(set, 0, X)));
        let words = [
            "Where does the line cross the y-axis?",
            "What is the y-intercept of the line?",
            "Which y belongs to x = 0 on the line?",
        ];
        set.sheet.pose("solution", 5, &words, Program::Fraction(above.boxed(), dx.clone().boxed()));
        let rises = Program::Greater(times(dy.clone(), dx.clone()).boxed(), super::constant(0).boxed());
        set.sheet.pose(
            "rises_yes_no",
            3,
            &["Does the line rise from left to right?", "Is the slope of the line positive?"],
            Program::YesNo(rises.boxed()),
        );
    } else {
        for (column, letter) in [(X, "x"), (Y, "y")] {
            let words = [
                format!("What is the {letter}-coordinate of the vertex?"),
                format!("What is {letter} at the vertex of the parabola?"),
            ];
            set.sheet.pose("solution", 3, &[&words[0], &words[1]], of(set, 0, column).print(&plain(0)));
        }
        set.sheet.pose(
            "vertex",
            3,
            &[
                "Which point is the vertex of the parabola?",
                "Name the point at the turning place of the curve.",
            ],
            Program::Shown(Program::named(0, 0, &set.label(0)).over(0)),
        );
    }
    for row in 0..count {
        let said = set.said(row);
        for (column, letter) in [(X, "x"), (Y, "y")] {
            let words = [
                format!("What is the {letter}-coordinate of {said}?"),
                format!("Read the {letter}-value of {said}."),
            ];
            set.sheet.pose("given", 1, &[&words[0], &words[1]], of(set, row, column).print(&plain(0)));
        }
        let above = Program::Greater(of(set, row, Y).boxed(), super::constant(0).boxed());
        let words = [format!("Does {said} lie above the x-axis?"), format!("Is {said} above the x-axis?")];
        set.sheet.pose("above_yes_no", 2, &[&words[0], &words[1]], Program::YesNo(above.boxed()));
        let right = Program::Greater(of(set, row, X).boxed(), super::constant(0).boxed());
        let words = [format!("Does {said} lie to the right of the y-axis?")];
        set.sheet.pose("above_yes_no", 2, &[&words[0]], Program::YesNo(right.boxed()));
        let other = (row + 1 + desk.rng.below(count - 1)) % count;
        let b = set.said(other);
        let square = |column: usize| power(minus(of(set, other, column), of(set, row, column)), 2);
        let away = add(square(X), square(Y));
        let words = [
            format!("What is the square of the distance from {said} to {b}?"),
            format!("Work out the squared distance between {said} and {b}."),
        ];
        set.sheet.pose("distance", 5, &[&words[0], &words[1]], away.print(&plain(0)));
        let sum = add(of(set, row, X), of(set, other, X));
        let words = [
            format!("Add the x-coordinates of {said} and {b}."),
            format!("What is the sum of the x-coordinates of {said} and {b}?"),
        ];
        set.sheet.pose("sum_of_two", 3, &[&words[0], &words[1]], sum.print(&plain(0)));
    }
    for (column, largest, word) in [
        (Y, true, "highest"),
        (Y, false, "lowest"),
        (X, true, "farthest to the right"),
        (X, false, "farthest to the left"),
    ] {
        let over = Program::all(0).over(column);
        let best = if largest { Program::Max(over) } else { Program::Min(over) };
        let words = [format!("Which point lies {word}?"), format!("Which of the named points is {word}?")];
        set.sheet.pose("best_point", 2, &[&words[0], &words[1]], Program::Shown(best.over(0)));
    }
}

/// Where the label of a point stands: left of it, above it, or centred at the turning place of a parabola. The first two
/// points lie on the curve, and their labels stand where it does not go on.
fn side(curve: Curve, x: i64, row: usize) -> (bool, bool, bool) {
    let rise = if row < 2 { curve.at(x as f64 + 0.1) - curve.at(x as f64 - 0.1) } else { 0.0 };
    let turned = matches!(curve, Curve::Parabola { .. }) && row == 0;
    let left = x >= 3;
    let above = match curve {
        Curve::Parabola { down, .. } if turned => down,
        _ if row >= 2 => true,
        _ => (rise > 0.0) == left,
    };
    (left, above, turned)
}

/// The plane with grid, axes, curve and points.
fn draw(
    desk: &mut Desk<'_>,
    set: &Set,
    curve: Curve,
    points: &[(i64, i64)],
    start: u8,
    listed: bool,
) -> Expr {
    let unit = desk.style.range(27.0, 33.0).round();
    let (wide, high) = (REACH.0 as f64, REACH.1 as f64);
    let place = |x: f64, y: f64| ((x + wide) * unit + 6.0, (high - y) * unit + 6.0);
    let paper = &desk.paper;
    let pale = paper.ground.mix(paper.ink, 0.16).hex();
    let ground = paper.ground.hex();
    let color =
        if set.look == Look::Board { paper.accent } else { paper.accent.readable_on(paper.ground, 4.0) };
    let color =
        if color.contrast(paper.ink) < 2.2 { Color::from_hex("#c8402f").unwrap_or(color) } else { color };
    let curve_color = color.hex();
    let mut out = String::new();
    let line = |from: (f64, f64), to: (f64, f64), stroke: &str| {
        format!(
            "#place(line(start: ({:.1}pt, {:.1}pt), end: ({:.1}pt, {:.1}pt), stroke: {stroke}))",
            from.0, from.1, to.0, to.1
        )
    };
    if set.look == Look::Notebook {
        // A plot on ruled paper is drawn on a sheet of its own that is stuck in; two nets would not be told apart.
        let (corner, net) = (place(-wide, high), (2.0 * wide * unit, 2.0 * high * unit));
        out += &format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, rect(width: {:.1}pt, height: {:.1}pt, fill: rgb(\"{ground}\"), stroke: 0.7pt + rgb(\"{pale}\")))",
            corner.0 - 16.0,
            corner.1 - 16.0,
            net.0 + 34.0,
            net.1 + 32.0
        );
    }
    for x in -REACH.0..=REACH.0 {
        out += &line(place(x as f64, -high), place(x as f64, high), &format!("0.7pt + rgb(\"{pale}\")"));
    }
    for y in -REACH.1..=REACH.1 {
        out += &line(place(-wide, y as f64), place(wide, y as f64), &format!("0.7pt + rgb(\"{pale}\")"));
    }
    let (left, right) = (place(-wide, 0.0), place(wide, 0.0));
    let (low, top) = (place(0.0, -high), place(0.0, high));
    out += &line(left, (right.0 + 4.0, right.1), "1.3pt + ink");
    out += &line(low, (top.0, top.1 - 4.0), "1.3pt + ink");
    let head = |tip: (f64, f64), a: (f64, f64), b: (f64, f64)| {
        format!(
            "#place(polygon(fill: ink, ({:.1}pt, {:.1}pt), ({:.1}pt, {:.1}pt), ({:.1}pt, {:.1}pt)))",
            tip.0, tip.1, a.0, a.1, b.0, b.1
        )
    };
    out += &head((right.0 + 10.0, right.1), (right.0 + 2.0, right.1 - 4.0), (right.0 + 2.0, right.1 + 4.0));
    out += &head((top.0, top.1 - 6.0), (top.0 - 4.0, top.1 + 2.0), (top.0 + 4.0, top.1 + 2.0));
    // The curve in pieces that stay inside the plane.
    let mut run: Vec<(f64, f64)> = Vec::new();
    let mut pieces = Vec::new();
    for step in 0..=560 {
        let x = -wide + 2.0 * wide * f64::from(step) / 560.0;
        let y = curve.at(x);
        if y.abs() <= high {
            run.push(place(x, y));
        } else if !run.is_empty() {
            pieces.push(std::mem::take(&mut run));
        }
    }
    pieces.push(run);
    for piece in pieces.iter().filter(|piece| piece.len() > 1) {
        let straight = matches!(curve, Curve::Line { .. });
        let kept: Vec<(f64, f64)> = if straight {
            vec![piece[0], piece[piece.len() - 1]]
        } else {
            piece.iter().copied().step_by(4).chain(piece.last().copied()).collect()
        };
        let moves: Vec<String> = kept
            .iter()
            .enumerate()
            .map(|(index, (x, y))| {
                format!("curve.{}(({x:.1}pt, {y:.1}pt))", if index == 0 { "move" } else { "line" })
            })
            .collect();
        out += &format!("#place(curve(stroke: 2pt + rgb(\"{curve_color}\"), {}))", moves.join(", "));
    }
    let backed = |inner: &str| format!("box(fill: rgb(\"{ground}\"), inset: (x: 2pt, y: 2pt), {inner})");
    let small =
        |text: &str| format!("text(size: 0.78em, {})", super::super::markup::role("tick_label", text));
    // Numbers stand below and left of the axes, or on the other side where the curve or a label is in their way.
    let labels: Vec<(f64, f64, f64, f64)> = points
        .iter()
        .enumerate()
        .map(|(row, point)| {
            let (left, above, turned) = side(curve, point.0, row);
            let long = if listed { 0.7 } else { 3.2 };
            let (x, y) = (point.0 as f64, point.1 as f64);
            let from = if turned {
                x - long / 2.0
            } else if left {
                x - 0.2 - long
            } else {
                x + 0.2
            };
            let low = if above { y + 0.05 } else { y - 0.95 };
            (from, low, from + long, low + 0.9)
        })
        .collect();
    // Boxes in units of the plane, as left, low, right, high.
    let clear = |(from, low, to, top): (f64, f64, f64, f64)| {
        let drawn = (0..=12).any(|step| {
            let y = curve.at(from - 0.1 + (to - from + 0.2) * f64::from(step) / 12.0);
            y > low - 0.12 && y < top + 0.12
        });
        // A steep curve may pass between two of the places looked at.
        let passed = (curve.at(from - 0.1) - low) * (curve.at(to + 0.1) - top) < 0.0
            && (curve.at(from - 0.1) - top) * (curve.at(to + 0.1) - low) < 0.0;
        let met = labels.iter().any(|l| from < l.2 && l.0 < to && low < l.3 && l.1 < top);
        let dotted = points.iter().any(|p| {
            let (x, y) = (p.0 as f64, p.1 as f64);
            x > from - 0.2 && x < to + 0.2 && y > low - 0.2 && y < top + 0.2
        });
        !drawn && !passed && !met && !dotted
    };
    let mut number = |at: i64, below: (f64, f64), centred: bool| {
        let text = backed(&small(&at.to_string().replace('-', "−")));
        let how = if centred { "center" } else { "right" };
        out += &format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, box(width: 24pt, align({how}, {text})))",
            below.0, below.1
        );
    };
    for x in (-REACH.0 + 1)..REACH.0 {
        let at = x as f64;
        let (px, py) = place(at, 0.0);
        if x == 0 || x % 2 != 0 {
            continue;
        }
        if clear((at - 0.35, -0.7, at + 0.35, -0.1)) {
            number(x, (px - 12.0, py + 4.0), true);
        } else if clear((at - 0.35, 0.1, at + 0.35, 0.7)) {
            number(x, (px - 12.0, py - 20.0), true);
        }
    }
    for y in (-REACH.1 + 1)..REACH.1 {
        let at = y as f64;
        let (px, py) = place(0.0, at);
        if y == 0 || y % 2 != 0 {
            continue;
        }
        if clear((-0.85, at - 0.3, -0.12, at + 0.3)) {
            number(y, (px - 29.0, py - 8.0), false);
        } else if clear((0.12, at - 0.3, 0.85, at + 0.3)) {
            number(y, (px - 2.0, py - 8.0), false);
        }
    }
    out += &format!(
        "#place(dx: {:.1}pt, dy: {:.1}pt, {})",
        right.0 - 2.0,
        right.1 - 24.0,
        backed(&set.formula("x"))
    );
    out +=
        &format!("#place(dx: {:.1}pt, dy: {:.1}pt, {})", top.0 + 9.0, top.1 - 4.0, backed(&set.formula("y")));
    for (row, (x, y)) in points.iter().enumerate() {
        let (px, py) = place(*x as f64, *y as f64);
        let dot = set.sheet.drawn(row, &[X, Y], "dot", "box(circle(radius: 4pt, fill: ink))");
        out += &format!("#place(dx: {:.1}pt, dy: {:.1}pt, box({dot}))", px - 4.0, py - 4.0);
        let label = if listed {
            bold(&tag(set, row, start))
        } else {
            inline(&[bold(&tag(set, row, start)), coordinates(set, row)])
        };
        let label = backed(&format!("text(size: 0.86em, {label})"));
        let room = 96.0;
        let (left, above, turned) = side(curve, *x, row);
        let (dx, how) = match (turned, left) {
            (true, _) => (px - room / 2.0, "center"),
            (false, true) => (px - 7.0 - room, "right"),
            (false, false) => (px + 7.0, "left"),
        };
        let dy = if above { py - 25.0 } else { py + 6.0 };
        out += &format!("#place(dx: {dx:.1}pt, dy: {dy:.1}pt, box(width: {room}pt, align({how}, {label})))");
    }
    format!(
        "align(center, box(width: {:.1}pt, height: {:.1}pt)[{out}])",
        2.0 * wide * unit + 20.0,
        2.0 * high * unit + 12.0
    )
}
