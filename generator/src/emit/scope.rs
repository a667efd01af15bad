//! How a file refers to items declared elsewhere. Naming an item here imports it and records that the crate needs its
//! runtime file.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};

use super::context::Context;
use crate::{
    ir::{Scalar, TypeId},
    name::Names,
};

/// The maximum total length of the imported model names on one line.
const MAX_NAMED: usize = 96;

/// The types that the file of webhooks declares or exports.
const WEBHOOKS: &[&str] = &["SecretError", "Verifier", "VerifyError", "Webhook"];

/// The names that a file imports.
pub(super) struct FileScope<'a> {
    context: Context<'a>,
    runtime: RefCell<BTreeMap<&'static str, BTreeSet<&'static str>>>,
    traits: RefCell<BTreeSet<(&'static str, &'static str)>>,
    touched: RefCell<BTreeSet<&'static str>>,
    models: RefCell<BTreeSet<TypeId>>,
    declared: BTreeSet<TypeId>,
    foreign: RefCell<BTreeMap<&'static str, &'static str>>,
    scalars: RefCell<Vec<Scalar>>,
    maps: RefCell<bool>,
    modules: RefCell<BTreeSet<&'static str>>,
    /// Which items the file declares besides models.
    declares: Declares,
    /// Whether types are named as users of the crate see them: `my_client::models::User`.
    is_outside: bool,
    /// Whether such a user is a file, which imports what it names.
    imports: bool,
}

/// The items that a file declares besides models.
#[derive(Clone, Copy)]
enum Declares {
    Nothing,
    /// Resources and calls.
    Resources,
    /// The items of [`WEBHOOKS`].
    Webhooks,
}

impl Declares {
    /// Whether one of them hides a model of this name.
    fn hides(self, name: &str, names: &Names) -> bool {
        match self {
            Self::Nothing => false,
            Self::Resources => names.is_resource_item(name),
            Self::Webhooks => WEBHOOKS.contains(&name),
        }
    }
}

impl<'a> FileScope<'a> {
    /// Creates the scope of a file that declares these types itself.
    pub(super) fn new(context: Context<'a>, declared: impl IntoIterator<Item = TypeId>) -> Self {
        Self {
            context,
            runtime: RefCell::default(),
            traits: RefCell::default(),
            touched: RefCell::default(),
            models: RefCell::default(),
            declared: declared.into_iter().collect(),
            foreign: RefCell::default(),
            scalars: RefCell::default(),
            maps: RefCell::new(false),
            modules: RefCell::default(),
            declares: Declares::Nothing,
            is_outside: false,
            imports: false,
        }
    }

    /// Creates the scope of a file of `resources`.
    pub(super) fn of_resource(context: Context<'a>) -> Self {
        Self { declares: Declares::Resources, ..Self::new(context, []) }
    }

    /// Creates the scope of the file of webhooks.
    pub(super) fn of_webhooks(context: Context<'a>) -> Self {
        Self { declares: Declares::Webhooks, ..Self::new(context, []) }
    }

    /// Creates the scope of a text for users of the crate, in which types have their public paths.
    pub(super) fn outside(context: Context<'a>) -> Self {
        Self { is_outside: true, ..Self::new(context, []) }
    }

    /// Creates the scope of a file that uses the crate. The context's root is the crate's name.
    pub(super) fn of_user(context: Context<'a>) -> Self {
        Self { imports: true, ..Self::outside(context) }
    }

