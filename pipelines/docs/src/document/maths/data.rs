//! Lists of numbers with their mean, median and mode, and chances of a draw.

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, body, bold, inline, role, stack};
use super::page::Wish;
use super::{FIRST, Program, Set, Topic, plain, whole};
use crate::program::{Is, Test};

/// What was counted or measured: what the list is called, one value, lowest and highest.
const LISTS: [(&str, &str, i64, i64); 14] = [
    ("Goals of a handball team in its last matches", "match", 14, 34),
    ("Minutes that pupils need for the way to school", "pupil", 4, 45),
    ("Points in the spelling test", "pupil", 6, 30),
    ("Books lent on the days of two weeks", "day", 12, 60),
    ("Eggs collected each morning", "morning", 8, 24),
    ("Ages of the members of a choir", "member", 11, 68),
    ("Cars that passed the bridge in an hour", "hour", 20, 95),
    ("Height of bean plants in centimetres", "plant", 9, 38),
    ("Text messages sent per day", "day", 2, 40),
    ("Throws with a dart", "throw", 1, 20),
    ("Visitors of the museum in hundreds", "month", 3, 28),
    ("Millimetres of rain", "day", 1, 22),
    ("Seconds over the short hurdles", "runner", 11, 19),
    ("Pages read on each evening", "evening", 5, 42),
];

/// A list of values, or a bag with marbles.
pub(in super::super) fn statistics(desk: &mut Desk<'_>) -> Draft {
    if desk.rng.chance(0.32) { bag(desk) } else { list(desk) }
}

