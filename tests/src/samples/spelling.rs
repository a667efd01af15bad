//! A value as JSON text, in one of several spellings that mean the same.

use std::fmt::Write;

use serde_json::Value;

/// How a value is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Members by name.
    Plain,
    /// Members by name, the last first.
    Reversed,
    /// Fractions with an exponent.
    Exponents,
}

impl Spelling {
    /// One spelling after the other, the plain one most often.
    pub fn nth(index: usize) -> Self {
        match index % 7 {
            2 | 5 => Self::Reversed,
            3 => Self::Exponents,
            _ => Self::Plain,
        }
    }

    /// The text.
    pub fn write(self, value: &Value) -> String {
        let mut text = String::new();
        self.append(value, &mut text);
        text
    }

    fn append(self, value: &Value, text: &mut String) {
        match value {
            Value::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    self.append(item, text);
                }
                text.push(']');
            }
            Value::Object(members) => {
                let mut members: Vec<(&String, &Value)> = members.iter().collect();
                if self == Self::Reversed {
                    members.reverse();
                }
                text.push('{');
                for (index, (name, member)) in members.into_iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    let _ = write!(text, "{}:", Value::from(name.as_str()));
                    self.append(member, text);
                }
                text.push('}');
            }
            Value::Number(number) if number.is_f64() && self == Self::Exponents => {
                let _ = write!(text, "{:e}", number.as_f64().unwrap_or_default());
            }
            scalar => _ = write!(text, "{scalar}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Spelling;

    #[test]
    fn spellings_mean_the_same() {
        let value = json!({ "a": [12.5, 3], "b": "\"" });
        assert_eq!(Spelling::Plain.write(&value), value.to_string());
        assert_eq!(Spelling::Reversed.write(&value), r#"{"b":"\"","a":[12.5,3]}"#);
        assert_eq!(Spelling::Exponents.write(&value), r#"{"a":[1.25e1,3],"b":"\""}"#);
    }
}
