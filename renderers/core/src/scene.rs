//! The display list of a picture and what is known about each thing on it.
//!
//! A [`Scene`] has *items* (paths and glyphs, in painting order) and *elements* (what a person sees: a bar, a tick
//! label, a node). Every item belongs to one element; an element knows its role, its box, its visible text and the
//! data cells that it shows. Truth is read from the elements; pixels are painted from the items.

use std::rc::Rc;

use serde::Serialize;
use tiny_skia::{Path, PathBuilder, Transform};

use crate::color::Color;
use crate::data::Datum;
use crate::font::{FaceId, Fonts, Shaped, TextError};
use crate::geometry::{Point, Quad, Rect};

/// A picture before it is painted.
#[derive(Debug)]
pub struct Scene {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Colour of the ground.
    pub ground: Color,
    /// What is painted, in order.
    pub items: Vec<Item>,
    /// What is seen.
    pub elements: Vec<Element>,
}

/// Index of an element in its scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct ElementId(pub u32);

/// What a person sees as one thing.
#[derive(Clone, Debug)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// The data cells that it shows.
    pub data: Vec<Datum>,
    /// The visible text of a text element; for marks a name for people (`Norway, 2019`), may be empty.
    pub label: String,
    /// Box around all its ink.
    pub bounds: Rect,
    /// Where to point at it: the middle, unless set otherwise (the tip of a line point, the inside of an arc).
    pub anchor: Point,
    /// The colour that a person would name it by, if it has one.
    pub color: Option<Color>,
    /// Set for text elements.
    pub text: Option<Text>,
}

/// What is known about a text element beyond its box.
#[derive(Clone, Debug)]
pub struct Text {
    /// The face.
    pub face: FaceId,
    /// Font size in pixels.
    pub size: f32,
    /// Rotation in degrees clockwise.
    pub angle: f32,
    /// The exact outline of its ink, rotated.
    pub quad: Quad,
    /// Colour of the letters.
    pub color: Color,
    /// Index of its item in the scene.
    pub item: usize,
}

/// What an element is. Text roles say what the text is for, mark roles what is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Text: the title of the picture.
    Title,
    /// Text: the line below the title.
    Subtitle,
    /// Text: a heading inside a page, or of one panel.
    Heading,
    /// Text: running text of a page.
    Body,
    /// Text: a source line, footnote, caption.
    Note,
    /// Text: the name of an axis.
    AxisTitle,
    /// Text: a label at a tick of an axis.
    TickLabel,
    /// Text: the heading of a legend.
    LegendTitle,
    /// Text: one entry of a legend.
    LegendLabel,
    /// Text: the printed value of a mark.
    ValueLabel,
    /// Text: the name of a mark or series, written beside it.
    DirectLabel,
    /// Text: a column or row header of a table.
    HeaderCell,
    /// Text: a cell of a table.
    BodyCell,
    /// Text: inside a node of a diagram.
    NodeLabel,
    /// Text: at an edge of a diagram.
    EdgeLabel,
    /// Text: the name of a group, lane, actor, region.
    GroupLabel,
    /// Text: the name of a field of a document.
    FieldName,
    /// Text: the value of a field of a document.
    FieldValue,
    /// Mark: the colour sample of a legend entry.
    LegendKey,
    /// Mark: a bar of any direction.
    Bar,
    /// Mark: a data point of a line.
    LinePoint,
    /// Mark: a whole line.
    Line,
    /// Mark: a filled area.
    Area,
    /// Mark: a dot of a scatter, bubble or strip plot.
    Dot,
    /// Mark: a slice of a pie, donut, sunburst, gauge.
    Slice,
    /// Mark: a tile of a heat map, tree map, waffle, calendar.
    Tile,
    /// Mark: a box of a box plot, a candle, a range.
    Span,
    /// Mark: a band of a flow, from where it comes to where it goes.
    Ribbon,
    /// Mark: a region of a map.
    Region,
    /// Mark: a node of a diagram.
    Node,
    /// Mark: an edge of a diagram, with its arrow.
    Edge,
    /// Mark: a group, lane, band behind other things.
    Group,
    /// Mark: a hand of a clock or of another dial; its label says which.
    Hand,
    /// Mark: a dial, with its ground.
    Dial,
    /// Mark: an axis line, tick or grid line.
    Axis,
    /// Mark: lines and fills of a table.
    Rule,
    /// Mark: a frame, a panel ground, an ornament, a stamp: no data.
    Ornament,
}

