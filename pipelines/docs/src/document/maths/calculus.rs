//! Polynomials: their values, their derivatives at a place, their definite integrals.

use super::super::desk::{Desk, Draft};
use super::page::Wish;
use super::{FIRST, Program, Set, Topic, add, constant, minus, over, plain, power, terms, times, whole};

/// What is to be done with the polynomials of a sheet.
#[derive(Clone, Copy, PartialEq)]
enum Job {
    Value,
    Derivative,
}

const VALUES: Topic = Topic {
    titles: &["Polynomials", "Values of functions", "Functions and their values", "Substituting numbers"],
    orders: &["Work out the values.", "Substitute and calculate.", "Find the value of each function."],
    classes: (8, 11),
};
const DERIVATIVES: Topic = Topic {
    titles: &["Derivatives", "Differentiation", "The slope of a curve", "Rates of change"],
    orders: &[
        "Find the derivative at the given place.",
        "Differentiate, then substitute.",
        "Work out the slope.",
    ],
    classes: (11, 13),
};
const INTEGRALS: Topic = Topic {
    titles: &["Definite integrals", "Areas under curves", "Integration", "Integrals of polynomials"],
    orders: &["Evaluate the integrals.", "Find an antiderivative and evaluate.", "Do not use a calculator."],
    classes: (11, 13),
};

const A: usize = FIRST;

/// Writes a sheet with one of the jobs.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    match desk.rng.below(3) {
        0 => functions(desk, Job::Value, &VALUES),
        1 => functions(desk, Job::Derivative, &DERIVATIVES),
        _ => integrals(desk, &INTEGRALS),
    }
}

fn functions(desk: &mut Desk<'_>, job: Job, topic: &Topic) -> Draft {
    let cubic = desk.rng.chance(0.45);
    let columns: &[&str] = if cubic {
        &["Factor of x³", "Factor of x²", "Factor of x", "Constant", "Place"]
    } else {
        &["Factor of x²", "Factor of x", "Constant", "Place"]
    };
    let mut set = Set::begin(desk, topic, columns);
    let count = desk.rng.whole(3, 7) as usize;
    let name = *desk.style.pick(&["f", "g", "p", "h"]);
    let degree = if cubic { 3 } else { 2 };
    let place = A + degree + 1;
    let mut parts = Vec::new();
    for row in 0..count {
        let mut factors: Vec<i64> = Vec::new();
        for index in 0..=degree {
            let most = if index == 0 { 5 } else { 12 };
            let factor = desk.rng.whole(1, most) * if index > 0 && desk.rng.chance(0.45) { -1 } else { 1 };
            factors.push(factor);
        }
        let at = *desk.rng.pick(&[-3, -2, -1, 1, 2, 3, 4, 5]);
        let powers = ["x^3", "x^2", "x", ""];
        let list: Vec<(i64, &str)> =
            factors.iter().copied().zip(powers[3 - degree..].iter().copied()).collect();
        let (source, text) = terms(&list);
        let mark = if job == Job::Derivative { "'" } else { "" };
        let asked = format!("{name}{mark}({at})");
        let mut cells: Vec<_> = factors.iter().map(|factor| whole(*factor)).collect();
        cells.push(whole(at));
        set.add(&format!("{name}(x) = {text}; {asked} = ?").replace('-', "−"), cells);
        let all: Vec<usize> = (A..=place).collect();
        let wide = "#h(1.4em)";
        parts.push(set.linked(
            row,
            &all,
            &format!("{name}(x) = {source} {wide} {name}{mark}({at}) = #h(0.2em) ?"),
        ));
    }
    let answer = move |set: &Set, row: usize| {
        let x = set.of(row, place);
        let mut sum: Option<Program> = None;
        for index in 0..=degree {
            let exponent = (degree - index) as u32;
            let factor = set.of(row, A + index);
            let term = match (job, exponent) {
                (Job::Derivative, 0) => continue,
                (Job::Derivative, 1) | (_, 0) => factor,
                (Job::Derivative, 2) => times(constant(2), times(factor, x.clone())),
                (Job::Derivative, n) => times(constant(i64::from(n)), times(factor, power(x.clone(), n - 1))),
                (_, 1) => times(factor, x.clone()),
                (_, n) => times(factor, power(x.clone(), n)),
            };
            sum = Some(match sum {
                None => term,
                Some(sum) => add(sum, term),
            });
        }
        sum.unwrap_or_else(|| constant(0))
    };
    let words: &[&str] = match job {
        Job::Derivative => &[
            "What is the derivative at the given place in {p}?",
            "Solve {p}: what is the slope there?",
            "Which value does the derivative take in {p}?",
            "What is the answer to {p}?",
        ],
        _ => &[
            "What is the value of the function in {p}?",
            "Solve {p}.",
            "Which value comes out in {p}?",
            "What is the answer to {p}?",
        ],
    };
    set.solve("solution", 4, words, move |set, row| answer(set, row).print(&plain(0)));
    set.solve(
        "place",
        1,
        &["For which x is the value asked in {p}?", "Which number is to be put in for x in {p}?"],
        move |set, row| set.of(row, place).print(&plain(0)),
    );
    set.solve(
        "coefficient",
        1,
        &["What is the coefficient of x² in {p}?", "By which number is x² multiplied in {p}?"],
        move |set, row| set.of(row, place - 3).print(&plain(0)),
    );
    set.solve("side", 1, &["What is the constant term in {p}?"], move |set, row| {
        set.of(row, place - 1).print(&plain(0))
    });
    set.compare(desk, "result", &plain(0), answer);
    let columns = desk.style.whole(1, 2) as usize;
    let wish = Wish { columns, blank: false, work: desk.style.range(8.0, 34.0), lines: 1 };
    set.finish(desk, &parts, &wish, if job == Job::Derivative { "derivatives" } else { "values" })
}

