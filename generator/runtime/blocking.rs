// needs: | crates: futures_core pollster
//! Calls without an async runtime: the thread waits.

use std::future::{IntoFuture, poll_fn};
use std::pin::Pin;

use futures_core::Stream;
use pollster::block_on;

/// Waits for calls, and for whatever else can be awaited.
///
/// The transport must do without an async runtime, as `UreqTransport` does. Not for use in async code, whose thread
/// would stand still.
pub trait Block: IntoFuture + Sized {
    /// Waits until it is done.
    fn block(self) -> Self::Output { block_on(self.into_future()) }
}

impl<F: IntoFuture> Block for F {}

/// Waits for each item of a stream: of `items`, `pages`, `events`, `lines`, or a body that arrives.
pub trait BlockEach: Stream + Unpin + Sized {
    /// The items, each waited for.
    fn block_each(self) -> BlockingIter<Self> { BlockingIter(self) }
}

impl<S: Stream + Unpin> BlockEach for S {}

/// An iterator over a stream, made by [`BlockEach::block_each`].
#[derive(Debug)]
pub struct BlockingIter<S>(S);

impl<S: Stream + Unpin> Iterator for BlockingIter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> { block_on(poll_fn(|context| Pin::new(&mut self.0).poll_next(context))) }
}
