//! The stream over all pages of a list.

use proc_macro2::TokenStream;
use quote::quote;

use super::{call::Call, returns};
use crate::{
    ir::{Outcome, Pagination, PaginationStyle, Payload, Shape, Type},
    name::Ident,
};

/// `items`, the method that gives the items of all pages.
pub(super) fn items(call: Call<'_>, pagination: &Pagination) -> TokenStream {
    let scope = call.scope;
    let (items, batch) = (scope.runtime("page", "Items"), scope.runtime("paging", "Batch"));
    let paging = scope.runtime("paging", "Paging");
    let item = scope.ty(&pagination.item);
    let failure = returns::any_failure(call.operation, scope);
    let PaginationStyle::Offset { offset, total } = &pagination.style;
    let members = [&pagination.items].into_iter().chain(total);
    let members = quote! { &[#(#members),*] };
    let results = page_field(call, &pagination.items);
    let total = total.as_ref().map(|total| {
        let field = page_field(call, total);
        quote! { .total(page.#field) }
    });
    let limit = match &pagination.limit {
        Some(limit) => quote! { Some(#limit) },
        None => quote! { None },
    };
    let results = if pagination.optional {
        quote! { #results.unwrap_or_default() }
    } else {
        quote! { #results }
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

/// The field of the page with this key.
fn page_field<'a>(call: Call<'a>, wire: &str) -> &'a Ident {
    field(call, wire).expect("pagination is lowered only if the page has its properties")
}

fn field<'a>(call: Call<'a>, wire: &str) -> Option<&'a Ident> {
    let context = call.scope.context();
    let Outcome::One { payload: Payload::Json(Type::Named(id)), .. } = &call.operation.success else {
        return None;
    };
    let Shape::Record(record) = &context.api.type_def(*id).shape else { return None };
    let index = record.fields.iter().position(|field| field.wire == wire)?;
    context.names.type_def(*id).parts.get(index)
}
