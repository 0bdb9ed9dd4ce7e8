//! What is drawn where, and what it means.

use pixmo_render::defect::{self, Limits};
use pixmo_render::scene::{Item, Paint};
use pixmo_render::{Color, Datum, Element, Picture, Rect, Role, Scene, raster};
use pixmo_render_typst::{PageOptions, TypstError, escape_string, render};

const HEAD: &str =
    "#set page(width: 300pt, height: 200pt, margin: 20pt)\n#set text(font: \"Roboto\", size: 10pt)\n";

fn scene(body: &str) -> Scene {
    let options = PageOptions { pixels_per_pt: 2.0, ground: Color::WHITE };
    render(&format!("{HEAD}{body}"), &options).expect("the page is sound")
}

fn texts(scene: &Scene) -> Vec<&Element> {
    scene.elements.iter().filter(|e| e.text.is_some()).collect()
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() < 1.0
}

#[test]
fn text_stands_where_the_source_puts_it() {
    let scene =
        scene("#place(top + left, dx: 30pt, dy: 50pt)[#text(size: 20pt, top-edge: \"baseline\")[Hxgl]]");
    assert_eq!((scene.width, scene.height), (600, 400));
    let [element] = texts(&scene)[..] else { panic!("one text") };
    let text = element.text.as_ref().expect("it is a text");
    assert!((text.size - 40.0).abs() < 1e-3, "{}", text.size);
    // Margin and offset, two pixels a point; `H` of Roboto is 0.711 em high and begins 0.07 em right of the origin.
    assert!(near(element.bounds.left, 100.0 + 40.0 * 0.07), "{:?}", element.bounds);
    assert!(near(element.bounds.top, 140.0 - 40.0 * 0.75), "{:?}", element.bounds);
    assert!(element.bounds.bottom > 140.0 + 5.0, "`g` hangs below the baseline: {:?}", element.bounds);
}

#[test]
fn ink_lies_in_the_boxes_and_nowhere_else() {
    let scene =
        scene("Harbour dues\n\n#align(right)[#text(weight: \"bold\")[1,204.50]]\n\n#rotate(30deg)[tilted]");
    let pixmap = raster::paint(&scene);
    let boxes: Vec<Rect> = texts(&scene).iter().map(|e| e.bounds.grown(1.5)).collect();
    let mut dark = vec![0usize; boxes.len()];
    for (index, pixel) in pixmap.pixels().iter().enumerate() {
        if pixel.red() < 128 {
            let (x, y) = ((index as u32 % scene.width) as f32, (index as u32 / scene.width) as f32);
            let at = pixmo_render::Point::new(x + 0.5, y + 0.5);
            let owner = boxes.iter().position(|b| b.contains(at));
            dark[owner.expect("every dark pixel belongs to a text")] += 1;
        }
    }
    assert!(dark.iter().all(|count| *count > 50), "{dark:?}");
    assert_eq!(
        texts(&scene).iter().map(|e| e.label.as_str()).collect::<Vec<_>>(),
        ["Harbour dues", "1,204.50", "tilted"]
    );
    let turned = texts(&scene)[2].text.as_ref().expect("it is a text").angle;
    assert!((turned - 30.0).abs() < 0.01, "{turned}");
}

#[test]
fn links_give_cells_and_roles_and_the_inner_one_wins() {
    let scene = scene(
        "#link(\"r:body\")[Dear #link(\"d:1/0/1;r:field_value\")[Mrs Quill], your *balance* is due.]\n\n\
         #table(columns: 2, [#link(\"d:0/h/0;r:header_cell\")[Item]], [#link(\"d:0/2/1;r:body_cell\")[12.40]])",
    );
    let found: Vec<_> = texts(&scene).iter().map(|e| (e.label.as_str(), e.role, e.data.clone())).collect();
    assert_eq!(
        found,
        [
            ("Dear", Role::Body, vec![]),
            ("Mrs Quill", Role::FieldValue, vec![Datum::at(1, 0, 1)]),
            (", your", Role::Body, vec![]),
            ("balance", Role::Body, vec![]),
            ("is due.", Role::Body, vec![]),
            ("Item", Role::HeaderCell, vec![Datum::header(0, 0)]),
            ("12.40", Role::BodyCell, vec![Datum::at(0, 2, 1)]),
        ]
    );
}

#[test]
fn a_line_is_one_run_and_a_wrapped_value_keeps_its_cell_on_both_lines() {
    let scene = scene("#block(width: 70pt)[#link(\"d:0/0/0\")[Quay Street Harbour Office Annexe]]");
    let lines = texts(&scene);
    assert_eq!(
        lines.iter().map(|e| e.label.as_str()).collect::<Vec<_>>(),
        ["Quay Street", "Harbour Office", "Annexe"]
    );
    assert!(lines.iter().all(|e| e.data == [Datum::cell(0, 0)]));
}

