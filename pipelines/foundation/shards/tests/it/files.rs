//! Files of rows: what is in them, byte for byte, and what a flipped bit does.

use std::path::Path;

use parquet::basic::Compression;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use pixmo_schemas::records::docs::{DocsQuestions, DocsRecord, Image};
use pixmo_schemas::records::docs_points::DocsPointsRecord;
use pixmo_schemas::records::points::Point;
use pixmo_schemas::{Dataset, Record};
use pixmo_shards::{
    ConfigSpec, Disk, FileEntry, FileWriter, Location, Mismatch, ReadError, Split, WriteError, WrittenFile,
    read_rows,
};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

fn config(name: &str) -> ConfigSpec {
    ConfigSpec::main(Dataset::Docs.config(name).unwrap())
}

fn picture(id: usize, bytes: Vec<u8>) -> DocsRecord {
    let questions = DocsQuestions { question: vec![format!("Question {id}?")], answer: vec!["4".to_owned()] };
    DocsRecord { image: Image { bytes, path: None }, image_id: format!("charts/{id}"), questions }
}

fn points(id: usize) -> DocsPointsRecord {
    DocsPointsRecord {
        image_id: format!("charts/{id}"),
        questions: vec!["Point at the bars.".to_owned()],
        names: vec!["bars".to_owned()],
        points: vec![vec![Point { x: 12.5, y: id as f64 % 100.0 }]],
    }
}

fn write<R: Record>(folder: &Path, config: &ConfigSpec, rows: impl IntoIterator<Item = R>) -> WrittenFile {
    let mut writer = FileWriter::create(&Disk::new(), &folder.join("rows.parquet"), config).unwrap();
    for row in rows {
        writer.push(row).unwrap();
    }
    writer.finish().unwrap()
}

fn entry_of(file: &WrittenFile) -> FileEntry {
    FileEntry {
        path: "rows.parquet".to_owned(),
        config: "charts".to_owned(),
        split: Split::Train,
        rows: file.rows,
        bytes: file.bytes,
        sha256: file.sha256.clone(),
        num_bytes: file.num_bytes,
    }
}

fn metadata(folder: &Path) -> ParquetMetaData {
    let file = std::fs::File::open(folder.join("rows.parquet")).unwrap();
    ParquetMetaDataReader::new()
        .with_page_index_policy(PageIndexPolicy::Required)
        .parse_and_finish(&file)
        .unwrap()
}

#[test]
fn pictures_stand_as_they_are_in_small_row_groups() {
    let folder = tempfile::tempdir().unwrap();
    let noise = |id: usize| (0..3_000).map(|i| (i * 31 + id * 17) as u8).collect::<Vec<u8>>();
    let written = write(folder.path(), &config("charts"), (0..250).map(|id| picture(id, noise(id))));
    let content = std::fs::read(folder.path().join("rows.parquet")).unwrap();
    assert_eq!(written.bytes, content.len() as u64);
    assert_eq!(written.sha256, pixmo_shards::manifest::sha256(&content));
    assert_eq!(written.rows, 250);
    assert!(written.num_bytes > 250 * 3_000 && written.num_bytes < 250 * 3_200, "{}", written.num_bytes);

    let metadata = metadata(folder.path());
    let rows: Vec<i64> = metadata.row_groups().iter().map(|group| group.num_rows()).collect();
    assert_eq!(rows, [100, 100, 50]);
    assert_eq!(metadata.file_metadata().created_by(), Some("pixmo version 1.0.0 (build shards)"));
    for column in metadata.row_group(0).columns() {
        let is_picture = column.column_path().string() == "image.bytes";
        assert_eq!(column.compression() == Compression::UNCOMPRESSED, is_picture, "{}", column.column_path());
        assert_eq!(column.dictionary_page_offset().is_none(), is_picture, "{}", column.column_path());
        assert_eq!(column.statistics().is_none(), is_picture, "{}", column.column_path());
    }
    let pages: Vec<usize> =
        metadata.offset_index().unwrap()[0].iter().map(|i| i.page_locations().len()).collect();
    assert_eq!(pages[0], 10, "ten pictures a page");
    // The bytes of a picture are in the file as they are.
    let picture = noise(123);
    assert!(content.windows(picture.len()).any(|window| window == picture));
}

