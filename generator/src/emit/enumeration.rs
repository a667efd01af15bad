//! Lists of constants: an enum that keeps what it does not know.

use proc_macro2::Literal;
use quote::quote;

use super::{
    docs,
    model::{Emitted, about},
    scope::FileScope,
};
use crate::{
    ir::{Enumeration, Member, MemberValue, TypeDef, TypeId},
    name::Ident,
};

/// Emits a list of constants.
pub(super) fn emit(
    id: TypeId,
    _def: &TypeDef,
    enumeration: &Enumeration,
    models: &FileScope<'_>,
    codecs: &FileScope<'_>,
) -> Emitted {
    let context = models.context();
    let names = context.names.type_def(id);
    let (about, ident, open) = (about(context, id), &names.ident, &names.open);
    let members: Vec<(&Member, &Ident)> = enumeration.members.iter().zip(&names.parts).collect();
    let variants = members.iter().map(|(member, name)| {
        let docs = docs::outer(&variant_text(member, name));
        quote! { #docs #name, }
    });
    let is_text = enumeration.members.iter().all(|member| matches!(member.value, MemberValue::Text(_)));
    let (raw, codec) = if is_text {
        (models.prelude("String"), codecs.runtime_macro("enumeration", "text_enum"))
    } else {
        (quote! { i64 }, codecs.runtime_macro("enumeration", "integer_enum"))
    };
    let values = members.iter().map(|(member, name)| {
        let value = literal(&member.value);
        quote! { #name = #value }
    });
    let subject = codecs.model(id);
    Emitted {
        model: quote! {
            #about
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            pub enum #ident {
                #(#variants)*
                /// A value that the API description does not list.
                #open(#raw),
            }
        },
        codec: quote! { #codec!(#subject { #(#values),* ; #open }); },
    }
}

/// The document's words, else the value on the wire where the variant's name does not show it.
fn variant_text(member: &Member, name: &Ident) -> String {
    let said = docs::text(&member.docs);
    match (&member.value, said.is_empty()) {
        (_, false) => said,
        (MemberValue::Text(text), true) => {
            let shown: String = text.chars().filter(|c| *c != '_').collect();
            let plain = shown.eq_ignore_ascii_case(name.plain());
            let printable = text.chars().all(|c| !c.is_control() && c != '`') && !text.trim().is_empty();
            if plain || !printable { String::new() } else { format!("`{text}`") }
        }
        (MemberValue::Integer(_), true) => String::new(),
    }
}

fn literal(value: &MemberValue) -> Literal {
    match value {
        MemberValue::Text(text) => Literal::string(text),
        MemberValue::Integer(number) => Literal::i64_unsuffixed(*number),
    }
}
