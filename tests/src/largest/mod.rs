//! What reading and writing the largest bodies that documents of others show costs, beside structs written by hand.
//!
//! In: a document. Out: figures. Its bodies are found ([`find`]) with the types that their operations give, and
//! where it shows none they are made ([`schemas`]). Beside the generated crate stands a program ([`driver`]) with the
//! structs that a person would write for what each body holds ([`infer`], [`structs`]), which says what each comes to
//! ([`run`]) and fills a line of the [`table`]. All of it is written below the target folder.

pub mod driver;
pub mod find;
pub mod infer;
pub mod run;
pub mod schemas;
pub mod structs;
pub mod table;

/// A body of a reply, and the type that the generated crate reads it into.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The `operationId`, or what stands for it, and the status.
    pub operation: String,
    /// Whether the document shows it, or it was made from the schema.
    pub is_shown: bool,
    /// The type, as a program beside the crate writes it.
    pub ty: String,
    /// The JSON pointer of its media type.
    pub media: String,
    /// The body, without white space.
    pub json: String,
}

/// Leaves the largest that is fit of each type, the largest first, and so many.
pub fn largest(mut bodies: Vec<Body>, most: usize, is_fit: impl Fn(&Body) -> bool) -> Vec<Body> {
    bodies.sort_by_key(|body| std::cmp::Reverse(body.json.len()));
    let mut known: Vec<String> = Vec::new();
    bodies.retain(|body| {
        let is_new = !known.contains(&body.ty) && known.len() < most && is_fit(body);
        if is_new {
            known.push(body.ty.clone());
        }
        is_new
    });
    bodies
}

#[cfg(test)]
mod tests {
    use super::{Body, largest};

    fn body(ty: &str, json: &str) -> Body {
        let (operation, ty, json) = ("get 200".to_owned(), ty.to_owned(), json.to_owned());
        Body { operation, is_shown: true, ty, media: String::new(), json }
    }

    #[test]
    fn each_type_has_its_largest() {
        let bodies =
            vec![body("A", "1"), body("B", "12"), body("A", "123"), body("C", ""), body("B", "1234")];
        let is_fit = |body: &Body| body.json.len() < 4;
        assert_eq!(largest(bodies, 2, is_fit), [body("A", "123"), body("B", "12")]);
    }
}
