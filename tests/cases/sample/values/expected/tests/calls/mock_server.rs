//! Where the mock server is.

use std::io::Write as _;
use std::sync::Once;

/// The URL in an environment variable. Without one the tests have nothing to call, which is said once.
pub(super) fn url(variable: &str) -> Option<String> {
    static SKIPPED: Once = Once::new();
    let url = std::env::var(variable).ok().filter(|url| !url.trim().is_empty());
    if url.is_none() {
        let note = || format!("skipped: `{variable}` is not set, so nothing is called");
        // What `eprintln!` prints in a test that passes is not shown.
        SKIPPED.call_once(|| drop(writeln!(std::io::stderr(), "{}", note())));
    }
    url
}
