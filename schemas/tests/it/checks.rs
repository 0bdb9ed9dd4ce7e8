//! Right rows pass; a wrong value in any column that has a range does not.

use serde_json::{Value, json};

use pixmo_schemas::{Column, Dataset, Kind, Range, Record, RecordError, Sha256, row_id};

use crate::samples;

/// Puts a wrong value into every leaf of the first row, one at a time, and expects each to be refused.
#[track_caller]
fn check<R: Record>(rows: &[R]) {
    for row in rows {
        row.validate().expect("the sample is right");
    }
    let right = serde_json::to_value(&rows[0]).expect("a record is JSON");
    let mut planted = 0;
    for (path, column) in leaves(&right, R::columns()) {
        for wrong in wrong_values(column) {
            let mut row = right.clone();
            *row.pointer_mut(&path).expect("the leaf exists") = wrong.clone();
            // What the type itself refuses never becomes a record.
            let refused = serde_json::from_value::<R>(row).is_ok_and(|row| row.validate().is_ok());
            assert!(!refused, "{wrong} passed at {path}");
            planted += 1;
        }
    }
    assert!(planted > 0, "nothing was planted");
}

fn leaves(row: &Value, columns: &'static [Column]) -> Vec<(String, &'static Column)> {
    fn push(at: String, value: &Value, column: &'static Column, leaves: &mut Vec<(String, &'static Column)>) {
        match (value, inner(&column.kind)) {
            (Value::Array(list), None) if matches!(column.kind, Kind::List(_)) => {
                let first = list.first().into_iter();
                first.for_each(|value| push(format!("{at}/0"), value, column, leaves));
            }
            (Value::Array(list), Some(_)) => {
                list.first().into_iter().for_each(|value| push(format!("{at}/0"), value, column, leaves));
            }
            (Value::Object(object), Some(fields)) => {
                for field in fields {
                    push(format!("{at}/{}", field.name), &object[field.name], field, leaves);
                }
            }
            (Value::Array(list), None) if !list.is_empty() && !matches!(column.kind, Kind::Binary) => {
                push(format!("{at}/0"), &list[0], column, leaves);
            }
            _ => leaves.push((at, column)),
        }
    }
    let mut found = Vec::new();
    for column in columns {
        push(format!("/{}", column.name), &row[column.name], column, &mut found);
    }
    found
}

fn inner(kind: &Kind) -> Option<&'static [Column]> {
    match kind {
        Kind::StructOfLists(fields) | Kind::ListOfStructs(fields) => Some(fields),
        Kind::List(element) => inner(element),
        _ => None,
    }
}

fn wrong_values(column: &Column) -> Vec<Value> {
    let mut wrong = match column.range {
        Range::Any => vec![],
        Range::Whole { min, max } => vec![json!(min - 1), json!(max.saturating_add(1))],
        Range::Real { min, max } if max.is_infinite() => vec![json!(min - 0.5)],
        Range::Real { min, max } => vec![json!(min - 0.5), json!(max + 0.5)],
        Range::Filled => vec![json!(""), json!(" \n")],
        Range::Chars { min, max } => vec![json!("x".repeat(min - 1)), json!("x".repeat(max + 1))],
        Range::Label { chars_max } => {
            vec![json!(""), json!("a\"b"), json!("a<b"), json!("a\nb"), json!("x".repeat(chars_max + 1))]
        }
        Range::OneOf(_) => vec![json!("something else")],
        Range::Hex { digits_min, digits_max } => vec![
            json!("0".repeat(digits_min - 1)),
            json!("0".repeat(digits_max + 1)),
            json!("G".repeat(digits_max)),
            json!("A".repeat(digits_max)),
        ],
        Range::Json => vec![json!(""), json!("{"), json!("{} {}")],
    };
    // The upper end of a 64-bit range is the end of the type.
    wrong.retain(|value| *value != json!(i64::MAX));
    wrong
}

