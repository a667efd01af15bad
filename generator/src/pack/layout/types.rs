//! Structs, enums, type aliases and statics.

use quote::ToTokens;
use syn::{Field, Fields, Generics, Ident, ItemEnum, ItemStatic, ItemStruct, ItemType, Visibility};

use super::{
    INDENT, ItemKind, WIDTH, attributes, column, indent,
    pieces::{Brackets, Piece},
    syntax::{piece_of, piece_of_type, write_ident, write_type, write_visibility},
};
use crate::emit::tokens;

/// Whether a struct is laid out here, rather than by `prettyplease`.
pub(super) fn is_plain_struct(item: &ItemStruct) -> bool {
    let is_plain = match &item.fields {
        Fields::Named(fields) => fields.named.iter().all(|field| field.default.is_none()),
        others => is_bare(others),
    };
    is_plain && item.generics.where_clause.is_none()
}

/// Whether an enum is laid out here.
pub(super) fn is_plain_enum(item: &ItemEnum) -> bool {
    let is_bare =
        item.variants.iter().all(|variant| is_bare(&variant.fields) && variant.discriminant.is_none());
    item.generics.where_clause.is_none() && is_bare
}

/// Whether a type alias is laid out here.
pub(super) fn is_plain_alias(item: &ItemType) -> bool {
    item.generics.where_clause.is_none() && item.modifiers.defaultness.is_none()
}

/// Whether no field has a name or an attribute.
fn is_bare(fields: &Fields) -> bool {
    match fields {
        Fields::Named(_) => false,
        Fields::Unnamed(fields) => fields.unnamed.iter().all(|field| field.attrs.is_empty()),
        Fields::Unit => true,
    }
}

/// Writes a struct.
pub(super) fn write_struct(item: &ItemStruct, out: &mut String) -> ItemKind {
    attributes::write(&item.attrs, 0, out);
    write_head(&item.vis, "struct ", &item.ident, &item.generics, out);
    match &item.fields {
        Fields::Named(fields) if fields.named.is_empty() => out.push_str(" {}"),
        Fields::Named(fields) => {
            let only = fields.named.iter().next().filter(|_| fields.named.len() == 1);
            let borrowed =
                only.filter(|field| field.attrs.is_empty() && item.generics.lifetimes().next().is_some());
            if !borrowed.is_some_and(|field| write_on_line(field, out)) {
                write_fields(fields.named.iter(), out);
            }
        }
        Fields::Unnamed(_) => {
            write_unnamed(&item.fields, 0, out);
            out.push(';');
        }
        Fields::Unit => out.push(';'),
    }
    out.push('\n');
    ItemKind::Type
}

/// `pub struct Users<'c>`
fn write_head(visibility: &Visibility, word: &str, name: &Ident, generics: &Generics, out: &mut String) {
    write_visibility(visibility, out);
    out.push_str(word);
    write_ident(name, out);
    tokens::write(generics.to_token_stream(), out);
}

/// Writes the only field of a struct with a lifetime, if it fits on the line.
fn write_on_line(field: &Field, out: &mut String) -> bool {
    let start = out.len();
    out.push_str(" { ");
    write_name(field, out);
    tokens::write(field.ty.to_token_stream(), out);
    out.push_str(" }");
    let fits = column(out) <= WIDTH;
    if !fits {
        out.truncate(start);
    }
    fits
}

fn write_fields<'f>(fields: impl Iterator<Item = &'f Field>, out: &mut String) {
    out.push_str(" {\n");
    for field in fields {
        attributes::write(&field.attrs, INDENT, out);
        indent(INDENT, out);
        write_name(field, out);
        write_type(&field.ty, INDENT, ",".len(), out);
        out.push_str(",\n");
    }
    out.push('}');
}

/// `pub name: `
fn write_name(field: &Field, out: &mut String) {
    write_visibility(&field.vis, out);
    if let Some(name) = &field.ident {
        write_ident(name, out);
        out.push_str(": ");
    }
}

/// `(A, pub B)`, followed by one byte.
fn write_unnamed(fields: &Fields, margin: usize, out: &mut String) {
    let fields = fields.iter().map(|field| {
        let mut name = String::new();
        write_name(field, &mut name);
        Piece::Row(vec![Piece::Text(name), piece_of_type(&field.ty)])
    });
    Piece::list(Brackets::Round, fields.collect()).write(margin, 1, out);
}

