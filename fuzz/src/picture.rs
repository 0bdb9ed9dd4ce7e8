//! SVG documents built from pieces: nearly all of them are well-formed, so that what is behind the XML reader is reached.

use std::fmt::Write as _;

use arbitrary::Arbitrary;
use pixmo_render_svg::{PIXELS_MAX, SIDE_MAX, SvgError, render};

use crate::limits;

/// Reads fonts, which is done once for all documents.
pub fn prepare() {
    limits::prepare();
    let drawn = render("<svg xmlns=\"http://www.w3.org/2000/svg\"><text y=\"9\">a</text></svg>");
    assert!(drawn.is_ok(), "{:?}", drawn.err());
}

/// What must hold of whatever is read as SVG.
pub fn holds(text: &str) {
    match limits::within(|| render(text)) {
        Ok((pixmap, runs)) => {
            let (width, height) = (pixmap.width(), pixmap.height());
            assert!(width.max(height) <= SIDE_MAX && u64::from(width) * u64::from(height) <= PIXELS_MAX);
            for run in runs {
                let b = run.bounds;
                let sides = [b.left, b.top, b.right, b.bottom, run.size];
                assert!(sides.iter().all(|side| side.is_finite()), "{run:?}");
                assert!(b.left <= b.right && b.top <= b.bottom, "{run:?}");
            }
        }
        Err(error) => {
            limits::is_told(&error);
            if let SvgError::Refused { line, .. } = error {
                assert!(line as usize <= text.lines().count() + 1, "line {line}");
            }
        }
    }
}

/// No document grows beyond this; what would is cut off.
const BYTES_MAX: usize = 300_000;

/// A document.
#[derive(Arbitrary, Debug)]
pub struct Document {
    size: Size,
    font: Option<Font>,
    parts: Vec<Part>,
}

#[derive(Arbitrary, Debug)]
enum Size {
    Small,
    Large,
    Sides(Number, Number),
    Box(Number, Number, Number, Number),
    Both(Number, Number, Number),
}

/// A number as people and programs write it.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub(crate) enum Number {
    Small(u8),
    Signed(i8),
    Tenths(i16),
    Any(f32),
    Percent(i8),
    Em(i8),
    Word(u8),
}

const NUMBER_WORDS: [&str; 12] =
    ["0", "1e9", "-1e9", "1e-9", "1e38", "-1e38", "NaN", "inf", "1e999", "auto", "", "4096"];

impl Number {
    pub(crate) fn write(self, out: &mut String) {
        let done = match self {
            Self::Small(n) => write!(out, "{n}"),
            Self::Signed(n) => write!(out, "{n}"),
            Self::Tenths(n) => write!(out, "{}", f32::from(n) / 10.0),
            Self::Any(n) => write!(out, "{n}"),
            Self::Percent(n) => write!(out, "{n}%"),
            Self::Em(n) => write!(out, "{n}em"),
            Self::Word(at) => write!(out, "{}", pick(&NUMBER_WORDS, at)),
        };
        done.expect("a string takes all");
    }
}

pub(crate) fn pick<T: Copy>(list: &[T], at: u8) -> T {
    list[usize::from(at) % list.len()]
}

/// A name of a definition; few, so that they are used, doubled and made to use themselves.
type Id = u8;

fn id(id: Id) -> u8 {
    id % 6
}

#[derive(Arbitrary, Debug)]
enum Part {
    Rect(Look, [Number; 4]),
    Circle(Look, [Number; 3]),
    Line(Look, [Number; 4]),
    Polygon(Look, Vec<Number>, bool),
    Path(Look, Vec<Step>),
    Text(Look, Vec<Letters>),
    Group(Look, Vec<Part>),
    Nested(Size, Vec<Part>),
    Switch(Vec<Part>),
    Use(Id, Look),
    Define(Definition, Id, Look, Vec<Part>),
    Gradient(Id, bool, Vec<(Number, Color)>, Option<Id>),
    Style(Vec<(Selector, Property)>),
    Repeat(u8, Box<Part>),
    Outside(u8),
    Raw(String),
}

