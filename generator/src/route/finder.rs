//! Derives the route of an operation.

use std::collections::VecDeque;

use super::{
    claim::{Claim, Route},
    convention::MOST_LEVELS,
    gives::{self, Gives},
    id::Id,
    template::{self, Segment, statics},
    verb,
};
use crate::{
    ir::{Method, Operation, OperationId, TypeDef},
    language::{
        further,
        noun::{is_plural, same_name},
        particle::is_torn,
        stutter,
        verb::{is_bare, is_order, is_verb, meant},
        words::words_of,
    },
};

/// The maximum number of letters that a plural has beyond twice its singular.
const LONGEST_PLURAL: usize = 8;

/// Verbs that keep their noun, because alone they are Rust keywords.
const BOUND: &[&str] =
    &["break", "continue", "final", "loop", "match", "move", "return", "try", "type", "use", "yield"];

/// An operation whose route is being derived.
pub(super) struct Finder<'a> {
    pub(super) number: OperationId,
    pub(super) operation: &'a Operation,
    pub(super) id: Id,
    /// Its path.
    pub(super) segments: Vec<Segment<'a>>,
    /// Its tag, preceded by the tag's parents.
    pub(super) tags: Vec<String>,
    /// Whether resources follow the whole path.
    pub(super) nested: bool,
    /// Whether a `PATCH` with the same path is called `update`.
    pub(super) patched: bool,
    pub(super) types: &'a [TypeDef],
}

