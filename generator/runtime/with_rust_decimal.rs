// needs: scalar | crates: rust_decimal
//! Decimal numbers as the type of the `rust_decimal` crate.

use rust_decimal::Decimal;

use super::scalar::Scalar;

/// A decimal number in a string; trailing zeros are kept.
pub const DECIMAL: Scalar<Decimal> = Scalar::text("a decimal number");

/// A JSON number; trailing zeros are kept, an exponent is not.
pub const DECIMAL_NUMBER: Scalar<Decimal> = Scalar {
    read: |text| text.parse().or_else(|_| Decimal::from_scientific(text)).ok(),
    ..Scalar::literal("a decimal number")
};
