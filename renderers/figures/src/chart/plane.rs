//! The plot area of charts with one axis of values and one of categories or times.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, ElementId, NumberFormat, PathBuilder, Point, Rect, Role};

use super::axis::{Below, Beside, Habit};
use super::scale::{Scale, ten};
use super::sheet::{Drawing, Name, Sheet};
use super::value_label::{self, Printed};
use crate::look::{Back, Grid, Spines, TickMarks};

/// Where the categories lie along their axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Places {
    /// In the middle of bands of equal width.
    Bands,
    /// At points from edge to edge, evenly.
    Points,
    /// At points from edge to edge, at these shares of the way.
    At(Vec<f32>),
    /// In the middle of bands of these shares of the whole width.
    Widths(Vec<f32>),
}

/// What a plane has to hold.
#[derive(Clone)]
pub(super) struct Plan {
    /// The labels of the categories.
    pub(super) names: Vec<Name>,
    pub(super) places: Places,
    /// Labels between others may be left out.
    pub(super) thin: bool,
    /// Values run to the right instead of up.
    pub(super) lying: bool,
    pub(super) low: f64,
    pub(super) high: f64,
    /// How tick labels are printed.
    pub(super) format: NumberFormat,
    /// Tick labels have no minus sign.
    pub(super) unsigned: bool,
    pub(super) value_title: Option<Name>,
    pub(super) name_title: Option<Name>,
    /// The axis of values is shown: ticks, grid and title.
    pub(super) axis: bool,
    /// Pixels kept free beyond the high and the low end of the scale, for value labels.
    pub(super) room: (f32, f32),
    /// The lowest and the highest number beside which a value label needs that room.
    pub(super) reach: (f64, f64),
    /// Pixels kept free right of the plot.
    pub(super) after: f32,
    /// A scale given by the caller instead of one from `low` and `high`.
    pub(super) scale: Option<Scale>,
    /// The axis of values may stand right, or above values that lie.
    pub(super) right_axis: bool,
}

impl Plan {
    /// Bars, lines or dots over the rows of the table, with the title and format of the columns from `first` to `last`.
    pub(super) fn new(sheet: &Sheet<'_>, first: usize, last: usize, low: f64, high: f64) -> Self {
        let single = first == last;
        let value_title = if single {
            let leave_out = sheet.named_above(first) && sheet.chance("named above", 0.65);
            if leave_out {
                sheet.unit_unsaid(first).map(|unit| Name { text: unit.to_owned(), data: Vec::new() })
            } else {
                Some(sheet.header_with_unit(first))
            }
        } else {
            sheet.unit(first).map(|unit| Name { text: unit.to_owned(), data: Vec::new() })
        };
        let name_title = sheet.chance("name title", 0.55).then(|| sheet.header(0));
        Self {
            names: sheet.row_names(),
            places: Places::Bands,
            thin: false,
            lying: false,
            low,
            high,
            format: tick_format(sheet, sheet.spec.value_format, low.abs().max(high.abs())),
            unsigned: false,
            value_title,
            name_title,
            axis: true,
            room: (0.0, 0.0),
            reach: (low, high),
            after: 0.0,
            scale: None,
            right_axis: true,
        }
    }
}

impl Plan {
    /// The room for value labels that the plot does not have inside: behind the lowest and before the highest number
    /// lie pixels up to the edges of the plot, each given as a span.
    fn needed(&self, low: (f32, f32), high: (f32, f32)) -> (f32, f32) {
        let inside = |(a, b): (f32, f32)| (b - a).max(0.0);
        ((self.room.0 - inside(high)).max(0.0).ceil(), (self.room.1 - inside(low)).max(0.0).ceil())
    }
}

