//! `[corrections]` as written: a word, a table, or a list of these.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use toml::Spanned;

/// The value of an entry.
#[derive(Debug)]
pub(super) enum Correction {
    /// `"optional"`
    One(Change),
    /// `["optional", "nullable"]`
    Several(Vec<Spanned<Change>>),
}

/// A change.
#[derive(Debug)]
pub(super) enum Change {
    /// `optional`, a type, a media type.
    Word(String),
    /// A change that needs more than a word.
    Table(ChangeTable),
}

/// `{ type = "string", format = "uuid" }`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChangeTable {
    #[serde(rename = "type")]
    pub typ: Option<String>,
    pub format: Option<String>,
    pub discriminator: Option<String>,
    pub server: Option<String>,
}

/// Deserialises a change, or a list of them where allowed.
struct Reader {
    lists: bool,
}

impl<'de> Visitor<'de> for Reader {
    type Value = Correction;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.lists { "a string, a table or an array of these" } else { "a string or a table" })
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Correction, E> {
        Ok(Correction::One(Change::Word(word.to_owned())))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Correction, A::Error> {
        let table = ChangeTable::deserialize(MapAccessDeserializer::new(access))?;
        Ok(Correction::One(Change::Table(table)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Correction, A::Error> {
        if !self.lists {
            return Err(Error::invalid_type(serde::de::Unexpected::Seq, &self));
        }
        let mut changes = Vec::new();
        while let Some(change) = access.next_element()? {
            changes.push(change);
        }
        Ok(Correction::Several(changes))
    }
}

impl<'de> Deserialize<'de> for Correction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader { lists: true })
    }
}

impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(Reader { lists: false })? {
            Correction::One(change) => Ok(change),
            Correction::Several(_) => Err(Error::custom("a list within a list")),
        }
    }
}
