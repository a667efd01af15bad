//! `securityDefinitions`

use super::{Conversion, object, text};
use crate::diagnostic::Code;
use crate::source::{Node, Object};

impl<'n> Conversion<'n, '_> {
    /// A security scheme.
    pub(super) fn security_scheme(&mut self, node: &'n Node) -> Node {
        let Some(entries) = node.as_object() else { return node.clone() };
        let mut new = entries.clone();
        match entries.get("type").map(|kind| (kind.id, kind.as_str())) {
            Some((id, Some("basic"))) => {
                new.insert("type".to_owned(), text(id, "http"));
                new.insert("scheme".to_owned(), text(id, "basic"));
            }
            Some((_, Some("oauth2"))) => self.oauth2(node, &mut new),
            _ => {}
        }
        object(node.id, new)
    }

    /// Converts a flow to its 3.0 name and form.
    fn oauth2(&mut self, node: &Node, new: &mut Object) {
        let mut flow = Object::default();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            flow.extend(new.shift_remove(key).map(|child| (key.to_owned(), child)));
        }
        let Some(stated) = new.shift_remove("flow") else { return };
        let name = match stated.as_str() {
            Some(name @ ("implicit" | "password")) => name,
            Some("application") => "clientCredentials",
            Some("accessCode") => "authorizationCode",
            _ => {
                let message = "`flow` is none of `implicit`, `password`, `application` and `accessCode`";
                self.diagnostics.report(Code::WrongType, stated.id, message);
                return;
            }
        };
        let flows = Object::from_iter([(name.to_owned(), object(node.id, flow))]);
        new.insert("flows".to_owned(), object(stated.id, flows));
    }
}
