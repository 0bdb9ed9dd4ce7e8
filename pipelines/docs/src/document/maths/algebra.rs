//! Equations: linear ones, pairs of them, quadratic ones.

use super::super::desk::{Desk, Draft};
use super::page::Wish;
use super::{FIRST, Program, Set, Topic, add, constant, minus, over, plain, power, terms, times, whole};

/// Equations with one unknown.
pub(in super::super) fn linear(desk: &mut Desk<'_>) -> Draft {
    const A: usize = FIRST;
    let topic = Topic {
        titles: &["Linear equations", "Solving equations", "Equations with one unknown", "Find the unknown"],
        orders: &["Solve for x.", "Find x.", "Solve the equations.", "Which number does x stand for?"],
        classes: (7, 9),
    };
    let both = desk.rng.chance(0.45);
    let columns: &[&str] = if both {
        &["Factor of x on the left", "Number on the left", "Factor of x on the right", "Number on the right"]
    } else {
        &["Factor of x", "Number on the left", "Number on the right"]
    };
    let mut set = Set::begin(desk, &topic, columns);
    let count = desk.rng.whole(4, 10) as usize;
    let mut parts = Vec::new();
    for row in 0..count {
        let x = desk.rng.whole(-6, 15);
        let x = if x == 0 { 4 } else { x };
        let sign = |desk: &mut Desk<'_>| if desk.rng.chance(0.4) { -1 } else { 1 };
        let b = desk.rng.whole(1, 30) * sign(desk);
        let a = desk.rng.whole(2, 12);
        let (left, left_text) = terms(&[(a, "x"), (b, "")]);
        if both {
            // Nothing may be hidden: a number that is not there cannot be read.
            let c = desk.rng.whole(1, a - 1);
            let (b, d) = match (a - c) * x + b {
                0 => (b + b.signum(), b.signum()),
                d => (b, d),
            };
            let (left, left_text) = terms(&[(a, "x"), (b, "")]);
            let (right, right_text) = terms(&[(c, "x"), (d, "")]);
            set.add(&format!("{left_text} = {right_text}"), [a, b, c, d].map(whole).to_vec());
            parts.push(set.linked(row, &[A, A + 1, A + 2, A + 3], &format!("{left} = {right}")));
        } else {
            let c = a * x + b;
            let shown = c.to_string().replace('-', "−");
            set.add(&format!("{left_text} = {shown}"), vec![whole(a), whole(b), whole(c)]);
            parts.push(set.linked(row, &[A, A + 1, A + 2], &format!("{left} = {c}")));
        }
    }
    let solution = move |set: &Set, row: usize| {
        if both {
            over(minus(set.of(row, A + 3), set.of(row, A + 1)), minus(set.of(row, A), set.of(row, A + 2)))
        } else {
            over(minus(set.of(row, A + 2), set.of(row, A + 1)), set.of(row, A))
        }
    };
    set.solve(
        "solution",
        3,
        &[
            "What is x in {p}?",
            "Solve {p} for x.",
            "Which value of x solves {p}?",
            "What is the solution of {p}?",
            "Find x in {p}.",
        ],
        |set, row| solution(set, row).print(&plain(0)),
    );
    set.solve(
        "coefficient",
        1,
        &[
            "What is the factor of x on the left side of {p}?",
            "By which number is x multiplied on the left of {p}?",
        ],
        |set, row| set.of(row, A).print(&plain(0)),
    );
    set.solve(
        "side",
        1,
        &[
            "Which number without x stands on the right side of {p}?",
            "What is the constant on the right of {p}?",
        ],
        |set, row| set.of(row, if both { A + 3 } else { A + 2 }).print(&plain(0)),
    );
    set.compare(desk, "solution", &plain(0), solution);
    let columns = desk.style.whole(1, 3) as usize;
    let wish = Wish { columns, blank: columns < 3, work: desk.style.range(8.0, 40.0), lines: 1 };
    set.finish(desk, &parts, &wish, "linear")
}

