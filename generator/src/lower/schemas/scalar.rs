//! Lowers scalars by `type` and `format`.
//!
//! ```yaml
//! type: string
//! format: date-time
//! ```
//! is `time::OffsetDateTime`, unless the configuration changes the format or this schema.

use serde_json::Value;

use super::{Schemas, class::has_object_keywords};
use crate::{
    config::{self, Format, Library, Mapping},
    diagnostic::Code,
    ir::{Integer, Primitive, Scalar, Type},
    resolve::SchemaRef,
};

impl<'a> Schemas<'a> {
    /// The type of a scalar; `None` if the schema is not a scalar.
    pub(in crate::lower) fn scalar(&self, schema: SchemaRef<'a>) -> Option<Type> {
        let stated = schema.typ().or_else(|| implied(schema));
        let typ = stated.filter(|typ| ["string", "boolean", "number", "integer"].contains(typ))?;
        let config = self.config;
        let formats = &config.types.formats;
        let configured = schema
            .format()
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
                Type::Scalar(Scalar::Known(format, Library::RustDecimal))
            } else {
                Type::Primitive(if is_text { Primitive::String } else { Primitive::Float })
            });
        }
        Some(match typ {
            "boolean" => Type::Primitive(Primitive::Bool),
            "number" if !is_integer_format(schema) => Type::Primitive(Primitive::Float),
            "number" => Type::Primitive(Primitive::Integer(integer(schema))),
            "integer" if configured.is_some() => Type::Primitive(Primitive::Integer(Integer::I64)),
            "integer" => Type::Primitive(Primitive::Integer(integer(schema))),
            _ => text(schema, configured),
        })
    }

    /// The type that the configuration sets for this schema.
    pub(in crate::lower) fn overridden(&self, schema: SchemaRef<'a>) -> Option<Type> {
        let index = schema.overridden()?;
        let (_, path) = self.config.types.overrides.get_index(index)?;
        if path.value == config::ANY {
            return Some(Type::Any);
        }
        if has_object_keywords(schema) || matches!(schema.typ(), Some("object" | "array")) {
            let message = format!(
                "`{}` is not taken here: only a text, a number or a boolean can become one",
                path.value
            );
            self.report(Code::ConfigUnused, schema.origin(), message);
            return None;
        }
        Some(self.other(&path.value, schema))
    }

    /// A type named in the configuration. It is read either from strings or from other scalars, not both.
    fn other(&self, path: &str, schema: SchemaRef<'a>) -> Type {
        if path.trim_start_matches("::") == "std::string::String" {
            return Type::Primitive(Primitive::String);
        }
        let is_text = !matches!(schema.typ(), Some("integer" | "number" | "boolean"));
        if self.is_of_one_kind(path, is_text, schema, Code::ConfigUnused) {
            Type::Scalar(Scalar::Other { path: path.to_owned(), is_text })
        } else {
            Type::Any
        }
    }

    /// Whether a type always stands for a string or never does: it has one codec.
    fn is_of_one_kind(&self, path: &str, is_text: bool, schema: SchemaRef<'a>, code: Code) -> bool {
        let path = path.trim_start_matches("::");
        if *self.named.borrow_mut().entry(path.to_owned()).or_insert(is_text) == is_text {
            return true;
        }
        let message =
            format!("`{path}` stands for text elsewhere, and cannot stand for a number too, or the reverse");
        self.report(code, schema.origin(), message);
        false
    }
}

/// The type of `rust_decimal`, for strings and numbers.
const DECIMAL: &str = "rust_decimal::Decimal";

/// The type implied by keywords that apply to one type only.
fn implied(schema: SchemaRef<'_>) -> Option<&'static str> {
    let constants = schema.enumeration().iter().filter(|one| !one.is_null());
    if constants.clone().next().is_some() {
        return if constants.clone().all(Value::is_boolean) {
            Some("boolean")
        } else if constants.clone().all(Value::is_number) {
            Some("number")
        } else {
            None
        };
    }
    let format = schema.format();
    let of_text = format.is_some_and(|format| config::known(format).is_some() || TEXTS.contains(&format));
    match format {
        Some(_) if of_text => Some("string"),
        Some("int32" | "int64" | "uint32" | "uint64") => Some("integer"),
        Some("float" | "double") => Some("number"),
        _ => None,
    }
}

/// String formats without a type of their own.
const TEXTS: &[&str] = &["binary", "email", "hostname", "password", "regex", "uri-reference", "url"];

/// Whether a number's format makes it an integer (OpenAPI format registry: `int32` and `int64` are formats of
/// numbers).
fn is_integer_format(schema: SchemaRef<'_>) -> bool {
    let formats =
        ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "int128", "uint128"];
    schema.format().is_some_and(|format| formats.contains(&format))
}

/// A string, or the type of its format.
fn text(schema: SchemaRef<'_>, configured: Option<&Mapping>) -> Type {
    let known = schema.format().and_then(config::known);
    let library = match configured {
        Some(Mapping::Library(library)) => Some(*library),
        Some(Mapping::Plain | Mapping::Path(_)) => None,
        None => known.and_then(|(_, library)| library),
    };
    match known.zip(library) {
        Some(((format, _), library)) => Type::Scalar(Scalar::Known(format, library)),
        None => Type::Primitive(Primitive::String),
    }
}

/// The width of an integer: that of its format, unless its bounds exceed it; without a format, one that holds its
/// default.
fn integer(schema: SchemaRef<'_>) -> Integer {
    let stated = match schema.format() {
        Some("int8") => Integer::I8,
        Some("int16") => Integer::I16,
        Some("int32") => Integer::I32,
        Some("int128") => Integer::I128,
        Some("uint8") => Integer::U8,
        Some("uint16") => Integer::U16,
        Some("uint32") => Integer::U32,
        // A machine word, as written by document generators for Rust and Go.
        Some("uint64" | "uint") => Integer::U64,
        Some("uint128") => Integer::U128,
        Some(_) | None => Integer::I64,
    };
    let (least, most) = (schema.minimum().unwrap_or(0.0), schema.maximum().unwrap_or(0.0));
    let wider = [stated, Integer::I64, Integer::U64, Integer::I128];
    let default = schema.default().filter(|_| schema.format().is_none());
    // Above 53 bits the bounds are rounded, but the default is not.
    let is_beyond = |integer: &Integer| *integer == Integer::I64 && default.is_some_and(is_beyond_i64);
    let fits = |integer: &Integer| {
        let (low, high) = range(*integer);
        low <= least && most <= high && !is_beyond(integer)
    };
    wider.into_iter().find(fits).unwrap_or(stated)
}

/// Whether a number exceeds a signed 64-bit integer.
fn is_beyond_i64(value: &Value) -> bool {
    value.is_u64() && !value.is_i64()
}

/// The smallest and largest number of a width, as precise as `f64`.
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
