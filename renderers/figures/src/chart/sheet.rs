//! The sheet that a chart is drawn on: its scene, the room that is left, and the text sizes in force.

use pixmo_render::font::{Style, words};
use pixmo_render::scene::TextSpec;
use pixmo_render::{Color, Datum, ElementId, FaceId, Fonts, Point, Rect, Rng, Role, Scene, Table};

use super::{ChartSpec, ValueLabels};
use crate::look::Look;
use crate::mount;
use crate::{FigureError, Resolution};

/// What drawing gives.
pub(super) type Drawing<T> = Result<T, FigureError>;

/// A text and the cells that it prints.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) data: Vec<Datum>,
}

/// The sheet.
pub(super) struct Sheet<'a> {
    pub(super) spec: &'a ChartSpec<'a>,
    pub(super) look: &'a Look,
    pub(super) table: &'a Table,
    pub(super) scene: Scene,
    /// What no text or mark has taken yet.
    pub(super) area: Rect,
    /// Size of legend and value labels.
    pub(super) text_px: f32,
    /// Size of tick labels and notes.
    pub(super) tick_px: f32,
    /// How much larger than usual marks are: above 1 on large pictures.
    pub(super) grow: f32,
    /// The label face.
    pub(super) face: FaceId,
    /// The label face in bold.
    pub(super) bold: FaceId,
    pub(super) resolutions: Vec<Resolution>,
}

impl<'a> Sheet<'a> {
    /// An empty sheet whose texts are `share` of the size that the look asks for, and legible.
    pub(super) fn new(spec: &'a ChartSpec<'a>, share: f32) -> Self {
        let look = spec.look;
        let half = |px: f32| (px * 2.0).round() / 2.0;
        // Large pictures get larger texts, but not in proportion: they are looked at from nearer.
        let side = libm::sqrtf((spec.width * spec.height) as f32);
        let grow = (1.0 + (side / 660.0 - 1.0) * 0.6).clamp(1.0, 1.35);
        let text_px = half((look.text_px * share * grow).max(10.0));
        let margin = look.margin.min(0.045 * spec.width.min(spec.height) as f32).max(10.0).round();
        let edge = mount::edge(look, margin);
        let scene = mount::scene(look, spec.width, spec.height, edge);
        Self {
            spec,
            look,
            table: &spec.data.tables[0],
            area: scene.bounds().grown(-margin - edge),
            scene,
            text_px,
            tick_px: half((text_px * 0.92).max(9.5)),
            face: look.face(Style::Regular),
            bold: look.face(Style::Bold),
            grow,
            resolutions: Vec::new(),
        }
    }

    /// The random numbers of a named choice.
    pub(super) fn rng(&self, purpose: &str) -> Rng {
        self.spec.seed.rng(purpose)
    }

    /// One named choice.
    pub(super) fn chance(&self, purpose: &str, probability: f64) -> bool {
        self.rng(purpose).chance(probability)
    }

    /// Narrows a wide area for a figure as wide as high, so that its legend stays near it.
    pub(super) fn gather(&mut self, aspect: f32) {
        let spare = (self.area.width() - aspect * self.area.height()).max(0.0) / 2.0;
        self.area.left += spare.floor();
        self.area.right -= spare.floor();
    }

