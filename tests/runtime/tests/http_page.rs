//! Lists in pages, over real connections.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures_core::Stream as _;
use http_server::{Server, answer, json};
use runtime::runtime::call::Call;
use runtime::runtime::call_with::CallWith;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::items::Items;
use runtime::runtime::operation::Operation;
use runtime::runtime::pages::Pages;
use runtime::runtime::paging::{Paging, Summary, Total, token};
use runtime::runtime::style::QueryStyle;
use runtime::runtime::value::Value;

static LIST: Operation = Operation::new("list", "GET", "/list");

const MEMBERS: (&[&str], &[&str]) = (&["results", "next"], &["count"]);
const OFFSET: Paging = Paging::Offset { parameter: "offset", start: 0, limit: Some("limit") };
const NUMBER: Paging = Paging::PageNumber { parameter: "page", start: 1, limit: Some("limit") };
const CURSOR: Paging = Paging::Cursor { parameter: "after", header: None };
const IN_HEADER: Paging = Paging::Cursor { parameter: "after", header: Some("x-next") };
const LINK: Paging = Paging::Link { is_header: false };
const LINK_HEADER: Paging = Paging::Link { is_header: true };

/// Stands for the operation's parameters; their setters, as they are emitted.
struct List;

trait Setters: Sized {
    fn set(self, name: &'static str, value: i64) -> Self;
}

impl<T, E> Setters for CallWith<T, E, List> {
    fn set(self, name: &'static str, value: i64) -> Self { self.with_styled_query(name, QueryStyle::Form, &value) }
}

fn list(client: &Client) -> CallWith<Value, runtime::runtime::api_error::Undocumented, List> {
    Call::json(client, &LIST).with_parameters()
}

/// The items of a plain array, or of an object with `results`, `count` and `next`.
fn items(page: &Value) -> Vec<i64> {
    let results = page.as_array().or(page["results"].as_array()).unwrap_or_default();
    results.iter().filter_map(Value::as_i64).collect()
}

fn summary(page: &Value) -> Summary {
    Summary::of(items(page).len())
        .leading_to(token(&page["next"]))
        .total(page["count"].as_f64())
        .more(page["more"].as_bool())
}

fn paged(call: CallWith<Value, runtime::runtime::api_error::Undocumented, List>, paging: Paging) -> Pages<Value> {
    Pages::new(call, paging, MEMBERS, summary)
}

/// What is collected from pages that are given out one after the other, and what was asked for.
async fn collect(
    paging: Paging,
    set: &[(&'static str, i64)],
    pages: &'static [&'static str],
) -> (Result<Vec<i64>, Error>, Vec<String>) {
    let given = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let index = given.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        pages.get(index).map_or_else(|| answer("404 Not Found", &[], "no such page"), |page| json(page))
    });
    let client = server.client();
    let call = set.iter().fold(list(&client), |call, (name, value)| call.set(name, *value));
    let items = Items::new(paged(call.query_pair("q", "x"), paging), |page| items(&page)).try_collect().await;
    let targets = server.seen().into_iter().map(|seen| seen.target.trim_start_matches("/list?").to_owned());
    (items, targets.collect())
}

#[tokio::test]
async fn offsets_move_by_what_was_received() {
    // two of three asked for, and the total says that there are more
    let (items, asked) = collect(
        OFFSET,
        &[("limit", 3)],
        &[r#"{"count":5,"results":[1,2]}"#, r#"{"count":5.0,"results":[3,4]}"#, r#"{"count":5,"results":[5]}"#],
    )
    .await;
    assert_eq!(items.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(asked, ["limit=3&q=x", "limit=3&q=x&offset=2", "limit=3&q=x&offset=4"]);
}

#[tokio::test]
async fn offsets_begin_where_the_caller_says() {
    let (items, asked) = collect(OFFSET, &[("offset", 100)], &[r#"{"count":102,"results":[1,2]}"#]).await;
    assert_eq!((items.unwrap(), asked), (vec![1, 2], vec!["offset=100&q=x".to_owned()]));
    let pages = &[r#"{"count":103,"results":[1,2]}"#, r#"{"count":103,"results":[3]}"#];
    let (items, asked) = collect(OFFSET, &[("offset", 100)], pages).await;
    assert_eq!((items.unwrap(), asked[1].as_str()), (vec![1, 2, 3], "offset=102&q=x"));
}

#[tokio::test]
async fn an_empty_page_is_the_last() {
    for page in ["[]", r#"{"count":9,"results":[]}"#, r#"{"count":9}"#, r#"{"results":null}"#, "null"] {
        for paging in [OFFSET, NUMBER, CURSOR] {
            let pages: &'static [&'static str] = vec![page].leak();
            let (items, asked) = collect(paging, &[], pages).await;
            assert_eq!((items.unwrap().len(), asked.len()), (0, 1), "{page}");
        }
    }
    let (items, asked) = collect(OFFSET, &[], &[r#"{"count":9,"results":[1]}"#, r#"{"count":9,"results":[]}"#]).await;
    assert_eq!((items.unwrap(), asked.len()), (vec![1], 2));
}

#[tokio::test]
async fn without_a_total_a_short_page_is_the_last() {
    let (items, asked) = collect(OFFSET, &[("limit", 2)], &["[1,2]", "[3]"]).await;
    assert_eq!((items.unwrap(), asked.len()), (vec![1, 2, 3], 2));
    // no limit: only an empty page tells
    let (items, asked) = collect(OFFSET, &[], &["[1,2]", "[3]", "[]"]).await;
    assert_eq!((items.unwrap(), asked.len()), (vec![1, 2, 3], 3));
}

#[tokio::test]
async fn a_server_that_ignores_the_offset_is_asked_twice() {
    let (items, asked) = collect(OFFSET, &[], &["[1,2]", "[1,2]", "[1,2]"]).await;
    assert_eq!((items.unwrap(), asked.len()), (vec![1, 2], 2));
    // and the stream ends with an error if the API counts more items
    for paging in [OFFSET, NUMBER] {
        let (items, asked) = collect(paging, &[], &[r#"{"count":9000,"results":[1,2]}"#; 5]).await;
        let problem = items.unwrap_err().to_string();
        assert!(problem.contains("the page repeats an earlier one after 2 of 9000 items"), "{problem}");
        assert_eq!(asked.len(), 2);
    }
}

#[tokio::test]
async fn a_page_that_says_so_is_the_last() {
    for paging in [CURSOR, OFFSET, NUMBER] {
        let pages = &[r#"{"results":[1],"next":"a","more":true}"#, r#"{"results":[2],"next":"b","more":false}"#];
        let (items, asked) = collect(paging, &[], pages).await;
        assert_eq!((items.unwrap(), asked.len()), (vec![1, 2], 2));
    }
    // what is not said ends nothing
    let (items, asked) = collect(CURSOR, &[], &[r#"{"results":[1],"next":"a"}"#, r#"{"results":[2]}"#]).await;
    assert_eq!((items.unwrap(), asked.len()), (vec![1, 2], 2));
    // a page with fewer items than asked for is not the last if it says so
    let pages = &[r#"{"results":[1],"more":true,"count":1}"#, r#"{"results":[2],"more":false}"#];
    let (items, asked) = collect(OFFSET, &[("limit", 5)], pages).await;
    assert_eq!((items.unwrap(), asked.len()), (vec![1, 2], 2));
    // items that cannot be asked for are not left out in silence
    let pages = &[r#"{"results":[1],"next":"a"}"#, r#"{"results":[2],"more":true}"#];
    let (items, asked) = collect(CURSOR, &[], pages).await;
    assert!(items.unwrap_err().to_string().contains("and not what leads to it"));
    assert_eq!(asked.len(), 2);
    let (items, _) = collect(CURSOR, &[], &[r#"{"results":[],"more":true}"#]).await;
    assert_eq!(items.unwrap().len(), 0);
}

#[tokio::test]
async fn a_page_that_comes_again_is_the_last() {
    let (items, asked) = collect(NUMBER, &[], &["[1,2]", "[3,4]", "[1,2]", "[3,4]"]).await;
    assert_eq!(items.unwrap(), [1, 2, 3, 4]);
    assert_eq!(asked.len(), 3);
}

#[tokio::test]
async fn tokens_that_lead_in_a_circle_end() {
    const A: &str = r#"{"results":[1],"next":"a"}"#;
    const B: &str = r#"{"results":[2],"next":"b"}"#;
    let (items, asked) = collect(CURSOR, &[], &[A, B, A, B, A, B]).await;
    assert_eq!((items.unwrap(), asked.len()), (vec![1, 2, 1], 3));
}

#[tokio::test]
async fn page_numbers_go_up_by_one() {
    let (items, asked) =
        collect(NUMBER, &[], &[r#"{"count":3,"results":[1,2]}"#, r#"{"count":3,"results":[3]}"#]).await;
    assert_eq!((items.unwrap(), asked), (vec![1, 2, 3], vec!["q=x".to_owned(), "q=x&page=2".to_owned()]));
    // a total counts what lies before the caller's first page
    let pages = &[r#"{"count":6,"results":[3,4]}"#, r#"{"count":6,"results":[5,6]}"#, r#"{"count":6,"results":[]}"#];
    let (items, asked) = collect(NUMBER, &[("page", 2)], pages).await;
    assert_eq!(
        (items.unwrap(), asked),
        (vec![3, 4, 5, 6], ["page=2", "page=3", "page=4"].map(|page| format!("{page}&q=x")).to_vec())
    );
}

#[tokio::test]
async fn cursors_lead_on_until_there_is_none() {
    let pages = &[r#"{"results":[1],"next":"a b"}"#, r#"{"results":[],"next":"c"}"#, r#"{"results":[2],"next":""}"#];
    let (items, asked) = collect(CURSOR, &[], pages).await;
    assert_eq!(
        (items.unwrap(), asked),
        (vec![1, 2], vec!["q=x".to_owned(), "q=x&after=a%20b".to_owned(), "q=x&after=c".to_owned()])
    );
    let (items, asked) =
        collect(CURSOR, &[], &[r#"{"results":[1],"next":"a"}"#, r#"{"results":[2],"next":"a"}"#]).await;
    assert_eq!((items.unwrap(), asked.len()), (vec![1, 2], 2));
}

#[tokio::test]
async fn an_error_ends_the_items_behind_those_that_came() {
    let server = Server::start(|seen| {
        if seen.target.contains("offset") { answer("404 Not Found", &[], "no such page") } else { json("[1,2]") }
    });
    let client = server.client();
    let mut items = Items::new(paged(list(&client), OFFSET), |page| items(&page));
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert_eq!(items.next().await.unwrap().unwrap_err().status().unwrap(), 404);
    assert!(items.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn items_are_a_stream() {
    let server = Server::always(json("[1]"));
    let client = server.client();
    let mut items = Items::new(paged(list(&client).set("limit", 2), OFFSET), |page| items(&page));
    // polled without a waker first: the request in flight is not lost
    let mut context = Context::from_waker(Waker::noop());
    assert!(matches!(Pin::new(&mut items).poll_next(&mut context), Poll::Pending));
    let first = std::future::poll_fn(|context| Pin::new(&mut items).poll_next(context)).await;
    assert_eq!(first.unwrap().unwrap(), 1);
    assert!(items.next().await.is_none());
    fn is_send<T: Send>(_: &T) {}
    is_send(&items);
    is_send(&items.try_collect());
}

#[test]
fn totals_are_counts_or_nothing() {
    assert_eq!(Total::from(3.0), Total::from(3_i64));
    assert_eq!(Total::from(2.5), Total::from(3_u32));
    for none in [Total::from(-1_i64), Total::from(-1_i32), Total::from(f64::NAN), Total::from(f64::INFINITY)] {
        assert_eq!(none, Total::from(None::<u64>));
    }
    assert_eq!(Total::from(Some(3_u64)), Total::from(3_i32));
}

/// What is asked for of a server that answers with pages and headers, one after the other.
async fn follow(
    paging: Paging,
    pages: &'static [(&'static str, &'static str)],
) -> (Result<Vec<i64>, Error>, Vec<String>) {
    let given = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let index = given.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let (headers, body) = pages.get(index).copied().unwrap_or(("", "[]"));
        let headers: Vec<(&str, &str)> = headers.lines().filter_map(|line| line.split_once(": ")).collect();
        answer("200 OK", &headers, body)
    });
    let call = list(&server.client()).query_pair("q", "x");
    let items = Items::new(paged(call, paging), |page| items(&page)).try_collect().await;
    let targets = server.seen().into_iter().map(|seen| seen.target);
    (items, targets.collect())
}

#[tokio::test]
async fn a_token_may_be_in_a_header() {
    let pages = &[("X-Next: a b", "[1]"), ("X-Next: ", "[2]"), ("", "[3]")];
    let (items, asked) = follow(IN_HEADER, pages).await;
    assert_eq!(items.unwrap(), [1, 2]);
    assert_eq!(asked, ["/list?q=x", "/list?q=x&after=a%20b"]);
}

#[tokio::test]
async fn links_lead_on_whether_relative_or_absolute() {
    let pages = &[
        ("", r#"{"results":[1],"next":"?page=2&q=a%2Cb"}"#),
        ("", r#"{"results":[2],"next":"/list?page=3"}"#),
        ("", r#"{"results":[3],"next":"other?page=4"}"#),
        ("", r#"{"results":[4],"next":""}"#),
    ];
    let (items, asked) = follow(LINK, pages).await;
    assert_eq!(items.unwrap(), [1, 2, 3, 4]);
    assert_eq!(asked, ["/list?q=x", "/list?page=2&q=a%2Cb", "/list?page=3", "/other?page=4"]);
}

#[tokio::test]
async fn a_link_that_comes_again_is_the_last() {
    let pages = &[("", r#"{"results":[1],"next":"?page=2"}"#); 5];
    let (items, asked) = follow(LINK, pages).await;
    assert_eq!((items.unwrap(), asked.len()), (vec![1, 1], 2));
}

#[tokio::test]
async fn links_are_in_a_header_by_their_relation() {
    let pages = &[
        ("Link: <?page=1>; rel=prev, <?page=2&x=1,2>; title=\"a, \\\"b\"; rel=\"last next\"", "[1]"),
        ("Link: <?page=1>; rel=first\nLink: <?page=3>; REL=Next", "[2]"),
        ("Link: <?page=3>; rel=\"last\", <?page=4>; title=\"rel=next\"", "[3]"),
    ];
    let (items, asked) = follow(LINK_HEADER, pages).await;
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(asked, ["/list?q=x", "/list?page=2&x=1,2", "/list?page=3"]);
}

#[tokio::test]
async fn a_link_to_another_origin_is_not_followed() {
    for next in ["http://elsewhere.example/list", "//elsewhere.example/list", "https://u:p@127.0.0.1/list", "ftp://a/b"]
    {
        let page: &'static str = format!(r#"{{"results":[1],"next":"{next}"}}"#).leak();
        let pages: &'static [(&'static str, &'static str)] = vec![("", page)].leak();
        let (items, asked) = follow(LINK, pages).await;
        let problem = items.unwrap_err().to_string();
        assert!(problem.contains("the link to the next page cannot be followed"), "{problem}");
        assert_eq!(asked.len(), 1);
    }
}

#[tokio::test]
async fn tokens_are_scalars_of_any_type() {
    let pages = &[r#"{"results":[1],"next":17}"#, r#"{"results":[2],"next":{"page":3}}"#];
    let (items, asked) = collect(CURSOR, &[], pages).await;
    assert_eq!((items.unwrap(), asked), (vec![1, 2], vec!["q=x".to_owned(), "q=x&after=17".to_owned()]));
}

/// A server of pages that hold the number they are asked for, and lead to the next until the ninth.
fn numbered() -> Server {
    Server::start(|seen| {
        let asked = seen.target.split(['?', '&']).find_map(|pair| pair.split_once('='));
        let number: u32 = asked.and_then(|(_, value)| value.trim_start_matches('t').parse().ok()).unwrap_or(0);
        let next = if number < 9 { format!(r#""t{}""#, number + 1) } else { "null".to_owned() };
        json(&format!(r#"{{"results":[{number}],"next":{next}}}"#))
    })
}

#[tokio::test]
async fn another_stream_goes_on_where_one_was() {
    for (paging, expected) in [(OFFSET, "offset:2"), (NUMBER, "page:3:2"), (CURSOR, "cursor:t2")] {
        let server = numbered();
        let client = server.client();
        let mut first = paged(list(&client), paging);
        for _ in 0..2 {
            first.next().await.unwrap().unwrap();
        }
        let continuation = first.continuation().unwrap();
        assert_eq!(continuation, expected);
        let mut second = paged(list(&client), paging).resume(&continuation);
        assert_eq!(second.continuation().unwrap(), continuation);
        let (here, there) = (first.next().await.unwrap().unwrap(), second.next().await.unwrap().unwrap());
        assert_eq!(here, there);
        assert_eq!(first.continuation(), second.continuation());
    }
}

#[tokio::test]
async fn a_page_that_failed_can_be_resumed() {
    let (up, down) = (numbered(), Server::start(|_| answer("400 Bad Request", &[], "not today")));
    let mut failing = paged(list(&down.client()), CURSOR).resume("cursor:t8");
    assert!(failing.next().await.unwrap().is_err());
    assert!(failing.next().await.is_none(), "an error ends the stream");
    let continuation = failing.continuation().unwrap();
    let mut failing = failing.resume(&continuation);
    assert!(failing.next().await.unwrap().is_err(), "it asks again, of the same server");
    let mut resumed = paged(list(&up.client()), CURSOR).resume(&failing.continuation().unwrap());
    assert_eq!(items(&resumed.next().await.unwrap().unwrap()), [8]);
    assert_eq!(items(&resumed.next().await.unwrap().unwrap()), [9]);
    assert!(resumed.continuation().is_none() && resumed.next().await.is_none());
}

#[tokio::test]
async fn a_continuation_of_another_list_is_an_error() {
    let server = numbered();
    for text in ["", "page:3", "cursor:", "offset:1", "link:https://elsewhere.invalid/list"] {
        let error = paged(list(&server.client()), CURSOR).resume(text).next().await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{text}: {error}");
    }
    let elsewhere = paged(list(&server.client()), LINK).resume("link:https://elsewhere.invalid/list").next().await;
    assert!(elsewhere.unwrap().unwrap_err().to_string().contains("another origin"));
    assert_eq!(server.seen().len(), 0, "nothing is sent");
}

#[tokio::test]
async fn a_credential_in_a_link_is_not_sent_twice() {
    static SECURED: Operation = Operation::new("list", "GET", "/list").security(&[&["Query"]]);
    let server = Server::start(|seen| match seen.target.contains("page=2") {
        false => json(r#"{"results":[1],"next":"/list?page=2&api_key=secret"}"#),
        true => json("[2]"),
    });
    let client = server.builder().secret("Query", "secret").build().unwrap();
    let call: CallWith<Value, _, List> = Call::json(&client, &SECURED).with_parameters();
    let all = Items::new(paged(call, LINK), |page| items(&page)).try_collect().await.unwrap();
    assert_eq!(all, [1, 2]);
    let targets: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/list?api_key=secret", "/list?page=2&api_key=secret"]);
}

/// A server that gives fewer items than it is asked for is not taken to have no more, if it counts them.
#[tokio::test]
async fn numbered_pages_go_on_where_the_total_says_so() {
    let pages = &[r#"{"count":3,"results":[1]}"#, r#"{"count":3,"results":[2]}"#, r#"{"count":3,"results":[3]}"#];
    for (from, expected) in [("page:2:1", 2), ("page:2", 3)] {
        let given = std::sync::atomic::AtomicUsize::new(1);
        let server = Server::start(move |_| {
            let index = given.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            json(pages.get(index).copied().unwrap_or(r#"{"count":3,"results":[]}"#))
        });
        let resumed = paged(list(&server.client()).set("limit", 9), NUMBER).resume(from);
        let all = Items::new(resumed, |page| items(&page)).try_collect().await.unwrap();
        assert_eq!((all, server.seen().len()), (vec![2, 3], expected), "{from}");
    }
}

#[tokio::test]
async fn a_continuation_of_links_leads_where_the_link_did_without_the_credential() {
    static SECURED: Operation = Operation::new("list", "GET", "/list").security(&[&["Query"]]);
    let server = Server::start(|seen| match seen.target.split('?').next() {
        Some("/list") => json(r#"{"results":[1],"next":"/deep/2?api_key=hush&x=1"}"#),
        Some("/deep/2") => json(r#"{"results":[2],"next":"3"}"#),
        _ => json(r#"{"results":[3]}"#),
    });
    let client = server.builder().secret("Query", "hush").build().unwrap();
    let call = || -> CallWith<Value, _, List> { Call::json(&client, &SECURED).with_parameters() };
    let mut first = paged(call(), LINK);
    first.next().await.unwrap().unwrap();
    assert_eq!(first.continuation().unwrap(), format!("link:{}/deep/2?x=1", server.url()));
    first.next().await.unwrap().unwrap();
    let mut second = paged(call(), LINK).resume(&first.continuation().unwrap());
    assert_eq!(items(&second.next().await.unwrap().unwrap()), [3]);
    let targets: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/list?api_key=hush", "/deep/2?api_key=hush&x=1", "/deep/3?api_key=hush"]);
}
