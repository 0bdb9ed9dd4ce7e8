//! The page of `pixmo sample` in a real browser.

use crate::finished::large;
use crate::program::run;
use crate::python::{all_right, script};
use crate::site::pixmo_in;

#[test]
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn the_page_of_a_sample_works_in_a_browser() {
    let site = &large().site;
    let line = "sample ./out --html=page/sample.html --count 240 --progress none";
    let said = run(&mut pixmo_in(site, line)).expect(0);
    assert!(said.stderr.contains("page/sample.html: 240 pictures"), "{said}");
    let said = all_right(script("datasets-5.2", "check_page.py").arg(site.join("page/sample.html")));
    if said.stdout.starts_with("skipped, because ") {
        eprintln!("{}; `tests/setup.sh --browser` installs one", said.stdout.trim_end());
        return;
    }
    assert!(said.stdout.contains("240 pictures in a browser: all right"), "{said}");
}
