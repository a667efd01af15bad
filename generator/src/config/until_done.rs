//! Reads `[[until_done]]`.

use indexmap::IndexMap;
use toml::Spanned;

use super::{FilledRule, LeadRule, PollingRule, UntilDoneRule, WorkResultRule, parse::Reader, raw};
use crate::diagnostic::{Code, Diagnostic};

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
        let result = raw.result.map(|result| {
            let raw::WorkResult { operation, parameters } = result.into_inner();
            WorkResultRule { operation: self.locate(operation), parameters: self.filled(parameters) }
        });
        let rule = UntilDoneRule {
            operations: raw.operations.into_iter().map(|name| self.locate(name)).collect(),
            poll: self.locate(raw.poll),
            polling,
            lead,
            result,
        };
        Some(rule).filter(|_| wrong.len() == known)
    }

    /// How the state is told. What goes with a state says nothing without one.
    fn polling(&self, raw: &mut raw::UntilDone, wrong: &mut Vec<Diagnostic>) -> Option<PollingRule> {
        let mut wait = |seconds: Option<Spanned<f64>>, default: u64| {
            seconds.map_or(default, |seconds| self.milliseconds(&seconds, wrong))
        };
        let firsts = [
            raw.done.as_ref().map(|done| ("done", done.span().start)),
            raw.failed.as_ref().map(|failed| ("failed", failed.span().start)),
            raw.message.as_ref().map(|message| ("message", message.span().start)),
            raw.interval.as_ref().map(|interval| ("interval", interval.span().start)),
            raw.longest_interval.as_ref().map(|longest| ("longest_interval", longest.span().start)),
        ];
        let interval = wait(raw.interval.take(), INTERVAL);
        let longest_interval = wait(raw.longest_interval.take(), LONGEST_INTERVAL.max(interval));
        let Some(state) = raw.state.take() else {
            for (key, start) in firsts.into_iter().flatten() {
                self.refuse(start, format!("`{key}` says nothing without `state`"), wrong);
            }
            return None;
        };
        let listed = |list: Option<Spanned<Vec<Spanned<String>>>>| {
            list.map(Spanned::into_inner).into_iter().flatten().map(|one| self.locate(one)).collect()
        };
        let done: Vec<_> = listed(raw.done.take());
        if done.is_empty() {
            self.refuse(
                state.span().start,
                "`state` needs `done`, the states that end the work".to_owned(),
                wrong,
            );
        }
        Some(PollingRule {
            state: self.locate(state),
            done,
            failed: listed(raw.failed.take()),
            message: raw.message.take().map(|message| self.locate(message)),
            interval,
            longest_interval,
        })
    }

    /// What leads to the state: parameters or a header, and one of them if the rule has starts.
    fn lead(&self, raw: &mut raw::UntilDone, wrong: &mut Vec<Diagnostic>) -> Option<LeadRule> {
        let poll = raw.poll.span().start;
        match (raw.parameters.take(), raw.location.take()) {
            (Some(_), Some(location)) => {
                let message = "`location` says nothing beside `parameters`";
                self.refuse(location.span().start, message.to_owned(), wrong);
                None
            }
            (Some(parameters), None) => Some(LeadRule::Parameters(self.filled(parameters.into_inner()))),
            (None, Some(location)) => {
                self.check_header(&location, wrong);
                Some(LeadRule::Header(location.into_inner().to_ascii_lowercase()))
            }
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
            self.refuse(start, format!("`{key}` says nothing without `operations`"), wrong);
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
