#![deny(unused_must_use)]
use gcore_iam::Client;

pub async fn main(client: Client) {
    client.iam().users().delete(1, 2);
}
