//! Pages are held to the workspace.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;

use cargo_metadata::DependencyKind;
use pixmo_schemas::Dataset;

use super::{crates, folder_of, none_wrong, root, text_of};

/// Words in backticks.
fn quoted(text: &str) -> BTreeSet<&str> {
    let mut quoted = BTreeSet::new();
    for line in text.lines() {
        quoted.extend(line.split('`').skip(1).step_by(2));
    }
    quoted
}

/// Whether it is the name of a crate of ours and nothing more.
fn is_crate_name(word: &str) -> bool {
    word.strip_prefix("pixmo-").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
}

#[test]
fn the_architecture_page_names_every_crate_and_no_other() {
    let page = text_of("ARCHITECTURE.md");
    let words = quoted(&page);
    let names: BTreeSet<&str> = crates().iter().map(|package| package.name.as_str()).collect();
    let missing = names.iter().filter(|name| !words.contains(**name));
    let mut wrong: Vec<String> =
        missing.map(|name| format!("ARCHITECTURE.md does not name `{name}`")).collect();
    for word in words.iter().filter(|word| is_crate_name(word) && !names.contains(**word)) {
        wrong.push(format!("ARCHITECTURE.md names `{word}`, and there is no such crate"));
    }
    none_wrong(&wrong);
}

#[test]
fn paths_that_the_pages_name_exist() {
    let mut wrong = Vec::new();
    let rooms = ["schemas/", "pipelines/", "renderers/", "tests/", "data/sources/", ".ci/"];
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "data/README.md"] {
        let text = text_of(page);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let links = links.filter(|link| !link.contains("://") && !link.starts_with('#'));
        let folder = std::path::Path::new(page).parent().expect("a page has a folder");
        for link in links {
            let path = folder.join(link.split('#').next().unwrap_or_default());
            if !root().join(&path).exists() {
                wrong.push(format!("{page} links to {link}, which does not exist"));
            }
        }
        let is_path = |word: &&&str| rooms.iter().any(|room| word.starts_with(room));
        let is_plain = |word: &&&str| !word.contains(['<', '*', '{', '…', ' ']);
        for word in quoted(&text).iter().filter(is_path).filter(is_plain) {
            if !root().join(word.split([':', '#']).next().unwrap_or_default()).exists() {
                wrong.push(format!("{page} names `{word}`, which does not exist"));
            }
        }
    }
    none_wrong(&wrong);
}

/// The datasets that this version builds: crates of pipelines that run in the loop.
fn built() -> Vec<String> {
    let loops = |package: &&cargo_metadata::Package| {
        let depends = |dependency: &cargo_metadata::Dependency| {
            dependency.name == "pixmo-stage" && dependency.kind == DependencyKind::Normal
        };
        folder_of(package).starts_with("pipelines") && package.dependencies.iter().any(depends)
    };
    let folders = crates().iter().filter(loops).map(folder_of);
    folders.map(|folder| folder.file_name().expect("a folder has a name").display().to_string()).collect()
}

#[test]
fn every_built_dataset_has_a_name_a_card_and_a_line() {
    let (page, built) = (text_of("ARCHITECTURE.md"), built());
    assert!(built.contains(&"docs".to_owned()), "{built:?}");
    let mut wrong = Vec::new();
    for name in &built {
        if name.parse::<Dataset>().is_err() {
            wrong.push(format!("pipelines/{name} makes no dataset of `schemas`"));
        }
        let card = root().join(format!("pipelines/{name}/CARD.md"));
        if !card.is_file() {
            wrong.push(format!("pipelines/{name} has no CARD.md"));
        }
        let is_line = |line: &str| line.contains(&format!("`pixmo-{name}`"));
        if !page.lines().any(is_line) {
            wrong.push(format!("ARCHITECTURE.md has no line about `pixmo-{name}`"));
        }
    }
    none_wrong(&wrong);
}

/// The lines of code between `<!-- ci:NAME -->` and `<!-- /ci:NAME -->`.
fn commands(page: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<!-- ci:{name} -->"), format!("<!-- /ci:{name} -->"));
    assert_eq!(page.matches(&open).count(), 1, "README.md holds `{open}` once");
    let inside = page.split(&open).nth(1).and_then(|rest| rest.split(&close).next()).expect("it was found");
    assert!(inside.len() < page.len() / 2, "README.md holds `{close}` behind `{open}`");
    let lines = inside.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("```"));
    lines.map(str::to_owned).collect()
}

#[test]
fn the_two_commands_of_the_readme_are_what_ci_runs() {
    let (page, ci) = (text_of("README.md"), text_of(".ci/run"));
    let [main] = &commands(&page, "main")[..] else { panic!("one command for the main job") };
    let [test] = &commands(&page, "test")[..] else { panic!("one command for the tests") };
    assert!(main.contains("pixmo build docs --shards 256"), "{main}");
    assert_eq!(test, "tests/run");
    // CI takes them from the page, so that it has no words of its own for them.
    assert!(ci.contains("$(of_readme main)") && ci.contains("$(of_readme test)"), ".ci/run reads README.md");
    for file in ["tests/run", "tests/setup.sh", "tests/python/setup.sh", ".ci/run"] {
        let about = std::fs::metadata(root().join(file)).expect("a script");
        assert_eq!(about.permissions().mode() & 0o111, 0o111, "{file} can be run");
    }
    // What the tests need from Debian is said where people read it.
    assert!(page.contains("`tesseract-ocr`"));
}
