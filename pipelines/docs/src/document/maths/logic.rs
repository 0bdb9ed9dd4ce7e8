//! Truth tables.

use pixmo_render::Cell;

use super::super::desk::{Desk, Draft};
use super::super::markup::{align, body, bold};
use super::page::Wish;
use super::{FIRST, Program, Set, Topic, plain};
use crate::program::{Is, Test};

/// A statement over the letters of a truth table.
#[derive(Clone)]
enum Statement {
    Letter(usize),
    Not(Box<Statement>),
    And(Box<Statement>, Box<Statement>),
    Or(Box<Statement>, Box<Statement>),
    Implies(Box<Statement>, Box<Statement>),
}

const LETTERS: [&str; 3] = ["p", "q", "r"];

impl Statement {
    fn draw(desk: &mut Desk<'_>, letters: usize) -> Self {
        let mut order = desk.rng.sample(letters, letters).into_iter();
        let mut leaf = |desk: &mut Desk<'_>| {
            let letter = Statement::Letter(order.next().unwrap_or(0));
            if desk.rng.chance(0.4) { Statement::Not(Box::new(letter)) } else { letter }
        };
        let join = |desk: &mut Desk<'_>, a: Statement, b: Statement| match desk.rng.below(3) {
            0 => Statement::And(Box::new(a), Box::new(b)),
            1 => Statement::Or(Box::new(a), Box::new(b)),
            _ => Statement::Implies(Box::new(a), Box::new(b)),
        };
        let (first, second) = (leaf(desk), leaf(desk));
        let whole = join(desk, first, second);
        if letters < 3 {
            return whole;
        }
        let third = leaf(desk);
        join(desk, whole, third)
    }

    fn holds(&self, truths: &[bool]) -> bool {
        match self {
            Statement::Letter(letter) => truths[*letter],
            Statement::Not(of) => !of.holds(truths),
            Statement::And(a, b) => a.holds(truths) && b.holds(truths),
            Statement::Or(a, b) => a.holds(truths) || b.holds(truths),
            Statement::Implies(a, b) => !a.holds(truths) || b.holds(truths),
        }
    }

    /// In Typst's words and as plain text.
    fn written(&self, inner: bool) -> (String, String) {
        let two = |a: &Statement, b: &Statement, math: &str, sign: &str| {
            let (a, b) = (a.written(true), b.written(true));
            let (open, close) = if inner { ("(", ")") } else { ("", "") };
            (format!("{open}{} {math} {}{close}", a.0, b.0), format!("{open}{} {sign} {}{close}", a.1, b.1))
        };
        match self {
            Statement::Letter(letter) => (LETTERS[*letter].to_owned(), LETTERS[*letter].to_owned()),
            Statement::Not(of) => {
                let of = of.written(true);
                (format!("not {}", of.0), format!("¬{}", of.1))
            }
            Statement::And(a, b) => two(a, b, "and", "∧"),
            Statement::Or(a, b) => two(a, b, "or", "∨"),
            Statement::Implies(a, b) => two(a, b, "arrow.r.double", "⇒"),
        }
    }

    /// The truth of the statement in one row of the table.
    fn program(&self, row: &Program, word: &str) -> Program {
        let of = |part: &Statement| part.program(row, word).boxed();
        match self {
            Statement::Letter(letter) => {
                Program::Says { over: row.clone().over(FIRST + letter), text: word.to_owned() }
            }
            Statement::Not(a) => Program::Negated(of(a)),
            Statement::And(a, b) => Program::Both(of(a), of(b)),
            Statement::Or(a, b) => Program::Either(of(a), of(b)),
            Statement::Implies(a, b) => Program::Either(Program::Negated(of(a)).boxed(), of(b)),
        }
    }
}

