//! What a camera does to a picture: a lens that is out of focus, a hand that moved, light that is too dim, a sensor that
//! guesses, a screen that was photographed.
//!
//! Everything works in place on opaque pixels and in whole numbers wherever a pixel is touched, so that every machine
//! gives the same bytes. Tables are made with plain arithmetic and `libm`.

mod blur;
mod develop;
mod resample;

use pixmo_render::jpeg::{self, Detail};
use pixmo_render::{Pixmap, Rng};
use serde::{Deserialize, Serialize};

/// The longest motion blur, in pixels.
pub const MOTION_MAX: f32 = 6.0;
/// The widest defocus, as a deviation in pixels.
pub const DEFOCUS_MAX: f32 = 2.5;

/// What a camera does to a picture; each effect may be left out. The order of the fields is the order of the effects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// Out of focus: the deviation of the blur in pixels, up to [`DEFOCUS_MAX`].
    pub defocus: Option<f32>,
    /// The camera moved while the shutter was open.
    pub motion: Option<Motion>,
    /// The picture shows a screen, whose pixels are seen.
    pub screen: Option<Screen>,
    /// Brighter or darker, in stops (doublings of the light).
    pub exposure: Option<f32>,
    /// Colour of the light.
    pub cast: Option<Cast>,
    /// Contrast about middle grey; 1 changes nothing.
    pub contrast: Option<f32>,
    /// Dim light, 0 to 1: darker, flatter, and paler in the shadows.
    pub low_light: Option<f32>,
    /// Darker corners.
    pub vignette: Option<Vignette>,
    /// Noise of the sensor.
    pub noise: Option<Noise>,
    /// Made smaller and larger again: the share of the width that is left between, 0.2 to 1.
    pub resampling: Option<f32>,
    /// The quality that it is written with as JPEG, 1 to 100; [`Photo::apply`] does not look at it.
    pub quality: Option<u8>,
}

/// A straight movement of the camera.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Motion {
    /// How far, in pixels, up to [`MOTION_MAX`].
    pub length: f32,
    /// Where to, degrees clockwise from the x axis.
    pub degrees: f32,
}

/// The colour of the light, as gains of linear light.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cast {
    /// From blue (-1) to amber (1).
    pub warmth: f32,
    /// From green (-1) to magenta (1).
    pub tint: f32,
}

/// Corners darker than the middle.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vignette {
    /// What a corner loses, 0 to 1.
    pub strength: f32,
    /// Where it is brightest, as a share of the width.
    pub x: f32,
    /// Where it is brightest, as a share of the height.
    pub y: f32,
}

/// Noise of the sensor, stronger in shadows than in lights, mostly of brightness and partly of colour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Noise {
    /// The deviation of each channel at middle grey, in steps of 255.
    pub deviation: f32,
}

/// The lines of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Screen {
    /// Distance of dark lines across the picture, in pixels; not over 1 for none.
    pub line: f32,
    /// How much darker a line is, 0 to 1.
    pub depth: f32,
    /// Distance of the bands of moiré, in pixels.
    pub band: f32,
    /// Where the bands go, degrees clockwise from the x axis.
    pub degrees: f32,
    /// Strength of the bands, 0 to 0.3.
    pub moire: f32,
}

impl Photo {
    /// A photograph as people take them: most are good, some dim, some shaken, few are of a screen.
    pub fn drawn(rng: &mut Rng) -> Photo {
        let mut some = |chance: f64| rng.chance(chance);
        let dim = some(0.16);
        let (blurred, moved, screen) = (some(0.35), some(0.2), some(0.06));
        let (exposed, cast, contrast) = (some(0.55), some(0.65), some(0.5));
        let (vignette, noise, small) = (some(0.4), some(0.7) || dim, some(0.25));
        Photo {
            defocus: blurred.then(|| 0.4 + rng.range32(0.0, 1.0) * rng.range32(0.2, 1.6)),
            motion: moved.then(|| Motion {
                length: 1.5 + rng.range32(0.0, 4.5) * rng.range32(0.3, 1.0),
                degrees: rng.range32(0.0, 180.0),
            }),
            screen: screen.then(|| Screen {
                line: rng.range32(2.2, 5.0),
                depth: rng.range32(0.08, 0.26),
                band: rng.range32(18.0, 90.0),
                degrees: rng.range32(0.0, 180.0),
                moire: if rng.chance(0.7) { rng.range32(0.04, 0.14) } else { 0.0 },
            }),
            exposure: exposed.then(|| rng.normal(0.05, 0.3).clamp(-0.9, 0.7) as f32),
            cast: cast.then(|| Cast {
                warmth: rng.normal(0.12, if dim { 0.34 } else { 0.2 }).clamp(-0.7, 0.9) as f32,
                tint: rng.normal(0.0, 0.12).clamp(-0.4, 0.4) as f32,
            }),
            contrast: contrast.then(|| rng.normal(1.0, 0.12).clamp(0.7, 1.35) as f32),
            low_light: dim.then(|| rng.range32(0.25, 0.9)),
            vignette: vignette.then(|| Vignette {
                strength: rng.range32(0.08, 0.5),
                x: rng.range32(0.4, 0.6),
                y: rng.range32(0.4, 0.6),
            }),
            noise: noise.then(|| Noise {
                deviation: if dim {
                    rng.range32(4.0, 13.0)
                } else {
                    1.0 + rng.range32(0.2, 2.6) * rng.range32(0.3, 2.4)
                },
            }),
            resampling: small.then(|| rng.range32(0.45, 0.92)),
            quality: Some(rng.whole(38, 95) as u8),
        }
    }

    /// The same with no more blur and noise than a dial of a size bears: of a small dial the hands would be lost.
    pub fn within(mut self, dial: f32) -> Photo {
        let most = (dial * 0.006).max(0.3);
        self.defocus = self.defocus.map(|deviation| deviation.min(most));
        self.motion = self.motion.map(|motion| Motion { length: motion.length.min(most * 2.5), ..motion });
        let least = (120.0 / dial.max(1.0)).clamp(0.2, 1.0);
        self.resampling = self.resampling.map(|share| share.max(least));
        let most = 3.0 + dial * 0.03;
        self.noise = self.noise.map(|noise| Noise { deviation: noise.deviation.min(most) });
        self
    }

    /// Does it to the pixels, which have to be opaque. What is drawn from `noise` is one seed.
    pub fn apply(&self, pixels: &mut Pixmap, noise: &mut Rng) {
        let seed = noise.bits();
        if let Some(deviation) = self.defocus {
            blur::defocus(pixels, deviation.clamp(0.0, DEFOCUS_MAX));
        }
        if let Some(Motion { length, degrees }) = self.motion {
            blur::motion(pixels, length.clamp(0.0, MOTION_MAX), degrees);
        }
        if let Some(screen) = &self.screen {
            develop::screen(pixels, screen);
        }
        develop::develop(self, pixels, seed);
        if let Some(share) = self.resampling {
            resample::down_and_up(pixels, share.clamp(0.2, 1.0));
        }
    }
}

/// The pixels as a JPEG file, colours at half the resolution below a quality of 90; alpha is dropped.
///
/// # Panics
/// When a side is longer than 65,535 pixels, which no picture of ours is.
pub fn jpeg(pixels: &Pixmap, quality: u8) -> Vec<u8> {
    let detail = if quality < 90 { Detail::Half } else { Detail::Full };
    jpeg::encode(pixels, quality, detail)
}

#[cfg(test)]
mod tests;
