//! Documents that would grow, run or reach outside end within two seconds and 512 MiB.

use pixmo_render_svg::render;

use crate::child;

fn svg(size: &str, body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" {size}>{body}</svg>"
    )
}

/// Documents that must be refused, by what they try.
fn refused() -> Vec<(&'static str, String)> {
    let small = "width=\"200\" height=\"200\"";
    let large = "width=\"4096\" height=\"4096\"";
    let entities: String =
        (1..30).map(|i| format!("<!ENTITY e{i} \"&e{};&e{};&e{};\">", i - 1, i - 1, i - 1)).collect();
    let nested = |open: &str, close: &str, count: usize| {
        format!("{}<rect width=\"9\" height=\"9\"/>{}", open.repeat(count), close.repeat(count))
    };
    let doubled = |what: &str| -> String {
        let levels: String = (1..40)
            .map(|i| {
                format!("<{what} id=\"m{i}\"><use href=\"#m{}\"/><use href=\"#m{}\"/></{what}>", i - 1, i - 1)
            })
            .collect();
        format!("<rect id=\"m0\" width=\"9\" height=\"9\"/>{levels}<use href=\"#m39\"/>")
    };
    let zigzag: String = (0..300_000).map(|i| if i % 2 == 0 { "L9 4096" } else { "L9 0" }).collect();
    let stops: String = (0..20_000)
        .map(|i| format!("<stop offset=\"{}\" stop-color=\"#{:03}\"/>", f64::from(i) / 2e4, i % 999))
        .collect();
    let attributes: String = (0..300_000).map(|i| format!(" a{i}=\"\"")).collect();
    let spaces: String = (0..60_000).map(|i| format!(" xmlns:a{i}=\"b\"")).collect();
    let rules: String = (0..200_000).map(|_| "a b{fill:red}").collect();
    vec![
        ("entities", format!("<!DOCTYPE svg [<!ENTITY e0 \"ha\">{entities}]>{}", svg(small, "<text>&e29;</text>"))),
        ("an entity of a file", format!("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}", svg(small, "<text>&x;</text>"))),
        ("uses that double", svg(small, &doubled("g"))),
        ("symbols that double", svg(small, &doubled("symbol"))),
        ("clips that double", svg(small, &doubled("clipPath"))),
        ("deep nesting", svg(small, &nested("<g>", "</g>", 100_000))),
        ("nested pictures", svg(small, &nested("<svg>", "</svg>", 2_000))),
        ("a huge picture", svg("width=\"1e9\" height=\"1e9\"", "<rect width=\"1\" height=\"1\"/>")),
        ("a huge box", svg("viewBox=\"0 0 1000000000 1000000000\"", "<rect width=\"1\" height=\"1\"/>")),
        ("a picture of per cents", svg("width=\"1e30%\" height=\"1e30%\" viewBox=\"0 0 1e9 1e9\"", "")),
        ("an image of a file", svg(small, "<image href=\"/etc/passwd\" width=\"9\" height=\"9\"/>")),
        ("an image in the document", svg(small, "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\" width=\"99999999\" height=\"9\"/>")),
        ("a use of another file", svg(small, "<use xlink:href=\"http://127.0.0.1:1/x.svg#a\"/>")),
        ("a font of an address", svg(small, "<style>@font-face{src:url(http://127.0.0.1:1/x)}</style>")),
        ("a hidden address", svg(small, "<style>rect{fill:\\75rl(http://127.0.0.1:1/x)}</style>")),
        ("a filter", svg(small, "<filter id=\"f\" x=\"-1e6\" width=\"1e9\"><feTurbulence/></filter><rect filter=\"url(#f)\" width=\"9\" height=\"9\"/>")),
        ("a filter as a function", svg(large, &"<rect filter=\"blur(2000)\" width=\"4096\" height=\"4096\"/>".repeat(300))),
        ("a filter from a style sheet", svg(large, "<style>rect{filter:blur(999px)}</style><rect width=\"4096\" height=\"4096\"/>")),
        ("a pattern", svg(large, "<pattern id=\"p\" width=\".001\" height=\".001\"><path d=\"M0 0\"/></pattern>")),
        ("many large shapes", svg(large, &"<rect width=\"4096\" height=\"4096\" opacity=\".9\"/>".repeat(30_000))),
        ("many large plain shapes", svg(large, &"<rect width=\"4096\" height=\"4096\"/>".repeat(40_000))),
        ("layers from a style sheet", svg(large, &format!("<style>g{{opacity:.5}}</style>{}", nested("<g>", "</g>", 60)))),
        ("layers in layers", svg(large, &nested("<g opacity=\".5\">", "</g>", 60))),
        ("masks in masks", svg(large, &format!("{}<rect mask=\"url(#m0)\" width=\"4096\" height=\"4096\"/>", (0..30).map(|i| format!("<mask id=\"m{i}\" mask=\"url(#m{})\"><rect width=\"4096\" height=\"4096\"/></mask>", i + 1)).collect::<String>()))),
        ("a path up and down", svg(large, &format!("<path d=\"M0 0{zigzag}\"/>"))),
        ("many paths up and down", svg(large, &format!("<path d=\"M0 0{}\"/>", &zigzag[..7 * 6_000 / 2]).repeat(100))),
        ("short dashes", svg(large, &"<path stroke=\"#000\" stroke-dasharray=\".001\" d=\"M0 0L4000 4000\"/>".repeat(500))),
        ("thick lines", svg(large, &"<path stroke=\"#000\" stroke-width=\"9e9\" d=\"M0 0L4000 4000L9 9\"/>".repeat(5_000))),
        ("a gradient of many stops", svg(large, &format!("<linearGradient id=\"a\">{stops}</linearGradient><rect fill=\"url(#a)\" width=\"4096\" height=\"4096\"/>"))),
        ("markers on every corner", svg(small, &format!("<marker id=\"m\">{}</marker><path marker-mid=\"url(#m)\" d=\"M0 0{}\"/>", "<rect width=\"1\" height=\"1\"/>".repeat(1_000), "L1 1".repeat(100_000)))),
        ("markers in markers", svg(small, &format!("<marker id=\"m\">{}</marker><g marker-mid=\"url(#m)\">{}</g>", "<path d=\"M0 0L1 1L2 2\"/>".repeat(300), "<path d=\"M0 0L1 1L2 2L3 3\"/>".repeat(3_000)))),
        ("many attributes", svg(small, &format!("<rect{attributes}/>"))),
        ("many attributes behind a sign", svg(small, &format!("<rect x=\">\"{attributes}/>"))),
        ("many name spaces", format!("<svg xmlns=\"http://www.w3.org/2000/svg\"{spaces}>{}</svg>", "<a59999:g/>".repeat(40_000))),
        ("many rules", svg(small, &format!("<style>{rules}</style>{}", "<a><b/></a>".repeat(10_000)))),
        ("a long path used often", svg(small, &format!("<defs><path id=\"p\" d=\"M0 0{}\"/></defs>{}", "L1 1".repeat(200_000), "<use href=\"#p\"/>".repeat(20_000)))),
        ("many texts on a long path", svg(small, &format!("<defs><path id=\"p\" d=\"M0 0{}\"/></defs><text>{}</text>", "C1 2 3 4 5 6".repeat(60_000), "<textPath href=\"#p\">a</textPath>".repeat(8_000)))),
        ("a long path as a marker", svg(small, &format!("<marker id=\"m\"><path d=\"M0 0{}\"/></marker><path marker-mid=\"url(#m)\" d=\"M0 0{}\"/>", "L1 1".repeat(400_000), "L1 1".repeat(90_000)))),
        ("stops handed down", svg(small, &format!("<linearGradient id=\"a\">{}</linearGradient><g fill=\"url(#a)\">{}</g>", "<stop offset=\".5\"/>".repeat(5_000), "<rect width=\"9\" height=\"9\"/>".repeat(30_000)))),
        ("dashes handed down", svg(small, &format!("<g stroke=\"red\" stroke-dasharray=\"{}\">{}</g>", "9 ".repeat(100_000), "<path d=\"M0 0L1 1\"/>".repeat(40_000)))),
        ("dashes handed down from a style", svg(small, &format!("<g style=\"stroke:red;stroke-dasharray:{}\">{}</g>", "9 ".repeat(100_000), "<path d=\"M0 0L1 1\"/>".repeat(40_000)))),
        ("fonts handed down", svg(small, &format!("<g font-family=\"{}\">{}</g>", "none, ".repeat(100_000), "<text>a</text>".repeat(15_000)))),
        ("a long declaration for all", svg(small, &format!("<style>*{{font-family:{}}}</style>{}", "none, ".repeat(100_000), "<g/>".repeat(40_000)))),
        ("many declarations for all", svg(small, &format!("<style>*{{{}}}</style>{}", "fill:red;x:1;".repeat(100_000), "<g/>".repeat(40_000)))),
        ("many classes in a rule", svg(small, &format!("<style>{}{{fill:red}}</style>{}", ".a".repeat(100_000), "<g class=\"a\"/>".repeat(40_000)))),
        ("many classes on an element", svg(small, &format!("<style>{}</style><g class=\"{}\"/>", ".b{fill:red}".repeat(20_000), "a ".repeat(1_000_000)))),
        ("attributes handed down", svg(small, &nested(&format!("<g{INHERITED}>"), "</g>", 55).replace("<rect", &"<path d=\"M0 0L1 1\"/>".repeat(45_000)).replacen(" width=\"9\" height=\"9\"/>", "", 1))),
        ("letters without glyphs", svg(small, &format!("<text>{}</text>", "<tspan x=\"1\">\u{8336}</tspan>".repeat(10_000)))),
        ("much text", svg(small, &format!("<text y=\"20\">{}</text>", "words ".repeat(600_000)))),
        ("text used often", svg(small, &format!("<text id=\"t\" y=\"20\">{}</text>{}", "words ".repeat(5_000), "<use href=\"#t\"/>".repeat(1_000)))),
        ("bytes of zero", svg(small, "<text>\0</text>")),
        ("half a document", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><g>".to_owned()),
        ("no document", "\0\0\0\0".repeat(100_000)),
        ("tags without end", "<".repeat(4_000_000)),
        ("references to oneself", svg(small, "<g id=\"a\"><use href=\"#a\"/></g>")),
        ("a clip of itself", svg(small, "<clipPath id=\"a\" clip-path=\"url(#a)\"><rect width=\"9\" height=\"9\"/></clipPath><rect clip-path=\"url(#a)\" width=\"9\" height=\"9\"/>")),
    ]
}

/// Attributes that elements hand down, as many as there are.
const INHERITED: &str = " fill=\"red\" fill-opacity=\".9\" fill-rule=\"evenodd\" stroke=\"red\" stroke-width=\"1\" stroke-opacity=\"1\" \
    stroke-linecap=\"round\" stroke-linejoin=\"round\" stroke-miterlimit=\"4\" stroke-dashoffset=\"0\" color=\"red\" cursor=\"auto\" \
    direction=\"ltr\" font-size=\"9\" font-style=\"normal\" font-variant=\"normal\" font-weight=\"400\" letter-spacing=\"0\" \
    word-spacing=\"0\" text-anchor=\"start\" text-rendering=\"auto\" shape-rendering=\"auto\" visibility=\"visible\" \
    writing-mode=\"lr-tb\" paint-order=\"normal\" marker-start=\"none\" marker-mid=\"none\" marker-end=\"none\" x=\"0\" y=\"0\" \
    width=\"9\" height=\"9\" rx=\"1\" ry=\"1\" cx=\"1\" cy=\"1\" r=\"1\" x1=\"0\" y1=\"0\" x2=\"1\" y2=\"1\" dx=\"0\" dy=\"0\"";

#[test]
fn each_ends_within_two_seconds_and_half_a_gibibyte() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let sources = refused();
    let taken = child::read_all("bounds::child", 3, &sources);
    for ((what, _), taken) in sources.iter().zip(&taken) {
        assert_ne!(taken.outcome, "drawn", "{what}");
        assert!(taken.outcome.len() > 10, "{what}: {}", taken.outcome);
    }
}

