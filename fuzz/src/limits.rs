//! Two seconds and 512 MiB, measured exactly: time is that of the processor, which a busy machine does not lengthen, and
//! memory is what is allocated, which does not hang on when the system takes it back.
//!
//! libFuzzer has limits of its own; they are for what never comes back to be measured.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Processor time that one input may take.
pub const CPU_MS_MAX: u64 = 2_000;
/// Memory that one input may take, beyond what was taken before.
pub const BYTES_MAX: usize = 512 * 1024 * 1024;
/// Room for the handler that saves an input on which the stack ran over.
const HANDLER_STACK_BYTES: usize = 256 * 1024;

/// Memory that is taken, and the most that was since the input was begun.
static TAKEN: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The allocator of the system, counted.
struct Counting;

impl Counting {
    fn taken(bytes: usize) {
        let taken = TAKEN.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if taken > MOST.load(Ordering::Relaxed) {
            MOST.fetch_max(taken, Ordering::Relaxed);
        }
    }
}

#[expect(unsafe_code, reason = "an allocator can only be written so; each call is handed on as it came")]
// SAFETY: all calls go to the allocator of the system with the arguments they came with.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::taken(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Self::taken(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        TAKEN.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Old and new may stand beside each other while the content is moved.
        Self::taken(size);
        TAKEN.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(place, layout, size) }
    }
}

/// Does some work and fails when it took more than two seconds or 512 MiB. Whatever it needs once for all inputs should
/// have been done before.
pub fn within<T>(work: impl FnOnce() -> T) -> T {
    let before = TAKEN.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let begun = cpu_ms();
    let done = work();
    let took = cpu_ms() - begun;
    let bytes = MOST.load(Ordering::Relaxed).saturating_sub(before);
    assert!(took <= CPU_MS_MAX, "it took {took} ms of the processor, at most {CPU_MS_MAX} are allowed");
    assert!(bytes <= BYTES_MAX, "it took {} MiB, at most {} are allowed", bytes >> 20, BYTES_MAX >> 20);
    done
}

/// Bytes as text; what is no UTF-8 becomes U+FFFD, as it does for a reader that must show it.
pub fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// What an error has to say, checked to be something, and short enough to be read.
pub fn is_told(error: &impl std::fmt::Display) {
    let text = error.to_string();
    assert!(!text.trim().is_empty(), "an error without a word");
    assert!(
        text.len() <= 4_000,
        "an error of {} bytes: {}",
        text.len(),
        text.chars().take(200).collect::<String>()
    );
}

/// Once for a process: makes room for the handler that saves the input when the stack runs over.
#[expect(unsafe_code, reason = "only the system can be asked for it")]
pub fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let room = Box::leak(vec![0u8; HANDLER_STACK_BYTES].into_boxed_slice());
        let stack = libc::stack_t { ss_sp: room.as_mut_ptr().cast(), ss_flags: 0, ss_size: room.len() };
        // SAFETY: the room is never given back.
        unsafe { libc::sigaltstack(&stack, std::ptr::null_mut()) };
    });
}

/// Processor time of this process.
#[expect(unsafe_code, reason = "only the system can be asked for it")]
fn cpu_ms() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the time is written to a place of ours.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as u64 * 1_000 + time.tv_nsec as u64 / 1_000_000
}
