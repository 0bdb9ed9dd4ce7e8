//! Problems of numbers: the four operations, fractions, sequences.

use pixmo_render::Cell;

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, body, inline, stack};
use super::page::Wish;
use super::{FIRST, Program, Set, Topic, add, constant, minus, over, plain, power, times, whole};
use crate::program::{Is, Test};

/// Rows of sums, differences, products and quotients.
pub(in super::super) fn arithmetic(desk: &mut Desk<'_>) -> Draft {
    const SIGN: usize = FIRST;
    const A: usize = FIRST + 1;
    const B: usize = FIRST + 2;
    let topic = Topic {
        titles: &[
            "Mental arithmetic",
            "Calculation practice",
            "Number drill",
            "Written calculation",
            "Warm-up: numbers",
            "Number practice",
        ],
        orders: &["Work out.", "Do not use a calculator.", "Write down the result.", "Find the answers."],
        classes: (3, 6),
    };
    let mut set = Set::begin(desk, &topic, &["=Operation", "First number", "Second number"]);
    let signs: &[&str] = match desk.rng.below(4) {
        0 => &["+", "−"],
        1 => &["×", "÷"],
        2 => &["+", "−", "×", "÷"],
        _ => &["+", "−", "×"],
    };
    let upright = signs == ["+", "−"] && desk.rng.chance(0.6);
    let large = desk.rng.chance(0.4) || upright;
    let count = if upright { desk.rng.whole(6, 12) } else { desk.rng.whole(8, 18) } as usize;
    let count = count.min(if set.style > 0 { 12 } else { 18 });
    let mut parts = Vec::new();
    while set.sheet.len() < count {
        let row = set.sheet.len();
        let sign = *desk.rng.pick(signs);
        let (a, b) = match sign {
            "×" => (desk.rng.whole(3, if large { 48 } else { 15 }), desk.rng.whole(3, 12)),
            "÷" => {
                let (b, result) = (desk.rng.whole(3, 12), desk.rng.whole(3, if large { 60 } else { 15 }));
                (b * result, b)
            }
            _ => {
                let top = if large { 980 } else { 98 };
                let (a, b) = (desk.rng.whole(12, top), desk.rng.whole(8, top));
                (a.max(b) + i64::from(a == b) * 7, a.min(b))
            }
        };
        let text = format!("{a} {sign} {b}");
        if set.has(&text) {
            continue;
        }
        set.add(&text, vec![Cell::text(sign), whole(a), whole(b)]);
        let source = match sign {
            "×" => format!("{a} times {b} ="),
            "÷" => format!("{a} div {b} ="),
            "−" => format!("{a} - {b} ="),
            _ => format!("{a} + {b} ="),
        };
        parts.push(if upright { column(&set, row, sign) } else { set.linked(row, &[SIGN, A, B], &source) });
    }
    let result = |set: &Set, row: usize| {
        let (a, b) = (set.of(row, A), set.of(row, B));
        match set.sheet.shown_cell(row, SIGN) {
            "×" => times(a, b),
            "÷" => over(a, b),
            "−" => minus(a, b),
            _ => add(a, b),
        }
    };
    set.solve(
        "solution",
        2,
        &[
            "What is the result of {p}?",
            "Solve {p}.",
            "Work out {p}.",
            "What is the answer to {p}?",
            "Which number comes out in {p}?",
        ],
        |set, row| result(set, row).print(&plain(0)),
    );
    set.compare(desk, "result", &plain(0), result);
    for (sign, name) in
        [("+", "an addition"), ("−", "a subtraction"), ("×", "a multiplication"), ("÷", "a division")]
    {
        if signs.len() > 1 && signs.contains(&sign) {
            let keep = vec![Test { column: SIGN, is: Is::Text(sign.to_owned()) }];
            let count = Program::Count(Program::Rows { table: 0, keep }.boxed()).print(&plain(0));
            let words = format!("{}s", set.word.to_lowercase());
            let texts = [
                format!("How many {words} ask for {name}?"),
                format!("In how many {words} is {name} to be done?"),
            ];
            set.sheet.pose("count_with", 3, &[&texts[0], &texts[1]], count);
        }
    }
    let columns = desk.style.whole(2, 4) as usize;
    let wish = Wish {
        columns: if upright { 4 } else { columns },
        blank: !upright,
        work: if upright { 16.0 } else { 0.0 },
        lines: 1,
    };
    set.finish(desk, &parts, &wish, if upright { "column" } else { "row" })
}

/// Two numbers below each other over a line.
fn column(set: &Set, row: usize, sign: &str) -> Expr {
    let sheet = &set.sheet;
    let (top, low) = (sheet.cell_as(row, FIRST + 1, "body"), sheet.cell_as(row, FIRST + 2, "body"));
    let mark = sheet.cell_part(row, FIRST, sign, "body");
    format!(
        "box(width: 74pt, {})",
        stack(
            6.0,
            &[
                format!("align(right, {top})"),
                format!("grid(columns: (auto, 1fr), align: (left, right), {mark}, {low})"),
                "line(length: 100%, stroke: 1pt + ink)".to_owned(),
            ]
        )
    )
}

