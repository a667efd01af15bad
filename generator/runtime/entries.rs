// needs: | crates:
//! Values under names. They are few, so that a list finds them as fast as a map, with less code.

/// The value under a name.
pub(super) fn get<'e, V>(entries: &'e [(impl AsRef<str>, V)], name: &str) -> Option<&'e V> {
    entries.iter().find(|(key, _)| key.as_ref() == name).map(|(_, value)| value)
}

/// Sets the value under a name, in its place if there is one.
pub(super) fn set<K: PartialEq, V>(entries: &mut Vec<(K, V)>, name: K, value: V) {
    match entries.iter_mut().find(|(key, _)| *key == name) {
        Some(entry) => entry.1 = value,
        None => entries.push((name, value)),
    }
}
