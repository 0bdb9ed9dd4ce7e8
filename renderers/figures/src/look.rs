//! The look of a picture: the habits of a house (fonts, colours, grid, frames), drawn once per picture and used by
//! charts, tables, diagrams and pages alike.

mod dress;
mod theme;
pub(crate) mod words;

use pixmo_render::font::{Class, Style};
use pixmo_render::palette::{self, Kind, Palette};
use pixmo_render::{Color, FaceId, Fonts, Rng};

use self::theme::{THEMES, Theme};
pub use self::words::FigureWords;

pub use self::dress::{Back, Head, Mount, TickMarks};

/// Everything about a picture that is taste and not data.
#[derive(Clone, Debug)]
pub struct Look {
    /// Name of the theme, such as `journal`.
    pub theme: &'static str,
    /// Name of the font family of labels and text.
    pub family: &'static str,
    /// Name of the font family of titles.
    pub title_family: &'static str,
    /// Size of ordinary labels in pixels.
    pub text_px: f32,
    /// Size of the title in pixels.
    pub title_px: f32,
    /// Colour of the ground.
    pub ground: Color,
    /// Colour of the plot area, the same as the ground where there is none.
    pub panel: Color,
    /// Colour of text.
    pub ink: Color,
    /// Colour of secondary text (tick labels, notes), readable on the ground.
    pub soft_ink: Color,
    /// Colour of grid lines and rules.
    pub line: Color,
    /// Strong colour for headers and titles.
    pub accent: Color,
    /// Colours that tell series apart, each readable on the panel; seven or more wherever a palette has so many.
    pub series: Vec<Color>,
    /// Name of the palette of the series.
    pub palette: String,
    /// Ramp for heat maps and shaded tables.
    pub ramp: Palette,
    /// True when the ground is dark.
    pub dark: bool,
    /// Grid lines.
    pub grid: Grid,
    /// The lines around the plot area.
    pub spines: Spines,
    /// Where the title stands.
    pub title_place: TitlePlace,
    /// Where the legend stands when there is room for a choice.
    pub legend: LegendPlace,
    /// Corner radius of bars, tiles and boxes in pixels.
    pub corner: f32,
    /// Width of lines of line charts and edges in pixels.
    pub stroke: f32,
    /// Share of a bar's place that is gap, 0.1 to 0.5.
    pub gap: f32,
    /// Margin around everything in pixels.
    pub margin: f32,
    /// Titles in bold.
    pub bold_title: bool,
    /// Marks at the points of lines.
    pub markers: bool,
    /// What figures write by themselves.
    pub words: FigureWords,
    /// Fills and frames are flat (false: soft gradients on bars and nodes).
    pub flat: bool,
    /// What carries the title.
    pub head: Head,
    /// What the figure lies on.
    pub mount: Mount,
    /// Colour of what lies around a card.
    pub page: Color,
    /// What lies behind the marks of a plot.
    pub back: Back,
    /// The short lines at the ticks.
    pub ticks: TickMarks,
    /// The legend stands in a box.
    pub boxed: bool,
    /// The note stands on a tinted foot.
    pub foot: bool,
}

/// Which grid lines are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grid {
    /// None.
    None,
    /// Across the value axis.
    Value,
    /// Across both axes.
    Both,
    /// Across the value axis, dashed.
    Dashed,
}

/// Which edges of the plot area are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spines {
    /// None.
    None,
    /// The line that values start from.
    Base,
    /// Left and bottom.
    LeftBottom,
    /// All four.
    Box,
}

/// Where the title stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitlePlace {
    /// Above, from the left edge.
    Left,
    /// Above, in the middle.
    Center,
    /// Below, in the middle, as in reports.
    Below,
}

/// Where a legend stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegendPlace {
    /// Right of the plot.
    Right,
    /// Above the plot, in a row.
    Top,
    /// Below the plot, in rows.
    Bottom,
    /// No legend: names are written beside the marks where the chart can do that.
    Direct,
}

impl Look {
    /// Draws a look: a theme first, then the choices that the theme leaves open.
    pub fn draw(rng: &mut Rng) -> Look {
        let theme = rng.pick(THEMES);
        theme.look(rng)
    }