/// Two fractions that are added, subtracted, multiplied or divided, or one that is cut down.
pub(in super::super) fn fractions(desk: &mut Desk<'_>) -> Draft {
    const SIGN: usize = FIRST;
    const A: usize = FIRST + 1;
    let topic = Topic {
        titles: &["Calculating with fractions", "Fractions", "Fraction practice", "Parts and wholes"],
        orders: &[
            "Work out and simplify.",
            "Give each result in lowest terms.",
            "Calculate; simplify where you can.",
        ],
        classes: (5, 8),
    };
    let columns =
        ["=Operation", "First numerator", "First denominator", "Second numerator", "Second denominator"];
    let mut set = Set::begin(desk, &topic, &columns);
    let signs: &[&str] = match desk.rng.below(3) {
        0 => &["+", "−"],
        1 => &["×", "÷"],
        _ => &["+", "−", "×", "÷"],
    };
    let count = desk.rng.whole(4, 12) as usize;
    let mut parts = Vec::new();
    while set.sheet.len() < count {
        let row = set.sheet.len();
        let sign = *desk.rng.pick(signs);
        // In lowest terms, as books print them.
        let part = |desk: &mut Desk<'_>| loop {
            let below = desk.rng.whole(2, 12);
            let above = desk.rng.whole(1, below - 1);
            if (2..=above).all(|n| above % n != 0 || below % n != 0) {
                break (above, below);
            }
        };
        let (mut first, mut second) = (part(desk), part(desk));
        if first.0 * second.1 < second.0 * first.1 {
            (first, second) = (second, first);
        }
        let ((a, b), (c, d)) = (first, second);
        let sign = if sign == "−" && a * d == c * b { "+" } else { sign };
        let cells = vec![Cell::text(sign), whole(a), whole(b), whole(c), whole(d)];
        let text = format!("{a}/{b} {sign} {c}/{d}");
        if set.has(&text) {
            continue;
        }
        set.add(&text, cells);
        let word = match sign {
            "×" => "times",
            "÷" => "div",
            "−" => "-",
            _ => "+",
        };
        let source = format!("display(frac({a}, {b}) {word} frac({c}, {d})) =");
        parts.push(set.linked(row, &[SIGN, A, A + 1, A + 2, A + 3], &source));
    }
    set.solve(
        "solution",
        3,
        &[
            "What is the result of {p} in lowest terms?",
            "Work out {p} and simplify.",
            "Solve {p}; give a fraction in lowest terms.",
            "Which fraction or whole number comes out in {p}?",
        ],
        |set, row| {
            let [a, b, c, d] = [0, 1, 2, 3].map(|offset| set.of(row, A + offset));
            let (above, below) = match set.sheet.shown_cell(row, SIGN) {
                "×" => (times(a, c), times(b, d)),
                "÷" => (times(a, d), times(b, c)),
                "−" => (minus(times(a, d.clone()), times(c, b.clone())), times(b, d)),
                _ => (add(times(a, d.clone()), times(c, b.clone())), times(b, d)),
            };
            Program::Fraction(above.boxed(), below.boxed())
        },
    );
    set.solve(
        "denominator",
        1,
        &[
            "What is the first denominator in {p}?",
            "Which number stands below the line of the first fraction in {p}?",
        ],
        |set, row| set.of(row, A + 1).print(&plain(0)),
    );
    set.solve(
        "numerator",
        1,
        &[
            "What is the second numerator in {p}?",
            "Which number stands above the line of the second fraction in {p}?",
        ],
        |set, row| set.of(row, A + 2).print(&plain(0)),
    );
    set.solve(
        "common_denominator",
        4,
        &[
            "What is the least common denominator of the two fractions in {p}?",
            "Find the lowest common denominator in {p}.",
        ],
        |set, row| {
            let (b, d) = (set.of(row, A + 1), set.of(row, A + 3));
            over(times(b.clone(), d.clone()), Program::Gcd(b.boxed(), d.boxed())).print(&plain(0))
        },
    );
    let wish = Wish { columns: desk.style.whole(2, 3) as usize, blank: true, work: 4.0, lines: 1 };
    set.finish(desk, &parts, &wish, "fractions")
}

/// How a sequence goes on: by adding or multiplying, by steps that grow evenly, or by adding the two terms before.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    Sum,
    Product,
    Growing,
    Pair,
}

