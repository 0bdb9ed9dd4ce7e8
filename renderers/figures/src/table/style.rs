//! The habits of one table: fills, rules and paddings, drawn from the look, the layout and the seed.

use pixmo_render::{Color, Rng};

use super::TableLayout;
use crate::look::{Grid, Look, Spines};

/// How the header is set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeaderStyle {
    /// Bold or coloured letters only.
    Letters,
    /// A light fill.
    Tint,
    /// A fill in the accent colour.
    Accent,
}

/// How yes and no are drawn in a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ticks {
    /// Strokes.
    Plain,
    /// Strokes in filled discs.
    Discs,
    /// The words.
    Words,
}

/// Sizes, colours and rules of one table.
#[derive(Clone, Debug)]
pub(super) struct TableStyle {
    pub(super) text_px: f32,
    pub(super) line_px: f32,
    pub(super) pad_x: f32,
    pub(super) pad_y: f32,
    pub(super) header: HeaderStyle,
    pub(super) header_bold: bool,
    pub(super) header_ink: Color,
    pub(super) header_fill: Option<Color>,
    pub(super) body_fill: Option<Color>,
    pub(super) zebra: Option<Color>,
    pub(super) group_fill: Option<Color>,
    pub(super) row_rules: bool,
    pub(super) column_rules: bool,
    pub(super) frame: bool,
    /// Width of the rules above and below the table; 0 for none.
    pub(super) outer_rule: f32,
    /// Width of the rule below the header; 0 for none.
    pub(super) header_rule: f32,
    pub(super) rule: Color,
    pub(super) strong_rule: Color,
    pub(super) corner: f32,
    pub(super) first_bold: bool,
    pub(super) ticks: Ticks,
    /// Groups are named in a merged cell at the left instead of a heading line.
    pub(super) merged_groups: bool,
    /// Extra width given to the columns, as a share of what they need.
    pub(super) roomy: f32,
    /// Numbers of different precision are aligned at the decimal point.
    pub(super) decimal_points: bool,
}