impl Role {
    /// The name in files, such as `tick_label`.
    pub fn name(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Subtitle => "subtitle",
            Role::Heading => "heading",
            Role::Body => "body",
            Role::Note => "note",
            Role::AxisTitle => "axis_title",
            Role::TickLabel => "tick_label",
            Role::LegendTitle => "legend_title",
            Role::LegendLabel => "legend_label",
            Role::ValueLabel => "value_label",
            Role::DirectLabel => "direct_label",
            Role::HeaderCell => "header_cell",
            Role::BodyCell => "body_cell",
            Role::NodeLabel => "node_label",
            Role::EdgeLabel => "edge_label",
            Role::GroupLabel => "group_label",
            Role::FieldName => "field_name",
            Role::FieldValue => "field_value",
            Role::LegendKey => "legend_key",
            Role::Bar => "bar",
            Role::LinePoint => "line_point",
            Role::Line => "line",
            Role::Area => "area",
            Role::Dot => "dot",
            Role::Slice => "slice",
            Role::Tile => "tile",
            Role::Span => "span",
            Role::Ribbon => "ribbon",
            Role::Region => "region",
            Role::Node => "node",
            Role::Edge => "edge",
            Role::Group => "group",
            Role::Hand => "hand",
            Role::Dial => "dial",
            Role::Axis => "axis",
            Role::Rule => "rule",
            Role::Ornament => "ornament",
        }
    }

    /// True for things that carry data and can be pointed at; false for text, axes, rules and ornaments.
    pub fn is_mark(self) -> bool {
        matches!(
            self,
            Role::LegendKey
                | Role::Bar
                | Role::LinePoint
                | Role::Line
                | Role::Area
                | Role::Dot
                | Role::Slice
                | Role::Tile
                | Role::Span
                | Role::Ribbon
                | Role::Region
                | Role::Node
                | Role::Edge
                | Role::Group
                | Role::Hand
                | Role::Dial
        )
    }
}

/// One thing to paint.
#[derive(Debug)]
pub enum Item {
    /// A filled path.
    Fill {
        /// Whose it is.
        element: ElementId,
        /// The outline, in pixels.
        path: Path,
        /// Colour or gradient.
        paint: Paint,
        /// Overlapping parts of the path leave holes (even-odd rule instead of non-zero).
        even_odd: bool,
    },
    /// A stroked path.
    Stroke {
        /// Whose it is.
        element: ElementId,
        /// The middle line, in pixels.
        path: Path,
        /// Pen.
        stroke: Stroke,
    },
    /// One line of text.
    Text {
        /// Whose it is.
        element: ElementId,
        /// Start of the baseline.
        origin: Point,
        /// Rotation in degrees clockwise about the origin.
        angle: f32,
        /// The face.
        face: FaceId,
        /// Font size in pixels.
        size: f32,
        /// Letter colour.
        color: Color,
        /// The glyphs.
        shaped: Rc<Shaped>,
    },
    /// Everything until the matching [`Item::PopClip`] is painted only inside this path.
    PushClip(Path),
    /// Ends the last clip.
    PopClip,
}

/// How an area is filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Solid(Color),
    /// A linear gradient; stops are (position 0 to 1, colour) in rising order.
    Linear {
        /// Where position 0 lies.
        from: Point,
        /// Where position 1 lies.
        to: Point,
        /// The stops.
        stops: Vec<(f32, Color)>,
    },
    /// A radial gradient: position 0 is the middle of a circle, 1 its edge.
    Radial {
        /// Takes the unit circle to where the gradient lies; by it, the circle may become an ellipse.
        place: Transform,
        /// The stops.
        stops: Vec<(f32, Color)>,
    },
}

impl Paint {
    /// A radial gradient about a point.
    pub fn radial(center: Point, radius: f32, stops: Vec<(f32, Color)>) -> Self {
        let place = Transform::from_scale(radius, radius).post_translate(center.x, center.y);
        Self::Radial { place, stops }
    }

    /// The same fill after the place it lies in was moved.
    fn moved(self, x: f32, y: f32) -> Self {
        let moved = |p: Point| Point::new(p.x + x, p.y + y);
        match self {
            Self::Solid(color) => Self::Solid(color),
            Self::Linear { from, to, stops } => Self::Linear { from: moved(from), to: moved(to), stops },
            Self::Radial { place, stops } => Self::Radial { place: place.post_translate(x, y), stops },
        }
    }
}

impl From<Color> for Paint {
    fn from(color: Color) -> Self {
        Paint::Solid(color)
    }
}

/// A pen.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width in pixels.
    pub width: f32,
    /// Lengths of dashes and gaps in turn; empty for a full line.
    pub dash: Vec<f32>,
    /// Round ends and corners instead of square ones.
    pub round: bool,
}

