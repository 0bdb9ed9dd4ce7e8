//! The id-pass of a picture: which of its pixels belong to which hand. It is painted by the scene, the moment and the camera
//! of the picture, but each hand alone, so that none hides another, and without glass and things before it: it is about
//! where hands are, not about what can be seen of them.

use pixmo_render::{Color, Element, Point, Rect, Role, View, raster};
use pixmo_render_clocks::Moment;
use pixmo_render_clocks::watch::Watch;

use crate::camera::Camera;
use crate::picture::{Made, Sitting};

/// The longer side of a mask, in its pixels. A mask shows the dial alone and as large as this, so that a thin hand of a small
/// dial has pixels enough.
const SIDE: f64 = 400.0;
/// Room about the dial, as a share of its size.
const MARGIN: f64 = 0.04;
/// Places on the edge of a dial by which its box is found.
const EDGE_PLACES: u32 = 36;
/// The labels of hands, and the bit of each.
const HANDS: [(&str, u8); 3] = [("hour", 1), ("minute", 2), ("second", 4)];

/// Which pixels belong to which hand. It shows the part of the picture in which the dial lies, more finely than the picture.
#[derive(Clone, Debug)]
pub struct Mask {
    /// Where its left edge lies in the picture, in pixels of the picture.
    pub left: f64,
    /// Where its upper edge lies.
    pub top: f64,
    /// Side of a pixel of the mask, in pixels of the picture.
    pub step: f64,
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row: for each pixel 1 if it belongs to the hour hand, 2 more for the minute hand, 4 for the second hand.
    pub bits: Vec<u8>,
}

/// The mask of a clock at a moment, as a camera sees it.
pub fn mask(watch: &Watch, moment: &Moment, camera: &Camera) -> Mask {
    let view = camera.view();
    let part = dial(watch, &view);
    let (wide, high) = (f64::from(part.width()), f64::from(part.height()));
    let step = wide.max(high) / SIDE;
    let (left, top) = (f64::from(part.left), f64::from(part.top));
    let fine = view.then(&View::moved(-left, -top)).then(&View::scaled(1.0 / step));
    let pixels = |side: f64| (side / step).ceil().clamp(1.0, SIDE + 1.0);
    let (width, height) = (pixels(wide), pixels(high));
    let scene = watch.moving(moment).seen(&fine, width as u32, height as u32);

    let mut bits = vec![0; width as usize * height as usize];
    for (label, bit) in HANDS {
        let is_it = |element: &Element| element.role == Role::Hand && element.label == label;
        let Some(hand) = scene.elements.iter().find(|element| is_it(element)) else { continue };
        let alone = raster::paint_flat(&scene, |element| is_it(element).then_some(Color::WHITE));
        // Nothing is painted outside its box.
        let row_of = |y: f32| (y.max(0.0) as usize).min(height as usize);
        let rows = row_of(hand.bounds.top - 1.0)..row_of(hand.bounds.bottom + 2.0);
        let own = rows.start * width as usize..rows.end * width as usize;
        let pixels = alone.data()[own.start * 4..own.end * 4].chunks_exact(4);
        for (bits, pixel) in bits[own].iter_mut().zip(pixels) {
            *bits |= if pixel[0] > 127 { bit } else { 0 };
        }
        raster::recycle(alone);
    }
    Mask { left, top, step, width: width as usize, height: height as usize, bits }
}

/// The box of the dial in the picture, with some room about it.
fn dial(watch: &Watch, view: &View) -> Rect {
    let outline = watch.body.frame().outline;
    let edge = outline.edge(EDGE_PLACES).map(|place| view.map(place));
    let place = |p: Point| Rect::new(p.x, p.y, p.x, p.y).grown(0.01);
    let around = edge.fold(Rect::EMPTY, |around, p| around.union(&place(p)));
    around.grown((f64::from(around.width().max(around.height())) * MARGIN) as f32)
}

impl Made {
    /// The id-pass of the picture.
    pub fn mask(&self) -> Mask {
        mask(&self.watch, &self.choice.moment, &self.camera)
    }
}

impl Sitting {
    /// The id-pass of the picture to come.
    pub fn mask(&self) -> Mask {
        mask(&self.watch, &self.choice.moment, &self.camera)
    }
}
