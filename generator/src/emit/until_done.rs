//! The methods that wait until work is done.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    call::Call,
    facts::{facts, facts_without_errors},
    parameter, returns,
};
use crate::ir::{Filled, Lead, MemberPath, Operation, OperationId, Polling, Source, Told, UntilDone};

/// `until_done`, and what calls in other files need of a call that tells the state of work.
pub(super) fn methods(call: Call<'_>) -> TokenStream {
    if call.operation.is_awaited() {
        // what `UntilDone::progress` returns, for users to name
        call.scope.touch("progress");
    }
    let polling = call.operation.polling.as_ref().map(|asked| polling(call, asked));
    let until_done = match (&call.operation.until_done, &call.operation.polling) {
        (Some(work), _) => Some(started(call, work)),
        (None, Some(_)) => Some(polled(call)),
        (None, None) => None,
    };
    quote! { #until_done #polling }
}

/// `until_done` of a call that tells the state.
fn polled(call: Call<'_>) -> TokenStream {
    let ty = ty(call, call.operation, call.operation, None);
    let until_done = call.scope.runtime("until_done", "UntilDone");
    quote! {
        /// Asks for the state until the work is done, and returns the last reply.
        #[inline]
        pub fn until_done(self) -> #ty { #until_done::polling(self, Self::polling()) }
    }
}

/// `until_done` of a call that starts work. Of the calls that describe errors, the first gives their type; the errors of
/// calls with others are left unread.
fn started(call: Call<'_>, work: &UntilDone) -> TokenStream {
    let scope = call.scope;
    let poll = Call::new(work.poll, scope);
    let result = work.result.as_ref().map(|result| (Call::new(result.operation, scope), &result.lead));
    let (until_done, goal) = (scope.runtime("until_done", "UntilDone"), scope.runtime("work", "Goal"));
    let called = result.as_ref().map(|(called, _)| called.operation);
    let mut calls = [call.operation, poll.operation].into_iter().chain(called);
    let failing = calls.find(|operation| returns::documents_errors(operation)).unwrap_or(call.operation);
    let ty = ty(call, poll.operation, failing, called);
    let is_read = |operation: &Operation| returns::has_errors_of(operation, failing);
    let (facts, goal) = match result {
        None => (None, quote! { #goal::State(|state| state) }),
        Some((called, to)) => {
            let is_read = is_read(called.operation);
            let facts = if is_read { facts(called) } else { facts_without_errors(called) };
            let (blank, lead) = (blank(called), lead(call, to));
            (Some(facts), quote! { #goal::Call(#blank, #lead) })
        }
    };
    let poll_is_unread = returns::documents_errors(poll.operation) && !is_read(poll.operation);
    let undocumented = poll_is_unread.then(|| quote! { .undocumented() });
    let (lead, polling) = (lead(call, &work.lead), polling_of(call, work.poll));
    quote! {
        /// Starts the work, and waits until it is done.
        #[inline]
        pub fn until_done(self) -> #ty {
            #facts
            let lead = #lead;
            let goal = #goal;
            #until_done::starting(self, #polling #undocumented, lead, goal)
        }
    }
}

/// `UntilDone<Task>`, with the errors of an operation and the result of another if there are some.
fn ty(call: Call<'_>, poll: &Operation, failing: &Operation, result: Option<&Operation>) -> TokenStream {
    let scope = call.scope;
    let (until_done, state) = (scope.runtime("until_done", "UntilDone"), returns::success(poll, scope));
    match result {
        Some(result) => {
            let (errors, result) = (returns::any_failure(failing, scope), returns::success(result, scope));
            quote! { #until_done<#state, #errors, #result> }
        }
        None => {
            let errors = returns::failure(failing, scope).map(|errors| quote! { , #errors });
            quote! { #until_done<#state #errors> }
        }
    }
}

/// How the state is asked for and told.
fn polling(call: Call<'_>, asked: &Polling) -> TokenStream {
    let polling = call.scope.runtime("polling", "Polling");
    let (state, blank) = (returns::success(call.operation, call.scope), blank(call));
    let (facts, told) = (facts(call), told(call, &asked.told));
    let interval = Literal::u64_unsuffixed(asked.interval);
    let longest = Literal::u64_unsuffixed(asked.longest_interval);
    quote! {
        /// How the state of work is asked for.
        pub(crate) fn polling() -> #polling<#state> {
            #facts
            let told = #told;
            #polling::new(#blank, told).every(#interval, #longest)
        }
    }
}

/// How a reply tells the state.
fn told(call: Call<'_>, by: &Told) -> TokenStream {
    let name = call.scope.runtime("polling", "Told");
    match by {
        Told::State { at, done, failed, message } => {
            let at = pointer(at);
            let message = match message.as_ref().map(pointer) {
                Some(message) => quote! { Some(#message) },
                None => quote! { None },
            };
            quote! { #name::State { at: #at, done: &[#(#done),*], failed: &[#(#failed),*], message: #message } }
        }
        Told::Status(pending) => {
            let pending = pending.iter().copied().map(Literal::u16_unsuffixed);
            quote! { #name::Status { pending: &[#(#pending),*] } }
        }
    }
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

/// What leads to another call.
fn lead(call: Call<'_>, to: &Lead) -> TokenStream {
    let name = call.scope.runtime("work", "Lead");
    match to {
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
