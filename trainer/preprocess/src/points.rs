//! Points as text, both ways: as a model learns to write them, and as it writes them.

use std::sync::LazyLock;

use regex::Regex;

/// What is said where there is nothing to point at.
pub const NONE: &str = "There are none.";
/// Stands in an answer where a tag of points belongs.
pub const PLACE: &str = "<|POINT|>";

/// A place in an upright picture, in per cent of its width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left edge.
    pub x: f64,
    /// From the top edge.
    pub y: f64,
}

impl Point {
    /// A place given in pixels of a picture.
    pub fn of_pixels(x: f64, y: f64, width: f64, height: f64) -> Point {
        Point { x: x / (width / 100.0), y: y / (height / 100.0) }
    }

    /// To one decimal; halves of a tenth go to the even one.
    fn rounded(self) -> Point {
        let round = |value: f64| (value * 10.0).round_ties_even() / 10.0;
        Point { x: round(self.x), y: round(self.y) }
    }
}

/// In which order points are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PointOrder {
    /// From left to right, then from top to bottom: that of the released models.
    #[default]
    Columns,
    /// From top to bottom, then from left to right, as the paper says.
    Rows,
}

/// A tag for points; an empty text for none. Neither `alt` nor `text` is escaped.
pub fn tag(points: &[Point], alt: &str, text: &str, order: PointOrder) -> String {
    let mut points: Vec<Point> = points.iter().map(|point| point.rounded()).collect();
    points.sort_by(|a, b| match order {
        PointOrder::Columns => a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)),
        PointOrder::Rows => a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)),
    });
    match &points[..] {
        [] => String::new(),
        [Point { x, y }] => format!("<point x=\"{x:.1}\" y=\"{y:.1}\" alt=\"{alt}\">{text}</point>"),
        points => {
            let pairs: Vec<String> = (1..)
                .zip(points)
                .map(|(number, Point { x, y })| format!("x{number}=\"{x:.1}\" y{number}=\"{y:.1}\""))
                .collect();
            format!("<points {} alt=\"{alt}\">{text}</points>", pairs.join(" "))
        }
    }
}

/// The answer to where something is.
pub fn pointing(points: &[Point], label: &str, order: PointOrder) -> String {
    if points.is_empty() { NONE.to_owned() } else { tag(points, label, label, order) }
}

/// The answer to how many of something there are.
pub fn counting(points: &[Point], label: &str, order: PointOrder) -> String {
    if points.is_empty() {
        return NONE.to_owned();
    }
    format!("Counting the {} shows a total of {}.", tag(points, label, label, order), points.len())
}

/// Points that stand in an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct InlinePoints {
    /// Where.
    pub points: Vec<Point>,
    /// What the answer calls them.
    pub text: String,
    /// What they are.
    pub alt: String,
}

/// Puts tags where an answer has [`PLACE`], in order. Places without points and points without a place stay out.
pub fn inline(answer: &str, points: &[InlinePoints], order: PointOrder) -> String {
    let mut parts = answer.split(PLACE);
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut tags = points.iter();
    for part in parts {
        if let Some(InlinePoints { points, text: inner, alt }) = tags.next() {
            text.push_str(&tag(points, alt, inner, order));
        }
        text.push_str(part);
    }
    text
}

static CLICK: LazyLock<Regex> = LazyLock::new(|| pattern(r"Click\(([0-9]+\.[0-9]), ?([0-9]+\.[0-9])\)"));
static PAIR: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(([0-9]+\.[0-9]),? ?([0-9]+\.[0-9])\)"));
static ATTRIBUTES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"x[0-9]*="\s*([0-9]+(?:\.[0-9]+)?)"\s+y[0-9]*="\s*([0-9]+(?:\.[0-9]+)?)""#));
static TENTHS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:[0-9]+|p)\s*=\s*([0-9]{3})\s*,\s*([0-9]{3})"));
static WHOLE: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    const NUMBER: &str = r"-?[0-9]+(?:\.[0-9]+)?";
    const VALUE: &str = r#""\s*[0-9]+(?:\.[0-9]+)?""#;
    let one_tuple = format!(r"\(\s*{NUMBER}\s*,\s*{NUMBER}\s*\)");
    [
        pattern(&format!(r"(?s)^{one_tuple}(?:\n?{one_tuple})*$")),
        pattern(&format!(r#"(?s)^<point\s+x={VALUE}\s+y={VALUE}\s+alt=".*">.*</point>$"#)),
        pattern(&format!(r#"(?s)^<points\s+(?:x[0-9]+={VALUE}\s+y[0-9]+={VALUE}\s+)+alt=".*">.*</points>$"#)),
        pattern(r#"(?s)^<point\s+p=\s*[0-9]{3}\s*,\s*[0-9]{3}\s+alt=".*">.*</point>$"#),
        pattern(r#"(?s)^<points\s+(?:[0-9]+=\s*[0-9]{3}\s*,\s*[0-9]{3}\s+)+alt=".*">.*</points>$"#),
    ]
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file, which the tests compile")
}

/// The points of a response, in per cent, in the order of the reference: clicks, pairs in brackets, attributes, and the
/// older form in tenths, each from the beginning. What lies beyond 100 is left out; a click is found twice.
pub fn read(response: &str) -> Vec<Point> {
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::INFINITY);
    let mut points = Vec::new();
    for (pattern, divisor) in [(&CLICK, 1.0), (&PAIR, 1.0), (&ATTRIBUTES, 1.0), (&TENTHS, 10.0)] {
        for found in pattern.captures_iter(response) {
            let point = Point { x: number(&found[1]) / divisor, y: number(&found[2]) / divisor };
            if point.x.max(point.y) <= 100.0 {
                points.push(point);
            }
        }
    }
    points
}

/// Whether a response is nothing but one tag, or pairs in brackets.
pub fn is_strict(response: &str) -> bool {
    WHOLE.iter().any(|pattern| pattern.is_match(response.trim()))
}
