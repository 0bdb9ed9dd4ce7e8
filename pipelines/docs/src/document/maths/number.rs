//! Problems of numbers: the four operations, fractions, shares and prices, sequences.

use pixmo_render::{Cell, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, body, inline, stack};
use super::page::Wish;
use super::{FIRST, Program, Set, TEXT, Topic, add, constant, minus, over, plain, power, times, whole};
use crate::program::{Is, Test};

/// Rows of sums, differences, products and quotients.
pub(super) fn arithmetic(desk: &mut Desk<'_>) -> Draft {
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
            "Sums and products",
        ],
        orders: &[
            "Work out.",
            "Calculate without a calculator.",
            "Write down the result.",
            "Find the answers.",
        ],
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
    for row in 0..count {
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
        set.add(&format!("{a} {sign} {b}"), vec![Cell::text(sign), whole(a), whole(b)]);
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
    set.compare(desk, "result", result);
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
pub(super) fn fractions(desk: &mut Desk<'_>) -> Draft {
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
    for row in 0..count {
        let sign = *desk.rng.pick(signs);
        let part = |desk: &mut Desk<'_>| {
            let below = desk.rng.whole(2, 12);
            (desk.rng.whole(1, below - 1).max(1), below)
        };
        let (mut first, mut second) = (part(desk), part(desk));
        if first.0 * second.1 < second.0 * first.1 {
            (first, second) = (second, first);
        }
        let ((a, b), (c, d)) = (first, second);
        let sign = if sign == "−" && a * d == c * b { "+" } else { sign };
        let cells = vec![Cell::text(sign), whole(a), whole(b), whole(c), whole(d)];
        set.add(&format!("{a}/{b} {sign} {c}/{d}"), cells);
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
        &["What is the first denominator in {p}?", "By which number is the first fraction of {p} divided?"],
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
    let wish = Wish { columns: desk.style.whole(2, 3) as usize, blank: true, work: 4.0 };
    set.finish(desk, &parts, &wish, "fractions")
}

/// A story with two numbers: `{a}` and `{b}` stand for them.
struct Story {
    text: &'static str,
    /// What is to be found out: the share, what is left, what it grows to, the rate in per cent.
    ask: Ask,
    a: (i64, i64, i64),
    b: &'static [i64],
    unit: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum Ask {
    Share,
    Less,
    More,
    Rate,
}

const STORIES: [Story; 14] = [
    Story {
        text: "A coat costs {a} euros. In the sale it is {b}% cheaper. What does it cost now?",
        ask: Ask::Less,
        a: (2, 12, 20),
        b: &[10, 15, 20, 25, 30, 40],
        unit: "",
    },
    Story {
        text: "Of {a} pupils, {b}% come by bicycle. How many are they?",
        ask: Ask::Share,
        a: (2, 30, 20),
        b: &[5, 15, 20, 25, 35, 40, 60, 75],
        unit: "",
    },
    Story {
        text: "A town had {a} inhabitants. It has grown by {b}%. How many live there today?",
        ask: Ask::More,
        a: (6, 90, 100),
        b: &[2, 4, 5, 8, 12, 15],
        unit: "",
    },
    Story {
        text: "Of {a} seats in the theatre, {b} are taken. What is that in per cent?",
        ask: Ask::Rate,
        a: (2, 12, 50),
        b: &[10, 20, 30, 40, 60, 70, 80, 90],
        unit: "%",
    },
    Story {
        text: "A tank holds {a} litres and is {b}% full. How many litres are in it?",
        ask: Ask::Share,
        a: (2, 20, 60),
        b: &[10, 25, 35, 45, 65, 80],
        unit: "",
    },
    Story {
        text: "The rent of {a} euros is raised by {b}%. What is the new rent?",
        ask: Ask::More,
        a: (4, 18, 50),
        b: &[2, 4, 6, 8, 10],
        unit: "",
    },
    Story {
        text: "A loaf of {a} grams loses {b}% of its weight in the oven. How heavy is it then, in grams?",
        ask: Ask::Less,
        a: (4, 20, 100),
        b: &[8, 10, 12, 15],
        unit: "",
    },
    Story {
        text: "Mira has read {b} of the {a} pages of her book. What is that in per cent?",
        ask: Ask::Rate,
        a: (2, 12, 50),
        b: &[10, 20, 30, 40, 50, 60, 80],
        unit: "%",
    },
    Story {
        text: "A shop takes {a} euros and keeps {b}% of it. How many euros does it keep?",
        ask: Ask::Share,
        a: (3, 40, 100),
        b: &[5, 12, 15, 18, 20, 30],
        unit: "",
    },
    Story {
        text: "A savings account of {a} euros earns {b}% interest in a year. How much is in it after one year?",
        ask: Ask::More,
        a: (3, 60, 100),
        b: &[1, 2, 3, 4, 5],
        unit: "",
    },
    Story {
        text: "Of {a} eggs, {b}% are broken. How many are broken?",
        ask: Ask::Share,
        a: (1, 12, 100),
        b: &[2, 3, 4, 5, 6, 10],
        unit: "",
    },
    Story {
        text: "A flight of stairs with {a} steps is shortened by {b}%. How many steps are left?",
        ask: Ask::Less,
        a: (2, 9, 20),
        b: &[5, 10, 15, 20, 25],
        unit: "",
    },
    Story {
        text: "In a vote with {a} ballots, {b} say yes. How many per cent are that?",
        ask: Ask::Rate,
        a: (3, 16, 50),
        b: &[22, 30, 44, 48, 52, 56, 64, 70],
        unit: "%",
    },
    Story {
        text: "A herd of {a} sheep grows by {b}%. How large is it now?",
        ask: Ask::More,
        a: (2, 12, 20),
        b: &[5, 10, 15, 20, 35],
        unit: "",
    },
];

/// Stories about shares and prices.
pub(super) fn percentages(desk: &mut Desk<'_>) -> Draft {
    const A: usize = FIRST;
    const B: usize = FIRST + 1;
    let topic = Topic {
        titles: &["Percentages", "Per cent in daily life", "Word problems", "Shares and prices"],
        orders: &[
            "Read carefully and work out.",
            "Solve the problems. Write an answer in words.",
            "Calculate.",
        ],
        classes: (6, 9),
    };
    let mut set = Set::begin(desk, &topic, &["First number", "Second number"]);
    let count = desk.rng.whole(3, 7) as usize;
    let mut asks = Vec::new();
    let mut parts = Vec::new();
    for (row, index) in desk.rng.sample(STORIES.len(), count).into_iter().enumerate() {
        let story = &STORIES[index];
        let a = desk.rng.whole(story.a.0, story.a.1) * story.a.2;
        let rate = *desk.rng.pick(story.b);
        // A rate that is asked for is told by the number that it makes.
        let b = if story.ask == Ask::Rate { a * rate / 100 } else { rate };
        let text = story.text.replace("{a}", &a.to_string()).replace("{b}", &b.to_string());
        set.add(&text, vec![whole(a), whole(b)]);
        asks.push((story.ask, story.unit));
        let words = pixmo_render_typst::escape_string(&text);
        parts.push(format!("par({})", set.sheet.holding(row, &[TEXT, A, B], "body", &words)));
    }
    let value = |set: &Set, row: usize| {
        let (a, b) = (set.of(row, A), set.of(row, B));
        let hundred = || constant(100);
        match asks[row].0 {
            Ask::Share => over(times(a, b), hundred()),
            Ask::Less => over(times(a, minus(hundred(), b)), hundred()),
            Ask::More => over(times(a, add(hundred(), b)), hundred()),
            Ask::Rate => Program::Share { part: b.boxed(), whole: a.boxed() },
        }
    };
    let exact = |set: &Set, row: usize| {
        let cells = [A, B].map(|column| set.sheet.shown_cell(row, column).parse::<i64>().unwrap_or(0));
        match asks[row].0 {
            Ask::Rate => 0,
            _ => u32::from(cells[0] * cells[1] % 100 != 0) * 2,
        }
    };
    set.solve(
        "solution",
        3,
        &["What is the answer to {p}?", "Solve {p}.", "Which number answers {p}?", "Work out {p}."],
        |set, row| {
            let format = NumberFormat { suffix: asks[row].1.to_owned(), ..plain(exact(set, row)) };
            value(set, row).print(&format)
        },
    );
    set.compare(desk, "answer", value);
    set.solve("given", 1, &["Which number is named first in {p}?"], |set, row| {
        let text = set.sheet.shown_cell(row, TEXT);
        let (a, b) = (set.sheet.shown_cell(row, A), set.sheet.shown_cell(row, B));
        let first = if text.find(a).unwrap_or(0) <= text.find(b).unwrap_or(0) { A } else { B };
        set.of(row, first).print(&plain(0))
    });
    let wish = Wish { columns: 1, blank: false, work: desk.style.range(16.0, 44.0) };
    set.finish(desk, &parts, &wish, "stories")
}

/// Sequences that go on by adding or by multiplying.
pub(super) fn sequences(desk: &mut Desk<'_>) -> Draft {
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
    let kinds = desk.rng.below(3);
    let mut growing = Vec::new();
    let mut parts = Vec::new();
    for row in 0..count {
        let product = kinds == 1 || kinds == 2 && desk.rng.chance(0.45);
        let list: Vec<i64> = if product {
            let (start, factor) = (desk.rng.whole(1, 6), desk.rng.whole(2, 4));
            (0..5).map(|n| start * factor.pow(n)).collect()
        } else {
            let mut step = desk.rng.whole(-12, 19);
            if step == 0 {
                step = 7;
            }
            let start = desk.rng.whole(2, 60) + if step < 0 { 40 } else { 0 };
            (0..5).map(|n| start + step * n).collect()
        };
        growing.push(product);
        let text = list.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
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
        let (fourth, fifth) = (set.of(row, FIRST + 3), set.of(row, FIRST + 4));
        if growing[row] {
            over(times(fifth.clone(), fifth), fourth)
        } else {
            add(fifth.clone(), minus(fifth, fourth))
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
    set.compare(desk, "next term", next);
    set.solve("step", 2, &["By which number does the sequence of {p} go on from term to term: what is added, or what is it multiplied by?", "What is the common difference or the common factor in {p}?"], |set, row| {
        let (first, second) = (set.of(row, FIRST), set.of(row, FIRST + 1));
        let step = if growing[row] { over(second, first) } else { minus(second, first) };
        step.print(&plain(0))
    });
    set.solve(
        "term",
        5,
        &["What is the tenth term of the sequence in {p}?", "Find the 10th number of {p}."],
        |set, row| {
            let (first, second) = (set.of(row, FIRST), set.of(row, FIRST + 1));
            let term = if growing[row] {
                times(first.clone(), power(over(second, first), 9))
            } else {
                add(first.clone(), times(constant(9), minus(second, first)))
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
    set.finish(desk, &parts, &Wish { columns, blank: false, work: 3.0 }, "sequences")
}
