//! Displays of segments as they are made: their colours, their digits, and what they can show.

use pixmo_render::{Color, Rng};

use super::cell::{Cut, Shape};
use super::hours::{Half, Hours};
use super::pane::Type;
use super::segments::{Above, Light, Seconds, Segments, Shown, Sign};
use super::surround::{Mesh, Surround};

impl Segments {
    /// A display by chance.
    pub(super) fn drawn(rng: &mut Rng) -> Segments {
        let light = [Light::Crystal, Light::Negative, Light::Diode, Light::Tube]
            [rng.weighted(&[0.42, 0.13, 0.33, 0.12])];
        let (ground, lit) = colors(light, rng);
        let lit = lit.readable_on(ground, if light == Light::Crystal { 6.0 } else { 3.6 });
        let faint = rng.range32(1.06, 1.26);
        let ghost = (1..40)
            .map(|step| ground.mix(lit, step as f32 / 80.0))
            .take_while(|ghost| ghost.contrast(ground) <= faint)
            .last()
            .unwrap_or(ground);
        let panel = panel(light, rng);
        let cut = match light {
            Light::Diode => {
                [Cut::Pointed, Cut::Mitred, Cut::Bars, Cut::Dots][rng.weighted(&[0.34, 0.3, 0.1, 0.26])]
            }
            _ => [Cut::Pointed, Cut::Mitred, Cut::Bars][rng.weighted(&[0.4, 0.5, 0.1])],
        };
        // The middles of lamps that lean would lie beside the middles of their segments.
        let lean = if cut == Cut::Dots || rng.chance(0.5) { 0.0 } else { rng.range32(0.06, 0.17) };
        let shape = Shape {
            cut,
            slim: rng.range32(0.48, 0.6),
            // Bars stand apart at the corners; thick ones would be dots.
            thick: rng.range32(0.105, if matches!(cut, Cut::Bars | Cut::Dots) { 0.125 } else { 0.165 }),
            gap: rng.range32(0.008, 0.022),
            lean,
        };
        let watch = matches!(light, Light::Crystal | Light::Negative);
        let meshes: &[Mesh] = match light {
            Light::Diode => &[Mesh::None, Mesh::None, Mesh::Lamps],
            Light::Tube => &[Mesh::None, Mesh::Wires, Mesh::Wires],
            Light::Crystal | Light::Negative => &[Mesh::None],
        };
        let hours = Hours::drawn(rng);
        Segments {
            light,
            ground,
            lit,
            ghost,
            panel,
            shape,
            round: rng.chance(0.5),
            hours: match hours {
                Hours::Halves { padded, .. } => Hours::Halves { half: Half::Upper, padded },
                other => other,
            },
            sign_first: rng.chance(0.4),
            sign: [Sign::Words, Sign::Dots, Sign::Dot][rng.weighted(&[0.6, 0.2, 0.2])],
            seconds: [Seconds::None, Seconds::Small, Seconds::Equal]
                [rng.weighted(if watch { &[0.4, 0.4, 0.2] } else { &[0.8, 0.1, 0.1] })],
            above: [Above::None, Above::Week, Above::Date, Above::Signs]
                [rng.weighted(if watch { &[0.2, 0.25, 0.35, 0.2] } else { &[0.55, 0.1, 0.1, 0.25] })],
            surround: Surround::drawn(meshes, rng),
            print: Type::named(
                rng.word(&["Barlow Condensed", "Roboto Condensed", "Oswald", "Inter", "Rubik"]),
                rng.chance(0.6),
            ),
            shown: Shown::Time,
        }
    }

    /// A display by chance that does not show the time.
    pub(super) fn without_time(rng: &mut Rng) -> Segments {
        let shown = match rng.weighted(&[0.45, 0.3, 0.25]) {
            0 => Shown::Off,
            1 => Shown::Dashes,
            _ => Shown::Word(rng.word(&["End", "Err", "OFF", "On", "HI", "LO", "dEF", "StOP"]).to_owned()),
        };
        let seconds = match shown {
            Shown::Word(_) => Seconds::None,
            _ => Seconds::Small,
        };
        let drawn = Segments::drawn(rng);
        let seconds = if drawn.seconds == Seconds::None { Seconds::None } else { seconds };
        Segments { shown, seconds, ..drawn }
    }
}

