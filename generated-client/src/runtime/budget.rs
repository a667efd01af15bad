// needs: | crates:
//! Limits on what reading a text may cost: the stack that its values need while they are read, cloned, compared or
//! printed, and the memory they take.
//!
//! A few bytes can cost much: `{}` may be a struct of a thousand fields, `[[[[` is four nested calls.

use std::cell::Cell;

/// The stack an array needs in bytes, whatever it holds.
pub const ARRAY: usize = 820;

/// The stack an object needs, whatever it holds.
pub const OBJECT: usize = 1_440;

/// The stack a union with tagged variants needs.
pub const TAGGED: usize = 1_000;

/// The stack a union needs whose variants are tried in turn.
pub const TRIED: usize = 3_200;

/// How many copies of a struct are on the stack while it is cloned.
pub const COPIES: usize = 2;

/// How many more copies there are if the struct is an item of a list or a value of a map.
pub const ITEM_COPIES: usize = 3;

/// The stack a struct field needs besides its own size: a pointer to it.
pub const SLOT: usize = 16;

/// The memory in bytes that the values of any text may take, however short the text.
const BASE: usize = 64 << 20;

/// Limits on what reading a text may cost.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Bytes of stack that nested values may need while they are read, cloned, compared, printed or dropped. The cost
    /// of each was measured in an unoptimised build, which needs the most.
    pub stack: usize,
    /// Bytes of memory that the values may take per byte of text, beyond 64 MiB.
    pub expansion: usize,
}

impl Allowance {
    /// For a thread with a 128 KiB stack, part of which the caller needs.
    pub const DEFAULT: Self = Self { stack: 104 << 10, expansion: 32 };
}

thread_local! {
    /// The bytes of blank values made but not yet charged to a budget.
    static TAKEN: Cell<usize> = const { Cell::new(0) };
}

/// What is left to spend.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    stack: usize,
    memory: usize,
}

impl Budget {
    /// Returns the budget for a text of the given length.
    pub(super) fn new(length: usize, allowance: Allowance) -> Self {
        let memory = length.saturating_mul(allowance.expansion).saturating_add(BASE);
        Budget { stack: allowance.stack, memory }
    }

    /// Reserves stack; `false` if too little is left.
    pub(super) fn enter(&mut self, bytes: usize) -> bool {
        let left = self.stack.checked_sub(bytes);
        self.stack = left.unwrap_or(self.stack);
        left.is_some()
    }

    /// Releases stack.
    pub(super) fn leave(&mut self, bytes: usize) { self.stack += bytes; }

    /// The stack that is left, for a later [`reset`](Self::reset).
    pub(super) fn stack(&self) -> usize { self.stack }

    /// Restores the stack that was left at an earlier point.
    pub(super) fn reset(&mut self, stack: usize) { self.stack = stack; }

    /// Charges memory, including that of blank values noted since the last charge; `false` if too little is left.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let left = self.memory.checked_sub(TAKEN.take().saturating_add(bytes));
        self.memory = left.unwrap_or(0);
        left.is_some()
    }
}

/// Notes that a blank value was made behind a pointer.
pub(super) fn note(bytes: usize) { TAKEN.set(TAKEN.get().saturating_add(bytes)); }

/// Forgets the noted blank values, which no longer exist or belong to an earlier read.
pub(super) fn forget() { TAKEN.set(0); }