    /// The error of a chart without room.
    pub(super) fn no_room<T>(&self, what: &'static str) -> Drawing<T> {
        let (width, height) = (self.spec.width, self.spec.height);
        Err(FigureError::NoRoom { kind: self.spec.kind.slug(), width, height, what })
    }

    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.table.rows.len()
    }

    /// Number of columns after the labels.
    pub(super) fn series(&self) -> usize {
        self.table.columns.len() - 1
    }

    /// The number in a cell.
    pub(super) fn value(&self, row: usize, column: usize) -> Option<f64> {
        self.table.rows[row][column].as_f64()
    }

    /// All numbers of the columns from `first` to `last`.
    pub(super) fn values(&self, first: usize, last: usize) -> Vec<f64> {
        (first..=last).flat_map(|column| self.table.numbers(column)).flatten().collect()
    }

    /// The cell as printed.
    pub(super) fn shown(&self, row: usize, column: usize) -> &'a str {
        &self.table.rows[row][column].shown
    }

    /// The label of a row.
    pub(super) fn row_name(&self, row: usize) -> Name {
        Name { text: self.shown(row, 0).to_owned(), data: vec![Datum::cell(row, 0)] }
    }

    /// The labels of all rows.
    pub(super) fn row_names(&self) -> Vec<Name> {
        (0..self.rows()).map(|row| self.row_name(row)).collect()
    }

    /// The header of a column.
    pub(super) fn header(&self, column: usize) -> Name {
        Name { text: self.table.columns[column].name.clone(), data: vec![Datum::header(0, column)] }
    }

    /// The header of a column with its unit, where the unit is not already printed with each number.
    pub(super) fn header_with_unit(&self, column: usize) -> Name {
        let mut name = self.header(column);
        if let Some(unit) = self.unit(column) {
            name.text = format!("{} ({unit})", name.text);
        }
        name
    }

    /// The unit of a column, where it is not already printed with each number or named in its header.
    pub(super) fn unit(&self, column: usize) -> Option<&'a str> {
        let found = self.table.columns.get(column)?;
        let (unit, format) = (found.unit.trim(), self.spec.value_format);
        let printed = self.table.rows.iter().filter_map(|row| row.get(column)).any(|cell| {
            let digits = |c: char| c.is_ascii_digit();
            let end = cell.shown.rfind(digits).map_or(0, |i| i + 1);
            cell.shown[end..].contains(unit) || cell.shown.trim_start_matches('\u{2212}').starts_with(unit)
        });
        let with_format = format.prefix.trim() == unit || format.suffix.contains(unit);
        (!unit.is_empty() && !printed && !with_format && !says_unit(&found.name, unit)).then_some(unit)
    }

    /// The name of a mark for people: its row and its series.
    pub(super) fn mark_name(&self, row: usize, column: usize) -> String {
        format!("{}, {}", self.shown(row, 0), self.table.columns[column].name)
    }

    /// Begins the mark of a cell.
    pub(super) fn cell_mark(&mut self, role: Role, row: usize, column: usize) -> ElementId {
        let label = self.mark_name(row, column);
        self.scene.mark(role, label, [Datum::cell(row, column)])
    }

    /// Sets where a mark is pointed at.
    pub(super) fn anchor(&mut self, mark: ElementId, at: Point) {
        self.scene.element_mut(mark).anchor = at;
    }

    /// Gives a mark without ink of its own a box, an anchor and a colour.
    pub(super) fn locate(&mut self, mark: ElementId, bounds: Rect, at: Point, color: Color) {
        let element = self.scene.element_mut(mark);
        element.bounds = if element.bounds.is_empty() { bounds } else { element.bounds };
        element.anchor = at;
        element.color = Some(color);
    }

    /// Width of a text.
    pub(super) fn width(&self, face: FaceId, px: f32, text: &str) -> Drawing<f32> {
        Ok(Fonts::bundled().width(face, px, text)?)
    }

    /// Width of a text in the label face.
    pub(super) fn label_width(&self, px: f32, text: &str) -> Drawing<f32> {
        self.width(self.face, px, text)
    }

    /// Width of the widest of some texts in the label face.
    pub(super) fn widest<'t>(&self, px: f32, texts: impl IntoIterator<Item = &'t str>) -> Drawing<f32> {
        texts.into_iter().try_fold(0.0f32, |widest, text| Ok(widest.max(self.label_width(px, text)?)))
    }

    /// Height of capitals of the label face.
    pub(super) fn cap(&self, px: f32) -> f32 {
        Fonts::bundled().get(self.face).cap_height * px
    }

    /// Adds a text.
    pub(super) fn set(&mut self, text: TextSpec<'_>) -> Drawing<ElementId> {
        Ok(self.scene.text(text)?)
    }

    /// Breaks a text into as few lines as the width allows and makes them even; `None` when a word is too wide.
    pub(super) fn lines(
        &self,
        face: FaceId,
        px: f32,
        text: &str,
        width: f32,
    ) -> Drawing<Option<Vec<String>>> {
        if self.width(face, px, text)? <= width {
            return Ok(Some(vec![text.to_owned()]));
        }
        let words: Vec<&str> = words(text);
        let widths = words.iter().map(|w| self.width(face, px, w)).collect::<Drawing<Vec<f32>>>()?;
        let space = self.width(face, px, "n n")? - 2.0 * self.width(face, px, "n")?;
        if widths.iter().any(|w| *w > width) {
            return Ok(None);
        }
        let broken = |limit: f32| {
            let mut ends = Vec::new();
            let mut used = 0.0;
            for (index, word) in widths.iter().enumerate() {
                if index > 0 && used + space + word > limit {
                    ends.push(index);
                    used = *word;
                } else {
                    used += if index > 0 { space + word } else { *word };
                }
            }
            ends.push(words.len());
            ends
        };
        let widest_word = widths.iter().copied().fold(0.0, f32::max);
        let fewest = broken(width - 1.0).len();
        let (mut low, mut high) = (widest_word, width - 1.0);
        for _ in 0..8 {
            let middle = (low + high) / 2.0;
            if broken(middle).len() <= fewest { high = middle } else { low = middle }
        }
        let mut start = 0;
        let lines = broken(high.max(widest_word)).into_iter().map(|end| {
            let line = words[start..end].join(" ");
            start = end;
            line
        });
        Ok(Some(lines.collect()))
    }

    /// The colour of the series with this index; after the last colour of the look come paler ones.
    pub(super) fn color(&self, index: usize) -> Color {
        let look = self.look;
        let color = look.color(index);
        if index < look.series.len() {
            return color;
        }
        color.mix(look.panel, 0.45).readable_on(look.panel, 1.5)
    }

    /// A colour of marks made readable as text on the plot and beside it.
    pub(super) fn readable(&self, color: Color) -> Color {
        color.readable_on(self.look.ground, 4.6).readable_on(self.look.panel, 4.6)
    }

    /// Says how finely a column can be read.
    pub(super) fn resolve(&mut self, column: usize, (difference, ratio): (f64, f64)) {
        let scale = self.spec.kind.has_scale();
        let column = column as u16;
        self.resolutions.push(Resolution { table: 0, column, difference, ratio, scale, in_row: None });
    }

    /// Says how finely the values of one row can be told apart, where rows are drawn as shares.
    pub(super) fn resolve_in_rows(&mut self, difference: f64) {
        self.resolutions.iter_mut().for_each(|resolution| resolution.in_row = Some(difference));
    }

    /// True when values should be printed if all of them have room; `many` marks are too many for it.
    pub(super) fn wants_values(&self, marks: usize, many: usize) -> bool {
        match self.spec.value_labels {
            ValueLabels::Never => false,
            ValueLabels::Always => true,
            ValueLabels::Auto => marks <= many && self.chance("print values", 0.6),
        }
    }

    /// True when the title or subtitle already names the column.
    pub(super) fn named_above(&self, column: usize) -> bool {
        let name = self.table.columns[column].name.to_lowercase();
        [self.spec.title, self.spec.subtitle].iter().any(|text| text.to_lowercase().contains(&name))
    }

    /// What an axis of a column that is named above still has to say: its unit, unless the words above give it.
    pub(super) fn unit_unsaid(&self, column: usize) -> Option<&'a str> {
        let unit = self.unit(column)?;
        let said = [self.spec.title, self.spec.subtitle]
            .iter()
            .any(|text| text.contains(&format!("({unit})")) || text.contains(&format!(" in {unit}")));
        (!said).then_some(unit)
    }
}

/// True when a name says the unit itself: as a word (`Area in ha`), or as the beginning of one (`Flowering days`,
/// `Minutes spent` in min). A letter inside a word (the h of `Sunshine`) says nothing.
fn says_unit(name: &str, unit: &str) -> bool {
    let (name, unit) = (name.to_lowercase(), unit.to_lowercase());
    if !unit.chars().all(char::is_alphabetic) {
        return name.contains(&unit);
    }
    let long = unit.chars().count() >= 3;
    name.split(|c: char| !c.is_alphabetic()).any(|word| word == unit || long && word.starts_with(&unit))
}

/// The middle of a segment.
pub(super) fn middle(a: Point, b: Point) -> Point {
    Point::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0)
}

/// A square box around a point.
pub(super) fn around(point: Point, radius: f32) -> Rect {
    Rect::new(point.x - radius, point.y - radius, point.x + radius, point.y + radius)
}
