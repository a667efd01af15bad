//! Unions: an open enum of shapes, written as the table of how to distinguish them.

use std::cmp::Reverse;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::{declared::about, scope::FileScope};
use crate::{
    ir::{Api, Dispatch, Presence, Primitive, Shape, TagKind, Type, TypeId, Union, Variant},
    name::Ident,
};

/// `union! { pub enum Shape by "type" from { Circle(Circle): "circle", Rect(Rect): "rect"; Unknown } }` or
/// `union! { pub enum Pet from { Cat(Cat), Dog(Dog); Unknown } }`; variants without a tag come
/// last, the most specific first.
pub(super) fn emit(id: TypeId, union: &Union, scope: &FileScope<'_>) -> TokenStream {
    described(id, union, &about(scope.context(), id), &[], scope)
}

/// The same with this doc comment, and with those of variants in order.
pub(super) fn described(
    id: TypeId,
    union: &Union,
    about: &TokenStream,
    notes: &[TokenStream],
    scope: &FileScope<'_>,
) -> TokenStream {
    let context = scope.context();
    let names = context.names.type_def(id);
    let (ident, open) = (&names.ident, &names.open);
    let mut variants: Vec<(usize, (&Variant, &Ident))> =
        union.variants.iter().zip(&names.parts).enumerate().collect();
    // The sort is stable: variants with tags, which are not tried, stay in document order.
    variants.sort_by_key(|(_, (variant, _))| {
        let is_tried = variant.tags.is_empty();
        (is_tried, is_tried.then(|| Reverse(specificity(&variant.ty, context.api))))
    });
    let by = match &union.dispatch {
        Dispatch::Tag(property) => Some(quote! { by #property }),
        Dispatch::Trial => None,
    };
    let mut others: Vec<&(usize, (&Variant, &Ident))> =
        variants.iter().filter(|(index, _)| union.is_fallback(*index)).collect();
    others.sort_by_key(|(_, (variant, _))| Reverse(specificity(&variant.ty, context.api)));
    let (tagged, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(_, (variant, _))| union.is_tag_apart && !variant.tags.is_empty());
    let names = |found: Vec<&(usize, (&Variant, &Ident))>, word: TokenStream| {
        let names: Vec<Ident> = found.iter().map(|(_, (_, name))| (*name).clone()).collect();
        (by.is_some() && !names.is_empty()).then(|| quote! { #word #(#names),* })
    };
    let (tagged, others) = (names(tagged, quote! { or }), names(others, quote! { else }));
    let entries = variants.iter().map(|(index, (variant, name))| {
        let ty = scope.boxed(scope.ty(&variant.ty), context.facts.is_boxed(id, *index));
        let tags = variant.tags.iter().map(|tag| literal(tag, variant.tag_kind));
        let tags = (by.is_some() && !variant.tags.is_empty()).then(|| quote! { : #(#tags)|* });
        let note = notes.get(*index);
        quote! { #note #name(#ty) #tags }
    });
    let from = are_distinct(union, context.api).then(|| quote! { from });
    let table = scope.runtime_macro("union", "union");
    quote! { #table! { #about pub enum #ident #by #from { #(#entries),* ; #open #tagged #others } } }
}

/// A discriminator value as a literal of its kind; a string if it does not parse as that kind.
fn literal(tag: &str, kind: TagKind) -> TokenStream {
    match (kind, tag.parse::<i64>(), tag.parse::<bool>()) {
        (TagKind::Integer, Ok(number), _) => Literal::i64_unsuffixed(number).into_token_stream(),
        (TagKind::Flag, _, Ok(flag)) => flag.into_token_stream(),
        (TagKind::Text | TagKind::Integer | TagKind::Flag, ..) => tag.into_token_stream(),
    }
}

/// Whether no two variants have the same Rust type, so that each can be converted from its own.
fn are_distinct(union: &Union, api: &Api) -> bool {
    let types: Vec<Type> = union.variants.iter().map(|variant| resolved(&variant.ty, api, 0)).collect();
    types.iter().enumerate().all(|(index, ty)| !types[..index].contains(ty))
}

/// Resolves aliases in a type. Types nested too deeply count as any value, which is never distinct.
fn resolved(ty: &Type, api: &Api, depth: usize) -> Type {
    let inner = |ty: &Type| Box::new(resolved(ty, api, depth + 1));
    match ty {
        _ if depth > 16 => Type::Any,
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Alias(ty) => resolved(ty, api, depth + 1),
            Shape::Record(_)
            | Shape::Enumeration(_)
            | Shape::Union(_)
            | Shape::Cases(_)
            | Shape::Multipart(_) => Type::Named(api.declared(*id)),
        },
        Type::List(item) => Type::List(inner(item)),
        Type::Map(value) => Type::Map(inner(value)),
        Type::Nullable(some) => Type::Nullable(inner(some)),
        Type::Tuple(items, rest) => {
            let items = items.iter().map(|item| resolved(item, api, depth + 1)).collect();
            Type::Tuple(items, rest.as_deref().map(inner))
        }
        Type::Primitive(_) | Type::Scalar(_) | Type::Any | Type::File => ty.clone(),
    }
}

/// How much a value must have to fit: more specific shapes are tried first.
pub(super) fn specificity(ty: &Type, api: &Api) -> usize {
    match ty {
        Type::Any => 0,
        Type::Primitive(Primitive::Float | Primitive::String) | Type::Map(_) => 1,
        Type::Primitive(_) | Type::Scalar(_) | Type::List(_) | Type::File => 2,
        Type::Tuple(items, _) => 2 + items.len(),
        Type::Nullable(inner) => specificity(inner, api),
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Record(record) => {
                let required = record
                    .fields
                    .iter()
                    .filter(|field| matches!(field.presence, Presence::Required | Presence::Nullable));
                2 + 100 * required.count() + record.fields.len().min(99)
            }
            Shape::Enumeration(_) => 3,
            Shape::Union(_) | Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => 2,
        },
    }
}
