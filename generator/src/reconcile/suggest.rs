//! Derives corrections from deviations in replies, considering earlier suggestions and the configuration. Each
//! correction lists the exchanges that show it; an entry of the configuration that contradicts one is an error.
//!
//! If the document has no place for a deviation, or correcting it had no effect, the enclosing value becomes any
//! value: it is then read, though less precisely.

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
    /// The corrected facts.
    pub changes: Changes,
    /// The evidence, one line per change.
    pub shown: Vec<String>,
}

/// Corrections by key.
pub type Suggestions = IndexMap<String, Suggestion>;

/// The corrections made so far.
pub struct Known<'a> {
    /// By the configuration.
    pub configured: &'a [Correction],
    /// By earlier suggestions.
    pub suggested: &'a Suggestions,
}

/// Adds corrections for the deviations found. Returns `false` if there was nothing to add.
///
/// # Errors
///
/// If a reply contradicts an entry of the configuration.
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

/// Removes corrections within a place that became any value.
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
        // The correction was made already and did not help, or there is no place for it.
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

    /// The most precise correction of a deviation.
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

    /// The places that determine the type of a value, and the kinds of all values seen there. A named scalar is the
    /// same wherever it is referred to.
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

    /// The media types that replies to a response had: documented ones that were seen, and others.
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

    /// Whether any of the keys lacks this correction.
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

    /// Fails if an entry of the configuration contradicts the change of a place, under any key.
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
