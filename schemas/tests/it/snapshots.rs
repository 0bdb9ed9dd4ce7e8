//! Every table as it is: a change of a column shows in the difference of a snapshot.

use std::fmt::Write;

use arrow::datatypes::{DataType, Field};

use pixmo_schemas::card::{columns_table, features_yaml};
use pixmo_schemas::column::schema;
use pixmo_schemas::{Column, Dataset, Record};

use crate::samples::KindsRecord;

/// Arrow schema, features metadata, card block and table for people.
fn portrait(columns: &[Column]) -> String {
    let schema = schema(columns);
    let mut text = String::from("arrow\n");
    for field in schema.fields() {
        push_field(&mut text, field, 1);
    }
    let metadata = &schema.metadata()["huggingface"];
    write!(text, "\nhuggingface\n  {metadata}\n").expect("a string takes any text");
    write!(text, "\ncard\n{}\n{}", features_yaml(columns, 2), columns_table(columns))
        .expect("a string takes any text");
    text
}

fn push_field(text: &mut String, field: &Field, depth: usize) {
    let indent = "  ".repeat(depth);
    let name = match field.data_type() {
        DataType::List(_) => "List".to_owned(),
        DataType::Struct(_) => "Struct".to_owned(),
        other => other.to_string(),
    };
    let nullable = if field.is_nullable() { "" } else { ", not null" };
    writeln!(text, "{indent}{}: {name}{nullable}", field.name()).expect("a string takes any text");
    match field.data_type() {
        DataType::List(element) => push_field(text, element, depth + 1),
        DataType::Struct(fields) => fields.iter().for_each(|field| push_field(text, field, depth + 1)),
        _ => {}
    }
}

#[test]
fn every_table() {
    for dataset in Dataset::ALL {
        for (i, config) in dataset.configs().iter().enumerate() {
            // Tables that are alike have one snapshot, under the first name.
            if dataset.configs()[..i].iter().any(|earlier| earlier.columns == config.columns) {
                continue;
            }
            insta::assert_snapshot!(format!("{dataset}.{}", config.name), portrait(config.columns));
        }
    }
}

#[test]
fn every_kind() {
    insta::assert_snapshot!("every-kind", portrait(KindsRecord::columns()));
}

#[test]
fn every_dataset() {
    let mut text = String::new();
    for dataset in Dataset::ALL {
        writeln!(text, "{dataset} = {}: {}", dataset.public_name(), dataset.description())
            .expect("a string takes any text");
        for config in dataset.configs() {
            let side = if config.published { "" } else { " (side)" };
            writeln!(text, "  {}{side} [{}]: {}", config.name, config.splits.join(", "), config.description)
                .expect("a string takes any text");
        }
    }
    insta::assert_snapshot!("datasets", text);
}
