//! Rows become columns and rows again, whatever they hold.

use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Field, Float64Type, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use pixmo_schemas::records::{
    CountPoints, CountRecord, DocsPointsRecord, DocsQuestions, DocsRecord, Image, Pair, Point,
    PointExplanationsRecord, PointsEvalRecord, PointsRecord,
};
use pixmo_schemas::{Record, RecordError, Sha256, from_batch, schema_of, to_batch};

use crate::samples::{self, Inner, KindsRecord, Lists};

#[track_caller]
fn check<R: Record + PartialEq + std::fmt::Debug>(rows: &[R]) {
    let batch = to_batch(rows).expect("rows become columns");
    assert_eq!(batch.schema(), schema_of::<R>());
    assert_eq!(batch.num_rows(), rows.len());
    assert_eq!(from_batch::<R>(&batch).expect("columns become rows"), rows);
    // A reader hands out pieces of a larger batch.
    for from in 0..rows.len() {
        let piece = batch.slice(from, (rows.len() - from).min(2));
        assert_eq!(from_batch::<R>(&piece).expect("columns become rows"), rows[from..][..piece.num_rows()]);
    }
}

fn image() -> impl Strategy<Value = Image> {
    (vec(any::<u8>(), 0..40), of(".{0,8}")).prop_map(|(bytes, path)| Image { bytes, path })
}

fn real() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("not a number differs from itself", |x| !x.is_nan())
}

fn real32() -> impl Strategy<Value = f32> {
    any::<f32>().prop_filter("not a number differs from itself", |x| !x.is_nan())
}

fn point() -> impl Strategy<Value = Point> {
    (real(), real()).prop_map(|(x, y)| Point { x, y })
}

fn hash() -> impl Strategy<Value = Sha256> {
    any::<[u8; 32]>().prop_map(Sha256::from_bytes)
}

fn inner() -> impl Strategy<Value = Inner> {
    (of(".{0,8}"), of(real32()), of(vec(".{0,4}", 0..3))).prop_map(|(label, y, tags)| Inner {
        label,
        y,
        tags,
    })
}

prop_compose! {
    fn kinds()(
        text in of(".{0,20}"),
        raw in of(vec(any::<u8>(), 0..9)),
        numbers in (of(any::<i32>()), of(any::<i64>()), of(real32()), of(real()), of(any::<bool>())),
        image in of(image()),
        audio in of(image()),
        texts in of(vec(of(".{0,8}"), 0..4)),
        images in of(vec(image(), 0..3)),
        triple in of(vec(of(vec(of(vec(of(real()), 0..3)), 0..3)), 0..3)),
        lists in of((of(vec(of(any::<i64>()), 0..4)), of(vec(of(".{0,4}"), 0..4)))),
        structs in of(vec(of(inner()), 0..4)),
        nested in of(vec(of(vec(of(inner()), 0..3)), 0..3)),
    ) -> KindsRecord {
        KindsRecord {
            text,
            raw: raw.map(Into::into),
            int32: numbers.0,
            int64: numbers.1,
            float32: numbers.2,
            float64: numbers.3,
            flag: numbers.4,
            image,
            audio,
            texts,
            images,
            triple,
            lists: lists.map(|(n, y)| Lists { n, y }),
            structs,
            nested,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn every_kind(rows in vec(kinds(), 0..6)) {
        check(&rows);
    }

    #[test]
    fn docs(rows in vec((image(), ".{0,12}", vec(".{0,20}", 0..4), vec(".{0,20}", 0..4)), 0..5)) {
        let rows: Vec<DocsRecord> = rows
            .into_iter()
            .map(|(image, image_id, question, answer)| DocsRecord {
                image,
                image_id,
                questions: DocsQuestions { question, answer },
            })
            .collect();
        check(&rows);
    }

    #[test]
    fn docs_points(rows in vec((vec(".{0,9}", 0..3), vec(".{0,9}", 0..3), vec(vec(point(), 0..3), 0..3)), 0..5)) {
        let rows: Vec<DocsPointsRecord> = rows
            .into_iter()
            .map(|(questions, names, points)| DocsPointsRecord { image_id: "i".into(), questions, names, points })
            .collect();
        check(&rows);
    }

    #[test]
    fn points(rows in vec((hash(), vec(point(), 0..4), any::<i64>(), ".{0,9}"), 0..5)) {
        let rows: Vec<PointsRecord> = rows
            .into_iter()
            .map(|(image_sha256, points, count, label)| PointsRecord {
                image_url: "u".into(),
                image_sha256,
                points,
                count,
                label,
                collection_method: "pointing".into(),
            })
            .collect();
        check(&rows);
    }

    #[test]
    fn points_eval(rows in vec((hash(), vec(point(), 0..3), vec(vec(vec(any::<bool>(), 0..9), 0..3), 0..3)), 0..5)) {
        let rows: Vec<PointsEvalRecord> = rows
            .into_iter()
            .map(|(image_sha256, points, masks)| PointsEvalRecord {
                image_url: "u".into(),
                image_sha256,
                label: "l".into(),
                points,
                masks,
            })
            .collect();
        check(&rows);
    }

    #[test]
    fn count(rows in vec((hash(), any::<i32>(), of((vec(real32(), 0..4), vec(real32(), 0..4)))), 0..5)) {
        let rows: Vec<CountRecord> = rows
            .into_iter()
            .map(|(image_sha256, count, points)| CountRecord {
                image_url: "u".into(),
                image_sha256,
                count,
                points: points.map(|(x, y)| CountPoints { x, y }),
                label: "l".into(),
            })
            .collect();
        check(&rows);
    }

    #[test]
    fn point_explanations(rows in vec((hash(), of(".{0,9}"), vec(vec((real(), real()), 0..3), 0..3)), 0..5)) {
        let rows: Vec<PointExplanationsRecord> = rows
            .into_iter()
            .map(|(image_sha256, parsed_response, groups)| PointExplanationsRecord {
                image_url: "u".into(),
                image_sha256,
                question: "q".into(),
                response: "r".into(),
                parsed_response,
                alt_text: vec![],
                inline_text: vec!["i".into()],
                points: groups
                    .into_iter()
                    .map(|group| group.into_iter().map(|(x, y)| Pair { x, y }).collect())
                    .collect(),
            })
            .collect();
        check(&rows);
    }
}

#[test]
fn samples_of_every_table() {
    check(&samples::kinds());
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
    check(&samples::count("test"));
    check(&samples::points_eval());
    check(&samples::images());
    check(&samples::image_clusters());
}

/// The columns are looked at with Arrow itself, so that writing and reading cannot be wrong in the same way.
#[test]
fn columns_hold_what_the_rows_say() {
    let batch = to_batch(&samples::docs()).expect("rows become columns");
    let image = batch.column(0).as_struct();
    assert_eq!(image.column(0).as_binary::<i32>().value(1), samples::png(5, 6));
    assert!(image.column(1).is_null(0));
    assert_eq!(image.column(1).as_string::<i32>().value(1), "chart-5.png");
    let answers = batch.column(2).as_struct().column_by_name("answer").expect("answers").as_list::<i32>();
    assert_eq!(answers.value(0).as_string::<i32>().value(1), "1,204");

    let batch = to_batch(&samples::kinds()).expect("rows become columns");
    let texts = batch.column_by_name("texts").expect("texts").as_list::<i32>();
    assert_eq!(
        (texts.value_length(0), texts.is_null(1), texts.value_length(1), texts.is_null(2)),
        (3, false, 0, true)
    );
    let lists = batch.column_by_name("lists").expect("lists").as_struct();
    assert_eq!((lists.is_null(1), lists.is_null(2)), (false, true));

    let batch = to_batch(&samples::point_explanations()).expect("rows become columns");
    let groups = batch.column_by_name("points").expect("points").as_list::<i32>().value(0);
    let second = groups.as_list::<i32>().value(1);
    let pair = second.as_list::<i32>().value(0);
    assert_eq!(pair.as_primitive::<Float64Type>().values(), &[30.24, 40.0]);
}

#[test]
fn schema_metadata_comes_back_from_parquet() {
    let batch = to_batch(&samples::docs()).expect("rows become columns");
    let mut file = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut file, batch.schema(), None).expect("the schema can be written");
    writer.write(&batch).expect("the batch can be written");
    writer.close().expect("the file can be closed");
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes(file)).expect("the file can be read");
    assert_eq!(*reader.schema(), schema_of::<DocsRecord>());
    for batch in reader.build().expect("the file can be read") {
        let rows =
            from_batch::<DocsRecord>(&batch.expect("the batch can be read")).expect("columns become rows");
        assert_eq!(rows, samples::docs());
    }
}