    /// The names of all themes.
    pub fn themes() -> Vec<&'static str> {
        THEMES.iter().map(|t| t.name).collect()
    }

    /// Chooses what the theme wears.
    fn put_on(&mut self, rng: &mut Rng) {
        let dress = dress::of(self.theme);
        self.head = *rng.pick(dress.heads);
        if self.title_place == TitlePlace::Below && matches!(self.head, Head::Band | Head::Strip | Head::Rule)
        {
            self.head = Head::Plain;
        }
        self.mount = *rng.pick(dress.mounts);
        // A band from edge to edge leaves no corner for a card.
        if self.mount == Mount::Card && self.head == Head::Band {
            self.mount = Mount::Bare;
        }
        let toward = if rng.chance(0.5) { self.ink } else { self.accent };
        self.page = if self.dark {
            self.ground.mix(Color::BLACK, rng.range32(0.3, 0.5))
        } else {
            self.ground.mix(toward, rng.range32(0.07, 0.15))
        };
        self.back = *rng.pick(dress.backs);
        self.ticks = dress.ticks;
        self.boxed = rng.chance(dress.boxed);
        self.foot = rng.chance(dress.foot);
        if self.panel == self.ground && matches!(self.back, Back::Tint | Back::Stripes) {
            self.tint_panel(rng);
        }
    }

    /// Gives a figure of thin marks something to stand on where all is bare: its picture would be of one colour, and
    /// look unfinished. `inside` tells whether its plot has a panel of its own.
    pub fn under_thin_marks(&mut self, inside: bool, rng: &mut Rng) {
        let around = matches!(self.mount, Mount::Card | Mount::Part) || self.head == Head::Band;
        let behind = self.panel != self.ground || self.back != Back::Plain;
        if around || inside && behind {
            return;
        }
        self.back = *rng.pick(dress::of(self.theme).under_thin);
        if inside && self.back != Back::Plain {
            if matches!(self.back, Back::Tint | Back::Stripes) {
                self.tint_panel(rng);
            }
        } else if self.title_place != TitlePlace::Below && rng.chance(0.4) {
            self.head = Head::Band;
        } else {
            self.mount = Mount::Card;
        }
    }

    /// Makes colours strong enough for thin lines and small dots, where they stay apart from each other, and lines wide
    /// enough to be followed.
    pub fn strengthen(&mut self) {
        self.stroke = self.stroke.max(1.5);
        for index in 0..self.series.len() {
            let strong = self.series[index].readable_on(self.panel, THIN_CONTRAST);
            let mut others = self.series.iter().enumerate().filter(|(other, _)| *other != index);
            if others.all(|(_, color)| color.distance(strong) >= SERIES_DISTANCE) {
                self.series[index] = strong;
            }
        }
    }

    /// Gives the plot a ground of its own, and makes the colours fit it.
    fn tint_panel(&mut self, rng: &mut Rng) {
        let toward = if rng.chance(0.6) { self.ink } else { self.accent };
        self.panel = match self.dark {
            true if rng.chance(0.4) => self.ground.mix(Color::BLACK, rng.range32(0.2, 0.35)),
            true => self.ground.mix(Color::WHITE, rng.range32(0.05, 0.09)),
            // A coloured ground may have a plot of white.
            false if self.ground.luminance() < 0.93 && rng.chance(0.5) => Color::WHITE.mix(self.ground, 0.12),
            false => self.ground.mix(toward, rng.range32(0.045, 0.09)),
        };
        let panel = self.panel;
        self.soft_ink = self.soft_ink.readable_on(self.ground, 4.6).readable_on(panel, 4.6);
        self.series.iter_mut().for_each(|color| *color = color.readable_on(panel, 1.7));
    }

    /// The label face.
    pub fn face(&self, style: Style) -> FaceId {
        family_face(self.family, style)
    }

    /// The title face: bold where the theme wants it.
    pub fn title_face(&self) -> FaceId {
        family_face(self.title_family, if self.bold_title { Style::Bold } else { Style::Regular })
    }

    /// The colour of the series with this index; colours repeat after the last.
    pub fn color(&self, series: usize) -> Color {
        self.series[series % self.series.len()]
    }

    /// Both families, once each, for the row's record.
    pub fn fonts(&self) -> Vec<&'static str> {
        if self.family == self.title_family {
            vec![self.family]
        } else {
            vec![self.family, self.title_family]
        }
    }
}

