//! Lists of words. Data only.

pub(super) mod brands;
pub(super) mod nouns;
pub(super) mod particles;
pub(super) mod stock;
#[cfg(test)]
mod tests;
pub(super) mod verbs;