impl Stroke {
    /// A full line with square ends.
    pub fn new(color: Color, width: f32) -> Self {
        Self { color, width, dash: Vec::new(), round: false }
    }

    /// The same with dashes.
    pub fn dashed(mut self, dash: &[f32]) -> Self {
        self.dash = dash.to_vec();
        self
    }

    /// The same with round ends and corners.
    pub fn rounded(mut self) -> Self {
        self.round = true;
        self
    }
}

/// Which part of the text lies at the given x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// Which height of the text lies at the given y.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VAlign {
    /// The height of capitals: the text hangs below y.
    Top,
    /// Half the height of capitals.
    Middle,
    /// The baseline.
    Baseline,
    /// The depth of descenders: the text stands above y.
    Bottom,
}

/// A line of text to be placed.
#[derive(Clone, Debug)]
pub struct TextSpec<'a> {
    /// The text.
    pub text: &'a str,
    /// The face.
    pub face: FaceId,
    /// Font size in pixels.
    pub size: f32,
    /// Letter colour.
    pub color: Color,
    /// Where.
    pub at: Point,
    /// What lies at `at.x`.
    pub align: Align,
    /// What lies at `at.y`.
    pub valign: VAlign,
    /// Rotation about `at`, degrees clockwise; 270 reads upwards.
    pub angle: f32,
    /// What the text is for.
    pub role: Role,
    /// The cells that it prints.
    pub data: Vec<Datum>,
}

impl<'a> TextSpec<'a> {
    /// Upright text whose start and baseline are at the origin; set the rest by struct update.
    pub fn new(text: &'a str, face: FaceId, size: f32, color: Color, role: Role) -> Self {
        Self {
            text,
            face,
            size,
            color,
            at: Point::default(),
            align: Align::Start,
            valign: VAlign::Baseline,
            angle: 0.0,
            role,
            data: Vec::new(),
        }
    }

    /// Places it.
    pub fn at(mut self, x: f32, y: f32, align: Align, valign: VAlign) -> Self {
        self.at = Point::new(x, y);
        self.align = align;
        self.valign = valign;
        self
    }

    /// Rotates it, degrees clockwise.
    pub fn turned(mut self, angle: f32) -> Self {
        self.angle = angle;
        self
    }

    /// Says which cells it prints.
    pub fn showing(mut self, data: impl IntoIterator<Item = Datum>) -> Self {
        self.data.extend(data);
        self
    }
}

impl Scene {
    /// An empty scene.
    pub fn new(width: u32, height: u32, ground: Color) -> Self {
        Self { width, height, ground, items: Vec::new(), elements: Vec::new() }
    }

