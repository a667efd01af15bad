//! One operation with a reply of several media types, chosen by a header.

use payload_content_negotiation as negotiation;

use crate::trial::{Trial, expect};

pub async fn run(trial: &Trial) {
    let client = client!(trial, negotiation);
    let resource = client.content_negotiation();
    let (png, jpeg) = (trial.asset("image.png"), trial.asset("image.jpg"));

    let same = |accept: &str| {
        resource.same_body_get_avatar_as_png_same_body_get_avatar_as_jpeg().header("accept", accept)
    };
    let scenario = "Payload_ContentNegotiation_SameBody";
    trial.gives(scenario, same("image/png"), png.clone()).await;
    trial.gives(scenario, same("image/jpeg"), jpeg).await;
    trial
        .fails(scenario, same("wrongAccept"), |error| error.status().is_some_and(|status| status == 400))
        .await;

    use negotiation::responses::DifferentBodyGetAvatarAsPngDifferentBodyGetAvatarAsJsonResponse as Reply;
    let different = |accept: &str| {
        resource.different_body_get_avatar_as_png_different_body_get_avatar_as_json().header("accept", accept)
    };
    let scenario = "Payload_ContentNegotiation_DifferentBody";
    trial.gives(scenario, different("image/png"), Reply::OkPng(png.clone())).await;
    trial
        .reads(scenario, different("application/json"), |read| {
            expect(matches!(read, Reply::Ok(body) if body.content.as_ref() == png), || format!("{read:?}"))
        })
        .await;
}
