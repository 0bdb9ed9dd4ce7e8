//! Into which bands of bits hashes are cut, so that near ones meet in a bucket.
//!
//! The pigeonhole principle of multi-index hashing (Norouzi, Punjani, Fleet: Fast Exact Search in Hamming Space with
//! Multi-Index Hashing, 2014, section 3): of two hashes that differ in at most `d = m·r + a` bits, cut into `m` bands, at
//! least one of the first `a + 1` bands differs in at most `r` bits, or one of the others in at most `r - 1`.

/// One band of bits and how far around a bucket is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Band {
    /// Its first bit.
    pub(crate) start: u32,
    /// Its bits; as a number they are the bucket.
    pub(crate) width: u32,
    /// In how many bits two buckets may differ and are still compared.
    pub(crate) radius: u32,
}

impl Band {
    /// The numbers to be XORed onto a bucket to reach those around it, itself (0) first.
    pub(crate) fn masks(&self) -> Vec<u32> {
        let mut masks = vec![0];
        let mut last = vec![0u32];
        for _ in 0..self.radius.min(self.width) {
            let mut next = Vec::new();
            for mask in last {
                // bits above the highest one that is set, so that each set of bits is made once
                let from = 32 - mask.leading_zeros();
                next.extend((from..self.width).map(|bit| mask | 1 << bit));
            }
            masks.extend(&next);
            last = next;
        }
        masks
    }
}

/// The widest band. Its table of buckets takes 64 MiB.
const WIDTH_MAX: u32 = 24;

/// More places are never looked at for one hash; comparing with all is then no slower.
const PROBES_MAX: f64 = 1e7;

/// Bands for `count` hashes of `bits` bits, with which everything within `distance` is found, at the least expected cost.
pub(crate) fn bands(bits: u32, count: usize, distance: u32) -> Vec<Band> {
    // A few hashes a bucket: more bits would only make the tables of buckets larger than what is in them.
    let width_max = (count.max(1).ilog2() + 1).clamp(4, WIDTH_MAX);
    (1..=bits.min(64))
        .map(|number| cut(bits, number, distance, width_max))
        .min_by(|one, other| cost(one, count).total_cmp(&cost(other, count)))
        .expect("hashes have bits")
}

/// The bits cut into `number` bands of equal width; of a band that is too wide, the first bits count, which only makes
/// candidates more.
fn cut(bits: u32, number: u32, distance: u32, width_max: u32) -> Vec<Band> {
    let (radius, more) = (distance / number, distance % number);
    let mut start = 0;
    let mut bands = Vec::new();
    for n in 0..number {
        let width = bits / number + u32::from(n < bits % number);
        // "one less than 0" is nothing to look for: those bands are not needed
        let radius = if n <= more { Some(radius) } else { radius.checked_sub(1) };
        bands.extend(radius.map(|radius| Band { start, width: width.min(width_max), radius }));
        start += width;
    }
    bands
}

/// What one search is expected to cost over hashes without any order, in comparisons.
fn cost(bands: &[Band], count: usize) -> f64 {
    // A bucket costs a jump in memory, which is worth about four comparisons.
    let jump = 4.0;
    bands
        .iter()
        .map(|band| {
            let probes = probes(band.width, band.radius);
            if probes > PROBES_MAX {
                return f64::INFINITY;
            }
            probes * (jump + count as f64 / f64::from(1 << band.width))
        })
        .sum()
}

/// How many numbers of `width` bits differ from one in at most `radius` bits.
fn probes(width: u32, radius: u32) -> f64 {
    let mut choose = 1.0;
    let mut sum = 1.0;
    for n in 0..radius.min(width) {
        choose *= f64::from(width - n) / f64::from(n + 1);
        sum += choose;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_reach_each_bucket_once() {
        let band = Band { start: 0, width: 6, radius: 2 };
        let mut masks = band.masks();
        assert_eq!(masks[0], 0);
        masks.sort_unstable();
        let expected: Vec<u32> = (0..64u32).filter(|mask| mask.count_ones() <= 2).collect();
        assert_eq!(masks, expected);
        assert_eq!(probes(6, 2) as usize, expected.len());
        assert_eq!(Band { start: 0, width: 3, radius: 9 }.masks().len(), 8);
    }

    #[test]
    fn bands_keep_the_promise_by_counting() {
        for bits in [64, 256] {
            for distance in [0, 1, 7, 8, 15, 23, 31, 40] {
                for count in [1, 100, 10_000, 10_000_000] {
                    let bands = bands(bits, count, distance);
                    // The cheapest way to escape is one bit more than its radius in every band.
                    let escape: u32 = bands.iter().map(|band| band.radius + 1).sum();
                    let room: u32 = bands.iter().map(|band| band.width).sum();
                    assert!(escape > distance && room <= bits, "{bits} {distance} {count}: {bands:?}");
                }
            }
        }
    }

    #[test]
    fn ten_million_hashes_take_few_places() {
        let places = |bits, distance| -> f64 {
            bands(bits, 10_000_000, distance).iter().map(|band| probes(band.width, band.radius)).sum()
        };
        assert!(places(256, 23) < 400.0, "{}", places(256, 23));
        assert!(places(256, 31) < 4_000.0, "{}", places(256, 31));
        assert!(places(64, 7) < 1_000.0, "{}", places(64, 7));
    }
}
