use gcore_iam::Client;

pub async fn main(client: Client) -> Result<(), gcore_iam::Error> {
    client.iam().users().get().await?;
    Ok(())
}
