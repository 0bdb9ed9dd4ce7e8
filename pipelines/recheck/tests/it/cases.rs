//! The table of cases that all evaluators share; its answers were worked out by hand.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use pixmo_recheck::{RecheckError, Tables, answer};
use serde_json::Value;

/// Every operation of the language, one a line: the fuzzers build their programs from the same file.
pub(crate) static OPERATIONS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/operations.txt"))
        .lines()
        .collect()
});
/// Every test of a row.
const TESTS: &[&str] = &["text", "one_of", "not", "above", "below", "between"];

pub(crate) struct Case {
    pub(crate) program: String,
    pub(crate) answer: Option<String>,
    why: String,
}

/// The data and the cases of the shared table.
pub(crate) static SHARED: LazyLock<(String, Vec<Case>)> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/programs.json"));
    let table: Value = serde_json::from_str(text).expect("the shared table is JSON");
    let cases = table["cases"].as_array().expect("a list of cases").iter().map(|case| {
        let answer = case["answer"].as_str().map(str::to_owned);
        assert_ne!(answer.is_some(), case["error"] == Value::Bool(true), "either answer or error: {case}");
        Case { program: case["program"].to_string(), answer, why: case["why"].to_string() }
    });
    (table["data"].to_string(), cases.collect())
});

#[test]
fn every_case_of_the_shared_table_is_answered_as_by_hand() {
    let (data, cases) = &*SHARED;
    let tables = Tables::parse(data).expect("the shared data can be read");
    let mut wrong = Vec::new();
    for Case { program, answer, why } in cases {
        let found = tables.answer(program);
        if found.as_ref().ok() != answer.as_ref() {
            wrong.push(format!("{program}\n  gives {found:?}\n  expected {answer:?}: {why}"));
        }
    }
    assert!(cases.len() >= 90, "{} cases", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_shared_table_has_every_operation() {
    fn walk(value: &Value, seen: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                seen.extend(map.keys().cloned());
                map.values().for_each(|value| walk(value, seen));
            }
            Value::Array(items) => items.iter().for_each(|value| walk(value, seen)),
            _ => {}
        }
    }
    let mut seen = BTreeSet::new();
    for case in SHARED.1.iter().filter(|case| case.answer.is_some()) {
        walk(&serde_json::from_str(&case.program).expect("a program is JSON"), &mut seen);
    }
    let lacking: Vec<_> = OPERATIONS.iter().chain(TESTS).filter(|name| !seen.contains(**name)).collect();
    assert!(lacking.is_empty(), "no answered case has {lacking:?}");
}

