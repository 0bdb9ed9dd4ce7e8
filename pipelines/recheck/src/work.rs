//! How much work a program may be. Stored programs come from files that others may have made; they are counted while they
//! run and stopped at a limit, so that none of them keeps a reader busy.

use std::cell::Cell;

use crate::error::RecheckError;

/// Most work of one program: about half a second. A question about a picture takes a thousandth of it.
const WORK_MAX: u64 = 50_000_000;

/// What a number of 128 bits costs when it is read to be reckoned with, beside looking at a cell.
pub(crate) const SMALL_NUMBER: u64 = 50;
/// What a larger number costs.
pub(crate) const LARGE_NUMBER: u64 = 1_000;

/// Work done so far.
#[derive(Debug, Default)]
pub(crate) struct Work(Cell<u64>);

impl Work {
    /// Forgets what was done for another program.
    pub(crate) fn begin(&self) {
        self.0.set(0);
    }

    /// Adds to it.
    ///
    /// # Errors
    /// It is too much.
    pub(crate) fn add(&self, amount: u64) -> Result<(), RecheckError> {
        let sum = self.0.get().saturating_add(amount);
        self.0.set(sum);
        if sum > WORK_MAX { Err(RecheckError::TooMuch) } else { Ok(()) }
    }

    /// As [`Work::add`], for so many things.
    pub(crate) fn add_each(&self, things: usize) -> Result<(), RecheckError> {
        self.add(things as u64)
    }
}
