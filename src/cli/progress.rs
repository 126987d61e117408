//! Steps of a scan in, a bar on stderr out: only on a terminal, and only when the scan takes a while.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::job::Step;

/// Scans shorter than this show nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// The bar of one file.
pub(super) struct Bar {
    name: String,
    bytes: u64,
    started: Instant,
    drawn: Option<Mutex<Option<ProgressBar>>>,
}

impl Bar {
    /// A bar that shows nothing yet; nothing ever where it is not wanted.
    pub(super) fn new(name: &str, bytes: u64, wanted: bool) -> Bar {
        Bar {
            name: crate::report::text::safe(name),
            bytes,
            started: Instant::now(),
            drawn: wanted.then(|| Mutex::new(None)),
        }
    }

    /// Tells how far it is.
    pub(super) fn tell(&self, step: Step) {
        let Some(drawn) = &self.drawn else { return };
        if self.started.elapsed() < PATIENCE {
            return;
        }
        // Whoever holds it draws; nobody waits for a bar.
        let Ok(mut drawn) = drawn.try_lock() else { return };
        let bar = drawn.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(self.bytes), ProgressDrawTarget::stderr());
            let template = "{prefix} {bar:24} {bytes}/{total_bytes} {binary_bytes_per_sec} {msg} {eta}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.set_prefix(self.name.clone());
            bar
        });
        bar.set_position(step.bytes.min(self.bytes));
        bar.set_message(format!("{} rows", step.rows));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(drawn) = &self.drawn
            && let Ok(mut drawn) = drawn.lock()
            && let Some(bar) = drawn.take()
        {
            bar.finish_and_clear();
        }
    }
}
