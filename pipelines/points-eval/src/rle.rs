//! Masks as run lengths, as COCO keeps them: column after column from the left, each from the top, runs of outside and
//! inside by turns, outside first. The compressed form writes each length in groups of five bits, lowest first, as characters
//! from `0` on; from the third length on what is written is the difference to the length before the last.

/// The most pixels of a mask: those of the largest image that is taken in.
pub const PIXELS_MAX: u64 = 100_000_000;

/// A mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rle {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Lengths of runs: outside, inside, outside, …
    runs: Box<[u32]>,
}

/// Run lengths that are no mask.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRle {
    /// There is no such mask.
    #[error("a mask of {width} x {height} pixels, expected 1 to {PIXELS_MAX} pixels")]
    Size {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
    /// The runs do not fill the mask.
    #[error("runs over {found} pixels, expected {expected}")]
    Length {
        /// Pixels of all runs.
        found: u64,
        /// Pixels of the mask.
        expected: u64,
    },
    /// A character that is none of the 64.
    #[error("`counts` holds the byte {byte} at {at}, expected one from 48 to 111")]
    Byte {
        /// The byte.
        byte: u8,
        /// Its place.
        at: usize,
    },
    /// A length that is negative, too long, or cut.
    #[error("`counts` holds no length at {at}")]
    Number {
        /// Where it begins.
        at: usize,
    },
}

impl Rle {
    /// A mask of runs.
    ///
    /// # Errors
    /// When they do not fill it.
    pub fn new(width: u32, height: u32, runs: impl Into<Box<[u32]>>) -> Result<Rle, BadRle> {
        let (runs, expected) = (runs.into(), u64::from(width) * u64::from(height));
        if !(1..=PIXELS_MAX).contains(&expected) {
            return Err(BadRle::Size { width, height });
        }
        let found = runs.iter().map(|run| u64::from(*run)).sum();
        if found != expected {
            return Err(BadRle::Length { found, expected });
        }
        Ok(Rle { width, height, runs })
    }

    /// A mask of which is known what is inside.
    ///
    /// # Errors
    /// When there is no mask of that size.
    pub fn of(width: u32, height: u32, is_inside: impl Fn(u32, u32) -> bool) -> Result<Rle, BadRle> {
        let (mut runs, mut run, mut last) = (Vec::new(), 0, false);
        for x in 0..width {
            for y in 0..height {
                if is_inside(x, y) != last {
                    runs.push(run);
                    (run, last) = (0, !last);
                }
                run += 1;
            }
        }
        runs.push(run);
        Rle::new(width, height, runs)
    }

    /// The compressed form.
    ///
    /// # Errors
    /// When it is none, or does not fill the mask.
    pub fn parse(width: u32, height: u32, counts: &str) -> Result<Rle, BadRle> {
        let bytes = counts.as_bytes();
        let (mut runs, mut at) = (Vec::<u32>::new(), 0);
        while at < bytes.len() {
            let (begin, mut value, mut shift) = (at, 0i64, 0);
            loop {
                let Some(byte) = bytes.get(at).copied() else { return Err(BadRle::Number { at: begin }) };
                let Some(six) = byte.checked_sub(48).filter(|six| *six < 64) else {
                    return Err(BadRle::Byte { byte, at });
                };
                value |= i64::from(six & 31) << shift;
                (shift, at) = (shift + 5, at + 1);
                if six & 32 == 0 {
                    if six & 16 != 0 {
                        value |= -1 << shift;
                    }
                    break;
                }
                if shift > 30 {
                    return Err(BadRle::Number { at: begin });
                }
            }
            if runs.len() > 2 {
                value += i64::from(runs[runs.len() - 2]);
            }
            runs.push(u32::try_from(value).map_err(|_| BadRle::Number { at: begin })?);
        }
        Rle::new(width, height, runs)
    }

    /// The mask in the compressed form.
    #[must_use]
    pub fn counts(&self) -> String {
        let mut text = String::new();
        for (at, run) in self.runs.iter().enumerate() {
            let before = if at > 2 { self.runs[at - 2] } else { 0 };
            let mut left = i64::from(*run) - i64::from(before);
            loop {
                let five = (left & 31) as u8;
                left >>= 5;
                let is_last = if five & 16 == 0 { left == 0 } else { left == -1 };
                text.push(char::from(48 + five + if is_last { 0 } else { 32 }));
                if is_last {
                    break;
                }
            }
        }
        text
    }

