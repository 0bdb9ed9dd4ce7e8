//! Bytes that are mostly zero as a zlib stream: runs of zeros, and all other bytes by a prefix code of their own.
//!
//! Eight bytes are either part of a run or written one by one, which needs no decision for each byte.

/// Bytes that are looked at together.
const MANY: usize = 8;
/// All bytes, the end, and 29 classes of lengths of runs.
const SYMBOLS: usize = 286;
/// The end of the stream.
const END: usize = 256;
/// The longest word: four of them and seven bits fit 64.
const LONGEST: usize = 14;
/// The longest run that has a word.
const RUN_MAX: usize = 258;
/// The shortest.
const RUN_MIN: usize = 3;

/// Bits before the code: the end of all blocks, a code of its own; 286 words and one distance; 19 lengths of lengths.
const HEAD: (u64, u32) = (1 | 2 << 1 | (SYMBOLS as u64 - 257) << 3 | 15 << 13, 17);

/// Lengths of runs: the symbol, and how many bits tell which of its lengths it is, and the first of those.
static RUNS: [(u16, u8, u16); RUN_MAX + 1] = {
    let mut runs = [(0, 0, 0); RUN_MAX + 1];
    let (mut symbol, mut length) = (257, RUN_MIN);
    while length < RUN_MAX {
        // Four symbols of one kind, after the first eight.
        let extra = if symbol < 265 { 0 } else { (symbol - 261) / 4 };
        let mut at = 0;
        while at < 1 << extra && length + at < RUN_MAX {
            runs[length + at] = (symbol, extra as u8, length as u16);
            at += 1;
        }
        length += 1 << extra;
        symbol += 1;
    }
    runs[RUN_MAX] = (285, 0, RUN_MAX as u16);
    runs
};

/// A stream that is about to be written.
pub(super) struct Stream<'a> {
    bytes: &'a [u8],
    /// For each symbol its word, first bit lowest, and from bit 16 on how many bits that has.
    words: [u32; SYMBOLS],
    /// Bits of the whole block.
    bits: u64,
}

impl<'a> Stream<'a> {
    /// Finds the code for bytes.
    pub(super) fn of(bytes: &'a [u8]) -> Stream<'a> {
        let mut counts = Counts { of: [[0; SYMBOLS]; 4], extras: 0 };
        parts(bytes, &mut counts);
        let extras = counts.extras;
        let mut sums: [u32; SYMBOLS] = std::array::from_fn(|at| counts.of.iter().map(|of| of[at]).sum());
        sums[END] = 1;
        let lengths = lengths(&sums);
        let coded: u64 =
            sums.iter().zip(lengths).map(|(count, length)| u64::from(*count) * u64::from(length)).sum();
        // The lengths of the lengths, and of the words.
        let head = u64::from(HEAD.1) + 19 * 3 + (SYMBOLS as u64 + 1) * 4;
        Stream { bytes, words: words(&lengths), bits: head + coded + extras }
    }

    /// Its bytes.
    pub(super) fn len(&self) -> usize {
        2 + self.bits.div_ceil(8) as usize + 4
    }

    /// Writes it.
    pub(super) fn write(&self, file: &mut Vec<u8>) {
        let start = file.len();
        // Deflate with a window of 32 KiB.
        file.extend([0x78, 0x01]);
        let begin = file.len();
        // What is written at once may reach over the end.
        file.resize(start + self.len() + 8, 0);
        let mut out = Bits { out: &mut file[begin..], at: 0, held: 0, count: 0 };
        out.put(HEAD.0, HEAD.1);
        // Lengths from 0 to 15 are four bits each, as they are, and repetitions have no word.
        out.put(0, 9);
        for _ in 3..19 {
            out.put(4, 3);
        }
        for word in self.words {
            out.put(u64::from(turned(word >> 16, 4)), 4);
        }
        // The one distance has a word of one bit.
        out.put(u64::from(turned(1, 4)), 4);
        let mut coded = Coded { words: &self.words, out };
        parts(self.bytes, &mut coded);
        coded.word(END);
        file.truncate(begin + self.bits.div_ceil(8) as usize);
        let mut check = simd_adler32::Adler32::new();
        check.write(self.bytes);
        file.extend(check.finish().to_be_bytes());
    }
}

/// Takes bytes part by part.
trait Parts {
    /// Some that are not all zero.
    fn bytes(&mut self, eight: &[u8; MANY]);
    /// One, before a run or at the end.
    fn rest(&mut self, byte: u8);
    /// As many zeros as this, after one more.
    fn run(&mut self, length: usize);
}

/// Hands over all parts of bytes, in their order.
#[inline(always)]
fn parts(bytes: &[u8], to: &mut impl Parts) {
    let (eights, rest) = bytes.as_chunks::<MANY>();
    let mut zeros = 0;
    for eight in eights {
        if u64::from_le_bytes(*eight) == 0 {
            zeros += MANY;
            continue;
        }
        if zeros > 0 {
            run(zeros, to);
            zeros = 0;
        }
        to.bytes(eight);
    }
    if zeros > 0 {
        run(zeros, to);
    }
    rest.iter().for_each(|byte| to.rest(*byte));
}

/// Takes a run of eight zeros or more apart.
#[inline(always)]
fn run(zeros: usize, to: &mut impl Parts) {
    to.rest(0);
    let mut left = zeros - 1;
    while left > 0 {
        // What is left after it must not be too short.
        let length = if left <= RUN_MAX { left } else { RUN_MAX.min(left - RUN_MIN) };
        to.run(length);
        left -= length;
    }
}

/// How often each symbol comes.
struct Counts {
    /// Equal bytes follow each other; counts of four tables need not wait for each other.
    of: [[u32; SYMBOLS]; 4],
    /// Bits that are not part of words.
    extras: u64,
}

impl Parts for Counts {
    #[inline(always)]
    fn bytes(&mut self, eight: &[u8; MANY]) {
        for (at, byte) in eight.iter().enumerate() {
            self.of[at % 4][usize::from(*byte)] += 1;
        }
    }