#[test]
fn rows_without_pictures_stand_in_large_row_groups() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &config("charts_points"), (0..10_001).map(points));
    let rows: Vec<i64> = metadata(folder.path()).row_groups().iter().map(|group| group.num_rows()).collect();
    assert_eq!(rows, [10_000, 1]);
}

#[test]
fn a_row_group_holds_at_most_a_hundred_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &config("charts"), (0..30).map(|id| picture(id, vec![id as u8; 7_000_000])));
    let rows: Vec<i64> = metadata(folder.path()).row_groups().iter().map(|group| group.num_rows()).collect();
    assert_eq!(rows, [10, 10, 10], "a batch of ten is 70 MB, two would be more than 100");
}

#[test]
fn a_file_without_rows_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(folder.path(), &config("charts"), Vec::<DocsRecord>::new());
    let location = Location::local(folder.path());
    assert_eq!(read_rows::<DocsRecord>(&location, &entry_of(&written)).unwrap().count(), 0);
}

#[test]
fn a_measured_file_is_the_written_one() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(folder.path(), &config("charts_points"), (0..40).map(points));
    let mut measuring = FileWriter::measure(&config("charts_points")).unwrap();
    (0..40).for_each(|id| measuring.push(points(id)).unwrap());
    assert_eq!(measuring.finish().unwrap(), written);
}

#[test]
fn rows_that_do_not_follow_their_columns_are_refused() {
    let mut writer = FileWriter::measure(&config("charts_points")).unwrap();
    let mut outside = points(1);
    outside.points[0][0].x = 104.2;
    let error = writer.push(outside).unwrap_err();
    assert!(matches!(error, WriteError::Row { config: "charts_points", .. }));
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "`points[0][0].x` is `104.2`, expected 0 to 100 (per cent of the width)");
    assert!(matches!(writer.push(picture(1, vec![1])), Err(WriteError::Columns { config: "charts_points" })));
}

#[test]
fn one_flipped_bit_anywhere_is_found_before_a_row_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(folder.path(), &config("charts"), (0..12).map(|id| picture(id, vec![id as u8; 40])));
    let good = std::fs::read(folder.path().join("rows.parquet")).unwrap();
    let memory = Location::in_memory();
    for at in (0..good.len()).step_by(7) {
        let mut damaged = good.clone();
        damaged[at] ^= 1 << (at % 8);
        std::fs::write(folder.path().join("rows.parquet"), &damaged).unwrap();
        memory.put_atomic("rows.parquet", &damaged).unwrap();
        for location in [&Location::local(folder.path()), &memory] {
            match read_rows::<DocsRecord>(location, &entry_of(&written)) {
                Err(ReadError::Damaged { source: Mismatch::Hash { expected, .. }, .. }) => {
                    assert_eq!(expected, written.sha256);
                }
                other => panic!("byte {at}: {other:?}"),
            }
        }
    }
    std::fs::write(folder.path().join("rows.parquet"), &good[..good.len() - 1]).unwrap();
    let cut = read_rows::<DocsRecord>(&Location::local(folder.path()), &entry_of(&written));
    assert!(matches!(cut, Err(ReadError::Damaged { source: Mismatch::Size { .. }, .. })));
}

