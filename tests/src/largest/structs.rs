//! What was seen in a body as structs with the derives of `serde`.

use super::infer::{Kind, Member, Seen};

/// Structs, each written once.
#[derive(Debug, Default)]
pub struct Structs {
    /// The fields of each, by its number.
    fields: Vec<String>,
}

impl Structs {
    /// The type of what was seen, its structs among these.
    pub fn of(&mut self, seen: &Seen) -> String {
        let ty = match &seen.kind {
            Kind::Nothing | Kind::Any => "Value".to_owned(),
            Kind::Bool => "bool".to_owned(),
            Kind::Integer => "i64".to_owned(),
            Kind::Float => "f64".to_owned(),
            Kind::Text => "String".to_owned(),
            Kind::List(item) => format!("Vec<{}>", self.of(item)),
            Kind::Map(value) => format!("BTreeMap<String, {}>", self.of(value)),
            Kind::Struct(members) => self.declared(members),
        };
        if seen.is_null { format!("Option<{ty}>") } else { ty }
    }

    /// The name of the struct with these members.
    fn declared(&mut self, members: &[Member]) -> String {
        let fields: String =
            members.iter().enumerate().map(|(index, member)| self.field(index, member)).collect();
        let known = self.fields.iter().position(|known| *known == fields);
        let number = known.unwrap_or_else(|| {
            self.fields.push(fields);
            self.fields.len() - 1
        });
        format!("Struct{number}")
    }

    fn field(&mut self, index: usize, member: &Member) -> String {
        let mut attributes = String::new();
        let mut ty = self.of(&member.seen);
        if member.is_absent && !member.seen.is_null {
            ty = format!("Option<{ty}>");
            attributes.push_str("    #[serde(skip_serializing_if = \"Option::is_none\")]\n");
        }
        let name = if is_identifier(&member.name) {
            format!("r#{}", member.name)
        } else {
            attributes.push_str(&format!("    #[serde(rename = {:?})]\n", member.name));
            format!("field{index}")
        };
        format!("{attributes}    pub {name}: {ty},\n")
    }

    /// The declarations.
    pub fn declarations(&self) -> String {
        let one = |(number, fields): (usize, &String)| {
            format!("#[derive(Debug, Deserialize, Serialize)]\npub struct Struct{number} {{\n{fields}}}\n\n")
        };
        self.fields.iter().enumerate().map(one).collect()
    }
}

/// Whether a name can be an identifier, be it a raw one.
fn is_identifier(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let starts = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    starts && name.bytes().all(is_word) && !matches!(name, "self" | "Self" | "super" | "crate")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::infer, Structs};

    #[test]
    fn members_are_fields_under_names_of_their_own() {
        let mut structs = Structs::default();
        let body =
            json!([{ "type": "x", "+1": null, "none": [] }, { "type": "y", "+1": 1, "self": { "a": 1.5 } }]);
        assert_eq!(structs.of(&infer::of(&body)), "Vec<Struct1>");
        let text = structs.declarations();
        for line in [
            "    pub r#type: String,",
            "    #[serde(rename = \"+1\")]\n    pub field0: Option<i64>,",
            "    #[serde(skip_serializing_if = \"Option::is_none\")]\n    pub r#none: Option<Vec<Value>>,",
            "    #[serde(rename = \"self\")]\n    pub field3: Option<Struct0>,",
            "pub struct Struct0 {\n    pub r#a: f64,\n}",
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }

    #[test]
    fn structs_alike_are_one() {
        let mut structs = Structs::default();
        structs.of(&infer::of(&json!({ "a": { "b": 1 }, "c": { "b": 2 } })));
        assert_eq!(structs.declarations().matches("pub struct").count(), 2);
    }
}
