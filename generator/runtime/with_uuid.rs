// needs: scalar | crates: uuid
//! UUIDs (RFC 9562) as the type of the `uuid` crate.

use uuid::Uuid;

use super::scalar::Scalar;

/// A UUID, written in lower case with hyphens.
pub const UUID: Scalar<Uuid> = Scalar::text("a UUID");
