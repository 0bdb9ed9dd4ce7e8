//! Programs and data that nobody should write: they give errors and never panic.

use pixmo_recheck::{RecheckError, Tables, answer};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::cases::{OPERATIONS, SHARED};

fn nested(operation: &str, depth: usize, innermost: &str) -> String {
    format!("{}{innermost}{}", format!("{{\"{operation}\":").repeat(depth), "}".repeat(depth))
}

#[test]
fn deep_programs_are_refused() {
    let (data, _) = &*SHARED;
    let tables = Tables::parse(data).expect("the shared data can be read");
    let print = |inner: String| format!(r#"{{"print":{{"of":{inner},"format":{}}}}}"#, plain());
    let one = r#"{"constant":"1"}"#;
    assert_eq!(tables.answer(&print(nested("abs", 62, one))).expect("64 operations are allowed"), "1");
    let error = tables.answer(&print(nested("abs", 63, one))).expect_err("65 operations are too many");
    assert_eq!(error.to_string(), "the program is nested 65 deep, expected at most 64 operations");
    for depth in [100, 1_000, 1_000_000] {
        assert!(tables.answer(&print(nested("abs", depth, one))).is_err());
        assert!(answer(&nested("tables", depth, "0"), one).is_err());
    }
}

#[test]
fn extreme_numbers_are_refused() {
    let (data, _) = &*SHARED;
    let tables = Tables::parse(data).expect("the shared data can be read");
    let print = |name: &str, value: Value| {
        let mut format: Value = serde_json::from_str(&plain()).expect("a format is JSON");
        format[name] = value;
        tables.answer(&json!({"print": {"of": {"constant": "12"}, "format": format}}).to_string())
    };
    assert_eq!(print("scale", json!(27)).expect("27 is allowed"), "0");
    assert_eq!(print("decimals", json!(3)).expect("3 is allowed"), "12.000");
    for value in
        [json!(28), json!(4_294_967_296u64), json!(u64::MAX), json!(-1), json!(1.5), json!("3"), json!(null)]
    {
        assert!(print("scale", value.clone()).is_err(), "scale {value}");
    }
    for value in [json!(29), json!(u64::MAX), json!(-1), json!([])] {
        assert!(print("decimals", value.clone()).is_err(), "decimals {value}");
    }
    for value in [json!(""), json!(".."), json!(null), json!(0)] {
        assert!(print("mark", value.clone()).is_err(), "mark {value}");
    }
    for index in [json!(usize::MAX), json!(-1), json!(0.5), json!("0"), json!(null)] {
        assert!(tables.answer(&json!({"header": {"table": index, "column": 0}}).to_string()).is_err());
        let over = json!({"rows": {"rows": {"table": 0, "keep": []}}, "column": 4});
        let nth = json!({"nth": {"over": over, "rank": index, "largest": true}});
        assert!(tables.answer(&json!({"shown": {"rows": nth, "column": 0}}).to_string()).is_err());
    }
}

/// Programs that would grow or run for long are stopped, on data of any size.
#[test]
fn programs_that_would_keep_a_reader_busy_are_stopped() {
    let (shared, _) = &*SHARED;
    let print = |of: Value| {
        let format: Value = serde_json::from_str(&plain()).expect("a format is JSON");
        json!({"print": {"of": of, "format": format}}).to_string()
    };
    let power = |depth: usize| {
        (0..depth).fold(json!({"constant": "9.9"}), |of, _| json!({"power": {"of": of, "exponent": 12}}))
    };
    let error = answer(shared, &print(power(60))).expect_err("it has 12^60 digits");
    assert!(error.to_string().contains("six hundred digits"), "{error}");
    assert!(answer(shared, &print(power(2))).is_ok());
    let cell = |text: &str| json!({"value": {"text": text}, "shown": text});
    let column = |name: &str| json!({"name": name, "kind": "text", "unit": "", "additive": false});
    let table = |rows: Vec<Value>, columns: usize| {
        let columns: Vec<Value> = (0..columns).map(|_| column("a")).collect();
        json!({"tables": [{"name": "t", "columns": columns, "rows": rows}]}).to_string()
    };
    // A chain of nodes, each of which is looked for among all others.
    let chain: Vec<Value> =
        (0..20_000).map(|i| json!([cell(&i.to_string()), cell(&(i + 1).to_string())])).collect();
    let chain = table(chain, 2);
    for way in ["path", "steps"] {
        let of = json!({way: {"table": 0, "from": "0", "to": "20000"}});
        let program = if way == "path" { of.to_string() } else { print(of) };
        assert!(matches!(answer(&chain, &program), Err(RecheckError::TooMuch)), "{way}");
    }
    // The same long text, many times beside each other.
    let names = json!({"names": {"rows": {"rows": {"table": 0, "keep": []}}, "column": 0}});
    let entries: Vec<Value> =
        (0..400).map(|i| json!({"name": names.clone(), "number": {"constant": i.to_string()}})).collect();
    let program = json!({"best_of": {"entries": entries, "largest": true}}).to_string();
    let long = table((0..10).map(|_| json!([cell(&"x".repeat(100_000))])).collect(), 1);
    assert!(matches!(answer(&long, &program), Err(RecheckError::TooMuch)));
    // Rows without columns, looked through again and again.
    let rows = json!({"count": {"rows": {"table": 0, "keep": []}}});
    let many = (0..50).fold(rows.clone(), |sum, _| json!({"add": [sum, rows.clone()]}));
    let empty = table((0..2_000_000).map(|_| json!([])).collect(), 0);
    assert!(matches!(answer(&empty, &print(many)), Err(RecheckError::TooMuch)));
    // Texts that are longer than any that are stored.
    let padded = |text: &str, bytes: usize| format!("{text}{}", " ".repeat(bytes));
    assert!(matches!(
        answer(&padded(shared, 9_000_000), &print(rows.clone())),
        Err(RecheckError::TooLong { .. })
    ));
    assert!(matches!(answer(shared, &padded(&print(rows), 70_000)), Err(RecheckError::TooLong { .. })));
}

fn plain() -> String {
    r#"{"decimals":0,"mark":".","group":",","prefix":"","suffix":"","scale":0}"#.to_owned()
}

/// The names of what stands inside operations and data.
const FIELDS: &[&str] = &[
    "row", "days", "between", "table", "keep", "column", "columns", "over", "rank", "largest", "bound", "of",
    "format", "scale", "is", "text", "above", "tables", "value",
];

/// JSON that looks like programs and data without being either.
fn almost() -> impl Strategy<Value = Value> {
    let names: Vec<&str> = OPERATIONS.iter().chain(FIELDS).copied().collect();
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0u64..8).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "-?[0-9]{1,40}(\\.[0-9]{1,20})?".prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 64, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(names.clone()), inner), 0..4).prop_map(|entries| {
                Value::Object(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

/// Replaces the n-th value inside another (counted from the outside) by a given one.
fn replaced(value: &mut Value, at: &mut usize, by: &Value) {
    if *at == 0 {
        *value = by.clone();
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Object(map) => map.values_mut().for_each(|value| replaced(value, at, by)),
        Value::Array(items) => items.iter_mut().for_each(|value| replaced(value, at, by)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn nonsense_never_panics(data in almost(), program in almost()) {
        let _ = answer(&data.to_string(), &program.to_string());
        let _ = answer(&SHARED.0, &program.to_string());
    }

    #[test]
    fn a_good_program_with_one_value_replaced_never_panics(
        case in any::<prop::sample::Index>(),
        at in 0usize..24,
        by in almost(),
    ) {
        let (data, cases) = &*SHARED;
        let mut program: Value = serde_json::from_str(&case.get(cases).program).expect("a program is JSON");
        replaced(&mut program, &mut { at }, &by);
        let _ = answer(data, &program.to_string());
    }

    #[test]
    fn good_data_with_one_value_replaced_never_panics(
        case in any::<prop::sample::Index>(),
        at in 0usize..400,
        by in almost(),
    ) {
        let (data, cases) = &*SHARED;
        let mut data: Value = serde_json::from_str(data).expect("the data is JSON");
        replaced(&mut data, &mut { at }, &by);
        let _ = answer(&data.to_string(), &case.get(cases).program);
    }

    #[test]
    fn a_damaged_text_never_panics(case in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>(), by in any::<char>()) {
        let (data, cases) = &*SHARED;
        let program = &case.get(cases).program;
        let mut chars: Vec<char> = program.chars().collect();
        let place = cut.index(chars.len());
        chars[place] = by;
        let _ = answer(data, &chars.iter().collect::<String>());
    }

    /// Sums of decimals, checked against integer arithmetic.
    #[test]
    fn sums_and_means_are_exact(cents in prop::collection::vec(-1_000_000_000_000i64..1_000_000_000_000, 1..40)) {
        let rows: Vec<Value> = cents
            .iter()
            .map(|c| {
                let sign = if *c < 0 { "-" } else { "" };
                let text = format!("{sign}{}.{:02}", c.abs() / 100, c.abs() % 100);
                json!([{"value": {"number": text}, "shown": ""}])
            })
            .collect();
        let column = json!({"name": "n", "kind": "number", "unit": "", "additive": true});
        let data = json!({"tables": [{"name": "t", "columns": [column], "rows": rows}]}).to_string();
        let over = json!({"rows": {"rows": {"table": 0, "keep": []}}, "column": 0});
        let format = json!({"decimals": 2, "mark": ".", "group": null, "prefix": "", "suffix": "", "scale": 0});
        let total: i64 = cents.iter().sum();
        let count = cents.len() as i64;
        let mean = (2 * total.abs() + count) / (2 * count) * total.signum();
        for (operation, expected) in [("sum", total), ("mean", mean)] {
            let sign = if expected < 0 { "\u{2212}" } else { "" };
            let text = format!("{sign}{}.{:02}", expected.abs() / 100, expected.abs() % 100);
            let program = json!({"print": {"of": {operation: over.clone()}, "format": format.clone()}});
            prop_assert_eq!(answer(&data, &program.to_string()).expect("a number"), text);
        }
    }
}
