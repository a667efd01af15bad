// needs: client credential percent shown value | crates: base64 http
//! Takes secrets out of what is shown or written: by their place, and wherever else their text occurs.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::client::Sender;
use super::credential::{Held, Place, Scheme};
use super::percent::{Keep, encode};
use super::shown::is_secret;
use super::value::Value;

/// What stands in the place of a secret.
pub(super) const WORD: &str = "REDACTED";

/// The least bytes of a secret that is looked for in texts: a shorter one occurs in them by chance, such as the `x` of
/// a test.
const SHORTEST: usize = 8;

/// Headers that hold secrets, whatever the API says.
const HEADERS: [HeaderName; 4] = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE];

/// The secrets of a client, and where the schemes of its API put them.
#[derive(Default)]
pub(super) struct Secrets {
    schemes: &'static [Scheme],
    /// The secrets as they may be written, the longest first.
    forms: Vec<String>,
}

impl Secrets {
    /// Those that a request holds, and those of the client that sends it.
    pub(super) fn of(request: &Parts) -> Self {
        let sender = request.extensions.get::<Sender>().map(|sender| &*sender.0);
        let mut forms: Vec<String> = request.headers.values().flat_map(supplied).collect();
        for (_, held) in sender.into_iter().flat_map(|sender| &sender.credentials) {
            let Held::Fixed(credential) = held else { continue };
            let secret = credential.secret().expose();
            let password = secret.split_once(':').filter(|_| credential.is_basic()).map(|(_, password)| password);
            [Some(secret), password].into_iter().flatten().for_each(|text| forms.extend(written(text)));
        }
        // a longer form may hold a shorter one
        forms.sort_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
        forms.dedup();
        Self { schemes: sender.map_or(&[], |sender| sender.schemes), forms }
    }

    /// A text without secrets.
    pub(super) fn text(&self, text: &str) -> String {
        self.forms.iter().fold(text.to_owned(), |text, form| text.replace(form.as_str(), WORD))
    }

    /// Bytes without secrets.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        self.forms.iter().fold(bytes.to_vec(), |bytes, form| replaced(&bytes, form.as_bytes(), WORD.as_bytes()))
    }

    /// A URL without secrets.
    pub(super) fn url(&self, url: &str) -> String {
        let Some((start, query)) = url.split_once('?') else { return self.text(url) };
        let pairs: Vec<String> = query.split('&').map(|pair| self.pair(pair)).collect();
        self.text(&format!("{start}?{}", pairs.join("&")))
    }

    fn pair(&self, pair: &str) -> String {
        let name = pair.split('=').next().unwrap_or_default();
        let holds = self.schemes.iter().any(|scheme| match scheme.place {
            Place::Query { name: one } => encode(one, Keep::Unreserved) == name,
            Place::Header { .. } | Place::Cookie { .. } | Place::Bearer | Place::Basic => false,
        });
        if holds { format!("{name}={WORD}") } else { pair.to_owned() }
    }

    /// Headers without secrets.
    pub(super) fn headers(&self, headers: &HeaderMap) -> HeaderMap {
        let without = headers.iter().map(|(name, value)| {
            let is_one = value.is_sensitive() || self.holds(name);
            (name.clone(), if is_one { HeaderValue::from_static(WORD) } else { self.value(value) })
        });
        without.collect()
    }

    fn holds(&self, header: &HeaderName) -> bool {
        let is_of_scheme = self.schemes.iter().any(|scheme| match scheme.place {
            Place::Header { name, .. } => header.as_str().eq_ignore_ascii_case(name),
            Place::Query { .. } | Place::Cookie { .. } | Place::Bearer | Place::Basic => false,
        });
        is_of_scheme || HEADERS.contains(header) || is_secret(header)
    }

    /// The value of a header without secrets.
    pub(super) fn value(&self, value: &HeaderValue) -> HeaderValue {
        HeaderValue::from_bytes(&self.bytes(value.as_bytes())).unwrap_or_else(|_| HeaderValue::from_static(WORD))
    }
}

/// A secret that a header holds, behind the name of its scheme if it has one: a token that the client has fetched.
fn supplied(header: &HeaderValue) -> Vec<String> {
    let text = header.to_str().unwrap_or_default();
    let secret = text.split_once(' ').map_or(text, |(_, secret)| secret);
    if header.is_sensitive() { written(secret) } else { Vec::new() }
}

/// The ways in which a secret may be written; none if it is too short to be looked for.
fn written(secret: &str) -> Vec<String> {
    if secret.len() < SHORTEST {
        return Vec::new();
    }
    let quoted = |text: &str| {
        let json = Value::from(text).to_string();
        json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default().to_owned()
    };
    let encodings = [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD].map(|engine| engine.encode(secret));
    let percent = encode(secret, Keep::Unreserved).into_owned();
    let base64 = encode(encodings[0].as_str(), Keep::Unreserved).into_owned();
    let json = quoted(secret);
    // some write a slash of JSON with a backslash
    let slashes = json.replace('/', "\\/");
    [secret.to_owned(), percent, base64, quoted(&json), json, slashes].into_iter().chain(encodings).collect()
}

/// The bytes with one text in place of another.
pub(super) fn replaced(bytes: &[u8], text: &[u8], by: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if !text.is_empty() && bytes[at..].starts_with(text) {
            out.extend_from_slice(by);
            at += text.len();
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}
