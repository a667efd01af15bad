// needs: | crates:
//! `Debug` of structs that hold secrets.

/// Implements `Debug` for a struct, without the values of its secret fields:
///
/// ```text
/// redacted!(Login { email, password: secret });
/// ```
macro_rules! redacted {
    ($name:ident { $($field:ident $(: $secret:ident)?),* $(,)? }) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut shown = out.debug_struct(stringify!($name));
                $($crate::runtime::redacted::redacted!(@ shown, self, $field $($secret)?);)*
                shown.finish()
            }
        }
    };
    (@ $shown:ident, $self:ident, $field:ident) => {
        $shown.field(stringify!($field).trim_start_matches("r#"), &$self.$field)
    };
    (@ $shown:ident, $self:ident, $field:ident secret) => {
        $shown.field(stringify!($field).trim_start_matches("r#"), &::core::format_args!("[redacted]"))
    };
}
pub(crate) use redacted;
