//! ICC profiles (ICC.1:2022) to sRGB: which of a profile's ways is taken, and what it does to 8-bit samples.
//!
//! `moxcms` reads the profile; the colours are worked out here, so that they are the same everywhere: `f32` and `f64` in a
//! fixed order, powers by `libm`. The perceptual table is taken where there is one, else the colorimetric one, else matrix
//! and curves; black is not scaled. Browsers do it so.

mod curve;
mod matrix;
mod srgb;
mod table;

use moxcms::{ColorProfile, DataColorSpace, ProfileText};

use crate::raster::Channels;
use curve::Curve;
use matrix::Matrix;
use table::Table;

/// What is done to samples.
pub(crate) enum Conversion {
    /// Nothing: they are sRGB, or taken for it.
    None,
    /// Each grey has its value.
    Grey(Box<[u8; 256]>),
    /// Curves and a matrix.
    Matrix(Box<Matrix>),
    /// A table over three or four channels.
    Table(Box<Table>),
}

/// Why a profile is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    Broken,
    OtherColours,
}

/// A description is kept to this many characters.
const NAME_CHARS_MAX: usize = 100;

impl Conversion {
    /// Reads a profile for samples of that kind; gives its description as well.
    pub(crate) fn read(icc: &[u8], channels: Channels) -> Result<(Self, String), Unusable> {
        // The signature of every profile; without it there is nothing to read.
        if icc.get(36..40) != Some(b"acsp") {
            return Err(Unusable::Broken);
        }
        let profile = ColorProfile::new_from_slice(icc).map_err(|_| Unusable::Broken)?;
        let name = name_of(&profile);
        let conversion = match (channels, profile.color_space) {
            (Channels::Rgb | Channels::Rgba, DataColorSpace::Rgb) => Self::of_rgb(&profile),
            (Channels::Grey | Channels::GreyAlpha, DataColorSpace::Gray) => Self::of_grey(&profile),
            (Channels::Cmyk, DataColorSpace::Cmyk) => Self::of_table(&profile, 4),
            // A grey picture that carries the profile of the colour picture it was made from.
            (Channels::Grey | Channels::GreyAlpha, DataColorSpace::Rgb) => Self::of_grey_in_rgb(&profile),
            _ => return Err(Unusable::OtherColours),
        };
        conversion.map(|conversion| (conversion, name)).ok_or(Unusable::Broken)
    }

    fn of_rgb(profile: &ColorProfile) -> Option<Self> {
        if let Some(table) = Self::of_table(profile, 3) {
            return Some(table);
        }
        let matrix = Matrix::read(profile)?;
        Some(if matrix.is_srgb() { Self::None } else { Self::Matrix(Box::new(matrix)) })
    }

    fn of_grey(profile: &ColorProfile) -> Option<Self> {
        let curve = Curve::read(profile.gray_trc.as_ref()?)?;
        let is_lab = profile.pcs == DataColorSpace::Lab;
        let table = std::array::from_fn(|grey| {
            let value = curve.at(grey as f64 / 255.0);
            let light = if is_lab { srgb::light_of_lightness(100.0 * value) } else { value };
            srgb::encode(light as f32)
        });
        Some(Self::of_grey_table(table))
    }

    fn of_grey_in_rgb(profile: &ColorProfile) -> Option<Self> {
        let greys = (0..=255u8).flat_map(|grey| [grey; 3]).collect::<Vec<_>>();
        let colours = match Self::of_rgb(profile)? {
            Self::Matrix(matrix) => matrix.convert(&greys, 3),
            Self::Table(table) => table.convert(&greys, 3),
            Self::None | Self::Grey(_) => return Some(Self::None),
        };
        // Green is nearest to the light of a grey.
        Some(Self::of_grey_table(std::array::from_fn(|grey| colours[3 * grey + 1])))
    }

    /// No table at all when no grey moves by more than one level.
    fn of_grey_table(table: [u8; 256]) -> Self {
        let moves = |(grey, value): (usize, &u8)| usize::from(*value).abs_diff(grey) > 1;
        if table.iter().enumerate().any(moves) { Self::Grey(Box::new(table)) } else { Self::None }
    }

    fn of_table(profile: &ColorProfile, channels: usize) -> Option<Self> {
        let tables = [
            &profile.lut_a_to_b_perceptual,
            &profile.lut_a_to_b_colorimetric,
            &profile.lut_a_to_b_saturation,
        ];
        let table = tables.into_iter().flatten().next()?;
        Table::read(table, profile.pcs, channels).map(|table| Self::Table(Box::new(table)))
    }
}

fn name_of(profile: &ColorProfile) -> String {
    let name = match &profile.description {
        Some(ProfileText::PlainString(text)) => text.as_str(),
        Some(ProfileText::Localizable(texts)) => texts.first().map_or("", |text| text.value.as_str()),
        Some(ProfileText::Description(text)) => text.ascii_string.as_str(),
        None => "",
    };
    name.chars().filter(|letter| !letter.is_control()).take(NAME_CHARS_MAX).collect()
}