    /// A path in the crate as users see it.
    pub(super) fn public(&self, module: Option<&str>, item: &TokenStream) -> TokenStream {
        let library = Ident::new(&self.context.names.library(), Span::call_site());
        let module = module.map(module_ident).map(|module| quote! { #module:: });
        quote! { #library::#module #item }
    }

    /// The inputs of emission.
    pub(super) fn context(&self) -> Context<'a> {
        self.context
    }

    /// An item of a runtime file, imported; or by its path if an API type has the same name.
    pub(super) fn runtime(&self, module: &'static str, item: &'static str) -> TokenStream {
        self.touch(module);
        if self.is_outside {
            self.public(None, &Ident::new(item, Span::call_site()).into_token_stream())
        } else if self.context.names.shadows(item) {
            self.runtime_path(module, item)
        } else {
            self.runtime.borrow_mut().entry(module).or_default().insert(item);
            let ident = Ident::new(item, Span::call_site());
            quote! { #ident }
        }
    }

    /// An item of a runtime file by its path.
    pub(super) fn runtime_path(&self, module: &'static str, item: &str) -> TokenStream {
        self.touch(module);
        let (root, module, item) =
            (self.context.root, module_ident(module), Ident::new(item, Span::call_site()));
        quote! { #root::runtime::#module::#item }
    }

    /// Records that the code needs a runtime file without naming its items.
    pub(super) fn touch(&self, module: &'static str) {
        self.touched.borrow_mut().insert(module);
    }

    /// A macro of a runtime file, which no type can shadow.
    pub(super) fn runtime_macro(&self, module: &'static str, item: &'static str) -> TokenStream {
        self.touch(module);
        self.runtime.borrow_mut().entry(module).or_default().insert(item);
        let ident = Ident::new(item, Span::call_site());
        quote! { #ident }
    }

    /// Imports a trait of a runtime file for its methods only.
    pub(super) fn runtime_trait(&self, module: &'static str, item: &'static str) {
        self.touch(module);
        self.traits.borrow_mut().insert((module, item));
    }

    /// A type of the API.
    pub(super) fn model(&self, id: TypeId) -> TokenStream {
        let (names, root) = (self.context.names, self.context.root);
        let ident = &names.type_def(id).ident;
        if self.declares.hides(ident.plain(), names) {
            return quote! { #root::models::#ident };
        }
        if !self.declared.contains(&id) {
            self.models.borrow_mut().insert(id);
        }
        match self.is_outside && !self.imports {
            true => self.public(Some("models"), &quote! { #ident }),
            false => quote! { #ident },
        }
    }

    /// An item of the standard prelude, by its path if an API type has the same name.
    pub(super) fn prelude(&self, item: &'static str) -> TokenStream {
        let ident = Ident::new(item, Span::call_site());
        let home = match item {
            "Option" => quote! { ::core::option },
            "Vec" => quote! { ::std::vec },
            "String" => quote! { ::std::string },
            "Box" => quote! { ::std::boxed },
            "AsRef" | "Into" | "From" => quote! { ::core::convert },
            "Default" => quote! { ::core::default },
            "Result" => quote! { ::core::result },
            _ => return quote! { #ident },
        };
        if self.context.names.shadows(item) {
            quote! { #home::#ident }
        } else {
            quote! { #ident }
        }
    }

    /// `BTreeMap`.
    pub(super) fn map(&self) -> TokenStream {
        if (self.is_outside && !self.imports) || self.context.names.shadows("BTreeMap") {
            return quote! { ::std::collections::BTreeMap };
        }
        *self.maps.borrow_mut() = true;
        quote! { BTreeMap }
    }

    /// An item of another crate, imported; or by its path if another item has the same name.
    pub(super) fn foreign(&self, path: &'static str, item: &'static str) -> TokenStream {
        let ident = Ident::new(item, Span::call_site());
        let mut foreign = self.foreign.borrow_mut();
        let taken = (self.is_outside && !self.imports)
            || self.context.names.shadows(item)
            || *foreign.get(item).unwrap_or(&path) != path;
        if taken {
            let path = path_tokens(path);
            return quote! { #path::#ident };
        }
        foreign.insert(item, path);
        quote! { #ident }
    }

    /// An item of a module at the root of the crate.
    pub(super) fn module(&self, module: &'static str, item: &TokenStream) -> TokenStream {
        if self.is_outside {
            return self.public(Some(module), item);
        }
        self.modules.borrow_mut().insert(module);
        let module = module_ident(module);
        quote! { #module::#item }
    }

    /// The `use` declarations of the named items.
    pub(super) fn imports(&self) -> TokenStream {
        let map = self.maps.borrow().then(|| quote! { use std::collections::BTreeMap; });
        let mut runtime: BTreeMap<&str, Vec<TokenStream>> = BTreeMap::new();
        let named = |item: &str| Ident::new(item, Span::call_site());
        for (module, items) in self.runtime.borrow().iter() {
            let items = items.iter().map(|item| named(item).into_token_stream());
            runtime.entry(module).or_default().extend(items);
        }
        for (module, item) in self.traits.borrow().iter() {
            let item = named(item);
            runtime.entry(module).or_default().push(quote! { #item as _ });
        }
        let runtime: Vec<TokenStream> = runtime
            .into_iter()
            .map(|(module, items)| {
                let module = module_ident(module);
                match items.as_slice() {
                    [only] => quote! { #module::#only },
                    several => quote! { #module::{#(#several),*} },
                }
            })
            .collect();
        let root = self.context.root;
        let runtime = (!runtime.is_empty()).then(|| group(quote! { #root::runtime }, runtime));
        let models = self.models.borrow();
        let models: BTreeMap<_, _> = models
            .iter()
            .map(|id| {
                let ident = &self.context.names.type_def(*id).ident;
                (ident, quote! { #ident })
            })
            .collect();
        let length: usize = models.keys().map(|ident| ident.plain().len() + ", ".len()).sum();
        let models = match models.len() {
            0 => None,
            _ if length <= MAX_NAMED => Some(group(quote! { #root::models }, models.into_values().collect())),
            _ => Some(quote! { use #root::models::*; }),
        };
        let mut by_path: BTreeMap<&str, Vec<TokenStream>> = BTreeMap::new();
        for (item, path) in self.foreign.borrow().iter() {
            let item = Ident::new(item, Span::call_site());
            by_path.entry(path).or_default().push(quote! { #item });
        }
        let foreign = by_path.into_iter().map(|(path, items)| group(path_tokens(path), items));
        let modules = self.modules.borrow();
        let modules = modules.iter().map(|module| module_ident(module));
        quote! { #map #(#foreign)* #(use #root::#modules;)* #models #runtime }
    }

    /// Records that the code uses a scalar.
    pub(super) fn note_scalar(&self, scalar: &Scalar) {
        let mut scalars = self.scalars.borrow_mut();
        if !scalars.contains(scalar) {
            scalars.push(scalar.clone());
        }
    }

    /// The runtime files and scalars that were recorded.
    pub(super) fn into_needs(self) -> (BTreeSet<&'static str>, Vec<Scalar>) {
        (self.touched.into_inner(), self.scalars.into_inner())
    }
}

fn group(path: TokenStream, items: Vec<TokenStream>) -> TokenStream {
    match items.as_slice() {
        [only] => quote! { use #path::#only; },
        items => quote! { use #path::{#(#items),*}; },
    }
}

/// `::time::OffsetDateTime`; paths in the configuration were validated when it was read.
pub(super) fn path_tokens(path: &str) -> TokenStream {
    let own = path.starts_with("crate::");
    let segments =
        path.trim_start_matches("::").split("::").map(|segment| match segment.strip_prefix("r#") {
            Some(segment) => Ident::new_raw(segment, Span::call_site()),
            None => Ident::new(segment, Span::call_site()),
        });
    if own {
        quote! { #(#segments)::* }
    } else {
        quote! { #(::#segments)* }
    }
}

fn module_ident(module: &str) -> Ident {
    Ident::new(module, Span::call_site())
}
