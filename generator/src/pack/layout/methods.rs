//! `impl` blocks: a signature on one line or with its arguments below, then calls.

use quote::ToTokens;
use syn::{
    Block, Expr, FnArg, ImplItem, ImplItemFn, ItemImpl, Local, ReturnType, Safety, Signature, Stmt, Type,
};

use super::{
    INDENT, ItemKind, WIDTH, attributes, column, indent,
    pieces::Fill,
    syntax::{piece_of, write_flat_type, write_ident, write_visibility},
    table,
};
use crate::emit::tokens;

/// Whether a block is laid out here, rather than by `prettyplease`.
pub(super) fn is_plain(item: &ItemImpl) -> bool {
    let is_plain = |item: &ImplItem| matches!(item, ImplItem::Fn(method) if is_plain_method(method));
    let ItemImpl { modifiers, unsafety, generics, .. } = item;
    let is_bare = modifiers.defaultness.is_none() && modifiers.polarity.is_none() && unsafety.is_none();
    is_bare && generics.where_clause.is_none() && item.items.iter().all(is_plain)
}

fn is_plain_method(method: &ImplItemFn) -> bool {
    let is_plain = |statement: &Stmt| match statement {
        Stmt::Local(Local { attrs, init, .. }) => {
            attrs.is_empty() && init.as_ref().is_some_and(|init| init.diverge.is_none())
        }
        Stmt::Macro(call) => call.attrs.is_empty(),
        Stmt::Expr(..) => true,
        Stmt::Item(_) => false,
    };
    let Signature { safety, abi, generics, variadic, .. } = &method.sig;
    let is_bare = method.modifiers.defaultness.is_none() && abi.is_none() && variadic.is_none();
    let is_safe = matches!(safety, Safety::Default);
    is_bare && is_safe && generics.where_clause.is_none() && method.block.stmts.iter().all(is_plain)
}

/// Writes a block of methods.
pub(super) fn write(item: ItemImpl, out: &mut String) -> ItemKind {
    attributes::write(&item.attrs, 0, out);
    write_head(&item, out);
    out.push_str(if item.items.is_empty() { " {" } else { " {\n" });
    for (index, method) in item.items.into_iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        if let ImplItem::Fn(method) = method {
            write_method(method, out);
        }
    }
    out.push_str("}\n");
    ItemKind::Other
}

/// `impl Default for User`
fn write_head(item: &ItemImpl, out: &mut String) {
    out.push_str("impl");
    tokens::write(item.generics.to_token_stream(), out);
    out.push(' ');
    if let Some((path, _)) = &item.trait_ {
        tokens::write(path.to_token_stream(), out);
        let mut name = String::from("for ");
        tokens::write(item.self_ty.to_token_stream(), &mut name);
        let fits = column(out) + " ".len() + name.len() + " {".len() <= WIDTH;
        out.push(if fits { ' ' } else { '\n' });
        out.push_str(&name);
    } else {
        tokens::write(item.self_ty.to_token_stream(), out);
    }
}

fn write_method(method: ImplItemFn, out: &mut String) {
    attributes::write(&method.attrs, INDENT, out);
    indent(INDENT, out);
    write_visibility(&method.vis, out);
    write_signature(&method.sig, out);
    match method.block.stmts.as_slice() {
        [] => out.push_str(" {}"),
        [Stmt::Expr(only, None)] if is_short(&method.sig, only) && write_on_line(only, out) => {}
        _ => write_body(method.block, out),
    }
    out.push('\n');
}

/// Writes a signature on one line, or with its arguments below.
fn write_signature(signature: &Signature, out: &mut String) {
    let Signature { constness, asyncness, .. } = signature;
    for word in [constness.to_token_stream(), asyncness.to_token_stream()] {
        if !word.is_empty() {
            tokens::write(word, out);
            out.push(' ');
        }
    }
    out.push_str("fn ");
    write_ident(&signature.ident, out);
    tokens::write(signature.generics.to_token_stream(), out);
    out.push('(');
    let arguments: Vec<String> = signature.inputs.iter().map(argument).collect();
    let start = out.len();
    out.push_str(&arguments.join(", "));
    write_output(&signature.output, out);
    if column(out) + " {".len() > WIDTH && !arguments.is_empty() {
        out.truncate(start);
        out.push('\n');
        let mut lines = Fill::new(INDENT + INDENT, out);
        arguments.iter().for_each(|argument| lines.add(&format!("{argument},")));
        indent(INDENT, lines.end());
        write_output(&signature.output, out);
    }
}

/// `user_id: i64`
fn argument(argument: &FnArg) -> String {
    let mut text = String::new();
    match argument {
        FnArg::Typed(typed) if typed.attrs.is_empty() => {
            tokens::write(typed.pat.to_token_stream(), &mut text);
            text.push_str(": ");
            write_flat_type(&typed.ty, &mut text);
        }
        other => tokens::write(other.to_token_stream(), &mut text),
    }
    text
}

/// `) -> Call<User>`
fn write_output(output: &ReturnType, out: &mut String) {
    out.push(')');
    if let ReturnType::Type(_, ty) = output {
        out.push_str(" -> ");
        write_flat_type(ty, out);
    }
}

