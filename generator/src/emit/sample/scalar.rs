//! Scalars: literals, and types of libraries read from text.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};
use serde_json::Value;

use super::{Place, Samples};
use crate::{
    config::{Format, Library},
    ir::{Integer, Primitive, Scalar},
    reconcile::fits_format,
};

impl Samples<'_, '_> {
    pub(super) fn primitive(self, primitive: Primitive, value: Option<&Value>, place: Place) -> TokenStream {
        match primitive {
            Primitive::Bool => value.and_then(Value::as_bool).unwrap_or(true).into_token_stream(),
            Primitive::Float => {
                let number = value.and_then(Value::as_f64).filter(|number| number.is_finite()).unwrap_or(1.5);
                Literal::f64_unsuffixed(number).into_token_stream()
            }
            Primitive::Integer(width) => {
                let number = value.and_then(integer).filter(|number| width.holds(*number)).unwrap_or(1);
                literal(number, width, place).into_token_stream()
            }
            Primitive::String => {
                let text = match value {
                    // Where a text is due, documents often show a number.
                    Some(Value::Number(number)) => number.to_string(),
                    value => super::text_or_word(value).to_owned(),
                };
                match place {
                    Place::Converted => quote! { #text },
                    Place::Exact => quote! { #text.to_owned() },
                }
            }
        }
    }

    /// `"192.0.2.1".parse::<Ipv4Addr>().expect("an address")`, or read as JSON where the type has no `FromStr`.
    pub(super) fn scalar(self, scalar: &Scalar, value: Option<&Value>) -> TokenStream {
        let ty = self.scope.scalar(scalar);
        let (format, library) = match scalar {
            Scalar::Known(format, library) => (*format, *library),
            Scalar::Other { is_text, .. } => {
                let plain = if *is_text { Value::from("text") } else { Value::from(1) };
                return self.read(&ty, value.unwrap_or(&plain));
            }
        };
        let given = value.and_then(Value::as_str).filter(|text| fits_format(format, text, false));
        let text = given.unwrap_or(plain(format));
        match (format, library) {
            (Format::DecimalNumber, _) => {
                let one = Value::from(1);
                self.read(&ty, value.filter(|value| value.is_number()).unwrap_or(&one))
            }
            (Format::Base64 | Format::Base64Url, _) | (_, Library::Time) => {
                self.read(&ty, &Value::from(text))
            }
            _ => {
                let what = what(format);
                quote! { #text.parse::<#ty>().expect(#what) }
            }
        }
    }

    /// Any JSON value.
    pub(super) fn any(self, value: Option<&Value>) -> TokenStream {
        let ty = self.scope.runtime("value", "Value");
        match value {
            Some(Value::String(text)) => quote! { #ty::from(#text) },
            Some(Value::Bool(flag)) => quote! { #ty::from(#flag) },
            Some(other) => self.read(&ty, other),
            None => quote! { #ty::from("text") },
        }
    }

    /// `from_json::<Date>(b"\"2024-01-01\"").expect("its JSON is valid")`
    fn read(self, ty: &TokenStream, value: &Value) -> TokenStream {
        let read = self.scope.public(Some("json"), &quote! { from_json });
        let json = Literal::byte_string(value.to_string().as_bytes());
        quote! { #read::<#ty>(#json).expect("its JSON is valid") }
    }
}

/// A number as an integer.
pub(super) fn integer(value: &Value) -> Option<i128> {
    let whole = || value.as_f64().filter(|number| number.fract() == 0.0).map(|number| number as i128);
    value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from)).or_else(whole)
}

/// A literal; with its type where the compiler would take it for an `i32` that does not convert.
fn literal(number: i128, width: Integer, place: Place) -> Literal {
    let converts =
        matches!(width, Integer::I32 | Integer::I64 | Integer::I128) && i32::try_from(number).is_ok();
    if place == Place::Exact || converts {
        return Literal::i128_unsuffixed(number);
    }
    // A number that its width does not hold was replaced before.
    match width {
        Integer::I8 => Literal::i8_suffixed(number as i8),
        Integer::I16 => Literal::i16_suffixed(number as i16),
        Integer::I32 => Literal::i32_suffixed(number as i32),
        Integer::I64 => Literal::i64_suffixed(number as i64),
        Integer::I128 => Literal::i128_suffixed(number),
        Integer::U8 => Literal::u8_suffixed(number as u8),
        Integer::U16 => Literal::u16_suffixed(number as u16),
        Integer::U32 => Literal::u32_suffixed(number as u32),
        Integer::U64 => Literal::u64_suffixed(number as u64),
        Integer::U128 => Literal::u128_suffixed(number as u128),
    }
}

/// A text of a format.
fn plain(format: Format) -> &'static str {
    match format {
        Format::DateTime => "2024-01-01T12:00:00Z",
        Format::Date => "2024-01-01",
        Format::Time => "12:00:00",
        Format::Duration => "PT1H",
        Format::Uuid => "123e4567-e89b-42d3-a456-426614174000",
        Format::Uri => "https://example.com",
        Format::Base64 | Format::Base64Url => "dGV4dA==",
        Format::Ipv4 | Format::Ip => "192.0.2.1",
        Format::Ipv6 => "2001:db8::1",
        Format::Decimal | Format::DecimalNumber => "1.5",
    }
}

/// What a text of a format is, as the message of a failed test says it.
fn what(format: Format) -> &'static str {
    match format {
        Format::DateTime => "it is a date and time",
        Format::Date => "it is a date",
        Format::Time => "it is a time",
        Format::Duration => "it is a duration",
        Format::Uuid => "it is a UUID",
        Format::Uri => "it is a URL",
        Format::Base64 | Format::Base64Url => "it is base64",
        Format::Ipv4 | Format::Ipv6 | Format::Ip => "it is an IP address",
        Format::Decimal | Format::DecimalNumber => "it is a decimal number",
    }
}
