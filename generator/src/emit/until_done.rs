//! The methods that wait until work is done.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{call::Call, facts::facts, parameter, returns};
use crate::ir::{Filled, Lead, MemberPath, OperationId, Polling, Source, UntilDone};

/// `until_done`, and what calls in other files need of a call that tells the state of work.
pub(super) fn methods(call: Call<'_>) -> TokenStream {
    if call.operation.is_awaited() {
        // what `UntilDone::progress` returns, for users to name
        call.scope.touch("progress");
    }
    let polling = call.operation.polling.as_ref().and_then(|told| polling(call, told));
    let until_done = match (&call.operation.until_done, &call.operation.polling) {
        (Some(work), _) => started(call, work),
        (None, Some(_)) => polled(call),
        (None, None) => None,
    };
    quote! { #until_done #polling }
}

/// `until_done` of a call that tells the state.
fn polled(call: Call<'_>) -> Option<TokenStream> {
    let (until_done, state) =
        (call.scope.runtime("until_done", "UntilDone"), call.scope.ty(call.operation.success.json()?));
    Some(quote! {
        /// Asks for the state until the work is done, and returns the last reply.
        #[inline]
        pub fn until_done(self) -> #until_done<#state> { #until_done::polling(self, Self::polling()) }
    })
}

/// `until_done` of a call that starts work.
fn started(call: Call<'_>, work: &UntilDone) -> Option<TokenStream> {
    let scope = call.scope;
    let poll = Call::new(work.poll, scope);
    let (until_done, goal) = (scope.runtime("until_done", "UntilDone"), scope.runtime("work", "Goal"));
    let state = scope.ty(poll.operation.success.json()?);
    let (facts, result, goal) = match &work.result {
        None => (None, None, quote! { #goal::State(|state| state) }),
        Some(result) => {
            let called = Call::new(result.operation, scope);
            let (blank, filled) = (blank(called), filled(&result.parameters));
            let ty = returns::success(called.operation, scope);
            (Some(facts(called)), Some(quote! { , #ty }), quote! { #goal::Call(#blank, #filled) })
        }
    };
    let (lead, polling) = (lead(call, &work.lead), polling_of(call, work.poll));
    Some(quote! {
        /// Starts the work, and waits until it is done.
        #[inline]
        pub fn until_done(self) -> #until_done<#state #result> {
            #facts
            let lead = #lead;
            let goal = #goal;
            #until_done::starting(self, #polling, lead, goal)
        }
    })
}

/// How the state is asked for and told.
fn polling(call: Call<'_>, told: &Polling) -> Option<TokenStream> {
    let Polling { state: at, done, failed, message, interval, longest_interval } = told;
    let (polling, state, blank) = (
        call.scope.runtime("polling", "Polling"),
        call.scope.ty(call.operation.success.json()?),
        blank(call),
    );
    let (facts, at) = (facts(call), pointer(at));
    let failed = (!failed.is_empty()).then(|| quote! { .failed(&[#(#failed),*]) });
    let message = message.as_ref().map(pointer).map(|message| quote! { .message(#message) });
    let (interval, longest) =
        (Literal::u64_unsuffixed(*interval), Literal::u64_unsuffixed(*longest_interval));
    Some(quote! {
        /// How the state of work is asked for.
        pub(crate) fn polling() -> #polling<#state> {
            #facts
            #polling::new(#blank, #at).done(&[#(#done),*]) #failed #message .every(#interval, #longest)
        }
    })
}

/// `super::GetTask::polling()`: the module of resources exports the types of all calls.
fn polling_of(call: Call<'_>, poll: OperationId) -> TokenStream {
    let ident = &call.scope.context().names.operation(poll).call;
    quote! { super::#ident::polling() }
}

/// A function that makes a call without its path parameters; its facts stand before it.
fn blank(call: Call<'_>) -> TokenStream {
    let start = returns::start(call, &quote! { client });
    let constants = call.operation.parameters.iter().filter_map(|parameter| {
        let constant = parameter.constant.as_ref().filter(|_| parameter.required)?;
        Some(parameter::fill(parameter, &quote! { #constant }, call.scope))
    });
    let sent = call.operation.parameters.iter();
    let sent = sent.filter_map(|parameter| parameter::sent_by_default(parameter, call.scope));
    quote! { |client| #start #(#constants)* #(#sent)* }
}

/// What leads to the state.
fn lead(call: Call<'_>, lead: &Lead) -> TokenStream {
    let name = call.scope.runtime("work", "Lead");
    match lead {
        Lead::Parameters(parameters) => {
            let filled = filled(parameters);
            quote! { #name::Parameters(#filled) }
        }
        Lead::Header(header) => quote! { #name::Header(#header) },
    }
}

/// `&[("task_id", "/tasks/0")]`
fn filled(parameters: &[Filled]) -> TokenStream {
    let pairs = parameters.iter().map(|Filled { parameter, source }| {
        let source = match source {
            Source::Member(path) => pointer(path),
            Source::Own(name) => format!("{{{name}}}"),
        };
        quote! { (#parameter, #source) }
    });
    quote! { &[#(#pairs),*] }
}

/// A JSON pointer (RFC 6901).
fn pointer(path: &MemberPath) -> String {
    path.iter().map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1"))).collect()
}
