//! The runtime files, and which of them a generated crate needs.

use std::collections::{BTreeMap, BTreeSet};

/// A runtime file.
#[derive(Clone, Copy, Debug)]
pub(super) struct File {
    /// Its name without `.rs`.
    pub stem: &'static str,
    /// Its text, copied unchanged.
    pub text: &'static str,
}

macro_rules! files {
    ($($stem:literal),* $(,)?) => {
        /// Every runtime file.
        const FILES: &[File] =
            &[$(File { stem: $stem, text: include_str!(concat!("../../runtime/", $stem, ".rs")) }),*];
    };
}

files![
    "api_error",
    "asked",
    "base64",
    "base_url",
    "blocking",
    "body",
    "budget",
    "builder",
    "call",
    "call_with",
    "cases",
    "charset",
    "client",
    "codec",
    "compression",
    "constructors",
    "content",
    "credential",
    "decode_error",
    "decode_failure",
    "deviation",
    "difference",
    "discovery",
    "entries",
    "enumeration",
    "error",
    "event",
    "event_stream",
    "extra",
    "fault",
    "field",
    "fill",
    "fit",
    "har",
    "header",
    "header_signature",
    "http_url",
    "idempotency",
    "ip",
    "items",
    "json_lines",
    "json_path",
    "kind",
    "layer",
    "lenient",
    "link",
    "list",
    "mock",
    "multipart",
    "newtype",
    "number",
    "object",
    "oauth",
    "operation",
    "outcome",
    "pace",
    "pages",
    "paging",
    "path",
    "percent",
    "polling",
    "progress",
    "raw_call",
    "reader",
    "record",
    "recorder",
    "redact",
    "redacted",
    "redirect",
    "replay",
    "request",
    "request_error",
    "request_id",
    "response",
    "resume",
    "retry",
    "retry_after",
    "scalar",
    "scanner",
    "secret",
    "serde_bridge",
    "server",
    "shown",
    "signature",
    "sleep",
    "splitter",
    "standard_webhooks",
    "streamed",
    "style",
    "threaded",
    "throughput",
    "timer",
    "token",
    "tokens",
    "transport",
    "transport_reqwest",
    "transport_tower",
    "transport_ureq",
    "tuple",
    "unfinished",
    "union",
    "until_done",
    "upload",
    "upload_file",
    "value",
    "webhook",
    "with_chrono",
    "with_jiff",
    "with_rust_decimal",
    "with_time",
    "with_url",
    "with_uuid",
    "work",
    "writer",
];

/// The needs that a file declares in its first line: `// needs: codec value | crates: bytes http`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Needs<'t> {
    /// Other runtime files.
    pub siblings: Vec<&'t str>,
    /// Crates.
    pub crates: Vec<&'t str>,
}

/// Reads the first line of a runtime file.
pub(super) fn needs(text: &str) -> Needs<'_> {
    let line = text.lines().next().and_then(|line| line.strip_prefix("// needs:")).unwrap_or_default();
    let (siblings, crates) = line.split_once('|').unwrap_or((line, ""));
    let crates = crates.trim().strip_prefix("crates:").unwrap_or_default();
    Needs { siblings: siblings.split_whitespace().collect(), crates: crates.split_whitespace().collect() }
}

/// The requested files and all files they need, by name.
pub(super) fn closure(asked: &BTreeSet<String>) -> Vec<File> {
    let mut found: BTreeMap<&str, File> = BTreeMap::new();
    let mut pending: Vec<&str> = asked.iter().map(String::as_str).collect();
    while let Some(stem) = pending.pop() {
        if found.contains_key(stem) {
            continue;
        }
        if let Some(file) = FILES.iter().find(|file| file.stem == stem) {
            found.insert(file.stem, *file);
            pending.extend(needs(file.text).siblings);
        }
    }
    found.into_values().collect()
}

/// `runtime/mod.rs`.
pub(super) fn root(files: &[File]) -> String {
    let mut text = String::from("//! Support code for calls and types.\n\n");
    for file in files {
        text.push_str(&format!("{}pub mod {};\n", gate(file.stem), file.stem));
    }
    text
}

/// The attribute of a module that is not compiled without a feature. Other files leave out parts of themselves.
fn gate(stem: &str) -> &'static str {
    match stem {
        "transport_reqwest" => "#[cfg(feature = \"reqwest\")]\n",
        "transport_tower" => "#[cfg(feature = \"tower\")]\n",
        "blocking" => "#[cfg(feature = \"blocking\")]\n",
        // browsers have no threads
        "transport_ureq" => "#[cfg(all(feature = \"blocking\", not(target_family = \"wasm\")))]\n",
        "asked" | "difference" | "mock" | "outcome" | "redact" => "#[cfg(feature = \"testing\")]\n",
        // browsers have no threads, and no files of the disk
        "threaded" | "timer" | "upload_file" => "#[cfg(not(target_family = \"wasm\"))]\n",
        "har" | "recorder" | "replay" => {
            "#[cfg(all(feature = \"testing\", not(target_family = \"wasm\")))]\n"
        }
        _ => "",
    }
}

/// The feature that enables a file.
pub(super) fn feature(stem: &str) -> Option<&'static str> {
    match stem {
        "transport_reqwest" => Some("reqwest"),
        "transport_tower" => Some("tower"),
        "transport_ureq" => Some("blocking"),
        "serde_bridge" => Some("serde"),
        "event" => Some("tracing"),
        "charset" => Some("charset"),
        "mock" => Some("testing"),
        "signature" | "webhook" => Some("webhooks"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::{FILES, needs};

    const ROOT: &str = env!("CARGO_MANIFEST_DIR");

    #[test]
    fn every_file_is_listed() {
        let entries = fs::read_dir(Path::new(ROOT).join("runtime")).expect("the folder can be read");
        let names = entries.map(|entry| entry.expect("an entry can be read").file_name());
        let stems = names.filter_map(|name| Some(name.to_str()?.strip_suffix(".rs")?.to_owned()));
        let listed: BTreeSet<String> = FILES.iter().map(|file| file.stem.to_owned()).collect();
        assert_eq!(stems.collect::<BTreeSet<String>>(), listed);
        // The crate that tests the runtime declares them too.
        let tested = fs::read_to_string(Path::new(ROOT).join("../tests/runtime/lib.rs"));
        let Ok(tested) = tested else { return };
        for stem in listed {
            assert!(tested.contains(&format!("pub mod {stem};")), "tests/runtime/lib.rs lacks `{stem}`");
        }
    }

    #[test]
    fn what_is_needed_is_there() {
        for file in FILES {
            for stem in needs(file.text).siblings {
                assert!(FILES.iter().any(|other| other.stem == stem), "{} needs {stem}", file.stem);
            }
        }
    }
}
