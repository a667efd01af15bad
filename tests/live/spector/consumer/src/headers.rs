//! Headers with a meaning of their own.

use crate::trial::{Trial, expect};

pub async fn run(trial: &Trial) {
    let date = "Fri, 26 Aug 2022 14:38:00 GMT";
    let client = client!(trial, special_headers_conditional_request);
    let headers = client.special_headers();
    calls!(trial, "SpecialHeaders_ConditionalRequest_";
        "postIfMatch": headers.post_if_match().if_match("\"valid\"");
        "postIfNoneMatch": headers.post_if_none_match().if_none_match("\"invalid\"");
        "headIfModifiedSince": headers.head_if_modified_since().if_modified_since(date);
        "postIfUnmodifiedSince": headers.post_if_unmodified_since().if_unmodified_since(date);
    );

    let client = client!(trial, special_headers_repeatability);
    let id = "2378d9bc-1726-11ee-be56-0242ac120002";
    let call = client.special_headers().immediate_success("Tue, 15 Nov 2022 12:45:26 GMT", id);
    trial
        .reads("SpecialHeaders_Repeatability_immediateSuccess", call.send(), |response| {
            let headers = response.headers();
            let accepted = headers.get("repeatability-result").is_some_and(|value| value == "accepted");
            expect(accepted, || format!("{headers:?}"))
        })
        .await;
}