fn list(desk: &mut Desk<'_>) -> Draft {
    const VALUE: usize = FIRST;
    let topic = Topic {
        titles: &["Mean, median, mode", "Statistics", "Describing data", "Averages", "Data in a list"],
        orders: &[
            "Work out the values named below.",
            "Look at the data and answer.",
            "Find mean, median, mode and range.",
        ],
        classes: (6, 10),
    };
    let mut set = Set::with_word(desk, &topic, &["Value"], Some("Value"));
    let (caption, one, low, high) = *desk.rng.pick(&LISTS);
    let count = desk.rng.whole(7, 13) as usize;
    let centre = desk.rng.whole(low + (high - low) / 3, high - (high - low) / 3);
    let spread = (high - low) as f64 / 5.0;
    let mut values: Vec<i64> = (0..count)
        .map(|_| (desk.rng.normal(centre as f64, spread).round() as i64).clamp(low, high))
        .collect();
    // One value stands once more, so that there often is a mode.
    let again = values[desk.rng.below(count)];
    let at = desk.rng.below(count);
    values[at] = again;
    set.start = 1;
    set.style = 0;
    for (row, value) in values.iter().enumerate() {
        set.add_named(&format!("Value {}", row + 1), &value.to_string(), vec![whole(*value)]);
    }
    let caption = set.sheet.tell(
        "Caption of the data",
        caption,
        "What do the numbers tell?|What was counted or measured?|Which data are listed?",
    );
    let over = || Program::all(0).over(VALUE);
    let sum: i64 = values.iter().sum();
    let decimals = if sum % count as i64 == 0 { 0 } else { 2 };
    let rounded = if decimals == 0 { "" } else { ", to two decimals" };
    let pose = |set: &mut Set, kind: &'static str, effort: u8, words: &[String], program: Program| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        set.sheet.pose(kind, effort, &words, program);
    };
    pose(
        &mut set,
        "solution",
        4,
        &[
            format!("What is the mean of the values{rounded}?"),
            format!("Work out the arithmetic mean{rounded}."),
        ],
        Program::Mean(over()).print(&plain(decimals)),
    );
    let half = if count.is_multiple_of(2) { 1 } else { 0 };
    pose(
        &mut set,
        "solution",
        4,
        &["What is the median of the values?".to_owned(), "Find the median.".to_owned()],
        Program::Median(over()).print(&plain(half)),
    );
    pose(
        &mut set,
        "solution",
        3,
        &["What is the mode of the values?".to_owned(), "Which value occurs most often?".to_owned()],
        Program::Mode(over()).print(&plain(0)),
    );
    pose(
        &mut set,
        "solution",
        3,
        &[
            "What is the range of the values?".to_owned(),
            "By how much do the largest and the smallest value differ?".to_owned(),
        ],
        Program::Spread(over()).print(&plain(0)),
    );
    pose(
        &mut set,
        "sum",
        3,
        &["What is the sum of all values?".to_owned(), "Add up all the values.".to_owned()],
        Program::Sum(over()).print(&plain(0)),
    );
    for largest in [true, false] {
        let word = if largest { "largest" } else { "smallest" };
        let extreme = if largest { Program::Max(over()) } else { Program::Min(over()) };
        pose(
            &mut set,
            "extreme_value",
            2,
            &[format!("What is the {word} value?"), format!("Which value in the list is the {word}?")],
            Program::Number(extreme.over(VALUE)).print(&plain(0)),
        );
    }
    for _ in 0..3 {
        let bound = desk.rng.whole(low, high);
        let above = desk.rng.chance(0.5);
        let bound_number = rust_decimal::Decimal::from(bound);
        let is = if above { Is::Above(bound_number) } else { Is::Below(bound_number) };
        let word = if above { "larger" } else { "smaller" };
        let rows = Program::Rows { table: 0, keep: vec![Test { column: VALUE, is }] };
        pose(
            &mut set,
            "count_with",
            3,
            &[
                format!("How many values are {word} than {bound}?"),
                format!("Count the values that are {word} than {bound}."),
            ],
            Program::Count(rows.boxed()).print(&plain(0)),
        );
    }
    let first = desk.rng.below(count);
    let more =
        Program::Greater(Program::Mean(over()).boxed(), Program::Constant(values[first].into()).boxed());
    pose(
        &mut set,
        "mean_yes_no",
        4,
        &[
            format!("Is the mean larger than {}?", values[first]),
            format!("Does the mean lie above {}?", values[first]),
        ],
        Program::YesNo(more.boxed()),
    );
    let cells: Vec<Expr> = (0..count).map(|row| set.sheet.cell_as(row, VALUE, "body")).collect();
    let data = match desk.style.below(4) {
        3 => dots(desk, &set, &values),
        0 => {
            let boxes: Vec<Expr> = cells.iter().map(|cell| format!("box(width: 42pt, height: 34pt, radius: 4pt, stroke: 0.9pt + rule-c, fill: tint, align(center + horizon, text(size: 1.1em, {cell})))")).collect();
            format!(
                "grid(columns: ({}), column-gutter: 9pt, row-gutter: 9pt, {})",
                ["auto"; 8].join(", "),
                boxes.join(", ")
            )
        }
        1 => {
            let mut line = Vec::new();
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    line.push(body(",  "));
                }
                line.push(cell.clone());
            }
            format!(
                "block(width: 100%, inset: 14pt, stroke: 0.9pt + rule-c, radius: 5pt, text(size: 1.15em, {}))",
                inline(&line)
            )
        }
        _ => {
            let heads =
                (1..=count).map(|n| format!("text(size: 0.82em, fill: soft, {})", body(&n.to_string())));
            let all: Vec<Expr> = heads.chain(cells).collect();
            let caption = body(&super::super::desk::capital(one));
            let value = body("Value");
            format!(
                "grid(columns: ({}), inset: (x: 4pt, y: 8pt), align: center + horizon, stroke: 0.7pt + rule-c, text(size: 0.82em, {caption}), {}, {value}, {})",
                ["auto".to_owned()]
                    .into_iter()
                    .chain(vec!["1fr".to_owned(); count])
                    .collect::<Vec<_>>()
                    .join(", "),
                all[..count].join(", "),
                all[count..].join(", ")
            )
        }
    };
    let tasks = [
        "Find the mean of all values.",
        "Put the values in order and find the median.",
        "Which value is the mode?",
        "Give the range.",
        "How many values lie above the mean?",
    ];
    let chosen = {
        let wanted = desk.rng.whole(3, 4) as usize;
        desk.rng.sample(tasks.len(), wanted)
    };
    let lines = with_letters(chosen.into_iter().map(|task| tasks[task]));
    let gap = desk.style.range(14.0, 30.0);
    let parts = [bold(&set.sheet.value_as(caption, "heading")), data, stack(gap, &lines)];
    set.finish(desk, &parts, &Wish { columns: 0, blank: false, work: 0.0, lines: 1 }, "list")
}

/// Tasks with letters before them.
fn with_letters<'a>(tasks: impl Iterator<Item = &'a str>) -> Vec<Expr> {
    let one = |(index, task): (usize, &str)| {
        // What runs into a second line stays clear of the letter.
        let letter = bold(&body(&format!("{})", char::from(b'a' + index as u8))));
        format!("grid(columns: (auto, 1fr), column-gutter: 0.7em, {letter}, {})", body(task))
    };
    tasks.enumerate().map(one).collect()
}

