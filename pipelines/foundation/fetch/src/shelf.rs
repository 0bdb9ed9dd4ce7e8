//! What is remembered for a while, of at most so many things and bytes, and is asked for once.

use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lru::LruCache;
use tokio::sync::OnceCell;
use tokio::time::Instant;

/// A value with what it takes to keep it.
#[derive(Debug)]
pub(crate) struct Kept<V> {
    /// The value; cheap to clone.
    pub(crate) value: V,
    /// Its size in memory, about.
    pub(crate) bytes: u64,
    /// How long it is good.
    pub(crate) lasts: Duration,
}

/// Values by key; the ones that were not asked for longest give way.
#[derive(Debug)]
pub(crate) struct Shelf<V> {
    places: Mutex<Places<V>>,
    bytes_max: u64,
}

#[derive(Debug)]
struct Places<V> {
    by_key: LruCache<String, Place<V>>,
    bytes: u64,
}

#[derive(Debug)]
struct Place<V> {
    slot: Arc<OnceCell<Good<V>>>,
    /// What it counts in `Places::bytes`; 0 until the value is there.
    bytes: u64,
}

#[derive(Debug)]
struct Good<V> {
    value: V,
    until: Instant,
}

impl<V: Clone> Shelf<V> {
    /// A shelf for at most `entries_max` values, at least one, of `bytes_max` together.
    pub(crate) fn new(entries_max: usize, bytes_max: u64) -> Shelf<V> {
        let entries_max = NonZeroUsize::new(entries_max).unwrap_or(NonZeroUsize::MIN);
        let places = Places { by_key: LruCache::new(entries_max), bytes: 0 };
        Shelf { places: Mutex::new(places), bytes_max }
    }

    /// The value of `key`; made by `make` if there is none or it is no longer good.
    ///
    /// However many ask at once, one makes it and the others wait. If that one is dropped, another begins anew.
    pub(crate) async fn get<F>(&self, key: &str, make: impl FnOnce() -> F) -> V
    where
        F: Future<Output = Kept<V>>,
    {
        let slot = self.slot(key);
        let mut made = None;
        let note = &mut made;
        let good = slot
            .get_or_init(|| async move {
                let Kept { value, bytes, lasts } = make().await;
                *note = Some(bytes);
                let now = Instant::now();
                Good { value, until: now.checked_add(lasts).unwrap_or(now) }
            })
            .await;
        let value = good.value.clone();
        if let Some(bytes) = made {
            self.weigh(key, &slot, bytes);
        }
        value
    }

    /// The place of `key`, a new one if what is there has gone bad.
    fn slot(&self, key: &str) -> Arc<OnceCell<Good<V>>> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = places.by_key.get(key) {
            let is_good = place.slot.get().is_none_or(|good| good.until > Instant::now());
            if is_good {
                return Arc::clone(&place.slot);
            }
        }
        let slot = Arc::new(OnceCell::new());
        places.put(key, Place { slot: Arc::clone(&slot), bytes: 0 });
        slot
    }

    /// Counts a value that was just made, and lets others go if it is too much.
    fn weigh(&self, key: &str, slot: &Arc<OnceCell<Good<V>>>, bytes: u64) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(place) = places.by_key.peek_mut(key).filter(|place| Arc::ptr_eq(&place.slot, slot)) else {
            return;
        };
        place.bytes = bytes;
        places.bytes += bytes;
        while places.bytes > self.bytes_max {
            let Some((_, gone)) = places.by_key.pop_lru() else { break };
            places.bytes -= gone.bytes;
        }
    }

    #[cfg(test)]
    fn size(&self) -> (usize, u64) {
        let places = self.places.lock().unwrap();
        (places.by_key.len(), places.bytes)
    }
}

impl<V> Places<V> {
    fn put(&mut self, key: &str, place: Place<V>) {
        if let Some((_, gone)) = self.by_key.push(key.to_owned(), place) {
            self.bytes -= gone.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    async fn put(shelf: &Shelf<u32>, key: &str, value: u32, bytes: u64) -> u32 {
        shelf.get(key, || async move { Kept { value, bytes, lasts: MINUTE } }).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_value_is_made_once_and_again_when_it_is_old() {
        let shelf = Shelf::new(10, 100);
        assert_eq!(put(&shelf, "a", 1, 1).await, 1);
        assert_eq!(put(&shelf, "a", 2, 1).await, 1);
        tokio::time::advance(MINUTE).await;
        assert_eq!(put(&shelf, "a", 3, 1).await, 3);
        assert_eq!(shelf.size(), (1, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn many_ask_and_one_makes() {
        let shelf = Arc::new(Shelf::new(10, 100));
        let made = Arc::new(AtomicU32::new(0));
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (shelf, made) = (Arc::clone(&shelf), Arc::clone(&made));
            tasks.spawn(async move {
                let make = || async {
                    tokio::time::sleep(MINUTE).await;
                    Kept { value: made.fetch_add(1, Ordering::SeqCst), bytes: 1, lasts: MINUTE }
                };
                shelf.get("a", make).await
            });
        }
        assert_eq!(tasks.join_all().await, vec![0; 50]);
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn if_the_one_that_makes_is_dropped_another_begins() {
        let shelf = Shelf::new(10, 100);
        let never = shelf.get("a", || async { std::future::pending::<Kept<u32>>().await });
        assert!(tokio::time::timeout(MINUTE, never).await.is_err());
        assert_eq!(put(&shelf, "a", 5, 1).await, 5);
    }

    #[tokio::test(start_paused = true)]
    async fn it_never_grows_beyond_its_bounds() {
        let shelf = Shelf::new(10, 100);
        for n in 0..1000_u32 {
            put(&shelf, &n.to_string(), n, u64::from(n % 40)).await;
            let (entries, bytes) = shelf.size();
            assert!(entries <= 10 && bytes <= 100, "{entries} {bytes}");
        }
        // One that is too large for the shelf is given out, and not kept.
        assert_eq!(put(&shelf, "large", 7, 1000).await, 7);
        assert_eq!(shelf.size(), (0, 0));
    }
}
