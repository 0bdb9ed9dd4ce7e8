//! Parquet files of others: any columns, any row groups, from any row on.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, DictionaryArray, Float64Array, Int32Array, Int64Array, LargeStringArray,
    ListArray, RecordBatch, StringArray, StructArray, TimestampMillisecondArray,
};
use arrow::datatypes::{Field, Int32Type, Int64Type, SchemaRef};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;
use pixmo_shards::{ForeignFile, ForeignKind, ForeignValue};
use proptest::prelude::*;
use serde_json::json;

fn batch(first: i64, rows: i64) -> RecordBatch {
    let numbers: Vec<i64> = (first..first + rows).collect();
    let text = |number: &i64| (number % 7 != 3).then(|| format!("row {number}"));
    let bytes: Vec<Vec<u8>> = numbers.iter().map(|number| number.to_le_bytes().repeat(10)).collect();
    let slices: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
    let names: Vec<String> = numbers.iter().map(|number| format!("{number}.jpg")).collect();
    let lists = numbers.iter().map(|number| Some(vec![Some(*number), None]));
    let media = StructArray::from(vec![
        (
            Arc::new(Field::new("path", arrow::datatypes::DataType::Utf8, true)),
            Arc::new(StringArray::from(names)) as ArrayRef,
        ),
        (
            Arc::new(Field::new("bytes", arrow::datatypes::DataType::Binary, true)),
            Arc::new(BinaryArray::from(slices.clone())) as ArrayRef,
        ),
    ]);
    let kinds: DictionaryArray<Int32Type> =
        numbers.iter().map(|number| if number % 2 == 0 { "even" } else { "odd" }).collect();
    RecordBatch::try_from_iter([
        ("number", Arc::new(Int64Array::from(numbers.clone())) as ArrayRef),
        ("text", Arc::new(LargeStringArray::from_iter(numbers.iter().map(text)))),
        ("kind", Arc::new(kinds)),
        ("list", Arc::new(ListArray::from_iter_primitive::<Int64Type, _, _>(lists))),
        ("half", Arc::new(Float64Array::from_iter_values(numbers.iter().map(|number| *number as f64 / 2.0)))),
        (
            "when",
            Arc::new(TimestampMillisecondArray::from(numbers.iter().map(|n| n * 1_000).collect::<Vec<_>>())),
        ),
        ("raw", Arc::new(BinaryArray::from(slices))),
        ("image", Arc::new(media)),
        ("small", Arc::new(Int32Array::from_iter_values(numbers.iter().map(|number| *number as i32)))),
    ])
    .unwrap()
}

fn write(path: &Path, rows: i64, group_rows: usize) -> SchemaRef {
    let first = batch(0, rows);
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(group_rows)).build();
    let file = File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, first.schema(), Some(properties)).unwrap();
    writer.write(&first).unwrap();
    writer.close().unwrap();
    first.schema()
}

#[test]
fn every_column_of_a_file_of_others_is_text_bytes_a_picture_or_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theirs.parquet");
    write(&path, 5, 2);
    let file = ForeignFile::open(&path).unwrap();
    let kinds: Vec<(&str, ForeignKind)> =
        file.columns().iter().map(|column| (column.name.as_str(), column.kind)).collect();
    use ForeignKind::{Bytes as Binary, Media, Other, Text};
    assert_eq!(
        kinds,
        [
            ("number", Other),
            ("text", Text),
            ("kind", Text),
            ("list", Other),
            ("half", Other),
            ("when", Other),
            ("raw", Binary),
            ("image", Media),
            ("small", Other)
        ]
    );
    let rows: Vec<Vec<ForeignValue>> =
        file.read(3..4, &[0, 1, 2, 3, 4, 5, 6, 7, 8]).unwrap().collect::<Result<_, _>>().unwrap();
    let raw = Bytes::from(3i64.to_le_bytes().repeat(10));
    let expected = vec![
        ForeignValue::Json(json!(3)),
        ForeignValue::Null,
        ForeignValue::Text("odd".to_owned()),
        ForeignValue::Json(json!([3, null])),
        ForeignValue::Json(json!(1.5)),
        ForeignValue::Json(json!("1970-01-01T00:00:03")),
        ForeignValue::Bytes(raw.clone()),
        ForeignValue::Media { bytes: Some(raw), path: Some("3.jpg".to_owned()) },
        ForeignValue::Json(json!(3)),
    ];
    assert_eq!(rows, [expected]);
}

#[test]
fn what_is_no_parquet_is_an_error_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theirs.parquet");
    std::fs::write(&path, "PAR1 but not really PAR1").unwrap();
    let error = ForeignFile::open(&path).unwrap_err();
    assert!(error.to_string().contains("theirs.parquet"), "{error}");
    assert!(ForeignFile::open(&folder.path().join("none.parquet")).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_range_of_rows_is_that_range(rows in 1i64..700, group in 1usize..300, from in 0u64..800, len in 0u64..800) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("theirs.parquet");
        write(&path, rows, group);
        let file = ForeignFile::open(&path).unwrap();
        prop_assert_eq!(file.rows(), rows as u64);
        let read: Vec<ForeignValue> = file.read(from..from + len, &[0]).unwrap().map(|row| row.unwrap().remove(0)).collect();
        let expected: Vec<ForeignValue> =
            (from..(from + len).min(rows as u64)).map(|number| ForeignValue::Json(json!(number))).collect();
        prop_assert_eq!(read, expected);
        if from < rows as u64 {
            let end = file.group_end(from);
            prop_assert!(end > from && (end.is_multiple_of(group as u64) || end == rows as u64));
        }
    }
}
