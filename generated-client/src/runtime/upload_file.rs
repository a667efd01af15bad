// needs: threaded transport upload | crates: bytes futures_core
//! Files of the disk as uploads.
//!
//! What is here is `#[inline]`: it is compiled in the programs that use it.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;

use bytes::Bytes;
use futures_core::Stream;

use super::threaded::{self, channel};
use super::transport::{TransportError, TransportErrorKind};
use super::upload::Upload;

impl Upload {
    /// Sends a file of the disk, with its length. A thread of its own reads it, and opens it again for each attempt.
    ///
    /// What is not a regular file, such as a pipe, is sent as a [stream](Self::from_stream); opening a pipe waits for its
    /// writer.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        if !metadata.is_file() {
            return Ok(Self::from_stream(Chunks::new(Source::Opened(file))));
        }
        let path = path.to_owned();
        Ok(Self::from_fn(move || Chunks::new(Source::Path(path.clone()))).with_length(metadata.len()))
    }
}

enum Source {
    Path(PathBuf),
    Opened(File),
}

impl Source {
    #[inline]
    fn open(self) -> io::Result<File> {
        match self {
            Source::Path(path) => File::open(path),
            Source::Opened(file) => Ok(file),
        }
    }
}

/// The chunks of a file, whose thread starts when the first is asked for.
struct Chunks {
    source: Option<Source>,
    started: Option<threaded::Chunks>,
}

impl Chunks {
    #[inline]
    fn new(source: Source) -> Self { Self { source: Some(source), started: None } }
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(source) = self.source.take() {
            match start(source) {
                Ok(chunks) => self.started = Some(chunks),
                Err(error) => return Poll::Ready(Some(Err(failed(error)))),
            }
        }
        match &mut self.started {
            Some(chunks) => Pin::new(chunks).poll_next(context),
            None => Poll::Ready(None),
        }
    }
}

/// Starts the thread that reads a file.
#[inline]
fn start(source: Source) -> io::Result<threaded::Chunks> {
    let (sender, chunks) = channel();
    thread::Builder::new().spawn(move || match source.open() {
        Ok(file) => sender.pass_on(file, failed),
        Err(error) => drop(sender.send(Err(failed(error)))),
    })?;
    Ok(chunks)
}

#[inline]
fn failed(error: io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Upload, "a file that is sent could not be read").with_source(error)
}
