// needs: | crates:
//! How well the types that a text was read as fit it: what a union goes by to choose among its variants.

/// How many bytes may be read again, in search of a variant or to keep what deviates, for each byte of the text.
const REREAD_FACTOR: usize = 64;

/// A count of what did not fit, at whatever depth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// Values that were kept although their type does not know them.
    pub(super) surprises: usize,
    /// Members that the type of their object does not name, and members that it requires and that are absent.
    pub(super) strays: usize,
    /// How many bytes may still be read again.
    rereads: usize,
}

impl Fit {
    /// The start of a text of some length.
    pub(super) fn new(length: usize) -> Self {
        Fit { surprises: 0, strays: 0, rereads: length.saturating_mul(REREAD_FACTOR) }
    }

    /// A trial.
    pub(super) fn fork(&self) -> Self { Fit { surprises: 0, strays: 0, ..*self } }

    /// What is known once a trial has been accepted.
    pub(super) fn joined(&self, trial: &Fit) -> Self {
        Fit {
            surprises: self.surprises + trial.surprises,
            strays: self.strays + trial.strays,
            rereads: self.rereads.min(trial.rereads),
        }
    }

    /// Accounts for a trial that came to nothing after some bytes; `false` if it must be the last.
    pub(super) fn abandon(&mut self, trial: &Fit, bytes: usize) -> bool {
        // what the trial read again itself is spent as well
        self.rereads = self.rereads.min(trial.rereads);
        self.spend(bytes)
    }

    /// Accounts for bytes that are read again; `false` if no more may be.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        self.rereads = self.rereads.saturating_sub(bytes.max(1));
        self.rereads > 0
    }
}
