//! Typst sources built from markup and calls of what a page may use.

use std::fmt::Write as _;

use arbitrary::Arbitrary;
use pixmo_render::raster;
use pixmo_render_typst::{PageOptions, TypstError, render_foreign};

use crate::limits;
use crate::picture::pick;

/// No source grows beyond this; what would is cut off. Counting what an input reaches makes setting text three times as
/// slow; sources of the largest size that is read are in the tests of the renderer.
const BYTES_MAX: usize = 80_000;

/// Reads fonts and the standard library, which is done once for all sources.
pub fn prepare() {
    limits::prepare();
    let drawn = render_foreign("= A\n$a + b$ #box[c]", &PageOptions::default());
    drop(drawn);
}

/// What must hold of whatever is read as a page.
pub fn holds(text: &str) {
    let drawn = limits::within(|| {
        let scene = render_foreign(text, &PageOptions::default())?;
        let pixels = raster::paint(&scene);
        assert_eq!((pixels.width(), pixels.height()), (scene.width, scene.height));
        Ok::<_, TypstError>(scene)
    });
    match drawn {
        Ok(scene) => {
            assert!((32..=4096).contains(&scene.width) && (32..=4096).contains(&scene.height));
            for element in &scene.elements {
                let b = element.bounds;
                assert!(
                    !b.left.is_nan() && !b.top.is_nan() && !b.right.is_nan() && !b.bottom.is_nan(),
                    "{element:?}"
                );
            }
        }
        Err(error) => limits::is_told(&error),
    }
}

/// A page.
#[derive(Arbitrary, Debug)]
pub struct Page {
    width: Option<Length>,
    height: Option<Length>,
    definitions: Vec<Definition>,
    parts: Vec<Part>,
}

#[derive(Arbitrary, Debug)]
struct Definition {
    name: u8,
    kind: u8,
    value: Value,
}

/// Names that a source defines; few, so that they are used, doubled and made to use themselves.
const NAMES: [&str; 6] = ["f", "g", "a", "b", "x", "box"];

#[derive(Arbitrary, Debug)]
enum Length {
    Points(u16),
    Tenths(i16),
    Percent(i16),
    Em(i8),
    Fraction(u8),
    Auto,
    Sum(Box<Length>, Box<Length>),
    Word(u8),
}

const LENGTHS: [&str; 10] =
    ["0pt", "1e9pt", "20000pt", "0.001pt", "-1pt", "1e-9em", "19999fr", "360deg", "none", "1cm + 5%"];

#[derive(Arbitrary, Debug)]
enum Value {
    Content(Vec<Part>),
    Whole(i16),
    Length(Length),
    Text(u8),
    Color(u8),
    Stroke(Length, u8),
    List(Vec<Value>),
    Fields(Vec<(u8, Value)>),
    Name(u8),
    Call(Call),
    Binary(u8, Box<Value>, Box<Value>),
    Function(u8, Box<Value>),
    If(Box<Value>, Box<Value>, Box<Value>),
    Word(u8),
    Align(u8),
}

const COLORS: [&str; 8] = [
    "red",
    "rgb(\"#336699\")",
    "luma(240)",
    "rgb(10, 20, 300)",
    "gradient.linear(red, blue)",
    "red.darken(20%)",
    "cmyk(10%, 20%, 30%, 40%)",
    "rgb(1%, 2%, 3%, 4%).transparentize(50%)",
];
const VALUES: [&str; 16] = [
    "none",
    "auto",
    "true",
    "false",
    "1.5",
    "calc.max(1, 2)",
    "ltr",
    "rtl",
    "\"bold\"",
    "\"Lato\"",
    "top + left",
    "1deg",
    "()",
    "(:)",
    "calc.rem(7, 0)",
    "int(\"9\")",
];
const OPERATORS: [&str; 8] = ["+", "-", "*", "/", "==", "<", "and", "in"];
const ALIGNS: [&str; 5] = ["left", "center", "right + bottom", "horizon", "start"];

#[derive(Arbitrary, Debug)]
struct Call {
    of: u8,
    arguments: Vec<Argument>,
    body: Option<Vec<Part>>,
}

#[derive(Arbitrary, Debug)]
enum Argument {
    Plain(Value),
    Named(u8, Value),
}

