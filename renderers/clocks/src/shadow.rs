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
    let wide = layer.width() as usize;
    for shadow in shadows {
        let mut plane = moved(layer, (shadow.right, shadow.down));
        let mut spare = vec![0; plane.len()];
        // Two means are nearly a bell; a third would not be seen.
        for _ in 0..2 {
            blur_rows(&mut plane, wide, shadow.soft);
            blur_columns(&plane, &mut spare, wide, shadow.soft);
            std::mem::swap(&mut plane, &mut spare);
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
    let (pixels, _) = layer.data().as_chunks::<4>();
    let mut plane = vec![0; pixels.len()];
    let (from, until) = (right.clamp(0, wide), (wide + right).clamp(0, wide));
    for row in down.clamp(0, high)..(high + down).clamp(0, high) {
        let line = row * wide;
        let into = &mut plane[(line + from) as usize..(line + until) as usize];
        let taken = (line - down * wide + from - right) as usize;
        for (alpha, pixel) in into.iter_mut().zip(&pixels[taken..]) {
            *alpha = pixel[3];
        }
    }
    plane
}

/// A mean over so many values to both sides.
#[derive(Clone, Copy)]
struct Mean {
    reach: usize,
    /// One over the number of values, in 2^-22: 255 times the number of values, times this, still fits 32 bits.
    share: u32,
    half: u32,
}

impl Mean {
    /// None where the mean would be the value itself.
    fn of(soft: usize, length: usize) -> Option<Mean> {
        let reach = soft.min(length / 2);
        let count = (2 * reach + 1) as u32;
        (reach > 0).then(|| Mean { reach, share: (1_u32 << 22).div_ceil(count), half: count / 2 })
    }

    fn of_sum(self, sum: u32) -> u8 {
        (((sum + self.half) * self.share) >> 22) as u8
    }
}

/// Means along every row; the first and the last value of a row go on beyond it.
fn blur_rows(plane: &mut [u8], wide: usize, soft: usize) {
    let Some(mean) = Mean::of(soft, wide) else { return };
    let reach = mean.reach;
    // The row with what goes on on both sides.
    let mut row = vec![0_u8; wide + 2 * reach + 1];
    for values in plane.chunks_exact_mut(wide) {
        row[..reach].fill(values[0]);
        row[reach..reach + wide].copy_from_slice(values);
        row[reach + wide..].fill(values[wide - 1]);
        let mut sum: u32 = row[..2 * reach].iter().map(|value| u32::from(*value)).sum();
        for ((value, enters), leaves) in values.iter_mut().zip(&row[2 * reach..]).zip(&row) {
            sum += u32::from(*enters);
            *value = mean.of_sum(sum);
            sum -= u32::from(*leaves);
        }
    }
}

/// The same down every column.
fn blur_columns(plane: &[u8], out: &mut [u8], wide: usize, soft: usize) {
    let high = plane.len() / wide;
    let Some(mean) = Mean::of(soft, high) else { return out.copy_from_slice(plane) };
    // Rows are counted from as many before the first as the mean reaches.
    let row = |at: usize| {
        let at = at.clamp(mean.reach, high - 1 + mean.reach) - mean.reach;
        &plane[at * wide..(at + 1) * wide]
    };
    let mut sums = vec![0_u32; wide];
    for before in 0..2 * mean.reach {
        for (sum, value) in sums.iter_mut().zip(row(before)) {
            *sum += u32::from(*value);
        }
    }
    for (at, out) in out.chunks_exact_mut(wide).enumerate() {
        let (enters, leaves) = (row(at + 2 * mean.reach), row(at));
        for (((out, sum), enters), leaves) in out.iter_mut().zip(&mut sums).zip(enters).zip(leaves) {
            *sum += u32::from(*enters);
            *out = mean.of_sum(*sum);
            *sum -= u32::from(*leaves);
        }
    }
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
        let (column, mut out) = (plane.clone(), vec![0; 7]);
        blur_columns(&column, &mut out, 1, 1);
        assert_eq!(out, [0, 10, 20, 30, 20, 10, 0]);
        let (even, mut out) = (vec![255; 30], vec![0; 30]);
        blur_columns(&even, &mut out, 3, 40);
        assert_eq!(out, even);
    }
}