#[derive(Arbitrary, Debug)]
enum Definition {
    Group,
    Symbol,
    Clip,
    Mask,
    Marker,
    Pattern,
    Defs,
}

#[derive(Arbitrary, Debug)]
enum Letters {
    Words(u8),
    Own(String),
    Span(Look, Number, Vec<Letters>),
    OnPath(Id, u8),
    Many(u8, u8),
}

const WORDS: [&str; 10] =
    ["a", "Label 1", "12,345.6", "Größe", "مرحبا", "שלום", "茶", "\u{301}\u{202e}x", "ffi fl", "👍🏽"];

#[derive(Arbitrary, Debug)]
struct Step {
    kind: u8,
    numbers: [Number; 3],
}

#[derive(Arbitrary, Debug)]
struct Font {
    family: u8,
    size: Number,
}

const FAMILIES: [&str; 6] = ["serif", "monospace", "Roboto", "none such", "'", "cursive, sans-serif"];

#[derive(Arbitrary, Debug)]
struct Look {
    properties: Vec<Property>,
    id: Option<Id>,
    class: Option<u8>,
    in_style: bool,
}

#[derive(Arbitrary, Debug)]
enum Property {
    Fill(Color),
    Stroke(Color),
    Width(Number),
    Dashes(Vec<Number>),
    Offset(Number),
    Opacity(Number),
    Transform(u8, [Number; 3]),
    Clip(Id),
    Mask(Id),
    Marker(u8, Id),
    Font(Font),
    Spacing(u8, Number),
    Plain(u8),
}

#[derive(Arbitrary, Debug)]
enum Color {
    Plain(u8),
    Of(Id),
    Outside,
}

const COLORS: [&str; 6] = ["red", "#123", "#abcdef80", "rgb(10% 20 300)", "none", "currentColor"];

/// Properties with a value of a few words.
const PLAIN: [(&str, &str); 24] = [
    ("fill-rule", "evenodd"),
    ("stroke-linejoin", "round"),
    ("stroke-linejoin", "arcs"),
    ("stroke-linecap", "square"),
    ("stroke-miterlimit", "1e9"),
    ("stroke-miterlimit", "0"),
    ("visibility", "hidden"),
    ("display", "none"),
    ("isolation", "isolate"),
    ("mix-blend-mode", "multiply"),
    ("text-anchor", "middle"),
    ("writing-mode", "vertical-rl"),
    ("text-decoration", "underline line-through"),
    ("text-rendering", "geometricPrecision"),
    ("shape-rendering", "crispEdges"),
    ("dominant-baseline", "hanging"),
    ("baseline-shift", "super"),
    ("font-weight", "bolder"),
    ("font-style", "italic"),
    ("paint-order", "markers stroke"),
    ("preserveAspectRatio", "xMaxYMin slice"),
    ("clipPathUnits", "objectBoundingBox"),
    ("gradientUnits", "userSpaceOnUse"),
    ("markerUnits", "userSpaceOnUse"),
];

#[derive(Arbitrary, Debug)]
enum Selector {
    Any,
    Class(u8),
    Id(Id),
    Name(u8),
    Child(u8, u8),
}

const NAMES: [&str; 6] = ["rect", "g", "text", "path", "svg", "use"];

/// Things that reach outside, run, or grow.
const OUTSIDE: [&str; 10] = [
    "<image href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/>",
    "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\" width=\"9\" height=\"9\"/>",
    "<use href=\"other.svg#a\"/>",
    "<script>1</script>",
    "<foreignObject width=\"9\" height=\"9\"/>",
    "<rect width=\"9\" height=\"9\" filter=\"blur(9)\"/>",
    "<style>@import url(http://127.0.0.1:1/x.css);</style>",
    "<set attributeName=\"x\" to=\"1\"/>",
    "<!-- <g> --><![CDATA[ <g> ]]>",
    "<?xml-stylesheet href=\"x.css\"?>",
];