const CALLS: [&str; 60] = [
    "box",
    "block",
    "text",
    "par",
    "align",
    "place",
    "stack",
    "grid",
    "table",
    "line",
    "rect",
    "square",
    "circle",
    "ellipse",
    "polygon",
    "curve",
    "pad",
    "h",
    "v",
    "page",
    "link",
    "columns",
    "colbreak",
    "linebreak",
    "rotate",
    "move",
    "hide",
    "strong",
    "emph",
    "underline",
    "overline",
    "strike",
    "highlight",
    "smallcaps",
    "sub",
    "super",
    "upper",
    "lower",
    "list",
    "enum",
    "terms",
    "quote",
    "heading",
    "figure",
    "scale",
    "skew",
    "grid.cell",
    "grid.hline",
    "table.header",
    "table.cell",
    "curve.move",
    "curve.line",
    "curve.cubic",
    "curve.close",
    "gradient.linear",
    "stroke",
    "math.frac",
    "layout",
    "measure",
    "pagebreak",
];
const ARGUMENTS: [&str; 36] = [
    "width",
    "height",
    "inset",
    "outset",
    "fill",
    "stroke",
    "radius",
    "columns",
    "rows",
    "gutter",
    "column-gutter",
    "align",
    "dx",
    "dy",
    "x",
    "y",
    "colspan",
    "rowspan",
    "size",
    "weight",
    "font",
    "leading",
    "spacing",
    "angle",
    "origin",
    "body",
    "dir",
    "baseline",
    "clip",
    "tracking",
    "level",
    "caption",
    "start",
    "end",
    "breakable",
    "float",
];

#[derive(Arbitrary, Debug)]
enum Part {
    Words(u8),
    Own(String),
    Break(bool),
    Strong(Vec<Part>),
    Emph(Vec<Part>),
    Heading(u8, u8),
    Item(u8, Vec<Part>),
    Math(Vec<Formula>),
    Code(Call),
    Name(u8),
    Link(u8, Vec<Part>),
    Set(Call),
    Show(u8, Call),
    Let(Definition),
    Repeat(u8, Box<Part>),
    Nest(u8, u8, Box<Part>),
    Outside(u8),
    Raw(String),
}

const WORDS: [&str; 10] =
    ["a", "Total 12.40", "lorem ipsum dolor", "Größe", "مرحبا", "茶", "\u{202e}x", "\\#", "~--- …", "@x <x>"];
const LINKS: [&str; 6] =
    ["d:0/3/1", "r:field_value", "r:node", "d:65535/65535/65535", "https://example.org", "d:0/h/1;r:bar"];
const OUTSIDE: [&str; 14] = [
    "#read(\"/etc/passwd\")",
    "#image(\"x.png\")",
    "#include \"x.typ\"",
    "#import \"@preview/a:1.0.0\"",
    "#while true {}",
    "#for x in (1, 2) [x]",
    "#eval(\"1\")",
    "#lorem(1000000)",
    "#context counter(page).get()",
    "#let r(n) = r(n)\n",
    "```rust fn```",
    "#repeat[.]",
    "#(\"ha\" * 1000)",
    "#a.replace(\"x\", a)",
];

#[derive(Arbitrary, Debug)]
enum Formula {
    Symbol(u8),
    Fraction(Vec<Formula>, Vec<Formula>),
    Attach(bool, Vec<Formula>),
    Group(Vec<Formula>),
    Call(u8, Vec<Formula>),
    Repeat(u8, Box<Formula>),
    Align,
}

const SYMBOLS: [&str; 12] =
    ["a", "12.5", "alpha", "sum", "integral", "arrow.r", "!=", "\"text\"", "RR", "dots.c", "hat", "'"];
const FUNCTIONS: [&str; 12] =
    ["sqrt", "mat", "vec", "cases", "binom", "abs", "hat", "underbrace", "root", "lr", "cancel", "text"];

impl Page {
    /// The source as text.
    pub fn write(&self) -> String {
        let mut out = String::new();
        for (name, length) in [("width", &self.width), ("height", &self.height)] {
            if let Some(length) = length {
                write!(out, "#set page({name}: ").expect("a string takes all");
                length.write(&mut out);
                out.push_str(")\n");
            }
        }
        self.definitions.iter().for_each(|definition| definition.write(&mut out));
        all(&mut out, &self.parts);
        out
    }
}

fn full(out: &str) -> bool {
    out.len() > BYTES_MAX
}

