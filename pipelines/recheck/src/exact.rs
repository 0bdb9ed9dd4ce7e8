//! Exact numbers: fractions of two 128-bit integers, and of big integers where those do not suffice.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedMul, CheckedSub, Signed, Zero};

/// The most characters a number may be written with; 28 digits, a sign and a mark are the rule.
const WRITTEN_CHARS_MAX: usize = 64;
/// The most bits of a numerator or denominator, some six hundred digits: what is longer takes long to reckon with.
const BITS_MAX: u64 = 2_048;

/// An exact rational number.
///
/// The small form never holds `i128::MIN`, so that signs can be changed freely.
#[derive(Clone, Debug)]
pub(crate) enum Exact {
    Small(Ratio<i128>),
    Large(BigRational),
}

impl Exact {
    /// A number of things.
    pub(crate) fn count(count: usize) -> Self {
        Self::Small(Ratio::from_integer(count as i128))
    }

    /// Reads digits with an optional minus and an optional point followed by digits; nothing else is a number.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.len() > WRITTEN_CHARS_MAX {
            return None;
        }
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let written = whole.len() + fraction.len();
        if written <= 37 {
            let numer = whole.bytes().chain(fraction.bytes()).fold(0, |n, b| n * 10 + i128::from(b - b'0'));
            let numer = if negative { -numer } else { numer };
            return Some(Self::Small(Ratio::new(numer, 10i128.pow(fraction.len() as u32))));
        }
        let numer: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let numer = if negative { -numer } else { numer };
        Some(Self::Large(BigRational::new(numer, BigInt::from(10).pow(fraction.len() as u32))))
    }

    /// Whether it left 128 bits, where all is quick.
    pub(crate) fn is_large(&self) -> bool {
        matches!(self, Self::Large(_))
    }

    /// Whether it is too long to go on reckoning with.
    pub(crate) fn is_too_long(&self) -> bool {
        match self {
            Self::Small(_) => false,
            Self::Large(ratio) => ratio.numer().bits().max(ratio.denom().bits()) > BITS_MAX,
        }
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a.checked_add(b), |a, b| a + b)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a.checked_sub(b), |a, b| a - b)
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a.checked_mul(b), |a, b| a * b)
    }

    /// The quotient, or none when `other` is 0.
    pub(crate) fn divided_by(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        let turned = match other {
            Self::Small(ratio) => Self::Small(ratio.recip()),
            Self::Large(ratio) => Self::Large(ratio.recip()),
        };
        Some(self.times(&turned))
    }

    pub(crate) fn abs(&self) -> Self {
        match self {
            Self::Small(ratio) => Self::Small(ratio.abs()),
            Self::Large(ratio) => Self::Large(ratio.abs()),
        }
    }

    pub(crate) fn is_zero(&self) -> bool {
        match self {
            Self::Small(ratio) => ratio.is_zero(),
            Self::Large(ratio) => ratio.is_zero(),
        }
    }

    pub(crate) fn is_positive(&self) -> bool {
        match self {
            Self::Small(ratio) => ratio.is_positive(),
            Self::Large(ratio) => ratio.is_positive(),
        }
    }

    /// The number of 0 or more whose square this is, or none where that is no fraction.
    pub(crate) fn root(&self) -> Option<Self> {
        let ratio = self.large();
        if ratio.is_negative() {
            return None;
        }
        let part = |whole: &BigInt| {
            let root = whole.sqrt();
            (&root * &root == *whole).then_some(root)
        };
        Some(Self::Large(BigRational::new(part(ratio.numer())?, part(ratio.denom())?)))
    }

    /// The greatest common divisor, or none where one of the two is not whole.
    pub(crate) fn common_divisor(&self, other: &Self) -> Option<Self> {
        let (a, b) = (self.large(), other.large());
        if !a.is_integer() || !b.is_integer() {
            return None;
        }
        let (mut a, mut b) = (a.to_integer(), b.to_integer());
        while !b.is_zero() {
            (a, b) = (b.clone(), a % b);
        }
        Some(Self::Large(BigRational::from_integer(a.abs())))
    }

    /// The number as `-3/4`, or `-3` where it is whole: whether it is below 0, and the rest.
    pub(crate) fn as_fraction(&self) -> (bool, String) {
        let ratio = self.large();
        let (numer, denom) = (ratio.numer().abs(), ratio.denom());
        let text = if ratio.is_integer() { numer.to_string() } else { format!("{numer}/{denom}") };
        (ratio.is_negative(), text)
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.large().is_integer()
    }

    /// The number times 10^`up` / 10^`down`, rounded to an integer with halves away from zero: whether it is below 0,
    /// and its digits.
    pub(crate) fn rounded_digits(&self, up: u32, down: u32) -> (bool, String) {
        if let Self::Small(ratio) = self
            && let Some((negative, whole)) = rounded_small(ratio, up, down)
        {
            return (negative, whole.to_string());
        }
        let ratio = self.large();
        let numer = ratio.numer().abs() * BigInt::from(10).pow(up);
        let denom = ratio.denom() * BigInt::from(10).pow(down);
        let whole: BigInt = (numer * 2 + &denom) / (denom * 2);
        (ratio.is_negative() && !whole.is_zero(), whole.to_string())
    }

    fn large(&self) -> BigRational {
        match self {
            Self::Small(ratio) => {
                BigRational::new_raw(BigInt::from(*ratio.numer()), BigInt::from(*ratio.denom()))
            }
            Self::Large(ratio) => ratio.clone(),
        }
    }

    fn combine(
        &self,
        other: &Self,
        small: impl FnOnce(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
        large: impl FnOnce(BigRational, BigRational) -> BigRational,
    ) -> Self {
        if let (Self::Small(a), Self::Small(b)) = (self, other)
            && let Some(ratio) = small(a, b)
            && *ratio.numer() != i128::MIN
        {
            return Self::Small(ratio);
        }
        Self::Large(large(self.large(), other.large()))
    }
}