/// The values as dots above a line of numbers, one upon another where they are equal.
fn dots(desk: &Desk<'_>, set: &Set, values: &[i64]) -> Expr {
    let (low, high) =
        (values.iter().min().copied().unwrap_or(0) - 1, values.iter().max().copied().unwrap_or(1) + 1);
    let wide = desk.paper.width - 2.0 * desk.paper.margin.0 - 20.0;
    let step = (wide / (high - low) as f64).min(34.0);
    let most = values.iter().map(|value| values.iter().filter(|v| *v == value).count()).max().unwrap_or(1);
    let (rise, base) = (13.0, 13.0 * most as f64 + 10.0);
    // As many numbers at the line as have room.
    let every = [1, 2, 5, 10].into_iter().find(|n| *n as f64 * step >= 26.0).unwrap_or(10);
    let mut out = format!(
        "#place(dy: {base:.1}pt, line(length: {:.1}pt, stroke: 1.2pt + ink))",
        step * (high - low) as f64 + 16.0
    );
    for number in low..=high {
        let x = 8.0 + step * (number - low) as f64;
        let long = if number % every == 0 { 7.0 } else { 4.0 };
        out += &format!(
            "#place(dx: {x:.1}pt, dy: {base:.1}pt, line(length: {long}pt, angle: 90deg, stroke: 1pt + ink))"
        );
        if number % every == 0 {
            out += &format!(
                "#place(dx: {:.1}pt, dy: {:.1}pt, box(width: 30pt, align(center, text(size: 0.84em, {}))))",
                x - 15.0,
                base + 11.0,
                role("tick_label", &number.to_string().replace('-', "−"))
            );
        }
    }
    for (row, value) in values.iter().enumerate() {
        let below = values[..row].iter().filter(|other| *other == value).count() as f64;
        let (x, y) = (8.0 + step * (value - low) as f64, base - 8.0 - rise * below);
        let dot = set.sheet.drawn(row, &[FIRST], "dot", "box(circle(radius: 5pt, fill: ac))");
        out += &format!("#place(dx: {:.1}pt, dy: {:.1}pt, {dot})", x - 5.0, y - 5.0);
    }
    format!("box(width: {:.1}pt, height: {:.1}pt)[{out}]", step * (high - low) as f64 + 16.0, base + 28.0)
}

