//! Writes entries of `[corrections]` into the text of a configuration, with comments on what shows them; everything
//! else stays unchanged, including comments.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Key, Table, TableLike, Value};

use super::{Changes, ValueType};

/// The table of corrections.
const TABLE: &str = "corrections";

/// Adds corrections to a configuration: new entries below comments on what shows them, and missing facts to existing
/// entries. `None` if the text is not TOML or `corrections` is not a table.
pub fn with_corrections<'c>(
    text: &str,
    corrections: impl IntoIterator<Item = (&'c str, &'c Changes, &'c [String])>,
) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    if !document.contains_key(TABLE) {
        // Comments at the end of the file stay before the new table.
        let end = document.trailing().as_str().unwrap_or_default().to_owned();
        let gap = if document.is_empty() && end.is_empty() { "" } else { "\n" };
        let mut table = Table::new();
        table.decor_mut().set_prefix(format!("{end}{gap}"));
        document.set_trailing("");
        document.insert(TABLE, Item::Table(table));
    }
    let table = document.get_mut(TABLE)?;
    let is_inline = table.is_inline_table();
    let table = table.as_table_like_mut()?;
    for (key, changes, shown) in corrections {
        set(table, key, changes);
        if let (Some(mut key), false) = (table.key_mut(key), is_inline) {
            let before = key.leaf_decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
            let lines: String = shown.iter().map(|line| format!("# {line}\n")).collect();
            let prefix = format!("{before}{lines}");
            key.leaf_decor_mut().set_prefix(prefix);
        }
    }
    Some(document.to_string())
}

/// Sets an entry, keeping the decoration of the old value.
fn set(table: &mut dyn TableLike, key: &str, changes: &Changes) {
    let mut new = value(changes);
    match table.get_mut(key).map(|item| (item.as_value().map(|old| old.decor().clone()), item)) {
        Some((decor, item)) => {
            if let Some(decor) = decor {
                *new.decor_mut() = decor;
            }
            *item = Item::Value(new);
        }
        None => {
            table.entry_format(&Key::new(key)).or_insert(Item::Value(new));
        }
    }
}

/// Converts a correction to a value: a word or a table, or a list of them.
fn value(changes: &Changes) -> Value {
    let mut words: Vec<Value> = Vec::new();
    words.extend(changes.optional.then(|| "optional".into()));
    words.extend(changes.nullable.then(|| "nullable".into()));
    words.extend(changes.value.as_ref().map(value_type));
    words.extend(changes.media_types.iter().map(|name| name.as_str().into()));
    let keyed = [("discriminator", &changes.discriminator), ("server", &changes.server)];
    let keyed = keyed.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?)));
    words.extend(keyed.map(|(key, text)| table([(key, text.as_str())])));
    match words.len() {
        1 => words.remove(0),
        _ => Value::Array(words.into_iter().collect::<Array>()),
    }
}

fn value_type(value: &ValueType) -> Value {
    match value {
        ValueType::Any => super::ANY.into(),
        ValueType::Of(typ, None) => typ.name().into(),
        ValueType::Of(typ, Some(format)) => table([("type", typ.name()), ("format", format)]),
    }
}

fn table<'t>(entries: impl IntoIterator<Item = (&'t str, &'t str)>) -> Value {
    Value::InlineTable(entries.into_iter().collect::<InlineTable>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::JsonType;

    #[test]
    fn what_is_there_stays_and_is_added_to() {
        let text = "# Ours.\nspec = \"a.yaml\" # here\n\n[corrections]\n# Since May.\n\"A.b\"   =   \"optional\" # yes\n\n[client]\n";
        let both = Changes { optional: true, nullable: true, ..Changes::default() };
        let value = Some(ValueType::Of(JsonType::Integer, Some("uint64".to_owned())));
        let wide = Changes { value, ..Changes::default() };
        let lines = ["GET /a (a.har entry 1): $.b is null".to_owned()];
        let with = with_corrections(text, [("A.b", &both, &lines[..]), ("A.c", &wide, &[][..])]);
        let expected = "# Ours.\nspec = \"a.yaml\" # here\n\n[corrections]\n# Since May.\n# GET /a (a.har entry 1): $.b is null\n\"A.b\"   =   [\"optional\", \"nullable\"] # yes\n\"A.c\" = { type = \"integer\", format = \"uint64\" }\n\n[client]\n";
        assert_eq!(with.as_deref(), Some(expected));
    }

    #[test]
    fn a_table_is_made_where_there_is_none() {
        let any = Changes { value: Some(ValueType::Any), ..Changes::default() };
        let add = |text| with_corrections(text, [("#/a", &any, &[][..])]);
        assert_eq!(add("").as_deref(), Some("[corrections]\n\"#/a\" = \"any\"\n"));
        assert_eq!(
            add("spec = \"a\"\n").as_deref(),
            Some("spec = \"a\"\n\n[corrections]\n\"#/a\" = \"any\"\n")
        );
        assert_eq!(add("corrections = {}\n").as_deref(), Some("corrections = { \"#/a\" = \"any\" }\n"));
        let commented = add("spec = \"a\"\n\n# The end.\n");
        assert_eq!(
            commented.as_deref(),
            Some("spec = \"a\"\n\n# The end.\n\n[corrections]\n\"#/a\" = \"any\"\n")
        );
        assert_eq!(add("corrections = 1\n"), None);
    }
}
