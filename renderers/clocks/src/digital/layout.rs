//! Where digits of segments lie on their pane, and what stands about them.

use pixmo_render::Rect;

use super::pane::{Pane, largest};
use super::segments::{Above, Seconds, Segments};
use super::surround::Side;
use crate::moment::Moment;

/// Where things lie.
pub(super) struct Plan {
    /// Height of the large digits.
    pub(super) high: f32,
    /// Left end of the first cell at its foot.
    pub(super) left: f32,
    /// Top of the large digits.
    pub(super) top: f32,
    /// Middle of all digits and of the words beside them.
    pub(super) middle: f32,
    /// Middle of the words for the half of the day.
    pub(super) words: f32,
    /// Middle and height of the row above, where there is one.
    pub(super) above: Option<(f32, f32)>,
    /// Where the legend stands, where there is one.
    pub(super) legend: Option<Rect>,
}

/// Between two digits, over their height.
pub(super) const BETWEEN: f32 = 0.15;
/// The space that a colon takes, over the height of digits.
pub(super) const COLON: f32 = 0.26;
/// Height of small seconds over that of large digits.
pub(super) const SMALL: f32 = 0.55;
/// The space that words for the half of the day take.
pub(super) const WORDS: f32 = 0.46;
/// The space that a legend takes below the digits, and beside them.
const LEGEND: (f32, f32) = (0.34, 0.62);
/// How much of their height digits keep at least where a legend stands beside them, or a row above.
const KEPT: (f32, f32) = (0.82, 0.7);

impl Segments {
    /// Whether the words for the half of the day stand on the pane.
    pub(super) fn words(&self) -> bool {
        self.hours.half(&Moment::new(2000, 1, 1, 0, 0, 0).expect("it exists")).is_some()
    }

    /// Width of the digits and the words beside them over the height of large digits.
    pub(super) fn wide(&self) -> f32 {
        let (w, pair) = (self.shape.slim, 2.0 * self.shape.slim + BETWEEN);
        let digits = 4.0 * w + 2.0 * BETWEEN + COLON;
        let seconds = match self.seconds {
            Seconds::None => 0.0,
            Seconds::Small => BETWEEN + SMALL * pair,
            Seconds::Equal => COLON + pair,
        };
        digits + seconds + self.shape.lean + if self.words() { WORDS } else { 0.0 }
    }

    /// Space for the legend below and beside, over the height of large digits.
    fn legend(&self, has_legend: bool) -> (f32, f32) {
        match self.surround.legend.as_ref().filter(|_| has_legend).map(|legend| legend.side) {
            None => (0.0, 0.0),
            Some(Side::Below) => (LEGEND.0, 0.0),
            Some(Side::Before | Side::After) => (0.0, LEGEND.1),
        }
    }

    /// The largest height at which the digits fit, with or without a row above and a legend.
    fn fitting(&self, pane: &Pane, has_row: bool, has_legend: bool) -> f32 {
        let pad = 0.1 * pane.wide.min(pane.high);
        let wide = self.wide();
        let (below, beside) = self.legend(has_legend);
        largest(pane.high * 2.0, |high| {
            let over = if has_row { high * 0.5 } else { 0.0 };
            let whole = high * (1.0 + below) + over;
            let (top, foot) = (-whole / 2.0, whole / 2.0);
            foot + pad <= pane.high
                && (wide + beside) * high / 2.0 + pad <= pane.room(top + over, foot)
                && (!has_row || pane.room(top, top + over) >= (wide * 0.42 + beside / 2.0) * high)
        })
    }

    /// Where everything lies. What would make the digits much smaller is left away.
    pub(super) fn plan(&self, pane: &Pane) -> Plan {
        let bare = self.fitting(pane, false, false);
        let has_legend = self.surround.legend.is_some()
            && pane.is_box()
            && self.fitting(pane, false, true) > bare * KEPT.0;
        let alone = if has_legend { self.fitting(pane, false, true) } else { bare };
        let beside = match self.above {
            Above::None => 0.0,
            _ => self.fitting(pane, true, has_legend),
        };
        let has_row = beside > alone * KEPT.1;
        let high = self.surround.fill * if has_row { beside * 0.98 } else { alone * 0.94 };
        let over = if has_row { high * 0.5 } else { 0.0 };
        let (under, side) = self.legend(has_legend);
        let (whole, across) = (high * (1.0 + under) + over, (self.wide() + side) * high);
        // What digits leave free is shared out.
        let pad = 0.1 * pane.wide.min(pane.high);
        let moved = |share: f32, half: f32, taken: f32| {
            if pane.is_box() { share * (half - pad - taken / 2.0).max(0.0) } else { 0.0 }
        };
        let right = moved(self.surround.at.0, pane.wide, across);
        let down = moved(self.surround.at.1, pane.high, whole);
        let (start, top) = (right - across / 2.0, down - whole / 2.0 + over);
        let block = self.wide() * high;
        let left = match self.surround.legend.as_ref().map(|legend| legend.side) {
            Some(Side::Before) => start + side * high,
            _ => start,
        };
        let legend = self.surround.legend.as_ref().filter(|_| has_legend).map(|legend| match legend.side {
            Side::Below => Rect::sized(left, top + high * 1.08, block, high * (under - 0.08)),
            Side::Before => Rect::sized(start, top, (side - 0.1) * high, high),
            Side::After => Rect::sized(left + block + 0.1 * high, top, (side - 0.1) * high, high),
        });
        let words = if self.words() { WORDS * high } else { 0.0 };
        let before = self.sign_first && self.words();
        Plan {
            high,
            left: if before { left + words } else { left },
            top,
            middle: left + block / 2.0,
            words: if before { left + words * 0.44 } else { left + block - words * 0.44 },
            above: has_row.then_some((top - over * 0.55, over * 0.56)),
            legend,
        }
    }

    /// The upright boxes of all cells: four large ones, then two of seconds.
    pub(super) fn cells(&self, plan: &Plan) -> Vec<Rect> {
        let (h, w) = (plan.high, plan.high * self.shape.slim);
        let between = BETWEEN * h;
        let second = plan.left + w + between;
        let third = second + w + COLON * h;
        let fourth = third + w + between;
        let mut cells: Vec<Rect> =
            [plan.left, second, third, fourth].iter().map(|x| Rect::sized(*x, plan.top, w, h)).collect();
        let end = fourth + w;
        match self.seconds {
            Seconds::None => {}
            Seconds::Equal => {
                let fifth = end + COLON * h;
                cells.push(Rect::sized(fifth, plan.top, w, h));
                cells.push(Rect::sized(fifth + w + between, plan.top, w, h));
            }
            Seconds::Small => {
                let (sw, sh) = (w * SMALL, h * SMALL);
                let (x, y) = (end + between, plan.top + h - sh);
                cells.push(Rect::sized(x, y, sw, sh));
                cells.push(Rect::sized(x + sw + between * SMALL, y, sw, sh));
            }
        }
        cells
    }
}
