//! Stories about shares and prices, with two numbers each.

use pixmo_render::NumberFormat;

use super::super::desk::{Desk, Draft};
use super::page::Wish;
use super::{FIRST, Program, Set, TEXT, Topic, add, constant, minus, over, plain, times, whole};

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

const STORIES: [Story; 24] = [
    Story {
        text: "A coat costs {a} euros. In the sale it is {b}% cheaper. What does it cost now?",
        ask: Ask::Less,
        a: (2, 12, 20),
        b: &[10, 15, 20, 25, 30, 40],
        unit: "",
    },
    Story {
        text: "Of {a} pupils, {b}% come by bicycle. How many pupils is that?",
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
        text: "Of {a} seats in the theatre, {b} are taken. What percentage is that?",
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
        text: "In a vote with {a} ballots, {b} say yes. What percentage is that?",
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
    Story {
        text: "A jacket was {a} euros and is now sold for {b}% less. How much is saved?",
        ask: Ask::Share,
        a: (3, 14, 20),
        b: &[10, 15, 20, 25, 30, 40],
        unit: "",
    },
    Story {
        text: "Of {a} trees in the park, {b} are oaks. What percentage is that?",
        ask: Ask::Rate,
        a: (2, 10, 50),
        b: &[6, 8, 12, 18, 24, 30, 36],
        unit: "%",
    },
    Story {
        text: "A library has {a} books and buys {b}% more. How many books does it have then?",
        ask: Ask::More,
        a: (4, 30, 200),
        b: &[2, 3, 4, 5, 6, 8],
        unit: "",
    },
    Story {
        text: "A fruit drink of {a} millilitres contains {b}% juice. How many millilitres of juice are in it?",
        ask: Ask::Share,
        a: (2, 15, 100),
        b: &[6, 10, 12, 20, 30, 45],
        unit: "",
    },
    Story {
        text: "A train ticket costs {a} euros. With the young person's card it is {b}% cheaper. What is the price then?",
        ask: Ask::Less,
        a: (2, 9, 20),
        b: &[10, 25, 30, 50],
        unit: "",
    },
    Story {
        text: "A cyclist has done {b} of {a} kilometres. What percentage of the way is that?",
        ask: Ask::Rate,
        a: (1, 8, 50),
        b: &[12, 24, 36, 48, 60, 72, 84],
        unit: "%",
    },
    Story {
        text: "A field gave {a} kilograms of potatoes last year and {b}% more this year. How many kilograms is that?",
        ask: Ask::More,
        a: (6, 40, 100),
        b: &[4, 6, 8, 12, 15],
        unit: "",
    },
    Story {
        text: "A school has {a} pupils, and {b}% of them sing in the choir. How many singers are there?",
        ask: Ask::Share,
        a: (4, 30, 50),
        b: &[4, 6, 8, 12, 14, 18],
        unit: "",
    },
    Story {
        text: "A flat of {a} square metres has a living room that takes {b}% of it. How large is the living room, in square metres?",
        ask: Ask::Share,
        a: (3, 8, 20),
        b: &[15, 20, 25, 30, 35],
        unit: "",
    },
    Story {
        text: "The water in a reservoir was {a} centimetres high and has fallen by {b}%. How high is it now, in centimetres?",
        ask: Ask::Less,
        a: (4, 18, 50),
        b: &[4, 8, 12, 16, 24],
        unit: "",
    },
];

/// Stories about shares and prices.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
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
    let mut seen: Vec<(i64, i64)> = Vec::new();
    for (row, index) in desk.rng.sample(STORIES.len(), count).into_iter().enumerate() {
        let story = &STORIES[index];
        // No two stories of a sheet are the same sum in other words.
        let (a, rate) = loop {
            let drawn = (desk.rng.whole(story.a.0, story.a.1) * story.a.2, *desk.rng.pick(story.b));
            if !seen.contains(&drawn) {
                break drawn;
            }
        };
        seen.push((a, rate));
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
    let rates = |row: usize| asks[row].0 != Ask::Rate;
    set.solve_where(
        "rate",
        1,
        &["Which percentage is given in {p}?", "What rate in per cent does {p} name?"],
        rates,
        |set, row| set.of(row, B).print(&NumberFormat { suffix: "%".to_owned(), ..plain(0) }),
    );
    set.solve_where(
        "change",
        4,
        &[
            "By how much does the amount change in {p}?",
            "In {p}, how large is the change itself, not in per cent?",
        ],
        |row| matches!(asks[row].0, Ask::Less | Ask::More),
        |set, row| {
            let change = over(times(set.of(row, A), set.of(row, B)), constant(100));
            change.print(&plain(exact(set, row)))
        },
    );
    set.solve("given", 1, &["Which number is named first in {p}?"], |set, row| {
        let text = set.sheet.shown_cell(row, TEXT);
        let (a, b) = (set.sheet.shown_cell(row, A), set.sheet.shown_cell(row, B));
        let first = if text.find(a).unwrap_or(0) <= text.find(b).unwrap_or(0) { A } else { B };
        set.of(row, first).print(&plain(0))
    });
    let wish = Wish { columns: 1, blank: false, work: desk.style.range(16.0, 44.0), lines: 0 };
    set.finish(desk, &parts, &wish, "stories")
}
