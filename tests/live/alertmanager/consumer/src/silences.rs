//! Silences: made, read back, changed and expired.

use alertmanager_client::{
    Client,
    models::{AlertStatusState, GettableAlert, GettableSilence, Matcher, PostableSilence, SilenceStatusState},
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    alerts::DEPOT,
    run::{read, refused},
};

/// Makes silences and sees what they do to alerts.
pub async fn run(client: &Client) {
    let silence = client.silence();
    assert_eq!(read("no silences", silence.list()).await, []);
    // the server keeps milliseconds, and lets no silence start before it is made
    let now = OffsetDateTime::now_utc().replace_nanosecond(0).expect("a whole second");
    let id = create(client, "create a silence", quiet(now, now + Duration::HOUR)).await;
    let made = read("get a silence", silence.get(id)).await;
    assert_eq!((made.id.as_str(), &made.status.state), (id.to_string().as_str(), &SilenceStatusState::Active));
    assert_eq!((made.created_by.as_str(), made.comment.as_str()), ("ada", "It is known."));
    assert_eq!(made.ends_at, now + Duration::HOUR);
    assert!((now..now + Duration::MINUTE).contains(&made.starts_at), "{}", made.starts_at);
    assert_eq!(made.matchers.len(), 2);
    assert_eq!((made.matchers[0].is_equal, made.matchers[1].value.as_str()), (Some(true), DEPOT));
    hush(client, id).await;

    let later = quiet(now + Duration::DAY, now + 2 * Duration::DAY);
    let later = create(client, "a silence of tomorrow", later).await;
    let state = read("get a silence", silence.get(later)).await.status.state;
    assert_eq!(state, SilenceStatusState::Pending);

    let mut longer = again(&made);
    longer.ends_at += Duration::HOUR;
    assert_eq!(create(client, "prolong a silence", longer).await, id, "it keeps its ID");
    let found = read("silences", silence.list().filter(&["alertname=~\"F.o.*\"".to_owned()])).await;
    let lasting = found.iter().find(|found| found.id == id.to_string()).expect("it is among all");
    assert_eq!((found.len(), lasting.ends_at - made.ends_at), (2, Duration::HOUR));

    read("expire a silence", silence.delete(id)).await;
    assert_eq!(read("get a silence", silence.get(id)).await.status.state, SilenceStatusState::Expired);
    assert!(suppressed(client).await.is_empty(), "they are heard again");
    refuse(client, now).await;
}

/// The silence holds two alerts of three.
async fn hush(client: &Client, id: Uuid) {
    let silent = suppressed(client).await;
    assert_eq!(silent.len(), 2);
    for alert in silent {
        assert_eq!(alert.status.silenced_by, [id.to_string()]);
        assert_eq!(alert.labels["severity"], "critical");
    }
    let heard = read("alerts that are heard", client.alert().list().silenced(false)).await;
    assert_eq!(heard.iter().map(|alert| alert.labels["alertname"].as_str()).collect::<Vec<_>>(), ["Fog"]);
}

async fn suppressed(client: &Client) -> Vec<GettableAlert> {
    let mut all = read("silenced alerts", client.alert().list()).await;
    all.retain(|alert| alert.status.state == AlertStatusState::Suppressed);
    all
}

/// What the server refuses.
async fn refuse(client: &Client, now: OffsetDateTime) {
    let silence = client.silence();
    assert_eq!(refused("a silence that is not there", silence.get(Uuid::from_u128(7)), 404).await, None);
    let reversed = quiet(now + Duration::HOUR, now);
    let said = refused("a silence that ends first", silence.create(reversed), 400).await;
    assert!(said.as_deref().is_some_and(|said| said.contains("end time")), "{said:?}");
    let unknown = quiet(now, now + Duration::HOUR).id(Uuid::from_u128(7).to_string());
    let said = refused("a change of nothing", silence.create(unknown), 404).await;
    assert!(said.is_some_and(|said| said.contains("not found")));
}

async fn create(client: &Client, name: &str, silence: PostableSilence) -> Uuid {
    let id = read(name, client.silence().create(silence)).await.silence_id;
    id.expect("the server says it").parse().expect("it is a UUID")
}

/// A silence for what is critical in the depot.
fn quiet(from: OffsetDateTime, until: OffsetDateTime) -> PostableSilence {
    let matchers = vec![Matcher::new(true, "alertname", "F.o.*"), Matcher::new(false, "depot", DEPOT)];
    PostableSilence::new("It is known.", "ada", until, matchers, from)
}

/// A silence as it is, to be posted again.
fn again(made: &GettableSilence) -> PostableSilence {
    PostableSilence::new(&*made.comment, &*made.created_by, made.ends_at, made.matchers.clone(), made.starts_at)
        .id(&*made.id)
}