/// How ticks are printed: as the values are, with thousands and millions taken out of large numbers now and then.
pub(super) fn tick_format(sheet: &Sheet<'_>, format: &NumberFormat, largest: f64) -> NumberFormat {
    // Thousands of thousands are hard to read.
    let taken_out = sheet.unit(1).is_some_and(|unit| {
        ["thousand", "million", "k ", "M "].iter().any(|large| unit.starts_with(large))
            || ["k", "M", "£k", "$k", "€k", "£M", "$M", "€M"].contains(&unit)
    });
    let short = if taken_out || format.scale > 0 || format.suffix.chars().any(char::is_alphabetic) {
        None
    } else if largest >= 2e9 && sheet.chance("short ticks", 0.8) {
        Some((9, "B"))
    } else if largest >= 2e6 && sheet.chance("short ticks", 0.8) {
        Some((6, "M"))
    } else if largest >= 2e4 && sheet.chance("short ticks", 0.35) {
        Some((3, "k"))
    } else {
        None
    };
    short.map_or_else(
        || format.clone(),
        |(scale, letter)| NumberFormat {
            scale,
            suffix: format!("{letter}{}", format.suffix),
            ..format.clone()
        },
    )
}

/// The least step of ticks: the last digit that the values have.
pub(super) fn least_step(format: &NumberFormat) -> f64 {
    ten(format.scale as i32 - format.decimals as i32)
}

/// How category labels were laid out.
enum Labels {
    Below(Below),
    Beside(Beside, Rect, Align),
}

/// Where the title of the values stands.
#[derive(Clone, Copy, PartialEq)]
enum TitleAt {
    /// Beside the axis, turned.
    Side,
    /// Above the plot, from its left edge.
    Top,
    /// Below the axis of values that lie.
    Below,
}

/// A plot area, laid out.
pub(super) struct Plane {
    /// The area that the scale spans.
    pub(super) plot: Rect,
    pub(super) scale: Scale,
    /// The middles of the categories in pixels.
    pub(super) centers: Vec<f32>,
    /// Pixels between neighbours, the least.
    pub(super) pitch: f32,
    pub(super) lying: bool,
    /// Where value labels may stand.
    pub(super) limit: Rect,
    /// Pixels kept free below the plot for value labels.
    room_below: f32,
    labels: Labels,
    right: bool,
    title_at: TitleAt,
    title_lines: Vec<String>,
    value_title_at: Point,
    /// Pixels that the title of the values may come down, where no value stands in its way.
    title_drop: f32,
    name_title_at: Option<(Point, Align, VAlign)>,
}

const TICK_GAP: f32 = 6.0;

impl Plane {
    /// Lays the plot area out in what is left of the sheet.
    pub(super) fn new(sheet: &Sheet<'_>, plan: &Plan) -> Drawing<Plane> {
        if plan.lying { Self::lying(sheet, plan) } else { Self::standing(sheet, plan) }
    }

    fn scale_for(plan: &Plan, pixels: f32, per_tick: f32) -> impl Fn(usize) -> Scale {
        let plan = plan.clone();
        let wish = ((pixels / per_tick) as usize).clamp(2, 8);
        move |fewer: usize| {
            let count = wish.saturating_sub(fewer).max(1);
            let least = least_step(&plan.format).min((plan.high - plan.low).abs().max(1e-9));
            let scale =
                plan.scale.clone().unwrap_or_else(|| Scale::linear(plan.low, plan.high, count, least));
            let scale = scale.printed(&plan.format);
            if plan.unsigned { scale.unsigned() } else { scale }
        }
    }

