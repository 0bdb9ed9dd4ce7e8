//! A scene as SVG, for looking into it: every element is a group with its role, data addresses and label, and text
//! stays text.

use std::fmt::Write as _;

use tiny_skia::PathSegment;

use crate::color::Color;
use crate::data::Datum;
use crate::font::{Fonts, Style};
use crate::scene::{Item, Paint, Scene, Stroke};

/// Writes the scene as an SVG 1.1 document. Fonts are named, not embedded.
pub fn write(scene: &Scene) -> String {
    let (w, h) = (scene.width, scene.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\n\
         <rect width=\"{w}\" height=\"{h}\" fill=\"{}\"/>\n",
        scene.ground.hex()
    );
    let mut ids = 0;
    for item in &scene.items {
        write_item(scene, item, &mut ids, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

fn write_item(scene: &Scene, item: &Item, ids: &mut usize, out: &mut String) {
    let mut line = String::new();
    match item {
        Item::Fill { element, path, paint, even_odd } => {
            let fill = match paint {
                Paint::Solid(color) => paint_attributes("fill", *color),
                Paint::Linear { from, to, stops } => {
                    *ids += 1;
                    let _ = write!(
                        line,
                        "<linearGradient id=\"g{ids}\" gradientUnits=\"userSpaceOnUse\" x1=\"{}\" y1=\"{}\" \
                         x2=\"{}\" y2=\"{}\">",
                        from.x, from.y, to.x, to.y
                    );
                    write_stops(&mut line, stops);
                    line.push_str("</linearGradient>");
                    format!("fill=\"url(#g{ids})\"")
                }
                Paint::Radial { place, stops } => {
                    *ids += 1;
                    let _ = write!(
                        line,
                        "<radialGradient id=\"g{ids}\" gradientUnits=\"userSpaceOnUse\" cx=\"0\" cy=\"0\" r=\"1\" \
                         gradientTransform=\"matrix({} {} {} {} {} {})\">",
                        place.sx, place.ky, place.kx, place.sy, place.tx, place.ty
                    );
                    write_stops(&mut line, stops);
                    line.push_str("</radialGradient>");
                    format!("fill=\"url(#g{ids})\"")
                }
            };
            let rule = if *even_odd { " fill-rule=\"evenodd\"" } else { "" };
            let _ = write!(line, "<path {} d=\"{}\" {fill}{rule}/>", about(scene, *element), path_data(path));
        }
        Item::Stroke { element, path, stroke } => {
            let _ = write!(
                line,
                "<path {} d=\"{}\" fill=\"none\" {}/>",
                about(scene, *element),
                path_data(path),
                stroke_attributes(stroke)
            );
        }
        Item::Text { element, origin, angle, face, size, color, shaped } => {
            let face = Fonts::bundled().get(*face);
            let turn = if *angle == 0.0 {
                String::new()
            } else {
                format!(" transform=\"rotate({angle} {} {})\"", origin.x, origin.y)
            };
            let style = match face.style {
                Style::Regular => "",
                Style::Bold => " font-weight=\"700\"",
                Style::Italic => " font-style=\"italic\"",
            };
            let _ = write!(
                line,
                "<text {} x=\"{}\" y=\"{}\" font-family=\"{}\" font-size=\"{size}\"{style}{turn} \
                 textLength=\"{}\" xml:space=\"preserve\" {}>{}</text>",
                about(scene, *element),
                origin.x,
                origin.y,
                escape(face.family),
                shaped.width * size,
                paint_attributes("fill", *color),
                escape(&scene.element(*element).label),
            );
        }
        Item::PushClip(path) => {
            *ids += 1;
            let _ = write!(
                line,
                "<clipPath id=\"c{ids}\"><path d=\"{}\"/></clipPath><g clip-path=\"url(#c{ids})\">",
                path_data(path)
            );
        }
        Item::PopClip => line.push_str("</g>"),
    }
    out.push_str(&line);
    out.push('\n');
}

fn about(scene: &Scene, id: crate::scene::ElementId) -> String {
    let element = scene.element(id);
    let mut text = format!("data-element=\"{}\" data-role=\"{}\"", id.0, element.role.name());
    if !element.data.is_empty() {
        let list: Vec<String> = element.data.iter().map(address).collect();
        let _ = write!(text, " data-cells=\"{}\"", list.join(" "));
    }
    if element.text.is_none() && !element.label.is_empty() {
        let _ = write!(text, " aria-label=\"{}\"", escape(&element.label));
    }
    text
}

fn address(datum: &Datum) -> String {
    let row = if datum.row == Datum::HEADER { "header".to_owned() } else { datum.row.to_string() };
    format!("{}.{row}.{}", datum.table, datum.column)
}

fn paint_attributes(what: &str, color: Color) -> String {
    if color.alpha == 255 {
        format!("{what}=\"{}\"", color.hex())
    } else {
        format!("{what}=\"{}\" {what}-opacity=\"{}\"", color.hex(), opacity(color))
    }
}

fn write_stops(line: &mut String, stops: &[(f32, Color)]) {
    for (at, color) in stops {
        let _ = write!(
            line,
            "<stop offset=\"{at}\" stop-color=\"{}\" stop-opacity=\"{}\"/>",
            color.hex(),
            opacity(*color)
        );
    }
}

fn opacity(color: Color) -> f32 {
    f32::from(color.alpha) / 255.0
}

fn stroke_attributes(stroke: &Stroke) -> String {
    let mut text = format!("{} stroke-width=\"{}\"", paint_attributes("stroke", stroke.color), stroke.width);
    if !stroke.dash.is_empty() {
        let list: Vec<String> = stroke.dash.iter().map(f32::to_string).collect();
        let _ = write!(text, " stroke-dasharray=\"{}\"", list.join(" "));
    }
    if stroke.round {
        text.push_str(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    }
    text
}

fn path_data(path: &tiny_skia::Path) -> String {
    let mut text = String::new();
    for segment in path.segments() {
        let _ = match segment {
            PathSegment::MoveTo(p) => write!(text, "M{} {}", p.x, p.y),
            PathSegment::LineTo(p) => write!(text, "L{} {}", p.x, p.y),
            PathSegment::QuadTo(c, p) => write!(text, "Q{} {} {} {}", c.x, c.y, p.x, p.y),
            PathSegment::CubicTo(c, d, p) => write!(text, "C{} {} {} {} {} {}", c.x, c.y, d.x, d.y, p.x, p.y),
            PathSegment::Close => write!(text, "Z"),
        };
    }
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
