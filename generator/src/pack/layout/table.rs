//! Macro calls that are tables: a name, and entries that end with `,` or `;` and fill lines.
//!
//! ```ignore
//! record!(UserInvite { client_id, email, user_role, lang: ?, name: ?; extra });
//! text_enum! {
//!     /// A way to sign in.
//!     pub enum AuthType { Password = "password", Sso = "sso"; Unknown }
//! }
//! ```

use proc_macro2::{Delimiter, Spacing, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Macro, MacroDelimiter, parse::Parser};

use super::{INDENT, ItemKind, WIDTH, attributes, column, indent, pieces::Fill};
use crate::emit::tokens;

/// Writes a macro call that is an item.
pub(super) fn write(call: Macro, out: &mut String) -> ItemKind {
    tokens::write(call.path.into_token_stream(), out);
    let is_braced = matches!(call.delimiter, MacroDelimiter::Brace(_));
    let mut head: Vec<TokenTree> = call.tokens.into_iter().collect();
    let body = match head.pop() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let body = group.stream();
            // Released before the tokens are read, which would be copied otherwise.
            drop(group);
            Some(entries(body))
        }
        last => {
            head.extend(last);
            None
        }
    };
    match body {
        Some(body) if is_braced => write_enum(head, &body, out),
        Some(body) => {
            write_call(head, &body, out);
            ItemKind::Table
        }
        None if is_braced => {
            write_lines(&entries(head), out);
            ItemKind::Other
        }
        None => {
            write_list(&entries(head), out);
            ItemKind::Table
        }
    }
}

/// Writes a macro call that is a statement: on one line if it fits, otherwise with its entries below.
pub(super) fn write_statement(call: Macro, out: &mut String) {
    let margin = column(out);
    tokens::write(call.path.into_token_stream(), out);
    let (open, close) = match call.delimiter {
        MacroDelimiter::Paren(_) => ("!(", ");"),
        MacroDelimiter::Brace(_) => ("! { ", " }"),
        MacroDelimiter::Bracket(_) => ("![", "];"),
    };
    out.push_str(open);
    let (start, entries) = (out.len(), entries(call.tokens));
    write_flat(&entries, out);
    if column(out) + close.len() > WIDTH {
        out.truncate(start);
        out.push('\n');
        write_filled(&entries, margin + INDENT, out);
        indent(margin, out);
    }
    out.push_str(close);
}

/// An entry, with its separator.
struct Entry {
    attributes: Vec<Attribute>,
    text: String,
    /// Whether it is only a separator, after an empty list.
    is_empty: bool,
}

/// The entries of a table. A separator within brackets, also those of generic arguments, is part of an entry.
fn entries(tokens: impl IntoIterator<Item = TokenTree>) -> Vec<Entry> {
    let (mut found, mut entry) = (Vec::new(), Vec::new());
    let (mut depth, mut is_arrow) = (0_usize, false);
    for token in tokens {
        let mut is_end = false;
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' if !is_arrow => depth = depth.saturating_sub(1),
                ',' | ';' => is_end = depth == 0,
                _ => {}
            }
            is_arrow = matches!(punct.as_char(), '=' | '-') && punct.spacing() == Spacing::Joint;
        }
        entry.push(token);
        if is_end {
            found.push(Entry::of(&mut entry));
        }
    }
    if !entry.is_empty() {
        found.push(Entry::of(&mut entry));
    }
    found
}

impl Entry {
    fn of(entry: &mut Vec<TokenTree>) -> Self {
        let attributes = attributes_of(entry);
        let is_empty = matches!(entry.as_slice(), [TokenTree::Punct(_)]);
        let mut text = String::new();
        tokens::write(entry.drain(..), &mut text);
        Self { attributes, text, is_empty }
    }
}

/// Splits off the attributes at the start of some tokens.
fn attributes_of(tokens: &mut Vec<TokenTree>) -> Vec<Attribute> {
    let is_sign =
        |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(sign)) if sign.as_char() == '#');
    let mut length = 0;
    while is_sign(tokens.get(length)) && matches!(tokens.get(length + 1), Some(TokenTree::Group(_))) {
        length += 2;
    }
    if length == 0 {
        return Vec::new();
    }
    match Attribute::parse_outer.parse2(tokens[..length].iter().cloned().collect()) {
        Ok(attributes) => {
            tokens.drain(..length);
            attributes
        }
        // Attributes that do not parse stay part of the tokens.
        Err(_) => Vec::new(),
    }
}

/// Writes the entries one after the other.
fn write_flat(entries: &[Entry], out: &mut String) {
    for (index, entry) in entries.iter().enumerate() {
        out.push_str(if index > 0 && !entry.is_empty { " " } else { "" });
        out.push_str(&entry.text);
    }
}

fn write_filled(entries: &[Entry], margin: usize, out: &mut String) {
    let mut lines = Fill::new(margin, out);
    for entry in entries {
        if !entry.attributes.is_empty() {
            attributes::write(&entry.attributes, margin, lines.end());
        }
        lines.add(&entry.text);
    }
    lines.end();
}

/// `record!(User { id, name; extra });`
fn write_call(head: Vec<TokenTree>, body: &[Entry], out: &mut String) {
    out.push_str("!(");
    tokens::write(head, out);
    write_body(body, 0, ");", out);
}