    fn standing(sheet: &Sheet<'_>, plan: &Plan) -> Drawing<Plane> {
        let area = sheet.area;
        let (px, cap) = (sheet.tick_px, sheet.cap(sheet.tick_px));
        let right = plan.right_axis && plan.axis && sheet.chance("axis at the right", 0.1);
        let title = plan.value_title.as_ref().filter(|_| plan.axis || plan.value_title_always());
        let mut title_at =
            if sheet.chance("title above the axis", 0.35) { TitleAt::Top } else { TitleAt::Side };
        let name_title = plan.name_title.as_ref();
        let name_title_height = if name_title.is_some() { (sheet.text_px * 1.5).round() } else { 0.0 };

        let mut title_lines = Vec::new();
        if let Some(title) = title {
            let along = if title_at == TitleAt::Side { area.height() * 0.72 } else { area.width() };
            title_lines = sheet.lines(sheet.face, sheet.text_px, &title.text, along)?.unwrap_or_default();
            if title_lines.is_empty() || title_lines.len() > 2 {
                title_at = TitleAt::Top;
                title_lines =
                    sheet.lines(sheet.face, sheet.text_px, &title.text, area.width())?.unwrap_or_default();
                if title_lines.is_empty() || title_lines.len() > 2 {
                    return sheet.no_room("title of the axis");
                }
            }
        }
        let line = (sheet.text_px * 1.22).round();
        let title_depth = line * title_lines.len() as f32;
        let top_title = if title_at == TitleAt::Top && title.is_some() { title_depth + 4.0 } else { 0.0 };
        let side_title = if title_at == TitleAt::Side && title.is_some() { title_depth + 5.0 } else { 0.0 };

        let least = if plan.axis { cap / 2.0 + 1.0 } else { 2.0 };
        let top_for = |room: f32| (area.top + top_title + room.max(least)).round();
        let (mut room, mut settled) = (plan.room, false);
        let mut top = top_for(room.0);
        let guess = area.bottom - top - 2.2 * px - name_title_height;
        let scale_of = Self::scale_for(plan, guess, px * 4.0);
        let mut fewer = 0;
        loop {
            let scale = scale_of(fewer);
            let ticks = if plan.axis {
                sheet.widest(px, scale.ticks.iter().map(|t| t.text.as_str()))?.ceil() + TICK_GAP
            } else {
                0.0
            };
            let side = ticks + side_title;
            let (mut left, mut end) = (area.left + 1.0, area.right - plan.after.max(1.0));
            if right {
                end -= side;
            } else {
                left += side;
            }
            let mut layout = None;
            for _ in 0..5 {
                let (at, pitch) = places(plan, left, end);
                let depth_max = 0.42 * (area.bottom - top);
                let habit = Habit { pitch, thin: plan.thin, depth_max };
                let below = Below::new(sheet, &plan.names, &habit)?;
                let first = at.first().copied().unwrap_or(left) - below.over_left;
                let last_shown = below.shown(at.len()).last().unwrap_or(0);
                let last = at.get(last_shown).copied().unwrap_or(end) + below.over_right;
                let (miss_left, miss_right) = (area.left - first, last - area.right);
                let fits = miss_left <= 0.5 && miss_right <= 0.5;
                layout = Some((below, fits));
                if fits {
                    break;
                }
                left += miss_left.max(0.0).ceil();
                end -= miss_right.max(0.0).ceil();
            }
            let Some((below, true)) = layout else { return sheet.no_room("labels below the plot") };
            let gap = TICK_GAP + 1.0 + 0.15 * px + room.1;
            let bottom = (area.bottom - below.depth - gap - name_title_height).round();
            let plot = Rect::new(left.round(), top, end.round(), bottom);
            if plot.width() < 110.0 || plot.height() < 80.0 {
                return sheet.no_room("plot");
            }
            let (centers, pitch) = places(plan, plot.left, plot.right);
            let scale = scale.spanning(plot.bottom, plot.top);
            let needed =
                plan.needed((scale.at(plan.reach.0), plot.bottom), (plot.top, scale.at(plan.reach.1)));
            if !settled && (room.0 > needed.0 + 2.0 || room.1 > needed.1 + 2.0) {
                (room, settled) = (needed, true);
                top = top_for(room.0);
                continue;
            }
            if plan.axis && plan.scale.is_none() && scale.tick_pixels() < px * 1.7 && fewer < 6 {
                fewer += 1;
                continue;
            }
            if plan.axis && scale.tick_pixels() < px * 1.15 {
                return sheet.no_room("ticks of the axis");
            }
            // Value labels keep off the ticks of the axis.
            let limit = Rect::new(
                if plan.axis && !right { plot.left - 1.0 } else { area.left },
                plot.top - room.0,
                if plan.axis && right { plot.right } else { plot.right + plan.after },
                plot.bottom + room.1 + 2.0,
            );
            let value_title_at = match (title_at, right) {
                (TitleAt::Top, _) => Point::new(if right { area.right } else { area.left }, area.top),
                (_, false) => Point::new(area.left + sheet.cap(sheet.text_px) / 2.0 + 1.0, plot.center().y),
                (_, true) => Point::new(
                    area.right - title_depth + line - sheet.cap(sheet.text_px) / 2.0 - 2.0,
                    plot.center().y,
                ),
            };
            let name_title_at =
                name_title.map(|_| (Point::new(plot.center().x, area.bottom), Align::Middle, VAlign::Bottom));
            return Ok(Plane {
                plot,
                scale,
                centers,
                pitch,
                lying: false,
                limit,
                room_below: room.1,
                title_drop: if title_at == TitleAt::Top { room.0.max(least) - least } else { 0.0 },
                labels: Labels::Below(below),
                right,
                title_at,
                title_lines,
                value_title_at,
                name_title_at,
            });
        }
    }

