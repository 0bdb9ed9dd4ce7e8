//! What is bundled is what the lists say, with its licence.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{below, none_wrong, root, text_of};

const FONTS: &str = "renderers/core/assets/fonts";
const TABLES: &str = "data/sources/tables";
const LICENCES: &str = "data/sources/licences";

#[derive(Deserialize)]
struct Fonts {
    family: Vec<Family>,
}

#[derive(Deserialize)]
struct Family {
    name: String,
    licence: String,
    licence_file: String,
    copyright: String,
    files: Vec<Bundled>,
}

#[derive(Deserialize)]
struct Bundled {
    file: String,
    sha256: String,
}

#[derive(Deserialize)]
struct Tables {
    table: Vec<Table>,
}

#[derive(Deserialize)]
struct Table {
    name: String,
    file: String,
    sha256: String,
    rows: usize,
    licence: String,
    licence_note: String,
    source: String,
    attribution: String,
    columns: Vec<toml::Table>,
}

fn sha256(path: &Path) -> String {
    match fs::read(root().join(path)) {
        Ok(content) => hex::encode(Sha256::digest(content)),
        Err(error) => format!("{error}"),
    }
}

fn with_ending(folder: &str, ending: &str) -> BTreeSet<PathBuf> {
    below(folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == ending)).collect()
}

#[test]
fn fonts_are_those_of_the_list() {
    let fonts: Fonts = toml::from_str(&text_of(format!("{FONTS}/fonts.toml"))).expect("a list of fonts");
    assert!(fonts.family.len() >= 8, "at least 8 families");
    let (mut wrong, mut listed) = (Vec::new(), BTreeSet::new());
    for family in &fonts.family {
        let licence = Path::new(FONTS).join(&family.licence_file);
        let text = fs::read_to_string(root().join(&licence)).unwrap_or_default();
        let says = match family.licence.as_str() {
            "OFL-1.1" => "SIL OPEN FONT LICENSE",
            "Apache-2.0" => "Apache License",
            "Bitstream-Vera" => "Bitstream Vera",
            other => {
                wrong.push(format!("{}: nobody has read the licence `{other}` yet", family.name));
                continue;
            }
        };
        if !text.to_lowercase().contains(&says.to_lowercase()) {
            wrong.push(format!("{}: {} does not hold `{says}`", family.name, licence.display()));
        }
        if family.copyright.trim().is_empty() {
            wrong.push(format!("{}: nobody is named", family.name));
        }
        for file in &family.files {
            let path = Path::new(FONTS).join(&file.file);
            let found = sha256(&path);
            if found != file.sha256 {
                wrong.push(format!("{}: sha256 is `{found}`, expected `{}`", path.display(), file.sha256));
            }
            listed.insert(path);
        }
    }
    none_wrong(&wrong);
    assert_eq!(listed, with_ending(FONTS, "ttf"), "files in the list and in the folder");
}

#[test]
fn tables_are_those_of_the_list() {
    let tables: Tables = toml::from_str(&text_of(format!("{TABLES}/tables.toml"))).expect("a list of tables");
    assert!(tables.table.len() >= 10, "at least 10 tables");
    let notices = text_of(format!("{LICENCES}/NOTICES.txt"));
    let (mut wrong, mut listed) = (Vec::new(), BTreeSet::new());
    for table in &tables.table {
        let path = Path::new(TABLES).join(&table.file);
        let found = sha256(&path);
        if found != table.sha256 {
            wrong.push(format!("{}: sha256 is `{found}`, expected `{}`", path.display(), table.sha256));
        }
        let text = text_of(&path);
        let lines = text.lines().count();
        if lines != table.rows + 1 {
            wrong.push(format!("{}: {lines} lines, expected a head and {} rows", table.name, table.rows));
        }
        let names: Vec<&str> = table.columns.iter().filter_map(|column| column["name"].as_str()).collect();
        let head = text.lines().next().unwrap_or_default();
        if head.replace('"', "") != names.join(",") {
            wrong.push(format!("{}: its head is `{head}`, expected `{}`", table.name, names.join(",")));
        }
        match table.licence.as_str() {
            "public-domain" if table.licence_note.is_empty() => {
                wrong.push(format!("{}: why is it in the public domain?", table.name));
            }
            "public-domain" => {}
            licence => {
                let file = format!("{LICENCES}/{licence}.txt");
                if !root().join(&file).is_file() {
                    wrong.push(format!("{}: there is no {file}", table.name));
                }
                if licence.starts_with("CC-BY") && !notices.contains(&table.name) {
                    wrong.push(format!("{}: not named in {LICENCES}/NOTICES.txt", table.name));
                }
            }
        }
        if table.source.is_empty() || table.attribution.is_empty() {
            wrong.push(format!("{}: where is it from?", table.name));
        }
        listed.insert(path);
    }
    none_wrong(&wrong);
    assert_eq!(listed, with_ending(TABLES, "csv"), "files in the list and in the folder");
}

#[test]
fn the_licences_of_the_code_are_there() {
    assert!(text_of("LICENSE-MIT").contains("Permission is hereby granted"));
    assert!(text_of("LICENSE-APACHE").contains("Apache License"));
    assert!(super::crates().iter().all(|package| package.license.as_deref() == Some("MIT OR Apache-2.0")));
}
