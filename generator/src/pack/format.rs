//! Formats tokens as text, and compares texts as code.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use super::layout;
use crate::diagnostic::{Code, Diagnostic, Place};

/// The text of a file.
pub(super) fn file(path: &str, tokens: TokenStream) -> Result<String, Diagnostic> {
    let parsed = syn::parse2::<syn::File>(tokens).map_err(|error| no_rust(path, &error))?;
    Ok(layout::lay_out(parsed))
}

/// The diagnostic of emitted code that does not parse.
pub(super) fn no_rust(path: &str, error: &syn::Error) -> Diagnostic {
    let message = format!("the code emitted for `{path}` is not Rust: {error}");
    Diagnostic::new(Code::Internal, Place::Path(path.to_owned()), message)
        .help("this is a defect of the generator; please report it with the document")
}

/// Whether two texts are the same Rust code in the eyes of a formatter, which adds and removes trailing commas and
/// sorts imports and modules.
pub fn is_same_code(one: &str, other: &str) -> bool {
    let words = |text: &str| syn::parse_file(text).ok().map(words);
    words(one).is_some_and(|words_of_one| Some(words_of_one) == words(other))
}

/// The tokens of a file: those of items that a formatter sorts, in a fixed order, then those of the others.
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

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::file;
    use crate::diagnostic::Code;

    #[test]
    fn tokens_that_are_no_rust_are_a_defect_of_the_generator() {
        for tokens in [quote! { pub struct }, quote! { impl A { 1 } }, quote! { record!(A) }, quote! { < > }]
        {
            let fault = file("src/lib.rs", tokens).expect_err("it is not Rust");
            assert_eq!(fault.code, Code::Internal);
            assert!(
                fault.message.starts_with("the code emitted for `src/lib.rs` is not Rust: "),
                "{fault:?}"
            );
        }
    }
}
