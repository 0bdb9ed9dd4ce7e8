//! Documents in, pixels, texts and errors out.

mod bounds;
mod child;
mod mutated;

use pixmo_render::scene::{Align, Paint, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Fonts, Point, Rect, Role, Scene, raster, svg};
use pixmo_render_svg::{SvgError, render};

/// A picture with everything that scenes can hold.
fn scene() -> Scene {
    let mut scene = Scene::new(480, 320, Color::rgb(250, 248, 240));
    let fonts = Fonts::bundled();
    let bars = ["#1b6ca8", "#e07a1f", "#3c8d40", "#8a4fa3"];
    for (index, hex) in bars.iter().enumerate() {
        let x = 40.0 + 90.0 * index as f32;
        let height = 60.0 + 37.0 * index as f32;
        let bar = scene.mark(Role::Bar, format!("bar {index}"), []);
        let color = Color::from_hex(hex).expect("a colour");
        scene.round_rect(bar, Rect::new(x, 270.0 - height, x + 50.0, 270.0), 6.0, color);
        let text = format!("value {index}: 12,345.{index}");
        let family = &fonts.families()[index * 3];
        let spec = TextSpec::new(
            &text,
            family.face(pixmo_render::font::Style::Bold),
            13.0,
            Color::BLACK,
            Role::ValueLabel,
        );
        scene.text(spec.at(x + 25.0, 285.0, Align::Middle, VAlign::Top).turned(0.0)).expect("glyphs");
    }
    let ornament = scene.ornament();
    let paint = Paint::Linear {
        from: Point::new(20.0, 0.0),
        to: Point::new(200.0, 0.0),
        stops: vec![(0.0, Color::rgb(200, 30, 30)), (1.0, Color::rgb(30, 30, 200).faded(0.5))],
    };
    scene.rect(ornament, Rect::new(20.0, 20.0, 200.0, 40.0), paint);
    scene.line(
        ornament,
        Point::new(20.0, 60.0),
        Point::new(460.0, 90.0),
        Stroke::new(Color::BLACK, 2.0).dashed(&[8.0, 4.0]),
    );
    scene.circle(ornament, Point::new(420.0, 50.0), 24.0, Color::rgb(10, 120, 90).faded(0.4));
    scene.push_clip(Rect::new(210.0, 10.0, 260.0, 60.0));
    scene.circle(ornament, Point::new(260.0, 30.0), 40.0, Color::rgb(240, 190, 40));
    scene.pop_clip();
    let spec = TextSpec::new(
        "Umsätze & <Größe> “µ”",
        fonts.families()[0].face(Default::default()),
        18.0,
        Color::rgb(40, 40, 60),
        Role::Title,
    );
    scene.text(spec.clone().at(20.0, 120.0, Align::Start, VAlign::Baseline)).expect("glyphs");
    scene
        .text(
            TextSpec { text: "upwards", ..spec }
                .at(18.0, 250.0, Align::Start, VAlign::Baseline)
                .turned(270.0),
        )
        .expect("glyphs");
    scene
}

#[test]
fn a_scene_looks_the_same_by_both_ways_and_its_texts_are_found() {
    let scene = scene();
    let direct = raster::paint(&scene);
    let (pixmap, runs) = render(&svg::write(&scene)).expect("our own SVG can be read");
    assert_eq!((pixmap.width(), pixmap.height()), (480, 320));
    let difference: u64 =
        direct.data().iter().zip(pixmap.data()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let mean = difference as f64 / direct.data().len() as f64;
    assert!(mean < 1.5, "mean difference {mean}");
    let texts: Vec<_> = scene.elements.iter().filter(|e| e.text.is_some()).collect();
    assert_eq!(runs.len(), texts.len());
    for (element, run) in texts.iter().zip(&runs) {
        assert_eq!(element.label, run.text);
        let (a, b) = (element.bounds, run.bounds);
        let apart = [a.left - b.left, a.top - b.top, a.right - b.right, a.bottom - b.bottom];
        assert!(apart.iter().all(|d| d.abs() < 1.5), "{}: {a:?} {b:?}", run.text);
        assert!((run.size - element.text.as_ref().expect("a text").size).abs() < 0.1);
    }
}

#[test]
fn chunks_and_spans_are_told_apart() {
    let (_, runs) = render(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"100\" font-family=\"serif\">\
         <text x=\"10\" y=\"30\" font-size=\"16\">first <tspan font-weight=\"700\">bold</tspan> words\
         <tspan x=\"10\" y=\"60\">second line</tspan></text>\
         <g transform=\"scale(2)\"><text x=\"80\" y=\"40\" font-size=\"8\" font-family=\"monospace\">big</text></g></svg>",
    )
    .expect("a plain document");
    let found: Vec<(&str, f32)> = runs.iter().map(|r| (r.text.as_str(), r.size)).collect();
    assert_eq!(found, [("first bold words", 16.0), ("second line", 16.0), ("big", 16.0)]);
    assert!(runs[2].bounds.left >= 159.0 && runs[1].bounds.top > runs[0].bounds.bottom - 1.0);
}

fn fault(body: &str) -> SvgError {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"100\" height=\"100\">{body}</svg>"
    );
    render(&svg).expect_err("the document is hostile")
}

