//! Where a schema means bytes: files, and parts of forms.

use super::{
    super::media::{Rank, essence, rank},
    Schemas,
    class::says_nothing,
};
use crate::{ir::Type, resolve::SchemaRef};

/// How many nested alternatives are searched for files.
const MAX_NESTED: usize = 8;

impl<'a> Schemas<'a> {
    /// A file, or several, if the schema or one of its alternatives says so.
    pub(in crate::lower) fn file(&self, schema: SchemaRef<'a>) -> Option<Type> {
        self.file_within(schema, 0)
    }

    fn file_within(&self, schema: SchemaRef<'a>, depth: usize) -> Option<Type> {
        if self.is_binary(schema) {
            return Some(Type::File);
        }
        if depth < MAX_NESTED
            && let Some(alternatives) = self.alternatives(schema)
        {
            return self.file_among(&alternatives.members, depth);
        }
        let items = self.only_branch(schema).filter(|one| one.typ() == Some("array"))?;
        let items = items.items()?;
        self.is_binary(items).then(|| Type::List(Box::new(Type::File)))
    }

    /// A file among alternatives whose other members are strings, which a file can replace. Several files are separate
    /// parts, so a single file is a list of one.
    fn file_among(&self, members: &[SchemaRef<'a>], depth: usize) -> Option<Type> {
        let mut found = None;
        for member in members {
            match self.file_within(*member, depth + 1) {
                Some(Type::File) => found = found.or(Some(Type::File)),
                Some(files) => found = Some(files),
                None if self.has_type(*member, "string") => {}
                None => return None,
            }
        }
        found
    }

    /// Whether values are raw bytes.
    pub(in crate::lower) fn is_binary(&self, schema: SchemaRef<'a>) -> bool {
        let Some(only) = self.only_branch(schema) else { return false };
        matches!((only.typ(), only.format()), (Some("string") | None, Some("binary")))
    }

    /// A file, or several, by the media type of the part: a string or any value if the type is neither text nor JSON
    /// or is a range, and any value without a type, which is `application/octet-stream` (OpenAPI 3.1.1 §4.8.15.1).
    pub(in crate::lower) fn bytes_by_encoding(
        &self,
        schema: SchemaRef<'a>,
        media_type: Option<&str>,
    ) -> Option<Type> {
        let are_bytes = |schema: SchemaRef<'a>| match media_type {
            None => says_nothing(schema),
            Some(names) => {
                let is_text = schema.is_type("string") && schema.format().is_none();
                let is_any = |name: &str| essence(name) == "*/*";
                let is_other = names.split(',').all(|name| rank(name) == Rank::Other || is_any(name));
                is_other && (says_nothing(schema) || (is_text && schema.enumeration().is_empty()))
            }
        };
        let only = self.only_branch(schema).unwrap_or(schema);
        if are_bytes(only) {
            return Some(Type::File);
        }
        let items = only.items()?;
        are_bytes(items).then(|| Type::List(Box::new(Type::File)))
    }

    /// The media type of a part's string or bytes by its schema (`contentMediaType`). Base64 is always text, and bytes
    /// are `application/octet-stream` anyway.
    pub(in crate::lower) fn content_media_type(&self, schema: SchemaRef<'a>) -> Option<String> {
        let only = self.only_branch(schema)?;
        let told = only.items().unwrap_or(only);
        let is_encoded = matches!(told.format(), Some("byte" | "base64url"));
        let media_type = told.content_media_type().filter(|_| !is_encoded)?;
        (essence(media_type) != "application/octet-stream").then(|| media_type.to_owned())
    }

    /// The only branch that describes a place.
    fn only_branch(&self, schema: SchemaRef<'a>) -> Option<SchemaRef<'a>> {
        match self.flatten_through(schema, None).as_slice() {
            [only] => Some(only.schema),
            _ => None,
        }
    }
}