    fn lying(sheet: &Sheet<'_>, plan: &Plan) -> Drawing<Plane> {
        let area = sheet.area;
        let (px, cap) = (sheet.tick_px, sheet.cap(sheet.tick_px));
        let above = plan.axis && plan.right_axis && sheet.chance("axis above", 0.12);
        let title = plan.value_title.as_ref().filter(|_| plan.axis || plan.value_title_always());
        let mut title_lines = Vec::new();
        if let Some(title) = title {
            title_lines =
                sheet.lines(sheet.face, sheet.text_px, &title.text, area.width() * 0.9)?.unwrap_or_default();
            if title_lines.is_empty() || title_lines.len() > 2 {
                return sheet.no_room("title of the axis");
            }
        }
        let line = (sheet.text_px * 1.22).round();
        let title_depth =
            if title_lines.is_empty() { 0.0 } else { line * title_lines.len() as f32 + 0.5 * sheet.text_px };
        let ticks = if plan.axis { cap + TICK_GAP + 0.3 * px } else { 0.0 };
        let name_title = plan.name_title.as_ref().filter(|_| sheet.chance("name title beside", 0.5));
        let name_title_height = if name_title.is_some() { (sheet.text_px * 1.5).round() } else { 0.0 };
        let (mut top, mut bottom) = (area.top + 2.0 + name_title_height, area.bottom - 1.0);
        if above {
            top += ticks + title_depth;
        } else {
            bottom -= ticks + title_depth;
        }
        let (top, bottom) = (top.round(), bottom.round());
        let (centers, pitch) = places(plan, top, bottom);
        let beside = Beside::new(sheet, &plan.names, pitch, 0.42 * area.width())?;
        let (mut room, mut settled) = (plan.room, false);
        let names = area.left + beside.width + TICK_GAP + 2.0;
        let scale_of = Self::scale_for(plan, area.right - names - room.1, px * 6.0);
        let mut fewer = 0;
        while fewer < 7 {
            let left = names + room.1;
            let scale = scale_of(fewer);
            let widest = sheet.widest(px, scale.ticks.iter().map(|t| t.text.as_str()))?;
            let over = if plan.axis { (widest / 2.0).ceil() } else { 1.0 };
            let right = area.right - room.0.max(over).max(plan.after);
            let plot = Rect::new(left.round(), top, right.round(), bottom);
            if plot.width() < 100.0 || plot.height() < 70.0 {
                return sheet.no_room("plot");
            }
            let scale = scale.spanning(plot.left, plot.right);
            let needed =
                plan.needed((plot.left, scale.at(plan.reach.0)), (scale.at(plan.reach.1), plot.right));
            if !settled && (room.0 > needed.0 + 2.0 || room.1 > needed.1 + 2.0) {
                (room, settled) = (needed, true);
                continue;
            }
            if plan.axis && scale.tick_pixels() < widest + 0.9 * px && plan.scale.is_none() {
                fewer += 1;
                continue;
            }
            if plan.axis && scale.tick_pixels() < widest + 4.0 {
                break;
            }
            let column = Rect::new(area.left, top, area.left + beside.width, bottom);
            let align = if sheet.chance("names at the left", 0.2) { Align::Start } else { Align::End };
            let limit = Rect::new(
                plot.left - room.1,
                plot.top,
                (plot.right + room.0.max(plan.after)).min(area.right),
                plot.bottom,
            );
            let value_title_at = if above {
                Point::new(plot.center().x, area.top + name_title_height)
            } else {
                Point::new(plot.center().x, area.bottom - title_depth + 0.5 * sheet.text_px)
            };
            let name_title_at =
                name_title.map(|_| (Point::new(area.left, area.top), Align::Start, VAlign::Top));
            return Ok(Plane {
                plot,
                scale,
                centers,
                pitch,
                lying: true,
                limit,
                room_below: 0.0,
                title_drop: 0.0,
                labels: Labels::Beside(beside, column, align),
                right: above,
                title_at: TitleAt::Below,
                title_lines,
                value_title_at,
                name_title_at,
            });
        }
        sheet.no_room("ticks of the axis")
    }

