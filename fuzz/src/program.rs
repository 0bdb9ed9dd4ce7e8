//! Data and programs as they stand in finished rows, built from the operations of the language.

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use pixmo_recheck::Tables;
use serde_json::{Value, json};

use crate::limits;
use crate::picture::pick;

/// Programs that are tried on one data.
const PROGRAMS_MAX: usize = 4;

/// What must hold of whatever is read as data and programs.
pub fn hold<'a>(data: &str, programs: impl Iterator<Item = &'a str>) {
    let tables = match limits::within(|| Tables::parse(data)) {
        Ok(tables) => tables,
        Err(error) => return limits::is_told(&error),
    };
    for program in programs.take(PROGRAMS_MAX) {
        let answer = limits::within(|| tables.answer(program));
        let read = limits::within(|| tables.reads(program));
        match answer {
            Ok(answer) => {
                read.expect("a program with an answer reads what it rests on");
                tables.check(program, &answer).expect("the same program gives the same answer");
            }
            Err(error) => {
                limits::is_told(&error);
                assert!(read.is_err());
            }
        }
    }
}

/// Data and programs over it.
#[derive(Arbitrary, Debug)]
pub struct Case {
    columns: Vec<bool>,
    rows: Vec<Vec<Item>>,
    edges: Vec<(u8, u8)>,
    times: u8,
    programs: Vec<Operation>,
}

#[derive(Arbitrary, Debug)]
enum Item {
    Missing,
    Text(u8),
    Number(Decimal),
}

const TEXTS: [&str; 10] =
    ["Jan", "", "North", "2024-02-29", "31 December 1999", "9:05", "May 7, 2024", "9999-12-31", "–", "1,200"];

#[derive(Arbitrary, Debug)]
enum Decimal {
    Small(i8),
    Cents(i32),
    Long(u8, bool),
    Word(u8),
}

const NUMBERS: [&str; 6] =
    ["0", "-0", "170141183460469231731687303715884105727", "1e3", "", "0.0000000000000000000000000001"];

impl Decimal {
    fn text(&self) -> String {
        match self {
            Self::Small(n) => n.to_string(),
            Self::Cents(n) => format!(
                "{}{}.{:02}",
                if *n < 0 { "-" } else { "" },
                (i64::from(*n)).abs() / 100,
                (i64::from(*n)).abs() % 100
            ),
            Self::Long(n, point) => {
                let digits = "9".repeat(usize::from(n % 66) + 1);
                if *point { format!("1.{digits}") } else { digits }
            }
            Self::Word(at) => pick(&NUMBERS, *at).to_owned(),
        }
    }
}

impl Case {
    /// The data as JSON: a table of cells, and one of edges.
    pub fn data(&self) -> String {
        let column = |number: bool| json!({"name": "c", "kind": if number { "number" } else { "text" }, "unit": "", "additive": true});
        let columns: Vec<Value> = self.columns.iter().map(|number| column(*number)).collect();
        let cell = |item: &Item| match item {
            Item::Missing => json!({"value": "missing", "shown": ""}),
            Item::Text(at) => json!({"value": {"text": pick(&TEXTS, *at)}, "shown": pick(&TEXTS, *at)}),
            Item::Number(number) => json!({"value": {"number": number.text()}, "shown": number.text()}),
        };
        let row = |items: &Vec<Item>| -> Value {
            // Mostly as long as it should be.
            let fill = (items.len()..columns.len()).map(|_| cell(&Item::Number(Decimal::Small(7))));
            items.iter().take(columns.len()).map(cell).chain(fill).collect::<Vec<_>>().into()
        };
        let times = 1usize << (self.times % 10);
        let rows: Vec<Value> = self.rows.iter().map(row).collect();
        let rows: Vec<Value> = rows.iter().cycle().take((rows.len() * times).min(4_000)).cloned().collect();
        let node = |name: u8| json!({"value": {"text": "n"}, "shown": format!("n{}", name % 16)});
        let edges: Vec<Value> = self.edges.iter().map(|(a, b)| json!([node(*a), node(*b)])).collect();
        let ends = [column(false), column(false)];
        json!({"tables": [
            {"name": "t", "columns": columns, "rows": rows},
            {"name": "e", "columns": ends, "rows": edges},
        ]})
        .to_string()
    }

    /// The programs as JSON.
    pub fn programs(&self) -> Vec<String> {
        self.programs.iter().take(PROGRAMS_MAX).map(|operation| operation.json().to_string()).collect()
    }
}

/// An operation with all that any could want; which of it is used, its name says.
#[derive(Arbitrary, Debug)]
struct Operation {
    name: u8,
    operands: Vec<Operation>,
    numbers: [u8; 3],
    text: u8,
    decimal: Decimal,
    flag: bool,
    other: Option<Box<Operation>>,
}

/// Every operation of the language; the tests of the second check go by the same file.
static NAMES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../tests/fixtures/operations.txt").lines().collect());

