//! Text as text and as JSON, and headers of a reply without a body.

use crate::trial::{Trial, expect};

pub async fn run(trial: &Trial) {
    let client = client!(trial, payload_media_type);
    let body = client.string_body();
    calls!(trial, "Payload_MediaType_StringBody_";
        "sendAsText": body.send_as_text("{cat}".into());
        "getAsText": body.get_as_text() => "{cat}".into();
        "sendAsJson": body.send_as_json("foo".into());
        "getAsJson": body.get_as_json() => "foo".into();
    );

    let client = client!(trial, payload_head);
    let call = client.payload().content_type_header_in_response();
    trial
        .reads("Payload_Head_contentTypeHeaderInResponse", call.send(), |response| {
            let starts = |name: &str, text: &str| {
                let header = response.headers().get(name);
                header.is_some_and(|header| header.as_bytes().starts_with(text.as_bytes()))
            };
            let fits = starts("x-ms-meta", "hello") && starts("content-type", "text/plain");
            expect(fits, || format!("{:?}", response.headers()))
        })
        .await;
}
