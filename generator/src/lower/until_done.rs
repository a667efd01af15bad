//! Determines how work that operations start is awaited, by the configuration and checked against the schemas.

use super::{Lowering, member::segments};
use crate::{
    config::{FilledRule, LeadRule, Located, PollingRule, ToldRule, UntilDoneRule, WorkResultRule},
    diagnostic::{Code, Diagnostic, Place},
    ir::{
        Enumeration, Filled, Lead, Location, MemberValue, Operation, OperationId, Parameter, PathStyle,
        Polling, Source, Status, Told, Type, UntilDone, WorkResult,
    },
};

/// What a rule is not applied for.
type Refused = Box<Diagnostic>;

impl Lowering<'_> {
    /// Sets how work is awaited, for every operation that a rule names.
    pub(super) fn await_work(&mut self, operations: &mut [Operation]) {
        let config = self.schemas.config;
        for rule in &config.until_done {
            let poll = self.apply_polling(rule, operations);
            let applied = poll.and_then(|poll| Ok((poll, self.work_result(rule, poll, operations)?)));
            let refused: Vec<Refused> = match applied {
                Ok((poll, result)) => {
                    let names = rule.operations.iter();
                    let starts =
                        names.map(|name| self.apply_start(rule, name, poll, result.clone(), operations));
                    starts.filter_map(Result::err).collect()
                }
                Err(refused) => vec![refused],
            };
            refused.into_iter().for_each(|diagnostic| self.schemas.push(*diagnostic));
        }
    }

    /// Sets how the operation of a rule tells the state, unless an earlier rule has.
    fn apply_polling(
        &self,
        rule: &UntilDoneRule,
        operations: &mut [Operation],
    ) -> Result<OperationId, Refused> {
        let (id, name) = (find(operations, &rule.poll)?, &rule.poll);
        let operation = &operations[id.index()];
        match (&rule.polling, &operation.polling) {
            (None, Some(_)) => {}
            (Some(polling), Some(_)) => {
                let message = format!("an earlier rule says how `{}` tells the state", name.value);
                return Err(refused(polling.told.place(), message));
            }
            (None, None) => {
                let message = format!("no rule before says how `{}` tells the state", name.value);
                return Err(meaningless(name, message));
            }
            (Some(polling), None) => {
                let polling = self.polling(polling, name, operation)?;
                operations[id.index()].polling = Some(polling);
            }
        }
        Ok(id)
    }

    fn polling(
        &self,
        rule: &PollingRule,
        name: &Located<String>,
        poll: &Operation,
    ) -> Result<Polling, Refused> {
        let told = match &rule.told {
            ToldRule::State { at, done, failed, message } => {
                let ty = poll.success.json();
                let ty = ty.ok_or_else(|| unmatched(name, format!("`{}` gives no JSON object", poll.id)))?;
                let told = self.scalar_at(ty, at, poll)?;
                for state in done.iter().chain(failed) {
                    self.check_state(&told, state, at)?;
                }
                let message =
                    message.as_ref().map(|message| self.scalar_at(ty, message, poll).map(|_| message));
                let texts =
                    |states: &[Located<String>]| states.iter().map(|state| state.value.clone()).collect();
                Told::State {
                    at: segments(at),
                    done: texts(done),
                    failed: texts(failed),
                    message: message.transpose()?.map(segments),
                }
            }
            ToldRule::Status(pending) => Told::Status(pending_statuses(pending, poll)?),
        };
        Ok(Polling { told, interval: rule.interval, longest_interval: rule.longest_interval })
    }

    /// Checks that a state is one of those that the document lists, if it does.
    fn check_state(
        &self,
        told: &[&Type],
        state: &Located<String>,
        of: &Located<String>,
    ) -> Result<(), Refused> {
        let listed: Option<Vec<&Enumeration>> = told.iter().map(|ty| self.constants(ty)).collect();
        let is_one =
            |listed: &Enumeration| listed.members.iter().any(|member| text(&member.value) == state.value);
        match listed {
            Some(listed) if !listed.iter().copied().any(is_one) => {
                Err(meaningless(state, format!("`{}` is never `{}`", of.value, state.value)))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// What is called at the end.
    fn work_result(
        &self,
        rule: &UntilDoneRule,
        poll: OperationId,
        operations: &[Operation],
    ) -> Result<Option<WorkResult>, Refused> {
        let Some(WorkResultRule { operation: name, lead }) = &rule.result else { return Ok(None) };
        let (operation, poll) = (find(operations, name)?, &operations[poll.index()]);
        let starts = rule.operations.iter().filter_map(|name| find(operations, name).ok());
        let starts: Vec<&Operation> = starts.map(|id| &operations[id.index()]).collect();
        let lead = self.lead(lead, name, &operations[operation.index()], poll, &starts)?;
        Ok(Some(WorkResult { operation, lead }))
    }

    /// What leads from the reply of an operation to a call of another.
    fn lead(
        &self,
        rule: &LeadRule,
        place: &Located<String>,
        to: &Operation,
        from: &Operation,
        starts: &[&Operation],
    ) -> Result<Lead, Refused> {
        match rule {
            LeadRule::Parameters(parameters) => {
                complete(to, place, parameters)?;
                let filled =
                    parameters.iter().map(|filled| self.filled(filled, from.success.json(), from, starts));
                Ok(Lead::Parameters(filled.collect::<Result<_, _>>()?))
            }
            LeadRule::Header(header) => {
                complete_but_for_path(to, place)?;
                Ok(Lead::Header(header.clone()))
            }
        }
    }

    /// Sets how the work that an operation starts is awaited.
    fn apply_start(
        &self,
        rule: &UntilDoneRule,
        name: &Located<String>,
        poll: OperationId,
        result: Option<WorkResult>,
        operations: &mut [Operation],
    ) -> Result<(), Refused> {
        let id = find(operations, name)?;
        let start = &operations[id.index()];
        if id == poll {
            return Err(meaningless(
                name,
                format!("`{}` tells the state of work, and starts none", name.value),
            ));
        }
        if start.until_done.is_some() {
            return Err(meaningless(name, format!("an earlier rule waits for the work of `{}`", name.value)));
        }
        let Some(lead) = &rule.lead else { return Ok(()) };
        let lead = self.lead(lead, name, &operations[poll.index()], start, &[start])?;
        operations[id.index()].until_done = Some(UntilDone { poll, lead, result });
        Ok(())
    }

    /// Where a path parameter comes from: the reply of an operation, or a path parameter that each start has.
    fn filled(
        &self,
        rule: &FilledRule,
        reply: Option<&Type>,
        of: &Operation,
        starts: &[&Operation],
    ) -> Result<Filled, Refused> {
        let FilledRule { parameter, source } = rule;
        let own = source.value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let source = match own {
            Some(own) => {
                let lacking =
                    starts.iter().find(|start| !start.parameters.iter().any(|one| is_plain(one, own)));
                if let Some(start) = lacking {
                    let message = format!("`{}` has no plain path parameter `{own}`", start.id);
                    return Err(unmatched(source, message));
                }
                Source::Own(own.to_owned())
            }
            None => {
                let missing = || unmatched(source, format!("`{}` gives no JSON object", of.id));
                self.scalar_at(reply.ok_or_else(missing)?, source, of)?;
                Source::Member(segments(source))
            }
        };
        Ok(Filled { parameter: parameter.value.clone(), source })
    }

    /// The types of a scalar in a reply.
    fn scalar_at<'t>(
        &'t self,
        reply: &'t Type,
        path: &Located<String>,
        of: &Operation,
    ) -> Result<Vec<&'t Type>, Refused> {
        let found = self.reached(reply, &path.value);
        if found.is_empty() {
            return Err(unmatched(path, format!("the reply of `{}` has no `{}`", of.id, path.value)));
        }
        if !found.iter().any(|ty| self.is_scalar(ty)) {
            let message = format!("`{}` of the reply of `{}` is not a scalar", path.value, of.id);
            return Err(meaningless(path, message));
        }
        Ok(found)
    }
}

