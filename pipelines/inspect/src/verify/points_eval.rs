//! A row of `points-eval`, its run lengths and its lineage: the masks are the same in both forms, have the size of the image,
//! and hold their points.

use pixmo_console::Failure;
use pixmo_schemas::records::{PointsEvalRecord, PointsEvalRleRecord, PointsLineageRecord};

use crate::tables::{LINEAGE, RLE};
use crate::verify::points::{Said, named_by, of_lineage};
use crate::verify::rows::Checking;

impl Checking<'_> {
    /// Looks at a part of `points-eval`.
    pub(super) fn points_eval(&mut self) -> Result<(), Failure> {
        let main = self.open::<PointsEvalRecord>(&self.part.main)?;
        let rle = self.open_side::<PointsEvalRleRecord>(RLE)?;
        let lineage = self.open_side::<PointsLineageRecord>(LINEAGE)?;
        // A file that is missing or damaged was told; nothing can be compared then.
        let (Some(main), Some((rle_file, rle)), Some((file, lineage))) = (main, rle, lineage) else {
            return Ok(());
        };
        self.walk(((main, rle), lineage), |checking, ((row, rle), seen)| {
            let image = row.image_sha256.to_string();
            let said = Said { image_sha256: &image, image_url: &row.image_url, label: &row.label };
            checking.of_image(&row.image_sha256, &said);
            let id = checking.id_of(row, &image);
            checking.beside(file, &said, id.clone(), &seen.row_id, &of_lineage(seen));
            let of_rle =
                Said { image_sha256: &rle.image_sha256, image_url: &rle.image_url, label: &rle.label };
            checking.beside(rle_file, &said, id, &rle.row_id, &of_rle);
            checking.named(file, &image, &named_by(seen));
            let number = checking.out.rows;
            for what in faults_of_masks(row, rle, seen) {
                checking.wrong(rle_file, number, Some(&image), what);
            }
            checking.out.answers += row.masks.len() as u64;
        })
    }
}

/// What is wrong with the masks of a row.
fn faults_of_masks(
    row: &PointsEvalRecord,
    rle: &PointsEvalRleRecord,
    seen: &PointsLineageRecord,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let size = (i64::from(rle.width), i64::from(rle.height));
    if size != (seen.image_width, seen.image_height) {
        wrong.push(format!(
            "masks of {} x {} pixels, the image has {} x {}",
            size.0, size.1, seen.image_width, seen.image_height
        ));
    }
    if rle.counts.len() != row.masks.len() {
        wrong.push(format!("{} masks as run lengths, {} as pixels", rle.counts.len(), row.masks.len()));
    }
    for (at, ((mask, counts), point)) in row.masks.iter().zip(&rle.counts).zip(&row.points).enumerate() {
        if !is_same(mask, counts, rle.width, rle.height) {
            wrong.push(format!("mask {at} is another one as run lengths than as pixels"));
        }
        let pixel = |percent: f64, pixels: usize| {
            let pixel = (percent / 100.0 * pixels as f64).round_ties_even().max(0.0) as usize;
            pixel.min(pixels.saturating_sub(1))
        };
        let line = mask.get(pixel(point.y, mask.len()));
        if line.and_then(|line| line.get(pixel(point.x, line.len()))) != Some(&true) {
            wrong.push(format!("point {at} is not in its mask"));
        }
    }
    wrong
}

/// Whether pixels, rows from the top, are those of compressed run lengths: column after column, outside first; each length
/// in groups of five bits from the lowest, from the fourth on as the difference to the one before the last.
fn is_same(mask: &[Vec<bool>], counts: &str, width: i32, height: i32) -> bool {
    let (Ok(width), Ok(height)) = (usize::try_from(width), usize::try_from(height)) else { return false };
    if mask.len() != height || mask.iter().any(|line| line.len() != width) {
        return false;
    }
    let pixels = width * height;
    let (mut runs, mut at, mut inside) = ([0i64; 2], 0usize, false);
    let (mut value, mut bits, mut number) = (0i64, 0u32, 0usize);
    for byte in counts.bytes() {
        let Some(six) = byte.checked_sub(b'0').filter(|six| *six < 64) else { return false };
        if bits > 40 {
            return false;
        }
        value += i64::from(six % 32) << bits;
        bits += 5;
        if six >= 32 {
            continue;
        }
        if six % 32 >= 16 {
            value -= 1i64 << bits;
        }
        let run = if number > 2 { value + runs[0] } else { value };
        let Some(end) = usize::try_from(run).ok().and_then(|run| at.checked_add(run)) else { return false };
        if end > pixels || (at..end).any(|pixel| mask[pixel % height][pixel / height] != inside) {
            return false;
        }
        runs = [runs[1], run];
        (at, inside, value, bits, number) = (end, !inside, 0, 0, number + 1);
    }
    at == pixels && bits == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_lengths_are_held_to_pixels() {
        // What pycocotools gives for three by three pixels within eight by six.
        let inside = |x: usize, y: usize| (2..5).contains(&x) && (1..4).contains(&y);
        let mut mask: Vec<Vec<bool>> = (0..6).map(|y| (0..8).map(|x| inside(x, y)).collect()).collect();
        assert!(is_same(&mask, "=33000a0", 8, 6));
        assert!(!is_same(&mask, "=33000a0", 6, 8) && !is_same(&mask, "=33000", 8, 6));
        assert!(!is_same(&mask, "=33000a", 8, 6) && !is_same(&mask, "=33000a01", 8, 6));
        mask[1][2] = false;
        assert!(!is_same(&mask, "=33000a0", 8, 6));
        let all = vec![vec![true; 300]; 200];
        assert!(is_same(&all, "0Pcj1", 300, 200));
    }
}