/// ` { id, name; extra }`, on the line or below it.
fn write_body(body: &[Entry], margin: usize, after: &str, out: &mut String) {
    let start = out.len();
    out.push_str(" { ");
    write_flat(body, out);
    out.push_str(" }");
    if body.is_empty() {
        out.truncate(start);
        out.push_str(" {}");
    }
    let has_attributes = body.iter().any(|entry| !entry.attributes.is_empty());
    if has_attributes || (column(out) + after.len() > WIDTH && !body.is_empty()) {
        out.truncate(start);
        out.push_str(" {\n");
        write_filled(body, margin + INDENT, out);
        indent(margin, out);
        out.push('}');
    }
    out.push_str(after);
    out.push('\n');
}

/// `parameters!(ListUsers, ListTokens);`
fn write_list(entries: &[Entry], out: &mut String) {
    out.push_str("!(");
    let start = out.len();
    write_flat(entries, out);
    out.push_str(");\n");
    if column(&out[..out.len() - 1]) > WIDTH {
        out.truncate(start);
        out.push('\n');
        write_filled(entries, INDENT, out);
        out.push_str(");\n");
    }
}

/// `scalars! { .. }`, with a line for each entry.
fn write_lines(entries: &[Entry], out: &mut String) {
    out.push_str("! {\n");
    for entry in entries {
        attributes::write(&entry.attributes, INDENT, out);
        indent(INDENT, out);
        out.push_str(&entry.text);
        out.push('\n');
    }
    out.push_str("}\n");
}

/// The declaration of an enum, in braces if it has documentation.
fn write_enum(mut head: Vec<TokenTree>, body: &[Entry], out: &mut String) -> ItemKind {
    let about = attributes_of(&mut head);
    if about.is_empty() && body.iter().all(|entry| entry.attributes.is_empty()) {
        let start = out.len();
        write_call(head, body, out);
        let is_one_line = out[start..].lines().count() == 1;
        return if is_one_line { ItemKind::Constants } else { ItemKind::Other };
    }
    out.push_str("! {\n");
    attributes::write(&about, INDENT, out);
    indent(INDENT, out);
    tokens::write(head, out);
    write_body(body, INDENT, "", out);
    out.push_str("}\n");
    ItemKind::Other
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::{format_ident, quote};

    use super::super::tests::laid_out;

    /// `entry_10: Vec<String>, ...`
    fn many() -> Vec<TokenStream> {
        (10..30)
            .map(|n| {
                let name = format_ident!("entry_{n}");
                quote! { #name: Vec<String> }
            })
            .collect()
    }

    #[test]
    fn tables_are_filled() {
        let text = laid_out(quote! { record!(A { b: optional, c = "c d, e": field; extra }); });
        assert_eq!(text, "record!(A { b: optional, c = \"c d, e\": field; extra });\n");
        let many = many();
        let text = laid_out(quote! { constructors!(A { #(#many),*; extra }); });
        assert!(
            text.starts_with("constructors!(A {\n    entry_10: Vec<String>, entry_11: Vec<String>,"),
            "{text}"
        );
        assert!(text.ends_with("entry_29: Vec<String>;\n    extra\n});\n"), "{text}");
        assert!(text.lines().all(|line| line.len() <= super::WIDTH), "{text}");
    }

    #[test]
    fn lists_are_filled() {
        let many = many();
        assert_eq!(laid_out(quote! { parameters!(A, B); }), "parameters!(A, B);\n");
        let text = laid_out(quote! { parameters!(#(#many),*); });
        assert!(text.starts_with("parameters!(\n    entry_10: Vec<String>,"), "{text}");
        assert!(text.ends_with("entry_29: Vec<String>\n);\n"), "{text}");
    }

    #[test]
    fn an_empty_list_keeps_its_place() {
        assert_eq!(laid_out(quote! { record!(A { ; extra }); }), "record!(A { ; extra });\n");
        assert_eq!(laid_out(quote! { record!(A { b: C;; extra }); }), "record!(A { b: C;; extra });\n");
        assert_eq!(laid_out(quote! { record!(A {}); newtype!(B); }), "record!(A {});\nnewtype!(B);\n");
    }

    #[test]
    fn each_scalar_has_a_line() {
        let text = laid_out(
            quote! { scalars! { A<B, C>: crate::c::D.e(crate::f::g); ::h::I: crate::j::K("l :: m"); } },
        );
        assert_eq!(
            text,
            "scalars! {\n    A<B, C>: crate::c::D.e(crate::f::g);\n    ::h::I: crate::j::K(\"l :: m\");\n}\n"
        );
    }

    #[test]
    fn what_documents_an_enum_has_lines() {
        let text = laid_out(
            quote! { union! { #[doc = " A shape."] #[deprecated] pub enum Shape from { Disc(Disc), Bar(Bar); Unknown } } },
        );
        let expected = "union! {\n    /// A shape.\n    #[deprecated]\n    pub enum Shape from { Disc(Disc), Bar(Bar); Unknown }\n}\n";
        assert_eq!(text, expected);
        let text = laid_out(
            quote! { text_enum! { pub enum A { B = "#[b", #[doc = " See."] #[doc = " \"C\"."] C = "c", D = "d"; E } } },
        );
        let expected = "text_enum! {\n    pub enum A {\n        B = \"#[b\",\n        /// See.\n        /// \"C\".\n        C = \"c\", D = \"d\"; E\n    }\n}\n";
        assert_eq!(text, expected);
        assert_eq!(
            laid_out(quote! { text_enum! { pub enum A { B = "#[b"; C } } }),
            "text_enum!(pub enum A { B = \"#[b\"; C });\n"
        );
    }
}