/// As [`Exact::rounded_digits`], unless a product leaves 128 bits.
fn rounded_small(ratio: &Ratio<i128>, up: u32, down: u32) -> Option<(bool, i128)> {
    let numer = ratio.numer().abs().checked_mul(10i128.checked_pow(up)?)?;
    let denom = ratio.denom().checked_mul(&10i128.checked_pow(down)?)?;
    let (whole, rest) = (numer / denom, numer % denom);
    let whole = if rest >= denom - rest { whole + 1 } else { whole };
    Some((ratio.is_negative() && whole != 0, whole))
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small(a), Self::Small(b)) => a.cmp(b),
            _ => self.large().cmp(&other.large()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Exact {
        Exact::read(text).expect("a number")
    }

    #[test]
    fn only_plain_decimals_are_numbers() {
        for text in ["", "-", ".", "1.", ".5", "+1", "1e3", "1_0", " 1", "--1", "1.2.3", "0x1", "٣", "NaN"] {
            assert!(Exact::read(text).is_none(), "`{text}` was read");
        }
        assert!(Exact::read(&"9".repeat(65)).is_none());
        assert_eq!(read("-0.50"), read("-0.5"));
        assert_eq!(read("-0"), read("0"));
    }

    #[test]
    fn large_numbers_stay_exact() {
        let big = read("99999999999999999999999999999999999999999999999999");
        let one = read("1");
        assert_eq!(big.plus(&one).minus(&big), one);
        assert!(big > one && big.times(&read("-1")) < one);
        assert_eq!(big.plus(&one).rounded_digits(0, 48), (false, "100".to_owned()));
        let third = one.divided_by(&read("3")).expect("3 is not 0");
        assert_eq!(third.rounded_digits(5, 0), (false, "33333".to_owned()));
        assert_eq!(third.times(&read("3")), one);
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (text, digits, rounded) in [
            ("2.5", 0, (false, "3")),
            ("-2.5", 0, (true, "3")),
            ("2.49999", 0, (false, "2")),
            ("-0.4", 0, (false, "0")),
            ("1.005", 2, (false, "101")),
        ] {
            assert_eq!(read(text).rounded_digits(digits, 0), (rounded.0, rounded.1.to_owned()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn both_forms_compute_alike(a in any::<i64>(), b in 1..=u32::MAX, c in any::<i64>(), up in 0u32..12, down in 0u32..12) {
            let x = Exact::Small(Ratio::new(i128::from(a), i128::from(b)));
            let y = Exact::Small(Ratio::new(i128::from(c), 1000));
            let (large_x, large_y) = (Exact::Large(x.large()), Exact::Large(y.large()));
            prop_assert_eq!(x.plus(&y), large_x.plus(&large_y));
            prop_assert_eq!(x.minus(&y), large_x.minus(&large_y));
            prop_assert_eq!(x.times(&y), large_x.times(&large_y));
            prop_assert_eq!(x.divided_by(&y), large_x.divided_by(&large_y));
            prop_assert_eq!(x.cmp(&y), large_x.cmp(&large_y));
            prop_assert_eq!(x.rounded_digits(up, down), large_x.rounded_digits(up, down));
        }
    }
}
