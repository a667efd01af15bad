//! Tokens as text. In: tokens that were emitted. Out: one line, spaced as a person spaces it.
//!
//! What a token is next to decides about the space between them, no text is looked at. `<` and `>` are brackets: emitted
//! code compares nothing.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};

/// Tokens as a person would write them.
pub fn text(tokens: TokenStream) -> String {
    let mut out = String::new();
    write(tokens, &mut out);
    out
}

/// Writes tokens behind what is there.
pub fn write(tokens: impl IntoIterator<Item = TokenTree>, out: &mut String) {
    let mut line = Line { out, last: Last::Start, joint: None, in_bars: false };
    line.tokens(tokens);
}

/// What stands before the next token.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    /// Nothing, within these brackets.
    Start,
    /// A name, a literal, or the end of a list of types.
    Word,
    /// A word of the language, which is never called: `as`, `impl`.
    Keyword,
    /// A closing bracket.
    Close,
    /// What belongs to the token behind it: `&`, `::`, `<`.
    Prefix,
    /// The `!` of a macro.
    Bang,
    /// What has a space behind it: `,`, `=`, `->`.
    Operator,
}

impl Last {
    /// Whether it is the end of a value, so that an operator behind it has two sides.
    fn is_value(self) -> bool {
        match self {
            Self::Word | Self::Close => true,
            Self::Start | Self::Keyword | Self::Prefix | Self::Bang | Self::Operator => false,
        }
    }
}

struct Line<'o> {
    out: &'o mut String,
    last: Last,
    /// The sign before the next token, if both are parts of one operator.
    joint: Option<char>,
    /// Whether the parameters of a closure have begun.
    in_bars: bool,
}

impl Line<'_> {
    fn tokens(&mut self, tokens: impl IntoIterator<Item = TokenTree>) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => self.ident(&ident),
                TokenTree::Literal(literal) => self.word(&literal, Last::Word),
                TokenTree::Punct(punct) => self.punct(&punct),
                TokenTree::Group(group) => self.group(group),
            }
        }
    }

    fn ident(&mut self, ident: &Ident) {
        let is_keyword = KEYWORDS.iter().any(|keyword| ident == keyword);
        self.word(ident, if is_keyword { Last::Keyword } else { Last::Word });
    }

    fn word(&mut self, word: &dyn std::fmt::Display, last: Last) {
        if !matches!(self.last, Last::Start | Last::Prefix | Last::Bang) {
            self.out.push(' ');
        }
        // A string takes whatever is written to it.
        let _ = write!(self.out, "{word}");
        (self.last, self.joint) = (last, None);
    }

    fn punct(&mut self, punct: &Punct) {
        let sign = punct.as_char();
        let is_joint = punct.spacing() == Spacing::Joint;
        if self.joint.is_none() && self.is_apart(sign, is_joint) {
            self.out.push(' ');
        }
        self.out.push(sign);
        self.last = self.after(sign, is_joint);
        self.joint = is_joint.then_some(sign);
    }

    /// Whether a sign has a space before it.
    fn is_apart(&self, sign: char, is_joint: bool) -> bool {
        let is_spaced = match self.last {
            Last::Start | Last::Prefix => false,
            Last::Word | Last::Keyword | Last::Close | Last::Bang | Last::Operator => true,
        };
        match sign {
            ',' | ';' | '>' => false,
            // A path that goes on, or one that starts at its root.
            ':' if is_joint => is_spaced && !self.last.is_value(),
            ':' => false,
            '.' | '?' | '!' => is_spaced && !self.last.is_value(),
            '<' => self.last == Last::Operator,
            '|' if self.in_bars => false,
            _ => is_spaced,
        }
    }

    /// What a sign is to the next token.
    fn after(&mut self, sign: char, is_joint: bool) -> Last {
        let is_value = self.last.is_value();
        match (self.joint, sign) {
            (Some('-' | '='), '>') => Last::Operator,
            (_, '>') => Last::Word,
            (joint, ':') if !is_joint && joint != Some(':') => Last::Operator,
            (_, ':' | '.' | '<' | '#' | '\'' | '$') => Last::Prefix,
            (_, '!') => Last::Bang,
            (_, '?') if is_value => Last::Word,
            (_, '|') if self.in_bars => {
                self.in_bars = false;
                Last::Operator
            }
            (None, '|') if !is_value => {
                self.in_bars = true;
                Last::Prefix
            }
            (_, '&' | '-' | '*') if !is_value => Last::Prefix,
            _ => Last::Operator,
        }
    }

    fn group(&mut self, group: Group) {
        let (delimiter, stream) = (group.delimiter(), group.stream());
        // What is shared would be copied.
        drop(group);
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => return self.tokens(stream),
        };
        let is_apart = match self.last {
            Last::Start | Last::Prefix => false,
            Last::Word | Last::Bang => open == "{",
            Last::Keyword | Last::Close | Last::Operator => true,
        };
        if is_apart {
            self.out.push(' ');
        }
        self.out.push_str(open);
        let pad = if open == "{" && !stream.is_empty() { " " } else { "" };
        self.out.push_str(pad);
        write(stream, self.out);
        self.out.push_str(pad);
        self.out.push_str(close);
        (self.last, self.joint) = (Last::Close, None);
    }
}