/// What lies around a display: dark plastic, grey or coloured plastic, cream, metal.
fn panel(light: Light, rng: &mut Rng) -> Color {
    let hue = rng.range32(0.0, 360.0);
    let shares = if light == Light::Crystal { [0.3, 0.3, 0.2, 0.2] } else { [0.55, 0.15, 0.15, 0.15] };
    match rng.weighted(&shares) {
        0 => Color::oklch(rng.range32(0.12, 0.3), rng.range32(0.0, 0.03), hue),
        1 => Color::oklch(rng.range32(0.5, 0.85), 0.01, hue),
        2 => Color::oklch(rng.range32(0.35, 0.7), rng.range32(0.05, 0.12), hue),
        _ => Color::oklch(rng.range32(0.84, 0.94), rng.range32(0.01, 0.04), rng.range32(70.0, 110.0)),
    }
}

/// The ground of a display and what is lit on it.
fn colors(light: Light, rng: &mut Rng) -> (Color, Color) {
    match light {
        // Lit from behind, now and then.
        Light::Crystal if rng.chance(0.3) => {
            let hue = *rng.pick(&[70.0, 95.0, 145.0, 190.0, 235.0]);
            let ground = Color::oklch(rng.range32(0.7, 0.84), rng.range32(0.09, 0.14), hue);
            (ground, Color::oklch(rng.range32(0.14, 0.24), 0.03, hue))
        }
        Light::Crystal => {
            let hue = [112.0, 128.0, 150.0, 95.0, 240.0][rng.weighted(&[0.4, 0.25, 0.15, 0.1, 0.1])];
            let ground = Color::oklch(rng.range32(0.68, 0.82), rng.range32(0.012, 0.05), hue);
            (ground, Color::oklch(rng.range32(0.16, 0.3), 0.02, hue + 20.0))
        }
        Light::Negative => {
            let hue = rng.range32(0.0, 360.0);
            let blue = rng.chance(0.25);
            let ground = match blue {
                true => {
                    Color::oklch(rng.range32(0.28, 0.4), rng.range32(0.1, 0.16), rng.range32(245.0, 270.0))
                }
                false => Color::oklch(rng.range32(0.14, 0.24), rng.range32(0.0, 0.03), hue),
            };
            let chroma = if blue { 0.02 } else { rng.range32(0.01, 0.15) };
            (ground, Color::oklch(rng.range32(0.76, 0.9), chroma, hue))
        }
        Light::Diode => {
            let shade = rng.whole(0, 3) as u8;
            let (ground, lit) = match rng.weighted(&[0.26, 0.16, 0.13, 0.15, 0.1, 0.07, 0.06, 0.07]) {
                0 => (Color::rgb(20, 5, 7), Color::rgb(255, rng.whole(36, 66) as u8, 40)),
                1 => (Color::rgb(5, 16, 9), Color::rgb(70, 240, rng.whole(80, 140) as u8)),
                2 => (Color::rgb(6, 9, 24), Color::rgb(70, rng.whole(120, 160) as u8, 255)),
                3 => (Color::rgb(20, 12, 5), Color::rgb(255, rng.whole(150, 185) as u8, 40)),
                4 => (Color::rgb(14, 15, 17), Color::rgb(240, 245, 255)),
                5 => (Color::rgb(4, 16, 20), Color::rgb(60, 226, rng.whole(235, 255) as u8)),
                6 => (Color::rgb(18, 6, 20), Color::rgb(238, rng.whole(96, 150) as u8, 246)),
                _ => (Color::rgb(12, 16, 4), Color::rgb(rng.whole(190, 220) as u8, 255, 60)),
            };
            // The pane is nearly black, or a filter in the colour of the light, or grey.
            match shade {
                0 => (ground.mix(lit, 0.12), lit),
                1 => (Color::rgb(36, 37, 40), lit),
                _ => (ground, lit),
            }
        }
        Light::Tube => {
            let ground = Color::rgb(7, 17, 18);
            match rng.weighted(&[0.5, 0.2, 0.15, 0.15]) {
                0 => (ground, Color::rgb(rng.whole(90, 130) as u8, 255, rng.whole(205, 230) as u8)),
                1 => (Color::rgb(6, 12, 24), Color::rgb(120, rng.whole(190, 214) as u8, 255)),
                2 => (Color::rgb(8, 18, 8), Color::rgb(rng.whole(130, 170) as u8, 255, 120)),
                _ => (Color::rgb(24, 12, 6), Color::rgb(255, rng.whole(140, 168) as u8, 74)),
            }
        }
    }
}
