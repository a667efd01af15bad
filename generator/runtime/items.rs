// needs: api_error error pages | crates: futures_core
//! All items of a paginated list.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use super::api_error::{ErrorPayload, Undocumented};
use super::error::Error;
use super::pages::Pages;

/// The items of all pages, fetched on demand: a [`Stream`], with [`next`](Self::next) and
/// [`try_collect`](Self::try_collect) as inherent methods. It ends as [`Pages`] do.
#[must_use = "a stream does nothing unless it is read"]
pub struct Items<T, E = Undocumented> {
    pages: Pages<Vec<T>, E>,
    items: IntoIter<T>,
}

impl<T, E: ErrorPayload> Items<T, E> {
    /// The items of pages, of each of which a function takes them.
    #[doc(hidden)]
    pub fn new<P: 'static>(pages: Pages<P, E>, items: fn(P) -> Vec<T>) -> Self
    where
        T: 'static,
        E: 'static,
    {
        Self { pages: pages.map(items), items: Vec::new().into_iter() }
    }

    /// The next item; `None` after the last item or an error.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Collects all remaining items, or returns the first error.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

impl<T, E: ErrorPayload> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(items)) => this.items = items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Nothing is structurally pinned: items are moved out.
impl<T, E> Unpin for Items<T, E> {}

/// Shows neither items nor parameter values.
impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Items").field("pages", &self.pages).field("buffered", &self.items.len()).finish()
    }
}
