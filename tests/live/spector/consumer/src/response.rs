//! Replies that are chosen by status, and members under other names.

use {response_body_or_no_content as optional, response_status_code_range as range};

use crate::trial::{Trial, expect};

pub async fn run(trial: &Trial) {
    let client = client!(trial, optional);
    trial
        .reads("Response_BodyOrNoContent_getBody", client.response().get_body().send(), |response| {
            let body = matches!(response.value(), optional::responses::GetBodyResponse::Ok(body) if body.content == "hello");
            let id = response.headers().get("x-ms-request-id");
            expect(body && id.is_some_and(|id| id == "body-request"), || format!("{response:?}"))
        })
        .await;
    trial
        .reads(
            "Response_BodyOrNoContent_getNoContent",
            client.response().get_no_content().send(),
            |response| {
                let none = *response.value() == optional::responses::GetNoContentResponse::NoContent;
                let id = response.headers().get("x-ms-request-id");
                expect(none && id.is_some_and(|id| id == "no-content-request"), || format!("{response:?}"))
            },
        )
        .await;

    let client = client!(trial, range);
    let call = client.response().error_status_code404();
    trial
        .fails("Response_StatusCodeRange_errorResponseStatusCode404", call, |error| {
            use range::errors::ErrorResponseStatusCode404Error::NotFound;
            matches!(error, range::Error::Api(error) if error.status() == 404 && matches!(error.documented(),
                Some(NotFound(body)) if body.code == "not-found" && body.resource_id == "resource1"))
        })
        .await;

    let client = client!(trial, serialization_encoded_name_json);
    pairs!(trial, "Serialization_EncodedName_Json_", "_get", "_send";
        "Property": client.property() => get, send,
            serialization_encoded_name_json::models::PropertyJsonEncodedNameModel::new(true);
    );
}
