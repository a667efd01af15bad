//! The stream over all pages of a list.

use proc_macro2::TokenStream;
use quote::quote;

use super::{call::Call, returns};
use crate::ir::{Outcome, Pagination, PaginationStyle, Payload, Shape, Type};

/// `items`, the method that gives the items of all pages.
pub(super) fn items(call: Call<'_>, pagination: &Pagination) -> TokenStream {
    let scope = call.scope;
    let (items, batch) = (scope.runtime("page", "Items"), scope.runtime("paging", "Batch"));
    let paging = scope.runtime("paging", "Paging");
    let item = scope.ty(&pagination.item);
    let failure = returns::any_failure(call.operation, scope);
    let PaginationStyle::Offset { offset, total } = &pagination.style;
    let field = |wire: &str| page_field(call, wire);
    let members = [&pagination.items].into_iter().chain(total.as_ref().map(|total| &total.property));
    let members = quote! { &[#(#members),*] };
    let results = field(&pagination.items);
    let total = total.as_ref().map(|total| {
        let field = field(&total.property);
        quote! { .total(page.#field) }
    });
    let limit = match &pagination.limit {
        Some(limit) => quote! { Some(#limit) },
        None => quote! { None },
    };
    let results = if pagination.optional {
        quote! { #results.unwrap_or_default() }
    } else {
        results
    };
    quote! {
        /// Every item from this page on.
        #[inline]
        pub fn items(self) -> #items<#item, #failure> {
            let paging = #paging::Offset { parameter: #offset, start: 0, limit: #limit };
            #items::new(self, paging, #members, |page| #batch::new(page.#results)#total)
        }
    }
}

/// The field of the page with this key, which lowering has found in it.
fn page_field(call: Call<'_>, wire: &str) -> TokenStream {
    let context = call.scope.context();
    let Outcome::One { payload: Payload::Json(Type::Named(id)), .. } = &call.operation.success else {
        return TokenStream::new();
    };
    let Shape::Record(record) = &context.api.type_def(*id).shape else {
        return TokenStream::new();
    };
    let names = &context.names.type_def(*id).parts;
    let field = record.fields.iter().zip(names).find(|(field, _)| field.wire == wire);
    field.map(|(_, ident)| quote! { #ident }).unwrap_or_default()
}