/// A bag with marbles of several colours.
fn bag(desk: &mut Desk<'_>) -> Draft {
    const COUNT: usize = FIRST;
    let topic = Topic {
        titles: &["Probability", "Chance and luck", "Drawing from a bag", "Simple probability"],
        orders: &[
            "One marble is drawn without looking. Work out the chances.",
            "Give each probability as a fraction.",
            "How likely is each colour?",
        ],
        classes: (6, 10),
    };
    let mut set = Set::with_word(desk, &topic, &["Number of marbles"], Some("Colour"));
    let colours = [
        ("red", "#d9423a"),
        ("blue", "#2f6fc4"),
        ("green", "#3b9a52"),
        ("yellow", "#e8b923"),
        ("white", "#f4f4f0"),
        ("black", "#2a2a2e"),
        ("orange", "#ec7f22"),
        ("violet", "#8a52b5"),
    ];
    let kinds = desk.rng.whole(3, 5) as usize;
    let chosen = desk.rng.sample(colours.len(), kinds);
    let counts = desk.rng.sample(11, kinds);
    for (index, count) in chosen.iter().zip(&counts) {
        let count = *count as i64 + 1;
        set.add_named(
            colours[*index].0,
            &format!("{count} {} marbles", colours[*index].0),
            vec![whole(count)],
        );
    }
    let all = || Program::Sum(Program::all(0).over(COUNT));
    for row in 0..kinds {
        let colour = set.label(row);
        let one = set.of(row, COUNT);
        let words = [
            format!("What is the probability of drawing a {colour} marble, as a fraction in lowest terms?"),
            format!("How likely is it to draw a {colour} marble? Give a fraction in lowest terms."),
        ];
        set.sheet.pose(
            "solution",
            3,
            &[&words[0], &words[1]],
            Program::Fraction(one.clone().boxed(), all().boxed()),
        );
        let words = [
            format!("What is the probability that the marble is not {colour}, in lowest terms?"),
            format!(
                "How likely is a marble of another colour than {colour}? Give a fraction in lowest terms."
            ),
        ];
        let rest = super::minus(all(), one.clone());
        set.sheet.pose(
            "other_chance",
            4,
            &[&words[0], &words[1]],
            Program::Fraction(rest.boxed(), all().boxed()),
        );
        let words = [
            format!("How many {colour} marbles are in the bag?"),
            format!("What is the number of {colour} marbles?"),
        ];
        set.sheet.pose("given", 1, &[&words[0], &words[1]], one.print(&plain(0)));
        let next = (row + 1) % kinds;
        let more = Program::Greater(set.of(row, COUNT).boxed(), set.of(next, COUNT).boxed());
        let other = set.label(next);
        let words = [
            format!("Is {colour} more likely than {other}?"),
            format!("Are there more {colour} marbles than {other} ones?"),
        ];
        set.sheet.pose("compare_problems", 2, &[&words[0], &words[1]], Program::YesNo(more.boxed()));
        let words =
            [format!("What is the probability that the marble is {colour} or {other}, in lowest terms?")];
        let both = super::add(set.of(row, COUNT), set.of(next, COUNT));
        set.sheet.pose("other_chance", 4, &[&words[0]], Program::Fraction(both.boxed(), all().boxed()));
    }
    set.sheet.pose(
        "sum",
        2,
        &["How many marbles are in the bag in all?", "How many marbles are there altogether?"],
        all().print(&plain(0)),
    );
    for largest in [true, false] {
        let word = if largest { "most" } else { "least" };
        let over = Program::all(0).over(COUNT);
        let best = if largest { Program::Max(over) } else { Program::Min(over) };
        let words = [
            format!("Which colour is the {word} likely one?"),
            format!("Which colour is {word} likely to be drawn?"),
        ];
        set.sheet.pose("best_problem", 2, &[&words[0], &words[1]], Program::Shown(best.over(0)));
    }
    // The marbles in a heap, mixed, beside the list of their numbers.
    let mut marbles: Vec<&str> =
        chosen.iter().zip(&counts).flat_map(|(index, count)| vec![colours[*index].1; *count + 1]).collect();
    desk.style.shuffle(&mut marbles);
    let heap: Vec<Expr> = marbles
        .iter()
        .map(|colour| {
            format!("circle(radius: 9pt, fill: rgb(\"{colour}\"), stroke: 0.8pt + rgb(\"#55555a\"))")
        })
        .collect();
    let heap = format!(
        "block(inset: 16pt, radius: 26pt, stroke: 2pt + rule-c, fill: tint, grid(columns: ({}), column-gutter: 5pt, row-gutter: 5pt, {}))",
        ["auto"; 7].join(", "),
        heap.join(", ")
    );
    let mut rows = Vec::new();
    for (row, index) in chosen.iter().enumerate() {
        rows.push(format!(
            "circle(radius: 7pt, fill: rgb(\"{}\"), stroke: 0.8pt + rgb(\"#55555a\"))",
            colours[*index].1
        ));
        rows.push(set.sheet.cell_as(row, 0, "body"));
        rows.push(bold(&set.sheet.cell_as(row, COUNT, "body")));
    }
    let legend = format!(
        "grid(columns: (auto, auto, auto), column-gutter: 14pt, row-gutter: 12pt, align: left + horizon, {})",
        rows.join(", ")
    );
    let picture =
        format!("grid(columns: (auto, auto), column-gutter: 40pt, align: left + horizon, {heap}, {legend})");
    let (a, b) = (colours[chosen[0]].0, colours[chosen[1]].0);
    let tasks = [
        format!("How likely is it that the marble is {a}?"),
        format!("How likely is it that the marble is not {b}?"),
        format!("How likely is a marble that is {a} or {b}?"),
        "Which colour is the most likely one?".to_owned(),
        "Write each chance as a fraction and in per cent.".to_owned(),
    ];
    let wanted = desk.rng.whole(2, 4) as usize;
    let lines =
        with_letters(desk.rng.sample(tasks.len(), wanted).into_iter().map(|task| tasks[task].as_str()));
    let gap = desk.style.range(14.0, 26.0);
    let parts = [picture, stack(gap, &lines)];
    set.finish(desk, &parts, &Wish { columns: 0, blank: false, work: 0.0, lines: 1 }, "bag")
}
