//! Emits how a parameter is set on a call.
//!
//! ```yaml
//! - { name: limit, in: query, required: true, schema: { type: integer } }
//! ```
//! is `.with_query("limit", &limit)`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{scope::FileScope, types::passed};
use crate::ir::{Location, Parameter, PathStyle, PlainStyle, Style};

/// `.with_path("userId", &user_id)`
pub(super) fn fill(parameter: &Parameter, ident: &TokenStream, scope: &FileScope<'_>) -> TokenStream {
    let (wire, value) = (&parameter.wire, passed(&parameter.ty, ident));
    scope.runtime_trait("fill", "Fill");
    match parameter.location {
        Location::Path { style, allow_reserved } => fill_path(style, allow_reserved, wire, &value, scope),
        Location::Header(PlainStyle::Simple) => quote! { .with_header(#wire, #value) },
        Location::Header(style) => {
            let style = plain_style(style, scope);
            quote! { .with_styled_header(#wire, #style, #value) }
        }
        Location::Cookie(Style::FormExplode) => quote! { .with_cookie(#wire, #value) },
        Location::Cookie(style) => {
            let style = query_style(style, scope);
            quote! { .with_styled_cookie(#wire, #style, #value) }
        }
        Location::Query { style, allow_reserved, allow_empty } => {
            let filled = fill_query(style, allow_reserved, wire, &value, scope);
            let empty = allow_empty.then(|| quote! { .with_empty_query(#wire) });
            quote! { #filled #empty }
        }
    }
}

fn fill_query(
    style: Style,
    reserved: bool,
    wire: &str,
    value: &TokenStream,
    scope: &FileScope<'_>,
) -> TokenStream {
    if style == Style::FormExplode && !reserved {
        return quote! { .with_query(#wire, #value) };
    }
    let style = query_style(style, scope);
    if reserved {
        quote! { .with_reserved_query(#wire, #style, #value) }
    } else {
        quote! { .with_styled_query(#wire, #style, #value) }
    }
}

fn fill_path(
    style: PathStyle,
    reserved: bool,
    wire: &str,
    value: &TokenStream,
    scope: &FileScope<'_>,
) -> TokenStream {
    let style = match style {
        PathStyle::Simple if !reserved => return quote! { .with_path(#wire, #value) },
        PathStyle::Simple => quote! { Simple },
        PathStyle::SimpleExplode => quote! { SimpleExplode },
        PathStyle::Label => quote! { Label },
        PathStyle::LabelExplode => quote! { LabelExplode },
        PathStyle::Matrix => quote! { Matrix },
        PathStyle::MatrixExplode => quote! { MatrixExplode },
        PathStyle::Json => quote! { Json },
    };
    let name = scope.runtime("style", "PathStyle");
    if reserved {
        quote! { .with_reserved_path(#wire, #name::#style, #value) }
    } else {
        quote! { .with_styled_path(#wire, #name::#style, #value) }
    }
}

fn plain_style(style: PlainStyle, scope: &FileScope<'_>) -> TokenStream {
    let name = scope.runtime("style", "PlainStyle");
    let style = match style {
        PlainStyle::Simple => quote! { Simple },
        PlainStyle::SimpleExplode => quote! { SimpleExplode },
        PlainStyle::Json => quote! { Json },
    };
    quote! { #name::#style }
}

/// `QueryStyle::Form`
pub(super) fn query_style(style: Style, scope: &FileScope<'_>) -> TokenStream {
    let (name, style) = (scope.runtime("style", "QueryStyle"), query_style_name(style));
    quote! { #name::#style }
}

/// `Form`
pub(super) fn query_style_name(style: Style) -> TokenStream {
    match style {
        Style::Form => quote! { Form },
        Style::FormExplode => quote! { FormExplode },
        Style::Cookie => quote! { Cookie },
        Style::CookieExplode => quote! { CookieExplode },
        Style::SpaceDelimited => quote! { SpaceDelimited },
        Style::PipeDelimited => quote! { PipeDelimited },
        Style::DeepObject => quote! { DeepObject },
        Style::Json => quote! { Json },
        Style::WholeForm => quote! { WholeForm },
        Style::WholeJson => quote! { WholeJson },
    }
}

/// `.with_query("limit", &50i64)`: a number that is sent unless the caller sets another.
pub(super) fn sent_by_default(parameter: &Parameter, scope: &FileScope<'_>) -> Option<TokenStream> {
    let (wire, number) = (&parameter.wire, Literal::i64_suffixed(parameter.sent_by_default?));
    scope.runtime_trait("fill", "Fill");
    Some(quote! { .with_query(#wire, &#number) })
}
