//! How replies are read that are not what the document says: what the client tells of them, and what is expected.

use jupyter_client::{ClientBuilder, Response};

/// Whether the client reads replies that are not what the document says, and tells where.
const READS_DEVIATIONS: bool = cfg!(feature = "deviations");

/// Which document the client was generated from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// The one that the server brings along.
    Published,
    /// The same with the corrections that a recording of its replies asks for.
    Corrected,
}

/// What comes of a reply, with JSON paths in the order of the alphabet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is read, and is what the document says but at these places.
    Read(Vec<String>),
    /// It is refused for what stands at one of these places.
    Refused(Vec<String>),
}

/// What is to come of a reply that deviates from the published document at some JSON paths.
pub fn expected(document: Document, deviating: &[&str]) -> Outcome {
    let mut paths: Vec<String> = deviating.iter().map(|path| (*path).to_owned()).collect();
    paths.sort();
    match document {
        Document::Corrected => Outcome::Read(Vec::new()),
        Document::Published if READS_DEVIATIONS || paths.is_empty() => Outcome::Read(paths),
        Document::Published => Outcome::Refused(paths),
    }
}

/// The JSON paths at which a reply is not what the document says, in the order of the alphabet.
#[cfg(feature = "deviations")]
pub fn deviations<T>(response: &Response<T>) -> Vec<String> {
    let mut paths: Vec<String> = response.deviations().iter().map(|place| place.path()).collect();
    paths.sort();
    paths
}

/// None: such replies are refused.
#[cfg(not(feature = "deviations"))]
pub fn deviations<T>(_: &Response<T>) -> Vec<String> {
    Vec::new()
}

/// A client of the corrected document takes no reply that deviates from it.
#[cfg(feature = "deviations")]
pub fn prepare(builder: ClientBuilder, document: Document) -> ClientBuilder {
    builder.strict_reading(document == Document::Corrected)
}

/// Every client is strict.
#[cfg(not(feature = "deviations"))]
pub fn prepare(builder: ClientBuilder, _: Document) -> ClientBuilder {
    builder
}
