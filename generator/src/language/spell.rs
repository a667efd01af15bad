//! Text of a document as ASCII words: letters beyond ASCII and symbols that mean something are written out, what only
//! separates is a space. `größe` gives `grosse`, `用户` gives `Yong Hu`, `-created` gives `minus created`.

/// Writes out what no identifier can hold.
pub(super) fn spell(text: &str) -> String {
    let ascii = transliterate(text.trim());
    let letters: Vec<char> = ascii.trim().chars().collect();
    let alone = !letters.iter().any(char::is_ascii_alphanumeric);
    let brackets = brackets(&letters);
    let mut out = String::with_capacity(letters.len());
    for (index, c) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| letters.get(index)).copied();
        let place = Neighbours { before, after: letters.get(index + 1).copied(), alone };
        match symbol(*c, place) {
            _ if c.is_ascii_alphanumeric() || (*c == '_' && !alone) => out.push(*c),
            Some(word) if !brackets.contains(&index) => {
                out.push(' ');
                out.push_str(word);
                out.push(' ');
            }
            Some(_) | None => out.push(' '),
        }
    }
    out
}

/// The text in ASCII: letters as they sound, symbols and pictures as they look or are called, and what has no such
/// writing by its code point.
pub(super) fn transliterate(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match deunicode::deunicode_char(c) {
            _ if c.is_ascii() => out.push(c),
            // A sign within a word, as the soft sign of Russian, does not end the word.
            Some(ascii) if c.is_alphabetic() => out.extend(ascii.chars().filter(|c| is_word_or_space(*c))),
            Some(ascii) if ascii.chars().any(is_word) && !c.is_numeric() => {
                out.push(' ');
                out.push_str(ascii);
                out.push(' ');
            }
            Some(ascii) => out.push_str(ascii),
            None => out.push_str(&format!(" u{:x} ", u32::from(c))),
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn is_word_or_space(c: char) -> bool {
    is_word(c) || c == ' '
}

/// Where the `<` and `>` stand that enclose a word, as in `Page<User>`.
fn brackets(letters: &[char]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    for (index, c) in letters.iter().enumerate() {
        match c {
            '<' => open.push(index),
            '>' => {
                let start = open.pop();
                let enclosed = |start: usize| letters.iter().take(index).skip(start).any(|c| is_word(*c));
                found.extend(
                    start.filter(|start| enclosed(*start)).into_iter().flat_map(|start| [start, index]),
                );
            }
            _ => {}
        }
    }
    found
}

/// The characters around a symbol.
#[derive(Clone, Copy)]
struct Neighbours {
    before: Option<char>,
    after: Option<char>,
    /// Whether there are but symbols in the text.
    alone: bool,
}

impl Neighbours {
    fn starts_a_word(self) -> bool {
        self.before.is_none_or(char::is_whitespace)
    }

    fn is_between_words(self) -> bool {
        self.before.is_some_and(is_word) && self.after.is_some_and(is_word)
    }

    /// Whether the symbol is the sign of the word or number that follows.
    fn is_sign(self) -> bool {
        self.starts_a_word() && self.after.is_some_and(is_word)
    }
}

/// The word for a symbol that carries meaning where it stands: `-created` and `+1` sort and vote, `>=` compares;
/// between words a symbol only separates.
fn symbol(c: char, place: Neighbours) -> Option<&'static str> {
    let alone = place.alone;
    match c {
        '+' if place.starts_a_word() || alone => Some("plus"),
        '-' if place.is_sign() || alone => Some("minus"),
        '<' => Some("less"),
        // The head of an arrow.
        '>' if place.before == Some('-') && !alone => None,
        '>' => Some("greater"),
        '=' if !place.is_between_words() => Some("equal"),
        '!' => Some("not"),
        '*' => Some("star"),
        '%' => Some("percent"),
        '&' if alone => Some("and"),
        '|' if alone => Some("or"),
        '^' => Some("caret"),
        '~' if alone => Some("tilde"),
        '/' if alone => Some("slash"),
        '.' if alone => Some("dot"),
        ',' if alone => Some("comma"),
        ':' if alone => Some("colon"),
        ';' if alone => Some("semicolon"),
        '_' if alone => Some("underscore"),
        '#' if alone => Some("hash"),
        '@' if alone => Some("at"),
        '$' if alone => Some("dollar"),
        '?' if alone => Some("question"),
        _ => None,
    }
}
