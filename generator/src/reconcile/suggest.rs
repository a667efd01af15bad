//! The corrections that would make a document true. In: what was found in replies, the corrections that are made already,
//! and those of the configuration. Out: corrections, each with the exchanges that show it; or the entry of the
//! configuration that says something else.
//!
//! Where the document has no place for a finding, or a correction of it changed nothing, the value around it becomes any
//! value: what is corrected is read, if with less precision.

use indexmap::IndexMap;

use super::{
    Exchange, Finding, Report, Untrue,
    key::{Need, keys},
    kinds::Kinds,
    spot::{self, SpotId},
};
use crate::{
    config::{Changes, Correction, ValueType},
    diagnostic::{Code, Diagnostic},
    lower::media::is_json,
    normalise::corrections::select::{node_at, select, text},
    source::{Node, Pointer},
};

/// A correction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestion {
    /// What holds.
    pub changes: Changes,
    /// What shows it, a line for each change.
    pub shown: Vec<String>,
}

/// Corrections by their keys.
pub type Suggestions = IndexMap<String, Suggestion>;

/// What is corrected already.
pub struct Known<'a> {
    /// By the configuration.
    pub configured: &'a [Correction],
    /// By what was suggested before.
    pub suggested: &'a Suggestions,
}

/// Adds corrections for what was found. `false` if there is nothing that could be added.
///
/// # Errors
///
/// At an entry of the configuration that a reply contradicts.
pub fn suggest(
    tree: &Node,
    report: &Report,
    exchanges: &[Exchange],
    known: &Known<'_>,
) -> Result<Option<Suggestions>, Diagnostic> {
    let mut made = Made { tree, report, exchanges, known, all: known.suggested.clone(), is_news: false };
    for finding in &report.findings {
        made.finding(finding)?;
    }
    Ok(made.is_news.then_some(made.all))
}

/// Leaves out what is corrected within a place that became any value.
pub fn prune(tree: &Node, suggestions: &mut Suggestions) {
    let places = |key: &str| -> Vec<Pointer> {
        let found = select(tree, key).map(|found| found.places).unwrap_or_default();
        found.into_iter().map(|place| place.pointer).collect()
    };
    let whole: Vec<Pointer> = suggestions
        .iter()
        .filter(|(_, one)| one.changes.value == Some(ValueType::Any))
        .flat_map(|(key, _)| places(key))
        .collect();
    let is_within = |place: &Pointer| {
        whole.iter().any(|outer| {
            let (inner, outer) = (place.segments(), outer.segments());
            inner.len() > outer.len() && inner.starts_with(outer)
        })
    };
    suggestions.retain(|key, _| {
        let places = places(key);
        places.is_empty() || !places.iter().all(is_within)
    });
}

struct Made<'a> {
    tree: &'a Node,
    report: &'a Report,
    exchanges: &'a [Exchange],
    known: &'a Known<'a>,
    all: Suggestions,
    is_news: bool,
}

