// needs: base_url entries error | crates:
//! The servers that a document lists.

use super::base_url::check_variable;
use super::entries::get;
use super::error::ConfigError;

/// The name of a variable, its default, and the allowed values if the document lists them.
pub type Variable = (&'static str, &'static str, &'static [&'static str]);

/// A server of the document.
#[derive(Clone, Copy, Debug)]
pub struct ListedServer {
    /// Its URL, with variables in braces.
    pub url: &'static str,
    /// The variables.
    pub variables: &'static [Variable],
}

impl ListedServer {
    /// The URL with these values for its variables. Each value must be one that the document lists, if it lists any,
    /// and must not change other parts of the URL.
    pub(super) fn fill(self, values: &[(&'static str, String)]) -> Result<String, ConfigError> {
        let mut url = self.url.to_owned();
        if let Some((unknown, _)) =
            values.iter().find(|(name, _)| !self.variables.iter().any(|(known, ..)| known == name))
        {
            return Err(ConfigError::new(format!("the server `{url}` has no variable `{unknown}`")));
        }
        for variable in self.variables {
            let (name, default, _) = variable;
            let value = get(values, name).map_or(*default, String::as_str);
            check(self.url, *variable, value)?;
            url = url.replace(&format!("{{{name}}}"), value);
        }
        Ok(url)
    }

    /// The error for a variable that has no default and no value.
    pub(super) fn lacking(self, values: &[(&'static str, String)]) -> Option<ConfigError> {
        let is_set = |name: &str| get(values, name).is_some_and(|value| !value.is_empty());
        let (name, ..) = self.variables.iter().find(|(name, default, _)| default.is_empty() && !is_set(name))?;
        Some(ConfigError::new(format!("the variable `{name}` of the server's URL is not set")))
    }
}

fn check(template: &str, (name, default, values): Variable, value: &str) -> Result<(), ConfigError> {
    let problem = match values {
        _ if value == default => return Ok(()),
        [] => match check_variable(template, name, value) {
            Ok(()) => return Ok(()),
            Err(problem) => problem.to_owned(),
        },
        values if values.contains(&value) => return Ok(()),
        values => format!("must be one of: {}", values.join(", ")),
    };
    Err(ConfigError::new(format!("the variable `{name}` of the server's URL {problem}")))
}
