//! The bundled palettes.

use std::sync::OnceLock;

use crate::color::Color;

/// What a palette is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Colours that tell kinds apart.
    Qualitative,
    /// A ramp from little to much.
    Sequential,
    /// Two ramps from a neutral middle.
    Diverging,
}

/// A named list of colours.
#[derive(Clone, Debug)]
pub struct Palette {
    /// Name, such as `okabe-ito`.
    pub name: String,
    /// What it is for.
    pub kind: Kind,
    /// The colours; ramps in order.
    pub colors: Vec<Color>,
    /// People with the common colour vision deficiencies can tell its colours apart.
    pub colour_blind_safe: bool,
    /// Reads well on a light ground.
    pub good_on_light: bool,
    /// Reads well on a dark ground.
    pub good_on_dark: bool,
}

/// All bundled palettes, in file order.
///
/// # Panics
/// Never in a released build: a test reads the whole file.
pub fn bundled() -> &'static [Palette] {
    static PALETTES: OnceLock<Vec<Palette>> = OnceLock::new();
    PALETTES.get_or_init(|| {
        let table: toml::Table =
            include_str!("../assets/palettes.toml").parse().expect("palettes.toml is TOML");
        let list = table["palette"].as_array().expect("[[palette]] is a list");
        list.iter().map(|p| read(p).expect("every palette is complete")).collect()
    })
}

fn read(entry: &toml::Value) -> Option<Palette> {
    let good_on = entry.get("good_on")?.as_str()?;
    Some(Palette {
        name: entry.get("name")?.as_str()?.to_owned(),
        kind: match entry.get("kind")?.as_str()? {
            "qualitative" => Kind::Qualitative,
            "sequential" => Kind::Sequential,
            "diverging" => Kind::Diverging,
            _ => return None,
        },
        colors: entry
            .get("colours")
            .or_else(|| entry.get("colors"))?
            .as_array()?
            .iter()
            .map(|c| Color::from_hex(c.as_str()?))
            .collect::<Option<_>>()?,
        colour_blind_safe: entry.get("colour_blind_safe")?.as_bool()?,
        good_on_light: matches!(good_on, "light" | "both"),
        good_on_dark: matches!(good_on, "dark" | "both"),
    })
}

impl Palette {
    /// The colour at `t` (0 to 1) of a ramp, mixed in OKLab.
    pub fn ramp(&self, t: f32) -> Color {
        let last = self.colors.len().saturating_sub(1);
        let at = t.clamp(0.0, 1.0) * last as f32;
        let low = (at as usize).min(last.saturating_sub(1));
        let high = (low + 1).min(last);
        self.colors[low].mix(self.colors[high], at - low as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_palette_is_complete() {
        for palette in bundled() {
            assert!(palette.colors.len() >= 5, "{}", palette.name);
        }
        assert!(bundled().len() >= 20);
    }
}
