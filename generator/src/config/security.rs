//! Reads `[security.SCHEME]`.

use toml::Spanned;

use super::{ClientEnv, Located, Security, parse::Reader, raw};
use crate::diagnostic::{Code, Diagnostic, Place};

impl Reader<'_> {
    /// Reads what is said of a scheme; reports keys that need others beside them.
    pub(super) fn security(&self, spanned: Spanned<raw::Security>, wrong: &mut Vec<Diagnostic>) -> Security {
        let Located { value, place } = self.locate(spanned);
        let raw::Security { prefix, env, client_id_env, client_secret_env, token_url_env, name } = value;
        if let Some(name) = &name {
            self.check_name(name, wrong);
        }
        let locate = |key: Option<Spanned<String>>| key.map(|key| self.locate(key));
        let client_env =
            client_env(locate(client_id_env), locate(client_secret_env), locate(token_url_env), wrong);
        Security { prefix, env, client_env, name: name.map(Spanned::into_inner), place }
    }
}

/// The variables of client credentials: those of the id and of the secret are both needed.
fn client_env(
    id: Option<Located<String>>,
    secret: Option<Located<String>>,
    token_url: Option<Located<String>>,
    wrong: &mut Vec<Diagnostic>,
) -> Option<Located<ClientEnv>> {
    let mut refuse = |key: &str, place: Place, other: &str| {
        let message = format!("`{key}` needs {other} beside it");
        let help = format!("add {other}, or remove `{key}`");
        wrong.push(Diagnostic::new(Code::ConfigInvalid, place, message).help(help));
    };
    match (id, secret, token_url) {
        (Some(id), Some(secret), token_url) => {
            let token_url = token_url.map(|token_url| token_url.value);
            Some(Located {
                value: ClientEnv { id: id.value, secret: secret.value, token_url },
                place: id.place,
            })
        }
        (Some(id), None, _) => {
            refuse("client_id_env", id.place, "`client_secret_env`");
            None
        }
        (None, Some(secret), _) => {
            refuse("client_secret_env", secret.place, "`client_id_env`");
            None
        }
        (None, None, Some(token_url)) => {
            refuse("token_url_env", token_url.place, "`client_id_env` and `client_secret_env`");
            None
        }
        (None, None, None) => None,
    }
}
