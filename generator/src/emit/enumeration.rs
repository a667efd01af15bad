//! Lists of constants: an enum that keeps what it does not know, written as the table of its values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, model::about, scope::FileScope};
use crate::ir::{Enumeration, MemberValue, TypeId};

/// `text_enum! { pub enum Language { De = "de", En = "en"; Unknown } }`
pub(super) fn emit(id: TypeId, enumeration: &Enumeration, scope: &FileScope<'_>) -> TokenStream {
    let context = scope.context();
    let names = context.names.type_def(id);
    let (about, ident, open) = (about(context, id), &names.ident, &names.open);
    let is_text = enumeration.members.iter().all(|member| matches!(member.value, MemberValue::Text(_)));
    let table = scope.runtime_macro("enumeration", if is_text { "text_enum" } else { "integer_enum" });
    let members = enumeration.members.iter().zip(&names.parts).map(|(member, name)| {
        let (docs, value) = (docs::outer(&docs::text(&member.docs)), literal(&member.value));
        quote! { #docs #name = #value }
    });
    quote! { #table! { #about pub enum #ident { #(#members),* ; #open } } }
}

fn literal(value: &MemberValue) -> Literal {
    match value {
        MemberValue::Text(text) => Literal::string(text),
        MemberValue::Integer(number) => Literal::i64_unsuffixed(*number),
    }
}
