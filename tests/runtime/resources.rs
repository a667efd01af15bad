//! A client and a resource such as a generated crate has: what `src/client.rs` and `src/resources/groups.rs` hold.
#![allow(missing_docs, reason = "a generated crate has its document's texts here")]

use std::collections::BTreeMap;

use crate::models::{Group, Level};
use crate::runtime::api_error::{Documented, ErrorBody, Undocumented};
use crate::runtime::builder::{Api, ClientBuilder};
use crate::runtime::call::Call;
use crate::runtime::call_with::{CallWith, parameters};
use crate::runtime::client::Client;
use crate::runtime::credential::{Place, Scheme};
use crate::runtime::error::Error;
use crate::runtime::fill::Fill as _;
use crate::runtime::items::Items;
use crate::runtime::multipart::{File, FillForm as _, multipart};
use crate::runtime::operation::{Status, operation};
use crate::runtime::pages::Pages;
use crate::runtime::paging::{Paging, Summary};
use crate::runtime::record::record;
use crate::runtime::response::{BodyError, Reply};
use crate::runtime::secret::Secret;
use crate::runtime::server::ListedServer;
use crate::runtime::style::QueryStyle;

static API: Api = Api {
    user_agent: "groups/0.1.0",
    servers: &[ListedServer { url: "https://api.invalid", variables: &[] }],
    base_path: "",
    base_url_env: Some("GROUPS_BASE_URL"),
    schemes: &[Scheme::new("APIKey", Place::Header { name: "Authorization", prefix: "APIKey " }).env("GROUPS_API_KEY")],
    security: &[&["APIKey"]],
    strict_reading: false,
    idempotency_header: None,
};

impl Client {
    /// A client with a key.
    pub fn new(api_key: impl Into<Secret>) -> Result<Self, Error> { Self::builder().api_key(api_key).build() }

    /// A client with the key and the base URL of the environment.
    pub fn from_env() -> Result<Self, Error> { ClientBuilder::from_env(&API).build() }

    /// A client with settings of its own.
    pub fn builder() -> ClientBuilder { ClientBuilder::new(&API) }

    /// Groups of users.
    pub fn groups(&self) -> Groups<'_> { Groups { client: self } }
}

impl ClientBuilder {
    /// Sets the key.
    #[must_use]
    pub fn api_key(self, key: impl Into<Secret>) -> Self { self.secret("APIKey", key) }
}

/// Groups of users; see [`Client::groups`].
#[derive(Clone, Copy, Debug)]
pub struct Groups<'c> {
    client: &'c Client,
}

impl Groups<'_> {
    /// Gets a group.
    pub fn get(&self, group_id: i64) -> Call<Group, Documented<GetGroupError>> {
        operation!("groups.get" "GET" "/groups/{groupId}"; accept "application/json"; security["APIKey"]; errors 404 default);
        Call::json(self.client, &OPERATION).with_path("groupId", &group_id)
    }

    /// Lists groups.
    pub fn list(&self) -> ListGroups {
        operation!("groups.list" "GET" "/groups"; security["APIKey"]);
        Call::json(self.client, &OPERATION).with_parameters()
    }

    /// Changes a group.
    pub fn update(&self, group_id: i64, body: &Group) -> Call<Group> {
        operation!("groups.update" "PATCH" "/groups/{groupId}"; security["APIKey"]);
        Call::json(self.client, &OPERATION).with_path("groupId", &group_id).with_json("application/json", body)
    }

    /// Deletes a group.
    pub fn delete(&self, group_id: i64) -> Call<()> {
        operation!("groups.delete" "DELETE" "/groups/{groupId}"; security["APIKey"]);
        Call::empty(self.client, &OPERATION).with_path("groupId", &group_id)
    }

    /// Sends parts in styles.
    pub fn style(&self, body: &StyledBody) -> Call<()> {
        operation!("groups.style" "POST" "/groups/style"; security["APIKey"]);
        Call::empty(self.client, &OPERATION).with_multipart(body)
    }

    /// Uploads the pictures of a group.
    pub fn upload(&self, group_id: i64, body: &UploadBody) -> Call<()> {
        operation!("groups.upload" "POST" "/groups/{groupId}/pictures"; security["APIKey"]);
        Call::empty(self.client, &OPERATION).with_path("groupId", &group_id).with_multipart(body)
    }
}

/// A body of several parts, of every kind.
#[derive(Clone, Debug, Default)]
pub struct UploadBody {
    pub cover: File,
    pub pages: Vec<File>,
    pub back: Option<File>,
    pub title: Option<String>,
    pub sizes: Vec<i64>,
    pub weights: Vec<f64>,
    pub group: Option<Group>,
    pub groups: Vec<Group>,
}
multipart!(UploadBody {
    cover: file "image/png", pages: file, back: file, title: value, sizes: value, weights: value "application/json",
    group = "the group": value, groups: value
});

/// A body whose parts have styles and headers.
#[derive(Clone, Debug, Default)]
pub struct StyledBody {
    pub names: Vec<String>,
    pub sizes: Vec<i64>,
    pub words: Vec<String>,
    pub group: Option<Group>,
    pub exploded: Option<Group>,
    pub nested: BTreeMap<String, Vec<i64>>,
    pub note: String,
    pub pages: Vec<File>,
}
multipart!(StyledBody {
    names: value(Form), sizes: value(PipeDelimited), words: value(SpaceDelimited), group: value(Form),
    exploded: value(FormExplode), nested: value(DeepObject), note: value ["X-Kind": "note"],
    pages: file "application/pdf" ["X-Kind": "page", "X-Side": "1"]
});

parameters!(ListGroups);

/// The call [`Groups::list`].
pub type ListGroups = CallWith<GroupPage, Undocumented, parameters::ListGroups>;

impl ListGroups {
    /// The most groups of a page.
    pub fn limit(self, limit: i64) -> Self { self.with_styled_query("limit", QueryStyle::FormExplode, &limit) }

    /// How many groups to skip.
    pub fn offset(self, offset: i64) -> Self { self.with_styled_query("offset", QueryStyle::FormExplode, &offset) }

    /// Only groups of these levels.
    pub fn levels(self, levels: Vec<Level>) -> Self { self.with_styled_query("levels", QueryStyle::Form, &levels) }

    /// Every page.
    pub fn pages(self) -> Pages<GroupPage> {
        let paging = Paging::Offset { parameter: "offset", start: 0, limit: Some("limit") };
        let members = (&["results"][..], &["count"][..]);
        Pages::new(self, paging, members, |page| Summary::of(page.results.len()).total(page.count))
    }

    /// Every group of every page.
    pub fn items(self) -> Items<Group> { Items::new(self.pages(), |page| page.results) }
}

/// A page of groups.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupPage {
    pub count: f64,
    pub results: Vec<Group>,
}
record!(GroupPage { count, results });

/// The documented errors of [`Groups::get`].
#[derive(Clone, Debug, PartialEq)]
pub enum GetGroupError {
    NotFound(String),
    Default(Vec<String>),
}

impl ErrorBody for GetGroupError {
    fn read(key: Status, reply: &mut Reply) -> Result<Self, BodyError> {
        match key {
            Status::Exact(404) => reply.json().map(Self::NotFound),
            _ => reply.json().map(Self::Default),
        }
    }
}
