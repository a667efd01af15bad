//! What the server says of itself.

use alertmanager_client::{Client, models::ClusterStatusStatus};

use crate::run::read;

/// Reads the status and the receivers of the configuration.
pub async fn run(client: &Client) {
    let status = read("status", client.general().get_status()).await;
    assert_eq!(status.cluster.status, ClusterStatusStatus::Disabled);
    assert_eq!((status.cluster.name, status.cluster.peers), (None, Some(Vec::new())));
    assert!(status.version_info.go_version.starts_with("go1."), "{}", status.version_info.go_version);
    assert!(status.config.original.contains("receiver: night-watch"), "{}", status.config.original);
    let age = time::OffsetDateTime::now_utc() - status.uptime;
    assert!((0..300).contains(&age.whole_seconds()), "it was started just now: {age}");

    let receivers = read("receivers", client.receiver().list()).await;
    let names: Vec<_> = receivers.iter().map(|receiver| receiver.name.as_str()).collect();
    assert_eq!(names, ["nobody", "night-watch"]);
}
