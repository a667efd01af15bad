//! Parses the text of a configuration.

use indexmap::IndexMap;
use toml::Spanned;

use super::{
    ANY, Changes, Client, Config, Correction, Diagnostics, Inputs, KEYS, Located, Models, Package, Types,
    UnknownFields, corrections, failure::explain, formats, raw, raw_corrections,
};
use crate::{
    diagnostic::{Code, Diagnostic, Place, Severity},
    source::{FileId, is_token},
};

/// Reads a configuration.
///
/// # Errors
///
/// Everything that is wrong, each with its place: invalid TOML, an unknown key, a wrong type, an unknown code.
pub fn parse(file: FileId, text: &str) -> Result<Config, Vec<Diagnostic>> {
    let reader = Reader { file, text };
    let raw: raw::Config = toml::from_str(text).map_err(|error| vec![reader.error(&error)])?;
    let mut wrong = Vec::new();
    let mut sound = |code: Result<Located<Code>, Diagnostic>| code.map_err(|error| wrong.push(error)).ok();
    let raw::Diagnostics { allow, deny } = raw.diagnostics;
    let diagnostics = Diagnostics {
        allow: allow.into_iter().filter_map(|name| sound(reader.allowance(name))).collect(),
        deny: deny.into_iter().filter_map(|name| sound(reader.code(name))).collect(),
    };
    let corrections = reader.corrections(raw.corrections, &mut wrong);
    let webhooks = reader.webhooks(raw.webhooks, &mut wrong);
    let types = reader.types(raw.types, &mut wrong);
    let operations = reader.operations(raw.operations, &mut wrong);
    let dependencies = reader.dependencies(raw.dependencies, &mut wrong);
    let pagination = raw.pagination.into_iter();
    let pagination = pagination.filter_map(|rule| reader.pagination(rule, &mut wrong)).collect();
    let until_done = raw.until_done.into_iter();
    let until_done = until_done.filter_map(|rule| reader.until_done(rule, &mut wrong)).collect();
    let security = raw.security.into_iter();
    let security = security.map(|(name, one)| (name, reader.security(one, &mut wrong))).collect();
    if let Some(name) = &raw.package.name {
        reader.check_name(name, &mut wrong);
    }
    if let Some(header) = &raw.client.idempotency_header {
        reader.check_header(header, &mut wrong);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Config {
        spec: raw.spec,
        output: raw.output,
        tests: raw.tests,
        models: match raw.models {
            raw::Models::Reachable => Models::Reachable,
            raw::Models::All => Models::All,
        },
        package: package(raw.package),
        client: client(raw.client),
        security,
        operations,
        pagination,
        webhooks,
        until_done,
        corrections,
        types,
        dependencies,
        inputs: Inputs {
            allow_outside: raw.references.allow_outside,
            remote: raw.references.remote,
            redirects: raw.references.redirects,
            max_size: raw.max_size,
        },
        diagnostics,
    })
}

/// Whether a text is meant to be a configuration: it has one of the top-level keys. Invalid TOML counts as one, so
/// that the error is reported.
pub fn is_configuration(text: &str) -> bool {
    let keys = KEYS.iter().filter(|key| key.table.is_empty()).map(|key| key.name);
    let tables = KEYS.iter().filter_map(|key| key.table.trim_matches(['[', ']']).split('.').next());
    let known: Vec<&str> =
        keys.chain(tables.filter(|name| !matches!(*name, "" | "package" | "dependencies"))).collect();
    match toml::from_str::<toml::Table>(text) {
        Ok(table) => table.is_empty() || table.keys().any(|key| known.contains(&key.as_str())),
        Err(_) => true,
    }
}

fn client(raw: raw::Client) -> Client {
    Client {
        base_url: raw.base_url,
        base_url_env: raw.base_url_env,
        user_agent: raw.user_agent,
        strict_reading: raw.strict_reading,
        idempotency_header: raw.idempotency_header.map(Spanned::into_inner),
        compress_requests: raw.compress_requests,
    }
}

fn package(raw: raw::Package) -> Package {
    Package {
        name: raw.name.map(Spanned::into_inner),
        version: raw.version,
        description: raw.description,
        license: raw.license,
        repository: raw.repository,
        authors: raw.authors,
        keywords: raw.keywords,
        categories: raw.categories,
    }
}

