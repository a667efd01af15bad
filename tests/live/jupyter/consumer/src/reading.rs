//! How replies are read that are not what the document says: what the client tells of them, and what is expected.

use jupyter_client::{ClientBuilder, Response};

/// What the client was generated from, and how it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// From the document that the server brings along; replies that deviate are read.
    Published,
    /// From the same; replies that deviate are refused.
    Strict,
    /// From the document with the corrections that a recording asks for; replies that deviate are refused.
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

impl Reading {
    /// What is to come of a reply that deviates from the published document at some JSON paths.
    pub fn expected(self, deviating: &[&str]) -> Outcome {
        let mut paths: Vec<String> = deviating.iter().map(|path| (*path).to_owned()).collect();
        paths.sort();
        match self {
            Reading::Corrected => Outcome::Read(Vec::new()),
            Reading::Strict if !paths.is_empty() => Outcome::Refused(paths),
            Reading::Published | Reading::Strict => Outcome::Read(paths),
        }
    }

    /// Sets how a client reads.
    pub fn prepare(self, builder: ClientBuilder) -> ClientBuilder {
        builder.strict_reading(self != Reading::Published)
    }
}

/// The JSON paths at which a reply is not what the document says, in the order of the alphabet.
pub fn deviations<T>(response: &Response<T>) -> Vec<String> {
    let mut paths: Vec<String> = response.deviations().iter().map(|place| place.path()).collect();
    paths.sort();
    paths
}
