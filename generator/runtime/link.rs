// needs: http_url request_error | crates: http
//! Links in replies: from one page to the next, and to the state of work.
//!
//! What is here is `#[inline]`: it is compiled in the programs that use it.

use http::HeaderMap;
use http::header::LINK;

use super::http_url::HttpUrl;
use super::request_error::{RequestError, RequestPart};

/// The target of the first link with the relation `next` in `Link` headers (RFC 8288 section 3).
#[inline]
pub(super) fn next_link(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).find_map(next_in)
}

#[inline]
fn next_in(header: &str) -> Option<String> {
    let mut rest = header;
    loop {
        // a comma may stand in a target, and in a quoted parameter
        let (target, behind) = rest.split_once('<')?.1.split_once('>')?;
        let end = end_of_link(behind);
        if behind[..end].split(';').any(is_next) {
            return Some(target.trim().to_owned());
        }
        rest = &behind[end..];
    }
}

/// Where the parameters of a link end: at a comma outside of quotes.
#[inline]
fn end_of_link(parameters: &str) -> usize {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, c) in parameters.char_indices() {
        match c {
            ',' if !is_quoted => return at,
            '"' if !is_escaped => is_quoted = !is_quoted,
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parameters.len()
}

/// Whether a parameter is a `rel` with `next` among its relations.
#[inline]
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

/// The URL that a link in a reply leads to; `what` names it in errors. Credentials are sent there, so that it must be at
/// the origin of the reply. Plain HTTP is asked by HTTPS if the reply was: servers behind a proxy write so.
#[inline]
pub(super) fn follow(page: &str, link: &str, what: &str) -> Result<String, RequestError> {
    let error =
        |problem: &str| RequestError::new(RequestPart::Url, "", &format!("{what} cannot be followed: {problem}"));
    let from = HttpUrl::parse(page).map_err(error)?;
    let to = from.join(link).map_err(error)?;
    let (asked, origin) = (from.origin().map_err(error)?, to.origin().map_err(error)?);
    let target = to.target();
    if asked == origin {
        return Ok(target);
    }
    let secure = target.strip_prefix("http://").map(|rest| format!("https://{rest}"));
    let secure =
        secure.filter(|url| HttpUrl::parse(url).and_then(|url| url.origin()).is_ok_and(|origin| origin == asked));
    secure.ok_or_else(|| error("it is at another origin"))
}
