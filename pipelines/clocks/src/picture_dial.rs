//! Dials with a photograph on their ground, faint enough that hands stay readable on all of it.

use pixmo_render::{Color, Pixmap, Point, Rng, raster};
use pixmo_render_clocks::Canvas;
use pixmo_render_clocks::face::Face;
use pixmo_render_clocks::face::ground::Finish;
use pixmo_render_clocks::space::REACH;
use pixmo_render_clocks::watch::{Dial, Watch};
use serde::{Deserialize, Serialize};

use crate::camera::Camera;
use crate::photograph::{Behind, Photograph};

/// Share of the pictures with a photograph behind the clock in which the dial has one as well.
const SHARE: f64 = 0.06;
/// How much of the photograph is seen, at best and at worst.
const STRENGTHS: [f32; 4] = [0.6, 0.45, 0.35, 0.25];
/// The least contrast of a hand with the brightest and darkest that a photograph makes of the ground.
const CONTRAST_MIN: f32 = 2.0;
/// Side of the photograph on the dial, in pixels.
const SIDE: u32 = 384;

/// A photograph on a dial.
pub struct PictureDial {
    pixels: Pixmap,
    /// Where it is from, and how much of it is seen.
    pub print: Print,
}

/// What is known about a photograph on a dial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Print {
    /// The part of the photograph.
    pub of: Behind,
    /// How much of it is seen, 0 to 1; the rest is the ground of the dial.
    pub strength: f32,
}

impl PictureDial {
    /// A photograph on the dial of a watch, in some pictures, where its hands stay readable.
    pub fn drawn(photograph: &Photograph, watch: &Watch, rng: &mut Rng) -> Option<PictureDial> {
        let Dial::Hands(face) = &watch.dial else { return None };
        if !rng.chance(SHARE) {
            return None;
        }
        let strength = strength(face)?;
        let (pixels, of) = photograph.behind((SIDE, SIDE), rng);
        Some(PictureDial { pixels, print: Print { of, strength } })
    }

    /// Lays it over the ground of the dial, which has been painted, as a camera sees it.
    pub fn lay(&self, layer: &mut Pixmap, watch: &Watch, camera: &Camera) {
        let Some(back) = camera.view().inverse() else { return };
        let mut mask = Pixmap::new(camera.width, camera.height).expect("a picture has an area");
        let mut canvas = Canvas::new();
        canvas.fill(watch.body.frame().outline.path(0.0), Color::WHITE);
        raster::paint_over(&mut mask, &canvas.scene.seen(&camera.view(), camera.width, camera.height));
        let share = (self.print.strength.clamp(0.0, 1.0) * 255.0) as u32;
        let side = SIDE as f32;
        let place = |along: f32| ((along / REACH + 1.0) * 0.5 * side).clamp(0.0, side - 1.0) as usize;
        let from = self.pixels.data().as_chunks::<4>().0;
        let covered = mask.data().as_chunks::<4>().0.iter().map(|pixel| u32::from(pixel[3]));
        let pixels = layer.data_mut().as_chunks_mut::<4>().0.iter_mut();
        for (at, (pixel, covered)) in pixels.zip(covered).enumerate() {
            if covered == 0 {
                continue;
            }
            let (x, y) = (at as u32 % camera.width, at as u32 / camera.width);
            let on_dial = back.map(Point::new(x as f32 + 0.5, y as f32 + 0.5));
            let seen = from[place(on_dial.y) * SIDE as usize + place(on_dial.x)];
            let (weight, alpha) = (share * covered / 255, u32::from(pixel[3]));
            for (channel, photo) in pixel[..3].iter_mut().zip(seen) {
                // What is painted is multiplied with its alpha, so the photograph is as well.
                let photo = u32::from(photo) * alpha / 255;
                *channel = ((u32::from(*channel) * (255 - weight) + photo * weight + 127) / 255) as u8;
            }
        }
    }
}

