//! Removes redundant words from the start of the ids of a group: of `Night trains`, `trains_list` is `list`, because that
//! is what the group's name ends with; `yard_open`, `yard_close` and `yard_list_tracks` are `open`, `close` and
//! `list_tracks`, because all have it.

use super::{
    noun::same_name,
    particle::may_start,
    verb::{has_verb, is_known},
    words::{split, words_of},
};

/// With fewer ids than this, a common prefix may be coincidence.
const FEW: usize = 3;

/// The maximum number of words at the start of an id that may be those of its group.
const LONGEST: usize = 8;

/// Removes redundant words from the start of a group's ids.
pub(crate) fn shorten(ids: &mut [&mut String], group: &str) {
    let group = words_of(group);
    for id in ids.iter_mut() {
        **id = without_group(id, &group);
    }
    if let Some(common) = common_words(ids, &group) {
        for id in ids {
            **id = from_word(id, common);
        }
    }
}

/// Removes the last words of its group from an id; [`stutter`](super::stutter) handles the whole name.
fn without_group(id: &str, group: &[String]) -> String {
    let words = words_of(id);
    let starts = |end: usize| {
        let is_verb = |word: &String| is_known(word);
        let start =
            words.get(..end).filter(|start| !same_name(start, group) && !start.iter().any(is_verb))?;
        let said = (1..group.len()).filter_map(|at| group.get(at..)).any(|last| same_name(start, last));
        said.then_some(end)
    };
    from_word(id, (1..words.len().min(LONGEST)).rev().find_map(starts).unwrap_or(0))
}

/// The number of words that all ids start with; `None` if there are none, if the ids would no longer be distinct
/// without them, or if they may contain the verb: most ids must retain one.
fn common_words(ids: &[&mut String], group: &[String]) -> Option<usize> {
    let all: Vec<Vec<String>> = ids.iter().map(|id| words_of(id)).collect();
    let common = common(&all).filter(|common| ids.len() >= FEW && !starts_with_group(common, group))?.len();
    let left: Vec<String> = ids.iter().map(|id| from_word(id, common)).collect();
    let verbs = left.iter().filter(|id| has_verb(id)).count();
    let mut known: Vec<Vec<String>> = left.iter().map(|id| words_of(id)).collect();
    known.sort_unstable();
    known.dedup();
    (verbs * 2 > ids.len() && known.len() == ids.len()).then_some(common)
}

/// Whether words start with those of a group, which [`stutter`](super::stutter) removes, possibly followed by the object
/// of all its ids.
fn starts_with_group(words: &[String], group: &[String]) -> bool {
    (1..=words.len().min(LONGEST)).filter_map(|end| words.get(..end)).any(|start| same_name(start, group))
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

/// The id from a word on, if that is a name of its own; otherwise the whole id.
fn from_word(id: &str, start: usize) -> String {
    let words = split(id);
    let rest =
        words.get(start..).filter(|rest| start > 0 && rest.first().is_some_and(|first| may_start(first)));
    rest.map_or_else(|| id.to_owned(), |rest| rest.join("_"))
}

#[cfg(test)]
mod tests {
    use super::shorten;

    fn without(ids: &[&str], group: &str) -> Vec<String> {
        let mut ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        shorten(&mut ids.iter_mut().collect::<Vec<_>>(), group);
        ids
    }

    #[test]
    fn the_last_words_of_the_group() {
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
