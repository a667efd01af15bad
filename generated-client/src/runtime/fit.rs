// needs: | crates:
//! How well the types that a text is read as fit it; a union uses this to choose among its variants.

/// How many bytes may be read again per byte of text, to try variants or to keep deviating values.
const REREAD_FACTOR: usize = 64;

/// Counts of what did not fit, at any depth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// Values that were kept although their type does not list them.
    pub(super) surprises: usize,
    /// Members that their object's type does not declare, and required members that are absent.
    pub(super) strays: usize,
    /// How many bytes may still be read again.
    rereads: usize,
}

impl Fit {
    /// Creates the counts for a text of the given length.
    pub(super) fn new(length: usize) -> Self {
        Fit { surprises: 0, strays: 0, rereads: length.saturating_mul(REREAD_FACTOR) }
    }

    /// Starts a trial with zero counts.
    pub(super) fn fork(&self) -> Self { Fit { surprises: 0, strays: 0, ..*self } }

    /// Adds the counts of an accepted trial.
    pub(super) fn joined(&self, trial: &Fit) -> Self {
        Fit {
            surprises: self.surprises + trial.surprises,
            strays: self.strays + trial.strays,
            rereads: self.rereads.min(trial.rereads),
        }
    }

    /// Charges the bytes of an abandoned trial; `false` if no other may follow.
    pub(super) fn abandon(&mut self, trial: &Fit, bytes: usize) -> bool {
        // includes what the trial itself read again
        self.rereads = self.rereads.min(trial.rereads);
        self.spend(bytes)
    }

    /// Charges bytes that are read again; `false` if the limit is reached.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        self.rereads = self.rereads.saturating_sub(bytes.max(1));
        self.rereads > 0
    }
}