/// Checks that a call of an operation can be made of these path parameters.
fn complete(operation: &Operation, place: &Located<String>, given: &[FilledRule]) -> Result<(), Refused> {
    for FilledRule { parameter, .. } in given {
        if !operation.parameters.iter().any(|one| is_plain(one, &parameter.value)) {
            let message = format!("`{}` has no plain path parameter `{}`", operation.id, parameter.value);
            return Err(unmatched(parameter, message));
        }
    }
    let is_given = |one: &Parameter| given.iter().any(|filled| filled.parameter.value == one.wire);
    let missing = operation.parameters.iter().find(|one| is_of_path(one) && is_needed(one) && !is_given(one));
    match missing {
        Some(one) => {
            let message =
                format!("`{}` needs `{}`, which `parameters` does not give", operation.id, one.wire);
            Err(unmatched(place, message))
        }
        None => complete_but_for_path(operation, place),
    }
}

/// Checks that a call of an operation needs nothing but path parameters.
fn complete_but_for_path(operation: &Operation, place: &Located<String>) -> Result<(), Refused> {
    let parameter = operation.parameters.iter().find(|one| !is_of_path(one) && is_needed(one));
    let needed = parameter.map(|one| format!("`{}`", one.wire));
    let body = || operation.body.as_ref().filter(|body| body.required).map(|_| "a body".to_owned());
    match needed.or_else(body) {
        Some(needed) => {
            let message = format!("`{}` needs {needed}, which the waiting has not", operation.id);
            Err(unmatched(place, message))
        }
        None => Ok(()),
    }
}

