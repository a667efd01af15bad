//! Scalars, by `type` and `format`.
//!
//! ```yaml
//! type: string
//! format: date-time
//! ```
//! is `time::OffsetDateTime`, unless the configuration says otherwise for the format or for this schema.

use openapiv3::AnySchema;
use serde_json::Value;

use super::{
    Lowering,
    class::{Class, has_object_keywords},
};
use crate::{
    config::{self, Format, Library, Mapping},
    diagnostic::Code,
    document::extension,
    ir::{Integer, Primitive, Scalar},
    resolve::SchemaRef,
};

impl<'a> Lowering<'a> {
    /// The type of a scalar; `None` if the schema is of another type.
    pub(super) fn scalar(&mut self, schema: SchemaRef<'a>) -> Option<Class<'a>> {
        let kind = schema.kind();
        let stated = kind.typ.as_deref().or_else(|| implied(kind));
        let typ = stated.filter(|typ| ["string", "boolean", "number", "integer"].contains(typ))?;
        let config = self.config;
        let formats = &config.types.formats;
        let configured = kind
            .format
            .as_deref()
            .and_then(|format| formats.get(format).or_else(|| formats.get(config::standard_name(format))));
        if let Some(Mapping::Path(path)) = configured {
            return Some(self.other(path, schema));
        }
        let is_decimal = configured == Some(&Mapping::Library(Library::RustDecimal));
        if is_decimal && matches!(typ, "string" | "number") {
            let is_text = typ == "string";
            let format = if is_text { Format::Decimal } else { Format::DecimalNumber };
            let fits = self.is_of_one_kind(DECIMAL, is_text, schema, Code::SchemaDegraded);
            return Some(if fits {
                Class::Scalar(Scalar::Known(format, Library::RustDecimal))
            } else {
                Class::Primitive(if is_text { Primitive::String } else { Primitive::Float })
            });
        }
        Some(match typ {
            "boolean" => Class::Primitive(Primitive::Bool),
            "number" if !is_integer_format(kind) => Class::Primitive(Primitive::Float),
            "number" => Class::Primitive(Primitive::Integer(integer(schema))),
            "integer" if configured.is_some() => Class::Primitive(Primitive::Integer(Integer::I64)),
            "integer" => Class::Primitive(Primitive::Integer(integer(schema))),
            _ => text(kind, configured),
        })
    }

    /// The type that the configuration gives this very schema.
    pub(super) fn overridden(&mut self, schema: SchemaRef<'a>) -> Option<Class<'a>> {
        let index = extension::overridden(schema.data())?;
        let (_, path) = self.config.types.overrides.get_index(index)?;
        if path.value == config::ANY {
            return Some(Class::Any);
        }
        let kind = schema.kind();
        if has_object_keywords(kind) || matches!(kind.typ.as_deref(), Some("object" | "array")) {
            let message = format!(
                "`{}` is not taken here: only a text, a number or a boolean can become one",
                path.value
            );
            self.report(Code::ConfigUnused, schema.origin(), message);
            return None;
        }
        Some(self.other(&path.value, schema))
    }

    /// A type that the configuration names. It is read from text or from what is none, not from both.
    fn other(&mut self, path: &str, schema: SchemaRef<'a>) -> Class<'a> {
        if path.trim_start_matches("::") == "std::string::String" {
            return Class::Primitive(Primitive::String);
        }
        let is_text = !matches!(schema.kind().typ.as_deref(), Some("integer" | "number" | "boolean"));
        if self.is_of_one_kind(path, is_text, schema, Code::ConfigUnused) {
            Class::Scalar(Scalar::Other { path: path.to_owned(), is_text })
        } else {
            Class::Any
        }
    }

    /// Whether a type stands for text everywhere, or nowhere: it has one codec.
    fn is_of_one_kind(&mut self, path: &str, is_text: bool, schema: SchemaRef<'a>, code: Code) -> bool {
        let path = path.trim_start_matches("::");
        if *self.named.entry(path.to_owned()).or_insert(is_text) == is_text {
            return true;
        }
        let message =
            format!("`{path}` stands for text elsewhere, and cannot stand for a number too, or the reverse");
        self.report(code, schema.origin(), message);
        false
    }
}

/// What the crate `rust_decimal` has, for text or for numbers.
const DECIMAL: &str = "rust_decimal::Decimal";

/// The type that a schema without one speaks of by keywords that are about that type alone.
fn implied(kind: &AnySchema) -> Option<&'static str> {
    let constants = kind.enumeration.iter().filter(|one| !one.is_null());
    if constants.clone().next().is_some() {
        return if constants.clone().all(Value::is_boolean) {
            Some("boolean")
        } else if constants.clone().all(Value::is_number) {
            Some("number")
        } else {
            None
        };
    }
    let format = kind.format.as_deref();
    let of_text = format.is_some_and(|format| config::known(format).is_some() || TEXTS.contains(&format));
    match format {
        Some(_) if of_text => Some("string"),
        Some("int32" | "int64" | "uint32" | "uint64") => Some("integer"),
        Some("float" | "double") => Some("number"),
        _ => None,
    }
}

/// Formats of texts that have no type of their own.
const TEXTS: &[&str] =
    &["binary", "duration", "email", "hostname", "password", "regex", "uri-reference", "url"];

/// Whether a number is a whole one by its format (OpenAPI format registry: `int32` and `int64` are formats of numbers).
fn is_integer_format(kind: &AnySchema) -> bool {
    let formats =
        ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "int128", "uint128"];
    kind.format.as_deref().is_some_and(|format| formats.contains(&format))
}

/// A string, or what its format says it is.
fn text<'a>(kind: &AnySchema, configured: Option<&Mapping>) -> Class<'a> {
    let known = kind.format.as_deref().and_then(config::known);
    let library = match configured {
        Some(Mapping::Library(library)) => Some(*library),
        Some(Mapping::Plain | Mapping::Path(_)) => None,
        None => known.and_then(|(_, library)| library),
    };
    match known.zip(library) {
        Some(((format, _), library)) => Class::Scalar(Scalar::Known(format, library)),
        None => Class::Primitive(Primitive::String),
    }
}

/// The width of a whole number: that of its format, unless its bounds say that there are greater ones; without a format,
/// one that has room for its default.
fn integer(schema: SchemaRef<'_>) -> Integer {
    let kind = schema.kind();
    let stated = match kind.format.as_deref() {
        Some("int8") => Integer::I8,
        Some("int16") => Integer::I16,
        Some("int32") => Integer::I32,
        Some("int128") => Integer::I128,
        Some("uint8") => Integer::U8,
        Some("uint16") => Integer::U16,
        Some("uint32") => Integer::U32,
        // A machine word, as generators of documents from Rust and Go write it.
        Some("uint64" | "uint") => Integer::U64,
        Some("uint128") => Integer::U128,
        Some(_) | None => Integer::I64,
    };
    let (least, most) = (kind.minimum.unwrap_or(0.0), kind.maximum.unwrap_or(0.0));
    let wider = [stated, Integer::I64, Integer::U64, Integer::I128];
    let default = schema.data().default.as_ref().filter(|_| kind.format.is_none());
    // Beyond 53 bits the bounds are rounded, and the default is not.
    let is_beyond = |integer: &Integer| *integer == Integer::I64 && default.is_some_and(is_beyond_i64);
    let fits = |integer: &Integer| {
        let (low, high) = range(*integer);
        low <= least && most <= high && !is_beyond(integer)
    };
    wider.into_iter().find(fits).unwrap_or(stated)
}

/// Whether a number is greater than what 64 bits with a sign have room for.
fn is_beyond_i64(value: &Value) -> bool {
    value.is_u64() && !value.is_i64()
}

/// The least and the greatest number of a width, as far as `f64` can tell them.
fn range(integer: Integer) -> (f64, f64) {
    match integer {
        Integer::I8 => (f64::from(i8::MIN), f64::from(i8::MAX)),
        Integer::I16 => (f64::from(i16::MIN), f64::from(i16::MAX)),
        Integer::I32 => (f64::from(i32::MIN), f64::from(i32::MAX)),
        Integer::I64 => (i64::MIN as f64, i64::MAX as f64),
        Integer::I128 => (i128::MIN as f64, i128::MAX as f64),
        Integer::U8 => (0.0, f64::from(u8::MAX)),
        Integer::U16 => (0.0, f64::from(u16::MAX)),
        Integer::U32 => (0.0, f64::from(u32::MAX)),
        Integer::U64 => (0.0, u64::MAX as f64),
        Integer::U128 => (0.0, u128::MAX as f64),
    }
}