    #[inline(always)]
    fn rest(&mut self, byte: u8) {
        self.of[0][usize::from(byte)] += 1;
    }

    #[inline(always)]
    fn run(&mut self, length: usize) {
        let (symbol, extra, _) = RUNS[length];
        self.of[1][usize::from(symbol)] += 1;
        self.extras += u64::from(extra) + 1;
    }
}

/// Writes the words of symbols.
struct Coded<'a> {
    words: &'a [u32; SYMBOLS],
    out: Bits<'a>,
}

impl Coded<'_> {
    #[inline(always)]
    fn word(&mut self, symbol: usize) {
        let word = self.words[symbol];
        self.out.put(u64::from(word & 0xffff), word >> 16);
    }
}

impl Parts for Coded<'_> {
    #[inline(always)]
    fn bytes(&mut self, eight: &[u8; MANY]) {
        let (fours, _) = eight.as_chunks::<4>();
        for four in fours {
            let [a, b, c, d] = four.map(|byte| self.words[usize::from(byte)]);
            let low = u64::from(a & 0xffff) | u64::from(b & 0xffff) << (a >> 16);
            let high = u64::from(c & 0xffff) | u64::from(d & 0xffff) << (c >> 16);
            let ab = (a >> 16) + (b >> 16);
            self.out.put(low | high << ab, ab + (c >> 16) + (d >> 16));
        }
    }

    #[inline(always)]
    fn rest(&mut self, byte: u8) {
        self.word(usize::from(byte));
    }

    #[inline(always)]
    fn run(&mut self, length: usize) {
        let (symbol, extra, first) = RUNS[length];
        let word = self.words[usize::from(symbol)];
        // The distance is zero in one bit.
        let (more, count) = ((length - usize::from(first)) as u64, word >> 16);
        self.out.put(u64::from(word & 0xffff) | more << count, count + u32::from(extra) + 1);
    }
}

/// Bits on their way to a file.
struct Bits<'a> {
    out: &'a mut [u8],
    at: usize,
    held: u64,
    /// Bits that are held, fewer than eight.
    count: u32,
}

impl Bits<'_> {
    /// Writes up to 57 bits, lowest first.
    #[inline(always)]
    fn put(&mut self, bits: u64, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        self.out[self.at..self.at + 8].copy_from_slice(&self.held.to_le_bytes());
        self.at += (self.count / 8) as usize;
        self.held = self.held.wrapping_shr(self.count & !7);
        self.count &= 7;
    }
}

/// The bits of a number in the opposite order.
fn turned(number: u32, bits: u32) -> u32 {
    number.reverse_bits() >> (32 - bits)
}

/// The words of a code from their lengths, as the standard says.
fn words(lengths: &[u8; SYMBOLS]) -> [u32; SYMBOLS] {
    let mut words = [0; SYMBOLS];
    let mut word = 0;
    for length in 1..=LONGEST as u32 {
        for (symbol, _) in lengths.iter().enumerate().filter(|(_, own)| u32::from(**own) == length) {
            words[symbol] = turned(word, length) | length << 16;
            word += 1;
        }
        word <<= 1;
    }
    words
}

