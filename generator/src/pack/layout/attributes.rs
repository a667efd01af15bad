//! Attributes, each on a line of its own, and documentation as comments.

use quote::ToTokens;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Lit, Meta, Token, punctuated::Punctuated};

use super::{INDENT, WIDTH, column, indent};
use crate::emit::tokens;

/// Writes the attributes of an item.
pub(super) fn write(attributes: &[Attribute], margin: usize, out: &mut String) {
    for attribute in attributes {
        indent(margin, out);
        write_one(attribute, margin, out);
        out.push('\n');
    }
}

/// Writes the attributes of a file: its documentation, then the others.
pub(super) fn write_inner(attributes: &[Attribute], out: &mut String) {
    let mut is_after_docs = false;
    for attribute in attributes {
        let is_docs = docs(attribute).is_some();
        if is_after_docs && !is_docs {
            out.push('\n');
        }
        is_after_docs = is_docs;
        write_one(attribute, 0, out);
        out.push('\n');
    }
}

fn write_one(attribute: &Attribute, margin: usize, out: &mut String) {
    let (comment, open) = match attribute.style {
        AttrStyle::Outer => ("///", "#["),
        AttrStyle::Inner(_) => ("//!", "#!["),
    };
    if let Some(line) = docs(attribute) {
        out.push_str(comment);
        out.push_str(line.trim_end_matches(' '));
        return;
    }
    out.push_str(open);
    let start = out.len();
    tokens::write(attribute.meta.to_token_stream(), out);
    if column(out) + "]".len() > WIDTH {
        write_broken(attribute, margin, start, out);
    }
    out.push(']');
}

/// Writes a list with a line for each of its entries, after the text before it: `allow(a, b)`. Other attributes stay on
/// one line.
fn write_broken(attribute: &Attribute, margin: usize, start: usize, out: &mut String) {
    let entries = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let Ok(entries) = entries else { return };
    out.truncate(start);
    tokens::write(attribute.path().to_token_stream(), out);
    out.push('(');
    for (index, entry) in entries.iter().enumerate() {
        out.push_str(if index > 0 { ",\n" } else { "\n" });
        indent(margin + INDENT, out);
        tokens::write(entry.to_token_stream(), out);
    }
    out.push('\n');
    indent(margin, out);
    out.push(')');
}

/// The line of documentation in an attribute, if it can be a comment: text of several lines cannot, nor text after a
/// leading slash, which makes another kind of comment.
fn docs(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value else { return None };
    if !meta.path.is_ident("doc") {
        return None;
    }
    let line = text.value();
    let is_outer = matches!(attribute.style, AttrStyle::Outer);
    let is_other = line.contains('\n') || (is_outer && line.starts_with('/'));
    (!is_other).then_some(line)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::super::tests::laid_out;

    #[test]
    fn attributes_of_a_file_stand_below_its_documentation() {
        let text = laid_out(quote! {
            #![doc = " A file."]
            #![recursion_limit = "256"]
            #![allow(
                clippy::disallowed_names, clippy::enum_variant_names, clippy::module_inception,
                reason = "the API says what things are called"
            )]
        });
        let expected = "//! A file.\n\n#![recursion_limit = \"256\"]\n#![allow(\n    clippy::disallowed_names,\n    \
            clippy::enum_variant_names,\n    clippy::module_inception,\n    \
            reason = \"the API says what things are called\"\n)]\n";
        assert_eq!(text, expected);
    }
}
