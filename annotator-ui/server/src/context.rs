//! Time, randomness and ids: whoever needs one asks the context, so that tests can set all three.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use pixmo_console::Clock;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

/// Letters of ids: no vowels, so that no words come out, and nothing that is read for something else.
const LETTERS: &[u8; 24] = b"23456789bcdfghjkmnpqrtvw";

/// A clock and dice.
#[derive(Debug)]
pub struct Context {
    clock: Clock,
    dice: Dice,
}

/// Where random bytes come from.
#[derive(Debug)]
pub enum Dice {
    /// The operating system: what nobody can guess.
    System,
    /// A seed: what comes out the same again. For tests.
    Seeded(Box<Mutex<ChaCha20Rng>>),
}

impl Dice {
    /// Dice that fall the same way each time.
    #[must_use]
    pub fn seeded(seed: u64) -> Dice {
        Dice::Seeded(Box::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    fn fill(&self, bytes: &mut [u8]) {
        match self {
            Dice::System => {
                getrandom::fill(bytes).expect("the operating system gives random bytes");
            }
            Dice::Seeded(rng) => rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes),
        }
    }
}

impl Context {
    /// The machine's clock and the system's dice.
    #[must_use]
    pub fn machine() -> Context {
        Context { clock: Clock::machine(), dice: Dice::System }
    }

    /// A clock and dice of the caller's.
    #[must_use]
    pub fn new(clock: Clock, dice: Dice) -> Context {
        Context { clock, dice }
    }

    /// The time of day, in milliseconds of UTC since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.clock.unix_ms()
    }

    /// The clock, for what is measured.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.dice.fill(&mut bytes);
        bytes
    }

    /// A secret that fits into an address or a header: 256 bits in URL-safe base64.
    #[must_use]
    pub fn secret(&self) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A new id: `p-` and 14 letters, 64 bits of chance.
    #[must_use]
    pub fn id(&self, prefix: &str) -> String {
        let mut number = u64::from_le_bytes(self.bytes());
        let mut id = String::with_capacity(prefix.len() + 15);
        id.push_str(prefix);
        id.push('-');
        for _ in 0..14 {
            id.push(char::from(LETTERS[(number % 24) as usize]));
            number /= 24;
        }
        id
    }

    /// Whether something happens that happens in this share of cases.
    #[must_use]
    pub fn happens(&self, share: f64) -> bool {
        // 53 bits, as a double holds them.
        let draw = (u64::from_le_bytes(self.bytes()) >> 11) as f64 / (1u64 << 53) as f64;
        draw < share
    }
}

/// A time of day as people and JSON have it: `2026-11-30T16:40:00.250Z`.
#[must_use]
pub fn rfc3339(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(|_| format!("{ms}"), |time| time.to_string())
}

/// The first millisecond of the day, in UTC, in which `ms` lies.
#[must_use]
pub fn day_start(ms: i64) -> i64 {
    ms - ms.rem_euclid(86_400_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeded_dice_and_hand_clocks_give_the_same_again() {
        let draw = || {
            let context = Context::new(Clock::by_hand(), Dice::seeded(7));
            (context.id("p"), context.secret(), context.now_ms())
        };
        assert_eq!(draw(), draw());
        assert_eq!(draw().0.len(), 16);
        assert_eq!(draw().1.len(), 43);
        assert_eq!(rfc3339(1_796_056_800_250), "2026-11-30T16:40:00.25Z");
    }

    #[test]
    fn a_share_is_kept() {
        let context = Context::new(Clock::by_hand(), Dice::seeded(1));
        let hits = (0..10_000).filter(|_| context.happens(0.1)).count();
        assert!((850..1150).contains(&hits), "{hits}");
        assert!(!context.happens(0.0) && context.happens(1.0));
    }
}
