//! Folders of images: picture files, Parquet sets, WebDataset archives.

use std::sync::Arc;

use arrow::array::{ArrayRef, BinaryArray, RecordBatch, StringArray, StructArray};
use arrow::datatypes::{DataType, Field};
use pixmo_images::list::{ListError, RowFault};
use proptest::prelude::*;
use serde_json::json;

use crate::lists::{Desk, all, told, write_parquet};

#[test]
fn a_folder_is_its_picture_files_in_order() {
    let desk = Desk::new();
    for (name, content) in [
        ("set/b/2.JPG", "bb"),
        ("set/a.png", "a"),
        ("set/b/10.webp", "ccc"),
        ("set/notes.txt", "not a picture"),
        ("set/.hidden.jpg", "x"),
        ("set/0123abcd", "no end"),
    ] {
        desk.file(name, content);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(desk.path("set/a.png"), desk.path("set/link.png")).unwrap();
        std::os::unix::fs::symlink(desk.path("set"), desk.path("set/loop")).unwrap();
    }
    let list = desk.import(&desk.path("set")).unwrap();
    insta::assert_snapshot!(told(&list), @r"
    1:  file=0123abcd bytes=6
    2:  file=a.png bytes=1
    3:  file=b/10.webp bytes=3
    4:  file=b/2.JPG bytes=2
    ");
    let again = desk.import(&desk.path("set")).unwrap();
    assert_eq!(again.sha256(), list.sha256());
    desk.file("set/b/2.JPG", "other");
    assert_ne!(desk.import(&desk.path("set")).unwrap().sha256(), list.sha256());
    std::fs::remove_file(desk.path("set/a.png")).unwrap();
    let gone = all(&list).remove(1).unwrap_err();
    assert!(matches!(gone.fault, RowFault::Unreadable(_)), "{gone}");
}

#[test]
fn a_folder_without_pictures_is_refused() {
    let desk = Desk::new();
    desk.file("set/notes.txt", "x");
    assert!(matches!(desk.import(&desk.path("set")), Err(ListError::Empty { .. })));
    assert!(matches!(desk.import(&desk.path("set/notes.txt")), Err(ListError::Form { .. })));
    assert!(matches!(desk.import(&desk.path("none")), Err(ListError::Read { .. })));
}

#[test]
fn parquet_sets_bring_bytes_as_a_struct_or_plain() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("set/sub")).unwrap();
    let pictures: [Option<&[u8]>; 3] = [Some(b"one"), None, Some(b"three")];
    let media = StructArray::from(vec![
        (
            Arc::new(Field::new("bytes", DataType::Binary, true)),
            Arc::new(BinaryArray::from_iter(pictures)) as ArrayRef,
        ),
        (
            Arc::new(Field::new("path", DataType::Utf8, true)),
            Arc::new(StringArray::from_iter([Some("1.jpg"), None, None])) as ArrayRef,
        ),
    ]);
    let captions = StringArray::from(vec!["a", "b", "c"]);
    let batch =
        RecordBatch::try_from_iter([("image", Arc::new(media) as ArrayRef), ("caption", Arc::new(captions))]);
    write_parquet(&desk.path("set/a.parquet"), &batch.unwrap(), 2);
    let batch = RecordBatch::try_from_iter([
        ("url", Arc::new(StringArray::from(vec!["https://a.example/4.jpg"])) as ArrayRef),
        ("sha256", Arc::new(StringArray::from(vec!["of what it was before"]))),
        ("jpg", Arc::new(BinaryArray::from_iter_values([b"four"]))),
    ]);
    write_parquet(&desk.path("set/sub/b.parquet"), &batch.unwrap(), 2);
    let list = desk.import(&desk.path("set")).unwrap();
    insta::assert_snapshot!(told(&list), @r#"
    1:  file=a.parquet/1.jpg bytes=3 other={"caption":"a"}
    2! line 2 of the list (`a.parquet`): it has no picture (row_no_picture)
    3:  file=a.parquet bytes=5 other={"caption":"c"}
    4: https://a.example/4.jpg file=sub/b.parquet bytes=4 other={"sha256":"of what it was before"}
    "#);
    let one = desk.import(&desk.path("set/sub/b.parquet")).unwrap();
    assert_eq!(one.rows(), 1);
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn archives_pair_members_by_their_keys() {
    let desk = Desk::new();
    let about = json!({"url": "https://a.example/1.jpg", "caption": "one", "license": "CC0"}).to_string();
    desk.file(
        "set/00000.tar",
        archive(&[
            ("0001.jpg", b"first"),
            ("0001.json", about.as_bytes()),
            ("0001.txt", b"words"),
            ("./0002.seg.png", b"mask"),
            ("./0002.jpg", b"second"),
            ("0003.json", b"{}"),
            ("sub/0001.webp", b"third"),
            ("sub/0001.npy", b"\x93NUMPY\xff"),
        ]),
    );
    desk.file("set/00001.tar", archive(&[("x.png", b"fourth")]));
    let list = desk.import(&desk.path("set")).unwrap();
    insta::assert_snapshot!(told(&list), @r#"
    1: https://a.example/1.jpg file=00000.tar/0001.jpg bytes=5 licence=CC0 other={"caption":"one","txt":"words"}
    2:  file=00000.tar/0002.seg.png bytes=4
    3:  file=00000.tar/0002.jpg bytes=6
    4! line 4 of the list (`00000.tar/0003`): it has no picture (row_no_picture)
    5:  file=00000.tar/sub/0001.webp bytes=5 other={"npy":"sha256:ef5cc706d6a1ddddc3f07f4da1f51579dce1ba492593d098e36492a4e2e4d033"}
    6:  file=00001.tar/x.png bytes=6
    "#);
}

#[test]
fn a_torn_archive_costs_what_is_behind_the_tear_only() {
    let desk = Desk::new();
    let whole = archive(&[("1.jpg", &[1; 700]), ("2.jpg", &[2; 700]), ("3.jpg", &[3; 700])]);
    let mut garbled = whole.clone();
    // The head of the second member.
    garbled[512 + 1_024..512 + 1_024 + 200].fill(b'z');
    desk.file("set/a.tar", &whole[..512 + 1_024 + 512 + 300]);
    desk.file("set/b.tar", garbled);
    desk.file("set/c.tar", &whole);
    let list = desk.import(&desk.path("set")).unwrap();
    let rows: Vec<(bool, String)> = all(&list)
        .into_iter()
        .map(|row| match row {
            Ok(row) => (true, row.file.unwrap()),
            Err(bad) => (false, bad.file.unwrap()),
        })
        .collect();
    let good: Vec<&str> = rows.iter().filter(|row| row.0).map(|row| row.1.as_str()).collect();
    assert_eq!(good, ["a.tar/1.jpg", "b.tar/1.jpg", "c.tar/1.jpg", "c.tar/2.jpg", "c.tar/3.jpg"]);
    assert!(rows.iter().any(|row| !row.0 && row.1.starts_with("a.tar")), "{rows:?}");
    assert!(rows.iter().any(|row| !row.0 && row.1.starts_with("b.tar")), "{rows:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A flipped byte anywhere in an archive makes no reader fall.
    #[test]
    fn archives_with_any_damage_are_read_or_told(at in 0usize..4_096, byte in any::<u8>()) {
        let desk = Desk::new();
        let mut bytes = archive(&[("1.jpg", b"one"), ("1.json", b"{\"a\": 1}"), ("2.jpg", b"two")]);
        let at = at % bytes.len();
        bytes[at] = byte;
        desk.file("set/a.tar", bytes);
        if let Ok(list) = desk.import(&desk.path("set")) {
            prop_assert_eq!(all(&list).len() as u64, list.rows());
        }
    }
}
