//! What can be seen from the text of the sources.

use std::path::Path;

use super::{below, crates, folder_of, none_wrong, text_of};

/// Drawers into which anything can be thrown.
const DRAWERS: &[&str] = &["util", "utils", "common", "helper", "helpers", "misc", "types", "errors"];

#[test]
fn nothing_is_called_after_a_drawer() {
    let mut wrong = Vec::new();
    for folder in ["schemas", "pipelines", "renderers", "annotator-ui/server", "trainer", "tests", "data"] {
        for path in below(folder) {
            // Inside the folder of tests, `errors` is what is tested.
            let in_tests = path.components().any(|part| part.as_os_str() == "tests");
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if DRAWERS.contains(&stem) && !(in_tests && stem == "errors") {
                wrong.push(format!("{}: name it after a thing", path.display()));
            }
        }
    }
    none_wrong(&wrong);
}

/// The paragraphs of the head of a source file.
fn head(text: &str) -> Vec<String> {
    let lines = text.lines().take_while(|line| line.starts_with("//!"));
    let lines: Vec<&str> = lines.map(|line| line.trim_start_matches("//!").trim()).collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| lines.join(" ")).collect()
}

#[test]
fn every_crate_opens_with_what_for_what_not_and_where_to_begin() {
    let mut wrong = Vec::new();
    for package in crates() {
        let source = folder_of(package).join("src");
        let library = source.join("lib.rs");
        let is_library = super::root().join(&library).is_file();
        let first = if is_library { library } else { source.join("main.rs") };
        let head = head(&text_of(&first));
        if head.len() < 3 {
            wrong.push(format!("{}: {} paragraphs at its head, 3 are expected", first.display(), head.len()));
        }
        if !head.iter().any(|paragraph| paragraph.starts_with("Begin with ")) {
            wrong.push(format!("{}: no paragraph says where to begin reading", first.display()));
        }
    }
    none_wrong(&wrong);
}

/// What only some rooms may say, in `src`.
const SAID_BY: &[(&str, &[&str], &str)] = &[
    ("env::var(", &["pixmo-console", "pixmo-campaign"], "the environment is read by console and campaign"),
    ("env::vars", &["pixmo-console", "pixmo-campaign"], "the environment is read by console and campaign"),
    // A server may name a date to wait for, and none of its own.
    ("SystemTime::now", &["pixmo-console", "pixmo-fetch"], "time comes from the context"),
    // Pace and time-outs of requests; no answer depends on them.
    (
        "Instant::now",
        &["pixmo-console", "pixmo-fetch", "pixmo-engines", "pixmo-engine-chat", "pixmo-annotator"],
        "time comes from the context",
    ),
    ("process::exit", &["pixmo-console"], "exit codes are chosen by console"),
    ("println!", &["pixmo-console"], "only console prints"),
    ("thread_rng", &[], "randomness comes from the seed"),
    ("from_entropy", &[], "randomness comes from the seed"),
];

/// What a renderer may not ask of the machine's own library of functions, or pixels differ by machine.
const FLOATS: &[&str] = &[
    ".sin()",
    ".cos()",
    ".tan()",
    ".sin_cos()",
    ".exp()",
    ".ln()",
    ".log10()",
    ".log2()",
    ".powf(",
    ".atan2(",
    ".acos()",
    ".asin()",
    ".atan()",
    ".hypot(",
    ".cbrt()",
];

/// Sources without their tests: from the first `#[cfg(test)]` on, a file is tests.
fn sources_of(folder: &Path) -> Vec<(String, String)> {
    let files = below(&folder.join("src").display().to_string()).into_iter();
    let files =
        files.filter(|path| path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs"));
    files
        .map(|path| {
            let text = text_of(&path);
            let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (path.display().to_string(), code)
        })
        .collect()
}

fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = (1..).zip(text.lines().map(str::trim_start));
    lines.filter(|(_, line)| !line.starts_with("//"))
}

#[test]
fn rooms_do_not_do_what_belongs_to_others() {
    let mut wrong = Vec::new();
    for package in crates().iter().filter(|package| package.name != "pixmo-tests") {
        let folder = folder_of(package);
        let draws = folder.starts_with("renderers")
            || ["pixmo-docs", "pixmo-clocks"].contains(&package.name.as_str());
        for (path, text) in sources_of(&folder) {
            for (number, line) in code_lines(&text) {
                for (words, rooms, why) in SAID_BY {
                    if line.contains(words) && !rooms.contains(&package.name.as_str()) {
                        wrong.push(format!("{path}:{number}: `{words}`: {why}"));
                    }
                }
                for words in FLOATS.iter().filter(|words| draws && line.contains(**words)) {
                    wrong.push(format!("{path}:{number}: `{words}`: take it from `libm`"));
                }
            }
        }
    }
    none_wrong(&wrong);
}

#[test]
fn manifests_name_their_folder_and_say_one_sentence() {
    let mut wrong = Vec::new();
    for package in crates() {
        let folder = folder_of(package);
        let last = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let fits = package.name == last
            || package.name.strip_suffix(last).is_some_and(|start| start.ends_with('-'))
            // The server lies beside the page that it carries; the model and who serves it go by names of their own.
            || ["core", "server", "model", "serve"].contains(&last);
        if !fits {
            wrong.push(format!("`{}` lies in {}", package.name, folder.display()));
        }
        match &package.description {
            Some(sentence) if !sentence.ends_with('.') && !sentence.contains('\n') => {}
            _ => {
                wrong
                    .push(format!("`{}` is not described by one sentence without a full stop", package.name));
            }
        }
    }
    none_wrong(&wrong);
}