fn bytes(file: Vec<u8>) -> bytes::Bytes {
    file.into()
}

#[test]
fn other_columns_are_refused_by_name() {
    let batch = to_batch(&samples::cap()).expect("rows become columns");
    let two = batch.project(&[0, 2]).expect("the columns exist");
    let error = from_batch::<pixmo_schemas::records::CapRecord>(&two).expect_err("a column is missing");
    assert_eq!(
        error.to_string(),
        "the columns are `image_url, transcripts`, expected `image_url, caption, transcripts`"
    );
}

#[test]
fn a_null_where_a_value_must_be_is_refused() {
    let batch = to_batch(&samples::count("test")).expect("rows become columns");
    let mut columns = batch.columns().to_vec();
    columns[2] = arrow::array::new_null_array(columns[2].data_type(), 2);
    let holes = RecordBatch::try_new(batch.schema(), columns).expect("all fields are nullable");
    assert!(matches!(from_batch::<CountRecord>(&holes), Err(RecordError::FromBatch { rows: 2, .. })));
}

#[test]
fn a_point_of_three_numbers_is_refused() {
    let batch = to_batch(&samples::point_explanations()).expect("rows become columns");
    let mut rows = serde_json::to_value(samples::point_explanations()).expect("rows are JSON");
    rows[0]["points"][0][0] = serde_json::json!([1.0, 2.0, 3.0]);
    let long = serde_arrow::to_record_batch(batch.schema().fields(), &rows).expect("rows become columns");
    assert!(from_batch::<PointExplanationsRecord>(&long).is_err());
}

/// Files of others name the child of a list `element`, or use large lists.
#[test]
fn another_child_name_is_read() {
    let batch = to_batch(&samples::cap()).expect("rows become columns");
    let list = batch.column(2).as_list::<i32>();
    let child = Arc::new(Field::new("element", list.value_type(), true));
    let renamed = arrow::array::ListArray::new(
        child,
        list.offsets().clone(),
        list.values().clone(),
        list.nulls().cloned(),
    );
    let fields = Schema::new_with_metadata(
        vec![
            batch.schema().field(0).clone(),
            batch.schema().field(1).clone(),
            Field::new("transcripts", renamed.data_type().clone(), true),
        ],
        Default::default(),
    );
    let columns = vec![batch.column(0).clone(), batch.column(1).clone(), Arc::new(renamed) as _];
    let batch = RecordBatch::try_new(Arc::new(fields), columns).expect("the columns fit");
    assert_eq!(
        from_batch::<pixmo_schemas::records::CapRecord>(&batch).expect("columns become rows"),
        samples::cap()
    );
}
