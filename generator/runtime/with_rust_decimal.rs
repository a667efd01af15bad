// needs: scalar | crates: rust_decimal
//! Decimal numbers as the type of the crate `rust_decimal`.

use rust_decimal::Decimal;

use super::scalar::Scalar;

/// A decimal number in a string; zeros at its end are kept.
pub const DECIMAL: Scalar<Decimal> = Scalar::text("a decimal number");

/// A JSON number; zeros at its end are kept, an exponent is not.
pub const DECIMAL_NUMBER: Scalar<Decimal> = Scalar {
    read: |text| text.parse().or_else(|_| Decimal::from_scientific(text)).ok(),
    ..Scalar::literal("a decimal number")
};
