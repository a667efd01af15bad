//! Lists of constants: an open enum, written as the table of its values.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{declared::about, docs, scope::FileScope, types};
use crate::ir::{Enumeration, Integer, MemberValue, TypeId};

/// `text_enum! { pub enum Language { De = "de", En = "en"; Unknown } }`, or
/// `integer_enum! { pub enum Mask as u64 by as_u64 { All = 18446744073709551615; Unknown } }` for values beyond `i64`.
pub(super) fn emit(id: TypeId, enumeration: &Enumeration, scope: &FileScope<'_>) -> TokenStream {
    let context = scope.context();
    let names = context.names.type_def(id);
    let (about, ident, open) = (about(context, id), &names.ident, &names.open);
    let integer = enumeration.integer();
    let table =
        scope.runtime_macro("enumeration", if integer.is_some() { "integer_enum" } else { "text_enum" });
    let width = integer.filter(|integer| *integer != Integer::I64).map(|integer| {
        let ty = types::integer(integer);
        let method = format_ident!("as_{}", ty.to_string());
        quote! { as #ty by #method }
    });
    let members = enumeration.members.iter().zip(&names.parts).map(|(member, name)| {
        let (docs, value) = (docs::outer(&docs::text(&member.docs)), literal(&member.value));
        quote! { #docs #name = #value }
    });
    quote! { #table! { #about pub enum #ident #width { #(#members),* ; #open } } }
}

fn literal(value: &MemberValue) -> Literal {
    match value {
        MemberValue::Text(text) => Literal::string(text),
        MemberValue::Integer(number) => Literal::i128_unsuffixed(*number),
    }
}
