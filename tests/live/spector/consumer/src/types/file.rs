//! Bodies that are files.

use crate::trial::{Trial, expect};

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_file);
    let (body, image) = (client.body(), trial.asset("image.png"));
    let typed = body.upload_file_default_content_type(image.clone()).header("content-type", "image/png");
    calls!(trial, "Type_File_Body_";
        "uploadFileSpecificContentType": body.upload_file_specific_content_type(image.clone());
        "downloadFileSpecificContentType": body.download_file_specific_content_type() => image.clone();
        "uploadFileMultipleContentTypes": body.upload_file_multiple_content_types(image.clone());
        "downloadFileMultipleContentTypes": body.download_file_multiple_content_types() => image.clone();
        "uploadFileDefaultContentType": typed;
        "downloadFileDefaultContentType": body.download_file_default_content_type() => image;
    );
    let text = r#"{"message":"test file content"}"#;
    let json = || json!(type_file, text);
    trial
        .gives("Type_File_Body_uploadFileJsonContentType", body.upload_file_json_content_type(json()), ())
        .await;
    let call = body.download_file_json_content_type();
    trial
        .reads("Type_File_Body_downloadFileJsonContentType", call, |read| {
            expect(*read == json(), || format!("{read:?}"))
        })
        .await;
}
