// needs: | crates:
//! What reading a text may cost: how much of the stack its values need while they are read, cloned, compared or printed, and
//! how much memory they take.
//!
//! A few bytes may stand for much: `{}` for a struct of a thousand fields, `[[[[` for four calls in each other.

use std::cell::Cell;

/// The stack of an array, whatever it holds, in bytes.
pub const ARRAY: usize = 820;

/// The stack of an object, whatever it holds.
pub const OBJECT: usize = 1_440;

/// The stack of a union whose variants have tags.
pub const TAGGED: usize = 1_000;

/// The stack of a union whose variants are tried.
pub const TRIED: usize = 3_200;

/// How many copies of a struct lie on the stack while it is cloned.
pub const COPIES: usize = 2;

/// How many further copies do if it is an item of a list or the value of a map.
pub const ITEM_COPIES: usize = 3;

/// The stack of a field of a struct, besides its own size: a pointer to it.
pub const SLOT: usize = 16;

/// How many bytes of memory the values of a text may take however short it is.
const BASE: usize = 64 << 20;

/// What reading a text may cost.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// How many bytes of stack the values that stand in each other may need while they are read, cloned, compared, printed
    /// or dropped. What each needs is measured in a build without optimisation, which needs most.
    pub stack: usize,
    /// How many bytes of memory they may take for each of the text's own, beyond 64 MiB.
    pub expansion: usize,
}

impl Allowance {
    /// For a thread of 128 KiB, of which whoever calls needs some.
    pub const DEFAULT: Self = Self { stack: 104 << 10, expansion: 32 };
}

thread_local! {
    /// The bytes of blank values that were made and not yet taken from a budget.
    static TAKEN: Cell<usize> = const { Cell::new(0) };
}

/// What is left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    stack: usize,
    memory: usize,
}

impl Budget {
    /// What may be spent on a text of some length.
    pub(super) fn new(length: usize, allowance: Allowance) -> Self {
        let memory = length.saturating_mul(allowance.expansion).saturating_add(BASE);
        Budget { stack: allowance.stack, memory }
    }

    /// Takes from the stack until it is given back; `false` if there is too little.
    pub(super) fn enter(&mut self, bytes: usize) -> bool {
        let left = self.stack.checked_sub(bytes);
        self.stack = left.unwrap_or(self.stack);
        left.is_some()
    }

    /// Gives back to the stack.
    pub(super) fn leave(&mut self, bytes: usize) { self.stack += bytes; }

    /// The stack that is left, to come back to.
    pub(super) fn stack(&self) -> usize { self.stack }

    /// Goes back to where so much of the stack was left.
    pub(super) fn reset(&mut self, stack: usize) { self.stack = stack; }

    /// Takes memory, with that of the blank values that were made since; `false` if there is too little.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let left = self.memory.checked_sub(TAKEN.take().saturating_add(bytes));
        self.memory = left.unwrap_or(0);
        left.is_some()
    }
}

/// Notes that a blank value was made behind a pointer.
pub(super) fn note(bytes: usize) { TAKEN.set(TAKEN.get().saturating_add(bytes)); }

/// Forgets the blank values that were noted: they are gone, or were made before.
pub(super) fn forget() { TAKEN.set(0); }
