//! The labels of categories along an axis: straight, in lines, turned or thinned, never over each other.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Rect, Role};

use super::sheet::{Drawing, Name, Sheet};

/// Labels below a plot, laid out.
pub(super) struct Below {
    lines: Vec<Vec<String>>,
    /// Degrees that the text rises, 0 for straight.
    angle: f32,
    /// One label out of so many is shown.
    every: usize,
    /// Pixels from the top of the labels to their bottom.
    pub(super) depth: f32,
    /// Pixels that the first label reaches left of its place.
    pub(super) over_left: f32,
    /// Pixels that the last label reaches right of its place.
    pub(super) over_right: f32,
}

/// What labels may do.
pub(super) struct Habit {
    /// Pixels between neighbours, the least.
    pub(super) pitch: f32,
    /// Labels between others may be left out.
    pub(super) thin: bool,
    /// The most pixels that they may take.
    pub(super) depth_max: f32,
}

impl Below {
    /// Lays labels out: straight if they fit, in two or three lines, thinned (times only), turned.
    pub(super) fn new(sheet: &Sheet<'_>, names: &[Name], habit: &Habit) -> Drawing<Below> {
        let px = sheet.tick_px;
        let (cap, descent, line) = (sheet.cap(px), 0.26 * px, (px * 1.18).round());
        let gap = (0.55 * px).max(6.0);
        let widths = names.iter().map(|n| sheet.label_width(px, &n.text)).collect::<Drawing<Vec<f32>>>()?;
        let widest = widths.iter().copied().fold(0.0, f32::max);
        let ends = |every: usize, factor: f32| {
            let last = (names.len().saturating_sub(1)) / every * every;
            let at = |index: usize| widths.get(index).copied().unwrap_or(0.0) * factor;
            (at(0), at(last))
        };
        let single = || names.iter().map(|n| vec![n.text.clone()]).collect::<Vec<_>>();
        let straight = |every: usize| {
            let (first, last) = ends(every, 0.5);
            Below {
                lines: single(),
                angle: 0.0,
                every,
                depth: cap + descent,
                over_left: first,
                over_right: last,
            }
        };
        if widest + gap <= habit.pitch {
            return Ok(straight(1));
        }
        if let Some(lines) = self::lines(sheet, names, habit.pitch - gap, 3)?.map(|l| broken_alike(names, l))
        {
            let most = lines.iter().map(Vec::len).max().unwrap_or(1);
            let half = |index: usize| {
                lines.get(index).map_or(Ok(0.0), |l| sheet.widest(px, l.iter().map(String::as_str)))
            };
            let (over_left, over_right) = (half(0)? / 2.0, half(names.len() - 1)? / 2.0);
            let depth = cap + descent + line * (most - 1) as f32;
            if depth <= habit.depth_max && (most == 2 || !habit.thin) {
                return Ok(Below { lines, angle: 0.0, every: 1, depth, over_left, over_right });
            }
        }
        let thinned = (2..).find(|every| widest + gap <= habit.pitch * *every as f32).unwrap_or(2);
        let enough = names.len().div_ceil(thinned) >= 4;
        if habit.thin && enough && sheet.chance("thin time labels", 0.6) {
            return Ok(straight(thinned));
        }
        let first_angle = *sheet.rng("turned labels").pick(&[30.0, 45.0, 45.0, 60.0, 90.0]);
        for angle in [first_angle, 45.0, 60.0, 90.0] {
            let turn = angle * std::f32::consts::PI / 180.0;
            let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
            let depth = widest * sin + cap * cos + descent * cos + 2.0;
            let apart = habit.pitch * sin >= cap + descent + 0.18 * px;
            if apart && depth <= habit.depth_max {
                // A long label further right may reach further left than the first one.
                let reach = |(index, width): (usize, &f32)| width * cos - habit.pitch * index as f32;
                let first = widths.iter().enumerate().map(reach).fold(0.0, f32::max);
                let over_right = cap * sin;
                return Ok(Below { lines: single(), angle, every: 1, depth, over_left: first, over_right });
            }
        }
        if habit.thin && names.len().div_ceil(thinned) >= 2 {
            return Ok(straight(thinned));
        }
        sheet.no_room("labels below the plot")
    }

