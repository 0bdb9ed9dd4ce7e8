//! Colours of a face, drawn so that what must be read can be.

use pixmo_render::{Color, Rng};

/// Least contrast of a main hand with everything it passes over on the dial's ground.
pub const HAND_CONTRAST: f32 = 2.5;

/// Least contrast of letters and numerals with their ground.
pub(super) const LETTER_CONTRAST: f32 = 3.0;

/// A colour in OKLCH, in steps that can be seen: lightness in hundredths, chroma in half-hundredths, hue in degrees.
fn step(lightness: f32, chroma: f32, hue: f32) -> Color {
    Color::oklch((lightness * 100.0).round() / 100.0, (chroma * 200.0).round() / 200.0, hue.round())
}

/// Least and most lightness, chroma and hue.
type Ranges = ([f32; 2], [f32; 2], [f32; 2]);

/// The ground of a dial.
pub(super) fn ground(rng: &mut Rng) -> Color {
    // Weight, lightness, chroma and hue: ranges of dials as they are sold.
    const KINDS: [(f64, Ranges); 14] = [
        (16.0, ([0.94, 0.99], [0.0, 0.012], [60.0, 110.0])),
        (8.0, ([0.90, 0.96], [0.02, 0.05], [75.0, 100.0])),
        (8.0, ([0.82, 0.91], [0.0, 0.015], [200.0, 280.0])),
        (17.0, ([0.16, 0.26], [0.0, 0.012], [0.0, 360.0])),
        (7.0, ([0.30, 0.46], [0.0, 0.02], [220.0, 290.0])),
        (12.0, ([0.26, 0.44], [0.06, 0.14], [245.0, 275.0])),
        (7.0, ([0.28, 0.46], [0.04, 0.10], [145.0, 180.0])),
        (4.0, ([0.28, 0.42], [0.08, 0.14], [10.0, 30.0])),
        (4.0, ([0.28, 0.44], [0.03, 0.08], [45.0, 75.0])),
        (4.0, ([0.78, 0.86], [0.06, 0.10], [35.0, 60.0])),
        (4.0, ([0.80, 0.89], [0.06, 0.11], [80.0, 95.0])),
        (4.0, ([0.80, 0.92], [0.04, 0.09], [190.0, 250.0])),
        (4.0, ([0.84, 0.93], [0.04, 0.09], [0.0, 360.0])),
        (4.0, ([0.60, 0.84], [0.12, 0.19], [0.0, 360.0])),
    ];
    let (_, (l, c, h)) = KINDS[rng.weighted(&KINDS.map(|kind| kind.0))];
    step(rng.range32(l[0], l[1]), rng.range32(c[0], c[1]), rng.range32(h[0], h[1]))
}

/// A second colour beside the ground, near to it in lightness or farther away.
pub(super) fn beside(ground: Color, rng: &mut Rng) -> Color {
    let [l, a, b] = ground.oklab();
    let (chroma, hue) = (libm::hypotf(a, b), libm::atan2f(b, a).to_degrees());
    let darker = l > 0.5 || rng.chance(0.4);
    let by = rng.range32(0.05, 0.22) * if darker { -1.0 } else { 1.0 };
    let turned = if rng.chance(0.2) { rng.range32(-70.0, 70.0) } else { 0.0 };
    step((l + by).clamp(0.10, 0.98), (chroma * rng.range32(0.7, 1.4)).min(0.18), hue + turned)
}

/// A bright colour that catches the eye.
pub(super) fn accent(rng: &mut Rng) -> Color {
    const HUES: [(f64, [f32; 2], [f32; 2]); 7] = [
        (8.0, [0.52, 0.62], [22.0, 32.0]),
        (4.0, [0.66, 0.74], [42.0, 60.0]),
        (2.0, [0.82, 0.90], [90.0, 108.0]),
        (2.0, [0.55, 0.70], [140.0, 160.0]),
        (3.0, [0.50, 0.70], [230.0, 262.0]),
        (1.0, [0.75, 0.85], [185.0, 205.0]),
        (1.0, [0.55, 0.70], [320.0, 350.0]),
    ];
    let (_, l, h) = HUES[rng.weighted(&HUES.map(|hue| hue.0))];
    step(rng.range32(l[0], l[1]), rng.range32(0.13, 0.21), rng.range32(h[0], h[1]))
}

