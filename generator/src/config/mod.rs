//! What the user asks for. In: the text of a `cratewright.toml`. Out: plain data, every entry with its place. Reads no file.

use indexmap::IndexMap;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::FileId;

#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> { pub value: T, pub place: Place }
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config { pub spec: Option<String>, pub output: Option<String>, pub models: Models, pub package: Package, pub client: Client, pub security: IndexMap<String, Security>, pub operations: IndexMap<String, Located<String>>, pub pagination: Vec<PaginationRule>, pub types: Types }
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Models { #[default] Reachable, All }
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Package { pub name: Option<String>, pub version: Option<String>, pub description: Option<String>, pub license: Option<String>, pub repository: Option<String>, pub authors: Vec<String>, pub keywords: Vec<String>, pub categories: Vec<String> }
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Client { pub base_url: Option<String>, pub base_url_env: Option<String>, pub user_agent: Option<String> }
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Security { pub prefix: Option<String>, pub env: Option<String>, pub name: Option<String> }
#[derive(Clone, Debug, PartialEq)]
pub struct PaginationRule { pub operations: Vec<Located<String>>, pub offset: Located<String>, pub limit: Option<Located<String>>, pub default_limit: Option<i64>, pub items: Located<String>, pub total: Option<Located<String>> }
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Types { pub unknown_fields: UnknownFields }
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum UnknownFields { #[default] Keep, Skip }
pub fn parse(_file: FileId, _text: &str) -> Result<Config, Vec<Diagnostic>> { Ok(Config::default()) }
