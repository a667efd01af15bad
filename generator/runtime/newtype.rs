// needs: codec reader serde_bridge writer | crates:
//! The codec of a struct that wraps another type: one that the document defines recursively.
//!
//! ```text
//! pub struct Tree(pub Vec<Tree>);
//! newtype!(Tree);
//! ```

/// Gives a struct with one unnamed field the codec of that field; see the module.
macro_rules! newtype {
    ($name:ident) => {
        impl $crate::runtime::codec::Codec for $name {
            #[inline]
            fn blank() -> Self { $name($crate::runtime::codec::Codec::blank()) }

            #[inline]
            fn decode(
                &mut self,
                reader: &mut $crate::runtime::reader::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                self.0.decode(reader)
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::runtime::writer::Writer) { self.0.encode(writer) }
        }

        $crate::runtime::serde_bridge::serde_bridge!($name);
    };
}
pub(crate) use newtype;
