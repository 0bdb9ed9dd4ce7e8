//! Colours in sRGB, their contrast (WCAG 2.2) and the OKLab space in which palettes are made and named.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// An sRGB colour with straight alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Color {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
    /// Opacity, 0 to 255.
    pub alpha: u8,
}

impl Color {
    /// White.
    pub const WHITE: Color = Color::rgb(255, 255, 255);
    /// Black.
    pub const BLACK: Color = Color::rgb(0, 0, 0);

    /// An opaque colour.
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue, alpha: 255 }
    }

    /// Reads `#rrggbb`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.is_ascii() {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self::rgb(part(0)?, part(2)?, part(4)?))
    }

    /// `#rrggbb`, without alpha.
    pub fn hex(&self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// The same colour with another opacity, 0 to 1.
    pub fn faded(&self, opacity: f32) -> Self {
        Self { alpha: (opacity.clamp(0.0, 1.0) * 255.0 + 0.5) as u8, ..*self }
    }

    /// This colour laid over an opaque ground.
    pub fn over(&self, ground: Color) -> Color {
        let a = f32::from(self.alpha) / 255.0;
        let mix = |top: u8, low: u8| (f32::from(top) * a + f32::from(low) * (1.0 - a) + 0.5) as u8;
        Color::rgb(mix(self.red, ground.red), mix(self.green, ground.green), mix(self.blue, ground.blue))
    }

    /// A mixture in OKLab, of the opacity likewise: `t` = 0 gives this colour, 1 the other.
    pub fn mix(&self, other: Color, t: f32) -> Color {
        let (a, b) = (self.oklab(), other.oklab());
        let lab = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
        let alpha = f32::from(self.alpha) + (f32::from(other.alpha) - f32::from(self.alpha)) * t;
        Color { alpha: (alpha + 0.5) as u8, ..Color::from_oklab(lab) }
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    pub fn luminance(&self) -> f32 {
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2).
    pub fn contrast(&self, other: Color) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Black or white, whichever reads better on this colour; softened a little so that it does not look like a default.
    pub fn ink(&self) -> Color {
        let (dark, light) = (Color::rgb(24, 24, 28), Color::WHITE);
        if self.contrast(dark) >= self.contrast(light) {
            // On middle tones only full black is dark enough for small print.
            if self.contrast(dark) < 4.6 { Color::BLACK } else { dark }
        } else if self.contrast(light) < self.contrast(Color::BLACK) {
            Color::BLACK
        } else {
            light
        }
    }

    /// OKLab lightness, a and b (Björn Ottosson, 2020).
    pub fn oklab(&self) -> [f32; 3] {
        let (r, g, b) = (linear(self.red), linear(self.green), linear(self.blue));
        let l = libm::cbrtf(0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b);
        let m = libm::cbrtf(0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b);
        let s = libm::cbrtf(0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b);
        [
            0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
            1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
            0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
        ]
    }

    /// The nearest sRGB colour of an OKLab value.
    pub fn from_oklab([l, a, b]: [f32; 3]) -> Color {
        let l_ = l + 0.396_337_78 * a + 0.215_803_76 * b;
        let m_ = l - 0.105_561_346 * a - 0.063_854_17 * b;
        let s_ = l - 0.089_484_18 * a - 1.291_485_5 * b;
        let (l3, m3, s3) = (l_ * l_ * l_, m_ * m_ * m_, s_ * s_ * s_);
        Color::rgb(
            encode(4.076_741_7 * l3 - 3.307_711_6 * m3 + 0.230_969_94 * s3),
            encode(-1.268_438 * l3 + 2.609_757_4 * m3 - 0.341_319_4 * s3),
            encode(-0.004_196_086_3 * l3 - 0.703_418_6 * m3 + 1.707_614_7 * s3),
        )
    }

    /// From OKLCH: lightness 0 to 1, chroma 0 to about 0.37, hue in degrees.
    pub fn oklch(lightness: f32, chroma: f32, hue: f32) -> Color {
        let hue = hue.to_radians();
        Color::from_oklab([lightness, chroma * libm::cosf(hue), chroma * libm::sinf(hue)])
    }

    /// Distance in OKLab; below about 0.05 two colours are hard to tell apart.
    pub fn distance(&self, other: Color) -> f32 {
        let (a, b) = (self.oklab(), other.oklab());
        libm::sqrtf((0..3).map(|i| (a[i] - b[i]) * (a[i] - b[i])).sum())
    }

    /// This colour made darker or lighter until it has at least the given contrast with the ground.
    pub fn readable_on(&self, ground: Color, contrast: f32) -> Color {
        let goal = if ground.luminance() > 0.25 { Color::rgb(10, 10, 12) } else { Color::WHITE };
        (0..=20)
            .map(|step| self.mix(goal, step as f32 / 20.0))
            .find(|color| color.contrast(ground) >= contrast)
            .unwrap_or(goal)
    }

    /// The everyday name of the colour, or `None` where two people might name it differently.
    ///
    /// Names are the eleven basic colour terms of English (Berlin and Kay); a name is given only when the hue lies well
    /// inside its band in OKLCH and the chroma is clear.
    pub fn name(&self) -> Option<&'static str> {
        let [l, a, b] = self.oklab();
        let chroma = libm::hypotf(a, b);
        if chroma < 0.02 {
            return match l {
                l if l < 0.25 => Some("black"),
                l if (0.45..0.80).contains(&l) => Some("gray"),
                l if l > 0.97 => Some("white"),
                _ => None,
            };
        }
        if chroma < 0.08 {
            return None;
        }
        let hue = libm::atan2f(b, a).to_degrees().rem_euclid(360.0);
        match hue {
            h if (18.0..=33.0).contains(&h) && (0.42..0.70).contains(&l) && chroma > 0.13 => Some("red"),
            h if (50.0..=70.0).contains(&h) && l > 0.66 && chroma > 0.11 => Some("orange"),
            h if (45.0..=75.0).contains(&h) && l < 0.50 => Some("brown"),
            h if (92.0..=110.0).contains(&h) && l > 0.80 => Some("yellow"),
            h if (132.0..=158.0).contains(&h) && (0.40..0.85).contains(&l) => Some("green"),
            h if (238.0..=270.0).contains(&h) && (0.35..0.75).contains(&l) => Some("blue"),
            h if (296.0..=318.0).contains(&h) && (0.30..0.65).contains(&l) => Some("purple"),
            h if (345.0..=360.0).contains(&h) && l > 0.68 => Some("pink"),
            _ => None,
        }
    }
}