/// The colour of polished things: hands, applied marks, rims of windows.
pub(super) fn metal(rng: &mut Rng, on_dark: bool) -> Color {
    // Weight on light grounds, on dark ones, then lightness, chroma and hue.
    const KINDS: [(f64, f64, Ranges); 9] = [
        (10.0, 0.5, ([0.10, 0.24], [0.0, 0.02], [0.0, 360.0])),
        (0.0, 8.0, ([0.95, 1.0], [0.0, 0.015], [60.0, 120.0])),
        (2.0, 9.0, ([0.76, 0.90], [0.0, 0.02], [220.0, 290.0])),
        (4.0, 6.0, ([0.66, 0.84], [0.09, 0.14], [75.0, 95.0])),
        (3.0, 4.0, ([0.62, 0.80], [0.07, 0.11], [35.0, 58.0])),
        (6.0, 0.0, ([0.30, 0.42], [0.10, 0.16], [255.0, 272.0])),
        (5.0, 0.0, ([0.34, 0.48], [0.0, 0.03], [220.0, 290.0])),
        (2.0, 0.0, ([0.28, 0.40], [0.03, 0.08], [30.0, 80.0])),
        (1.0, 3.0, ([0.90, 0.96], [0.03, 0.07], [80.0, 130.0])),
    ];
    let weights = KINDS.map(|kind| if on_dark { kind.1 } else { kind.0 });
    let (_, _, (l, c, h)) = KINDS[rng.weighted(&weights)];
    step(rng.range32(l[0], l[1]), rng.range32(c[0], c[1]), rng.range32(h[0], h[1]))
}

/// What glows in the dark, by day.
pub(super) fn lume(rng: &mut Rng) -> Color {
    match rng.below(4) {
        0 => step(rng.range32(0.95, 0.99), 0.01, 110.0),
        1 => step(rng.range32(0.90, 0.95), rng.range32(0.04, 0.08), rng.range32(120.0, 150.0)),
        2 => step(rng.range32(0.80, 0.88), rng.range32(0.05, 0.10), rng.range32(70.0, 85.0)),
        _ => step(rng.range32(0.90, 0.95), rng.range32(0.02, 0.05), rng.range32(85.0, 200.0)),
    }
}

/// Whether hands can be read on all of the shades at once.
pub(super) fn agree(shades: &[Color]) -> bool {
    let least = |goal: Color| shades.iter().all(|shade| shade.contrast(goal) >= 3.4);
    least(Color::rgb(12, 12, 14)) || least(Color::WHITE)
}

/// The colour, darkened or lightened as little as it takes to reach a contrast with all of the shades; where none does,
/// what comes nearest.
pub(super) fn readable(color: Color, shades: &[Color], contrast: f32) -> Color {
    let least = |tried: Color| shades.iter().map(|s| s.contrast(tried)).fold(f32::INFINITY, f32::min);
    let goals = [Color::rgb(12, 12, 14), Color::WHITE];
    let mut best = (color, least(color));
    for step in 0..=20 {
        for goal in goals {
            let tried = color.mix(goal, step as f32 / 20.0);
            let reached = least(tried);
            if reached >= contrast {
                return tried;
            }
            if reached > best.1 {
                best = (tried, reached);
            }
        }
    }
    best.0
}

/// A colour between a ground and its ink, for lines that should not be loud.
pub(super) fn quiet(ground: Color, strength: f32) -> Color {
    let goal = if ground.luminance() > 0.18 { Color::BLACK } else { Color::WHITE };
    ground.mix(goal, strength)
}