    /// Brings a title above the axis down to the plot, unless one of the printed values stands there.
    pub(super) fn lower_title(&mut self, sheet: &Sheet<'_>, printed: &[Printed]) -> Drawing<()> {
        let px = sheet.text_px;
        let width = sheet.widest(px, self.title_lines.iter().map(String::as_str))?;
        let height = (px * 1.22).round() * self.title_lines.len() as f32;
        let Point { x, y } = self.value_title_at;
        let left = if self.right { x - width } else { x };
        let place = Rect::sized(left, y + self.title_drop, width, height).grown(4.0);
        for label in printed {
            let (width, height) = value_label::size(sheet, sheet.shown(label.row, label.column))?;
            let (width, height) = if label.turned { (height, width) } else { (width, height) };
            let at = label.center;
            if Rect::sized(at.x - width / 2.0, at.y - height / 2.0, width, height).overlaps(&place) {
                return Ok(());
            }
        }
        self.value_title_at.y += self.title_drop;
        Ok(())
    }

    /// Paints what lies behind the marks: panel, grid, labels, titles.
    pub(super) fn paint_back(&self, sheet: &mut Sheet<'_>, plan: &Plan) -> Drawing<()> {
        let look = sheet.look;
        let plot = self.plot;
        if look.panel != look.ground {
            let panel = sheet.scene.ornament();
            let grown = Rect { right: plot.right + 1.0, bottom: plot.bottom + 1.0, ..plot };
            sheet.scene.rect(panel, grown, look.panel);
        }
        let at: Vec<f32> = self.scale.ticks.iter().map(|t| self.scale.at(t.value).round()).collect();
        match look.back {
            Back::Stripes if plan.axis => stripes(sheet, &plot, &at, self.lying),
            Back::Squares => squares(sheet, &plot, if plan.axis { &at } else { &[] }, self.lying),
            _ => {}
        }
        if plan.axis {
            self.paint_grid(sheet);
            self.paint_tick_marks(sheet, &at);
        }
        match &self.labels {
            Labels::Below(below) => {
                let top = plot.bottom + self.room_below + TICK_GAP + 1.0 + 0.15 * sheet.tick_px;
                below.paint(sheet, &plan.names, &self.centers, top)?;
            }
            Labels::Beside(beside, column, align) => {
                beside.paint(sheet, &plan.names, &self.centers, column, *align)?;
            }
        }
        if plan.axis {
            self.paint_ticks(sheet)?;
        }
        self.paint_titles(sheet, plan)
    }

    fn paint_grid(&self, sheet: &mut Sheet<'_>) {
        let look = sheet.look;
        if look.grid == Grid::None {
            return;
        }
        let color = grid_color(sheet);
        let mark = sheet.scene.mark(Role::Axis, "", []);
        let mut across: Vec<(f32, bool)> =
            self.scale.ticks.iter().map(|t| (self.scale.at(t.value).round(), self.lying)).collect();
        if look.grid == Grid::Both {
            // Many categories get a line every few of them.
            let every = self.centers.len().div_ceil(14);
            across.extend(self.centers.iter().step_by(every).map(|c| (c.round(), !self.lying)));
        }
        for (at, upright) in across {
            let p = self.plot;
            let line = if upright {
                Rect::new(at, p.top, at + 1.0, p.bottom)
            } else {
                Rect::new(p.left, at, p.right, at + 1.0)
            };
            grid_line(sheet, mark, line, color);
        }
    }