fn all(out: &mut String, parts: &[Part]) {
    parts.iter().for_each(|part| part.write(out));
}

fn content(out: &mut String, parts: &[Part]) {
    out.push('[');
    all(out, parts);
    out.push(']');
}

fn joined<T>(out: &mut String, items: &[T], mut write: impl FnMut(&mut String, &T)) {
    for item in items {
        write(out, item);
        out.push_str(", ");
    }
}

fn repeated(out: &mut String, times: u8, one: &str) {
    let count = (1usize << (times % 14)).min(BYTES_MAX.saturating_sub(out.len()) / one.len().max(1));
    out.push_str(&one.repeat(count));
}

impl Definition {
    fn write(&self, out: &mut String) {
        let name = pick(&NAMES, self.name);
        match self.kind % 3 {
            0 => write!(out, "#let {name} = "),
            1 => write!(out, "#let {name}(x) = "),
            _ => write!(out, "#let {name}(x, b: 1) = "),
        }
        .expect("a string takes all");
        self.value.write(out);
        out.push('\n');
    }
}

impl Length {
    fn write(&self, out: &mut String) {
        let done = match self {
            Self::Points(n) => write!(out, "{n}pt"),
            Self::Tenths(n) => write!(out, "{}pt", f32::from(*n) / 10.0),
            Self::Percent(n) => write!(out, "{n}%"),
            Self::Em(n) => write!(out, "{n}em"),
            Self::Fraction(n) => write!(out, "{n}fr"),
            Self::Auto => write!(out, "auto"),
            Self::Word(at) => write!(out, "{}", pick(&LENGTHS, *at)),
            Self::Sum(a, b) => {
                a.write(out);
                out.push_str(" + ");
                b.write(out);
                Ok(())
            }
        };
        done.expect("a string takes all");
    }
}

impl Value {
    fn write(&self, out: &mut String) {
        if full(out) {
            return out.push('1');
        }
        match self {
            Self::Content(parts) => content(out, parts),
            Self::Whole(n) => write!(out, "{n}").expect("a string takes all"),
            Self::Length(length) => length.write(out),
            Self::Text(at) => {
                write!(out, "\"{}\"", pick(&WORDS, *at).replace('\\', "")).expect("a string takes all")
            }
            Self::Color(at) => out.push_str(pick(&COLORS, *at)),
            Self::Stroke(width, color) => {
                width.write(out);
                write!(out, " + {}", pick(&COLORS, *color)).expect("a string takes all");
            }
            Self::List(values) => {
                out.push('(');
                joined(out, values, |out, value| value.write(out));
                out.push(')');
            }
            Self::Fields(fields) => {
                out.push_str("(:");
                out.pop();
                joined(out, fields, |out, (name, value)| {
                    write!(out, "{}: ", pick(&ARGUMENTS, *name)).expect("a string takes all");
                    value.write(out);
                });
                out.push(')');
            }
            Self::Name(at) => out.push_str(pick(&NAMES, *at)),
            Self::Call(call) => call.write(out),
            Self::Binary(at, a, b) => {
                out.push('(');
                a.write(out);
                write!(out, " {} ", pick(&OPERATORS, *at)).expect("a string takes all");
                b.write(out);
                out.push(')');
            }
            Self::Function(name, body) => {
                write!(out, "(x, {}) => ", pick(&["y", "a", "f"], *name)).expect("a string takes all");
                body.write(out);
            }
            Self::If(test, yes, no) => {
                out.push_str("if ");
                test.write(out);
                out.push_str(" { ");
                yes.write(out);
                out.push_str(" } else { ");
                no.write(out);
                out.push_str(" }");
            }
            Self::Word(at) => out.push_str(pick(&VALUES, *at)),
            Self::Align(at) => out.push_str(pick(&ALIGNS, *at)),
        }
    }
}

impl Call {
    fn write(&self, out: &mut String) {
        let of = usize::from(self.of) % (CALLS.len() + NAMES.len());
        out.push_str(CALLS.get(of).copied().unwrap_or_else(|| NAMES[of - CALLS.len()]));
        out.push('(');
        joined(out, &self.arguments, |out, argument| match argument {
            Argument::Plain(value) => value.write(out),
            Argument::Named(name, value) => {
                write!(out, "{}: ", pick(&ARGUMENTS, *name)).expect("a string takes all");
                value.write(out);
            }
        });
        out.push(')');
        if let Some(body) = &self.body {
            content(out, body);
        }
    }
}

