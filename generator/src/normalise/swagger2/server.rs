//! Converts `host`, `basePath` and `schemes` to servers.

use super::{Conversion, object, text};
use crate::source::{Node, NodeId, Object, Value};

impl Conversion<'_, '_> {
    /// The servers of the document, or of an operation with different schemes.
    pub(super) fn servers(&mut self, operation: Option<&Node>) -> Option<Node> {
        let (host, base) = (self.server_text("host"), self.server_text("basePath"));
        let stated = operation.unwrap_or(self.old).get("schemes");
        let schemes = schemes(stated);
        if operation.is_some() && (stated.is_none() || schemes == self::schemes(self.old.get("schemes"))) {
            return None;
        }
        if let Some(stated) = stated {
            self.check_schemes(stated);
        }
        let path = base.as_ref().map_or("", |(_, text)| text.trim_end_matches('/'));
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        let id = host.as_ref().or(base.as_ref()).map(|(id, _)| *id)?;
        let urls: Vec<String> = match &host {
            Some((_, host)) => {
                schemes.iter().map(|scheme| format!("{scheme}://{host}{slash}{path}")).collect()
            }
            None if path.is_empty() => vec!["/".to_owned()],
            None => vec![format!("{slash}{path}")],
        };
        let servers = urls.iter().map(|url| server(id, url)).collect();
        Some(Node::at(stated.map_or(id, |stated| stated.id), Value::Array(servers)))
    }

    /// `host` or `basePath`, if it is text.
    fn server_text(&mut self, key: &str) -> Option<(NodeId, String)> {
        let node = self.old.get(key)?;
        match node.as_str() {
            Some(text) if !text.trim().is_empty() => Some((node.id, text.trim().to_owned())),
            Some(_) => None,
            None => {
                self.left_out(key, node, "a string");
                None
            }
        }
    }

    /// Reports what [`schemes`] leaves out.
    fn check_schemes(&mut self, stated: &Node) {
        let Some(listed) = stated.as_array() else { return self.left_out("schemes", stated, "an array") };
        for scheme in listed.iter().filter(|scheme| scheme.as_str().is_none()) {
            self.left_out("schemes", scheme, "a string");
        }
    }
}

/// The schemes, secure first; `https` if none are stated.
fn schemes(stated: Option<&Node>) -> Vec<String> {
    let listed = stated.and_then(Node::as_array).unwrap_or_default();
    let mut schemes: Vec<String> =
        listed.iter().filter_map(Node::as_str).map(str::to_ascii_lowercase).collect();
    schemes.sort_by_key(|scheme| match scheme.as_str() {
        "https" => 0,
        "http" => 1,
        _ => 2,
    });
    schemes.dedup();
    if schemes.is_empty() { vec!["https".to_owned()] } else { schemes }
}

fn server(id: NodeId, url: &str) -> Node {
    object(id, Object::from_iter([("url".to_owned(), text(id, url))]))
}
