//! Blocks of pixels as sums of waves: the cosine transform of Arai, Agui and Nakajima, eight blocks side by side, and
//! how many steps of its table each wave is strong.

/// Pixels along each side of a block.
pub(super) const SIDE: usize = 8;
/// Columns of the blocks that are transformed together.
pub(super) const GROUP: usize = 64;
/// By how much the transform has made wave `n` too strong, along a row or down a column.
const TOO_STRONG: [f64; SIDE] = [
    1.0,
    1.387_039_845_322_147_5,
    1.306_562_964_876_376_5,
    1.175_875_602_419_358_7,
    1.0,
    0.785_694_958_387_102_2,
    0.541_196_100_146_197,
    0.275_899_379_282_943_1,
];
/// The strongest wave that the standard has a code for, in steps.
const MOST: f32 = 1023.0;

/// Rows of the columns of a group.
type Rows = [[f32; GROUP]; SIDE];

/// One over the step of each wave, in the order of [`Group`].
pub(super) struct Scale(Box<Rows>);

impl Scale {
    /// From steps, row by row.
    pub(super) fn new(steps: &[u16; 64]) -> Scale {
        let mut rows = Box::new([[0.0; GROUP]; SIDE]);
        for (across, row) in rows.iter_mut().enumerate() {
            for (column, scale) in row.iter_mut().enumerate() {
                let down = column % SIDE;
                let strong = TOO_STRONG[across] * TOO_STRONG[down] * 8.0;
                *scale = (1.0 / (f64::from(steps[down * SIDE + across]) * strong)) as f32;
            }
        }
        Scale(rows)
    }
}

/// The waves of eight blocks.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Their strength in steps: for each wave across, for each block, for each wave down.
    pub(super) steps: [i16; SIDE * GROUP],
    /// Which waves of a block are not zero: eight bits for those down, eight times for those across.
    pub(super) seen: [u64; GROUP / SIDE],
}

impl Default for Group {
    fn default() -> Self {
        Group { steps: [0; SIDE * GROUP], seen: [0; GROUP / SIDE] }
    }
}

impl Group {
    /// Transforms eight rows that begin `stride` after each other.
    pub(super) fn transform(&mut self, values: &[f32], stride: usize, scale: &Scale) {
        let mut down: Rows = [[0.0; GROUP]; SIDE];
        for (row, from) in down.iter_mut().zip(values.chunks(stride)) {
            row.copy_from_slice(&from[..GROUP]);
        }
        waves(&mut down);
        let mut across: Rows = [[0.0; GROUP]; SIDE];
        for block in (0..GROUP).step_by(SIDE) {
            for (n, row) in down.iter().enumerate() {
                for (m, row_across) in across.iter_mut().enumerate() {
                    row_across[block + n] = row[block + m];
                }
            }
        }
        waves(&mut across);
        let mut seen = [[0_u8; GROUP]; SIDE];
        let (rows, _) = self.steps.as_chunks_mut::<GROUP>();
        for (((steps, seen), row), scale) in rows.iter_mut().zip(&mut seen).zip(&across).zip(scale.0.iter()) {
            for ((step, value), scale) in steps.iter_mut().zip(row).zip(scale) {
                *step = nearest(value * scale);
            }
            for (seen, step) in seen.iter_mut().zip(steps) {
                *seen = u8::from(*step != 0);
            }
        }
        for (block, bits) in self.seen.iter_mut().enumerate() {
            *bits = 0;
            for (n, row) in seen.iter().enumerate() {
                let (bytes, _) = row.as_chunks::<SIDE>();
                *bits |= gathered(u64::from_le_bytes(bytes[block])) << (n * SIDE);
            }
        }
    }
}

/// The lowest bits of eight bytes side by side.
#[inline(always)]
fn gathered(bytes: u64) -> u64 {
    // Each byte is moved to its place in the highest one; no two sums meet.
    bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The nearest whole number that has a code. Added to 1.5 times 2^23, a number has no bits left for parts of 1: that rounds
/// it, in the same way everywhere, and leaves it in the lowest bits.
#[inline(always)]
fn nearest(value: f32) -> i16 {
    let low = if value > -MOST { value } else { -MOST };
    let both = if low < MOST { low } else { MOST };
    (both + 12_582_912.0).to_bits() as i16
}

/// Transforms all columns.
#[expect(
    clippy::needless_range_loop,
    reason = "a column is the same place of eight rows, and so all columns go side by side"
)]
fn waves(rows: &mut Rows) {
    for n in 0..GROUP {
        let (sum0, less7) = (rows[0][n] + rows[7][n], rows[0][n] - rows[7][n]);
        let (sum1, less6) = (rows[1][n] + rows[6][n], rows[1][n] - rows[6][n]);
        let (sum2, less5) = (rows[2][n] + rows[5][n], rows[2][n] - rows[5][n]);
        let (sum3, less4) = (rows[3][n] + rows[4][n], rows[3][n] - rows[4][n]);

        let (even0, even3) = (sum0 + sum3, sum0 - sum3);
        let (even1, even2) = (sum1 + sum2, sum1 - sum2);
        rows[0][n] = even0 + even1;
        rows[4][n] = even0 - even1;
        let turned = (even2 + even3) * std::f32::consts::FRAC_1_SQRT_2;
        rows[2][n] = even3 + turned;
        rows[6][n] = even3 - turned;

        let (odd0, odd1, odd2) = (less4 + less5, less5 + less6, less6 + less7);
        let common = (odd0 - odd2) * 0.382_683_43;
        let low = odd0 * 0.541_196_1 + common;
        let high = odd2 * 1.306_563 + common;
        let middle = odd1 * std::f32::consts::FRAC_1_SQRT_2;
        let (with, without) = (less7 + middle, less7 - middle);
        rows[5][n] = without + low;
        rows[3][n] = without - low;
        rows[1][n] = with + high;
        rows[7][n] = with - high;
    }
}
