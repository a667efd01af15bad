//! What the Gcore client costs beside what one would write by hand, with `reqwest` and derives of `serde`: time and allocations of
//! reading, writing and calling.
//!
//! ```text
//! cargo bench -p acceptance --bench seed
//! ```

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    sync::LazyLock,
    thread,
    time::Duration,
};

use divan::{AllocProfiler, Bencher, black_box};
use gcore_iam::{
    Client,
    json::{from_json, read_json, to_json},
    models::{User, UserPage},
    transport::ReqwestTransport,
};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The types as one would write them for what this API sends.
mod by_hand {
    use super::{Deserialize, Serialize};

    #[derive(Debug, Deserialize, Serialize)]
    pub(super) struct User {
        pub(super) id: i64,
        email: String,
        name: Option<String>,
        lang: Language,
        phone: Option<String>,
        company: String,
        reseller: i64,
        client: f64,
        deleted: bool,
        groups: Vec<Group>,
        activated: bool,
        sso_auth: bool,
        two_fa: bool,
        auth_types: Vec<AuthType>,
        user_type: UserType,
        is_active: bool,
        client_and_roles: Vec<ClientAndRole>,
    }

    #[derive(Debug, Deserialize, Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Language {
        De,
        En,
        Ru,
        Zh,
        Az,
    }

    #[derive(Debug, Deserialize, Serialize)]
    #[serde(rename_all = "snake_case")]
    enum AuthType {
        Password,
        Sso,
        Github,
        GoogleOauth2,
    }

    #[derive(Debug, Deserialize, Serialize)]
    #[serde(rename_all = "lowercase")]
    enum UserType {
        Common,
        Reseller,
        Seller,
    }

    #[derive(Debug, Deserialize, Serialize)]
    struct Group {
        id: Option<i64>,
        name: Option<String>,
    }

    #[derive(Debug, Deserialize, Serialize)]
    struct ClientAndRole {
        client_id: i64,
        client_company_name: String,
        user_roles: Vec<String>,
        user_id: i64,
    }

    #[derive(Debug, Deserialize, Serialize)]
    pub(super) struct Page {
        count: i64,
        results: Vec<User>,
    }
}

const USER: &str = r#"{"id":17,"email":"ann@example.com","name":"Ann Example","lang":"en","phone":null,"company":"Example","reseller":1,"client":42,"deleted":false,"groups":[{"id":1,"name":"Administrators"}],"activated":true,"sso_auth":false,"two_fa":true,"auth_types":["password"],"user_type":"common","is_active":true,"client_and_roles":[{"client_id":42,"client_company_name":"Example","user_roles":["Administrators"],"user_id":17}]}"#;

/// A thousand users.
static PAGE: LazyLock<String> =
    LazyLock::new(|| format!("{{\"count\":1000,\"results\":[{}]}}", vec![USER; 1000].join(",")));

#[divan::bench_group(sample_count = 200)]
mod read_a_page {
    use super::{Bencher, PAGE, UserPage, black_box, by_hand, from_json, read_json};

    /// As a call does: what deviates is read too.
    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        let json = PAGE.as_bytes();
        bencher.bench(|| read_json::<UserPage>(black_box(json)).expect("it is a page"));
    }

    #[divan::bench]
    fn ours_strictly(bencher: Bencher<'_, '_>) {
        let json = PAGE.as_bytes();
        bencher.bench(|| from_json::<UserPage>(black_box(json)).expect("it is a page"));
    }

    #[divan::bench]
    fn by_serde_json(bencher: Bencher<'_, '_>) {
        let json = PAGE.as_bytes();
        bencher.bench(|| serde_json::from_slice::<by_hand::Page>(black_box(json)).expect("it is a page"));
    }
}

#[divan::bench_group(sample_count = 200)]
mod write_a_page {
    use super::{Bencher, PAGE, UserPage, black_box, by_hand, from_json, to_json};

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        let page: UserPage = from_json(PAGE.as_bytes()).expect("it is a page");
        bencher.bench(|| to_json(black_box(&page)).expect("it can be written"));
    }

    #[divan::bench]
    fn by_serde_json(bencher: Bencher<'_, '_>) {
        let page: by_hand::Page = serde_json::from_slice(PAGE.as_bytes()).expect("it is a page");
        bencher.bench(|| serde_json::to_vec(black_box(&page)).expect("it can be written"));
    }
}

#[divan::bench_group(sample_count = 1000)]
mod read_a_user {
    use super::{Bencher, USER, User, black_box, by_hand, read_json};

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        bencher.bench(|| read_json::<User>(black_box(USER.as_bytes())).expect("it is a user"));
    }

    #[divan::bench]
    fn by_serde_json(bencher: Bencher<'_, '_>) {
        bencher.bench(|| serde_json::from_str::<by_hand::User>(black_box(USER)).expect("it is a user"));
    }
}

/// A server on loopback that answers every request with the user, on connections that stay.
fn server() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            thread::spawn(move || {
                let _ = stream.set_nodelay(true);
                let mut lines = BufReader::new(stream.try_clone().expect("a stream can be shared"));
                let answer = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{USER}",
                    USER.len()
                );
                let mut line = String::new();
                while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
                    if line == "\r\n" && stream.write_all(answer.as_bytes()).is_err() {
                        break;
                    }
                    line.clear();
                }
            });
        }
    });
    address
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made")
}

#[divan::bench_group(sample_count = 3000)]
mod call {
    use super::{Bencher, Client, Duration, ReqwestTransport, by_hand, runtime, server};

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        let transport =
            ReqwestTransport::without_proxy(Some(Duration::from_secs(5))).expect("it can be made");
        let client =
            Client::builder().api_key("1$a").base_url(format!("http://{}", server())).transport(transport);
        let client = client.build().expect("nothing is wrong with it");
        let runtime = runtime();
        bencher.bench_local(|| {
            runtime.block_on(async { client.iam().users().get(17).await.expect("it answers").id })
        });
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher<'_, '_>) {
        let url = format!("http://{}/iam/users", server());
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(120));
        let http = http.build().expect("it can be made");
        let runtime = runtime();
        bencher.bench_local(|| {
            runtime.block_on(async {
                let request = http.get(format!("{url}/{}", 17)).header("Authorization", "APIKey 1$a");
                let response = request.header("Accept", "application/json").send().await.expect("it answers");
                let body =
                    response.error_for_status().expect("it is 200").bytes().await.expect("it is whole");
                serde_json::from_slice::<by_hand::User>(&body).expect("it is a user").id
            })
        });
    }
}
