//! The table of configuration keys, from which the documentation and the commented template are made.

/// A key of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The table it belongs to; empty at the top level.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// An example value in TOML.
    pub example: &'static str,
    /// Its meaning and default.
    pub meaning: &'static str,
}

const fn key(table: &'static str, name: &'static str, example: &'static str, meaning: &'static str) -> Key {
    Key { table, name, example, meaning }
}

/// Every key, in the order of the template.
pub const KEYS: &[Key] = &[
    key("", "spec", "\"openapi.yaml\"", "The document, relative to this file"),
    key(
        "",
        "output",
        "\"client\"",
        "The folder of the crate, relative to this file; by default named after the package",
    ),
    key(
        "",
        "tests",
        "true",
        "Writes a test for each operation into the crate, which calls a mock server; as `--tests` does",
    ),
    key(
        "",
        "max_size",
        "64",
        "How large the document and the files that it refers to may be together, in MiB",
    ),
    key(
        "",
        "models",
        "\"reachable\"",
        "Which component schemas: those `reachable` from an operation, a webhook or a callback (default), or `all`",
    ),
    key("package", "name", "\"example-client\"", "The package; by default from the document's title"),
    key("package", "version", "\"0.1.0\"", "Its version; 0.1.0 by default"),
    key(
        "package",
        "description",
        "\"Client of the Example API\"",
        "Its description; by default from the title",
    ),
    key("package", "license", "\"MIT OR Apache-2.0\"", "An SPDX expression"),
    key("package", "repository", "\"https://example.com/repository\"", "A URL"),
    key("package", "authors", "[\"A. U. Thor\"]", "Who made it"),
    key("package", "keywords", "[\"example\"]", "For the registry"),
    key("package", "categories", "[\"api-bindings\"]", "For the registry"),
    key(
        "client",
        "base_url",
        "\"https://api.example.com\"",
        "The base URL; by default the document's first server",
    ),
    key("client", "base_url_env", "\"EXAMPLE_BASE_URL\"", "The environment variable for another one"),
    key(
        "client",
        "user_agent",
        "\"example-client\"",
        "`User-Agent`; by default the package's name and version",
    ),
    key(
        "client",
        "strict_reading",
        "true",
        "Replies that are not what the document says are errors, unless the client's builder says otherwise",
    ),
    key(
        "client",
        "idempotency_header",
        "\"Idempotency-Key\"",
        "The header of a key that the server knows the attempts of one call by; such calls are repeated as others are",
    ),
    key(
        "client",
        "compress_requests",
        "1024",
        "Bodies of so many bytes and more are sent in gzip, which the server must take",
    ),
    key("security.SCHEME", "prefix", "\"Token \"", "What stands before the secret in a header"),
    key("security.SCHEME", "env", "\"EXAMPLE_API_KEY\"", "The environment variable that holds the secret"),
    key(
        "security.SCHEME",
        "client_id_env",
        "\"EXAMPLE_CLIENT_ID\"",
        "The environment variable with the id of a program, whose tokens are fetched as client credentials",
    ),
    key(
        "security.SCHEME",
        "client_secret_env",
        "\"EXAMPLE_CLIENT_SECRET\"",
        "The environment variable with its secret",
    ),
    key(
        "security.SCHEME",
        "token_url_env",
        "\"EXAMPLE_TOKEN_URL\"",
        "The environment variable for another token endpoint than that of the document",
    ),
    key("security.SCHEME", "name", "\"api_key\"", "The method that sets it; by default the scheme's name"),
    key(
        "operations",
        "\"GET /users/{id}\"",
        "\"users.get\"",
        "Where a call hangs; by operationId, or by method and path",
    ),
    key("[pagination]", "operations", "[\"listUsers\"]", "The lists that are paged so"),
    key(
        "[pagination]",
        "style",
        "\"offset\"",
        "How pages follow each other: `offset`, `page`, `cursor` or `link`; `none` of a list that is found to be paged and is not",
    ),
    key(
        "[pagination]",
        "offset",
        "\"offset\"",
        "Of `offset`: the query parameter for the number of items to pass over",
    ),
    key("[pagination]", "page", "\"page\"", "Of `page`: the query parameter for its number"),
    key("[pagination]", "first_page", "0", "Of `page`: the number of the first; 1 by default"),
    key(
        "[pagination]",
        "cursor",
        "\"after\"",
        "Of `cursor`: the query parameter for the token that a page gives for the next",
    ),
    key(
        "[pagination]",
        "next",
        "\"meta.next\"",
        "Of `cursor` and `link`: the property with the token or URL; dots lead from property to property",
    ),
    key(
        "[pagination]",
        "next_item",
        "\"id\"",
        "Of `cursor`: the property of the last item that is the token instead",
    ),
    key(
        "[pagination]",
        "next_header",
        "\"x-next-cursor\"",
        "Of `cursor`: the response header with the token instead. A `link` without `next` is in `Link`",
    ),
    key("[pagination]", "limit", "\"limit\"", "The query parameter for the size of a page"),
    key("[pagination]", "default_limit", "50", "The size that is asked for when the caller names none"),
    key(
        "[pagination]",
        "items",
        "\"results\"",
        "The property that holds a page's items; without it a page is a list of them",
    ),
    key("[pagination]", "total", "\"count\"", "The property that counts the items of all pages"),
    key("[pagination]", "more", "\"has_more\"", "The property that says whether another page follows"),
    key(
        "webhooks",
        "event_header",
        "\"X-Event\"",
        "The header whose value names the event of a webhook, where the document does not say so",
    ),
    key(
        "webhooks",
        "signature",
        "{ header = \"X-Signature-256\", prefix = \"sha256=\", encoding = \"hex\" }",
        "How requests of webhooks are signed: `standard` (Standard Webhooks), or an HMAC-SHA256 of the body in a header, as `hex` or `base64`",
    ),
    key(
        "[until_done]",
        "operations",
        "[\"createImage\"]",
        "The operations that start work, which `until_done` of their calls waits for",
    ),
    key("[until_done]", "poll", "\"getTask\"", "The operation that tells the state of the work"),
    key(
        "[until_done]",
        "parameters",
        "{ task_id = \"tasks.0\" }",
        "Its path parameters: each the property of the reply that starts the work (dots and indices), or `{name}` for a path parameter of the start",
    ),
    key(
        "[until_done]",
        "location",
        "\"Operation-Location\"",
        "In place of `parameters`: the response header with the URL that tells the state",
    ),
    key(
        "[until_done]",
        "state",
        "\"state\"",
        "The property of the reply of `poll` with the state; a rule behind another of the same `poll` leaves it and the next ones out",
    ),
    key("[until_done]", "done", "[\"FINISHED\"]", "The states in which the work is done"),
    key("[until_done]", "failed", "[\"ERROR\"]", "The states in which it has failed; any other goes on"),
    key("[until_done]", "message", "\"error\"", "The property that says what failed"),
    key(
        "[until_done]",
        "pending_statuses",
        "[202]",
        "In place of `state`: the statuses of `poll` with which the work goes on; with any other answer it is done",
    ),
    key(
        "[until_done]",
        "interval",
        "1.0",
        "The seconds between the first two questions for the state, 1 by default; each wait is longer by half",
    ),
    key("[until_done]", "longest_interval", "30.0", "The most seconds between two questions; 30 by default"),
    key(
        "[until_done]",
        "result",
        "{ operation = \"getImage\", parameters = { image_id = \"created.images.0\" } }",
        "The call whose value is the result; by default the last reply of `poll` is. `parameters` are members of that \
            reply; `location` in their place names its header with the URL of the call",
    ),
    key(
        "corrections",
        "\"User.email\"",
        "[\"optional\", \"nullable\"]",
        "What the document should have said of a property, a schema or what a JSON pointer leads to: `optional`, `nullable`, `any`, a type",
    ),
    key(
        "corrections",
        "\"*.created_at\"",
        "{ type = \"string\", format = \"date-time\" }",
        "A type with a format; `*` is any name, and within a pointer `**` any way down",
    ),
    key(
        "corrections",
        "\"#/paths/~1report/get/responses/200\"",
        "\"text/csv\"",
        "The media type of a response",
    ),
    key(
        "corrections",
        "\"Shape\"",
        "{ discriminator = \"kind\" }",
        "The property that tells alternatives apart",
    ),
    key(
        "corrections",
        "\"#\"",
        "{ server = \"https://api.example.com\" }",
        "The server of all calls, or of an operation",
    ),
    key(
        "types",
        "unknown_fields",
        "\"keep\"",
        "Properties that the document does not name: `keep` (default) or `skip`",
    ),
    key("types", "lenient_dates", "false", "Whether dates and times are read that are not quite RFC 3339"),
    key(
        "types.formats",
        "date-time",
        "\"time\"",
        "What values of a format become: a library, `plain` text, or the path of a type",
    ),
    key(
        "types.overrides",
        "\"#/components/schemas/UserId\"",
        "\"my_types::UserId\"",
        "What values of one schema become: a type with `FromStr`, `Display` and `Default`, or `any` JSON value",
    ),
    key("dependencies", "my-types", "\"1\"", "A crate that those types come from"),
    key(
        "references",
        "allow_outside",
        "false",
        "Whether a `$ref` may name a file outside of the document's folder",
    ),
    key("references", "remote", "false", "Whether a `$ref` may name an `http` or `https` URL"),
    key(
        "references",
        "redirects",
        "[\"files.example.com\", \"localhost:8080\"]",
        "The hosts, with their ports, that such a URL may lead on to; by default none but its own",
    ),
    key("diagnostics", "allow", "[\"CW0106\"]", "Codes not to be spoken of"),
    key("diagnostics", "deny", "[\"CW0301\"]", "Codes that are errors"),
];