impl Rule {
    /// Five terms.
    fn draw(self, desk: &mut Desk<'_>) -> Vec<i64> {
        let mut whole = |low: i64, high: i64| desk.rng.whole(low, high);
        match self {
            Rule::Sum => {
                let step = whole(2, 19) * if whole(0, 2) == 0 { -1 } else { 1 };
                let start = whole(2, 60) + if step < 0 { 60 } else { 0 };
                (0..5).map(|n| start + step * n).collect()
            }
            Rule::Product => {
                let (start, factor) = (whole(1, 9), whole(2, 5));
                (0..5).map(|n| start * factor.pow(n)).collect()
            }
            Rule::Growing => {
                let (start, step, more) = (whole(1, 30), whole(1, 9), whole(1, 5));
                (0..5).map(|n| start + step * n + more * n * (n - 1) / 2).collect()
            }
            Rule::Pair => {
                let mut list = vec![whole(1, 9), whole(2, 12)];
                for n in 2..5 {
                    list.push(list[n - 1] + list[n - 2]);
                }
                list
            }
        }
    }
}

/// Sequences that go on by a rule.
pub(in super::super) fn sequences(desk: &mut Desk<'_>) -> Draft {
    let topic = Topic {
        titles: &[
            "Number sequences",
            "Patterns of numbers",
            "How does it go on?",
            "Arithmetic and geometric sequences",
        ],
        orders: &["Find the next term.", "Continue each sequence by one number.", "Which number comes next?"],
        classes: (5, 10),
    };
    let mut set = Set::begin(desk, &topic, &["Term 1", "Term 2", "Term 3", "Term 4", "Term 5"]);
    let count = desk.rng.whole(4, 10) as usize;
    let rules: &[Rule] = match desk.rng.below(4) {
        0 => &[Rule::Sum],
        1 => &[Rule::Product, Rule::Product, Rule::Growing],
        2 => &[Rule::Sum, Rule::Product],
        _ => &[Rule::Sum, Rule::Product, Rule::Growing, Rule::Pair],
    };
    let mut kinds: Vec<Rule> = Vec::new();
    let mut parts = Vec::new();
    while set.sheet.len() < count {
        let row = set.sheet.len();
        let rule = *desk.rng.pick(rules);
        let list = rule.draw(desk);
        let text = list.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        if set.has(&text) {
            continue;
        }
        kinds.push(rule);
        set.add(&text, list.iter().map(|n| whole(*n)).collect());
        let mut line: Vec<Expr> = Vec::new();
        for column in 0..5 {
            line.push(set.sheet.cell_as(row, FIRST + column, "body"));
            line.push(body(", "));
        }
        line.push("h(0.35em)".to_owned());
        line.push(
            "box(width: 1.9em, height: 1.25em, baseline: 0.25em, stroke: 0.9pt + soft, radius: 2pt)"
                .to_owned(),
        );
        parts.push(inline(&line));
    }
    let next = |set: &Set, row: usize| {
        let [third, fourth, fifth] = [2, 3, 4].map(|offset| set.of(row, FIRST + offset));
        match kinds[row] {
            Rule::Sum => add(fifth.clone(), minus(fifth, fourth)),
            Rule::Product => over(times(fifth.clone(), fifth), fourth),
            Rule::Growing => {
                let (last, before) = (minus(fifth.clone(), fourth.clone()), minus(fourth, third));
                add(fifth, minus(times(constant(2), last), before))
            }
            Rule::Pair => add(fourth, fifth),
        }
    };
    set.solve(
        "solution",
        3,
        &[
            "Which number comes next in {p}?",
            "What is the next term of {p}?",
            "How does the sequence of {p} go on? Give the next number.",
            "Continue {p} by one number.",
        ],
        |set, row| next(set, row).print(&plain(0)),
    );
    set.compare(desk, "next term", &plain(0), next);
    let even = |row: usize| matches!(kinds[row], Rule::Sum | Rule::Product);
    set.solve_where(
        "step",
        2,
        &[
            "What is added in {p} from term to term, or what is each term multiplied by?",
            "What is the common difference or the common factor in {p}?",
        ],
        even,
        |set, row| {
            let (first, second) = (set.of(row, FIRST), set.of(row, FIRST + 1));
            let step = if kinds[row] == Rule::Product { over(second, first) } else { minus(second, first) };
            step.print(&plain(0))
        },
    );
    set.solve_where(
        "term",
        5,
        &["What is the eighth term of the sequence in {p}?", "Find the 8th number of {p}."],
        even,
        |set, row| {
            let (first, second) = (set.of(row, FIRST), set.of(row, FIRST + 1));
            let term = if kinds[row] == Rule::Product {
                times(first.clone(), power(over(second, first), 7))
            } else {
                add(first.clone(), times(constant(7), minus(second, first)))
            };
            term.print(&plain(0))
        },
    );
    set.solve(
        "read_term",
        1,
        &["Which number stands third in {p}?", "What is the third term of {p}?"],
        |set, row| set.of(row, FIRST + 2).print(&plain(0)),
    );
    let columns = desk.style.whole(1, 2) as usize;
    set.finish(desk, &parts, &Wish { columns, blank: false, work: 3.0, lines: 1 }, "sequences")
}