/// Pairs of equations with two unknowns.
pub(in super::super) fn systems(desk: &mut Desk<'_>) -> Draft {
    const A: usize = FIRST;
    let topic = Topic {
        titles: &[
            "Systems of equations",
            "Two equations, two unknowns",
            "Simultaneous equations",
            "Linear systems",
        ],
        orders: &["Solve for x and y.", "Find x and y.", "Solve each system by a method of your choice."],
        classes: (8, 11),
    };
    let columns = [
        "Factor of x, first line",
        "Factor of y, first line",
        "Number, first line",
        "Factor of x, second line",
        "Factor of y, second line",
        "Number, second line",
    ];
    let mut set = Set::begin(desk, &topic, &columns);
    let count = desk.rng.whole(3, 6) as usize;
    let mut parts = Vec::new();
    for row in 0..count {
        let (a, b, d, e, x, y) = loop {
            let mut draw = |low: i64, high: i64| desk.rng.whole(low, high);
            let (a, b, d, e) = (draw(1, 9), draw(-7, 8), draw(1, 9), draw(-8, 7));
            let (x, y) = (draw(-4, 8), draw(-4, 8));
            let (c, f) = (a * x + b * y, d * x + e * y);
            if b != 0 && e != 0 && c != 0 && f != 0 && a * e != b * d && x != y {
                break (a, b, d, e, x, y);
            }
        };
        let (c, f) = (a * x + b * y, d * x + e * y);
        let (first, first_text) = terms(&[(a, "x"), (b, "y")]);
        let (second, second_text) = terms(&[(d, "x"), (e, "y")]);
        let text = format!("{first_text} = {c}; {second_text} = {f}").replace('-', "−");
        set.add(&text, [a, b, c, d, e, f].map(whole).to_vec());
        let all: Vec<usize> = (A..A + 6).collect();
        // The brace stands off what it holds.
        let rows = [first.trim_start(), second.trim_start()].map(|row| format!("#h(0.2em){row}"));
        let source = format!("cases({} &= {c}, {} &= {f})", rows[0], rows[1]);
        parts.push(set.linked(row, &all, &source));
    }
    let part =
        |set: &Set, row: usize| -> [Program; 6] { [0, 1, 2, 3, 4, 5].map(|offset| set.of(row, A + offset)) };
    let x = move |set: &Set, row: usize| {
        let [a, b, c, d, e, f] = part(set, row);
        over(minus(times(c, e.clone()), times(b.clone(), f)), minus(times(a, e), times(b, d)))
    };
    let y = move |set: &Set, row: usize| {
        let [a, b, c, d, e, f] = part(set, row);
        over(minus(times(a.clone(), f), times(c, d.clone())), minus(times(a, e), times(b, d)))
    };
    set.solve(
        "solution",
        4,
        &["What is x in {p}?", "Solve {p}: what is x?", "Which value does x have in the solution of {p}?"],
        move |set, row| x(set, row).print(&plain(0)),
    );
    set.solve(
        "solution",
        4,
        &["What is y in {p}?", "Solve {p}: what is y?", "Which value has y in the solution of {p}?"],
        move |set, row| y(set, row).print(&plain(0)),
    );
    set.solve(
        "sum_of_unknowns",
        5,
        &["What is x + y for the solution of {p}?", "Solve {p} and add x and y."],
        move |set, row| add(x(set, row), y(set, row)).print(&plain(0)),
    );
    set.solve(
        "coefficient",
        1,
        &[
            "What is the factor of x in the second equation of {p}?",
            "By which number is x multiplied in the second line of {p}?",
        ],
        |set, row| set.of(row, A + 3).print(&plain(0)),
    );
    set.solve(
        "side",
        1,
        &["Which number stands on the right side of the first equation of {p}?"],
        |set, row| set.of(row, A + 2).print(&plain(0)),
    );
    set.compare(desk, "value of x", &plain(0), x);
    let wish = Wish {
        columns: desk.style.whole(1, 2) as usize,
        blank: false,
        work: desk.style.range(16.0, 60.0),
        lines: 2,
    };
    set.finish(desk, &parts, &wish, "systems")
}

