//! Waves as bits, by the codes of the standard (tables K.3 to K.6).

use super::wave::{GROUP, Group, SIDE};

/// Where in a block, row by row, the waves lie in the order in which they are written: from slow to fast.
pub(super) const ORDER: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// The same for the numbers of the first block of a [`Group`].
static PLACES: [u16; 64] = {
    let mut places = [0; 64];
    let mut at = 0;
    while at < 64 {
        let (down, across) = (ORDER[at] as usize / SIDE, ORDER[at] as usize % SIDE);
        places[at] = (across * GROUP + down) as u16;
        at += 1;
    }
    places
};

/// Bits of waves in the order of a group, four at a time, as bits in the order in which they are written.
static IN_ORDER: [[u64; 16]; 16] = {
    let mut table = [[0; 16]; 16];
    let mut at = 0;
    while at < 64 {
        let (down, across) = (ORDER[at] as usize / SIDE, ORDER[at] as usize % SIDE);
        let bit = across * SIDE + down;
        let mut four = 0;
        while four < 16 {
            if four >> (bit % 4) & 1 == 1 {
                table[bit / 4][four] |= 1 << at;
            }
            four += 1;
        }
        at += 1;
    }
    table
};

/// Sixteen waves of strength zero.
const SIXTEEN: usize = 0xf0;
/// No more waves.
const END: usize = 0x00;

/// A prefix code.
#[derive(Debug)]
pub(super) struct Code {
    /// How many words have 1 to 16 bits.
    pub(super) lengths: &'static [u8; 16],
    /// What they stand for.
    pub(super) values: &'static [u8],
    /// For each value its word and, in the lowest five bits, the length of it.
    words: [u32; 256],
}

impl Code {
    /// Of means, as differences from the last, for brightness and colour.
    pub(super) const MEANS: [Code; 2] = [
        Code::new(&[0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], &SIZES),
        Code::new(&[0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], &SIZES),
    ];
    /// Of waves, for brightness and colour.
    pub(super) const WAVES: [Code; 2] = [
        Code::new(&[0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d], &BRIGHT_WAVES),
        Code::new(&[0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77], &COLOUR_WAVES),
    ];

    const fn new(lengths: &'static [u8; 16], values: &'static [u8]) -> Code {
        let mut words = [0; 256];
        let (mut word, mut length, mut next) = (0_u32, 1, 0);
        while length <= 16 {
            let mut left = lengths[length - 1];
            while left > 0 {
                words[values[next] as usize] = word << 5 | length as u32;
                word += 1;
                next += 1;
                left -= 1;
            }
            word <<= 1;
            length += 1;
        }
        Code { lengths, values, words }
    }
}

static MEANS: [Code; 2] = Code::MEANS;
static WAVES: [Code; 2] = Code::WAVES;

const SIZES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const BRIGHT_WAVES: [u8; 162] = [
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22,
    0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33,
    0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34,
    0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55,
    0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76,
    0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96,
    0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5,
    0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4,
    0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1,
    0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
];
const COLOUR_WAVES: [u8; 162] = [
    0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13,
    0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0, 0x15, 0x62,
    0x72, 0xd1, 0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26, 0x27, 0x28, 0x29,
    0x2a, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54,
    0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75,
    0x76, 0x77, 0x78, 0x79, 0x7a, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94,
    0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3,
    0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2,
    0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea,
    0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
];

/// Writes blocks.
pub(super) struct Coder {
    file: Vec<u8>,
    /// Bits that are not written yet, the last one lowest; of those above `count` nothing is known.
    held: u64,
    /// How many they are, fewer than 32.
    count: u32,
    /// The last mean of each plane.
    means: [i32; 3],
}

impl Coder {
    /// After what stands in a file.
    pub(super) fn new(file: Vec<u8>) -> Coder {
        Coder { file, held: 0, count: 0, means: [0; 3] }
    }

    /// Writes a block of a plane.
    pub(super) fn block(&mut self, plane: usize, group: &Group, block: usize) {
        let table = plane.min(1);
        let steps = &group.steps[block * SIDE..];
        let mean = i32::from(steps[0]);
        let change = mean - self.means[plane];
        self.means[plane] = mean;
        self.number(&MEANS[table], 0, change);

        let code = &WAVES[table];
        let seen = group.seen[block];
        let mut left = 0;
        for (four, table) in IN_ORDER.iter().enumerate() {
            left |= table[(seen >> (4 * four)) as usize & 15];
        }
        left &= !1;
        let mut last = 0;
        while left != 0 {
            let at = left.trailing_zeros();
            left &= left - 1;
            let mut zeros = at - last - 1;
            last = at;
            while zeros >= 16 {
                self.word(code.words[SIXTEEN]);
                zeros -= 16;
            }
            self.number(code, zeros, i32::from(steps[usize::from(PLACES[at as usize])]));
        }
        if last != 63 {
            self.word(code.words[END]);
        }
    }

    /// Writes a number after so many zeros: the word for both, and the bits of the number below its first.
    #[inline(always)]
    fn number(&mut self, code: &Code, zeros: u32, number: i32) {
        let size = 32 - number.unsigned_abs().leading_zeros();
        let word = code.words[(zeros << 4 | size) as usize & 0xff];
        // Of negative numbers one less, so that the first bit tells the sign.
        let bits = (number + (number >> 31)) as u32 & ((1 << size) - 1);
        self.bits((word >> 5) << size | bits, (word & 31) + size);
    }

    fn word(&mut self, word: u32) {
        self.bits(word >> 5, word & 31);
    }

    #[inline(always)]
    fn bits(&mut self, bits: u32, count: u32) {
        self.held = self.held << count | u64::from(bits);
        self.count += count;
        if self.count >= 32 {
            self.count -= 32;
            self.four((self.held >> self.count) as u32);
        }
    }

    /// Writes four bytes. After one of ones comes a zero, or it would be a marker.
    #[inline(always)]
    fn four(&mut self, bytes: u32) {
        let clear = !bytes;
        let has_ones = clear.wrapping_sub(0x0101_0101) & !clear & 0x8080_8080 != 0;
        if has_ones {
            bytes.to_be_bytes().into_iter().for_each(|byte| self.byte(byte));
        } else {
            self.file.extend_from_slice(&bytes.to_be_bytes());
        }
    }

    fn byte(&mut self, byte: u8) {
        self.file.push(byte);
        if byte == 0xff {
            self.file.push(0);
        }
    }

    /// Fills the last byte with ones.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.bits(0x7f, 7);
        while self.count >= 8 {
            self.count -= 8;
            self.byte((self.held >> self.count) as u8);
        }
        self.file
    }
}
