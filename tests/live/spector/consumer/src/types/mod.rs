//! Types of values, models and properties.

mod array;
mod dictionary;
mod discriminator;
mod enumeration;
mod file;
mod model;
mod property;
mod scalar;
mod union;

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    array::run(trial).await;
    dictionary::run(trial).await;
    discriminator::run(trial).await;
    enumeration::run(trial).await;
    file::run(trial).await;
    model::run(trial).await;
    property::run(trial).await;
    scalar::run(trial).await;
    union::run(trial).await;
}
