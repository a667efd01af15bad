use super::{
    claim::{Claim, Route},
    finder::Finder,
    gives::{Gives, by_payload},
    id::Id,
    template::segments,
    verb::verb,
};
use crate::{
    ir::{
        Access, Docs, Field, Method, Operation, OperationId, Origin, Outcome, Payload, Presence, Primitive,
        Record, Rest, Shape, Status, Type, TypeDef, TypeId, Usage,
    },
    source::FileId,
};

fn origin() -> Origin {
    Origin::root(FileId(0))
}

fn operation(method: Method, path: &str, id: &str, success: Outcome) -> Operation {
    Operation {
        origin: origin(),
        id: id.to_owned(),
        declared_id: None,
        tags: Vec::new(),
        method,
        path: path.to_owned(),
        action: String::new(),
        server: None,
        docs: Docs::default(),
        deprecated: false,
        parameters: Vec::new(),
        body: None,
        other_bodies: Vec::new(),
        accept: Vec::new(),
        success,
        described: Vec::new(),
        redirects: Vec::new(),
        failure: Outcome::None,
        security: Vec::new(),
        idempotency_header: None,
        has_link_header: false,
        streamed: Vec::new(),
        pagination: None,
        polling: None,
        until_done: None,
    }
}

/// A component with one property.
fn component(name: &str, property: &str, ty: Type) -> TypeDef {
    let field = Field {
        origin: origin(),
        wire: property.to_owned(),
        ty,
        json: None,
        presence: Presence::Required,
        access: Access::Both,
        is_secret: false,
        docs: Docs::default(),
        deprecated: false,
        default: None,
        constant: None,
    };
    TypeDef {
        origin: origin(),
        usage: Usage::Component(name.to_owned()),
        docs: Docs::default(),
        deprecated: false,
        shape: Shape::Record(Record { fields: vec![field], rest: Rest::Unknown }),
        same_as: None,
    }
}

fn list() -> Type {
    Type::List(Box::new(text()))
}

fn text() -> Type {
    Type::Primitive(Primitive::String)
}

fn named(index: usize) -> Type {
    Type::Named(TypeId::from_index(index))
}

fn json(ty: Type) -> Outcome {
    Outcome::One { statuses: vec![Status::Exact(200)], payload: Payload::Json(ty) }
}

#[test]
fn one_or_many() {
    let types = [
        component("Page", "items", list()),
        component("Herd", "sheep", list()),
        component("Farm", "name", text()),
        component("Wrapped", "data", named(0)),
        component("Endless", "data", named(4)),
        component("Loose", "value", Type::Any),
    ];
    let gives = |ty: Type| by_payload(&Payload::Json(ty), &types, "sheep");
    assert!([list(), list().nullable(), named(0), named(1), named(3)].map(gives) == [Gives::Many; 5]);
    assert!([text(), named(2)].map(gives) == [Gives::One; 2]);
    assert!([Type::Any, Type::Map(Box::new(list())), named(4), named(5)].map(gives) == [Gives::Unknown; 4]);
    // A list of something else is not a page of it.
    assert_eq!(by_payload(&Payload::Json(named(1)), &types, "goats"), Gives::Unknown);
    assert_eq!(by_payload(&Payload::Bytes, &types, "sheep"), Gives::One);
}

#[test]
fn verbs_of_paths() {
    let types = [component("Farm", "name", text()), component("Farms", "count", text())];
    let stands = |method: Method, path: &str, success: Outcome| {
        verb(&operation(method, path, "", success), &segments(path), &types, "farm")
    };
    assert_eq!(stands(Method::Get, "/farms", Outcome::None), Some("list"));
    assert_eq!(stands(Method::Get, "/farms", json(named(0))), Some("list"));
    assert_eq!(stands(Method::Get, "/farms", json(named(1))), Some("get"));
    assert_eq!(stands(Method::Get, "/farms", json(text())), Some("get"));
    assert_eq!(stands(Method::Get, "/farms/{farm}", Outcome::None), Some("get"));
    assert_eq!(stands(Method::Get, "/farms/{town}", json(list())), Some("list"));
    assert_eq!(stands(Method::Get, "/me", Outcome::None), Some("get"));
    assert_eq!(stands(Method::Post, "/farms", Outcome::None), Some("create"));
    assert_eq!(stands(Method::Post, "/farms/{farm}", Outcome::None), None);
    assert_eq!(stands(Method::Post, "/farm", Outcome::None), None);
    assert_eq!(stands(Method::Put, "/farms/{farm}", Outcome::None), Some("replace"));
    assert_eq!(stands(Method::Put, "/farms", Outcome::None), None);
    assert_eq!(stands(Method::Patch, "/farms/{farm}", Outcome::None), Some("update"));
    assert_eq!(stands(Method::Delete, "/farms/{farm}", Outcome::None), Some("delete"));
    assert_eq!(stands(Method::Delete, "/farms", Outcome::None), None);
    assert_eq!(stands(Method::Head, "/farms", Outcome::None), None);
}

/// The route of an operation with the tag `Farms`, such as `farms.list`, and its claim.
fn found(method: Method, path: &str, id: &str, patched: bool) -> (String, Claim) {
    let operation = operation(method, path, id, Outcome::None);
    let finder = Finder {
        number: OperationId::from_index(0),
        operation: &operation,
        id: if id.is_empty() { Id::Missing } else { Id::Plain(id.to_owned()) },
        segments: segments(path),
        tags: vec!["Farms".to_owned()],
        nested: false,
        patched,
        types: &[],
    };
    let Route { resources, actions, rank, .. } = finder.route(false);
    (format!("{}.{}", resources.join("."), actions.join("|")), rank.0)
}

#[test]
fn routes_by_what_ids_say() {
    let cases = [
        (Method::Get, "/farms", "listFarms", "list|listFarms", Claim::Exact),
        (Method::Get, "/farms", "listFarmYards", "list|list_Yards|listFarmYards", Claim::Plain),
        (Method::Delete, "/farms/{farm}/yards/{yard}", "farms_delete", "delete|farms_delete", Claim::Said),
        (Method::Post, "/farms/{farm}/mow", "mowFarm", "mow|mowFarm", Claim::Made),
        (Method::Put, "/farms/{farm}", "updateFarm", "update|updateFarm", Claim::Exact),
        (Method::Put, "/farms/{farm}", "sellFarm", "sell|sellFarm", Claim::Made),
        (Method::Get, "/barn", "barn", "barn", Claim::Fixed),
    ];
    for (method, path, id, actions, claim) in cases {
        assert_eq!(found(method, path, id, false), (format!("Farms.{actions}"), claim), "{id}");
    }
    let beside = found(Method::Put, "/farms/{farm}", "updateFarm", true);
    assert_eq!(beside.0, "Farms.replace|update|updateFarm");
}

#[test]
fn routes_without_ids() {
    let route = |method, path| found(method, path, "", false).0;
    assert_eq!(route(Method::Get, "/farms/{farm}"), "Farms.get|get_by_farm|");
    assert_eq!(route(Method::Post, "/farms/{farm}/mow"), "Farms.mow|mow_by_farm|");
    assert_eq!(route(Method::Delete, "/farms"), "Farms.delete_all|");
}
