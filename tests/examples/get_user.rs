//! Prints the user that Gcore's documentation shows, from a server on loopback:
//! `cargo run -p acceptance --example get_user`.

use acceptance::recording;
use gcore_iam::Client;

#[tokio::main]
async fn main() -> Result<(), gcore_iam::Error> {
    let server = recording::all()["users.get/seed"].serve();
    let client = Client::builder().base_url(server.url()).api_key("1234$abcdef").build()?;
    let user = client.iam().users().get(0).await?;
    println!("{} {} ({})", user.id, user.email, user.lang);
    Ok(())
}