/// Whether a text contains nothing to make a name of.
fn is_nameless(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

fn is_crate_name(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Whether a value identifies a crate: a version, or a table with its source.
fn is_dependency(value: &toml::Value) -> bool {
    match value {
        toml::Value::String(version) => is_version(version),
        toml::Value::Table(table) => {
            let version = table.get("version").map(|version| version.as_str().is_some_and(is_version));
            let comes_from = ["path", "git", "registry"]
                .iter()
                .any(|key| table.get(*key).is_some_and(toml::Value::is_str));
            let is_inherited = table.get("workspace").and_then(toml::Value::as_bool) == Some(true);
            version.unwrap_or(comes_from || is_inherited)
        }
        _ => false,
    }
}

/// Whether a text is a version requirement: version comparisons or `*`.
fn is_version(text: &str) -> bool {
    text.split(',').all(|one| {
        let one = one.trim().trim_start_matches(['^', '~', '=', '<', '>']).trim_start();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '*');
        one.starts_with(|c: char| c.is_ascii_digit() || c == '*') && one.chars().all(is_part)
    })
}

/// Converts byte offsets of the text to places.
pub(super) struct Reader<'t> {
    file: FileId,
    text: &'t str,
}

impl Reader<'_> {
    pub(super) fn place(&self, at: usize) -> Place {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place::Position {
            file: self.file,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    pub(super) fn locate<T>(&self, spanned: Spanned<T>) -> Located<T> {
        let place = self.place(spanned.span().start);
        Located { value: spanned.into_inner(), place }
    }

    /// Reads the calls of operations; no two may have the same place.
    fn operations(
        &self,
        raw: IndexMap<String, Spanned<String>>,
        wrong: &mut Vec<Diagnostic>,
    ) -> IndexMap<String, Located<String>> {
        let mut read: IndexMap<String, Located<String>> = IndexMap::new();
        for (operation, path) in raw {
            let path = self.locate(path);
            let twice = read.iter().find(|(_, other)| other.value == path.value);
            let problem = if path.value.split('.').any(is_nameless) {
                Some(format!("`{}` has a part without a name", path.value))
            } else {
                twice.map(|(other, _)| format!("`{other}` is called `{}` as well", path.value))
            };
            match problem {
                Some(message) => wrong.push(
                    Diagnostic::new(Code::ConfigInvalid, path.place, message)
                        .help("here stands where one call hangs, such as `users.get`"),
                ),
                None => drop(read.insert(operation, path)),
            }
        }
        read
    }

    pub(super) fn check_name(&self, name: &Spanned<String>, wrong: &mut Vec<Diagnostic>) {
        if is_nameless(name.as_ref()) {
            let message = format!("`{}` has no letter that a name could have", name.as_ref());
            wrong.push(Diagnostic::new(Code::ConfigInvalid, self.place(name.span().start), message));
        }
    }

    pub(super) fn check_header(&self, name: &Spanned<String>, wrong: &mut Vec<Diagnostic>) {
        if !is_token(name.as_ref()) {
            let message = format!("`{}` is not the name of a header", name.as_ref());
            wrong.push(Diagnostic::new(Code::ConfigInvalid, self.place(name.span().start), message));
        }
    }

    /// Reads dependencies as in a manifest (The Cargo Book, "Specifying Dependencies").
    fn dependencies(
        &self,
        raw: IndexMap<String, Spanned<toml::Value>>,
        wrong: &mut Vec<Diagnostic>,
    ) -> IndexMap<String, String> {
        let mut read = IndexMap::new();
        for (name, value) in raw {
            let value = self.locate(value);
            if is_crate_name(&name) && is_dependency(&value.value) {
                read.insert(name, value.value.to_string());
                continue;
            }
            let message = format!("`{name} = {}` is not a dependency", value.value);
            wrong.push(
                Diagnostic::new(Code::ConfigInvalid, value.place, message)
                    .help("here stands what `[dependencies]` of a manifest has: `my-types = \"1\"`, or `{ path = \"…\" }`"),
            );
        }
        read
    }

    fn types(&self, raw: raw::Types, wrong: &mut Vec<Diagnostic>) -> Types {
        let mut types = Types {
            unknown_fields: match raw.unknown_fields {
                raw::UnknownFields::Keep => UnknownFields::Keep,
                raw::UnknownFields::Skip => UnknownFields::Skip,
            },
            lenient_dates: raw.lenient_dates,
            ..Types::default()
        };
        let mut refuse = |value: &Located<String>, help: String| {
            let message = format!("`{}` is not a type", value.value);
            wrong.push(Diagnostic::new(Code::ConfigInvalid, value.place.clone(), message).help(help));
        };
        for (format, value) in raw.formats {
            let value = self.locate(value);
            match formats::mapping(&format, &value) {
                Ok(mapping) => drop(types.formats.insert(format, mapping)),
                Err(help) => refuse(&value, help),
            }
        }
        for (pointer, path) in raw.overrides {
            let mut path = self.locate(path);
            if formats::is_value(&path.value) {
                path.value = ANY.to_owned();
            }
            match path.value == ANY || formats::is_path(&path.value) {
                true => drop(types.overrides.insert(pointer, path)),
                false => {
                    let help = "here stands the path of a type, such as `crate_name::Type`, or `any`";
                    refuse(&path, help.to_owned());
                }
            }
        }
        types
    }

    fn corrections(
        &self,
        raw: IndexMap<Spanned<String>, Spanned<raw_corrections::Correction>>,
        wrong: &mut Vec<Diagnostic>,
    ) -> Vec<Correction> {
        let mut read = Vec::new();
        for (key, value) in raw {
            let (key, value) = (self.locate(key), self.locate(value));
            let changes: Vec<Located<raw_corrections::Change>> = match value.value {
                raw_corrections::Correction::One(change) => {
                    vec![Located { value: change, place: value.place }]
                }
                raw_corrections::Correction::Several(all) => {
                    all.into_iter().map(|one| self.locate(one)).collect()
                }
            };
            let mut all = Changes::default();
            for change in &changes {
                let refuse = |message: String, help: Option<String>| Diagnostic {
                    help,
                    ..Diagnostic::new(Code::ConfigInvalid, change.place.clone(), message)
                };
                match corrections::changes(&change.value) {
                    Err((message, help)) => wrong.push(refuse(message, Some(help))),
                    // Several media types may be in one list.
                    Ok(one) => match all.contradiction(&one).filter(|_| one.media_types.is_empty()) {
                        Some(what) => wrong.push(refuse(format!("the entry gives one place {what}"), None)),
                        None => {
                            all.media_types.extend(one.media_types.iter().cloned());
                            all.add(one);
                        }
                    },
                }
            }
            read.push(Correction { key, changes: all });
        }
        read
    }

    fn code(&self, name: Spanned<String>) -> Result<Located<Code>, Diagnostic> {
        let Located { value, place } = self.locate(name);
        match Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(&value)) {
            Some(code) => Ok(Located { value: *code, place }),
            None => Err(Diagnostic::new(Code::ConfigInvalid, place, format!("no code is called `{value}`"))
                .help("a code is what stands in brackets after `warning`, such as CW0101")),
        }
    }

    /// Reads a code to silence. Errors cannot be silenced: there would be no output and no explanation.
    fn allowance(&self, name: Spanned<String>) -> Result<Located<Code>, Diagnostic> {
        let code = self.code(name)?;
        if code.value.severity() == Severity::Error {
            let message = format!("`{}` is an error, which cannot be allowed", code.value.id());
            return Err(Diagnostic::new(Code::ConfigInvalid, code.place, message));
        }
        Ok(code)
    }

    fn error(&self, error: &toml::de::Error) -> Diagnostic {
        let place = self.place(error.span().map_or(0, |span| span.start));
        let (message, help) = explain(error.message());
        Diagnostic { help, ..Diagnostic::new(Code::ConfigInvalid, place, message) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{JsonType, Mapping, ValueType};

    /// The line, column and message of each error.
    fn wrong(text: &str) -> Vec<String> {
        let said = |diagnostic: &Diagnostic| match diagnostic.place {
            Some(Place::Position { line, column, .. }) => format!("{line}:{column} {}", diagnostic.message),
            _ => unreachable!("each is located"),
        };
        parse(FileId(0), text).expect_err("it is wrong").iter().map(said).collect()
    }

    #[test]
    fn what_is_wrong_is_located() {
        assert_eq!(wrong("spec = \"a\"\n\n[package]\nnam = \"a\"\n"), ["4:1 there is no key `nam`"]);
        assert_eq!(wrong("models = \"some\"\n"), ["1:10 `some` is not a value of this key"]);
        assert_eq!(wrong("[client]\nuser_agent = 3\n"), ["2:14 expected a string, found integer `3`"]);
        assert_eq!(wrong("[operations]\n\"GET /ä\" = 3\n"), ["2:12 expected a string, found integer `3`"]);
        assert_eq!(wrong("[[pagination]]\noffset = \"o\"\n"), ["1:1 the key `operations` is missing"]);
        assert_eq!(wrong("spec = \"a\"\nspec = \"b\"\n"), ["2:1 duplicate key"]);
        assert_eq!(wrong("spec = \n").len(), 1);
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        let operations = "[operations]\na = \"users.get\"\nb = \"users.get\"\nc = \"users.\"\n";
        assert_eq!(
            wrong(operations),
            ["3:5 `a` is called `users.get` as well", "4:5 `users.` has a part without a name"]
        );
        assert_eq!(wrong("[package]\nname = \" \"\n"), ["2:8 ` ` has no letter that a name could have"]);
        let none = "[dependencies]\na = \"one\"\nb = 1\nc = { features = [] }\n\"d e\" = \"1\"\n";
        assert_eq!(wrong(none).len(), 4);
        let sound = "[dependencies]\na = \"1\"\nb = { version = \">=1.2, <2\" }\nc = { path = \"../c\" }\nd = \"*\"\n\
            e = { workspace = true }\n";
        assert!(parse(FileId(0), sound).is_ok_and(|config| config.dependencies.len() == 5));
    }

    #[test]
    fn every_wrong_code_is_told() {
        let text = "[diagnostics]\nallow = [\"CW9999\", \"CW0001\"]\ndeny = [\"all\"]\n";
        let expected = [
            "2:10 no code is called `CW9999`",
            "2:20 `CW0001` is an error, which cannot be allowed",
            "3:9 no code is called `all`",
        ];
        assert_eq!(wrong(text), expected);
    }

    #[test]
    fn what_may_match_nothing_keeps_its_place() {
        let text = "[operations]\n\"GET /a\" = \"a.get\"\n\n[security.Key]\nenv = \"KEY\"\n";
        let config = parse(FileId(0), text).expect("it is sound");
        let at = |line, column| Place::Position { file: FileId(0), line, column };
        assert_eq!(config.operations["GET /a"], Located { value: "a.get".to_owned(), place: at(2, 12) });
        assert_eq!(config.security["Key"].place, at(4, 1));
    }

    #[test]
    fn a_format_becomes_what_there_is_a_type_for() {
        let text = "[types.formats]\ndate = \"chrono\"\nuuid = \"plain\"\nemail = \"my::Email\"\n";
        let config = parse(FileId(0), text).expect("it is sound");
        let expected = [
            Mapping::Library(crate::config::Library::Chrono),
            Mapping::Path("my::Email".to_owned()),
            Mapping::Plain,
        ];
        assert_eq!(config.types.formats.into_values().collect::<Vec<_>>(), expected);
        assert_eq!(wrong("[types.formats]\ndate = \"uuid\"\n"), ["2:8 `uuid` is not a type"]);
        assert_eq!(wrong("[types.overrides]\n\"#/a\" = \"a::B<C>\"\n"), ["2:9 `a::B<C>` is not a type"]);
    }

    #[test]
    fn a_correction_is_a_word_a_table_or_several() {
        let text = "[corrections]\n\"A.b\" = \"optional\"\n\"A.c\" = [\"nullable\", { type = \"string\", format = \"uuid\" }]\n";
        let config = parse(FileId(0), text).expect("it is sound");
        let [first, second] = config.corrections.as_slice() else { unreachable!("there are two") };
        assert_eq!(first.key.place, Place::Position { file: FileId(0), line: 2, column: 1 });
        assert_eq!(first.changes, Changes { optional: true, ..Changes::default() });
        let value = Some(ValueType::Of(JsonType::String, Some("uuid".to_owned())));
        assert_eq!(second.changes, Changes { nullable: true, value, ..Changes::default() });
        let wrong_ones = [
            ("\"strin\"", "2:8 `strin` is not a correction"),
            ("[\"string\", \"integer\"]", "2:19 the entry gives one place two types"),
            ("{ typ = \"string\" }", "2:10 there is no key `typ`"),
            ("{ format = \"uuid\" }", "2:8 the key `type` is missing"),
            ("{ server = \"/v1\" }", "2:8 `/v1` is not a URL that calls can be sent to"),
            ("{}", "2:8 this corrects nothing"),
            ("3", "2:8 expected a string, a table or an array of these, found integer `3`"),
            ("[[\"any\"]]", "2:9 expected a string or a table, found an array"),
        ];
        for (value, said) in wrong_ones {
            assert_eq!(wrong(&format!("[corrections]\n\"#/\" = {value}\n")), [said]);
        }
    }

    #[test]
    fn any_value_has_several_names_where_a_type_is_due() {
        for name in ["any", "crate::Value", "crate::runtime::value::Value"] {
            let text = format!("[types.overrides]\n\"#/a\" = \"{name}\"\n");
            let config = parse(FileId(0), &text).expect("it is sound");
            assert_eq!(config.types.overrides["#/a"].value, ANY);
        }
    }

    #[test]
    fn other_files_are_opened_only_when_allowed() {
        let allowed = Inputs { allow_outside: true, ..Inputs::default() };
        let config = parse(FileId(0), "[references]\nallow_outside = true\n").expect("it is sound");
        assert_eq!(config.inputs, allowed);
        assert_eq!(wrong("[references]\nremote = 1\n"), ["2:10 expected a boolean, found integer `1`"]);
    }

    #[test]
    fn an_empty_configuration_is_the_default() {
        assert_eq!(parse(FileId(0), ""), Ok(Config::default()));
    }
}
