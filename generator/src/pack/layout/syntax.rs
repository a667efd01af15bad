//! Types and expressions as pieces that can be broken.

use std::fmt::Write as _;

use quote::ToTokens;
use syn::{
    Expr, ExprClosure, ExprMethodCall, ExprReference, ExprStruct, FieldValue, GenericArgument, Ident, Member,
    Path, PathArguments, PathSegment, ReturnType, Token, Type, TypePath, Visibility, punctuated::Punctuated,
};

use super::{
    INDENT, WIDTH, column,
    pieces::{Brackets, Piece},
};
use crate::emit::tokens;

/// Writes a type on the current line, broken if it does not fit.
pub(super) fn write_type(ty: &Type, margin: usize, after: usize, out: &mut String) {
    let start = out.len();
    write_flat_type(ty, out);
    if column(out) + after > WIDTH {
        out.truncate(start);
        piece_of_type(ty).write(margin, after, out);
    }
}

/// Writes a type on one line. Most are paths, which are written without converting them to tokens.
pub(super) fn write_flat_type(ty: &Type, out: &mut String) {
    match ty {
        Type::Path(TypePath { attrs, qself: None, path })
            if attrs.is_empty() && path.segments.iter().all(is_plain) =>
        {
            write_path(path, out);
        }
        other => tokens::write(other.to_token_stream(), out),
    }
}

/// Whether all arguments of a path segment are types.
fn is_plain(segment: &PathSegment) -> bool {
    match &segment.arguments {
        PathArguments::None => true,
        PathArguments::AngleBracketed(arguments) => {
            let is_type = |argument: &GenericArgument| matches!(argument, GenericArgument::Type(_));
            arguments.colon2_token.is_none() && arguments.args.iter().all(is_type)
        }
        PathArguments::Parenthesized(_) => false,
    }
}

fn write_path(path: &Path, out: &mut String) {
    for (index, segment) in path.segments.iter().enumerate() {
        if index > 0 || path.leading_colon.is_some() {
            out.push_str("::");
        }
        write_ident(&segment.ident, out);
        let PathArguments::AngleBracketed(arguments) = &segment.arguments else { continue };
        out.push('<');
        for (index, argument) in arguments.args.iter().enumerate() {
            out.push_str(if index > 0 { ", " } else { "" });
            if let GenericArgument::Type(ty) = argument {
                write_flat_type(ty, out);
            }
        }
        out.push('>');
    }
}

/// Writes a name.
pub(super) fn write_ident(ident: &Ident, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{ident}");
}

/// A type.
pub(super) fn piece_of_type(ty: &Type) -> Piece {
    match ty {
        Type::Path(TypePath { attrs, qself: None, path }) if attrs.is_empty() => piece_of_path(path),
        Type::Tuple(tuple) if tuple.attrs.is_empty() && tuple.elems.len() > 1 => {
            Piece::list(Brackets::Round, tuple.elems.iter().map(piece_of_type).collect())
        }
        other => Piece::of_tokens(other),
    }
}

/// A path, with the list of types that it may end in.
fn piece_of_path(path: &Path) -> Piece {
    let arguments = path.segments.last().map(|last| &last.arguments);
    let is_bare = |segment: &PathSegment| matches!(segment.arguments, PathArguments::None);
    let is_bare = path.segments.iter().rev().skip(1).all(is_bare);
    let Some(PathArguments::AngleBracketed(arguments)) = arguments.filter(|_| is_bare) else {
        return Piece::of_tokens(path);
    };
    let entries = arguments.args.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => piece_of_type(ty),
        other => Piece::of_tokens(other),
    });
    let mut name = String::new();
    for (index, segment) in path.segments.iter().enumerate() {
        name.push_str(if index > 0 || path.leading_colon.is_some() { "::" } else { "" });
        write_ident(&segment.ident, &mut name);
    }
    Piece::Row(vec![Piece::Text(name), Piece::list(Brackets::Angle, entries.collect())])
}