fn integrals(desk: &mut Desk<'_>, topic: &Topic) -> Draft {
    let mut set =
        Set::begin(desk, topic, &["Factor of x²", "Factor of x", "Constant", "Lower limit", "Upper limit"]);
    let count = desk.rng.whole(3, 8) as usize;
    let mut parts = Vec::new();
    for row in 0..count {
        let sign = |desk: &mut Desk<'_>| if desk.rng.chance(0.35) { -1 } else { 1 };
        let a = 3 * desk.rng.whole(1, 3);
        let b = 2 * desk.rng.whole(1, 5) * sign(desk);
        let c = desk.rng.whole(1, 9) * sign(desk);
        let low = *desk.rng.pick(&[-2, -1, 0, 0, 1]);
        let high = low + desk.rng.whole(1, 3);
        let high = if high == 0 { 1 } else { high };
        let (source, text) = terms(&[(a, "x^2"), (b, "x"), (c, "")]);
        let limits = format!("{low} to {high}").replace('-', "−");
        set.add(&format!("integral of {text} from {limits}"), [a, b, c, low, high].map(whole).to_vec());
        let all: Vec<usize> = (A..A + 5).collect();
        parts.push(set.linked(
            row,
            &all,
            &format!("display(limits(integral)_({low})^({high}) ({source}) dif x) ="),
        ));
    }
    let answer = |set: &Set, row: usize| {
        let [a, b, c, low, high] = [0, 1, 2, 3, 4].map(|offset| set.of(row, A + offset));
        let rise = |exponent: u32| minus(power(high.clone(), exponent), power(low.clone(), exponent));
        let cubes = times(over(a, constant(3)), rise(3));
        let squares = times(over(b, constant(2)), rise(2));
        add(add(cubes, squares), times(c, minus(high.clone(), low.clone())))
    };
    set.solve(
        "solution",
        5,
        &[
            "What is the value of the integral in {p}?",
            "Evaluate {p}.",
            "Which number is the integral in {p}?",
            "What is the answer to {p}?",
        ],
        move |set, row| answer(set, row).print(&plain(0)),
    );
    set.solve(
        "limit",
        1,
        &["What is the upper limit of the integral in {p}?", "Up to which x does the integral of {p} go?"],
        |set, row| set.of(row, A + 4).print(&plain(0)),
    );
    set.solve(
        "lower_limit",
        1,
        &["What is the lower limit of the integral in {p}?", "From which x does the integral of {p} begin?"],
        |set, row| set.of(row, A + 3).print(&plain(0)),
    );
    set.solve(
        "coefficient",
        1,
        &["What is the coefficient of x² in {p}?", "By which number is x² multiplied in {p}?"],
        |set, row| set.of(row, A).print(&plain(0)),
    );
    set.compare(desk, "value of the integral", &plain(0), answer);
    let columns = desk.style.whole(1, 2) as usize;
    let wish = Wish { columns, blank: columns == 1, work: desk.style.range(6.0, 26.0), lines: 1 };
    set.finish(desk, &parts, &wish, "integrals")
}