/// How much of a photograph can be seen on a dial whose hands stay readable; `None` where it is next to nothing.
fn strength(face: &Face) -> Option<f32> {
    if !matches!(face.ground.finish, Finish::Matt | Finish::Sunray | Finish::Smoked | Finish::Gradient) {
        return None;
    }
    let hands = face.hands.as_ref()?;
    let colors = [&hands.hour, &hands.minute].map(|hand| hand.color);
    let grounds = face.shades();
    // What a photograph makes of a ground lies between what black and white make of it. A hand must be darker than all of
    // that, or lighter.
    let is_readable = |strength: f32| {
        let extremes =
            |ground: &Color| [Color::BLACK, Color::WHITE].map(|extreme| mixed(*ground, extreme, strength));
        let shades: Vec<Color> = grounds.iter().flat_map(extremes).collect();
        colors.iter().all(|color| {
            let darker = shades.iter().filter(|shade| shade.luminance() < color.luminance()).count();
            let one_side = darker == 0 || darker == shades.len();
            one_side && shades.iter().all(|shade| color.contrast(*shade) >= CONTRAST_MIN)
        })
    };
    STRENGTHS.into_iter().find(|strength| is_readable(*strength))
}

/// Two colours mixed as pixels are.
fn mixed(ground: Color, other: Color, share: f32) -> Color {
    let one = |a: u8, b: u8| (f32::from(a) * (1.0 - share) + f32::from(b) * share) as u8;
    Color::rgb(one(ground.red, other.red), one(ground.green, other.green), one(ground.blue, other.blue))
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;
    use pixmo_render_clocks::body::Kind;

    use super::*;
    use crate::camera::Sides;
    use crate::photograph::tests::jpeg_of;

    fn watch(number: u64) -> Watch {
        Watch::drawn(Kind::WallClock, true, &mut Seed::from_number(number).rng("clock"))
    }

    #[test]
    fn hands_stay_readable_on_every_photograph() {
        let mut found = 0;
        for number in 0..300 {
            let watch = watch(number);
            let Dial::Hands(face) = &watch.dial else { continue };
            let Some(strength) = strength(face) else { continue };
            found += 1;
            let hands = face.hands.as_ref().expect("a face with hands");
            let mut rng = Seed::from_number(number).rng("photo");
            for _ in 0..40 {
                let photo = Color::rgb(rng.below(256) as u8, rng.below(256) as u8, rng.below(256) as u8);
                for ground in face.shades() {
                    let shade = mixed(ground, photo, strength);
                    assert!(hands.hour.color.contrast(shade) >= CONTRAST_MIN * 0.98, "{number} {shade:?}");
                    assert!(hands.minute.color.contrast(shade) >= CONTRAST_MIN * 0.98, "{number} {shade:?}");
                }
            }
        }
        assert!(found > 40, "{found}");
    }

    #[test]
    fn it_lies_on_the_dial_and_nowhere_else() {
        let photograph = Photograph::decode("a.jpg", "00", &jpeg_of(200, 150)).expect("a picture");
        let sides = Sides { min: 256, max: 256 };
        let mut laid = 0;
        for number in 0..2_000 {
            let watch = watch(number);
            let mut rng = Seed::from_number(number).rng("picture dial");
            let Some(dial) = PictureDial::drawn(&photograph, &watch, &mut rng) else { continue };
            laid += 1;
            let camera = Camera::wild(true, 84.0, sides, &mut rng);
            let mut layer = Pixmap::new(camera.width, camera.height).expect("an area");
            layer.data_mut().fill(255);
            dial.lay(&mut layer, &watch, &camera);
            let back = camera.view().inverse().expect("a camera sees a plane");
            for (at, pixel) in layer.pixels().iter().enumerate() {
                let (x, y) = ((at % 256) as f32 + 0.5, (at / 256) as f32 + 0.5);
                let on_dial = back.map(Point::new(x, y));
                let far = libm::hypotf(on_dial.x, on_dial.y);
                let changed = pixel.blue() < 255;
                assert!(!changed || far < 103.0, "{number}: {far}");
                // The photograph has little blue anywhere.
                assert!(changed || far > 97.0, "{number}: {far}");
            }
            if laid == 4 {
                return;
            }
        }
        panic!("{laid} picture dials");
    }
}
