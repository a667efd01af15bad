//! Bodies by their media types, and lists that come in pages.

mod content_negotiation;
mod media_type;
mod merge_patch;
mod multipart;
mod pageable;
mod xml;

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    content_negotiation::run(trial).await;
    media_type::run(trial).await;
    merge_patch::run(trial).await;
    multipart::run(trial).await;
    pageable::run(trial).await;
    xml::run(trial).await;
}