#[test]
fn a_check_says_what_was_found_and_what_was_expected() {
    let (data, _) = &*SHARED;
    let tables = Tables::parse(data).expect("the shared data can be read");
    let program = r#"{"header":{"table":0,"column":2}}"#;
    tables.check(program, "Sales").expect("the header is `Sales`");
    let wrong = tables.check(program, "Costs").expect_err("the header is not `Costs`");
    assert_eq!(wrong.to_string(), "the program gives `Sales`, the stored answer is `Costs`");
    let none = tables.check(r#"{"successors":{"table":4,"node":"End"}}"#, "Stop").expect_err("no successor");
    assert_eq!(
        none.to_string(),
        "the stored answer is `Stop`, the program gives none: `successors` has no answer: there are none"
    );
}

#[test]
fn errors_name_the_operation_and_what_was_found() {
    let (data, _) = &*SHARED;
    let error = |program: &str| answer(data, program).expect_err("the program has no answer").to_string();
    assert_eq!(
        error(r#"{"shown":{"rows":{"max":{"rows":{"rows":{"table":0,"keep":[]}},"column":2}},"column":0}}"#),
        "`max` has no answer: a tie of 2"
    );
    assert_eq!(
        error(r#"{"shown":{"rows":{"rows":{"table":0,"keep":[]}},"column":0}}"#),
        "`shown` has no answer: it wants one row and was given 6"
    );
    assert_eq!(error(r#"{"header":{"table":9,"column":0}}"#), "table is `9`, expected an index below 9");
    assert_eq!(
        error(r#"{"yes_no":{"constant":"1"}}"#),
        "an operation is `constant`, expected one that gives true or false"
    );
    let error = answer(&data.replace("\"400\"", "\"4e2\""), "{}").expect_err("an exponent is no decimal");
    assert_eq!(error.to_string(), "a number is `4e2`, expected a decimal such as `-12.30`");
    assert!(matches!(answer("{", "{}"), Err(RecheckError::Json { what: "the data", .. })));
}

#[test]
fn data_of_another_form_is_an_error() {
    let table = |columns: &str, rows: &str| {
        format!(r#"{{"tables":[{{"name":"t","columns":[{columns}],"rows":[{rows}]}}]}}"#)
    };
    let column = r#"{"name":"n","kind":"number","unit":"","additive":true}"#;
    let cell = |value: &str| format!(r#"[{{"value":{value},"shown":"x"}}]"#);
    Tables::parse(&table(column, &cell(r#"{"number":"-1.50"}"#))).expect("a table of one number");
    for (data, why) in [
        (table(column, "[]"), "a short row"),
        (table(column, &cell(r#"{"number":1.5}"#)), "a number that went through a float"),
        (table(column, &cell(r#"{"number":"1,5"}"#)), "a number with a comma"),
        (table(column, &cell(r#"{"number":"1e9"}"#)), "a number with an exponent"),
        (table(column, &cell(r#"{"number":"1","text":"1"}"#)), "two values"),
        (table(column, &cell(r#""none""#)), "another word than missing"),
        (table(&column.replace(r#""number""#, r#""date""#), ""), "an unknown kind"),
        (table(&column.replace("unit", "units"), ""), "an unknown field"),
        (r#"{"tables":{}}"#.to_owned(), "tables that are no list"),
        ("[]".to_owned(), "data that is no object"),
    ] {
        assert!(Tables::parse(&data).is_err(), "{why} was read");
    }
}

#[test]
fn a_program_reads_what_its_answer_rests_on_and_nothing_else() {
    let data = r#"{"tables": [
        {"name": "rain", "columns": [{"name": "Month", "kind": "text", "unit": "", "additive": false}, {"name": "mm", "kind": "number", "unit": "", "additive": true}], "rows": [
            [{"value": {"text": "May"}, "shown": "May"}, {"value": {"number": "41"}, "shown": "41"}],
            [{"value": {"text": "June"}, "shown": "June"}, {"value": {"number": "12"}, "shown": "12"}],
            [{"value": {"text": "July"}, "shown": "July"}, {"value": {"number": "30"}, "shown": "30"}]]},
        {"name": "edges", "columns": [{"name": "from", "kind": "text", "unit": "", "additive": false}, {"name": "to", "kind": "text", "unit": "", "additive": false}], "rows": [
            [{"value": {"text": "a"}, "shown": "a"}, {"value": {"text": "b"}, "shown": "b"}],
            [{"value": {"text": "b"}, "shown": "b"}, {"value": {"text": "c"}, "shown": "c"}]]}]}"#;
    let june = r#"{"rows": {"table": 0, "keep": [{"column": 0, "is": {"text": "June"}}]}}"#;
    let all = r#"{"rows": {"table": 0, "keep": []}}"#;
    let tables = pixmo_recheck::Tables::parse(data).unwrap();
    let reads = |program: &str| tables.reads(program).unwrap();
    assert_eq!(reads(&format!(r#"{{"shown": {{"rows": {june}, "column": 1}}}}"#)), [(0, 1, 0), (0, 1, 1)]);
    let largest = format!(r#"{{"max": {{"rows": {all}, "column": 1}}}}"#);
    assert_eq!(
        reads(&format!(r#"{{"shown": {{"rows": {largest}, "column": 0}}}}"#)),
        [(0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 2, 1)]
    );
    assert_eq!(reads(r#"{"successors": {"table": 1, "node": "b"}}"#), [(1, 1, 0), (1, 1, 1)]);
    assert!(tables.reads(r#"{"successors": {"table": 1, "node": "z"}}"#).is_err());
    // Nobody asks any more, so nothing is kept.
    assert_eq!(tables.answer(r#"{"successors": {"table": 1, "node": "a"}}"#).unwrap(), "b");
}
