//! Calls: a method that fills a request, and a setter for each optional parameter.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{cases, describe, docs, parameter, scope::FileScope};
use crate::{
    ir::{
        Body, Location, Operation, OperationId, Outcome, Pagination, PaginationStyle, Parameter, Payload,
        Primitive, Shape, Status, Type,
    },
    name::{Ident, OperationNames},
};

/// The code for an operation.
pub(super) struct Emitted {
    /// The method on its resource, and those for alternative bodies.
    pub methods: TokenStream,
    /// The setters of its call, if any.
    pub setters: TokenStream,
    /// The type of a call with setters.
    pub call: Option<Ident>,
}

/// Emits an operation.
pub(super) fn emit(
    id: OperationId,
    scope: &FileScope<'_>,
    client: &TokenStream,
    resource: &describe::ResourcePath,
) -> Emitted {
    let context = scope.context();
    let emission =
        Emission { operation: context.api.operation(id), names: context.names.operation(id), scope };
    Emitted {
        methods: [emission.method(client), emission.other_methods(client)].into_iter().collect(),
        setters: emission.setters(resource),
        call: emission.operation.has_setters().then(|| emission.names.call.clone()),
    }
}

/// The parts of a call's signature.
pub(super) struct Signature {
    /// The method.
    pub method: TokenStream,
    /// `user_id: i64`, for each argument.
    pub arguments: Vec<TokenStream>,
    /// The type it returns.
    pub success: TokenStream,
    /// The type of its documented errors.
    pub failure: Option<TokenStream>,
    /// The name and arguments of each setter.
    pub setters: Vec<(TokenStream, Vec<TokenStream>)>,
}

/// The signature of an operation's call.
pub(super) fn signature(id: OperationId, scope: &FileScope<'_>) -> Signature {
    let context = scope.context();
    let emission =
        Emission { operation: context.api.operation(id), names: context.names.operation(id), scope };
    let method = &emission.names.method;
    Signature {
        method: quote! { #method },
        arguments: emission.arguments(emission.operation.body.as_ref().filter(|body| body.required)),
        success: emission.success(),
        failure: emission.error_body(),
        setters: emission.setter_signatures(),
    }
}

/// Whether the document describes typed error bodies.
pub(super) fn documents_errors(operation: &Operation) -> bool {
    match &operation.failure {
        Outcome::One { payload, .. } => {
            matches!(payload, Payload::Json(_) | Payload::Text(_) | Payload::TextOrJson(_))
        }
        Outcome::Several(_) => true,
        Outcome::None => false,
    }
}

/// The parameters that are arguments: path parameters in path order, then others by name, independent of document
/// order.
pub(super) fn arguments<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> Vec<(&'a Parameter, &'a Ident)> {
    let mut found: Vec<_> = parameters(operation, names, true).collect();
    let is_of_path = |parameter: &Parameter| matches!(parameter.location, Location::Path { .. });
    let is_header = |parameter: &Parameter| matches!(parameter.location, Location::Header(_));
    found.sort_by_key(|(parameter, _)| {
        (!is_of_path(parameter)).then_some((&parameter.wire, is_header(parameter)))
    });
    found
}

/// The optional bodies that setters take, with their names.
pub(super) fn optional_bodies<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> impl Iterator<Item = (&'a Body, &'a Ident)> {
    let first = operation.body.iter().map(|body| (body, &names.body));
    let others = operation.other_bodies.iter().zip(&names.other_bodies);
    first.chain(others).filter(|(body, _)| !body.required)
}

/// The parameters that are arguments, or those that have setters, with their names.
pub(super) fn parameters<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
    required: bool,
) -> impl Iterator<Item = (&'a Parameter, &'a Ident)> {
    let pairs = operation.parameters.iter().zip(&names.parameters);
    pairs.filter(move |(parameter, _)| parameter.required == required && parameter.constant.is_none())
}

struct Emission<'a> {
    operation: &'a Operation,
    names: &'a OperationNames,
    scope: &'a FileScope<'a>,
}

impl<'a> Emission<'a> {
    fn parameters(&self, required: bool) -> impl Iterator<Item = (&'a Parameter, &'a Ident)> {
        parameters(self.operation, self.names, required)
    }

