//! Collections behind a pointer.

use std::ops::{Deref, DerefMut};

/// A collection behind a pointer. Most nodes of a document are scalars, and this keeps a collection from making all of them as
/// large as itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boxed<T>(Box<T>);

impl<T> From<T> for Boxed<T> {
    fn from(items: T) -> Self {
        Self(Box::new(items))
    }
}

impl<T> Deref for Boxed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Boxed<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<A, T: FromIterator<A>> FromIterator<A> for Boxed<T> {
    fn from_iter<I: IntoIterator<Item = A>>(items: I) -> Self {
        Self::from(items.into_iter().collect::<T>())
    }
}

impl<A, T: Extend<A>> Extend<A> for Boxed<T> {
    fn extend<I: IntoIterator<Item = A>>(&mut self, items: I) {
        self.0.extend(items);
    }
}

impl<T: IntoIterator> IntoIterator for Boxed<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;

    fn into_iter(self) -> T::IntoIter {
        (*self.0).into_iter()
    }
}

impl<'b, T> IntoIterator for &'b Boxed<T>
where
    &'b T: IntoIterator,
{
    type Item = <&'b T as IntoIterator>::Item;
    type IntoIter = <&'b T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&*self.0).into_iter()
    }
}

impl<'b, T> IntoIterator for &'b mut Boxed<T>
where
    &'b mut T: IntoIterator,
{
    type Item = <&'b mut T as IntoIterator>::Item;
    type IntoIter = <&'b mut T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&mut *self.0).into_iter()
    }
}
