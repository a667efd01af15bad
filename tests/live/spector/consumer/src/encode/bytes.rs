//! Bytes as they are, in base64, and in its alphabet for URLs.

use encode_bytes::{
    models::{
        Base64BytesProperty, Base64urlArrayBytesProperty, Base64urlBytesProperty, DefaultBytesProperty,
    },
    {Base64, Base64Url},
};

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    let client = client!(trial, encode_bytes);
    let (encode, header, property) = (client.encode(), client.header(), client.property());
    let (plain, url) = (Base64::from(b"test".as_slice()), Base64Url::from(b"test".as_slice()));
    let list = vec![url.clone(), url.clone()];
    calls!(trial, "Encode_Bytes_";
        "Query_default": encode.query_default(&plain);
        "Query_base64": encode.query_base64(&plain);
        "Query_base64url": encode.query_base64url(&url);
        "Query_base64urlArray": encode.query_base64url_array(&list);
        "Header_default": header.default(&plain);
        "Header_base64": header.base64(&plain);
        "Header_base64url": header.base64url(&url);
        "Header_base64urlArray": header.base64url_array(&list);
    );
    echoes!(trial, "Encode_Bytes_Property_";
        "default": property.default(DefaultBytesProperty::new(plain.clone()));
        "base64": property.base64(Base64BytesProperty::new(plain.clone()));
        "base64url": property.base64url(Base64urlBytesProperty::new(url.clone()));
        "base64urlArray": property.base64url_array(Base64urlArrayBytesProperty::new(list.clone()));
    );

    let (request, response) = (client.request_body(), client.response_body());
    let image = trial.asset("image.png");
    calls!(trial, "Encode_Bytes_";
        "RequestBody_default": request.default(image.clone());
        "RequestBody_base64": request.base64(plain.clone());
        "RequestBody_base64url": request.base64url(plain.clone());
        "RequestBody_customContentType": request.custom_content_type(image.clone());
        "RequestBody_octetStream": request.octet_stream(image.clone());
        "ResponseBody_default": response.default() => image.clone();
        "ResponseBody_base64": response.base64() => plain;
        "ResponseBody_base64url": response.base64url() => url;
        "ResponseBody_customContentType": response.custom_content_type() => image.clone();
        "ResponseBody_octetStream": response.octet_stream() => image;
    );
}
