//! Answers questions about the schemas of a document, before any type is declared: what a schema is, what its `allOf` comes
//! to, which constants and alternatives it has, whether it allows `null`.
//!
//! Nothing here changes what is asked about. What is met on the way is noted: diagnostics, which components are part
//! of others, and what the types named in the configuration stand for.

pub(super) mod all_of;
mod alternatives;
mod children;
pub(super) mod class;
mod content;
mod discriminator;
pub(super) mod docs;
mod enumeration;
mod file;
mod implicit;
pub(super) mod joint;
pub(super) mod merged;
mod nullable;
pub(super) mod property;
mod sample;
mod scalar;
pub(super) mod telling;
pub(super) mod together;

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

use children::Children;

use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic, Diagnostics},
    ir::Origin,
    resolve::Document,
};

/// The schemas of a document.
pub(super) struct Schemas<'a> {
    pub document: &'a Document,
    pub config: &'a Config,
    children: Children<'a>,
    diagnostics: RefCell<&'a mut Diagnostics>,
    /// The diagnostics reported so far.
    reported: RefCell<HashSet<(Code, Origin, String)>>,
    /// Types named in the configuration, and whether they are strings.
    named: RefCell<HashMap<String, bool>>,
    /// Components that are merged into another type as branches of an `allOf`.
    merged: RefCell<HashSet<&'a str>>,
}

impl<'a> Schemas<'a> {
    /// The schemas of a document, of which nothing is known yet.
    pub(super) fn new(document: &'a Document, config: &'a Config, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            document,
            config,
            children: Children::new(document),
            diagnostics: RefCell::new(diagnostics),
            reported: RefCell::default(),
            named: RefCell::default(),
            merged: RefCell::default(),
        }
    }

    /// Reports a loss of precision. A problem of a shared component is reported once.
    pub(super) fn report(&self, code: Code, origin: Origin, message: impl Into<String>) {
        let message = message.into();
        if self.reported.borrow_mut().insert((code, origin, message.clone())) {
            self.diagnostics.borrow_mut().report(code, origin, message);
        }
    }

    /// Reports what is not about a place of the document.
    pub(super) fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Notes that a component, if it is one, is merged into another type.
    pub(super) fn merge_in(&self, name: Option<&'a str>) {
        self.merged.borrow_mut().extend(name);
    }

    /// Whether a component was merged into another type.
    pub(super) fn is_merged(&self, name: &str) -> bool {
        self.merged.borrow().contains(name)
    }
}
