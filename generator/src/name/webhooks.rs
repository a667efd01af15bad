//! Names the enum of webhooks and its variants, each after its webhook.
//!
//! ```yaml
//! webhooks: { issue-opened: {…}, user.created: {…} }
//! ```
//! is `enum Webhook { IssueOpened(…), UserCreated(…), Other(…) }`. The enum is in a module of its own, so that its name
//! is always `Webhook`, whatever types are called.

use super::{
    parts::beside,
    scope::Scope,
    table::{Names, TypeNames},
};
use crate::ir::Api;

/// Claims the names.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let Some(webhooks) = &api.webhooks else { return };
    let mut scope = Scope::new();
    let open = scope.camel("other");
    let texts = webhooks.events.iter().map(|event| event.name.clone());
    let parts = scope.camels(&beside(&open, texts, "webhook"));
    let ident = Scope::new().camel("webhook");
    names.set_type(webhooks.ty, TypeNames { ident, parts, open });
}
