//! One of several shapes: an enum of them that keeps what fits none.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    model::{Emitted, about},
    scope::FileScope,
};
use crate::{
    ir::{Dispatch, Shape, Type, TypeDef, TypeId, Union, Variant},
    name::Ident,
};

/// Emits a union.
pub(super) fn emit(
    id: TypeId,
    _def: &TypeDef,
    union: &Union,
    models: &FileScope<'_>,
    codecs: &FileScope<'_>,
) -> Emitted {
    let context = models.context();
    let names = context.names.type_def(id);
    let (about, ident, open) = (about(context, id), &names.ident, &names.open);
    let variants = union.variants.iter().zip(&names.parts).enumerate().map(|(index, (variant, name))| {
        let mut ty = models.ty(&variant.ty);
        if context.facts.is_boxed(id, index) {
            let boxed = models.prelude("Box");
            ty = quote! { #boxed<#ty> };
        }
        quote! { #name(#ty), }
    });
    let value = models.runtime("value", "Value");
    Emitted {
        model: quote! {
            #about
            #[derive(Clone, Debug, PartialEq)]
            pub enum #ident {
                #(#variants)*
                /// A value of none of these shapes, as it came.
                #open(#value),
            }
        },
        codec: codec(id, union, &names.parts, open, codecs),
    }
}

/// `union!(Shape by "type" { Circle: "circle", Rect: "rect"; Unknown });` or
/// `union!(Pet { Cat, Dog; Unknown });`, the most specific first.
fn codec(id: TypeId, union: &Union, names: &[Ident], open: &Ident, scope: &FileScope<'_>) -> TokenStream {
    let (macro_, ident) = (scope.runtime_macro("union", "union"), scope.model(id));
    match &union.dispatch {
        Dispatch::Tag(property) => {
            let entries = union.variants.iter().zip(names).map(|(variant, name)| {
                let tags = &variant.tags;
                quote! { #name: #(#tags)|* }
            });
            let default = union.default.and_then(|index| names.get(index));
            let default = default.map(|name| quote! { else #name });
            quote! { #macro_!(#ident by #property { #(#entries),* ; #open #default }); }
        }
        Dispatch::Trial => {
            let mut order: Vec<(&Variant, &Ident)> = union.variants.iter().zip(names).collect();
            order.sort_by_key(|(variant, _)| std::cmp::Reverse(specificity(&variant.ty, scope)));
            let names = order.iter().map(|(_, name)| name);
            quote! { #macro_!(#ident { #(#names),* ; #open }); }
        }
    }
}

/// How little a value can be and still fit: what demands more is tried before what demands less.
fn specificity(ty: &Type, scope: &FileScope<'_>) -> usize {
    let api = scope.context().api;
    match ty {
        Type::Any => 0,
        Type::Primitive(crate::ir::Primitive::Float | crate::ir::Primitive::String) => 1,
        Type::Map(_) => 1,
        Type::Primitive(_) | Type::List(_) => 2,
        Type::Nullable(inner) => specificity(inner, scope),
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Record(record) => {
                let required = record.fields.iter().filter(|field| {
                    matches!(field.presence, crate::ir::Presence::Required | crate::ir::Presence::Nullable)
                });
                2 + 100 * required.count() + record.fields.len().min(99)
            }
            Shape::Enumeration(_) => 3,
            Shape::Union(_) | Shape::Cases(_) => 2,
            Shape::Alias(_) => 2,
        },
    }
}