/// Quadratic equations with whole solutions.
pub(in super::super) fn quadratic(desk: &mut Desk<'_>) -> Draft {
    const A: usize = FIRST;
    let topic = Topic {
        titles: &[
            "Quadratic equations",
            "Equations of second degree",
            "The quadratic formula",
            "Roots of parabolas",
        ],
        orders: &[
            "Solve the equations.",
            "Find all solutions.",
            "Solve for x by factoring or by the formula.",
        ],
        classes: (9, 11),
    };
    let mut set = Set::begin(desk, &topic, &["Factor of x²", "Factor of x", "Constant"]);
    let count = desk.rng.whole(3, 9) as usize;
    let leading = desk.rng.chance(0.4);
    let mut parts = Vec::new();
    for row in 0..count {
        let (a, b, c) = loop {
            let (p, q) = (desk.rng.whole(-8, 9), desk.rng.whole(-8, 9));
            let a = if leading { desk.rng.whole(1, 4) } else { 1 };
            let (b, c) = (-a * (p + q), a * p * q);
            if p != q && b != 0 && c != 0 {
                break (a, b, c);
            }
        };
        let (source, text) = terms(&[(a, "x^2"), (b, "x"), (c, "")]);
        set.add(&format!("{text} = 0"), [a, b, c].map(whole).to_vec());
        parts.push(set.linked(row, &[A, A + 1, A + 2], &format!("{source} = 0")));
    }
    let discriminant = |set: &Set, row: usize| {
        minus(power(set.of(row, A + 1), 2), times(constant(4), times(set.of(row, A), set.of(row, A + 2))))
    };
    let solution = move |set: &Set, row: usize, larger: bool| {
        let root = Program::Root(discriminant(set, row).boxed());
        let opposite = minus(constant(0), set.of(row, A + 1));
        let above = if larger { add(opposite, root) } else { minus(opposite, root) };
        over(above, times(constant(2), set.of(row, A)))
    };
    set.solve(
        "solution",
        5,
        &[
            "What is the larger solution of {p}?",
            "Solve {p}: which solution is the larger one?",
            "Which is the larger root in {p}?",
        ],
        move |set, row| solution(set, row, true).print(&plain(0)),
    );
    set.solve(
        "solution",
        5,
        &[
            "What is the smaller solution of {p}?",
            "Solve {p}: which solution is the smaller one?",
            "Which is the smaller root in {p}?",
        ],
        move |set, row| solution(set, row, false).print(&plain(0)),
    );
    set.solve(
        "discriminant",
        4,
        &["What is the discriminant in {p}?", "Work out b² − 4ac for {p}."],
        move |set, row| discriminant(set, row).print(&plain(0)),
    );
    set.solve(
        "coefficient",
        1,
        &["What is the factor of x in {p}?", "Which coefficient does x have in {p}?"],
        |set, row| set.of(row, A + 1).print(&plain(0)),
    );
    set.solve(
        "side",
        1,
        &["What is the constant term in {p}?", "Which number without x stands in {p}?"],
        |set, row| set.of(row, A + 2).print(&plain(0)),
    );
    set.solve(
        "sum_of_unknowns",
        5,
        &["What is the sum of the two solutions of {p}?", "Add both solutions of {p}."],
        move |set, row| over(minus(constant(0), set.of(row, A + 1)), set.of(row, A)).print(&plain(0)),
    );
    set.compare(desk, "larger solution", &plain(0), move |set, row| solution(set, row, true));
    let wish = Wish {
        columns: desk.style.whole(1, 2) as usize,
        blank: false,
        work: desk.style.range(10.0, 50.0),
        lines: 1,
    };
    set.finish(desk, &parts, &wish, "quadratic")
}