/// A truth table with one statement worked out and another one left open.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let topic = Topic {
        titles: &["Truth tables", "Logic", "Statements and their truth", "Propositional logic"],
        orders: &[
            "Complete the table.",
            "Fill in the last column.",
            "Find the truth values of the open statement.",
        ],
        classes: (10, 13),
    };
    let letters = desk.rng.whole(2, 3) as usize;
    let names: Vec<String> = LETTERS[..letters].iter().map(|letter| format!("={letter}")).collect();
    let (done, open) = loop {
        let (a, b) = (Statement::draw(desk, letters), Statement::draw(desk, letters));
        if a.written(false).1 != b.written(false).1 {
            break (a, b);
        }
    };
    let (done_text, open_text) = (done.written(false), open.written(false));
    let mut columns: Vec<&str> = names.iter().map(String::as_str).collect();
    let done_name = format!("={}", done_text.1);
    columns.push(&done_name);
    let mut set = Set::with_word(desk, &topic, &columns, Some("Row"));
    let result = FIRST + letters;
    let (yes, no) = *desk.style.pick(&[("T", "F"), ("T", "F"), ("1", "0"), ("true", "false")]);
    let word = |truth: bool| if truth { yes } else { no };
    let rows = 1usize << letters;
    set.start = 1;
    set.style = 0;
    for row in 0..rows {
        let truths: Vec<bool> = (0..letters).map(|letter| row & (rows >> (letter + 1)) == 0).collect();
        let mut cells: Vec<Cell> = truths.iter().map(|truth| Cell::text(word(*truth))).collect();
        cells.push(Cell::text(word(done.holds(&truths))));
        let text: Vec<&str> = truths.iter().map(|truth| word(*truth)).collect();
        set.add_named(&format!("Row {}", row + 1), &text.join(" "), cells);
    }
    for row in 0..rows {
        let one = Program::named(0, 0, &set.label(row));
        let said = set.said(row);
        let words = [
            format!("In {said}, is {} true?", open_text.1),
            format!("Does {} hold in {said}?", open_text.1),
            format!("Must the open column of {said} say “{yes}”?"),
        ];
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        set.sheet.pose("solution", 4, &words, Program::YesNo(open.program(&one, yes).boxed()));
        let says = Program::Says { over: one.clone().over(result), text: yes.to_owned() };
        let words = [
            format!("Is {} true in {said}?", done_text.1),
            format!("Does the table give {} as true in {said}?", done_text.1),
        ];
        set.sheet.pose("compare_problems", 1, &[&words[0], &words[1]], Program::YesNo(says.boxed()));
        for (letter, name) in LETTERS[..letters].iter().enumerate() {
            let words = [
                format!("What is the truth value of {name} in {said}?"),
                format!("Which value does {name} have in {said}?"),
            ];
            set.sheet.pose(
                "given",
                1,
                &[&words[0], &words[1]],
                Program::Shown(one.clone().over(FIRST + letter)),
            );
        }
    }
    let with = |tests: Vec<(usize, &str)>| {
        let keep =
            tests.into_iter().map(|(column, text)| Test { column, is: Is::Text(text.to_owned()) }).collect();
        Program::Rows { table: 0, keep }
    };
    for value in [yes, no] {
        let rows = with(vec![(result, value)]);
        let words = [
            format!("In how many rows does {} have the value “{value}”?", done_text.1),
            format!("How often does “{value}” stand below {}?", done_text.1),
        ];
        set.sheet.pose(
            "count_with",
            3,
            &[&words[0], &words[1]],
            Program::Count(rows.clone().boxed()).print(&plain(0)),
        );
        for (letter, name) in LETTERS[..letters].iter().enumerate() {
            let rows = with(vec![(FIRST + letter, value), (result, yes)]);
            let words = [format!("In how many rows is {name} “{value}” while {} is “{yes}”?", done_text.1)];
            set.sheet.pose("count_two", 4, &[&words[0]], Program::Count(rows.boxed()).print(&plain(0)));
        }
    }
    let math = |set: &Set, source: &str| format!("box({})", set.formula(source));
    let mut cells = vec![bold(&body("Row"))];
    for (letter, name) in LETTERS[..letters].iter().enumerate() {
        cells.push(format!("link(\"d:0/h/{};r:header_cell\", {})", FIRST + letter, math(&set, name)));
    }
    cells.push(format!("link(\"d:0/h/{result};r:header_cell\", {})", math(&set, &done_text.0)));
    cells.push(math(&set, &open_text.0));
    for row in 0..rows {
        cells.push(set.sheet.cell_part(row, 0, &(row + 1).to_string(), "field_name"));
        for column in FIRST..=result {
            cells.push(set.sheet.cell(row, column));
        }
        cells.push("[]".to_owned());
    }
    // Three letters make long statements, and signs of one letter need little room.
    let wide = if letters == 3 && yes.len() == 1 { "4fr" } else { "2.4fr" };
    let widths =
        ["auto"].into_iter().chain(vec!["1fr"; letters]).chain([wide, wide]).collect::<Vec<_>>().join(", ");
    let stroke = if desk.style.chance(0.5) {
        "stroke: 0.8pt + rule-c"
    } else {
        "stroke: (x, y) => (bottom: if y == 0 { 1.6pt + ac } else { 0.7pt + rule-c })"
    };
    let fill = if set.look == super::page::Look::Board { "none" } else { "(x, y) => if y == 0 { tint }" };
    let table = format!(
        "grid(columns: ({widths}), inset: (x: 9pt, y: 10pt), align: center + horizon, {stroke}, fill: {fill}, {})",
        cells.join(", ")
    );
    let parts = [align("center", &table)];
    set.finish(
        desk,
        &parts,
        &Wish { columns: 0, blank: false, work: 0.0, lines: 1 },
        &format!("truth-{letters}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_read_as_they_are_written() {
        let (p, q) = (Box::new(Statement::Letter(0)), Box::new(Statement::Letter(1)));
        let not_q = Box::new(Statement::Not(q.clone()));
        let implied = Statement::Implies(p.clone(), not_q);
        assert_eq!(implied.written(false).1, "p ⇒ ¬q");
        assert!(!implied.holds(&[true, true]));
        assert!(implied.holds(&[false, true]));
        let nested = Statement::And(Box::new(Statement::Or(p, q)), Box::new(implied));
        assert_eq!(nested.written(false).1, "(p ∨ q) ∧ (p ⇒ ¬q)");
    }
}
