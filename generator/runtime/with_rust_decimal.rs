// needs: scalar | crates: rust_decimal
//! Decimal numbers as the type of the crate `rust_decimal`.

use rust_decimal::Decimal;

use super::scalar::Scalar;

/// A decimal number in a string; zeros at its end are kept.
pub const DECIMAL: Scalar<Decimal> = Scalar::text("a decimal number");
