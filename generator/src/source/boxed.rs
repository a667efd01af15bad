//! Collections behind a pointer.

use std::ops::{Deref, DerefMut};

/// A collection behind a pointer that is null while the collection is empty. Most nodes of a document are scalars or
/// empty, so this keeps nodes small and empty collections free.
#[derive(Clone, Debug)]
pub struct Boxed<T>(Option<Box<T>>);

/// A collection with a shared empty value.
pub trait Collection: Default + 'static {
    /// The shared empty value.
    fn empty() -> &'static Self;

    /// Whether it has no items.
    fn is_empty(&self) -> bool;
}

impl<T> Default for Boxed<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Collection + PartialEq> PartialEq for Boxed<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Collection> From<T> for Boxed<T> {
    fn from(items: T) -> Self {
        Self((!items.is_empty()).then(|| Box::new(items)))
    }
}

impl<T: Collection> Deref for Boxed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(items) => items,
            None => T::empty(),
        }
    }
}

impl<T: Collection> DerefMut for Boxed<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<A, T: FromIterator<A> + Collection> FromIterator<A> for Boxed<T> {
    fn from_iter<I: IntoIterator<Item = A>>(items: I) -> Self {
        Self::from(items.into_iter().collect::<T>())
    }
}

impl<A, T: Extend<A> + Collection> Extend<A> for Boxed<T> {
    fn extend<I: IntoIterator<Item = A>>(&mut self, items: I) {
        (**self).extend(items);
    }
}

impl<T: IntoIterator + Collection> IntoIterator for Boxed<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;

    fn into_iter(self) -> T::IntoIter {
        self.0.map_or_else(T::default, |items| *items).into_iter()
    }
}

impl<'b, T: Collection> IntoIterator for &'b Boxed<T>
where
    &'b T: IntoIterator,
{
    type Item = <&'b T as IntoIterator>::Item;
    type IntoIter = <&'b T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

impl<'b, T: Collection> IntoIterator for &'b mut Boxed<T>
where
    &'b mut T: IntoIterator,
{
    type Item = <&'b mut T as IntoIterator>::Item;
    type IntoIter = <&'b mut T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}
