//! Names the headers of responses: `X_RATE_LIMIT`.

use super::{
    scope::{Scope, Wanted},
    table::Names,
};
use crate::ir::Api;

/// Claims a constant for each header.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let wanted = api.headers.iter().map(|header| Wanted { text: header.name.clone(), otherwise: None });
    names.headers = Scope::new().screamings(&wanted.collect::<Vec<_>>());
}