#[test]
fn nothing_outside_can_be_reached() {
    for (body, what) in [
        ("<image href=\"file:///etc/passwd\"/>", "image"),
        ("<image xlink:href=\"data:image/png;base64,AAAA\"/>", "image"),
        ("<use href=\"other.svg#a\"/>", "href=\"other.svg#a\""),
        ("<a xlink:href=\"https://example.org\"><path d=\"M0 0\"/></a>", "href=\"https://example.org\""),
        ("<rect fill=\"url(https://example.org/x.svg#a)\"/>", "fill=\"url(https://example.org/x.svg#a)\""),
        ("<style>@import \"x.css\";</style>", "style with an address"),
        ("<script>1</script>", "script"),
        ("<foreignObject/>", "foreignObject"),
        ("<filter id=\"a\"/>", "filter"),
    ] {
        assert_eq!(fault(body), SvgError::Refused { line: 1, what: what.to_owned() }, "{body}");
    }
}

#[test]
fn what_grows_when_read_is_refused() {
    let laughs = "<!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&b;</svg>";
    assert!(matches!(render(laughs), Err(SvgError::Malformed(_))));
    let mut uses = String::from("<defs><rect id=\"u0\" width=\"1\" height=\"1\"/>");
    for level in 1..40 {
        let below = level - 1;
        uses.push_str(&format!("<g id=\"u{level}\"><use href=\"#u{below}\"/><use href=\"#u{below}\"/></g>"));
    }
    uses.push_str("</defs><use href=\"#u39\"/>");
    assert!(matches!(fault(&uses), SvgError::TooMany { .. } | SvgError::TooDeep { .. }));
    let circle = fault("<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>");
    assert!(matches!(circle, SvgError::Loop { .. }), "{circle}");
    let masks: String = (0..60)
        .map(|i| format!("<mask id=\"m{i}\"><rect mask=\"url(#m{})\" opacity=\"0.5\"/></mask>", i + 1))
        .collect();
    assert!(matches!(fault(&format!("{masks}<rect mask=\"url(#m0)\"/>")), SvgError::TooDeep { .. }));
}

#[test]
fn sizes_out_of_bounds_are_told() {
    assert!(matches!(fault(&"<g>".repeat(100_000)), SvgError::TooDeep { .. }));
    assert!(matches!(
        fault(&format!("{}{}", "<g>".repeat(100), "</g>".repeat(100))),
        SvgError::TooDeep { .. }
    ));
    assert!(matches!(fault(&"<path d=\"M0 0\"/>".repeat(60_000)), SvgError::TooMany { .. }));
    assert!(matches!(fault(&" ".repeat(5_000_000)), SvgError::TooLong { .. }));
    let huge = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1e9\" height=\"10\"/>";
    assert!(matches!(render(huge), Err(SvgError::TooLarge { .. })));
    let layers = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4000\" height=\"4000\">".to_owned()
        + &"<g opacity=\"0.5\"><rect width=\"40\" height=\"40\"/></g>".repeat(5000)
        + "</svg>";
    assert!(matches!(render(&layers), Err(SvgError::TooManyLayers { .. })));
    assert!(matches!(fault("<text y=\"20\">茶</text>"), SvgError::MissingGlyph { .. }));
}

#[test]
fn noise_never_panics() {
    let pieces = [
        "<g",
        ">",
        "</g>",
        "<path d=\"M 1 ",
        "L nan 1e38",
        "\"/>",
        "<text x=\"1\">",
        "</text>",
        "transform=\"rotate(",
        "width=\"",
        "-1",
        "%",
        "url(#a)",
        "<use href=\"#a\"",
        " id=\"a\"",
        "&amp;",
        "&x;",
        "<!--",
        "-->",
        "]]>",
        "fill=\"",
        "\"",
        "'",
        "<?x",
        "1e999",
        "é",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    for _ in 0..2000 {
        let mut text = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"50\" height=\"50\">");
        for _ in 0..12 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(pieces[(state % pieces.len() as u64) as usize]);
        }
        if state.is_multiple_of(2) {
            text.push_str("</svg>");
        }
        let _ = render(&text);
    }
}