/// The clocks beside the one of a sample row, changed.
fn others(change: impl FnOnce(&str) -> String) -> String {
    let others = samples::clocks_images().into_iter().map(|row| row.others).find(|others| others != "[]");
    change(&others.expect("a sample with several clocks"))
}

#[test]
fn wrong_values_are_refused() {
    check(&samples::cap());
    check(&samples::cap_by_image());
    check(&samples::cap_receipts());
    check(&samples::cap_audio());
    check(&samples::cap_qa());
    check(&samples::ask_model_anything());
    check(&samples::points());
    check(&samples::point_explanations());
    check(&samples::docs());
    check(&samples::docs_full());
    check(&samples::docs_points());
    check(&samples::clocks());
    check(&samples::clocks_images());
    check(&samples::count("train"));
    check(&samples::count("validation"));
    check(&samples::points_eval());
    check(&samples::images());
    check(&samples::image_clusters());
}

/// The text of the error for a sample changed in this way.
#[track_caller]
fn error<R: Record + Clone>(rows: Vec<R>, change: impl FnOnce(&mut R)) -> String {
    let mut row = rows.into_iter().next().expect("there is a sample");
    change(&mut row);
    row.validate().expect_err("the change breaks the row").to_string()
}

#[test]
fn errors_name_field_finding_and_expectation() {
    let errors = [
        error(samples::points(), |row| row.points[1].x = 104.2),
        error(samples::points(), |row| row.points[0].y = f64::NAN),
        error(samples::points(), |row| row.count = 7),
        error(samples::points(), |row| row.label = "the \"tram\"".into()),
        error(samples::cap(), |row| row.transcripts.clear()),
        error(samples::cap_by_image(), |row| row.takes.truncate(1)),
        error(samples::cap_by_image(), |row| row.model = None),
        error(samples::cap_receipts(), |row| row.receipt_leaf = None),
        error(samples::cap_receipts(), |row| row.voiced_secs = Some(80.0)),
        error(samples::cap_audio(), |row| row.audio.bytes.clear()),
        error(samples::cap_qa(), |row| row.question = "What colour?".into()),
        error(samples::cap_qa(), |row| row.messages[1] = "Blue.".into()),
        error(samples::point_explanations(), |row| row.points[1].clear()),
        error(samples::point_explanations(), |row| row.points[0][0].x = 10.06),
        error(samples::point_explanations(), |row| row.parsed_response = None),
        error(samples::docs(), |row| row.image.bytes.clear()),
        error(samples::docs(), |row| row.questions.answer.truncate(1)),
        error(samples::docs_full(), |row| row.questions[1].follows = 1),
        error(samples::docs_full(), |row| row.family = "pictures".into()),
        error(samples::docs_full(), |row| row.source_licence.clear()),
        error(samples::docs_points(), |row| row.names.truncate(1)),
        error(samples::clocks(), |row| row.text = "12:05:09 AM".into()),
        error(samples::clocks(), |row| row.second_visible = -1),
        error(samples::clocks_images(), |row| row.text = "12:05 PM".into()),
        error(samples::clocks_images(), |row| row.time = "2021-03-04T24:05:09".into()),
        error(samples::clocks_images(), |row| row.time = "2021-03-04T12:06:09".into()),
        error(samples::clocks_images(), |row| row.example_id = row.example_id.replace("steel", "brass")),
        error(samples::clocks_images(), |row| row.minute_angle = 360.0),
        error(samples::clocks_images(), |row| row.minute_angle = -0.5),
        error(samples::clocks_images(), |row| row.second_angle = -1.0),
        error(samples::images(), |row| row.bytes += 1),
        error(samples::images(), |row| row.status = None),
        error(samples::images(), |row| row.orientation = 0),
        error(samples::images(), |row| row.format = "svg".into()),
        error(samples::images(), |row| row.other = "{".into()),
        error(samples::image_clusters(), |row| row.kept = false),
        error(samples::image_clusters(), |row| row.distance = 1),
        error(samples::clocks_images(), |row| row.homography.truncate(8)),
        error(samples::clocks_images(), |row| row.image.bytes = b"GIF89a".to_vec()),
        error(samples::clocks_images(), |row| row.visible_width = 32.5),
        error(samples::clocks_images(), |row| row.questions.clear()),
        error(samples::clocks_images(), |row| row.called.clear()),
        error(samples::clocks_images(), |row| row.others = "{}".into()),
        error(samples::clocks_images(), |row| {
            row.others = others(|text| text.replace("4:30\"", "5:30\""));
        }),
        error(samples::clocks_images(), |row| {
            row.others = others(|text| text.replace("135.0", "361.0"));
        }),
        error(samples::clocks_images(), |row| {
            row.others = others(|text| text.replace("[22.0", "[25.0"));
        }),
        error(samples::clocks_images(), |row| {
            row.others = others(|text| text.replace("the watch on the right", "the clock"));
        }),
        error(samples::clocks_images(), |row| {
            (row.shows_time, row.shows_seconds) = (false, false);
        }),
        error(samples::count("train"), |row| row.points.as_mut().expect("train has points").y.truncate(1)),
        error(samples::points_eval(), |row| row.masks[0][1].truncate(2)),
        error(samples::points_eval(), |row| row.masks.clear()),
    ];
    insta::assert_snapshot!("errors", errors.join("\n"));
}

