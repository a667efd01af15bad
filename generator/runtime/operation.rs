// needs: | crates: http
//! What a document says of an operation, apart from its types. Nothing here is known only when a call is made.

use http::StatusCode;

/// An operation of the API: everything about it that never changes. Made to stand in a `static`:
///
/// ```ignore
/// static GET: Operation = Operation::new("getUser", "GET", "/iam/users/{userId}")
///     .accept("application/json")
///     .security(&[&["APIKey"]])
///     .errors(&[Status::Exact(404), Status::Default]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    pub(super) id: &'static str,
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) server: Option<&'static str>,
    pub(super) accept: &'static str,
    /// `None` for what most operations of the API need.
    pub(super) security: Option<&'static [&'static [&'static str]]>,
    pub(super) idempotency_header: Option<&'static str>,
    /// Whether what it answers is a secret of the client, or leads to one.
    pub(super) is_confidential: bool,
    pub(super) redirects: &'static [Status],
    pub(super) errors: &'static [Status],
}

impl Operation {
    /// An operation by its `operationId`, its method in upper case, and its path template, which begins with `/`.
    ///
    /// The method is text because documents may use any token as one (OpenAPI 3.2, `additionalOperations`).
    #[doc(hidden)]
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            server: None,
            accept: "",
            security: Some(&[]),
            idempotency_header: None,
            is_confidential: false,
            redirects: &[],
            errors: &[],
        }
    }

    /// What a raw call refers to: any path, any media type, and the security of most operations.
    pub(super) const fn raw(method: &'static str) -> Self {
        Self { security: None, ..Self::new("raw call", method, "{path}").accept("*/*") }
    }

    /// What a request for a token, or for the endpoint that gives it, refers to.
    pub(super) const fn confidential(id: &'static str, method: &'static str) -> Self {
        Self { is_confidential: true, ..Self::new(id, method, "/").accept("application/json") }
    }

    /// The value of its `Accept` header (RFC 9110 section 12.5.1): the media types it may answer with. None is sent
    /// by default.
    #[must_use]
    #[doc(hidden)]
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// The alternatives of its `security`, each a list of scheme names that are needed together. None by default.
    #[must_use]
    #[doc(hidden)]
    pub const fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.security = Some(alternatives);
        self
    }

    /// The header with the key by which the server knows the attempts of one call; a header parameter of the operation.
    #[must_use]
    #[doc(hidden)]
    pub const fn idempotency(mut self, header: &'static str) -> Self {
        self.idempotency_header = Some(header);
        self
    }

    /// The redirects that are answers, so that they are not followed. None by default.
    #[must_use]
    #[doc(hidden)]
    pub const fn redirects(mut self, statuses: &'static [Status]) -> Self {
        self.redirects = statuses;
        self
    }

    /// The statuses for which an error body is documented.
    #[must_use]
    #[doc(hidden)]
    pub const fn errors(mut self, statuses: &'static [Status]) -> Self {
        self.errors = statuses;
        self
    }

    /// A base URL of its own (`servers` of the operation or its path), used unless the client was given one; a relative
    /// one is resolved against the client's.
    #[must_use]
    #[doc(hidden)]
    pub const fn server(mut self, base_url: &'static str) -> Self {
        self.server = Some(base_url);
        self
    }

    /// Whether a status is an answer and no error: any 2xx, and a redirect that is documented as one.
    pub(super) fn is_answer(&self, status: StatusCode) -> bool {
        status.is_success() || Status::find(self.redirects, status).is_some()
    }

    /// Its `operationId`, or what stands for it where the document has none.
    pub const fn id(&self) -> &'static str { self.id }

    /// Its method, such as `GET`.
    pub const fn method(&self) -> &'static str { self.method }

    /// Its path template, such as `/iam/users/{userId}`.
    pub const fn path(&self) -> &'static str { self.path }
}

/// A key of a `responses` object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// One status code.
    Exact(u16),
    /// A hundred of them by the first digit: 4 is `4XX`.
    Range(u8),
    /// `default`: any that no other key is for.
    Default,
}

impl Status {
    /// Whether the status code falls under this key.
    pub fn matches(self, status: StatusCode) -> bool {
        match self {
            Status::Exact(code) => status.as_u16() == code,
            Status::Range(hundred) => status.as_u16() / 100 == u16::from(hundred),
            Status::Default => true,
        }
    }

    /// The key that says most about a status code: its own before its range before `default` (OpenAPI 3.1.1, section
    /// 4.8.16).
    pub fn find(keys: &[Status], status: StatusCode) -> Option<Status> {
        let rank = |key: &&Status| match key {
            Status::Exact(_) => 0,
            Status::Range(_) => 1,
            Status::Default => 2,
        };
        keys.iter().filter(|key| key.matches(status)).min_by_key(rank).copied()
    }
}

/// An operation, as the `static` that a call refers to:
///
/// ```text
/// operation!(
///     "getUser" "GET" "/users/{id}"; accept "application/json"; security ["key" "secret"] ["token"];
///     idempotency "Idempotency-Key"; redirects [302]; errors 404 5XX);
/// ```
macro_rules! operation {
    (
        $id:literal $method:literal $path:literal
        $(; accept $accept:literal)?
        $(; server $server:literal)?
        $(; security $([$($scheme:literal)*])*)?
        $(; idempotency $idempotency:literal)?
        $(; redirects [$($redirect:tt)*])?
        $(; errors $($status:tt)*)?
    ) => {
        static OPERATION: $crate::runtime::operation::Operation =
            $crate::runtime::operation::Operation::new($id, $method, $path)
                $(.accept($accept))?
                $(.server($server))?
                $(.security(&[$(&[$($scheme),*]),*]))?
                $(.idempotency($idempotency))?
                $(.redirects($crate::runtime::operation::statuses![$($redirect),*]))?
                $(.errors($crate::runtime::operation::statuses![$($status),*]))?;
    };
}
pub(crate) use operation;

/// Keys of a `responses` object as a document writes them: `statuses![404, 5XX, default]`.
macro_rules! statuses {
    ($($key:tt),* $(,)?) => { &[$($crate::runtime::operation::status!($key)),*] };
}
pub(crate) use statuses;

/// One key.
macro_rules! status {
    (default) => {
        $crate::runtime::operation::Status::Default
    };
    (1XX) => {
        $crate::runtime::operation::Status::Range(1)
    };
    (2XX) => {
        $crate::runtime::operation::Status::Range(2)
    };
    (3XX) => {
        $crate::runtime::operation::Status::Range(3)
    };
    (4XX) => {
        $crate::runtime::operation::Status::Range(4)
    };
    (5XX) => {
        $crate::runtime::operation::Status::Range(5)
    };
    ($code:literal) => {
        $crate::runtime::operation::Status::Exact($code)
    };
}
pub(crate) use status;
