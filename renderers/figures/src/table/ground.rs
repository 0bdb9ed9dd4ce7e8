//! The ground that a grid of days or hours is painted on: its size, captions and margins.

use pixmo_render::Scene;

use super::captions::Captions;
use super::{HEIGHT_MAX, TableSpec};
use crate::{Drawn, FigureError};

/// A scene with room for a grid of a known size.
pub(super) struct Ground<'a> {
    pub(super) scene: Scene,
    /// Left top corner of the grid.
    pub(super) left: f32,
    pub(super) top: f32,
    bottom: f32,
    captions: Captions<'a>,
}

impl<'a> Ground<'a> {
    /// Opens a ground for a grid of this size.
    ///
    /// # Errors
    /// A picture that would be too large; a missing glyph in the captions.
    pub(super) fn open(spec: &TableSpec<'a>, width: f32, height: f32) -> Result<Ground<'a>, FigureError> {
        let look = spec.look;
        let margin = look.margin.ceil();
        let captions = Captions::wrap(look, spec.title, spec.subtitle, spec.note, width)?;
        let picture_width = (width + 2.0 * margin).ceil().max(300.0);
        let content = captions.above().ceil() + height + captions.below();
        let picture_height = (content + 2.0 * margin).ceil().max(150.0).max((picture_width / 4.5).ceil());
        if picture_width > spec.width_max as f32
            || picture_height > HEIGHT_MAX as f32
            || picture_height > picture_width * 4.5
        {
            return Err(no_room(spec));
        }
        let scene = Scene::new(picture_width as u32, picture_height as u32, look.ground);
        let left = ((picture_width - width) / 2.0).floor();
        let spare = ((picture_height - content - 2.0 * margin) / 2.0).floor().max(0.0);
        let top = margin + captions.above().ceil() + spare;
        Ok(Ground { scene, left, top, bottom: top + height, captions })
    }

    /// Draws the captions and gives the picture back.
    ///
    /// # Errors
    /// A missing glyph.
    pub(super) fn finish(mut self) -> Result<Drawn, FigureError> {
        self.captions.draw(&mut self.scene, self.left, self.top, self.bottom)?;
        Ok(Drawn { scene: self.scene, resolutions: Vec::new() })
    }
}

/// The error of a grid that is larger than its picture may be.
pub(super) fn no_room(spec: &TableSpec<'_>) -> FigureError {
    FigureError::NoRoom {
        kind: spec.layout.slug(),
        width: spec.width_max,
        height: HEIGHT_MAX,
        what: "all entries",
    }
}
