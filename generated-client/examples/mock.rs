//! A test without a server: what is expected of a program, and what it is answered.
//!
//! `cargo run --example mock --features testing`

use gcore_iam::{Client, Error, testing::Mock};

/// The program under test.
async fn greeting(client: &Client, id: i64) -> Result<String, Error> {
    match client.iam().users().get(id).await {
        Ok(user) => Ok(format!("Hello {}", user.email)),
        Err(Error::Api(error)) if error.status() == 404 => Ok("Who are you?".to_owned()),
        Err(error) => Err(error.into()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let mock = Mock::new();
    let client = Client::builder().api_key("any").transport(mock.clone()).build()?;
    let user = client.iam().users().get(7);
    // the first attempt fails, and the client repeats it
    mock.expect(user.clone()).responds(503, "", "").header("Retry-After", "1");
    mock.expect(user).returns_json(200, include_str!("user.json"));
    mock.expect(client.iam().users().get(8)).returns_json(404, r#"{"error": "no such user"}"#);

    assert_eq!(greeting(&client, 7).await?, "Hello ann@example.com");
    assert_eq!(greeting(&client, 8).await?, "Who are you?");
    mock.verify();

    // what is not expected says so, and in what it differs
    println!("{}", greeting(&client, 9).await.expect_err("nothing expects it"));
    Ok(())
}
