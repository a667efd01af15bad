//! Resources: one file each, with its accessor and calls.

use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, describe::ResourcePath, docs, operation, scope::FileScope, sources::Sources};
use crate::ir::{OperationId, Resource, ResourceId};

/// Emits `resources/`.
pub(super) fn emit(context: Context<'_>, sources: &mut Sources<'_>) {
    let mut modules = Vec::new();
    let mut root = TokenStream::new();
    for (index, resource) in context.api.resources.iter().enumerate() {
        let id = ResourceId::from_index(index);
        if id == ResourceId::ROOT {
            root = emit_root(context, resource, sources);
        } else {
            emit_resource(context, id, resource, sources);
            modules.push(&context.names.resource(id).module);
        }
    }
    let exported = modules.iter();
    let items = quote! { #(mod #modules;)* #root #(pub use #exported::*;)* };
    let scope = FileScope::new(context, []);
    sources.add("src/resources/mod.rs".to_owned(), "Resources: entry points to the calls.", scope, &items);
}

fn emit_resource(context: Context<'_>, id: ResourceId, resource: &Resource, sources: &mut Sources<'_>) {
    let scope = FileScope::of_resource(context);
    let (client, names) = (scope.runtime("client", "Client"), context.names.resource(id));
    let (ident, about) = (&names.ident, about(resource, names.accessor.plain()));
    let Calls { methods, setters } =
        calls(&resource.operations, &scope, &quote! { self.client }, &ResourcePath::Named(ident.clone()));
    let accessors = resource
        .children
        .iter()
        .map(|child| accessor(context, *child, &quote! { self.client }, &quote! { 'c }));
    let accessors: Vec<TokenStream> = accessors.collect();
    // A separate block, so that the methods stay in the same one whether or not there are accessors.
    let accessors = (!accessors.is_empty()).then(|| quote! { impl<'c> #ident<'c> { #(#accessors)* } });
    let methods = (!methods.is_empty()).then(|| quote! { impl #ident<'_> { #methods } });
    let docs = docs::outer(&about);
    let items = quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #ident<'c> { pub(crate) client: &'c #client }
        #accessors
        #methods
        #setters
    };
    let path = format!("src/resources/{}.rs", names.module.plain());
    let title = format!("Operations on `{}`.", names.accessor.plain());
    sources.add(path, &title, scope, &items);
}

/// Emits the calls without a resource as methods of the client; returns the declaration of their module.
fn emit_root(context: Context<'_>, resource: &Resource, sources: &mut Sources<'_>) -> TokenStream {
    if resource.operations.is_empty() {
        return TokenStream::new();
    }
    let scope = FileScope::of_resource(context);
    let client = scope.runtime("client", "Client");
    let Calls { methods, setters } =
        calls(&resource.operations, &scope, &quote! { self }, &ResourcePath::Client);
    let items = quote! { impl #client { #methods } #setters };
    sources.add("src/resources/root.rs".to_owned(), "Operations without a resource.", scope, &items);
    let exported = (!setters.is_empty()).then(|| quote! { pub use root::*; });
    quote! { mod root; #exported }
}

struct Calls {
    methods: TokenStream,
    setters: TokenStream,
}

fn calls(
    operations: &[OperationId],
    scope: &FileScope<'_>,
    client: &TokenStream,
    resource: &ResourcePath,
) -> Calls {
    let emitted: Vec<_> = operations.iter().map(|id| operation::emit(*id, scope, client, resource)).collect();
    let with_setters: Vec<_> = emitted.iter().filter_map(|one| one.call.as_ref()).collect();
    let parameters = (!with_setters.is_empty()).then(|| {
        let table = scope.runtime_macro("call_with", "parameters");
        quote! { #table!(#(#with_setters),*); }
    });
    let setters: TokenStream = emitted.iter().map(|one| one.setters.clone()).collect();
    Calls {
        methods: emitted.iter().map(|one| one.methods.clone()).collect(),
        setters: quote! { #parameters #setters },
    }
}

/// ```ignore
/// pub fn users(&self) -> Users<'c> { Users { client: self.client } }
/// ```
pub(super) fn accessor(
    context: Context<'_>,
    id: ResourceId,
    client: &TokenStream,
    lifetime: &TokenStream,
) -> TokenStream {
    let names = context.names.resource(id);
    let (root, ident, accessor) = (context.root, &names.ident, &names.accessor);
    let docs = docs::outer(&about(context.api.resource(id), accessor.plain()));
    quote! {
        #docs
        pub fn #accessor(&self) -> #root::resources::#ident<#lifetime> {
            #root::resources::#ident { client: #client }
        }
    }
}

/// The description of the resource, or else its name.
fn about(resource: &Resource, name: &str) -> String {
    let text = match docs::own_text(&resource.docs) {
        text if text.is_empty() => format!("Operations on `{name}`."),
        text => text,
    };
    docs::and_see(text, &resource.docs)
}