/// How many bits each symbol takes so that all together take fewest (Huffman), none over [`LONGEST`]; symbols that never
/// come have none. Two or more have to come.
fn lengths(counts: &[u32; SYMBOLS]) -> [u8; SYMBOLS] {
    let mut symbols: Vec<usize> = (0..SYMBOLS).filter(|symbol| counts[*symbol] > 0).collect();
    symbols.sort_by_key(|symbol| (counts[*symbol], *symbol));
    // Leaves, and then pairs of two that are rarest so far: both come in the order of their counts.
    let leaves = symbols.len();
    let mut sums: Vec<u32> = symbols.iter().map(|symbol| counts[*symbol]).collect();
    let mut parents = vec![0; 2 * leaves - 1];
    let (mut leaf, mut pair) = (0, leaves);
    for made in leaves..2 * leaves - 1 {
        let mut sum = 0;
        for _ in 0..2 {
            let rarest = if leaf < leaves && (pair == made || sums[leaf] <= sums[pair]) {
                &mut leaf
            } else {
                &mut pair
            };
            sum += sums[*rarest];
            parents[*rarest] = made;
            *rarest += 1;
        }
        sums.push(sum);
    }
    // How many leaves are how deep.
    let mut depths = vec![0_usize; 2 * leaves - 1];
    let mut numbers = [0_usize; SYMBOLS];
    for node in (0..2 * leaves - 2).rev() {
        depths[node] = depths[parents[node]] + 1;
        if node < leaves {
            numbers[depths[node]] += 1;
        }
    }
    // Of two that are too deep, one takes the place of what was above them, and the other goes below a leaf that is not as
    // deep.
    for depth in (LONGEST + 1..SYMBOLS).rev() {
        while numbers[depth] > 0 {
            let above = (1..depth - 1).rev().find(|above| numbers[*above] > 0).unwrap_or(1);
            numbers[depth] -= 2;
            numbers[depth - 1] += 1;
            numbers[above + 1] += 2;
            numbers[above] -= 1;
        }
    }
    let mut lengths = [0; SYMBOLS];
    let mut rarest = symbols.into_iter();
    for (depth, number) in numbers.iter().enumerate().rev() {
        for symbol in rarest.by_ref().take(*number) {
            lengths[symbol] = depth as u8;
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, RUN_MAX, RUN_MIN, RUNS, SYMBOLS, lengths};

    #[test]
    fn codes_are_whole_and_no_word_is_too_long() {
        let rising: fn(usize) -> u32 = |at| if at < 32 { 1 << at.min(30) } else { 0 };
        let cases = [
            rising,
            |_| 1,
            |at| at as u32,
            |at| u32::from(at == 0 || at == 256),
            |at| u32::from(at % 97 == 3) * 9,
        ];
        for count in cases {
            let counts: [u32; SYMBOLS] = std::array::from_fn(count);
            let lengths = lengths(&counts);
            let whole: u32 =
                lengths.iter().filter(|length| **length > 0).map(|length| 1 << (16 - length)).sum();
            assert_eq!(whole, 1 << 16);
            for (count, length) in counts.iter().zip(lengths) {
                assert_eq!(*count > 0, length > 0);
                assert!(usize::from(length) <= LONGEST);
            }
        }
    }

    #[test]
    fn rarer_symbols_have_no_shorter_words() {
        let counts: [u32; SYMBOLS] = std::array::from_fn(|at| (at as u32 * 7919) % 1000 + 1);
        let lengths = lengths(&counts);
        for a in 0..SYMBOLS {
            for b in 0..SYMBOLS {
                assert!(counts[a] <= counts[b] || lengths[a] <= lengths[b]);
            }
        }
    }

    #[test]
    fn each_length_of_a_run_has_a_symbol() {
        for (length, (symbol, extra, first)) in RUNS.iter().enumerate().skip(RUN_MIN) {
            assert!((257..=285).contains(symbol), "{length}");
            assert!(length - usize::from(*first) < 1 << extra, "{length}");
        }
        assert_eq!((RUNS[3], RUNS[10], RUNS[11]), ((257, 0, 3), (264, 0, 10), (265, 1, 11)));
        assert_eq!((RUNS[257], RUNS[RUN_MAX]), ((284, 5, 227), (285, 0, 258)));
    }
}