impl Part {
    fn write(&self, out: &mut String) {
        if full(out) {
            return;
        }
        match self {
            Self::Words(at) => {
                out.push_str(pick(&WORDS, *at));
                out.push(' ');
            }
            Self::Own(text) => out.extend(text.chars().filter(|c| c.is_alphanumeric() || *c == ' ')),
            Self::Break(paragraph) => out.push_str(if *paragraph { "\n\n" } else { " \\ " }),
            Self::Strong(parts) => {
                out.push_str("#strong");
                content(out, parts);
            }
            Self::Emph(parts) => {
                out.push_str("#emph");
                content(out, parts);
            }
            Self::Heading(level, words) => {
                let signs = "=".repeat(usize::from(level % 7) + 1);
                writeln!(out, "\n{signs} {}", pick(&WORDS, *words)).expect("a string takes all");
            }
            Self::Item(kind, parts) => {
                out.push('\n');
                out.push_str(pick(&["- ", "+ ", "/ a: ", "12. "], *kind));
                all(out, parts);
                out.push('\n');
            }
            Self::Math(formulas) => {
                out.push_str("$ ");
                formulas.iter().for_each(|formula| formula.write(out));
                out.push_str(" $");
            }
            Self::Code(call) => {
                out.push('#');
                call.write(out);
                out.push(' ');
            }
            Self::Name(at) => write!(out, "#{} ", pick(&NAMES, *at)).expect("a string takes all"),
            Self::Link(at, parts) => {
                write!(out, "#link(\"{}\")", pick(&LINKS, *at)).expect("a string takes all");
                content(out, parts);
            }
            Self::Set(call) => {
                out.push_str("\n#set ");
                Call { body: None, arguments: Vec::new(), of: call.of }.write(out);
                out.pop();
                joined(out, &call.arguments, |out, argument| {
                    if let Argument::Named(name, value) = argument {
                        write!(out, "{}: ", pick(&ARGUMENTS, *name)).expect("a string takes all");
                        value.write(out);
                    } else {
                        out.push_str("size: 9pt");
                    }
                });
                out.push_str(")\n");
            }
            Self::Show(at, call) => {
                let of = pick(&["heading", "math.equation", "strong", "table.cell", ""], *at);
                write!(out, "\n#show {of}: set ").expect("a string takes all");
                call.write(out);
                out.push('\n');
            }
            Self::Let(definition) => {
                out.push('\n');
                definition.write(out);
            }
            Self::Repeat(times, part) => {
                let mut one = String::new();
                part.write(&mut one);
                repeated(out, *times, &one);
            }
            Self::Nest(times, of, part) => {
                let count = usize::from(times % 40);
                let open = format!(
                    "#{}[",
                    pick(&["box", "block", "strong", "list", "grid", "table", "pad", "rotate"], *of)
                );
                out.push_str(&open.repeat(count));
                part.write(out);
                out.push_str(&"]".repeat(count));
            }
            Self::Outside(at) => out.push_str(pick(&OUTSIDE, *at)),
            Self::Raw(text) => out.push_str(text),
        }
    }
}

impl Formula {
    fn write(&self, out: &mut String) {
        if full(out) {
            return;
        }
        match self {
            Self::Symbol(at) => {
                out.push_str(pick(&SYMBOLS, *at));
                out.push(' ');
            }
            Self::Fraction(above, below) => {
                group(out, above);
                out.push('/');
                group(out, below);
            }
            Self::Attach(above, of) => {
                out.push(if *above { '^' } else { '_' });
                group(out, of);
            }
            Self::Group(of) => group(out, of),
            Self::Call(at, of) => {
                out.push_str(pick(&FUNCTIONS, *at));
                out.push('(');
                joined(out, of, |out, formula| formula.write(out));
                out.push(')');
            }
            Self::Repeat(times, formula) => {
                let mut one = String::new();
                formula.write(&mut one);
                repeated(out, *times % 10, &one);
            }
            Self::Align => out.push_str(" & "),
        }
    }
}

fn group(out: &mut String, of: &[Formula]) {
    out.push('(');
    of.iter().for_each(|formula| formula.write(out));
    out.push(')');
}
