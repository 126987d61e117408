//! Memory ahead of need. The allocator grows the memory by what it lacks just then, often by a single page of 64 KiB, and
//! each growth costs a browser far more than a system: in a wide file a third of the time went into it.

use std::sync::atomic::{AtomicUsize, Ordering};

const PAGE: usize = 64 << 10;
/// Room that is made at once, at most and at least. Pages that nobody touches take no memory.
const MOST: usize = 192 << 20;
const LEAST: usize = 16 << 20;

/// The pages there were when room was made last.
static PAGES: AtomicUsize = AtomicUsize::new(0);

/// Makes room for about so many bytes.
pub(super) fn make(bytes: u64) {
    let bytes = usize::try_from(bytes).map_or(MOST, |it| it.min(MOST));
    let mut room: Vec<u8> = Vec::new();
    // Where there is no such room, the allocator takes what it needs when it needs it.
    _ = room.try_reserve_exact(bytes);
    std::hint::black_box(&room);
    drop(room);
    PAGES.store(std::arch::wasm32::memory_size(0), Ordering::Relaxed);
}

/// Makes more room where the last has not sufficed: a quarter of what there is.
pub(super) fn keep() {
    let pages = std::arch::wasm32::memory_size(0);
    if pages > PAGES.load(Ordering::Relaxed) {
        make((pages * PAGE / 4).max(LEAST) as u64);
    }
}
