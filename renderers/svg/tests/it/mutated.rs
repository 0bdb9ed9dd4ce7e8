//! Sound documents with random damage give a picture or an error, never a panic.

use pixmo_render::Seed;
use pixmo_render_svg::render;

const SOUND: [&str; 3] = [
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"80\"><defs><linearGradient id=\"g\">\
     <stop offset=\"0\" stop-color=\"#f00\"/><stop offset=\"1\" stop-color=\"#00f\"/></linearGradient>\
     <clipPath id=\"c\"><circle cx=\"40\" cy=\"40\" r=\"30\"/></clipPath></defs>\
     <rect width=\"90\" height=\"60\" fill=\"url(#g)\" clip-path=\"url(#c)\"/><text x=\"9\" y=\"30\" font-size=\"12\">Label 1</text></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><style>.a{fill:#333;stroke-dasharray:2 1}</style>\
     <g id=\"s\" transform=\"rotate(20 50 50) scale(.9)\"><path class=\"a\" stroke=\"red\" d=\"M10 10C20 0 40 90 90 90A5 5 0 0 1 9 9Z\"/></g>\
     <use href=\"#s\" x=\"5\" opacity=\".5\"/></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"90\"><marker id=\"m\" orient=\"auto\"><path d=\"M0 0L3 3\"/></marker>\
     <mask id=\"k\"><rect width=\"50\" height=\"90\" fill=\"#fff\"/></mask><polyline marker-end=\"url(#m)\" mask=\"url(#k)\" stroke=\"#000\" points=\"1,1 40,40 80,3\"/>\
     <text><textPath href=\"#p\">on a path</textPath><tspan dx=\"3\" rotate=\"9 8\">more</tspan></text><path id=\"p\" d=\"M0 50H90\"/></svg>",
];

const PIECES: [&str; 22] = [
    "<g>",
    "</g>",
    "/>",
    "\"",
    "'",
    "=",
    "&amp;",
    "url(#m)",
    "href=\"#s\"",
    "id=\"m\"",
    "-1e38",
    "1e9",
    "NaN",
    "%",
    "em",
    "<use href=\"#m\"/>",
    "<!--",
    "]]>",
    "\0",
    "\u{202e}",
    "transform=\"scale(0)\"",
    " ",
];

#[test]
fn damaged_documents_give_a_picture_or_an_error() {
    let mut rng = Seed::from_number(12).rng("damage");
    let (mut drawn, mut refused) = (0, 0);
    for sound in SOUND {
        assert!(render(sound).is_ok(), "{:?}", render(sound).err());
    }
    for round in 0..1500 {
        let mut letters: Vec<char> = SOUND[round % SOUND.len()].chars().collect();
        for _ in 0..1 + rng.below(4) {
            let at = rng.below(letters.len());
            match rng.below(4) {
                0 => drop(letters.remove(at)),
                1 => letters[at] = char::from(b' ' + rng.below(95) as u8),
                2 => {
                    let end = (at + rng.below(60)).min(letters.len());
                    let again: Vec<char> = letters[at..end].to_vec();
                    letters.splice(at..at, again);
                }
                _ => drop(letters.splice(at..at, rng.pick(&PIECES).chars())),
            }
        }
        let source: String = letters.into_iter().collect();
        match render(&source) {
            Ok((pixmap, _)) => {
                drawn += 1;
                assert!(pixmap.width() <= 8192 && pixmap.height() <= 8192, "{source}");
            }
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().is_empty());
            }
        }
    }
    assert!(drawn > 100 && refused > 100, "{drawn} drawn, {refused} refused");
}
