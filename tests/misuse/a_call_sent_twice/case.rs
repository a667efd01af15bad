use gcore_iam::Client;

pub async fn main(client: Client) -> Result<(), gcore_iam::Error> {
    let call = client.iam().users().get(7);
    call.await?;
    call.await?;
    Ok(())
}
