//! Scales: round ticks, and the way from a number to a pixel and back.

use pixmo_render::NumberFormat;

/// Most steps of a linear scale.
const TICKS_MAX: i64 = 500;

/// One tick of a scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) value: f64,
    pub(super) text: String,
}

/// A scale from numbers to pixels. Ticks lie at both ends (but for [`Scale::up_to`]), and evenly between them (in decades
/// on a log scale).
#[derive(Clone, Debug)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Distance of two ticks; on a log scale the largest ratio of two.
    step: f64,
    pub(super) ticks: Vec<Tick>,
    log: bool,
    from: f32,
    to: f32,
}

impl Scale {
    /// A linear scale that holds `low` to `high` with about `count` steps, none finer than `least`.
    pub(super) fn linear(low: f64, high: f64, count: usize, least: f64) -> Self {
        let (first, last, step) = round_steps(low, high, count.max(1), least);
        Self::of_steps(first, last, step)
    }

    /// A linear scale with exactly `count` steps that holds `low` to `high`: the second axis of a plot whose grid the
    /// first one has fixed.
    pub(super) fn linear_with(low: f64, high: f64, count: usize) -> Self {
        let count = count.max(1) as i64;
        let mut exponent = decade((high - low).max(1e-12) / count as f64) - 1;
        loop {
            for leading in [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0] {
                let step = leading * ten(exponent);
                let first = (low / step + 1e-9).floor() as i64;
                if first.saturating_add(count) as f64 * step >= high - 1e-9 * step {
                    return Self::of_steps(first, first.saturating_add(count), step);
                }
            }
            exponent += 1;
        }
    }

    /// A logarithmic scale over the decades that hold `low` to `high`; both above zero.
    pub(super) fn log(low: f64, high: f64) -> Self {
        let (first, last) = (decade(low), decade(high * 0.999_999) + 1);
        let leading: &[f64] = if last - first <= 2 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let mut ticks = Vec::new();
        for exponent in first..last {
            ticks.extend(leading.iter().map(|q| Tick { value: q * ten(exponent), text: String::new() }));
        }
        ticks.push(Tick { value: ten(last), text: String::new() });
        let step = if leading.len() > 1 { 2.5 } else { 10.0 };
        Self { low: ten(first), high: ten(last), step, ticks, log: true, from: 0.0, to: 1.0 }
    }

    /// A linear scale from 0 that ends exactly at `high`, whether a tick lies there or not.
    pub(super) fn up_to(high: f64, count: usize, least: f64) -> Self {
        let mut scale = Self::linear(0.0, high, count, least);
        scale.ticks.retain(|tick| tick.value <= high * (1.0 + 1e-9));
        Self { high, ..scale }
    }

    fn of_steps(first: i64, last: i64, step: f64) -> Self {
        // Steps are chosen for some ten ticks; where numbers are so far from zero that floats fail, there are no more.
        let last = last.min(first.saturating_add(TICKS_MAX));
        let ticks =
            (first..=last).map(|i| Tick { value: i as f64 * step, text: String::new() }).collect::<Vec<_>>();
        let (low, high) = (first as f64 * step, last as f64 * step);
        Self { low, high, step, ticks, log: false, from: 0.0, to: 1.0 }
    }

    /// Number of steps between ticks.
    pub(super) fn steps(&self) -> usize {
        self.ticks.len() - 1
    }

    /// Writes the ticks in the manner of a format.
    pub(super) fn printed(mut self, format: &NumberFormat) -> Self {
        for tick in &mut self.ticks {
            // On a log scale each decade has the digits that it needs.
            let finest = if self.log { tick.value } else { self.step };
            let format = NumberFormat { decimals: decimals(finest, format.scale), ..format.clone() };
            tick.text = format.print_f64(tick.value);
        }
        self
    }

    /// Ticks without a minus sign, for two scales that run apart from one zero.
    pub(super) fn unsigned(mut self) -> Self {
        for tick in &mut self.ticks {
            tick.text = tick.text.replace('\u{2212}', "");
        }
        self
    }

    /// Sets the pixels of the low and the high end.
    pub(super) fn spanning(mut self, from: f32, to: f32) -> Self {
        (self.from, self.to) = (from, to);
        self
    }

