//! An evening with an Alertmanager, through the client that is generated from its document: alerts come, are looked for,
//! silenced and heard again. Each reply must be what the document says.
//!
//! In: `ALERTMANAGER_URL` in the environment. Out: a line for each part, and status 0 if all went as expected.

mod alerts;
mod run;
mod silences;
mod status;

use alertmanager_client::Client;

#[tokio::main]
async fn main() {
    let url = std::env::var("ALERTMANAGER_URL").expect("the test says where the server is");
    let client = Client::builder().base_url(url).strict_reading(true).build().expect("a client can be made");
    status::run(&client).await;
    alerts::run(&client).await;
    silences::run(&client).await;
    alerts::end(&client).await;
}
