//! Lists in pages: by size, by a token in a body or header, and by a link, which no call of a client takes yet. Of a list
//! with links the first page is read; the server misses the second.

use payload_pageable::{Response, models::Pet};

use crate::trial::{Trial, expect};

/// Rows of a scenario, a call for the first page, the pets of a page, and the token for the second, which is sent by the
/// same call.
macro_rules! tokens {
    ($trial:expr, $prefix:literal;
        $($scenario:literal: $call:expr, |$page:ident| $pets:expr, |$first:ident| $token:expr;)+) => {
        $($trial.record(concat!($prefix, $scenario), async {
            let call = || $call.foo("foo").bar("bar");
            let $first = call().send().await.map_err(|error| error.to_string())?;
            let $page = $first.value();
            only(&$pets, &["1", "2"])?;
            let token: Option<String> = $token;
            let token = token.ok_or("the first page has no token")?;
            let second = call().token(&token).send().await.map_err(|error| error.to_string())?;
            let $page = second.value();
            only(&$pets, &["3", "4"])
        }.await);)+
    };
}

/// The ids of pets are these.
fn only(pets: &[Pet], expected: &[&str]) -> Result<(), String> {
    let ids: Vec<&str> = pets.iter().map(|pet| pet.id.as_str()).collect();
    expect(ids == expected, || format!("{ids:?} were read, {expected:?} are expected"))
}

/// The token in a header.
fn header<T>(response: &Response<T>) -> Option<String> {
    let token = response.headers().get("next-token")?;
    token.to_str().ok().map(str::to_owned)
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, payload_pageable);
    by_token(trial, &client).await;
    by_link(trial, &client).await;
    by_size(trial, &client).await;
}

async fn by_token(trial: &Trial, client: &payload_pageable::Client) {
    let resource = client.continuation_token();
    tokens!(trial, "Payload_Pageable_ServerDrivenPagination_ContinuationToken_";
        "requestQueryResponseBody": resource.request_query_response_body(),
            |page| page.pets, |first| first.value().next_token.clone();
        "requestHeaderResponseBody": resource.request_header_response_body(),
            |page| page.pets, |first| first.value().next_token.clone();
        "requestQueryResponseHeader": resource.request_query_response_header(),
            |page| page.pets, |first| header(&first);
        "requestHeaderResponseHeader": resource.request_header_response_header(),
            |page| page.pets, |first| header(&first);
        "requestQueryNestedResponseBody": resource.request_query_nested_response_body(),
            |page| page.nested_items.pets,
            |first| first.value().nested_next.clone().and_then(|next| next.next_token);
        "requestHeaderNestedResponseBody": resource.request_header_nested_response_body(),
            |page| page.nested_items.pets,
            |first| first.value().nested_next.clone().and_then(|next| next.next_token);
    );
    let xml = client.xml_pagination();
    let scenario = "Payload_Pageable_XmlPagination_listWithContinuation";
    let holds = |text: &'static str| move |read: &String| expect(read.contains(text), || read.clone());
    let first = holds("<NextMarker>page2</NextMarker>");
    trial.reads(scenario, xml.list_with_continuation(), first).await;
    let second = holds("<Name>fish</Name>");
    trial.reads(scenario, xml.list_with_continuation().marker("page2"), second).await;
}

async fn by_link(trial: &Trial, client: &payload_pageable::Client) {
    use payload_pageable::models::ServerDrivenPaginationAlternateInitialVerbFilter as Filter;
    let (driven, verb) = (client.server_driven_pagination(), client.alternate_initial_verb());
    let first = ["1", "2"];
    macro_rules! first_pages {
        ($($scenario:literal: $call:expr, |$page:ident| $pets:expr;)+) => {
            $(trial.reads(concat!("Payload_Pageable_", $scenario), $call, |$page| only(&$pets, &first)).await;)+
        };
    }
    first_pages!(
        "ServerDrivenPagination_link": driven.link(), |page| page.pets;
        "ServerDrivenPagination_linkString": driven.link_string(), |page| page.pets;
        "ServerDrivenPagination_nestedLink": driven.nested_link(), |page| page.nested_items.pets;
        "ServerDrivenPagination_AlternateInitialVerb_post":
            verb.post(Filter::new("foo eq bar")), |page| page.pets;
    );
    let call = client.xml_pagination().list_with_next_link();
    let linked = |read: &String| expect(read.contains("nextPage</NextLink>"), || read.clone());
    trial.reads("Payload_Pageable_XmlPagination_listWithNextLink", call, linked).await;
}

async fn by_size(trial: &Trial, client: &payload_pageable::Client) {
    let (size, all) = (client.page_size(), ["1", "2", "3", "4"]);
    let call = size.list_without_continuation();
    trial
        .reads("Payload_Pageable_PageSize_listWithoutContinuation", call, |page| only(&page.pets, &all))
        .await;
    let scenario = "Payload_Pageable_PageSize_listWithPageSize";
    let call = size.list_with_page_size().page_size(2);
    trial.reads(scenario, call, |page| only(&page.pets, &all[..2])).await;
    let call = size.list_with_page_size().page_size(4);
    trial.reads(scenario, call, |page| only(&page.pets, &all)).await;
}
