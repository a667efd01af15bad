//! References to types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{scalar::is_copied, scope::FileScope};
use crate::ir::{Integer, Presence, Primitive, Type};

impl FileScope<'_> {
    /// A type where it is stored.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Primitive(primitive) => self.primitive(*primitive),
            Type::Scalar(scalar) => self.scalar(scalar),
            Type::Any => self.runtime("value", "Value"),
            Type::Named(id) => self.model(*id),
            Type::List(item) => {
                let (vec, item) = (self.prelude("Vec"), self.ty(item));
                quote! { #vec<#item> }
            }
            Type::Map(value) => {
                let (map, string, value) = (self.map(), self.prelude("String"), self.ty(value));
                quote! { #map<#string, #value> }
            }
            Type::Tuple(items, rest) => self.tuple(items, rest.as_deref()),
            Type::File => self.runtime("multipart", "File"),
            Type::Nullable(inner) => {
                let (option, inner) = (self.prelude("Option"), self.ty(inner));
                quote! { #option<#inner> }
            }
        }
    }

    /// A type where it is passed to a call, which encodes it at once: by reference unless it is `Copy`.
    pub(super) fn argument(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Primitive(Primitive::String) => quote! { &str },
            Type::Primitive(primitive) => self.primitive(*primitive),
            Type::Scalar(scalar) if is_copied(scalar) => self.scalar(scalar),
            Type::List(item) => {
                let item = self.ty(item);
                quote! { &[#item] }
            }
            Type::Scalar(_)
            | Type::Any
            | Type::Named(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Tuple(..)
            | Type::File => {
                let ty = self.ty(ty);
                quote! { &#ty }
            }
        }
    }

    /// `(f64, f64)`, or `OpenTuple<(f64, f64), String>` if more items may follow.
    fn tuple(&self, items: &[Type], rest: Option<&Type>) -> TokenStream {
        self.touch("tuple");
        let items: Vec<TokenStream> = items.iter().map(|item| self.ty(item)).collect();
        let tuple = match items.as_slice() {
            [only] => quote! { (#only,) },
            several => quote! { (#(#several),*) },
        };
        match rest {
            None => tuple,
            Some(rest) => {
                let (open, rest) = (self.runtime("tuple", "OpenTuple"), self.ty(rest));
                quote! { #open<#tuple, #rest> }
            }
        }
    }

    /// A scalar.
    fn primitive(&self, primitive: Primitive) -> TokenStream {
        match primitive {
            Primitive::Bool => quote! { bool },
            Primitive::Float => quote! { f64 },
            Primitive::String => self.prelude("String"),
            Primitive::Integer(width) => integer(width),
        }
    }

    /// A type, boxed if it is large.
    pub(super) fn boxed(&self, ty: TokenStream, boxed: bool) -> TokenStream {
        if !boxed {
            return ty;
        }
        let boxed = self.prelude("Box");
        quote! { #boxed<#ty> }
    }

    /// The type of a field, from the type of its value and its presence.
    pub(super) fn field(&self, ty: &Type, presence: Presence, boxed: bool) -> TokenStream {
        let inner = self.boxed(self.ty(ty), boxed);
        match presence {
            Presence::Required => inner,
            Presence::Nullable | Presence::Optional => {
                let option = self.prelude("Option");
                quote! { #option<#inner> }
            }
            Presence::ThreeState => {
                let field = self.runtime("field", "Field");
                quote! { #field<#inner> }
            }
        }
    }
}

/// The expression that passes an argument to the runtime, which takes `&dyn Codec`.
pub(super) fn passed(ty: &Type, ident: &TokenStream) -> TokenStream {
    match ty {
        Type::Primitive(_) | Type::List(_) => quote! { &#ident },
        Type::Scalar(scalar) if is_copied(scalar) => quote! { &#ident },
        Type::Scalar(_)
        | Type::Any
        | Type::Named(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Tuple(..)
        | Type::File => {
            quote! { #ident }
        }
    }
}

/// The type of an integer.
pub(super) fn integer(width: Integer) -> TokenStream {
    match width {
        Integer::I8 => quote! { i8 },
        Integer::I16 => quote! { i16 },
        Integer::I32 => quote! { i32 },
        Integer::I64 => quote! { i64 },
        Integer::I128 => quote! { i128 },
        Integer::U8 => quote! { u8 },
        Integer::U16 => quote! { u16 },
        Integer::U32 => quote! { u32 },
        Integer::U64 => quote! { u64 },
        Integer::U128 => quote! { u128 },
    }
}