impl Document {
    /// The document as text.
    pub fn write(&self) -> String {
        let mut out = String::from(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
        );
        self.size.write(&mut out);
        if let Some(font) = &self.font {
            font.write(&mut out, false);
        }
        out.push('>');
        for part in &self.parts {
            part.write(&mut out);
        }
        out.push_str("</svg>");
        out
    }
}

fn attribute(out: &mut String, name: &str, value: impl FnOnce(&mut String)) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    value(out);
    out.push('"');
}

fn numbers(out: &mut String, names: &[&str], values: &[Number]) {
    for (name, value) in names.iter().zip(values) {
        attribute(out, name, |out| value.write(out));
    }
}

impl Size {
    fn write(&self, out: &mut String) {
        match self {
            Self::Small => out.push_str(" width=\"200\" height=\"120\""),
            Self::Large => out.push_str(" width=\"4096\" height=\"4096\""),
            Self::Sides(width, height) => numbers(out, &["width", "height"], &[*width, *height]),
            Self::Box(x, y, width, height) => view(out, [*x, *y, *width, *height]),
            Self::Both(width, height, side) => {
                numbers(out, &["width", "height"], &[*width, *height]);
                view(out, [*side, *side, *width, *height]);
            }
        }
    }
}

fn view(out: &mut String, sides: [Number; 4]) {
    attribute(out, "viewBox", |out| {
        for side in sides {
            side.write(out);
            out.push(' ');
        }
    });
}

impl Part {
    fn write(&self, out: &mut String) {
        if out.len() > BYTES_MAX {
            return;
        }
        match self {
            Self::Rect(look, n) => {
                shape(out, "rect", look, |out| numbers(out, &["x", "y", "width", "height"], n))
            }
            Self::Circle(look, n) => shape(out, "circle", look, |out| numbers(out, &["cx", "cy", "r"], n)),
            Self::Line(look, n) => shape(out, "line", look, |out| numbers(out, &["x1", "y1", "x2", "y2"], n)),
            Self::Polygon(look, points, closed) => {
                let name = if *closed { "polygon" } else { "polyline" };
                shape(out, name, look, |out| attribute(out, "points", |out| list(out, points)));
            }
            Self::Path(look, steps) => shape(out, "path", look, |out| {
                attribute(out, "d", |out| steps.iter().for_each(|step| step.write(out)));
            }),
            Self::Text(look, letters) => {
                element(out, "text", look, |out| letters.iter().for_each(|l| l.write(out)));
            }
            Self::Group(look, parts) => element(out, "g", look, |out| all(out, parts)),
            Self::Nested(size, parts) => {
                out.push_str("<svg");
                size.write(out);
                out.push('>');
                all(out, parts);
                out.push_str("</svg>");
            }
            Self::Switch(parts) => {
                out.push_str("<switch>");
                all(out, parts);
                out.push_str("</switch>");
            }
            Self::Use(of, look) => shape(out, "use", look, |out| {
                attribute(out, if of % 2 == 0 { "href" } else { "xlink:href" }, |out| link(out, *of));
            }),
            Self::Define(kind, name, look, parts) => {
                let tag = match kind {
                    Definition::Group => "g",
                    Definition::Symbol => "symbol",
                    Definition::Clip => "clipPath",
                    Definition::Mask => "mask",
                    Definition::Marker => "marker",
                    Definition::Pattern => "pattern",
                    Definition::Defs => "defs",
                };
                out.push('<');
                out.push_str(tag);
                write!(out, " id=\"i{}\"", id(*name)).expect("a string takes all");
                Look { id: None, ..look.again() }.write(out);
                out.push('>');
                all(out, parts);
                write!(out, "</{tag}>").expect("a string takes all");
            }
            Self::Gradient(name, linear, stops, like) => {
                let tag = if *linear { "linearGradient" } else { "radialGradient" };
                write!(out, "<{tag} id=\"i{}\"", id(*name)).expect("a string takes all");
                if let Some(like) = like {
                    attribute(out, "href", |out| link(out, *like));
                }
                out.push('>');
                for (offset, color) in stops {
                    out.push_str("<stop");
                    attribute(out, "offset", |out| offset.write(out));
                    attribute(out, "stop-color", |out| color.write(out));
                    out.push_str("/>");
                }
                write!(out, "</{tag}>").expect("a string takes all");
            }
            Self::Style(rules) => {
                out.push_str("<style>");
                for (selector, property) in rules {
                    selector.write(out);
                    out.push('{');
                    property.write(out, true);
                    out.push('}');
                }
                out.push_str("</style>");
            }
            Self::Repeat(times, part) => {
                let mut one = String::new();
                part.write(&mut one);
                let count = 1usize << (times % 17);
                let count = count.min(BYTES_MAX.saturating_sub(out.len()) / one.len().max(1));
                out.push_str(&one.repeat(count));
            }
            Self::Outside(at) => out.push_str(pick(&OUTSIDE, *at)),
            Self::Raw(text) => out.push_str(text),
        }
    }
}

