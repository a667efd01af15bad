//! Credentials in each of the places that a document can name.

use crate::trial::Trial;

const TOKEN: &str = "https://security.microsoft.com/.default";

/// Whether an error is the documented one with this code.
macro_rules! forbidden {
    ($package:ident, $code:literal) => {
        |error| {
            matches!(error, $package::Error::Api(error) if error.status() == 403
                && error.documented().is_some_and(|body| body.error == $code))
        }
    };
}

/// A client with one credential.
macro_rules! with {
    ($trial:expr, $package:ident, $setter:ident($credential:expr)) => {
        $package::Client::builder()
            .base_url(&$trial.base)
            .$setter($credential)
            .build()
            .expect("a client can be made")
    };
}

pub async fn run(trial: &Trial) {
    one_scheme(trial).await;
    alternatives(trial).await;
}

async fn one_scheme(trial: &Trial) {
    use {authentication_api_key as api_key, authentication_http_custom as custom};
    let client = with!(trial, api_key, api_key_auth("valid-key"));
    trial.gives("Authentication_ApiKey_valid", client.authentication().valid(), ()).await;
    let client = with!(trial, api_key, api_key_auth("invalid-key"));
    let call = client.authentication().invalid();
    trial.fails("Authentication_ApiKey_invalid", call, forbidden!(api_key, "invalid-api-key")).await;

    let client = with!(trial, custom, http("valid-key"));
    trial.gives("Authentication_Http_Custom_valid", client.authentication().valid(), ()).await;
    let client = with!(trial, custom, http("invalid-key"));
    let call = client.authentication().invalid();
    trial.fails("Authentication_Http_Custom_invalid", call, forbidden!(custom, "invalid-api-key")).await;

    use authentication_oauth2 as oauth2;
    let client = with!(trial, oauth2, oauth2_auth(TOKEN));
    trial.gives("Authentication_OAuth2_valid", client.authentication().valid(), ()).await;
    let call = client.authentication().invalid();
    trial.fails("Authentication_OAuth2_invalid", call, forbidden!(oauth2, "invalid-grant")).await;
}

async fn alternatives(trial: &Trial) {
    use {authentication_noauth_union as optional, authentication_union as either};
    let client = with!(trial, either, api_key_auth("valid-key"));
    trial.gives("Authentication_Union_validKey", client.authentication().valid_key(), ()).await;
    let client = with!(trial, either, oauth2_auth(TOKEN));
    trial.gives("Authentication_Union_validToken", client.authentication().valid_token(), ()).await;

    let client = client!(trial, optional);
    trial.gives("Authentication_Noauth_Union_validNoAuth", client.authentication().valid_no_auth(), ()).await;
    let client = with!(trial, optional, oauth2_auth(TOKEN));
    trial.gives("Authentication_Noauth_Union_validToken", client.authentication().valid_token(), ()).await;
}
