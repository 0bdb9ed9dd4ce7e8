//! Shadows that clocks throw on what is behind them, in pixels: the silhouette of all that was painted, moved and made
//! soft.

use pixmo_render::Pixmap;

/// A shadow on the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shadow {
    /// How far to the right, in pixels.
    pub right: i32,
    /// How far down, in pixels.
    pub down: i32,
    /// How broad its edge is, in pixels.
    pub soft: usize,
    /// How much light it takes, 0 to 255.
    pub dark: u8,
}

/// Darkens the ground where the shadows of a layer fall, and lays the layer over it. Both have the same size; the colours
/// of the layer are multiplied with its alpha, as painted ones are.
pub fn lay(ground: &mut Pixmap, layer: &Pixmap, shadows: &[Shadow]) {
    let (wide, high) = (layer.width() as usize, layer.height() as usize);
    for shadow in shadows {
        let mut plane = moved(layer, (shadow.right, shadow.down));
        // Two means over a row are nearly a bell; a third would not be seen.
        for _ in 0..2 {
            blur_rows(&mut plane, wide, shadow.soft);
            plane = turned(&plane, wide, high);
            blur_rows(&mut plane, high, shadow.soft);
            plane = turned(&plane, high, wide);
        }
        for (pixel, alpha) in ground.data_mut().as_chunks_mut::<4>().0.iter_mut().zip(&plane) {
            let kept = 255 * 255 - u32::from(*alpha) * u32::from(shadow.dark);
            for channel in &mut pixel[..3] {
                *channel = ((u32::from(*channel) * kept + 32_512) / 65_025) as u8;
            }
        }
    }
    let over = layer.data().as_chunks::<4>().0;
    for (pixel, top) in ground.data_mut().as_chunks_mut::<4>().0.iter_mut().zip(over) {
        let left = 255 - u32::from(top[3]);
        if left == 255 {
            continue;
        }
        for (channel, top) in pixel[..3].iter_mut().zip(top) {
            *channel = (u32::from(*top) + (u32::from(*channel) * left + 127) / 255).min(255) as u8;
        }
    }
}

/// How much of each pixel a layer covers, moved by whole pixels; nothing comes in over the edge.
fn moved(layer: &Pixmap, (right, down): (i32, i32)) -> Vec<u8> {
    let (wide, high) = (layer.width() as i32, layer.height() as i32);
    let pixels = layer.data().as_chunks::<4>().0;
    let mut plane = Vec::with_capacity(pixels.len());
    for y in 0..high {
        for x in 0..wide {
            let (x, y) = (x - right, y - down);
            let inside = (0..wide).contains(&x) && (0..high).contains(&y);
            plane.push(if inside { pixels[(y * wide + x) as usize][3] } else { 0 });
        }
    }
    plane
}

/// The mean over so many values to both sides of each, in every row; the last value of a row goes on beyond it.
fn blur_rows(plane: &mut [u8], wide: usize, soft: usize) {
    let reach = soft.min(wide / 2);
    if reach == 0 {
        return;
    }
    let count = (2 * reach + 1) as u32;
    let mut row = vec![0_u8; wide];
    for values in plane.chunks_exact_mut(wide) {
        row.copy_from_slice(values);
        let at = |place: usize| u32::from(row[place.clamp(reach, wide - 1 + reach) - reach]);
        // Places are counted from `reach` before the row.
        let mut sum: u32 = (0..2 * reach).map(at).sum();
        for (x, value) in values.iter_mut().enumerate() {
            sum += at(x + 2 * reach);
            *value = ((sum + count / 2) / count) as u8;
            sum -= at(x);
        }
    }
}

/// Rows become columns.
fn turned(plane: &[u8], wide: usize, high: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(plane.len());
    for x in 0..wide {
        out.extend((0..high).map(|y| plane[y * wide + x]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shadow_falls_beside_and_the_layer_lies_over_it() {
        let mut ground = Pixmap::new(60, 40).expect("an area");
        ground.data_mut().fill(200);
        let mut layer = Pixmap::new(60, 40).expect("an area");
        for y in 10..20 {
            for x in 10..20 {
                let from = (y * 60 + x) * 4;
                layer.data_mut()[from..from + 4].copy_from_slice(&[90, 10, 10, 255]);
            }
        }
        lay(&mut ground, &layer, &[Shadow { right: 12, down: 5, soft: 2, dark: 128 }]);
        let at = |x: usize, y: usize| ground.data()[(y * 60 + x) * 4..][..3].to_vec();
        assert_eq!(at(15, 15), [90, 10, 10]);
        assert_eq!(at(27, 20), [100, 100, 100]);
        assert_eq!((at(50, 35), at(15, 30)), (vec![200; 3], vec![200; 3]));
        let edge = at(22, 20)[0];
        assert!((110..190).contains(&edge), "{edge}");
    }

    #[test]
    fn a_mean_keeps_what_is_even() {
        let mut plane = vec![77; 30];
        blur_rows(&mut plane, 10, 3);
        assert_eq!(plane, vec![77; 30]);
        let mut plane: Vec<u8> = vec![0, 0, 0, 90, 0, 0, 0];
        blur_rows(&mut plane, 7, 1);
        assert_eq!(plane, [0, 0, 30, 30, 30, 0, 0]);
        assert_eq!(turned(&[1, 2, 3, 4, 5, 6], 3, 2), [1, 4, 2, 5, 3, 6]);
    }
}