/// Returns a commented configuration for a document.
pub fn template(spec: &str) -> String {
    let mut text = String::from("# The configuration of a generated client. Every key is optional.\n");
    let mut table = "";
    for key in KEYS {
        if key.table != table {
            table = key.table;
            text.push_str(&format!("\n# [{table}]\n"));
        }
        let (example, mark) = match key.name {
            "spec" => (format!("{spec:?}"), ""),
            _ => (key.example.to_owned(), "# "),
        };
        text.push_str(&format!("# {}\n{mark}{} = {example}\n", key.meaning, key.name));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::{Deserialize, Deserializer, de::Visitor};

    use super::*;
    use crate::{
        config::{parse, raw},
        source::FileId,
    };

    #[test]
    fn the_template_is_a_configuration_with_and_without_its_comments() {
        let text = template("a \"b\".yaml");
        let config = parse(FileId(0), &text).expect("a commented template");
        assert_eq!(config.spec.as_deref(), Some("a \"b\".yaml"));
        // The keys of one style of pagination say nothing in another, nor do those of one way to the state of work.
        let others = [
            "# page =",
            "# first_page =",
            "# cursor =",
            "# next =",
            "# next_item =",
            "# next_header =",
            "# location =",
            "# pending_statuses =",
        ];
        let is_other = |line: &str| others.iter().any(|key| line.starts_with(key));
        let meant = |line: &&str| (line.contains(" = ") || line.starts_with("# [")) && !is_other(line);
        let bare: Vec<&str> = text.lines().filter(meant).map(|line| line.trim_start_matches("# ")).collect();
        let bare = bare.join("\n").replace("SCHEME", "key");
        let config = parse(FileId(0), &bare).expect("a template without its comment marks");
        assert_eq!((config.pagination.len(), config.until_done.len()), (1, 1));
        assert_eq!(config.operations.len(), 1);
    }

    /// Records the fields that a struct deserialises.
    struct Fields(&'static [&'static str]);

    impl<'de> Deserializer<'de> for &mut Fields {
        type Error = serde::de::value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(serde::de::Error::custom("it is not a struct"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Self::Error> {
            self.0 = fields;
            Err(serde::de::Error::custom("the fields are known now"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    fn fields<T: Deserialize<'static>>() -> BTreeSet<&'static str> {
        let mut fields = Fields(&[]);
        assert!(T::deserialize(&mut fields).is_err(), "no struct is made of nothing");
        fields.0.iter().copied().collect()
    }

    #[test]
    fn the_table_has_the_keys_that_are_read() {
        let listed = |table: &str| -> BTreeSet<&str> {
            KEYS.iter().filter(|key| key.table == table).map(|key| key.name).collect()
        };
        let tables = [
            "package",
            "client",
            "security",
            "operations",
            "pagination",
            "webhooks",
            "until_done",
            "corrections",
            "types",
            "dependencies",
            "references",
            "diagnostics",
        ];
        let top: BTreeSet<_> = listed("").into_iter().chain(tables).collect();
        assert_eq!(top, fields::<raw::Config>());
        assert_eq!(listed("package"), fields::<raw::Package>());
        assert_eq!(listed("client"), fields::<raw::Client>());
        assert_eq!(listed("security.SCHEME"), fields::<raw::Security>());
        assert_eq!(listed("[pagination]"), fields::<raw::Pagination>());
        assert_eq!(listed("webhooks"), fields::<raw::Webhooks>());
        assert_eq!(listed("[until_done]"), fields::<raw::UntilDone>());
        let types: BTreeSet<_> = listed("types").into_iter().chain(["formats", "overrides"]).collect();
        assert_eq!(types, fields::<raw::Types>());
        assert_eq!(listed("references"), fields::<raw::References>());
        assert_eq!(listed("diagnostics"), fields::<raw::Diagnostics>());
    }
}