/// Writes an enum.
pub(super) fn write_enum(item: &ItemEnum, out: &mut String) -> ItemKind {
    attributes::write(&item.attrs, 0, out);
    write_head(&item.vis, "enum ", &item.ident, &item.generics, out);
    out.push_str(if item.variants.is_empty() { " {" } else { " {\n" });
    for variant in &item.variants {
        attributes::write(&variant.attrs, INDENT, out);
        indent(INDENT, out);
        write_ident(&variant.ident, out);
        if let Fields::Unnamed(_) = variant.fields {
            write_unnamed(&variant.fields, INDENT, out);
        }
        out.push_str(",\n");
    }
    out.push_str("}\n");
    ItemKind::Type
}

/// Writes a type alias.
pub(super) fn write_alias(item: &ItemType, out: &mut String) -> ItemKind {
    attributes::write(&item.attrs, 0, out);
    let start = out.len();
    write_head(&item.vis, "type ", &item.ident, &item.generics, out);
    out.push_str(" = ");
    write_type(&item.ty, 0, ";".len(), out);
    out.push_str(";\n");
    match item.attrs.is_empty() {
        _ if out[start..].lines().count() > 1 => ItemKind::Other,
        true => ItemKind::Alias,
        false => ItemKind::DocumentedAlias,
    }
}

/// Writes an immutable static.
pub(super) fn write_static(item: &ItemStatic, out: &mut String) -> ItemKind {
    attributes::write(&item.attrs, 0, out);
    write_visibility(&item.vis, out);
    out.push_str("static ");
    write_ident(&item.ident, out);
    out.push_str(": ");
    tokens::write(item.ty.to_token_stream(), out);
    out.push_str(" = ");
    piece_of(&item.expr).write(0, ";".len(), out);
    out.push_str(";\n");
    ItemKind::Other
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::super::tests::laid_out;

    #[test]
    fn a_struct_that_lends_its_field_is_one_line() {
        let text =
            laid_out(quote! { #[derive(Clone)] pub struct Users<'c> { pub(crate) client: &'c Client } });
        assert_eq!(text, "#[derive(Clone)]\npub struct Users<'c> { pub(crate) client: &'c Client }\n");
    }

    #[test]
    fn documentation_is_a_comment() {
        let text = laid_out(quote! {
            #[doc = " A user.  "]
            #[doc = ""]
            #[doc = "/ odd"]
            pub struct User { #[doc = " `a`"] #[deprecated] pub id: i64, name: Vec<A<'static>> }
        });
        let expected = "/// A user.\n///\n#[doc = \"/ odd\"]\npub struct User {\n    /// `a`\n    #[deprecated]\n    pub id: i64,\n    \
            name: Vec<A<'static>>,\n}\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn types_are_broken_within_their_brackets() {
        let long = quote::format_ident!("{}", "A".repeat(98));
        let text = laid_out(
            quote! { pub struct B { pub c: Option<Box<#long>> } pub enum D { E(Box<#long>, F), G } },
        );
        let expected = format!(
            "pub struct B {{\n    pub c: Option<\n        Box<{long}>,\n    >,\n}}\n\n\
             pub enum D {{\n    E(Box<{long}>, F),\n    G,\n}}\n"
        );
        assert_eq!(text, expected);
        let text = laid_out(quote! { pub type H = I<(#long, J), ()>; pub struct K(pub L); });
        let expected = format!("pub type H = I<\n    ({long}, J),\n    (),\n>;\n\npub struct K(pub L);\n");
        assert_eq!(text, expected);
    }

    #[test]
    fn a_static_is_broken_where_it_is_too_long() {
        let text = laid_out(quote! {
            static API: Api = Api {
                user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                servers: &["https://api.example.com"],
                schemes: &[Scheme { name: "a", place: Place::Bearer, env: None }],
                variables: &[],
            };
        });
        let expected = "static API: Api = Api {\n    \
            user_agent: concat!(env!(\"CARGO_PKG_NAME\"), \"/\", env!(\"CARGO_PKG_VERSION\")),\n    \
            servers: &[\"https://api.example.com\"],\n    \
            schemes: &[Scheme { name: \"a\", place: Place::Bearer, env: None }],\n    variables: &[],\n};\n";
        assert_eq!(text, expected);
    }
}
