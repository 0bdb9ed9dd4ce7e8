//! Writes the list of real tables from `data/sources/tables`, so that adding a table is adding its file and its entry.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script its folders through the environment"
)]
fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let folder = root.join("../../data/sources/tables");
    let list = folder.join("tables.toml");
    println!("cargo:rerun-if-changed={}", list.display());
    println!("cargo:rerun-if-changed=build.rs");
    let text = fs::read_to_string(&list).expect("data/sources/tables/tables.toml can be read");
    let parsed: toml::Table = text.parse().expect("tables.toml is TOML");
    let mut code =
        String::from("/// File name and content of every real table.\nstatic FILES: &[(&str, &str)] = &[\n");
    for table in parsed["table"].as_array().expect("[[table]] is a list") {
        let file = table["file"].as_str().expect("`file` is a string");
        let path = folder.join(file);
        println!("cargo:rerun-if-changed={}", path.display());
        writeln!(code, "    ({file:?}, include_str!({path:?})),").expect("writing to a string does not fail");
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("tables.rs");
    fs::write(out, code).expect("the build folder can be written");
}