    /// The short lines at the ticks of the axis of values, where that axis is a line.
    fn paint_tick_marks(&self, sheet: &mut Sheet<'_>, at: &[f32]) {
        let look = sheet.look;
        if look.ticks == TickMarks::None || !matches!(look.spines, Spines::Box | Spines::LeftBottom) {
            return;
        }
        let color = look.ink.mix(look.ground, 0.35);
        let mark = sheet.scene.mark(Role::Axis, "", []);
        let (p, out) = (self.plot, look.ticks == TickMarks::Out);
        for at in at {
            let (from, to) = if out { (-3.0, 0.0) } else { (1.0, 5.0) };
            let line = match (self.lying, self.right) {
                (true, false) => Rect::new(*at, p.bottom - to, at + 1.0, p.bottom - from),
                (true, true) => Rect::new(*at, p.top + from, at + 1.0, p.top + to),
                (false, false) => Rect::new(p.left + from, *at, p.left + to, at + 1.0),
                (false, true) => Rect::new(p.right - to, *at, p.right - from, at + 1.0),
            };
            sheet.scene.rect(mark, line, color);
        }
    }

    fn paint_ticks(&self, sheet: &mut Sheet<'_>) -> Drawing<()> {
        let (px, cap, ink) = (sheet.tick_px, sheet.cap(sheet.tick_px), sheet.look.soft_ink);
        let p = self.plot;
        for tick in &self.scale.ticks {
            let at = self.scale.at(tick.value).round();
            let spec = TextSpec::new(&tick.text, sheet.face, px, ink, Role::TickLabel);
            let spec = match (self.lying, self.right) {
                (true, false) => spec.at(at, p.bottom + TICK_GAP, Align::Middle, VAlign::Top),
                (true, true) => spec.at(at, p.top - TICK_GAP - cap, Align::Middle, VAlign::Top),
                (false, false) => spec.at(p.left - TICK_GAP, at + 0.5, Align::End, VAlign::Middle),
                (false, true) => spec.at(p.right + TICK_GAP, at + 0.5, Align::Start, VAlign::Middle),
            };
            sheet.set(spec)?;
        }
        Ok(())
    }

    fn paint_titles(&self, sheet: &mut Sheet<'_>, plan: &Plan) -> Drawing<()> {
        let (px, ink) = (sheet.text_px, sheet.look.ink);
        let line = (px * 1.22).round();
        if let Some(title) = plan.value_title.as_ref() {
            for (index, text) in self.title_lines.iter().enumerate() {
                let Point { x, y } = self.value_title_at;
                let step = line * index as f32;
                let spec = TextSpec::new(text, sheet.face, px, ink, Role::AxisTitle)
                    .showing(title.data.iter().copied());
                let spec = match self.title_at {
                    TitleAt::Side => spec.at(x + step, y, Align::Middle, VAlign::Middle).turned(270.0),
                    TitleAt::Top if self.right => spec.at(x, y + step, Align::End, VAlign::Top),
                    TitleAt::Top => spec.at(x, y + step, Align::Start, VAlign::Top),
                    TitleAt::Below => spec.at(x, y + step, Align::Middle, VAlign::Top),
                };
                sheet.set(spec)?;
            }
        }
        if let (Some((at, align, valign)), Some(title)) = (self.name_title_at, plan.name_title.as_ref()) {
            let spec = TextSpec::new(&title.text, sheet.face, px, ink, Role::AxisTitle);
            sheet.set(spec.at(at.x, at.y, align, valign).showing(title.data.iter().copied()))?;
        }
        Ok(())
    }