impl Finder<'_> {
    /// Derives the route; `on_root` puts operations with only a path on the client.
    pub(super) fn route(&self, on_root: bool) -> Route {
        let resources = self.resources(on_root);
        match &self.id {
            Id::Parts(_, action) => self.named(resources, None, action),
            Id::Plain(action) => {
                let verb = self.plain(&resources, action);
                self.named(resources, verb, action)
            }
            Id::Missing => self.unnamed(resources),
        }
    }

    fn resources(&self, on_root: bool) -> Vec<String> {
        match &self.id {
            Id::Parts(resources, _) => resources.clone(),
            Id::Plain(_) | Id::Missing if !self.tags.is_empty() => self.tags.clone(),
            Id::Plain(_) | Id::Missing if on_root => Vec::new(),
            Id::Plain(_) | Id::Missing => self.by_path(),
        }
    }

    /// Whether this is a `PATCH` that is called `update`.
    pub(super) fn is_update(&self, on_root: bool) -> bool {
        let resources = self.resources(on_root);
        let verb = match &self.id {
            Id::Parts(..) => None,
            Id::Plain(action) => self.plain(&resources, action),
            Id::Missing => self.verb(&resources),
        };
        self.operation.method == Method::Patch && verb == Some("update")
    }

    /// Whether only the path can determine its resource.
    pub(super) fn goes_by_path(&self) -> bool {
        self.tags.is_empty() && !matches!(self.id, Id::Parts(..))
    }

    /// Whether the path is the name of a call: `/getWeather`, `POST /translate`, or a segment that equals the id.
    pub(super) fn is_call(&self) -> bool {
        let Some((Segment::Static(name), rest)) = self.segments.split_first() else { return false };
        let only = rest.iter().all(|segment| matches!(segment, Segment::Parameter(_)));
        if !only || !self.goes_by_path() {
            return false;
        }
        let is_post = self.operation.method == Method::Post;
        let resource = [(*name).to_owned()];
        let verb = self.verb(&resource);
        let called = match &self.id {
            Id::Plain(action) if self.plain(&resource, action).is_some() => false,
            Id::Plain(action) => {
                let words = words_of(action);
                let says = words.first().is_some_and(|word| word != "post");
                same_name(&words, &words_of(name)) || is_post && verb.is_none() && says
            }
            Id::Missing => is_post && verb.is_none(),
            Id::Parts(..) => false,
        };
        is_order(name) || rest.is_empty() && called
    }

    /// The resources in the path: its first segment, or all, except a last one that is not a plural and names an
    /// action.
    pub(super) fn by_path(&self) -> Vec<String> {
        let mut names: Vec<String> = statics(&self.segments).into_iter().map(str::to_owned).collect();
        if !self.nested {
            names.truncate(1);
        }
        names.truncate(MOST_LEVELS);
        let does = matches!(self.segments.last(), Some(Segment::Static(last)) if !is_plural(last));
        if does && names.len() > 1 {
            names.pop();
        }
        names
    }

    /// The route of an operation with an `operationId`: by the verb, or else the id without the words of the resource.
    fn named(&self, resources: Vec<String>, verb: Option<&str>, action: &str) -> Route {
        let short = stutter::without(action, &resources, BOUND);
        let left = short.as_deref().unwrap_or(action);
        let better = match verb {
            Some(_) => None,
            None => self.better(&resources, left),
        };
        let claim = match verb {
            Some(_) if !self.says_more(left, &resources) => Claim::Exact,
            Some(_) => Claim::Plain,
            None if better.is_some() => Claim::Made,
            None if is_bare(left) => Claim::Said,
            None if short.is_none() => Claim::Plain,
            None => Claim::Made,
        };
        let verb = verb.or(better);
        let bare =
            |short: &String| verb.is_some() && short.eq_ignore_ascii_case(self.operation.method.as_str());
        let short = short.filter(|short| !bare(short));
        let wanted = [verb.map(str::to_owned), short, Some(action.to_owned())];
        self.with(resources, claim, wanted)
    }

    /// Whether a name says more than a verb, its resource, and that the last path parameter selects it.
    fn says_more(&self, name: &str, resources: &[String]) -> bool {
        let last = statics(&self.segments).pop().unwrap_or_default();
        let about = resources.iter().map(String::as_str).chain([last]).flat_map(words_of);
        let selector = match self.segments.last() {
            Some(Segment::Parameter(name)) => Some(*name),
            Some(Segment::Static(_)) | None => None,
        };
        further::says_more(name, &about.collect::<Vec<_>>(), selector)
    }

    /// A verb to replace the bare name of the method: `Users_Post`, `getUsers` if it returns many.
    fn better(&self, resources: &[String], left: &str) -> Option<&'static str> {
        if !left.eq_ignore_ascii_case(self.operation.method.as_str()) {
            return None;
        }
        let is_get = self.operation.method == Method::Get;
        let noun = resources.last().map_or("", String::as_str);
        let many = gives::on_success(&self.operation.success, self.types, noun) == Gives::Many;
        self.verb(resources).or((is_get && many).then_some("list"))
    }

    /// The route of an operation without an `operationId`: by the verb, or else by what the path says beyond the
    /// resource, with the parameters if that is taken.
    fn unnamed(&self, resources: Vec<String>) -> Route {
        let verb = self.verb(&resources).map(str::to_owned);
        let claim = if verb.is_some() { Claim::Plain } else { Claim::Made };
        let action = verb.or_else(|| self.made(&resources));
        let parameters = self.segments.iter().filter_map(|segment| match segment {
            Segment::Static(_) => None,
            Segment::Parameter(name) => Some(*name),
        });
        let parameters = parameters.collect::<Vec<_>>().join("_and_");
        let longer = action.as_ref().filter(|_| !parameters.is_empty());
        let longer = longer.map(|action| format!("{action}_by_{parameters}"));
        self.with(resources, claim, [action, longer, None])
    }

    fn with(&self, resources: Vec<String>, claim: Claim, wanted: [Option<String>; 3]) -> Route {
        let mut actions: Vec<String> = Vec::new();
        for action in wanted.into_iter().flatten().chain([self.operation.id.clone()]) {
            if !actions.iter().any(|known| words_of(known) == words_of(&action)) {
                actions.push(action);
            }
        }
        let claim = if actions.len() == 1 { Claim::Fixed } else { claim };
        Route { operation: self.number, resources, actions, rank: (claim, self.segments.len()) }
    }

    /// The verb for the path, if the path is that of the resource and distinguishes the operation.
    fn verb(&self, resources: &[String]) -> Option<&'static str> {
        let resource = resources.last().filter(|_| !template::is_cut(&self.operation.path))?;
        let noun = words_of(resource);
        // A longer name than a plural can be is a different name.
        let most = 2 * noun.concat().len() + LONGEST_PLURAL;
        let mut tail: VecDeque<String> = VecDeque::new();
        let mut length = 0;
        let about = statics(&self.segments).iter().rev().any(|name| {
            let words = if length <= most { words_of(name) } else { Vec::new() };
            length += words.concat().len();
            words.into_iter().rev().for_each(|word| tail.push_front(word));
            length <= most && same_name(tail.make_contiguous(), &noun)
        });
        about.then(|| verb::verb(self.operation, &self.segments, self.types, resource)).flatten()
    }

    /// The verb for the path, if the id agrees. A `PUT` next to a `PATCH` that updates is a replacement.
    fn plain(&self, resources: &[String], action: &str) -> Option<&'static str> {
        let by_path = self.verb(resources)?;
        let names = statics(&self.segments);
        let about = resources.iter().map(String::as_str).chain(names).flat_map(words_of);
        let meant = meant(action, by_path, &about.collect::<Vec<_>>())?;
        Some(if self.patched && meant == "update" { by_path } else { meant })
    }

    /// What the path says beyond the resource, with the action.
    fn made(&self, resources: &[String]) -> Option<String> {
        let names = statics(&self.segments);
        let is_resource = |name: &&str| {
            resources.last().is_some_and(|resource| same_name(&words_of(name), &words_of(resource)))
        };
        let start = names.iter().rposition(is_resource).map_or(0, |at| at + 1);
        let rest = names.get(start..).unwrap_or_default();
        let Some(last) = rest.last() else {
            let item = matches!(self.segments.last(), Some(Segment::Parameter(_)));
            return Some(verb::unusual(&self.operation.method, item));
        };
        let verb = verb::verb(self.operation, &self.segments, self.types, last);
        let verb = verb.map_or_else(|| verb::plain(&self.operation.method), str::to_owned);
        let said = is_verb(last) || is_order(last) || words_of(last).first() == Some(&verb);
        let verb = Some(verb.as_str()).filter(|verb| !said && !verb.is_empty());
        let words: Vec<&str> = verb.into_iter().chain(rest.iter().copied()).collect();
        (!is_torn(last)).then(|| words.join("_"))
    }
}