/// A channel in linear light, 0 to 1 (IEC 61966-2-1), from a table: contrasts are asked for far more often than there
/// are channels.
fn linear(channel: u8) -> f32 {
    static TABLE: LazyLock<[f32; 256]> = LazyLock::new(|| {
        std::array::from_fn(|channel| {
            let c = channel as f32 / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { libm::powf((c + 0.055) / 1.055, 2.4) }
        })
    });
    TABLE[usize::from(channel)]
}

fn encode(value: f32) -> u8 {
    let v = value.clamp(0.0, 1.0);
    let c = if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * libm::powf(v, 1.0 / 2.4) - 0.055 };
    (c * 255.0 + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 0.01);
        // #767676 on white is the well-known edge of 4.5 : 1.
        let edge = Color::from_hex("#767676").expect("a colour").contrast(Color::WHITE);
        assert!((4.5..4.6).contains(&edge), "{edge}");
    }

    #[test]
    fn oklab_goes_there_and_back() {
        for hex in ["#1f77b4", "#ff7f0e", "#2ca02c", "#000000", "#ffffff", "#7b3f00"] {
            let color = Color::from_hex(hex).expect("a colour");
            assert_eq!(Color::from_oklab(color.oklab()).hex(), hex);
        }
    }

    #[test]
    fn only_clear_colours_have_names() {
        let name = |hex: &str| Color::from_hex(hex).expect("a colour").name();
        assert_eq!(name("#d62728"), Some("red"));
        assert_eq!(name("#1f77b4"), Some("blue"));
        assert_eq!(name("#2ca02c"), Some("green"));
        assert_eq!(name("#ff8c1a"), Some("orange"));
        assert_eq!(name("#17becf"), None, "cyan is named blue, teal or turquoise");
        assert_eq!(name("#8c8c8c"), Some("gray"));
    }
}
