//! Removes redundant words from the start of a tag's ids.
//!
//! ```yaml
//! tags: [Night trains], operationId: trains_list                              # list: what the tag ends with
//! tags: [Sidings], operationIds: yard_open, yard_close, yard_list_tracks      # open, close, list_tracks: all have it
//! ```

use super::{
    noun::same_name,
    particle::may_start,
    verb::{has_verb, is_known},
    words::{split, words_of},
};

/// With fewer ids than this, a common prefix may be coincidence.
const FEW: usize = 3;

/// The maximum number of words at the start of an id that may be those of its tag.
const LONGEST: usize = 8;

/// The ids of a tag's operations without redundant prefixes.
pub(crate) fn without(ids: &[&str], tag: &str) -> Vec<String> {
    let own: Vec<String> = ids.iter().map(|id| without_tag(id, &words_of(tag))).collect();
    without_common(&own, &words_of(tag)).unwrap_or(own)
}

/// Removes the last words of its tag from an id; [`stutter`](super::stutter) handles the whole tag.
fn without_tag(id: &str, tag: &[String]) -> String {
    let words = words_of(id);
    let starts = |end: usize| {
        let is_verb = |word: &String| is_known(word);
        let start = words.get(..end).filter(|start| !same_name(start, tag) && !start.iter().any(is_verb))?;
        let said = (1..tag.len()).filter_map(|at| tag.get(at..)).any(|last| same_name(start, last));
        said.then_some(end)
    };
    let end = (1..words.len().min(LONGEST)).rev().find_map(starts).unwrap_or(0);
    rest(id, end).unwrap_or_else(|| id.to_owned())
}

/// Removes the common prefix of ids; `None` if there is none, if the ids would no longer be distinct, or if it may
/// contain the verb: most ids must retain one.
fn without_common(ids: &[String], tag: &[String]) -> Option<Vec<String>> {
    let all: Vec<Vec<String>> = ids.iter().map(|id| words_of(id)).collect();
    let common = common(&all).filter(|common| ids.len() >= FEW && !starts_with_tag(common, tag))?;
    let left: Vec<String> =
        ids.iter().map(|id| rest(id, common.len()).unwrap_or_else(|| id.clone())).collect();
    let verbs = left.iter().filter(|id| has_verb(id)).count();
    let mut known: Vec<Vec<String>> = left.iter().map(|id| words_of(id)).collect();
    known.sort_unstable();
    known.dedup();
    (verbs * 2 > ids.len() && known.len() == ids.len()).then_some(left)
}

/// Whether words start with those of a tag, which [`stutter`](super::stutter) removes, possibly followed by the object of all its
/// operations.
fn starts_with_tag(words: &[String], tag: &[String]) -> bool {
    (1..=words.len().min(LONGEST)).filter_map(|end| words.get(..end)).any(|start| same_name(start, tag))
}

/// The common prefix of all ids, up to the first verb. A prefix of only most ids distinguishes them.
fn common(ids: &[Vec<String>]) -> Option<&[String]> {
    let first = ids.first()?;
    let verb = first.iter().position(|word| is_known(word)).unwrap_or(first.len());
    let shared = |id: &Vec<String>| id.iter().zip(first).take_while(|(one, other)| one == other).count();
    // Each must retain at least one word.
    let end = ids.iter().map(|id| shared(id).min(id.len().saturating_sub(1))).min()?.min(verb);
    first.get(..end).filter(|common| !common.is_empty())
}

/// The id from a word on, if that is a name of its own.
fn rest(id: &str, start: usize) -> Option<String> {
    let words = split(id);
    let rest = words.get(start..).filter(|_| start > 0)?;
    may_start(rest.first()?).then(|| rest.join("_"))
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn the_last_words_of_the_tag() {
        let cases = [
            ("trains_list", "list"),
            ("trainDeleteSeat", "Delete_Seat"),
            ("nightTrains_list", "nightTrains_list"),
            ("night_list", "night_list"),
            ("trains_of_today", "trains_of_today"),
            ("trains", "trains"),
            ("listTrains", "listTrains"),
            ("openTrains", "openTrains"),
        ];
        for (id, expected) in cases {
            assert_eq!(without(&[id], "Night trains"), [expected]);
        }
        assert_eq!(without(&["sleepingcars_list"], "Night sleeping cars"), ["list"]);
    }

    #[test]
    fn what_all_have() {
        let yard = ["yardTrackOpen", "yardTrackClose", "yardTrackListSwitches"];
        assert_eq!(without(&yard, "Sidings"), ["Open", "Close", "List_Switches"]);
    }

    #[test]
    fn what_tells_apart_stays() {
        let kept: [&[&str]; 8] = [
            &["shunt_empty", "shunt_by_night", "shunt_engine", "shunt_slowly"],
            &["siding_lamp_open", "siding_lamp_close", "siding_lamp_list"],
            &["yard_open", "yard_close"],
            &["list_tracks", "list_switches", "list_lamps"],
            &["yard_open", "dock_open", "yard_close"],
            &["yard_open", "yard_close", "yard_list", "yard_move", "ring_bell"],
            &["", "yard_open", "yard_close"],
            &["siding_open", "siding_close", "siding_list"],
        ];
        for ids in kept {
            assert_eq!(without(ids, "Sidings"), ids);
        }
    }
}