/// Whether a call must be given it.
fn is_needed(parameter: &Parameter) -> bool {
    parameter.required && parameter.constant.is_none()
}

fn is_of_path(parameter: &Parameter) -> bool {
    matches!(parameter.location, Location::Path { .. })
}

/// Whether it is a path parameter of this name that is written as its text.
fn is_plain(parameter: &Parameter, name: &str) -> bool {
    let simple = Location::Path { style: PathStyle::Simple, allow_reserved: false };
    parameter.wire == name && parameter.location == simple && parameter.constant.is_none()
}

fn find(operations: &[Operation], name: &Located<String>) -> Result<OperationId, Refused> {
    let found = operations.iter().position(|one| one.is_called(&name.value));
    let missing = || unmatched(name, format!("no operation is called `{}`", name.value));
    found.map(OperationId::from_index).ok_or_else(missing)
}

/// A constant as text.
fn text(value: &MemberValue) -> String {
    match value {
        MemberValue::Text(text) => text.clone(),
        MemberValue::Integer(number) => number.to_string(),
    }
}

/// The document lacks something that the rule names.
fn unmatched(at: &Located<String>, message: String) -> Refused {
    Box::new(Diagnostic::new(Code::ConfigUnused, at.place.clone(), message))
}

/// The document has it, but it cannot be used this way.
fn meaningless(at: &Located<String>, message: String) -> Refused {
    refused(&at.place, message)
}

fn refused(place: &Place, message: String) -> Refused {
    Box::new(Diagnostic::new(Code::ConfigInvalid, place.clone(), message))
}

/// The statuses with which work goes on. The document must have each as an answer, and another that says that it is done.
fn pending_statuses(pending: &Located<Vec<Located<u16>>>, poll: &Operation) -> Result<Vec<u16>, Refused> {
    let answers: Vec<Status> = poll.described.iter().map(|described| described.status).collect();
    let is_answer = |code: u16| {
        answers.iter().any(|status| match status {
            Status::Exact(exact) => *exact == code,
            Status::Range(hundred) => u16::from(*hundred) == code / 100,
            Status::Default => true,
        })
    };
    if let Some(other) = pending.value.iter().find(|status| !is_answer(status.value)) {
        let listed: Vec<String> = answers.iter().map(|status| status.key()).collect();
        let message = format!(
            "{} is not among the successes and redirects that the document has for `{}`: {}",
            other.value,
            poll.id,
            listed.join(", ")
        );
        return Err(refused(&other.place, message));
    }
    let codes: Vec<u16> = pending.value.iter().map(|status| status.value).collect();
    let is_pending = |status: &Status| matches!(status, Status::Exact(code) if codes.contains(code));
    if answers.iter().all(is_pending) {
        let message = format!("with each answer of `{}` the work goes on, so that it is never done", poll.id);
        return Err(refused(&pending.place, message));
    }
    Ok(codes)
}