#[test]
fn what_is_just_allowed_is_drawn_within_the_limits() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let large = "width=\"4096\" height=\"4096\"";
    let sources = [
        ("large shapes", svg(large, &"<rect width=\"4096\" height=\"4096\" fill-opacity=\".9\"/>".repeat(5))),
        ("large layers", svg(large, &"<g opacity=\".5\"><rect width=\"99\" height=\"99\"/></g>".repeat(20))),
        (
            "two open layers",
            svg(
                large,
                "<g opacity=\".5\"><rect width=\"9\" height=\"9\"/><g opacity=\".5\"><rect width=\"4096\" height=\"4096\"/></g></g>",
            ),
        ),
        (
            "rising lines",
            svg(
                large,
                &format!("<path fill=\"none\" stroke=\"#000\" d=\"M0 0{}\"/>", "L9 4096L8 0".repeat(450)),
            ),
        ),
        (
            "dashes",
            svg(large, &"<path stroke=\"#000\" stroke-dasharray=\".1\" d=\"M0 0L4000 4000\"/>".repeat(6)),
        ),
        (
            "letters",
            svg(
                "width=\"900\" height=\"900\"",
                &"<text y=\"20\">eight or nine words of text in one line</text>".repeat(1_000),
            ),
        ),
        ("shapes", svg("width=\"900\" height=\"900\"", &"<rect width=\"9\" height=\"9\"/>".repeat(49_000))),
        (
            "a plot of points",
            svg(
                "width=\"900\" height=\"900\"",
                &format!(
                    "<defs><path id=\"p\" d=\"M0 0{}\"/></defs>{}",
                    "C1 2 3 4 5 6".repeat(20),
                    "<use href=\"#p\" x=\"9\"/>".repeat(5_000)
                ),
            ),
        ),
        (
            "a drawing with classes",
            svg(
                "width=\"900\" height=\"900\"",
                &format!(
                    "<style>{}{{stroke:none}}{}</style>{}",
                    (0..150).map(|i| format!(".cls-{i},")).collect::<String>() + ".a",
                    (0..60).map(|i| format!(".cls-{i}{{fill:#12{i:02};}}")).collect::<String>(),
                    "<rect class=\"cls-7\" width=\"9\" height=\"9\"/>".repeat(2_000)
                ),
            ),
        ),
        (
            "a gradient handed down",
            svg(
                "width=\"900\" height=\"900\"",
                &format!(
                    "<linearGradient id=\"a\">{}</linearGradient><g{INHERITED} opacity=\"1\"><g fill=\"url(#a)\">{}</g></g>",
                    "<stop offset=\".5\"/>".repeat(10),
                    "<rect width=\"2\" height=\"2\"/>".repeat(3_000)
                ),
            ),
        ),
    ];
    for ((what, _), taken) in sources.iter().zip(child::read_all("bounds::child", 3, &sources)) {
        assert_eq!(taken.outcome, "drawn", "{what}: {taken:?}");
    }
}

#[test]
#[ignore = "run by the tests above in a process of its own"]
fn child() {
    child::answer(|source| render(source).map(|_| ()).map_err(|e| e.to_string()));
}
