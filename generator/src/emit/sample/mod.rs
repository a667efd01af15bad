//! JSON values as the Rust that a user writes for them: `UserUpdate::new().name("Ann").lang(UserLanguage::De)`.
//!
//! A value that does not fit its type, or is not there, becomes a plain one of the type, so that the code compiles
//! whatever the document gives as an example.

mod record;
mod scalar;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::scope::FileScope;
use crate::{
    analyse,
    ir::{Enumeration, MemberValue, Shape, Type, TypeId, Union},
};

/// How deep values are written that are not there.
const DEEPEST: usize = 12;

/// Where a value is written, which decides about its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Where the type itself is needed: an item of a list, an argument.
    Exact,
    /// Where what converts into the type is taken: a setter, a constructor.
    Converted,
}

/// Writes values in a file.
#[derive(Clone, Copy)]
pub(super) struct Samples<'s, 'a> {
    scope: &'s FileScope<'a>,
    depth: usize,
}

impl<'s, 'a> Samples<'s, 'a> {
    /// Values in a file, which imports what they name.
    pub(super) fn new(scope: &'s FileScope<'a>) -> Self {
        Self { scope, depth: 0 }
    }

    /// A value as the argument of a call or of its setter: by reference unless it is `Copy`.
    pub(super) fn argument(self, ty: &Type, value: Option<&Value>) -> TokenStream {
        match ty {
            Type::List(item) => {
                let items = self.items(item, value);
                quote! { &[#(#items),*] }
            }
            Type::Primitive(_) => self.written(ty, value, Place::Converted),
            Type::Scalar(scalar) if super::scalar::is_copied(scalar) => self.owned(ty, value),
            Type::Scalar(_)
            | Type::Any
            | Type::Named(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Tuple(..)
            | Type::File => {
                let owned = self.owned(ty, value);
                quote! { &#owned }
            }
        }
    }

    /// A value of exactly the type.
    pub(super) fn owned(self, ty: &Type, value: Option<&Value>) -> TokenStream {
        self.written(ty, value, Place::Exact)
    }

    fn written(self, ty: &Type, value: Option<&Value>, place: Place) -> TokenStream {
        let inner = Self { depth: self.depth + 1, ..self };
        match ty {
            Type::Primitive(primitive) => self.primitive(*primitive, value, place),
            Type::Scalar(scalar) => self.scalar(scalar, value),
            Type::Any => self.any(value),
            Type::Named(id) => inner.named(*id, value, place),
            Type::List(item) => {
                let items = inner.items(item, value);
                quote! { vec![#(#items),*] }
            }
            Type::Map(of) => inner.map(of, value),
            Type::Tuple(items, rest) => inner.tuple(items, rest.as_deref(), value),
            Type::Nullable(some) => match value.filter(|value| !value.is_null()) {
                None => quote! { None },
                Some(value) => {
                    let value = inner.owned(some, Some(value));
                    quote! { Some(#value) }
                }
            },
            Type::File => {
                let (file, content) = (self.scope.runtime("multipart", "File"), text_or_word(value));
                quote! { #file::new(#content) }
            }
        }
    }

    /// The items of a list. Any other value is its only item, as where a form takes a file or several.
    fn items(self, item: &Type, value: Option<&Value>) -> Vec<TokenStream> {
        let values: &[Value] = match value {
            Some(Value::Array(items)) => items,
            Some(Value::Null) | None => &[],
            Some(only) => std::slice::from_ref(only),
        };
        values.iter().map(|value| self.owned(item, Some(value))).collect()
    }

    fn map(self, of: &Type, value: Option<&Value>) -> TokenStream {
        let map = self.scope.map();
        let entries = value.and_then(Value::as_object).into_iter().flatten().map(|(key, value)| {
            let value = self.owned(of, Some(value));
            quote! { (#key.to_owned(), #value) }
        });
        let entries: Vec<TokenStream> = entries.collect();
        if entries.is_empty() {
            quote! { #map::new() }
        } else {
            quote! { #map::from([#(#entries),*]) }
        }
    }

    fn tuple(self, items: &[Type], rest: Option<&Type>, value: Option<&Value>) -> TokenStream {
        let values = value.and_then(Value::as_array);
        let first = items
            .iter()
            .enumerate()
            .map(|(index, ty)| self.owned(ty, values.and_then(|values| values.get(index))));
        let tuple = match first.collect::<Vec<_>>().as_slice() {
            [only] => quote! { (#only,) },
            several => quote! { (#(#several),*) },
        };
        match rest {
            None => tuple,
            Some(_) => {
                let open = self.scope.runtime("tuple", "OpenTuple");
                quote! { #open::from(#tuple) }
            }
        }
    }

    fn named(self, id: TypeId, value: Option<&Value>, place: Place) -> TokenStream {
        let context = self.scope.context();
        let id = context.api.declared(id);
        match &context.api.type_def(id).shape {
            Shape::Record(record) => self.record(id, record, value),
            Shape::Multipart(form) => self.multipart(id, form, value),
            Shape::Enumeration(constants) => self.constant(id, constants, value),
            Shape::Union(union) => self.union(id, union, value),
            Shape::Alias(ty) if context.facts.is_newtype(id) => {
                let (ident, inner) = (self.scope.model(id), self.owned(ty, value));
                quote! { #ident(#inner) }
            }
            Shape::Alias(ty) => self.written(ty, value, place),
            // Bodies by status are received, never sent.
            Shape::Cases(_) => quote! { () },
        }
    }

    /// The variant of a constant, or the first one.
    fn constant(self, id: TypeId, constants: &Enumeration, value: Option<&Value>) -> TokenStream {
        let (ident, names) = (self.scope.model(id), self.scope.context().names.type_def(id));
        let is_it = |member: &MemberValue| match member {
            MemberValue::Text(text) => value.and_then(Value::as_str) == Some(text),
            MemberValue::Integer(number) => value.and_then(scalar::integer) == Some(*number),
        };
        let index = constants.members.iter().position(|member| is_it(&member.value)).unwrap_or(0);
        match names.parts.get(index) {
            Some(variant) => quote! { #ident::#variant },
            None => {
                let (open, text) = (&names.open, text_or_word(value));
                quote! { #ident::#open(#text.to_owned()) }
            }
        }
    }

    /// The alternative that holds the value, or the first one.
    fn union(self, id: TypeId, union: &Union, value: Option<&Value>) -> TokenStream {
        let context = self.scope.context();
        let (ident, names) = (self.scope.model(id), context.names.type_def(id));
        let chosen = match value {
            Some(value) => analyse::choice(context.api, union, value),
            None => (self.depth < DEEPEST).then_some(0),
        };
        let chosen =
            chosen.and_then(|index| Some((index, union.variants.get(index)?, names.parts.get(index)?)));
        let Some((index, variant, name)) = chosen else {
            let (open, value) = (&names.open, self.any(value));
            return quote! { #ident::#open(#value) };
        };
        let inner = self.owned(&variant.ty, value);
        if context.facts.is_boxed(id, index) {
            let boxed = self.scope.prelude("Box");
            quote! { #ident::#name(#boxed::new(#inner)) }
        } else {
            quote! { #ident::#name(#inner) }
        }
    }
}

/// A text, or a word in its place.
fn text_or_word(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or("text")
}
