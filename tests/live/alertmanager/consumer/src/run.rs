//! Sends calls and says how they went.

use std::fmt::Debug;

use alertmanager_client::{Call, Documented, Error, ErrorPayload};

/// The value of a call that must succeed, as the document says.
pub async fn read<T: 'static, E: ErrorPayload + Debug>(name: &str, call: impl Into<Call<T, E>>) -> T {
    let response = call.into().send().await.unwrap_or_else(|error| panic!("{name}: {error}"));
    println!("{name:<44} {}", response.status());
    response.into_value()
}

/// The text by which the server refuses a call with a status; `None` if the document has no body for it.
pub async fn refused<T: Debug + 'static>(
    name: &str,
    call: impl Into<Call<T, Documented<String>>>,
    status: u16,
) -> Option<String> {
    match call.into().await {
        Err(Error::Api(error)) if error.status() == status => {
            assert!(error.unreadable().is_none(), "{name}: {:?}", error.unreadable());
            println!("{name:<44} {status}, as it should");
            error.documented().cloned()
        }
        other => panic!("{name}: {status} is expected, not {other:?}"),
    }
}
