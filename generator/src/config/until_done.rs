//! Reads `[[until_done]]`.

use indexmap::IndexMap;
use toml::Spanned;

use super::{
    FilledRule, LeadRule, Located, PollingRule, ToldRule, UntilDoneRule, WorkResultRule, parse::Reader, raw,
};
use crate::diagnostic::{Code, Diagnostic};

/// What is said of two ways that lead from one call to another.
const TWO_LEADS: &str = "`location` stands beside `parameters`; remove one of the two";

/// The waits between two questions where the configuration says nothing, in milliseconds.
const INTERVAL: u64 = 1_000;
const LONGEST_INTERVAL: u64 = 30_000;

/// The longest wait that can be configured, in seconds.
const DAY: f64 = 24.0 * 60.0 * 60.0;

impl Reader<'_> {
    /// Reads a rule; reports keys that are missing, and those that say nothing beside others.
    pub(super) fn until_done(
        &self,
        mut raw: raw::UntilDone,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<UntilDoneRule> {
        let known = wrong.len();
        let polling = self.polling(&mut raw, wrong);
        self.report_startless(&raw, wrong);
        let lead = self.lead(&mut raw, wrong);
        let result = raw.result.take().map(|result| self.work_result(result.into_inner(), wrong));
        let rule = UntilDoneRule {
            operations: raw.operations.into_iter().map(|name| self.locate(name)).collect(),
            poll: self.locate(raw.poll),
            polling,
            lead,
            result,
        };
        Some(rule).filter(|_| wrong.len() == known)
    }

    /// How the state is told, and how often it is asked for. A rule that leaves the state to an earlier one has no waits of
    /// its own.
    fn polling(&self, raw: &mut raw::UntilDone, wrong: &mut Vec<Diagnostic>) -> Option<PollingRule> {
        let waits = [
            ("interval", raw.interval.as_ref().map(|interval| interval.span().start)),
            ("longest_interval", raw.longest_interval.as_ref().map(|longest| longest.span().start)),
        ];
        let mut wait = |seconds: Option<Spanned<f64>>, default: u64| {
            seconds.map_or(default, |seconds| self.milliseconds(&seconds, wrong))
        };
        let interval = wait(raw.interval.take(), INTERVAL);
        let longest_interval = wait(raw.longest_interval.take(), LONGEST_INTERVAL.max(interval));
        let told = match (raw.state.take(), raw.pending_statuses.take()) {
            (Some(state), pending) => {
                if let Some(pending) = pending {
                    let message =
                        "`pending_statuses` stands beside `state`; remove one of the two".to_owned();
                    self.refuse(pending.span().start, message, wrong);
                }
                Some(self.told_by_state(state, raw, wrong))
            }
            (None, pending) => {
                self.report_stateless(raw, wrong);
                pending.map(|pending| self.told_by_status(pending, wrong))
            }
        };
        if told.is_none() {
            for (key, start) in waits.into_iter().filter_map(|(key, start)| Some((key, start?))) {
                let message = format!("`{key}` needs `state` or `pending_statuses` beside it");
                self.refuse(start, message, wrong);
            }
        }
        Some(PollingRule { told: told?, interval, longest_interval })
    }

    fn told_by_state(
        &self,
        state: Spanned<String>,
        raw: &mut raw::UntilDone,
        wrong: &mut Vec<Diagnostic>,
    ) -> ToldRule {
        let listed = |list: Option<Spanned<Vec<Spanned<String>>>>| {
            list.map(Spanned::into_inner).into_iter().flatten().map(|one| self.locate(one)).collect()
        };
        let done: Vec<_> = listed(raw.done.take());
        if done.is_empty() {
            let message = "`state` needs `done`, the states that end the work".to_owned();
            self.refuse(state.span().start, message, wrong);
        }
        ToldRule::State {
            at: self.locate(state),
            done,
            failed: listed(raw.failed.take()),
            message: raw.message.take().map(|message| self.locate(message)),
        }
    }

    fn told_by_status(&self, pending: Spanned<Vec<Spanned<u16>>>, wrong: &mut Vec<Diagnostic>) -> ToldRule {
        let Located { value, place } = self.locate(pending);
        if value.is_empty() {
            let message = "`pending_statuses` needs a status, such as 202";
            wrong.push(Diagnostic::new(Code::ConfigInvalid, place.clone(), message));
        }
        ToldRule::Status(Located {
            value: value.into_iter().map(|status| self.locate(status)).collect(),
            place,
        })
    }

    /// Reports what goes with a state in a rule that has none.
    fn report_stateless(&self, raw: &raw::UntilDone, wrong: &mut Vec<Diagnostic>) {
        let keys = [
            ("done", raw.done.as_ref().map(|done| done.span().start)),
            ("failed", raw.failed.as_ref().map(|failed| failed.span().start)),
            ("message", raw.message.as_ref().map(|message| message.span().start)),
        ];
        for (key, start) in keys.into_iter().filter_map(|(key, start)| Some((key, start?))) {
            self.refuse(start, format!("`{key}` needs `state` beside it"), wrong);
        }
    }

    /// The call whose value is the result.
    fn work_result(&self, raw: raw::WorkResult, wrong: &mut Vec<Diagnostic>) -> WorkResultRule {
        let raw::WorkResult { operation, parameters, location } = raw;
        let lead = match location {
            None => LeadRule::Parameters(self.filled(parameters)),
            Some(location) => {
                if !parameters.is_empty() {
                    self.refuse(location.span().start, TWO_LEADS.to_owned(), wrong);
                }
                self.header(location, wrong)
            }
        };
        WorkResultRule { operation: self.locate(operation), lead }
    }

    /// A response header with a URL.
    fn header(&self, name: Spanned<String>, wrong: &mut Vec<Diagnostic>) -> LeadRule {
        self.check_header(&name, wrong);
        LeadRule::Header(name.into_inner().to_ascii_lowercase())
    }

    /// What leads to the state: parameters or a header, and one of them if the rule has starts.
    fn lead(&self, raw: &mut raw::UntilDone, wrong: &mut Vec<Diagnostic>) -> Option<LeadRule> {
        let poll = raw.poll.span().start;
        match (raw.parameters.take(), raw.location.take()) {
            (Some(_), Some(location)) => {
                self.refuse(location.span().start, TWO_LEADS.to_owned(), wrong);
                None
            }
            (Some(parameters), None) => Some(LeadRule::Parameters(self.filled(parameters.into_inner()))),
            (None, Some(location)) => Some(self.header(location, wrong)),
            (None, None) if raw.operations.is_empty() => None,
            (None, None) => {
                let message = "what leads from the start to `poll` is missing: `parameters` or `location`";
                self.refuse(poll, message.to_owned(), wrong);
                None
            }
        }
    }

    /// Reports what says something of starts in a rule that has none.
    fn report_startless(&self, raw: &raw::UntilDone, wrong: &mut Vec<Diagnostic>) {
        let keys = [
            ("parameters", raw.parameters.as_ref().map(|value| value.span().start)),
            ("location", raw.location.as_ref().map(|value| value.span().start)),
            ("result", raw.result.as_ref().map(|value| value.span().start)),
        ];
        let set = keys.into_iter().filter_map(|(key, start)| Some((key, start?)));
        for (key, start) in set.filter(|_| raw.operations.is_empty()) {
            self.refuse(start, format!("`{key}` needs `operations` beside it"), wrong);
        }
    }

    fn filled(&self, raw: IndexMap<Spanned<String>, Spanned<String>>) -> Vec<FilledRule> {
        let pairs = raw.into_iter();
        pairs
            .map(|(parameter, source)| FilledRule {
                parameter: self.locate(parameter),
                source: self.locate(source),
            })
            .collect()
    }

    fn milliseconds(&self, seconds: &Spanned<f64>, wrong: &mut Vec<Diagnostic>) -> u64 {
        let value = *seconds.as_ref();
        if value > 0.0 && value <= DAY {
            // the cast is exact enough: a day has fewer milliseconds than 2^53
            return ((value * 1000.0).round() as u64).max(1);
        }
        self.refuse(seconds.span().start, format!("{value} is not a wait of up to a day, in seconds"), wrong);
        0
    }

    fn refuse(&self, start: usize, message: String, wrong: &mut Vec<Diagnostic>) {
        wrong.push(Diagnostic::new(Code::ConfigInvalid, self.place(start), message));
    }
}
