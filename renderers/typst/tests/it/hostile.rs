//! Sources that reach outside, never end or grow without bound give errors, not panics.

use pixmo_render_typst::{PageOptions, SOURCE_BYTES_MAX, TypstError, render};

fn fault(source: &str) -> TypstError {
    render(source, &PageOptions::default()).expect_err("the source is hostile")
}

#[test]
fn nothing_outside_the_source_can_be_reached() {
    for (source, what) in [
        ("#read(\"/etc/passwd\")", "read"),
        ("#import \"@preview/tablex:0.0.8\": *", "import"),
        ("#import \"other.typ\"", "import"),
        ("#include \"other.typ\"", "include"),
        ("#let p = plugin(\"x.wasm\")", "plugin"),
        ("#image(\"x.png\")", "image"),
        ("#json(\"x.json\")", "json"),
        ("#bibliography(\"x.bib\")", "bibliography"),
        ("#eval(\"1 + 1\")", "eval"),
        ("#std.eval(\"1 + 1\")", "eval"),
        ("$ read(\"x\") $", "read"),
    ] {
        assert_eq!(fault(source), TypstError::Refused { line: 1, what: what.to_owned() }, "{source}");
    }
}

#[test]
fn there_is_no_date() {
    assert!(matches!(fault("#datetime.today().display()"), TypstError::Source { line: 1, .. }));
}

#[test]
fn the_names_of_refused_functions_cannot_be_hidden() {
    // A value reached through the module of the standard library by a computed name still has to be spelled somewhere.
    for source in
        ["#dictionary(std).at(\"read\")(\"x\")", "#dictionary(std).at(\"re\" + \"ad\")(\"/etc/passwd\")"]
    {
        assert!(matches!(fault(source), TypstError::Source { .. } | TypstError::Refused { .. }), "{source}");
    }
}

#[test]
fn what_would_not_end_is_refused() {
    assert!(matches!(fault("#while true { }"), TypstError::Refused { .. }));
    assert!(matches!(fault("#for x in (1,) { }"), TypstError::Refused { .. }));
    assert!(matches!(fault("#range(1000000000).len()"), TypstError::Refused { .. }));
    assert!(matches!(fault("#let f(n) = f(n + 1)\n#f(0)"), TypstError::Source { .. }));
}

#[test]
fn sizes_out_of_bounds_are_told() {
    assert_eq!(
        fault(&"x".repeat(SOURCE_BYTES_MAX + 1)),
        TypstError::TooLong { bytes: SOURCE_BYTES_MAX + 1, limit: SOURCE_BYTES_MAX }
    );
    assert!(matches!(fault("#set page(width: 15000pt, height: 15000pt)\nx"), TypstError::PageSize { .. }));
    assert!(matches!(
        fault("#set page(width: 0pt, height: 0pt, margin: 0pt)\n#place[x]"),
        TypstError::PageSize { .. }
    ));
    assert!(matches!(
        fault("#set page(width: 100pt, height: auto)\n#v(19000pt)x"),
        TypstError::PageSize { .. }
    ));
    assert!(matches!(fault(&"x\n\n".repeat(2000)), TypstError::Overflow { .. }));
}

#[test]
fn deep_nesting_and_noise_never_panic() {
    let options = PageOptions::default();
    let mut sources: Vec<String> = Vec::new();
    for (open, close) in
        [("[", "]"), ("(", ")"), ("{", "}"), ("#box[", "]"), ("#table([", "])"), ("$(", ")$"), ("_*", "*_")]
    {
        for depth in [30usize, 300, 3000] {
            sources.push(format!("#{}x{}", open.repeat(depth), close.repeat(depth)));
            sources.push(open.repeat(depth));
        }
    }
    let alphabet: Vec<char> = "ab 1.#[](){}$_*=-\\\"/:;,<>@~^&%'`\n☃é".chars().collect();
    let mut state = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..80 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push(alphabet[(state % alphabet.len() as u64) as usize]);
        }
        sources.push(text);
    }
    let mut refused = 0;
    for source in &sources {
        refused += usize::from(render(source, &options).is_err());
    }
    assert!(refused > 100, "{refused} of {}", sources.len());
}
