// needs: | crates: http
//! The ID that a server gives a request, for its logs and its support.

use http::HeaderMap;

/// The headers in which servers send it; no specification names one.
const NAMES: [&str; 5] = ["x-request-id", "request-id", "x-amzn-requestid", "x-ms-request-id", "x-correlation-id"];

/// The ID of the request that a response answers, if its headers say it.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    NAMES.iter().find_map(|name| headers.get(*name)?.to_str().ok().filter(|id| !id.is_empty()))
}