fn all(out: &mut String, parts: &[Part]) {
    parts.iter().for_each(|part| part.write(out));
}

fn shape(out: &mut String, name: &str, look: &Look, more: impl FnOnce(&mut String)) {
    out.push('<');
    out.push_str(name);
    more(out);
    look.write(out);
    out.push_str("/>");
}

fn element(out: &mut String, name: &str, look: &Look, inner: impl FnOnce(&mut String)) {
    out.push('<');
    out.push_str(name);
    look.write(out);
    out.push('>');
    inner(out);
    write!(out, "</{name}>").expect("a string takes all");
}

fn list(out: &mut String, values: &[Number]) {
    for value in values {
        value.write(out);
        out.push(' ');
    }
}

fn link(out: &mut String, of: Id) {
    write!(out, "#i{}", id(of)).expect("a string takes all");
}

impl Letters {
    fn write(&self, out: &mut String) {
        match self {
            Self::Words(at) => out.push_str(pick(&WORDS, *at)),
            Self::Own(text) => {
                let plain = text.chars().filter(|c| !matches!(c, '<' | '&') && (*c >= ' ' || *c == '\n'));
                out.extend(plain);
            }
            Self::Span(look, x, letters) => element(out, "tspan", look, |out| {
                if let Number::Small(_) = x {
                    // A chunk of its own.
                    out.pop();
                    attribute(out, "x", |out| x.write(out));
                    out.push('>');
                }
                letters.iter().for_each(|l| l.write(out));
            }),
            Self::OnPath(of, at) => {
                out.push_str("<textPath");
                attribute(out, "href", |out| link(out, *of));
                write!(out, ">{}</textPath>", pick(&WORDS, *at)).expect("a string takes all");
            }
            Self::Many(times, at) => out.push_str(&pick(&WORDS, *at).repeat(1 << (times % 13))),
        }
    }
}

impl Step {
    fn write(&self, out: &mut String) {
        const STEPS: &[u8] = b"MmLlHhVvCcSsQqTtAaZz";
        let kind = pick(STEPS, self.kind);
        out.push(char::from(kind));
        let count = match kind.to_ascii_lowercase() {
            b'm' | b'l' | b't' => 2,
            b'h' | b'v' => 1,
            b'c' => 6,
            b's' | b'q' => 4,
            b'a' => 7,
            _ => 0,
        };
        for index in 0..count {
            if kind.eq_ignore_ascii_case(&b'a') && matches!(index, 3 | 4) {
                out.push_str("1 ");
                continue;
            }
            self.numbers[index % 3].write(out);
            out.push(' ');
        }
    }
}

impl Font {
    fn write(&self, out: &mut String, css: bool) {
        pair(out, css, "font-family", |out| out.push_str(pick(&FAMILIES, self.family)));
        pair(out, css, "font-size", |out| self.size.write(out));
    }
}

impl Look {
    /// The same without properties that would be moved.
    fn again(&self) -> Look {
        Look { properties: Vec::new(), id: self.id, class: self.class, in_style: self.in_style }
    }

