//! A type of the IR as a program beside the generated crate writes it.

use cratewright::{
    config::Format,
    ir::{Integer, Primitive, Scalar, Type},
    name::Names,
};

/// The type, with `library` for the generated crate; `None` if it is none that is read from JSON.
pub fn path(ty: &Type, names: &Names, library: &str) -> Option<String> {
    let inner = |ty: &Type| path(ty, names, library);
    Some(match ty {
        Type::Primitive(primitive) => self::primitive(*primitive).to_owned(),
        Type::Scalar(scalar) => self::scalar(scalar, library)?,
        Type::Any => format!("{library}::Value"),
        Type::Named(id) => format!("{library}::models::{}", names.type_def(*id).ident.plain()),
        Type::List(item) => format!("Vec<{}>", inner(item)?),
        Type::Map(value) => format!("std::collections::BTreeMap<String, {}>", inner(value)?),
        Type::Nullable(ty) => format!("Option<{}>", inner(ty)?),
        Type::Tuple(items, rest) => {
            let items: Option<Vec<String>> = items.iter().map(inner).collect();
            let tuple = format!("({},)", items?.join(", "));
            match rest {
                Some(rest) => format!("{library}::OpenTuple<{tuple}, {}>", inner(rest)?),
                None => tuple,
            }
        }
        Type::File => return None,
    })
}

fn primitive(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Bool => "bool",
        Primitive::Float => "f64",
        Primitive::String => "String",
        Primitive::Integer(integer) => match integer {
            Integer::I8 => "i8",
            Integer::I16 => "i16",
            Integer::I32 => "i32",
            Integer::I64 => "i64",
            Integer::I128 => "i128",
            Integer::U8 => "u8",
            Integer::U16 => "u16",
            Integer::U32 => "u32",
            Integer::U64 => "u64",
            Integer::U128 => "u128",
        },
    }
}

/// The types that formats have unless they are configured.
fn scalar(scalar: &Scalar, library: &str) -> Option<String> {
    let Scalar::Known(format, _) = scalar else { return None };
    Some(match format {
        Format::DateTime => "time::OffsetDateTime".to_owned(),
        Format::Date => "time::Date".to_owned(),
        Format::Uuid => "uuid::Uuid".to_owned(),
        Format::Ipv4 => "std::net::Ipv4Addr".to_owned(),
        Format::Ipv6 => "std::net::Ipv6Addr".to_owned(),
        Format::Ip => "std::net::IpAddr".to_owned(),
        Format::Base64 => format!("{library}::Base64"),
        Format::Base64Url => format!("{library}::Base64Url"),
        Format::Time | Format::Duration | Format::Uri | Format::Decimal | Format::DecimalNumber => {
            return None;
        }
    })
}