    /// The pixel of a number.
    pub(super) fn at(&self, value: f64) -> f32 {
        let share = if self.log {
            libm::log10(value / self.low) / libm::log10(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + (self.to - self.from) * share as f32
    }

    /// Pixels between two ticks, the least.
    pub(super) fn tick_pixels(&self) -> f32 {
        let at: Vec<f32> = self.ticks.iter().map(|t| self.at(t.value)).collect();
        at.windows(2).map(|w| (w[1] - w[0]).abs()).fold(f32::INFINITY, f32::min)
    }

    /// The smallest difference and ratio that can be read off: two pixels or a quarter of the distance of ticks.
    pub(super) fn resolution(&self) -> (f64, f64) {
        let pixels = f64::from((self.to - self.from).abs().max(1.0));
        if self.log {
            let decades = libm::log10(self.high / self.low);
            (0.0, libm::pow(10.0, (2.0 * decades / pixels).max(libm::log10(self.step) / 4.0)))
        } else {
            ((2.0 * (self.high - self.low) / pixels).max(self.step / 4.0), 1.0)
        }
    }

    /// The numbers between the powers of ten of a log scale that have no tick: 2 to 9 times each power.
    pub(super) fn between_decades(&self) -> Vec<f64> {
        let (first, last) = (decade(self.low), decade(self.high));
        let all = (first..last).flat_map(|e| (2..10).map(move |q| f64::from(q) * ten(e)));
        let ticked = |v: &f64| self.ticks.iter().any(|t| (t.value / v - 1.0).abs() < 1e-9);
        all.filter(|v| *v < self.high * 0.999_999 && !ticked(v)).collect()
    }

    /// Distance of two ticks in units of the scale.
    pub(super) fn step(&self) -> f64 {
        self.step
    }
}

/// Digits after the decimal mark that a step needs, after a power of ten is taken out.
fn decimals(step: f64, scale: u32) -> u32 {
    let step = step / ten(scale as i32);
    (0..10)
        .find(|d| {
            let whole = step * ten(*d);
            (whole - whole.round()).abs() < 1e-6 * whole.abs().max(1.0) && whole.round() != 0.0
        })
        .unwrap_or(10) as u32
}

/// The power of ten at or below a number.
fn decade(number: f64) -> i32 {
    let guess = libm::floor(libm::log10(number.max(1e-300))) as i32;
    if ten(guess + 1) <= number {
        guess + 1
    } else if ten(guess) > number {
        guess - 1
    } else {
        guess
    }
}

/// A power of ten, the nearest double.
pub(super) fn ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// Round steps in the manner of Heckbert (Graphics Gems, 1990), chosen by a score of roundness, number of steps and
/// unused room as Talbot, Lin and Hanrahan propose (InfoVis 2010): first and last tick in steps, and the step.
fn round_steps(low: f64, high: f64, count: usize, least: f64) -> (i64, i64, f64) {
    let span = if high > low { high - low } else { low.abs().max(1.0) };
    let high = if high > low { high } else { low + span };
    let base = decade(span / count as f64);
    let mut best: Option<(f64, (i64, i64, f64))> = None;
    for exponent in base - 1..=base + 2 {
        for (leading, round) in [(1.0, 1.0), (2.0, 0.95), (5.0, 1.0), (2.5, 0.75)] {
            let step = leading * ten(exponent);
            // A quarter of ten to the power `exponent` needs one decimal more than `least` may allow.
            let finest = if leading == 2.5 { step / 5.0 } else { step };
            if finest < least * 0.999 && exponent <= base + 1 {
                continue;
            }
            let first = (low / step + 1e-9).floor() as i64;
            let last = (high / step - 1e-9).ceil() as i64;
            let steps = last.saturating_sub(first).max(1);
            let waste = (steps as f64 * step - span) / span;
            let miss = libm::log(steps as f64 / count as f64).abs();
            let score = 0.35 * round - 0.9 * miss - 0.8 * waste;
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, (first, first.saturating_add(steps), step)));
            }
        }
    }
    best.map_or((0, 1, span), |(_, steps)| steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(low: f64, high: f64, count: usize) -> Vec<String> {
        let scale = Scale::linear(low, high, count, 0.0).printed(&NumberFormat::default());
        scale.ticks.into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn ticks_are_round_and_hold_the_range() {
        assert_eq!(ticks(0.0, 97.0, 5), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(ticks(0.0, 0.43, 5), ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(ticks(-3.2, 4.1, 5), ["−4", "−2", "0", "2", "4", "6"]);
        for (low, high) in [(0.0, 1.0), (13.0, 13.0), (-1e-3, 2e-3), (1e9, 7.3e9), (0.0, 3.0)] {
            let scale = Scale::linear(low, high, 5, 0.0);
            assert!(scale.low <= low && scale.high >= high && scale.high > scale.low, "{low} {high}");
            assert!((2..=11).contains(&scale.steps()), "{low} {high}: {}", scale.steps());
        }
    }

    #[test]
    fn steps_are_no_finer_than_the_format() {
        let scale = Scale::linear(0.0, 3.0, 8, 1.0).printed(&NumberFormat::default());
        let texts: Vec<&str> = scale.ticks.iter().map(|t| t.text.as_str()).collect();
        assert_eq!(texts, ["0", "1", "2", "3"]);
    }

    #[test]
    fn numbers_go_to_pixels_linearly_or_by_their_logarithm() {
        let scale = Scale::linear(0.0, 100.0, 5, 0.0).spanning(200.0, 0.0);
        assert_eq!(scale.at(25.0), 150.0);
        assert_eq!(scale.resolution(), (5.0, 1.0));
        let log = Scale::log(3.0, 4000.0).spanning(0.0, 400.0);
        assert_eq!((log.low, log.high), (1.0, 10_000.0));
        assert!((log.at(100.0) - 200.0).abs() < 1e-3);
        let second = Scale::linear_with(3.0, 47.0, 5);
        assert_eq!((second.low, second.high, second.steps()), (0.0, 50.0, 5));
    }
}