impl Operation {
    fn inner(&self, at: usize) -> Value {
        self.operands.get(at).map_or_else(|| self.rest(), Operation::json)
    }

    /// What stands where the input has no more operands.
    fn rest(&self) -> Value {
        if self.flag {
            json!({"constant": self.decimal.text()})
        } else {
            json!({"rows": {"table": 0, "keep": []}})
        }
    }

    fn column(&self) -> u8 {
        self.numbers[0] % 5
    }

    fn over(&self) -> Value {
        json!({"rows": self.inner(0), "column": self.column()})
    }

    fn json(&self) -> Value {
        let name = pick(&NAMES, self.name);
        let text = pick(&TEXTS, self.text);
        let (from, to) = (format!("n{}", self.numbers[1] % 16), format!("n{}", self.numbers[2] % 16));
        let largest = self.flag;
        let table = usize::from(!self.flag || self.numbers[1].is_multiple_of(7));
        let columns: Vec<u8> = self.numbers.iter().map(|n| n % 5).collect();
        let pair = || json!([self.inner(0), self.inner(1)]);
        let body = match name {
            "rows" => {
                let is = match self.text % 7 {
                    0 => json!({"text": text}),
                    1 => json!({"one_of": TEXTS}),
                    2 => json!({"not": text}),
                    3 => json!({"above": self.decimal.text()}),
                    4 => json!({"below": self.decimal.text()}),
                    5 => json!({"between": ["0", self.decimal.text()]}),
                    _ => Value::Null,
                };
                let keep =
                    if is.is_null() { json!([]) } else { json!([{"column": self.column(), "is": is}]) };
                json!({"table": 0, "keep": keep})
            }
            "max" | "min" | "number" | "distinct" | "sum" | "mean" | "median" | "spread" | "shown"
            | "names" | "mode" => self.over(),
            "nth" => json!({"over": self.over(), "rank": self.numbers[1], "largest": largest}),
            "first_above" => json!({"over": self.over(), "bound": self.decimal.text()}),
            "crossing" => json!({"rows": self.inner(0), "a": columns[0], "b": columns[1]}),
            "first" | "last" | "next" | "previous" | "count" | "abs" | "day" | "clock" | "weekday"
            | "root" | "yes_no" | "negated" => self.inner(0),
            "constant" => self.decimal.text().into(),
            "number_columns" => json!({"table": table}),
            "sum_columns" | "sum_products" => json!({"rows": self.inner(0), "columns": columns}),
            "subtract" | "divide" | "greater" | "add" | "multiply" | "gcd" | "fraction" | "both"
            | "either" => pair(),
            "percent_change" => json!({"from": self.inner(0), "to": self.inner(1)}),
            "share" => json!({"part": self.inner(0), "whole": self.inner(1)}),
            // Each operand once, or a program would double with every level.
            "rank_of" => {
                let over = json!({"rows": self.inner(1), "column": self.column()});
                json!({"row": self.inner(0), "over": over, "largest": largest})
            }
            "monotone" => json!({"over": self.over(), "rising": largest}),
            "exists" => json!({"table": table, "column": self.column(), "text": text}),
            "linked" | "steps" | "path" => json!({"table": table, "from": from, "to": to}),
            "header" => json!({"table": table, "column": self.column()}),
            "best_column" => json!({"rows": self.inner(0), "columns": columns, "largest": largest}),
            "successors" | "predecessors" => json!({"table": table, "node": from}),
            "degree" => json!({"table": table, "node": from, "out": largest}),
            "trend" => json!({"over": self.over(), "up": "up", "down": "down"}),
            "date_plus" => json!({"of": self.inner(0), "days": i64::from(self.numbers[0]) * 2_000 - 250_000}),
            "print" => {
                let [decimals, scale, mark] = self.numbers;
                let format = json!({
                    "decimals": decimals % 31, "mark": if mark % 9 == 0 { ".." } else { "." }, "group": Value::Null,
                    "prefix": text, "suffix": "", "scale": scale % 29,
                });
                json!({"of": self.inner(0), "format": format})
            }
            "choice" => json!({"of": self.inner(0), "options": TEXTS, "labels": TEXTS}),
            "absent" => json!({"table": table, "column": Value::Null, "text": text, "decline": text}),
            "power" => json!({"of": self.inner(0), "exponent": self.numbers[0] % 14}),
            "says" => json!({"over": self.over(), "text": text}),
            _ => {
                let number = |operation: &Operation| json!({"constant": operation.decimal.text()});
                let entry =
                    |operation: &Operation| json!({"name": operation.json(), "number": number(operation)});
                json!({"entries": self.operands.iter().map(entry).collect::<Vec<_>>(), "largest": largest})
            }
        };
        let mut whole = json!({name: body});
        if let Some(around) = &self.other {
            // One more operation around it, so that chains grow in both directions.
            whole = json!({pick(&["abs", "first", "count", "power"], around.name): whole});
        }
        whole
    }
}
