//! Samples as a decoder left them, and the way from there to sRGB: fewer bits, the profile, transparency over white.

use crate::decoded::{Colour, Model, Profile};
use crate::profile::{Conversion, Unusable};
use crate::warning::{Warning, Warnings};

/// What stands next to each other for a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channels {
    Grey,
    GreyAlpha,
    Rgb,
    Rgba,
    /// Inks, 0 for none.
    Cmyk,
}

impl Channels {
    pub(crate) fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }

    fn has_alpha(self) -> bool {
        matches!(self, Self::GreyAlpha | Self::Rgba)
    }
}

/// Decoded samples of 8 bits, as stored: not turned, in the colours of the file.
#[derive(Debug)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) channels: Channels,
    pub(crate) samples: Vec<u8>,
    /// What the file's samples stood for, and their bits there.
    pub(crate) model: Model,
    pub(crate) bits: u8,
    /// Whether the file has transparency of any kind.
    pub(crate) alpha: bool,
}

/// 16 bits to 8, rounded to the nearest: v · 255 / 65535.
pub(crate) fn reduce(value: u16) -> u8 {
    ((u32::from(value) * 255 + 32_767) / 65_535) as u8
}

/// A product of two parts of 255, rounded to the nearest.
pub(crate) fn times(a: u8, b: u8) -> u8 {
    ((u32::from(a) * u32::from(b) + 127) / 255) as u8
}

/// Three bytes a pixel in sRGB, and how the colours stood.
pub(crate) fn to_srgb(raster: Raster, icc: Option<&[u8]>, warnings: &mut Warnings) -> (Vec<u8>, Colour) {
    if raster.bits > 8 {
        warnings.add(Warning::BitsReduced);
    }
    let (conversion, profile) = conversion_of(&raster, icc, warnings);
    let colour = Colour { model: raster.model, bits: raster.bits, alpha: raster.alpha, profile };
    let channels = raster.channels;
    let alpha = channels.has_alpha().then(|| {
        raster
            .samples
            .iter()
            .skip(channels.count() - 1)
            .step_by(channels.count())
            .copied()
            .collect::<Vec<_>>()
    });
    let mut pixels = coloured(raster, &conversion);
    if let Some(alpha) = alpha.filter(|alpha| alpha.iter().any(|alpha| *alpha < 255)) {
        warnings.add(Warning::AlphaOverWhite);
        for (pixel, alpha) in pixels.chunks_exact_mut(3).zip(alpha) {
            pixel.iter_mut().for_each(|value| *value = times(*value, alpha) + (255 - alpha));
        }
    }
    (pixels, colour)
}

/// Three bytes a pixel in the colours of the file: no profile, transparency left away.
pub(crate) fn as_stored(raster: Raster, warnings: &mut Warnings) -> (Vec<u8>, Colour) {
    if raster.bits > 8 {
        warnings.add(Warning::BitsReduced);
    }
    let colour =
        Colour { model: raster.model, bits: raster.bits, alpha: raster.alpha, profile: Profile::Unused };
    (coloured(raster, &Conversion::None), colour)
}

fn conversion_of(raster: &Raster, icc: Option<&[u8]>, warnings: &mut Warnings) -> (Conversion, Profile) {
    let Some(icc) = icc else {
        if raster.channels == Channels::Cmyk {
            warnings.add(Warning::InksWithoutProfile);
        }
        return (Conversion::None, Profile::Absent);
    };
    match Conversion::read(icc, raster.channels) {
        Ok((Conversion::None, _)) => (Conversion::None, Profile::Srgb),
        Ok((conversion, name)) => (conversion, Profile::Applied(name)),
        Err(unusable) => {
            warnings.add(match unusable {
                Unusable::Broken => Warning::ProfileBroken,
                Unusable::OtherColours => Warning::ProfileOfOtherColours,
            });
            if raster.channels == Channels::Cmyk {
                warnings.add(Warning::InksWithoutProfile);
            }
            (Conversion::None, Profile::Unusable)
        }
    }
}

fn coloured(raster: Raster, conversion: &Conversion) -> Vec<u8> {
    let count = raster.channels.count();
    match (raster.channels, conversion) {
        (Channels::Rgb, Conversion::None) => raster.samples,
        (Channels::Rgba, Conversion::None) => {
            raster.samples.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
        }
        (Channels::Grey | Channels::GreyAlpha, Conversion::Grey(table)) => {
            raster.samples.iter().step_by(count).flat_map(|grey| [table[usize::from(*grey)]; 3]).collect()
        }
        (Channels::Grey | Channels::GreyAlpha, _) => {
            raster.samples.iter().step_by(count).flat_map(|grey| [*grey; 3]).collect()
        }
        (Channels::Cmyk, Conversion::Table(table)) => table.convert(&raster.samples, 4),
        (Channels::Cmyk, _) => raster.samples.chunks_exact(4).flat_map(plain_inks).collect(),
        (Channels::Rgb | Channels::Rgba, Conversion::Matrix(matrix)) => {
            matrix.convert(&raster.samples, count)
        }
        (Channels::Rgb | Channels::Rgba, Conversion::Table(table)) => table.convert(&raster.samples, count),
        (Channels::Rgb | Channels::Rgba, Conversion::Grey(_)) => {
            raster.samples.chunks_exact(count).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
        }
    }
}

/// Inks without a profile: what black leaves of what each ink leaves, as most programs mix them.
fn plain_inks(inks: &[u8]) -> [u8; 3] {
    [0, 1, 2].map(|ink| times(255 - inks[ink], 255 - inks[3]))
}