/// The words of the language that are not called and begin no path.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "for", "if",
    "impl", "in", "let", "loop", "match", "mod", "move", "mut", "ref", "return", "static", "struct", "trait",
    "type", "unsafe", "use", "where", "while",
];

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::text;

    #[test]
    fn tokens_read_as_written() {
        assert_eq!(text(quote! { user_id: i64 }), "user_id: i64");
        assert_eq!(text(quote! { Vec<Option<crate::models::User>> }), "Vec<Option<crate::models::User>>");
        assert_eq!(text(quote! { body: &[String] }), "body: &[String]");
        assert_eq!(text(quote! { [u8; 2], () }), "[u8; 2], ()");
        assert_eq!(text(quote! { impl<'c> Users<'c> {} }), "impl<'c> Users<'c> {}");
        assert_eq!(text(quote! { fn get(&self) -> Call<'_, ()> }), "fn get(&self) -> Call<'_, ()>");
    }

    #[test]
    fn paths_start_apart_and_go_on_together() {
        assert_eq!(
            text(quote! { name: impl Into<::std::string::String> }),
            "name: impl Into<::std::string::String>"
        );
        assert_eq!(
            text(quote! { name: impl ::core::convert::Into<A> }),
            "name: impl ::core::convert::Into<A>"
        );
        assert_eq!(text(quote! { A<B>: crate::c::D.e(crate::f::g) }), "A<B>: crate::c::D.e(crate::f::g)");
        assert_eq!(text(quote! { ::h::I: Vec::<u8>::new("l :: m") }), "::h::I: Vec::<u8>::new(\"l :: m\")");
    }

    #[test]
    fn tables_read_as_written() {
        assert_eq!(
            text(quote! { record!(A { b: ?, c = "d , e": field; extra }); }),
            "record!(A { b: ?, c = \"d , e\": field; extra });"
        );
        assert_eq!(text(quote! { A { ; extra } }), "A { ; extra }");
        assert_eq!(text(quote! { A[b = B::C] { id: D;; extra } }), "A[b = B::C] { id: D;; extra }");
        assert_eq!(
            text(quote! { security["a"] ["b"]; errors 404 5XX default }),
            "security[\"a\"] [\"b\"]; errors 404 5XX default"
        );
        assert_eq!(
            text(quote! { Bad: 400 => json, Cat(Cat): "a" | "b" }),
            "Bad: 400 => json, Cat(Cat): \"a\" | \"b\""
        );
        assert_eq!(
            text(quote! { union! { pub enum A by "b" from { C; D } } }),
            "union! { pub enum A by \"b\" from { C; D } }"
        );
        assert_eq!(text(quote! { #[deprecated] A = -1 }), "#[deprecated] A = -1");
    }

    #[test]
    fn expressions_read_as_written() {
        assert_eq!(
            text(quote! { page(self, |page| Summary::of(page.count)) }),
            "page(self, |page| Summary::of(page.count))"
        );
        assert_eq!(text(quote! { Users { client: self.client } }), "Users { client: self.client }");
        assert_eq!(text(quote! { a.b(&c, &-5i64)?.d(|| e) }), "a.b(&c, &-5i64)?.d(|| e)");
        assert_eq!(text(quote! { pub(crate) client: &'c Client }), "pub(crate) client: &'c Client");
        assert_eq!(text(quote! { a = b, c => d, e == f, g - h }), "a = b, c => d, e == f, g - h");
    }
}
