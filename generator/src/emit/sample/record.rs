//! Objects and forms: a constructor with the required members, and setters.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::{
    super::{
        record::{FieldCode, constant, converts},
        scope::FileScope,
    },
    Place, Samples,
};
use crate::ir::{Field, Multipart, Presence, Record, TypeId};

impl<'a> Samples<'_, 'a> {
    pub(super) fn record(self, id: TypeId, record: &Record, value: Option<&Value>) -> TokenStream {
        self.built(id, record.fields.iter(), value)
    }

    pub(super) fn multipart(self, id: TypeId, form: &Multipart, value: Option<&Value>) -> TokenStream {
        self.built(id, form.parts.iter().map(|part| &part.field), value)
    }

    /// `UserInvite::new(456, "dev@example.com").role(UserRole::new())`
    fn built<'f>(
        self,
        id: TypeId,
        fields: impl Iterator<Item = &'f Field>,
        value: Option<&Value>,
    ) -> TokenStream {
        let context = self.scope.context();
        let parts =
            fields.zip(&context.names.type_def(id).parts).enumerate().map(|(index, (field, name))| {
                FieldCode { field, name, boxed: context.facts.is_boxed(id, index), note: String::new() }
            });
        let (optional, mut required): (Vec<FieldCode<'_>>, Vec<FieldCode<'_>>) =
            parts.partition(FieldCode::is_optional);
        // What the constructor sets itself is not imported here.
        let elsewhere = FileScope::outside(context);
        required.retain(|part| constant(part, &elsewhere).is_none());
        required.sort_by(|one, other| one.field.wire.cmp(&other.field.wire));
        let member = |part: &FieldCode<'_>| value.and_then(|value| value.get(&part.field.wire));
        let ident = self.scope.model(id);
        let arguments = required.iter().map(|part| self.given(part, member(part)));
        let setters = optional.iter().filter_map(|part| self.setter(part, member(part)?));
        quote! { #ident::new(#(#arguments),*) #(#setters)* }
    }

    /// An argument of the constructor.
    fn given(self, part: &FieldCode<'_>, value: Option<&Value>) -> TokenStream {
        if part.field.presence == Presence::Nullable {
            return match value.filter(|value| !value.is_null()) {
                None => quote! { None },
                Some(value) => self.owned(&part.field.ty, Some(value)),
            };
        }
        let takes_text = converts(part, self.scope) && !part.boxed;
        self.written(&part.field.ty, value, if takes_text { Place::Converted } else { Place::Exact })
    }

    /// `.name("Ann")`; `None` without a value, or without a setter.
    fn setter(self, part: &FieldCode<'_>, value: &Value) -> Option<TokenStream> {
        let name = part.name;
        if name.plain() == "new" {
            return None;
        }
        match (part.field.presence, value) {
            (Presence::ThreeState, Value::Null) => Some(quote! { .#name(None) }),
            (_, Value::Null) => None,
            (_, value) => {
                let place = if part.boxed { Place::Exact } else { Place::Converted };
                let value = self.written(&part.field.ty, Some(value), place);
                Some(quote! { .#name(#value) })
            }
        }
    }
}