/// An expression.
pub(super) fn piece_of(expr: &Expr) -> Piece {
    let all = |exprs: &Punctuated<Expr, Token![,]>| exprs.iter().map(piece_of).collect::<Vec<_>>();
    match expr {
        Expr::Reference(ExprReference { attrs, mutability: None, expr, .. }) if attrs.is_empty() => {
            Piece::Row(vec![Piece::Text("&".to_owned()), piece_of(expr)])
        }
        Expr::Array(array) if array.attrs.is_empty() => Piece::list(Brackets::Square, all(&array.elems)),
        Expr::Tuple(tuple) if tuple.attrs.is_empty() && tuple.elems.len() > 1 => {
            Piece::list(Brackets::Round, all(&tuple.elems))
        }
        Expr::Call(call) if call.attrs.is_empty() => {
            Piece::Row(vec![Piece::of_tokens(&call.func), Piece::list(Brackets::Round, all(&call.args))])
        }
        Expr::Struct(literal) if is_plain_struct(literal) => piece_of_struct(literal),
        Expr::MethodCall(call) if call.attrs.is_empty() => piece_of_chain(call),
        Expr::Closure(closure) if is_plain_closure(closure) => piece_of_closure(closure),
        other => Piece::of_tokens(other),
    }
}

/// Whether a closure is nothing but its arguments and its body.
fn is_plain_closure(closure: &ExprClosure) -> bool {
    let ExprClosure { attrs, lifetimes, constness, asyncness, capture, output, .. } = closure;
    let is_bare = lifetimes.is_none() && constness.is_none() && asyncness.is_none();
    attrs.is_empty() && is_bare && capture.is_none() && matches!(output, ReturnType::Default)
}

/// `|page| page.results`
fn piece_of_closure(closure: &ExprClosure) -> Piece {
    let inputs = tokens::text(closure.inputs.to_token_stream());
    Piece::Row(vec![Piece::Text(format!("|{inputs}| ")), piece_of(&closure.body)])
}

/// Whether a struct literal has a plain path, and names the value of every field.
fn is_plain_struct(literal: &ExprStruct) -> bool {
    let ExprStruct { attrs, qself, fields, dot2_token, .. } = literal;
    let is_plain = |field: &FieldValue| {
        field.attrs.is_empty() && field.colon_token.is_some() && matches!(field.member, Member::Named(_))
    };
    attrs.is_empty() && qself.is_none() && dot2_token.is_none() && fields.iter().all(is_plain)
}

/// `Users { client: self.client }`
fn piece_of_struct(literal: &ExprStruct) -> Piece {
    let fields = literal.fields.iter().map(|field| {
        let name = tokens::text(field.member.to_token_stream());
        Piece::Row(vec![Piece::Text(format!("{name}: ")), piece_of(&field.expr)])
    });
    Piece::Row(vec![Piece::of_tokens(&literal.path), Piece::list(Brackets::Curly, fields.collect())])
}

/// `Call::json(self.client, &OPERATION).with_path("userId", &user_id)`
fn piece_of_chain(last: &ExprMethodCall) -> Piece {
    let mut links = vec![link(last)];
    let mut first = &*last.receiver;
    while let Expr::MethodCall(call) = first
        && call.attrs.is_empty()
    {
        links.push(link(call));
        first = &call.receiver;
    }
    // The first call follows a name that is shorter than the indentation.
    let mut start = piece_of(first);
    if is_short(first)
        && let Some(link) = links.pop()
    {
        start = Piece::Row(vec![start, link]);
    }
    links.reverse();
    if links.is_empty() { start } else { Piece::Chain(Box::new(start), links) }
}

fn is_short(expr: &Expr) -> bool {
    let Expr::Path(path) = expr else { return false };
    path.path.get_ident().is_some_and(|ident| ident.to_string().len() <= INDENT)
}

/// `.with_path("userId", &user_id)`
fn link(call: &ExprMethodCall) -> Piece {
    let name = match &call.turbofish {
        Some(types) => format!(".{}{}", call.method, tokens::text(types.to_token_stream())),
        None => format!(".{}", call.method),
    };
    Piece::Row(vec![
        Piece::Text(name),
        Piece::list(Brackets::Round, call.args.iter().map(piece_of).collect()),
    ])
}

/// `pub `
pub(super) fn write_visibility(visibility: &Visibility, out: &mut String) {
    match visibility {
        Visibility::Inherited => {}
        Visibility::Public(_) => out.push_str("pub "),
        Visibility::Restricted(_) => {
            tokens::write(visibility.to_token_stream(), out);
            out.push(' ');
        }
    }
}
