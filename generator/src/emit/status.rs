//! Keys of a `responses` object.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::Status;

/// The key as written: `404`, `5XX`, `default`.
pub(super) fn key(status: Status) -> TokenStream {
    match status {
        Status::Exact(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote! { #code }
        }
        Status::Range(1) => quote! { 1XX },
        Status::Range(2) => quote! { 2XX },
        Status::Range(3) => quote! { 3XX },
        Status::Range(4) => quote! { 4XX },
        Status::Range(_) => quote! { 5XX },
        Status::Default => quote! { default },
    }
}
