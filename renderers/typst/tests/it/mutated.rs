//! Sound sources with random damage give a page or an error, never a panic, and few take long.

use pixmo_render::Seed;
use pixmo_render_typst::{PageOptions, render_foreign};

/// Sources that use what pages are made of.
const SOUND: [&str; 4] = [
    "#set page(width: 200pt, height: 120pt, margin: 10pt)\n#set text(font: \"Lato\", size: 9pt)\n\
     #let ac = rgb(\"#336699\")\n#let B(x) = text(weight: \"bold\", x)\n\
     #link(\"d:0/0/0;r:field_value\")[#B[Total]] #h(1fr) #text(fill: ac)[12.40 EUR]",
    "#set page(width: 220pt, height: auto)\n#grid(columns: (auto, 1fr), inset: 4pt, stroke: 0.5pt, \
     fill: (x, y) => if calc.even(y) { luma(240) }, grid.hline(), [Name], [Value], [a \\ b], align(right)[1,234.5])",
    "#show math.equation: set text(font: \"Noto Sans Math\")\n= Heading\n- one\n- two _three_ *four*\n+ five\n/ term: what it is\n$ sum_(i = 1)^n i = (n (n + 1)) / 2 $",
    "#place(top + left, dx: 12pt, rect(width: 40pt, height: 20pt, radius: 4pt, fill: gradient.linear(red, blue)))\n\
     #curve(fill: aqua, curve.move((0pt, 0pt)), curve.line((20pt, 0pt)), curve.close())\n\
     #stack(dir: ltr, spacing: 4pt, circle(radius: 5pt), [a], line(length: 3cm, stroke: 2pt + olive))",
];

const PIECES: [&str; 26] = [
    "#",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "$",
    "*",
    "_",
    "\"",
    "\\",
    "=>",
    "..",
    ":",
    ",",
    "-1",
    "1e9pt",
    "1000%",
    "0pt",
    "#let f(x) = f(x)",
    "none",
    "auto",
    "\0",
    "\u{202e}",
    "\n",
];

#[test]
fn damaged_sources_give_a_page_or_an_error() {
    let mut rng = Seed::from_number(11).rng("damage");
    let (mut drawn, mut refused) = (0, 0);
    for sound in SOUND {
        assert!(
            render_foreign(sound, &PageOptions::default()).is_ok(),
            "{:?}",
            render_foreign(sound, &PageOptions::default()).err()
        );
    }
    for round in 0..240 {
        let mut letters: Vec<char> = SOUND[round % SOUND.len()].chars().collect();
        for _ in 0..1 + rng.below(4) {
            let at = rng.below(letters.len());
            match rng.below(4) {
                0 => drop(letters.remove(at)),
                1 => {
                    let end = (at + rng.below(12)).min(letters.len());
                    letters.drain(at..end);
                }
                2 => {
                    let end = (at + rng.below(40)).min(letters.len());
                    let again: Vec<char> = letters[at..end].to_vec();
                    letters.splice(at..at, again);
                }
                _ => {
                    let piece = *rng.pick(&PIECES);
                    letters.splice(at..at, piece.chars());
                }
            }
            if letters.is_empty() {
                letters.push('a');
            }
        }
        let source: String = letters.into_iter().collect();
        match render_foreign(&source, &PageOptions::default()) {
            Ok(scene) => {
                drawn += 1;
                assert!(scene.width <= 4096 && scene.height <= 4096, "{source}");
            }
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().is_empty());
            }
        }
    }
    assert!(drawn > 20 && refused > 20, "{drawn} drawn, {refused} refused");
}
