//! Emits code from the IR, facts and names: the tokens of each file, one after the other, and the runtime files they
//! need.
//!
//! Each construct has a file with the same name here, in `ir` and in `lower`. Code that does not depend on the
//! document is in `runtime/`.

mod body;
mod call;
mod cases;
mod client;
mod context;
mod declared;
mod deprecated;
mod describe;
mod docs;
mod enumeration;
mod facts;
mod front;
mod header;
mod inputs;
mod library;
mod model;
mod multipart;
mod operation;
mod pagination;
mod parameter;
mod record;
mod resource;
mod response;
mod returns;
mod sample;
mod scalar;
mod scope;
mod server;
mod setters;
pub mod signature;
mod sources;
mod status;
mod streamed;
pub mod tokens;
mod trials;
mod types;
mod union;
mod webhook;
mod until_done;

pub use sources::Needs;

use context::Context;
use proc_macro2::TokenStream;
use quote::quote;
use sources::Sources;

use crate::{analyse::Facts, config::Config, ir::Api, name::Names};

/// The root of a client's paths: the module `path` (`api::petstore`) of a crate, or the crate itself.
pub fn root(path: Option<&str>) -> TokenStream {
    path.map_or_else(|| quote! { crate }, |path| scope::path_tokens(&format!("crate::{path}")))
}

/// Emits every file with paths starting at `root`, and passes each to `take`.
pub fn run(
    api: &Api,
    facts: &Facts,
    names: &Names,
    config: &Config,
    root: &TokenStream,
    take: &mut dyn FnMut(&str, TokenStream),
) -> Needs {
    let context = Context { api, facts, names, config, root };
    let mut sources = Sources::new(take);
    let codecs = model::emit(context, &mut sources);
    cases::emit(context, &mut sources);
    header::emit(context, &mut sources);
    webhook::emit(context, &mut sources);
    resource::emit(context, &mut sources);
    client::emit(context, &mut sources);
    model::emit_codecs(codecs, &mut sources);
    library::emit(context, &mut sources);
    trials::emit(context, &mut sources);
    sources.needs
}