/// Whether a method is written on one line: a setter, or a method that only creates a struct.
fn is_short(signature: &Signature, only: &Expr) -> bool {
    let gives_itself = match &signature.output {
        ReturnType::Type(_, ty) => matches!(&**ty, Type::Path(path) if path.path.is_ident("Self")),
        ReturnType::Default => false,
    };
    gives_itself || matches!(only, Expr::Struct(_))
}

/// Writes the only expression of a body after the signature, if it fits on the line.
fn write_on_line(only: &Expr, out: &mut String) -> bool {
    let start = out.len();
    out.push_str(" { ");
    piece_of(only).write_flat(out);
    out.push_str(" }");
    let fits = column(out) <= WIDTH;
    if !fits {
        out.truncate(start);
    }
    fits
}

fn write_body(block: Block, out: &mut String) {
    out.push_str(" {\n");
    for statement in block.stmts {
        indent(INDENT + INDENT, out);
        write_statement(statement, INDENT + INDENT, out);
        out.push('\n');
    }
    indent(INDENT, out);
    out.push('}');
}

fn write_statement(statement: Stmt, margin: usize, out: &mut String) {
    match statement {
        Stmt::Macro(call) => table::write_statement(call.mac, out),
        Stmt::Expr(expr, semicolon) => {
            let end = if semicolon.is_some() { ";" } else { "" };
            piece_of(&expr).write(margin, end.len(), out);
            out.push_str(end);
        }
        Stmt::Local(local) => {
            out.push_str("let ");
            tokens::write(local.pat.to_token_stream(), out);
            out.push_str(" = ");
            if let Some(init) = &local.init {
                piece_of(&init.expr).write(margin, ";".len(), out);
            }
            out.push(';');
        }
        // `prettyplease` lays out such a block.
        Stmt::Item(item) => tokens::write(item.into_token_stream(), out),
    }
}

#[cfg(test)]
mod tests {
    use quote::{format_ident, quote};

    use super::super::tests::laid_out;

    #[test]
    fn what_makes_a_struct_or_gives_itself_is_one_line() {
        let text = laid_out(quote! {
            impl<'c> Users<'c> {
                #[doc = " More."]
                pub fn more(&self) -> crate::resources::More<'c> { crate::resources::More { client: self.client } }
            }
            impl Default for User { fn default() -> Self { Self::new() } }
            impl Client { pub fn builder() -> Builder { Builder::new(&API) } }
        });
        let expected = "impl<'c> Users<'c> {\n    /// More.\n    \
            pub fn more(&self) -> crate::resources::More<'c> { crate::resources::More { client: self.client } }\n}\n\n\
            impl Default for User {\n    fn default() -> Self { Self::new() }\n}\n\n\
            impl Client {\n    pub fn builder() -> Builder {\n        Builder::new(&API)\n    }\n}\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn arguments_and_chains_fill_lines() {
        let arguments: Vec<_> = (10..20).map(|n| format_ident!("argument_{n}")).collect();
        let text = laid_out(quote! {
            impl A {
                #[inline]
                pub fn get(&self, #(#arguments: Vec<B>,)*) -> Call<C> {
                    operation!("get" "GET" "/a"; errors 404);
                    Call::json(self.client, &OPERATION)#(.with("a", &#arguments))*
                }
                pub fn set(self, b: B) -> Self { self.with("b", &b) }
            }
        });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[2], "    pub fn get(");
        assert!(lines[3].starts_with("        &self, argument_10: Vec<B>, argument_11: Vec<B>,"), "{text}");
        assert_eq!(lines[5], "    ) -> Call<C> {");
        assert_eq!(lines[6], "        operation!(\"get\" \"GET\" \"/a\"; errors 404);");
        assert_eq!(lines[7], "        Call::json(self.client, &OPERATION)");
        assert!(lines[8].starts_with("            .with(\"a\", &argument_10).with("), "{text}");
        assert!(
            text.ends_with("    }\n\n    pub fn set(self, b: B) -> Self { self.with(\"b\", &b) }\n}\n"),
            "{text}"
        );
        assert!(lines.iter().all(|line| line.len() <= super::WIDTH), "{text}");
    }

    #[test]
    fn what_does_not_fit_is_broken_within_its_brackets() {
        let styles: Vec<String> = (10..14).map(|n| format!("a_parameter_with_a_long_name_{n}")).collect();
        let text = laid_out(quote! {
            impl A {
                fn a(self) -> Self { self.with_form(&body, &[#((#styles, Style::Deep)),*]) }
                fn b(self) -> B { Call::json(self.client).with_form(&body, &[#((#styles, Style::Deep)),*]).done() }
            }
        });
        let list = |margin: &str| -> String {
            let lines = styles.iter().map(|style| format!("{margin}        (\"{style}\", Style::Deep),\n"));
            format!("{margin}    &body,\n{margin}    &[\n{}{margin}    ],\n", lines.collect::<String>())
        };
        let expected = format!(
            "impl A {{\n    fn a(self) -> Self {{\n        self.with_form(\n{}        )\n    }}\n\n    \
             fn b(self) -> B {{\n        Call::json(self.client)\n            .with_form(\n{}            )\n            .done()\n    }}\n}}\n",
            list("        "),
            list("            "),
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn other_blocks_are_left_to_the_printer() {
        let text = laid_out(quote! { impl A for B { const C: i64 = 1; fn d() { struct E; } } });
        assert_eq!(
            text,
            "impl A for B {\n    const C: i64 = 1;\n    fn d() {\n        struct E;\n    }\n}\n"
        );
    }
}