    fn write(&self, out: &mut String) {
        if let Some(name) = self.id {
            attribute(out, "id", |out| write!(out, "i{}", id(name)).expect("a string takes all"));
        }
        if let Some(class) = self.class {
            attribute(out, "class", |out| write!(out, "c{}", class % 4).expect("a string takes all"));
        }
        if self.in_style {
            attribute(out, "style", |out| self.properties.iter().for_each(|p| p.write(out, true)));
            return;
        }
        let mut written = Vec::new();
        for property in &self.properties {
            // An attribute that stands twice is a fault of the document, found long before.
            let mut one = String::new();
            property.write(&mut one, false);
            let names: Vec<String> = one
                .split('"')
                .step_by(2)
                .filter_map(|n| n.trim().strip_suffix('=').map(str::to_owned))
                .collect();
            if names.iter().all(|name| !written.contains(name) && name != "x") {
                written.extend(names);
                out.push_str(&one);
            }
        }
    }
}

fn pair(out: &mut String, css: bool, name: &str, value: impl FnOnce(&mut String)) {
    if css {
        out.push_str(name);
        out.push(':');
        let from = out.len();
        value(out);
        let plain = out[from..].replace(['"', '<'], "");
        out.truncate(from);
        out.push_str(&plain);
        out.push(';');
    } else {
        attribute(out, name, value);
    }
}

impl Property {
    fn write(&self, out: &mut String, css: bool) {
        let of = |out: &mut String, of: &Id| write!(out, "url(#i{})", id(*of)).expect("a string takes all");
        match self {
            Self::Fill(color) => pair(out, css, "fill", |out| color.write(out)),
            Self::Stroke(color) => pair(out, css, "stroke", |out| color.write(out)),
            Self::Width(n) => pair(out, css, "stroke-width", |out| n.write(out)),
            Self::Dashes(values) => pair(out, css, "stroke-dasharray", |out| list(out, values)),
            Self::Offset(n) => pair(out, css, "stroke-dashoffset", |out| n.write(out)),
            Self::Opacity(n) => pair(out, css, "opacity", |out| n.write(out)),
            Self::Transform(kind, n) => {
                const KINDS: [&str; 6] =
                    ["translate", "scale", "rotate", "skewX", "matrix", "scale(1e-9) rotate"];
                pair(out, css, "transform", |out| {
                    let kind = pick(&KINDS, *kind);
                    write!(out, "{kind}(").expect("a string takes all");
                    list(out, if kind == "skewX" { &n[..1] } else { n });
                    if kind == "matrix" {
                        list(out, n);
                    }
                    out.push(')');
                });
            }
            Self::Clip(name) => pair(out, css, "clip-path", |out| of(out, name)),
            Self::Mask(name) => pair(out, css, "mask", |out| of(out, name)),
            Self::Marker(kind, name) => {
                let name_of = pick(&["marker-start", "marker-mid", "marker-end"], *kind);
                pair(out, css, name_of, |out| of(out, name));
            }
            Self::Font(font) => font.write(out, css),
            Self::Spacing(kind, n) => {
                const KINDS: [&str; 6] =
                    ["letter-spacing", "word-spacing", "dx", "dy", "rotate", "textLength"];
                pair(out, css, pick(&KINDS, *kind), |out| n.write(out));
            }
            Self::Plain(at) => {
                let (name, value) = pick(&PLAIN, *at);
                pair(out, css, name, |out| out.push_str(value));
            }
        }
    }
}

impl Color {
    fn write(&self, out: &mut String) {
        match self {
            Self::Plain(at) => out.push_str(pick(&COLORS, *at)),
            Self::Of(name) => write!(out, "url(#i{})", id(*name)).expect("a string takes all"),
            Self::Outside => out.push_str("url(http://127.0.0.1:1/x.svg#a)"),
        }
    }
}

impl Selector {
    fn write(&self, out: &mut String) {
        let done = match self {
            Self::Any => write!(out, "*"),
            Self::Class(class) => write!(out, ".c{}", class % 4),
            Self::Id(name) => write!(out, "#i{}", id(*name)),
            Self::Name(at) => write!(out, "{}", pick(&NAMES, *at)),
            Self::Child(a, b) => write!(out, "{} > {}", pick(&NAMES, *a), pick(&NAMES, *b)),
        };
        done.expect("a string takes all");
    }
}
