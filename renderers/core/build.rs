//! Writes the table of bundled fonts from `assets/fonts/fonts.toml`, so that adding a family is adding files and lines.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script its folders through the environment"
)]
fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let list = root.join("assets/fonts/fonts.toml");
    println!("cargo:rerun-if-changed={}", list.display());
    println!("cargo:rerun-if-changed=build.rs");
    let text = fs::read_to_string(&list).expect("assets/fonts/fonts.toml can be read");
    let table: toml::Table = text.parse().expect("assets/fonts/fonts.toml is TOML");
    let mut code = String::from(
        "struct Bundled { name: &'static str, class: Class, licence: &'static str, regular: &'static [u8], \
         bold: Option<&'static [u8]>, italic: Option<&'static [u8]> }\nstatic BUNDLED: &[Bundled] = &[\n",
    );
    for family in table["family"].as_array().expect("[[family]] is a list") {
        let text = |key: &str| family[key].as_str().unwrap_or_else(|| panic!("`{key}` is a string"));
        let class = text("class");
        let class = format!("{}{}", class[..1].to_uppercase(), &class[1..]);
        let file = |weight: i64, style: &str| {
            let files = family["files"].as_array().expect("files is a list");
            files
                .iter()
                .find(|f| f["weight"].as_integer() == Some(weight) && f["style"].as_str() == Some(style))
                .map(|f| {
                    let name = f["file"].as_str().expect("file is a string");
                    let own = root.join("assets/fonts").join(text("slug")).join(name);
                    let path = if own.exists() { own } else { root.join("assets/fonts").join(name) };
                    format!("include_bytes!({path:?})")
                })
        };
        let optional = |found: Option<String>| found.map_or("None".to_owned(), |f| format!("Some({f})"));
        writeln!(
            code,
            "Bundled {{ name: {:?}, class: Class::{class}, licence: {:?}, regular: {}, bold: {}, italic: {} }},",
            text("name"),
            text("licence"),
            file(400, "normal").expect("every family has weight 400, style normal"),
            optional(file(700, "normal")),
            optional(file(400, "italic")),
        )
        .expect("writing to a string does not fail");
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("fonts.rs");
    fs::write(out, code).expect("the build folder can be written");
}