    /// Fills in the required parameters: arguments and constants.
    fn required(&self) -> impl Iterator<Item = TokenStream> {
        let pairs = self.operation.parameters.iter().zip(&self.names.parameters);
        pairs.filter(|(parameter, _)| parameter.required).map(|(parameter, ident)| {
            match &parameter.constant {
                Some(constant) => parameter::fill(parameter, &quote! { #constant }, self.scope),
                None => parameter::fill(parameter, &quote! { #ident }, self.scope),
            }
        })
    }

    /// ```ignore
    /// /// `GET /iam/users/{userId}`
    /// #[inline]
    /// pub fn get(&self, user_id: i64) -> Call<User> {
    ///     static OPERATION: Operation = Operation::new("getUser", "GET", "/iam/users/{userId}");
    ///     Call::json(self.client, &OPERATION).with_path("userId", &user_id)
    /// }
    /// ```
    fn method(&self, client: &TokenStream) -> TokenStream {
        let body = self.operation.body.as_ref().filter(|body| body.required);
        self.method_with(client, &self.docs(), &self.names.method, body)
    }

    /// A method for each alternative to a required body.
    fn other_methods(&self, client: &TokenStream) -> TokenStream {
        let others = self.other_bodies(true).map(|(body, name)| {
            let text =
                format!("`{}` with a body in {}.", self.names.method.plain(), describe::media_types(body));
            self.method_with(client, &docs::outer(&text), name, Some(body))
        });
        others.collect()
    }

    /// The alternatives to the first body, with the names of what takes them.
    fn other_bodies(&self, required: bool) -> impl Iterator<Item = (&'a Body, &'a Ident)> {
        let pairs = self.operation.other_bodies.iter().zip(&self.names.other_bodies);
        pairs.filter(move |(body, _)| body.required == required)
    }

    fn method_with(
        &self,
        client: &TokenStream,
        docs: &TokenStream,
        name: &Ident,
        body: Option<&Body>,
    ) -> TokenStream {
        let arguments = self.arguments(body);
        let (call, facts, start) = (self.call_type(), self.facts(), self.start(client));
        let filled = self.required();
        let parameters = self.operation.parameters.iter();
        let sent = parameters.filter_map(|parameter| parameter::sent_by_default(parameter, self.scope));
        let body = body.map(|body| self.fill_body(body, &self.names.body));
        let optional = self.operation.has_setters().then(|| quote! { .with_parameters() });
        quote! {
            #docs
            #[inline]
            pub fn #name(&self, #(#arguments),*) -> #call {
                #facts
                #start #(#filled)* #(#sent)* #body #optional
            }
        }
    }

    /// The arguments of the method: required parameters, then a required body.
    fn arguments(&self, body: Option<&Body>) -> Vec<TokenStream> {
        let parameters = arguments(self.operation, self.names).into_iter().map(|(parameter, ident)| {
            let ty = self.scope.argument(&parameter.ty);
            quote! { #ident: #ty }
        });
        let body = body.map(|body| self.body_arguments(body, &self.names.body));
        parameters.chain(body.into_iter().flatten()).collect()
    }

    fn docs(&self) -> TokenStream {
        let docs = docs::outer(&describe::method(self.operation, self.names, self.scope.context()));
        let deprecated = self.operation.deprecated.then(|| quote! { #[deprecated] });
        quote! { #docs #deprecated }
    }

    /// The constant facts about the operation.
    fn facts(&self) -> TokenStream {
        let table = self.scope.runtime_macro("operation", "operation");
        let (id, method, path) = (&self.operation.id, self.operation.method.as_str(), &self.operation.path);
        let accept = self.accept();
        let server = self.operation.server.as_ref().map(|url| quote! { ; server #url });
        let security = (!self.operation.security.is_empty()).then(|| {
            let alternatives = self.operation.security.iter().map(|schemes| quote! { [#(#schemes)*] });
            quote! { ; security #(#alternatives)* }
        });
        let statuses: Vec<TokenStream> = self.error_statuses().into_iter().map(status_tokens).collect();
        let errors = (!statuses.is_empty()).then(|| quote! { ; errors #(#statuses)* });
        let redirects: Vec<TokenStream> =
            self.operation.redirects.iter().copied().map(status_tokens).collect();
        let redirects = (!redirects.is_empty()).then(|| quote! { ; redirects [#(#redirects)*] });
        quote! { #table!(#id #method #path; accept #accept #server #security #redirects #errors); }
    }

    /// The statuses with a documented error body.
    fn error_statuses(&self) -> Vec<Status> {
        match &self.operation.failure {
            Outcome::One {
                statuses,
                payload: Payload::Json(_) | Payload::Text(_) | Payload::TextOrJson(_),
            } => statuses.clone(),
            Outcome::Several(id) => match &self.scope.context().api.type_def(*id).shape {
                Shape::Cases(cases) => cases.iter().map(|case| case.status).collect(),
                Shape::Record(_)
                | Shape::Enumeration(_)
                | Shape::Union(_)
                | Shape::Alias(_)
                | Shape::Multipart(_) => Vec::new(),
            },
            Outcome::None | Outcome::One { .. } => Vec::new(),
        }
    }

    /// The value of the `Accept` header.
    fn accept(&self) -> String {
        match self.operation.accept.as_slice() {
            [] => "*/*".to_owned(),
            types => types.join(", "),
        }
    }

    /// `Call<User, Documented<Problem>>`, or the call's own type.
    fn call_type(&self) -> TokenStream {
        if self.operation.has_setters() {
            let call = &self.names.call;
            return quote! { #call };
        }
        let call = self.scope.runtime("call", "Call");
        let success = self.success();
        let failure = self.failure().map(|failure| quote! { , #failure });
        quote! { #call<#success #failure> }
    }

    /// The type that the call returns.
    fn success(&self) -> TokenStream {
        match &self.operation.success {
            Outcome::None => quote! { () },
            Outcome::One { payload, .. } => cases::ty(payload, self.scope),
            Outcome::Several(id) => cases::path(*id, self.scope),
        }
    }

    /// The type of the call's documented errors.
    fn failure(&self) -> Option<TokenStream> {
        let body = self.error_body()?;
        let documented = self.scope.runtime("api_error", "Documented");
        Some(quote! { #documented<#body> })
    }

    /// The type of the call's errors, spelled out even if undocumented.
    fn documented(&self) -> TokenStream {
        self.failure().unwrap_or_else(|| self.scope.runtime("api_error", "Undocumented"))
    }

    fn error_body(&self) -> Option<TokenStream> {
        match &self.operation.failure {
            Outcome::None => None,
            Outcome::One {
                payload: Payload::Json(ty) | Payload::Text(ty) | Payload::TextOrJson(ty), ..
            } => Some(self.scope.ty(ty)),
            Outcome::One { .. } => None,
            Outcome::Several(id) => Some(cases::path(*id, self.scope)),
        }
    }

    /// The call before its parameters are filled in.
    fn start(&self, client: &TokenStream) -> TokenStream {
        let call = self.scope.runtime("call", "Call");
        let kind = match &self.operation.success {
            Outcome::None => quote! { empty },
            Outcome::One { payload: Payload::Json(_), .. } => quote! { json },
            Outcome::One { payload: Payload::Text(Type::Primitive(Primitive::String)), .. } => {
                quote! { plain }
            }
            Outcome::One { payload: Payload::Text(_), .. } => quote! { parsed_text },
            Outcome::One { payload: Payload::TextOrJson(_), .. } => quote! { text_or_json },
            Outcome::One { payload: Payload::Form(..) | Payload::Multipart(_) | Payload::Bytes, .. } => {
                quote! { raw }
            }
            Outcome::Several(_) => {
                let cases = self.scope.runtime("cases", "Cases");
                return quote! { #call::with(#client, &OPERATION, #cases::read) };
            }
        };
        quote! { #call::#kind(#client, &OPERATION) }
    }

    /// `body: Avatar`, or `content_type: &str, body: Bytes`
    fn body_arguments(&self, body: &Body, ident: &Ident) -> Vec<TokenStream> {
        let (content_type, ty) = (&self.names.content_type, self.body_type(body));
        let content_type = body.is_offered().then(|| quote! { #content_type: &str });
        content_type.into_iter().chain([quote! { #ident: #ty }]).collect()
    }

    fn body_type(&self, body: &Body) -> TokenStream {
        match &body.payload {
            Payload::Json(ty) | Payload::Form(ty, _) | Payload::Text(ty) | Payload::TextOrJson(ty) => {
                self.scope.ty(ty)
            }
            Payload::Multipart(id) => self.scope.model(*id),
            Payload::Bytes => quote! { ::bytes::Bytes },
        }
    }

    /// `.json("application/json", &body)`
    fn fill_body(&self, body: &Body, ident: &Ident) -> TokenStream {
        let (content_type, media_type) = (&self.names.content_type, &body.media_type);
        let media_type = if body.is_offered() {
            quote! { #content_type }
        } else {
            quote! { #media_type }
        };
        let filled = match &body.payload {
            Payload::Json(_) => quote! { .with_json(#media_type, &#ident) },
            Payload::Form(_, styles) => {
                let styles = styles.iter().map(|(name, style)| {
                    let style = parameter::query_style(*style, self.scope);
                    quote! { (#name, #style) }
                });
                quote! { .with_form(&#ident, &[#(#styles),*]) }
            }
            Payload::Multipart(_) => {
                self.scope.runtime_trait("multipart", "FillForm");
                return quote! { .with_multipart(&#ident) };
            }
            Payload::Text(Type::Primitive(Primitive::String)) => quote! { .with_text(#media_type, #ident) },
            Payload::Text(_) | Payload::TextOrJson(_) => quote! { .with_scalar_text(#media_type, &#ident) },
            Payload::Bytes => quote! { .with_bytes(#media_type, #ident) },
        };
        self.scope.runtime_trait("fill", "Fill");
        filled
    }

    /// ```ignore
    /// /// The call [`Users::list`], a [`Call`](crate::Call) with optional parameters.
    /// pub type ListUsers = CallWith<UserPage, Undocumented, parameters::ListUsers>;
    ///
    /// impl ListUsers {
    ///     #[inline]
    ///     pub fn limit(self, limit: i64) -> Self { self.with_query("limit", &limit) }
    /// }
    /// ```
    fn setters(&self, resource: &describe::ResourcePath) -> TokenStream {
        if !self.operation.has_setters() {
            return TokenStream::new();
        }
        let (call, with) = (&self.names.call, self.scope.runtime("call_with", "CallWith"));
        let (success, failure) = (self.success(), self.documented());
        let setters = self.parameters(false).map(|(parameter, ident)| self.setter(parameter, ident));
        let bodies = optional_bodies(self.operation, self.names).map(|(body, ident)| {
            let (arguments, filled) = (self.body_arguments(body, ident), self.fill_body(body, ident));
            let docs = docs::outer(&describe::optional_body(body, self.names));
            quote! { #docs #[inline] pub fn #ident(self, #(#arguments),*) -> Self { self #filled } }
        });
        let items = self.operation.pagination.as_ref().map(|pagination| self.items(pagination));
        let about = docs::outer(&describe::call(resource, self.names, self.scope.context()));
        quote! {
            #about
            pub type #call = #with<#success, #failure, parameters::#call>;
            impl #call { #(#setters)* #(#bodies)* #items }
        }
    }

    /// The names and arguments of the setters.
    fn setter_signatures(&self) -> Vec<(TokenStream, Vec<TokenStream>)> {
        let parameters = self.parameters(false).map(|(parameter, ident)| {
            let ty = self.scope.argument(&parameter.ty);
            (quote! { #ident }, vec![quote! { #ident: #ty }])
        });
        let bodies = optional_bodies(self.operation, self.names)
            .map(|(body, ident)| (quote! { #ident }, self.body_arguments(body, ident)));
        parameters.chain(bodies).collect()
    }

    fn setter(&self, parameter: &Parameter, ident: &Ident) -> TokenStream {
        let text = docs::and_default(&docs::text(&parameter.docs), parameter.default.as_deref());
        let docs = docs::outer(&text);
        let deprecated = parameter.deprecated.then(|| quote! { #[deprecated] });
        let ty = self.scope.argument(&parameter.ty);
        let filled = parameter::fill(parameter, &quote! { #ident }, self.scope);
        quote! { #docs #deprecated #[inline] pub fn #ident(self, #ident: #ty) -> Self { self #filled } }
    }

    /// The stream of items of all pages.
    fn items(&self, pagination: &Pagination) -> TokenStream {
        let (items, batch) = (self.scope.runtime("page", "Items"), self.scope.runtime("paging", "Batch"));
        let paging = self.scope.runtime("paging", "Paging");
        let item = self.scope.ty(&pagination.item);
        let failure = self.documented();
        let PaginationStyle::Offset { offset, total } = &pagination.style;
        let field = |wire: &str| self.page_field(wire);
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

    /// The field of the page with this key.
    fn page_field(&self, wire: &str) -> TokenStream {
        let context = self.scope.context();
        let Outcome::One { payload: Payload::Json(Type::Named(id)), .. } = &self.operation.success else {
            return TokenStream::new();
        };
        let crate::ir::Shape::Record(record) = &context.api.type_def(*id).shape else {
            return TokenStream::new();
        };
        let names = &context.names.type_def(*id).parts;
        let field = record.fields.iter().zip(names).find(|(field, _)| field.wire == wire);
        field.map(|(_, ident)| quote! { #ident }).unwrap_or_default()
    }
}

/// A key of a `responses` object, as written: `404`, `5XX`, `default`.
pub(super) fn status_tokens(status: Status) -> TokenStream {
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
