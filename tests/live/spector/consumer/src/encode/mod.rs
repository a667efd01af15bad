//! Values that are written in one of several ways.

mod array;
mod boolean;
mod bytes;
mod datetime;
mod duration;
mod numeric;

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    array::run(trial).await;
    boolean::run(trial).await;
    bytes::run(trial).await;
    datetime::run(trial).await;
    duration::properties(trial).await;
    duration::parameters(trial).await;
    numeric::run(trial).await;
}
