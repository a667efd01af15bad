//! Splits camel case into words. [Names](brand) and abbreviations are one word.

use super::brand;

/// What a character is for the words around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    Capital,
    Small,
    /// A digit, or a letter of a script without case: it continues a word.
    Other,
}

/// Splits camel case: a word starts at a capital after a small letter, and at the last of several capitals before a
/// small letter. Digits in between do not matter: `getS3Bucket` is `get`, `S3` and `Bucket`.
pub(super) fn humps(text: &str) -> Vec<&str> {
    let letters = letters(text);
    let mut words = Vec::new();
    let (mut start, mut before) = (0, Letter::Other);
    for (index, (at, letter)) in letters.iter().enumerate() {
        let is_before_small = matches!(letters.get(index + 1), Some((_, Letter::Small)));
        let is_start = match (before, letter) {
            (Letter::Small, Letter::Capital) => true,
            (Letter::Capital, Letter::Capital) => is_before_small,
            (Letter::Small | Letter::Capital | Letter::Other, _) => false,
        };
        if is_start {
            words.extend(text.get(start..*at));
            start = *at;
        }
        if *letter != Letter::Other {
            before = *letter;
        }
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

/// The letters of a text and their positions, with [names](brand) and abbreviations as if they were written like other
/// words: `OAuth` as `Oauth`, `VMs` as `Vms`.
fn letters(text: &str) -> Vec<(usize, Letter)> {
    let letter = |c: char| match c {
        _ if c.is_uppercase() => Letter::Capital,
        _ if c.is_lowercase() => Letter::Small,
        _ => Letter::Other,
    };
    let mut letters: Vec<(usize, Letter)> = text.char_indices().map(|(at, c)| (at, letter(c))).collect();
    for brand in brand::find(text) {
        let within =
            letters.iter_mut().filter(|(at, letter)| brand.at.contains(at) && *letter != Letter::Other);
        for (at, letter) in within {
            *letter = if *at == brand.at.start { Letter::Capital } else { Letter::Small };
        }
    }
    join_abbreviations(text, &mut letters);
    letters
}

fn join_abbreviations(text: &str, letters: &mut [(usize, Letter)]) {
    let mut start = 0;
    while let Some(rest) = letters.get(start..).filter(|rest| !rest.is_empty()) {
        let capitals = rest.iter().take_while(|(_, letter)| *letter == Letter::Capital).count();
        let end = start + capitals;
        if capitals > 1 && is_abbreviation(text, letters, end) {
            letters[start + 1..end].iter_mut().for_each(|(_, letter)| *letter = Letter::Small);
        }
        start = end.max(start + 1);
    }
}

/// Whether the capitals before a letter are one word with it: `IPs`, `VPCs`, `IPv6`.
fn is_abbreviation(text: &str, letters: &[(usize, Letter)], end: usize) -> bool {
    let Some(rest) = letters.get(end).and_then(|(at, _)| text.get(*at..)) else { return false };
    let is_before_small = matches!(letters.get(end + 1), Some((_, Letter::Small)));
    let is_before_digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    rest.starts_with('s') && !is_before_small || rest.strip_prefix('v').is_some_and(is_before_digit)
}

#[cfg(test)]
mod tests {
    use super::humps;

    #[test]
    fn capitals_start_words() {
        assert_eq!(humps("listUsers"), ["list", "Users"]);
        assert_eq!(humps("HTTPServer"), ["HTTP", "Server"]);
        assert_eq!(humps("größeÄndern"), ["größe", "Ändern"]);
        assert!(humps("").is_empty());
    }

    #[test]
    fn digits_continue_words() {
        assert_eq!(humps("getS3Bucket"), ["get", "S3", "Bucket"]);
        assert_eq!(humps("K8SCluster"), ["K8S", "Cluster"]);
        assert_eq!(humps("top10Users"), ["top10", "Users"]);
    }

    #[test]
    fn abbreviations_and_names_are_words() {
        assert_eq!(humps("listVMsInZone"), ["list", "VMs", "In", "Zone"]);
        assert_eq!(humps("reservedIPv6Actions"), ["reserved", "IPv6", "Actions"]);
        assert_eq!(humps("GraphQLAPI"), ["GraphQL", "API"]);
        assert_eq!(humps("iOSDevice"), ["iOS", "Device"]);
    }
}
