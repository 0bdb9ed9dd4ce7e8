//! Contact sheets: many pictures on one.

use std::path::Path;

use pixmo_render::{Scene, raster};
use tiny_skia::{Color, FilterQuality, Pixmap, PixmapPaint, Transform};

/// Writes the scenes onto sheets of at most `height` pixels, row by row, each reduced by `scale`.
pub(crate) fn write(scenes: &[Scene], scale: f32, width: u32, height: u32, folder: &Path, name: &str) {
    let gap = 10.0;
    let mut sheets: Vec<Vec<(usize, f32, f32)>> = vec![Vec::new()];
    let (mut x, mut y, mut row) = (gap, gap, 0.0f32);
    for (index, scene) in scenes.iter().enumerate() {
        let (w, h) = (scene.width as f32 * scale, scene.height as f32 * scale);
        if x + w + gap > width as f32 && x > gap {
            (x, y, row) = (gap, y + row + gap, 0.0);
        }
        if y + h + gap > height as f32 && y > gap {
            (x, y, row) = (gap, gap, 0.0);
            sheets.push(Vec::new());
        }
        sheets.last_mut().expect("there is a first sheet").push((index, x, y));
        x += w + gap;
        row = row.max(h);
    }
    for (number, sheet) in sheets.iter().enumerate() {
        let mut pixmap = Pixmap::new(width, height).expect("a sheet has an area");
        pixmap.fill(Color::from_rgba8(120, 124, 130, 255));
        for &(index, x, y) in sheet {
            let picture = raster::paint(&scenes[index]);
            let paint = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
            let place = Transform::from_scale(scale, scale).post_translate(x, y);
            pixmap.draw_pixmap(0, 0, picture.as_ref(), &paint, place, None);
        }
        let path = folder.join(format!("{name}-{number:02}.png"));
        std::fs::write(&path, pixmap.encode_png().expect("a sheet can be encoded"))
            .expect("a sheet can be written");
    }
}