    /// Paints what lies over the marks: the lines around the plot and the line that values start from.
    pub(super) fn paint_front(&self, sheet: &mut Sheet<'_>, base: Option<f64>) {
        let color = sheet.look.ink.mix(sheet.look.ground, 0.35);
        let mark = sheet.scene.mark(Role::Axis, "", []);
        for line in self.strong_lines(sheet, base) {
            sheet.scene.rect(mark, line, color);
        }
    }

    /// The lines that [`Plane::paint_front`] paints.
    pub(super) fn strong_lines(&self, sheet: &Sheet<'_>, base: Option<f64>) -> Vec<Rect> {
        let look = sheet.look;
        let Rect { left, top, right, bottom } = self.plot;
        let rects = [
            Rect::new(left, bottom, right + 1.0, bottom + 1.0),
            Rect::new(left, top, left + 1.0, bottom + 1.0),
            Rect::new(left, top, right + 1.0, top + 1.0),
            Rect::new(right, top, right + 1.0, bottom + 1.0),
        ];
        let edges: &[usize] = match look.spines {
            Spines::Box => &[0, 1, 2, 3],
            Spines::LeftBottom if self.right && !self.lying => &[0, 3],
            Spines::LeftBottom => &[0, 1],
            Spines::Base if base.is_none() && !self.lying => &[0],
            Spines::Base | Spines::None => &[],
        };
        let mut lines: Vec<Rect> = edges.iter().map(|edge| rects[*edge]).collect();
        let Some(base) = base else { return lines };
        let at = self.scale.at(base).round();
        let at_edge = base <= self.scale.low || base >= self.scale.high;
        if look.spines == Spines::None && at_edge && look.grid != Grid::None {
            return lines;
        }
        lines.push(if self.lying {
            Rect::new(at, top, at + 1.0, bottom)
        } else {
            Rect::new(left, at, right, at + 1.0)
        });
        lines
    }

    /// The point of a value at a category.
    pub(super) fn point(&self, slot: usize, value: f64) -> Point {
        let along = self.scale.at(value);
        if self.lying { Point::new(along, self.centers[slot]) } else { Point::new(self.centers[slot], along) }
    }

    /// The rectangle of a bar: between two values, and over a part of the width `thick` around the middle of a slot
    /// (from 0 to 1). Edges lie on whole pixels; it is at least one pixel long.
    pub(super) fn bar(&self, slot: usize, thick: f32, part: (f32, f32), from: f64, to: f64) -> Rect {
        let start = self.centers[slot] - thick / 2.0;
        let (a, b) = ((start + thick * part.0).round(), (start + thick * part.1).round().max(start + 1.0));
        let (c, d) = (self.scale.at(from).round(), self.scale.at(to).round());
        let (low, mut high) = (c.min(d), c.max(d));
        high = high.max(low + 1.0);
        if self.lying { Rect::new(low, a, high, b) } else { Rect::new(a, low, b, high) }
    }
}

impl Plan {
    /// The title of a single series is kept when the axis is not shown: it says what the printed values are.
    fn value_title_always(&self) -> bool {
        self.value_title.as_ref().is_some_and(|title| !title.data.is_empty())
    }
}

/// Paints a grid line, one pixel wide, in dashes where the look wants them. Dashes are small rectangles on whole
/// pixels: sharper than a dashed stroke, and cheaper.
pub(super) fn grid_line(sheet: &mut Sheet<'_>, mark: ElementId, line: Rect, color: Color) {
    if sheet.look.grid != Grid::Dashed {
        sheet.scene.rect(mark, line, color);
        return;
    }
    let upright = line.height() > line.width();
    let mut path = PathBuilder::new();
    let (mut at, end) = if upright { (line.top, line.bottom) } else { (line.left, line.right) };
    while at < end {
        let next = (at + 3.0).min(end);
        let dash = if upright {
            Rect { top: at, bottom: next, ..line }
        } else {
            Rect { left: at, right: next, ..line }
        };
        path.move_to(dash.left, dash.top);
        path.line_to(dash.right, dash.top);
        path.line_to(dash.right, dash.bottom);
        path.line_to(dash.left, dash.bottom);
        path.close();
        at += 6.0;
    }
    if let Some(path) = path.finish() {
        sheet.scene.fill(mark, path, color);
    }
}