    /// The whole picture.
    pub fn bounds(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width as f32, self.height as f32)
    }

    /// An element by its id.
    pub fn element(&self, id: ElementId) -> &Element {
        &self.elements[id.0 as usize]
    }

    /// An element by its id, to change its anchor, label or colour.
    pub fn element_mut(&mut self, id: ElementId) -> &mut Element {
        &mut self.elements[id.0 as usize]
    }

    /// All elements with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (ElementId, &Element)> {
        self.elements.iter().enumerate().map(|(i, e)| (ElementId(i as u32), e))
    }

    /// Begins a mark; paths added to it later widen its box and move its anchor to the middle.
    pub fn mark(
        &mut self,
        role: Role,
        label: impl Into<String>,
        data: impl IntoIterator<Item = Datum>,
    ) -> ElementId {
        self.elements.push(Element {
            role,
            data: data.into_iter().collect(),
            label: label.into(),
            bounds: Rect::EMPTY,
            anchor: Point::default(),
            color: None,
            text: None,
        });
        ElementId(self.elements.len() as u32 - 1)
    }

    /// Begins a mark without data.
    pub fn ornament(&mut self) -> ElementId {
        self.mark(Role::Ornament, "", [])
    }

    /// Fills a path. The colour of the first solid fill becomes the element's colour.
    pub fn fill(&mut self, element: ElementId, path: Path, paint: impl Into<Paint>) {
        let paint = paint.into();
        self.cover(element, path.bounds(), 0.0, if let Paint::Solid(c) = &paint { Some(*c) } else { None });
        self.items.push(Item::Fill { element, path, paint, even_odd: false });
    }

    /// Fills a path by the even-odd rule.
    pub fn fill_even_odd(&mut self, element: ElementId, path: Path, paint: impl Into<Paint>) {
        self.fill(element, path, paint);
        if let Some(Item::Fill { even_odd, .. }) = self.items.last_mut() {
            *even_odd = true;
        }
    }

    /// Strokes a path. The colour becomes the element's colour if it has none yet.
    pub fn stroke(&mut self, element: ElementId, path: Path, stroke: Stroke) {
        self.cover(element, path.bounds(), stroke.width / 2.0, Some(stroke.color));
        self.items.push(Item::Stroke { element, path, stroke });
    }

    /// Fills a rectangle; nothing is painted when it is empty or not finite.
    pub fn rect(&mut self, element: ElementId, rect: Rect, paint: impl Into<Paint>) {
        if let Some(r) = tiny_skia::Rect::from_ltrb(rect.left, rect.top, rect.right, rect.bottom) {
            self.fill(element, PathBuilder::from_rect(r), paint);
        }
    }

    /// Fills a rectangle with round corners.
    pub fn round_rect(&mut self, element: ElementId, rect: Rect, radius: f32, paint: impl Into<Paint>) {
        if let Some(path) = round_rect_path(&rect, radius) {
            self.fill(element, path, paint);
        }
    }

    /// Strokes the edge of a rectangle with round corners (0 for square ones).
    pub fn frame(&mut self, element: ElementId, rect: Rect, radius: f32, stroke: Stroke) {
        if let Some(path) = round_rect_path(&rect, radius) {
            self.stroke(element, path, stroke);
        }
    }

    /// Fills a circle.
    pub fn circle(&mut self, element: ElementId, center: Point, radius: f32, paint: impl Into<Paint>) {
        if let Some(path) = PathBuilder::from_circle(center.x, center.y, radius) {
            self.fill(element, path, paint);
        }
    }

    /// Strokes a chain of straight segments; fewer than two points paint nothing.
    pub fn polyline(&mut self, element: ElementId, points: &[Point], stroke: Stroke) {
        if let Some(path) = polyline_path(points, false) {
            self.stroke(element, path, stroke);
        }
    }

    /// Fills a polygon.
    pub fn polygon(&mut self, element: ElementId, points: &[Point], paint: impl Into<Paint>) {
        if let Some(path) = polyline_path(points, true) {
            self.fill(element, path, paint);
        }
    }

    /// Strokes one straight segment.
    pub fn line(&mut self, element: ElementId, from: Point, to: Point, stroke: Stroke) {
        self.polyline(element, &[from, to], stroke);
    }

    /// Begins a clip to a rectangle; end it with [`Scene::pop_clip`]. Element boxes are not cut by clips.
    pub fn push_clip(&mut self, rect: Rect) {
        let r = tiny_skia::Rect::from_ltrb(rect.left, rect.top, rect.right, rect.bottom)
            .unwrap_or_else(|| tiny_skia::Rect::from_xywh(0.0, 0.0, 0.0, 0.0).expect("a fixed rectangle"));
        self.items.push(Item::PushClip(PathBuilder::from_rect(r)));
    }

    /// Ends the last clip.
    pub fn pop_clip(&mut self) {
        self.items.push(Item::PopClip);
    }

    /// Places a line of text as an element of its own. Blank text gives an element without ink.
    ///
    /// # Errors
    /// A character without a glyph in the face.
    pub fn text(&mut self, spec: TextSpec<'_>) -> Result<ElementId, TextError> {
        let fonts = Fonts::bundled();
        let shaped = fonts.shape(spec.face, spec.text)?;
        let face = fonts.get(spec.face);
        let dx = match spec.align {
            Align::Start => 0.0,
            Align::Middle => -shaped.width * spec.size / 2.0,
            Align::End => -shaped.width * spec.size,
        };
        let dy = spec.size
            * match spec.valign {
                VAlign::Top => face.cap_height,
                VAlign::Middle => face.cap_height / 2.0,
                VAlign::Baseline => 0.0,
                VAlign::Bottom => -face.descent,
            };
        let turn = spec.angle.to_radians();
        let (sin, cos) = if spec.angle == 0.0 { (0.0, 1.0) } else { (libm::sinf(turn), libm::cosf(turn)) };
        let origin = Point::new(spec.at.x + dx * cos - dy * sin, spec.at.y + dx * sin + dy * cos);
        Ok(self.placed_text(spec, origin, shaped))
    }

    /// Adds text whose glyphs another engine has placed: `origin` is the start of the baseline; align and valign of
    /// the spec are not looked at.
    pub fn placed_text(&mut self, spec: TextSpec<'_>, origin: Point, shaped: Rc<Shaped>) -> ElementId {
        let s = spec.size;
        let ink = if shaped.ink.is_empty() { Rect::new(0.0, 0.0, 0.0, 0.0) } else { shaped.ink };
        let ink = Rect::new(ink.left * s, ink.top * s, ink.right * s, ink.bottom * s);
        let quad = Quad::rotated(&ink, origin, spec.angle);
        let id = ElementId(self.elements.len() as u32);
        self.elements.push(Element {
            role: spec.role,
            data: spec.data,
            label: spec.text.to_owned(),
            bounds: quad.bounds(),
            anchor: quad.center(),
            color: Some(spec.color),
            text: Some(Text {
                face: spec.face,
                size: s,
                angle: spec.angle,
                quad,
                color: spec.color,
                item: self.items.len(),
            }),
        });
        self.items.push(Item::Text {
            element: id,
            origin,
            angle: spec.angle,
            face: spec.face,
            size: s,
            color: spec.color,
            shaped,
        });
        id
    }

    /// Takes in all of another scene with its upper left corner at a point; `cell` says which cell of this picture a
    /// cell of the other one is. Its ground is not painted.
    pub fn absorb(&mut self, other: Scene, at: Point, cell: impl Fn(Datum) -> Datum) {
        let (first, items) = (self.elements.len() as u32, self.items.len());
        let moved = |p: Point| Point::new(p.x + at.x, p.y + at.y);
        let shift = Transform::from_translate(at.x, at.y);
        let own = |element: ElementId| ElementId(element.0 + first);
        for mut element in other.elements {
            element.data.iter_mut().for_each(|datum| *datum = cell(*datum));
            element.bounds =
                if element.bounds.is_empty() { element.bounds } else { element.bounds.moved(at.x, at.y) };
            element.anchor = moved(element.anchor);
            if let Some(text) = &mut element.text {
                text.quad = Quad(text.quad.0.map(moved));
                text.item += items;
            }
            self.elements.push(element);
        }
        for item in other.items {
            // Moving a finite path by finite amounts does not fail.
            self.items.push(match item {
                Item::Fill { element, path, paint, even_odd } => {
                    let path = path.clone().transform(shift).unwrap_or(path);
                    Item::Fill { element: own(element), path, paint: paint.moved(at.x, at.y), even_odd }
                }
                Item::Stroke { element, path, stroke } => {
                    let path = path.clone().transform(shift).unwrap_or(path);
                    Item::Stroke { element: own(element), path, stroke }
                }
                Item::Text { element, origin, angle, face, size, color, shaped } => Item::Text {
                    element: own(element),
                    origin: moved(origin),
                    angle,
                    face,
                    size,
                    color,
                    shaped,
                },
                Item::PushClip(path) => Item::PushClip(path.clone().transform(shift).unwrap_or(path)),
                Item::PopClip => Item::PopClip,
            });
        }
    }

    fn cover(&mut self, element: ElementId, path: tiny_skia::Rect, grow: f32, color: Option<Color>) {
        let element = &mut self.elements[element.0 as usize];
        let rect = Rect::new(path.left(), path.top(), path.right(), path.bottom()).grown(grow);
        element.bounds = element.bounds.union(&rect);
        element.anchor = element.bounds.center();
        element.color = element.color.or(color);
    }
}

