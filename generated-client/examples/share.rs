//! One client for many tasks: calls that are kept, spawned and raced, and errors that are matched.
//!
//! `GCORE_API_KEY=… cargo run --example share`

use std::time::Duration;

use gcore_iam::{Call, Client, Documented, Error, models::ErrorResponse, models::User};
use tokio::task::JoinSet;

/// A call that is made later: it borrows nothing.
struct Job {
    call: Call<User, Documented<ErrorResponse>>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;

    let job = Job { call: client.iam().users().get(1) };
    let first = tokio::spawn(job.call.into_future());

    let mut users = JoinSet::new();
    for id in 2..5 {
        let client = client.clone();
        users.spawn(async move { client.iam().users().get(id).await });
    }
    while let Some(user) = users.join_next().await {
        say(user.expect("the task does not panic"));
    }
    say(first.await.expect("the task does not panic"));

    tokio::select! {
        page = client.iam().users().list().limit(10).into_future() => println!("{} users", page?.count),
        () = tokio::time::sleep(Duration::from_secs(2)) => println!("no page within two seconds"),
    }
    Ok(())
}

/// Every way in which a call may fail, in one line each.
fn say(user: Result<User, Error<Documented<ErrorResponse>>>) {
    match user {
        Ok(user) => println!("{} {}", user.id, user.email),
        Err(Error::Api(error)) if error.status() == 404 => println!("there is no such user"),
        Err(Error::Api(error)) => println!("{}: {:?}", error.status(), error.documented()),
        Err(error) if error.is_timeout() => println!("it took too long"),
        Err(Error::Transport(error)) => println!("no response: {error}"),
        Err(Error::Decode(failure)) => println!("{failure}: {}", failure.body()),
        Err(Error::Request(error)) => println!("nothing was sent: {error}"),
        Err(error) => println!("{error}"),
    }
}
