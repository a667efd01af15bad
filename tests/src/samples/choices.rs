//! The choices that make up a value: taken from a script as far as it goes, then the first, or any.

use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

/// What is chosen where the script says nothing.
pub enum Beyond {
    /// The first: what is most usual.
    First,
    /// Any.
    Any(Box<ChaCha8Rng>),
}

/// The choices for one value. The first of several is always the most usual.
pub struct Choices<'s> {
    script: &'s [usize],
    beyond: Beyond,
    /// What was chosen, and of how many.
    pub taken: Vec<(usize, usize)>,
}

impl<'s> Choices<'s> {
    /// As the script has it, and beyond that the first.
    pub fn first(script: &'s [usize]) -> Self {
        Self { script, beyond: Beyond::First, taken: Vec::new() }
    }

    /// Any, the same for the same seed.
    pub fn any(seed: u64) -> Self {
        let random = ChaCha8Rng::seed_from_u64(seed);
        Self { script: &[], beyond: Beyond::Any(Box::new(random)), taken: Vec::new() }
    }

    /// Chooses one of several by its index.
    pub fn of(&mut self, count: usize) -> usize {
        if count < 2 {
            return 0;
        }
        let chosen = match self.script.get(self.taken.len()) {
            Some(scripted) => (*scripted).min(count - 1),
            None => match &mut self.beyond {
                Beyond::First => 0,
                Beyond::Any(random) => random.random_range(0..count),
            },
        };
        self.taken.push((chosen, count));
        chosen
    }

    /// Chooses one of a list.
    pub fn from<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.of(list.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::Choices;

    #[test]
    fn a_script_is_followed_then_the_first_is_taken() {
        let mut choices = Choices::first(&[2, 9]);
        assert_eq!((choices.of(3), choices.of(1), choices.of(4), choices.of(2)), (2, 0, 3, 0));
        assert_eq!(choices.taken, [(2, 3), (3, 4), (0, 2)]);
    }

    #[test]
    fn a_seed_gives_the_same_choices() {
        let taken = |seed| {
            let mut choices = Choices::any(seed);
            (0..20).for_each(|_| _ = choices.of(9));
            choices.taken
        };
        assert_eq!(taken(7), taken(7));
        assert_ne!(taken(7), taken(8));
    }
}
