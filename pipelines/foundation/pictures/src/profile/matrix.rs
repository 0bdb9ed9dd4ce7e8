//! Three curves and a matrix: the form of most profiles of screens and cameras.

use moxcms::{ColorProfile, DataColorSpace};

use super::curve::Curve;
use super::srgb;

/// Light of each value of each channel, and the way from there to linear sRGB.
pub(crate) struct Matrix {
    lights: [[f32; 256]; 3],
    rows: [[f32; 3]; 3],
}

impl Matrix {
    /// Of a profile that has all of it.
    pub(crate) fn read(profile: &ColorProfile) -> Option<Self> {
        if profile.pcs != DataColorSpace::Xyz {
            return None;
        }
        let curves = [&profile.red_trc, &profile.green_trc, &profile.blue_trc];
        let mut lights = [[0.0; 256]; 3];
        for (lights, curve) in lights.iter_mut().zip(curves) {
            let curve = Curve::read(curve.as_ref()?)?;
            for (value, light) in lights.iter_mut().enumerate() {
                *light = curve.at(value as f64 / 255.0) as f32;
            }
        }
        let colorants = [profile.red_colorant, profile.green_colorant, profile.blue_colorant];
        let colorants = colorants.map(|colorant| [colorant.x, colorant.y, colorant.z]);
        let are_numbers = colorants.as_flattened().iter().all(|number| number.is_finite());
        // A profile without light has no colours.
        if !are_numbers || colorants.iter().all(|colorant| colorant[1] <= 0.0) {
            return None;
        }
        let rows = srgb::FROM_XYZ.map(|row| {
            colorants
                .map(|colorant| (row[0] * colorant[0] + row[1] * colorant[1] + row[2] * colorant[2]) as f32)
        });
        Some(Self { lights, rows })
    }

    fn colour(&self, pixel: &[u8]) -> [u8; 3] {
        let light = [0, 1, 2].map(|channel: usize| self.lights[channel][usize::from(pixel[channel])]);
        self.rows.map(|row| srgb::encode(row[0] * light[0] + row[1] * light[1] + row[2] * light[2]))
    }

    /// Whether no colour of a coarse grid moves by more than one level.
    pub(crate) fn is_srgb(&self) -> bool {
        const GRID: [u8; 9] = [0, 32, 64, 96, 128, 160, 192, 224, 255];
        let stays =
            |pixel: [u8; 3]| self.colour(&pixel).iter().zip(pixel).all(|(to, from)| to.abs_diff(from) <= 1);
        let greys_stay = (0..=255).all(|grey| stays([grey; 3]));
        greys_stay && GRID.iter().all(|r| GRID.iter().all(|g| GRID.iter().all(|b| stays([*r, *g, *b]))))
    }

    /// Pixels of so many channels, of which the first three are colours, to three.
    pub(crate) fn convert(&self, samples: &[u8], channels: usize) -> Vec<u8> {
        samples.chunks_exact(channels).flat_map(|pixel| self.colour(pixel)).collect()
    }
}