/// Paints stripes between every other pair of ticks, across the axis that has them.
pub(super) fn stripes(sheet: &mut Sheet<'_>, plot: &Rect, ticks: &[f32], upright: bool) {
    let look = sheet.look;
    let color = look.panel.mix(look.ground, 0.85);
    let mark = sheet.scene.ornament();
    let mut at: Vec<f32> = ticks.to_vec();
    at.sort_by(f32::total_cmp);
    for pair in at.chunks(2).filter(|pair| pair.len() == 2) {
        let stripe = if upright {
            Rect { left: pair[0], right: pair[1], ..*plot }
        } else {
            Rect { top: pair[0], bottom: pair[1], ..*plot }
        };
        sheet.scene.rect(mark, stripe, color);
    }
}

/// Paints fine squares as on graph paper: a whole number of them between two ticks, where ticks are even.
pub(super) fn squares(sheet: &mut Sheet<'_>, plot: &Rect, ticks: &[f32], upright: bool) {
    let look = sheet.look;
    let tone = if look.dark { Color::WHITE } else { look.accent };
    let color = look.panel.mix(tone, if look.dark { 0.07 } else { 0.13 });
    let mark = sheet.scene.ornament();
    let wish = (0.95 * sheet.text_px).max(9.0);
    let (first, step) = match ticks {
        [a, b, ..] => {
            let gap = (b - a).abs().max(wish);
            (a.min(*b), gap / (gap / wish).round().max(1.0))
        }
        _ => (if upright { plot.left } else { plot.bottom }, wish.round()),
    };
    let (mut x, mut y) = if upright { (first, plot.bottom) } else { (plot.left, first) };
    x -= ((x - plot.left) / step).floor() * step;
    y -= ((y - plot.top) / step).floor() * step;
    while x < plot.right {
        let at = x.round();
        sheet.scene.rect(mark, Rect::new(at, plot.top, at + 1.0, plot.bottom), color);
        x += step;
    }
    while y < plot.bottom {
        let at = y.round();
        sheet.scene.rect(mark, Rect::new(plot.left, at, plot.right, at + 1.0), color);
        y += step;
    }
}

/// The colour of grid lines: that of the ground on a panel that is darker than it.
pub(super) fn grid_color(sheet: &Sheet<'_>) -> Color {
    let look = sheet.look;
    if look.panel != look.ground && look.panel.luminance() < look.ground.luminance() {
        look.ground
    } else {
        look.line
    }
}

/// Middles of the categories between two pixels, and the least distance of neighbours.
fn places(plan: &Plan, from: f32, to: f32) -> (Vec<f32>, f32) {
    let count = plan.names.len().max(1);
    let length = to - from;
    match &plan.places {
        Places::Bands => {
            let pitch = length / count as f32;
            ((0..count).map(|i| from + pitch * (i as f32 + 0.5)).collect(), pitch)
        }
        Places::Points => {
            let inset = (length * 0.02).clamp(4.0, 16.0);
            let pitch = (length - 2.0 * inset) / (count.max(2) - 1) as f32;
            ((0..count).map(|i| from + inset + pitch * i as f32).collect(), pitch)
        }
        Places::At(shares) => {
            let inset = (length * 0.02).clamp(4.0, 16.0);
            let at: Vec<f32> = shares.iter().map(|s| from + inset + (length - 2.0 * inset) * s).collect();
            let pitch = at.windows(2).map(|w| w[1] - w[0]).fold(f32::INFINITY, f32::min);
            (at, pitch.min(length))
        }
        Places::Widths(shares) => {
            let mut start = from;
            let at: Vec<f32> = shares
                .iter()
                .map(|share| {
                    let middle = start + length * share / 2.0;
                    start += length * share;
                    middle
                })
                .collect();
            let pitch = at.windows(2).map(|w| w[1] - w[0]).fold(f32::INFINITY, f32::min);
            (at, pitch.min(length))
        }
    }
}