/// The outline of a rectangle with round corners; `None` when the rectangle is empty.
pub fn round_rect_path(rect: &Rect, radius: f32) -> Option<Path> {
    let r = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
    let plain = tiny_skia::Rect::from_ltrb(rect.left, rect.top, rect.right, rect.bottom)?;
    if r <= 0.05 {
        return Some(PathBuilder::from_rect(plain));
    }
    // Control points of a quarter circle by a cubic lie 0.5523 of the radius away.
    let k = r * (1.0 - 0.552_284_8);
    let Rect { left: l, top: t, right: e, bottom: b } = *rect;
    let mut path = PathBuilder::new();
    path.move_to(l + r, t);
    path.line_to(e - r, t);
    path.cubic_to(e - k, t, e, t + k, e, t + r);
    path.line_to(e, b - r);
    path.cubic_to(e, b - k, e - k, b, e - r, b);
    path.line_to(l + r, b);
    path.cubic_to(l + k, b, l, b - k, l, b - r);
    path.line_to(l, t + r);
    path.cubic_to(l, t + k, l + k, t, l + r, t);
    path.close();
    path.finish()
}

/// A path of straight segments through the points; `None` for fewer than two points.
pub fn polyline_path(points: &[Point], close: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    if rest.is_empty() {
        return None;
    }
    let mut path = PathBuilder::new();
    path.move_to(first.x, first.y);
    for p in rest {
        path.line_to(p.x, p.y);
    }
    if close {
        path.close();
    }
    path.finish()
}