impl TableStyle {
    /// Draws the habits. `compact` is the second attempt, for tables that were too wide.
    pub(super) fn draw(look: &Look, layout: TableLayout, rng: &mut Rng, compact: bool) -> TableStyle {
        use TableLayout as L;
        let roomy_px = rng.range32(0.8, 1.3);
        let pad_x = (look.text_px * roomy_px).round().clamp(8.0, 18.0);
        let pad_y = (look.text_px * rng.range32(0.32, 0.68)).round().clamp(4.0, 10.0);
        let framed_theme = look.spines == Spines::Box;
        let ground = look.ground;
        let tint = |strength: f32| ground.mix(look.accent, strength);
        let mut header = match (rng.below(10), look.theme) {
            (_, "journal") => HeaderStyle::Letters,
            (0..=2, _) => HeaderStyle::Letters,
            (3..=5, _) => HeaderStyle::Tint,
            _ => HeaderStyle::Accent,
        };
        let mut zebra = rng.chance(0.2);
        let mut row_rules = matches!(look.grid, Grid::Value | Grid::Both) || rng.chance(0.3);
        let mut column_rules = look.grid == Grid::Both && rng.chance(0.5);
        let mut frame = framed_theme && rng.chance(0.6);
        let mut outer_rule = if rng.chance(0.4) { 1.0 } else { 0.0 };
        let mut header_rule = if rng.chance(0.7) { 1.0 } else { 2.0 };
        match layout {
            L::Zebra => {
                zebra = true;
                row_rules = false;
                column_rules = false;
            }
            L::Ruled => {
                header = HeaderStyle::Letters;
                (zebra, row_rules, column_rules, frame) = (false, false, false, false);
                outer_rule = 2.0;
                header_rule = 1.0;
            }
            L::Boxed => (row_rules, column_rules, frame, zebra) = (true, true, true, rng.chance(0.15)),
            L::MultiLevelHeader => column_rules = column_rules || rng.chance(0.35),
            L::RowGroups | L::Subtotals => zebra = false,
            L::PriceList => {
                header = HeaderStyle::Letters;
                (zebra, row_rules, column_rules) = (false, false, false);
                header_rule = 1.0;
                frame = frame || rng.chance(0.3);
            }
            L::FinancialStatement => {
                header = if rng.chance(0.6) { HeaderStyle::Letters } else { HeaderStyle::Tint };
                (zebra, row_rules, column_rules, frame) = (false, false, false, false);
                outer_rule = if rng.chance(0.5) { 1.0 } else { 0.0 };
            }
            L::HeatShaded => {
                (zebra, row_rules, column_rules, frame) = (false, false, false, false);
                outer_rule = 0.0;
                header = HeaderStyle::Letters;
            }
            L::SpecSheet => {
                zebra = rng.chance(0.4);
                row_rules = row_rules || !zebra;
            }
            L::RankingBars => (column_rules, zebra) = (false, false),
            L::MergedCells => (row_rules, column_rules, frame, zebra) = (true, true, true, false),
            L::Pivot => {
                zebra = false;
                row_rules = row_rules || rng.chance(0.3);
            }
            L::LabResults => column_rules = column_rules && rng.chance(0.5),
            L::ScheduleGrid | L::CalendarMonth if header == HeaderStyle::Accent && rng.chance(0.4) => {
                header = HeaderStyle::Letters;
            }
            _ => {}
        }
        if zebra {
            row_rules = row_rules && rng.chance(0.2);
        }
        let header_fill = match header {
            HeaderStyle::Letters => None,
            HeaderStyle::Tint => Some(if rng.chance(0.5) { tint(0.16) } else { ground.mix(look.ink, 0.1) }),
            HeaderStyle::Accent => {
                Some(if rng.chance(0.75) { look.accent } else { look.ink.mix(look.accent, 0.25) })
            }
        };
        let header_ink = match header_fill {
            Some(fill) if header == HeaderStyle::Accent => fill.ink(),
            Some(fill) => look.ink.readable_on(fill, 4.6),
            None if rng.chance(0.35) => look.accent,
            None => look.ink,
        };
        let body_fill = (look.panel != ground && layout != L::PriceList).then_some(look.panel);
        let body = body_fill.unwrap_or(ground);
        let rounded =
            !matches!(layout, L::Ruled | L::FinancialStatement | L::HeatShaded) && look.corner >= 2.0;
        let zebra_color =
            if rng.chance(0.5) { body.mix(look.accent, 0.07) } else { body.mix(look.ink, 0.055) };
        let soft_group = rng.chance(0.6).then(|| body.mix(look.accent, 0.12));
        let text_px = if compact { (look.text_px - 2.0).max(10.5) } else { look.text_px };
        TableStyle {
            text_px,
            line_px: (text_px * 1.3).round(),
            pad_x: if compact { (pad_x * 0.6).max(6.0).round() } else { pad_x },
            pad_y: if compact { (pad_y * 0.7).max(3.0).round() } else { pad_y },
            header,
            header_bold: rng.chance(0.8) || header == HeaderStyle::Letters,
            header_ink,
            header_fill,
            body_fill,
            zebra: zebra.then_some(zebra_color),
            group_fill: soft_group,
            row_rules,
            column_rules,
            frame,
            outer_rule,
            header_rule: if header == HeaderStyle::Accent && header_rule < 1.5 { 0.0 } else { header_rule },
            rule: body.mix(look.ink, if look.dark { 0.26 } else { 0.17 }),
            strong_rule: ground.mix(look.ink, 0.75),
            corner: if rounded { look.corner.min(8.0) } else { 0.0 },
            first_bold: rng.chance(0.2),
            ticks: match rng.below(10) {
                0..=4 => Ticks::Plain,
                5..=7 => Ticks::Discs,
                _ => Ticks::Words,
            },
            merged_groups: rng.chance(0.4),
            roomy: if compact { 0.0 } else { rng.range32(0.0, 0.25) },
            decimal_points: rng.chance(0.5),
        }
    }
}