#[test]
fn noon_is_pm_and_midnight_is_am() {
    let text = |hour| {
        let mut row = samples::clocks().swap_remove(1);
        row.hour_visible = hour;
        row.expected_text()
    };
    assert_eq!(text(0), "12:05 AM");
    assert_eq!(text(11), "11:05 AM");
    assert_eq!(text(12), "12:05 PM");
    assert_eq!(text(13), "1:05 PM");
    assert_eq!(text(23), "11:05 PM");
}

/// Computed with `hashlib` from the description of the format.
#[test]
fn row_ids_follow_the_written_format() {
    let row = samples::points().swap_remove(0);
    assert_eq!(
        row_id(&row).expect("the record follows its columns").to_string(),
        "d3c5ce48a6860f2c361361fa3656b84f48f7022508cfddf28a8d74201f04d155"
    );
    let mut other = row.clone();
    other.points[0].x += 1e-9;
    assert_ne!(row_id(&row).ok(), row_id(&other).ok());
}

#[test]
fn a_sha256_is_parsed_or_refused() {
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(Sha256::of(b"abc").to_string(), hash);
    assert_eq!(hash.parse(), Ok(Sha256::of(b"abc")));
    for wrong in ["", "ba78", &hash.to_uppercase(), &format!("{hash}00"), &hash.replace('b', "g")] {
        assert!(wrong.parse::<Sha256>().is_err(), "{wrong}");
    }
}

#[test]
fn datasets_are_found_by_name() {
    for dataset in Dataset::ALL {
        assert_eq!(dataset.slug().parse(), Ok(dataset));
        assert_eq!(dataset.public_name().parse(), Ok(dataset));
        assert_eq!(dataset.public_name(), format!("pixmo-{dataset}"));
        assert_eq!(serde_json::to_value(dataset).expect("a name"), json!(dataset.slug()));
    }
    let error = |name: &str| name.parse::<Dataset>().expect_err("no such dataset").to_string();
    insta::assert_snapshot!("unknown-dataset", format!("{}\n{}", error("doc"), error("pictures")));
}

#[test]
fn a_record_type_that_left_its_columns_is_found_out() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Swapped {
        b: i32,
        a: i32,
    }
    impl Record for Swapped {
        fn columns() -> &'static [Column] {
            const COLUMNS: &[Column] =
                &[Column::new("a", Kind::Int32, ""), Column::new("b", Kind::Int32, "")];
            COLUMNS
        }
    }
    let error = Swapped { b: 1, a: 2 }.validate().expect_err("the order differs");
    assert!(matches!(error, RecordError::Shape { .. }), "{error}");
}
