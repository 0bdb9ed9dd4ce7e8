//! Sources that would run, grow or reach outside end within two seconds and 512 MiB.

use pixmo_render_typst::{PageOptions, SOURCE_BYTES_MAX, render_foreign};

use crate::child;

/// Sources that must be refused, by what they try.
fn refused() -> Vec<(&'static str, String)> {
    let calls = |count: usize| {
        (0..count).map(|i| format!("#let f{}(x) = [#f{i}(x)#f{i}(x)]\n", i + 1)).collect::<String>()
    };
    let doubled = |first: &str| {
        let lines: String = (0..40).map(|i| format!("#let a{} = a{i} + a{i}\n", i + 1)).collect();
        format!("#let a0 = {first}\n{lines}#a40")
    };
    vec![
        ("a loop", "#while true {}".to_owned()),
        ("a loop over a list", "#for x in (1, 2) [x]".to_owned()),
        ("a function of itself", "#let f(x) = f(x)\n#f(1)".to_owned()),
        ("a function of itself, twice", "#let f(n) = if n > 0 { f(n - 1) + f(n - 1) }\n#f(60)".to_owned()),
        (
            "a tree of calls",
            "#let f(n, p) = if n > 0 [#f(n - 1, p + 1)#f(n - 1, p + 2)]\n#f(60, 0)".to_owned(),
        ),
        ("a function handed to itself", "#let f(g, n) = { g(g, n + 1); g(g, n + 2) }\n#f(f, 0)".to_owned()),
        ("a value that is a function", "#let f = (g, n) => g(g, n + 1)\n#let h = f\n#h(h, 0)".to_owned()),
        ("a function called box", "#let box(x) = [#box(x)#box(x)]\n#box[a]".to_owned()),
        ("a parameter called box", "#let f(box, n) = box(box, n + 1)\n#f(1, 2)".to_owned()),
        ("calls that double", format!("#let f0(x) = [#x]\n{}#f40[a]", calls(40))),
        ("arguments that double", format!("#let f(x) = [#x#x]\n{}a{}", "#f[".repeat(50), "]".repeat(50))),
        ("strings that double", doubled("\"ha\"")),
        ("content that doubles", doubled("[ha]")),
        ("lists that double", doubled("(1, 2)")),
        ("a string times much", "#(\"ha\" * 1000000000)".to_owned()),
        ("a string times a name", "#let n = 1000\n#(\"ha\" * n * n * n)".to_owned()),
        ("a string times numbers", "#(\"ha\" * 1000 * 1000 * 1000)".to_owned()),
        ("replacement", "#let a = \"xxxxxxxx\"\n#a.replace(\"x\", a).replace(\"x\", a)".to_owned()),
        ("a fold", "#(1, 2, 3).fold(\"ha\", (a, b) => a + a)".to_owned()),
        ("a map of maps", "#(1, 2).map(x => (1, 2).map(y => (1, 2)))".to_owned()),
        ("assignment", "#{ let a = \"ha\"; a += a; a += a; a }".to_owned()),
        ("much filler", "#lorem(1000000000)".to_owned()),
        ("dots without end", "#box(width: 10000pt, repeat[.])".to_owned()),
        ("a grid of many columns", "#grid(columns: 1000000000)[a]".to_owned()),
        ("a cell far away", "#grid(columns: 60, grid.cell(x: 50, y: 1000000000)[a])".to_owned()),
        (
            "a cell far away by a name",
            "#let far = 1000\n#grid(columns: far, grid.cell(y: far)[a])".to_owned(),
        ),
        ("a wide cell", "#table(columns: 2, table.cell(rowspan: 100000, colspan: 2)[a])".to_owned()),
        ("columns from a list of arguments", "#grid(..(columns: 100000))[a]".to_owned()),
        ("a huge page", "#set page(width: 1e9pt, height: 1e9pt)\nx".to_owned()),
        ("a file", "#read(\"/etc/passwd\")".to_owned()),
        ("a picture", "#image(\"/etc/passwd\")".to_owned()),
        ("a package", "#import \"@preview/cetz:0.3.0\"".to_owned()),
        ("a file by the standard library", "#std.at(\"read\")(\"/etc/passwd\")".to_owned()),
        ("a file from a formula", "$ std.read(\"/etc/passwd\") $".to_owned()),
        ("a rule for all text", "#show regex(\".\"): it => [#it#it]\nabc".to_owned()),
        ("context", "#context counter(page).get()".to_owned()),
        (
            "states that chase each other",
            "#let s = state(\"s\", 0)\n#context s.update(s.final() + 1)".to_owned(),
        ),
        ("highlighted code", format!("```rust\n{}```", "fn f() {}\n".repeat(20_000))),
        ("bytes of zero", "a\0b\0#f(\0)".to_owned()),
        ("a long name", format!("#{}", "a".repeat(200_000))),
        (
            "many pages",
            "#set page(width: 100pt, height: 10pt, margin: 1pt)\n".to_owned() + &"word\n\n".repeat(40_000),
        ),
        ("closed too often", "]".repeat(200_000)),
        ("opened without end", "#[".repeat(100_000)),
        ("much text", "lorem ipsum dolor sit amet ".repeat(SOURCE_BYTES_MAX / 27)),
        ("a formula without end", format!("$ {} $", "(a + b) / ".repeat(20_000))),
        ("a sum without end", format!("#({}1)", "1 + ".repeat(60_000))),
        ("fields without end", format!("#a{}", ".a".repeat(120_000))),
        ("calls without end", format!("#a{}", "()".repeat(120_000))),
        ("signs without end", format!("#({}1)", "-".repeat(200_000))),
        ("indices without end", format!("$ a{} $", "_a".repeat(100_000))),
        ("many boxes", "#box[a]".repeat(35_000)),
        ("much emphasis", "*_a_* ".repeat(40_000)),
        ("words that take turns", "*a*".repeat(4_400)),
        ("grids in grids", format!("{}a{}", "#grid(columns: 2)[a][".repeat(60), "]".repeat(60))),
        (
            "tables in tables",
            format!("{}a{}", "#table(columns: 64, [a], table.cell(rowspan: 64)[".repeat(60), "])".repeat(60)),
        ),
        ("functions in functions", format!("#let f(x) = {}x{}", "{ let f(x) = ".repeat(35), " }".repeat(35))),
        (
            "names and mentions",
            format!(
                "{}{}",
                (0..8_000).map(|i| format!("#let n{i} = 1\n")).collect::<String>(),
                "#n0 ".repeat(20_000)
            ),
        ),
        (
            "a list of fonts",
            format!(
                "#set text(font: ({}))\n{}",
                (0..9_000).map(|i| format!("\"none{i}\", ")).collect::<String>(),
                "#box[a] ".repeat(5_000)
            ),
        ),
        ("many rules", format!("{}{}", "#set text(size: 9pt)\n".repeat(4_000), "#box[a] ".repeat(4_000))),
        (
            "many rules for headings",
            "#show heading: set text(size: 9pt)\n".repeat(2_000) + &"= a\n".repeat(900),
        ),
        (
            "a page painted a thousand times",
            "#set page(width: 2000pt, height: 2000pt)\n".to_owned()
                + &"#place(rect(width: 100%, height: 100%, fill: red))\n".repeat(1_000),
        ),
        (
            "letters as large as the page",
            "#set page(width: 2000pt, height: 2000pt)\n".to_owned()
                + &"#place(text(size: 1900pt)[W])\n".repeat(1_000),
        ),
        (
            "clips in clips",
            format!(
                "#set page(width: 2700pt, height: 2700pt)\n{}a{}",
                "#box(clip: true)[".repeat(25),
                "]".repeat(25)
            ),
        ),
        (
            "short dashes",
            "#set page(width: 2000pt, height: 2000pt)\n".to_owned()
                + &"#place(line(length: 2000pt, stroke: (dash: (0.001pt, 0.001pt))))\n".repeat(100),
        ),
        ("sizes that grow", format!("{}a{}", "#text(size: 900em)[".repeat(60), "]".repeat(60))),
    ]
}

