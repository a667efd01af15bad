//! Reads what a derived `Debug` writes, so that a test can walk a value by the names of its parts.

/// A value as `{:?}` writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Debugged {
    /// A text, a number, or a unit: the words as they stand.
    Word(String),
    /// `Name(…)`, or a tuple without a name.
    Tuple(String, Vec<Debugged>),
    /// `Name { field: … }`
    Struct(String, Vec<(String, Debugged)>),
    /// `[…]`, or the keys and values of `{…: …}` one after the other.
    List(Vec<Debugged>),
}

impl Debugged {
    /// Reads a value.
    ///
    /// # Panics
    ///
    /// On a text that no derived `Debug` writes.
    pub fn of(value: &impl std::fmt::Debug) -> Self {
        let text = format!("{value:?}");
        let mut reader = Reader { rest: &text };
        let read = reader.value();
        assert!(reader.rest.is_empty(), "all is read but {:.60}", reader.rest);
        read
    }

    /// Its name, or the word that it is.
    pub fn name(&self) -> &str {
        match self {
            Self::Word(name) | Self::Tuple(name, _) | Self::Struct(name, _) => name,
            Self::List(_) => "",
        }
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn value(&mut self) -> Debugged {
        if let Some(quote) = self.rest.chars().next().filter(|first| matches!(first, '"' | '\'')) {
            return Debugged::Word(self.quoted(quote).to_owned());
        }
        if self.eat("[") {
            return Debugged::List(self.until("]", Self::value));
        }
        let word = self.word().to_owned();
        if self.eat("(") {
            return Debugged::Tuple(word, self.until(")", Self::value));
        }
        match (word.is_empty(), self.eat(" { ") || self.eat("{")) {
            (false, true) => {
                self.rest = self.rest.trim_start();
                Debugged::Struct(word, self.until("}", Self::field))
            }
            (true, true) => Debugged::List(self.until("}", Self::entry).into_iter().flatten().collect()),
            (_, false) => Debugged::Word(word),
        }
    }

    fn field(&mut self) -> (String, Debugged) {
        let name = self.word().to_owned();
        assert!(self.eat(": "), "a field has a value: {:.60}", self.rest);
        (name, self.value())
    }

    /// The key and the value of a map, or the value of a set.
    fn entry(&mut self) -> Vec<Debugged> {
        let key = self.value();
        if self.eat(": ") { vec![key, self.value()] } else { vec![key] }
    }

    /// What stands between commas, up to a bracket.
    fn until<T>(&mut self, end: &str, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut all = Vec::new();
        while !self.eat(end) {
            all.push(one(self));
            self.eat(",");
            self.rest = self.rest.trim_start();
        }
        all
    }

    /// A text or a character between quotes, and the quotes.
    fn quoted(&mut self, quote: char) -> &'t str {
        let mut is_escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == quote && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            ends
        });
        let (at, _) = end.expect("a quote is closed");
        self.take(at + 1)
    }

    fn word(&mut self) -> &'t str {
        let is_of_word = |c: char| c.is_alphanumeric() || "_.-+".contains(c);
        self.take(self.rest.find(|c| !is_of_word(c)).unwrap_or(self.rest.len()))
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    #[expect(dead_code, reason = "what is here is written, and read from the text")]
    enum Shape {
        Unit,
        Of(i64, Option<char>),
        With { name: String, list: Vec<(bool, f64)> },
    }

    #[test]
    fn what_is_written_is_read() {
        let word = |text: &str| Debugged::Word(text.to_owned());
        let tuple = |name: &str, of: Vec<Debugged>| Debugged::Tuple(name.to_owned(), of);
        assert_eq!(Debugged::of(&Shape::Unit), word("Unit"));
        let some = tuple("Some", vec![word("'\\''")]);
        assert_eq!(Debugged::of(&Shape::Of(-1, Some('\''))), tuple("Of", vec![word("-1"), some]));
        let with = Shape::With { name: "a\", b: {\\".to_owned(), list: vec![(true, 1.5), (false, 2e-9)] };
        let pairs = ["true", "1.5", "false", "2e-9"].map(word);
        let pairs = pairs.chunks(2).map(|pair| tuple("", pair.to_vec())).collect();
        let fields = [("name", word("\"a\\\", b: {\\\\\"")), ("list", Debugged::List(pairs))];
        let fields = fields.map(|(name, value)| (name.to_owned(), value)).into();
        assert_eq!(Debugged::of(&with), Debugged::Struct("With".to_owned(), fields));
        let map = std::collections::BTreeMap::from([("a", 1)]);
        assert_eq!(Debugged::of(&map), Debugged::List(vec![word("\"a\""), word("1")]));
    }
}