impl Made<'_> {
    fn finding(&mut self, finding: &Finding) -> Result<(), Diagnostic> {
        let (keys, changes) = self.first_choice(finding);
        if self.is_news_at(&keys, &changes) {
            return self.add(finding, &keys, changes);
        }
        // The correction is made already, and did not help; or there is no place for it.
        let mut at = Some(finding.spot);
        while let Some(id) = at {
            let keys = self.keys(id, &self.report.spots.get(id).places, Need::Places);
            let any = Changes { value: Some(ValueType::Any), ..Changes::default() };
            if self.is_news_at(&keys, &any) {
                return self.add(finding, &keys, any);
            }
            at = self.report.spots.get(id).outer;
        }
        let response = vec![text(&self.report.spots.get(finding.spot).response)];
        let any = Changes { value: Some(ValueType::Any), ..Changes::default() };
        match self.is_news_at(&response, &any) {
            true => self.add(finding, &response, any),
            false => Ok(()),
        }
    }

    /// The correction that says what is found and no more.
    fn first_choice(&self, finding: &Finding) -> (Vec<String>, Changes) {
        let (id, spot) = (finding.spot, self.report.spots.get(finding.spot));
        let none = Changes::default();
        let places = &spot.places;
        match &finding.untrue {
            Untrue::Required => (self.keys(id, places, Need::Lists), Changes { optional: true, ..none }),
            Untrue::NotNull => (self.keys(id, places, Need::Places), Changes { nullable: true, ..none }),
            Untrue::Type { is_scalar } => {
                let (places, kinds) = self.typed(id, *is_scalar);
                let value = Some(kinds.value_type());
                (self.keys(id, &places, Need::Places), Changes { value, ..none })
            }
            Untrue::Alternatives => {
                let value = Some(ValueType::Any);
                (self.keys(id, places, Need::Places), Changes { value, ..none })
            }
            Untrue::MediaType(name) => {
                let media_types = self.media_types(&spot.response, name);
                (vec![text(&spot.response)], Changes { media_types, ..none })
            }
        }
    }

    /// The places that say the type of a value, and the kinds of all values that were seen there. A scalar that has a name
    /// is what it is wherever it is referred to.
    fn typed(&self, id: SpotId, is_scalar: bool) -> (Vec<Pointer>, Kinds) {
        let ends = |id: SpotId| -> Vec<Pointer> {
            let places = self.report.spots.get(id).places.iter();
            places.map(|place| if is_scalar { spot::end(self.tree, place) } else { place.clone() }).collect()
        };
        let places = ends(id);
        let mut kinds = Kinds::default();
        for other in self.report.spots.ids().filter(|other| ends(*other) == places) {
            kinds.join(self.report.spots.get(other).seen);
        }
        (places, kinds)
    }

    fn keys(&self, id: SpotId, places: &[Pointer], need: Need) -> Vec<String> {
        let there: Vec<Pointer> =
            places.iter().filter(|place| node_at(self.tree, place).is_some()).cloned().collect();
        keys(self.tree, &self.report.spots, id, &there, need)
    }

    /// All media types that replies of a response had: those that are documented and were seen, and others.
    fn media_types(&self, response: &Pointer, name: &str) -> Vec<String> {
        let key = text(response);
        let mut all: Vec<String> =
            self.all.get(&key).map(|known| known.changes.media_types.clone()).unwrap_or_default();
        all.extend(self.report.documented(response).filter(|known| !all.contains(known)).collect::<Vec<_>>());
        if !all.iter().any(|known| known == name) {
            all.push(name.to_owned());
        }
        all.sort_by_key(|name| !is_json(name));
        all
    }

    /// Whether any of the keys is not yet corrected so.
    fn is_news_at(&self, keys: &[String], changes: &Changes) -> bool {
        let says = |known: Option<&Changes>| {
            known.is_some_and(|known| {
                let mut with = known.clone();
                with.merge(changes);
                with == *known
            })
        };
        let is_new = |key: &String| {
            let before = self.known.suggested.get(key).map(|known| &known.changes);
            !says(before) && !says(self.configured(key))
        };
        keys.iter().any(is_new)
    }

    fn configured(&self, key: &str) -> Option<&Changes> {
        self.known.configured.iter().find(|entry| entry.key.value == key).map(|entry| &entry.changes)
    }

    fn add(&mut self, finding: &Finding, keys: &[String], changes: Changes) -> Result<(), Diagnostic> {
        for key in keys {
            self.agree(finding, key, &changes)?;
            let known = self.all.entry(key.clone()).or_default();
            let before = known.changes.clone();
            known.changes.merge(&changes);
            if known.changes != before {
                let says = &finding.says;
                known.shown.push(format!("{}: {says}", self.exchanges[finding.exchange].shown()));
                self.is_news = true;
            }
        }
        Ok(())
    }

    /// An error if an entry of the configuration gives the place something else, by whatever key.
    fn agree(&self, finding: &Finding, key: &str, changes: &Changes) -> Result<(), Diagnostic> {
        let places =
            |key: &str| select(self.tree, key).ok().filter(|found| !found.is_glob).map(|found| found.places);
        let Some(here) = places(key) else { return Ok(()) };
        for entry in self.known.configured {
            let Some(what) = entry.changes.contradiction(changes) else { continue };
            let there = places(&entry.key.value).unwrap_or_default();
            if there.iter().any(|place| here.iter().any(|own| own.id == place.id)) {
                let shown = self.exchanges[finding.exchange].shown();
                let message = format!(
                    "the entry contradicts a reply, which asks for {what}: {shown}: {}",
                    finding.says
                );
                let help = format!("remove the entry, and what is found will be printed for `{key}`");
                let place = entry.key.place.clone();
                return Err(Diagnostic::new(Code::CorrectionContradicted, place, message).help(help));
            }
        }
        Ok(())
    }
}
