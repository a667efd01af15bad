//! Alerts: posted, looked for and resolved.

use alertmanager_client::{
    Client,
    models::{AlertStatusState, GettableAlert, LabelSet, PostableAlert},
};
use time::{Duration, OffsetDateTime};

use crate::run::{read, refused};

/// What a depot is called that no URL can hold as it is.
pub const DEPOT: &str = "Süd & Nord=7+1 \"a\"";

/// The page that an alert is explained on.
const SOURCE: &str = "https://graphs.invalid/g?expr=water%20%3E%203";

/// Posts three alerts and looks for them in every way there is.
pub async fn run(client: &Client) {
    let alert = client.alert();
    assert_eq!(read("no alerts", alert.list()).await, []);
    let started = OffsetDateTime::now_utc().replace_nanosecond(120_000_000).expect("a fraction") - Duration::MINUTE;
    let flood = PostableAlert::new(labels("Flood", "critical"))
        .annotations(pairs(&[("summary", "The depot is under water.\nBring boots.")]))
        .generator_url(SOURCE)
        .starts_at(started);
    let others = [labels("Fog", "warning"), labels("Frost", "critical")].map(PostableAlert::new);
    read("post alerts", alert.create([vec![flood], others.to_vec()].concat())).await;

    let found = read("one alert", alert.list().filter(&["alertname=Flood".to_owned()])).await;
    let [flood] = &found[..] else { panic!("{found:?}") };
    assert_eq!(flood.labels, labels("Flood", "critical"));
    assert_eq!(flood.annotations, pairs(&[("summary", "The depot is under water.\nBring boots.")]));
    assert_eq!(flood.generator_url.as_deref(), Some(SOURCE));
    assert_eq!((flood.starts_at, flood.status.state.clone()), (started, AlertStatusState::Active));
    assert_eq!(flood.receivers.iter().map(|receiver| &*receiver.name).collect::<Vec<_>>(), ["night-watch"]);

    search(client).await;
    let said = refused("a malformed filter", alert.list().filter(&["{".to_owned()]), 400).await;
    assert!(said.as_deref().is_some_and(|said| said.contains("matcher")), "{said:?}");
    let nameless = PostableAlert::new(LabelSet::new());
    let said = refused("an alert without a label", alert.create(vec![nameless]), 400).await;
    assert!(said.as_deref().is_some_and(|said| said.contains("label")), "{said:?}");
}

async fn search(client: &Client) {
    let filters = |filters: &[&str]| filters.iter().map(|filter| (*filter).to_owned()).collect::<Vec<_>>();
    let list = || client.alert().list();
    assert_eq!(names(&read("all alerts", list()).await), ["Flood", "Fog", "Frost"]);
    // each filter is a parameter of its own, and all must hold
    let both = list().filter(&filters(&["alertname=~F.o.*", "severity!=warning"]));
    assert_eq!(names(&read("two filters", both).await), ["Flood", "Frost"]);
    let depot = format!("depot=\"{}\"", DEPOT.replace('"', "\\\""));
    assert_eq!(read("a filter with every character", list().filter(&filters(&[&depot]))).await.len(), 3);
    assert_eq!(names(&read("alerts of a receiver", list().receiver("night-.*")).await), ["Flood", "Frost"]);
    assert_eq!(read("alerts that are not active", list().active(false)).await, []);

    let groups = read("groups", client.alertgroup().list().filter(&filters(&["severity=critical"]))).await;
    let told = groups.iter().map(|group| (group.labels["alertname"].as_str(), group.receiver.name.as_str()));
    assert_eq!(told.collect::<Vec<_>>(), [("Flood", "night-watch"), ("Frost", "night-watch")]);
    assert!(groups.iter().all(|group| group.alerts.len() == 1));
}

/// Resolves all of them.
pub async fn end(client: &Client) {
    let now = OffsetDateTime::now_utc();
    let all = read("all alerts", client.alert().list()).await;
    let over = all.into_iter().map(|alert| PostableAlert::new(alert.labels).starts_at(alert.starts_at).ends_at(now));
    read("resolve alerts", client.alert().create(over.collect())).await;
    assert_eq!(read("no alerts", client.alert().list()).await, []);
}

/// The names of alerts in the order of the alphabet, as the server promises none.
fn names(alerts: &[GettableAlert]) -> Vec<&str> {
    let mut names: Vec<_> = alerts.iter().map(|alert| alert.labels["alertname"].as_str()).collect();
    names.sort_unstable();
    names
}

fn labels(name: &str, severity: &str) -> LabelSet {
    pairs(&[("alertname", name), ("severity", severity), ("depot", DEPOT)])
}

fn pairs(pairs: &[(&str, &str)]) -> LabelSet {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}
