//! Tokens to formatted text.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use super::layout;
use crate::diagnostic::{Code, Diagnostic, Place};

/// The text of a file.
pub(super) fn file(path: &str, tokens: TokenStream) -> Result<String, Diagnostic> {
    let parsed = syn::parse2::<syn::File>(tokens).map_err(|error| no_rust(path, &error))?;
    Ok(separate(&layout::lay_out(&prettyplease::unparse(&parsed))))
}

/// The diagnostic of emitted code that does not parse.
pub(super) fn no_rust(path: &str, error: &syn::Error) -> Diagnostic {
    let message = format!("the code emitted for `{path}` is not Rust: {error}");
    Diagnostic::new(Code::Internal, Place::Path(path.to_owned()), message)
        .help("this is a defect of the generator; please report it with the document")
}

/// Whether two texts are the same Rust, laid out as a formatter may: it adds and takes commas at the end of lists, and
/// orders imports and modules.
pub fn is_same_code(one: &str, other: &str) -> bool {
    let words = |text: &str| syn::parse_file(text).ok().map(words);
    words(one).is_some_and(|words_of_one| Some(words_of_one) == words(other))
}

/// The words of a file: of the items whose order is the formatter's in a fixed order, then of the others.
fn words(file: syn::File) -> (Vec<String>, Vec<String>) {
    let (mut ordered, mut rest) = (Vec::new(), Vec::new());
    for item in &file.items {
        match item {
            syn::Item::Use(_) => collect(item.to_token_stream(), &mut ordered),
            syn::Item::Mod(module) if module.content.is_none() => {
                collect(item.to_token_stream(), &mut ordered)
            }
            _ => collect(item.to_token_stream(), &mut rest),
        }
    }
    for attribute in file.attrs {
        collect(attribute.to_token_stream(), &mut rest);
    }
    ordered.sort_unstable();
    (ordered, rest)
}

fn collect(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                words.push(format!("{:?}", group.delimiter()));
                collect(group.stream(), words);
                words.push(String::new());
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' => {}
            token => words.push(token.to_string()),
        }
    }
}

/// Puts a blank line before each documented or multi-line item, as rustfmt's users do by hand; the printer leaves
/// none.
fn separate(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut previous = "";
    for line in text.lines() {
        if starts_item(line, previous) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

/// Items that stand together without blank lines.
const GROUPED: &[&str] = &["use ", "mod ", "pub use ", "pub mod ", "pub type "];

/// Whether an item starts at this line that should stand apart from the one before.
fn starts_item(line: &str, previous: &str) -> bool {
    let indent = line.len() - line.trim_start().len();
    let (line, before) = (line.trim_start(), previous.trim_start());
    if before.is_empty() || indent > 4 {
        return false;
    }
    if before.starts_with("//!") {
        return !line.starts_with("//!");
    }
    let attached = |line: &str| line.starts_with("///") || line.starts_with("#[");
    if attached(before) || before.starts_with("//") {
        return false;
    }
    let same_group = GROUPED.iter().any(|word| line.starts_with(word) && before.starts_with(word));
    let one_line = |line: &str| line.contains("!(pub enum") && line.ends_with(");");
    let same_group = same_group || (one_line(line) && one_line(before));
    let after_imports = before == "};" && line.starts_with("use ");
    let macro_call = line.contains("!(") || line.contains("! {");
    let begins = match indent {
        0 => {
            let item = ["pub ", "impl", "static ", "mod ", "use "].iter().any(|word| line.starts_with(word));
            let declares =
                line.ends_with("! {") || line.contains("!(pub enum") || line.starts_with("parameters!");
            attached(line) || item || declares || (macro_call && before.starts_with("use "))
        }
        _ => before.ends_with('}') && (attached(line) || line.starts_with("pub fn") || macro_call),
    };
    begins && !same_group && !after_imports
}