#[test]
fn each_ends_within_two_seconds_and_half_a_gibibyte() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let sources = refused();
    let taken = child::read_all("bounds::child", 4, &sources);
    for ((what, _), taken) in sources.iter().zip(&taken) {
        assert_ne!(taken.outcome, "drawn", "{what}");
        assert!(taken.outcome.len() > 10, "{what}: {}", taken.outcome);
    }
}

#[test]
fn what_is_just_allowed_is_set_within_the_limits() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let sources = [
        (
            "fractions",
            format!("#show math.equation: set text(font: \"Noto Sans Math\")\n$ {}b $", "a / ".repeat(100)),
        ),
        ("one endless word", "a".repeat(SOURCE_BYTES_MAX / 8)),
        ("boxes in boxes", format!("{}a{}", "#box[".repeat(25), "]".repeat(25))),
        (
            "grids in grids",
            format!("#set page(height: auto)\n{}a{}", "#grid(columns: 2)[a][".repeat(25), "]".repeat(25)),
        ),
        (
            "a grid of many cells",
            format!("#set page(width: 2000pt, height: auto)\n#grid(columns: 64{})", ", [a]".repeat(4_000)),
        ),
        (
            "a function used often",
            format!("#set page(height: auto)\n#let f(x) = box(x)\n{}", "#f[ab] ".repeat(3_000)),
        ),
        ("much emphasis", format!("#set page(width: 2000pt, height: auto)\n{}", "*a*".repeat(4_200))),
        (
            "much text",
            format!(
                "#set page(width: 2000pt, height: auto)\n{}",
                "lorem ipsum dolor sit amet ".repeat(1_500)
            ),
        ),
    ];
    for ((what, _), taken) in sources.iter().zip(child::read_all("bounds::child", 4, &sources)) {
        assert_eq!(taken.outcome, "drawn", "{what}: {taken:?}");
    }
}

#[test]
#[ignore = "run by the test above in a process of its own"]
fn child() {
    child::answer(|source| {
        render_foreign(source, &PageOptions::default()).map(|_| ()).map_err(|e| e.to_string())
    });
}
