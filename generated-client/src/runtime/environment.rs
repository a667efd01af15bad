// needs: | crates:
//! Environment variables.

/// The value of a variable, trimmed; `None` if it is missing, blank or not UTF-8.
pub fn variable(name: &str) -> Option<String> {
    let value = std::env::var(name).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
