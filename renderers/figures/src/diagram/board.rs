//! The ground that a laid-out diagram is painted on: its size, captions and margins.

use pixmo_render::{Point, Scene};

use super::DiagramSpec;
use crate::table::captions::Captions;
use crate::{Drawn, FigureError, Resolution};

/// Largest side of a diagram in pixels.
const SIDE_MAX: f32 = 1500.0;
/// Least width and height.
const WIDTH_MIN: f32 = 400.0;
const HEIGHT_MIN: f32 = 240.0;
/// Longer pictures than this are given more ground at their short side.
const ASPECT_MAX: f32 = 4.2;

/// A scene with room for a diagram of a known size.
pub(super) struct Board<'a> {
    pub(super) scene: Scene,
    /// Where the left top corner of the diagram lies.
    pub(super) origin: Point,
    captions: Captions<'a>,
    left: f32,
    bottom: f32,
}

impl<'a> Board<'a> {
    /// Opens a board for a diagram of this size.
    ///
    /// # Errors
    /// A picture that would be too large; a missing glyph in the title.
    pub(super) fn open(spec: &DiagramSpec<'a>, width: f32, height: f32) -> Result<Board<'a>, FigureError> {
        let look = spec.look;
        let margin = look.margin.ceil();
        let wanted = Captions::width_wanted(look, spec.title, "", width.max(420.0))?;
        let inner = width.max(wanted).max(WIDTH_MIN - 2.0 * margin).ceil();
        let captions = Captions::wrap(look, spec.title, "", "", inner)?;
        let content = captions.above().ceil() + height.ceil() + captions.below().ceil();
        let mut picture_width = inner + 2.0 * margin;
        let mut picture_height = (content + 2.0 * margin).max(HEIGHT_MIN);
        picture_height = picture_height.max((picture_width / ASPECT_MAX).ceil());
        picture_width = picture_width.max((picture_height / ASPECT_MAX).ceil());
        if picture_width > SIDE_MAX || picture_height > SIDE_MAX {
            return Err(FigureError::NoRoom {
                kind: spec.kind.slug(),
                width: SIDE_MAX as u32,
                height: SIDE_MAX as u32,
                what: "the nodes",
            });
        }
        let spare = picture_height - content - 2.0 * margin;
        let top = margin + captions.above().ceil() + (spare / 2.0).floor();
        let left = ((picture_width - inner) / 2.0).floor();
        let bottom = top + height.ceil();
        let origin = Point::new(((picture_width - width) / 2.0).floor(), top);
        let scene = Scene::new(picture_width as u32, picture_height as u32, look.ground);
        Ok(Board { scene, origin, captions, left, bottom })
    }

    /// A place of the diagram on the board.
    pub(super) fn at(&self, point: Point) -> Point {
        Point::new(point.x + self.origin.x, point.y + self.origin.y)
    }

    /// Draws the captions and gives the picture back.
    ///
    /// # Errors
    /// A missing glyph.
    pub(super) fn finish(mut self, resolutions: Vec<Resolution>) -> Result<Drawn, FigureError> {
        self.captions.draw(&mut self.scene, self.left, self.origin.y, self.bottom)?;
        Ok(Drawn { scene: self.scene, resolutions })
    }
}
