//! The streams over all pages of a list, and over their items.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{call::Call, returns};
use crate::{
    ir::{MemberPath, Next, Pagination, PaginationStyle, Presence, Shape, Type},
    name::Ident,
};

/// A property on the way from a page to a value in it.
struct Step<'a> {
    field: &'a Ident,
    presence: Presence,
}

impl Step<'_> {
    /// Whether the field is an `Option` or a `Field`.
    fn is_optional(&self) -> bool {
        self.presence != Presence::Required
    }

    /// What makes an `Option` of a reference to the value.
    fn borrowed(&self) -> TokenStream {
        let field = self.field;
        match self.presence {
            Presence::ThreeState => quote! { #field.as_option() },
            Presence::Required | Presence::Nullable | Presence::Optional => quote! { #field.as_ref() },
        }
    }
}

/// `pages` and `items`, the methods that give all pages, and the items of all of them.
pub(super) fn methods(call: Call<'_>, pagination: &Pagination) -> TokenStream {
    let scope = call.scope;
    let (pages, items) = (scope.runtime("pages", "Pages"), scope.runtime("items", "Items"));
    let page = call.operation.success.json().map(|ty| scope.ty(ty));
    let item = scope.ty(&pagination.item);
    let failure = returns::any_failure(call.operation, scope);
    let paging = paging(call, pagination);
    let needed = pagination.items.iter().chain(pagination.style.next()).map(|path| path.join("."));
    let counted = pagination.total.iter().chain(&pagination.more).map(|path| path.join("."));
    let members = quote! { (&[#(#needed),*], &[#(#counted),*]) };
    let (summary, taken) = (summary(call, pagination), taken(call, pagination));
    quote! {
        /// Every page from this one on.
        #[inline]
        pub fn pages(self) -> #pages<#page, #failure> {
            let paging = #paging;
            #pages::new(self, paging, #members, #summary)
        }

        /// Every item from this page on.
        #[inline]
        pub fn items(self) -> #items<#item, #failure> { #items::new(self.pages(), #taken) }
    }
}

/// How pages follow each other.
fn paging(call: Call<'_>, pagination: &Pagination) -> TokenStream {
    let paging = call.scope.runtime("paging", "Paging");
    let limit = match &pagination.limit {
        Some(limit) => quote! { Some(#limit) },
        None => quote! { None },
    };
    match &pagination.style {
        PaginationStyle::Offset(parameter) => {
            quote! { #paging::Offset { parameter: #parameter, start: 0, limit: #limit } }
        }
        PaginationStyle::Page { parameter, first } => {
            let first = Literal::u32_unsuffixed(*first);
            quote! { #paging::PageNumber { parameter: #parameter, start: #first, limit: #limit } }
        }
        PaginationStyle::Cursor { parameter, next: Next::Member(_) | Next::LastItem(_) } => {
            quote! { #paging::Cursor { parameter: #parameter, header: None } }
        }
        PaginationStyle::Cursor { parameter, next: Next::Header(header) } => {
            quote! { #paging::Cursor { parameter: #parameter, header: Some(#header) } }
        }
        PaginationStyle::Link(next) => {
            let is_header = matches!(next, Next::Header(_));
            quote! { #paging::Link { is_header: #is_header } }
        }
    }
}

/// The function that says what a page leads to.
fn summary(call: Call<'_>, pagination: &Pagination) -> TokenStream {
    let summary = call.scope.runtime("paging", "Summary");
    let page = quote! { page };
    let count = match &pagination.items {
        Some(path) => counted(&page, &steps(call, path)),
        None => quote! { page.len() },
    };
    let total = pagination.total.as_ref().map(|path| copied(&page, &steps(call, path)));
    let total = total.map(|total| quote! { .total(#total) });
    let more = pagination.more.as_ref().map(|path| flag(&page, &steps(call, path)));
    let more = more.map(|more| quote! { .more(#more) });
    let next = next(call, pagination, &page).map(|next| quote! { .leading_to(#next) });
    quote! { |page| #summary::of(#count)#total #more #next }
}

/// What leads to the next page, in the page or in its last item.
fn next(call: Call<'_>, pagination: &Pagination, page: &TokenStream) -> Option<TokenStream> {
    let of_item = match &pagination.style {
        PaginationStyle::Cursor { next, .. } | PaginationStyle::Link(next) => match next {
            Next::LastItem(path) => Some(path),
            Next::Member(_) => None,
            Next::Header(_) => return None,
        },
        PaginationStyle::Offset(_) | PaginationStyle::Page { .. } => return None,
    };
    let token = call.scope.runtime("paging", "token");
    let Some(of_item) = of_item else {
        return pagination.style.next().map(|path| text(page, &steps(call, path), &token));
    };
    let last = match &pagination.items {
        Some(path) => last(page, &steps(call, path)),
        None => quote! { #page.last() },
    };
    let text = text(&quote! { item }, &steps_of(call, Some(&pagination.item), of_item), &token);
    Some(quote! { #last.and_then(|item| #text) })
}

/// What is made of the last step of a path, as an `Option` that is `None` if a step before it is absent.
fn reached(
    base: &TokenStream,
    steps: &[Step<'_>],
    end: &dyn Fn(&TokenStream, &Step<'_>) -> TokenStream,
) -> TokenStream {
    match steps {
        [] => quote! { None },
        [only] => end(base, only),
        [step, rest @ ..] if step.is_optional() => {
            let (field, inner) = (step.borrowed(), reached(&quote! { within }, rest, end));
            quote! { #base.#field.and_then(|within| #inner) }
        }
        [step, rest @ ..] => {
            let field = step.field;
            reached(&quote! { #base.#field }, rest, end)
        }
    }
}

/// The last of the items at the end of a path.
fn last(base: &TokenStream, steps: &[Step<'_>]) -> TokenStream {
    reached(base, steps, &|base, step| {
        let (field, borrowed) = (step.field, step.borrowed());
        match step.is_optional() {
            true => quote! { #base.#borrowed.and_then(|within| within.last()) },
            false => quote! { #base.#field.last() },
        }
    })
}

/// The function that takes the items out of a page.
fn taken(call: Call<'_>, pagination: &Pagination) -> TokenStream {
    let page = quote! { page };
    let items = match &pagination.items {
        Some(path) => moved(&page, &steps(call, path)),
        None => page,
    };
    quote! { |page| #items }
}

/// The number of items at the end of a path; none if they are absent.
fn counted(base: &TokenStream, steps: &[Step<'_>]) -> TokenStream {
    let Some((step, rest)) = steps.split_first() else { return quote! { #base.len() } };
    if step.is_optional() {
        let (field, inner) = (step.borrowed(), counted(&quote! { within }, rest));
        return quote! { #base.#field.map_or(0, |within| #inner) };
    }
    let field = step.field;
    counted(&quote! { #base.#field }, rest)
}

/// The items at the end of a path; none if they are absent.
fn moved(base: &TokenStream, steps: &[Step<'_>]) -> TokenStream {
    let Some((step, rest)) = steps.split_first() else { return base.clone() };
    let field = step.field;
    match (step.is_optional(), rest.is_empty()) {
        (false, _) => moved(&quote! { #base.#field }, rest),
        (true, true) => quote! { #base.#field.unwrap_or_default() },
        (true, false) => {
            let inner = moved(&quote! { within }, rest);
            quote! { #base.#field.map(|within| #inner).unwrap_or_default() }
        }
    }
}

/// The number at the end of a path.
fn copied(base: &TokenStream, steps: &[Step<'_>]) -> TokenStream {
    let Some((step, rest)) = steps.split_first() else { return base.clone() };
    let field = step.field;
    match (step.is_optional(), rest.is_empty()) {
        (true, false) => {
            let (field, inner) = (step.borrowed(), copied(&quote! { within }, rest));
            quote! { #base.#field.map(|within| #inner) }
        }
        (true, true) if step.presence == Presence::ThreeState => quote! { #base.#field.as_option().copied() },
        _ => copied(&quote! { #base.#field }, rest),
    }
}

/// The boolean at the end of a path, as an `Option`.
fn flag(base: &TokenStream, steps: &[Step<'_>]) -> TokenStream {
    reached(base, steps, &|base, step| {
        let field = step.field;
        match step.presence {
            Presence::Required => quote! { Some(#base.#field) },
            Presence::Nullable | Presence::Optional => quote! { #base.#field },
            Presence::ThreeState => quote! { #base.#field.as_option().copied() },
        }
    })
}

/// The text of the value at the end of a path, by the runtime's function for it.
fn text(base: &TokenStream, steps: &[Step<'_>], token: &TokenStream) -> TokenStream {
    reached(base, steps, &|base, step| {
        let field = step.field;
        quote! { #token(&#base.#field) }
    })
}

/// The fields that lead to a value in a page.
fn steps<'a>(call: Call<'a>, path: &MemberPath) -> Vec<Step<'a>> {
    steps_of(call, call.operation.success.json(), path)
}

/// The fields that lead to a value in one of a type.
fn steps_of<'a>(call: Call<'a>, ty: Option<&'a Type>, path: &MemberPath) -> Vec<Step<'a>> {
    let Some(mut within) = ty else { return Vec::new() };
    let context = call.scope.context();
    let mut steps = Vec::new();
    for name in path {
        while let Type::Named(id) = within
            && let Shape::Alias(ty) = &context.api.type_def(*id).shape
        {
            within = ty;
        }
        let Type::Named(id) = within else { break };
        let Shape::Record(record) = &context.api.type_def(*id).shape else { break };
        let Some(index) = record.fields.iter().position(|field| field.wire == *name) else { break };
        let Some(ident) = context.names.type_def(*id).parts.get(index) else { break };
        let field = &record.fields[index];
        steps.push(Step { field: ident, presence: field.presence });
        within = &field.ty;
    }
    steps
}
