//! A page that calls an API: each call adds a line to the page, which says how it went.

use std::time::Duration;

use gcore_iam::{Client, Error, Method, RetryPolicy};
use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the calls, one after the other.
#[wasm_bindgen]
pub async fn run(api: String) {
    std::panic::set_hook(Box::new(|info| say("panic", &info.to_string())));
    let client = Client::builder().base_url(api).api_key("1234$abcdef").build();
    let client = client.expect("a client can be made");
    read(&client).await;
    refused(&client).await;
    repeated(&client).await;
    uploaded(&client).await;
    late(&client).await;
}

async fn read(client: &Client) {
    let user = client.iam().users().get(1).await;
    say("value", &user.map_or_else(|error| error.to_string(), |user| format!("{} {}", user.id, user.email)));
}

/// An error whose body the document describes.
async fn refused(client: &Client) {
    let said = match client.iam().users().get(404).await {
        Err(Error::Api(error)) => {
            let message = error.documented().map(|body| body.message.as_str());
            format!("{} {}", error.status().as_u16(), message.unwrap_or("no body"))
        }
        other => format!("{other:?}"),
    };
    say("error", &said);
}

/// The server is busy at first: the client waits, and asks again.
async fn repeated(client: &Client) {
    let policy = RetryPolicy::new().delay(Duration::from_millis(20), Duration::from_millis(20));
    let response = client.iam().users().get(503).retries(policy).send().await;
    let said = response.map(|response| format!("{} after {}", response.value().id, response.attempts()));
    say("retry", &said.unwrap_or_else(|error| error.to_string()));
}

/// Every byte there is.
async fn uploaded(client: &Client) {
    let bytes: Vec<u8> = (0..=255).collect();
    let call = client.request(Method::POST, "/files").body("application/octet-stream", bytes);
    let said = call.text().await;
    say("upload", &said.unwrap_or_else(|error| error.to_string()));
}

/// The server answers much later than the client waits.
async fn late(client: &Client) {
    let call = client.iam().users().get(2).retries(RetryPolicy::never()).timeout(Duration::from_millis(300));
    let said = call.await.map_or_else(|error| format!("{} {error}", error.is_timeout()), |user| user.email);
    say("timeout", &said);
}

/// Adds a line to the page.
fn say(name: &str, text: &str) {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    let line = document.create_element("li").expect("it is the name of an element");
    line.set_text_content(Some(&format!("{name}: {text}")));
    document.body().expect("the page has a body").append_child(&line).expect("a list takes a line");
}