#[test]
fn shapes_keep_their_colours_places_and_gradients() {
    let scene = scene(
        "#place(rect(width: 50pt, height: 20pt, fill: rgb(\"#204060\")))\n\
         #place(dy: 40pt, line(length: 100pt, stroke: 1pt + red))\n\
         #place(dy: 60pt, rect(width: 100pt, height: 10pt, fill: gradient.linear(rgb(\"#ff0000\"), rgb(\"#0000ff\"))))",
    );
    let rects: Vec<_> = scene.elements.iter().map(|e| (e.role, e.bounds)).collect();
    assert_eq!(rects[0], (Role::Ornament, Rect::new(40.0, 40.0, 140.0, 80.0)));
    assert_eq!(rects[1].0, Role::Rule);
    assert_eq!(scene.elements[0].color, Some(Color::rgb(0x20, 0x40, 0x60)));
    let Some(Item::Fill { paint: Paint::Linear { from, to, stops }, .. }) = scene.items.last() else {
        panic!("a gradient")
    };
    assert!(near(from.x, 40.0) && near(to.x, 240.0) && near(from.y, to.y), "{from:?} {to:?}");
    assert_eq!((stops[0].1, stops[8].1), (Color::rgb(255, 0, 0), Color::rgb(0, 0, 255)));
    let pixmap = raster::paint(&scene);
    let left = pixmap.pixel(42, 170).expect("inside");
    let right = pixmap.pixel(237, 170).expect("inside");
    assert!(left.red() > 230 && left.blue() < 40, "{left:?}");
    assert!(right.blue() > 230 && right.red() < 40, "{right:?}");
}

#[test]
fn families_go_by_our_names_and_all_faces_are_found() {
    for family in pixmo_render::Fonts::bundled().families() {
        let body = format!("#text(font: {})[Plain *Bold* _Italic_ 0123]", escape_string(family.name));
        let scene = scene(&body);
        for text in texts(&scene) {
            let face = text.text.as_ref().expect("it is a text").face;
            assert_eq!(pixmo_render::Fonts::bundled().get(face).family, family.name, "{}", text.label);
        }
    }
}

#[test]
fn content_in_strings_stays_content() {
    let wild = "#read(\"x\") *not bold* $x$ \\ // \"quoted\" <label> @ref = head";
    let scene = scene(&format!("#{}", escape_string(wild)));
    let all: Vec<&str> = texts(&scene).iter().map(|e| e.label.as_str()).collect();
    assert_eq!(all.join(" "), wild);
}

#[test]
fn a_plain_page_has_no_defect_and_the_same_bytes_whatever_came_before() {
    let body = "= Minutes\nOne, two, three.\n#table(columns: 3, fill: luma(240), [a], [b], [c])";
    let first = scene(body);
    assert_eq!(defect::find(&first, &Limits::default()), []);
    let bytes = Picture::of(&first).png;
    for other in 0..20 {
        scene(&format!("#text(size: {}pt)[Something else {other}]", 8 + other));
    }
    assert!(bytes == Picture::of(&scene(body)).png, "the page changed");
}

#[test]
fn faults_are_told_with_their_line() {
    let options = PageOptions::default();
    let fault = |source: &str| render(source, &options).expect_err("the source is wrong");
    assert_eq!(fault("one\n#let x = 1\n#text(x + [a]").to_string(), "line 3: unclosed delimiter");
    assert!(
        fault("\n\n#set text(font: \"No Such Font\")\nhello").to_string().starts_with("line 3: unknown font")
    );
    assert_eq!(fault("a\n#pagebreak()\nb"), TypstError::Overflow { pages: 2 });
    assert!(matches!(fault("#set page(width: 9000pt)\nx"), TypstError::PageSize { width: 13500, .. }));
    assert!(matches!(fault("#text(fallback: false, font: \"Roboto\")[茶]"), TypstError::MissingGlyph { .. }));
    assert!(matches!(fault("#link(\"https://example.org\")[x]"), TypstError::Link { .. }));
    assert!(matches!(fault("#scale(x: 50%)[x]"), TypstError::Unsupported { .. }));
    assert!(matches!(fault("#rect(fill: gradient.radial(red, blue))[x]"), TypstError::Unsupported { .. }));
}

#[test]
fn shapes_inside_a_link_are_one_mark_and_its_text_stays_text() {
    let body = "#link(\"d:0/1/2;r:node\", box(width: 40pt, height: 20pt)[#place(rect(width: 40pt, height: 20pt, fill: red))#place(dx: 4pt, dy: 4pt, circle(radius: 5pt, fill: blue))#place(dx: 16pt, dy: 4pt, \"on\")])#rect(width: 30pt, height: 9pt, fill: green)";
    let scene = scene(body);
    let marks: Vec<_> = scene.elements.iter().filter(|e| e.role == Role::Node).collect();
    assert_eq!(marks.len(), 1, "one mark for both shapes");
    assert_eq!(marks[0].data, [Datum::at(0, 1, 2)]);
    assert!(
        near(marks[0].bounds.width(), 80.0) && near(marks[0].bounds.height(), 40.0),
        "{:?}",
        marks[0].bounds
    );
    assert_eq!(
        scene.elements.iter().filter(|e| e.role == Role::Ornament).count(),
        1,
        "the rectangle outside"
    );
    assert_eq!(texts(&scene)[0].role, Role::Body);
    assert_eq!(texts(&scene)[0].label, "on");
}
