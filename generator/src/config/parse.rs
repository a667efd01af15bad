//! The text of a configuration to data.

use toml::Spanned;

use super::{
    Client, Config, Diagnostics, Located, Models, Package, PaginationRule, Security, Types, UnknownFields, raw,
};
use crate::{
    diagnostic::{Code, Diagnostic, Place},
    source::FileId,
};

/// Reads a configuration.
///
/// # Errors
///
/// What is wrong with it, each at its place: no TOML, an unknown key, a wrong type, a code that is none.
pub fn parse(file: FileId, text: &str) -> Result<Config, Vec<Diagnostic>> {
    let reader = Reader { file, text };
    let raw: raw::Config = toml::from_str(text).map_err(|error| vec![reader.error(&error)])?;
    let mut wrong = Vec::new();
    let mut codes = |names: Vec<Spanned<String>>| -> Vec<Located<Code>> {
        names.into_iter().filter_map(|name| reader.code(name).map_err(|error| wrong.push(error)).ok()).collect()
    };
    let diagnostics = Diagnostics { allow: codes(raw.diagnostics.allow), deny: codes(raw.diagnostics.deny) };
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Config {
        spec: raw.spec,
        output: raw.output,
        models: match raw.models {
            raw::Models::Reachable => Models::Reachable,
            raw::Models::All => Models::All,
        },
        package: package(raw.package),
        client: Client {
            base_url: raw.client.base_url,
            base_url_env: raw.client.base_url_env,
            user_agent: raw.client.user_agent,
        },
        security: raw.security.into_iter().map(|(name, one)| (name, reader.security(one))).collect(),
        operations: raw.operations.into_iter().map(|(name, path)| (name, reader.locate(path))).collect(),
        pagination: raw.pagination.into_iter().map(|rule| reader.pagination(rule)).collect(),
        types: Types {
            unknown_fields: match raw.types.unknown_fields {
                raw::UnknownFields::Keep => UnknownFields::Keep,
                raw::UnknownFields::Skip => UnknownFields::Skip,
            },
        },
        diagnostics,
    })
}

fn package(raw: raw::Package) -> Package {
    Package {
        name: raw.name,
        version: raw.version,
        description: raw.description,
        license: raw.license,
        repository: raw.repository,
        authors: raw.authors,
        keywords: raw.keywords,
        categories: raw.categories,
    }
}

/// Turns bytes of the text into places.
struct Reader<'t> {
    file: FileId,
    text: &'t str,
}

impl Reader<'_> {
    fn place(&self, at: usize) -> Place {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place::Position {
            file: self.file,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    fn locate<T>(&self, spanned: Spanned<T>) -> Located<T> {
        let place = self.place(spanned.span().start);
        Located { value: spanned.into_inner(), place }
    }

    fn security(&self, spanned: Spanned<raw::Security>) -> Security {
        let Located { value, place } = self.locate(spanned);
        Security { prefix: value.prefix, env: value.env, name: value.name, place }
    }

    fn pagination(&self, raw: raw::Pagination) -> PaginationRule {
        PaginationRule {
            operations: raw.operations.into_iter().map(|name| self.locate(name)).collect(),
            offset: self.locate(raw.offset),
            limit: raw.limit.map(|limit| self.locate(limit)),
            default_limit: raw.default_limit,
            items: self.locate(raw.items),
            total: raw.total.map(|total| self.locate(total)),
        }
    }

    fn code(&self, name: Spanned<String>) -> Result<Located<Code>, Diagnostic> {
        let Located { value, place } = self.locate(name);
        match Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(&value)) {
            Some(code) => Ok(Located { value: *code, place }),
            None => Err(Diagnostic::new(Code::ConfigInvalid, place, format!("no code is called `{value}`"))
                .help("a code is what stands in brackets after `warning`, such as CW0101")),
        }
    }

    fn error(&self, error: &toml::de::Error) -> Diagnostic {
        let place = self.place(error.span().map_or(0, |span| span.start));
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        let (message, expected) = match message.split_once(", expected ") {
            Some((message, expected)) => (message.to_owned(), Some(expected.to_owned())),
            None => (message, None),
        };
        let diagnostic = Diagnostic::new(Code::ConfigInvalid, place, message);
        match expected {
            Some(expected) => diagnostic.help(format!("expected {expected}")),
            None => diagnostic,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_located_and_the_known_ones_are_told() {
        let wrong = parse(FileId(0), "spec = \"a.yaml\"\n\n[package]\nnam = \"a\"\n").expect_err("`nam` is no key");
        assert_eq!(wrong[0].place, Some(Place::Position { file: FileId(0), line: 4, column: 1 }));
        assert!(wrong[0].help.as_deref().is_some_and(|help| help.contains("`name`")), "{:?}", wrong[0]);
    }

    #[test]
    fn a_code_that_is_none_is_located() {
        let wrong = parse(FileId(0), "[diagnostics]\nallow = [\"CW9999\"]\n").expect_err("there is no such code");
        assert_eq!(wrong[0].place, Some(Place::Position { file: FileId(0), line: 2, column: 10 }));
    }

    #[test]
    fn an_empty_configuration_is_the_default() {
        assert_eq!(parse(FileId(0), ""), Ok(Config::default()));
    }
}
