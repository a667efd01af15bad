//! Properties: their types, and whether they can be absent, null, or more than are named.

mod additional;
mod nullable;
mod optional;
mod value_types;

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    additional::run(trial).await;
    nullable::run(trial).await;
    optional::run(trial).await;
    value_types::run(trial).await;
}