    /// Writes the labels: `at` are their places, `top` the top of the capitals of straight ones.
    pub(super) fn paint(&self, sheet: &mut Sheet<'_>, names: &[Name], at: &[f32], top: f32) -> Drawing<()> {
        let px = sheet.tick_px;
        let line = (px * 1.18).round();
        let ink = sheet.look.soft_ink;
        for (index, name) in names.iter().enumerate().step_by(self.every) {
            for (number, text) in self.lines[index].iter().enumerate() {
                let spec = TextSpec::new(text, sheet.face, px, ink, Role::TickLabel)
                    .showing(name.data.iter().copied());
                let spec = if self.angle == 0.0 {
                    spec.at(at[index], top + line * number as f32, Align::Middle, VAlign::Top)
                } else {
                    let turn = self.angle * std::f32::consts::PI / 180.0;
                    let down = sheet.cap(px) / 2.0 * libm::cosf(turn) + 1.0;
                    let x = at[index] + sheet.cap(px) / 2.0 * libm::sinf(turn) * 0.6;
                    spec.at(x, top + down, Align::End, VAlign::Middle).turned(360.0 - self.angle)
                };
                sheet.set(spec)?;
            }
        }
        Ok(())
    }

    /// Indexes of the labels that are shown.
    pub(super) fn shown(&self, count: usize) -> impl Iterator<Item = usize> + use<> {
        (0..count).step_by(self.every)
    }
}

/// Labels left of a plot, laid out.
pub(super) struct Beside {
    lines: Vec<Vec<String>>,
    /// Pixels from the left end of the labels to their right.
    pub(super) width: f32,
}

impl Beside {
    /// Lays labels out in as many lines as their pitch has room for.
    pub(super) fn new(sheet: &Sheet<'_>, names: &[Name], pitch: f32, width_max: f32) -> Drawing<Beside> {
        let px = sheet.tick_px;
        let line = (px * 1.18).round();
        let most = ((pitch - 0.2 * px) / line).floor().clamp(0.0, 3.0) as usize;
        if most == 0 {
            return sheet.no_room("labels beside the plot");
        }
        let widest = sheet.widest(px, names.iter().map(|n| n.text.as_str()))?;
        for share in [0.55, 0.75, 1.0] {
            let limit = if widest <= width_max * 0.8 { widest + 0.5 } else { width_max * share };
            if let Some(lines) = self::lines(sheet, names, limit, most)? {
                let width = sheet.widest(px, lines.iter().flatten().map(String::as_str))?.ceil();
                return Ok(Beside { lines, width });
            }
        }
        sheet.no_room("labels beside the plot")
    }

    /// Writes the labels with their middle at `at`, ending at `right`, or from `left` on.
    pub(super) fn paint(
        &self,
        sheet: &mut Sheet<'_>,
        names: &[Name],
        at: &[f32],
        column: &Rect,
        align: Align,
    ) -> Drawing<()> {
        let px = sheet.tick_px;
        let line = (px * 1.18).round();
        let x = match align {
            Align::Start => column.left,
            Align::Middle => column.center().x,
            Align::End => column.right,
        };
        let ink = sheet.look.soft_ink;
        for (index, name) in names.iter().enumerate() {
            let lines = &self.lines[index];
            let first = at[index] - line * (lines.len() - 1) as f32 / 2.0;
            for (number, text) in lines.iter().enumerate() {
                let spec = TextSpec::new(text, sheet.face, px, ink, Role::TickLabel)
                    .at(x, first + line * number as f32, align, VAlign::Middle)
                    .showing(name.data.iter().copied());
                sheet.set(spec)?;
            }
        }
        Ok(())
    }
}

/// Names of two words each (`4 May`, `Q1 2024`) are all broken where one of them is: a row of labels that are now long,
/// now stacked, is hard to read.
fn broken_alike(names: &[Name], lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let two = |name: &Name| name.text.split(' ').count() == 2;
    if lines.iter().all(|l| l.len() <= 2) && lines.iter().any(|l| l.len() == 2) && names.iter().all(two) {
        return names.iter().map(|name| name.text.split(' ').map(str::to_owned).collect()).collect();
    }
    lines
}

/// All names in at most so many lines of a width; `None` when one does not fit.
fn lines(sheet: &Sheet<'_>, names: &[Name], width: f32, most: usize) -> Drawing<Option<Vec<Vec<String>>>> {
    let mut all = Vec::with_capacity(names.len());
    for name in names {
        match sheet.lines(sheet.face, sheet.tick_px, &name.text, width)? {
            Some(lines) if lines.len() <= most => all.push(lines),
            _ => return Ok(None),
        }
    }
    Ok(Some(all))
}
