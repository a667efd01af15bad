//! Reads `[webhooks]`.

use serde::Deserialize as _;
use toml::Spanned;

use super::{Encoding, Located, Signature, Webhooks, failure::explain, parse::Reader, raw};
use crate::{
    diagnostic::{Code, Diagnostic},
    source::is_token,
};

impl Reader<'_> {
    /// Reads how webhooks are told apart and signed.
    pub(super) fn webhooks(&self, raw: raw::Webhooks, wrong: &mut Vec<Diagnostic>) -> Webhooks {
        if let Some(header) = &raw.event_header {
            self.check_header(header, wrong);
        }
        let signature = raw.signature.map(|value| self.signature(value));
        let signature = signature.and_then(|read| read.map_err(|said| wrong.push(said)).ok());
        Webhooks { event_header: raw.event_header.map(|header| self.locate(header)), signature }
    }

    fn signature(&self, value: Spanned<toml::Value>) -> Result<Signature, Diagnostic> {
        let Located { value, place } = self.locate(value);
        let refuse = |message: String| {
            Diagnostic::new(Code::ConfigInvalid, place.clone(), message)
                .help("here stands `\"standard\"`, or the header of an HMAC: `{ header = \"X-Signature-256\", prefix = \"sha256=\" }`")
        };
        match value {
            toml::Value::String(name) if name == "standard" => Ok(Signature::Standard),
            toml::Value::Table(table) => {
                let read = raw::SignatureHeader::deserialize(toml::Value::Table(table));
                let read = read.map_err(|error| refuse(explain(error.message()).0))?;
                let is_text = read.prefix.chars().all(|c| matches!(c, ' '..='~'));
                match (is_token(&read.header), is_text) {
                    (true, true) => Ok(header(read)),
                    (false, _) => Err(refuse(format!("`{}` is not the name of a header", read.header))),
                    (true, false) => Err(refuse(format!("`{}` cannot be in a header", read.prefix))),
                }
            }
            other => Err(refuse(format!("`{other}` is not a way to sign webhooks"))),
        }
    }
}

fn header(raw: raw::SignatureHeader) -> Signature {
    let raw::SignatureHeader { header, algorithm, prefix, encoding } = raw;
    match algorithm {
        Some(raw::Algorithm::HmacSha256) | None => {}
    }
    let encoding = match encoding {
        raw::Encoding::Hex => Encoding::Hex,
        raw::Encoding::Base64 => Encoding::Base64,
    };
    Signature::Header { name: header, prefix, encoding }
}

#[cfg(test)]
mod tests {
    use crate::{
        config::{Config, Encoding, Signature, parse},
        diagnostic::Diagnostic,
        source::FileId,
    };

    fn read(signature: &str) -> Result<Config, Vec<Diagnostic>> {
        parse(FileId(0), &format!("[webhooks]\nsignature = {signature}\n"))
    }

    #[test]
    fn a_signature_is_a_standard_or_a_header() {
        let standard = read("\"standard\"").expect("it is sound");
        assert_eq!(standard.webhooks.signature, Some(Signature::Standard));
        let table =
            "{ header = \"X-Sign\", algorithm = \"hmac-sha256\", prefix = \"v=\", encoding = \"base64\" }";
        let of_header = read(table).expect("it is sound");
        let (name, prefix) = ("X-Sign".to_owned(), "v=".to_owned());
        let expected = Signature::Header { name, prefix, encoding: Encoding::Base64 };
        assert_eq!(of_header.webhooks.signature, Some(expected));
    }

    #[test]
    fn what_is_no_signature_is_told() {
        let wrong = [
            ("\"svix\"", "`\"svix\"` is not a way to sign webhooks"),
            ("3", "`3` is not a way to sign webhooks"),
            ("{ header = \"X Sign\" }", "`X Sign` is not the name of a header"),
            ("{ header = \"X\", prefix = \"→\" }", "`→` cannot be in a header"),
            ("{ prefix = \"v=\" }", "the key `header` is missing"),
            ("{ header = \"X\", algorithm = \"md5\" }", "`md5` is not a value of this key"),
        ];
        for (value, expected) in wrong {
            let said = read(value).expect_err("it is wrong");
            assert_eq!(said.iter().map(|one| one.message.as_str()).collect::<Vec<_>>(), [expected]);
        }
    }
}
