//! The page of `pixmo sample` in a real browser.

use std::path::Path;

use crate::clocks_e2e::built;
use crate::finished::large;
use crate::program::run;
use crate::python::{all_right, script};
use crate::site::pixmo_in;

#[test]
fn the_page_of_a_sample_works_in_a_browser() {
    let site = &large().site;
    let line = "sample ./out --html=page/sample.html --count 240 --progress none";
    let said = run(&mut pixmo_in(site, line)).expect(0);
    assert!(said.stderr.contains("page/sample.html: 240 pictures"), "{said}");
    looked_at("check_page.py", site, "240 pictures in a browser: all right");
}

#[test]
fn the_page_of_clocks_works_in_a_browser() {
    let out = built();
    let site = out.parent().expect("the folder that it was built in");
    let said = run(&mut pixmo_in(site, "sample ./out --html=page/sample.html --count 150 --progress none"))
        .expect(0);
    assert!(said.stderr.contains("page/sample.html: 150 pictures"), "{said}");
    looked_at("check_clocks_page.py", site, "150 clocks in a browser: all right");
}

/// One of our scripts looks at `page/sample.html` of a folder.
#[track_caller]
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn looked_at(name: &str, site: &Path, told: &str) {
    let said = all_right(script("datasets-5.2", name).arg(site.join("page/sample.html")));
    if said.stdout.starts_with("skipped, because ") {
        eprintln!("{}; `tests/setup.sh --browser` installs one", said.stdout.trim_end());
        return;
    }
    assert!(said.stdout.contains(told), "{said}");
}