fn family_face(name: &str, style: Style) -> FaceId {
    let fonts = Fonts::bundled();
    fonts.family(name).unwrap_or(&fonts.families()[0]).face(style)
}

impl Theme {
    fn look(&self, rng: &mut Rng) -> Look {
        let hex = |text: &&str| Color::from_hex(text).unwrap_or(Color::WHITE);
        let ground = hex(rng.pick(self.grounds));
        let dark = ground.luminance() < 0.2;
        let panel = if self.panels.is_empty() || dark { ground } else { hex(rng.pick(self.panels)) };
        let ink = if dark {
            ground.mix(Color::WHITE, rng.range32(0.86, 0.97))
        } else {
            ground.mix(Color::rgb(16, 18, 26), rng.range32(0.84, 0.98))
        };
        let soft_ink =
            ink.mix(ground, rng.range32(0.12, 0.32)).readable_on(ground, 4.6).readable_on(panel, 4.6);
        let fits = |p: &&Palette| if dark { p.good_on_dark } else { p.good_on_light };
        let all = palette::bundled();
        let many: Vec<&Palette> = all.iter().filter(|p| p.kind == Kind::Qualitative).filter(fits).collect();
        let ramps: Vec<&Palette> = all.iter().filter(|p| p.kind == Kind::Sequential).collect();
        let mut chosen = *rng.pick(&many);
        let mut series = told_apart(chosen, panel);
        for _ in 0..24 {
            if series.len() >= SERIES_MIN {
                break;
            }
            chosen = *rng.pick(&many);
            series = told_apart(chosen, panel);
        }
        let turn = rng.below(series.len());
        series.rotate_left(turn);
        let accent = series[0].readable_on(ground, 4.6);
        let ramp = (*rng.pick(&ramps)).clone();
        let family = pick_family(rng, self.labels);
        let title_family = if rng.chance(0.55) { family } else { pick_family(rng, self.titles) };
        let text_px = rng.whole(self.texts.0, self.texts.1) as f32;
        let mut look = Look {
            words: FigureWords::default(),
            theme: self.name,
            family,
            title_family,
            text_px,
            title_px: (text_px * rng.range32(1.25, 1.8)).round(),
            ground,
            panel,
            ink,
            soft_ink,
            line: ground.mix(ink, rng.range32(0.12, 0.28)),
            accent,
            series,
            palette: chosen.name.clone(),
            ramp,
            dark,
            grid: *rng.pick(self.grids),
            spines: *rng.pick(self.spines),
            title_place: *rng.pick(self.places),
            legend: *rng.pick(self.legends),
            corner: *rng.pick(self.corners),
            stroke: rng.range32(self.strokes.0, self.strokes.1),
            gap: rng.range32(0.15, 0.45),
            margin: rng.range32(14.0, 34.0),
            bold_title: rng.chance(self.bold),
            markers: rng.chance(0.5),
            flat: self.flat || rng.chance(0.5),
            head: Head::Plain,
            mount: Mount::Bare,
            page: ground,
            back: Back::Plain,
            ticks: TickMarks::None,
            boxed: false,
            foot: false,
        };
        look.put_on(rng);
        look
    }
}

/// Least number of colours that tell series apart, if any palette of the theme has so many.
const SERIES_MIN: usize = 7;
/// Least distance in OKLab of two such colours.
const SERIES_DISTANCE: f32 = 0.085;

/// Least contrast of thin marks with their panel, where the palette allows it.
const THIN_CONTRAST: f32 = 2.9;

/// The colours of a palette as they are used on a panel, without those that come too near to an earlier one.
fn told_apart(palette: &Palette, panel: Color) -> Vec<Color> {
    let mut kept: Vec<Color> = Vec::new();
    for color in palette.colors.iter().map(|c| c.readable_on(panel, 1.7)) {
        if kept.iter().all(|other| other.distance(color) >= SERIES_DISTANCE) {
            kept.push(color);
        }
    }
    kept
}

fn pick_family(rng: &mut Rng, classes: &[Class]) -> &'static str {
    let families = Fonts::bundled().families();
    let fitting: Vec<_> = families.iter().filter(|f| classes.contains(&f.class)).collect();
    match fitting.is_empty() {
        true => rng.pick(families).name,
        false => rng.pick(&fitting).name,
    }
}