    /// The pixels: rows from the top.
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<bool>> {
        let mut rows = vec![vec![false; self.width as usize]; self.height as usize];
        let height = self.height as usize;
        for (begin, end) in self.inside() {
            for at in begin as usize..end as usize {
                rows[at % height][at / height] = true;
            }
        }
        rows
    }

    /// Whether a pixel is inside.
    #[must_use]
    pub fn holds(&self, x: u32, y: u32) -> bool {
        let at = u64::from(x) * u64::from(self.height) + u64::from(y);
        x < self.width && y < self.height && self.inside().any(|(begin, end)| (begin..end).contains(&at))
    }

    /// The mean place of the pixels inside; nothing if there is none.
    #[must_use]
    pub fn centre(&self) -> Option<(f64, f64)> {
        let (mut sums, mut pixels, height) = ((0.0, 0.0), 0.0, u64::from(self.height));
        for (begin, end) in self.inside() {
            for at in begin..end {
                sums.0 += (at / height) as f64;
                sums.1 += (at % height) as f64;
                pixels += 1.0;
            }
        }
        (pixels > 0.0).then(|| (sums.0 / pixels, sums.1 / pixels))
    }

    /// Where runs of inside begin and end, column after column.
    fn inside(&self) -> impl Iterator<Item = (u64, u64)> {
        let ends = self.runs.iter().scan(0u64, |at, run| {
            let begin = *at;
            *at += u64::from(*run);
            Some((begin, *at))
        });
        ends.skip(1).step_by(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `pycocotools.mask.encode` gives for these masks.
    #[test]
    fn the_form_is_that_of_coco() {
        let square = Rle::of(8, 6, |x, y| (2..5).contains(&x) && (1..4).contains(&y)).unwrap();
        assert_eq!(square.runs.as_ref(), [13, 3, 3, 3, 3, 3, 20]);
        assert_eq!(square.counts(), "=33000a0");
        assert_eq!(Rle::parse(8, 6, "=33000a0").unwrap(), square);
        let all = Rle::of(300, 200, |_, _| true).unwrap();
        assert_eq!((all.runs.as_ref(), all.counts().as_str()), ([0, 60_000].as_slice(), "0Pcj1"));
        let none = Rle::of(3, 3, |_, _| false).unwrap();
        assert_eq!((none.counts().as_str(), none.centre()), ("9", None));
    }

    #[test]
    fn any_mask_comes_back() {
        for seed in 0..200u32 {
            let (width, height) = (1 + seed % 17, 1 + seed / 3 % 23);
            let noise = |x: u32, y: u32| {
                let mixed = (x * 31 + y * 17 + seed * 101).wrapping_mul(2_654_435_761);
                mixed >> 28 < seed % 16
            };
            let mask = Rle::of(width, height, noise).unwrap();
            assert_eq!(Rle::parse(width, height, &mask.counts()).unwrap(), mask);
            let rows = mask.rows();
            for x in 0..width {
                for y in 0..height {
                    assert_eq!(rows[y as usize][x as usize], noise(x, y));
                    assert_eq!(mask.holds(x, y), noise(x, y));
                }
            }
        }
    }

    #[test]
    fn what_is_no_mask_is_told() {
        assert_eq!(Rle::parse(3, 3, "8"), Err(BadRle::Length { found: 8, expected: 9 }));
        assert_eq!(Rle::parse(3, 3, "~"), Err(BadRle::Byte { byte: 126, at: 0 }));
        assert_eq!(Rle::parse(3, 3, "Pp"), Err(BadRle::Byte { byte: 112, at: 1 }));
        assert_eq!(Rle::parse(3, 3, "oooooooo"), Err(BadRle::Number { at: 0 }));
        assert_eq!(Rle::parse(3, 3, "O"), Err(BadRle::Number { at: 0 }));
        assert_eq!(Rle::parse(0, 3, ""), Err(BadRle::Size { width: 0, height: 3 }));
        assert_eq!(
            Rle::new(2, 2, [u32::MAX, u32::MAX]),
            Err(BadRle::Length { found: 8_589_934_590, expected: 4 })
        );
    }
}
