//! Types of the crate's own, which the configuration names.

use std::{convert::Infallible, fmt, str::FromStr};

/// Where a book stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf(pub String);

impl fmt::Display for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Shelf {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}
