//! Bodies that are files.

use bytes::Bytes;
use type_file::Value;

use crate::trial::Trial;

/// A file of JSON: bytes, or the value where the document only says that anything comes.
trait File: Sized + PartialEq {
    fn new(text: &'static str) -> Self;
}

impl File for Bytes {
    fn new(text: &'static str) -> Self {
        text.into()
    }
}

impl File for Value {
    fn new(text: &'static str) -> Self {
        json!(type_file, text)
    }
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, type_file);
    let (body, image) = (client.body(), trial.asset("image.png"));
    let typed = body.upload_file_default_content_type("image/png", image.clone());
    let json = r#"{"message":"test file content"}"#;
    calls!(trial, "Type_File_Body_";
        "uploadFileSpecificContentType": body.upload_file_specific_content_type(image.clone());
        "downloadFileSpecificContentType": body.download_file_specific_content_type() => image.clone();
        "uploadFileMultipleContentTypes": body.upload_file_multiple_content_types("image/png", image.clone());
        "downloadFileMultipleContentTypes": body.download_file_multiple_content_types() => image.clone();
        "uploadFileDefaultContentType": typed;
        "downloadFileDefaultContentType": body.download_file_default_content_type() => image;
        "uploadFileJsonContentType": body.upload_file_json_content_type(File::new(json));
        "downloadFileJsonContentType": body.download_file_json_content_type() => File::new(json);
    );
}