#[test]
fn a_file_that_cannot_be_decoded_is_told_once_and_not_read_on() {
    // Found by `fuzz/run rows`: a page of repeated values that does not say how often each is repeated. The decoder
    // panics when it is asked again after its error.
    let bytes = include_bytes!("../../../../../fuzz/seeds/rows/page-without-levels.parquet");
    let memory = Location::in_memory();
    memory.put_atomic("rows.parquet", bytes).unwrap();
    let entry = FileEntry {
        path: "rows.parquet".to_owned(),
        config: "charts".to_owned(),
        split: Split::Train,
        rows: 1,
        bytes: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(bytes)),
        num_bytes: 1,
    };
    let rows: Vec<_> = read_rows::<DocsRecord>(&memory, &entry).unwrap().collect();
    match &rows[..] {
        [Err(ReadError::Decode { path, .. })] => assert!(path.ends_with("rows.parquet"), "{path}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_list_of_files_cannot_name_what_lies_outside_of_the_folder() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("set");
    std::fs::create_dir(&folder).unwrap();
    let written = write(outer.path(), &config("charts"), (0..2).map(|id| picture(id, vec![id as u8; 40])));
    let absolute = outer.path().join("rows.parquet").display().to_string();
    for path in ["../rows.parquet", "x/../../rows.parquet", absolute.as_str()] {
        let entry = FileEntry { path: path.to_owned(), ..entry_of(&written) };
        let read = read_rows::<DocsRecord>(&Location::local(&folder), &entry);
        let error = read.expect_err("it lies outside").to_string();
        assert!(error.contains("leads out of the folder"), "{path}: {error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_rows_are_read_back_as_written_and_written_the_same_again(
        rows in prop::collection::vec(
            (prop::collection::vec(any::<u8>(), 1..400), prop::option::of("\\PC{0,20}"), "\\S\\PC{0,30}", 1usize..5),
            0..230,
        ),
    ) {
        let rows: Vec<DocsRecord> = rows
            .into_iter()
            .map(|(bytes, path, text, questions)| DocsRecord {
                image: Image { bytes, path },
                image_id: text.clone(),
                questions: DocsQuestions { question: vec![text.clone(); questions], answer: vec![text; questions] },
            })
            .collect();
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let written = write(one.path(), &config("charts"), rows.clone());
        prop_assert_eq!(&write(two.path(), &config("charts"), rows.clone()), &written);
        let read = read_rows::<DocsRecord>(&Location::local(one.path()), &entry_of(&written)).unwrap();
        prop_assert_eq!(read.map(Result::unwrap).collect::<Vec<_>>(), rows);
    }
}

#[test]
fn a_few_columns_and_fields_are_read_without_the_others() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Asked {
        image_id: String,
        questions: Answers,
    }
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Answers {
        answer: Vec<String>,
    }
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Across {
        points: Vec<Vec<X>>,
    }
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct X {
        x: f64,
    }
    let folder = tempfile::tempdir().unwrap();
    let location = pixmo_shards::Location::local(folder.path());
    let file =
        entry_of(&write(folder.path(), &config("charts"), (0..450).map(|id| picture(id, vec![7; 40]))));
    let read =
        pixmo_shards::read_columns::<Asked>(&location, &file, &["image_id", "questions.answer"]).unwrap();
    let rows: Vec<Asked> = read.map(Result::unwrap).collect();
    assert_eq!(rows.len(), 450);
    let questions = Answers { answer: vec!["4".to_owned()] };
    assert_eq!(rows[449], Asked { image_id: "charts/449".to_owned(), questions });
    // A field that was not asked for has no column.
    let mut read = pixmo_shards::read_columns::<Asked>(&location, &file, &["questions.answer"]).unwrap();
    assert!(matches!(read.next(), Some(Err(pixmo_shards::ReadError::Rows { .. }))));

    let file = entry_of(&write(folder.path(), &config("charts_points"), (0..3).map(points)));
    let read = pixmo_shards::read_columns::<Across>(&location, &file, &["points.x"]).unwrap();
    let rows: Vec<Across> = read.map(Result::unwrap).collect();
    assert_eq!(rows, (0..3).map(|_| Across { points: vec![vec![X { x: 12.5 }]] }).collect::<Vec<_>>());
}
